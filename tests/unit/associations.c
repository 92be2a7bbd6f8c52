#include "config.h"

#include "kennis-metrics.h"
#include "report/kennis-associations-private.h"

#include <string.h>

/* R 4.2.2:
 *   x <- c(2.1,3.5,3.5,1.2,5.6,4.4,7.8,6.1,9.9,8.3,2.2,3.3,4.1,5.0,6.6,7.7,8.8,9.1,1.9,4.9,5.5,6.0)
 *   y <- c(70,72,69,65,75,71,80,74,78,82,66,71,73,70,76,75,79,85,68,72,72,77)
 *   z <- c(5.1,4.0,6.2,5.5,4.4,4.9,5.3,6.1,4.2,5.0,5.8,4.7,5.2,5.9,4.8,4.1,6.0,5.4,4.6,5.7,4.3,4.5)
 *   cor.test(x, y, method = "spearman", exact = FALSE)   rho 0.923034720251468, p 9.55498698459141e-10
 *   cor.test(x, z, method = "spearman", exact = FALSE)   rho -0.086981082259812, p 0.700316086571832
 *   p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")         0.03 0.06 0.06 0.02 */
#define N 22
static const double x[N] = { 2.1, 3.5, 3.5, 1.2, 5.6, 4.4, 7.8, 6.1, 9.9, 8.3, 2.2, 3.3, 4.1, 5.0, 6.6, 7.7, 8.8, 9.1, 1.9, 4.9, 5.5, 6.0 };
static const double y[N] = { 70, 72, 69, 65, 75, 71, 80, 74, 78, 82, 66, 71, 73, 70, 76, 75, 79, 85, 68, 72, 72, 77 };
static const double z[N] = { 5.1, 4.0, 6.2, 5.5, 4.4, 4.9, 5.3, 6.1, 4.2, 5.0, 5.8, 4.7, 5.2, 5.9, 4.8, 4.1, 6.0, 5.4, 4.6, 5.7, 4.3, 4.5 };

static void
ranks_and_holm_are_those_of_r (void)
{
  double rho, p, ps[] = { 0.01, 0.04, NAN, 0.03, 0.005 }, same[N] = { 0 };

  kennis_spearman (x, y, N, &rho, &p);
  assert_within (rho, 9.23034720251468e-01, 1e-14);
  assert_within (p / 9.55498698459141e-10, 1, 1e-9);
  kennis_spearman (x, z, N, &rho, &p);
  assert_within (rho, -8.69810822598120e-02, 1e-14);
  assert_within (p, 7.00316086571832e-01, 1e-12);
  kennis_spearman (x, same, N, &rho, &p);
  CU_ASSERT (isnan (rho) && isnan (p));
  kennis_spearman (x, x, N, &rho, &p);
  assert_near (rho, 1);
  assert_near (p, 0);
  kennis_spearman (x, y, 2, &rho, &p);
  CU_ASSERT (isnan (rho));
  kennis_holm (ps, G_N_ELEMENTS (ps));
  assert_near (ps[0], 0.03);
  assert_near (ps[1], 0.06);
  CU_ASSERT (isnan (ps[2]));
  assert_near (ps[3], 0.06);
  assert_near (ps[4], 0.02);
}

/* Teams of six; in team t everybody learns x[t] hours in 2023, and in 2024 the outcomes are y[t] and z[t]; those of 2023 and 2025 are not taken. */
static KennisSummary *
organisation (guint n_teams)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  KennisSummary *summary;

  metrics_cover (d, "2023-01-01", "2025-01-01");
  for (guint t = 0; t < n_teams; t++)
    {
      g_autofree char *team = g_strdup_printf ("t%02u", t);
      const struct { const char *measure, *period; double value; } outcomes[] = {
        { "=satisfaction", "2024-01-01", y[t] - 1 }, { "=satisfaction", "2024-07-01", y[t] + 1 }, { "sick", "2024-04-01", z[t] },
        { "=satisfaction", "2023-07-01", -9 * t }, { "=satisfaction", "2025-01-01", 7 * (t % 3) }
      };

      metrics_add (d, KENNIS_TYPE_TEAM, "id", team, NULL);
      for (guint i = 0; i < 6; i++)
        {
          g_autofree char *id = g_strdup_printf ("p%02u-%u", t, i);

          metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "team", team, NULL);
          metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", id, "ended", at ("2023-03-05"), "duration", HOURS (x[t]),
                       "status", KENNIS_STATUS_COMPLETED, NULL);
        }
      for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
        metrics_add (d, KENNIS_TYPE_OUTCOME, "team", team, "measure", outcomes[i].measure, "period",
                     at (outcomes[i].period), "value", outcomes[i].value, NULL);
    }
  summary = kennis_summary_make (d, NULL, 1, NULL, NULL, NULL, NULL);
  g_assert_nonnull (summary);
  return summary;
}

