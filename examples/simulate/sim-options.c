#include "config.h"

#include "simulate/sim-options.h"

#include <glib/gi18n.h>
#include <kennis/kennis.h>
#include <math.h>
#include <string.h>

/* What a knob is at culture 0 and at culture 1. */
typedef struct
{
  const char *name;
  double      low;
  double      high;
  const char *help;
} Knob;

static const Knob knobs[SIM_N_KNOBS] = {
  { "sharing", 0.05, 0.90, N_("how much knowledge people pass to each other") },
  { "embedding", 0.05, 0.75, N_("learning that is part of the work") },
  { "concentration", 0.85, 0.15, N_("learning in the hands of a few") },
  { "informal", 0.15, 0.75, N_("hours of learning that are not courses") },
  { "application", 0.12, 0.65, N_("what was learned is used within 90 days") },
  { "rhythm", 0.05, 0.90, N_("teams that look back every week") },
  { "openness", 0.20, 0.60, N_("partners from another team") },
  { "autonomy", 0.25, 0.75, N_("learning of one's own choice") },
  { "leadership", 0.10, 0.85, N_("leaders who share, ask and talk") },
  { "relevance", 0.35, 0.80, N_("topics that the team needs") },
  { "differences", 0.60, 0.60, N_("how much teams differ") },
  { "compliance", 0.94, 0.94, N_("completion of the yearly required e-learning; 0: there is none") },
  { "silent", 0.06, 0.06, N_("teams that do not log") },
  { "late", 0.05, 0.05, N_("events that are entered weeks later") },
  { "response", 0.72, 0.72, N_("people who answer a questionnaire when they are asked") },
};

typedef struct
{
  char *people, *teams, *months, *from, *seed, *culture, *hours, *contacts, *language, *surveys, *output;
  char *knobs[SIM_N_KNOBS];
  gboolean null, steady, mass_talks, gzip, calendar, named, version;
} Words;

double
sim_options_culture_of (SimKnob knob,
                        double  value)
{
  return (value - knobs[knob].low) / (knobs[knob].high - knobs[knob].low);
}

const char *
sim_options_knob_name (SimKnob knob)
{
  return knobs[knob].name;
}

static gboolean
wrong (GError    **error,
       const char *name,
       const char *word,
       const char *accepted)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* TRANSLATORS: an option, what was given, what would be accepted */
               _("--%s: “%s” is not accepted; give %s"), name, word, accepted);

  return FALSE;
}

static gboolean
parse_count (const char *name,
             const char *word,
             guint64     low,
             guint64     high,
             guint64    *value,
             GError    **error)
{
  g_autofree char *accepted = NULL;

  if (word == NULL || g_ascii_string_to_unsigned (word, 10, low, high, value, NULL))
    return TRUE;

  accepted =
      g_strdup_printf (_("a whole number from %llu to %llu"), (unsigned long long) low, (unsigned long long) high);

  return wrong (error, name, word, accepted);
}

static gboolean
parse_number (const char *name,
              const char *word,
              double      high,
              double     *value,
              GError    **error)
{
  g_autofree char *accepted = NULL;
  char *end = NULL;
  double number;

  if (word == NULL)
    return TRUE;

  number = g_ascii_strtod (word, &end);
  if (g_ascii_isdigit (word[0]) && strspn (word, "0123456789.") == strlen (word) && *end == '\0' && number <= high)
    {
      *value = number;
      return TRUE;
    }

  accepted = g_strdup_printf (_("a number from 0 to %g, with a decimal point"), high);

  return wrong (error, name, word, accepted);
}

static gboolean
parse_month (SimOptions *self,
             const char *word,
             GError    **error)
{
  static const char *const shape = "dddd-dd";
  gboolean good = word == NULL || strlen (word) == strlen (shape);

  if (word == NULL)
    return TRUE;

  for (guint i = 0; good && shape[i] != '\0'; i++)
    good = shape[i] == 'd' ? g_ascii_isdigit (word[i]) : word[i] == shape[i];
  if (good)
    {
      self->year = (int) g_ascii_strtoull (word, NULL, 10);
      self->month = (int) g_ascii_strtoull (word + 5, NULL, 10);
    }
  if (good && self->year >= 1970 && self->year <= 2150 && self->month >= 1 && self->month <= 12)
    return TRUE;

  return wrong (error, "from", word, _("a month such as 2024-01, from 1970-01 to 2150-12"));
}

