#include "config.h"

#include <math.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-random-private.h"
#include "base/kennis-statistics-private.h"
#include "survey/kennis-group-rows-private.h"
#include "survey/kennis-reliability-private.h"

#define MAX_ITEMS 200
#define FEW 20          /* answers under which nothing is said of a scale */

/**
 * KennisReliability:
 *
 * How well the items of a scale measure one thing together.
 *
 * It never changes and may be used from any thread.
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (KennisReliability, kennis_reliability, G_TYPE_OBJECT)

static void
kennis_reliability_finalize (GObject *object)
{
  KennisReliability *self = KENNIS_RELIABILITY (object);

  g_strfreev (self->names);
  g_free (self->items);
  g_free (self->eigenvalues);
  g_free (self->reversed);

  G_OBJECT_CLASS (kennis_reliability_parent_class)->finalize (object);
}

static void
kennis_reliability_class_init (KennisReliabilityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_reliability_finalize;
}

static void
kennis_reliability_init (KennisReliability *self)
{
  self->factor = KENNIS_FACTOR_STATUS_TOO_FEW_ITEMS;
  for (guint i = 0; i < KENNIS_N_RELIABILITY_FIGURES; i++)
    self->figures[i] = NAN;
}

/**
 * kennis_reliability_new:
 * @values: rows of doubles, one for each item, all in the direction of the scale; NaN: no answer
 * @items: (array zero-terminated=1): a name for each item
 * @missing: what is done with answers that are not there
 * @level: level of confidence of alpha's interval, as 0.95
 * @seed: of the splits that are drawn where there are over 16 items
 * @error: return location for an error
 *
 * Works out the reliability of a scale.
 *
 * Formulas, with k items, covariances c, V their sum (the variance of the total) and R correlations:
 * alpha = k/(k − 1) · (1 − Σc_ii/V) (Cronbach 1951), interval by Feldt (1965; pairwise: with the rows of the pair that has the fewest);
 * λ2, λ6 and λ4 after Guttman (1945), λ4 over all splits in halves up to 16 items, else over 10 000 drawn ones; an odd number
 * is split with one more on one side; omega total = (Σλ)²/((Σλ)² + Σψ) after McDonald (1999), loadings λ of one factor by
 * minres, so for three items or more.  What is not defined is NaN: figures of R where an item does not vary,
 * λ6 and the squared multiple correlations also where an item follows from the others (R has no inverse), omega where no factor is found
 * ([method@Reliability.get_factor_status]), alpha where the sum of the items does not vary; all but counts where there are no two rows.
 *
 * Errors: %KENNIS_ERROR_INVALID where sizes do not agree or there are under two items; %KENNIS_ERROR_TOO_LARGE over 200 items.
 * Time: O(rows × k²).
 *
 * Returns: (transfer full): a new reliability
 *
 * Since: 1.0
 */
