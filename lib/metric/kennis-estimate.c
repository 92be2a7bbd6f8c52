#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-statistics-private.h"
#include "metric/kennis-replicates-private.h"
#include "metric/kennis-slice-types-private.h"

#include <math.h>
#include <string.h>

/* Numerics: all sums over people are compensated (Neumaier 1974) and go in the order of people's ids; hours are the exact integer sums of
 * milliseconds of a cell divided by 3.6e6.  Replicates are plain sums in that same order. */

#define MINIMUM_UNITS 20      /* for an interval */
#define BLOCK 16              /* replicates at a time, so that weights are read in runs */

void
kennis_estimate_init (KennisEstimate *self)
{
  *self = (KennisEstimate) { .status = KENNIS_MEASURE_STATUS_NO_DATA,
                             .value = NAN,
                             .lower = NAN,
                             .upper = NAN,
                             .n_part = G_MAXUINT32,
                             .n_positive = G_MAXUINT32,
                             .dominance = NAN,
                             .numerator = NAN,
                             .denominator = NAN };
}

void
kennis_estimate_fail (KennisEstimate *self, KennisMeasureStatus status, const char *note)
{
  kennis_estimate_init (self);
  self->status = status;
  self->note = note;
}

double
kennis_estimate_dominance (const double *x, gsize n)
{
  double sum = kennis_sum_of (x, n), largest = 0;

  for (gsize i = 0; i < n; i++)
    largest = MAX (largest, x[i]);
  return sum > 0 ? MIN (largest / sum, 1) : NAN;
}

/* Replicates of n units spread by √((n − 1)/n) too little, and by a variance that is itself an estimate: for the mean of what is normal, percentiles at
 * this p give Student's interval (expanded percentiles: Hesterberg 2015). */
static double
expanded (double level, guint n)
{
  return erfc (kennis_t_quantile (n - 1.0, (1 + level) / 2) * sqrt (n / (n - 1.0)) * M_SQRT1_2) / 2;
}

/* Percentiles of the replicates in which there is a value. */
static void
set_interval (const KennisSlice *slice, const double *draws, guint n, KennisEstimate *out)
{
  double lower, upper;

  if (2 * kennis_replicates_limits (draws, n, expanded (slice->plan->level, out->n), &lower, &upper) < n)
    return;
  out->lower = lower;
  out->upper = upper;
}

/* An index asks for the draws of a few units as well: it is of more people than they are. */
static gboolean
needs_draws (const KennisSlice *slice, const KennisEstimate *out)
{
  return slice->plan->replicates > 0 && (out->n >= MINIMUM_UNITS || slice->cache->draws != NULL);
}

static void
take_draws (const KennisSlice *slice, const double *draws, KennisEstimate *out)
{
  guint n = slice->plan->replicates;

  if (slice->cache->draws != NULL)
    memcpy (slice->cache->draws, draws, n * sizeof *draws);
  if (out->n >= MINIMUM_UNITS)
    set_interval (slice, draws, n, out);
}

static void
set_value (KennisEstimate *out, double value)
{
  out->value = value;
  out->status = KENNIS_MEASURE_STATUS_OK;
}

/* People, or teams, that are resampled. */
typedef struct
{
  guint    n;
  guint    replicates;
  gsize    stride;
  const guint8 *weights;       /* of all people or teams of the summary */
  const KennisMember *members; /* of people */
  const KennisSliceTeam *teams;
} Units;

static Units
people_of (const KennisSlice *slice)
{
  const KennisWeights *weights = slice->plan->weights;
  Units units = { slice->n_members, slice->plan->replicates, weights->stride, weights->people, slice->members, NULL };

  return units;
}

static Units
teams_of (const KennisSlice *slice)
{
  const KennisWeights *weights = slice->plan->weights;
  gsize n;
  const KennisSliceTeam *teams = kennis_slice_teams (slice, &n);
  Units units = { n, slice->plan->replicates, weights->stride, weights->teams, NULL, teams };

  return units;
}

static const guint8 *
weights_of (const Units *units, guint i)
{
  gsize index = units->members != NULL ? units->members[i].person : units->teams[i].team;

  return units->weights + index * units->stride;
}

