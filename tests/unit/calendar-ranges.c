#include "config.h"

#include "read/kennis-ical-private.h"
#include "reading.h"

/* Changes of this and all future occurrences (RANGE=THISANDFUTURE), which are never in the order of time.  The times are those of
 * recurring-ical-events 3.8.2 (Python, LGPL; pip install recurring-ical-events) for the same calendars. */

#define MAPPING                                                                                                        \
  "[mapping]\nid=m\nformat=ics\n[rows]\nignore={class ~ PRIVATE}\n[record moment]\nteam={summary}\nkind=meeting\n"     \
  "time={start}\nattendees={attendees}\n"
#define LENGTHS                                                                                                        \
  "[mapping]\nid=m\nformat=ics\n[record activity]\nperson={attendee}\ntopic={summary}\nended={ended}\nduration={duration}\n"
#define CALENDAR(text) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" text "END:VCALENDAR\r\n"
#define EVENT(text) "BEGIN:VEVENT\r\nUID:1\r\n" text "END:VEVENT\r\n"
#define ZONE "TZID=Europe/Amsterdam:"
#define FROM_TO(start, end) "DTSTART;" ZONE start "\r\nDTEND;" ZONE end "\r\n"
#define REPLACES(time) "RECURRENCE-ID;RANGE=THISANDFUTURE;" ZONE time "\r\n"
#define SERIES "SUMMARY:a\r\n" FROM_TO ("20240304T100000", "20240304T110000") "RRULE:FREQ=WEEKLY;COUNT=8\r\n"
/* From 25 March on, the day after, at 12:30, half an hour; clocks change on the 31st. */
#define MOVED "SUMMARY:b\r\nSEQUENCE:1\r\n" REPLACES ("20240325T100000") FROM_TO ("20240326T123000", "20240326T130000")
#define MEETS(team, time) "moment team=\"" team "\" kind=\"meeting\" time=\"2024-" time ":00Z\"\n"
#define BEFORE MEETS ("a", "03-04T09:00") MEETS ("a", "03-11T09:00") MEETS ("a", "03-18T09:00")

static void
check (const char *mapping, const char *text, const char *records, guint used, guint ignored)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisMapping) made = kennis_mapping_new (mapping, "m", NULL);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisDataset) dataset = NULL;

  kennis_reader_set_mapping (reader, made);
  kennis_reader_set_time_zone (reader, "Europe/Amsterdam");
  kennis_reader_set_accept_seen (reader, TRUE);
  kennis_reader_set_events_until (reader, 1735686000000); /* 2025 */
  dataset = kennis_reader_load_stream (reader, stream, "t", NULL, NULL, NULL, &error);
  check_read (reader, dataset, error, records, used, 0, ignored);
  CU_ASSERT_FALSE (is_told (reader, "not in the source"));
}

static void
what_comes_later_is_moved_as_far_by_the_clock_wherever_it_stands (void)
{
  check (MAPPING, CALENDAR (EVENT (SERIES) EVENT (MOVED)),
         BEFORE MEETS ("b", "04-02T10:30") MEETS ("b", "04-09T10:30") MEETS ("b", "04-16T10:30")
             MEETS ("b", "04-23T10:30") MEETS ("b", "03-26T11:30"),
         2, 0);
  check (MAPPING, CALENDAR (EVENT (MOVED) EVENT (SERIES)),
         MEETS ("b", "03-26T11:30") BEFORE MEETS ("b", "04-02T10:30") MEETS ("b", "04-09T10:30")
             MEETS ("b", "04-16T10:30") MEETS ("b", "04-23T10:30"),
         2, 0);
  check (MAPPING,
         CALENDAR (EVENT (SERIES) EVENT ("SUMMARY:b\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20240318T090000Z\r\nDTSTART:"
                                         "20240318T110000Z\r\nDTEND:20240318T130000Z\r\n")),
         MEETS ("a", "03-04T09:00") MEETS ("a", "03-11T09:00") MEETS ("b", "03-25T11:00") MEETS ("b", "04-01T10:00")
             MEETS ("b", "04-08T10:00") MEETS ("b", "04-15T10:00") MEETS ("b", "04-22T10:00")
                 MEETS ("b", "03-18T11:00"),
         2, 0);
}

