#include "config.h"

#include "base/kennis-wide-private.h"
#include "read/kennis-csv-plan-private.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define STEP 64u

void
kennis_csv_marks_clear (KennisCsvMarks *self)
{
  if (self->cells != NULL)
    g_free (self->cells - 1);
  self->cells = NULL;
  g_clear_pointer (&self->rows, g_free);
  g_clear_pointer (&self->odd, g_free);
  self->room = 0;
}

/* Every byte may be any of them; what is not written to takes no memory. */
static void
make_room (KennisCsvMarks *self, gsize length)
{
  if (length + STEP <= self->room)
    return;
  kennis_csv_marks_clear (self);
  self->room = length + length / 2 + STEP;
  self->cells = g_new (guint32, self->room + 1) + 1;
  self->rows = g_new (guint32, self->room);
  self->odd = g_new (guint32, self->room);
}

/* A bit for each of 64 bytes that is this one. */
static inline guint64
bits_of (const char *text, char wanted)
{
  guint64 bits = 0;

#ifdef __SSE2__
  for (guint i = 0; i < STEP; i += 16)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) (const void *) (text + i));

      bits |= (guint64) (guint32) _mm_movemask_epi8 (_mm_cmpeq_epi8 (bytes, _mm_set1_epi8 (wanted))) << i;
    }
#else
  for (guint i = 0; i < STEP; i++)
    bits |= (guint64) (text[i] == wanted) << i;
#endif

  return bits;
}

KENNIS_WIDE void
kennis_csv_marks_find (KennisCsvMarks *self, const char *text, gsize length, char delimiter)
{
  guint32 *cells, *rows, *odd;
  guint64 cr_before = 0;

  make_room (self, length);
  cells = self->cells;
  rows = self->rows;
  odd = self->odd;
  for (gsize at = 0; at < length; at += STEP)
    {
      char last[STEP];
      const char *c = text + at;
      guint64 lines, all, strange, returns;

      if (G_UNLIKELY (length - at < STEP))
        {
          memset (last, 0, STEP);
          memcpy (last, c, length - at);
          c = last;
        }
      lines = bits_of (c, '\n');
      all = lines | bits_of (c, delimiter);
      returns = bits_of (c, '\r');
      strange = bits_of (c, '"');
      /* A return before a line feed is nothing strange; whether one follows the last byte is seen with the next ones. */
      if (G_UNLIKELY (cr_before != 0 && (lines & 1) == 0))
        *odd++ = (guint32) at - 1;
      strange |= returns & ~(lines >> 1) & ~(G_GUINT64_CONSTANT (1) << 63);
      cr_before = returns >> 63;
      for (; G_UNLIKELY (strange != 0); strange &= strange - 1)
        *odd++ = (guint32) at + (guint32) __builtin_ctzll (strange);
      for (guint64 left = lines; left != 0; left &= left - 1)
        *rows++ = (guint32) (cells - self->cells) + (guint32) __builtin_popcountll (all & ((left & -left) - 1));
      for (; all != 0; all &= all - 1)
        *cells++ = (guint32) at + (guint32) __builtin_ctzll (all);
    }
  self->n_rows = (gsize) (rows - self->rows);
  self->n_odd = (gsize) (odd - self->odd);
  if (cr_before != 0)
    self->odd[self->n_odd++] = (guint32) length - 1;
}
