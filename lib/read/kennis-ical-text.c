#include "config.h"

#include "read/kennis-ical-private.h"

#include <string.h>

/* What the names in braces say of the occurrence at hand. */

/* The team of most of those present whose team is known; NULL where two are as large. */
static const char *
team_of_most (KennisIcalTaker *self)
{
  const char *best = NULL;
  guint most = 0;
  gboolean is_tie = FALSE;
  GHashTableIter iter;
  gpointer team, n;

  g_hash_table_remove_all (self->teams);
  for (guint i = 0; i < self->present->len; i++)
    {
      const char *id = g_array_index (self->present, KennisIcalPresent, i).id;
      const char *own = kennis_ical_roster_team (self->roster, id, self->occurrence.start);

      if (own != NULL)
        g_hash_table_replace (self->teams, (gpointer) own,
                              GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (self->teams, own)) + 1));
    }
  g_hash_table_iter_init (&iter, self->teams);
  while (g_hash_table_iter_next (&iter, &team, &n))
    {
      is_tie = GPOINTER_TO_UINT (n) == most || (is_tie && GPOINTER_TO_UINT (n) < most);
      if (GPOINTER_TO_UINT (n) > most)
        {
          most = GPOINTER_TO_UINT (n);
          best = team;
        }
    }

  return is_tie ? NULL : best;
}

static const char *
time_text (KennisIcalTaker *self, gint64 time)
{
  return time != KENNIS_UNKNOWN && kennis_format_time (time, self->buffer) > 0 ? self->buffer : NULL;
}

static const char *
of_person (KennisIcalTaker *self, KennisIcalSource source)
{
  if (self->person == NULL)
    return NULL;
  switch (source)
    {
    case KENNIS_ICAL_FROM_ATTENDEE_TEAM:
      return kennis_ical_roster_team (self->roster, self->person->id, self->occurrence.start);
    case KENNIS_ICAL_FROM_ROLE:
      return self->person->role;
    case KENNIS_ICAL_FROM_PARTSTAT:
      return self->person->partstat;
    default:
      return self->person->id;
    }
}

/* What there is only one of. */
static const char *
single (KennisIcalTaker *self, const KennisIcalName *name)
{
  const KennisIcalEvent *event = self->event;

  switch (name->source)
    {
    case KENNIS_ICAL_FROM_UID:
      return event->uid;
    case KENNIS_ICAL_FROM_SESSION:
      return self->session;
    case KENNIS_ICAL_FROM_SUMMARY:
      return event->summary;
    case KENNIS_ICAL_FROM_LOCATION:
      return event->location;
    case KENNIS_ICAL_FROM_ORGANIZER:
      return self->organizer;
    case KENNIS_ICAL_FROM_ORGANIZER_TEAM:
      return kennis_ical_roster_team (self->roster, self->organizer, self->occurrence.start);
    case KENNIS_ICAL_FROM_ATTENDEES_TEAM:
      return team_of_most (self);
    case KENNIS_ICAL_FROM_START:
      return time_text (self, self->occurrence.start);
    case KENNIS_ICAL_FROM_ENDED:
      return time_text (self, self->occurrence.ended);
    case KENNIS_ICAL_FROM_DURATION:
      return self->occurrence.duration != KENNIS_UNKNOWN
                     && kennis_format_duration (self->occurrence.duration, self->buffer) > 0
                 ? self->buffer
                 : NULL;
    case KENNIS_ICAL_FROM_CALENDAR:
      return *self->calendar != '\0' ? self->calendar : NULL;
    case KENNIS_ICAL_FROM_CLASS:
      return event->klass;
    case KENNIS_ICAL_FROM_STATUS:
      return event->status;
    case KENNIS_ICAL_FROM_TRANSPARENCY:
      return event->transparency;
    case KENNIS_ICAL_FROM_TYPE:
      return self->type;
    case KENNIS_ICAL_FROM_SERIES:
      return event->rules->len + event->dates->len > 0 || event->instance.is_known ? "yes" : NULL;
    case KENNIS_ICAL_FROM_PRESENT:
      g_snprintf (self->buffer, sizeof self->buffer, "%u", self->present->len);
      return self->buffer;
    case KENNIS_ICAL_FROM_PROPERTY:
      return g_hash_table_lookup (event->extra, name->property);
    default:
      return of_person (self, name->source);
    }
}

const char *
kennis_ical_taker_value (KennisIcalTaker      *self,
                         const KennisIcalName *name,
                         guint                 i)
{
  if (name->source == KENNIS_ICAL_FROM_CATEGORIES)
    return i < self->event->categories->len ? self->event->categories->pdata[i] : NULL;
  if (name->source == KENNIS_ICAL_FROM_ATTENDEES)
    return i < self->present->len ? g_array_index (self->present, KennisIcalPresent, i).id : NULL;

  return i == 0 ? single (self, name) : NULL;
}

/* The first group, or all that matches, at the end of the text; false: nothing does. */
static gboolean
append_match (GString *text, const GRegex *regex, const char *value)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *found = NULL;

  if (!g_regex_match (regex, value, 0, &match))
    return FALSE;
  if (g_match_info_get_match_count (match) > 1)
    found = g_match_info_fetch (match, 1);
  if (found == NULL || *found == '\0')
    {
      g_free (found);
      found = g_match_info_fetch (match, 0);
    }
  if (found == NULL || *found == '\0')
    return FALSE;
  g_string_append (text, found);

  return TRUE;
}

/* The first of its names that says something; with a regular expression the first that fits. */
static gboolean
append_part (KennisIcalTaker *self, const KennisPart *part)
{
  const GArray *names;

  if (part->kind == KENNIS_PART_LITERAL)
    {
      g_string_append (self->joined, part->text);
      return TRUE;
    }
  names = g_array_index (self->map->names, GArray *, part->index);
  for (guint n = 0; n < names->len; n++)
    {
      const KennisIcalName *name = &g_array_index (names, KennisIcalName, n);
      const char *value;

      for (guint i = 0; (value = kennis_ical_taker_value (self, name, i)) != NULL; i++)
        if (part->regex == NULL && *value != '\0')
          {
            g_string_append (self->joined, value);
            return TRUE;
          }
        else if (part->regex != NULL && append_match (self->joined, part->regex, value))
          return TRUE;
    }

  return FALSE;
}

const char *
kennis_ical_taker_text (KennisIcalTaker      *self,
                        const KennisTemplate *template)
{
  g_string_truncate (self->joined, 0);
  for (guint p = 0; p < template->n_parts; p++)
    if (!append_part (self, &template->parts[p]))
      return NULL;

  return self->joined->len > 0 ? self->joined->str : NULL;
}
