#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-statistics-private.h"
#include "metric/kennis-ground-types-private.h"
#include "metric/kennis-uptake-private.h"
#include "metric/kennis-sort-private.h"

#include <math.h>

/* Over whom learning is spread.  These look at people present for at least half of the period: in hours per FTE-exposure, one
 * day's course of someone who came last week would else be thousands of hours a year. */

static int
compare_people (const void *a, const void *b)
{
  const KennisRanked *x = a, *y = b;

  if (x->value != y->value)
    return (x->value > y->value) - (x->value < y->value);
  return (x->member > y->member) - (x->member < y->member);
}

/* Those that count, by their hours. */
static KennisRanked *
rank (const KennisSlice *slice, gboolean participants, guint *n)
{
  double *hours = kennis_slice_doubles (slice);
  KennisRanked *ranked = kennis_slice_scratch (slice, slice->n_members * sizeof *ranked);

  *n = 0;
  kennis_uptake_hours (slice, hours);
  for (guint m = 0; m < slice->n_members; m++)
    if (slice->members[m].is_resident && slice->members[m].fte > 0 && (!participants || hours[m] > 0))
      ranked[(*n)++] = (KennisRanked) { hours[m] / slice->members[m].fte, m };
  kennis_sort_array (ranked, *n, sizeof *ranked, compare_people);
  return ranked;
}

static void
gini (const KennisSlice *slice, KennisEstimate *out)
{
  guint n;

  if (kennis_uptake_has_hours (slice, out))
    {
      const KennisRanked *ranked = rank (slice, FALSE, &n);

      kennis_estimate_gini (slice, ranked, n, out);
    }
}

static void
gini_among_participants (const KennisSlice *slice, KennisEstimate *out)
{
  guint n;

  if (kennis_uptake_has_hours (slice, out))
    {
      const KennisRanked *ranked = rank (slice, TRUE, &n);

      kennis_estimate_gini (slice, ranked, n, out);
    }
}

/* The share of the sum that the tenth, fifth … of people with the most have; a tenth of the people must be a group. */
static void
estimate_top (const KennisSlice *slice, double share, KennisEstimate *out)
{
  guint n;
  const KennisRanked *ranked;

  if (!kennis_uptake_has_hours (slice, out))
    return;
  ranked = rank (slice, FALSE, &n);
  if (n < 10 * slice->plan->minimum_group)
    {
      kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_TOO_FEW,
                            N_("A tenth of the people is less than the minimum group."));
      return;
    }
  kennis_estimate_top_share (slice, ranked, n, share, out);
  out->n_part = n / 10;
}

static void
top_decile_share (const KennisSlice *slice, KennisEstimate *out)
{
  estimate_top (slice, 0.1, out);
}

/* What those with the least have is what the others leave. */
static void
lorenz_point (const KennisSlice *slice, double share, KennisEstimate *out)
{
  double lower;

  estimate_top (slice, 1 - share, out);
  lower = out->lower;
  out->value = 1 - out->value;
  out->lower = 1 - out->upper;
  out->upper = 1 - lower;
}

#define LORENZ_POINT(percent)                                                 \
  static void                                                                 \
  lorenz_##percent (const KennisSlice *slice, KennisEstimate *out)            \
  {                                                                           \
    lorenz_point (slice, percent / 100.0, out);                               \
  }
LORENZ_POINT (10)
LORENZ_POINT (20)
LORENZ_POINT (30)
LORENZ_POINT (40)
LORENZ_POINT (50)
LORENZ_POINT (60)
LORENZ_POINT (70)
LORENZ_POINT (80)
LORENZ_POINT (90)

static void
share_reached (const KennisSlice *slice, KennisEstimate *out)
{
  guint8 *answer = kennis_slice_bytes (slice);
  const KennisRanked *ranked;
  guint n;

  if (!kennis_uptake_has_hours (slice, out))
    return;
  ranked = rank (slice, FALSE, &n);
  for (guint m = 0; m < slice->n_members; m++)
    answer[m] = 2;
  for (guint i = 0; i < n; i++)
    answer[ranked[i].member] = ranked[i].value > 0;
  kennis_estimate_share_of_people (slice, answer, out);
}

