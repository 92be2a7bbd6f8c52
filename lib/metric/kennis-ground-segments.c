#include "config.h"

#include "metric/kennis-ground-types-private.h"
#include "metric/kennis-sort-private.h"
#include "summary/kennis-summary-people-private.h"

#include <math.h>
#include <string.h>

#define PERSON KENNIS_RECORD_TYPE_PERSON

static double
scaled (gint64 code, double unit)
{
  return code == KENNIS_UNKNOWN ? NAN : (double) code / unit;
}

static KennisSegment
unknown_segment (guint32 person)
{
  KennisSegment s = { .person = person, .first_day = KENNIS_EVER_BEFORE, .end_day = KENNIS_EVER_AFTER,
                      .team = KENNIS_INTERN_NONE, .role = KENNIS_INTERN_NONE, .discipline = KENNIS_INTERN_NONE, .leader = KENNIS_INTERN_NONE,
                      .attributes = KENNIS_INTERN_NONE, .fte = NAN, .present = 1, .hourly_cost = NAN };

  return s;
}

/* What a person's record says, or those before it. */
static gint64
told (const KennisGround *self, guint field, guint32 row)
{
  return kennis_summary_people_value (self->facts, self->before, field, row);
}

static guint32
told_index (const KennisGround *self, guint field, guint32 row)
{
  gint64 code = told (self, field, row);

  return code == KENNIS_UNKNOWN ? KENNIS_INTERN_NONE : (guint32) code;
}

static KennisSegment
read_segment (const KennisGround *self, guint32 person, guint32 row)
{
  KennisSegment s = unknown_segment (person);
  gint64 present = kennis_ground_value (self, PERSON, KENNIS_PERSON_PRESENT, row);

  s.on_roster = TRUE;
  s.team = told_index (self, KENNIS_PERSON_TEAM, row);
  s.role = told_index (self, KENNIS_PERSON_ROLE, row);
  s.discipline = told_index (self, KENNIS_PERSON_DISCIPLINE, row);
  s.leader = kennis_ground_person (self, told_index (self, KENNIS_PERSON_LEADER, row));
  s.attributes = told_index (self, KENNIS_PERSON_ATTRIBUTES, row);
  s.fte = scaled (told (self, KENNIS_PERSON_FTE, row), 1e6);
  s.present = present == KENNIS_UNKNOWN ? 1 : (double) present / 1e6;
  s.hourly_cost = scaled (told (self, KENNIS_PERSON_HOURLY_COST, row), 1e4);
  return s;
}

/* Adds the days [first, end) of a record, less those before hired and from left on. */
static void
add_days (KennisGround *self, GArray *out, KennisSegment s, gint32 first, gint32 end, guint32 row)
{
  if (!kennis_person_version_clip (self->facts, self->before, row, &first, &end))
    return;
  s.first_day = first;
  s.end_day = end;
  g_array_append_val (out, s);
}

static void
add_person (KennisGround *self, GArray *out, guint32 person, KennisPersonVersion *versions, guint n)
{
  gint64 hired;

  kennis_sort_array (versions, n, sizeof *versions, kennis_person_version_compare);
  /* Hired before the first record was in force: there, but as whom is not known. */
  hired = kennis_ground_value (self, PERSON, KENNIS_PERSON_HIRED, versions[0].row);
  if (versions[0].from > KENNIS_EVER_BEFORE && hired != KENNIS_UNKNOWN
      && kennis_ground_value (self, PERSON, KENNIS_PERSON_INCLUDED, versions[0].row) != KENNIS_ANSWER_NO)
    {
      KennisSegment s = unknown_segment (person);

      s.on_roster = TRUE;
      add_days (self, out, s, KENNIS_EVER_BEFORE, versions[0].from, versions[0].row);
    }
  for (guint i = 0; i < n; i++)
    {
      gint32 end = i + 1 < n ? versions[i + 1].from : KENNIS_EVER_AFTER;

      hired = kennis_ground_value (self, PERSON, KENNIS_PERSON_HIRED, versions[i].row);
      if (hired != KENNIS_UNKNOWN && self->hired[person] == KENNIS_NO_DAY)
        self->hired[person] = kennis_ground_day (self, hired);
      if (versions[i].from < end && told (self, KENNIS_PERSON_INCLUDED, versions[i].row) != KENNIS_ANSWER_NO)
        add_days (self, out, read_segment (self, person, versions[i].row), versions[i].from, end, versions[i].row);
    }
}

static void
add_everybody (KennisGround *self, GArray *out)
{
  guint32 n_rows = self->facts->tables[PERSON].n_rows, row = 0;
  g_autofree guint32 *owner = g_new (guint32, (gsize) n_rows + 1);
  g_autoptr (GArray) versions = g_array_new (FALSE, FALSE, sizeof (KennisPersonVersion));
  KennisOrder rows = { NULL, NULL };

  for (row = 0; row < n_rows; row++)
    owner[row] = self->canonical[kennis_ground_index (self, PERSON, KENNIS_PERSON_ID, row)];
  kennis_order_make (&rows, owner, n_rows, self->n_persons);
  for (guint32 p = 0; p < self->n_persons; p++)
    {
      self->segment_first[p] = out->len;
      self->hired[p] = KENNIS_NO_DAY;
      g_array_set_size (versions, 0);
      for (guint32 i = rows.first[p]; i < rows.first[p + 1]; i++)
        {
          KennisPersonVersion v = kennis_person_version_at (self->facts, rows.items[i]);

          g_array_append_val (versions, v);
        }
      if (versions->len > 0)
        add_person (self, out, p, (KennisPersonVersion *) (gpointer) versions->data, versions->len);
      else if (self->canonical[p] == p)
        {
          KennisSegment s = unknown_segment (p);

          g_array_append_val (out, s);
        }
    }
  self->segment_first[self->n_persons] = out->len;
  kennis_order_clear (&rows);
}

