#!/usr/bin/env python3
"""Attacks what kennis-survey shows of random organisations: works out withheld scores from the others.

The attacker knows who is in which team and which items everyone answered, and takes all shown means times their numbers as a linear system over the
sums of answers; parents, the scales below them and single items at once.  A withheld score is found where it is a combination of what is shown,
and narrowed down by linear programming (HiGHS, through scipy) where no answer can be under the lowest, or none over the highest.  The rules on single scores are written
here a second time.
"""
import collections
import csv
import io
import itertools
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree

BUILD = pathlib.Path(os.environ.get("KENNIS_BUILDDIR", "."))
SOURCE = pathlib.Path(os.environ.get("KENNIS_SRCDIR", "."))
COUNT = int(os.environ.get("KENNIS_SURVEY_ATTACKS", "20"))
FIRST = int(os.environ.get("KENNIS_SURVEY_ATTACKS_FROM", "0"))
PROTECTION = 0.2
NOBODY = ""          # the group of those in no team
ALL = "everybody"

os.environ["OPENBLAS_NUM_THREADS"] = "1"      # many small systems
try:
    import numpy
    from scipy.optimize import linprog
except ImportError as error:
    print("1..0 # SKIP no python3-scipy: NOBODY ATTACKED KENNIS-SURVEY (%s)" % error)
    sys.exit(77)

NAMESPACE = "{urn:kennis:instrument:1}"


class Instrument:
    def __init__(self, name):
        self.name = name
        root = ElementTree.parse(SOURCE / "data" / "instruments" / (name + ".xml")).getroot()
        self.items, self.of, self.tree = {}, collections.defaultdict(list), {}
        for scale in root.findall(NAMESPACE + "scale"):
            self.add(scale, [], root)

    def add(self, scale, above, root):
        above = above + [scale.get("id")]
        self.tree[scale.get("id")] = above[0]
        for child in scale.findall(NAMESPACE + "scale"):
            self.add(child, above, root)
        for item in scale.findall(NAMESPACE + "item"):
            answers = [a for a in root.iter(NAMESPACE + "answers") if a.get("id") == item.get("answers")]
            low, high = item.get("low"), item.get("high")
            if low is None and answers and answers[0].get("low") is not None:
                low, high = answers[0].get("low"), answers[0].get("high")
            if low is None:
                values = [int(a.get("value")) for a in answers[0].iter(NAMESPACE + "answer")]
                low, high = min(values), max(values)
            self.items[item.get("id")] = (int(low), int(high), item.get("reversed") == "true")
            for scale_id in above:
                self.of[scale_id].append(item.get("id"))


