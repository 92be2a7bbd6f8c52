#include "config.h"

#include <math.h>

#include "network/kennis-network-leiden-private.h"

/* How freely parts are chosen that are not the best; in weights of a tie. */
#define RANDOMNESS 0.01

typedef struct
{
  KennisLeiden            *leiden;
  const KennisLeidenGraph *graph;
  const guint32           *community;
  guint32                 *part;
  double *given, *received;          /* of communities */
  double *part_given, *part_received, *cut;   /* of parts; cut: weight to the rest of the community */
  guint32 *size;                     /* of parts */
  double *weight;                    /* from the one looked at to parts; 0 in between */
  guint32 *near;                     /* parts with a weight */
  double *chance;                    /* by place in near */
  double  freedom;
} Refining;

/* Do they hang together with the rest of the community at least as chance would have it? */
static gboolean
hangs_together (const Refining *self, guint32 c, double given, double received, double cut)
{
  return cut
         >= kennis_leiden_chance (self->leiden, given, received, self->given[c] - given, self->received[c] - received);
}

static guint32
find_near (Refining *self, guint32 v)
{
  const KennisLeidenGraph *g = self->graph;
  guint32 n = 0;

  for (guint32 i = g->offset[v]; i < g->offset[v + 1]; i++)
    {
      guint32 u = g->to[i], part = self->part[u];

      if (self->community[u] != self->community[v])
        continue;
      if (self->weight[part] == 0)
        self->near[n++] = part;
      self->weight[part] += g->weight[i];
    }
  return n;
}

/* A part to join, by chance weighed by what it brings; v's own to stay alone. */
static guint32
choose (Refining *self, guint32 v, guint32 n_near)
{
  const KennisLeidenGraph *g = self->graph;
  double best = 0, sum = 0, at;

  for (guint32 k = 0; k < n_near; k++)
    {
      guint32 part = self->near[k];
      double gain = self->weight[part]
                    - kennis_leiden_chance (self->leiden, g->given[v], g->received[v], self->part_given[part],
                                            self->part_received[part]);

      self->chance[k] =
          hangs_together (self, self->community[v], self->part_given[part], self->part_received[part], self->cut[part])
              ? gain
              : -1;
      best = MAX (best, self->chance[k]);
    }
  sum = exp (-best / self->freedom);
  for (guint32 k = 0; k < n_near; k++)
    {
      self->chance[k] = self->chance[k] >= 0 ? exp ((self->chance[k] - best) / self->freedom) : 0;
      sum += self->chance[k];
    }
  at = kennis_random_uniform (&self->leiden->random) * sum;
  for (guint32 k = 0; k < n_near; k++)
    {
      if (at < self->chance[k])
        return self->near[k];
      at -= self->chance[k];
    }
  return self->part[v];
}

static void
join (Refining *self, guint32 v, guint32 part)
{
  guint32 own = self->part[v];

  self->cut[part] += self->cut[own] - 2 * self->weight[part];
  self->part_given[part] += self->graph->given[v];
  self->part_received[part] += self->graph->received[v];
  self->size[part]++;
  self->size[own] = 0;
  self->part[v] = part;
}

static void
visit (Refining *self, guint32 v)
{
  guint32 own = self->part[v], n_near, part;

  if (self->size[own] != 1
      || !hangs_together (self, self->community[v], self->graph->given[v], self->graph->received[v], self->cut[own]))
    return;
  n_near = find_near (self, v);
  part = choose (self, v, n_near);
  if (part != own)
    join (self, v, part);
  for (guint32 k = 0; k < n_near; k++)
    self->weight[self->near[k]] = 0;
}

static void
begin (Refining *self)
{
  const KennisLeidenGraph *g = self->graph;
  double all = 0;

  for (guint32 v = 0; v < g->n && !kennis_leiden_is_over (self->leiden, g, v); v++)
    {
      self->part[v] = v;
      self->size[v] = 1;
      self->given[self->community[v]] += g->given[v];
      self->received[self->community[v]] += g->received[v];
      self->part_given[v] = g->given[v];
      self->part_received[v] = g->received[v];
      for (guint32 i = g->offset[v]; i < g->offset[v + 1]; i++)
        {
          self->cut[v] += self->community[g->to[i]] == self->community[v] ? g->weight[i] : 0;
          all += g->weight[i];
        }
    }
  self->freedom = RANDOMNESS * (g->offset[g->n] > 0 ? all / g->offset[g->n] : 1);
}

guint32
kennis_leiden_refine (KennisLeiden *self, const KennisLeidenGraph *graph, const guint32 *community, guint32 *part)
{
  gsize n = (gsize) graph->n + 1;
  g_autofree double *numbers = g_new0 (double, 7 * n);
  g_autofree guint32 *size = g_new0 (guint32, n), *near = g_new (guint32, n), *name = NULL;
  g_autofree guint32 *order = kennis_leiden_shuffle (self, graph->n);
  Refining refining = { .leiden = self, .graph = graph, .community = community, .part = part,
                        .given = numbers, .received = numbers + n, .part_given = numbers + 2 * n,
                        .part_received = numbers + 3 * n, .cut = numbers + 4 * n, .weight = numbers + 5 * n,
                        .chance = numbers + 6 * n, .size = size, .near = near };
  guint32 n_parts = 0;

  begin (&refining);
  for (guint32 i = 0; i < graph->n && !kennis_leiden_is_over (self, graph, order[i]); i++)
    visit (&refining, order[i]);
  if (self->is_over)
    return 0;
  name = g_new (guint32, n);
  for (guint32 v = 0; v < graph->n; v++)
    name[v] = KENNIS_NETWORK_NOBODY;
  for (guint32 v = 0; v < graph->n; v++)
    {
      if (name[part[v]] == KENNIS_NETWORK_NOBODY)
        name[part[v]] = n_parts++;
      part[v] = name[part[v]];
    }
  return n_parts;
}
