#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-statistics-private.h"
#include "value/kennis-return-private.h"

/* What the draws of a return tell. */

/**
 * kennis_return_get_n_draws:
 * @self: a return
 *
 * Tells how many draws were made.
 *
 * Where no input that counts is a distribution there is nothing to draw: all draws would be the same, and say that it is sure.
 *
 * Returns: how many draws were made; 0 where it was not simulated, or nothing is uncertain
 *
 * Since: 1.0
 */
guint64
kennis_return_get_n_draws (KennisReturn *self)
{
  g_return_val_if_fail (KENNIS_IS_RETURN (self), 0);

  return self->simulation != NULL ? self->simulation->n : 0;
}

/**
 * kennis_return_get_wanted_error:
 * @self: a return
 *
 * Gives the standard error of the objective's mean at which drawing was to stop, as it was asked for.
 *
 * Whether it was reached, [method@Return.get_mean] of [method@Return.get_objective] tells: the draws may have ended before.
 *
 * Returns: an amount; 0 where all draws were asked for
 *
 * Since: 1.0
 */
double
kennis_return_get_wanted_error (KennisReturn *self)
{
  g_return_val_if_fail (KENNIS_IS_RETURN (self), 0);

  return self->wanted_error;
}

/**
 * kennis_return_get_objective:
 * @self: a return
 *
 * Tells which figure decides: %KENNIS_FIGURE_NPV where there is a discount rate, else %KENNIS_FIGURE_NET_AFTER_TAX.
 *
 * Returns: a figure
 *
 * Since: 1.0
 */
KennisFigure
kennis_return_get_objective (KennisReturn *self)
{
  g_return_val_if_fail (KENNIS_IS_RETURN (self), KENNIS_FIGURE_NPV);

  return isnan (self->all.rate) ? KENNIS_FIGURE_NET_AFTER_TAX : KENNIS_FIGURE_NPV;
}

/* ROI is 100 × (BCR − 1), draw by draw. */
typedef struct
{
  int tracked;
  const KennisMoments *moments;
  double scale, shift;
} Drawn;

static gboolean
find_drawn (KennisReturn *self,
            KennisFigure  figure,
            Drawn        *out)
{
  gboolean is_roi = figure == KENNIS_FIGURE_ROI;

  *out = (Drawn) { kennis_simulation_find (is_roi ? KENNIS_FIGURE_BCR : figure), NULL, is_roi ? 100 : 1,
                   is_roi ? -100 : 0 };
  if (self->simulation == NULL || out->tracked < 0 || !kennis_return_is_fed (self, -1, figure))
    return FALSE;
  out->moments = &self->simulation->moments[out->tracked];
  return out->moments->n > 0;
}

static void
tell (double *to,
      double  value)
{
  if (to != NULL)
    *to = value;
}

/**
 * kennis_return_get_n_valued:
 * @self: a return
 * @figure: as of [method@Return.get_mean]
 *
 * Tells how many draws a figure has a value in: all of them, but for BCR and ROI those that have a cost over 0.
 *
 * Returns: draws; 0 where it was not simulated
 *
 * Since: 1.0
 */
guint64
kennis_return_get_n_valued (KennisReturn *self,
                            KennisFigure  figure)
{
  Drawn drawn;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), 0);

  return find_drawn (self, figure, &drawn) ? drawn.moments->n : 0;
}

/**
 * kennis_return_get_mean:
 * @self: a return
 * @figure: cost, benefit, loss avoided, net, net after tax, NPV, BCR, ROI or employee net
 * @standard_error: (out) (optional): how far chance in the draws may have moved it
 *
 * Gives the mean of a figure over all draws in which it has a value, see [method@Return.get_n_valued].
 *
 * Returns: the mean; NaN where it was not simulated, or the figure is not known
 *
 * Since: 1.0
 */
double
kennis_return_get_mean (KennisReturn *self,
                        KennisFigure  figure,
                        double       *standard_error)
{
  const KennisMoments *m;
  Drawn drawn;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NAN);

  tell (standard_error, NAN);
  if (!find_drawn (self, figure, &drawn))
    return NAN;
  m = drawn.moments;
  /* Within a Latin hypercube draws are not independent; hypercubes are. */
  if (self->simulation->sampling == KENNIS_SAMPLING_PLAIN)
    tell (standard_error, drawn.scale * sqrt (m->squares / (m->n - 1) / m->n));
  else if (m->n_blocks > 1)
    tell (standard_error, drawn.scale * sqrt (m->block_mean_squares / (m->n_blocks - 1) / m->n_blocks));
  return drawn.shift + drawn.scale * m->mean;
}

