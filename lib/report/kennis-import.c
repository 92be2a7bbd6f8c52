#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-work-private.h"
#include "read/kennis-reader-private.h"
#include "report/kennis-import-private.h"
#include "summary/kennis-summary-private.h"

#include <kennis/kennis-error.h>
#include <kennis/kennis-import.h>
#include <string.h>

/**
 * KennisImport:
 *
 * Reads several sources into one summary, and remembers how that went.
 *
 * It is the short way from files to measurements, in memory that does not grow with the number of activities: what is read
 * is summarised batch by batch.  Sources may come in any order: the people, teams and topics that any file declares are known
 * before the first event is read, and a stream comes after the files that declare some.
 *
 * A source that cannot be read is remembered with its problem, and the others are read; where the reader is strict, it
 * ends the import.  The same source twice is an error.
 *
 * An import is for one thread at a time.
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (KennisImport, kennis_import, G_TYPE_OBJECT)

static void
source_free (gpointer data)
{
  KennisImportSource *source = data;

  g_clear_object (&source->file);
  g_clear_object (&source->stream);
  g_free (source->name);
  g_free (source->fingerprint);
  g_free (source->problem);
  g_free (source);
}

static void
kennis_import_finalize (GObject *object)
{
  KennisImport *self = KENNIS_IMPORT (object);

  g_clear_object (&self->reader);
  g_clear_object (&self->summary);
  g_clear_pointer (&self->sources, g_ptr_array_unref);

  G_OBJECT_CLASS (kennis_import_parent_class)->finalize (object);
}

static void
kennis_import_class_init (KennisImportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_import_finalize;
}

static void
kennis_import_init (KennisImport *self)
{
  self->sources = g_ptr_array_new_with_free_func (source_free);
  self->reader = kennis_reader_new ();
}

/**
 * kennis_import_new:
 * @reader: (nullable): how to read: strict or not, whom to leave out, …; its counts and diagnostics become those of the
 *   import.  %NULL: a new one
 *
 * Makes an import without sources.
 *
 * Returns: (transfer full): a new import
 *
 * Since: 1.0
 */
KennisImport *
kennis_import_new (KennisReader *reader)
{
  KennisImport *self;

  g_return_val_if_fail (reader == NULL || KENNIS_IS_READER (reader), NULL);

  self = g_object_new (KENNIS_TYPE_IMPORT, NULL);
  if (reader != NULL)
    g_set_object (&self->reader, reader);

  return self;
}

/**
 * kennis_import_add_file:
 * @self: an import that did not run
 * @file: a file
 * @name: (nullable): what to call it in messages and reports; %NULL: its own name
 *
 * Adds a source.
 *
 * Since: 1.0
 */
void
kennis_import_add_file (KennisImport *self, GFile *file, const char *name)
{
  KennisImportSource *source;

  g_return_if_fail (KENNIS_IS_IMPORT (self) && !g_atomic_int_get (&self->running) && self->summary == NULL);
  g_return_if_fail (G_IS_FILE (file));

  source = g_new0 (KennisImportSource, 1);
  source->file = g_object_ref (file);
  source->name = name != NULL ? g_utf8_make_valid (name, -1) : g_file_get_parse_name (file);
  g_ptr_array_add (self->sources, source);
}

/**
 * kennis_import_add_stream:
 * @self: an import that did not run
 * @stream: a stream of bytes, as standard input; it is not closed
 * @name: what to call it in messages and reports
 *
 * Adds a source that can be read once.
 *
 * Since: 1.0
 */
void
kennis_import_add_stream (KennisImport *self, GInputStream *stream, const char *name)
{
  KennisImportSource *source;

  g_return_if_fail (KENNIS_IS_IMPORT (self) && !g_atomic_int_get (&self->running) && self->summary == NULL);
  g_return_if_fail (G_IS_INPUT_STREAM (stream));
  g_return_if_fail (name != NULL);

  source = g_new0 (KennisImportSource, 1);
  source->stream = g_object_ref (stream);
  source->name = g_utf8_make_valid (name, -1);
  g_ptr_array_add (self->sources, source);
}

/* One run. */
typedef struct
{
  KennisImport         *self;
  KennisDataset        *dataset;      /* NULL before the first source that tells its time zone */
  KennisSummaryBuilder *builder;      /* NULL before the first events */
  guint                 n_threads;
  KennisProgressSink   *sink;
  GCancellable         *cancellable;
  guint64               n_bytes, n_bytes_done, n_bytes_now;
  gboolean              summary_failed;   /* no fault of the source */
} Run;

