#pragma once

#include <kennis/kennis-survey-gate.h>

#include "metric/kennis-gate-private.h"

/* flags: for tests. */
KennisSurveyGate *kennis_survey_gate_new_with (KennisAnswers *answers, KennisGroupBy by, guint minimum_group, KennisGateFlags flags,
                                               GError **error);
