#include "config.h"

#include "read/kennis-ical-private.h"
#include "reading.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* A mapping that shows what an event says: one moment of each, one activity for everybody present. */
#define MAPPING                                                                                                        \
  "[mapping]\nid=m\nformat=ics\n%s\n[types]\nretro=retro;category:Terug, blik\nprivate=priv\n[rows]\n"                     \
  "ignore={type ~ private}\n[record moment]\nteam={summary}\nkind=meeting\ntime={start}\nattendees={attendees}\n"        \
  "[record activity]\ntype=retro\nperson={attendee}\nsession={session}\nstart={start}\nended={ended}\nduration={duration}\n"
#define CALENDAR(text) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" text "END:VCALENDAR\r\n"
#define EVENT(text) "BEGIN:VEVENT\r\n" text "END:VEVENT\r\n"
#define AT(time) "DTSTART:" time "\r\n"
#define NAMED(uid, name) "UID:" uid "\r\nSUMMARY:" name "\r\n"
#define MEETS(team, time) "moment team=\"" team "\" kind=\"meeting\" time=\"" time "\"\n"

static KennisReader *
reader_with (const char *keys)
{
  KennisReader *reader = kennis_reader_new ();
  g_autofree char *text = g_strdup_printf (MAPPING, keys);
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisMapping) mapping = kennis_mapping_new (text, "m", &error);

  if (mapping == NULL)
    printf ("# %s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL (mapping);
  kennis_reader_set_mapping (reader, mapping);
  kennis_reader_set_time_zone (reader, "Europe/Amsterdam");
  kennis_reader_set_accept_seen (reader, TRUE);
  kennis_reader_set_events_until (reader, 1735686000000); /* 2025 */
  return reader;
}

static KennisDataset *
load (KennisReader *reader, const char *text, gssize length, GError **error)
{
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (text, length < 0 ? (gssize) strlen (text) : length, NULL);

  return kennis_reader_load_stream (reader, stream, "t", NULL, NULL, NULL, error);
}

/* What the text becomes, and its events: used, rejected, ignored. */
static void
check_with (const char *keys, const char *text, const char *records, guint used, guint rejected, guint ignored)
{
  g_autoptr (KennisReader) reader = reader_with (keys);
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisDataset) dataset = load (reader, text, -1, &error);

  check_read (reader, dataset, error, records, used, rejected, ignored);
}

static void
check (const char *text, const char *records, guint used, guint rejected, guint ignored)
{
  check_with ("", text, records, used, rejected, ignored);
}

static void
check_told (const char *text, const char *told)
{
  g_autoptr (KennisReader) reader = reader_with ("");
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisDataset) dataset = load (reader, text, -1, &error);
  g_autofree char *got = told_by (reader);

  if (strstr (got, told) == NULL)
    printf ("# %s# is not in %s\n", told, got);
  CU_ASSERT_PTR_NOT_NULL (strstr (got, told));
}

static void
a_time_is_of_utc_of_its_zone_or_of_the_dataset (void)
{
  check (CALENDAR (EVENT (NAMED ("1", "a") AT ("20240115T093000Z"))), MEETS ("a", "2024-01-15T09:30:00Z"), 1, 0, 0);
  check (CALENDAR (EVENT (NAMED ("1", "a") AT ("20240115T093000"))), MEETS ("a", "2024-01-15T08:30:00Z"), 1, 0, 0);
  check (CALENDAR (EVENT (NAMED ("1", "a") AT ("20240715"))), MEETS ("a", "2024-07-14T22:00:00Z"), 1, 0, 0);
  check_with ("zone=America/New_York", CALENDAR (EVENT (NAMED ("1", "a") AT ("20240115T093000"))),
              MEETS ("a", "2024-01-15T14:30:00Z"), 1, 0, 0);
  static const char *const zones[] = { "Europe/Athens", "E. Europe Standard Time", "/citadel.org/20210210_1/Europe/Athens",
                                       "/freeassociation.sourceforge.net/Tzfile/Europe/Athens", "\"GTB Standard Time\"" };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autofree char *text =
          g_strdup_printf (CALENDAR (EVENT (NAMED ("1", "a") "DTSTART;TZID=%s:20240715T093000\r\n")), zones[i]);

      check (text, MEETS ("a", "2024-07-15T06:30:00Z"), 1, 0, 0);
    }
}

#define OUTLOOK_ZONE                                                                                                   \
  "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:16011028T030000\r\n"                                         \
  "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n" \
  "DTSTART:16010325T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"       \
  "END:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
#define IN_OURS "DTSTART;TZID=Ours:20240325T093000\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n"

