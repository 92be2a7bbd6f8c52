#include "config.h"

#include <math.h>

#include "kennis-test.h"
#include "base/kennis-statistics-private.h"

static void
what_is_not_defined_is_nan (void)
{
  double lower, upper;
  KennisIncidence is;
  const double zeros[] = { 0, 0, 0 }, bad[] = { 1, NAN, 2 }, negative[] = { -1, 2 };

  CU_ASSERT_TRUE (isnan (kennis_normal_quantile (1.5)) && isnan (kennis_normal_quantile (NAN)));
  CU_ASSERT_TRUE (isnan (kennis_beta_quantile (0, 1, 0.5)) && isnan (kennis_t_quantile (-1, 0.5)));
  CU_ASSERT_TRUE (isnan (kennis_f_quantile (1, 2, -0.1)) && isnan (kennis_chisq_quantile (NAN, 0.5)));
  CU_ASSERT_TRUE (isnan (kennis_incomplete_beta (1, 1, 1.1)));
  kennis_wilson (0, 0, 0.95, &lower, &upper);
  CU_ASSERT_TRUE (isnan (lower) && isnan (upper));
  CU_ASSERT_TRUE (isnan (kennis_quantile_sorted (zeros, 0, 0.5)));
  CU_ASSERT_TRUE (isnan (kennis_gini (zeros, 3, FALSE)) && isnan (kennis_gini (zeros, 0, FALSE)));
  CU_ASSERT_TRUE (isnan (kennis_gini (bad, 3, FALSE)) && isnan (kennis_gini (negative, 2, FALSE)));
  CU_ASSERT_TRUE (isnan (kennis_gini (bad, 1, TRUE)) && kennis_gini (bad, 1, FALSE) == 0);
  CU_ASSERT_TRUE (isnan (kennis_lorenz_top_share (zeros, NULL, 3, 0.1)));
  CU_ASSERT_TRUE (isnan (kennis_evenness (zeros, 3)) && isnan (kennis_evenness (bad, 1)));
  CU_ASSERT_TRUE (isnan (kennis_burstiness (bad, 1)) && isnan (kennis_burstiness (zeros, 3)));
  kennis_incidence (NULL, NULL, NULL, 0, 90, 0.95, &is);
  CU_ASSERT_TRUE (isnan (is.incidence) && isnan (is.lower) && isnan (is.median) && isnan (is.last_day)
                  && is.at_risk == 0);
}

static void
the_edges_of_distributions_are_their_supports (void)
{
  CU_ASSERT_EQUAL (kennis_beta_quantile (2, 3, 0), 0);
  CU_ASSERT_EQUAL (kennis_beta_quantile (2, 3, 1), 1);
  CU_ASSERT_EQUAL (kennis_f_quantile (2, 3, 0), 0);
  CU_ASSERT_TRUE (isinf (kennis_f_quantile (2, 3, 1)) && isinf (kennis_chisq_quantile (2, 1)));
  CU_ASSERT_TRUE (kennis_t_quantile (2, 0) == -INFINITY && kennis_t_quantile (2, 1) == INFINITY);
  CU_ASSERT_TRUE (kennis_normal_quantile (0) == -INFINITY && kennis_normal_quantile (1) == INFINITY);
  /* Too small for a double: 0.5^(1/0.0001) */
  CU_ASSERT_EQUAL (kennis_beta_quantile (0.0001, 1, 0.5), 0);
}

static void
quantiles_and_tails_undo_each_other (void)
{
  static const double shape[] = { 0.03, 0.5, 1, 2.5, 17, 400, 90000 };
  int wrong = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (shape); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (shape); j++)
      for (double p = 0.001; p < 1; p += 0.0499)
        {
          double x = kennis_beta_quantile (shape[i], shape[j], p);

          /* What rounding x itself can cost near 1 is not the quantile's fault. */
          if (x > 1e-300 && x < 0.999)
            wrong += !(fabs (kennis_incomplete_beta (shape[i], shape[j], x) - p) < 1e-11 * p);
        }
  CU_ASSERT_EQUAL (wrong, 0);
}