class Organisation:
    """answers: person → item → share of the range in the direction of the scale; team: person → team, or language where people are grouped by that."""

    def __init__(self, seed, instrument, by="team"):
        self.chance, self.by = random.Random(seed), by
        self.instrument, self.seed = instrument, seed
        self.minimum = self.chance.choice((3, 5, 8, 8))
        self.team, self.answers = {}, {}
        lift = self.chance.choice((0, 0, 0, 0.8, -0.8))
        small = (2, 3, self.minimum - 1) if self.chance.random() < 0.4 else ()
        for t in range(self.chance.randint(3, 8)):
            size = self.chance.choice((*small, self.minimum, self.minimum + 1, self.minimum + 4, 15, 20) if t > 0 else (2, self.minimum - 1, 15))
            alike = self.chance.choice(list(instrument.of)) if self.chance.random() < 0.2 else None
            for p in range(size):
                self.add("t%dp%d" % (t, p), "team-%d" % t, lift + self.chance.gauss(0, 0.3), alike)
        for p in range(self.chance.choice((0, 0, 2, 12))):
            self.add("n%d" % p, NOBODY, lift, None)

    def add(self, person, team, lift, alike):
        chance, instrument = self.chance, self.instrument
        skipped = chance.choice(list(instrument.of)) if chance.random() < 0.12 else None
        self.team[person], self.answers[person] = team, {}
        for item, (low, high, _) in instrument.items.items():
            steps = high - low
            answer = round(min(max(0.5 + 0.3 * lift + chance.gauss(0, 0.25), 0), 1) * steps) / steps
            if alike is not None and item in instrument.of[alike]:
                answer = 1.0
            if not (skipped is not None and item in instrument.of[skipped]) and chance.random() > 0.01:
                self.answers[person][item] = answer

    def rows(self, wave, everybody):
        for person, answers in everybody.items():
            group = '%s="%s" ' % (self.by, self.team[person]) if self.team.get(person) else ""
            for item, share in answers.items():
                low, high, is_reversed = self.instrument.items[item]
                score = low + (high - low) * (1 - share if is_reversed else share)
                yield ('<response instrument="%s" wave="%d" respondent="%s" %sitem="%s" score="%d"/>'
                       % (self.instrument.name, wave, person, group, item, round(score)))

    def write(self, path, before=None):
        """before: what was answered in an earlier wave."""
        rows = [*self.rows(1, self.answers), *(self.rows(0, before) if before is not None else ())]
        teams = "".join('<team id="%s"/>' % team for team in sorted(set(self.team.values()) - {NOBODY}))
        path.write_text('<kennis xmlns="urn:kennis:records:1" version="1" time-zone="UTC" currency="EUR"><teams>%s</teams><responses>%s'
                        "</responses></kennis>" % (teams, "\n".join(rows)))

    def weights(self, person, scale):
        """What each answer counts for in the score of the person; none where too few were answered."""
        wanted = self.instrument.of[scale]
        there = [item for item in wanted if item in self.answers[person]]
        return {item: 1 / len(there) for item in there} if 2 * len(there) >= len(wanted) and there else {}

    def make_before(self):
        """An earlier wave of most of them and of some who left; few came or went, or many, or nobody."""
        chance, k = self.chance, self.minimum
        came, left = chance.choice((0, 0, 1, 2, k - 1, k, k + 3)), chance.choice((0, 0, 1, 2, k - 1, k, k + 3))
        stayed = list(self.answers)[came:]
        return {p: {item: min(max(share + chance.choice((-0.25, 0, 0.25)), 0), 1) for item, share in self.answers[q].items()}
                for p, q in [(q, q) for q in stayed] + [("left-%d" % i, chance.choice(stayed)) for i in range(left)]}

    def people(self, group):
        return [p for p, team in self.team.items() if group == ALL or team == group]

    def scores(self, scale, group):
        return [sum(w * self.answers[p][item] for item, w in self.weights(p, scale).items()) for p in self.people(group) if self.weights(p, scale)]

    def is_primary(self, scale, group):
        scores = self.scores(scale, group)
        return bool(scores) and (len(scores) < self.minimum or max(scores) - min(scores) < 1e-12 or (sum(scores) > 0 and max(scores) > 0.8 * sum(scores)))

    def groups(self):
        return sorted(set(self.team.values()) - {NOBODY})


