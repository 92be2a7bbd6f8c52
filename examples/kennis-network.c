#include "config.h"

#include "networking/net-study.h"
#include "reporting/report-progress.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* kennis-network: sources in, the network of sharing out.  See kennis-network(1). */

#define GOOD 0
#define WRONG_USAGE 1
#define NOTHING 2
#define SOME_REJECTED 3

static int
fail (int code, const char *message)
{
  g_printerr ("kennis-network: %s\n", message);

  return code;
}

static KennisImport *
import_of (const NetOptions *options, GError **error)
{
  g_autoptr (KennisReader) reader = report_reading_reader (&options->reading, error);
  g_autoptr (KennisImport) import = NULL;

  if (reader == NULL)
    return NULL;
  import = kennis_import_new (reader);
  for (guint i = 0; options->sources[i] != NULL; i++)
    {
      g_autofree char *name = g_filename_display_name (options->sources[i]);
      g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (options->sources[i]);

      if (strcmp (options->sources[i], "-") == 0)
        kennis_import_add_stream (import, stream, _("standard input"));
      else
        kennis_import_add_file (import, file, name);
    }

  return report_reading_apply (&options->reading, import, options->sources, error) ? g_steal_pointer (&import) : NULL;
}

/* The first few; kennis-report --check tells them all. */
static void
tell_problems (KennisImport *import)
{
  GListModel *diagnostics = kennis_reader_get_diagnostics (kennis_import_get_reader (import));
  guint n = g_list_model_get_n_items (diagnostics), shown = 0;

  for (guint i = 0; i < n && shown < 5; i++)
    {
      g_autoptr (KennisDiagnostic) diagnostic = g_list_model_get_item (diagnostics, i);
      g_autofree char *text = kennis_diagnostic_to_string (diagnostic);

      if (kennis_diagnostic_get_severity (diagnostic) == KENNIS_SEVERITY_NOTE)
        continue;
      g_printerr ("kennis-network: %s\n", text);
      shown++;
    }
}

static gboolean
write_out (const NetOptions *options, const char *text, GError **error)
{
  gsize size = strlen (text);

  if (options->output != NULL && strcmp (options->output, "-") != 0)
    return g_file_set_contents (options->output, text, (gssize) size, error);
  if (fwrite (text, 1, size, stdout) == size && fflush (stdout) == 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("standard output cannot be written"));

  return FALSE;
}

static int
show (NetOptions *options, KennisSummary *summary)
{
  static char *(*const writers[]) (const NetStudy *) = { net_text, net_json, net_graphml, net_gexf, net_svg };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  ReportProgress progress;
  NetStudy study;
  gboolean ok;

  report_progress_begin (&progress, _("Working out"));
  ok = net_study_run (&study, summary, options, report_progress_tell, &progress, &error);
  report_progress_end (&progress);
  if (ok && options->format == NET_SVG && study.names == NULL)
    {
      ok = FALSE;
      g_set_error (&error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA,
                   _("nobody is in a group by %s, so there is nothing to draw"), options->by);
    }
  if (ok)
    text = writers[options->format](&study);
  net_study_clear (&study);
  if (ok && write_out (options, text, &error))
    return GOOD;

  return fail (error->domain == G_OPTION_ERROR || g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID)
                   ? WRONG_USAGE
                   : NOTHING,
               error->message);
}

static int
run (NetOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisImport) import = import_of (options, &error);
  ReportProgress progress;
  gboolean ok;
  int code;

  if (import == NULL)
    return fail (WRONG_USAGE, error->message);
  report_progress_begin (&progress, _("Reading"));
  ok = kennis_import_run (import, options->threads, report_progress_tell, &progress, NULL, &error);
  report_progress_end (&progress);
  tell_problems (import);
  if (!ok)
    return fail (NOTHING, error->message);
  code = show (options, kennis_import_get_summary (import));

  return code != GOOD || kennis_import_is_complete (import) ? code : SOME_REJECTED;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  NetOptions options = { 0 };
  int code = GOOD;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, KENNIS_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!net_options_parse (&options, &argc, &argv, &error))
    code = fail (WRONG_USAGE, error->message);
  else if (options.version)
    g_print ("kennis-network %s\n", PACKAGE_VERSION);
  else
    code = run (&options);
  net_options_clear (&options);

  return code;
}
