#include "config.h"

#include "dataset/kennis-record-private.h"

#include <kennis/kennis-talk.h>

/**
 * KennisTalk:
 *
 * A talk of a person with a leader.
 *
 * Since: 1.0
 */
KENNIS_DEFINE_RECORD (Talk, talk, TALK)

/**
 * KennisTalk:person:
 *
 * The id of the person.
 *
 * Since: 1.0
 */

/**
 * KennisTalk:leader:
 *
 * The id of the leader.
 *
 * Since: 1.0
 */

/**
 * KennisTalk:kind:
 *
 * What it is about.
 *
 * Since: 1.0
 */

/**
 * KennisTalk:planned:
 *
 * When it was to be held.
 *
 * Since: 1.0
 */

/**
 * KennisTalk:held:
 *
 * When it was held.
 *
 * Since: 1.0
 */

/**
 * kennis_talk_new:
 *
 * Makes a record with every field unknown.
 *
 * Returns: (transfer full): a new record
 *
 * Since: 1.0
 */
KennisTalk *
kennis_talk_new (void)
{
  return g_object_new (KENNIS_TYPE_TALK, NULL);
}
