"""The whole line on records that no one here made: e-mail of a research institute, Viva Insights' ties, Moodle logs.

The data stay in ${KENNIS_SHARED:-../shared}/data; where they are missing, the tests are skipped."""
import collections
import csv
import datetime
import json
import os
import re
import sys

import gi
import gi.overrides

gi.overrides.__path__.insert(0, os.environ["KENNIS_OVERRIDES"] + "/gi/overrides")
sys.path.insert(0, os.environ["KENNIS_SRCDIR"] + "/tests")
gi.require_version("Kennis", "1.0")
from gi.repository import Kennis  # noqa: E402

import tap  # noqa: E402

DATA = os.path.join(os.environ.get("KENNIS_SHARED", "../shared"), "data")
JUNE = datetime.datetime(2024, 6, 12, 10, tzinfo=datetime.timezone.utc)


def path_of(name):
    path = os.path.join(DATA, name)
    if not os.path.exists(path):
        raise tap.Skip(f"{path} is not there")
    return path


def measure(dataset, metrics, month, groupings=()):
    """Measures one month; CONTACT counts as exchange, for this test only."""
    summary = Kennis.Summary.make(dataset)
    query = Kennis.Query.new()
    for metric in metrics:
        query.add_metric(metric)
    for grouping in groupings:
        query.add_grouping([grouping])
    query.set_window(month, month)
    query.props.period = Kennis.Period.MONTH
    query.props.admit_contact = True
    return Kennis.Measurements.make(summary, [query])


# The records end before their month does, so that its values are of a part of it.
SHOWN = (Kennis.MeasureStatus.OK, Kennis.MeasureStatus.PARTIAL)


def value(measurements, metric, month="2024-06"):
    found = measurements.find(metric, None, month)
    assert found is not None, f"{metric} of {month} was not measured"
    assert found.get_status() in SHOWN, (metric, found.get_status())
    return found.get_value()


def near(got, wanted, tolerance=1e-12):
    assert abs(got - wanted) <= tolerance, f"{got!r} is not {wanted!r}"


def email_of_an_institute():
    """SNAP's email-Eu-core: every row a contact, departments as teams; loops are no ties."""
    dataset = Kennis.Dataset.new("UTC", "EUR")
    with open(path_of("network/email-Eu-core-department-labels.txt")) as labels:
        department = dict(line.split() for line in labels if line.strip())
    for team in sorted(set(department.values())):
        dataset.add(Kennis.Team(id=team))
    for person, team in department.items():
        dataset.add(Kennis.Person(id=person, team=team))
    with open(path_of("network/email-Eu-core.txt")) as ties:
        for giver, receiver in (line.split() for line in ties if line.strip()):
            if giver != receiver:
                dataset.add(Kennis.Sharing(giver=giver, receiver=receiver, kind=Kennis.SharingKind.CONTACT, time=JUNE))
    return dataset


def email_has_the_density_and_reciprocity_that_igraph_found():
    with open(path_of("reference/networks/email-Eu-core.json")) as file:
        reference = json.load(file)
    dataset = email_of_an_institute()
    assert dataset.count(Kennis.RecordType.SHARING) == reference["m"]
    found = measure(dataset, ["exchange.*"], "2024-06")
    near(value(found, "exchange.density"), reference["density"])
    near(value(found, "exchange.reciprocity"), reference["reciprocity_edges"])
    near(value(found, "exchange.ei-team"), reference["EI"]["directed_ties"]["ei"])
    near(value(found, "exchange.isolates-share"), reference["is_isolates"] / reference["n"])
    near(value(found, "exchange.partners-per-head"), reference["degree"]["undirected"]["mean"])
    near(value(found, "exchange.giving-gini"), reference["degree"]["outdegree"]["gini_unbiased"])


def email_looks_open_by_its_index_but_departments_matter():
    """(E/E*)/(I/I*) worked out here from the file's own group sizes."""
    with open(path_of("reference/networks/email-Eu-core.json")) as file:
        reference = json.load(file)
    sizes, ties, n = reference["group_sizes"].values(), reference["EI"]["directed_ties"], reference["n"]
    possible_inside = sum(g * (g - 1) for g in sizes)
    expected = (ties["external"] / (n * (n - 1) - possible_inside)) / (ties["internal"] / possible_inside)
    assert 0.08 < expected < 0.10, expected
    found = measure(email_of_an_institute(), ["exchange.mixing-team", "exchange.ei-team-expected"], "2024-06")
    near(value(found, "exchange.mixing-team"), expected)
    near(value(found, "exchange.ei-team-expected"), 1 - 2 * possible_inside / (n * (n - 1)))


