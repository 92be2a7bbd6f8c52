#include "config.h"

#include "metric/kennis-ground-types-private.h"

#include <string.h>

gint64
kennis_ground_value (const KennisGround *self, KennisRecordType type, guint field, gsize row)
{
  return kennis_column_get (&self->facts->tables[type].columns[field], row);
}

guint32
kennis_ground_index (const KennisGround *self, KennisRecordType type, guint field, gsize row)
{
  gint64 code = kennis_ground_value (self, type, field, row);

  return code == KENNIS_UNKNOWN ? KENNIS_INTERN_NONE : (guint32) code;
}

gint32
kennis_ground_day (const KennisGround *self, gint64 time)
{
  return time == KENNIS_UNKNOWN ? KENNIS_NO_DAY : kennis_calendar_day (self->facts->calendar, time);
}

void
kennis_order_make (KennisOrder *self, const guint32 *owner, gsize n, guint32 n_owners)
{
  g_autofree guint32 *next = NULL;

  self->first = g_new0 (guint32, (gsize) n_owners + 1);
  for (gsize i = 0; i < n; i++)
    if (owner[i] < n_owners)
      self->first[owner[i] + 1]++;
  for (guint32 o = 0; o < n_owners; o++)
    self->first[o + 1] += self->first[o];
  self->items = g_new (guint32, (gsize) self->first[n_owners] + 1);
  next = g_memdup2 (self->first, ((gsize) n_owners + 1) * sizeof *next);
  for (gsize i = 0; i < n; i++)
    if (owner[i] < n_owners)
      self->items[next[owner[i]]++] = (guint32) i;
}

void
kennis_order_clear (KennisOrder *self)
{
  g_clear_pointer (&self->first, g_free);
  g_clear_pointer (&self->items, g_free);
}

static void
key_free (gpointer data)
{
  KennisKey *key = data;

  g_free (key->list_of_team);
  g_array_unref (key->lists);
  g_array_unref (key->spans);
  g_free (key);
}

static void
grouping_free (gpointer data)
{
  KennisGrouping *grouping = data;

  g_strfreev (grouping->names);
  g_string_chunk_free (grouping->texts);
  g_free (grouping->values);
  g_free (grouping->group_of_segment);
  kennis_order_clear (&grouping->segments);
  g_free (grouping);
}

static void
weights_free (gpointer data)
{
  KennisWeights *weights = data;

  g_free (weights->people);
  g_free (weights->teams);
  g_free (weights);
}

/* What every record of `type` says of `field`, by the field that identifies it: parents and such. */
static guint32 *
read_links (const KennisGround *self, KennisRecordType type, guint field, guint32 n)
{
  guint32 *links = g_new (guint32, (gsize) n + 1);

  memset (links, 0xff, ((gsize) n + 1) * sizeof *links);
  for (guint32 row = 0; row < self->facts->tables[type].n_rows; row++)
    {
      guint32 id = kennis_ground_index (self, type, 0, row);

      if (id < n)
        links[id] = kennis_ground_index (self, type, field, row);
    }
  return links;
}

static gboolean
is_within (const guint32 *parent, guint32 n, guint32 item, guint32 ancestor)
{
  /* A dataset refuses cycles; the bound is for bytes from elsewhere. */
  for (guint32 steps = 0; item < n && steps <= n; item = parent[item], steps++)
    if (item == ancestor)
      return TRUE;
  return FALSE;
}

/* Departments are the teams of the topmost level that has more than one team. */
static void
find_departments (KennisGround *self)
{
  guint32 root = KENNIS_INTERN_NONE;
  gboolean go_on = TRUE;

  self->team_department = g_new (guint32, (gsize) self->n_teams + 1);
  for (guint32 depth = 0; go_on && depth <= self->n_teams; depth++)
    {
      guint32 only = KENNIS_INTERN_NONE, n = 0;

      for (guint32 t = 0; t < self->n_teams; t++)
        if (self->team_parent[t] == root && kennis_dataset_is_declared (self->facts, KENNIS_SPACE_TEAM, t))
          {
            only = t;
            n++;
          }
      go_on = n == 1 && !self->team_is_leaf[only];
      if (go_on)
        root = only;
    }
  for (guint32 t = 0; t < self->n_teams; t++)
    {
      guint32 at = t;

      for (guint32 steps = 0; at < self->n_teams && self->team_parent[at] != root && steps < self->n_teams; steps++)
        at = self->team_parent[at];
      self->team_department[t] = at < self->n_teams ? at : t;
    }
}

