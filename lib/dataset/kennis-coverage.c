#include "config.h"

#include "dataset/kennis-record-private.h"

#include <kennis/kennis-coverage.h>

/**
 * KennisCoverage:
 *
 * What a source observes: which records or field, of whom, from when until when.
 *
 * Outside of what is covered there is no data, and what is missing there says nothing.
 *
 * Since: 1.0
 */
KENNIS_DEFINE_RECORD (Coverage, coverage, COVERAGE)

/**
 * KennisCoverage:record:
 *
 * The type of record that is observed.
 *
 * Since: 1.0
 */

/**
 * KennisCoverage:field:
 *
 * The field that is observed; unknown: every field that the source fills.
 *
 * Since: 1.0
 */

/**
 * KennisCoverage:group:
 *
 * The team that is observed; unknown: all.
 *
 * Since: 1.0
 */

/**
 * KennisCoverage:from:
 *
 * The first moment; unknown: from the beginning.
 *
 * Since: 1.0
 */

/**
 * KennisCoverage:until:
 *
 * The first moment no longer observed; unknown: no end.
 *
 * Since: 1.0
 */

/**
 * kennis_coverage_new:
 *
 * Makes a record with every field unknown.
 *
 * Returns: (transfer full): a new record
 *
 * Since: 1.0
 */
KennisCoverage *
kennis_coverage_new (void)
{
  return g_object_new (KENNIS_TYPE_COVERAGE, NULL);
}
