#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <gio/gio.h>
#include <kennis/kennis-enums.h>
#include <kennis/kennis-instrument.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_METRIC (kennis_metric_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisMetric, kennis_metric, KENNIS, METRIC, GObject)

KENNIS_AVAILABLE_IN_1_0
GListModel         *kennis_metric_list            (const char   *pattern);
KENNIS_AVAILABLE_IN_1_0
GListModel         *kennis_metric_list_for_instrument (KennisInstrument *instrument);
KENNIS_AVAILABLE_IN_1_0
KennisMetric       *kennis_metric_lookup          (const char   *id);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_metric_get_id          (KennisMetric *self);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_metric_get_family      (KennisMetric *self);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_metric_get_title       (KennisMetric *self,
                                                   const char   *language);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_metric_get_description (KennisMetric *self,
                                                   const char   *language);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_metric_get_reading_aid (KennisMetric *self,
                                                   const char   *language);
KENNIS_AVAILABLE_IN_1_0
KennisUnit          kennis_metric_get_unit        (KennisMetric *self);
KENNIS_AVAILABLE_IN_1_0
double              kennis_metric_get_minimum     (KennisMetric *self);
KENNIS_AVAILABLE_IN_1_0
double              kennis_metric_get_maximum     (KennisMetric *self);
KENNIS_AVAILABLE_IN_1_0
KennisDirection     kennis_metric_get_direction   (KennisMetric *self);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_metric_get_formula     (KennisMetric *self);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_metric_get_source      (KennisMetric *self);
KENNIS_AVAILABLE_IN_1_0
char              **kennis_metric_get_inputs      (KennisMetric *self);
KENNIS_AVAILABLE_IN_1_0
KennisCost          kennis_metric_get_cost        (KennisMetric *self);
KENNIS_AVAILABLE_IN_1_0
char              **kennis_metric_list_categories    (KennisMetric *self);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_metric_get_category_title (KennisMetric *self,
                                                      const char   *category,
                                                      const char   *language);

G_END_DECLS
