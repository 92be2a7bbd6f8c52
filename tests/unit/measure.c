#include "config.h"

#include "kennis-metrics.h"
#include "base/kennis-random-private.h"

#define RATE "uptake.participation-rate"
#define HEAD "uptake.hours-per-head"

static void
learned (KennisDataset *d, const char *who, const char *day, double hours)
{
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", who, "ended", at (day), "duration", HOURS (hours), "form",
               KENNIS_FORM_FORMAL, "status", KENNIS_STATUS_COMPLETED, NULL);
}

static KennisMeasureSet *
run (KennisDataset *d, const char *metric, const char *attribute, KennisPeriod period, const char *from, const char *to)
{
  g_autoptr (KennisQuery) query = g_object_new (KENNIS_TYPE_QUERY, "period", period, NULL);
  const char *attributes[] = { attribute, NULL };

  kennis_query_add_metric (query, metric);
  kennis_query_add_grouping (query, attributes);
  g_assert_true (kennis_query_set_window (query, from, to, NULL));
  return metrics_run (d, query, 1);
}

static GError *
fails (KennisDataset *d, KennisQuery *query)
{
  g_autoptr (KennisSummary) summary = kennis_summary_make (d, NULL, 1, NULL, NULL, NULL, NULL);
  GError *error = NULL;

  CU_ASSERT_PTR_NULL (kennis_measure_run (summary, &query, 1, 1, NULL, NULL, &error));
  g_assert_nonnull (error);
  return error;
}

static void
a_wrong_metric_or_attribute_names_what_there_is (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  g_autoptr (KennisQuery) metric = kennis_query_new (), attribute = kennis_query_new (), empty = kennis_query_new ();
  g_autoptr (GError) first = NULL, second = NULL, third = NULL;
  const char *names[] = { "gendr", NULL }, *own[] = { "gender=f", NULL };

  third = fails (d, empty);
  CU_ASSERT (g_error_matches (third, KENNIS_ERROR, KENNIS_ERROR_NO_DATA));
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", "attributes", own, NULL);
  kennis_query_add_metric (metric, "uptake.particpation-rate");
  first = fails (d, metric);
  CU_ASSERT_PTR_NOT_NULL (strstr (first->message, RATE));
  kennis_query_add_grouping (attribute, names);
  second = fails (d, attribute);
  CU_ASSERT_PTR_NOT_NULL (strstr (second->message, "discipline, leader, gender"));
}

/* anna is also "a.jones"; "bram" claims the same mail, and cleo's id, in vain. */
static void
aliases_lead_to_one_person (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  const char *anna[] = { "a.jones", NULL }, *bram[] = { "a.jones", "cleo", NULL };
  KennisRawMeasurement m;

  kennis_dataset_set_accept_seen (d, TRUE);
  metrics_cover (d, "2024-01-01", "2025-01-01");
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", "aliases", anna, NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "bram", "aliases", bram, NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "cleo", NULL);
  learned (d, "a.jones", "2024-02-01", 3);
  learned (d, "anna", "2024-02-01", 3);
  learned (d, "cleo", "2024-02-01", 3);
  m = metrics_measure (d, RATE, "2024", "2024");
  assert_value (m, 2.0 / 3);
  CU_ASSERT_EQUAL (m.n_positive, 2);
  CU_ASSERT_PTR_NOT_NULL (m.note);
}

/* a, b and c claim one another in a circle, d claims e, who claims f; g is nobody else.  In any order they are three people, and no claim is
 * in vain. */
