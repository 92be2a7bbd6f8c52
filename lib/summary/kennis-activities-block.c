#include "config.h"

#include "summary/kennis-activities-private.h"
#include "summary/kennis-stripes-private.h"

typedef struct
{
  const KennisTable *table;
  gsize first;
  guint n;
  KennisKnown states[KENNIS_N_ACTIVITY_FIELDS];
} Reading;

/* Of most pages a field is known of all rows or of none. */
static void
read_known (KennisActivityBlock *self,
            Reading             *reading)
{
  guint32 all = 0;

  for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
    {
      reading->states[f] = kennis_column_known (&reading->table->columns[f], reading->first);
      all |= (guint32) (reading->states[f] == KENNIS_KNOWN_ALL) << f;
    }
  for (guint i = 0; i < reading->n; i++)
    self->known[i] = all;
  for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
    if (reading->states[f] == KENNIS_KNOWN_SOME)
      kennis_column_read_known (&reading->table->columns[f], reading->first, reading->n, f, self->known);
}

static void
read_texts (const Reading *reading,
            guint          field,
            const guint32 *map,
            guint32       *indices)
{
  if (reading->states[field] == KENNIS_KNOWN_NONE)
    {
      memset (indices, 0xff, reading->n * sizeof *indices); /* KENNIS_INTERN_NONE */
      return;
    }

  kennis_column_read_32 (&reading->table->columns[field], reading->first, reading->n, KENNIS_INTERN_NONE, indices);
  for (guint i = 0; map != NULL && i < reading->n; i++)
    if (indices[i] != KENNIS_INTERN_NONE)
      indices[i] = map[indices[i]];
}

static void
read_codes (KennisActivityBlock *self,
            const Reading       *reading)
{
  static const struct { guint8 field, shift; } parts[] = {
    { KENNIS_ACTIVITY_FORM, 0 },       { KENNIS_ACTIVITY_SETTING, 4 }, { KENNIS_ACTIVITY_APPROACH, 7 },
    { KENNIS_ACTIVITY_INITIATIVE, 10 }, { KENNIS_ACTIVITY_STATUS, 12 }, { KENNIS_ACTIVITY_EXTERNAL, 16 },
  };

  memset (self->codes, 0, reading->n * sizeof *self->codes);
  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    if (reading->states[parts[p].field] != KENNIS_KNOWN_NONE)
      kennis_column_read_bits (&reading->table->columns[parts[p].field], reading->first, reading->n, parts[p].shift,
                               self->codes);
}

static void
read_times (const Reading        *reading,
            const KennisCalendar *calendar,
            guint                 field,
            gint64               *times,
            gint32               *days)
{
  if (reading->states[field] == KENNIS_KNOWN_NONE)
    return;

  kennis_column_read_or (&reading->table->columns[field], reading->first, reading->n, 0, times);
  kennis_calendar_days (calendar, times, reading->n, days);
}

/* An activity without an end counts by its start. */
static void
fill_counted (KennisActivityBlock *self,
              const Reading       *reading)
{
  if (reading->states[KENNIS_ACTIVITY_ENDED] == KENNIS_KNOWN_ALL)
    return;

  for (guint i = 0; i < reading->n; i++)
    if ((self->known[i] >> KENNIS_ACTIVITY_ENDED & 1) == 0)
      {
        self->counted[i] = self->start[i];
        self->counted_day[i] = self->start_day[i];
      }
}

static inline guint32
mask_of (guint32 known,
         guint   field)
{
  return -(known >> field & 1);
}

static inline guint32
is_status (KennisCodes  codes,
           KennisStatus status)
{
  return (codes & KENNIS_CODES (0, 0, 0, 0, 15, 0)) == KENNIS_CODES (0, 0, 0, 0, (guint) status, 0);
}

