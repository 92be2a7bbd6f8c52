#pragma once

#include <gio/gio.h>
#include <kennis/kennis-progress.h>

/* Brings the progress of long work to where its caller wants it.
 *
 * A synchronous call makes a sink with kennis_progress_sink_init() and only
 * the calling thread reports.  An asynchronous call makes it with
 * kennis_progress_sink_init_async(): reports may then come from any thread
 * and arrive in the thread-default main context of the one that made it,
 * never after the finish function has run. */
typedef struct
{
  KennisProgress func;        /* NULL: nobody listens */
  gpointer       user_data;
  GMainContext  *context;     /* NULL: synchronous */
  int            last;        /* per mille told last */
} KennisProgressSink;

void kennis_progress_sink_init       (KennisProgressSink *self,
                                      KennisProgress      func,
                                      gpointer            user_data);
void kennis_progress_sink_init_async (KennisProgressSink *self,
                                      KennisProgress      func,
                                      gpointer            user_data);
void kennis_progress_sink_clear      (KennisProgressSink *self);
/* Tells the caller, if it is one per cent or more since the last time.
 * self may be NULL. */
void kennis_progress_sink_report     (KennisProgressSink *self,
                                      double              fraction);
