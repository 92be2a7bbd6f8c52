#include "config.h"

#include "read/kennis-csv-known-private.h"
#include "read/kennis-csv-straight-private.h"

#include <string.h>

#define MOST_TIMES      8192u            /* that are remembered */
#define MOST_CHARACTERS ((gsize) 8)      /* of a number that is read at once */
#define MOST_DECIMALS   KENNIS_MONEY_SCALE

/* Bits of a row's kind. */
#define BIT_OF(field) kennis_plain_kind (1u << (field), 0)
#define START         BIT_OF (KENNIS_ACTIVITY_START)
#define ENDED         BIT_OF (KENNIS_ACTIVITY_ENDED)
#define APPLIED       BIT_OF (KENNIS_ACTIVITY_APPLIED)
#define EVALUATED     BIT_OF (KENNIS_ACTIVITY_EVALUATED)

/* How numbers with so many decimals are written, up to eight characters: with a point before them, or without either. */
typedef struct
{
  guint   n_decimals;
  gsize   least;                         /* characters */
  guint64 text, digits;                  /* its characters, were all digits 0; and 6 where there is a digit */
  guint64 wrong;                         /* of what differs from the text, as it is and with 6 more: bits that no digit sets */
  guint64 whole, decimals;               /* the bytes of digits before and behind the point */
  guint64 factor;                        /* to what the cell says */
} Form;

typedef struct
{
  KennisCsvStraightStep step;
  KennisCsvKnown known;
  Form  forms[MOST_DECIMALS + 1];        /* of numbers */
  guint form;                            /* that of the last one */
} Column;

typedef struct
{
  gint64 values[KENNIS_PLAIN_ROWS];
  gint32 days[KENNIS_PLAIN_ROWS];
} Times;

struct _KennisCsvStraight
{
  const KennisCsvPlan *plan;
  const KennisCsvStraightPlan *straight;
  KennisCsvWords *words;
  guint thread, n_columns;
  char decimal;

  /* The rows at hand, and what their cells said. */
  const char *text;
  guint32 *const *rows;
  guint n;
  guint64 kinds[KENNIS_PLAIN_ROWS];
  guint32 persons[KENNIS_PLAIN_ROWS], durations[KENNIS_PLAIN_ROWS], costs[KENNIS_PLAIN_ROWS];
  Times times[KENNIS_ACTIVITY_EVALUATED - KENNIS_ACTIVITY_DECIDED + 3];
  KennisPlainRows out;
  Column columns[];
};

/* Where the times of a field stand. */
static inline guint
place_of (guint field)
{
  return field <= KENNIS_ACTIVITY_ENDED ? field - KENNIS_ACTIVITY_START : field - KENNIS_ACTIVITY_DECIDED + 2;
}

G_STATIC_ASSERT (KENNIS_ACTIVITY_ENDED == KENNIS_ACTIVITY_START + 1 && KENNIS_ACTIVITY_EVALUATED == KENNIS_ACTIVITY_DECIDED + 2);

static void
set_form (Form *form, char point, guint n_decimals, gboolean is_hours)
{
  static const guint64 powers[] = { 1, 10, 100, 1000, 10000, 100000 };
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101), ends = n_decimals > 0 ? 8 * (7 - n_decimals) : 0,
                at_point = n_decimals > 0 ? G_GUINT64_CONSTANT (0xff) << ends : 0;

  *form = (Form) { .n_decimals = n_decimals,
                   .least = n_decimals > 0 ? n_decimals + 2 : 1,
                   .text = (ones * '0' & ~at_point) | (ones * (guchar) point & at_point),
                   .digits = ones * 6 & ~at_point,
                   .wrong = ones * 0xf0 | at_point,
                   .whole = (G_GUINT64_CONSTANT (1) << ends) - 1 };
  form->decimals = ~(form->whole | at_point);
  /* 3 600 000 ms, or 10 000 parts of the currency unit. */
  form->factor = is_hours ? 36 * powers[5 - n_decimals] : powers[KENNIS_MONEY_SCALE - n_decimals];
}

