#include "config.h"

#include "metric/kennis-holds-private.h"
#include "metric/kennis-slice-types-private.h"

static gboolean
is_about (const KennisGround *ground, const KennisNeedFact *need, const KennisSegment *segment)
{
  if (need->role != KENNIS_INTERN_NONE && need->role != segment->role)
    return FALSE;
  return need->team == KENNIS_INTERN_NONE || need->team == segment->team
         || (segment->team != KENNIS_INTERN_NONE && kennis_ground_team_is_within (ground, segment->team, need->team));
}

static const KennisSegment *
last_segment (const KennisSlice *slice, guint32 person)
{
  const KennisSegment *segment = kennis_ground_segment (slice->ground, person, slice->end_day - 1);

  return segment != NULL && segment->on_roster ? segment : NULL;
}

static gboolean
is_about_others (const KennisSlice *slice, const KennisNeedFact *need)
{
  for (guint32 p = 0; p < slice->ground->n_persons; p++)
    {
      const KennisSegment *segment = last_segment (slice, p);

      if (segment != NULL && is_about (slice->ground, need, segment) && !kennis_slice_has_segment (slice, segment))
        return TRUE;
    }
  return FALSE;
}

/* The members whom it is about; NULL: others are as well, or nobody is. */
static GArray *
find_members (const KennisSlice *slice, const KennisNeedFact *need)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 m = 0; m < slice->n_members; m++)
    {
      const KennisSegment *segment = last_segment (slice, slice->members[m].person);

      if (segment != NULL && is_about (slice->ground, need, segment) && kennis_slice_has_segment (slice, segment))
        g_array_append_val (members, m);
    }
  if (kennis_slice_is_everybody (slice))
    return g_steal_pointer (&members);
  /* Everyone of the organisation is looked at last: few needs come that far. */
  return members->len > 0 && !is_about_others (slice, need) ? g_steal_pointer (&members) : NULL;
}

guint64
kennis_slice_need_holders (const KennisSlice *slice, const KennisSliceNeed *need)
{
  const KennisSliceHolds *holds = kennis_slice_holds (slice, KENNIS_HOLDS_AT_END);
  guint64 holders = 0;

  for (guint k = 0; k < need->n_members; k++)
    {
      guint32 m = need->members[k], first = holds->first[m], n = holds->first[m + 1] - first;

      holders +=
          n > 0
          && kennis_holds_within (slice->ground, holds->holds + first, n, need->fact->topic, KENNIS_THRESHOLD_HOURS);
    }
  return holders;
}

const KennisSliceNeeds *
kennis_slice_needs (const KennisSlice *slice)
{
  KennisSliceNeeds *self = slice->cache->needs;
  g_autoptr (GArray) needs = NULL;
  g_autofree guint8 *is_meant = NULL;
  gsize n;
  const KennisNeedFact *facts = kennis_ground_needs (slice->ground, &n);

  if (self != NULL)
    return self;
  needs = g_array_new (FALSE, FALSE, sizeof (KennisSliceNeed));
  is_meant = g_new0 (guint8, (gsize) slice->n_members + 1);
  for (gsize i = 0; i < n; i++)
    {
      GArray *members = find_members (slice, &facts[i]);
      KennisSliceNeed need = { .fact = &facts[i] };

      if (members == NULL)
        continue;
      need.n_members = members->len;
      need.members = (const guint32 *) (gpointer) g_array_free (members, FALSE);
      for (guint k = 0; k < need.n_members; k++)
        is_meant[need.members[k]] = 1;
      g_array_append_val (needs, need);
    }
  slice->cache->needs = self = g_new0 (KennisSliceNeeds, 1);
  self->n_needs = needs->len;
  self->needs = (const KennisSliceNeed *) (gpointer) g_array_free (g_steal_pointer (&needs), FALSE);
  for (guint m = 0; m < slice->n_members; m++)
    self->n_people += is_meant[m];
  return self;
}

void
kennis_slice_needs_free (KennisSliceNeeds *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_needs; i++)
    g_free ((gpointer) self->needs[i].members);
  g_free ((gpointer) self->needs);
  g_free (self);
}
