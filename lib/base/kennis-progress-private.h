#pragma once

#include <gio/gio.h>
#include <kennis/kennis-progress.h>

/* Brings the progress of long work to where its caller wants it.
 *
 * A synchronous call makes a sink with kennis_progress_sink_init() and only
 * the calling thread reports.  An asynchronous call makes it with
 * kennis_progress_sink_init_async(): reports may then come from any thread
 * and arrive in the thread-default main context of the one that made it,
 * in order (one that was not yet delivered gives way to the next), and never
 * once kennis_progress_sink_clear() has run: call it before the finish function does. */
typedef struct _KennisProgressMailbox KennisProgressMailbox;
typedef struct
{
  KennisProgress func;        /* NULL: nobody listens */
  gpointer       user_data;
  GMainContext  *context;     /* NULL: synchronous */
  int            last;        /* per mille told last */
  gint64         begun;       /* for pulses: µs of the monotonic clock */
  _Atomic gint64 pulsed;
  _Atomic guint  looks;       /* reports that are done with the sink: orders them before kennis_progress_sink_clear() */
  KennisProgressMailbox *mailbox;
} KennisProgressSink;

void kennis_progress_sink_init       (KennisProgressSink *self,
                                      KennisProgress      func,
                                      gpointer            user_data);
void kennis_progress_sink_init_async (KennisProgressSink *self,
                                      KennisProgress      func,
                                      gpointer            user_data);
void kennis_progress_sink_clear      (KennisProgressSink *self);
/* Tells the caller, if it is one per cent or more since the last time, or the end (1) for the first time.
 * It never goes back.  Below 0 is a pulse: the end is not known; at most one per tenth of a second, and ever
 * fewer as time goes by.  self may be NULL. */
void kennis_progress_sink_report     (KennisProgressSink *self,
                                      double              fraction);
