#include "config.h"

#include "metric/kennis-slice-types-private.h"
#include "metric/kennis-sort-private.h"

/* The events of a slice: those of its members at a time when they were in the group, observed. */

static void
keep (KennisPart *part, GArray *array)
{
  part->n = array->len;
  part->items = g_array_free (array, FALSE);
  if (part->items == NULL)
    part->items = g_malloc0 (1);
}

/* Who the person was at the start of the month, or on their first day in it. */
static const KennisSegment *
segment_of_month (const KennisSlice *self, guint32 person, gint32 month)
{
  gint32 first = kennis_month_first_day (month), end = kennis_month_first_day (month + 1);
  guint n;
  const KennisSegment *s = kennis_ground_segments (self->ground, person, &n);

  for (guint i = 0; i < n && s[i].first_day < end; i++)
    if (s[i].end_day > first)
      return &s[i];
  return NULL;
}

static void
add_cells (const KennisSlice *self, guint32 member, GArray *out)
{
  const KennisGround *ground = self->ground;
  guint32 person = self->members[member].person;
  const KennisSegment *segment = NULL;
  gint32 month = G_MININT32;
  gboolean counts = FALSE;

  for (guint32 i = ground->cells.first[person]; i < ground->cells.first[person + 1]; i++)
    {
      const KennisCell *cell = &ground->view.cells[ground->cells.items[i]];
      KennisSliceCell item = { member, cell, NULL };

      if (cell->month < self->first_month || cell->month >= self->end_month)
        continue;
      if (cell->month != month)
        {
          gint32 first = kennis_month_first_day (cell->month), end = kennis_month_first_day (cell->month + 1);

          month = cell->month;
          segment = segment_of_month (self, person, month);
          counts = segment != NULL && kennis_slice_has_segment (self, segment)
                   && kennis_ground_covered_days (ground, self->key, segment->team, first, end) > 0;
        }
      item.segment = segment;
      if (counts)
        g_array_append_val (out, item);
    }
}

const KennisSliceCell *
kennis_slice_cells (const KennisSlice *self, gsize *n)
{
  KennisPart *part = &self->cache->cells;

  if (part->items == NULL)
    {
      GArray *out = g_array_new (FALSE, FALSE, sizeof (KennisSliceCell));

      for (guint m = 0; m < self->n_members; m++)
        add_cells (self, m, out);
      keep (part, out);
    }
  *n = part->n;
  return part->items;
}

/* Is the day in the period, the person then in the group, and observed?  If so how long the person can be followed. */
static gboolean
place (const KennisSlice *self, guint32 person, gint32 day, gint32 *follow, guint8 *left)
{
  if (day < self->first_day || day >= self->end_day || !kennis_slice_contains (self, person, day))
    return FALSE;
  *follow = kennis_slice_follow (self, person, day, left);
  return *follow >= 0;
}

const KennisSliceSpell *
kennis_slice_spells (const KennisSlice *self, KennisSpellDay by, gsize *n)
{
  KennisPart *part = &self->cache->spells[by];
  const KennisGround *ground = self->ground;
  GArray *out;

  *n = part->n;
  if (part->items != NULL)
    return part->items;

  out = g_array_new (FALSE, FALSE, sizeof (KennisSliceSpell));
  for (guint m = 0; m < self->n_members; m++)
    for (guint32 p = self->members[m].person, i = ground->spells.first[p]; i < ground->spells.first[p + 1]; i++)
      {
        const KennisSpell *spell = &ground->view.spells[ground->spells.items[i]];
        KennisSliceSpell item = { m, spell, spell->day, 0, FALSE };
        gboolean is_enrolled = KENNIS_CODES_STATUS (spell->codes) == KENNIS_STATUS_ENROLLED;

        if (by == KENNIS_SPELL_BY_END ? is_enrolled : (!is_enrolled && spell->since_start < 0))
          continue;
        if (by == KENNIS_SPELL_BY_START && !is_enrolled)
          item.day -= spell->since_start;
        if (place (self, p, item.day, &item.follow, &item.left))
          g_array_append_val (out, item);
      }
  keep (part, out);
  *n = part->n;
  return part->items;
}

const KennisSliceRequest *
kennis_slice_requests (const KennisSlice *self, gsize *n)
{
  KennisPart *part = &self->cache->requests;
  const KennisGround *ground = self->ground;
  GArray *out;

  *n = part->n;
  if (part->items != NULL)
    return part->items;

  out = g_array_new (FALSE, FALSE, sizeof (KennisSliceRequest));
  for (guint m = 0; m < self->n_members; m++)
    for (guint32 p = self->members[m].person, i = ground->requests.first[p]; i < ground->requests.first[p + 1]; i++)
      {
        const KennisRequest *request = &ground->view.requests[ground->requests.items[i]];
        KennisSliceRequest item = { m, request, 0, FALSE };

        if (place (self, p, request->day, &item.follow, &item.left))
          g_array_append_val (out, item);
      }
  keep (part, out);
  *n = part->n;
  return part->items;
}

