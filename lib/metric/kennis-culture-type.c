#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-random-private.h"
#include "base/kennis-statistics-private.h"
#include "metric/kennis-culture-private.h"

#include <math.h>

/* The type: by which of four descriptions most draws go, where each draw takes other people, other weights, and the one or the other mean (OECD &
 * JRC 2008, step 7: what depends on choices that could have been made otherwise is drawn over these). */

#define LEAST_SHARE 0.8

static const char *const between[KENNIS_N_TYPES][KENNIS_N_TYPES] = {
  [KENNIS_TYPE_FOUNDATION_TOO_LOW] = {
    [KENNIS_TYPE_DORMANT] = N_("Between “foundation too low” and “dormant”."),
    [KENNIS_TYPE_CULTURE_OF_LEARNING] = N_("Between “foundation too low” and “culture of learning”."),
    [KENNIS_TYPE_LEARNING_CULTURE] = N_("Between “foundation too low” and “learning culture”.") },
  [KENNIS_TYPE_DORMANT] = {
    [KENNIS_TYPE_CULTURE_OF_LEARNING] = N_("Between “dormant” and “culture of learning”."),
    [KENNIS_TYPE_LEARNING_CULTURE] = N_("Between “dormant” and “learning culture”.") },
  [KENNIS_TYPE_CULTURE_OF_LEARNING] = {
    [KENNIS_TYPE_LEARNING_CULTURE] = N_("Between “culture of learning” and “learning culture”.") }
};

/* Whether the foundation bears it nobody knows, and unknown is no yes. */
static const char *const unless_too_low[KENNIS_N_TYPES] = {
  [KENNIS_TYPE_FOUNDATION_TOO_LOW] = NULL,
  [KENNIS_TYPE_DORMANT] =
      N_("“Dormant”, unless the foundation is too low: leadership, trust, autonomy and engagement were not all measured."),
  [KENNIS_TYPE_CULTURE_OF_LEARNING] = N_("“Culture of learning”, unless the foundation is too low: leadership, trust, "
                                         "autonomy and engagement were not all measured."),
  [KENNIS_TYPE_LEARNING_CULTURE] = N_("“Learning culture”, unless the foundation is too low: leadership, trust, "
                                      "autonomy and engagement were not all measured.")
};

/* What is known of the foundation. */
typedef struct
{
  guint    n;                                   /* scales that were measured, of enough people */
  double   mean[KENNIS_N_FOUNDATIONS], se[KENNIS_N_FOUNDATIONS];
  gboolean is_too_low;                          /* the upper limit of the lowest scale is under the threshold */
} Foundation;

static double
threshold_of (const KennisCultureWork *work, KennisCulture culture)
{
  return work->plan->profile->thresholds[culture];
}

/* The interval of a scale was measured at the level that was asked for: from it the limit that holds for all four. */
static void
find_foundation (const KennisCultureWork *work, const KennisRawMeasurement *raw, Foundation *self)
{
  KennisFoundationScale scales[KENNIS_N_FOUNDATIONS];
  double own = (1 + work->level) / 2, all = (1 + kennis_foundation_level (work->level)) / 2;
  guint lowest;

  *self = (Foundation) { 0 };
  for (guint i = work->plan->n_indicators; i < work->plan->n_indicators + work->plan->n_foundations; i++)
    {
      const KennisRawMeasurement *scale = &raw[work->plan->place[i]];
      double half;

      if (!kennis_culture_is_observed (scale) || isnan (scale->lower)
          || scale->n_people < 2 * work->minimum_survey_group)
        continue;
      /* A limit may have been cut at 0 or 100. */
      half = fmax (scale->upper - scale->value, scale->value - scale->lower);
      self->mean[self->n] = scale->value;
      self->se[self->n] = half / kennis_t_quantile (scale->n - 1.0, own);
      scales[self->n] = (KennisFoundationScale) {
        scale->value, scale->value + self->se[self->n] * kennis_t_quantile (scale->n - 1.0, all), scale->n_people
      };
      self->n++;
    }
  lowest = kennis_foundation_lowest (scales, self->n);
  self->is_too_low = self->n > 0
                     && kennis_foundation_is_too_low (&scales[lowest], work->minimum_survey_group,
                                                      threshold_of (work, KENNIS_CULTURE_FOUNDATION));
}

