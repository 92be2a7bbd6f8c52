#include "config.h"

#include "network/kennis-network-private.h"

/**
 * kennis_network_degrees:
 * @self: a network
 * @side: whom to count
 *
 * Counts each person's ties: to how many a person gives, from how many a person receives, or both together, where someone
 * who is both counts twice.
 *
 * Element type: guint32, one a person.
 *
 * Time: O(people).
 *
 * Returns: (transfer full): a column
 *
 * Since: 1.0
 */
GBytes *
kennis_network_degrees (KennisNetwork *self,
                        KennisSide     side)
{
  guint32 *degree;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);

  degree = g_new (guint32, (gsize) self->n + 1);
  for (guint32 p = 0; p < self->n; p++)
    degree[p] = (side != KENNIS_SIDE_RECEIVING ? kennis_network_out_degree (self, p) : 0)
                + (side != KENNIS_SIDE_GIVING ? kennis_network_in_degree (self, p) : 0);
  return g_bytes_new_take (degree, (gsize) self->n * sizeof (guint32));
}

static double
sum_row (const guint32 *offset, const double *weight, guint32 p)
{
  double sum = 0;

  if (weight == NULL)
    return offset[p + 1] - offset[p];
  for (guint32 i = offset[p]; i < offset[p + 1]; i++)
    sum += weight[i];
  return sum;
}

/**
 * kennis_network_strengths:
 * @self: a network
 * @side: which ties to add
 *
 * Adds the weights of each person's ties: what a person gives, receives, or both together.
 *
 * Element type: double, one a person; in the unit of the weights.
 *
 * Time: O(people + ties).
 *
 * Returns: (transfer full): a column
 *
 * Since: 1.0
 */
GBytes *
kennis_network_strengths (KennisNetwork *self,
                          KennisSide     side)
{
  double *strength;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);

  strength = g_new (double, (gsize) self->n + 1);
  for (guint32 p = 0; p < self->n; p++)
    strength[p] = (side != KENNIS_SIDE_RECEIVING ? sum_row (self->offset, self->weight, p) : 0)
                  + (side != KENNIS_SIDE_GIVING ? sum_row (self->in_offset, self->in_weight, p) : 0);
  return g_bytes_new_take (strength, (gsize) self->n * sizeof (double));
}
