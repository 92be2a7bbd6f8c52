#pragma once

#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-slice-types-private.h"

/* What the people of a slice answered to one scale, or whether they answered at all. */

typedef struct
{
  guint32 owner;       /* of KennisSheetFact */
  guint32 sheet;
  double  score;
} KennisSurveyAnswer;

#define KENNIS_SURVEY_ANY_SCALE G_MAXUINT

typedef struct
{
  const KennisSlice  *slice;
  const KennisSurvey *survey;
  guint   scale;               /* KENNIS_SURVEY_ANY_SCALE: whoever answered anything, with score 0 */
  guint   n_scales;
  gint32  first_day, end_day;  /* when respondents began to answer: the period, unless it is a wave that is meant */
  guint   wave;                /* only this one; G_MAXUINT: all */
  GArray *answers;             /* of KennisSurveyAnswer */
  guint  *respondents;         /* of each wave: whose answers were looked at, with a score or without */
} KennisSurveySlice;

/* argument: "instrument scale" or "instrument"; NULL: nobody answered the instrument. */
KennisSurveySlice *kennis_survey_slice_new     (const KennisSlice *slice, const char *argument);
void               kennis_survey_slice_free    (KennisSurveySlice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisSurveySlice, kennis_survey_slice_free)
/* Fills answers, each sheet one.  False: they cannot be placed in these groups. */
gboolean           kennis_survey_slice_collect (KennisSurveySlice *self);
/* One answer for each person: of who answered in several waves of the period, the mean of these. */
void               kennis_survey_slice_merge   (KennisSurveySlice *self);
/* People of the slice who were asked in a wave: by its invitations; without any, the people of the roster who were there on its first day.
 * 0: not known.  *is_told: by invitations. */
guint              kennis_survey_slice_asked   (const KennisSurveySlice *self, guint wave, gboolean *is_told);
/* The same of the wave of all answers; 0: they are of several, or more answered than were asked, so that the number is wrong (*is_too_few). */
guint              kennis_survey_slice_asked_once (const KennisSurveySlice *self, gboolean *is_too_few);

/* The mean with its interval at a level. */
void kennis_surveys_measure_mean (const KennisSlice *slice, const char *argument, double level, KennisEstimate *out);
/* The metric: of the scale that its row names. */
void kennis_surveys_mean_score   (const KennisSlice *slice, KennisEstimate *out);
/* kennis-surveys-teams.c: of the teams of people with these scores those that may be shown, numbered from 1 as they come; keys are indices of teams + 1.  Not in it is
 * who is of no team (KENNIS_INTERN_NONE), or of one that is withheld or hides one. */
GHashTable *kennis_surveys_number_teams (const guint32 *team_of, const double *scores, guint n, guint minimum,
                                         gboolean *is_any_hidden);
/* kennis-surveys-response.c */
void kennis_surveys_response_rate (const KennisSlice *slice, KennisEstimate *out);

#define KENNIS_SURVEY_SCALE_DESCRIPTION \
  N_("What people answered to this scale of a survey, on average, from 0 to 100. Each person counts once.")
#define KENNIS_SURVEY_SCALE_AID \
  N_("It tells of those who answered. The interval takes those who did not to be like them. The questions have not been validated.")
#define KENNIS_SURVEY_RESPONSE_AID \
  N_("The fewer answer, the less the scores need to be those of all: who stays away may think otherwise.")

/* Rows of scales and of responses to an instrument. */
#define KENNIS_SURVEY_SCALE(ID, ARGUMENT, TITLE, DIRECTION)                                                                       \
  {                                                                                                                 \
    .id = ID, .title = TITLE, .description = KENNIS_SURVEY_SCALE_DESCRIPTION, \
    .reading_aid = KENNIS_SURVEY_SCALE_AID, \
    .unit = KENNIS_UNIT_SCORE, .minimum = 0, .maximum = 100, .direction = KENNIS_DIRECTION_##DIRECTION,             \
    .formula = "mean over people of (answer - low) / (high - low) x 100, reversed items turned",                    \
    .source = "ours, unvalidated; interval: Student's t, finite population", .inputs = "response.score person ~invitation.people", \
    .measure = kennis_surveys_mean_score, .argument = ARGUMENT,                                                                    \
  }

#define KENNIS_SURVEY_RESPONSE(ID, INSTRUMENT)                                                                                    \
  {                                                                                                                 \
    .id = ID, .title = N_("Response to the questionnaire"),                                                         \
    .description = N_("The share of those who were asked who answered anything of the questionnaire."),              \
    .reading_aid = KENNIS_SURVEY_RESPONSE_AID, \
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,                     \
    .formula = "respondents / people asked, over the waves that began in the period",                               \
    .source = "ours", .inputs = "response.score person ~invitation.people",                                         \
    .measure = kennis_surveys_response_rate, .argument = INSTRUMENT,                                                \
  }
