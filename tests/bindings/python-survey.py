"""Surveys are scored and judged from Debian's python."""
import array
import math
import os
import sys

import gi
import gi.overrides

gi.overrides.__path__.insert(0, os.environ["KENNIS_OVERRIDES"] + "/gi/overrides")
sys.path.insert(0, os.environ["KENNIS_SRCDIR"] + "/tests")
gi.require_version("Kennis", "1.0")
from gi.repository import Gio, GLib, Kennis  # noqa: E402

import tap  # noqa: E402


def doubles(*values):
    return GLib.Bytes.new(array.array("d", values).tobytes())


def numbers(data):
    return list(array.array("d", data.get_data()))


def foundation_answers():
    instrument = Kennis.Instrument.find("foundation")
    trust = instrument.list_items("trust")
    rows, teams = [], []
    for person in range(40):
        agrees = 4 if person % 2 else 2
        row = {item: 6 - agrees if instrument.is_item_reversed(item) else agrees for item in trust}
        row[trust[person % 3]] = 3
        rows += [row.get(item, math.nan) for item in instrument.list_items(None)]
        teams.append("team %d" % (person % 2))
    return Kennis.Answers.new(instrument, doubles(*rows), None, teams, None)


def instruments_are_found_and_told_in_a_language():
    ids = [instrument.get_id() for instrument in Kennis.Instrument.list()]
    assert ids == ["carriers", "conditions", "features", "foundation", "mindset", "motivation", "outcomes"], ids
    carriers = Kennis.Instrument.find("carriers")
    assert carriers.get_validation() == Kennis.Validation.UNVALIDATED
    assert carriers.list_children(None)[0] == "work"
    assert carriers.get_scale_title("safety", "nl") == "Ruimte en veiligheid"
    assert len(carriers.list_answers("trust-1", "fr")) == 5
    path = os.environ["KENNIS_SRCDIR"] + "/examples/instruments/mixed-ranges.xml"
    own = Kennis.Instrument.new_from_file(Gio.File.new_for_path(path), None)
    assert own.score_answer("recommend", 8) == 80 and own.score_answer("hindered", 5) == 0


def scores_are_told_by_team():
    answers = foundation_answers()
    assert len(numbers(answers.score("trust"))) == 40
    scores = answers.make_scores("trust", Kennis.GroupBy.TEAM, 0.95)
    assert scores.get_n_groups() == 2
    assert scores.get_label(0) == "team 0"
    low, high = (scores.get(scores.find(team), Kennis.ScoreFigure.MEAN) for team in ("team 0", "team 1"))
    assert abs(low - 31.25) < 1e-9 and abs(high - 68.75) < 1e-9, (low, high)
    assert math.isnan(scores.get(0, Kennis.ScoreFigure.RESPONSE_RATE))
    try:
        answers.make_scores("nothing", Kennis.GroupBy.ALL, 0.95)
    except GLib.Error as error:
        assert error.matches(Kennis.error_quark(), Kennis.Error.INVALID)
        assert "leadership, trust, autonomy, engagement" in error.message, error.message
    else:
        raise AssertionError("a scale that is not there was scored")


def reliability_and_its_items_are_told():
    reliability = Kennis.Reliability.new_for_scale(foundation_answers(), "trust", Kennis.Missing.LISTWISE, 0.95, 1)
    assert reliability.get(Kennis.ReliabilityFigure.N) == 40
    assert 0.7 < reliability.get(Kennis.ReliabilityFigure.ALPHA) < 1
    assert reliability.list_reversed() == []
    assert reliability.get_item_name(3) == "trust-4"
    assert reliability.get_item(3, Kennis.ItemFigure.ITEM_REST) > 0.5
    assert reliability.judge(0.5) == Kennis.Support.GOOD
    factors, limits = reliability.count_factors(200, 0.95, 1)
    assert factors == 1 and len(numbers(limits)) == 4


def agreement_is_judged_by_team():
    agreement = Kennis.Agreement.new_for_scale(foundation_answers(), "trust", Kennis.Null.UNIFORM, 1000, 1)
    team = agreement.find("team 1")
    assert agreement.get(team, Kennis.AgreementFigure.RWG) > 0.8
    assert agreement.judge(team, 0.7) == Kennis.AgreementVerdict.SUPPORTED
    assert agreement.get_aggregation(Kennis.AggregationFigure.ICC_1) > 0.9
    assert abs(Kennis.Agreement.null_variance(Kennis.Null.UNIFORM, 7) - 4) < 1e-12


def waves_are_compared():
    ids = ["a", "b", "c", "d"]
    change = Kennis.Change.new(doubles(40, 50, 60, 70), ids, doubles(45, 60, 62, 75), ids, Kennis.Pairing.MATCHED, 0.95)
    assert change.get(Kennis.ChangeFigure.DIFFERENCE) == 5.5
    assert change.get(Kennis.ChangeFigure.SHARE_BOTH) == 1
    assert change.get(Kennis.ChangeFigure.LOWER) < 5.5 < change.get(Kennis.ChangeFigure.UPPER)


def objects_that_were_not_made_do_no_harm():
    for thing in (Kennis.Instrument(), Kennis.Answers(), Kennis.Scores(), Kennis.Reliability(), Kennis.Agreement(),
                  Kennis.Change()):
        assert thing is not None
    assert Kennis.Instrument().list_scales() == [] and Kennis.Instrument().get_title("nl") is None
    assert Kennis.Answers().get_n_rows() == 0 and Kennis.Answers().list_respondents() == []
    assert Kennis.Answers().list_groups(Kennis.GroupBy.TEAM) == []
    assert Kennis.Reliability().count_factors(10, 0.95, 1)[0] == -1
    assert Kennis.Reliability().judge(0.7) == Kennis.Support.TOO_FEW
    assert math.isnan(Kennis.Change().get(Kennis.ChangeFigure.G))
    try:
        Kennis.Answers().score(None)
    except GLib.Error as error:
        assert error.matches(Kennis.error_quark(), Kennis.Error.INVALID)


tap.run(instruments_are_found_and_told_in_a_language, scores_are_told_by_team, reliability_and_its_items_are_told,
        agreement_is_judged_by_team, waves_are_compared, objects_that_were_not_made_do_no_harm)
