#include "config.h"

#include "networking/net-study.h"
#include "reporting/report-progress.h"
#include "reporting/report-sources.h"

#include <glib/gi18n.h>
#include <locale.h>

/* kennis-network: sources in, the network of sharing out.  See kennis-network(1). */

static int
fail (int code, const char *message)
{
  g_printerr ("kennis-network: %s\n", message);

  return code;
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
  if (ok && report_sources_write (text, options->output, &error))
    return REPORT_GOOD;

  return fail (error->domain == G_OPTION_ERROR || g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID)
                   ? REPORT_WRONG_USAGE
                   : REPORT_NOTHING,
               error->message);
}

static int
run (NetOptions *options)
{
  int code;
  g_autoptr (KennisImport) import =
      report_sources_read (&options->reading, options->sources, options->threads, "kennis-network", &code);

  if (import == NULL)
    return code;
  code = show (options, kennis_import_get_summary (import));

  return code != REPORT_GOOD || kennis_import_is_complete (import) ? code : REPORT_SOME_REJECTED;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  NetOptions options = { 0 };
  int code = REPORT_GOOD;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, KENNIS_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!net_options_parse (&options, &argc, &argv, &error))
    code = fail (REPORT_WRONG_USAGE, error->message);
  else if (options.version)
    g_print ("kennis-network %s\n", PACKAGE_VERSION);
  else
    code = run (&options);
  net_options_clear (&options);

  return code;
}
