#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-record.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_ACTIVITY (kennis_activity_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisActivity, kennis_activity, KENNIS, ACTIVITY, KennisRecord)

KENNIS_AVAILABLE_IN_1_0
KennisActivity *kennis_activity_new (void);

G_END_DECLS
