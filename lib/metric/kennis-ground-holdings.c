#include "config.h"

#include "metric/kennis-ground-types-private.h"
#include "metric/kennis-sort-private.h"

#include <math.h>

/* What people know, and what teams and roles should know. */

static int
compare_holdings (const void *a, const void *b)
{
  const KennisHoldingFact *x = a, *y = b;

  if (x->person != y->person)
    return (x->person > y->person) - (x->person < y->person);
  if (x->topic != y->topic)
    return (x->topic > y->topic) - (x->topic < y->topic);
  if (x->source != y->source)
    return (x->source > y->source) - (x->source < y->source);
  if (x->day != y->day)
    return (x->day > y->day) - (x->day < y->day);
  /* Of one day, the lowest level comes last and wins: to say less than is known is the smaller error.  Unknown comes first. */
  if (isnan (x->level) || isnan (y->level))
    return isnan (y->level) - isnan (x->level);
  return (x->level < y->level) - (x->level > y->level);
}

static double
read_level (const KennisGround *self, gsize row)
{
  gint64 level = kennis_ground_value (self, KENNIS_RECORD_TYPE_HOLDING, KENNIS_HOLDING_LEVEL, row);

  return level == KENNIS_UNKNOWN ? NAN : (double) level / 1e6;
}

static void
read_needs (KennisGround *self)
{
  const KennisRecordType type = KENNIS_RECORD_TYPE_NEED;
  gsize n = self->facts->tables[type].n_rows;

  self->need_facts = g_new (KennisNeedFact, n + 1);
  for (gsize i = 0; i < n; i++)
    {
      KennisNeedFact f = {
        .topic = kennis_ground_index (self, type, KENNIS_NEED_TOPIC, i),
        .team = kennis_ground_index (self, type, KENNIS_NEED_TEAM, i),
        .role = kennis_ground_index (self, type, KENNIS_NEED_ROLE, i),
        .people = kennis_ground_value (self, type, KENNIS_NEED_PEOPLE, i),
      };

      if (f.people > 0)
        self->need_facts[self->n_needs++] = f;
    }
}

void
kennis_ground_build_holdings (KennisGround *self)
{
  const KennisRecordType type = KENNIS_RECORD_TYPE_HOLDING;
  gsize n = self->n_holdings = self->facts->tables[type].n_rows;
  g_autofree guint32 *owner = g_new (guint32, n + 1);

  self->holding_facts = g_new (KennisHoldingFact, n + 1);
  for (gsize i = 0; i < n; i++)
    self->holding_facts[i] = (KennisHoldingFact) {
      .person = kennis_ground_person (self, kennis_ground_index (self, type, KENNIS_HOLDING_PERSON, i)),
      .topic = kennis_ground_index (self, type, KENNIS_HOLDING_TOPIC, i),
      .source = kennis_ground_index (self, type, KENNIS_HOLDING_SOURCE, i),
      .day = kennis_ground_day (self, kennis_ground_value (self, type, KENNIS_HOLDING_TIME, i)),
      .level = read_level (self, i),
    };
  kennis_sort_array (self->holding_facts, n, sizeof *self->holding_facts, compare_holdings);
  for (gsize i = 0; i < n; i++)
    owner[i] = self->holding_facts[i].person;
  kennis_order_make (&self->holdings, owner, n, self->n_persons);
  read_needs (self);
}

const KennisHoldingFact *
kennis_ground_holdings (const KennisGround *self, guint32 person, gsize *n)
{
  guint32 first = self->holdings.first[person];

  *n = self->holdings.first[person + 1] - first;
  return *n > 0 ? &self->holding_facts[self->holdings.items[first]] : NULL;
}

const KennisNeedFact *
kennis_ground_needs (const KennisGround *self, gsize *n)
{
  *n = self->n_needs;
  return self->need_facts;
}
