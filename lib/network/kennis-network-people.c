#include "config.h"

#include <string.h>

#include "base/kennis-calendar-private.h"
#include "network/kennis-network-people-private.h"

#define EVER_BEFORE (G_MININT32 / 2)
#define EVER_AFTER  (G_MAXINT32 / 2)

static gint64
value_of (const KennisNetworkPeople *self, guint field, guint32 row)
{
  return kennis_column_get (&self->facts->tables[KENNIS_RECORD_TYPE_PERSON].columns[field], row);
}

static gint32
day_of (const KennisNetworkPeople *self, gint64 time)
{
  return kennis_calendar_day (kennis_dataset_get_calendar (self->facts), time);
}

/* The spaces of a summary are sorted by bytes. */
static guint32
find_person (const KennisNetworkPeople *self, const char *text, gsize length)
{
  guint32 low = 0, high = self->n;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      gsize n;
      const char *other = kennis_intern_get (self->facts->spaces[KENNIS_SPACE_PERSON], middle, &n);
      int order = memcmp (text, other, MIN (length, n));

      if (order == 0)
        order = (length > n) - (length < n);
      if (order == 0)
        return middle;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return KENNIS_INTERN_NONE;
}

/* An id of a person on the roster is that person; else who comes first in byte order gets the alias. */
static void
claim_alias (KennisNetworkPeople *self, guint32 person, const char *alias, gsize length)
{
  guint32 named = find_person (self, alias, length);

  if (named == KENNIS_INTERN_NONE || named == person || self->on_roster[named])
    return;
  if (self->canonical[named] == named || self->canonical[named] >= person)
    self->canonical[named] = person;
}

static void
resolve_aliases (KennisNetworkPeople *self, guint32 n_rows)
{
  for (guint32 row = 0; row < n_rows; row++)
    {
      guint32 person = (guint32) value_of (self, KENNIS_PERSON_ID, row);
      gint64 list = value_of (self, KENNIS_PERSON_ALIASES, row);
      const char *at = list != KENNIS_UNKNOWN ? kennis_dataset_text (self->facts, KENNIS_SPACE_WORD, list) : NULL;

      while (at != NULL && *at != '\0')
        {
          const char *end = strchrnul (at, KENNIS_LIST_SEPARATOR);

          claim_alias (self, person, at, end - at);
          at = *end != '\0' ? end + 1 : end;
        }
    }
}

static int
compare_versions (const void *a, const void *b)
{
  const KennisPersonVersion *x = a, *y = b;

  return x->from != y->from ? (x->from > y->from) - (x->from < y->from) : (x->row > y->row) - (x->row < y->row);
}

static void
sort_versions (KennisNetworkPeople *self, guint32 n_rows)
{
  g_autofree guint32 *place = NULL;

  self->first = g_new0 (guint32, (gsize) self->n + 2);
  self->versions = g_new (KennisPersonVersion, (gsize) n_rows + 1);
  for (guint32 row = 0; row < n_rows; row++)
    self->first[value_of (self, KENNIS_PERSON_ID, row) + 1]++;
  for (guint32 p = 0; p < self->n; p++)
    self->first[p + 1] += self->first[p];
  place = g_memdup2 (self->first, ((gsize) self->n + 1) * sizeof *place);
  for (guint32 row = 0; row < n_rows; row++)
    {
      gint64 effective = value_of (self, KENNIS_PERSON_EFFECTIVE, row);
      KennisPersonVersion v = { effective == KENNIS_UNKNOWN ? EVER_BEFORE : day_of (self, effective), row };

      self->versions[place[value_of (self, KENNIS_PERSON_ID, row)]++] = v;
    }
  for (guint32 p = 0; p < self->n; p++)
    if (self->first[p + 1] - self->first[p] > 1)
      qsort (self->versions + self->first[p], self->first[p + 1] - self->first[p], sizeof *self->versions,
             compare_versions);
}

KennisNetworkPeople *
kennis_network_people_new (KennisSummary *summary)
{
  KennisNetworkPeople *self = g_new0 (KennisNetworkPeople, 1);
  KennisSummaryView view;
  guint32 n_rows;

  kennis_summary_view (summary, &view);
  self->summary = g_object_ref (summary);
  self->facts = view.facts;
  self->n = kennis_intern_size (view.facts->spaces[KENNIS_SPACE_PERSON]);
  n_rows = view.facts->tables[KENNIS_RECORD_TYPE_PERSON].n_rows;
  self->canonical = g_new (guint32, (gsize) self->n + 1);
  self->on_roster = g_new0 (guint8, (gsize) self->n + 1);
  for (guint32 p = 0; p < self->n; p++)
    self->canonical[p] = p;
  for (guint32 row = 0; row < n_rows; row++)
    self->on_roster[value_of (self, KENNIS_PERSON_ID, row)] = 1;
  resolve_aliases (self, n_rows);
  sort_versions (self, n_rows);
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
  gint64 hired = value_of (self, KENNIS_PERSON_HIRED, row), left = value_of (self, KENNIS_PERSON_LEFT, row);

  if (value_of (self, KENNIS_PERSON_INCLUDED, row) == KENNIS_ANSWER_NO)
    return FALSE;
  /* Hired before the first record was in force: there already. */
  if (v > self->first[person] || hired == KENNIS_UNKNOWN)
    *first = MAX (*first, self->versions[v].from);
  if (v + 1 < self->first[person + 1])
    *end = MIN (*end, self->versions[v + 1].from);
  if (hired != KENNIS_UNKNOWN)
    *first = MAX (*first, day_of (self, hired));
  /* Someone who leaves at midnight is not there on the day that begins then. */
  if (left != KENNIS_UNKNOWN)
    *end = MIN (*end, day_of (self, left - 1) + 1);
  return *first < *end;
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
