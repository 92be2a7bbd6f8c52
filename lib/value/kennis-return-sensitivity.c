#include "config.h"

#include <math.h>
#include <string.h>

#include "value/kennis-return-private.h"

/**
 * kennis_return_get_swing:
 * @self: a return
 * @path: path of an input
 * @low: (out): objective with the input's 10th percentile
 * @high: (out): objective with its 90th
 *
 * Gives what one input does by itself, all others being as expected (a bar of the tornado).
 *
 * Returns: whether the input is given and uncertain, and the objective known
 *
 * Since: 1.0
 */
gboolean
kennis_return_get_swing (KennisReturn *self,
                         const char   *path,
                         double       *low,
                         double       *high)
{
  g_autofree double *values = NULL;
  KennisTotals totals;
  KennisFigureStatus status;
  const KennisSlot *slot;
  int found;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), FALSE);
  g_return_val_if_fail (path != NULL && low != NULL && high != NULL, FALSE);

  *low = *high = NAN;
  found = kennis_value_plan_find (self->plan, path);
  if (found < 0 || kennis_value_plan_slot (self->plan, found)->certain || !kennis_return_is_known (self))
    return FALSE;
  slot = kennis_value_plan_slot (self->plan, found);
  values = g_memdup2 (self->values, (self->plan->slots->len + 1) * sizeof (double));
  values[found] = kennis_quantity_quantile (slot->quantity, 0.1);
  kennis_plan_totals (self->plan, values, G_MAXUINT, &totals);
  *low = kennis_totals_figure (&totals, kennis_return_get_objective (self), &status);
  values[found] = kennis_quantity_quantile (slot->quantity, 0.9);
  kennis_plan_totals (self->plan, values, G_MAXUINT, &totals);
  *high = kennis_totals_figure (&totals, kennis_return_get_objective (self), &status);
  return TRUE;
}

static double
index_of (KennisReturn *self,
          const char   *path,
          const double *values,
          const double *errors,
          double       *standard_error)
{
  int found = kennis_value_plan_find (self->plan, path);

  if (standard_error != NULL)
    *standard_error = found >= 0 ? errors[found] : NAN;
  return found >= 0 ? values[found] : NAN;
}

/**
 * kennis_return_get_first_order:
 * @self: a return
 * @path: path of an input
 * @standard_error: (out) (optional): how far chance in the draws may have moved it
 *
 * Gives the share of the objective's variance that knowing this input would take away (Sobol' 1993; Jansen's estimator).
 *
 * Returns: an index; NaN where it was not simulated, the input is certain, or inputs are correlated
 *
 * Since: 1.0
 */
double
kennis_return_get_first_order (KennisReturn *self,
                               const char   *path,
                               double       *standard_error)
{
  g_return_val_if_fail (KENNIS_IS_RETURN (self), NAN);
  g_return_val_if_fail (path != NULL, NAN);

  if (standard_error != NULL)
    *standard_error = NAN;
  return self->simulation != NULL && kennis_return_is_known (self)
             ? index_of (self, path, self->simulation->first, self->simulation->first_error, standard_error)
             : NAN;
}

/**
 * kennis_return_get_total_effect:
 * @self: a return
 * @path: path of an input
 * @standard_error: (out) (optional): how far chance in the draws may have moved it
 *
 * Gives the share of the objective's variance that would be left if all inputs but this one were known (Homma & Saltelli
 * 1996; Jansen's estimator).
 *
 * Returns: an index; NaN where it was not simulated, the input is certain, or inputs are correlated
 *
 * Since: 1.0
 */
double
kennis_return_get_total_effect (KennisReturn *self,
                                const char   *path,
                                double       *standard_error)
{
  g_return_val_if_fail (KENNIS_IS_RETURN (self), NAN);
  g_return_val_if_fail (path != NULL, NAN);

  if (standard_error != NULL)
    *standard_error = NAN;
  return self->simulation != NULL && kennis_return_is_known (self)
             ? index_of (self, path, self->simulation->whole, self->simulation->whole_error, standard_error)
             : NAN;
}

