#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-ical-private.h"

#include <string.h>

/* What mappings of calendars have and mappings of tables have not. */

static gboolean
parse_present (KennisMapping *self, const char *value, GError **error)
{
  static const char *const answers[] = { "accepted",     "tentative", "declined", "delegated",
                                         "needs-action", "none",      "organizer" };
  char **list = g_strsplit (value, ";", -1);

  g_strfreev (self->present);
  self->present = list;
  for (; *list != NULL; list++)
    {
      gboolean found = *g_strstrip (*list) == '\0';

      for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
        found = found || g_str_equal (answers[i], *list);
      if (!found)
        return kennis_map_wrong (
            error, "mapping", "present",
            _("accepted are accepted, tentative, declined, delegated, needs-action, none and organizer"));
    }

  return TRUE;
}

int
kennis_map_calendar_key (KennisMapping *self,
                         const char    *key,
                         const char    *value,
                         GError       **error)
{
  const char *accepted = NULL;
  gint64 number;

  if (!self->is_calendar)
    return 0;
  if (g_str_equal (key, "present"))
    return parse_present (self, value, error) ? 1 : -1;
  if (g_str_equal (key, "from") || g_str_equal (key, "until"))
    {
      if (!kennis_map_coverage_day (value, key[0] == 'f' ? &self->from : &self->until, &accepted))
        return kennis_map_wrong (error, "mapping", key, accepted) ? 1 : -1;
      return 1;
    }
  if (g_str_equal (key, "day-hours"))
    {
      if (!kennis_parse_hours (value, strlen (value), &self->day_length, &accepted)
          || self->day_length > KENNIS_MS_PER_DAY)
        return kennis_map_wrong (error, "mapping", key, _("accepted are hours, as 8, of at most 24")) ? 1 : -1;
      return 1;
    }
  if (g_str_equal (key, "occurrences"))
    {
      if (!kennis_parse_decimal (value, strlen (value), 0, &number, &accepted) || number < 1 || number > 1000000)
        return kennis_map_wrong (error, "mapping", key, _("accepted is a number from 1 to 1000000")) ? 1 : -1;
      self->n_occurrences = (guint) number;
      return 1;
    }

  return 0;
}

gboolean
kennis_map_calendar_check (KennisMapping *self,
                           GError       **error)
{
  g_autoptr (KennisIcalMap) map = NULL;

  if (self->id == NULL || self->records->len == 0)
    return kennis_map_wrong (error, "mapping", "", _("needs an id, and one [record …] or more"));
  if (self->match != NULL)
    return kennis_map_wrong (error, "match", "", _("is of tables; accepted are type=, when= and unless= of a record"));
  for (guint r = 0; r < self->records->len; r++)
    {
      const KennisMapRecord *record = self->records->pdata[r];

      if (record->schema->type != KENNIS_RECORD_TYPE_ACTIVITY && record->schema->type != KENNIS_RECORD_TYPE_SHARING
          && record->schema->type != KENNIS_RECORD_TYPE_MOMENT && record->schema->type != KENNIS_RECORD_TYPE_TALK)
        return kennis_map_wrong (
            error, "record", record->schema->name,
            _("is nothing that a calendar tells of; accepted are activity, sharing, moment and talk"));
      if (record->each != NULL)
        return kennis_map_wrong (error, "record", "each",
                                 _("is of tables; {attendee} makes one record of everybody present"));
    }
  map = kennis_ical_map_new (self, error);

  return map != NULL;
}

void
kennis_map_calendar_clear (KennisMapping *self)
{
  g_clear_pointer (&self->present, g_strfreev);
}
