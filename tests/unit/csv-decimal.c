#include "config.h"

#include "read/kennis-csv-read-private.h"
#include "reading.h"

/* How tables write numbers: proved, declared, or rejected; never guessed. */

static void
a_number_shows_its_decimal_mark_only_where_it_can_have_no_other (void)
{
  static const struct { const char *text; guint marks; } numbers[] = {
    { "2,5", 1 },       { "0,250", 1 },   { ",5", 1 },        { "12,3456", 1 },  { "-7,25 %", 1 },      { "1234,500", 1 },
    { "2.5", 2 },       { "0.125", 2 },   { "1,234.5", 2 | 4 }, { "1,234,567", 2 | 4 }, { "1.234,5", 1 | 4 }, { "-1.234.567,89", 1 | 4 },
    { "1,500", 0 },     { "1.500", 0 },   { "12", 0 },        { "", 0 },          { "1,2,3", 0 },       { "1.2.3,4", 0 },     { "1.234.567", 1 | 4 }, { "1.2.3", 0 },
    { "1 234,5", 1 | 8 }, { "1\u00a0234.5", 2 | 16 }, { "12\u202f345,67", 1 | 32 }, { "1'234'567", 64 }, { "1 234", 0 }, { "1 23,5", 0 },
    { "two,5", 0 },     { "2,", 0 },      { "1h,5", 0 },      { "12.34,5", 0 },   { "1,5.5", 0 },       { "1:30,5", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      guint marks = kennis_csv_number_marks (numbers[i].text, strlen (numbers[i].text));

      if (marks != numbers[i].marks)
        printf ("# %s\n", numbers[i].text);
      CU_ASSERT_EQUAL (marks, numbers[i].marks);
    }
}

/* Hours and costs of the rows that were taken, as "1.5|12 "; then how many were rejected. */
static char *
read_with (KennisReader *reader, const char *text)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  g_autoptr (KennisDataset) dataset = NULL;
  GString *all = g_string_new (NULL);

  kennis_reader_set_accept_seen (reader, TRUE);
  dataset = kennis_reader_load_stream (reader, stream, "t.csv", NULL, NULL, NULL, NULL);
  for (guint64 i = 0; dataset != NULL && i < kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_ACTIVITY); i++)
    {
      g_autoptr (KennisRecord) record = kennis_dataset_get_record (dataset, KENNIS_RECORD_TYPE_ACTIVITY, i);
      gint64 duration, cost;

      g_object_get (record, "duration", &duration, "cost", &cost, NULL);
      g_string_append_printf (all, "%g|%g ", (double) duration / 3600000, (double) cost / 10000);
    }
  g_string_append_printf (all, "%u", (guint) kennis_reader_get_n_rows_rejected (reader));

  return g_string_free (all, FALSE);
}

#define HEAD "person;topic;ended;hours;cost\n"
#define ROW(hours, cost) "ann;C;2024-03-01;" hours ";" cost "\n"

static void
assert_read (const char *text, const char *declared, const char *expected, const char *told)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autofree char *got = NULL;

  kennis_reader_set_decimal_mark (reader, declared);
  got = read_with (reader, text);
  assert_text (got, expected);
  CU_ASSERT_EQUAL (is_told (reader, "are read with a decimal comma"), told != NULL);
  CU_ASSERT (told == NULL || is_told (reader, told));
}

static void
a_decimal_comma_is_read_where_a_number_proves_it_and_the_account_says_so (void)
{
  assert_read (HEAD ROW ("1,500", "12") ROW ("2,5", "1200,00"), NULL, "1.5|12 2.5|1200 0",
               "numbers are read with a decimal comma, as “2,5” proves");
  assert_read (HEAD ROW ("2,5", "1.200,00") ROW ("2", "1.200"), NULL, "2.5|1200 2|1200 0",
               "numbers are read with a decimal comma and points between thousands, as “1.200,00” proves");
  /* Without points between thousands that are proved, 1.200 stays what it is not. */
  assert_read (HEAD ROW ("2,5", "1") ROW ("2", "1.200"), NULL, "2.5|1 1", "as “2,5” proves");
}

