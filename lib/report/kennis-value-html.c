#include "config.h"

#include <math.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-chart-private.h"
#include "report/kennis-value-charts-private.h"
#include "report/kennis-words-private.h"

static const char *
style (void)
{
  return "\n"
         "svg{width:100%;height:auto;max-width:46rem}"
         "svg text{font-size:12px;fill:var(--ink);paint-order:stroke;stroke:var(--ground);stroke-width:3px}"
         ".plus{fill:var(--h2);stroke:var(--accent)}"
         ".minus{fill:var(--warm)}"
         ".zero{stroke:var(--ink);stroke-width:1.5}"
         ".band{fill:var(--h2)}"
         ".middle{fill:none;stroke:var(--accent);stroke-width:2}"
         "table{border-collapse:collapse;margin:1rem 0}"
         "th,td{padding:.2rem .8rem;text-align:right;border-bottom:1px solid var(--rule)}"
         "th:first-child{text-align:left}"
         ".wide{overflow-x:auto}"
         ".wide th{overflow-wrap:normal;word-break:normal}"
         ".wide td{min-width:5rem}"
         ".wide td.why{text-align:left;color:var(--soft)}"
         "\n";
}

static void
cell (const KennisValueCharts *self,
      const char              *element,
      char                    *text)
{
  kennis_markup_leaf (self->out, element, NULL, text != NULL ? text : "");
  g_free (text);
}

/* What the draws of a figure tell, in five cells. */
static void
drawn_cells (const KennisValueCharts *self,
             KennisFigure             figure)
{
  double error, value = kennis_return_get_mean (self->result, figure, &error);
  /* What does not vary has one value only. */
  gboolean has =
      kennis_return_get_n_valued (self->result, figure) > 0 && kennis_return_get_sd (self->result, figure, NULL) > 0;
  gboolean is_part =
      figure == KENNIS_FIGURE_COST || figure == KENNIS_FIGURE_BENEFIT || figure == KENNIS_FIGURE_LOSS_AVOIDED;

  cell (self, "td", has ? kennis_value_words_sure (self->result, self->language, figure, value, error) : NULL);
  for (guint i = 0; i < 3; i++)
    {
      value = kennis_return_get_percentile (self->result, figure, (const double[]) { 0.05, 0.5, 0.95 }[i], &error);
      cell (self, "td", has ? kennis_value_words_sure (self->result, self->language, figure, value, error) : NULL);
    }
  value = kennis_return_get_probability_over (self->result, figure, kennis_value_threshold (figure), &error);
  cell (self, "td", has && !is_part ? kennis_value_words_percent_sure (self->language, value, error) : NULL);
}

/* Why there is no value needs more room than a value. */
static void
figure_cells (const KennisValueCharts *self,
              KennisFigure             figure,
              gboolean                 drawn)
{
  double value;
  gboolean is_known = kennis_return_get_figure (self->result, NULL, figure, &value) == KENNIS_FIGURE_STATUS_OK;
  g_autofree char *text = kennis_value_words_result (self->result, NULL, self->language, figure);

  kennis_markup_open (self->out, "td");
  if (drawn && !is_known)
    {
      kennis_markup_attr (self->out, "class", "why");
      kennis_markup_attr (self->out, "colspan", "6");
    }
  kennis_markup_text (self->out, text);
  kennis_markup_close (self->out);
  if (drawn && is_known)
    drawn_cells (self, figure);
}

static void
kind_rows (const KennisValueCharts *self,
           guint                    n_empty)
{
  for (guint k = 0; k < KENNIS_N_KINDS; k++)
    {
      double amount = kennis_return_get_benefit (self->result, NULL, k);

      if (isnan (amount))
        continue;
      kennis_markup_open (self->out, "tr");
      cell (self, "th", g_strconcat ("· ", kennis_value_words_kind (self->language, k), NULL));
      cell (self, "td", kennis_value_words_money (self->result, self->language, amount));
      for (guint i = 0; i < n_empty; i++)
        cell (self, "td", NULL);
      kennis_markup_close (self->out);
    }
}

void
kennis_value_html_note (const KennisValueCharts *self,
                        char                    *sentence)
{
  if (sentence != NULL)
    kennis_markup_leaf (self->out, "p", NULL, sentence);
  g_free (sentence);
}

