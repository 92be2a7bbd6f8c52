#include "config.h"

#include "networking/net-options.h"
#include "reporting/report-words.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  char *format, *weight, *minimum_group, *seed, *threads;
  char **kinds;
  gboolean contact, without_isolates;
} Words;

static gboolean
read_kind (NetOptions *self, const char *word, GError **error)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (KENNIS_TYPE_SHARING_KIND);
  const GEnumValue *found = g_enum_get_value_by_nick (klass, word);
  g_autoptr (GString) accepted = g_string_new (NULL);

  if (found != NULL && found->value != KENNIS_SHARING_KIND_UNKNOWN)
    {
      kennis_network_options_add_kind (self->network, found->value);
      return TRUE;
    }
  for (guint i = 0; i < klass->n_values; i++)
    if (klass->values[i].value != KENNIS_SHARING_KIND_UNKNOWN)
      g_string_append_printf (accepted, "%s%s", accepted->len > 0 ? ", " : "", klass->values[i].value_nick);

  return report_word_wrong (error, "kind", word, accepted->str);
}

static gboolean
read_words (NetOptions *self, const Words *words, GError **error)
{
  static const char *const formats[] = { "text", "json", "graphml", "gexf", "svg", NULL };
  static const char *const weights[] = { "sessions", "events", "hours", NULL };
  static const KennisTieWeight weight_of[] = { KENNIS_TIE_WEIGHT_SESSIONS, KENNIS_TIE_WEIGHT_EVENTS,
                                               KENNIS_TIE_WEIGHT_HOURS };
  guint64 minimum = 5, threads = 0;
  int format = NET_TEXT, weight = 0;

  if ((words->format != NULL && !report_word_read ("format", words->format, formats, &format, error))
      || (words->weight != NULL && !report_word_read ("weight", words->weight, weights, &weight, error))
      || !report_word_number ("minimum-group", words->minimum_group, 3, G_MAXINT, &minimum, error)
      || !report_word_number ("seed", words->seed, 0, G_MAXINT64, &self->seed, error)
      || !report_word_number ("threads", words->threads, 0, 1024, &threads, error))
    return FALSE;
  for (guint i = 0; words->kinds != NULL && words->kinds[i] != NULL; i++)
    if (!read_kind (self, words->kinds[i], error))
      return FALSE;
  if (self->purpose != NULL && *g_strstrip (self->purpose) == '\0')
    return report_word_wrong (error, "disclose-persons", self->purpose,
                              _("what it is for, as “plan the hand-over of Jan's work”"));
  self->format = format;
  self->minimum_group = (guint) minimum;
  self->threads = (guint) threads;
  kennis_network_options_set_weight (self->network, weight_of[weight]);
  kennis_network_options_set_admit_contact (self->network, words->contact);
  kennis_network_options_set_with_isolates (self->network, !words->without_isolates);
  if (self->topic != NULL)
    kennis_network_options_set_topic (self->network, self->topic);

  return TRUE;
}

