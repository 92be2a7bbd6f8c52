/* Statements of any bytes: no crash, every one in one class, every record counted, and what was taken in is written and read back. */
#include "config.h"

#include "fuzz/round-trip.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = NULL;

  kennis_reader_set_accept_seen (reader, size % 2 == 0);
  kennis_reader_set_coarse_times (reader, size % 3 == 0);
  if (size % 5 == 0)
    kennis_reader_set_year_days (reader, 365.25);
  dataset = fuzz_read (reader, bytes);
  if (dataset != NULL)
    fuzz_assert_comes_back (reader, dataset);

  return 0;
}
