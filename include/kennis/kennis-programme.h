#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-record.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_PROGRAMME (kennis_programme_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisProgramme, kennis_programme, KENNIS, PROGRAMME, KennisRecord)

KENNIS_AVAILABLE_IN_1_0
KennisProgramme *kennis_programme_new (void);

G_END_DECLS
