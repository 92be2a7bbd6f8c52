#include "config.h"

#include "reporting/report-output.h"
#include "reporting/report-progress.h"
#include "reporting/report-sources.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define SHOWN 10

static KennisImport *
import_of (const ReportReading *reading, char **sources, GError **error)
{
  g_autoptr (KennisReader) reader = report_reading_reader (reading, error);
  g_autoptr (KennisImport) import = NULL;

  if (reader == NULL)
    return NULL;
  import = kennis_import_new (reader);
  for (guint i = 0; sources[i] != NULL; i++)
    {
      g_autofree char *name = g_filename_display_name (sources[i]);

      if (strcmp (sources[i], "-") == 0)
        {
          g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);

          kennis_import_add_stream (import, stream, _("standard input"));
        }
      else
        {
          g_autoptr (GFile) file = g_file_new_for_commandline_arg (sources[i]);

          kennis_import_add_file (import, file, name);
        }
    }

  return report_reading_apply (reading, import, sources, error) ? g_steal_pointer (&import) : NULL;
}

/* kennis-report --check tells them all.  What ends it is told last, and not twice. */
static void
tell_problems (KennisImport *import, const GError *error, const char *program)
{
  KennisReader *reader = kennis_import_get_reader (import);
  GListModel *diagnostics = kennis_reader_get_diagnostics (reader);
  guint64 n = kennis_reader_get_n_diagnostics (reader, KENNIS_SEVERITY_ERROR)
              + kennis_reader_get_n_diagnostics (reader, KENNIS_SEVERITY_WARNING);
  guint shown = 0;

  for (guint i = 0; error == NULL && i < kennis_import_get_n_sources (import); i++)
    if (kennis_import_get_problem (import, i) != NULL)
      g_printerr ("%s: %s\n", program, kennis_import_get_problem (import, i));
  for (guint i = 0; i < g_list_model_get_n_items (diagnostics) && shown < SHOWN; i++)
    {
      g_autoptr (KennisDiagnostic) diagnostic = g_list_model_get_item (diagnostics, i);
      g_autofree char *text = kennis_diagnostic_to_string (diagnostic);

      if (kennis_diagnostic_get_severity (diagnostic) == KENNIS_SEVERITY_NOTE)
        continue;
      if (error == NULL || strstr (error->message, text) == NULL)
        g_printerr ("%s: %s\n", program, text);
      shown++;
    }
  if (n > shown)
    g_printerr (_("%s: … and %llu more like these\n"), program, (unsigned long long) (n - shown));
}

static void
tell_seen (KennisImport *import, const char *program)
{
  guint64 n = 0;

  for (guint i = 0; i < kennis_import_get_n_sources (import); i++)
    n += kennis_import_get_n_seen (import, i);
  if (n == 0)
    return;
  /* Translators: %1$s is the name of the program */
  g_printerr (ngettext ("%1$s: no source declares %2$llu person that events name: seen in sums and exchange, no head "
                        "in figures per head; "
                        "--roster-only rejects such events\n",
                        "%1$s: no source declares %2$llu people whom events name: seen in sums and exchange, no heads "
                        "in figures per head; "
                        "--roster-only rejects such events\n",
                        n),
              program, (unsigned long long) n);
}

KennisImport *
report_sources_read (const ReportReading *reading, char **sources, guint threads, const char *program, int *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisImport) import = import_of (reading, sources, &error);
  ReportProgress progress;
  gboolean ok;

  *code = REPORT_WRONG_USAGE;
  if (import == NULL)
    {
      g_printerr ("%s: %s\n", program, error->message);
      return NULL;
    }
  report_progress_begin (&progress, _("Reading"));
  ok = kennis_import_run (import, threads, report_progress_tell, &progress, NULL, &error);
  report_progress_end (&progress);
  tell_problems (import, error, program);
  if (ok)
    tell_seen (import, program);
  if (ok)
    *code = REPORT_GOOD;
  else if (!g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_DUPLICATE_SOURCE))
    *code = REPORT_NOTHING;
  if (!ok)
    g_printerr ("%s: %s\n", program, error->message);

  return ok ? g_steal_pointer (&import) : NULL;
}

gboolean
report_sources_write (const char *text, const char *output, GError **error)
{
  return report_output_write (output, text, strlen (text), error);
}
