# Runs kennis-report on an organisation of kennis-simulate, and reads what it wrote with other tools than its own.
import csv
import gzip
import io
import json
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import tap

BUILD = pathlib.Path(os.environ.get("KENNIS_BUILDDIR", "."))
SOURCE = pathlib.Path(os.environ.get("KENNIS_SRCDIR", "."))
PROGRAM = BUILD / "examples" / "kennis-report"
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="kennis-report-"))
FILE = FOLDER / "organisation.xml"
SURVEYED = FOLDER / "surveyed" / "organisation.xml"
NAMES = ["metric", "grouping", "team", "period", "from", "to", "value", "lower", "upper", "n", "coverage", "unit", "status", "note", "value-name"]


def report(*options, stdin=None, code=0, env=None):
    ran = subprocess.run([str(PROGRAM), *map(str, options)], input=stdin, capture_output=True, env={**os.environ, **(env or {})})
    assert ran.returncode == code, (options, ran.returncode, ran.stderr.decode())
    return ran.stdout, ran.stderr.decode()


def rows(*options):
    text = report("--format=csv", "--by=team", "--from=2023", "--to=2023", *options, FILE)[0].decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def the_organisation_is_simulated():
    subprocess.run([str(BUILD / "examples" / "kennis-simulate"), "--people=120", "--months=14", f"--output={FOLDER}"], check=True)
    assert FILE.stat().st_size > 100000
    subprocess.run([str(BUILD / "examples" / "kennis-simulate"), "--people=60", "--months=12", "--surveys=foundation", f"--output={SURVEYED.parent}"], check=True)


def help_and_version_are_told():
    text = report("--help")[0].decode()
    for option in ("from", "to", "period", "by", "metric", "minimum-group", "format", "output", "language", "seed", "threads",
                   "list-metrics", "strict"):
        assert f"--{option}" in text, option
    assert report("--version")[0].startswith(b"kennis-report 1.")


def the_manual_tells_every_option():
    manual = (SOURCE / "docs" / "man" / "kennis-report.1").read_text().replace("\\-", "-")
    for option in re.findall(r"--[a-z-]+", report("--help")[0].decode()):
        assert option in manual, option


def every_metric_is_listed():
    lines = report("--list-metrics", "--language=en")[0].decode().splitlines()
    assert len(lines) > 20 and all(re.match(r"[a-z]+\.[a-z0-9.-]+ +\S", line) for line in lines), lines
    ids = [line.split()[0] for line in lines]
    assert len(ids) == len(set(ids))
    listed = json.loads(report("--list-metrics", "--language=en", "--format=json")[0])["metrics"]
    assert [(m["metric"], m["unit"]) for m in listed] == [tuple(line.split()[:2]) for line in lines]
    assert [m["metric"] for m in listed if m["cost"] == "heavy"] == [line.split()[0] for line in lines if line.endswith("(only when named in full)")]
    told = {m["metric"]: m for m in listed}
    assert told["uptake.participation-rate"] == {"metric": "uptake.participation-rate", "title": "People who learned", "unit": "share", "cost": "light"}
    assert told["exchange.temporal-reach"]["cost"] == "heavy" and told["survey.foundation.trust"]["unit"] == "score"
    assert "text or json" in report("--list-metrics", "--language=en", "--format=html", code=1)[1]
    # Those of questionnaires can be asked for by the names that are listed.
    assert {"survey.foundation.trust", "survey.foundation.trust.alpha", "survey.foundation.response-rate", "survey.carriers.work.icc2"} <= set(ids)
    own = SOURCE / "examples" / "instruments" / "seven-items.xml"
    given = [line.split()[0] for line in report("--list-metrics", f"--instrument={own}")[0].decode().splitlines()]
    assert {i for i in given if i.startswith("survey.")} == {"survey.speaking-up.response-rate", *(
        "survey.speaking-up.speaking-up" + f for f in ("", ".response-rate", ".alpha", ".rwg", ".icc1", ".icc2"))}
    assert report("--list-metrics", f"--instrument={FILE}", code=1)[1].startswith("kennis-report: ")
    asked = rows("--metric=survey.foundation.trust", "--metric=survey.foundation.trust.alpha")
    assert {row["metric"] for row in asked} == {"survey.foundation.trust", "survey.foundation.trust.alpha"}


