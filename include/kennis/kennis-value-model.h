#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-quantity.h>
#include <kennis/kennis-summary.h>
#include <kennis/kennis-value-enums.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_VALUE_MODEL (kennis_value_model_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisValueModel, kennis_value_model, KENNIS, VALUE_MODEL, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisValueModel *kennis_value_model_new             (const char           *currency,
                                                      guint                 horizon);
KENNIS_AVAILABLE_IN_1_0
KennisValueModel *kennis_value_model_new_from_bytes  (GBytes               *bytes,
                                                      const char           *name,
                                                      GError              **error);
KENNIS_AVAILABLE_IN_1_0
KennisValueModel *kennis_value_model_new_from_file   (GFile                *file,
                                                      GCancellable         *cancellable,
                                                      GError              **error);
KENNIS_AVAILABLE_IN_1_0
GBytes           *kennis_value_model_to_bytes        (KennisValueModel     *self);
KENNIS_AVAILABLE_IN_1_0
KennisValueModel *kennis_value_model_copy            (KennisValueModel     *self);
KENNIS_AVAILABLE_IN_1_0
const char       *kennis_value_model_get_currency    (KennisValueModel     *self);
KENNIS_AVAILABLE_IN_1_0
guint             kennis_value_model_get_horizon     (KennisValueModel     *self);
KENNIS_AVAILABLE_IN_1_0
void              kennis_value_model_set_horizon     (KennisValueModel     *self,
                                                      guint                 horizon);
KENNIS_AVAILABLE_IN_1_0
KennisCashTiming  kennis_value_model_get_timing      (KennisValueModel     *self);
KENNIS_AVAILABLE_IN_1_0
void              kennis_value_model_set_timing      (KennisValueModel     *self,
                                                      KennisCashTiming      timing);
KENNIS_AVAILABLE_IN_1_0
gboolean          kennis_value_model_add_programme   (KennisValueModel     *self,
                                                      const char           *id,
                                                      const char           *name,
                                                      GError              **error);
KENNIS_AVAILABLE_IN_1_0
gboolean          kennis_value_model_add_benefit     (KennisValueModel     *self,
                                                      const char           *programme,
                                                      const char           *id,
                                                      const char           *name,
                                                      KennisBenefitKind     kind,
                                                      KennisBenefitMethod   method,
                                                      GError              **error);
KENNIS_AVAILABLE_IN_1_0
gboolean          kennis_value_model_add_reason      (KennisValueModel     *self,
                                                      const char           *programme,
                                                      const char           *reason,
                                                      GError              **error);
KENNIS_AVAILABLE_IN_1_0
gboolean          kennis_value_model_set_input       (KennisValueModel     *self,
                                                      const char           *path,
                                                      KennisQuantity       *quantity,
                                                      KennisEvidence        evidence,
                                                      const char           *source,
                                                      GError              **error);
KENNIS_AVAILABLE_IN_1_0
gboolean          kennis_value_model_set_input_text  (KennisValueModel     *self,
                                                      const char           *path,
                                                      const char           *text,
                                                      KennisEvidence        evidence,
                                                      const char           *source,
                                                      GError              **error);
KENNIS_AVAILABLE_IN_1_0
KennisQuantity   *kennis_value_model_get_input       (KennisValueModel     *self,
                                                      const char           *path,
                                                      KennisEvidence       *evidence,
                                                      const char          **source,
                                                      GError              **error);
KENNIS_AVAILABLE_IN_1_0
char            **kennis_value_model_list_inputs     (KennisValueModel     *self);
KENNIS_AVAILABLE_IN_1_0
char            **kennis_value_model_list_programmes (KennisValueModel     *self);
KENNIS_AVAILABLE_IN_1_0
gboolean          kennis_value_model_set_correlation (KennisValueModel     *self,
                                                      const char           *a,
                                                      const char           *b,
                                                      double                value,
                                                      GError              **error);
KENNIS_AVAILABLE_IN_1_0
gboolean          kennis_value_model_fill            (KennisValueModel     *self,
                                                      const char           *programme,
                                                      KennisSummary        *summary,
                                                      const char * const   *topics,
                                                      gint64                from,
                                                      gint64                to,
                                                      GError              **error);
KENNIS_AVAILABLE_IN_1_0
gboolean          kennis_value_model_fill_benefit    (KennisValueModel     *self,
                                                      const char           *benefit,
                                                      KennisSummary        *summary,
                                                      const char           *measure,
                                                      const char * const   *teams,
                                                      gint64                begun,
                                                      double                worth,
                                                      GError              **error);

G_END_DECLS
