#include "config.h"

#include "metric/kennis-ground-types-private.h"

#include <string.h>

/* The spaces of a summary are sorted by bytes. */
static guint32
find_person (const KennisGround *self, const char *text, gsize length)
{
  guint32 low = 0, high = self->n_persons;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      gsize n;
      const char *other = kennis_intern_get (self->facts->spaces[KENNIS_SPACE_PERSON], middle, &n);
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

/* People's rows go by person in canonical order, so that who comes first in byte order gets the alias. */
static void
claim_alias (KennisGround *self, guint32 person, const char *alias, gsize length)
{
  guint32 named = find_person (self, alias, length);

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
kennis_ground_build_people (KennisGround *self)
{
  guint32 n_rows = self->facts->tables[KENNIS_RECORD_TYPE_PERSON].n_rows;

  self->canonical = g_new (guint32, (gsize) self->n_persons + 1);
  self->on_roster = g_new0 (guint8, (gsize) self->n_persons + 1);
  for (guint32 p = 0; p < self->n_persons; p++)
    self->canonical[p] = p;
  for (guint32 row = 0; row < n_rows; row++)
    self->on_roster[kennis_ground_index (self, KENNIS_RECORD_TYPE_PERSON, KENNIS_PERSON_ID, row)] = 1;
  self->has_roster = n_rows > 0;

  for (guint32 row = 0; row < n_rows; row++)
    {
      guint32 person = kennis_ground_index (self, KENNIS_RECORD_TYPE_PERSON, KENNIS_PERSON_ID, row);
      gint64 list = kennis_ground_value (self, KENNIS_RECORD_TYPE_PERSON, KENNIS_PERSON_ALIASES, row);
      const char *at = list != KENNIS_UNKNOWN ? kennis_dataset_text (self->facts, KENNIS_SPACE_WORD, list) : NULL;

      while (at != NULL && *at != '\0')
        {
          const char *end = strchrnul (at, KENNIS_LIST_SEPARATOR);

          claim_alias (self, person, at, end - at);
          at = *end != '\0' ? end + 1 : end;
        }
    }
}
