#pragma once

#include "network/kennis-network-private.h"

/* Betweenness from some sources; sums in fixed point, so that they are the same whichever thread did what. */
typedef struct
{
  const KennisNetwork *network;
  const guint32       *source;       /* NULL: everyone */
  guint32              n_sources;
  guint                n_threads;
  GCancellable        *cancellable;
  double              *betweenness;  /* n numbers, to be set: Σ over the sources of the dependencies on each person */
} KennisBetweenness;

static inline guint32
kennis_betweenness_source (const KennisBetweenness *self, gsize i)
{
  return self->source != NULL ? self->source[i] : (guint32) i;
}

gboolean kennis_betweenness_by_steps  (const KennisBetweenness *self, GError **error);
gboolean kennis_betweenness_by_weight (const KennisBetweenness *self, GError **error);
/* Adds up what each thread has (NULL: nothing), and frees it. */
void     kennis_betweenness_gather    (const KennisBetweenness *self, KennisFixed **by_thread, guint n_threads);
