#include "config.h"

#include "read/kennis-csv-read-private.h"
#include "reading.h"

/* Rows as "a|b/c": every cell, whatever the pieces in which the text comes. */
static char *
rows_of (const char *text, gsize length, char delimiter, gsize piece)
{
  GString *rows = g_string_new (NULL);
  KennisCsvRow row;
  gsize at = 0;

  kennis_csv_row_init (&row, delimiter);
  for (;;)
    {
      gsize used = 0, n = MIN (piece, length - at);
      gboolean whole = kennis_csv_row_feed (&row, text + at, n, &used);

      at += used;
      if (!whole && at < length)
        continue;
      if (!whole && !kennis_csv_row_finish (&row))
        break;
      for (guint i = 0; i < row.n_cells; i++)
        {
          gsize cell_length;
          const char *cell = kennis_csv_row_cell (&row, i, &cell_length);

          g_string_append_c (rows, i > 0 ? '|' : '/');
          g_string_append_len (rows, cell, (gssize) cell_length);
        }
      if (row.in_quotes)
        g_string_append (rows, "(open)");
    }
  kennis_csv_row_clear (&row);
  return g_string_free (rows, FALSE);
}

static void
assert_rows (const char *text, char delimiter, const char *expected)
{
  for (gsize piece = 1; piece <= strlen (text) + 1; piece++)
    {
      g_autofree char *rows = rows_of (text, strlen (text), delimiter, piece);

      assert_text (rows, expected);
    }
}

static void
rows_end_at_every_kind_of_line_end (void)
{
  assert_rows ("a,b\nc,d\n", ',', "/a|b/c|d");
  assert_rows ("a,b\r\nc,d", ',', "/a|b/c|d");
  assert_rows ("a,b\rc,d\r", ',', "/a|b/c|d");
  assert_rows ("a,b\r\r\nc,d\r\r\n", ',', "/a|b/c|d");
  assert_rows ("a,b\n\n\nc,d\n", ',', "/a|b/c|d");
}

static void
quotes_keep_separators_lines_and_quotes (void)
{
  assert_rows ("\"a,1\",\"b\n2\"\n", ',', "/a,1|b\n2");
  assert_rows ("\"say \"\"hi\"\"\",x\n", ',', "/say \"hi\"|x");
  assert_rows ("\"\",\"\"\n", ',', "/|");
  assert_rows ("5\" pipe,\"a\"b\n", ',', "/5\" pipe|ab");
  assert_rows ("a;\"b\n", ';', "/a|b(open)");
  assert_rows (" a \t \"b\" \n", '\t', "/a|\"b\"");
  assert_rows (",,\n", ',', "/||");
}

static void
lines_are_counted_as_editors_count_them (void)
{
  const char *text = "a\r\r\nb\r\nc\rd\n\"e\r\ne\"\nf";
  static const guint64 lines[] = { 1, 2, 3, 4, 5, 7 };
  KennisCsvRow row;
  gsize at = 0, used;
  guint n = 0;

  kennis_csv_row_init (&row, ',');
  while (kennis_csv_row_feed (&row, text + at, strlen (text) - at, &used) || kennis_csv_row_finish (&row))
    {
      at += used;
      CU_ASSERT_FATAL (n < G_N_ELEMENTS (lines));
      CU_ASSERT_EQUAL (row.first_line, lines[n]);
      n++;
    }
  CU_ASSERT_EQUAL (n, G_N_ELEMENTS (lines));
  kennis_csv_row_clear (&row);
}

