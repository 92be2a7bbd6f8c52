#include "config.h"

#include <kennis/kennis-error.h>
#include <math.h>
#include <string.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-parallel-private.h"
#include "base/kennis-random-private.h"
#include "base/kennis-statistics-private.h"
#include "network/kennis-temporal-private.h"

/* Susceptible–informed on the real events: 64 draws at a time, a bit each, in one pass over the events.  Each event has its own random stream for each
 * 64 draws, so that draws do not hang on threads nor on one another. */

#define DRAWS     64
#define MAX_CELLS (G_GUINT64_CONSTANT (1) << 28)

typedef struct
{
  KennisEvents   events;   /* from the start on */
  const guint32 *sources;
  gsize          n_sources;
  gint64         start, step;
  guint          n_steps;
  guint64        certain;  /* 2^53 × the probability; */
  guint64        seed;
  guint          n_draws;
  guint32       *informed; /* (n_steps + 1) × n_draws */
  GCancellable  *cancellable;
} Work;

typedef struct
{
  guint64 *informed;       /* by person */
  guint64 *heard;          /* by event of one time */
  gsize    n_heard;
  guint32  counts[DRAWS];
  KennisPace pace;
} Batch;

/* Of the draws in `of`, those in which something with this probability happens: its binary digits against random ones, the highest first. */
static guint64
draw_bits (guint64       of,
           guint64       certain,
           KennisRandom *random)
{
  guint64 yes = 0;

  if (certain >> 53)
    return of;
  for (int digit = 52; digit >= 0 && of != 0; digit--)
    {
      guint64 bits = kennis_random_u64 (random);

      if (certain >> digit & 1)
        {
          yes |= of & ~bits;
          of &= bits;
        }
      else
        of &= ~bits;
    }
  return yes;
}

static void
inform (Batch   *batch,
        guint32  person,
        guint64  draws)
{
  draws &= ~batch->informed[person];
  batch->informed[person] |= draws;
  for (; draws != 0; draws &= draws - 1)
    batch->counts[__builtin_ctzll (draws)]++;
}

static void
begin (const Work *work,
       Batch      *batch,
       guint       first_draw)
{
  if (work->n_sources > 0)
    {
      for (gsize i = 0; i < work->n_sources; i++)
        inform (batch, work->sources[i], ~G_GUINT64_CONSTANT (0));
      return;
    }
  for (guint d = 0; d < DRAWS; d++)
    {
      KennisRandom random;

      kennis_random_init (&random, kennis_random_seed_for (work->seed, "diffusion source", first_draw + d), 0);
      inform (batch, kennis_random_below (&random, work->events.n_people), G_GUINT64_CONSTANT (1) << d);
    }
}

static void
note (const Work *work,
      const Batch *batch,
      guint        row,
      guint        first_draw)
{
  for (guint d = 0; d < DRAWS && first_draw + d < work->n_draws; d++)
    work->informed[(gsize) row * work->n_draws + first_draw + d] = batch->counts[d];
}

/* Who hears at this time tells at a later one. */
static void
tell (const Work *work,
      Batch      *batch,
      guint64     seed,
      gsize       first,
      gsize       end)
{
  if (batch->n_heard < end - first)
    {
      batch->n_heard = (end - first) * 2;
      batch->heard = g_renew (guint64, batch->heard, batch->n_heard);
    }
  for (gsize i = first; i < end && !kennis_pace_is_over (&batch->pace); i++)
    {
      guint64 may = batch->informed[work->events.from[i]] & ~batch->informed[work->events.to[i]];
      KennisRandom random;

      batch->heard[i - first] = 0;
      if (may == 0)
        continue;
      kennis_random_init (&random, seed, i);
      batch->heard[i - first] = draw_bits (may, work->certain, &random);
    }
  for (gsize i = first; i < end && !kennis_pace_is_over (&batch->pace); i++)
    if (batch->heard[i - first] != 0)
      inform (batch, work->events.to[i], batch->heard[i - first]);
}

/* The first row that is to hold what is known before this time: of start + row × step ≥ time … */
static guint
row_after (const Work *work,
           gint64      time)
{
  guint64 past = (guint64) time - (guint64) work->start;

  return (guint) MIN ((guint64) work->n_steps + 1, past / (guint64) work->step + 1);
}

static void
do_batch (gsize    chunk,
          guint    thread,
          gpointer data)
{
  const Work *work = data;
  guint first_draw = (guint) chunk * DRAWS, row = 0;
  guint64 seed = kennis_random_seed_for (work->seed, "diffusion", chunk);
  Batch batch = { .informed = g_new0 (guint64, (gsize) work->events.n_people + 1),
                  .pace.cancellable = work->cancellable };
  gsize end;

  begin (work, &batch, first_draw);
  for (gsize i = 0; i < work->events.n && !batch.pace.is_over; i = end)
    {
      guint until = row_after (work, work->events.time[i]);

      end = kennis_events_end (&work->events, i);
      for (; row < until; row++)
        note (work, &batch, row, first_draw);
      if (row > work->n_steps)
        break;
      tell (work, &batch, seed, i, end);
    }
  for (; row <= work->n_steps; row++)
    note (work, &batch, row, first_draw);
  g_free (batch.informed);
  g_free (batch.heard);
}

