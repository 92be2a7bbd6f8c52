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


def items():
    """The items of the foundation: id → (scale, low, high, reversed)."""
    root = ElementTree.parse(SOURCE / "data" / "instruments" / "foundation.xml").getroot()
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
    assert found("--compare=2023")["change"][0]["pairing"] != row["pairing"]


def csv_says_what_json_says():
    for table in ("scores", "reliability", "items", "agreement", "aggregation"):
        text = survey("--instrument=foundation", "--format=csv", f"--table={table}", FILE)[0]
        rows, wanted = list(csv.DictReader(io.StringIO(text, newline=""))), found()[table]
        assert len(rows) == len(wanted) > 0
        for row, other in zip(rows, wanted):
            for name, value in other.items():
                assert (row[name] == "" if value is None else float(row[name]) == value if not isinstance(value, str) else row[name].lstrip("'") == value)


def languages_are_compared_too():
    groups = {row["group"] for row in found("--by=language")["scores"]}
    assert {"nl", "fr"} <= groups


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
        alpha_is_that_of_the_covariances, teams_are_resampled, waves_are_compared, csv_says_what_json_says, languages_are_compared_too, html_has_every_table,
        a_questionnaire_is_printed_in_three_languages, limesurvey_gets_a_structure, a_survey_runs_from_design_to_score_by_limesurvey,
        a_survey_designed_in_limesurvey_is_an_instrument, every_questionnaire_is_written_for_limesurvey_and_read_back, wrong_use_is_one_and_nothing_is_two,
        the_manual_tells_every_option)
