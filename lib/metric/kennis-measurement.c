#include "config.h"

#include <math.h>

#include "base/kennis-texts-private.h"
#include "metric/kennis-measurements-private.h"

/**
 * KennisMeasurement:
 *
 * One value of one metric, for one group in one period, after the privacy gate.
 *
 * It belongs to a [class@Measurements], which it keeps alive.  It never changes and may be used from any thread.
 *
 * Since: 1.0
 */
struct _KennisMeasurement
{
  GObject parent_instance;
  KennisMeasurements *measurements;
  guint row;
};

G_DEFINE_FINAL_TYPE (KennisMeasurement, kennis_measurement, G_TYPE_OBJECT)

/* g_object_new(), which bindings offer for every type, makes one without measurements: it may do nothing. */
static gboolean
is_made (KennisMeasurement *self)
{
  return KENNIS_IS_MEASUREMENT (self) && self->measurements != NULL;
}

static void
kennis_measurement_finalize (GObject *object)
{
  g_clear_object (&KENNIS_MEASUREMENT (object)->measurements);
  G_OBJECT_CLASS (kennis_measurement_parent_class)->finalize (object);
}

static void
kennis_measurement_class_init (KennisMeasurementClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_measurement_finalize;
}

static void
kennis_measurement_init (KennisMeasurement *self)
{
}

KennisMeasurement *
kennis_measurement_new (KennisMeasurements *measurements, guint row)
{
  KennisMeasurement *self = g_object_new (KENNIS_TYPE_MEASUREMENT, NULL);

  self->measurements = g_object_ref (measurements);
  self->row = row;
  return self;
}

static const KennisRawMeasurement *
raw_of (const KennisMeasurement *self)
{
  return kennis_measurements_raw (self->measurements, self->row);
}

static const KennisPopulation *
population_of (const KennisMeasurement *self)
{
  return kennis_measurements_population (self->measurements, self->row);
}

/**
 * kennis_measurement_get_metric:
 * @self: a measurement
 *
 * Gets what was measured.
 *
 * Returns: (transfer full): the metric
 *
 * Since: 1.0
 */
KennisMetric *
kennis_measurement_get_metric (KennisMeasurement *self)
{
  g_return_val_if_fail (is_made (self), NULL);

  return kennis_metric_new_for (self->measurements->set, raw_of (self)->metric);
}

/**
 * kennis_measurement_get_group:
 * @self: a measurement
 *
 * Gets whose value it is, as `attribute=value` in the order of the query's grouping; nothing for everybody.
 *
 * Returns: (transfer full) (array zero-terminated=1): the group
 *
 * Since: 1.0
 */
char **
kennis_measurement_get_group (KennisMeasurement *self)
{
  const KennisPopulation *population;
  char **names, **group;
  guint n = 0;

  g_return_val_if_fail (is_made (self), NULL);

  population = population_of (self);
  names = self->measurements->set->groupings->pdata[population->grouping];
  group = g_new0 (char *, g_strv_length (names) + 1);
  for (guint i = 0; names[i] != NULL && population->group[i] != NULL; i++)
    group[n++] = g_strconcat (names[i], "=", population->group[i], NULL);
  return group;
}

/**
 * kennis_measurement_get_attribute:
 * @self: a measurement
 * @name: an attribute, as `team`
 *
 * Gets one attribute of the group.
 *
 * Returns: (nullable): its value, or %NULL if the group is not by this attribute
 *
 * Since: 1.0
 */
const char *
kennis_measurement_get_attribute (KennisMeasurement *self, const char *name)
{
  g_return_val_if_fail (is_made (self) && name != NULL, NULL);

  return kennis_measurements_attribute (self->measurements, self->row, name);
}

/**
 * kennis_measurement_get_period:
 * @self: a measurement
 *
 * Gets the period's name: `2024`, `2024-Q1`, `2024-03`, or `all` for the whole window.
 *
 * Returns: the name
 *
 * Since: 1.0
 */
const char *
kennis_measurement_get_period (KennisMeasurement *self)
{
  g_return_val_if_fail (is_made (self), NULL);

  return self->measurements->labels[raw_of (self)->population];
}

/**
 * kennis_measurement_get_from:
 * @self: a measurement
 *
 * Gets the period's first day.
 *
 * A day is a date and no moment: it is told as Unix ms of its midnight in UTC, whatever the time zone of the records.
 *
 * Returns: the day, in Unix ms
 *
 * Since: 1.0
 */
gint64
kennis_measurement_get_from (KennisMeasurement *self)
{
  g_return_val_if_fail (is_made (self), 0);

  return kennis_measurements_date (population_of (self)->first_month);
}

