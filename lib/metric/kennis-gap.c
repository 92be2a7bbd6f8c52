#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-statistics-private.h"
#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-culture-private.h"
#include "metric/kennis-gate-private.h"

#include <math.h>

/* What people say of a carrier against what was recorded of it, by team: the difference of the two z-scores over the teams.
 *
 * This is filled in after the gate, from shown values and nothing else, so that it can tell nothing more.  So is the interval: of few people
 * none may be told, and the standard error of a team is that of everybody, as if people varied in each team as they do in all. */

#define MINIMUM_TEAMS 10
#define FAMILY "gap.say-do."

gboolean
kennis_gap_parts (guint metric, guint *survey, guint *behaviour)
{
  const char *id = metric < kennis_catalogue_size () ? kennis_catalogue_row (metric)->id : "";
  g_autofree char *say = NULL, *done = NULL;

  if (!g_str_has_prefix (id, FAMILY))
    return FALSE;
  say = g_strdup_printf ("carrier.%s.survey", id + strlen (FAMILY));
  done = g_strdup_printf ("carrier.%s.behaviour", id + strlen (FAMILY));
  *survey = (guint) kennis_catalogue_find (say);
  *behaviour = (guint) kennis_catalogue_find (done);
  return TRUE;
}

/* One side: of all teams of one query and period, with everybody. */
typedef struct
{
  guint  n;
  double mean, sd;
  double everybody;      /* standard error × √n of everybody; NaN: not known */
} Side;

static gboolean
is_shown (const KennisRawMeasurement *raw)
{
  return raw != NULL && kennis_culture_is_observed (raw);
}

static void
find_side (const KennisRawMeasurement * const *teams, guint n, const KennisRawMeasurement *everybody, double level, Side *self)
{
  double sum = 0, squares = 0;

  *self = (Side) { .n = n, .everybody = NAN };
  for (guint i = 0; i < n; i++)
    sum += teams[i]->value;
  self->mean = sum / n;
  for (guint i = 0; i < n; i++)
    squares += (teams[i]->value - self->mean) * (teams[i]->value - self->mean);
  self->sd = sqrt (squares / (n - 1));
  if (is_shown (everybody) && !isnan (everybody->lower))
    self->everybody =
        (everybody->upper - everybody->lower) / 2 / kennis_normal_quantile ((1 + level) / 2) * sqrt (everybody->n);
}

/* The square of a team's standard error, in z-scores. */
static double
variance_of (const Side *side, const KennisRawMeasurement *team)
{
  double se = team->n > 0 ? side->everybody / sqrt (team->n) / side->sd : NAN;

  return se * se;
}

/* A gap, its two sides and its group. */
typedef struct
{
  KennisRawMeasurement *gap;
  const KennisRawMeasurement *say, *done;
} Team;

static void
fail (KennisRawMeasurement *gap, const char *note)
{
  gap->status = KENNIS_MEASURE_STATUS_NO_DATA;
  gap->note = note;
}

static void
fill (const Team *team, const Side *say, const Side *done, double level)
{
  KennisRawMeasurement *gap = team->gap;
  double half =
      kennis_normal_quantile ((1 + level) / 2) * sqrt (variance_of (say, team->say) + variance_of (done, team->done));

  gap->status =
      team->say->status == KENNIS_MEASURE_STATUS_PARTIAL ? KENNIS_MEASURE_STATUS_PARTIAL : KENNIS_MEASURE_STATUS_OK;
  gap->value = (team->say->value - say->mean) / say->sd - (team->done->value - done->mean) / done->sd;
  gap->n = say->n;
  gap->coverage = team->done->coverage;
  if (isnan (half))
    return;
  gap->lower = gap->value - half;
  gap->upper = gap->value + half;
}

static gboolean
is_silent (const KennisRawMeasurement *raw)
{
  return raw->status == KENNIS_MEASURE_STATUS_NO_DATA;
}

