#pragma once

#include "base/kennis-progress-private.h"

/* Does chunk number `chunk` of the work, in thread `thread` (0 … n_threads − 1).
 * Chunks are fixed by the data and never by the number of threads, and results
 * are reduced in the order of the chunks, so that the same input gives the
 * same bits on any number of threads. */
typedef void (*KennisParallelBody) (gsize chunk, guint thread, gpointer data);

/* Runs body for chunks 0 … n_chunks − 1.  The calling thread takes part (as thread 0)
 * and is the only one to report progress.  n_threads 0 means one per processor
 * (kennis_parallel_n_threads()).  pthreads with C11 atomics, no pool, no globals.
 * False with G_IO_ERROR_CANCELLED when cancelled; every chunk begun is then ended. */
gboolean kennis_parallel_for       (guint                n_threads,
                                    gsize                n_chunks,
                                    KennisParallelBody   body,
                                    gpointer             data,
                                    KennisProgressSink  *sink,
                                    GCancellable        *cancellable,
                                    GError             **error);

/* Between two rounds, alone and in the calling thread; false: that was the last one. */
typedef gboolean (*KennisParallelBetween) (gpointer data);

/* The same in rounds: all chunks, then between, then all again while that is true.  The threads are begun once, as that takes longer
 * than a short round. */
gboolean kennis_parallel_rounds    (guint                 n_threads,
                                    gsize                 n_chunks,
                                    KennisParallelBody    body,
                                    KennisParallelBetween between,
                                    gpointer              data,
                                    GCancellable         *cancellable,
                                    GError              **error);
/* The number of threads that n_threads asks for: itself, or the processors that this process may use. */
guint    kennis_parallel_n_threads (guint                n_threads);
