#include "config.h"

#include "base/kennis-statistics-private.h"
#include "base/kennis-wide-private.h"
#include "metric/kennis-replicates-private.h"

#include <math.h>

#define BLOCK KENNIS_REPLICATE_BLOCK

KENNIS_WIDE void
kennis_replicates_add (double *totals, const guint8 *weights, double x, gsize n_padded)
{
  for (gsize first = 0; first < n_padded; first += BLOCK)
    {
      double *restrict t = totals + first;
      const guint8 *restrict w = weights + first;

      for (guint r = 0; r < BLOCK; r++)
        t[r] += x * (double) w[r];
    }
}

KENNIS_WIDE void
kennis_replicates_rank (double *before, double *product, double *sum, const guint8 *weights, double x, gsize n_padded)
{
  for (gsize first = 0; first < n_padded; first += BLOCK)
    {
      double *restrict b = before + first, *restrict p = product + first, *restrict s = sum + first;
      const guint8 *restrict weight = weights + first;

      for (guint r = 0; r < BLOCK; r++)
        {
          double w = weight[r];

          p[r] += w * (2 * b[r] + w) * x;
          s[r] += w * x;
          b[r] += w;
        }
    }
}

KENNIS_WIDE void
kennis_replicates_take (double *wanted, double *top, const guint8 *weights, double x, gsize n_padded)
{
  for (gsize first = 0; first < n_padded; first += BLOCK)
    {
      double *restrict left = wanted + first, *restrict t = top + first;
      const guint8 *restrict w = weights + first;

      for (guint r = 0; r < BLOCK; r++)
        {
          double take = left[r] < w[r] ? left[r] : (double) w[r];

          left[r] -= take;
          t[r] += take * x;
        }
    }
}

/* Keeps the k smallest of the numbers seen, in order. */
static void
keep_smallest (double *kept, guint *n_kept, guint k, double x)
{
  guint i;

  if (*n_kept == k && x >= kept[k - 1])
    return;
  i = *n_kept < k ? (*n_kept)++ : k - 1;
  for (; i > 0 && kept[i - 1] > x; i--)
    kept[i] = kept[i - 1];
  kept[i] = x;
}

guint
kennis_replicates_limits (const double *draws, guint n, double p, double *lower, double *upper)
{
  guint n_valid = 0, n_low = 0, n_high = 0, k;
  g_autofree double *low = NULL, *high = NULL;
  double place, part;
  gboolean is_end;

  *lower = *upper = NAN;
  for (guint r = 0; r < n; r++)
    n_valid += !isnan (draws[r]);
  if (n_valid == 0)
    return 0;

  place = p * (n_valid - 1);
  k = MIN ((guint) floor (place) + 2, n_valid);
  low = g_new (double, k);
  high = g_new (double, k);
  for (guint r = 0; r < n; r++)
    if (!isnan (draws[r]))
      {
        keep_smallest (low, &n_low, k, draws[r]);
        keep_smallest (high, &n_high, k, -draws[r]);
      }
  part = place - floor (place);
  is_end = (guint) floor (place) + 2 > n_valid;
  if (part == 0 || is_end || low[k - 2] == low[k - 1])
    *lower = low[MIN ((guint) floor (place), k - 1)];
  else
    *lower = (1 - part) * low[k - 2] + part * low[k - 1];
  if (part == 0 || is_end || high[k - 2] == high[k - 1])
    *upper = -high[MIN ((guint) floor (place), k - 1)];
  else
    *upper = -((1 - part) * high[k - 2] + part * high[k - 1]);
  return n_valid;
}
