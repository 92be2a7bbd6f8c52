#pragma once

#include <kennis/kennis.h>

#include "reporting/report-reading.h"

typedef enum { SUR_TEXT, SUR_HTML, SUR_CSV, SUR_JSON } SurFormat;

/* What the command line asks for. */
typedef struct
{
  char    **sources;
  char     *instrument, *wave, *compare, *table, *output;
  char     *print, *lss;         /* languages; NULL: not asked for */
  char     *asked_language;      /* NULL: not asked for */
  const char *language;          /* of what is written */
  SurFormat format;
  KennisGroupBy by;
  KennisNull null;
  gboolean  matched, list, version, mapping, alpha_by_team, asks_team;   /* asks_team: on paper */
  guint     minimum_group;
  double    level, threshold;
  guint64   seed;
  ReportReading reading;
} SurOptions;

gboolean sur_options_parse (SurOptions *self, int *argc, char ***argv, GError **error);
void     sur_options_clear (SurOptions *self);
