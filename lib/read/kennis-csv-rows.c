#include "config.h"

#include "read/kennis-csv-private.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Where in a row the next character stands. */
enum
{
  AT_ROW,          /* nothing of the row was seen */
  AT_CELL,
  IN_CELL,
  IN_QUOTES,
  AFTER_QUOTE      /* a quote in quotes: the end, or the first of two */
};

void
kennis_csv_row_init (KennisCsvRow *self,
                     char          delimiter)
{
  memset (self, 0, sizeof *self);
  self->delimiter = delimiter;
  self->line = self->first_line = 1;
  self->room = 1024;
  self->cells = g_malloc (self->room);
  self->n_room = 64;
  self->ends = g_new (guint32, self->n_room);
}

void
kennis_csv_row_clear (KennisCsvRow *self)
{
  g_clear_pointer (&self->cells, g_free);
  g_clear_pointer (&self->ends, g_free);
}

static void
append (KennisCsvRow *self, const char *text, gsize length)
{
  if (length > KENNIS_CSV_MAX_ROW - self->n_bytes)
    {
      self->is_long = TRUE;
      return;
    }
  if (self->n_bytes + length > self->room)
    {
      while (self->n_bytes + length > self->room)
        self->room *= 2;
      self->cells = g_realloc (self->cells, self->room);
    }
  memcpy (self->cells + self->n_bytes, text, length);
  self->n_bytes += (guint32) length;
}

static void
end_cell (KennisCsvRow *self)
{
  if (self->n_cells == KENNIS_CSV_MAX_CELLS)
    {
      self->is_wide = TRUE;
      return;
    }
  if (self->n_cells == self->n_room)
    {
      self->n_room *= 2;
      self->ends = g_renew (guint32, self->ends, self->n_room);
    }
  self->ends[self->n_cells++] = self->n_bytes;
}

static void
begin_row (KennisCsvRow *self)
{
  self->n_bytes = self->n_cells = 0;
  self->is_long = self->is_wide = self->in_quotes = self->done = FALSE;
}

/* Every LF is a line, with the CRs before it; so is every CR without one. */
static void
count_line (KennisCsvRow *self, char c)
{
  if (c == '\r')
    {
      self->n_cr++;
      return;
    }
  if (c == '\n')
    self->line++;
  else
    self->line += self->n_cr;
  self->n_cr = 0;
}

/* As much as stands in this cell as it is. */
static gsize
plain_run (const KennisCsvRow *self, const char *text, gsize length)
{
  const char stop = self->state == IN_QUOTES ? '"' : self->delimiter;
  gsize i = 0;

#ifdef __SSE2__
  for (; i + 16 <= length; i += 16)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) (const void *) (text + i));
      __m128i found = _mm_or_si128 (
          _mm_cmpeq_epi8 (bytes, _mm_set1_epi8 (stop)),
          _mm_or_si128 (_mm_cmpeq_epi8 (bytes, _mm_set1_epi8 ('\n')), _mm_cmpeq_epi8 (bytes, _mm_set1_epi8 ('\r'))));
      guint marks = (guint) _mm_movemask_epi8 (found);

      if (marks != 0)
        return i + (gsize) __builtin_ctz (marks);
    }
#endif
  while (i < length && text[i] != stop && text[i] != '\n' && text[i] != '\r')
    i++;

  return i;
}

/* True at the end of a row. */
static gboolean
take (KennisCsvRow *self, char c)
{
  if (self->state == IN_QUOTES)
    {
      if (c == '"')
        self->state = AFTER_QUOTE;
      else
        append (self, &c, 1);
      return FALSE;
    }
  if (c == '\n' || c == '\r')
    {
      gboolean is_row = self->state != AT_ROW;

      if (is_row)
        end_cell (self);
      self->state = AT_ROW;
      return is_row;
    }
  if (self->state == AT_ROW)
    self->first_line = self->line;

  if (c == '"' && self->state != IN_CELL)
    {
      if (self->state == AFTER_QUOTE)
        append (self, &c, 1);
      self->state = IN_QUOTES;
    }
  else if (c == self->delimiter)
    {
      end_cell (self);
      self->state = AT_CELL;
    }
  else
    {
      append (self, &c, 1);
      self->state = IN_CELL;
    }

  return FALSE;
}

gboolean
kennis_csv_row_feed (KennisCsvRow *self,
                     const char   *text,
                     gsize         length,
                     gsize        *used)
{
  gsize i = 0;

  if (self->done)
    begin_row (self);
  while (i < length)
    {
      gsize run = self->state == IN_CELL || self->state == IN_QUOTES ? plain_run (self, text + i, length - i) : 0;

      if (run > 0)
        {
          if (self->n_cr > 0)
            count_line (self, ' ');
          append (self, text + i, run);
          i += run;
          continue;
        }
      if (text[i] == '\n' || text[i] == '\r' || self->n_cr > 0)
        count_line (self, text[i]);
      if (take (self, text[i++]))
        {
          /* The rest of CRLF or CR CR LF, so that the next character begins a row. */
          if (text[i - 1] == '\r' && i + 1 < length && text[i] == '\r' && text[i + 1] == '\n')
            count_line (self, text[i++]);
          if (text[i - 1] == '\r' && i < length && text[i] == '\n')
            count_line (self, text[i++]);
          self->done = TRUE;
          *used = i;
          return TRUE;
        }
    }
  *used = i;

  return FALSE;
}

gboolean
kennis_csv_row_finish (KennisCsvRow *self)
{
  if (self->done)
    begin_row (self);
  if (self->state == AT_ROW)
    return FALSE;

  self->in_quotes = self->state == IN_QUOTES;
  end_cell (self);
  self->state = AT_ROW;
  self->done = TRUE;

  return TRUE;
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

const char *
kennis_csv_row_cell (const KennisCsvRow *self,
                     guint               i,
                     gsize              *length)
{
  gsize from, to;

  *length = 0;
  if (i >= self->n_cells)
    return "";

  from = i > 0 ? self->ends[i - 1] : 0;
  to = self->ends[i];
  while (from < to && is_space (self->cells[from]))
    from++;
  while (to > from && is_space (self->cells[to - 1]))
    to--;
  /* The space that must not break. */
  while (to - from >= 2 && memcmp (self->cells + from, "\xc2\xa0", 2) == 0)
    from += 2;
  while (to - from >= 2 && memcmp (self->cells + to - 2, "\xc2\xa0", 2) == 0)
    to -= 2;
  *length = to - from;

  return self->cells + from;
}

gboolean
kennis_csv_row_is_blank (const KennisCsvRow *self)
{
  gsize length;

  for (guint i = 0; i < self->n_cells; i++)
    {
      kennis_csv_row_cell (self, i, &length);
      if (length > 0)
        return FALSE;
    }

  return TRUE;
}

gboolean
kennis_csv_row_is_between (const KennisCsvRow *self)
{
  return self->state == AT_ROW && self->n_cr == 0;
}
