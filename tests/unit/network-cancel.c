#include "config.h"

#include "looks.h"
#include "network/kennis-temporal-private.h"
#include "networks.h"

/* Every call on a network looks at its cancellable all the while that it works, and gives nothing when it has seen it.
 *
 * No clock decides what a test finds (looks.h); bench/network-cancel measures how long the looks lie apart. */

#define PEOPLE 30000
#define EVENTS 100000
/* A call that looks so often on these looks at least every fifth of its way. */
#define LOOKS  5

typedef struct
{
  KennisNetwork *network, *apart;        /* the same; weights of the other are far apart */
  KennisTemporalNetwork *temporal;
  GBytes *givers, *receivers, *weights, *times, *groups;
} Graph;

static void
graph_make (Graph *self)
{
  guint32 *giver = g_new (guint32, EVENTS), *receiver = g_new (guint32, EVENTS), *group = g_new (guint32, PEOPLE);
  double *weight = g_new (double, EVENTS);
  gint64 *time = g_new (gint64, EVENTS);
  g_autofree double *wide = g_new (double, EVENTS);
  g_autoptr (GBytes) far = NULL;
  KennisRandom random;

  kennis_random_init (&random, 7, 7);
  for (guint i = 0; i < EVENTS; i++)
    {
      giver[i] = kennis_random_below (&random, PEOPLE);
      receiver[i] = kennis_random_below (&random, 3) ? kennis_random_below (&random, PEOPLE) : giver[i] / 8 * 8;
      weight[i] = 1 + kennis_random_below (&random, 3);
      wide[i] = exp (20 * kennis_random_uniform (&random));
      time[i] = kennis_random_below (&random, 100000);
    }
  for (guint p = 0; p < PEOPLE; p++)
    group[p] = p / 8;
  self->givers = g_bytes_new_take (giver, EVENTS * sizeof *giver);
  self->receivers = g_bytes_new_take (receiver, EVENTS * sizeof *receiver);
  self->weights = g_bytes_new_take (weight, EVENTS * sizeof *weight);
  self->times = g_bytes_new_take (time, EVENTS * sizeof *time);
  self->groups = g_bytes_new_take (group, PEOPLE * sizeof *group);
  far = g_bytes_new (wide, EVENTS * sizeof *wide);
  self->network =
      kennis_network_new_from_columns (PEOPLE, self->givers, self->receivers, self->weights, NULL, NULL, NULL);
  self->apart = kennis_network_new_from_columns (PEOPLE, self->givers, self->receivers, far, NULL, NULL, NULL);
  self->temporal =
      kennis_temporal_network_new_from_columns (PEOPLE, self->givers, self->receivers, self->times, NULL, NULL);
}

static void
graph_clear (Graph *self)
{
  g_clear_object (&self->network);
  g_clear_object (&self->apart);
  g_clear_object (&self->temporal);
  g_bytes_unref (self->givers);
  g_bytes_unref (self->receivers);
  g_bytes_unref (self->weights);
  g_bytes_unref (self->times);
  g_bytes_unref (self->groups);
}

/* Each gives whether there was a result. */
static gboolean
has_bytes (GBytes *bytes)
{
  gboolean has = bytes != NULL;

  g_clear_pointer (&bytes, g_bytes_unref);
  return has;
}

static gboolean
has_object (gpointer object)
{
  gboolean has = object != NULL;

  g_clear_object (&object);
  return has;
}

static gboolean
has_paths (KennisNetworkPaths *paths)
{
  gboolean has = paths != NULL;

  g_clear_pointer (&paths, kennis_network_paths_unref);
  return has;
}

#define CALL(name, expression)                                                                                         \
  static gboolean name (const Graph *g, GCancellable *c, GError **e) { return expression; }
#define N g->network
#define T g->temporal
#define GIVING  KENNIS_SIDE_GIVING
#define FORWARD KENNIS_TIME_DIRECTION_FORWARD
#define BACK    KENNIS_TIME_DIRECTION_BACKWARD
#define STRICT  KENNIS_TIME_ORDER_STRICT
#define LOOSE   KENNIS_TIME_ORDER_NON_DECREASING