static void
names_that_claim_one_another_are_one_person (void)
{
  static const char *const rows[][2] = {
    { "b@x", "c@x" }, { "a@x", "b@x" }, { "e@x", "f@x" }, { "c@x", "a@x" }, { "d@x", "e@x" }, { "g@x", "g@x" }
  };
  const guint n = G_N_ELEMENTS (rows);

  for (guint first = 0; first < n; first++)
    {
      g_autoptr (KennisDataset) d = metrics_dataset ();
      KennisRawMeasurement m;

      kennis_dataset_set_accept_seen (d, TRUE);
      metrics_cover (d, "2024-01-01", "2025-01-01");
      for (guint i = 0; i < n; i++)
        {
          const char *const *row = rows[(first + i) % n], *aliases[] = { row[1], NULL };

          metrics_add (d, KENNIS_TYPE_PERSON, "id", row[0], "aliases", aliases, NULL);
        }
      learned (d, "c@x", "2024-02-01", 3);
      learned (d, "b@x", "2024-02-01", 3);
      learned (d, "f@x", "2024-02-01", 3);
      m = metrics_measure (d, RATE, "2024", "2024");
      assert_value (m, 2.0 / 3);
      CU_ASSERT_PTR_NULL (m.note);
    }
}

/* Who leaves is told by mail, and nothing else of them; the HR system goes on to tell where they are.  anna leaves in July, bram came back
 * in September, and dora is left out for good. */
static void
a_list_of_leavers_by_mail_joins_the_people (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  const char *anna[] = { "anna@x.example", NULL }, *bram[] = { "bram@x.example", NULL };
  g_autoptr (KennisMeasureSet) april = NULL, august = NULL, october = NULL;

  metrics_cover (d, "2024-01-01", "2025-01-01");
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "a", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna@x.example", "effective", at ("2024-03-05"), "left", at ("2024-07-01"),
               NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "bram@x.example", "effective", at ("2024-03-05"), "left", at ("2024-07-01"),
               NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "e1", "aliases", anna, "team", "a", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "e1", "effective", at ("2024-05-01"), "role", "lead", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "e2", "aliases", bram, "team", "a", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "e2", "effective", at ("2024-09-01"), NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "e3", "team", "a", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "e4", "team", "a", "included", KENNIS_ANSWER_NO, NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "e4", "effective", at ("2024-03-05"), "left", at ("2025-07-01"), NULL);
  for (guint month = 1; month <= 12; month++)
    {
      g_autofree char *day = g_strdup_printf ("2024-%02u-10", month);

      learned (d, "e3", day, 6);
      learned (d, "e4", day, 6);
    }
  april = run (d, HEAD, "team", KENNIS_PERIOD_MONTH, "2024-04", "2024-04");
  assert_value (metrics_find (april, HEAD, NULL), 2);
  assert_value (metrics_find (april, HEAD, "a"), 2);
  august = run (d, HEAD, "team", KENNIS_PERIOD_MONTH, "2024-08", "2024-08");
  assert_value (metrics_find (august, HEAD, "a"), 6);
  october = run (d, HEAD, "team", KENNIS_PERIOD_MONTH, "2024-10", "2024-10");
  assert_value (metrics_find (october, HEAD, "a"), 3);
  CU_ASSERT_PTR_NULL (metrics_find (october, HEAD, NULL).note);
}

/* anna moves from a to b on 1 July 2024: half a head in each (182 and 184 of 366 days), hours where she was at the start of the month.
 * What a record says of a person who is not included counts nowhere. */
static void
people_move_and_may_be_left_out (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  g_autoptr (KennisMeasureSet) set = NULL;

  metrics_cover (d, "2024-01-01", "2025-01-01");
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "a", NULL);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "b", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", "team", "a", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", "team", "b", "effective", at ("2024-07-01"), NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "bram", "team", "a", "included", KENNIS_ANSWER_NO, NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "cleo", "team", "a", "present", 0.5, NULL);
  learned (d, "anna", "2024-06-30", 4);
  learned (d, "anna", "2024-07-01", 6);
  learned (d, "bram", "2024-07-01", 100);
  set = run (d, HEAD, "team", KENNIS_PERIOD_ALL, "2024", "2024");
  assert_value (metrics_find (set, HEAD, NULL), 10 / 1.5);
  assert_value (metrics_find (set, HEAD, "a"), 4 / (182.0 / 366 + 0.5));
  assert_value (metrics_find (set, HEAD, "b"), 6 / (184.0 / 366));
}

