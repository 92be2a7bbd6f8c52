#include "config.h"

#include "read/kennis-csv-straight-private.h"

#include <string.h>

/* Past the LF that ends the row which begins here, quotes seen as kennis-csv-rows.c sees them; NULL: it does not end. */
static const char *
row_end (const char *c, const char *end, char delimiter)
{
  gboolean at_cell = TRUE;

  while (c < end)
    {
      if (at_cell && *c == '"')
        {
          /* To the quote that closes: two are one in the text. */
          for (c++;; c += 2)
            {
              c = memchr (c, '"', (gsize) (end - c));
              if (c == NULL || c + 1 == end)
                return NULL;
              if (c[1] != '"')
                break;
            }
          c++;
          at_cell = FALSE;
          continue;
        }
      if (*c == '\n')
        return c + 1;
      at_cell = *c == delimiter || *c == '\r';
      c++;
    }

  return NULL;
}

gsize
kennis_csv_whole_rows (const char *text, gsize length, char delimiter)
{
  const char *end = text + length, *at = text, *last;

  if (memchr (text, '"', length) == NULL)
    {
      last = memrchr (text, '\n', length);
      return last != NULL ? (gsize) (last + 1 - text) : 0;
    }
  for (const char *next = text; next != NULL; next = row_end (next, end, delimiter))
    at = next;

  return (gsize) (at - text);
}

/* Of CR CR LF at the ends of rows one CR goes, where the block ends so: each would be a return within a row else, which is odd.  What stands in
 * quotes stays as it is. */
static void
drop_returns (KennisCsvBlock *block, char delimiter)
{
  const char *end = block->text + block->length;
  gboolean has_quotes;
  char *out = block->text;

  if (block->length < 3 || memcmp (end - 3, "\r\r\n", 3) != 0)
    return;
  has_quotes = memchr (block->text, '"', block->length) != NULL;
  for (const char *at = block->text, *next; at < end; at = next)
    {
      gsize n;

      next = has_quotes ? row_end (at, end, delimiter) : (const char *) memchr (at, '\n', (gsize) (end - at)) + 1;
      n = (gsize) (next - at);
      if (n >= 3 && memcmp (next - 3, "\r\r\n", 3) == 0)
        {
          memmove (out, at, n - 3);
          memcpy (out + n - 3, "\r\n", 2);
          out += n - 1;
        }
      else
        {
          memmove (out, at, n);
          out += n;
        }
    }
  block->length = (gsize) (out - block->text);
}

/* Rows that are being looked at. */
typedef struct
{
  const KennisCsvPlan *plan;
  KennisCsvWords      *words;
  KennisCsvStraight   *straight;
  KennisCsvBlock      *block;
  const char          *start;      /* of the row at hand */
  KennisCsvBetween     between;    /* since the last item */
  guint32             *rows[KENNIS_CSV_STRAIGHT_ROWS];   /* that wait to go straight: the ends of their cells, in the block's text */
  guint                n_rows;
} Split;

static void
add_item (Split *self, const char *start, const char *end, gboolean is_long_way)
{
  KennisCsvItem item = { .at = (guint32) (start - self->block->text),
                         .length = (guint32) (end - start),
                         .before = self->between,
                         .is_long_way = is_long_way };

  g_array_append_val (self->block->items, item);
  self->between = (KennisCsvBetween) { 0 };
}

/* Digits, and decimals behind the point: the value × 10^scale.  False: it may still be a number. */
static inline gboolean
plain_number (const char *c, gsize length, char point, guint scale, gint64 *value)
{
  static const gint64 powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };
  const char *end = c + length;
  gint64 number = 0;
  guint decimals = 0;

  if (length > 12 || !g_ascii_isdigit (*c))
    return FALSE;
  while (c < end && (guchar) (*c - '0') <= 9)
    number = number * 10 + (*c++ - '0');
  if (c < end && *c == point)
    for (c++; c < end && (guchar) (*c - '0') <= 9; c++, decimals++)
      number = number * 10 + (*c - '0');
  if (c < end || decimals > scale)
    return FALSE;
  *value = number * powers[scale - decimals];

  return TRUE;
}

static inline gboolean
duration_of (const KennisCsvPlan *plan, KennisCellUnit unit, const char *text, gsize length, gint64 *value)
{
  const char *accepted;
  gint64 micro;

  if (unit == KENNIS_CELL_HOURS && plan->rules.thousands[0] == '\0'
      && plain_number (text, length, plan->rules.decimal, 6, &micro) && micro < G_GINT64_CONSTANT (1000000000000))
    {
      *value = (micro * 36 + 5) / 10; /* 3 600 000 ms in a million millionths, the nearest */
      return TRUE;
    }

  return kennis_csv_duration (&plan->rules, text, length, unit, plan->reader->year_days, value, &accepted);
}

