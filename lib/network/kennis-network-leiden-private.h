#pragma once

#include "base/kennis-random-private.h"
#include "network/kennis-network-private.h"

/* A network of groups (first: of people), as modularity sees it: the weights both ways together, without loops, and what each
 * gives and receives in all. */
typedef struct
{
  guint32  n;
  guint32 *offset, *to;
  double  *weight;
  double  *given, *received;
} KennisLeidenGraph;

/* What all steps share. */
typedef struct
{
  double        per_chance;     /* resolution / all weight */
  KennisRandom  random;
  GCancellable *cancellable;
  guint64       n_looked;       /* contacts since the last look at the cancellable */
  gboolean      is_over;        /* cancelled: what there is makes no sense any more */
} KennisLeiden;

/* Looks at the cancellable whenever so many contacts were looked at; v is whose turn it is. */
static inline gboolean
kennis_leiden_is_over (KennisLeiden *self, const KennisLeidenGraph *graph, guint32 v)
{
  self->n_looked += 1 + graph->offset[v + 1] - graph->offset[v];
  if (self->n_looked < KENNIS_NETWORK_PACE)
    return self->is_over;
  self->n_looked = 0;
  if (g_cancellable_is_cancelled (self->cancellable))
    self->is_over = TRUE;
  return self->is_over;
}

void kennis_leiden_graph_clear (KennisLeidenGraph *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KennisLeidenGraph, kennis_leiden_graph_clear)

/* What weight chance gives between two with these sums. */
static inline double
kennis_leiden_chance (const KennisLeiden *self, double given_a, double received_a, double given_b, double received_b)
{
  return self->per_chance * (given_a * received_b + received_a * given_b);
}

/* Splits each community into parts that hang together: part[v] for every v, numbered from 0.  Returns their number.  A part never
 * reaches out of its community. */
guint32 kennis_leiden_refine (KennisLeiden *self, const KennisLeidenGraph *graph, const guint32 *community, guint32 *part);
/* In random order. */
guint32 *kennis_leiden_shuffle (KennisLeiden *self, guint32 n);
