#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-statistics-private.h"
#include "metric/kennis-slice-types-private.h"

#include <math.h>
#include <string.h>

/* Follow-up.  Where people have more than one row each, rows of one person are no independent ones: the variance is then that of the
 * jackknife over people.  What leaving someone out would change is what they add to the estimate (the influence of Therneau & Atkinson, survival 3:
 * survfit (cluster =)) over the part of the rows that the others have, as in a mean, where that is exact.  Without this, and with the
 * normal quantile instead of Student's t, 95% intervals of 20 to 50 people held the truth 91 to 94% of the time (docs/numerics.md). */

#define MINIMUM_PEOPLE 20

typedef struct
{
  gint32  n_days;              /* the grid: days 0 … n_days − 1 */
  double *at_risk, *events, *ends;
  double *incidence, *before;  /* after the day; survival before it */
  double *up_event;            /* of someone at risk on all days up to this one: Σ of what that takes away */
} Grid;

static double
hazard_part (const Grid *g, gint32 day, double final, gboolean is_event, gboolean is_end)
{
  double event = g->events[day] / g->at_risk[day], end = g->ends[day] / g->at_risk[day];
  double rest = end < 1 ? (final - g->incidence[day]) / (1 - end) : 0;

  return (g->before[day] * (is_event - event) - rest * (is_end - end)) / g->at_risk[day];
}

static void
fill_grid (Grid *g, const KennisFollowUp *rows, gsize n_rows)
{
  double survival = 1, incidence = 0, risk = 0;

  for (gsize i = 0; i < n_rows; i++)
    risk += rows[i].n;
  for (gsize i = 0; i < n_rows; i++)
    if (rows[i].day < g->n_days)
      {
        g->at_risk[rows[i].day] += rows[i].n; /* first: rows that end on the day */
        g->events[rows[i].day] += rows[i].cause == 1 ? rows[i].n : 0;
        g->ends[rows[i].day] += rows[i].cause != 0 ? rows[i].n : 0;
      }
  for (gint32 d = 0; d < g->n_days; d++)
    {
      double leaving = g->at_risk[d];

      g->at_risk[d] = risk;
      g->before[d] = survival;
      if (risk > 0)
        {
          incidence += survival * g->events[d] / risk;
          survival *= 1 - g->ends[d] / risk;
        }
      g->incidence[d] = incidence;
      risk -= leaving;
    }
}

/* Σ over people of the square of what leaving them out would change: what their rows add, over the part of the rows that others
 * have.  In `people` the sums by member. */
static double
clustered_variance (Grid *g, const KennisFollowUp *rows, gsize n_rows, double *people, double *share,
                    guint n_members)
{
  double final = g->incidence[g->n_days - 1], sum = 0, n = 0, n_people = 0;
  KennisSum variance = { 0 };

  for (gint32 d = 0; d < g->n_days; d++)
    {
      if (g->at_risk[d] > 0)
        sum += hazard_part (g, d, final, FALSE, FALSE);
      g->up_event[d] = sum;
    }
  for (gsize i = 0; i < n_rows; i++)
    {
      gint32 d = MIN (rows[i].day, g->n_days - 1);
      double u = g->up_event[d];

      if (rows[i].day < g->n_days && rows[i].cause != 0)
        u += hazard_part (g, d, final, rows[i].cause == 1, TRUE) - hazard_part (g, d, final, FALSE, FALSE);
      people[rows[i].member] += rows[i].n * u;
      share[rows[i].member] += rows[i].n;
      n += rows[i].n;
    }
  for (guint m = 0; m < n_members; m++)
    if (share[m] > 0 && share[m] < n)
      {
        double change = people[m] / (1 - share[m] / n);

        kennis_sum_add (&variance, change * change);
        n_people++;
      }
  return kennis_sum_get (&variance) * (n_people - 1) / n_people;
}

static void
set_log_log (double f, double variance, double quantile, double *lower, double *upper)
{
  double half;

  *lower = *upper = NAN;
  if (!(f > 0 && f < 1 && variance > 0))
    return;
  half = quantile * sqrt (variance) / (f * -log (f));
  *lower = pow (f, exp (half));
  *upper = pow (f, exp (-half));
}

static double
variance_of (const KennisSlice *slice, const KennisFollowUp *rows, gsize n_rows, gint32 horizon, double *incidence)
{
  gsize n = (gsize) horizon + 1;
  double *memory = kennis_slice_scratch (slice, 6 * n * sizeof (double));
  Grid grid = { horizon + 1, memory, memory + n, memory + 2 * n, memory + 3 * n, memory + 4 * n, memory + 5 * n };

  fill_grid (&grid, rows, n_rows);
  *incidence = grid.incidence[horizon];
  return clustered_variance (&grid, rows, n_rows, kennis_slice_doubles (slice), kennis_slice_doubles (slice),
                             slice->n_members);
}

/* People are few: their variance is an estimate too. */
static double
quantile_of (const KennisSlice *slice, guint n_people)
{
  return kennis_t_quantile (n_people - 1.0, (1 + slice->plan->level) / 2);
}

