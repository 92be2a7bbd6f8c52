#include "config.h"

#include "base/kennis-texts-private.h"
#include "report/kennis-render-private.h"
#include "report/kennis-report-private.h"

/**
 * KennisReport:
 *
 * Measurements, written for people or for programs.
 *
 * A report shows what measurements hold and not a number more: what the gate withheld stays withheld in every format and in every
 * chart.  Texts are in Dutch, English or French, whatever the language of the process and without installed locales.
 * Groups stand in the order of their names and never of their values.
 *
 * The same measurements give the same bytes: a report holds no time of its making.
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (KennisReport, kennis_report, G_TYPE_OBJECT)

/* g_object_new(), which bindings offer for every type, makes one without measurements: it may do nothing. */
static gboolean
is_made (KennisReport *self)
{
  return KENNIS_IS_REPORT (self) && self->measurements != NULL;
}

static void
kennis_report_finalize (GObject *object)
{
  KennisReport *self = KENNIS_REPORT (object);

  g_clear_object (&self->measurements);
  g_clear_object (&self->query);
  g_clear_object (&self->import);
  g_clear_object (&self->summary);
  g_free (self->language);
  g_free (self->title);

  G_OBJECT_CLASS (kennis_report_parent_class)->finalize (object);
}

static void
kennis_report_class_init (KennisReportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_report_finalize;
}

static void
kennis_report_init (KennisReport *self)
{
  self->language = g_strdup ("en");
  self->width = 80;
}

/**
 * kennis_report_new:
 * @measurements: what to report
 *
 * Makes a report, in English.
 *
 * Returns: (transfer full): a new report
 *
 * Since: 1.0
 */
KennisReport *
kennis_report_new (KennisMeasurements *measurements)
{
  KennisReport *self;

  g_return_val_if_fail (KENNIS_IS_MEASUREMENTS (measurements), NULL);
  g_return_val_if_fail (kennis_measurements_get_currency (measurements) != NULL, NULL);

  self = g_object_new (KENNIS_TYPE_REPORT, NULL);
  self->measurements = g_object_ref (measurements);

  return self;
}

/**
 * kennis_report_get_measurements:
 * @self: a report
 *
 * Gets what is reported.
 *
 * Returns: (transfer none): the measurements
 *
 * Since: 1.0
 */
KennisMeasurements *
kennis_report_get_measurements (KennisReport *self)
{
  g_return_val_if_fail (is_made (self), NULL);

  return self->measurements;
}

/**
 * kennis_report_get_language:
 * @self: a report
 *
 * Gets the language of the report.
 *
 * Returns: `nl`, `en` or `fr`
 *
 * Since: 1.0
 */
const char *
kennis_report_get_language (KennisReport *self)
{
  g_return_val_if_fail (is_made (self), NULL);

  return self->language;
}

/**
 * kennis_report_set_language:
 * @self: a report
 * @language: (nullable): a language as `nl` or `fr_BE.UTF-8`; %NULL: English
 *
 * Sets the language of the report, to the one it has that fits best.
 *
 * Since: 1.0
 */
void
kennis_report_set_language (KennisReport *self, const char *language)
{
  g_return_if_fail (is_made (self));

  g_free (self->language);
  self->language = g_strdup (kennis_text_language (language));
}

/**
 * kennis_report_get_title:
 * @self: a report
 *
 * Gets the title that was set.
 *
 * Returns: (nullable): the title; %NULL: the usual one
 *
 * Since: 1.0
 */
const char *
kennis_report_get_title (KennisReport *self)
{
  g_return_val_if_fail (is_made (self), NULL);

  return self->title;
}

/**
 * kennis_report_set_title:
 * @self: a report
 * @title: (nullable): a title; %NULL: the usual one
 *
 * Sets the title.
 *
 * Since: 1.0
 */
void
kennis_report_set_title (KennisReport *self, const char *title)
{
  g_return_if_fail (is_made (self));

  g_free (self->title);
  self->title = title != NULL ? g_utf8_make_valid (title, -1) : NULL;
}

/**
 * kennis_report_set_query:
 * @self: a report
 * @query: (nullable): what was asked
 *
 * Tells the minimum group, the level of intervals and the seed that were used, so that the report can say them.
 *
 * Since: 1.0
 */
void
kennis_report_set_query (KennisReport *self, KennisQuery *query)
{
  g_return_if_fail (is_made (self));
  g_return_if_fail (query == NULL || KENNIS_IS_QUERY (query));

  g_set_object (&self->query, query);
}

/**
 * kennis_report_set_import:
 * @self: a report
 * @import: (nullable): how the records were read
 *
 * Tells what was read, so that the report can say it; [method@Report.set_summary] comes with it.
 *
 * Since: 1.0
 */
