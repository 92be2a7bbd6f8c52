#include "config.h"

#include <math.h>

#include "network/kennis-network-private.h"

/* Directed clustering: with B = A + Aᵀ (0, 1 or 2 for each pair), the directed triangles around i are (B³)ᵢᵢ / 2, of
 * d(d − 1) − 2·m possible ones, where d is in- plus out-degree and m the number of mutual ties. */

#define CHUNKS 256

typedef struct
{
  const KennisNetwork  *network;
  const KennisContacts *contacts;   /* weights: B */
  GCancellable         *cancellable;
  double              **mark;       /* by thread: B of the person looked at with each other */
  double               *share;
} Work;

static double
share_of (const KennisContacts *c, double *mark, guint32 p)
{
  double closed = 0, degree = 0, mutual = 0, possible;

  for (guint32 i = c->offset[p]; i < c->offset[p + 1]; i++)
    {
      mark[c->to[i]] = c->weight[i];
      degree += c->weight[i];
      mutual += c->weight[i] == 2;
    }
  for (guint32 i = c->offset[p]; i < c->offset[p + 1]; i++)
    {
      guint32 q = c->to[i];
      double around = 0;

      for (guint32 j = c->offset[q]; j < c->offset[q + 1]; j++)
        around += c->weight[j] * mark[c->to[j]];
      closed += c->weight[i] * around;
    }
  for (guint32 i = c->offset[p]; i < c->offset[p + 1]; i++)
    mark[c->to[i]] = 0;
  possible = degree * (degree - 1) - 2 * mutual;
  return possible > 0 ? closed / 2 / possible : NAN;
}

static void
do_chunk (gsize chunk, guint thread, gpointer data)
{
  Work *self = data;

  if (self->mark[thread] == NULL)
    self->mark[thread] = g_new0 (double, (gsize) self->network->n + 1);
  for (guint32 p = (guint32) chunk; p < self->network->n; p += CHUNKS)
    {
      if (g_cancellable_is_cancelled (self->cancellable))
        return;
      self->share[p] = share_of (self->contacts, self->mark[thread], p);
    }
}

/**
 * kennis_network_directed_clustering:
 * @self: a network
 * @n_threads: threads to use; 0 for one per processor
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Gives each person's directed clustering: directed triangles around the person, of all that could be.
 *
 * Element type: double, one a person: 0 … 1; NaN where no triangle could be.  Weights do not count.
 *
 * Time: O(Σ contacts²).  Memory: 12 bytes for each contact, and 8 a person for each thread.  Source: Fagiolo 2007.
 *
 * Returns: (transfer full): a column; %NULL when cancelled
 *
 * Since: 1.0
 */
GBytes *
kennis_network_directed_clustering (KennisNetwork  *self,
                                    guint           n_threads,
                                    GCancellable   *cancellable,
                                    GError        **error)
{
  g_auto (KennisContacts) contacts = { 0 };
  guint n = kennis_parallel_n_threads (n_threads);
  g_autofree double **mark = g_new0 (double *, n);
  g_autofree double *share = NULL;
  Work work = { self, &contacts, cancellable, mark, NULL };
  gboolean fine;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!kennis_contacts_make (&contacts, self, KENNIS_CONTACTS_TIES, n, cancellable, error))
    return NULL;
  work.share = share = g_new (double, (gsize) self->n + 1);
  fine = kennis_parallel_for (n, CHUNKS, do_chunk, &work, NULL, cancellable, error);
  for (guint t = 0; t < n; t++)
    g_free (mark[t]);
  return fine ? g_bytes_new_take (g_steal_pointer (&share), (gsize) self->n * sizeof (double)) : NULL;
}
