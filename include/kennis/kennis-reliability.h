#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-answers.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_RELIABILITY (kennis_reliability_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisReliability, kennis_reliability, KENNIS, RELIABILITY, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisReliability *kennis_reliability_new            (GBytes                   *values,
                                                      const char * const       *items,
                                                      KennisMissing             missing,
                                                      double                    level,
                                                      guint64                   seed,
                                                      GError                  **error);
KENNIS_AVAILABLE_IN_1_0
KennisReliability *kennis_reliability_new_for_scale  (KennisAnswers            *answers,
                                                      const char               *scale,
                                                      KennisMissing             missing,
                                                      double                    level,
                                                      guint64                   seed,
                                                      GError                  **error);
KENNIS_AVAILABLE_IN_1_0
double             kennis_reliability_get            (KennisReliability        *self,
                                                      KennisReliabilityFigure   figure);
KENNIS_AVAILABLE_IN_1_0
guint              kennis_reliability_get_n_items    (KennisReliability        *self);
KENNIS_AVAILABLE_IN_1_0
const char        *kennis_reliability_get_item_name  (KennisReliability        *self,
                                                      guint                     item);
KENNIS_AVAILABLE_IN_1_0
double             kennis_reliability_get_item       (KennisReliability        *self,
                                                      guint                     item,
                                                      KennisItemFigure          figure);
KENNIS_AVAILABLE_IN_1_0
char             **kennis_reliability_list_reversed  (KennisReliability        *self);
KENNIS_AVAILABLE_IN_1_0
KennisSupport      kennis_reliability_judge          (KennisReliability        *self,
                                                      double                    threshold);
KENNIS_AVAILABLE_IN_1_0
KennisFactorStatus kennis_reliability_get_factor_status (KennisReliability     *self);
KENNIS_AVAILABLE_IN_1_0
double             kennis_reliability_get_eigenvalue (KennisReliability        *self,
                                                      guint                     factor);
KENNIS_AVAILABLE_IN_1_0
int                kennis_reliability_count_factors  (KennisReliability        *self,
                                                      guint                     n_draws,
                                                      double                    quantile,
                                                      guint64                   seed,
                                                      GBytes                  **random);

G_END_DECLS
