#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-random-private.h"
#include "base/kennis-statistics-private.h"
#include "survey/kennis-agreement-private.h"

#define SIMULATED 200     /* people: for more the mean variance is as good as normal */
#define CHANCE 0.05

/* Expected variances of random answers with 5 to 11 options (LeBreton & Senter 2008, table 2; five: James, Demaree & Wolf
 * 1984), printed to two decimals. */
static const double variances[7][5] = {
  /* slight, moderate, heavy skew, triangular, normal */
  { 1.34, 0.90, 0.44, 1.32, 1.04 }, { 1.85, 1.26, 0.69, 1.45, 1.25 }, { 2.90, 2.14, 1.39, 2.10, 1.40 },
  { 3.47, 2.79, 2.35, 2.81, 1.73 }, { 5.66, 4.73, 3.16, 3.00, 1.58 }, { 6.30, 5.09, 3.46, 2.89, 1.45 },
  { 7.31, 6.32, 4.02, 3.32, 1.40 },
};

/* Shares of five options (James, Demaree & Wolf 1984, 1993). */
static const double five[5][5] = {
  { 0.05, 0.15, 0.20, 0.35, 0.25 }, { 0, 0.10, 0.15, 0.40, 0.35 },    { 0, 0, 0.10, 0.40, 0.50 },
  { 0.11, 0.22, 0.34, 0.22, 0.11 }, { 0.07, 0.24, 0.38, 0.24, 0.07 },
};

/**
 * kennis_agreement_null_variance:
 * @null: a null distribution
 * @n_options: how many answers an item has
 *
 * Gets the variance that random answers would have.
 *
 * Uniform: (options² − 1)/12, for two options or more; the others are those that LeBreton & Senter (2008, table 2) print for 5 to 11 options, to two
 * decimals.  Five options have those of rounded shares: triangular .11 .22 .34 .22 .11, variance 1.32, where 1:2:3:2:1 exactly would have 4/3.
 *
 * Returns: the variance; NaN where none is known for so many options
 *
 * Since: 1.0
 */
double
kennis_agreement_null_variance (KennisNull null, guint n_options)
{
  g_return_val_if_fail (null <= KENNIS_NULL_NORMAL, NAN);

  if (null == KENNIS_NULL_UNIFORM)
    return n_options >= 2 ? ((double) n_options * n_options - 1) / 12 : NAN;
  return n_options >= 5 && n_options <= 11 ? variances[n_options - 5][null - 1] : NAN;
}

/* Shares that fall or rise by a factor from option to option (skewed), or as a normal curve around the middle. */
static void
shape (KennisNull null, guint n, double b, double *share)
{
  gboolean skewed = null <= KENNIS_NULL_HEAVY_SKEW;
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      double x = skewed ? (double) i - (n - 1.0) : pow (i - (n - 1) / 2.0, 2);

      share[i] = exp (skewed ? b * x : -b * x);
      sum += share[i];
    }
  for (guint i = 0; i < n; i++)
    share[i] /= sum;
}

static double
variance_of (const double *share, guint n)
{
  double mean = 0, squares = 0;

  for (guint i = 0; i < n; i++)
    mean += share[i] * i;
  for (guint i = 0; i < n; i++)
    squares += share[i] * (i - mean) * (i - mean);
  return squares;
}

/* Only the variances are printed for six options or more: the shares are then those of that shape with that variance. */
static void
shares_of (KennisNull null, guint n, double *share)
{
  double wanted = kennis_agreement_null_variance (null, n), low = 0, high = 10;

  if (null == KENNIS_NULL_UNIFORM)
    shape (KENNIS_NULL_NORMAL, n, 0, share);
  else if (n == 5)
    memcpy (share, five[null - 1], 5 * sizeof *share);
  else
    for (guint step = 0; step < 60; step++)
      {
        double b = (low + high) / 2;

        shape (null, n, b, share);
        if (variance_of (share, n) > wanted)
          low = b;
        else
          high = b;
      }
}

/* The mean over items of the variance of random answers. */
static double
draw_variance (KennisRandom *random, const double *upto, guint n_options, guint n, guint n_items)
{
  double sum = 0;

  for (guint j = 0; j < n_items; j++)
    {
      double x = 0, xx = 0;

      for (guint i = 0; i < n; i++)
        {
          double u = kennis_random_uniform (random);
          guint answer = 0;

          while (answer + 1 < n_options && u > upto[answer])
            answer++;
          x += answer;
          xx += (double) answer * answer;
        }
      sum += (xx - x * x / n) / (n - 1.0);
    }
  return sum / n_items;
}

/* For many people the mean variance is normal around the null's, with the variance (μ4 − σ⁴ (n − 3)/(n − 1)) / (n × items). */
static double
normal_limit (const double *share, guint n_options, guint n, guint n_items)
{
  double mean = 0, variance = variance_of (share, n_options), fourth = 0;

  for (guint i = 0; i < n_options; i++)
    mean += share[i] * i;
  for (guint i = 0; i < n_options; i++)
    fourth += share[i] * pow (i - mean, 4);
  return variance
         + kennis_normal_quantile (CHANCE)
               * sqrt ((fourth - variance * variance * (n - 3.0) / (n - 1.0)) / ((double) n * n_items));
}

static double
critical_of (const double *share, guint n_options, guint n, guint n_items, guint n_draws, guint64 seed)
{
  g_autofree double *drawn = NULL, *upto = NULL;

  if (n > SIMULATED)
    return normal_limit (share, n_options, n, n_items);
  drawn = g_new (double, n_draws);
  upto = g_new (double, n_options);
  for (guint i = 0; i < n_options; i++)
    upto[i] = share[i] + (i > 0 ? upto[i - 1] : 0);
  for (guint draw = 0; draw < n_draws; draw++)
    {
      KennisRandom random;

      kennis_random_init (&random, seed, (guint64) n << 32 | draw);
      drawn[draw] = draw_variance (&random, upto, n_options, n, n_items);
    }
  kennis_sort_doubles (drawn, n_draws);
  return kennis_quantile_sorted (drawn, n_draws, CHANCE);
}

void
kennis_agreement_simulate (KennisAgreement *self, const KennisAgreementInput *input, KennisNull null, guint n_draws,
                           guint64 seed)
{
  guint n_options = (guint) (input->high - input->low) + 1;
  g_autofree double *share = g_new (double, n_options);
  g_autoptr (GHashTable) known = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  shares_of (null, n_options, share);
  for (guint g = 0; g < self->n_groups; g++)
    {
      double *figure = self->figures + (gsize) g * KENNIS_N_AGREEMENT_FIGURES, *critical;
      guint n = (guint) figure[KENNIS_AGREEMENT_N];

      if (n < 2)
        continue;
      critical = g_hash_table_lookup (known, GUINT_TO_POINTER (n));
      if (critical == NULL)
        {
          critical = g_new (double, 1);
          *critical = critical_of (share, n_options, n, input->n_items, n_draws, seed);
          g_hash_table_insert (known, GUINT_TO_POINTER (n), critical);
        }
      self->critical[g] = *critical;
      figure[KENNIS_AGREEMENT_CRITICAL] =
          kennis_agreement_rwg (MIN (*critical, input->variance), input->variance, input->n_items);
    }
}