class System:
    """Columns are answers of people of one team who answered the same items; rows are what is shown."""

    def __init__(self, organisation):
        self.organisation, self.column = organisation, {}
        self.classes = {p: (organisation.team[p], tuple(sorted(a))) for p, a in organisation.answers.items()}
        for p, answers in organisation.answers.items():
            for item in answers:
                self.column.setdefault((self.classes[p], item), len(self.column))
        self.truth = numpy.zeros(len(self.column))
        self.most = numpy.zeros(len(self.column))
        for p, answers in organisation.answers.items():
            for item, share in answers.items():
                self.truth[self.column[self.classes[p], item]] += share
                self.most[self.column[self.classes[p], item]] += 1
        self.rows = []

    def vector(self, scale, group):
        """The sum of the scores: the weights are those of a class, as all of it answered the same items."""
        vector = numpy.zeros(len(self.column))
        for p in self.organisation.people(group):
            for item, weight in self.organisation.weights(p, scale).items():
                vector[self.column[self.classes[p], item]] = weight
        return vector

    def item(self, item):
        vector = numpy.zeros(len(self.column))
        for (_, other), column in self.column.items():
            vector[column] = other == item
        return vector

    def knows(self, vector):
        if self.basis is None or not vector.any():
            return False
        rest = vector - self.basis @ (self.basis.T @ vector)
        return numpy.abs(rest).max() < 1e-7 * max(1, numpy.abs(vector).max())

    def settle(self):
        self.basis = None
        if self.rows:
            left, sizes, _ = numpy.linalg.svd(numpy.array(self.rows).T, full_matrices=False)
            self.basis = left[:, sizes > 1e-9 * sizes[0]]

    def width(self, vector, truth):
        """How far apart the least and most are, where no sum is negative."""
        a = numpy.array(self.rows)
        ends = []
        for sign in 1, -1:
            result = linprog(sign * vector, A_eq=a, b_eq=a @ truth, bounds=(0, None), method="highs")
            if result.status == 3:
                return float("inf")
            if result.status != 0:
                return None
            ends.append(sign * result.fun)
        return ends[1] - ends[0]


class Tally:
    def __init__(self):
        self.attacked = self.exact = self.narrow = self.small = self.missed = self.wrong = self.unsolved = self.shown = self.withheld = self.changed = 0
        self.cases = []

    def note(self, organisation, *words):
        self.cases.append("seed %d (minimum %d): %s" % (organisation.seed, organisation.minimum, " ".join(map(str, words))))


def attack(organisation, shown, items, tally):
    """shown: (scale, group) pairs; items: of which the mean of everybody is shown."""
    system, instrument = System(organisation), organisation.instrument
    system.rows = [system.vector(scale, group) for scale, group in shown] + [system.item(item) for item in items]
    system.settle()
    for scale in instrument.of:
        hidden = [g for g in organisation.groups() + [NOBODY] if (scale, g) not in shown and organisation.scores(scale, g)]
        number = {g: len(organisation.scores(scale, g)) for g in hidden}
        tally.withheld += len(hidden)
        for group in hidden:
            if not organisation.is_primary(scale, group):
                continue
            tally.attacked += 1
            vector = system.vector(scale, group)
            if system.knows(vector):
                tally.exact += 1
                tally.note(organisation, scale, "of", group or "no team", "is known")
                continue
            for truth in (system.truth, system.most - system.truth) if tally.attacked % 4 == 0 else ():
                width = system.width(vector, truth)
                tally.unsolved += width is None
                if width is not None and width < 2 * PROTECTION * (vector @ truth) - 1e-6:
                    tally.narrow += 1
                    tally.note(organisation, scale, "of", group or "no team", "is known within", width, "of", vector @ truth)
        for size in 2, 3, 4:
            for some in itertools.combinations(hidden, size):
                if sum(number[g] for g in some) < organisation.minimum and system.knows(sum(system.vector(scale, g) for g in some)):
                    tally.small += 1
                    tally.note(organisation, scale, "of", some, "together is known")


def run(path, organisation, *options):
    program = [str(BUILD / "examples" / "kennis-survey"), "--instrument=" + organisation.instrument.name, "--minimum-group=%d" % organisation.minimum,
               *options, str(path)]
    ran = subprocess.run(program, capture_output=True, text=True, env=dict(os.environ, LC_ALL="C.UTF-8"))
    assert ran.returncode == 0, (program, ran.stderr)
    return ran.stdout


