#include "config.h"

#include "metric/kennis-slice-types-private.h"
#include "metric/kennis-sort-private.h"

#include <string.h>

/* A stretch of days in which a member is in a leaf team. */
typedef struct
{
  guint32 team, person;
  gint32  first, end;      /* from the period's first day */
} Stay;

static int
compare_stays (const void *a, const void *b)
{
  const Stay *x = a, *y = b;

  if (x->team != y->team)
    return (x->team > y->team) - (x->team < y->team);
  if (x->person != y->person)
    return (x->person > y->person) - (x->person < y->person);
  return (x->first > y->first) - (x->first < y->first);
}

static GArray *
find_stays (const KennisSlice *self)
{
  const KennisOrder *order = &kennis_slice_grouping (self)->segments;
  GArray *stays = g_array_new (FALSE, FALSE, sizeof (Stay));

  for (guint32 i = order->first[self->group]; i < order->first[self->group + 1]; i++)
    {
      const KennisSegment *s = &self->ground->segments[order->items[i]];
      Stay stay = { s->team, s->person, MAX (s->first_day, self->first_day) - self->first_day,
                    MIN (s->end_day, self->end_day) - self->first_day };

      if (s->on_roster && s->present > 0 && stay.first < stay.end && kennis_ground_team_is_leaf (self->ground, s->team))
        g_array_append_val (stays, stay);
    }
  kennis_sort_array (stays->data, stays->len, sizeof (Stay), compare_stays);
  return stays;
}

/* Counts into `present` of one team; days that were not covered become 0.  The largest count. */
static guint
count_present (const KennisSlice *self, const Stay *stays, guint n, guint16 *present, guint *n_people)
{
  gint32 days = self->end_day - self->first_day;
  guint most = 0;

  *n_people = 0;
  for (guint i = 0; i < n; i++)
    {
      *n_people += i == 0 || stays[i].person != stays[i - 1].person;
      for (gint32 d = stays[i].first; d < stays[i].end; d++)
        present[d] += present[d] < G_MAXUINT16;
    }
  for (gint32 d = 0; d < days; d++)
    {
      if (kennis_ground_covered_until (self->ground, self->key, stays[0].team, self->first_day + d) == G_MININT32)
        present[d] = 0;
      most = MAX (most, present[d]);
    }
  return most;
}

static void
make_teams (const KennisSlice *self, KennisPart *part)
{
  g_autoptr (GArray) stays = find_stays (self);
  gsize days = self->end_day - self->first_day, n_teams = 0, kept = 0;
  KennisSliceTeam *teams;
  guint next;

  for (guint i = 0; i < stays->len; i++)
    n_teams += i == 0 || g_array_index (stays, Stay, i).team != g_array_index (stays, Stay, i - 1).team;
  teams = g_new0 (KennisSliceTeam, n_teams + 1);
  self->cache->present = g_new0 (guint16, n_teams * days + 1);
  for (guint i = 0; i < stays->len; i = next)
    {
      const Stay *first = &g_array_index (stays, Stay, i);
      guint16 *present = self->cache->present + kept * days;
      guint n_people;

      for (next = i + 1; next < stays->len && g_array_index (stays, Stay, next).team == first->team; next++)
        ;
      if (count_present (self, first, next - i, present, &n_people) < 2)
        {
          memset (present, 0, days * sizeof *present);
          continue;
        }
      teams[kept++] = (KennisSliceTeam) { first->team, present, n_people };
    }
  part->items = teams;
  part->n = kept;
}

const KennisSliceTeam *
kennis_slice_teams (const KennisSlice *self, gsize *n)
{
  KennisPart *part = &self->cache->teams;

  if (part->items == NULL)
    make_teams (self, part);
  *n = part->n;
  return part->items;
}

gboolean
kennis_slice_team_is_exposed (const KennisSlice *self, const KennisSliceTeam *team, gint32 first_day, gint32 end_day)
{
  if (first_day < self->first_day || end_day > self->end_day)
    return FALSE;
  for (gint32 day = first_day; day < end_day; day++)
    if (team->present[day - self->first_day] < 2)
      return FALSE;
  return TRUE;
}

const KennisSliceMoment *
kennis_slice_moments (const KennisSlice *self, gsize *n)
{
  KennisPart *part = &self->cache->moments;
  const KennisGround *ground = self->ground;
  const KennisSliceTeam *teams;
  gsize n_teams;
  GArray *out;

  *n = part->n;
  if (part->items != NULL)
    return part->items;

  teams = kennis_slice_teams (self, &n_teams);
  out = g_array_new (FALSE, FALSE, sizeof (KennisSliceMoment));
  for (gsize t = 0; t < n_teams; t++)
    for (guint32 i = ground->moments.first[teams[t].team]; i < ground->moments.first[teams[t].team + 1]; i++)
      {
        KennisSliceMoment item = { t, &ground->moment_facts[ground->moments.items[i]] };
        gint32 day = item.fact->day;

        if (day >= self->first_day && day < self->end_day
            && kennis_ground_covered_until (ground, self->key, teams[t].team, day) != G_MININT32)
          g_array_append_val (out, item);
      }
  part->n = out->len;
  part->items = g_array_free (out, FALSE);
  if (part->items == NULL)
    part->items = g_malloc0 (1);
  *n = part->n;
  return part->items;
}