static void
fill_teams (const GArray *teams, const KennisRawMeasurement *say_all, const KennisRawMeasurement *done_all, double level)
{
  g_autofree const KennisRawMeasurement **say = g_new (const KennisRawMeasurement *, teams->len + 1);
  g_autofree const KennisRawMeasurement **done = g_new (const KennisRawMeasurement *, teams->len + 1);
  Side say_side, done_side;
  guint n = 0;

  for (guint i = 0; i < teams->len; i++)
    {
      const Team *team = &g_array_index (teams, Team, i);

      if (!is_shown (team->say) || !is_shown (team->done))
        continue;
      say[n] = team->say;
      done[n++] = team->done;
    }
  if (n >= MINIMUM_TEAMS)
    {
      find_side (say, n, say_all, level, &say_side);
      find_side (done, n, done_all, level, &done_side);
    }
  for (guint i = 0; i < teams->len; i++)
    {
      const Team *team = &g_array_index (teams, Team, i);

      /* That nobody was asked is told of the survey anyway, and hides nothing of what was recorded. */
      if (is_silent (team->say) || is_silent (team->done))
        fail (team->gap, N_("What people say of this carrier or what was recorded of it is not known of this team."));
      else if (team->say->status == KENNIS_MEASURE_STATUS_WITHHELD
               || team->done->status == KENNIS_MEASURE_STATUS_WITHHELD)
        kennis_gate_overwrite (team->gap);
      else if (!is_shown (team->say) || !is_shown (team->done))
        fail (team->gap, N_("What people say of this carrier or what was recorded of it is not known of this team."));
      else if (n < MINIMUM_TEAMS)
        fail (team->gap, N_("Under ten teams have both figures: there is nothing to compare with."));
      else if (!(say_side.sd > 0 && done_side.sd > 0))
        fail (team->gap, N_("All teams have the same figure: there is nothing to compare."));
      else
        fill (team, &say_side, &done_side, level);
    }
}

/* All teams with a value of the metric in one query and period. */
static void
fill_frame (KennisMeasureSet *set, GHashTable *index, guint metric, const KennisPopulation *all, guint everybody, double level)
{
  g_autoptr (GArray) teams = g_array_new (FALSE, FALSE, sizeof (Team));
  guint survey = 0, behaviour = 0;

  kennis_gap_parts (metric, &survey, &behaviour);
  for (guint c = 0; c < set->populations->len; c++)
    {
      const KennisPopulation *p = &g_array_index (set->populations, KennisPopulation, c);
      Team team = { kennis_gate_raw_at (set, index, c, metric), kennis_gate_raw_at (set, index, c, survey),
                    kennis_gate_raw_at (set, index, c, behaviour) };

      if (p->query == all->query && p->first_month == all->first_month && p->end_month == all->end_month
          && kennis_measure_set_is_by_team (set, p) && team.gap != NULL && team.say != NULL && team.done != NULL
          && p->group[0] != NULL)
        g_array_append_val (teams, team);
    }
  fill_teams (teams, kennis_gate_raw_at (set, index, everybody, survey),
              kennis_gate_raw_at (set, index, everybody, behaviour), level);
}

void
kennis_gaps_fill (KennisMeasureSet *set, const double *levels)
{
  g_autoptr (GHashTable) index = NULL;
  guint survey, behaviour;

  for (guint i = 0; i < set->raw->len; i++)
    {
      KennisRawMeasurement *raw = &g_array_index (set->raw, KennisRawMeasurement, i);
      const KennisPopulation *p = &g_array_index (set->populations, KennisPopulation, raw->population);

      if (!kennis_gap_parts (raw->metric, &survey, &behaviour) || raw->status == KENNIS_MEASURE_STATUS_WITHHELD)
        continue;
      if (index == NULL)
        index = kennis_gate_index_raw (set);
      if (p->grouping == 0)
        {
          fill_frame (set, index, raw->metric, p, raw->population, levels[p->query]);
          fail (raw, N_("A gap is of a team: ask for groups by team."));
        }
      else if (!kennis_measure_set_is_by_team (set, p) || p->group[0] == NULL)
        fail (raw, N_("A gap is of a team: ask for groups by team."));
    }
}

#define GAP(N, TITLE)                                                                                               \
  {                                                                                                                 \
    .id = FAMILY N, .title = TITLE,                                                                                 \
    .description = N_("How far a team stands higher in what its people say of the carrier than in what was recorded of it, in standard deviations of teams."), \
    .reading_aid = N_("Above 0: more is said than was recorded; under 0: more was recorded than is said. Both are relative to the other teams. One of twenty intervals lies on one side of 0 by chance; ask the team why before you conclude anything."), \
    .unit = KENNIS_UNIT_NUMBER, .minimum = -INFINITY, .maximum = INFINITY, .direction = KENNIS_DIRECTION_NEUTRAL,   \
    .formula = "z(survey) - z(behaviour), z over the teams of the period, at least 10",                             \
    .source = "ours, after Korevaar et al. 2020", .inputs = "person.team", .is_derived = TRUE,                      \
    .argument = "carriers",                                                                                          \
  }

KENNIS_METRICS (gap,
  GAP ("1", N_("Gap between saying and doing: content of the work")),
  GAP ("2", N_("Gap between saying and doing: room and safety")),
  GAP ("3", N_("Gap between saying and doing: collaboration and team development")),
  GAP ("4", N_("Gap between saying and doing: leadership for development")),
  GAP ("5", N_("Gap between saying and doing: organisation for development")),
  GAP ("6", N_("Gap between saying and doing: connection with the outside")))
