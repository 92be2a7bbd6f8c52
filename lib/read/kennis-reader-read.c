#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-work-private.h"
#include "read/kennis-ical-private.h"
#include "read/kennis-limesurvey-private.h"
#include "read/kennis-reader-private.h"

#include <kennis/kennis-error.h>

#include <string.h>

/* A table says less of itself in its first bytes than XML, but that it does not begin with '<'. */
static const KennisFormat formats[] = {
  { "CSV", kennis_csv_sniff, kennis_csv_read },
  { "LimeSurvey", kennis_limesurvey_sniff, kennis_limesurvey_read },
  { "Kennis XML", kennis_xml_sniff, kennis_xml_read },
  { "xAPI", kennis_xapi_sniff, kennis_xapi_read },
  { "iCalendar", kennis_ical_sniff, kennis_ical_read },
};

/* Which may come in UTF-16: a table's reader knows that itself, and so does XML's. */
const KennisSniff kennis_reader_narrow[] = { kennis_xapi_sniff, kennis_ical_sniff, NULL };

/* What people take for a table, and is none; N_() texts, NULL: nothing of that kind. */
static const char *
foreign_kind (const guint8 *head, gsize length)
{
  if (length >= 5 && memcmp (head, "%PDF-", 5) == 0)
    return N_("the source is a PDF document");
  if (length >= 8 && memcmp (head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0)
    return N_("the source is an old office document, as .xls is");

  return NULL;
}

/* Bytes that were looked at to know the format go before those that follow. */
static const KennisFormat *
find_format (KennisReadJob  *job,
             GError        **error)
{
  g_autofree char *accepted = NULL;
  guint8 head[256];
  gboolean is_big,
      is_narrowed = kennis_bytes_narrow (job->bytes, kennis_reader_narrow, &is_big, job->cancellable, NULL);
  gssize n = kennis_bytes_peek (job->bytes, head, sizeof head, job->cancellable, error);
  const KennisMapping *mapping = job->reader->mapping;

  if (n < 0)
    return NULL;
  if (is_narrowed)
    job->reader->story->encoding = kennis_encoding_name (is_big ? KENNIS_ENCODING_UTF_16BE : KENNIS_ENCODING_UTF_16LE);
  if (foreign_kind (head, (gsize) n) != NULL)
    {
      kennis_read_job_break (job, (KennisPlace) { 1, 1 }, _ (foreign_kind (head, (gsize) n)),
                             _("its table, saved as CSV in UTF-8"), error);
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (formats) && n > 0; i++)
    if (formats[i].sniff (head, (gsize) n))
      return &formats[i];
  /* Who gives a mapping says that it is a table, whatever it looks like. */
  if (n > 0 && mapping != NULL && !mapping->is_of_statements && !mapping->is_calendar)
    return &formats[0];

  accepted = g_strdup (formats[0].name);
  for (guint i = 1; i < G_N_ELEMENTS (formats); i++)
    {
      char *longer = g_strdup_printf ("%s, %s", accepted, formats[i].name);

      g_free (accepted);
      accepted = longer;
    }
  /* The first kind of document that fails without a record: an error, as for the others. */
  kennis_read_job_break (job, (KennisPlace) { 1, 1 },
                         job->bytes->problem != NULL ? _ (job->bytes->problem)
                         : n == 0                    ? _("the source is empty")
                                                     : _("the source is of no known format"),
                         job->bytes->problem == NULL ? accepted : NULL, error);
  return NULL;
}

static gboolean
read_bytes (KennisReadJob  *job,
            GInputStream   *stream,
            guint64         size,
            GError        **error)
{
  KennisReader *reader = job->reader;
  KennisBytes bytes;
  const KennisFormat *format;
  guint n_seen = job->dataset != NULL ? kennis_dataset_count_seen (job->dataset) : 0;
  gboolean ok;

  g_clear_pointer (&reader->story, kennis_source_story_free);
  reader->story = kennis_source_story_new ();
  ok = kennis_bytes_init (&bytes, stream, size, job->cancellable, error);
  job->bytes = &bytes;
  if (ok)
    {
      format = find_format (job, error);
      reader->story->format = format != NULL ? format->name : NULL;
      ok = format != NULL && format->read (job, error);
    }
  if (job->dataset != NULL)
    {
      guint now = kennis_dataset_count_seen (job->dataset);

      reader->n_seen += now > n_seen ? now - n_seen : 0;
    }
  if (ok)
    {
      g_autofree char *fingerprint = kennis_bytes_finish (&bytes, job->cancellable);

      if (fingerprint != NULL)
        g_ptr_array_add (reader->fingerprints, g_strdup_printf ("%s %s", fingerprint, job->name));
      kennis_progress_sink_report (job->sink, 1);
    }
  kennis_bytes_clear (&bytes);
  job->bytes = NULL;

  return ok;
}

static GInputStream *
open_file (GFile         *file,
           guint64       *size,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GFileInfo) info = NULL;

  if (stream == NULL)
    {
      g_autofree char *name = g_file_get_parse_name (file);

      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, NULL);
  *size = info != NULL ? (guint64) MAX (0, g_file_info_get_size (info)) : 0;

  return G_INPUT_STREAM (g_steal_pointer (&stream));
}

