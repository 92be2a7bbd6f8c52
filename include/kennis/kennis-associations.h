#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-measurements.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_ASSOCIATIONS (kennis_associations_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisAssociations, kennis_associations, KENNIS, ASSOCIATIONS, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisAssociations *kennis_associations_new            (KennisMeasurements *scores,
                                                        KennisSummary      *summary,
                                                        double              level,
                                                        guint64             seed);
KENNIS_AVAILABLE_IN_1_0
guint               kennis_associations_get_size       (KennisAssociations *self);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_associations_get_metric     (KennisAssociations *self,
                                                        guint               row);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_associations_get_period     (KennisAssociations *self,
                                                        guint               row);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_associations_get_measure    (KennisAssociations *self,
                                                        guint               row);
KENNIS_AVAILABLE_IN_1_0
guint               kennis_associations_get_n_teams    (KennisAssociations *self,
                                                        guint               row);
KENNIS_AVAILABLE_IN_1_0
double              kennis_associations_get_rho        (KennisAssociations *self,
                                                        guint               row);
KENNIS_AVAILABLE_IN_1_0
double              kennis_associations_get_lower      (KennisAssociations *self,
                                                        guint               row);
KENNIS_AVAILABLE_IN_1_0
double              kennis_associations_get_upper      (KennisAssociations *self,
                                                        guint               row);
KENNIS_AVAILABLE_IN_1_0
double              kennis_associations_get_p          (KennisAssociations *self,
                                                        guint               row);
KENNIS_AVAILABLE_IN_1_0
double              kennis_associations_get_holm       (KennisAssociations *self,
                                                        guint               row);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_associations_get_caution    (const char         *language);
KENNIS_AVAILABLE_IN_1_0
GBytes             *kennis_associations_to_csv         (KennisAssociations *self,
                                                        const char         *language);

G_END_DECLS
