#include "config.h"

#include "dataset/kennis-record-private.h"

#include <kennis/kennis-invitation.h>

/**
 * KennisInvitation:
 *
 * How many people of a team were asked to answer a survey.
 *
 * Since: 1.0
 */
KENNIS_DEFINE_RECORD (Invitation, invitation, INVITATION)

/**
 * KennisInvitation:instrument:
 *
 * The id of the instrument.
 *
 * Since: 1.0
 */

/**
 * KennisInvitation:wave:
 *
 * The wave.
 *
 * Since: 1.0
 */

/**
 * KennisInvitation:team:
 *
 * The id of the team; unknown: the organisation.
 *
 * Since: 1.0
 */

/**
 * KennisInvitation:people:
 *
 * How many were asked.
 *
 * Since: 1.0
 */

/**
 * KennisInvitation:from:
 *
 * When the wave began.
 *
 * Since: 1.0
 */

/**
 * KennisInvitation:until:
 *
 * When it ended.
 *
 * Since: 1.0
 */

/**
 * kennis_invitation_new:
 *
 * Makes a record with every field unknown.
 *
 * Returns: (transfer full): a new record
 *
 * Since: 1.0
 */
KennisInvitation *
kennis_invitation_new (void)
{
  return g_object_new (KENNIS_TYPE_INVITATION, NULL);
}