/* The draws are the same for every group: for each replicate the weights of all indicators, a normal for each scale of the foundation, and a coin.
 * Weights lie around the profile's: Dirichlet, flat where all weigh alike; a gamma for each, made to sum to 1 over what was observed. */
static void
draw_weights (const KennisCulturePlan *plan, KennisRandom *random, double *weights)
{
  for (guint c = 0; c < 2; c++)
    {
      double all = 0;
      guint n = 0;

      for (guint i = 0; i < plan->n_indicators; i++)
        if (kennis_culture_indicator (plan, i)->index == c)
          {
            all += kennis_culture_indicator (plan, i)->weight;
            n++;
          }
      for (guint i = 0; i < plan->n_indicators; i++)
        if (kennis_culture_indicator (plan, i)->index == c)
          weights[i] = kennis_random_gamma (random, n * kennis_culture_indicator (plan, i)->weight / all);
    }
}

void
kennis_culture_plan_draw (KennisCulturePlan *self, guint64 seed, guint replicates)
{
  guint64 own = kennis_random_seed_for (seed, "culture.type", 0);

  self->n_drawn = self->n_indicators + KENNIS_N_FOUNDATIONS + 1;
  self->drawn = g_new (double, (gsize) self->n_drawn *replicates + 1);
  for (guint r = 0; r < replicates; r++)
    {
      double *row = self->drawn + (gsize) r * self->n_drawn;
      KennisRandom random;

      kennis_random_init (&random, own, r);
      draw_weights (self, &random, row);
      for (guint i = 0; i < KENNIS_N_FOUNDATIONS; i++)
        row[self->n_indicators + i] = kennis_random_normal (&random);
      row[self->n_indicators + KENNIS_N_FOUNDATIONS] = kennis_random_u32 (&random) & 1;
    }
}

static void
take_weights (const double *drawn, KennisCultureIndex *index)
{
  double sum = 0;

  for (guint i = 0; i < index->n; i++)
    sum += index->weight[i] = drawn[index->part[i]];
  for (guint i = 0; i < index->n; i++)
    index->weight[i] = sum > 0 ? index->weight[i] / sum : 1.0 / index->n;
}

static double
arithmetic_mean (const KennisCultureIndex *index, const double *points)
{
  double sum = 0;

  for (guint i = 0; i < index->n; i++)
    sum += index->weight[i] * points[i];
  return sum;
}

typedef struct
{
  KennisCultureIndex index[2];
  Foundation         foundation;
  guint              count[KENNIS_N_TYPES];
  guint              n;
} Draws;

/* One draw; −1: not all indicators have a value in it. */
static int
draw_type (const KennisCultureWork *work, Draws *self, guint replicate)
{
  const double *drawn = work->plan->drawn + (gsize) replicate * work->plan->n_drawn;
  const double *normals = drawn + work->plan->n_indicators;
  gboolean is_low = FALSE, is_arithmetic = normals[KENNIS_N_FOUNDATIONS] > 0;
  double value[2], points[KENNIS_PROFILE_MAX_INDICATORS];

  for (guint i = 0; i < self->foundation.n; i++)
    is_low |=
        self->foundation.mean[i] + self->foundation.se[i] * normals[i] < threshold_of (work, KENNIS_CULTURE_FOUNDATION);
  for (guint c = 0; c < 2; c++)
    {
      KennisCultureIndex *index = &self->index[c];

      take_weights (drawn, index);
      if (!kennis_culture_points_in (work, index, replicate, points))
        return -1;
      value[c] = is_arithmetic ? arithmetic_mean (index, points) : kennis_culture_geometric_mean (index, points);
    }
  if (is_low)
    return KENNIS_TYPE_FOUNDATION_TOO_LOW;
  if (value[KENNIS_CULTURE_EXCHANGE] >= threshold_of (work, KENNIS_CULTURE_EXCHANGE))
    return KENNIS_TYPE_LEARNING_CULTURE;
  return value[KENNIS_CULTURE_UPTAKE] >= threshold_of (work, KENNIS_CULTURE_UPTAKE) ? KENNIS_TYPE_CULTURE_OF_LEARNING
                                                                                    : KENNIS_TYPE_DORMANT;
}

