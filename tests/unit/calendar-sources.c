#include "config.h"

#include "reading.h"

#include <glib/gstdio.h>

/* Calendars of several people tell of one meeting in versions of their own: the newest counts, whatever the order of the files. */

#define MAPPING "[mapping]\nid=m\nformat=ics\n[record moment]\nteam={summary}\nkind=meeting\ntime={start}\nattendees={attendees}\n"
#define CALENDAR(text) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" text "END:VCALENDAR\r\n"
#define EVENT(text) "BEGIN:VEVENT\r\n" text "END:VEVENT\r\n"
#define MEETING(name, hour, more) EVENT ("UID:1\r\nSUMMARY:" name "\r\nDTSTART:20240101T" hour "0000Z\r\n" more)
#define SERIES(name, hour, more) MEETING (name, hour, "RRULE:FREQ=WEEKLY;COUNT=3\r\n" more)
#define SECOND(hour) "RECURRENCE-ID:20240108T" hour "0000Z\r\n"
#define MEETS(team, day, hour) "moment team=\"" team "\" kind=\"meeting\" time=\"2024-01-" day "T" hour ":00:00Z\"\n"

static KennisReader *
make_reader (void)
{
  KennisReader *reader = kennis_reader_new ();
  g_autoptr (KennisMapping) mapping = kennis_mapping_new (MAPPING, "m", NULL);

  kennis_reader_set_mapping (reader, mapping);
  kennis_reader_set_accept_seen (reader, TRUE);
  kennis_reader_set_events_until (reader, 1735686000000); /* 2025 */
  return reader;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* The records, sorted. */
static char *
import (KennisReader *reader, const char *const *texts, guint n)
{
  g_autoptr (KennisImport) import = kennis_import_new (reader);
  g_autoptr (KennisDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *records = NULL;
  g_auto (GStrv) lines = NULL;
  char *paths[3];

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GFile) file = NULL;
      int fd = g_file_open_tmp ("kennis-XXXXXX.ics", &paths[i], NULL);

      CU_ASSERT_TRUE_FATAL (fd >= 0 && g_close (fd, NULL) && g_file_set_contents (paths[i], texts[i], -1, NULL));
      file = g_file_new_for_path (paths[i]);
      kennis_import_add_file (import, file, NULL);
    }
  dataset = kennis_import_load (import, NULL, NULL, NULL, &error);
  if (dataset == NULL)
    printf ("# %s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  for (guint i = 0; i < n; i++)
    {
      CU_ASSERT_EQUAL (kennis_import_get_n_rows (import, i), kennis_import_get_n_rows_used (import, i)
                                                                 + kennis_import_get_n_rows_rejected (import, i)
                                                                 + kennis_import_get_n_rows_ignored (import, i));
      g_unlink (paths[i]);
      g_free (paths[i]);
    }
  records = records_of (dataset);
  lines = g_strsplit (records, "\n", -1);
  qsort (lines, g_strv_length (lines), sizeof *lines, compare_lines);

  return g_strjoinv ("\n", lines);
}

/* Two sources in either order. */
static void
check (const char *one, const char *other, const char *records)
{
  const char *const texts[] = { one, other, one };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KennisReader) reader = make_reader ();
      g_autofree char *got = import (reader, texts + i, 2), *sorted = g_strconcat (got + 1, "\n", NULL);

      assert_text (sorted, records);
    }
}

