#include "config.h"

#include "networks.h"

#define W(i, j)       (r.w[(i) * r.n + (j)])
#define TIED(i, j)    (W (i, j) > 0)
#define CONTACT(i, j) (TIED (i, j) || TIED (j, i))

/* Takes out, again and again, everyone with fewer than k ties to those who are left. */
static guint
left_of_core (const RandomNetwork *network, KennisSide side, guint k, guint8 *left)
{
  const RandomNetwork r = *network;
  gboolean changed = TRUE;
  guint n = 0;

  memset (left, 1, r.n);
  while (changed)
    {
      changed = FALSE;
      for (guint i = 0; i < r.n; i++)
        {
          guint degree = 0;

          for (guint j = 0; j < r.n; j++)
            if (left[j])
              degree += (side != KENNIS_SIDE_RECEIVING && TIED (i, j)) + (side != KENNIS_SIDE_GIVING && TIED (j, i));
          if (!left[i] || degree >= k)
            continue;
          left[i] = 0;
          changed = TRUE;
        }
    }
  for (guint i = 0; i < r.n; i++)
    n += left[i];
  return n;
}

static void
cores_are_what_is_left (void)
{
  FOR_RANDOM_NETWORKS (r, FALSE)
  {
    for (guint side = KENNIS_SIDE_GIVING; side <= KENNIS_SIDE_BOTH; side++)
      {
        g_autoptr (GBytes) cores = kennis_network_coreness (r.network, side, NULL, NULL);
        g_autofree guint8 *left = g_new (guint8, r.n);
        guint n = r.n;

        for (guint k = 1; n > 0; k++)
          {
            double share = kennis_network_get_core_share (r.network, side, k, NULL, NULL);
            guint now = left_of_core (&r, side, k, left);

            assert_near (share, (double) now / r.n);
            for (guint i = 0; i < r.n; i++)
              CU_ASSERT_EQUAL (network_indices (cores, r.n)[i] >= k, left[i]);
            /* Nobody's innermost core is known where nobody is tied. */
            if (now == 0 && k > 1)
              assert_near (kennis_network_get_core_share (r.network, side, 0, NULL, NULL), (double) n / r.n);
            else if (now == 0)
              CU_ASSERT_TRUE (isnan (kennis_network_get_core_share (r.network, side, 0, NULL, NULL)));
            n = now;
          }
      }
  }
}

static void
triangles_are_those_of_the_matrix (void)
{
  FOR_RANDOM_NETWORKS (r, TRUE)
  {
    g_autoptr (GBytes) triangles = kennis_network_triangles (r.network, 2, NULL, NULL);
    g_autoptr (GBytes) clustering = kennis_network_clustering (r.network, 2, NULL, NULL);
    const guint64 *found = g_bytes_get_data (triangles, NULL);
    double closed = 0, pairs = 0;

    for (guint i = 0; i < r.n; i++)
      {
        guint n = 0, degree = 0;

        for (guint j = 0; j < r.n; j++)
          {
            degree += CONTACT (i, j);
            for (guint k = 0; k < j; k++)
              n += CONTACT (i, j) && CONTACT (i, k) && CONTACT (j, k);
          }
        CU_ASSERT_EQUAL (found[i], n);
        closed += n;
        pairs += degree * (degree - 1.0) / 2;
        if (degree > 1)
          assert_near (network_doubles (clustering, r.n)[i], n / (degree * (degree - 1.0) / 2));
        else
          CU_ASSERT_TRUE (isnan (network_doubles (clustering, r.n)[i]));
      }
    if (pairs > 0)
      assert_near (kennis_network_transitivity (r.network, 2, NULL, NULL), closed / pairs);
    else
      CU_ASSERT_TRUE (isnan (kennis_network_transitivity (r.network, 2, NULL, NULL)));
  }
}

