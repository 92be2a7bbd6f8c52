#include "config.h"

#include "read/kennis-csv-straight-private.h"

#include <pthread.h>

#define BLOCKS_PER_THREAD 3u
#define MORE_BLOCKS       2u      /* where the caller's thread splits, too: the text that it reads should still be near then */

enum { FREE, WAITING, TAKEN, SPLIT };

typedef struct
{
  KennisCsvPool *pool;
  guint number;
  KennisCsvWords *words;
  KennisCsvStraight *straight;
  pthread_t thread;
} Worker;

/* Blocks are a ring: `head` is the next to be filled, `taken` the next to be split, `tail` the oldest that is not done. */
struct _KennisCsvPool
{
  const KennisCsvPlan *plan;
  pthread_mutex_t lock;
  pthread_cond_t  work, split;
  gboolean        ends;
  guint           n_threads, n_blocks;
  guint64         head, taken, tail;
  Worker         *workers;
  Worker          caller;
  KennisCsvBlock *blocks;
};

static KennisCsvBlock *
block_at (KennisCsvPool *self, guint64 number)
{
  return &self->blocks[number % self->n_blocks];
}

/* The next block, with the lock, which others may have meanwhile. */
static void
split_next (Worker *worker)
{
  KennisCsvPool *self = worker->pool;
  KennisCsvBlock *block = block_at (self, self->taken++);

  block->state = TAKEN;
  block->thread = worker->number;
  pthread_mutex_unlock (&self->lock);
  kennis_csv_split (self->plan, worker->words, worker->straight, block);
  pthread_mutex_lock (&self->lock);
  block->state = SPLIT;
}

static void *
work (void *data)
{
  Worker *worker = data;
  KennisCsvPool *self = worker->pool;

  pthread_mutex_lock (&self->lock);
  for (;;)
    {
      while (!self->ends && self->taken == self->head)
        pthread_cond_wait (&self->work, &self->lock);
      if (self->ends)
        break;
      split_next (worker);
      pthread_cond_signal (&self->split);
    }
  pthread_mutex_unlock (&self->lock);

  return NULL;
}

static void
worker_init (Worker *self, KennisCsvPool *pool, KennisCsvWords *const *words, guint number)
{
  *self = (Worker) { .pool = pool, .number = number, .words = words[number] };
  if (pool->plan->straight != NULL)
    self->straight = kennis_csv_straight_new (pool->plan, self->words, number);
}

KennisCsvPool *
kennis_csv_pool_new (const KennisCsvPlan *plan, KennisCsvWords *const *words, guint n_threads)
{
  KennisCsvPool *self = g_new0 (KennisCsvPool, 1);

  self->plan = plan;
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->work, NULL);
  pthread_cond_init (&self->split, NULL);
  self->n_blocks = n_threads * BLOCKS_PER_THREAD + (plan->straight != NULL ? MORE_BLOCKS : 0);
  self->blocks = g_new0 (KennisCsvBlock, self->n_blocks);
  for (guint i = 0; i < self->n_blocks; i++)
    kennis_csv_block_init (&self->blocks[i]);
  worker_init (&self->caller, self, words, n_threads);
  self->workers = g_new0 (Worker, n_threads);
  for (; self->n_threads < n_threads; self->n_threads++)
    {
      Worker *worker = &self->workers[self->n_threads];

      worker_init (worker, self, words, self->n_threads);
      if (pthread_create (&worker->thread, NULL, work, worker) != 0)
        {
          g_clear_pointer (&worker->straight, kennis_csv_straight_free);
          break;
        }
    }
  if (self->n_threads == 0 && plan->straight == NULL)
    g_clear_pointer (&self, kennis_csv_pool_free);

  return self;
}

void
kennis_csv_pool_free (KennisCsvPool *self)
{
  pthread_mutex_lock (&self->lock);
  self->ends = TRUE;
  pthread_cond_broadcast (&self->work);
  pthread_mutex_unlock (&self->lock);
  for (guint i = 0; i < self->n_threads; i++)
    {
      pthread_join (self->workers[i].thread, NULL);
      g_clear_pointer (&self->workers[i].straight, kennis_csv_straight_free);
    }
  g_clear_pointer (&self->caller.straight, kennis_csv_straight_free);
  for (guint i = 0; i < self->n_blocks; i++)
    kennis_csv_block_clear (&self->blocks[i]);
  pthread_cond_destroy (&self->work);
  pthread_cond_destroy (&self->split);
  pthread_mutex_destroy (&self->lock);
  g_free (self->workers);
  g_free (self->blocks);
  g_free (self);
}

KennisCsvBlock *
kennis_csv_pool_get (KennisCsvPool *self)
{
  return self->head - self->tail < self->n_blocks ? block_at (self, self->head) : NULL;
}

void
kennis_csv_pool_submit (KennisCsvPool *self)
{
  pthread_mutex_lock (&self->lock);
  block_at (self, self->head)->state = WAITING;
  self->head++;
  pthread_cond_signal (&self->work);
  pthread_mutex_unlock (&self->lock);
}

KennisCsvBlock *
kennis_csv_pool_wait (KennisCsvPool *self)
{
  KennisCsvBlock *block = block_at (self, self->tail);

  if (self->tail == self->head)
    return NULL;
  pthread_mutex_lock (&self->lock);
  while (block->state != SPLIT)
    if (self->caller.straight != NULL && self->taken < self->head)
      split_next (&self->caller);
    else
      pthread_cond_wait (&self->split, &self->lock);
  pthread_mutex_unlock (&self->lock);

  return block;
}

void
kennis_csv_pool_done (KennisCsvPool *self)
{
  block_at (self, self->tail)->state = FREE;
  self->tail++;
}