static void
a_zone_of_the_file_says_when_clocks_change (void)
{
  check (CALENDAR (
             OUTLOOK_ZONE EVENT (NAMED ("1", "a") "DTSTART;TZID=Ours:20240329T093000\r\nRRULE:FREQ=DAILY;COUNT=3\r\n")),
         MEETS ("a", "2024-03-29T08:30:00Z") MEETS ("a", "2024-03-30T08:30:00Z") MEETS ("a", "2024-03-31T07:30:00Z"), 1,
         0, 0);
  /* Also where it stands behind the event, and where another calendar calls another zone so. */
  check (CALENDAR (EVENT (NAMED ("1", "a") "DTSTART;TZID=Ours:20240729T093000\r\n") OUTLOOK_ZONE),
         MEETS ("a", "2024-07-29T07:30:00Z"), 1, 0, 0);
  check (CALENDAR (OUTLOOK_ZONE) CALENDAR (
             "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0530\r\n"
             "TZOFFSETTO:+0530\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" EVENT (
                 NAMED ("1", "a") "DTSTART;TZID=Ours:20240729T093000\r\n")),
         MEETS ("a", "2024-07-29T04:00:00Z"), 1, 0, 0);
}

static void
a_time_that_clocks_skip_is_counted_from_before_and_of_two_it_is_the_first (void)
{
  check (CALENDAR (OUTLOOK_ZONE EVENT (NAMED ("1", "a") "DTSTART;TZID=Ours:20240331T023000\r\n")
                       EVENT (NAMED ("2", "b") "DTSTART;TZID=Ours:20241027T023000\r\n")),
         MEETS ("a", "2024-03-31T01:30:00Z") MEETS ("b", "2024-10-27T00:30:00Z"), 2, 0, 0);
}

