#include "config.h"

#include "value/kennis-columns-private.h"

#include <math.h>
#include <string.h>

#include "base/kennis-parallel-private.h"
#include "base/kennis-statistics-private.h"
#include "value/kennis-return-private.h"

#define SAMPLE  131072
#define PARTS   64
#define STRETCH 256

typedef struct
{
  const KennisSelection *to;
  double from, until;                              /* what is looked for */
  guint64 below[PARTS], at_from[PARTS], at_until[PARTS];
  GArray *between[PARTS];
} Passing;

static void
part_range (const KennisSelection *self,
            gsize                  part,
            gsize                 *from,
            gsize                 *to)
{
  *from = self->n_all / PARTS * part;
  *to = part == PARTS - 1 ? self->n_all : *from + self->n_all / PARTS;
}

void
kennis_selection_init (KennisSelection *self,
                       const double    *x,
                       gsize            n)
{
  gsize step = (n + SAMPLE - 1) / SAMPLE;

  *self = (KennisSelection) { .x = x, .n_all = n };
  for (gsize i = 0; i < n; i++)
    self->n += !isnan (x[i]);
  self->sample = g_new (double, n / MAX (step, 1) + 1);
  for (gsize i = 0; i < n; i += step)
    if (!isnan (x[i]))
      self->sample[self->n_sample++] = x[i];
  kennis_sort_doubles (self->sample, self->n_sample);
}

void
kennis_selection_clear (KennisSelection *self)
{
  g_clear_pointer (&self->sample, g_free);
}

/* Those between two values go to the front of `kept`; how many those are, and how many are below and at either value. */
KENNIS_WIDE static gsize
look_through (const double *x,
              gsize         n,
              double        from,
              double        until,
              double       *kept,
              guint64      *counts)
{
  gsize m = 0;
  guint64 below = 0, at_from = 0, at_until = 0;

  for (gsize i = 0; i < n; i++)
    {
      below += x[i] < from;
      at_from += x[i] == from;
      at_until += x[i] == until;
    }
  for (gsize i = 0; i < n; i++)
    {
      kept[m] = x[i];
      m += (x[i] > from) & (x[i] < until);
    }
  counts[0] += below;
  counts[1] += at_from;
  counts[2] += at_until;
  return m;
}

static void
gather_part (gsize    part,
             guint    thread,
             gpointer data)
{
  Passing *pass = data;
  double kept[STRETCH];
  guint64 counts[3] = { 0 };
  gsize from, to;

  part_range (pass->to, part, &from, &to);
  for (; from < to; from += STRETCH)
    {
      gsize m = look_through (pass->to->x + from, MIN (to - from, STRETCH), pass->from, pass->until, kept, counts);

      g_array_append_vals (pass->between[part], kept, m);
    }
  pass->below[part] = counts[0];
  pass->at_from[part] = counts[1];
  pass->at_until[part] = counts[2];
}

/* What one pass over all values tells of those from one value to another. */
typedef struct
{
  double from, until;
  guint64 below, at_from, at_until;
  GArray *between;                                  /* sorted */
} Found;

static void
look (const KennisSelection *self,
      double                 from,
      double                 until,
      guint                  n_threads,
      Found                 *out)
{
  g_autofree Passing *pass = g_new0 (Passing, 1);

  pass->to = self;
  pass->from = from;
  pass->until = until;
  for (guint i = 0; i < PARTS; i++)
    pass->between[i] = g_array_new (FALSE, FALSE, sizeof (double));
  kennis_parallel_for (n_threads, PARTS, gather_part, pass, NULL, NULL, NULL);
  *out = (Found) { from, until, 0, 0, 0, pass->between[0] };
  for (guint i = 0; i < PARTS; i++)
    {
      out->below += pass->below[i];
      out->at_from += pass->at_from[i];
      out->at_until += pass->at_until[i];
      if (i == 0)
        continue;
      g_array_append_vals (out->between, pass->between[i]->data, pass->between[i]->len);
      g_array_unref (pass->between[i]);
    }
  kennis_sort_doubles ((double *) out->between->data, out->between->len);
}

/* The value of a rank; false where it is not among those found. */
static gboolean
value_at (const Found *found,
          guint64      rank,
          double      *value)
{
  if (rank < found->below)
    return FALSE;
  rank -= found->below;
  *value = found->from;
  if (rank < found->at_from)
    return TRUE;
  rank -= found->at_from;
  if (rank < found->between->len)
    {
      *value = g_array_index (found->between, double, rank);
      return TRUE;
    }
  *value = found->until;
  return rank - found->between->len < found->at_until;
}

static gboolean
take_all (const Found  *found,
          gsize         n,
          const double *p,
          guint         n_p,
          double       *out)
{
  for (guint i = 0; i < n_p; i++)
    {
      double at = p[i] * (n - 1), value, next;
      guint64 rank = (guint64) at;

      if (!value_at (found, rank, &value) || !value_at (found, MIN (rank + 1, n - 1), &next))
        return FALSE;
      out[i] = at == rank || value == next ? value : (1 - (at - rank)) * value + (at - rank) * next;
    }
  return TRUE;
}

/* A value of the sample that is `widths` standard errors of a sample's quantile away from p; beyond the sample: all. */
static double
bound (const KennisSelection *self,
       double                 p,
       double                 widths)
{
  double at = p * self->n_sample + widths * (sqrt (p * (1 - p) * self->n_sample) + 2);

  return at < 0 ? -INFINITY : at >= self->n_sample ? INFINITY : self->sample[(gsize) at];
}

void
kennis_selection_quantiles (const KennisSelection *self,
                            const double          *p,
                            guint                  n_p,
                            guint                  n_threads,
                            double                *out)
{
  double least = 1, most = 0;
  gboolean done = FALSE;

  for (guint i = 0; i < n_p; i++)
    {
      out[i] = NAN;
      least = MIN (least, p[i]);
      most = MAX (most, p[i]);
    }
  if (self->n == 0)
    return;
  if (self->n_sample == self->n)
    {
      for (guint i = 0; i < n_p; i++)
        out[i] = kennis_quantile_sorted (self->sample, self->n, p[i]);
      return;
    }
  for (double widths = 4; !done; widths *= 8)
    {
      Found found;

      look (self, bound (self, least, -widths), bound (self, most, widths), n_threads, &found);
      done = take_all (&found, self->n, p, n_p, out);
      g_array_unref (found.between);
    }
}
