#pragma once

#include <kennis/kennis.h>

/* What the command line says of how sources are read. */
typedef struct
{
  char   **maps;              /* NAME|FILE[=SOURCE] */
  char   **covers;            /* RECORD[.FIELD]=[FROM]..[UNTIL] */
  char    *describe;          /* a file */
  char    *pseudonym_key;     /* a file */
  char    *date_order, *decimal, *encoding, *time_zone, *currency;
  char    *events;            /* [FROM]..[UNTIL] */
  gboolean strict, roster_only, coarse_times, check;
} ReportReading;

void          report_reading_add_options (ReportReading *self, GOptionContext *context);
void          report_reading_clear       (ReportReading *self);
/* NULL and an error that says which option is wrong. */
KennisReader *report_reading_reader      (const ReportReading *self, GError **error);
/* Mappings of single sources, and coverage; `sources` as they were added to the import. */
gboolean      report_reading_apply       (const ReportReading *self, KennisImport *import, char **sources, GError **error);
/* Tells what a file holds and drafts a mapping, into `output` where there is one. */
gboolean      report_reading_describe    (const ReportReading *self, const char *output, GError **error);
