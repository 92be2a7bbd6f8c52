#include "config.h"

#include "value/kennis-columns-private.h"

#include <math.h>

#include "base/kennis-parallel-private.h"
#include "value/kennis-return-private.h"

/* How sure the values of information about single inputs are where draws depend on one another: only once all draws are made it is
 * known in which classes of an input one would choose otherwise, so the draws are made again and summed block by block. */

typedef struct
{
  const KennisSimulation *of;
  const KennisDrawer *drawer;
  KennisDesk *desks;
  guint8 *changes;                 /* of each bin of each slot */
  double *gain;                    /* blocks × slots */
  guint64 n;
  guint objective;
} Summing;

gboolean
kennis_bins_change (const KennisBin *bins,
                    guint            bin,
                    double           sum)
{
  return (bins[bin].sum > 0) != (sum > 0);
}

static void
find_changes (Summing *summing)
{
  const KennisBin *bins = summing->of->bins;

  for (guint s = 0; s < summing->drawer->plan->slots->len; s++, bins += KENNIS_EVPPI_BINS)
    {
      double sum = 0;

      for (guint i = 0; i < KENNIS_EVPPI_BINS; i++)
        sum += bins[i].sum;
      for (guint i = 0; i < KENNIS_EVPPI_BINS; i++)
        summing->changes[s * KENNIS_EVPPI_BINS + i] = kennis_bins_change (bins, i, sum);
    }
}

static void
sum_block (gsize    block,
           guint    thread,
           gpointer data)
{
  Summing *summing = data;
  KennisDesk *desk = &summing->desks[thread];
  guint n_slots = summing->drawer->plan->slots->len;
  gsize n = MIN (KENNIS_DRAW_BLOCK, summing->n - block * KENNIS_DRAW_BLOCK);
  const double *x = desk->figure[summing->objective];

  kennis_drawer_block (summing->drawer, desk, block, n);
  for (guint s = 0; s < n_slots; s++)
    {
      const guint8 *changes = summing->changes + s * KENNIS_EVPPI_BINS;
      const double *u = desk->uniforms[s];
      double gain = 0;

      for (gsize k = 0; u != NULL && k < n; k++)
        gain += changes[(guint) (u[k] * KENNIS_EVPPI_BINS)] ? x[k] : 0;
      summing->gain[block * n_slots + s] = gain;
    }
}

static double
error_of (const Summing *summing,
          guint          slot,
          gsize          n_blocks)
{
  double sum = 0, squares = 0, by_n = 0, n_squares = 0;

  for (gsize b = 0; b < n_blocks; b++)
    {
      double n = MIN (KENNIS_DRAW_BLOCK, summing->n - b * KENNIS_DRAW_BLOCK),
             gain = summing->gain[b * summing->drawer->plan->slots->len + slot];

      sum += gain;
      squares += gain * gain;
      by_n += gain * n;
      n_squares += n * n;
    }
  return kennis_ratio_error (sum, squares, by_n, summing->n, n_squares, n_blocks);
}

gboolean
kennis_simulation_evppi (KennisSimulation  *self,
                         KennisDrawer      *drawer,
                         guint              n_threads,
                         GCancellable      *cancellable,
                         GError           **error)
{
  Summing summing = { .of = self, .drawer = drawer, .n = MIN (self->n, KENNIS_GLANCE_DRAWS) };
  gsize n_blocks = (summing.n + KENNIS_DRAW_BLOCK - 1) / KENNIS_DRAW_BLOCK, n_slots = drawer->plan->slots->len;
  g_autofree guint8 *changes = g_new (guint8, n_slots * KENNIS_EVPPI_BINS + 1);
  g_autofree double *gain = g_new (double, n_blocks *n_slots + 1);
  g_autofree KennisDesk *desks = NULL;
  gboolean done;

  n_threads = kennis_parallel_n_threads (n_threads);
  desks = g_new0 (KennisDesk, n_threads);
  summing.objective = kennis_simulation_find (self->objective);
  summing.changes = changes;
  summing.gain = gain;
  summing.desks = desks;
  for (guint i = 0; i < n_threads; i++)
    kennis_desk_init (&desks[i], drawer->plan);
  find_changes (&summing);
  done = kennis_parallel_for (n_threads, n_blocks, sum_block, &summing, NULL, cancellable, error);
  for (guint i = 0; i < n_threads; i++)
    kennis_desk_clear (&desks[i]);
  if (!done)
    return FALSE;
  self->evppi_error = g_new (double, n_slots + 1);
  for (guint s = 0; s < n_slots; s++)
    self->evppi_error[s] = error_of (&summing, s, n_blocks);
  return TRUE;
}
