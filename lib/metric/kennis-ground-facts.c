#include "config.h"

#include "metric/kennis-ground-types-private.h"
#include "metric/kennis-sort-private.h"

static guint32
person_of (const KennisGround *self, KennisRecordType type, guint field, gsize row)
{
  return kennis_ground_person (self, kennis_ground_index (self, type, field, row));
}

static int
compare_sessions (const void *a, const void *b)
{
  const KennisSharingFact *x = *(const KennisSharingFact *const *) a, *y = *(const KennisSharingFact *const *) b;

  return (x->session > y->session) - (x->session < y->session);
}

/* How many the giver had in the session. */
static void
count_audiences (KennisGround *self)
{
  g_autofree KennisSharingFact **given = g_new (KennisSharingFact *, self->n_sharings + 1);

  for (guint32 person = 0; person < self->n_persons; person++)
    {
      gsize n = 0, end;

      for (guint32 i = self->given.first[person]; i < self->given.first[person + 1]; i++)
        if (self->sharings[self->given.items[i]].session != KENNIS_INTERN_NONE)
          given[n++] = &self->sharings[self->given.items[i]];
      kennis_sort_array (given, n, sizeof *given, compare_sessions);
      for (gsize first = 0; first < n; first = end)
        {
          for (end = first; end < n && given[end]->session == given[first]->session; end++)
            ;
          for (gsize i = first; i < end; i++)
            given[i]->audience = (guint32) (end - first);
        }
    }
}

static void
build_sharings (KennisGround *self)
{
  const KennisRecordType type = KENNIS_RECORD_TYPE_SHARING;
  gsize n = self->n_sharings = self->facts->tables[type].n_rows;
  g_autofree guint32 *giver = g_new (guint32, n + 1), *receiver = g_new (guint32, n + 1);

  self->sharings = g_new (KennisSharingFact, n + 1);
  for (gsize i = 0; i < n; i++)
    {
      KennisSharingFact *f = &self->sharings[i];

      giver[i] = f->giver = person_of (self, type, KENNIS_SHARING_GIVER, i);
      receiver[i] = f->receiver = person_of (self, type, KENNIS_SHARING_RECEIVER, i);
      f->topic = kennis_ground_index (self, type, KENNIS_SHARING_TOPIC, i);
      f->session = kennis_ground_index (self, type, KENNIS_SHARING_SESSION, i);
      f->time = kennis_ground_value (self, type, KENNIS_SHARING_TIME, i);
      f->day = kennis_ground_day (self, f->time);
      f->kind = kennis_ground_value (self, type, KENNIS_SHARING_KIND, i);
      f->knowledge = kennis_ground_value (self, type, KENNIS_SHARING_KNOWLEDGE, i);
      f->initiative = kennis_ground_value (self, type, KENNIS_SHARING_INITIATIVE, i);
      f->outside = kennis_ground_value (self, type, KENNIS_SHARING_OUTSIDE, i);
      f->duration = kennis_ground_value (self, type, KENNIS_SHARING_DURATION, i);
      f->audience = 1;
    }
  kennis_order_make (&self->given, giver, n, self->n_persons);
  kennis_order_make (&self->received, receiver, n, self->n_persons);
  count_audiences (self);
}

static int
compare_moments (const void *a, const void *b)
{
  const KennisMomentFact *x = a, *y = b;

  if (x->team != y->team)
    return (x->team > y->team) - (x->team < y->team);
  if (x->time != y->time)
    return (x->time > y->time) - (x->time < y->time);
  return (x->kind > y->kind) - (x->kind < y->kind);
}

static void
build_moments (KennisGround *self)
{
  const KennisRecordType type = KENNIS_RECORD_TYPE_MOMENT;
  gsize n = self->n_moments = self->facts->tables[type].n_rows;
  g_autofree guint32 *team = g_new (guint32, n + 1);

  self->moment_facts = g_new (KennisMomentFact, n + 1);
  for (gsize i = 0; i < n; i++)
    {
      KennisMomentFact *f = &self->moment_facts[i];

      f->team = kennis_ground_index (self, type, KENNIS_MOMENT_TEAM, i);
      f->session = kennis_ground_index (self, type, KENNIS_MOMENT_SESSION, i);
      f->time = kennis_ground_value (self, type, KENNIS_MOMENT_TIME, i);
      f->day = kennis_ground_day (self, f->time);
      f->kind = kennis_ground_value (self, type, KENNIS_MOMENT_KIND, i);
      f->attendees = kennis_ground_index (self, type, KENNIS_MOMENT_ATTENDEES, i);
    }
  kennis_sort_array (self->moment_facts, n, sizeof *self->moment_facts, compare_moments);
  for (gsize i = 0; i < n; i++)
    team[i] = self->moment_facts[i].team;
  kennis_order_make (&self->moments, team, n, self->n_teams);
}

static int
compare_talks (const void *a, const void *b)
{
  const KennisTalkFact *x = a, *y = b;
  gint32 p = x->held != KENNIS_NO_DAY ? x->held : x->planned, q = y->held != KENNIS_NO_DAY ? y->held : y->planned;

  if (x->person != y->person)
    return (x->person > y->person) - (x->person < y->person);
  if (p != q)
    return (p > q) - (p < q);
  return (x->kind > y->kind) - (x->kind < y->kind);
}

static int
compare_goals (const void *a, const void *b)
{
  const KennisGoalFact *x = a, *y = b;

  if (x->person != y->person)
    return (x->person > y->person) - (x->person < y->person);
  if (x->set != y->set)
    return (x->set > y->set) - (x->set < y->set);
  return (x->own > y->own) - (x->own < y->own);
}

