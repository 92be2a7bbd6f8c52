#include "config.h"

#include "read/kennis-csv-plan-private.h"
#include "reading.h"

/* Rows of tables go a quick way where they are plain, in threads; the long way must say the same of every one. */

#define MAPPING(more)                                                                                             \
  "[mapping]\nid=m\ndates=dmy\n" more "\n[match]\ncolumns=who;what\n[rows]\nignore={consent ~ ^no$}\n[words status]\n" \
  "done=completed\n*=\n[record activity]\nid={id}\nperson={who}\ntopic={what}\nended={when}\nduration={hours @hours}\n" \
  "cost={cost}\nstatus={state}\nexternal={outside}\n"

typedef struct
{
  KennisReader *reader;
  KennisDataset *dataset;
  GError *error;
} Result;

static Result
read_table (const char *mapping, GBytes *bytes, gboolean long_way, gboolean strict)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (KennisMapping) made = mapping != NULL ? kennis_mapping_new (mapping, "m", NULL) : NULL;
  Result result = { .reader = kennis_reader_new () };

  kennis_reader_set_mapping (result.reader, made);
  kennis_reader_set_accept_seen (result.reader, TRUE);
  kennis_reader_set_max_diagnostics (result.reader, 100000);
  kennis_reader_set_strict (result.reader, strict);
  result.reader->long_way = long_way;
  result.dataset = kennis_reader_load_stream (result.reader, stream, "table", NULL, NULL, NULL, &result.error);

  return result;
}

static void
result_clear (Result *self)
{
  g_object_unref (self->reader);
  g_clear_object (&self->dataset);
  g_clear_error (&self->error);
}

