#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-surveys-private.h"

/* Those who answered, of those who were asked.  A wave belongs to the period in which it began, with all of its answers. */

typedef struct
{
  guint64  asked, answered;
  guint    most_asked, fewest_answered;
  gboolean is_told;            /* by invitations, of all waves */
  gboolean is_too_many;
  guint    n_waves;
} Response;

/* False: not known of this wave. */
static gboolean
add_wave (KennisSurveySlice *self, guint wave, Response *response)
{
  gboolean is_told;
  guint asked = kennis_survey_slice_asked (self, wave, &is_told), n;

  self->wave = wave;
  if (asked == 0 || !kennis_survey_slice_collect (self))
    return FALSE;
  n = self->answers->len;
  response->asked += asked;
  response->answered += n;
  response->most_asked = MAX (response->most_asked, asked);
  response->fewest_answered = response->n_waves == 0 ? n : MIN (response->fewest_answered, n);
  response->is_told &= is_told;
  response->is_too_many |= n > asked;
  response->n_waves++;
  return TRUE;
}

/* The gate is told of those who answered as a part: where they are few, how many they are is not told either. */
static void
fill (const Response *response, KennisEstimate *out)
{
  out->status = KENNIS_MEASURE_STATUS_OK;
  out->value = (double) response->answered / response->asked;
  out->n = (guint32) MIN (response->asked, G_MAXUINT32);
  out->n_people = response->most_asked;
  out->n_part = response->fewest_answered;
  out->is_additive = TRUE;
  out->numerator = response->answered;
  out->denominator = response->asked;
  if (!response->is_told)
    out->note = N_("Nothing tells how many people were asked: it is taken that all were who were there.");
}

void
kennis_surveys_response_rate (const KennisSlice *slice, KennisEstimate *out)
{
  g_autoptr (KennisSurveySlice) self = kennis_survey_slice_new (slice, slice->cache->argument);
  Response response = { .is_told = TRUE };
  gboolean is_known = TRUE;

  if (self == NULL)
    {
      kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA, N_("Nobody answered this questionnaire."));
      return;
    }
  self->first_day = G_MININT32 + 1;
  self->end_day = G_MAXINT32;
  for (guint wave = 0; wave < self->survey->waves->len; wave++)
    {
      gint32 day = g_array_index (self->survey->waves, KennisWaveFact, wave).day;

      if (day != KENNIS_NO_DAY && day >= slice->first_day && day < slice->end_day)
        is_known &= add_wave (self, wave, &response);
    }
  if (!is_known)
    kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA,
                          N_("Nothing tells how many people of this group were asked."));
  else if (response.is_too_many)
    kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA, N_("More people answered than were said to be asked."));
  else if (response.n_waves > 0)
    fill (&response, out);
}
