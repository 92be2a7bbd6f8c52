#include "config.h"

#include <kennis/kennis-import.h>

#include "read/kennis-reader-private.h"
#include "reading.h"

/* Rows of activities go straight from the text into the summary where they are plain; a summary, counts and diagnostics must be those
 * of records in batches, which tests/unit/csv-quick.c compares with the long way. */

#define MAPPING_OF(more, duration)                                                                                     \
  "[mapping]\nid=m\ndates=dmy\n" more "\n[match]\ncolumns=who;what\n[rows]\nignore={consent ~ ^no$}\n[words status]\n" \
  "done=completed\n*=\n[record "                                                                                       \
  "activity]\nsession={session}\nperson={who}\ntopic={what}\nstart={from}\nended={when}\n" duration                    \
  "\ncost={cost}\nform={form}\ninitiative={by}\nstatus={state}\n"                                                      \
  "applied={applied}\nevaluated={judged}\nrequested={asked}\nexternal={outside}\n"
#define MAPPING(more) MAPPING_OF (more, "duration={hours @hours}")

typedef enum
{
  STRAIGHT,
  QUICK,
  LONG
} Way;

/* How a table is read. */
typedef struct
{
  const char *mapping;
  gboolean strict, coarse, pseudonyms, suppressed;
  guint n_threads;
} Settings;

typedef struct
{
  KennisReader *reader;
  KennisImport *import;
  GBytes *summary; /* NULL with an error */
  GError *error;
} Result;

static KennisReader *
make_reader (const Settings *settings, Way way)
{
  g_autoptr (KennisMapping) mapping = kennis_mapping_new (settings->mapping, "m", NULL);
  g_autoptr (GBytes) key = g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32);
  g_autoptr (KennisSuppression) suppression = kennis_suppression_new (key);
  KennisReader *reader = kennis_reader_new ();

  g_assert_nonnull (mapping);
  kennis_reader_set_mapping (reader, mapping);
  kennis_reader_set_accept_seen (reader, TRUE);
  kennis_reader_set_time_zone (reader, "Europe/Amsterdam");
  kennis_reader_set_max_diagnostics (reader, 100000);
  kennis_reader_set_strict (reader, settings->strict);
  kennis_reader_set_coarse_times (reader, settings->coarse);
  if (settings->pseudonyms)
    kennis_reader_set_pseudonym_key (reader, key);
  kennis_suppression_add (suppression, "bob");
  if (settings->suppressed)
    kennis_reader_set_suppression (reader, suppression);
  reader->long_way = way == LONG;
  reader->no_straight_way = way == QUICK;

  return reader;
}

static Result
read_table (const Settings *settings, GBytes *bytes, Way way)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  Result result = { .reader = make_reader (settings, way) };

  result.import = kennis_import_new (result.reader);
  kennis_import_add_stream (result.import, stream, "table");
  if (kennis_import_run (result.import, settings->n_threads, NULL, NULL, NULL, &result.error))
    result.summary = kennis_summary_to_bytes (kennis_import_get_summary (result.import));

  return result;
}

static void
result_clear (Result *self)
{
  g_object_unref (self->import);
  g_object_unref (self->reader);
  g_clear_pointer (&self->summary, g_bytes_unref);
  g_clear_error (&self->error);
}

/* How many rows went straight. */
static guint64
compare (const Settings *settings, GBytes *bytes, Way other)
{
  Result straight = read_table (settings, bytes, STRAIGHT), slow = read_table (settings, bytes, other);
  guint64 n = straight.reader->n_straight;

  CU_ASSERT_EQUAL (slow.reader->n_straight, 0);
  CU_ASSERT_EQUAL (straight.summary == NULL, slow.summary == NULL);
  if (straight.error != NULL && slow.error != NULL)
    assert_text (straight.error->message, slow.error->message);
  CU_ASSERT_TRUE (same_diagnostics (straight.reader, slow.reader));
  compare_counts (straight.reader, slow.reader);
  if (straight.summary != NULL && slow.summary != NULL)
    CU_ASSERT_TRUE (g_bytes_equal (straight.summary, slow.summary));
  result_clear (&straight);
  result_clear (&slow);

  return n;
}

