#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-random-private.h"
#include "kennis-test.h"

static KennisAgreement *
of_one_group (const double *values, gsize n_rows, guint n_items, KennisNull null)
{
  g_autoptr (GBytes) bytes = g_bytes_new (values, n_rows * n_items * sizeof *values);

  return kennis_agreement_new (bytes, n_items, NULL, NULL, 1, 5, null, 2000, 1, NULL);
}

/* Variances 1 and 1/3 (n − 1), mean 2/3; uniform null of five options: 2.  J(1 − 1/3)/(J(1 − 1/3) + 1/3), J = 2: 0.8. */
static void
rwg_comes_out_by_hand (void)
{
  const double values[] = { 1, 4, 3, 4, 2, 5, 1, 2, NAN, 3 };
  g_autoptr (KennisAgreement) self = of_one_group (values, 3, 2, KENNIS_NULL_UNIFORM);
  g_autoptr (KennisAgreement) with_gap = of_one_group (values, 5, 2, KENNIS_NULL_UNIFORM);

  assert_near (kennis_agreement_get (self, 0, KENNIS_AGREEMENT_N), 3);
  assert_near (kennis_agreement_get (self, 0, KENNIS_AGREEMENT_ITEM_VARIANCE), 2 / 3.0);
  assert_near (kennis_agreement_get (self, 0, KENNIS_AGREEMENT_RWG), 0.8);
  assert_near (kennis_agreement_get (self, 0, KENNIS_AGREEMENT_RWG_LINDELL), 2 / 3.0);
  assert_near (kennis_agreement_get (self, 0, KENNIS_AGREEMENT_AD_MEDIAN), 0.5); /* 2/3 and 1/3 */
  assert_near (kennis_agreement_get (self, 0, KENNIS_AGREEMENT_AD_MEAN), (2 / 3.0 + 4 / 9.0) / 2);
  assert_near (kennis_agreement_get (with_gap, 0, KENNIS_AGREEMENT_N), 4);
}

static void
disagreement_is_cut_at_0_and_kept_raw (void)
{
  const double values[] = { 1, 5, 1, 5 };
  g_autoptr (KennisAgreement) self = of_one_group (values, 4, 1, KENNIS_NULL_UNIFORM);

  assert_near (kennis_agreement_get (self, 0, KENNIS_AGREEMENT_RWG), 0);
  assert_near (kennis_agreement_get (self, 0, KENNIS_AGREEMENT_RWG_RAW), 1 - 16 / 3.0 / 2);
  CU_ASSERT_EQUAL (kennis_agreement_judge (self, 0, 0.7), KENNIS_AGREEMENT_VERDICT_CHANCE);
}

static void
one_person_agrees_with_nobody (void)
{
  const double values[] = { 3, 3 };
  g_autoptr (KennisAgreement) self = of_one_group (values, 1, 2, KENNIS_NULL_UNIFORM);

  assert_near (kennis_agreement_get (self, 0, KENNIS_AGREEMENT_N), 1);
  CU_ASSERT_TRUE (isnan (kennis_agreement_get (self, 0, KENNIS_AGREEMENT_RWG)));
  CU_ASSERT_TRUE (isnan (kennis_agreement_get_aggregation (self, KENNIS_AGGREGATION_ICC_1)));
  CU_ASSERT_EQUAL (kennis_agreement_get_aggregation_status (self), KENNIS_AGGREGATION_STATUS_TOO_FEW);
  CU_ASSERT_EQUAL (kennis_agreement_judge (self, 0, 0.7), KENNIS_AGREEMENT_VERDICT_UNKNOWN);
}

/* Four teams of ten, one item. */
static KennisAgreement *
of_four_teams (double (*answer) (guint team, guint person))
{
  static const char *const labels[] = { "a", "b", "c", "d", NULL };
  double values[40];
  guint32 groups[40];
  g_autoptr (GBytes) v = NULL, g = NULL;

  for (guint i = 0; i < 40; i++)
    {
      groups[i] = i / 10;
      values[i] = answer (i / 10, i % 10);
    }
  v = g_bytes_new (values, sizeof values);
  g = g_bytes_new (groups, sizeof groups);
  return kennis_agreement_new (v, 1, g, labels, 1, 5, KENNIS_NULL_UNIFORM, 0, 1, NULL);
}

static double all_alike (guint team, guint person) { return 3; }
static double teams_alike (guint team, guint person) { return 1 + person % 5; }
static double almost_alike (guint team, guint person) { return team + person == 0 ? 2 : 1 + person % 5; }
static double team_by_team (guint team, guint person) { return 1 + team; }

/* multilevel on y: ICC1 (aov (y ~ g)) and ICC2: where teams are alike -0.111111111111 and -1.28e+31 (the sums' rounding), where all are -1e-16 and
 * -1e-15, where one answer is another one -0.1096681096681 and -84.44444444445, where people of a team are alike 1 and 1. */