/* The group of another grouping in which the member was last, in the slice's time; KENNIS_INTERN_NONE where its value is unknown. */
static guint32
group_of (const KennisSlice *slice, const KennisGrouping *grouping, guint member)
{
  guint n;
  const KennisSegment *s = kennis_ground_segments (slice->ground, slice->members[member].person, &n);
  guint32 group = KENNIS_INTERN_NONE;

  for (guint i = 0; i < n; i++)
    if (s[i].first_day < slice->end_day && s[i].end_day > slice->first_day)
      group = grouping->group_of_segment[&s[i] - slice->ground->segments];
  return group != KENNIS_INTERN_NONE && grouping->values[group] != NULL ? group : KENNIS_INTERN_NONE;
}

static void
group_access_ratio (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisGrouping *grouping = g_ptr_array_index (slice->ground->groupings, slice->plan->access_grouping);
  guint32 *people = kennis_slice_scratch (slice, grouping->n_groups * sizeof (guint32));
  guint32 *yes = kennis_slice_scratch (slice, grouping->n_groups * sizeof (guint32));
  guint8 *answer = kennis_slice_bytes (slice);
  guint32 n_groups = 0, n = 0, fewest = G_MAXUINT32;
  double lowest = INFINITY, highest = 0;

  kennis_uptake_participation (slice, answer);
  for (guint m = 0; m < slice->n_members; m++)
    {
      guint32 group = answer[m] <= 1 ? group_of (slice, grouping, m) : KENNIS_INTERN_NONE;

      if (group == KENNIS_INTERN_NONE)
        continue;
      people[group]++;
      yes[group] += answer[m];
    }
  for (guint32 g = 0; g < grouping->n_groups; g++)
    if (people[g] > 0 && people[g] >= slice->plan->minimum_group)
      {
        n_groups++;
        n += people[g];
        fewest = MIN (fewest, people[g]);
        lowest = MIN (lowest, (double) yes[g] / people[g]);
        highest = MAX (highest, (double) yes[g] / people[g]);
      }
  if (n_groups < 2)
    kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_TOO_FEW, N_("There are no two groups large enough to compare."));
  else if (highest > 0)
    {
      kennis_estimate_structural (out, lowest / highest, n, n);
      out->n_part = fewest;
    }
}

static double
ratio_of_ratios (const double *sums, gpointer data)
{
  return sums[1] > 0 && sums[2] > 0 && sums[3] > 0 ? sums[0] / sums[1] / (sums[2] / sums[3]) : NAN;
}

static void
leader_ratio (const KennisSlice *slice, KennisEstimate *out)
{
  double *x[4] = { kennis_slice_doubles (slice), kennis_slice_doubles (slice), kennis_slice_doubles (slice),
                   kennis_slice_doubles (slice) };
  guint8 *counts = kennis_slice_bytes (slice);
  guint32 leaders = 0, others = 0;
  gsize n;
  const KennisSliceCell *cells = kennis_slice_cells (slice, &n);

  if (!kennis_uptake_has_hours (slice, out))
    return;
  for (guint m = 0; m < slice->n_members; m++)
    {
      kennis_slice_split_heads (slice, m, &x[1][m], &x[3][m]);
      leaders += x[1][m] > 0;
      others += x[3][m] > 0;
      counts[m] = x[1][m] > 0 || x[3][m] > 0;
    }
  for (gsize i = 0; i < n; i++)
    if (KENNIS_CODES_STATUS (cells[i].cell->codes) == KENNIS_STATUS_COMPLETED && cells[i].segment->on_roster)
      x[cells[i].segment->is_leader ? 0 : 2][cells[i].member] += kennis_hours (cells[i].cell->duration);
  kennis_estimate_of_sums (slice, (const double *const *) x, 4, counts, ratio_of_ratios, NULL, out);
  out->n_part = MIN (leaders, others);
  out->dominance =
      fmax (kennis_estimate_dominance (x[0], slice->n_members), kennis_estimate_dominance (x[2], slice->n_members));
}

/* Heavy, so that nine points fill no report that asks for uptake.*: who draws the curve names them. */
#define LORENZ_ROW(percent, words)                                                                                                      \
  {                                                                                                                                     \
    .id = "uptake.lorenz-" #percent,                                                                                                    \
    .title = words,                                                                                                                     \
    .description = N_("The part of all hours per full-time post that belongs to this share of the people, those with the least."),      \
    .reading_aid = N_("On the diagonal the part is the same as the share, and learning is evenly spread; the lower, the less evenly."), \
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,                                        \
    .formula = "L(0." #percent "), L the Lorenz curve of hours per FTE-exposure",                                                       \
    .source = "Lorenz 1905",                                                                                                            \
    .inputs = "activity.status activity.duration person.fte",                                                                           \
    .cost = KENNIS_COST_HEAVY, .measure = lorenz_##percent,                                                                             \
  }