static void
draw_types (const KennisCultureWork *work, Draws *self)
{
  for (guint r = 0; r < work->replicates; r++)
    {
      int type = draw_type (work, self, r);

      if (type < 0)
        continue;
      self->count[type]++;
      self->n++;
    }
}

/* The type that most draws have but for one that is left out (−1: none is). */
static guint
most (const Draws *self, int but)
{
  guint best = but == 0 ? 1 : 0;

  for (guint t = 0; t < KENNIS_N_TYPES; t++)
    if ((int) t != but && self->count[t] > self->count[best])
      best = t;
  return best;
}

static const char *
note_between (guint a, guint b)
{
  return between[MIN (a, b)][MAX (a, b)];
}

static void
fill (const KennisCultureWork *work, const Draws *draws, gboolean is_share, KennisRawMeasurement *out)
{
  guint winner = most (draws, -1), second = most (draws, (int) winner);
  double share = (double) draws->count[winner] / draws->n;
  gboolean is_clear =
      share >= LEAST_SHARE && (winner != KENNIS_TYPE_FOUNDATION_TOO_LOW || draws->foundation.is_too_low);
  gboolean is_borne = winner == KENNIS_TYPE_FOUNDATION_TOO_LOW || draws->foundation.n == KENNIS_N_FOUNDATIONS;

  out->n = out->n_people = work->population->n_people;
  out->coverage = fmin (draws->index[0].coverage, draws->index[1].coverage);
  if ((is_clear && is_borne) || is_share)
    {
      out->status = work->population->is_partial ? KENNIS_MEASURE_STATUS_PARTIAL : KENNIS_MEASURE_STATUS_OK;
      out->value = is_share ? share : winner;
    }
  else
    out->status = KENNIS_MEASURE_STATUS_UNDETERMINED;
  if (!is_clear)
    out->note = draws->count[second] > 0 ? note_between (winner, second)
                                         : N_("The foundation may be too low: too few people answered to tell.");
  else if (!is_borne)
    out->note = unless_too_low[winner];
}

static void
fail (KennisRawMeasurement *out, KennisMeasureStatus status, const char *note)
{
  out->status = status;
  out->note = note;
}

/* What rules a type out, for both rows. */
static gboolean
has_draws (const KennisCultureWork *work, const Draws *draws, KennisRawMeasurement *out)
{
  if (!kennis_culture_index_is_known (&draws->index[0]) || !kennis_culture_index_is_known (&draws->index[1]))
    fail (out, KENNIS_MEASURE_STATUS_NO_DATA, N_("One of the two indices that the type is made of is not known."));
  else if (work->replicates == 0)
    fail (out, KENNIS_MEASURE_STATUS_NO_DATA, N_("A type needs resampling, which was not asked for."));
  else if (work->draws == NULL)
    {
      out->n = out->n_people = work->population->n_people;
      fail (out, KENNIS_MEASURE_STATUS_TOO_FEW, N_("A type is told of 20 people or more."));
    }
  else
    return TRUE;
  return FALSE;
}

void
kennis_culture_measure_type (const KennisCultureWork *work, const KennisRawMeasurement *raw, KennisRawMeasurement *type,
                             KennisRawMeasurement *certainty)
{
  KennisRawMeasurement *out[] = { type, certainty };
  Draws draws = { .n = 0 };

  for (guint c = 0; c < 2; c++)
    kennis_culture_collect (work, raw, c, &draws.index[c]);
  for (guint i = 0; i < G_N_ELEMENTS (out); i++)
    {
      if (out[i] == NULL || !has_draws (work, &draws, out[i]))
        continue;
      if (draws.n == 0)
        {
          find_foundation (work, raw, &draws.foundation);
          draw_types (work, &draws);
        }
      if (2 * draws.n >= work->replicates)
        fill (work, &draws, i == 1, out[i]);
    }
}
