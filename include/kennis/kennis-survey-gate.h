#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-answers.h>
#include <kennis/kennis-change.h>
#include <kennis/kennis-enums.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_SURVEY_GATE (kennis_survey_gate_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisSurveyGate, kennis_survey_gate, KENNIS, SURVEY_GATE, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisSurveyGate   *kennis_survey_gate_new               (KennisAnswers      *answers,
                                                          KennisGroupBy       by,
                                                          guint               minimum_group,
                                                          GError            **error);
KENNIS_AVAILABLE_IN_1_0
guint               kennis_survey_gate_get_minimum_group (KennisSurveyGate   *self);
KENNIS_AVAILABLE_IN_1_0
KennisMeasureStatus kennis_survey_gate_get_status        (KennisSurveyGate   *self,
                                                          const char         *scale,
                                                          const char         *group);
KENNIS_AVAILABLE_IN_1_0
KennisMeasureStatus kennis_survey_gate_get_item_status   (KennisSurveyGate   *self,
                                                          const char         *item);
KENNIS_AVAILABLE_IN_1_0
KennisMeasureStatus kennis_survey_gate_judge_change      (KennisSurveyGate   *self,
                                                          const char         *scale,
                                                          KennisChange       *change,
                                                          KennisChangeFigure  figure);

G_END_DECLS
