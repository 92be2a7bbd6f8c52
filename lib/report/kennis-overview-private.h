#pragma once

#include "report/kennis-report-model-private.h"

/* What stands at the head of a report, in text and in HTML. */
typedef struct
{
  char *name;      /* NULL ends the list */
  char *value;
} KennisFact;

/* Window, sources, records, minimum group, level: what the numbers were made from. */
KennisFact *kennis_overview_facts   (const KennisReportModel *model);
void        kennis_facts_free       (KennisFact *facts);
/* Metrics that nothing could be measured of, by why.  They stand together at the end, for they tell what to record next and no more. */
typedef struct
{
  char   *reason;    /* "": nobody said */
  GArray *metrics;   /* of guint: indices */
} KennisMissing;

/* "Regularity of learning (uptake.regularity): needs activity.status, person". */
char       *kennis_overview_needs   (const KennisReportModel *model, const KennisReportMetric *metric);
/* Of KennisMissing *, in the order of metrics. */
GPtrArray  *kennis_overview_missing (const KennisReportModel *model);
/* Indices (guint) of the metrics to begin with, that there is a measurement of everybody of.  Free with g_array_unref(). */
GArray     *kennis_overview_metrics (const KennisReportModel *model);
