#include "config.h"

#include "dataset/kennis-record-private.h"

#include <kennis/kennis-topic.h>

/**
 * KennisTopic:
 *
 * A topic of learning, in a tree of topics.
 *
 * Since: 1.0
 */
KENNIS_DEFINE_RECORD (Topic, topic, TOPIC)

/**
 * KennisTopic:id:
 *
 * The topic's id.
 *
 * Since: 1.0
 */

/**
 * KennisTopic:parent:
 *
 * The id of the topic that it is part of.
 *
 * Since: 1.0
 */

/**
 * KennisTopic:name:
 *
 * Its name.
 *
 * Since: 1.0
 */

/**
 * KennisTopic:discipline:
 *
 * The discipline that it belongs to.
 *
 * Since: 1.0
 */

/**
 * kennis_topic_new:
 *
 * Makes a record with every field unknown.
 *
 * Returns: (transfer full): a new record
 *
 * Since: 1.0
 */
KennisTopic *
kennis_topic_new (void)
{
  return g_object_new (KENNIS_TYPE_TOPIC, NULL);
}
