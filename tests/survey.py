# Runs kennis-survey on answers that are made here, and reads what it wrote with other tools than its own.
import csv
import html.parser
import io
import json
import os
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import tap

BUILD = pathlib.Path(os.environ.get("KENNIS_BUILDDIR", "."))
SOURCE = pathlib.Path(os.environ.get("KENNIS_SRCDIR", "."))
PROGRAM = BUILD / "examples" / "kennis-survey"
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="kennis-survey-"))
FILE = FOLDER / "answers.xml"
INSTRUMENT = "{urn:kennis:instrument:1}"
TEAMS = {f"team-{t:02}": 10 for t in range(10)} | {"tiny-crew": 3}


def survey(*options, stdin=None, code=0):
    ran = subprocess.run([str(PROGRAM), *map(str, options)], input=stdin, capture_output=True)
    assert ran.returncode == code, (options, ran.returncode, ran.stderr.decode())
    return ran.stdout.decode(), ran.stderr.decode()


def found(*options):
    return json.loads(survey("--instrument=foundation", "--format=json", *options, FILE)[0])


def items(instrument="foundation"):
    """Its items: id → (scale, low, high, reversed)."""
    root = ElementTree.parse(SOURCE / "data" / "instruments" / f"{instrument}.xml").getroot()
    ranges = {a.get("id"): a for a in root.iter(f"{INSTRUMENT}answers")}

    def limits(item):
        if item.get("low") is not None:
            return float(item.get("low")), float(item.get("high"))
        answers = ranges[item.get("answers")]
        if answers.get("low") is not None:
            return float(answers.get("low")), float(answers.get("high"))
        values = [float(a.get("value")) for a in answers.iter(f"{INSTRUMENT}answer")]
        return min(values), max(values)

    return {item.get("id"): (scale.get("id"), *limits(item), item.get("reversed") == "true")
            for scale in root.iter(f"{INSTRUMENT}scale") for item in scale.findall(f"{INSTRUMENT}item")}


ANSWERS = {}


def the_answers_are_made():
    chance, out = random.Random(7), []
    for wave, lift in (("2023", 0), ("2024", 0.5)):
        for team, people in TEAMS.items():
            mood = chance.gauss(0, 0.6)
            for p in range(people):
                own = chance.gauss(0, 0.8)
                for item, (scale, low, high, reverse) in items().items():
                    answer = (low + high) / 2 + lift + mood + own + chance.gauss(0, 0.7)
                    answer = min(max(round(low + high - answer if reverse else answer), low), high)
                    ANSWERS[wave, team, p, item] = answer
                    out.append(f'<response instrument="foundation" wave="{wave}" respondent="{team}/{p}" team="{team}" item="{item}" '
                               f'score="{answer:g}" language="{"nl" if p % 2 else "fr"}"/>')
    FILE.write_text('<kennis xmlns="urn:kennis:records:1" version="1" time-zone="UTC" currency="EUR"><teams>'
                    + "".join(f'<team id="{team}"/>' for team in TEAMS) + "</teams><responses>" + "\n".join(out) + "</responses></kennis>")


def person(wave, team, p, scale):
    values = [(a - low) / (high - low) * 100 for item, (s, low, high, reverse) in items().items() if s == scale
              for a in [low + high - ANSWERS[wave, team, p, item] if reverse else ANSWERS[wave, team, p, item]]]
    return statistics.fmean(values)


def scores_are_means_on_a_hundred():
    scales = {scale for scale, *_ in items().values()}
    rows = {(row["scale"], row["group"]): row for row in found("--by=team")["scores"]}
    for scale in scales:
        people = [person("2024", team, p, scale) for team, n in TEAMS.items() for p in range(n)]
        everybody = [row for (s, _), row in rows.items() if s == scale][0]
        assert abs(everybody["mean"] - statistics.fmean(people)) < 1e-9 and everybody["n"] == len(people) == 103
        assert abs(everybody["sd"] - statistics.stdev(people)) < 1e-9
        team = rows[scale, "team-03"]
        assert abs(team["mean"] - statistics.fmean(person("2024", "team-03", p, scale) for p in range(10))) < 1e-9
        assert team["lower"] < team["mean"] < team["upper"] and team["team-mean"]


