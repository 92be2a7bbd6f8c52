#include "config.h"

#include "kennis-test.h"
#include "read/kennis-fingerprint-private.h"

static void
the_fingerprint_is_sha_256 (void)
{
  g_autofree guint8 *data = g_malloc (700);
  guint wrong = 0;

  for (guint i = 0; i < 700; i++)
    data[i] = (guint8) (i * 37 + i / 7);
  for (guint n = 0; n < 700; n++)
    {
      g_autofree char *expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, n);
      g_autofree char *ours = NULL;
      KennisFingerprint print;

      kennis_fingerprint_init (&print);
      kennis_fingerprint_update (&print, data, n / 3);
      kennis_fingerprint_update (&print, data + n / 3, n - n / 3);
      ours = kennis_fingerprint_finish (&print);
      wrong += !g_str_equal (expected, ours);
    }
  CU_ASSERT_EQUAL (wrong, 0);
}

int
main (void)
{
  return kennis_test_main ("fingerprint", (CU_TestInfo[]) {
    { "the fingerprint is SHA-256", the_fingerprint_is_sha_256 },
    CU_TEST_INFO_NULL,
  });
}