static void
rows_and_cells_over_the_limits_are_cut_and_marked (void)
{
  g_autofree char *wide = g_strnfill (KENNIS_CSV_MAX_CELLS + 10, ',');
  KennisCsvRow row;
  gsize used;

  kennis_csv_row_init (&row, ',');
  CU_ASSERT_FALSE (kennis_csv_row_feed (&row, wide, strlen (wide), &used));
  CU_ASSERT_TRUE (kennis_csv_row_feed (&row, "\n", 1, &used));
  CU_ASSERT_TRUE (row.is_wide);
  CU_ASSERT_EQUAL (row.n_cells, KENNIS_CSV_MAX_CELLS);
  CU_ASSERT_FALSE (kennis_csv_row_feed (&row, "\"", 1, &used));
  for (guint i = 0; i < 200; i++)
    CU_ASSERT_FALSE (kennis_csv_row_feed (&row, wide, strlen (wide), &used));
  CU_ASSERT_TRUE (row.is_long);
  CU_ASSERT (row.room <= 2 * KENNIS_CSV_MAX_ROW);
  kennis_csv_row_clear (&row);
}

static void
assert_number (const char *text, char decimal, const char *thousands, gint64 expected)
{
  KennisCsvRules rules = { .decimal = decimal };
  const char *accepted = NULL;
  gint64 value = 0;
  gboolean ok;

  g_strlcpy (rules.thousands, thousands, sizeof rules.thousands);
  ok = kennis_csv_number (&rules, text, strlen (text), 4, &value, &accepted);
  CU_ASSERT_EQUAL (ok, expected != KENNIS_UNKNOWN);
  if (!ok)
    {
      CU_ASSERT_PTR_NOT_NULL (accepted);
      return;
    }
  CU_ASSERT_EQUAL (value, expected);
}

static void
numbers_are_read_as_declared_and_never_guessed (void)
{
  assert_number ("12.5", '.', "", 125000);
  assert_number ("-0.25", '.', "", -2500);
  assert_number ("12,5", ',', "", 125000);
  assert_number ("1.234,5", ',', ".", 12345000);
  /* As many digits as there may be before the point. */
  assert_number ("0000000000000000000000000000000000000001.5", '.', "", 15000);
  assert_number ("00000000000000000000000000000000000012.34567", '.', "", 123457);
  assert_number ("1,234,567", '.', ",", G_GINT64_CONSTANT (12345670000));
  assert_number ("1\302\240234,5", ',', "\302\240", 12345000);
  assert_number ("0.00005", '.', "", 1);
  assert_number ("0.000049", '.', "", 0);
  assert_number ("12,5", '.', "", KENNIS_UNKNOWN);
  assert_number ("1,23", '.', ",", KENNIS_UNKNOWN);
  assert_number ("12,34,567", '.', ",", KENNIS_UNKNOWN);
  assert_number ("1.234", ',', "", KENNIS_UNKNOWN);
  assert_number ("1e5", '.', "", KENNIS_UNKNOWN);
  assert_number ("", '.', "", KENNIS_UNKNOWN);
  assert_number (".", '.', "", KENNIS_UNKNOWN);
  assert_number ("-", '.', "", KENNIS_UNKNOWN);
  assert_number ("922337203685477.5808", '.', "", KENNIS_UNKNOWN);
}

static void
assert_duration (const char *text, KennisCellUnit unit, gint64 expected)
{
  KennisCsvRules rules = { .decimal = '.' };
  const char *accepted = NULL;
  gint64 value = 0;
  gboolean ok = kennis_csv_duration (&rules, text, strlen (text), unit, 0, &value, &accepted);

  CU_ASSERT_EQUAL (ok, expected != KENNIS_UNKNOWN);
  CU_ASSERT_TRUE (!ok || value == expected);
}

static void
durations_need_a_unit_of_their_own_or_of_the_mapping (void)
{
  assert_duration ("1.5", KENNIS_CELL_HOURS, 5400000);
  assert_duration ("90", KENNIS_CELL_MINUTES, 5400000);
  assert_duration ("PT1H30M", KENNIS_CELL_NONE, 5400000);
  assert_duration ("1:30:00", KENNIS_CELL_NONE, 5400000);
  assert_duration ("1h 30m", KENNIS_CELL_NONE, 5400000);
  assert_duration ("1m 13s", KENNIS_CELL_NONE, 73000);
  assert_duration ("2 hours, 5 minutes", KENNIS_CELL_NONE, 7500000);
  assert_duration ("1.5", KENNIS_CELL_NONE, KENNIS_UNKNOWN);
  assert_duration ("1:30", KENNIS_CELL_NONE, KENNIS_UNKNOWN);
  assert_duration ("5m 1h", KENNIS_CELL_NONE, KENNIS_UNKNOWN);
  assert_duration ("-1", KENNIS_CELL_HOURS, KENNIS_UNKNOWN);
  assert_duration ("99999999999999", KENNIS_CELL_HOURS, KENNIS_UNKNOWN);
}

