#include "config.h"

#include "networks.h"

/* Floyd & Warshall (1962); steps, or lengths 1/weight. */
static double *
find_distances (const RandomNetwork *r, gboolean weighted)
{
  double *d = g_new (double, r->n * r->n);

  for (guint i = 0; i < r->n * r->n; i++)
    d[i] = i % r->n == i / r->n ? 0 : r->w[i] > 0 ? (weighted ? 1 / r->w[i] : 1) : INFINITY;
  for (guint k = 0; k < r->n; k++)
    for (guint i = 0; i < r->n; i++)
      for (guint j = 0; j < r->n; j++)
        d[i * r->n + j] = MIN (d[i * r->n + j], d[i * r->n + k] + d[k * r->n + j]);
  return d;
}

/* Shortest paths between all pairs, by adding up over the last tie, nearest first. */
static double *
count_paths (const RandomNetwork *r, const double *d, gboolean weighted)
{
  double *paths = g_new0 (double, r->n * r->n);

  for (guint s = 0; s < r->n; s++)
    {
      g_autofree guint8 *done = g_new0 (guint8, r->n);

      for (guint round = 0; round < r->n; round++)
        {
          guint next = r->n;

          for (guint v = 0; v < r->n; v++)
            if (!done[v] && (next == r->n || d[s * r->n + v] < d[s * r->n + next]))
              next = v;
          done[next] = 1;
          paths[s * r->n + next] = next == s;
          for (guint u = 0; u < r->n; u++)
            {
              double w = r->w[u * r->n + next];

              if (w > 0 && next != s && isfinite (d[s * r->n + next])
                  && fabs (d[s * r->n + u] + (weighted ? 1 / w : 1) - d[s * r->n + next]) < 1e-9)
                paths[s * r->n + next] += paths[s * r->n + u];
            }
        }
    }
  return paths;
}

static double
betweenness_of (const RandomNetwork *r, const double *d, const double *paths, guint v)
{
  guint n = r->n;
  double sum = 0;

  for (guint s = 0; s < n; s++)
    for (guint t = 0; t < n; t++)
      if (s != t && s != v && t != v && isfinite (d[s * n + t])
          && fabs (d[s * n + v] + d[v * n + t] - d[s * n + t]) < 1e-9)
        sum += paths[s * n + v] * paths[v * n + t] / paths[s * n + t];
  return sum;
}

static void
distances_are_those_of_floyd_and_warshall (void)
{
  FOR_RANDOM_NETWORKS (r, FALSE)
  {
    g_autofree double *d = find_distances (&r, FALSE);
    g_autoptr (KennisNetworkPaths) paths = kennis_network_find_paths (r.network, 2, NULL, NULL);
    g_autoptr (GBytes) bytes = kennis_network_paths_get_pairs (paths);
    const guint64 *pairs = g_bytes_get_data (bytes, NULL);
    g_autofree guint64 *expected = g_new0 (guint64, r.n + 1);
    double n = 0, sum = 0, inverse = 0, most = 0;

    for (guint i = 0; i < r.n * r.n; i++)
      if (isfinite (d[i]) && d[i] > 0)
        {
          expected[(guint) d[i]]++;
          n++;
          sum += d[i];
          inverse += 1 / d[i];
          most = MAX (most, d[i]);
        }
    CU_ASSERT_EQUAL (kennis_network_paths_get_n_pairs (paths), n);
    CU_ASSERT_EQUAL (kennis_network_paths_get_diameter (paths), most);
    CU_ASSERT_EQUAL (g_bytes_get_size (bytes), (most + 1) * sizeof (guint64));
    CU_ASSERT_EQUAL (memcmp (pairs, expected, g_bytes_get_size (bytes)), 0);
    assert_near (kennis_network_paths_get_efficiency (paths), inverse / (r.n * (r.n - 1.0)));
    if (n > 0)
      assert_near (kennis_network_paths_get_mean_length (paths), sum / n);
    else
      CU_ASSERT_TRUE (isnan (kennis_network_paths_get_mean_length (paths)));
  }
}

static void
closeness_and_reach_are_those_of_the_distances (void)
{
  FOR_RANDOM_NETWORKS (r, FALSE)
  {
    g_autofree double *d = find_distances (&r, FALSE);

    for (guint receiving = 0; receiving < 2; receiving++)
      for (guint steps = 0; steps < 4; steps++)
        {
          g_autoptr (GBytes) closeness = kennis_network_harmonic_closeness (r.network, receiving, 1, NULL, NULL);
          g_autoptr (GBytes) reach = kennis_network_reach (r.network, receiving, steps, 2, NULL, NULL);

          for (guint i = 0; i < r.n; i++)
            {
              double sum = 0, within = 0;

              for (guint j = 0; j < r.n; j++)
                {
                  double distance = receiving ? d[j * r.n + i] : d[i * r.n + j];

                  sum += i != j ? 1 / distance : 0;
                  within += i != j && distance <= (steps > 0 ? steps : r.n);
                }
              assert_near (network_doubles (closeness, r.n)[i], sum / (r.n - 1));
              assert_near (network_doubles (reach, r.n)[i], within / (r.n - 1));
            }
        }
  }
}

