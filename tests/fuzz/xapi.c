/* Statements of any bytes: no crash, every one in one class, every record counted, and what was taken in is written and read back. */
#include "config.h"

#include <kennis/kennis.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static KennisDataset *
read_bytes (KennisReader *reader,
            GBytes       *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  KennisDataset *dataset = kennis_reader_load_stream (reader, stream, "fuzz", NULL, NULL, NULL, &error);

  g_assert ((dataset == NULL) == (error != NULL));
  g_assert_cmpuint (kennis_reader_get_n_read (reader), ==,
                    kennis_reader_get_n_added (reader) + kennis_reader_get_n_merged (reader)
                        + kennis_reader_get_n_rejected (reader) + kennis_reader_get_n_ignored (reader));
  g_assert_cmpuint (kennis_reader_get_n_rows (reader), ==,
                    kennis_reader_get_n_rows_used (reader) + kennis_reader_get_n_rows_rejected (reader)
                        + kennis_reader_get_n_rows_ignored (reader));

  return dataset;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size), written = NULL;
  g_autoptr (KennisReader) reader = kennis_reader_new (), second = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = NULL, back = NULL;
  g_autoptr (KennisWriter) writer = kennis_writer_new ();
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  guint64 n = 0;

  kennis_reader_set_accept_seen (reader, size % 2 == 0);
  kennis_reader_set_accept_seen (second, TRUE);
  kennis_reader_set_coarse_times (reader, size % 3 == 0);
  if (size % 5 == 0)
    kennis_reader_set_year_days (reader, 365.25);
  dataset = read_bytes (reader, bytes);
  if (dataset == NULL)
    return 0;

  for (guint i = KENNIS_RECORD_TYPE_COVERAGE; i <= KENNIS_RECORD_TYPE_OUTCOME; i++)
    n += kennis_dataset_count (dataset, i);
  g_assert_cmpuint (n, ==, kennis_reader_get_n_added (reader));
  g_assert (kennis_writer_write (writer, dataset, stream, NULL, NULL, NULL, &error));
  g_assert (g_output_stream_close (stream, NULL, NULL));
  written = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  back = read_bytes (second, written);
  g_assert (n == 0 || back != NULL);
  g_assert_cmpuint (kennis_reader_get_n_added (second), ==, n);
  g_assert_cmpuint (kennis_reader_get_n_rejected (second), ==, 0);

  return 0;
}
