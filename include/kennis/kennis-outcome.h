#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-record.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_OUTCOME (kennis_outcome_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisOutcome, kennis_outcome, KENNIS, OUTCOME, KennisRecord)

KENNIS_AVAILABLE_IN_1_0
KennisOutcome *kennis_outcome_new (void);

G_END_DECLS
