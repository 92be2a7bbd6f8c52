#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-ground-types-private.h"
#include "metric/kennis-sort-private.h"

#include <string.h>

/* Coverage.  Where no record of coverage speaks of a type, the whole months from its first to its last event count as covered, of
 * everybody; but what teams write down themselves, of the teams that ever did (kennis-ground-writers.c).  Where none speaks of a field, it is
 * observed as the records that have it are. */

#define NOTHING ((KennisSpan) { 0, 0 })
#define DAYS_AFTER_ALL (G_MAXINT32 / 2)
#define DAYS_BEFORE_ALL (G_MININT32 / 2)
/* A day counts where half of it is covered: midnight in UTC, as many a source writes, is the same day's beginning everywhere in Europe and
 * America, and one hour of January is no month more. */
#define HALF_A_DAY (KENNIS_MS_PER_DAY / 2)

static void
extend (KennisGround *self, KennisRecordType type, gint32 first_month, gint32 last_month)
{
  KennisSpan *extent = &self->extent[type];
  gint32 from = kennis_month_first_day (first_month), until = kennis_month_first_day (last_month + 1);

  if (extent->from == extent->until)
    *extent = (KennisSpan) { from, until };
  extent->from = MIN (extent->from, from);
  extent->until = MAX (extent->until, until);
}

static void
widen (KennisGround *self, gint32 day)
{
  if (day == KENNIS_NO_DAY)
    return;
  self->first_event = MIN (self->first_event, day);
  self->last_event = MAX (self->last_event, day);
}

static void
extend_by_day (KennisGround *self, KennisRecordType type, gint32 day)
{
  if (day == KENNIS_NO_DAY)
    return;
  extend (self, type, kennis_month_of_day (day), kennis_month_of_day (day));
  widen (self, day);
}

void
kennis_ground_extend_by_survey (KennisGround *self, const KennisSurvey *survey)
{
  for (guint i = 0; i < survey->sheets->len; i++)
    extend_by_day (self, KENNIS_RECORD_TYPE_RESPONSE, g_array_index (survey->sheets, KennisSheetFact, i).day);
}

static void
find_extents (KennisGround *self)
{
  const KennisSummaryView *v = &self->view;

  self->first_event = G_MAXINT32;
  self->last_event = G_MININT32;
  for (gsize i = 0; i < v->n_cells; i++)
    if (v->cells[i].n > 0)
      extend (self, KENNIS_RECORD_TYPE_ACTIVITY, v->cells[i].month, v->cells[i].month);
  if (v->n_activities > 0 && v->first_time != KENNIS_UNKNOWN)
    {
      self->first_event = kennis_ground_day (self, v->first_time);
      self->last_event = kennis_ground_day (self, v->last_time);
    }
  /* Who records mere contacts has not looked for exchange: it is unknown then, not 0. */
  for (gsize i = 0; i < self->n_sharings; i++)
    if (self->sharings[i].kind != KENNIS_SHARING_KIND_CONTACT || self->admit_contact)
      extend_by_day (self, KENNIS_RECORD_TYPE_SHARING, self->sharings[i].day);
    else
      widen (self, self->sharings[i].day);
  for (gsize i = 0; i < self->n_moments; i++)
    extend_by_day (self, KENNIS_RECORD_TYPE_MOMENT, self->moment_facts[i].day);
  for (gsize i = 0; i < self->n_talks; i++)
    extend_by_day (self, KENNIS_RECORD_TYPE_TALK,
                   self->talk_facts[i].held != KENNIS_NO_DAY ? self->talk_facts[i].held : self->talk_facts[i].planned);
  for (gsize i = 0; i < self->n_goals; i++)
    extend_by_day (self, KENNIS_RECORD_TYPE_GOAL, self->goal_facts[i].set);
  for (guint i = 0; i < self->surveys->len; i++)
    kennis_ground_extend_by_survey (self, g_ptr_array_index (self->surveys, i));
}

void
kennis_ground_build_coverage (KennisGround *self)
{
  const KennisRecordType type = KENNIS_RECORD_TYPE_COVERAGE;

  for (guint32 row = 0; row < self->facts->tables[type].n_rows; row++)
    {
      KennisCoverageRow c = { .field = -1, .team = kennis_ground_index (self, type, KENNIS_COVERAGE_GROUP, row) };
      gint64 field = kennis_ground_value (self, type, KENNIS_COVERAGE_FIELD, row);
      gint64 from = kennis_ground_value (self, type, KENNIS_COVERAGE_FROM, row);
      gint64 until = kennis_ground_value (self, type, KENNIS_COVERAGE_UNTIL, row);

      c.type = kennis_ground_value (self, type, KENNIS_COVERAGE_RECORD, row);
      if ((guint) c.type >= KENNIS_N_RECORD_TYPES)
        continue;
      if (field != KENNIS_UNKNOWN)
        {
          const char *name = kennis_dataset_text (self->facts, KENNIS_SPACE_WORD, field);

          c.field = kennis_schema_find_field (kennis_schema_get (c.type), name, -1);
          if (c.field < 0)
            continue;
        }
      c.span.from = from == KENNIS_UNKNOWN ? DAYS_BEFORE_ALL : kennis_ground_day (self, from + HALF_A_DAY);
      c.span.until = until == KENNIS_UNKNOWN ? DAYS_AFTER_ALL : kennis_ground_day (self, until + HALF_A_DAY);
      /* An empty one tells as well that the type is observed as coverage says, not as its events are. */
      g_array_append_val (self->coverage, c);
    }
  find_extents (self);
  kennis_ground_find_writers (self);
}

