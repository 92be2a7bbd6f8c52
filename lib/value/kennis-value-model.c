#include "config.h"

#include <math.h>
#include <string.h>

#include <kennis/kennis-enum-types.h>
#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "value/kennis-value-model-private.h"

/**
 * KennisValueModel:
 *
 * What programmes of learning cost, what they bring and when, and what it costs not to have them.
 *
 * A model has programmes, a programme has benefits, and each of them inputs, which are [struct@Quantity] with the grade
 * of their evidence.  An input is named by its path: `discount-rate`, `PROGRAMME/participants`, `PROGRAMME/BENEFIT/amount`; where
 * only one programme or benefit can be meant, `participants` and `amount` do.  docs/value.md tells of every input.
 *
 * An input that was not given is not taken for 0: what needs it is not worked out, or the model is refused.
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (KennisValueModel, kennis_value_model, G_TYPE_OBJECT)

enum { PROP_0, PROP_CURRENCY, PROP_HORIZON, PROP_TIMING, N_PROPS };

static void
clear_inputs (KennisInput *inputs)
{
  for (guint i = 0; i < KENNIS_N_INPUTS; i++)
    {
      g_clear_pointer (&inputs[i].quantity, kennis_quantity_unref);
      g_clear_pointer (&inputs[i].source, g_free);
    }
}

static void
benefit_free (gpointer data)
{
  KennisBenefit *benefit = data;

  g_free (benefit->id);
  g_free (benefit->name);
  clear_inputs (benefit->inputs);
  g_free (benefit);
}

static void
investment_free (gpointer data)
{
  KennisInvestment *programme = data;

  g_free (programme->id);
  g_free (programme->name);
  g_ptr_array_unref (programme->benefits);
  g_ptr_array_unref (programme->reasons);
  clear_inputs (programme->inputs);
  g_free (programme);
}

static void
correlation_clear (gpointer data)
{
  KennisCorrelation *correlation = data;

  g_free (correlation->a);
  g_free (correlation->b);
}

static void
kennis_value_model_finalize (GObject *object)
{
  KennisValueModel *self = KENNIS_VALUE_MODEL (object);

  g_free (self->currency);
  g_ptr_array_unref (self->programmes);
  g_array_unref (self->correlations);
  clear_inputs (self->inputs);

  G_OBJECT_CLASS (kennis_value_model_parent_class)->finalize (object);
}

static void
kennis_value_model_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  KennisValueModel *self = KENNIS_VALUE_MODEL (object);

  switch (id)
    {
    case PROP_CURRENCY:
      g_value_set_string (value, self->currency);
      break;
    case PROP_HORIZON:
      g_value_set_uint (value, self->horizon);
      break;
    case PROP_TIMING:
      g_value_set_enum (value, self->timing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kennis_value_model_set_property (GObject      *object,
                                 guint         id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  KennisValueModel *self = KENNIS_VALUE_MODEL (object);

  switch (id)
    {
    case PROP_CURRENCY:
      g_free (self->currency);
      self->currency = g_value_dup_string (value);
      break;
    case PROP_HORIZON:
      kennis_value_model_set_horizon (self, g_value_get_uint (value));
      break;
    case PROP_TIMING:
      kennis_value_model_set_timing (self, g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kennis_value_model_class_init (KennisValueModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = kennis_value_model_finalize;
  object_class->get_property = kennis_value_model_get_property;
  object_class->set_property = kennis_value_model_set_property;

  /**
   * KennisValueModel:currency:
   *
   * The currency of all amounts, ISO 4217.
   *
   * Since: 1.0
   */
  g_object_class_install_property (object_class, PROP_CURRENCY,
                                   g_param_spec_string ("currency", NULL, NULL, "EUR", flags | G_PARAM_CONSTRUCT_ONLY));
  /**
   * KennisValueModel:horizon:
   *
   * How many months the model looks ahead.
   *
   * Since: 1.0
   */
  g_object_class_install_property (
      object_class, PROP_HORIZON,
      g_param_spec_uint ("horizon", NULL, NULL, 1, KENNIS_MAX_HORIZON, 36, flags | G_PARAM_CONSTRUCT));
  /**
   * KennisValueModel:timing:
   *
   * When the money of a month counts.
   *
   * Since: 1.0
   */
  g_object_class_install_property (object_class, PROP_TIMING,
                                   g_param_spec_enum ("timing", NULL, NULL, KENNIS_TYPE_CASH_TIMING,
                                                      KENNIS_CASH_TIMING_MONTH_END, flags | G_PARAM_CONSTRUCT));
}

