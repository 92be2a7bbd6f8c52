#include "config.h"

#include <kennis/kennis-description.h>
#include <glib/gstdio.h>

#include "reading.h"

/* Statements and calendars in UTF-16 are those of the same text in UTF-8. */

/* "\1" stands for half of a pair, which is no character. */
static GBytes *
utf_16 (const char *text, gboolean is_big, gboolean has_mark)
{
  glong n;
  g_autofree gunichar2 *units = g_utf8_to_utf16 (text, -1, NULL, &n, NULL);
  GByteArray *bytes = g_byte_array_new ();

  for (glong i = has_mark ? -1 : 0; i < n; i++)
    {
      gunichar2 unit = i < 0 ? 0xfeff : units[i] == 1 ? 0xd83d : units[i];
      guint8 pair[2] = { (guint8) (is_big ? unit >> 8 : unit), (guint8) (is_big ? unit : unit >> 8) };

      g_byte_array_append (bytes, pair, 2);
    }

  return g_byte_array_free_to_bytes (bytes);
}

static char *
read_as (GBytes *bytes, KennisReader *reader)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisDataset) dataset = NULL;

  kennis_reader_set_accept_seen (reader, TRUE);
  dataset = kennis_reader_load_stream (reader, stream, "t", NULL, NULL, NULL, &error);
  if (dataset == NULL)
    printf ("# %s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);

  return records_of (dataset);
}

static void
compare (const char *text, guint n_used)
{
  g_autoptr (KennisReader) plain = kennis_reader_new ();
  g_autoptr (GBytes) narrow = g_bytes_new_static (text, strlen (text));
  g_autofree char *wanted = read_as (narrow, plain);

  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_used (plain), n_used);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (KennisReader) reader = kennis_reader_new ();
      g_autoptr (GBytes) wide = utf_16 (text, i % 2 == 1, i >= 2);
      g_autofree char *got = read_as (wide, reader);

      assert_text (got, wanted);
      compare_counts (reader, plain);
      CU_ASSERT_TRUE (same_diagnostics (reader, plain));
    }
}

#define STATEMENT(id, who, verb) "{\"id\":\"00000000-0000-4000-8000-0000000000" id "\",\"actor\":{\"mbox\":\"mailto:" who "@x.example\"},\"verb\":{\"id\":" \
  "\"http://adlnet.gov/expapi/verbs/" verb "\"},\"object\":{\"id\":\"http://x.example/c\",\"definition\":{\"name\":{\"nl\":\"Één 🎓 cursus\"}}}," \
  "\"timestamp\":\"2024-03-01T10:00:00Z\"}"
#define VOIDS(id) "{\"id\":\"00000000-0000-4000-8000-000000000099\",\"actor\":{\"mbox\":\"mailto:a@x.example\"},\"verb\":{\"id\":" \
  "\"http://adlnet.gov/expapi/verbs/voided\"},\"object\":{\"objectType\":\"StatementRef\",\"id\":\"00000000-0000-4000-8000-0000000000" id "\"}," \
  "\"timestamp\":\"2024-03-02T10:00:00Z\"}"

static void
statements_in_either_order_with_a_mark_or_without_read_as_in_utf_8 (void)
{
  compare (STATEMENT ("01", "ann", "completed") "\n" STATEMENT ("02", "dée", "passed") "\nnonsense\n", 2);
  compare ("[" STATEMENT ("01", "ann", "completed") ",\r\n" STATEMENT ("02", "bob", "passed") "]", 2);
  /* Looked through before it is read. */
  compare (STATEMENT ("01", "ann", "completed") "\n" STATEMENT ("02", "bob", "mentored") "\n" VOIDS ("01") "\n", 0);
}

static void
more_than_a_chunk_with_characters_across_its_end_reads_as_in_utf_8 (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (
        text,
        "{\"id\":\"%08x-0000-4000-8000-000000000000\",\"actor\":{\"mbox\":\"mailto:p%u@x.example\"},\"verb\":{\"id\":"
        "\"http://adlnet.gov/expapi/verbs/completed\"},\"object\":{\"id\":\"http://x.example/%.*s\"},"
        "\"timestamp\":\"2024-03-01T10:00:00Z\"}\n",
        i, i % 7, (int) (4 * (i % 5)), "🎓🎓🎓🎓");
  compare (text->str, 3000);
  g_string_free (text, TRUE);
}

static void
a_calendar_in_utf_16_reads_as_in_utf_8 (void)
{
  compare ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Training "
           "één\r\nDTSTART:20240301T090000Z\r\nDURATION:PT1H\r\n"
           "ORGANIZER:mailto:bob@x.example\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@x.example\r\nEND:VEVENT\r\nEND:"
           "VCALENDAR\r\n",
           1);
}

static void
half_a_character_rejects_its_statement_and_no_other (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GBytes) whole = utf_16 (
      STATEMENT ("01", "ann", "completed") "\n{\"a\":\"\1\"}\n" STATEMENT ("02", "bob", "completed") "\n", FALSE, TRUE);
  gsize size = g_bytes_get_size (whole);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, size - 1);
  g_autofree char *records = read_as (cut, reader);

  CU_ASSERT_PTR_NOT_NULL (strstr (records, "ann@x.example"));
  /* The last line feed lost its half: what is left of it is no JSON. */
  CU_ASSERT_PTR_NULL (strstr (records, "bob@x.example"));
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_rejected (reader), 2);
  CU_ASSERT_TRUE (is_told (reader, "t:2:1: the statement is not valid UTF-8"));
}

static void
statements_in_utf_16_are_described (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kennis-utf-16-XXXXXX", NULL);
  g_autoptr (GBytes) bytes = utf_16 (STATEMENT ("01", "ann", "completed"), TRUE, FALSE);
  g_autoptr (GFile) file = NULL;
  g_autoptr (KennisDescription) description = NULL;
  int descriptor = g_mkstemp (path);

  CU_ASSERT_FATAL (descriptor >= 0);
  g_close (descriptor, NULL);
  CU_ASSERT_FATAL (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  file = g_file_new_for_path (path);
  description = kennis_description_new (reader, file, NULL, NULL);
  g_remove (path);
  CU_ASSERT_PTR_NOT_NULL_FATAL (description);
  assert_text (kennis_description_get_encoding (description), "UTF-16BE");
  assert_text (kennis_mapping_get_id (kennis_description_get_mapping (description)), "xapi");
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "statements in either order with a mark or without read as in UTF-8", statements_in_either_order_with_a_mark_or_without_read_as_in_utf_8 },
    { "more than a chunk with characters across its end reads as in UTF-8", more_than_a_chunk_with_characters_across_its_end_reads_as_in_utf_8 },
    { "a calendar in UTF-16 reads as in UTF-8", a_calendar_in_utf_16_reads_as_in_utf_8 },
    { "half a character rejects its statement and no other", half_a_character_rejects_its_statement_and_no_other },
    { "statements in UTF-16 are described", statements_in_utf_16_are_described },
    CU_TEST_INFO_NULL
  };

  return kennis_test_main ("reading UTF-16", tests);
}