/* Fagiolo (2007), equation for cc of all kinds of triangles, with matrices. */
static void
directed_clustering_is_that_of_the_matrix (void)
{
  FOR_RANDOM_NETWORKS (r, TRUE)
  {
    g_autoptr (GBytes) clustering = kennis_network_directed_clustering (r.network, 2, NULL, NULL);

    for (guint i = 0; i < r.n; i++)
      {
        double closed = 0, degree = 0, mutual = 0;

        for (guint j = 0; j < r.n; j++)
          {
            degree += TIED (i, j) + TIED (j, i);
            mutual += TIED (i, j) && TIED (j, i);
            for (guint k = 0; k < r.n; k++)
              closed += (TIED (i, j) + TIED (j, i)) * (TIED (j, k) + TIED (k, j)) * (TIED (k, i) + TIED (i, k));
          }
        if (degree * (degree - 1) - 2 * mutual > 0)
          assert_near (network_doubles (clustering, r.n)[i], closed / 2 / (degree * (degree - 1) - 2 * mutual));
        else
          CU_ASSERT_TRUE (isnan (network_doubles (clustering, r.n)[i]));
      }
  }
}

/* Every fifth person's group is not known. */
static GBytes *
some_groups (guint n)
{
  guint32 *groups = g_new (guint32, n + 1);

  for (guint i = 0; i < n; i++)
    groups[i] = i % 5 == 4 ? G_MAXUINT32 : 100 + i % 3;
  return g_bytes_new_take (groups, n * sizeof *groups);
}

static void
groups_are_compared_as_defined (void)
{
  FOR_RANDOM_NETWORKS (r, TRUE)
  {
    g_autoptr (GBytes) groups = some_groups (r.n);
    const guint32 *g = g_bytes_get_data (groups, NULL);
    double inside[2] = { 0 }, all[2] = { 0 }, given[2][3] = { { 0 } }, received[2][3] = { { 0 } }, chance[2] = { 0 };
    guint64 external = 0, internal = 0, e, i_;

    for (guint i = 0; i < r.n; i++)
      for (guint j = 0; j < r.n; j++)
        for (guint weighted = 0; weighted < 2; weighted++)
          {
            double w = !TIED (i, j) || i % 5 == 4 || j % 5 == 4 ? 0 : weighted ? W (i, j) : 1;

            all[weighted] += w;
            inside[weighted] += g[i] == g[j] ? w : 0;
            given[weighted][i % 3] += w;
            received[weighted][j % 3] += w;
            if (weighted && w > 0 && (i % 3 == 1 || j % 3 == 1))
              *(g[i] == g[j] ? &internal : &external) += 1;
          }
    if (all[0] == 0)
      {
        CU_ASSERT_TRUE (isnan (kennis_network_modularity (r.network, groups, 1, TRUE, NULL, NULL)));
        CU_ASSERT_TRUE (isnan (kennis_network_assortativity (r.network, groups, NULL, NULL)));
        CU_ASSERT_TRUE (isnan (kennis_network_external_internal (r.network, groups, -1, NULL, NULL, NULL, NULL)));
        continue;
      }
    for (guint k = 0; k < 6; k++)
      chance[k / 3] += given[k / 3][k % 3] * received[k / 3][k % 3] / all[k / 3] / all[k / 3];
    assert_near (kennis_network_modularity (r.network, groups, 1, FALSE, NULL, NULL), inside[0] / all[0] - chance[0]);
    assert_near (kennis_network_modularity (r.network, groups, 0.5, TRUE, NULL, NULL),
                 inside[1] / all[1] - chance[1] / 2);
    if (chance[0] < 1)
      assert_near (kennis_network_assortativity (r.network, groups, NULL, NULL),
                   (inside[0] / all[0] - chance[0]) / (1 - chance[0]));
    assert_near (kennis_network_external_internal (r.network, groups, -1, NULL, NULL, NULL, NULL),
                 (all[0] - 2 * inside[0]) / all[0]);
    kennis_network_external_internal (r.network, groups, 101, &e, &i_, NULL, NULL);
    CU_ASSERT_TRUE (e == external && i_ == internal);
  }
}

