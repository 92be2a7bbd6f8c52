#include "config.h"

#include <string.h>

#include "base/kennis-i18n-private.h"
#include "network/kennis-network-private.h"

/* Counting sorts: rows by receiver, then by giver, which leaves those of each giver sorted by receiver.
 *
 * An offset has n + 2 places while it is made: place k + 2 counts key k; after sum_up() place k + 1 says where the key's next
 * item goes, and once all are placed, place k says where the key begins. */

/* So that sums, squares and lengths 1/weight, and sums of these, are numbers too. */
#define LEAST_WEIGHT 1e-100
#define MOST_WEIGHT  1e100

static gboolean
is_cancelled (gsize i, GCancellable *cancellable, GError **error)
{
  return i % KENNIS_NETWORK_PACE == 0 && g_cancellable_set_error_if_cancelled (cancellable, error);
}

static void
sum_up (guint32 *offset, guint32 n)
{
  for (gsize i = 2; i < (gsize) n + 2; i++)
    offset[i] += offset[i - 1];
}

static gboolean
check_rows (guint32 n, const guint32 *giver, const guint32 *receiver, const double *weight, gsize n_rows,
            GError **error)
{
  if (n > KENNIS_NETWORK_MAX || n_rows > KENNIS_NETWORK_MAX)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE,
                   _("A network of %u people and %zu rows; accepted are at most %u of each"), n, n_rows,
                   KENNIS_NETWORK_MAX);
      return FALSE;
    }
  for (gsize i = 0; i < n_rows; i++)
    if (giver[i] >= n || receiver[i] >= n)
      {
        g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                     _("Row %zu: person %u is not one of the %u people; the first is 0"), i,
                     giver[i] >= n ? giver[i] : receiver[i], n);
        return FALSE;
      }
  for (gsize i = 0; weight != NULL && i < n_rows; i++)
    if (!(weight[i] >= LEAST_WEIGHT && weight[i] <= MOST_WEIGHT))
      {
        g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                     _("Row %zu: the weight %g is not accepted; it must be a number from %g to %g"), i, weight[i],
                     LEAST_WEIGHT, MOST_WEIGHT);
        return FALSE;
      }
  return TRUE;
}

/* Rows by receiver, without loops: their givers and, if any, weights. */
typedef struct
{
  guint32 *offset;
  guint32 *giver;
  double  *weight;
} Sorted;

