#include "config.h"

#include "networks.h"

/* PageRank against its definition, G·x = x with G as Brin & Page (1998) have it: whatever the network and the way it is worked out, no more
 * may be left of it than is said. */

typedef guint32 Pair[2];

/* Σ|G·x − x|, from the rows; loops are none of it, equal rows are one tie. */
static double
left_of (guint n, const Pair *pairs, const double *weight, guint n_rows, double damping, const double *rank)
{
  g_autofree double *given = g_new0 (double, n), *next = g_new (double, n);
  double free = 0, left = 0;

  for (guint i = 0; i < n_rows; i++)
    if (pairs[i][0] != pairs[i][1])
      given[pairs[i][0]] += weight != NULL ? weight[i] : 1;
  for (guint p = 0; p < n; p++)
    free += given[p] > 0 ? (1 - damping) * rank[p] : rank[p];
  for (guint p = 0; p < n; p++)
    next[p] = free / n;
  for (guint i = 0; i < n_rows; i++)
    if (pairs[i][0] != pairs[i][1])
      next[pairs[i][1]] += damping * rank[pairs[i][0]] * ((weight != NULL ? weight[i] : 1) / given[pairs[i][0]]);
  for (guint p = 0; p < n; p++)
    left += fabs (next[p] - rank[p]);
  return left;
}

static void
assert_is_pagerank (guint n, const Pair *pairs, const double *weight, guint n_rows)
{
  g_autoptr (KennisNetwork) network = network_of (n, pairs, weight, n_rows);

  for (guint i = 0; i < 4; i++)
    {
      double damping = (double[]) { 0.85, 0, 0.5, 0.99 }[i], sum = 0, left;
      g_autoptr (GBytes) one = kennis_network_pagerank (network, damping, 1, NULL, NULL);
      g_autoptr (GBytes) seven = i == 0 ? kennis_network_pagerank (network, damping, 7, NULL, NULL) : NULL;
      const double *rank = network_doubles (one, n);

      CU_ASSERT_TRUE (seven == NULL || g_bytes_equal (one, seven));
      for (guint p = 0; p < n; p++)
        {
          CU_ASSERT_TRUE (rank[p] > 0);
          sum += rank[p];
        }
      assert_within (sum, 1, 1e-12);
      left = left_of (n, pairs, weight, n_rows, damping, rank);
      if (!(left < 1.001e-10))
        g_print ("# %u people, %u rows, damping %g: %g left\n", n, n_rows, damping, left);
      CU_ASSERT_TRUE (left < 1.001e-10);
    }
}

/* How rows are drawn. */
typedef enum { ANYONE, FEW_RECEIVE, FEW_GIVE, ONE_RECEIVES, ONE_BLOCK, N_KINDS } Kind;

static void
draw (KennisRandom *random, Kind kind, guint n, guint n_rows, Pair *pairs)
{
  for (guint i = 0; i < n_rows; i++)
    {
      guint a = kennis_random_below (random, n), b = kennis_random_below (random, n);

      pairs[i][0] = kind == FEW_GIVE ? kennis_random_below (random, 1 + n / 20) : a;
      pairs[i][1] = kind == FEW_RECEIVE    ? kennis_random_below (random, 1 + b)
                    : kind == ONE_RECEIVES ? (i % 3 == 0 ? b : n / 2)
                    : kind == ONE_BLOCK    ? (a + b / 128 * 128) % n
                                           : b;
    }
}

G_GNUC_UNUSED static void
ranks_are_those_of_the_definition_on_random_networks (void)
{
  static const guint sizes[][2] = { { 1, 3 },    { 2, 4 },      { 3, 5 },       { 7, 20 },       { 16, 30 },
                                    { 33, 900 }, { 130, 100 },  { 257, 4000 },  { 1000, 20000 }, { 1025, 1000 },
                                    { 4000, 0 }, { 4099, 9000 } };
  KennisRandom random;

  kennis_random_init (&random, 5, 5);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (Kind kind = ANYONE; kind < N_KINDS; kind++)
      {
        guint n = sizes[s][0], n_rows = sizes[s][1];
        g_autofree Pair *pairs = g_new (Pair, n_rows + 1);
        g_autofree double *near = g_new (double, n_rows + 1), *far = g_new (double, n_rows + 1);

        draw (&random, kind, n, n_rows, pairs);
        for (guint i = 0; i < n_rows; i++)
          {
            near[i] = 0.25 * (1 + kennis_random_below (&random, 8));
            far[i] = CLAMP (exp (460.5 * kennis_random_uniform (&random) - 230.25), 1e-100, 1e100);
          }
        assert_is_pagerank (n, pairs, NULL, n_rows);
        assert_is_pagerank (n, pairs, near, n_rows);
        assert_is_pagerank (n, pairs, far, n_rows);
      }
}

