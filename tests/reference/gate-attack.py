#!/usr/bin/env python3
"""Attacks what the gate lets through, with linear programming.

The attacker knows who was in which group in which month, every shown sum and number, and that no sum is negative, and asks for the
least and the most that each withheld sum can be.  The organisations and what the gate made of them come from gate-sets; the rules on
single values are written here a second time.  HiGHS (Huangfu & Hall 2018) through scipy does the programming.
"""
import json
import os
import subprocess
import sys
import time

COUNT = int(os.environ.get("KENNIS_ATTACKS", "80"))
FIRST = int(os.environ.get("KENNIS_ATTACKS_FROM", "0"))
PROTECTION = 0.2
HOURS, PER_FTE, TAKING_PART, REFUSED, MEDIAN = range(5)

try:
    import numpy
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix
except ImportError as error:
    print("1..0 # SKIP no python3-scipy: NOBODY ATTACKED THE PRIVACY GATE (%s)" % error)
    sys.exit(77)


def sets(*arguments):
    program = os.path.join(os.environ["KENNIS_BUILDDIR"], "tests", "reference", "gate-sets")
    out = subprocess.run([program, *map(str, arguments)], check=True, stdout=subprocess.PIPE, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


class System:
    """Sums over classes of what no population tells apart; columns are classes, rows what is shown."""

    def __init__(self, memberships, person_of):
        signatures = {}
        for index, members in memberships.items():
            for member in members:
                signatures.setdefault(member, []).append(index)
        classes = {}
        for member in sorted(signatures):
            classes.setdefault(tuple(signatures[member]), []).append(member)
        self.sizes = [len(members) for members in classes.values()]
        self.people = [{person_of(member) for member in members} for members in classes.values()]
        self.vectors = {index: numpy.zeros(len(classes)) for index in memberships}
        for column, signature in enumerate(classes):
            for index in signature:
                self.vectors[index][column] = 1

        self.coupling = None

    def interval(self, shown, vector, upper=None):
        """Least and most of vector · x where shown = {index: sum}."""
        if not shown:
            return 0.0, float("inf")
        a = csr_matrix(numpy.array([self.vectors[index] for index in shown]))
        b = numpy.array([shown[index] for index in shown], dtype=float)
        scale = max(1.0, b.max())
        bounds = [(0, None if upper is None else u / scale) for u in (upper or self.sizes)]
        more = {} if self.coupling is None else {"A_ub": self.coupling, "b_ub": numpy.zeros(self.coupling.shape[0])}
        ends = []
        for sign in 1, -1:
            result = linprog(sign * vector, A_eq=a, b_eq=b / scale, bounds=bounds, method="highs", **more)
            if result.status == 3:
                ends.append(sign * float("-inf"))
            elif result.status == 0:
                ends.append(sign * result.fun * scale)
            else:
                return None
        return tuple(ends)


class Answers(System):
    """Yeses of people in one period.  Who is in two groups of one grouping may have said yes in one of them only: a column for each population that
    a mover is in, as many yeses in a population as in what it contains, and no more than in all groups that it consists of."""

    def __init__(self, one, inside):
        populations = one["populations"]
        self.months = {i: {} for i in inside}
        for i in inside:
            for member in populations[i]["members"]:
                self.months[i].setdefault(member // one["months"], set()).add(member)
        frames = {i: (populations[i]["query"], populations[i]["grouping"]) for i in inside}
        in_frames = {}
        for i in inside:
            for person in self.months[i]:
                in_frames.setdefault(person, []).append(frames[i])
        movers = {person for person, of in in_frames.items() if len(of) > len(set(of))}
        super().__init__({i: set(self.months[i]) - movers for i in inside}, lambda person: person)
        self.add_movers(sorted(movers), inside, frames)

    def add_movers(self, movers, inside, frames):
        columns = {}
        for person in movers:
            for i in inside:
                if person in self.months[i]:
                    columns[person, i] = len(self.sizes) + len(columns)
        n = len(self.sizes) + len(columns)
        self.vectors = {i: numpy.append(vector, numpy.zeros(len(columns))) for i, vector in self.vectors.items()}
        for (person, i), column in columns.items():
            self.vectors[i][column] = 1
        rows = []
        for (person, whole), column in columns.items():
            parts = {}
            for i in inside:
                if person in self.months[i] and i != whole and self.months[i][person] <= self.months[whole][person]:
                    parts.setdefault(frames[i], []).append(i)
            for of in parts.values():
                for i in of:
                    rows.append(numpy.zeros(n))
                    rows[-1][columns[person, i]], rows[-1][column] = 1, -1
                if set().union(*(self.months[i][person] for i in of)) == self.months[whole][person]:
                    rows.append(numpy.zeros(n))
                    rows[-1][[columns[person, i] for i in of]], rows[-1][column] = -1, 1
        self.sizes += [1] * len(columns)
        self.people += [{person} for person, _ in columns]
        if rows:
            self.coupling = csr_matrix(numpy.array(rows))


def is_primary(raw, minimum):
    if raw["n"] < minimum and raw["n"] > 0:
        return True
    if raw["metric"] in (HOURS, PER_FTE):
        return (raw["dominance"] or 0) > 0.8
    return raw["metric"] == REFUSED and raw["n"] > 0 and raw["sum"] in (0, raw["n"])


def by_metric(one, metric):
    return {raw["population"]: raw for raw in one["raw"] if raw["metric"] == metric}


class Tally:
    def __init__(self):
        self.attacked = self.exact = self.narrow = self.small = 0
        self.shown = self.withheld = self.missed = self.left = self.inconsistent = 0
        self.cases = []

    def judge(self, one, what, raw, found, truth):
        self.attacked += 1
        if found is None:
            self.inconsistent += 1
            return
        width = found[1] - found[0]
        tolerance = 1e-6 * max(1.0, truth)
        if width <= tolerance:
            self.exact += 1
        elif width < 2 * PROTECTION * truth - tolerance:
            self.narrow += 1
        else:
            return
        self.cases.append("seed %d: %s of population %s is %g, found in [%g, %g]"
                          % (one["seed"], what, raw["population"], truth, *found))


def attack_sums(one, tally):
    """Hours: what is per head and what is per FTE have one numerator; the attacker takes both."""
    tables = [by_metric(one, metric) for metric in (HOURS, PER_FTE)]
    system = System({i: p["members"] for i, p in enumerate(one["populations"])},
                    lambda member: member // one["months"])
    shown = {i: raw["sum"] for table in tables for i, raw in table.items() if not raw["withheld"]}
    for i, raw in tables[0].items():
        if is_primary(raw, one["minimum"]) and raw["sum"] > 0:
            tally.judge(one, "hours", raw, system.interval(shown, system.vectors[i]), raw["sum"])
    attack_unions(one, "hours", tables[0], system, tables[0], shown, tally)


def mask(numbers):
    """A set of small numbers as an integer."""
    return sum(1 << int(number) for number in numbers)


def small_cells(one, table, system, inside):
    """(vector, columns, people, number that the metric counts, name) of each withheld population, and of each class of people in one, that is
    under the minimum."""
    cells, hidden, seen = [], 0, set()
    for i in inside:
        if i in table and table[i]["withheld"] and system.vectors[i].any():
            columns = mask(numpy.flatnonzero(system.vectors[i]))
            people = mask({member // one["months"] for member in one["populations"][i]["members"]})
            hidden |= columns
            seen.add(columns)
            cells.append((system.vectors[i], columns, people, max(1, table[i]["n"]), "population %d" % i))
    for column, people in enumerate(system.people):
        if hidden >> column & 1 and 1 << column not in seen:
            vector = numpy.zeros(len(system.sizes))
            vector[column] = 1
            cells.append((vector, 1 << column, mask(people), len(people), "people %s" % sorted(people)))
    return [cell for cell in cells if min(bin(cell[2]).count("1"), cell[3]) < one["minimum"]]


def attack_unions(one, what, table, system, inside, shown, tally):
    """Sums over disjoint withheld cells, together fewer than the minimum.  What the attacker cannot tell of a cell is its part at a
    right angle to all that is shown; where such parts add up to nothing, the sum is known.  One random direction tells which might."""
    cells, minimum = small_cells(one, table, system, inside), one["minimum"]
    if not shown or not cells:
        return
    left, sizes, _ = numpy.linalg.svd(numpy.array([system.vectors[index] for index in shown]).T, full_matrices=False)
    left = left[:, sizes > 1e-9 * sizes[0]]
    vectors = numpy.array([cell[0] for cell in cells])
    parts = vectors - (vectors @ left) @ left.T
    shadows = (parts @ numpy.random.default_rng(1).standard_normal(parts.shape[1])).tolist()

    def search(first, shadow, columns, people, n, chosen):
        for i in range(first, len(cells)):
            _, more_columns, more_people, more, _ = cells[i]
            if more_columns & columns or (n + more >= minimum and bin(people | more_people).count("1") >= minimum):
                continue
            if chosen and abs(shadow + shadows[i]) < 1e-7 and numpy.abs(parts[chosen + [i]].sum(axis=0)).max() < 1e-7:
                tally.small += 1
                tally.cases.append("seed %d: %s of %s together are known" % (one["seed"], what, [cells[c][4] for c in chosen + [i]]))
                return True
            if len(chosen) + 2 <= minimum and search(i + 1, shadow + shadows[i], columns | more_columns, people | more_people, n + more, chosen + [i]):
                return True
        return False

    search(0, 0.0, 0, 0, 0, [])


def periods_of(one):
    """The populations of each period."""
    periods = {}
    for i, p in enumerate(one["populations"]):
        periods.setdefault((p["first"], p["end"]), []).append(i)
    return periods.values()


def attack_counts(one, tally):
    """Numbers of people, period by period: everybody is counted in each group that they are in."""
    tables = [by_metric(one, metric) for metric in (HOURS, PER_FTE, TAKING_PART, MEDIAN)]
    for inside in periods_of(one):
        system = System({i: {m // one["months"] for m in one["populations"][i]["members"]} for i in inside}, lambda person: person)
        shown = {i: table[i]["n"] for table in tables for i in inside if not table[i]["withheld"]}
        for i in inside:
            if 0 < tables[0][i]["n"] < one["minimum"]:
                tally.judge(one, "people", tables[0][i], system.interval(shown, system.vectors[i]), tables[0][i]["n"])


def attack_answers(one, tally):
    """Those who were asked, and their sensitive answers, period by period: at most one a person."""
    table = by_metric(one, REFUSED)
    for inside in periods_of(one):
        system = Answers(one, inside)
        shown = {i: table[i]["n"] for i in inside if not table[i]["withheld"]}
        for i in inside:
            if 0 < table[i]["n"] < one["minimum"]:
                tally.judge(one, "people asked", table[i], system.interval(shown, system.vectors[i]), table[i]["n"])
        shown = {i: table[i]["sum"] for i in inside if not table[i]["withheld"]}
        for i in inside:
            if is_primary(table[i], one["minimum"]):
                tally.judge(one, "refusals", table[i], system.interval(shown, system.vectors[i], system.sizes), 0)
        attack_unions(one, "refusals", table, system, inside, shown, tally)


def look_at(one, tally):
    for raw in one["raw"]:
        tally.withheld += raw["withheld"]
        tally.shown += not raw["withheld"]
        tally.missed += is_primary(raw, one["minimum"]) and not raw["withheld"]
        tally.left += bool(raw["withheld"]) and raw["left"] is not None


def attack(*arguments):
    tally = Tally()
    for one in sets(*arguments):
        look_at(one, tally)
        attack_sums(one, tally)
        attack_counts(one, tally)
        attack_answers(one, tally)
    return tally


def tell(number, good, claim):
    print("%sok %d - %s" % ("" if good else "not ", number, claim))


def main():
    begun = time.time()
    print("1..6")
    tally = attack(FIRST, COUNT)
    for case in tally.cases[:20]:
        print("# " + case)
    print("# %d organisations, %d attacks, %d values shown, %d withheld, %d programs without solution"
          % (COUNT, tally.attacked, tally.shown, tally.withheld, tally.inconsistent))
    tell(1, tally.missed == 0 and tally.left == 0, "what the rules withhold is withheld, and its value is gone")
    tell(2, tally.exact == 0 and tally.inconsistent == 0, "no withheld sum, count or answer can be worked out (%d)" % tally.exact)
    tell(3, tally.narrow == 0, "none is known more narrowly than the protection (%d)" % tally.narrow)
    tell(4, tally.small == 0, "no sum of fewer people than the minimum can be put together (%d)" % tally.small)
    tell(5, tally.shown > tally.withheld / 2, "and much is still shown")
    bare = attack(0, max(10, COUNT // 5), "bare")
    tell(6, bare.exact > 20 and bare.missed == 0,
         "without complementary withholding the same attack works out %d of %d" % (bare.exact, bare.attacked))
    print("# %.1f s" % (time.time() - begun))


main()
