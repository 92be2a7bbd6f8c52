#include "config.h"

#include <math.h>
#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "value/kennis-value-plan-private.h"

/* From the inputs of a programme to the terms of the plan. */

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
  guint slot =
      self->benefit != NULL ? kennis_value_plan_slot_of (self->plan, self->id, self->benefit, kind) : KENNIS_NO_SLOT;

  return slot != KENNIS_NO_SLOT ? slot : kennis_value_plan_slot_of (self->plan, self->id, NULL, kind);
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

/* What was given as 0 is known, and needs nothing else: where one of the kinds (ended by −1) that go with it is not given, nothing
 * comes of it. */
static gboolean
add_nothing (Making          *self,
             KennisStream     to,
             KennisInputKind  kind,
             const int       *others)
{
  guint slot = find (self, kind);
  KennisValueProfile profile = { .kind = KENNIS_VALUE_PROFILE_NONE };

  if (slot == KENNIS_NO_SLOT || !kennis_value_plan_slot (self->plan, slot)->certain
      || kennis_value_plan_slot (self->plan, slot)->mean != 0)
    return FALSE;
  while (*others >= 0 && find (self, *others) != KENNIS_NO_SLOT)
    others++;
  if (*others < 0)
    return FALSE;
  memset (&profile.start, 0xff, sizeof profile - G_STRUCT_OFFSET (KennisValueProfile, start));
  add (self, to, profile);
  return TRUE;
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

  if (find (self, KENNIS_INPUT_HOURS_PER_HEAD) == KENNIS_NO_SLOT
      || add_nothing (self, KENNIS_STREAM_TIME, KENNIS_INPUT_HOURS_PER_HEAD,
                      billable ? (const int[]) { KENNIS_INPUT_PARTICIPANTS, KENNIS_INPUT_WAGE,
                                                 KENNIS_INPUT_BILLING_RATE, KENNIS_INPUT_NOT_CAUGHT_UP, -1 }
                               : (const int[]) { KENNIS_INPUT_PARTICIPANTS, KENNIS_INPUT_WAGE, -1 }))
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

  if (find (self, KENNIS_INPUT_HAZARD) == KENNIS_NO_SLOT
      || add_nothing (self, KENNIS_STREAM_AVOIDED, KENNIS_INPUT_HAZARD,
                      (const int[]) { KENNIS_INPUT_LOSS, KENNIS_INPUT_PREVENTED, -1 }))
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

/* What goes by the head, and by the worth of an own hour. */
static gboolean
add_by_head (Making *self)
{
  static const struct { KennisInputKind kind; KennisStream to[2]; gboolean of_own_time; } parts[] = {
    { KENNIS_INPUT_COST_PER_HEAD, { KENNIS_STREAM_DIRECT, KENNIS_N_STREAMS }, FALSE },
    { KENNIS_INPUT_PAY_RISE, { KENNIS_STREAM_PAY, KENNIS_STREAM_OWN_GAIN }, FALSE },
    { KENNIS_INPUT_OWN_HOURS, { KENNIS_STREAM_OWN_COST, KENNIS_N_STREAMS }, TRUE },
    { KENNIS_INPUT_TIME_SAVED, { KENNIS_STREAM_OWN_GAIN, KENNIS_N_STREAMS }, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (guint j = 0; j < 2 && parts[i].to[j] < KENNIS_N_STREAMS; j++)
      {
        KennisInputKind kind = parts[i].kind;
        const char *name = kennis_input_info (kind)->name;
        gboolean is_once = kind == KENNIS_INPUT_COST_PER_HEAD || kind == KENNIS_INPUT_OWN_HOURS;
        const int others[] = { KENNIS_INPUT_PARTICIPANTS, parts[i].of_own_time ? KENNIS_INPUT_OWN_HOUR_WORTH : -1, -1 };

        if (find (self, kind) == KENNIS_NO_SLOT || add_nothing (self, parts[i].to[j], kind, others))
          continue;
        if (!need (self, KENNIS_INPUT_PARTICIPANTS, name)
            || (parts[i].of_own_time && !need (self, KENNIS_INPUT_OWN_HOUR_WORTH, name)))
          return FALSE;
        add_simple (self, parts[i].to[j], kind, TRUE,
                    is_once ? once (self) : stream (self, kind == KENNIS_INPUT_TIME_SAVED, TRUE));
        if (parts[i].of_own_time)
          times (self, &g_array_index (self->plan->terms, KennisTerm, self->plan->terms->len - 1),
                 KENNIS_INPUT_OWN_HOUR_WORTH, KENNIS_OP_X);
      }
  return TRUE;
}

static gboolean
add_costs (Making *self)
{
  if (!add_by_head (self))
    return FALSE;
  add_simple (self, KENNIS_STREAM_DIRECT, KENNIS_INPUT_FIXED_COST, FALSE, once (self));
  add_simple (self, KENNIS_STREAM_DIRECT, KENNIS_INPUT_RUNNING_COST, FALSE, stream (self, FALSE, FALSE));
  add_simple (self, KENNIS_STREAM_INDIRECT, KENNIS_INPUT_INDIRECT_COST, FALSE, once (self));
  add_simple (self, KENNIS_STREAM_SUBSIDY, KENNIS_INPUT_SUBSIDY, FALSE, once (self));
  return add_time (self) && add_avoided (self);
}

static gboolean
tell_kind (Making            *self,
           KennisBenefitKind  kind)
{
  g_array_index (self->plan->terms, KennisTerm, self->plan->terms->len - 1).benefit = kind;
  return TRUE;
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
  if (kennis_value_plan_slot_of (self->plan, self->id, NULL, KENNIS_INPUT_TRANSFER) != KENNIS_NO_SLOT)
    {
      g_set_error (
          self->error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
          _("%s/transfer: the benefit “%s” is a utility, which takes no “transfer”, as d × SDy is an effect on "
            "performance at work already; accepted is %s/BENEFIT/transfer, for benefits of the method amount"),
          self->id, self->benefit, self->id);
      return FALSE;
    }
  if (add_nothing (self, KENNIS_STREAM_BENEFIT, KENNIS_INPUT_D,
                   (const int[]) { KENNIS_INPUT_PARTICIPANTS, KENNIS_INPUT_SDY, -1 }))
    return tell_kind (self, benefit->kind);
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

  if (add_nothing (self, KENNIS_STREAM_BENEFIT, KENNIS_INPUT_AMOUNT,
                   (const int[]) { KENNIS_INPUT_TRANSFER, KENNIS_INPUT_ISOLATION, KENNIS_INPUT_CONFIDENCE, -1 }))
    return tell_kind (self, benefit->kind);
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

/* What begins later costs nothing and brings nothing here, which would look like an answer. */
static gboolean
check_start (Making *self)
{
  guint slot = find (self, KENNIS_INPUT_START), horizon = self->plan->horizon;
  KennisQuantity *start = slot != KENNIS_NO_SLOT ? kennis_value_plan_slot (self->plan, slot)->quantity : NULL;
  g_autofree char *text = NULL;

  if (start == NULL || kennis_quantity_get_most (start) <= horizon)
    return TRUE;
  text = kennis_quantity_to_text (start);
  g_set_error (self->error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
               _("%s/start “%s” can lie after the last month that the model looks at; accepted is [0,%u] (cut a "
                 "distribution off, as in normal(6,2)[0,%u]), or give the model a longer horizon"),
               self->id, text, horizon, horizon);
  return FALSE;
}

gboolean
kennis_value_plan_add (KennisValuePlan   *self,
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
  if (!check_start (&making) || !add_costs (&making))
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
