#pragma once

#include <kennis/kennis.h>

#include "reporting/report-reading.h"

/* What the command line asks for. */
typedef struct
{
  char  **sources;
  char  **metrics, **by, **instruments;
  char   *from, *to;
  char   *output, *title, *language, *profile, *associations;
  KennisPeriod period;
  KennisReportFormat format;
  guint   minimum_group;       /* 0: as the library has it */
  double  level;               /* 0: as the library has it */
  guint64 seed;
  gboolean has_seed;
  guint   threads;
  gboolean list_metrics, version;
  ReportReading reading;
} ReportOptions;

/* True: go on, or only tell something and end where *done. */
gboolean     report_options_parse (ReportOptions *self, int *argc, char ***argv, gboolean *done, GError **error);
void         report_options_clear (ReportOptions *self);
/* Of KennisInstrument: the questionnaires of --instrument; NULL and an error where one cannot be read. */
GListModel  *report_options_list_instruments (const ReportOptions *self, GError **error);
/* NULL and an error that says which option is wrong. */
KennisQuery *report_options_query (const ReportOptions *self, GError **error);
