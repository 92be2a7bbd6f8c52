"""Instruments of one's own are metrics: each figure is worked out here a second time."""
import datetime
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import gi
import gi.overrides

gi.overrides.__path__.insert(0, os.environ["KENNIS_OVERRIDES"] + "/gi/overrides")
sys.path.insert(0, os.environ["KENNIS_SRCDIR"] + "/tests")
gi.require_version("Kennis", "1.0")
from gi.repository import Gio, GLib, Kennis  # noqa: E402

import tap  # noqa: E402

SOURCE = pathlib.Path(os.environ["KENNIS_SRCDIR"])
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="kennis-instruments-"))
SPACE = "{urn:kennis:instrument:1}"
NAMES = ("seven-items", "twenty-one-items", "mixed-ranges")
TEAMS = {f"team-{t}": 12 for t in range(5)}
ASKED = 15
DAY = datetime.datetime(2024, 4, 2, 9, tzinfo=datetime.timezone.utc)
ANSWERS = {}      # instrument, person, item → answer


def path_of(name):
    return SOURCE / "examples" / "instruments" / (name + ".xml")


def items_of(name):
    """Item → (scales that it is of, low, high, reversed)."""
    root, items = ElementTree.parse(path_of(name)).getroot(), {}
    sets = {a.get("id"): [int(v.get("value")) for v in a.iter(SPACE + "answer")] for a in root.findall(SPACE + "answers")}
    for scale in root.iter(SPACE + "scale"):
        for item in scale.iter(SPACE + "item"):
            if item.get("answers"):
                low, high = min(sets[item.get("answers")]), max(sets[item.get("answers")])
            else:
                low, high = int(item.get("low")), int(item.get("high"))
            items.setdefault(item.get("id"), ([], low, high, item.get("reversed") == "true"))[0].append(scale.get("id"))
    return root.get("id"), items


def answer_all(dataset, person, team, chance, mood):
    own = chance.gauss(0, 0.15)
    for name in NAMES:
        instrument, items = items_of(name)
        for item, (_, low, high, reverse) in items.items():
            at = min(max(0.5 + mood + own + chance.gauss(0, 0.15), 0), 1)
            answer = low + round((1 - at if reverse else at) * (high - low))
            ANSWERS[instrument, person, item] = (answer, team)
            dataset.add(Kennis.Response(instrument=instrument, wave="w", respondent=person, item=item, score=float(answer),
                                        language="nl", time=DAY))


def summary():
    dataset, chance = Kennis.Dataset.new("UTC", "EUR"), random.Random(5)
    year = [datetime.datetime(y, 1, 1, tzinfo=datetime.timezone.utc) for y in (2024, 2025)]
    dataset.add(Kennis.Coverage(record=Kennis.RecordType.RESPONSE, until=year[1], **{"from": year[0]}))
    for team, n in TEAMS.items():
        dataset.add(Kennis.Team(id=team))
        mood = chance.gauss(0, 0.15)
        for p in range(n):
            dataset.add(Kennis.Person(id=f"{team}/{p}", team=team))
            answer_all(dataset, f"{team}/{p}", team, chance, mood)
        for name in NAMES:
            dataset.add(Kennis.Invitation(instrument=items_of(name)[0], wave="w", team=team, people=ASKED,
                                          **{"from": DAY}))
    return Kennis.Summary.make(dataset)


def instrument_of(name):
    return Kennis.Instrument.new_from_file(Gio.File.new_for_path(str(path_of(name))), None)


def measured(*patterns, names=NAMES):
    query = Kennis.Query.new()
    query.set_window("2024", "2024")
    query.add_grouping(["team"])
    for name in names:
        query.add_instrument(instrument_of(name))
    for pattern in patterns:
        query.add_metric(pattern)
    return Kennis.Measurements.make(SUMMARY, [query])


SUMMARY = summary()


