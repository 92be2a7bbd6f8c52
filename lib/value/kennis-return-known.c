#include "config.h"

#include <math.h>
#include <string.h>

#include "value/kennis-return-private.h"

/* What nobody gave an input for is not known, and not 0: which figures that leaves without a value, and what they wait for. */

#define BIT(stream) (1u << KENNIS_STREAM_##stream)
#define COST        (BIT (DIRECT) | BIT (INDIRECT) | BIT (TIME) | BIT (PAY))
#define WORTH       (BIT (BENEFIT) | BIT (AVOIDED))

/* Each side needs one of its streams at least.  Where there are two they are compared, so that no programme may lack one. */
typedef struct
{
  guint sides[2];
  gboolean discounted;
} Need;

static const Need needs[] = {
  [KENNIS_FIGURE_DIRECT_COST] = { { BIT (DIRECT) } },
  [KENNIS_FIGURE_INDIRECT_COST] = { { BIT (INDIRECT) } },
  [KENNIS_FIGURE_TIME_COST] = { { BIT (TIME) } },
  [KENNIS_FIGURE_PAY_RISE] = { { BIT (PAY) } },
  [KENNIS_FIGURE_SUBSIDY] = { { BIT (SUBSIDY) } },
  [KENNIS_FIGURE_COST] = { { COST } },
  [KENNIS_FIGURE_BENEFIT] = { { BIT (BENEFIT) } },
  [KENNIS_FIGURE_LOSS_AVOIDED] = { { BIT (AVOIDED) } },
  [KENNIS_FIGURE_NET] = { { COST, WORTH } },
  [KENNIS_FIGURE_BCR] = { { COST, WORTH } },
  [KENNIS_FIGURE_ROI] = { { COST, WORTH } },
  [KENNIS_FIGURE_NET_AFTER_TAX] = { { COST, WORTH } },
  [KENNIS_FIGURE_NPV] = { { COST, WORTH }, TRUE },
  [KENNIS_FIGURE_DISCOUNTED_BCR] = { { COST, WORTH }, TRUE },
  [KENNIS_FIGURE_DISCOUNTED_ROI] = { { COST, WORTH }, TRUE },
  [KENNIS_FIGURE_PAYBACK] = { { COST, WORTH } },
  [KENNIS_FIGURE_IRR] = { { COST, WORTH } },
  [KENNIS_FIGURE_EMPLOYEE_COST] = { { BIT (OWN_COST) } },
  [KENNIS_FIGURE_EMPLOYEE_GAIN] = { { BIT (OWN_GAIN) } },
  [KENNIS_FIGURE_EMPLOYEE_NET] = { { BIT (OWN_COST), BIT (OWN_GAIN) } },
};

/* What a stream is made of; −1 ends it.  A benefit has its inputs itself. */
static const int parts[KENNIS_N_STREAMS][4] = {
  [KENNIS_STREAM_DIRECT] = { KENNIS_INPUT_COST_PER_HEAD, KENNIS_INPUT_FIXED_COST, KENNIS_INPUT_RUNNING_COST, -1 },
  [KENNIS_STREAM_INDIRECT] = { KENNIS_INPUT_INDIRECT_COST, -1 },
  [KENNIS_STREAM_TIME] = { KENNIS_INPUT_HOURS_PER_HEAD, -1 },
  [KENNIS_STREAM_PAY] = { KENNIS_INPUT_PAY_RISE, -1 },
  [KENNIS_STREAM_SUBSIDY] = { KENNIS_INPUT_SUBSIDY, -1 },
  [KENNIS_STREAM_BENEFIT] = { -1 },
  [KENNIS_STREAM_AVOIDED] = { KENNIS_INPUT_HAZARD, -1 },
  [KENNIS_STREAM_OWN_COST] = { KENNIS_INPUT_OWN_HOURS, -1 },
  [KENNIS_STREAM_OWN_GAIN] = { KENNIS_INPUT_TIME_SAVED, KENNIS_INPUT_PAY_RISE, -1 },
};

G_STATIC_ASSERT (KENNIS_N_INPUTS <= 64);

