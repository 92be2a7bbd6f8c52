#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-exchange-private.h"
#include "metric/kennis-ground-types-private.h"
#include "metric/kennis-sort-private.h"

#include <math.h>
#include <stdlib.h>

/* What happens after: someone learned something, someone came. */

#define PASS_ON_DAYS 90
#define BUDDY_DAYS 30

/* A sharing that counts, as those of kennis_slice_sharings(), at whatever time and in whatever group. */
static gboolean
counts (const KennisSlice *slice, const KennisSharingFact *f)
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

/* What a person shared, of a known topic, from the period's first day on; by day, each topic once a day. */
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

      if (f->topic != KENNIS_INTERN_NONE && f->day >= slice->first_day && f->day < slice->end_day + PASS_ON_DAYS + 1
          && counts (slice, f))
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

static KennisFollowUp
follow_up (const KennisSlice *slice, const KennisSliceSpell *spell, const GArray *shared)
{
  guint32 n = (guint32) MIN (spell->spell->n, G_MAXUINT32);
  KennisFollowUp row = { spell->member, spell->follow, spell->left ? 2 : 0, n };
  gint32 day = days_until_shared (slice, shared, spell->spell->topic, spell->day, MIN (spell->follow, PASS_ON_DAYS));

  if (day >= 0)
    {
      row.day = day;
      row.cause = 1;
    }
  return row;
}

static void
pass_on_rate (const KennisSlice *slice, KennisEstimate *out)
{
  g_autoptr (GArray) shared = g_array_new (FALSE, FALSE, sizeof (Shared));
  gint64 member = -1;
  gsize n, n_rows = 0;
  const KennisSliceSpell *spells = kennis_slice_spells (slice, KENNIS_SPELL_BY_END, &n);
  KennisFollowUp *rows = kennis_slice_scratch (slice, n * sizeof *rows);

  for (gsize i = 0; i < n; i++)
    {
      const KennisSliceSpell *spell = &spells[i];

      if (KENNIS_CODES_STATUS (spell->spell->codes) != KENNIS_STATUS_COMPLETED
          || spell->spell->topic == KENNIS_INTERN_NONE)
        continue;
      if (spell->member != member)
        find_shared (slice, slice->members[spell->member].person, shared);
      member = spell->member;
      rows[n_rows++] = follow_up (slice, spell, shared);
    }
  kennis_estimate_incidence (slice, rows, n_rows, PASS_ON_DAYS, KENNIS_FOLLOW_UP_INCIDENCE, out);
}

static gboolean
had_buddy (const KennisSlice *slice, guint32 person, gint32 day)
{
  const KennisOrder *orders[] = { &slice->ground->given, &slice->ground->received };

  for (guint o = 0; o < G_N_ELEMENTS (orders); o++)
    for (guint32 i = orders[o]->first[person]; i < orders[o]->first[person + 1]; i++)
      {
        const KennisSharingFact *f = &slice->ground->sharings[orders[o]->items[i]];

        if (f->kind == KENNIS_SHARING_KIND_BUDDY && f->day >= day && f->day - day <= BUDDY_DAYS && counts (slice, f))
          return TRUE;
      }
  return FALSE;
}

/* Where no buddy was ever recorded, they are not known to be missing. */
static gboolean
records_buddies (const KennisSlice *slice)
{
  for (gsize i = 0; i < slice->ground->n_sharings; i++)
    if (slice->ground->sharings[i].kind == KENNIS_SHARING_KIND_BUDDY)
      return TRUE;
  return FALSE;
}

static void
buddy_coverage (const KennisSlice *slice, KennisEstimate *out)
{
  guint8 *answer = kennis_slice_bytes (slice);

  for (guint m = 0; m < slice->n_members; m++)
    {
      guint32 person = slice->members[m].person;
      gint32 hired = kennis_ground_hired_day (slice->ground, person);
      guint8 left;

      answer[m] = 2;
      if (hired != KENNIS_NO_DAY && hired >= slice->first_day && hired < slice->end_day
          && kennis_slice_contains (slice, person, hired)
          && kennis_slice_follow (slice, person, hired, &left) >= BUDDY_DAYS)
        answer[m] = had_buddy (slice, person, hired);
    }
  kennis_estimate_share_of_people (slice, answer, out);
  if (out->status == KENNIS_MEASURE_STATUS_OK && out->n_positive == 0 && !records_buddies (slice))
    kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA, N_("No meeting with a buddy was ever recorded."));
}

KENNIS_METRICS (exchange_follow,
  {
    .id = "exchange.pass-on-rate",
    .title = N_("Passed on after learning"),
    .description = N_("The share of completed learning of which the learner shared the topic with someone within 90 days."),
    .reading_aid = N_("What is passed on does not stay in one head. Learning without a recorded topic is left out; who leaves or is no longer observed is accounted for."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "cumulative incidence at 90 days after completion of sharing the topic, or a part of it, as giver; leaving competes",
    .source = "ours, after Weggeman 2000; Aalen & Johansen 1978",
    .inputs = "activity.status activity.topic sharing.giver sharing.topic",
    .measure = pass_on_rate,
  },
  {
    .id = "exchange.buddy-coverage",
    .title = N_("Newcomers with a buddy"),
    .description = N_("The share of people who came in the period that met a buddy within 30 days, among those observed for 30 days."),
    .reading_aid = N_("A newcomer with a buddy learns how things are done here, and brings in what was learned elsewhere."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "newcomers with a BUDDY event within 30 days of being hired / newcomers observed for 30 days",
    .source = "ours, after Korte & Lin 2013; interval: Wilson 1927",
    .inputs = "sharing.kind person.hired",
    .measure = buddy_coverage,
  })
