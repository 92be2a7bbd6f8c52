#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-exchange-private.h"
#include "metric/kennis-mixing-private.h"
#include "metric/kennis-slice-types-private.h"

#include <math.h>
#include <pthread.h>

/* Ties across and within teams, or disciplines, and how many of both there would be if these did not matter. */

/* Pairs within and between teams, or disciplines, that touch the group. */
typedef enum { BY_TEAM, BY_DISCIPLINE } Attribute;

typedef struct
{
  double  external, internal;                     /* ties */
  double  possible_external, possible_internal;   /* ordered pairs */
  guint32 people;                                 /* members in the ties */
  guint32 heads;                                  /* members with a value, in the pairs */
} Mixing;

static guint32
value_of (const KennisSegment *segment, Attribute by)
{
  if (segment == NULL)
    return KENNIS_INTERN_NONE;
  return by == BY_TEAM ? segment->team : segment->discipline;
}

/* Where a person was last in the window, on the roster and observed, with the attribute known; or NULL. */
static const KennisSegment *
last_segment (const KennisSlice *year, guint32 person, Attribute by)
{
  guint n;
  const KennisSegment *s = kennis_ground_segments (year->ground, person, &n);

  while (n-- > 0)
    if (s[n].first_day < year->end_day && s[n].end_day > year->first_day && s[n].on_roster && s[n].present > 0
        && value_of (&s[n], by) != KENNIS_INTERN_NONE
        && kennis_ground_covered_days (year->ground, year->key, s[n].team, MAX (s[n].first_day, year->first_day),
                                       MIN (s[n].end_day, year->end_day))
               > 0)
      return &s[n];
  return NULL;
}

/* How many people of the whole organisation have each value in a window.  The same for all groups, so that it is counted once. */
typedef struct
{
  guint       key;
  gint32      first_day, end_day;
  Attribute   by;
  double      n;
  GHashTable *size;        /* value → people */
  guint8     *is_there;    /* by person: counted here */
} Sizes;

struct _KennisMixingSizes
{
  pthread_mutex_t lock;
  GPtrArray      *all;     /* of Sizes */
};

static void
sizes_free (gpointer data)
{
  Sizes *self = data;

  g_hash_table_unref (self->size);
  g_free (self->is_there);
  g_free (self);
}

KennisMixingSizes *
kennis_mixing_sizes_new (void)
{
  KennisMixingSizes *self = g_new (KennisMixingSizes, 1);

  pthread_mutex_init (&self->lock, NULL);
  self->all = g_ptr_array_new_with_free_func (sizes_free);
  return self;
}

void
kennis_mixing_sizes_free (KennisMixingSizes *self)
{
  g_ptr_array_unref (self->all);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

static double
size_of (GHashTable *size, guint32 value)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (size, GUINT_TO_POINTER (value)));
}

static void
set_size (GHashTable *size, guint32 value, double people)
{
  g_hash_table_insert (size, GUINT_TO_POINTER (value), GUINT_TO_POINTER ((guint) people));
}

static Sizes *
count_sizes (const KennisSlice *year, Attribute by)
{
  Sizes *self = g_new0 (Sizes, 1);

  *self = (Sizes) { year->key,
                    year->first_day,
                    year->end_day,
                    by,
                    0,
                    g_hash_table_new (NULL, NULL),
                    g_new0 (guint8, (gsize) year->ground->n_persons + 1) };
  for (guint32 p = 0; p < year->ground->n_persons; p++)
    {
      const KennisSegment *s = last_segment (year, p, by);

      if (s == NULL)
        continue;
      self->n++;
      self->is_there[p] = 1;
      set_size (self->size, value_of (s, by), size_of (self->size, value_of (s, by)) + 1);
    }
  return self;
}

/* Borrowed from the ground. */
static const Sizes *
find_sizes (const KennisSlice *year, Attribute by)
{
  KennisMixingSizes *store = year->ground->mixing_sizes;
  Sizes *found = NULL;

  pthread_mutex_lock (&store->lock);
  for (guint i = 0; i < store->all->len && found == NULL; i++)
    {
      Sizes *sizes = g_ptr_array_index (store->all, i);

      if (sizes->key == year->key && sizes->first_day == year->first_day && sizes->end_day == year->end_day
          && sizes->by == by)
        found = sizes;
    }
  if (found == NULL)
    g_ptr_array_add (store->all, found = count_sizes (year, by));
  pthread_mutex_unlock (&store->lock);
  return found;
}

/* What the two were when it last happened.  Only of who were observed, as they alone are in the pairs that there could be: of a team that writes nothing down one
 * knows but what others gave it. */
