#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-random-private.h"
#include "kennis-test.h"

#define MAX_PEOPLE 40
#define MAX_EVENTS 120

typedef struct
{
  guint32 n_people;
  guint   n;
  guint32 giver[MAX_EVENTS], receiver[MAX_EVENTS];
  gint64  time[MAX_EVENTS];
} Events;

static KennisTemporalNetwork *
make (const Events *e)
{
  g_autoptr (GBytes) givers = g_bytes_new (e->giver, e->n * sizeof (guint32));
  g_autoptr (GBytes) receivers = g_bytes_new (e->receiver, e->n * sizeof (guint32));
  g_autoptr (GBytes) times = g_bytes_new (e->time, e->n * sizeof (gint64));

  return kennis_temporal_network_new_from_columns (e->n_people, givers, receivers, times, NULL, NULL);
}

static Events
make_random (guint64 seed)
{
  KennisRandom random;
  Events e = { 0 };
  guint32 span;

  kennis_random_init (&random, seed, 0);
  e.n_people = 1 + kennis_random_below (&random, MAX_PEOPLE);
  e.n = kennis_random_below (&random, MAX_EVENTS + 1);
  span = 1 + kennis_random_below (&random, seed % 3 == 0 ? 4 : 60);
  for (guint i = 0; i < e.n; i++)
    {
      e.giver[i] = kennis_random_below (&random, e.n_people);
      e.receiver[i] = kennis_random_below (&random, e.n_people);
      e.time[i] = (gint64) kennis_random_below (&random, span) - 20;
    }
  return e;
}

static gboolean
may_follow (gint64          before,
            gint64          after,
            KennisTimeOrder order,
            gint64          max_wait)
{
  if (order == KENNIS_TIME_ORDER_STRICT ? after <= before : after < before)
    return FALSE;
  return max_wait < 0 || after - before <= max_wait;
}

/* The plainest search: which event can follow which, from event to event, until nothing new is found.  first[b]: earliest arrival. */
static void
search (const Events    *e,
        guint32          source,
        KennisTimeOrder  order,
        gint64           max_wait,
        gint64          *first)
{
  gboolean is_told[MAX_EVENTS] = { FALSE }, is_new = TRUE;

  for (guint i = 0; i < e->n; i++)
    is_told[i] = e->giver[i] == source && e->giver[i] != e->receiver[i];
  while (is_new)
    {
      is_new = FALSE;
      for (guint i = 0; i < e->n; i++)
        for (guint j = 0; j < e->n && is_told[i]; j++)
          if (!is_told[j] && e->giver[j] == e->receiver[i] && e->giver[j] != e->receiver[j]
              && may_follow (e->time[i], e->time[j], order, max_wait))
            is_told[j] = is_new = TRUE;
    }
  for (guint32 p = 0; p < e->n_people; p++)
    first[p] = KENNIS_UNKNOWN;
  for (guint i = 0; i < e->n; i++)
    if (is_told[i] && e->receiver[i] != source)
      {
        guint32 p = e->receiver[i];

        first[p] = first[p] == KENNIS_UNKNOWN ? e->time[i] : MIN (first[p], e->time[i]);
      }
}

/* Time runs back. */
static Events
turn (const Events *e)
{
  Events r = *e;

  for (guint i = 0; i < e->n; i++)
    {
      r.giver[i] = e->receiver[i];
      r.receiver[i] = e->giver[i];
      r.time[i] = -e->time[i];
    }
  return r;
}

static guint
count_wrong (const Events          *e,
             KennisTemporalNetwork *network,
             KennisTimeDirection    direction,
             KennisTimeOrder        order,
             gint64                 max_wait)
{
  gboolean is_back = direction == KENNIS_TIME_DIRECTION_BACKWARD;
  Events seen = is_back ? turn (e) : *e;
  g_autoptr (GBytes) bytes = kennis_temporal_network_reach (network, direction, order, max_wait, 1, NULL, NULL);
  const guint32 *reach = g_bytes_get_data (bytes, NULL);
  guint wrong = 0;

  for (guint32 source = 0; source < e->n_people; source++)
    {
      g_autoptr (GBytes) times =
          kennis_temporal_network_arrivals (network, source, direction, order, max_wait, NULL, NULL);
      const gint64 *arrivals = g_bytes_get_data (times, NULL);
      gint64 first[MAX_PEOPLE];
      guint32 n = 0;

      search (&seen, source, order, max_wait, first);
      for (guint32 p = 0; p < e->n_people; p++)
        {
          n += first[p] != KENNIS_UNKNOWN;
          wrong += arrivals[p] != (first[p] == KENNIS_UNKNOWN || !is_back ? first[p] : -first[p]);
        }
      wrong += reach[source] != n;
    }
  return wrong;
}

