#include "config.h"

#include "surveying/sur-options.h"
#include "reporting/report-words.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  char *format, *by, *null, *minimum_group, *seed;
} Words;

static gboolean
read_words (SurOptions *self, const Words *words, GError **error)
{
  static const char *const formats[] = { "text", "html", "csv", "json", NULL }, *const ways[] = { "all", "team",
                                                                                                  "language", NULL };
  static const char *const tables[] = { "scores", "reliability", "items", "details", "factors", "agreement", "aggregation", "change",
                                       "languages", NULL };
  static const char *const languages[] = { "nl", "en", "fr", NULL };
  static const char *const nulls[] = { "uniform", "slight-skew", "moderate-skew", "heavy-skew", "triangular",
                                       "normal",  NULL };
  static const KennisGroupBy by_of[] = { KENNIS_GROUP_BY_ALL, KENNIS_GROUP_BY_TEAM, KENNIS_GROUP_BY_LANGUAGE };
  guint64 minimum = 8;
  int format = SUR_TEXT, by = 1, null = KENNIS_NULL_UNIFORM, unused = 0;

  if (!report_word_read ("format", words->format, formats, &format, error)
      || !report_word_read ("by", words->by, ways, &by, error)
      || !report_word_read ("null", words->null, nulls, &null, error)
      || !report_word_read ("language", self->asked_language, languages, &unused, error)
      || !report_word_read ("table", self->table, tables, &unused, error)
      || !report_word_read ("print", self->print, languages, &unused, error)
      || !report_word_read ("lss", self->lss, languages, &unused, error)
      || !report_word_number ("minimum-group", words->minimum_group, 3, G_MAXINT, &minimum, error)
      || !report_word_number ("seed", words->seed, 0, G_MAXINT64, &self->seed, error))
    return FALSE;
  if (!(self->level >= 0.5 && self->level <= 0.999) || !(self->threshold > 0 && self->threshold < 1))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("--level takes a number from 0.5 to 0.999, and --threshold one between 0 and 1"));
      return FALSE;
    }
  self->format = format;
  self->by = by_of[by];
  self->asks_team = self->print != NULL && words->by != NULL && self->by == KENNIS_GROUP_BY_TEAM;
  self->null = null;
  self->language = report_word_language (self->asked_language);
  self->minimum_group = (guint) minimum;

  return TRUE;
}

