#include "config.h"

#include "metric/kennis-ground-types-private.h"

G_STATIC_ASSERT (KENNIS_N_RECORD_TYPES <= 32);

/* Fewer people than this have no habit as a team: that nobody of them gives anything may well be so. */
#define FEWEST 5

gboolean
kennis_ground_is_written_by_teams (KennisRecordType type)
{
  return type == KENNIS_RECORD_TYPE_SHARING || type == KENNIS_RECORD_TYPE_MOMENT || type == KENNIS_RECORD_TYPE_TALK
         || type == KENNIS_RECORD_TYPE_GOAL;
}

gboolean
kennis_ground_team_writes (const KennisGround *self, KennisRecordType type, guint32 team)
{
  return !kennis_ground_is_written_by_teams (type) || team >= self->n_teams
         || (self->team_writes[team] & (1u << type)) != 0;
}

static gboolean
note_team (KennisGround *self, KennisRecordType type, guint32 team)
{
  if (team >= self->n_teams)
    return FALSE;
  self->team_writes[team] |= 1u << type;
  return TRUE;
}

/* The team of that day; false: none. */
static gboolean
note_person (KennisGround *self, KennisRecordType type, guint32 person, gint32 day)
{
  const KennisSegment *segment = person < self->n_persons ? kennis_ground_segment (self, person, day) : NULL;

  return segment != NULL && note_team (self, type, segment->team);
}

/* Who gives writes it down: what a team received from others shows what the others write.  Where the giver is of no team, as of the outside, it is
 * the receiver's. */
static void
note_sharings (KennisGround *self)
{
  for (gsize i = 0; i < self->n_sharings; i++)
    {
      const KennisSharingFact *f = &self->sharings[i];

      if (f->kind == KENNIS_SHARING_KIND_CONTACT && !self->admit_contact)
        continue;
      if (!note_person (self, KENNIS_RECORD_TYPE_SHARING, f->giver, f->day))
        note_person (self, KENNIS_RECORD_TYPE_SHARING, f->receiver, f->day);
    }
}

/* Teams with fewer people, ever, count as if they wrote. */
static void
note_small_teams (KennisGround *self)
{
  g_autofree guint32 *n_people = g_new0 (guint32, (gsize) self->n_teams + 1);
  g_autofree guint32 *last = g_new0 (guint32, (gsize) self->n_teams + 1);

  for (guint32 p = 0; p < self->n_persons; p++)
    {
      guint n;
      const KennisSegment *segments = kennis_ground_segments (self, p, &n);

      for (guint i = 0; i < n; i++)
        if (segments[i].team < self->n_teams && last[segments[i].team] != p + 1)
          {
            last[segments[i].team] = p + 1;
            n_people[segments[i].team]++;
          }
    }
  for (guint32 t = 0; t < self->n_teams; t++)
    if (n_people[t] > 0 && n_people[t] < FEWEST)
      self->team_writes[t] = G_MAXUINT32;
}

void
kennis_ground_find_writers (KennisGround *self)
{
  self->team_writes = g_new0 (guint32, (gsize) self->n_teams + 1);
  note_small_teams (self);
  note_sharings (self);
  for (gsize i = 0; i < self->n_moments; i++)
    note_team (self, KENNIS_RECORD_TYPE_MOMENT, self->moment_facts[i].team);
  for (gsize i = 0; i < self->n_talks; i++)
    {
      const KennisTalkFact *f = &self->talk_facts[i];

      note_person (self, KENNIS_RECORD_TYPE_TALK, f->person, f->held != KENNIS_NO_DAY ? f->held : f->planned);
    }
  for (gsize i = 0; i < self->n_goals; i++)
    note_person (self, KENNIS_RECORD_TYPE_GOAL, self->goal_facts[i].person, self->goal_facts[i].set);
}