KennisCsvStraight *
kennis_csv_straight_new (const KennisCsvPlan *plan, KennisCsvWords *words, guint thread)
{
  static const char nothing[16] = { 0 };
  KennisCsvStraight *self = g_malloc0 (sizeof *self + plan->steps->len * sizeof *self->columns);

  self->plan = plan;
  self->straight = plan->straight;
  self->words = words;
  self->thread = thread;
  self->decimal = plan->rules.decimal;
  self->n_columns = plan->steps->len;
  for (guint s = 0; s < self->n_columns; s++)
    {
      self->columns[s].step = plan->straight->steps[s];
      kennis_csv_known_init (&self->columns[s].known);
      if (plan->straight->steps[s].if_empty == 0)
        kennis_csv_known_add (&self->columns[s].known, nothing, 0, &(KennisCsvMeaning) { 0 });
      for (guint d = 0; d <= MOST_DECIMALS; d++)
        set_form (&self->columns[s].forms[d], self->decimal, d,
                  plan->straight->steps[s].kind == KENNIS_CSV_STRAIGHT_HOURS);
    }

  return self;
}

void
kennis_csv_straight_free (KennisCsvStraight *self)
{
  for (guint s = 0; s < self->n_columns; s++)
    kennis_csv_known_clear (&self->columns[s].known);
  g_free (self);
}

static inline const KennisCsvStep *
step_of (const KennisCsvStraight *self, const Column *column)
{
  return &g_array_index (self->plan->steps, KennisCsvStep, column - self->columns);
}

static gboolean
set_time (const KennisCsvStraight *self, gint64 value, KennisCsvMeaning *meaning)
{
  meaning->value = value;
  meaning->day = kennis_calendar_day (self->plan->days, value);

  return kennis_plain_has_day (meaning->day);
}

/* What a field's code means in a row; false: it is no plain one. */
static gboolean
mean (const KennisCsvStraight *self, const Column *column, gint64 code, KennisCsvMeaning *meaning)
{
  const KennisCsvStraightStep *step = &column->step;

  meaning->bit = step->bit;
  if (step->kind == KENNIS_CSV_STRAIGHT_TIME)
    return set_time (self, code, meaning);
  meaning->value = code;
  if (step->kind == KENNIS_CSV_STRAIGHT_AMOUNT)
    return (guint64) code <= G_MAXUINT32;
  if (step->kind == KENNIS_CSV_STRAIGHT_PERSON)
    return TRUE;
  if (step->field == KENNIS_ACTIVITY_TOPIC)
    {
      /* What differs from none. */
      meaning->value = (gint64) ((guint64) ((guint32) code ^ KENNIS_INTERN_NONE) << KENNIS_PLAIN_TOPIC);
      return TRUE;
    }
  meaning->value = code << (KENNIS_PLAIN_CODES + kennis_plain_shift (step->field));

  return step->field != KENNIS_ACTIVITY_STATUS || (code != KENNIS_STATUS_NOT_YET && code != KENNIS_STATUS_DECLINED);
}

static const KennisCsvMeaning other = { 0 };

/* A text that is not known yet: has the caller's thread learned it meanwhile? */
static const KennisCsvMeaning *
ask (KennisCsvStraight *self, Column *column, const char *text, gsize length)
{
  guint s = (guint) (column - self->columns);
  const KennisCsvStep *step = step_of (self, column);
  guint word = length > 0 && length <= KENNIS_MAX_TEXT ? kennis_csv_words_find (self->words, s, text, length)
                                                       : KENNIS_CSV_NO_WORD;
  KennisCsvMeaning meaning = { 0 };
  gint64 code;

  if (word == KENNIS_CSV_NO_WORD || !kennis_csv_words_learned (self->words, s, word, &code))
    return &other;
  if (step->kind != KENNIS_CSV_STEP_FILTER)
    {
      gboolean says = code != kennis_field_unknown (step->schema_field);

      if (says ? !mean (self, column, code, &meaning) : column->step.if_empty != 0)
        return &other;
    }

  return kennis_csv_known_add (&column->known, text, length, &meaning);
}

