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
  return "\nsvg{width:100%;height:auto;max-width:46rem}svg "
         "text{font-size:12px;fill:var(--ink)}.plus{fill:var(--h2);stroke:var(--accent)}"
         ".minus{fill:var(--warm)}.zero{stroke:var(--ink);stroke-width:1.5}.band{fill:var(--h2)}.middle{fill:none;"
         "stroke:var(--accent);"
         "stroke-width:2}table{border-collapse:collapse;margin:1rem 0}th,td{padding:.2rem "
         ".8rem;text-align:right;border-bottom:1px solid "
         "var(--rule)}th:first-child{text-align:left}\n";
}

static void
figures_table (const KennisValueCharts *self)
{
  KennisMarkup *out = self->out;
  gboolean drawn = kennis_return_get_n_draws (self->result) > 0;
  const char *heads[] = { N_("figure"), N_("as expected"), N_("mean"), "5%", "95%" };

  kennis_markup_open (out, "table");
  kennis_markup_open (out, "tr");
  for (guint i = 0; i < (drawn ? 5 : 2); i++)
    kennis_markup_leaf (out, "th", NULL, kennis_text (self->language, heads[i]));
  kennis_markup_close (out);
  for (guint f = 0; f < KENNIS_N_FIGURES; f++)
    {
      g_autofree char *value = kennis_value_words_result (self->result, NULL, self->language, f);
      const double cells[] = { kennis_return_get_mean (self->result, f, NULL), kennis_return_get_percentile (self->result, f, 0.05, NULL),
                               kennis_return_get_percentile (self->result, f, 0.95, NULL) };

      kennis_markup_open (out, "tr");
      kennis_markup_leaf (out, "th", NULL, kennis_value_words_figure (self->language, f));
      kennis_markup_leaf (out, "td", NULL, value);
      for (guint i = 0; drawn && i < 3; i++)
        {
          g_autofree char *cell =
              isnan (cells[i]) ? g_strdup ("") : kennis_value_words_value (self->result, self->language, f, cells[i]);

          kennis_markup_leaf (out, "td", NULL, cell);
        }
      kennis_markup_close (out);
    }
  kennis_markup_close (out);
}

static void
chance (const KennisValueCharts *self)
{
  double error, p = kennis_return_get_probability (self->result, &error);
  g_autofree char *share = kennis_text_percent (self->language, p, 0),
                  *draws = kennis_text_integer (self->language, kennis_return_get_n_draws (self->result));
  g_autofree char *worth = kennis_value_words_money (self->result, self->language,
                                                     kennis_return_get_evpi (self->result, NULL)),
                  *text = NULL;

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

      kennis_markup_leaf (self->out, "h3", NULL, programmes[i]);
      kennis_markup_leaf (self->out, "p", NULL, text);
    }
}

static void
inputs_table (const KennisValueCharts *self)
{
  KennisMarkup *out = self->out;
  g_auto (GStrv) paths = kennis_return_list_inputs (self->result);
  const char *heads[] = { N_("input"), N_("value"), N_("evidence"), N_("source"), N_("break-even") };

  kennis_markup_leaf (
      out, "h2", NULL,
      kennis_text (self->language, N_("Inputs, with their evidence and the value at which nothing is left")));
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
      g_autofree char *value = kennis_quantity_to_text (quantity), *number = NULL;
      double even;
      KennisFigureStatus status = kennis_return_get_break_even (self->result, paths[i], &even);

      number = status == KENNIS_FIGURE_STATUS_OK ? kennis_text_number (self->language, even, fabs (even) < 10 ? 3 : 0)
                                                 : g_strdup (kennis_value_words_status (self->language, status));
      kennis_markup_open (out, "tr");
      kennis_markup_leaf (out, "th", NULL, paths[i]);
      kennis_markup_leaf (out, "td", NULL, value);
      kennis_markup_leaf (out, "td", NULL, kennis_value_words_evidence (self->language, evidence));
      kennis_markup_leaf (out, "td", NULL, source != NULL ? source : "");
      kennis_markup_leaf (out, "td", NULL, number);
      kennis_markup_close (out);
    }
  kennis_markup_close (out);
}

GBytes *
kennis_value_html (KennisReturn *result,
                   const char   *language)
{
  KennisMarkup *out = kennis_markup_new (TRUE, FALSE);
  KennisValueCharts charts = { out, result, language };
  g_autofree char *months = kennis_text_integer (language, kennis_return_get_horizon (result));
  g_autofree char *title =
      kennis_words_fill (kennis_text (language, N_("Return on value over {n} months")), "n", months, NULL);

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