/* The first day on which a limit of the incidence is a half or more, or NaN. */
static double
first_day_at_half (const KennisSlice *slice, const KennisFollowUp *rows, gsize n_rows, gint32 last, double quantile,
                   gboolean upper_limit)
{
  gint32 low = 0, high = last + 1;

  while (low < high)
    {
      gint32 middle = low + (high - low) / 2;
      double f, lower, upper, limit;
      double variance = variance_of (slice, rows, n_rows, middle, &f);

      set_log_log (f, variance, quantile, &lower, &upper);
      limit = isnan (lower) ? f : upper_limit ? upper : lower;
      if (limit >= 0.5)
        high = middle;
      else
        low = middle + 1;
    }
  return low <= last ? low : NAN;
}

/* The interval of the median (Brookmeyer & Crowley 1982): the days on which the limits of the incidence reach a half.  The upper one
 * may be beyond what was observed; then there is no interval. */
static void
set_median_interval (const KennisSlice *slice, const KennisFollowUp *rows, gsize n_rows, gint32 last, KennisEstimate *out)
{
  double quantile = quantile_of (slice, out->n_people);
  double upper = first_day_at_half (slice, rows, n_rows, last, quantile, FALSE);

  if (isnan (upper))
    return;
  out->lower = first_day_at_half (slice, rows, n_rows, last, quantile, TRUE);
  out->upper = upper;
}

typedef struct
{
  gboolean repeats;
  guint32  n_people, n_positive, n_rows;
  double   largest;
} Tally;

static Tally
tally (const KennisSlice *slice, const KennisFollowUp *rows, gsize n_rows)
{
  guint32 *count = kennis_slice_scratch (slice, slice->n_members * sizeof (guint32));
  guint8 *yes = kennis_slice_bytes (slice);
  Tally t = { 0 };

  for (gsize i = 0; i < n_rows; i++)
    {
      count[rows[i].member] += rows[i].n;
      yes[rows[i].member] |= rows[i].cause == 1;
      t.n_rows += rows[i].n;
    }
  for (guint m = 0; m < slice->n_members; m++)
    {
      t.repeats |= count[m] > 1;
      t.n_people += count[m] > 0;
      t.n_positive += yes[m];
      t.largest = MAX (t.largest, count[m]);
    }
  return t;
}

/* Is what comes after the last day observed open: is someone censored then, before the horizon? */
static gboolean
ends_open (const KennisFollowUp *rows, gsize n_rows, gint32 horizon, double last_day)
{
  if (last_day >= horizon)
    return FALSE;
  for (gsize i = 0; i < n_rows; i++)
    if (rows[i].cause == 0 && rows[i].day >= last_day)
      return TRUE;
  return FALSE;
}

static void
set_median (const KennisSlice *slice, const KennisFollowUp *rows, gsize n_rows, const KennisIncidence *result,
            KennisEstimate *out)
{
  if (isnan (result->median))
    {
      out->status = KENNIS_MEASURE_STATUS_NOT_REACHED;
      out->note = N_("In the time observed, fewer than half got so far.");
      return;
    }
  out->status = KENNIS_MEASURE_STATUS_OK;
  out->value = result->median;
  if (out->n_people >= MINIMUM_PEOPLE)
    set_median_interval (slice, rows, n_rows, (gint32) result->last_day, out);
}

void
kennis_estimate_incidence (const KennisSlice *slice, const KennisFollowUp *rows, gsize n_rows, gint32 horizon,
                           KennisFollowUpValue what, KennisEstimate *out)
{
  gint32 *day = kennis_slice_scratch (slice, n_rows * sizeof (gint32));
  guint8 *cause = kennis_slice_scratch (slice, n_rows);
  guint32 *weight = kennis_slice_scratch (slice, n_rows * sizeof (guint32));
  gboolean complement = what == KENNIS_FOLLOW_UP_COMPLEMENT;
  Tally t = tally (slice, rows, n_rows);
  KennisIncidence result;
  double f;

  if (t.n_rows == 0)
    return;
  for (gsize i = 0; i < n_rows; i++)
    {
      day[i] = rows[i].day;
      cause[i] = rows[i].cause;
      weight[i] = rows[i].n;
    }
  kennis_incidence (day, cause, weight, n_rows, horizon, slice->plan->level, &result);
  out->n = t.n_rows;
  out->n_people = t.n_people;
  out->dominance = t.largest / t.n_rows;
  if (what == KENNIS_FOLLOW_UP_MEDIAN)
    {
      set_median (slice, rows, n_rows, &result, out);
      return;
    }
  if (ends_open (rows, n_rows, horizon, result.last_day))
    {
      kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_TOO_FEW, N_("Nobody was followed for long enough."));
      return;
    }
  out->status = KENNIS_MEASURE_STATUS_OK;
  out->value = complement ? 1 - result.incidence : result.incidence;
  if (t.n_people < MINIMUM_PEOPLE)
    return;
  if (t.repeats)
    set_log_log (result.incidence, variance_of (slice, rows, n_rows, horizon, &f), quantile_of (slice, t.n_people),
                 &result.lower, &result.upper);
  out->lower = complement ? 1 - result.upper : result.lower;
  out->upper = complement ? 1 - result.lower : result.upper;
}