static void
build_talks_and_goals (KennisGround *self)
{
  const KennisRecordType talk = KENNIS_RECORD_TYPE_TALK, goal = KENNIS_RECORD_TYPE_GOAL;
  gsize n_talks = self->n_talks = self->facts->tables[talk].n_rows;
  gsize n_goals = self->n_goals = self->facts->tables[goal].n_rows;
  g_autofree guint32 *owner = g_new (guint32, MAX (n_talks, n_goals) + 1);

  self->talk_facts = g_new (KennisTalkFact, n_talks + 1);
  for (gsize i = 0; i < n_talks; i++)
    {
      KennisTalkFact *f = &self->talk_facts[i];

      f->person = person_of (self, talk, KENNIS_TALK_PERSON, i);
      f->leader = person_of (self, talk, KENNIS_TALK_LEADER, i);
      f->kind = kennis_ground_value (self, talk, KENNIS_TALK_KIND, i);
      f->planned = kennis_ground_day (self, kennis_ground_value (self, talk, KENNIS_TALK_PLANNED, i));
      f->held = kennis_ground_day (self, kennis_ground_value (self, talk, KENNIS_TALK_HELD, i));
    }
  kennis_sort_array (self->talk_facts, n_talks, sizeof *self->talk_facts, compare_talks);
  for (gsize i = 0; i < n_talks; i++)
    owner[i] = self->talk_facts[i].person;
  kennis_order_make (&self->talks, owner, n_talks, self->n_persons);

  self->goal_facts = g_new (KennisGoalFact, n_goals + 1);
  for (gsize i = 0; i < n_goals; i++)
    {
      KennisGoalFact *f = &self->goal_facts[i];

      f->person = person_of (self, goal, KENNIS_GOAL_PERSON, i);
      f->own = kennis_ground_value (self, goal, KENNIS_GOAL_OWN, i);
      f->set = kennis_ground_day (self, kennis_ground_value (self, goal, KENNIS_GOAL_SET, i));
      f->due = kennis_ground_day (self, kennis_ground_value (self, goal, KENNIS_GOAL_DUE, i));
      f->reached = kennis_ground_day (self, kennis_ground_value (self, goal, KENNIS_GOAL_REACHED, i));
    }
  kennis_sort_array (self->goal_facts, n_goals, sizeof *self->goal_facts, compare_goals);
  for (gsize i = 0; i < n_goals; i++)
    owner[i] = self->goal_facts[i].person;
  kennis_order_make (&self->goals, owner, n_goals, self->n_persons);
}

/* The rows of a section of the summary by canonical person; those of an alias come after the person's own. */
static void
build_sections (KennisGround *self)
{
  const KennisSummaryView *v = &self->view;
  gsize n = MAX (v->n_cells, MAX (v->n_spells, v->n_requests));
  g_autofree guint32 *owner = g_new (guint32, n + 1);

  for (gsize i = 0; i < v->n_cells; i++)
    owner[i] = kennis_ground_person (self, v->cells[i].person);
  kennis_order_make (&self->cells, owner, v->n_cells, self->n_persons);
  for (gsize i = 0; i < v->n_spells; i++)
    owner[i] = kennis_ground_person (self, v->spells[i].person);
  kennis_order_make (&self->spells, owner, v->n_spells, self->n_persons);
  for (gsize i = 0; i < v->n_requests; i++)
    owner[i] = kennis_ground_person (self, v->requests[i].person);
  kennis_order_make (&self->requests, owner, v->n_requests, self->n_persons);
}

static void
find_known (KennisGround *self)
{
  for (guint t = 0; t < KENNIS_N_RECORD_TYPES; t++)
    {
      const KennisSchema *schema = kennis_schema_get (t);

      for (guint f = 0; f < schema->n_fields; f++)
        {
          const KennisTable *table = &self->facts->tables[t];

          if (t == KENNIS_RECORD_TYPE_ACTIVITY)
            self->known[t][f] = self->view.n_known[f] > 0;
          for (guint32 row = 0; row < table->n_rows && !self->known[t][f]; row++)
            self->known[t][f] =
                kennis_column_get (&table->columns[f], row) != kennis_field_unknown (&schema->fields[f]);
        }
    }
}

void
kennis_ground_build_facts (KennisGround *self)
{
  kennis_order_make (&self->ids, self->canonical, self->n_persons, self->n_persons);
  build_sharings (self);
  build_moments (self);
  build_talks_and_goals (self);
  build_sections (self);
  find_known (self);
}

/* Sorted by person, a person's facts stand together. */
const KennisTalkFact *
kennis_ground_talks (const KennisGround *self, guint32 person, gsize *n)
{
  guint32 first = self->talks.first[person];

  *n = self->talks.first[person + 1] - first;
  return *n > 0 ? &self->talk_facts[self->talks.items[first]] : NULL;
}

static gboolean
is_attended (const KennisAttended *rows, gsize n, guint32 session, guint32 person)
{
  gsize low = 0, high = n;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      const KennisAttended *row = &rows[middle];

      if (row->session < session || (row->session == session && row->person < person))
        low = middle + 1;
      else
        high = middle;
    }
  return low < n && rows[low].session == session && rows[low].person == person;
}

/* Under any of the person's ids. */
gboolean
kennis_ground_attended (const KennisGround *self, guint32 session, guint32 person)
{
  if (session == KENNIS_INTERN_NONE || person >= self->n_persons)
    return FALSE;
  for (guint32 i = self->ids.first[person]; i < self->ids.first[person + 1]; i++)
    if (is_attended (self->view.attended, self->view.n_attended, session, self->ids.items[i]))
      return TRUE;
  return FALSE;
}
