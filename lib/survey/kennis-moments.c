#include "config.h"

#include <math.h>
#include <string.h>

#include "survey/kennis-moments-private.h"

#define BLOCK 256     /* rows: the columns of a block stay in the first cache */
#define SMALL 32      /* small whole numbers are −32 to 31 (a power of two): BLOCK of their fourth powers fit in 31 bits */

/* Two doubles at a time, which every x86-64 and arm64 has. */
typedef double Pair __attribute__ ((vector_size (16), aligned (8), may_alias));
typedef gint64 PairMask __attribute__ ((vector_size (16), aligned (8), may_alias));

typedef struct
{
  guint   k;
  double *shift;                /* of a column: its first answer, so that sums stay small and whole */
  double *raw;                  /* k × BLOCK: answers less the shift, 0 for none */
  double *there;                /* k × BLOCK: 1 where there is an answer */
  double *complete;             /* k × BLOCK: the complete rows */
  double *count, *power[4];     /* of a column's answers: how many, sums of powers 1 to 4 */
  double *used[4];              /* the same of the rows used */
  double  n_complete, n_any;
  double *cross;                /* k × k, i ≤ j: Σ x_i x_j */
  double *both;                 /* pairwise: Σ there_i there_j */
  double *first;                /* pairwise, k × k: Σ x_i there_j */
  /* Where all columns have the shift of the first, blocks of small whole numbers without gaps go through integers, which
   * gives the same sums faster. */
  gboolean small;
  gint64  *whole;               /* BLOCK × k, by rows */
  gint16  *narrow;              /* k × BLOCK */
  gint16  *square;              /* BLOCK */
} Sums;

/* GCC makes eight products at a time of this. */
static gint32
dot_small (const gint16 *x, const gint16 *y)
{
  gint32 sum = 0;

  for (guint i = 0; i < BLOCK; i++)
    sum += (gint32) x[i] * y[i];
  return sum;
}

static gint32
sum_small (const gint16 *x)
{
  gint32 sum = 0;

  for (guint i = 0; i < BLOCK; i++)
    sum += x[i];
  return sum;
}

/* 1.5 × 2^52, and its bits: a small number plus this has, less these bits, the number itself, rounded. */
#define ROUNDER 6755399441055744.0
#define ROUNDER_BITS G_GINT64_CONSTANT (0x4338000000000000)

gboolean
kennis_small_whole_numbers (const double *x, gsize n, double shift, gint64 *out)
{
  Pair shifts = { shift, shift }, rounder = { ROUNDER, ROUNDER };
  PairMask wrong = { 0, 0 };

  for (gsize i = 0; i + 2 <= n; i += 2)
    {
      Pair less = *(const Pair *) (x + i) - shifts, rounded = less + rounder, rest = rounded - rounder - less;
      PairMask whole = (PairMask) rounded - ROUNDER_BITS;

      wrong |= (PairMask) rest | ((whole + SMALL) & ~(gint64) (2 * SMALL - 1));
      *(PairMask *) (out + i) = whole;
    }
  if (n % 2 == 1)
    {
      double less = x[n - 1] - shift;

      if (!(less >= -SMALL && less < SMALL) || less != floor (less))
        return FALSE;
      out[n - 1] = (gint64) less;
    }
  return (wrong[0] | wrong[1]) == 0;
}

/* One column of the whole numbers, and their squares. */
static void
narrow_column (const gint64 *restrict whole, guint k, guint n, gint16 *restrict x, gint16 *restrict square)
{
  for (guint i = 0; i < n; i++)
    x[i] = (gint16) whole[(gsize) i * k];
  memset (x + n, 0, (BLOCK - n) * sizeof *x);
  for (guint i = 0; i < BLOCK; i++)
    square[i] = (gint16) (x[i] * x[i]);
}