/* Where a known side stands: −2 the sharing does not count, −1 outside of the group, else the member. */
static gint32
side (const KennisSlice *self, guint32 person, gint32 day, gboolean *observed)
{
  const KennisSegment *segment;

  if (person == KENNIS_INTERN_NONE)
    return -1;
  segment = kennis_ground_segment (self->ground, person, day);
  if (segment == NULL)
    return -2;
  if (!kennis_slice_has_segment (self, segment))
    return -1;
  *observed |= kennis_slice_is_covered (self, segment, day);
  return kennis_slice_member (self, person);
}

static gboolean
may_count (const KennisSlice *self, const KennisSharingFact *f)
{
  return f->day >= self->first_day && f->day < self->end_day && f->initiative != KENNIS_INITIATIVE_REQUIRED
         && (f->kind != KENNIS_SHARING_KIND_CONTACT || self->plan->admit_contact)
         && (f->giver != f->receiver || f->giver == KENNIS_INTERN_NONE);
}

static void
add_sharing (const KennisSlice *self, guint32 index, GArray *out)
{
  const KennisSharingFact *f = &self->ground->sharings[index];
  KennisSliceSharing item = { f, -1, -1 };
  gboolean observed = FALSE;

  if (!may_count (self, f))
    return;
  item.giver = side (self, f->giver, f->day, &observed);
  item.receiver = side (self, f->receiver, f->day, &observed);
  if (observed && item.giver != -2 && item.receiver != -2 && (item.giver >= 0 || item.receiver >= 0))
    g_array_append_val (out, item);
}

static int
compare_indices (const void *a, const void *b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/* Indices of the sharings in the period that members gave or received, each once, in the canonical order. */
static GArray *
find_sharings (const KennisSlice *self)
{
  const KennisOrder *orders[] = { &self->ground->given, &self->ground->received };
  GArray *indices = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n = 0;

  for (guint m = 0; m < self->n_members; m++)
    for (guint o = 0; o < G_N_ELEMENTS (orders); o++)
      for (guint32 p = self->members[m].person, i = orders[o]->first[p]; i < orders[o]->first[p + 1]; i++)
        if (may_count (self, &self->ground->sharings[orders[o]->items[i]]))
          g_array_append_val (indices, orders[o]->items[i]);
  kennis_sort_array (indices->data, indices->len, sizeof (guint32), compare_indices);
  for (guint i = 0; i < indices->len; i++)
    if (i == 0 || g_array_index (indices, guint32, i) != g_array_index (indices, guint32, n - 1))
      g_array_index (indices, guint32, n++) = g_array_index (indices, guint32, i);
  g_array_set_size (indices, n);
  return indices;
}

const KennisSliceSharing *
kennis_slice_sharings (const KennisSlice *self, gsize *n)
{
  KennisPart *part = &self->cache->sharings;

  if (part->items == NULL)
    {
      GArray *out = g_array_new (FALSE, FALSE, sizeof (KennisSliceSharing));
      g_autoptr (GArray) indices = NULL;

      if (!kennis_slice_is_everybody (self))
        indices = find_sharings (self);
      for (gsize i = 0; i < (indices != NULL ? indices->len : self->ground->n_sharings); i++)
        add_sharing (self, indices != NULL ? g_array_index (indices, guint32, i) : (guint32) i, out);
      keep (part, out);
    }
  *n = part->n;
  return part->items;
}

const KennisSliceTalk *
kennis_slice_talks (const KennisSlice *self, gsize *n)
{
  KennisPart *part = &self->cache->talks;
  const KennisOrder *order = &self->ground->talks;
  GArray *out;

  *n = part->n;
  if (part->items != NULL)
    return part->items;

  out = g_array_new (FALSE, FALSE, sizeof (KennisSliceTalk));
  for (guint m = 0; m < self->n_members; m++)
    for (guint32 p = self->members[m].person, i = order->first[p]; i < order->first[p + 1]; i++)
      {
        const KennisTalkFact *talk = &self->ground->talk_facts[order->items[i]];
        KennisSliceTalk item = { m, talk };
        gint32 day = talk->held != KENNIS_NO_DAY ? talk->held : talk->planned, follow;
        guint8 left;

        if (day != KENNIS_NO_DAY && place (self, p, day, &follow, &left))
          g_array_append_val (out, item);
      }
  keep (part, out);
  *n = part->n;
  return part->items;
}

const KennisSliceGoal *
kennis_slice_goals (const KennisSlice *self, gsize *n)
{
  KennisPart *part = &self->cache->goals;
  const KennisOrder *order = &self->ground->goals;
  GArray *out;

  *n = part->n;
  if (part->items != NULL)
    return part->items;

  out = g_array_new (FALSE, FALSE, sizeof (KennisSliceGoal));
  for (guint m = 0; m < self->n_members; m++)
    for (guint32 p = self->members[m].person, i = order->first[p]; i < order->first[p + 1]; i++)
      {
        const KennisGoalFact *goal = &self->ground->goal_facts[order->items[i]];
        KennisSliceGoal item = { m, goal };
        gint32 follow;
        guint8 left;

        if (goal->set != KENNIS_NO_DAY && place (self, p, goal->set, &follow, &left))
          g_array_append_val (out, item);
      }
  keep (part, out);
  *n = part->n;
  return part->items;
}
