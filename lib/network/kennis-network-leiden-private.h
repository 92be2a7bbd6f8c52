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
} KennisLeiden;

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