/* Packs all rows as if they were plain.  Always a whole block, without branches: so vector instructions do it. */
static void
pack (KennisActivityBlock *self)
{
  for (gsize i = 0; i < KENNIS_BLOCK_ROWS; i++)
    {
      const guint32 known = self->known[i];
      const KennisCodes codes = self->codes[i];
      const guint32 ended = mask_of (known, KENNIS_ACTIVITY_ENDED);
      const guint32 both = ended & mask_of (known, KENNIS_ACTIVITY_START);
      const guint32 place = (guint32) self->counted_day[i] - (guint32) KENNIS_PLAIN_FIRST_DAY;
      const guint32 since = kennis_plain_days (self->counted_day[i], self->start_day[i]) & both;
      const guint32 until = kennis_plain_days (self->applied_day[i], self->counted_day[i]) & ended
                            & mask_of (known, KENNIS_ACTIVITY_APPLIED);

      self->kind[i] = kennis_plain_kind (known, codes);
      self->when[i] = place << KENNIS_PLAIN_DAY | since << KENNIS_PLAIN_SINCE | until;
      self->odd[i] =
          (((guint32) self->counted_day[i] ^ (guint32) self->start_day[i]) & both) | known >> KENNIS_BLOCK_LARGE
          | (known >> KENNIS_ACTIVITY_SESSION & 1) | (known >> KENNIS_ACTIVITY_REQUESTED & 1)
          | (((known >> KENNIS_ACTIVITY_START | known >> KENNIS_ACTIVITY_ENDED) & 1) ^ 1)
          | place >> KENNIS_PLAIN_DAY_BITS | since >> KENNIS_PLAIN_SINCE_BITS | until >> KENNIS_PLAIN_UNTIL_BITS
          | is_status (codes, KENNIS_STATUS_NOT_YET) | is_status (codes, KENNIS_STATUS_DECLINED);
    }
}

gboolean
kennis_activity_block_is_plain (const KennisActivityBlock *self,
                                guint                      i)
{
  const guint32 known = self->known[i], both = 1u << KENNIS_ACTIVITY_START | 1u << KENNIS_ACTIVITY_ENDED;
  const guint32 place = (guint32) self->counted_day[i] - (guint32) KENNIS_PLAIN_FIRST_DAY;
  const gint32 start_day = self->start_day[i], day = self->counted_day[i];
  gboolean waits = (known >> KENNIS_ACTIVITY_ENDED & 1) != 0 && (known >> KENNIS_ACTIVITY_APPLIED & 1) != 0;

  if ((known & both) == 0 || known >> KENNIS_BLOCK_LARGE != 0 || place >> KENNIS_PLAIN_DAY_BITS != 0
      || (waits && kennis_plain_days (self->applied_day[i], day) >> KENNIS_PLAIN_UNTIL_BITS != 0))
    return FALSE;
  if ((known & both) != both || start_day == day)
    return TRUE;

  /* One that was enrolled in on another day, or lasted from one month into the next, is more than one element. */
  return KENNIS_CODES_STATUS (self->codes[i]) != KENNIS_STATUS_ENROLLED
         && kennis_month_of_day (start_day) == kennis_month_of_day (day);
}

void
kennis_activity_block_read (KennisActivityBlock  *self,
                            const KennisTable    *table,
                            const KennisDraft    *draft,
                            const KennisCalendar *calendar,
                            gsize                 first,
                            guint                 n)
{
  Reading reading = { .table = table, .first = first, .n = n };
  const KennisColumn *columns = table->columns;

  self->first = first;
  self->n = n;
  read_known (self, &reading);
  read_texts (&reading, KENNIS_ACTIVITY_PERSON, draft->maps[KENNIS_SPACE_PERSON], self->person);
  read_texts (&reading, KENNIS_ACTIVITY_TOPIC, draft->maps[KENNIS_SPACE_TOPIC], self->topic);
  read_texts (&reading, KENNIS_ACTIVITY_SESSION, draft->maps[KENNIS_SPACE_SESSION], self->session);
  read_codes (self, &reading);
  read_times (&reading, calendar, KENNIS_ACTIVITY_START, self->start, self->start_day);
  read_times (&reading, calendar, KENNIS_ACTIVITY_ENDED, self->counted, self->counted_day);
  read_times (&reading, calendar, KENNIS_ACTIVITY_APPLIED, self->applied, self->applied_day);
  fill_counted (self, &reading);
  kennis_column_read_small (&columns[KENNIS_ACTIVITY_DURATION], first, n, KENNIS_BLOCK_LARGE, self->duration,
                            self->known);
  kennis_column_read_small (&columns[KENNIS_ACTIVITY_COST], first, n, KENNIS_BLOCK_LARGE, self->cost, self->known);
  pack (self);
}

void
kennis_activity_block_get_row (const KennisActivityBlock *self,
                               const KennisTable         *table,
                               const KennisDraft         *draft,
                               guint                      i,
                               gint64                    *codes)
{
  const KennisSchema *schema = kennis_schema_get (KENNIS_RECORD_TYPE_ACTIVITY);

  for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
    {
      const KennisField *field = &schema->fields[f];
      const guint32 *map = field->kind <= KENNIS_KIND_PAIRS ? draft->maps[field->space] : NULL;

      codes[f] = kennis_column_get (&table->columns[f], self->first + i);
      if (map != NULL && codes[f] != KENNIS_UNKNOWN)
        codes[f] = map[codes[f]];
    }
}
