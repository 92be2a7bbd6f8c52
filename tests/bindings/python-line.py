"""The whole line from Debian's python: records, a file, a summary, measurements, columns, a report."""
import os
import sys
import tempfile

import gi
import gi.overrides

gi.overrides.__path__.insert(0, os.environ["KENNIS_OVERRIDES"] + "/gi/overrides")
sys.path.insert(0, os.environ["KENNIS_SRCDIR"] + "/tests")
gi.require_version("Kennis", "1.0")
from gi.repository import Gio, GLib, Kennis  # noqa: E402

import tap  # noqa: E402

HOUR = 3600000


def twelve_people():
    """Six in each of two teams; in team a five learned in March 2024, in team b two."""
    dataset = Kennis.Dataset.new("Europe/Amsterdam", "EUR")
    for team, learners in (("a", 5), ("b", 2)):
        dataset.add(Kennis.Team(id=team))
        for i in range(6):
            dataset.add(Kennis.Person(id=f"{team}{i}", team=team, fte=1.0))
            if i < learners:
                dataset.add(Kennis.Activity(person=f"{team}{i}", ended=1710410400000, duration=(i + 1) * HOUR,
                                            status=Kennis.Status.COMPLETED))
    return dataset


def measure(dataset, progress=None):
    query = Kennis.Query()
    query.add_metric("uptake.participation-rate")
    query.add_metric("uptake.hours-per-head")
    query.add_grouping(["team"])
    query.set_window("2024-03", "2024-03")
    return Kennis.Measurements.make(Kennis.Summary.make(dataset), [query], progress=progress)


def measurements_are_found_and_iterated():
    measurements = measure(twelve_people())
    assert abs(measurements.find("uptake.participation-rate", None, "all").get_value() - 7 / 12) < 1e-12
    ids = {one.get_metric().get_id() for one in measurements}
    assert ids == {"uptake.participation-rate", "uptake.hours-per-head"}, ids
    assert len(list(measurements)) == len(measurements)


def columns_come_without_an_object_for_each_number():
    measurements = measure(twelve_people())
    values, statuses = measurements.column("value"), measurements.column("status")
    assert values.format == "d" and len(values) == len(statuses) == len(measurements)
    for i, one in enumerate(measurements):
        assert statuses[i] == int(one.get_status())
        assert values[i] == one.get_value() or values[i] != values[i]
    teams = measurements.get_texts("team")
    assert set(teams) == {"a", "b"}, teams


def a_small_group_is_withheld_and_its_number_is_gone():
    dataset = twelve_people()
    dataset.add(Kennis.Team(id="c"))
    for i in range(3):
        dataset.add(Kennis.Person(id=f"c{i}", team="c"))
    small = measure(dataset).find("uptake.hours-per-head", ["team=c"], "all")
    assert small.get_status() == Kennis.MeasureStatus.WITHHELD
    assert small.get_value() != small.get_value() and small.get_n() == -1


def a_file_is_written_read_and_measured_alike():
    dataset = twelve_people()
    with tempfile.TemporaryDirectory() as folder:
        file = Gio.File.new_for_path(os.path.join(folder, "organisation.xml"))
        Kennis.Writer().save(dataset, file, None, None, None)
        told = []
        reader = Kennis.Reader()
        again = reader.load(file, progress=lambda fraction, *data: told.append(fraction))
    assert reader.get_n_rejected() == 0 and told and told == sorted(told)
    for record_type in (Kennis.RecordType.PERSON, Kennis.RecordType.ACTIVITY):
        assert again.count(record_type) == dataset.count(record_type)
    assert Kennis.Summary.make(again).to_bytes().get_data() == Kennis.Summary.make(dataset).to_bytes().get_data()


def an_invalid_record_is_a_diagnostic_with_a_line():
    text = b"""<kennis xmlns="urn:kennis:records:1" version="1" time-zone="UTC" currency="EUR">
<people>
  <person id="anna"/>
  <person id="bram" hired="yesterday"/>
</people>
</kennis>"""
    reader = Kennis.Reader()
    dataset = reader.load_stream(Gio.MemoryInputStream.new_from_bytes(GLib.Bytes.new(text)), "people.xml", None, None, None)
    assert dataset.count(Kennis.RecordType.PERSON) == 1 and reader.get_n_rejected() == 1
    diagnostic = reader.get_diagnostics().get_item(0)
    assert diagnostic.get_line() == 4, diagnostic.get_line()


def an_asynchronous_summary_arrives_in_this_context():
    loop, got = GLib.MainLoop(), []

    def done(_source, result):
        got.append(Kennis.Summary.make_finish(result))
        loop.quit()

    Kennis.Summary.make_async(twelve_people(), None, 2, None, None, None, done)
    GLib.timeout_add_seconds(30, loop.quit)
    loop.run()
    assert got and got[0].count(Kennis.RecordType.ACTIVITY) == 7


def a_wrong_metric_is_an_error_that_names_the_nearest():
    query = Kennis.Query()
    query.add_metric("uptake.participation")
    try:
        Kennis.Measurements.make(Kennis.Summary.make(twelve_people()), [query])
    except GLib.Error as error:
        assert error.matches(Kennis.error_quark(), Kennis.Error.INVALID), error
        assert "uptake.participation-rate" in error.message, error.message
    else:
        raise AssertionError("a metric that does not exist was measured")


tap.run(measurements_are_found_and_iterated, columns_come_without_an_object_for_each_number,
        a_small_group_is_withheld_and_its_number_is_gone, a_file_is_written_read_and_measured_alike,
        an_invalid_record_is_a_diagnostic_with_a_line, an_asynchronous_summary_arrives_in_this_context,
        a_wrong_metric_is_an_error_that_names_the_nearest)
