#pragma once

#include "base/kennis-progress-private.h"

/* Long work in another thread, for the X_async() and X_finish() of what has an X() too.
 *
 * Progress is told in the thread-default main context of the one that started it, and @progress_destroy is called there when it
 * ends: in kennis_work_finish(), or where nobody calls that, when the task goes. */

/* Does the work: the result, or NULL with an error. */
typedef gpointer (*KennisWorkFunc) (gpointer source, gpointer data, KennisProgressSink *sink, GCancellable *cancellable,
                                    GError **error);

typedef struct
{
  gpointer       tag;           /* the X_async function */
  KennisWorkFunc func;
  GDestroyNotify free_result;   /* NULL: the result is GINT_TO_POINTER (TRUE) */
  gpointer       data;
  GDestroyNotify free_data;
} KennisWork;

void     kennis_work_start (const KennisWork    *work,
                            gpointer             source,
                            KennisProgress       progress,
                            gpointer             progress_data,
                            GDestroyNotify       progress_destroy,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
/* Is it a result of work with that tag, from that source?  To be asked before it is finished. */
gboolean kennis_work_is    (GAsyncResult *result, gpointer source, gpointer tag);
gpointer kennis_work_finish (GAsyncResult *result, GError **error);