guint64 *
kennis_return_find_given (const KennisValuePlan *plan)
{
  guint64 *given = g_new0 (guint64, plan->programmes->len + 1);
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < plan->programmes->len; i++)
    g_hash_table_insert (numbers, plan->programmes->pdata[i], GUINT_TO_POINTER (i + 1));
  for (guint s = 0; s < plan->slots->len; s++)
    {
      const KennisSlot *slot = kennis_value_plan_slot (plan, s);
      g_auto (GStrv) steps = g_strsplit (slot->path, "/", 3);
      guint number = g_strv_length (steps) == 2 ? GPOINTER_TO_UINT (g_hash_table_lookup (numbers, steps[0])) : 0;

      if (number > 0)
        given[number - 1] |= G_GUINT64_CONSTANT (1) << slot->kind;
    }
  return given;
}

guint *
kennis_return_find_fed (const KennisValuePlan *plan)
{
  guint *fed = g_new0 (guint, plan->programmes->len + 1);

  for (guint i = 0; i < plan->terms->len; i++)
    {
      const KennisTerm *term = &g_array_index (plan->terms, KennisTerm, i);

      fed[term->programme] |= 1u << term->stream;
    }
  return fed;
}

gboolean
kennis_return_is_fed (KennisReturn *self,
                      int           programme,
                      KennisFigure  figure)
{
  const Need *need = &needs[figure];
  gboolean any = FALSE;

  if (need->discounted && self->plan->discount == KENNIS_NO_SLOT)
    return FALSE;
  for (guint i = 0; i < self->plan->programmes->len; i++)
    {
      gboolean fed = self->fed[i] & need->sides[0] && (need->sides[1] == 0 || self->fed[i] & need->sides[1]);

      if (programme >= 0 && i != (guint) programme)
        continue;
      /* A subsidy for what nobody gave the cost of would lower the cost of the others. */
      if (figure == KENNIS_FIGURE_COST && self->fed[i] & BIT (SUBSIDY) && !fed)
        return FALSE;
      if (!fed && need->sides[1] != 0)
        return FALSE;
      any |= fed;
    }
  return any;
}

gboolean
kennis_return_is_known (KennisReturn *self)
{
  return kennis_return_is_fed (self, -1, kennis_return_get_objective (self));
}

static void
list_stream (KennisReturn *self,
             guint         programme,
             guint         stream,
             GPtrArray    *paths)
{
  const char *id = self->plan->programmes->pdata[programme];

  if (stream == KENNIS_STREAM_BENEFIT && !(self->fed[programme] & BIT (BENEFIT)))
    g_ptr_array_add (paths, g_strdup_printf ("%s/BENEFIT/amount", id));
  for (guint i = 0; parts[stream][i] >= 0; i++)
    if (!(self->given[programme] & G_GUINT64_CONSTANT (1) << parts[stream][i]))
      g_ptr_array_add (paths, g_strdup_printf ("%s/%s", id, kennis_input_info (parts[stream][i])->name));
}

/* Of a figure that has a value all that it leaves out; else what it waits for. */
static void
list_programme (KennisReturn *self,
                guint         programme,
                const Need   *need,
                gboolean      is_known,
                GPtrArray    *paths)
{
  for (guint side = 0; side < G_N_ELEMENTS (need->sides); side++)
    {
      guint streams = need->sides[side];

      if (!is_known && self->fed[programme] & streams)
        continue;
      if (is_known && streams == COST)
        streams |= BIT (SUBSIDY);
      for (guint s = 0; s < KENNIS_N_STREAMS; s++)
        if (streams & 1u << s)
          list_stream (self, programme, s, paths);
    }
}

/**
 * kennis_return_list_missing:
 * @self: a return
 * @programme: (nullable): a programme; %NULL for all together
 * @figure: which figure
 *
 * Gives the inputs that a figure would take and that nobody gave.
 *
 * Where the figure has no value (%KENNIS_FIGURE_STATUS_NO_DATA) these are what it waits for: one input of the cost is enough, and
 * one of the benefit or the loss avoided; a figure that compares the two needs both of every programme.  Else they are what its value
 * leaves out: sums are of what is known.  An amount of 0 is known: it counts as given.
 *
 * Paths are as of [method@ValueModel.set_input]; `PROGRAMME/BENEFIT/amount` stands for a benefit that is to be added.
 *
 * Time: O(programmes).
 *
 * Returns: (transfer full) (array zero-terminated=1): paths; none where there is no such programme
 *
 * Since: 1.0
 */