/* Everything public comes down to this.  job->dataset may be NULL before and after. */
static gboolean
run_job (KennisReadJob  *job,
         GFile          *file,
         GInputStream   *stream,
         GError        **error)
{
  g_autoptr (GInputStream) opened = NULL;
  g_autofree char *name = file != NULL ? g_file_get_parse_name (file) : NULL;
  gboolean was_deferred = job->dataset != NULL && job->dataset->deferred, ok;
  guint64 size = 0;

  if (job->dataset != NULL && job->dataset->read_only)
    {
      g_set_error_literal (error, KENNIS_ERROR, KENNIS_ERROR_READ_ONLY,
                           _("The dataset is a snapshot; accepted is a dataset made with kennis_dataset_new()"));
      return FALSE;
    }
  if (stream == NULL)
    {
      opened = open_file (file, &size, job->cancellable, error);
      if (opened == NULL)
        return FALSE;
      stream = opened;
    }
  if (job->name == NULL)
    job->name = name != NULL ? name : _("a stream");
  if (job->dataset != NULL)
    kennis_dataset_set_deferred (job->dataset, TRUE);

  ok = read_bytes (job, stream, size, error);
  if (job->dataset != NULL)
    kennis_dataset_set_deferred (job->dataset, was_deferred);
  job->name = NULL;

  return ok;
}

gboolean
kennis_reader_read_batches (KennisReader     *self,
                            GFile            *file,
                            GInputStream     *stream,
                            const char       *name,
                            KennisDataset   **dataset,
                            KennisBatchFunc   batch,
                            gpointer          batch_data,
                            KennisProgress    progress,
                            gpointer          progress_data,
                            GCancellable     *cancellable,
                            GError          **error)
{
  KennisProgressSink sink;
  KennisReadJob job = {
    .reader = self,
    .dataset = *dataset,
    .name = name,
    .batch = batch,
    .plain = batch != NULL ? self->plain : NULL,
    .batch_data = batch_data,
    .sink = &sink,
    .cancellable = cancellable,
  };
  gboolean ok;

  kennis_progress_sink_init (&sink, progress, progress_data);
  ok = run_job (&job, file, stream, error);
  kennis_progress_sink_clear (&sink);
  *dataset = job.dataset;

  return ok;
}

/* What a source names and does not declare cannot be mended here, only told. */
static gboolean
check_whole (KennisReader   *self,
             const char     *name,
             KennisDataset  *dataset,
             GError        **error)
{
  g_autoptr (GError) cause = NULL;
  KennisReadJob job = { .reader = self, .name = name };

  if (kennis_dataset_check (dataset, &cause))
    return TRUE;
  if (self->strict)
    {
      g_set_error (error, cause->domain, cause->code, "%s: %s", name, cause->message);
      return FALSE;
    }
  kennis_read_job_tell (&job, KENNIS_SEVERITY_ERROR, (KennisPlace) { 0, 0 }, NULL, cause->message, NULL);

  return TRUE;
}

static KennisDataset *
load (KennisReader        *self,
      GFile               *file,
      GInputStream        *stream,
      const char          *name,
      KennisProgressSink  *sink,
      GCancellable        *cancellable,
      GError             **error)
{
  g_autofree char *file_name = file != NULL ? g_file_get_parse_name (file) : g_strdup (name);
  KennisReadJob job = { .reader = self, .name = file_name, .sink = sink, .cancellable = cancellable };

  if (!run_job (&job, file, stream, error) || !check_whole (self, file_name, job.dataset, error))
    g_clear_object (&job.dataset);

  return job.dataset;
}