def a_small_team_is_not_shown_nor_can_it_be_worked_out():
    for table in ("scores", "agreement"):
        rows = [(row.get("group", row.get("team")), row) for row in found()[table]]
        shown = {group for group, row in rows if row["n"] is not None} & set(TEAMS)
        assert "tiny-crew" not in shown and sum(n for team, n in TEAMS.items() if team not in shown) >= 8, shown
        assert {group for group, row in rows} >= set(TEAMS)
        assert all("fewer than 8 people" in (row.get("team-mean") or row.get("judgement")) for group, row in rows if row["n"] is None)
    text = survey("--instrument=foundation", FILE)[0]
    assert "tiny-crew" not in text and "2 groups" in text and "nothing is shown: 2 of 11" in text


def own(name, answers, instrument="foundation"):
    """Answers that are there as person → (team, wave, item → score)."""
    out = [f'<response instrument="{instrument}" wave="{wave}" respondent="{person}" team="{team}" item="{item}" score="{score}"/>'
           for person, team, wave, said in answers for item, score in said.items()]
    file = FOLDER / f"{name}.xml"
    file.write_text('<kennis xmlns="urn:kennis:records:1" version="1" time-zone="UTC" currency="EUR"><teams><team id="A"/><team id="B"/></teams><responses>'
                    + "".join(out) + "</responses></kennis>")
    return file


def nothing_goes_missing_without_a_word():
    chance = random.Random(3)
    # A scale that nobody answered, one that three did, and a team of which six answered every item.
    people = [(f"p{i}", "A" if i < 10 else "B", "1",
               {item: chance.randint(1, 5) for item, (scale, *_) in items().items()
                if scale in ("leadership", "engagement") and not (item == "leadership-1" and 10 <= i < 14) or scale == "trust" and i < 3})
              for i in range(20)]
    found = json.loads(survey("--instrument=foundation", "--format=json", own("words", people))[0])
    scores = {(row["scale"], row["group"]): row for row in found["scores"]}
    assert scores["autonomy", "everybody"]["team-mean"] == "nobody answered" and ("autonomy", "A") not in scores
    assert scores["trust", "everybody"]["team-mean"].startswith("withheld: fewer than 8 people")
    assert scores["leadership", "B"]["n"] == 10 and scores["leadership", "B"]["team-mean"] == "not known: too few answered every item"
    agreement = {(row["scale"], row["team"]): row for row in found["agreement"]}
    assert agreement["leadership", "B"]["n"] is None and "fewer than 8 answered all" in agreement["leadership", "B"]["judgement"]
    judged = {row["scale"]: row["judgement"] for row in found["reliability"]}
    assert judged["autonomy"] == "nobody answered" and judged["trust"] == "withheld: fewer than 8 answered all of its items", judged
    assert {row["item"] for row in found["items"]} == set(items())
    assert all(row["mean"] is None and row["note"] for row in found["items"] if row["scale"] in ("autonomy", "trust"))


def means_of_the_same_people_do_not_tell_of_the_others():
    chance = random.Random(4)
    say = lambda: {item: chance.randint(1, 5) for item in items()}
    both = own("both", [(f"p{i}", "A", wave, say()) for wave in "12" for i in range(17 if wave == "1" else 25)])
    row = json.loads(survey("--instrument=foundation", "--format=json", "--compare=1", "--matched", both)[0])["change"][0]
    assert row["before"] is None and row["after"] is None and row["difference"] is not None and "withheld" in row["pairing"], row
    row = json.loads(survey("--instrument=foundation", "--format=json", "--compare=1", both)[0])["change"][0]
    assert row["before"] is not None and row["after"] is not None
    # One who left, or one who came: 21 · mean of the wave − 20 · mean of those in both would be the answer of that one.
    for sizes in (21, 20), (20, 21):
        one = own("one", [(f"p{i}", "A", wave, say()) for wave, n in zip("12", sizes) for i in range(n)])
        row = json.loads(survey("--instrument=foundation", "--format=json", "--compare=1", "--matched", one)[0])["change"][0]
        assert row["difference"] is None and row["before"] is None and row["pairing"].startswith("withheld: fewer than 8"), row
    few = own("few", [(f"p{i + 17 * (wave == '2')}", "A", wave, say()) for wave in "12" for i in range(20)])
    row = json.loads(survey("--instrument=foundation", "--format=json", "--compare=1", "--matched", few)[0])["change"][0]
    assert row["difference"] is None and row["n-after"] is None and row["pairing"].startswith("withheld: fewer than 8"), row


