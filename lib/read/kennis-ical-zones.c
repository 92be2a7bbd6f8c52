#include "config.h"

#include "read/kennis-ical-private.h"

#include <string.h>

/* The time zones that a source names. */

static void
unref_zone (gpointer zone)
{
  if (zone != NULL)
    kennis_ical_zone_unref (zone);
}

void
kennis_ical_zones_init (KennisIcalZones *self,
                        KennisCalendar  *floating)
{
  self->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_zone);
  self->all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_zone);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_zone);
  self->floating = kennis_ical_zone_new_of_calendar (floating);
}

void
kennis_ical_zones_clear (KennisIcalZones *self)
{
  g_clear_pointer (&self->own, g_hash_table_unref);
  g_clear_pointer (&self->all, g_hash_table_unref);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_clear_pointer (&self->floating, kennis_ical_zone_unref);
}

void
kennis_ical_zones_begin (KennisIcalZones *self)
{
  g_hash_table_remove_all (self->own);
}

#define MAX_KEPT 256u   /* VTIMEZONEs that are known again; a system exports some hundred names at most */

void
kennis_ical_zones_add (KennisIcalZones           *self,
                       const KennisIcalComponent *component,
                       GCancellable              *cancellable)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  g_autofree char *id = NULL;
  KennisIcalZone *zone;

  for (guint i = 0; i < component->lines->len; i++)
    {
      const char *text = component->text->str + g_array_index (component->lines, KennisIcalLine, i).at;

      g_string_append_printf (joined, "%s\n", text);
      if (id == NULL && kennis_ical_is_line (text, "TZID") && kennis_ical_line_value (text) != NULL)
        id = g_strstrip (g_strdup (kennis_ical_line_value (text)));
    }
  if (id == NULL)
    return;
  zone = g_hash_table_lookup (self->texts, joined->str);
  if (zone != NULL)
    kennis_ical_zone_ref (zone);
  else
    {
      g_autofree char *same = NULL;

      zone = kennis_ical_zone_new (component, &same, cancellable);
      if (zone == NULL)
        return;
      if (g_hash_table_size (self->texts) < MAX_KEPT)
        g_hash_table_insert (self->texts, g_strdup (joined->str), kennis_ical_zone_ref (zone));
    }
  if (g_hash_table_lookup (self->all, id) == NULL && g_hash_table_size (self->all) < MAX_KEPT)
    g_hash_table_replace (self->all, g_strdup (id), kennis_ical_zone_ref (zone));
  g_hash_table_replace (self->own, g_strdup (id), zone);
}

static KennisIcalZone *
system_zone (const char *id)
{
  g_autoptr (KennisCalendar) calendar = kennis_calendar_new (id, NULL);

  return calendar != NULL ? kennis_ical_zone_new_of_calendar (calendar) : NULL;
}

/* "Europe/Amsterdam", "W. Europe Standard Time", and what other programs put before such names:
 * "/freeassociation.sourceforge.net/Tzfile/Europe/Amsterdam", "/mozilla.org/20050126_1/Europe/Amsterdam". */
static KennisIcalZone *
known_zone (const char *id)
{
  const char *windows = kennis_ical_windows_zone (id);
  KennisIcalZone *zone = system_zone (windows != NULL ? windows : id);

  for (const char *slash = *id == '/' ? strchr (id + 1, '/') : NULL; zone == NULL && slash != NULL;
       slash = strchr (slash + 1, '/'))
    zone = system_zone (slash + 1);

  return zone;
}

const KennisIcalZone *
kennis_ical_zones_find (KennisIcalZones *self,
                        const char      *id)
{
  KennisIcalZone *zone = g_hash_table_lookup (self->own, id);

  if (zone == NULL)
    zone = g_hash_table_lookup (self->all, id);
  if (zone != NULL || g_hash_table_contains (self->all, id))
    return zone;
  zone = known_zone (id);
  /* That nobody knows it is worth knowing as well. */
  if (g_hash_table_size (self->all) < 2 * MAX_KEPT)
    g_hash_table_insert (self->all, g_strdup (id), zone);
  else
    {
      g_clear_pointer (&zone, kennis_ical_zone_unref);
      return NULL;
    }

  return zone;
}
