#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-record.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_TEAM (kennis_team_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisTeam, kennis_team, KENNIS, TEAM, KennisRecord)

KENNIS_AVAILABLE_IN_1_0
KennisTeam *kennis_team_new (void);

G_END_DECLS
