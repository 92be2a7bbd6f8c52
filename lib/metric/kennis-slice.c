#include "config.h"

#include "metric/kennis-slice-types-private.h"

#include <math.h>

const KennisGrouping *
kennis_slice_grouping (const KennisSlice *self)
{
  return g_ptr_array_index (self->ground->groupings, self->grouping);
}

gboolean
kennis_slice_has_segment (const KennisSlice *self, const KennisSegment *segment)
{
  return kennis_slice_grouping (self)->group_of_segment[segment - self->ground->segments] == self->group;
}

gboolean
kennis_slice_is_covered (const KennisSlice *self, const KennisSegment *segment, gint32 day)
{
  return kennis_ground_covered_until (self->ground, self->key, segment->team, day) != G_MININT32;
}

gboolean
kennis_slice_contains (const KennisSlice *self, guint32 person, gint32 day)
{
  const KennisSegment *segment = kennis_ground_segment (self->ground, person, day);

  return segment != NULL && kennis_slice_has_segment (self, segment);
}

gboolean
kennis_slice_is_everybody (const KennisSlice *self)
{
  return self->grouping == 0;
}

gint32
kennis_slice_member (const KennisSlice *self, guint32 person)
{
  guint low = 0, high = self->n_members;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->members[middle].person == person)
        return (gint32) middle;
      if (self->members[middle].person < person)
        low = middle + 1;
      else
        high = middle;
    }
  return -1;
}

gint32
kennis_slice_follow (const KennisSlice *self, guint32 person, gint32 day, guint8 *left)
{
  const KennisSegment *segment = kennis_ground_segment (self->ground, person, day);
  gint32 end, gone;

  *left = FALSE;
  if (segment == NULL)
    return -1;
  end = kennis_ground_covered_until (self->ground, self->key, segment->team, day);
  if (end == G_MININT32)
    return -1;
  end = MIN (end, self->plan->end_day);
  gone = self->ground->gone[person];
  if (gone < end)
    {
      *left = TRUE;
      return gone - day;
    }
  return end - 1 - day;
}

/* The exposure of one person; segments come in order of person and time. */
typedef struct
{
  KennisMember member;
  double days;            /* present, observed */
  double all_days;        /* present, observed or not */
  gint32 possible;        /* observed days of the period, for the team last seen */
} Exposure;

static void
add_segment (const KennisSlice *self, Exposure *e, const KennisSegment *s)
{
  gint32 first = MAX (s->first_day, self->first_day), end = MIN (s->end_day, self->end_day);
  gint32 covered = kennis_ground_covered_days (self->ground, self->key, s->team, first, end);

  e->member.is_leader = s->is_leader;
  if (!s->on_roster)
    return;
  e->member.on_roster = TRUE;
  e->days += s->present * covered;
  e->all_days += s->present * (end - first);
  if (covered > 0 && s->present > 0)
    e->member.fte += s->present * s->fte * covered;
  e->possible = kennis_ground_covered_days (self->ground, self->key, s->team, self->first_day, self->end_day);
}

static void
add_member (const KennisSlice *self, GArray *members, Exposure *e, double *observed, double *all)
{
  double days = self->end_day - self->first_day;

  if (e->member.on_roster && !(e->all_days > 0))
    return;
  e->member.heads = e->days / days;
  e->member.fte /= days;
  e->member.is_resident = e->member.on_roster && e->days > 0 && 2 * e->days >= e->possible;
  *observed += e->days;
  *all += e->all_days;
  g_array_append_val (members, e->member);
}

static void
find_members (KennisSlice *self)
{
  const KennisOrder *order = &kennis_slice_grouping (self)->segments;
  GArray *members = g_array_new (FALSE, FALSE, sizeof (KennisMember));
  Exposure e = { .member.person = KENNIS_INTERN_NONE };
  double observed = 0, all = 0;

  for (guint32 i = order->first[self->group]; i < order->first[self->group + 1]; i++)
    {
      const KennisSegment *s = &self->ground->segments[order->items[i]];

      if (s->end_day <= self->first_day || s->first_day >= self->end_day)
        continue;
      if (s->person != e.member.person)
        {
          if (e.member.person != KENNIS_INTERN_NONE)
            add_member (self, members, &e, &observed, &all);
          e = (Exposure) { .member.person = s->person };
        }
      add_segment (self, &e, s);
    }
  if (e.member.person != KENNIS_INTERN_NONE)
    add_member (self, members, &e, &observed, &all);
  self->n_members = members->len;
  self->members = (const KennisMember *) (gpointer) g_array_free (members, FALSE);
  self->heads = observed / (self->end_day - self->first_day);
  self->coverage = all > 0 ? observed / all : NAN;
}

