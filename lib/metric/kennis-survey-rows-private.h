#pragma once

#include <kennis/kennis-instrument.h>

#include "metric/kennis-measure-private.h"

/* Metrics of instruments: survey.INSTRUMENT.response-rate, and of each scale survey.INSTRUMENT.SCALE with .response-rate, .alpha, .rwg, .icc1 and
 * .icc2.  They are made for one measuring; their indices come after those of the catalogue. */
typedef struct
{
  KennisMetricRow   row;
  KennisInstrument *instrument;
  gboolean          is_given;    /* an instrument of the query's; else one that comes with the library */
  gboolean          is_score;
  char             *id, *argument;
  char            **titles;      /* in the order of kennis_text_languages() */
} KennisSurveyRow;

/* instruments: of KennisInstrument, without those that come with the library, which are added on demand.  Of KennisSurveyRow; an error where two
 * have one id. */
GPtrArray *kennis_survey_rows_new   (const GPtrArray *instruments, gboolean with_shipped, GError **error);
/* All of one instrument, whether it comes with the library or not. */
GPtrArray *kennis_survey_rows_of    (KennisInstrument *instrument);
/* Indices of those that a pattern means: of given instruments the scores by any pattern, and all by one that begins with "survey." */
void       kennis_survey_rows_match (const GPtrArray *rows, const char *pattern, GArray *found);

/* kennis-surveys-items.c */
void kennis_surveys_alpha (const KennisSlice *slice, KennisEstimate *out);
void kennis_surveys_rwg   (const KennisSlice *slice, KennisEstimate *out);
void kennis_surveys_icc1  (const KennisSlice *slice, KennisEstimate *out);
void kennis_surveys_icc2  (const KennisSlice *slice, KennisEstimate *out);
