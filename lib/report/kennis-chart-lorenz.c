#include "config.h"

#include "report/kennis-chart-private.h"

#include <math.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-words-private.h"

#define say(model, text) kennis_text ((model)->language, (text))

/* The curve goes through (0, 0), the deciles that the gate lets through, and (1, 1). */
#define N_DECILES 9

typedef struct
{
  double x[N_DECILES + 2], y[N_DECILES + 2];
  guint n;
  const KennisReportRow *rows[N_DECILES];    /* what was measured; NULL: nothing */
} Curve;

static void
collect (const KennisReportModel *model, Curve *curve)
{
  curve->n = 0;
  curve->x[0] = curve->y[0] = 0;
  curve->n = 1;
  for (guint i = 0; i < N_DECILES; i++)
    {
      g_autofree char *id = g_strdup_printf ("uptake.lorenz-%u", (i + 1) * 10);
      int metric = kennis_report_model_find_metric (model, id);

      curve->rows[i] = metric >= 0 ? kennis_report_model_key_row (model, metric) : NULL;
      if (curve->rows[i] == NULL || !kennis_report_row_has_value (curve->rows[i]))
        continue;
      curve->x[curve->n] = (i + 1) / 10.0;
      curve->y[curve->n++] = curve->rows[i]->value;
    }
  curve->x[curve->n] = curve->y[curve->n] = 1;
  curve->n++;
}

static void
table (KennisMarkup *out, const KennisReportModel *model, const Curve *curve, const char *title)
{
  const char *heads[] = { say (model, N_("People, from those with the fewest hours")),
                          say (model, N_("Share of all hours")), NULL };
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < N_DECILES; i++)
    {
      if (curve->rows[i] == NULL)
        continue;
      g_ptr_array_add (cells, kennis_text_percent (model->language, (i + 1) / 10.0, 0));
      g_ptr_array_add (cells, kennis_words_result (model, curve->rows[i], FALSE));
    }
  kennis_chart_table (out, model, title, heads, cells);
}

static void
gini_sentence (KennisMarkup *out, const KennisReportModel *model)
{
  int metric = kennis_report_model_find_metric (model, "uptake.gini");
  const KennisReportRow *row = metric >= 0 ? kennis_report_model_key_row (model, metric) : NULL;
  g_autofree char *gini = NULL, *sentence = NULL;

  if (row == NULL || !kennis_report_row_has_value (row))
    return;

  gini = kennis_words_result (model, row, FALSE);
  sentence = kennis_words_fill (
      say (model, N_("The Gini coefficient, {gini}, says how far the curve sags: 0 where all have the same hours, 1 "
                     "where one has them all.")),
      "gini", gini, NULL);
  kennis_markup_leaf (out, "p", NULL, sentence);
}

static void
draw (KennisMarkup *out, const KennisReportModel *model, const Curve *curve)
{
  static const double even[] = { 0, 1 };
  static const KennisReportMetric share = { .unit = KENNIS_UNIT_SHARE };
  const char *title = say (model, N_("Lorenz curve of learning hours"));
  const char *description = say (
      model,
      N_("People stand in the order of their hours, from those with the fewest. The curve shows which share of all "
         "hours they have together; the dashed line is what an even share would be. Points stand only "
         "where enough people are behind each."));
  KennisPlot plot = { out, model, 560, 500, 70, 40, 540, 445, 0, 1, 0, 1 };

  kennis_markup_open (out, "figure");
  kennis_plot_begin (&plot, "lorenz-plot", title, description);
  kennis_plot_axes (&plot, &share, say (model, N_("Share of people")), &share, say (model, N_("Share of all hours")));
  kennis_plot_path (&plot, "middle", even, even, 2);
  kennis_plot_path (&plot, "curve", curve->x, curve->y, curve->n);
  for (guint i = 1; i + 1 < curve->n; i++)
    kennis_plot_mark (&plot, KENNIS_SHAPE_CIRCLE, kennis_plot_x (&plot, curve->x[i]),
                      kennis_plot_y (&plot, curve->y[i]));
  kennis_plot_text (&plot, kennis_plot_x (&plot, 0.40), kennis_plot_y (&plot, 0.47), "end", "corner",
                    say (model, N_("even share")));
  kennis_plot_end (&plot);
  kennis_markup_leaf (out, "figcaption", NULL, description);
  table (out, model, curve, title);
  kennis_markup_close (out);
}

void
kennis_chart_lorenz (KennisMarkup *out, const KennisReportModel *model)
{
  Curve curve;

  collect (model, &curve);
  kennis_html_section_begin (out, "lorenz", say (model, N_("How evenly learning is spread")));
  gini_sentence (out, model);
  if (curve.n > 2)
    draw (out, model, &curve);
  else
    kennis_markup_leaf (
        out, "p", "nothing",
        say (model,
             N_("The curve is not drawn: its points were not measured, or too few people stand behind each of them "
                "(ten times the smallest group are needed).")));
  kennis_html_section_end (out);
}
