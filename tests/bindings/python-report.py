# From files to a report through introspection, as a program in Python does it.
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import gi

gi.require_version("Kennis", "1.0")
from gi.repository import Gio, GLib, Kennis

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import tap

FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="kennis-python-report-"))
FILE = Gio.File.new_for_path(str(FOLDER / "organisation.xml"))


def read():
    process = Kennis.Import.new(None)
    process.add_file(FILE, None)
    assert process.run(1, None, None)
    return process


def an_import_gives_a_summary_and_tells_how_it_went():
    subprocess.run([os.path.join(os.environ.get("KENNIS_BUILDDIR", "."), "examples/kennis-simulate"), "--people=60", "--months=6",
                    f"--output={FOLDER}"], check=True)
    process = read()
    assert process.is_complete() and process.get_n_sources() == 1
    assert process.get_n_read(0) == process.get_n_added(0) > 100 and len(process.get_fingerprint(0)) == 32
    assert process.get_summary().count(Kennis.RecordType.ACTIVITY) > 10


def an_import_may_run_beside_a_main_loop():
    process, loop, ended, told = Kennis.Import.new(None), GLib.MainLoop(), [], []
    process.add_file(FILE, None)
    process.run_async(1, lambda fraction, *rest: told.append(fraction), (), None,
                      lambda source, result: (ended.append(source.run_finish(result)), loop.quit()))
    loop.run()
    assert ended == [True] and told == sorted(told) and process.get_summary() is not None


def what_cannot_be_read_is_an_error_with_a_code():
    process = Kennis.Import.new(None)
    process.add_file(Gio.File.new_for_path("/nonexistent.xml"), "nothing")
    try:
        process.run(1, None, None)
    except GLib.Error as error:
        assert error.matches(Kennis.error_quark(), Kennis.Error.NO_DATA), error
    else:
        raise AssertionError("no error")


def measurements_become_a_report_in_every_format():
    process = read()
    query = Kennis.Query.new()
    query.add_metric("uptake.hours-*")
    query.add_grouping(["team"])
    plan = Kennis.Report.plan(query)
    assert len(plan) > 1
    report = Kennis.Report.new(Kennis.Measurements.make(process.get_summary(), plan, 1, None, None))
    report.set_query(query)
    report.set_import(process)
    report.set_language("nl_NL.UTF-8")
    assert report.get_language() == "nl"
    report.set_title("Titel")
    assert report.render(Kennis.ReportFormat.TEXT).get_data().decode().startswith("Titel\n")
    assert b'lang="nl"' in report.render(Kennis.ReportFormat.HTML).get_data()
    stream = Gio.MemoryOutputStream.new_resizable()
    assert report.write(Kennis.ReportFormat.JSON, stream, None)
    stream.close()
    assert json.loads(stream.steal_as_bytes().get_data())["report"]["title"] == "Titel"
    path = FOLDER / "report.csv"
    assert report.save(Kennis.ReportFormat.CSV, Gio.File.new_for_path(str(path)), None)
    assert path.read_text().startswith("metric,grouping,team,")


try:
    tap.run(an_import_gives_a_summary_and_tells_how_it_went, an_import_may_run_beside_a_main_loop,
            what_cannot_be_read_is_an_error_with_a_code, measurements_become_a_report_in_every_format)
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
