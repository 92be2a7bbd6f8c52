#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-record.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_MOMENT (kennis_moment_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisMoment, kennis_moment, KENNIS, MOMENT, KennisRecord)

KENNIS_AVAILABLE_IN_1_0
KennisMoment *kennis_moment_new (void);

G_END_DECLS
