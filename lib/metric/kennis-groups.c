#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-ground-types-private.h"
#include "metric/kennis-sort-private.h"

#include <kennis/kennis-error.h>
#include <string.h>

/* Groups: the combinations of attributes' values that occur.  Attributes are team (as recorded, so the leaf), department (its ancestor on the topmost
 * level of the tree with more than one team), role, discipline, leader (yes or no), and the named attributes of people. */

static const char * const own_attributes[] = { "team", "department", "role", "discipline", "leader" };

const char *
kennis_attribute_find (const char *list, const char *name, gsize *length)
{
  gsize n = strlen (name);

  while (list != NULL && *list != '\0')
    {
      const char *end = strchrnul (list, KENNIS_LIST_SEPARATOR);

      if ((gsize) (end - list) > n && strncmp (list, name, n) == 0 && list[n] == '=')
        {
          *length = end - list - n - 1;
          return list + n + 1;
        }
      list = *end != '\0' ? end + 1 : end;
    }
  return NULL;
}

/* The dataset's text is the whole list: a value of it is kept by the grouping. */
static const char *
named_value (const KennisGround *self, GStringChunk *texts, const KennisSegment *s, const char *name)
{
  const char *list = kennis_dataset_text (
      self->facts, KENNIS_SPACE_WORD, s->attributes == KENNIS_INTERN_NONE ? KENNIS_UNKNOWN : (gint64) s->attributes);
  gsize length;
  const char *value = kennis_attribute_find (list, name, &length);

  if (value == NULL || length == 0)
    return NULL;
  g_autofree char *text = g_strndup (value, length);
  return g_string_chunk_insert_const (texts, text);
}

static const char *
text_of (const KennisGround *self, KennisSpace space, guint32 index)
{
  return index == KENNIS_INTERN_NONE ? NULL : kennis_dataset_text (self->facts, space, index);
}

static const char *
value_of (const KennisGround *self, GStringChunk *texts, const KennisSegment *s, const char *name)
{
  if (g_str_equal (name, "team"))
    return text_of (self, KENNIS_SPACE_TEAM, s->team);
  if (g_str_equal (name, "department"))
    return text_of (self, KENNIS_SPACE_TEAM,
                    s->team < self->n_teams ? self->team_department[s->team] : KENNIS_INTERN_NONE);
  if (g_str_equal (name, "role"))
    return text_of (self, KENNIS_SPACE_WORD, s->role);
  if (g_str_equal (name, "discipline"))
    return text_of (self, KENNIS_SPACE_WORD, s->discipline);
  if (g_str_equal (name, "leader"))
    return !s->on_roster ? NULL : s->is_leader ? "yes" : "no";
  return named_value (self, texts, s, name);
}

static void
add_name (GHashTable *names, const char *item, gsize length)
{
  g_hash_table_add (names, g_strndup (item, length));
}

/* The names of attributes that people have. */
static GHashTable *
find_names (const KennisGround *self)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint32 row = 0; row < self->facts->tables[KENNIS_RECORD_TYPE_PERSON].n_rows; row++)
    {
      gint64 code = kennis_ground_value (self, KENNIS_RECORD_TYPE_PERSON, KENNIS_PERSON_ATTRIBUTES, row);
      const char *at = code != KENNIS_UNKNOWN ? kennis_dataset_text (self->facts, KENNIS_SPACE_WORD, code) : NULL;

      while (at != NULL && *at != '\0')
        {
          const char *end = strchrnul (at, KENNIS_LIST_SEPARATOR), *equals = memchr (at, '=', end - at);

          if (equals != NULL)
            add_name (names, at, equals - at);
          at = *end != '\0' ? end + 1 : end;
        }
    }
  return names;
}

static gboolean
check_name (const KennisGround *self, const char *name, GError **error)
{
  g_autoptr (GHashTable) names = NULL;
  g_autoptr (GString) accepted = NULL;
  g_autoptr (GList) sorted = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (own_attributes); i++)
    if (g_str_equal (own_attributes[i], name))
      return TRUE;
  names = find_names (self);
  if (g_hash_table_contains (names, name))
    return TRUE;

  accepted = g_string_new ("team, department, role, discipline, leader");
  sorted = g_list_sort (g_hash_table_get_keys (names), (GCompareFunc) strcmp);
  for (GList *l = sorted; l != NULL; l = l->next)
    g_string_append_printf (accepted, ", %s", (const char *) l->data);
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
               _("Nobody has an attribute “%s” to group by; accepted is %s"), name, accepted->str);
  return FALSE;
}

/* A tuple of values that is hashed and compared by its texts; unknown comes last. */
typedef struct
{
  const char **values;
  guint        n;
  guint32      number;
} Tuple;

