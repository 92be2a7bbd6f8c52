#include "config.h"

#include <string.h>

#include "network/kennis-network-search-private.h"

/* A few steps from each person by itself: better than many at once where these have few of the way in common. */

#define CHUNK      64
/* People whose rows are asked for before they are looked at. */
#define AHEAD      8
/* What looking at a tie for 512 people costs, in looks for one; and where no more is asked. */
#define WIDE_LOOK  6
#define FEW_LOOK   1
/* People between two looks at the cancellable, where little is done for each. */
#define PACE       4096
/* Above so many people their bits are no longer near. */
#define FEW_PEOPLE 32768

typedef struct
{
  KennisSearch *search;
  guint32       n;
  KennisRows    out;
  guint8      **seen;       /* by thread, by person: the last search that saw them; in bytes, which stay near */
  guint8       *last;       /* by thread: searches since seen was cleared */
  guint32     **queue;
  GCancellable *cancellable;
} Run;

static guint64
count_near (const Run *run, guint32 p, guint8 tag, guint8 *seen, guint32 *queue)
{
  const guint32 *offset = run->out.offset, *to = run->out.to;
  guint32 begin = 0, end = 1, n_last = 0;

  queue[0] = p;
  seen[p] = tag;
  /* No branches, which would be guessed wrong as often as not. */
  for (guint step = 1; step < run->search->max_steps && begin < end; step++)
    for (guint32 last = end; begin < last; begin++)
      for (guint32 i = offset[queue[begin]]; i < offset[queue[begin] + 1]; i++)
        {
          queue[end] = to[i];
          end += seen[to[i]] != tag;
          seen[to[i]] = tag;
        }
  /* From the last ones nothing goes on.  Their rows lie anywhere, so that they are asked for some before. */
  for (; begin < end; begin++)
    {
      __builtin_prefetch (to + offset[queue[MIN (begin + AHEAD, end - 1)]]);
      for (guint32 i = offset[queue[begin]]; i < offset[queue[begin] + 1]; i++)
        {
          n_last += seen[to[i]] != tag;
          seen[to[i]] = tag;
        }
    }
  return end - 1 + n_last;
}

static void
do_chunk (gsize chunk, guint thread, gpointer data)
{
  Run *run = data;
  guint32 end = (guint32) MIN ((chunk + 1) * CHUNK, run->n);

  if (run->seen[thread] == NULL)
    {
      run->seen[thread] = g_new0 (guint8, (gsize) run->n + 1);
      run->queue[thread] = g_new (guint32, (gsize) run->n + 1);
    }
  for (guint32 p = (guint32) chunk * CHUNK; p < end; p++)
    {
      if (g_cancellable_is_cancelled (run->cancellable))
        return;
      if (++run->last[thread] == 0)
        {
          memset (run->seen[thread], 0, run->n);
          run->last[thread] = 1;
        }
      run->search->within[p] = count_near (run, p, run->last[thread], run->seen[thread], run->queue[thread]);
    }
}

/* The ties of everyone on every path from a person of a step more than `looks` has; at most all.  False: cancelled. */
static gboolean
look_further (const KennisNetwork *network, KennisRows out, const double *looks, double *next, GCancellable *cancellable)
{
  for (guint32 p = 0; p < network->n; p++)
    {
      double n = out.offset[p + 1] - out.offset[p];

      if (p % PACE == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      for (guint32 i = out.offset[p]; i < out.offset[p + 1]; i++)
        n += looks[out.to[i]];
      next[p] = MIN (n, network->m);
    }
  return TRUE;
}

/* Ties that are looked at, at most: those of everyone on every path of so many steps; no more is counted than `enough`.  The last step
 * need not be taken: to each come as many as give to them. */
static double
count_looks (const KennisSearch *self, const KennisNetwork *network, double enough, GCancellable *cancellable)
{
  KennisRows out = kennis_network_rows (network, self->receiving), in = kennis_network_rows (network, !self->receiving);
  g_autofree double *looks = g_new (double, (gsize) network->n + 1), *next = g_new (double, (gsize) network->n + 1);
  double sum = network->m;

  for (guint32 p = 0; p < network->n; p++)
    looks[p] = out.offset[p + 1] - out.offset[p];
  for (guint step = 1; step < self->max_steps && sum <= enough; step++)
    {
      double *swap = looks;

      if (step > 1)
        {
          if (!look_further (network, out, looks, next, cancellable))
            return 0;
          looks = next;
          next = swap;
        }
      sum = network->m;
      for (guint32 p = 0; p < network->n; p++)
        sum += (in.offset[p + 1] - in.offset[p]) * looks[p];
    }
  return sum;
}

static gboolean
run_near (KennisSearch *self, const KennisNetwork *network, GCancellable *cancellable, GError **error)
{
  guint n_threads = kennis_parallel_n_threads (self->n_threads);
  g_autofree guint32 **queue = g_new0 (guint32 *, n_threads);
  g_autofree guint8 **seen = g_new0 (guint8 *, n_threads), *last = g_new0 (guint8, n_threads);
  Run run = { self, network->n, kennis_network_rows (network, self->receiving), seen, last, queue, cancellable };
  gboolean fine = kennis_parallel_for (n_threads, ((gsize) network->n + CHUNK - 1) / CHUNK, do_chunk, &run, NULL,
                                       cancellable, error);

  for (guint t = 0; t < n_threads; t++)
    {
      g_free (seen[t]);
      g_free (queue[t]);
    }
  return fine;
}

gboolean
kennis_search_within (KennisSearch *self, const KennisNetwork *network, GCancellable *cancellable, GError **error)
{
  double n = network->n, m = network->m, k = self->max_steps;
  double wide = (n / 512 + 1) * k * m * WIDE_LOOK, few = (n / 512 + 1) * (k - 1) * m * FEW_LOOK;
  gboolean is_few = n <= FEW_PEOPLE && k > 1;

  if (self->max_steps == 0 || self->max_steps > 8)
    return kennis_search_run (self, network, cancellable, error);
  wide = is_few ? few : wide;
  if (count_looks (self, network, wide, cancellable) <= wide)
    return run_near (self, network, cancellable, error);
  return is_few ? kennis_search_run_few (self, network, cancellable, error)
                : kennis_search_run (self, network, cancellable, error);
}