/**
 * kennis_return_get_sd:
 * @self: a return
 * @figure: as of [method@Return.get_mean]
 * @standard_error: (out) (optional): how far chance in the draws may have moved it; NaN under 2048 draws
 *
 * Gives the standard deviation of a figure over all draws.
 *
 * Returns: the standard deviation; NaN where it was not simulated
 *
 * Since: 1.0
 */
double
kennis_return_get_sd (KennisReturn *self,
                      KennisFigure  figure,
                      double       *standard_error)
{
  const KennisMoments *m;
  Drawn drawn;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NAN);

  tell (standard_error, NAN);
  if (!find_drawn (self, figure, &drawn))
    return NAN;
  m = drawn.moments;
  if (m->n_blocks > 1)
    tell (standard_error, drawn.scale * sqrt (m->block_sd_squares / (m->n_blocks - 1) / m->n_blocks));
  return drawn.scale * sqrt (m->squares / (m->n - 1));
}

/**
 * kennis_return_is_exact:
 * @self: a return
 * @figure: as of [method@Return.get_mean]
 *
 * Tells whether percentiles of a figure are those of the draws themselves, or within 0.05% of them.
 *
 * Returns: whether they are exact
 *
 * Since: 1.0
 */
gboolean
kennis_return_is_exact (KennisReturn *self,
                        KennisFigure  figure)
{
  g_return_val_if_fail (KENNIS_IS_RETURN (self), FALSE);

  return self->simulation != NULL && self->simulation->draws != NULL && figure == self->simulation->objective;
}

/**
 * kennis_return_get_percentile:
 * @self: a return
 * @figure: as of [method@Return.get_mean]
 * @p: a probability, from 0 to 1
 * @standard_error: (out) (optional): how far chance in the draws may have moved it
 *
 * Gives the value under which a figure lies in a share of the draws, see [method@Return.is_exact].
 *
 * Returns: the value; NaN where it was not simulated
 *
 * Since: 1.0
 */
double
kennis_return_get_percentile (KennisReturn *self,
                              KennisFigure  figure,
                              double        p,
                              double       *standard_error)
{
  KennisSimulation *simulation;
  Drawn drawn;
  double ps[3], values[3], half;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NAN);

  tell (standard_error, NAN);
  if (!find_drawn (self, figure, &drawn) || !(p >= 0 && p <= 1))
    return NAN;
  simulation = self->simulation;
  half = sqrt (p * (1 - p) / drawn.moments->n);
  ps[0] = p;
  ps[1] = MAX (p - half, 0);
  ps[2] = MIN (p + half, 1);
  if (kennis_return_is_exact (self, figure))
    kennis_selection_quantiles (&simulation->selection, ps, 3, 0, values);
  else
    for (guint i = 0; i < 3; i++)
      values[i] = kennis_sketch_quantile (&simulation->sketches[drawn.tracked], ps[i]);
  tell (standard_error, drawn.scale * (values[2] - values[1]) / 2);
  return drawn.shift + drawn.scale * values[0];
}

/**
 * kennis_return_get_probability:
 * @self: a return
 * @standard_error: (out) (optional): how far chance in the draws may have moved it
 *
 * Gives the probability that the objective is over 0.
 *
 * Returns: a probability; NaN where it was not simulated
 *
 * Since: 1.0
 */
double
kennis_return_get_probability (KennisReturn *self,
                               double       *standard_error)
{
  g_return_val_if_fail (KENNIS_IS_RETURN (self), NAN);

  return kennis_return_get_probability_over (self, kennis_return_get_objective (self), 0, standard_error);
}

/**
 * kennis_return_get_probability_over:
 * @self: a return
 * @figure: as of [method@Return.get_mean]
 * @value: a value: an amount, a ratio (BCR) or a percentage (ROI)
 * @standard_error: (out) (optional): how far chance in the draws may have moved it
 *
 * Gives the probability that a figure is over a value, of the draws in which it has one.
 *
 * Every draw is counted for 0 (BCR: 1), and for any value of the objective where its draws are known
 * ([method@Return.is_exact]); else those within 0.05% of @value may be on the wrong side.
 *
 * Returns: a probability; NaN where it was not simulated
 *
 * Since: 1.0
 */
