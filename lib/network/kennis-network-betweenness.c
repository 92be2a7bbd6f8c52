#include "config.h"

#include <math.h>

#include "base/kennis-random-private.h"
#include "network/kennis-network-betweenness-private.h"

/* How sure the stated error of an estimate is. */
#define SURE 0.95

void
kennis_betweenness_gather (const KennisBetweenness *self, KennisFixed **by_thread, guint n_threads)
{
  for (guint32 p = 0; p < self->network->n; p++)
    {
      KennisFixed sum = { 0, 0 };

      for (guint t = 0; t < n_threads; t++)
        if (by_thread[t] != NULL)
          kennis_fixed_add_fixed (&sum, by_thread[t][p]);
      self->betweenness[p] = kennis_fixed_get (sum);
    }
  for (guint t = 0; t < n_threads; t++)
    g_clear_pointer (&by_thread[t], g_free);
}

static double *
run (KennisNetwork *self, gboolean weighted, const guint32 *source, guint32 n_sources, guint n_threads,
     GCancellable *cancellable, GError **error)
{
  g_autofree double *betweenness = g_new0 (double, (gsize) self->n + 1);
  KennisBetweenness work = { self, source, n_sources, n_threads, cancellable, betweenness };
  double scale = self->n;

  if (!(weighted && self->weight != NULL ? kennis_betweenness_by_weight (&work, error)
                                         : kennis_betweenness_by_steps (&work, error)))
    return NULL;
  /* Of contacts, a pair counts once and not both ways. */
  scale = (n_sources > 0 ? scale / n_sources : 1) * (self->is_undirected ? 0.5 : 1);
  for (guint32 p = 0; scale != 1 && p < self->n; p++)
    betweenness[p] *= scale;
  return g_steal_pointer (&betweenness);
}

/**
 * kennis_network_betweenness:
 * @self: a network
 * @weighted: whether a tie is as long as 1/weight; else every tie is one step
 * @n_threads: threads to use; 0 for one per processor
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Gives each person's betweenness, exactly: for all ordered pairs of others, the share of the shortest paths that pass the person.
 *
 * Not normalised; ends of paths do not count; in an undirected network each pair counts once.  Element type: double, one
 * a person: 0 … (people − 1) · (people − 2), half of it where undirected.  With @weighted, lengths within 1e-10 of each other, relatively, are equal.
 *
 * Time: O(people · ties); with weights O(people · (ties + people · log people)).  Memory for each thread: 300 bytes a person and up to 96 for
 * its place in sixteen searches; with weights 90 bytes a person and 12 a tie, and 16 a tie in all.  For large networks see [method@Network.estimate_betweenness].
 * Source: Freeman 1977; Brandes 2001.
 *
 * Returns: (transfer full): a column; %NULL when cancelled
 *
 * Since: 1.0
 */
GBytes *
kennis_network_betweenness (KennisNetwork  *self,
                            gboolean        weighted,
                            guint           n_threads,
                            GCancellable   *cancellable,
                            GError        **error)
{
  double *betweenness;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  betweenness = run (self, weighted, NULL, self->n, n_threads, cancellable, error);
  return betweenness != NULL ? g_bytes_new_take (betweenness, (gsize) self->n * sizeof (double)) : NULL;
}

static int
compare_people (const void *a, const void *b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/* Without replacement; in order, so that sources that are near in number are searched together. */
static guint32 *
draw_sources (guint32 n, guint32 n_sources, guint64 seed)
{
  guint32 *all = g_new (guint32, (gsize) n + 1);
  KennisRandom random;

  kennis_random_init (&random, seed, 0);
  for (guint32 p = 0; p < n; p++)
    all[p] = p;
  for (guint32 i = 0; i < n_sources; i++)
    {
      guint32 j = i + kennis_random_below (&random, n - i), swap = all[i];

      all[i] = all[j];
      all[j] = swap;
    }
  if (n_sources > 0)
    qsort (all, n_sources, sizeof *all, compare_people);
  return all;
}

/**
 * kennis_network_estimate_betweenness:
 * @self: a network
 * @weighted: whether a tie is as long as 1/weight; else every tie is one step
 * @n_sources: from how many people to search, 1 or more; at most all
 * @seed: of the drawing
 * @error_bound: (out) (optional): how far any of the values may be off
 * @n_threads: threads to use; 0 for one per processor
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Estimates each person's betweenness from the shortest paths of some people, drawn without replacement.
 *
 * As [method@Network.betweenness], which it is where all are drawn.  With a chance of 95%, all values at once are within @error_bound of the
 * exact ones: (people · (people − 2)) · √(ln (2 · people / 0.05) / (2 · @n_sources)), by Hoeffding's inequality, halved where undirected.  Most are much
 * nearer.  The same seed gives the same bits on any number of threads.
 *
 * Time and memory: as [method@Network.betweenness], with @n_sources for people.  Source: Brandes & Pich 2007; Hoeffding 1963.
 *
 * Returns: (transfer full): a column; %NULL when cancelled
 *
 * Since: 1.0
 */
GBytes *
kennis_network_estimate_betweenness (KennisNetwork  *self,
                                     gboolean        weighted,
                                     guint           n_sources,
                                     guint64         seed,
                                     double         *error_bound,
                                     guint           n_threads,
                                     GCancellable   *cancellable,
                                     GError        **error)
{
  g_autofree guint32 *source = NULL;
  double *betweenness, bound = 0;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (n_sources > 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  n_sources = MIN (n_sources, self->n);
  source = draw_sources (self->n, n_sources, seed);
  betweenness = run (self, weighted, source, n_sources, n_threads, cancellable, error);
  if (n_sources < self->n)
    bound = (double) self->n * (self->n - 2.0) * sqrt (log (2.0 * self->n / (1 - SURE)) / (2.0 * n_sources))
            * (self->is_undirected ? 0.5 : 1);
  if (error_bound != NULL)
    *error_bound = bound;
  return betweenness != NULL ? g_bytes_new_take (betweenness, (gsize) self->n * sizeof (double)) : NULL;
}
