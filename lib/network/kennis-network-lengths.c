#include "config.h"

#include <math.h>
#include <string.h>

#include "network/kennis-network-betweenness-private.h"

/* Brandes's algorithm with lengths: Dijkstra's with a heap of four children, in which who comes nearer is put in once more and
 * the first time out counts; then path counts forward and dependencies backward in the order in which people came out. */

#define SOURCES   4       /* a chunk */
#define TOLERANCE 1e-10   /* relative; as igraph */
#define PACE      1024
#define NOT_YET   G_MAXUINT32

typedef struct
{
  double  length;
  guint32 person;
} Item;

/* Of a person; together, as they are looked at together. */
typedef struct
{
  double  distance, paths, dependency;
  guint32 rank;                     /* order of coming out; NOT_YET */
} Node;

typedef struct
{
  Node    *node;
  guint32 *order;
  guint32 *first;                   /* of those before someone, by rank, in before */
  guint32 *before;
  guint32  n_order;
  Item    *heap;
  gsize    n_heap, n_room;
  KennisFixed *sum;
} Scratch;

typedef struct
{
  const KennisBetweenness *work;
  const double *length, *in_length;   /* of ties */
  Scratch *scratch;
} Run;

static void
scratch_make (Scratch *self, const KennisNetwork *network)
{
  gsize size = (gsize) network->n + 1;

  self->node = g_new (Node, size);
  self->order = g_new (guint32, size);
  self->first = g_new (guint32, size);
  self->before = g_new (guint32, (gsize) network->m + 1);
  self->n_room = size;
  self->heap = g_new (Item, self->n_room);
  self->sum = g_new0 (KennisFixed, size);
}

static void
scratch_clear (Scratch *self)
{
  g_free (self->node);
  g_free (self->order);
  g_free (self->first);
  g_free (self->before);
  g_free (self->heap);
  g_free (self->sum);
}

static void
put (Scratch *self, Item item)
{
  gsize at = self->n_heap++;

  if (self->n_heap > self->n_room)
    {
      self->n_room *= 2;
      self->heap = g_renew (Item, self->heap, self->n_room);
    }
  while (at > 0 && item.length < self->heap[(at - 1) / 4].length)
    {
      self->heap[at] = self->heap[(at - 1) / 4];
      at = (at - 1) / 4;
    }
  self->heap[at] = item;
}

/* The least of four without a branch that would be guessed wrong. */
static inline gsize
least_of (const Item *heap, gsize child, gsize end)
{
  gsize least = child;

  if (child + 4 <= end)
    {
      gsize a = child + (heap[child + 1].length < heap[child].length);
      gsize b = child + 2 + (heap[child + 3].length < heap[child + 2].length);

      return heap[b].length < heap[a].length ? b : a;
    }
  for (child++; child < end; child++)
    if (heap[child].length < heap[least].length)
      least = child;
  return least;
}

static Item
take (Scratch *self)
{
  Item first = self->heap[0], last = self->heap[--self->n_heap];
  gsize at = 0, child;

  while ((child = 4 * at + 1) < self->n_heap)
    {
      gsize least = least_of (self->heap, child, self->n_heap);

      if (!(self->heap[least].length < last.length))
        break;
      self->heap[at] = self->heap[least];
      at = least;
    }
  self->heap[at] = last;
  return first;
}

static gboolean
find_distances (Scratch *self, const Run *run, guint32 source)
{
  const KennisNetwork *n = run->work->network;

  for (guint32 p = 0; p < n->n; p++)
    self->node[p] = (Node) { INFINITY, 0, 0, NOT_YET };
  self->n_order = 0;
  self->n_heap = 0;
  self->node[source].distance = 0;
  put (self, (Item) { 0, source });
  while (self->n_heap > 0)
    {
      Item item = take (self);

      if (self->node[item.person].rank != NOT_YET)
        continue;
      if (self->n_order % PACE == 0 && g_cancellable_is_cancelled (run->work->cancellable))
        return FALSE;
      self->node[item.person].rank = self->n_order;
      self->order[self->n_order++] = item.person;
      for (guint32 i = n->offset[item.person]; i < n->offset[item.person + 1]; i++)
        {
          double length = item.length + run->length[i];
          Node *other = &self->node[n->to[i]];

          if (!(length < other->distance))
            continue;
          other->distance = length;
          put (self, (Item) { length, n->to[i] });
        }
    }
  return TRUE;
}

