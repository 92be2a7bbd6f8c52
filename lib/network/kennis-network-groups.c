#include "config.h"

#include <string.h>

#include "base/kennis-i18n-private.h"
#include "network/kennis-network-people-private.h"
#include "network/kennis-network-private.h"

/* People by an attribute: as the metrics name them, of the last day in the window on which the person was there. */

static gint64
value_of (const KennisNetworkPeople *people, KennisRecordType type, guint field, guint32 row)
{
  return kennis_column_get (&people->facts->tables[type].columns[field], row);
}

/* Departments are the teams of the topmost level that has more than one team: by team its department. */
static guint32 *
find_departments (const KennisNetworkPeople *people)
{
  const KennisTable *table = &people->facts->tables[KENNIS_RECORD_TYPE_TEAM];
  guint32 n = kennis_intern_size (people->facts->spaces[KENNIS_SPACE_TEAM]), root = KENNIS_INTERN_NONE;
  guint32 *department = g_new (guint32, (gsize) n + 1);
  g_autofree guint32 *parent = g_new (guint32, (gsize) n + 1), *children = g_new0 (guint32, (gsize) n + 1);
  gboolean go_on = TRUE;

  for (guint32 t = 0; t < n; t++)
    parent[t] = KENNIS_INTERN_NONE;
  for (guint32 row = 0; row < table->n_rows; row++)
    {
      gint64 up = value_of (people, KENNIS_RECORD_TYPE_TEAM, KENNIS_TEAM_PARENT, row);

      if (up == KENNIS_UNKNOWN)
        continue;
      parent[value_of (people, KENNIS_RECORD_TYPE_TEAM, KENNIS_TEAM_ID, row)] = (guint32) up;
      children[up]++;
    }
  for (guint32 depth = 0; go_on && depth <= n; depth++)
    {
      guint32 only = KENNIS_INTERN_NONE, n_here = 0;

      for (guint32 t = 0; t < n; t++)
        if (parent[t] == root && kennis_dataset_is_declared (people->facts, KENNIS_SPACE_TEAM, t))
          {
            only = t;
            n_here++;
          }
      go_on = n_here == 1 && children[only] > 0;
      if (go_on)
        root = only;
    }
  for (guint32 t = 0; t < n; t++)
    {
      guint32 at = t;

      for (guint32 steps = 0; at < n && parent[at] != root && steps < n; steps++)
        at = parent[at];
      department[t] = at < n ? at : t;
    }
  return department;
}

/* Who is named as leader by someone's record in force on the last day of the window. */
static guint8 *
find_leaders (const KennisNetworkPeople *people)
{
  guint8 *leads = g_new0 (guint8, (gsize) people->n + 1);

  for (guint32 p = 0; p < people->n; p++)
    {
      gint64 row = kennis_network_people_last_row (people, p, people->first_day, people->end_day);
      gint64 leader =
          row < 0 ? KENNIS_UNKNOWN : kennis_network_people_value (people, KENNIS_PERSON_LEADER, (guint32) row);

      if (leader != KENNIS_UNKNOWN && people->canonical[leader] != p)
        leads[people->canonical[leader]] = 1;
    }
  return leads;
}

typedef struct
{
  const KennisNetworkPeople *people;
  const char *attribute;
  guint32 *department;
  guint8 *leads;
} Grouping;

static char *
named_value (const char *list, const char *name)
{
  gsize n = strlen (name);

  while (list != NULL && *list != '\0')
    {
      const char *end = strchrnul (list, KENNIS_LIST_SEPARATOR);

      if ((gsize) (end - list) > n + 1 && strncmp (list, name, n) == 0 && list[n] == '=')
        return g_strndup (list + n + 1, end - list - n - 1);
      list = *end != '\0' ? end + 1 : end;
    }
  return NULL;
}

