#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-record.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_RESPONSE (kennis_response_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisResponse, kennis_response, KENNIS, RESPONSE, KennisRecord)

KENNIS_AVAILABLE_IN_1_0
KennisResponse *kennis_response_new (void);

G_END_DECLS