static inline gboolean
number_of (const KennisCsvPlan *plan, const KennisCsvStep *step, const char *text, gsize length, gint64 *value)
{
  return step->template->unit == KENNIS_CELL_NONE && plan->rules.thousands[0] == '\0'
         && plain_number (text, length, plan->rules.decimal, step->scale, value);
}

/* Spaces around a cell go, the one that must not break as well: the long way. */
static inline gboolean
is_trimmed (const char *text, gsize length)
{
  guchar first = (guchar) text[0], last = (guchar) text[length - 1];

  return first > ' ' && last > ' ' && first != 0xc2 && last != 0xa0;
}

gboolean
kennis_csv_plain_value (const KennisCsvPlan *plan, const KennisCsvStep *step, const char *text, gsize length, gint64 *value)
{
  return is_trimmed (text, length)
         && (step->kind == KENNIS_CSV_STEP_DURATION ? duration_of (plan, step->template->unit, text, length, value)
                                                    : number_of (plan, step, text, length, value));
}

gboolean
kennis_csv_plain_time (const KennisCsvPlan *plan, const KennisCsvStep *step, const char *text, gsize length, gint64 *value)
{
  const char *accepted;

  if (!is_trimmed (text, length)
      || !kennis_csv_time (&plan->rules, text, length, step->template->unit, plan->calendar, value, &accepted))
    return FALSE;
  *value = kennis_reader_coarsen (plan->reader, plan->days, *value);

  return TRUE;
}

/* False: the row must go the long way. */
static inline gboolean
cell_value (Split *self, guint s, const KennisCsvStep *step, const char *text, gsize length, gint64 *value)
{
  const KennisCsvPlan *plan = self->plan;
  const char *accepted;
  gsize at = (gsize) (text - self->block->text);

  switch (step->kind)
    {
    case KENNIS_CSV_STEP_TIME:
      if (!kennis_csv_time (&plan->rules, text, length, step->template->unit, plan->calendar, value, &accepted))
        return FALSE;
      *value = kennis_reader_coarsen (plan->reader, plan->days, *value);
      return TRUE;
    case KENNIS_CSV_STEP_DURATION:
      return duration_of (plan, step->template->unit, text, length, value);
    case KENNIS_CSV_STEP_NUMBER:
      return number_of (plan, step, text, length, value);
    case KENNIS_CSV_STEP_TEXT:
      *value = kennis_csv_word (KENNIS_CSV_NO_WORD, at, length);
      return TRUE;
    case KENNIS_CSV_STEP_WORD:
    case KENNIS_CSV_STEP_FILTER:
    default:
      *value = kennis_csv_word (kennis_csv_words_find (self->words, s, text, length), at, length);
      return TRUE;
    }
}

/* Where the first cell says what the header says there, in upper or lower case, the long way must tell whether all of them do. */
static inline gboolean
may_be_header (const KennisCsvPlan *plan, const char *text, gsize length)
{
  return length == plan->first_length && g_ascii_strncasecmp (plan->first_name, text, length) == 0;
}

static inline gboolean
row_values (Split *self, const guint32 *ends, gint64 *values)
{
  const KennisCsvPlan *plan = self->plan;
  const KennisCsvStep *steps = (const KennisCsvStep *) (const void *) plan->steps->data;
  const char *text = self->block->text;
  gboolean says_anything = FALSE;

  for (guint s = 0; s < plan->steps->len; s++)
    {
      const KennisCsvStep *step = &steps[s];
      const guint32 at = ends[(int) step->column - 1] + 1;
      const char *from = text + at;
      gsize length = ends[step->column] - at;

      values[s] = KENNIS_CSV_NOTHING;
      if (length > 0 && step->column == plan->n_cells - 1 && from[length - 1] == '\r')
        length--;
      if (length == 0)
        continue;
      if (!is_trimmed (from, length) || !cell_value (self, s, step, from, length, &values[s])
          || (s == 0 && may_be_header (plan, from, length)))
        return FALSE;
      says_anything = TRUE;
    }

  return says_anything;
}

/* A row of as many cells as the header, into values, or the long way. */
static void
quick_row (Split *self, const guint32 *ends)
{
  GArray *values = self->block->values;
  const char *text = self->block->text;
  const guint32 at = ends[-1] + 1;
  guint n = self->plan->steps->len;
  gboolean ok;

  g_array_set_size (values, values->len + n);
  ok = row_values (self, ends, &g_array_index (values, gint64, values->len - n));
  if (!ok)
    g_array_set_size (values, values->len - n);
  add_item (self, text + at, text + ends[self->plan->n_cells - 1] + 1, !ok);
}