static int
compare_spans (const void *a, const void *b)
{
  const KennisSpan *x = a, *y = b;

  return (x->from > y->from) - (x->from < y->from);
}

static gboolean
speaks_of (const KennisGround *self, KennisRecordType type, int field)
{
  for (guint i = 0; i < self->coverage->len; i++)
    {
      const KennisCoverageRow *c = &g_array_index (self->coverage, KennisCoverageRow, i);

      if (c->type == type && c->field == field)
        return TRUE;
    }
  return FALSE;
}

/* When a type or field is observed of a team. */
static GArray *
spans_of (const KennisGround *self, guint pair, guint32 team)
{
  KennisRecordType type = pair / (KENNIS_MAX_FIELDS + 1);
  int field = (int) (pair % (KENNIS_MAX_FIELDS + 1)) - 1;
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (KennisSpan));
  guint n = 0;

  for (guint i = 0; i < self->coverage->len; i++)
    {
      const KennisCoverageRow *c = &g_array_index (self->coverage, KennisCoverageRow, i);

      if (c->type == type && c->field == field
          && (c->team == KENNIS_INTERN_NONE || kennis_ground_team_is_within (self, team, c->team)))
        g_array_append_val (spans, c->span);
    }
  if (!speaks_of (self, type, field) && self->extent[type].from < self->extent[type].until
      && kennis_ground_team_writes (self, type, team))
    g_array_append_val (spans, self->extent[type]);
  kennis_sort_array (spans->data, spans->len, sizeof (KennisSpan), compare_spans);
  for (guint i = 0; i < spans->len; i++)
    {
      KennisSpan s = g_array_index (spans, KennisSpan, i);
      KennisSpan *last = n > 0 ? &g_array_index (spans, KennisSpan, n - 1) : NULL;

      if (last != NULL && s.from <= last->until)
        last->until = MAX (last->until, s.until);
      else
        g_array_index (spans, KennisSpan, n++) = s;
    }
  g_array_set_size (spans, n);
  return spans;
}

static GArray *
intersect (const GArray *a, const GArray *b)
{
  GArray *out = g_array_new (FALSE, FALSE, sizeof (KennisSpan));

  for (guint i = 0; i < a->len; i++)
    for (guint j = 0; j < b->len; j++)
      {
        const KennisSpan *x = &g_array_index (a, KennisSpan, i), *y = &g_array_index (b, KennisSpan, j);
        KennisSpan s = { MAX (x->from, y->from), MIN (x->until, y->until) };

        if (s.from < s.until)
          g_array_append_val (out, s);
      }
  return out;
}

static void
add_list (const KennisGround *self, KennisKey *key, guint32 team)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (KennisSpan));
  KennisSpan always = { DAYS_BEFORE_ALL, DAYS_AFTER_ALL };

  g_array_append_val (spans, always);
  for (guint i = 0; i < key->n_pairs; i++)
    {
      g_autoptr (GArray) more = spans_of (self, key->pairs[i], team);
      GArray *both = intersect (spans, more);

      g_array_unref (g_steal_pointer (&spans));
      spans = both;
    }
  g_array_append_vals (key->spans, spans->data, spans->len);
  g_array_append_val (key->lists, key->spans->len);
}

/* Does what is observed differ by team? */
static gboolean
goes_by_team (const KennisGround *self, const guint *pairs, guint n_pairs)
{
  for (guint i = 0; i < self->coverage->len; i++)
    if (g_array_index (self->coverage, KennisCoverageRow, i).team != KENNIS_INTERN_NONE)
      return TRUE;
  for (guint i = 0; i < n_pairs; i++)
    {
      KennisRecordType type = pairs[i] / (KENNIS_MAX_FIELDS + 1);

      if (kennis_ground_is_written_by_teams (type) && !speaks_of (self, type, -1))
        return TRUE;
    }
  return FALSE;
}