char **
kennis_return_list_missing (KennisReturn *self,
                            const char   *programme,
                            KennisFigure  figure)
{
  GPtrArray *paths;
  int number = -1;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NULL);
  g_return_val_if_fail ((guint) figure < G_N_ELEMENTS (needs), NULL);

  paths = g_ptr_array_new ();
  if (programme == NULL || (number = kennis_return_find_programme (self, programme)) >= 0)
    {
      gboolean is_known = kennis_return_is_fed (self, number, figure);

      if (needs[figure].discounted && self->plan->discount == KENNIS_NO_SLOT)
        g_ptr_array_add (paths, g_strdup (kennis_input_info (KENNIS_INPUT_DISCOUNT_RATE)->name));
      for (guint i = 0; i < self->plan->programmes->len; i++)
        if (number < 0 || i == (guint) number)
          list_programme (self, i, &needs[figure], is_known, paths);
    }
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_free (paths, FALSE);
}

/* Skills are used from some day on, more and more, and wear off: what comes of them.  So does time that employees save by them; a rise in pay stays. */
static gboolean
is_of_skill (KennisValuePlan  *plan,
             const char       *programme,
             const KennisTerm *term)
{
  return term->stream == KENNIS_STREAM_BENEFIT
         || (term->stream == KENNIS_STREAM_OWN_GAIN
             && term->operand[0].slot == kennis_value_plan_slot_of (plan, programme, NULL, KENNIS_INPUT_TIME_SAVED));
}

/**
 * kennis_return_list_defaults:
 * @self: a return
 * @programme: a programme
 *
 * Gives the inputs that were not given and without which the programme was worked out as if there were none of it: nobody leaves
 * (`leaving-rate`), benefits and time saved begin at the start (`delay`) and whole (`ramp-up`), skills stay (`half-life`), no tax (`tax-rate`).
 *
 * Those that would not change anything are left out.
 *
 * Returns: (transfer full) (array zero-terminated=1): paths; none where there is no such programme
 *
 * Since: 1.0
 */
char **
kennis_return_list_defaults (KennisReturn *self,
                             const char   *programme)
{
  static const KennisInputKind kinds[] = { KENNIS_INPUT_LEAVING_RATE, KENNIS_INPUT_DELAY, KENNIS_INPUT_RAMP_UP,
                                           KENNIS_INPUT_HALF_LIFE };
  gboolean lacks[G_N_ELEMENTS (kinds)] = { FALSE };
  GPtrArray *paths;
  int number;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NULL);
  g_return_val_if_fail (programme != NULL, NULL);

  paths = g_ptr_array_new ();
  number = kennis_return_find_programme (self, programme);
  for (guint i = 0; number >= 0 && i < self->plan->terms->len; i++)
    {
      const KennisTerm *term = &g_array_index (self->plan->terms, KennisTerm, i);
      const KennisValueProfile *profile = &term->profile;
      gboolean of_people = term->stream == KENNIS_STREAM_PAY || term->stream == KENNIS_STREAM_OWN_GAIN;

      if (term->programme != (guint) number || profile->kind != KENNIS_VALUE_PROFILE_STREAM
          || (term->stream != KENNIS_STREAM_BENEFIT && !of_people))
        continue;
      lacks[0] |= profile->leaving == KENNIS_NO_SLOT;
      if (!is_of_skill (self->plan, programme, term))
        continue;
      lacks[1] |= profile->delay == KENNIS_NO_SLOT;
      lacks[2] |= profile->ramp_up == KENNIS_NO_SLOT;
      lacks[3] |= profile->half_life == KENNIS_NO_SLOT;
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (lacks[i])
      g_ptr_array_add (paths, g_strdup_printf ("%s/%s", programme, kennis_input_info (kinds[i])->name));
  if (number >= 0 && self->plan->tax == KENNIS_NO_SLOT && kennis_return_is_fed (self, number, KENNIS_FIGURE_NET))
    g_ptr_array_add (paths, g_strdup (kennis_input_info (KENNIS_INPUT_TAX_RATE)->name));
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_free (paths, FALSE);
}