/* What the caller's thread would find, in this one.  Nothing, where there must be something, is no time either. */
static const KennisCsvMeaning *
read_time (KennisCsvStraight *self, Column *column, const char *text, gsize length, KennisCsvMeaning *spare)
{
  const KennisOrdinary *range = &self->straight->ranges[column->step.field];
  gint64 value;

  if (!kennis_csv_plain_time (self->plan, step_of (self, column), text, length, &value) || value < range->low
      || value > range->high || !set_time (self, value, spare))
    return &other;
  spare->bit = column->step.bit;

  return column->known.n < MOST_TIMES && length <= KENNIS_CSV_SHORT
             ? kennis_csv_known_add (&column->known, text, length, spare)
             : spare;
}

static G_GNUC_NO_INLINE const KennisCsvMeaning *
learn (KennisCsvStraight *self, Column *column, const char *text, gsize length, KennisCsvMeaning *spare)
{
  return step_of (self, column)->kind == KENNIS_CSV_STEP_TIME ? read_time (self, column, text, length, spare)
                                                              : ask (self, column, text, length);
}

/* What a loop over cells of a column needs, out of the reach of what it writes. */
typedef struct
{
  const char *text;
  guint32 *const *rows;
  guint32 column;
  guint n;
  gboolean is_last;
} Cells;

static inline Cells
cells_of (const KennisCsvStraight *self, const Column *column)
{
  return (Cells) { self->text, self->rows, column->step.column, self->n, column->step.is_last };
}

/* The text of row i's cell. */
static inline __attribute__ ((always_inline)) const char *
cell (const Cells *cells, guint i, gsize *length)
{
  const guint32 *ends = cells->rows[i] + cells->column;
  guint32 from = ends[-1] + 1, to = ends[0];

  *length = to - from;
  if (cells->is_last && to > from && cells->text[to - 1] == '\r')
    --*length;

  return cells->text + from;
}

/* Of row i. */
static G_GNUC_NO_INLINE const KennisCsvMeaning *
find (KennisCsvStraight *self, Column *column, guint i, const char *text, gsize length, KennisCsvMeaning *spare)
{
  const KennisCsvMeaning *meaning = kennis_csv_known_find (&column->known, text, length);

  if (meaning == NULL)
    meaning = learn (self, column, text, length, spare);
  if (meaning == &other)
    self->kinds[i] |= KENNIS_CSV_STRAIGHT_OTHER;

  return meaning;
}

/* What row i's cell means. */
static inline __attribute__ ((always_inline)) const KennisCsvMeaning *
look_up (KennisCsvStraight *self, Column *column, const Cells *cells, guint i, KennisCsvMeaning *spare)
{
  gsize length;
  const char *text = cell (cells, i, &length);
  const KennisCsvMeaning *meaning = kennis_csv_known_first (&column->known, text, length);

  return G_LIKELY (meaning != NULL) ? meaning : find (self, column, i, text, length, spare);
}

static void
take_persons (KennisCsvStraight *self, Column *column)
{
  const Cells cells = cells_of (self, column);
  KennisCsvMeaning spare;

  for (guint i = 0; i < cells.n; i++)
    self->persons[i] = (guint32) look_up (self, column, &cells, i, &spare)->value;
}

/* What these columns say differs from nothing in other bits for each. */
static void
take_kinds (KennisCsvStraight *self, Column *column)
{
  const Cells cells = cells_of (self, column);
  KennisCsvMeaning spare;

  for (guint i = 0; i < cells.n; i++)
    {
      guint64 value = (guint64) look_up (self, column, &cells, i, &spare)->value;

      self->kinds[i] ^= value;
    }
}

static void
take_times (KennisCsvStraight *self, Column *column)
{
  const Cells cells = cells_of (self, column);
  Times *times = &self->times[place_of (column->step.field)];
  KennisCsvMeaning spare;

  for (guint i = 0; i < cells.n; i++)
    {
      const KennisCsvMeaning *meaning = look_up (self, column, &cells, i, &spare);

      times->values[i] = meaning->value;
      times->days[i] = meaning->day;
      self->kinds[i] |= meaning->bit;
    }
}

static inline guint32 *
amounts_of (KennisCsvStraight *self, const Column *column)
{
  return column->step.field == KENNIS_ACTIVITY_DURATION ? self->durations : self->costs;
}

static void
take_amounts (KennisCsvStraight *self, Column *column)
{
  const Cells cells = cells_of (self, column);
  guint32 *amounts = amounts_of (self, column);
  KennisCsvMeaning spare;

  for (guint i = 0; i < cells.n; i++)
    {
      const KennisCsvMeaning *meaning = look_up (self, column, &cells, i, &spare);

      amounts[i] = (guint32) meaning->value;
      self->kinds[i] |= meaning->bit;
    }
}

