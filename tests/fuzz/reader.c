/* The reader on any bytes: no crash, exact counts, and what it took in is written and read back the same. */
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
  g_assert_cmpuint (kennis_reader_get_n_rejected (reader), <=,
                    kennis_reader_get_n_diagnostics (reader, KENNIS_SEVERITY_ERROR));

  return dataset;
}

static GBytes *
write_bytes (KennisDataset *dataset)
{
  g_autoptr (KennisWriter) writer = kennis_writer_new ();
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  gboolean ok = kennis_writer_write (writer, dataset, stream, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert (ok && g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size), written = NULL, again = NULL;
  g_autoptr (KennisReader) reader = kennis_reader_new (), second = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = NULL, back = NULL;
  GListModel *diagnostics = kennis_reader_get_diagnostics (reader);
  guint64 n = 0;

  /* Both ways to take people whom nobody declared, by a byte that mutations move. */
  kennis_reader_set_accept_seen (reader, size % 2 == 0);
  kennis_reader_set_accept_seen (second, size % 2 == 0);
  dataset = read_bytes (reader, bytes);
  for (guint i = 0; i < g_list_model_get_n_items (diagnostics); i++)
    {
      g_autoptr (KennisDiagnostic) diagnostic = g_list_model_get_item (diagnostics, i);
      g_autofree char *text = kennis_diagnostic_to_string (diagnostic);

      g_assert (g_utf8_validate (text, -1, NULL));
    }
  if (dataset == NULL)
    return 0;

  for (guint i = KENNIS_RECORD_TYPE_COVERAGE; i <= KENNIS_RECORD_TYPE_OUTCOME; i++)
    n += kennis_dataset_count (dataset, i);
  g_assert_cmpuint (n, ==, kennis_reader_get_n_added (reader));

  written = write_bytes (dataset);
  back = read_bytes (second, written);
  g_assert (n == 0 || back != NULL);
  g_assert_cmpuint (kennis_reader_get_n_added (second), ==, n);
  g_assert_cmpuint (kennis_reader_get_n_rejected (second), ==, 0);
  if (back != NULL)
    {
      again = write_bytes (back);
      g_assert (g_bytes_equal (written, again));
    }

  return 0;
}
