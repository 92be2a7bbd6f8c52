#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-instrument.h>
#include <kennis/kennis-scores.h>
#include <kennis/kennis-summary.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_ANSWERS (kennis_answers_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisAnswers, kennis_answers, KENNIS, ANSWERS, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisAnswers    *kennis_answers_new               (KennisInstrument    *instrument,
                                                    GBytes              *values,
                                                    const char * const  *respondents,
                                                    const char * const  *teams,
                                                    const char * const  *languages,
                                                    GError             **error);
KENNIS_AVAILABLE_IN_1_0
KennisAnswers    *kennis_answers_new_from_summary  (KennisInstrument    *instrument,
                                                    KennisSummary       *summary,
                                                    const char          *wave,
                                                    GError             **error);
KENNIS_AVAILABLE_IN_1_0
char            **kennis_answers_list_waves        (KennisInstrument    *instrument,
                                                    KennisSummary       *summary);
KENNIS_AVAILABLE_IN_1_0
KennisInstrument *kennis_answers_get_instrument    (KennisAnswers       *self);
KENNIS_AVAILABLE_IN_1_0
const char       *kennis_answers_get_wave          (KennisAnswers       *self);
KENNIS_AVAILABLE_IN_1_0
guint             kennis_answers_get_n_rows        (KennisAnswers       *self);
KENNIS_AVAILABLE_IN_1_0
guint64           kennis_answers_get_n_rejected    (KennisAnswers       *self);
KENNIS_AVAILABLE_IN_1_0
char            **kennis_answers_list_respondents  (KennisAnswers       *self);
KENNIS_AVAILABLE_IN_1_0
GBytes           *kennis_answers_get_values        (KennisAnswers       *self,
                                                    const char          *scale,
                                                    GError             **error);
KENNIS_AVAILABLE_IN_1_0
GBytes           *kennis_answers_score             (KennisAnswers       *self,
                                                    const char          *scale,
                                                    GError             **error);
KENNIS_AVAILABLE_IN_1_0
char            **kennis_answers_list_groups       (KennisAnswers       *self,
                                                    KennisGroupBy        by);
KENNIS_AVAILABLE_IN_1_0
GBytes           *kennis_answers_get_groups        (KennisAnswers       *self,
                                                    KennisGroupBy        by);
KENNIS_AVAILABLE_IN_1_0
GBytes           *kennis_answers_get_invited       (KennisAnswers       *self,
                                                    KennisGroupBy        by);
KENNIS_AVAILABLE_IN_1_0
KennisScores     *kennis_answers_make_scores       (KennisAnswers       *self,
                                                    const char          *scale,
                                                    KennisGroupBy        by,
                                                    double               level,
                                                    GError             **error);
KENNIS_AVAILABLE_IN_1_0
gboolean          kennis_answers_bootstrap_alpha   (KennisAnswers       *self,
                                                    const char          *scale,
                                                    KennisGroupBy        by,
                                                    guint                n_draws,
                                                    double               level,
                                                    guint64              seed,
                                                    double              *lower,
                                                    double              *upper,
                                                    GError             **error);

G_END_DECLS
