#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-statistics-private.h"
#include "metric/kennis-surveys-private.h"

#include <math.h>

/* Scales of the surveys that come with the library: the mean over the people who answered, each once. */

/* Mean ± t × s/√n × √(1 − n/N), N those who were asked, in one wave.  The sum that the gate is told is of shares of 100.  That all say the same tells
 * what each said, at the ends of the scale or between them: the gate is told of it as of a part of nobody. */
static void
fill (const KennisSurveySlice *self, double level, KennisEstimate *out)
{
  gboolean is_too_few;
  guint n = self->answers->len, asked = kennis_survey_slice_asked_once (self, &is_too_few);
  double *x = kennis_slice_scratch (self->slice, (n + 1) * sizeof *x), sum = 0, squares = 0, half;
  double least = INFINITY, most = -INFINITY;

  for (guint i = 0; i < n; i++)
    {
      sum += x[i] = g_array_index (self->answers, KennisSurveyAnswer, i).score;
      least = fmin (least, x[i]);
      most = fmax (most, x[i]);
    }
  out->status = KENNIS_MEASURE_STATUS_OK;
  out->value = sum / n;
  out->n = out->n_people = n;
  out->dominance = kennis_estimate_dominance (x, n);
  out->is_additive = TRUE;
  out->numerator = sum / 100;
  out->denominator = n;
  if (!(most > least))
    out->n_part = 0;
  if (is_too_few)
    out->note = N_("More people answered than were said to be asked: the interval takes no account of how many were.");
  if (n < 2)
    return;
  for (guint i = 0; i < n; i++)
    squares += (x[i] - out->value) * (x[i] - out->value);
  half = kennis_t_quantile (n - 1, (1 + level) / 2) * sqrt (squares / (n - 1) / n);
  if (asked > 0)
    half *= sqrt (1 - (double) n / asked);
  out->lower = out->value - half;
  out->upper = out->value + half;
}

void
kennis_surveys_measure_mean (const KennisSlice *slice, const char *argument, double level, KennisEstimate *out)
{
  g_autoptr (KennisSurveySlice) self = kennis_survey_slice_new (slice, argument);

  if (self == NULL)
    {
      kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA, N_("Nobody answered this questionnaire."));
      return;
    }
  if (!kennis_survey_slice_collect (self))
    {
      kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA,
                            N_("Anonymous answers cannot be placed in these groups."));
      return;
    }
  kennis_survey_slice_merge (self);
  if (self->answers->len > 0)
    fill (self, level, out);
}

void
kennis_surveys_mean_score (const KennisSlice *slice, KennisEstimate *out)
{
  kennis_surveys_measure_mean (slice, slice->cache->argument, slice->plan->level, out);
}

KENNIS_METRICS (surveys,
  KENNIS_SURVEY_SCALE ("feature.openness", "features openness", N_("Openness and trust"), HIGHER),
  KENNIS_SURVEY_SCALE ("feature.sharing", "features sharing", N_("Sharing knowledge"), HIGHER),
  KENNIS_SURVEY_SCALE ("feature.access", "features access", N_("Access to learning"), HIGHER),
  KENNIS_SURVEY_SCALE ("feature.support", "features support", N_("Support by managers"), HIGHER),
  KENNIS_SURVEY_SCALE ("feature.feedback", "features feedback", N_("Feedback and reflection"), HIGHER),
  KENNIS_SURVEY_SCALE ("feature.innovation", "features innovation", N_("Innovation and experiment"), HIGHER),
  KENNIS_SURVEY_SCALE ("feature.growth", "features growth", N_("Personal growth"), HIGHER),
  KENNIS_SURVEY_RESPONSE ("feature.response-rate", "features"),
  KENNIS_SURVEY_SCALE ("motivation.autonomous", "motivation autonomous", N_("Motivation from within (ABC)"), HIGHER),
  KENNIS_SURVEY_SCALE ("motivation.autonomy", "motivation autonomy", N_("Motivation: autonomy"), HIGHER),
  KENNIS_SURVEY_SCALE ("motivation.belonging", "motivation belonging", N_("Motivation: belonging"), HIGHER),
  KENNIS_SURVEY_SCALE ("motivation.competence", "motivation competence", N_("Motivation: competence"), HIGHER),
  KENNIS_SURVEY_SCALE ("motivation.controlled", "motivation controlled", N_("Controlled motivation"), LOWER),
  KENNIS_SURVEY_SCALE ("motivation.reward", "motivation reward", N_("Motivation: reward"), LOWER),
  KENNIS_SURVEY_SCALE ("motivation.punishment", "motivation punishment", N_("Motivation: punishment"), LOWER),
  KENNIS_SURVEY_SCALE ("motivation.guilt", "motivation guilt", N_("Motivation: guilt"), LOWER),
  KENNIS_SURVEY_RESPONSE ("motivation.response-rate", "motivation"),
  KENNIS_SURVEY_SCALE ("mindset.growth", "mindset growth", N_("Growth mindset"), HIGHER),
  KENNIS_SURVEY_RESPONSE ("mindset.response-rate", "mindset"),
  KENNIS_SURVEY_SCALE ("condition.safety", "conditions safety", N_("Safety"), HIGHER),
  KENNIS_SURVEY_SCALE ("condition.relations", "conditions relations", N_("Relations"), HIGHER),
  KENNIS_SURVEY_SCALE ("condition.commitment-top", "conditions commitment-top", N_("Commitment: top management"), HIGHER),
  KENNIS_SURVEY_SCALE ("condition.commitment-managers", "conditions commitment-managers", N_("Commitment: managers"), HIGHER),
  KENNIS_SURVEY_SCALE ("condition.commitment-staff", "conditions commitment-staff", N_("Commitment: staff"), HIGHER),
  KENNIS_SURVEY_SCALE ("condition.means", "conditions means", N_("Means"), HIGHER),
  KENNIS_SURVEY_RESPONSE ("condition.response-rate", "conditions"))