def matrix(instrument, items, scale, team=None, turned=True):
    people = sorted({p for i, p, _ in ANSWERS if i == instrument and (team is None or ANSWERS[instrument, p, next(iter(items))][1] == team)})
    columns = [item for item, (scales, *_) in items.items() if scale in scales]
    rows = []
    for p in people:
        rows.append([low + high - ANSWERS[instrument, p, c][0] if reverse and turned else ANSWERS[instrument, p, c][0]
                     for c in columns for _, low, high, reverse in [items[c]]])
    return rows, columns


def close(a, b):
    assert abs(a - b) < 1e-9 * max(1, abs(b)), (a, b)


def value(measurements, metric, team=None):
    found = measurements.find(metric, [f"team={team}"] if team else [], "all")
    assert found is not None and found.get_status() == Kennis.MeasureStatus.OK, (metric, team, found and found.get_status())
    return found


def scores_are_means():
    table = measured()
    for name in NAMES:
        instrument, items = items_of(name)
        for scale in {s for scales, *_ in items.values() for s in scales}:
            for team in (None, "team-2"):
                rows, columns = matrix(instrument, items, scale, team)
                points = [statistics.fmean((x - items[c][1]) / (items[c][2] - items[c][1]) * 100 for x, c in zip(row, columns))
                          for row in rows]
                found = value(table, f"survey.{instrument}.{scale}", team)
                close(found.get_value(), statistics.fmean(points))
                assert found.get_n() == len(rows)


def alpha_and_agreement_are_those_of_the_formulas():
    table = measured("survey.*.*")
    for name in NAMES[:2]:
        instrument, items = items_of(name)
        for scale in {s for scales, *_ in items.values() for s in scales}:
            rows, columns = matrix(instrument, items, scale)
            k = len(columns)
            alpha = k / (k - 1) * (1 - sum(map(statistics.variance, zip(*rows))) / statistics.variance([sum(r) for r in rows]))
            found = value(table, f"survey.{instrument}.{scale}.alpha")
            close(found.get_value(), alpha)
            assert found.get_lower() < alpha < found.get_upper()
            rows, columns = matrix(instrument, items, scale, "team-1")
            options = items[columns[0]][2] - items[columns[0]][1] + 1
            free = 1 - statistics.fmean(map(statistics.variance, zip(*rows))) / ((options ** 2 - 1) / 12)
            rwg = k * free / (k * free + 1 - free)
            close(value(table, f"survey.{instrument}.{scale}.rwg", "team-1").get_value(), min(max(rwg, 0), 1))
            close(value(table, f"survey.{instrument}.{scale}.response-rate", "team-1").get_value(), 12 / ASKED)


def teams_are_compared_as_analysis_of_variance_does():
    table = measured("survey.speaking-up.speaking-up.icc?")
    instrument, items = items_of("seven-items")
    groups = [[statistics.fmean(row) for row in matrix(instrument, items, "speaking-up", team)[0]] for team in TEAMS]
    whole = statistics.fmean(x for g in groups for x in g)
    between = sum(len(g) * (statistics.fmean(g) - whole) ** 2 for g in groups) / (len(groups) - 1)
    within = sum((x - statistics.fmean(g)) ** 2 for g in groups for x in g) / (sum(map(len, groups)) - len(groups))
    close(value(table, "survey.speaking-up.speaking-up.icc1").get_value(), (between - within) / (between + 11 * within))
    close(value(table, "survey.speaking-up.speaking-up.icc2").get_value(), (between - within) / between)
    found = table.find("survey.speaking-up.speaking-up.icc1", ["team=team-1"], "all")
    assert found.get_status() == Kennis.MeasureStatus.TOO_FEW


def mixed_ranges_have_a_score_and_no_agreement():
    instrument, items = items_of("mixed-ranges")
    table = measured(f"survey.{instrument}.*")
    scale = next(iter(items.values()))[0][0]
    assert table.find(f"survey.{instrument}.{scale}.rwg", [], "all").get_status() == Kennis.MeasureStatus.NO_DATA
    assert value(table, f"survey.{instrument}.{scale}").get_metric().get_title("nl")


