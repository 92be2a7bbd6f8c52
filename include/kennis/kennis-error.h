#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-macros.h>

G_BEGIN_DECLS

/**
 * KennisError:
 * @KENNIS_ERROR_INVALID: a value is not one that is accepted
 * @KENNIS_ERROR_UNKNOWN_REFERENCE: a record names a person, team or topic that nobody declared
 * @KENNIS_ERROR_CONFLICT: a record with the same key and another content is there already
 * @KENNIS_ERROR_CYCLE: teams or topics are their own ancestors
 * @KENNIS_ERROR_PARSE: a document is malformed
 * @KENNIS_ERROR_DAMAGED: bytes are not what was written
 * @KENNIS_ERROR_INCOMPATIBLE: two things do not fit together (version, time zone, currency)
 * @KENNIS_ERROR_DUPLICATE_SOURCE: a source is in the summary already
 * @KENNIS_ERROR_OVERFLOW: a sum does not fit
 * @KENNIS_ERROR_TOO_LARGE: something is over a stated limit
 * @KENNIS_ERROR_TOO_FEW: too few observations for the question asked
 * @KENNIS_ERROR_READ_ONLY: a snapshot does not take records
 * @KENNIS_ERROR_SUPPRESSED: the person is on the suppression list
 * @KENNIS_ERROR_UNSUPPORTED: known, but not what is done here
 * @KENNIS_ERROR_NO_DATA: there is nothing to work on
 *
 * Error codes of the Kennis library.  New codes are added at the end.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_ERROR_INVALID,
  KENNIS_ERROR_UNKNOWN_REFERENCE,
  KENNIS_ERROR_CONFLICT,
  KENNIS_ERROR_CYCLE,
  KENNIS_ERROR_PARSE,
  KENNIS_ERROR_DAMAGED,
  KENNIS_ERROR_INCOMPATIBLE,
  KENNIS_ERROR_DUPLICATE_SOURCE,
  KENNIS_ERROR_OVERFLOW,
  KENNIS_ERROR_TOO_LARGE,
  KENNIS_ERROR_TOO_FEW,
  KENNIS_ERROR_READ_ONLY,
  KENNIS_ERROR_SUPPRESSED,
  KENNIS_ERROR_UNSUPPORTED,
  KENNIS_ERROR_NO_DATA
} KennisError;

/**
 * KENNIS_ERROR:
 *
 * Error domain of the Kennis library.
 *
 * Since: 1.0
 */
#define KENNIS_ERROR (kennis_error_quark ())
/**
 * kennis_error_quark:
 *
 * The quark of the error domain: "kennis-error-quark".
 *
 * Returns: the quark
 *
 * Since: 1.0
 */
KENNIS_AVAILABLE_IN_1_0
GQuark kennis_error_quark (void);

G_END_DECLS
