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

typedef struct
{
  double  *distance, *paths, *dependency;
  guint32 *rank;                    /* order of coming out; NOT_YET */
  guint32 *order;
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
scratch_make (Scratch *self, guint32 n)
{
  gsize size = (gsize) n + 1;

  self->distance = g_new (double, size);
  self->paths = g_new (double, size);
  self->dependency = g_new (double, size);
  self->rank = g_new (guint32, size);
  self->order = g_new (guint32, size);
  self->n_room = size;
  self->heap = g_new (Item, self->n_room);
  self->sum = g_new0 (KennisFixed, size);
}

static void
scratch_clear (Scratch *self)
{
  g_free (self->distance);
  g_free (self->paths);
  g_free (self->dependency);
  g_free (self->rank);
  g_free (self->order);
  g_free (self->heap);
  g_free (self->sum);
}

/* Equal lengths come out in the order of people, so that nothing depends on how the heap came to be. */
static inline gboolean
is_before (Item a, Item b)
{
  return a.length < b.length || (a.length == b.length && a.person < b.person);
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
  while (at > 0 && is_before (item, self->heap[(at - 1) / 4]))
    {
      self->heap[at] = self->heap[(at - 1) / 4];
      at = (at - 1) / 4;
    }
  self->heap[at] = item;
}

static Item
take (Scratch *self)
{
  Item first = self->heap[0], last = self->heap[--self->n_heap];
  gsize at = 0, child;

  while ((child = 4 * at + 1) < self->n_heap)
    {
      gsize end = MIN (child + 4, self->n_heap), least = child;

      for (child++; child < end; child++)
        if (is_before (self->heap[child], self->heap[least]))
          least = child;
      if (!is_before (self->heap[least], last))
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
    {
      self->distance[p] = INFINITY;
      self->rank[p] = NOT_YET;
    }
  self->n_order = 0;
  self->n_heap = 0;
  self->distance[source] = 0;
  put (self, (Item) { 0, source });
  while (self->n_heap > 0)
    {
      Item item = take (self);

      if (self->rank[item.person] != NOT_YET)
        continue;
      if (self->n_order % PACE == 0 && g_cancellable_is_cancelled (run->work->cancellable))
        return FALSE;
      self->rank[item.person] = self->n_order;
      self->order[self->n_order++] = item.person;
      for (guint32 i = n->offset[item.person]; i < n->offset[item.person + 1]; i++)
        {
          double length = item.length + run->length[i];

          if (!(length < self->distance[n->to[i]]))
            continue;
          self->distance[n->to[i]] = length;
          put (self, (Item) { length, n->to[i] });
        }
    }
  return TRUE;
}

/* Does a shortest path to p come through q by a tie of this length?  Who came out before is before on it. */
static inline gboolean
leads (const Scratch *self, guint32 q, guint32 p, double length)
{
  return self->rank[q] < self->rank[p] && self->distance[q] + length <= self->distance[p] * (1 + TOLERANCE);
}

static void
add_up (Scratch *self, const Run *run)
{
  const KennisNetwork *n = run->work->network;

  self->paths[self->order[0]] = 1;
  self->dependency[self->order[0]] = 0;
  for (guint32 k = 1; k < self->n_order; k++)
    {
      guint32 p = self->order[k];
      double paths = 0;

      for (guint32 i = n->in_offset[p]; i < n->in_offset[p + 1]; i++)
        if (leads (self, n->from[i], p, run->in_length[i]))
          paths += self->paths[n->from[i]];
      self->paths[p] = paths;
      self->dependency[p] = 0;
    }
  for (guint32 k = self->n_order; k-- > 1;)
    {
      guint32 p = self->order[k];
      double share = (1 + self->dependency[p]) / self->paths[p];

      kennis_fixed_add (&self->sum[p], self->dependency[p]);
      for (guint32 i = n->in_offset[p]; i < n->in_offset[p + 1]; i++)
        if (leads (self, n->from[i], p, run->in_length[i]))
          self->dependency[n->from[i]] += self->paths[n->from[i]] * share;
    }
}

static void
do_chunk (gsize chunk, guint thread, gpointer data)
{
  Run *run = data;
  Scratch *self = &run->scratch[thread];
  gsize end = MIN ((chunk + 1) * SOURCES, run->work->n_sources);

  if (self->distance == NULL)
    scratch_make (self, run->work->network->n);
  for (gsize i = chunk * SOURCES; i < end; i++)
    {
      if (!find_distances (self, run, kennis_betweenness_source (run->work, i)))
        return;
      add_up (self, run);
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
