#include "config.h"

#include <math.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-value-words-private.h"
#include "report/kennis-words-private.h"

/* Programmes beside one another, and which of them to choose. */

enum
{
  COLUMN_NAME,
  COLUMN_COST,
  COLUMN_WORTH,
  COLUMN_LOW,
  COLUMN_HIGH,
  COLUMN_CHANCE,
  COLUMN_BCR,
  COLUMN_BCR_LOW,
  COLUMN_BCR_HIGH,
  COLUMN_BEST,
  N_COLUMNS
};

static char *
sure (KennisReturn *result,
      const char   *language,
      KennisFigure  figure,
      double        value,
      double        error,
      gboolean      with_errors)
{
  return with_errors ? kennis_value_words_sure (result, language, figure, value, error)
                     : kennis_value_words_value (result, language, figure, value);
}

static char *
chance (const char *language,
        double      p,
        double      error,
        gboolean    with_errors)
{
  if (isnan (p))
    return g_strdup ("");
  return with_errors ? kennis_value_words_percent_sure (language, p, error) : kennis_text_percent (language, p, 1);
}

static void
fill_head (KennisReturn  *result,
           const char    *language,
           char         **cells)
{
  const char *objective = kennis_value_words_figure (language, kennis_return_get_objective (result));

  cells[COLUMN_NAME] = g_strdup (kennis_text (language, N_("programme")));
  cells[COLUMN_COST] = g_strdup (kennis_value_words_figure (language, KENNIS_FIGURE_COST));
  cells[COLUMN_WORTH] = g_strdup (objective);
  cells[COLUMN_LOW] = kennis_text_percent (language, 0.05, 0);
  cells[COLUMN_HIGH] = kennis_text_percent (language, 0.95, 0);
  cells[COLUMN_CHANCE] = g_strdup (kennis_text (language, N_("chance over 0")));
  cells[COLUMN_BCR] = g_strdup ("BCR");
  cells[COLUMN_BCR_LOW] = kennis_text_percent (language, 0.05, 0);
  cells[COLUMN_BCR_HIGH] = kennis_text_percent (language, 0.95, 0);
  cells[COLUMN_BEST] = g_strdup (kennis_text (language, N_("chance of being the best")));
}

/* What is missing is told once, beside the result. */
static char *
without_draws (KennisReturn *part,
               const char   *language)
{
  double value;

  return kennis_return_get_figure (part, NULL, KENNIS_FIGURE_BCR, &value) == KENNIS_FIGURE_STATUS_NO_DATA
             ? g_strdup ("–")
             : kennis_value_words_result (part, NULL, language, KENNIS_FIGURE_BCR);
}

static void
fill_draws (KennisReturn  *result,
            KennisReturn  *part,
            const char    *id,
            const char    *language,
            gboolean       with_errors,
            char         **cells)
{
  static const struct { guint column; gboolean is_ratio; double p; } percentiles[] = {
    { COLUMN_LOW, FALSE, 0.05 }, { COLUMN_HIGH, FALSE, 0.95 }, { COLUMN_BCR_LOW, TRUE, 0.05 }, { COLUMN_BCR_HIGH, TRUE, 0.95 } };
  KennisFigure objective = kennis_return_get_objective (result);
  double error, value = kennis_return_get_mean (part, objective, &error);

  cells[COLUMN_WORTH] = isnan (value) ? kennis_value_words_result (part, NULL, language, objective)
                                      : sure (result, language, objective, value, error, with_errors);
  value = kennis_return_get_mean (part, KENNIS_FIGURE_BCR, &error);
  cells[COLUMN_BCR] = isnan (value) ? without_draws (part, language)
                                    : sure (result, language, KENNIS_FIGURE_BCR, value, error, with_errors);
  for (guint i = 0; i < G_N_ELEMENTS (percentiles); i++)
    {
      KennisFigure figure = percentiles[i].is_ratio ? KENNIS_FIGURE_BCR : objective;

      value = kennis_return_get_percentile (part, figure, percentiles[i].p, &error);
      cells[percentiles[i].column] =
          isnan (value) ? g_strdup ("") : sure (result, language, figure, value, error, with_errors);
    }
  value = kennis_return_get_probability (part, &error);
  cells[COLUMN_CHANCE] = chance (language, value, error, with_errors);
  value = kennis_return_get_probability_best (result, id, &error);
  cells[COLUMN_BEST] = chance (language, value, error, with_errors);
}

