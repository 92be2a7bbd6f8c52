#include "config.h"

#include "base/kennis-statistics-private.h"
#include "report/kennis-associations-private.h"

#include <math.h>
#include <stdlib.h>

typedef struct
{
  double value;
  guint  place;
} Place;

static int
compare_places (const void *a, const void *b)
{
  const Place *x = a, *y = b;

  if (x->value != y->value)
    return (x->value > y->value) - (x->value < y->value);
  return (x->place > y->place) - (x->place < y->place);
}

/* Less their mean; ties share the mean of their ranks. */
static void
rank_values (const double *x, guint n, Place *places, double *ranks)
{
  for (guint i = 0; i < n; i++)
    places[i] = (Place) { x[i], i };
  qsort (places, n, sizeof *places, compare_places);
  for (guint i = 0, j; i < n; i = j)
    {
      for (j = i; j < n && places[j].value == places[i].value; j++)
        ;
      for (guint k = i; k < j; k++)
        ranks[places[k].place] = (i + j + 1) / 2.0 - (n + 1) / 2.0;
    }
}

void
kennis_spearman (const double *x, const double *y, guint n, double *rho, double *p)
{
  g_autofree Place *places = g_new (Place, n + 1);
  g_autofree double *a = g_new (double, n + 1), *b = g_new (double, n + 1);
  double ab = 0, aa = 0, bb = 0, df = n - 2.0;

  *rho = *p = NAN;
  if (n < 3)
    return;
  rank_values (x, n, places, a);
  rank_values (y, n, places, b);
  for (guint i = 0; i < n; i++)
    {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
  if (!(aa > 0 && bb > 0))
    return;
  *rho = CLAMP (ab / sqrt (aa * bb), -1, 1);
  /* P (|T| > t) = I_{df/(df + t²)} (df/2, ½), and df/(df + t²) = 1 − ρ² */
  *p = kennis_incomplete_beta (df / 2, 0.5, 1 - *rho * *rho);
}

void
kennis_holm (double *p, guint n)
{
  g_autofree Place *places = g_new (Place, n + 1);
  guint m = 0;
  double largest = 0;

  for (guint i = 0; i < n; i++)
    if (!isnan (p[i]))
      places[m++] = (Place) { p[i], i };
  if (m > 1)
    qsort (places, m, sizeof *places, compare_places);
  for (guint i = 0; i < m; i++)
    {
      largest = fmax (largest, fmin (1, (m - i) * places[i].value));
      p[places[i].place] = largest;
    }
}