static void
add_small (Sums *self, guint n)
{
  guint k = self->k;

  for (guint j = 0; j < k; j++)
    {
      gint16 *x = self->narrow + (gsize) j * BLOCK;
      double sums[4];

      narrow_column (self->whole + j, k, n, x, self->square);
      sums[0] = sum_small (x);
      sums[1] = dot_small (x, x);
      sums[2] = dot_small (self->square, x);
      sums[3] = dot_small (self->square, self->square);
      for (guint p = 0; p < 4; p++)
        {
          self->power[p][j] += sums[p];
          self->used[p][j] += sums[p];
        }
      self->count[j] += n;
      for (guint i = 0; i < k; i++)
        {
          self->first[(gsize) j * k + i] += sums[0];
          self->both[(gsize) j * k + i] += n;
        }
      self->cross[(gsize) j * k + j] += sums[1];
      for (guint i = 0; i < j; i++)
        self->cross[(gsize) i * k + j] += dot_small (self->narrow + (gsize) i * BLOCK, x);
    }
  self->n_complete += n;
  self->n_any += n;
}

static double
dot (const double *x, const double *y)
{
  Pair a = { 0, 0 }, b = { 0, 0 }, c = { 0, 0 }, d = { 0, 0 };

  for (guint i = 0; i < BLOCK; i += 8)
    {
      a += *(const Pair *) (x + i) * *(const Pair *) (y + i);
      b += *(const Pair *) (x + i + 2) * *(const Pair *) (y + i + 2);
      c += *(const Pair *) (x + i + 4) * *(const Pair *) (y + i + 4);
      d += *(const Pair *) (x + i + 6) * *(const Pair *) (y + i + 6);
    }
  a += b + c + d;
  return a[0] + a[1];
}

/* Σ x, Σ x², Σ x³, Σ x⁴. */
static void
add_powers (const double *x, guint column, double **power, double **also)
{
  Pair sums[4] = { { 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 } };

  for (guint i = 0; i < BLOCK; i += 2)
    {
      Pair one = *(const Pair *) (x + i), two = one * one;

      sums[0] += one;
      sums[1] += two;
      sums[2] += two * one;
      sums[3] += two * two;
    }
  for (guint p = 0; p < 4; p++)
    {
      power[p][column] += sums[p][0] + sums[p][1];
      if (also != NULL)
        also[p][column] += sums[p][0] + sums[p][1];
    }
}

/* Turns a block of rows into columns; what is beyond the last row is 0, which adds nothing.  Returns whether all is there. */
static gboolean
load_block (Sums *self, const double *rows, guint n)
{
  gboolean whole = TRUE;

  for (guint j = 0; j < self->k; j++)
    {
      double *raw = self->raw + (gsize) j * BLOCK, *there = self->there + (gsize) j * BLOCK;
      guint found = 0;

      for (guint i = 0; i < n; i++)
        {
          double x = rows[(gsize) i * self->k + j];
          gboolean known = !isnan (x);

          raw[i] = known ? x - self->shift[j] : 0;
          there[i] = known;
          found += known ? 1 : 0;
        }
      for (guint i = n; i < BLOCK; i++)
        raw[i] = there[i] = 0;
      self->count[j] += found;
      whole = whole && found == n;
    }
  return whole;
}

/* Packs the rows that are complete; returns how many. */
static guint
pack_complete (Sums *self, guint n)
{
  guint packed = 0;

  for (guint i = 0; i < n; i++)
    {
      guint found = 0;

      for (guint j = 0; j < self->k; j++)
        found += self->there[(gsize) j * BLOCK + i] != 0 ? 1 : 0;
      self->n_any += found > 0 ? 1 : 0;
      if (found < self->k)
        continue;
      for (guint j = 0; j < self->k; j++)
        self->complete[(gsize) j * BLOCK + packed] = self->raw[(gsize) j * BLOCK + i];
      packed++;
    }
  for (guint j = 0; j < self->k; j++)
    memset (self->complete + (gsize) j * BLOCK + packed, 0, (BLOCK - packed) * sizeof (double));
  return packed;
}

