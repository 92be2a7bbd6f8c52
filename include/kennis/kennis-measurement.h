#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <gio/gio.h>
#include <kennis/kennis-metric.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_MEASUREMENT (kennis_measurement_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisMeasurement, kennis_measurement, KENNIS, MEASUREMENT, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisMetric       *kennis_measurement_get_metric     (KennisMeasurement *self);
KENNIS_AVAILABLE_IN_1_0
char              **kennis_measurement_get_group      (KennisMeasurement *self);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_measurement_get_attribute  (KennisMeasurement *self,
                                                       const char        *name);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_measurement_get_period     (KennisMeasurement *self);
KENNIS_AVAILABLE_IN_1_0
gint64              kennis_measurement_get_from       (KennisMeasurement *self);
KENNIS_AVAILABLE_IN_1_0
gint64              kennis_measurement_get_to         (KennisMeasurement *self);
KENNIS_AVAILABLE_IN_1_0
double              kennis_measurement_get_value      (KennisMeasurement *self);
KENNIS_AVAILABLE_IN_1_0
double              kennis_measurement_get_lower      (KennisMeasurement *self);
KENNIS_AVAILABLE_IN_1_0
double              kennis_measurement_get_upper      (KennisMeasurement *self);
KENNIS_AVAILABLE_IN_1_0
gint64              kennis_measurement_get_n          (KennisMeasurement *self);
KENNIS_AVAILABLE_IN_1_0
double              kennis_measurement_get_coverage   (KennisMeasurement *self);
KENNIS_AVAILABLE_IN_1_0
KennisMeasureStatus kennis_measurement_get_status     (KennisMeasurement *self);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_measurement_get_note       (KennisMeasurement *self,
                                                       const char        *language);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_measurement_get_category   (KennisMeasurement *self);

G_END_DECLS
