#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-uptake-private.h"

#include <math.h>

/* How much is learned, and by how many. */

#define MINIMUM_KNOWN 0.6

static gboolean
is_completed (const KennisSliceCell *cell)
{
  return KENNIS_CODES_STATUS (cell->cell->codes) == KENNIS_STATUS_COMPLETED;
}

void
kennis_uptake_hours (const KennisSlice *slice, double *hours)
{
  gsize n;
  const KennisSliceCell *cells = kennis_slice_cells (slice, &n);

  for (gsize i = 0; i < n; i++)
    if (is_completed (&cells[i]))
      hours[cells[i].member] += kennis_hours (cells[i].cell->duration);
}

void
kennis_uptake_participation (const KennisSlice *slice, guint8 *answer)
{
  gsize n;
  const KennisSliceCell *cells = kennis_slice_cells (slice, &n);

  for (guint m = 0; m < slice->n_members; m++)
    answer[m] = slice->members[m].is_resident ? 0 : 2;
  for (gsize i = 0; i < n; i++)
    if (is_completed (&cells[i]) && cells[i].cell->n > 0 && answer[cells[i].member] == 0)
      answer[cells[i].member] = 1;
}

/* Fills in what a sum over activities is worth when `known` of `all` have the value. */
static gboolean
check_known (gint64 known, gint64 all, const char *too_few, const char *some, KennisEstimate *out)
{
  if ((double) known < MINIMUM_KNOWN * (double) all)
    {
      kennis_estimate_fail (out, known > 0 ? KENNIS_MEASURE_STATUS_LOW_COVERAGE : KENNIS_MEASURE_STATUS_NO_DATA,
                            too_few);
      return FALSE;
    }
  if (known < all)
    out->note = some;
  return TRUE;
}

gboolean
kennis_uptake_has_hours (const KennisSlice *slice, KennisEstimate *out)
{
  gsize n;
  const KennisSliceCell *cells = kennis_slice_cells (slice, &n);
  gint64 all = 0, known = 0;

  for (gsize i = 0; i < n; i++)
    if (is_completed (&cells[i]))
      {
        all += cells[i].cell->n;
        known += cells[i].cell->n_timed;
      }
  return check_known (known, all, N_("Fewer than 60% of the completed activities have a duration."),
                      N_("Some completed activities have no duration; their hours are not in it."), out);
}

static void
participation_rate (const KennisSlice *slice, KennisEstimate *out)
{
  guint8 *answer = kennis_slice_bytes (slice);

  kennis_uptake_participation (slice, answer);
  kennis_estimate_share_of_people (slice, answer, out);
}

/* A sum per head or FTE: who has no exposure, or an unknown one, is in neither. */
static void
per_exposure (const KennisSlice *slice, double *sum, gboolean by_fte, KennisEstimate *out)
{
  double *exposure = kennis_slice_doubles (slice);

  for (guint m = 0; m < slice->n_members; m++)
    {
      const KennisMember *member = &slice->members[m];

      exposure[m] = !by_fte ? member->heads : isnan (member->fte) ? 0 : member->fte;
      if (!(exposure[m] > 0))
        sum[m] = 0;
    }
  kennis_estimate_ratio (slice, sum, exposure, out);
}

static void
hours_per_head (const KennisSlice *slice, KennisEstimate *out)
{
  double *hours = kennis_slice_doubles (slice);

  if (!kennis_uptake_has_hours (slice, out))
    return;
  kennis_uptake_hours (slice, hours);
  per_exposure (slice, hours, FALSE, out);
}

static void
hours_per_fte (const KennisSlice *slice, KennisEstimate *out)
{
  double *hours = kennis_slice_doubles (slice);

  if (!kennis_uptake_has_hours (slice, out))
    return;
  kennis_uptake_hours (slice, hours);
  per_exposure (slice, hours, TRUE, out);
}

static void
cost_per_fte (const KennisSlice *slice, KennisEstimate *out)
{
  double *cost = kennis_slice_doubles (slice);
  gint64 all = 0, known = 0;
  gsize n;
  const KennisSliceCell *cells = kennis_slice_cells (slice, &n);

  for (gsize i = 0; i < n; i++)
    {
      KennisStatus status = KENNIS_CODES_STATUS (cells[i].cell->codes);

      if (status != KENNIS_STATUS_COMPLETED && status != KENNIS_STATUS_ABANDONED)
        continue;
      cost[cells[i].member] += (double) cells[i].cell->cost / 10000.0;
      all += cells[i].cell->n;
      known += cells[i].cell->n_costed;
    }
  if (check_known (known, all, N_("Fewer than 60% of the activities have a cost."),
                   N_("Some activities have no cost recorded; it is not in it."), out))
    per_exposure (slice, cost, TRUE, out);
}

/* Is what an hour of the person costs known in all their time in the group? */
static gboolean
has_hourly_cost (const KennisSlice *slice, guint32 person)
{
  guint n;
  const KennisSegment *s = kennis_ground_segments (slice->ground, person, &n);

  for (guint i = 0; i < n; i++)
    if (s[i].first_day < slice->end_day && s[i].end_day > slice->first_day && isnan (s[i].hourly_cost)
        && s[i].present > 0)
      return FALSE;
  return TRUE;
}