/* Days in which a person leads. */
typedef struct
{
  guint32 leader;
  gint32  first_day, end_day;
} Leading;

static int
compare_leading (const void *a, const void *b)
{
  const Leading *x = a, *y = b;

  if (x->leader != y->leader)
    return (x->leader > y->leader) - (x->leader < y->leader);
  return (x->first_day > y->first_day) - (x->first_day < y->first_day);
}

/* All stretches of leading, sorted by leader and time, disjoint. */
static GArray *
find_leading (const GArray *segments)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Leading));
  guint n = 0;

  for (guint i = 0; i < segments->len; i++)
    {
      const KennisSegment *s = &g_array_index (segments, KennisSegment, i);
      Leading l = { s->leader, s->first_day, s->end_day };

      if (s->leader != KENNIS_INTERN_NONE && s->leader != s->person)
        g_array_append_val (all, l);
    }
  kennis_sort_array (all->data, all->len, sizeof (Leading), compare_leading);
  for (guint i = 0; i < all->len; i++)
    {
      Leading *l = &g_array_index (all, Leading, i), *last = n > 0 ? &g_array_index (all, Leading, n - 1) : NULL;

      if (last != NULL && last->leader == l->leader && l->first_day <= last->end_day)
        last->end_day = MAX (last->end_day, l->end_day);
      else
        g_array_index (all, Leading, n++) = *l;
    }
  g_array_set_size (all, n);
  return all;
}

/* Cuts a segment where the person starts or stops to lead. */
static void
cut (GArray *out, KennisSegment s, const Leading *leading, guint n)
{
  gint32 end = s.end_day;

  for (guint i = 0; i < n && s.first_day < end; i++)
    {
      if (leading[i].end_day <= s.first_day || leading[i].first_day >= end)
        continue;
      if (leading[i].first_day > s.first_day)
        {
          s.end_day = leading[i].first_day;
          s.is_leader = FALSE;
          g_array_append_val (out, s);
          s.first_day = s.end_day;
        }
      s.end_day = MIN (end, leading[i].end_day);
      s.is_leader = TRUE;
      g_array_append_val (out, s);
      s.first_day = s.end_day;
    }
  if (s.first_day < end)
    {
      s.end_day = end;
      s.is_leader = FALSE;
      g_array_append_val (out, s);
    }
}

void
kennis_ground_build_segments (KennisGround *self)
{
  g_autoptr (GArray) whole = g_array_new (FALSE, FALSE, sizeof (KennisSegment));
  GArray *out = g_array_new (FALSE, FALSE, sizeof (KennisSegment));
  g_autoptr (GArray) leading = NULL;
  guint at = 0;

  self->segment_first = g_new0 (guint32, (gsize) self->n_persons + 1);
  self->hired = g_new (gint32, (gsize) self->n_persons + 1);
  self->gone = g_new (gint32, (gsize) self->n_persons + 1);
  add_everybody (self, whole);
  leading = find_leading (whole);
  for (guint32 p = 0; p < self->n_persons; p++)
    {
      guint32 first = self->segment_first[p], n = 0;

      while (at < leading->len && g_array_index (leading, Leading, at).leader < p)
        at++;
      while (at + n < leading->len && g_array_index (leading, Leading, at + n).leader == p)
        n++;
      self->segment_first[p] = out->len;
      for (guint32 i = first; i < self->segment_first[p + 1]; i++)
        {
          const KennisSegment *s = &g_array_index (whole, KennisSegment, i);

          cut (out, *s, (const Leading *) (gconstpointer) leading->data + at, s->on_roster ? n : 0);
        }
      self->gone[p] = out->len > self->segment_first[p] ? g_array_index (out, KennisSegment, out->len - 1).end_day
                                                        : KENNIS_EVER_BEFORE;
      if (self->gone[p] == KENNIS_EVER_AFTER)
        self->gone[p] = G_MAXINT32;
    }
  self->segment_first[self->n_persons] = self->n_segments = out->len;
  self->segments = (KennisSegment *) (gpointer) g_array_free (out, FALSE);
}

const KennisSegment *
kennis_ground_segments (const KennisGround *self, guint32 person, guint *n)
{
  *n = 0;
  if (person >= self->n_persons)
    return NULL;
  *n = self->segment_first[person + 1] - self->segment_first[person];
  return self->segments + self->segment_first[person];
}

const KennisSegment *
kennis_ground_segment (const KennisGround *self, guint32 person, gint32 day)
{
  guint n;
  const KennisSegment *s = kennis_ground_segments (self, person, &n);

  for (guint i = 0; i < n && s[i].first_day <= day; i++)
    if (day < s[i].end_day)
      return &s[i];
  return NULL;
}

gint32
kennis_ground_hired_day (const KennisGround *self, guint32 person)
{
  return person < self->n_persons ? self->hired[person] : KENNIS_NO_DAY;
}
