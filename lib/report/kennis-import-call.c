#include "config.h"

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
 * @n_threads: how many threads to use beside the reader's; 0: as many as there are processors
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

  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && !self->running && !self->is_done, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  self->running = TRUE;
  kennis_progress_sink_init (&sink, progress, progress_data);
  ok = run_import (self, n_threads, &sink, cancellable, NULL, error);
  kennis_progress_sink_clear (&sink);
  self->running = FALSE;

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

  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && !self->running && !self->is_done, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self->running = TRUE;
  kennis_progress_sink_init (&sink, progress, progress_data);
  run_import (self, 1, &sink, cancellable, &dataset, error);
  kennis_progress_sink_clear (&sink);
  self->running = FALSE;

  return dataset;
}

typedef struct
{
  guint n_threads;
  gboolean keeps;
  KennisProgressSink sink;
  gpointer progress_data;
  GDestroyNotify progress_destroy;
} Job;

/* In the caller's thread where the finish function is called, as it should be: a task may be freed in its own. */
static void
end_progress (Job *job)
{
  GDestroyNotify destroy = g_steal_pointer (&job->progress_destroy);

  kennis_progress_sink_clear (&job->sink);
  if (destroy != NULL)
    destroy (job->progress_data);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  end_progress (job);
  g_free (job);
}

static void
run_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  KennisDataset *dataset = NULL;

  if (!run_import (source_object, job->n_threads, &job->sink, cancellable, job->keeps ? &dataset : NULL, &error))
    g_task_return_error (task, error);
  else if (job->keeps)
    g_task_return_pointer (task, dataset, g_object_unref);
  else
    g_task_return_boolean (task, TRUE);
}

static void
begin (KennisImport *self, Job made, KennisProgress progress, GCancellable *cancellable, GAsyncReadyCallback callback,
       gpointer user_data, gpointer tag)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, tag);
  *job = made;
  kennis_progress_sink_init_async (&job->sink, progress, job->progress_data);
  g_task_set_task_data (task, job, job_free);
  self->running = TRUE;
  g_task_run_in_thread (task, run_in_thread);
}

/**
 * kennis_import_run_async:
 * @self: an import that did not run
 * @n_threads: how many threads to use beside the reader's; 0: as many as there are processors
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
  g_return_if_fail (KENNIS_IS_IMPORT (self) && !self->running && !self->is_done);

  begin (self,
         (Job) { .n_threads = n_threads, .progress_data = progress_data, .progress_destroy = progress_destroy },
         progress, cancellable, callback, user_data, kennis_import_run_async);
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
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_task_get_source_tag (G_TASK (result)) == kennis_import_run_async, FALSE);

  end_progress (g_task_get_task_data (G_TASK (result)));
  self->running = FALSE;

  return g_task_propagate_boolean (G_TASK (result), error);
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
  g_return_if_fail (KENNIS_IS_IMPORT (self) && !self->running && !self->is_done);

  begin (self,
         (Job) { .n_threads = 1, .keeps = TRUE, .progress_data = progress_data, .progress_destroy = progress_destroy },
         progress, cancellable, callback, user_data, kennis_import_load_async);
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
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_task_get_source_tag (G_TASK (result)) == kennis_import_load_async, NULL);

  end_progress (g_task_get_task_data (G_TASK (result)));
  self->running = FALSE;

  return g_task_propagate_pointer (G_TASK (result), error);
}
