#include "config.h"

#include "network/kennis-network-private.h"

/* The ties as columns for others' tools.  They share the network's memory and keep it alive. */

static GBytes *
share (KennisNetwork *self,
       gconstpointer  data,
       gsize          size)
{
  if (size == 0)
    return g_bytes_new (NULL, 0);
  return g_bytes_new_with_free_func (data, size, g_object_unref, g_object_ref (self));
}

/**
 * kennis_network_get_offsets:
 * @self: a network
 * @side: %KENNIS_SIDE_GIVING for ties by giver, %KENNIS_SIDE_RECEIVING by receiver
 *
 * Gets where each person's ties begin in [method@Network.get_others] and [method@Network.get_weights] of the same side.
 *
 * Element type: guint32 (below 2³¹), one a person and a last one that is the number of ties: `indptr` of a compressed sparse
 * row (giving) or column (receiving) matrix.  The memory is the network's.
 *
 * Returns: (transfer full): a column
 *
 * Since: 1.0
 */
GBytes *
kennis_network_get_offsets (KennisNetwork *self,
                            KennisSide     side)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (side == KENNIS_SIDE_GIVING || side == KENNIS_SIDE_RECEIVING, NULL);

  return share (self, side == KENNIS_SIDE_GIVING ? self->offset : self->in_offset,
                ((gsize) self->n + 1) * sizeof (guint32));
}

/**
 * kennis_network_get_others:
 * @self: a network
 * @side: %KENNIS_SIDE_GIVING for the receivers of each giver, %KENNIS_SIDE_RECEIVING for the givers of each receiver
 *
 * Gets who is at the other end of each tie.
 *
 * Element type: guint32, one a tie, those of a person sorted: `indices` of a compressed sparse matrix.  The memory is the network's.
 *
 * Returns: (transfer full): a column
 *
 * Since: 1.0
 */
GBytes *
kennis_network_get_others (KennisNetwork *self,
                           KennisSide     side)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (side == KENNIS_SIDE_GIVING || side == KENNIS_SIDE_RECEIVING, NULL);

  return share (self, side == KENNIS_SIDE_GIVING ? self->to : self->from, (gsize) self->m * sizeof (guint32));
}

/**
 * kennis_network_get_weights:
 * @self: a network
 * @side: as in [method@Network.get_others]
 *
 * Gets the weight of each tie.
 *
 * Element type: double, one a tie: `data` of a compressed sparse matrix.  The memory is the network's, but where all weights are 1.
 *
 * Returns: (transfer full): a column
 *
 * Since: 1.0
 */
GBytes *
kennis_network_get_weights (KennisNetwork *self,
                            KennisSide     side)
{
  double *ones;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (side == KENNIS_SIDE_GIVING || side == KENNIS_SIDE_RECEIVING, NULL);

  if (self->weight != NULL)
    return share (self, side == KENNIS_SIDE_GIVING ? self->weight : self->in_weight, (gsize) self->m * sizeof (double));
  ones = g_new (double, (gsize) self->m + 1);
  for (guint32 i = 0; i < self->m; i++)
    ones[i] = 1;
  return g_bytes_new_take (ones, (gsize) self->m * sizeof (double));
}

/**
 * kennis_network_get_givers:
 * @self: a network
 *
 * Gets the giver of each tie, in the order of [method@Network.get_others] by giver: with it, the ties as pairs.
 *
 * Element type: guint32, one a tie.
 *
 * Time: O(people + ties).
 *
 * Returns: (transfer full): a column
 *
 * Since: 1.0
 */
GBytes *
kennis_network_get_givers (KennisNetwork *self)
{
  guint32 *givers;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);

  givers = g_new (guint32, (gsize) self->m + 1);
  for (guint32 p = 0; p < self->n; p++)
    for (guint32 i = self->offset[p]; i < self->offset[p + 1]; i++)
      givers[i] = p;
  return g_bytes_new_take (givers, (gsize) self->m * sizeof (guint32));
}