/**
 * kennis_reader_read:
 * @self: a reader
 * @file: a file, which may be compressed with gzip
 * @dataset: a dataset that is no snapshot; nobody else may use it meanwhile
 * @progress: (scope call) (nullable): told how much of the file is read, in this thread
 * @progress_data: data for @progress
 * @cancellable: (nullable): to end it early
 * @error: return location for an error
 *
 * Reads a file into a dataset.
 *
 * The file's time zone and currency must be those of @dataset: %KENNIS_ERROR_INCOMPATIBLE names both, and
 * [method@Reader.load] makes a dataset that fits.  People, teams and topics may be named before they are declared, in
 * this file or another one: [method@Dataset.check] tells, after the last one, whether any is missing.
 *
 * %KENNIS_ERROR_PARSE where no record could be read at all; where some precede a fault, they are kept and a diagnostic
 * tells of the fault.  After an error, as %G_IO_ERROR_CANCELLED, the dataset holds what was read up to then, each record whole.
 *
 * Time: O(bytes); two threads share the work.  Memory: under 16 MiB beside the dataset.
 *
 * Returns: whether the source was read, with or without rejected records
 *
 * Since: 1.0
 */
gboolean
kennis_reader_read (KennisReader    *self,
                    GFile           *file,
                    KennisDataset   *dataset,
                    KennisProgress   progress,
                    gpointer         progress_data,
                    GCancellable    *cancellable,
                    GError         **error)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (KENNIS_IS_DATASET (dataset), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return kennis_reader_read_batches (self, file, NULL, NULL, &dataset, NULL, NULL, progress, progress_data, cancellable,
                                     error);
}

/**
 * kennis_reader_read_stream:
 * @self: a reader
 * @stream: a stream of bytes, as standard input; it is not closed
 * @name: (nullable): what to call it in messages
 * @dataset: a dataset that is no snapshot; nobody else may use it meanwhile
 * @progress: (scope call) (nullable): told with a negative fraction that it goes on
 * @progress_data: data for @progress
 * @cancellable: (nullable): to end it early
 * @error: return location for an error
 *
 * Reads a stream into a dataset, as [method@Reader.read] does a file.
 *
 * The stream is used in this thread only.
 *
 * Returns: whether the source was read, with or without rejected records
 *
 * Since: 1.0
 */
gboolean
kennis_reader_read_stream (KennisReader    *self,
                           GInputStream    *stream,
                           const char      *name,
                           KennisDataset   *dataset,
                           KennisProgress   progress,
                           gpointer         progress_data,
                           GCancellable    *cancellable,
                           GError         **error)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), FALSE);
  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), FALSE);
  g_return_val_if_fail (KENNIS_IS_DATASET (dataset), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return kennis_reader_read_batches (self, NULL, stream, name, &dataset, NULL, NULL, progress, progress_data,
                                     cancellable, error);
}

/**
 * kennis_reader_load:
 * @self: a reader
 * @file: a file, which may be compressed with gzip
 * @progress: (scope call) (nullable): told how much of the file is read, in this thread
 * @progress_data: data for @progress
 * @cancellable: (nullable): to end it early
 * @error: return location for an error
 *
 * Makes a dataset of a file, with the time zone and currency that the file names.
 *
 * At the end the dataset is checked: a missing team or a cycle of teams is a diagnostic without a place (with
 * [property@Reader:strict], an error).  Other errors are those of [method@Reader.read]; after one, nothing is left.
 *
 * Returns: (transfer full): a new dataset; %NULL with an error
 *
 * Since: 1.0
 */