#define HEADER  "who,what,from,when,hours,minutes,cost,form,by,state,applied,judged,asked,outside,consent,session,note\n"
#define COLUMNS 17

static const char *const plain[COLUMNS][8] = {
  { "ann", "bob", "cas", "dée", "an employee with a long name", "somebody of sixteen", "e1", "e2" },
  { "Excel", "Python", "", "Knots", "Communicating in teams; if one must", "Ropes", "Excel", "" },
  { "", "", "2023-12-31", "", "30/11/2023", "2024-02-03T09:00:00Z", "", "" },
  { "31/12/2023", "2024-02-03", "3-4-24", "2024-02-03T10:00:00Z", "2024-03-31 02:30", "31.12.2023 23:30", "2024-12-01",
    "2024-10-27T00:30:00Z" },
  { "1.5", "2", "0.25", "", "12.125", "7", "0", "3.333333" },
  { "90", "", "12", "", "1:30:00", "7", "0.5", "PT1H" },
  { "10", "99.50", "0", "", "1234.5678", "7.", "899.5", "429496.7295" },
  { "formal", "event", "", "workplace", "together", "mentoring", "volunteering", "Self-Study" },
  { "", "self", "manager", "required", "", "", "self", "" },
  { "done", "open", "", "Done", "done", "done", "done", "done" },
  { "", "", "", "2024-12-31", "", "", "2025-01-01", "" },
  { "", "", "", "", "2024-12-31", "", "", "" },
  { "", "", "", "", "", "", "", "" },
  { "yes", "", "no", "ja", "", "", "", "" },
  { "yes", "", "", "", "yes", "", "", "" },
  { "", "", "", "", "", "", "", "" },
  { "", "hello", "5", "x", "", "", "", "" },
};

/* One cell in `odd` is not as one would wish. */
static const char *const strange[] = {
  " ann",
  "bob ",
  "\"quoted\"",
  "\"a,b\"",
  "\"two\nlines\"",
  "a\"b",
  "\xff\xfe",
  "\xc2\xa0"
  "cas",
  "lots",
  "99/99/2024",
  "-5",
  "1e5",
  "1,5",
  "no",
  "\t",
  "\"never",
  "a\rb",
  "who",
  "\"x\" y",
  "123456789012345",
  "a\x01"
  "b",
  "1.23456789",
  "\"\"",
  "PT1H",
  "1:30:00",
  "0:30",
  "2:",
  "1;",
  "5.",
  ".5",
  "+3",
  "2024-01-01",
  "1.2.3",
  "12345678",
  "1234567.8",
  "9999999",
  "00000001",
  "1850-01-01",
  "2199-12-31",
  "not-yet",
  "declined",
  "enrolled",
  "s1",
  "s2",
  "2030-06-30",
  "4294967.295",
  "4294967296",
  ".",
  "1.",
  ".25",
  "1.50",
  "12.50",
  "1/50",
  "1:50",
  "1,50",
  "+1.50",
  "1.5e3",
  "1.5.0",
  "1..50",
  "1.5 ",
  "12345.67",
  "1234.567",
  "0.00001",
  "0.000001",
  "12345678901234567890",
  "1.5\xc3\xa9",
  "2024-02-30",
  "2024-02-29",
  "2023-02-29",
  "2024-13-01",
  "ann\x01",
  "ann the fifteen",
  "ann the sixteenth",
};

static void
add_cell (GString *text, KennisRandom *random, guint odd, guint column)
{
  if (odd > 0 && kennis_random_below (random, odd) == 0)
    g_string_append (text, pick (random, strange, G_N_ELEMENTS (strange)));
  else if (odd > 0 && kennis_random_below (random, 20 * odd) == 0)
    g_string_append_len (text, "ann", 4);
  else if (column == 1 && kennis_random_below (random, 50) == 0)
    g_string_append_printf (text, "topic %u", kennis_random_below (random, 3000));
  else
    g_string_append (text, pick (random, plain[column], 8));
}