/* Whom a need is about: asked of every activity. */
typedef struct
{
  guint32 topic, team, role;
} NeedKey;

static guint
hash_need (gconstpointer need)
{
  const NeedKey *key = need;

  return (key->topic * 2654435761u ^ key->team) * 2246822519u ^ key->role * 3266489917u;
}

static gboolean
same_need (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (NeedKey)) == 0;
}

static void
build_trees (KennisGround *self)
{
  guint32 needs = self->facts->tables[KENNIS_RECORD_TYPE_NEED].n_rows;

  self->team_parent = read_links (self, KENNIS_RECORD_TYPE_TEAM, KENNIS_TEAM_PARENT, self->n_teams);
  self->topic_parent = read_links (self, KENNIS_RECORD_TYPE_TOPIC, KENNIS_TOPIC_PARENT, self->n_topics);
  self->topic_discipline = read_links (self, KENNIS_RECORD_TYPE_TOPIC, KENNIS_TOPIC_DISCIPLINE, self->n_topics);
  self->team_is_leaf = g_malloc ((gsize) self->n_teams + 1);
  memset (self->team_is_leaf, 1, (gsize) self->n_teams + 1);
  for (guint32 t = 0; t < self->n_teams; t++)
    if (self->team_parent[t] < self->n_teams)
      self->team_is_leaf[self->team_parent[t]] = 0;
  find_departments (self);
  self->needs = g_hash_table_new_full (hash_need, same_need, g_free, NULL);
  for (guint32 row = 0; row < needs; row++)
    {
      NeedKey key = { kennis_ground_index (self, KENNIS_RECORD_TYPE_NEED, KENNIS_NEED_TOPIC, row),
                      kennis_ground_index (self, KENNIS_RECORD_TYPE_NEED, KENNIS_NEED_TEAM, row),
                      kennis_ground_index (self, KENNIS_RECORD_TYPE_NEED, KENNIS_NEED_ROLE, row) };

      g_hash_table_add (self->needs, g_memdup2 (&key, sizeof key));
    }
}

KennisGround *
kennis_ground_new (KennisSummary *summary, gboolean admit_contact, GCancellable *cancellable)
{
  void (*const parts[]) (KennisGround *) = { build_trees,
                                             kennis_ground_build_people,
                                             kennis_ground_build_segments,
                                             kennis_ground_build_facts,
                                             kennis_ground_build_holdings,
                                             kennis_ground_build_surveys,
                                             kennis_ground_build_coverage };
  KennisGround *self = g_new0 (KennisGround, 1);
  const char *none[] = { NULL };

  self->summary = g_object_ref (summary);
  self->admit_contact = admit_contact;
  kennis_summary_view (summary, &self->view);
  self->facts = self->view.facts;
  self->n_persons = kennis_intern_size (self->facts->spaces[KENNIS_SPACE_PERSON]);
  self->n_teams = kennis_intern_size (self->facts->spaces[KENNIS_SPACE_TEAM]);
  self->n_topics = kennis_intern_size (self->facts->spaces[KENNIS_SPACE_TOPIC]);
  self->mixing_sizes = kennis_mixing_sizes_new ();
  self->keys = g_ptr_array_new_with_free_func (key_free);
  self->groupings = g_ptr_array_new_with_free_func (grouping_free);
  self->weights = g_ptr_array_new_with_free_func (weights_free);
  self->coverage = g_array_new (FALSE, FALSE, sizeof (KennisCoverageRow));
  for (guint i = 0; i < G_N_ELEMENTS (parts) && !g_cancellable_is_cancelled (cancellable); i++)
    parts[i](self);
  if (g_cancellable_is_cancelled (cancellable))
    {
      kennis_ground_free (self);
      return NULL;
    }
  kennis_ground_grouping (self, none, NULL);

  return self;
}

