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

static guint
slot_of (KennisValuePlan *self,
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

typedef struct
{
  KennisValuePlan *plan;
  guint programme;
  const char *id;
  const char *benefit;
  GError **error;
} Making;

static guint
find (Making          *self,
      KennisInputKind  kind)
{
  guint slot = self->benefit != NULL ? slot_of (self->plan, self->id, self->benefit, kind) : KENNIS_NO_SLOT;

  return slot != KENNIS_NO_SLOT ? slot : slot_of (self->plan, self->id, NULL, kind);
}

/* False, and an error that names it, where an input is missing that others need. */
static gboolean
need (Making          *self,
      KennisInputKind  kind,
      const char      *because)
{
  if (find (self, kind) != KENNIS_NO_SLOT)
    return TRUE;
  g_set_error (self->error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA,
               _("%s%s%s: “%s” needs “%s” as well; write it, with 0 or 1 where that is meant"), self->id,
               self->benefit != NULL ? "/" : "", self->benefit != NULL ? self->benefit : "", because,
               kennis_input_info (kind)->name);
  return FALSE;
}

static KennisValueProfile
once (Making *self)
{
  KennisValueProfile profile = { .kind = KENNIS_VALUE_PROFILE_ONCE };

  memset (&profile.start, 0xff, sizeof profile - G_STRUCT_OFFSET (KennisValueProfile, start));
  profile.start = find (self, KENNIS_INPUT_START);
  return profile;
}

static KennisValueProfile
stream (Making   *self,
        gboolean  of_skill,
        gboolean  of_people)
{
  KennisValueProfile profile = once (self);

  profile.kind = KENNIS_VALUE_PROFILE_STREAM;
  profile.end = find (self, KENNIS_INPUT_END);
  if (of_people)
    profile.leaving = find (self, KENNIS_INPUT_LEAVING_RATE);
  if (!of_skill)
    return profile;
  profile.delay = find (self, KENNIS_INPUT_DELAY);
  profile.ramp_up = find (self, KENNIS_INPUT_RAMP_UP);
  profile.half_life = find (self, KENNIS_INPUT_HALF_LIFE);
  return profile;
}

static KennisTerm *
add (Making        *self,
     KennisStream   to,
     KennisValueProfile  profile)
{
  KennisTerm term = { .stream = to, .programme = self->programme, .profile = profile };

  g_array_append_val (self->plan->terms, term);
  return &g_array_index (self->plan->terms, KennisTerm, self->plan->terms->len - 1);
}

static void
times (Making          *self,
       KennisTerm      *term,
       KennisInputKind  kind,
       KennisOp         op)
{
  term->operand[term->n++] = (KennisOperand) { find (self, kind), op };
}

static void
add_simple (Making          *self,
            KennisStream     to,
            KennisInputKind  kind,
            gboolean         per_head,
            KennisValueProfile    profile)
{
  KennisTerm *term;

  if (find (self, kind) == KENNIS_NO_SLOT)
    return;
  term = add (self, to, profile);
  times (self, term, kind, KENNIS_OP_X);
  if (per_head)
    times (self, term, KENNIS_INPUT_PARTICIPANTS, KENNIS_OP_X);
}

/* participants × hours × (b·[u·rate + (1 − u)·wage] + (1 − b)·wage), multiplied out. */
static gboolean
add_time (Making *self)
{
  static const struct { int billable, not_caught_up; KennisInputKind worth; } parts[] = {
    { 1, 1, KENNIS_INPUT_BILLING_RATE }, { 1, 0, KENNIS_INPUT_WAGE }, { 0, -1, KENNIS_INPUT_WAGE } };
  gboolean billable = find (self, KENNIS_INPUT_BILLABLE_SHARE) != KENNIS_NO_SLOT;

  if (find (self, KENNIS_INPUT_HOURS_PER_HEAD) == KENNIS_NO_SLOT)
    return TRUE;
  if (!need (self, KENNIS_INPUT_PARTICIPANTS, "hours-per-head") || !need (self, KENNIS_INPUT_WAGE, "hours-per-head"))
    return FALSE;
  if (billable
      && (!need (self, KENNIS_INPUT_BILLING_RATE, "billable-share")
          || !need (self, KENNIS_INPUT_NOT_CAUGHT_UP, "billable-share")))
    return FALSE;
  for (guint i = billable ? 0 : 2; i < G_N_ELEMENTS (parts); i++)
    {
      KennisTerm *term = add (self, KENNIS_STREAM_TIME, once (self));

      times (self, term, KENNIS_INPUT_PARTICIPANTS, KENNIS_OP_X);
      times (self, term, KENNIS_INPUT_HOURS_PER_HEAD, KENNIS_OP_X);
      times (self, term, parts[i].worth, KENNIS_OP_X);
      if (billable)
        times (self, term, KENNIS_INPUT_BILLABLE_SHARE, parts[i].billable ? KENNIS_OP_X : KENNIS_OP_NOT_X);
      if (billable && parts[i].not_caught_up >= 0)
        times (self, term, KENNIS_INPUT_NOT_CAUGHT_UP, parts[i].not_caught_up ? KENNIS_OP_X : KENNIS_OP_NOT_X);
    }
  return TRUE;
}

static gboolean
add_avoided (Making *self)
{
  KennisValueProfile profile = once (self);
  KennisTerm *term;

  if (find (self, KENNIS_INPUT_HAZARD) == KENNIS_NO_SLOT)
    return TRUE;
  if (!need (self, KENNIS_INPUT_LOSS, "hazard") || !need (self, KENNIS_INPUT_PREVENTED, "hazard"))
    return FALSE;
  profile.kind = KENNIS_VALUE_PROFILE_HAZARD;
  profile.end = find (self, KENNIS_INPUT_END);
  profile.hazard = find (self, KENNIS_INPUT_HAZARD);
  profile.doubling = find (self, KENNIS_INPUT_DOUBLING);
  profile.age = find (self, KENNIS_INPUT_AGE);
  if (profile.doubling != KENNIS_NO_SLOT && !need (self, KENNIS_INPUT_AGE, "doubling"))
    return FALSE;
  term = add (self, KENNIS_STREAM_AVOIDED, profile);
  times (self, term, KENNIS_INPUT_LOSS, KENNIS_OP_X);
  times (self, term, KENNIS_INPUT_PREVENTED, KENNIS_OP_X);
  return TRUE;
}

static gboolean
add_costs (Making *self)
{
  static const KennisInputKind per_head[] = { KENNIS_INPUT_COST_PER_HEAD, KENNIS_INPUT_PAY_RISE, KENNIS_INPUT_OWN_HOURS,
                                              KENNIS_INPUT_TIME_SAVED };

  for (guint i = 0; i < G_N_ELEMENTS (per_head); i++)
    if (find (self, per_head[i]) != KENNIS_NO_SLOT
        && !need (self, KENNIS_INPUT_PARTICIPANTS, kennis_input_info (per_head[i])->name))
      return FALSE;
  for (guint i = 2; i < G_N_ELEMENTS (per_head); i++)
    if (find (self, per_head[i]) != KENNIS_NO_SLOT
        && !need (self, KENNIS_INPUT_OWN_HOUR_WORTH, kennis_input_info (per_head[i])->name))
      return FALSE;
  add_simple (self, KENNIS_STREAM_DIRECT, KENNIS_INPUT_COST_PER_HEAD, TRUE, once (self));
  add_simple (self, KENNIS_STREAM_DIRECT, KENNIS_INPUT_FIXED_COST, FALSE, once (self));
  add_simple (self, KENNIS_STREAM_DIRECT, KENNIS_INPUT_RUNNING_COST, FALSE, stream (self, FALSE, FALSE));
  add_simple (self, KENNIS_STREAM_INDIRECT, KENNIS_INPUT_INDIRECT_COST, FALSE, once (self));
  add_simple (self, KENNIS_STREAM_SUBSIDY, KENNIS_INPUT_SUBSIDY, FALSE, once (self));
  add_simple (self, KENNIS_STREAM_PAY, KENNIS_INPUT_PAY_RISE, TRUE, stream (self, FALSE, TRUE));
  add_simple (self, KENNIS_STREAM_OWN_GAIN, KENNIS_INPUT_PAY_RISE, TRUE, stream (self, FALSE, TRUE));
  if (find (self, KENNIS_INPUT_OWN_HOURS) != KENNIS_NO_SLOT)
    {
      add_simple (self, KENNIS_STREAM_OWN_COST, KENNIS_INPUT_OWN_HOURS, TRUE, once (self));
      times (self, &g_array_index (self->plan->terms, KennisTerm, self->plan->terms->len - 1),
             KENNIS_INPUT_OWN_HOUR_WORTH, KENNIS_OP_X);
    }
  if (find (self, KENNIS_INPUT_TIME_SAVED) != KENNIS_NO_SLOT)
    {
      add_simple (self, KENNIS_STREAM_OWN_GAIN, KENNIS_INPUT_TIME_SAVED, TRUE, stream (self, TRUE, TRUE));
      times (self, &g_array_index (self->plan->terms, KennisTerm, self->plan->terms->len - 1),
             KENNIS_INPUT_OWN_HOUR_WORTH, KENNIS_OP_X);
    }
  return add_time (self) && add_avoided (self);
}

static gboolean
add_utility (Making        *self,
             KennisBenefit *benefit)
{
  static const KennisInputKind in_d[] = { KENNIS_INPUT_TRANSFER, KENNIS_INPUT_ISOLATION, KENNIS_INPUT_CONFIDENCE,
                                          KENNIS_INPUT_AMOUNT };
  KennisTerm *term;

  for (guint i = 0; i < G_N_ELEMENTS (in_d); i++)
    if (benefit->inputs[in_d[i]].quantity != NULL)
      {
        g_set_error (
            self->error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
            _("%s/%s: a utility takes no “%s”, as d × SDy is an effect on performance at work already; leave it out"),
            self->id, self->benefit, kennis_input_info (in_d[i])->name);
        return FALSE;
      }
  if (!need (self, KENNIS_INPUT_PARTICIPANTS, "d") || !need (self, KENNIS_INPUT_D, "utility")
      || !need (self, KENNIS_INPUT_SDY, "d"))
    return FALSE;
  term = add (self, KENNIS_STREAM_BENEFIT, stream (self, TRUE, TRUE));
  term->benefit = benefit->kind;
  times (self, term, KENNIS_INPUT_PARTICIPANTS, KENNIS_OP_X);
  times (self, term, KENNIS_INPUT_D, KENNIS_OP_X);
  times (self, term, KENNIS_INPUT_SDY, KENNIS_OP_X);
  if (find (self, KENNIS_INPUT_VARIABLE_COST) != KENNIS_NO_SLOT)
    times (self, term, KENNIS_INPUT_VARIABLE_COST, KENNIS_OP_ONE_PLUS_X);
  return TRUE;
}

static gboolean
add_amount (Making        *self,
            KennisBenefit *benefit)
{
  KennisTerm *term;

  if (!need (self, KENNIS_INPUT_AMOUNT, "benefit") || !need (self, KENNIS_INPUT_TRANSFER, "amount")
      || !need (self, KENNIS_INPUT_ISOLATION, "amount"))
    return FALSE;
  /* Who gives a distribution has said how sure they are. */
  if (benefit->inputs[KENNIS_INPUT_AMOUNT].quantity->distribution == KENNIS_DISTRIBUTION_NUMBER
      && !need (self, KENNIS_INPUT_CONFIDENCE, "amount"))
    return FALSE;
  term = add (self, KENNIS_STREAM_BENEFIT, stream (self, TRUE, TRUE));
  term->benefit = benefit->kind;
  times (self, term, KENNIS_INPUT_AMOUNT, KENNIS_OP_X);
  times (self, term, KENNIS_INPUT_TRANSFER, KENNIS_OP_X);
  times (self, term, KENNIS_INPUT_ISOLATION, KENNIS_OP_X);
  if (find (self, KENNIS_INPUT_CONFIDENCE) != KENNIS_NO_SLOT)
    times (self, term, KENNIS_INPUT_CONFIDENCE, KENNIS_OP_X);
  if (find (self, KENNIS_INPUT_VARIABLE_COST) != KENNIS_NO_SLOT)
    times (self, term, KENNIS_INPUT_VARIABLE_COST, KENNIS_OP_ONE_PLUS_X);
  return TRUE;
}

static gboolean
add_programme (KennisValuePlan   *self,
               KennisInvestment  *programme,
               guint              number,
               GError           **error)
{
  Making making = { self, number, programme->id, NULL, error };
  GPtrArray *reasons = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (self->programmes, g_strdup (programme->id));
  g_ptr_array_add (self->names, g_strdup (programme->name));
  for (guint i = 0; i < programme->reasons->len; i++)
    g_ptr_array_add (reasons, g_strdup (programme->reasons->pdata[i]));
  g_ptr_array_add (self->reasons, reasons);
  if (!add_costs (&making))
    return FALSE;
  for (guint i = 0; i < programme->benefits->len; i++)
    {
      KennisBenefit *benefit = programme->benefits->pdata[i];

      making.benefit = benefit->id;
      if (benefit->method == KENNIS_BENEFIT_METHOD_UTILITY ? !add_utility (&making, benefit)
                                                           : !add_amount (&making, benefit))
        return FALSE;
    }
  return TRUE;
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
  self->discount = slot_of (self, NULL, NULL, KENNIS_INPUT_DISCOUNT_RATE);
  self->tax = slot_of (self, NULL, NULL, KENNIS_INPUT_TAX_RATE);
  for (guint i = 0; i < model->programmes->len; i++)
    if (!add_programme (self, model->programmes->pdata[i], i, error))
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
