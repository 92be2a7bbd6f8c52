#include "config.h"

#include <math.h>

#include "base/kennis-statistics-private.h"
#include "survey/kennis-reliability-private.h"

static double
trace (const double *matrix, guint k)
{
  double sum = 0;

  for (guint i = 0; i < k; i++)
    sum += matrix[(gsize) i * k + i];
  return sum;
}

/* α = k/(k − 1) · (1 − Σ variances / variance of the sum). */
static double
alpha_of (double variances, double whole, double k)
{
  return k > 1 && whole > 0 ? k / (k - 1) * (1 - variances / whole) : NAN;
}

/* (1 − α) of the sample over that of the population is F with n − 1 and (n − 1)(k − 1) degrees of freedom (Feldt, Woodruff
 * & Salih 1987). */
static void
fill_alpha (KennisReliability *self, const KennisMoments *m, double level)
{
  double k = m->k, whole = kennis_matrix_sum (m->covariance, m->k), r = kennis_matrix_sum (m->correlation, m->k);
  double alpha = alpha_of (trace (m->covariance, m->k), whole, k), n = m->n_least, *f = self->figures;

  f[KENNIS_RELIABILITY_N] = m->n;
  f[KENNIS_RELIABILITY_ALPHA] = alpha;
  if (n > 1 && !isnan (alpha))
    {
      f[KENNIS_RELIABILITY_ALPHA_LOWER] =
          1 - (1 - alpha) * kennis_f_quantile (n - 1, (n - 1) * (k - 1), (1 + level) / 2);
      f[KENNIS_RELIABILITY_ALPHA_UPPER] =
          1 - (1 - alpha) * kennis_f_quantile (n - 1, (n - 1) * (k - 1), (1 - level) / 2);
    }
  f[KENNIS_RELIABILITY_STANDARDISED] = alpha_of (k, r, k);
  f[KENNIS_RELIABILITY_MEAN_CORRELATION] = k > 1 ? (r - k) / (k * (k - 1)) : NAN;
  f[KENNIS_RELIABILITY_MEAN] = 0;
  for (guint i = 0; i < m->k; i++)
    f[KENNIS_RELIABILITY_MEAN] += m->mean[i] / k;
  f[KENNIS_RELIABILITY_SD] = whole >= 0 ? sqrt (whole) / k : NAN;
  f[KENNIS_RELIABILITY_STANDARD_ERROR] = whole >= 0 && alpha <= 1 ? sqrt (whole) * sqrt (1 - alpha) : NAN;
}

/* λ2 = 1 − Σv/V + √(k/(k − 1) · Σ c²)/V;  λ6 = 1 − Σe/V, e an item's variance that the others do not explain (Guttman 1945). */
static void
fill_lambdas (KennisReliability *self, const KennisMoments *m)
{
  guint k = m->k;
  double whole = kennis_matrix_sum (m->covariance, k), r = kennis_matrix_sum (m->correlation, k);
  double squares = 0, unexplained = 0, share = 0, *f = self->figures;
  g_autofree double *inverse = g_new (double, k);
  gboolean fine = kennis_matrix_inverse_diagonal (m->correlation, k, inverse);

  for (guint i = 0; i < k; i++)
    {
      for (guint j = 0; j < k; j++)
        squares += i != j ? m->covariance[(gsize) i * k + j] * m->covariance[(gsize) i * k + j] : 0;
      unexplained += m->covariance[(gsize) i * k + i] / inverse[i];
      share += 1 / inverse[i];
      self->items[i * KENNIS_N_ITEM_FIGURES + KENNIS_ITEM_SQUARED_MULTIPLE] = fine ? 1 - 1 / inverse[i] : NAN;
    }
  if (!(whole > 0))
    return;
  f[KENNIS_RELIABILITY_LAMBDA_2] = 1 - trace (m->covariance, k) / whole + sqrt (k / (k - 1.0) * squares) / whole;
  if (!fine)
    return;
  f[KENNIS_RELIABILITY_LAMBDA_6] = 1 - unexplained / whole;
  f[KENNIS_RELIABILITY_LAMBDA_6_STANDARDISED] = r > 0 ? 1 - share / r : NAN;
}

