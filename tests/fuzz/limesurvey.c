/* Archives, responses and surveys of LimeSurvey of any bytes: no crash, every row in one class, every record counted, and what was taken
 * in is written and read back. */
#include "config.h"

#include "fuzz/round-trip.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) other = NULL;
  g_autoptr (KennisDataset) dataset = NULL;
  g_autoptr (KennisInstrument) instrument = NULL;

  kennis_reader_set_accept_seen (reader, size % 2 == 0);
  dataset = fuzz_read (reader, bytes);
  if (dataset != NULL)
    fuzz_assert_comes_back (reader, dataset);

  instrument = kennis_instrument_new_from_limesurvey (bytes, "fuzz", NULL, &other);
  g_assert ((instrument == NULL) == (other != NULL));

  return 0;
}