static gboolean
need_builder (Run *run, KennisDataset *dataset, GError **error)
{
  if (run->builder == NULL)
    run->builder = kennis_summary_builder_new (kennis_dataset_get_time_zone (dataset),
                                               kennis_dataset_get_currency (dataset), run->n_threads, error);

  return run->builder != NULL;
}

static gboolean
on_batch (KennisDataset *batch, gpointer user_data, GError **error)
{
  Run *run = user_data;

  run->summary_failed = !need_builder (run, batch, error)
                        || !kennis_summary_builder_add (run->builder, batch, NULL, run->cancellable, error);

  return !run->summary_failed;
}

static void
on_progress (double fraction, gpointer user_data)
{
  Run *run = user_data;

  if (run->n_bytes == 0 || fraction < 0)
    kennis_progress_sink_report (run->sink, -1);
  else
    kennis_progress_sink_report (run->sink, 0.99 * (run->n_bytes_done + fraction * run->n_bytes_now) / run->n_bytes);
}

static void
count (KennisImportSource *source, KennisReader *reader, int sign)
{
  source->n_read += sign * kennis_reader_get_n_read (reader);
  source->n_added += sign * kennis_reader_get_n_added (reader);
  source->n_merged += sign * kennis_reader_get_n_merged (reader);
  source->n_rejected += sign * kennis_reader_get_n_rejected (reader);
  source->n_ignored += sign * kennis_reader_get_n_ignored (reader);
}

