# Runs kennis-report on tables: mappings, drafts, what was read, privacy at the door, real files.
import csv
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import tap
import gi
import gi.overrides

gi.overrides.__path__.insert(0, os.environ["KENNIS_OVERRIDES"] + "/gi/overrides")
gi.require_version("Kennis", "1.0")
from gi.repository import GLib, Kennis  # noqa: E402

PROGRAM = pathlib.Path(os.environ.get("KENNIS_BUILDDIR", ".")) / "examples" / "kennis-report"
DATA = pathlib.Path(os.environ.get("KENNIS_SHARED", "../shared")) / "data" / "csv"
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="kennis-reading-"))
HR = "employee id,team,email\n" + "".join(f"e{i},{'ab'[i % 2]},e{i}@x.example\n" for i in range(24))
LMS = "person,form,topic,ended,hours,status\n" + "".join(
    f"{'e%d' % i if i % 2 else 'e%d@x.example' % i},formal,topic {i % 3},2024-0{1 + i % 9}-1{i % 7},{i % 5}.5,completed\n" for i in range(24))


def report(*options, stdin=None, code=0):
    """code: the exit code that there must be, or several."""
    ran = subprocess.run([str(PROGRAM), *map(str, options)], input=stdin, capture_output=True)
    assert ran.returncode in (code if isinstance(code, tuple) else (code,)), (options, ran.returncode, ran.stderr.decode())
    return ran.stdout.decode(), ran.stderr.decode()


def check(*options, code=0):
    return {source["name"]: source for source in json.loads(report("--check", "--format=json", *options, code=code)[0])["sources"]}


def write(name, text):
    path = FOLDER / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def numbers(*options):
    return report("--format=csv", "--from=2024", "--to=2024", "--metric=uptake.*", *options)[0]


def people_and_courses_are_joined_by_ids_and_aliases_in_any_order():
    hr, lms = write("hr.csv", HR), write("lms.csv", LMS)
    found = check(lms, hr)
    assert found[str(lms)]["rows"] == {"read": 24, "used": 24, "rejected": 0, "ignored": 0}
    assert found[str(lms)]["notOnRoster"] == 0 and found[str(hr)]["mapping"] == "people"
    assert numbers("--by=team", lms, hr) == numbers("--by=team", hr, lms)
    rate = next(csv.DictReader(numbers(hr, lms).splitlines()))
    assert rate["metric"] == "uptake.participation-rate" and float(rate["value"]) == 1, rate


def what_was_read_is_told_as_text_in_three_languages_and_in_the_report():
    hr, lms = write("hr.csv", HR), write("lms.csv", LMS + "e1,formal,x,2024-01-01,lots,completed\n")
    for language, word in (("en", "Rows"), ("nl", "Rijen"), ("fr", "Lignes")):
        text = report("--check", f"--language={language}", hr, lms, code=3)[0]
        assert f"{word}" in text and "lms.csv:26:5" in text, text
    text = report("--language=en", hr, lms, code=3)[0]
    assert "What was read" in text and "25 read, 24 used, 1 rejected, 0 ignored" in re.sub(r"\s+", " ", text)
    sources = json.loads(report("--format=json", hr, lms, code=3)[0])["report"]["sources"]
    assert sources[1]["reasons"] == [{"count": 1, "line": 26, "problem": "column “hours”: “duration” is …"}]
    assert "lots" in check(hr, lms, code=3)[str(lms)]["reasons"][0]["example"]


def a_report_holds_no_value_of_a_rejected_row():
    hr = write("hr.csv", HR)
    lms = write("lms.csv", LMS + "e1,formal,x,2024-01-01,Zzyzx,completed\nzzyzx@x.example,formal,x,2024-01-01,1,completed\n"
                                 "e1,zzyzx,x,2024-01-01,1,completed\n")
    nothing = write("zzyzx.csv", "Zzyzx Jansen,zzyzx@x.example\n")
    for form in ("text", "html", "json", "xml", "csv"):
        for language in ("en", "nl", "fr"):
            out = report(f"--format={form}", f"--language={language}", hr, lms, nothing, code=3)[0]
            assert "zzyzx" not in re.sub(re.escape(str(nothing)), "", out).lower().replace("zzyzx.csv", ""), (form, language)
            assert form == "csv" or "“duration”" in out, (form, language)