static void
an_end_or_a_length_says_how_long_it_is (void)
{
  static const struct { const char *lines, *told; } lengths[] = {
    { "DTSTART:20240115T090000Z\r\nDTEND:20240115T103000Z\r\n", "start=\"2024-01-15T09:00:00Z\" ended=\"2024-01-15T10:30:00Z\" duration=\"PT1H30M\"" },
    { "DTSTART:20240115T090000Z\r\nDURATION:PT45M\r\n", "start=\"2024-01-15T09:00:00Z\" ended=\"2024-01-15T09:45:00Z\" duration=\"PT45M\"" },
    { "DTSTART:20240115T090000Z\r\n", "start=\"2024-01-15T09:00:00Z\"" },
    /* A day by the clock has 23 hours here; two whole days have no length that anybody knows. */
    { "DTSTART;TZID=Europe/Amsterdam:20240330T120000\r\nDURATION:P1D\r\n", "start=\"2024-03-30T11:00:00Z\" ended=\"2024-03-31T10:00:00Z\" duration=\"PT23H\"" },
    { "DTSTART;TZID=Europe/Amsterdam:20240330T120000\r\nDURATION:PT24H\r\n", "start=\"2024-03-30T11:00:00Z\" ended=\"2024-03-31T11:00:00Z\" duration=\"PT24H\"" },
    { "DTSTART;VALUE=DATE:20240115\r\nDTEND;VALUE=DATE:20240117\r\n", "start=\"2024-01-14T23:00:00Z\" ended=\"2024-01-16T23:00:00Z\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *text =
          g_strdup_printf (CALENDAR (EVENT (NAMED ("1", "retro") "ATTENDEE:mailto:a@x\r\n%s")), lengths[i].lines);
      g_autoptr (KennisReader) reader = reader_with ("");
      g_autoptr (KennisDataset) dataset = load (reader, text, -1, NULL);
      g_autofree char *got = records_of (dataset), *wanted = g_strdup_printf ("person=\"a@x\" %s\n", lengths[i].told);

      if (strstr (got, wanted) == NULL)
        printf ("# %s# is not in %s", wanted, got);
      CU_ASSERT_PTR_NOT_NULL (strstr (got, wanted));
    }
  g_autoptr (KennisReader) reader = reader_with ("day-hours=8");
  g_autoptr (KennisDataset) dataset =
      load (reader,
            CALENDAR (EVENT (NAMED (
                "1", "retro") "ATTENDEE:mailto:a@x\r\nDTSTART;VALUE=DATE:20240115\r\nDTEND;VALUE=DATE:20240117\r\n")),
            -1, NULL);
  g_autofree char *got = records_of (dataset);

  CU_ASSERT_PTR_NOT_NULL (strstr (got, "duration=\"PT16H\""));
}

#define WEEKLY "DTSTART;TZID=Europe/Amsterdam:20240101T100000\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\n"

static void
a_series_has_what_was_added_and_not_what_was_taken_out_or_moved (void)
{
  check (CALENDAR (EVENT (NAMED ("1", "a") WEEKLY "EXDATE;TZID=Europe/Amsterdam:20240108T100000,20240122T100000\r\n"
                                                  "RDATE;TZID=Europe/Amsterdam:20240110T110000\r\n")),
         MEETS ("a", "2024-01-01T09:00:00Z") MEETS ("a", "2024-01-10T10:00:00Z") MEETS ("a", "2024-01-15T09:00:00Z"), 1,
         0, 0);
  check (CALENDAR (EVENT (NAMED ("1", "a") WEEKLY "EXDATE;VALUE=DATE:20240108\r\nEXDATE:20240115T090000Z\r\n")),
         MEETS ("a", "2024-01-01T09:00:00Z") MEETS ("a", "2024-01-22T09:00:00Z"), 1, 0, 0);
  /* Moved, cancelled: also where it stands before its series, and names the time in UTC. */
  check (CALENDAR (EVENT (NAMED ("1", "b") "RECURRENCE-ID:20240108T090000Z\r\nDTSTART:20240109T120000Z\r\n")
                       EVENT (NAMED ("1", "a") WEEKLY) EVENT (NAMED (
                           "1", "a") "RECURRENCE-ID;TZID=Europe/Amsterdam:20240115T100000\r\nSTATUS:CANCELLED\r\n"
                                     "DTSTART;TZID=Europe/Amsterdam:20240115T100000\r\n")),
         MEETS ("b", "2024-01-09T12:00:00Z") MEETS ("a", "2024-01-01T09:00:00Z") MEETS ("a", "2024-01-22T09:00:00Z"), 2,
         0, 1);
  check (CALENDAR (EVENT (NAMED ("1", "a") AT ("20240101T100000Z") "RDATE;VALUE=PERIOD:20240103T100000Z/PT2H\r\n")),
         MEETS ("a", "2024-01-01T10:00:00Z") MEETS ("a", "2024-01-03T10:00:00Z"), 1, 0, 0);
  check (CALENDAR (EVENT (NAMED ("1", "a")
                              AT ("20240101T100000Z") "RRULE:FREQ=DAILY;COUNT=6\r\nEXRULE:FREQ=DAILY;INTERVAL=2\r\n")),
         MEETS ("a", "2024-01-02T10:00:00Z") MEETS ("a", "2024-01-04T10:00:00Z") MEETS ("a", "2024-01-06T10:00:00Z"), 1,
         0, 0);
}

static void
until_is_in_a_series_whether_in_utc_by_the_clock_or_as_a_day (void)
{
  static const char *const ends[] = { "20240115T090000Z", "20240115T100000", "20240115" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *text = g_strdup_printf (
          CALENDAR (EVENT (
              NAMED ("1", "a") "DTSTART;TZID=Europe/Amsterdam:20240108T100000\r\nRRULE:FREQ=WEEKLY;UNTIL=%s\r\n")),
          ends[i]);

      check (text, MEETS ("a", "2024-01-08T09:00:00Z") MEETS ("a", "2024-01-15T09:00:00Z"), 1, 0, 0);
    }
  check (
      CALENDAR (EVENT (NAMED (
          "1", "a") "DTSTART;TZID=Europe/Amsterdam:20240108T100000\r\nRRULE:FREQ=WEEKLY;UNTIL=20240115T085959Z\r\n")),
      MEETS ("a", "2024-01-08T09:00:00Z"), 1, 0, 0);
}

static void
the_last_version_counts_and_what_is_cancelled_is_ignored (void)
{
  check (CALENDAR (EVENT (NAMED ("1", "new") AT ("20240102T100000Z") "SEQUENCE:2\r\n")
                       EVENT (NAMED ("1", "old") AT ("20240101T100000Z"))),
         MEETS ("new", "2024-01-02T10:00:00Z"), 1, 0, 1);
  check (CALENDAR (EVENT (NAMED ("1", "a") AT ("20240101T100000Z")))
             CALENDAR (EVENT (NAMED ("1", "a") AT ("20240101T100000Z"))),
         MEETS ("a", "2024-01-01T10:00:00Z"), 1, 0, 1);
  check (CALENDAR (EVENT (NAMED ("1", "a") WEEKLY) EVENT (
             NAMED ("1", "a") "RECURRENCE-ID:20240108T090000Z\r\nDTSTART:"
                              "20240109T120000Z\r\n")) "BEGIN:"
                                                       "VCALENDAR\r\nMETHOD:"
                                                       "CANCEL\r\n" EVENT (NAMED ("1", "a") "SEQUENCE:1\r\n" AT (
                                                           "20240101T100000"
                                                           "Z")) "END:"
                                                                 "VCALENDAR\r"
                                                                 "\n" CALENDAR (
                                                                     EVENT (NAMED ("2", "b") AT ("20240101T100000Z"))),
         MEETS ("b", "2024-01-01T10:00:00Z"), 1, 0, 3);
}

static void
a_meeting_of_two_calendars_counts_once (void)
{
  g_autoptr (KennisReader) reader = reader_with ("");
  g_autoptr (KennisDataset) dataset =
      load (reader, CALENDAR (EVENT (NAMED ("1", "retro") WEEKLY "ATTENDEE:mailto:a@x\r\n")), -1, NULL);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (
      CALENDAR (EVENT (NAMED ("1", "retro") WEEKLY "ATTENDEE:mailto:a@x\r\nCLASS:PUBLIC\r\n")
                    EVENT (NAMED ("2", "a") AT ("20240101T100000Z"))),
      -1, NULL);

  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  CU_ASSERT_TRUE (kennis_reader_read_stream (reader, stream, "other", dataset, NULL, NULL, NULL, NULL));
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_MOMENT), 5);
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_ACTIVITY), 4);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_ignored (reader), 1);
}