static void
who_comes_and_how_long_it_is_changes_too (void)
{
#define DID(who, what, ended, long)                                                                                    \
  "activity person=\"" who "\" topic=\"" what "\" ended=\"2024-" ended ":00Z\" duration=\"" long "\"\n"
  check (LENGTHS,
         CALENDAR (EVENT ("SUMMARY:a\r\nATTENDEE:mailto:ann@x\r\n" FROM_TO (
             "20240304T100000", "20240304T110000") "RRULE:FREQ=WEEKLY;COUNT=4\r\n")
                       EVENT (MOVED "ATTENDEE:mailto:bob@x\r\nATTENDEE:mailto:cas@x\r\n")
                           EVENT ("SUMMARY:b\r\nATTENDEE:mailto:dee@x\r\n" REPLACES ("20240318T100000")
                                      FROM_TO ("20240318T100000", "20240318T120000"))),
         DID ("ann@x", "a", "03-04T10:00", "PT1H") DID ("ann@x", "a", "03-11T10:00", "PT1H")
             DID ("bob@x", "b", "03-26T12:00", "PT30M") DID ("cas@x", "b", "03-26T12:00", "PT30M")
                 DID ("dee@x", "b", "03-18T11:00", "PT2H"),
         3, 0);
}

static void
what_is_told_of_one_occurrence_or_from_a_later_one_on_counts (void)
{
  check (MAPPING,
         CALENDAR (EVENT (SERIES) EVENT (MOVED)
                       EVENT ("SUMMARY:one\r\nRECURRENCE-ID;" ZONE
                              "20240408T100000\r\n" FROM_TO ("20240410T080000", "20240410T090000"))),
         BEFORE MEETS ("b", "04-02T10:30") MEETS ("b", "04-16T10:30") MEETS ("b", "04-23T10:30")
             MEETS ("b", "03-26T11:30") MEETS ("one", "04-10T06:00"),
         3, 0);
  check (MAPPING,
         CALENDAR (EVENT (SERIES) EVENT ("SUMMARY:c\r\n" REPLACES ("20240408T100000")
                                             FROM_TO ("20240408T100000", "20240408T120000")) EVENT (MOVED)),
         BEFORE MEETS ("b", "04-02T10:30") MEETS ("c", "04-15T08:00") MEETS ("c", "04-22T08:00")
             MEETS ("c", "04-08T08:00") MEETS ("b", "03-26T11:30"),
         3, 0);
}

static void
dates_added_are_moved_and_dates_taken_out_stay_out (void)
{
  check (MAPPING,
         CALENDAR (EVENT (SERIES "RDATE;" ZONE "20240417T150000\r\nEXDATE;" ZONE "20240401T100000\r\n") EVENT (MOVED)),
         BEFORE MEETS ("b", "04-09T10:30") MEETS ("b", "04-16T10:30") MEETS ("b", "04-18T15:30")
             MEETS ("b", "04-23T10:30") MEETS ("b", "03-26T11:30"),
         2, 0);
}

static void
whole_days_are_moved_by_days (void)
{
  check (MAPPING,
         CALENDAR (EVENT ("SUMMARY:d\r\nDTSTART;VALUE=DATE:20240304\r\nRRULE:FREQ=WEEKLY;COUNT=5\r\n") EVENT (
             "SUMMARY:e\r\nRECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20240318\r\nDTSTART;VALUE=DATE:"
             "20240320\r\nDTEND;VALUE=DATE:20240322\r\n")),
         MEETS ("d", "03-03T23:00") MEETS ("d", "03-10T23:00") MEETS ("e", "03-26T23:00") MEETS ("e", "04-02T22:00")
             MEETS ("e", "03-19T23:00"),
         2, 0);
}

