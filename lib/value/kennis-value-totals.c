#include "config.h"

#include "value/kennis-columns-private.h"

#include <math.h>
#include <string.h>

#include "base/kennis-elementary-private.h"
#include "value/kennis-value-plan-private.h"

/* Profiles over time, and what they add up to. */

static double
value_at (const double *values,
          guint         slot,
          double        otherwise)
{
  return slot == KENNIS_NO_SLOT ? otherwise : values[slot];
}

double
kennis_plan_discount (double rate,
                      guint  m)
{
  return isnan (rate) ? NAN : kennis_pow (1 + rate, m / -12.0);
}

/* What skill and people are lost by in a month: logarithms, taken once for all months. */
typedef struct { double skill, people, ramp_up; gboolean is_lost_at_once, leave_at_once; } Decline;

static Decline
decline_of (const KennisValueProfile *profile,
            const double             *values)
{
  double half_life = value_at (values, profile->half_life, INFINITY), leaving = value_at (values, profile->leaving, 0);

  return (Decline) { half_life > 0 ? -G_LN2 / half_life : 0,
                     leaving > 0 && leaving < 1 ? kennis_log1p (-leaving) / 12 : 0,
                     value_at (values, profile->ramp_up, 0), half_life <= 0, leaving >= 1 };
}

/* What is left of people and of skill at a time, `since` months after the start and `used` after first use. */
static double
level_at (const KennisValuePlan *plan,
          const Decline         *decline,
          double                 since,
          double                 used)
{
  double level = decline->ramp_up > 0 ? MIN (1, used / decline->ramp_up) : 1;

  if (plan->timing == KENNIS_CASH_TIMING_YEAR_END)
    {
      since = floor (since / 12) * 12;
      used = floor (used / 12) * 12;
    }
  if ((decline->is_lost_at_once && used > 0) || (decline->leave_at_once && since > 0))
    return 0;
  if (decline->skill == 0 && decline->people == 0)
    return level;
  return level * kennis_exp (decline->skill * used + decline->people * since);
}

static double
risk_at (const KennisValueProfile *profile,
         const double        *values,
         double               since,
         double               months)
{
  double hazard = value_at (values, profile->hazard, 0), doubling = value_at (values, profile->doubling, INFINITY);
  double age = value_at (values, profile->age, 0);

  /* Doubling in no time at all is the limit of doubling faster and faster. */
  if (isfinite (doubling))
    hazard *= kennis_exp2 (doubling > 0 ? MIN ((age + since) / doubling, 1000) : 1000);
  return -kennis_expm1 (-hazard * months / 12);
}

void
kennis_value_profile_weights (const KennisValuePlan *plan,
                        const KennisValueProfile   *profile,
                        const double          *values,
                        double                *weight)
{
  guint horizon = plan->horizon;
  double start = value_at (values, profile->start, 0), begin = start + value_at (values, profile->delay, 0);
  double end = start + value_at (values, profile->end, INFINITY);
  Decline decline;

  memset (weight, 0, (horizon + 1) * sizeof *weight);
  if (profile->kind == KENNIS_VALUE_PROFILE_NONE)
    return;
  if (profile->kind == KENNIS_VALUE_PROFILE_ONCE)
    {
      if (start <= horizon)
        weight[(guint) MIN (floor (start + 0.5), horizon)] = 1;
      return;
    }
  decline = decline_of (profile, values);
  for (guint m = 0; m < horizon; m++)
    {
      double from = MAX (m, begin), to = MIN (m + 1, end), middle = (from + to) / 2;
      guint row = plan->timing == KENNIS_CASH_TIMING_YEAR_END ? MIN ((m / 12 + 1) * 12, horizon) : m + 1;

      if (to <= from)
        continue;
      weight[row] += profile->kind == KENNIS_VALUE_PROFILE_HAZARD
                         ? risk_at (profile, values, middle - start, to - from)
                         : (to - from) / 12 * level_at (plan, &decline, middle - start, middle - begin);
    }
}

