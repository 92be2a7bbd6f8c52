#include "config.h"

#include <math.h>
#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "value/kennis-value-plan-private.h"

static void
slot_clear (gpointer data)
{
  KennisSlot *slot = data;

  g_free (slot->path);
  g_free (slot->source);
  kennis_quantity_unref (slot->quantity);
  g_clear_pointer (&slot->sampler, kennis_sampler_free);
}

static void
add_slot (const char        *path,
          KennisInputKind    kind,
          const KennisInput *input,
          gpointer           data)
{
  KennisValuePlan *self = data;
  KennisSlot slot = { .path = g_strdup (path), .kind = kind, .evidence = input->evidence };

  slot.quantity = kennis_quantity_ref (input->quantity);
  slot.source = g_strdup (input->source);
  slot.mean = kennis_quantity_get_mean (slot.quantity);
  slot.certain = slot.quantity->distribution == KENNIS_DISTRIBUTION_NUMBER;
  if (!slot.certain)
    slot.sampler = kennis_sampler_new (slot.quantity);
  g_array_append_val (self->slots, slot);
}

gboolean
kennis_value_plan_has (const KennisValuePlan *self,
                       guint                  slot)
{
  const char *path = kennis_value_plan_slot (self, slot)->path;
  gsize length;

  if (self->only == NULL || strchr (path, '/') == NULL)
    return TRUE;
  length = strlen (self->only);
  return strncmp (path, self->only, length) == 0 && path[length] == '/';
}

/* What is correlated with what is drawn is drawn too. */
static void
find_drawn (KennisValuePlan *self)
{
  self->drawn = g_new0 (guint8, self->slots->len + 1);
  for (guint s = 0; s < self->slots->len; s++)
    self->drawn[s] = !kennis_value_plan_slot (self, s)->certain && kennis_value_plan_has (self, s);
  for (guint i = 0; i < self->n_correlated; i++)
    self->drawn[self->correlated[i]] = TRUE;
}

gboolean
kennis_value_plan_is_uncertain (const KennisValuePlan *self)
{
  for (guint i = 0; i < self->terms->len; i++)
    {
      const KennisTerm *term = &g_array_index (self->terms, KennisTerm, i);
      const KennisValueProfile *p = &term->profile;
      const guint shape[] = { self->discount, self->tax,  p->start,  p->delay,    p->ramp_up, p->half_life,
                              p->end,         p->leaving, p->hazard, p->doubling, p->age };

      for (guint j = 0; j < G_N_ELEMENTS (shape); j++)
        if (shape[j] != KENNIS_NO_SLOT && !kennis_value_plan_slot (self, shape[j])->certain)
          return TRUE;
      for (guint j = 0; j < term->n; j++)
        if (!kennis_value_plan_slot (self, term->operand[j].slot)->certain)
          return TRUE;
    }
  return FALSE;
}

int
kennis_value_plan_find (KennisValuePlan *self,
                        const char      *path)
{
  int found = -1;

  for (guint i = 0; i < self->slots->len; i++)
    {
      const char *own = kennis_value_plan_slot (self, i)->path, *tail = g_strrstr (own, path);

      if (!kennis_value_plan_has (self, i))
        continue;
      if (strcmp (own, path) == 0)
        return (int) i;
      if (tail != NULL && tail > own && tail[-1] == '/' && tail[strlen (path)] == '\0')
        found = found == -1 ? (int) i : -2;
    }
  return MAX (found, -1);
}

guint
kennis_value_plan_slot_of (KennisValuePlan *self,
                           const char      *programme,
                           const char      *benefit,
                           KennisInputKind  kind)
{
  const char *name = kennis_input_info (kind)->name;
  g_autofree char *path = benefit != NULL     ? g_strdup_printf ("%s/%s/%s", programme, benefit, name)
                          : programme != NULL ? g_strdup_printf ("%s/%s", programme, name)
                                              : g_strdup (name);

  for (guint i = 0; i < self->slots->len; i++)
    if (strcmp (kennis_value_plan_slot (self, i)->path, path) == 0)
      return i;
  return KENNIS_NO_SLOT;
}

KennisValuePlan *
kennis_value_plan_new (KennisValueModel  *model,
                       GError           **error)
{
  g_autoptr (KennisValuePlan) self = g_new0 (KennisValuePlan, 1);

  g_atomic_ref_count_init (&self->references);
  self->currency = g_strdup (model->currency);
  self->horizon = model->horizon;
  self->timing = model->timing;
  self->terms = g_array_new (FALSE, TRUE, sizeof (KennisTerm));
  self->slots = g_array_new (FALSE, TRUE, sizeof (KennisSlot));
  g_array_set_clear_func (self->slots, slot_clear);
  self->programmes = g_ptr_array_new_with_free_func (g_free);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  kennis_value_model_each (model, add_slot, self);
  self->discount = kennis_value_plan_slot_of (self, NULL, NULL, KENNIS_INPUT_DISCOUNT_RATE);
  self->tax = kennis_value_plan_slot_of (self, NULL, NULL, KENNIS_INPUT_TAX_RATE);
  for (guint i = 0; i < model->programmes->len; i++)
    if (!kennis_value_plan_add (self, model->programmes->pdata[i], i, error))
      return NULL;
  if (self->terms->len == 0)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA,
                   _("the model has neither cost nor benefit; add a programme and its inputs"));
      return NULL;
    }
  if (!kennis_value_plan_correlate (self, model, error))
    return NULL;
  find_drawn (self);
  return g_steal_pointer (&self);
}

KennisValuePlan *
kennis_value_plan_part (KennisValuePlan *self,
                        guint            programme)
{
  KennisValuePlan *part = g_new0 (KennisValuePlan, 1);
  gsize k = self->n_correlated;

  g_atomic_ref_count_init (&part->references);
  part->currency = g_strdup (self->currency);
  part->horizon = self->horizon;
  part->timing = self->timing;
  part->discount = self->discount;
  part->tax = self->tax;
  part->only = g_strdup (self->programmes->pdata[programme]);
  part->slots = g_array_ref (self->slots);
  part->terms = g_array_new (FALSE, TRUE, sizeof (KennisTerm));
  for (guint i = 0; i < self->terms->len; i++)
    {
      KennisTerm term = g_array_index (self->terms, KennisTerm, i);

      if (term.programme != programme)
        continue;
      term.programme = 0;
      g_array_append_val (part->terms, term);
    }
  part->programmes = g_ptr_array_new_with_free_func (g_free);
  part->names = g_ptr_array_new_with_free_func (g_free);
  part->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_ptr_array_add (part->programmes, g_strdup (part->only));
  g_ptr_array_add (part->names, g_strdup (self->names->pdata[programme]));
  g_ptr_array_add (part->reasons, g_ptr_array_ref (self->reasons->pdata[programme]));
  part->n_correlated = self->n_correlated;
  part->correlated = g_memdup2 (self->correlated, (self->slots->len + 1) * sizeof (guint));
  part->lower = g_memdup2 (self->lower, (k * k + 1) * sizeof (double));
  find_drawn (part);
  return part;
}

KennisValuePlan *
kennis_value_plan_ref (KennisValuePlan *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
kennis_value_plan_unref (KennisValuePlan *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->currency);
  g_array_unref (self->terms);
  g_array_unref (self->slots);
  g_ptr_array_unref (self->programmes);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->reasons);
  g_free (self->correlated);
  g_free (self->lower);
  g_free (self->drawn);
  g_free (self->only);
  g_free (self);
}
