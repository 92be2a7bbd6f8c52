#include "config.h"

#include <kennis/kennis-error.h>
#include <math.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-random-private.h"
#include "network/kennis-network-private.h"
#include "metric/kennis-retention-private.h"

/* What holds together while people leave, those first who matter most to the rest. */

/* People who are sorted, or ties that are copied, between two looks at the cancellable. */
#define RUN  16384
#define PACE 65536

typedef struct
{
  KennisRetention *retention;
  KennisNetwork   *network;
  KennisRemoval    removal;
  guint32          n;          /* people of the network */
  const guint32   *givers, *others;
  gsize            n_ties;
  gint64          *holder;     /* by person of the network: number in the retention, or −1 */
  guint8          *gone;       /* by person of the network */
  guint            n_steps, n_threads;
  guint64          seed;
  double          *rows;       /* 3 a step; sums over draws */
  GCancellable    *cancellable;
} Curve;

/* The network of those who are left, all people in it; those who left have no ties. */
static KennisNetwork *
rest (const Curve *self, GError **error)
{
  g_autofree guint32 *giver = g_new (guint32, self->n_ties + 1), *receiver = g_new (guint32, self->n_ties + 1);
  gsize k = 0;

  for (gsize i = 0; i < self->n_ties; i++)
    {
      if (i % PACE == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return NULL;
      if (self->gone[self->givers[i]] || self->gone[self->others[i]])
        continue;
      giver[k] = self->givers[i];
      receiver[k++] = self->others[i];
    }
  return kennis_network_build (self->n, giver, receiver, NULL, k, self->cancellable, error);
}

static gboolean
note (Curve *self, KennisNetwork *left, guint step, guint32 n_gone, GError **error)
{
  KennisRetention *r = self->retention;
  g_autofree guint8 *gone = g_new0 (guint8, (gsize) r->n_people + 1);
  g_autoptr (GArray) orphans = NULL;
  g_autoptr (GBytes) components = NULL;
  guint largest = 0;

  for (guint32 p = 0; p < self->n; p++)
    if (self->gone[p] && self->holder[p] >= 0)
      gone[self->holder[p]] = 1;
  orphans = kennis_holders_orphans (r->holders, gone);
  components = kennis_network_components (left, FALSE, NULL, &largest, self->cancellable, error);
  if (components == NULL)
    return FALSE;
  self->rows[3 * step] += (double) n_gone / self->n;
  self->rows[3 * step + 1] += r->n_topics > 0 ? 1 - (double) orphans->len / r->n_topics : NAN;
  self->rows[3 * step + 2] += n_gone < self->n ? (double) largest / self->n : 0;
  return TRUE;
}

/* How much each matters now; who left has −1. */
static double *
weigh (const Curve *self, KennisNetwork *left, guint64 draw, GError **error)
{
  g_autofree double *weight = g_new (double, (gsize) self->n + 1);
  g_autoptr (GBytes) column = NULL;
  guint64 seed = kennis_random_seed_for (self->seed, "robustness", draw);

  if (self->removal == KENNIS_REMOVAL_RANDOM)
    for (guint32 p = 0; p < self->n; p++)
      {
        KennisRandom random;

        if (p % PACE == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error))
          return NULL;
        kennis_random_init (&random, seed, p);
        weight[p] = kennis_random_uniform (&random);
      }
  else if (self->removal == KENNIS_REMOVAL_DEGREE)
    {
      column = kennis_network_degrees (left, KENNIS_SIDE_BOTH);
      for (guint32 p = 0; p < self->n; p++)
        weight[p] = ((const guint32 *) g_bytes_get_data (column, NULL))[p];
    }
  else
    {
      column = kennis_network_betweenness (left, FALSE, self->n_threads, self->cancellable, error);
      if (column == NULL)
        return NULL;
      for (guint32 p = 0; p < self->n; p++)
        weight[p] = ((const double *) g_bytes_get_data (column, NULL))[p];
    }
  for (guint32 p = 0; p < self->n; p++)
    weight[p] = self->gone[p] ? -1 : weight[p];
  return g_steal_pointer (&weight);
}

static int
compare_weights (const void *a, const void *b, gpointer data)
{
  const double *weight = data;
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  if (weight[x] != weight[y])
    return (weight[x] < weight[y]) - (weight[x] > weight[y]);
  return (x > y) - (x < y);
}

static void
merge (const guint32 *from, guint32 a, guint32 a_end, guint32 b, guint32 b_end, double *weight, guint32 *to)
{
  while (a < a_end || b < b_end)
    *to++ = b == b_end || (a < a_end && compare_weights (&from[a], &from[b], weight) < 0) ? from[a++] : from[b++];
}

/* Everyone by weight.  Some at a time, then merged two by two, so that who cancels does not wait for a million to be sorted. */
static guint32 *
sort_people (const Curve *self, double *weight, GError **error)
{
  g_autofree guint32 *order = g_new (guint32, (gsize) self->n + 1), *merged = g_new (guint32, (gsize) self->n + 1);
  guint64 n = self->n;

  for (guint32 p = 0; p < self->n; p++)
    order[p] = p;
  for (guint64 at = 0; at < n; at += RUN)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return NULL;
      g_qsort_with_data (order + at, (int) MIN (RUN, n - at), sizeof *order, compare_weights, weight);
    }
  for (guint64 size = RUN; size < n; size *= 2)
    {
      guint32 *swap = order;

      for (guint64 at = 0; at < n; at += 2 * size)
        {
          if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
            return NULL;
          merge (order, (guint32) at, (guint32) MIN (at + size, n), (guint32) MIN (at + size, n),
                 (guint32) MIN (at + 2 * size, n), weight, merged + at);
        }
      order = merged;
      merged = swap;
    }
  return g_steal_pointer (&order);
}

