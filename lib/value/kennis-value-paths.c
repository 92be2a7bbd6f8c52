#include "config.h"

#include <math.h>
#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "value/kennis-value-model-private.h"

/* Inputs of a model by their paths. */

typedef struct
{
  KennisInput *input;
  KennisInputKind kind;
  char *full;
  guint n;
} Found;

static void
find_at (Found       *found,
         KennisInput *inputs,
         KennisLevel  level,
         const char  *name,
         const char  *programme,
         const char  *benefit)
{
  int kind = kennis_input_find (name, level);

  if (kind < 0)
    return;
  if (found->n++ > 0)
    return;
  found->input = &inputs[kind];
  found->kind = kind;
  found->full = benefit != NULL     ? g_strdup_printf ("%s/%s/%s", programme, benefit, name)
                : programme != NULL ? g_strdup_printf ("%s/%s", programme, name)
                                    : g_strdup (name);
}

/* Parts that are NULL fit any.  A name of both a programme and its benefits means the programme's. */
static void
find_in (Found            *found,
         KennisValueModel *self,
         const char       *programme,
         const char       *benefit,
         const char       *name)
{
  for (guint i = 0; i < self->programmes->len; i++)
    {
      KennisInvestment *owner = self->programmes->pdata[i];
      gboolean mine = FALSE;

      if (programme != NULL && strcmp (programme, owner->id) != 0)
        continue;
      if (benefit == NULL)
        {
          find_at (found, owner->inputs, KENNIS_LEVEL_PROGRAMME, name, owner->id, NULL);
          mine = kennis_input_find (name, KENNIS_LEVEL_PROGRAMME) >= 0;
        }
      for (guint j = 0; j < owner->benefits->len && !mine; j++)
        {
          KennisBenefit *of = owner->benefits->pdata[j];

          if (benefit == NULL || strcmp (benefit, of->id) == 0)
            find_at (found, of->inputs, KENNIS_LEVEL_BENEFIT, name, owner->id, of->id);
        }
    }
}

KennisInput *
kennis_value_model_resolve (KennisValueModel  *self,
                            const char        *path,
                            KennisInputKind   *kind,
                            char             **full,
                            GError           **error)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 4);
  guint n = g_strv_length (parts);
  Found found = { 0 };

  if (n == 1)
    find_at (&found, self->inputs, KENNIS_LEVEL_MODEL, parts[0], NULL, NULL);
  if (n == 3)
    find_in (&found, self, parts[0], parts[1], parts[2]);
  else if (n == 2)
    find_in (&found, self, parts[0], NULL, parts[1]);
  else if (n == 1 && found.n == 0)
    find_in (&found, self, NULL, NULL, parts[0]);
  if (found.n == 1)
    {
      if (kind != NULL)
        *kind = found.kind;
      if (full != NULL)
        *full = g_steal_pointer (&found.full);
      g_free (found.full);
      return found.input;
    }
  g_free (found.full);
  if (found.n > 1)
    g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                 _("“%s” may be any of %u inputs; write PROGRAMME/INPUT or PROGRAMME/BENEFIT/INPUT"), path, found.n);
  else
    g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE,
                 _("“%s” names no input of the model; write discount-rate, tax-rate, PROGRAMME/INPUT (participants, "
                   "cost-per-head, …) or "
                   "PROGRAMME/BENEFIT/INPUT (amount, transfer, …)"),
                 path);
  return NULL;
}

static gboolean
makes_sense (const char       *path,
             KennisInputKind   kind,
             KennisQuantity   *quantity,
             GError          **error)
{
  const KennisInputInfo *info = kennis_input_info (kind);
  g_autofree char *text = NULL, *least = NULL, *most = NULL;

  if (kennis_quantity_get_least (quantity) >= info->least && kennis_quantity_get_most (quantity) <= info->most)
    return TRUE;
  text = kennis_quantity_to_text (quantity);
  least = isfinite (info->least) ? kennis_number_to_text (info->least) : g_strdup ("");
  most = isfinite (info->most) ? kennis_number_to_text (info->most) : g_strdup ("");
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
               _("%s “%s” can lie outside [%s,%s]; cut a distribution off, as in normal(0.5,0.1)[%s,%s]"), path, text,
               least, most, least, most);
  return FALSE;
}

