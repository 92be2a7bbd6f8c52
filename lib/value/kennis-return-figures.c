#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-elementary-private.h"
#include "value/kennis-return-private.h"

/* Figures that follow from the cash flow, and those that are searched for. */

double
kennis_flows_net (const double *flows,
                  guint         month)
{
  const double *flow = flows + month * KENNIS_N_STREAMS;

  return flow[KENNIS_STREAM_BENEFIT] + flow[KENNIS_STREAM_AVOIDED] + flow[KENNIS_STREAM_SUBSIDY]
         - flow[KENNIS_STREAM_DIRECT] - flow[KENNIS_STREAM_INDIRECT] - flow[KENNIS_STREAM_TIME]
         - flow[KENNIS_STREAM_PAY];
}

static double
paid_in (const double *flow)
{
  return flow[KENNIS_STREAM_DIRECT] + flow[KENNIS_STREAM_INDIRECT] + flow[KENNIS_STREAM_TIME] + flow[KENNIS_STREAM_PAY];
}

KennisFigureStatus
kennis_flows_payback (const double *flows,
                      guint         horizon,
                      double        tax,
                      double       *month)
{
  double sum = 0, cost = 0, scale = 0;
  guint since = G_MAXUINT;
  gboolean has_paid = FALSE;

  /* From which on it stays back: a later cost would open it again.  Before anything is paid there is nothing to get back. */
  for (guint m = 0; m <= horizon; m++)
    {
      const double *flow = flows + m * KENNIS_N_STREAMS;
      double paid = paid_in (flow);

      sum += kennis_flows_net (flows, m) * (1 - tax);
      cost += paid - flow[KENNIS_STREAM_SUBSIDY];
      scale += fabs (paid);
      has_paid = has_paid || paid > 0;
      if (!has_paid || sum < -1e-12 * scale)
        since = G_MAXUINT;
      else if (since == G_MAXUINT)
        since = m;
    }
  *month = NAN;
  if (!(cost > 0))
    return KENNIS_FIGURE_STATUS_NO_COST;
  if (since == G_MAXUINT)
    return KENNIS_FIGURE_STATUS_NOT_REACHED;
  *month = since;
  return KENNIS_FIGURE_STATUS_OK;
}

static double
present_value (const double *flows,
               guint         horizon,
               double        rate)
{
  double factor = kennis_pow (1 + rate, -1 / 12.0), sum = 0;

  for (guint m = horizon + 1; m-- > 0;)
    sum = sum * factor + kennis_flows_net (flows, m);
  return sum;
}

static double
bisect (const double *flows,
        guint         horizon,
        double        low,
        double        high)
{
  gboolean rising = present_value (flows, horizon, low) < 0;

  for (int i = 0; i < 200 && high - low > 1e-15 * (1 + fabs (low)); i++)
    {
      double middle = (low + high) / 2;

      if ((present_value (flows, horizon, middle) < 0) == rising)
        low = middle;
      else
        high = middle;
    }
  return (low + high) / 2;
}

/* Rates from −99% to 10 000% per year, in steps of a thousandth of the logarithm of 1 + rate.  A rate under which the value is negative and over
 * which it is positive is what a loan costs, not what an investment brings: that is no internal rate of return. */
KennisFigureStatus
kennis_flows_irr (const double *flows,
                  guint         horizon,
                  double       *rate)
{
  guint roots = 0;
  gboolean is_loan = FALSE;
  double last = 0, before = 0;

  *rate = NAN;
  for (double step = kennis_log (0.01); step < kennis_log (101); step += 0.002)
    {
      double at = kennis_expm1 (step), value = present_value (flows, horizon, at);

      if (!isfinite (value))
        continue;
      if ((last < 0 && value > 0) || (last > 0 && value < 0))
        {
          *rate = bisect (flows, horizon, before, at);
          is_loan = value > 0;
          roots++;
        }
      if (value != 0)
        {
          last = value;
          before = at;
        }
    }
  if (roots == 1 && !is_loan)
    return KENNIS_FIGURE_STATUS_OK;
  *rate = NAN;
  if (roots == 1)
    return KENNIS_FIGURE_STATUS_UNDETERMINED;
  return roots == 0 ? KENNIS_FIGURE_STATUS_NO_ROOT : KENNIS_FIGURE_STATUS_SEVERAL_ROOTS;
}

