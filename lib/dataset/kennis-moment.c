#include "config.h"

#include "dataset/kennis-record-private.h"

#include <kennis/kennis-moment.h>

/**
 * KennisMoment:
 *
 * A moment of a team: a check-out, a retrospective, a meeting …
 *
 * Since: 1.0
 */
KENNIS_DEFINE_RECORD (Moment, moment, MOMENT)

/**
 * KennisMoment:session:
 *
 * What ties together what happened together.
 *
 * Since: 1.0
 */

/**
 * KennisMoment:team:
 *
 * The id of the team.
 *
 * Since: 1.0
 */

/**
 * KennisMoment:kind:
 *
 * The kind of moment.
 *
 * Since: 1.0
 */

/**
 * KennisMoment:time:
 *
 * When.
 *
 * Since: 1.0
 */

/**
 * KennisMoment:attendees:
 *
 * The ids of the people who were there.
 *
 * Since: 1.0
 */

/**
 * kennis_moment_new:
 *
 * Makes a record with every field unknown.
 *
 * Returns: (transfer full): a new record
 *
 * Since: 1.0
 */
KennisMoment *
kennis_moment_new (void)
{
  return g_object_new (KENNIS_TYPE_MOMENT, NULL);
}
