#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-statistics-private.h"
#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-slice-types-private.h"
#include "metric/kennis-sort-private.h"

#include <math.h>
#include <string.h>

/* Scales of the surveys that come with the library: the mean over the people who answered, each once. */

typedef struct
{
  guint32 owner;
  double  score;
} Answer;

typedef struct
{
  const KennisSlice  *slice;
  const KennisSurvey *survey;
  guint   scale, n_scales;
  GArray *answers;           /* of Answer */
} Scale;

static gboolean
find_scale (Scale *self)
{
  const char *argument = self->slice->cache->argument;
  g_auto (GStrv) words = g_strsplit (argument, " ", 2);

  self->survey = kennis_ground_survey (self->slice->ground, words[0]);
  if (self->survey == NULL)
    return FALSE;
  self->n_scales = g_strv_length (self->survey->scales);
  for (self->scale = 0; self->scale < self->n_scales; self->scale++)
    if (g_str_equal (self->survey->scales[self->scale], words[1]))
      return TRUE;
  return FALSE;
}

/* NaN: not of this period, or no score. */
static double
score_of (const Scale *self, guint32 sheet)
{
  gint32 day = g_array_index (self->survey->sheets, KennisSheetFact, sheet).day;

  if (day < self->slice->first_day || day >= self->slice->end_day)
    return NAN;
  return g_array_index (self->survey->scores, double, (gsize) sheet * self->n_scales + self->scale);
}

static void
add_answer (Scale *self, guint32 sheet)
{
  Answer answer = { g_array_index (self->survey->sheets, KennisSheetFact, sheet).owner, score_of (self, sheet) };

  if (!isnan (answer.score))
    g_array_append_val (self->answers, answer);
}

static void
add_people (Scale *self)
{
  const KennisOrder *order = &self->survey->by_person;

  for (guint m = 0; m < self->slice->n_members; m++)
    {
      guint32 person = self->slice->members[m].person;

      for (guint32 i = order->first[person]; i < order->first[person + 1]; i++)
        {
          guint32 sheet = order->items[i];

          if (kennis_slice_contains (self->slice, person,
                                     g_array_index (self->survey->sheets, KennisSheetFact, sheet).day))
            add_answer (self, sheet);
        }
    }
}

/* Does the grouping tell no more than teams do? */
static gboolean
is_by_team (const KennisGrouping *grouping)
{
  for (guint i = 0; grouping->names[i] != NULL; i++)
    if (!g_str_equal (grouping->names[i], "team") && !g_str_equal (grouping->names[i], "department"))
      return FALSE;
  return TRUE;
}

static gboolean
has_team (const KennisSlice *slice, const KennisGrouping *grouping, guint32 team)
{
  const KennisGround *ground = slice->ground;
  guint n = g_strv_length (grouping->names);

  for (guint i = 0; i < n; i++)
    {
      guint32 at = g_str_equal (grouping->names[i], "team") ? team : ground->team_department[team];
      const char *text = kennis_dataset_text (ground->facts, KENNIS_SPACE_TEAM, at);

      if (g_strcmp0 (text, grouping->values[(gsize) slice->group * n + i]) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Scores in the period that no team has. */
static guint
count_loose (const Scale *self)
{
  guint n = 0;

  for (guint i = 0; i < self->survey->tokens->len; i++)
    {
      guint sheet = g_array_index (self->survey->tokens, guint, i);

      n += g_array_index (self->survey->sheets, KennisSheetFact, sheet).team == KENNIS_INTERN_NONE
           && !isnan (score_of (self, sheet));
    }
  return n;
}

/* Tokens are in everybody, and in groups by team.  Groups are left out where everybody minus the groups would tell of a few tokens: the gate
 * knows the roster only.  False: left out. */
static gboolean
add_tokens (Scale *self)
{
  const KennisGrouping *grouping = kennis_slice_grouping (self->slice);
  const GArray *tokens = self->survey->tokens;
  guint loose;

  if (tokens->len == 0)
    return TRUE;
  if (kennis_slice_is_everybody (self->slice))
    {
      for (guint i = 0; i < tokens->len; i++)
        add_answer (self, g_array_index (tokens, guint, i));
      return TRUE;
    }
  loose = count_loose (self);
  if (!is_by_team (grouping)
      || (loose > 0 && loose < MAX (self->slice->plan->minimum_group, self->slice->plan->minimum_survey_group)))
    return FALSE;
  for (guint32 team = 0; team < self->slice->ground->n_teams; team++)
    {
      const KennisOrder *order = &self->survey->by_team;

      if (order->first[team] == order->first[team + 1] || !has_team (self->slice, grouping, team))
        continue;
      for (guint32 i = order->first[team]; i < order->first[team + 1]; i++)
        add_answer (self, order->items[i]);
    }
  return TRUE;
}

static int
compare_answers (const void *a, const void *b)
{
  const Answer *x = a, *y = b;

  if (x->owner != y->owner)
    return (x->owner > y->owner) - (x->owner < y->owner);
  return (x->score > y->score) - (x->score < y->score);
}

/* One score each: of who answered in several waves of the period, the mean of these. */
static void
merge_answers (GArray *answers)
{
  Answer *a = (Answer *) (gpointer) answers->data;
  guint n = 0, next;

  kennis_sort_array (a, answers->len, sizeof *a, compare_answers);
  for (guint i = 0; i < answers->len; i = next)
    {
      double sum = 0;

      for (next = i; next < answers->len && a[next].owner == a[i].owner; next++)
        sum += a[next].score;
      a[n++] = (Answer) { a[i].owner, sum / (next - i) };
    }
  g_array_set_size (answers, n);
}

/* Mean ± t × s/√n.  The sum that the gate is told is of shares of 100, so that 0 and n of it are what all say alike. */
static void
fill (const Scale *self, KennisEstimate *out)
{
  guint n = self->answers->len;
  double *x = kennis_slice_scratch (self->slice, (n + 1) * sizeof *x), sum = 0, squares = 0, half;

  for (guint i = 0; i < n; i++)
    sum += x[i] = g_array_index (self->answers, Answer, i).score;
  out->status = KENNIS_MEASURE_STATUS_OK;
  out->value = sum / n;
  out->n = out->n_people = n;
  out->dominance = kennis_estimate_dominance (x, n);
  out->is_additive = TRUE;
  out->numerator = sum / 100;
  out->denominator = n;
  if (n < 2)
    return;
  for (guint i = 0; i < n; i++)
    squares += (x[i] - out->value) * (x[i] - out->value);
  half = kennis_t_quantile (n - 1, (1 + self->slice->plan->level) / 2) * sqrt (squares / (n - 1) / n);
  out->lower = out->value - half;
  out->upper = out->value + half;
}

static void
mean_score (const KennisSlice *slice, KennisEstimate *out)
{
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (Answer));
  Scale scale = { .slice = slice, .answers = answers };

  if (!find_scale (&scale))
    {
      kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA, N_("Nobody answered this questionnaire."));
      return;
    }
  add_people (&scale);
  if (!add_tokens (&scale))
    {
      kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA,
                            N_("Anonymous answers cannot be placed in these groups."));
      return;
    }
  merge_answers (answers);
  if (answers->len > 0)
    fill (&scale, out);
}

