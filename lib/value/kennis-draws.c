#include "config.h"

#include <math.h>
#include <string.h>
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

#include "base/kennis-random-private.h"
#include "base/kennis-statistics-private.h"
#include "value/kennis-quantity-private.h"

#define LANES 8

/* Philox 4x32-10 as in lib/base/kennis-random.c, for LANES blocks side by side: a counter-based stream has no order
 * in which it must be walked. */
static void
philox_lanes (guint64 seed,
              guint64 stream,
              guint64 block,
              double  out[2 * LANES])
{
  guint32 c0[LANES], c1[LANES], c2[LANES], c3[LANES];
  guint32 k0 = (guint32) seed, k1 = (guint32) (seed >> 32);

  for (int i = 0; i < LANES; i++)
    {
      c0[i] = (guint32) (block + i);
      c1[i] = (guint32) ((block + i) >> 32);
      c2[i] = (guint32) stream;
      c3[i] = (guint32) (stream >> 32);
    }
  for (int round = 0; round < 10; round++)
    {
      for (int i = 0; i < LANES; i++)
        {
          guint64 a = (guint64) 0xd2511f53u * c0[i], b = (guint64) 0xcd9e8d57u * c2[i];

          c0[i] = (guint32) (b >> 32) ^ c1[i] ^ k0;
          c1[i] = (guint32) b;
          c2[i] = (guint32) (a >> 32) ^ c3[i] ^ k1;
          c3[i] = (guint32) a;
        }
      k0 += 0x9e3779b9u;
      k1 += 0xbb67ae85u;
    }
  for (int i = 0; i < LANES; i++)
    {
      guint64 a = ((guint64) c1[i] << 32 | c0[i]) >> 11, b = ((guint64) c3[i] << 32 | c2[i]) >> 11;

      out[2 * i] = (double) (a | (a == 0)) * 0x1p-53;
      out[2 * i + 1] = (double) (b | (b == 0)) * 0x1p-53;
    }
}

/* The same bits where the processor multiplies four at a time: compilers do not find this by themselves. */
#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_FOUR_AT_A_TIME 1
#define FOUR                static inline __attribute__ ((always_inline, target ("avx2")))

/* 53 bits to a double in (0, 1), in halves that a double's own bits can hold: exact. */
FOUR __m256d
units (__m256i low,
       __m256i high)
{
  const __m256i one = _mm256_castpd_si256 (_mm256_set1_pd (0x1p52)), word = _mm256_set1_epi64x (0xffffffff);
  __m256i bits = _mm256_srli_epi64 (_mm256_or_si256 (_mm256_slli_epi64 (high, 32), _mm256_and_si256 (low, word)), 11);
  __m256i below = _mm256_or_si256 (_mm256_and_si256 (bits, _mm256_set1_epi64x (0x3ffffff)), one);
  __m256i above = _mm256_or_si256 (_mm256_srli_epi64 (bits, 26), one);
  __m256d base = _mm256_set1_pd (0x1p52);
  __m256d x = _mm256_mul_pd (_mm256_sub_pd (_mm256_castsi256_pd (above), base), _mm256_set1_pd (0x1p-27));
  __m256d y = _mm256_mul_pd (_mm256_sub_pd (_mm256_castsi256_pd (below), base), _mm256_set1_pd (0x1p-53));

  return _mm256_max_pd (_mm256_add_pd (x, y), _mm256_set1_pd (0x1p-53));
}

/* In the order of their blocks, two of each. */
FOUR void
put (__m256d  x,
     __m256d  y,
     double  *out)
{
  __m256d low = _mm256_unpacklo_pd (x, y), high = _mm256_unpackhi_pd (x, y);

  _mm256_storeu_pd (out, _mm256_permute2f128_pd (low, high, 0x20));
  _mm256_storeu_pd (out + 4, _mm256_permute2f128_pd (low, high, 0x31));
}

typedef struct { __m256i c[4]; } Four;

