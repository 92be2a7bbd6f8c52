#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-ical-private.h"

#include <kennis/kennis-error.h>
#include <string.h>

static const struct
{
  const char *name;            /* plain */
  KennisIcalSource source;
} sources[] = {
  { "uid", KENNIS_ICAL_FROM_UID },
  { "session", KENNIS_ICAL_FROM_SESSION },
  { "summary", KENNIS_ICAL_FROM_SUMMARY },
  { "categories", KENNIS_ICAL_FROM_CATEGORIES },
  { "location", KENNIS_ICAL_FROM_LOCATION },
  { "organizer", KENNIS_ICAL_FROM_ORGANIZER },
  { "organizer.team", KENNIS_ICAL_FROM_ORGANIZER_TEAM },
  { "attendee", KENNIS_ICAL_FROM_ATTENDEE },
  { "attendee.team", KENNIS_ICAL_FROM_ATTENDEE_TEAM },
  { "attendees", KENNIS_ICAL_FROM_ATTENDEES },
  { "attendees.team", KENNIS_ICAL_FROM_ATTENDEES_TEAM },
  { "role", KENNIS_ICAL_FROM_ROLE },
  { "partstat", KENNIS_ICAL_FROM_PARTSTAT },
  { "start", KENNIS_ICAL_FROM_START },
  { "ended", KENNIS_ICAL_FROM_ENDED },
  { "duration", KENNIS_ICAL_FROM_DURATION },
  { "calendar", KENNIS_ICAL_FROM_CALENDAR },
  { "class", KENNIS_ICAL_FROM_CLASS },
  { "status", KENNIS_ICAL_FROM_STATUS },
  { "transp", KENNIS_ICAL_FROM_TRANSPARENCY },
  { "type", KENNIS_ICAL_FROM_TYPE },
  { "series", KENNIS_ICAL_FROM_SERIES },
  { "present", KENNIS_ICAL_FROM_PRESENT },
};

static gboolean
find_name (const char *plain, KennisIcalName *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (g_str_equal (sources[i].name, plain))
      {
        *name = (KennisIcalName) { sources[i].source, NULL };
        return TRUE;
      }
  if (!g_str_has_prefix (plain, "x-") || plain[2] == '\0' || strlen (plain) > 100)
    return FALSE;
  *name = (KennisIcalName) { KENNIS_ICAL_FROM_PROPERTY, g_ascii_strdown (plain, -1) };

  return TRUE;
}

static gboolean
is_personal (const KennisIcalName *name)
{
  return name->source == KENNIS_ICAL_FROM_ATTENDEE || name->source == KENNIS_ICAL_FROM_ATTENDEE_TEAM
         || name->source == KENNIS_ICAL_FROM_ROLE || name->source == KENNIS_ICAL_FROM_PARTSTAT;
}

static void
clear_name (gpointer data)
{
  KennisIcalName *name = data;

  g_free (name->property);
}

static void
clear_names (gpointer data)
{
  GArray **names = data;

  g_clear_pointer (names, g_array_unref);
}

static void
clear_pattern (gpointer data)
{
  KennisIcalPattern *pattern = data;

  g_clear_pointer (&pattern->regex, g_regex_unref);
}

/* What the names of a template stand for; *personal where one of them is of one of those present. */
static gboolean
resolve (KennisIcalMap *self, const KennisTemplate *template, gboolean *personal, GError **error)
{
  for (guint p = 0; p < template->n_parts; p++)
    {
      const KennisPart *part = &template->parts[p];
      GArray *names;

      if (part->kind == KENNIS_PART_LITERAL)
        continue;
      names = g_array_new (FALSE, FALSE, sizeof (KennisIcalName));
      g_array_set_clear_func (names, clear_name);
      if (part->kind == KENNIS_PART_COLUMN)
        {
          clear_names (&g_array_index (self->names, GArray *, part->index));
          g_array_index (self->names, GArray *, part->index) = names;
        }
      for (char **plain = part->names; part->kind == KENNIS_PART_COLUMN && *plain != NULL; plain++)
        {
          KennisIcalName name;

          if (!find_name (*plain, &name))
            {
              g_set_error (
                  error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                  _("{%s} is nothing that an event has; accepted are the names of docs/calendar.md, as {summary}, "
                    "{categories}, {organizer}, {attendee}, {start}, and X-… properties"),
                  *plain);
              return FALSE;
            }
          *personal = *personal || is_personal (&name);
          g_array_append_val (names, name);
        }
      if (part->kind != KENNIS_PART_COLUMN)
        {
          g_array_unref (names);
          g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("{%s} is of tables only"), part->text);
          return FALSE;
        }
    }

  return TRUE;
}

