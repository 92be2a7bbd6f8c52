#include "config.h"

#include "network/kennis-network-private.h"

/* The network without directions: two sorted rows merged into one. */

static guint32
merge_rows (const KennisNetwork *network, guint32 p, gboolean ties, guint32 *to, double *weight)
{
  guint32 i = network->offset[p], i_end = network->offset[p + 1], j = network->in_offset[p],
          j_end = network->in_offset[p + 1], n = 0;

  while (i < i_end || j < j_end)
    {
      guint32 a = i < i_end ? network->to[i] : KENNIS_NETWORK_NOBODY;
      guint32 b = j < j_end ? network->from[j] : KENNIS_NETWORK_NOBODY;
      double w = 0;

      if (a <= b)
        w += ties || network->weight == NULL ? 1 : network->weight[i], i++;
      if (b <= a)
        w += ties || network->weight == NULL ? 1 : network->in_weight[j], j++;
      to[n] = MIN (a, b);
      if (weight != NULL)
        weight[n] = w;
      n++;
    }
  return n;
}

gboolean
kennis_contacts_make (KennisContacts *self, const KennisNetwork *network, KennisContactsWeight with,
                      GCancellable *cancellable, GError **error)
{
  /* At most twice the ties, which fits in 32 bits; what is not needed is given back. */
  gsize room = 2 * (gsize) network->m + 1;

  self->offset = g_new0 (guint32, (gsize) network->n + 2);
  self->to = g_new (guint32, room);
  self->weight = with != KENNIS_CONTACTS_PLAIN ? g_new (double, room) : NULL;
  for (guint32 p = 0; p < network->n; p++)
    {
      guint32 at = self->offset[p];

      if (p % 4096 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      self->offset[p + 1] = at
                            + merge_rows (network, p, with == KENNIS_CONTACTS_TIES, self->to + at,
                                          self->weight != NULL ? self->weight + at : NULL);
    }
  self->to = g_renew (guint32, self->to, (gsize) self->offset[network->n] + 1);
  if (self->weight != NULL)
    self->weight = g_renew (double, self->weight, (gsize) self->offset[network->n] + 1);
  return TRUE;
}

void
kennis_contacts_clear (KennisContacts *self)
{
  g_clear_pointer (&self->offset, g_free);
  g_clear_pointer (&self->to, g_free);
  g_clear_pointer (&self->weight, g_free);
}