static double
apply (KennisOp op,
       double   value)
{
  return op == KENNIS_OP_X ? value : op == KENNIS_OP_NOT_X ? 1 - value : 1 + value;
}

static double
product (const KennisTerm *term,
         const double     *values)
{
  double result = 1;

  for (guint i = 0; i < term->n; i++)
    result *= apply (term->operand[i].op, values[term->operand[i].slot]);
  return result;
}

/* Sum of weights, and of discounted weights (NaN without a rate). */
static void
add_up (const double *weight,
        guint         horizon,
        double        rate,
        double       *total,
        double       *present)
{
  double factor = kennis_plan_discount (rate, 1), power = 1;

  *total = *present = 0;
  for (guint m = 0; m <= horizon; m++)
    {
      *total += weight[m];
      if (weight[m] != 0 || isnan (factor))
        *present += weight[m] * power;
      power *= factor;
    }
  if (isnan (factor))
    *present = NAN;
}

void
kennis_plan_totals (const KennisValuePlan *plan,
                    const double          *values,
                    guint                  programme,
                    KennisTotals          *out)
{
  g_autofree double *weight = g_new (double, plan->horizon + 1);

  memset (out, 0, sizeof *out);
  out->rate = value_at (values, plan->discount, NAN);
  out->tax = value_at (values, plan->tax, 0);
  for (guint i = 0; i < plan->terms->len; i++)
    {
      const KennisTerm *term = &g_array_index (plan->terms, KennisTerm, i);
      double amount, total, present;

      if (programme != G_MAXUINT && programme != term->programme)
        continue;
      amount = product (term, values);
      kennis_value_profile_weights (plan, &term->profile, values, weight);
      add_up (weight, plan->horizon, out->rate, &total, &present);
      out->total[term->stream] += amount * total;
      out->present[term->stream] += amount * present;
      if (term->stream == KENNIS_STREAM_BENEFIT)
        out->benefit[term->benefit] += amount * total;
    }
  if (isnan (out->rate))
    for (guint i = 0; i < KENNIS_N_STREAMS; i++)
      out->present[i] = NAN;
}

void
kennis_plan_flows (const KennisValuePlan *plan,
                   const double          *values,
                   guint                  programme,
                   double                *flows)
{
  g_autofree double *weight = g_new (double, plan->horizon + 1);

  memset (flows, 0, (plan->horizon + 1) * KENNIS_N_STREAMS * sizeof *flows);
  for (guint i = 0; i < plan->terms->len; i++)
    {
      const KennisTerm *term = &g_array_index (plan->terms, KennisTerm, i);
      double amount = product (term, values);

      if (programme != G_MAXUINT && programme != term->programme)
        continue;
      kennis_value_profile_weights (plan, &term->profile, values, weight);
      for (guint m = 0; m <= plan->horizon; m++)
        flows[m * KENNIS_N_STREAMS + term->stream] += amount * weight[m];
    }
}

static double
cost_of (const double *stream)
{
  return stream[KENNIS_STREAM_DIRECT] + stream[KENNIS_STREAM_INDIRECT] + stream[KENNIS_STREAM_TIME]
         + stream[KENNIS_STREAM_PAY] - stream[KENNIS_STREAM_SUBSIDY];
}

static double
worth_of (const double *stream)
{
  return stream[KENNIS_STREAM_BENEFIT] + stream[KENNIS_STREAM_AVOIDED];
}

static double
ratio (double              above,
       double              cost,
       KennisFigureStatus *status)
{
  if (isnan (cost))
    *status = KENNIS_FIGURE_STATUS_NO_DATA;
  else if (!(cost > 0))
    *status = KENNIS_FIGURE_STATUS_NO_COST;
  return *status == KENNIS_FIGURE_STATUS_OK ? above / cost : NAN;
}