def a_change_does_not_tell_what_all_said_alike_in_the_earlier_wave():
    chance = random.Random(7)
    people = [(f"p{i}", "A", wave, {item: 4 if wave == "1" and scale == "autonomy" else chance.randint(1, 5)
                                    for item, (scale, *_) in items("motivation").items()}) for wave in "12" for i in range(20)]
    file = own("alike", people, "motivation")
    # From the scales beside it and the one above them its own would follow.
    hidden = {"autonomous", "autonomy", "belonging", "competence"}
    for more in [], ["--matched"]:
        for row in json.loads(survey("--instrument=motivation", "--format=json", "--compare=1", *more, file)[0])["change"]:
            assert (row["difference"] is None) == (row["before"] is None) == (row["scale"] in hidden) == ("all alike" in row["pairing"]), row


def alpha_is_that_of_the_covariances():
    table = {row["scale"]: row for row in found()["reliability"]}
    for scale in {scale for scale, *_ in items().values()}:
        names = [item for item, (s, *_) in items().items() if s == scale]
        columns = [[low + high - ANSWERS["2024", team, p, item] if reverse else ANSWERS["2024", team, p, item]
                    for team, n in TEAMS.items() for p in range(n)]
                   for item in names for _, low, high, reverse in [items()[item]]]
        k, sums = len(columns), [sum(row) for row in zip(*columns)]
        alpha = k / (k - 1) * (1 - sum(map(statistics.variance, columns)) / statistics.variance(sums))
        assert abs(table[scale]["alpha"] - alpha) < 1e-9, (scale, table[scale], alpha)
        assert table[scale]["alpha-lower"] < alpha < table[scale]["alpha-upper"] and table[scale]["n"] == 103
    assert {row["item"] for row in found()["items"]} == set(items())


def teams_are_resampled():
    feldt = {row["scale"]: row for row in found()["reliability"]}
    teams = {row["scale"]: row for row in found("--alpha-by-team")["reliability"]}
    for scale, row in teams.items():
        assert row["alpha"] == feldt[scale]["alpha"] and row["alpha-lower"] < row["alpha"] < row["alpha-upper"] <= 1
        assert row["alpha-lower"] != feldt[scale]["alpha-lower"]


def waves_are_compared():
    matched = {row["scale"]: row for row in found("--compare=2023", "--matched")["change"]}
    for scale in {scale for scale, *_ in items().values()}:
        changes = [person("2024", team, p, scale) - person("2023", team, p, scale) for team, n in TEAMS.items() for p in range(n)]
        row = matched[scale]
        assert abs(row["difference"] - statistics.fmean(changes)) < 1e-9 and row["share-both"] == 1 and row["lower"] > 0
        assert row["n-both"] == len(changes) == row["n-before"] == row["n-after"]
    both, plain = found("--compare=2023", "--matched"), found("--compare=2023")
    assert plain["change"][0]["pairing"] != row["pairing"] and plain["change"][0]["n-both"] == 103
    # Who could compare people with themselves is told so, in every format for people and in JSON.
    hint = "103 people answered both waves: --matched"
    assert hint in plain["note"] and "--matched" not in both["note"]
    for form in ("text", "html"):
        assert hint in survey("--instrument=foundation", "--compare=2023", "--language=en", f"--format={form}", FILE)[0]
    assert "people in both" in survey("--instrument=foundation", "--compare=2023", "--matched", "--language=en", FILE)[0]
    assert ",n-both," in survey("--instrument=foundation", "--compare=2023", "--table=change", "--format=csv", FILE)[0]
    news = own("anew", [(f"{wave}-{i}", "A", wave, {item: 1 + (i + int(item[-1])) % 5 for item in items()}) for wave in "12" for i in range(20)])
    assert "--matched" not in survey("--instrument=foundation", "--compare=1", "--language=en", news)[0]


