#include "config.h"

#include <math.h>
#include <string.h>

#include "network/kennis-network-leiden-private.h"

/* The Leiden algorithm (Traag, Waltman & van Eck 2019) with directed modularity (Leicht & Newman 2008): move people to better
 * communities, split these into parts that hang together, make a network of the parts, and so on. */

/* Runs from where the last one ended; the most that are made where each brings something. */
#define RUNS 10
/* Starts anew, of which the best is kept: many where they cost nothing, as small networks have most traps for their size. */
#define STARTS(n) CLAMP (100000 / ((n) + 1), 1, 10)

void
kennis_leiden_graph_clear (KennisLeidenGraph *self)
{
  g_clear_pointer (&self->offset, g_free);
  g_clear_pointer (&self->to, g_free);
  g_clear_pointer (&self->weight, g_free);
  g_clear_pointer (&self->given, g_free);
  g_clear_pointer (&self->received, g_free);
}

guint32 *
kennis_leiden_shuffle (KennisLeiden *self, guint32 n)
{
  guint32 *order = g_new (guint32, (gsize) n + 1);

  for (guint32 i = 0; i < n; i++)
    {
      guint32 j = kennis_random_below (&self->random, i + 1);

      order[i] = order[j];
      order[j] = i;
    }
  return order;
}

/* Everyone whose surroundings changed, once; a ring. */
typedef struct
{
  guint32 *item;
  guint8  *is_in;
  guint32  n, first, count;
} Queue;

static void
enqueue (Queue *self, guint32 v)
{
  if (self->is_in[v])
    return;
  self->is_in[v] = 1;
  self->item[(self->first + (guint64) self->count++) % self->n] = v;
}

static guint32
dequeue (Queue *self)
{
  guint32 v = self->item[self->first];

  self->first = self->first + 1 == self->n ? 0 : self->first + 1;
  self->count--;
  self->is_in[v] = 0;
  return v;
}

typedef struct
{
  KennisLeiden            *leiden;
  const KennisLeidenGraph *graph;
  guint32 *community;
  double  *given, *received, *weight;   /* by community; weight: of the one looked at, 0 in between */
  guint32 *size, *near, *empty;         /* empty: communities of nobody */
  guint32  n_empty;
} Moving;

/* The best community for v, its own where none is better. */
static guint32
find_best (Moving *self, guint32 v, guint32 n_near)
{
  const KennisLeidenGraph *g = self->graph;
  guint32 own = self->community[v], best = own;
  double most = self->weight[own]
                - kennis_leiden_chance (self->leiden, g->given[v], g->received[v], self->given[own] - g->given[v],
                                        self->received[own] - g->received[v]);
  double enough = 1e-12 * (fabs (most) + g->given[v] + g->received[v]);

  for (guint32 k = 0; k < n_near; k++)
    {
      guint32 c = self->near[k];
      double gain;

      if (c == own)
        continue;
      gain = self->weight[c]
             - kennis_leiden_chance (self->leiden, g->given[v], g->received[v], self->given[c], self->received[c]);
      if (gain > most + enough)
        {
          most = gain;
          best = c;
        }
    }
  /* Alone is better than badly placed. */
  if (most < -enough && self->n_empty > 0)
    best = self->empty[self->n_empty - 1];
  return best;
}

static void
change (Moving *self, guint32 v, guint32 c)
{
  guint32 own = self->community[v];

  if (self->n_empty > 0 && self->empty[self->n_empty - 1] == c)
    self->n_empty--;
  self->given[own] -= self->graph->given[v];
  self->received[own] -= self->graph->received[v];
  if (--self->size[own] == 0)
    {
      self->given[own] = self->received[own] = 0;
      self->empty[self->n_empty++] = own;
    }
  self->given[c] += self->graph->given[v];
  self->received[c] += self->graph->received[v];
  self->size[c]++;
  self->community[v] = c;
}