/* Pair by pair: each that could be is as likely. */
static double
expected_of_pairs (const guint32 *group, guint n, gint64 of)
{
  double between = 0, inside = 0;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      if (i != j && group[i] != G_MAXUINT32 && group[j] != G_MAXUINT32 && (of < 0 || group[i] == of || group[j] == of))
        *(group[i] == group[j] ? &inside : &between) += 1;
  return between + inside > 0 ? (between - inside) / (between + inside) : NAN;
}

static void
what_ei_would_be_by_chance_is_that_of_all_pairs (void)
{
  KennisRandom random;

  kennis_random_init (&random, 3, 'e');
  for (guint round = 0; round < 200; round++)
    {
      guint n = kennis_random_below (&random, 12), n_groups = 1 + kennis_random_below (&random, 4);
      g_autofree guint32 *group = g_new (guint32, n + 1);
      g_autoptr (KennisNetwork) network = network_of (n, NULL, NULL, 0);
      g_autoptr (GBytes) groups = NULL;

      for (guint p = 0; p < n; p++)
        group[p] = kennis_random_below (&random, 6) == 0 ? G_MAXUINT32 : 7 * kennis_random_below (&random, n_groups);
      groups = g_bytes_new (group, n * sizeof *group);
      for (gint64 of = -1; of <= 22; of += of < 0 ? 1 : 7)
        {
          double expected = expected_of_pairs (group, n, of);
          double found = kennis_network_expected_external_internal (network, groups, of, NULL);

          CU_ASSERT_TRUE (isnan (expected) == isnan (found));
          if (!isnan (expected))
            assert_near (found, expected);
        }
    }
}

static void
roles_of_brokers_are_counted_as_defined (void)
{
  FOR_RANDOM_NETWORKS (r, FALSE)
  {
    g_autoptr (GBytes) groups = some_groups (r.n);
    const guint32 *g = g_bytes_get_data (groups, NULL);
    g_autoptr (GBytes) found = kennis_network_brokerage (r.network, groups, 2, NULL, NULL);
    g_autofree guint64 *expected = g_new0 (guint64, r.n * 5);

    for (guint a = 0; a < r.n; a++)
      for (guint b = 0; b < r.n; b++)
        for (guint c = 0; c < r.n; c++)
          {
            guint64 *count = expected + 5 * b;

            if (a == c || !TIED (a, b) || !TIED (b, c) || TIED (a, c) || a % 5 == 4 || b % 5 == 4 || c % 5 == 4)
              continue;
            count[KENNIS_BROKERAGE_ROLE_COORDINATOR] += g[a] == g[b] && g[b] == g[c];
            count[KENNIS_BROKERAGE_ROLE_CONSULTANT] += g[a] == g[c] && g[a] != g[b];
            count[KENNIS_BROKERAGE_ROLE_GATEKEEPER] += g[a] != g[b] && g[b] == g[c];
            count[KENNIS_BROKERAGE_ROLE_REPRESENTATIVE] += g[a] == g[b] && g[b] != g[c];
            count[KENNIS_BROKERAGE_ROLE_LIAISON] += g[a] != g[b] && g[b] != g[c] && g[a] != g[c];
          }
    CU_ASSERT_EQUAL (g_bytes_get_size (found), r.n * 40);
    CU_ASSERT_EQUAL (memcmp (g_bytes_get_data (found, NULL), expected, r.n * 40), 0);
  }
}

static void
groups_of_another_size_are_refused (void)
{
  g_autoptr (KennisNetwork) network = NETWORK (3, { 0, 1 });
  g_autoptr (GBytes) groups = some_groups (2);
  g_autoptr (GError) error = NULL;

  CU_ASSERT_TRUE (isnan (kennis_network_modularity (network, groups, 1, FALSE, NULL, &error)));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
  assert_text (error->message, "Groups of 8 bytes for 3 people; accepted is one of 4 bytes a person");
}