static void
reach_and_arrivals_are_those_of_the_plainest_search (void)
{
  static const gint64 waits[] = { -1, 0, 1, 3, 10, 1000 };
  guint wrong = 0, told = 0;

  for (guint64 seed = 0; seed < 150; seed++)
    {
      Events e = make_random (seed);
      g_autoptr (KennisTemporalNetwork) network = make (&e);

      for (guint w = 0; w < G_N_ELEMENTS (waits); w++)
        for (guint c = 0; c < 4; c++)
          {
            guint n = count_wrong (&e, network, c / 2, c % 2, waits[w]);

            if (n > 0 && told++ < 10)
              printf ("# seed %u, direction %u, order %u, wait %d: %u wrong\n", (guint) seed, c / 2, c % 2,
                      (int) waits[w], n);
            wrong += n;
          }
    }
  CU_ASSERT_EQUAL (wrong, 0);
}

/* 3 000 people: several batches of sources. */
static KennisTemporalNetwork *
make_large (guint32 n_people,
            guint   n)
{
  g_autofree guint32 *people = g_new (guint32, 2 * (gsize) n);
  g_autofree gint64 *time = g_new (gint64, n);
  g_autoptr (GBytes) givers = NULL, receivers = NULL, times = NULL;
  KennisRandom random;

  kennis_random_init (&random, 7, 0);
  for (guint i = 0; i < n; i++)
    {
      people[i] = kennis_random_below (&random, n_people);
      people[n + i] = kennis_random_below (&random, n_people);
      time[i] = kennis_random_below (&random, 5000);
    }
  givers = g_bytes_new (people, n * sizeof (guint32));
  receivers = g_bytes_new (people + n, n * sizeof (guint32));
  times = g_bytes_new (time, n * sizeof (gint64));
  return kennis_temporal_network_new_from_columns (n_people, givers, receivers, times, NULL, NULL);
}

static void
any_number_of_threads_counts_the_same (void)
{
  g_autoptr (KennisTemporalNetwork) network = make_large (3001, 9000);

  for (guint c = 0; c < 4; c++)
    {
      gint64 wait = c / 2 ? 2000 : -1;
      g_autoptr (GBytes) one = kennis_temporal_network_reach (network, 0, c % 2, wait, 1, NULL, NULL);
      g_autoptr (GBytes) two = kennis_temporal_network_reach (network, 0, c % 2, wait, 2, NULL, NULL);
      g_autoptr (GBytes) seven = kennis_temporal_network_reach (network, 0, c % 2, wait, 7, NULL, NULL);
      const guint32 *reach = g_bytes_get_data (one, NULL);
      guint wrong = 0;

      CU_ASSERT_TRUE (g_bytes_equal (one, two) && g_bytes_equal (one, seven));
      for (guint32 p = 0; p < 3001; p += 100)
        {
          g_autoptr (GBytes) arrivals = kennis_temporal_network_arrivals (network, p, 0, c % 2, wait, NULL, NULL);
          const gint64 *times = g_bytes_get_data (arrivals, NULL);
          guint32 n = 0;

          for (guint32 other = 0; other < 3001; other++)
            n += times[other] != KENNIS_UNKNOWN;
          wrong += n != reach[p];
        }
      CU_ASSERT_EQUAL (wrong, 0);
    }
}

/* The mean of all is exact; from a sample it lies within four standard errors, with and without a bound on the wait. */
static void
the_mean_of_a_sample_tells_how_far_it_may_be_off (void)
{
  g_autoptr (KennisTemporalNetwork) network = make_large (3001, 9000);

  for (guint c = 0; c < 2; c++)
    {
      gint64 wait = c ? 1500 : -1;
      g_autoptr (GBytes) bytes = kennis_temporal_network_reach (network, 0, 0, wait, 2, NULL, NULL);
      const guint32 *reach = g_bytes_get_data (bytes, NULL);
      double sum = 0, se, exact, error = 0;
      guint wide = 0;

      for (guint32 p = 0; p < 3001; p++)
        sum += reach[p];
      exact = kennis_temporal_network_mean_reach (network, 0, 0, wait, 0, 0, 1, &se, NULL, NULL);
      assert_near (exact, sum / 3001 / 3000);
      CU_ASSERT_EQUAL (se, 0);
      assert_near (exact, kennis_temporal_network_mean_reach (network, 1, 0, wait, 0, 0, 1, NULL, NULL, NULL));
      for (guint seed = 0; seed < 20; seed++)
        {
          error = kennis_temporal_network_mean_reach (network, 0, 0, wait, 600, seed, 2, &se, NULL, NULL) - exact;
          wide += fabs (error) > 2 * se;
          CU_ASSERT_TRUE (se > 0 && fabs (error) < 4 * se);
        }
      CU_ASSERT_TRUE (error != 0 && wide <= 4);
    }
}