/**
 * kennis_measurement_get_to:
 * @self: a measurement
 *
 * Gets the day after the period's last, as [method@Measurement.get_from] tells days.
 *
 * Returns: the day, in Unix ms
 *
 * Since: 1.0
 */
gint64
kennis_measurement_get_to (KennisMeasurement *self)
{
  g_return_val_if_fail (is_made (self), 0);

  return kennis_measurements_date (population_of (self)->end_month);
}

/**
 * kennis_measurement_get_value:
 * @self: a measurement
 *
 * Gets the value, in the metric's unit.
 *
 * Returns: the value; NaN where there is none, [method@Measurement.get_status] says why
 *
 * Since: 1.0
 */
double
kennis_measurement_get_value (KennisMeasurement *self)
{
  g_return_val_if_fail (is_made (self), NAN);

  return raw_of (self)->value;
}

/**
 * kennis_measurement_get_lower:
 * @self: a measurement
 *
 * Gets the lower end of the value's interval, at the query's level.
 *
 * There is none for metrics of structure, nor where the people are fewer than twice the minimum group.
 *
 * Returns: the end; NaN where there is none
 *
 * Since: 1.0
 */
double
kennis_measurement_get_lower (KennisMeasurement *self)
{
  g_return_val_if_fail (is_made (self), NAN);

  return raw_of (self)->lower;
}

/**
 * kennis_measurement_get_upper:
 * @self: a measurement
 *
 * Gets the upper end of the value's interval; see [method@Measurement.get_lower].
 *
 * Returns: the end; NaN where there is none
 *
 * Since: 1.0
 */
double
kennis_measurement_get_upper (KennisMeasurement *self)
{
  g_return_val_if_fail (is_made (self), NAN);

  return raw_of (self)->upper;
}

/**
 * kennis_measurement_get_n:
 * @self: a measurement
 *
 * Gets how many units the value is of: people, or where the metric is about others what its formula divides by or its text names (teams, ties, months or weeks of
 * teams, meetings, sessions, topics).
 *
 * Returns: the number; −1 where it is withheld
 *
 * Since: 1.0
 */
gint64
kennis_measurement_get_n (KennisMeasurement *self)
{
  g_return_val_if_fail (is_made (self), -1);

  return raw_of (self)->status == KENNIS_MEASURE_STATUS_WITHHELD ? -1 : (gint64) raw_of (self)->n;
}

/**
 * kennis_measurement_get_coverage:
 * @self: a measurement
 *
 * Gets which share of the group's people was observed in the period, from 0 to 1.
 *
 * Returns: the share; NaN where it is withheld or not defined
 *
 * Since: 1.0
 */
double
kennis_measurement_get_coverage (KennisMeasurement *self)
{
  g_return_val_if_fail (is_made (self), NAN);

  return raw_of (self)->coverage;
}

/**
 * kennis_measurement_get_status:
 * @self: a measurement
 *
 * Gets what the value is worth, or why there is none.
 *
 * Returns: the status
 *
 * Since: 1.0
 */
KennisMeasureStatus
kennis_measurement_get_status (KennisMeasurement *self)
{
  g_return_val_if_fail (is_made (self), KENNIS_MEASURE_STATUS_NO_DATA);

  return raw_of (self)->status;
}

/**
 * kennis_measurement_get_note:
 * @self: a measurement
 * @language: (nullable): `en`, `nl` or `fr`; %NULL for English
 *
 * Gets what is to be said about the value, for a reader.
 *
 * Returns: (nullable): a sentence or part of one; %NULL if there is nothing to say
 *
 * Since: 1.0
 */
const char *
kennis_measurement_get_note (KennisMeasurement *self, const char *language)
{
  g_return_val_if_fail (is_made (self), NULL);

  return raw_of (self)->note == NULL ? NULL : kennis_text (language, raw_of (self)->note);
}

const char *
kennis_measurements_category (const KennisRawMeasurement *raw)
{
  const KennisMetricCategory *category =
      raw->metric < kennis_catalogue_size () ? kennis_catalogue_row (raw->metric)->categories : NULL;

  for (guint i = 0; category != NULL && category[i].id != NULL; i++)
    if (raw->value == i)
      return category[i].id;
  return NULL;
}

/**
 * kennis_measurement_get_category:
 * @self: a measurement
 *
 * Gets which category the value is, where the unit is %KENNIS_UNIT_CATEGORY.
 *
 * [method@Metric.get_category_title] has its words.
 *
 * Returns: (nullable): the id, as `learning-culture`; %NULL where there is no value, or it is an amount
 *
 * Since: 1.0
 */
const char *
kennis_measurement_get_category (KennisMeasurement *self)
{
  g_return_val_if_fail (is_made (self), NULL);

  return kennis_measurements_category (raw_of (self));
}