/* Coverage of half a year: the exposure is of that half, and the hours outside of it do not count: 4 / ½. */
static void
coverage_cuts_events_and_exposure (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  g_autoptr (KennisMeasureSet) set = NULL;
  KennisRawMeasurement m;

  metrics_cover (d, "2024-03-01", "2025-01-01");
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", NULL);
  learned (d, "anna", "2024-01-10", 100);
  learned (d, "anna", "2024-05-10", 4);
  m = metrics_measure (d, HEAD, "2024", "2024");
  assert_value (m, 4 / (306.0 / 366));
  assert_near (m.coverage, 306.0 / 366);
  CU_ASSERT (m.note != NULL && strstr (m.note, "not observed") != NULL);
  CU_ASSERT_PTR_NULL (metrics_measure (d, HEAD, "2024-03", "2024-12").note);
  m = metrics_measure (d, HEAD, "2024-01", "2024-04");
  CU_ASSERT_EQUAL (m.status, KENNIS_MEASURE_STATUS_LOW_COVERAGE);
  CU_ASSERT (isnan (m.value));
  m = metrics_measure (d, HEAD, "2024-01", "2024-02");
  CU_ASSERT_EQUAL (m.status, KENNIS_MEASURE_STATUS_NO_DATA);
}

/* Team a's system is not read: its people are no zeros. */
static void
a_team_that_is_not_observed_is_no_zero (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  g_autoptr (KennisMeasureSet) set = NULL;

  metrics_add (d, KENNIS_TYPE_TEAM, "id", "a", NULL);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "b", NULL);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "b1", "parent", "b", NULL);
  metrics_add (d, KENNIS_TYPE_COVERAGE, "record", KENNIS_RECORD_TYPE_ACTIVITY, "group", "b", "from", at ("2024-01-01"),
               "until", at ("2025-01-01"), NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", "team", "a", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "bram", "team", "b1", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "cleo", "team", "b1", NULL);
  learned (d, "bram", "2024-02-01", 2);
  set = run (d, RATE, "team", KENNIS_PERIOD_ALL, "2024", "2024");
  CU_ASSERT_EQUAL (metrics_find (set, RATE, "a").status, KENNIS_MEASURE_STATUS_NO_DATA);
  assert_value (metrics_find (set, RATE, "b1"), 0.5);
  assert_value (metrics_find (set, RATE, NULL), 0.5);
  assert_near (metrics_find (set, RATE, NULL).coverage, 2.0 / 3);
}

static void
what_was_never_recorded_is_no_data (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset (), seen = metrics_dataset ();

  metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", NULL);
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", "anna", "ended", at ("2024-01-31"), "status", KENNIS_STATUS_COMPLETED,
               NULL);
  CU_ASSERT_EQUAL (metrics_measure (d, HEAD, "2024-01", "2024-01").status, KENNIS_MEASURE_STATUS_NO_DATA);
  CU_ASSERT_PTR_NOT_NULL (metrics_measure (d, HEAD, "2024-01", "2024-01").note);
  assert_value (metrics_measure (d, RATE, "2024-01", "2024-01"), 1);

  kennis_dataset_set_accept_seen (seen, TRUE);
  learned (seen, "anna", "2024-01-31", 1);
  CU_ASSERT_EQUAL (metrics_measure (seen, RATE, "2024-01", "2024-01").status, KENNIS_MEASURE_STATUS_NO_DATA);
  assert_value (metrics_measure (seen, "uptake.informal-share", "2024-01", "2024-01"), 0);
}