static void
a_window_is_the_network_of_its_events (void)
{
  guint wrong = 0;

  for (guint64 seed = 0; seed < 30; seed++)
    {
      Events e = make_random (seed), part = { .n_people = e.n_people };
      g_autoptr (KennisTemporalNetwork) network = make (&e), window = NULL, none = NULL;

      for (guint i = 0; i < e.n; i++)
        if (e.time[i] >= -15 && e.time[i] < 5)
          {
            part.giver[part.n] = e.giver[i];
            part.receiver[part.n] = e.receiver[i];
            part.time[part.n++] = e.time[i];
          }
      window = kennis_temporal_network_cut (network, -15, 5);
      wrong += count_wrong (&part, window, 0, 0, -1);
      none = kennis_temporal_network_cut (network, 5, -15);
      wrong += kennis_temporal_network_get_n_events (none) != 0;
      wrong += kennis_temporal_network_get_n_people (none) != e.n_people;
    }
  CU_ASSERT_EQUAL (wrong, 0);
}

static void
events_come_out_in_order_without_loops (void)
{
  Events e = { 4, 5, { 3, 1, 2, 0, 1 }, { 0, 2, 2, 1, 0 }, { 5, -7, 0, 5, -7 } };
  g_autoptr (KennisTemporalNetwork) network = make (&e);
  const guint32 *givers = g_bytes_get_data (kennis_temporal_network_get_givers (network), NULL);
  const guint32 *receivers = g_bytes_get_data (kennis_temporal_network_get_receivers (network), NULL);
  const gint64 *times = g_bytes_get_data (kennis_temporal_network_get_times (network), NULL);

  CU_ASSERT_EQUAL_FATAL (kennis_temporal_network_get_n_events (network), 4);
  CU_ASSERT_TRUE (givers[0] == 1 && receivers[0] == 0 && times[0] == -7);
  CU_ASSERT_TRUE (givers[1] == 1 && receivers[1] == 2 && times[1] == -7);
  CU_ASSERT_TRUE (givers[2] == 0 && receivers[2] == 1 && times[2] == 5);
  CU_ASSERT_TRUE (givers[3] == 3 && receivers[3] == 0 && times[3] == 5);
}

/* So many of one time are sorted in another way than few. */
static void
many_events_of_one_time_come_out_in_order_too (void)
{
  guint n = 150000, n_people = 5000, k = 0;
  g_autofree guint32 *giver = g_new (guint32, n), *receiver = g_new (guint32, n),
                     *expected = g_new0 (guint32, n_people);
  g_autofree gint64 *time = g_new (gint64, n);
  KennisRandom random;
  g_autoptr (KennisTemporalNetwork) network = NULL;
  g_autoptr (GBytes) givers = NULL, receivers = NULL, times = NULL;
  const guint32 *g, *r;
  const gint64 *t;

  kennis_random_init (&random, 5, 5);
  for (guint i = 0; i < n; i++)
    {
      giver[i] = kennis_random_below (&random, n_people);
      receiver[i] = (giver[i] + 1 + kennis_random_below (&random, n_people - 1)) % n_people;
      time[i] = i < 3 ? 9 - (int) i : 5;
      expected[giver[i]] += receiver[i];
    }
  givers = g_bytes_new (giver, n * sizeof *giver);
  receivers = g_bytes_new (receiver, n * sizeof *receiver);
  times = g_bytes_new (time, n * sizeof *time);
  network = kennis_temporal_network_new_from_columns (n_people, givers, receivers, times, NULL, NULL);
  g = g_bytes_get_data (kennis_temporal_network_get_givers (network), NULL);
  r = g_bytes_get_data (kennis_temporal_network_get_receivers (network), NULL);
  t = g_bytes_get_data (kennis_temporal_network_get_times (network), NULL);
  for (guint i = 0; i < n; i++)
    {
      expected[g[i]] -= r[i];
      k += i > 0
           && (t[i] < t[i - 1] || (t[i] == t[i - 1] && (g[i] < g[i - 1] || (g[i] == g[i - 1] && r[i] < r[i - 1]))));
    }
  CU_ASSERT_EQUAL (k, 0);
  for (guint p = 0; p < n_people; p++)
    CU_ASSERT_EQUAL (expected[p], 0);
}

