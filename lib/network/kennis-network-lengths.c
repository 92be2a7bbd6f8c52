#include "config.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "network/kennis-network-betweenness-private.h"

/* Brandes's algorithm with lengths: Dijkstra's, in which who comes nearer is put in once more and the first time out counts; then path
 * counts forward and dependencies backward in the order in which people came out.
 *
 * Where the longest tie is not too many times the shortest, people wait in buckets by distance, a bucket a little narrower than the
 * shortest tie: then nobody in a bucket comes nearer by another in it, and any order within does (Dinitz 1978).  Else in a heap with
 * four children. */

#define SOURCES   4       /* a chunk */
#define TOLERANCE 1e-10   /* relative; as igraph */
#define PACE      1024
#define NOT_YET   G_MAXUINT32
#define BUCKETS   4096    /* at most: as many are looked at for each step of a shortest path */
#define NARROWER  0.999   /* than the shortest tie: rounding puts nobody in a bucket too early or too late */

typedef struct
{
  double  length;
  guint32 person;
} Item;

/* In a bucket. */
typedef struct
{
  guint32 person, next;             /* next: in waiting; NOT_YET */
} Waiting;

/* Of a person; together, as they are looked at together. */
typedef struct
{
  double  paths, dependency;
  guint32 rank;                     /* order of coming out; NOT_YET */
} Node;

typedef struct
{
  double  *distance;
  Node    *node;
  guint32 *order;
  guint32 *first;                   /* of those before someone, by rank, in before */
  guint32 *before;
  guint32  n_order;
  Item    *heap;
  gsize    n_heap, n_room;
  Waiting *waiting;                 /* as many as are put in for one source: at most one a tie */
  guint32 *bucket;                  /* the first in each, NOT_YET: none; in a ring */
  KennisFixed *sum;
} Scratch;

typedef struct
{
  const KennisBetweenness *work;
  const double *length, *in_length;   /* of ties */
  double   buckets_in_one;            /* 1 / a bucket's width */
  guint32  n_buckets;                 /* a power of two; 0: a heap */
  Scratch *scratch;
} Run;

static void
scratch_make (Scratch *self, const Run *run)
{
  const KennisNetwork *network = run->work->network;
  gsize size = (gsize) network->n + 1;

  self->distance = g_new (double, size);
  self->node = g_new (Node, size);
  self->order = g_new (guint32, size);
  self->first = g_new (guint32, size);
  self->before = g_new (guint32, (gsize) network->m + 1);
  if (run->n_buckets > 0)
    {
      self->waiting = g_new (Waiting, (gsize) network->m + 1);
      self->bucket = g_new (guint32, run->n_buckets);
      memset (self->bucket, 0xff, run->n_buckets * sizeof *self->bucket);
    }
  self->n_room = run->n_buckets > 0 ? 0 : size;
  self->heap = g_new (Item, self->n_room);
  self->sum = g_new0 (KennisFixed, size);
}

