"""A survey archive that LimeSurvey made, read by Kennis and by Python's zipfile and ElementTree, which must agree.

The data stay in ${KENNIS_SHARED:-../shared}/data; where they are missing, the tests are skipped."""
import os
import re
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

import gi
import gi.overrides

gi.overrides.__path__.insert(0, os.environ["KENNIS_OVERRIDES"] + "/gi/overrides")
sys.path.insert(0, os.environ["KENNIS_SRCDIR"] + "/tests")
gi.require_version("Kennis", "1.0")
from gi.repository import Gio, GLib, Kennis  # noqa: E402

import tap  # noqa: E402

FOLDER = os.path.join(os.environ.get("KENNIS_SHARED", "../shared"), "data/survey/limesurvey/cypress/data/surveys")
NOT_ANSWERS = {"id", "submitdate", "token", "lastpage", "startlanguage", "seed"}


def path_of(name):
    path = os.path.join(FOLDER, name)
    if not os.path.exists(path):
        raise tap.Skip(f"{path} is not there")
    return path


def table(root, name):
    return [{cell.tag: cell.text or "" for cell in row} for row in root.findall(f"{name}/rows/row")]


def responses_are_those_that_the_archive_holds():
    with zipfile.ZipFile(path_of("colors.lsa")) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".lsr"))
        rows = table(ElementTree.fromstring(archive.read(name)), "responses")
    titles = {row["qid"]: row["title"] for row in table(ElementTree.parse(path_of("colors.lss")).getroot(), "questions")}
    wanted = []
    for row in rows:
        for field, text in row.items() if row.get("submitdate") else ():
            number = re.match(r"^A?O?(-?\d+)$", text)
            if field not in NOT_ANSWERS and number:
                qid = field.split("X")[2]
                wanted.append((row["id"], titles[qid], float(number[1])))
    reader = Kennis.Reader.new()
    reader.set_accept_seen(True)
    dataset = reader.load(Gio.File.new_for_path(path_of("colors.lsa")), None, None)
    kind = Kennis.RecordType.RESPONSE
    records = [dataset.get_record(kind, i) for i in range(dataset.count(kind))]
    got = [(record.props.respondent, record.props.item, record.props.score) for record in records]
    assert sorted(got) == sorted(wanted) and wanted, f"{got} is not {wanted}"
    used, rejected, ignored = reader.get_n_rows_used(), reader.get_n_rows_rejected(), reader.get_n_rows_ignored()
    assert reader.get_n_rows() == len(rows) == used + rejected + ignored, (used, rejected, ignored)


def the_instrument_has_the_items_with_ranges():
    root = ElementTree.parse(path_of("colors.lss")).getroot()
    answers = table(root, "answers")
    wanted = [row["title"] for row in table(root, "questions")
              if row["type"] in "LFHO!1" and sum(answer["qid"] == row["qid"] for answer in answers) > 1]
    for name in ("colors.lss", "colors.lsa"):
        with open(path_of(name), "rb") as file:
            instrument = Kennis.Instrument.new_from_limesurvey(GLib.Bytes.new(file.read()), name, None)
        assert instrument.list_items(None) == wanted, instrument.list_items(None)
        assert instrument.get_title("en") == table(root, "surveys_languagesettings")[0]["surveyls_title"]


tap.run(responses_are_those_that_the_archive_holds, the_instrument_has_the_items_with_ranges)
