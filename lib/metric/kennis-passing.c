#include "config.h"

#include "metric/kennis-passing-private.h"
#include "metric/kennis-sort-private.h"

gboolean
kennis_passing_counts (const KennisSlice *slice, const KennisSharingFact *f)
{
  const guint32 sides[] = { f->giver, f->receiver };

  if (f->day == KENNIS_NO_DAY || f->initiative == KENNIS_INITIATIVE_REQUIRED
      || (f->kind == KENNIS_SHARING_KIND_CONTACT && !slice->plan->admit_contact)
      || (f->giver == f->receiver && f->giver != KENNIS_INTERN_NONE))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (sides[i] != KENNIS_INTERN_NONE && kennis_ground_segment (slice->ground, sides[i], f->day) == NULL)
      return FALSE;
  return TRUE;
}

/* A topic that someone shared on a day. */
typedef struct
{
  guint32 topic;
  gint32  day;
} Shared;

static int
compare_shared (const void *a, const void *b)
{
  const Shared *x = a, *y = b;

  return x->day != y->day ? (x->day > y->day) - (x->day < y->day) : (x->topic > y->topic) - (x->topic < y->topic);
}

/* What a person shared, of a known topic, from the slice's first day on; by day, each topic once a day. */
static void
find_shared (const KennisSlice *slice, guint32 person, GArray *shared)
{
  const KennisOrder *given = &slice->ground->given;
  guint n = 0;

  g_array_set_size (shared, 0);
  for (guint32 i = given->first[person]; i < given->first[person + 1]; i++)
    {
      const KennisSharingFact *f = &slice->ground->sharings[given->items[i]];
      Shared item = { f->topic, f->day };

      if (f->topic != KENNIS_INTERN_NONE && f->day >= slice->first_day
          && f->day < slice->end_day + KENNIS_PASSING_DAYS + 1 && kennis_passing_counts (slice, f))
        g_array_append_val (shared, item);
    }
  kennis_sort_array (shared->data, shared->len, sizeof (Shared), compare_shared);
  for (guint i = 0; i < shared->len; i++)
    if (i == 0 || compare_shared (&g_array_index (shared, Shared, i), &g_array_index (shared, Shared, n - 1)) != 0)
      g_array_index (shared, Shared, n++) = g_array_index (shared, Shared, i);
  g_array_set_size (shared, n);
}

/* Days after it until the topic, or a part of it, was first shared; −1: not within `last` days. */
static gint32
days_until_shared (const KennisSlice *slice, const GArray *shared, guint32 topic, gint32 day, gint32 last)
{
  guint low = 0, high = shared->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (shared, Shared, middle).day < day)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < shared->len; low++)
    {
      const Shared *s = &g_array_index (shared, Shared, low);

      if (s->day - day > last)
        break;
      if (s->topic == topic || kennis_ground_topic_is_within (slice->ground, s->topic, topic))
        return s->day - day;
    }
  return -1;
}

void
kennis_passing_init (KennisPassing *self, const KennisSlice *slice)
{
  self->slice = slice;
  self->person = -1;
  self->shared = g_array_new (FALSE, FALSE, sizeof (Shared));
}

void
kennis_passing_clear (KennisPassing *self)
{
  g_clear_pointer (&self->shared, g_array_unref);
}

gint32
kennis_passing_after (KennisPassing *self, guint32 person, guint32 topic, gint32 day, gint32 last)
{
  if (topic == KENNIS_INTERN_NONE)
    return -1;

  if (self->person != person)
    find_shared (self->slice, person, self->shared);
  self->person = person;
  return days_until_shared (self->slice, self->shared, topic, day, MIN (last, KENNIS_PASSING_DAYS));
}