void
kennis_slice_split_heads (const KennisSlice *self, guint member, double *leading, double *other)
{
  double days = self->end_day - self->first_day;
  guint n;
  const KennisSegment *s = kennis_ground_segments (self->ground, self->members[member].person, &n);

  *leading = *other = 0;
  for (guint i = 0; i < n; i++)
    {
      gint32 first = MAX (s[i].first_day, self->first_day), end = MIN (s[i].end_day, self->end_day);

      if (first < end && s[i].on_roster && kennis_slice_has_segment (self, &s[i]))
        *(s[i].is_leader ? leading : other) +=
            s[i].present * kennis_ground_covered_days (self->ground, self->key, s[i].team, first, end) / days;
    }
}

gboolean
kennis_slice_is_full_month (const KennisSlice *self, guint member, gint32 month)
{
  gint32 from = kennis_month_first_day (month), until = kennis_month_first_day (month + 1), days = 0;
  guint n;
  const KennisSegment *s = kennis_ground_segments (self->ground, self->members[member].person, &n);

  for (guint i = 0; i < n; i++)
    {
      gint32 first = MAX (s[i].first_day, from), end = MIN (s[i].end_day, until);

      if (first < end && s[i].on_roster && s[i].present > 0 && kennis_slice_has_segment (self, &s[i]))
        days += kennis_ground_covered_days (self->ground, self->key, s[i].team, first, end);
    }
  return days == until - from;
}

KennisSlice *
kennis_slice_new (const KennisGround *ground, const KennisPlan *plan, guint grouping, guint32 group, gint32 first_month,
                  gint32 end_month, guint key)
{
  KennisSlice *self = g_new0 (KennisSlice, 1);

  self->ground = ground;
  self->plan = plan;
  self->grouping = grouping;
  self->group = group;
  self->first_month = first_month;
  self->end_month = end_month;
  self->first_day = kennis_month_first_day (first_month);
  self->end_day = kennis_month_first_day (end_month);
  self->key = key;
  self->cache = g_new0 (KennisCache, 1);
  self->cache->scratch = g_ptr_array_new_with_free_func (g_free);
  find_members (self);

  return self;
}

void
kennis_slice_free (KennisSlice *self)
{
  KennisCache *c = self->cache;
  KennisPart *parts[] = { &c->cells, &c->spells[0], &c->spells[1], &c->requests, &c->sharings,
                          &c->teams, &c->moments,   &c->talks,     &c->goals,    &c->ties, &c->sessions };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_free (parts[i]->items);
  for (guint i = 0; i < G_N_ELEMENTS (c->holders); i++)
    {
      kennis_slice_holds_free (c->holds[i]);
      kennis_holders_free (c->holders[i]);
    }
  kennis_slice_needs_free (c->needs);
  g_free (c->present);
  g_free (c->totals);
  g_clear_pointer (&c->year, kennis_slice_free);
  g_ptr_array_unref (c->scratch);
  g_free (c);
  g_free ((gpointer) self->members);
  g_free (self);
}

const KennisSlice *
kennis_slice_year (const KennisSlice *self)
{
  if (self->end_month - self->first_month == 12)
    return self;
  if (self->cache->year == NULL)
    self->cache->year = kennis_slice_new (self->ground, self->plan, self->grouping, self->group, self->end_month - 12,
                                          self->end_month, self->key);
  self->cache->year->cache->draws = self->cache->draws;
  return self->cache->year;
}

gpointer
kennis_slice_scratch (const KennisSlice *slice, gsize n_bytes)
{
  gpointer memory = g_malloc0 (n_bytes + 1);

  g_ptr_array_add (slice->cache->scratch, memory);
  return memory;
}

double *
kennis_slice_doubles (const KennisSlice *slice)
{
  return kennis_slice_scratch (slice, slice->n_members * sizeof (double));
}

guint8 *
kennis_slice_bytes (const KennisSlice *slice)
{
  return kennis_slice_scratch (slice, slice->n_members);
}

void
kennis_slice_clear_scratch (const KennisSlice *self)
{
  g_ptr_array_set_size (self->cache->scratch, 0);
  if (self->cache->year != NULL)
    kennis_slice_clear_scratch (self->cache->year);
}
