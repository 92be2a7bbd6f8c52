#include "config.h"

#include "report/kennis-chart-private.h"

#include <math.h>
#include <string.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-words-private.h"

#define say(model, text) kennis_text ((model)->language, (text))

void
kennis_plot_begin (KennisPlot *self, const char *id, const char *title, const char *description)
{
  KennisMarkup *out = self->out;

  kennis_markup_open_class (out, "svg", self->width < 700 ? "plot square" : "plot");
  kennis_markup_attr (out, "xmlns", "http://www.w3.org/2000/svg");
  kennis_markup_attr_f (out, "viewBox", "0 0 %.0f %.0f", self->width, self->height);
  kennis_markup_attr (out, "role", "img");
  kennis_markup_attr_f (out, "aria-labelledby", "%s-title %s-desc", id, id);
  kennis_markup_open (out, "title");
  kennis_markup_attr_f (out, "id", "%s-title", id);
  kennis_markup_text (out, title);
  kennis_markup_close (out);
  kennis_markup_open (out, "desc");
  kennis_markup_attr_f (out, "id", "%s-desc", id);
  kennis_markup_text (out, description);
  kennis_markup_close (out);
}

void
kennis_plot_end (KennisPlot *self)
{
  kennis_markup_close (self->out);
  kennis_markup_line (self->out);
}

double
kennis_plot_x (const KennisPlot *self, double value)
{
  return self->left + (value - self->x_min) / (self->x_max - self->x_min) * (self->right - self->left);
}

double
kennis_plot_y (const KennisPlot *self, double value)
{
  return self->bottom - (value - self->y_min) / (self->y_max - self->y_min) * (self->bottom - self->top);
}

void
kennis_plot_text (KennisPlot *self, double x, double y, const char *anchor, const char *class_name, const char *text)
{
  kennis_markup_open_class (self->out, "text", class_name);
  kennis_markup_attr_number (self->out, "x", x);
  kennis_markup_attr_number (self->out, "y", y);
  kennis_markup_attr (self->out, "text-anchor", anchor);
  kennis_markup_text (self->out, text);
  kennis_markup_close (self->out);
}

void
kennis_plot_line (KennisPlot *self, const char *class_name, double x1, double y1, double x2, double y2)
{
  kennis_markup_open_class (self->out, "line", class_name);
  kennis_markup_attr_number (self->out, "x1", x1);
  kennis_markup_attr_number (self->out, "y1", y1);
  kennis_markup_attr_number (self->out, "x2", x2);
  kennis_markup_attr_number (self->out, "y2", y2);
  kennis_markup_close (self->out);
}

void
kennis_plot_path (KennisPlot *self, const char *class_name, const double *x, const double *y, guint n)
{
  g_autoptr (GString) path = g_string_new (NULL);
  char first[G_ASCII_DTOSTR_BUF_SIZE], second[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < n; i++)
    g_string_append_printf (path, "%c%s %s", i == 0 ? 'M' : 'L',
                            g_ascii_formatd (first, sizeof first, "%.2f", kennis_plot_x (self, x[i])),
                            g_ascii_formatd (second, sizeof second, "%.2f", kennis_plot_y (self, y[i])));
  kennis_markup_open_class (self->out, "path", class_name);
  kennis_markup_attr (self->out, "d", path->str);
  kennis_markup_close (self->out);
}

double
kennis_plot_nice_end (double largest, double *step)
{
  double power, end;

  if (!isfinite (largest) || largest <= 0)
    largest = 1;

  /* A step of 1, 2 or 5 times a power of ten, four to eight of them. */
  power = pow (10, floor (log10 (largest / 4)));
  *step = largest / power <= 8 ? power : largest / power <= 16 ? 2 * power : 5 * power;
  end = ceil (largest / *step - 1e-9) * *step;

  return end;
}

static char *
tick_text (const KennisPlot *self, const KennisReportMetric *metric, double value, double step)
{
  if (metric != NULL && metric->unit == KENNIS_UNIT_SHARE)
    return kennis_text_percent (self->model->language, value, step < 0.0099 ? 1 : 0);

  return kennis_text_number (self->model->language, value, step >= 0.99 ? 0 : step >= 0.099 ? 1 : 2);
}

void
kennis_plot_axes (KennisPlot *self, const KennisReportMetric *x, const char *x_title, const KennisReportMetric *y, const char *y_title)
{
  double x_step, y_step;

  kennis_plot_nice_end (self->x_max - self->x_min, &x_step);
  kennis_plot_nice_end (self->y_max - self->y_min, &y_step);

  for (int i = 0; self->x_min + i * x_step <= self->x_max * (1 + 1e-9); i++)
    {
      double value = self->x_min + i * x_step, place = kennis_plot_x (self, value);
      g_autofree char *text = tick_text (self, x, value, x_step);

      kennis_plot_line (self, "grid", place, self->top, place, self->bottom);
      kennis_plot_text (self, place, self->bottom + 18, "middle", "tick", text);
    }
  for (int i = 0; self->y_min + i * y_step <= self->y_max * (1 + 1e-9); i++)
    {
      double value = self->y_min + i * y_step, place = kennis_plot_y (self, value);
      g_autofree char *text = tick_text (self, y, value, y_step);

      kennis_plot_line (self, "grid", self->left, place, self->right, place);
      kennis_plot_text (self, self->left - 8, place + 4, "end", "tick", text);
    }
  kennis_plot_line (self, "axis", self->left, self->bottom, self->right, self->bottom);
  kennis_plot_line (self, "axis", self->left, self->top, self->left, self->bottom);
  kennis_plot_text (self, (self->left + self->right) / 2, self->bottom + 40, "middle", "axis-title", x_title);
  kennis_plot_text (self, self->left - 46, self->top - 14, "start", "axis-title", y_title);
}