double
kennis_totals_figure (const KennisTotals *totals,
                      KennisFigure        figure,
                      KennisFigureStatus *status)
{
  static const KennisStream streams[] = { [KENNIS_FIGURE_DIRECT_COST] = KENNIS_STREAM_DIRECT, [KENNIS_FIGURE_INDIRECT_COST] = KENNIS_STREAM_INDIRECT,
                                          [KENNIS_FIGURE_TIME_COST] = KENNIS_STREAM_TIME, [KENNIS_FIGURE_PAY_RISE] = KENNIS_STREAM_PAY,
                                          [KENNIS_FIGURE_SUBSIDY] = KENNIS_STREAM_SUBSIDY, [KENNIS_FIGURE_BENEFIT] = KENNIS_STREAM_BENEFIT,
                                          [KENNIS_FIGURE_LOSS_AVOIDED] = KENNIS_STREAM_AVOIDED, [KENNIS_FIGURE_EMPLOYEE_COST] = KENNIS_STREAM_OWN_COST,
                                          [KENNIS_FIGURE_EMPLOYEE_GAIN] = KENNIS_STREAM_OWN_GAIN };
  double cost = cost_of (totals->total), net = worth_of (totals->total) - cost;
  double present_cost = cost_of (totals->present), present_net = worth_of (totals->present) - present_cost;

  *status = KENNIS_FIGURE_STATUS_OK;
  switch (figure)
    {
    case KENNIS_FIGURE_COST:
      return cost;
    case KENNIS_FIGURE_NET:
      return net;
    case KENNIS_FIGURE_NET_AFTER_TAX:
      return net * (1 - totals->tax);
    case KENNIS_FIGURE_NPV:
      *status = isnan (totals->rate) ? KENNIS_FIGURE_STATUS_NO_DATA : KENNIS_FIGURE_STATUS_OK;
      return present_net * (1 - totals->tax);
    case KENNIS_FIGURE_BCR:
      return ratio (worth_of (totals->total), cost, status);
    case KENNIS_FIGURE_ROI:
      return 100 * ratio (net, cost, status);
    case KENNIS_FIGURE_DISCOUNTED_BCR:
      return ratio (worth_of (totals->present), present_cost, status);
    case KENNIS_FIGURE_DISCOUNTED_ROI:
      return 100 * ratio (present_net, present_cost, status);
    case KENNIS_FIGURE_EMPLOYEE_NET:
      return totals->total[KENNIS_STREAM_OWN_GAIN] - totals->total[KENNIS_STREAM_OWN_COST];
    case KENNIS_FIGURE_PAYBACK:
    case KENNIS_FIGURE_IRR:
      *status = KENNIS_FIGURE_STATUS_UNDETERMINED;
      return NAN;
    default:
      return totals->total[streams[figure]];
    }
}

static gboolean
is_certain (const KennisValuePlan *plan,
            guint                  slot)
{
  return slot == KENNIS_NO_SLOT || kennis_value_plan_slot (plan, slot)->certain;
}

static gboolean
has_certain_shape (const KennisValuePlan *plan,
                   const KennisValueProfile   *p)
{
  const guint slots[] = { plan->discount, p->start,   p->delay,  p->ramp_up,  p->half_life,
                          p->end,         p->leaving, p->hazard, p->doubling, p->age };

  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    if (!is_certain (plan, slots[i]))
      return FALSE;
  return TRUE;
}

void
kennis_evaluator_init (KennisEvaluator       *self,
                       const KennisValuePlan *plan)
{
  g_autofree double *weight = g_new (double, plan->horizon + 1);

  self->plan = plan;
  self->has_rate = plan->discount != KENNIS_NO_SLOT;
  self->shapes = g_new0 (KennisShape, plan->terms->len);
  self->means = g_new (double, plan->slots->len + 1);
  for (guint i = 0; i < plan->slots->len; i++)
    self->means[i] = kennis_value_plan_slot (plan, i)->mean;
  for (guint i = 0; i < plan->terms->len; i++)
    {
      const KennisTerm *term = &g_array_index (plan->terms, KennisTerm, i);
      KennisShape *shape = &self->shapes[i];

      shape->certain = has_certain_shape (plan, &term->profile);
      kennis_value_profile_weights (plan, &term->profile, self->means, weight);
      add_up (weight, plan->horizon, self->has_rate ? self->means[plan->discount] : NAN, &shape->total,
              &shape->present);
    }
}

