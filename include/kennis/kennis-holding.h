#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-record.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_HOLDING (kennis_holding_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisHolding, kennis_holding, KENNIS, HOLDING, KennisRecord)

KENNIS_AVAILABLE_IN_1_0
KennisHolding *kennis_holding_new (void);

G_END_DECLS