/* A text of the caller's own; NULL: not known. */
static char *
find_value (const Grouping *self, guint32 person)
{
  const KennisNetworkPeople *people = self->people;
  gint64 row = kennis_network_people_last_row (people, person, people->first_day, people->end_day), code;
  KennisSpace space = KENNIS_SPACE_WORD;
  guint field = KENNIS_PERSON_ATTRIBUTES;
  const char *text;

  if (row < 0)
    return NULL;
  if (self->leads != NULL)
    return g_strdup (self->leads[person] ? "yes" : "no");
  if (g_str_equal (self->attribute, "team") || self->department != NULL)
    field = KENNIS_PERSON_TEAM, space = KENNIS_SPACE_TEAM;
  else if (g_str_equal (self->attribute, "role"))
    field = KENNIS_PERSON_ROLE;
  else if (g_str_equal (self->attribute, "discipline"))
    field = KENNIS_PERSON_DISCIPLINE;
  code = kennis_network_people_value (people, field, (guint32) row);
  if (code == KENNIS_UNKNOWN)
    return NULL;
  text = kennis_dataset_text (people->facts, space, self->department != NULL ? self->department[code] : code);
  return field == KENNIS_PERSON_ATTRIBUTES ? named_value (text, self->attribute) : g_strdup (text);
}

static int
compare_texts (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Numbers the texts in the order of their bytes; groups[p] is the number of value[p]. */
static char **
number_values (char * const *value, guint32 n, guint32 *groups)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  char **texts;

  for (guint32 p = 0; p < n; p++)
    if (value[p] != NULL && g_hash_table_add (numbers, value[p]))
      g_ptr_array_add (names, value[p]);
  if (names->len > 0)
    qsort (names->pdata, names->len, sizeof (gpointer), compare_texts);
  texts = g_new0 (char *, (gsize) names->len + 1);
  for (guint i = 0; i < names->len; i++)
    {
      g_hash_table_insert (numbers, names->pdata[i], GUINT_TO_POINTER (i));
      texts[i] = g_strdup (names->pdata[i]);
    }
  for (guint32 p = 0; p < n; p++)
    groups[p] = value[p] != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (numbers, value[p])) : KENNIS_NETWORK_NOBODY;
  return texts;
}

/**
 * kennis_network_group_by:
 * @self: a network that was made from a summary
 * @attribute: `team`, `department`, `role`, `discipline`, `leader` (yes or no) or a named attribute of people
 * @names: (out) (optional) (transfer full) (array zero-terminated=1): the values, sorted by bytes: the groups' names
 * @error: return location for an error
 *
 * Groups the people by an attribute, as it was on the last day of the window on which they were there.
 *
 * Element type: guint32, one a person: an index into @names, or 4294967295 where it is not known.
 *
 * Errors: %KENNIS_ERROR_NO_DATA for a network that was not made from a summary; %KENNIS_ERROR_INVALID where nobody in it has such an attribute.
 *
 * Time: O(people · log values).
 *
 * Returns: (transfer full): a column
 *
 * Since: 1.0
 */
GBytes *
kennis_network_group_by (KennisNetwork  *self,
                         const char     *attribute,
                         char         ***names,
                         GError        **error)
{
  Grouping grouping = { .attribute = attribute };
  g_autofree guint32 *department = NULL;
  g_autofree guint8 *leads = NULL;
  g_autoptr (GPtrArray) values = NULL;
  g_auto (GStrv) texts = NULL;
  guint32 *groups;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (attribute != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (self->people == NULL)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA,
                   _("The network was made from columns and knows no attribute “%s”; give the groups yourself"),
                   attribute);
      return NULL;
    }
  grouping.people = self->people;
  if (g_str_equal (attribute, "department"))
    grouping.department = department = find_departments (self->people);
  if (g_str_equal (attribute, "leader"))
    grouping.leads = leads = find_leaders (self->people);
  values = g_ptr_array_new_full (self->n, g_free);
  for (guint32 p = 0; p < self->n; p++)
    g_ptr_array_add (values, find_value (&grouping, self->people->person[p]));
  groups = g_new (guint32, (gsize) self->n + 1);
  texts = number_values ((char **) values->pdata, self->n, groups);
  if (self->n > 0 && texts[0] == NULL)
    {
      g_free (groups);
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("Nobody in the network has an attribute “%s”; accepted are team, department, role, discipline, "
                     "leader and what people's records name"),
                   attribute);
      return NULL;
    }
  if (names != NULL)
    *names = g_steal_pointer (&texts);
  return g_bytes_new_take (groups, (gsize) self->n * sizeof (guint32));
}