/* Eight digits, the first one in the lowest byte. */
static inline __attribute__ ((always_inline)) guint64
eight_digits (guint64 x)
{
  x = x * 2561 >> 8;
  x = (x & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff)) * 6553601 >> 16;

  return (x & G_GUINT64_CONSTANT (0x0000ffff0000ffff)) * G_GUINT64_CONSTANT (42949672960001) >> 32;
}

/* A number that is written so, all of it at once; −1: it may still be one. */
static inline __attribute__ ((always_inline)) gint64
read_number (const Form *form, const char *text, gsize length)
{
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  guint64 x, before;

  if (G_UNLIKELY (length - form->least > MOST_CHARACTERS - form->least))
    return -1;
  memcpy (&x, text, sizeof x);
  /* The last character is the highest byte, and before the first one there is nothing but 0. */
  before = 64 - 8 * length;
  x = (x ^ form->text >> before) << before;
  if (G_UNLIKELY (((x | (x + form->digits)) & form->wrong) != 0))
    return -1;

  return (gint64) (eight_digits ((x & form->whole) << 8 | (x & form->decimals)) * form->factor);
#else
  return -1;
#endif
}

/* −1: it may still be one. */
static gint64
read_any_number (const KennisCsvStraight *self, const Column *column, const char *text, gsize length)
{
  gint64 value;

  return kennis_csv_plain_value (self->plan, step_of (self, column), text, length, &value) ? value : -1;
}

/* One that is not written like the one before, which its form becomes; or it says nothing. */
static G_GNUC_NO_INLINE guint32
take_other_number (KennisCsvStraight *self, const Column *column, guint i, const char *text, gsize length, Form *form)
{
  gint64 value = -1;

  if (length == 0)
    {
      self->kinds[i] |= column->step.if_empty;
      return 0;
    }
  if (column->step.kind != KENNIS_CSV_STRAIGHT_DURATION)
    {
      const char *point = memrchr (text, self->decimal, length);
      gsize decimals = point != NULL ? (gsize) (text + length - point) - 1 : 0;

      if (decimals <= MOST_DECIMALS)
        {
          *form = column->forms[decimals];
          value = read_number (form, text, length);
        }
    }
  if (value < 0)
    value = read_any_number (self, column, text, length);
  self->kinds[i] |= (guint64) value <= G_MAXUINT32 ? column->step.bit : KENNIS_CSV_STRAIGHT_OTHER;

  return (guint32) value;
}

static void
take_numbers (KennisCsvStraight *self, Column *column)
{
  const gboolean is_short = column->step.kind != KENNIS_CSV_STRAIGHT_DURATION;
  const guint32 bit = column->step.bit;
  const Cells cells = cells_of (self, column);
  guint32 *amounts = amounts_of (self, column);
  Form form = column->forms[column->form];

  for (guint i = 0; i < cells.n; i++)
    {
      gsize length;
      const char *text = cell (&cells, i, &length);
      guint64 value = is_short ? (guint64) read_number (&form, text, length) : G_MAXUINT64;

      if (G_UNLIKELY (value > G_MAXUINT32))
        {
          amounts[i] = take_other_number (self, column, i, text, length, &form);
          continue;
        }
      self->kinds[i] |= bit;
      amounts[i] = (guint32) value;
    }
  column->form = form.n_decimals;
}

static void
take_nothing (KennisCsvStraight *self, Column *column)
{
  const Cells cells = cells_of (self, column);
  const guint32 if_empty = column->step.if_empty;

  for (guint i = 0; i < cells.n; i++)
    {
      gsize length;

      cell (&cells, i, &length);
      self->kinds[i] |= length > 0 ? KENNIS_CSV_STRAIGHT_OTHER : if_empty;
    }
}

