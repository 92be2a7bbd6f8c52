#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <gio/gio.h>
#include <kennis/kennis-enums.h>
#include <kennis/kennis-instrument.h>
#include <kennis/kennis-profile.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_QUERY (kennis_query_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisQuery, kennis_query, KENNIS, QUERY, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisQuery *kennis_query_new               (void);
KENNIS_AVAILABLE_IN_1_0
void         kennis_query_add_metric        (KennisQuery        *self,
                                             const char         *pattern);
KENNIS_AVAILABLE_IN_1_0
void         kennis_query_add_grouping      (KennisQuery        *self,
                                             const char * const *attributes);
KENNIS_AVAILABLE_IN_1_0
gboolean     kennis_query_set_window        (KennisQuery        *self,
                                             const char         *from,
                                             const char         *to,
                                             GError            **error);
KENNIS_AVAILABLE_IN_1_0
gboolean     kennis_query_set_minimum_group (KennisQuery        *self,
                                             guint               minimum,
                                             gboolean            below_three,
                                             GError            **error);
KENNIS_AVAILABLE_IN_1_0
KennisPeriod kennis_query_get_period (KennisQuery *self);
KENNIS_AVAILABLE_IN_1_0
void kennis_query_set_period (KennisQuery *self, KennisPeriod period);
KENNIS_AVAILABLE_IN_1_0
guint kennis_query_get_minimum_survey_group (KennisQuery *self);
KENNIS_AVAILABLE_IN_1_0
void kennis_query_set_minimum_survey_group (KennisQuery *self, guint minimum_survey_group);
KENNIS_AVAILABLE_IN_1_0
double kennis_query_get_confidence_level (KennisQuery *self);
KENNIS_AVAILABLE_IN_1_0
void kennis_query_set_confidence_level (KennisQuery *self, double confidence_level);
KENNIS_AVAILABLE_IN_1_0
guint64 kennis_query_get_seed (KennisQuery *self);
KENNIS_AVAILABLE_IN_1_0
void kennis_query_set_seed (KennisQuery *self, guint64 seed);
KENNIS_AVAILABLE_IN_1_0
guint kennis_query_get_replicates (KennisQuery *self);
KENNIS_AVAILABLE_IN_1_0
void kennis_query_set_replicates (KennisQuery *self, guint replicates);
KENNIS_AVAILABLE_IN_1_0
gboolean kennis_query_get_admit_contact (KennisQuery *self);
KENNIS_AVAILABLE_IN_1_0
void kennis_query_set_admit_contact (KennisQuery *self, gboolean admit_contact);
KENNIS_AVAILABLE_IN_1_0
guint kennis_query_get_minimum_group (KennisQuery *self);
KENNIS_AVAILABLE_IN_1_0
const char *kennis_query_get_access_attribute (KennisQuery *self);
KENNIS_AVAILABLE_IN_1_0
void kennis_query_set_access_attribute (KennisQuery *self, const char *attribute);
KENNIS_AVAILABLE_IN_1_0
void kennis_query_add_instrument (KennisQuery *self, KennisInstrument *instrument);
KENNIS_AVAILABLE_IN_1_0
KennisProfile *kennis_query_get_profile (KennisQuery *self);
KENNIS_AVAILABLE_IN_1_0
void kennis_query_set_profile (KennisQuery *self, KennisProfile *profile);

G_END_DECLS
