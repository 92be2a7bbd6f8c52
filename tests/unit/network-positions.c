#include "config.h"

#include "networks.h"

/* By 2000 rounds with the whole matrix. */
static double *
find_rank (const RandomNetwork *r, double damping)
{
  double *rank = g_new (double, r->n);
  g_autofree double *next = g_new (double, r->n);

  for (guint i = 0; i < r->n; i++)
    rank[i] = 1.0 / r->n;
  for (guint round = 0; round < 2000; round++)
    {
      for (guint j = 0; j < r->n; j++)
        next[j] = (1 - damping) / r->n;
      for (guint i = 0; i < r->n; i++)
        {
          double given = 0;

          for (guint j = 0; j < r->n; j++)
            given += r->w[i * r->n + j];
          for (guint j = 0; j < r->n; j++)
            next[j] += damping * rank[i] * (given > 0 ? r->w[i * r->n + j] / given : 1.0 / r->n);
        }
      memcpy (rank, next, r->n * sizeof *rank);
    }
  return rank;
}

static void
pagerank_is_that_of_the_matrix (void)
{
  FOR_RANDOM_NETWORKS (r, TRUE)
  {
    for (guint i = 0; i < 3; i++)
      {
        double damping = (double[]) { 0, 0.5, 0.85 }[i];
        g_autofree double *expected = find_rank (&r, damping);
        g_autoptr (GBytes) found = kennis_network_pagerank (r.network, damping, 2, NULL, NULL);

        for (guint p = 0; p < r.n; p++)
          assert_within (network_doubles (found, r.n)[p], expected[p], 5.7e-10);
      }
  }
}

/* Burt (1992), from the definition. */
static void
constraint_is_that_of_the_matrix (void)
{
  FOR_RANDOM_NETWORKS (r, TRUE)
  {
    g_autoptr (GBytes) found = kennis_network_constraint (r.network, 2, NULL, NULL);
    g_autofree double *p = g_new0 (double, r.n *r.n);

    for (guint i = 0; i < r.n; i++)
      {
        double sum = 0;

        for (guint j = 0; j < r.n; j++)
          sum += r.w[i * r.n + j] + r.w[j * r.n + i];
        for (guint j = 0; j < r.n && sum > 0; j++)
          p[i * r.n + j] = (r.w[i * r.n + j] + r.w[j * r.n + i]) / sum;
      }
    for (guint i = 0; i < r.n; i++)
      {
        double constraint = 0, contacts = 0;

        for (guint j = 0; j < r.n; j++)
          {
            double part = p[i * r.n + j];

            if (part == 0)
              continue;
            contacts++;
            for (guint q = 0; q < r.n; q++)
              part += q != i && q != j ? p[i * r.n + q] * p[q * r.n + j] : 0;
            constraint += part * part;
          }
        if (contacts > 0)
          assert_near (network_doubles (found, r.n)[i], constraint);
        else
          CU_ASSERT_TRUE (isnan (network_doubles (found, r.n)[i]));
      }
  }
}

/* All that take threads. */
static GPtrArray *
measure_all (KennisNetwork *network, guint n_threads, GCancellable *cancellable)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  guint n = kennis_network_get_n_people (network);
  g_autofree guint32 *of = g_new0 (guint32, n + 1);
  g_autoptr (GBytes) groups = NULL;
  g_autoptr (KennisNetworkPaths) paths = kennis_network_find_paths (network, n_threads, cancellable, NULL);
  double transitivity = kennis_network_transitivity (network, n_threads, cancellable, NULL);

  for (guint p = 0; p < n; p++)
    of[p] = p % 7;
  groups = g_bytes_new (of, n * sizeof *of);
