#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/kennis-statistics-private.h"

void
kennis_wilson (double k, double n, double level, double *lower, double *upper)
{
  *lower = *upper = NAN;
  if (!(n > 0 && k >= 0 && k <= n && level > 0 && level < 1))
    return;

  double z = -kennis_normal_quantile ((1 - level) / 2), z2 = z * z;
  double middle = (k + z2 / 2) / (n + z2);
  double half = z * sqrt (k * (n - k) / n + z2 / 4) / (n + z2);
  *lower = k > 0 ? MAX (middle - half, 0) : 0;
  *upper = k < n ? MIN (middle + half, 1) : 1;
}

void
kennis_sum_add (KennisSum *self, double x)
{
  double sum = self->sum + x;

  if (fabs (self->sum) >= fabs (x))
    self->compensation += (self->sum - sum) + x;
  else
    self->compensation += (x - sum) + self->sum;
  self->sum = sum;
}

double
kennis_sum_get (const KennisSum *self)
{
  /* Infinite: the compensation is not a number. */
  return isfinite (self->sum) ? self->sum + self->compensation : self->sum;
}

double
kennis_sum_of (const double *x, gsize n)
{
  KennisSum sum = { 0 };

  for (gsize i = 0; i < n; i++)
    kennis_sum_add (&sum, x[i]);
  return kennis_sum_get (&sum);
}