static GBytes *
summarise (const Work *work)
{
  double *rows = g_new (double, ((gsize) work->n_steps + 1) * 4);
  g_autofree double *shares = g_new (double, (gsize) work->n_draws);
  double n = work->n_draws;

  for (guint r = 0; r <= work->n_steps; r++)
    {
      KennisSum sum = { 0 }, squares = { 0 };
      double mean;

      for (guint d = 0; d < work->n_draws; d++)
        {
          shares[d] = (double) work->informed[(gsize) r * work->n_draws + d] / work->events.n_people;
          kennis_sum_add (&sum, shares[d]);
        }
      mean = kennis_sum_get (&sum) / n;
      for (guint d = 0; d < work->n_draws; d++)
        kennis_sum_add (&squares, (shares[d] - mean) * (shares[d] - mean));
      kennis_sort_doubles (shares, work->n_draws);
      rows[4 * r] = mean;
      rows[4 * r + 1] = n > 1 ? sqrt (kennis_sum_get (&squares) / (n - 1) / n) : NAN;
      rows[4 * r + 2] = kennis_quantile_sorted (shares, work->n_draws, 0.05);
      rows[4 * r + 3] = kennis_quantile_sorted (shares, work->n_draws, 0.95);
    }
  return g_bytes_new_take (rows, ((gsize) work->n_steps + 1) * 4 * sizeof *rows);
}

static gboolean
check (const Work  *work,
       double       probability,
       GError     **error)
{
  for (gsize i = 0; i < work->n_sources; i++)
    if (work->sources[i] >= work->events.n_people)
      {
        g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("Person %u; there are people 0 to %lld"),
                     work->sources[i], (long long) work->events.n_people - 1);
        return FALSE;
      }
  if (work->events.n_people == 0)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_TOO_FEW, _("There is nobody who could be informed"));
      return FALSE;
    }
  if (!(probability >= 0 && probability <= 1))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("The probability is %g; it must be from 0 to 1"),
                   probability);
      return FALSE;
    }
  if (work->step < 1 || work->n_draws < 1 || ((guint64) work->n_steps + 1) * work->n_draws > MAX_CELLS)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("Steps must be longer than 0, there must be a draw, and steps × draws at most %llu"),
                   (unsigned long long) MAX_CELLS);
      return FALSE;
    }
  return TRUE;
}

/**
 * kennis_temporal_network_diffuse:
 * @self: a temporal network
 * @sources: (array length=n_sources) (nullable): who is informed at the start
 * @n_sources: how many; 0: in each draw one person, drawn at random
 * @start: when it begins
 * @step: length of a step in ms (86 400 000 for a day)
 * @n_steps: steps to look ahead
 * @probability: that an event passes it on, 0 to 1
 * @n_draws: draws
 * @seed: of the draws
 * @n_threads: threads to use; 0 for one per processor
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Simulates how something would have spread through the events as they took place (susceptible–informed).
 *
 * At each event of an informed giver with a receiver who is not, the receiver becomes informed with @probability, and passes it on at later
 * times only (%KENNIS_TIME_ORDER_STRICT).  Nobody forgets.  Row k tells of the time @start + k · @step, before the events of that time: the mean share
 * of people who are informed over the draws, its standard error (NaN with one draw), and the 5th and 95th percentile of draws.  Draw k is the same on
 * any number of threads and with any more draws.
 *
 * With probability 1 and given sources all draws are equal, and exact.
 *
 * Errors: %KENNIS_ERROR_INVALID, %KENNIS_ERROR_TOO_FEW, %G_IO_ERROR_CANCELLED.
 *
 * Time: O(draws / 64 · events).  Memory: 8 bytes a person and thread, 4 a step and draw.
 *
 * Source: Karsai et al. (2011).
 *
 * Returns: (transfer full): n_steps + 1 rows of four doubles in native byte order: mean, standard error, 5%, 95%
 *
 * Since: 1.0
 */
GBytes *
kennis_temporal_network_diffuse (KennisTemporalNetwork  *self,
                                 const guint32          *sources,
                                 gsize                   n_sources,
                                 gint64                  start,
                                 gint64                  step,
                                 guint                   n_steps,
                                 double                  probability,
                                 guint                   n_draws,
                                 guint64                 seed,
                                 guint                   n_threads,
                                 GCancellable           *cancellable,
                                 GError                **error)
{
  g_autoptr (KennisTemporalNetwork) later = NULL;
  g_autofree guint32 *informed = NULL;
  Work work = { .sources = sources, .n_sources = n_sources, .start = start, .step = step, .n_steps = n_steps, .seed = seed,
                .n_draws = n_draws, .cancellable = cancellable };

  g_return_val_if_fail (KENNIS_IS_TEMPORAL_NETWORK (self), NULL);
  g_return_val_if_fail (sources != NULL || n_sources == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  later = kennis_temporal_network_cut (self, start, KENNIS_UNKNOWN);
  kennis_temporal_network_events (later, &work.events);
  if (!check (&work, probability, error))
    return NULL;
  work.certain = (guint64) (probability * 0x1p53);
  work.informed = informed = g_new0 (guint32, ((gsize) n_steps + 1) * n_draws);
  if (!kennis_parallel_for (n_threads, ((gsize) n_draws + DRAWS - 1) / DRAWS, do_batch, &work, NULL, cancellable,
                            error))
    return NULL;
  return summarise (&work);
}
