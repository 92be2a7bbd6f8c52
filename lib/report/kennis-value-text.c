#include "config.h"

#include <math.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-value-words-private.h"
#include "report/kennis-words-private.h"

#define WIDE 44

static void
heading (GString    *text,
         const char *title)
{
  g_string_append_printf (text, "%s%s\n", text->len > 0 ? "\n" : "", title);
  for (glong i = g_utf8_strlen (title, -1); i > 0; i--)
    g_string_append (text, "─");
  g_string_append_c (text, '\n');
}

static void
line (GString    *text,
      const char *name,
      const char *value)
{
  glong room = WIDE - g_utf8_strlen (name, -1);

  g_string_append_printf (text, "  %s%*s  %s\n", name, (int) MAX (room, 0), "", value);
}

/* Benefits by what they are of, where there are several kinds. */
static void
write_kinds (KennisReturn *result,
             const char   *programme,
             const char   *language,
             GString      *text)
{
  for (guint k = 0; k < KENNIS_N_KINDS; k++)
    {
      double amount = kennis_return_get_benefit (result, programme, k);
      g_autofree char *name = g_strconcat ("  ", kennis_value_words_kind (language, k), NULL);
      g_autofree char *value = kennis_value_words_money (result, language, amount);

      if (!isnan (amount))
        line (text, name, value);
    }
}

static void
note (GString *text,
      char    *sentence)
{
  if (sentence != NULL)
    g_string_append_printf (text, "  %s\n", sentence);
  g_free (sentence);
}

static void
write_figures (KennisReturn *result,
               const char   *programme,
               const char   *language,
               GString      *text)
{
  for (guint f = 0; f < KENNIS_N_FIGURES; f++)
    {
      g_autofree char *value = kennis_value_words_result (result, programme, language, f);

      line (text, kennis_value_words_row (language, f), value);
      if (f == KENNIS_FIGURE_BENEFIT)
        write_kinds (result, programme, language, text);
    }
}

static void
write_percentiles (KennisReturn *result,
                   KennisFigure  figure,
                   const char   *language,
                   GString      *text)
{
  static const double at[] = { 0.05, 0.5, 0.95 };
  g_autofree char *low = kennis_text_percent (language, at[0], 0), *middle = kennis_text_percent (language, at[1], 0),
                  *high = kennis_text_percent (language, at[2], 0);
  const char *names[] = { kennis_text (language, N_("mean")), kennis_text (language, N_("standard deviation")), low,
                          middle, high };
  double values[5], errors[5];

  values[0] = kennis_return_get_mean (result, figure, &errors[0]);
  values[1] = kennis_return_get_sd (result, figure, &errors[1]);
  for (guint i = 0; i < 3; i++)
    values[2 + i] = kennis_return_get_percentile (result, figure, at[i], &errors[2 + i]);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *both = kennis_value_words_sure (result, language, figure, values[i], errors[i]);

      line (text, names[i], both);
    }
}

/* One figure's draws; the ratios have them where there is something to divide by. */
static gboolean
write_draws (KennisReturn *result,
             KennisFigure  figure,
             const char   *language,
             GString      *text)
{
  guint64 n = kennis_return_get_n_valued (result, figure);
  gboolean is_ratio = figure == KENNIS_FIGURE_BCR;
  gboolean is_part = figure == KENNIS_FIGURE_COST || figure == KENNIS_FIGURE_BENEFIT;
  double error, p = kennis_return_get_probability_over (result, figure, kennis_value_threshold (figure), &error);
  g_autofree char *draws = kennis_text_integer (language, n), *chance = NULL, *title = NULL;

  /* What does not vary has one value only, which the table of figures tells. */
  if (n == 0 || !(kennis_return_get_sd (result, figure, NULL) > 0))
    return FALSE;
  title = kennis_words_fill (kennis_text (language, N_("How sure: {figure}, {n} draws")), "figure",
                             kennis_value_words_figure (language, figure), "n", draws, NULL);
  heading (text, title);
  write_percentiles (result, figure, language, text);
  chance = kennis_value_words_percent_sure (language, p, error);
  if (!is_part)
    line (text, kennis_text (language, is_ratio ? N_("chance that it is over 1") : N_("chance that it is over 0")),
          chance);
  return TRUE;
}

static void
write_chance (KennisReturn *result,
              const char   *language,
              GString      *text)
{
  double error, evpi = kennis_return_get_evpi (result, &error);
  g_autofree char *both = kennis_value_words_money_sure (result, language, evpi, error);
  gboolean any = write_draws (result, kennis_return_get_objective (result), language, text);

  if (any)
    line (text, kennis_text (language, N_("value of knowing all before (EVPI)")), both);
  else if (isnan (evpi))
    any = write_draws (result, KENNIS_FIGURE_COST, language, text)
          | write_draws (result, KENNIS_FIGURE_BENEFIT, language, text);
  any |= write_draws (result, KENNIS_FIGURE_BCR, language, text);
  any |= write_draws (result, KENNIS_FIGURE_ROI, language, text);
  if (any)
    note (text, kennis_value_words_errors (result, language));
}

