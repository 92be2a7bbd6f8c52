#include "config.h"

#include "metric/kennis-sort-private.h"
#include "metric/kennis-surveys-private.h"

#include <math.h>
#include <string.h>

static guint
find_scale (const KennisSurvey *survey, const char *scale)
{
  guint i = 0;

  while (survey->scales[i] != NULL && !g_str_equal (survey->scales[i], scale))
    i++;
  return i;
}

KennisSurveySlice *
kennis_survey_slice_new (const KennisSlice *slice, const char *argument)
{
  g_auto (GStrv) words = g_strsplit (argument, " ", 2);
  const KennisSurvey *survey = kennis_ground_survey (slice->ground, words[0]);
  KennisSurveySlice *self;
  guint scale = KENNIS_SURVEY_ANY_SCALE;

  if (survey == NULL)
    return NULL;
  if (words[1] != NULL)
    scale = find_scale (survey, words[1]);
  if (words[1] != NULL && survey->scales[scale] == NULL)
    return NULL;
  self = g_new0 (KennisSurveySlice, 1);
  self->slice = slice;
  self->survey = survey;
  self->scale = scale;
  self->n_scales = g_strv_length (survey->scales);
  self->first_day = slice->first_day;
  self->end_day = slice->end_day;
  self->wave = G_MAXUINT;
  self->answers = g_array_new (FALSE, FALSE, sizeof (KennisSurveyAnswer));
  self->respondents = g_new0 (guint, survey->waves->len + 1);
  return self;
}

void
kennis_survey_slice_free (KennisSurveySlice *self)
{
  g_free (self->respondents);
  g_array_unref (self->answers);
  g_free (self);
}

static const KennisSheetFact *
sheet_of (const KennisSurveySlice *self, guint32 sheet)
{
  return &g_array_index (self->survey->sheets, KennisSheetFact, sheet);
}

static gboolean
is_meant (const KennisSurveySlice *self, const KennisSheetFact *fact)
{
  return fact->day != KENNIS_NO_DAY && fact->day >= self->first_day && fact->day < self->end_day
         && (self->wave == G_MAXUINT || fact->wave == self->wave);
}

/* NaN: not of this period or wave, or no score. */
static double
score_of (const KennisSurveySlice *self, guint32 sheet)
{
  const KennisSheetFact *fact = sheet_of (self, sheet);

  if (!is_meant (self, fact))
    return NAN;
  if (self->scale == KENNIS_SURVEY_ANY_SCALE)
    return fact->has_answers ? 0 : NAN;
  return g_array_index (self->survey->scores, double, (gsize) sheet * self->n_scales + self->scale);
}

static void
add_answer (KennisSurveySlice *self, guint32 sheet)
{
  const KennisSheetFact *fact = sheet_of (self, sheet);
  KennisSurveyAnswer answer = { fact->owner, sheet, score_of (self, sheet) };

  if (fact->has_answers && is_meant (self, fact))
    self->respondents[fact->wave]++;
  if (!isnan (answer.score))
    g_array_append_val (self->answers, answer);
}

