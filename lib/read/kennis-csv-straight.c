#include "config.h"

#include "base/kennis-hash-private.h"
#include "read/kennis-csv-straight-private.h"

#include <string.h>

#define ROWS        256u                 /* handed out together */
#define FIRST_SLOTS 64u
#define MOST_TIMES  8192u                /* that are remembered */
#define SHORT       16u                  /* bytes of a text that is its own key */

enum { FREE, UNKNOWN, KNOWN };

/* A text of a column, and what it means.  The key of a longer one is its hash, and where it stands in bytes. */
typedef struct
{
  guint64 key[2];
  gint64  value;                         /* while it is unknown its number as a word */
  guint32 more;                          /* a code in its place, or the local day of a time */
  guint16 length;
  guint8  state;
  guint8  says;                          /* 1: something */
} Slot;

typedef struct
{
  Slot  *slots;
  guint  n_slots, n;
  char  *bytes;
  gsize  n_bytes, room;
} Table;

struct _KennisCsvStraight
{
  const KennisCsvPlan *plan;
  const KennisCsvStraightPlan *straight;
  KennisCsvWords *words;
  guint thread, n_steps, n;
  gsize first_length;                    /* of plan->first_name */
  KennisPlainActivity rows[ROWS];
  Table tables[];
};

G_STATIC_ASSERT (sizeof (Slot) == 32);

KennisCsvStraight *
kennis_csv_straight_new (const KennisCsvPlan *plan, KennisCsvWords *words, guint thread)
{
  KennisCsvStraight *self = g_malloc0 (sizeof *self + plan->steps->len * sizeof *self->tables);

  self->plan = plan;
  self->straight = plan->straight;
  self->words = words;
  self->thread = thread;
  self->n_steps = plan->steps->len;
  self->first_length = strlen (plan->first_name);
  for (guint s = 0; s < self->n_steps; s++)
    {
      self->tables[s].n_slots = FIRST_SLOTS;
      self->tables[s].slots = g_new0 (Slot, FIRST_SLOTS);
    }

  return self;
}

static void
hand_out (KennisCsvStraight *self)
{
  if (self->n > 0)
    kennis_plain_sink_add (self->straight->sink, self->thread, self->rows, self->n);
  self->n = 0;
}

void
kennis_csv_straight_free (KennisCsvStraight *self)
{
  hand_out (self);
  for (guint s = 0; s < self->n_steps; s++)
    {
      g_free (self->tables[s].slots);
      g_free (self->tables[s].bytes);
    }
  g_free (self);
}

static inline guint
place_of (const Table *table, const guint64 key[2])
{
  guint64 h = (key[0] ^ key[1] * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);

  h ^= h >> 32;

  return (guint) ((h * G_GUINT64_CONSTANT (0xd6e8feb86659fd93)) >> 40) & (table->n_slots - 1);
}

static inline void
key_of (const char *text, gsize length, guint64 key[2])
{
  static const guint8 masks[2 * SHORT] = { 255, 255, 255, 255, 255, 255, 255, 255,
                                           255, 255, 255, 255, 255, 255, 255, 255 };
  guint64 mask[2];

  if (G_UNLIKELY (length > SHORT))
    {
      key[0] = kennis_hash_bytes (text, length);
      key[1] = 0;
      return;
    }
  memcpy (key, text, SHORT);
  memcpy (mask, masks + SHORT - length, SHORT);
  key[0] &= mask[0];
  key[1] &= mask[1];
}

static void
grow (Table *table)
{
  Slot *old = table->slots;
  guint n = table->n_slots;

  table->n_slots *= 2;
  table->slots = g_new0 (Slot, table->n_slots);
  for (guint i = 0; i < n; i++)
    if (old[i].state != FREE)
      {
        guint64 key[2] = { old[i].key[0], old[i].length > SHORT ? 0 : old[i].key[1] };
        guint at = place_of (table, key);

        while (table->slots[at].state != FREE)
          at = (at + 1) & (table->n_slots - 1);
        table->slots[at] = old[i];
      }
  g_free (old);
}

