/* Reach by time-respecting paths: every source of 100 000 people and 1 000 000 events (b), two threads, at most 3 s after sorting; and of
 * 1 000 000 people and 10 000 000 events (c) a sample of 2 048 sources. */
#include "config.h"

#include "bench.h"

#include <stdlib.h>

#include <kennis/kennis.h>

#include "base/kennis-random-private.h"

#define BOUND 3.0

/* Scale-free with teams of 10: three of ten givers and receivers are those of an earlier event, and three of ten events stay in the team. */
static KennisTemporalNetwork *
make (guint32 n_people,
      guint32 n)
{
  g_autofree guint32 *giver = g_new (guint32, n), *receiver = g_new (guint32, n);
  g_autofree gint64 *time = g_new (gint64, n);
  g_autoptr (GBytes) givers = NULL, receivers = NULL, times = NULL;
  KennisTemporalNetwork *self;
  KennisRandom random;
  gint64 begun;

  kennis_random_init (&random, 1, 0);
  for (guint32 i = 0; i < n; i++)
    {
      guint32 what = kennis_random_below (&random, 10);

      giver[i] = i > 0 && kennis_random_below (&random, 10) < 3 ? giver[kennis_random_below (&random, i)]
                                                                : kennis_random_below (&random, n_people);
      receiver[i] = kennis_random_below (&random, n_people);
      if (what < 3)
        receiver[i] = giver[i] / 10 * 10 + kennis_random_below (&random, 10);
      else if (what < 6 && i > 0)
        receiver[i] = receiver[kennis_random_below (&random, i)];
      time[i] = (gint64) (kennis_random_uniform (&random) * 365 * 86400000.0);
    }
  givers = g_bytes_new_take (g_steal_pointer (&giver), n * sizeof (guint32));
  receivers = g_bytes_new_take (g_steal_pointer (&receiver), n * sizeof (guint32));
  times = g_bytes_new_take (g_steal_pointer (&time), n * sizeof (gint64));
  begun = g_get_monotonic_time ();
  self = kennis_temporal_network_new_from_columns (n_people, givers, receivers, times, NULL, NULL);
  g_print ("temporal, sorting %u events\t%.3f\ts\n", n, seconds_since (begun));
  return self;
}

static double
seconds (KennisTemporalNetwork *network,
         gint64                 max_wait,
         double                *mean)
{
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GBytes) bytes = kennis_temporal_network_reach (network, KENNIS_TIME_DIRECTION_FORWARD,
                                                            KENNIS_TIME_ORDER_STRICT, max_wait, 2, NULL, NULL);
  double taken = seconds_since (begun);
  const guint32 *reach = g_bytes_get_data (bytes, NULL);
  guint32 n = kennis_temporal_network_get_n_people (network);

  *mean = 0;
  for (guint32 p = 0; p < n; p++)
    *mean += (double) reach[p] / n;
  return taken;
}

int
main (void)
{
  g_autoptr (KennisTemporalNetwork) b = make (100000, 1000000), c = NULL;
  double mean, taken[3], waits, error;
  gint64 begun;

  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    taken[i] = seconds (b, -1, &mean);
  g_print ("temporal, every source of 100 000 people and 1 000 000 events (at most 3)\t%.3f\ts\n",
           median (taken, G_N_ELEMENTS (taken)));
  g_print ("temporal, others reached, mean\t%.0f\tpeople\n", mean);
  waits = seconds (b, 7 * 86400000LL, &mean);
  g_print ("temporal, the same, passed on within a week\t%.3f\ts\n", waits);
  g_print ("temporal, others reached so, mean\t%.0f\tpeople\n", mean);

  g_clear_object (&b);
  c = make (1000000, 10000000);
  begun = g_get_monotonic_time ();
  mean = kennis_temporal_network_mean_reach (c, KENNIS_TIME_DIRECTION_FORWARD, KENNIS_TIME_ORDER_STRICT, -1, 2048, 1, 2,
                                             &error, NULL, NULL);
  g_print ("temporal, 2 048 of 1 000 000 people, 10 000 000 events\t%.3f\ts\n", seconds_since (begun));
  g_print ("temporal, share reached so, and its standard error\t%.5f +- %.5f\t\n", mean, error);
  return taken[1] <= BOUND ? EXIT_SUCCESS : EXIT_FAILURE;
}