static void
present_is_who_said_so_and_rooms_are_nobody (void)
{
  const char *text = CALENDAR (EVENT (NAMED ("1", "a") AT (
      "20240101T100000Z") "ORGANIZER;CN=Org:MAILTO:Org@X.example\r\nATTENDEE;PARTSTAT=ACCEPTED;CN=\"Doe, "
                          "Ann\":mailto:ann@x.example\r\n"
                          "ATTENDEE;PARTSTAT=DECLINED:mailto:no@x.example\r\nATTENDEE;PARTSTAT=TENTATIVE:mailto:maybe@"
                          "x.example\r\n"
                          "ATTENDEE;RSVP=TRUE:mailto:'quoted@x.example'\r\nATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:waits@"
                          "x.example\r\n"
                          "ATTENDEE;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:room@x.example\r\nATTENDEE;PARTSTAT=ACCEPTED;"
                          "EMAIL=dir@x.example:/principals/7\r\n"
                          "ATTENDEE;CUTYPE=GROUP;PARTSTAT=ACCEPTED:mailto:all@x.example\r\nATTENDEE;PARTSTAT=ACCEPTED:"
                          "invalid:nomail\r\n"
                          "ATTENDEE;PARTSTAT=ACCEPTED;X-NUM-GUESTS=0:mailto:c_1@resource.calendar.google.com\r\n"));

  check (text,
         "moment team=\"a\" kind=\"meeting\" time=\"2024-01-01T10:00:00Z\" "
         "attendees=\"ann@x.example dir@x.example org@x.example quoted@x.example\"\n",
         1, 0, 0);
  check_with ("present=tentative;needs-action", text,
              "moment team=\"a\" kind=\"meeting\" time=\"2024-01-01T10:00:00Z\" attendees=\"maybe@x.example "
              "waits@x.example\"\n",
              1, 0, 0);
  /* Who called it and then said no was not there. */
  check (CALENDAR (EVENT (NAMED ("1", "a") AT (
             "20240101T100000Z") "ORGANIZER:mailto:o@x\r\nATTENDEE;PARTSTAT=DECLINED:mailto:O@X\r\n"
                                 "ATTENDEE;PARTSTAT=ACCEPTED:mailto:b@x\r\n")),
         "moment team=\"a\" kind=\"meeting\" time=\"2024-01-01T10:00:00Z\" attendees=\"b@x\"\n", 1, 0, 0);
}

static void
lines_are_unfolded_and_end_in_any_way (void)
{
  static const char *const ends[] = { "\n", "\r", "\r\n", "\r\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      const char *e = ends[i];
      g_autofree char *text = g_strdup_printf (
          "\xef\xbb\xbf"
          "begin:vcalendar%sBEGIN:VEVENT%sUID:1%sSUMMARY;LANGUAGE=nl:one\\, t%s wo%s\t!%s"
          "dtstart:202401%s 01T100000Z%sBEGIN:VALARM%sDTSTART:20200101T000000Z%sEND:VALARM%sEND:VEVENT%sEND:VCALENDAR",
          e, e, e, e, e, e, e, e, e, e, e, e);

      check (text, MEETS ("one, two!", "2024-01-01T10:00:00Z"), 1, 0, 0);
    }
  check_told (CALENDAR (EVENT (NAMED ("1", "caf\xe9") AT ("20240101T100000Z"))),
              "t:5:1: lines that are not UTF-8 and were read as Windows-1252: 1");
  check (CALENDAR (EVENT (NAMED ("1", "caf\xe9") AT ("20240101T100000Z"))), MEETS ("café", "2024-01-01T10:00:00Z"), 1,
         0, 0);
}