/* How many others p reaches within so many steps, one after another. */
static guint
count_within (const guint32 *at, const guint32 *to, guint n, guint p, guint steps)
{
  g_autofree guint *queue = g_new (guint, n), *distance = g_new0 (guint, n);
  guint end = 1;

  queue[0] = p;
  distance[p] = 1;
  for (guint k = 0; k < end && distance[queue[k]] <= steps; k++)
    for (guint32 i = at[queue[k]]; i < at[queue[k] + 1]; i++)
      if (distance[to[i]] == 0)
        {
          distance[to[i]] = distance[queue[k]] + 1;
          queue[end++] = to[i];
        }
  return end - 1;
}

/* Large enough for several batches: with ties at random, and where everybody knows one. */
static void
reach_in_few_steps_is_that_of_a_search_from_each (void)
{
  for (guint hub = 0; hub < 2; hub++)
    {
      guint n = 1500, n_rows = 6000;
      g_autofree guint32 (*pairs)[2] = (guint32 (*)[2]) g_new (guint32, 2 * n_rows);
      g_autoptr (KennisNetwork) network = NULL;
      KennisRandom random;

      kennis_random_init (&random, 9, hub);
      for (guint i = 0; i < n_rows; i++)
        for (guint k = 0; k < 2; k++)
          pairs[i][k] = hub && i < 2 * n && i % 2 == k ? 7
                        : hub && i < 2 * n             ? i / 2
                                                       : kennis_random_below (&random, n);
      network = network_of (n, (const guint32 (*)[2]) pairs, NULL, n_rows);
      for (guint receiving = 0; receiving < 2; receiving++)
        for (guint steps = 1; steps < 6; steps++)
          {
            g_autoptr (GBytes) offsets = kennis_network_get_offsets (network, receiving);
            g_autoptr (GBytes) others = kennis_network_get_others (network, receiving);
            g_autoptr (GBytes) reach = kennis_network_reach (network, receiving, steps, 3, NULL, NULL);
            const guint32 *at = network_indices (offsets, n + 1), *to = network_indices (others, at[n]);
            guint wrong = 0;

            for (guint p = 0; p < n; p++)
              wrong += network_doubles (reach, n)[p] != (double) count_within (at, to, n, p, steps) / (n - 1);
            CU_ASSERT_EQUAL (wrong, 0);
          }
    }
}

static void
compare_betweenness (gboolean weighted)
{
  FOR_RANDOM_NETWORKS (r, weighted)
  {
    g_autofree double *d = find_distances (&r, weighted), *paths = count_paths (&r, d, weighted);
    g_autoptr (GBytes) found = kennis_network_betweenness (r.network, weighted, 2, NULL, NULL);

    for (guint v = 0; v < r.n; v++)
      assert_within (network_doubles (found, r.n)[v], betweenness_of (&r, d, paths, v), 1e-9);
  }
}

static void
betweenness_is_that_of_all_shortest_paths (void)
{
  compare_betweenness (FALSE);
}

static void
weighted_betweenness_is_that_of_all_shortest_paths (void)
{
  compare_betweenness (TRUE);
}

/* 0 → 3 by two ways of length 1/3 + 2/3 and 2/3 + 1/3, which differ in their last bits. */
/* Two people apart whose tie is a million times as long as others make all wait in a heap instead of in buckets. */
static void
how_people_wait_does_not_matter (void)
{
  guint n = 700, n_rows = 4000;
  KennisRandom random;
  g_autofree guint32 (*pairs)[2] = (guint32 (*)[2]) g_new (guint32, 2 * (n_rows + 1));
  g_autofree double *weight = g_new (double, n_rows + 1);
  g_autoptr (KennisNetwork) buckets = NULL, heap = NULL;
  g_autoptr (GBytes) of_buckets = NULL, of_heap = NULL;
  double most = 0;

  kennis_random_init (&random, 5, 5);
  for (guint i = 0; i < n_rows; i++)
    {
      pairs[i][0] = kennis_random_below (&random, n);
      pairs[i][1] = kennis_random_below (&random, n);
      weight[i] = i % 2 ? 0.25 * (1 + kennis_random_below (&random, 20)) : 0.2 + kennis_random_uniform (&random);
    }
  pairs[n_rows][0] = n;
  pairs[n_rows][1] = n + 1;
  weight[n_rows] = 1e-6;
  buckets = network_of (n + 2, (const guint32 (*)[2]) pairs, weight, n_rows);
  heap = network_of (n + 2, (const guint32 (*)[2]) pairs, weight, n_rows + 1);
  of_buckets = kennis_network_betweenness (buckets, TRUE, 2, NULL, NULL);
  of_heap = kennis_network_betweenness (heap, TRUE, 2, NULL, NULL);
  for (guint p = 0; p < n; p++)
    {
      assert_near (network_doubles (of_buckets, n + 2)[p], network_doubles (of_heap, n + 2)[p]);
      most = MAX (most, network_doubles (of_heap, n + 2)[p]);
    }
  CU_ASSERT_TRUE (most > 1000);
}

