#pragma once

#include "reporting/report-reading.h"

/* Exit codes of the programs. */
enum { REPORT_GOOD, REPORT_WRONG_USAGE, REPORT_NOTHING, REPORT_SOME_REJECTED };

/* Reads and summarises the sources ("-" is standard input), with a bar and the first problems on standard error.  NULL and *code
 * where there is nothing to go on with. */
KennisImport *report_sources_read (const ReportReading *reading, char **sources, guint threads, const char *program, int *code);
/* To a file, all or nothing, or to standard output where it is NULL or "-". */
gboolean      report_sources_write (const char *text, const char *output, GError **error);
