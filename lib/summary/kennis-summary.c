#include "config.h"

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-work-private.h"
#include "summary/kennis-draft-private.h"

/**
 * KennisSummary:
 *
 * Exact statistics of learning records, which can be merged.
 *
 * A summary adds up activities by person, local month, topic and what kind of activity they were (*cells*), keeps
 * their follow-up by day, and keeps every other record whole.  All sums are integers, so summaries of two disjoint
 * halves merge into the summary of the whole, byte for byte, in any order and on any number of threads or machines.
 *
 * A summary never changes and may be used from any thread.
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (KennisSummary, kennis_summary, G_TYPE_OBJECT)

static void
kennis_summary_finalize (GObject *object)
{
  KennisSummary *self = KENNIS_SUMMARY (object);

  g_clear_object (&self->facts);
  for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
    kennis_vector_clear (&self->sections[i]);
  kennis_vector_clear (&self->totals);
  g_clear_pointer (&self->sources, g_ptr_array_unref);

  G_OBJECT_CLASS (kennis_summary_parent_class)->finalize (object);
}

static void
kennis_summary_class_init (KennisSummaryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_summary_finalize;
}

static void
kennis_summary_init (KennisSummary *self)
{
}

gboolean
kennis_summary_is_made (KennisSummary *self)
{
  return KENNIS_IS_SUMMARY (self) && self->facts != NULL;
}

static KennisSummary *
summarise (KennisDataset       *snapshot,
           const char * const  *fingerprints,
           guint                n_threads,
           KennisProgressSink  *sink,
           GCancellable        *cancellable,
           GError             **error)
{
  g_autoptr (KennisSummaryBuilder) builder = kennis_summary_builder_new_for (snapshot, n_threads);

  if (!kennis_summary_builder_add (builder, snapshot, sink, cancellable, error)
      || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return kennis_summary_builder_finish (builder, snapshot, fingerprints, error);
}

/**
 * kennis_summary_make:
 * @dataset: a dataset
 * @fingerprints: (nullable) (array zero-terminated=1): what tells the sources of @dataset apart (a hash of its bytes, or a label)
 * @n_threads: threads to use; 0 for one per processor
 * @progress: (nullable) (scope call) (closure progress_data): told how far the work is
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Summarises all records that are in a dataset now.
 *
 * The same records give the same bytes ([method@Summary.to_bytes]) on any number of threads and in any order.
 *
 * An activity counts in the local month in which it ended; where that is not known in which it started, or else was
 * requested.  Its duration is spread evenly over the time from start to end, exactly.
 *
 * Errors: %KENNIS_ERROR_OVERFLOW names the person and month whose sum does not fit in 63 bits;
 * %KENNIS_ERROR_DUPLICATE_SOURCE, a fingerprint that is there twice; %KENNIS_ERROR_CYCLE, teams or topics that are no
 * trees; %G_IO_ERROR_CANCELLED.
 *
 * Time: O(records + texts · log texts).  Memory: O(distinct cells + records other than activities).
 *
 * Returns: (transfer full): a new summary
 *
 * Since: 1.0
 */
