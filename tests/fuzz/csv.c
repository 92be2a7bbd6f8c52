/* Tables of any bytes: no crash, every row in one class, every record counted, and what was taken in is written and read back. */
#include "config.h"

#include "read/kennis-reader-private.h"

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
  g_assert_cmpuint (kennis_reader_get_n_rows_rejected (reader), <=,
                    kennis_reader_get_n_diagnostics (reader, KENNIS_SEVERITY_ERROR));

  return dataset;
}

static void
set_up (KennisReader *reader,
        gsize         size)
{
  kennis_reader_set_accept_seen (reader, size % 2 == 0);
  kennis_reader_set_coarse_times (reader, size % 3 == 0);
  if (size % 5 == 0)
    kennis_reader_set_date_order (reader, "dmy");
}

static GBytes *
write_bytes (KennisDataset *dataset)
{
  g_autoptr (KennisWriter) writer = kennis_writer_new ();
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

  g_assert (kennis_writer_write (writer, dataset, stream, NULL, NULL, NULL, NULL));
  g_assert (g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

/* The quick way and the long one say the same of every row, word for word. */
static void
compare_ways (KennisReader  *quick,
              KennisDataset *dataset,
              GBytes        *bytes,
              GBytes        *written)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) other = NULL;
  g_autoptr (GBytes) other_written = NULL;
  guint n = g_list_model_get_n_items (kennis_reader_get_diagnostics (quick));

  set_up (reader, g_bytes_get_size (bytes));
  reader->long_way = TRUE;
  other = read_bytes (reader, bytes);
  g_assert ((other == NULL) == (dataset == NULL));
  g_assert_cmpuint (g_list_model_get_n_items (kennis_reader_get_diagnostics (reader)), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KennisDiagnostic) a = g_list_model_get_item (kennis_reader_get_diagnostics (quick), i),
                                   b = g_list_model_get_item (kennis_reader_get_diagnostics (reader), i);
      g_autofree char *text = kennis_diagnostic_to_string (a), *other_text = kennis_diagnostic_to_string (b);

      g_assert_cmpstr (text, ==, other_text);
    }
  if (other == NULL)
    return;
  other_written = write_bytes (other);
  g_assert (g_bytes_equal (written, other_written));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size), written = NULL;
  g_autoptr (KennisReader) reader = kennis_reader_new (), second = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = NULL, back = NULL;
  guint64 n = 0;

  set_up (reader, size);
  kennis_reader_set_accept_seen (second, TRUE);
  dataset = read_bytes (reader, bytes);
  written = dataset != NULL ? write_bytes (dataset) : NULL;
  compare_ways (reader, dataset, bytes, written);
  if (dataset == NULL)
    return 0;

  for (guint i = KENNIS_RECORD_TYPE_COVERAGE; i <= KENNIS_RECORD_TYPE_OUTCOME; i++)
    n += kennis_dataset_count (dataset, i);
  g_assert_cmpuint (n, ==, kennis_reader_get_n_added (reader));
  back = read_bytes (second, written);
  g_assert (n == 0 || back != NULL);
  g_assert_cmpuint (kennis_reader_get_n_added (second), ==, n);
  g_assert_cmpuint (kennis_reader_get_n_rejected (second), ==, 0);

  return 0;
}