/* Who stands right before each on its shortest paths: came out before, and the tie makes up the difference.  Adds up the paths. */
static void
add_up_paths (Scratch *self, const Run *run)
{
  const KennisNetwork *n = run->work->network;
  guint32 n_before = 0;

  self->node[self->order[0]].paths = 1;
  self->first[0] = 0;
  for (guint32 k = 1; k < self->n_order; k++)
    {
      guint32 p = self->order[k];
      double limit = self->node[p].distance * (1 + TOLERANCE), paths = 0;

      self->first[k] = n_before;
      for (guint32 i = n->in_offset[p]; i < n->in_offset[p + 1]; i++)
        {
          const Node *q = &self->node[n->from[i]];

          if (q->distance + run->in_length[i] <= limit && q->rank < k)
            {
              paths += q->paths;
              self->before[n_before++] = n->from[i];
            }
        }
      self->node[p].paths = paths;
    }
  self->first[self->n_order] = n_before;
}

static void
add_up_dependencies (Scratch *self)
{
  for (guint32 k = self->n_order; k-- > 1;)
    {
      guint32 p = self->order[k];
      double share = (1 + self->node[p].dependency) / self->node[p].paths;

      kennis_fixed_add (&self->sum[p], self->node[p].dependency);
      for (guint32 i = self->first[k]; i < self->first[k + 1]; i++)
        self->node[self->before[i]].dependency += self->node[self->before[i]].paths * share;
    }
}

static void
do_chunk (gsize chunk, guint thread, gpointer data)
{
  Run *run = data;
  Scratch *self = &run->scratch[thread];
  gsize end = MIN ((chunk + 1) * SOURCES, run->work->n_sources);

  if (self->node == NULL)
    scratch_make (self, run->work->network);
  for (gsize i = chunk * SOURCES; i < end; i++)
    {
      if (!find_distances (self, run, kennis_betweenness_source (run->work, i)))
        return;
      add_up_paths (self, run);
      add_up_dependencies (self);
    }
}

static double *
find_lengths (const double *weight, guint32 m)
{
  double *length = g_new (double, (gsize) m + 1);

  for (guint32 i = 0; i < m; i++)
    length[i] = 1 / weight[i];
  return length;
}

gboolean
kennis_betweenness_by_weight (const KennisBetweenness *self, GError **error)
{
  const KennisNetwork *network = self->network;
  guint n_threads = kennis_parallel_n_threads (self->n_threads);
  g_autofree Scratch *scratch = g_new0 (Scratch, n_threads);
  g_autofree KennisFixed **sums = g_new0 (KennisFixed *, n_threads);
  g_autofree double *length = find_lengths (network->weight, network->m);
  g_autofree double *in_length = network->is_undirected ? NULL : find_lengths (network->in_weight, network->m);
  Run run = { self, length, in_length != NULL ? in_length : length, scratch };
  gsize n_chunks = ((gsize) self->n_sources + SOURCES - 1) / SOURCES;
  gboolean fine = kennis_parallel_for (n_threads, n_chunks, do_chunk, &run, NULL, self->cancellable, error);

  for (guint t = 0; t < n_threads; t++)
    {
      sums[t] = g_steal_pointer (&scratch[t].sum);
      scratch_clear (&scratch[t]);
    }
  kennis_betweenness_gather (self, sums, n_threads);
  return fine;
}
