#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-uptake-private.h"

#include <math.h>

/* How much is learned, and by how many. */

void
kennis_uptake_hours (const KennisSlice *slice, double *hours)
{
  gsize n;
  const KennisSliceCell *cells = kennis_slice_cells (slice, &n);

  for (gsize i = 0; i < n; i++)
    if (KENNIS_CODES_STATUS (cells[i].cell->codes) == KENNIS_STATUS_COMPLETED)
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
    if (KENNIS_CODES_STATUS (cells[i].cell->codes) == KENNIS_STATUS_COMPLETED && cells[i].cell->n > 0
        && answer[cells[i].member] == 0)
      answer[cells[i].member] = 1;
}

static void
participation_rate (const KennisSlice *slice, KennisEstimate *out)
{
  guint8 *answer = kennis_slice_bytes (slice);

  kennis_uptake_participation (slice, answer);
  kennis_estimate_share_of_people (slice, answer, out);
}

static void
hours_per_head (const KennisSlice *slice, KennisEstimate *out)
{
  double *hours = kennis_slice_doubles (slice), *heads = kennis_slice_doubles (slice);

  kennis_uptake_hours (slice, hours);
  for (guint m = 0; m < slice->n_members; m++)
    {
      heads[m] = slice->members[m].heads;
      if (heads[m] == 0)
        hours[m] = 0;
    }
  kennis_estimate_ratio (slice, hours, heads, out);
}

KENNIS_METRICS (uptake,
  {
    .id = "uptake.participation-rate",
    .title = N_("People who learned"),
    .description = N_("The share of people with at least one completed learning activity, among those present for at least half of the period."),
    .reading_aid = N_("A low share means that learning is for a few. It counts what was recorded: learning that nobody wrote down is not in it."),
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
    .reading_aid = N_("More hours are not yet a learning culture: look at what is shared and used as well."),
    .unit = KENNIS_UNIT_HOURS, .minimum = 0, .maximum = INFINITY, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "hours completed / (present person-days / days)",
    .source = "GRI 404-1, ISO 30414; the exposure is ours",
    .inputs = "activity.status activity.duration person",
    .measure = hours_per_head,
  })
