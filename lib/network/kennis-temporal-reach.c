#include "config.h"

#include <math.h>
#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-parallel-private.h"
#include "base/kennis-random-private.h"
#include "network/kennis-network-private.h"
#include "network/kennis-temporal-private.h"

/* Reach of all sources: 512 at a time, a bit each, in one pass over the steps; batches go to threads.  What comes out is a count of
 * bits, so that neither threads nor batches can change it. */

#define SOURCES    512
#define LOOK_EVERY 32768
#define AHEAD      12          /* steps between asking for a row and using it */

typedef guint64 Row __attribute__ ((vector_size (SOURCES / 8)));

/* Counters of 512 columns, bit by bit: plane p has bit p of each. */
#define PLANES 32
typedef struct
{
  Row planes[PLANES];
  Row ones, twos, fours, eights;
} Columns;

typedef struct
{
  const KennisSteps *steps;
  const guint32     *sources;      /* NULL: everybody */
  guint32            n_sources;
  guint32           *number;       /* person → number as a source + 1; NULL where that is known */
  guint32           *reach;        /* of all sources */
  Row              **rows;         /* by thread */
  GCancellable      *cancellable;
} Work;

/* Carry-save adder: the sum of three rows as two. */
static inline void
add_three (Row       *high,
           Row       *low,
           const Row *b,
           const Row *c)
{
  Row u = *low ^ *b, both = *low & *b;

  *low = u ^ *c;
  *high = both | (u & *c);
}

static inline gboolean
is_empty (const Row *row)
{
  guint64 any = 0;

  for (guint w = 0; w < SOURCES / 64; w++)
    any |= (*row)[w];
  return any == 0;
}

static void
add_plane (Columns   *self,
           guint      p,
           const Row *rows)
{
  Row row = *rows;

  for (; p < PLANES && !is_empty (&row); p++)
    {
      Row carry = self->planes[p] & row;

      self->planes[p] ^= row;
      row = carry;
    }
}

/* Sixteen rows at a time (Harley & Seal, after Warren 2012). */
static void
add_sixteen (Columns   *self,
             const Row *rows)
{
  Row twos_a, twos_b, fours_a, fours_b, eights_a, eights_b, sixteens;

  for (guint half = 0; half < 2; half++)
    {
      const Row *r = rows + 8 * half;

      add_three (&twos_a, &self->ones, &r[0], &r[1]);
      add_three (&twos_b, &self->ones, &r[2], &r[3]);
      add_three (&fours_a, &self->twos, &twos_a, &twos_b);
      add_three (&twos_a, &self->ones, &r[4], &r[5]);
      add_three (&twos_b, &self->ones, &r[6], &r[7]);
      add_three (&fours_b, &self->twos, &twos_a, &twos_b);
      add_three (half == 0 ? &eights_a : &eights_b, &self->fours, &fours_a, &fours_b);
    }
  add_three (&sixteens, &self->eights, &eights_a, &eights_b);
  add_plane (self, 4, &sixteens);
}

static gboolean
count_columns (const Work *work,
               const Row  *rows,
               guint32     n,
               Columns    *columns)
{
  guint32 i;

  memset (columns, 0, sizeof *columns);
  for (i = 0; i + 16 <= n; i += 16)
    {
      if (i % LOOK_EVERY == 0 && g_cancellable_is_cancelled (work->cancellable))
        return FALSE;
      add_sixteen (columns, rows + i);
    }
  add_plane (columns, 0, &columns->ones);
  add_plane (columns, 1, &columns->twos);
  add_plane (columns, 2, &columns->fours);
  add_plane (columns, 3, &columns->eights);
  for (; i < n; i++)
    add_plane (columns, 0, &rows[i]);
  return TRUE;
}

static inline void
set_bit (Row    *row,
         guint32 bit)
{
  ((guint64 *) row)[bit / 64] |= G_GUINT64_CONSTANT (1) << bit % 64;
}

/* `first` is the first source of the batch. */
static inline void
do_step (const Work       *work,
         Row              *rows,
         const KennisStep *step,
         guint32           first)
{
  guint32 from = step->from & KENNIS_STEP_ROW;

  if (step->from & KENNIS_STEP_COPY)
    memset (&rows[step->to], 0, sizeof (Row));
  if (!(step->from & KENNIS_STEP_OWN))
    rows[step->to] |= rows[from];
  else
    {
      guint32 bit = (work->number != NULL ? work->number[from] - 1 : from) - first;

      if (bit < SOURCES)
        set_bit (&rows[step->to], bit);
    }
}

