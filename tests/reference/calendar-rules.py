"""Rules that repeat, expanded by Kennis and by python-dateutil, which must agree; and times of day, by Python's zoneinfo."""
import datetime
import os
import random
import sys
import unittest.mock
import zoneinfo

import gi
import gi.overrides

gi.overrides.__path__.insert(0, os.environ["KENNIS_OVERRIDES"] + "/gi/overrides")
sys.path.insert(0, os.environ["KENNIS_SRCDIR"] + "/tests")
gi.require_version("Kennis", "1.0")
from gi.repository import Gio, GLib, Kennis  # noqa: E402

import tap  # noqa: E402

try:
    from dateutil import rrule
except ImportError:
    rrule = None

MAPPING = """[mapping]
id=rules
format=ics
present=accepted;organizer
[record moment]
team={uid}
kind=meeting
time={start}
"""
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
EPOCH = datetime.datetime(1970, 1, 1)
UNTIL = datetime.datetime(2040, 1, 1)
MOMENT = Kennis.RecordType.MOMENT


def occurrences(events, zone="UTC"):
    """Of every event (by its number) the Unix seconds at which Kennis says that it is."""
    text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
    for number, lines in enumerate(events):
        text += f"BEGIN:VEVENT\r\nUID:{number}\r\n" + "".join(line + "\r\n" for line in lines) + "END:VEVENT\r\n"
    reader = Kennis.Reader(time_zone=zone, accept_seen=True, mapping=Kennis.Mapping.new(MAPPING, "rules"))
    reader.set_events_until(int((UNTIL - EPOCH).total_seconds() * 1000))
    stream = Gio.MemoryInputStream.new_from_bytes(GLib.Bytes.new((text + "END:VCALENDAR\r\n").encode()))
    dataset = reader.load_stream(stream, "rules", None, None, None)
    assert reader.get_n_rows_rejected() == 0, [d.to_string() for d in reader.get_diagnostics()]
    found = [[] for _ in events]
    for i in range(dataset.count(MOMENT)):
        record = dataset.get_record(MOMENT, i)
        found[int(record.props.team)].append(record.props.time // 1000)
    return [sorted(times) for times in found]


def some(source, values, most):
    return ",".join(str(v) for v in source.sample(values, source.randint(1, most)))


def a_rule(source):
    """Of any kind that both read in the same way.  dateutil takes "3MO" beside "TU", weeks without days, and the places within a
    first week that began before the start, in ways of its own."""
    freq, chance = source.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "YEARLY"]), source.random
    parts = [f"FREQ={freq}"]
    if chance() < .4:
        parts.append(f"INTERVAL={source.choice([1, 2, 3, 4, 6, 13])}")
    if chance() < .3:
        parts.append("BYMONTH=" + some(source, range(1, 13), 3))
    if chance() < .3 and freq != "WEEKLY":
        parts.append("BYMONTHDAY=" + some(source, [d for d in range(-10, 32) if d], 3))
    if freq == "YEARLY" and chance() < .15:
        parts.append("BYYEARDAY=" + some(source, [1, 60, 100, 200, 366, -1, -100], 2))
    if freq == "YEARLY" and chance() < .15:
        parts += ["BYWEEKNO=" + some(source, [2, 20, 40, 51], 2), "BYDAY=" + some(source, DAYS, 4)]
    elif chance() < .5:
        if freq in ("MONTHLY", "YEARLY") and chance() < .6:
            parts.append("BYDAY=" + ",".join(f"{source.choice([1, 2, 3, 4, 5, -1, -2])}{day}"
                                             for day in source.sample(DAYS, source.randint(1, 2))))
        else:
            parts.append("BYDAY=" + some(source, DAYS, 4))
    if chance() < .15:
        parts.append("BYHOUR=" + some(source, range(24), 2))
    if chance() < .1:
        parts.append("BYMINUTE=" + some(source, range(60), 2))
    if chance() < .15 and freq != "WEEKLY" and any(part.startswith("BY") for part in parts):
        parts.append("BYSETPOS=" + source.choice(["1", "-1", "2", "1,-1", "3"]))
    if chance() < .2:
        parts.append("WKST=" + source.choice(DAYS))
    if chance() < .3:
        parts.append(f"COUNT={source.randint(1, 30)}")
    elif chance() < .3:
        parts.append(f"UNTIL=20{source.randint(21, 35)}0615T120000Z")
    return ";".join(parts)