def csv_has_one_row_a_measurement():
    table = rows()
    assert list(table[0]) == NAMES
    assert len({(row["metric"], row["grouping"], row["team"], row["period"]) for row in table}) == len(table)
    teams = {row["team"] for row in table if row["grouping"] == "team"}
    assert len(teams) > 5 and len(table) % (len(teams) + 1) == 0
    assert all(row["from"] == "2023-01-01" and row["to"] == "2023-12-31" for row in table)
    for row in table:
        has_value = row["status"] in ("ok", "partial")
        assert (row["value"] != "") == has_value, row
        assert row["status"] != "withheld" or not (row["lower"] + row["upper"] + row["n"] + row["coverage"]), row
    assert {"ok", "withheld"} <= {row["status"] for row in table}


def json_says_the_same_as_csv():
    text = report("--format=json", "--by=team", "--from=2023", "--to=2023", FILE)[0]
    document = json.loads(text)
    said = [["" if row[name] is None else row[name] for name in NAMES] for row in document["measurements"]]
    wrote = [[float(row[name]) if name in ("value", "lower", "upper", "n", "coverage") and row[name] else
              row[name][1:] if row[name][:1] == "'" else row[name] for name in NAMES] for row in rows()]
    assert said == wrote
    head = document["report"]
    assert head["minimumGroup"] == 5 and head["level"] == 0.95 and head["seed"] == 1 and head["from"] == "2023-01-01"
    assert re.fullmatch("[0-9a-f]{32}", head["sources"][0]["fingerprint"])
    assert head["sources"][0]["read"] == head["sources"][0]["added"] > 1000


def xml_follows_its_schema_and_says_the_same():
    path = FOLDER / "report.xml"
    report("--format=xml", "--by=team", "--from=2023", "--to=2023", f"--output={path}", FILE)
    xmllint = shutil.which("xmllint")
    if xmllint:
        subprocess.run([xmllint, "--noout", "--nonet", "--relaxng", str(SOURCE / "data/schema/kennis-report-1.rng"), str(path)],
                       check=True, capture_output=True)
    found = ElementTree.parse(path).getroot().findall("{urn:kennis:report:1}measurement")
    assert [(m.get("metric"), m.get("value") or "") for m in found] == [(row["metric"], row["value"]) for row in rows()]


def html_loads_nothing_and_draws_its_charts():
    text = report("--format=html", "--from=2023", "--to=2023", FILE)[0].decode()
    assert "<script" not in text and not re.search(r'(src|href)="(?!#|data:,)', text)
    assert text.count('role="img"') >= 2 and 'class="map"' in text, text.count('role="img"')


def text_speaks_three_languages_and_says_withheld():
    english = report("--by=team", "--from=2023", "--to=2023", FILE, "--language=en")[0].decode()
    assert "withheld: fewer than 5" in english and "How to read this" in english and "\033" not in english
    for language, word in (("en", "fewer than"), ("nl", "minder dan"), ("fr", "moins de")):
        text = report("--by=team", "--metric=foundation.*", "--from=2023", "--to=2023", f"--language={language}", SURVEYED)[0].decode()
        assert f"{word} 8," in text and not re.search(rf"20\d\d .*{word} 5", text), language
    for language in ("nl", "fr"):
        text = report("--from=2023", "--to=2023", f"--language={language}", FILE)[0].decode()
        assert re.search(r"\d,\d", text), language