KENNIS_METRICS (uptake_spread,
  {
    .id = "uptake.share-reached",
    .title = N_("People reached"),
    .description = N_("The share of people with any completed hours of learning; with the Gini among them it makes up the Gini of all."),
    .reading_aid = N_("Inequality has two parts: who takes no part at all, and how unequal those are who do. This is the first."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "p = people with hours > 0 / people present for at least half of the period, of known FTE",
    .source = "ours; interval: Wilson 1927",
    .inputs = "activity.status activity.duration person.fte",
    .measure = share_reached,
  },
  {
    .id = "uptake.gini",
    .title = N_("Inequality of learning"),
    .description = N_("The Gini coefficient of hours per full-time post over all people: 0 is the same for all, 1 is everything for one."),
    .reading_aid = N_("High means that learning is for a \"happy few\". Read it with the people reached and the inequality among those."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_LOWER,
    .formula = "sum over pairs |x - y| / (2 n (n - 1) mean), x hours per FTE-exposure of people present for at least half of the period",
    .source = "Gini 1912; small-sample correction: Deltas 2003",
    .inputs = "activity.status activity.duration person.fte",
    .measure = gini,
  },
  {
    .id = "uptake.gini-among-participants",
    .title = N_("Inequality among those who learn"),
    .description = N_("The Gini coefficient of hours per full-time post over the people with any hours."),
    .reading_aid = N_("Without the correction for small groups, the Gini of all is (1 - p) + p times this one, where p is the share of people reached."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_LOWER,
    .formula = "as uptake.gini, over people with hours > 0",
    .source = "Gini 1912; small-sample correction: Deltas 2003",
    .inputs = "activity.status activity.duration person.fte",
    .measure = gini_among_participants,
  },
  {
    .id = "uptake.top-decile-share",
    .title = N_("Share of the tenth who learn most"),
    .description = N_("The part of all hours per full-time post that belongs to the tenth of the people with the most."),
    .reading_aid = N_("0.10 is perfect equality; 0.50 says that a tenth of the people has half of the learning."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_LOWER,
    .formula = "1 - L(0.9), L the Lorenz curve of hours per FTE-exposure",
    .source = "Lorenz 1905",
    .inputs = "activity.status activity.duration person.fte",
    .measure = top_decile_share,
  },
  LORENZ_ROW (10, N_("Hours of the 10% who learn least")),
  LORENZ_ROW (20, N_("Hours of the 20% who learn least")),
  LORENZ_ROW (30, N_("Hours of the 30% who learn least")),
  LORENZ_ROW (40, N_("Hours of the 40% who learn least")),
  LORENZ_ROW (50, N_("Hours of the 50% who learn least")),
  LORENZ_ROW (60, N_("Hours of the 60% who learn least")),
  LORENZ_ROW (70, N_("Hours of the 70% who learn least")),
  LORENZ_ROW (80, N_("Hours of the 80% who learn least")),
  LORENZ_ROW (90, N_("Hours of the 90% who learn least")),
  {
    .id = "uptake.group-access-ratio",
    .title = N_("Access of the group with the least"),
    .description = N_("The lowest share of people who learned in any group, divided by the highest; groups under the minimum size are left out."),
    .reading_aid = N_("1 means that all groups take part alike. With many or small groups, chance alone makes it lower than 1."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "lowest / highest participation rate among the groups of an attribute (department, unless the query names another)",
    .source = "ours, after the four-fifths rule (EEOC 1978)",
    .inputs = "activity.status person",
    .measure = group_access_ratio,
  },
  {
    .id = "uptake.leader-ratio",
    .title = N_("Learning of leaders against others"),
    .description = N_("Hours of learning per person who leads others, divided by hours per other person."),
    .reading_aid = N_("Over 1 leaders learn more than others, under 1 less. Leaders who learn visibly set the example."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = 0, .maximum = INFINITY, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "(hours of leaders / heads of leaders) / (hours of others / heads of others)",
    .source = "ours",
    .inputs = "activity.status activity.duration person.leader",
    .measure = leader_ratio,
  })
