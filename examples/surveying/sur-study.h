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
  char *hint;                      /* what else to ask for; NULL: nothing */
} SurStudy;

gboolean sur_study_run   (SurStudy *self, KennisInstrument *instrument, KennisSummary *summary, const SurOptions *options,
                          GError **error);
void     sur_study_clear (SurStudy *self);
/* In the language of what is written. */
static inline const char *sur_text (const SurStudy *self, const char *text) G_GNUC_FORMAT (2);
static inline const char *
sur_text (const SurStudy *self, const char *text)
{
  return kennis_translate (self->options->language, text);
}

const char *sur_title (const SurStudy *self, const char *scale);
/* What may be shown of a group, by name; NULL: everybody. */
gboolean    sur_is_shown (const SurStudy *self, const char *scale, const char *group);
/* Title and note in English. */
SurTable   *sur_add_table (SurStudy *self, const char *id, const char *title, const char *note, const SurColumn *columns, guint n_columns);

/* sur-tables.c, sur-reliability.c and sur-change.c */
void     sur_add_scores      (SurStudy *self);
gboolean sur_add_reliability (SurStudy *self, GError **error);
void     sur_add_agreement   (SurStudy *self);
gboolean sur_add_change      (SurStudy *self, GError **error);
gboolean sur_add_languages   (SurStudy *self, GError **error);

/* sur-withheld.c: why something of this status is not shown.  Free with g_free(). */
char    *sur_withheld_text   (const SurStudy *self, KennisMeasureStatus status);
/* A row without numbers; its last text says why. */
void     sur_withheld_row    (const SurStudy *self, SurTable *table, const char *scale, const char *name, const char *why);
/* Those of a scale that are not shown. */
void     sur_withheld_groups (const SurStudy *self, SurTable *table, const char *scale);
/* What the instrument says of itself, and how much is not shown.  Free with g_free(). */
char    *sur_withheld_note   (const SurStudy *self);

/* sur-print.c, sur-lss.c and sur-mapping.c */
/* minimum_of_team: of how many answers a team is shown, which people are asked for; 0: they are not */
char    *sur_print (KennisInstrument *instrument, const char *language, guint minimum_of_team);
char    *sur_lss   (KennisInstrument *instrument, const char *language);
/* What items are called there: letters and digits, the first a letter, 20 at most, told apart.  Free with g_strfreev(). */
char   **sur_lss_codes (KennisInstrument *instrument);
/* The mapping that reads what LimeSurvey exports of that questionnaire; wave NULL: "1". */
char    *sur_mapping (KennisInstrument *instrument, const char *wave, GError **error);
