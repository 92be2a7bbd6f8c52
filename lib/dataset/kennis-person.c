#include "config.h"

#include "dataset/kennis-record-private.h"

#include <kennis/kennis-person.h>

/**
 * KennisPerson:
 *
 * A person as of a date.
 *
 * The newest row that is not after an event applies to it.  Team, role, discipline, leader, fte, cost, attributes and whether the person
 * is included, where it leaves them open, are those of the rows before it, so that a list of leavers or of moves need not repeat them;
 * so is the day of leaving where that comes after the row.  A person in such a row is on the *roster*.
 *
 * An id that is a mail address, and an alias of another person, is that person: sources may call people by different names.
 *
 * Since: 1.0
 */
KENNIS_DEFINE_RECORD (Person, person, PERSON)

/**
 * KennisPerson:id:
 *
 * The person's id.
 *
 * Since: 1.0
 */

/**
 * KennisPerson:effective:
 *
 * From when the row applies; unknown: from the beginning.
 *
 * Since: 1.0
 */

/**
 * KennisPerson:team:
 *
 * The id of the person's team.
 *
 * Since: 1.0
 */

/**
 * KennisPerson:role:
 *
 * The role, in words.
 *
 * Since: 1.0
 */

/**
 * KennisPerson:discipline:
 *
 * The discipline, in words.
 *
 * Since: 1.0
 */

/**
 * KennisPerson:leader:
 *
 * The id of the person who leads this one.
 *
 * Since: 1.0
 */

/**
 * KennisPerson:fte:
 *
 * The contract, as a share of full time (1.0; up to 2).
 *
 * Since: 1.0
 */

/**
 * KennisPerson:present:
 *
 * The share of that time that the person is there, from 0 to 1: leave, without its reason.
 *
 * Since: 1.0
 */

/**
 * KennisPerson:hourly-cost:
 *
 * What an hour costs, in 1/10 000 of the currency unit.
 *
 * Since: 1.0
 */

/**
 * KennisPerson:hired:
 *
 * When the person came.
 *
 * Since: 1.0
 */

/**
 * KennisPerson:left:
 *
 * When the person left.
 *
 * Since: 1.0
 */

/**
 * KennisPerson:included:
 *
 * No: take the person out of numerators and denominators alike.
 *
 * Since: 1.0
 */

/**
 * KennisPerson:aliases:
 *
 * Other names of the person: mail addresses, accounts.
 *
 * Since: 1.0
 */

/**
 * KennisPerson:attributes:
 *
 * Named attributes, each as `name=value` (`gender=f`).
 *
 * Since: 1.0
 */

/**
 * kennis_person_new:
 *
 * Makes a record with every field unknown.
 *
 * Returns: (transfer full): a new record
 *
 * Since: 1.0
 */
KennisPerson *
kennis_person_new (void)
{
  return g_object_new (KENNIS_TYPE_PERSON, NULL);
}
