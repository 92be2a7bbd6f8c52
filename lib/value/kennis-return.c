#include "config.h"

#include <math.h>
#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "value/kennis-return-private.h"

/**
 * KennisReturn:
 *
 * What a [class@ValueModel] comes to: costs, benefits, losses avoided, and the figures that follow from them.
 *
 * The figures of [method@Return.get_figure] are worked out from the expected value (mean) of every input.  A return that
 * was simulated ([func@Return.simulate]) also knows how far it may turn out otherwise.
 *
 * A return never changes and may be used from any thread.
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (KennisReturn, kennis_return, G_TYPE_OBJECT)

static void
kennis_return_finalize (GObject *object)
{
  KennisReturn *self = KENNIS_RETURN (object);

  g_clear_pointer (&self->simulation, kennis_simulation_free);
  for (guint i = 0; self->parts != NULL && self->parts[i] != NULL; i++)
    g_object_unref (self->parts[i]);
  g_free (self->parts);
  g_free (self->best);
  g_free (self->values);
  g_free (self->each);
  g_free (self->fed);
  g_free (self->given);
  g_free (self->flows);
  g_free (self->cents);
  g_clear_pointer (&self->plan, kennis_value_plan_unref);

  G_OBJECT_CLASS (kennis_return_parent_class)->finalize (object);
}

static void
kennis_return_class_init (KennisReturnClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_return_finalize;
}

static void
kennis_return_init (KennisReturn *self)
{
}

/* Rounded so that they add up: each month gets what brings the sum so far to a whole cent. */
static void
make_cents (KennisReturn *self)
{
  double sum = 0;
  gint64 given = 0;

  self->cents = g_new0 (gint64, self->plan->horizon + 1);
  for (guint m = 0; m <= self->plan->horizon; m++)
    {
      double net = kennis_flows_net (self->flows + m * KENNIS_N_STREAMS, 0) * (1 - self->all.tax);

      sum += net * kennis_plan_discount (self->all.rate, m);
      self->cents[m] = (gint64) llrint (CLAMP (sum * 100, -9e18, 9e18)) - given;
      given += self->cents[m];
    }
}

KennisReturn *
kennis_return_make (KennisValuePlan *plan)
{
  KennisReturn *self = g_object_new (KENNIS_TYPE_RETURN, NULL);

  self->plan = kennis_value_plan_ref (plan);
  self->values = g_new (double, plan->slots->len + 1);
  for (guint i = 0; i < plan->slots->len; i++)
    self->values[i] = kennis_value_plan_slot (plan, i)->mean;
  kennis_plan_totals (plan, self->values, G_MAXUINT, &self->all);
  self->each = g_new (KennisTotals, plan->programmes->len + 1);
  for (guint i = 0; i < plan->programmes->len; i++)
    kennis_plan_totals (plan, self->values, i, &self->each[i]);
  self->fed = kennis_return_find_fed (plan);
  self->given = kennis_return_find_given (plan);
  self->flows = g_new (double, (plan->horizon + 1) * KENNIS_N_STREAMS);
  kennis_plan_flows (plan, self->values, G_MAXUINT, self->flows);
  if (kennis_return_is_fed (self, -1, KENNIS_FIGURE_NPV))
    make_cents (self);
  if (plan->programmes->len < 2)
    return self;
  self->parts = g_new0 (KennisReturn *, plan->programmes->len + 1);
  for (guint i = 0; i < plan->programmes->len; i++)
    {
      g_autoptr (KennisValuePlan) part = kennis_value_plan_part (plan, i);

      self->parts[i] = kennis_return_make (part);
    }
  return self;
}

/**
 * kennis_return_new:
 * @model: a model
 * @error: return location for an error
 *
 * Works out a model with the expected value (mean) of every input.
 *
 * Errors: %KENNIS_ERROR_NO_DATA names an input that is missing; %KENNIS_ERROR_INVALID, inputs that do not go together.
 *
 * Returns: (transfer full): a new return
 *
 * Since: 1.0
 */