static void
the_highest_sequence_counts_then_the_last_stamp (void)
{
  check (CALENDAR (MEETING ("old", "10", "SEQUENCE:1\r\nDTSTAMP:20240601T000000Z\r\n")),
         CALENDAR (MEETING ("new", "11", "SEQUENCE:2\r\nDTSTAMP:20240101T000000Z\r\n")), MEETS ("new", "01", "11"));
  check (CALENDAR (MEETING ("old", "10", "DTSTAMP:20240101T000000Z\r\n")),
         CALENDAR (MEETING ("new", "11", "DTSTAMP:20240101T000001Z\r\n")), MEETS ("new", "01", "11"));
  /* In one source too. */
  check (CALENDAR (MEETING ("new", "11", "DTSTAMP:20240101T000001Z\r\n")
                       MEETING ("old", "10", "DTSTAMP:20240101T000000Z\r\n")),
         CALENDAR (EVENT ("UID:2\r\nSUMMARY:b\r\nDTSTART:20240105T100000Z\r\n")),
         MEETS ("b", "05", "10") MEETS ("new", "01", "11"));
}

#define OF_ONE "ORGANIZER:mailto:o@x\r\nATTENDEE;PARTSTAT=ACCEPTED:MAILTO:O@x\r\nATTENDEE;CN=\":;PARTSTAT=DECLINED\";PARTSTAT=ACCEPTED:mailto:a@x\r\n"
#define OF_A_AND_O(team) "moment team=\"" team "\" kind=\"meeting\" time=\"2024-01-01T10:00:00Z\" attendees=\"a@x o@x\"\n"
#define A_AND(answer) OF_ONE "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=" answer ":mailto:b@x\r\n"

/* Every program writes the time of the export as DTSTAMP; an attendee's copy knows one answer. */
static void
the_organisers_copy_counts_among_equal_sequences (void)
{
  check (CALENDAR (MEETING ("organiser", "10", "DTSTAMP:20240101T000000Z\r\n" A_AND ("DECLINED"))),
         CALENDAR (MEETING ("attendee", "10", "DTSTAMP:20240601T000000Z\r\n" A_AND ("NEEDS-ACTION"))),
         OF_A_AND_O ("organiser"));
  check (CALENDAR (MEETING ("organiser", "10", "DTSTAMP:20240101T000000Z\r\n" A_AND ("DECLINED"))),
         CALENDAR (MEETING ("attendee", "10", "DTSTAMP:20240601T000000Z\r\n" A_AND ("\"NEEDS-ACTION\""))),
         OF_A_AND_O ("organiser"));
  check (CALENDAR (MEETING ("organiser", "10", "DTSTAMP:20240101T000000Z\r\n" A_AND ("TENTATIVE"))),
         CALENDAR (MEETING ("attendee", "10", "SEQUENCE:1\r\n" OF_ONE)), OF_A_AND_O ("attendee"));
  /* Calling off counts without answers. */
  check (CALENDAR (MEETING ("organiser", "10", "DTSTAMP:20240101T000000Z\r\n" A_AND ("DECLINED"))),
         CALENDAR (MEETING ("off", "10", "DTSTAMP:20240601T000000Z\r\nSTATUS:CANCELLED\r\n")
                       EVENT ("UID:2\r\nSUMMARY:b\r\nDTSTART:20240105T100000Z\r\n")),
         MEETS ("b", "05", "10"));
}

static void
what_another_source_cancels_later_is_cancelled (void)
{
  const char *const other = EVENT ("UID:2\r\nSUMMARY:b\r\nDTSTART:20240105T100000Z\r\n");
  g_autofree char *cancelled =
      g_strconcat ("BEGIN:VCALENDAR\r\n", other, SERIES ("a", "10", "SEQUENCE:1\r\nSTATUS:CANCELLED\r\n"),
                   "END:VCALENDAR\r\n", NULL);
  g_autofree char *uninvited =
      g_strconcat ("BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n", SERIES ("a", "10", "SEQUENCE:1\r\n"),
                   "END:VCALENDAR\r\nBEGIN:VCALENDAR\r\n", other, "END:VCALENDAR\r\n", NULL);

  check (CALENDAR (SERIES ("a", "10", "") MEETING ("moved", "12", SECOND ("10"))), cancelled, MEETS ("b", "05", "10"));
  check (CALENDAR (SERIES ("a", "10", "SEQUENCE:2\r\n")), cancelled,
         MEETS ("a", "01", "10") MEETS ("a", "08", "10") MEETS ("a", "15", "10") MEETS ("b", "05", "10"));
  check (CALENDAR (SERIES ("a", "10", "")), uninvited,
         MEETS ("a", "01", "10") MEETS ("a", "08", "10") MEETS ("a", "15", "10") MEETS ("b", "05", "10"));
}

