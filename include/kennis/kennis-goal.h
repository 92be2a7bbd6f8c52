#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-record.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_GOAL (kennis_goal_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisGoal, kennis_goal, KENNIS, GOAL, KennisRecord)

KENNIS_AVAILABLE_IN_1_0
KennisGoal *kennis_goal_new (void);

G_END_DECLS
