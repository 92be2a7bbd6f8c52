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
 * Standard errors here and elsewhere are those of independent draws where the draws are so: plain ones of inputs that do not go
 * together.  Latin hypercubes, and inputs that do, are drawn in blocks of 1024 that are independent of one another: replicates,
 * from whose spread the errors are (McKay, Beckman & Conover 1979; Owen 1992).  Of fewer than 100 draws with a value there is none:
 * NaN, not 0.
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
  Drawn drawn;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NAN);

  tell (standard_error, NAN);
  if (!find_drawn (self, figure, &drawn))
    return NAN;
  tell (standard_error, drawn.scale * kennis_simulation_mean_error (self->simulation, drawn.tracked));
  return drawn.shift + drawn.scale * drawn.moments->mean;
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
 * Tells whether percentiles of a figure are those of the draws themselves, or come from a sketch of them.
 *
 * They are exact up to 10 million draws.  Draws of other figures than the objective are made again when they are asked for.
 *
 * Returns: whether they are exact
 *
 * Since: 1.0
 */
gboolean
kennis_return_is_exact (KennisReturn *self,
                        KennisFigure  figure)
{
  Drawn drawn;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), FALSE);

  return find_drawn (self, figure, &drawn)
         && (self->simulation->n <= KENNIS_MAX_EXACT || drawn.moments->least == drawn.moments->most);
}

/* What percentiles are looked up in; the column is NULL where there is none to look in, the sketch where it is exact. */
typedef struct
{
  KennisSimulation *simulation;
  const KennisMoments *moments;
  KennisDrawn *column;
  const KennisSketch *sketch;
} Source;

static void
source_init (Source           *self,
             KennisSimulation *simulation,
             const Drawn      *drawn)
{
  gboolean is_exact = simulation->n <= KENNIS_MAX_EXACT;

  *self = (Source) { .simulation = simulation, .moments = drawn->moments };
  if (is_exact || kennis_simulation_by_blocks (simulation))
    self->column = kennis_simulation_drawn (simulation, drawn->tracked);
  if (!is_exact)
    self->sketch = &simulation->sketches[drawn->tracked];
}

/* Those of a sketch lie between the least and the most, which are known. */
static double
sketched (const Source *self,
          double        p)
{
  const KennisMoments *m = self->moments;

  return p == 0 ? m->least : p == 1 ? m->most : CLAMP (kennis_sketch_quantile (self->sketch, p), m->least, m->most);
}

/* Standard error of the share of draws up to a value. */
static double
share_error (const Source *self,
             double        value,
             double        share)
{
  double all = self->moments->n;
  KennisShares shares;

  if (all < KENNIS_ERROR_DRAWS)
    return NAN;
  if (!kennis_simulation_by_blocks (self->simulation))
    return share > 0 && share < 1 ? sqrt (share * (1 - share) / all) : kennis_share_bound (all);
  kennis_drawn_shares (self->column, value, &shares);
  return kennis_shares_error (&shares, TRUE) * sqrt (shares.n / all);
}

/* A share's error, and the distance between the values that are so much more and less likely (Woodruff 1952). */
static double
percentile_error (const Source *self,
                  double        p,
                  double        value)
{
  double half = share_error (self, value, p), ps[2] = { MAX (p - half, 0), MIN (p + half, 1) }, values[2];

  if (p == 0 || p == 1 || isnan (half))
    return NAN;
  if (!(ps[1] > ps[0]))
    return 0;
  if (self->sketch == NULL)
    kennis_selection_quantiles (&self->column->selection, ps, 2, 0, values);
  else
    for (guint i = 0; i < 2; i++)
      values[i] = kennis_sketch_between (self->sketch, ps[i]);
  return (values[1] - values[0]) * half / (ps[1] - ps[0]);
}