def expected(rule, start):
    """What dateutil says; its until has no zone where its start has none.  Where nothing comes it looks for minutes, up to the year 9999."""
    with unittest.mock.patch.object(datetime, "MAXYEAR", UNTIL.year):
        times = rrule.rrulestr(rule.replace("Z", ""), dtstart=start).between(start, UNTIL, inc=True)
    return [int((time - EPOCH).total_seconds()) for time in times if time < UNTIL]


def random_rules_have_the_occurrences_that_dateutil_finds():
    if rrule is None:
        raise tap.Skip("python3-dateutil is not there")
    source = random.Random(20241)
    cases = []
    while len(cases) < 700:
        start = datetime.datetime(2020, 1, 1) + datetime.timedelta(days=source.randint(0, 900), minutes=source.randint(0, 1439))
        cases.append((start, a_rule(source)))
    found = occurrences([[f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"RRULE:{rule}"] for start, rule in cases])
    n = 0
    for (start, rule), times in zip(cases, found):
        wanted = expected(rule, start)
        assert times == wanted, (start, rule, len(times), len(wanted), times[:5], wanted[:5])
        n += len(wanted)
    assert n > 50000, n


def rules_by_the_hour_and_minute_have_those_of_dateutil():
    if rrule is None:
        raise tap.Skip("python3-dateutil is not there")
    start = datetime.datetime(2024, 2, 28, 22, 10)
    rules = ["FREQ=HOURLY;INTERVAL=5;COUNT=40", "FREQ=HOURLY;BYHOUR=9,17;BYDAY=MO;COUNT=20", "FREQ=MINUTELY;INTERVAL=90;COUNT=50",
             "FREQ=HOURLY;BYMINUTE=0,30;BYHOUR=8,9;COUNT=9", "FREQ=MINUTELY;INTERVAL=7;BYHOUR=23;COUNT=30",
             "FREQ=SECONDLY;INTERVAL=32767;COUNT=30", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0,20,40;BYSETPOS=2;COUNT=5"]
    found = occurrences([[f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"RRULE:{rule}"] for rule in rules])
    for rule, times in zip(rules, found):
        assert times == expected(rule, start), (rule, times[:5], expected(rule, start)[:5])


def weeks_have_the_numbers_that_pythons_calendar_gives_them():
    """At the ends of years dateutil 2.8 counts wrongly (it takes 2039-01-02 for a day of week 53)."""
    start = datetime.datetime(2020, 1, 1, 8)
    days = [start + datetime.timedelta(days=i) for i in range((UNTIL - start).days + 1)]
    for week in (1, 52, 53, -1):
        def fits(day):
            year, number, _ = day.isocalendar()
            last = datetime.date(year, 12, 28).isocalendar()[1]
            return number == week or number - last - 1 == week
        found = occurrences([[f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"RRULE:FREQ=YEARLY;BYWEEKNO={week};BYDAY=" + ",".join(DAYS)]])[0]
        assert found == [int((day - EPOCH).total_seconds()) for day in days if fits(day) and day < UNTIL], week


def the_same_hour_by_the_clock_is_kept_over_the_changes_of_clocks():
    for name in ("Europe/Amsterdam", "America/New_York", "Australia/Sydney", "Asia/Calcutta"):
        zone = zoneinfo.ZoneInfo(name)
        found = occurrences([[f"DTSTART;TZID={name}:20240101T093000", "RRULE:FREQ=DAILY;COUNT=800"]])[0]
        start = datetime.datetime(2024, 1, 1, 9, 30, tzinfo=zone)
        wanted = [(start + datetime.timedelta(days=i)).timestamp() for i in range(800)]
        assert found == wanted, name


def a_time_that_clocks_skip_or_show_twice_is_the_one_of_the_standard():
    zone = zoneinfo.ZoneInfo("Europe/Amsterdam")
    found = occurrences([["DTSTART:20240330T023000", "RRULE:FREQ=DAILY;COUNT=3"], ["DTSTART:20241026T023000", "RRULE:FREQ=DAILY;COUNT=3"]],
                        "Europe/Amsterdam")
    for times, month, day in zip(found, (3, 10), (30, 26)):
        start = datetime.datetime(2024, month, day, 2, 30, tzinfo=zone)
        assert times == [(start + datetime.timedelta(days=i)).timestamp() for i in range(3)], (times, month)


tap.run(random_rules_have_the_occurrences_that_dateutil_finds,
        rules_by_the_hour_and_minute_have_those_of_dateutil,
        weeks_have_the_numbers_that_pythons_calendar_gives_them,
        the_same_hour_by_the_clock_is_kept_over_the_changes_of_clocks,
        a_time_that_clocks_skip_or_show_twice_is_the_one_of_the_standard)
