#include "config.h"

#include <math.h>

#include "network/kennis-network-search-private.h"

/**
 * KennisNetworkPaths:
 *
 * How far people are from each other in a [class@Network], in steps along ties from giver to receiver.
 *
 * Only pairs of which the one reaches the other have a length.  Immutable; may be used from any thread.
 *
 * Since: 1.0
 */
struct _KennisNetworkPaths
{
  gatomicrefcount ref_count;
  guint32 n;
  GArray *pairs;      /* of guint64: ordered pairs by distance, from 1 on */
};

G_DEFINE_BOXED_TYPE (KennisNetworkPaths, kennis_network_paths, kennis_network_paths_ref, kennis_network_paths_unref)

/**
 * kennis_network_find_paths:
 * @self: a network
 * @n_threads: threads to use; 0 for one per processor
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Measures the distances between all ordered pairs of people, exactly; weights do not count.
 *
 * Time: O(people / 512 · ties · steps), by bit-parallel search.  Memory: 210 bytes a person for each thread.
 * Source: Then et al. 2014 (multi-source breadth-first search).
 *
 * Returns: (transfer full): the distances; %NULL when cancelled
 *
 * Since: 1.0
 */
KennisNetworkPaths *
kennis_network_find_paths (KennisNetwork  *self,
                           guint           n_threads,
                           GCancellable   *cancellable,
                           GError        **error)
{
  KennisSearch search = { .n_threads = n_threads };
  KennisNetworkPaths *paths;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!kennis_search_run (&search, self, cancellable, error))
    return NULL;
  paths = g_new0 (KennisNetworkPaths, 1);
  g_atomic_ref_count_init (&paths->ref_count);
  paths->n = self->n;
  paths->pairs = search.pairs;
  return paths;
}

/**
 * kennis_network_paths_ref:
 * @self: distances
 *
 * Takes a reference.
 *
 * Returns: (transfer full): the same
 *
 * Since: 1.0
 */
KennisNetworkPaths *
kennis_network_paths_ref (KennisNetworkPaths *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * kennis_network_paths_unref:
 * @self: (transfer full): distances
 *
 * Lets a reference go; with the last one they are freed.
 *
 * Since: 1.0
 */
void
kennis_network_paths_unref (KennisNetworkPaths *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->pairs);
  g_free (self);
}

static guint64
at (const KennisNetworkPaths *self, guint distance)
{
  return g_array_index (self->pairs, guint64, distance);
}

/**
 * kennis_network_paths_get_n_pairs:
 * @self: distances
 *
 * Gets the number of ordered pairs of two people of which the one reaches the other.
 *
 * Returns: the number of pairs
 *
 * Since: 1.0
 */
guint64
kennis_network_paths_get_n_pairs (KennisNetworkPaths *self)
{
  guint64 n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint d = 1; d < self->pairs->len; d++)
    n += at (self, d);
  return n;
}

/**
 * kennis_network_paths_get_mean_length:
 * @self: distances
 *
 * Gets the mean distance over the pairs of which the one reaches the other.
 *
 * Returns: steps, 1 or more; NaN where nobody reaches another
 *
 * Since: 1.0
 */
double
kennis_network_paths_get_mean_length (KennisNetworkPaths *self)
{
  double n = 0, sum = 0;

  g_return_val_if_fail (self != NULL, NAN);

  for (guint d = 1; d < self->pairs->len; d++)
    {
      n += at (self, d);
      sum += (double) d * at (self, d);
    }
  return n > 0 ? sum / n : NAN;
}

/**
 * kennis_network_paths_get_diameter:
 * @self: distances
 *
 * Gets the largest distance between two people of whom the one reaches the other.
 *
 * Returns: steps; 0 where nobody reaches another
 *
 * Since: 1.0
 */
guint
kennis_network_paths_get_diameter (KennisNetworkPaths *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->pairs->len - 1;
}

/**
 * kennis_network_paths_get_efficiency:
 * @self: distances
 *
 * Gets the global efficiency: the mean of 1/distance over all ordered pairs of two people, 0 where the one does not reach the other.
 *
 * Source: Latora & Marchiori 2001.
 *
 * Returns: a share, 0 … 1; NaN under two people
 *
 * Since: 1.0
 */