static void
what_teams_do_not_differ_in_is_told (void)
{
  g_autoptr (KennisAgreement) alike = of_four_teams (all_alike), teams = of_four_teams (teams_alike),
                              almost = of_four_teams (almost_alike), spread = of_four_teams (team_by_team);

#define aggregated(self, name) kennis_agreement_get_aggregation (self, KENNIS_AGGREGATION_##name)
  CU_ASSERT_EQUAL (kennis_agreement_get_aggregation_status (alike), KENNIS_AGGREGATION_STATUS_NO_VARIANCE);
  CU_ASSERT (isnan (aggregated (alike, ICC_1)) && isnan (aggregated (alike, ICC_2)) && isnan (aggregated (alike, F)));
  assert_near (aggregated (alike, SIZE_MEAN), 10);
  CU_ASSERT_EQUAL (kennis_agreement_get_aggregation_status (teams), KENNIS_AGGREGATION_STATUS_NO_DIFFERENCE);
  assert_within (aggregated (teams, ICC_1), -1 / 9.0, 1e-12);
  assert_near (aggregated (teams, MSB), 0);
  CU_ASSERT (isnan (aggregated (teams, ICC_2)) && isnan (aggregated (teams, ICC_2_TRUNCATED)));
  CU_ASSERT_EQUAL (kennis_agreement_get_aggregation_status (almost), KENNIS_AGGREGATION_STATUS_LESS_THAN_CHANCE);
  assert_within (aggregated (almost, ICC_1), -0.1096681096681, 1e-12);
  assert_within (aggregated (almost, ICC_2), -84.44444444445, 1e-9);
  assert_near (aggregated (almost, ICC_1_TRUNCATED), 0);
  assert_near (aggregated (almost, ICC_2_TRUNCATED), 0);
  CU_ASSERT_EQUAL (kennis_agreement_get_aggregation_status (spread), KENNIS_AGGREGATION_STATUS_NO_SPREAD);
  assert_near (aggregated (spread, ICC_1), 1);
  assert_near (aggregated (spread, ICC_2), 1);
  CU_ASSERT (isinf (aggregated (spread, F)) && aggregated (spread, P) == 0);
}

/* James, Demaree & Wolf (1984): the variances of five options follow from their shares; LeBreton & Senter (2008), table 2. */
static void
nulls_have_their_printed_variances (void)
{
  assert_near (kennis_agreement_null_variance (KENNIS_NULL_UNIFORM, 5), 2);
  assert_near (kennis_agreement_null_variance (KENNIS_NULL_UNIFORM, 11), 10);
  assert_near (kennis_agreement_null_variance (KENNIS_NULL_SLIGHT_SKEW, 5), 1.34);
  assert_near (kennis_agreement_null_variance (KENNIS_NULL_HEAVY_SKEW, 7), 1.39);
  /* (4 · .11 + .22) · 2 of .11 .22 .34 .22 .11, rounded from 1:2:3:2:1, of which it would be 4/3. */
  assert_near (kennis_agreement_null_variance (KENNIS_NULL_TRIANGULAR, 5), 2 * (4 * 0.11 + 0.22));
  assert_near (kennis_agreement_null_variance (KENNIS_NULL_TRIANGULAR, 11), 3.32);
  assert_near (kennis_agreement_null_variance (KENNIS_NULL_NORMAL, 8), 1.73);
  CU_ASSERT_TRUE (isnan (kennis_agreement_null_variance (KENNIS_NULL_NORMAL, 4)));
  CU_ASSERT_TRUE (isnan (kennis_agreement_null_variance (KENNIS_NULL_UNIFORM, 1)));
}

static double
critical_value (guint n, guint n_items, double high)
{
  g_autofree double *values = g_new0 (double, n *n_items);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KennisAgreement) self = NULL;

  for (guint i = 0; i < n * n_items; i++)
    values[i] = 3;
  bytes = g_bytes_new (values, n * n_items * sizeof *values);
  self = kennis_agreement_new (bytes, n_items, NULL, NULL, 1, high, KENNIS_NULL_UNIFORM, 20000, 5, NULL);
  return kennis_agreement_get (self, 0, KENNIS_AGREEMENT_CRITICAL);
}

/* multilevel 2.7, 10 000 draws: quantile (rwg.j.sim (gsize, nitems, nresp)$rwg, .95); the last by rwg.sim (10, 5).  With a small
 * team or one item the values are few and far apart, hence the wide margins. */
static void
critical_values_are_those_of_multilevel_s_simulation (void)
{
  assert_within (critical_value (5, 5, 5), 0.7377, 0.02);
  assert_within (critical_value (10, 5, 5), 0.5851, 0.02);
  assert_within (critical_value (20, 3, 7), 0.4208, 0.02);
  assert_within (critical_value (4, 8, 5), 0.8, 0.02);
  assert_within (critical_value (10, 1, 5), 0.5056, 0.03);
  /* From simulated to the normal limit there is no jump. */
  assert_within (critical_value (201, 3, 5), critical_value (200, 3, 5), 0.01);
}