static void
assert_time (const char *text, KennisDates dates, const char *expected)
{
  g_autoptr (KennisCalendar) calendar = kennis_calendar_new ("Europe/Amsterdam", NULL);
  KennisCsvRules rules = { .decimal = '.', .dates = dates };
  const char *accepted = NULL;
  char shown[40] = "refused";
  gint64 value;

  if (kennis_csv_time (&rules, text, strlen (text), KENNIS_CELL_NONE, calendar, &value, &accepted))
    kennis_format_time (value, shown);
  assert_text (shown, expected);
}

static void
times_are_read_in_the_declared_order (void)
{
  assert_time ("27/06/17, 05:54", KENNIS_DATES_DMY, "2017-06-27T03:54:00Z");
  assert_time ("7/07/18, 18:15", KENNIS_DATES_DMY, "2018-07-07T16:15:00Z");
  assert_time ("7/22/26, 7:02:11 PM", KENNIS_DATES_MDY, "2026-07-22T17:02:11Z");
  assert_time ("12/1/2024 12:05:00 AM", KENNIS_DATES_MDY, "2024-11-30T23:05:00Z");
  assert_time ("31.12.2024", KENNIS_DATES_DMY, "2024-12-30T23:00:00Z");
  assert_time ("24-12-31", KENNIS_DATES_YMD, "2024-12-30T23:00:00Z");
  assert_time ("2024/12/31", KENNIS_DATES_DMY, "2024-12-30T23:00:00Z");
  assert_time ("2024-12-31", KENNIS_DATES_MDY, "2024-12-30T23:00:00Z");
  assert_time ("2024-07-01 10:00:00", KENNIS_DATES_ISO, "2024-07-01T08:00:00Z");
  assert_time ("2024-07-01 10:00:00 UTC", KENNIS_DATES_ISO, "2024-07-01T10:00:00Z");
  assert_time ("2019-04-23T15:18:02.4675041+05:30", KENNIS_DATES_ISO, "2019-04-23T09:48:02.467Z");
  assert_time ("3 Mar 2024", KENNIS_DATES_ISO, "2024-03-02T23:00:00Z");
  assert_time ("March 3, 2024", KENNIS_DATES_ISO, "2024-03-02T23:00:00Z");
  assert_time ("03/04/2024", KENNIS_DATES_ISO, "refused");
  assert_time ("31/12/2024", KENNIS_DATES_MDY, "refused");
  assert_time ("30/02/2024", KENNIS_DATES_DMY, "refused");
  assert_time ("1/2/2024 25:00", KENNIS_DATES_DMY, "refused");
  assert_time ("1/2/2024 13:00 PM", KENNIS_DATES_DMY, "refused");
  assert_time ("yesterday", KENNIS_DATES_DMY, "refused");
}

