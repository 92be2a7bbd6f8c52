#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-macros.h>

G_BEGIN_DECLS

/**
 * KennisSide:
 * @KENNIS_SIDE_GIVING: as a giver: ties from the person to others
 * @KENNIS_SIDE_RECEIVING: as a receiver: ties from others to the person
 * @KENNIS_SIDE_BOTH: both together
 *
 * The side from which a person's ties are looked at.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_SIDE_GIVING,
  KENNIS_SIDE_RECEIVING,
  KENNIS_SIDE_BOTH
} KennisSide;

/**
 * KennisTieWeight:
 * @KENNIS_TIE_WEIGHT_SESSIONS: the sum over sharings of 1 / audience, so that a talk to 50 is not 50 mentorings
 * @KENNIS_TIE_WEIGHT_EVENTS: the number of sharings
 * @KENNIS_TIE_WEIGHT_HOURS: the hours of the sharings of which the duration is known
 *
 * What the weight of a tie is.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_TIE_WEIGHT_SESSIONS,
  KENNIS_TIE_WEIGHT_EVENTS,
  KENNIS_TIE_WEIGHT_HOURS
} KennisTieWeight;

/**
 * KennisBrokerageRole:
 * @KENNIS_BROKERAGE_ROLE_COORDINATOR: giver, broker and receiver in one group
 * @KENNIS_BROKERAGE_ROLE_CONSULTANT: giver and receiver in one group, the broker in another (itinerant broker)
 * @KENNIS_BROKERAGE_ROLE_GATEKEEPER: broker and receiver in one group, the giver in another
 * @KENNIS_BROKERAGE_ROLE_REPRESENTATIVE: giver and broker in one group, the receiver in another
 * @KENNIS_BROKERAGE_ROLE_LIAISON: three groups
 *
 * What a person is between two others who have no direct tie (Gould & Fernandez 1989).
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_BROKERAGE_ROLE_COORDINATOR,
  KENNIS_BROKERAGE_ROLE_CONSULTANT,
  KENNIS_BROKERAGE_ROLE_GATEKEEPER,
  KENNIS_BROKERAGE_ROLE_REPRESENTATIVE,
  KENNIS_BROKERAGE_ROLE_LIAISON
} KennisBrokerageRole;

G_END_DECLS
