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

/* A name that a person goes by, too. */
typedef struct
{
  guint32 named, person;
} Claim;

/* What the aliases of a row claim. */
static void
note_claims (KennisDataset *facts, guint32 row, GArray *claims)
{
  gint64 list = value_of (facts, KENNIS_PERSON_ALIASES, row);
  const char *at = list != KENNIS_UNKNOWN ? kennis_dataset_text (facts, KENNIS_SPACE_WORD, list) : NULL;

  while (at != NULL && *at != '\0')
    {
      const char *end = strchrnul (at, KENNIS_LIST_SEPARATOR);
      Claim claim = { find_person (facts, at, end - at), (guint32) value_of (facts, KENNIS_PERSON_ID, row) };

      if (claim.named != KENNIS_INTERN_NONE)
        g_array_append_val (claims, claim);
      at = *end != '\0' ? end + 1 : end;
    }
}

/* An id of a person on the roster is that person, unless it is an address that another one declares; else who comes first in byte
 * order gets the alias. */
static void
claim_alias (KennisSummaryPeople *self, const KennisDataset *facts, const Claim *claim)
{
  gsize length;
  const char *alias = kennis_intern_get (facts->spaces[KENNIS_SPACE_PERSON], claim->named, &length);
  guint32 *claimant = &self->canonical[claim->named];

  if (claim->person == claim->named || (self->on_roster[claim->named] && !is_address (alias, length)))
    return;
  if (*claimant == claim->named || claim->person < *claimant)
    *claimant = claim->person;
}

/* From who claims each name to whom it is of in the end.  Where names claim one another in a circle the first in byte order is who they are.
 * Every name is passed three times at most. */
static void
follow_claims (KennisSummaryPeople *self, guint32 n)
{
  enum
  {
    NEW,
    ON_THE_WAY,
    DONE
  };
  g_autofree guint8 *states = g_new0 (guint8, (gsize) n + 1);

  for (guint32 p = 0; p < n; p++)
    {
      guint32 end = p, first, next;

      for (; states[end] == NEW && self->canonical[end] != end; end = self->canonical[end])
        states[end] = ON_THE_WAY;
      first = end;
      if (states[end] == ON_THE_WAY)
        for (guint32 q = self->canonical[end]; q != end; q = self->canonical[q])
          first = MIN (first, q);
      else if (states[end] == DONE)
        first = self->canonical[end];
      for (guint32 q = p; states[q] == ON_THE_WAY; q = next)
        {
          next = self->canonical[q];
          self->canonical[q] = first;
          states[q] = DONE;
        }
      states[end] = DONE;
    }
}

/* Who is called how. */
static void
settle_aliases (KennisSummaryPeople *self, KennisDataset *facts, guint32 n, guint32 n_rows)
{
  g_autoptr (GArray) claims = g_array_new (FALSE, FALSE, sizeof (Claim));

  for (guint32 row = 0; row < n_rows; row++)
    note_claims (facts, row, claims);
  for (guint i = 0; i < claims->len; i++)
    claim_alias (self, facts, &g_array_index (claims, Claim, i));
  follow_claims (self, n);
  self->has_alias_conflict = FALSE;
  for (guint i = 0; i < claims->len; i++)
    {
      const Claim *claim = &g_array_index (claims, Claim, i);

      self->has_alias_conflict |= self->canonical[claim->named] != self->canonical[claim->person];
    }
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
  for (guint32 p = 0; p < n; p++)
    self->canonical[p] = p;
  for (guint32 row = 0; row < n_rows; row++)
    self->on_roster[value_of (facts, KENNIS_PERSON_ID, row)] = 1;

  settle_aliases (self, facts, n, n_rows);
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
