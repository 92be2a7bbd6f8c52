#include "config.h"

#include "read/kennis-csv-form-private.h"
#include "read/kennis-csv-known-private.h"
#include "read/kennis-csv-straight-private.h"

#include <string.h>

#define MOST_TIMES    8192u              /* that are remembered */
#define NEAR          512u               /* texts of which nobody waits for where they are known */
#define MOST_DECIMALS KENNIS_MONEY_SCALE

/* Bits of a row's kind. */
#define BIT_OF(field) kennis_plain_kind (1u << (field), 0)
#define START         BIT_OF (KENNIS_ACTIVITY_START)
#define ENDED         BIT_OF (KENNIS_ACTIVITY_ENDED)
#define APPLIED       BIT_OF (KENNIS_ACTIVITY_APPLIED)
#define EVALUATED     BIT_OF (KENNIS_ACTIVITY_EVALUATED)

typedef struct
{
  KennisCsvStraightStep step;
  KennisCsvKnown known;
  KennisCsvForm forms[MOST_DECIMALS + 1]; /* of numbers */
  guint form;                             /* that of the last one */
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
  guint64 nothing;                       /* the kind of a row of which no cells but its numbers have been looked at */

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

static gboolean
is_number (const KennisCsvStraightStep *step)
{
  return step->kind == KENNIS_CSV_STRAIGHT_HOURS || step->kind == KENNIS_CSV_STRAIGHT_DURATION
         || step->kind == KENNIS_CSV_STRAIGHT_MONEY;
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
  self->nothing = (guint64) KENNIS_INTERN_NONE << KENNIS_PLAIN_TOPIC;
  for (guint s = 0; s < self->n_columns; s++)
    {
      self->columns[s].step = plan->straight->steps[s];
      if (is_number (&plan->straight->steps[s]))
        self->nothing |= plan->straight->steps[s].bit;
      kennis_csv_known_init (&self->columns[s].known);
      if (plan->straight->steps[s].if_empty == 0)
        kennis_csv_known_add (&self->columns[s].known, nothing, 0, &(KennisCsvMeaning) { 0 });
      for (guint d = 0; d <= MOST_DECIMALS; d++)
        kennis_csv_form_init (&self->columns[s].forms[d], self->decimal, d,
                              /* 3 600 000 ms, or 10 000 parts of the currency unit. */
                              plan->straight->steps[s].kind == KENNIS_CSV_STRAIGHT_HOURS ? 3600000 : 10000);
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

static inline KennisCsvCells
cells_of (const KennisCsvStraight *self, const Column *column)
{
  return (KennisCsvCells) { self->text, self->rows, column->step.column, self->n };
}

/* Of row i, whose cell's text is not where it is nearly always. */
static G_GNUC_NO_INLINE const KennisCsvMeaning *
find (KennisCsvStraight *self, Column *column, guint i, KennisCsvMeaning *spare)
{
  const KennisCsvCells cells = cells_of (self, column);
  gsize length;
  const char *text = kennis_csv_cell (&cells, i, column->step.is_last, &length);
  const KennisCsvMeaning *meaning = kennis_csv_known_find (&column->known, text, length);

  if (meaning == NULL)
    meaning = learn (self, column, text, length, spare);
  if (meaning == &other)
    self->kinds[i] |= KENNIS_CSV_STRAIGHT_OTHER;

  return meaning;
}

/* What is done with what row i's cell means. */
typedef void (*Take) (KennisCsvStraight *self, const Column *column, guint i, const KennisCsvMeaning *meaning);

static inline __attribute__ ((always_inline)) void
take_near (KennisCsvStraight *self, Column *column, gboolean is_last, Take take)
{
  const KennisCsvCells cells = cells_of (self, column);
  KennisCsvMeaning spare;

  for (guint i = 0; i < cells.n; i++)
    {
      KennisCsvKnownPlace place;
      gsize length;
      const char *text = kennis_csv_cell (&cells, i, is_last, &length);
      const KennisCsvMeaning *meaning;

      kennis_csv_known_place (&column->known, text, length, &place);
      meaning = kennis_csv_known_at (&column->known, &place);
      take (self, column, i, G_LIKELY (meaning != NULL) ? meaning : find (self, column, i, &spare));
    }
}

/* Many texts: where they are is fetched first. */
static inline __attribute__ ((always_inline)) void
take_far (KennisCsvStraight *self, Column *column, Take take)
{
  const KennisCsvCells cells = cells_of (self, column);
  const KennisCsvKnown *known = &column->known;
  const gboolean is_last = column->step.is_last;
  KennisCsvKnownPlace places[KENNIS_PLAIN_ROWS];
  KennisCsvMeaning spare;

  for (guint i = 0; i < cells.n; i++)
    {
      gsize length;
      const char *text = kennis_csv_cell (&cells, i, is_last, &length);

      kennis_csv_known_place (known, text, length, &places[i]);
      kennis_csv_known_prefetch (known, &places[i]);
    }
  for (guint i = 0; i < cells.n; i++)
    {
      const KennisCsvMeaning *meaning = kennis_csv_known_at (known, &places[i]);

      take (self, column, i, G_LIKELY (meaning != NULL) ? meaning : find (self, column, i, &spare));
    }
}

/* Most cells say what the one before says, of which no more is asked than whether they do. */
static inline __attribute__ ((always_inline)) void
take_runs (KennisCsvStraight *self, Column *column, Take take)
{
  const KennisCsvCells cells = cells_of (self, column);
  const gboolean is_last = column->step.is_last;
  guint64 key[2] = { 0, 0 }, masks[2] = { 0, 0 };
  gsize length = G_MAXSIZE; /* that of none */
  KennisCsvMeaning spare, meaning = { 0 };

  for (guint i = 0; i < cells.n; i++)
    {
      gsize l;
      const char *text = kennis_csv_cell (&cells, i, is_last, &l);

      if (G_UNLIKELY (l != length || !kennis_csv_known_has_key (text, masks, key)))
        {
          const KennisCsvMeaning *found = find (self, column, i, &spare);

          meaning = *found;
          length = l <= KENNIS_CSV_SHORT && found != &other ? l : G_MAXSIZE;
          if (length == l)
            {
              kennis_csv_known_key (text, l, key);
              memcpy (masks, kennis_csv_known_length (l)->masks, sizeof masks);
            }
        }
      take (self, column, i, &meaning);
    }
}

/* Whether cells here and there say the same. */
static gboolean
has_runs (const KennisCsvStraight *self, const Column *column)
{
  const KennisCsvCells cells = cells_of (self, column);
  gsize length, l;
  const char *text = kennis_csv_cell (&cells, 0, column->step.is_last, &length);

  for (guint k = 1; k <= 4; k++)
    {
      const char *t = kennis_csv_cell (&cells, k * (cells.n - 1) / 4, column->step.is_last, &l);

      if (l != length || memcmp (t, text, l) != 0)
        return FALSE;
    }

  return TRUE;
}

static inline __attribute__ ((always_inline)) void
take_words (KennisCsvStraight *self, Column *column, Take take)
{
  if (has_runs (self, column))
    take_runs (self, column, take);
  else if (column->known.n > NEAR)
    take_far (self, column, take);
  else if (column->step.is_last)
    take_near (self, column, TRUE, take);
  else
    take_near (self, column, FALSE, take);
}

static inline __attribute__ ((always_inline)) void
take_person (KennisCsvStraight *self, const Column *column, guint i, const KennisCsvMeaning *meaning)
{
  self->persons[i] = (guint32) meaning->value;
}

static G_GNUC_NO_INLINE void
take_persons (KennisCsvStraight *self, Column *column)
{
  take_words (self, column, take_person);
}

/* What these columns say differs from nothing in other bits for each. */
static inline __attribute__ ((always_inline)) void
take_kind (KennisCsvStraight *self, const Column *column, guint i, const KennisCsvMeaning *meaning)
{
  self->kinds[i] ^= (guint64) meaning->value;
}

static G_GNUC_NO_INLINE void
take_kinds (KennisCsvStraight *self, Column *column)
{
  take_words (self, column, take_kind);
}

static inline __attribute__ ((always_inline)) void
take_time (KennisCsvStraight *self, const Column *column, guint i, const KennisCsvMeaning *meaning)
{
  Times *times = &self->times[place_of (column->step.field)];

  times->values[i] = meaning->value;
  times->days[i] = meaning->day;
  self->kinds[i] |= meaning->bit;
}

static G_GNUC_NO_INLINE void
take_times (KennisCsvStraight *self, Column *column)
{
  take_words (self, column, take_time);
}

static inline guint32 *
amounts_of (KennisCsvStraight *self, const Column *column)
{
  return column->step.field == KENNIS_ACTIVITY_DURATION ? self->durations : self->costs;
}

static inline __attribute__ ((always_inline)) void
take_amount (KennisCsvStraight *self, const Column *column, guint i, const KennisCsvMeaning *meaning)
{
  amounts_of (self, column)[i] = (guint32) meaning->value;
  self->kinds[i] |= meaning->bit;
}

static G_GNUC_NO_INLINE void
take_amounts (KennisCsvStraight *self, Column *column)
{
  take_words (self, column, take_amount);
}

/* −1: it may still be one. */
static gint64
read_any_number (const KennisCsvStraight *self, const Column *column, const char *text, gsize length)
{
  gint64 value;

  return kennis_csv_plain_value (self->plan, step_of (self, column), text, length, &value) ? value : -1;
}

/* One that is not written like the one before, whose form it changes; or it says nothing. */
static G_GNUC_NO_INLINE guint32
take_other_number (KennisCsvStraight *self, Column *column, guint i)
{
  const KennisCsvCells cells = cells_of (self, column);
  gsize length;
  const char *text = kennis_csv_cell (&cells, i, column->step.is_last, &length);
  gint64 value = -1;

  if (length == 0)
    {
      self->kinds[i] ^= column->step.bit;
      self->kinds[i] |= column->step.if_empty;
      return 0;
    }
  if (column->step.kind != KENNIS_CSV_STRAIGHT_DURATION)
    {
      const char *point = memrchr (text, self->decimal, length);
      gsize decimals = point != NULL ? (gsize) (text + length - point) - 1 : 0;

      if (decimals <= MOST_DECIMALS)
        {
          column->form = (guint) decimals;
          value = kennis_csv_form_read (&column->forms[decimals], text, length);
        }
    }
  if (value < 0)
    value = read_any_number (self, column, text, length);
  if ((guint64) value > G_MAXUINT32)
    self->kinds[i] |= KENNIS_CSV_STRAIGHT_OTHER;

  return (guint32) value;
}

static void
take_numbers (KennisCsvStraight *self, Column *column)
{
  const KennisCsvCells cells = cells_of (self, column);
  const gboolean is_short = column->step.kind != KENNIS_CSV_STRAIGHT_DURATION;
  guint32 *amounts = amounts_of (self, column);

  for (guint i = 0; i < cells.n; i++)
    {
      if (is_short)
        i = kennis_csv_form_read_cells (&column->forms[column->form], &cells, column->step.is_last, i, amounts);
      if (i < cells.n)
        amounts[i] = take_other_number (self, column, i);
    }
}

static void
take_nothing (KennisCsvStraight *self, Column *column)
{
  const KennisCsvCells cells = cells_of (self, column);
  const guint32 if_empty = column->step.if_empty;

  for (guint i = 0; i < cells.n; i++)
    {
      gsize length;

      kennis_csv_cell (&cells, i, column->step.is_last, &length);
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
    self->kinds[i] = self->nothing;
  for (guint s = 0; s < self->n_columns; s++)
    take_column (self, &self->columns[s]);

  self->out.n = 0;
  for (guint i = 0; i < n; i++)
    is_other[i] = !pack (self, i);
  if (self->out.n > 0)
    kennis_plain_sink_add (self->straight->sink, self->thread, &self->out);

  return n - self->out.n;
}
