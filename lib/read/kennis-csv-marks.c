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
/* Writes at + place of every bit; up to SPARE places behind the last one may be written to as well. */
typedef void (*Put) (guint32 *out, guint32 at, guint64 bits);
/* Of the cells of 64 bytes, the first one in the lowest bit, a bit for each that ends a line. */
typedef guint64 (*Number) (guint64 lines, guint64 cells);

static inline void
put (guint32 *out, guint32 at, guint64 bits)
{
  for (; bits != 0; bits &= bits - 1)
    *out++ = at + (guint32) __builtin_ctzll (bits);
}

static inline guint64
number (guint64 lines, guint64 cells)
{
  guint64 bits = 0;

  for (; lines != 0; lines &= lines - 1)
    bits |= G_GUINT64_CONSTANT (1) << __builtin_popcountll (cells & ((lines & -lines) - 1));

  return bits;
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
find (KennisCsvMarks *self, const char *text, gsize length, char delimiter, Look how, Number which, Put write_row, Put write_cell)
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
      write_row (rows, (guint32) (cells - self->cells), which (bits.lines, bits.cells));
      rows += __builtin_popcountll (bits.lines);
      write_cell (cells, (guint32) at, bits.cells);
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
  find (self, text, length, delimiter, look_32, number, put, put_eights);
}

#define WIDEST "avx512bw,avx512vbmi2,bmi,bmi2,popcnt"

__attribute__ ((target (WIDEST))) static inline void
look_64 (const char *text, char delimiter, Bits *bits)
{
  __m512i bytes = _mm512_loadu_si512 (text);

  *bits = (Bits) { _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 ('\n')),
                   _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 (delimiter)),
                   _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 ('\r')),
                   _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 ('"')) };
}

__attribute__ ((target (WIDEST))) static inline guint64
number_64 (guint64 lines, guint64 cells)
{
  return _pext_u64 (lines, cells);
}

/* The places of the bits beside one another, sixteen at once. */
__attribute__ ((target (WIDEST))) static inline void
put_64 (guint32 *out, guint32 at, guint64 bits)
{
  static const guint8 all[64] = { 0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
                                  22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
                                  44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63 };
  __m512i places = _mm512_maskz_compress_epi8 (bits, _mm512_loadu_si512 (all));

  for (int left = __builtin_popcountll (bits);; left -= 16, out += 16)
    {
      __m512i few = _mm512_cvtepu8_epi32 (_mm512_castsi512_si128 (places));

      _mm512_storeu_si512 (out, _mm512_add_epi32 (few, _mm512_set1_epi32 ((int) at)));
      if (G_LIKELY (left <= 16))
        return;
      places = _mm512_alignr_epi64 (places, places, 2);
    }
}

__attribute__ ((target (WIDEST))) static void
find_64 (KennisCsvMarks *self, const char *text, gsize length, char delimiter)
{
  find (self, text, length, delimiter, look_64, number_64, put_64, put_64);
}
#endif

void
kennis_csv_marks_find (KennisCsvMarks *self, const char *text, gsize length, char delimiter)
{
  make_room (self, length);
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports ("avx512bw") && __builtin_cpu_supports ("avx512vbmi2") && __builtin_cpu_supports ("bmi2"))
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
  find (self, text, length, delimiter, look, number, put, put);
}
