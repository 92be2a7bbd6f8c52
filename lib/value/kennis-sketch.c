#include "config.h"

#include "value/kennis-columns-private.h"

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
#define GLANCE  64

typedef struct
{
  KennisSelection *to;
  double least[PARTS], most[PARTS];
  guint32 *count;             /* PARTS × BUCKETS */
  double from, to_below;      /* wanted: from ≤ place < to_below */
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

/* Whether any of a stretch is wanted: few are. */
KENNIS_WIDEST static gboolean
has_wanted (const double *x,
            gsize         n,
            double        least,
            double        scale,
            double        from,
            double        to)
{
  guint32 found = 0;

  for (gsize i = 0; i < n; i++)
    {
      double at = (x[i] - least) * scale;

      found |= at >= from && at < to;
    }
  return found != 0;
}

static void
gather_part (gsize    part,
             guint    thread,
             gpointer data)
{
  Passing *pass = data;
  double least = pass->to->least, scale = pass->to->scale;
  gsize from, to;

  part_range (pass->to, part, &from, &to);
  for (; from < to; from += GLANCE)
    {
      const double *x = pass->to->x + from;
      gsize n = MIN (to - from, GLANCE);

      if (!has_wanted (x, n, least, scale, pass->from, pass->to_below))
        continue;
      for (gsize i = 0; i < n; i++)
        {
          double at = (x[i] - least) * scale;

          if (at >= pass->from && at < pass->to_below)
            g_array_append_val (pass->found[part], x[i]);
        }
    }
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

/* The values of the buckets from first to last, sorted. */
static GArray *
gather (const KennisSelection *self,
        guint                  first,
        guint                  last,
        guint                  n_threads)
{
  g_autofree Passing *pass = g_new0 (Passing, 1);
  GArray *all = g_array_new (FALSE, FALSE, sizeof (double));

  pass->to = (KennisSelection *) self;
  pass->from = first;
  pass->to_below = last == BUCKETS - 1 ? INFINITY : last + 1;
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

void
kennis_selection_quantiles (const KennisSelection *self,
                            const double          *p,
                            guint                  n_p,
                            guint                  n_threads,
                            double                *out)
{
  guint64 least = self->n - 1, most = 0, before;
  g_autoptr (GArray) sorted = NULL;
  guint first;

  for (guint i = 0; i < n_p; i++)
    {
      guint64 rank = (guint64) (p[i] * (self->n - 1));

      least = MIN (least, rank);
      most = MAX (most, MIN (rank + 1, self->n - 1));
    }
  first = bucket_of_rank (self, least);
  before = self->below[first];
  sorted = gather (self, first, bucket_of_rank (self, most), n_threads);
  for (guint i = 0; i < n_p; i++)
    {
      double at = p[i] * (self->n - 1);
      guint64 rank = (guint64) at;
      double value = g_array_index (sorted, double, rank - before);
      double next = g_array_index (sorted, double, MIN (rank + 1, self->n - 1) - before);

      out[i] = value + (at - rank) * (next - value);
    }
}