static void
lengths_that_differ_by_rounding_are_equal (void)
{
  g_autoptr (KennisNetwork) network =
      network_of (4, (const guint32[][2]) { { 0, 1 }, { 1, 3 }, { 0, 2 }, { 2, 3 }, { 0, 3 } },
                  (const double[]) { 10, 5, 1 / 0.3, 1e99, 1e-3 }, 5);
  g_autoptr (GBytes) found = kennis_network_betweenness (network, TRUE, 1, NULL, NULL);

  CU_ASSERT_TRUE (0.1 + 0.2 != 0.3);
  assert_near (network_doubles (found, 4)[1], 0.5);
  assert_near (network_doubles (found, 4)[2], 0.5);
}

static void
an_undirected_pair_counts_once (void)
{
  g_autoptr (KennisNetwork) path = NETWORK (3, { 0, 1 }, { 1, 2 });
  g_autoptr (KennisNetwork) both = kennis_network_to_undirected (path, NULL, NULL);
  g_autoptr (GBytes) found = kennis_network_betweenness (both, FALSE, 1, NULL, NULL);

  assert_near (network_doubles (found, 3)[1], 1);
}

/* 1100 squares in a row: 2^1100 ways. */
static void
more_paths_than_numbers_hold_are_not_a_number (void)
{
  guint n = 1100;
  g_autofree guint32 (*pairs)[2] = (guint32 (*)[2]) g_new (guint32, 8 * n);
  g_autoptr (KennisNetwork) network = NULL;
  g_autoptr (GBytes) found = NULL;

  for (guint i = 0; i < n; i++)
    for (guint side = 0; side < 2; side++)
      {
        pairs[4 * i + 2 * side][0] = 3 * i;
        pairs[4 * i + 2 * side][1] = 3 * i + 1 + side;
        pairs[4 * i + 2 * side + 1][0] = 3 * i + 1 + side;
        pairs[4 * i + 2 * side + 1][1] = 3 * i + 3;
      }
  network = network_of (3 * n + 1, (const guint32 (*)[2]) pairs, NULL, 4 * n);
  found = kennis_network_betweenness (network, FALSE, 2, NULL, NULL);
  CU_ASSERT_TRUE (isnan (network_doubles (found, 3 * n + 1)[3 * n / 2 / 3 * 3]));
  CU_ASSERT_EQUAL (network_doubles (found, 3 * n + 1)[0], 0);
}

static void
an_estimate_from_everyone_is_exact_and_from_some_within_its_bound (void)
{
  g_auto (RandomNetwork) r = network_random (7, 200, 900, TRUE);

  for (guint weighted = 0; weighted < 2; weighted++)
    {
      g_autoptr (GBytes) exact = kennis_network_betweenness (r.network, weighted, 2, NULL, NULL);
      double bound;
      g_autoptr (GBytes) all =
          kennis_network_estimate_betweenness (r.network, weighted, 1000, 1, &bound, 2, NULL, NULL);
      g_autoptr (GBytes) some = NULL, again = NULL, other = NULL;

      CU_ASSERT_EQUAL (bound, 0);
      CU_ASSERT_TRUE (g_bytes_equal (exact, all));
      some = kennis_network_estimate_betweenness (r.network, weighted, 60, 1, &bound, 2, NULL, NULL);
      again = kennis_network_estimate_betweenness (r.network, weighted, 60, 1, NULL, 1, NULL, NULL);
      other = kennis_network_estimate_betweenness (r.network, weighted, 60, 2, NULL, 1, NULL, NULL);
      assert_within (bound, 200.0 * 198 * sqrt (log (2 * 200 / 0.05) / 120), 1e-6);
      CU_ASSERT_TRUE (g_bytes_equal (some, again));
      CU_ASSERT_FALSE (g_bytes_equal (some, other));
      for (guint i = 0; i < 200; i++)
        CU_ASSERT_TRUE (fabs (network_doubles (some, 200)[i] - network_doubles (exact, 200)[i]) <= bound);
    }
}

