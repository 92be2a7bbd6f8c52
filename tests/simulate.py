# Judges kennis-simulate by what it wrote, counted here from the XML and not by the library.
import collections
import gzip
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

BUILD = pathlib.Path(os.environ.get("KENNIS_BUILDDIR", "."))
SOURCE = pathlib.Path(os.environ.get("KENNIS_SRCDIR", "."))
PROGRAM = BUILD / "examples" / "kennis-simulate"
ZONE = ZoneInfo("Europe/Amsterdam")
DAY = timedelta(days=1)
checks = []


def tell(good, name, *notes):
    checks.append(bool(good))
    print(("ok" if good else "not ok"), len(checks), "-", name)
    if not good:
        for note in notes:
            print("#", note)
    sys.stdout.flush()


def run(folder, *options):
    return subprocess.run([str(PROGRAM), "--output", str(folder), *options], capture_output=True, text=True)


def time(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(ZONE)


def hours(text):
    parts = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?", text)
    days, hour, minute, second = (float(part or 0) for part in parts.groups())
    return 24 * days + hour + minute / 60 + second / 3600


class Organisation:
    """The records as plain dicts, by element name, and what truth.json says."""

    def __init__(self, folder):
        self.records = collections.defaultdict(list)
        self.lists = collections.Counter()
        depth = 0
        for event, element in ElementTree.iterparse(folder / "organisation.xml", events=("start", "end")):
            depth += 1 if event == "start" else -1
            if event == "start" or depth != 2:      # the root, a group, a record
                continue
            name = element.tag.rpartition("}")[2]
            for child in element:
                self.lists[name, child.tag.rpartition("}")[2]] += 1
            self.records[name].append(dict(element.attrib))
            element.clear()
        self.truth = json.loads((folder / "truth.json").read_text())
        for name, list_ in self.records.items():
            assert self.truth["records"][name] == len(list_), name

    def __getitem__(self, name):
        return self.records[name]

    def completed(self):
        return [a for a in self["activity"] if a["status"] == "completed"]


def simulate(*options):
    with tempfile.TemporaryDirectory() as folder:
        done = run(folder, *options)
        assert done.returncode == 0, done.stderr
        return Organisation(pathlib.Path(folder))


def share(part, whole):
    part, whole = list(part), list(whole)
    return len(part) / len(whole) if whole else math.nan


def wilson(successes, n, z=1.959964):
    p = successes / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return centre - half, centre + half


# ── The same seed, the same bytes ───────────────────────────────────────────────────────────────────────────────────

def test_bytes(base):
    a, b, c, d = (base / name for name in "abcd")
    for folder, seed in ((a, "7"), (b, "7"), (c, "8")):
        run(folder, "--people", "60", "--months", "6", "--seed", seed)
    run(d, "--people", "60", "--months", "6", "--seed", "7", "--gzip")
    for name in ("organisation.xml", "truth.json"):
        tell((a / name).read_bytes() == (b / name).read_bytes(), f"the same seed writes the same {name}")
        tell((a / name).read_bytes() != (c / name).read_bytes(), f"another seed writes another {name}")
    packed = d / "organisation.xml.gz"
    tell(packed.exists() and gzip.decompress(packed.read_bytes()) == (a / "organisation.xml").read_bytes(),
         "the compressed organisation is the same one")


def test_schema(base):
    schema = SOURCE / "data" / "schema" / "kennis-1.rng"
    jing, xmllint = os.environ.get("JING") or shutil.which("jing"), os.environ.get("XMLLINT") or shutil.which("xmllint")
    command = [jing] if jing and shutil.which(jing) else [xmllint, "--noout", "--relaxng"]
    run(base / "small", "--people", "10", "--months", "1")
    why = "neither jing nor xmllint" if not command[0] or not shutil.which(command[0]) else None
    try:
        if not why:
            done = subprocess.run([*command, str(schema), str(base / "small" / "organisation.xml")], capture_output=True,
                                  text=True, timeout=20)
    except subprocess.TimeoutExpired:
        why = "xmllint needs more than 20 seconds for this schema"
    if why:
        checks.append(True)
        print("ok", len(checks), "- the file is valid by the schema # SKIP", why)
        return
    tell(done.returncode == 0, "the file is valid by the schema", *done.stderr.splitlines()[:20], *done.stdout.splitlines()[:20])


# ── Wrong usage ─────────────────────────────────────────────────────────────────────────────────────────────────────

def test_usage(base):
    wrong = (("--people", "9"), ("--people", "100001"), ("--people", "12x"), ("--people", "-20"), ("--people", ""),
             ("--people", "20", "--teams", "11"), ("--months", "0"), ("--months", "1.5"), ("--from", "2024-13"),
             ("--from", "2024-1"), ("--from", "2151-01"), ("--seed", "-1"), ("--seed", "18446744073709551616"),
             ("--culture", "1.1"), ("--culture", "0,5"), ("--culture", "nan"), ("--culture", "-0"), ("--sharing", "1e0"),
             ("--sharing", "."), ("--hours", "inf"), ("--language", "de"), ("--null", "--differences", "0.5"),
             ("--surveys", "dloq"), ("--surveys", ""), ("--surveys", "foundation,"), ("--unknown",), ("left over",))
    for options in wrong:
        done = run(base / "wrong", *options)
        tell(done.returncode == 1 and done.stderr.startswith("kennis-simulate: ") and done.stderr.count("\n") == 1,
             "refused: " + " ".join(options), done.returncode, done.stderr)
    tell(not (base / "wrong").exists(), "wrong usage writes nothing")
    done = subprocess.run([str(PROGRAM)], capture_output=True, text=True)
    tell(done.returncode == 1 and "--output" in done.stderr, "without --output it says what is missing")
    done = run("/dev/null/nowhere", "--people", "10", "--months", "1")
    tell(done.returncode == 2 and "/dev/null/nowhere" in done.stderr, "what cannot be written gives exit code 2",
         done.returncode, done.stderr)
    done = subprocess.run([str(PROGRAM), "--help"], capture_output=True, text=True)
    tell(done.returncode == 0 and "--mass-talks" in done.stdout, "--help names the options")
    done = subprocess.run([str(PROGRAM), "--version"], capture_output=True, text=True)
    tell(done.returncode == 0 and re.fullmatch(r"kennis-simulate [\d.]+\n", done.stdout), "--version tells the version")


# ── What real data has ──────────────────────────────────────────────────────────────────────────────────────────────

def out_of_order(rows, field):
    latest, late = "", 0
    for row in rows:
        if row.get(field, latest) < latest:
            late += latest[:10] > (time(row[field]) + 15 * DAY).strftime("%Y-%m-%d")
        latest = max(latest, row.get(field, ""))
    return late


def check_people(org):
    people = collections.defaultdict(list)
    for row in org["person"]:
        people[row["id"]].append(row)
    moves = sum(len({row["team"] for row in rows}) > 1 for rows in people.values())
    tell(any(row["present"] == "0" for row in org["person"]), "somebody is on leave")
    tell(any(row["present"] == "0.5" for row in org["person"]), "somebody comes back by halves")
    tell(any(rows[-1]["present"] == "1" and any(r["present"] == "0" for r in rows) for rows in people.values()),
         "somebody comes back from leave")
    tell(all("reason" not in row for row in org["person"]), "no row tells why somebody is away")
    tell(moves > 0, "people move to other teams")
    tell(sum("left" in rows[-1] for rows in people.values()) == org.truth["features"]["leavers"] > 0, "people leave")
    start = org.truth["options"]["from"]
    tell(sum(rows[0]["hired"][:7] >= start for rows in people.values()) >= org.truth["features"]["joiners"] > 0, "people join")
    ftes = [float(rows[0]["fte"]) for rows in people.values()]
    tell(min(ftes) == 0.5 and max(ftes) == 1, "some work half a week, some a whole one")
    tell(len({row["role"] for row in org["person"]}) > 8, "there are many roles")
    tell(len({row["discipline"] for row in org["person"]}) == 8, "there are eight disciplines")
    tell(org.lists["person", "alias"] >= len(people), "people have aliases")
    tell(org.lists["person", "attribute"] >= 2 * len(people), "people have attributes in words")
    leaders = collections.defaultdict(set)
    for row in org["person"]:
        if row["role"] == "teamleider":
            leaders[row["team"]].add(row["id"])
    tell(sum(len(ids) == 1 for ids in leaders.values()) > 3, "teams have one leader")
    tell(max(collections.Counter(map(len, people.values()))) > 2, "a person's history has several rows")
    seen = {(row["id"], row["effective"]) for row in org["person"]}
    tell(len(seen) == len(org["person"]), "no person has two rows from the same moment")


def check_teams(org):
    teams = {row["id"]: row for row in org["team"]}
    parents = {row.get("parent") for row in org["team"]}
    depth = max(sum(1 for _ in ancestors(teams, team)) for team in teams)
    change = org.truth["features"]["reorganisation"]
    tell(None in parents and depth == 2, "teams are a tree of three levels", depth)
    old = {pair["from"] for pair in change["teams"]}
    new = collections.Counter(pair["into"] for pair in change["teams"])
    tell(max(new.values()) == 2 and min(new.values()) == 1, "the reorganisation merges teams and renames one")
    after = [row for row in org["person"] if time(row["effective"]).strftime("%Y-%m") == change["month"]]
    tell(old.isdisjoint(row["team"] for row in after) and set(new) <= {row["team"] for row in after},
         "after the reorganisation nobody is in an old team")
    tell(all(teams[team]["parent"] != teams[other]["parent"] for team in new for other in old if other == team[6:]),
         "new teams have a new parent")
    logged = {row["team"] for row in org["moment"]}
    silent = [row["team"] for row in org.truth["features"]["silent-teams"]]
    tell(silent and logged.isdisjoint(silent), "silent teams log no moments")
    declared = {row["team"] for row in org.truth["features"]["silent-teams"] if row["declared"]}
    rows = [row for row in org["coverage"] if row["record"] == "moment" and "group" in row]
    covered = {row["group"] for row in rows if row["from"] < row["until"]}
    tell(declared and covered and covered.isdisjoint(silent), "coverage claims no silent team")
    tell({row["group"] for row in rows if row["from"] == row["until"]} == declared, "coverage says which teams do not log")


def ancestors(teams, team):
    while "parent" in teams[team]:
        team = teams[team]["parent"]
        yield team


def check_learning(org):
    done = org.completed()
    months = collections.Counter(time(a["ended"]).strftime("%Y-%m") for a in done if a["initiative"] != "required")
    mean = sum(months.values()) / len(months)
    summer = [n for month, n in months.items() if month[5:] in ("07", "08")]
    tell(max(summer) < 0.75 * mean, "there is a summer dip", summer, mean)
    winter = sum(time(a["ended"]).strftime("%m-%d") >= "12-24" for a in done)
    tell(winter == 0, "nobody takes a course between Christmas and New Year")
    peak = f"{org.truth['features']['compliance-month']:02d}"
    required = collections.Counter(time(a["ended"]).strftime("%Y-%m") for a in done if a["topic"] == "informatiebeveiliging")
    tell(len(required) == 2 and all(month[5:] == peak for month in required), "compliance peaks in one month a year", required)
    times = [time(a["start"]) for a in done]
    tell(all(9 <= t.hour < 18 and t.weekday() < 5 for t in times), "learning begins in office hours of the own time zone")
    tell(out_of_order(org["activity"], "ended") > 10, "late entries stand among later activities")
    tell(out_of_order(org["sharing"], "time") > 10, "late entries stand among later sharings")
    tell({a["status"] for a in org["activity"]} == {"offered", "declined", "not-yet", "requested", "approved", "refused",
         "deferred", "enrolled", "completed", "abandoned"}, "every status occurs")
    tell({a["form"] for a in done} == {"formal", "workplace", "together", "self-study", "event", "mentoring",
         "volunteering", "reflection"}, "every form occurs")
    tell({a.get("setting") for a in done} == {"detached", "meeting", "daily-work", "team"}, "every setting occurs")
    tell(all(a["start"] <= a["ended"] and a["ended"] <= a.get("applied", "9") for a in done), "what is used has ended")
    tell(any("cost" in a for a in done) and any("cost" not in a for a in done), "some learning costs money")
    tell(any("evaluated" in a for a in done), "some learning is evaluated")


def check_exchange(org):
    kinds = collections.Counter(s["kind"] for s in org["sharing"])
    tell(len(kinds) == 11, "every kind of sharing occurs", kinds)
    sessions = collections.Counter((s["session"], s["giver"]) for s in org["sharing"] if s["kind"] == "presentation" and "session" in s)
    tell(max(sessions.values()) >= 20, "a presentation to many people is one session")
    mentoring = {a["session"]: a for a in org["activity"] if a["form"] == "mentoring" and a["status"] == "completed"}
    tied = [s for s in org["sharing"] if s["kind"] == "mentoring"]
    tell(tied and all(mentoring[s["session"]]["person"] == s["receiver"] for s in tied),
         "a mentoring hour is an activity and a sharing of one session")
    hired = {row["id"]: time(row["hired"]) for row in org["person"]}
    tell(all(time(s["time"]) - hired[s["receiver"]] < 60 * DAY for s in org["sharing"] if s["kind"] == "buddy"),
         "buddies help newcomers")
    experts = {row["person"] for row in org["holding"]}
    tell(all(s["giver"] in experts for s in org["sharing"] if s["kind"] == "question"), "questions go to those who know")
    tell(any(s["outside"] == "yes" for s in org["sharing"] if s["kind"] == "co-creation"), "some co-creation is with the outside")
    tell(all(s.get("receiver") != s["giver"] for s in org["sharing"]), "nobody shares with themselves")
    retro = {s["session"] for s in org["sharing"] if s["kind"] == "retrospective"}
    tell(retro <= {m["session"] for m in org["moment"]}, "the sharing of a retrospective has the session of the moment")


def check_rest(org):
    kinds = collections.Counter(m["kind"] for m in org["moment"])
    tell(set(kinds) == {"check-out", "retrospective", "evaluation", "recognition", "experiment", "meeting"}, "every moment occurs")
    meetings = {m["session"] for m in org["moment"] if m["kind"] == "meeting"}
    tell(any(m["session"] in meetings for m in org["moment"] if m["kind"] == "check-out"), "some check-outs are in a meeting")
    tell(org.lists["moment", "attendee"] > 2 * kinds["check-out"], "moments name who was there")
    tell({t["kind"] for t in org["talk"]} == {"growth", "review", "not-yet", "exit"}, "every talk occurs")
    tell(any("held" not in t for t in org["talk"]), "some planned talks are not held")
    tell({g["own"] for g in org["goal"]} == {"yes", "no"} and any("reached" in g for g in org["goal"]), "goals are own or not")
    topics = {t["id"]: t for t in org["topic"]}
    tell(all("discipline" in t for t in topics.values()) and any("parent" in t for t in topics.values()), "topics have disciplines and parents")
    tell(any("team" in n for n in org["need"]) and any("role" in n for n in org["need"]), "teams and roles have needs")
    tell(len({o["measure"] for o in org["outcome"]}) == 2, "teams have outcomes")
    used = {a["topic"] for a in org["activity"]} | {s["topic"] for s in org["sharing"] if "topic" in s}
    tell(used <= set(topics), "every topic is described")


# ── Knobs ───────────────────────────────────────────────────────────────────────────────────────────────────────────

def counted(org):
    done = [a for a in org.completed() if a["topic"] != "informatiebeveiliging"]
    total = sum(hours(a["duration"]) for a in done)
    shared = [s for s in org["sharing"] if s["kind"] != "contact"]
    per_head = collections.Counter()
    for a in done:
        per_head[a["person"]] += hours(a["duration"])
    heads = sorted((per_head[p] for p in {row["id"] for row in org["person"]}), reverse=True)
    team = {row["id"]: row["team"] for row in org["person"]}
    pairs = [s for s in shared if s["kind"] in ("question", "feedback", "peer-review") and "receiver" in s]
    meetings = [m for m in org["moment"] if m["kind"] == "meeting"]
    return {
        "sharing": len({s.get("session", s["id"]) for s in shared}),
        "embedding": sum(hours(a["duration"]) for a in done if a["setting"] != "detached") / total,
        "concentration": sum(heads[:len(heads) // 10]) / total,
        "informal": sum(hours(a["duration"]) for a in done if a["form"] != "formal") / total,
        "application": share((a for a in done if "applied" in a and time(a["applied"]) - time(a["ended"]) < 90 * DAY), done),
        "rhythm": share((m for m in org["moment"] if m["kind"] == "check-out"), meetings),
        "openness": share((s for s in pairs if team[s["giver"]] != team[s["receiver"]]), pairs),
        "autonomy": share((a for a in done if a["initiative"] == "self"), done),
        "leadership": share((t for t in org["talk"] if "held" in t), org["talk"]),
        "hours": total,
    }


def test_knobs():
    base = ("--people", "400", "--months", "12", "--seed", "3", "--contacts", "0", "--steady")
    for knob in ("sharing", "embedding", "concentration", "informal", "application", "rhythm", "openness", "autonomy", "leadership"):
        values = [counted(simulate(*base, "--" + knob, at))[knob] for at in ("0.1", "0.5", "0.9")]
        tell(values[0] < values[1] < values[2], f"--{knob} moves what it says", values)
    low, middle, high = (counted(simulate(*base, "--culture", at)) for at in ("0", "0.5", "1"))
    for name in ("sharing", "embedding", "informal", "application", "rhythm", "openness", "autonomy", "leadership"):
        tell(low[name] < middle[name] < high[name], f"--culture moves {name} up", low[name], middle[name], high[name])
    tell(low["concentration"] > middle["concentration"] > high["concentration"], "--culture spreads learning")


# ── The truth is true ───────────────────────────────────────────────────────────────────────────────────────────────

def teams_of(org):
    return {row["id"]: row["team"] for row in org["person"]}


def test_coverage():
    org = simulate("--people", "24000", "--teams", "1000", "--months", "2", "--seed", "11", "--contacts", "0", "--steady",
                   "--culture", "0.5", "--sharing", "0.02")
    team = teams_of(org)
    size = collections.Counter(team.values())
    learners = {a["person"] for a in org.completed() if time(a["ended"]).strftime("%Y-%m") == "2023-02"}
    active = collections.Counter(team[p] for p in learners)
    covered, used, n = 0, 0, 0
    for truth in org.truth["teams"]:
        name = truth["team"]
        if size[name] < 10:
            continue
        low, high = wilson(active[name], size[name])
        n += 1
        covered += low <= truth["participation-1-month"] <= high
    tell(0.93 <= covered / n <= 0.97, "95% intervals of participation cover the truth of 93–97% of teams", covered, n)


def test_truth():
    org = simulate("--people", "6000", "--teams", "40", "--months", "14", "--seed", "5", "--contacts", "0", "--steady",
                   "--sharing", "0.04", "--culture", "0.6")
    team, truth = teams_of(org), {t["team"]: t for t in org.truth["teams"]}
    size = collections.Counter(team.values())
    done = org.completed()
    early = [a for a in done if time(a["ended"]).strftime("%Y-%m") < "2023-11"]
    used, n = collections.Counter(), collections.Counter()
    for a in early:
        t = team[a["person"]]
        n[t] += 1
        days = (time(a["applied"]).date() - time(a["ended"]).date()).days if "applied" in a else 999
        used[t] += days <= 90
    check_z("application within 90 days", [(used[t], n[t], truth[t]["application-90-days"]) for t in truth])
    givers = {s["giver"] for s in org["sharing"] if s.get("initiative") != "required" and "2023-02" <= time(s["time"]).strftime("%Y-%m") < "2024-02"}
    gave = collections.Counter(team[p] for p in givers)
    check_z("giving in 12 months", [(gave[t], size[t], truth[t]["giving-12-months"]) for t in truth])
    learners = {a["person"] for a in done if time(a["ended"]).strftime("%Y") == "2023"}
    learned = collections.Counter(team[p] for p in learners)
    check_z("participation in 12 months", [(learned[t], size[t], truth[t]["participation-12-months"]) for t in truth])
    weeks = collections.Counter(m["team"] for m in org["moment"] if m["kind"] == "check-out")
    mondays = len({time(m["time"]).strftime("%G-%V") for m in org["moment"]})
    check_z("check-outs per week", [(weeks[t], mondays, truth[t]["check-out-per-week"]) for t in truth])
    total = sum(hours(a["duration"]) for a in done)
    counted_hours = total / 6000 / 14 * 12
    expected = sum(truth[t]["hours-per-head-per-year"] * size[t] for t in truth) / 6000
    tell(abs(counted_hours / expected - 1) < 0.05, "hours per head are those of the truth", counted_hours, expected)
    embedded = sum(hours(a["duration"]) for a in done if a["setting"] != "detached") / total
    expected = sum(truth[t]["embedded-share"] * truth[t]["hours-per-head-per-year"] * size[t] for t in truth)
    expected /= sum(truth[t]["hours-per-head-per-year"] * size[t] for t in truth)
    tell(abs(embedded - expected) < 0.02, "the embedded share is that of the truth", embedded, expected)
    informal = sum(hours(a["duration"]) for a in done if a["form"] != "formal") / total
    tell(abs(informal - org.truth["organisation"]["informal-share"]) < 0.02, "the informal share is that of the truth", informal)


def check_z(name, cells):
    """Squared standardised distances from the truth average to one, where the truth is true."""
    squares = [(k - n * p) ** 2 / (n * p * (1 - p)) for k, n, p in cells]
    mean = sum(squares) / len(squares)
    tell(0.5 < mean < 1.7, f"{name}: teams lie about the truth as chance has it", mean)


# ── Null organisation and mass talks ────────────────────────────────────────────────────────────────────────────────

def dispersion(org):
    """Chi-square over its degrees of freedom of participation and of giving by team: 1 where teams do not differ."""
    team = teams_of(org)
    size = collections.Counter(team.values())
    month = [a for a in org.completed() if time(a["ended"]).strftime("%Y-%m") == "2023-02"]
    learners = collections.Counter(team[p] for p in {a["person"] for a in month})
    givers = collections.Counter(team[p] for p in {s["giver"] for s in org["sharing"]})
    result = []
    for count in (learners, givers):
        p = sum(count.values()) / sum(size.values())
        result.append(sum((count[t] - size[t] * p) ** 2 / (size[t] * p * (1 - p)) for t in size) / (len(size) - 1))
    return result


def test_null():
    base = ("--people", "8000", "--teams", "200", "--months", "3", "--seed", "21", "--contacts", "0", "--steady", "--sharing", "0.15")
    null = simulate(*base, "--null")
    learning, giving = dispersion(null)
    tell(0.8 < learning < 1.2 and 0.8 < giving < 1.2, "in a null organisation teams differ by chance only", learning, giving)
    learning, giving = dispersion(simulate(*base))
    tell(learning > 1.3 and giving > 1.3, "elsewhere they differ by more", learning, giving)
    team, size = teams_of(null), collections.Counter(teams_of(null).values())
    pairs = {(s["giver"], s["receiver"]) for s in null["sharing"] if "receiver" in s}
    inside = sum(team[a] == team[b] for a, b in pairs)
    heads = sum(size.values())
    expected = sum(g * (g - 1) for g in size.values())
    mixing = ((len(pairs) - inside) / (heads * (heads - 1) - expected)) / (inside / expected)
    tell(0.8 < mixing < 1.25, "in a null organisation teams do not matter to who shares with whom", mixing)


def test_mass_talks():
    base = ("--people", "300", "--months", "12", "--seed", "4", "--contacts", "0", "--culture", "0.1", "--steady")
    without, with_ = simulate(*base), simulate(*base, "--mass-talks")
    more = len(with_["sharing"]) - len(without["sharing"])
    tell(more == 12 * 299, "mass talks add a row per listener per month", more)
    givers = [{s["giver"] for s in org["sharing"]} for org in (without, with_)]
    tell(len(givers[1] - givers[0]) <= 1, "mass talks add at most one giver")
    tell(without["activity"] == with_["activity"], "mass talks change nothing else")


# ── Questionnaires ──────────────────────────────────────────────────────────────────────────────────────────────────

def points(org, instrument):
    """Scores from 0 to 100 by team, wave and respondent, worked out from the answers and the instrument's file."""
    file = ElementTree.parse(SOURCE / "data" / "instruments" / (instrument + ".xml")).getroot()
    space = "{urn:kennis:instrument:1}"
    scale_of, reversed_ = {}, set()
    for scale in file.findall(space + "scale"):
        for item in scale.iter(space + "item"):
            scale_of[item.get("id")] = scale.get("id")
            if item.get("reversed") == "true":
                reversed_.add(item.get("id"))
    scores = collections.defaultdict(list)
    for row in org["response"]:
        at = (float(row["score"]) - 1) / 4 * 100
        at = 100 - at if row["item"] in reversed_ else at
        scores[scale_of[row["item"]], row["wave"], row["team"], row["respondent"]].append(at)
    return {key: sum(list_) / len(list_) for key, list_ in scores.items()}, reversed_


def test_surveys():
    options = ("--people", "3000", "--teams", "30", "--months", "2", "--seed", "13", "--contacts", "0", "--steady", "--sharing", "0.02",
               "--surveys", "foundation")
    org = simulate(*options)
    scores, reversed_ = points(org, "foundation")
    teams = collections.defaultdict(list)
    for (scale, _, team, _), score in scores.items():
        teams[team, "foundation." + scale].append(score)
    squares = []
    for truth in org.truth["teams"]:
        for name in ("leadership", "trust", "autonomy", "engagement"):
            # who answered both waves answers alike, so that each counts for the mean of their waves only
            list_ = teams[truth["team"], "foundation." + name]
            mean = sum(list_) / len(list_)
            variance = sum((x - mean) ** 2 for x in list_) / len(list_) / (len(list_) / 1.6)
            squares.append((mean - truth["foundation." + name]) ** 2 / variance)
    tell(0.6 < sum(squares) / len(squares) < 1.5, "teams score the truth give or take chance", sum(squares) / len(squares))
    waves = {wave for _, wave, _, _ in scores}
    asked = collections.Counter()
    for row in org["invitation"]:
        asked[row["wave"], row["team"]] += int(row["people"])
    answered = collections.Counter((w, t) for w, t, _ in {(w, t, p) for _, w, t, p in scores})
    tell(waves == {"2023-01", "2023-02"} and {wave for wave, _ in asked} == waves, "there are two waves", waves)
    tell(all(answered[cell] <= asked[cell] for cell in answered), "no more people answer than were asked")
    rate = sum(answered.values()) / sum(asked.values())
    tell(abs(rate - 0.72) < 0.02, "72% of those who were asked answer", rate)
    who = {wave: {p for _, w, _, p in scores if w == wave} for wave in waves}
    both = len(who["2023-01"] & who["2023-02"]) / len(who["2023-01"])
    tell(abs(both - 0.72) < 0.04, "tokens stay from wave to wave", both)
    tell(not {p for ids in who.values() for p in ids} & {row["id"] for row in org["person"]}, "nobody answers by name")
    french = share({row["respondent"] for row in org["response"] if row["language"] == "fr"}, set().union(*who.values()))
    tell(abs(french - 0.3) < 0.04, "three in ten answer in French", french)
    mean = {side: sum(list_) / len(list_) for side, list_ in
            ((side, [float(r["score"]) for r in org["response"] if (r["item"] in reversed_) == side]) for side in (True, False))}
    tell(mean[True] < 3 < mean[False], "reversed items are answered the other way round", mean)
    open_ = 1 - len(org["response"]) / (16 * sum(answered.values()))
    tell(0.01 < open_ < 0.03, "a few items are left open", open_)
    without = simulate(*options[:-2])
    tell(not without["response"] and without["activity"] == org["activity"], "questionnaires change nothing else")
    named = simulate("--people", "60", "--months", "6", "--named", "--surveys", "conditions,mindset")
    tell({row["respondent"] for row in named["response"]} <= {row["id"] for row in named["person"]}, "--named answers by name")
    tell({row["instrument"] for row in named["response"]} == {"conditions", "mindset"}, "only what is named is asked")


def main():
    with tempfile.TemporaryDirectory() as folder:
        base = pathlib.Path(folder)
        test_bytes(base)
        test_schema(base)
        test_usage(base)
    org = simulate("--people", "600", "--seed", "2", "--culture", "0.6")
    for check in (check_people, check_teams, check_learning, check_exchange, check_rest):
        check(org)
    test_knobs()
    test_coverage()
    test_truth()
    test_null()
    test_mass_talks()
    test_surveys()
    print(f"1..{len(checks)}")
    return 0 if all(checks) else 1


sys.exit(main())