static GBytes *
make_table (guint64 seed, guint rows, guint odd)
{
  static const char *const ends[] = { "\n", "\r\n", "\r\r\n", "\r", "\n\n", "\r\n\r\n" };
  KennisRandom random;
  GString *text = g_string_new (HEADER);

  kennis_random_init (&random, seed, 0);
  for (guint i = 0; i < rows; i++)
    {
      guint n = odd > 0 && kennis_random_below (&random, odd * 4) == 0 ? kennis_random_below (&random, 20) : COLUMNS;

      for (guint c = 0; c < n; c++)
        {
          if (c > 0)
            g_string_append_c (text, ',');
          add_cell (text, &random, odd, c % COLUMNS);
        }
      g_string_append (
          text, odd > 0 && kennis_random_below (&random, odd) == 0 ? pick (&random, ends, G_N_ELEMENTS (ends)) : "\n");
      if (odd > 0 && kennis_random_below (&random, odd * 8) == 0)
        g_string_append (text, HEADER);
    }

  return g_string_free_to_bytes (text);
}

static void
plain_tables_give_the_same_summary_on_any_number_of_threads (void)
{
  static const guint threads[] = { 1, 2, 7 };

  for (guint t = 0; t < G_N_ELEMENTS (threads); t++)
    {
      Settings settings = { .mapping = MAPPING (""), .n_threads = threads[t] };
      g_autoptr (GBytes) table = make_table (1 + t, 120000, 0);

      CU_ASSERT_TRUE (compare (&settings, table, QUICK) > 10000);
    }
}

/* Line ends of two characters, and lines without anything between the rows. */
static void
plain_tables_with_other_line_ends_go_straight_too (void)
{
  Settings settings = { .mapping = MAPPING (""), .n_threads = 2 };
  g_autoptr (GBytes) table = make_table (5, 60000, 0);
  gsize size;
  const char *from = g_bytes_get_data (table, &size);
  GString *text = g_string_sized_new (size * 2);
  g_autoptr (GBytes) other = NULL;

  for (gsize i = 0; i < size; i++)
    if (from[i] != '\n')
      g_string_append_c (text, from[i]);
    else
      g_string_append (text, i % 1000 == 0 ? "\r\n\n\r\n" : i % 7 == 0 ? "\n" : "\r\n");
  other = g_string_free_to_bytes (text);
  CU_ASSERT_TRUE (compare (&settings, other, LONG) > 5000);
}

/* What some tools make of CR LF, with the same within quotes, where it belongs to the cell. */
static void
tables_with_two_returns_before_each_line_feed_go_straight_too (void)
{
  Settings settings = { .mapping = MAPPING (""), .n_threads = 2 };

  for (guint odd = 0; odd <= 400; odd += 400)
    {
      g_autoptr (GBytes) table = make_table (7 + odd, 60000, odd);
      gsize size;
      const char *from = g_bytes_get_data (table, &size);
      GString *text = g_string_sized_new (size * 2);
      g_autoptr (GBytes) other = NULL;

      for (gsize i = 0; i < size; i++)
        if (from[i] != '\n')
          g_string_append_c (text, from[i]);
        else
          g_string_append (text, "\r\r\n");
      g_string_append (text, "ann,\"a\r\r\nb\",,2024-02-03\r\r\n\r\r\nann,Excel,,2024-02-03,x,,,,,,,,,,,,\r\r\n");
      other = g_string_free_to_bytes (text);
      CU_ASSERT_TRUE (compare (&settings, other, odd == 0 ? LONG : QUICK) > 5000);
    }
}