#define SCALE(ID, ARGUMENT, TITLE, DIRECTION)                                                                       \
  {                                                                                                                 \
    .id = ID, .title = TITLE, .description = N_("What people answered to this scale of a survey, on average, from 0 to 100. Each person counts once."), \
    .reading_aid = N_("It tells of those who answered. The interval takes those who did not to be like them. The questions have not been validated."), \
    .unit = KENNIS_UNIT_SCORE, .minimum = 0, .maximum = 100, .direction = KENNIS_DIRECTION_##DIRECTION,             \
    .formula = "mean over people of (answer - low) / (high - low) x 100, reversed items turned",                    \
    .source = "ours, unvalidated; interval: Student's t", .inputs = "response.score person",                        \
    .measure = mean_score, .argument = ARGUMENT,                                                                    \
  }

KENNIS_METRICS (surveys,
  SCALE ("foundation.leadership", "foundation leadership", N_("Leadership"), HIGHER),
  SCALE ("foundation.trust", "foundation trust", N_("Trust"), HIGHER),
  SCALE ("foundation.autonomy", "foundation autonomy", N_("Autonomy"), HIGHER),
  SCALE ("foundation.engagement", "foundation engagement", N_("Engagement"), HIGHER),
  SCALE ("carrier.1.survey", "carriers work", N_("Carrier: content of the work"), HIGHER),
  SCALE ("carrier.2.survey", "carriers safety", N_("Carrier: room and safety"), HIGHER),
  SCALE ("carrier.3.survey", "carriers collaboration", N_("Carrier: collaboration and team development"), HIGHER),
  SCALE ("carrier.4.survey", "carriers leadership", N_("Carrier: leadership for development"), HIGHER),
  SCALE ("carrier.5.survey", "carriers organisation", N_("Carrier: organisation for development"), HIGHER),
  SCALE ("carrier.6.survey", "carriers outside", N_("Carrier: connection with the outside"), HIGHER),
  SCALE ("feature.openness", "features openness", N_("Openness and trust"), HIGHER),
  SCALE ("feature.sharing", "features sharing", N_("Sharing knowledge"), HIGHER),
  SCALE ("feature.access", "features access", N_("Access to learning"), HIGHER),
  SCALE ("feature.support", "features support", N_("Support by managers"), HIGHER),
  SCALE ("feature.feedback", "features feedback", N_("Feedback and reflection"), HIGHER),
  SCALE ("feature.innovation", "features innovation", N_("Innovation and experiment"), HIGHER),
  SCALE ("feature.growth", "features growth", N_("Personal growth"), HIGHER),
  SCALE ("motivation.autonomous", "motivation autonomous", N_("Motivation from within (ABC)"), HIGHER),
  SCALE ("motivation.autonomy", "motivation autonomy", N_("Motivation: autonomy"), HIGHER),
  SCALE ("motivation.belonging", "motivation belonging", N_("Motivation: belonging"), HIGHER),
  SCALE ("motivation.competence", "motivation competence", N_("Motivation: competence"), HIGHER),
  SCALE ("motivation.controlled", "motivation controlled", N_("Controlled motivation"), LOWER),
  SCALE ("motivation.reward", "motivation reward", N_("Motivation: reward"), LOWER),
  SCALE ("motivation.punishment", "motivation punishment", N_("Motivation: punishment"), LOWER),
  SCALE ("motivation.guilt", "motivation guilt", N_("Motivation: guilt"), LOWER),
  SCALE ("mindset.growth", "mindset growth", N_("Growth mindset"), HIGHER),
  SCALE ("condition.safety", "conditions safety", N_("Safety"), HIGHER),
  SCALE ("condition.relations", "conditions relations", N_("Relations"), HIGHER),
  SCALE ("condition.commitment-top", "conditions commitment-top", N_("Commitment: top management"), HIGHER),
  SCALE ("condition.commitment-managers", "conditions commitment-managers", N_("Commitment: managers"), HIGHER),
  SCALE ("condition.commitment-staff", "conditions commitment-staff", N_("Commitment: staff"), HIGHER),
  SCALE ("condition.means", "conditions means", N_("Means"), HIGHER))
