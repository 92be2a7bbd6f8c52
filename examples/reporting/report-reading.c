#include "config.h"

#include "reporting/report-reading.h"
#include "reporting/report-output.h"
#include "reporting/report-words.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define KEY_BYTES 16           /* at least */
#define KEY_BYTES_MOST 65536

void
report_reading_add_options (ReportReading *self, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "strict", 0, 0, G_OPTION_ARG_NONE, &self->strict, N_("stop at the first record that cannot be taken"), NULL },
    { "roster-only", 0, 0, G_OPTION_ARG_NONE, &self->roster_only,
      N_("reject events of people and teams that no source declares [they count in sums and exchange, never as heads]"), NULL },
    { "map", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->maps,
      N_("how the rows of tables become records, or of one of them; may be given again [the mapping that fits]"),
      N_("NAME|FILE[=SOURCE]") },
    { "describe", 0, 0, G_OPTION_ARG_FILENAME, &self->describe,
      N_("tell what a table holds and which mapping fits, write the draft of one to --output, and end"), N_("FILE") },
    { "check", 0, 0, G_OPTION_ARG_NONE, &self->check,
      N_("read the sources, tell what was made of each, and end (as text, or with --format=json)"), NULL },
    { "cover", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->covers,
      N_("what the sources observe, and from which day to before which day; may be given again"),
      N_("RECORD[.FIELD]=[FROM]..[UNTIL]") },
    { "events", 0, 0, G_OPTION_ARG_STRING, &self->events,
      N_("which days of calendars are read, without the last one [as the mapping says, else up to now]"), N_("[FROM]..[UNTIL]") },
    { "date-order", 0, 0, G_OPTION_ARG_STRING, &self->date_order,
      N_("how tables write dates: dmy, mdy or ymd [as the file proves]"), N_("ORDER") },
    { "decimal", 0, 0, G_OPTION_ARG_STRING, &self->decimal,
      N_("what tables write before decimals: point or comma [as the mapping says, or the file proves]"), N_("MARK") },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &self->encoding,
      N_("UTF-8, UTF-16LE, UTF-16BE or Windows-1252 [as the file shows]"), N_("ENCODING") },
    { "time-zone", 0, 0, G_OPTION_ARG_STRING, &self->time_zone, N_("of sources that do not say theirs [UTC]"), N_("ZONE") },
    { "currency", 0, 0, G_OPTION_ARG_STRING, &self->currency, N_("of sources that do not say theirs [EUR]"), N_("CODE") },
    { "pseudonym-key", 0, 0, G_OPTION_ARG_FILENAME, &self->pseudonym_key,
      N_("replace the ids of people by HMAC-SHA-256 with the key in this file"), N_("FILE") },
    { "coarse-times", 0, 0, G_OPTION_ARG_NONE, &self->coarse_times, N_("keep days and no times of the day"), NULL },
    G_OPTION_ENTRY_NULL
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

void
report_reading_clear (ReportReading *self)
{
  g_strfreev (self->maps);
  g_strfreev (self->covers);
  g_free (self->describe);
  g_free (self->pseudonym_key);
  g_free (self->date_order);
  g_free (self->decimal);
  g_free (self->encoding);
  g_free (self->events);
  g_free (self->time_zone);
  g_free (self->currency);
}

/* The bytes as they are: whoever shares the key shares the file. */
static gboolean
read_key (const ReportReading *self, KennisReader *reader, GError **error)
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) key = NULL;
  g_autofree char *name = NULL;

  if (self->pseudonym_key == NULL)
    return TRUE;
  file = g_mapped_file_new (self->pseudonym_key, FALSE, error);
  if (file == NULL)
    return FALSE;
  name = g_filename_display_name (self->pseudonym_key);
  if (g_mapped_file_get_length (file) < KEY_BYTES || g_mapped_file_get_length (file) > KEY_BYTES_MOST)
    return report_word_wrong (error, "pseudonym-key", name,
                              _("a file of 16 to 65536 bytes, as “head -c 32 /dev/urandom” writes one"));
  key = g_bytes_new (g_mapped_file_get_contents (file), g_mapped_file_get_length (file));
  kennis_reader_set_pseudonym_key (reader, key);

  return TRUE;
}

