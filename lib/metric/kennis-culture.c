#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-random-private.h"
#include "base/kennis-statistics-private.h"
#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-culture-private.h"
#include "metric/kennis-replicates-private.h"

#include <math.h>

/* The indices: points of indicators, and their weighted geometric mean (OECD & JRC 2008, step 6: where little of the one should not be made up
 * for by much of another).  The interval is that of resampling people; that of weights is not in it. */

static const KennisIndicator *
indicator_of (const KennisCulturePlan *plan, guint part)
{
  return &g_array_index (plan->profile->indicators, KennisIndicator, part);
}

static gboolean
is_observed (const KennisRawMeasurement *raw)
{
  return (raw->status == KENNIS_MEASURE_STATUS_OK || raw->status == KENNIS_MEASURE_STATUS_PARTIAL)
         && isfinite (raw->value);
}

/* The value over twelve months, where the profile's are. */
static double
scale_of (const KennisCultureWork *work, guint part)
{
  gint32 months = work->population->end_month - work->population->first_month;

  return indicator_of (work->plan, part)->is_per_year ? 12.0 / months : 1;
}

/* Where a value comes with an interval and no draws (follow-up), draws are normal on either side of it. */
static void
draw_from_interval (const KennisCultureWork *work, const KennisRawMeasurement *raw, double *draws)
{
  const KennisMetricRow *row = kennis_catalogue_row (raw->metric);
  double z = kennis_normal_quantile ((1 + work->level) / 2);
  KennisRandom random;

  kennis_random_init (&random, kennis_random_seed_for (work->seed, row->id, 0), 0);
  for (guint r = 0; r < work->replicates; r++)
    {
      double x = kennis_random_normal (&random);
      double spread = isfinite (raw->lower) && isfinite (raw->upper)
                          ? (x < 0 ? raw->value - raw->lower : raw->upper - raw->value) / z
                          : 0;

      draws[r] = CLAMP (raw->value + x * spread, row->minimum, row->maximum);
    }
}

static gboolean
has_draws (const double *draws, guint n)
{
  guint valid = 0;

  for (guint r = 0; r < n; r++)
    valid += !isnan (draws[r]);
  return 2 * valid >= n && n > 0;
}

/* What is known of one index. */
typedef struct
{
  guint  n;
  guint  part[KENNIS_PROFILE_MAX_INDICATORS];      /* observed ones */
  double weight[KENNIS_PROFILE_MAX_INDICATORS];    /* their sum is 1 */
  double points[KENNIS_PROFILE_MAX_INDICATORS];
  double observed;                                 /* part of all weight */
  double coverage;
} Index;

static void
collect (const KennisCultureWork *work, const KennisRawMeasurement *raw, KennisCulture culture, Index *index)
{
  double all = 0, sum = 0;

  *index = (Index) { .coverage = NAN };
  for (guint i = 0; i < work->plan->n; i++)
    {
      const KennisIndicator *indicator = indicator_of (work->plan, i);
      const KennisRawMeasurement *value = &raw[work->plan->place[i]];

      if (indicator->index != culture)
        continue;
      all += indicator->weight;
      if (!is_observed (value))
        continue;
      sum += index->weight[index->n] = indicator->weight;
      index->points[index->n] = kennis_indicator_points (indicator, value->value * scale_of (work, i));
      index->part[index->n++] = i;
      if (!isnan (value->coverage))
        index->coverage = isnan (index->coverage) ? value->coverage : MIN (index->coverage, value->coverage);
    }
  index->observed = all > 0 ? sum / all : 0;
  for (guint i = 0; i < index->n; i++)
    index->weight[i] /= sum;
}

static double
geometric_mean (const Index *index, const double *points)
{
  double sum = 0;

  for (guint i = 0; i < index->n; i++)
    sum += index->weight[i] * log (points[i]);
  return exp (sum);
}