def strict_stops_at_the_first_reject():
    lms = write("lms.csv", LMS + "e1,formal,x,2024-01-01,lots,completed\ne1,formal,x,2024-01-01,many,completed\n")
    out, said = report("--strict", write("hr.csv", HR), lms, code=2)
    assert out == "" and "lots" in said and "many" not in said


def a_described_table_gives_a_draft_that_reads_it():
    table = write("ours.csv", "Medewerkernr;Cursusnaam;Klaar op;Uren;Schoenmaat;Toestemming\n12;Excel;31-12-2024;2,5;38;ja\n"
                              "13;Word;01-11-2024;1;44;ja\n14;Word;02-11-2024;1;44;nee\n")
    draft = FOLDER / "draft.keys"
    text = report("--describe", table, f"--output={draft}")[0]
    assert "semicolons" in text and "“Schoenmaat”, as “38”" in text and "No mapping fits" in text, text
    assert "no mapping fits" in report("--check", table, code=2)[1]
    for option in (f"--map={draft}", f"--map={draft}={table}"):
        assert check(option, table)[str(table)]["rows"] == {"read": 3, "used": 2, "rejected": 0, "ignored": 1}
    fits = report("--describe", write("lms.csv", LMS.replace("status", "shoe size")))[0]
    assert "“activities” fits" in fits and "“shoe size”" in fits.split("does not read")[1]


def a_draft_reads_every_real_table_as_it_is():
    """Where a mapping fits it reads as that does; else a table of answers has its responses."""
    tables = [*DATA.glob("*.csv"), *(DATA.parent / "survey").glob("*.csv")] if DATA.is_dir() else []
    for table in sorted(tables):
        draft = FOLDER / "any.keys"
        text = report("--describe", table, f"--output={draft}")[0]
        assert "# needed" not in draft.read_text(), table
        found = check(f"--map={draft}", table)[str(table)]
        with open(table, newline="", encoding="utf-8-sig") as file:
            rows = list(csv.reader(file))
        if "No mapping fits" in text:
            assert found["mapping"] == "my-table" and found["rows"]["used"] == len(rows) - 1, found
            asked = [re.fullmatch(r"-?\d{1,2}", next(filter(None, column))) for column in zip(*rows[1:])]
            answers = sum(bool(is_asked and re.fullmatch(r"-?\d+([.,]\d+)?", cell))
                          for row in rows[1:] for is_asked, cell in zip(asked, row))
            assert found["added"] == answers, (table, found["added"], answers)
        else:
            own = check(table)[str(table)]
            assert {**found, "mapping": own["mapping"]} == own, (found, own)