/**
 * kennis_value_model_set_input:
 * @self: a model
 * @path: which input
 * @quantity: (nullable): what is known of it; %NULL makes it not given
 * @evidence: how good the ground is
 * @source: (nullable): where it comes from, for readers
 * @error: return location for an error
 *
 * Sets an input.
 *
 * Errors: %KENNIS_ERROR_UNKNOWN_REFERENCE, no such input; %KENNIS_ERROR_INVALID, the path is not clear or the quantity can take
 * values that make no sense (a share over 1).
 *
 * Returns: whether it was set
 *
 * Since: 1.0
 */
gboolean
kennis_value_model_set_input (KennisValueModel  *self,
                              const char        *path,
                              KennisQuantity    *quantity,
                              KennisEvidence     evidence,
                              const char        *source,
                              GError           **error)
{
  KennisInput *input;
  KennisInputKind kind;

  g_return_val_if_fail (KENNIS_IS_VALUE_MODEL (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  input = kennis_value_model_resolve (self, path, &kind, NULL, error);
  if (input == NULL || (quantity != NULL && !makes_sense (path, kind, quantity, error)))
    return FALSE;
  if (quantity != NULL)
    kennis_quantity_ref (quantity);
  g_clear_pointer (&input->quantity, kennis_quantity_unref);
  g_free (input->source);
  input->quantity = quantity;
  input->evidence = quantity != NULL ? evidence : KENNIS_EVIDENCE_UNKNOWN;
  input->source = quantity != NULL && source != NULL ? kennis_value_clean (source) : NULL;
  return TRUE;
}

/**
 * kennis_value_model_set_input_text:
 * @self: a model
 * @path: which input
 * @text: a number or a distribution, see [func@Quantity.parse]
 * @evidence: how good the ground is
 * @source: (nullable): where it comes from, for readers
 * @error: return location for an error
 *
 * Sets an input from text.
 *
 * Returns: whether it was set
 *
 * Since: 1.0
 */
gboolean
kennis_value_model_set_input_text (KennisValueModel  *self,
                                   const char        *path,
                                   const char        *text,
                                   KennisEvidence     evidence,
                                   const char        *source,
                                   GError           **error)
{
  g_autoptr (KennisQuantity) quantity = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  quantity = kennis_quantity_parse (text, error);
  if (quantity != NULL)
    return kennis_value_model_set_input (self, path, quantity, evidence, source, error);
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

/**
 * kennis_value_model_get_input:
 * @self: a model
 * @path: which input
 * @evidence: (out) (optional): how good the ground is
 * @source: (out) (optional) (nullable) (transfer none): where it comes from
 * @error: return location for an error
 *
 * Gives an input.
 *
 * Returns: (transfer none) (nullable): what is known of it; %NULL without error where it is not given
 *
 * Since: 1.0
 */
KennisQuantity *
kennis_value_model_get_input (KennisValueModel  *self,
                              const char        *path,
                              KennisEvidence    *evidence,
                              const char       **source,
                              GError           **error)
{
  KennisInput *input;

  g_return_val_if_fail (KENNIS_IS_VALUE_MODEL (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  input = kennis_value_model_resolve (self, path, NULL, NULL, error);
  if (evidence != NULL)
    *evidence = input != NULL ? input->evidence : KENNIS_EVIDENCE_UNKNOWN;
  if (source != NULL)
    *source = input != NULL ? input->source : NULL;
  return input != NULL ? input->quantity : NULL;
}

static void
each_of (KennisInput     *inputs,
         const char      *prefix,
         KennisInputFunc  func,
         gpointer         data)
{
  for (guint i = 0; i < KENNIS_N_INPUTS; i++)
    if (inputs[i].quantity != NULL)
      {
        g_autofree char *path = g_strconcat (prefix, kennis_input_info (i)->name, NULL);

        func (path, i, &inputs[i], data);
      }
}

void
kennis_value_model_each (KennisValueModel *self,
                         KennisInputFunc   func,
                         gpointer          data)
{
  each_of (self->inputs, "", func, data);
  for (guint i = 0; i < self->programmes->len; i++)
    {
      KennisInvestment *programme = self->programmes->pdata[i];
      g_autofree char *prefix = g_strconcat (programme->id, "/", NULL);

      each_of (programme->inputs, prefix, func, data);
      for (guint j = 0; j < programme->benefits->len; j++)
        {
          KennisBenefit *benefit = programme->benefits->pdata[j];
          g_autofree char *deeper = g_strconcat (prefix, benefit->id, "/", NULL);

          each_of (benefit->inputs, deeper, func, data);
        }
    }
}

static void
take_path (const char        *path,
           KennisInputKind    kind,
           const KennisInput *input,
           gpointer           data)
{
  g_ptr_array_add (data, g_strdup (path));
}

/**
 * kennis_value_model_list_inputs:
 * @self: a model
 *
 * Gives the paths of all inputs that are given.
 *
 * Returns: (transfer full) (array zero-terminated=1): paths
 *
 * Since: 1.0
 */
char **
kennis_value_model_list_inputs (KennisValueModel *self)
{
  GPtrArray *paths;

  g_return_val_if_fail (KENNIS_IS_VALUE_MODEL (self), NULL);

  paths = g_ptr_array_new ();
  kennis_value_model_each (self, take_path, paths);
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_free (paths, FALSE);
}

gboolean
kennis_value_model_is_uncertain (KennisValueModel *self,
                                 const char       *path)
{
  KennisInput *input = kennis_value_model_resolve (self, path, NULL, NULL, NULL);

  return input != NULL && input->quantity != NULL && input->quantity->distribution != KENNIS_DISTRIBUTION_NUMBER;
}

/* What goes together with another has to vary. */
static gboolean
varies (const char         *path,
        const KennisInput  *input,
        GError            **error)
{
  g_autofree char *text = NULL;

  if (input->quantity == NULL)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("“%s” is not given yet and goes together with nothing; first give it as a distribution, as in "
                     "normal(100,20)"),
                   path);
      return FALSE;
    }
  if (input->quantity->distribution != KENNIS_DISTRIBUTION_NUMBER)
    return TRUE;
  text = kennis_quantity_to_text (input->quantity);
  g_set_error (
      error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
      _("“%s” is the number %s and goes together with nothing; give it as a distribution, as in normal(100,20)"), path,
      text);
  return FALSE;
}

/**
 * kennis_value_model_set_correlation:
 * @self: a model
 * @a: path of an input that is given as a distribution
 * @b: another one
 * @value: Spearman's rank correlation, over −1 and under 1; 0 takes it away
 * @error: return location for an error
 *
 * Makes two inputs go together, by rank correlation (Iman & Conover 1982).
 *
 * Both have to be given as distributions.  Where one of them becomes a number later (as in a “what if”), or is taken away, the
 * correlation stays and does nothing until it is a distribution again.  Whether all correlations can hold together is looked at
 * when the model is worked out ([ctor@Return.new]), since one more may be needed for that.
 *
 * Errors: %KENNIS_ERROR_UNKNOWN_REFERENCE, no such input; %KENNIS_ERROR_INVALID, one of the two is not a distribution, both are the
 * same, or the value is out of bounds.
 *
 * Returns: whether it was set
 *
 * Since: 1.0
 */
gboolean
kennis_value_model_set_correlation (KennisValueModel  *self,
                                    const char        *a,
                                    const char        *b,
                                    double             value,
                                    GError           **error)
{
  g_autofree char *from = NULL, *to = NULL;
  KennisInput *first, *second;
  KennisCorrelation correlation;

  g_return_val_if_fail (KENNIS_IS_VALUE_MODEL (self), FALSE);
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  first = kennis_value_model_resolve (self, a, NULL, &from, error);
  second = first != NULL ? kennis_value_model_resolve (self, b, NULL, &to, error) : NULL;
  if (second == NULL)
    return FALSE;
  if (!(value > -1 && value < 1) || strcmp (from, to) == 0)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("the correlation of “%s” and “%s” is no number over −1 and under 1 between two inputs"), from,
                   to);
      return FALSE;
    }
  if (value != 0 && (!varies (from, first, error) || !varies (to, second, error)))
    return FALSE;
  for (guint i = self->correlations->len; i > 0; i--)
    {
      KennisCorrelation *old = &g_array_index (self->correlations, KennisCorrelation, i - 1);

      if ((strcmp (old->a, from) == 0 && strcmp (old->b, to) == 0)
          || (strcmp (old->a, to) == 0 && strcmp (old->b, from) == 0))
        g_array_remove_index (self->correlations, i - 1);
    }
  if (value == 0)
    return TRUE;
  correlation = (KennisCorrelation) { g_steal_pointer (&from), g_steal_pointer (&to), value };
  g_array_append_val (self->correlations, correlation);
  return TRUE;
}