/* Names to the left, numbers to the right; columns that have nothing (no draws) are left out. */
static void
write_table (KennisValueTable *table,
             GString          *text)
{
  g_autofree glong *width = g_new0 (glong, table->n_columns);

  for (guint i = 0; i < table->n_rows * table->n_columns; i++)
    if (table->cells[i] != NULL)
      width[i % table->n_columns] = MAX (width[i % table->n_columns], g_utf8_strlen (table->cells[i], -1));
  for (guint i = 0; i < table->n_rows * table->n_columns; i++)
    {
      guint column = i % table->n_columns;
      const char *cell = table->cells[i] != NULL ? table->cells[i] : "";
      int room = (int) (width[column] - g_utf8_strlen (cell, -1));

      if (kennis_value_table_has_column (table, column))
        g_string_append_printf (text, "  %*s%s%*s", column > 0 ? room : 0, "", cell, column > 0 ? 0 : room, "");
      if (column == table->n_columns - 1)
        g_string_append_c (text, '\n');
    }
  kennis_value_table_free (table);
}

/* The twelve inputs that do most. */
static void
write_swings (KennisReturn *result,
              const char   *language,
              GString      *text)
{
  g_autoptr (GArray) swings = kennis_value_swings (result);
  g_autofree char *title = kennis_value_words_swings (result, language);
  const char *why = kennis_value_words_indices (result, language, swings);

  if (swings->len == 0)
    return;
  heading (text, title);
  g_array_set_size (swings, MIN (swings->len, 12));
  write_table (kennis_value_table_swings (result, language, swings), text);
  if (why != NULL)
    g_string_append_printf (text, "  %s\n", why);
  note (text, kennis_value_words_few_of_each (result, language));
}

static void
write_inputs (KennisReturn *result,
              const char   *language,
              GString      *text)
{
  g_auto (GStrv) paths = kennis_return_list_inputs (result);

  heading (text, kennis_text (language, N_("Inputs, with their evidence and the value at which nothing is left")));
  for (guint i = 0; paths[i] != NULL; i++)
    {
      KennisEvidence evidence;
      const char *source;
      KennisQuantity *quantity = kennis_return_get_input (result, paths[i], &evidence, &source);
      g_autofree char *value = kennis_value_words_quantity (language, quantity);
      g_autofree char *even = kennis_value_words_even (result, language, paths[i]), *ground = NULL, *all = NULL;

      ground = source != NULL
                   ? kennis_words_fill (kennis_text (language, N_("{evidence}: {source}")), "evidence",
                                        kennis_value_words_evidence (language, evidence), "source", source, NULL)
                   : g_strdup (kennis_value_words_evidence (language, evidence));
      all = kennis_words_fill (kennis_text (language, N_("{what}: {value}; {evidence}; break-even: {even}")), "what",
                               kennis_value_words_input (language, paths[i]), "value", value, "evidence", ground,
                               "even", even, NULL);
      line (text, paths[i], all);
    }
}

static void
write_not_given (KennisReturn *result,
                 const char   *programme,
                 const char   *language,
                 GString      *text)
{
  g_autoptr (GPtrArray) lines = kennis_value_words_not_given (result, programme, language);

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "  %s\n", (const char *) lines->pdata[i]);
}

static void
write_programme (KennisReturn *result,
                 const char   *id,
                 gboolean      alone,
                 const char   *language,
                 GString      *text)
{
  g_autofree char *employee = kennis_return_explain_employee (result, id, language);

  heading (text, kennis_return_get_name (result, id));
  if (!alone)
    write_figures (result, id, language, text);
  write_not_given (result, id, language, text);
  g_string_append_printf (text, "  %s %s\n", kennis_text (language, N_("What is in it for you?")), employee);
  if (!alone && kennis_return_get_n_draws (result) > 0)
    write_chance (kennis_return_get_programme (result, id), language, text);
}

GBytes *
kennis_value_text (KennisReturn *result,
                   const char   *language,
                   double        budget)
{
  GString *text = g_string_new (NULL);
  g_auto (GStrv) programmes = kennis_return_list_programmes (result);
  gboolean alone = g_strv_length (programmes) < 2;
  g_autofree char *title = kennis_value_words_title (result, language);
  g_autofree char *grounds = kennis_value_words_grounds (result, language);
  g_autofree char *choice = kennis_value_choice (result, language, budget);

  heading (text, title);
  write_figures (result, NULL, language, text);
  g_string_append_printf (text, "  %s\n", grounds);
  note (text, kennis_value_words_uncertain (result, language));
  if (kennis_return_get_n_draws (result) > 0)
    write_chance (result, language, text);
  write_swings (result, language, text);
  if (!alone)
    {
      heading (text, kennis_text (language, N_("Programmes beside one another")));
      write_table (kennis_value_table_new (result, language, FALSE), text);
      note (text, kennis_value_words_many_draws (result, language));
    }
  if (choice != NULL)
    g_string_append_printf (text, "%s  %s\n", alone ? "\n" : "", choice);
  for (guint i = 0; programmes[i] != NULL; i++)
    write_programme (result, programmes[i], alone, language, text);
  write_inputs (result, language, text);
  return g_string_free_to_bytes (text);
}
