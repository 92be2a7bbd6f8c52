/* Works out what programmes of learning return: a value model in, a report out. */
#include "config.h"

#include <locale.h>
#include <math.h>
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
  char *format, *output, *language, *sampling, *draws, *until, *budget, *seed, *threads;
  char **what_if;
  gboolean expected, version;
} Words;

typedef struct
{
  Words words;
  int format, sampling;
  guint64 draws, seed, threads;
  double until, budget;          /* 0, NaN: not asked for */
} Options;

static void
options_clear (Options *self)
{
  g_free (self->words.format);
  g_free (self->words.output);
  g_free (self->words.language);
  g_free (self->words.sampling);
  g_free (self->words.draws);
  g_free (self->words.until);
  g_free (self->words.budget);
  g_free (self->words.seed);
  g_free (self->words.threads);
  g_strfreev (self->words.what_if);
}

static gboolean
parse_words (Words *self,
             int     *argc,
             char  ***argv,
             GError **error)
{
  const GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &self->format, N_("text, json, csv or html"), N_("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output, N_("write to a file"), N_("FILE") },
    { "language", 'l', 0, G_OPTION_ARG_STRING, &self->language, N_("nl, en or fr [that of the environment]"), N_("LANGUAGE") },
    { "what-if", 'w', 0, G_OPTION_ARG_STRING_ARRAY, &self->what_if, N_("change an input: transfer=0.3, 'course/fixed-cost=pert(1,2,4)'"), N_("NAME=VALUE") },
    { "draws", 'n', 0, G_OPTION_ARG_STRING, &self->draws, N_("draws at most (100000)"), N_("N") },
    { "until", 'u', 0, G_OPTION_ARG_STRING, &self->until, N_("stop when the mean is this sure (standard error)"), N_("AMOUNT") },
    { "sampling", 0, 0, G_OPTION_ARG_STRING, &self->sampling, N_("plain or latin-hypercube"), N_("WAY") },
    { "expected", 0, 0, G_OPTION_ARG_NONE, &self->expected, N_("draw nothing: expected values only"), NULL },
    { "budget", 'b', 0, G_OPTION_ARG_STRING, &self->budget, N_("tell which programmes to choose for this budget"), N_("AMOUNT") },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &self->seed, N_("seed of the draws (1)"), N_("N") },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &self->threads, N_("threads (one per processor)"), N_("N") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_("tell the version, and end"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (N_("MODEL"));

  g_option_context_set_translation_domain (context, "kennis-1.0");
  g_option_context_set_summary (
      context, _("Works out what programmes of learning cost, bring and return (KennisValueModel, XML)."));
  g_option_context_add_main_entries (context, entries, "kennis-1.0");
  return g_option_context_parse (context, argc, argv, error);
}

/* What is said of draws that are not made would be passed over in silence. */
static gboolean
draws_nothing (const Words *words,
               GError     **error)
{
  const struct
  {
    const char *name, *given;
  } of_draws[] = { { "--draws", words->draws },
                   { "--until", words->until },
                   { "--sampling", words->sampling },
                   { "--seed", words->seed },
                   { "--threads", words->threads } };

  for (guint i = 0; i < G_N_ELEMENTS (of_draws); i++)
    if (of_draws[i].given != NULL)
      {
        g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("--expected draws nothing: leave it out, or %s"),
                     of_draws[i].name);
        return FALSE;
      }
  return TRUE;
}