def patterns_mean_what_they_say():
    ids = {m.get_metric().get_id() for m in measured("*")}
    assert "survey.speaking-up.speaking-up" in ids and not any(i.endswith((".alpha", ".rwg")) for i in ids), ids
    assert "survey.speaking-up.speaking-up.alpha" in {m.get_metric().get_id() for m in measured("survey.speaking-up.*")}
    alone = {m.get_metric().get_id() for m in measured("*", names=())}
    assert not any(i.startswith("survey.") for i in alone)
    title = measured("survey.speaking-up.speaking-up.alpha")[0].get_metric()
    assert (title.get_title("nl"), title.get_family()) == ("Cronbachs alfa: Je uitspreken", "survey"), title.get_title("nl")
    for pattern in ("survey.nothing.*", "survey.speaking-up.other"):
        try:
            measured(pattern)
        except GLib.Error as error:
            assert error.matches(Kennis.error_quark(), Kennis.Error.INVALID)
        else:
            raise AssertionError(pattern)


def an_id_is_of_one_instrument():
    text = path_of("seven-items").read_text().replace('id="speaking-up" status', 'id="foundation" status')
    (FOLDER / "same.xml").write_text(text)
    query = Kennis.Query.new()
    query.add_instrument(Kennis.Instrument.new_from_file(Gio.File.new_for_path(str(FOLDER / "same.xml")), None))
    try:
        Kennis.Measurements.make(SUMMARY, [query])
    except GLib.Error as error:
        assert "foundation" in error.message
    else:
        raise AssertionError("two instruments of one id")


def a_small_team_is_withheld():
    query = Kennis.Query.new()
    query.set_window("2024", "2024")
    query.add_grouping(["team"])
    query.add_instrument(instrument_of("seven-items"))
    query.add_metric("survey.speaking-up.*")
    query.set_property("minimum-survey-group", 13)
    for found in Kennis.Measurements.make(SUMMARY, [query]):
        if found.get_group():
            assert found.get_status() == Kennis.MeasureStatus.WITHHELD, found.get_metric().get_id()


def the_program_takes_a_file():
    file = FOLDER / "small.xml"
    rows = "".join(f'<response instrument="{i}" wave="w" respondent="{p}" item="{item}" score="{a}" time="2024-04-02T09:00:00Z"/>'
                   for (i, p, item), (a, _) in ANSWERS.items() if i == "speaking-up")
    people = "".join(f'<person id="{p}" team="{p.split("/")[0]}"/>' for p in sorted({p for _, p, _ in ANSWERS}))
    file.write_text('<kennis xmlns="urn:kennis:records:1" version="1" time-zone="UTC" currency="EUR">'
                    f"<people>{people}</people><teams>" + "".join(f'<team id="{t}"/>' for t in TEAMS)
                    + f"</teams><responses>{rows}</responses></kennis>")
    program = pathlib.Path(os.environ["KENNIS_BUILDDIR"]) / "examples" / "kennis-report"
    ran = subprocess.run([str(program), "--format=json", "--from=2024", "--to=2024", f"--instrument={path_of('seven-items')}", str(file)],
                         capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "survey.speaking-up.speaking-up" in json.dumps(json.loads(ran.stdout))
    ran = subprocess.run([str(program), f"--instrument={file}", str(file)], capture_output=True, text=True)
    assert ran.returncode == 1 and ran.stderr.startswith("kennis-report: "), (ran.returncode, ran.stderr)


tap.run(scores_are_means, alpha_and_agreement_are_those_of_the_formulas, teams_are_compared_as_analysis_of_variance_does,
        mixed_ranges_have_a_score_and_no_agreement, patterns_mean_what_they_say, an_id_is_of_one_instrument, a_small_team_is_withheld,
        the_program_takes_a_file)