static void
strange_tables_give_the_same_summary_counts_and_diagnostics (void)
{
  static const char *const mappings[] = {
    MAPPING (""),          MAPPING ("empty=no;99.50;2"),
    MAPPING ("decimal=,"), MAPPING ("thousands=."),
    MAPPING ("zone=UTC"),  MAPPING_OF ("", "duration.minutes={minutes @minutes}")
  };
  guint64 n = 0;

  for (guint seed = 1; seed <= 20; seed++)
    {
      Settings settings = { .mapping = mappings[seed % G_N_ELEMENTS (mappings)],
                            .strict = seed % 7 == 5,
                            .coarse = seed % 3 == 1,
                            .pseudonyms = seed % 4 == 2,
                            .suppressed = seed % 4 == 3,
                            .n_threads = 1 + seed % 3 };
      g_autoptr (GBytes) table = make_table (seed, 40000, 20 * seed * seed);

      n += compare (&settings, table, seed % 2 == 0 ? QUICK : LONG);
    }
  CU_ASSERT_TRUE (n > 10000);
}

/* Numbers of one form are read at once; what stands among them and is no number of that form must not be taken for one. */
static void
odd_numbers_among_those_of_one_form_are_taken_as_ever (void)
{
  static const char *const odd[] = {
    "1/50", "1-50", "1:50",  "1,50",  ".50",   ".",      "1.",    "1.5",      "1.5e3",    "+1.50",   "-1.50",    " 1.50",   "1.50 ",
    "1..5", "",     "1.5.0", "a.50",  "1.5a",  "1.:0",   "/.50",  "123.456",  "12345.67", "1234567", "12345678", "1.23456", "1.5\xc3\xa9",
    "0.00", "7",    "99.99", "\x01.50", "1.500", "1.0000", "00.50", "4294967", "1.50\t",   "1\t.50", "12345678901234567890",
  };
  KennisRandom random;

  kennis_random_init (&random, 11, 0);
  for (guint decimals = 0; decimals <= 5; decimals++)
    {
      Settings settings = { .mapping = MAPPING (""), .n_threads = 2 };
      GString *text = g_string_new ("who,what,when,hours,cost\n");
      g_autoptr (GBytes) table = NULL;

      for (guint i = 0; i < 30000; i++)
        {
          g_string_append (text, "ann,Excel,2024-01-01");
          for (guint c = 0; c < 2; c++)
            if (kennis_random_below (&random, 100) == 0)
              g_string_append_printf (text, ",%s", pick (&random, odd, G_N_ELEMENTS (odd)));
            else
              g_string_append_printf (text, ",%.*f", (int) (c == 0 ? decimals : MIN (decimals, 4)),
                                      kennis_random_below (&random, 20000) / 100.0);
          g_string_append_c (text, '\n');
        }
      table = g_string_free_to_bytes (text);
      CU_ASSERT_TRUE (compare (&settings, table, LONG) > 10000);
    }
}

/* Many texts are looked for ahead, and cells like the one before are not looked up: neither may change what a row says, nor what stands among
 * them.  The last cell has a return before some of the line ends. */
static void
thousands_of_texts_and_runs_of_cells_are_taken_as_ever (void)
{
  static const char *const odd[] = { "done ", "Done",        "not-yet",
                                     "",      "\"done\"",    "a text of more than fifteen bytes",
                                     "don",   "done\xc3\xa9" };
  KennisRandom random;

  kennis_random_init (&random, 13, 0);
  for (guint run = 1; run <= 30; run *= 30)
    {
      Settings settings = { .mapping = MAPPING (""), .n_threads = 2 };
      GString *text = g_string_new ("who,what,when,hours,cost,state\n");
      g_autoptr (GBytes) table = NULL;

      for (guint i = 0; i < 60000; i++)
        {
          guint at = run == 1 ? kennis_random_below (&random, 60000) : i % 15000 / run;

          g_string_append_printf (text, "p%u,%s %u,2023-%02u-%02u %02u:00,%u.%02u,%s,", at % 2000,
                                  at % 3 == 0 ? "a topic of a long name" : "topic", at % 300, 1 + at % 12, 1 + at % 28,
                                  at % 24, kennis_random_below (&random, 10), kennis_random_below (&random, 100),
                                  kennis_random_below (&random, 20) == 0 ? "" : "12.50");
          g_string_append (text,
                           kennis_random_below (&random, 200) == 0 ? pick (&random, odd, G_N_ELEMENTS (odd)) : "done");
          g_string_append (text, at % 5 == 0 ? "\r\n" : "\n");
        }
      table = g_string_free_to_bytes (text);
      CU_ASSERT_TRUE (compare (&settings, table, run == 1 ? LONG : QUICK) > 20000);
    }
}