static void
sorted_clear (Sorted *self)
{
  g_clear_pointer (&self->offset, g_free);
  g_clear_pointer (&self->giver, g_free);
  g_clear_pointer (&self->weight, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sorted, sorted_clear)

static gboolean
sort_by_receiver (Sorted *self, KennisNetwork *network, const guint32 *giver, const guint32 *receiver,
                  const double *weight, GCancellable *cancellable, GError **error)
{
  gsize n_rows = network->n_rows, n_kept;

  self->offset = g_new0 (guint32, (gsize) network->n + 2);
  for (gsize i = 0; i < n_rows; i++)
    {
      if (is_cancelled (i, cancellable, error))
        return FALSE;
      if (giver[i] != receiver[i])
        self->offset[receiver[i] + 2]++;
      else
        network->n_loops++;
    }
  sum_up (self->offset, network->n);
  n_kept = n_rows - network->n_loops;
  self->giver = g_new (guint32, n_kept + 1);
  self->weight = weight != NULL ? g_new (double, n_kept + 1) : NULL;
  for (gsize i = 0; i < n_rows; i++)
    {
      guint32 place;

      if (is_cancelled (i, cancellable, error))
        return FALSE;
      if (giver[i] == receiver[i])
        continue;
      place = self->offset[receiver[i] + 1]++;
      self->giver[place] = giver[i];
      if (weight != NULL)
        self->weight[place] = weight[i];
    }
  return TRUE;
}

static gboolean
sort_by_giver (const Sorted *sorted, KennisNetwork *network, GCancellable *cancellable, GError **error)
{
  gsize n_kept = network->n_rows - network->n_loops;

  network->offset = g_renew (guint32, network->offset, (gsize) network->n + 2);
  memset (network->offset, 0, ((gsize) network->n + 2) * sizeof *network->offset);
  for (gsize i = 0; i < n_kept; i++)
    {
      if (is_cancelled (i, cancellable, error))
        return FALSE;
      network->offset[sorted->giver[i] + 2]++;
    }
  sum_up (network->offset, network->n);
  network->to = g_new (guint32, n_kept + 1);
  network->weight = sorted->weight != NULL ? g_new (double, n_kept + 1) : NULL;
  for (guint32 receiver = 0; receiver < network->n; receiver++)
    for (guint32 i = sorted->offset[receiver]; i < sorted->offset[receiver + 1]; i++)
      {
        guint32 place;

        if (is_cancelled (i, cancellable, error))
          return FALSE;
        place = network->offset[sorted->giver[i] + 1]++;
        network->to[place] = receiver;
        if (sorted->weight != NULL)
          network->weight[place] = sorted->weight[i];
      }
  network->m = n_kept;
  return TRUE;
}

/* Equal pairs become one, with the sum of their weights; where these were not given every row counts 1. */
static void
merge_equal (KennisNetwork *self)
{
  guint32 n_kept = 0, begin = 0, n_double = 0;

  for (guint32 p = 0; p < self->n; p++)
    for (guint32 i = self->offset[p] + 1; i < self->offset[p + 1]; i++)
      n_double += self->to[i] == self->to[i - 1];
  if (n_double == 0)
    return;
  if (self->weight == NULL)
    {
      self->weight = g_new (double, (gsize) self->m + 1);
      for (guint32 i = 0; i < self->m; i++)
        self->weight[i] = 1;
    }
  for (guint32 p = 0; p < self->n; p++)
    {
      guint32 end = self->offset[p + 1], first = n_kept;

      for (guint32 i = begin; i < end; i++)
        if (n_kept > first && self->to[n_kept - 1] == self->to[i])
          self->weight[n_kept - 1] += self->weight[i];
        else
          {
            self->to[n_kept] = self->to[i];
            self->weight[n_kept++] = self->weight[i];
          }
      begin = end;
      self->offset[p + 1] = n_kept;
    }
  self->m = n_kept;
  self->to = g_renew (guint32, self->to, (gsize) n_kept + 1);
  self->weight = g_renew (double, self->weight, (gsize) n_kept + 1);
}

/* Weights that are all 1 say nothing. */
static void
drop_ones (KennisNetwork *self)
{
  for (guint32 i = 0; self->weight != NULL && i < self->m; i++)
    if (self->weight[i] != 1)
      return;
  g_clear_pointer (&self->weight, g_free);
}

gboolean
kennis_network_transpose (KennisNetwork *self, GCancellable *cancellable, GError **error)
{
  guint32 *offset = g_renew (guint32, self->in_offset, (gsize) self->n + 2);

  self->in_offset = offset;
  memset (offset, 0, ((gsize) self->n + 2) * sizeof *offset);
  for (guint32 i = 0; i < self->m; i++)
    {
      if (is_cancelled (i, cancellable, error))
        return FALSE;
      offset[self->to[i] + 2]++;
    }
  sum_up (offset, self->n);
  self->from = g_renew (guint32, self->from, (gsize) self->m + 1);
  if (self->weight != NULL)
    self->in_weight = g_renew (double, self->in_weight, (gsize) self->m + 1);
  else
    g_clear_pointer (&self->in_weight, g_free);
  for (guint32 p = 0; p < self->n; p++)
    for (guint32 i = self->offset[p]; i < self->offset[p + 1]; i++)
      {
        guint32 place;

        if (is_cancelled (i, cancellable, error))
          return FALSE;
        place = offset[self->to[i] + 1]++;
        self->from[place] = p;
        if (self->weight != NULL)
          self->in_weight[place] = self->weight[i];
      }
  return TRUE;
}

KennisNetwork *
kennis_network_build (guint32 n, const guint32 *giver, const guint32 *receiver, const double *weight, gsize n_rows,
                      GCancellable *cancellable, GError **error)
{
  g_autoptr (KennisNetwork) self = g_object_new (KENNIS_TYPE_NETWORK, NULL);
  g_auto (Sorted) sorted = { 0 };

  if (!check_rows (n, giver, receiver, weight, n_rows, error))
    return NULL;
  self->n = n;
  self->n_rows = n_rows;
  if (!sort_by_receiver (&sorted, self, giver, receiver, weight, cancellable, error)
      || !sort_by_giver (&sorted, self, cancellable, error))
    return NULL;
  /* What is no longer needed has room for the other way: fresh memory takes longer than what is done in it. */
  self->from = g_steal_pointer (&sorted.giver);
  self->in_weight = g_steal_pointer (&sorted.weight);
  merge_equal (self);
  drop_ones (self);
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !kennis_network_transpose (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}
