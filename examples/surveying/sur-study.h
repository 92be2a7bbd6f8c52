#pragma once

#include "surveying/sur-table.h"

typedef struct
{
  const SurOptions *options;
  KennisInstrument *instrument;
  KennisAnswers *answers, *before;   /* before: of the wave to compare with, or NULL */
  char    **scales;
  char    **groups;                  /* labels; of everybody together none */
  KennisSurveyGate *gate;            /* what may be shown */
  guint     n_groups, n_respondents;
  GPtrArray *tables;
} SurStudy;

gboolean sur_study_run   (SurStudy *self, KennisInstrument *instrument, KennisSummary *summary, const SurOptions *options,
                          GError **error);
void     sur_study_clear (SurStudy *self);
/* The environment's language where the instrument speaks it, else its first. */
const char *sur_language (KennisInstrument *instrument);

/* sur-tables.c */
void     sur_add_scores      (SurStudy *self);
gboolean sur_add_reliability (SurStudy *self, GError **error);
void     sur_add_agreement   (SurStudy *self);
gboolean sur_add_change      (SurStudy *self, GError **error);

/* sur-withheld.c: why something of this status is not shown.  Free with g_free(). */
char    *sur_withheld_text   (const SurStudy *self, KennisMeasureStatus status);
/* A row without numbers; its last text says why. */
void     sur_withheld_row    (const SurStudy *self, SurTable *table, const char *scale, const char *name, const char *why);
/* Those of a scale that are not shown. */
void     sur_withheld_groups (const SurStudy *self, SurTable *table, const char *scale);
/* What the instrument says of itself, and how much is not shown.  Free with g_free(). */
char    *sur_withheld_note   (const SurStudy *self);

/* sur-print.c, sur-lss.c and sur-mapping.c */
char    *sur_print (KennisInstrument *instrument, const char *language);
char    *sur_lss   (KennisInstrument *instrument, const char *language);
/* What items are called there: letters and digits, the first a letter, 20 at most, told apart.  Free with g_strfreev(). */
char   **sur_lss_codes (KennisInstrument *instrument);
/* The mapping that reads what LimeSurvey exports of that questionnaire; wave NULL: "1". */
char    *sur_mapping (KennisInstrument *instrument, const char *wave, GError **error);
