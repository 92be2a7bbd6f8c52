#include "config.h"

#include "read/kennis-csv-plan-private.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define STEP 64u
#define SPARE 16u     /* places that are written to behind the last mark */

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
  if (length + STEP + SPARE <= self->room)
    return;
  kennis_csv_marks_clear (self);
  self->room = length + length / 2 + STEP + SPARE;
  self->cells = g_new (guint32, self->room + 1) + 1;
  self->rows = g_new (guint32, self->room);
  self->odd = g_new (guint32, self->room);
}

/* Of 64 bytes a bit for each that is one of these. */
typedef struct
{
  guint64 lines, cells, returns, quotes;
} Bits;

typedef void (*Look) (const char *text, char delimiter, Bits *bits);
/* Writes at + place of every bit. */
typedef void (*Put) (guint32 *out, guint32 at, guint64 bits);

static inline void
put (guint32 *out, guint32 at, guint64 bits)
{
  for (; bits != 0; bits &= bits - 1)
    *out++ = at + (guint32) __builtin_ctzll (bits);
}

#ifdef __SSE2__
static inline guint64
bits_of (const __m128i bytes[4], char wanted)
{
  const __m128i all = _mm_set1_epi8 (wanted);
  guint64 bits = 0;

#pragma GCC unroll 4
  for (guint i = 0; i < 4; i++)
    bits |= (guint64) (guint32) _mm_movemask_epi8 (_mm_cmpeq_epi8 (bytes[i], all)) << 16 * i;

  return bits;
}

static inline void
look (const char *text, char delimiter, Bits *bits)
{
  __m128i bytes[4];

#pragma GCC unroll 4
  for (guint i = 0; i < 4; i++)
    bytes[i] = _mm_loadu_si128 ((const __m128i *) (const void *) (text + 16 * i));
  *bits = (Bits) { bits_of (bytes, '\n'), bits_of (bytes, delimiter), bits_of (bytes, '\r'), bits_of (bytes, '"') };
}
#else
static inline void
look (const char *text, char delimiter, Bits *bits)
{
  *bits = (Bits) { 0, 0, 0, 0 };
  for (guint i = 0; i < STEP; i++)
    {
      bits->lines |= (guint64) (text[i] == '\n') << i;
      bits->cells |= (guint64) (text[i] == delimiter) << i;
      bits->returns |= (guint64) (text[i] == '\r') << i;
      bits->quotes |= (guint64) (text[i] == '"') << i;
    }
}
#endif

/* Compiled once for each way to look. */
static inline __attribute__ ((always_inline)) void
find (KennisCsvMarks *self, const char *text, gsize length, char delimiter, Look how, Put write)
{
  guint32 *cells = self->cells, *rows = self->rows, *odd = self->odd;
  guint64 return_before = 0;

  for (gsize at = 0; at < length; at += STEP)
    {
      char last[STEP];
      const char *c = text + at;
      Bits bits;
      guint64 strange;

      if (G_UNLIKELY (length - at < STEP))
        {
          memset (last, 0, STEP);
          memcpy (last, c, length - at);
          c = last;
        }
      how (c, delimiter, &bits);
      bits.cells |= bits.lines;
      /* A return before a line feed is nothing strange; whether one follows the last byte is seen with the next ones. */
      if (G_UNLIKELY (return_before != 0 && (bits.lines & 1) == 0))
        *odd++ = (guint32) at - 1;
      strange = bits.quotes | (bits.returns & ~(bits.lines >> 1) & ~(G_GUINT64_CONSTANT (1) << 63));
      return_before = bits.returns >> 63;
      for (; G_UNLIKELY (strange != 0); strange &= strange - 1)
        *odd++ = (guint32) at + (guint32) __builtin_ctzll (strange);
      for (guint64 left = bits.lines; left != 0; left &= left - 1)
        *rows++ = (guint32) (cells - self->cells) + (guint32) __builtin_popcountll (bits.cells & ((left & -left) - 1));
      write (cells, (guint32) at, bits.cells);
      cells += __builtin_popcountll (bits.cells);
    }
  if (return_before != 0)
    *odd++ = (guint32) length - 1;
  self->n_rows = (gsize) (rows - self->rows);
  self->n_odd = (gsize) (odd - self->odd);
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

__attribute__ ((target ("avx2,bmi,popcnt"))) static inline guint64
bits_of_32 (__m256i low, __m256i high, char wanted)
{
  const __m256i all = _mm256_set1_epi8 (wanted);

  return (guint32) _mm256_movemask_epi8 (_mm256_cmpeq_epi8 (low, all))
         | (guint64) (guint32) _mm256_movemask_epi8 (_mm256_cmpeq_epi8 (high, all)) << 32;
}

__attribute__ ((target ("avx2,bmi,popcnt"))) static inline void
look_32 (const char *text, char delimiter, Bits *bits)
{
  __m256i low = _mm256_loadu_si256 ((const __m256i *) (const void *) text),
          high = _mm256_loadu_si256 ((const __m256i *) (const void *) (text + 32));

  *bits = (Bits) { bits_of_32 (low, high, '\n'), bits_of_32 (low, high, delimiter), bits_of_32 (low, high, '\r'),
                   bits_of_32 (low, high, '"') };
}

/* Always eight, as most steps have about as many: a loop that ended elsewhere each time would cost more. */
__attribute__ ((target ("avx2,bmi,popcnt"))) static inline void
put_eights (guint32 *out, guint32 at, guint64 bits)
{
  for (int left = __builtin_popcountll (bits); left > 0; left -= 8)
#pragma GCC unroll 8
    for (guint i = 0; i < 8; i++, bits = _blsr_u64 (bits))
      *out++ = at + (guint32) _tzcnt_u64 (bits);
}

__attribute__ ((target ("avx2,bmi,popcnt"))) static void
find_32 (KennisCsvMarks *self, const char *text, gsize length, char delimiter)
{
  find (self, text, length, delimiter, look_32, put_eights);
}

__attribute__ ((target ("avx512bw,bmi,popcnt"))) static inline void
look_64 (const char *text, char delimiter, Bits *bits)
{
  __m512i bytes = _mm512_loadu_si512 (text);

  *bits = (Bits) { _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 ('\n')),
                   _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 (delimiter)),
                   _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 ('\r')),
                   _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 ('"')) };
}

__attribute__ ((target ("avx512bw,bmi,popcnt"))) static void
find_64 (KennisCsvMarks *self, const char *text, gsize length, char delimiter)
{
  find (self, text, length, delimiter, look_64, put_eights);
}
#endif

void
kennis_csv_marks_find (KennisCsvMarks *self, const char *text, gsize length, char delimiter)
{
  make_room (self, length);
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports ("avx512bw"))
    {
      find_64 (self, text, length, delimiter);
      return;
    }
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("bmi") && __builtin_cpu_supports ("popcnt"))
    {
      find_32 (self, text, length, delimiter);
      return;
    }
#endif
  find (self, text, length, delimiter, look, put);
}
