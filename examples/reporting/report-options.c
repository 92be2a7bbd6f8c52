#include "config.h"

#include "reporting/report-options.h"
#include "reporting/report-words.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  char *period, *format, *minimum_group, *level, *seed, *threads;
} Words;

static gboolean
read_enum (GType type, const char *name, const char *word, int *value, GError **error)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  const GEnumValue *found = g_enum_get_value_by_nick (klass, word);
  g_autoptr (GString) accepted = NULL;

  if (found != NULL)
    {
      *value = found->value;
      return TRUE;
    }

  accepted = g_string_new (NULL);
  for (guint i = 0; i < klass->n_values; i++)
    g_string_append_printf (accepted, "%s%s", i > 0 ? ", " : "", klass->values[i].value_nick);

  return report_word_wrong (error, name, word, accepted->str);
}

static gboolean
read_level (const char *word, double *level, GError **error)
{
  char *end;

  *level = g_ascii_strtod (word, &end);
  if (*end == '\0' && end != word && *level >= 0.5 && *level <= 0.999)
    return TRUE;

  return report_word_wrong (error, "level", word, _("a number from 0.5 to 0.999"));
}

static gboolean
read_words (ReportOptions *self, const Words *words, GError **error)
{
  int period = KENNIS_PERIOD_ALL, format = KENNIS_REPORT_FORMAT_TEXT;
  guint64 number;

  if ((words->period != NULL && !read_enum (KENNIS_TYPE_PERIOD, "period", words->period, &period, error))
      || (words->format != NULL && !read_enum (KENNIS_TYPE_REPORT_FORMAT, "format", words->format, &format, error)))
    return FALSE;
  self->period = period;
  self->format = format;

  if (words->minimum_group != NULL)
    {
      if (!report_word_number ("minimum-group", words->minimum_group, 3, G_MAXINT, &number, error))
        return FALSE;
      self->minimum_group = number;
    }
  if (words->seed != NULL)
    {
      if (!report_word_number ("seed", words->seed, 0, G_MAXINT64, &self->seed, error))
        return FALSE;
      self->has_seed = TRUE;
    }
  if (words->threads != NULL)
    {
      if (!report_word_number ("threads", words->threads, 0, 1024, &number, error))
        return FALSE;
      self->threads = number;
    }

  return words->level == NULL || read_level (words->level, &self->level, error);
}

static gboolean
read_language (ReportOptions *self, GError **error)
{
  static const char *const languages[] = { "nl", "en", "fr", NULL };

  if (self->language == NULL || g_strv_contains (languages, self->language))
    return TRUE;

  return report_word_wrong (error, "language", self->language, "nl, en, fr");
}

/* Outcomes are of teams, and of the period after the one that is measured. */
static gboolean
check_associations (const ReportOptions *self, GError **error)
{
  const char *problem = NULL;

  if (self->associations == NULL)
    return TRUE;
  if (self->by == NULL || !g_strv_contains ((const char *const *) self->by, "team"))
    problem = _("--associations compares teams: give --by=team too");
  else if (self->period == KENNIS_PERIOD_ALL && self->to == NULL)
    problem = _("--associations compares a period with the outcomes of the period after it: give --period=year (or "
                "quarter or month) too, or "
                "let the window end before the outcomes with --to");
  if (problem != NULL)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, problem);

  return problem == NULL;
}

