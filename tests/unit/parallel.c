#include "config.h"

#include <math.h>
#include <stdatomic.h>

#include "kennis-test.h"
#include "base/kennis-parallel-private.h"

#define CHUNKS 500

typedef struct
{
  atomic_uint   times[CHUNKS];
  atomic_uint   odd_threads;       /* numbers outside 0 … n − 1 */
  guint         n_threads;
  double        part[CHUNKS];
  GCancellable *cancellable;
  gsize         cancel_at;
  atomic_uint   begun, ended;
  GThread      *caller;
  guint         reports, foreign;  /* foreign: in another thread than the caller's */
  double        last;
} Run;

static void
do_chunk (gsize chunk, guint thread, gpointer data)
{
  Run *run = data;

  atomic_fetch_add (&run->begun, 1);
  atomic_fetch_add (&run->times[chunk], 1);
  if (thread >= run->n_threads)
    atomic_fetch_add (&run->odd_threads, 1);
  for (gsize i = 1; i < 200; i++)
    run->part[chunk] += sin ((double) (chunk * 200 + i)) * pow (10, (double) (chunk % 13));
  if (run->cancellable != NULL && chunk == run->cancel_at)
    g_cancellable_cancel (run->cancellable);
  atomic_fetch_add (&run->ended, 1);
}

static void
on_progress (double fraction, gpointer data)
{
  Run *run = data;

  run->reports++;
  run->foreign += g_thread_self () != run->caller || fraction < run->last;
  run->last = fraction;
}

static void
every_chunk_is_done_once_on_any_number_of_threads (void)
{
  double first = 0;

  for (guint n = 1; n <= 9; n++)
    {
      g_autofree Run *run = g_new0 (Run, 1);
      KennisProgressSink sink;
      guint wrong = 0;
      double sum = 0;

      run->n_threads = n;
      run->caller = g_thread_self ();
      kennis_progress_sink_init (&sink, on_progress, run);
      CU_ASSERT_TRUE (kennis_parallel_for (n, CHUNKS, do_chunk, run, &sink, NULL, NULL));
      kennis_progress_sink_clear (&sink);
      for (gsize i = 0; i < CHUNKS; i++)
        {
          wrong += run->times[i] != 1;
          sum += run->part[i];
        }
      first = n == 1 ? sum : first;
      CU_ASSERT_EQUAL (wrong, 0);
      CU_ASSERT_EQUAL (run->odd_threads, 0);
      CU_ASSERT_TRUE (sum == first); /* to the last bit */
      CU_ASSERT_TRUE (run->reports >= 1 && run->reports <= 100);
      CU_ASSERT_EQUAL (run->foreign, 0);
      CU_ASSERT_EQUAL (run->last, 1);
    }
}

static void
no_chunks_are_no_work (void)
{
  g_autofree Run *run = g_new0 (Run, 1);

  CU_ASSERT_TRUE (kennis_parallel_for (4, 0, do_chunk, run, NULL, NULL, NULL));
  CU_ASSERT_EQUAL (run->begun, 0);
}

static void
cancelling_ends_what_is_begun_and_begins_nothing_more (void)
{
  for (guint n = 1; n <= 4; n++)
    {
      g_autofree Run *run = g_new0 (Run, 1);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;

      run->n_threads = n;
      run->cancellable = cancellable;
      run->cancel_at = 10;
      CU_ASSERT_FALSE (kennis_parallel_for (n, CHUNKS, do_chunk, run, NULL, cancellable, &error));
      CU_ASSERT_TRUE (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
      CU_ASSERT_EQUAL (run->begun, run->ended);
      CU_ASSERT_TRUE (run->begun >= 11 && run->begun < CHUNKS);
    }
}

typedef struct
{
  atomic_uint   times[CHUNKS];
  double        value[CHUNKS], sum;
  guint         round, wrong, last;
  GCancellable *cancellable;
} Rounds;

static void
do_chunk_of_round (gsize chunk, guint thread, gpointer data)
{
  Rounds *self = data;

  atomic_fetch_add (&self->times[chunk], 1);
  self->value[chunk] = sin ((double) chunk + self->sum);
}

/* All were done once more, and what is written here all of them see. */
static gboolean
between_rounds (gpointer data)
{
  Rounds *self = data;

  self->round++;
  for (gsize i = 0; i < CHUNKS; i++)
    {
      self->wrong += self->times[i] != self->round;
      self->sum += self->value[i];
    }
  if (self->cancellable != NULL && self->round == 100)
    g_cancellable_cancel (self->cancellable);
  return self->round < self->last;
}

static void
rounds_follow_each_other_on_any_number_of_threads (void)
{
  double first = 0;

  for (guint n = 1; n <= 9; n++)
    {
      g_autofree Rounds *rounds = g_new0 (Rounds, 1);

      rounds->last = 200;
      CU_ASSERT_TRUE (kennis_parallel_rounds (n, CHUNKS, do_chunk_of_round, between_rounds, rounds, NULL, NULL));
      CU_ASSERT_EQUAL (rounds->round, 200);
      CU_ASSERT_EQUAL (rounds->wrong, 0);
      first = n == 1 ? rounds->sum : first;
      CU_ASSERT_TRUE (rounds->sum == first); /* to the last bit */
    }
}

static void
rounds_end_when_cancelled (void)
{
  for (guint n = 1; n <= 4; n++)
    {
      g_autofree Rounds *rounds = g_new0 (Rounds, 1);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;

      rounds->last = G_MAXUINT;
      rounds->cancellable = cancellable;
      CU_ASSERT_FALSE (
          kennis_parallel_rounds (n, CHUNKS, do_chunk_of_round, between_rounds, rounds, cancellable, &error));
      CU_ASSERT_TRUE (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
      CU_ASSERT_EQUAL (rounds->round, 100);
      /* Already cancelled: nothing is done. */
      CU_ASSERT_FALSE (
          kennis_parallel_rounds (n, CHUNKS, do_chunk_of_round, between_rounds, rounds, cancellable, NULL));
      CU_ASSERT_EQUAL (rounds->round, 100);
    }
}

static void
what_was_cancelled_before_does_not_begin (void)
{
  g_autofree Run *run = g_new0 (Run, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  CU_ASSERT_FALSE (kennis_parallel_for (3, CHUNKS, do_chunk, run, NULL, cancellable, &error));
  CU_ASSERT_TRUE (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  CU_ASSERT_EQUAL (run->begun, 0);
}

static void
zero_threads_means_one_per_processor (void)
{
  CU_ASSERT_EQUAL (kennis_parallel_n_threads (0), g_get_num_processors ());
  CU_ASSERT_EQUAL (kennis_parallel_n_threads (7), 7);
  CU_ASSERT_TRUE (kennis_parallel_n_threads (G_MAXUINT) <= 1024);
}

int
main (void)
{
  return kennis_test_main ("parallel", (CU_TestInfo[]) {
    { "every chunk is done once on any number of threads", every_chunk_is_done_once_on_any_number_of_threads },
    { "no chunks are no work", no_chunks_are_no_work },
    { "cancelling ends what is begun and begins nothing more", cancelling_ends_what_is_begun_and_begins_nothing_more },
    { "rounds follow each other on any number of threads", rounds_follow_each_other_on_any_number_of_threads },
    { "rounds end when cancelled", rounds_end_when_cancelled },
    { "what was cancelled before does not begin", what_was_cancelled_before_does_not_begin },
    { "zero threads means one per processor", zero_threads_means_one_per_processor },
    CU_TEST_INFO_NULL,
  });
}
