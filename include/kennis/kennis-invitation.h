#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-record.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_INVITATION (kennis_invitation_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisInvitation, kennis_invitation, KENNIS, INVITATION, KennisRecord)

KENNIS_AVAILABLE_IN_1_0
KennisInvitation *kennis_invitation_new (void);

G_END_DECLS