/* "category:Training" is that category, "summary:…" a regular expression on the title, and any other one on both. */
static gboolean
make_pattern (const char *text, KennisIcalPattern *pattern, GError **error)
{
  g_autofree char *escaped = NULL, *whole = NULL;

  *pattern = (KennisIcalPattern) { NULL, TRUE, TRUE };
  if (g_str_has_prefix (text, "category:"))
    {
      escaped = g_regex_escape_string (text + strlen ("category:"), -1);
      whole = g_strdup_printf ("^%s$", escaped);
      text = whole;
      pattern->in_summary = FALSE;
    }
  else if (g_str_has_prefix (text, "summary:"))
    {
      text += strlen ("summary:");
      pattern->in_categories = FALSE;
    }
  pattern->regex = g_regex_new (text, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, error);

  return pattern->regex != NULL;
}

static gboolean
make_types (KennisIcalMap *self, GError **error)
{
  const GArray *list = self->mapping->lists[KENNIS_MAP_TYPES];

  for (guint i = 0; i < list->len; i++)
    {
      const KennisMapIris *from = &g_array_index (list, KennisMapIris, i);
      GArray *patterns = g_array_new (FALSE, FALSE, sizeof (KennisIcalPattern));

      g_array_set_clear_func (patterns, clear_pattern);
      g_ptr_array_add (self->types, patterns);
      for (char **text = from->iris; *text != NULL; text++)
        {
          KennisIcalPattern pattern;

          if (!make_pattern (*text, &pattern, error))
            {
              g_prefix_error (error, "[types] %s: ", from->name);
              return FALSE;
            }
          g_array_append_val (patterns, pattern);
        }
    }

  return TRUE;
}

static gboolean
make_set (const KennisIcalMap *self, char *const *names, guint64 *set, GError **error)
{
  const GArray *list = self->mapping->lists[KENNIS_MAP_TYPES];

  for (; names != NULL && *names != NULL; names++)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < list->len; i++)
        if (g_str_equal (g_array_index (list, KennisMapIris, i).name, *names))
          {
            *set |= G_GUINT64_CONSTANT (1) << i;
            found = TRUE;
          }
      if (!found)
        {
          g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("“%s” does not stand in [types]"), *names);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
make_record (KennisIcalMap *self, const KennisMapRecord *from, GError **error)
{
  KennisIcalMapRecord to = { .record = from };
  gboolean ok = make_set (self, from->statements.types, &to.types, error)
                && make_set (self, from->statements.unless_types, &to.unless_types, error)
                && resolve (self, &from->when, &to.each_person, error)
                && resolve (self, &from->unless, &to.each_person, error);

  for (guint f = 0; ok && f < from->fields->len; f++)
    ok = resolve (self, &g_array_index (from->fields, KennisMapField, f).template, &to.each_person, error);
  if (ok)
    g_array_append_val (self->records, to);

  return ok;
}

static void
find_extra (KennisIcalMap *self)
{
  GPtrArray *extra = g_ptr_array_new ();

  for (guint i = 0; i < self->names->len; i++)
    {
      const GArray *names = g_array_index (self->names, GArray *, i);

      for (guint k = 0; names != NULL && k < names->len; k++)
        {
          const char *property = g_array_index (names, KennisIcalName, k).property;

          if (property != NULL)
            g_ptr_array_add (extra, g_ascii_strup (property, -1));
        }
    }
  g_ptr_array_add (extra, NULL);
  self->extra = (char **) g_ptr_array_free (extra, FALSE);
}

KennisIcalMap *
kennis_ical_map_new (KennisMapping *mapping,
                     GError       **error)
{
  g_autoptr (KennisIcalMap) self = g_new0 (KennisIcalMap, 1);
  gboolean ok, personal = FALSE;

  self->mapping = g_object_ref (mapping);
  self->names = g_array_new (FALSE, TRUE, sizeof (GArray *));
  g_array_set_clear_func (self->names, clear_names);
  g_array_set_size (self->names, mapping->n_columns);
  self->types = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->records = g_array_new (FALSE, FALSE, sizeof (KennisIcalMapRecord));
  ok = make_types (self, error);
  for (guint i = 0; ok && i < mapping->keeps->len; i++)
    ok = resolve (self, &g_array_index (mapping->keeps, KennisTemplate, i), &personal, error);
  for (guint i = 0; ok && i < mapping->ignores->len; i++)
    ok = resolve (self, &g_array_index (mapping->ignores, KennisTemplate, i), &personal, error);
  for (guint r = 0; ok && r < mapping->records->len; r++)
    ok = make_record (self, mapping->records->pdata[r], error);
  if (!ok)
    return NULL;
  find_extra (self);

  return g_steal_pointer (&self);
}

void
kennis_ical_map_free (KennisIcalMap *self)
{
  g_clear_object (&self->mapping);
  g_clear_pointer (&self->names, g_array_unref);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->records, g_array_unref);
  g_strfreev (self->extra);
  g_free (self);
}
