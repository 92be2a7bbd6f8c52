#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-value-words-private.h"
#include "report/kennis-words-private.h"

/* What moves the result most: the bars of the tornado, and the table beside it. */

static int
by_width (const void *a,
          const void *b)
{
  const KennisValueSwing *x = a, *y = b;
  double left = fabs (x->high - x->low), right = fabs (y->high - y->low);

  return (left < right) - (left > right);
}

static void
clear_swing (gpointer data)
{
  g_free (((KennisValueSwing *) data)->path);
}

GArray *
kennis_value_swings (KennisReturn *result)
{
  g_auto (GStrv) paths = kennis_return_list_inputs (result);
  GArray *swings = g_array_new (FALSE, FALSE, sizeof (KennisValueSwing));

  g_array_set_clear_func (swings, clear_swing);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      KennisValueSwing swing;

      if (!kennis_return_get_swing (result, paths[i], &swing.low, &swing.high))
        continue;
      swing.path = g_strdup (paths[i]);
      g_array_append_val (swings, swing);
    }
  g_array_sort (swings, by_width);
  return swings;
}

enum
{
  COLUMN_INPUT,
  COLUMN_LOW,
  COLUMN_HIGH,
  COLUMN_FIRST,
  COLUMN_TOTAL,
  COLUMN_EVPPI,
  N_COLUMNS
};

/* Columns that nothing is known of are left without cells. */
KennisValueTable *
kennis_value_table_swings (KennisReturn *result,
                           const char   *language,
                           GArray       *swings)
{
  static const char *const heads[] = { N_("input"),
                                       N_("at its 10% point"),
                                       N_("at its 90% point"),
                                       N_("first-order index"),
                                       N_("total index"),
                                       N_("worth of knowing it (EVPPI)") };
  KennisValueTable *self = g_new0 (KennisValueTable, 1);

  self->n_columns = N_COLUMNS;
  self->n_rows = swings->len + 1;
  self->cells = g_new0 (char *, self->n_rows *N_COLUMNS);
  for (guint i = 0; i < N_COLUMNS; i++)
    self->cells[i] = g_strdup (kennis_text (language, heads[i]));
  for (guint i = 0; i < swings->len; i++)
    {
      const KennisValueSwing *swing = &g_array_index (swings, KennisValueSwing, i);
      char **row = self->cells + (i + 1) * N_COLUMNS;
      double error, value;

      row[COLUMN_INPUT] = g_strdup (swing->path);
      row[COLUMN_LOW] = kennis_value_words_money (result, language, swing->low);
      row[COLUMN_HIGH] = kennis_value_words_money (result, language, swing->high);
      value = kennis_return_get_first_order (result, swing->path, &error);
      row[COLUMN_FIRST] = isnan (value) ? NULL : kennis_value_words_percent_sure (language, value, error);
      value = kennis_return_get_total_effect (result, swing->path, &error);
      row[COLUMN_TOTAL] = isnan (value) ? NULL : kennis_value_words_percent_sure (language, value, error);
      value = kennis_return_get_evppi (result, swing->path, &error);
      row[COLUMN_EVPPI] = isnan (value) ? NULL : kennis_value_words_money_sure (result, language, value, error);
    }
  return self;
}

char *
kennis_value_words_swings (KennisReturn *result,
                           const char   *language)
{
  return kennis_words_fill (kennis_text (language, N_("What moves the {figure} most")), "figure",
                            kennis_value_words_figure (language, kennis_return_get_objective (result)), NULL);
}

/* Why it is empty, under the table; NULL: it is not. */
const char *
kennis_value_words_indices (KennisReturn *result,
                            const char   *language,
                            GArray       *swings)
{
  if (swings->len == 0 || kennis_return_get_n_draws (result) == 0
      || !isnan (kennis_return_get_first_order (result, g_array_index (swings, KennisValueSwing, 0).path, NULL)))
    return NULL;
  return kennis_text (language, N_("Inputs go together here: which share of the variance is whose cannot be told."));
}