static void
time_cost_per_fte (const KennisSlice *slice, KennisEstimate *out)
{
  double *cost = kennis_slice_doubles (slice), *fte = kennis_slice_doubles (slice);
  gsize n;
  const KennisSliceCell *cells = kennis_slice_cells (slice, &n);

  if (!kennis_uptake_has_hours (slice, out))
    return;
  for (guint m = 0; m < slice->n_members; m++)
    if (!isnan (slice->members[m].fte) && has_hourly_cost (slice, slice->members[m].person))
      fte[m] = slice->members[m].fte;
  /* Nor is it known of hours in a leave, of which the cost was left out. */
  for (gsize i = 0; i < n; i++)
    if (is_completed (&cells[i]) && cells[i].cell->duration > 0 && isnan (cells[i].segment->hourly_cost))
      fte[cells[i].member] = 0;
  for (gsize i = 0; i < n; i++)
    if (is_completed (&cells[i]) && cells[i].cell->duration > 0 && fte[cells[i].member] > 0)
      cost[cells[i].member] += kennis_hours (cells[i].cell->duration) * cells[i].segment->hourly_cost;
  kennis_estimate_ratio (slice, cost, fte, out);
}

static void
regularity (const KennisSlice *slice, KennisEstimate *out)
{
  gint32 months = slice->end_month - slice->first_month;
  double *active = kennis_slice_doubles (slice), *full = kennis_slice_doubles (slice);
  guint8 *is_active = kennis_slice_scratch (slice, (gsize) slice->n_members * months);
  gsize n;
  const KennisSliceCell *cells = kennis_slice_cells (slice, &n);

  for (gsize i = 0; i < n; i++)
    if (is_completed (&cells[i]) && cells[i].cell->n > 0)
      is_active[(gsize) cells[i].member * months + (cells[i].cell->month - slice->first_month)] = 1;
  for (guint m = 0; m < slice->n_members; m++)
    for (gint32 month = 0; month < months; month++)
      if (kennis_slice_is_full_month (slice, m, slice->first_month + month))
        {
          full[m]++;
          active[m] += is_active[(gsize) m * months + month];
        }
  kennis_estimate_ratio (slice, active, full, out);
}

KENNIS_METRICS (uptake,
  {
    .id = "uptake.participation-rate",
    .title = N_("People who learned"),
    .description = N_("The share of people with at least one completed learning activity, among those present for at least half of the period."),
    .reading_aid = N_("A low share means that learning is for a few. Learning that nobody wrote down is not in it."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "people with at least 1 completed activity / people present for at least half of the period",
    .source = "usual in the field, as Eurostat CVTS; interval: Wilson 1927",
    .inputs = "activity.status person",
    .measure = participation_rate,
  },
  {
    .id = "uptake.hours-per-head",
    .title = N_("Hours of learning per person"),
    .description = N_("Hours of completed learning activities, per person present on average."),
    .reading_aid = N_("More hours are not yet a learning culture: look as well at what is shared and used."),
    .unit = KENNIS_UNIT_HOURS, .minimum = 0, .maximum = INFINITY, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "hours completed / (present person-days / days)",
    .source = "GRI 404-1, ISO 30414; the exposure is ours",
    .inputs = "activity.status activity.duration person",
    .measure = hours_per_head,
  },
  {
    .id = "uptake.hours-per-fte",
    .title = N_("Hours of learning per full-time post"),
    .description = N_("Hours of completed learning activities, per full-time equivalent present."),
    .reading_aid = N_("Compares teams with many part-timers fairly. People whose contract is not known are left out."),
    .unit = KENNIS_UNIT_HOURS, .minimum = 0, .maximum = INFINITY, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "hours completed / (present FTE-days / days)",
    .source = "ISO 30414; the exposure is ours",
    .inputs = "activity.status activity.duration person.fte",
    .measure = hours_per_fte,
  },
  {
    .id = "uptake.cost-per-fte",
    .title = N_("Direct cost of learning per full-time post"),
    .description = N_("What completed and abandoned learning activities cost directly, per full-time equivalent present."),
    .reading_aid = N_("Money says what went in, not what came out. The working time spent is a figure of its own."),
    .unit = KENNIS_UNIT_MONEY, .minimum = 0, .maximum = INFINITY, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "cost of completed and abandoned activities / (present FTE-days / days)",
    .source = "ISO 30414",
    .inputs = "activity.status activity.cost person.fte",
    .measure = cost_per_fte,
  },
  {
    .id = "uptake.time-cost-per-fte",
    .title = N_("Cost of the time for learning per full-time post"),
    .description = N_("Completed hours times what an hour of the person costs, per full-time equivalent present."),
    .reading_aid = N_("The time spent is mostly the larger part of what learning costs. People whose hourly cost is not known are left out."),
    .unit = KENNIS_UNIT_MONEY, .minimum = 0, .maximum = INFINITY, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "sum of hours completed x hourly cost / (present FTE-days / days)",
    .source = "ours, after Phillips 2003",
    .inputs = "activity.status activity.duration person.fte person.hourly-cost",
    .measure = time_cost_per_fte,
  },
  {
    .id = "uptake.regularity",
    .title = N_("Regularity of learning"),
    .description = N_("The share of months in which a person completed at least one learning activity, over months in which the person was there all along."),
    .reading_aid = N_("A steady rhythm beats one week of courses a year. Short activities spread over the year make it higher."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "full person-months with at least 1 completed activity / full person-months observed",
    .source = "ours",
    .inputs = "activity.status person",
    .measure = regularity,
  })
