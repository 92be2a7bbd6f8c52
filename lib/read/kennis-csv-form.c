#include "config.h"

#include "read/kennis-csv-form-private.h"

void
kennis_csv_form_init (KennisCsvForm *self, char point, guint n_decimals, guint64 one)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101), ends = n_decimals > 0 ? 8 * (7 - n_decimals) : 0,
                at_point = n_decimals > 0 ? G_GUINT64_CONSTANT (0xff) << ends : 0;

  *self = (KennisCsvForm) { .least = n_decimals > 0 ? n_decimals + 2 : 1,
                            .text = (ones * '0' & ~at_point) | (ones * (guchar) point & at_point),
                            .digits = ones * 6 & ~at_point,
                            .wrong = ones * 0xf0 | at_point,
                            .whole = (G_GUINT64_CONSTANT (1) << ends) - 1,
                            .factor = one };
  self->decimals = ~(self->whole | at_point);
  for (guint d = 0; d < n_decimals; d++)
    self->factor /= 10;
}

/* Eight digits, the first one in the lowest byte. */
static inline __attribute__ ((always_inline)) guint64
eight_digits (guint64 x)
{
  x = x * 2561 >> 8;
  x = (x & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff)) * 6553601 >> 16;

  return (x & G_GUINT64_CONSTANT (0x0000ffff0000ffff)) * G_GUINT64_CONSTANT (42949672960001) >> 32;
}

/* All of it at once. */
static inline __attribute__ ((always_inline)) gint64
read_one (const KennisCsvForm *self, const char *text, gsize length)
{
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  guint64 x, before;

  if (G_UNLIKELY (length - self->least > KENNIS_CSV_FORM_MOST - self->least))
    return -1;
  memcpy (&x, text, sizeof x);
  /* The last character is the highest byte, and before the first one there is nothing but 0. */
  before = 64 - 8 * length;
  x = (x ^ self->text >> before) << before;
  if (G_UNLIKELY (((x | (x + self->digits)) & self->wrong) != 0))
    return -1;

  return (gint64) (eight_digits ((x & self->whole) << 8 | (x & self->decimals)) * self->factor);
#else
  return -1;
#endif
}

gint64
kennis_csv_form_read (const KennisCsvForm *self, const char *text, gsize length)
{
  return read_one (self, text, length);
}

static inline __attribute__ ((always_inline)) guint
read_cells (const KennisCsvForm *self, const KennisCsvCells *cells, gboolean is_last, guint first, guint32 *out)
{
  for (guint i = first; i < cells->n; i++)
    {
      gsize length;
      const char *text = kennis_csv_cell (cells, i, is_last, &length);
      guint64 value = (guint64) read_one (self, text, length);

      if (G_UNLIKELY (value > G_MAXUINT32))
        return i;
      out[i] = (guint32) value;
    }

  return cells->n;
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#define WIDEST "avx512f,avx512bw,avx512dq"

/* What eight bytes at each of eight places are. */
__attribute__ ((target (WIDEST))) static inline __m512i
gather (const char *const at[8])
{
  guint64 found[8];

#pragma GCC unroll 8
  for (guint k = 0; k < 8; k++)
    memcpy (&found[k], at[k], sizeof *found);

  return _mm512_set_epi64 ((gint64) found[7], (gint64) found[6], (gint64) found[5], (gint64) found[4],
                           (gint64) found[3], (gint64) found[2], (gint64) found[1], (gint64) found[0]);
}

/* Eight cells as read_one() reads one; as many bits as are written so. */
__attribute__ ((target (WIDEST))) static inline guint8
read_eight (const KennisCsvForm *self, const KennisCsvCells *cells, guint first, __m512i *values)
{
  const char *at[8];
  __m512i lengths, before, x, least = _mm512_set1_epi64 ((gint64) self->least);
  __mmask8 ok;

#pragma GCC unroll 8
  for (guint k = 0; k < 8; k++)
    at[k] = (const char *) (cells->rows[first + k] + cells->column - 1);
  x = gather (at);
#pragma GCC unroll 8
  for (guint k = 0; k < 8; k++)
    at[k] = cells->text + cells->rows[first + k][(int) cells->column - 1] + 1;
  /* The end before it in the low half, its own in the high one: the length, and all the bits of a 64-bit number that 32 make. */
  lengths = _mm512_sub_epi64 (
      _mm512_sub_epi64 (_mm512_srli_epi64 (x, 32), _mm512_and_si512 (x, _mm512_set1_epi64 (0xffffffff))),
      _mm512_set1_epi64 (1));
  lengths = _mm512_and_si512 (lengths, _mm512_set1_epi64 (0xffffffff));
  ok = _mm512_cmple_epu64_mask (_mm512_sub_epi64 (lengths, least),
                                _mm512_sub_epi64 (_mm512_set1_epi64 (KENNIS_CSV_FORM_MOST), least));
  before = _mm512_sub_epi64 (_mm512_set1_epi64 (64), _mm512_slli_epi64 (lengths, 3));
  x = _mm512_xor_si512 (gather (at), _mm512_srlv_epi64 (_mm512_set1_epi64 ((gint64) self->text), before));
  x = _mm512_sllv_epi64 (x, before);
  ok &= _mm512_testn_epi64_mask (_mm512_or_si512 (x, _mm512_add_epi64 (x, _mm512_set1_epi64 ((gint64) self->digits))),
                                 _mm512_set1_epi64 ((gint64) self->wrong));

  x = _mm512_or_si512 (_mm512_slli_epi64 (_mm512_and_si512 (x, _mm512_set1_epi64 ((gint64) self->whole)), 8),
                       _mm512_and_si512 (x, _mm512_set1_epi64 ((gint64) self->decimals)));
  x = _mm512_maddubs_epi16 (x, _mm512_set1_epi16 (0x010a));
  x = _mm512_madd_epi16 (x, _mm512_set1_epi32 (0x00010064));
  x = _mm512_add_epi64 (_mm512_mul_epu32 (x, _mm512_set1_epi64 (10000)), _mm512_srli_epi64 (x, 32));
  *values = _mm512_mul_epu32 (x, _mm512_set1_epi64 ((gint64) self->factor));

  return ok & _mm512_cmple_epu64_mask (*values, _mm512_set1_epi64 (0xffffffff));
}

__attribute__ ((target (WIDEST))) static guint
read_eights (const KennisCsvForm *self, const KennisCsvCells *cells, guint first, guint32 *out)
{
  __m512i values;

  for (; first + 8 <= cells->n && read_eight (self, cells, first, &values) == 0xff; first += 8)
    _mm256_storeu_si256 ((__m256i *) (void *) (out + first), _mm512_cvtepi64_epi32 (values));

  return read_cells (self, cells, FALSE, first, out);
}
#endif

guint
kennis_csv_form_read_cells (const KennisCsvForm *self, const KennisCsvCells *cells, gboolean is_last, guint first, guint32 *out)
{
  if (is_last)
    return read_cells (self, cells, TRUE, first, out);
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports ("avx512bw") && __builtin_cpu_supports ("avx512dq"))
    return read_eights (self, cells, first, out);
#endif

  return read_cells (self, cells, FALSE, first, out);
}
