#include "config.h"

#include <math.h>

#include "network/kennis-network-private.h"

#define CHUNKS 256

typedef struct
{
  const KennisContacts *contacts;
  guint32               n;
  const double         *part;         /* 1 / Σ weights, by person */
  double              **through;      /* by thread, by person: NaN where not a contact of the one looked at */
  double               *constraint;
  GCancellable         *cancellable;
} Work;

/* Σⱼ (pᵢⱼ + Σ_q pᵢ_q p_qⱼ)² over i's contacts j, with p the share of someone's ties, both ways, that goes to another. */
static double
constraint_of (const Work *self, double *through, guint32 i)
{
  const KennisContacts *c = self->contacts;
  double sum = 0;

  for (guint32 t = c->offset[i]; t < c->offset[i + 1]; t++)
    through[c->to[t]] = c->weight[t] * self->part[i];
  for (guint32 t = c->offset[i]; t < c->offset[i + 1]; t++)
    {
      guint32 q = c->to[t];
      double share = c->weight[t] * self->part[i] * self->part[q];

      /* Who is no contact has NaN, and stays so; i too. */
      for (guint32 u = c->offset[q]; u < c->offset[q + 1]; u++)
        through[c->to[u]] += share * c->weight[u];
    }
  for (guint32 t = c->offset[i]; t < c->offset[i + 1]; t++)
    {
      sum += through[c->to[t]] * through[c->to[t]];
      through[c->to[t]] = NAN;
    }
  return sum;
}

static void
do_chunk (gsize chunk, guint thread, gpointer data)
{
  Work *self = data;
  guint32 end = (guint32) ((guint64) self->n * (chunk + 1) / CHUNKS);

  if (self->through[thread] == NULL)
    {
      self->through[thread] = g_new (double, (gsize) self->n + 1);
      for (guint32 p = 0; p < self->n; p++)
        self->through[thread][p] = NAN;
    }
  /* People side by side, as teams are, have contacts together, whose rows are near then. */
  for (guint32 p = (guint32) ((guint64) self->n * chunk / CHUNKS); p < end; p++)
    {
      if (g_cancellable_is_cancelled (self->cancellable))
        return;
      self->constraint[p] = self->contacts->offset[p] < self->contacts->offset[p + 1]
                                ? constraint_of (self, self->through[thread], p)
                                : NAN;
    }
}

static double *
find_parts (const KennisContacts *contacts, guint32 n)
{
  double *part = g_new (double, (gsize) n + 1);

  for (guint32 p = 0; p < n; p++)
    {
      double sum = 0;

      for (guint32 i = contacts->offset[p]; i < contacts->offset[p + 1]; i++)
        sum += contacts->weight[i];
      part[p] = sum > 0 ? 1 / sum : 0;
    }
  return part;
}

/**
 * kennis_network_constraint:
 * @self: a network
 * @n_threads: threads to use; 0 for one per processor
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Gives each person's constraint: how far the person's contacts are each other's contacts, so that little new can come through them.
 *
 * With a the weights of both ways together and pᵢⱼ = aᵢⱼ / Σₖ aᵢₖ, the constraint of i is Σⱼ (pᵢⱼ + Σ_q pᵢ_q p_qⱼ)² over i's contacts j, q
 * neither i nor j.  Element type: double, one a person: above 0, about 1 or less, at most 9/8; NaN without contacts.
 *
 * Time: O(Σ contacts²).  Memory: 12 bytes for each contact, 16 a person, and 8 a person for each thread.
 * Source: Burt 1992; as igraph defines it (sum over direct contacts).
 *
 * Returns: (transfer full): a column; %NULL when cancelled
 *
 * Since: 1.0
 */
GBytes *
kennis_network_constraint (KennisNetwork  *self,
                           guint           n_threads,
                           GCancellable   *cancellable,
                           GError        **error)
{
  g_auto (KennisContacts) contacts = { 0 };
  guint n = kennis_parallel_n_threads (n_threads);
  g_autofree double **through = g_new0 (double *, n);
  g_autofree double *part = NULL, *constraint = NULL;
  Work work = { 0 };
  gboolean fine;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!kennis_contacts_make (&contacts, self, KENNIS_CONTACTS_WEIGHTS, n, cancellable, error))
    return NULL;
  part = find_parts (&contacts, self->n);
  constraint = g_new (double, (gsize) self->n + 1);
  work = (Work) { &contacts, self->n, part, through, constraint, cancellable };
  fine = kennis_parallel_for (n, CHUNKS, do_chunk, &work, NULL, cancellable, error);
  for (guint t = 0; t < n; t++)
    g_free (through[t]);
  return fine ? g_bytes_new_take (g_steal_pointer (&constraint), (gsize) self->n * sizeof (double)) : NULL;
}
