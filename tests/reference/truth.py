"""Judges the library's metrics by what the process that made an organisation expects (truth.json of kennis-simulate).

A 95% interval should hold the truth 93 to 97 times in 100.  Over n intervals chance adds to that: what is accepted is a share from 93% − 2·√(0.93·0.07/n)
to 97% + 2·√(0.97·0.03/n); and on neither side of the interval may the truth lie more often than 3.5% + 2·√(0.035·0.965/n).  Seeds are fixed, so the outcome is always the same."""
import datetime
import json
import math
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import gi
import gi.overrides

gi.overrides.__path__.insert(0, os.environ["KENNIS_OVERRIDES"] + "/gi/overrides")
sys.path.insert(0, os.environ["KENNIS_SRCDIR"] + "/tests")
gi.require_version("Kennis", "1.0")
from gi.repository import Gio, Kennis  # noqa: E402

import tap  # noqa: E402

PROGRAM = pathlib.Path(os.environ.get("KENNIS_BUILDDIR", ".")) / "examples" / "kennis-simulate"
STEADY = ("--steady", "--contacts", "0")


def simulate(*options, edit=None):
    """The summary of an organisation, and its truth."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        subprocess.run([str(PROGRAM), "--output", str(folder), *map(str, STEADY + options)], check=True)
        file = folder / "organisation.xml"
        if edit is not None:
            file.write_text(edit(file.read_text()))
        reader = Kennis.Reader()
        summary = Kennis.Summary.make(reader.load(Gio.File.new_for_path(str(file))), n_threads=1)
        assert reader.get_n_rejected() == 0
        return summary, json.loads((folder / "truth.json").read_text())


def measure(summary, metrics, first, last, by=None):
    """By metric, by group (None: everybody): the measurements, none withheld for being of few."""
    query = Kennis.Query()
    for metric in metrics:
        query.add_metric(metric)
    if by is not None:
        query.add_grouping([by])
    query.set_window(first, last)
    query.set_minimum_group(1, True)
    found = {}
    for one in Kennis.Measurements.make(summary, [query], n_threads=1):
        group = one.get_attribute(by) if by is not None else None
        found.setdefault(one.get_metric().get_id(), {})[group] = one
    return found


def misses(cells):
    """How often the truth lies under the interval, over it, and how many intervals there are."""
    cells = [(one, truth) for one, truth in cells if not math.isnan(one.get_lower())]
    return sum(truth < one.get_lower() for one, truth in cells), sum(truth > one.get_upper() for one, truth in cells), len(cells)


def judge(name, cells, least):
    """`least`: so many intervals there must be, lest the judgement is of nothing."""
    under, over, n = misses(cells)
    assert n >= least, f"{n} intervals"
    held = (n - under - over) / n
    low, high = 0.93 - 2 * math.sqrt(0.93 * 0.07 / n), 0.97 + 2 * math.sqrt(0.97 * 0.03 / n)
    side = 0.035 + 2 * math.sqrt(0.035 * 0.965 / n)
    print(f"# {name}: {held:.1%} of {n} intervals hold the truth, {under} times it lies under, {over} times over;",
          f"accepted: {low:.1%} to {high:.1%}, on a side {side:.1%}")
    assert low <= held <= high, f"{held:.1%}"
    assert max(under, over) / n <= side, f"{under} under, {over} over"


def by_team(measured, metric, truth, expected):
    return [(measured[metric][team["team"]], expected(team)) for team in truth["teams"] if team["team"] in measured[metric]]


# ── Intervals: people are the units ─────────────────────────────────────────────────────────────────────────────────

class People:
    """One large organisation in teams of about thirty; made once, for several tests."""
    made = None

    def __new__(cls):
        if cls.made is None:
            summary, truth = simulate("--people", 27000, "--teams", 900, "--months", 8, "--from", "2023-04", "--sharing", 0,
                                      "--rhythm", 0, "--hours", 48, "--application", 0.6, "--concentration", 0.4, "--seed", 5)
            cls.made = object.__new__(cls)
            cls.made.truth = truth
            cls.made.month = measure(summary, ["uptake.participation-rate"], "2023-05", "2023-05", "team")
            cls.made.months = measure(summary, ["uptake.hours-per-head", "embedding.embedded-share"], "2023-05", "2023-07", "team")
            cls.made.followed = measure(summary, ["transfer.application-*"], "2023-05", "2023-11", "team")
        return cls.made


def intervals_of_participation_hold_the_truth():
    people = People()
    cells = by_team(people.month, "uptake.participation-rate", people.truth, lambda team: team["participation-1-month"])
    judge("participation-rate", cells, 600)


def intervals_of_hours_per_head_hold_the_truth():
    people = People()
    cells = by_team(people.months, "uptake.hours-per-head", people.truth, lambda team: team["hours-per-head-per-year"] / 4)
    judge("hours-per-head", cells, 600)


def intervals_of_the_embedded_share_hold_the_truth():
    people = People()
    cells = by_team(people.months, "embedding.embedded-share", people.truth, lambda team: team["embedded-share"])
    judge("embedded-share", cells, 300)


def intervals_of_the_application_rate_hold_the_truth():
    people = People()
    cells = by_team(people.followed, "transfer.application-rate", people.truth, lambda team: team["application-90-days"])
    judge("application-rate", cells, 400)


def intervals_of_the_application_gap_hold_the_truth():
    people = People()
    cells = by_team(people.followed, "transfer.application-gap", people.truth,
                    lambda team: team["application-90-days-not-required"] - team["application-90-days-required"])
    judge("application-gap", cells, 300)


# ── Intervals: teams are the units ──────────────────────────────────────────────────────────────────────────────────

def weeks_of_window():
    """The place in its month of each Monday from 1 May to 31 December 2023, which is a Sunday: 35 full weeks."""
    monday, places = datetime.date(2023, 5, 1), []
    while monday.year == 2023:
        places.append((monday.day - 1) // 7)
        monday += datetime.timedelta(days=7)
    return places


PLACES = weeks_of_window()


def expected_moments(team):
    """Weeks with a reflection; moments in a month.  A month's evaluation comes in one of its first four weeks."""
    check_out, retrospective, evaluation = (team[key] for key in ("check-out-per-week", "retrospective-per-week", "evaluation-per-month"))
    silent = [(1 - check_out) * (1 - retrospective) * (1 - (evaluation / 4 if place < 4 else 0)) for place in PLACES]
    return 1 - sum(silent) / len(silent), (len(PLACES) * (check_out + retrospective) + 8 * evaluation) / 8


