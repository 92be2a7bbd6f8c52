#include "config.h"

#include "base/kennis-hash-private.h"
#include "read/kennis-csv-straight-private.h"

#include <string.h>

#define ROWS        256u                 /* handed out together */
#define FIRST_BITS  6u
#define MOST_TIMES  8192u                /* that are remembered */
/* Bytes of a text that is its own key, where they can be masked. */
#define SHORT       (G_BYTE_ORDER == G_LITTLE_ENDIAN ? 15u : 0u)

/* A text of a column, and what it means.  The key of a short one are its bytes, and in the sixteenth its length; of a longer one its
 * hash and length, and where it stands in the table's bytes.  A free slot has a key that no text has. */
typedef struct
{
  guint64 key[2];
  gint64  value;
  guint32 more;                          /* a code in its place, or the local day of a time */
  guint32 known;                         /* the field's bit, where it says something */
} Slot;

/* What is known of the texts of a step's column. */
typedef struct
{
  KennisCsvStraightStep step;
  Slot  *slots;
  guint  shift, n;                       /* 2^(64 - shift) slots */
  char  *bytes;
  gsize  n_bytes, room;
} Table;

struct _KennisCsvStraight
{
  const KennisCsvPlan *plan;
  const KennisCsvStraightPlan *straight;
  KennisCsvWords *words;
  guint thread, n_steps, n;
  char decimal;
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
  self->decimal = plan->rules.decimal;
  self->n_steps = plan->steps->len;
  for (guint s = 0; s < self->n_steps; s++)
    {
      self->tables[s].step = plan->straight->steps[s];
      self->tables[s].shift = 64 - FIRST_BITS;
      self->tables[s].slots = g_new0 (Slot, 1u << FIRST_BITS);
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
  guint64 h = (key[0] + key[1] * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);

  return (guint) (h >> table->shift);
}

static inline guint
next_place (const Table *table, guint at)
{
  return (at + 1) & (guint) (G_MAXUINT64 >> table->shift);
}

#define LONG_KEY   (G_GUINT64_CONSTANT (1) << 60)  /* as if the length of a short one were 16; then the place, 40 bits, and the length */
#define PLACE_BITS 16

static inline void
key_of (const char *text, gsize length, guint64 key[2])
{
  static const guint64 masks[16][2] = {
#define ALL G_MAXUINT64
    { 0, 0 }, { ALL >> 56, 0 }, { ALL >> 48, 0 }, { ALL >> 40, 0 }, { ALL >> 32, 0 }, { ALL >> 24, 0 }, { ALL >> 16, 0 }, { ALL >> 8, 0 },
    { ALL, 0 }, { ALL, ALL >> 56 }, { ALL, ALL >> 48 }, { ALL, ALL >> 40 }, { ALL, ALL >> 32 }, { ALL, ALL >> 24 }, { ALL, ALL >> 16 },
    { ALL, ALL >> 8 },
#undef ALL
  };

  memcpy (key, text, 16);
  key[0] &= masks[length][0];
  key[1] = (key[1] & masks[length][1]) | (guint64) length << 56;
}

static inline gboolean
is_free (const Slot *slot)
{
  return (slot->key[0] | slot->key[1]) == 0;
}

static void
grow (Table *table)
{
  Slot *old = table->slots;
  guint n = (guint) (G_MAXUINT64 >> table->shift--) + 1;

  table->slots = g_new0 (Slot, (gsize) n * 2);
  for (guint i = 0; i < n; i++)
    if (!is_free (&old[i]))
      {
        const guint64 key[2] = { old[i].key[0], old[i].key[1] >> 56 == LONG_KEY >> 56 ? 0 : old[i].key[1] };
        guint at = place_of (table, key);

        while (!is_free (&table->slots[at]))
          at = next_place (table, at);
        table->slots[at] = old[i];
      }
  g_free (old);
}

/* Any text; NULL: it is not known yet. */
static const Slot *
find_long (const Table *table, const char *text, gsize length)
{
  const guint64 key[2] = { kennis_hash_bytes (text, length), 0 };

  for (guint at = place_of (table, key); !is_free (&table->slots[at]); at = next_place (table, at))
    {
      const Slot *slot = &table->slots[at];

      if (slot->key[0] == key[0] && slot->key[1] >> 56 == LONG_KEY >> 56 && (slot->key[1] & KENNIS_MAX_TEXT) == length
          && memcmp (table->bytes + ((slot->key[1] & ~LONG_KEY) >> PLACE_BITS), text, length) == 0)
        return slot;
    }

  return NULL;
}

static inline const Slot *
find (const Table *table, const char *text, gsize length)
{
  guint64 key[2];

  if (G_UNLIKELY (length > SHORT))
    return find_long (table, text, length);
  key_of (text, length, key);
  for (guint at = place_of (table, key);; at = next_place (table, at))
    {
      const Slot *slot = &table->slots[at];

      if (G_LIKELY (((slot->key[0] ^ key[0]) | (slot->key[1] ^ key[1])) == 0))
        return slot;
      if (is_free (slot))
        return NULL;
    }
}

/* A slot of its own for a text that find() did not find. */
static Slot *
take (Table *table, const char *text, gsize length)
{
  guint64 key[2] = { 0, 0 }, place = table->n_bytes;
  guint at;

  if (++table->n * 2 > G_MAXUINT64 >> table->shift)
    grow (table);
  if (length <= SHORT)
    key_of (text, length, key);
  else
    {
      key[0] = kennis_hash_bytes (text, length);
      table->n_bytes += length;
      if (table->n_bytes > table->room)
        {
          table->room = MAX (1024, table->n_bytes * 2);
          table->bytes = g_realloc (table->bytes, table->room);
        }
      memcpy (table->bytes + place, text, length);
    }
  for (at = place_of (table, key); !is_free (&table->slots[at]);)
    at = next_place (table, at);
  table->slots[at] = (Slot){ .key = { key[0], length <= SHORT ? key[1] : LONG_KEY | place << PLACE_BITS | length } };

  return &table->slots[at];
}

/* A text that is not known yet: has the caller's thread learned it meanwhile? */
static const Slot *
ask (KennisCsvStraight *self, guint s, const char *text, gsize length)
{
  const KennisCsvStraightStep *step = &self->straight->steps[s];
  const KennisCsvStep *from = &g_array_index (self->plan->steps, KennisCsvStep, s);
  guint word = length <= KENNIS_MAX_TEXT ? kennis_csv_words_find (self->words, s, text, length) : KENNIS_CSV_NO_WORD;
  gint64 code;
  Slot *slot;

  if (word == KENNIS_CSV_NO_WORD || !kennis_csv_words_learned (self->words, s, word, &code))
    return NULL;

  slot = take (&self->tables[s], text, length);
  if (from->kind == KENNIS_CSV_STEP_FILTER)
    return slot;
  if (code == kennis_field_unknown (from->schema_field))
    {
      slot->value = step->field == KENNIS_ACTIVITY_TOPIC ? KENNIS_INTERN_NONE : 0;
      return slot;
    }
  slot->value = code;
  slot->known = KENNIS_PLAIN_BIT (step->field);
  if (step->kind == KENNIS_CSV_STRAIGHT_CODE)
    slot->more = (guint32) code << step->shift;
  else if (from->schema_field->kind == KENNIS_KIND_TIME)
    slot->more = (guint32) kennis_calendar_day (self->plan->days, code);

  return slot;
}

/* What the caller's thread would find, in this one. */
static const Slot *
read_time (KennisCsvStraight *self, guint s, Slot *spare, const char *text, gsize length)
{
  const KennisCsvStep *step = &g_array_index (self->plan->steps, KennisCsvStep, s);
  const KennisOrdinary *range = &self->straight->ranges[step->field];
  Table *table = &self->tables[s];
  Slot *slot = spare;
  gint64 value;

  if (!kennis_csv_plain_time (self->plan, step, text, length, &value) || value < range->low || value > range->high)
    return NULL;
  if (table->n < MOST_TIMES && length <= SHORT)
    slot = take (table, text, length);
  slot->value = value;
  slot->more = (guint32) kennis_calendar_day (self->plan->days, value);
  slot->known = KENNIS_PLAIN_BIT (step->field);

  return slot;
}

static G_GNUC_NO_INLINE const Slot *
learn (KennisCsvStraight *self, Table *table, Slot *spare, const char *text, gsize length)
{
  guint s = (guint) (table - self->tables);

  return table->step.kind == KENNIS_CSV_STRAIGHT_TIME ? read_time (self, s, spare, text, length)
                                                      : ask (self, s, text, length);
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

static G_GNUC_NO_INLINE gboolean
long_number (const KennisCsvStraight *self, const Table *table, const char *text, gsize length, gint64 *value)
{
  guint s = (guint) (table - self->tables);

  return kennis_csv_plain_value (self->plan, &g_array_index (self->plan->steps, KennisCsvStep, s), text, length, value);
}

/* One that fits into 32 bits, as it must. */
static inline gboolean
number_of (const KennisCsvStraight *self, const Table *table, const char *text, gsize length, gint64 *value)
{
  guint kind = table->step.kind, scale = kind == KENNIS_CSV_STRAIGHT_HOURS ? 6 : KENNIS_MONEY_SCALE;

  if (kind == KENNIS_CSV_STRAIGHT_DURATION || !short_number (text, length, self->decimal, scale, value))
    return long_number (self, table, text, length, value) && (guint64) *value <= G_MAXUINT32;
  if (kind == KENNIS_CSV_STRAIGHT_HOURS)
    *value = (*value * 36 + 5) / 10;

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
take_cell (KennisCsvStraight *self, Table *table, const char *text, gsize length, Said *said)
{
  const KennisCsvStraightStep *step = &table->step;
  Slot spare;
  const Slot *slot;

  switch (step->kind)
    {
    case KENNIS_CSV_STRAIGHT_HOURS:
    case KENNIS_CSV_STRAIGHT_DURATION:
    case KENNIS_CSV_STRAIGHT_MONEY:
      said->known |= KENNIS_PLAIN_BIT (step->field);
      return number_of (self, table, text, length, &said->values[step->field]);
    case KENNIS_CSV_STRAIGHT_TIME:
    case KENNIS_CSV_STRAIGHT_TEXT:
    case KENNIS_CSV_STRAIGHT_CODE:
    case KENNIS_CSV_STRAIGHT_FILTER:
      slot = find (table, text, length);
      if (G_UNLIKELY (slot == NULL))
        slot = learn (self, table, &spare, text, length);
      if (slot == NULL)
        return FALSE;
      break;
    case KENNIS_CSV_STRAIGHT_NEVER:
    default:
      return FALSE;
    }
  /* Whatever it is: that of codes is read nowhere else. */
  said->known |= slot->known;
  said->codes |= slot->more & step->mask;
  said->values[step->field] = slot->value;
  said->days[step->field] = slot->more;

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
kennis_csv_straight_row (KennisCsvStraight *self, const char *text, const guint32 *ends)
{
  Said said;

  said.known = said.codes = 0;
  said.values[KENNIS_ACTIVITY_TOPIC] = KENNIS_INTERN_NONE;
  said.values[KENNIS_ACTIVITY_DURATION] = said.values[KENNIS_ACTIVITY_COST] = 0;
  said.values[KENNIS_ACTIVITY_START] = 0;
  said.days[KENNIS_ACTIVITY_START] = said.days[KENNIS_ACTIVITY_APPLIED] = 0;
  for (Table *table = self->tables, *end = table + self->n_steps; table < end; table++)
    {
      guint32 column = table->step.column, from = ends[(int) column - 1] + 1, to = ends[column];

      if (from == to)
        {
          if (table->step.keeps)
            return FALSE;
          continue;
        }
      if (!take_cell (self, table, text + from, to - from, &said))
        return FALSE;
    }

  return take_row (self, &said);
}