static void
add_listwise (Sums *self, guint n, gboolean whole)
{
  const double *columns = self->raw;
  guint k = self->k;

  if (whole)
    self->n_any += n;
  else
    {
      n = pack_complete (self, n);
      columns = self->complete;
    }
  self->n_complete += n;
  for (guint i = 0; i < k; i++)
    {
      const double *x = columns + (gsize) i * BLOCK;

      add_powers (self->raw + (gsize) i * BLOCK, i, self->power, whole ? self->used : NULL);
      if (!whole)
        add_powers (x, i, self->used, NULL);
      for (guint j = i; j < k; j++)
        self->cross[(gsize) i * k + j] += dot (x, columns + (gsize) j * BLOCK);
    }
}

static void
add_pairwise (Sums *self, guint n, gboolean whole)
{
  guint k = self->k;

  if (whole)
    self->n_any += n;
  else
    pack_complete (self, n);
  for (guint i = 0; i < k; i++)
    add_powers (self->raw + (gsize) i * BLOCK, i, self->power, self->used);
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j < k; j++)
      {
        const double *there = self->there + (gsize) j * BLOCK;

        self->first[(gsize) i * k + j] += dot (self->raw + (gsize) i * BLOCK, there);
        if (j < i)
          continue;
        self->cross[(gsize) i * k + j] += dot (self->raw + (gsize) i * BLOCK, self->raw + (gsize) j * BLOCK);
        self->both[(gsize) i * k + j] += dot (self->there + (gsize) i * BLOCK, there);
      }
}

static void
find_shifts (Sums *self, const double *values, gsize n_rows)
{
  self->small = TRUE;
  for (guint j = 0; j < self->k; j++)
    {
      self->shift[j] = 0;
      for (gsize i = 0; i < n_rows; i++)
        if (!isnan (values[i * self->k + j]))
          {
            self->shift[j] = values[i * self->k + j];
            break;
          }
      self->small = self->small && self->shift[j] == floor (self->shift[j]) && fabs (self->shift[j]) < 1e6
                    && fabs (self->shift[j] - self->shift[0]) <= SMALL;
    }
  for (guint j = 0; j < self->k && self->small; j++)
    self->shift[j] = self->shift[0];
}

/* Skewness and kurtosis divide by n (g1 and g2); the standard deviation by n − 1. */
static void
item_moments (KennisMoments *self, const Sums *sums, guint j, double used)
{
  double n = sums->count[j], mean = sums->power[0][j] / n;
  double a = sums->used[0][j] / used, b = sums->used[1][j] / used, c = sums->used[2][j] / used,
         d = sums->used[3][j] / used;
  double m2 = b - a * a, m3 = c - 3 * a * b + 2 * a * a * a, m4 = d - 4 * a * c + 6 * a * a * b - 3 * a * a * a * a;

  self->n_of[j] = n;
  self->mean_of[j] = n > 0 ? sums->shift[j] + mean : NAN;
  self->sd_of[j] = n > 1 ? sqrt (MAX (sums->power[1][j] - n * mean * mean, 0) / (n - 1)) : NAN;
  self->skewness_of[j] = used > 0 && m2 > 0 ? m3 / pow (m2, 1.5) : NAN;
  self->kurtosis_of[j] = used > 0 && m2 > 0 ? m4 / (m2 * m2) - 3 : NAN;
}

static void
from_listwise (KennisMoments *self, const Sums *sums)
{
  guint k = self->k;
  double n = sums->n_complete;

  self->n = self->n_least = n;
  for (guint i = 0; i < k; i++)
    {
      self->mean[i] = n > 0 ? sums->shift[i] + sums->used[0][i] / n : NAN;
      for (guint j = i; j < k; j++)
        self->covariance[(gsize) i * k + j] = self->covariance[(gsize) j * k + i] =
            n > 1 ? (sums->cross[(gsize) i * k + j] - sums->used[0][i] * sums->used[0][j] / n) / (n - 1) : NAN;
    }
}

/* Covariance and correlation of each pair over the rows that have both, as R's use = "pairwise"; psych takes the
 * correlations from the covariances and the items' own variances, and so is done here. */