/* Pearson's correlation, over the ties as a list. */
static void
degree_assortativity_is_a_correlation_over_ties (void)
{
  FOR_RANDOM_NETWORKS (r, FALSE)
  {
    double found = kennis_network_get_degree_assortativity (r.network), n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    g_autoptr (GBytes) out = kennis_network_degrees (r.network, KENNIS_SIDE_GIVING);
    g_autoptr (GBytes) in = kennis_network_degrees (r.network, KENNIS_SIDE_RECEIVING);

    for (guint i = 0; i < r.n; i++)
      for (guint j = 0; j < r.n; j++)
        if (TIED (i, j))
          {
            double a = network_indices (out, r.n)[i], b = network_indices (in, r.n)[j];

            n++;
            x += a;
            y += b;
            xx += a * a;
            yy += b * b;
            xy += a * b;
          }
    if ((n * xx - x * x) * (n * yy - y * y) > 1e-9)
      assert_within (found, (n * xy - x * y) / sqrt ((n * xx - x * x) * (n * yy - y * y)), 1e-9);
    else
      CU_ASSERT_TRUE (isnan (found));
  }
}

/* Six receivers who each receive once: a sixth is no number of bits, and the sum of six of them not quite 1. */
static void
where_all_receive_alike_there_is_no_correlation (void)
{
  g_autoptr (KennisNetwork) network = NETWORK (20, { 11, 17 }, { 3, 1 }, { 8, 3 }, { 15, 18 }, { 7, 0 }, { 7, 5 });

  CU_ASSERT_TRUE (isnan (kennis_network_get_degree_assortativity (network)));
}

/* Adds a person to each of the groups that there are, or to a new one. */
static double
best_modularity (const RandomNetwork *r, guint32 *groups, guint at, guint n_groups)
{
  double best = -1;

  if (at == r->n)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (groups, r->n * sizeof *groups);

      return kennis_network_modularity (r->network, bytes, 1, TRUE, NULL, NULL);
    }
  for (guint32 g = 0; g <= n_groups; g++)
    {
      groups[at] = g;
      best = MAX (best, best_modularity (r, groups, at + 1, MAX (n_groups, g + 1)));
    }
  return best;
}

static void
communities_are_near_the_best_of_all_partitions (void)
{
  guint n_best = 0;

  for (guint round = 0; round < 20; round++)
    {
      g_auto (RandomNetwork) r = network_random (round, 7, 16, TRUE);
      guint32 groups[7];
      double best = best_modularity (&r, groups, 0, 0), found;
      g_autoptr (GBytes) communities = kennis_network_communities (r.network, 1, TRUE, round, NULL, NULL, NULL);

      found = kennis_network_modularity (r.network, communities, 1, TRUE, NULL, NULL);
      CU_ASSERT_TRUE (found <= best + 1e-12);
      CU_ASSERT_TRUE (found >= 0.9 * best - 1e-12);
      n_best += found > best - 1e-12;
    }
  CU_ASSERT_TRUE (n_best >= 16);
}

/* 20 teams of 15 with ten ties a person inside and one between. */
static void
planted_communities_are_found_and_hang_together (void)
{
  KennisRandom random;
  g_autofree guint32 (*pairs)[2] = (guint32 (*)[2]) g_new (guint32, 2 * 3300);
  g_autoptr (KennisNetwork) network = NULL;
  g_autoptr (GBytes) found = NULL, again = NULL;
  guint n_communities;

  kennis_random_init (&random, 1, 2);
  for (guint i = 0; i < 3300; i++)
    {
      guint32 p = i / 11;

      pairs[i][0] = p;
      pairs[i][1] = i % 11 == 0 ? kennis_random_below (&random, 300) : p / 15 * 15 + kennis_random_below (&random, 15);
    }
  network = network_of (300, (const guint32 (*)[2]) pairs, NULL, 3300);
  found = kennis_network_communities (network, 1, FALSE, 3, &n_communities, NULL, NULL);
  CU_ASSERT_EQUAL (n_communities, 20);
  for (guint p = 0; p < 300; p++)
    CU_ASSERT_EQUAL (network_indices (found, 300)[p], p / 15);
  again = kennis_network_communities (network, 1, FALSE, 3, NULL, NULL, NULL);
  CU_ASSERT_TRUE (g_bytes_equal (found, again));
}

