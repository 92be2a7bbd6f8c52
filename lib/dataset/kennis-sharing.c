#include "config.h"

#include "dataset/kennis-record-private.h"

#include <kennis/kennis-sharing.h>

/**
 * KennisSharing:
 *
 * A knowledge-sharing event between two people.
 *
 * With more people it is one sharing for each receiver, all of one session.
 *
 * Since: 1.0
 */
KENNIS_DEFINE_RECORD (Sharing, sharing, SHARING)

/**
 * KennisSharing:id:
 *
 * Its id; without one, it is never taken for a copy of another one.
 *
 * Since: 1.0
 */

/**
 * KennisSharing:session:
 *
 * What ties together what happened together.
 *
 * Since: 1.0
 */

/**
 * KennisSharing:giver:
 *
 * The id of the person who gives knowledge.
 *
 * Since: 1.0
 */

/**
 * KennisSharing:receiver:
 *
 * The id of the person who receives it.
 *
 * Since: 1.0
 */

/**
 * KennisSharing:kind:
 *
 * How it was shared.
 *
 * Since: 1.0
 */

/**
 * KennisSharing:topic:
 *
 * The id of the topic.
 *
 * Since: 1.0
 */

/**
 * KennisSharing:time:
 *
 * When.
 *
 * Since: 1.0
 */

/**
 * KennisSharing:duration:
 *
 * How long it took, in ms.
 *
 * Since: 1.0
 */

/**
 * KennisSharing:knowledge:
 *
 * The kind of knowledge.
 *
 * Since: 1.0
 */

/**
 * KennisSharing:initiative:
 *
 * Who chose it.
 *
 * Since: 1.0
 */

/**
 * KennisSharing:outside:
 *
 * Whether the other side is a customer, supplier or another organisation.
 *
 * Since: 1.0
 */

/**
 * kennis_sharing_new:
 *
 * Makes a record with every field unknown.
 *
 * Returns: (transfer full): a new record
 *
 * Since: 1.0
 */
KennisSharing *
kennis_sharing_new (void)
{
  return g_object_new (KENNIS_TYPE_SHARING, NULL);
}
