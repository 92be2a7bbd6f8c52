#pragma once

#include <kennis/kennis-report.h>

#include "report/kennis-report-model-private.h"

struct _KennisReport
{
  GObject parent_instance;

  KennisMeasurements *measurements;
  KennisQuery *query;          /* nullable */
  KennisImport *import;        /* nullable */
  KennisSummary *summary;      /* nullable */
  char *language, *title;      /* title: nullable */
  gboolean colour;
  guint width;
};

/* kennis-report-fill.c: everything that a report shows. */
KennisReportModel *kennis_report_fill (KennisReport *self);