def the_same_question_gives_the_same_bytes_on_any_number_of_threads():
    assert len({report("--format=json", "--by=role", "--seed=7", f"--threads={n}", FILE)[0] for n in (1, 2, 3)}) == 1
    assert report("--format=csv", "--seed=7", FILE)[0] != report("--format=csv", "--seed=8", FILE)[0]


def what_cannot_be_measured_stands_together_and_says_what_it_needs():
    table = FOLDER / "courses.csv"
    table.write_text("person,topic,ended,status\n" + "".join(f"p{i},law,2024-0{1 + i % 9}-10,completed\n" for i in range(40)))
    text, told = report("--language=en", table)
    text = text.decode()
    missing = " ".join(text.split("What could not be measured")[1].split("What was read")[0].split())
    assert "(uptake.hours-per-head): needs activity.status, activity.duration, person" in missing, missing
    assert "(exchange.density): needs" in missing and text.count("exchange.density") == 1, text
    assert "no source declares 40 people" in told, told
    html = report("--language=en", "--format=html", table)[0].decode()
    assert html.count('id="exchange.density"') == 1 and 'href="#missing"' in html
    assert "nobody declared" in report("--roster-only", table, code=2)[1]


def standard_input_is_a_source_plain_or_compressed():
    plain = report("--format=csv", "-", stdin=FILE.read_bytes())[0]
    assert plain == report("--format=csv", "-", stdin=gzip.compress(FILE.read_bytes()))[0] == report("--format=csv", FILE)[0]


def wrong_usage_is_1_and_says_what_is_accepted():
    for options in (["--format=pdf", FILE], ["--period=week", FILE], ["--minimum-group=2", FILE], ["--language=de", FILE], [],
                    ["--by=shoe-size", FILE], ["--metric=no.such", FILE], ["--from=yesterday", FILE], ["--from=2024", "--to=2023", FILE],
                    ["--threads=-1", FILE], ["--nonsense", FILE], [FILE, FILE], ["--level=95", FILE]):
        out, said = report(*options, code=1)
        assert out == b"" and len(said) > 30, (options, said)


def nothing_to_read_is_2():
    for name, content in (("empty.xml", b""), ("text.xml", b"hello"), ("other.xml", b"<other/>"), ("zip.gz", b"\x1f\x8b\x08broken")):
        (FOLDER / name).write_bytes(content)
        assert name in report(FOLDER / name, code=2)[1]
    assert "missing.xml" in report(FOLDER / "missing.xml", code=2)[1]
    assert "Traceback" not in report("-", stdin=b"", code=2)[1]


def rejected_records_are_3_and_the_report_is_made():
    broken = FOLDER / "broken.xml"
    broken.write_bytes(re.sub(rb' person="[^"]+"', b' person="nobody-at-all"', FILE.read_bytes(), count=3))
    out, said = report("--from=2023", "--to=2023", broken, code=3)
    # The one who ran it is told which; those to whom the report is passed on are not.
    assert "nobody-at-all" in said and b"At a glance" in out and b"nobody-at-all" not in out
    assert report("--strict", broken, code=2)[0] == b""
    cut = FOLDER / "cut.xml"
    cut.write_bytes(FILE.read_bytes()[:-1000])
    assert b"At a glance" in report(cut, code=3)[0]
    assert b"At a glance" in report(FILE, FOLDER / "missing.xml", code=3)[0]


def a_file_that_is_there_stays_until_the_new_one_is_whole():
    path = FOLDER / "there.txt"
    path.write_text("old")
    report(f"--output={path}", FOLDER / "missing.xml", code=2)
    assert path.read_text() == "old"
    report(f"--output={path}", FILE)
    assert "At a glance" in path.read_text()
    report(f"--output={FOLDER}/no/such/folder/report.txt", FILE, code=2)
    assert not [name for name in os.listdir(FOLDER) if "outputstream" in name or name.startswith(".")]