static void
nobody_who_is_not_declared_goes_straight (void)
{
  GString *text = g_string_new ("who,what,when\n");
  Settings settings = { .mapping = MAPPING (""), .n_threads = 2 };
  g_autoptr (GBytes) table = NULL;
  Result result;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "p%u,topic,2024-01-01\n", i % 10);
  table = g_string_free_to_bytes (text);
  result = (Result) { .reader = make_reader (&settings, STRAIGHT) };
  kennis_reader_set_accept_seen (result.reader, FALSE);
  result.import = kennis_import_new (result.reader);
  {
    g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (table);

    kennis_import_add_stream (result.import, stream, "table");
    CU_ASSERT_TRUE (kennis_import_run (result.import, 2, NULL, NULL, NULL, NULL));
  }
  CU_ASSERT_EQUAL (result.reader->n_straight, 0);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_rejected (result.reader), 100000);
  result_clear (&result);
}

static void
lines_of_rows_behind_straight_ones_are_told_rightly (void)
{
  GString *text = g_string_new ("who,what,when\n");
  Settings settings = { .mapping = MAPPING (""), .n_threads = 2 };
  g_autoptr (GBytes) table = NULL;

  for (guint i = 0; i < 150000; i++)
    g_string_append_printf (text, i % 1000 == 999 ? "p%u,topic,never\n\n\n" : "p%u,topic,2024-01-01\n", i % 10);
  table = g_string_free_to_bytes (text);
  CU_ASSERT_TRUE (compare (&settings, table, QUICK) > 100000);
}

/* The second half of the ids are those of the first half; some come twice in a batch. */
static void
ids_of_batches_before_are_known_by_64_bits (void)
{
  const guint n = 300000;
  GString *text = g_string_new ("activity id,person,topic,ended\n");
  Settings settings = { .mapping = NULL, .n_threads = 2 };
  g_autoptr (GBytes) table = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisImport) import = kennis_import_new (reader);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%u,p%u,topic,2024-01-%02u\n", i % 3 == 0 ? "https://lms.example/attempts/" : "a",
                            i % (n / 2) - (i % 100 == 99 ? 3 : 0), i % 10, 1 + i % 10);
  table = g_string_free_to_bytes (text);
  stream = g_memory_input_stream_new_from_bytes (table);
  kennis_reader_set_accept_seen (reader, TRUE);
  kennis_import_add_stream (import, stream, "table");
  g_assert_true (kennis_import_run (import, settings.n_threads, NULL, NULL, NULL, NULL));
  /* Every hundredth row has the id of another one, three rows before: with another person, in the same batch. */
  CU_ASSERT_EQUAL (kennis_reader_get_n_added (reader), n / 2 - n / 200);
  CU_ASSERT_EQUAL (kennis_reader_get_n_added (reader) + kennis_reader_get_n_merged (reader)
                       + kennis_reader_get_n_rejected (reader),
                   n);
  CU_ASSERT_EQUAL (kennis_summary_count (kennis_import_get_summary (import), KENNIS_RECORD_TYPE_ACTIVITY),
                   kennis_reader_get_n_added (reader));
}