/* Root mean square of the relative errors; their mean is far smaller, though estimates of neighbours err together. */
static void
sketches_are_as_near_as_they_say (void)
{
  g_auto (RandomNetwork) r = network_random (3, 1000, 3000, FALSE);

  for (guint steps = 0; steps < 4; steps++)
    {
      g_autoptr (GBytes) exact = kennis_network_reach (r.network, KENNIS_SIDE_RECEIVING, steps, 2, NULL, NULL);
      double error, sum = 0, squares = 0;
      guint n_alone = 0;
      g_autoptr (GBytes) found =
          kennis_network_estimate_reach (r.network, KENNIS_SIDE_RECEIVING, steps, 9, 5, &error, 2, NULL, NULL);
      g_autoptr (GBytes) again =
          kennis_network_estimate_reach (r.network, KENNIS_SIDE_RECEIVING, steps, 9, 5, NULL, 7, NULL, NULL);

      assert_near (error, 1.04 / sqrt (512));
      CU_ASSERT_TRUE (g_bytes_equal (found, again));
      for (guint i = 0; i < 1000; i++)
        {
          double people = 999 * network_doubles (exact, 1000)[i] + 1;
          double off = (999 * network_doubles (found, 1000)[i] + 1 - people) / people;

          CU_ASSERT_TRUE (people > 1 || network_doubles (found, 1000)[i] == 0);
          n_alone += people == 1;
          sum += off;
          squares += off * off;
        }
      CU_ASSERT_TRUE (sqrt (squares / 1000) < 1.3 * error);
      CU_ASSERT_TRUE (fabs (sum / 1000) < error);
      CU_ASSERT_TRUE (n_alone > 10);
    }
}

static void
one_person_and_two_parts_are_measured (void)
{
  g_autoptr (KennisNetwork) one = NETWORK (1, { 0, 0 }), parts = NETWORK (4, { 0, 1 }, { 2, 3 });
  g_autoptr (KennisNetworkPaths) alone = kennis_network_find_paths (one, 1, NULL, NULL);
  g_autoptr (KennisNetworkPaths) apart = kennis_network_find_paths (parts, 1, NULL, NULL);
  g_autoptr (GBytes) closeness = kennis_network_harmonic_closeness (one, KENNIS_SIDE_GIVING, 1, NULL, NULL);
  g_autoptr (GBytes) reach = kennis_network_reach (one, KENNIS_SIDE_GIVING, 1, 1, NULL, NULL);
  g_autoptr (GBytes) betweenness = kennis_network_betweenness (one, TRUE, 1, NULL, NULL);

  CU_ASSERT_TRUE (isnan (kennis_network_paths_get_efficiency (alone)));
  CU_ASSERT_EQUAL (kennis_network_paths_get_diameter (alone), 0);
  CU_ASSERT_TRUE (isnan (network_doubles (closeness, 1)[0]));
  CU_ASSERT_TRUE (isnan (network_doubles (reach, 1)[0]));
  CU_ASSERT_EQUAL (network_doubles (betweenness, 1)[0], 0);
  CU_ASSERT_EQUAL (kennis_network_paths_get_n_pairs (apart), 2);
  assert_near (kennis_network_paths_get_efficiency (apart), 2.0 / 12);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "distances are those of Floyd and Warshall", distances_are_those_of_floyd_and_warshall },
    { "closeness and reach are those of the distances", closeness_and_reach_are_those_of_the_distances },
    { "reach in few steps is that of a search from each", reach_in_few_steps_is_that_of_a_search_from_each },
    { "betweenness is that of all shortest paths", betweenness_is_that_of_all_shortest_paths },
    { "weighted betweenness is that of all shortest paths", weighted_betweenness_is_that_of_all_shortest_paths },
    { "how people wait does not matter", how_people_wait_does_not_matter },
    { "lengths that differ by rounding are equal", lengths_that_differ_by_rounding_are_equal },
    { "an undirected pair counts once", an_undirected_pair_counts_once },
    { "more paths than numbers hold are not a number", more_paths_than_numbers_hold_are_not_a_number },
    { "an estimate from everyone is exact, and from some within its bound",
      an_estimate_from_everyone_is_exact_and_from_some_within_its_bound },
    { "sketches are as near as they say", sketches_are_as_near_as_they_say },
    { "one person and two parts are measured", one_person_and_two_parts_are_measured },
    CU_TEST_INFO_NULL
  };

  return kennis_test_main ("network-paths", tests);
}
