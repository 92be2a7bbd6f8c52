#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-parallel-private.h"
#include "read/kennis-ical-private.h"
#include "report/kennis-import-private.h"

#include <kennis/kennis-error.h>
#include <string.h>

static gboolean
need_builder (KennisImportRun *run, KennisDataset *dataset, GError **error)
{
  if (run->builder == NULL)
    run->builder = kennis_summary_builder_new (kennis_dataset_get_time_zone (dataset),
                                               kennis_dataset_get_currency (dataset), run->n_threads, error);

  return run->builder != NULL;
}

static gboolean
on_batch (KennisDataset *batch, gpointer user_data, GError **error)
{
  KennisImportRun *run = user_data;

  if (run->self->sources->len > 1)
    kennis_copies_look (&run->source->copies, batch, NULL);
  run->summary_failed = !need_builder (run, batch, error)
                        || !kennis_summary_builder_add (run->builder, batch, NULL, run->cancellable, error);

  return !run->summary_failed;
}

/* Copies of a source are found by records in batches. */
static const KennisPlainSink *
on_plain (KennisDataset *dataset, gpointer user_data, GError **error)
{
  KennisImportRun *run = user_data;
  const KennisPlainSink *sink = NULL;
  GError *cause = NULL;

  if (run->self->sources->len > 1)
    return NULL;
  if (need_builder (run, dataset, &cause))
    sink =
        kennis_summary_builder_plain_sink (run->builder, dataset, kennis_parallel_n_threads (run->n_threads), &cause);
  run->summary_failed = cause != NULL;
  if (cause != NULL)
    g_propagate_error (error, cause);

  return sink;
}

static void
on_progress (double fraction, gpointer user_data)
{
  KennisImportRun *run = user_data;

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
  source->n_seen += sign * kennis_reader_get_n_seen (reader);
  source->n_rows += sign * kennis_reader_get_n_rows (reader);
  source->n_rows_used += sign * kennis_reader_get_n_rows_used (reader);
  source->n_rows_rejected += sign * kennis_reader_get_n_rows_rejected (reader);
  source->n_rows_ignored += sign * kennis_reader_get_n_rows_ignored (reader);
}

/* The newest fingerprint is that of the source that was just read: its hash, then its name. */
static gboolean
take_fingerprint (KennisImportRun *run, KennisImportSource *source, guint n_before, GError **error)
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
read_records (KennisImportRun *run, GError **error)
{
  KennisImportSource *source = run->source;
  KennisReader *reader = run->self->reader;
  g_autoptr (KennisMapping) mapping = reader->mapping != NULL ? g_object_ref (reader->mapping) : NULL;
  guint64 first_rows[KENNIS_N_RECORD_TYPES] = { 0 };
  gboolean ok;

  for (guint i = 0; run->keeps && run->dataset != NULL && i < KENNIS_N_RECORD_TYPES; i++)
    first_rows[i] = run->dataset->tables[i].n_rows;
  if (source->mapping != NULL)
    g_set_object (&reader->mapping, source->mapping);
  count (source, reader, -1);
  reader->plain = on_plain;
  ok = kennis_reader_read_batches (reader, source->file, source->stream, source->name, &run->dataset,
                                   run->keeps ? NULL : on_batch, run, on_progress, run, run->cancellable, error);
  reader->plain = NULL;
  count (source, reader, 1);
  source->story = kennis_reader_steal_story (reader);
  g_set_object (&reader->mapping, mapping);
  if (run->keeps && run->dataset != NULL && run->self->sources->len > 1)
    kennis_copies_look (&source->copies, run->dataset, first_rows);

  return ok;
}

static gboolean
read_source (KennisImportRun *run, KennisImportSource *source, GError **error)
{
  KennisReader *reader = run->self->reader;
  g_auto (GStrv) before = kennis_reader_get_fingerprints (reader);
  g_autoptr (GError) cause = NULL;
  guint64 declared;
  gboolean ok;

  run->n_bytes_now = source->size;
  run->source = source;
  ok = read_records (run, &cause);
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

static void
find_sizes (KennisImportRun *run)
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
    }
}

/* Files that declare something, then streams, which cannot be looked into, then the rest. */
static gboolean
read_all (KennisImportRun *run, GError **error)
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
check_whole (KennisImportRun *run, GError **error)
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
  job.reader->story = run->self->story;
  kennis_read_job_tell (&job, KENNIS_SEVERITY_ERROR, (KennisPlace) { 0, 0 }, NULL, cause->message, NULL);
  job.reader->story = NULL;

  return TRUE;
}

static gboolean
nothing_read (KennisImportRun *run, GError **error)
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
append_coverage (KennisImportRun *run, GError **error)
{
  const GArray *coverages = run->self->coverages;
  gint64 codes[KENNIS_MAX_FIELDS];
  gboolean added;

  for (guint i = 0; i < coverages->len; i++)
    {
      kennis_map_coverage_codes (&g_array_index (coverages, KennisMapCoverage, i), run->dataset, codes);
      if (!kennis_dataset_append (run->dataset, KENNIS_RECORD_TYPE_COVERAGE, codes, &added, error))
        return FALSE;
      kennis_source_story_cover (run->self->story, run->dataset, codes);
    }

  return TRUE;
}

static gboolean
finish (KennisImportRun *run, GError **error)
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
  kennis_import_tell_copies (run->self);
  run->self->story = kennis_source_story_new ();
  if (!append_coverage (run, error) || !check_whole (run, error))
    return FALSE;
  if (run->keeps)
    return TRUE;
  if (!need_builder (run, run->dataset, error))
    return FALSE;
  run->self->summary =
      kennis_summary_builder_finish (run->builder, run->dataset, (const char *const *) fingerprints->pdata, error);

  return run->self->summary != NULL;
}

gboolean
kennis_import_run_all (KennisImportRun *run, GError **error)
{
  gboolean ok;

  find_sizes (run);
  /* With one source there is nothing to be known beforehand. */
  ok = (run->self->sources->len < 2 || kennis_import_declare (run, error)) && refuse_twins (run->self, error)
       && read_all (run, error) && finish (run, error);
  if (ok)
    kennis_progress_sink_report (run->sink, 1);
  g_clear_pointer (&run->builder, kennis_summary_builder_free);
  g_clear_pointer (&run->self->reader->calendars, kennis_ical_versions_unref);

  return ok;
}