static gboolean
parse_language (SimOptions *self,
                const char *word,
                GError    **error)
{
  static const char *const codes[SIM_N_LANGUAGES] = { "nl", "en", "fr" };

  if (word == NULL)
    return TRUE;

  for (guint i = 0; i < SIM_N_LANGUAGES; i++)
    if (strcmp (word, codes[i]) == 0)
      {
        self->language = (SimLanguage) i;
        return TRUE;
      }

  return wrong (error, "language", word, "nl, en, fr");
}

/* The ids of the instruments that come with the library, as they would be accepted. */
static char *
describe_surveys (void)
{
  g_autoptr (GListModel) instruments = kennis_instrument_list ();
  GString *text = g_string_new ("none, all");

  for (guint i = 0; i < g_list_model_get_n_items (instruments); i++)
    {
      g_autoptr (KennisInstrument) instrument = g_list_model_get_item (instruments, i);

      g_string_append_printf (text, ", %s", kennis_instrument_get_id (instrument));
    }

  return g_string_free (text, FALSE);
}

static gboolean
parse_surveys (SimOptions *self,
               const char *word,
               GError    **error)
{
  g_autofree char *accepted = NULL;
  gboolean good = word == NULL || *word != '\0';

  if (word == NULL || strcmp (word, "none") == 0)
    return TRUE;

  self->surveys = g_strsplit (word, ",", -1);
  for (guint i = 0; good && self->surveys[i] != NULL; i++)
    {
      g_autoptr (KennisInstrument) instrument = NULL;

      if (strcmp (self->surveys[i], "all") != 0)
        instrument = kennis_instrument_find (self->surveys[i], NULL);
      good = instrument != NULL || strcmp (self->surveys[i], "all") == 0;
    }
  if (good)
    return TRUE;

  accepted = describe_surveys ();

  return wrong (error, "surveys", word, accepted);
}

static gboolean
parse_sizes (SimOptions  *self,
             const Words *words,
             GError     **error)
{
  guint64 people = 200, teams, months = 24, seed = 1;

  if (!parse_count ("people", words->people, 10, 100000, &people, error)
      || !parse_count ("months", words->months, 1, 240, &months, error)
      || !parse_count ("seed", words->seed, 0, G_MAXUINT64, &seed, error))
    return FALSE;
  teams = MAX (1, (people + 4) / 9);
  if (!parse_count ("teams", words->teams, 1, people / 2, &teams, error))
    return FALSE;

  self->people = (guint) people;
  self->teams = (guint) teams;
  self->months = (guint) months;
  self->seed = seed;

  return parse_month (self, words->from, error);
}

/* Steady and null organisations have their own rest values; what was named on the command line wins. */
static void
set_defaults (SimOptions *self)
{
  for (guint i = 0; i < SIM_N_KNOBS; i++)
    self->knobs[i] = knobs[i].low + (knobs[i].high - knobs[i].low) * self->culture;

  self->hours = 24.0 + 28.0 * self->culture;
  self->contacts = 4.0;
  if (self->null)
    self->knobs[SIM_DIFFERENCES] = self->knobs[SIM_SILENT] = 0.0;
  if (self->null)
    self->knobs[SIM_OPENNESS] = -1.0; /* teams do not matter */
  if (self->steady)
    self->knobs[SIM_COMPLIANCE] = self->knobs[SIM_SILENT] = 0.0;
}

static gboolean
check (SimOptions  *self,
       const Words *words,
       GError     **error)
{
  if (self->null && (words->knobs[SIM_DIFFERENCES] != NULL || words->knobs[SIM_SILENT] != NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--null means that teams do not differ: leave out --differences and --silent"));
      return FALSE;
    }
  if (self->output == NULL || *self->output == '\0')
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--output: name the directory to write to"));
      return FALSE;
    }

  return TRUE;
}

static gboolean
parse_words (SimOptions  *self,
             const Words *words,
             GError     **error)
{
  self->culture = 0.5;
  self->year = 2023;
  self->month = 1;
  self->null = words->null;
  self->steady = words->steady;
  self->mass_talks = words->mass_talks;
  self->gzip = words->gzip;
  self->calendar = words->calendar;
  self->named = words->named;
  self->output = g_strdup (words->output);
  if (!parse_sizes (self, words, error) || !parse_number ("culture", words->culture, 1.0, &self->culture, error)
      || !parse_language (self, words->language, error) || !parse_surveys (self, words->surveys, error))
    return FALSE;

  set_defaults (self);
  for (guint i = 0; i < SIM_N_KNOBS; i++)
    if (!parse_number (knobs[i].name, words->knobs[i], 1.0, &self->knobs[i], error))
      return FALSE;
  if (!parse_number ("hours", words->hours, 100000.0, &self->hours, error)
      || !parse_number ("contacts", words->contacts, 10000.0, &self->contacts, error))
    return FALSE;

  return check (self, words, error);
}