def intervals_over_teams_hold_the_truth_of_such_teams():
    """Departments of some thirty teams each, drawn from the same kind of teams: the truth is the mean of all that were drawn."""
    metrics = ("embedding.weekly-reflection", "embedding.moments-per-team-month")
    cells, truths = {metric: [] for metric in metrics}, []
    for seed in range(1, 13):
        # without leadership there is no recognition and no experiment, whose rates the truth does not tell
        summary, truth = simulate("--people", 2000, "--teams", 1000, "--from", "2023-04", "--months", 10, "--sharing", 0,
                                  "--hours", 1, "--leadership", 0, "--seed", seed)
        measured = measure(summary, metrics, "2023-05", "2023-12", "department")
        truths += map(expected_moments, truth["teams"])
        for metric in metrics:
            cells[metric] += [one for group, one in measured[metric].items() if group is not None]
    for i, metric in enumerate(metrics):
        mean = sum(truth[i] for truth in truths) / len(truths)
        judge(metric, [(one, mean) for one in cells[metric]], 250)


# ── Nothing there, nothing shown ────────────────────────────────────────────────────────────────────────────────────

NULL_METRICS = ("uptake.participation-rate", "uptake.hours-per-head", "embedding.embedded-share", "transfer.application-rate",
                "exchange.giving-rate")


def outside(*options):
    """By metric: how many teams' intervals do not hold the value of everybody, and how many there are."""
    summary, _ = simulate("--people", 15000, "--teams", 500, "--months", 6, "--from", "2023-04", "--sharing", 0.04, "--seed", 21,
                          "--application", 0.5, "--hours", 48, *options)
    measured = measure(summary, NULL_METRICS[1:], "2023-05", "2023-09", "team")
    # in more months whoever ever learns has learned, in any team
    measured.update(measure(summary, NULL_METRICS[:1], "2023-05", "2023-05", "team"))
    result = {}
    for metric, groups in measured.items():
        under, over, n = misses([(one, groups[None].get_value()) for group, one in groups.items() if group is not None])
        result[metric] = under + over, n
    return result