/* The slot of the text, or the free one where it belongs. */
static inline Slot *
find (Table *table, const char *text, gsize length)
{
  guint64 key[2];
  guint at;

  key_of (text, length, key);
  for (at = place_of (table, key);; at = (at + 1) & (table->n_slots - 1))
    {
      Slot *slot = &table->slots[at];

      if (G_LIKELY (
              slot->key[0] == key[0] && slot->length == length
              && (length > SHORT ? memcmp (table->bytes + slot->key[1], text, length) == 0 : slot->key[1] == key[1])))
        return slot;
      if (slot->state == FREE)
        return slot;
    }
}

/* Makes the free slot that find() gave the text's own. */
static Slot *
take (Table *table, Slot *slot, const char *text, gsize length)
{
  if (table->n * 2 >= table->n_slots)
    {
      grow (table);
      slot = find (table, text, length);
    }
  key_of (text, length, slot->key);
  slot->length = (guint16) length;
  table->n++;
  if (length <= SHORT)
    return slot;

  if (table->n_bytes + length > table->room)
    {
      table->room = MAX (1024, (table->n_bytes + length) * 2);
      table->bytes = g_realloc (table->bytes, table->room);
    }
  memcpy (table->bytes + table->n_bytes, text, length);
  slot->key[1] = table->n_bytes;
  table->n_bytes += length;

  return slot;
}

/* One that is not known yet: has the caller's thread learned it meanwhile? */
static gboolean
ask (KennisCsvStraight *self, guint s, Slot *slot, const char *text, gsize length)
{
  const KennisCsvStraightStep *step = &self->straight->steps[s];
  const KennisCsvStep *from = &g_array_index (self->plan->steps, KennisCsvStep, s);
  gint64 code;

  if (slot->state == FREE)
    {
      guint word =
          length <= KENNIS_MAX_TEXT ? kennis_csv_words_find (self->words, s, text, length) : KENNIS_CSV_NO_WORD;

      if (word == KENNIS_CSV_NO_WORD)
        return FALSE;
      slot = take (&self->tables[s], slot, text, length);
      slot->state = UNKNOWN;
      slot->value = word;
    }
  if (!kennis_csv_words_learned (self->words, s, (guint) slot->value, &code))
    return FALSE;

  slot->state = KNOWN;
  slot->says = from->kind != KENNIS_CSV_STEP_FILTER && code != kennis_field_unknown (from->schema_field);
  slot->value = slot->says ? code : step->field == KENNIS_ACTIVITY_TOPIC ? KENNIS_INTERN_NONE : 0;
  if (step->kind == KENNIS_CSV_STRAIGHT_CODE)
    slot->more = (guint32) slot->value << step->shift;
  else if (slot->says && from->schema_field->kind == KENNIS_KIND_TIME)
    slot->more = (guint32) kennis_calendar_day (self->plan->days, code);

  return TRUE;
}

/* What the caller's thread would find, in this one. */
static const Slot *
read_time (KennisCsvStraight *self, guint s, Slot *slot, Slot *spare, const char *text, gsize length)
{
  const KennisCsvStep *step = &g_array_index (self->plan->steps, KennisCsvStep, s);
  const KennisOrdinary *range = &self->straight->ranges[step->field];
  Table *table = &self->tables[s];
  gint64 value;

  if (!kennis_csv_plain_time (self->plan, step, text, length, &value) || value < range->low || value > range->high)
    return NULL;
  if (table->n < MOST_TIMES && length <= SHORT)
    slot = take (table, slot, text, length);
  else
    slot = spare;
  slot->value = value;
  slot->more = (guint32) kennis_calendar_day (self->plan->days, value);
  slot->state = KNOWN;
  slot->says = 1;

  return slot;
}

static const gint64 powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };

