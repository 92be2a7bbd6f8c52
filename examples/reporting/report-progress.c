#include "config.h"

#include "reporting/report-progress.h"

#include <stdio.h>
#include <unistd.h>

#define PATIENCE_US G_USEC_PER_SEC
#define WIDTH 30

void
report_progress_begin (ReportProgress *self, const char *words)
{
  const char *terminal = g_getenv ("TERM");

  *self = (ReportProgress) { .words = words, .begun = g_get_monotonic_time () };
  self->on_terminal = isatty (STDERR_FILENO) && g_strcmp0 (terminal, "dumb") != 0;
}

void
report_progress_tell (double fraction, gpointer data)
{
  ReportProgress *self = data;
  char bar[WIDTH + 1];

  if (!self->on_terminal || g_get_monotonic_time () - self->begun < PATIENCE_US)
    return;

  for (int i = 0; i < WIDTH; i++)
    bar[i] = fraction >= 0 ? (i < fraction * WIDTH ? '#' : '.') : ((guint) i / 3 + self->turn) % 4 == 0 ? '#' : '.';
  bar[WIDTH] = '\0';
  self->turn++;
  self->shown = TRUE;
  if (fraction >= 0)
    fprintf (stderr, "\r\033[K%s [%s] %3.0f%%", self->words, bar, 100 * fraction);
  else
    fprintf (stderr, "\r\033[K%s [%s]", self->words, bar);
  fflush (stderr);
}

void
report_progress_end (ReportProgress *self)
{
  if (self->shown)
    fputs ("\r\033[K", stderr);
  self->shown = FALSE;
}
