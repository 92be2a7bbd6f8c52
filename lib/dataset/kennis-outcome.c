#include "config.h"

#include "dataset/kennis-record-private.h"

#include <kennis/kennis-outcome.h>

/**
 * KennisOutcome:
 *
 * A result of a team that learning may have a part in.
 *
 * Since: 1.0
 */
KENNIS_DEFINE_RECORD (Outcome, outcome, OUTCOME)

/**
 * KennisOutcome:team:
 *
 * The id of the team.
 *
 * Since: 1.0
 */

/**
 * KennisOutcome:measure:
 *
 * What is measured.
 *
 * Since: 1.0
 */

/**
 * KennisOutcome:period:
 *
 * The beginning of the period.
 *
 * Since: 1.0
 */

/**
 * KennisOutcome:value:
 *
 * The value.
 *
 * Since: 1.0
 */

/**
 * kennis_outcome_new:
 *
 * Makes a record with every field unknown.
 *
 * Returns: (transfer full): a new record
 *
 * Since: 1.0
 */
KennisOutcome *
kennis_outcome_new (void)
{
  return g_object_new (KENNIS_TYPE_OUTCOME, NULL);
}
