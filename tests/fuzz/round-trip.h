#pragma once

#include <kennis/kennis.h>

/* What every reader's fuzz target asserts: each record and row in one class, and what was taken in comes back from what is written. */

static inline KennisDataset *
fuzz_read (KennisReader *reader,
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

static inline GBytes *
fuzz_write (KennisDataset *dataset)
{
  g_autoptr (KennisWriter) writer = kennis_writer_new ();
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  gboolean ok = kennis_writer_write (writer, dataset, stream, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert (ok && g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

/* Every record that the reader added is there, and reading what is written gives the same records: all are added, none is rejected,
 * and writing them gives the same bytes. */
static inline void
fuzz_assert_comes_back (KennisReader  *reader,
                        KennisDataset *dataset)
{
  g_autoptr (KennisReader) second = kennis_reader_new ();
  g_autoptr (GBytes) written = fuzz_write (dataset), again = NULL;
  g_autoptr (KennisDataset) back = NULL;
  guint64 n = 0;

  for (guint i = KENNIS_RECORD_TYPE_COVERAGE; i <= KENNIS_RECORD_TYPE_OUTCOME; i++)
    n += kennis_dataset_count (dataset, i);
  g_assert_cmpuint (n, ==, kennis_reader_get_n_added (reader));
  kennis_reader_set_accept_seen (second, TRUE);
  back = fuzz_read (second, written);
  g_assert (n == 0 || back != NULL);
  g_assert_cmpuint (kennis_reader_get_n_added (second), ==, n);
  g_assert_cmpuint (kennis_reader_get_n_rejected (second), ==, 0);
  if (back == NULL)
    return;
  again = fuzz_write (back);
  g_assert (g_bytes_equal (written, again));
}