/* Fills draws with func of the k weighted sums.  Units without any amount change nothing and are passed by. */
static double *
resample_sums (const KennisSlice *slice, const Units *units, const double * const *x, guint k, KennisOfSums func,
               gpointer data)
{
  gsize n = units->stride;
  double *totals = kennis_slice_scratch (slice, k * n * sizeof (double));
  double *draws = kennis_slice_scratch (slice, n * sizeof (double));
  double sums[KENNIS_MAX_SUMS];

  for (guint i = 0; i < units->n; i++)
    for (guint j = 0; j < k; j++)
      if (x[j][i] != 0)
        kennis_replicates_add (totals + j * n, weights_of (units, i), x[j][i], n);
  for (guint r = 0; r < units->replicates; r++)
    {
      for (guint j = 0; j < k; j++)
        sums[j] = totals[j * n + r];
      draws[r] = func (sums, data);
    }
  return draws;
}

static void
estimate_of_sums (const KennisSlice *slice, const Units *units, const double * const *x, guint k, KennisOfSums func,
                  gpointer data, KennisEstimate *out)
{
  double sums[KENNIS_MAX_SUMS], value;

  g_return_if_fail (k <= KENNIS_MAX_SUMS);
  for (guint j = 0; j < k; j++)
    sums[j] = kennis_sum_of (x[j], units->n);
  value = func (sums, data);
  if (isnan (value))
    return;
  set_value (out, value);
  out->dominance = kennis_estimate_dominance (x[0], units->n);
  if (needs_draws (slice, out))
    take_draws (slice, resample_sums (slice, units, x, k, func, data), out);
}

/* Percentiles of a ratio's replicates are too narrow, and stand too low, where few people have much: hours and what hangs on them.  So
 * a ratio is studentised (bootstrap-t: Efron 1981; Hall 1988; Hesterberg 2015), by the linear approximation of its standard error.
 * docs/numerics.md says how often such intervals hold the truth. */
#define NO_SPREAD 1e-9        /* of squares, lost in rounding */

static double
spread_of (const double *sums, double ratio)
{
  double squares = sums[2] + ratio * ratio * sums[4], variance = squares - 2 * ratio * sums[3];

  return variance > NO_SPREAD * squares ? sqrt (variance) / sums[1] : 0;
}

/* Sums: numerator, denominator, and their products num², num·den, den². */
static double
studentise (const double *sums, gpointer data)
{
  double ratio = *(const double *) data, draw, spread;

  if (!(sums[1] > 0))
    return NAN;
  draw = sums[0] / sums[1];
  spread = spread_of (sums, draw);
  if (spread > 0)
    return (draw - ratio) / spread;
  return fabs (draw - ratio) <= NO_SPREAD * fabs (ratio) ? 0 : copysign (INFINITY, draw - ratio);
}

/* Leaves the percentiles where they are if there is no spread to go by: in the value, or in so many replicates that a limit is infinite. */
static void
studentise_interval (const KennisSlice *slice, const Units *units, const double *num, const double *den,
                     KennisEstimate *out)
{
  double *product[3], sums[5], spread, low, high;
  gsize size = (units->n + 1) * sizeof (double);

  for (guint j = 0; j < G_N_ELEMENTS (product); j++)
    product[j] = kennis_slice_scratch (slice, size);
  for (guint i = 0; i < units->n; i++)
    {
      product[0][i] = num[i] * num[i];
      product[1][i] = num[i] * den[i];
      product[2][i] = den[i] * den[i];
    }
  const double *x[] = { num, den, product[0], product[1], product[2] };

  for (guint j = 0; j < G_N_ELEMENTS (x); j++)
    sums[j] = kennis_sum_of (x[j], units->n);
  spread = spread_of (sums, out->value);
  if (!(spread > 0))
    return;
  kennis_replicates_limits (resample_sums (slice, units, x, G_N_ELEMENTS (x), studentise, &out->value),
                            units->replicates, (1 - slice->plan->level) / 2, &low, &high);
  if (!isfinite (low) || !isfinite (high))
    return;
  out->lower = out->value - fmax (high, 0) * spread;
  out->upper = out->value - fmin (low, 0) * spread;
}

static void
count_people (const KennisSlice *slice, const guint8 *counts, KennisEstimate *out)
{
  out->n = 0;
  for (guint i = 0; i < slice->n_members; i++)
    out->n += counts[i] != 0;
  out->n_people = out->n;
}

void
kennis_estimate_of_sums (const KennisSlice *slice, const double * const *x, guint k, const guint8 *counts,
                         KennisOfSums func, gpointer data, KennisEstimate *out)
{
  Units units = people_of (slice);

  count_people (slice, counts, out);
  estimate_of_sums (slice, &units, x, k, func, data, out);
}