def on_terminal(env):
    """What a terminal gets to see."""
    child, terminal = pty.fork()
    if child == 0:
        for name in ("NO_COLOR", "TERM"):
            os.environ.pop(name, None)
        os.environ.update(env)
        os.execv(str(PROGRAM), [str(PROGRAM), "--from=2023", "--to=2023", str(FILE)])
    seen = b""
    while select.select([terminal], [], [], 60)[0]:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), seen


def a_pipe_is_written_where_it_is_and_a_link_is_followed():
    """Whoever replaces /dev/null by a file does away with it: so no program may do so to what is no regular file."""
    pipe, link, target = FOLDER / "pipe", FOLDER / "link", FOLDER / "target"
    os.mkfifo(pipe)
    link.symlink_to(target)
    programs = {"kennis-report": ("--metric=uptake.participation-rate", FILE), "kennis-network": (FILE,),
                "kennis-value": ("--draws=100", SOURCE / "examples" / "value-model.xml"), "kennis-survey": ("--instrument=mindset", "--print=en")}
    for name, words in programs.items():
        program = [str(BUILD / "examples" / name), *map(str, words)]
        wanted = subprocess.run(program, capture_output=True, check=True).stdout
        with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as cat:
            subprocess.run([*program, f"--output={pipe}"], check=True, capture_output=True)
            assert cat.communicate(timeout=60)[0] == wanted != b"", name
        assert pipe.is_fifo(), name
        target.write_text("before")
        subprocess.run([*program, f"--output={link}"], check=True, capture_output=True)
        assert target.read_bytes() == wanted and link.is_symlink(), name
    report("--metric=uptake.participation-rate", "--output=/dev/null", FILE)
    assert pathlib.Path("/dev/null").is_char_device()


def associations_need_teams_and_a_period_after():
    table = FOLDER / "associations.csv"
    for options, told in (((), "--by=team"), (("--by=role", "--period=year"), "--by=team"), (("--by=team",), "--period=year")):
        assert told in report(f"--associations={table}", *options, FILE, code=1)[1] and not table.exists(), options
    # No records of outcomes: there is a heading, and it is said.
    for options in (("--period=year",), ("--to=2023",)):
        told = report("--by=team", "--metric=uptake.participation-rate", f"--associations={table}", *options, FILE)[1]
        assert "outcomes" in told and len(table.read_text().splitlines()) <= 2, told


def a_terminal_gets_colour_unless_it_asks_for_none():
    code, seen = on_terminal({"TERM": "xterm"})
    assert code == 0 and b"\033[1m" in seen
    for env in ({"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb"}):
        code, seen = on_terminal(env)
        assert code == 0 and b"\033" not in seen, env


def a_full_disk_is_told():
    ran = subprocess.run(["sh", "-c", f"{PROGRAM} --by=team {FILE} 2>&1 >/dev/full; echo $?"], capture_output=True, text=True)
    assert ran.stdout.strip().endswith("2"), ran.stdout


try:
    tap.run(the_organisation_is_simulated, help_and_version_are_told, the_manual_tells_every_option, every_metric_is_listed,
            csv_has_one_row_a_measurement, json_says_the_same_as_csv, xml_follows_its_schema_and_says_the_same,
            html_loads_nothing_and_draws_its_charts, text_speaks_three_languages_and_says_withheld,
            the_same_question_gives_the_same_bytes_on_any_number_of_threads, standard_input_is_a_source_plain_or_compressed,
            what_cannot_be_measured_stands_together_and_says_what_it_needs,
            wrong_usage_is_1_and_says_what_is_accepted, nothing_to_read_is_2, rejected_records_are_3_and_the_report_is_made,
            a_file_that_is_there_stays_until_the_new_one_is_whole, a_pipe_is_written_where_it_is_and_a_link_is_followed,
            associations_need_teams_and_a_period_after, a_terminal_gets_colour_unless_it_asks_for_none,
            a_full_disk_is_told)
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