static GBytes *
written (KennisDataset *dataset)
{
  g_autoptr (KennisWriter) writer = kennis_writer_new ();
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

  g_assert_true (kennis_writer_write (writer, dataset, stream, NULL, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

/* How many rows were used. */
static guint64
compare (const char *mapping, GBytes *bytes, gboolean strict)
{
  Result quick = read_table (mapping, bytes, FALSE, strict), slow = read_table (mapping, bytes, TRUE, strict);
  guint64 n = kennis_reader_get_n_rows_used (quick.reader);

  CU_ASSERT_EQUAL (quick.dataset == NULL, slow.dataset == NULL);
  if (quick.error != NULL && slow.error != NULL)
    assert_text (quick.error->message, slow.error->message);
  CU_ASSERT_TRUE (same_diagnostics (quick.reader, slow.reader));
  compare_counts (quick.reader, slow.reader);
  if (quick.dataset != NULL && slow.dataset != NULL)
    {
      g_autoptr (GBytes) a = written (quick.dataset), b = written (slow.dataset);

      CU_ASSERT_TRUE (g_bytes_equal (a, b));
    }
  result_clear (&quick);
  result_clear (&slow);

  return n;
}

/* One cell in `odd` is not as one would wish. */
static void
add_cell (GString *text, KennisRandom *random, guint odd, guint column)
{
  static const char *const plain[][4] = {
    { "a1", "a2", "", "a3" },     { "ann", "bob", "cas", "dée" }, { "Excel", "Python", "", "Knots" },
    { "31/12/2023", "2024-02-03", "3-4-24", "2024-02-03T10:00:00Z" }, { "1.5", "2", "0.25", "" },
    { "10", "99.50", "0", "" },   { "done", "open", "", "Done" }, { "yes", "no", "", "ja" },
    { "yes", "", "", "" },
  };
  static const char *const strange[] = {
    " ann", "bob ", "\"quoted\"", "\"a,b\"", "\"two\nlines\"", "\"doubled \"\" one\"", "a\"b", "\xff\xfe", "\xc2\xa0" "cas", "x\xc2\xa0",
    "lots", "99/99/2024", "-5", "1e5", "1,5", "no", "\t", "\"never", "a\rb", "who", "\"x\" y", "123456789012345", "a\x01" "b", "1.23456789",
    "\"\"", "\"\r\n\"", "PT1H", "1:30:00", "5.", ".5", "+3",
  };

  if (odd > 0 && kennis_random_below (random, odd) == 0)
    g_string_append (text, pick (random, strange, G_N_ELEMENTS (strange)));
  else if (column == 0)
    g_string_append_printf (text, "i%u", kennis_random_below (random, 1000000));
  else
    g_string_append (text, pick (random, plain[column], 4));
}

static GBytes *
make_table (guint64 seed, guint rows, guint odd)
{
  static const char *const ends[] = { "\n", "\r\n", "\r\r\n", "\r", "\n\n", "\r\n\r\n" };
  KennisRandom random;
  GString *text = g_string_new ("id,who,what,when,hours,cost,state,outside,consent\n");

  kennis_random_init (&random, seed, 0);
  for (guint i = 0; i < rows; i++)
    {
      guint n = odd > 0 && kennis_random_below (&random, odd * 4) == 0 ? kennis_random_below (&random, 12) : 9;

      for (guint c = 0; c < n; c++)
        {
          if (c > 0)
            g_string_append_c (text, ',');
          add_cell (text, &random, odd, c % 9);
        }
      g_string_append (
          text, odd > 0 && kennis_random_below (&random, odd) == 0 ? pick (&random, ends, G_N_ELEMENTS (ends)) : "\n");
      if (odd > 0 && kennis_random_below (&random, odd * 8) == 0)
        g_string_append (text, "id,who,what,when,hours,cost,state,outside,consent\n");
    }

  return g_string_free_to_bytes (text);
}

static void
both_ways_say_the_same_of_plain_tables (void)
{
  for (guint seed = 1; seed <= 3; seed++)
    {
      g_autoptr (GBytes) table = make_table (seed, 20000, 0);

      CU_ASSERT_TRUE (compare (MAPPING (""), table, FALSE) > 10000);
    }
}

static void
both_ways_say_the_same_of_strange_tables (void)
{
  static const char *const mappings[] = { MAPPING (""), MAPPING ("empty=no;99.50"), MAPPING ("decimal=,"),
                                          MAPPING ("thousands=.") };

  for (guint seed = 1; seed <= 24; seed++)
    {
      g_autoptr (GBytes) table = make_table (seed, seed % 4 == 0 ? 12000 : 300, 1 + seed * seed);

      compare (mappings[seed % G_N_ELEMENTS (mappings)], table, seed % 6 == 5);
    }
}

static void
several_records_of_a_row_go_the_quick_way (void)
{
  GString *text =
      g_string_new ("PrimaryCollaborator_PersonId,PrimaryCollaborator_Organization,SecondaryCollaborator_PersonId,"
                    "SecondaryCollaborator_Organization,MetricDate\n");
  g_autoptr (GBytes) table = NULL;

  for (guint i = 0; i < 8000; i++)
    g_string_append_printf (text, "p%u,%s,p%u,%s,2024-%02u-%02u\n", i % 91, i % 7 == 0 ? "" : "HR", i % 83,
                            i % 2 ? "IT" : "HR", 1 + i % 12, 1 + i % 28);
  table = g_string_free_to_bytes (text);
  CU_ASSERT_TRUE (compare (NULL, table, FALSE) > 5000);
}

static void
rows_longer_than_a_block_are_no_hindrance (void)
{
  for (guint kind = 0; kind < 3; kind++)
    {
      GString *text = g_string_new ("id,who,what,when,hours,cost,state,outside,consent\n");
      g_autofree char *filler = g_strnfill (kind == 0 ? 700000 : 2000000, kind == 2 ? '\r' : 'x');
      g_autoptr (GBytes) table = NULL;

      for (guint i = 0; i < 20000; i++)
        {
          if (i == 9000)
            g_string_append_printf (
                text, kind == 1 ? "q,ann,\"line\n%s\",2024-01-01,,,,,\n" : "q,ann,y%s,2024-01-01,,,,,\n", filler);
          g_string_append_printf (text, "i%u,ann,Excel,2024-02-03,1,2,done,no,yes\n", i);
        }
      table = g_string_free_to_bytes (text);
      CU_ASSERT_TRUE (compare (MAPPING (""), table, FALSE) >= 20000);
    }
}

static void
more_words_than_a_thread_keeps_are_read_as_well (void)
{
  GString *text = g_string_new ("id,who,what,when,hours,cost,state,outside,consent\n");
  g_autoptr (GBytes) table = NULL;

  for (guint i = 0; i < 50000; i++)
    g_string_append_printf (text, ",person %u,topic %u,2024-02-03,1,2,done,no,\n", i % 40000, i % 20011);
  table = g_string_free_to_bytes (text);
  CU_ASSERT_EQUAL (compare (MAPPING (""), table, FALSE), 50000);
}

static void
a_text_that_is_not_valid_spoils_its_own_row_only (void)
{
  const char *text = "id,who,what,when,hours,cost,state,outside,consent\ni1,ann,Excel,2024-02-03,1,lots,done,no,\xff\n"
                     "i2,ann,Excel,2024-02-03,1,2,done,no,yes\n";
  g_autoptr (GBytes) table = g_bytes_new_static (text, strlen (text));

  CU_ASSERT_EQUAL (compare (MAPPING (""), table, FALSE), 1);
}

static void
whole_rows_end_outside_quotes (void)
{
  CU_ASSERT_EQUAL (kennis_csv_whole_rows ("a,b\nc", 5, ','), 4);
  CU_ASSERT_EQUAL (kennis_csv_whole_rows ("a,\"b\nc", 6, ','), 0);
  CU_ASSERT_EQUAL (kennis_csv_whole_rows ("a,\"b\"\n\"c\nd", 10, ','), 6);
  CU_ASSERT_EQUAL (kennis_csv_whole_rows ("a,b\"c\nd", 7, ','), 6);
  CU_ASSERT_EQUAL (kennis_csv_whole_rows ("a,\"b\"\"\nc\"\nd", 11, ','), 10);
  CU_ASSERT_EQUAL (kennis_csv_whole_rows ("a;\"b\"\n", 6, ','), 6);
}

/* Each of its cells could be one of a record; and what has a NUL behind the header's name is another text. */
static void
a_header_that_comes_again_in_any_case_is_no_row (void)
{
  GString *text = g_string_new ("person,team\n");
  g_autoptr (GBytes) table = NULL;

  /* A format is told by its first bytes, and no table has a NUL there. */
  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, "person %u,t1\n", i);
  g_string_append (text, "person,team\nPERSON,Team\nPerson,t2\nperson");
  g_string_append_len (text, "\0 and more than its name,t3\n", 28);
  table = g_string_free_to_bytes (text);
  CU_ASSERT_EQUAL (compare (NULL, table, FALSE), 101);
}

/* Which are labels is told by the whole column, and which are words is counted. */
static void
answers_of_surveys_are_the_same_both_ways (void)
{
  static const char mapping[] =
      "[mapping]\nid=m\n[match]\ncolumns=who;score\n[words score]\noften=3\n[record response]\ninstrument={what}\n"
      "wave={wave}\nrespondent={who}\nitem={item}\nscore={score @score}\nneeds=score\n";
  static const char text[] = "who,score,what,wave,item\nann,4,i,1,a\nbob,often,i,1,a\ncas,5,i,1,a\ndan,often,i,1,a\neve,never,i,1,a\n";
  g_autoptr (GBytes) table = g_bytes_new_static (text, sizeof text - 1);

  CU_ASSERT_EQUAL (compare (mapping, table, FALSE), 2);
}

/* The first byte that is no ASCII may be half a character of UTF-8 where a chunk ends: only the next ones tell. */
static void
the_encoding_is_found_where_the_first_odd_byte_ends_a_chunk (void)
{
  static const char *const names[] = { "d\xe9" "e", "d\xc3\xa9" "e" };

  for (guint i = 0; i < 12; i++)
    {
      GString *text = g_string_new ("person,topic,start\n");
      gsize at = (1 + i / 4) * KENNIS_CSV_CHUNK - 1 - i / 2 % 2;
      g_autoptr (GBytes) table = NULL, records = NULL;
      Result result;

      while (text->len + 60 < at)
        g_string_append (text, "ann,C,2024-03-01\n");
      g_string_append (text, "ann,");
      while (text->len + 13 < at)
        g_string_append_c (text, 'C');
      g_string_append (text, ",2024-03-01\n");
      CU_ASSERT_EQUAL (text->len + 1, at);
      g_string_append_printf (text, "%s,C,2024-03-01\nann,C,2024-03-01\n", names[i % 2]);
      table = g_string_free_to_bytes (text);
      result = read_table (NULL, table, FALSE, FALSE);
      CU_ASSERT_EQUAL (kennis_reader_get_n_rows_rejected (result.reader), 0);
      records = written (result.dataset);
      CU_ASSERT_PTR_NOT_NULL (
          g_strstr_len (g_bytes_get_data (records, NULL), (gssize) g_bytes_get_size (records), "\"dée\""));
      result_clear (&result);
    }
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "both ways say the same of plain tables", both_ways_say_the_same_of_plain_tables },
    { "both ways say the same of strange tables", both_ways_say_the_same_of_strange_tables },
    { "several records of a row go the quick way", several_records_of_a_row_go_the_quick_way },
    { "rows longer than a block are no hindrance", rows_longer_than_a_block_are_no_hindrance },
    { "more words than a thread keeps are read as well", more_words_than_a_thread_keeps_are_read_as_well },
    { "a text that is not valid spoils its own row only", a_text_that_is_not_valid_spoils_its_own_row_only },
    { "answers of surveys are the same both ways", answers_of_surveys_are_the_same_both_ways },
    { "a header that comes again in any case is no row", a_header_that_comes_again_in_any_case_is_no_row },
    { "the encoding is found where the first odd byte ends a chunk",
      the_encoding_is_found_where_the_first_odd_byte_ends_a_chunk },
    { "whole rows end outside quotes", whole_rows_end_outside_quotes },
    CU_TEST_INFO_NULL
  };

  return kennis_test_main ("tables the quick way", tests);
}
