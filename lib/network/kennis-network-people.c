#include "config.h"

#include "network/kennis-network-people-private.h"

static gint64
value_of (const KennisNetworkPeople *self, guint field, guint32 row)
{
  return kennis_column_get (&self->facts->tables[KENNIS_RECORD_TYPE_PERSON].columns[field], row);
}

static guint32
person_of (const KennisNetworkPeople *self, guint32 row)
{
  return self->canonical[value_of (self, KENNIS_PERSON_ID, row)];
}

gint64
kennis_network_people_value (const KennisNetworkPeople *self, guint field, guint32 row)
{
  return kennis_summary_people_value (self->facts, self->before, field, row);
}

static void
sort_versions (KennisNetworkPeople *self, guint32 n_rows)
{
  g_autofree guint32 *place = NULL;

  self->first = g_new0 (guint32, (gsize) self->n + 2);
  self->versions = g_new (KennisPersonVersion, (gsize) n_rows + 1);
  for (guint32 row = 0; row < n_rows; row++)
    self->first[person_of (self, row) + 1]++;
  for (guint32 p = 0; p < self->n; p++)
    self->first[p + 1] += self->first[p];
  place = g_memdup2 (self->first, ((gsize) self->n + 1) * sizeof *place);
  for (guint32 row = 0; row < n_rows; row++)
    self->versions[place[person_of (self, row)]++] = kennis_person_version_at (self->facts, row);
  for (guint32 p = 0; p < self->n; p++)
    if (self->first[p + 1] - self->first[p] > 1)
      qsort (self->versions + self->first[p], self->first[p + 1] - self->first[p], sizeof *self->versions,
             kennis_person_version_compare);
}

KennisNetworkPeople *
kennis_network_people_new (KennisSummary *summary)
{
  KennisNetworkPeople *self = g_new0 (KennisNetworkPeople, 1);
  KennisSummaryPeople people;
  KennisSummaryView view;

  kennis_summary_view (summary, &view);
  self->summary = g_object_ref (summary);
  self->facts = view.facts;
  self->n = kennis_intern_size (view.facts->spaces[KENNIS_SPACE_PERSON]);
  kennis_summary_people_find (&people, self->facts);
  self->canonical = people.canonical;
  self->on_roster = people.on_roster;
  self->before = people.before;
  sort_versions (self, view.facts->tables[KENNIS_RECORD_TYPE_PERSON].n_rows);
  return self;
}

KennisNetworkPeople *
kennis_network_people_copy (const KennisNetworkPeople *self, guint32 n_places)
{
  KennisNetworkPeople *copy = kennis_network_people_new (self->summary);

  copy->first_day = self->first_day;
  copy->end_day = self->end_day;
  copy->person = g_memdup2 (self->person, (gsize) n_places * sizeof *copy->person);
  return copy;
}

void
kennis_network_people_free (KennisNetworkPeople *self)
{
  g_object_unref (self->summary);
  g_free (self->canonical);
  g_free (self->on_roster);
  g_free (self->before);
  g_free (self->first);
  g_free (self->versions);
  g_free (self->person);
  g_free (self);
}

/* The days of [first, end) on which a version is in force and the person employed and included: false where there are none. */
static gboolean
clip_version (const KennisNetworkPeople *self, guint32 person, guint32 v, gint32 *first, gint32 *end)
{
  guint32 row = self->versions[v].row;

  if (kennis_network_people_value (self, KENNIS_PERSON_INCLUDED, row) == KENNIS_ANSWER_NO)
    return FALSE;
  /* Hired before the first record was in force: there already. */
  if (v > self->first[person] || value_of (self, KENNIS_PERSON_HIRED, row) == KENNIS_UNKNOWN)
    *first = MAX (*first, self->versions[v].from);
  if (v + 1 < self->first[person + 1])
    *end = MIN (*end, self->versions[v + 1].from);
  return kennis_person_version_clip (self->facts, self->before, row, first, end);
}

gboolean
kennis_network_people_on_roster (const KennisNetworkPeople *self, guint32 person, gint32 first, gint32 end)
{
  for (guint32 v = self->first[person]; v < self->first[person + 1]; v++)
    {
      gint32 from = first, until = end;

      if (clip_version (self, person, v, &from, &until))
        return TRUE;
    }
  return FALSE;
}

gboolean
kennis_network_people_is_there (const KennisNetworkPeople *self, guint32 person, gint32 day)
{
  return !self->on_roster[person] || kennis_network_people_on_roster (self, person, day, day + 1);
}

gint64
kennis_network_people_last_row (const KennisNetworkPeople *self, guint32 person, gint32 first, gint32 end)
{
  for (guint32 v = self->first[person + 1]; v > self->first[person]; v--)
    {
      gint32 from = MAX (first, self->versions[v - 1].from), until = end;

      if (clip_version (self, person, v - 1, &from, &until))
        return self->versions[v - 1].row;
    }
  return -1;
}