KennisReliability *
kennis_reliability_new (GBytes *values, const char *const *items, KennisMissing missing, double level, guint64 seed,
                        GError **error)
{
  KennisReliability *self;
  KennisMoments moments;
  const double *matrix;
  gsize n_rows;
  guint k;

  g_return_val_if_fail (values != NULL, NULL);
  g_return_val_if_fail (items != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  k = g_strv_length ((char **) items);
  if (k < 2 || k > MAX_ITEMS)
    {
      g_set_error (error, KENNIS_ERROR, k < 2 ? KENNIS_ERROR_INVALID : KENNIS_ERROR_TOO_LARGE,
                   _("the reliability of %u items is not defined; 2 to 200 are accepted"), k);
      return NULL;
    }
  if (!kennis_survey_level (level, error) || !kennis_survey_matrix (values, k, &matrix, &n_rows, error))
    return NULL;
  self = g_object_new (KENNIS_TYPE_RELIABILITY, NULL);
  self->k = k;
  self->names = g_strdupv ((char **) items);
  self->items = g_new (double, k *KENNIS_N_ITEM_FIGURES);
  self->eigenvalues = g_new (double, k);
  self->reversed = g_new0 (guint8, k);
  kennis_moments_init (&moments, matrix, n_rows, k, missing);
  kennis_reliability_fill (self, &moments, level, seed);
  kennis_moments_clear (&moments);
  return self;
}

/**
 * kennis_reliability_new_for_scale:
 * @answers: answers
 * @scale: (nullable): the id of a scale; %NULL: the instrument
 * @missing: what is done with answers that are not there
 * @level: level of confidence of alpha's interval, as 0.95
 * @seed: of the splits that are drawn where there are over 16 items
 * @error: return location for an error
 *
 * Works out the reliability of a scale of an instrument, see [ctor@Reliability.new] and [method@Answers.get_values].
 *
 * Errors: %KENNIS_ERROR_INVALID names the scales that there are.
 *
 * Returns: (transfer full): a new reliability
 *
 * Since: 1.0
 */
KennisReliability *
kennis_reliability_new_for_scale (KennisAnswers *answers, const char *scale, KennisMissing missing, double level,
                                  guint64 seed, GError **error)
{
  g_autoptr (GBytes) values = NULL;
  g_auto (GStrv) items = NULL;

  g_return_val_if_fail (KENNIS_IS_ANSWERS (answers), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  values = kennis_answers_get_values (answers, scale, error);
  if (values == NULL)
    return NULL;
  items = kennis_instrument_list_items (kennis_answers_get_instrument (answers), scale);
  return kennis_reliability_new (values, (const char *const *) items, missing, level, seed, error);
}

/**
 * kennis_reliability_get:
 * @self: a reliability
 * @figure: a figure
 *
 * Gets a number of the scale.
 *
 * Returns: the number; NaN where it is not defined
 *
 * Since: 1.0
 */
double
kennis_reliability_get (KennisReliability *self, KennisReliabilityFigure figure)
{
  g_return_val_if_fail (KENNIS_IS_RELIABILITY (self), NAN);
  g_return_val_if_fail ((guint) figure < KENNIS_N_RELIABILITY_FIGURES, NAN);

  return self->figures[figure];
}

/**
 * kennis_reliability_get_n_items:
 * @self: a reliability
 *
 * Gets how many items the scale has.
 *
 * Returns: how many items the scale has
 *
 * Since: 1.0
 */
guint
kennis_reliability_get_n_items (KennisReliability *self)
{
  g_return_val_if_fail (KENNIS_IS_RELIABILITY (self), 0);

  return self->k;
}

/**
 * kennis_reliability_get_item_name:
 * @self: a reliability
 * @item: an item
 *
 * Gets the name of an item.
 *
 * Returns: (nullable): the name; %NULL: no such item
 *
 * Since: 1.0
 */
const char *
kennis_reliability_get_item_name (KennisReliability *self, guint item)
{
  g_return_val_if_fail (KENNIS_IS_RELIABILITY (self), NULL);

  return item < self->k ? self->names[item] : NULL;
}

/**
 * kennis_reliability_get_item:
 * @self: a reliability
 * @item: an item
 * @figure: a figure
 *
 * Gets a number of one item.
 *
 * Returns: the number; NaN where it is not defined, or there is no such item
 *
 * Since: 1.0
 */
double
kennis_reliability_get_item (KennisReliability *self, guint item, KennisItemFigure figure)
{
  g_return_val_if_fail (KENNIS_IS_RELIABILITY (self), NAN);
  g_return_val_if_fail ((guint) figure < KENNIS_N_ITEM_FIGURES, NAN);

  return item < self->k ? self->items[item * KENNIS_N_ITEM_FIGURES + figure] : NAN;
}

/**
 * kennis_reliability_list_reversed:
 * @self: a reliability
 *
 * Gets the items that look as if their direction is wrong.
 *
 * They load on the first principal component of the correlations against most others; where as many go one way as the other,
 * against the first item.  A negative alpha almost always comes from such items.
 *
 * Returns: (transfer full) (array zero-terminated=1): names of items
 *
 * Since: 1.0
 */
char **
kennis_reliability_list_reversed (KennisReliability *self)
{
  char **names;
  guint n = 0;

  g_return_val_if_fail (KENNIS_IS_RELIABILITY (self), NULL);

  names = g_new0 (char *, self->k + 1);
  for (guint i = 0; i < self->k; i++)
    if (self->reversed[i])
      names[n++] = g_strdup (self->names[i]);
  return names;
}

/**
 * kennis_reliability_judge:
 * @self: a reliability
 * @threshold: the least alpha that is asked for, as 0.7
 *
 * Tells whether the data at hand support the scale.
 *
 * It is judged by alpha's interval and not by alpha, so that few answers say little.  .70 is usual for research on groups
 * (Nunnally 1978).
 *
 * Returns: whether the data at hand support the scale
 *
 * Since: 1.0
 */
KennisSupport
kennis_reliability_judge (KennisReliability *self, double threshold)
{
  const double *f;

  g_return_val_if_fail (KENNIS_IS_RELIABILITY (self), KENNIS_SUPPORT_TOO_FEW);

  f = self->figures;
  if (!(self->n >= FEW))
    return KENNIS_SUPPORT_TOO_FEW;
  for (guint i = 0; i < self->k; i++)
    if (self->reversed[i])
      return KENNIS_SUPPORT_REVERSED;
  if (self->n_varying < 2 || isnan (f[KENNIS_RELIABILITY_ALPHA]))
    return KENNIS_SUPPORT_NO_VARIANCE;
  if (f[KENNIS_RELIABILITY_ALPHA_LOWER] >= threshold)
    return KENNIS_SUPPORT_GOOD;
  return f[KENNIS_RELIABILITY_ALPHA_UPPER] < threshold ? KENNIS_SUPPORT_LOW : KENNIS_SUPPORT_UNSURE;
}

/**
 * kennis_reliability_get_factor_status:
 * @self: a reliability
 *
 * Tells what became of the one factor that omega is made of.
 *
 * There are two fits, on covariances and on correlations; it is the worse of both that is told.
 *
 * Returns: whether one factor was found, or why not
 *
 * Since: 1.0
 */
KennisFactorStatus
kennis_reliability_get_factor_status (KennisReliability *self)
{
  g_return_val_if_fail (KENNIS_IS_RELIABILITY (self), KENNIS_FACTOR_STATUS_TOO_FEW_ITEMS);

  return self->factor;
}

/**
 * kennis_reliability_get_eigenvalue:
 * @self: a reliability
 * @factor: 0 for the largest
 *
 * Gets an eigenvalue of the correlations between the items.
 *
 * Returns: the eigenvalue; NaN where it is not defined
 *
 * Since: 1.0
 */
double
kennis_reliability_get_eigenvalue (KennisReliability *self, guint factor)
{
  g_return_val_if_fail (KENNIS_IS_RELIABILITY (self), NAN);

  return factor < self->k ? self->eigenvalues[factor] : NAN;
}

/* Correlations of n rows of independent normal numbers, without the rows: sums of squares and products of such numbers
 * are T Tᵀ, T a lower triangle of normal numbers with roots of χ² of n − 1 − i on its diagonal (Bartlett 1933). */
static void
draw_eigenvalues (guint k, double n, guint64 seed, guint64 draw, double *matrix, double *triangle, double *values)
{
  KennisRandom random;

  kennis_random_init (&random, seed, draw);
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j <= i; j++)
      triangle[(gsize) i * k + j] =
          i == j ? sqrt (2 * kennis_random_gamma (&random, (n - 1 - i) / 2)) : kennis_random_normal (&random);
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j <= i; j++)
      {
        double sum = 0;

        for (guint m = 0; m <= j; m++)
          sum += triangle[(gsize) i * k + m] * triangle[(gsize) j * k + m];
        matrix[(gsize) i * k + j] = matrix[(gsize) j * k + i] = sum;
      }
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j < k; j++)
      if (i != j)
        matrix[(gsize) i * k + j] /= sqrt (matrix[(gsize) i * k + i] * matrix[(gsize) j * k + j]);
  for (guint i = 0; i < k; i++)
    matrix[(gsize) i * k + i] = 1;
  kennis_matrix_eigen (matrix, k, values, NULL);
}