static void
marks_between_thousands_are_read_where_a_number_proves_them (void)
{
  assert_read (HEAD ROW ("2,5", "1 234,50") ROW ("2", "12 345"), NULL, "2.5|1234.5 2|12345 0",
               "a decimal comma and “ ” between thousands, as “1 234,50” proves");
  assert_read (HEAD ROW ("2", "1\u202f234,50") ROW ("2", "1\u202f000"), NULL, "2|1234.5 2|1000 0",
               "as “1\u202f234,50” proves");
  assert_read (HEAD ROW ("2.5", "1'234.50") ROW ("2", "1'000"), NULL, "2.5|1234.5 2|1000 0", NULL);
  assert_read (HEAD ROW ("2.5", "1,234.50") ROW ("2", "1,500"), NULL, "2.5|1234.5 2|1500 0", NULL);
  assert_read (HEAD ROW ("2", "1.234,50") ROW ("1,500", "1.500"), "comma", "2|1234.5 1.5|1500 0",
               "a decimal comma and points between thousands, as “1.234,50” proves");
  assert_read (HEAD ROW ("2", "1.234.567") ROW ("2", "1.500"), NULL, "2|1.23457e+06 2|1500 0",
               "a decimal comma and points between thousands, as “1.234.567” proves");
  /* Two kinds of marks, or a number that is against them, prove none. */
  assert_read (HEAD ROW ("2", "1 234,50") ROW ("2", "1.234,50"), NULL, "2", "as “1 234,50” proves");
  assert_read (HEAD ROW ("2", "1,234.50") ROW ("2,5", "1"), NULL, "2", NULL);
}

/* The last row has no end of line. */
static void
a_last_row_proves_as_much_as_any (void)
{
  assert_read (HEAD "ann;C;2024-03-01;2,5;1", NULL, "2.5|1 0", "as “2,5” proves");
  assert_read (HEAD "ann;C;13-03-2024;2;1", NULL, "2|1 0", NULL);
}

static void
numbers_that_prove_nothing_or_both_are_rejected (void)
{
  assert_read (HEAD ROW ("1,500", "1") ROW ("2", "1"), NULL, "2|1 1", NULL);
  assert_read (HEAD ROW ("2,5", "1") ROW ("2.5", "1"), NULL, "2.5|1 1", NULL);
}

static void
a_declared_mark_counts_and_a_mapping_counts_more (void)
{
  static const char own[] = "[mapping]\nid=own\ndecimal=%s\n[match]\ncolumns=person;hours\n[record activity]\nperson={person}\n"
                            "ended={ended}\nduration={hours @hours}\ncost={cost}\n";
  static const char *const marks[] = { ".", "," }, *const declared[] = { "comma", "point" },
                           *const expected[] = { "1.5|12 1", "2.5|12 1" };

  assert_read (HEAD ROW ("1,500", "1") ROW ("2.5", "1"), "comma", "1.5|1 1", NULL);
  assert_read (HEAD ROW ("1.500", "1") ROW ("2,5", "1"), "point", "1.5|1 1", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autoptr (KennisReader) reader = kennis_reader_new ();
      g_autofree char *text = g_strdup_printf (own, marks[i]), *got = NULL;
      g_autoptr (KennisMapping) mapping = kennis_mapping_new (text, "own", NULL);

      CU_ASSERT_PTR_NOT_NULL_FATAL (mapping);
      kennis_reader_set_mapping (reader, mapping);
      kennis_reader_set_decimal_mark (reader, declared[i]);
      assert_text (kennis_reader_get_decimal_mark (reader), declared[i]);
      got = read_with (reader, HEAD ROW ("1.500", "12") ROW ("2,5", "12"));
      assert_text (got, expected[i]);
    }
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "a number shows its decimal mark only where it can have no other", a_number_shows_its_decimal_mark_only_where_it_can_have_no_other },
    { "a decimal comma is read where a number proves it, and the account says so",
      a_decimal_comma_is_read_where_a_number_proves_it_and_the_account_says_so },
    { "marks between thousands are read where a number proves them", marks_between_thousands_are_read_where_a_number_proves_them },
    { "a last row proves as much as any", a_last_row_proves_as_much_as_any },
    { "numbers that prove nothing, or both, are rejected", numbers_that_prove_nothing_or_both_are_rejected },
    { "a declared mark counts, and a mapping counts more", a_declared_mark_counts_and_a_mapping_counts_more },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("csv-decimal", tests);
}
