/* Any bytes as a summary: they are refused with an error, or are written again just as they came.  Each input is tried
 * as it is and with its checksums made right, without which hardly any would get behind them.
 * The seeds are from "tests/unit/summary-bytes --seeds FOLDER". */
#include "config.h"

#include "summary-records.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
try_bytes (const guint8 *data,
           gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisSummary) summary = kennis_summary_new_from_bytes (bytes, &error);

  g_assert_true ((summary == NULL) == (error != NULL));
  if (summary == NULL)
    return;

  g_autoptr (GBytes) again = kennis_summary_to_bytes (summary);
  g_assert_true (g_bytes_equal (again, bytes));

  /* Merged with nothing it stays what it is. */
  g_autoptr (KennisDataset) none =
      kennis_dataset_new (kennis_summary_get_time_zone (summary), kennis_summary_get_currency (summary), NULL);
  g_autoptr (KennisSummary) nothing = kennis_summary_make (none, NULL, 1, NULL, NULL, NULL, NULL);
  g_autoptr (KennisSummary) merged = kennis_summary_merge (nothing, summary, NULL, NULL, NULL, NULL);
  g_assert_nonnull (merged);
  g_autoptr (GBytes) third = kennis_summary_to_bytes (merged);
  g_assert_true (g_bytes_equal (third, bytes));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree guint8 *repaired = g_memdup2 (data, size);

  try_bytes (data, size);
  test_repair_checksums (repaired, size);
  try_bytes (repaired, size);

  return 0;
}