/* ── Whole sources ─────────────────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  KennisReader  *reader;
  KennisDataset *dataset;
  GError        *error;
} Outcome;

static Outcome
read_with (KennisReader *reader, const char *data, gsize length)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) length, NULL);
  Outcome outcome = { .reader = reader };

  kennis_reader_set_accept_seen (reader, TRUE);
  outcome.dataset = kennis_reader_load_stream (reader, stream, "t.csv", NULL, NULL, NULL, &outcome.error);
  CU_ASSERT_EQUAL (outcome.dataset == NULL, outcome.error != NULL);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows (reader), kennis_reader_get_n_rows_used (reader)
                                                          + kennis_reader_get_n_rows_rejected (reader)
                                                          + kennis_reader_get_n_rows_ignored (reader));
  return outcome;
}

static Outcome
read_text (const char *text)
{
  return read_with (kennis_reader_new (), text, strlen (text));
}

static void
outcome_clear (Outcome *outcome)
{
  g_clear_object (&outcome->reader);
  g_clear_object (&outcome->dataset);
  g_clear_error (&outcome->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
assert_activity (Outcome *outcome, guint64 i, const char *expected)
{
  g_autoptr (KennisRecord) record =
      outcome->dataset != NULL ? kennis_dataset_get_record (outcome->dataset, KENNIS_RECORD_TYPE_ACTIVITY, i) : NULL;
  g_autofree char *text = record != NULL ? kennis_record_to_string (record) : g_strdup ("none");

  assert_text (text, expected);
}

static void
assert_told (Outcome *outcome, const char *part)
{
  if (is_told (outcome->reader, part))
    return;
  printf ("# nobody told “%s”\n", part);
  CU_FAIL ("a diagnostic is missing");
}

static void
a_table_becomes_activities (void)
{
  g_auto (Outcome) outcome = read_text ("Person,Topic,Start_Date,START,Minutes,Status,Cost\n"
                                        "ann,\"C, part 1\",,2024-03-01T09:00Z,90,completed,12.50\n"
                                        "bob,SQL,,2024-03-02,,,\n");

  assert_activity (
      &outcome, 0,
      "activity person=\"ann\" topic=\"C, part 1\" start=\"2024-03-01T09:00:00Z\" duration=\"PT1H30M\" cost=\"12.5\" "
      "status=\"completed\"");
  /* An empty cell is unknown and no 0. */
  assert_activity (&outcome, 1, "activity person=\"bob\" topic=\"SQL\" start=\"2024-03-02T00:00:00Z\"");
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_used (outcome.reader), 2);
  assert_told (&outcome, "mapping “activities”");
  assert_told (&outcome, "cells between commas");
}

static void
every_rejected_row_is_told_with_its_place (void)
{
  g_auto (Outcome) outcome = read_text ("person;topic;start;hours\r\n"
                                        "ann;C;2024-03-01;1,500\r\n"
                                        ";C;2024-03-01;1\r\n"
                                        "cas;C;2024-03-01;1;2\r\n"
                                        "dee;C;31/31/2024;1\r\n"
                                        ";;;\r\n"
                                        "person;topic;start;hours\r\n"
                                        "eve;C;2024-03-01;1\r\n");

  CU_ASSERT_EQUAL (kennis_reader_get_n_rows (outcome.reader), 7);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_rejected (outcome.reader), 4);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_ignored (outcome.reader), 2);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_used (outcome.reader), 1);
  assert_told (&outcome, "t.csv:2:4: column “hours”: “duration” is “1,500”; accepted is a number with a decimal point");
  assert_told (&outcome, "t.csv:3:1:");
  assert_told (&outcome, "t.csv:4:1: the row has more cells than the header");
  assert_told (&outcome, "t.csv:5:3: column “start”: “start” is “31/31/2024”");
}

static void
an_ambiguous_order_of_day_and_month_is_refused_with_an_example (void)
{
  const char *text = "person,topic,start\nann,C,03/04/2024\nbob,C,05/06/2024\n";
  g_auto (Outcome) refused = read_text (text);
  g_auto (Outcome) proved = read_text ("person,topic,start\nann,C,03/04/2024\nbob,C,25/06/2024\n");
  g_auto (Outcome) torn = read_text ("person,topic,start\nann,C,03/24/2024\nbob,C,25/06/2024\n");
  KennisReader *reader = kennis_reader_new ();
  g_auto (Outcome) declared = { 0 };

  CU_ASSERT_PTR_NOT_NULL_FATAL (refused.error);
  CU_ASSERT_PTR_NOT_NULL (strstr (refused.error->message, "“03/04/2024”"));
  CU_ASSERT_PTR_NOT_NULL (strstr (refused.error->message, "dates=dmy"));
  CU_ASSERT_PTR_NOT_NULL (torn.error);
  assert_activity (&proved, 0, "activity person=\"ann\" topic=\"C\" start=\"2024-04-03T00:00:00Z\"");
  assert_told (&proved, "as “25/06/2024” proves");
  kennis_reader_set_date_order (reader, "mdy");
  declared = read_with (reader, text, strlen (text));
  assert_activity (&declared, 0, "activity person=\"ann\" topic=\"C\" start=\"2024-03-04T00:00:00Z\"");
}

