#pragma once

#include "report/kennis-markup-private.h"
#include "report/kennis-value-words-private.h"

/* Charts of a return, each a figure of SVG with its title and description, and a table of the same values. */
typedef struct
{
  KennisMarkup *out;
  KennisReturn *result;
  const char   *language;
} KennisValueCharts;

/* Sets a table and frees it. */
void kennis_value_html_table         (const KennisValueCharts *self, KennisValueTable *table);
/* A paragraph, which is freed; none for NULL. */
void kennis_value_html_note (const KennisValueCharts *self, char *sentence);
void kennis_value_chart_waterfall    (const KennisValueCharts *self);
void kennis_value_chart_cash         (const KennisValueCharts *self);
void kennis_value_chart_tornado      (const KennisValueCharts *self);
void kennis_value_chart_programmes   (const KennisValueCharts *self);
void kennis_value_chart_distribution (const KennisValueCharts *self);
