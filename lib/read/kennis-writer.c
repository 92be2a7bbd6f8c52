#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-work-private.h"
#include "read/kennis-writer-private.h"

/**
 * KennisWriter:
 *
 * Writes a [class@Dataset] as Kennis' XML.
 *
 * The same records in the same order give the same bytes: fields stand in the order of the schema, unknown ones are left out,
 * times are in UTC.  What is written reads back as the same dataset.
 *
 * Since: 1.0
 */
struct _KennisWriter
{
  GObject parent_instance;

  gboolean compress;
};

G_DEFINE_FINAL_TYPE (KennisWriter, kennis_writer, G_TYPE_OBJECT)

typedef enum
{
  PROP_COMPRESS = 1,
} KennisWriterProperty;

static GParamSpec *properties[PROP_COMPRESS + 1];

static void
kennis_writer_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  if (id == PROP_COMPRESS)
    g_value_set_boolean (value, KENNIS_WRITER (object)->compress);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kennis_writer_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  if (id == PROP_COMPRESS)
    kennis_writer_set_compress (KENNIS_WRITER (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kennis_writer_class_init (KennisWriterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kennis_writer_get_property;
  object_class->set_property = kennis_writer_set_property;

  /**
   * KennisWriter:compress:
   *
   * Whether what is written is compressed with gzip.
   *
   * Since: 1.0
   */
  properties[PROP_COMPRESS] = g_param_spec_boolean (
      "compress", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
kennis_writer_init (KennisWriter *self)
{
}

/**
 * kennis_writer_new:
 *
 * Makes a writer.
 *
 * Returns: (transfer full): a new writer
 *
 * Since: 1.0
 */
KennisWriter *
kennis_writer_new (void)
{
  return g_object_new (KENNIS_TYPE_WRITER, NULL);
}

/**
 * kennis_writer_get_compress: (get-property compress)
 * @self: a writer
 *
 * Tells whether what is written is compressed with gzip.
 *
 * Returns: whether what is written is compressed with gzip
 *
 * Since: 1.0
 */
gboolean
kennis_writer_get_compress (KennisWriter *self)
{
  g_return_val_if_fail (KENNIS_IS_WRITER (self), FALSE);

  return self->compress;
}

/**
 * kennis_writer_set_compress: (set-property compress)
 * @self: a writer
 * @compress: whether what is written is compressed with gzip
 *
 * Sets [property@Writer:compress].
 *
 * Since: 1.0
 */
void
kennis_writer_set_compress (KennisWriter *self,
                            gboolean      compress)
{
  g_return_if_fail (KENNIS_IS_WRITER (self));

  if (self->compress == !!compress)
    return;
  self->compress = !!compress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPRESS]);
}

static gboolean
write_to (KennisDataset       *dataset,
          GOutputStream       *stream,
          gboolean             compress,
          KennisProgressSink  *sink,
          GCancellable        *cancellable,
          GError             **error)
{
  g_autoptr (GConverter) gzip = NULL;
  g_autoptr (GOutputStream) packed = NULL;

  if (!compress)
    return kennis_xml_write (dataset, stream, sink, cancellable, error)
           && g_output_stream_flush (stream, cancellable, error);

  gzip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  packed = g_converter_output_stream_new (stream, gzip);
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (packed), FALSE);

  return kennis_xml_write (dataset, packed, sink, cancellable, error)
         && g_output_stream_close (packed, cancellable, error) && g_output_stream_flush (stream, cancellable, error);
}

/* A file beside the one that is wanted, so that it can take its place in one step. */
static GFile *
name_beside (GFile *file)
{
  g_autoptr (GFile) parent = g_file_get_parent (file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *word = g_uuid_string_random ();
  g_autofree char *beside = g_strdup_printf (".%.100s.%.8s.tmp", name, word);

  return parent != NULL ? g_file_get_child (parent, beside) : g_object_ref (file);
}

static gboolean
save (KennisDataset       *dataset,
      GFile               *file,
      gboolean             compress,
      KennisProgressSink  *sink,
      GCancellable        *cancellable,
      GError             **error)
{
  g_autoptr (GFile) beside = name_beside (file);
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr (GFileOutputStream) stream = g_file_create (beside, G_FILE_CREATE_NONE, cancellable, error);
  gboolean ok;

  if (stream == NULL)
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }

  ok = write_to (dataset, G_OUTPUT_STREAM (stream), compress, sink, cancellable, error)
       && g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error)
       && g_file_move (beside, file, G_FILE_COPY_OVERWRITE | G_FILE_COPY_NO_FALLBACK_FOR_MOVE, cancellable, NULL, NULL,
                       error);
  if (!ok)
    {
      g_prefix_error (error, "%s: ", name);
      g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, NULL);
      g_file_delete (beside, NULL, NULL);
      return FALSE;
    }
  kennis_progress_sink_report (sink, 1);

  return TRUE;
}