static gboolean
has_loadings (KennisFactorStatus status)
{
  return status == KENNIS_FACTOR_STATUS_FOUND || status == KENNIS_FACTOR_STATUS_HEYWOOD
         || status == KENNIS_FACTOR_STATUS_NOT_CONVERGED;
}

/* Of two fits: that without an omega, else that which was not simply found. */
static KennisFactorStatus
worse_of (KennisFactorStatus a, KennisFactorStatus b)
{
  if (has_loadings (a) != has_loadings (b))
    return has_loadings (a) ? b : a;
  return a == KENNIS_FACTOR_STATUS_FOUND ? b : a;
}

static void
fill_omegas (KennisReliability *self, const KennisMoments *m)
{
  const double *matrices[] = { m->covariance, m->correlation };
  const KennisReliabilityFigure figures[] = { KENNIS_RELIABILITY_OMEGA, KENNIS_RELIABILITY_OMEGA_STANDARDISED };
  g_autofree double *loadings = g_new (double, m->k);
  guint k = m->k;

  for (guint t = 0; t < G_N_ELEMENTS (matrices); t++)
    {
      double sum = 0, unique = 0, whole = kennis_matrix_sum (matrices[t], k);
      KennisFactorStatus status = kennis_factor_loadings (matrices[t], k, loadings);

      self->factor = t == 0 ? status : worse_of (self->factor, status);
      if (!has_loadings (status))
        continue;
      for (guint i = 0; i < k; i++)
        {
          sum += loadings[i];
          unique += matrices[t][(gsize) i * k + i] - loadings[i] * loadings[i];
          if (t == 1)
            self->items[i * KENNIS_N_ITEM_FIGURES + KENNIS_ITEM_LOADING] = loadings[i];
        }
      self->figures[figures[t]] = sum * sum / (sum * sum + unique);
      if (t == 1)
        self->figures[KENNIS_RELIABILITY_OMEGA_RESIDUAL] = whole > 0 ? 1 - unique / whole : NAN;
    }
}

/* Covariance of the items of one half with those of the other, and the halves' variances. */
static void
halve (const double *matrix, guint k, gboolean (*in_first) (guint item, guint k), double *between, double *a, double *b)
{
  *between = *a = *b = 0;
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j < k; j++)
      {
        gboolean x = in_first (i, k), y = in_first (j, k);

        *(x && y ? a : !x && !y ? b : between) += matrix[(gsize) i * k + j] * (x == y ? 1 : 0.5);
      }
}

static gboolean
is_odd (guint item, guint k)
{
  return item % 2 == 0;
}

static gboolean
is_first (guint item, guint k)
{
  return item < (k + 1) / 2;
}

static void
fill_splits (KennisReliability *self, const KennisMoments *m, guint64 seed)
{
  double between, a, b, *f = self->figures;
  KennisSplits splits;

  kennis_splits_of (m->covariance, m->k, seed, &splits);
  f[KENNIS_RELIABILITY_SPLIT_MEAN] = splits.mean;
  f[KENNIS_RELIABILITY_SPLIT_LOWEST] = splits.lowest;
  f[KENNIS_RELIABILITY_SPLIT_HIGHEST] = splits.highest;
  kennis_splits_of (m->correlation, m->k, seed, &splits);
  f[KENNIS_RELIABILITY_SPLIT_MEAN_STANDARDISED] = splits.mean;
  f[KENNIS_RELIABILITY_SPLIT_LOWEST_STANDARDISED] = splits.lowest;
  f[KENNIS_RELIABILITY_SPLIT_HIGHEST_STANDARDISED] = splits.highest;
  halve (m->covariance, m->k, is_odd, &between, &a, &b);
  if (a > 0 && b > 0)
    {
      double r = f[KENNIS_RELIABILITY_ODD_EVEN] = between / sqrt (a * b);

      f[KENNIS_RELIABILITY_ODD_EVEN_SPEARMAN_BROWN] = 2 * r / (1 + r);
      f[KENNIS_RELIABILITY_ODD_EVEN_GUTTMAN] = 4 * between / (a + b + 2 * between);
    }
  halve (m->covariance, m->k, is_first, &between, &a, &b);
  if (a > 0 && b > 0)
    {
      double r = f[KENNIS_RELIABILITY_FIRST_LAST] = between / sqrt (a * b);

      f[KENNIS_RELIABILITY_FIRST_LAST_SPEARMAN_BROWN] = 2 * r / (1 + r);
    }
}

