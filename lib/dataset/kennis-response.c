#include "config.h"

#include "dataset/kennis-record-private.h"

#include <kennis/kennis-response.h>

/**
 * KennisResponse:
 *
 * An answer to one item of a survey.
 *
 * Since: 1.0
 */
KENNIS_DEFINE_RECORD (Response, response, RESPONSE)

/**
 * KennisResponse:instrument:
 *
 * The id of the instrument.
 *
 * Since: 1.0
 */

/**
 * KennisResponse:wave:
 *
 * The wave.
 *
 * Since: 1.0
 */

/**
 * KennisResponse:respondent:
 *
 * The id of the person, or an anonymous token.
 *
 * Since: 1.0
 */

/**
 * KennisResponse:team:
 *
 * The id of the respondent's team.
 *
 * Since: 1.0
 */

/**
 * KennisResponse:item:
 *
 * The id of the item.
 *
 * Since: 1.0
 */

/**
 * KennisResponse:score:
 *
 * The answer, as given.
 *
 * Since: 1.0
 */

/**
 * KennisResponse:language:
 *
 * The language in which it was answered.
 *
 * Since: 1.0
 */

/**
 * KennisResponse:time:
 *
 * When.
 *
 * Since: 1.0
 */

/**
 * kennis_response_new:
 *
 * Makes a record with every field unknown.
 *
 * Returns: (transfer full): a new record
 *
 * Since: 1.0
 */
KennisResponse *
kennis_response_new (void)
{
  return g_object_new (KENNIS_TYPE_RESPONSE, NULL);
}