/* They once ended the program: no division was better than none where the quality was no number. */
static void
no_weights_and_no_resolution_are_too_much (void)
{
  guint32 pairs[20][2], n_pairs = 0;
  double weight[20];

  for (guint32 a = 0; a < 5; a++)
    for (guint32 b = 0; b < 5; b++)
      if (a != b)
        {
          pairs[n_pairs][0] = a;
          pairs[n_pairs][1] = b;
          weight[n_pairs++] = (double[]) { 1e-100, 1, 1e100 }[(a + b) % 3];
        }
  for (guint i = 0; i < 3; i++)
    {
      double all = (double[]) { 1e-100, 1e100, 1 }[i], same[20];
      g_autoptr (KennisNetwork) mixed = network_of (5, pairs, weight, n_pairs), alike = NULL;
      g_autoptr (GBytes) found = kennis_network_communities (mixed, i == 0 ? 1 : 1.7e308, TRUE, i, NULL, NULL, NULL);
      g_autoptr (GBytes) betweenness = NULL, rank = NULL, constraint = NULL;

      for (guint k = 0; k < n_pairs; k++)
        same[k] = all;
      alike = network_of (5, pairs, same, n_pairs);
      CU_ASSERT_PTR_NOT_NULL (found);
      for (guint p = 0; p < 5; p++)
        CU_ASSERT_TRUE (network_indices (found, 5)[p] < 5);
      betweenness = kennis_network_betweenness (alike, TRUE, 1, NULL, NULL);
      rank = kennis_network_pagerank (alike, 0.85, 1, NULL, NULL);
      constraint = kennis_network_constraint (alike, 1, NULL, NULL);
      for (guint p = 0; p < 5; p++)
        {
          assert_near (network_doubles (betweenness, 5)[p], 0);
          assert_near (network_doubles (rank, 5)[p], 0.2);
          assert_near (network_doubles (constraint, 5)[p], 4 * (0.25 + 3 / 16.0) * (0.25 + 3 / 16.0));
        }
    }
}

static void
who_has_no_tie_is_a_community (void)
{
  g_autoptr (KennisNetwork) network = NETWORK (5, { 0, 1 }, { 1, 0 }, { 3, 4 }), one = NETWORK (1, { 0, 0 });
  guint n, alone;
  g_autoptr (GBytes) found = kennis_network_communities (network, 1, TRUE, 0, &n, NULL, NULL);
  g_autoptr (GBytes) single = kennis_network_communities (one, 1, TRUE, 0, &alone, NULL, NULL);

  CU_ASSERT_EQUAL (n, 3);
  CU_ASSERT_EQUAL (alone, 1);
  CU_ASSERT_EQUAL (memcmp (network_indices (found, 5), (guint32[]) { 0, 0, 1, 2, 2 }, 20), 0);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "cores are what is left", cores_are_what_is_left },
    { "triangles are those of the matrix", triangles_are_those_of_the_matrix },
    { "directed clustering is that of the matrix", directed_clustering_is_that_of_the_matrix },
    { "groups are compared as defined", groups_are_compared_as_defined },
    { "what E-I would be by chance is that of all pairs", what_ei_would_be_by_chance_is_that_of_all_pairs },
    { "roles of brokers are counted as defined", roles_of_brokers_are_counted_as_defined },
    { "groups of another size are refused", groups_of_another_size_are_refused },
    { "where all receive alike there is no correlation", where_all_receive_alike_there_is_no_correlation },
    { "degree assortativity is a correlation over ties", degree_assortativity_is_a_correlation_over_ties },
    { "communities are near the best of all partitions", communities_are_near_the_best_of_all_partitions },
    { "planted communities are found and hang together", planted_communities_are_found_and_hang_together },
    { "no weights and no resolution are too much", no_weights_and_no_resolution_are_too_much },
    { "who has no tie is a community", who_has_no_tie_is_a_community },
    CU_TEST_INFO_NULL
  };

  return kennis_test_main ("network-structure", tests);
}