double
kennis_quantile_sorted (const double *sorted, gsize n, double p)
{
  if (n == 0 || !(p >= 0 && p <= 1))
    return NAN;

  double place = p * (double) (n - 1), low = floor (place), part = place - low;
  gsize i = (gsize) low;
  if (part == 0 || i + 1 >= n || sorted[i] == sorted[i + 1])
    return sorted[i];
  return (1 - part) * sorted[i] + part * sorted[i + 1];
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Under this many, comparing takes less than counting. */
#define RADIX_LEAST 256
#define DIGIT_BITS  11
#define N_DIGITS    6
#define DIGITS      (1 << DIGIT_BITS)

static inline guint
digit_of (guint64 key, guint digit)
{
  return key >> (DIGIT_BITS * digit) & (DIGITS - 1);
}

/* By counting, digit by digit, the bits of a double being turned so that they are in order as a whole number. */
static void
radix_sort (double *x, gsize n)
{
  g_autofree guint64 *memory = g_new (guint64, 2 * n);
  g_autofree gsize *count = g_new0 (gsize, N_DIGITS * DIGITS);
  guint64 *from = memory, *to = memory + n, *other;

  for (gsize i = 0; i < n; i++)
    {
      guint64 bits;

      memcpy (&bits, &x[i], sizeof bits);
      from[i] = bits >> 63 ? ~bits : bits | G_GUINT64_CONSTANT (1) << 63;
      for (guint d = 0; d < N_DIGITS; d++)
        count[d * DIGITS + digit_of (from[i], d)]++;
    }
  for (guint d = 0; d < N_DIGITS; d++)
    {
      gsize *place = count + d * DIGITS, sum = 0;

      if (place[digit_of (from[0], d)] == n)
        continue;
      for (guint i = 0; i < DIGITS; i++)
        {
          sum += place[i];
          place[i] = sum - place[i];
        }
      for (gsize i = 0; i < n; i++)
        to[place[digit_of (from[i], d)]++] = from[i];
      other = from;
      from = to;
      to = other;
    }
  for (gsize i = 0; i < n; i++)
    {
      guint64 bits = from[i] >> 63 ? from[i] & ~(G_GUINT64_CONSTANT (1) << 63) : ~from[i];

      memcpy (&x[i], &bits, sizeof bits);
    }
}

void
kennis_sort_doubles (double *x, gsize n)
{
  gsize numbers = 0;

  for (gsize i = 0; i < n; i++)
    if (!isnan (x[i]))
      {
        double number = x[i];

        x[i] = x[numbers];
        x[numbers++] = number;
      }
  if (numbers >= RADIX_LEAST)
    radix_sort (x, numbers);
  else if (numbers > 1)
    qsort (x, numbers, sizeof *x, compare_doubles);
}

double
kennis_gini (const double *x, gsize n, gboolean unbiased)
{
  if (n < 1)
    return NAN;

  g_autofree double *sorted = g_new (double, n);
  memcpy (sorted, x, n * sizeof *x);
  kennis_sort_doubles (sorted, n);
  return kennis_gini_weighted (sorted, NULL, n, unbiased);
}

static guint64
sum_of_weights (const guint32 *weight, gsize n)
{
  guint64 total = 0;

  if (weight == NULL)
    return n;
  for (gsize i = 0; i < n; i++)
    total += weight[i];
  return total;
}

/* Of the values in order, number i (from 1) of N weighs 2i − N − 1 in the sum of differences. */
double
kennis_gini_weighted (const double *sorted, const guint32 *weight, gsize n, gboolean unbiased)
{
  gint64 total = (gint64) sum_of_weights (weight, n), before = 0;
  KennisSum differences = { 0 }, sum = { 0 };

  if (total < (unbiased ? 2 : 1) || isnan (sorted[n - 1]))
    return NAN;
  for (gsize i = 0; i < n; i++)
    {
      gint64 w = weight != NULL ? weight[i] : 1;

      if (w == 0)
        continue;
      if (!(sorted[i] >= 0))
        return NAN;
      kennis_sum_add (&differences, (double) w * (double) (2 * before + w - total) * sorted[i]);
      kennis_sum_add (&sum, (double) w * sorted[i]);
      before += w;
    }
  if (!(kennis_sum_get (&sum) > 0))
    return NAN;

  double gini = kennis_sum_get (&differences) / kennis_sum_get (&sum) / (double) (unbiased ? total - 1 : total);
  return CLAMP (gini, 0, 1);
}

double
kennis_lorenz_top_share (const double *sorted, const guint32 *weight, gsize n, double share)
{
  guint64 total = sum_of_weights (weight, n);
  double wanted = share * (double) total;
  KennisSum top = { 0 }, sum = { 0 };

  if (total == 0 || !(share >= 0 && share <= 1))
    return NAN;
  for (gsize i = n; i-- > 0;)
    {
      double w = weight != NULL ? weight[i] : 1;

      if (w == 0)
        continue;
      if (!(sorted[i] >= 0))
        return NAN;
      kennis_sum_add (&top, MIN (w, wanted) * sorted[i]);
      kennis_sum_add (&sum, w * sorted[i]);
      wanted -= MIN (w, wanted);
    }
  if (!(kennis_sum_get (&sum) > 0))
    return NAN;
  return MIN (kennis_sum_get (&top) / kennis_sum_get (&sum), 1);
}

double
kennis_evenness (const double *amount, guint n_categories)
{
  double sum = kennis_sum_of (amount, n_categories);
  KennisSum entropy = { 0 };

  if (n_categories < 2 || !(sum > 0))
    return NAN;
  for (guint i = 0; i < n_categories; i++)
    {
      if (amount[i] < 0)
        return NAN;
      if (amount[i] > 0)
        kennis_sum_add (&entropy, -(amount[i] / sum) * log (amount[i] / sum));
    }
  return CLAMP (kennis_sum_get (&entropy) / log (n_categories), 0, 1);
}

double
kennis_burstiness (const double *gap, gsize n)
{
  KennisSum squares = { 0 };
  double mean;

  if (n < 2)
    return NAN;
  mean = kennis_sum_of (gap, n) / (double) n;
  if (!(mean > 0))
    return NAN;
  for (gsize i = 0; i < n; i++)
    kennis_sum_add (&squares, (gap[i] - mean) * (gap[i] - mean));

  double r = sqrt (kennis_sum_get (&squares) / (double) n) / mean;
  double above = sqrt ((double) n + 1), below = sqrt ((double) n - 1);
  return (above * r - below) / ((above - 2) * r + below);
}
