#include "config.h"

#include "base/kennis-random-private.h"
#include "dataset/kennis-column-private.h"
#include "kennis-test.h"

static gint64
code_of_shape (KennisRandom *random,
               guint         shape,
               gint64        unknown)
{
  if (shape % 2 == 1 && kennis_random_below (random, 10) == 0)
    return unknown;

  switch (shape / 2)
    {
    case 0:
      return 7;
    case 1:
      return 1 + kennis_random_below (random, 200);
    case 2:
      return G_GINT64_CONSTANT (1704067200000) + (gint64) kennis_random_below (random, 70000000) * 1000;
    case 3:
      return G_GINT64_CONSTANT (1704067200000) + kennis_random_below (random, G_MAXUINT32);
    case 4:
      return -(gint64) (kennis_random_u64 (random) >> 1);
    default:
      return (gint64) (kennis_random_u64 (random) >> 1) - (kennis_random_below (random, 2) == 0 ? G_MAXINT64 : 0);
    }
}

static void
every_code_comes_back_exactly (void)
{
  const gsize n = 3 * KENNIS_PAGE_ROWS + 17;
  g_autofree gint64 *codes = g_new (gint64, n), *back = g_new (gint64, n);
  KennisRandom random;

  kennis_random_init (&random, 1, 2);
  for (guint shape = 0; shape < 12; shape++)
    {
      KennisColumn column, copy;
      gboolean equal = TRUE;

      kennis_column_init (&column, KENNIS_UNKNOWN);
      for (gsize i = 0; i < n; i++)
        {
          codes[i] = code_of_shape (&random, shape, KENNIS_UNKNOWN);
          kennis_column_append (&column, codes[i]);
        }
      kennis_column_snapshot (&column, &copy);
      kennis_column_read (&copy, 5, n - 5, back);
      CU_ASSERT (memcmp (codes + 5, back, (n - 5) * sizeof *back) == 0);
      for (gsize i = 0; i < n; i += 7)
        equal = equal && kennis_column_get (&column, i) == codes[i];
      CU_ASSERT (equal);
      CU_ASSERT_EQUAL (kennis_column_size (&copy), n);
      kennis_column_clear (&column);
      kennis_column_clear (&copy);
    }
}

static void
a_page_where_nothing_is_known_takes_no_room (void)
{
  KennisColumn column;

  kennis_column_init (&column, KENNIS_UNKNOWN);
  for (guint i = 0; i < KENNIS_PAGE_ROWS; i++)
    kennis_column_append (&column, KENNIS_UNKNOWN);
  CU_ASSERT_EQUAL (kennis_column_get (&column, 99), KENNIS_UNKNOWN);
  g_clear_pointer (&column.tail, g_free);
  CU_ASSERT (kennis_column_bytes (&column) < 100);
  kennis_column_clear (&column);
}

int
main (void)
{
  return kennis_test_main ("column", (CU_TestInfo[]) {
    { "every code comes back exactly", every_code_comes_back_exactly },
    { "a page where nothing is known takes no room", a_page_where_nothing_is_known_takes_no_room },
    CU_TEST_INFO_NULL,
  });
}
