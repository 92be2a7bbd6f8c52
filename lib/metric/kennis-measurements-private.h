#pragma once

#include <kennis/kennis-query.h>

#include "metric/kennis-measure-private.h"

/* A table of gated values.  Immutable once made. */
struct _KennisMeasurements
{
  GObject parent_instance;
  KennisMeasureSet *set;
  char *currency;
  GArray *rows;            /* of guint: the raw values in their order */
  char **labels;           /* by population: "2024-03" */
  char **attributes;       /* names of all attributes of all groupings, in order of first use */
  GArray *index;           /* of KennisMeasurementKey, sorted */
};

/* g_object_new(), which bindings offer for every type, makes one without values: it may do nothing. */
static inline gboolean
kennis_measurements_is_made (KennisMeasurements *self)
{
  return KENNIS_IS_MEASUREMENTS (self) && self->set != NULL;
}

typedef struct
{
  guint64 hash;
  guint row;
} KennisMeasurementKey;

static inline const KennisRawMeasurement *
kennis_measurements_raw (const KennisMeasurements *self, guint row)
{
  return &g_array_index (self->set->raw, KennisRawMeasurement, g_array_index (self->rows, guint, row));
}

static inline const KennisPopulation *
kennis_measurements_population (const KennisMeasurements *self, guint row)
{
  return &g_array_index (self->set->populations, KennisPopulation, kennis_measurements_raw (self, row)->population);
}

/* The value of an attribute of the row's group, or NULL. */
const char        *kennis_measurements_attribute (const KennisMeasurements *self, guint row, const char *name);
KennisMeasurement *kennis_measurement_new        (KennisMeasurements *measurements, guint row);
/* A local date as Unix ms of its midnight in UTC. */
gint64             kennis_measurements_date      (gint32 month);
/* periods: what each query was cut into; NULL: told from the months. */
/* kennis-metric.c: a metric of a set, which may be the set's own. */
KennisMetric       *kennis_metric_new_for        (const KennisMeasureSet *set, guint metric);
KennisMeasurements *kennis_measurements_new_for  (KennisMeasureSet *set, const char *currency, const KennisPeriod *periods);