static void
what_is_wrong_is_told_with_its_line (void)
{
  static const struct { const char *text, *told; } bad[] = {
    { EVENT (NAMED ("1", "a") "DTSTART:20240231T100000Z\r\n"), "t:6:1: DTSTART is “20240231T100000Z”; accepted is a date as 20240131" },
    { EVENT (NAMED ("1", "a") "DTSTART:tomorrow\r\n"), "t:6:1: DTSTART is “tomorrow”" },
    { EVENT (NAMED ("1", "a")), "t:3:1: DTSTART is “”; accepted is an event with a beginning" },
    { EVENT (NAMED ("1", "a") "DTSTART;TZID=Moon/Base:20240101T100000\r\n"), "t:6:1: TZID is “Moon/Base”; accepted is a time zone" },
    { EVENT (NAMED ("1", "a") "DTSTART;TZID=Moon/Base:20240101T100000\r\nDTEND:20240101T110000Z\r\n"), "t:6:1: TZID is “Moon/Base”" },
    { EVENT (NAMED ("1", "a") AT ("20240101T100000Z") "DTEND:20240101T090000Z\r\n"), "t:3:1: DTEND is before DTSTART" },
    { EVENT (NAMED ("1", "a") AT ("20240101T100000Z") "DURATION:-PT1H\r\n"), "t:7:1: DURATION is “-PT1H”" },
    { EVENT (NAMED ("1", "a") AT ("20240101T100000Z") "RRULE:FREQ=NEVER\r\n"), "t:7:1: RRULE is “FREQ=NEVER”" },
    { EVENT (NAMED ("1", "a") AT ("20240101T100000Z") "RRULE:FREQ=DAILY;INTERVAL=70000\r\n"), "an INTERVAL of at most 32767" },
    { EVENT (NAMED ("1", "a") AT ("20240101T100000Z") "RRULE:RSCALE=CHINESE;FREQ=DAILY\r\n"), "Gregorian" },
    { EVENT (NAMED ("1", "a") AT ("20240101T100000Z") "RECURRENCE-ID;RANGE=THISANDFUTURE:20240101T100000Z\r\n"), "t:3:1: changes of this and all future" },
    { EVENT (NAMED ("1", "a") AT ("20300101T100000Z")), "those that begin later and were left out: 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *text = g_strconcat ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", bad[i].text,
                                           EVENT (NAMED ("9", "z") AT ("20240101T100000Z")), "END:VCALENDAR\r\n", NULL);

      check_told (text, bad[i].told);
    }
  check_told ("BEGIN:VCALENDAR\r\n" EVENT (NAMED ("1", "a") AT ("20240101T100000Z")) "BEGIN:VEVENT\r\nUID:2\r\n",
              "the calendar ends too early");
}

static void
a_series_without_end_ends_with_the_window_or_the_limit (void)
{
  g_autoptr (KennisReader) reader = reader_with ("occurrences=50"), wide = reader_with ("");
  const char *text = CALENDAR (EVENT (NAMED ("1", "a") AT ("20200101T100000Z") "RRULE:FREQ=DAILY\r\n"));
  g_autoptr (KennisDataset) dataset = NULL, all = NULL;
  g_autofree char *told = NULL;

  dataset = load (reader, text, -1, NULL);
  told = told_by (reader);
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_MOMENT), 50);
  CU_ASSERT_PTR_NOT_NULL (strstr (told, "series with more than 50 occurrences in the window"));
  kennis_reader_set_events_from (wide, 1704067200000);  /* 2024-01-01T00:00Z */
  kennis_reader_set_events_until (wide, 1706745600000); /* 2024-02-01T00:00Z */
  all = load (wide, text, -1, NULL);
  CU_ASSERT_EQUAL (kennis_dataset_count (all, KENNIS_RECORD_TYPE_MOMENT), 31);
}

typedef struct
{
  GCancellable *cancellable;
  gint64        at;
} Cancel;

static gpointer
cancel_soon (gpointer data)
{
  Cancel *call = data;

  g_usleep (50000);
  call->at = g_get_monotonic_time ();
  g_cancellable_cancel (call->cancellable);
  return NULL;
}