def look(organisation, path, tally):
    """What the program shows, in JSON and in CSV alike; and whether that is what it should not have, or is wrong."""
    by = "--by=" + organisation.by
    found = json.loads(run(path, organisation, by, "--format=json"))
    scores = [(row["scale"], row["group"]) for row in found["scores"] if row["mean"] is not None]
    table = csv.DictReader(io.StringIO(run(path, organisation, by, "--format=csv"), newline=""))
    tally.wrong += scores != [(row["scale"], row["group"]) for row in table if row["mean"] != ""]
    for row in found["scores"]:
        group = row["group"]
        people = organisation.scores(row["scale"], group)
        if row["mean"] is None:
            tally.wrong += any(isinstance(value, (int, float)) for value in row.values())
            continue
        tally.shown += 1
        tally.missed += organisation.is_primary(row["scale"], group)
        tally.wrong += len(people) != row["n"] or abs(100 * sum(people) / len(people) - row["mean"]) > 1e-9
    told = {(row["scale"], row["group"]) for row in found["scores"]}
    tally.wrong += not told >= {(scale, group) for scale in organisation.instrument.of for group in organisation.groups() if organisation.scores(scale, ALL)}
    tally.missed += sum(not set(scores) >= {(row["scale"], row["team"])} for row in found.get("agreement", ()) if row["n"] is not None)
    for row in found.get("languages", ()):
        pair = [(row["scale"], row["first"]), (row["scale"], row["second"])]
        if row["difference"] is None:
            tally.wrong += any(isinstance(value, (int, float)) for value in row.values())
            continue
        tally.missed += not set(scores) >= set(pair)
        first, second = (organisation.scores(*one) for one in pair)
        tally.wrong += abs(100 * (sum(second) / len(second) - sum(first) / len(first)) - row["difference"]) > 1e-9
    return scores, sorted({row["item"] for row in found["items"] if row["mean"] is not None})


class Waves:
    """Of one scale the four sums: of those in both waves, later and earlier; of those who came; and of those who left."""

    def __init__(self, organisation, before, scale):
        earlier = Organisation.__new__(Organisation)
        earlier.instrument, earlier.answers = organisation.instrument, before
        score = lambda o, p: sum(w * o.answers[p][item] for item, w in o.weights(p, scale).items())
        now = {p: score(organisation, p) for p in organisation.answers if organisation.weights(p, scale)}
        then = {p: score(earlier, p) for p in before if earlier.weights(p, scale)}
        both = [p for p in now if p in then]
        self.n = [len(both), len(both), len(now) - len(both), len(then) - len(both)]
        self.sums = [sum(now[p] for p in both), sum(then[p] for p in both), sum(now[p] for p in now if p not in then),
                     sum(then[p] for p in then if p not in now)]

    def value(self, vector):
        """The difference of two means, or a mean: weights by the four sums."""
        return 100 * sum(v * s for v, s in zip(vector, self.sums))

    def knows(self, rows, target):
        basis = numpy.array(rows, dtype=float)
        return bool(len(rows)) and numpy.linalg.matrix_rank(basis) == numpy.linalg.matrix_rank(numpy.vstack([basis, target]))


def attack_change(organisation, before, path, tally, is_bare=False):
    """Who came and who left, from the means of both waves and the change of those who stayed; a reader has the scores of both waves too."""
    if len(before) < organisation.minimum:
        return
    found = {(options, row["scale"]): row for options in ("--by=all", "--matched")
             for row in json.loads(run(path, organisation, "--by=all", "--compare=0", *([options] if options == "--matched" else []), "--format=json"))["change"]}
    for scale in organisation.instrument.of:
        waves = Waves(organisation, before, scale)
        both, _, came, left = waves.n
        later, earlier = ([1, 0, 1, 0], both + came), ([0, 1, 0, 1], both + left)
        stayed = [1, -1, 0, 0], both
        rows = [row for row, n in (later, earlier) if n >= organisation.minimum]
        for matched, row in ((False, found["--by=all", scale]), (True, found["--matched", scale])):
            means = (("after", [1, 0, 0, 0], both), ("before", [0, 1, 0, 0], both)) if matched else (("after", *later), ("before", *earlier))
            for name, vector, n in means:
                if row[name] is not None:
                    rows.append(vector)
                    tally.wrong += abs(waves.value(vector) / n - row[name]) > 1e-9
            if matched and (row["difference"] is not None or is_bare) and both > 0:
                rows.append(stayed[0])
                tally.wrong += row["difference"] is not None and abs(waves.value(stayed[0]) / both - row["difference"]) > 1e-9
                tally.wrong += row["difference"] is not None and (row["n-both"], row["n-after"], row["n-before"]) != (both, both + came, both + left)
            tally.changed += row["difference"] is not None
        for target, n in (([0, 0, 1, 0], came), ([0, 0, 0, 1], left), ([0, 0, 1, -1] if came and left else [0, 0, 0, 0], came + left)):
            if 0 < n < organisation.minimum and any(target):
                tally.attacked += 1
                if waves.knows(rows, target):
                    tally.exact += 1
                    tally.note(organisation, scale, "of", n, "who came or left is known")


