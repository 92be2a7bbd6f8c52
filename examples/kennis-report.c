#include "config.h"

#include "reporting/report-metrics.h"
#include "reporting/report-options.h"
#include "reporting/report-output.h"
#include "reporting/report-progress.h"
#include "reporting/report-sources.h"
#include "reporting/report-words.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* kennis-report: sources in, report out.  See kennis-report(1). */

static int
fail (int code, const char *message)
{
  g_printerr ("kennis-report: %s\n", message);

  return code;
}

static int
list_metrics (const ReportOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = report_metrics_list (options, &error);

  if (text == NULL)
    return fail (REPORT_WRONG_USAGE, error->message);

  return report_sources_write (text, options->output, &error) ? REPORT_GOOD : fail (REPORT_NOTHING, error->message);
}

static guint
terminal_width (void)
{
  struct winsize size;

  return ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? CLAMP (size.ws_col, 60, 140) : 100;
}

/* https://no-color.org: any value but an empty one. */
static gboolean
wants_colour (const ReportOptions *options)
{
  const char *no_colour = g_getenv ("NO_COLOR"), *terminal = g_getenv ("TERM");

  return options->output == NULL && isatty (STDOUT_FILENO) && (no_colour == NULL || *no_colour == '\0')
         && g_strcmp0 (terminal, "dumb") != 0;
}

static gboolean
write_report (KennisReport *report, const ReportOptions *options, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GOutputStream) stream = NULL;

  if (options->output != NULL && strcmp (options->output, "-") != 0)
    {
      file = g_file_new_for_commandline_arg (options->output);
      return kennis_report_save (report, options->format, file, NULL, error);
    }
  stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);

  return kennis_report_write (report, options->format, stream, NULL, error);
}

static KennisMeasurements *
measure (KennisImport *import, KennisQuery *query, const ReportOptions *options, GError **error)
{
  g_autoptr (GPtrArray) queries = NULL;
  ReportProgress progress;
  KennisMeasurements *measurements;

  if (options->format == KENNIS_REPORT_FORMAT_HTML)
    queries = kennis_report_plan (query);
  else
    {
      queries = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (queries, g_object_ref (query));
    }
  report_progress_begin (&progress, _("Measuring"));
  measurements =
      kennis_measurements_make (kennis_import_get_summary (import), (KennisQuery **) queries->pdata, queries->len,
                                options->threads, report_progress_tell, &progress, NULL, error);
  report_progress_end (&progress);

  return measurements;
}

/* What goes together with outcomes is a table of its own: it is about teams together, and no figure of one. */
static gboolean
write_associations (KennisMeasurements *measurements, KennisImport *import, KennisQuery *query, const ReportOptions *options,
                    GError **error)
{
  g_autoptr (KennisAssociations) associations = NULL;
  g_autoptr (GBytes) table = NULL;
  const char *data;
  gsize size;

  if (options->associations == NULL)
    return TRUE;
  associations = kennis_associations_new (measurements, kennis_import_get_summary (import),
                                          kennis_query_get_confidence_level (query), kennis_query_get_seed (query));
  if (kennis_associations_get_size (associations) == 0)
    g_printerr (_("kennis-report: no figure of teams has outcomes of the period after it: the table of --associations "
                  "is empty\n"));
  table = kennis_associations_to_csv (associations, report_word_language (options->language));

  data = g_bytes_get_data (table, &size);

  return report_output_write (options->associations, data, size, error);
}

/* What can be wrong with a question is the user's to mend; all else is about what is read or written. */
static int
code_of (const GError *error)
{
  return g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID)
                 || g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_DUPLICATE_SOURCE)
             ? REPORT_WRONG_USAGE
             : REPORT_NOTHING;
}

static KennisImport *
read_sources (const ReportOptions *options, int *code)
{
  return report_sources_read (&options->reading, options->sources, options->threads, "kennis-report", code);
}

static int
check (const ReportOptions *options)
{
  int code = REPORT_GOOD;
  g_autoptr (KennisImport) import = read_sources (options, &code);
  g_autofree char *text = NULL;

  if (import == NULL)
    return code;
  text = options->format == KENNIS_REPORT_FORMAT_JSON
             ? kennis_import_to_json (import)
             : kennis_import_to_string (import, report_word_language (options->language));
  g_print ("%s", text);

  return kennis_import_is_complete (import) ? REPORT_GOOD : REPORT_SOME_REJECTED;
}

static int
describe (const ReportOptions *options)
{
  g_autoptr (GError) error = NULL;

  if (report_reading_describe (&options->reading, options->output, &error))
    return REPORT_GOOD;

  return fail (error->domain == G_OPTION_ERROR || g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID)
                   ? REPORT_WRONG_USAGE
                   : REPORT_NOTHING,
               error->message);
}

static int
make_report (const ReportOptions *options)
{
  int code = REPORT_GOOD;
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisQuery) query = report_options_query (options, &error);
  g_autoptr (KennisImport) import = NULL;
  g_autoptr (KennisMeasurements) measurements = NULL;
  g_autoptr (KennisReport) report = NULL;

  if (query == NULL)
    return fail (REPORT_WRONG_USAGE, error->message);

  import = read_sources (options, &code);
  if (import == NULL)
    return code;

  measurements = measure (import, query, options, &error);
  /* The library's words are for who calls it. */
  if (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA))
    return fail (
        REPORT_NOTHING,
        _("the sources tell who and what there is, but of nothing that happened on a day, so there is no window to "
          "report on; "
          "accepted are sources of learning, sharing, meetings or surveys beside them, or both --from and --to "
          "(--check tells what was read)"));
  if (measurements == NULL)
    return fail (code_of (error), error->message);

  report = kennis_report_new (measurements);
  kennis_report_set_query (report, query);
  kennis_report_set_import (report, import);
  kennis_report_set_language (report, report_word_language (options->language));
  kennis_report_set_title (report, options->title);
  kennis_report_set_terminal (report, wants_colour (options), terminal_width ());
  if (!write_associations (measurements, import, query, options, &error) || !write_report (report, options, &error))
    return fail (REPORT_NOTHING, error->message);

  return kennis_import_is_complete (import) ? REPORT_GOOD : REPORT_SOME_REJECTED;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  ReportOptions options = { 0 };
  gboolean done = FALSE;
  int code = REPORT_GOOD;

  setlocale (LC_ALL, "");
  /* Why records were rejected is told in the report as well. */
  report_words_speak (argc, argv, 'l');
  bindtextdomain (GETTEXT_PACKAGE, KENNIS_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!report_options_parse (&options, &argc, &argv, &done, &error))
    code = fail (REPORT_WRONG_USAGE, error->message);
  else if (options.version)
    g_print ("kennis-report %s\n", PACKAGE_VERSION);
  else
    code = options.reading.describe != NULL ? describe (&options)
           : done                           ? list_metrics (&options)
           : options.reading.check          ? check (&options)
                                            : make_report (&options);
  report_options_clear (&options);

  return code;
}