double
kennis_return_get_probability_over (KennisReturn *self,
                                    KennisFigure  figure,
                                    double        value,
                                    double       *standard_error)
{
  Drawn drawn;
  double p, at;
  guint64 above = 0;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NAN);

  tell (standard_error, NAN);
  if (!find_drawn (self, figure, &drawn) || isnan (value))
    return NAN;
  at = (value - drawn.shift) / drawn.scale;
  if (at == (drawn.tracked == KENNIS_TRACKED_BCR ? 1 : 0))
    above = drawn.moments->above;
  else if (kennis_return_is_exact (self, figure))
    for (guint64 k = 0; k < self->simulation->n; k++)
      above += self->simulation->draws[k] > at;
  else
    above = kennis_sketch_count_over (&self->simulation->sketches[drawn.tracked], at);
  p = (double) above / drawn.moments->n;
  tell (standard_error, sqrt (p * (1 - p) / drawn.moments->n));
  return p;
}

/**
 * kennis_return_get_probability_best:
 * @self: a return
 * @programme: a programme
 * @standard_error: (out) (optional): how far chance in the draws may have moved it
 *
 * Gives the probability that no other programme of the model has a higher objective.
 *
 * Programmes are compared draw by draw: what they share (wages, rates, correlated inputs) is the same for all of them.  Those whose
 * objective is not known ([method@Return.list_missing]) cannot be compared, and are left out.
 *
 * Returns: a probability; NaN where it was not simulated, where less than two programmes can be compared, this one cannot or is not
 *   there, and where there are over 10 million draws of all programmes together
 *
 * Since: 1.0
 */
double
kennis_return_get_probability_best (KennisReturn *self,
                                    const char   *programme,
                                    double       *standard_error)
{
  g_return_val_if_fail (KENNIS_IS_RETURN (self), NAN);
  g_return_val_if_fail (programme != NULL, NAN);

  tell (standard_error, NAN);
  for (guint i = 0; self->best != NULL && i < self->plan->programmes->len; i++)
    if (strcmp (self->plan->programmes->pdata[i], programme) == 0 && kennis_return_is_known (self->parts[i]))
      {
        double p = (double) self->best[i] / self->simulation->n;

        tell (standard_error, sqrt (p * (1 - p) / self->simulation->n));
        return p;
      }
  return NAN;
}

/**
 * kennis_return_get_draws:
 * @self: a return
 *
 * Gives all draws of the objective, draw 0 first.
 *
 * Returns: (transfer full) (nullable): doubles in native byte order; %NULL where it was not simulated, has over 10 million or the
 *   objective is not known ([method@Return.list_missing])
 *
 * Since: 1.0
 */
GBytes *
kennis_return_get_draws (KennisReturn *self)
{
  g_return_val_if_fail (KENNIS_IS_RETURN (self), NULL);

  if (self->simulation == NULL || self->simulation->draws == NULL || !kennis_return_is_known (self))
    return NULL;
  return g_bytes_new_with_free_func (self->simulation->draws, self->simulation->n * sizeof (double), g_object_unref,
                                     g_object_ref (self));
}

/**
 * kennis_return_get_band:
 * @self: a return
 * @month: a month, 0 … horizon
 * @p: a probability, from 0 to 1
 * @standard_error: (out) (optional): how far chance in the draws may have moved it
 *
 * Gives a percentile of all net cash after tax up to the end of a month, from the first 4096 draws.
 *
 * Returns: an amount; NaN where it was not simulated, or what comes back or is paid is not known
 *
 * Since: 1.0
 */
double
kennis_return_get_band (KennisReturn *self,
                        guint         month,
                        double        p,
                        double       *standard_error)
{
  const double *sorted;
  gsize n;
  double half;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NAN);

  tell (standard_error, NAN);
  if (self->simulation == NULL || month > self->plan->horizon || !(p >= 0 && p <= 1)
      || !kennis_return_is_fed (self, -1, KENNIS_FIGURE_NET))
    return NAN;
  n = self->simulation->n_band;
  sorted = self->simulation->band + month * n;
  half = sqrt (p * (1 - p) / n);
  tell (standard_error,
        (kennis_quantile_sorted (sorted, n, MIN (p + half, 1)) - kennis_quantile_sorted (sorted, n, MAX (p - half, 0)))
            / 2);
  return kennis_quantile_sorted (sorted, n, p);
}