static void
a_search_for_what_never_comes_ends_when_it_is_cancelled_or_at_the_limit (void)
{
  g_autoptr (KennisReader) reader = reader_with ("");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\r\n");
  Cancel call = { cancellable, 0 };
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;

  for (guint i = 0; i < 50000; i++)
    g_string_append_printf (
        text,
        "BEGIN:VEVENT\r\nUID:%u\r\nSUMMARY:a\r\nDTSTART:19000101T100000Z\r\n"
        "RRULE:FREQ=SECONDLY;BYMONTH=1;BYHOUR=1;BYMINUTE=1;BYSECOND=61\r\n"
        "RRULE:FREQ=SECONDLY;INTERVAL=7;BYHOUR=3;BYMINUTE=0;BYSECOND=0;BYDAY=TU;BYMONTHDAY=30;BYMONTH=2\r\n"
        "END:VEVENT\r\n",
        i);
  g_string_append (text, "END:VCALENDAR\r\n");
  stream = g_memory_input_stream_new_from_data (text->str, (gssize) text->len, NULL);
  thread = g_thread_new ("cancel", cancel_soon, &call);
  CU_ASSERT_PTR_NULL (kennis_reader_load_stream (reader, stream, "t", NULL, NULL, cancellable, &error));
  CU_ASSERT_TRUE (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  printf ("# ended %.3f s after it was cancelled\n", (double) (g_get_monotonic_time () - call.at) / 1e6);
  g_thread_join (thread);
}

static void
a_category_or_a_title_says_what_it_is (void)
{
  check (CALENDAR (EVENT (NAMED ("1", "Private") AT ("20240101T100000Z")) EVENT (
             NAMED ("2", "a") AT ("20240101T100000Z") "CATEGORIES:x,Terug\\, blik\r\nATTENDEE:mailto:b@x\r\n")
                       EVENT (NAMED ("3", "RETRO") AT ("20240102T100000Z") "ATTENDEE:mailto:c@x\r\n")),
         "activity session=\"meeting-d4735e3a265e16eee03f\" person=\"b@x\" start=\"2024-01-01T10:00:00Z\"\n"
         "activity session=\"meeting-4e07408562bedb8b60ce\" person=\"c@x\" start=\"2024-01-02T10:00:00Z\"\n"
         "moment team=\"a\" kind=\"meeting\" time=\"2024-01-01T10:00:00Z\" attendees=\"b@x\"\n"
         "moment team=\"RETRO\" kind=\"meeting\" time=\"2024-01-02T10:00:00Z\" attendees=\"c@x\"\n",
         2, 0, 1);
}

#define PEOPLE "person,team,email,effective\np1,north,Ann@X.example,\np1,west,,2024-06-01\np2,north,bob@x.example,\np3,south,cas@x.example,\n"
#define ALL "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@x.example\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:BOB@x.example\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:cas@x.example\r\n" \
            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:guest@y.example\r\n"

static void
the_librarys_mapping_finds_people_and_their_team_at_the_time (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = NULL;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (
      CALENDAR (
          EVENT (
              "UID:1\r\nSUMMARY:Sprint "
              "retro\r\nDTSTART:20240301T090000Z\r\nDTEND:20240301T100000Z\r\nORGANIZER:mailto:cas@x.example\r\n" ALL)
              EVENT (
                  "UID:2\r\nSUMMARY:Training "
                  "Git\r\nDTSTART:20240701T090000Z\r\nDTEND:20240701T100000Z\r\nORGANIZER:mailto:cas@x.example\r\n" ALL)
                  EVENT (
                      "UID:3\r\nSUMMARY:Overleg\r\nDTSTART:20240701T090000Z\r\nORGANIZER:mailto:cas@x.example\r\n" ALL)
                      EVENT ("UID:4\r\nSUMMARY:Dentist\r\nDTSTART:20240701T090000Z\r\nCLASS:PRIVATE\r\n" ALL)),
      -1, NULL);
  g_autofree char *got = NULL, *told = NULL;

  dataset = load (reader, PEOPLE, -1, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  CU_ASSERT_TRUE_FATAL (kennis_reader_read_stream (reader, stream, "ics", dataset, NULL, NULL, NULL, NULL));
  got = records_from (dataset, KENNIS_RECORD_TYPE_ACTIVITY);
  assert_text (
      got, "activity session=\"meeting-d4735e3a265e16eee03f\" person=\"Ann@X.example\" form=\"formal\" "
           "topic=\"Training Git\" start=\"2024-07-01T09:00:00Z\" ended=\"2024-07-01T10:00:00Z\" duration=\"PT1H\" "
           "setting=\"detached\" status=\"completed\"\n"
           "activity session=\"meeting-d4735e3a265e16eee03f\" person=\"bob@x.example\" form=\"formal\" "
           "topic=\"Training Git\" start=\"2024-07-01T09:00:00Z\" ended=\"2024-07-01T10:00:00Z\" duration=\"PT1H\" "
           "setting=\"detached\" status=\"completed\"\n"
           "activity session=\"meeting-d4735e3a265e16eee03f\" person=\"cas@x.example\" form=\"formal\" "
           "topic=\"Training Git\" start=\"2024-07-01T09:00:00Z\" ended=\"2024-07-01T10:00:00Z\" duration=\"PT1H\" "
           "setting=\"detached\" status=\"completed\"\n"
           "moment session=\"meeting-6b86b273ff34fce19d6b\" team=\"north\" kind=\"meeting\" "
           "time=\"2024-03-01T09:00:00Z\" attendees=\"Ann@X.example bob@x.example cas@x.example guest@y.example\"\n"
           "moment session=\"meeting-6b86b273ff34fce19d6b\" team=\"north\" kind=\"retrospective\" "
           "time=\"2024-03-01T09:00:00Z\" attendees=\"Ann@X.example bob@x.example cas@x.example guest@y.example\"\n"
           /* west, north and south are as large: that of who called it. */
           "moment session=\"meeting-4e07408562bedb8b60ce\" team=\"south\" kind=\"meeting\" "
           "time=\"2024-07-01T09:00:00Z\" attendees=\"Ann@X.example bob@x.example cas@x.example guest@y.example\"\n");
  told = told_by (reader);
  CU_ASSERT_PTR_NOT_NULL (strstr (told, "invitations of people whom no source declares, as “guest@y.example” here: 4"));
}

/* Of the one person who is known. */
static void
assert_team (const char *people, const char *date, const char *mail, const char *team)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = load (reader, people, -1, NULL);
  g_autofree char *text = g_strdup_printf (CALENDAR (EVENT ("UID:1\r\nSUMMARY:Overleg\r\nDTSTART:%sT090000Z\r\n"
                                                            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:%s\r\n"
                                                            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:guest@y.example\r\n")),
                                           date, mail);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  g_autofree char *got = NULL, *wanted = g_strdup_printf ("team=\"%s\"", team);

  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  CU_ASSERT_TRUE_FATAL (kennis_reader_read_stream (reader, stream, "ics", dataset, NULL, NULL, NULL, NULL));
  got = records_from (dataset, KENNIS_RECORD_TYPE_MOMENT);
  CU_ASSERT_PTR_NOT_NULL (strstr (got, wanted));
  if (strstr (got, wanted) == NULL)
    printf ("# %s\n", got);
}

/* What one list says of a mail address, and another one of an id with that address, is of one person; whom two have an address of is told
 * apart all the same. */
static void
teams_are_those_of_all_lists_that_name_a_person (void)
{
  static const char one[] = "person,team,email,effective\nann@x.example,north,,\np1,,ann@x.example,\n"
                            "p1,west,ann@x.example,2024-06-01\nann@x.example,south,,2024-09-01\n";
  static const char shared[] = "person,team,email,username,effective\np1,north,desk@x.example,,2024-01-01\n"
                               "p2,west,desk@x.example,p2@x.example,\n";

  assert_team (one, "20240301", "ann@x.example", "north");
  assert_team (one, "20240701", "Ann@x.example", "west");
  assert_team (one, "20241001", "ann@x.example", "south");
  assert_team (shared, "20240301", "p2@x.example", "west");
  assert_team (shared, "20240301", "desk@x.example", "north");
}

static void
a_mapping_of_a_calendar_that_is_wrong_is_refused (void)
{
  static const struct { const char *text, *told; } bad[] = {
    { "[mapping]\nid=x\nformat=ics\n[record activity]\nperson={nobody}\n", "{nobody} is nothing that an event has" },
    { "[mapping]\nid=x\nformat=ics\npresent=maybe\n", "accepted are accepted, tentative" },
    { "[mapping]\nid=x\nformat=ics\nday-hours=25\n", "of at most 24" },
    { "[mapping]\nid=x\nformat=ics\nfrom=yesterday\n", "accepted is a date as 2024-12-31" },
    { "[mapping]\nid=x\nformat=ics\noccurrences=0\n", "accepted is a number from 1" },
    { "[mapping]\nid=x\nformat=ics\n[types]\na=(\n[record moment]\nteam=a\nkind=meeting\ntime={start}\n", "[types] a: " },
    { "[mapping]\nid=x\nformat=ics\n[record moment]\ntype=b\nteam=a\nkind=meeting\ntime={start}\n", "“b” does not stand in [types]" },
    { "[mapping]\nid=x\nformat=ics\n[record person]\nid={attendee}\n", "is nothing that a calendar tells of" },
    { "[mapping]\nid=x\nformat=ics\n[match]\ncolumns=a\n[record moment]\nteam=a\nkind=meeting\ntime={start}\n", "is of tables" },
    { "[mapping]\nid=x\nformat=ics\n[record moment]\nteam={#row}\nkind=meeting\ntime={start}\n", "{#row} is of tables only" },
    { "[mapping]\nid=x\nformat=ics\n", "needs an id, and one [record" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KennisMapping) mapping = kennis_mapping_new (bad[i].text, "m", &error);

      CU_ASSERT_PTR_NULL (mapping);
      if (error == NULL || strstr (error->message, bad[i].told) == NULL)
        printf ("# %s: %s\n", bad[i].told, error != NULL ? error->message : "");
      CU_ASSERT_TRUE (error != NULL && strstr (error->message, bad[i].told) != NULL);
    }
}

static void
a_description_tells_what_is_there_and_drafts_a_mapping (void)
{
  const char *text = CALENDAR (EVENT (NAMED ("1", "Stand-up") AT ("20240101T100000Z") "CATEGORIES:Blauw\r\nX-FOO:1\r\n")
                                   EVENT (NAMED ("2", "Retro") AT ("20240101T100000Z") "DESCRIPTION:x\r\n")
                                       EVENT (NAMED ("3", "Stand-up") AT ("20240101T100000Z")));
  g_autofree char *path = NULL, *told = NULL;
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisMapping) draft = NULL;
  g_autoptr (KennisDescription) description = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("kennis-XXXXXX.ics", &path, NULL);

  CU_ASSERT_TRUE_FATAL (fd >= 0 && g_file_set_contents (path, text, -1, NULL));
  file = g_file_new_for_path (path);
  description = kennis_description_new (reader, file, NULL, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL (description);
  told = kennis_description_to_string (description);
  CU_ASSERT_PTR_NOT_NULL (strstr (told, "A calendar, whose events have 6 properties:"));
  CU_ASSERT_PTR_NOT_NULL (strstr (told, "It does not read:\n  “X-FOO”\n  “DESCRIPTION”\n"));
  CU_ASSERT_PTR_NOT_NULL (strstr (told, "“Stand-up” (2)\n  category:“Blauw” (1)\n"));
  CU_ASSERT_STRING_EQUAL (kennis_mapping_get_id (kennis_description_get_mapping (description)), "calendar");
  draft = kennis_mapping_new (kennis_description_get_draft (description), "draft", &error);
  CU_ASSERT_PTR_NOT_NULL (draft);
  g_unlink (path);
  close (fd);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "a time is of utc of its zone or of the dataset", a_time_is_of_utc_of_its_zone_or_of_the_dataset },
    { "a zone of the file says when clocks change", a_zone_of_the_file_says_when_clocks_change },
    { "a time that clocks skip is counted from before and of two it is the first", a_time_that_clocks_skip_is_counted_from_before_and_of_two_it_is_the_first },
    { "an end or a length says how long it is", an_end_or_a_length_says_how_long_it_is },
    { "a series has what was added and not what was taken out or moved", a_series_has_what_was_added_and_not_what_was_taken_out_or_moved },
    { "until is in a series whether in utc by the clock or as a day", until_is_in_a_series_whether_in_utc_by_the_clock_or_as_a_day },
    { "the last version counts and what is cancelled is ignored", the_last_version_counts_and_what_is_cancelled_is_ignored },
    { "a meeting of two calendars counts once", a_meeting_of_two_calendars_counts_once },
    { "present is who said so and rooms are nobody", present_is_who_said_so_and_rooms_are_nobody },
    { "lines are unfolded and end in any way", lines_are_unfolded_and_end_in_any_way },
    { "what is wrong is told with its line", what_is_wrong_is_told_with_its_line },
    { "a series without end ends with the window or the limit", a_series_without_end_ends_with_the_window_or_the_limit },
    { "a search for what never comes ends when it is cancelled or at the limit", a_search_for_what_never_comes_ends_when_it_is_cancelled_or_at_the_limit },
    { "a category or a title says what it is", a_category_or_a_title_says_what_it_is },
    { "the librarys mapping finds people and their team at the time", the_librarys_mapping_finds_people_and_their_team_at_the_time },
    { "teams are those of all lists that name a person", teams_are_those_of_all_lists_that_name_a_person },
    { "a mapping of a calendar that is wrong is refused", a_mapping_of_a_calendar_that_is_wrong_is_refused },
    { "a description tells what is there and drafts a mapping", a_description_tells_what_is_there_and_drafts_a_mapping },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("calendar-reader", tests);
}