static void
figures_table (const KennisValueCharts *self)
{
  KennisMarkup *out = self->out;
  gboolean drawn = kennis_return_get_n_draws (self->result) > 0;
  g_autofree char *low = kennis_text_percent (self->language, 0.05, 0),
                  *middle = kennis_text_percent (self->language, 0.5, 0),
                  *high = kennis_text_percent (self->language, 0.95, 0);
  const char *heads[] = { N_("figure"), N_("as expected"), N_("mean"), low, middle, high, N_("chance over 0 (BCR: over 1)") };

  kennis_markup_open_class (out, "div", "wide");
  kennis_markup_open (out, "table");
  kennis_markup_open (out, "tr");
  for (guint i = 0; i < (drawn ? G_N_ELEMENTS (heads) : 2); i++)
    kennis_markup_leaf (out, "th", NULL, kennis_text (self->language, heads[i]));
  kennis_markup_close (out);
  for (guint f = 0; f < KENNIS_N_FIGURES; f++)
    {
      kennis_markup_open (out, "tr");
      kennis_markup_leaf (out, "th", NULL, kennis_value_words_row (self->language, f));
      figure_cells (self, f, drawn);
      kennis_markup_close (out);
      if (f == KENNIS_FIGURE_BENEFIT)
        kind_rows (self, drawn ? 5 : 0);
    }
  kennis_markup_close (out);
  kennis_markup_close (out);
  if (drawn)
    kennis_value_html_note (self, kennis_value_words_errors (self->result, self->language));
}

static void
lines (const KennisValueCharts *self,
       GPtrArray               *texts)
{
  for (guint i = 0; i < texts->len; i++)
    kennis_markup_leaf (self->out, "p", NULL, texts->pdata[i]);
  g_ptr_array_unref (texts);
}

/* What sums leave out: with several programmes, of each of them. */
static void
not_given (const KennisValueCharts *self)
{
  g_auto (GStrv) ids = kennis_return_list_programmes (self->result);
  gboolean alone = g_strv_length (ids) < 2;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      GPtrArray *texts = kennis_value_words_not_given (self->result, ids[i], self->language);

      for (guint j = 0; j < texts->len && !alone; j++)
        {
          char *plain = texts->pdata[j];

          texts->pdata[j] = g_strdup_printf ("%s – %s", kennis_return_get_name (self->result, ids[i]), plain);
          g_free (plain);
        }
      lines (self, texts);
    }
}

void
kennis_value_html_table (const KennisValueCharts *self,
                         KennisValueTable        *table)
{
  KennisMarkup *out = self->out;

  kennis_markup_open_class (out, "div", "wide");
  kennis_markup_open (out, "table");
  for (guint row = 0; row < table->n_rows; row++)
    {
      kennis_markup_open (out, "tr");
      for (guint column = 0; column < table->n_columns; column++)
        {
          const char *text = table->cells[row * table->n_columns + column];

          if (kennis_value_table_has_column (table, column))
            kennis_markup_leaf (out, row == 0 || column == 0 ? "th" : "td", NULL, text != NULL ? text : "–");
        }
      kennis_markup_close (out);
    }
  kennis_markup_close (out);
  kennis_markup_close (out);
  kennis_value_table_free (table);
}

static void
programmes (const KennisValueCharts *self,
            double                   budget)
{
  KennisMarkup *out = self->out;
  g_autofree char *choice = kennis_value_choice (self->result, self->language, budget);
  KennisValueTable *table = kennis_value_table_new (self->result, self->language, TRUE);

  if (table->n_rows > 2)
    {
      if (kennis_return_get_n_draws (self->result) > 0)
        kennis_value_chart_programmes (self);
      else
        kennis_markup_leaf (out, "h2", NULL, kennis_text (self->language, N_("Programmes beside one another")));
      kennis_value_html_table (self, g_steal_pointer (&table));
      kennis_value_html_note (self, kennis_value_words_many_draws (self->result, self->language));
    }
  if (choice != NULL)
    kennis_markup_leaf (out, "p", NULL, choice);
  if (table != NULL)
    kennis_value_table_free (table);
}

static void
chance (const KennisValueCharts *self)
{
  double error, p = kennis_return_get_probability (self->result, &error);
  g_autofree char *share = kennis_value_words_percent_sure (self->language, p, error),
                  *draws = kennis_text_integer (self->language, kennis_return_get_n_draws (self->result));
  double evpi_error, evpi = kennis_return_get_evpi (self->result, &evpi_error);
  g_autofree char *worth = kennis_value_words_money_sure (self->result, self->language, evpi, evpi_error), *text = NULL;

  kennis_value_html_note (self, kennis_value_words_uncertain (self->result, self->language));
  if (isnan (p))
    return;
  text = kennis_words_fill (
      kennis_text (
          self->language,
          N_("In {share} of {n} draws it is worth doing. Knowing everything before would be worth {worth} at most.")),
      "share", share, "n", draws, "worth", worth, NULL);
  kennis_markup_leaf (self->out, "p", NULL, text);
}