def a_null_organisation_shows_no_teams_that_differ():
    null, other = outside("--null"), outside("--differences", 1)
    for metric in NULL_METRICS:
        (n_null, n), (n_other, n_too) = null[metric], other[metric]
        print(f"# {metric}: {n_null} of {n} teams lie outside where none differ, {n_other} of {n_too} elsewhere")
        assert n >= 150 and n_null / n <= 0.07 + 2 * math.sqrt(0.07 * 0.93 / n), metric
        assert n_other / n_too > 1.5 * n_null / n, metric


def shuffled(text):
    """Whose initiative it was is drawn anew, by lot: so it cannot matter to what was used."""
    lot = random.Random(7)
    return re.sub(r' initiative="(?:self|required)"', lambda _: f' initiative="{lot.choice(("self", "required"))}"', text)


def a_gap_that_is_not_there_is_held_to_be_0():
    summary, _ = simulate("--people", 16000, "--teams", 400, "--months", 8, "--from", "2023-04", "--sharing", 0, "--rhythm", 0,
                          "--hours", 48, "--application", 0.5, "--concentration", 0.2, "--seed", 3, "--null", edit=shuffled)
    measured = measure(summary, ["transfer.application-gap"], "2023-05", "2023-11", "team")["transfer.application-gap"]
    judge("application-gap of 0", [(one, 0) for group, one in measured.items() if group is not None], 300)
    everybody = measured[None]
    assert everybody.get_lower() < 0 < everybody.get_upper(), (everybody.get_lower(), everybody.get_upper())


# ── Mass talks ──────────────────────────────────────────────────────────────────────────────────────────────────────

def better_by(before, after):
    """How far a metric moved to where it is better."""
    sign = {Kennis.Direction.HIGHER: 1, Kennis.Direction.LOWER: -1}[before.get_metric().get_direction()]
    return sign * (after.get_value() - before.get_value())


def year_of(metrics, *options):
    summary, _ = simulate("--people", 400, "--months", 12, "--seed", 4, *options)
    return {metric: groups[None] for metric, groups in measure(summary, metrics, "2023-01", "2023-12").items()}


def mass_talks_do_not_make_a_learning_culture():
    metrics = ("exchange.between-people-share", "exchange.giving-rate", "exchange.sessions-per-head", "exchange.giving-gini",
               "exchange.partners-per-head", "exchange.reciprocity", "exchange.reciprocity-beyond-chance", "exchange.pass-on-rate")
    base = ("--culture", 0.1)
    without, talks, sharing = (year_of(metrics, *base, *more) for more in ((), ("--mass-talks",), ("--sharing", 0.6)))
    for metric in metrics:
        by_talks, by_sharing = better_by(without[metric], talks[metric]), better_by(without[metric], sharing[metric])
        print(f"# {metric}: {without[metric].get_value():.4f}, better by {by_talks:.4f} with mass talks, by {by_sharing:.4f} with sharing")
        assert by_sharing > 0, f"{metric} does not see that people share"
        assert by_talks < 0.15 * by_sharing, f"{metric} takes mass talks for sharing"


# ── The knob ────────────────────────────────────────────────────────────────────────────────────────────────────────

def a_learning_culture_is_better_by_the_catalogue():
    metrics = ("embedding.embedded-share", "embedding.fragmentation", "embedding.weekly-reflection", "transfer.application-rate",
               "exchange.between-people-share", "exchange.giving-gini")
    steps = [year_of(metrics, "--culture", culture) for culture in (0, 0.5, 1)]
    for metric in metrics:
        values = [step[metric] for step in steps]
        print(f"# {metric}:", *(f"{one.get_value():.3f} [{one.get_lower():.3f}, {one.get_upper():.3f}]" for one in values))
        for before, after in zip(values, values[1:]):
            assert better_by(before, after) > 0, metric
            assert before.get_upper() < after.get_lower() or after.get_upper() < before.get_lower(), f"{metric}: may be chance"


tap.run(intervals_of_participation_hold_the_truth, intervals_of_hours_per_head_hold_the_truth,
        intervals_of_the_embedded_share_hold_the_truth, intervals_of_the_application_rate_hold_the_truth,
        intervals_of_the_application_gap_hold_the_truth, intervals_over_teams_hold_the_truth_of_such_teams,
        a_null_organisation_shows_no_teams_that_differ, a_gap_that_is_not_there_is_held_to_be_0,
        mass_talks_do_not_make_a_learning_culture, a_learning_culture_is_better_by_the_catalogue)