/* From 10 January to 27 March: the first quarter, and its months; March is over but for less than a week. */
static void
the_window_is_what_was_observed_in_whole_months (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  g_autoptr (KennisMeasureSet) months = NULL, quarters = NULL;
  const KennisPopulation *p;

  metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", NULL);
  learned (d, "anna", "2024-01-10", 1);
  learned (d, "anna", "2024-03-27", 1);
  months = run (d, RATE, "team", KENNIS_PERIOD_MONTH, NULL, NULL);
  CU_ASSERT_EQUAL (months->populations->len, 6);
  p = &g_array_index (months->populations, KennisPopulation, 0);
  CU_ASSERT_EQUAL (p->first_month, 12 * 54);
  CU_ASSERT_EQUAL (p->end_month, 12 * 54 + 1);
  CU_ASSERT_FALSE (p->is_partial);

  learned (d, "anna", "2024-04-10", 1);
  quarters = run (d, RATE, "team", KENNIS_PERIOD_QUARTER, NULL, NULL);
  p = &g_array_index (quarters->populations, KennisPopulation, 1);
  CU_ASSERT_EQUAL (p->first_month, 12 * 54 + 3);
  CU_ASSERT_EQUAL (p->end_month, 12 * 54 + 4);
  CU_ASSERT (p->is_partial);
  CU_ASSERT_EQUAL (g_array_index (quarters->raw, KennisRawMeasurement, 1).status, KENNIS_MEASURE_STATUS_PARTIAL);
}

/* The source observes 2024; one activity was asked for, and one planned, outside it.  Talks, of which no coverage speaks,
 * are as their records. */
static void
what_lies_outside_the_coverage_does_not_widen_the_window (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  g_autoptr (KennisMeasureSet) set = NULL, wider = NULL;
  const KennisPopulation *p;

  metrics_add (d, KENNIS_TYPE_COVERAGE, "record", KENNIS_RECORD_TYPE_ACTIVITY, "from", at ("2024-01-01"), "until",
               at ("2025-01-01"), NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", NULL);
  learned (d, "anna", "2024-05-10", 12);
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", "anna", "requested", at ("2023-11-14"), NULL);
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", "anna", "start", at ("2025-02-14"), "status", KENNIS_STATUS_ENROLLED,
               NULL);
  set = run (d, HEAD, "team", KENNIS_PERIOD_ALL, NULL, NULL);
  p = &g_array_index (set->populations, KennisPopulation, 0);
  CU_ASSERT_EQUAL (p->first_month, 12 * 54);
  CU_ASSERT_EQUAL (p->end_month, 12 * 55);
  CU_ASSERT_FALSE (p->is_partial);
  assert_value (metrics_find (set, HEAD, NULL), 12);

  metrics_add (d, KENNIS_TYPE_TALK, "person", "anna", "kind", KENNIS_TALK_KIND_GROWTH, "held", at ("2025-01-20"), NULL);
  wider = run (d, HEAD, "team", KENNIS_PERIOD_ALL, NULL, NULL);
  p = &g_array_index (wider->populations, KennisPopulation, 0);
  CU_ASSERT_EQUAL (p->first_month, 12 * 54);
  CU_ASSERT_EQUAL (p->end_month, 12 * 55 + 1);
}

/* Midnight in UTC is 01:00 in Amsterdam and 19:00 of the day before in New York. */
static void
coverage_that_ends_at_midnight_elsewhere_has_no_month_more (void)
{
  const char *zones[] = { "Europe/Amsterdam", "America/New_York", "UTC" };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (KennisDataset) d = kennis_dataset_new (zones[i], "EUR", NULL);
      g_autoptr (KennisMeasureSet) set = NULL;
      const KennisPopulation *p;

      /* 1 January 2024 and 2025 */
      metrics_add (d, KENNIS_TYPE_COVERAGE, "record", KENNIS_RECORD_TYPE_ACTIVITY, "from",
                   G_GINT64_CONSTANT (1704067200000), "until", G_GINT64_CONSTANT (1735689600000), NULL);
      metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", NULL);
      learned (d, "anna", "2024-05-10", 12);
      set = run (d, HEAD, "team", KENNIS_PERIOD_ALL, NULL, NULL);
      p = &g_array_index (set->populations, KennisPopulation, 0);
      CU_ASSERT_EQUAL (p->first_month, 12 * 54);
      CU_ASSERT_EQUAL (p->end_month, 12 * 55);
      assert_value (metrics_find (set, HEAD, NULL), 12);
    }
}