/**
 * kennis_return_get_percentile:
 * @self: a return
 * @figure: as of [method@Return.get_mean]
 * @p: a probability, from 0 to 1
 * @standard_error: (out) (optional): how far chance in the draws may have moved it; NaN for the least and the most, and of
 *   fewer than 100 draws
 *
 * Gives the value under which a figure lies in a share of the draws.
 *
 * Up to 10 million draws it is that of the draws themselves (type 7 of Hyndman & Fan 1996).  Of more it comes from counts by the
 * leading bits of the value, and is within 0.05% of the draw of that rank (6·10⁻⁸ about 0; sizes under 7·10¹⁶).  ROI is
 * 100·(BCR − 1) there as well, and so within 0.05% of ROI + 100.  That much is in @standard_error then.
 *
 * Time: O(draws); of many draws (over a million or so) those of figures other than the objective are made again
 * (O(draws × inputs)), once until those of another figure are asked for.
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
  Source source;
  Drawn drawn;
  double value, error;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NAN);

  tell (standard_error, NAN);
  if (!find_drawn (self, figure, &drawn) || !(p >= 0 && p <= 1))
    return NAN;
  if (drawn.moments->least == drawn.moments->most)
    {
      tell (standard_error, drawn.moments->n < KENNIS_ERROR_DRAWS ? NAN : 0);
      return drawn.shift + drawn.scale * drawn.moments->least;
    }
  source_init (&source, self->simulation, &drawn);
  if (source.sketch != NULL)
    value = sketched (&source, p);
  else
    kennis_selection_quantiles (&source.column->selection, &p, 1, 0, &value);
  if (standard_error != NULL)
    {
      error = percentile_error (&source, p, value) + (source.sketch != NULL ? kennis_sketch_error (value) : 0);
      *standard_error = drawn.scale * error;
    }
  g_clear_pointer (&source.column, kennis_drawn_unref);
  return drawn.shift + drawn.scale * value;
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
 * @standard_error: (out) (optional): how far chance in the draws may have moved it; NaN of fewer than 100 draws
 *
 * Gives the probability that a figure is over a value, of the draws in which it has one.
 *
 * Where none of n draws is over it, or all are, others may all the same be: @standard_error is then 1/(n + 1), as far as Wilson's (1927) interval of ± one
 * standard error goes, and not 0.  It is 0 where the figure does not vary.
 *
 * Every draw is counted up to 10 million, and for 0 (BCR: 1) of any number; else a draw within 0.1% of @value may be on the wrong
 * side, and the share that may be so is in @standard_error.
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
  const KennisMoments *m;
  Drawn drawn;
  Source source;
  double at, over, unsure = 0;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NAN);

  tell (standard_error, NAN);
  if (!find_drawn (self, figure, &drawn) || isnan (value))
    return NAN;
  m = drawn.moments;
  at = (value - drawn.shift) / drawn.scale;
  if (m->least == m->most)
    {
      tell (standard_error, m->n < KENNIS_ERROR_DRAWS ? NAN : 0);
      return at < m->least;
    }
  if (at == (drawn.tracked == KENNIS_TRACKED_BCR ? 1 : 0))
    {
      tell (standard_error, kennis_simulation_share_error (self->simulation, &m->shares));
      return (double) m->above / m->n;
    }
  if (at < m->least || at >= m->most)
    {
      tell (standard_error, m->n < KENNIS_ERROR_DRAWS ? NAN : kennis_share_bound (m->n));
      return at < m->least;
    }
  source_init (&source, self->simulation, &drawn);
  if (source.sketch != NULL)
    {
      guint64 near, sure = kennis_sketch_count_over (source.sketch, at, &near);

      unsure = near / 2.0 / m->n;
      over = (double) sure / m->n + unsure;
    }
  else
    {
      KennisShares shares;

      kennis_drawn_shares (source.column, at, &shares);
      over = 1 - (double) shares.in / shares.n;
    }
  if (standard_error != NULL)
    *standard_error = share_error (&source, at, over) + unsure;
  g_clear_pointer (&source.column, kennis_drawn_unref);
  return over;
}

/**
 * kennis_return_get_probability_best:
 * @self: a return
 * @programme: a programme
 * @standard_error: (out) (optional): how far chance in the draws may have moved it; NaN of fewer than 100 draws
 *
 * Gives the probability that no other programme of the model has a higher objective.
 *
 * Programmes are compared draw by draw: what they share (wages, rates, correlated inputs) is the same for all of them.  Those whose
 * objective is not known ([method@Return.list_missing]) cannot be compared, and are left out.  The error of none or all of the draws is as of
 * [method@Return.get_probability_over].
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
        tell (standard_error, kennis_simulation_share_error (self->simulation, &self->best[i]));
        return (double) self->best[i].in / self->best[i].n;
      }
  return NAN;
}

gboolean
kennis_return_has_many (KennisReturn *self)
{
  guint n_known = 0;

  for (guint i = 0; self->parts != NULL && i < self->plan->programmes->len; i++)
    n_known += kennis_return_is_known (self->parts[i]);
  return self->simulation != NULL && self->best == NULL && n_known > 1;
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
  KennisDrawn *column;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NULL);

  if (self->simulation == NULL || self->simulation->n > KENNIS_MAX_EXACT || !kennis_return_is_known (self))
    return NULL;
  column = kennis_simulation_drawn (self->simulation, kennis_simulation_find (self->simulation->objective));
  return g_bytes_new_with_free_func (column->x, column->n * sizeof (double), (GDestroyNotify) kennis_drawn_unref,
                                     column);
}

static double
band_share_error (const double *x,
                  gsize         n,
                  double        value)
{
  KennisShares shares = { 0 };

  for (gsize from = 0; from < n; from += KENNIS_DRAW_BLOCK)
    {
      gsize m = MIN (n - from, KENNIS_DRAW_BLOCK), in = 0;

      for (gsize k = from; k < from + m; k++)
        in += x[k] <= value;
      kennis_shares_add (&shares, m, in);
    }
  return kennis_shares_error (&shares, TRUE);
}

/**
 * kennis_return_get_band:
 * @self: a return
 * @month: a month, 0 … horizon
 * @p: a probability, from 0 to 1
 * @standard_error: (out) (optional): how far chance in the draws may have moved it; NaN of fewer than 100 draws
 *
 * Gives a percentile of all net cash after tax up to the end of a month, from the first 4096 draws.  Where they are drawn in
 * blocks (Latin hypercubes) its error is from four, and no more than a rough one.
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
  const KennisSimulation *simulation;
  const double *sorted;
  gsize n;
  double half, value;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NAN);

  tell (standard_error, NAN);
  if (self->simulation == NULL || month > self->plan->horizon || !(p >= 0 && p <= 1)
      || !kennis_return_is_fed (self, -1, KENNIS_FIGURE_NET))
    return NAN;
  simulation = self->simulation;
  n = simulation->n_band;
  sorted = simulation->band + month * n;
  value = kennis_quantile_sorted (sorted, n, p);
  if (standard_error == NULL || n < KENNIS_ERROR_DRAWS)
    return value;
  half = simulation->band_drawn != NULL && n == KENNIS_BAND_DRAWS
             ? band_share_error (simulation->band_drawn + month * n, n, value)
             : sqrt (p * (1 - p) / n);
  *standard_error =
      (kennis_quantile_sorted (sorted, n, MIN (p + half, 1)) - kennis_quantile_sorted (sorted, n, MAX (p - half, 0)))
      / 2;
  return value;
}
