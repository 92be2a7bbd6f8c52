#include "config.h"

#include <math.h>
#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-work-private.h"
#include "value/kennis-return-private.h"

/* The objective of a programme draw by draw; the same in all where nothing of it is uncertain. */
typedef struct
{
  guint number;
  const double *draws;
  double always;
} Rival;

/* Those that are known; none where the draws of one were not kept. */
static guint
find_rivals (KennisReturn *self,
             Rival        *rivals)
{
  guint n = 0;

  for (guint i = 0; i < self->plan->programmes->len; i++)
    {
      const KennisReturn *part = self->parts[i];
      const KennisDrawn *drawn;
      KennisFigureStatus status;

      if (!kennis_return_is_known (self->parts[i]))
        continue;
      drawn = part->simulation != NULL
                  ? part->simulation->kept[kennis_simulation_find (kennis_return_get_objective (self))]
                  : NULL;
      if (part->simulation != NULL && drawn == NULL)
        return 0;
      rivals[n++] = (Rival) { i, drawn != NULL ? drawn->x : NULL,
                              kennis_totals_figure (&part->all, kennis_return_get_objective (self), &status) };
    }
  return n;
}

static double
worth_of (const Rival *rival,
          guint64      k)
{
  return rival->draws != NULL ? rival->draws[k] : rival->always;
}

/* How often each programme is at least as good as every other. */
static void
count_best (KennisReturn *self)
{
  g_autofree Rival *rivals = g_new (Rival, self->plan->programmes->len);
  g_autofree guint64 *best = NULL;
  guint n_rivals = find_rivals (self, rivals);
  guint64 n = self->simulation->n;

  if (n_rivals < 2)
    return;
  best = g_new (guint64, n_rivals);
  self->best = g_new0 (KennisShares, self->plan->programmes->len);
  for (guint64 from = 0; from < n; from += KENNIS_DRAW_BLOCK)
    {
      guint64 until = MIN (from + KENNIS_DRAW_BLOCK, n);

      memset (best, 0, n_rivals * sizeof *best);
      for (guint64 k = from; k < until; k++)
        {
          double most = -INFINITY;

          for (guint i = 0; i < n_rivals; i++)
            most = MAX (most, worth_of (&rivals[i], k));
          for (guint i = 0; i < n_rivals; i++)
            best[i] += worth_of (&rivals[i], k) >= most;
        }
      for (guint i = 0; i < n_rivals; i++)
        kennis_shares_add (&self->best[rivals[i].number], until - from, best[i]);
    }
}

/* The programmes by themselves, with as many draws as the whole took. */
static gboolean
simulate_parts (KennisReturn   *self,
                KennisDrawing  *order,
                GCancellable   *cancellable,
                GError        **error)
{
  guint n_parts = self->plan->programmes->len;

  order->n = self->simulation->n;
  order->until = 0;
  order->most_kept = KENNIS_MAX_EXACT / n_parts;
  for (guint i = 0; i < n_parts; i++)
    {
      KennisReturn *part = self->parts[i];

      order->begun = (i + 1) * order->share;
      order->number = i + 1;
      if (!kennis_value_plan_is_uncertain (part->plan))
        continue;
      part->simulation = kennis_simulation_run (part->plan, order, cancellable, error);
      if (part->simulation == NULL)
        return FALSE;
    }
  count_best (self);
  return TRUE;
}

/* Where nothing is uncertain there is nothing to draw. */
static gboolean
draw (KennisReturn   *self,
      KennisDrawing  *order,
      GCancellable   *cancellable,
      GError        **error)
{
  if (!kennis_value_plan_is_uncertain (self->plan))
    return !g_cancellable_set_error_if_cancelled (cancellable, error);
  self->simulation = kennis_simulation_run (self->plan, order, cancellable, error);
  return self->simulation != NULL && (self->parts == NULL || simulate_parts (self, order, cancellable, error));
}

static KennisReturn *
simulate (KennisValuePlan  *plan,
          KennisDrawing    *order,
          GCancellable     *cancellable,
          GError          **error)
{
  g_autoptr (KennisReturn) self = NULL;
  g_autoptr (KennisDrawnStore) store = NULL;

  if (order->n < 2 || order->n > KENNIS_MAX_DRAWS)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("draws are from 2 to 100 000 000 000"));
      return NULL;
    }
  if (!(order->until >= 0 && isfinite (order->until)))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("the standard error at which drawing stops is 0 (draw them all) or an amount over 0"));
      return NULL;
    }
  self = kennis_return_make (plan);
  order->store = store = kennis_drawn_store_new ();
  order->number = 0;
  order->most_kept = KENNIS_MAX_EXACT;
  order->most_each = KENNIS_MAX_EXACT / KENNIS_N_TRACKED / (plan->programmes->len + 1);
  order->begun = 0;
  order->share = self->parts != NULL ? 1.0 / (plan->programmes->len + 1) : 1;
  self->wanted_error = order->until;
  if (!draw (self, order, cancellable, error))
    return NULL;
  kennis_progress_sink_report (order->sink, 1);
  return g_steal_pointer (&self);
}