def only_an_earlier_wave_is_compared_with():
    for options, told in ((("--compare=2024",), "itself"), (("--wave=2023", "--compare=2023"), "itself"),
                          (("--wave=2023", "--compare=2024"), "later than")):
        out, error = survey("--instrument=foundation", "--language=en", *options, FILE, code=1)
        assert out == "" and told in error and "--compare" in error and "2023, 2024" in error, (options, error)
    # Times tell more than names; names that are no dates tell nothing.
    times = {"eind": "2024-06-03T10:00:00Z", "begin": "2024-01-03T10:00:00Z", "aan-het-begin": "", "aan-het-eind": ""}
    rows = "".join(f'<response instrument="mindset" wave="{wave}" respondent="p{p}" item="{item}" score="{1 + (p + len(wave)) % 5}"'
                   + (f' time="{time}"' if time else "") + "/>" for wave, time in times.items() for p in range(20)
                   for item in re.findall(r'item id="([^"]+)"', (SOURCE / "data" / "instruments" / "mindset.xml").read_text()))
    file = FOLDER / "named-waves.xml"
    file.write_text('<kennis xmlns="urn:kennis:records:1" version="1" time-zone="UTC" currency="EUR">'
                    f"<responses>{rows}</responses></kennis>")
    assert "later than" in survey("--instrument=mindset", "--language=en", "--wave=begin", "--compare=eind", file, code=1)[1]
    for wave, other in (("eind", "begin"), ("aan-het-eind", "aan-het-begin"), ("aan-het-begin", "aan-het-eind")):
        survey("--instrument=mindset", f"--wave={wave}", f"--compare={other}", file)


def csv_says_what_json_says():
    for table in ("scores", "reliability", "items", "agreement", "aggregation"):
        text = survey("--instrument=foundation", "--format=csv", f"--table={table}", FILE)[0]
        rows, wanted = list(csv.DictReader(io.StringIO(text, newline=""))), found()[table]
        assert len(rows) == len(wanted) > 0
        for row, other in zip(rows, wanted):
            for name, value in other.items():
                assert (row[name] == "" if value is None else float(row[name]) == value if not isinstance(value, str) else row[name].lstrip("'") == value)


def languages_are_compared_too():
    document = found("--by=language")
    assert {"nl", "fr"} <= {row["group"] for row in document["scores"]}
    scales = {scale for scale, *_ in items().values()}
    rows = {row["scale"]: row for row in document["languages"]}
    assert set(rows) == scales and len(document["languages"]) == len(scales)
    for scale, row in rows.items():
        fr, nl = ([person("2024", team, p, scale) for team, n in TEAMS.items() for p in range(n) if p % 2 == odd] for odd in (0, 1))
        assert (row["first"], row["second"], row["n-first"], row["n-second"]) == ("fr", "nl", len(fr), len(nl))
        difference, pooled = statistics.fmean(nl) - statistics.fmean(fr), len(fr) + len(nl) - 2
        spread = ((statistics.variance(fr) * (len(fr) - 1) + statistics.variance(nl) * (len(nl) - 1)) / pooled) ** 0.5
        # The interval is checked against R in tests/unit/change.c; here that it is about as wide as a normal one.
        se = (statistics.variance(fr) / len(fr) + statistics.variance(nl) / len(nl)) ** 0.5
        assert abs(row["difference"] - difference) < 1e-9 and abs(row["g"] - difference / spread * (1 - 3 / (4 * pooled - 1))) < 1e-9
        assert abs((row["upper"] - row["lower"]) / 2 / se - 1.984) < 0.01 and row["g-lower"] < row["g"] < row["g-upper"]
    table = survey("--instrument=foundation", "--by=language", "--table=languages", "--minimum-group=50", "--format=csv", FILE)[0]
    assert len(table.splitlines()) == 1 + len(scales) and ",52,51," in table
    for row in csv.DictReader(io.StringIO(survey("--instrument=foundation", "--by=language", "--table=languages", "--minimum-group=52",
                                                 "--format=csv", FILE)[0], newline="")):
        assert row["difference"] == row["g"] == row["n-first"] == "" and row["note"], row


def of(table, *options, file=None):
    return json.loads(survey("--instrument=foundation", "--format=json", f"--table={table}", *options, file or FILE)[0])[table]


def details_and_factors_come_by_name():
    assert not {"details", "factors"} & set(found())
    reliability = {row["scale"]: row for row in found()["reliability"]}
    for row in of("details"):
        assert row["split-lowest"] <= row["split-mean"] <= row["split-highest"] and 0 < row["mean-r"] < 1 < row["n"]
        assert row["split-mean"] == reliability[row["scale"]]["split-half"] and row["odd-even"] < row["odd-even-sb"]
    factors = of("factors")
    for scale, row in reliability.items():
        own = [f for f in factors if f["scale"] == scale]
        assert [f["factor"] for f in own] == list(range(1, row["items"] + 1))
        assert abs(sum(f["eigenvalue"] for f in own) - row["items"]) < 1e-9
        assert row["factors"] == len([f for f in own if f["eigenvalue"] > f["random"]])


