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
  KennisSelection *to;
  double least[PARTS], most[PARTS];
  guint32 *count;             /* PARTS × BUCKETS */
  const guint8 *wanted;       /* buckets */
  GArray *found[PARTS];
} Passing;

static void
part_range (const KennisSelection *self,
            gsize                  part,
            gsize                 *from,
            gsize                 *to)
{
  *from = self->n / PARTS * part;
  *to = part == PARTS - 1 ? self->n : *from + self->n / PARTS;
}

static inline guint
bucket (const KennisSelection *self,
        double                 x)
{
  double at = (x - self->least) * self->scale;

  return at < BUCKETS - 1 ? (guint) at : BUCKETS - 1;
}

static void
find_range (gsize    part,
            guint    thread,
            gpointer data)
{
  Passing *pass = data;
  const double *x = pass->to->x;
  double least = INFINITY, most = -INFINITY;
  gsize from, to;

  part_range (pass->to, part, &from, &to);
  for (gsize i = from; i < to; i++)
    {
      least = x[i] < least ? x[i] : least;
      most = x[i] > most ? x[i] : most;
    }
  pass->least[part] = least;
  pass->most[part] = most;
}

static void
count_part (gsize    part,
            guint    thread,
            gpointer data)
{
  Passing *pass = data;
  guint32 *count = pass->count + part * BUCKETS;
  gsize from, to;

  part_range (pass->to, part, &from, &to);
  for (gsize i = from; i < to; i++)
    count[bucket (pass->to, pass->to->x[i])]++;
}

static void
gather_part (gsize    part,
             guint    thread,
             gpointer data)
{
  Passing *pass = data;
  gsize from, to;

  part_range (pass->to, part, &from, &to);
  for (gsize i = from; i < to; i++)
    if (G_UNLIKELY (pass->wanted[bucket (pass->to, pass->to->x[i])]))
      g_array_append_val (pass->found[part], pass->to->x[i]);
}

void
kennis_selection_init (KennisSelection *self,
                       const double    *x,
                       gsize            n,
                       guint            n_threads)
{
  g_autofree Passing *pass = g_new0 (Passing, 1);
  double most = -INFINITY;

  *self = (KennisSelection) { .x = x, .n = n, .least = INFINITY, .below = g_new0 (guint64, BUCKETS + 1) };
  pass->to = self;
  pass->count = g_new0 (guint32, PARTS * BUCKETS);
  kennis_parallel_for (n_threads, PARTS, find_range, pass, NULL, NULL, NULL);
  for (guint i = 0; i < PARTS; i++)
    {
      self->least = MIN (self->least, pass->least[i]);
      most = MAX (most, pass->most[i]);
    }
  self->scale = most > self->least ? BUCKETS / (most - self->least) : 0;
  kennis_parallel_for (n_threads, PARTS, count_part, pass, NULL, NULL, NULL);
  for (guint b = 0; b < BUCKETS; b++)
    {
      self->below[b + 1] = self->below[b];
      for (guint i = 0; i < PARTS; i++)
        self->below[b + 1] += pass->count[i * BUCKETS + b];
    }
  g_free (pass->count);
}

void
kennis_selection_clear (KennisSelection *self)
{
  g_clear_pointer (&self->below, g_free);
}

static guint
bucket_of_rank (const KennisSelection *self,
                guint64                rank)
{
  guint low = 0, high = BUCKETS - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (self->below[middle + 1] > rank)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

/* The values of the wanted buckets, sorted. */
static GArray *
gather (const KennisSelection *self,
        const guint8          *wanted,
        guint                  n_threads)
{
  g_autofree Passing *pass = g_new0 (Passing, 1);
  GArray *all = g_array_new (FALSE, FALSE, sizeof (double));

  pass->to = (KennisSelection *) self;
  pass->wanted = wanted;
  for (guint i = 0; i < PARTS; i++)
    pass->found[i] = g_array_new (FALSE, FALSE, sizeof (double));
  kennis_parallel_for (n_threads, PARTS, gather_part, pass, NULL, NULL, NULL);
  for (guint i = 0; i < PARTS; i++)
    {
      g_array_append_vals (all, pass->found[i]->data, pass->found[i]->len);
      g_array_unref (pass->found[i]);
    }
  kennis_sort_doubles ((double *) all->data, all->len);
  return all;
}

static double
value_of_rank (const KennisSelection *self,
               const guint8          *wanted,
               const GArray          *sorted,
               guint64                rank)
{
  guint own = bucket_of_rank (self, rank);
  guint64 place = rank - self->below[own];

  for (guint b = 0; b < own; b++)
    if (wanted[b])
      place += self->below[b + 1] - self->below[b];
  return g_array_index (sorted, double, place);
}

void
kennis_selection_quantiles (const KennisSelection *self,
                            const double          *p,
                            guint                  n_p,
                            guint                  n_threads,
                            double                *out)
{
  g_autofree guint8 *wanted = g_new0 (guint8, BUCKETS);
  g_autoptr (GArray) sorted = NULL;

  for (guint i = 0; i < n_p; i++)
    {
      guint64 rank = (guint64) (p[i] * (self->n - 1));

      wanted[bucket_of_rank (self, rank)] = 1;
      wanted[bucket_of_rank (self, MIN (rank + 1, self->n - 1))] = 1;
    }
  sorted = gather (self, wanted, n_threads);
  for (guint i = 0; i < n_p; i++)
    {
      double at = p[i] * (self->n - 1);
      guint64 rank = (guint64) at;
      double value = value_of_rank (self, wanted, sorted, rank);

      out[i] = value + (at - rank) * (value_of_rank (self, wanted, sorted, MIN (rank + 1, self->n - 1)) - value);
    }
}
