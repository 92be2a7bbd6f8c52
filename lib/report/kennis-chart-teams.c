#include "config.h"

#include "report/kennis-chart-private.h"

#include <math.h>
#include <string.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-words-private.h"

#define say(model, text) kennis_text ((model)->language, (text))

static int
first_metric (const KennisReportModel *model, const char *const *ids)
{
  const char *attribute = kennis_chart_attribute (model);

  for (guint i = 0; ids[i] != NULL && attribute != NULL; i++)
    {
      int metric = kennis_report_model_find_metric (model, ids[i]);
      g_autoptr (GPtrArray) rows = metric >= 0 ? kennis_chart_rows (model, metric, attribute) : NULL;

      for (guint k = 0; rows != NULL && k < rows->len; k++)
        if (kennis_report_row_has_value (g_ptr_array_index (rows, k)))
          return metric;
    }

  return -1;
}

static void
nothing_to_show (KennisMarkup *out, const KennisReportModel *model)
{
  kennis_markup_leaf (
      out, "p", "nothing",
      say (model,
           N_("There is nothing to draw: no group has the values that this chart needs. What is withheld or was not "
              "recorded stands in the tables below.")));
}

static void
left_out (KennisMarkup *out, const KennisReportModel *model, guint n)
{
  g_autofree char *count = kennis_text_integer (model->language, n), *sentence = NULL;

  if (n == 0)
    return;

  sentence = kennis_words_fill (
      say (model, N_("Not drawn because a value is withheld or missing: {count}. Names that would cover others "
                     "are left out; the table has them all.")),
      "count", count, NULL);
  kennis_markup_leaf (out, "p", "small", sentence);
}

/* Groups with both values; *n_left_out counts the others. */
static GArray *
both_values (const KennisReportModel *model, guint x_metric, guint y_metric, guint *n_left_out)
{
  g_autoptr (GPtrArray) rows = kennis_chart_rows (model, x_metric, kennis_chart_attribute (model));
  GArray *points = kennis_points_new ();

  *n_left_out = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const KennisReportRow *x = g_ptr_array_index (rows, i), *y = kennis_chart_twin (model, x, y_metric);
      g_autofree char *x_words = NULL, *y_words = NULL;
      KennisPoint point;

      if (y == NULL || !kennis_report_row_has_value (x) || !kennis_report_row_has_value (y))
        {
          ++*n_left_out;
          continue;
        }
      x_words = kennis_words_result (model, x, FALSE);
      y_words = kennis_words_result (model, y, FALSE);
      point = (KennisPoint) { x->value,
                              y->value,
                              kennis_words_group (model, x),
                              g_strdup_printf ("%s: %s; %s", kennis_words_group (model, x), x_words, y_words),
                              KENNIS_SHAPE_CIRCLE,
                              x,
                              y };
      g_array_append_val (points, point);
    }

  return points;
}

static void
points_table (KennisMarkup *out, const KennisReportModel *model, const char *caption, const GArray *points)
{
  const KennisPoint *first = &g_array_index (points, KennisPoint, 0);
  const char *heads[] = { kennis_words_attribute (model, kennis_chart_attribute (model)),
                          kennis_report_model_metric (model, first->x_row->metric)->title,
                          kennis_report_model_metric (model, first->y_row->metric)->title, NULL };
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < points->len; i++)
    {
      const KennisPoint *point = &g_array_index (points, KennisPoint, i);

      g_ptr_array_add (cells, g_strdup (point->label));
      g_ptr_array_add (cells, kennis_words_result (model, point->x_row, FALSE));
      g_ptr_array_add (cells, kennis_words_result (model, point->y_row, FALSE));
    }
  kennis_chart_table (out, model, caption, heads, cells);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median_of (const GArray *points, gboolean is_x)
{
  const guint n = points->len;
  g_autofree double *values = g_new (double, n);

  for (guint i = 0; i < n; i++)
    values[i] = is_x ? g_array_index (points, KennisPoint, i).x : g_array_index (points, KennisPoint, i).y;
  qsort (values, n, sizeof *values, compare_doubles);

  return (values[(n - 1) / 2] + values[n / 2]) / 2;
}

