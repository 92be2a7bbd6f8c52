/* How soon work on networks ends when it is cancelled: 0.1 s at most, wherever it is.  On c of bench/network (1 000 000 people, 10 000 000 ties or
 * events), two threads; told are the longest processor time of a thread between two looks at the cancellable (or the begin and the end), and how long one
 * call took to return that was cancelled on the way.  What is no call of a second is worked out to its end, the rest for some seconds.
 *
 * The program's own g_cancellable_is_cancelled() stands before GIO's, so that it sees each look. */
#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/kennis-random-private.h"

#include <kennis/kennis.h>

#define THREADS  2
#define PEOPLE   1000000
#define TIES     10000000
#define TEAM     40
#define DAY      86400000.0
#define AT_MOST  0.1
#define LONG     3.0      /* s: then it is cancelled */

static _Atomic gint64 longest;      /* ns */
static _Atomic gint64 is_over;      /* when to cancel (monotonic, µs); then when that was seen */
static _Thread_local gint64 last;   /* processor time of this thread at its last look */

static gint64
thread_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static void
note_look (void)
{
  gint64 now = thread_time (), gap = now - last, most = longest;

  last = now;
  while (gap > most
         && !__atomic_compare_exchange_n ((gint64 *) &longest, &most, gap, FALSE, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
    ;
}

gboolean
g_cancellable_is_cancelled (GCancellable *cancellable)
{
  if (cancellable == NULL)
    return FALSE;
  note_look ();
  return g_get_monotonic_time () >= is_over;
}

gboolean
g_cancellable_set_error_if_cancelled (GCancellable *cancellable, GError **error)
{
  if (!g_cancellable_is_cancelled (cancellable))
    return FALSE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  return TRUE;
}

typedef struct
{
  KennisNetwork *network, *lengths;      /* lengths: weights so far apart that they need a heap */
  KennisTemporalNetwork *temporal, *at_once;   /* at_once: all events are at one time */
  GBytes *givers, *receivers, *weights, *times, *groups;
} Graph;

static void
make_graph (Graph *self)
{
  guint32 *giver = g_new (guint32, TIES), *receiver = g_new (guint32, TIES), *group = g_new (guint32, PEOPLE);
  double *weight = g_new (double, TIES);
  gint64 *time = g_new (gint64, TIES);
  KennisRandom random;
  g_autoptr (GBytes) apart = NULL, none = NULL;
  double *wide = g_new (double, TIES);

  kennis_random_init (&random, 20261122, 'c');
  for (guint i = 0; i < TIES; i++)
    {
      guint32 known = i > 0 && kennis_random_below (&random, 2) ? receiver[kennis_random_below (&random, i)]
                                                                : kennis_random_below (&random, PEOPLE);

      giver[i] = kennis_random_below (&random, 4) == 0 ? known : kennis_random_below (&random, PEOPLE);
      if (kennis_random_below (&random, 10) < 6)
        receiver[i] = MIN (giver[i] / TEAM * TEAM + kennis_random_below (&random, TEAM), PEOPLE - 1);
      else
        receiver[i] = known;
      weight[i] = (double[]) { 0.25, 0.5, 1, 1, 1, 2, 3, 5 }[kennis_random_below (&random, 8)];
      wide[i] = exp (20 * kennis_random_uniform (&random));
      time[i] = (gint64) (kennis_random_uniform (&random) * 365 * DAY);
    }
  for (guint p = 0; p < PEOPLE; p++)
    group[p] = p / TEAM;
  self->givers = g_bytes_new_take (giver, TIES * sizeof *giver);
  self->receivers = g_bytes_new_take (receiver, TIES * sizeof *receiver);
  self->weights = g_bytes_new_take (weight, TIES * sizeof *weight);
  self->times = g_bytes_new_take (time, TIES * sizeof *time);
  self->groups = g_bytes_new_take (group, PEOPLE * sizeof *group);
  apart = g_bytes_new_take (wide, TIES * sizeof *wide);
  self->network = kennis_network_new_from_columns (PEOPLE, self->givers, self->receivers, self->weights, NULL, NULL, NULL);
  self->lengths = kennis_network_new_from_columns (PEOPLE, self->givers, self->receivers, apart, NULL, NULL, NULL);
  self->temporal =
      kennis_temporal_network_new_from_columns (PEOPLE, self->givers, self->receivers, self->times, NULL, NULL);
  none = g_bytes_new_take (g_new0 (gint64, TIES), TIES * sizeof (gint64));
  self->at_once = kennis_temporal_network_new_from_columns (PEOPLE, self->givers, self->receivers, none, NULL, NULL);
}

static void
drop (GBytes *bytes)
{
  g_clear_pointer (&bytes, g_bytes_unref);
}

static void
drop_object (gpointer object)
{
  g_clear_object (&object);
}

#define CALL(name, expression)                                                                                         \
  static void name (const Graph *g, GCancellable *c) { expression; }
#define N g->network

CALL (make, drop_object (kennis_network_new_from_columns (PEOPLE, g->givers, g->receivers, g->weights, NULL, c, NULL)))
CALL (undirected, drop_object (kennis_network_to_undirected (N, c, NULL)))
CALL (weak, drop (kennis_network_components (N, FALSE, NULL, NULL, c, NULL)))
CALL (strong, drop (kennis_network_components (N, TRUE, NULL, NULL, c, NULL)))
CALL (cores, drop (kennis_network_coreness (N, KENNIS_SIDE_BOTH, c, NULL)))
CALL (core_share, kennis_network_get_core_share (N, KENNIS_SIDE_GIVING, 3, c, NULL))
CALL (triangles, drop (kennis_network_triangles (N, THREADS, c, NULL)))
CALL (clustering, drop (kennis_network_clustering (N, THREADS, c, NULL)))
CALL (directed, drop (kennis_network_directed_clustering (N, THREADS, c, NULL)))
CALL (communities, drop (kennis_network_communities (N, 1, TRUE, 1, NULL, c, NULL)))
CALL (brokerage, drop (kennis_network_brokerage (N, g->groups, THREADS, c, NULL)))
CALL (by_steps, drop (kennis_network_betweenness (N, FALSE, THREADS, c, NULL)))
CALL (by_buckets, drop (kennis_network_betweenness (N, TRUE, THREADS, c, NULL)))
CALL (by_heap, drop (kennis_network_betweenness (g->lengths, TRUE, THREADS, c, NULL)))
CALL (estimated, drop (kennis_network_estimate_betweenness (N, FALSE, 16, 1, NULL, THREADS, c, NULL)))
CALL (closeness, drop (kennis_network_harmonic_closeness (N, KENNIS_SIDE_GIVING, THREADS, c, NULL)))
CALL (pagerank, drop (kennis_network_pagerank (N, 0.85, THREADS, c, NULL)))
CALL (constraint, drop (kennis_network_constraint (N, THREADS, c, NULL)))
CALL (reach_2, drop (kennis_network_reach (N, KENNIS_SIDE_GIVING, 2, THREADS, c, NULL)))
CALL (reach_3, drop (kennis_network_reach (N, KENNIS_SIDE_GIVING, 3, THREADS, c, NULL)))
CALL (reach_all, drop (kennis_network_reach (N, KENNIS_SIDE_GIVING, 0, THREADS, c, NULL)))
CALL (sketches, drop (kennis_network_estimate_reach (N, KENNIS_SIDE_GIVING, 3, 8, 1, NULL, THREADS, c, NULL)))
CALL (paths, g_clear_pointer (&(KennisNetworkPaths *) { kennis_network_find_paths (N, THREADS, c, NULL) },
                              kennis_network_paths_unref))
CALL (dyads, kennis_network_count_dyads (N, NULL, NULL, NULL))
CALL (mutual, drop (kennis_network_mutual_ties (N)))
CALL (degrees, drop (kennis_network_degrees (N, KENNIS_SIDE_BOTH)))
CALL (strengths, drop (kennis_network_strengths (N, KENNIS_SIDE_BOTH)))
CALL (inside, kennis_network_external_internal (N, g->groups, -1, NULL, NULL, c, NULL))
CALL (modularity, kennis_network_modularity (N, g->groups, 1, TRUE, c, NULL))
CALL (assortativity, kennis_network_assortativity (N, g->groups, c, NULL))
CALL (degree_assortativity, kennis_network_get_degree_assortativity (N))

#define T g->temporal
#define FORWARD  KENNIS_TIME_DIRECTION_FORWARD
#define BACKWARD KENNIS_TIME_DIRECTION_BACKWARD
#define STRICT   KENNIS_TIME_ORDER_STRICT
#define LOOSE    KENNIS_TIME_ORDER_NON_DECREASING
#define WEEK     (gint64) (7 * DAY)

CALL (temporal_make, drop_object (kennis_temporal_network_new_from_columns (PEOPLE, g->givers, g->receivers, g->times, c, NULL)))
CALL (temporal_cut, drop_object (kennis_temporal_network_cut (T, (gint64) DAY, (gint64) (300 * DAY))))
CALL (temporal_reach, drop (kennis_temporal_network_reach (T, FORWARD, STRICT, -1, THREADS, c, NULL)))
CALL (temporal_back, drop (kennis_temporal_network_reach (T, BACKWARD, LOOSE, -1, THREADS, c, NULL)))
CALL (temporal_wait, drop (kennis_temporal_network_reach (T, FORWARD, LOOSE, WEEK, THREADS, c, NULL)))
CALL (temporal_mean, kennis_temporal_network_mean_reach (T, FORWARD, STRICT, -1, 1024, 1, THREADS, NULL, c, NULL))
CALL (arrivals, drop (kennis_temporal_network_arrivals (T, 7, FORWARD, LOOSE, WEEK, c, NULL)))
CALL (arrivals_back, drop (kennis_temporal_network_arrivals (T, 7, BACKWARD, STRICT, -1, c, NULL)))
CALL (fastest, drop (kennis_temporal_network_find_path (T, &(guint32) { 3 }, 1, &(guint32) { 900000 }, 1,
                                                        KENNIS_PATH_KIND_FASTEST, STRICT, -1, c, NULL)))
CALL (shortest, drop (kennis_temporal_network_find_path (T, &(guint32) { 3 }, 1, &(guint32) { 900000 }, 1,
                                                         KENNIS_PATH_KIND_SHORTEST, LOOSE, WEEK, c, NULL)))
CALL (diffusion, drop (kennis_temporal_network_diffuse (T, NULL, 0, 0, (gint64) DAY, 365, 0.1, 128, 1, THREADS, c, NULL)))

#undef T
#define T g->at_once
CALL (once_reach, drop (kennis_temporal_network_reach (T, FORWARD, STRICT, -1, THREADS, c, NULL)))
CALL (once_chains, drop (kennis_temporal_network_reach (T, BACKWARD, LOOSE, -1, THREADS, c, NULL)))
CALL (once_wait, drop (kennis_temporal_network_reach (T, FORWARD, LOOSE, WEEK, THREADS, c, NULL)))
CALL (once_arrivals, drop (kennis_temporal_network_arrivals (T, 7, FORWARD, LOOSE, -1, c, NULL)))
CALL (once_path, drop (kennis_temporal_network_find_path (T, &(guint32) { 3 }, 1, &(guint32) { 900000 }, 1,
                                                          KENNIS_PATH_KIND_SHORTEST, LOOSE, -1, c, NULL)))
CALL (once_diffusion, drop (kennis_temporal_network_diffuse (T, NULL, 0, 0, (gint64) DAY, 3, 0.1, 128, 1, THREADS, c, NULL)))

typedef struct
{
  const char *name;
  void (*run) (const Graph *graph, GCancellable *cancellable);
} Call;

static const Call calls[] = {
#define ROW(name) { #name, name }
  ROW (make), ROW (undirected), ROW (weak), ROW (strong), ROW (cores), ROW (core_share), ROW (triangles),
  ROW (clustering), ROW (directed), ROW (communities), ROW (brokerage), ROW (by_steps), ROW (by_buckets), ROW (by_heap),
  ROW (estimated), ROW (closeness), ROW (pagerank), ROW (constraint), ROW (reach_2), ROW (reach_3), ROW (reach_all),
  ROW (sketches), ROW (paths), ROW (dyads), ROW (mutual), ROW (degrees), ROW (strengths), ROW (inside), ROW (modularity),
  ROW (assortativity), ROW (degree_assortativity), ROW (temporal_make), ROW (temporal_cut), ROW (temporal_reach),
  ROW (temporal_back), ROW (temporal_wait), ROW (temporal_mean), ROW (arrivals), ROW (arrivals_back), ROW (fastest),
  ROW (shortest), ROW (diffusion), ROW (once_reach), ROW (once_chains), ROW (once_wait), ROW (once_arrivals),
  ROW (once_path), ROW (once_diffusion),
#undef ROW
};

/* Runs until it is cancelled after so many seconds; returns how long it took after that, below 0 where it was done before. */
static double
run_for (const Call *call, const Graph *graph, double seconds)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  is_over = g_get_monotonic_time () + (gint64) (seconds * 1e6);
  last = thread_time ();
  call->run (graph, cancellable);
  note_look ();
  return (double) (g_get_monotonic_time () - is_over) / 1e6;
}

int
main (int argc, char **argv)
{
  Graph graph = { 0 };
  guint n_missed = 0;

  make_graph (&graph);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      double over, late, gap;

      if (argc > 1 && !g_strv_contains ((const char *const *) argv + 1, calls[i].name))
        continue;
      longest = 0;
      over = run_for (&calls[i], &graph, LONG);
      late = run_for (&calls[i], &graph, MIN (LONG, LONG + over) / 2);
      gap = (double) longest / 1e9;
      g_print ("%s, between two looks\t%.3f\ts\n%s, until it ended\t%.3f\ts\n", calls[i].name, gap, calls[i].name,
               fmax (late, over));
      n_missed += gap > AT_MOST || fmax (late, over) > AT_MOST;
    }
  g_clear_object (&graph.network);
  g_clear_object (&graph.lengths);
  g_clear_object (&graph.temporal);
  g_clear_object (&graph.at_once);
  drop (graph.givers);
  drop (graph.receivers);
  drop (graph.weights);
  drop (graph.times);
  drop (graph.groups);
  g_print ("cancelled within 0.1 s\t%s\n", n_missed == 0 ? "yes" : "no");
  return n_missed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
