#include "config.h"

#include <math.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-random-private.h"
#include "base/kennis-statistics-private.h"
#include "survey/kennis-answers-private.h"
#include "survey/kennis-group-rows-private.h"

#define MAX_DRAWS 100000
#define FEWEST_UNITS 10     /* teams that are resampled */

/* Sums over the rows of a team: how many, of each item and of the row's sum, and of their squares.  Columns 0 … k − 1 are items, k is the sum. */
typedef struct
{
  guint   k, n_units;
  double *n;
  double *sums, *squares;   /* n_units × (k + 1) */
} Units;

static void
units_clear (Units *self)
{
  g_free (self->n);
  g_free (self->sums);
  g_free (self->squares);
}

/* About the first complete row, so that squares keep their digits. */
static void
add_row (Units *self, guint unit, const double *row, const double *origin)
{
  double *sums = self->sums + (gsize) unit * (self->k + 1), *squares = self->squares + (gsize) unit * (self->k + 1);
  double sum = 0;

  for (guint i = 0; i < self->k; i++)
    {
      double x = row[i] - origin[i];

      sums[i] += x;
      squares[i] += x * x;
      sum += x;
    }
  sums[self->k] += sum;
  squares[self->k] += sum * sum;
  self->n[unit] += 1;
}

/* Who is in no group is a unit alone, as is everybody where there are no groups. */
static void
units_init (Units *self, const double *matrix, const guint32 *groups, guint n_rows, guint n_groups, guint k)
{
  g_autofree guint32 *unit_of = g_new (guint32, n_groups + 1);
  const double *origin = NULL;

  *self = (Units) { .k = k,
                    .n = g_new0 (double, n_rows + 1),
                    .sums = g_new0 (double, ((gsize) n_rows + 1) * (k + 1)),
                    .squares = g_new0 (double, ((gsize) n_rows + 1) * (k + 1)) };
  for (guint g = 0; g < n_groups; g++)
    unit_of[g] = KENNIS_NO_GROUP;
  for (guint r = 0; r < n_rows; r++)
    {
      const double *row = matrix + (gsize) r * k;
      guint32 *unit = groups != NULL && groups[r] < n_groups ? &unit_of[groups[r]] : NULL;
      guint at = unit != NULL && *unit != KENNIS_NO_GROUP ? *unit : self->n_units;

      if (!kennis_survey_is_complete (row, k))
        continue;
      origin = origin != NULL ? origin : row;
      if (unit != NULL)
        *unit = at;
      self->n_units = MAX (self->n_units, at + 1);
      add_row (self, at, row, origin);
    }
}

static double
alpha_of (double n, const double *sums, const double *squares, guint k)
{
  double items = 0, whole = squares[k] - sums[k] * sums[k] / n;

  for (guint i = 0; i < k; i++)
    items += squares[i] - sums[i] * sums[i] / n;
  return n >= 2 && whole > 0 ? (double) k / (k - 1) * (1 - items / whole) : NAN;
}

static double
draw_alpha (const Units *self, guint64 seed, guint draw, double *sums, double *squares)
{
  KennisRandom random;
  double n = 0;

  kennis_random_init (&random, seed, draw);
  for (guint i = 0; i <= self->k; i++)
    sums[i] = squares[i] = 0;
  for (guint u = 0; u < self->n_units; u++)
    {
      guint unit = kennis_random_below (&random, self->n_units);

      n += self->n[unit];
      for (guint i = 0; i <= self->k; i++)
        {
          sums[i] += self->sums[(gsize) unit * (self->k + 1) + i];
          squares[i] += self->squares[(gsize) unit * (self->k + 1) + i];
        }
    }
  return alpha_of (n, sums, squares, self->k);
}

static void
resample (const Units *self, guint n_draws, double level, guint64 seed, double *lower, double *upper)
{
  g_autofree double *draws = g_new (double, n_draws), *sums = g_new (double, self->k + 1),
                    *squares = g_new (double, self->k + 1);
  guint n = 0;

  for (guint d = 0; d < n_draws; d++)
    {
      double alpha = draw_alpha (self, seed, d, sums, squares);

      if (!isnan (alpha))
        draws[n++] = alpha;
    }
  if (2 * n < n_draws)
    return;
  kennis_sort_doubles (draws, n);
  *lower = kennis_quantile_sorted (draws, n, (1 - level) / 2);
  *upper = kennis_quantile_sorted (draws, n, (1 + level) / 2);
}

static gboolean
check (guint k, guint n_draws, double level, GError **error)
{
  if (!kennis_survey_level (level, error))
    return FALSE;
  if (k >= 2 && n_draws >= 1 && n_draws <= MAX_DRAWS)
    return TRUE;
  g_set_error (
      error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
      _("alpha cannot be resampled %u times for %u items; 1 to 100000 times and 2 items or more are accepted"),
      n_draws, k);
  return FALSE;
}

/**
 * kennis_answers_bootstrap_alpha:
 * @self: answers
 * @scale: (nullable): the id of a scale; %NULL: the instrument
 * @by: what is resampled: %KENNIS_GROUP_BY_TEAM whole teams, %KENNIS_GROUP_BY_ALL people
 * @n_draws: how often, as 2000; at most 100 000
 * @level: level of confidence, as 0.95
 * @seed: of the draws; the same seed gives the same limits
 * @lower: (out): the lower limit; NaN: not defined
 * @upper: (out): the upper limit; NaN: not defined
 * @error: return location for an error
 *
 * Works out an interval of Cronbach's alpha by resampling teams.
 *
 * Feldt's interval ([enum@ReliabilityFigure]) takes people to be independent.  People of one team are more alike than that; so whole teams are drawn with
 * replacement, and the limits are percentiles of alpha (cluster bootstrap, Field & Welsh 2007).  Only people who answered every item count; who is in no
 * team is one alone.  Under 10 teams the limits are NaN: so few say nothing of the teams that might have been.
 *
 * Errors: %KENNIS_ERROR_INVALID names the scales that there are, or what is accepted.
 * Time: O(rows × items + draws × teams × items).
 *
 * Returns: whether it went well
 *
 * Since: 1.0
 */
gboolean
kennis_answers_bootstrap_alpha (KennisAnswers *self, const char *scale, KennisGroupBy by, guint n_draws, double level,
                                guint64 seed, double *lower, double *upper, GError **error)
{
  g_autoptr (GBytes) values = NULL, groups = NULL;
  g_auto (GStrv) items = NULL, labels = NULL;
  Units units;
  guint k;

  g_return_val_if_fail (KENNIS_IS_ANSWERS (self), FALSE);
  g_return_val_if_fail (lower != NULL && upper != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  *lower = *upper = NAN;
  values = kennis_answers_get_values (self, scale, error);
  if (values == NULL)
    return FALSE;
  items = kennis_instrument_list_items (self->instrument, scale);
  k = g_strv_length (items);
  if (!check (k, n_draws, level, error))
    return FALSE;
  labels = kennis_answers_list_groups (self, by);
  groups = by != KENNIS_GROUP_BY_ALL ? kennis_answers_get_groups (self, by) : NULL;
  units_init (&units, g_bytes_get_data (values, NULL), groups != NULL ? g_bytes_get_data (groups, NULL) : NULL,
              self->n_rows, g_strv_length (labels), k);
  if (units.n_units >= FEWEST_UNITS)
    resample (&units, n_draws, level, seed, lower, upper);
  units_clear (&units);
  return TRUE;
}