static void
count_ties (const KennisSlice *year, Attribute by, Mixing *mixing)
{
  const Sizes *sizes = find_sizes (year, by);
  gsize n;
  const KennisTie *ties = kennis_exchange_ties (year, &n);
  guint8 *is_in = kennis_slice_bytes (year);

  for (gsize i = 0; i < n; i++)
    {
      const KennisTie *tie = &ties[i];
      guint32 a = value_of (kennis_ground_segment (year->ground, tie->giver, tie->last_day), by);
      guint32 b = value_of (kennis_ground_segment (year->ground, tie->receiver, tie->last_day), by);

      if (a == KENNIS_INTERN_NONE || b == KENNIS_INTERN_NONE || !sizes->is_there[tie->giver]
          || !sizes->is_there[tie->receiver])
        continue;
      *(a == b ? &mixing->internal : &mixing->external) += 1;
      if (tie->giver_member >= 0)
        is_in[tie->giver_member] = 1;
      if (tie->receiver_member >= 0)
        is_in[tie->receiver_member] = 1;
    }
  for (guint m = 0; m < year->n_members; m++)
    mixing->people += is_in[m];
}

/* The ordered pairs of the whole organisation, N(N − 1) and within one value Σg(g − 1), that touch the group: member by member, the pairs with those
 * who are left.  For a team of g of N that makes 2g(N − g) and g(g − 1). */
static void
count_possible (const KennisSlice *year, Attribute by, Mixing *mixing)
{
  const Sizes *sizes = find_sizes (year, by);
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  double all = 0;

  for (guint m = 0; m < year->n_members; m++)
    {
      const KennisSegment *s = last_segment (year, year->members[m].person, by);
      double n_taken;

      if (s == NULL || !kennis_slice_has_segment (year, s))
        continue;
      n_taken = size_of (taken, value_of (s, by));
      mixing->possible_internal += 2 * (size_of (sizes->size, value_of (s, by)) - n_taken - 1);
      all += 2 * (sizes->n - mixing->heads - 1);
      set_size (taken, value_of (s, by), n_taken + 1);
      mixing->heads++;
    }
  mixing->possible_external = all - mixing->possible_internal;
}

static void
ei (const KennisSlice *slice, Attribute by, KennisEstimate *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  Mixing m = { 0 };
  double n;

  count_ties (year, by, &m);
  n = m.external + m.internal;
  kennis_estimate_structural (out, n > 0 ? (m.external - m.internal) / n : NAN, (guint32) n, m.people);
  kennis_exchange_note_coverage (year, out);
}

static void
ei_expected (const KennisSlice *slice, Attribute by, KennisEstimate *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  Mixing m = { 0 };
  double n;

  count_possible (year, by, &m);
  n = m.possible_external + m.possible_internal;
  kennis_estimate_structural (out, n > 0 ? (m.possible_external - m.possible_internal) / n : NAN, m.heads, m.heads);
}

static void
mixing (const KennisSlice *slice, Attribute by, KennisEstimate *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  Mixing m = { 0 };
  double value = NAN;

  count_ties (year, by, &m);
  count_possible (year, by, &m);
  if (m.internal > 0 && m.possible_external > 0 && m.possible_internal > 0)
    value = (m.external / m.possible_external) / (m.internal / m.possible_internal);
  /* Of ties and pairs: who knows the other figures could tell how many heads are in the pairs. */
  kennis_estimate_structural (out, value, (guint32) (m.external + m.internal), MIN (m.people, m.heads));
  if (isnan (value) && m.external > 0)
    out->note = N_("There was no exchange inside of groups to compare with.");
  kennis_exchange_note_coverage (year, out);
}

static void
ei_team (const KennisSlice *slice, KennisEstimate *out)
{
  ei (slice, BY_TEAM, out);
}

static void
ei_discipline (const KennisSlice *slice, KennisEstimate *out)
{
  ei (slice, BY_DISCIPLINE, out);
}

static void
ei_team_expected (const KennisSlice *slice, KennisEstimate *out)
{
  ei_expected (slice, BY_TEAM, out);
}

static void
ei_discipline_expected (const KennisSlice *slice, KennisEstimate *out)
{
  ei_expected (slice, BY_DISCIPLINE, out);
}

static void
mixing_team (const KennisSlice *slice, KennisEstimate *out)
{
  mixing (slice, BY_TEAM, out);
}

static void
mixing_discipline (const KennisSlice *slice, KennisEstimate *out)
{
  mixing (slice, BY_DISCIPLINE, out);
}

