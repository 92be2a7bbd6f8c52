"""Several sources become one dataset from Debian's python, with progress, and asynchronous calls need no data for it."""
import os
import pathlib
import sys
import tempfile

import gi
import gi.overrides

gi.overrides.__path__.insert(0, os.environ["KENNIS_OVERRIDES"] + "/gi/overrides")
sys.path.insert(0, os.environ["KENNIS_SRCDIR"] + "/tests")
gi.require_version("Kennis", "1.0")
from gi.repository import Gio, GLib, Kennis  # noqa: E402

import tap  # noqa: E402

HR = "employee id,team,email\ne1,a,ann@x.example\ne2,a,\n"
LMS = "person,topic,ended,hours\nann@x.example,python,2024-03-01,2\ne2,excel,2024-04-02,3\n"
OURS = "wie;wat;klaar\ne1;koken;03/04/2024\n"
MAPPING = "[mapping]\nid=ours\n[match]\ncolumns=wie;wat\n[record activity]\nperson={wie}\ntopic={wat}\nended={klaar}\n"
ACTIVITY, PERSON = Kennis.RecordType.ACTIVITY, Kennis.RecordType.PERSON


class Folder(tempfile.TemporaryDirectory):
    def __enter__(self):
        folder = pathlib.Path(super().__enter__())
        for name, text in (("hr.csv", HR), ("lms.csv", LMS), ("ours.csv", OURS), ("ours.keys", MAPPING)):
            (folder / name).write_text(text)
        return folder


def paths_files_and_streams_are_joined_whatever_their_order():
    with Folder() as folder:
        told = []
        dataset = Kennis.Dataset.load([folder / "lms.csv", str(folder / "hr.csv")], progress=lambda part, *rest: told.append(part))
        assert dataset.count(ACTIVITY) == 2 and dataset.count(PERSON) == 2 and dataset.count_seen() == 0
        assert told and told == sorted(told) and told[-1] == 1, told
        stream = Gio.MemoryInputStream.new_from_bytes(GLib.Bytes.new(LMS.encode()))
        again = Kennis.Dataset.load([stream, Gio.File.new_for_path(str(folder / "hr.csv"))])
        assert list(again.column(ACTIVITY, "duration")) == list(dataset.column(ACTIVITY, "duration"))
        assert Kennis.Dataset.load(folder / "hr.csv").count(PERSON) == 2


def a_mapping_is_an_id_a_file_or_a_mapping_for_all_or_for_one():
    with Folder() as folder:
        ours, mapping = folder / "ours.csv", Kennis.Mapping.new(MAPPING, "ours")
        for given in (folder / "ours.keys", mapping, {ours: mapping}):
            dataset = Kennis.Dataset.load(ours, given, accept_seen=True, date_order="dmy", time_zone="UTC")
            assert next(dataset.records(ACTIVITY)).props.ended == 1712102400000
        assert Kennis.Dataset.load(folder / "hr.csv", "people").count(PERSON) == 2
        try:
            Kennis.Dataset.load(ours, "no-such")
        except GLib.Error as error:
            assert "moodle-log" in error.message, error.message
        else:
            raise AssertionError("a mapping that is not there was found")


def an_import_tells_how_each_source_was_read():
    with Folder() as folder:
        (folder / "lms.csv").write_text(LMS + "e2,excel,2024-04-03,lots\ne9,sql,2024-04-03,1\n")
        load = Kennis.Import.of([folder / "hr.csv", folder / "lms.csv"])
        dataset = load.load()
        assert dataset.count(ACTIVITY) == 2 and not load.is_complete()
        assert (load.get_n_rows(1), load.get_n_rows_used(1), load.get_n_rows_rejected(1)) == (4, 2, 2)
        assert load.get_mapping(0) == "people" and load.get_encoding(1) == "ASCII"
        reasons = load.get_reasons(1)
        assert len(reasons) == 2 and "“duration” is “lots”" in reasons[0], reasons
        assert "Rows: 4 read, 2 used" in load.to_string("en") and "Rijen" in load.to_string("nl")


def options_are_those_of_the_reader():
    with Folder() as folder:
        key = GLib.Bytes.new(b"0123456789abcdef")
        dataset = Kennis.Dataset.load([folder / "hr.csv", folder / "lms.csv"], pseudonym_key=key, coarse_times=True)
        ids = {person.props.id for person in dataset.records(PERSON)}
        assert len(ids) == 2 and all(len(text) == 64 for text in ids), ids
        (folder / "lms.csv").write_text(LMS.replace(",2\n", ",two\n"))
        try:
            Kennis.Dataset.load([folder / "hr.csv", folder / "lms.csv"], strict=True)
        except GLib.Error as error:
            assert "lms.csv:2:4" in error.message, error.message
        else:
            raise AssertionError("a strict reader took a wrong row")


def calls_in_the_background_need_no_data_for_progress():
    with Folder() as folder:
        dataset, loop, told, got = Kennis.Dataset.load(folder / "hr.csv"), GLib.MainLoop(), [], []

        def progress(part):
            told.append(part)

        def done(source, result):
            got.append(result)
            loop.quit()

        load = Kennis.Import.of([folder / "hr.csv", folder / "lms.csv"])
        for begin, finish in (
                (lambda: load.load_async(progress, None, None, done), load.load_finish),
                (lambda: Kennis.Summary.make_async(dataset, None, 1, progress, None, None, done), Kennis.Summary.make_finish),
                (lambda: Kennis.Summary.make_async(dataset, None, 1, progress=progress, callback=done), Kennis.Summary.make_finish),
                (lambda: Kennis.Summary.make_async(dataset, None, 1, callback=done), Kennis.Summary.make_finish)):
            del told[:], got[:]
            begin()
            loop.run()
            assert finish(got[0]) is not None
        assert not told


ICS = ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Retro\r\nDTSTART;TZID=Europe/Amsterdam:20240304T093000\r\n"
       "RRULE:FREQ=WEEKLY\r\nORGANIZER:mailto:Ann@x.example\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:bob@x.example\r\n"
       "END:VEVENT\r\nEND:VCALENDAR\r\n")


def a_calendar_beside_the_people_is_moments_of_their_team():
    with Folder() as folder:
        (folder / "team.ics").write_text(ICS)
        reader = Kennis.Reader(events_until=1711843200000)  # 2024-03-31
        dataset = Kennis.Dataset.load([folder / "team.ics", folder / "hr.csv"], reader=reader)
        moments = [dataset.get_record(Kennis.RecordType.MOMENT, i).props for i in range(dataset.count(Kennis.RecordType.MOMENT))]
        assert len(moments) == 8, len(moments)
        assert {moment.team for moment in moments} == {"a"}
        assert {moment.kind.value_nick for moment in moments} == {"meeting", "retrospective"}
        assert len({moment.session for moment in moments}) == 4


tap.run(a_calendar_beside_the_people_is_moments_of_their_team,
        paths_files_and_streams_are_joined_whatever_their_order, a_mapping_is_an_id_a_file_or_a_mapping_for_all_or_for_one,
        an_import_tells_how_each_source_was_read, options_are_those_of_the_reader,
        calls_in_the_background_need_no_data_for_progress)
