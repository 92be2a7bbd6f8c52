#include "config.h"

#include "kennis-metrics.h"

/* Every metric of the family on a dataset small enough to be worked out by hand. */

static void
person (KennisDataset *d, const char *id, const char *team, const char *left)
{
  metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "team", team, "fte", 1.0, "hired", at ("2020-01-01"), "left",
               left != NULL ? at (left) : KENNIS_UNKNOWN, NULL);
}

static void
knows (KennisDataset *d, const char *id, const char *topic, const char *source, double level, const char *day)
{
  metrics_add (d, KENNIS_TYPE_HOLDING, "person", id, "topic", topic, "source", source, "level", level, "time",
               day != NULL ? at (day) : KENNIS_UNKNOWN, NULL);
}

static void
learned (KennisDataset *d, const char *id, const char *topic, double hours, const char *day)
{
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", id, "topic", topic, "ended", at (day), "duration", HOURS (hours),
               "status", KENNIS_STATUS_COMPLETED, NULL);
}

static void
gave (KennisDataset *d, const char *giver, const char *receiver, const char *topic, const char *session, double hours,
      const char *day)
{
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", giver, "receiver", receiver, "session", session, "topic", topic, "kind",
               KENNIS_SHARING_KIND_PRESENTATION, "time", at (day), "duration", HOURS (hours), NULL);
}

/* Team A: anna, bram, cleo.  Team B: dirk, eva; fien left on 1 July 2024.
 *
 *   xml    anna, bram, dirk (holdings)        welding  fien (holding), until she left
 *   rust   bram (holding)                     ada      eva (holding)
 *   safety anna: level 3 in 2022, 0 in 2023 by the same source: not any more */
static KennisDataset *
two_teams (void)
{
  KennisDataset *d = metrics_dataset ();

  metrics_cover (d, "2020-01-01", "2025-01-01");
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "A", NULL);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "B", NULL);
  person (d, "anna", "A", NULL);
  person (d, "bram", "A", NULL);
  person (d, "cleo", "A", NULL);
  person (d, "dirk", "B", NULL);
  person (d, "eva", "B", NULL);
  person (d, "fien", "B", "2024-07-01");
  knows (d, "anna", "xml", "test", 1, NULL);
  knows (d, "bram", "xml", "test", 2, "2021-05-01");
  knows (d, "dirk", "xml", "test", 5, "2023-05-01");
  knows (d, "bram", "rust", "test", 1, "2023-01-01");
  knows (d, "eva", "ada", "test", 1, "2023-01-01");
  knows (d, "fien", "welding", "test", 4, "2021-01-01");
  knows (d, "anna", "safety", "exam", 3, "2022-01-01");
  knows (d, "anna", "safety", "exam", 0, "2023-01-01");
  return d;
}

static KennisRawMeasurement
measure_2024 (KennisDataset *d, const char *metric)
{
  return metrics_measure (d, metric, "2024", "2024");
}

static KennisRawMeasurement
measure_team (KennisDataset *d, const char *metric, const char *team)
{
  const char *by_team[] = { "team", NULL };
  g_autoptr (KennisQuery) query = kennis_query_new ();
  g_autoptr (KennisMeasureSet) set = NULL;
  g_autoptr (GError) error = NULL;

  kennis_query_add_metric (query, metric);
  kennis_query_add_grouping (query, by_team);
  if (!kennis_query_set_window (query, "2024", "2024", &error))
    g_error ("%s", error->message);
  set = metrics_run (d, query, 1);
  return metrics_find (set, metric, team);
}

/* At the end of 2024: xml 3 holders, rust 1, ada 1.  Team A: xml 2, rust 1. */
static void
topics_in_one_head_are_counted (void)
{
  g_autoptr (KennisDataset) d = two_teams ();
  KennisRawMeasurement m = measure_2024 (d, "retention.single-holder-share");

  assert_value (m, 2.0 / 3);
  CU_ASSERT_EQUAL (m.n, 3);
  CU_ASSERT_EQUAL (m.n_people, 5);
  CU_ASSERT_EQUAL (m.n_part, 4);
  CU_ASSERT (isnan (m.lower));
  assert_value (measure_2024 (d, "retention.coverage"), 5.0 / 3);
  assert_value (measure_team (d, "retention.single-holder-share", "A"), 1.0 / 2);
  assert_value (measure_team (d, "retention.coverage", "A"), 3.0 / 2);
  assert_value (measure_team (d, "retention.coverage", "B"), 1);
}

/* Two of three topics are orphaned by bram and eva; one person alone orphans one topic at most.  Of 4 holders. */
static void
the_bus_factor_counts_who_must_leave (void)
{
  g_autoptr (KennisDataset) d = two_teams ();
  KennisRawMeasurement m = measure_2024 (d, "retention.bus-factor");

  assert_value (m, 2.0 / 4);
  CU_ASSERT_EQUAL (m.n_people, 5);
  CU_ASSERT_PTR_NULL (m.note);
}

/* One leaver; person-days in 2024: 5 · 366 + 182 (January to June).  p³ + 2p, by 3. */
static void
knowledge_at_risk_goes_by_the_organisations_rate (void)
{
  g_autoptr (KennisDataset) d = two_teams ();
  double p = 1 - exp (-1.5 / ((5 * 366 + 182) / 365.25));

  assert_value (measure_2024 (d, "retention.expected-loss"), (p * p * p + 2 * p) / 3);
  assert_value (measure_team (d, "retention.expected-loss", "A"), (p * p + p) / 2);
}