static void
nobody_and_one_person_reach_nobody (void)
{
  Events nobody = { 0 }, one = { 1, 1, { 0 }, { 0 }, { 3 } };
  g_autoptr (KennisTemporalNetwork) a = make (&nobody), b = make (&one);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) none = kennis_temporal_network_reach (a, 0, 0, -1, 0, NULL, NULL);
  g_autoptr (GBytes) alone = kennis_temporal_network_reach (b, 0, 0, 5, 0, NULL, NULL);

  CU_ASSERT_EQUAL (g_bytes_get_size (none), 0);
  CU_ASSERT_EQUAL_FATAL (g_bytes_get_size (alone), 4);
  CU_ASSERT_EQUAL (*(const guint32 *) g_bytes_get_data (alone, NULL), 0);
  CU_ASSERT_TRUE (isnan (kennis_temporal_network_mean_reach (b, 0, 0, -1, 0, 0, 1, NULL, NULL, &error)));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_TOO_FEW));
}

static void
times_at_the_ends_of_what_fits_do_not_overflow (void)
{
  Events e = { 3, 2, { 0, 1 }, { 1, 2 }, { G_MININT64 + 1, G_MAXINT64 } };
  g_autoptr (KennisTemporalNetwork) network = make (&e);

  CU_ASSERT_EQUAL (count_wrong (&e, network, 0, 0, -1), 0);
  {
    g_autoptr (GBytes) reach = kennis_temporal_network_reach (network, 0, 0, G_MAXINT64, 1, NULL, NULL);
    g_autoptr (GBytes) back = kennis_temporal_network_reach (network, 1, 1, -1, 1, NULL, NULL);

    CU_ASSERT_EQUAL (((const guint32 *) g_bytes_get_data (reach, NULL))[0], 1);
    CU_ASSERT_EQUAL (((const guint32 *) g_bytes_get_data (back, NULL))[2], 2);
  }
}

static void
bad_columns_are_refused_with_the_row (void)
{
  guint32 people[] = { 0, 3 };
  gint64 time[] = { 1, KENNIS_UNKNOWN };
  g_autoptr (GBytes) givers = g_bytes_new (people, sizeof people), times = g_bytes_new (time, sizeof time);
  g_autoptr (GBytes) one = g_bytes_new (people, 4);
  g_autoptr (GError) error = NULL;

  CU_ASSERT_PTR_NULL (kennis_temporal_network_new_from_columns (3, givers, givers, times, NULL, &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
  assert_text (error->message, "Row 1: person 3; there are people 0 to 2");
  g_clear_error (&error);
  CU_ASSERT_PTR_NULL (kennis_temporal_network_new_from_columns (4, givers, givers, times, NULL, &error));
  assert_text (error->message, "Row 1: the time is unknown; every event needs one");
  g_clear_error (&error);
  CU_ASSERT_PTR_NULL (kennis_temporal_network_new_from_columns (4, one, givers, times, NULL, &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (20000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
it_stops_soon_when_cancelled (void)
{
  g_autoptr (KennisTemporalNetwork) network = make_large (60000, 400000);

  for (guint c = 0; c < 2; c++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
      GBytes *reach = kennis_temporal_network_reach (network, 0, 0, c ? 500 : -1, 2, cancellable, &error);

      g_thread_join (thread);
      CU_ASSERT_PTR_NULL (reach);
      CU_ASSERT_TRUE (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
    }
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "reach and arrivals are those of the plainest search", reach_and_arrivals_are_those_of_the_plainest_search },
    { "any number of threads counts the same", any_number_of_threads_counts_the_same },
    { "the mean of a sample tells how far it may be off", the_mean_of_a_sample_tells_how_far_it_may_be_off },
    { "a window is the network of its events", a_window_is_the_network_of_its_events },
    { "events come out in order, without loops", events_come_out_in_order_without_loops },
    { "many events of one time come out in order too", many_events_of_one_time_come_out_in_order_too },
    { "nobody and one person reach nobody", nobody_and_one_person_reach_nobody },
    { "times at the ends of what fits do not overflow", times_at_the_ends_of_what_fits_do_not_overflow },
    { "bad columns are refused with the row", bad_columns_are_refused_with_the_row },
    { "it stops soon when cancelled", it_stops_soon_when_cancelled },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("temporal network", tests);
}