/* The medians of the groups cut the plane into what the four corners mean.  The values of everybody would not do: an exchange between groups
 * counts in each of them, so that all of them may lie above everybody. */
static void
corners (KennisPlot *plot, const GArray *points)
{
  const double x = kennis_plot_x (plot, median_of (points, TRUE)), y = kennis_plot_y (plot, median_of (points, FALSE));

  if (points->len < 2)
    return;

  kennis_plot_line (plot, "middle", x, plot->top, x, plot->bottom);
  kennis_plot_line (plot, "middle", plot->left, y, plot->right, y);
  kennis_plot_text (plot, plot->right - 4, plot->top + 12, "end", "corner", say (plot->model, N_("more of both")));
  kennis_plot_text (plot, plot->left + 6, plot->top + 12, "start", "corner",
                    say (plot->model, N_("less learning, more exchange")));
  kennis_plot_text (plot, plot->right - 4, plot->bottom - 8, "end", "corner",
                    say (plot->model, N_("more learning, less exchange")));
  kennis_plot_text (plot, plot->left + 6, plot->bottom - 8, "start", "corner", say (plot->model, N_("less of both")));
}

static double
room_for (const KennisReportMetric *metric, const GArray *points, gboolean is_x)
{
  double largest = 0, step;

  for (guint i = 0; i < points->len; i++)
    {
      const KennisPoint *point = &g_array_index (points, KennisPoint, i);

      largest = MAX (largest, is_x ? point->x : point->y);
    }
  largest = kennis_plot_nice_end (largest * 1.03, &step);

  return metric->unit == KENNIS_UNIT_SHARE ? MIN (largest, 1) : largest;
}

static void
draw_uptake_exchange (KennisMarkup *out, const KennisReportModel *model, int x_metric, int y_metric)
{
  const KennisReportMetric *x = kennis_report_model_metric (model, x_metric),
                           *y = kennis_report_model_metric (model, y_metric);
  guint n_left_out;
  g_autoptr (GArray) points = both_values (model, x_metric, y_metric, &n_left_out);
  KennisPlot plot = {
    out, model, 760, 480, 70, 40, 740, 425, 0, room_for (x, points, TRUE), 0, room_for (y, points, FALSE)
  };
  const char *title = say (model, N_("Uptake against exchange"));
  g_autofree char *description = NULL;

  if (points->len == 0)
    {
      nothing_to_show (out, model);
      return;
    }

  description = kennis_words_fill (
      say (model, N_("One point for each group: {x} to the right, {y} upwards. Dashed lines stand at the medians of "
                     "these groups. The table behind the chart has all values.")),
      "x", x->title, "y", y->title, NULL);
  kennis_markup_open (out, "figure");
  kennis_plot_begin (&plot, "scatter", title, description);
  kennis_plot_axes (&plot, x, x->title, y, y->title);
  corners (&plot, points);
  kennis_plot_points (&plot, points);
  kennis_plot_end (&plot);
  kennis_markup_leaf (out, "figcaption", NULL, description);
  points_table (out, model, title, points);
  left_out (out, model, n_left_out);
  kennis_markup_close (out);
}

void
kennis_chart_uptake_exchange (KennisMarkup *out, const KennisReportModel *model)
{
  static const char *const uptake[] = { "uptake.hours-per-head", "uptake.hours-per-fte", "uptake.participation-rate",
                                        NULL };
  static const char *const exchange[] = { "exchange.sessions-per-head", "exchange.events-per-head", "exchange.partners-per-head",
                                          "exchange.participation-rate", "exchange.between-people-share", NULL };
  int x = first_metric (model, uptake), y = first_metric (model, exchange);

  kennis_html_section_begin (out, "uptake-exchange", say (model, N_("Uptake against exchange")));
  kennis_markup_leaf (
      out, "p", NULL,
      say (model,
           N_("Learning much is one thing, learning from each other another. To the right people take up more "
              "learning; "
              "further up they exchange more knowledge. A culture of learning lies to the right; a learning culture "
              "lies above. Differences between small groups are often chance.")));
  if (x >= 0 && y >= 0)
    draw_uptake_exchange (out, model, x, y);
  else
    nothing_to_show (out, model);
  kennis_html_section_end (out);
}