FOUR void
philox_round (Four    *self,
              __m256i  k0,
              __m256i  k1)
{
  __m256i a = _mm256_mul_epu32 (self->c[0], _mm256_set1_epi64x (0xd2511f53)),
          b = _mm256_mul_epu32 (self->c[2], _mm256_set1_epi64x (0xcd9e8d57));

  self->c[0] = _mm256_xor_si256 (_mm256_xor_si256 (_mm256_srli_epi64 (b, 32), self->c[1]), k0);
  self->c[1] = b;
  self->c[2] = _mm256_xor_si256 (_mm256_xor_si256 (_mm256_srli_epi64 (a, 32), self->c[3]), k1);
  self->c[3] = a;
}

static __attribute__ ((target ("avx2"))) void
philox_fours (guint64  seed,
              guint64  stream,
              guint64  block,
              gsize    n_rows,
              double  *out)
{
  const __m256i ahead = _mm256_set_epi64x (3, 2, 1, 0);
  const __m256i upper = _mm256_set1_epi64x (stream & 0xffffffff), top = _mm256_set1_epi64x (stream >> 32);

  for (gsize row = 0; row < n_rows; row++, block += LANES, out += 2 * LANES)
    {
      __m256i one = _mm256_add_epi64 (_mm256_set1_epi64x (block), ahead);
      __m256i two = _mm256_add_epi64 (one, _mm256_set1_epi64x (4));
      Four x = { { one, _mm256_srli_epi64 (one, 32), upper, top } };
      Four y = { { two, _mm256_srli_epi64 (two, 32), upper, top } };
      guint32 k0 = (guint32) seed, k1 = (guint32) (seed >> 32);

      for (int round = 0; round < 10; round++)
        {
          __m256i first = _mm256_set1_epi64x (k0), second = _mm256_set1_epi64x (k1);

          philox_round (&x, first, second);
          philox_round (&y, first, second);
          k0 += 0x9e3779b9u;
          k1 += 0xbb67ae85u;
        }
      put (units (x.c[0], x.c[1]), units (x.c[2], x.c[3]), out);
      put (units (y.c[0], y.c[1]), units (y.c[2], y.c[3]), out + LANES);
    }
}
#endif

static void
draw_rows (guint64  seed,
           guint64  stream,
           guint64  block,
           gsize    n_rows,
           double  *out)
{
#ifdef HAVE_FOUR_AT_A_TIME
  if (__builtin_cpu_supports ("avx2"))
    {
      philox_fours (seed, stream, block, n_rows, out);
      return;
    }
#endif
  for (gsize row = 0; row < n_rows; row++)
    philox_lanes (seed, stream, block + row * LANES, out + row * 2 * LANES);
}

void
kennis_draw_uniforms (guint64 seed,
                      guint64 stream,
                      guint64 from,
                      gsize   n,
                      double *out)
{
  gsize rows = n / (2 * LANES), rest = n % (2 * LANES);
  double last[2 * LANES];

  draw_rows (seed, stream, from / 2, rows, out);
  if (rest == 0)
    return;
  draw_rows (seed, stream, from / 2 + rows * LANES, 1, last);
  memcpy (out + rows * 2 * LANES, last, rest * sizeof *out);
}

void
kennis_draw_stratified (guint64 seed,
                        guint64 stream,
                        guint64 from,
                        gsize   n,
                        double *out)
{
  KennisRandom random;
  double width = 1.0 / n;

  kennis_draw_uniforms (seed, stream, from, n, out);
  for (gsize i = 0; i < n; i++)
    out[i] = MIN ((i + out[i]) * width, 1 - 0x1p-53);
  /* The order is a stream of its own, that of this block. */
  kennis_random_init (&random, kennis_random_seed_for (seed, "order", stream), from);
  for (gsize i = n; i > 1; i--)
    {
      guint32 j = kennis_random_below (&random, (guint32) i);
      double swapped = out[i - 1];

      out[i - 1] = out[j];
      out[j] = swapped;
    }
}