static gboolean
is_one_of (const char *word, const char *const *words)
{
  return word == NULL || g_strv_contains (words, word);
}

/* A name that comes with the library, or a file; a folder in the name or ".keys" at its end say that it is a file. */
static KennisMapping *
find_mapping (const char *word, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (strchr (word, G_DIR_SEPARATOR) == NULL && !g_str_has_suffix (word, ".keys")
      && !g_file_test (word, G_FILE_TEST_IS_REGULAR))
    return kennis_mapping_find (word, error);
  file = g_file_new_for_commandline_arg (word);

  return kennis_mapping_load (file, NULL, error);
}

/* Which source a mapping is for: what stands behind an equals sign and is a source; −1: all of them. */
static int
source_of (const char *map, char **sources, gsize *length)
{
  for (const char *equals = strchr (map, '='); equals != NULL; equals = strchr (equals + 1, '='))
    for (int i = 0; sources[i] != NULL; i++)
      if (g_str_equal (sources[i], equals + 1))
        {
          *length = (gsize) (equals - map);
          return i;
        }
  *length = strlen (map);

  return -1;
}

/* A day as 2024-01-31, at its beginning there; an empty text says nothing. */
static gboolean
read_day (const char *text, const char *time_zone, gint64 *time)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (time_zone != NULL ? time_zone : "UTC");
  g_autoptr (GDateTime) day = NULL;
  int y, m, d;
  char rest;

  *time = KENNIS_UNKNOWN;
  if (*text == '\0')
    return TRUE;
  if (zone == NULL || sscanf (text, "%4d-%2d-%2d%c", &y, &m, &d, &rest) != 3)
    return FALSE;
  day = g_date_time_new (zone, y, m, d, 0, 0, 0);
  if (day != NULL)
    *time = g_date_time_to_unix (day) * 1000;

  return day != NULL;
}

/* "2024-01-01..2025-01-01" */
static gboolean
read_events (const ReportReading *self, KennisReader *reader, GError **error)
{
  g_auto (GStrv) ends = self->events != NULL ? g_strsplit (self->events, "..", 2) : NULL;
  gint64 from, until;

  if (ends == NULL)
    return TRUE;
  if (g_strv_length (ends) != 2 || !read_day (ends[0], self->time_zone, &from)
      || !read_day (ends[1], self->time_zone, &until) || (until != KENNIS_UNKNOWN && from >= until))
    return report_word_wrong (error, "events", self->events,
                              _("days as 2024-01-01..2025-01-01; one of them may be left out"));
  kennis_reader_set_events_from (reader, from);
  kennis_reader_set_events_until (reader, until);

  return TRUE;
}

KennisReader *
report_reading_reader (const ReportReading *self, GError **error)
{
  static const char *const orders[] = { "dmy", "mdy", "ymd", NULL };
  static const char *const marks[] = { "point", "comma", NULL };
  static const char *const encodings[] = { "UTF-8", "UTF-16LE", "UTF-16BE", "Windows-1252", NULL };
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) trial = NULL;

  kennis_reader_set_strict (reader, self->strict);
  kennis_reader_set_accept_seen (reader, !self->roster_only);
  kennis_reader_set_coarse_times (reader, self->coarse_times);
  if (!is_one_of (self->date_order, orders))
    return report_word_wrong (error, "date-order", self->date_order, "dmy, mdy, ymd"), NULL;
  kennis_reader_set_date_order (reader, self->date_order);
  if (!is_one_of (self->decimal, marks))
    return report_word_wrong (error, "decimal", self->decimal, "point, comma"), NULL;
  kennis_reader_set_decimal_mark (reader, self->decimal);
  if (!is_one_of (self->encoding, encodings))
    return report_word_wrong (error, "encoding", self->encoding, "UTF-8, UTF-16LE, UTF-16BE, Windows-1252"), NULL;
  kennis_reader_set_encoding (reader, self->encoding);
  /* The library says best what is no time zone, or no currency. */
  if ((self->time_zone != NULL || self->currency != NULL)
      && (trial = kennis_dataset_new (self->time_zone != NULL ? self->time_zone : "UTC",
                                      self->currency != NULL ? self->currency : "EUR", error))
             == NULL)
    return NULL;
  if (self->time_zone != NULL)
    kennis_reader_set_time_zone (reader, self->time_zone);
  if (self->currency != NULL)
    kennis_reader_set_currency (reader, self->currency);

  if (!read_events (self, reader, error))
    return NULL;

  return read_key (self, reader, error) ? g_steal_pointer (&reader) : NULL;
}

