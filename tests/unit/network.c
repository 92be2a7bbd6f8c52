#include "config.h"

#include "networks.h"

static void
rows_become_sorted_ties_with_equal_ones_added (void)
{
  g_autoptr (KennisNetwork) network =
      network_of (4, (const guint32[][2]) { { 2, 1 }, { 0, 3 }, { 0, 1 }, { 2, 1 }, { 1, 1 }, { 0, 3 } },
                  (const double[]) { 1, 2, 3, 4, 5, 6 }, 6);
  g_autoptr (GBytes) givers = kennis_network_get_givers (network);
  g_autoptr (GBytes) others = kennis_network_get_others (network, KENNIS_SIDE_GIVING);
  g_autoptr (GBytes) weights = kennis_network_get_weights (network, KENNIS_SIDE_GIVING);
  g_autoptr (GBytes) offsets = kennis_network_get_offsets (network, KENNIS_SIDE_RECEIVING);
  g_autoptr (GBytes) from = kennis_network_get_others (network, KENNIS_SIDE_RECEIVING);
  g_autoptr (GBytes) in_weights = kennis_network_get_weights (network, KENNIS_SIDE_RECEIVING);

  CU_ASSERT_EQUAL (kennis_network_get_n_people (network), 4);
  CU_ASSERT_EQUAL (kennis_network_get_n_ties (network), 3);
  CU_ASSERT_EQUAL (kennis_network_get_n_rows (network), 6);
  CU_ASSERT_EQUAL (kennis_network_get_n_loops (network), 1);
  CU_ASSERT_TRUE (kennis_network_get_is_weighted (network));
  assert_near (kennis_network_get_total_weight (network), 16);
  CU_ASSERT_EQUAL (memcmp (network_indices (givers, 3), (guint32[]) { 0, 0, 2 }, 12), 0);
  CU_ASSERT_EQUAL (memcmp (network_indices (others, 3), (guint32[]) { 1, 3, 1 }, 12), 0);
  CU_ASSERT_EQUAL (memcmp (network_doubles (weights, 3), (double[]) { 3, 8, 5 }, 24), 0);
  CU_ASSERT_EQUAL (memcmp (network_indices (offsets, 5), (guint32[]) { 0, 0, 2, 2, 3 }, 20), 0);
  CU_ASSERT_EQUAL (memcmp (network_indices (from, 3), (guint32[]) { 0, 2, 0 }, 12), 0);
  CU_ASSERT_EQUAL (memcmp (network_doubles (in_weights, 3), (double[]) { 3, 5, 8 }, 24), 0);
}

static void
without_weights_equal_rows_are_counted (void)
{
  g_autoptr (KennisNetwork) network = NETWORK (3, { 0, 1 }, { 1, 0 }, { 0, 1 }), plain = NETWORK (2, { 0, 1 });
  g_autoptr (GBytes) weights = kennis_network_get_weights (network, KENNIS_SIDE_GIVING);
  g_autoptr (GBytes) ones = kennis_network_get_weights (plain, KENNIS_SIDE_RECEIVING);

  CU_ASSERT_EQUAL (memcmp (network_doubles (weights, 2), (double[]) { 2, 1 }, 16), 0);
  CU_ASSERT_FALSE (kennis_network_get_is_weighted (plain));
  CU_ASSERT_EQUAL (network_doubles (ones, 1)[0], 1);
  assert_near (kennis_network_get_total_weight (plain), 1);
}

static void
a_column_outlives_its_network (void)
{
  KennisNetwork *network = NETWORK (3, { 0, 2 }, { 2, 1 });
  g_autoptr (GBytes) others = kennis_network_get_others (network, KENNIS_SIDE_GIVING);

  g_object_unref (network);
  CU_ASSERT_EQUAL (network_indices (others, 2)[1], 1);
}

static void
refuse (guint n, GBytes *givers, GBytes *receivers, GBytes *weights, const char * const *labels, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisNetwork) network =
      kennis_network_new_from_columns (n, givers, receivers, weights, labels, NULL, &error);

  CU_ASSERT_PTR_NULL (network);
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
  CU_ASSERT_PTR_NOT_NULL (error != NULL ? strstr (error->message, message) : NULL);
}