def iccs_are_raw_and_cut_with_both_sizes():
    for row in found()["aggregation"]:
        assert row["team-size"] == row["n0"] == 10 and abs(row["icc-1"] - row["icc-1-n0"]) < 1e-12
        assert row["icc-1-cut"] == max(row["icc-1-n0"], 0) and row["icc-2-cut"] == max(row["icc-2"], 0)
        assert abs(row["icc-2"] - 10 * row["icc-1"] / (1 + 9 * row["icc-1"])) < 1e-12


def agreement_is_judged_by_the_null_that_was_asked_for():
    for null, variance in (("uniform", 2), ("slight-skew", 1.34), ("heavy-skew", 0.44), ("normal", 1.04)):
        for row in of("agreement", f"--null={null}"):
            if row["rwg"] is not None:
                plain = 1 - (1 - {r["team"]: r for r in of("agreement") if r["scale"] == row["scale"]}[row["team"]]["rwg-lindell"]) * 2 / variance
                assert abs(row["rwg-lindell"] - plain) < 1e-9, (null, row)
                assert row["rwg"] == (row["rwg-raw"] if row["rwg-lindell"] >= 0 else 0), row
                break
    text = survey("--instrument=foundation", "--null=moderate-skew", "--language=en", FILE)[0]
    assert "Answers at random: moderately skewed." in text and "every answer alike" not in text


