#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <gio/gio.h>
#include <kennis/kennis-survey-enums.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_SCORES (kennis_scores_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisScores, kennis_scores, KENNIS, SCORES, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisScores *kennis_scores_new          (GBytes               *scores,
                                          GBytes               *groups,
                                          const char * const   *labels,
                                          GBytes               *invited,
                                          double                level,
                                          GError              **error);
KENNIS_AVAILABLE_IN_1_0
guint         kennis_scores_get_n_groups (KennisScores         *self);
KENNIS_AVAILABLE_IN_1_0
const char   *kennis_scores_get_label    (KennisScores         *self,
                                          guint                 group);
KENNIS_AVAILABLE_IN_1_0
int           kennis_scores_find         (KennisScores         *self,
                                          const char           *label);
KENNIS_AVAILABLE_IN_1_0
double        kennis_scores_get          (KennisScores         *self,
                                          guint                 group,
                                          KennisScoreFigure     figure);
KENNIS_AVAILABLE_IN_1_0
gboolean      kennis_scores_is_over_asked (KennisScores        *self,
                                          guint                 group);

G_END_DECLS