/* Control limits of a funnel around the rate of everybody. */
#define N_LIMIT_POINTS 120
static void
funnel_limits (KennisPlot *plot, double rate)
{
  static const struct { double p; const char *class_name; } limits[] = {
    { 0.025, "limit-95" }, { 0.975, "limit-95" }, { 0.001, "limit-998" }, { 0.999, "limit-998" }
  };
  double ends[2] = { plot->x_min, plot->x_max }, rates[2] = { rate, rate };

  for (guint k = 0; k < G_N_ELEMENTS (limits); k++)
    {
      double x[N_LIMIT_POINTS], y[N_LIMIT_POINTS], last = -1;
      guint n = 0;

      for (guint i = 0; i < N_LIMIT_POINTS; i++)
        {
          /* The limits bend most where groups are small. */
          double size = floor (1 + (plot->x_max - 1) * pow ((double) i / (N_LIMIT_POINTS - 1), 2));

          if (size <= last)
            continue;
          last = x[n] = size;
          y[n++] = kennis_binomial_limit (size, rate, limits[k].p);
        }
      kennis_plot_path (plot, limits[k].class_name, x, y, n);
    }
  kennis_plot_path (plot, "middle", ends, rates, 2);
}

static KennisShape
shape_in_funnel (const KennisReportRow *row, double rate)
{
  double tail = kennis_binomial_tail (row->n, rate, row->value);

  return tail < 0.001 ? KENNIS_SHAPE_DIAMOND : tail < 0.025 ? KENNIS_SHAPE_TRIANGLE : KENNIS_SHAPE_CIRCLE;
}

static const char *
shape_words (const KennisReportModel *model, KennisShape shape)
{
  switch (shape)
    {
    case KENNIS_SHAPE_DIAMOND:
      return say (model, N_("outside the 99.8% limits: more than chance"));
    case KENNIS_SHAPE_TRIANGLE:
      return say (model, N_("outside the 95% limits: one of 20 by chance alone"));
    case KENNIS_SHAPE_CIRCLE:
    default:
      return say (model, N_("inside: no more than chance"));
    }
}

static void
funnel_legend (KennisPlot *plot)
{
  double y = plot->bottom + 64, x = plot->left;

  for (KennisShape shape = KENNIS_SHAPE_CIRCLE; shape <= KENNIS_SHAPE_DIAMOND; shape++)
    {
      kennis_plot_mark (plot, shape, x + 8, y + 22 * shape - 4);
      kennis_plot_text (plot, x + 22, y + 22 * shape, "start", "tick", shape_words (plot->model, shape));
    }
}

static GArray *
funnel_points (const KennisReportModel *model, const GPtrArray *rows, double rate, double *largest, guint *n_left_out)
{
  GArray *points = kennis_points_new ();

  *largest = 0;
  *n_left_out = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const KennisReportRow *row = g_ptr_array_index (rows, i);
      g_autofree char *result = NULL;
      KennisPoint point;

      if (!kennis_report_row_has_value (row) || row->n < 1)
        {
          ++*n_left_out;
          continue;
        }
      result = kennis_words_result (model, row, FALSE);
      point = (KennisPoint) { row->n, row->value, kennis_words_group (model, row), NULL, shape_in_funnel (row, rate),
                              row,    row };
      point.words = g_strdup_printf ("%s: %s (n %" G_GINT64_FORMAT "), %s", point.label, result, row->n,
                                     shape_words (model, point.shape));
      *largest = MAX (*largest, row->n);
      g_array_append_val (points, point);
    }

  return points;
}