static void
sums_keep_what_is_small (void)
{
  const double x[] = { 1, 1e100, 1, -1e100 }, tenth[] = { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 },
               infinite[] = { 1, INFINITY, 2 };

  CU_ASSERT_EQUAL (kennis_sum_of (x, 4), 2);
  CU_ASSERT_EQUAL (kennis_sum_of (tenth, 10), 1);
  CU_ASSERT_EQUAL (kennis_sum_of (NULL, 0), 0);
  CU_ASSERT_EQUAL (kennis_sum_of (infinite, 3), INFINITY);
}

static void
sorting_puts_nan_last (void)
{
  double x[] = { 3, NAN, -1, INFINITY, NAN, 2, -INFINITY };

  kennis_sort_doubles (x, 7);
  CU_ASSERT_TRUE (x[0] == -INFINITY && x[1] == -1 && x[2] == 2 && x[3] == 3 && x[4] == INFINITY && isnan (x[5])
                  && isnan (x[6]));
}

/* Gini of 1, 2, 3, 4: mean difference over all 16 pairs = (6·1 + 4·2 + 2·3)/16 = 1.25; / (2·2.5) = 0.25; × 4/3 = 1/3.
 * Of 0, 0, 0, 8: only (3·8·2)/16 = 3, / (2·2) = 0.75; × 4/3 = 1. */
static void
gini_is_the_mean_difference_over_twice_the_mean (void)
{
  const double x[] = { 4, 1, 3, 2 }, one[] = { 0, 8, 0, 0 }, equal[] = { 5, 5, 5 };
  const double sorted[] = { 1, 2, 3, 4 };
  const guint32 weight[] = { 1, 0, 2, 3 };
  const double expanded[] = { 1, 3, 3, 4, 4, 4 };

  assert_near (kennis_gini (x, 4, FALSE), 0.25);
  assert_near (kennis_gini (x, 4, TRUE), 1.0 / 3);
  assert_near (kennis_gini (one, 4, FALSE), 0.75);
  assert_near (kennis_gini (one, 4, TRUE), 1);
  CU_ASSERT_EQUAL (kennis_gini (equal, 3, TRUE), 0);
  assert_near (kennis_gini_weighted (sorted, NULL, 4, FALSE), 0.25);
  assert_near (kennis_gini_weighted (sorted, weight, 4, FALSE), kennis_gini (expanded, 6, FALSE));
  assert_near (kennis_gini_weighted (sorted, weight, 4, TRUE), kennis_gini (expanded, 6, TRUE));
}

/* Of 1, 2, 3, 4 (sum 10) the largest quarter holds 4/10, the largest tenth (0.4 of one person) 1.6/10, three eighths
 * (one person and a half) 5.5/10. */
static void
the_top_share_follows_the_lorenz_curve (void)
{
  const double x[] = { 1, 2, 3, 4 };
  const guint32 weight[] = { 1, 0, 2, 1 };      /* 1, 3, 3, 4: sum 11 */

  assert_near (kennis_lorenz_top_share (x, NULL, 4, 0.25), 0.4);
  assert_near (kennis_lorenz_top_share (x, NULL, 4, 0.1), 0.16);
  assert_near (kennis_lorenz_top_share (x, NULL, 4, 0.375), 0.55);
  assert_near (kennis_lorenz_top_share (x, NULL, 4, 1), 1);
  CU_ASSERT_EQUAL (kennis_lorenz_top_share (x, NULL, 4, 0), 0);
  assert_near (kennis_lorenz_top_share (x, weight, 4, 0.5), 7.0 / 11);
}

