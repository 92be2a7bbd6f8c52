#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-statistics-private.h"
#include "network/kennis-network-private.h"
#include "network/kennis-network-sweeps-private.h"

/* PageRank by pulling: everyone adds what those who give to them pass on.  Networks of few, where threads would wait for each other most of
 * the time, are swept forward and back by one (kennis-network-sweeps-rank.c).  Else people are done in blocks, which the network fixes.
 * Inside a block new values are used at once (Gauss–Seidel), which takes fewer rounds; of other blocks those of the round before, so that
 * it does not matter which thread does what.  As everyone may begin anew with anyone, a round is a positive matrix of which 1 is the
 * largest eigenvalue (Perron): it ends where the ranks are, up to their sum. */

/* People and ties in a block, at most: what a thread keeps near.  The fewer blocks, the fewer rounds; there are four at least. */
#define BLOCK  65536
/* What a round may leave, Σ|G·x − x|, of the sum; the ranks are then off by at most 1 / (1 − damping) times that, in all.  And of what
 * people have on average, so that among many nobody's is far off. */
#define ENOUGH         1e-10
#define ENOUGH_OF_MEAN 1e-5
/* How many ties ahead ranks are asked for: they lie anywhere, and rows are short. */
#define AHEAD  48

typedef struct
{
  double change, dangling, sum;
} Block;

typedef struct
{
  const KennisNetwork *network;
  guint32  n_blocks;
  guint32 *first;            /* n_blocks + 1 */
  Block   *blocks;
  guint64  round;
  double   damping, further; /* further: how far a step goes, 1 being all the way */
  double   base;             /* what everyone gets in this round, whoever they know */
  double   sum;              /* of the ranks, in the last round */
  double  *now, *before;     /* what each passes on for a weight of 1 */
  double  *share;            /* 1 / weight given; 0: gives to nobody */
  double  *rank;
} Ranking;

/* A little more than all the way takes fewer rounds.  The matrix is dominated by its diagonal, so that this ends well under
 * 2 / (1 + damping) (Young 1971). */
static double
further_by (double damping)
{
  return 1 + MIN (0.07 * damping, 0.7 * (1 - damping) / (1 + damping));
}

static void
find_blocks (Ranking *self)
{
  const KennisNetwork *network = self->network;
  guint64 work = (guint64) network->n + network->m;
  guint32 block = 1;

  self->n_blocks = 4;
  while (work / self->n_blocks > BLOCK)
    self->n_blocks *= 2;
  self->first = g_new0 (guint32, (gsize) self->n_blocks + 1);
  self->blocks = g_new0 (Block, self->n_blocks);
  for (guint32 p = 0; p < network->n && block < self->n_blocks; p++)
    while (block < self->n_blocks && (guint64) network->in_offset[p] + p >= work * block / self->n_blocks)
      self->first[block++] = p;
  while (block <= self->n_blocks)
    self->first[block++] = network->n;
}

/* What p gets of those who give, by what they pass on.  Those of the block itself: as far from there as `own` says.  No branch,
 * which would be guessed wrong. */
static inline __attribute__ ((always_inline)) double
pull (const Ranking *self, const double *passes, guint32 p, guint32 begin, guint32 size, gboolean is_weighted)
{
  const guint32 *from = self->network->from;
  const double *weight = self->network->in_weight;
  guint32 i = self->network->in_offset[p], end = self->network->in_offset[p + 1];
  guint32 ahead = self->network->m - end > AHEAD ? AHEAD : 0;
  gsize own = (gsize) self->now - (gsize) passes;
  double sum = 0;

  for (; i < end; i++)
    {
      const double *passed = passes + from[i];

      __builtin_prefetch (passes + from[i + ahead]);
      passed = (const double *) ((gsize) passed + (own & -(gsize) (from[i] - begin < size)));
      sum += is_weighted ? weight[i] * *passed : *passed;
    }
  return sum;
}

static inline __attribute__ ((always_inline)) Block
do_people (Ranking *self, guint32 begin, guint32 end, gboolean is_weighted)
{
  Block found = { 0, 0, 0 };

  for (guint32 p = begin; p < end; p++)
    {
      double pulled = pull (self, self->before, p, begin, end - begin, is_weighted);
      double step = self->further * (self->base + self->damping * pulled - self->rank[p]);
      double rank = self->rank[p] + step;

      found.change += fabs (step);
      found.dangling += self->share[p] > 0 ? 0 : rank;
      found.sum += rank;
      self->rank[p] = rank;
      self->now[p] = rank * self->share[p];
    }
  return found;
}

static void
do_block (Ranking *self, gsize block)
{
  guint32 begin = self->first[block], end = self->first[block + 1];

  memcpy (self->now + begin, self->before + begin, (end - begin) * sizeof *self->now);
  self->blocks[block] =
      self->network->in_weight != NULL ? do_people (self, begin, end, TRUE) : do_people (self, begin, end, FALSE);
}