static GOptionContext *
context_new (NetOptions *self, Words *words)
{
  GOptionContext *context = g_option_context_new (_("SOURCE…"));
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &self->from, N_("first day of the window, as 2024, 2024-03 or 2024-03-01"), N_("DATE") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &self->to, N_("last day of the window, which is in it"), N_("DATE") },
    { "topic", 0, 0, G_OPTION_ARG_STRING, &self->topic, N_("only what was shared about this topic and its parts"), N_("TOPIC") },
    { "kind", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words->kinds, N_("only this kind of sharing, as mentoring; may be given again"), N_("KIND") },
    { "weight", 0, 0, G_OPTION_ARG_STRING, &words->weight, N_("what a tie weighs: sessions, events or hours [sessions]"), N_("WEIGHT") },
    { "admit-contact", 0, 0, G_OPTION_ARG_NONE, &words->contact, N_("count mere contact too"), NULL },
    { "without-isolates", 0, 0, G_OPTION_ARG_NONE, &words->without_isolates, N_("leave out people without a tie"), NULL },
    { "by", 0, 0, G_OPTION_ARG_STRING, &self->by, N_("group by team, department, role, discipline or an attribute [team]"), N_("ATTRIBUTE") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &words->format,
      N_("text, json, graphml or gexf (of people), or svg (a drawing of the groups) [text]"), N_("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output, N_("write to this file, all or nothing [standard output]"), N_("FILE") },
    { "minimum-group", 0, 0, G_OPTION_ARG_STRING, &words->minimum_group, N_("smallest group that is shown, 3 or more [5]"), N_("N") },
    { "disclose-persons", 0, 0, G_OPTION_ARG_STRING, &self->purpose,
      N_("show single persons by their ids, for this purpose, which is written into the output"), N_("PURPOSE") },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &words->seed, N_("seed of communities and estimates [1]"), N_("N") },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &words->threads, N_("threads to use [as many as there are processors]"), N_("N") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_("tell the version, and end"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->sources, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };

  g_option_context_set_summary (context,
                                _("Reads records of sharing and shows the network in which knowledge goes round.\n"
                                  "A SOURCE is a file, plain or compressed with gzip; “-” is standard input."));
  g_option_context_set_description (
      context, _("Without --disclose-persons nobody has a name: persons are shown as distributions, and in graphs "
                 "as pseudonyms that are others each time.\n"
                 "Exit code: 0 good, 1 wrong usage, 2 nothing could be read or written, 3 some records were "
                 "rejected (the network is still shown)."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  report_reading_add_options (&self->reading, context);

  return context;
}

gboolean
net_options_parse (NetOptions *self, int *argc, char ***argv, GError **error)
{
  Words words = { 0 };
  g_autoptr (GOptionContext) context = context_new (self, &words);
  gboolean ok;

  self->network = kennis_network_options_new ();
  self->seed = 1;
  ok = g_option_context_parse (context, argc, argv, error) && read_words (self, &words, error);
  g_free (words.format);
  g_free (words.weight);
  g_free (words.minimum_group);
  g_free (words.seed);
  g_free (words.threads);
  g_strfreev (words.kinds);
  self->by_default = self->by == NULL;
  if (self->by == NULL)
    self->by = g_strdup ("team");
  if (!ok)
    return FALSE;
  if (self->reading.describe != NULL || self->reading.check)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("--describe and --check are for kennis-report, which tells what sources hold"));
      return FALSE;
    }
  if (self->sources == NULL && !self->version)
    {
      g_set_error_literal (
          error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
          _("there is nothing to read; give one or more files, or “-” for standard input (--help tells more)"));
      return FALSE;
    }

  return TRUE;
}

void
net_options_clear (NetOptions *self)
{
  report_reading_clear (&self->reading);
  g_strfreev (self->sources);
  g_free (self->by);
  g_free (self->topic);
  g_free (self->from);
  g_free (self->to);
  g_free (self->output);
  g_free (self->purpose);
  g_clear_object (&self->network);
}

/* The first instant of a day, month or year, or of the one after it. */
static gboolean
read_instant (const char *name, const char *text, gboolean after, GTimeZone *zone, gint64 *instant, GError **error)
{
  static const char *const rest[] = { "", "-01", "-01-01" };
  gsize length = strlen (text);
  guint missing = length == 10 ? 0 : length == 7 ? 1 : 2;
  g_autofree char *iso = g_strconcat (text, rest[missing], "T00:00:00", NULL);
  g_autoptr (GDateTime) begins =
      length == 4 || length == 7 || length == 10 ? g_date_time_new_from_iso8601 (iso, zone) : NULL;
  g_autoptr (GDateTime) ends = NULL;

  if (begins == NULL)
    return report_word_wrong (error, name, text, _("a date as 2024, 2024-03 or 2024-03-31"));
  ends = missing == 0   ? g_date_time_add_days (begins, 1)
         : missing == 1 ? g_date_time_add_months (begins, 1)
                        : g_date_time_add_years (begins, 1);
  *instant = 1000 * g_date_time_to_unix (after ? ends : begins);

  return TRUE;
}

gboolean
net_options_set_window (NetOptions *self, const char *zone, GError **error)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_identifier (zone);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 from = KENNIS_UNKNOWN, to = KENNIS_UNKNOWN;

  if ((self->from != NULL && !read_instant ("from", self->from, FALSE, local != NULL ? local : utc, &from, error))
      || (self->to != NULL && !read_instant ("to", self->to, TRUE, local != NULL ? local : utc, &to, error)))
    return FALSE;
  if (self->from != NULL && self->to != NULL && to <= from)
    return report_word_wrong (error, "to", self->to, _("a day that is not before the first"));
  kennis_network_options_set_window (self->network, from, to);

  return TRUE;
}