/**
 * kennis_return_get_evpi:
 * @self: a return
 * @standard_error: (out) (optional): how far chance in the draws may have moved it; NaN of fewer than 100 draws, and of 0, for where no draw would have
 *   one choose otherwise none tells how far it is off
 *
 * Gives the expected value of perfect information for the choice between doing all of it and doing nothing:
 * E[max(0, objective)] − max(0, E[objective]).  More than this no inquiry is worth.
 *
 * Returns: an amount; NaN where it was not simulated, or the objective is not known
 *
 * Since: 1.0
 */
double
kennis_return_get_evpi (KennisReturn *self,
                        double       *standard_error)
{
  const KennisJudgement *s;
  double n, sum, squares;
  gboolean by_blocks, spares;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NAN);

  if (standard_error != NULL)
    *standard_error = NAN;
  if (self->simulation == NULL || !kennis_return_is_known (self))
    return NAN;
  s = &self->simulation->judgement;
  n = self->simulation->n;
  /* Where doing it is better on average, information is worth the losses it would spare; else the gains. */
  spares = s->gain > s->loss;
  by_blocks = kennis_simulation_by_blocks (self->simulation);
  sum = spares ? s->loss : s->gain;
  squares = spares ? s->loss_squares : s->gain_squares;
  if (standard_error == NULL || n < KENNIS_ERROR_DRAWS || sum == 0)
    return sum / n;
  if (by_blocks)
    *standard_error = kennis_ratio_error (sum, spares ? s->loss_block_squares : s->gain_block_squares,
                                          spares ? s->loss_by_n : s->gain_by_n, n, s->n_squares, s->n_blocks);
  else
    *standard_error = sqrt (MAX (squares / n - sum / n * (sum / n), 0) / n);
  return sum / n;
}

/**
 * kennis_return_get_evppi:
 * @self: a return
 * @path: path of an input
 * @standard_error: (out) (optional): how far chance in the draws may have moved it; NaN of fewer than 100 draws, and of 0 unless
 *   the input is certain, as no class of draws then tells how far it is off
 *
 * Gives the expected value of perfect information about one input alone, by the means of the objective in 128 equally
 * likely classes of the input (after Strong & Oakley 2013), of the first 2²⁰ draws.
 *
 * With few draws it is too high, since a mean of few may have the other sign by chance: by up to EVPI/√(draws/128) for an input that
 * knowing is worth nothing where the objective is normal about 0.  Under 12 800 draws that is over a tenth, and reports say so.
 *
 * In the classes where one would choose otherwise than over all (the mean has the other sign) something is gained by knowing: the
 * estimate is the mean over all draws of |x| there and 0 elsewhere, signed, and the standard error that of this mean (from blocks of
 * draws where they depend on one another, see [method@Return.get_mean]).
 *
 * Returns: an amount; NaN where it was not simulated or the input is not given; 0 for one that is certain
 *
 * Since: 1.0
 */
double
kennis_return_get_evppi (KennisReturn *self,
                         const char   *path,
                         double       *standard_error)
{
  const KennisBin *bins;
  double gain = 0, squares = 0, sum = 0, count = 0;
  gboolean is_certain;
  int found;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NAN);
  g_return_val_if_fail (path != NULL, NAN);

  found = kennis_value_plan_find (self->plan, path);
  is_certain = self->simulation != NULL && kennis_return_is_known (self) && found >= 0
               && kennis_value_plan_slot (self->plan, found)->certain;
  if (standard_error != NULL)
    *standard_error = is_certain ? 0 : NAN;
  if (self->simulation == NULL || found < 0 || !kennis_return_is_known (self))
    return NAN;
  if (is_certain)
    return 0;
  bins = self->simulation->bins + found * KENNIS_EVPPI_BINS;
  for (guint i = 0; i < KENNIS_EVPPI_BINS; i++)
    {
      sum += bins[i].sum;
      count += bins[i].count;
    }
  for (guint i = 0; i < KENNIS_EVPPI_BINS; i++)
    if (kennis_bins_change (bins, i, sum))
      {
        gain += fabs (bins[i].sum);
        squares += bins[i].squares;
      }
  if (standard_error == NULL || count < KENNIS_ERROR_DRAWS || gain == 0)
    return gain / count;
  if (self->simulation->evppi_error != NULL)
    *standard_error = self->simulation->evppi_error[found];
  else
    *standard_error = sqrt (MAX (squares / count - gain / count * (gain / count), 0) / count);
  return gain / count;
}
