#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-record.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_NEED (kennis_need_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisNeed, kennis_need, KENNIS, NEED, KennisRecord)

KENNIS_AVAILABLE_IN_1_0
KennisNeed *kennis_need_new (void);

G_END_DECLS
