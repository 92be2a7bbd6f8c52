#include "config.h"

#include <math.h>
#include <string.h>

#include "value/kennis-return-private.h"

/* Break-even: every value of one input at which the objective passes 0. */

#define STEPS 200                /* to either side of the expected value */

typedef struct
{
  KennisReturn *of;
  double *values;
  guint slot;
  GArray *roots;
} Search;

static double
objective_at (Search *self,
              double  x)
{
  KennisTotals totals;
  KennisFigureStatus status;

  self->values[self->slot] = x;
  kennis_plan_totals (self->of->plan, self->values, G_MAXUINT, &totals);
  return kennis_totals_figure (&totals, kennis_return_get_objective (self->of), &status);
}

/* Where there is nothing at all (no participants) nothing is left either: that is no answer. */
static gboolean
is_empty_at (Search *self,
             double  x)
{
  KennisTotals totals;

  self->values[self->slot] = x;
  kennis_plan_totals (self->of->plan, self->values, G_MAXUINT, &totals);
  for (guint s = 0; s <= KENNIS_STREAM_AVOIDED; s++)
    if (totals.total[s] != 0)
      return FALSE;
  return TRUE;
}

static void
take (Search *self,
      double  root)
{
  if (!is_empty_at (self, root))
    g_array_append_val (self->roots, root);
}

static void
narrow (Search *self,
        double  low,
        double  high,
        double  at_low)
{
  double middle = low;

  for (int i = 0; i < 200; i++)
    {
      double value;

      middle = (low + high) / 2;
      value = objective_at (self, middle);
      if (middle == low || middle == high || value == 0)
        break;
      if ((value < 0) == (at_low < 0))
        low = middle;
      else
        high = middle;
    }
  take (self, middle);
}

/* Between neighbours of one sign it may come nearest to 0, and pass it twice: golden section. */
static void
dip (Search *self,
     double  low,
     double  high,
     double  at_low)
{
  const double golden = 0.6180339887498949;
  double from = low, to = high, sign = at_low < 0 ? -1 : 1;
  double a = to - golden * (to - from), b = from + golden * (to - from);
  double at_a = sign * objective_at (self, a), at_b = sign * objective_at (self, b);

  for (int i = 0; i < 80 && at_a > 0 && at_b > 0; i++)
    if (at_a < at_b)
      {
        to = b;
        b = a;
        at_b = at_a;
        a = to - golden * (to - from);
        at_a = sign * objective_at (self, a);
      }
    else
      {
        from = a;
        a = b;
        at_a = at_b;
        b = from + golden * (to - from);
        at_b = sign * objective_at (self, b);
      }
  if (at_a > 0 && at_b > 0)
    return;
  narrow (self, low, at_a > 0 ? b : a, at_low);
  narrow (self, at_a > 0 ? b : a, high, -at_low);
}

/* Where the search begins and ends: all that makes sense, or a thousand times what is given; prices do not get below 0.  Skills may
 * last longer than the months that are looked at. */
static void
range_of (Search *self,
          double  now,
          double *low,
          double *high)
{
  const KennisSlot *slot = kennis_value_plan_slot (self->of->plan, self->slot);
  const KennisInputInfo *info = kennis_input_info (slot->kind);
  double wide = slot->mean != 0 ? 1000 * fabs (slot->mean) : 1e6;

  if (strcmp (info->unit, "months") == 0)
    wide = 1000 * MAX (slot->mean, self->of->plan->horizon);
  if (slot->kind == KENNIS_INPUT_START)
    wide = self->of->plan->horizon;
  if (strcmp (info->unit, "money") == 0)
    wide = MAX (wide, 1000 * fabs (now));
  *low = isfinite (info->least) ? info->least : strcmp (info->unit, "money") == 0 && slot->mean >= 0 ? 0 : -wide;
  *high = isfinite (info->most) ? info->most : wide;
}

/* Cubic steps: dense about the expected value, wide at the ends. */
static double
step_at (int    i,
         double mean,
         double low,
         double high)
{
  double t = i / (double) STEPS - 1;

  return t < 0 ? mean + (mean - low) * t * t * t : mean + (high - mean) * t * t * t;
}

