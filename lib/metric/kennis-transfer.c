#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-slice-private.h"

#include <math.h>

/* Is what was learned used? */

#define FOLLOW_UP_DAYS 90

static KennisFollowUp
follow_to_application (const KennisSliceSpell *spell)
{
  gint32 applied = spell->spell->until_applied;
  guint32 n = (guint32) spell->spell->n;

  if (applied >= 0 && applied <= spell->follow)
    return (KennisFollowUp) { spell->member, applied, 1, n };

  return (KennisFollowUp) { spell->member, spell->follow, spell->left ? 2 : 0, n };
}

static gboolean
is_followed (const KennisSliceSpell *spell)
{
  return KENNIS_CODES_STATUS (spell->spell->codes) == KENNIS_STATUS_COMPLETED && spell->follow >= 0;
}

static void
applications (const KennisSlice   *slice,
              KennisFollowUpValue  what,
              KennisEstimate      *out)
{
  gsize n, n_rows = 0;
  const KennisSliceSpell *spells = kennis_slice_spells (slice, KENNIS_SPELL_BY_END, &n);
  KennisFollowUp *rows = kennis_slice_scratch (slice, (n + 1) * sizeof *rows);

  for (gsize i = 0; i < n; i++)
    if (is_followed (&spells[i]))
      rows[n_rows++] = follow_to_application (&spells[i]);
  kennis_estimate_incidence (slice, rows, n_rows, FOLLOW_UP_DAYS, what, out);
}

static void
application_rate (const KennisSlice *slice,
                  KennisEstimate    *out)
{
  applications (slice, KENNIS_FOLLOW_UP_INCIDENCE, out);
}

static void
time_to_application (const KennisSlice *slice,
                     KennisEstimate    *out)
{
  applications (slice, KENNIS_FOLLOW_UP_MEDIAN, out);
}

/* The two sides of the gap.  A row's day is at most FOLLOW_UP_DAYS + 1: what comes later does not matter at the horizon. */
enum { SELF_CHOSEN, REQUIRED_OF, N_SIDES };

typedef struct
{
  const KennisFollowUp *rows;
  const guint8 *side;
  gsize n;
} Gap;

/* Aalen & Johansen's estimator on counts by day and cause. */
static double
incidence_of (const double counts[3][FOLLOW_UP_DAYS + 2])
{
  double at_risk = 0, survival = 1, incidence = 0;

  for (guint cause = 0; cause < 3; cause++)
    for (guint day = 0; day < FOLLOW_UP_DAYS + 2; day++)
      at_risk += counts[cause][day];
  if (at_risk == 0)
    return NAN;

  for (guint day = 0; day <= FOLLOW_UP_DAYS && at_risk > 0; day++)
    {
      incidence += survival * counts[1][day] / at_risk;
      survival *= 1 - (counts[1][day] + counts[2][day]) / at_risk;
      at_risk -= counts[0][day] + counts[1][day] + counts[2][day];
    }

  return incidence;
}

static double
gap_of (const guint32 *weight,
        gpointer       data)
{
  const Gap *gap = data;
  double counts[N_SIDES][3][FOLLOW_UP_DAYS + 2] = { 0 };

  for (gsize i = 0; i < gap->n; i++)
    counts[gap->side[i]][gap->rows[i].cause][gap->rows[i].day] +=
        (double) gap->rows[i].n * (weight != NULL ? weight[gap->rows[i].member] : 1);

  return incidence_of (counts[SELF_CHOSEN]) - incidence_of (counts[REQUIRED_OF]);
}

static guint32
people_on_side (const KennisSlice *slice,
                const Gap         *gap,
                guint8             side)
{
  guint8 *seen = kennis_slice_bytes (slice);
  guint32 n = 0;

  for (gsize i = 0; i < gap->n; i++)
    if (gap->side[i] == side && !seen[gap->rows[i].member])
      {
        seen[gap->rows[i].member] = TRUE;
        n++;
      }

  return n;
}

static gboolean
was_followed_up (const Gap *gap,
                 guint8     side)
{
  for (gsize i = 0; i < gap->n; i++)
    if (gap->side[i] == side && gap->rows[i].day >= FOLLOW_UP_DAYS)
      return TRUE;

  return FALSE;
}

static void
application_gap (const KennisSlice *slice,
                 KennisEstimate    *out)
{
  gsize n, n_rows = 0;
  const KennisSliceSpell *spells = kennis_slice_spells (slice, KENNIS_SPELL_BY_END, &n);
  KennisFollowUp *rows = kennis_slice_scratch (slice, (n + 1) * sizeof *rows);
  guint8 *side = kennis_slice_scratch (slice, n + 1), *counts = kennis_slice_bytes (slice);
  Gap gap = { rows, side, 0 };

  for (gsize i = 0; i < n; i++)
    {
      KennisInitiative initiative = KENNIS_CODES_INITIATIVE (spells[i].spell->codes);

      if (!is_followed (&spells[i])
          || (initiative != KENNIS_INITIATIVE_SELF && initiative != KENNIS_INITIATIVE_REQUIRED))
        continue;
      rows[n_rows] = follow_to_application (&spells[i]);
      rows[n_rows].day = MIN (rows[n_rows].day, FOLLOW_UP_DAYS + 1);
      side[n_rows++] = initiative == KENNIS_INITIATIVE_SELF ? SELF_CHOSEN : REQUIRED_OF;
      counts[spells[i].member] = TRUE;
    }
  gap.n = n_rows;
  if (!was_followed_up (&gap, SELF_CHOSEN) || !was_followed_up (&gap, REQUIRED_OF))
    {
      if (n_rows > 0)
        kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_TOO_FEW,
                              N_("nobody was followed for 90 days on one of the two sides"));
      return;
    }
  kennis_estimate_of_weights (slice, counts, gap_of, &gap, out);
  out->n_part = MIN (people_on_side (slice, &gap, SELF_CHOSEN), people_on_side (slice, &gap, REQUIRED_OF));
}

