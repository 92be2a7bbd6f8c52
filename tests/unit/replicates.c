#include "config.h"

#include "base/kennis-random-private.h"
#include "base/kennis-statistics-private.h"
#include "kennis-test.h"
#include "metric/kennis-replicates-private.h"

#include <math.h>

#define PEOPLE     37
#define REPLICATES 21

/* Each replicate by the plain formula over its weights. */
static void
ranking_and_taking_give_the_gini_and_the_top_share (void)
{
  const gsize stride = KENNIS_REPLICATES_PADDED (REPLICATES);
  guint8 weights[PEOPLE][64] = { { 0 } };
  double values[PEOPLE], before[64] = { 0 }, product[64] = { 0 }, sum[64] = { 0 }, wanted[64] = { 0 }, top[64] = { 0 };
  KennisRandom random;

  kennis_random_init (&random, 3, 0);
  for (guint i = 0; i < PEOPLE; i++)
    {
      values[i] = i < 5 ? 0 : i * i / 3.0;
      for (guint r = 0; r < REPLICATES; r++)
        weights[i][r] = kennis_random_below (&random, 4);
      kennis_replicates_rank (before, product, sum, weights[i], values[i], stride);
      kennis_replicates_add (wanted, weights[i], 0.1, stride);
    }
  for (guint i = PEOPLE; i-- > 0;)
    kennis_replicates_take (wanted, top, weights[i], values[i], stride);
  for (guint r = 0; r < REPLICATES; r++)
    {
      guint32 weight[PEOPLE];

      for (guint i = 0; i < PEOPLE; i++)
        weight[i] = weights[i][r];
      assert_near ((product[r] / sum[r] - before[r]) / (before[r] - 1),
                   kennis_gini_weighted (values, weight, PEOPLE, TRUE));
      assert_near (top[r] / sum[r], kennis_lorenz_top_share (values, weight, PEOPLE, 0.1));
    }
}

static void
limits_are_those_of_sorted_draws (void)
{
  KennisRandom random;

  kennis_random_init (&random, 4, 0);
  for (guint round = 0; round < 300; round++)
    {
      guint n = 1 + kennis_random_below (&random, 60), n_valid = 0;
      double draws[64], sorted[64], lower, upper, p = 0.5 * kennis_random_uniform (&random);

      for (guint i = 0; i < n; i++)
        {
          draws[i] = kennis_random_below (&random, 10) == 0 ? NAN : floor (20 * kennis_random_uniform (&random)) / 7;
          sorted[i] = draws[i];
          n_valid += !isnan (draws[i]);
        }
      kennis_sort_doubles (sorted, n);
      CU_ASSERT_EQUAL (kennis_replicates_limits (draws, n, p, &lower, &upper), n_valid);
      if (n_valid == 0)
        {
          CU_ASSERT (isnan (lower) && isnan (upper));
          continue;
        }
      assert_near (lower, kennis_quantile_sorted (sorted, n_valid, p));
      assert_near (upper, kennis_quantile_sorted (sorted, n_valid, 1 - p));
    }
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "ranking and taking give the Gini and the top share", ranking_and_taking_give_the_gini_and_the_top_share },
    { "limits are those of sorted draws", limits_are_those_of_sorted_draws },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("replicates", tests);
}
