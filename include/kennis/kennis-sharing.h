#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-record.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_SHARING (kennis_sharing_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisSharing, kennis_sharing, KENNIS, SHARING, KennisRecord)

KENNIS_AVAILABLE_IN_1_0
KennisSharing *kennis_sharing_new (void);

G_END_DECLS