CALL (make, has_object (kennis_network_new_from_columns (PEOPLE, g->givers, g->receivers, g->weights, NULL, c, e)))
CALL (undirected, has_object (kennis_network_to_undirected (N, c, e)))
CALL (weak, has_bytes (kennis_network_components (N, FALSE, NULL, NULL, c, e)))
CALL (strong, has_bytes (kennis_network_components (N, TRUE, NULL, NULL, c, e)))
CALL (cores, has_bytes (kennis_network_coreness (N, KENNIS_SIDE_BOTH, c, e)))
CALL (core_share, !isnan (kennis_network_get_core_share (N, GIVING, 3, c, e)))
CALL (triangles, has_bytes (kennis_network_triangles (N, 2, c, e)))
CALL (clustering, has_bytes (kennis_network_clustering (N, 2, c, e)))
CALL (transitivity, !isnan (kennis_network_transitivity (N, 2, c, e)))
CALL (directed, has_bytes (kennis_network_directed_clustering (N, 2, c, e)))
CALL (communities, has_bytes (kennis_network_communities (N, 1, TRUE, 1, NULL, c, e)))
CALL (brokerage, has_bytes (kennis_network_brokerage (N, g->groups, 2, c, e)))
CALL (by_steps, has_bytes (kennis_network_betweenness (N, FALSE, 2, c, e)))
CALL (by_buckets, has_bytes (kennis_network_betweenness (N, TRUE, 2, c, e)))
CALL (by_heap, has_bytes (kennis_network_betweenness (g->apart, TRUE, 2, c, e)))
CALL (estimated, has_bytes (kennis_network_estimate_betweenness (N, FALSE, 16, 1, NULL, 2, c, e)))
CALL (closeness, has_bytes (kennis_network_harmonic_closeness (N, GIVING, 2, c, e)))
CALL (pagerank, has_bytes (kennis_network_pagerank (N, 0.85, 2, c, e)))
CALL (constraint, has_bytes (kennis_network_constraint (N, 2, c, e)))
CALL (reach_2, has_bytes (kennis_network_reach (N, GIVING, 2, 2, c, e)))
CALL (reach_3, has_bytes (kennis_network_reach (N, GIVING, 3, 2, c, e)))
CALL (reach_all, has_bytes (kennis_network_reach (N, GIVING, 0, 2, c, e)))
CALL (sketches, has_bytes (kennis_network_estimate_reach (N, GIVING, 3, 6, 1, NULL, 2, c, e)))
CALL (paths, has_paths (kennis_network_find_paths (N, 2, c, e)))
CALL (inside, !isnan (kennis_network_external_internal (N, g->groups, -1, NULL, NULL, c, e)))
CALL (modularity, !isnan (kennis_network_modularity (N, g->groups, 1, TRUE, c, e)))
CALL (assortativity, !isnan (kennis_network_assortativity (N, g->groups, c, e)))
CALL (make_in_time, has_object (kennis_temporal_network_new_from_columns (PEOPLE, g->givers, g->receivers, g->times, c, e)))
CALL (reach_in_time, has_bytes (kennis_temporal_network_reach (T, FORWARD, STRICT, -1, 2, c, e)))
CALL (reach_back, has_bytes (kennis_temporal_network_reach (T, BACK, LOOSE, -1, 2, c, e)))
CALL (reach_soon, has_bytes (kennis_temporal_network_reach (T, FORWARD, LOOSE, 500, 2, c, e)))
CALL (mean_reach, !isnan (kennis_temporal_network_mean_reach (T, FORWARD, STRICT, -1, 512, 1, 2, NULL, c, e)))
CALL (arrivals, has_bytes (kennis_temporal_network_arrivals (T, 7, FORWARD, LOOSE, 900, c, e)))
CALL (arrivals_back, has_bytes (kennis_temporal_network_arrivals (T, 7, BACK, STRICT, -1, c, e)))
CALL (find_path, has_bytes (kennis_temporal_network_find_path (T, &(guint32) { 3 }, 1, &(guint32) { 9 }, 1,
                                                               KENNIS_PATH_KIND_FASTEST, LOOSE, -1, c, e)))
CALL (diffuse, has_bytes (kennis_temporal_network_diffuse (T, NULL, 0, 0, 1000, 100, 0.1, 128, 1, 2, c, e)))

static const struct
{
  const char *name;
  gboolean (*run) (const Graph *graph, GCancellable *cancellable, GError **error);
  int looks;    /* those that there are at least */
} calls[] = {
#define ROW(name) { #name, name, LOOKS }
  ROW (make), ROW (undirected), ROW (weak), ROW (strong), ROW (cores), ROW (core_share), ROW (triangles),
  ROW (clustering), ROW (transitivity), ROW (directed), ROW (communities), ROW (brokerage), ROW (by_steps),
  ROW (by_buckets), ROW (by_heap), ROW (estimated), ROW (closeness), ROW (pagerank), ROW (constraint), ROW (reach_2),
  ROW (reach_3), ROW (reach_all), ROW (sketches), ROW (paths), ROW (inside), ROW (modularity), ROW (assortativity),
  ROW (make_in_time), ROW (reach_in_time), ROW (reach_back), ROW (reach_soon), ROW (mean_reach), ROW (arrivals),
  ROW (arrivals_back), ROW (find_path), ROW (diffuse),
#undef ROW
};