static void
what_another_source_tells_of_one_occurrence_counts_unless_it_is_old (void)
{
#define MOVED EVENT ("UID:1\r\nSUMMARY:moved\r\nDTSTART:20240109T120000Z\r\n" SECOND ("10"))
  check (CALENDAR (SERIES ("a", "10", "")), CALENDAR (MOVED),
         MEETS ("a", "01", "10") MEETS ("a", "15", "10") MEETS ("moved", "09", "12"));
  check (CALENDAR (SERIES ("a", "10", "")), CALENDAR (SERIES ("a", "10", "") MOVED),
         MEETS ("a", "01", "10") MEETS ("a", "15", "10") MEETS ("moved", "09", "12"));
  check (CALENDAR (SERIES ("a", "10", "SEQUENCE:3\r\n")), CALENDAR (SERIES ("a", "10", "") MOVED),
         MEETS ("a", "01", "10") MEETS ("a", "08", "10") MEETS ("a", "15", "10"));
}

/* Another title or other people, at the time of the series, or at that of another one that was told apart. */
static void
an_occurrence_that_stays_at_its_time_is_told_too (void)
{
#define RENAMED  EVENT ("UID:1\r\nSUMMARY:renamed\r\nDTSTART:20240108T100000Z\r\n" SECOND ("10"))
#define TO_FIRST EVENT ("UID:1\r\nSUMMARY:first\r\nDTSTART:20240101T100000Z\r\nRECURRENCE-ID:20240115T100000Z\r\n")
  check (CALENDAR (SERIES ("a", "10", "") RENAMED),
         CALENDAR (EVENT ("UID:2\r\nSUMMARY:b\r\nDTSTART:20240105T100000Z\r\n")),
         MEETS ("a", "01", "10") MEETS ("a", "15", "10") MEETS ("b", "05", "10") MEETS ("renamed", "08", "10"));
  check (CALENDAR (SERIES ("a", "10", "")), CALENDAR (RENAMED),
         MEETS ("a", "01", "10") MEETS ("a", "15", "10") MEETS ("renamed", "08", "10"));
  check (CALENDAR (SERIES ("a", "10", "") RENAMED),
         CALENDAR (EVENT ("UID:1\r\nSUMMARY:later\r\nDTSTART:20240101T120000Z\r\nRECURRENCE-ID:20240101T100000Z\r\n")
                       TO_FIRST),
         MEETS ("first", "01", "10") MEETS ("later", "01", "12") MEETS ("renamed", "08", "10"));
}

static void
events_without_a_name_are_themselves_only (void)
{
  check (CALENDAR (EVENT ("SUMMARY:a\r\nDTSTART:20240101T100000Z\r\nSEQUENCE:1\r\n")),
         CALENDAR (EVENT ("SUMMARY:b\r\nDTSTART:20240101T100000Z\r\n")),
         MEETS ("a", "01", "10") MEETS ("b", "01", "10"));
}

static void
one_import_knows_nothing_of_the_one_before (void)
{
  static const char *const first[] = { CALENDAR (MEETING ("new", "11", "SEQUENCE:2\r\n")),
                                       CALENDAR (EVENT ("UID:2\r\nSUMMARY:b\r\nDTSTART:20240105T100000Z\r\n")) };
  static const char *const second[] = { CALENDAR (MEETING ("old", "10", "SEQUENCE:1\r\n")) };
  g_autoptr (KennisReader) reader = make_reader ();
  g_autofree char *before = import (reader, first, 2), *after = import (reader, second, 1);

  assert_text (before,
               "\n" MEETS ("b", "05", "10") "moment team=\"new\" kind=\"meeting\" time=\"2024-01-01T11:00:00Z\"");
  assert_text (after, "\nmoment team=\"old\" kind=\"meeting\" time=\"2024-01-01T10:00:00Z\"");
}

