#include "config.h"

#include "dataset/kennis-record-private.h"

#include <kennis/kennis-team.h>

/**
 * KennisTeam:
 *
 * A team, in a tree of teams.
 *
 * Since: 1.0
 */
KENNIS_DEFINE_RECORD (Team, team, TEAM)

/**
 * KennisTeam:id:
 *
 * The team's id.
 *
 * Since: 1.0
 */

/**
 * KennisTeam:parent:
 *
 * The id of the team that it is part of.
 *
 * Since: 1.0
 */

/**
 * KennisTeam:name:
 *
 * Its name.
 *
 * Since: 1.0
 */

/**
 * kennis_team_new:
 *
 * Makes a record with every field unknown.
 *
 * Returns: (transfer full): a new record
 *
 * Since: 1.0
 */
KennisTeam *
kennis_team_new (void)
{
  return g_object_new (KENNIS_TYPE_TEAM, NULL);
}
