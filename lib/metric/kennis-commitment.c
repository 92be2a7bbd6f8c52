#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-statistics-private.h"
#include "metric/kennis-surveys-private.h"

#include <math.h>

/* Commitment on all levels: that of the level where it is lowest.  Which one that is, is not told here: where it may be seen, the scores by
 * level show it. */

typedef struct
{
  KennisSurveySlice    *survey;
  const KennisGrouping *levels;
  GArray  *level_of;             /* of guint32, by answer: its respondent's level on that day; KENNIS_INTERN_NONE */
  guint    n_levels, fewest, n_people;
  double   value, lower, upper;
} Commitment;

static gboolean
is_known (const KennisGrouping *levels, guint32 level)
{
  return level < levels->n_groups && levels->values[level] != NULL;
}

static guint32
level_on (const Commitment *self, guint32 person, gint32 day)
{
  const KennisGround *ground = self->survey->slice->ground;
  const KennisSegment *segment = kennis_ground_segment (ground, person, day);

  return segment != NULL ? self->levels->group_of_segment[segment - ground->segments] : KENNIS_INTERN_NONE;
}

static void
place_answers (Commitment *self)
{
  const KennisSurveySlice *survey = self->survey;

  for (guint i = 0; i < survey->answers->len; i++)
    {
      const KennisSurveyAnswer *answer = &g_array_index (survey->answers, KennisSurveyAnswer, i);
      guint32 level =
          level_on (self, answer->owner, g_array_index (survey->survey->sheets, KennisSheetFact, answer->sheet).day);

      g_array_append_val (self->level_of, level);
    }
}

/* Is anybody of the level there, so that they should be heard? */
static gboolean
has_people (const KennisSlice *slice, const KennisGrouping *levels, guint32 level)
{
  for (guint32 i = levels->segments.first[level]; i < levels->segments.first[level + 1]; i++)
    {
      const KennisSegment *s = &slice->ground->segments[levels->segments.items[i]];

      if (s->on_roster && s->present > 0 && s->first_day < slice->end_day && s->end_day > slice->first_day
          && kennis_slice_has_segment (slice, s))
        return TRUE;
    }
  return FALSE;
}

static void
add_level (Commitment *self, const GArray *all, guint32 level, double confidence)
{
  GArray *answers = self->survey->answers;
  double sum = 0, squares = 0, mean, half;
  guint n;

  g_array_set_size (answers, 0);
  for (guint i = 0; i < all->len; i++)
    if (g_array_index (self->level_of, guint32, i) == level)
      g_array_append_val (answers, g_array_index (all, KennisSurveyAnswer, i));
  kennis_survey_slice_merge (self->survey);
  n = answers->len;
  for (guint i = 0; i < n; i++)
    sum += g_array_index (answers, KennisSurveyAnswer, i).score;
  mean = sum / n;
  for (guint i = 0; i < n; i++)
    squares += pow (g_array_index (answers, KennisSurveyAnswer, i).score - mean, 2);
  half = n > 1 ? kennis_t_quantile (n - 1, (1 + confidence) / 2) * sqrt (squares / (n - 1) / n) : NAN;
  self->fewest = self->n_levels == 0 ? n : MIN (self->fewest, n);
  self->n_people += n;
  self->value = fmin (self->value, mean);
  self->lower = isnan (half) ? NAN : self->n_levels == 0 ? mean - half : MIN (self->lower, mean - half);
  self->upper = fmin (self->upper, mean + half);
  self->n_levels++;
}

static void
measure_levels (Commitment *self)
{
  const KennisSlice *slice = self->survey->slice;
  g_autoptr (GArray) all = g_array_copy (self->survey->answers);
  guint n = 0;

  for (guint32 level = 0; level < self->levels->n_groups; level++)
    n += is_known (self->levels, level) && has_people (slice, self->levels, level);
  for (guint32 level = 0; level < self->levels->n_groups; level++)
    if (is_known (self->levels, level) && has_people (slice, self->levels, level))
      add_level (self, all, level, 1 - (1 - slice->plan->level) / n);
}

static void
fill (const Commitment *self, KennisEstimate *out)
{
  if (self->n_levels == 0)
    {
      kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA, N_("The level of nobody here is known."));
      return;
    }
  if (self->fewest == 0)
    {
      kennis_estimate_fail (out,
                            self->n_people > 0 ? KENNIS_MEASURE_STATUS_UNDETERMINED : KENNIS_MEASURE_STATUS_NO_DATA,
                            self->n_people > 0 ? N_("Of some level nobody answered.") : NULL);
      return;
    }
  out->status = KENNIS_MEASURE_STATUS_OK;
  out->value = self->value;
  out->n = out->n_people = self->n_people;
  out->n_part = self->fewest;
  out->lower = self->lower;
  out->upper = isnan (self->lower) ? NAN : self->upper;
}

static void
commitment (const KennisSlice *slice, KennisEstimate *out)
{
  g_autoptr (KennisSurveySlice) survey = kennis_survey_slice_new (slice, slice->cache->argument);
  g_autoptr (GArray) level_of = g_array_new (FALSE, FALSE, sizeof (guint32));
  Commitment self = { .survey = survey, .level_of = level_of, .value = NAN, .lower = NAN, .upper = NAN };

  if (survey == NULL)
    kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA, N_("Nobody answered this questionnaire."));
  else if (survey->survey->tokens->len > 0)
    kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA,
                          N_("Anonymous answers cannot be placed in these groups."));
  else if (slice->plan->level_grouping < 0)
    kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA, N_("The level of nobody here is known."));
  else
    {
      self.levels = g_ptr_array_index (slice->ground->groupings, slice->plan->level_grouping);
      kennis_survey_slice_collect (survey);
      place_answers (&self);
      measure_levels (&self);
      fill (&self, out);
    }
}

KENNIS_METRICS (commitment,
  {
    .id = "condition.commitment",
    .title = N_("Commitment on all levels"),
    .description = N_("How committed people are to learning together on the level where that is least, by people's attribute “level”."),
    .reading_aid = N_("A learning culture asks for commitment on all levels: that of one cannot make up for that of another. Group by level to see more, where enough answered."),
    .unit = KENNIS_UNIT_SCORE, .minimum = 0, .maximum = 100, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "min over levels of the mean of the scale commitment; limits at 1 - (1 - level) / levels each (Bonferroni)",
    .source = "ours; Bonferroni: Dunn 1961", .inputs = "response.score person person.attributes",
    .measure = commitment, .argument = "conditions commitment",
    .made_of = "condition.commitment-score", .by = "level",
  },
  KENNIS_SURVEY_SCALE ("condition.commitment-score", "conditions commitment", N_("Commitment"), HIGHER))