static gboolean
run_steps (const Work *work,
           Row        *rows,
           guint32     first)
{
  const KennisStep *steps = (const KennisStep *) (gconstpointer) work->steps->steps->data;
  gsize n = work->steps->steps->len, end;

  for (gsize i = 0; i < n; i = end)
    {
      if (g_cancellable_is_cancelled (work->cancellable))
        return FALSE;
      end = MIN (n, i + LOOK_EVERY);
      for (gsize s = i; s < end; s++)
        {
          const KennisStep *ahead = &steps[MIN (s + AHEAD, n - 1)];

          __builtin_prefetch (&rows[ahead->from & KENNIS_STEP_ROW]);
          __builtin_prefetch (&rows[ahead->to], 1);
          do_step (work, rows, &steps[s], first);
        }
    }
  return TRUE;
}

static void
do_batch (gsize    chunk,
          guint    thread,
          gpointer data)
{
  Work *work = data;
  guint32 n = work->steps->n_people, first = (guint32) chunk * SOURCES;
  guint32 n_sources = MIN (SOURCES, work->n_sources - first);
  Columns columns;
  Row *rows;

  if (work->rows[thread] == NULL)
    work->rows[thread] = g_aligned_alloc (work->steps->n_rows, sizeof (Row), sizeof (Row));
  rows = work->rows[thread];
  if (!kennis_network_zero (rows, n * sizeof (Row), work->cancellable))
    return;
  for (guint32 s = 0; s < n_sources; s++)
    set_bit (&rows[work->sources != NULL ? work->sources[first + s] : first + s], s);
  if (!run_steps (work, rows, first) || !count_columns (work, rows, n, &columns))
    return;
  for (guint32 s = 0; s < n_sources; s++)
    {
      guint32 count = 0;

      for (guint p = 0; p < PLANES; p++)
        count |= (guint32) ((columns.planes[p][s / 64] >> s % 64) & 1) << p;
      work->reach[first + s] = count - 1; /* itself */
    }
}

static gboolean
run_batches (Work    *work,
             guint    n_threads,
             GError **error)
{
  guint threads = kennis_parallel_n_threads (n_threads);
  gboolean done;

  work->rows = g_new0 (Row *, threads);
  done = kennis_parallel_for (threads, ((gsize) work->n_sources + SOURCES - 1) / SOURCES, do_batch, work, NULL,
                              work->cancellable, error);
  for (guint t = 0; t < threads; t++)
    g_aligned_free (work->rows[t]);
  g_free (work->rows);
  return done;
}

/* One count a source; distinct sources, or NULL for everybody. */
static guint32 *
count_reach (KennisTemporalNetwork *self,
             const guint32         *sources,
             guint32                n_sources,
             KennisTimeDirection    direction,
             KennisTimeOrder        order,
             gint64                 max_wait,
             guint                  n_threads,
             GCancellable          *cancellable,
             GError               **error)
{
  g_autoptr (KennisSteps) steps = NULL;
  g_autofree guint32 *reach = g_new0 (guint32, (gsize) n_sources + 1), *number = NULL;
  KennisEvents events, reversed = { 0 };
  Work work = { .sources = sources, .n_sources = n_sources, .reach = reach, .cancellable = cancellable };

  kennis_temporal_network_events (self, &events);
  if (direction == KENNIS_TIME_DIRECTION_BACKWARD && !kennis_events_reverse (&events, &reversed, cancellable))
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }
  steps = kennis_steps_new (reversed.from != NULL ? &reversed : &events, order, max_wait, cancellable, error);
  kennis_events_clear_reversed (&reversed);
  if (steps == NULL)
    return NULL;
  work.steps = steps;
  if (sources != NULL)
    {
      work.number = number = g_new0 (guint32, (gsize) self->n_people + 1);
      for (guint32 s = 0; s < n_sources; s++)
        number[sources[s]] = s + 1;
    }
  return run_batches (&work, n_threads, error) ? g_steal_pointer (&reach) : NULL;
}

/**
 * kennis_temporal_network_reach:
 * @self: a temporal network
 * @direction: which way to look
 * @order: how times follow one another
 * @max_wait: longest time in ms between hearing something and passing it on; negative for any
 * @n_threads: threads to use; 0 for one per processor
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Counts for every person how many others their knowledge could have reached, or from how many they could have learned.
 *
 * Person b is reached from a where there are events a → p₁ at t₁, p₁ → p₂ at t₂, …, → b at tₖ, all in the window, with
 * t₁ < t₂ < … (%KENNIS_TIME_ORDER_STRICT) or t₁ ≤ t₂ ≤ … (%KENNIS_TIME_ORDER_NON_DECREASING), and, where @max_wait is given,
 * each tᵢ₊₁ − tᵢ ≤ @max_wait.  The source may begin at any time.  Nobody reaches themselves.
 *
 * With a longest wait, to hear something again starts the wait anew, and what goes round may come back to someone who had it: such a
 * path may pass the same person twice (a *restless walk*; without passing anyone twice the question is NP-hard: Casteigts et al.
 * 2021).
 *
 * The counts are exact, and the same on any number of threads.
 *
 * Errors: %G_IO_ERROR_CANCELLED; %KENNIS_ERROR_TOO_LARGE, more than 2³⁰ rows in a window of @max_wait.
 *
 * Time: O(people · events / 512), with a longest wait some six times that.  Memory: 8 bytes an event (with a longest wait up to 64),
 * and for each thread 64 bytes a person (with a longest wait also 64 bytes for each event that is within it).
 *
 * Source: time-respecting paths, Kempe, Kleinberg & Kumar (2002); Holme & Saramäki (2012).
 *
 * Returns: (transfer full): one guint32 a person, in native byte order
 *
 * Since: 1.0
 */