double
kennis_network_paths_get_efficiency (KennisNetworkPaths *self)
{
  double sum = 0;

  g_return_val_if_fail (self != NULL, NAN);

  for (guint d = 1; d < self->pairs->len; d++)
    sum += at (self, d) / (double) d;
  return self->n > 1 ? sum / ((double) self->n * (self->n - 1)) : NAN;
}

/**
 * kennis_network_paths_get_pairs:
 * @self: distances
 *
 * Gets how many ordered pairs of two people lie how far from each other.
 *
 * Element type: guint64; item d is the number at distance d, from 0 (always 0) to the diameter.
 *
 * Returns: (transfer full): a column
 *
 * Since: 1.0
 */
GBytes *
kennis_network_paths_get_pairs (KennisNetworkPaths *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_bytes_new (self->pairs->data, (gsize) self->pairs->len * sizeof (guint64));
}

/**
 * kennis_network_harmonic_closeness:
 * @self: a network
 * @side: %KENNIS_SIDE_GIVING for how near a person is to others, %KENNIS_SIDE_RECEIVING for how near others are to the person
 * @n_threads: threads to use; 0 for one per processor
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Gives each person's harmonic closeness: the mean of 1/distance over all others, 0 for who is not reached.
 *
 * Element type: double, one a person: 0 … 1; NaN where there is nobody else.  Weights do not count.
 *
 * Time: as [method@Network.find_paths].  Memory: 220 bytes a person for each thread.  Source: Marchiori & Latora 2000; Rochat 2009.
 *
 * Returns: (transfer full): a column; %NULL when cancelled
 *
 * Since: 1.0
 */
GBytes *
kennis_network_harmonic_closeness (KennisNetwork  *self,
                                   KennisSide      side,
                                   guint           n_threads,
                                   GCancellable   *cancellable,
                                   GError        **error)
{
  g_autofree double *harmonic = NULL;
  KennisSearch search = { .receiving = side == KENNIS_SIDE_RECEIVING, .n_threads = n_threads };

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (side == KENNIS_SIDE_GIVING || side == KENNIS_SIDE_RECEIVING, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  search.harmonic = harmonic = g_new0 (double, (gsize) self->n + 1);
  if (!kennis_search_run (&search, self, cancellable, error))
    return NULL;
  g_array_unref (search.pairs);
  for (guint32 p = 0; p < self->n; p++)
    harmonic[p] = self->n > 1 ? harmonic[p] / (self->n - 1) : NAN;
  return g_bytes_new_take (g_steal_pointer (&harmonic), (gsize) self->n * sizeof (double));
}

/**
 * kennis_network_reach:
 * @self: a network
 * @side: %KENNIS_SIDE_GIVING for whom a person reaches, %KENNIS_SIDE_RECEIVING for by whom the person is reached
 * @steps: at most how many steps along ties; 0 for any number
 * @n_threads: threads to use; 0 for one per processor
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Gives each person's reach, exactly: the share of all others within so many steps.
 *
 * Element type: double, one a person: 0 … 1; NaN where there is nobody else.
 *
 * Time: O(people / 512 · ties · steps), by bit-parallel search, or that of a search from each where this is less.  Memory: 220 bytes a
 * person for each thread.  For millions of people see [method@Network.estimate_reach].
 *
 * Returns: (transfer full): a column; %NULL when cancelled
 *
 * Since: 1.0
 */
GBytes *
kennis_network_reach (KennisNetwork  *self,
                      KennisSide      side,
                      guint           steps,
                      guint           n_threads,
                      GCancellable   *cancellable,
                      GError        **error)
{
  g_autofree guint64 *within = NULL;
  KennisSearch search = { .receiving = side == KENNIS_SIDE_RECEIVING, .max_steps = steps, .n_threads = n_threads };
  double *share;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (side == KENNIS_SIDE_GIVING || side == KENNIS_SIDE_RECEIVING, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  search.within = within = g_new0 (guint64, (gsize) self->n + 1);
  if (!kennis_search_within (&search, self, cancellable, error))
    return NULL;
  g_clear_pointer (&search.pairs, g_array_unref);
  share = g_new (double, (gsize) self->n + 1);
  for (guint32 p = 0; p < self->n; p++)
    share[p] = self->n > 1 ? (double) within[p] / (self->n - 1) : NAN;
  return g_bytes_new_take (share, (gsize) self->n * sizeof (double));
}
