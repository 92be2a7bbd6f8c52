/* The reader on any bytes: no crash, exact counts, and what it took in is written and read back the same. */
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
  GListModel *diagnostics = kennis_reader_get_diagnostics (reader);

  /* Both ways to take people whom nobody declared, by a byte that mutations move. */
  kennis_reader_set_accept_seen (reader, size % 2 == 0);
  dataset = fuzz_read (reader, bytes);
  g_assert_cmpuint (kennis_reader_get_n_rejected (reader), <=,
                    kennis_reader_get_n_diagnostics (reader, KENNIS_SEVERITY_ERROR));
  for (guint i = 0; i < g_list_model_get_n_items (diagnostics); i++)
    {
      g_autoptr (KennisDiagnostic) diagnostic = g_list_model_get_item (diagnostics, i);
      g_autofree char *text = kennis_diagnostic_to_string (diagnostic);

      g_assert (g_utf8_validate (text, -1, NULL));
    }
  if (dataset != NULL)
    fuzz_assert_comes_back (reader, dataset);

  return 0;
}