static void
a_dataset_forgets_ids_for_hashes_of_14_bytes_at_most (void)
{
  g_autoptr (KennisDataset) dataset = kennis_dataset_new ("UTC", "EUR", NULL);
  double most = 0;

  kennis_dataset_set_accept_seen (dataset, TRUE);
  for (guint batch = 0; batch < 40; batch++)
    {
      for (guint i = 0; i < 5000; i++)
        {
          gint64 codes[KENNIS_MAX_FIELDS];
          const KennisSchema *schema = kennis_schema_get (KENNIS_RECORD_TYPE_ACTIVITY);
          /* A tenth of each batch was in the batch before. */
          g_autofree char *id = g_strdup_printf ("activity %u", batch * 4500 + i);
          gboolean added;

          for (guint f = 0; f < schema->n_fields; f++)
            codes[f] = kennis_field_unknown (&schema->fields[f]);
          codes[KENNIS_ACTIVITY_ID] = kennis_dataset_intern (dataset, KENNIS_SPACE_ACTIVITY, id, strlen (id), NULL);
          codes[KENNIS_ACTIVITY_PERSON] = kennis_dataset_intern (dataset, KENNIS_SPACE_PERSON, "ann", 3, NULL);
          codes[KENNIS_ACTIVITY_ENDED] = G_GINT64_CONSTANT (1700000000000) + i;
          g_assert_true (kennis_dataset_append (dataset, KENNIS_RECORD_TYPE_ACTIVITY, codes, &added, NULL));
          CU_ASSERT_EQUAL (added, batch == 0 || i >= 500);
        }
      kennis_dataset_clear_events (dataset);
      kennis_dataset_forget_ids (dataset);
      CU_ASSERT_EQUAL (kennis_intern_size (dataset->spaces[KENNIS_SPACE_ACTIVITY]), 0);
      if (batch > 10)
        most = MAX (most, (double) kennis_hashes_bytes (dataset->gone) / (double) kennis_hashes_size (dataset->gone));
    }
  CU_ASSERT_EQUAL (kennis_hashes_size (dataset->gone), 5000 + 39 * 4500);
  CU_ASSERT_TRUE (most < 14.0);
}

static void
cancel (double fraction, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
it_can_be_cancelled (void)
{
  Settings settings = { .mapping = MAPPING (""), .n_threads = 2 };
  g_autoptr (GBytes) table = make_table (3, 100000, 0);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (table);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Result result = { .reader = make_reader (&settings, STRAIGHT) };

  result.import = kennis_import_new (result.reader);
  kennis_import_add_stream (result.import, stream, "table");
  CU_ASSERT_FALSE (kennis_import_run (result.import, 2, cancel, cancellable, cancellable, &error));
  CU_ASSERT_TRUE (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  CU_ASSERT_TRUE (kennis_reader_get_n_rows (result.reader) < 100000);
  result_clear (&result);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "plain tables give the same summary on any number of threads",
      plain_tables_give_the_same_summary_on_any_number_of_threads },
    { "plain tables with other line ends go straight too", plain_tables_with_other_line_ends_go_straight_too },
    { "tables with two returns before each line feed go straight too",
      tables_with_two_returns_before_each_line_feed_go_straight_too },
    { "strange tables give the same summary, counts and diagnostics",
      strange_tables_give_the_same_summary_counts_and_diagnostics },
#ifndef __SANITIZE_THREAD__ /* long there, and not about threads */
    { "odd numbers among those of one form are taken as ever", odd_numbers_among_those_of_one_form_are_taken_as_ever },
#endif
    { "thousands of texts and runs of cells are taken as ever", thousands_of_texts_and_runs_of_cells_are_taken_as_ever },
    { "nobody who is not declared goes straight", nobody_who_is_not_declared_goes_straight },
    { "lines of rows behind straight ones are told rightly", lines_of_rows_behind_straight_ones_are_told_rightly },
    { "ids of batches before are known by 64 bits", ids_of_batches_before_are_known_by_64_bits },
    { "a dataset forgets ids for hashes of 14 bytes at most", a_dataset_forgets_ids_for_hashes_of_14_bytes_at_most },
    { "it can be cancelled", it_can_be_cancelled },
    CU_TEST_INFO_NULL
  };

  return kennis_test_main ("tables straight into a summary", tests);
}