/* Eigenvalues all around 0 and not near the real numbers: rings, in any order and in one that goes up and down from block to block. */
G_GNUC_UNUSED static void
ranks_are_those_of_the_definition_on_rings (void)
{
  for (guint n = 2; n < 3000; n = n * 2 + 1)
    {
      g_autofree Pair *up_down = g_new (Pair, n), *any = g_new (Pair, n);
      g_autofree guint *order = g_new (guint, n);
      KennisRandom random;

      kennis_random_init (&random, n, 1);
      for (guint i = 0; i < n; i++)
        order[i] = i;
      for (guint i = n - 1; i > 0; i--)
        {
          guint j = kennis_random_below (&random, i + 1), swap = order[i];

          order[i] = order[j];
          order[j] = swap;
        }
      for (guint i = 0; i < n; i++)
        {
          guint next = (i + 1) % n;

          any[i][0] = order[i];
          any[i][1] = order[next];
          up_down[i][0] = i % 2 ? n - 1 - i / 2 : i / 2;
          up_down[i][1] = next % 2 ? n - 1 - next / 2 : next / 2;
        }
      assert_is_pagerank (n, (const Pair *) any, NULL, n);
      assert_is_pagerank (n, (const Pair *) up_down, NULL, n - 1);
    }
}

static void
nobody_has_no_rank (void)
{
  g_autoptr (KennisNetwork) network = network_of (0, NULL, NULL, 0);
  g_autoptr (GBytes) found = kennis_network_pagerank (network, 0.85, 2, NULL, NULL);

  CU_ASSERT_EQUAL (g_bytes_get_size (found), 0);
}

/* 65 000 is the most that is swept. */
static void
ranks_are_the_same_whichever_way (void)
{
  for (guint n = 64999; n <= 65001; n++)
    {
      guint n_rows = 150000;
      g_autofree Pair *pairs = g_new (Pair, n_rows);
      g_autoptr (KennisNetwork) network = NULL;
      g_autoptr (GBytes) found = NULL;
      KennisRandom random;

      kennis_random_init (&random, 6, 6);
      draw (&random, FEW_RECEIVE, n, n_rows, pairs);
      pairs[0][0] = n - 1;
      pairs[1][1] = n - 1;
      network = network_of (n, (const Pair *) pairs, NULL, n_rows);
      found = kennis_network_pagerank (network, 0.85, 2, NULL, NULL);
      CU_ASSERT_TRUE (left_of (n, (const Pair *) pairs, NULL, n_rows, 0.85, network_doubles (found, n)) < 1.001e-10);
    }
}

static gpointer
rank (gpointer network)
{
  return kennis_network_pagerank (network, 0.85, 1, NULL, NULL);
}

/* What is kept from the first call on is made once, or twice the same. */
static void
four_threads_may_be_the_first_at_one_time (void)
{
  for (guint round = 0; round < 20; round++)
    {
      g_auto (RandomNetwork) r = network_random (round, 300, 2000, TRUE);
      GBytes *found[4];
      GThread *threads[4];

      for (guint i = 0; i < 4; i++)
        threads[i] = g_thread_new ("rank", rank, r.network);
      for (guint i = 0; i < 4; i++)
        found[i] = g_thread_join (threads[i]);
      for (guint i = 0; i < 4; i++)
        {
          CU_ASSERT_TRUE (g_bytes_equal (found[0], found[i]));
          if (i > 0)
            g_bytes_unref (found[i]);
        }
      g_bytes_unref (found[0]);
    }
}

int
main (void)
{
  CU_TestInfo tests[] = {
#ifndef __SANITIZE_THREAD__ /* long there, and not about threads */
    { "ranks are those of the definition on random networks", ranks_are_those_of_the_definition_on_random_networks },
    { "ranks are those of the definition on rings", ranks_are_those_of_the_definition_on_rings },
#endif
    { "nobody has no rank", nobody_has_no_rank },
    { "ranks are the same whichever way", ranks_are_the_same_whichever_way },
    { "four threads may be the first at one time", four_threads_may_be_the_first_at_one_time },
    CU_TEST_INFO_NULL
  };

  return kennis_test_main ("network-pagerank", tests);
}