#define ADD(name, ...) g_ptr_array_add (all, kennis_network_##name (network, __VA_ARGS__, n_threads, cancellable, NULL))
  g_ptr_array_add (all, paths != NULL ? kennis_network_paths_get_pairs (paths) : NULL);
  g_ptr_array_add (all, isnan (transitivity) ? NULL : g_bytes_new (&transitivity, sizeof transitivity));
  g_ptr_array_add (all, kennis_network_triangles (network, n_threads, cancellable, NULL));
  g_ptr_array_add (all, kennis_network_clustering (network, n_threads, cancellable, NULL));
  g_ptr_array_add (all, kennis_network_directed_clustering (network, n_threads, cancellable, NULL));
  g_ptr_array_add (all, kennis_network_constraint (network, n_threads, cancellable, NULL));
  g_ptr_array_add (all, kennis_network_coreness (network, KENNIS_SIDE_BOTH, cancellable, NULL));
  g_ptr_array_add (all, kennis_network_communities (network, 1, TRUE, 1, NULL, cancellable, NULL));
  ADD (brokerage, groups);
  ADD (betweenness, FALSE);
  ADD (betweenness, TRUE);
  ADD (estimate_betweenness, FALSE, 33, 5, NULL);
  ADD (estimate_betweenness, TRUE, 33, 5, NULL);
  ADD (harmonic_closeness, KENNIS_SIDE_RECEIVING);
  ADD (reach, KENNIS_SIDE_GIVING, 2);
  ADD (estimate_reach, KENNIS_SIDE_GIVING, 3, 6, 1, NULL);
  ADD (pagerank, 0.85);
#undef ADD
  return all;
}

static void
the_bits_are_the_same_on_any_number_of_threads (void)
{
  g_auto (RandomNetwork) r = network_random (11, 1300, 6000, TRUE);
  g_autoptr (GPtrArray) one = measure_all (r.network, 1, NULL), two = measure_all (r.network, 2, NULL);
  g_autoptr (GPtrArray) seven = measure_all (r.network, 7, NULL);

  for (guint i = 0; i < one->len; i++)
    {
      CU_ASSERT_PTR_NOT_NULL_FATAL (one->pdata[i]);
      CU_ASSERT_TRUE (g_bytes_equal (one->pdata[i], two->pdata[i]));
      CU_ASSERT_TRUE (g_bytes_equal (one->pdata[i], seven->pdata[i]));
    }
}

/* Large enough for several blocks. */
static void
pagerank_in_blocks_is_the_same_on_any_number_of_threads (void)
{
  guint n = 2000, n_rows = 400000;
  KennisRandom random;
  g_autofree guint32 (*pairs)[2] = (guint32 (*)[2]) g_new (guint32, 2 * n_rows);
  g_autofree double *weight = g_new (double, n_rows), *expected = NULL;
  g_autoptr (KennisNetwork) network = NULL;
  g_autoptr (GBytes) one = NULL, seven = NULL;
  double worst = 0;

  kennis_random_init (&random, 4, 4);
  for (guint i = 0; i < n_rows; i++)
    {
      pairs[i][0] = kennis_random_below (&random, n - 1);
      pairs[i][1] = kennis_random_below (&random, 1 + kennis_random_below (&random, n));
      weight[i] = kennis_random_uniform (&random);
    }
  network = network_of (n, (const guint32 (*)[2]) pairs, weight, n_rows);
  one = kennis_network_pagerank (network, 0.85, 1, NULL, NULL);
  seven = kennis_network_pagerank (network, 0.85, 7, NULL, NULL);
  CU_ASSERT_TRUE (g_bytes_equal (one, seven));
  /* It is a fixed point of the definition. */
  expected = g_new0 (double, n);
  {
    g_autoptr (GBytes) offsets = kennis_network_get_offsets (network, KENNIS_SIDE_GIVING);
    g_autoptr (GBytes) others = kennis_network_get_others (network, KENNIS_SIDE_GIVING);
    g_autoptr (GBytes) weights = kennis_network_get_weights (network, KENNIS_SIDE_GIVING);
    g_autoptr (GBytes) strengths = kennis_network_strengths (network, KENNIS_SIDE_GIVING);
    guint m = kennis_network_get_n_ties (network);
    const guint32 *at = network_indices (offsets, n + 1);
    const double *rank = network_doubles (one, n), *strength = network_doubles (strengths, n);

    CU_ASSERT_TRUE (m > 300000);
    for (guint p = 0; p < n; p++)
      {
        for (guint i = at[p]; i < at[p + 1]; i++)
          expected[network_indices (others, m)[i]] += rank[p] * network_doubles (weights, m)[i] / strength[p];
        for (guint q = 0; q < n && strength[p] == 0; q++)
          expected[q] += rank[p] / n;
      }
    for (guint p = 0; p < n; p++)
      worst = MAX (worst, fabs (rank[p] - 0.15 / n - 0.85 * expected[p]));
  }
  CU_ASSERT_TRUE (worst < 1e-10);
}