static double
divide (const double *sums, gpointer data)
{
  return sums[1] > 0 ? sums[0] / sums[1] : NAN;
}

void
kennis_estimate_ratio (const KennisSlice *slice, const double *num, const double *den, KennisEstimate *out)
{
  const double *x[] = { num, den };
  guint8 *counts = kennis_slice_bytes (slice);

  for (guint i = 0; i < slice->n_members; i++)
    counts[i] = den[i] != 0 || num[i] != 0;
  kennis_estimate_of_sums (slice, x, 2, counts, divide, NULL, out);
  if (!isnan (out->lower))
    {
      Units units = people_of (slice);

      studentise_interval (slice, &units, num, den, out);
    }
  out->is_additive = TRUE;
  out->numerator = kennis_sum_of (num, slice->n_members);
  out->denominator = kennis_sum_of (den, slice->n_members);
}

/* Distinct people who were in the teams in the period. */
static guint32
people_in_teams (const KennisSlice *slice, const KennisSliceTeam *teams, gsize n, const guint8 *counts)
{
  guint8 *is_in = kennis_slice_scratch (slice, slice->ground->n_teams);
  guint32 people = 0;

  for (gsize t = 0; t < n; t++)
    is_in[teams[t].team] = counts[t] != 0;
  for (guint m = 0; m < slice->n_members; m++)
    {
      guint n_segments;
      const KennisSegment *s = kennis_ground_segments (slice->ground, slice->members[m].person, &n_segments);

      for (guint i = 0; i < n_segments; i++)
        if (s[i].on_roster && s[i].present > 0 && s[i].team < slice->ground->n_teams && is_in[s[i].team]
            && s[i].first_day < slice->end_day && s[i].end_day > slice->first_day
            && kennis_slice_has_segment (slice, &s[i]))
          {
            people++;
            break;
          }
    }
  return people;
}

void
kennis_estimate_ratio_of_teams (const KennisSlice *slice, const double *num, const double *den, KennisEstimate *out)
{
  const double *x[] = { num, den };
  Units units = teams_of (slice);
  guint8 *counts = kennis_slice_scratch (slice, units.n);

  out->n = 0;
  for (guint i = 0; i < units.n; i++)
    out->n += counts[i] = den[i] != 0 || num[i] != 0;
  out->n_people = people_in_teams (slice, units.teams, units.n, counts);
  estimate_of_sums (slice, &units, x, 2, divide, NULL, out);
  if (!isnan (out->lower))
    studentise_interval (slice, &units, num, den, out);
  out->dominance = NAN; /* of people, which these sums are not of */
  out->is_additive = TRUE;
  out->numerator = kennis_sum_of (num, units.n);
  out->denominator = kennis_sum_of (den, units.n);
}

static void
draw_share (const KennisSlice *slice, const guint8 *answer, KennisEstimate *out)
{
  double *yes = kennis_slice_doubles (slice), *all = kennis_slice_doubles (slice);
  const double *x[] = { yes, all };
  Units units = people_of (slice);

  for (guint i = 0; i < slice->n_members; i++)
    {
      yes[i] = answer[i] == 1;
      all[i] = answer[i] <= 1;
    }
  take_draws (slice, resample_sums (slice, &units, x, 2, divide, NULL), out);
}

void
kennis_estimate_share_of_people (const KennisSlice *slice, const guint8 *answer, KennisEstimate *out)
{
  guint32 yes = 0, n = 0;

  for (guint i = 0; i < slice->n_members; i++)
    {
      yes += answer[i] == 1;
      n += answer[i] <= 1;
    }
  out->n = out->n_people = n;
  if (n == 0)
    return;
  set_value (out, (double) yes / n);
  out->n_positive = yes;
  out->is_additive = TRUE;
  out->numerator = yes;
  out->denominator = n;
  if (slice->cache->draws != NULL && slice->plan->replicates > 0)
    draw_share (slice, answer, out);
  if (n >= MINIMUM_UNITS)
    kennis_wilson (yes, n, slice->plan->level, &out->lower, &out->upper);
}

