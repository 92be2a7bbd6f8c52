#include "config.h"

#include "dataset/kennis-record-private.h"

#include <kennis/kennis-goal.h>

/**
 * KennisGoal:
 *
 * A learning goal of a person.
 *
 * Since: 1.0
 */
KENNIS_DEFINE_RECORD (Goal, goal, GOAL)

/**
 * KennisGoal:person:
 *
 * The id of the person.
 *
 * Since: 1.0
 */

/**
 * KennisGoal:own:
 *
 * Yes: the person's own; no: imposed.
 *
 * Since: 1.0
 */

/**
 * KennisGoal:set:
 *
 * When it was set.
 *
 * Since: 1.0
 */

/**
 * KennisGoal:due:
 *
 * When it should be reached.
 *
 * Since: 1.0
 */

/**
 * KennisGoal:reached:
 *
 * When it was reached.
 *
 * Since: 1.0
 */

/**
 * kennis_goal_new:
 *
 * Makes a record with every field unknown.
 *
 * Returns: (transfer full): a new record
 *
 * Since: 1.0
 */
KennisGoal *
kennis_goal_new (void)
{
  return g_object_new (KENNIS_TYPE_GOAL, NULL);
}