static gboolean
read_words (Options  *self,
            GError  **error)
{
  static const char *const languages[] = { "nl", "en", "fr", NULL },
                           *const formats[] = { "text", "json", "csv", "html", NULL },
                           *const ways[] = { "plain", "latin-hypercube", NULL };
  static const KennisReportFormat format_of[] = { KENNIS_REPORT_FORMAT_TEXT, KENNIS_REPORT_FORMAT_JSON,
                                                  KENNIS_REPORT_FORMAT_CSV, KENNIS_REPORT_FORMAT_HTML };
  static const KennisSampling sampling_of[] = { KENNIS_SAMPLING_PLAIN, KENNIS_SAMPLING_LATIN_HYPERCUBE };
  const Words *words = &self->words;
  int language = 0, format = 0, way = 0;

  if (!report_word_read ("language", words->language, languages, &language, error)
      || !report_word_read ("format", words->format, formats, &format, error)
      || !report_word_read ("sampling", words->sampling, ways, &way, error)
      || !report_word_number ("draws", words->draws, 2, G_GUINT64_CONSTANT (100000000000), &self->draws, error)
      || !report_word_number ("seed", words->seed, 0, G_MAXUINT64, &self->seed, error)
      || !report_word_number ("threads", words->threads, 0, 1024, &self->threads, error)
      || !report_word_amount ("until", words->until, &self->until, error)
      || !report_word_amount ("budget", words->budget, &self->budget, error))
    return FALSE;
  self->format = format_of[format];
  self->sampling = sampling_of[way];
  return !words->expected || draws_nothing (words, error);
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

/* Who asked for a precision and did not get it is told so, also where the report is read by a program. */
static void
tell_precision (const Options *options,
                KennisReturn  *result)
{
  guint64 n = kennis_return_get_n_draws (result);
  g_autofree char *text = NULL;
  double error;

  kennis_return_get_mean (result, kennis_return_get_objective (result), &error);
  if (!(options->until > 0) || error <= options->until
      || kennis_return_get_n_valued (result, kennis_return_get_objective (result)) == 0)
    return;
  if (isnan (error))
    text = g_strdup_printf (
        _("--until=%s was not reached: %llu draws are too few to tell the standard error; give more --draws"),
        options->words.until, (unsigned long long) n);
  else
    text = g_strdup_printf (
        _("--until=%s was not reached: after %llu draws the standard error is %.6g; give more --draws"),
        options->words.until, (unsigned long long) n, error);
  g_printerr ("kennis-value: %s\n", text);
}

static KennisReturn *
work_out (const Options    *options,
          KennisValueModel *model,
          GError          **error)
{
  ReportProgress progress;
  KennisReturn *result;

  if (options->words.expected)
    return kennis_return_new (model, error);
  report_progress_begin (&progress, _("Drawing"));
  result = kennis_return_simulate (model, options->draws, options->seed, options->sampling, options->until,
                                   options->threads, report_progress_tell, &progress, NULL, error);
  report_progress_end (&progress);
  if (result != NULL)
    tell_precision (options, result);
  return result;
}

static gboolean
write_report (const Options *options,
              GBytes        *report,
              GError       **error)
{
  gsize size;
  const char *data = g_bytes_get_data (report, &size);

  return report_output_write (options->words.output, data, size, error);
}

static int
fail (int         code,
      GError     *error)
{
  g_printerr ("kennis-value: %s\n", error->message);
  return code;
}

/* The language of the report where none is asked for: the first of the environment's that Kennis has. */
static const char *
language_of (const Options *options)
{
  const char *const *wanted = g_get_language_names ();

  if (options->words.language != NULL)
    return options->words.language;
  for (guint i = 0; wanted[i] != NULL; i++)
    if (g_str_has_prefix (wanted[i], "nl") || g_str_has_prefix (wanted[i], "fr") || g_str_has_prefix (wanted[i], "en"))
      return wanted[i];
  return "en";
}

static int
run (const Options *options,
     const char    *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (name);
  g_autoptr (KennisValueModel) model = kennis_value_model_new_from_file (file, NULL, &error);
  g_autoptr (KennisReturn) result = NULL;
  g_autoptr (GBytes) report = NULL;

  if (model == NULL)
    return fail (2, error);
  if (!change (model, options->words.what_if, &error))
    return fail (1, error);
  result = work_out (options, model, &error);
  if (result == NULL)
    return fail (2, error);
  report = kennis_value_report_render (result, options->format, language_of (options), options->budget, &error);
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
  Options options = { .draws = 100000, .seed = 1, .budget = NAN };
  g_autoptr (GError) error = NULL;
  int code;

  setlocale (LC_ALL, "");
  report_words_speak (argc, argv, 'l');
  bindtextdomain ("kennis-1.0", KENNIS_LOCALEDIR);
  bind_textdomain_codeset ("kennis-1.0", "UTF-8");
  textdomain ("kennis-1.0");
  if (!parse_words (&options.words, &argc, &argv, &error) || !read_words (&options, &error))
    code = fail (1, error);
  else if (options.words.version)
    {
      g_print ("kennis-value %s\n", PACKAGE_VERSION);
      code = 0;
    }
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