def bare(organisation):
    """What would be shown if each score were looked at by itself."""
    return [(scale, group) for scale in organisation.instrument.of for group in [ALL] + organisation.groups()
            if organisation.scores(scale, group) and not organisation.is_primary(scale, group)]


def tell(number, good, claim):
    print("%sok %d - %s" % ("" if good else "not ", number, claim))


def attack_organisations(path, instrument, tallies):
    tally, naive, languages, changes, naive_changes = tallies
    for seed in range(FIRST, FIRST + COUNT):
        organisation = Organisation(seed, instrument)
        if len(organisation.answers) < organisation.minimum:
            continue
        organisation.write(path)
        shown, items = look(organisation, path, tally)
        attack(organisation, shown, items, tally)
        if seed % 2 == 0:
            attack(organisation, bare(organisation), items, naive)
            before = organisation.make_before()
            organisation.write(path, before)
            attack_change(organisation, before, path, changes)
            attack_change(organisation, before, path, naive_changes, is_bare=True)
        if seed % 3 == 0:
            spoken = Organisation(seed, instrument, "language")
            spoken.write(path)
            attack(spoken, *look(spoken, path, languages), languages)


def main():
    begun = time.time()
    print("1..9")
    tallies = tally, naive, languages, changes, naive_changes = [Tally() for _ in range(5)]
    instrument = Instrument("motivation")
    with tempfile.TemporaryDirectory() as folder:
        attack_organisations(pathlib.Path(folder) / "answers.xml", instrument, tallies)
    for case in (tally.cases + languages.cases + changes.cases)[:20]:
        print("# " + case)
    print("# %d organisations, %d attacks, %d scores shown, %d withheld, %d programs without solution"
          % (COUNT, tally.attacked, tally.shown, tally.withheld, tally.unsolved))
    tell(1, tally.missed == 0 and tally.wrong == 0, "what the rules withhold is withheld, and what is shown is right (%d, %d)" % (tally.missed, tally.wrong))
    tell(2, tally.exact == 0 and tally.unsolved == 0, "no withheld score can be worked out (%d)" % tally.exact)
    tell(3, tally.narrow == 0, "none is known more narrowly than the protection (%d)" % tally.narrow)
    tell(4, tally.small == 0, "no score of fewer people than the minimum can be put together (%d)" % tally.small)
    tell(5, tally.shown > tally.withheld / 4, "and much is still shown")
    tell(6, naive.exact > 10, "where each score is looked at by itself the same attack works out %d of %d" % (naive.exact, naive.attacked))
    tell(7, languages.attacked > 0 and languages.shown > 0
         and not languages.missed + languages.wrong + languages.exact + languages.narrow + languages.small + languages.unsolved,
         "the same holds by language (%d attacks)" % languages.attacked)
    tell(8, changes.attacked > 0 and changes.changed > 0 and not changes.exact + changes.wrong,
         "no change tells of the few who came or left (%d attacks, %d changes shown)" % (changes.attacked, changes.changed))
    tell(9, naive_changes.exact > 10, "where all changes of the same people are shown it does, %d times of %d" % (naive_changes.exact, naive_changes.attacked))
    print("# %.1f s" % (time.time() - begun))


main()
