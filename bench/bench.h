#pragma once

/* What benchmarks have in common: times, their median, and a peer that is asked for one run at a time. */

#include <gio/gio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* What all processors have done for this program so far: what it costs where other programs run as well. */
static inline double
processor_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static inline double
seconds_since (gint64 begun)
{
  return (double) (g_get_monotonic_time () - begun) / 1e6;
}

static inline int
by_size (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Of n ≥ 1 values, which it sorts; the higher one of the two in the middle. */
static inline double
median (double *values, gsize n)
{
  qsort (values, n, sizeof *values, by_size);

  return values[n / 2];
}

/* A program that waits for a line, does what it names once, and answers with a line of how long that took.  Runs of ours and of a peer's take
 * turns, so that what else the machine does is shared: it is half as slow again for seconds at a time. */
typedef struct
{
  GSubprocess      *process;       /* NULL: it is not there */
  GOutputStream    *questions;
  GDataInputStream *answers;
} Peer;

static inline void
peer_end (Peer *self)
{
  if (self->process == NULL)
    return;
  g_output_stream_close (self->questions, NULL, NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->answers);
  g_clear_object (&self->process);
}

static inline gboolean
peer_begin (Peer *self, const char *const *argv, GError **error)
{
  self->process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, error);
  if (self->process == NULL)
    return FALSE;
  self->questions = g_subprocess_get_stdin_pipe (self->process);
  self->answers = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));

  return TRUE;
}

/* Its answer to a line, which a new line ends; NULL: it is not there, or has ended (for which SIGPIPE has to be ignored). */
static inline char *
peer_ask (Peer *self, const char *line)
{
  if (self->process == NULL
      || !g_output_stream_write_all (self->questions, line, strlen (line), NULL, NULL, NULL))
    return NULL;

  return g_data_input_stream_read_line (self->answers, NULL, NULL, NULL);
}
