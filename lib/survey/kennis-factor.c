#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-random-private.h"
#include "survey/kennis-moments-private.h"

double
kennis_matrix_sum (const double *matrix, guint n)
{
  double sum = 0;

  for (gsize i = 0; i < (gsize) n * n; i++)
    sum += matrix[i];
  return sum;
}

/* Turns rows and columns p and q so that a[p][q] is 0. */
static void
rotate (double *a, double *v, guint n, guint p, guint q)
{
  double theta = (a[(gsize) q * n + q] - a[(gsize) p * n + p]) / (2 * a[(gsize) p * n + q]);
  double t = (theta >= 0 ? 1 : -1) / (fabs (theta) + sqrt (theta * theta + 1)), c = 1 / sqrt (t * t + 1), s = t * c;

  for (guint i = 0; i < n; i++)
    {
      double x = a[(gsize) i * n + p], y = a[(gsize) i * n + q];

      a[(gsize) i * n + p] = c * x - s * y;
      a[(gsize) i * n + q] = s * x + c * y;
    }
  for (guint i = 0; i < n; i++)
    {
      double x = a[(gsize) p * n + i], y = a[(gsize) q * n + i];

      a[(gsize) p * n + i] = c * x - s * y;
      a[(gsize) q * n + i] = s * x + c * y;
    }
  for (guint i = 0; i < n; i++)
    {
      double x = v[(gsize) i * n + p], y = v[(gsize) i * n + q];

      v[(gsize) i * n + p] = c * x - s * y;
      v[(gsize) i * n + q] = s * x + c * y;
    }
}

static void
sort_eigen (const double *a, const double *v, guint n, double *values, double *vectors)
{
  g_autofree gboolean *taken = g_new0 (gboolean, n);

  for (guint rank = 0; rank < n; rank++)
    {
      int best = -1;

      for (guint i = 0; i < n; i++)
        if (!taken[i] && (best < 0 || a[(gsize) i * n + i] > a[(gsize) best * n + (guint) best]))
          best = (int) i;
      taken[best] = TRUE;
      values[rank] = a[(gsize) best * n + (guint) best];
      for (guint i = 0; i < n && vectors != NULL; i++)
        vectors[(gsize) i * n + rank] = v[(gsize) i * n + (guint) best];
    }
}

gboolean
kennis_matrix_eigen (const double *matrix, guint n, double *values, double *vectors)
{
  g_autofree double *a = g_memdup2 (matrix, (gsize) n * n * sizeof *a), *v = g_new0 (double, (gsize) n *n);
  double whole = 0;

  for (gsize i = 0; i < (gsize) n * n; i++)
    whole += a[i] * a[i];
  if (!isfinite (whole))
    return FALSE;
  for (guint i = 0; i < n; i++)
    v[(gsize) i * n + i] = 1;
  for (guint sweep = 0; sweep < 60; sweep++)
    {
      double off = 0;

      for (guint p = 0; p < n; p++)
        for (guint q = p + 1; q < n; q++)
          off += a[(gsize) p * n + q] * a[(gsize) p * n + q];
      if (off <= 1e-32 * whole)
        break;
      for (guint p = 0; p < n; p++)
        for (guint q = p + 1; q < n; q++)
          if (a[(gsize) p * n + q] != 0)
            rotate (a, v, n, p, q);
    }
  sort_eigen (a, v, n, values, vectors);
  return TRUE;
}

/* With the lower triangle L, A = L Lᵀ, the inverse's diagonal is the sum of squares of L⁻¹'s columns. */
gboolean
kennis_matrix_inverse_diagonal (const double *matrix, guint n, double *diagonal)
{
  g_autofree double *l = g_new0 (double, (gsize) n *n), *column = g_new (double, n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j <= i; j++)
      {
        double sum = matrix[(gsize) i * n + j];

        for (guint m = 0; m < j; m++)
          sum -= l[(gsize) i * n + m] * l[(gsize) j * n + m];
        if (i == j && !(sum > 1e-12 * matrix[(gsize) i * n + i]))
          return FALSE;
        l[(gsize) i * n + j] = i == j ? sqrt (sum) : sum / l[(gsize) j * n + j];
      }
  for (guint j = 0; j < n; j++)
    {
      diagonal[j] = 0;
      for (guint i = j; i < n; i++)
        {
          double sum = i == j ? 1 : 0;

          for (guint m = j; m < i; m++)
            sum -= l[(gsize) i * n + m] * column[m];
          column[i] = sum / l[(gsize) i * n + i];
          diagonal[j] += column[i] * column[i];
        }
    }
  return TRUE;
}

#define MOST_EXPLAINED 0.995
#define MOST_STEPS 10000