KennisValueTable *
kennis_value_table_new (KennisReturn *result,
                        const char   *language,
                        gboolean      with_errors)
{
  KennisValueTable *self = g_new0 (KennisValueTable, 1);
  g_auto (GStrv) ids = kennis_return_list_programmes (result);
  gboolean drawn = kennis_return_get_n_draws (result) > 0;

  self->n_columns = N_COLUMNS;
  self->n_rows = g_strv_length (ids) + 1;
  self->cells = g_new0 (char *, self->n_rows *N_COLUMNS);
  fill_head (result, language, self->cells);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      KennisReturn *part = kennis_return_get_programme (result, ids[i]);
      char **row = self->cells + (i + 1) * N_COLUMNS;

      row[COLUMN_NAME] = g_strdup (kennis_return_get_name (result, ids[i]));
      row[COLUMN_COST] = kennis_value_words_result (part, NULL, language, KENNIS_FIGURE_COST);
      if (drawn)
        {
          fill_draws (result, part, ids[i], language, with_errors, row);
          continue;
        }
      row[COLUMN_WORTH] = kennis_value_words_result (part, NULL, language, kennis_return_get_objective (result));
      row[COLUMN_BCR] = without_draws (part, language);
    }
  return self;
}

void
kennis_value_table_free (KennisValueTable *self)
{
  for (guint i = 0; i < self->n_rows * self->n_columns; i++)
    g_free (self->cells[i]);
  g_free (self->cells);
  g_free (self);
}

gboolean
kennis_value_table_has_column (const KennisValueTable *self,
                               guint                   column)
{
  for (guint row = 1; row < self->n_rows; row++)
    {
      const char *cell = self->cells[row * self->n_columns + column];

      if (cell != NULL && *cell != '\0')
        return TRUE;
    }
  return FALSE;
}

double
kennis_value_sum (KennisReturn       *result,
                  const char * const *programmes,
                  KennisFigure        figure)
{
  double sum = 0;

  for (guint i = 0; programmes[i] != NULL; i++)
    {
      double value;

      kennis_return_get_figure (result, programmes[i], figure, &value);
      sum += value;
    }
  return sum;
}

gboolean
kennis_value_is_known (KennisReturn *result,
                       const char   *programme)
{
  double value;

  return kennis_return_get_figure (result, programme, kennis_return_get_objective (result), &value)
         == KENNIS_FIGURE_STATUS_OK;
}

static char *
choice_of (KennisReturn       *result,
           const char         *language,
           double              budget,
           const char * const *chosen)
{
  KennisFigure objective = kennis_return_get_objective (result);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *most = kennis_value_words_money (result, language, budget), *cost = NULL, *worth = NULL;

  if (chosen[0] == NULL)
    return kennis_words_fill (
        kennis_text (language,
                     N_("For a budget of {budget} there is no programme that it pays for and that is worth it.")),
        "budget", most, NULL);
  for (guint i = 0; chosen[i] != NULL; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", kennis_return_get_name (result, chosen[i]));
  cost = kennis_value_words_money (result, language, kennis_value_sum (result, chosen, KENNIS_FIGURE_COST));
  worth = kennis_value_words_money (result, language, kennis_value_sum (result, chosen, objective));
  return kennis_words_fill (
      kennis_text (language, N_("For a budget of {budget} choose {names}: cost {cost}, {figure} {worth}.")), "budget",
      most, "names", names->str, "cost", cost, "figure", kennis_value_words_figure (language, objective), "worth",
      worth, NULL);
}

/* Those of which too little is known to be chosen, each with what is missing; NULL: none. */
static char *
not_known (KennisReturn *result,
           const char   *language)
{
  KennisFigure objective = kennis_return_get_objective (result);
  g_auto (GStrv) ids = kennis_return_list_programmes (result);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;

  for (guint i = 0; ids[i] != NULL; i++)
    if (!kennis_value_is_known (result, ids[i]))
      {
        g_autofree char *why = kennis_value_words_missing (result, ids[i], language, objective);

        g_ptr_array_add (names, g_strdup_printf ("%s (%s)", kennis_return_get_name (result, ids[i]), why));
      }
  if (names->len == 0)
    return NULL;
  all = kennis_value_words_join (language, ", ", names);
  return kennis_words_fill (kennis_text (language, N_("Cannot be chosen: {names}.")), "names", all, NULL);
}

char *
kennis_value_choice (KennisReturn *result,
                     const char   *language,
                     double        budget)
{
  g_auto (GStrv) chosen = NULL;
  g_autofree char *choice = NULL, *unknown = NULL;

  if (!(budget >= 0))
    return NULL;
  chosen = kennis_return_choose (result, budget);
  choice = choice_of (result, language, budget, (const char *const *) chosen);
  unknown = not_known (result, language);
  return unknown != NULL ? g_strdup_printf ("%s %s", choice, unknown) : g_steal_pointer (&choice);
}