/**
 * kennis_writer_save:
 * @self: a writer
 * @dataset: a dataset
 * @file: where to write
 * @progress: (scope call) (nullable): told how much is written, in this thread
 * @progress_data: data for @progress
 * @cancellable: (nullable): to end it early
 * @error: return location for an error
 *
 * Writes a dataset to a file, whole or not at all.
 *
 * It is written beside @file and takes its place in the end, so that after an error @file is what it was.
 * %KENNIS_ERROR_TOO_LARGE where a record is longer than a reader would take.
 *
 * Time: O(records).
 *
 * Returns: whether it was written
 *
 * Since: 1.0
 */
gboolean
kennis_writer_save (KennisWriter    *self,
                    KennisDataset   *dataset,
                    GFile           *file,
                    KennisProgress   progress,
                    gpointer         progress_data,
                    GCancellable    *cancellable,
                    GError         **error)
{
  KennisProgressSink sink;
  gboolean ok;

  g_return_val_if_fail (KENNIS_IS_WRITER (self), FALSE);
  g_return_val_if_fail (KENNIS_IS_DATASET (dataset), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  kennis_progress_sink_init (&sink, progress, progress_data);
  ok = save (dataset, file, self->compress, &sink, cancellable, error);
  kennis_progress_sink_clear (&sink);

  return ok;
}

/**
 * kennis_writer_write:
 * @self: a writer
 * @dataset: a dataset
 * @stream: where to write; it is flushed and not closed
 * @progress: (scope call) (nullable): told how much is written, in this thread
 * @progress_data: data for @progress
 * @cancellable: (nullable): to end it early
 * @error: return location for an error
 *
 * Writes a dataset to a stream, as [method@Writer.save] does to a file.
 *
 * Returns: whether it was written; where not, @stream may have a part of it
 *
 * Since: 1.0
 */
gboolean
kennis_writer_write (KennisWriter    *self,
                     KennisDataset   *dataset,
                     GOutputStream   *stream,
                     KennisProgress   progress,
                     gpointer         progress_data,
                     GCancellable    *cancellable,
                     GError         **error)
{
  KennisProgressSink sink;
  gboolean ok;

  g_return_val_if_fail (KENNIS_IS_WRITER (self), FALSE);
  g_return_val_if_fail (KENNIS_IS_DATASET (dataset), FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  kennis_progress_sink_init (&sink, progress, progress_data);
  ok = write_to (dataset, stream, self->compress, &sink, cancellable, error);
  kennis_progress_sink_clear (&sink);

  return ok;
}

typedef struct
{
  KennisDataset *dataset;   /* a snapshot */
  GFile *file;
  gboolean compress;
} AsyncSave;

static void
async_save_free (gpointer data)
{
  AsyncSave *call = data;

  g_clear_object (&call->dataset);
  g_clear_object (&call->file);
  g_free (call);
}

static gpointer
save_in_thread (gpointer source, gpointer data, KennisProgressSink *sink, GCancellable *cancellable, GError **error)
{
  AsyncSave *call = data;

  return GINT_TO_POINTER (save (call->dataset, call->file, call->compress, sink, cancellable, error));
}

/**
 * kennis_writer_save_async:
 * @self: a writer
 * @dataset: a dataset; what it holds now is written
 * @file: where to write
 * @progress: (scope notified) (nullable) (closure progress_data) (destroy progress_destroy): told how much is written, in the
 *   thread-default main context of the caller
 * @progress_data: data for @progress
 * @progress_destroy: frees @progress_data
 * @cancellable: (nullable): to end it early
 * @callback: (scope async) (closure user_data): called when it is done
 * @user_data: data for @callback
 *
 * Writes a snapshot of a dataset to a file in another thread; see [method@Writer.save].
 *
 * Since: 1.0
 */
void
kennis_writer_save_async (KennisWriter        *self,
                          KennisDataset       *dataset,
                          GFile               *file,
                          KennisProgress       progress,
                          gpointer             progress_data,
                          GDestroyNotify       progress_destroy,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  KennisWork work = { kennis_writer_save_async, save_in_thread, NULL, NULL, async_save_free };
  AsyncSave *call;

  g_return_if_fail (KENNIS_IS_WRITER (self));
  g_return_if_fail (KENNIS_IS_DATASET (dataset));
  g_return_if_fail (G_IS_FILE (file));

  call = g_new0 (AsyncSave, 1);
  call->dataset = kennis_dataset_snapshot (dataset);
  call->file = g_object_ref (file);
  call->compress = self->compress;
  work.data = call;
  kennis_work_start (&work, self, progress, progress_data, progress_destroy, cancellable, callback, user_data);
}

/**
 * kennis_writer_save_finish:
 * @self: a writer
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends [method@Writer.save_async].
 *
 * Returns: whether it was written
 *
 * Since: 1.0
 */
gboolean
kennis_writer_save_finish (KennisWriter  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (kennis_work_is (result, self, kennis_writer_save_async), FALSE);

  return kennis_work_finish (result, error) != NULL;
}
