#include "config.h"

#include "dataset/kennis-record-private.h"

#include <kennis/kennis-activity.h>

/**
 * KennisActivity:
 *
 * A learning activity of a person.
 *
 * It needs a person and a time: when it ended, started or was requested.
 *
 * Since: 1.0
 */
KENNIS_DEFINE_RECORD (Activity, activity, ACTIVITY)

/**
 * KennisActivity:id:
 *
 * Its id; without one, it is never taken for a copy of another one.
 *
 * Since: 1.0
 */

/**
 * KennisActivity:session:
 *
 * What ties together what happened together.
 *
 * Since: 1.0
 */

/**
 * KennisActivity:person:
 *
 * The id of the person who learns.
 *
 * Since: 1.0
 */

/**
 * KennisActivity:form:
 *
 * How the person learns.
 *
 * Since: 1.0
 */

/**
 * KennisActivity:topic:
 *
 * The id of the topic.
 *
 * Since: 1.0
 */

/**
 * KennisActivity:start:
 *
 * When it began, or the person was enrolled.
 *
 * Since: 1.0
 */

/**
 * KennisActivity:ended:
 *
 * When it was completed or given up; an activity counts then.
 *
 * Since: 1.0
 */

/**
 * KennisActivity:duration:
 *
 * How long it took, in ms.
 *
 * Since: 1.0
 */

/**
 * KennisActivity:cost:
 *
 * What it cost, in 1/10 000 of the currency unit.
 *
 * Since: 1.0
 */

/**
 * KennisActivity:setting:
 *
 * Where in the work.
 *
 * Since: 1.0
 */

/**
 * KennisActivity:approach:
 *
 * By what approach.
 *
 * Since: 1.0
 */

/**
 * KennisActivity:initiative:
 *
 * Who chose it.
 *
 * Since: 1.0
 */

/**
 * KennisActivity:status:
 *
 * How far it has come.
 *
 * Since: 1.0
 */

/**
 * KennisActivity:requested:
 *
 * When it was requested.
 *
 * Since: 1.0
 */

/**
 * KennisActivity:decided:
 *
 * When the employer decided on the request.
 *
 * Since: 1.0
 */

/**
 * KennisActivity:applied:
 *
 * When the person first used on the job what was learned.
 *
 * Since: 1.0
 */

/**
 * KennisActivity:evaluated:
 *
 * When it was evaluated.
 *
 * Since: 1.0
 */

/**
 * KennisActivity:external:
 *
 * Whether someone outside the organisation gave it.
 *
 * Since: 1.0
 */

/**
 * kennis_activity_new:
 *
 * Makes a record with every field unknown.
 *
 * Returns: (transfer full): a new record
 *
 * Since: 1.0
 */
KennisActivity *
kennis_activity_new (void)
{
  return g_object_new (KENNIS_TYPE_ACTIVITY, NULL);
}
