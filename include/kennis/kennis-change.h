#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-answers.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_CHANGE (kennis_change_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisChange, kennis_change, KENNIS, CHANGE, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisChange *kennis_change_new            (GBytes               *before,
                                            const char * const   *before_ids,
                                            GBytes               *after,
                                            const char * const   *after_ids,
                                            KennisPairing         pairing,
                                            double                level,
                                            GError              **error);
KENNIS_AVAILABLE_IN_1_0
KennisChange *kennis_change_new_for_scale  (KennisAnswers        *before,
                                            KennisAnswers        *after,
                                            const char           *scale,
                                            const char           *team,
                                            KennisPairing         pairing,
                                            double                level,
                                            GError              **error);
KENNIS_AVAILABLE_IN_1_0
KennisChange *kennis_change_new_for_groups (KennisAnswers        *answers,
                                            const char           *scale,
                                            KennisGroupBy         by,
                                            const char           *first,
                                            const char           *second,
                                            double                level,
                                            GError              **error);
KENNIS_AVAILABLE_IN_1_0
KennisPairing kennis_change_get_pairing    (KennisChange         *self);
KENNIS_AVAILABLE_IN_1_0
double        kennis_change_get            (KennisChange         *self,
                                            KennisChangeFigure    figure);

G_END_DECLS