/* A source that observed nothing: the activity says nothing of who else learned. */
static void
coverage_of_no_time_is_coverage (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();

  metrics_add (d, KENNIS_TYPE_COVERAGE, "record", KENNIS_RECORD_TYPE_ACTIVITY, "from", at ("2024-01-01"), "until",
               at ("2024-01-01"), NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", NULL);
  learned (d, "anna", "2024-05-10", 12);
  CU_ASSERT_EQUAL (metrics_measure (d, HEAD, "2024-01", "2024-12").status, KENNIS_MEASURE_STATUS_NO_DATA);
}

static void
groups_are_the_combinations_that_occur (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  g_autoptr (KennisQuery) query = kennis_query_new ();
  g_autoptr (KennisMeasureSet) set = NULL;
  const char *both[] = { "role", "gender", NULL }, *f[] = { "gender=f", "level=1", NULL }, *m[] = { "gender=m", NULL };
  const KennisPopulation *p;

  metrics_cover (d, "2024-01-01", "2025-01-01");
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", "role", "nurse", "attributes", f, NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "bram", "role", "nurse", "attributes", m, NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "cleo", "role", "cook", "attributes", f, NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "dirk", "attributes", m, NULL);
  kennis_query_add_metric (query, RATE);
  kennis_query_add_grouping (query, both);
  set = metrics_run (d, query, 1);
  CU_ASSERT_EQUAL (set->populations->len, 5);
  p = &g_array_index (set->populations, KennisPopulation, 1);
  assert_text (p->group[0], "cook");
  assert_text (p->group[1], "f");
  p = &g_array_index (set->populations, KennisPopulation, 4);
  CU_ASSERT_PTR_NULL (p->group[0]);
  assert_text (p->group[1], "m");
  CU_ASSERT_EQUAL (p->n_people, 1);
}

/* An organisation of chance. */
static KennisDataset *
an_organisation (guint people, guint teams)
{
  KennisDataset *d = metrics_dataset ();
  KennisRandom random;

  kennis_random_init (&random, 1, 1);
  metrics_cover (d, "2024-01-01", "2025-01-01");
  for (guint t = 0; t < teams; t++)
    {
      g_autofree char *id = g_strdup_printf ("t%u", t);

      metrics_add (d, KENNIS_TYPE_TEAM, "id", id, NULL);
    }
  for (guint i = 0; i < people; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i), *team = g_strdup_printf ("t%u", i % teams);

      metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "team", team, "fte", 0.5 + 0.5 * (i % 2), NULL);
      for (guint j = kennis_random_below (&random, 6); j > 0; j--)
        {
          gint64 start = at ("2024-01-01") + kennis_random_below (&random, 360) * KENNIS_MS_PER_DAY;

          metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", id, "start", start, "ended", start + 3 * KENNIS_MS_PER_DAY,
                       "duration", HOURS (1 + kennis_random_below (&random, 9)), "form",
                       1 + (int) kennis_random_below (&random, 8), "status", KENNIS_STATUS_COMPLETED, NULL);
        }
    }
  return d;
}

static void
the_same_seed_gives_the_same_bits_on_any_number_of_threads (void)
{
  g_autoptr (KennisDataset) d = an_organisation (120, 4);
  g_autoptr (KennisQuery) query =
      g_object_new (KENNIS_TYPE_QUERY, "period", KENNIS_PERIOD_QUARTER, "seed", (guint64) 5, NULL);
  const char *team[] = { "team", NULL };
  const guint threads[] = { 1, 2, 7 };
  g_autoptr (KennisMeasureSet) first = NULL;
  guint n_intervals = 0;

  kennis_query_add_grouping (query, team);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (KennisMeasureSet) set = metrics_run (d, query, threads[i]);

      if (first == NULL)
        {
          first = g_steal_pointer (&set);
          continue;
        }
      CU_ASSERT_EQUAL_FATAL (set->raw->len, first->raw->len);
      for (guint r = 0; r < set->raw->len; r++)
        {
          const KennisRawMeasurement *x = &g_array_index (set->raw, KennisRawMeasurement, r);
          const KennisRawMeasurement *y = &g_array_index (first->raw, KennisRawMeasurement, r);

          CU_ASSERT (memcmp (&x->value, &y->value, sizeof (double)) == 0);
          CU_ASSERT (memcmp (&x->lower, &y->lower, sizeof (double)) == 0);
          CU_ASSERT (memcmp (&x->upper, &y->upper, sizeof (double)) == 0);
          CU_ASSERT_EQUAL (x->status, y->status);
          CU_ASSERT_EQUAL (x->n, y->n);
          n_intervals += !isnan (x->lower);
        }
    }
  CU_ASSERT (n_intervals > 100);
}

