#include "config.h"

#include <math.h>
#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "value/kennis-value-plan-private.h"

/* Inputs that go together. */

/* Of more inputs than this no smallest set that contradicts itself is looked for: that takes the fourth power of time. */
#define MOST_LOOKED_FOR 48

/* Normal scores have Pearson's correlation 2 sin (π ρ / 6) where ranks have ρ. */
static double
of_scores (double value)
{
  return 2 * sin (G_PI * value / 6);
}

/* Whether the inputs that are kept can go together as they should, each correlation being `times` as large. */
static gboolean
can_hold (const double *value,
          const guint8 *kept,
          guint         k,
          double        times)
{
  g_autofree double *matrix = g_new0 (double, k *k + 1);
  g_autofree guint *at = g_new (guint, k + 1);
  guint n = 0;

  for (guint i = 0; i < k; i++)
    if (kept[i])
      at[n++] = i;
  for (guint a = 0; a < n; a++)
    for (guint b = 0; b < n; b++)
      matrix[a * n + b] = a == b ? 1 : of_scores (times * value[at[a] * k + at[b]]);
  return kennis_cholesky (matrix, n);
}

/* "a – b 0.9, a – c −0.5": those of the inputs kept. */
static char *
list (const KennisValuePlan *self,
      const double          *value,
      const guint8          *kept)
{
  GString *text = g_string_new (NULL);
  guint k = self->n_correlated;

  for (guint a = 0; a < k; a++)
    for (guint b = a + 1; b < k; b++)
      {
        g_autofree char *number = kennis_number_to_text (value[a * k + b]);

        if (!kept[a] || !kept[b])
          continue;
        g_string_append_printf (text, "%s%s – %s %s", text->len > 0 ? ", " : "",
                                kennis_value_plan_slot (self, self->correlated[a])->path,
                                kennis_value_plan_slot (self, self->correlated[b])->path, number);
      }
  return g_string_free (text, FALSE);
}

/* The fewest inputs that contradict one another already, and by how much less they would not. */
static void
refuse (const KennisValuePlan  *self,
        const double           *value,
        GError                **error)
{
  guint k = self->n_correlated;
  g_autofree guint8 *kept = g_malloc (k + 1);
  g_autofree char *pairs = NULL, *most = NULL;
  double low = 0, high = 1;

  memset (kept, 1, k);
  for (guint i = 0; i < k && k <= MOST_LOOKED_FOR; i++)
    {
      kept[i] = 0;
      if (can_hold (value, kept, k, 1))
        kept[i] = 1;
    }
  for (int i = 0; i < 30; i++)
    {
      double middle = (low + high) / 2;

      if (can_hold (value, kept, k, middle))
        low = middle;
      else
        high = middle;
    }
  pairs = list (self, value, kept);
  most = kennis_number_to_text (floor (low * 100) / 100);
  g_set_error (
      error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
      _("these correlations cannot all hold (their matrix is not positive definite): %s; they can where each is "
        "multiplied with %s or less"),
      pairs, most);
}

/* Both slots of a correlation; false where one of them does not vary, and nothing goes together. */
static gboolean
find_slots (KennisValuePlan         *self,
            const KennisCorrelation *correlation,
            int                      slots[2])
{
  slots[0] = kennis_value_plan_find (self, correlation->a);
  slots[1] = kennis_value_plan_find (self, correlation->b);
  return slots[0] >= 0 && slots[1] >= 0 && !kennis_value_plan_slot (self, slots[0])->certain
         && !kennis_value_plan_slot (self, slots[1])->certain;
}

gboolean
kennis_value_plan_correlate (KennisValuePlan   *self,
                             KennisValueModel  *model,
                             GError           **error)
{
  g_autofree guint *place = g_new (guint, self->slots->len + 1);
  g_autofree double *value = NULL;
  guint k = 0;
  int slots[2];

  memset (place, 0xff, (self->slots->len + 1) * sizeof *place);
  self->correlated = g_new (guint, self->slots->len + 1);
  for (guint i = 0; i < model->correlations->len; i++)
    if (find_slots (self, &g_array_index (model->correlations, KennisCorrelation, i), slots))
      for (guint j = 0; j < 2; j++)
        if (place[slots[j]] == KENNIS_NO_SLOT)
          {
            self->correlated[k] = slots[j];
            place[slots[j]] = k++;
          }
  self->n_correlated = k;
  self->lower = g_new0 (double, k *k + 1);
  value = g_new0 (double, k *k + 1);
  for (guint i = 0; i < model->correlations->len; i++)
    {
      KennisCorrelation *c = &g_array_index (model->correlations, KennisCorrelation, i);

      if (find_slots (self, c, slots))
        value[place[slots[0]] * k + place[slots[1]]] = value[place[slots[1]] * k + place[slots[0]]] = c->value;
    }
  for (guint i = 0; i < k * k; i++)
    self->lower[i] = i / k == i % k ? 1 : of_scores (value[i]);
  if (k == 0 || kennis_cholesky (self->lower, k))
    return TRUE;
  refuse (self, value, error);
  return FALSE;
}