static void
funnel_table (KennisMarkup *out, const KennisReportModel *model, const char *title, const GArray *points)
{
  const char *heads[] = { kennis_words_attribute (model, kennis_chart_attribute (model)), say (model, N_("People")), title,
                          say (model, N_("Interval")), say (model, N_("In the funnel")), NULL };
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < points->len; i++)
    {
      const KennisPoint *point = &g_array_index (points, KennisPoint, i);
      char *interval = kennis_words_interval (model, point->x_row);

      g_ptr_array_add (cells, g_strdup (point->label));
      g_ptr_array_add (cells, kennis_text_integer (model->language, point->x_row->n));
      g_ptr_array_add (cells, kennis_words_result (model, point->x_row, FALSE));
      g_ptr_array_add (cells, interval != NULL ? interval : g_strdup (say (model, N_("none"))));
      g_ptr_array_add (cells, g_strdup (shape_words (model, point->shape)));
    }
  kennis_chart_table (out, model, title, heads, cells);
}

static gboolean
draw_funnel (KennisMarkup *out, const KennisReportModel *model, int metric_index)
{
  const KennisReportMetric *metric = kennis_report_model_metric (model, metric_index);
  g_autoptr (GPtrArray) rows = kennis_chart_rows (model, metric_index, kennis_chart_attribute (model));
  const KennisReportRow *all = rows->len > 0 ? kennis_chart_everybody (model, g_ptr_array_index (rows, 0)) : NULL;
  double largest, step;
  guint n_left_out;
  g_autoptr (GArray) points = NULL;
  KennisPlot plot = { out, model, 760, 540, 70, 40, 740, 410, 0, 1, 0, 1 };
  const char *description =
      say (model,
           N_("One point for each group: the people in it to the right, the share of them upwards. The dashed line is "
              "everybody; between the inner curves lie 95 of 100 groups that do not differ from everybody, "
              "between the outer ones 998 of 1000. The table behind the chart has all values."));

  if (all == NULL || !kennis_report_row_has_value (all))
    return FALSE;
  points = funnel_points (model, rows, all->value, &largest, &n_left_out);
  if (points->len == 0)
    return FALSE;

  plot.x_max = kennis_plot_nice_end (MAX (largest * 1.05, 8), &step);
  kennis_markup_open (out, "figure");
  kennis_plot_begin (&plot, "funnel-plot", say (model, N_("Funnel plot")), description);
  kennis_plot_axes (&plot, NULL, say (model, N_("People in the group")), metric, metric->title);
  funnel_limits (&plot, all->value);
  kennis_plot_points (&plot, points);
  funnel_legend (&plot);
  kennis_plot_end (&plot);
  kennis_markup_leaf (out, "figcaption", NULL, description);
  funnel_table (out, model, metric->title, points);
  left_out (out, model, n_left_out);
  kennis_markup_close (out);

  return TRUE;
}

/* A rate of nearly none or nearly all leaves no room for differences. */
static gboolean
leaves_room (const KennisReportModel *model, int metric)
{
  const KennisReportRow *row = metric >= 0 ? kennis_report_model_key_row (model, metric) : NULL;

  return row != NULL && kennis_report_row_has_value (row) && row->value >= 0.03 && row->value <= 0.97;
}

void
kennis_chart_funnel (KennisMarkup *out, const KennisReportModel *model)
{
  static const char *const uptake[] = { "uptake.participation-rate", NULL }, *const exchange[] = {
    "exchange.participation-rate", NULL
  };
  int metric = first_metric (model, uptake), other = first_metric (model, exchange);

  if (metric < 0 || (!leaves_room (model, metric) && leaves_room (model, other)))
    metric = other;

  kennis_html_section_begin (out, "funnel", say (model, N_("Which groups differ by more than chance")));
  kennis_markup_leaf (
      out, "p", NULL,
      say (model, N_("Small groups vary much by chance, so their rates scatter widely; large ones lie closer to "
                     "everybody. Only a "
                     "group outside the funnel differs by more than chance, and that is a reason to go and ask, not a "
                     "verdict. There is no ranking.")));
  if (metric < 0 || !draw_funnel (out, model, metric))
    nothing_to_show (out, model);
  kennis_html_section_end (out);
}