static void
fill_item (KennisReliability *self, const KennisMoments *m, guint item)
{
  double *f = self->items + item * KENNIS_N_ITEM_FIGURES;
  double whole = kennis_matrix_sum (m->covariance, m->k), row = 0, own, rest;
  guint k = m->k;

  for (guint j = 0; j < k; j++)
    row += m->covariance[(gsize) item * k + j];
  own = m->covariance[(gsize) item * k + item];
  rest = whole - 2 * row + own;
  f[KENNIS_ITEM_N] = m->n_of[item];
  f[KENNIS_ITEM_MEAN] = m->mean_of[item];
  f[KENNIS_ITEM_SD] = m->sd_of[item];
  f[KENNIS_ITEM_SKEWNESS] = m->skewness_of[item];
  f[KENNIS_ITEM_KURTOSIS] = m->kurtosis_of[item];
  f[KENNIS_ITEM_MEAN_USED] = m->mean[item];
  f[KENNIS_ITEM_SD_USED] = m->sd[item];
  f[KENNIS_ITEM_ITEM_REST] = own > 0 && rest > 0 ? (row - own) / sqrt (own * rest) : NAN;
  f[KENNIS_ITEM_ITEM_TOTAL] = own > 0 && whole > 0 ? row / sqrt (own * whole) : NAN;
  f[KENNIS_ITEM_ALPHA_IF_DROPPED] = k > 2 ? alpha_of (trace (m->covariance, k) - own, rest, k - 1.0) : NAN;
}

/* With the shares that the others explain in the diagonal of the correlations, the sum of an item's row over the root of the sum of
 * all (psych's r.cor). */
static void
fill_corrected (KennisReliability *self, const KennisMoments *m)
{
  guint k = m->k;
  double whole = kennis_matrix_sum (m->correlation, k) - k;

  for (guint i = 0; i < k; i++)
    whole += self->items[i * KENNIS_N_ITEM_FIGURES + KENNIS_ITEM_SQUARED_MULTIPLE];
  for (guint i = 0; i < k; i++)
    {
      double *f = self->items + i * KENNIS_N_ITEM_FIGURES, row = f[KENNIS_ITEM_SQUARED_MULTIPLE] - 1;

      for (guint j = 0; j < k; j++)
        row += m->correlation[(gsize) i * k + j];
      f[KENNIS_ITEM_ITEM_CORRECTED] = whole > 0 ? row / sqrt (whole) : NAN;
    }
}

/* Items that load on the first principal component against the many; where as many go one way as the other, against the
 * first item. */
static void
find_reversed (KennisReliability *self, const KennisMoments *m)
{
  guint k = m->k, against = 0;
  g_autofree double *vectors = g_new (double, (gsize) k *k);
  int sign;

  if (!kennis_matrix_eigen (m->correlation, k, self->eigenvalues, vectors))
    return;
  for (guint i = 0; i < k; i++)
    against += vectors[(gsize) i * k] < 0 ? 1 : 0;
  sign = 2 * against > k || (2 * against == k && vectors[0] < 0) ? -1 : 1;
  for (guint i = 0; i < k; i++)
    self->reversed[i] = sign * vectors[(gsize) i * k] < 0;
}

void
kennis_reliability_fill (KennisReliability *self, const KennisMoments *moments, double level, guint64 seed)
{
  for (guint i = 0; i < KENNIS_N_RELIABILITY_FIGURES; i++)
    self->figures[i] = NAN;
  for (guint i = 0; i < self->k * KENNIS_N_ITEM_FIGURES; i++)
    self->items[i] = NAN;
  for (guint i = 0; i < self->k; i++)
    self->eigenvalues[i] = NAN;
  self->n = moments->n_least;
  self->n_varying = 0;
  for (guint i = 0; i < self->k; i++)
    self->n_varying += moments->covariance[(gsize) i * self->k + i] > 0;
  fill_alpha (self, moments, level);
  for (guint i = 0; i < self->k; i++)
    fill_item (self, moments, i);
  fill_lambdas (self, moments);
  fill_corrected (self, moments);
  fill_omegas (self, moments);
  fill_splits (self, moments, seed);
  find_reversed (self, moments);
}
