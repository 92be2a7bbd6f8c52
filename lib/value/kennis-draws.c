#include "config.h"

#include <math.h>
#include <string.h>

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
              guint64 out[2][LANES])
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
      out[0][i] = (guint64) c1[i] << 32 | c0[i];
      out[1][i] = (guint64) c3[i] << 32 | c2[i];
    }
}

static inline double
unit (guint64 bits)
{
  bits >>= 11;
  return (double) (bits | (bits == 0)) * 0x1p-53;
}

void
kennis_draw_uniforms (guint64 seed,
                      guint64 stream,
                      guint64 from,
                      gsize   n,
                      double *out)
{
  guint64 bits[2][LANES], block = from / 2;
  double last[2 * LANES];

  while (n > 0)
    {
      gsize take = MIN (n, 2 * LANES);
      double *to = take == 2 * LANES ? out : last;

      philox_lanes (seed, stream, block, bits);
      for (int i = 0; i < LANES; i++)
        {
          to[2 * i] = unit (bits[0][i]);
          to[2 * i + 1] = unit (bits[1][i]);
        }
      if (to == last)
        memcpy (out, last, take * sizeof *out);
      block += LANES;
      out += take;
      n -= take;
    }
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

static int
by_value (const void *a,
          const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
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
      qsort (columns[c], n, sizeof (double), by_value);
      /* Sorted values go where the scores of the same rank are; scores are done with and hold them meanwhile. */
      for (gsize i = 0; i < n; i++)
        scores[c * n + ranked[i].at] = columns[c][i];
      memcpy (columns[c], scores + c * n, n * sizeof (double));
    }
}