/* The bootstrap's standard error of a mean is near to s/√n; another seed gives other draws. */
static void
intervals_are_as_wide_as_theory_says (void)
{
  g_autoptr (KennisDataset) d = an_organisation (400, 4);
  g_autoptr (KennisQuery) query = kennis_query_new ();
  g_autoptr (KennisMeasureSet) set = NULL, other = NULL;
  KennisRawMeasurement m;

  kennis_query_add_metric (query, HEAD);
  set = metrics_run (d, query, 1);
  m = metrics_find (set, HEAD, NULL);
  CU_ASSERT (m.lower < m.value && m.value < m.upper);
  /* Hours of a person: a sum of 0 … 5 (2.5 on average, variance 35/12) of 1 … 9 (mean 5, variance 20/3):
   * variance 2.5 · 20/3 + 25 · 35/12 = 89.6; half an interval is 1.96 · √(89.6/400) = 0.928. */
  assert_within ((m.upper - m.lower) / 2, 0.928, 0.12);
  g_object_set (query, "seed", (guint64) 2, NULL);
  other = metrics_run (d, query, 1);
  CU_ASSERT (metrics_find (other, HEAD, NULL).lower != m.lower);
}

static void
a_cancelled_run_leaves_nothing (void)
{
  g_autoptr (KennisDataset) d = an_organisation (30, 2);
  g_autoptr (KennisQuery) query = kennis_query_new ();
  g_autoptr (KennisSummary) summary = kennis_summary_make (d, NULL, 1, NULL, NULL, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  CU_ASSERT_PTR_NULL (kennis_measure_run (summary, &query, 1, 2, NULL, cancellable, &error));
  CU_ASSERT (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "a wrong metric or attribute names what there is", a_wrong_metric_or_attribute_names_what_there_is },
    { "aliases lead to one person", aliases_lead_to_one_person },
    { "names that claim one another are one person", names_that_claim_one_another_are_one_person },
    { "a list of leavers by mail joins the people", a_list_of_leavers_by_mail_joins_the_people },
    { "people move and may be left out", people_move_and_may_be_left_out },
    { "coverage cuts events and exposure", coverage_cuts_events_and_exposure },
    { "a team that is not observed is no zero", a_team_that_is_not_observed_is_no_zero },
    { "what was never recorded is no data", what_was_never_recorded_is_no_data },
    { "the window is what was observed in whole months", the_window_is_what_was_observed_in_whole_months },
    { "what lies outside the coverage does not widen the window",
      what_lies_outside_the_coverage_does_not_widen_the_window },
    { "coverage that ends at midnight elsewhere has no month more",
      coverage_that_ends_at_midnight_elsewhere_has_no_month_more },
    { "coverage of no time is coverage", coverage_of_no_time_is_coverage },
    { "groups are the combinations that occur", groups_are_the_combinations_that_occur },
    { "the same seed gives the same bits on any number of threads",
      the_same_seed_gives_the_same_bits_on_any_number_of_threads },
    { "intervals are as wide as theory says", intervals_are_as_wide_as_theory_says },
    { "a cancelled run leaves nothing", a_cancelled_run_leaves_nothing },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("measure", tests);
}