void
kennis_ground_free (KennisGround *self)
{
  KennisOrder *orders[] = { &self->cells, &self->spells,   &self->requests, &self->talks,
                            &self->goals, &self->received, &self->given,    &self->moments, &self->ids,
                            &self->holdings };
  gpointer arrays[] = { self->canonical, self->before, self->on_roster,       self->segments,     self->segment_first,
                        self->hired,           self->gone,            self->team_parent,  self->topic_parent,
                        self->topic_discipline, self->team_department, self->team_is_leaf, self->sharings,
                        self->moment_facts,    self->talk_facts,      self->goal_facts,   self->holding_facts,
                        self->need_facts,      self->team_writes };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    kennis_order_clear (orders[i]);
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_free (arrays[i]);
  g_clear_pointer (&self->needs, g_hash_table_unref);
  g_clear_pointer (&self->surveys, g_ptr_array_unref);
  g_clear_pointer (&self->coverage, g_array_unref);
  kennis_mixing_sizes_free (self->mixing_sizes);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_pointer (&self->groupings, g_ptr_array_unref);
  g_clear_pointer (&self->weights, g_ptr_array_unref);
  g_clear_object (&self->summary);
  g_free (self);
}

KennisDataset *
kennis_ground_facts (const KennisGround *self)
{
  return self->facts;
}

guint32
kennis_ground_person (const KennisGround *self, guint32 person)
{
  return person < self->n_persons ? self->canonical[person] : KENNIS_INTERN_NONE;
}

gboolean
kennis_ground_on_roster (const KennisGround *self, guint32 person)
{
  return person < self->n_persons && self->on_roster[person];
}

gboolean
kennis_ground_team_is_within (const KennisGround *self, guint32 team, guint32 ancestor)
{
  return is_within (self->team_parent, self->n_teams, team, ancestor);
}

gboolean
kennis_ground_team_is_leaf (const KennisGround *self, guint32 team)
{
  return team < self->n_teams && self->team_is_leaf[team];
}

guint32
kennis_ground_topic_discipline (const KennisGround *self, guint32 topic)
{
  for (guint32 steps = 0; topic < self->n_topics && steps <= self->n_topics; topic = self->topic_parent[topic], steps++)
    if (self->topic_discipline[topic] != KENNIS_INTERN_NONE)
      return self->topic_discipline[topic];
  return KENNIS_INTERN_NONE;
}

gboolean
kennis_ground_topic_is_within (const KennisGround *self, guint32 topic, guint32 ancestor)
{
  return is_within (self->topic_parent, self->n_topics, topic, ancestor);
}

static gboolean
has_need (const KennisGround *self, guint32 topic, guint32 team, guint32 role)
{
  NeedKey key = { topic, team, role };

  return g_hash_table_contains (self->needs, &key);
}

/* A need without team and role is everybody's; one with both is that role's in that team. */
gboolean
kennis_ground_is_needed (const KennisGround *self, guint32 topic, guint32 team, guint32 role)
{
  if (g_hash_table_size (self->needs) == 0)
    return FALSE;
  for (guint32 i = 0; topic < self->n_topics && i <= self->n_topics; topic = self->topic_parent[topic], i++)
    {
      guint32 at = team;

      if (has_need (self, topic, KENNIS_INTERN_NONE, KENNIS_INTERN_NONE)
          || (role != KENNIS_INTERN_NONE && has_need (self, topic, KENNIS_INTERN_NONE, role)))
        return TRUE;
      for (guint32 j = 0; at < self->n_teams && j <= self->n_teams; at = self->team_parent[at], j++)
        if (has_need (self, topic, at, KENNIS_INTERN_NONE)
            || (role != KENNIS_INTERN_NONE && has_need (self, topic, at, role)))
          return TRUE;
    }
  return FALSE;
}