const char *
kennis_chart_attribute (const KennisReportModel *model)
{
  const char *first = NULL;

  for (guint i = 0; i < model->rows->len; i++)
    {
      const KennisReportRow *row = kennis_report_model_row (model, i);

      for (guint k = 0; model->attributes[k] != NULL && k < 64; k++)
        if (row->grouping == G_GUINT64_CONSTANT (1) << k)
          {
            if (strcmp (model->attributes[k], "team") == 0)
              return model->attributes[k];
            if (first == NULL)
              first = model->attributes[k];
          }
    }

  return first;
}

GPtrArray *
kennis_chart_rows (const KennisReportModel *model, guint metric, const char *attribute)
{
  GPtrArray *rows = g_ptr_array_new ();
  guint first, n = kennis_report_model_n_rows (model, metric, &first);
  const KennisReportRow *period = NULL;

  for (int pass = 0; pass < 2; pass++)
    for (guint i = first; i < first + n; i++)
      {
        const KennisReportRow *row = kennis_report_model_row (model, i);

        if (!kennis_report_row_is_by (model, row, attribute))
          continue;
        if (pass == 0
            && (period == NULL || row->end_day - row->first_day > period->end_day - period->first_day + 3
                || (ABS (row->end_day - row->first_day - (period->end_day - period->first_day)) <= 3
                    && row->first_day > period->first_day)))
          period = row;
        else if (pass == 1 && row->first_day == period->first_day && row->end_day == period->end_day)
          g_ptr_array_add (rows, (gpointer) row);
      }

  return rows;
}

static gboolean
same_days (const KennisReportRow *a, const KennisReportRow *b)
{
  return a->first_day == b->first_day && a->end_day == b->end_day;
}

const KennisReportRow *
kennis_chart_twin (const KennisReportModel *model, const KennisReportRow *row, guint metric)
{
  guint first, n = kennis_report_model_n_rows (model, metric, &first);

  for (guint i = first; i < first + n; i++)
    {
      const KennisReportRow *other = kennis_report_model_row (model, i);

      if (other->grouping == row->grouping && same_days (row, other)
          && g_strv_equal ((const char *const *) row->group, (const char *const *) other->group))
        return other;
    }

  return NULL;
}

const KennisReportRow *
kennis_chart_everybody (const KennisReportModel *model, const KennisReportRow *row)
{
  guint first, n = kennis_report_model_n_rows (model, row->metric, &first);

  for (guint i = first; i < first + n; i++)
    if (kennis_report_model_row (model, i)->grouping == 0 && same_days (row, kennis_report_model_row (model, i)))
      return kennis_report_model_row (model, i);

  return NULL;
}

void
kennis_chart_table (KennisMarkup *out, const KennisReportModel *model, const char *caption, const char *const *heads, GPtrArray *cells)
{
  guint n_heads = g_strv_length ((char **) heads);

  kennis_markup_open_class (out, "details", "behind");
  kennis_markup_leaf (out, "summary", NULL, say (model, N_("The numbers behind this chart")));
  kennis_html_scroll_begin (out, caption);
  kennis_markup_open (out, "table");
  kennis_markup_leaf (out, "caption", NULL, caption);
  kennis_markup_open (out, "thead");
  kennis_markup_open (out, "tr");
  for (guint i = 0; i < n_heads; i++)
    {
      kennis_markup_open_class (out, "th", i > 0 ? "number" : NULL);
      kennis_markup_attr (out, "scope", "col");
      kennis_markup_text (out, heads[i]);
      kennis_markup_close (out);
    }
  kennis_markup_close (out);
  kennis_markup_close (out);
  kennis_markup_open (out, "tbody");
  for (guint i = 0; i < cells->len; i++)
    {
      if (i % n_heads == 0)
        kennis_markup_open (out, "tr");
      kennis_markup_open_class (out, i % n_heads == 0 ? "th" : "td", i % n_heads == 0 ? NULL : "number");
      if (i % n_heads == 0)
        kennis_markup_attr (out, "scope", "row");
      kennis_html_name (out, g_ptr_array_index (cells, i));
      kennis_markup_close (out);
      if ((i + 1) % n_heads == 0)
        kennis_markup_close (out);
    }
  kennis_markup_close (out);
  kennis_markup_close (out);
  kennis_html_scroll_end (out);
  kennis_markup_close (out);
  kennis_markup_line (out);
}