static void
estimate_of_weights (const KennisSlice *slice, const Units *units, KennisOfWeights func, gpointer data, KennisEstimate *out)
{
  guint n = units->replicates;
  double value = func (NULL, data), *draws;
  guint32 *weights;

  if (isnan (value))
    return;
  set_value (out, value);
  if (!needs_draws (slice, out))
    return;

  draws = kennis_slice_scratch (slice, (gsize) n * sizeof (double));
  weights = kennis_slice_scratch (slice, (gsize) units->n * BLOCK * sizeof (guint32));
  for (guint first = 0; first < n; first += BLOCK)
    {
      guint width = MIN (BLOCK, n - first);

      for (guint i = 0; i < units->n; i++)
        for (guint r = 0; r < width; r++)
          weights[(gsize) r * units->n + i] = weights_of (units, i)[first + r];
      for (guint r = 0; r < width; r++)
        draws[first + r] = func (weights + (gsize) r * units->n, data);
    }
  take_draws (slice, draws, out);
}

void
kennis_estimate_of_weights (const KennisSlice *slice, const guint8 *counts, KennisOfWeights func, gpointer data,
                            KennisEstimate *out)
{
  Units units = people_of (slice);

  count_people (slice, counts, out);
  estimate_of_weights (slice, &units, func, data, out);
}

/* What a ranking has to be before it is resampled. */
static gboolean
begin_ranking (const KennisSlice *slice, const KennisRanked *ranked, guint n, double value, KennisEstimate *out)
{
  KennisSum sum = { 0 };

  out->n = out->n_people = n;
  if (isnan (value))
    return FALSE;
  for (guint i = 0; i < n; i++)
    kennis_sum_add (&sum, ranked[i].value);
  set_value (out, value);
  out->dominance = ranked[n - 1].value / kennis_sum_get (&sum);
  return needs_draws (slice, out);
}

static double *
values_of (const KennisSlice *slice, const KennisRanked *ranked, guint n)
{
  double *values = kennis_slice_scratch (slice, n * sizeof (double));

  for (guint i = 0; i < n; i++)
    values[i] = ranked[i].value;
  return values;
}

void
kennis_estimate_gini (const KennisSlice *slice, const KennisRanked *ranked, guint n, KennisEstimate *out)
{
  Units units = people_of (slice);
  gsize size = units.stride * sizeof (double);
  double *before, *product, *sum;

  if (!begin_ranking (slice, ranked, n, kennis_gini_weighted (values_of (slice, ranked, n), NULL, n, TRUE), out))
    return;
  before = kennis_slice_scratch (slice, size);
  product = kennis_slice_scratch (slice, size);
  sum = kennis_slice_scratch (slice, size);
  for (guint i = 0; i < n; i++)
    kennis_replicates_rank (before, product, sum, weights_of (&units, ranked[i].member), ranked[i].value, units.stride);
  for (guint r = 0; r < units.replicates; r++)
    product[r] = sum[r] > 0 && before[r] > 1 ? (product[r] / sum[r] - before[r]) / (before[r] - 1) : NAN;
  take_draws (slice, product, out);
}

void
kennis_estimate_top_share (const KennisSlice *slice, const KennisRanked *ranked, guint n, double share,
                           KennisEstimate *out)
{
  Units units = people_of (slice);
  gsize size = units.stride * sizeof (double);
  double *wanted, *top, *sum;

  if (!begin_ranking (slice, ranked, n, kennis_lorenz_top_share (values_of (slice, ranked, n), NULL, n, share), out))
    return;
  wanted = kennis_slice_scratch (slice, size);
  top = kennis_slice_scratch (slice, size);
  sum = kennis_slice_scratch (slice, size);
  for (guint i = 0; i < n; i++)
    {
      kennis_replicates_add (wanted, weights_of (&units, ranked[i].member), share, units.stride);
      kennis_replicates_add (sum, weights_of (&units, ranked[i].member), ranked[i].value, units.stride);
    }
  for (guint i = n; i-- > 0;)
    kennis_replicates_take (wanted, top, weights_of (&units, ranked[i].member), ranked[i].value, units.stride);
  for (guint r = 0; r < units.replicates; r++)
    top[r] = sum[r] > 0 ? top[r] / sum[r] : NAN;
  take_draws (slice, top, out);
}

void
kennis_estimate_of_team_weights (const KennisSlice *slice, const guint8 *counts, KennisOfWeights func, gpointer data,
                                 KennisEstimate *out)
{
  Units units = teams_of (slice);

  out->n = 0;
  for (guint i = 0; i < units.n; i++)
    out->n += counts[i] != 0;
  out->n_people = people_in_teams (slice, units.teams, units.n, counts);
  estimate_of_weights (slice, &units, func, data, out);
}

void
kennis_estimate_structural (KennisEstimate *out, double value, guint32 n, guint32 n_people)
{
  out->n = n;
  out->n_people = n_people;
  if (!isnan (value))
    set_value (out, value);
}