static void
what_is_no_column_is_refused (void)
{
  g_autoptr (GBytes) two = g_bytes_new_static ((guint32[]) { 0, 1 }, 8), one = g_bytes_new_static ((guint32[]) { 1 }, 4);
  g_autoptr (GBytes) odd = g_bytes_new_static ("abc", 3), zero = g_bytes_new_static ((double[]) { 1, 0 }, 16);
  g_autoptr (GBytes) nan = g_bytes_new ((double[]) { NAN, 1 }, 16), four = g_bytes_new_static ((guint32[]) { 4, 1 }, 8);
  g_autoptr (GBytes) large = g_bytes_new ((double[]) { 1, 1e101 }, 16), tiny = g_bytes_new ((double[]) { 1e-310, 1 }, 16);

  refuse (2, odd, odd, NULL, NULL, "of 4 bytes");
  refuse (2, two, one, NULL, NULL, "8 bytes and receivers of 4");
  refuse (2, two, two, one, NULL, "one of 8 bytes a row");
  refuse (4, two, four, NULL, NULL, "person 4 is not one of the 4 people");
  refuse (2, two, two, zero, NULL, "Row 1: the weight 0");
  refuse (2, two, two, nan, NULL, "Row 0: the weight nan");
  refuse (2, two, two, large, NULL, "Row 1: the weight 1e+101 is not accepted; it must be a number from 1e-100 to 1e+100");
  refuse (2, two, two, tiny, NULL, "Row 0: the weight 1e-310");
  refuse (2, two, two, NULL, (const char *[]) { "anna", NULL }, "Person 1 of 2 has no label");
}

static void
nobody_and_one_person_are_networks (void)
{
  g_autoptr (GBytes) none = g_bytes_new (NULL, 0);
  g_autoptr (KennisNetwork) nobody = kennis_network_new_from_columns (0, none, none, none, NULL, NULL, NULL);
  g_autoptr (KennisNetwork) one = NETWORK (1, { 0, 0 }), empty = g_object_new (KENNIS_TYPE_NETWORK, NULL);
  KennisNetwork *all[] = { nobody, one, empty };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (KennisNetwork) undirected = kennis_network_to_undirected (all[i], NULL, NULL);
      guint n_components = 9, largest = 9, n = kennis_network_get_n_people (all[i]);
      g_autoptr (GBytes) weak = kennis_network_components (all[i], FALSE, &n_components, &largest, NULL, NULL);
      g_autoptr (GBytes) offsets = kennis_network_get_offsets (undirected, KENNIS_SIDE_GIVING);

      CU_ASSERT_EQUAL (n, i == 1);
      CU_ASSERT_EQUAL (n_components, n);
      CU_ASSERT_EQUAL (largest, n);
      CU_ASSERT_EQUAL (network_indices (offsets, n + 1)[n], 0);
      CU_ASSERT_TRUE (isnan (kennis_network_get_density (all[i])));
      CU_ASSERT_TRUE (isnan (kennis_network_get_reciprocity (all[i])));
      CU_ASSERT_TRUE (isnan (kennis_network_get_dyad_reciprocity (all[i])));
    }
}

static void
dyads_are_those_of_the_matrix (void)
{
  FOR_RANDOM_NETWORKS (r, TRUE)
  {
    guint64 mutual = 0, asymmetric = 0, null = 0, m, a, z;
    g_autoptr (GBytes) pairs = kennis_network_mutual_ties (r.network);
    double ties;

    for (guint i = 0; i < r.n; i++)
      for (guint j = 0; j < i; j++)
        {
          guint both = (r.w[i * r.n + j] > 0) + (r.w[j * r.n + i] > 0);

          mutual += both == 2;
          asymmetric += both == 1;
          null += both == 0;
        }
    kennis_network_count_dyads (r.network, &m, &a, &z);
    CU_ASSERT_TRUE (m == mutual && a == asymmetric && z == null);
    network_indices (pairs, 2 * mutual);
    ties = 2.0 * mutual + asymmetric;
    assert_near (kennis_network_get_density (r.network), ties / (r.n * (r.n - 1.0)));
    if (ties == 0)
      continue;
    assert_near (kennis_network_get_reciprocity (r.network), 2.0 * mutual / ties);
    assert_near (kennis_network_get_dyad_reciprocity (r.network), mutual / (mutual + (double) asymmetric));
  }
}

static void
degrees_and_strengths_are_sums_of_the_matrix (void)
{
  FOR_RANDOM_NETWORKS (r, TRUE)
  {
    for (guint side = KENNIS_SIDE_GIVING; side <= KENNIS_SIDE_BOTH; side++)
      {
        g_autoptr (GBytes) degrees = kennis_network_degrees (r.network, side);
        g_autoptr (GBytes) strengths = kennis_network_strengths (r.network, side);

        for (guint i = 0; i < r.n; i++)
          {
            guint degree = 0;
            double strength = 0;

            for (guint j = 0; j < r.n; j++)
              {
                double out = side != KENNIS_SIDE_RECEIVING ? r.w[i * r.n + j] : 0;
                double in = side != KENNIS_SIDE_GIVING ? r.w[j * r.n + i] : 0;

                degree += (out > 0) + (in > 0);
                strength += out + in;
              }
            CU_ASSERT_EQUAL (network_indices (degrees, r.n)[i], degree);
            assert_near (network_doubles (strengths, r.n)[i], strength);
          }
      }
  }
}

