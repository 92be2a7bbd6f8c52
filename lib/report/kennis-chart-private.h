#pragma once

#include "report/kennis-markup-private.h"
#include "report/kennis-report-model-private.h"

/* Charts of a report, as SVG inside HTML.  They show values of measurements and nothing else; behind each stands a table of
 * the same values.  What a chart has nothing to show for says so in words. */

/* The plane of one chart: a frame with two linear axes. */
typedef struct
{
  KennisMarkup *out;
  const KennisReportModel *model;
  double width, height, left, top, right, bottom;   /* of the drawing, and of the plane in it */
  double x_min, x_max, y_min, y_max;
} KennisPlot;

/* From the start tag of <svg> to before its end tag; `id` is a literal that no other chart has. */
void   kennis_plot_begin (KennisPlot *self, const char *id, const char *title, const char *description);
void   kennis_plot_end   (KennisPlot *self);
/* Lines, ticks and titles of both axes; a metric says how numbers are written (NULL: plain). */
void   kennis_plot_axes  (KennisPlot *self, const KennisReportMetric *x, const char *x_title, const KennisReportMetric *y,
                          const char *y_title);
double kennis_plot_x     (const KennisPlot *self, double value);
double kennis_plot_y     (const KennisPlot *self, double value);
void   kennis_plot_text  (KennisPlot *self, double x, double y, const char *anchor, const char *class_name, const char *text);
void   kennis_plot_line  (KennisPlot *self, const char *class_name, double x1, double y1, double x2, double y2);
/* A line through n points of the plane (values, not places in the drawing). */
void   kennis_plot_path  (KennisPlot *self, const char *class_name, const double *x, const double *y, guint n);
/* The end of an axis from 0 that has room for `largest`, and the step of its ticks. */
double kennis_plot_nice_end  (double largest, double *step);

typedef enum { KENNIS_SHAPE_CIRCLE, KENNIS_SHAPE_TRIANGLE, KENNIS_SHAPE_DIAMOND } KennisShape;

typedef struct
{
  double x, y;             /* values */
  const char *label;
  char *words;             /* what a reader hears or sees beside it */
  KennisShape shape;
  const KennisReportRow *x_row, *y_row;
} KennisPoint;

/* Points with their names beside them, where there is room for a name. */
void    kennis_plot_points   (KennisPlot *self, const GArray *points);
void    kennis_plot_mark     (KennisPlot *self, KennisShape shape, double x, double y);   /* places in the drawing */
GArray *kennis_points_new    (void);

/* The attribute whose groups the charts show: "team", else the first that there is a grouping of; NULL: none. */
const char *kennis_chart_attribute (const KennisReportModel *model);
/* Rows (const KennisReportRow *) of a metric by that attribute in its longest periods, the last of them. */
GPtrArray  *kennis_chart_rows      (const KennisReportModel *model, guint metric, const char *attribute);
/* The row of another metric for the same group and days, or NULL. */
const KennisReportRow *kennis_chart_twin (const KennisReportModel *model, const KennisReportRow *row, guint metric);
const KennisReportRow *kennis_chart_everybody (const KennisReportModel *model, const KennisReportRow *row);

/* A table behind a chart: <details>, with columns told by heads, NULL-terminated; rows of n_heads cells each. */
void kennis_chart_table (KennisMarkup *out, const KennisReportModel *model, const char *caption, const char *const *heads, GPtrArray *cells);

/* Sections of the page; each writes a heading, the chart and how it is read. */
void kennis_chart_uptake_exchange (KennisMarkup *out, const KennisReportModel *model);
void kennis_chart_funnel          (KennisMarkup *out, const KennisReportModel *model);
void kennis_chart_lorenz          (KennisMarkup *out, const KennisReportModel *model);
void kennis_chart_rhythm          (KennisMarkup *out, const KennisReportModel *model);

/* The limit below which a share `p` of all binomial rates of n with mean `rate` falls, interpolated (Spiegelhalter 2005). */
double kennis_binomial_limit (double n, double rate, double p);
/* The probability of a share at least as far out on its side, by the exact distribution: a limit that is interpolated would
 * call "all of nine" out of the ordinary where that is what most groups of nine have. */
double kennis_binomial_tail  (double n, double rate, double share);

/* kennis-html-tables.c */
void kennis_html_section_begin (KennisMarkup *out, const char *id, const char *heading);
void kennis_html_section_end   (KennisMarkup *out);
void kennis_html_scroll_begin  (KennisMarkup *out, const char *label);
void kennis_html_scroll_end    (KennisMarkup *out);
/* A text from outside, kept apart from the direction of what stands around it. */
void kennis_html_name          (KennisMarkup *out, const char *text);
void kennis_html_families      (KennisMarkup *out, const KennisReportModel *model);
void kennis_html_missing       (KennisMarkup *out, const KennisReportModel *model);
void kennis_html_sources       (KennisMarkup *out, const KennisReportModel *model);
const char *kennis_html_style  (void);