static void
employees (const KennisValueCharts *self)
{
  g_auto (GStrv) programmes = kennis_return_list_programmes (self->result);

  kennis_markup_leaf (self->out, "h2", NULL, kennis_text (self->language, N_("What is in it for you?")));
  for (guint i = 0; programmes[i] != NULL; i++)
    {
      g_autofree char *text = kennis_return_explain_employee (self->result, programmes[i], self->language);

      kennis_markup_leaf (self->out, "h3", NULL, kennis_return_get_name (self->result, programmes[i]));
      kennis_markup_leaf (self->out, "p", NULL, text);
    }
}

static void
inputs_table (const KennisValueCharts *self)
{
  KennisMarkup *out = self->out;
  g_auto (GStrv) paths = kennis_return_list_inputs (self->result);
  const char *heads[] = { N_("input"),    N_("what it is"), N_("value"),
                          N_("evidence"), N_("source"),     N_("break-even") };
  g_autofree char *grounds = kennis_value_words_grounds (self->result, self->language);

  kennis_markup_leaf (
      out, "h2", NULL,
      kennis_text (self->language, N_("Inputs, with their evidence and the value at which nothing is left")));
  kennis_markup_leaf (out, "p", NULL, grounds);
  kennis_markup_open_class (out, "div", "wide");
  kennis_markup_open (out, "table");
  kennis_markup_open (out, "tr");
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    kennis_markup_leaf (out, "th", NULL, kennis_text (self->language, heads[i]));
  kennis_markup_close (out);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      KennisEvidence evidence;
      const char *source;
      KennisQuantity *quantity = kennis_return_get_input (self->result, paths[i], &evidence, &source);
      g_autofree char *value = kennis_value_words_quantity (self->language, quantity);
      g_autofree char *number = kennis_value_words_even (self->result, self->language, paths[i]);

      kennis_markup_open (out, "tr");
      kennis_markup_leaf (out, "th", NULL, paths[i]);
      kennis_markup_leaf (out, "td", NULL, kennis_value_words_input (self->language, paths[i]));
      kennis_markup_leaf (out, "td", NULL, value);
      kennis_markup_leaf (out, "td", NULL, kennis_value_words_evidence (self->language, evidence));
      kennis_markup_leaf (out, "td", NULL, source != NULL ? source : "");
      kennis_markup_leaf (out, "td", NULL, number);
      kennis_markup_close (out);
    }
  kennis_markup_close (out);
  kennis_markup_close (out);
}

GBytes *
kennis_value_html (KennisReturn *result,
                   const char   *language,
                   double        budget)
{
  KennisMarkup *out = kennis_markup_new (TRUE, FALSE);
  KennisValueCharts charts = { out, result, language };
  g_autofree char *title = kennis_value_words_title (result, language);

  kennis_markup_open (out, "html");
  kennis_markup_attr (out, "lang", language);
  kennis_markup_open (out, "head");
  kennis_markup_open (out, "meta");
  kennis_markup_attr (out, "charset", "utf-8");
  kennis_markup_close (out);
  kennis_markup_open (out, "meta");
  kennis_markup_attr (out, "name", "viewport");
  kennis_markup_attr (out, "content", "width=device-width, initial-scale=1");
  kennis_markup_close (out);
  kennis_markup_leaf (out, "title", NULL, title);
  kennis_markup_open (out, "style");
  kennis_markup_style (out, kennis_html_style ());
  kennis_markup_style (out, style ());
  kennis_markup_close (out);
  kennis_markup_close (out);
  kennis_markup_open (out, "body");
  kennis_markup_open (out, "main");
  kennis_markup_leaf (out, "h1", NULL, title);
  chance (&charts);
  figures_table (&charts);
  not_given (&charts);
  programmes (&charts, budget);
  kennis_value_chart_waterfall (&charts);
  kennis_value_chart_cash (&charts);
  kennis_value_chart_tornado (&charts);
  kennis_value_chart_distribution (&charts);
  employees (&charts);
  inputs_table (&charts);
  kennis_markup_close (out);
  kennis_markup_close (out);
  kennis_markup_close (out);
  return kennis_markup_finish (out);
}