/* Which can be reached from which (Warshall). */
static guint8 *
find_reachable (const RandomNetwork *r, gboolean directed)
{
  guint8 *reached = g_new0 (guint8, r->n * r->n);

  for (guint i = 0; i < r->n; i++)
    for (guint j = 0; j < r->n; j++)
      reached[i * r->n + j] = i == j || r->w[i * r->n + j] > 0 || (!directed && r->w[j * r->n + i] > 0);
  for (guint k = 0; k < r->n; k++)
    for (guint i = 0; i < r->n; i++)
      for (guint j = 0; j < r->n; j++)
        reached[i * r->n + j] |= reached[i * r->n + k] & reached[k * r->n + j];
  return reached;
}

static void
components_are_those_who_reach_each_other (void)
{
  FOR_RANDOM_NETWORKS (r, FALSE)
  {
    for (guint strong = 0; strong < 2; strong++)
      {
        g_autofree guint8 *reached = find_reachable (&r, strong);
        guint n_components, largest, n_firsts = 0, most = 0;
        g_autoptr (GBytes) components =
            kennis_network_components (r.network, strong, &n_components, &largest, NULL, NULL);
        const guint32 *component = network_indices (components, r.n);

        for (guint i = 0; i < r.n; i++)
          {
            guint size = 0, first = r.n;

            for (guint j = r.n; j-- > 0;)
              {
                gboolean together = reached[i * r.n + j] && reached[j * r.n + i];

                CU_ASSERT_EQUAL (together, component[i] == component[j]);
                size += together;
                first = together ? j : first;
              }
            if (first == i)
              CU_ASSERT_EQUAL (component[i], n_firsts++);
            most = MAX (most, size);
          }
        CU_ASSERT_EQUAL (n_components, n_firsts);
        CU_ASSERT_EQUAL (largest, most);
      }
  }
}

static void
a_long_chain_does_not_overflow_the_stack (void)
{
  guint n = 1000000, n_components, largest;
  g_autofree guint32 *all = g_new (guint32, n + 1);
  g_autoptr (GBytes) givers = NULL, receivers = NULL, strong = NULL;
  g_autoptr (KennisNetwork) network = NULL;

  for (guint i = 0; i <= n; i++)
    all[i] = i % n;
  givers = g_bytes_new_static (all, n * sizeof *all);
  receivers = g_bytes_new_static (all + 1, n * sizeof *all);
  network = kennis_network_new_from_columns (n, givers, receivers, NULL, NULL, NULL, NULL);
  strong = kennis_network_components (network, TRUE, &n_components, &largest, NULL, NULL);
  CU_ASSERT_EQUAL (n_components, 1);
  CU_ASSERT_EQUAL (largest, n);
}

static void
an_undirected_network_has_both_ways_with_the_sum (void)
{
  FOR_RANDOM_NETWORKS (r, TRUE)
  {
    g_autoptr (KennisNetwork) both = kennis_network_to_undirected (r.network, NULL, NULL);
    g_autoptr (GBytes) givers = kennis_network_get_givers (both);
    g_autoptr (GBytes) others = kennis_network_get_others (both, KENNIS_SIDE_GIVING);
    g_autoptr (GBytes) weights = kennis_network_get_weights (both, KENNIS_SIDE_GIVING);
    guint m = kennis_network_get_n_ties (both), expected = 0;

    for (guint i = 0; i < r.n * r.n; i++)
      expected += r.w[i] > 0 || r.w[i % r.n * r.n + i / r.n] > 0;
    CU_ASSERT_EQUAL (m, expected);
    for (guint i = 0; i < m; i++)
      {
        guint a = network_indices (givers, m)[i], b = network_indices (others, m)[i];

        assert_near (network_doubles (weights, m)[i], r.w[a * r.n + b] + r.w[b * r.n + a]);
      }
    CU_ASSERT_TRUE (kennis_network_get_is_undirected (both));
  }
}

static void
cancelled_work_gives_no_network (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) one = g_bytes_new_static ((guint32[]) { 0 }, 4);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  CU_ASSERT_PTR_NULL (kennis_network_new_from_columns (1, one, one, NULL, NULL, cancellable, &error));
  CU_ASSERT_TRUE (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "rows become sorted ties, with equal ones added", rows_become_sorted_ties_with_equal_ones_added },
    { "without weights equal rows are counted", without_weights_equal_rows_are_counted },
    { "a column outlives its network", a_column_outlives_its_network },
    { "what is no column is refused", what_is_no_column_is_refused },
    { "nobody and one person are networks", nobody_and_one_person_are_networks },
    { "dyads are those of the matrix", dyads_are_those_of_the_matrix },
    { "degrees and strengths are sums of the matrix", degrees_and_strengths_are_sums_of_the_matrix },
    { "components are those who reach each other", components_are_those_who_reach_each_other },
    { "a long chain does not overflow the stack", a_long_chain_does_not_overflow_the_stack },
    { "an undirected network has both ways with the sum", an_undirected_network_has_both_ways_with_the_sum },
    { "cancelled work gives no network", cancelled_work_gives_no_network },
    CU_TEST_INFO_NULL
  };

  return kennis_test_main ("network", tests);
}
