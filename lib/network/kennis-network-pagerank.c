#include "config.h"

#include <math.h>

#include "base/kennis-statistics-private.h"
#include "network/kennis-network-private.h"

/* PageRank by pulling: everyone adds what those who give to them pass on.  People are done in blocks, which the network fixes.
 * Inside a block new values are used at once, which takes fewer rounds; of other blocks those of the round before, so that it does not
 * matter which thread does what. */

#define MAX_BLOCKS 32
#define MAX_ROUNDS 10000
/* The change of a round, Σ|Δ|, at which to end; what remains is at most damping / (1 − damping) times that. */
#define ENOUGH     1e-10

typedef struct
{
  const KennisNetwork *network;
  guint    n_blocks;
  guint32  first[MAX_BLOCKS + 1];
  double   damping, base;    /* base: what everyone gets in this round, whoever they know */
  double  *now, *before;     /* what each passes on for a weight of 1; one array where there is one block */
  double  *share;            /* 1 / weight given; 0: gives to nobody */
  double   change[MAX_BLOCKS], dangling[MAX_BLOCKS], sum[MAX_BLOCKS];
  double  *rank;
  GCancellable *cancellable;
} Ranking;

static void
find_blocks (Ranking *self)
{
  const KennisNetwork *network = self->network;
  guint64 work = (guint64) network->n + network->m;
  guint block = 1;

  self->n_blocks = network->m < 300000 ? 1 : network->m < 3000000 ? 4 : MAX_BLOCKS;
  self->first[0] = 0;
  for (guint32 p = 0; p < network->n && block < self->n_blocks; p++)
    if ((guint64) network->in_offset[p] + p >= work * block / self->n_blocks)
      self->first[block++] = p;
  while (block <= self->n_blocks)
    self->first[block++] = network->n;
}

static double
pull (const Ranking *self, guint32 p, guint32 begin, guint32 size)
{
  const guint32 *from = self->network->from;
  const double *weight = self->network->in_weight, *now = self->now, *before = self->before;
  guint32 end = self->network->in_offset[p + 1];
  double sum = 0;

  if (weight == NULL)
    for (guint32 i = self->network->in_offset[p]; i < end; i++)
      sum += (from[i] - begin < size ? now : before)[from[i]];
  else
    for (guint32 i = self->network->in_offset[p]; i < end; i++)
      sum += weight[i] * (from[i] - begin < size ? now : before)[from[i]];
  return sum;
}

static void
do_block (gsize block, guint thread, gpointer data)
{
  Ranking *self = data;
  guint32 begin = self->first[block], end = self->first[block + 1];
  double change = 0, dangling = 0, sum = 0;

  for (guint32 p = begin; p < end; p++)
    {
      double rank;

      if (p % 8192 == 0 && g_cancellable_is_cancelled (self->cancellable))
        return;
      rank = self->base + self->damping * pull (self, p, begin, end - begin);
      change += fabs (rank - self->rank[p]);
      dangling += self->share[p] > 0 ? 0 : rank;
      sum += rank;
      self->rank[p] = rank;
      self->now[p] = rank * self->share[p];
    }
  self->change[block] = change;
  self->dangling[block] = dangling;
  self->sum[block] = sum;
}

static void
begin (Ranking *self)
{
  const KennisNetwork *network = self->network;

  for (guint32 p = 0; p < network->n; p++)
    {
      double given = 0;

      if (network->weight == NULL)
        given = kennis_network_out_degree (network, p);
      else
        for (guint32 i = network->offset[p]; i < network->offset[p + 1]; i++)
          given += network->weight[i];
      self->share[p] = given > 0 ? 1 / given : 0;
      self->rank[p] = 1.0 / network->n;
      self->now[p] = self->before[p] = self->rank[p] * self->share[p];
      self->dangling[0] += given > 0 ? 0 : self->rank[p];
    }
}

/* The sum of a round's blocks, in their order. */
static double
total_of (const Ranking *self, const double *by_block)
{
  double sum = 0;

  for (guint b = 0; b < self->n_blocks; b++)
    sum += by_block[b];
  return sum;
}

/* The sum is 1 in the end.  New values used at once let it drift, and the drift would die out last. */
static void
scale (Ranking *self, double factor)
{
  for (guint32 p = 0; p < self->network->n; p++)
    {
      self->now[p] *= factor;
      self->rank[p] *= factor;
    }
}

static gboolean
iterate (Ranking *self, guint n_threads, GError **error)
{
  double n = self->network->n, dangling = self->dangling[0], change = 1;

  for (guint round = 0; n > 0 && round < MAX_ROUNDS && change > ENOUGH; round++)
    {
      double *swap = self->before, sum;

      self->before = self->now;
      self->now = swap;
      self->base = (1 - self->damping + self->damping * dangling) / n;
      /* A thread costs more than it brings where there is one block. */
      if (!kennis_parallel_for (self->n_blocks > 1 ? n_threads : 1, self->n_blocks, do_block, self, NULL,
                                self->cancellable, error))
        return FALSE;
      change = total_of (self, self->change);
      sum = total_of (self, self->sum);
      dangling = total_of (self, self->dangling) / sum;
      scale (self, 1 / sum);
    }
  return TRUE;
}

/**
 * kennis_network_pagerank:
 * @self: a network
 * @damping: the chance to go on along a tie, 0 up to but not 1; 0.85 is usual
 * @n_threads: threads to use; 0 for one per processor
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Gives each person's PageRank: where one is found who goes on and on from giver to receiver, by the ties' weights, and now and then
 * begins anew with anyone.
 *
 * Element type: double, one a person; the sum is 1.  Who gives to nobody is left for anyone.  The sum of the absolute errors is under
 * 1e-10 · damping / (1 − damping).
 *
 * Time: O(ties · log (1e-10) / log (damping)).  Memory: 32 bytes a person.  Source: Brin & Page 1998.
 *
 * Returns: (transfer full): a column; %NULL when cancelled
 *
 * Since: 1.0
 */
GBytes *
kennis_network_pagerank (KennisNetwork  *self,
                         double          damping,
                         guint           n_threads,
                         GCancellable   *cancellable,
                         GError        **error)
{
  gsize n;
  g_autofree double *a = NULL, *b = NULL, *share = NULL, *rank = NULL;
  g_autofree Ranking *ranking = NULL;
  double sum;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (damping >= 0 && damping < 1, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  n = (gsize) self->n + 1;
  a = g_new (double, n);
  share = g_new (double, n);
  rank = g_new (double, n);
  ranking = g_new0 (Ranking, 1);
  *ranking = (Ranking) {
    .network = self, .damping = damping, .now = a, .before = a, .share = share, .rank = rank, .cancellable = cancellable
  };
  find_blocks (ranking);
  if (ranking->n_blocks > 1)
    ranking->before = b = g_new (double, n);
  begin (ranking);
  if (!iterate (ranking, n_threads, error))
    return NULL;
  sum = kennis_sum_of (rank, self->n);
  for (guint32 p = 0; p < self->n; p++)
    rank[p] /= sum;
  return g_bytes_new_take (g_steal_pointer (&rank), (gsize) self->n * sizeof (double));
}