gboolean
kennis_cholesky (double *matrix,
                 guint   k)
{
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j < k; j++)
      {
        double sum = matrix[i * k + j];

        if (j > i)
          {
            matrix[i * k + j] = 0;
            continue;
          }
        for (guint m = 0; m < j; m++)
          sum -= matrix[i * k + m] * matrix[j * k + m];
        if (i == j && !(sum > 1e-12))
          return FALSE;
        matrix[i * k + j] = i == j ? sqrt (sum) : sum / matrix[j * k + j];
      }
  return TRUE;
}

typedef struct { double score; guint32 at; } Ranked;

static int
by_score (const void *a,
          const void *b)
{
  const Ranked *x = a, *y = b;

  return (x->score > y->score) - (x->score < y->score)
         + ((x->score == y->score) ? (x->at > y->at) - (x->at < y->at) : 0);
}

/* Van der Waerden scores in k random orders, one column after the other. */
static double *
make_scores (guint   k,
             gsize   n,
             guint64 seed,
             guint64 block)
{
  double *scores = g_new (double, k *n);

  for (guint c = 0; c < k; c++)
    {
      KennisRandom random;
      double *column = scores + c * n;

      kennis_random_init (&random, kennis_random_seed_for (seed, "scores", c), block);
      for (gsize i = 0; i < n; i++)
        column[i] = kennis_normal_quantile ((i + 1.0) / (n + 1.0));
      for (gsize i = n; i > 1; i--)
        {
          guint32 j = kennis_random_below (&random, (guint32) i);
          double swapped = column[i - 1];

          column[i - 1] = column[j];
          column[j] = swapped;
        }
    }
  return scores;
}

/* The correlation that the scores have by chance, as a Cholesky factor; false where it has none. */
static gboolean
chance_factor (const double *scores,
               guint         k,
               gsize         n,
               double       *factor)
{
  double square = 0;

  for (gsize i = 0; i < n; i++)
    square += scores[i] * scores[i];
  for (guint a = 0; a < k; a++)
    for (guint b = 0; b < k; b++)
      {
        double sum = 0;

        for (gsize i = 0; i < n; i++)
          sum += scores[a * n + i] * scores[b * n + i];
        factor[a * k + b] = sum / square;
      }
  return kennis_cholesky (factor, k);
}

/* Score row · (lower · chance⁻¹)ᵀ: first without chance's correlation, then with the wanted one. */
static void
mix_scores (double       *scores,
            guint         k,
            gsize         n,
            const double *chance,
            const double *lower)
{
  g_autofree double *row = g_new (double, k);

  for (gsize i = 0; i < n; i++)
    {
      for (guint a = 0; a < k; a++)
        {
          double sum = scores[a * n + i];

          for (guint b = 0; b < a; b++)
            sum -= chance[a * k + b] * row[b];
          row[a] = sum / chance[a * k + a];
        }
      for (guint a = 0; a < k; a++)
        {
          double sum = 0;

          for (guint b = 0; b <= a; b++)
            sum += lower[a * k + b] * row[b];
          scores[a * n + i] = sum;
        }
    }
}

void
kennis_correlate (double      **columns,
                  guint         k,
                  gsize         n,
                  const double *lower,
                  guint64       seed,
                  guint64       block)
{
  g_autofree double *scores = make_scores (k, n, seed, block);
  g_autofree double *chance = g_new (double, k *k);
  g_autofree Ranked *ranked = g_new (Ranked, n);

  if (!chance_factor (scores, k, n, chance))
    return;
  mix_scores (scores, k, n, chance, lower);
  for (guint c = 0; c < k; c++)
    {
      for (gsize i = 0; i < n; i++)
        ranked[i] = (Ranked) { scores[c * n + i], (guint32) i };
      qsort (ranked, n, sizeof *ranked, by_score);
      kennis_sort_doubles (columns[c], n);
      /* Sorted values go where the scores of the same rank are; scores are done with and hold them meanwhile. */
      for (gsize i = 0; i < n; i++)
        scores[c * n + ranked[i].at] = columns[c][i];
      memcpy (columns[c], scores + c * n, n * sizeof (double));
    }
}
