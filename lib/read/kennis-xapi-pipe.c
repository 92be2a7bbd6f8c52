#include "config.h"

#include <pthread.h>

#include "base/kennis-parallel-private.h"
#include "read/kennis-xapi-private.h"

/* A ring of blocks.  One thread at a time fills the next one: of a file any, which then parses what is still in its cache; of another
 * stream the caller's, for nobody knows where it may be used.  The caller's thread takes what was found, in order; any thread parses,
 * and any one brings the fingerprint on, the caller's too where it has nothing better to do.  What is found does not depend on who found it. */

enum { FREE, FILLED, PARSING, PARSED };

#define MAX_THREADS 16u

typedef struct _Pipe Pipe;

typedef struct
{
  Pipe            *pipe;
  KennisXapiWorker worker;
  pthread_t        thread;
} Helper;

struct _Pipe
{
  pthread_mutex_t  lock;
  pthread_cond_t   for_helper, for_caller, for_filler;
  KennisXapiBlock *blocks;
  guint            n_blocks;
  guint64          n_filled, n_taken, n_begun;   /* blocks, ever; begun: given to a parser */
  guint64          n_hashed;                     /* blocks that are in the fingerprint */
  KennisFingerprint *fingerprint;
  gboolean         is_hashing, stop;
  KennisXapiSplit *split;
  gboolean         is_shared, is_filling, at_end, failed;   /* shared: any thread may fill */
  GError          *error;                        /* of filling */
  double           fraction;                     /* of the source, that was read */
};

static KennisXapiBlock *
block_of (Pipe *self, guint64 n)
{
  return &self->blocks[n % self->n_blocks];
}

/* With the lock: parses the next block that nobody parses yet. */
static void
parse_next (Pipe *self, KennisXapiWorker *worker)
{
  KennisXapiBlock *block = block_of (self, self->n_begun);

  worker->n_block = self->n_begun++;
  worker->n_taken = self->n_taken;
  block->state = PARSING;
  pthread_mutex_unlock (&self->lock);
  kennis_xapi_block_parse (block, worker);
  pthread_mutex_lock (&self->lock);
  block->state = PARSED;
  pthread_cond_signal (&self->for_caller);
}

static gboolean
may_hash (const Pipe *self)
{
  return !self->is_hashing && self->n_hashed < self->n_filled;
}

static void
hash_block (Pipe *self, const KennisXapiBlock *block)
{
  kennis_fingerprint_update (self->fingerprint, (const guint8 *) block->text + block->hash_from,
                             block->hash_to - block->hash_from);
}

/* With the lock: the next block's bytes into the fingerprint. */
static void
hash_next (Pipe *self)
{
  self->is_hashing = TRUE;
  pthread_mutex_unlock (&self->lock);
  hash_block (self, block_of (self, self->n_hashed));
  pthread_mutex_lock (&self->lock);
  self->is_hashing = FALSE;
  self->n_hashed++;
  pthread_cond_signal (&self->for_caller);
  pthread_cond_broadcast (&self->for_filler);
}

/* With the lock: all that was filled into the fingerprint. */
static void
hash_all (Pipe *self)
{
  while (self->n_hashed < self->n_filled)
    if (self->is_hashing)
      pthread_cond_wait (&self->for_filler, &self->lock);
    else
      hash_next (self);
}

static gboolean
may_fill (const Pipe *self)
{
  return !self->at_end && !self->failed && !self->is_filling
         && self->n_filled - MIN (self->n_taken, self->n_hashed) < self->n_blocks && self->n_filled - self->n_begun < 2;
}

/* With the lock: the next block, which is best parsed by who filled it. */
static void
fill_next (Pipe *self)
{
  KennisXapiBlock *block = block_of (self, self->n_filled);
  int filled;

  self->is_filling = TRUE;
  /* What is left out is fingerprinted as it comes. */
  if (self->split->is_skipping)
    hash_all (self);
  pthread_mutex_unlock (&self->lock);
  filled = kennis_xapi_split_fill (self->split, block, &self->error);
  pthread_mutex_lock (&self->lock);
  self->fraction = kennis_bytes_fraction (self->split->bytes);
  if (filled == 0 && self->split->apart)
    {
      hash_all (self);
      hash_block (self, block);
    }
  self->is_filling = FALSE;
  self->failed = filled < 0;
  self->at_end = filled == 0;
  if (filled > 0)
    {
      block->state = FILLED;
      self->n_filled++;
      if (!self->split->apart)
        self->n_hashed = self->n_filled;
    }
  pthread_cond_signal (&self->for_helper);
  pthread_cond_signal (&self->for_caller);
}

static void *
help (void *data)
{
  Helper *helper = data;
  Pipe *self = helper->pipe;

  pthread_mutex_lock (&self->lock);
  while (!self->stop)
    {
      gboolean may_parse = self->n_begun < self->n_filled;

      /* What was just parsed is still near. */
      if (may_hash (self) && (self->n_hashed < self->n_begun || !may_parse))
        hash_next (self);
      else if (may_parse)
        parse_next (self, &helper->worker);
      else if (self->is_shared && may_fill (self))
        fill_next (self);
      else
        pthread_cond_wait (&self->for_helper, &self->lock);
    }
  pthread_mutex_unlock (&self->lock);

  return NULL;
}

