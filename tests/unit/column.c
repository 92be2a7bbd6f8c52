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

/* Rows `first` and after, read in all ways. */
static guint
count_wrong (const KennisColumn *column,
             const gint64       *codes,
             gsize               first,
             gsize               n)
{
  g_autofree gint64 * or = g_new (gint64, n);
  g_autofree guint32 *small = g_new (guint32, n), *index = g_new (guint32, n), *bits = g_new0 (guint32, n);
  guint wrong = 0;

  kennis_column_read_or (column, first, n, -5, or);
  kennis_column_read_32 (column, first, n, 77, index);
  kennis_column_read_small (column, first, n, 3, small, bits);
  kennis_column_read_known (column, first, n, 4, bits);
  kennis_column_read_bits (column, first, n, 6, bits);
  for (gsize i = 0; i < n; i++)
    {
      gint64 code = codes[first + i];
      gboolean known = code != column->unknown, large = known && (guint64) code > G_MAXUINT32;

      wrong += or [i] != (known ? code : -5) || index[i] != (known ? (guint32) code : 77)
               || small[i] != (known && !large ? (guint32) code : 0)
               || bits[i] != ((guint32) large << 3 | (guint32) known << 4 | (guint32) code << 6);
    }

  return wrong;
}

static void
all_ways_of_reading_agree (void)
{
  const gsize n = 2 * KENNIS_PAGE_ROWS + 99;
  g_autofree gint64 *codes = g_new (gint64, n);
  KennisRandom random;

  kennis_random_init (&random, 3, 4);
  for (guint shape = 0; shape < 20; shape++)
    {
      gint64 unknown = shape % 4 < 2 ? KENNIS_UNKNOWN : 0, base = shape / 4 == 3   ? -70
                                                                  : shape / 4 == 4 ? G_GINT64_CONSTANT (0xffffff00)
                                                                                   : 1;
      KennisColumn column;

      kennis_column_init (&column, unknown);
      for (gsize i = 0; i < n; i++)
        {
          /* Small numbers, and large ones; of the first page nothing may be known. */
          codes[i] = shape < 8
                         ? code_of_shape (&random, shape, unknown)
                         : base + (gint64) kennis_random_below (&random, 200u << (shape % 3 * 6)) * (shape % 5 + 1);
          if (shape % 2 == 1 && (i < KENNIS_PAGE_ROWS ? shape % 3 == 0 : kennis_random_below (&random, 4) == 0))
            codes[i] = unknown;
          kennis_column_append (&column, codes[i]);
        }
      for (gsize first = 0; first < n; first += 1 + kennis_random_below (&random, 3000))
        CU_ASSERT_EQUAL (count_wrong (&column, codes, first, 1 + kennis_random_below (&random, (guint32) (n - first))),
                         0);
      kennis_column_clear (&column);
    }
}

int
main (void)
{
  return kennis_test_main ("column", (CU_TestInfo[]) {
    { "every code comes back exactly", every_code_comes_back_exactly },
    { "a page where nothing is known takes no room", a_page_where_nothing_is_known_takes_no_room },
    { "all ways of reading agree", all_ways_of_reading_agree },
    CU_TEST_INFO_NULL,
  });
}
