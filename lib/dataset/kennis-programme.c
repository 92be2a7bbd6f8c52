#include "config.h"

#include "dataset/kennis-record-private.h"

#include <kennis/kennis-programme.h>

/**
 * KennisProgramme:
 *
 * An investment in learning.
 *
 * Since: 1.0
 */
KENNIS_DEFINE_RECORD (Programme, programme, PROGRAMME)

/**
 * KennisProgramme:id:
 *
 * The programme's id.
 *
 * Since: 1.0
 */

/**
 * KennisProgramme:name:
 *
 * Its name.
 *
 * Since: 1.0
 */

/**
 * KennisProgramme:topics:
 *
 * The ids of its topics.
 *
 * Since: 1.0
 */

/**
 * KennisProgramme:inputs:
 *
 * The inputs of its value model, each as `name=quantity`.
 *
 * Since: 1.0
 */

/**
 * kennis_programme_new:
 *
 * Makes a record with every field unknown.
 *
 * Returns: (transfer full): a new record
 *
 * Since: 1.0
 */
KennisProgramme *
kennis_programme_new (void)
{
  return g_object_new (KENNIS_TYPE_PROGRAMME, NULL);
}
