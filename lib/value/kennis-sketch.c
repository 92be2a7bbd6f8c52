#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-parallel-private.h"
#include "base/kennis-statistics-private.h"
#include "value/kennis-return-private.h"

/* ── Sketch ───────────────────────────────────────────────────────────────────────────────────────────────────────── */
#define BITS     10
#define LEAST    (-24)                       /* 2^LEAST and less count as 0 */
#define MOST     56                          /* 2^MOST and more as that */
#define N_SIDE   ((guint) (MOST - LEAST) << BITS)
#define N_COUNTS (2 * N_SIDE + 1)

void
kennis_sketch_init (KennisSketch *self)
{
  self->count = g_new0 (guint64, N_COUNTS);
  self->n = 0;
}

void
kennis_sketch_clear (KennisSketch *self)
{
  g_clear_pointer (&self->count, g_free);
}

static guint
bucket_of (double x)
{
  gint64 index;
  guint64 bits;
  double size = fabs (x);

  memcpy (&bits, &size, sizeof bits);
  index = (gint64) (bits >> (52 - BITS)) - ((gint64) (1023 + LEAST) << BITS);
  if (index < 0)
    return N_SIDE;
  index = MIN (index, (gint64) N_SIDE - 1);
  return x < 0 ? N_SIDE - 1 - (guint) index : N_SIDE + 1 + (guint) index;
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
  for (gsize i = 0; i < n; i++)
    if (!isnan (x[i]))
      {
        self->count[bucket_of (x[i])]++;
        self->n++;
      }
}

void
kennis_sketch_merge (KennisSketch       *self,
                     const KennisSketch *other)
{
  for (guint i = 0; i < N_COUNTS; i++)
    self->count[i] += other->count[i];
  self->n += other->n;
}

double
kennis_sketch_quantile (const KennisSketch *self,
                        double              p)
{
  guint64 rank = (guint64) (p * (self->n - 1) + 0.5), sum = 0;

  if (self->n == 0)
    return NAN;
  for (guint i = 0; i < N_COUNTS; i++)
    {
      sum += self->count[i];
      if (sum > rank)
        return middle_of (i);
    }
  return NAN;
}

/* ── Selection ────────────────────────────────────────────────────────────────────────────────────────────────────── */
#define BUCKETS 8192
#define PARTS   64

typedef struct
{
  const double *x;
  gsize n;
  double least, scale;
  double part_least[PARTS], part_most[PARTS];
  guint32 *count;       /* PARTS × BUCKETS */
} Selection;

static void
part_range (Selection *self,
            gsize      part,
            gsize     *from,
            gsize     *to)
{
  *from = self->n / PARTS * part;
  *to = part == PARTS - 1 ? self->n : *from + self->n / PARTS;
}

static void
find_range (gsize    part,
            guint    thread,
            gpointer data)
{
  Selection *self = data;
  double least = INFINITY, most = -INFINITY;
  gsize from, to;

  part_range (self, part, &from, &to);
  for (gsize i = from; i < to; i++)
    {
      least = self->x[i] < least ? self->x[i] : least;
      most = self->x[i] > most ? self->x[i] : most;
    }
  self->part_least[part] = least;
  self->part_most[part] = most;
}

static inline guint
bucket (const Selection *self,
        double           x)
{
  double at = (x - self->least) * self->scale;

  return at < BUCKETS - 1 ? (guint) at : BUCKETS - 1;
}

static void
count_part (gsize    part,
            guint    thread,
            gpointer data)
{
  Selection *self = data;
  guint32 *count = self->count + part * BUCKETS;
  gsize from, to;

  part_range (self, part, &from, &to);
  for (gsize i = from; i < to; i++)
    count[bucket (self, self->x[i])]++;
}

/* The values with ranks from `rank` on in their order: of the buckets that hold rank and rank + 1. */
static double
select_one (Selection     *self,
            const guint64 *below,
            double         p)
{
  double at = p * (self->n - 1), value;
  guint64 rank = (guint64) at, next = MIN (rank + 1, self->n - 1);
  guint first = 0, last;
  g_autofree double *some = NULL;
  gsize n = 0;

  while (below[first + 1] <= rank)
    first++;
  for (last = first; below[last + 1] <= next;)
    last++;
  some = g_new (double, below[last + 1] - below[first]);
  for (gsize i = 0; i < self->n; i++)
    {
      guint of = bucket (self, self->x[i]);

      if (of >= first && of <= last)
        some[n++] = self->x[i];
    }
  kennis_sort_doubles (some, n);
  value = some[rank - below[first]];
  return value + (at - rank) * (some[next - below[first]] - value);
}

void
kennis_select_quantiles (const double *x,
                         gsize         n,
                         const double *p,
                         guint         n_p,
                         guint         n_threads,
                         double       *out)
{
  g_autofree Selection *self = g_new0 (Selection, 1);
  g_autofree guint64 *below = g_new0 (guint64, BUCKETS + 1);
  double most = -INFINITY;

  self->x = x;
  self->n = n;
  self->least = INFINITY;
  self->count = g_new0 (guint32, PARTS * BUCKETS);
  kennis_parallel_for (n_threads, PARTS, find_range, self, NULL, NULL, NULL);
  for (guint i = 0; i < PARTS; i++)
    {
      self->least = MIN (self->least, self->part_least[i]);
      most = MAX (most, self->part_most[i]);
    }
  self->scale = most > self->least ? BUCKETS / (most - self->least) : 0;
  kennis_parallel_for (n_threads, PARTS, count_part, self, NULL, NULL, NULL);
  for (guint b = 0; b < BUCKETS; b++)
    {
      below[b + 1] = below[b];
      for (guint i = 0; i < PARTS; i++)
        below[b + 1] += self->count[i * BUCKETS + b];
    }
  for (guint i = 0; i < n_p; i++)
    out[i] = n > 0 ? select_one (self, below, p[i]) : NAN;
  g_free (self->count);
}