/* "person,topic,start\nJosé,C,2024-03-01\n" in four encodings. */
static void
encodings_are_found_out_and_told (void)
{
  static const struct { const char *charset, *mark, *name; } encodings[] = {
    { "UTF-8", "", "UTF-8" }, { "UTF-8", "\357\273\277", "UTF-8" }, { "UTF-16LE", "\377\376", "UTF-16LE" },
    { "UTF-16BE", "\376\377", "UTF-16BE" }, { "UTF-16LE", "", "UTF-16LE" }, { "WINDOWS-1252", "", "Windows-1252" },
  };
  const char *text = "person\ttopic\tstart\nJos\303\251\t\342\202\254\t2024-03-01\n";

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      gsize length;
      g_autofree char *coded = g_convert (text, -1, encodings[i].charset, "UTF-8", NULL, &length, NULL);
      g_autoptr (GString) data = g_string_new (encodings[i].mark);
      g_auto (Outcome) outcome = { 0 };

      g_string_append_len (data, coded, (gssize) length);
      outcome = read_with (kennis_reader_new (), data->str, data->len);
      assert_activity (&outcome, 0,
                       "activity person=\"Jos\303\251\" topic=\"\342\202\254\" start=\"2024-03-01T00:00:00Z\"");
      assert_told (&outcome, encodings[i].name);
    }
}

static void
a_character_at_the_border_of_two_chunks_stays_whole (void)
{
  for (guint shift = 0; shift < 4; shift++)
    {
      g_autoptr (GString) text = g_string_new ("person,topic,start,note\n");
      g_auto (Outcome) outcome = { 0 };

      for (guint i = 0; i < shift; i++)
        g_string_append_c (text, '\n');
      while (text->len < 3 * KENNIS_CSV_CHUNK)
        g_string_append (text, "ann,C,2024-03-01,\360\237\230\200\n");
      outcome = read_with (kennis_reader_new (), text->str, text->len);
      CU_ASSERT_EQUAL (kennis_reader_get_n_rows_rejected (outcome.reader), 0);
      CU_ASSERT (kennis_reader_get_n_rows_used (outcome.reader) > 8000);
    }
}

static void
bad_text_is_a_rejected_row (void)
{
  g_auto (Outcome) outcome = read_text ("person,topic,start\nJos\303\251,C,2024-03-01\nx\377y,C,2024-03-01\n");
  KennisReader *reader = kennis_reader_new ();
  g_auto (Outcome) declared = { 0 };
  const char *text = "person,topic,start\nJos\303\251,C,2024-03-01\nx\377y,C,2024-03-01\n";

  /* Not all of it is UTF-8, so none of it is. */
  assert_told (&outcome, "Windows-1252");
  kennis_reader_set_encoding (reader, "UTF-8");
  declared = read_with (reader, text, strlen (text));
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_rejected (declared.reader), 1);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_used (declared.reader), 1);
}

static void
broken_sources_keep_what_precedes (void)
{
  g_auto (Outcome) quote = read_text ("person,topic,start\nann,C,2024-03-01\nbob,\"C,2024-03-01\ncas,C,2024-03-01\n");
  g_auto (Outcome) cut = read_text ("person,topic,start,note\nann,C,2024-03-01,x\nbob,C,2024-03-01\ncas,C,2024-03-0");
  g_auto (Outcome) none = read_text ("one,two,three\n1,2,3\n");

  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_used (quote.reader), 1);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_rejected (quote.reader), 1);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows (quote.reader), 2);
  assert_told (&quote, "t.csv:3:1: a quote in this row is never closed");
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_used (cut.reader), 2);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_rejected (cut.reader), 1);
  assert_told (&cut, "t.csv:4:1: the last row has fewer cells than the header, and no end of line");
  CU_ASSERT_PTR_NOT_NULL_FATAL (none.error);
  CU_ASSERT_PTR_NOT_NULL (strstr (none.error->message, "no mapping fits the columns “one”, “two”, “three”"));
}

