#include "config.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

#include "base/kennis-parallel-private.h"

#define MAX_THREADS 1024
/* How often to look again before going to sleep: some 0.1 ms.  Being woken takes less, but rounds are that short. */
#define LOOKS       50000

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
  void    (*main) (gpointer work, guint thread);
  gpointer  work;
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

static void
work_without_sink (gpointer self, guint thread)
{
  work (self, thread, NULL);
}

static void *
worker_main (void *data)
{
  Worker *self = data;

  self->main (self->work, self->number);
  return NULL;
}

/* Starts as many of the workers as the system lets; the others' chunks are done by those that run. */
static guint
start_workers (Worker *workers, guint n, void (*main) (gpointer work, guint thread), gpointer shared)
{
  sigset_t all, old;
  guint started;

  /* Signals are the program's: its own threads take them. */
  sigfillset (&all);
  pthread_sigmask (SIG_SETMASK, &all, &old);
  for (started = 0; started < n; started++)
    {
      workers[started].number = started + 1;
      workers[started].main = main;
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
    started = start_workers (workers, n_workers, work_without_sink, &shared);
  work (&shared, 0, sink);
  for (guint i = 0; i < started; i++)
    pthread_join (workers[i].id, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  kennis_progress_sink_report (sink, 1);
  return TRUE;
}

/* Chunks are counted through all rounds, so that a thread that was held up between two of them holds up nobody: the others
 * do its part. */
typedef struct
{
  gsize              n_chunks;
  KennisParallelBody body;
  gpointer           data;
  GCancellable      *cancellable;
  atomic_size_t      next;       /* chunk that nobody has begun */
  atomic_size_t      end;        /* of those that may be begun */
  atomic_size_t      done;
  atomic_bool        is_over;
  atomic_uint        n_asleep;
  pthread_mutex_t    lock;
  pthread_cond_t     wake;
} Rounds;

static gboolean
take (Rounds *self, gsize *chunk)
{
  gsize next = atomic_load (&self->next);

  do
    if (next >= atomic_load (&self->end))
      return FALSE;
  while (!atomic_compare_exchange_weak (&self->next, &next, next + 1));
  *chunk = next % self->n_chunks;
  return TRUE;
}

static void
wake (Rounds *self)
{
  if (atomic_load (&self->n_asleep) == 0)
    return;
  pthread_mutex_lock (&self->lock);
  pthread_cond_broadcast (&self->wake);
  pthread_mutex_unlock (&self->lock);
}

static gboolean
is_done (Rounds *self)
{
  return atomic_load (&self->done) == atomic_load (&self->end);
}

static gboolean
may_go_on (Rounds *self)
{
  return atomic_load (&self->is_over) || atomic_load (&self->next) < atomic_load (&self->end);
}

static void
wait_until (Rounds *self, gboolean (*is_so) (Rounds *self))
{
  for (guint i = 0; i < LOOKS; i++)
    if (is_so (self))
      return;
  pthread_mutex_lock (&self->lock);
  atomic_fetch_add (&self->n_asleep, 1);
  while (!is_so (self))
    pthread_cond_wait (&self->wake, &self->lock);
  atomic_fetch_sub (&self->n_asleep, 1);
  pthread_mutex_unlock (&self->lock);
}

static void
do_round (Rounds *self, guint thread)
{
  gsize chunk;

  while (!g_cancellable_is_cancelled (self->cancellable) && take (self, &chunk))
    {
      self->body (chunk, thread, self->data);
      atomic_fetch_add (&self->done, 1);
      if (is_done (self))
        wake (self);
    }
}

static void
do_rounds (gpointer data, guint thread)
{
  Rounds *self = data;

  while (!atomic_load (&self->is_over))
    {
      do_round (self, thread);
      wait_until (self, may_go_on);
    }
}

gboolean
kennis_parallel_rounds (guint n_threads, gsize n_chunks, KennisParallelBody body, KennisParallelBetween between, gpointer data,
                        GCancellable *cancellable, GError **error)
{
  Rounds self = { .n_chunks = n_chunks, .body = body, .data = data, .cancellable = cancellable };
  guint n_workers = (guint) MIN (kennis_parallel_n_threads (n_threads), MAX (n_chunks, 1)) - 1, started = 0;
  g_autofree Worker *workers = g_new0 (Worker, n_workers);

  pthread_mutex_init (&self.lock, NULL);
  pthread_cond_init (&self.wake, NULL);
  if (!g_cancellable_is_cancelled (cancellable))
    started = start_workers (workers, n_workers, do_rounds, &self);
  do
    {
      atomic_fetch_add (&self.end, n_chunks);
      wake (&self);
      do_round (&self, 0);
      /* Not cancelled: all are begun, and who does the last one wakes. */
      if (!g_cancellable_is_cancelled (cancellable))
        wait_until (&self, is_done);
    }
  while (!g_cancellable_is_cancelled (cancellable) && between (data));
  atomic_store (&self.is_over, TRUE);
  wake (&self);
  for (guint i = 0; i < started; i++)
    pthread_join (workers[i].id, NULL);
  pthread_cond_destroy (&self.wake);
  pthread_mutex_destroy (&self.lock);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