static void
visit (Moving *self, guint32 v, Queue *queue)
{
  const KennisLeidenGraph *g = self->graph;
  guint32 n_near = 0, best;

  for (guint32 i = g->offset[v]; i < g->offset[v + 1]; i++)
    {
      guint32 c = self->community[g->to[i]];

      if (self->weight[c] == 0)
        self->near[n_near++] = c;
      self->weight[c] += g->weight[i];
    }
  best = find_best (self, v, n_near);
  for (guint32 k = 0; k < n_near; k++)
    self->weight[self->near[k]] = 0;
  if (best == self->community[v])
    return;
  change (self, v, best);
  for (guint32 i = g->offset[v]; i < g->offset[v + 1]; i++)
    if (self->community[g->to[i]] != best)
      enqueue (queue, g->to[i]);
}

static void
move (KennisLeiden *leiden, const KennisLeidenGraph *graph, guint32 *community)
{
  gsize n = (gsize) graph->n + 1;
  g_autofree double *numbers = g_new0 (double, 3 * n);
  g_autofree guint32 *size = g_new0 (guint32, n), *near = g_new (guint32, n), *empty = g_new (guint32, n),
                     *order = kennis_leiden_shuffle (leiden, graph->n);
  g_autofree guint8 *is_in = g_malloc (n);
  Queue queue = { order, is_in, graph->n, 0, graph->n };
  Moving moving = { .leiden = leiden, .graph = graph, .community = community, .given = numbers,
                    .received = numbers + n, .weight = numbers + 2 * n, .size = size, .near = near, .empty = empty };

  memset (is_in, 1, n);
  for (guint32 v = 0; v < graph->n && !kennis_leiden_is_over (leiden, graph, v); v++)
    {
      moving.given[community[v]] += graph->given[v];
      moving.received[community[v]] += graph->received[v];
      size[community[v]]++;
    }
  for (guint32 c = graph->n; c-- > 0;)
    if (size[c] == 0)
      empty[moving.n_empty++] = c;
  while (queue.count > 0 && !kennis_leiden_is_over (leiden, graph, queue.item[queue.first]))
    visit (&moving, dequeue (&queue), &queue);
}

/* To 0, 1, 2 … in order of the first; returns how many. */
static guint32
renumber (guint32 *community, guint32 n)
{
  g_autofree guint32 *name = g_new (guint32, (gsize) n + 1);
  guint32 n_names = 0;

  for (guint32 v = 0; v < n; v++)
    name[v] = KENNIS_NETWORK_NOBODY;
  for (guint32 v = 0; v < n; v++)
    {
      if (name[community[v]] == KENNIS_NETWORK_NOBODY)
        name[community[v]] = n_names++;
      community[v] = name[community[v]];
    }
  return n_names;
}

/* The members of each part, one part after another. */
static void
list_members (const guint32 *part, guint32 n, guint32 n_parts, guint32 **first, guint32 **members)
{
  guint32 *offset = g_new0 (guint32, (gsize) n_parts + 2), *list = g_new (guint32, (gsize) n + 1);

  for (guint32 v = 0; v < n; v++)
    offset[part[v] + 2]++;
  for (gsize p = 2; p < (gsize) n_parts + 2; p++)
    offset[p] += offset[p - 1];
  for (guint32 v = 0; v < n; v++)
    list[offset[part[v] + 1]++] = v;
  *first = offset;
  *members = list;
}