/* A number of eight digits and point at most, all at once: the value × 10^scale.  False: it may still be a number. */
static inline gboolean
short_number (const char *text, gsize length, char point, guint scale, gint64 *value)
{
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101), low_bits = ones * 0x7f;
  guint64 x, y;
  guint empty = 64 - 8 * (guint) length, decimals = 0;

  if (length > 8 || (guchar) (*text - '0') > 9)
    return FALSE;
  memcpy (&x, text, sizeof x);
  /* The last character is the highest byte. */
  x <<= empty;
  y = x ^ ones * (guchar) point;
  y = ~(((y & low_bits) + low_bits) | y | low_bits);
  if (y != 0)
    {
      guint place = (guint) __builtin_ctzll (y) & ~7u;

      decimals = 7 - place / 8;
      x = (x >> place >> 8 << 8 << place) | (x & ((G_GUINT64_CONSTANT (1) << place) - 1)) << 8;
      empty += 8;
    }
  if (decimals > scale || empty >= 64)
    return FALSE;
  x |= ones * '0' & ((G_GUINT64_CONSTANT (1) << empty) - 1);
  if ((x & ones * 0xf0) != ones * '0' || ((x + ones * 6) & ones * 0xf0) != ones * '0')
    return FALSE;

  x = (x & ones * 15) * 2561 >> 8;
  x = (x & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff)) * 6553601 >> 16;
  x = (x & G_GUINT64_CONSTANT (0x0000ffff0000ffff)) * G_GUINT64_CONSTANT (42949672960001) >> 32;
  *value = (gint64) x * powers[scale - decimals];

  return TRUE;
#else
  return FALSE;
#endif
}

/* One that fits into 32 bits, as it must. */
static inline gboolean
number_of (const KennisCsvStraight *self, guint s, const KennisCsvStraightStep *step, const char *text, gsize length, gint64 *value)
{
  const KennisCsvPlan *plan = self->plan;
  gint64 micro;

  if (step->kind == KENNIS_CSV_STRAIGHT_HOURS && short_number (text, length, plan->rules.decimal, 6, &micro))
    *value = (micro * 36 + 5) / 10;
  else if (step->kind != KENNIS_CSV_STRAIGHT_MONEY
           || !short_number (text, length, plan->rules.decimal, KENNIS_MONEY_SCALE, value))
    {
      if (!kennis_csv_plain_value (plan, &g_array_index (plan->steps, KennisCsvStep, s), text, length, value))
        return FALSE;
    }

  return (guint64) *value <= G_MAXUINT32;
}

/* What a row says. */
typedef struct
{
  gint64  values[KENNIS_ACTIVITY_EXTERNAL + 1];
  guint32 days[KENNIS_ACTIVITY_EXTERNAL + 1];
  guint32 known, codes;
} Said;

static inline gboolean
take_cell (KennisCsvStraight *self, guint s, const KennisCsvStraightStep *step, const char *text, gsize length, Said *said)
{
  Slot spare;
  const Slot *slot;

  switch (step->kind)
    {
    case KENNIS_CSV_STRAIGHT_HOURS:
    case KENNIS_CSV_STRAIGHT_DURATION:
    case KENNIS_CSV_STRAIGHT_MONEY:
      said->known |= KENNIS_PLAIN_BIT (step->field);
      return number_of (self, s, step, text, length, &said->values[step->field]);
    case KENNIS_CSV_STRAIGHT_TIME:
      slot = find (&self->tables[s], text, length);
      if (G_UNLIKELY (slot->state != KNOWN))
        slot = read_time (self, s, (Slot *) slot, &spare, text, length);
      if (slot == NULL)
        return FALSE;
      break;
    case KENNIS_CSV_STRAIGHT_TEXT:
    case KENNIS_CSV_STRAIGHT_CODE:
    case KENNIS_CSV_STRAIGHT_FILTER:
      slot = find (&self->tables[s], text, length);
      if (G_UNLIKELY (slot->state != KNOWN))
        {
          if (!ask (self, s, (Slot *) slot, text, length))
            return FALSE;
          slot = find (&self->tables[s], text, length);
        }
      break;
    case KENNIS_CSV_STRAIGHT_NEVER:
    default:
      return FALSE;
    }
  said->known |= (guint32) slot->says << step->field;
  if (step->kind == KENNIS_CSV_STRAIGHT_CODE)
    said->codes |= slot->more;
  else
    {
      said->values[step->field] = slot->value;
      said->days[step->field] = slot->more;
    }

  return TRUE;
}