GBytes *
kennis_temporal_network_reach (KennisTemporalNetwork *self,
                               KennisTimeDirection    direction,
                               KennisTimeOrder        order,
                               gint64                 max_wait,
                               guint                  n_threads,
                               GCancellable          *cancellable,
                               GError               **error)
{
  guint32 *reach;

  g_return_val_if_fail (KENNIS_IS_TEMPORAL_NETWORK (self), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  reach = count_reach (self, NULL, self->n_people, direction, order, max_wait, n_threads, cancellable, error);
  return reach != NULL ? g_bytes_new_take (reach, (gsize) self->n_people * sizeof (guint32)) : NULL;
}

/* n of the people, each as likely, in order of number (Fan, Muller & Rezucha 1962). */
static guint32 *
draw_sources (guint32 n_people,
              guint32 n,
              guint64 seed)
{
  guint32 *sources = g_new (guint32, (gsize) n + 1), k = 0;
  KennisRandom random;

  kennis_random_init (&random, seed, 0);
  for (guint32 p = 0; p < n_people && k < n; p++)
    if (kennis_random_below (&random, n_people - p) < n - k)
      sources[k++] = p;
  return sources;
}

/**
 * kennis_temporal_network_mean_reach:
 * @self: a temporal network
 * @direction: which way to look
 * @order: how times follow one another
 * @max_wait: longest time in ms between hearing something and passing it on; negative for any
 * @n_sources: people to look from, drawn at random; 0 for everybody
 * @seed: of the draw
 * @n_threads: threads to use; 0 for one per processor
 * @standard_error: (out) (optional): of the result; 0 where everybody was looked from
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Works out the share of all others that a person's knowledge could have reached, on average over people.
 *
 * The sum of [method@TemporalNetwork.reach] / (N·(N − 1)), 0 to 1: exactly, or estimated from @n_sources people drawn without
 * replacement, with the standard error s/√n · √(1 − n/N).  Forward and backward have the same mean.
 *
 * Errors: %KENNIS_ERROR_TOO_FEW, under two people; those of [method@TemporalNetwork.reach].
 *
 * Time: O(sources · events / 512).  Memory: as [method@TemporalNetwork.reach].
 *
 * Returns: a share; NaN with an error
 *
 * Since: 1.0
 */
double
kennis_temporal_network_mean_reach (KennisTemporalNetwork *self,
                                    KennisTimeDirection    direction,
                                    KennisTimeOrder        order,
                                    gint64                 max_wait,
                                    guint32                n_sources,
                                    guint64                seed,
                                    guint                  n_threads,
                                    double                *standard_error,
                                    GCancellable          *cancellable,
                                    GError               **error)
{
  g_autofree guint32 *sources = NULL, *reach = NULL;
  guint64 sum = 0;
  double mean, squares = 0, n;

  g_return_val_if_fail (KENNIS_IS_TEMPORAL_NETWORK (self), NAN);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NAN);
  g_return_val_if_fail (error == NULL || *error == NULL, NAN);

  if (self->n_people < 2)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_TOO_FEW, _("%u people; the share of others takes at least two"),
                   self->n_people);
      return NAN;
    }
  if (n_sources == 0 || n_sources >= self->n_people)
    n_sources = self->n_people;
  else
    sources = draw_sources (self->n_people, n_sources, seed);
  reach = count_reach (self, sources, n_sources, direction, order, max_wait, n_threads, cancellable, error);
  if (reach == NULL)
    return NAN;
  for (guint32 s = 0; s < n_sources; s++)
    sum += reach[s];
  n = n_sources;
  mean = (double) sum / n;
  for (guint32 s = 0; s < n_sources; s++)
    squares += (reach[s] - mean) * (reach[s] - mean);
  if (standard_error != NULL)
    *standard_error = sources == NULL ? 0
                      : n < 2         ? NAN
                              : sqrt (squares / (n - 1) / n * (1 - n / self->n_people)) / (self->n_people - 1.0);
  return mean / (self->n_people - 1.0);
}