static void
gzip_is_unpacked_on_the_way (void)
{
  g_autoptr (GConverter) gzip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  const char *text = "person,topic,start\nann,C,2024-03-01\n";
  char packed[256];
  gsize n_read, n_written;
  g_auto (Outcome) outcome = { 0 };

  g_converter_convert (gzip, text, strlen (text), packed, sizeof packed, G_CONVERTER_INPUT_AT_END, &n_read, &n_written,
                       NULL);
  outcome = read_with (kennis_reader_new (), packed, n_written);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_used (outcome.reader), 1);
}

static void
a_hundred_thousand_columns_are_an_error_and_not_a_crash (void)
{
  g_autoptr (GString) text = g_string_new ("person,topic,start");
  g_auto (Outcome) outcome = { 0 };

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, ",c%u", i);
  g_string_append (text, "\nann,C,2024-03-01\n");
  outcome = read_with (kennis_reader_new (), text->str, text->len);
  CU_ASSERT_PTR_NOT_NULL (outcome.error);
}

static void
a_look_for_people_makes_no_events (void)
{
  KennisReader *reader = kennis_reader_new (), *other;
  const char *ties = "PrimaryCollaborator_PersonId,SecondaryCollaborator_PersonId,MetricDate\na,b,2024-03-01\n";
  g_auto (Outcome) people = { 0 }, events = { 0 };

  kennis_reader_set_date_order (reader, "dmy");
  reader->only_reference = TRUE;
  other = kennis_reader_like (reader);
  CU_ASSERT_FALSE (other->only_reference);
  assert_text (kennis_reader_get_date_order (other), "dmy");
  other->only_reference = TRUE;
  people = read_with (reader, ties, strlen (ties));
  CU_ASSERT_EQUAL (kennis_dataset_count (people.dataset, KENNIS_RECORD_TYPE_PERSON), 2);
  CU_ASSERT_EQUAL (kennis_dataset_count (people.dataset, KENNIS_RECORD_TYPE_SHARING), 0);
  events = read_with (other, "person,topic,start\nann,C,2024-03-01\n", 37);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows (other), 0);
}

static void
strict_reading_ends_at_the_first_reject (void)
{
  KennisReader *reader = kennis_reader_new ();
  const char *text = "person,topic,start\nann,C,2024-03-01\nbob,C,soon\ncas,C,2024-03-01\n";
  g_auto (Outcome) outcome = { 0 };

  kennis_reader_set_strict (reader, TRUE);
  outcome = read_with (reader, text, strlen (text));
  CU_ASSERT_TRUE (g_error_matches (outcome.error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows (reader), 2);
}

static void
double_columns_and_short_rows_are_told (void)
{
  g_auto (Outcome) outcome = read_text ("person,topic,start,Topic\nann,C,2024-03-01,D\nbob,C,2024-03-01\n");

  assert_activity (&outcome, 0, "activity person=\"ann\" topic=\"C\" start=\"2024-03-01T00:00:00Z\"");
  assert_told (&outcome, "two columns “Topic”");
  assert_told (&outcome, "t.csv:3:1: this row, and maybe others, has fewer cells");
}

static void
what_is_left_out_is_not_told_to_be_short_and_a_header_comes_again_in_any_case (void)
{
  static const char own[] = "[mapping]\nid=own\nend=^Total\n[match]\ncolumns=person\n[record activity]\nperson={person}\nstart={start}\n";
  const char *text = "person,topic,start\nann,C,2024-03-01\nPERSON,topic,Start\nTotal\n";
  KennisReader *reader = kennis_reader_new ();
  g_autoptr (KennisMapping) mapping = kennis_mapping_new (own, "own", NULL);
  g_auto (Outcome) outcome = { 0 };

  kennis_reader_set_mapping (reader, mapping);
  outcome = read_with (reader, text, strlen (text));
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_used (reader), 1);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_ignored (reader), 2);
  CU_ASSERT_FALSE (is_told (reader, "fewer cells"));
}