static GOptionContext *
context_new (SurOptions *self, Words *words)
{
  GOptionContext *context = g_option_context_new (_("SOURCE…"));
  const GOptionEntry entries[] = {
    { "instrument", 'i', 0, G_OPTION_ARG_FILENAME, &self->instrument, N_("the questionnaire: its id, or a file"), N_("ID|FILE") },
    { "list", 0, 0, G_OPTION_ARG_NONE, &self->list, N_("list the questionnaires that come with Kennis, and end"), NULL },
    { "wave", 0, 0, G_OPTION_ARG_STRING, &self->wave, N_("which wave [the last]"), N_("WAVE") },
    { "compare", 0, 0, G_OPTION_ARG_STRING, &self->compare, N_("tell what changed since this earlier wave"), N_("WAVE") },
    { "matched", 0, 0, G_OPTION_ARG_NONE, &self->matched, N_("compare only who answered both waves"), NULL },
    { "by", 0, 0, G_OPTION_ARG_STRING, &words->by, N_("groups: team, language or all [team]"), N_("GROUP") },
    { "table", 0, 0, G_OPTION_ARG_STRING, &self->table,
      N_("only this table: scores, reliability, items, agreement, aggregation, change or languages, or details or factors, which come only so [all; csv: scores]"), N_("TABLE") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &words->format, N_("text, html, csv or json [text]"), N_("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output, N_("write to this file, all or nothing [standard output]"), N_("FILE") },
    { "language", 'l', 0, G_OPTION_ARG_STRING, &self->asked_language, N_("nl, en or fr [that of the environment]"), N_("LANGUAGE") },
    { "print", 0, 0, G_OPTION_ARG_STRING, &self->print, N_("write the questionnaire on paper (HTML): nl, en or fr; with --by=team it asks for the team"), N_("LANGUAGE") },
    { "lss", 0, 0, G_OPTION_ARG_STRING, &self->lss, N_("write the questionnaire for LimeSurvey (.lss), with this base language"), N_("LANGUAGE") },
    { "lss-mapping", 0, 0, G_OPTION_ARG_NONE, &self->mapping,
      N_("write the mapping that reads LimeSurvey's answers to it, for --map, as those of --wave"), NULL },
    { "minimum-group", 0, 0, G_OPTION_ARG_STRING, &words->minimum_group, N_("smallest group that is shown, 3 or more [8]"), N_("N") },
    { "level", 0, 0, G_OPTION_ARG_DOUBLE, &self->level, N_("level of intervals [0.95]"), N_("P") },
    { "threshold", 0, 0, G_OPTION_ARG_DOUBLE, &self->threshold, N_("what reliability and agreement are judged by [0.7]"), N_("P") },
    { "null", 0, 0, G_OPTION_ARG_STRING, &words->null,
      N_("what agreement in teams is compared with, answers at random: uniform, slight-skew, moderate-skew, heavy-skew, triangular or normal [uniform]"), N_("NULL") },
    { "alpha-by-team", 0, 0, G_OPTION_ARG_NONE, &self->alpha_by_team, N_("alpha's interval by resampling teams"), NULL },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &words->seed, N_("seed of simulated random answers and of resampling [1]"), N_("N") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_("tell the version, and end"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->sources, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };

  g_option_context_set_summary (
      context, _("Scores a survey, and tells how far its scales and its teams' means can be trusted.\n"
                 "A SOURCE is a file, plain or compressed with gzip; “-” is standard input."));
  g_option_context_set_description (
      context, _("Exit code: 0 good, 1 wrong usage, 2 nothing could be read or written, 3 some records were "
                 "rejected (the survey is still scored)."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  report_reading_add_options (&self->reading, context);

  return context;
}

static gboolean
writes_questionnaire (const SurOptions *self)
{
  return self->print != NULL || self->lss != NULL || self->mapping;
}

/* Of options that do nothing where a questionnaire is written, the first that was given; NULL: none. */
static const char *
idle_option (const SurOptions *self, const Words *words)
{
  const struct
  {
    const char *name;
    gboolean is_given;
  } idle[] = {
    { "--format", words->format != NULL },
    { "--table", self->table != NULL },
    { "--by", words->by != NULL && !self->asks_team },
    { "--compare", self->compare != NULL },
    { "--matched", self->matched },
    { "--null", words->null != NULL },
    { "--alpha-by-team", self->alpha_by_team },
    { "--minimum-group", words->minimum_group != NULL && !self->asks_team },
    { "--seed", words->seed != NULL },
    { "--language", self->asked_language != NULL },
    { "--wave", self->wave != NULL && !self->mapping },
    { _("a source"), self->sources != NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (idle); i++)
    if (idle[i].is_given)
      return idle[i].name;

  return NULL;
}

/* An option that does nothing is a mistake: better told than passed over. */
static gboolean
are_of_use (const SurOptions *self, const Words *words, GError **error)
{
  const char *problem = NULL, *idle = writes_questionnaire (self) ? idle_option (self, words) : NULL;

  if ((self->print != NULL) + (self->lss != NULL) + (self->mapping != FALSE) > 1)
    problem = _("--print, --lss and --lss-mapping write one file each: give one of them");
  else if (self->matched && self->compare == NULL)
    problem = _("--matched is about two waves: name the earlier one with --compare");
  else if (words->null != NULL && self->by != KENNIS_GROUP_BY_TEAM)
    problem = _("--null is about agreement in teams, and needs --by=team");
  if (idle != NULL && problem == NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                 _("a questionnaire is written (--print, --lss, --lss-mapping) without looking at answers, so %s "
                   "would do nothing; leave it out"),
                 idle);
  else if (problem != NULL)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, problem);

  return problem == NULL && idle == NULL;
}

static gboolean
is_complete (const SurOptions *self, GError **error)
{
  const char *problem = NULL;

  if (self->reading.describe != NULL || self->reading.check)
    problem = _("--describe and --check are for kennis-report, which tells what sources hold");
  else if (self->instrument == NULL && !self->list && !self->version)
    problem = _("name a questionnaire with --instrument; --list tells which there are");
  else if (self->sources == NULL && !self->list && !self->version && !writes_questionnaire (self))
    problem = _("there is nothing to read; give one or more files, or “-” for standard input (--help tells more)");
  if (problem != NULL)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, problem);

  return problem == NULL;
}

gboolean
sur_options_parse (SurOptions *self, int *argc, char ***argv, GError **error)
{
  Words words = { 0 };
  g_autoptr (GOptionContext) context = context_new (self, &words);
  gboolean ok;

  self->seed = 1;
  self->level = 0.95;
  self->threshold = 0.7;
  ok = g_option_context_parse (context, argc, argv, error) && read_words (self, &words, error)
       && are_of_use (self, &words, error);
  g_free (words.format);
  g_free (words.by);
  g_free (words.null);
  g_free (words.minimum_group);
  g_free (words.seed);

  return ok && is_complete (self, error);
}

void
sur_options_clear (SurOptions *self)
{
  report_reading_clear (&self->reading);
  g_strfreev (self->sources);
  g_free (self->instrument);
  g_free (self->wave);
  g_free (self->compare);
  g_free (self->table);
  g_free (self->output);
  g_free (self->print);
  g_free (self->lss);
  g_free (self->asked_language);
}
