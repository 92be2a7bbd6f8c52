"""Records go in and out from Debian's python."""
import datetime
import os
import sys

import gi
import gi.overrides

gi.overrides.__path__.insert(0, os.environ["KENNIS_OVERRIDES"] + "/gi/overrides")
sys.path.insert(0, os.environ["KENNIS_SRCDIR"] + "/tests")
gi.require_version("Kennis", "1.0")
from gi.repository import GLib, Kennis  # noqa: E402

import tap  # noqa: E402

AMSTERDAM = datetime.timezone(datetime.timedelta(hours=1))
MONDAY = datetime.datetime(2024, 1, 1, 9, tzinfo=AMSTERDAM)


def two_people():
    dataset = Kennis.Dataset.new("Europe/Amsterdam", "EUR")
    dataset.add(Kennis.Team(id="t1", name="Zorg"))
    dataset.add(Kennis.Person(id="anna", team="t1", attributes={"level": "senior", "gender": "f"}, included=True))
    dataset.add(Kennis.Person(id="bram", team="t1", leader="anna", fte=0.8))
    return dataset


def a_record_keeps_its_fields():
    dataset = two_people()
    anna = dataset.lookup(Kennis.RecordType.PERSON, "anna")
    assert isinstance(anna, Kennis.Person), type(anna)
    assert anna.props.attributes == ["gender=f", "level=senior"]
    assert anna.props.included == Kennis.Answer.YES
    assert anna.props.hired == Kennis.UNKNOWN
    assert dataset.lookup(Kennis.RecordType.PERSON, "bram").props.fte == 0.8
    assert dataset.lookup(Kennis.RecordType.PERSON, "zoe") is None


def times_and_spans_of_python_are_taken():
    dataset = two_people()
    dataset.add(Kennis.Activity(person="anna", form=Kennis.Form.FORMAL, ended=MONDAY,
                                duration=datetime.timedelta(hours=1.5)))
    record = next(dataset.records(Kennis.RecordType.ACTIVITY))
    assert record.props.ended == 1704096000000, record.props.ended
    assert record.props.duration == 5400000
    assert repr(record) == ('<Kennis: activity person="anna" form="formal" ended="2024-01-01T08:00:00Z" '
                            'duration="PT1H30M">'), repr(record)
    try:
        Kennis.Activity(ended=datetime.datetime(2024, 1, 1))
    except ValueError as error:
        assert "no time zone" in str(error)
    else:
        raise AssertionError("a time without zone was taken")


def errors_have_domain_and_code():
    dataset = two_people()
    try:
        dataset.add(Kennis.Activity(person="zoe", ended=MONDAY))
    except GLib.Error as error:
        assert error.matches(Kennis.error_quark(), Kennis.Error.UNKNOWN_REFERENCE), error
        assert "zoe" in error.message
    else:
        raise AssertionError("an unknown person was taken")
    try:
        Kennis.Dataset.new("Europe/Atlantis", None)
    except GLib.Error as error:
        assert error.matches(Kennis.error_quark(), Kennis.Error.INVALID), error
    else:
        raise AssertionError("an unknown time zone was taken")


def adding_tells_what_is_new():
    dataset = two_people()
    assert dataset.add(Kennis.Team(id="t2")) == (True, True)
    assert dataset.add(Kennis.Team(id="t2")) == (True, False)


def columns_are_views_without_objects():
    dataset = two_people()
    for i in range(5000):
        dataset.add(Kennis.Activity(person="anna" if i % 2 else "bram", ended=1704096000000 + i))
    ended = dataset.column(Kennis.RecordType.ACTIVITY, "ended")
    assert (ended.format, len(ended), ended[4999]) == ("q", 5000, 1704096004999)
    people = dataset.get_texts(Kennis.RecordType.ACTIVITY, "person")
    assert people[dataset.column(Kennis.RecordType.ACTIVITY, "person")[4999]] == "anna"
    assert set(dataset.column(Kennis.RecordType.ACTIVITY, "form")) == {0}
    fte = dataset.column(Kennis.RecordType.PERSON, "fte")
    assert fte[0] != fte[0] and fte[1] == 0.8
    assert len(dataset.column(Kennis.RecordType.TALK, "held")) == 0


def a_snapshot_is_read_only():
    snapshot = two_people().snapshot()
    try:
        snapshot.add(Kennis.Team(id="t3"))
    except GLib.Error as error:
        assert error.matches(Kennis.error_quark(), Kennis.Error.READ_ONLY), error
    else:
        raise AssertionError("a snapshot took a record")


tap.run(a_record_keeps_its_fields, times_and_spans_of_python_are_taken, errors_have_domain_and_code,
        adding_tells_what_is_new, columns_are_views_without_objects, a_snapshot_is_read_only)
