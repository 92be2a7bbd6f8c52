/* Sources of statements that end too early, or are none: a clear message, and what precedes is kept. */
#include "config.h"

#include "reading.h"

#include <glib/gstdio.h>
#include <string.h>

#define N 3000

static GBytes *
many_lines (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < N; i++)
    g_string_append_printf (
        text,
        "{\"id\":\"%08x-0000-4000-8000-%012x\",\"actor\":{\"mbox\":\"mailto:p%u@x.example\"},\"verb\":{\"id\":"
        "\"http://adlnet.gov/expapi/verbs/completed\"},\"object\":{\"id\":\"http://x.example/c%u\"},"
        "\"timestamp\":\"2024-03-01T10:00:00Z\"}\n",
        i * 2654435761u, i * 40503u, i * 7919u, i % 7);

  return g_string_free_to_bytes (text);
}

static GBytes *
packed (GBytes *bytes)
{
  g_autoptr (GConverter) gzip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  g_autoptr (GOutputStream) base = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (base, gzip);

  CU_ASSERT_TRUE (
      g_output_stream_write_all (stream, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, NULL, NULL));
  CU_ASSERT_TRUE (g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (base));
}

/* Of a file, so that it can be read twice. */
static KennisDataset *
load (KennisReader *reader, GBytes *bytes, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  KennisDataset *dataset;
  int fd = g_file_open_tmp ("kennis-XXXXXX.json", &path, NULL);

  CU_ASSERT_TRUE_FATAL (fd >= 0 && g_close (fd, NULL));
  CU_ASSERT_TRUE (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  file = g_file_new_for_path (path);
  kennis_reader_set_accept_seen (reader, TRUE);
  kennis_reader_set_max_diagnostics (reader, 2 * N);
  dataset = kennis_reader_load (reader, file, NULL, NULL, NULL, error);
  g_unlink (path);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows (reader), kennis_reader_get_n_rows_used (reader)
                                                          + kennis_reader_get_n_rows_rejected (reader)
                                                          + kennis_reader_get_n_rows_ignored (reader));

  return dataset;
}

static void
truncated_gzip_keeps_what_precedes (void)
{
  g_autoptr (GBytes) text = many_lines (), whole = packed (text);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);
  g_autoptr (KennisReader) reader = kennis_reader_new (), strict = kennis_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisDataset) dataset = load (reader, half, &error), none = NULL;
  guint64 used = kennis_reader_get_n_rows_used (reader);

  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  CU_ASSERT (used > N / 10 && used < N);
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_ACTIVITY), used);
  CU_ASSERT_TRUE (is_told (reader, "the compressed data end too early"));

  kennis_reader_set_strict (strict, TRUE);
  none = load (strict, half, &error);
  /* The line that it ends in is the first fault. */
  CU_ASSERT_PTR_NULL (none);
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
}

static void
damaged_gzip_keeps_what_precedes (void)
{
  g_autoptr (GBytes) text = many_lines (), whole = packed (text), bytes = NULL;
  gsize length;
  guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&whole), &length);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisDataset) dataset = NULL;

  memset (data + length / 2, 0xff, 64);
  bytes = g_bytes_new_take (data, length);
  dataset = load (reader, bytes, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  CU_ASSERT (kennis_reader_get_n_rows_used (reader) > N / 10 && kennis_reader_get_n_rows_used (reader) < N);
  CU_ASSERT_TRUE (is_told (reader, "the compressed data are damaged"));
}

static void
bytes_that_only_begin_as_statements_are_refused_or_rejected (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KennisDataset) dataset = NULL;
  guint8 *data = g_malloc (200000);

  for (guint i = 0; i < 200000; i++)
    data[i] = (guint8) g_rand_int (rand);
  memcpy (data, "{\"a\":", 5);
  bytes = g_bytes_new_take (data, 200000);
  dataset = load (reader, bytes, &error);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_used (reader), 0);
  CU_ASSERT (dataset != NULL ? kennis_reader_get_n_rows_rejected (reader) > 0
                             : g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_PARSE));
}

static void
what_cannot_be_opened_is_named (void)
{
  g_autofree char *folder = g_dir_make_tmp ("kennis-XXXXXX", NULL),
                  *missing = g_build_filename (folder, "none.json", NULL);
  const char *const paths[] = { folder, missing };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (KennisReader) reader = kennis_reader_new ();
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);
      g_autoptr (GError) error = NULL;

      CU_ASSERT_PTR_NULL (kennis_reader_load (reader, file, NULL, NULL, NULL, &error));
      CU_ASSERT_PTR_NOT_NULL_FATAL (error);
      CU_ASSERT_TRUE (g_error_matches (error, G_IO_ERROR, i == 0 ? G_IO_ERROR_IS_DIRECTORY : G_IO_ERROR_NOT_FOUND));
      CU_ASSERT_PTR_NOT_NULL (strstr (error->message, paths[i]));
    }
  g_rmdir (folder);
}

/* A pipe's other end goes away in the middle of a line: the lines before it count, and the last one is rejected. */
static void
a_pipe_that_closes_in_a_line_keeps_the_lines_before (void)
{
  g_autoptr (GBytes) text = many_lines ();
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (text, 0, g_bytes_get_size (text) - 30);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (part);
  g_autoptr (GConverter) copy = G_CONVERTER (g_charset_converter_new ("UTF-8", "UTF-8", NULL));
  g_autoptr (GInputStream) pipe = g_converter_input_stream_new (stream, copy);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisDataset) dataset = NULL;

  kennis_reader_set_accept_seen (reader, TRUE);
  dataset = kennis_reader_load_stream (reader, pipe, "pipe", NULL, NULL, NULL, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_used (reader), N - 1);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_rejected (reader), 1);
  CU_ASSERT_TRUE (is_told (reader, "pipe:3000:1: the statement"));
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "truncated gzip keeps what precedes", truncated_gzip_keeps_what_precedes },
    { "damaged gzip keeps what precedes", damaged_gzip_keeps_what_precedes },
    { "bytes that only begin as statements are refused or rejected",
      bytes_that_only_begin_as_statements_are_refused_or_rejected },
    { "what cannot be opened is named", what_cannot_be_opened_is_named },
    { "a pipe that closes in a line keeps the lines before", a_pipe_that_closes_in_a_line_keeps_the_lines_before },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("xapi-bad-input", tests);
}