static void
begin_block (Ranking *self, gsize block)
{
  const KennisNetwork *network = self->network;
  Block found = { 0, 0, 0 };

  for (guint32 p = self->first[block]; p < self->first[block + 1]; p++)
    {
      double given = 0;

      if (network->weight == NULL)
        given = kennis_network_out_degree (network, p);
      else
        for (guint32 i = network->offset[p]; i < network->offset[p + 1]; i++)
          given += network->weight[i];
      self->share[p] = given > 0 ? 1 / given : 0;
      self->rank[p] = 1.0 / network->n;
      self->now[p] = self->rank[p] * self->share[p];
      found.dangling += given > 0 ? 0 : self->rank[p];
      found.sum += self->rank[p];
    }
  self->blocks[block] = found;
}

/* The sums of a round, in the order of the blocks. */
static Block
total_of (const Ranking *self)
{
  Block total = { 0, 0, 0 };

  for (guint32 b = 0; b < self->n_blocks; b++)
    {
      total.change += self->blocks[b].change;
      total.dangling += self->blocks[b].dangling;
      total.sum += self->blocks[b].sum;
    }
  return total;
}

/* What a round found; then what the next one needs.  The sum is not held at 1, which would take a pass a round: what is passed on to
 * anyone goes by the sum of the round before. */
static gboolean
go_on (gpointer data)
{
  Ranking *self = data;
  double d = self->damping, *swap = self->before;
  Block total = total_of (self);
  double left = ((d + self->further - 1) * total.change + (1 - d) * fabs (total.sum - self->sum)) / total.sum;

  self->sum = total.sum;
  self->base = ((1 - d) * total.sum + d * total.dangling) / self->network->n;
  self->before = self->now;
  self->now = swap;
  return self->round++ == 0 || left > MIN (ENOUGH, ENOUGH_OF_MEAN / self->network->n);
}

/* Round 0 is what all begin with. */
static void
do_round (gsize block, guint thread, gpointer data)
{
  Ranking *self = data;

  if (self->round == 0)
    begin_block (self, block);
  else
    do_block (self, block);
}

static gboolean
rank_by_blocks (KennisNetwork *network, double damping, double *rank, guint n_threads, GCancellable *cancellable, GError **error)
{
  gsize n = (gsize) network->n + 1;
  g_autofree double *a = g_new (double, n), *b = g_new (double, n), *share = g_new (double, n);
  g_autofree guint32 *first = NULL;
  g_autofree Block *blocks = NULL;
  Ranking ranking = { .network = network, .damping = damping, .further = further_by (damping) };

  find_blocks (&ranking);
  first = ranking.first;
  blocks = ranking.blocks;
  ranking.now = a;
  ranking.before = b;
  ranking.share = share;
  ranking.rank = rank;
  return kennis_parallel_rounds (n_threads, ranking.n_blocks, do_round, go_on, &ranking, cancellable, error);
}

/**
 * kennis_network_pagerank:
 * @self: a network
 * @damping: the chance to go on along a tie, 0 up to but not 1; 0.85 is usual
 * @n_threads: threads to use; 0 for one per processor.  A network of under 300 000 people and ties takes one
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Gives each person's PageRank: where one is found who goes on and on from giver to receiver, by the ties' weights, and now and then
 * begins anew with anyone.
 *
 * Element type: double, one a person; the sum is 1.  Who gives to nobody is left for anyone.  The sum of the absolute errors is under
 * 1e-12 / (1 − damping) where there are under 300 000 people and ties (and at most 65 000 people); else under 1e-10 / (1 − damping), and
 * under 1e-5 / (1 − damping) of the mean rank.
 *
 * Solved in the first case by symmetric Gauss–Seidel sweeps with Chebyshev acceleration, else by successive overrelaxation in blocks.  For the
 * sweeps such a network keeps the ties in their order, from when it is made of a summary or of columns, else from the first call on.
 *
 * Time: O(ties · log (1e-12) / log (damping)).  Memory: 32 bytes a person.  What is kept: some 10 bytes a tie (up to 40 where a few receive
 * nearly all) and 46 a person.  Source: Brin & Page 1998; Young 1971; Manteuffel 1977;
 * Benzi & Szyld 1997.
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
  g_autofree double *rank = NULL;
  double sum;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (damping >= 0 && damping < 1, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  rank = g_new (double, (gsize) self->n + 1);
  if (self->n > 0
      && !(kennis_network_is_small (self) ? kennis_network_rank_by_sweeps (self, damping, rank, cancellable, error)
                                          : rank_by_blocks (self, damping, rank, n_threads, cancellable, error)))
    return NULL;
  sum = kennis_sum_of (rank, self->n);
  for (guint32 p = 0; p < self->n; p++)
    rank[p] *= 1 / sum;
  return g_bytes_new_take (g_steal_pointer (&rank), (gsize) self->n * sizeof (double));
}