static void
kennis_value_model_init (KennisValueModel *self)
{
  self->programmes = g_ptr_array_new_with_free_func (investment_free);
  self->correlations = g_array_new (FALSE, TRUE, sizeof (KennisCorrelation));
  g_array_set_clear_func (self->correlations, correlation_clear);
}

/**
 * kennis_value_model_new:
 * @currency: the currency of all amounts, ISO 4217
 * @horizon: months to look ahead, 1 … 1200
 *
 * Makes a model without programmes.
 *
 * Returns: (transfer full): a new model
 *
 * Since: 1.0
 */
KennisValueModel *
kennis_value_model_new (const char *currency,
                        guint       horizon)
{
  return g_object_new (KENNIS_TYPE_VALUE_MODEL, "currency", currency, "horizon", horizon, NULL);
}

/**
 * kennis_value_model_get_currency:
 * @self: a model
 *
 * Gets the currency of all amounts, ISO 4217.
 *
 * Returns: the currency of all amounts, ISO 4217
 *
 * Since: 1.0
 */
const char *
kennis_value_model_get_currency (KennisValueModel *self)
{
  g_return_val_if_fail (KENNIS_IS_VALUE_MODEL (self), NULL);

  return self->currency;
}

/**
 * kennis_value_model_get_horizon:
 * @self: a model
 *
 * Tells how many months the model looks ahead.
 *
 * Returns: how many months the model looks ahead
 *
 * Since: 1.0
 */
guint
kennis_value_model_get_horizon (KennisValueModel *self)
{
  g_return_val_if_fail (KENNIS_IS_VALUE_MODEL (self), 0);

  return self->horizon;
}

/**
 * kennis_value_model_set_horizon:
 * @self: a model
 * @horizon: months to look ahead, 1 … 1200
 *
 * Sets how many months the model looks ahead.
 *
 * Since: 1.0
 */
void
kennis_value_model_set_horizon (KennisValueModel *self,
                                guint             horizon)
{
  g_return_if_fail (KENNIS_IS_VALUE_MODEL (self));
  g_return_if_fail (horizon >= 1 && horizon <= KENNIS_MAX_HORIZON);

  if (self->horizon == horizon)
    return;
  self->horizon = horizon;
  g_object_notify (G_OBJECT (self), "horizon");
}

/**
 * kennis_value_model_get_timing:
 * @self: a model
 *
 * Tells when the money of a month counts.
 *
 * Returns: when the money of a month counts
 *
 * Since: 1.0
 */
KennisCashTiming
kennis_value_model_get_timing (KennisValueModel *self)
{
  g_return_val_if_fail (KENNIS_IS_VALUE_MODEL (self), KENNIS_CASH_TIMING_MONTH_END);

  return self->timing;
}

/**
 * kennis_value_model_set_timing:
 * @self: a model
 * @timing: when the money of a month counts
 *
 * Sets when the money of a month counts.
 *
 * Since: 1.0
 */
void
kennis_value_model_set_timing (KennisValueModel *self,
                               KennisCashTiming  timing)
{
  g_return_if_fail (KENNIS_IS_VALUE_MODEL (self));

  if (self->timing == timing)
    return;
  self->timing = timing;
  g_object_notify (G_OBJECT (self), "timing");
}

/* Texts as an XML document may hold them. */
char *
kennis_value_clean (const char *text)
{
  char *valid = g_utf8_make_valid (text, -1);

  for (char *p = valid; *p != '\0'; p++)
    if ((guchar) *p < ' ')
      *p = ' ';
  return valid;
}

KennisInvestment *
kennis_value_model_find (KennisValueModel *self,
                         const char       *id)
{
  for (guint i = 0; i < self->programmes->len; i++)
    {
      KennisInvestment *programme = self->programmes->pdata[i];

      if (strcmp (programme->id, id) == 0)
        return programme;
    }
  return NULL;
}

static gboolean
check_id (const char  *id,
          GError     **error)
{
  gsize length = strlen (id);
  gboolean fine = length > 0 && length <= 200 && g_utf8_validate (id, length, NULL);

  for (const char *p = id; fine && *p != '\0'; p++)
    fine = (guchar) *p > ' ' && *p != '/' && *p != '=';
  if (fine)
    return TRUE;
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
               _("“%s” is no id of a programme or benefit: 1 to 200 bytes of UTF-8 without space, “/” and “=”"),
               g_utf8_validate (id, length, NULL) && length <= 200 ? id : "…");
  return FALSE;
}

static KennisInvestment *
need_programme (KennisValueModel  *self,
                const char        *id,
                GError           **error)
{
  KennisInvestment *programme = kennis_value_model_find (self, id);

  if (programme == NULL)
    g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE,
                 _("the model has no programme “%s”; add it first"), id);
  return programme;
}