/* How many of twelve months' meetings a calendar has, where this is said to be covered. */
static guint
n_covered (const char *keys, const char *const covers[][3], guint n)
{
  static const char *const text =
      CALENDAR (EVENT ("UID:1\r\nSUMMARY:a\r\nDTSTART:20240115T100000Z\r\nRRULE:FREQ=MONTHLY;COUNT=12\r\n"));
  g_autofree char *all = g_strconcat ("[mapping]\nid=m\nformat=ics\n", keys, strstr (MAPPING, "[record"), NULL);
  g_autoptr (KennisMapping) mapping = kennis_mapping_new (all, "m", NULL);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  g_autoptr (KennisImport) import = kennis_import_new (NULL);
  g_autoptr (KennisDataset) dataset = NULL;

  CU_ASSERT_PTR_NOT_NULL_FATAL (mapping);
  kennis_reader_set_mapping (kennis_import_get_reader (import), mapping);
  kennis_reader_set_accept_seen (kennis_import_get_reader (import), TRUE);
  kennis_import_add_stream (import, stream, "t");
  for (guint i = 0; i < n; i++)
    CU_ASSERT_TRUE (kennis_import_add_coverage (import, covers[i][0], NULL, covers[i][1], covers[i][2], NULL));
  dataset = kennis_import_load (import, NULL, NULL, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);

  return (guint) kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_MOMENT);
}

static void
what_an_import_is_told_is_covered_is_the_window (void)
{
  static const char *const covers[][3] = { { "moment", "2024-03-01", "2024-05-01" },
                                           { "activity", "2024-02-01", "2024-04-01" },
                                           { "response", "2020-01-01", "2030-01-01" },
                                           { "moment", NULL, "2100-01-01" },
                                           { "talk", "2024-11-01", NULL } };

  CU_ASSERT_EQUAL (n_covered ("", covers, 0), 12);
  CU_ASSERT_EQUAL (n_covered ("", covers, 1), 2);
  CU_ASSERT_EQUAL (n_covered ("", covers, 3), 3);
  CU_ASSERT_EQUAL (n_covered ("", covers, 4), 12);
  CU_ASSERT_EQUAL (n_covered ("", covers + 2, 1), 12);
  CU_ASSERT_EQUAL (n_covered ("", covers + 4, 1), 2);
  /* The mapping's own window goes before it, and its coverage behind it. */
  CU_ASSERT_EQUAL (n_covered ("until=2024-04-01\n", covers, 1), 1);
  CU_ASSERT_EQUAL (n_covered ("[coverage moment]\nfrom=2024-02-01\nuntil=2024-03-01\n", covers, 0), 1);
  CU_ASSERT_EQUAL (n_covered ("[coverage moment]\nfrom=2024-02-01\nuntil=2024-03-01\n", covers, 1), 2);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "the highest sequence counts then the last stamp", the_highest_sequence_counts_then_the_last_stamp },
    { "the organiser's copy counts among equal sequences", the_organisers_copy_counts_among_equal_sequences },
    { "what another source cancels later is cancelled", what_another_source_cancels_later_is_cancelled },
    { "what another source tells of one occurrence counts unless it is old",
      what_another_source_tells_of_one_occurrence_counts_unless_it_is_old },
    { "an occurrence that stays at its time is told too", an_occurrence_that_stays_at_its_time_is_told_too },
    { "events without a name are themselves only", events_without_a_name_are_themselves_only },
    { "one import knows nothing of the one before", one_import_knows_nothing_of_the_one_before },
    { "what an import is told is covered is the window", what_an_import_is_told_is_covered_is_the_window },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("calendar-sources", tests);
}