/* Held on 1 January: xml, rust, ada, welding.  Welding left with fien. */
static void
what_leavers_took_is_lost (void)
{
  g_autoptr (KennisDataset) d = two_teams ();

  assert_value (measure_2024 (d, "retention.departure-loss"), 1.0 / 4);
  assert_value (measure_team (d, "retention.departure-loss", "B"), 1.0 / 3);
  assert_value (measure_team (d, "retention.departure-loss", "A"), 0);
  knows (d, "eva", "welding", "test", 1, "2024-06-15");
  assert_value (measure_2024 (d, "retention.departure-loss"), 0);
}

/* Fien held welding and, by 9 hours in May 2024, tig; she gave on welding to eva in April, and on tig to gerd, who left before her. */
static void
what_leavers_gave_to_who_stays_is_passed_on (void)
{
  g_autoptr (KennisDataset) d = two_teams ();

  person (d, "gerd", "B", "2024-06-20");
  learned (d, "fien", "tig", 9, "2024-05-10");
  gave (d, "fien", "eva", "welding", NULL, 1, "2024-04-01");
  gave (d, "fien", "gerd", "tig", NULL, 0.5, "2024-06-02");
  assert_value (measure_2024 (d, "retention.passed-on-before-leaving"), 1.0 / 2);
  CU_ASSERT_EQUAL (measure_2024 (d, "retention.passed-on-before-leaving").n_people, 1);
  CU_ASSERT_EQUAL (measure_team (d, "retention.passed-on-before-leaving", "A").status, KENNIS_MEASURE_STATUS_NO_DATA);
}

static void
include (KennisDataset *d, const char *id, gboolean is_included, const char *from)
{
  metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "team", "B", "fte", 1.0, "hired", at ("2020-01-01"), "effective",
               at (from), "included", is_included ? KENNIS_ANSWER_YES : KENNIS_ANSWER_NO, NULL);
}

/* What was handed over because it had to be stays all the same: what exchange does not count is kept here. */
static void
what_was_required_is_passed_on_and_what_the_excluded_heard_is_not (void)
{
  g_autoptr (KennisDataset) d = two_teams ();

  include (d, "eva", FALSE, "2024-03-01");
  include (d, "eva", TRUE, "2024-06-01");
  gave (d, "fien", "eva", "welding", NULL, 1, "2024-04-01");
  assert_value (measure_2024 (d, "retention.passed-on-before-leaving"), 0);
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", "fien", "receiver", "dirk", "topic", "welding", "kind",
               KENNIS_SHARING_KIND_PRESENTATION, "initiative", KENNIS_INITIATIVE_REQUIRED, "time", at ("2024-04-01"),
               NULL);
  assert_value (measure_2024 (d, "retention.passed-on-before-leaving"), 1);
}

/* Half fades in 730 days.  Cleo learned python 8.8 hours in June 2024 (middle of it: 16 June, 0:00) and 3 hours of go, and gave go to two people in
 * one session of 6 hours on 1 December 2024.  At the end of 2024 python is 199 days old: 8.8 · 2^(−199/730) = 7.28 < 8: not held; at the
 * end of August (77 days) 8.18: held.  Go: 3 · 2^(−199/730) + 6 · 2^(−31/730) = 2.48 + 5.83 = 8.31: held; not by who received 6 hours. */
static void
hours_count_and_fade (void)
{
  g_autoptr (KennisDataset) d = two_teams ();

  learned (d, "cleo", "python", 8.8, "2024-06-20");
  learned (d, "cleo", "go", 3, "2024-06-20");
  gave (d, "cleo", "anna", "go", "s1", 6, "2024-12-01");
  gave (d, "cleo", "bram", "go", "s1", 6, "2024-12-01");
  /* xml 2, rust 1, go 1 */
  assert_value (measure_team (d, "retention.coverage", "A"), 4.0 / 3);
  /* Of everybody at the end of August: xml 3, rust 1, ada 1, python 1; fien has left. */
  assert_value (metrics_measure (d, "retention.coverage", "2024-08", "2024-08"), 6.0 / 4);
}

/* What was recorded of nobody is not 0. */
static void
without_topics_there_are_no_data (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();

  metrics_cover (d, "2020-01-01", "2025-01-01");
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "A", NULL);
  person (d, "anna", "A", NULL);
  CU_ASSERT_EQUAL (measure_2024 (d, "retention.single-holder-share").status, KENNIS_MEASURE_STATUS_NO_DATA);
  CU_ASSERT_EQUAL (measure_2024 (d, "retention.bus-factor").status, KENNIS_MEASURE_STATUS_NO_DATA);
  CU_ASSERT_EQUAL (measure_2024 (d, "retention.expected-loss").status, KENNIS_MEASURE_STATUS_NO_DATA);
  CU_ASSERT_EQUAL (measure_2024 (d, "retention.departure-loss").status, KENNIS_MEASURE_STATUS_NO_DATA);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "topics in one head are counted", topics_in_one_head_are_counted },
    { "the bus factor counts who must leave", the_bus_factor_counts_who_must_leave },
    { "knowledge at risk goes by the organisation's rate", knowledge_at_risk_goes_by_the_organisations_rate },
    { "what leavers took is lost", what_leavers_took_is_lost },
    { "what leavers gave to who stays is passed on", what_leavers_gave_to_who_stays_is_passed_on },
    { "what was required is passed on, and what the excluded heard is not",
      what_was_required_is_passed_on_and_what_the_excluded_heard_is_not },
    { "hours count and fade", hours_count_and_fade },
    { "without topics there are no data", without_topics_there_are_no_data },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("retention reference", tests);
}
