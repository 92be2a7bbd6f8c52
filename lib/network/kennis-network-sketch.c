#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-random-private.h"
#include "base/kennis-wide-private.h"
#include "network/kennis-network-private.h"

/* Reach by counting sketches: HyperLogLog (Flajolet et al. 2007) spread along ties, step by step (HyperANF; Boldi, Rosa & Vigna
 * 2011), read with Ertl's improved raw estimator (2017), which needs no correction by hand. */

#define CHUNK  256         /* people */
#define PACE   4096        /* people between two looks at the cancellable, where less is done for each */
#define LEAST  4
#define MOST   14

typedef struct
{
  guint32      n;
  guint        precision;    /* 2^precision registers, of one byte, a person */
  KennisRows   rows;
  guint8      *now, *next;
  guint8      *changed;      /* by chunk */
  GCancellable *cancellable;
} Sketches;

static void
sketches_clear (Sketches *self)
{
  g_aligned_free (self->now);
  g_aligned_free (self->next);
  g_free (self->changed);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sketches, sketches_clear)

/* Everyone's own: one register. */
static gboolean
begin (Sketches *self, guint64 seed)
{
  gsize size = (gsize) 1 << self->precision;

  if (!kennis_network_zero (self->now, size * self->n, self->cancellable))
    return FALSE;
  for (guint32 p = 0; p < self->n; p++)
    {
      KennisRandom random;
      guint64 hash, rest;

      if (p % PACE == 0 && g_cancellable_is_cancelled (self->cancellable))
        return FALSE;
      kennis_random_init (&random, seed, p);
      hash = kennis_random_u64 (&random);
      rest = hash << self->precision;
      self->now[size * p + (hash >> (64 - self->precision))] =
          (guint8) (rest != 0 ? (guint) __builtin_clzll (rest) + 1 : 65 - self->precision);
    }
  return TRUE;
}

KENNIS_WIDE static void
do_chunk (gsize chunk, guint thread, gpointer data)
{
  Sketches *self = data;
  gsize size = (gsize) 1 << self->precision;
  guint32 end = (guint32) MIN ((chunk + 1) * CHUNK, self->n);
  guint8 changed = 0;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  for (guint32 p = (guint32) (chunk * CHUNK); p < end; p++)
    {
      guint8 *own = self->next + size * p;

      memcpy (own, self->now + size * p, size);
      for (guint32 i = self->rows.offset[p]; i < self->rows.offset[p + 1]; i++)
        {
          const guint8 *other = self->now + size * self->rows.to[i];

          for (gsize r = 0; r < size; r++)
            own[r] = own[r] > other[r] ? own[r] : other[r];
        }
      changed |= memcmp (own, self->now + size * p, size) != 0;
    }
  self->changed[chunk] = changed;
}

static double
sigma (double x)
{
  double y = 1, z = x, before;

  if (x == 1)
    return INFINITY;
  do
    {
      x *= x;
      before = z;
      z += x * y;
      y += y;
    }
  while (z != before);
  return z;
}

static double
tau (double x)
{
  double y = 1, z = 1 - x, before;

  if (x == 0 || x == 1)
    return 0;
  do
    {
      x = sqrt (x);
      before = z;
      y *= 0.5;
      z -= (1 - x) * (1 - x) * y;
    }
  while (z != before);
  return z / 3;
}

static double
estimate (const Sketches *self, guint32 p)
{
  gsize size = (gsize) 1 << self->precision;
  guint q = 64 - self->precision, count[66] = { 0 };
  const guint8 *own = self->now + size * p;
  double m = (double) size, z;

  for (gsize r = 0; r < size; r++)
    count[own[r]]++;
  z = m * tau (1 - count[q + 1] / m);
  for (guint k = q; k > 0; k--)
    z = 0.5 * (z + count[k]);
  z += m * sigma (count[0] / m);
  return m * m / (2 * M_LN2 * z);
}

/* Of the others.  Without a tie there is nothing to estimate. */
static double
share_of (const Sketches *self, guint32 p)
{
  if (self->n < 2)
    return NAN;
  if (self->rows.offset[p] == self->rows.offset[p + 1])
    return 0;
  return CLAMP ((estimate (self, p) - 1) / (self->n - 1.0), 0, 1);
}

static gboolean
spread (Sketches *self, guint steps, guint n_threads, GError **error)
{
  gsize n_chunks = ((gsize) self->n + CHUNK - 1) / CHUNK;
  gboolean go_on = TRUE;

  for (guint step = 0; go_on && (steps == 0 || step < steps); step++)
    {
      guint8 *swap = self->now;

      if (!kennis_parallel_for (n_threads, n_chunks, do_chunk, self, NULL, self->cancellable, error))
        return FALSE;
      self->now = self->next;
      self->next = swap;
      go_on = FALSE;
      for (gsize c = 0; c < n_chunks; c++)
        go_on |= self->changed[c];
    }
  return TRUE;
}

/**
 * kennis_network_estimate_reach:
 * @self: a network
 * @side: %KENNIS_SIDE_GIVING for whom a person reaches, %KENNIS_SIDE_RECEIVING for by whom the person is reached
 * @steps: at most how many steps along ties; 0 for any number
 * @precision: 4 … 14: as log₂ of the counters a person
 * @seed: of the counters
 * @standard_error: (out) (optional): relative standard error of each number of people: 1.04 / √(2 to the power @precision)
 * @n_threads: threads to use; 0 for one per processor
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Estimates each person's reach, for millions of people: the share of all others within so many steps.
 *
 * Element type: double, one a person: 0 … 1; NaN where there is nobody else.  The same seed gives the same bits on any number of
 * threads.  @precision 7 is off by 9% (one standard error), 10 by 3%.
 *
 * Time: O(steps · ties · 2^precision).  Memory: 2 · 2^precision bytes a person.  Source: Flajolet et al. 2007; Boldi, Rosa & Vigna 2011; Ertl 2017.
 *
 * Returns: (transfer full): a column; %NULL when cancelled
 *
 * Since: 1.0
 */
GBytes *
kennis_network_estimate_reach (KennisNetwork  *self,
                               KennisSide      side,
                               guint           steps,
                               guint           precision,
                               guint64         seed,
                               double         *standard_error,
                               guint           n_threads,
                               GCancellable   *cancellable,
                               GError        **error)
{
  g_auto (Sketches) sketches = { 0 };
  g_autofree double *share = NULL;
  gsize size;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (side == KENNIS_SIDE_GIVING || side == KENNIS_SIDE_RECEIVING, NULL);
  g_return_val_if_fail (precision >= LEAST && precision <= MOST, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  size = ((gsize) self->n + 1) << precision;
  sketches = (Sketches) { .n = self->n, .precision = precision, .cancellable = cancellable };
  sketches.rows = kennis_network_rows (self, side == KENNIS_SIDE_RECEIVING);
  sketches.now = g_aligned_alloc (size, 1, 64);
  sketches.next = g_aligned_alloc (size, 1, 64);
  sketches.changed = g_new0 (guint8, (gsize) self->n / CHUNK + 2);
  if (!begin (&sketches, seed) || !spread (&sketches, steps, n_threads, error))
    {
      if (error != NULL && *error == NULL)
        g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }
  share = g_new (double, (gsize) self->n + 1);
  for (guint32 p = 0; p < self->n; p++)
    {
      if (p % PACE == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      share[p] = share_of (&sketches, p);
    }
  if (standard_error != NULL)
    *standard_error = 1.04 / sqrt ((double) ((gsize) 1 << precision));
  return g_bytes_new_take (g_steal_pointer (&share), (gsize) self->n * sizeof (double));
}