typedef struct
{
  KennisReadJob   *job;
  KennisXapiTake   take;
  gpointer         data;
} Run;

typedef enum { TO_FILL, TO_TAKE, TO_PARSE, TO_HASH, TO_END } Task;

/* What is best done now: take what is ready, then keep the others busy, then help. */
static Task
next_task (Pipe *self)
{
  for (;;)
    {
      guint64 n_ready = self->n_filled - self->n_begun;

      if (self->failed)
        return TO_END;
      if (self->n_filled > self->n_taken && block_of (self, self->n_taken)->state == PARSED)
        return TO_TAKE;
      if (self->is_shared && n_ready > 0)
        return TO_PARSE;
      if (may_fill (self))
        return TO_FILL;
      if (n_ready > 0)
        return TO_PARSE;
      if (may_hash (self))
        return TO_HASH;
      if (self->at_end && self->n_filled == MIN (self->n_taken, self->n_hashed))
        return TO_END;
      pthread_cond_wait (&self->for_caller, &self->lock);
    }
}

static gboolean
work (Pipe *self, Run *run, KennisXapiWorker *worker, GError **error)
{
  for (;;)
    {
      double fraction;
      Task task;

      pthread_mutex_lock (&self->lock);
      task = next_task (self);
      if (task == TO_PARSE)
        parse_next (self, worker);
      if (task == TO_HASH)
        hash_next (self);
      if (task == TO_FILL)
        fill_next (self);
      fraction = self->fraction;
      pthread_mutex_unlock (&self->lock);

      if (g_cancellable_set_error_if_cancelled (run->job->cancellable, error))
        return FALSE;
      if (task == TO_END)
        return !self->failed;
      if (task == TO_TAKE)
        {
          if (!run->take (block_of (self, self->n_taken), run->data, error))
            return FALSE;
          kennis_progress_sink_report (run->job->sink, fraction);
          pthread_mutex_lock (&self->lock);
          self->n_taken++;
          pthread_cond_signal (&self->for_helper);
          pthread_mutex_unlock (&self->lock);
        }
    }
}

static void
pipe_init (Pipe *self, guint n_threads, KennisFingerprint *fingerprint)
{
  *self = (Pipe) { .n_blocks = n_threads > 1 ? 2 * n_threads + 1 : 1, .fingerprint = fingerprint };
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->for_helper, NULL);
  pthread_cond_init (&self->for_caller, NULL);
  pthread_cond_init (&self->for_filler, NULL);
  self->blocks = g_new (KennisXapiBlock, self->n_blocks);
  for (guint i = 0; i < self->n_blocks; i++)
    kennis_xapi_block_init (&self->blocks[i]);
}

static void
pipe_clear (Pipe *self)
{
  for (guint i = 0; i < self->n_blocks; i++)
    kennis_xapi_block_clear (&self->blocks[i]);
  g_free (self->blocks);
  pthread_mutex_destroy (&self->lock);
  pthread_cond_destroy (&self->for_helper);
  pthread_cond_destroy (&self->for_caller);
  pthread_cond_destroy (&self->for_filler);
}

static void
stop_helpers (Pipe *self, Helper *helpers, guint n)
{
  pthread_mutex_lock (&self->lock);
  self->stop = TRUE;
  pthread_cond_broadcast (&self->for_helper);
  pthread_mutex_unlock (&self->lock);
  for (guint i = 0; i < n; i++)
    {
      pthread_join (helpers[i].thread, NULL);
      kennis_xapi_worker_clear (&helpers[i].worker);
    }
}

gboolean
kennis_xapi_pipe_run (KennisReadJob        *job,
                      KennisXapiSplit      *split,
                      const KennisXapiMap  *map,
                      const KennisXapiKeys *keys,
                      KennisCalendar       *calendar,
                      gboolean              only_voiding,
                      KennisXapiTake        take,
                      gpointer              data,
                      GError              **error)
{
  Run run = { .job = job, .take = take, .data = data };
  KennisXapiWorker own;
  Helper helpers[MAX_THREADS];
  guint n_threads = MIN (kennis_parallel_n_threads (job->reader->statement_threads), MAX_THREADS), n_helpers = 0;
  Pipe self;
  gboolean ok;

  pipe_init (&self, n_threads, &job->bytes->fingerprint);
  split->apart = !job->bytes->is_quiet;
  self.split = split;
  self.is_shared = G_IS_FILE_INPUT_STREAM (job->bytes->stream);
  kennis_xapi_worker_init (&own, map, keys, job->reader, calendar, only_voiding);
  for (; n_helpers + 1 < n_threads; n_helpers++)
    {
      Helper *helper = &helpers[n_helpers];

      helper->pipe = &self;
      kennis_xapi_worker_init (&helper->worker, map, keys, job->reader, calendar, only_voiding);
      if (pthread_create (&helper->thread, NULL, help, helper) != 0)
        {
          kennis_xapi_worker_clear (&helper->worker);
          break;
        }
    }
  ok = work (&self, &run, &own, error);
  stop_helpers (&self, helpers, n_helpers);
  if (self.error != NULL && !ok && error != NULL && *error == NULL)
    g_propagate_error (error, g_steal_pointer (&self.error));
  g_clear_error (&self.error);
  kennis_xapi_worker_clear (&own);
  pipe_clear (&self);

  return ok;
}