static void
aggregate (KennisLeiden *self, const KennisLeidenGraph *graph, const guint32 *part, guint32 n_parts,
           KennisLeidenGraph *out)
{
  g_autofree guint32 *first = NULL, *members = NULL, *near = g_new (guint32, (gsize) n_parts + 1);
  g_autofree double *weight = g_new0 (double, (gsize) n_parts + 1);
  guint32 at = 0;

  list_members (part, graph->n, n_parts, &first, &members);
  *out = (KennisLeidenGraph) { .n = n_parts };
  out->offset = g_new (guint32, (gsize) n_parts + 1);
  out->to = g_new (guint32, (gsize) graph->offset[graph->n] + 1);
  out->weight = g_new (double, (gsize) graph->offset[graph->n] + 1);
  out->given = g_new0 (double, (gsize) n_parts + 1);
  out->received = g_new0 (double, (gsize) n_parts + 1);
  for (guint32 p = 0; p < n_parts && !self->is_over; p++)
    {
      guint32 n_near = 0;

      out->offset[p] = at;
      for (guint32 k = first[p]; k < first[p + 1]; k++)
        {
          guint32 v = members[k];

          if (kennis_leiden_is_over (self, graph, v))
            break;
          out->given[p] += graph->given[v];
          out->received[p] += graph->received[v];
          for (guint32 i = graph->offset[v]; i < graph->offset[v + 1]; i++)
            {
              guint32 q = part[graph->to[i]];

              if (q == p)
                continue;
              if (weight[q] == 0)
                near[n_near++] = q;
              weight[q] += graph->weight[i];
            }
        }
      for (guint32 k = 0; k < n_near; k++)
        {
          out->to[at] = near[k];
          out->weight[at++] = weight[near[k]];
          weight[near[k]] = 0;
        }
    }
  out->offset[n_parts] = at;
}

static void
first_graph (KennisLeiden *self, KennisNetwork *network, KennisContacts *contacts, gboolean weighted,
             KennisLeidenGraph *graph)
{
  *graph = (KennisLeidenGraph) { .n = network->n,
                                 .offset = g_steal_pointer (&contacts->offset),
                                 .to = g_steal_pointer (&contacts->to),
                                 .weight = g_steal_pointer (&contacts->weight) };
  graph->given = g_new0 (double, (gsize) network->n + 1);
  graph->received = g_new0 (double, (gsize) network->n + 1);
  for (guint32 p = 0; p < network->n && !kennis_leiden_is_over (self, graph, p); p++)
    for (guint32 i = network->offset[p]; i < network->offset[p + 1]; i++)
      {
        double weight = weighted && network->weight != NULL ? network->weight[i] : 1;

        graph->given[p] += weight;
        graph->received[network->to[i]] += weight;
      }
}

/* One run over all levels, from the communities that there are. */
static void
improve (KennisLeiden *self, const KennisLeidenGraph *graph, guint32 *community)
{
  g_auto (KennisLeidenGraph) held = { 0 };
  const KennisLeidenGraph *level = graph;
  guint32 n = graph->n;
  g_autofree guint32 *place = g_new (guint32, (gsize) n + 1), *here = g_memdup2 (community, ((gsize) n + 1) * 4);

  for (guint32 v = 0; v < n; v++)
    place[v] = v;
  while (!self->is_over)
    {
      g_autofree guint32 *part = g_new (guint32, (gsize) level->n + 1), *next = NULL;
      KennisLeidenGraph smaller;
      guint32 n_parts;

      move (self, level, here);
      if (self->is_over)
        break;
      n_parts = renumber (here, level->n);
      for (guint32 v = 0; v < n; v++)
        community[v] = here[place[v]];
      if (n_parts == level->n)
        break;
      n_parts = kennis_leiden_refine (self, level, here, part);
      if (self->is_over)
        break;
      /* Nothing hangs together: the communities themselves go on. */
      if (n_parts == level->n)
        {
          memcpy (part, here, (gsize) level->n * sizeof *part);
          n_parts = renumber (part, level->n);
        }
      aggregate (self, level, part, n_parts, &smaller);
      next = g_new (guint32, (gsize) n_parts + 1);
      for (guint32 v = 0; v < level->n; v++)
        next[part[v]] = here[v];
      for (guint32 v = 0; v < n; v++)
        place[v] = part[place[v]];
      memcpy (here, next, (gsize) n_parts * sizeof *here);
      kennis_leiden_graph_clear (&held);
      held = smaller;
      level = &held;
    }
}

