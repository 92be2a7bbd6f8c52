#include "config.h"

#include "networking/net-study.h"

#include <math.h>
#include <stdlib.h>

/* How people differ, of whom nobody is disclosed: quantiles with the minimum of people between one and the next. */

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The known values, sorted. */
static double *
sorted_values (const NetStudy *self, const NetVector *vector, guint *n)
{
  double *sorted = g_new (double, self->n + 1);

  *n = 0;
  for (guint p = 0; p < self->n; p++)
    if (!isnan (vector->values[p]))
      sorted[(*n)++] = vector->values[p];
  qsort (sorted, *n, sizeof *sorted, compare_doubles);

  return sorted;
}

/* How many steps quantiles may have: ten, four, two (the median) or none (0). */
static guint
steps_of (const NetStudy *self, guint n)
{
  static const guint steps[] = { 10, 4, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (n / steps[i] >= self->options->minimum_group)
      return steps[i];

  return 0;
}

/* Type 7 of Hyndman & Fan (1996). */
static double
quantile (const double *sorted, guint n, double p)
{
  double at = p * (n - 1);
  guint below = (guint) at;

  return below + 1 < n ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[n - 1];
}

guint
net_study_quantiles (const NetStudy *self, const NetVector *vector, double at[NET_QUANTILES], double values[NET_QUANTILES])
{
  static const guint tenths[] = { 1, 5, 9 }, quarters[] = { 1, 2, 3 }, halves[] = { 1 };
  guint n, steps, n_wanted;
  g_autofree double *sorted = sorted_values (self, vector, &n);
  const guint *wanted;

  steps = steps_of (self, n);
  wanted = steps == 10 ? tenths : steps == 4 ? quarters : halves;
  n_wanted = steps == 0 ? 0 : steps == 2 ? 1 : NET_QUANTILES;
  for (guint i = 0; i < n_wanted; i++)
    {
      at[i] = (double) wanted[i] / steps;
      values[i] = quantile (sorted, n, at[i]);
    }

  return n_wanted;
}