static gboolean
run (Curve *self, guint64 draw, GError **error)
{
  guint32 n_gone = 0;

  for (guint32 p = 0; p < self->n; p++)
    self->gone[p] = 0;
  for (guint step = 0; step <= self->n_steps; step++)
    {
      guint32 until = (guint32) ((guint64) self->n * (step + 1) / self->n_steps);
      g_autoptr (KennisNetwork) left = rest (self, error);
      g_autofree double *weight = left != NULL ? weigh (self, left, draw, error) : NULL;
      g_autofree guint32 *order = NULL;

      if (weight == NULL || !note (self, left, step, n_gone, error))
        return FALSE;
      order = sort_people (self, weight, error);
      if (order == NULL)
        return FALSE;
      for (guint32 i = 0; n_gone < MIN (until, self->n); i++, n_gone++)
        self->gone[order[i]] = 1;
    }
  return TRUE;
}

/* False: cancelled. */
static gboolean
find_holders (Curve *self, GError **error)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint32 p = 0; p < self->retention->n_people; p++)
    {
      if (p % RUN == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      g_hash_table_insert (places, (gpointer) kennis_retention_get_person (self->retention, p),
                           GUINT_TO_POINTER (p + 1));
    }
  for (guint32 p = 0; p < self->n; p++)
    {
      const char *label = kennis_network_get_label (self->network, p);

      if (p % RUN == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      self->holder[p] = label != NULL ? (gint64) GPOINTER_TO_UINT (g_hash_table_lookup (places, label)) - 1 : -1;
    }
  return TRUE;
}

/**
 * kennis_retention_robustness:
 * @self: a retention
 * @network: a network of the same people, from a summary
 * @removal: who leaves first
 * @n_steps: steps in which all leave
 * @n_draws: draws, with %KENNIS_REMOVAL_RANDOM
 * @seed: of the draws
 * @n_threads: threads to use; 0 for one per processor
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Follows what is left of the topics and of the network while people leave, step by step.
 *
 * After each step, degrees or betweenness (directed, unweighted) are worked out anew among those who are left; at equal values who comes first in the network leaves
 * first.  Row k is after k steps: the share of the network's people who left, the share of topics that still have a holder, and the largest weak
 * component as a share of all people at the start (means over draws).  A fall at the left edge of the curve says that much hangs on few.
 *
 * Errors: %KENNIS_ERROR_INVALID, no steps, or more than 10 000; %KENNIS_ERROR_NO_DATA, a network without labels; %G_IO_ERROR_CANCELLED.
 *
 * Time: O(draws · steps · (ties + people · log people)); by betweenness O(steps · people · ties).
 *
 * Source: Albert, Jeong & Barabási (2000); recomputed: Holme et al. (2002).
 *
 * Returns: (transfer full): n_steps + 1 rows of three doubles in native byte order
 *
 * Since: 1.0
 */
GBytes *
kennis_retention_robustness (KennisRetention  *self,
                             KennisNetwork    *network,
                             KennisRemoval     removal,
                             guint             n_steps,
                             guint             n_draws,
                             guint64           seed,
                             guint             n_threads,
                             GCancellable     *cancellable,
                             GError          **error)
{
  Curve curve = { .retention = self, .network = network, .removal = removal, .n_steps = n_steps, .seed = seed,
                  .n_threads = n_threads, .cancellable = cancellable };
  g_autoptr (GBytes) givers = NULL, others = NULL;
  g_autofree gint64 *holder = NULL;
  g_autofree guint8 *gone = NULL;
  g_autofree double *rows = NULL;
  gsize size;

  g_return_val_if_fail (KENNIS_IS_RETENTION (self), NULL);
  g_return_val_if_fail (KENNIS_IS_NETWORK (network), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (n_steps < 1 || n_steps > 10000 || n_draws < 1)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("There must be 1 to 10000 steps, and a draw"));
      return NULL;
    }
  curve.n = kennis_network_get_n_people (network);
  if (curve.n == 0 || !kennis_network_has_labels (network))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA, _("The network does not tell who its people are"));
      return NULL;
    }
  givers = kennis_network_get_givers (network);
  others = kennis_network_get_others (network, KENNIS_SIDE_GIVING);
  curve.givers = g_bytes_get_data (givers, &size);
  curve.others = g_bytes_get_data (others, NULL);
  curve.n_ties = size / sizeof (guint32);
  curve.holder = holder = g_new (gint64, curve.n);
  curve.gone = gone = g_new0 (guint8, curve.n);
  curve.rows = rows = g_new0 (double, ((gsize) n_steps + 1) * 3);
  if (!find_holders (&curve, error))
    return NULL;
  n_draws = removal == KENNIS_REMOVAL_RANDOM ? n_draws : 1;
  for (guint draw = 0; draw < n_draws; draw++)
    if (!run (&curve, draw, error))
      return NULL;
  for (gsize i = 0; i < ((gsize) n_steps + 1) * 3; i++)
    rows[i] /= n_draws;
  return g_bytes_new_take (g_steal_pointer (&rows), ((gsize) n_steps + 1) * 3 * sizeof (double));
}
