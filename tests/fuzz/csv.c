/* Tables of any bytes: no crash, every row in one class, every record counted, and what was taken in is written and read back. */
#include "config.h"

#include "read/kennis-reader-private.h"

#include "fuzz/round-trip.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
set_up (KennisReader *reader,
        gsize         size)
{
  kennis_reader_set_accept_seen (reader, size % 2 == 0);
  kennis_reader_set_coarse_times (reader, size % 3 == 0);
  if (size % 5 == 0)
    kennis_reader_set_date_order (reader, "dmy");
  if (size % 7 == 0)
    kennis_reader_set_decimal_mark (reader, "comma");
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
  other = fuzz_read (reader, bytes);
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
  other_written = fuzz_write (other);
  g_assert (g_bytes_equal (written, other_written));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size), written = NULL;
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = NULL;

  set_up (reader, size);
  dataset = fuzz_read (reader, bytes);
  g_assert_cmpuint (kennis_reader_get_n_rows_rejected (reader), <=,
                    kennis_reader_get_n_diagnostics (reader, KENNIS_SEVERITY_ERROR));
  written = dataset != NULL ? fuzz_write (dataset) : NULL;
  compare_ways (reader, dataset, bytes, written);
  if (dataset != NULL)
    fuzz_assert_comes_back (reader, dataset);

  return 0;
}