/* Runs until nothing changes.  Returns the weight inside of communities beyond chance. */
static double
search (KennisLeiden *self, const KennisLeidenGraph *graph, guint32 *community)
{
  gsize n = (gsize) graph->n + 1;
  g_autofree guint32 *before = g_new (guint32, n);
  g_autofree double *given = g_new0 (double, n), *received = g_new0 (double, n);
  double quality = 0;

  for (guint32 v = 0; v < n; v++)
    community[v] = v;
  for (guint i = 0; i < RUNS && !self->is_over; i++)
    {
      memcpy (before, community, n * sizeof *before);
      improve (self, graph, community);
      if (memcmp (before, community, n * sizeof *before) == 0)
        break;
    }
  for (guint32 v = 0; v < graph->n && !kennis_leiden_is_over (self, graph, v); v++)
    {
      given[community[v]] += graph->given[v];
      received[community[v]] += graph->received[v];
      for (guint32 i = graph->offset[v]; i < graph->offset[v + 1]; i++)
        quality += community[graph->to[i]] == community[v] ? graph->weight[i] / 2 : 0;
    }
  for (guint32 c = 0; c < graph->n; c++)
    quality -= self->per_chance * given[c] * received[c];
  return quality;
}

/**
 * kennis_network_communities:
 * @self: a network
 * @resolution: 1 is usual; more gives more and smaller communities
 * @weighted: whether ties count by their weight
 * @seed: of the order in which people are looked at
 * @n_communities: (out) (optional): how many there are
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Finds communities: groups of people with more ties inside than chance gives, by the Leiden algorithm with directed modularity.
 *
 * Element type: guint32, one a person: the number of their community, in order of its first person.  Who has no tie is a community.
 * Communities hang together.  [method@Network.modularity] tells how good they are.  The same seed gives the same communities.  Of up to ten
 * starts (100 000 / people) the best is kept.
 *
 * Time: near O(ties) in practice, on one thread.  Memory: 24 bytes for each contact and 130 a person.
 * Source: Traag, Waltman & van Eck 2019; Leicht & Newman 2008.
 *
 * Returns: (transfer full): a column; %NULL when cancelled
 *
 * Since: 1.0
 */
GBytes *
kennis_network_communities (KennisNetwork  *self,
                            double          resolution,
                            gboolean        weighted,
                            guint64         seed,
                            guint          *n_communities,
                            GCancellable   *cancellable,
                            GError        **error)
{
  g_auto (KennisContacts) contacts = { 0 };
  g_auto (KennisLeidenGraph) graph = { 0 };
  g_autofree guint32 *community = NULL, *best = NULL;
  KennisLeiden leiden = { .cancellable = cancellable };
  double all, most = -INFINITY;
  guint32 n;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (resolution >= 0 && isfinite (resolution), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!kennis_contacts_make (&contacts, self, weighted ? KENNIS_CONTACTS_WEIGHTS : KENNIS_CONTACTS_TIES, 1, cancellable,
                             error))
    return NULL;
  first_graph (&leiden, self, &contacts, weighted, &graph);
  all = weighted ? kennis_network_get_total_weight (self) : self->m;
  leiden.per_chance = all > 0 ? resolution / all : 0;
  community = g_new (guint32, (gsize) self->n + 1);
  best = g_new (guint32, (gsize) self->n + 1);
  for (guint start = 0; start < STARTS (self->n) && !leiden.is_over; start++)
    {
      double quality;

      kennis_random_init (&leiden.random, seed, start);
      quality = search (&leiden, &graph, community);
      if (start > 0 && !(quality > most))
        continue;
      most = quality;
      memcpy (best, community, ((gsize) self->n + 1) * sizeof *best);
    }
  if (leiden.is_over || g_cancellable_is_cancelled (cancellable))
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }
  n = renumber (best, self->n);
  if (n_communities != NULL)
    *n_communities = n;
  return g_bytes_new_take (g_steal_pointer (&best), (gsize) self->n * sizeof (guint32));
}
