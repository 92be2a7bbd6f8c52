#include "config.h"

#include "value/kennis-columns-private.h"

#include <math.h>
#include <string.h>

#include "value/kennis-return-private.h"

#define BITS     10
#define LEAST    (-24)                       /* 2^LEAST and less count as 0 */
#define MOST     56                          /* 2^MOST and more as that */
#define N_SIDE   ((guint) (MOST - LEAST) << BITS)
#define N_COUNTS (2 * N_SIDE + 1)
#define STRETCH  256

void
kennis_sketch_init (KennisSketch *self)
{
  self->count = g_new0 (guint64, N_COUNTS + 1);
  self->n = 0;
}

void
kennis_sketch_clear (KennisSketch *self)
{
  g_clear_pointer (&self->count, g_free);
}

/* The bucket of each value, N_COUNTS where it is none. */
KENNIS_WIDEST static void
find_buckets (const double *x,
              gsize         n,
              guint32      *bucket)
{
  for (gsize i = 0; i < n; i++)
    {
      guint64 bits;
      gint32 size, index;

      memcpy (&bits, &x[i], sizeof bits);
      size = (gint32) (bits >> 32 & 0x7fffffff);
      index = (size >> (20 - BITS)) - ((1023 + LEAST) << BITS);
      index = MIN (index, (gint32) N_SIDE - 1) + 1;
      index = index > 0 ? index : 0;
      index = (gint32) N_SIDE + (bits >> 63 ? -index : index);
      bucket[i] = (guint32) (x[i] == x[i] ? index : (gint32) N_COUNTS);
    }
}

static double
middle_of (guint bucket)
{
  gboolean negative = bucket < N_SIDE;
  guint index = negative ? N_SIDE - 1 - bucket : bucket - N_SIDE - 1;
  double size;

  if (bucket == N_SIDE)
    return 0;
  size = ldexp (1 + ((index & ((1 << BITS) - 1)) + 0.5) / (1 << BITS), (int) (index >> BITS) + LEAST);
  return negative ? -size : size;
}

void
kennis_sketch_add (KennisSketch *self,
                   const double *x,
                   gsize         n)
{
  guint32 bucket[STRETCH];
  guint64 *count = self->count, none = count[N_COUNTS];

  for (gsize from = 0; from < n; from += STRETCH)
    {
      gsize m = MIN (n - from, STRETCH);

      find_buckets (x + from, m, bucket);
      for (gsize i = 0; i < m; i++)
        count[bucket[i]]++;
    }
  self->n += n - (count[N_COUNTS] - none);
}

void
kennis_sketch_add_zeros (KennisSketch *self,
                         gsize         n)
{
  self->count[N_SIDE] += n;
  self->n += n;
}

void
kennis_sketch_merge (KennisSketch       *self,
                     const KennisSketch *other)
{
  for (guint i = 0; i < N_COUNTS; i++)
    self->count[i] += other->count[i];
  self->n += other->n;
}

/* The bucket in which the value of a rank is, and how many are before it. */
static guint
bucket_of_rank (const KennisSketch *self,
                double              rank,
                guint64            *before)
{
  *before = 0;
  for (guint i = 0; i < N_COUNTS; i++)
    {
      if (*before + self->count[i] > rank)
        return i;
      *before += self->count[i];
    }
  return N_COUNTS - 1;
}

double
kennis_sketch_error (double value)
{
  return MAX (ldexp (fabs (value), -BITS - 1), ldexp (1, LEAST));
}

double
kennis_sketch_quantile (const KennisSketch *self,
                        double              p)
{
  guint64 before;

  return self->n > 0 ? middle_of (bucket_of_rank (self, floor (p * (self->n - 1) + 0.5), &before)) : NAN;
}

double
kennis_sketch_between (const KennisSketch *self,
                       double              p)
{
  guint64 before;
  double rank = p * (self->n - 1.0), middle, half;
  guint i;

  if (self->n == 0)
    return NAN;
  i = bucket_of_rank (self, rank, &before);
  middle = middle_of (i);
  /* Half a bucket is 2^-(BITS + 1) of the power of two below the middle. */
  half = i == N_SIDE ? 0 : ldexp (1, ilogb (middle) - BITS - 1);
  return middle + half * (2 * (rank - before + 0.5) / self->count[i] - 1);
}

guint64
kennis_sketch_count_over (const KennisSketch *self,
                          double              value,
                          guint64            *near)
{
  guint64 sum = 0;
  guint32 own;

  find_buckets (&value, 1, &own);
  for (guint i = own + 1; i < N_COUNTS; i++)
    sum += self->count[i];
  *near = self->count[own];
  return sum;
}