def email_gives_the_index_of_every_department_that_may_be_shown():
    with open(path_of("reference/networks/email-Eu-core.json")) as file:
        reference = json.load(file)["EI_by_group_directed_ties_touching_group"]
    found = measure(email_of_an_institute(), ["exchange.ei-team"], "2024-06", ["team"])
    shown = [m for m in found if m.get_group() and m.get_status() in SHOWN]
    assert len(shown) >= 25, len(shown)
    for measurement in shown:
        near(measurement.get_value(), reference[measurement.get_group()[0].removeprefix("team=")]["ei"])


def viva_ties_have_the_density_that_a_set_of_pairs_has():
    dataset = Kennis.Dataset.new("UTC", "EUR")
    pairs, people = set(), {}
    with open(path_of("csv/viva-p2p.csv"), newline="") as file:
        for row in csv.DictReader(file):
            pairs.add((row["PrimaryCollaborator_PersonId"], row["SecondaryCollaborator_PersonId"]))
            for side in ("Primary", "Secondary"):
                people[row[f"{side}Collaborator_PersonId"]] = row[f"{side}Collaborator_Organization"]
    for team in sorted(set(people.values())):
        dataset.add(Kennis.Team(id=team))
    for person, team in sorted(people.items()):
        dataset.add(Kennis.Person(id=person, team=team))
    pairs = {(a, b) for a, b in pairs if a != b}
    for giver, receiver in sorted(pairs):
        dataset.add(Kennis.Sharing(giver=giver, receiver=receiver, kind=Kennis.SharingKind.CONTACT, time=JUNE))

    found = measure(dataset, ["exchange.*"], "2024-06")
    near(value(found, "exchange.density"), len(pairs) / (len(people) * (len(people) - 1)))
    near(value(found, "exchange.reciprocity"), sum((b, a) in pairs for a, b in pairs) / len(pairs))
    inside = sum(people[a] == people[b] for a, b in pairs)
    near(value(found, "exchange.ei-team"), (len(pairs) - 2 * inside) / len(pairs))


MOODLE = ("Moodle Module 3 SP17.csv", "Moodle Module 3 SP18.csv", "Moodle Module 5 F17.csv")


def moodle_rows(name):
    """(user, course, time) of the rows that name a user."""
    with open(path_of("csv/" + name), newline="") as file:
        for row in csv.DictReader(file):
            user = re.search(r"The user with id '(\d+)'", row["Description"])
            if user:
                time = datetime.datetime.strptime(row["Time"], "%d/%m/%y, %H:%M")
                yield user[1], row["Event context"], time.replace(tzinfo=datetime.timezone.utc)


def a_moodle_log_gives_the_regularity_that_counting_gives():
    rows = [row for name in MOODLE for row in moodle_rows(name)]
    users = sorted({user for user, _, _ in rows})
    dataset = Kennis.Dataset.new("UTC", "EUR")
    for user in users:
        dataset.add(Kennis.Person(id=user))
    for user, topic, time in rows:
        dataset.add(Kennis.Activity(person=user, topic=topic, ended=time, form=Kennis.Form.SELF_STUDY,
                                    approach=Kennis.Approach.DIGITAL, status=Kennis.Status.COMPLETED))
    assert dataset.count(Kennis.RecordType.ACTIVITY) == len(rows)

    months = collections.defaultdict(set)
    for user, _, time in rows:
        months[time.strftime("%Y-%m")].add(user)
    for month, active in sorted(months.items()):
        found = measure(dataset, ["uptake.participation-rate", "uptake.regularity"], month)
        rate = found.find("uptake.participation-rate", None, month)
        if rate.get_status() in SHOWN:
            near(rate.get_value(), len(active) / len(users))
    wide = max(months, key=lambda month: len(months[month]))
    found = measure(dataset, ["uptake.participation-rate"], wide)
    near(value(found, "uptake.participation-rate", wide), len(months[wide]) / len(users))


tap.run(email_has_the_density_and_reciprocity_that_igraph_found,
        email_looks_open_by_its_index_but_departments_matter,
        email_gives_the_index_of_every_department_that_may_be_shown,
        viva_ties_have_the_density_that_a_set_of_pairs_has,
        a_moodle_log_gives_the_regularity_that_counting_gives)