/* The rows that wait. */
static void
take_rows (Split *self)
{
  guint8 is_other[KENNIS_CSV_STRAIGHT_ROWS];
  guint n = self->n_rows, n_others;
  KennisCsvBetween *between = &self->between;

  if (n == 0)
    return;
  n_others = kennis_csv_straight_rows (self->straight, self->block->text, self->rows, n, is_other);
  for (guint i = 0; n_others > 0 && i < n; i++)
    if (is_other[i])
      quick_row (self, self->rows[i]);
    else
      between->last = between->n_straight++ + between->n_empty + 1;
  if (n_others == 0)
    {
      between->n_straight += n;
      between->last = between->n_straight + between->n_empty;
    }
  self->n_rows = 0;
}

/* The row from self->start, all of whose n_cells ends are known, and the line feed behind them. */
static inline void
plain_row (Split *self, guint32 *ends, gsize n_cells, const char *end)
{
  /* The place before is that of the row before, or of nothing. */
  ends[-1] = (guint32) (self->start - self->block->text) - 1;
  if (n_cells == self->plan->n_cells && self->straight != NULL)
    {
      self->rows[self->n_rows++] = ends;
      if (self->n_rows == KENNIS_CSV_STRAIGHT_ROWS)
        take_rows (self);
      return;
    }
  take_rows (self);
  if (n_cells == self->plan->n_cells)
    quick_row (self, ends);
  else
    add_item (self, self->start, end + 1, TRUE);
}

/* One with a quote, or with a return in it: where it ends. */
static const char *
odd_row (Split *self, const char *end)
{
  const char *next = row_end (self->start, end, self->plan->delimiter);

  take_rows (self);
  next = next != NULL ? next : end;
  add_item (self, self->start, next, TRUE);

  return next;
}

/* Rows of as many cells as the header, from row r on, up to one that is anything else: the next one.  Each begins behind the line feed of the
 * one before. */
static gsize
plain_rows (Split *self, gsize r, guint32 *ends)
{
  const KennisCsvMarks *marks = &self->block->marks;
  const guint32 n_cells = self->plan->n_cells;

  for (; r < marks->n_rows && marks->cells + marks->rows[r] + 1 == ends + n_cells; r++, ends += n_cells)
    {
      self->rows[self->n_rows++] = ends;
      if (self->n_rows == KENNIS_CSV_STRAIGHT_ROWS)
        take_rows (self);
    }
  self->start = self->block->text + ends[-1] + 1;

  return r;
}

/* Behind the text there are 16 bytes that may be looked at. */
void
kennis_csv_split (const KennisCsvPlan *plan, KennisCsvWords *words, KennisCsvStraight *straight, KennisCsvBlock *block)
{
  KennisCsvMarks *marks = &block->marks;
  const char *text = block->text;
  Split self = { .plan = plan, .words = words, .straight = straight, .block = block, .start = text };
  gsize odd = 0;

  g_array_set_size (block->items, 0);
  g_array_set_size (block->values, 0);
  drop_returns (block, plan->delimiter);
  kennis_csv_marks_find (marks, text, block->length, plan->delimiter);
  for (gsize r = 0; r < marks->n_rows; r++)
    {
      gsize first = r > 0 ? marks->rows[r - 1] + 1 : 0, n_cells = marks->rows[r] + 1 - first;
      guint32 *ends = marks->cells + first;
      const char *end = text + ends[n_cells - 1];

      /* In quotes. */
      if (end < self.start)
        continue;
      while (odd < marks->n_odd && text + marks->odd[odd] < self.start)
        odd++;
      if (G_UNLIKELY (odd < marks->n_odd && text + marks->odd[odd] < end))
        {
          self.start = odd_row (&self, text + block->length);
          continue;
        }
      if (end == self.start)
        {
          take_rows (&self);
          self.between.n_empty++;
        }
      else
        plain_row (&self, ends, n_cells, end);
      self.start = end + 1;
      /* What most texts are from end to end.  A row of one cell may be empty. */
      if (straight != NULL && marks->n_odd == 0 && plan->n_cells > 1)
        r = plain_rows (&self, r + 1, ends + n_cells) - 1;
    }
  take_rows (&self);
  block->at_end = self.between;
}

void
kennis_csv_block_init (KennisCsvBlock *self)
{
  *self = (KennisCsvBlock) { .room = KENNIS_CSV_BLOCK_MAX + 16 };
  self->text = g_malloc0 (self->room);
  self->items = g_array_new (FALSE, FALSE, sizeof (KennisCsvItem));
  self->values = g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
kennis_csv_block_clear (KennisCsvBlock *self)
{
  g_free (self->text);
  kennis_csv_marks_clear (&self->marks);
  g_array_unref (self->items);
  g_array_unref (self->values);
}
