#include "config.h"

#include "base/kennis-work-private.h"
#include "report/kennis-import-private.h"

/* The calls that make an import run, at once or in another thread. */

/* Into a summary where `dataset` is NULL, else into *dataset. */
static gboolean
run_import (KennisImport *self, guint n_threads, KennisProgressSink *sink, GCancellable *cancellable, KennisDataset **dataset,
            GError **error)
{
  KennisImportRun run = {
    .self = self, .n_threads = n_threads, .sink = sink, .cancellable = cancellable, .keeps = dataset != NULL
  };
  gboolean ok = kennis_import_run_all (&run, error);

  if (ok && dataset != NULL)
    {
      kennis_dataset_set_deferred (run.dataset, FALSE);
      *dataset = g_steal_pointer (&run.dataset);
    }
  self->is_done = self->is_done || ok;
  g_clear_object (&run.dataset);

  return ok;
}

/**
 * kennis_import_run:
 * @self: an import that did not run
 * @n_threads: how many threads to use (beside the reader's, where it makes records); 0: as many as there are processors
 * @progress: (scope call) (nullable): told how much is read, in this thread
 * @progress_data: data for @progress
 * @cancellable: (nullable): to end it early
 * @error: where to put an error
 *
 * Reads all sources and summarises them.
 *
 * %KENNIS_ERROR_NO_DATA where no source could be read, %KENNIS_ERROR_DUPLICATE_SOURCE where two are the same; where the reader is
 * strict, the first record that cannot be taken.  Else [method@Import.is_complete] says whether everything was read.
 *
 * Time: O(bytes).  Memory: what the summary holds, and some 50 MiB.
 *
 * Returns: whether there is a summary now
 *
 * Since: 1.0
 */
gboolean
kennis_import_run (KennisImport *self, guint n_threads, KennisProgress progress, gpointer progress_data, GCancellable *cancellable,
                   GError **error)
{
  KennisProgressSink sink;
  gboolean ok;

  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && !g_atomic_int_get (&self->running) && !self->is_done, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_atomic_int_set (&self->running, TRUE);
  kennis_progress_sink_init (&sink, progress, progress_data);
  ok = run_import (self, n_threads, &sink, cancellable, NULL, error);
  kennis_progress_sink_clear (&sink);
  g_atomic_int_set (&self->running, FALSE);

  return ok;
}

/**
 * kennis_import_load:
 * @self: an import that did not run
 * @progress: (scope call) (nullable): told how much is read, in this thread
 * @progress_data: data for @progress
 * @cancellable: (nullable): to end it early
 * @error: where to put an error
 *
 * Reads all sources into one dataset, for those who want the records themselves.
 *
 * Errors are those of [method@Import.run], and so is what the import tells afterwards, but for the summary.
 *
 * Time: O(bytes).  Memory: what the dataset holds, and some 50 MiB.
 *
 * Returns: (transfer full): a new dataset; %NULL with an error
 *
 * Since: 1.0
 */
KennisDataset *
kennis_import_load (KennisImport *self, KennisProgress progress, gpointer progress_data, GCancellable *cancellable, GError **error)
{
  KennisProgressSink sink;
  KennisDataset *dataset = NULL;

  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && !g_atomic_int_get (&self->running) && !self->is_done, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_atomic_int_set (&self->running, TRUE);
  kennis_progress_sink_init (&sink, progress, progress_data);
  run_import (self, 1, &sink, cancellable, &dataset, error);
  kennis_progress_sink_clear (&sink);
  g_atomic_int_set (&self->running, FALSE);

  return dataset;
}

static void
end (KennisImport *self)
{
  g_atomic_int_set (&self->running, FALSE); /* also where nobody asks for the end */
}

static gpointer
run_in_thread (gpointer source, gpointer data, KennisProgressSink *sink, GCancellable *cancellable, GError **error)
{
  gboolean ok = run_import (source, *(guint *) data, sink, cancellable, NULL, error);

  end (source);

  return GINT_TO_POINTER (ok);
}

static gpointer
load_in_thread (gpointer source, gpointer data, KennisProgressSink *sink, GCancellable *cancellable, GError **error)
{
  KennisDataset *dataset = NULL;

  run_import (source, 1, sink, cancellable, &dataset, error);
  end (source);

  return dataset;
}

/**
 * kennis_import_run_async:
 * @self: an import that did not run
 * @n_threads: how many threads to use (beside the reader's, where it makes records); 0: as many as there are processors
 * @progress: (scope notified) (closure progress_data) (destroy progress_destroy) (nullable): told how much is read
 * @progress_data: data for @progress
 * @progress_destroy: (nullable): frees @progress_data
 * @cancellable: (nullable): to end it early
 * @callback: (scope async): called when it is done
 * @user_data: data for @callback
 *
 * Reads all sources and summarises them in another thread, see [method@Import.run].
 *
 * The import and its streams must be left alone until it is done.
 *
 * Since: 1.0
 */
void
kennis_import_run_async (KennisImport *self, guint n_threads, KennisProgress progress, gpointer progress_data,
                         GDestroyNotify progress_destroy, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  KennisWork work = { kennis_import_run_async, run_in_thread, NULL, NULL, g_free };

  g_return_if_fail (KENNIS_IS_IMPORT (self) && !g_atomic_int_get (&self->running) && !self->is_done);

  work.data = g_memdup2 (&n_threads, sizeof n_threads);
  g_atomic_int_set (&self->running, TRUE);
  kennis_work_start (&work, self, progress, progress_data, progress_destroy, cancellable, callback, user_data);
}

/**
 * kennis_import_run_finish:
 * @self: the import
 * @result: what the callback got
 * @error: where to put an error
 *
 * Ends [method@Import.run_async].
 *
 * Returns: whether there is a summary now
 *
 * Since: 1.0
 */
gboolean
kennis_import_run_finish (KennisImport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (kennis_work_is (result, self, kennis_import_run_async), FALSE);

  return kennis_work_finish (result, error) != NULL;
}

/**
 * kennis_import_load_async:
 * @self: an import that did not run
 * @progress: (scope notified) (closure progress_data) (destroy progress_destroy) (nullable): told how much is read
 * @progress_data: data for @progress
 * @progress_destroy: (nullable): frees @progress_data
 * @cancellable: (nullable): to end it early
 * @callback: (scope async): called when it is done
 * @user_data: data for @callback
 *
 * Reads all sources into one dataset in another thread, see [method@Import.load].
 *
 * The import and its streams must be left alone until it is done.
 *
 * Since: 1.0
 */
void
kennis_import_load_async (KennisImport *self, KennisProgress progress, gpointer progress_data, GDestroyNotify progress_destroy,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  KennisWork work = { kennis_import_load_async, load_in_thread, g_object_unref, NULL, g_free };

  g_return_if_fail (KENNIS_IS_IMPORT (self) && !g_atomic_int_get (&self->running) && !self->is_done);

  g_atomic_int_set (&self->running, TRUE);
  kennis_work_start (&work, self, progress, progress_data, progress_destroy, cancellable, callback, user_data);
}

/**
 * kennis_import_load_finish:
 * @self: the import
 * @result: what the callback got
 * @error: where to put an error
 *
 * Ends [method@Import.load_async].
 *
 * Returns: (transfer full): a new dataset; %NULL with an error
 *
 * Since: 1.0
 */
KennisDataset *
kennis_import_load_finish (KennisImport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (kennis_work_is (result, self, kennis_import_load_async), NULL);

  return kennis_work_finish (result, error);
}