KENNIS_METRICS (exchange_mixing,
  {
    .id = "exchange.ei-team",
    .title = N_("Across or within teams"),
    .description = N_("Ties between teams less ties within teams, over all ties: −1 all within, 1 all between."),
    .reading_aid = N_("There are far more pairs between teams than within, so that a positive value may still mean closed teams. Read it beside what it would be if teams did not matter."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = -1, .maximum = 1, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "(E − I) / (E + I) over distinct ordered pairs of observed people that touch the group, E of two teams, I of one; 12 months",
    .source = "after Krackhardt & Stern 1988; the directed form is ours",
    .inputs = "sharing.giver sharing.receiver person.team",
    .measure = ei_team,
  },
  {
    .id = "exchange.ei-team-expected",
    .title = N_("Across or within teams, if they did not matter"),
    .description = N_("What ties between teams less ties within teams, over all ties, would be if everyone exchanged with everyone alike: it follows from how many people are in each."),
    .reading_aid = N_("Read it beside the figure itself: lower than this, people keep more to their own team than chance would have it; higher, less."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = -1, .maximum = 1, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "(E* − I*) / (E* + I*) over possible ordered pairs of observed people that touch the group; for a team of g of N E* = 2g(N − g), I* = g(g − 1); for all I* = Σg(g − 1), E* = N(N − 1) − I*; 12 months",
    .source = "after Krackhardt & Stern 1988; the directed form is ours",
    .inputs = "sharing.giver sharing.receiver person.team",
    .measure = ei_team_expected,
  },
  {
    .id = "exchange.ei-discipline",
    .title = N_("Across or within disciplines"),
    .description = N_("Ties between disciplines less ties within disciplines, over all ties: −1 all within, 1 all between."),
    .reading_aid = N_("There are usually more pairs between disciplines than within, so that a positive value may still mean closed disciplines. Read it beside what it would be if disciplines did not matter."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = -1, .maximum = 1, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "(E − I) / (E + I) over distinct ordered pairs of observed people that touch the group, E of two disciplines, I of one; 12 months",
    .source = "after Krackhardt & Stern 1988; the directed form is ours",
    .inputs = "sharing.giver sharing.receiver person.discipline",
    .measure = ei_discipline,
  },
  {
    .id = "exchange.ei-discipline-expected",
    .title = N_("Across or within disciplines, if they did not matter"),
    .description = N_("What ties between disciplines less ties within disciplines, over all ties, would be if everyone exchanged with everyone alike: it follows from how many people are in each."),
    .reading_aid = N_("Read it beside the figure itself: lower than this, people keep more to their own discipline than chance would have it; higher, less."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = -1, .maximum = 1, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "(E* − I*) / (E* + I*) over possible ordered pairs of observed people that touch the group; for a discipline of g of N E* = 2g(N − g), I* = g(g − 1); for all I* = Σg(g − 1), E* = N(N − 1) − I*; 12 months",
    .source = "after Krackhardt & Stern 1988; the directed form is ours",
    .inputs = "sharing.giver sharing.receiver person.discipline",
    .measure = ei_discipline_expected,
  },
  {
    .id = "exchange.mixing-team",
    .title = N_("Mixing of teams"),
    .description = N_("How likely a tie is between two people of different teams, compared with two people of one team."),
    .reading_aid = N_("1 means that teams do not matter to who shares with whom; 0.1 that a colleague of another team is ten times less likely to be reached."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = 0, .maximum = INFINITY, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "(E/E*) / (I/I*); for a team E* = 2g(N − g), I* = g(g − 1); for all I* = Σg(g − 1), E* = N(N − 1) − I*; 12 months",
    .source = "ours, after Krackhardt & Stern 1988",
    .inputs = "sharing.giver sharing.receiver person.team",
    .measure = mixing_team,
  },
  {
    .id = "exchange.mixing-discipline",
    .title = N_("Mixing of disciplines"),
    .description = N_("How likely a tie is between two people of different disciplines, compared with two people of one discipline."),
    .reading_aid = N_("1 means that disciplines do not matter to who shares with whom; far under 1, that each keeps to its own."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = 0, .maximum = INFINITY, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "(E/E*) / (I/I*); for a discipline E* = 2g(N − g), I* = g(g − 1); for all I* = Σg(g − 1), E* = N(N − 1) − I*; 12 months",
    .source = "ours, after Krackhardt & Stern 1988",
    .inputs = "sharing.giver sharing.receiver person.discipline",
    .measure = mixing_discipline,
  })
