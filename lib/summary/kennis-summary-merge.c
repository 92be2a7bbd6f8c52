#include "config.h"

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-work-private.h"
#include "summary/kennis-draft-private.h"

static KennisSummary *
merge (KennisSummary       *self,
       KennisSummary       *other,
       KennisProgressSink  *sink,
       GCancellable        *cancellable,
       GError             **error)
{
  g_auto (KennisDraft) draft = { 0 };
  const char *zone = kennis_summary_get_time_zone (self), *other_zone = kennis_summary_get_time_zone (other);
  const char *currency = kennis_summary_get_currency (self), *other_currency = kennis_summary_get_currency (other);
  KennisSummary *merged;

  if (!g_str_equal (zone, other_zone) || !g_str_equal (currency, other_currency))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INCOMPATIBLE,
                   _("A summary of %s and %s does not merge with one of %s and %s; accepted are equal ones"), zone,
                   currency, other_zone, other_currency);
      return NULL;
    }

  kennis_draft_init (&draft, self->facts->calendar, currency, 1);
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !kennis_draft_add_summary (&draft, self, error))
    return NULL;
  kennis_progress_sink_report (sink, 0.2);
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !kennis_draft_add_summary (&draft, other, error))
    return NULL;
  kennis_progress_sink_report (sink, 0.4);
  merged = kennis_draft_finish (&draft, cancellable, error);
  if (merged != NULL)
    kennis_progress_sink_report (sink, 1);

  return merged;
}

/**
 * kennis_summary_merge:
 * @self: a summary
 * @other: another summary, of other records
 * @progress: (nullable) (scope call) (closure progress_data): told how far the work is
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Makes the summary of the records of both.
 *
 * It is the one that all these records at once would give, byte for byte, so merging is associative and commutative.
 * Records with a key (people, teams, moments …) that are equal in both count once; activities, and sharings without an
 * id, are each one of their own.  @self and @other do not change.
 *
 * Give every summary the fingerprints of its sources ([func@Summary.make]): two summaries of one source are then refused.
 * Without fingerprints nothing tells that activities in @self are in @other as well, and they count twice.
 *
 * Errors: %KENNIS_ERROR_INCOMPATIBLE where time zone or currency differ; %KENNIS_ERROR_DUPLICATE_SOURCE where a source
 * is in both; %KENNIS_ERROR_CONFLICT, naming the record, where one key has two contents; %KENNIS_ERROR_CYCLE where the
 * teams of both make no tree; %KENNIS_ERROR_OVERFLOW where a sum does not fit in 63 bits; %G_IO_ERROR_CANCELLED.
 *
 * Time and memory: O(both).
 *
 * Returns: (transfer full): a new summary
 *
 * Since: 1.0
 */
KennisSummary *
kennis_summary_merge (KennisSummary   *self,
                      KennisSummary   *other,
                      KennisProgress   progress,
                      gpointer         progress_data,
                      GCancellable    *cancellable,
                      GError         **error)
{
  KennisProgressSink sink;
  KennisSummary *merged;

  g_return_val_if_fail (kennis_summary_is_made (self), NULL);
  g_return_val_if_fail (kennis_summary_is_made (other), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  kennis_progress_sink_init (&sink, progress, progress_data);
  merged = merge (self, other, &sink, cancellable, error);
  kennis_progress_sink_clear (&sink);

  return merged;
}

static gpointer
merge_in_thread (gpointer source, gpointer data, KennisProgressSink *sink, GCancellable *cancellable, GError **error)
{
  return merge (source, data, sink, cancellable, error);
}

/**
 * kennis_summary_merge_async:
 * @self: a summary
 * @other: another summary, of other records
 * @progress: (nullable) (scope notified) (closure progress_data) (destroy progress_destroy): told how far the work is,
 *   in the thread-default main context of the caller
 * @progress_data: for @progress
 * @progress_destroy: frees @progress_data
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when it is done
 * @user_data: for @callback
 *
 * Does [method@Summary.merge] in another thread.
 *
 * Since: 1.0
 */
void
kennis_summary_merge_async (KennisSummary       *self,
                            KennisSummary       *other,
                            KennisProgress       progress,
                            gpointer             progress_data,
                            GDestroyNotify       progress_destroy,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  KennisWork work = { kennis_summary_merge_async, merge_in_thread, g_object_unref, other, g_object_unref };

  g_return_if_fail (kennis_summary_is_made (self));
  g_return_if_fail (kennis_summary_is_made (other));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  g_object_ref (other);
  kennis_work_start (&work, self, progress, progress_data, progress_destroy, cancellable, callback, user_data);
}

/**
 * kennis_summary_merge_finish:
 * @self: a summary
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends [method@Summary.merge_async].
 *
 * Returns: (transfer full): a new summary; %NULL and an error as [method@Summary.merge]
 *
 * Since: 1.0
 */
KennisSummary *
kennis_summary_merge_finish (KennisSummary  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (kennis_work_is (result, self, kennis_summary_merge_async), NULL);

  return kennis_work_finish (result, error);
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
