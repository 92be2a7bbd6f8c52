#include "config.h"

#include <math.h>

#include "network/kennis-network-private.h"

/**
 * kennis_network_get_density:
 * @self: a network
 *
 * Gets the share of the ordered pairs of two people that have a tie: ties / (people · (people − 1)).
 *
 * Returns: a share, 0 … 1; NaN under two people
 *
 * Since: 1.0
 */
double
kennis_network_get_density (KennisNetwork *self)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NAN);

  return self->n > 1 ? self->m / ((double) self->n * (self->n - 1)) : NAN;
}

/* The people to whom p gives and who give to p, in order; each to func. */
typedef void (*MutualFunc) (guint32 p, guint32 q, gpointer data);

static void
each_mutual (KennisNetwork *self, guint32 p, MutualFunc func, gpointer data)
{
  guint32 i = self->offset[p], i_end = self->offset[p + 1], j = self->in_offset[p], j_end = self->in_offset[p + 1];

  while (i < i_end && j < j_end)
    if (self->to[i] == self->from[j])
      {
        func (p, self->to[i], data);
        i++;
        j++;
      }
    else if (self->to[i] < self->from[j])
      i++;
    else
      j++;
}

static void
count (guint32 p, guint32 q, gpointer data)
{
  ++*(guint64 *) data;
}

/**
 * kennis_network_count_dyads:
 * @self: a network
 * @mutual: (out) (optional): pairs with a tie both ways
 * @asymmetric: (out) (optional): pairs with a tie one way
 * @null: (out) (optional): pairs without a tie
 *
 * Counts the unordered pairs of two people by how they are tied (Holland & Leinhardt 1970).
 *
 * Time: O(people + ties).
 *
 * Since: 1.0
 */
void
kennis_network_count_dyads (KennisNetwork *self,
                            guint64       *mutual,
                            guint64       *asymmetric,
                            guint64       *null)
{
  guint64 both = 0, pairs;

  g_return_if_fail (KENNIS_IS_NETWORK (self));

  for (guint32 p = 0; p < self->n; p++)
    each_mutual (self, p, count, &both);
  both /= 2;
  pairs = (guint64) self->n * (self->n > 0 ? self->n - 1 : 0) / 2;
  if (mutual != NULL)
    *mutual = both;
  if (asymmetric != NULL)
    *asymmetric = self->m - 2 * both;
  if (null != NULL)
    *null = pairs - both - (self->m - 2 * both);
}

/**
 * kennis_network_get_reciprocity:
 * @self: a network
 *
 * Gets the share of ties whose opposite is there too (by edges): 2 · mutual pairs / ties.
 *
 * Time: O(people + ties).
 *
 * Returns: a share, 0 … 1; NaN without ties
 *
 * Since: 1.0
 */
double
kennis_network_get_reciprocity (KennisNetwork *self)
{
  guint64 mutual = 0;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NAN);

  kennis_network_count_dyads (self, &mutual, NULL, NULL);
  return self->m > 0 ? 2.0 * mutual / self->m : NAN;
}

/**
 * kennis_network_get_dyad_reciprocity:
 * @self: a network
 *
 * Gets the share of tied pairs that are tied both ways (by dyads): mutual / (mutual + asymmetric).
 *
 * Time: O(people + ties).
 *
 * Returns: a share, 0 … 1; NaN without ties
 *
 * Since: 1.0
 */
double
kennis_network_get_dyad_reciprocity (KennisNetwork *self)
{
  guint64 mutual = 0, asymmetric = 0;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NAN);

  kennis_network_count_dyads (self, &mutual, &asymmetric, NULL);
  return self->m > 0 ? (double) mutual / (mutual + asymmetric) : NAN;
}

static void
add_pair (guint32 p, guint32 q, gpointer data)
{
  guint32 pair[2] = { p, q };

  if (p < q)
    g_array_append_vals (data, pair, 2);
}

/**
 * kennis_network_mutual_ties:
 * @self: a network
 *
 * Lists the pairs of people who are tied both ways, each once.
 *
 * Element type: guint32, two a pair, the smaller number first; in the order of people, which says nothing of them.
 *
 * Time: O(people + ties).
 *
 * Returns: (transfer full): a column
 *
 * Since: 1.0
 */
GBytes *
kennis_network_mutual_ties (KennisNetwork *self)
{
  GArray *pairs;
  gsize size;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);

  pairs = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 p = 0; p < self->n; p++)
    each_mutual (self, p, add_pair, pairs);
  size = (gsize) pairs->len * sizeof (guint32);
  return g_bytes_new_take (g_array_free (pairs, FALSE), size);
}
