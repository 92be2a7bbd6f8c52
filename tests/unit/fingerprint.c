#include "config.h"

#include "kennis-test.h"
#include "read/kennis-fingerprint-private.h"

#include <string.h>

/* In two pieces. */
static char *
fingerprint_of (const void *data, gsize length, gsize first)
{
  KennisFingerprint print;
  char *hex;

  kennis_fingerprint_init (&print);
  kennis_fingerprint_update (&print, data, first);
  kennis_fingerprint_update (&print, (const guint8 *) data + first, length - first);
  hex = kennis_fingerprint_finish (&print);
  kennis_fingerprint_clear (&print);

  return hex;
}

/* printf '%s' TEXT | xxhsum -H2 (xxhsum 0.8.1) */
static void
the_fingerprint_is_that_of_xxhsum (void)
{
  static const struct
  {
    const char *text, *hex;
  } known[] = {
    { "", "99aa06d3014798d86001c324468d497f" },
    { "person,form,topic,ended,hours\nann,formal,Knots,2024-02-03,1.5\n", "c03eb41aa30a460260a1457c85a6442d" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      gsize length = strlen (known[i].text);
      g_autofree char *hex = fingerprint_of (known[i].text, length, length / 3);

      CU_ASSERT_STRING_EQUAL (hex, known[i].hex);
    }
}

static void
pieces_do_not_change_it (void)
{
  g_autofree guint8 *data = g_malloc (3000);
  guint wrong = 0, same = 0;
  g_autofree char *before = NULL;

  for (guint i = 0; i < 3000; i++)
    data[i] = (guint8) (i * 37 + i / 7);
  for (guint n = 0; n < 3000; n += 7)
    {
      g_autofree char *whole = fingerprint_of (data, n, n), *pieces = fingerprint_of (data, n, n / 3);

      wrong += !g_str_equal (whole, pieces);
      same += g_strcmp0 (whole, before) == 0;
      g_free (before);
      before = g_steal_pointer (&whole);
    }
  CU_ASSERT_EQUAL (wrong, 0);
  CU_ASSERT_EQUAL (same, 0);
}

int
main (void)
{
  return kennis_test_main ("fingerprint", (CU_TestInfo[]) {
    { "the fingerprint is that of xxhsum", the_fingerprint_is_that_of_xxhsum },
    { "pieces do not change it", pieces_do_not_change_it },
    CU_TEST_INFO_NULL,
  });
}
