#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-answers.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_AGREEMENT (kennis_agreement_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisAgreement, kennis_agreement, KENNIS, AGREEMENT, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisAgreement        *kennis_agreement_new             (GBytes                  *values,
                                                          guint                    n_items,
                                                          GBytes                  *groups,
                                                          const char * const      *labels,
                                                          double                   low,
                                                          double                   high,
                                                          KennisNull               null,
                                                          guint                    n_draws,
                                                          guint64                  seed,
                                                          GError                 **error);
KENNIS_AVAILABLE_IN_1_0
KennisAgreement        *kennis_agreement_new_for_scale   (KennisAnswers           *answers,
                                                          const char              *scale,
                                                          KennisNull               null,
                                                          guint                    n_draws,
                                                          guint64                  seed,
                                                          GError                 **error);
KENNIS_AVAILABLE_IN_1_0
guint                   kennis_agreement_get_n_groups    (KennisAgreement         *self);
KENNIS_AVAILABLE_IN_1_0
const char             *kennis_agreement_get_label       (KennisAgreement         *self,
                                                          guint                    group);
KENNIS_AVAILABLE_IN_1_0
int                     kennis_agreement_find            (KennisAgreement         *self,
                                                          const char              *label);
KENNIS_AVAILABLE_IN_1_0
double                  kennis_agreement_get             (KennisAgreement         *self,
                                                          guint                    group,
                                                          KennisAgreementFigure    figure);
KENNIS_AVAILABLE_IN_1_0
KennisAgreementVerdict  kennis_agreement_judge           (KennisAgreement         *self,
                                                          guint                    group,
                                                          double                   threshold);
KENNIS_AVAILABLE_IN_1_0
double                  kennis_agreement_get_aggregation (KennisAgreement         *self,
                                                          KennisAggregationFigure  figure);
KENNIS_AVAILABLE_IN_1_0
KennisAggregationStatus kennis_agreement_get_aggregation_status (KennisAgreement   *self);
KENNIS_AVAILABLE_IN_1_0
double                  kennis_agreement_null_variance   (KennisNull               null,
                                                          guint                    n_options);

G_END_DECLS