KennisReturn *
kennis_return_new (KennisValueModel  *model,
                   GError           **error)
{
  g_autoptr (KennisValuePlan) plan = NULL;

  g_return_val_if_fail (KENNIS_IS_VALUE_MODEL (model), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  plan = kennis_value_plan_new (model, error);
  return plan != NULL ? kennis_return_make (plan) : NULL;
}

/**
 * kennis_return_get_currency:
 * @self: a return
 *
 * Gets the currency of its amounts, ISO 4217.
 *
 * Returns: the currency of its amounts, ISO 4217
 *
 * Since: 1.0
 */
const char *
kennis_return_get_currency (KennisReturn *self)
{
  g_return_val_if_fail (KENNIS_IS_RETURN (self), NULL);

  return self->plan->currency;
}

/**
 * kennis_return_get_horizon:
 * @self: a return
 *
 * Gets the months that it looks ahead.
 *
 * Returns: the months that it looks ahead
 *
 * Since: 1.0
 */
guint
kennis_return_get_horizon (KennisReturn *self)
{
  g_return_val_if_fail (KENNIS_IS_RETURN (self), 0);

  return self->plan->horizon;
}

/**
 * kennis_return_list_programmes:
 * @self: a return
 *
 * Gives the ids of the programmes.
 *
 * Returns: (transfer full) (array zero-terminated=1): ids
 *
 * Since: 1.0
 */
char **
kennis_return_list_programmes (KennisReturn *self)
{
  char **ids;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NULL);

  ids = g_new0 (char *, self->plan->programmes->len + 1);
  for (guint i = 0; i < self->plan->programmes->len; i++)
    ids[i] = g_strdup (self->plan->programmes->pdata[i]);
  return ids;
}

/**
 * kennis_return_list_inputs:
 * @self: a return
 *
 * Gives the paths of the inputs it was made from.
 *
 * Returns: (transfer full) (array zero-terminated=1): paths
 *
 * Since: 1.0
 */
char **
kennis_return_list_inputs (KennisReturn *self)
{
  char **paths;
  guint n = 0;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NULL);

  paths = g_new0 (char *, self->plan->slots->len + 1);
  for (guint i = 0; i < self->plan->slots->len; i++)
    if (kennis_value_plan_has (self->plan, i))
      paths[n++] = g_strdup (kennis_value_plan_slot (self->plan, i)->path);
  return paths;
}

/**
 * kennis_return_get_input:
 * @self: a return
 * @path: path of an input
 * @evidence: (out) (optional): how good its ground is
 * @source: (out) (optional) (nullable) (transfer none): where it comes from
 *
 * Gives an input that it was made from.
 *
 * Returns: (transfer none) (nullable): what was known of it; %NULL where no such input was given
 *
 * Since: 1.0
 */
KennisQuantity *
kennis_return_get_input (KennisReturn    *self,
                         const char      *path,
                         KennisEvidence  *evidence,
                         const char     **source)
{
  const KennisSlot *slot;
  int found;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  found = kennis_value_plan_find (self->plan, path);
  slot = found >= 0 ? kennis_value_plan_slot (self->plan, found) : NULL;
  if (evidence != NULL)
    *evidence = slot != NULL ? slot->evidence : KENNIS_EVIDENCE_UNKNOWN;
  if (source != NULL)
    *source = slot != NULL ? slot->source : NULL;
  return slot != NULL ? slot->quantity : NULL;
}

int
kennis_return_find_programme (KennisReturn *self,
                              const char   *id)
{
  for (guint i = 0; i < self->plan->programmes->len; i++)
    if (strcmp (self->plan->programmes->pdata[i], id) == 0)
      return (int) i;
  return -1;
}

/**
 * kennis_return_get_name:
 * @self: a return
 * @programme: a programme
 *
 * Gives the name of a programme.
 *
 * Returns: (transfer none) (nullable): its name, its id where it has none; %NULL where there is no such programme
 *
 * Since: 1.0
 */
