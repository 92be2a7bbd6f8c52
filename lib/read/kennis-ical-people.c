#include "config.h"

#include "read/kennis-ical-private.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

/* Who is invited, and what they said. */

/* Addresses of calendars and rooms, and of nobody. */
static gboolean
is_nobody (const char *mail)
{
  static const char *const ends[] = { "@group.calendar.google.com", "@resource.calendar.google.com",
                                      "@import.calendar.google.com", "@group.v.calendar.google.com" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (mail, ends[i]))
      return TRUE;

  return *mail == '\0' || g_str_equal (mail, "nomail") || g_str_equal (mail, "noemail")
         || g_str_equal (mail, "unknownorganizer@calendar.google.com") || g_str_has_prefix (mail, "invalid:")
         || g_str_has_suffix (mail, ":nomail") || g_str_has_suffix (mail, ":noemail");
}

/* Without "mailto:", what follows "?", and the quotes that some put around an address; NULL: nobody. */
static char *
address_of (const char *value)
{
  g_autofree char *plain = NULL, *lower = NULL, *decoded = NULL;
  gsize n;

  if (value == NULL)
    return NULL;
  while (*value == ' ')
    value++;
  plain = g_ascii_strncasecmp (value, "mailto:", 7) == 0 ? g_strndup (value + 7, strcspn (value + 7, "?"))
                                                         : g_strdup (value);
  decoded = strchr (plain, '%') != NULL ? g_uri_unescape_string (plain, NULL) : NULL;
  if (decoded != NULL && g_utf8_validate (decoded, -1, NULL))
    {
      g_free (plain);
      plain = g_steal_pointer (&decoded);
    }
  g_strstrip (plain);
  n = strlen (plain);
  if (n >= 2 && (plain[0] == '\'' || plain[0] == '<') && (plain[n - 1] == '\'' || plain[n - 1] == '>'))
    {
      memmove (plain, plain + 1, n - 2);
      plain[n - 2] = '\0';
    }
  lower = g_ascii_strdown (plain, -1);

  return is_nobody (lower) ? NULL : g_steal_pointer (&plain);
}

/* A parameter's own text, in small letters; `usual` where there is none. */
static const char *
parameter_word (icalproperty *property, icalparameter_kind kind, const char *usual)
{
  icalparameter *parameter = icalproperty_get_first_parameter (property, kind);
  g_autofree char *lower = NULL;

  if (parameter == NULL)
    return usual;

  char *text = icalparameter_as_ical_string_r (parameter);
  const char *equals = text != NULL ? strchr (text, '=') : NULL;

  lower = g_ascii_strdown (equals != NULL ? equals + 1 : "", -1);
  free (text);

  /* There are few of them, and what is none of them is kept by nobody. */
  static const char *const words[] = { "needs-action", "accepted",  "declined",   "tentative", "delegated",
                                       "completed",    "in-process", "individual", "group",     "resource",
                                       "room",         "unknown",   "chair",      "req-participant",
                                       "opt-participant", "non-participant" };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i], lower))
      return words[i];

  return usual;
}

void
kennis_ical_event_add_person (KennisIcalEvent           *self,
                              struct icalproperty_impl  *property,
                              gboolean                   is_organizer)
{
  const char *type = parameter_word (property, ICAL_CUTYPE_PARAMETER, "individual");
  icalparameter *mail = icalproperty_get_first_parameter (property, ICAL_EMAIL_PARAMETER);
  const char *value = is_organizer ? icalproperty_get_organizer (property) : icalproperty_get_attendee (property);
  KennisIcalPerson person = { .is_organizer = is_organizer };

  if (g_str_equal (type, "room") || g_str_equal (type, "resource") || g_str_equal (type, "group"))
    return;
  person.role = parameter_word (property, ICAL_ROLE_PARAMETER, "req-participant");
  person.partstat = parameter_word (property, ICAL_PARTSTAT_PARAMETER, is_organizer ? "organizer" : "none");
  /* Invited for information only, as Outlook marks rooms too. */
  if (g_str_equal (person.role, "non-participant"))
    return;
  /* An address of a directory says less than the mail beside it. */
  if (mail != NULL && (value == NULL || g_ascii_strncasecmp (value, "mailto:", 7) != 0))
    value = icalparameter_get_email (mail);
  person.id = address_of (value);
  if (person.id == NULL)
    return;
  if (is_organizer)
    g_array_prepend_val (self->people, person);
  else
    g_array_append_val (self->people, person);
}

/* The text behind ";NAME=", and the quote that may open it, among the parameters of a line; NULL: it has none of that name. */
static const char *
find_parameter (const char *line, const char *name)
{
  gboolean in_quotes = FALSE;
  gsize length = strlen (name);

  for (const char *c = line; *c != '\0' && (in_quotes || *c != ':'); c++)
    {
      if (*c == '"')
        in_quotes = !in_quotes;
      else if (*c == ';' && !in_quotes && g_ascii_strncasecmp (c + 1, name, length) == 0 && c[1 + length] == '=')
        return c + 2 + length + (c[2 + length] == '"');
    }

  return NULL;
}

gboolean
kennis_ical_has_answers (const KennisIcalComponent *component)
{
  const char *organizer = NULL;
  guint n = 0;

  for (guint i = 0; i < component->lines->len && organizer == NULL; i++)
    {
      const char *text = component->text->str + g_array_index (component->lines, KennisIcalLine, i).at;

      organizer = kennis_ical_is_line (text, "ORGANIZER") ? kennis_ical_line_value (text) : NULL;
    }
  for (guint i = 0; i < component->lines->len && n < 2; i++)
    {
      const char *text = component->text->str + g_array_index (component->lines, KennisIcalLine, i).at;
      const char *answer = kennis_ical_is_line (text, "ATTENDEE") ? find_parameter (text, "PARTSTAT") : NULL;
      const char *who = answer != NULL ? kennis_ical_line_value (text) : NULL;

      if (who != NULL && g_ascii_strncasecmp (answer, "NEEDS-ACTION", 12) != 0
          && (organizer == NULL || g_ascii_strcasecmp (who, organizer) != 0))
        n++;
    }

  return n >= 2;
}