/**
 * kennis_return_simulate:
 * @model: a model
 * @n_draws: draws, 2 … 10¹¹; whole blocks of 1024 for Latin hypercubes
 * @seed: a seed
 * @sampling: how draws are made
 * @until: stop once the standard error of the objective's mean is at most this; 0: draw them all
 * @n_threads: threads to use; 0 for one per processor
 * @progress: (nullable) (scope call) (closure progress_data): told how far the work is
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Works out a model as [ctor@Return.new] does, and by Monte Carlo from the distributions of its inputs.
 *
 * A model, or a programme of it, in which nothing is uncertain has nothing to draw ([method@Return.get_n_draws] is 0).  Where
 * @until is not reached with @n_draws, [method@Return.get_mean] tells how far it came.
 *
 * Draw k of a seed is the same on any number of threads (Philox 4x32-10, Salmon et al. 2011), and so are all results,
 * bit for bit.  Percentiles are exact for up to 10 million draws; of more they are within a bound that is told, see
 * [method@Return.get_percentile].  Where there are several programmes, each is also drawn by itself, see
 * [method@Return.get_programme].
 *
 * Errors: those of [ctor@Return.new]; %KENNIS_ERROR_INVALID for draws or @until that make no sense.
 *
 * Time: O(draws × inputs).  Memory: 8 bytes per draw up to 10 million, as many for all programmes together, and as many again once
 * percentiles of other figures are asked for; bounded beyond.
 *
 * Returns: (transfer full): a new return
 *
 * Since: 1.0
 */
KennisReturn *
kennis_return_simulate (KennisValueModel  *model,
                        guint64            n_draws,
                        guint64            seed,
                        KennisSampling     sampling,
                        double             until,
                        guint              n_threads,
                        KennisProgress     progress,
                        gpointer           progress_data,
                        GCancellable      *cancellable,
                        GError           **error)
{
  g_autoptr (KennisValuePlan) plan = NULL;
  KennisProgressSink sink;
  KennisDrawing order = { n_draws, seed, sampling, until, n_threads, .sink = &sink };
  KennisReturn *self;

  g_return_val_if_fail (KENNIS_IS_VALUE_MODEL (model), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  plan = kennis_value_plan_new (model, error);
  if (plan == NULL)
    return NULL;
  kennis_progress_sink_init (&sink, progress, progress_data);
  self = simulate (plan, &order, cancellable, error);
  kennis_progress_sink_clear (&sink);
  return self;
}

typedef struct
{
  KennisValuePlan *plan;
  GError *refused;       /* why there is no plan */
  KennisDrawing drawing;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_pointer (&order->plan, kennis_value_plan_unref);
  g_clear_error (&order->refused);
  g_free (order);
}

static gpointer
run_order (gpointer source, gpointer data, KennisProgressSink *sink, GCancellable *cancellable, GError **error)
{
  Order *order = data;

  if (order->refused != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&order->refused));
      return NULL;
    }
  order->drawing.sink = sink;
  return simulate (order->plan, &order->drawing, cancellable, error);
}

/**
 * kennis_return_simulate_async:
 * @model: a model
 * @n_draws: draws, 2 … 10¹¹; whole blocks of 1024 for Latin hypercubes
 * @seed: a seed
 * @sampling: how draws are made
 * @until: stop once the standard error of the objective's mean is at most this; 0: draw them all
 * @n_threads: threads to use; 0 for one per processor
 * @progress: (nullable) (scope notified) (closure progress_data) (destroy progress_destroy): told how far the work is,
 *   in the thread-default main context of the caller
 * @progress_data: for @progress
 * @progress_destroy: frees @progress_data
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when it is done
 * @user_data: for @callback
 *
 * Does [func@Return.simulate] in other threads; @model may be changed meanwhile, which changes nothing here.
 *
 * Since: 1.0
 */
void
kennis_return_simulate_async (KennisValueModel    *model,
                              guint64              n_draws,
                              guint64              seed,
                              KennisSampling       sampling,
                              double               until,
                              guint                n_threads,
                              KennisProgress       progress,
                              gpointer             progress_data,
                              GDestroyNotify       progress_destroy,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  KennisWork work = { kennis_return_simulate_async, run_order, g_object_unref, NULL, order_free };
  Order *order;

  g_return_if_fail (KENNIS_IS_VALUE_MODEL (model));

  order = g_new0 (Order, 1);
  order->plan = kennis_value_plan_new (model, &order->refused);
  order->drawing =
      (KennisDrawing) { .n = n_draws, .seed = seed, .sampling = sampling, .until = until, .n_threads = n_threads };
  work.data = order;
  kennis_work_start (&work, NULL, progress, progress_data, progress_destroy, cancellable, callback, user_data);
}

/**
 * kennis_return_simulate_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends [func@Return.simulate_async].
 *
 * Returns: (transfer full): a new return
 *
 * Since: 1.0
 */
KennisReturn *
kennis_return_simulate_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (kennis_work_is (result, NULL, kennis_return_simulate_async), NULL);

  return kennis_work_finish (result, error);
}