/* The points in a replicate; false: not all have a value in it. */
static gboolean
points_in (const KennisCultureWork *work, const Index *index, guint replicate, double *points)
{
  for (guint i = 0; i < index->n; i++)
    {
      double value = work->draws[index->part[i] * work->stride + replicate];

      if (isnan (value))
        return FALSE;
      points[i] =
          kennis_indicator_points (indicator_of (work->plan, index->part[i]), value * scale_of (work, index->part[i]));
    }
  return TRUE;
}

static void
set_interval (const KennisCultureWork *work, const Index *index, KennisRawMeasurement *out)
{
  g_autofree double *draws = g_new (double, work->replicates + 1);
  double points[KENNIS_PROFILE_MAX_INDICATORS];

  for (guint r = 0; r < work->replicates; r++)
    draws[r] = points_in (work, index, r, points) ? geometric_mean (index, points) : NAN;
  if (has_draws (draws, work->replicates))
    kennis_replicates_limits (draws, work->replicates, (1 - work->level) / 2, &out->lower, &out->upper);
}

static void
measure_index (const KennisCultureWork *work, const KennisRawMeasurement *raw, KennisCulture culture, KennisRawMeasurement *out)
{
  Index index;

  collect (work, raw, culture, &index);
  if (index.n == 0 || index.observed < KENNIS_CULTURE_MINIMUM_WEIGHT - 1e-9)
    {
      out->note = N_("Less than 70% of the weight of the index was observed.");
      return;
    }
  out->status = work->population->is_partial ? KENNIS_MEASURE_STATUS_PARTIAL : KENNIS_MEASURE_STATUS_OK;
  out->value = geometric_mean (&index, index.points);
  out->coverage = index.coverage;
  out->n = out->n_people = work->population->n_people;
  if (index.observed < 1 - 1e-9)
    out->note = N_("Some indicators of this index were not observed: it is that of the others.");
  if (work->draws != NULL)
    set_interval (work, &index, out);
}

/* Draws for what was measured without. */
static void
complete_draws (const KennisCultureWork *work, const KennisRawMeasurement *raw)
{
  for (guint i = 0; i < work->plan->n; i++)
    {
      double *draws = work->draws + i * work->stride;

      if (is_observed (&raw[work->plan->place[i]]) && !has_draws (draws, work->replicates))
        draw_from_interval (work, &raw[work->plan->place[i]], draws);
    }
}

void
kennis_culture_derive (const KennisCultureWork *work, KennisRawMeasurement *raw)
{
  if (work->draws != NULL)
    complete_draws (work, raw);
  for (guint i = 0; i < work->metrics->len; i++)
    {
      int index = kennis_profile_index_of (kennis_catalogue_row (raw[i].metric)->id);

      if (index >= 0)
        measure_index (work, raw, index, &raw[i]);
    }
}

#define INDEX(ID, TITLE, DESCRIPTION)                                                                                 \
  {                                                                                                                   \
    .id = ID, .title = TITLE, .description = DESCRIPTION,                                                              \
    .reading_aid = N_("0 and 100 are set by a profile, which is our choice and no norm: compare periods and parts of one organisation by one profile, and look at the indicators to see why."), \
    .unit = KENNIS_UNIT_SCORE, .minimum = 0, .maximum = 100, .direction = KENNIS_DIRECTION_HIGHER,                    \
    .formula = "exp(sum of weight x ln(points)), points = 100 x (value - low) / (high - low) cut to 1 ... 100",       \
    .source = "ours; weighted geometric mean: OECD & JRC 2008", .inputs = "person",                                   \
    .is_derived = TRUE,                                                                                               \
  }

KENNIS_METRICS (culture,
  INDEX ("culture.uptake-index", N_("Index of taking up learning"),
         N_("How much, how regularly and how widely people take up learning, in one number.")),
  INDEX ("culture.exchange-index", N_("Index of learning from each other"),
         N_("How much people learn from each other, inside the work, and use it, in one number.")))
