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
      if (to != NULL)
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
  gsize total = 0; /* at most twice the ties, which fits in 32 bits */

  self->offset = g_new0 (guint32, (gsize) network->n + 2);
  for (guint32 p = 0; p < network->n; p++)
    {
      if (p % 4096 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      total += merge_rows (network, p, FALSE, NULL, NULL);
      self->offset[p + 1] = (guint32) total;
    }
  self->to = g_new (guint32, total + 1);
  self->weight = with != KENNIS_CONTACTS_PLAIN ? g_new (double, total + 1) : NULL;
  for (guint32 p = 0; p < network->n; p++)
    {
      if (p % 4096 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      merge_rows (network, p, with == KENNIS_CONTACTS_TIES, self->to + self->offset[p],
                  self->weight != NULL ? self->weight + self->offset[p] : NULL);
    }
  return TRUE;
}

void
kennis_contacts_clear (KennisContacts *self)
{
  g_clear_pointer (&self->offset, g_free);
  g_clear_pointer (&self->to, g_free);
  g_clear_pointer (&self->weight, g_free);
}