static void
every_call_looks_all_the_while_and_gives_nothing_when_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Graph graph;

  graph_make (&graph);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    for (int look = 1; look <= calls[i].looks; look += 2)
      {
        g_autoptr (GError) error = NULL;

        n_looks = 0;
        yes_from = look;
        CU_ASSERT_FALSE (calls[i].run (&graph, cancellable, &error));
        if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
          {
            g_print ("# %s looked %d times, and was not cancelled by look %d\n", calls[i].name, n_looks, look);
            CU_FAIL ("not cancelled");
          }
      }
  graph_clear (&graph);
}

static void
without_a_cancel_they_come_to_their_end (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (RandomNetwork) r = network_random (3, 40, 200, TRUE);
  Graph graph = { .network = r.network };

  yes_from = G_MAXINT;
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    if (calls[i].run == weak || calls[i].run == strong || calls[i].run == by_steps || calls[i].run == by_buckets)
      CU_ASSERT_TRUE (calls[i].run (&graph, cancellable, NULL));
}

/* ── All of it at one time ───────────────────────────────────────────────────────────────────────────────────────────── */

/* A fifth of the events, or less, lies between two looks. */
static void
looks_at_one_time (const char *name, int looks)
{
  if (looks >= LOOKS)
    return;
  g_print ("# %s looked %d times within one instant\n", name, looks);
  CU_FAIL ("too few looks");
}

static void
steps_at_one_time (KennisTemporalNetwork *network, KennisTimeOrder order, gint64 wait)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  KennisEvents events;
  int looks;

  kennis_temporal_network_events (network, &events);
  n_looks = 0;
  kennis_steps_free (kennis_steps_new (&events, order, wait, cancellable, NULL));
  looks = n_looks;
  looks_at_one_time ("making the steps", looks);
  for (int look = 1; look <= looks; look++)
    {
      g_autoptr (GError) error = NULL;

      n_looks = 0;
      yes_from = look;
      CU_ASSERT_PTR_NULL (kennis_steps_new (&events, order, wait, cancellable, &error));
      CU_ASSERT_TRUE (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
    }
  yes_from = G_MAXINT;
}

/* Nothing else in these calls looks as often: they look only at each event. */
static void
calls_at_one_time (const Graph *graph)
{
  static const KennisTimeOrder orders[] = { STRICT, LOOSE };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  for (guint o = 0; o < G_N_ELEMENTS (orders); o++)
    {
      n_looks = 0;
      CU_ASSERT_TRUE (
          has_bytes (kennis_temporal_network_arrivals (graph->temporal, 0, FORWARD, orders[o], -1, cancellable, NULL)));
      looks_at_one_time ("arrivals", n_looks);
      n_looks = 0;
      CU_ASSERT_TRUE (
          has_bytes (kennis_temporal_network_find_path (graph->temporal, &(guint32) { 0 }, 1, &(guint32) { 9 }, 1,
                                                        KENNIS_PATH_KIND_SHORTEST, orders[o], -1, cancellable, NULL)));
      looks_at_one_time ("find_path", n_looks);
    }
  n_looks = 0;
  CU_ASSERT_TRUE (
      has_bytes (kennis_temporal_network_diffuse (graph->temporal, NULL, 0, 0, 1, 1, 0.5, 1, 1, 1, cancellable, NULL)));
  looks_at_one_time ("diffuse", n_looks / 3);
}

/* Of days, millions of events may be of one; and one person may have told all others then. */
static void
what_happens_at_one_time_is_looked_at_all_the_while_too (void)
{
  Graph graph;

  yes_from = G_MAXINT;
  graph_make (&graph);
  for (guint of_one = 0; of_one < 2; of_one++)
    {
      g_autofree gint64 *time = g_new0 (gint64, EVENTS);
      g_autofree guint32 *giver = g_new0 (guint32, EVENTS);
      g_autoptr (GBytes) times = g_bytes_new_static (time, EVENTS * sizeof *time);
      g_autoptr (GBytes) givers = g_bytes_new_static (giver, EVENTS * sizeof *giver);

      g_clear_object (&graph.temporal);
      graph.temporal = kennis_temporal_network_new_from_columns (PEOPLE, of_one ? givers : graph.givers,
                                                                 graph.receivers, times, NULL, NULL);
      calls_at_one_time (&graph);
      steps_at_one_time (graph.temporal, STRICT, -1);
      steps_at_one_time (graph.temporal, LOOSE, -1);
      steps_at_one_time (graph.temporal, STRICT, 5);
      steps_at_one_time (graph.temporal, LOOSE, 5);
    }
  graph_clear (&graph);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "every call looks all the while and gives nothing when cancelled",
      every_call_looks_all_the_while_and_gives_nothing_when_cancelled },
    { "without a cancel they come to their end", without_a_cancel_they_come_to_their_end },
    { "what happens at one time is looked at all the while too", what_happens_at_one_time_is_looked_at_all_the_while_too },
    CU_TEST_INFO_NULL
  };

  return kennis_test_main ("network-cancel", tests);
}
