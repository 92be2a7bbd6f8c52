#pragma once

#include <glib.h>

/* A bar on standard error, where that is a terminal and the work takes longer than a second. */
typedef struct
{
  const char *words;       /* what is being done */
  gint64      begun;       /* µs */
  gboolean    on_terminal, shown;
  guint       turn;
} ReportProgress;

void report_progress_begin (ReportProgress *self, const char *words);
/* A KennisProgress. */
void report_progress_tell  (double fraction, gpointer self);
void report_progress_end   (ReportProgress *self);