def other_answers(name, answer, people=24, invited=None):
    """A file of answers of two teams, or with another number asked than is right."""
    rows = "".join(f'<response instrument="foundation" wave="w" respondent="{t}/{p}" team="{t}" item="{item}" '
                   f'score="{low + high - a if reverse else a:g}"/>'
                   for t in "AB" for p in range(people // 2) for item, (_, low, high, reverse) in items().items() for a in [answer(t, p, item)])
    asked = "".join(f'<invitation instrument="foundation" wave="w" team="{t}" people="{n}"/>' for t, n in (invited or {}).items())
    file = FOLDER / f"{name}.xml"
    file.write_text('<kennis xmlns="urn:kennis:records:1" version="1" time-zone="UTC" currency="EUR"><teams><team id="A"/><team id="B"/></teams>'
                    f"<invitations>{asked}</invitations><responses>{rows}</responses></kennis>")
    return file


def more_answers_than_invitations_are_said():
    chance = random.Random(3)
    said = {}
    def answer(team, p, item):
        return said.setdefault((team, p, item), chance.randint(1, 5))
    open_, over, part = (other_answers(name, answer, invited=invited) for name, invited in
                         (("open", None), ("over", {"A": 5, "B": 12}), ("part", {"A": 5, "B": 30})))
    wanted = {(row["scale"], row["group"]): row for row in of("scores", "--language=en", file=open_)}
    for file, names in ((over, ("everybody", "A")), (part, ("A",))):
        out, told = survey("--instrument=foundation", "--language=en", "--format=text", file)
        assert f"More people answered than were said to be asked ({', '.join(names)})" in out and "More people" in told, told
        for row in of("scores", "--language=en", file=file):
            plain = wanted[row["scale"], row["group"]]
            if row["group"] in names:
                assert row["response-rate"] is None and row["lower"] == plain["lower"] < plain["upper"] == row["upper"], row
            else:
                assert row["response-rate"] <= 1 and row["upper"] - row["lower"] < plain["upper"] - plain["lower"]
    assert "More people" not in "".join(survey("--instrument=foundation", FILE))


def what_is_not_defined_says_why():
    alike = other_answers("alike", lambda team, p, item: 4)
    for row in of("reliability", "--language=en", file=alike):
        assert row["alpha"] is None and row["omega"] is None and row["judgement"] == "answers do not vary", row
    # One in 24 says otherwise of each item: nearly alike.
    nearly = other_answers("nearly", lambda team, p, item: 3 if p == int(item[-1]) and team == "A" else 4)
    for row in of("reliability", "--language=en", file=nearly):
        assert row["omega"] is None or row["omega"] > 1e-3, row
        assert row["judgement"] != "too few answers" and "omega" in row["judgement"], row
    waves = other_answers("waves", lambda team, p, item: 1 + (p + int(item[-1])) % 5 if p else 2)
    for row in of("aggregation", "--language=en", file=waves):
        assert row["icc-2"] is None or row["icc-2-cut"] == max(0, row["icc-2"])
        assert row["note"] in ("teams differ less than by chance: read an ICC under 0 as 0", "the means of teams do not differ at all"), row


def words_and_numbers_are_in_the_language_that_was_asked_for():
    env = {**os.environ, "LC_ALL": "C", "LANGUAGE": ""}
    for language, words in (("nl", ("Betrouwbaarheid", "gemiddelde (0–100)", "Leiderschap", "Fundament onder")), ("en", ("Reliability", "Leadership")),
                            ("fr", ("Fiabilité", "Accord dans les équipes"))):
        for form in ("text", "html"):
            ran = subprocess.run([str(PROGRAM), "--instrument=foundation", f"--language={language}", f"--format={form}", str(FILE)],
                                 capture_output=True, env=env)
            text = ran.stdout.decode()
            assert ran.returncode == 0 and all(word in text for word in words), (language, [w for w in words if w not in text])
            assert form == "text" or f'<html lang="{language}"' in text
            assert bool(re.search(r"\d,\d{3}\b", text)) == (language != "en") and bool(re.search(r"\d\.\d{3}\b", text)) == (language == "en"), language
    assert "Fundament" in survey("--list", "--language=nl")[0] or "fundament" in survey("--list", "--language=nl")[0]
    # Data are the same in every language.
    assert survey("--instrument=mindset", "--print=nl")[0] == subprocess.run(
        [str(PROGRAM), "--instrument=mindset", "--print=nl"], capture_output=True, env=env).stdout.decode()


def options_that_would_do_nothing_are_refused():
    for options, told in ((("--matched", FILE), "--compare"), (("--print=nl", "--format=csv"), "--format"), (("--lss=nl", FILE), "a source"),
                          (("--print=nl", "--lss=nl"), "one of them"), (("--lss-mapping", "--by=team"), "--by"), (("--print=nl", "--wave=2024"), "--wave"), (("--print=nl", "--by=language"), "--by"),
                          (("--print=nl", "--minimum-group=9"), "--minimum-group"), (("--lss=nl", "--by=team"), "--by"),
                          (("--null=normal", "--by=all", FILE), "--by=team"), (("--language=de", FILE), "nl, en, fr"),
                          (("--null=odd", FILE), "slight-skew")):
        out, error = survey("--instrument=foundation", *options, code=1)
        assert out == "" and told in error, (options, error)
    told = survey("--instrument=mindset", FILE, code=2)[1]
    assert "“mindset”" in told and "foundation" in told and "“”" not in told, told
    empty = FOLDER / "empty.xml"
    empty.write_text('<kennis xmlns="urn:kennis:records:1" version="1" time-zone="UTC" currency="EUR"><teams><team id="A"/></teams></kennis>')
    assert "nor to any questionnaire" in survey("--instrument=mindset", empty, code=2)[1]


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.seen, self.loads, self.text = [], {}, [], []

    def handle_starttag(self, tag, attributes):
        self.seen[tag] = self.seen.get(tag, 0) + 1
        self.loads += [v for k, v in attributes if k in ("src", "href") and v]
        if tag not in ("meta", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text.append(data)


def page_of(text):
    page = Page()
    page.feed(text)
    assert page.open == [] and page.loads == [] and "<script" not in text, (page.open, page.loads)
    return page


def html_has_every_table():
    page = page_of(survey("--instrument=foundation", "--format=html", "--compare=2023", FILE)[0])
    assert page.seen["table"] == 6 and page.seen["caption"] == 6


def a_questionnaire_is_printed_in_three_languages():
    root = ElementTree.parse(SOURCE / "data" / "instruments" / "foundation.xml").getroot()
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    for language in ("nl", "en", "fr"):
        text = survey("--instrument=foundation", f"--print={language}")[0]
        words = " ".join("".join(page_of(text).text).split())
        for item in root.iter(f"{INSTRUMENT}item"):
            said = [t.text for t in item.findall(f"{INSTRUMENT}text") if t.get(lang) == language][0]
            assert " ".join(said.split()) in words, said
        assert f'<html lang="{language}"' in text
        assert "Team (" not in text and "Équipe (" not in text
        # Thanks go with the last item: alone on a page they look like a mistake.
        assert re.search(r'<tbody class="last">\s*<tr><th scope="row">16\. .*<tr class="thanks"><td colspan="6">[A-Z][^<]+</td></tr>\s*</tbody></table>\s*</body>', text, re.S), text[-900:]
        asked = survey("--instrument=foundation", f"--print={language}", "--by=team", "--minimum-group=9")[0]
        assert re.search(r'<p class="team">(Team|Équipe) \([^)]* 9 [^)]*\)', asked), asked[:3000]
    # Who asks how often, or whether one would recommend it, does not ask whether one agrees.
    mixed = survey(f"--instrument={SOURCE / 'examples' / 'instruments' / 'mixed-ranges.xml'}", "--print=en")[0]
    assert re.findall(r'<th scope="col">([^<]+)', mixed) == ["No", "Yes"] and "agree</th>" not in mixed


def limesurvey_gets_a_structure():
    root = ElementTree.fromstring(survey("--instrument=foundation", "--lss=nl")[0].encode())
    assert root.findtext("LimeSurveyDocType") == "Survey" and [l.text for l in root.find("languages")][0] == "nl"
    codes = [row.findtext("title") for row in root.find("subquestions").iter("row")]
    assert len(codes) == len(set(codes)) == len(items()) and all(re.fullmatch("[A-Za-z][A-Za-z0-9]{0,19}", code) for code in codes), codes
    questions = {row.findtext("qid") for row in root.find("questions").iter("row")} | {row.findtext("qid") for row in root.find("subquestions").iter("row")}
    texts = {(row.findtext("qid"), row.findtext("language")) for row in root.find("question_l10ns").iter("row")}
    assert texts == {(q, l) for q in questions for l in ("nl", "en", "fr")}
    assert {row.findtext("qid") for row in root.find("answers").iter("row")} <= questions


def limesurvey_export(root, name, people):
    """What LimeSurvey exports of a survey of this structure, as CSV, as responses and as an archive; and who answered what."""
    chance, code = random.Random(11), {}
    for row in root.find("answers").iter("row"):
        code.setdefault(row.findtext("qid"), []).append(row.findtext("code"))
    titles = {row.findtext("qid"): row.findtext("title") for row in root.find("questions").iter("row")}
    parts = [(row.findtext("parent_qid"), row.findtext("title")) for row in root.find("subquestions").iter("row")]
    answers = {p: {part: chance.choice(code[part[0]]) for part in parts} for p in range(1, people + 1)}
    heads = ["id", "submitdate", "lastpage", "startlanguage", "seed", "token", *(f"{titles[qid]}[{title}]" for qid, title in parts), "team"]
    rows = [[p, "1980-01-01 00:00:00", 1, "nl", 5, "", *answers[p].values(), "east"] for p in answers]
    rows.append([people + 1, "", 1, "nl", 5, "", *answers[1].values(), "east"])
    table = FOLDER / f"{name}.csv"
    with open(table, "w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([heads, *rows])
    fields = [*heads[:6], *(f"100001X1X{qid}{title}" for qid, title in parts), "100001X1X9"]
    document = ElementTree.Element("document")
    ElementTree.SubElement(document, "LimeSurveyDocType").text = "Responses"
    responses = ElementTree.SubElement(document, "responses")
    names, cells = ElementTree.SubElement(responses, "fields"), ElementTree.SubElement(responses, "rows")
    for field in fields:
        ElementTree.SubElement(names, "fieldname").text = field
    for row in rows:
        into = ElementTree.SubElement(cells, "row")
        for field, cell in zip(fields, row):
            ElementTree.SubElement(into, f"_{field}" if field[0].isdigit() else field).text = str(cell)
    text = ElementTree.tostring(document, encoding="utf-8", xml_declaration=True)
    (FOLDER / f"{name}.lsr").write_bytes(text)
    with zipfile.ZipFile(FOLDER / f"{name}.lsa", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("survey_100001.lss", ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
        archive.writestr("survey_100001_responses.lsr", text)
    return answers


def a_survey_runs_from_design_to_score_by_limesurvey():
    design, mapping = FOLDER / "design.lss", FOLDER / "design.keys"
    survey("--instrument=foundation", "--lss=nl", f"--output={design}")
    survey("--instrument=foundation", "--lss-mapping", "--wave=2024", f"--output={mapping}")
    answers = limesurvey_export(ElementTree.parse(design).getroot(), "design", 12)
    wanted = {}
    for item, (scale, low, high, reverse) in items().items():
        for p in answers:
            answer = [float(a) for (_, title), a in answers[p].items() if title == item.replace("-", "")][0]
            wanted.setdefault(scale, []).append((high - answer if reverse else answer - low) / (high - low) * 100)
    for source in ("design.csv", "design.lsr", "design.lsa"):
        rows = json.loads(survey("--instrument=foundation", f"--map={mapping}", "--by=all", "--format=json",
                                 FOLDER / source)[0])["scores"]
        assert {row["scale"] for row in rows} == set(wanted)
        for row in rows:
            assert row["n"] == 12 and abs(row["mean"] - statistics.fmean(wanted[row["scale"]])) < 1e-9, (source, row)


def a_survey_designed_in_limesurvey_is_an_instrument():
    design = FOLDER / "own.lss"
    survey("--instrument=foundation", "--lss=nl", f"--output={design}")
    answers = limesurvey_export(ElementTree.parse(design).getroot(), "own", 9)
    plain = statistics.fmean((float(a) - 1) / 4 * 100 for p in answers for a in answers[p].values())
    for instrument, source in ((design, "own.csv"), (FOLDER / "own.lsa", "own.lsa")):
        rows = json.loads(survey(f"--instrument={instrument}", "--by=all", "--format=json", FOLDER / source)[0])["scores"]
        assert [row["n"] for row in rows if row["scale"] == "Q1"] == [9]
        assert abs([row["mean"] for row in rows if row["scale"] == "Q1"][0] - plain) < 1e-9, rows


def every_questionnaire_is_written_for_limesurvey_and_read_back():
    for name in (line.split()[0] for line in survey("--list")[0].splitlines()):
        root = ElementTree.fromstring(survey(f"--instrument={name}", "--lss=en")[0].encode())
        codes = [row.findtext("title") for row in root.find("subquestions").iter("row")]
        mapping = survey(f"--instrument={name}", "--lss-mapping")[0].split("[words item]\n")[1].splitlines()
        assert [line.split("=")[0] for line in mapping] == [*codes, "*"], name
        assert len({code.lower() for code in codes}) == len(codes), codes


def wrong_use_is_one_and_nothing_is_two():
    assert "foundation" in survey("--list")[0]
    for options in ((FILE,), ("--instrument=foundation",), ("--instrument=nonsense", FILE), ("--instrument=foundation", "--format=pdf", FILE),
                    ("--instrument=foundation", "--minimum-group=1", FILE), ("--instrument=foundation", "--table=change", FILE),
                    ("--instrument=foundation", "--print=de")):
        out, told = survey(*options, code=1)
        assert out == "" and told.startswith("kennis-survey: "), (options, told)
    assert "2023, 2024" in survey("--instrument=foundation", "--wave=1999", FILE, code=2)[1]
    assert "at least 200" in survey("--instrument=foundation", "--minimum-group=200", FILE, code=2)[1]


def the_manual_tells_every_option():
    manual = (SOURCE / "docs" / "man" / "kennis-survey.1").read_text().replace("\\-", "-")
    for option in re.findall(r"--[a-z-]+", survey("--help")[0]):
        assert option in manual or option in ("--help", "--describe", "--check"), option


tap.run(the_answers_are_made, scores_are_means_on_a_hundred, a_small_team_is_not_shown_nor_can_it_be_worked_out,
        nothing_goes_missing_without_a_word, means_of_the_same_people_do_not_tell_of_the_others,
        a_change_does_not_tell_what_all_said_alike_in_the_earlier_wave,
        alpha_is_that_of_the_covariances, teams_are_resampled, waves_are_compared, only_an_earlier_wave_is_compared_with, csv_says_what_json_says,
        languages_are_compared_too,
        details_and_factors_come_by_name, iccs_are_raw_and_cut_with_both_sizes, agreement_is_judged_by_the_null_that_was_asked_for,
        more_answers_than_invitations_are_said, what_is_not_defined_says_why, words_and_numbers_are_in_the_language_that_was_asked_for,
        options_that_would_do_nothing_are_refused, html_has_every_table,
        a_questionnaire_is_printed_in_three_languages, limesurvey_gets_a_structure, a_survey_runs_from_design_to_score_by_limesurvey,
        a_survey_designed_in_limesurvey_is_an_instrument, every_questionnaire_is_written_for_limesurvey_and_read_back, wrong_use_is_one_and_nothing_is_two,
        the_manual_tells_every_option)