void
kennis_report_set_import (KennisReport *self, KennisImport *import)
{
  g_return_if_fail (is_made (self));
  g_return_if_fail (import == NULL || KENNIS_IS_IMPORT (import));

  g_set_object (&self->import, import);
  if (import != NULL && kennis_import_get_summary (import) != NULL)
    g_set_object (&self->summary, kennis_import_get_summary (import));
}

/**
 * kennis_report_set_summary:
 * @self: a report
 * @summary: (nullable): what was measured
 *
 * Tells the currency, the time zone, the sources and the names of teams.
 *
 * Since: 1.0
 */
void
kennis_report_set_summary (KennisReport *self, KennisSummary *summary)
{
  g_return_if_fail (is_made (self));
  g_return_if_fail (summary == NULL || KENNIS_IS_SUMMARY (summary));

  g_set_object (&self->summary, summary);
}

/**
 * kennis_report_set_terminal:
 * @self: a report
 * @colour: whether text is coloured
 * @width: columns that a line of text may take, 40 or more; 80 unless set
 *
 * Sets what the terminal can do that text is written to.
 *
 * Since: 1.0
 */
void
kennis_report_set_terminal (KennisReport *self, gboolean colour, guint width)
{
  g_return_if_fail (is_made (self));

  self->colour = colour;
  self->width = MAX (width, 40);
}

/**
 * kennis_report_render:
 * @self: a report
 * @format: how to write it
 *
 * Writes the report into memory.
 *
 * Every format is UTF-8.  CSV follows RFC 4180; a text that a spreadsheet would take for a formula (that begins with `=`, `+`, `-`, `@`, a tab
 * or a line end), or that begins with an apostrophe, gets an apostrophe before it: take one away to have it back.  Numbers are
 * the shortest text that reads back as the same number; what is not there is empty, and `null` in JSON.
 *
 * Time and memory: O(measurements).
 *
 * Returns: (transfer full): the bytes
 *
 * Since: 1.0
 */
GBytes *
kennis_report_render (KennisReport *self, KennisReportFormat format)
{
  g_autoptr (KennisReportModel) model = NULL;

  g_return_val_if_fail (is_made (self), NULL);

  model = kennis_report_fill (self);
  switch (format)
    {
    case KENNIS_REPORT_FORMAT_HTML:
      return kennis_render_html (model);
    case KENNIS_REPORT_FORMAT_CSV:
      return kennis_render_csv (model);
    case KENNIS_REPORT_FORMAT_JSON:
      return kennis_render_json (model);
    case KENNIS_REPORT_FORMAT_XML:
      return kennis_render_xml (model);
    case KENNIS_REPORT_FORMAT_TEXT:
    default:
      return kennis_render_text (model, self->colour, self->width);
    }
}

/**
 * kennis_report_write:
 * @self: a report
 * @format: how to write it
 * @stream: where to; it is not closed
 * @cancellable: (nullable): to end it early
 * @error: where to put an error
 *
 * Writes the report to a stream.
 *
 * Returns: whether it was written
 *
 * Since: 1.0
 */
gboolean
kennis_report_write (KennisReport *self, KennisReportFormat format, GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  gconstpointer data;
  gsize size;

  g_return_val_if_fail (is_made (self), FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);

  bytes = kennis_report_render (self, format);
  data = g_bytes_get_data (bytes, &size);

  return g_output_stream_write_all (stream, data, size, NULL, cancellable, error)
         && g_output_stream_flush (stream, cancellable, error);
}

/* A device or a pipe cannot be replaced. */
static gboolean
save_in_place (KennisReport *self, KennisReportFormat format, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileOutputStream) stream = g_file_append_to (file, G_FILE_CREATE_NONE, cancellable, error);

  return stream != NULL && kennis_report_write (self, format, G_OUTPUT_STREAM (stream), cancellable, error)
         && g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error);
}

/**
 * kennis_report_save:
 * @self: a report
 * @format: how to write it
 * @file: where to
 * @cancellable: (nullable): to end it early
 * @error: where to put an error
 *
 * Writes the report to a file, all or nothing: a file that is there stays as it is until the new one is complete.  What is no regular file, as a pipe or
 * /dev/null, is written where it is.
 *
 * Returns: whether it was written
 *
 * Since: 1.0
 */
gboolean
kennis_report_save (KennisReport *self, KennisReportFormat format, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GCancellable) abort = NULL;

  g_return_val_if_fail (is_made (self), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  /* Asked first, for to open a pipe and close it again tells its reader that this was all. */
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) == G_FILE_TYPE_SPECIAL)
    return save_in_place (self, format, file, cancellable, error);
  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, error);
  if (stream == NULL)
    return FALSE;
  if (kennis_report_write (self, format, G_OUTPUT_STREAM (stream), cancellable, error))
    return g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error);

  /* Closed with a cancelled cancellable, the stream throws its temporary file away. */
  abort = g_cancellable_new ();
  g_cancellable_cancel (abort);
  g_output_stream_close (G_OUTPUT_STREAM (stream), abort, NULL);

  return FALSE;
}
