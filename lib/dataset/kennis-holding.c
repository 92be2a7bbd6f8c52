#include "config.h"

#include "dataset/kennis-record-private.h"

#include <kennis/kennis-holding.h>

/**
 * KennisHolding:
 *
 * What a person knows without a training record.
 *
 * Since: 1.0
 */
KENNIS_DEFINE_RECORD (Holding, holding, HOLDING)

/**
 * KennisHolding:person:
 *
 * The id of the person.
 *
 * Since: 1.0
 */

/**
 * KennisHolding:topic:
 *
 * The id of the topic.
 *
 * Since: 1.0
 */

/**
 * KennisHolding:level:
 *
 * How well, on the source's own scale.
 *
 * Since: 1.0
 */

/**
 * KennisHolding:source:
 *
 * Who says so.
 *
 * Since: 1.0
 */

/**
 * KennisHolding:time:
 *
 * As of when.
 *
 * Since: 1.0
 */

/**
 * kennis_holding_new:
 *
 * Makes a record with every field unknown.
 *
 * Returns: (transfer full): a new record
 *
 * Since: 1.0
 */
KennisHolding *
kennis_holding_new (void)
{
  return g_object_new (KENNIS_TYPE_HOLDING, NULL);
}