def responses_of_limesurvey_and_statements_are_described():
    draft = FOLDER / "described.keys"
    archive = DATA.parent / "survey/limesurvey/cypress/data/surveys/colors.lsa"
    statements = DATA.parent / "xapi/potsie-statements.json.gz"
    if not archive.exists() or not statements.exists():
        raise tap.Skip(f"{archive} or {statements} is not there")
    with zipfile.ZipFile(archive) as packed:
        loose = write("loose.lsr", next(packed.read(name) for name in packed.namelist() if name.endswith(".lsr")))
    for source, words, fits in ((archive, "Responses of LimeSurvey", "limesurvey"), (loose, "Responses of LimeSurvey", "limesurvey"),
                                (statements, "Statements", "xapi")):
        text = report("--describe", source, f"--output={draft}")[0]
        assert words in text and f"“{fits}” fits" in text and ("“submitdate”" in text or fits == "xapi"), text
        assert f"id=my-{fits}" in draft.read_text()
        own, found = check(source)[str(source)], check(f"--map={draft}", source)[str(source)]
        assert {**found, "mapping": own["mapping"]} == own, (found, own)
    book = FOLDER / "book.xlsx"
    with zipfile.ZipFile(book, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
    assert "saved as CSV" in report("--describe", book, code=2)[1]
    assert "accepted is" in report("--describe", archive.with_suffix(".lss"), code=2)[1]


def a_simulated_calendar_says_what_the_records_of_moments_say():
    simulate = PROGRAM.with_name("kennis-simulate")
    measured, counted = [], []
    for name, more in (("plain", []), ("calendar", ["--calendar"])):
        folder = FOLDER / name
        subprocess.run([str(simulate), "--people=60", "--months=14", f"--output={folder}", *more], check=True)
        sources = [folder / "organisation.xml"]
        if more:
            sources += [folder / "meetings.ics", f"--map={folder}/meetings.keys={folder}/meetings.ics"]
        dataset = Kennis.Dataset.load([str(source) for source in sources[:2]],
                                      mapping={str(folder / "meetings.ics"): str(folder / "meetings.keys")} if more else None)
        moments = [dataset.get_record(Kennis.RecordType.MOMENT, i).props for i in range(dataset.count(Kennis.RecordType.MOMENT))]
        counted.append(sorted((m.team, m.kind.value_nick, m.time, m.session, len(m.attendees)) for m in moments))
        measured.append(report("--format=csv", "--by=team", "--period=year", "--metric=embedding.*", *sources)[0])
    assert len(counted[0]) > 400 and counted[0] == counted[1]
    assert measured[0] == measured[1] and "embedding.recognition-rate" in measured[0]


def every_draft_is_a_mapping_or_says_what_it_needs():
    for header in ("a,b", "x|y;z~@w", "=cmd;{brace};[x]", "naam\tdatum\turen", "ä,ö,ü"):
        draft = FOLDER / "any.keys"
        table = write("odd.csv", header + "\n")
        report("--describe", table, f"--output={draft}")
        said = report("--describe", table, f"--map={draft}", code=1 if "# needed" in draft.read_text() else 0)[1]
        assert said == "" or "is missing" in said, said


def a_draft_takes_only_columns_whose_cells_fit_and_declares_teams():
    draft = FOLDER / "cells.keys"
    hr = write("ours.csv", "Medewerkernummer;Afdeling;Manager;FTE;Kleur\n1;a;2;0,8;rood\n2;a;;1;blauw\n")
    report("--describe", hr, f"--output={draft}")
    found = check(f"--map={draft}", hr)[str(hr)]
    assert found["rows"]["used"] == 2 and found["notOnRoster"] == 0 and found["reasons"] == [], (found, draft.read_text())
    lms = write("theirs.csv", "Wie,Opleiding,Klaar,Status,Initiative\nann,x,03/04/2024,Klaar,3\nbob,x,04/05/2024,Bezig,2\n")
    lms.write_text(lms.read_text().replace("Wie", "Deelnemer"))
    report("--describe", lms, f"--output={draft}")
    assert "03/04/2024" in report("--check", f"--map={draft}", lms, code=2)[1]
    assert check(f"--map={draft}", "--date-order=dmy", lms)[str(lms)]["rows"]["used"] == 2, draft.read_text()


def an_ambiguous_order_of_dates_is_asked_for():
    table = write("dates.csv", "person,topic,ended\ne1,a,03/04/2024\n")
    assert "03/04/2024" in report("--check", table, code=2)[1]
    found = check("--date-order=dmy", table)
    assert found[str(table)]["added"] == 1


def a_decimal_comma_is_proved_or_declared():
    head = "person;topic;ended;hours\n"
    proved, silent = write("proved.csv", head + "e1;a;2024-03-01;2,5\n"), write("silent.csv", head + "e1;a;2024-03-01;1,500\n")
    found = check(proved)[str(proved)]
    assert found["rows"]["used"] == 1 and "decimal comma" in found["findings"][0], found
    assert "decimal comma" in report(proved)[0]
    assert check(silent, code=3)[str(silent)]["rows"]["rejected"] == 1
    assert check("--decimal=comma", silent)[str(silent)]["rows"]["used"] == 1
    assert check("--decimal=point", proved, code=3)[str(proved)]["rows"]["rejected"] == 1


def a_key_makes_pseudonyms_that_still_join():
    hr, lms, key = write("hr.csv", HR), write("lms.csv", LMS), write("key", os.urandom(32))
    # Bootstrap draws follow the order of ids, so intervals may differ; values may not.
    values = lambda text: [(row["metric"], row["team"], row["value"], row["n"]) for row in csv.DictReader(text.splitlines())]
    assert values(numbers("--by=team", hr, lms)) == values(numbers("--by=team", f"--pseudonym-key={key}", hr, lms))
    said = report("--check", "--roster-only", f"--pseudonym-key={key}", hr, write("lms.csv", LMS + "e99,formal,x,2024-01-01,1,completed\n"), code=3)[1]
    assert "e99" not in said and re.search("[0-9a-f]{64}", said), said
    assert "16 to 65536" in report("--check", f"--pseudonym-key={write('short', b'x')}", hr, code=1)[1]


def coarse_times_keep_days():
    hr, lms = write("hr.csv", HR), write("lms.csv", re.sub(r"(2024-\d\d-\d\d)", r"\1T13:30:00Z", LMS))
    assert numbers(hr, lms, "--coarse-times") == numbers(hr, write("days.csv", LMS))


def coverage_makes_silence_count():
    hr, lms = write("hr.csv", HR), write("lms.csv", LMS)
    months = lambda *options: [row["status"] for row in csv.DictReader(report(
        "--format=csv", "--period=month", "--from=2023-07", "--to=2024-12", "--metric=uptake.participation-rate", *options, hr, lms)[0].splitlines())]
    before, after = months(), months("--cover=activity=2023-01-01..2025-01-01")
    assert before[0] == "no-data" and after[0] != "no-data", (before, after)
    for wrong in ("lesson=2024-01-01..", "activity=yesterday..", "activity=2024-01-01"):
        report(f"--cover={wrong}", hr, code=1)


def a_near_copy_is_warned_of():
    hr, lms, copy = write("hr.csv", HR), write("lms.csv", LMS), write("copy.csv", LMS.replace("formal", "formal ", 1))
    said = report("--check", hr, lms, copy)[1]
    assert "count twice" in said and "copy.csv" in said, said
    assert "count twice" not in report("--check", hr, lms)[1]
    assert "same content" in report("--check", hr, lms, write("twin.csv", LMS), code=1)[1]


def wrong_options_say_what_is_accepted():
    lms = write("lms.csv", LMS)
    for option, word in (("--map=no-such", "moodle-log"), ("--map=/no/such.keys", "such.keys"), ("--date-order=ydm", "dmy"),
                         ("--encoding=EBCDIC", "Windows-1252"), ("--decimal=dot", "comma"), ("--time-zone=Mars", "Mars"), ("--currency=euro", "euro")):
        out, said = report("--check", option, lms, code=1)
        assert out == "" and word in said, (option, said)


def a_mapping_leaves_other_formats_alone():
    xml = write("x.xml", '<kennis xmlns="urn:kennis:records:1" version="1" time-zone="UTC" currency="EUR"><people>'
                         '<person id="e1"/></people></kennis>')
    found = check("--map=activities", write("lms.csv", LMS), xml)
    assert found[str(xml)]["format"] == "Kennis XML" and found[str(xml)]["added"] == 1


def packed(name, *inside):
    with zipfile.ZipFile(FOLDER / name, "w") as archive:
        for member in inside:
            archive.writestr(member, "<a/>")
    return FOLDER / name


def what_cannot_be_read_is_told():
    wide = "".join(f",c{i}" for i in range(100000))
    cases = [(FOLDER, "directory"), (write("binary.csv", bytes(range(256)) * 40), "no known format"),
             (write("empty.csv", b""), "is empty"), (FOLDER / "gone.csv", "No such file"), (write("table.xml", b"no table at all"), "no known format"),
             (write("zip.csv", b"PK\x03\x04" + bytes(100)), "zip archive is damaged"), (packed("table.zip", "lms.csv"), "no responses"),
             (packed("book.xlsx", "[Content_Types].xml", "xl/workbook.xml"), "saved as CSV"),
             (packed("book.ods", "mimetype", "content.xml"), "saved as CSV"), (write("page.csv", b"%PDF-1.4\n1, 2\n"), "PDF"),
             (write("old.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)), ".xls"), (write("page.html", "<html>a, b</html>"), "<html>"),
             (write("wide.csv", "person,topic,ended" + wide + "\n"), "16384 columns"), (write("cut.gz", gzip.compress(b"a,b\n")[:5]), "end too early")]
    for path, word in cases:
        out, said = report("--check", path, code=2)
        assert out == "" and str(path) in said and word in said, (path, said)
        try:
            Kennis.Dataset.load(path)
        except GLib.Error as error:
            assert word in error.message, (path, error.message)
        else:
            raise AssertionError(f"{path} was read")
    row = write("row.csv", "person,topic,ended\na,b,2024-01-01" + wide + "\nc,d,2024-01-02\n")
    assert check(row, code=3)[str(row)]["rows"] == {"read": 2, "used": 1, "rejected": 1, "ignored": 0}
    assert check(write("table.txt", LMS))[str(FOLDER / "table.txt")]["rows"]["used"] == 24


def a_file_that_may_not_be_read_is_told():
    secret = write("secret.csv", LMS)
    secret.chmod(0)
    FOLDER.chmod(0o755)
    # Root may read everything; nobody may not.
    who = {"user": "nobody"} if os.geteuid() == 0 else {}
    try:
        if who and subprocess.run([str(PROGRAM), "--version"], capture_output=True, **who).returncode != 0:
            raise PermissionError
        ran = subprocess.run([str(PROGRAM), "--check", str(secret)], capture_output=True, **who)
    except PermissionError:
        raise tap.Skip("nobody else may run the program here")
    assert ran.returncode == 2 and "secret.csv" in ran.stderr.decode() and "ermission" in ran.stderr.decode(), ran


def strict_stops_at_the_first_reject_in_every_format():
    statement = '{"actor":{"mbox":"mailto:%s@x.example"},"verb":{"id":"http://x.example/v"},"object":{"id":"http://x.example/o"},"nay":1}\n'
    responses = "".join(f"<row><id>{i}</id><submitdate>{day}</submitdate><startlanguage>en</startlanguage><Q1>4</Q1></row>"
                        for i, day in ((1, "2024-03-01 10:00:00"), (2, "first"), (3, "second")))
    sources = (write("bad.csv", LMS + "e1,formal,x,first,1,completed\ne1,formal,x,second,1,completed\n"),
               write("bad.xml", '<kennis xmlns="urn:kennis:records:1" version="1" time-zone="UTC" currency="EUR"><people>'
                                '<person id="e1" hired="first"/><person id="e2" hired="second"/></people></kennis>'),
               write("bad.json", (statement % "first").replace('"nay"', '"first"') + (statement % "second").replace('"nay"', '"second"')),
               write("bad.lsr", "<document><LimeSurveyDocType>Responses</LimeSurveyDocType><responses><fields><fieldname>id</fieldname>"
                                "<fieldname>submitdate</fieldname><fieldname>startlanguage</fieldname><fieldname>Q1</fieldname></fields><rows>"
                                + responses + "</rows></responses></document>"))
    for source in sources:
        out, said = report("--check", "--strict", source, code=2)
        assert out == "" and "first" in said and "second" not in said, (source, said)
        _, said = report("--check", source, code=3)
        assert "first" in said and "second" in said, (source, said)


def a_cut_archive_keeps_the_rows_that_precede():
    whole = LMS + "".join(f"p{i},formal,topic {i * 7919 % 1000003},2024-01-01,1,completed\n" for i in range(50000))
    packed = gzip.compress(whole.encode())
    path = write("cut.csv.gz", packed[:len(packed) // 2])
    found = check(path, code=3)[str(path)]
    assert 10000 < found["rows"]["used"] < 40000 and "compressed data end too early" in str(found["reasons"]), found
    path = write("wrong.csv.gz", packed[:1000] + b"no archive" + packed[1010:])
    assert "damaged" in report("--check", path, code=(2, 3))[1]


def a_pipe_that_closes_ends_the_source():
    cut = (LMS + "".join(f"p{i},formal,x,2024-01-01,1,completed\n" for i in range(50000)) + "p50000,for").encode()
    found = json.loads(report("--check", "--format=json", "-", stdin=cut, code=3)[0])["sources"][0]
    assert found["rows"] == {"read": 50025, "used": 50024, "rejected": 1, "ignored": 0}, found
    assert "cut off" in found["reasons"][0]["example"]
    with subprocess.Popen([str(PROGRAM), "--check", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        program.stdout.close()
        program.stdin.write(LMS.encode())
        program.stdin.close()
        assert program.wait(30) in (0, -13, 2)


def cells(name):
    with open(DATA / name, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def real_files_are_counted_as_python_counts_them():
    if not DATA.is_dir():
        raise tap.Skip(f"{DATA} is not there")
    for name, mapping in (("Moodle Module 3 SP17.csv", "moodle-log"), ("Moodle Module 3 SP18.csv", "moodle-log"),
                          ("Moodle Module 5 F17.csv", "moodle-log"), ("viva-p2p.csv", "viva-p2p"),
                          ("viva-person-query-700.csv", "viva-person-query"),
                          ("WA_Fn-UseC_-HR-Employee-Attrition.csv", "ibm-hr")):
        path, rows = DATA / name, cells(name)
        source = check(path)[str(path)]
        ignored = sum(1 for row in rows if mapping == "moodle-log" and not re.search(r"user with id '\d+'", row["Description"]))
        assert source["mapping"] == mapping and source["rows"]["read"] == len(rows), source
        assert source["rows"]["ignored"] == ignored and source["rows"]["rejected"] == 0, (source, ignored)
        table = list(csv.DictReader(report("--format=csv", "--from=2016", "--to=2024", path)[0].splitlines()))
        print(f"# {name}: {source['rows']}, records {source['added']}, {len(table)} measurements, "
              f"{sum(row['status'] == 'ok' for row in table)} of them with a value")
        assert len(table) > 20


def a_moodle_log_with_a_list_of_people_gives_the_rates_that_counting_gives():
    name = "Moodle Module 5 F17.csv"
    if not (DATA / name).is_file():
        raise tap.Skip(f"{DATA / name} is not there")
    people, done = set(), {}
    for row in cells(name):
        users = re.findall(r"[Uu]ser with id '(\d+)'", row["Description"])
        people.update(users)
        if users and re.fullmatch("Course (activity completion updated|completed)", row["Event name"]):
            day, month, year = row["Time"].split(",")[0].split("/")
            done.setdefault(f"20{year}-{int(month):02}", set()).add(users[-1])
    hr = write("moodle-people.csv", "employee id,team\n" + "".join(f"{user},class\n" for user in sorted(people)))
    rows = csv.DictReader(report("--format=csv", "--period=month", f"--from={min(done)}", f"--to={max(done)}",
                                 "--metric=uptake.participation-rate", DATA / name, hr)[0].splitlines())
    shown = {row["period"]: float(row["value"]) for row in rows if row["value"]}
    print(f"# {len(people)} people; by month " + ", ".join(f"{month} {shown.get(month, '-')}" for month in sorted(done)))
    assert any(0 < value < 1 for value in shown.values()), shown
    for month, value in shown.items():
        assert abs(value - len(done.get(month, ())) / len(people)) < 1e-12, (month, value, len(done.get(month, ())), len(people))


try:
    tap.run(people_and_courses_are_joined_by_ids_and_aliases_in_any_order,
            what_was_read_is_told_as_text_in_three_languages_and_in_the_report, a_report_holds_no_value_of_a_rejected_row, strict_stops_at_the_first_reject,
            a_described_table_gives_a_draft_that_reads_it, a_draft_reads_every_real_table_as_it_is,
            responses_of_limesurvey_and_statements_are_described, a_simulated_calendar_says_what_the_records_of_moments_say,
            every_draft_is_a_mapping_or_says_what_it_needs, a_draft_takes_only_columns_whose_cells_fit_and_declares_teams, an_ambiguous_order_of_dates_is_asked_for, a_decimal_comma_is_proved_or_declared,
            a_key_makes_pseudonyms_that_still_join, coarse_times_keep_days, coverage_makes_silence_count,
            a_near_copy_is_warned_of, wrong_options_say_what_is_accepted, a_mapping_leaves_other_formats_alone,
            what_cannot_be_read_is_told, a_file_that_may_not_be_read_is_told, strict_stops_at_the_first_reject_in_every_format, a_cut_archive_keeps_the_rows_that_precede, a_pipe_that_closes_ends_the_source,
            a_moodle_log_with_a_list_of_people_gives_the_rates_that_counting_gives, real_files_are_counted_as_python_counts_them)
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
