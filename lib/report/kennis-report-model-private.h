#pragma once

#include <kennis/kennis-enums.h>

#include "read/kennis-reader-private.h"

/* What a report shows, laid out for those who write it: texts in one language, groups named as people name them.  It
 * holds what measurements hold and not a number more. */
typedef struct
{
  char *id, *family;                              /* "uptake.gini", "uptake" */
  char *title, *description, *reading_aid;        /* in the report's language */
  char *formula, *source;
  char *inputs;                                   /* "activity.status, person"; nullable */
  KennisUnit unit;
  KennisDirection direction;
  double minimum, maximum;
  guint  minimum_group;                           /* the fewest people of whom it is shown; 0: as the report's */
} KennisReportMetric;

typedef struct
{
  guint    metric;                /* index in metrics */
  guint64  grouping;              /* bit i: grouped by attribute i of the model; 0: everybody */
  char   **group;                 /* value of each attribute of the model, in its order; "": unknown, or not grouped by it */
  char    *label;                 /* the group as people name it; NULL: everybody */
  char    *order;                 /* by what groups are sorted; made by kennis_report_model_sort() */
  char    *period;                /* "2024-03", "2024-Q1", "2024", "all" */
  gint32   first_day, end_day;    /* the period: from this local day to before that one */
  double   value, lower, upper, coverage;   /* NaN: there is none */
  char    *category, *category_title;       /* of a unit CATEGORY: the value's id and words; NULL: none */
  gint64   n;                     /* −1: not told */
  KennisMeasureStatus status;
  char    *note;                  /* nullable */
} KennisReportRow;

typedef struct
{
  char   *name, *fingerprint, *problem;     /* problem: what ended the reading early; nullable */
  guint64 n_read, n_added, n_merged, n_rejected, n_ignored, n_seen;
  guint64 n_rows, n_rows_used, n_rows_rejected, n_rows_ignored;   /* of a table */
  const KennisSourceStory *story;           /* the import's own; NULL: it was not read here */
} KennisReportSource;

typedef struct
{
  char *language;                 /* "nl", "en", "fr" */
  char *title, *currency, *time_zone, *profile;       /* all but the title: nullable */
  char **attributes;              /* "team", "role": every attribute that any grouping has */
  GArray *metrics;                /* of KennisReportMetric, in the catalogue's order */
  GArray *rows;                   /* of KennisReportRow, by metric, grouping, group's label, period */
  GArray *sources;                /* of KennisReportSource */
  const KennisSourceStory *story; /* what is told of all sources together, the import's own; NULL: nothing */
  gint32 first_day, end_day;      /* the whole window; both 0: there are no rows */
  guint minimum_group;            /* 0: not told */
  guint minimum_survey_group;     /* of answers to surveys, where there are any; 0: not told */
  double level;                   /* of intervals; NaN: not told */
  gint64 seed;                    /* −1: not told */
} KennisReportModel;

/* Frees what the source holds; a GDestroyNotify. */
void kennis_report_source_clear (gpointer source);

KennisReportModel *kennis_report_model_new  (const char *language);
void               kennis_report_model_free (KennisReportModel *self);
/* Puts metrics, rows and attributes into the order that they are shown in, takes out rows that are there twice and finds the window. */
void               kennis_report_model_sort (KennisReportModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisReportModel, kennis_report_model_free)

#define kennis_report_model_metric(self, i) (&g_array_index ((self)->metrics, KennisReportMetric, (i)))
#define kennis_report_model_row(self, i)    (&g_array_index ((self)->rows, KennisReportRow, (i)))

int      kennis_report_model_find_metric (const KennisReportModel *self, const char *id);     /* −1: none */
gboolean kennis_report_row_has_value     (const KennisReportRow *row);
/* Grouped by this attribute and no other? */
gboolean kennis_report_row_is_by         (const KennisReportModel *self, const KennisReportRow *row, const char *attribute);
/* Has it rows, and no data for any of them? */
gboolean kennis_report_model_is_missing  (const KennisReportModel *self, guint metric);
guint    kennis_report_model_n_rows      (const KennisReportModel *self, guint metric, guint *first);
/* The measurement of everybody over the longest period, the last of these: what a reader wants to know first. */
const KennisReportRow *kennis_report_model_key_row (const KennisReportModel *self, guint metric);
