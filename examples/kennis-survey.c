#include "config.h"

#include "reporting/report-sources.h"
#include "reporting/report-words.h"
#include "surveying/sur-study.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

/* kennis-survey: a questionnaire and the answers to it in, scores and how far to trust them out.  See kennis-survey(1). */

static int
fail (int code, const char *message)
{
  g_printerr ("kennis-survey: %s\n", message);

  return code;
}

static int
list_instruments (const SurOptions *options)
{
  g_autoptr (GListModel) all = kennis_instrument_list ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (KennisInstrument) instrument = g_list_model_get_item (all, i);

      g_print ("%-12s %s\n", kennis_instrument_get_id (instrument),
               kennis_instrument_get_title (instrument, options->language));
    }

  return REPORT_GOOD;
}

/* A survey that was designed in LimeSurvey. */
static KennisInstrument *
find_limesurvey (GFile *file, const char *word, GError **error)
{
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, error);

  return bytes != NULL ? kennis_instrument_new_from_limesurvey (bytes, word, NULL, error) : NULL;
}

/* A name that comes with the library, or a file. */
static KennisInstrument *
find_instrument (const char *word, GError **error)
{
  gboolean is_limesurvey = g_str_has_suffix (word, ".lss") || g_str_has_suffix (word, ".lsa");
  g_autoptr (GFile) file = NULL;

  if (strchr (word, G_DIR_SEPARATOR) == NULL && !g_str_has_suffix (word, ".xml") && !is_limesurvey)
    return kennis_instrument_find (word, error);
  file = g_file_new_for_commandline_arg (word);

  return is_limesurvey ? find_limesurvey (file, word, error) : kennis_instrument_new_from_file (file, NULL, error);
}

static int
write_questionnaire (const SurOptions *options, KennisInstrument *instrument)
{
  g_autoptr (GError) error = NULL;
  const char *language = options->print != NULL ? options->print : options->lss;
  g_auto (GStrv) spoken = kennis_instrument_list_languages (instrument);
  g_autofree char *accepted = g_strjoinv (", ", spoken), *text = NULL;

  if (language != NULL && !g_strv_contains ((const char *const *) spoken, language))
    {
      g_printerr (_("kennis-survey: the questionnaire has no words in “%s”; give %s\n"), language, accepted);
      return REPORT_WRONG_USAGE;
    }
  text = options->print != NULL ? sur_print (instrument, language, options->asks_team ? options->minimum_group : 0)
         : options->lss != NULL ? sur_lss (instrument, language)
                                : sur_mapping (instrument, options->wave, &error);
  if (text == NULL)
    return fail (REPORT_WRONG_USAGE, error->message);

  return report_sources_write (text, options->output, &error) ? REPORT_GOOD : fail (REPORT_NOTHING, error->message);
}

static char *
render (const SurStudy *study)
{
  const char *title = kennis_instrument_get_title (study->instrument, study->options->language);
  g_autofree char *note = sur_withheld_note (study);

  switch (study->options->format)
    {
    case SUR_HTML:
      return sur_write_html (study->tables, title, note, study->options->language);
    case SUR_CSV:
      return sur_write_csv (study->tables->pdata[0]);
    case SUR_JSON:
      {
        g_autofree char *all = g_strjoin (" ", note, study->hint, NULL);

        return sur_write_json (study->tables, title, all);
      }
    case SUR_TEXT:
    default:
      return sur_write_text (study->tables, title, note, study->options->language);
    }
}

static int
score (const SurOptions *options, KennisInstrument *instrument)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  int code;
  g_autoptr (KennisImport) import =
      report_sources_read (&options->reading, options->sources, 0, "kennis-survey", &code);
  SurStudy study;
  gboolean ok;

  if (import == NULL)
    return code;
  ok = sur_study_run (&study, instrument, kennis_import_get_summary (import), options, &error);
  if (ok)
    {
      text = render (&study);
      if (kennis_answers_get_n_rejected (study.answers) > 0)
        g_printerr (
            _("kennis-survey: %llu answers are out of range, or to items that the questionnaire does not have\n"),
            (unsigned long long) kennis_answers_get_n_rejected (study.answers));
    }
  sur_study_clear (&study);
  if (!ok || !report_sources_write (text, options->output, &error))
    return fail (error->domain == G_OPTION_ERROR ? REPORT_WRONG_USAGE : REPORT_NOTHING, error->message);

  return kennis_import_is_complete (import) ? REPORT_GOOD : REPORT_SOME_REJECTED;
}

static int
run (const SurOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisInstrument) instrument = NULL;

  if (options->list)
    return list_instruments (options);
  instrument = find_instrument (options->instrument, &error);
  if (instrument == NULL)
    return fail (REPORT_WRONG_USAGE, error->message);

  return options->print != NULL || options->lss != NULL || options->mapping ? write_questionnaire (options, instrument)
                                                                            : score (options, instrument);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  SurOptions options = { 0 };
  int code = REPORT_GOOD;

  setlocale (LC_ALL, "");
  report_words_speak (argc, argv, 'l');
  bindtextdomain (GETTEXT_PACKAGE, KENNIS_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!sur_options_parse (&options, &argc, &argv, &error))
    code = fail (REPORT_WRONG_USAGE, error->message);
  else if (options.version)
    g_print ("kennis-survey %s\n", PACKAGE_VERSION);
  else
    code = run (&options);
  sur_options_clear (&options);

  return code;
}