static guint
tuple_hash (gconstpointer key)
{
  const Tuple *t = key;
  guint h = 17;

  for (guint i = 0; i < t->n; i++)
    h = h * 31 + (t->values[i] != NULL ? g_str_hash (t->values[i]) : 1);
  return h;
}

static int
tuple_compare (const Tuple *x, const Tuple *y)
{
  for (guint i = 0; i < x->n; i++)
    {
      const char *a = x->values[i], *b = y->values[i];
      int order = a == NULL || b == NULL ? (a == NULL) - (b == NULL) : strcmp (a, b);

      if (order != 0)
        return order;
    }
  return 0;
}

static gboolean
tuple_equal (gconstpointer a, gconstpointer b)
{
  return tuple_compare (a, b) == 0;
}

static void
tuple_free (gpointer data)
{
  Tuple *t = data;

  g_free (t->values);
  g_free (t);
}

static int
by_values (const void *a, const void *b)
{
  return tuple_compare (*(const Tuple *const *) a, *(const Tuple *const *) b);
}

/* Numbers the tuples in their order. */
static void
settle (KennisGrouping *grouping, GPtrArray *tuples, guint32 n_segments)
{
  guint n = g_strv_length (grouping->names);
  g_autofree guint32 *new_number = g_new (guint32, tuples->len + 1);

  kennis_sort_array (tuples->pdata, tuples->len, sizeof (gpointer), by_values);
  grouping->n_groups = tuples->len;
  grouping->values = g_new0 (char *, (gsize) tuples->len *n + 1);
  for (guint g = 0; g < tuples->len; g++)
    {
      const Tuple *t = g_ptr_array_index (tuples, g);

      new_number[t->number] = g;
      for (guint i = 0; i < n; i++)
        grouping->values[g * n + i] = (char *) t->values[i];
    }
  for (guint32 s = 0; s < n_segments; s++)
    grouping->group_of_segment[s] = new_number[grouping->group_of_segment[s]];
  kennis_order_make (&grouping->segments, grouping->group_of_segment, n_segments, grouping->n_groups);
}

static void
build (const KennisGround *self, KennisGrouping *grouping)
{
  guint n = g_strv_length (grouping->names);
  g_autoptr (GHashTable) known = g_hash_table_new (tuple_hash, tuple_equal);
  g_autoptr (GPtrArray) tuples = g_ptr_array_new_with_free_func (tuple_free);
  g_autofree const char **values = g_new (const char *, n + 1);

  grouping->group_of_segment = g_new (guint32, (gsize) self->n_segments + 1);
  for (guint32 s = 0; s < self->n_segments; s++)
    {
      Tuple probe = { values, n, 0 }, *found;

      for (guint i = 0; i < n; i++)
        values[i] = value_of (self, grouping->texts, &self->segments[s], grouping->names[i]);
      found = g_hash_table_lookup (known, &probe);
      if (found == NULL)
        {
          found = g_new (Tuple, 1);
          *found = (Tuple) { g_memdup2 (values, (n + 1) * sizeof *values), n, tuples->len };
          g_hash_table_add (known, found);
          g_ptr_array_add (tuples, found);
        }
      grouping->group_of_segment[s] = found->number;
    }
  settle (grouping, tuples, self->n_segments);
}

int
kennis_ground_grouping (KennisGround *self, const char * const *names, GError **error)
{
  KennisGrouping *grouping;

  for (guint g = 0; g < self->groupings->len; g++)
    {
      grouping = g_ptr_array_index (self->groupings, g);
      if (g_strv_equal ((const char *const *) grouping->names, names))
        return g;
    }
  for (guint i = 0; names[i] != NULL; i++)
    if (!check_name (self, names[i], error))
      return -1;
  grouping = g_new0 (KennisGrouping, 1);
  grouping->names = g_strdupv ((char **) names);
  grouping->texts = g_string_chunk_new (1024);
  build (self, grouping);
  g_ptr_array_add (self->groupings, grouping);
  return self->groupings->len - 1;
}

guint32 *
kennis_grouping_people (const KennisGround *self, const KennisGrouping *grouping, guint32 group, gint32 first_day,
                        gint32 end_day, guint *n, gboolean *has_anyone)
{
  const KennisOrder *order = &grouping->segments;
  guint32 *people = g_new (guint32, order->first[group + 1] - order->first[group] + 1);

  *n = 0;
  *has_anyone = FALSE;
  for (guint32 i = order->first[group]; i < order->first[group + 1]; i++)
    {
      const KennisSegment *s = &self->segments[order->items[i]];

      if (s->end_day <= first_day || s->first_day >= end_day)
        continue;
      *has_anyone = TRUE;
      if (s->on_roster && s->present > 0 && (*n == 0 || people[*n - 1] != s->person))
        people[(*n)++] = s->person;
    }
  return people;
}