static void
relevance_share (const KennisSlice *slice,
                 KennisEstimate    *out)
{
  double *needed = kennis_slice_doubles (slice), *known = kennis_slice_doubles (slice);
  gsize n;
  const KennisSliceCell *cells = kennis_slice_cells (slice, &n);

  for (gsize i = 0; i < n; i++)
    {
      const KennisCell *cell = cells[i].cell;
      const KennisSegment *segment = cells[i].segment;
      double hours = kennis_hours (cell->duration);

      if (KENNIS_CODES_STATUS (cell->codes) != KENNIS_STATUS_COMPLETED || cell->topic == KENNIS_INTERN_NONE
          || segment == NULL || (segment->team == KENNIS_INTERN_NONE && segment->role == KENNIS_INTERN_NONE))
        continue;
      known[cells[i].member] += hours;
      if (kennis_ground_is_needed (slice->ground, cell->topic, segment->team, segment->role))
        needed[cells[i].member] += hours;
    }
  kennis_estimate_ratio (slice, needed, known, out);
}

static void
evaluation_share (const KennisSlice *slice,
                  KennisEstimate    *out)
{
  double *evaluated = kennis_slice_doubles (slice), *completed = kennis_slice_doubles (slice);
  gsize n;
  const KennisSliceCell *cells = kennis_slice_cells (slice, &n);

  for (gsize i = 0; i < n; i++)
    if (KENNIS_CODES_STATUS (cells[i].cell->codes) == KENNIS_STATUS_COMPLETED)
      {
        evaluated[cells[i].member] += (double) cells[i].cell->n_evaluated;
        completed[cells[i].member] += (double) cells[i].cell->n;
      }
  kennis_estimate_ratio (slice, evaluated, completed, out);
}

KENNIS_METRICS (transfer,
  {
    .id = "transfer.application-rate",
    .title = N_("Learning that was applied"),
    .description = N_("The share of completed activities that were used on the job within 90 days."),
    .reading_aid = N_("It counts first uses that were recorded. Ask for them some weeks after the activity, not at its end."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "cumulative incidence of applied at 90 days after completion, leaving as competing event",
    .source = "Baldwin & Ford 1988; Aalen & Johansen 1978",
    .inputs = "activity.status activity.applied",
    .measure = application_rate,
  },
  {
    .id = "transfer.time-to-application",
    .title = N_("Days until learning was applied"),
    .description = N_("The day after completion by which half of the completed activities had been used on the job."),
    .reading_aid = N_("Not reached means that fewer than half were applied while people were followed."),
    .unit = KENNIS_UNIT_DAYS, .minimum = 0, .maximum = INFINITY, .direction = KENNIS_DIRECTION_LOWER,
    .formula = "first day at which the cumulative incidence of applied is ½ or more",
    .source = "Aalen & Johansen 1978",
    .inputs = "activity.status activity.applied",
    .measure = time_to_application,
  },
  {
    .id = "transfer.application-gap",
    .title = N_("Application: own choice against required"),
    .description = N_("How much more often self-chosen activities were used on the job within 90 days than required ones."),
    .reading_aid = N_("Above 0, what people choose is used more. It does not prove that choice is the cause."),
    .unit = KENNIS_UNIT_SHARE, .minimum = -1, .maximum = 1, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "application rate of self-chosen activities − application rate of required ones",
    .source = "ours; Aalen & Johansen 1978",
    .inputs = "activity.status activity.applied activity.initiative",
    .measure = application_gap,
  },
  {
    .id = "transfer.relevance-share",
    .title = N_("Learning that the work needs"),
    .description = N_("The share of learning hours on topics that the person's role or team needs, among hours of which topic and role or team are known."),
    .reading_aid = N_("It is as good as the list of needs: a topic that nobody listed counts as not needed."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "hours on needed topics / hours with a known topic, of people with a known role or team",
    .source = "ours, after Weggeman 1997",
    .inputs = "activity.status activity.duration activity.topic need person",
    .measure = relevance_share,
  },
  {
    .id = "transfer.evaluation-share",
    .title = N_("Learning that was evaluated"),
    .description = N_("The share of completed activities that were evaluated."),
    .reading_aid = N_("An evaluation shows that someone asked what it was good for."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "completed activities with an evaluation / completed activities",
    .source = "usual in the field, after Kirkpatrick 1959",
    .inputs = "activity.status activity.evaluated",
    .measure = evaluation_share,
  })