KennisSummary *
kennis_summary_make (KennisDataset       *dataset,
                    const char * const  *fingerprints,
                    guint                n_threads,
                    KennisProgress       progress,
                    gpointer             progress_data,
                    GCancellable        *cancellable,
                    GError             **error)
{
  g_autoptr (KennisDataset) snapshot = NULL;
  KennisProgressSink sink;
  KennisSummary *self;

  g_return_val_if_fail (KENNIS_IS_DATASET (dataset), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  snapshot = kennis_dataset_snapshot (dataset);
  kennis_progress_sink_init (&sink, progress, progress_data);
  self = summarise (snapshot, fingerprints, n_threads, &sink, cancellable, error);
  kennis_progress_sink_clear (&sink);

  return self;
}

typedef struct
{
  KennisDataset *snapshot;
  char **fingerprints;
  guint n_threads;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_object_unref (order->snapshot);
  g_strfreev (order->fingerprints);
  g_free (order);
}

static gpointer
run_order (gpointer source, gpointer data, KennisProgressSink *sink, GCancellable *cancellable, GError **error)
{
  Order *order = data;

  return summarise (order->snapshot, (const char *const *) order->fingerprints, order->n_threads, sink, cancellable,
                    error);
}

/**
 * kennis_summary_make_async:
 * @dataset: a dataset
 * @fingerprints: (nullable) (array zero-terminated=1): what tells the sources of @dataset apart
 * @n_threads: threads to use; 0 for one per processor
 * @progress: (nullable) (scope notified) (closure progress_data) (destroy progress_destroy): told how far the work is,
 *   in the thread-default main context of the caller
 * @progress_data: for @progress
 * @progress_destroy: frees @progress_data
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when it is done
 * @user_data: for @callback
 *
 * Summarises all records that are in a dataset now, in other threads.
 *
 * @dataset may get more records meanwhile; they are not in the summary.
 *
 * Since: 1.0
 */
void
kennis_summary_make_async (KennisDataset       *dataset,
                          const char * const  *fingerprints,
                          guint                n_threads,
                          KennisProgress       progress,
                          gpointer             progress_data,
                          GDestroyNotify       progress_destroy,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  KennisWork work = { kennis_summary_make_async, run_order, g_object_unref, NULL, order_free };
  Order *order;

  g_return_if_fail (KENNIS_IS_DATASET (dataset));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  order = g_new0 (Order, 1);
  order->snapshot = kennis_dataset_snapshot (dataset);
  order->fingerprints = g_strdupv ((char **) fingerprints);
  order->n_threads = n_threads;
  work.data = order;
  kennis_work_start (&work, NULL, progress, progress_data, progress_destroy, cancellable, callback, user_data);
}

/**
 * kennis_summary_make_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends [func@Summary.make_async].
 *
 * Returns: (transfer full): a new summary
 *
 * Since: 1.0
 */
KennisSummary *
kennis_summary_make_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (kennis_work_is (result, NULL, kennis_summary_make_async), NULL);

  return kennis_work_finish (result, error);
}

/**
 * kennis_summary_get_time_zone:
 * @self: a summary
 *
 * Gets the time zone of its days and months.
 *
 * Returns: the time zone of its days and months
 *
 * Since: 1.0
 */
const char *
kennis_summary_get_time_zone (KennisSummary *self)
{
  g_return_val_if_fail (kennis_summary_is_made (self), NULL);

  return kennis_dataset_get_time_zone (self->facts);
}

/**
 * kennis_summary_get_currency:
 * @self: a summary
 *
 * Gets the currency of its amounts.
 *
 * Returns: the currency of its amounts
 *
 * Since: 1.0
 */
const char *
kennis_summary_get_currency (KennisSummary *self)
{
  g_return_val_if_fail (kennis_summary_is_made (self), NULL);

  return kennis_dataset_get_currency (self->facts);
}

/**
 * kennis_summary_get_sources:
 * @self: a summary
 *
 * Gives the fingerprints of the sources that are in it, sorted.
 *
 * Returns: (transfer full) (array zero-terminated=1): fingerprints
 *
 * Since: 1.0
 */
char **
kennis_summary_get_sources (KennisSummary *self)
{
  char **sources;

  g_return_val_if_fail (kennis_summary_is_made (self), NULL);

  sources = g_new0 (char *, self->sources->len + 1);
  for (guint i = 0; i < self->sources->len; i++)
    sources[i] = g_strdup (self->sources->pdata[i]);

  return sources;
}

/**
 * kennis_summary_count:
 * @self: a summary
 * @type: a type of record
 *
 * Tells how many records of that type it was made of.
 *
 * Returns: how many records of that type it was made of
 *
 * Since: 1.0
 */
guint64
kennis_summary_count (KennisSummary    *self,
                      KennisRecordType  type)
{
  g_return_val_if_fail (kennis_summary_is_made (self), 0);
  g_return_val_if_fail ((guint) type < KENNIS_N_RECORD_TYPES, 0);

  return type == KENNIS_RECORD_TYPE_ACTIVITY ? self->view.n_activities : self->facts->tables[type].n_rows;
}

/**
 * kennis_summary_get_n_cells:
 * @self: a summary
 *
 * Tells into how many cells (person, month, topic and kinds) the activities compacted.
 *
 * Returns: the number of cells
 *
 * Since: 1.0
 */
guint64
kennis_summary_get_n_cells (KennisSummary *self)
{
  g_return_val_if_fail (kennis_summary_is_made (self), 0);

  return self->view.n_cells;
}