static KennisFigureStatus
search (Search *self,
        double  mean)
{
  double now = objective_at (self, mean), low, high, x[3] = { 0 }, at[3] = { 0 };
  gboolean moves = FALSE;
  int n = 0;

  range_of (self, now, &low, &high);
  for (int i = 0; i <= 2 * STEPS; i++)
    {
      double next = step_at (i, mean, low, high), value = objective_at (self, next);

      if (!isfinite (value) || (n > 0 && !(next > x[2])))
        continue;
      moves = moves || value != now;
      memmove (x, x + 1, 2 * sizeof *x);
      memmove (at, at + 1, 2 * sizeof *at);
      x[2] = next;
      at[2] = value;
      n++;
      if (value == 0 && (n == 1 || at[1] != 0))
        take (self, next);
      else if (n > 1 && value * at[1] < 0)
        narrow (self, x[1], x[2], at[1]);
      else if (n > 2 && value * at[1] > 0 && at[1] * at[0] > 0 && fabs (at[1]) < fabs (value)
               && fabs (at[1]) < fabs (at[0]))
        dip (self, x[0], x[2], at[0]);
    }
  if (!moves)
    {
      g_array_set_size (self->roots, 0);
      return KENNIS_FIGURE_STATUS_NO_EFFECT;
    }
  return self->roots->len > 0 ? KENNIS_FIGURE_STATUS_OK : KENNIS_FIGURE_STATUS_NOT_REACHED;
}

static KennisFigureStatus
find_roots (KennisReturn *self,
            const char   *path,
            GArray       *roots,
            double       *mean)
{
  g_autofree double *values = NULL;
  Search search_it = { .of = self, .roots = roots };
  int found = kennis_value_plan_find (self->plan, path);

  if (found < 0 || !kennis_return_is_known (self))
    return KENNIS_FIGURE_STATUS_NO_DATA;
  if ((guint) found == self->plan->tax)
    return KENNIS_FIGURE_STATUS_NOT_REACHED;
  search_it.slot = found;
  search_it.values = values = g_memdup2 (self->values, (self->plan->slots->len + 1) * sizeof (double));
  *mean = self->values[found];
  return search (&search_it, *mean);
}

/**
 * kennis_return_get_break_even:
 * @self: a return
 * @path: path of an input that is given
 * @value: (out): the value nearest to the expected one; NaN where there is none
 *
 * Gives the value of an input at which the net present value (without discount rate: net after tax) is 0, all other
 * inputs being as expected; [method@Return.list_break_evens] gives the others, where there are several.
 *
 * Tax never is what decides: it takes a part of what is left.  Nor are no participants an answer, where all goes by the head.
 * Months may be longer than the horizon (skills that last), but for the start.  Where the result jumps over 0 (a start
 * that falls in another month) it is the place of the jump.
 *
 * Returns: %KENNIS_FIGURE_STATUS_NOT_REACHED where no value that makes sense does it; %KENNIS_FIGURE_STATUS_NO_EFFECT where it
 *   changes nothing; %KENNIS_FIGURE_STATUS_NO_DATA where the input is not given, or what is searched for is not known
 *
 * Since: 1.0
 */
KennisFigureStatus
kennis_return_get_break_even (KennisReturn *self,
                              const char   *path,
                              double       *value)
{
  g_autoptr (GArray) roots = NULL;
  KennisFigureStatus status;
  double mean = NAN;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), KENNIS_FIGURE_STATUS_UNDETERMINED);
  g_return_val_if_fail (path != NULL && value != NULL, KENNIS_FIGURE_STATUS_UNDETERMINED);

  *value = NAN;
  roots = g_array_new (FALSE, FALSE, sizeof (double));
  status = find_roots (self, path, roots, &mean);
  for (guint i = 0; i < roots->len; i++)
    {
      double root = g_array_index (roots, double, i);

      if (!(fabs (root - mean) >= fabs (*value - mean)))
        *value = root;
    }
  return status;
}

/**
 * kennis_return_list_break_evens:
 * @self: a return
 * @path: path of an input that is given
 * @n_values: (out): how many there are
 *
 * Gives every value of an input at which the net present value is 0, as [method@Return.get_break_even] does for the nearest.
 *
 * Searched in 400 steps, from the least that makes sense to the most, or to a thousand times the expected value; two that lie
 * between the same steps are found by where the result comes nearest to 0.
 *
 * Time: O(400 × terms × months).
 *
 * Returns: (transfer full) (array length=n_values) (nullable): values, the least first; %NULL where there is none
 *
 * Since: 1.0
 */
double *
kennis_return_list_break_evens (KennisReturn *self,
                                const char   *path,
                                gsize        *n_values)
{
  GArray *roots;
  double mean;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NULL);
  g_return_val_if_fail (path != NULL && n_values != NULL, NULL);

  roots = g_array_new (FALSE, FALSE, sizeof (double));
  find_roots (self, path, roots, &mean);
  *n_values = roots->len;
  return (double *) g_array_free (roots, roots->len == 0);
}
