#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-foundation-private.h"
#include "metric/kennis-surveys-private.h"

#include <math.h>

/* What a learning culture stands on: leadership, trust, autonomy and engagement. */

#define N_SCALES KENNIS_N_FOUNDATIONS

double
kennis_foundation_level (double level)
{
  return 1 - (1 - level) / N_SCALES;
}

guint
kennis_foundation_lowest (const KennisFoundationScale *scales, guint n)
{
  guint lowest = n;

  for (guint i = 0; i < n; i++)
    if (!isnan (scales[i].value) && (lowest == n || scales[i].value < scales[lowest].value))
      lowest = i;
  return lowest;
}

gboolean
kennis_foundation_is_too_low (const KennisFoundationScale *lowest, guint minimum, double threshold)
{
  return lowest->n >= 2 * minimum && lowest->upper < threshold;
}

typedef struct
{
  const char *argument;
  const char *is_lowest, *is_too_low;
} Scale;

static const Scale scales[N_SCALES] = {
  { "foundation leadership", N_("Leadership is the lowest of the four."),
    N_("Leadership is the lowest of the four, and too low: its upper limit is under the threshold.") },
  { "foundation trust", N_("Trust is the lowest of the four."),
    N_("Trust is the lowest of the four, and too low: its upper limit is under the threshold.") },
  { "foundation autonomy", N_("Autonomy is the lowest of the four."),
    N_("Autonomy is the lowest of the four, and too low: its upper limit is under the threshold.") },
  { "foundation engagement", N_("Engagement is the lowest of the four."),
    N_("Engagement is the lowest of the four, and too low: its upper limit is under the threshold.") },
};

typedef struct
{
  guint n_measured, lowest;
  KennisEstimate of[N_SCALES];
  KennisFoundationScale known[N_SCALES];
} Foundation;

static void
measure_scales (const KennisSlice *slice, Foundation *self)
{
  double level = kennis_foundation_level (slice->plan->level);

  for (guint i = 0; i < N_SCALES; i++)
    {
      gboolean is_measured;

      kennis_estimate_init (&self->of[i]);
      kennis_surveys_measure_mean (slice, scales[i].argument, level, &self->of[i]);
      is_measured = self->of[i].status == KENNIS_MEASURE_STATUS_OK;
      self->known[i] =
          (KennisFoundationScale) { is_measured ? self->of[i].value : NAN, self->of[i].upper, self->of[i].n };
      self->n_measured += is_measured;
    }
  self->lowest = kennis_foundation_lowest (self->known, N_SCALES);
}

/* The lowest of the four means lies between the lowest of the four lower limits and the lowest of the upper ones. */
static void
fill (const Foundation *self, const char *note, KennisEstimate *out)
{
  kennis_estimate_init (out);
  out->status = KENNIS_MEASURE_STATUS_OK;
  out->value = self->of[self->lowest].value;
  out->n = self->of[self->lowest].n;
  out->n_people = G_MAXUINT32;
  out->note = note;
  for (guint i = 0; i < N_SCALES; i++)
    {
      const KennisEstimate *scale = &self->of[i];

      if (scale->status != KENNIS_MEASURE_STATUS_OK)
        continue;
      out->n_people = MIN (out->n_people, scale->n_people);
      out->lower = fmin (out->lower, scale->lower);
      out->upper = fmin (out->upper, scale->upper);
    }
  if (self->n_measured < N_SCALES)
    out->lower = NAN;
  if (isnan (out->lower))
    out->upper = NAN;
}

static void
level_of_foundation (const KennisSlice *slice, KennisEstimate *out)
{
  guint minimum = MAX (slice->plan->minimum_group, slice->plan->minimum_survey_group);
  Foundation self = { 0 };
  gboolean is_low;

  measure_scales (slice, &self);
  is_low = self.n_measured > 0
           && kennis_foundation_is_too_low (&self.known[self.lowest], minimum, slice->plan->foundation_threshold);
  if (self.n_measured == 0)
    *out = self.of[0];
  else if (self.n_measured == N_SCALES)
    fill (&self, is_low ? scales[self.lowest].is_too_low : scales[self.lowest].is_lowest, out);
  else if (is_low)
    fill (&self, N_("Too low already, though not all of leadership, trust, autonomy and engagement were measured."),
          out);
  else
    kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_UNDETERMINED,
                          N_("Not all of leadership, trust, autonomy and engagement were measured."));
}

KENNIS_METRICS (foundation,
  {
    .id = "foundation.level",
    .title = N_("Level of the foundation"),
    .description = N_("The lowest of leadership, trust, autonomy and engagement: a learning culture stands no higher than the lowest of them."),
    .reading_aid = N_("Begin with what is lowest. It is called too low only where its upper limit lies under the threshold of the profile: a low mean of a few is no proof."),
    .unit = KENNIS_UNIT_SCORE, .minimum = 0, .maximum = 100, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "min of the means of the four scales; limits at 1 - (1 - level) / 4 each (Bonferroni)",
    .source = "ours; Bonferroni: Dunn 1961", .inputs = "response.score person ~invitation.people",
    .measure = level_of_foundation, .argument = "foundation",
    .made_of = KENNIS_FOUNDATION_SCALES,
  },
  KENNIS_SURVEY_SCALE ("foundation.leadership", "foundation leadership", N_("Leadership"), HIGHER),
  KENNIS_SURVEY_SCALE ("foundation.trust", "foundation trust", N_("Trust"), HIGHER),
  KENNIS_SURVEY_SCALE ("foundation.autonomy", "foundation autonomy", N_("Autonomy"), HIGHER),
  KENNIS_SURVEY_SCALE ("foundation.engagement", "foundation engagement", N_("Engagement"), HIGHER),
  KENNIS_SURVEY_RESPONSE ("foundation.response-rate", "foundation"))
