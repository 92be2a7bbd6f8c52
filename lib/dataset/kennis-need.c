#include "config.h"

#include "dataset/kennis-record-private.h"

#include <kennis/kennis-need.h>

/**
 * KennisNeed:
 *
 * How many people of a team or role should know a topic.
 *
 * Since: 1.0
 */
KENNIS_DEFINE_RECORD (Need, need, NEED)

/**
 * KennisNeed:topic:
 *
 * The id of the topic.
 *
 * Since: 1.0
 */

/**
 * KennisNeed:team:
 *
 * The id of the team that needs it.
 *
 * Since: 1.0
 */

/**
 * KennisNeed:role:
 *
 * The role that needs it.
 *
 * Since: 1.0
 */

/**
 * KennisNeed:people:
 *
 * How many people should know it.
 *
 * Since: 1.0
 */

/**
 * kennis_need_new:
 *
 * Makes a record with every field unknown.
 *
 * Returns: (transfer full): a new record
 *
 * Since: 1.0
 */
KennisNeed *
kennis_need_new (void)
{
  return g_object_new (KENNIS_TYPE_NEED, NULL);
}