static void
add_option (GArray     *entries,
            const char *name,
            gpointer    place,
            const char *argument,
            const char *help)
{
  GOptionEntry entry = {
    name, 0, 0, argument != NULL ? G_OPTION_ARG_STRING : G_OPTION_ARG_NONE, place, help, argument
  };

  if (g_str_equal (name, "output"))
    {
      entry.short_name = 'o';
      entry.arg = G_OPTION_ARG_FILENAME;
    }
  g_array_append_val (entries, entry);
}

static GArray *
describe (Words *words)
{
  GArray *entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));

  add_option (entries, "output", &words->output, N_("DIR"), N_("write DIR/organisation.xml and DIR/truth.json"));
  add_option (entries, "people", &words->people, N_("N"), N_("heads at the start, 10 to 100000 (200)"));
  add_option (entries, "teams", &words->teams, N_("N"),
              N_("teams, at most half as many as people (one of nine people)"));
  add_option (entries, "months", &words->months, N_("N"), N_("months, 1 to 240 (24)"));
  add_option (entries, "from", &words->from, N_("YYYY-MM"), N_("the first month (2023-01)"));
  add_option (entries, "seed", &words->seed, N_("N"), N_("the same seed writes the same bytes (1)"));
  add_option (entries, "culture", &words->culture, N_("0…1"),
              N_("from a culture of learning (0) to a learning culture (1)"));
  for (guint i = 0; i < SIM_N_KNOBS; i++)
    add_option (entries, knobs[i].name, &words->knobs[i], N_("0…1"), knobs[i].help);
  add_option (entries, "hours", &words->hours, N_("N"), N_("hours of learning per head per year"));
  add_option (entries, "contacts", &words->contacts, N_("N"), N_("mere contacts per head per month (4)"));
  add_option (entries, "null", &words->null, NULL, N_("teams do not differ in anything"));
  add_option (entries, "steady", &words->steady, NULL,
              N_("nobody comes, goes, moves or is away, and all months are alike"));
  add_option (entries, "mass-talks", &words->mass_talks, NULL, N_("one person presents to everybody every month"));
  add_option (entries, "surveys", &words->surveys, N_("LIST"),
              N_("questionnaires that are held twice: ids with commas between them, or all (none)"));
  add_option (entries, "named", &words->named, NULL, N_("questionnaires are answered by name instead of by token"));
  add_option (entries, "language", &words->language, N_("CODE"), N_("language of the names: nl, en or fr (nl)"));
  add_option (entries, "gzip", &words->gzip, NULL, N_("write DIR/organisation.xml.gz instead"));
  add_option (entries, "calendar", &words->calendar, NULL,
              N_("write what teams do in meetings as DIR/meetings.ics, with the mapping DIR/meetings.keys, and not "
                 "into the organisation"));
  add_option (entries, "version", &words->version, NULL, N_("print the version and stop"));

  return entries;
}

static void
words_clear (Words *words)
{
  char **all[] = { &words->people, &words->teams, &words->months, &words->from, &words->seed, &words->culture,
                   &words->hours, &words->contacts, &words->language, &words->surveys, &words->output };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_clear_pointer (all[i], g_free);
  for (guint i = 0; i < SIM_N_KNOBS; i++)
    g_clear_pointer (&words->knobs[i], g_free);
}

gboolean
sim_options_parse (SimOptions *self,
                   int        *argc,
                   char     ***argv,
                   gboolean   *done,
                   GError    **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  Words words = { NULL };
  g_autoptr (GArray) entries = describe (&words);
  gboolean good;

  g_option_context_add_main_entries (context, (const GOptionEntry *) entries->data, GETTEXT_PACKAGE);
  g_option_context_set_summary (
      context, _("Writes a believable organisation that learns, to try Kennis on and to judge its metrics by."));
  g_option_context_set_description (
      context, _("A knob that is not named follows --culture. The organisation is made up: any likeness is chance."));

  good = g_option_context_parse (context, argc, argv, error);
  if (good && *argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("“%s” is not an option; see --help"), (*argv)[1]);
      good = FALSE;
    }
  *done = good && words.version;
  if (words.version)
    g_print ("kennis-simulate %s\n", PACKAGE_VERSION);
  if (good && !*done)
    good = parse_words (self, &words, error);
  words_clear (&words);

  return good;
}

void
sim_options_clear (SimOptions *self)
{
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->surveys, g_strfreev);
}