static void
scratch_clear (Scratch *self)
{
  g_free (self->distance);
  g_free (self->node);
  g_free (self->order);
  g_free (self->first);
  g_free (self->before);
  g_free (self->heap);
  g_free (self->waiting);
  g_free (self->bucket);
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

/* The next to come out. */
static inline void
set_rank (Scratch *self, guint32 p)
{
  self->node[p].rank = self->n_order;
  self->order[self->n_order++] = p;
}

static gboolean
find_by_heap (Scratch *self, const Run *run, guint32 source)
{
  const KennisNetwork *n = run->work->network;

  self->n_heap = 0;
  put (self, (Item) { 0, source });
  /* Once all are out, those who are still in it are there twice. */
  for (gsize i = 0; self->n_heap > 0 && self->n_order < n->n; i++)
    {
      Item item = take (self);

      if (i % PACE == 0 && g_cancellable_is_cancelled (run->work->cancellable))
        return FALSE;
      if (self->node[item.person].rank != NOT_YET)
        continue;
      set_rank (self, item.person);
      for (guint32 t = n->offset[item.person]; t < n->offset[item.person + 1]; t++)
        {
          double length = item.length + run->length[t];

          if (!(length < self->distance[n->to[t]]))
            continue;
          self->distance[n->to[t]] = length;
          put (self, (Item) { length, n->to[t] });
        }
    }
  return TRUE;
}

/* Everyone in a bucket comes out, and puts those who come nearer by it into later ones; returns how many. */
static guint32
empty_bucket (Scratch *self, const Run *run, guint32 at, guint32 n_put)
{
  const KennisNetwork *n = run->work->network;
  guint32 next = self->bucket[at], n_new = n_put;

  self->bucket[at] = NOT_YET;
  while (next != NOT_YET)
    {
      guint32 p = self->waiting[next].person;

      next = self->waiting[next].next;
      if (self->node[p].rank != NOT_YET)
        continue;
      if (self->n_order % PACE == 0 && g_cancellable_is_cancelled (run->work->cancellable))
        break;
      set_rank (self, p);
      for (guint32 i = n->offset[p]; i < n->offset[p + 1]; i++)
        {
          double length = self->distance[p] + run->length[i];
          guint32 to;

          if (!(length < self->distance[n->to[i]]))
            continue;
          self->distance[n->to[i]] = length;
          to = (guint32) (guint64) (length * run->buckets_in_one) & (run->n_buckets - 1);
          self->waiting[n_new] = (Waiting) { n->to[i], self->bucket[to] };
          self->bucket[to] = n_new++;
        }
    }
  return n_new;
}

static gboolean
find_by_buckets (Scratch *self, const Run *run, guint32 source)
{
  guint32 n_put = 1, n_empty = 0;

  self->waiting[0] = (Waiting) { source, NOT_YET };
  self->bucket[0] = 0;
  /* The ring holds all that wait: once around without anyone is the end. */
  for (guint32 at = 0; n_empty < run->n_buckets; at = (at + 1) & (run->n_buckets - 1))
    {
      n_empty++;
      if (self->bucket[at] == NOT_YET)
        continue;
      n_empty = 0;
      n_put = empty_bucket (self, run, at, n_put);
      if (g_cancellable_is_cancelled (run->work->cancellable))
        break;
    }
  if (n_empty == run->n_buckets)
    return TRUE;
  memset (self->bucket, 0xff, run->n_buckets * sizeof *self->bucket);
  return FALSE;
}

static gboolean
find_distances (Scratch *self, const Run *run, guint32 source)
{
  for (guint32 p = 0; p < run->work->network->n; p++)
    {
      if (p % (16 * PACE) == 0 && g_cancellable_is_cancelled (run->work->cancellable))
        return FALSE;
      self->distance[p] = INFINITY;
      self->node[p] = (Node) { 0, 0, NOT_YET };
    }
  self->n_order = 0;
  self->distance[source] = 0;
  return run->n_buckets > 0 ? find_by_buckets (self, run, source) : find_by_heap (self, run, source);
}

/* Who stands right before each on its shortest paths: came out before, and the tie makes up the difference.  Adds up the paths.  False:
 * cancelled. */
static gboolean
add_up_paths (Scratch *self, const Run *run)
{
  const KennisNetwork *n = run->work->network;
  guint32 n_before = 0;

  self->node[self->order[0]].paths = 1;
  self->first[0] = 0;
  for (guint32 k = 1; k < self->n_order; k++)
    {
      guint32 p = self->order[k];
      double limit = self->distance[p] * (1 + TOLERANCE), paths = 0;

      if (k % PACE == 0 && g_cancellable_is_cancelled (run->work->cancellable))
        return FALSE;
      self->first[k] = n_before;
      for (guint32 i = n->in_offset[p]; i < n->in_offset[p + 1]; i++)
        {
          guint32 q = n->from[i];

          if (self->distance[q] + run->in_length[i] <= limit && self->node[q].rank < k)
            {
              paths += self->node[q].paths;
              self->before[n_before++] = q;
            }
        }
      self->node[p].paths = paths;
    }
  self->first[self->n_order] = n_before;
  return TRUE;
}

static gboolean
add_up_dependencies (Scratch *self, const Run *run)
{
  for (guint32 k = self->n_order; k-- > 1;)
    {
      guint32 p = self->order[k];
      double share = (1 + self->node[p].dependency) / self->node[p].paths;

      if (k % PACE == 0 && g_cancellable_is_cancelled (run->work->cancellable))
        return FALSE;
      kennis_fixed_add (&self->sum[p], self->node[p].dependency);
      for (guint32 i = self->first[k]; i < self->first[k + 1]; i++)
        self->node[self->before[i]].dependency += self->node[self->before[i]].paths * share;
    }
  return TRUE;
}

static void
do_chunk (gsize chunk, guint thread, gpointer data)
{
  Run *run = data;
  Scratch *self = &run->scratch[thread];
  gsize end = MIN ((chunk + 1) * SOURCES, run->work->n_sources);

  if (self->node == NULL)
    scratch_make (self, run);
  for (gsize i = chunk * SOURCES; i < end; i++)
    {
      if (!find_distances (self, run, kennis_betweenness_source (run->work, i)) || !add_up_paths (self, run)
          || !add_up_dependencies (self, run))
        return;
    }
}

/* NULL: cancelled. */
static double *
find_lengths (const double *weight, guint32 m, GCancellable *cancellable)
{
  g_autofree double *length = g_new (double, (gsize) m + 1);

  for (guint32 i = 0; i < m; i++)
    {
      if (i % KENNIS_NETWORK_PACE == 0 && g_cancellable_is_cancelled (cancellable))
        return NULL;
      length[i] = 1 / weight[i];
    }
  return g_steal_pointer (&length);
}

/* Buckets enough for the longest tie; none where they would be too many, or lengths so far apart that rounding counts. */
static void
choose_buckets (Run *run, guint32 m)
{
  double least = INFINITY, most = 0, width;

  for (guint32 i = 0; i < m; i++)
    {
      if (i % KENNIS_NETWORK_PACE == 0 && g_cancellable_is_cancelled (run->work->cancellable))
        return;
      least = MIN (least, run->length[i]);
      most = MAX (most, run->length[i]);
    }
  width = least * NARROWER;
  if (!(most / width < BUCKETS - 2) || !(width > DBL_MIN) || !(1 / width < DBL_MAX))
    return;
  run->buckets_in_one = 1 / width;
  for (run->n_buckets = 4; run->n_buckets < most / width + 2;)
    run->n_buckets *= 2;
}

gboolean
kennis_betweenness_by_weight (const KennisBetweenness *self, GError **error)
{
  const KennisNetwork *network = self->network;
  guint n_threads = kennis_parallel_n_threads (self->n_threads);
  g_autofree Scratch *scratch = g_new0 (Scratch, n_threads);
  g_autofree KennisFixed **sums = g_new0 (KennisFixed *, n_threads);
  g_autofree double *length = find_lengths (network->weight, network->m, self->cancellable);
  g_autofree double *in_length = network->is_undirected || length == NULL
                                     ? NULL
                                     : find_lengths (network->in_weight, network->m, self->cancellable);
  Run run = { self, length, in_length != NULL ? in_length : length, 0, 0, scratch };
  gsize n_chunks = ((gsize) self->n_sources + SOURCES - 1) / SOURCES;
  gboolean fine;

  if (length == NULL || (in_length == NULL && !network->is_undirected))
    return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
  choose_buckets (&run, network->m);
  fine = kennis_parallel_for (n_threads, n_chunks, do_chunk, &run, NULL, self->cancellable, error);
  for (guint t = 0; t < n_threads; t++)
    {
      sums[t] = g_steal_pointer (&scratch[t].sum);
      scratch_clear (&scratch[t]);
    }
  kennis_betweenness_gather (self, sums, n_threads);
  return fine;
}