static GOptionContext *
context_new (ReportOptions *self, Words *words)
{
  GOptionContext *context = g_option_context_new (_("SOURCE…"));
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &self->from, N_("first month of the window, as 2024, 2024-03 or 2024-03-01"), N_("DATE") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &self->to, N_("last month of the window, which is in it"), N_("DATE") },
    { "period", 0, 0, G_OPTION_ARG_STRING, &words->period, N_("cut the window: month, quarter, year or all [all]"), N_("PERIOD") },
    { "by", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->by,
      N_("group by team, department, role, discipline, leader or any attribute of people; a comma combines, several are told apart"),
      N_("ATTRIBUTE") },
    { "metric", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->metrics, N_("which metrics, as uptake.*; may be given again [all light ones]"),
      N_("GLOB") },
    { "minimum-group", 0, 0, G_OPTION_ARG_STRING, &words->minimum_group, N_("smallest group that is shown, 3 or more [5]"), N_("N") },
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &self->profile, N_("what the indices of culture are made of: default, small or a file [default]"), N_("FILE") },
    { "level", 0, 0, G_OPTION_ARG_STRING, &words->level, N_("level of intervals [0.95]"), N_("P") },
    { "associations", 0, 0, G_OPTION_ARG_FILENAME, &self->associations,
      N_("write what goes together with outcomes of the period after, over teams (--by=team, --period=year), as CSV"), N_("FILE") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &words->format, N_("text, html, csv, json or xml [text]"), N_("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output, N_("write to this file, all or nothing [standard output]"), N_("FILE") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &self->language, N_("nl, en or fr [that of the environment]"), N_("LANGUAGE") },
    { "title", 0, 0, G_OPTION_ARG_STRING, &self->title, N_("title of the report"), N_("TEXT") },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &words->seed, N_("seed of resampling; the same seed gives the same report [1]"), N_("N") },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &words->threads, N_("threads to use [as many as there are processors]"), N_("N") },
    { "instrument", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->instruments,
      N_("a questionnaire of your own, whose scales are measured too; may be given again"), N_("FILE") },
    { "list-metrics", 0, 0, G_OPTION_ARG_NONE, &self->list_metrics, N_("list the metrics that there are, those of --instrument (else of every questionnaire that comes with Kennis) too, and end"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_("tell the version, and end"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->sources, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };

  g_option_context_set_summary (context,
                                _("Reads learning records and reports how an organisation learns.\n"
                                  "A SOURCE is a file, plain or compressed with gzip; “-” is standard input."));
  g_option_context_set_description (
      context, _("Exit code: 0 good, 1 wrong usage, 2 nothing could be read or written, 3 some records were "
                 "rejected (the report is still made)."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  report_reading_add_options (&self->reading, context);

  return context;
}

gboolean
report_options_parse (ReportOptions *self, int *argc, char ***argv, gboolean *done, GError **error)
{
  Words words = { 0 };
  g_autoptr (GOptionContext) context = context_new (self, &words);
  gboolean ok = g_option_context_parse (context, argc, argv, error) && read_words (self, &words, error)
                && read_language (self, error) && check_associations (self, error);

  g_free (words.period);
  g_free (words.format);
  g_free (words.minimum_group);
  g_free (words.level);
  g_free (words.seed);
  g_free (words.threads);
  if (!ok)
    return FALSE;

  *done = self->version || self->list_metrics || self->reading.describe != NULL;
  if (!*done && self->sources == NULL)
    {
      g_set_error_literal (
          error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
          _("there is nothing to read; give one or more files, or “-” for standard input (--help tells more)"));
      return FALSE;
    }

  return TRUE;
}

void
report_options_clear (ReportOptions *self)
{
  report_reading_clear (&self->reading);
  g_strfreev (self->sources);
  g_strfreev (self->metrics);
  g_strfreev (self->instruments);
  g_strfreev (self->by);
  g_free (self->from);
  g_free (self->to);
  g_free (self->output);
  g_free (self->title);
  g_free (self->language);
  g_free (self->profile);
  g_free (self->associations);
}

/* The name of one that comes with the library, or else a file. */
static gboolean
read_profile (const ReportOptions *self, KennisQuery *query, GError **error)
{
  g_autoptr (KennisProfile) profile = NULL;

  if (self->profile == NULL)
    return TRUE;
  if (strpbrk (self->profile, "./") == NULL)
    profile = kennis_profile_find (self->profile, error);
  else
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (self->profile);

      profile = kennis_profile_new_from_file (file, NULL, error);
    }
  if (profile == NULL)
    return FALSE;
  kennis_query_set_profile (query, profile);
  return TRUE;
}

GListModel *
report_options_list_instruments (const ReportOptions *self, GError **error)
{
  g_autoptr (GListStore) list = g_list_store_new (KENNIS_TYPE_INSTRUMENT);

  for (guint i = 0; self->instruments != NULL && self->instruments[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (self->instruments[i]);
      g_autoptr (KennisInstrument) instrument = kennis_instrument_new_from_file (file, NULL, error);

      if (instrument == NULL)
        return NULL;
      g_list_store_append (list, instrument);
    }
  return G_LIST_MODEL (g_steal_pointer (&list));
}

static gboolean
read_instruments (const ReportOptions *self, KennisQuery *query, GError **error)
{
  g_autoptr (GListModel) instruments = report_options_list_instruments (self, error);

  for (guint i = 0; instruments != NULL && i < g_list_model_get_n_items (instruments); i++)
    {
      g_autoptr (KennisInstrument) instrument = g_list_model_get_item (instruments, i);

      kennis_query_add_instrument (query, instrument);
    }
  return instruments != NULL;
}

KennisQuery *
report_options_query (const ReportOptions *self, GError **error)
{
  g_autoptr (KennisQuery) query = kennis_query_new ();

  if (!kennis_query_set_window (query, self->from, self->to, error))
    return NULL;
  if (self->minimum_group > 0 && !kennis_query_set_minimum_group (query, self->minimum_group, FALSE, error))
    return NULL;
  if (!read_profile (self, query, error) || !read_instruments (self, query, error))
    return NULL;
  g_object_set (query, "period", self->period, NULL);
  if (self->has_seed)
    g_object_set (query, "seed", self->seed, NULL);
  if (self->level > 0)
    g_object_set (query, "confidence-level", self->level, NULL);
  for (guint i = 0; self->metrics != NULL && self->metrics[i] != NULL; i++)
    kennis_query_add_metric (query, self->metrics[i]);
  for (guint i = 0; self->by != NULL && self->by[i] != NULL; i++)
    {
      g_auto (GStrv) attributes = g_strsplit (self->by[i], ",", -1);

      kennis_query_add_grouping (query, (const char *const *) attributes);
    }

  return g_steal_pointer (&query);
}