/* ½ and ½ of two is 1, of four ln 2 / ln 4 = ½; ½, ¼, ¼ of three: 1.5·ln 2 / ln 3 = 0.946394630357186. */
static void
evenness_is_entropy_over_its_maximum (void)
{
  const double half[] = { 3, 3, 0, 0 }, three[] = { 2, 1, 1 };

  assert_near (kennis_evenness (half, 2), 1);
  assert_near (kennis_evenness (half, 4), 0.5);
  assert_near (kennis_evenness (three, 3), 0.946394630357186);
  CU_ASSERT_EQUAL (kennis_evenness (three, 1) == kennis_evenness (three, 1), FALSE);
}

/* A clock: r = 0, so −√(n−1)/√(n−1) = −1.  All in one gap: r = √(n−1), so +1.
 * Gaps 1, 3: mean 2, SD over n 1, r = ½, n = 2: (√3/2 − 1)/((√3 − 2)/2 + 1) = (√3 − 2)/√3 = −0.154700538379252. */
static void
burstiness_runs_from_a_clock_to_one_burst (void)
{
  const double clock[] = { 7, 7, 7, 7 }, burst[] = { 0, 0, 0, 0, 12 }, two[] = { 1, 3 };

  assert_near (kennis_burstiness (clock, 4), -1);
  assert_near (kennis_burstiness (burst, 5), 1);
  assert_near (kennis_burstiness (two, 2), -0.154700538379252);
}

/* Four rows: event on day 0 (¼), then of three one event on day 5 (½); a competing event and a censoring on day 9. */
static void
incidence_by_hand (void)
{
  const gint32 day[] = { 0, 5, 9, 9 };
  const guint8 cause[] = { 1, 1, 2, 0 };
  const guint32 none[] = { 0, 0, 0, 0 };
  KennisIncidence is;

  kennis_incidence (day, cause, NULL, 4, 9, 0.95, &is);
  assert_near (is.incidence, 0.5);
  assert_near (is.variance, 0.25 / 4); /* nobody is censored before: a binomial */
  CU_ASSERT_EQUAL (is.median, 5);
  CU_ASSERT_EQUAL (is.last_day, 9);
  CU_ASSERT_EQUAL (is.at_risk, 2);
  kennis_incidence (day, cause, NULL, 4, 3, 0.95, &is);
  assert_near (is.incidence, 0.25);
  CU_ASSERT_EQUAL (is.at_risk, 3);
  kennis_incidence (day, cause, NULL, 4, 100, 0.95, &is);
  assert_near (is.incidence, 0.5);
  CU_ASSERT_EQUAL (is.at_risk, 0);
  kennis_incidence (day + 2, cause + 2, NULL, 2, 90, 0.95, &is);
  CU_ASSERT_EQUAL (is.incidence, 0);
  CU_ASSERT_TRUE (isnan (is.lower) && isnan (is.upper) && isnan (is.median));
  kennis_incidence (day, cause, none, 4, 9, 0.95, &is);
  CU_ASSERT_TRUE (isnan (is.incidence));
}

int
main (void)
{
  return kennis_test_main ("statistics", (CU_TestInfo[]) {
    { "what is not defined is NaN", what_is_not_defined_is_nan },
    { "the edges of distributions are their supports", the_edges_of_distributions_are_their_supports },
    { "quantiles and tails undo each other", quantiles_and_tails_undo_each_other },
    { "sums keep what is small", sums_keep_what_is_small },
    { "sorting puts NaN last", sorting_puts_nan_last },
    { "Gini is the mean difference over twice the mean", gini_is_the_mean_difference_over_twice_the_mean },
    { "the top share follows the Lorenz curve", the_top_share_follows_the_lorenz_curve },
    { "evenness is entropy over its maximum", evenness_is_entropy_over_its_maximum },
    { "burstiness runs from a clock to one burst", burstiness_runs_from_a_clock_to_one_burst },
    { "incidence by hand", incidence_by_hand },
    CU_TEST_INFO_NULL,
  });
}