/**
 * kennis_value_model_add_programme:
 * @self: a model
 * @id: its id, without “/” and “=”
 * @name: (nullable): its name
 * @error: return location for an error
 *
 * Adds a programme without inputs.
 *
 * Returns: whether it was added
 *
 * Since: 1.0
 */
gboolean
kennis_value_model_add_programme (KennisValueModel  *self,
                                  const char        *id,
                                  const char        *name,
                                  GError           **error)
{
  KennisInvestment *programme;

  g_return_val_if_fail (KENNIS_IS_VALUE_MODEL (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!check_id (id, error))
    return FALSE;
  if (kennis_value_model_find (self, id) != NULL || kennis_input_find (id, KENNIS_LEVEL_MODEL) >= 0)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_CONFLICT, _("there is a programme or input “%s” already"), id);
      return FALSE;
    }
  if (self->programmes->len >= KENNIS_MAX_PROGRAMMES)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE, _("a model has at most %d programmes"),
                   KENNIS_MAX_PROGRAMMES);
      return FALSE;
    }
  programme = g_new0 (KennisInvestment, 1);
  programme->id = g_strdup (id);
  programme->name = kennis_value_clean (name != NULL ? name : id);
  programme->benefits = g_ptr_array_new_with_free_func (benefit_free);
  programme->reasons = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->programmes, programme);
  return TRUE;
}

/**
 * kennis_value_model_add_benefit:
 * @self: a model
 * @programme: a programme of the model
 * @id: its id, without “/” and “=”
 * @name: (nullable): its name
 * @kind: what it is of
 * @method: how it is worked out
 * @error: return location for an error
 *
 * Adds a benefit without inputs to a programme.
 *
 * Returns: whether it was added
 *
 * Since: 1.0
 */
gboolean
kennis_value_model_add_benefit (KennisValueModel     *self,
                                const char           *programme,
                                const char           *id,
                                const char           *name,
                                KennisBenefitKind     kind,
                                KennisBenefitMethod   method,
                                GError              **error)
{
  KennisInvestment *owner;
  KennisBenefit *benefit;

  g_return_val_if_fail (KENNIS_IS_VALUE_MODEL (self), FALSE);
  g_return_val_if_fail (programme != NULL && id != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  owner = need_programme (self, programme, error);
  if (owner == NULL || !check_id (id, error))
    return FALSE;
  for (guint i = 0; i < owner->benefits->len; i++)
    if (strcmp (((KennisBenefit *) owner->benefits->pdata[i])->id, id) == 0)
      {
        g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_CONFLICT, _("programme “%s” has a benefit “%s” already"),
                     programme, id);
        return FALSE;
      }
  if (owner->benefits->len >= KENNIS_MAX_BENEFITS)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE, _("a programme has at most %d benefits"),
                   KENNIS_MAX_BENEFITS);
      return FALSE;
    }
  benefit = g_new0 (KennisBenefit, 1);
  benefit->id = g_strdup (id);
  benefit->name = kennis_value_clean (name != NULL ? name : id);
  benefit->kind = kind;
  benefit->method = method;
  g_ptr_array_add (owner->benefits, benefit);
  return TRUE;
}

/**
 * kennis_value_model_add_reason:
 * @self: a model
 * @programme: a programme of the model
 * @reason: what participants said it means to them
 * @error: return location for an error
 *
 * Adds a reason for the rating of meaning.
 *
 * Returns: whether it was added
 *
 * Since: 1.0
 */
gboolean
kennis_value_model_add_reason (KennisValueModel  *self,
                               const char        *programme,
                               const char        *reason,
                               GError           **error)
{
  KennisInvestment *owner;

  g_return_val_if_fail (KENNIS_IS_VALUE_MODEL (self), FALSE);
  g_return_val_if_fail (programme != NULL && reason != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  owner = need_programme (self, programme, error);
  if (owner == NULL)
    return FALSE;
  g_ptr_array_add (owner->reasons, kennis_value_clean (reason));
  return TRUE;
}

/**
 * kennis_value_model_list_programmes:
 * @self: a model
 *
 * Gives the ids of the programmes, in the order in which they were added.
 *
 * Returns: (transfer full) (array zero-terminated=1): ids
 *
 * Since: 1.0
 */
char **
kennis_value_model_list_programmes (KennisValueModel *self)
{
  char **ids;

  g_return_val_if_fail (KENNIS_IS_VALUE_MODEL (self), NULL);

  ids = g_new0 (char *, self->programmes->len + 1);
  for (guint i = 0; i < self->programmes->len; i++)
    ids[i] = g_strdup (((KennisInvestment *) self->programmes->pdata[i])->id);
  return ids;
}