static void
take_column (KennisCsvStraight *self, Column *column)
{
  switch ((KennisCsvStraightKind) column->step.kind)
    {
    case KENNIS_CSV_STRAIGHT_PERSON:
      take_persons (self, column);
      break;
    case KENNIS_CSV_STRAIGHT_KIND:
      take_kinds (self, column);
      break;
    case KENNIS_CSV_STRAIGHT_TIME:
      take_times (self, column);
      break;
    case KENNIS_CSV_STRAIGHT_AMOUNT:
      take_amounts (self, column);
      break;
    case KENNIS_CSV_STRAIGHT_HOURS:
    case KENNIS_CSV_STRAIGHT_DURATION:
    case KENNIS_CSV_STRAIGHT_MONEY:
      take_numbers (self, column);
      break;
    case KENNIS_CSV_STRAIGHT_NEVER:
    default:
      take_nothing (self, column);
      break;
    }
}

/* Of what has more times than the one that counts: what a dataset checks of their order; and is it one cell, and one spell, of one month?  Then
 * what of `when` follows from them. */
static gboolean
join_times (const KennisCsvStraight *self, guint i, gint32 day, guint64 *when)
{
  const Times *start = &self->times[place_of (KENNIS_ACTIVITY_START)], *ended = start + 1,
              *applied = &self->times[place_of (KENNIS_ACTIVITY_APPLIED)], *evaluated = applied + 1;
  guint64 kind = self->kinds[i];
  gboolean lasts = (kind & START) != 0 && (kind & ENDED) != 0;

  if ((kind & START) != 0
      && ((lasts && ended->values[i] < start->values[i])
          || ((kind & APPLIED) != 0 && applied->values[i] < start->values[i])
          || ((kind & EVALUATED) != 0 && evaluated->values[i] < start->values[i])))
    return FALSE;
  if (lasts)
    {
      if (start->days[i] != day
          && (KENNIS_PLAIN_STATUS (kind >> KENNIS_PLAIN_CODES) == KENNIS_STATUS_ENROLLED
              || kennis_month_of_day (start->days[i]) != kennis_month_of_day (day)))
        return FALSE;
      *when |= kennis_plain_days (day, start->days[i]) << KENNIS_PLAIN_SINCE;
    }
  if ((kind & APPLIED) != 0 && (kind & ENDED) != 0)
    {
      guint32 until = kennis_plain_days (applied->days[i], day);

      if (until >> KENNIS_PLAIN_UNTIL_BITS != 0)
        return FALSE;
      *when |= until;
    }

  return TRUE;
}

static inline gboolean
pack (KennisCsvStraight *self, guint i)
{
  KennisPlainRows *out = &self->out;
  guint64 kind = self->kinds[i], said = kind & (START | ENDED | APPLIED | EVALUATED), when;
  const Times *counted =
      &self->times[(kind & ENDED) != 0 ? place_of (KENNIS_ACTIVITY_ENDED) : place_of (KENNIS_ACTIVITY_START)];

  if ((kind & KENNIS_CSV_STRAIGHT_OTHER) != 0 || (kind & (START | ENDED)) == 0)
    return FALSE;
  when = (guint64) (guint32) (counted->days[i] - KENNIS_PLAIN_FIRST_DAY) << KENNIS_PLAIN_DAY;
  if (said != ENDED && said != START && !join_times (self, i, counted->days[i], &when))
    return FALSE;

  out->rows[out->n] = (KennisPlainRow) { kind, when, self->durations[i], self->costs[i] };
  out->persons[out->n] = self->persons[i];
  out->counted[out->n++] = counted->values[i];

  return TRUE;
}

guint
kennis_csv_straight_rows (KennisCsvStraight *self, const char *text, guint32 *const *rows, guint n, guint8 *is_other)
{
  self->text = text;
  self->rows = rows;
  self->n = n;
  memset (self->durations, 0, n * sizeof *self->durations);
  memset (self->costs, 0, n * sizeof *self->costs);
  for (guint i = 0; i < n; i++)
    self->kinds[i] = (guint64) KENNIS_INTERN_NONE << KENNIS_PLAIN_TOPIC;
  for (guint s = 0; s < self->n_columns; s++)
    take_column (self, &self->columns[s]);

  self->out.n = 0;
  for (guint i = 0; i < n; i++)
    is_other[i] = !pack (self, i);
  if (self->out.n > 0)
    kennis_plain_sink_add (self->straight->sink, self->thread, &self->out);

  return n - self->out.n;
}