/* Random answers of 4000 teams of each size: 5% are told to agree, whatever the null. */
static void
random_teams_are_seldom_said_to_agree (void)
{
  static const guint sizes[] = { 4, 8, 15, 40 };
  static const double upto[KENNIS_NULL_NORMAL + 1][5] = {
    { 0.2, 0.4, 0.6, 0.8, 1 }, [KENNIS_NULL_HEAVY_SKEW] = { 0, 0, 0.1, 0.5, 1 }
  };

  for (guint null = 0; null <= KENNIS_NULL_HEAVY_SKEW; null += KENNIS_NULL_HEAVY_SKEW)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        guint n_teams = 4000, n = sizes[s] * n_teams, agree = 0;
        g_autofree double *values = g_new (double, n * 4);
        g_autofree guint32 *groups = g_new (guint32, n);
        g_auto (GStrv) labels = g_new0 (char *, n_teams + 1);
        g_autoptr (GBytes) v = NULL, g = NULL;
        g_autoptr (KennisAgreement) self = NULL;
        KennisRandom random;

        kennis_random_init (&random, 77, s + 10 * null);
        for (guint i = 0; i < n * 4; i++)
          {
            double u = kennis_random_uniform (&random);

            values[i] = 1;
            for (guint a = 0; a < 4 && u > upto[null][a]; a++)
              values[i]++;
          }
        for (guint i = 0; i < n; i++)
          groups[i] = i % n_teams;
        for (guint t = 0; t < n_teams; t++)
          labels[t] = g_strdup_printf ("%u", t);
        v = g_bytes_new (values, n * 4 * sizeof *values);
        g = g_bytes_new (groups, n * sizeof *groups);
        self = kennis_agreement_new (v, 4, g, (const char *const *) labels, 1, 5, null, 4000, 3, NULL);
        for (guint t = 0; t < n_teams; t++)
          agree += kennis_agreement_judge (self, t, 0) > KENNIS_AGREEMENT_VERDICT_CHANCE;
        assert_within (agree / (double) n_teams, 0.05, 0.02);
      }
}

static void
the_same_seed_gives_the_same_critical_value (void)
{
  const double values[] = { 1, 2, 3, 4, 3, 4, 2, 2 };
  g_autoptr (KennisAgreement) one = of_one_group (values, 4, 2, KENNIS_NULL_SLIGHT_SKEW),
                              two = of_one_group (values, 4, 2, KENNIS_NULL_SLIGHT_SKEW);
  double a = kennis_agreement_get (one, 0, KENNIS_AGREEMENT_CRITICAL),
         b = kennis_agreement_get (two, 0, KENNIS_AGREEMENT_CRITICAL);

  CU_ASSERT_TRUE (a > 0 && memcmp (&a, &b, sizeof a) == 0);
}

static void
what_does_not_fit_is_an_error (void)
{
  const double values[] = { 1, 2, 3 };
  const guint32 wrong[] = { 0, 7, 0 };
  static const char *const labels[] = { "a", NULL };
  g_autoptr (GBytes) bytes = g_bytes_new (values, sizeof values), groups = g_bytes_new (wrong, sizeof wrong);
  static const struct { guint n_items; double low, high; KennisNull null; const char *message; } cases[] = {
    { 2, 1, 5, KENNIS_NULL_UNIFORM, "24 bytes are no whole number of rows of 2 doubles" },
    { 1, 1, 4, KENNIS_NULL_NORMAL, "only the uniform null distribution is known for 4 options; the others for 5 to 11" },
    { 1, 5, 1, KENNIS_NULL_UNIFORM, "agreement needs whole options, 2 to 1000 from the lowest to the highest: 1 and 5" },
    { 1, 1, 5, KENNIS_NULL_UNIFORM, "row 1 is in group 7; there are 1 labels" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      CU_ASSERT_PTR_NULL (kennis_agreement_new (bytes, cases[i].n_items, groups, labels, cases[i].low, cases[i].high,
                                                cases[i].null, 10, 1, &error));
      assert_text (error->message, cases[i].message);
    }
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "rwg comes out by hand", rwg_comes_out_by_hand },
    { "disagreement is cut at 0 and kept raw", disagreement_is_cut_at_0_and_kept_raw },
    { "one person agrees with nobody", one_person_agrees_with_nobody },
    { "what teams do not differ in is told", what_teams_do_not_differ_in_is_told },
    { "nulls have their printed variances", nulls_have_their_printed_variances },
    { "critical values are those of multilevel's simulation", critical_values_are_those_of_multilevel_s_simulation },
    { "random teams are seldom said to agree", random_teams_are_seldom_said_to_agree },
    { "the same seed gives the same critical value", the_same_seed_gives_the_same_critical_value },
    { "what does not fit is an error", what_does_not_fit_is_an_error },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("agreement", tests);
}