/* Each loading in its turn is the regression of its item's covariances on the other loadings. */
static gboolean
improve (const double *matrix, guint n, double *loadings)
{
  double moved = 0, size = 0, squares = 0;

  for (guint i = 0; i < n; i++)
    squares += loadings[i] * loadings[i];
  for (guint i = 0; i < n; i++)
    {
      double others = squares - loadings[i] * loadings[i], sum = 0, most, next;

      for (guint j = 0; j < n; j++)
        sum += j != i ? matrix[(gsize) i * n + j] * loadings[j] : 0;
      most = sqrt (MOST_EXPLAINED * matrix[(gsize) i * n + i]);
      next = others > 0 ? CLAMP (sum / others, -most, most) : 0;
      moved = MAX (moved, fabs (next - loadings[i]));
      size = MAX (size, fabs (next));
      squares = others + next * next;
      loadings[i] = next;
    }
  return moved > 1e-14 * size;
}

/* A part of each item's variance that counts as nothing, or as the bound. */
#define HARDLY 1e-8

/* One factor takes three items that load: two loadings are known by their product only. */
static KennisFactorStatus
status_of (const double *matrix, guint n, const double *loadings, gboolean is_moving)
{
  guint n_loading = 0, n_bound = 0;

  for (guint i = 0; i < n; i++)
    {
      double share = loadings[i] * loadings[i] / matrix[(gsize) i * n + i];

      n_loading += share > HARDLY;
      n_bound += share > MOST_EXPLAINED - HARDLY;
    }
  if (n_loading < 3)
    return KENNIS_FACTOR_STATUS_NOT_IDENTIFIED;
  if (n_bound > 0)
    return KENNIS_FACTOR_STATUS_HEYWOOD;
  return is_moving ? KENNIS_FACTOR_STATUS_NOT_CONVERGED : KENNIS_FACTOR_STATUS_FOUND;
}

KennisFactorStatus
kennis_factor_loadings (const double *matrix, guint n, double *loadings)
{
  g_autofree double *values = g_new (double, n), *vectors = g_new (double, (gsize) n *n);
  gboolean is_moving = TRUE;
  double sum = 0;

  if (n < 3)
    return KENNIS_FACTOR_STATUS_TOO_FEW_ITEMS;
  if (!kennis_matrix_eigen (matrix, n, values, vectors))
    return KENNIS_FACTOR_STATUS_NO_VARIANCE;
  for (guint i = 0; i < n; i++)
    {
      if (!(matrix[(gsize) i * n + i] > 0))
        return KENNIS_FACTOR_STATUS_NO_VARIANCE;
      loadings[i] = vectors[(gsize) i * n] * sqrt (values[0]);
    }
  for (guint step = 0; step < MOST_STEPS && is_moving; step++)
    is_moving = improve (matrix, n, loadings);
  for (guint i = 0; i < n; i++)
    sum += loadings[i];
  for (guint i = 0; i < n; i++)
    loadings[i] *= sum < 0 ? -1 : 1;
  return status_of (matrix, n, loadings, is_moving);
}

/* 4 × covariance of the halves / variance of the whole. */
static void
add_split (const double *matrix, guint n, double whole, const guint8 *half, double *sum, KennisSplits *out)
{
  double between = 0, lambda;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; half[i] && j < n; j++)
      between += half[j] ? 0 : matrix[(gsize) i * n + j];
  lambda = 4 * between / whole;
  *sum += lambda;
  out->lowest = fmin (out->lowest, lambda);
  out->highest = fmax (out->highest, lambda);
}

static guint
all_splits (const double *matrix, guint n, double whole, double *sum, KennisSplits *out)
{
  guint n_splits = 0;

  for (guint32 set = 0; set < 1u << n; set++)
    {
      guint8 half[KENNIS_ALL_SPLITS];

      /* With an even number each split comes twice: the one with the first item is taken. */
      if ((guint) __builtin_popcount (set) != n / 2 || (n % 2 == 0 && (set & 1) == 0))
        continue;
      for (guint i = 0; i < n; i++)
        half[i] = set >> i & 1;
      add_split (matrix, n, whole, half, sum, out);
      n_splits++;
    }
  return n_splits;
}

static guint
some_splits (const double *matrix, guint n, double whole, guint64 seed, double *sum, KennisSplits *out)
{
  g_autofree guint8 *half = g_new (guint8, n);

  for (guint draw = 0; draw < KENNIS_SOME_SPLITS; draw++)
    {
      KennisRandom random;
      guint wanted = n / 2;

      kennis_random_init (&random, seed, draw);
      for (guint i = 0; i < n; i++)
        {
          half[i] = kennis_random_below (&random, n - i) < wanted;
          wanted -= half[i];
        }
      add_split (matrix, n, whole, half, sum, out);
    }
  return KENNIS_SOME_SPLITS;
}

void
kennis_splits_of (const double *matrix, guint n, guint64 seed, KennisSplits *out)
{
  double whole = kennis_matrix_sum (matrix, n), sum = 0;
  guint n_splits;

  *out = (KennisSplits) { NAN, NAN, NAN };
  if (n < 2 || !(whole > 0))
    return;
  n_splits = n <= KENNIS_ALL_SPLITS ? all_splits (matrix, n, whole, &sum, out)
                                    : some_splits (matrix, n, whole, seed, &sum, out);
  out->mean = sum / n_splits;
}