static inline gboolean
is_before (const Said *said, guint field, guint other)
{
  return (said->known >> field & said->known >> other & 1) != 0 && said->values[field] < said->values[other];
}

/* What of a dataset's checks is of more than one field. */
static inline gboolean
is_in_order (const Said *said)
{
  return (said->known >> KENNIS_ACTIVITY_START & 1) == 0
         || (!is_before (said, KENNIS_ACTIVITY_ENDED, KENNIS_ACTIVITY_START)
             && !is_before (said, KENNIS_ACTIVITY_APPLIED, KENNIS_ACTIVITY_START)
             && !is_before (said, KENNIS_ACTIVITY_EVALUATED, KENNIS_ACTIVITY_START));
}

static inline gboolean
take_row (KennisCsvStraight *self, const Said *said)
{
  KennisPlainActivity *row = &self->rows[self->n];
  guint counted = (said->known >> KENNIS_ACTIVITY_ENDED & 1) != 0 ? KENNIS_ACTIVITY_ENDED : KENNIS_ACTIVITY_START;

  /* A word may stand for any number. */
  if ((said->known & self->straight->needs) != self->straight->needs || !is_in_order (said)
      || (guint64) said->values[KENNIS_ACTIVITY_DURATION] > G_MAXUINT32
      || (guint64) said->values[KENNIS_ACTIVITY_COST] > G_MAXUINT32)
    return FALSE;
  *row = (KennisPlainActivity) {
    .person = (guint32) said->values[KENNIS_ACTIVITY_PERSON],
    .topic = (guint32) said->values[KENNIS_ACTIVITY_TOPIC],
    .known = said->known,
    .codes = said->codes,
    .duration = (guint32) said->values[KENNIS_ACTIVITY_DURATION],
    .cost = (guint32) said->values[KENNIS_ACTIVITY_COST],
    .counted = said->values[counted],
    .start_day = (gint32) said->days[KENNIS_ACTIVITY_START],
    .day = (gint32) said->days[counted],
    .applied_day = (gint32) said->days[KENNIS_ACTIVITY_APPLIED],
  };
  if (!kennis_plain_fits (row))
    return FALSE;
  if (++self->n == ROWS)
    hand_out (self);

  return TRUE;
}

gboolean
kennis_csv_straight_row (KennisCsvStraight *self, const char *text, const char *start, const guint32 *ends)
{
  const KennisCsvStraightStep *steps = self->straight->steps;
  Said said;

  said.known = said.codes = 0;
  said.values[KENNIS_ACTIVITY_TOPIC] = KENNIS_INTERN_NONE;
  said.values[KENNIS_ACTIVITY_DURATION] = said.values[KENNIS_ACTIVITY_COST] = 0;
  said.values[KENNIS_ACTIVITY_START] = 0;
  said.days[KENNIS_ACTIVITY_START] = said.days[KENNIS_ACTIVITY_APPLIED] = 0;
  for (guint s = 0; s < self->n_steps; s++)
    {
      const char *from = steps[s].column > 0 ? text + ends[steps[s].column - 1] + 1 : start,
                 *to = text + ends[steps[s].column];

      if (from == to)
        {
          if (steps[s].keeps)
            return FALSE;
          continue;
        }
      /* The header once more? */
      if (s == 0 && (gsize) (to - from) == self->first_length
          && memcmp (self->plan->first_name, from, self->first_length) == 0)
        return FALSE;
      if (!take_cell (self, s, &steps[s], from, (gsize) (to - from), &said))
        return FALSE;
    }

  return take_row (self, &said);
}