static gboolean
apply_maps (const ReportReading *self, KennisImport *import, char **sources, GError **error)
{
  for (guint i = 0; self->maps != NULL && self->maps[i] != NULL; i++)
    {
      gsize length;
      int source = source_of (self->maps[i], sources, &length);
      g_autofree char *word = g_strndup (self->maps[i], length);
      g_autoptr (KennisMapping) mapping = find_mapping (word, error);

      if (mapping == NULL)
        return FALSE;
      if (source >= 0)
        kennis_import_set_mapping (import, (guint) source, mapping);
      else
        kennis_reader_set_mapping (kennis_import_get_reader (import), mapping);
    }

  return TRUE;
}

/* "activity.duration=2024-01-01..2025-01-01" */
static gboolean
apply_cover (KennisImport *import, const char *text, GError **error)
{
  g_autofree char *copy = g_strdup (text);
  char *equals = strchr (copy, '='), *dots = equals != NULL ? strstr (equals, "..") : NULL, *dot;

  if (equals != NULL && dots == NULL)
    return report_word_wrong (error, "cover", text,
                              _("what is observed and when, as activity=2024-01-01..2025-01-01"));
  if (equals != NULL)
    *equals = *dots = '\0';
  dot = strchr (copy, '.');
  if (dot != NULL)
    *dot = '\0';

  return kennis_import_add_coverage (import, copy, dot != NULL ? dot + 1 : NULL,
                                     equals != NULL && equals[1] != '\0' ? equals + 1 : NULL,
                                     dots != NULL && dots[2] != '\0' ? dots + 2 : NULL, error);
}

gboolean
report_reading_apply (const ReportReading *self, KennisImport *import, char **sources, GError **error)
{
  for (guint i = 0; self->covers != NULL && self->covers[i] != NULL; i++)
    if (!apply_cover (import, self->covers[i], error))
      return FALSE;

  return apply_maps (self, import, sources, error);
}

gboolean
report_reading_describe (const ReportReading *self, const char *output, GError **error)
{
  g_autoptr (KennisReader) reader = report_reading_reader (self, error);
  g_autoptr (KennisImport) import = reader != NULL ? kennis_import_new (reader) : NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (self->describe);
  g_autoptr (KennisDescription) description = NULL;
  g_autofree char *text = NULL, *name = NULL;
  char *none[] = { NULL };
  const char *draft;

  if (import == NULL || !apply_maps (self, import, none, error))
    return FALSE;
  description = kennis_description_new (reader, file, NULL, error);
  if (description == NULL)
    return FALSE;
  text = kennis_description_to_string (description);
  g_print ("%s", text);
  if (output == NULL || strcmp (output, "-") == 0)
    return TRUE;
  draft = kennis_description_get_draft (description);
  if (!report_output_write (output, draft, strlen (draft), error))
    return FALSE;
  name = g_filename_display_name (output);
  g_print (_("The draft of a mapping is in “%s”; look at it, and give it as --map.\n"), name);

  return TRUE;
}