/* The newest fingerprint is that of the source that was just read: its hash, then its name. */
static gboolean
take_fingerprint (Run *run, KennisImportSource *source, guint n_before, GError **error)
{
  g_auto (GStrv) all = kennis_reader_get_fingerprints (run->self->reader);
  guint n = g_strv_length (all);

  if (n == n_before)
    return TRUE;

  source->fingerprint = g_strndup (all[n - 1], strcspn (all[n - 1], " "));
  for (guint i = 0; i < run->self->sources->len; i++)
    {
      const KennisImportSource *other = g_ptr_array_index (run->self->sources, i);

      if (other != source && g_strcmp0 (other->fingerprint, source->fingerprint) == 0)
        {
          g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_DUPLICATE_SOURCE,
                       _("“%s” and “%s” have the same content; accepted is each source once"), other->name,
                       source->name);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
read_source (Run *run, KennisImportSource *source, GError **error)
{
  KennisReader *reader = run->self->reader;
  g_auto (GStrv) before = kennis_reader_get_fingerprints (reader);
  g_autoptr (GError) cause = NULL;
  guint64 declared;
  gboolean ok;

  run->n_bytes_now = source->size;
  count (source, reader, -1);
  ok = kennis_reader_read_batches (reader, source->file, source->stream, source->name, &run->dataset, on_batch, run,
                                   on_progress, run, run->cancellable, &cause);
  count (source, reader, 1);
  run->n_bytes_done += source->size;

  /* What was declared before is found again now: it was added all the same. */
  declared = MIN (source->n_declared, source->n_merged);
  source->n_added += declared;
  source->n_merged -= declared;
  if (ok)
    return take_fingerprint (run, source, g_strv_length (before), error);

  if (run->summary_failed || kennis_reader_get_strict (reader)
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  source->problem = g_strdup (cause->message);

  return TRUE;
}

static gboolean
refuse_twins (KennisImport *self, GError **error)
{
  for (guint i = 0; i < self->sources->len; i++)
    for (guint k = 0; k < i; k++)
      {
        const KennisImportSource *a = g_ptr_array_index (self->sources, i), *b = g_ptr_array_index (self->sources, k);

        if ((a->file != NULL && b->file != NULL && g_file_equal (a->file, b->file))
            || (a->stream != NULL && a->stream == b->stream))
          {
            g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_DUPLICATE_SOURCE,
                         _("“%s” is given twice; accepted is each source once"), a->name);
            return FALSE;
          }
      }

  return TRUE;
}

/* With one source there is nothing to be known beforehand. */
static void
declare_all (Run *run)
{
  GPtrArray *sources = run->self->sources;

  for (guint i = 0; i < sources->len; i++)
    {
      KennisImportSource *source = g_ptr_array_index (sources, i);
      g_autoptr (GFileInfo) info = NULL;

      if (source->file == NULL)
        continue;
      info = g_file_query_info (source->file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, run->cancellable,
                                NULL);
      source->size = info != NULL ? (guint64) MAX (0, g_file_info_get_size (info)) : 0;
      run->n_bytes += source->size;
      if (sources->len > 1)
        kennis_import_declare (source, run->self->reader, &run->dataset, run->cancellable);
    }
}

/* Files that declare something, then streams, which cannot be looked into, then the rest. */
static gboolean
read_all (Run *run, GError **error)
{
  for (int rank = 0; rank < 3; rank++)
    for (guint i = 0; i < run->self->sources->len; i++)
      {
        KennisImportSource *source = g_ptr_array_index (run->self->sources, i);

        if ((source->stream != NULL ? 1 : source->has_reference ? 0 : 2) == rank && !read_source (run, source, error))
          return FALSE;
      }

  return TRUE;
}

/* What a source names and none declares. */
static gboolean
check_whole (Run *run, GError **error)
{
  g_autoptr (GError) cause = NULL;
  KennisReadJob job = { .reader = run->self->reader };

  if (kennis_dataset_check (run->dataset, &cause))
    return TRUE;
  if (kennis_reader_get_strict (run->self->reader))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  job.name = run->self->sources->len == 1 ? kennis_import_get_name (run->self, 0) : _("all sources");
  kennis_read_job_tell (&job, KENNIS_SEVERITY_ERROR, (KennisPlace) { 0, 0 }, NULL, cause->message, NULL);

  return TRUE;
}

static gboolean
nothing_read (Run *run, GError **error)
{
  for (guint i = 0; i < run->self->sources->len; i++)
    {
      const KennisImportSource *source = g_ptr_array_index (run->self->sources, i);

      if (source->problem != NULL)
        {
          g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA, _("Nothing could be read: %s"), source->problem);
          return FALSE;
        }
    }
  g_set_error_literal (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA,
                       _("There is nothing to read; accepted are one or more sources"));

  return FALSE;
}

static gboolean
finish (Run *run, GError **error)
{
  g_autoptr (GPtrArray) fingerprints = g_ptr_array_new ();

  if (run->dataset == NULL)
    return nothing_read (run, error);
  for (guint i = 0; i < run->self->sources->len; i++)
    {
      KennisImportSource *source = g_ptr_array_index (run->self->sources, i);

      if (source->fingerprint != NULL)
        g_ptr_array_add (fingerprints, source->fingerprint);
    }
  if (fingerprints->len == 0)
    return nothing_read (run, error);
  g_ptr_array_add (fingerprints, NULL);
  if (!check_whole (run, error) || !need_builder (run, run->dataset, error))
    return FALSE;

  run->self->summary =
      kennis_summary_builder_finish (run->builder, run->dataset, (const char *const *) fingerprints->pdata, error);

  return run->self->summary != NULL;
}

static gboolean
run_import (KennisImport *self, guint n_threads, KennisProgressSink *sink, GCancellable *cancellable, GError **error)
{
  Run run = { .self = self, .n_threads = n_threads, .sink = sink, .cancellable = cancellable };
  gboolean ok;

  declare_all (&run);
  ok = refuse_twins (self, error) && read_all (&run, error) && finish (&run, error);
  if (ok)
    kennis_progress_sink_report (sink, 1);
  g_clear_pointer (&run.builder, kennis_summary_builder_free);
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

  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && !g_atomic_int_get (&self->running) && self->summary == NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_atomic_int_set (&self->running, TRUE);
  kennis_progress_sink_init (&sink, progress, progress_data);
  ok = run_import (self, n_threads, &sink, cancellable, error);
  kennis_progress_sink_clear (&sink);
  g_atomic_int_set (&self->running, FALSE);

  return ok;
}

static gpointer
run_in_thread (gpointer source, gpointer data, KennisProgressSink *sink, GCancellable *cancellable, GError **error)
{
  KennisImport *self = source;
  gboolean ok = run_import (self, *(guint *) data, sink, cancellable, error);

  g_atomic_int_set (&self->running, FALSE); /* also where nobody asks for the end */
  return GINT_TO_POINTER (ok);
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
  KennisWork work = { kennis_import_run_async, run_in_thread, NULL, NULL, g_free };

  g_return_if_fail (KENNIS_IS_IMPORT (self) && !g_atomic_int_get (&self->running) && self->summary == NULL);

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