static void
what_is_cancelled_gives_nothing (void)
{
  g_auto (RandomNetwork) r = network_random (1, 50, 200, TRUE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GPtrArray *all;

  g_cancellable_cancel (cancellable);
  all = measure_all (r.network, 2, cancellable);
  for (guint i = 0; i < all->len; i++)
    CU_ASSERT_PTR_NULL (all->pdata[i]);
  g_ptr_array_set_free_func (all, NULL);
  g_ptr_array_unref (all);
}

typedef struct
{
  KennisNetwork *network;
  GCancellable  *cancellable;
  guint          which;
  gint64         ended;
} Race;

static gpointer
run_long (gpointer data)
{
  Race *race = data;
  g_autoptr (GBytes) found = NULL;

  switch (race->which)
    {
    case 0:
      found = kennis_network_betweenness (race->network, FALSE, 2, race->cancellable, NULL);
      break;
    case 1:
      found = kennis_network_betweenness (race->network, TRUE, 2, race->cancellable, NULL);
      break;
    case 2:
      found = kennis_network_harmonic_closeness (race->network, KENNIS_SIDE_GIVING, 2, race->cancellable, NULL);
      break;
    default:
      found = kennis_network_constraint (race->network, 2, race->cancellable, NULL);
    }
  race->ended = g_get_monotonic_time ();
  return NULL;
}

/* Each would take many seconds.  What is asserted is that it ends long before; the time that it took is in the log. */
static void
long_work_ends_soon_when_cancelled (void)
{
  g_autofree guint32 (*pairs)[2] = (guint32 (*)[2]) g_new (guint32, 2 * 1000000);
  g_autofree double *weight = g_new (double, 1000000);
  g_autoptr (KennisNetwork) network = NULL;
  KennisRandom random;

  kennis_random_init (&random, 1, 1);
  for (guint i = 0; i < 1000000; i++)
    {
      pairs[i][0] = kennis_random_below (&random, 100000);
      pairs[i][1] = kennis_random_below (&random, 1 + kennis_random_below (&random, 100000));
      weight[i] = kennis_random_uniform (&random);
    }
  network = network_of (100000, (const guint32 (*)[2]) pairs, weight, 1000000);
  for (guint which = 0; which < 3; which++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Race race = { network, cancellable, which, 0 };
      GThread *thread = g_thread_new ("long", run_long, &race);
      gint64 told;

      g_usleep (200000);
      told = g_get_monotonic_time ();
      g_cancellable_cancel (cancellable);
      g_thread_join (thread);
      g_print ("# %u: ended %.3f s after\n", which, (race.ended - told) / 1e6);
      CU_ASSERT_TRUE (race.ended - told < 2000000);
    }
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "PageRank is that of the matrix", pagerank_is_that_of_the_matrix },
    { "constraint is that of the matrix", constraint_is_that_of_the_matrix },
    { "the bits are the same on any number of threads", the_bits_are_the_same_on_any_number_of_threads },
    { "PageRank in blocks is the same on any number of threads",
      pagerank_in_blocks_is_the_same_on_any_number_of_threads },
    { "what is cancelled gives nothing", what_is_cancelled_gives_nothing },
    { "long work ends soon when cancelled", long_work_ends_soon_when_cancelled },
    CU_TEST_INFO_NULL
  };

  return kennis_test_main ("network-positions", tests);
}