static void
add_people (KennisSurveySlice *self)
{
  const KennisOrder *order = &self->survey->by_person;

  for (guint m = 0; m < self->slice->n_members; m++)
    {
      guint32 person = self->slice->members[m].person;

      for (guint32 i = order->first[person]; i < order->first[person + 1]; i++)
        if (kennis_slice_contains (self->slice, person, sheet_of (self, order->items[i])->day))
          add_answer (self, order->items[i]);
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
count_loose (const KennisSurveySlice *self)
{
  guint n = 0;

  for (guint i = 0; i < self->survey->tokens->len; i++)
    {
      guint sheet = g_array_index (self->survey->tokens, guint, i);

      n += sheet_of (self, sheet)->team == KENNIS_INTERN_NONE && !isnan (score_of (self, sheet));
    }
  return n;
}

/* Tokens are in everybody, and in groups by team.  Groups are left out where everybody minus the groups would tell of a few tokens: the gate
 * knows the roster only.  False: left out. */
static gboolean
add_tokens (KennisSurveySlice *self)
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

gboolean
kennis_survey_slice_collect (KennisSurveySlice *self)
{
  g_array_set_size (self->answers, 0);
  memset (self->respondents, 0, self->survey->waves->len * sizeof *self->respondents);
  add_people (self);
  return add_tokens (self);
}

static int
compare_answers (const void *a, const void *b)
{
  const KennisSurveyAnswer *x = a, *y = b;

  if (x->owner != y->owner)
    return (x->owner > y->owner) - (x->owner < y->owner);
  return (x->score > y->score) - (x->score < y->score);
}

void
kennis_survey_slice_merge (KennisSurveySlice *self)
{
  KennisSurveyAnswer *a = (KennisSurveyAnswer *) (gpointer) self->answers->data;
  guint n = 0, next;

  kennis_sort_array (a, self->answers->len, sizeof *a, compare_answers);
  for (guint i = 0; i < self->answers->len; i = next)
    {
      double sum = 0;

      for (next = i; next < self->answers->len && a[next].owner == a[i].owner; next++)
        sum += a[next].score;
      a[n++] = (KennisSurveyAnswer) { a[i].owner, a[i].sheet, sum / (next - i) };
    }
  g_array_set_size (self->answers, n);
}

/* ── Who was asked ───────────────────────────────────────────────────────────────────────────────────────────────── */

static guint
count_roster (const KennisSlice *slice, gint32 day)
{
  guint n = 0;

  for (guint m = 0; m < slice->n_members; m++)
    {
      const KennisSegment *segment = kennis_ground_segment (slice->ground, slice->members[m].person, day);

      n += segment != NULL && segment->on_roster && segment->present > 0 && kennis_slice_has_segment (slice, segment);
    }
  return n;
}

/* Of everybody: what was told of the organisation, else the sum of its teams. */
static guint
count_invited (const KennisSurveySlice *self, guint wave)
{
  const KennisGrouping *grouping = kennis_slice_grouping (self->slice);
  gboolean is_everybody = kennis_slice_is_everybody (self->slice);
  guint64 whole = 0, teams = 0;

  if (!is_everybody && !is_by_team (grouping))
    return 0;
  for (guint i = 0; i < self->survey->asked->len; i++)
    {
      const KennisAskedFact *asked = &g_array_index (self->survey->asked, KennisAskedFact, i);

      if (asked->wave != wave)
        continue;
      if (asked->team >= self->slice->ground->n_teams)
        whole += asked->people;
      else if (is_everybody || has_team (self->slice, grouping, asked->team))
        teams += asked->people;
    }
  return (guint) MIN (is_everybody && whole > 0 ? whole : teams, G_MAXUINT);
}

guint
kennis_survey_slice_asked (const KennisSurveySlice *self, guint wave, gboolean *is_told)
{
  const KennisWaveFact *fact = &g_array_index (self->survey->waves, KennisWaveFact, wave);

  *is_told = fact->has_invitations;
  if (fact->has_invitations)
    return count_invited (self, wave);
  return fact->day != KENNIS_NO_DAY ? count_roster (self->slice, fact->day) : 0;
}

guint
kennis_survey_slice_asked_once (const KennisSurveySlice *self, gboolean *is_too_few)
{
  guint wave = G_MAXUINT, asked;
  gboolean is_told;

  *is_too_few = FALSE;
  for (guint i = 0; i < self->answers->len; i++)
    {
      guint of = sheet_of (self, g_array_index (self->answers, KennisSurveyAnswer, i).sheet)->wave;

      if (wave != G_MAXUINT && wave != of)
        return 0;
      wave = of;
    }
  asked = wave != G_MAXUINT ? kennis_survey_slice_asked (self, wave, &is_told) : 0;
  *is_too_few = asked > 0 && self->respondents[wave] > asked;
  return *is_too_few ? 0 : asked;
}
