/* Works out what programmes of learning return: a value model in, a report out. */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <kennis/kennis.h>

#include "reporting/report-output.h"
#include "reporting/report-progress.h"
#include "reporting/report-words.h"

typedef struct
{
  char *format, *output, *language, *sampling;
  char **what_if;
  gint64 draws, seed;
  double until, budget;
  int threads;
  gboolean expected;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->format);
  g_free (self->output);
  g_free (self->language);
  g_free (self->sampling);
  g_strfreev (self->what_if);
}

static gboolean
parse_options (Options *self,
               int     *argc,
               char  ***argv,
               GError **error)
{
  const GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &self->format, N_("text, json, csv or html"), N_("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output, N_("write to a file"), N_("FILE") },
    { "language", 'l', 0, G_OPTION_ARG_STRING, &self->language, N_("nl, en or fr [that of the environment]"), N_("LANGUAGE") },
    { "what-if", 'w', 0, G_OPTION_ARG_STRING_ARRAY, &self->what_if, N_("change an input: transfer=0.3, 'course/fixed-cost=pert(1,2,4)'"), N_("NAME=VALUE") },
    { "draws", 'n', 0, G_OPTION_ARG_INT64, &self->draws, N_("draws at most (100000)"), N_("N") },
    { "until", 'u', 0, G_OPTION_ARG_DOUBLE, &self->until, N_("stop when the mean is this sure (standard error)"), N_("AMOUNT") },
    { "sampling", 0, 0, G_OPTION_ARG_STRING, &self->sampling, N_("plain or latin-hypercube"), N_("WAY") },
    { "expected", 0, 0, G_OPTION_ARG_NONE, &self->expected, N_("draw nothing: expected values only"), NULL },
    { "budget", 'b', 0, G_OPTION_ARG_DOUBLE, &self->budget, N_("tell which programmes to choose for this budget"), N_("AMOUNT") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &self->seed, N_("seed of the draws (1)"), N_("N") },
    { "threads", 0, 0, G_OPTION_ARG_INT, &self->threads, N_("threads (one per processor)"), N_("N") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (N_("MODEL"));

  g_option_context_set_translation_domain (context, "kennis-1.0");
  g_option_context_set_summary (
      context, _("Works out what programmes of learning cost, bring and return (KennisValueModel, XML)."));
  g_option_context_add_main_entries (context, entries, "kennis-1.0");
  return g_option_context_parse (context, argc, argv, error);
}

static int
nick_value (GType       type,
            const char *nick)
{
  g_autoptr (GEnumClass) words = g_type_class_ref (type);
  GEnumValue *found = g_enum_get_value_by_nick (words, nick);

  return found != NULL ? found->value : -1;
}

static gboolean
change (KennisValueModel *model,
        char            **what_if,
        GError          **error)
{
  for (guint i = 0; what_if != NULL && what_if[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (what_if[i], "=", 2);

      if (g_strv_length (parts) != 2 || *g_strstrip (parts[0]) == '\0')
        {
          g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("--what-if %s: write NAME=VALUE, as transfer=0.3"),
                       what_if[i]);
          return FALSE;
        }
      if (!kennis_value_model_set_input_text (model, parts[0], parts[1], KENNIS_EVIDENCE_ASSUMED, _("what if"), error))
        return FALSE;
    }
  return TRUE;
}

static KennisReturn *
work_out (const Options    *options,
          KennisValueModel *model,
          int               sampling,
          GError          **error)
{
  ReportProgress progress;
  KennisReturn *result;

  if (options->expected)
    return kennis_return_new (model, error);
  report_progress_begin (&progress, _("Drawing"));
  result = kennis_return_simulate (model, options->draws, options->seed, sampling, options->until, options->threads,
                                   report_progress_tell, &progress, NULL, error);
  report_progress_end (&progress);
  return result;
}

static gboolean
write_report (const Options *options,
              GBytes        *report,
              GError       **error)
{
  gsize size;
  const char *data = g_bytes_get_data (report, &size);

  return report_output_write (options->output, data, size, error);
}

static int
fail (int         code,
      GError     *error)
{
  g_printerr ("kennis-value: %s\n", error->message);
  return code;
}

static int
run (const Options *options,
     const char    *name)
{
  static const char *const languages[] = { "nl", "en", "fr", NULL };
  const char *language = options->language != NULL ? options->language : g_get_language_names ()[0];
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (name);
  int format = nick_value (KENNIS_TYPE_REPORT_FORMAT, options->format != NULL ? options->format : "text");
  int sampling = nick_value (KENNIS_TYPE_SAMPLING, options->sampling != NULL ? options->sampling : "plain");
  g_autoptr (KennisValueModel) model = NULL;
  g_autoptr (KennisReturn) result = NULL;
  g_autoptr (GBytes) report = NULL;
  int place = 0;

  if (!report_word_read ("language", options->language, languages, &place, &error))
    return fail (1, error);
  if (format < 0 || sampling < 0 || options->threads < 0 || options->draws < 2)
    {
      g_printerr ("kennis-value: %s\n", _("--format takes text, json, csv or html; --sampling plain or "
                                          "latin-hypercube; --threads 0 or more; --draws 2 or more"));
      return 1;
    }
  model = kennis_value_model_new_from_file (file, NULL, &error);
  if (model == NULL)
    return fail (2, error);
  if (!change (model, options->what_if, &error))
    return fail (1, error);
  result = work_out (options, model, sampling, &error);
  if (result == NULL)
    return fail (2, error);
  report = kennis_value_report_render (result, format, language, options->budget, &error);
  if (report == NULL)
    return fail (1, error);
  if (!write_report (options, report, &error))
    return fail (2, error);
  return 0;
}

int
main (int    argc,
      char **argv)
{
  Options options = { .draws = 100000, .seed = 1, .budget = -1 };
  g_autoptr (GError) error = NULL;
  int code;

  setlocale (LC_ALL, "");
  bindtextdomain ("kennis-1.0", KENNIS_LOCALEDIR);
  bind_textdomain_codeset ("kennis-1.0", "UTF-8");
  textdomain ("kennis-1.0");
  if (!parse_options (&options, &argc, &argv, &error))
    code = fail (1, error);
  else if (argc != 2)
    {
      g_printerr ("kennis-value: %s\n", _("name one file with a value model; --help tells the rest"));
      code = 1;
    }
  else
    code = run (&options, argv[1]);
  options_clear (&options);
  return code;
}
