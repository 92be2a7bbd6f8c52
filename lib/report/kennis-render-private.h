#pragma once

#include "report/kennis-report-model-private.h"

/* One function a format: all of a report, from its model. */
GBytes *kennis_render_text (const KennisReportModel *model, gboolean colour, guint width);
GBytes *kennis_render_csv  (const KennisReportModel *model);
GBytes *kennis_render_json (const KennisReportModel *model);
GBytes *kennis_render_xml  (const KennisReportModel *model);
GBytes *kennis_render_html (const KennisReportModel *model);
/* "sources": [ … ], of KennisReportSource.  With examples: for who reads the data in, since they name values. */
void    kennis_render_json_sources (GString *json, const GArray *sources, gboolean with_examples);

/* Adds a text (RFC 8259; null where it is NULL); what lies outside ASCII stays as it is, but for what would end a line of JavaScript. */
void    kennis_render_json_text    (GString *json, const char *text);

/* Adds one cell of a table (RFC 4180), made harmless where it would be a formula. */
void     kennis_render_csv_text   (GString *csv, const char *text);

#define KENNIS_REPORT_NAMESPACE "urn:kennis:report:1"

/* The columns of a measurement, for CSV and JSON: names, and the text of each. */
typedef enum
{
  KENNIS_CELL_TEXT,      /* NULL: there is none */
  KENNIS_CELL_NUMBER     /* as data has it; NULL: there is none */
} KennisReportCellKind;

typedef struct
{
  const char *name;        /* lives as long as the model */
  KennisReportCellKind kind;
  char *text;
} KennisReportCell;

/* The cells of a row, in the order of columns; `row` NULL: names and kinds only.  Free with g_array_unref(). */
GArray *kennis_render_cells (const KennisReportModel *model, const KennisReportRow *row);
char   *kennis_render_date  (gint32 day);     /* "2024-03-01" */
