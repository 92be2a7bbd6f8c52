#include "config.h"

#include "metric/kennis-holds-private.h"
#include "metric/kennis-slice-types-private.h"
#include "metric/kennis-sort-private.h"

#include <math.h>

static double
decay (double age, double half_life)
{
  return half_life > 0 ? exp2 (-MAX (age, 0) / half_life) : 1;
}

static void
add_hours (GArray *holds, guint32 topic, double hours)
{
  KennisHold hold = { .topic = topic, .hours = hours };

  if (topic != KENNIS_INTERN_NONE && hours > 0)
    g_array_append_val (holds, hold);
}

static void
add_activities (const KennisGround *ground, guint32 person, gint32 day, double half_life, GArray *holds)
{
  const KennisOrder *cells = &ground->cells;

  for (guint32 i = cells->first[person]; i < cells->first[person + 1]; i++)
    {
      const KennisCell *cell = &ground->view.cells[cells->items[i]];
      gint32 first = kennis_month_first_day (cell->month), end = kennis_month_first_day (cell->month + 1);

      if (KENNIS_CODES_STATUS (cell->codes) == KENNIS_STATUS_COMPLETED && end <= day)
        add_hours (holds, cell->topic, kennis_hours (cell->duration) * decay (day - (first + end) / 2.0, half_life));
    }
}

static void
add_sharings (const KennisGround *ground, guint32 person, gboolean is_giver, gint32 day, double half_life, GArray *holds)
{
  const KennisOrder *order = is_giver ? &ground->given : &ground->received;

  for (guint32 i = order->first[person]; i < order->first[person + 1]; i++)
    {
      const KennisSharingFact *f = &ground->sharings[order->items[i]];
      double hours = f->duration == KENNIS_UNKNOWN ? 0 : kennis_hours (f->duration);

      if (f->kind == KENNIS_SHARING_KIND_CONTACT || f->day >= day || f->giver == f->receiver
          || kennis_ground_attended (ground, f->session, person))
        continue;
      add_hours (holds, f->topic, hours / (is_giver ? f->audience : 1) * decay (day - f->day, half_life));
    }
}

/* The newest word of each source. */
static void
add_holdings (const KennisGround *ground, guint32 person, gint32 day, GArray *holds)
{
  gsize n;
  const KennisHoldingFact *facts = kennis_ground_holdings (ground, person, &n);

  for (gsize i = 0; i < n; i++)
    {
      const KennisHoldingFact *f = &facts[i], *next = i + 1 < n ? &facts[i + 1] : NULL;
      KennisHold hold = { .topic = f->topic, .has_holding = TRUE };

      if (f->day >= day || (next != NULL && next->topic == f->topic && next->source == f->source && next->day < day))
        continue;
      if (isnan (f->level) || f->level > 0)
        g_array_append_val (holds, hold);
    }
}

static int
compare_holds (const void *a, const void *b)
{
  const KennisHold *x = a, *y = b;

  if (x->topic != y->topic)
    return (x->topic > y->topic) - (x->topic < y->topic);
  return (x->hours > y->hours) - (x->hours < y->hours);
}

void
kennis_holds_of (const KennisGround *ground, guint32 person, gint32 day, double half_life, GArray *holds)
{
  guint first = holds->len, kept = first;

  add_activities (ground, person, day, half_life, holds);
  add_sharings (ground, person, TRUE, day, half_life, holds);
  add_sharings (ground, person, FALSE, day, half_life, holds);
  add_holdings (ground, person, day, holds);
  if (holds->len > first)
    kennis_sort_array (&g_array_index (holds, KennisHold, first), holds->len - first, sizeof (KennisHold),
                       compare_holds);
  for (guint i = first; i < holds->len; i++)
    {
      KennisHold hold = g_array_index (holds, KennisHold, i);
      KennisHold *last = kept > first ? &g_array_index (holds, KennisHold, kept - 1) : NULL;

      if (last != NULL && last->topic == hold.topic)
        {
          last->hours += hold.hours;
          last->has_holding |= hold.has_holding;
        }
      else
        g_array_index (holds, KennisHold, kept++) = hold;
    }
  g_array_set_size (holds, kept);
}

gboolean
kennis_holds_within (const KennisGround *ground, const KennisHold *holds, guint n, guint32 topic, double threshold)
{
  KennisHold sum = { .topic = topic };

  for (guint i = 0; i < n; i++)
    if (kennis_ground_topic_is_within (ground, holds[i].topic, topic))
      {
        sum.hours += holds[i].hours;
        sum.has_holding |= holds[i].has_holding;
      }
  return kennis_hold_is_held (&sum, threshold);
}

gboolean
kennis_slice_is_there (const KennisSlice *slice, guint32 person, KennisHoldsAt at)
{
  gint32 day = at == KENNIS_HOLDS_AT_START ? slice->first_day : slice->end_day - 1;
  const KennisSegment *segment = kennis_ground_segment (slice->ground, person, day);

  return segment != NULL && segment->on_roster && kennis_slice_has_segment (slice, segment);
}

const KennisSliceHolds *
kennis_slice_holds (const KennisSlice *slice, KennisHoldsAt at)
{
  KennisSliceHolds *self = slice->cache->holds[at];
  gint32 day = at == KENNIS_HOLDS_AT_START ? slice->first_day : slice->end_day;
  GArray *holds;
  guint32 *first;

  if (self != NULL)
    return self;
  holds = g_array_new (FALSE, FALSE, sizeof (KennisHold));
  first = g_new (guint32, (gsize) slice->n_members + 2);
  for (guint32 m = 0; m < slice->n_members; m++)
    {
      first[m] = holds->len;
      if (kennis_slice_is_there (slice, slice->members[m].person, at))
        kennis_holds_of (slice->ground, slice->members[m].person, day, KENNIS_HALF_LIFE_DAYS, holds);
    }
  first[slice->n_members] = holds->len;
  slice->cache->holds[at] = self = g_new0 (KennisSliceHolds, 1);
  self->first = first;
  self->holds = (const KennisHold *) (gpointer) g_array_free (holds, FALSE);
  return self;
}

void
kennis_slice_holds_free (KennisSliceHolds *self)
{
  if (self == NULL)
    return;
  g_free ((gpointer) self->holds);
  g_free ((gpointer) self->first);
  g_free (self);
}

const KennisHolders *
kennis_slice_holders (const KennisSlice *slice, KennisHoldsAt at)
{
  const KennisSliceHolds *holds = kennis_slice_holds (slice, at);
  g_autofree guint32 *people = NULL, *topics = NULL;
  gsize n = 0;

  if (slice->cache->holders[at] != NULL)
    return slice->cache->holders[at];
  people = g_new (guint32, (gsize) holds->first[slice->n_members] + 1);
  topics = g_new (guint32, (gsize) holds->first[slice->n_members] + 1);
  for (guint32 m = 0; m < slice->n_members; m++)
    for (guint32 i = holds->first[m]; i < holds->first[m + 1]; i++)
      if (kennis_hold_is_held (&holds->holds[i], KENNIS_THRESHOLD_HOURS))
        {
          people[n] = m;
          topics[n++] = holds->holds[i].topic;
        }
  return slice->cache->holders[at] = kennis_holders_new (slice->n_members, slice->ground->n_topics, people, topics, n);
}