static void
ids_become_pseudonyms_and_times_days_at_the_door (void)
{
  KennisReader *reader = kennis_reader_new ();
  g_autoptr (GBytes) key = g_bytes_new_static ("0123456789abcdef", 16);
  const char *text = "person,topic,start\nann,C,2024-03-01T22:30\n";
  /* printf ann | openssl dgst -sha256 -hmac 0123456789abcdef */
  g_autofree char *hmac =
      g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) "0123456789abcdef", 16, "ann", 3);
  g_autofree char *expected = NULL;
  g_auto (Outcome) outcome = { 0 };

  kennis_reader_set_pseudonym_key (reader, key);
  kennis_reader_set_coarse_times (reader, TRUE);
  kennis_reader_set_time_zone (reader, "Europe/Amsterdam");
  outcome = read_with (reader, text, strlen (text));
  expected = g_strdup_printf ("activity person=\"%s\" topic=\"C\" start=\"2024-02-29T23:00:00Z\"", hmac);
  assert_activity (&outcome, 0, expected);
}

static void
a_forgotten_person_stays_forgotten_behind_a_pseudonym (void)
{
  KennisReader *reader = kennis_reader_new ();
  g_autoptr (GBytes) key = g_bytes_new_static ("0123456789abcdef", 16);
  g_autoptr (KennisSuppression) suppression = kennis_suppression_new (key);
  const char *text = "person,topic,start\nann,C,2024-03-01\nbob,C,2024-03-01\n";
  g_auto (Outcome) outcome = { 0 };

  kennis_suppression_add (suppression, "ann");
  kennis_reader_set_suppression (reader, suppression);
  kennis_reader_set_pseudonym_key (reader, key);
  outcome = read_with (reader, text, strlen (text));
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_ignored (reader), 1);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_used (reader), 1);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "rows end at every kind of line end", rows_end_at_every_kind_of_line_end },
    { "quotes keep separators, lines and quotes", quotes_keep_separators_lines_and_quotes },
    { "lines are counted as editors count them", lines_are_counted_as_editors_count_them },
    { "rows and cells over the limits are cut and marked", rows_and_cells_over_the_limits_are_cut_and_marked },
    { "numbers are read as declared and never guessed", numbers_are_read_as_declared_and_never_guessed },
    { "durations need a unit of their own or of the mapping", durations_need_a_unit_of_their_own_or_of_the_mapping },
    { "times are read in the declared order", times_are_read_in_the_declared_order },
    { "a table becomes activities", a_table_becomes_activities },
    { "every rejected row is told with its place", every_rejected_row_is_told_with_its_place },
    { "an ambiguous order of day and month is refused with an example",
      an_ambiguous_order_of_day_and_month_is_refused_with_an_example },
    { "encodings are found out and told", encodings_are_found_out_and_told },
    { "a character at the border of two chunks stays whole", a_character_at_the_border_of_two_chunks_stays_whole },
    { "bad text is a rejected row", bad_text_is_a_rejected_row },
    { "broken sources keep what precedes", broken_sources_keep_what_precedes },
    { "gzip is unpacked on the way", gzip_is_unpacked_on_the_way },
    { "a hundred thousand columns are an error and not a crash", a_hundred_thousand_columns_are_an_error_and_not_a_crash },
    { "a look for people makes no events", a_look_for_people_makes_no_events },
    { "strict reading ends at the first reject", strict_reading_ends_at_the_first_reject },
    { "double columns and short rows are told", double_columns_and_short_rows_are_told },
    { "what is left out is not told to be short, and a header comes again in any case",
      what_is_left_out_is_not_told_to_be_short_and_a_header_comes_again_in_any_case },
    { "ids become pseudonyms and times days at the door", ids_become_pseudonyms_and_times_days_at_the_door },
    { "a forgotten person stays forgotten behind a pseudonym", a_forgotten_person_stays_forgotten_behind_a_pseudonym },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("csv", tests);
}