void
kennis_evaluator_clear (KennisEvaluator *self)
{
  g_clear_pointer (&self->shapes, g_free);
  g_clear_pointer (&self->means, g_free);
}

KENNIS_WIDEST static void
times (KennisOp      op,
       const double *column,
       gsize         n,
       double       *amount)
{
  double sign = op == KENNIS_OP_NOT_X ? -1 : 1, base = op == KENNIS_OP_X ? 0 : 1;

  for (gsize k = 0; k < n; k++)
    amount[k] *= base + sign * column[k];
}

KENNIS_WIDEST static void
add_amounts (const KennisShape *shape,
             const double      *amount,
             gsize              n,
             double            *total,
             double            *present)
{
  double in_all = shape->total, discounted = shape->present;

  for (gsize k = 0; k < n; k++)
    {
      total[k] += amount[k] * in_all;
      present[k] += amount[k] * discounted;
    }
}

static void
multiply (const KennisEvaluator *self,
          const KennisTerm      *term,
          double * const        *columns,
          gsize                  n,
          double                *amount)
{
  double constant = 1;

  for (guint i = 0; i < term->n; i++)
    if (columns[term->operand[i].slot] == NULL)
      constant *= apply (term->operand[i].op, self->means[term->operand[i].slot]);
  for (gsize k = 0; k < n; k++)
    amount[k] = constant;
  for (guint i = 0; i < term->n; i++)
    if (columns[term->operand[i].slot] != NULL)
      times (term->operand[i].op, columns[term->operand[i].slot], n, amount);
}

/* Where the shape itself is uncertain: a walk over the months for each draw. */
static void
spread (const KennisEvaluator *self,
        const KennisTerm      *term,
        double * const        *columns,
        gsize                  n,
        const double          *amount,
        double                *total,
        double                *present)
{
  const KennisValuePlan *plan = self->plan;
  g_autofree double *weight = g_new (double, plan->horizon + 1);
  g_autofree double *values = g_memdup2 (self->means, (plan->slots->len + 1) * sizeof (double));

  for (gsize k = 0; k < n; k++)
    {
      double sum, discounted;

      for (guint s = 0; s < plan->slots->len; s++)
        if (columns[s] != NULL)
          values[s] = columns[s][k];
      kennis_value_profile_weights (plan, &term->profile, values, weight);
      add_up (weight, plan->horizon, self->has_rate ? values[plan->discount] : NAN, &sum, &discounted);
      total[k] += amount[k] * sum;
      present[k] += amount[k] * discounted;
    }
}

/* `scratch` has room for n doubles.  Streams that no term feeds are left alone: they are 0 from the start. */
void
kennis_evaluator_run (const KennisEvaluator *self,
                      double * const        *columns,
                      gsize                  n,
                      double                *scratch,
                      double               **total,
                      double               **present)
{
  for (guint i = 0; i < self->plan->terms->len; i++)
    {
      KennisStream stream = g_array_index (self->plan->terms, KennisTerm, i).stream;

      memset (total[stream], 0, n * sizeof (double));
      memset (present[stream], 0, n * sizeof (double));
    }
  for (guint i = 0; i < self->plan->terms->len; i++)
    {
      const KennisTerm *term = &g_array_index (self->plan->terms, KennisTerm, i);
      const KennisShape *shape = &self->shapes[i];
      double *sum = total[term->stream], *discounted = present[term->stream];

      multiply (self, term, columns, n, scratch);
      if (shape->certain)
        add_amounts (shape, scratch, n, sum, discounted);
      else
        spread (self, term, columns, n, scratch, sum, discounted);
    }
}