/* Branch and bound on the fractional relaxation (Dantzig 1957), programmes by worth per unit of cost. */
typedef struct
{
  guint number;
  double cost, worth;
} Item;

typedef struct
{
  const Item *items;
  guint n;
  double best;
  guint8 *taken, *chosen;
  guint64 steps;
} Knapsack;

static int
by_density (const void *a,
            const void *b)
{
  const Item *x = a, *y = b;
  double left = x->worth * y->cost, right = y->worth * x->cost;

  return (left < right) - (left > right) + (left == right ? (x->number > y->number) - (x->number < y->number) : 0);
}

static double
bound_of (const Knapsack *self,
          guint           from,
          double          room)
{
  double sum = 0;

  for (guint i = from; i < self->n; i++)
    {
      if (self->items[i].cost > room)
        return sum + self->items[i].worth * room / self->items[i].cost;
      room -= self->items[i].cost;
      sum += self->items[i].worth;
    }
  return sum;
}

static void
pack (Knapsack *self,
      guint     from,
      double    room,
      double    worth)
{
  if (worth > self->best)
    {
      self->best = worth;
      memcpy (self->chosen, self->taken, self->n);
    }
  if (from == self->n || ++self->steps > 50000000 || worth + bound_of (self, from, room) <= self->best)
    return;
  if (self->items[from].cost <= room)
    {
      self->taken[from] = 1;
      pack (self, from + 1, room - self->items[from].cost, worth + self->items[from].worth);
      self->taken[from] = 0;
    }
  pack (self, from + 1, room, worth);
}

/**
 * kennis_return_choose:
 * @self: a return
 * @budget: what may be spent, undiscounted
 *
 * Chooses the programmes that together have the largest net present value (without discount rate: net after tax) for
 * a budget.  Those that cost nothing or less are taken where they are worth it; those whose cost or benefit nobody gave
 * ([method@Return.list_missing]) are not known, and never taken.
 *
 * Time: exponential at worst, fast in practice (branch and bound).
 *
 * Returns: (transfer full) (array zero-terminated=1): ids of programmes, in the order of the model
 *
 * Since: 1.0
 */
char **
kennis_return_choose (KennisReturn *self,
                      double        budget)
{
  g_autofree Item *items = NULL;
  g_autofree guint8 *wanted = NULL, *taken = NULL, *chosen = NULL;
  GPtrArray *ids;
  guint n = 0;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NULL);

  items = g_new0 (Item, self->plan->programmes->len + 1);
  wanted = g_new0 (guint8, self->plan->programmes->len + 1);
  taken = g_new0 (guint8, self->plan->programmes->len + 1);
  chosen = g_new0 (guint8, self->plan->programmes->len + 1);
  for (guint i = 0; i < self->plan->programmes->len; i++)
    {
      KennisFigureStatus status;
      KennisFigure figure = isnan (self->all.rate) ? KENNIS_FIGURE_NET_AFTER_TAX : KENNIS_FIGURE_NPV;
      double worth =
          kennis_return_is_fed (self, (int) i, figure) ? kennis_totals_figure (&self->each[i], figure, &status) : NAN;
      double cost = kennis_totals_figure (&self->each[i], KENNIS_FIGURE_COST, &status);

      if (worth > 0 && cost > 0)
        items[n++] = (Item) { i, cost, worth };
      else if (worth > 0)
        {
          wanted[i] = 1;
          budget -= cost;
        }
    }
  qsort (items, n, sizeof *items, by_density);
  pack (&(Knapsack) { items, n, 0, taken, chosen, 0 }, 0, budget, 0);
  for (guint i = 0; i < n; i++)
    wanted[items[i].number] = chosen[i];
  ids = g_ptr_array_new ();
  for (guint i = 0; i < self->plan->programmes->len; i++)
    if (wanted[i])
      g_ptr_array_add (ids, g_strdup (self->plan->programmes->pdata[i]));
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (ids, FALSE);
}
