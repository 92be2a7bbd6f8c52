#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-xapi-private.h"


/* What mappings of statements have and mappings of tables have not. */

static void
clear_iris (gpointer data)
{
  KennisMapIris *iris = data;

  g_free (iris->name);
  g_strfreev (iris->iris);
}

void
kennis_map_statements_init (KennisMapping *self)
{
  for (guint i = 0; i < KENNIS_MAP_N_LISTS; i++)
    {
      self->lists[i] = g_array_new (FALSE, TRUE, sizeof (KennisMapIris));
      g_array_set_clear_func (self->lists[i], clear_iris);
    }
}

void
kennis_map_statements_clear (KennisMapping *self)
{
  for (guint i = 0; i < KENNIS_MAP_N_LISTS; i++)
    g_clear_pointer (&self->lists[i], g_array_unref);
  g_clear_pointer (&self->accounts, g_strfreev);
}

void
kennis_map_statements_clear_record (KennisMapStatements *self)
{
  g_strfreev (self->verbs);
  g_strfreev (self->types);
  g_strfreev (self->unless_types);
  g_strfreev (self->profiles);
  kennis_template_clear (&self->merge);
}

static char **
list_of (const char *value)
{
  g_auto (GStrv) all = g_strsplit (value, ";", -1);
  GPtrArray *list = g_ptr_array_new ();

  for (char **one = all; *one != NULL; one++)
    if (*g_strstrip (*one) != '\0')
      g_ptr_array_add (list, g_strdup (*one));
  g_ptr_array_add (list, NULL);

  return (char **) g_ptr_array_free (list, FALSE);
}

static int
general_key (KennisMapping *self,
             const char    *group,
             const char    *key,
             const char    *value,
             GError       **error)
{
  if (g_str_equal (key, "format"))
    {
      if (!g_str_equal (value, "xapi") && !g_str_equal (value, "table") && !g_str_equal (value, "ics"))
        return kennis_map_wrong (error, group, key, _("accepted are table, xapi and ics")) ? 1 : -1;
      self->is_of_statements = g_str_equal (value, "xapi");
      self->is_calendar = g_str_equal (value, "ics");
      return 1;
    }
  if (g_str_equal (key, "accounts"))
    {
      g_strfreev (self->accounts);
      self->accounts = list_of (value);
      return 1;
    }

  return 0;
}

int
kennis_map_statements_key (KennisMapping   *self,
                           KennisMapRecord *record,
                           const char      *group,
                           const char      *key,
                           const char      *value,
                           GError         **error)
{
  KennisMapStatements *own;
  char ***list = NULL;

  if (record == NULL)
    return general_key (self, group, key, value, error);
  if (!self->is_of_statements && !self->is_calendar)
    return 0;
  own = &record->statements;
  /* Of events there are types only. */
  if (self->is_calendar && !g_str_equal (key, "type") && !g_str_equal (key, "unless-type"))
    return 0;
  if (g_str_equal (key, "sum"))
    {
      own->sums = g_str_equal (value, "duration");
      return own->sums || kennis_map_wrong (error, group, key, _("accepted is duration")) ? 1 : -1;
    }
  if (g_str_equal (key, "within"))
    {
      KennisXapiDuration state = kennis_xapi_duration (value, strlen (value), 0, &own->within);

      return state != KENNIS_XAPI_DURATION_SOUND || own->within < 0
                 ? (kennis_map_wrong (error, group, key, _("accepted is a duration, as PT1H")) ? 1 : -1)
                 : 1;
    }
  if (g_str_equal (key, "merge"))
    {
      if (record->schema->type != KENNIS_RECORD_TYPE_ACTIVITY)
        return kennis_map_wrong (error, group, key, _("is of activities only")) ? 1 : -1;
      kennis_template_clear (&own->merge);
      return kennis_template_init (&own->merge, value, &self->n_columns, error) ? 1 : -1;
    }
  list = g_str_equal (key, "verb")          ? &own->verbs
         : g_str_equal (key, "type")        ? &own->types
         : g_str_equal (key, "unless-type") ? &own->unless_types
         : g_str_equal (key, "profile")     ? &own->profiles
                                            : NULL;
  if (list == NULL)
    return 0;
  g_strfreev (*list);
  *list = list_of (value);

  return 1;
}

int
kennis_map_statements_group (KennisMapping *self,
                             GKeyFile      *file,
                             const char    *group,
                             GError       **error)
{
  static const char *const names[KENNIS_MAP_N_LISTS] = { "verbs", "types", "profiles" };
  g_auto (GStrv) keys = NULL;
  GArray *list = NULL;

  for (guint i = 0; i < KENNIS_MAP_N_LISTS && (self->is_of_statements || self->is_calendar); i++)
    list = g_str_equal (group, names[i]) && (self->is_of_statements || i == KENNIS_MAP_TYPES) ? self->lists[i] : list;
  if (list == NULL)
    return 0;

  keys = g_key_file_get_keys (file, group, NULL, NULL);
  for (char **key = keys; *key != NULL; key++)
    {
      g_autofree char *value = g_key_file_get_value (file, group, *key, NULL);
      KennisMapIris iris = { .name = g_strdup (*key), .iris = list_of (value) };

      g_array_append_val (list, iris);
      if (list->len > KENNIS_MAP_MAX_NAMES)
        return kennis_map_wrong (error, group, *key, _("is one too many; accepted are 62 names")) ? 1 : -1;
    }

  return 1;
}

gboolean
kennis_map_statements_check (KennisMapping *self,
                             GError       **error)
{
  g_autoptr (KennisXapiMap) map = NULL;

  if (self->id == NULL || self->records->len == 0)
    return kennis_map_wrong (error, "mapping", "", _("needs an id, and one [record …] or more"));
  if (self->match != NULL || self->keeps->len + self->ignores->len > 0)
    return kennis_map_wrong (error, "match", "",
                             _("is of tables; accepted are verb=, type=, when= and unless= of a record"));
  map = kennis_xapi_map_new (self, error);

  return map != NULL;
}
