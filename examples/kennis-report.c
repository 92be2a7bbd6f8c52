#include "config.h"

#include "reporting/report-options.h"
#include "reporting/report-progress.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* kennis-report: sources in, report out.  See kennis-report(1). */

#define GOOD 0
#define WRONG_USAGE 1
#define NOTHING 2
#define SOME_REJECTED 3

static int
fail (int code, const char *message)
{
  g_printerr ("kennis-report: %s\n", message);

  return code;
}

/* The language of the report where none is asked for: the first of the environment's that Kennis has. */
static const char *
language_of (const ReportOptions *options)
{
  const char *const *wanted = g_get_language_names ();

  if (options->language != NULL)
    return options->language;
  for (guint i = 0; wanted[i] != NULL; i++)
    if (g_str_has_prefix (wanted[i], "nl") || g_str_has_prefix (wanted[i], "fr") || g_str_has_prefix (wanted[i], "en"))
      return wanted[i];

  return "en";
}

static int
list_metrics (const ReportOptions *options)
{
  g_autoptr (GListModel) metrics = kennis_metric_list (NULL);
  const char *language = language_of (options);

  for (guint i = 0; i < g_list_model_get_n_items (metrics); i++)
    {
      g_autoptr (KennisMetric) metric = g_list_model_get_item (metrics, i);
      gboolean heavy = kennis_metric_get_cost (metric) == KENNIS_COST_HEAVY;

      g_print ("%-40s %s%s\n", kennis_metric_get_id (metric), kennis_metric_get_title (metric, language),
               heavy ? _(" (only when named in full)") : "");
    }

  return GOOD;
}

static KennisImport *
import_of (const ReportOptions *options, GError **error)
{
  g_autoptr (KennisReader) reader = report_reading_reader (&options->reading, error);
  g_autoptr (KennisImport) import = NULL;

  if (reader == NULL)
    return NULL;
  import = kennis_import_new (reader);
  for (guint i = 0; options->sources[i] != NULL; i++)
    {
      g_autofree char *name = g_filename_display_name (options->sources[i]);

      if (strcmp (options->sources[i], "-") == 0)
        {
          g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);

          kennis_import_add_stream (import, stream, _("standard input"));
        }
      else
        {
          g_autoptr (GFile) file = g_file_new_for_commandline_arg (options->sources[i]);

          kennis_import_add_file (import, file, name);
        }
    }

  return report_reading_apply (&options->reading, import, options->sources, error) ? g_steal_pointer (&import) : NULL;
}

static void
tell_problems (KennisImport *import, gboolean go_on)
{
  KennisReader *reader = kennis_import_get_reader (import);
  GListModel *diagnostics = kennis_reader_get_diagnostics (reader);
  guint64 n = kennis_reader_get_n_diagnostics (reader, KENNIS_SEVERITY_ERROR)
              + kennis_reader_get_n_diagnostics (reader, KENNIS_SEVERITY_WARNING);
  guint shown = 0;

  for (guint i = 0; go_on && i < kennis_import_get_n_sources (import); i++)
    if (kennis_import_get_problem (import, i) != NULL)
      g_printerr ("kennis-report: %s\n", kennis_import_get_problem (import, i));
  for (guint i = 0; i < g_list_model_get_n_items (diagnostics) && shown < 10; i++)
    {
      g_autoptr (KennisDiagnostic) diagnostic = g_list_model_get_item (diagnostics, i);
      g_autofree char *text = kennis_diagnostic_to_string (diagnostic);

      if (kennis_diagnostic_get_severity (diagnostic) == KENNIS_SEVERITY_NOTE)
        continue;
      g_printerr ("kennis-report: %s\n", text);
      shown++;
    }
  if (n > shown)
    g_printerr (_("kennis-report: … and %llu more like these\n"), (unsigned long long) (n - shown));
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

/* What can be wrong with a question is the user's to mend; all else is about what is read or written. */
static int
code_of (const GError *error)
{
  return g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID)
                 || g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_DUPLICATE_SOURCE)
             ? WRONG_USAGE
             : NOTHING;
}

/* NULL and *code where there is nothing to go on with. */
static KennisImport *
read_sources (const ReportOptions *options, int *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisImport) import = import_of (options, &error);
  ReportProgress progress;
  gboolean ok;

  if (import == NULL)
    return *code = fail (WRONG_USAGE, error->message), NULL;

  report_progress_begin (&progress, _("Reading"));
  ok = kennis_import_run (import, options->threads, report_progress_tell, &progress, NULL, &error);
  report_progress_end (&progress);
  tell_problems (import, ok);
  if (ok)
    return g_steal_pointer (&import);
  *code = fail (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_DUPLICATE_SOURCE) ? WRONG_USAGE : NOTHING,
                error->message);

  return NULL;
}

static int
check (const ReportOptions *options)
{
  int code = GOOD;
  g_autoptr (KennisImport) import = read_sources (options, &code);
  g_autofree char *text = NULL;

  if (import == NULL)
    return code;
  text = options->format == KENNIS_REPORT_FORMAT_JSON ? kennis_import_to_json (import)
                                                      : kennis_import_to_string (import, language_of (options));
  g_print ("%s", text);

  return kennis_import_is_complete (import) ? GOOD : SOME_REJECTED;
}

static int
describe (const ReportOptions *options)
{
  g_autoptr (GError) error = NULL;

  if (report_reading_describe (&options->reading, options->output, &error))
    return GOOD;

  return fail (error->domain == G_OPTION_ERROR || g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID)
                   ? WRONG_USAGE
                   : NOTHING,
               error->message);
}

static int
make_report (const ReportOptions *options)
{
  int code = GOOD;
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisQuery) query = report_options_query (options, &error);
  g_autoptr (KennisImport) import = NULL;
  g_autoptr (KennisMeasurements) measurements = NULL;
  g_autoptr (KennisReport) report = NULL;

  if (query == NULL)
    return fail (WRONG_USAGE, error->message);

  import = read_sources (options, &code);
  if (import == NULL)
    return code;

  measurements = measure (import, query, options, &error);
  if (measurements == NULL)
    return fail (code_of (error), error->message);

  report = kennis_report_new (measurements);
  kennis_report_set_query (report, query);
  kennis_report_set_import (report, import);
  kennis_report_set_language (report, language_of (options));
  kennis_report_set_title (report, options->title);
  kennis_report_set_terminal (report, wants_colour (options), terminal_width ());
  if (!write_report (report, options, &error))
    return fail (NOTHING, error->message);

  return kennis_import_is_complete (import) ? GOOD : SOME_REJECTED;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  ReportOptions options = { 0 };
  gboolean done = FALSE;
  int code = GOOD;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, KENNIS_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!report_options_parse (&options, &argc, &argv, &done, &error))
    code = fail (WRONG_USAGE, error->message);
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
