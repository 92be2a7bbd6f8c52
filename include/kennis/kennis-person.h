#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-record.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_PERSON (kennis_person_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisPerson, kennis_person, KENNIS, PERSON, KennisRecord)

KENNIS_AVAILABLE_IN_1_0
KennisPerson *kennis_person_new (void);

G_END_DECLS
