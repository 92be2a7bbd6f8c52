#include "config.h"

#include "summary/kennis-summary-people-private.h"

#include <string.h>

/* Networks and metrics must take the same people for one, and for there. */

static gint64
value_of (const KennisDataset *facts, guint field, guint32 row)
{
  return kennis_column_get (&facts->tables[KENNIS_RECORD_TYPE_PERSON].columns[field], row);
}

/* The spaces of a summary are sorted by bytes. */
static guint32
find_person (const KennisDataset *facts, const char *text, gsize length)
{
  guint32 low = 0, high = kennis_intern_size (facts->spaces[KENNIS_SPACE_PERSON]);

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      gsize n;
      const char *other = kennis_intern_get (facts->spaces[KENNIS_SPACE_PERSON], middle, &n);
      int order = memcmp (text, other, MIN (length, n));

      if (order == 0)
        order = (length > n) - (length < n);
      if (order == 0)
        return middle;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return KENNIS_INTERN_NONE;
}

/* Sources of one organisation may call people by their ids or by their mail addresses; no two people have one address, but a login may
 * look like somebody's id. */
static gboolean
is_address (const char *text, gsize length)
{
  return memchr (text, '@', length) != NULL;
}

/* Whom a claimed name is of so far. */
static guint32
root_of (const KennisSummaryPeople *self, guint32 person)
{
  while (self->canonical[person] != person)
    person = self->canonical[person];

  return person;
}

/* An id of a person on the roster is that person, unless it is an address that another one declares; else who comes first in byte
 * order gets the alias. */
static void
claim_alias (KennisSummaryPeople *self, const KennisDataset *facts, guint32 person, const char *alias, gsize length)
{
  guint32 named = find_person (facts, alias, length);
  gboolean is_somebody;

  if (named == KENNIS_INTERN_NONE || root_of (self, named) == root_of (self, person))
    return;
  is_somebody = self->on_roster[named] && !is_address (alias, length);
  if (is_somebody || self->canonical[named] != named)
    {
      self->has_alias_conflict = TRUE;
      if (is_somebody || self->canonical[named] < person)
        return;
    }
  self->canonical[named] = person;
}

/* Every row of a person knows the one in force before it. */
static void
link_rows (KennisSummaryPeople *self, KennisDataset *facts, guint32 n_rows)
{
  g_autofree KennisPersonVersion *versions = g_new (KennisPersonVersion, (gsize) n_rows + 1);
  g_autofree guint32 *last = g_new (guint32, (gsize) kennis_intern_size (facts->spaces[KENNIS_SPACE_PERSON]) + 1);

  self->before = g_new (guint32, (gsize) n_rows + 1);
  memset (last, 0xff, ((gsize) kennis_intern_size (facts->spaces[KENNIS_SPACE_PERSON]) + 1) * sizeof *last);
  for (guint32 row = 0; row < n_rows; row++)
    versions[row] = kennis_person_version_at (facts, row);
  qsort (versions, n_rows, sizeof *versions, kennis_person_version_compare);
  for (guint32 i = 0; i < n_rows; i++)
    {
      guint32 row = versions[i].row, person = self->canonical[value_of (facts, KENNIS_PERSON_ID, row)];

      self->before[row] = last[person];
      last[person] = row;
    }
}

void
kennis_summary_people_find (KennisSummaryPeople *self, KennisDataset *facts)
{
  guint32 n = kennis_intern_size (facts->spaces[KENNIS_SPACE_PERSON]);
  guint32 n_rows = facts->tables[KENNIS_RECORD_TYPE_PERSON].n_rows;

  self->canonical = g_new (guint32, (gsize) n + 1);
  self->on_roster = g_new0 (guint8, (gsize) n + 1);
  self->has_alias_conflict = FALSE;
  for (guint32 p = 0; p < n; p++)
    self->canonical[p] = p;
  for (guint32 row = 0; row < n_rows; row++)
    self->on_roster[value_of (facts, KENNIS_PERSON_ID, row)] = 1;

  for (guint32 row = 0; row < n_rows; row++)
    {
      guint32 person = (guint32) value_of (facts, KENNIS_PERSON_ID, row);
      gint64 list = value_of (facts, KENNIS_PERSON_ALIASES, row);
      const char *at = list != KENNIS_UNKNOWN ? kennis_dataset_text (facts, KENNIS_SPACE_WORD, list) : NULL;

      while (at != NULL && *at != '\0')
        {
          const char *end = strchrnul (at, KENNIS_LIST_SEPARATOR);

          claim_alias (self, facts, person, at, end - at);
          at = *end != '\0' ? end + 1 : end;
        }
    }
  for (guint32 p = 0; p < n; p++)
    self->canonical[p] = root_of (self, p);
  link_rows (self, facts, n_rows);
}

/* Codes of words and answers begin with unknown. */
static gboolean
is_unknown (guint field, gint64 value)
{
  return value == KENNIS_UNKNOWN || (field == KENNIS_PERSON_INCLUDED && value == KENNIS_ANSWER_UNKNOWN);
}

gint64
kennis_summary_people_value (const KennisDataset *facts, const guint32 *before, guint field, guint32 row)
{
  gint64 value = value_of (facts, field, row);

  for (guint32 older = before[row]; is_unknown (field, value) && older != KENNIS_INTERN_NONE; older = before[older])
    value = value_of (facts, field, older);

  return value;
}

int
kennis_person_version_compare (const void *a, const void *b)
{
  const KennisPersonVersion *x = a, *y = b;

  return x->from != y->from ? (x->from > y->from) - (x->from < y->from) : (x->row > y->row) - (x->row < y->row);
}

KennisPersonVersion
kennis_person_version_at (KennisDataset *facts, guint32 row)
{
  gint64 effective = value_of (facts, KENNIS_PERSON_EFFECTIVE, row);

  return (KennisPersonVersion) { effective == KENNIS_UNKNOWN
                                     ? KENNIS_EVER_BEFORE
                                     : kennis_calendar_day (kennis_dataset_get_calendar (facts), effective),
                                 row };
}

/* Who is in force after leaving came back. */
static gint64
left_of (KennisDataset *facts, const guint32 *before, guint32 row)
{
  gint64 left = value_of (facts, KENNIS_PERSON_LEFT, row), effective = value_of (facts, KENNIS_PERSON_EFFECTIVE, row);

  if (left != KENNIS_UNKNOWN)
    return left;
  left = kennis_summary_people_value (facts, before, KENNIS_PERSON_LEFT, row);

  return effective != KENNIS_UNKNOWN && left <= effective ? KENNIS_UNKNOWN : left;
}

gboolean
kennis_person_version_clip (KennisDataset *facts, const guint32 *before, guint32 row, gint32 *first, gint32 *end)
{
  const KennisCalendar *calendar = kennis_dataset_get_calendar (facts);
  gint64 hired = value_of (facts, KENNIS_PERSON_HIRED, row), left = left_of (facts, before, row);

  if (hired != KENNIS_UNKNOWN)
    *first = MAX (*first, kennis_calendar_day (calendar, hired));
  /* Someone who leaves at midnight is not there on the day that begins then. */
  if (left != KENNIS_UNKNOWN)
    *end = MIN (*end, kennis_calendar_day (calendar, left - 1) + 1);
  return *first < *end;
}