static void
a_series_may_end_or_become_private_from_an_occurrence_on (void)
{
  check (MAPPING, CALENDAR (EVENT (SERIES) EVENT (MOVED "STATUS:CANCELLED\r\n")), BEFORE, 1, 1);
  check (MAPPING, CALENDAR (EVENT (SERIES) EVENT (MOVED "CLASS:PRIVATE\r\n")), BEFORE, 1, 1);
  check (MAPPING, CALENDAR (EVENT (SERIES "CLASS:PRIVATE\r\n") EVENT (MOVED)),
         MEETS ("b", "04-02T10:30") MEETS ("b", "04-09T10:30") MEETS ("b", "04-16T10:30") MEETS ("b", "04-23T10:30")
             MEETS ("b", "03-26T11:30"),
         2, 0);
  /* The newer version of the same change counts. */
  check (MAPPING,
         CALENDAR (EVENT (SERIES) EVENT (MOVED "STATUS:CANCELLED\r\n") EVENT ("SUMMARY:c\r\nSEQUENCE:2\r\n" REPLACES (
             "20240325T100000") FROM_TO ("20240325T100000", "20240325T110000"))),
         BEFORE MEETS ("c", "04-01T08:00") MEETS ("c", "04-08T08:00") MEETS ("c", "04-15T08:00")
             MEETS ("c", "04-22T08:00") MEETS ("c", "03-25T09:00"),
         2, 1);
}

/* What was after the window may come into it, and the other way round. */
static void
the_window_is_of_what_became_of_it (void)
{
  check (MAPPING,
         CALENDAR (EVENT ("SUMMARY:a\r\nDTSTART:20241206T090000Z\r\nRRULE:FREQ=DAILY;INTERVAL=30;COUNT=4\r\n")
                       EVENT ("SUMMARY:b\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20250105T090000Z\r\nDTSTART:"
                              "20241116T090000Z\r\n")),
         MEETS ("a", "12-06T09:00") MEETS ("b", "12-16T09:00") MEETS ("b", "11-16T09:00"), 2, 0);
  check (MAPPING,
         CALENDAR (EVENT ("SUMMARY:a\r\nDTSTART:20241206T090000Z\r\nRRULE:FREQ=DAILY;COUNT=4\r\n")
                       EVENT ("SUMMARY:b\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20241208T090000Z\r\nDTSTART:"
                              "20250208T090000Z\r\n")),
         MEETS ("a", "12-06T09:00") MEETS ("a", "12-07T09:00"), 1, 1);
}

static void
a_zone_tells_what_its_clocks_show (void)
{
  g_autoptr (KennisCalendar) calendar = kennis_calendar_new ("Europe/Amsterdam", NULL);
  KennisIcalZone *zone = kennis_ical_zone_new_of_calendar (calendar);

  /* Every quarter of an hour of the days around both changes of 2024: what Python's zoneinfo makes of it. */
  for (gint64 day = 0; day < 2; day++)
    for (gint64 at = day == 0 ? 1711753200 : 1729893600, end = at + 3 * 86400; at < end; at += 900)
      {
        gint64 change = day == 0 ? 1711846800 : 1729990800, offset = (at < change) == (day == 0) ? 3600 : 7200;

        CU_ASSERT_EQUAL (kennis_ical_zone_local (zone, at * 1000), at + offset);
      }
  kennis_ical_zone_unref (zone);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "what comes later is moved as far by the clock wherever it stands",
      what_comes_later_is_moved_as_far_by_the_clock_wherever_it_stands },
    { "who comes and how long it is changes too", who_comes_and_how_long_it_is_changes_too },
    { "what is told of one occurrence or from a later one on counts",
      what_is_told_of_one_occurrence_or_from_a_later_one_on_counts },
    { "dates added are moved and dates taken out stay out", dates_added_are_moved_and_dates_taken_out_stay_out },
    { "whole days are moved by days", whole_days_are_moved_by_days },
    { "a series may end or become private from an occurrence on",
      a_series_may_end_or_become_private_from_an_occurrence_on },
    { "the window is of what became of it", the_window_is_of_what_became_of_it },
    { "a zone tells what its clocks show", a_zone_tells_what_its_clocks_show },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("calendar-ranges", tests);
}
