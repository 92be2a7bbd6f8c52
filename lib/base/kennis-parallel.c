#include "config.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

#include "base/kennis-parallel-private.h"

#define MAX_THREADS 1024

typedef struct
{
  gsize              n_chunks;
  KennisParallelBody body;
  gpointer           data;
  GCancellable      *cancellable;
  atomic_size_t      next;       /* chunk that nobody has begun */
  atomic_size_t      done;
} Work;

typedef struct
{
  pthread_t id;
  guint     number;
  Work     *work;
} Worker;

guint
kennis_parallel_n_threads (guint n_threads)
{
  return MIN (n_threads != 0 ? n_threads : g_get_num_processors (), MAX_THREADS);
}

static void
work (Work *self, guint thread, KennisProgressSink *sink)
{
  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      gsize chunk = atomic_fetch_add_explicit (&self->next, 1, memory_order_relaxed);

      if (chunk >= self->n_chunks)
        break;
      self->body (chunk, thread, self->data);
      gsize done = atomic_fetch_add_explicit (&self->done, 1, memory_order_relaxed) + 1;
      kennis_progress_sink_report (sink, (double) done / (double) self->n_chunks);
    }
}

static void *
worker_main (void *data)
{
  Worker *self = data;

  work (self->work, self->number, NULL);
  return NULL;
}

/* Starts as many of the workers as the system lets; the others' chunks are done by those that run. */
static guint
start_workers (Worker *workers, guint n, Work *shared)
{
  sigset_t all, old;
  guint started;

  /* Signals are the program's: its own threads take them. */
  sigfillset (&all);
  pthread_sigmask (SIG_SETMASK, &all, &old);
  for (started = 0; started < n; started++)
    {
      workers[started].number = started + 1;
      workers[started].work = shared;
      if (pthread_create (&workers[started].id, NULL, worker_main, &workers[started]) != 0)
        break;
    }
  pthread_sigmask (SIG_SETMASK, &old, NULL);
  return started;
}

gboolean
kennis_parallel_for (guint n_threads, gsize n_chunks, KennisParallelBody body, gpointer data,
                     KennisProgressSink *sink, GCancellable *cancellable, GError **error)
{
  Work shared = { .n_chunks = n_chunks, .body = body, .data = data, .cancellable = cancellable };
  guint n_workers = (guint) MIN (kennis_parallel_n_threads (n_threads), MAX (n_chunks, 1)) - 1;
  g_autofree Worker *workers = g_new0 (Worker, n_workers);
  guint started = 0;

  atomic_init (&shared.next, 0);
  atomic_init (&shared.done, 0);
  if (!g_cancellable_is_cancelled (cancellable))
    started = start_workers (workers, n_workers, &shared);
  work (&shared, 0, sink);
  for (guint i = 0; i < started; i++)
    pthread_join (workers[i].id, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  kennis_progress_sink_report (sink, 1);
  return TRUE;
}
