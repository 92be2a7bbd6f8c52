#include "config.h"

#include "network/kennis-network-partition-private.h"

#define CHUNKS  256
#define N_ROLES (KENNIS_BROKERAGE_ROLE_LIAISON + 1)

typedef struct
{
  const KennisNetwork *network;
  const guint32       *of;       /* group, by person */
  guint32            **mark;     /* by thread: a + 1 for whom a gives to */
  guint64            **count;    /* by thread: N_ROLES a person */
  GCancellable        *cancellable;
} Work;

static KennisBrokerageRole
role_of (guint32 giver, guint32 broker, guint32 receiver)
{
  if (giver == broker)
    return broker == receiver ? KENNIS_BROKERAGE_ROLE_COORDINATOR : KENNIS_BROKERAGE_ROLE_REPRESENTATIVE;
  if (broker == receiver)
    return KENNIS_BROKERAGE_ROLE_GATEKEEPER;
  return giver == receiver ? KENNIS_BROKERAGE_ROLE_CONSULTANT : KENNIS_BROKERAGE_ROLE_LIAISON;
}

/* Those to whom a gives only through others, by broker. */
static void
count_from (const Work *self, guint32 a, guint32 *mark, guint64 *count)
{
  const KennisNetwork *n = self->network;

  mark[a] = a + 1;
  for (guint32 i = n->offset[a]; i < n->offset[a + 1]; i++)
    mark[n->to[i]] = a + 1;
  for (guint32 i = n->offset[a]; i < n->offset[a + 1]; i++)
    {
      guint32 b = n->to[i];

      if (self->of[b] == KENNIS_NETWORK_NOBODY)
        continue;
      for (guint32 j = n->offset[b]; j < n->offset[b + 1]; j++)
        {
          guint32 c = n->to[j];

          if (mark[c] != a + 1 && self->of[c] != KENNIS_NETWORK_NOBODY)
            count[(gsize) b * N_ROLES + role_of (self->of[a], self->of[b], self->of[c])]++;
        }
    }
}

static void
do_chunk (gsize chunk, guint thread, gpointer data)
{
  Work *self = data;
  guint32 n = self->network->n;

  if (self->mark[thread] == NULL)
    {
      self->mark[thread] = g_new0 (guint32, (gsize) n + 1);
      self->count[thread] = g_new0 (guint64, (gsize) n * N_ROLES + 1);
    }
  for (guint32 a = (guint32) chunk; a < n; a += CHUNKS)
    {
      if (g_cancellable_is_cancelled (self->cancellable))
        return;
      if (self->of[a] != KENNIS_NETWORK_NOBODY)
        count_from (self, a, self->mark[thread], self->count[thread]);
    }
}

/**
 * kennis_network_brokerage:
 * @self: a network
 * @groups: guint32 a person: the group, or 4294967295 where it is not known
 * @n_threads: threads to use; 0 for one per processor
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Counts how often each person stands between two others, by role ([enum@BrokerageRole]): a gives to the person, who gives to c, and a does not
 * give to c.
 *
 * Element type: guint64, five a person, in the order of the roles.  Where a group of the three is not known, they do not count.
 *
 * Errors: %KENNIS_ERROR_INVALID where @groups is not one a person; %G_IO_ERROR_CANCELLED.
 *
 * Time: O(Σ receiving · giving ties).  Memory: 44 bytes a person for each thread.  Source: Gould & Fernandez 1989.
 *
 * Returns: (transfer full): a column; %NULL with an error
 *
 * Since: 1.0
 */
GBytes *
kennis_network_brokerage (KennisNetwork  *self,
                          GBytes         *groups,
                          guint           n_threads,
                          GCancellable   *cancellable,
                          GError        **error)
{
  guint n = kennis_parallel_n_threads (n_threads);
  g_autofree guint32 **mark = g_new0 (guint32 *, n);
  g_autofree guint64 **count = g_new0 (guint64 *, n);
  g_autofree guint64 *sum = NULL;
  Work work = { self, NULL, mark, count, cancellable };
  gsize size;
  gboolean fine;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self) && groups != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  work.of = kennis_network_check_groups (self, groups, error);
  if (work.of == NULL)
    return NULL;
  fine = kennis_parallel_for (n, CHUNKS, do_chunk, &work, NULL, cancellable, error);
  size = (gsize) self->n * N_ROLES;
  sum = g_new0 (guint64, size + 1);
  for (guint t = 0; t < n; t++)
    {
      for (gsize i = 0; count[t] != NULL && i < size; i++)
        sum[i] += count[t][i];
      g_free (mark[t]);
      g_free (count[t]);
    }
  return fine ? g_bytes_new_take (g_steal_pointer (&sum), size * sizeof (guint64)) : NULL;
}