/**
 * kennis_reliability_count_factors:
 * @self: a reliability
 * @n_draws: draws of random data, as 1000
 * @quantile: of the random eigenvalues that a factor has to pass, as 0.95
 * @seed: of the draws; the same seed gives the same answer
 * @random: (out) (optional) (nullable) (transfer full): that quantile for each eigenvalue, doubles
 *
 * Counts the factors by parallel analysis: the eigenvalues of the correlations, from the largest on, that pass those of random data of
 * the same size.
 *
 * Horn (1965) with the quantile of Glorfeld (1995); random data are normal and independent.  Time: O(draws × k³), whatever the rows.
 *
 * Returns: the number of factors; −1: the correlations are not defined, or there are no more rows than items
 *
 * Since: 1.0
 */
int
kennis_reliability_count_factors (KennisReliability *self, guint n_draws, double quantile, guint64 seed,
                                  GBytes **random)
{
  g_autofree double *matrix = NULL, *triangle = NULL, *values = NULL, *drawn = NULL, *limits = NULL;
  guint k, count = 0;

  g_return_val_if_fail (KENNIS_IS_RELIABILITY (self), -1);
  g_return_val_if_fail (n_draws > 0, -1);
  g_return_val_if_fail (quantile > 0 && quantile < 1, -1);

  k = self->k;
  if (random != NULL)
    *random = NULL;
  if (k == 0 || isnan (self->eigenvalues[0]) || self->n <= k)
    return -1;
  matrix = g_new (double, (gsize) k *k);
  triangle = g_new (double, (gsize) k *k);
  values = g_new (double, k);
  limits = g_new (double, k);
  drawn = g_new (double, (gsize) k *n_draws);
  for (guint draw = 0; draw < n_draws; draw++)
    {
      draw_eigenvalues (k, self->n, seed, draw, matrix, triangle, values);
      for (guint i = 0; i < k; i++)
        drawn[(gsize) i * n_draws + draw] = values[i];
    }
  for (guint i = 0; i < k; i++)
    {
      kennis_sort_doubles (drawn + (gsize) i * n_draws, n_draws);
      limits[i] = kennis_quantile_sorted (drawn + (gsize) i * n_draws, n_draws, quantile);
    }
  while (count < k && self->eigenvalues[count] > limits[count])
    count++;
  if (random != NULL)
    *random = g_bytes_new (limits, k * sizeof *limits);
  return (int) count;
}
