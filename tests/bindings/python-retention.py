"""What would be lost, from Debian's python."""
import array
import os
import sys

import gi
import gi.overrides

gi.overrides.__path__.insert(0, os.environ["KENNIS_OVERRIDES"] + "/gi/overrides")
sys.path.insert(0, os.environ["KENNIS_SRCDIR"] + "/tests")
gi.require_version("Kennis", "1.0")
from gi.repository import Kennis  # noqa: E402

import tap  # noqa: E402


def numbers(code, column):
    return list(array.array(code, column.get_data()))


def summary():
    """Ann and Bea hold xml, Bea rust; Carl nothing.  Ann gave to Carl."""
    dataset = Kennis.Dataset.new("UTC", "EUR")
    dataset.add(Kennis.Team(id="A"))
    for person in ("ann", "bea", "carl"):
        dataset.add(Kennis.Person(id=person, team="A"))
    for person, topic in (("ann", "xml"), ("bea", "xml"), ("bea", "rust")):
        dataset.add(Kennis.Holding(person=person, topic=topic))
    dataset.add(Kennis.Sharing(giver="ann", receiver="carl", time=1704067200000))
    return Kennis.Summary.make(dataset, None, n_threads=1)


def make():
    return Kennis.Retention.make(summary(), Kennis.UNKNOWN, 730, 8)


def holders_are_columns():
    retention = make()
    people, topics = retention.list_holders()
    pairs = {(retention.get_person(p), retention.get_topic(t)) for p, t in zip(numbers("I", people), numbers("I", topics))}
    assert pairs == {("ann", "xml"), ("bea", "xml"), ("bea", "rust")}, pairs
    assert retention.get_single_holder_share() == 0.5 and retention.get_coverage() == 1.5
    most, least = retention.get_bus_factor()
    assert most == least == 2


def what_is_lost_is_told_by_person_and_team():
    retention = make()
    lost = retention.lost_without([retention.find_person("bea")])
    assert [retention.get_topic(t) for t in numbers("I", lost)] == ["rust"]
    everybody = numbers("I", retention.list_team("A"))
    assert len(numbers("I", retention.lost_without(everybody))) == 2


def loss_and_lessons_go_by_groups():
    retention = make()
    assert abs(retention.expected_loss("team", ["A"], [0.5], 0) - 0.75) < 1e-12
    gains, topics, teachers, learners = retention.lessons(None, None, [], 0.5, 1)
    assert abs(numbers("d", gains)[0] - 0.25) < 1e-12
    assert retention.get_topic(numbers("I", topics)[0]) == "rust"
    assert retention.get_person(numbers("I", teachers)[0]) == "bea"
    assert retention.get_person(numbers("I", learners)[0]) in ("ann", "carl")


def the_curve_is_rows_of_three():
    whole = summary()
    retention = Kennis.Retention.make(whole, Kennis.UNKNOWN, 730, 8)
    network = Kennis.Network.make(whole, None, None, None, None)
    curve = numbers("d", retention.robustness(network, Kennis.Removal.BETWEENNESS, 3, 1, 1, 1, None))
    assert len(curve) == 12 and curve[:2] == [0, 1] and curve[-3:] == [1, 0, 0], curve


def paths_and_spread_come_from_a_summary():
    network = Kennis.TemporalNetwork.make(summary(), None, None)
    ann, carl = network.find_person("ann"), network.find_person("carl")
    assert network.get_label(ann) == "ann"
    path = network.find_path([ann], [carl], Kennis.PathKind.FASTEST, Kennis.TimeOrder.STRICT, -1, None)
    assert numbers("Q", path) == [0]
    rows = numbers("d", network.diffuse([ann], 1704067200000 - 1, 86400000, 2, 1.0, 3, 1, 1, None))
    assert len(rows) == 12 and abs(rows[0] - 1 / 3) < 1e-12 and abs(rows[4] - 2 / 3) < 1e-12, rows


tap.run(holders_are_columns, what_is_lost_is_told_by_person_and_team, loss_and_lessons_go_by_groups,
        the_curve_is_rows_of_three, paths_and_spread_come_from_a_summary)