static KennisAssociations *
associate (KennisSummary *summary, guint64 seed)
{
  g_autoptr (KennisQuery) query = g_object_new (KENNIS_TYPE_QUERY, "period", KENNIS_PERIOD_YEAR, NULL);
  g_autoptr (KennisMeasurements) scores = NULL;
  const char *team[] = { "team", NULL };

  kennis_query_add_metric (query, "uptake.hours-per-head");
  kennis_query_add_grouping (query, team);
  g_assert_true (kennis_query_set_window (query, "2023", "2023", NULL));
  scores = kennis_measurements_make (summary, &query, 1, 1, NULL, NULL, NULL, NULL);
  g_assert_nonnull (scores);
  return kennis_associations_new (scores, summary, 0.95, seed);
}

static void
scores_are_compared_with_outcomes_of_the_period_after (void)
{
  g_autoptr (KennisSummary) summary = organisation (N);
  g_autoptr (KennisAssociations) self = associate (summary, 1), again = associate (summary, 1),
                                 other = associate (summary, 2);
  double p[2], rho;

  kennis_spearman (x, y, N, &rho, &p[0]);
  kennis_spearman (x, z, N, &rho, &p[1]);
  CU_ASSERT_EQUAL (kennis_associations_get_size (self), 2);
  assert_text (kennis_associations_get_metric (self, 0), "uptake.hours-per-head");
  assert_text (kennis_associations_get_period (self, 0), "2023");
  for (guint i = 0; i < 2; i++)
    {
      gboolean is_satisfied = g_str_equal (kennis_associations_get_measure (self, i), "=satisfaction");

      CU_ASSERT_EQUAL (kennis_associations_get_n_teams (self, i), N);
      assert_within (kennis_associations_get_rho (self, i), is_satisfied ? 9.23034720251468e-01 : -8.69810822598120e-02,
                     1e-12);
      assert_within (kennis_associations_get_holm (self, i), is_satisfied ? 2 * p[0] : p[1], 1e-12);
      CU_ASSERT (kennis_associations_get_lower (self, i) < kennis_associations_get_rho (self, i)
                 && kennis_associations_get_rho (self, i) < kennis_associations_get_upper (self, i));
      CU_ASSERT (is_satisfied ? kennis_associations_get_lower (self, i) > 0.7
                              : kennis_associations_get_lower (self, i) < 0);
      CU_ASSERT (kennis_associations_get_lower (self, i) == kennis_associations_get_lower (again, i));
      CU_ASSERT (kennis_associations_get_lower (self, i) != kennis_associations_get_lower (other, i));
    }
}

static void
under_twenty_teams_there_is_no_correlation (void)
{
  g_autoptr (KennisSummary) summary = organisation (19);
  g_autoptr (KennisAssociations) self = associate (summary, 1);

  CU_ASSERT_EQUAL (kennis_associations_get_size (self), 2);
  CU_ASSERT_EQUAL (kennis_associations_get_n_teams (self, 0), 19);
  CU_ASSERT (isnan (kennis_associations_get_rho (self, 0)) && isnan (kennis_associations_get_holm (self, 0)));
}

static void
the_table_says_that_it_is_no_proof_and_runs_nothing (void)
{
  g_autoptr (KennisSummary) summary = organisation (N);
  g_autoptr (KennisAssociations) self = associate (summary, 1);
  g_autoptr (GBytes) bytes = kennis_associations_to_csv (self, "en");
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  CU_ASSERT (g_str_has_prefix (
      text, "metric,period,measure,teams,rho,lower,upper,p,holm,note\r\nuptake.hours-per-head,2023,"));
  CU_ASSERT_PTR_NOT_NULL (strstr (text, "no proof of cause"));
  CU_ASSERT_PTR_NOT_NULL (strstr (text, ",\"'=satisfaction\",22,"));
  CU_ASSERT_STRING_NOT_EQUAL (kennis_associations_get_caution ("nl"), kennis_associations_get_caution (NULL));
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "ranks and Holm are those of R", ranks_and_holm_are_those_of_r },
    { "scores are compared with outcomes of the period after", scores_are_compared_with_outcomes_of_the_period_after },
    { "under twenty teams there is no correlation", under_twenty_teams_there_is_no_correlation },
    { "the table says that it is no proof and runs nothing", the_table_says_that_it_is_no_proof_and_runs_nothing },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("associations", tests);
}
