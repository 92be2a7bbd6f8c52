#pragma once

#include "kennis-test.h"

#include "base/kennis-calendar-private.h"
#include "metric/kennis-measure-private.h"

#include <math.h>

/* For tests of metrics: builds a small dataset, measures one metric, and gives the raw measurement before the gate.
 *
 *   g_autoptr (KennisDataset) d = metrics_dataset ();
 *   metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", "fte", 0.8, NULL);
 *   metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", "anna", "ended", at ("2024-03-01"), …, NULL);
 *   KennisRawMeasurement m = metrics_measure (d, "uptake.hours-per-head", "2024-01", "2024-03");
 */

#define HOURS(h) ((gint64) ((h) * 3600000.0 + 0.5))
#define MONEY(x) ((gint64) ((x) * 10000.0 + 0.5))

/* The Unix ms at which a UTC day begins; "2024-03-01T12:00:00Z" is a time. */
static inline gint64
at (const char *text)
{
  g_autofree char *time = strlen (text) == 10 ? g_strconcat (text, "T00:00:00Z", NULL) : g_strdup (text);
  const char *problem = NULL;
  gint64 ms = 0;

  if (!kennis_parse_time (time, strlen (time), NULL, &ms, &problem))
    g_error ("%s: %s", text, problem);
  return ms;
}

static inline KennisDataset *
metrics_dataset (void)
{
  KennisDataset *dataset = kennis_dataset_new ("UTC", "EUR", NULL);

  g_assert_nonnull (dataset);
  return dataset;
}

static inline void
metrics_add (KennisDataset *dataset, GType type, const char *first, ...)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisRecord) record = NULL;
  va_list arguments;

  va_start (arguments, first);
  record = KENNIS_RECORD (g_object_new_valist (type, first, arguments));
  va_end (arguments);
  if (!kennis_dataset_add (dataset, record, NULL, &error))
    g_error ("%s", error->message);
}

/* Declares activities, sharings, moments, talks and goals as observed, from one day to before another (NULL: always).  Without
 * that, the months from a type's first event to its last count as observed, and a window beyond the last event is PARTIAL. */
static inline void
metrics_cover (KennisDataset *dataset, const char *from, const char *until)
{
  const KennisRecordType types[] = { KENNIS_RECORD_TYPE_ACTIVITY, KENNIS_RECORD_TYPE_SHARING, KENNIS_RECORD_TYPE_MOMENT,
                                     KENNIS_RECORD_TYPE_TALK, KENNIS_RECORD_TYPE_GOAL };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    metrics_add (dataset, KENNIS_TYPE_COVERAGE, "record", types[i], "from", from ? at (from) : KENNIS_UNKNOWN, "until",
                 until ? at (until) : KENNIS_UNKNOWN, NULL);
}

static inline KennisMeasureSet *
metrics_run (KennisDataset *dataset, KennisQuery *query, guint n_threads)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisSummary) summary = kennis_summary_make (dataset, NULL, 1, NULL, NULL, NULL, &error);
  KennisMeasureSet *set;

  if (summary == NULL)
    g_error ("%s", error->message);
  set = kennis_measure_run (summary, &query, 1, n_threads, NULL, NULL, &error);
  if (set == NULL)
    g_error ("%s", error->message);
  return set;
}

/* The raw measurement of a metric for the group with these values (NULL: everybody), in the first period. */
static inline KennisRawMeasurement
metrics_find (const KennisMeasureSet *set, const char *metric, const char *value)
{
  int wanted = kennis_catalogue_find (metric);

  for (guint i = 0; i < set->raw->len; i++)
    {
      const KennisRawMeasurement *raw = &g_array_index (set->raw, KennisRawMeasurement, i);
      const KennisPopulation *p = &g_array_index (set->populations, KennisPopulation, raw->population);

      if ((int) raw->metric == wanted
          && (value == NULL ? p->grouping == 0 : p->grouping != 0 && g_strcmp0 (p->group[0], value) == 0))
        return *raw;
    }
  g_error ("no measurement of %s", metric);
}

/* Of everybody, over a window. */
static inline KennisRawMeasurement
metrics_measure (KennisDataset *dataset, const char *metric, const char *from, const char *to)
{
  g_autoptr (KennisQuery) query = kennis_query_new ();
  g_autoptr (KennisMeasureSet) set = NULL;
  g_autoptr (GError) error = NULL;

  kennis_query_add_metric (query, metric);
  if (!kennis_query_set_window (query, from, to, &error))
    g_error ("%s", error->message);
  set = metrics_run (dataset, query, 1);
  return metrics_find (set, metric, NULL);
}

#define assert_value(raw, expected)                                    \
  do                                                                   \
    {                                                                  \
      CU_ASSERT_EQUAL ((raw).status, KENNIS_MEASURE_STATUS_OK);        \
      assert_near ((raw).value, (expected));                           \
    }                                                                  \
  while (0)