/* One list for all where no team differs. */
static KennisKey *
make_key (const KennisGround *self, const guint *pairs, guint n_pairs)
{
  KennisKey *key = g_new0 (KennisKey, 1);
  gboolean by_team = goes_by_team (self, pairs, n_pairs);
  guint32 zero = 0;

  memcpy (key->pairs, pairs, n_pairs * sizeof *pairs);
  key->n_pairs = n_pairs;
  key->list_of_team = g_new0 (guint32, (gsize) self->n_teams + 1);
  key->lists = g_array_new (FALSE, FALSE, sizeof (guint32));
  key->spans = g_array_new (FALSE, FALSE, sizeof (KennisSpan));
  g_array_append_val (key->lists, zero);
  add_list (self, key, KENNIS_INTERN_NONE);
  for (guint32 t = 0; by_team && t < self->n_teams; t++)
    {
      key->list_of_team[t] = key->lists->len - 1;
      add_list (self, key, t);
    }
  return key;
}

/* Reads "type.field" of inputs; false: an optional one.  *field −1: none. */
static gboolean
read_input (const char *word, KennisRecordType *type, int *field)
{
  const char *dot = strchr (word, '.');
  const KennisSchema *schema = kennis_schema_find (word, dot != NULL ? dot - word : -1);

  if (*word == '~' || *word == '\0')
    return FALSE;
  g_return_val_if_fail (schema != NULL, FALSE);
  *type = schema->type;
  *field = dot != NULL ? kennis_schema_find_field (schema, dot + 1, -1) : -1;
  g_return_val_if_fail (dot == NULL || *field >= 0, FALSE);
  return TRUE;
}

static void
add_pair (guint *pairs, guint *n, KennisRecordType type, int field)
{
  guint pair = type * (KENNIS_MAX_FIELDS + 1) + (guint) (field + 1), i = 0;

  while (i < *n && pairs[i] < pair)
    i++;
  if (*n == 16 || (i < *n && pairs[i] == pair))
    return;
  memmove (pairs + i + 1, pairs + i, (*n - i) * sizeof *pairs);
  pairs[i] = pair;
  (*n)++;
}

guint
kennis_ground_key (KennisGround *self, const KennisMetricRow *row)
{
  g_auto (GStrv) words = g_strsplit (row->inputs, " ", -1);
  guint pairs[17], n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      KennisRecordType type;
      int field;

      if (!read_input (words[i], &type, &field) || !kennis_schema_get (type)->is_event)
        continue;
      /* A survey observes who is asked, not days: no part of the period is missing. */
      if (type == KENNIS_RECORD_TYPE_RESPONSE)
        continue;
      add_pair (pairs, &n, type, -1);
      if (field >= 0 && speaks_of (self, type, field))
        add_pair (pairs, &n, type, field);
    }
  for (guint k = 0; k < self->keys->len; k++)
    {
      const KennisKey *key = g_ptr_array_index (self->keys, k);

      if (key->n_pairs == n && memcmp (key->pairs, pairs, n * sizeof *pairs) == 0)
        return k;
    }
  g_ptr_array_add (self->keys, make_key (self, pairs, n));
  return self->keys->len - 1;
}

static guint
list_of (const KennisGround *self, guint key, guint32 team, const KennisSpan **spans)
{
  const KennisKey *k = g_ptr_array_index (self->keys, key);
  guint32 list = team < self->n_teams ? k->list_of_team[team] : 0;
  guint32 first = g_array_index (k->lists, guint32, list);

  *spans = (const KennisSpan *) (gconstpointer) k->spans->data + first;
  return g_array_index (k->lists, guint32, list + 1) - first;
}

gint32
kennis_ground_covered_days (const KennisGround *self, guint key, guint32 team, gint32 from, gint32 until)
{
  const KennisSpan *spans;
  guint n = list_of (self, key, team, &spans);
  gint32 days = 0;

  for (guint i = 0; i < n; i++)
    days += MAX (0, MIN (until, spans[i].until) - MAX (from, spans[i].from));
  return days;
}

gint32
kennis_ground_covered_until (const KennisGround *self, guint key, guint32 team, gint32 day)
{
  const KennisSpan *spans;
  guint n = list_of (self, key, team, &spans);

  for (guint i = 0; i < n; i++)
    if (spans[i].from <= day && day < spans[i].until)
      return spans[i].until;
  return G_MININT32;
}

const char *
kennis_ground_missing (const KennisGround *self, const KennisMetricRow *row)
{
  g_auto (GStrv) words = g_strsplit (row->inputs, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      KennisRecordType type;
      int field;

      if (!read_input (words[i], &type, &field))
        continue;
      if (type == KENNIS_RECORD_TYPE_PERSON && !self->has_roster)
        return N_("Nobody was given as a person of the organisation, so that heads cannot be counted.");
      if (kennis_schema_get (type)->is_event && self->extent[type].from >= self->extent[type].until
          && !speaks_of (self, type, -1))
        return N_("The records that this needs were never recorded.");
      if (!kennis_schema_get (type)->is_event && self->facts->tables[type].n_rows == 0)
        return N_("The records that this needs were never recorded.");
      if (field >= 0 && !self->known[type][field]
          && !(kennis_schema_get (type)->is_event && speaks_of (self, type, field)))
        return N_("One of the fields that this needs was never recorded.");
    }
  return NULL;
}