KennisDataset *
kennis_reader_load (KennisReader    *self,
                    GFile           *file,
                    KennisProgress   progress,
                    gpointer         progress_data,
                    GCancellable    *cancellable,
                    GError         **error)
{
  KennisProgressSink sink;
  KennisDataset *dataset;

  g_return_val_if_fail (KENNIS_IS_READER (self), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  kennis_progress_sink_init (&sink, progress, progress_data);
  dataset = load (self, file, NULL, NULL, &sink, cancellable, error);
  kennis_progress_sink_clear (&sink);

  return dataset;
}

/**
 * kennis_reader_load_stream:
 * @self: a reader
 * @stream: a stream of bytes, as standard input; it is not closed
 * @name: (nullable): what to call it in messages
 * @progress: (scope call) (nullable): told with a negative fraction that it goes on
 * @progress_data: data for @progress
 * @cancellable: (nullable): to end it early
 * @error: return location for an error
 *
 * Makes a dataset of a stream, as [method@Reader.load] does of a file.
 *
 * Returns: (transfer full): a new dataset; %NULL with an error
 *
 * Since: 1.0
 */
KennisDataset *
kennis_reader_load_stream (KennisReader    *self,
                           GInputStream    *stream,
                           const char      *name,
                           KennisProgress   progress,
                           gpointer         progress_data,
                           GCancellable    *cancellable,
                           GError         **error)
{
  KennisProgressSink sink;
  KennisDataset *dataset;

  g_return_val_if_fail (KENNIS_IS_READER (self), NULL);
  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  kennis_progress_sink_init (&sink, progress, progress_data);
  dataset = load (self, NULL, stream, name != NULL ? name : _("a stream"), &sink, cancellable, error);
  kennis_progress_sink_clear (&sink);

  return dataset;
}

typedef struct
{
  GFile *file;
  KennisDataset *dataset;   /* NULL: load */
} AsyncRead;

static void
async_read_free (gpointer data)
{
  AsyncRead *call = data;

  g_clear_object (&call->file);
  g_clear_object (&call->dataset);
  g_free (call);
}

static gpointer
load_in_thread (gpointer source, gpointer data, KennisProgressSink *sink, GCancellable *cancellable, GError **error)
{
  AsyncRead *call = data;

  return load (source, call->file, NULL, NULL, sink, cancellable, error);
}

static gpointer
read_in_thread (gpointer source, gpointer data, KennisProgressSink *sink, GCancellable *cancellable, GError **error)
{
  AsyncRead *call = data;
  KennisReadJob job = { .reader = source, .dataset = call->dataset, .sink = sink, .cancellable = cancellable };

  return GINT_TO_POINTER (run_job (&job, call->file, NULL, error));
}

static void
begin_async (KennisReader        *self,
             GFile               *file,
             KennisDataset       *dataset,
             KennisProgress       progress,
             gpointer             progress_data,
             GDestroyNotify       progress_destroy,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data,
             gpointer             tag)
{
  AsyncRead *call = g_new0 (AsyncRead, 1);
  KennisWork work = { tag, dataset != NULL ? read_in_thread : load_in_thread, dataset != NULL ? NULL : g_object_unref,
                      call, async_read_free };

  call->file = g_object_ref (file);
  call->dataset = dataset != NULL ? g_object_ref (dataset) : NULL;
  kennis_work_start (&work, self, progress, progress_data, progress_destroy, cancellable, callback, user_data);
}

/**
 * kennis_reader_read_async:
 * @self: a reader; it must not be used before the end
 * @file: a file, which may be compressed with gzip
 * @dataset: a dataset that is no snapshot; it must not be used before the end
 * @progress: (scope notified) (nullable) (closure progress_data) (destroy progress_destroy): told how much of the file is read, in the
 *   thread-default main context of the caller
 * @progress_data: data for @progress
 * @progress_destroy: frees @progress_data
 * @cancellable: (nullable): to end it early
 * @callback: (scope async) (closure user_data): called when it is done
 * @user_data: data for @callback
 *
 * Reads a file into a dataset in another thread; see [method@Reader.read].
 *
 * Since: 1.0
 */
void
kennis_reader_read_async (KennisReader        *self,
                          GFile               *file,
                          KennisDataset       *dataset,
                          KennisProgress       progress,
                          gpointer             progress_data,
                          GDestroyNotify       progress_destroy,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (KENNIS_IS_READER (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (KENNIS_IS_DATASET (dataset));

  begin_async (self, file, dataset, progress, progress_data, progress_destroy, cancellable, callback, user_data,
               kennis_reader_read_async);
}

/**
 * kennis_reader_read_finish:
 * @self: a reader
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends [method@Reader.read_async].
 *
 * Returns: whether the source was read, with or without rejected records
 *
 * Since: 1.0
 */
gboolean
kennis_reader_read_finish (KennisReader  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (kennis_work_is (result, self, kennis_reader_read_async), FALSE);

  return kennis_work_finish (result, error) != NULL;
}

/**
 * kennis_reader_load_async:
 * @self: a reader; it must not be used before the end
 * @file: a file, which may be compressed with gzip
 * @progress: (scope notified) (nullable) (closure progress_data) (destroy progress_destroy): told how much of the file is read, in the
 *   thread-default main context of the caller
 * @progress_data: data for @progress
 * @progress_destroy: frees @progress_data
 * @cancellable: (nullable): to end it early
 * @callback: (scope async) (closure user_data): called when it is done
 * @user_data: data for @callback
 *
 * Makes a dataset of a file in another thread; see [method@Reader.load].
 *
 * Since: 1.0
 */
void
kennis_reader_load_async (KennisReader        *self,
                          GFile               *file,
                          KennisProgress       progress,
                          gpointer             progress_data,
                          GDestroyNotify       progress_destroy,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (KENNIS_IS_READER (self));
  g_return_if_fail (G_IS_FILE (file));

  begin_async (self, file, NULL, progress, progress_data, progress_destroy, cancellable, callback, user_data,
               kennis_reader_load_async);
}

/**
 * kennis_reader_load_finish:
 * @self: a reader
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends [method@Reader.load_async].
 *
 * Returns: (transfer full): a new dataset; %NULL with an error
 *
 * Since: 1.0
 */
KennisDataset *
kennis_reader_load_finish (KennisReader  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (kennis_work_is (result, self, kennis_reader_load_async), NULL);

  return kennis_work_finish (result, error);
}
