#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-record.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_TALK (kennis_talk_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisTalk, kennis_talk, KENNIS, TALK, KennisRecord)

KENNIS_AVAILABLE_IN_1_0
KennisTalk *kennis_talk_new (void);

G_END_DECLS
