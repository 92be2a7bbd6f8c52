#include "config.h"

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "summary/kennis-draft-private.h"

/**
 * kennis_summary_merge:
 * @self: a summary
 * @other: another summary, of other records
 * @error: return location for an error
 *
 * Makes the summary of the records of both.
 *
 * It is the one that all these records at once would give, byte for byte, so merging is associative and commutative.
 * Records with a key (people, teams, moments …) that are equal in both count once; sharings without an id are each
 * one of their own.  @self and @other do not change.
 *
 * Errors: %KENNIS_ERROR_INCOMPATIBLE where time zone or currency differ; %KENNIS_ERROR_DUPLICATE_SOURCE where a source
 * is in both; %KENNIS_ERROR_CONFLICT, naming the record, where one key has two contents; %KENNIS_ERROR_CYCLE where the
 * teams of both make no tree; %KENNIS_ERROR_OVERFLOW where a sum does not fit in 63 bits.
 *
 * Time and memory: O(both).
 *
 * Returns: (transfer full): a new summary
 *
 * Since: 1.0
 */
KennisSummary *
kennis_summary_merge (KennisSummary  *self,
                      KennisSummary  *other,
                      GError        **error)
{
  g_auto (KennisDraft) draft = { 0 };
  const char *zone, *other_zone, *currency, *other_currency;

  g_return_val_if_fail (kennis_summary_is_made (self), NULL);
  g_return_val_if_fail (kennis_summary_is_made (other), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  zone = kennis_summary_get_time_zone (self);
  other_zone = kennis_summary_get_time_zone (other);
  currency = kennis_summary_get_currency (self);
  other_currency = kennis_summary_get_currency (other);
  if (!g_str_equal (zone, other_zone) || !g_str_equal (currency, other_currency))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INCOMPATIBLE,
                   _("A summary of %s and %s does not merge with one of %s and %s; accepted are equal ones"), zone,
                   currency, other_zone, other_currency);
      return NULL;
    }

  kennis_draft_init (&draft, self->facts->calendar, currency, 1);
  if (!kennis_draft_add_summary (&draft, self, error) || !kennis_draft_add_summary (&draft, other, error))
    return NULL;

  return kennis_draft_finish (&draft, NULL, error);
}

/**
 * kennis_summary_forget_person:
 * @self: a summary
 * @person: the id of a person
 * @error: return location for an error
 *
 * Makes the summary without one person (GDPR, article 17).
 *
 * It is the one that the records without that person would give: what is about the person is gone, and so are sharings
 * with the person on either side; a leader or attendee is taken out of the records of others.
 *
 * @self is not changed.  To keep the next import from bringing the person back, use a [class@Suppression] list.
 *
 * Time and memory: O(summary).
 *
 * Returns: (transfer full): a new summary; %NULL and %KENNIS_ERROR_UNKNOWN_REFERENCE where nothing names the person
 *
 * Since: 1.0
 */
KennisSummary *
kennis_summary_forget_person (KennisSummary  *self,
                              const char     *person,
                              GError        **error)
{
  g_auto (KennisDraft) draft = { 0 };
  gboolean found = FALSE;

  g_return_val_if_fail (kennis_summary_is_made (self) && person != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  kennis_draft_init (&draft, self->facts->calendar, self->facts->currency, 1);
  if (!kennis_draft_add_summary (&draft, self, error) || !kennis_draft_forget (&draft, person, &found, error))
    return NULL;
  if (!found)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE,
                   _("Nothing in the summary names the person “%s”; accepted is the id of one who is there"), person);
      return NULL;
    }

  return kennis_draft_finish (&draft, NULL, error);
}
