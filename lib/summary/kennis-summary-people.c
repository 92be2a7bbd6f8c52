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

/* An id of a person on the roster is that person; else who comes first in byte order gets the alias. */
static void
claim_alias (KennisSummaryPeople *self, const KennisDataset *facts, guint32 person, const char *alias, gsize length)
{
  guint32 named = find_person (facts, alias, length);

  if (named == KENNIS_INTERN_NONE || named == person)
    return;
  if (self->on_roster[named] || (self->canonical[named] != named && self->canonical[named] != person))
    {
      self->has_alias_conflict = TRUE;
      if (self->on_roster[named] || self->canonical[named] < person)
        return;
    }
  self->canonical[named] = person;
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

gboolean
kennis_person_version_clip (KennisDataset *facts, guint32 row, gint32 *first, gint32 *end)
{
  const KennisCalendar *calendar = kennis_dataset_get_calendar (facts);
  gint64 hired = value_of (facts, KENNIS_PERSON_HIRED, row), left = value_of (facts, KENNIS_PERSON_LEFT, row);

  if (hired != KENNIS_UNKNOWN)
    *first = MAX (*first, kennis_calendar_day (calendar, hired));
  /* Someone who leaves at midnight is not there on the day that begins then. */
  if (left != KENNIS_UNKNOWN)
    *end = MIN (*end, kennis_calendar_day (calendar, left - 1) + 1);
  return *first < *end;
}
