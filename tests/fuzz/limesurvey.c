/* Archives, responses and surveys of LimeSurvey of any bytes: no crash, every row in one class, every record counted. */
#include "config.h"

#include <kennis/kennis.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) error = NULL, other = NULL;
  g_autoptr (KennisDataset) dataset = NULL;
  g_autoptr (KennisInstrument) instrument = NULL;

  kennis_reader_set_accept_seen (reader, size % 2 == 0);
  dataset = kennis_reader_load_stream (reader, stream, "fuzz", NULL, NULL, NULL, &error);
  g_assert ((dataset == NULL) == (error != NULL));
  g_assert_cmpuint (kennis_reader_get_n_read (reader), ==,
                    kennis_reader_get_n_added (reader) + kennis_reader_get_n_merged (reader)
                        + kennis_reader_get_n_rejected (reader) + kennis_reader_get_n_ignored (reader));
  g_assert_cmpuint (kennis_reader_get_n_rows (reader), ==,
                    kennis_reader_get_n_rows_used (reader) + kennis_reader_get_n_rows_rejected (reader)
                        + kennis_reader_get_n_rows_ignored (reader));

  instrument = kennis_instrument_new_from_limesurvey (bytes, "fuzz", NULL, &other);
  g_assert ((instrument == NULL) == (other != NULL));

  return 0;
}