static void
from_pairwise (KennisMoments *self, const Sums *sums)
{
  guint k = self->k;

  self->n = sums->n_any;
  self->n_least = INFINITY;
  for (guint i = 0; i < k; i++)
    {
      self->mean[i] = self->mean_of[i];
      for (guint j = i; j < k; j++)
        {
          gsize ij = (gsize) i * k + j, ji = (gsize) j * k + i;
          double n = sums->both[ij];

          self->n_least = MIN (self->n_least, n);
          self->covariance[ij] = self->covariance[ji] =
              n > 1 ? (sums->cross[ij] - sums->first[ij] * sums->first[ji] / n) / (n - 1) : NAN;
        }
    }
}

static void
correlate (KennisMoments *self)
{
  guint k = self->k;

  for (guint i = 0; i < k; i++)
    self->sd[i] = sqrt (MAX (self->covariance[(gsize) i * k + i], 0));
  for (guint i = 0; i < k; i++)
    if (isnan (self->covariance[(gsize) i * k + i]))
      self->sd[i] = NAN;
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j < k; j++)
      self->correlation[(gsize) i * k + j] =
          self->sd[i] > 0 && self->sd[j] > 0
              ? (i == j ? 1 : self->covariance[(gsize) i * k + j] / (self->sd[i] * self->sd[j]))
              : NAN;
}

static void
sums_init (Sums *self, guint k)
{
  gsize square = (gsize) k * k, block = (gsize) k * BLOCK;
  double *memory = g_new0 (double, 3 * block + 10 * k + 3 * square);

  *self = (Sums) { .k = k, .raw = memory };
  self->there = self->raw + block;
  self->complete = self->there + block;
  self->shift = self->complete + block;
  self->count = self->shift + k;
  for (guint p = 0; p < 4; p++)
    self->power[p] = self->count + k * (p + 1);
  for (guint p = 0; p < 4; p++)
    self->used[p] = self->power[3] + k * (p + 1);
  self->cross = self->used[3] + k;
  self->both = self->cross + square;
  self->first = self->both + square;
  self->whole = g_new (gint64, block);
  self->narrow = g_new (gint16, block);
  self->square = g_new (gint16, BLOCK);
}

static void
sums_clear (Sums *self)
{
  g_free (self->raw);
  g_free (self->whole);
  g_free (self->narrow);
  g_free (self->square);
}

static void
add_block (Sums *self, const double *rows, guint n, KennisMissing missing)
{
  gboolean whole;

  if (self->small && kennis_small_whole_numbers (rows, (gsize) n * self->k, self->shift[0], self->whole))
    {
      add_small (self, n);
      return;
    }
  whole = load_block (self, rows, n);
  if (missing == KENNIS_MISSING_PAIRWISE)
    add_pairwise (self, n, whole);
  else
    add_listwise (self, n, whole);
}

void
kennis_moments_init (KennisMoments *self, const double *values, gsize n_rows, guint k, KennisMissing missing)
{
  gsize square = (gsize) k * k;
  Sums sums;

  *self = (KennisMoments) { .k = k };
  self->covariance = g_new0 (double, 2 * square + 7 * (gsize) k);
  self->correlation = self->covariance + square;
  self->mean = self->correlation + square;
  self->sd = self->mean + k;
  self->n_of = self->sd + k;
  self->mean_of = self->n_of + k;
  self->sd_of = self->mean_of + k;
  self->skewness_of = self->sd_of + k;
  self->kurtosis_of = self->skewness_of + k;
  sums_init (&sums, k);
  find_shifts (&sums, values, n_rows);
  for (gsize row = 0; row < n_rows; row += BLOCK)
    add_block (&sums, values + row * k, (guint) MIN (BLOCK, n_rows - row), missing);
  for (guint j = 0; j < k; j++)
    item_moments (self, &sums, j, missing == KENNIS_MISSING_PAIRWISE ? sums.count[j] : sums.n_complete);
  if (missing == KENNIS_MISSING_PAIRWISE)
    from_pairwise (self, &sums);
  else
    from_listwise (self, &sums);
  correlate (self);
  sums_clear (&sums);
}

void
kennis_moments_clear (KennisMoments *self)
{
  g_clear_pointer (&self->covariance, g_free);
}