const char *
kennis_return_get_name (KennisReturn *self,
                        const char   *programme)
{
  const char *name;
  int number;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NULL);
  g_return_val_if_fail (programme != NULL, NULL);

  number = kennis_return_find_programme (self, programme);
  if (number < 0)
    return NULL;
  name = self->plan->names->pdata[number];
  return name != NULL && *name != '\0' ? name : self->plan->programmes->pdata[number];
}

/**
 * kennis_return_get_programme:
 * @self: a return
 * @programme: a programme
 *
 * Gives the return of one programme by itself, with draws of its own where @self was simulated.
 *
 * Its draw k has the same inputs as draw k of the whole, so that programmes may be compared draw by draw, and amounts of all
 * programmes add up to those of the whole.
 *
 * Returns: (transfer none) (nullable): a return; @self where it is of that programme only; %NULL where there is no such programme
 *
 * Since: 1.0
 */
KennisReturn *
kennis_return_get_programme (KennisReturn *self,
                             const char   *programme)
{
  int number;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NULL);
  g_return_val_if_fail (programme != NULL, NULL);

  number = kennis_return_find_programme (self, programme);
  if (number < 0)
    return NULL;
  return self->parts != NULL ? self->parts[number] : self;
}

/**
 * kennis_return_get_figure:
 * @self: a return
 * @programme: (nullable): a programme; %NULL for all together
 * @figure: which figure
 * @value: (out): its value; NaN where it has none
 *
 * Gives a figure, worked out from the expected value of every input.
 *
 * Amounts are in [method@Return.get_currency], %KENNIS_FIGURE_ROI and %KENNIS_FIGURE_DISCOUNTED_ROI in %,
 * %KENNIS_FIGURE_PAYBACK in months, %KENNIS_FIGURE_IRR a share per year.
 *
 * What nobody gave is not known, and not 0: a part of the cost or benefit without inputs, and a figure that compares the two where a
 * programme has no cost or neither benefit nor loss avoided, are %KENNIS_FIGURE_STATUS_NO_DATA.  Sums are of what is known.
 * [method@Return.list_missing] names the inputs in either case.  Without a cost over 0 there is neither ratio nor payback
 * (%KENNIS_FIGURE_STATUS_NO_COST).  Where money comes first and is paid later, the one rate there is would be that of a loan: the IRR is
 * %KENNIS_FIGURE_STATUS_UNDETERMINED.
 *
 * Returns: whether it has a value, and why not
 *
 * Since: 1.0
 */
KennisFigureStatus
kennis_return_get_figure (KennisReturn *self,
                          const char   *programme,
                          KennisFigure  figure,
                          double       *value)
{
  g_autofree double *flows = NULL;
  const double *of = NULL;
  KennisFigureStatus status = KENNIS_FIGURE_STATUS_OK;
  int number = -1;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), KENNIS_FIGURE_STATUS_UNDETERMINED);
  g_return_val_if_fail ((guint) figure <= KENNIS_FIGURE_EMPLOYEE_NET, KENNIS_FIGURE_STATUS_UNDETERMINED);
  g_return_val_if_fail (value != NULL, KENNIS_FIGURE_STATUS_UNDETERMINED);

  *value = NAN;
  if (programme != NULL && (number = kennis_return_find_programme (self, programme)) < 0)
    return KENNIS_FIGURE_STATUS_NO_DATA;
  if (!kennis_return_is_fed (self, number, figure))
    return KENNIS_FIGURE_STATUS_NO_DATA;
  if (figure != KENNIS_FIGURE_PAYBACK && figure != KENNIS_FIGURE_IRR)
    {
      *value = kennis_totals_figure (number < 0 ? &self->all : &self->each[number], figure, &status);
      return status;
    }
  of = self->flows;
  if (number >= 0)
    {
      of = flows = g_new (double, (self->plan->horizon + 1) * KENNIS_N_STREAMS);
      kennis_plan_flows (self->plan, self->values, number, flows);
    }
  return figure == KENNIS_FIGURE_IRR ? kennis_flows_irr (of, self->plan->horizon, value)
                                     : kennis_flows_payback (of, self->plan->horizon, self->all.tax, value);
}

/**
 * kennis_return_get_benefit:
 * @self: a return
 * @programme: (nullable): a programme; %NULL for all together
 * @kind: a kind of benefit
 *
 * Gives the benefits of one kind, undiscounted, before tax.
 *
 * Returns: an amount; NaN where nobody gave a benefit of the kind, or there is no such programme
 *
 * Since: 1.0
 */
double
kennis_return_get_benefit (KennisReturn      *self,
                           const char        *programme,
                           KennisBenefitKind  kind)
{
  int number = -1;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NAN);
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (self->all.benefit), NAN);

  if (programme != NULL && (number = kennis_return_find_programme (self, programme)) < 0)
    return NAN;
  for (guint i = 0; i < self->plan->terms->len; i++)
    {
      const KennisTerm *term = &g_array_index (self->plan->terms, KennisTerm, i);

      if (term->stream == KENNIS_STREAM_BENEFIT && term->benefit == kind
          && (number < 0 || term->programme == (guint) number))
        return number < 0 ? self->all.benefit[kind] : self->each[number].benefit[kind];
    }
  return NAN;
}

/**
 * kennis_return_get_cash:
 * @self: a return
 * @month: a month, 0 (what is paid at the very start) … horizon
 * @cost: (out) (optional): cost in the month
 * @benefit: (out) (optional): benefit
 * @loss_avoided: (out) (optional): loss avoided
 *
 * Gives the cash flow of a month, undiscounted, before tax.
 *
 * Each is NaN where its figure has no value, see [method@Return.get_figure].
 *
 * Returns: net after tax, undiscounted; NaN where a side of it is not known
 *
 * Since: 1.0
 */
double
kennis_return_get_cash (KennisReturn *self,
                        guint         month,
                        double       *cost,
                        double       *benefit,
                        double       *loss_avoided)
{
  const double *flow;
  double net;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NAN);
  g_return_val_if_fail (month <= self->plan->horizon, NAN);

  flow = self->flows + month * KENNIS_N_STREAMS;
  net = kennis_flows_net (flow, 0);
  if (cost != NULL)
    *cost = kennis_return_is_fed (self, -1, KENNIS_FIGURE_COST)
                ? flow[KENNIS_STREAM_BENEFIT] + flow[KENNIS_STREAM_AVOIDED] - net
                : NAN;
  if (benefit != NULL)
    *benefit = kennis_return_is_fed (self, -1, KENNIS_FIGURE_BENEFIT) ? flow[KENNIS_STREAM_BENEFIT] : NAN;
  if (loss_avoided != NULL)
    *loss_avoided = kennis_return_is_fed (self, -1, KENNIS_FIGURE_LOSS_AVOIDED) ? flow[KENNIS_STREAM_AVOIDED] : NAN;
  return kennis_return_is_fed (self, -1, KENNIS_FIGURE_NET) ? net * (1 - self->all.tax) : NAN;
}

/**
 * kennis_return_get_present_cents:
 * @self: a return
 *
 * Gives the discounted cash flow after tax by month, in cents, so that it adds up to the net present value to the cent.
 *
 * Returns: (transfer full) (nullable): horizon + 1 64-bit integers in native byte order; %NULL where the net present value is not known
 *
 * Since: 1.0
 */
GBytes *
kennis_return_get_present_cents (KennisReturn *self)
{
  g_return_val_if_fail (KENNIS_IS_RETURN (self), NULL);

  return self->cents != NULL ? g_bytes_new (self->cents, (self->plan->horizon + 1) * sizeof *self->cents) : NULL;
}
