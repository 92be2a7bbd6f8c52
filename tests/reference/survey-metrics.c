#include "config.h"

#include "kennis-metrics.h"

/* Scales of surveys as metrics, worked out by hand.  The items of "trust" go from 1 to 5; the fourth is reversed in the file. */

static const char *const items[] = { "trust-1", "trust-2", "trust-3", "trust-4" };

static KennisDataset *
people (guint n)
{
  KennisDataset *d = metrics_dataset ();

  metrics_cover (d, "2024-01-01", "2025-01-01");
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "root", NULL);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "a", "parent", "root", NULL);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "b", "parent", "root", NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);

      metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "role", i % 2 == 0 ? "nurse" : "cook", "team",
                   i < n / 2 ? "a" : "b", NULL);
    }
  return d;
}

/* All items of trust so that the score is that of the answer: 1 … 5 are 0 … 100. */
static void
answer (KennisDataset *d, const char *who, const char *team, const char *wave, const char *day, double score)
{
  g_autoptr (KennisInstrument) instrument = kennis_instrument_find ("foundation", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    metrics_add (d, KENNIS_TYPE_RESPONSE, "instrument", "foundation", "wave", wave, "respondent", who, "team", team,
                 "item", items[i], "score",
                 kennis_instrument_is_item_reversed (instrument, items[i]) ? 6 - score : score, "time", at (day), NULL);
}

static void
answer_of_person (KennisDataset *d, guint who, const char *day, double score)
{
  g_autofree char *id = g_strdup_printf ("p%u", who);

  answer (d, id, NULL, "w", day, score);
}

static KennisMeasureSet *
by (KennisDataset *d, const char *attribute)
{
  g_autoptr (KennisQuery) query = kennis_query_new ();
  const char *names[] = { attribute, NULL };

  kennis_query_add_metric (query, "foundation.trust");
  kennis_query_add_grouping (query, names);
  CU_ASSERT (kennis_query_set_window (query, "2024", "2024", NULL));
  return metrics_run (d, query, 1);
}

/* 1, 2, 3, 4, 5 are 0, 25, 50, 75, 100: mean 50, s = √1562.5, t(4, .975) = 2.7764451052: 50 ± 49.0813… (R: t.test (c (0, 25, 50, 75, 100))),
 * × √(1 − 5/6) as five of six answered. */
static void
a_mean_has_students_interval (void)
{
  g_autoptr (KennisDataset) d = people (6);
  KennisRawMeasurement m;

  for (guint i = 0; i < 5; i++)
    answer_of_person (d, i, "2024-04-02", 1 + i);
  m = metrics_measure (d, "foundation.trust", "2024", "2024");
  assert_value (m, 50);
  CU_ASSERT_EQUAL (m.n, 5);
  CU_ASSERT_EQUAL (m.n_people, 5);
  CU_ASSERT_DOUBLE_EQUAL (m.upper - 50, 2.7764451052 * sqrt (1562.5 / 5 / 6), 1e-7);
  CU_ASSERT_DOUBLE_EQUAL (m.lower, 100 - m.upper, 1e-9);
}

/* p0 says 5 in spring (100) and 1 in autumn (0), p1 only 2 (25): (50 + 25) / 2 in the year; in the first quarter 62.5. */
static void
a_person_counts_once_and_in_the_period_of_the_answer (void)
{
  g_autoptr (KennisDataset) d = people (2);

  answer (d, "p0", NULL, "spring", "2024-03-02", 5);
  answer (d, "p0", NULL, "autumn", "2024-10-02", 1);
  answer (d, "p1", NULL, "spring", "2024-03-03", 2);
  assert_value (metrics_measure (d, "foundation.trust", "2024", "2024"), 37.5);
  assert_value (metrics_measure (d, "foundation.trust", "2024-01", "2024-03"), 62.5);
  CU_ASSERT_EQUAL (metrics_measure (d, "foundation.trust", "2024-05", "2024-06").status, KENNIS_MEASURE_STATUS_NO_DATA);
}

static void
people_are_in_their_groups (void)
{
  g_autoptr (KennisDataset) d = people (4);
  g_autoptr (KennisMeasureSet) teams = NULL, roles = NULL;

  for (guint i = 0; i < 4; i++)
    answer_of_person (d, i, "2024-04-02", 1 + i);
  teams = by (d, "team");
  roles = by (d, "role");
  assert_value (metrics_find (teams, "foundation.trust", "a"), 12.5);
  assert_value (metrics_find (teams, "foundation.trust", "b"), 62.5);
  assert_value (metrics_find (roles, "foundation.trust", "nurse"), 25);
}

/* Tokens of a: 0, 100 and of b: 100.  Teams have them, roles do not. */
static void
tokens_are_in_everybody_and_in_teams (void)
{
  g_autoptr (KennisDataset) d = people (4);
  g_autoptr (KennisMeasureSet) teams = NULL, roles = NULL;

  answer (d, "t1", "a", "w", "2024-04-02", 1);
  answer (d, "t2", "a", "w", "2024-04-02", 5);
  answer (d, "t3", "b", "w", "2024-04-02", 5);
  teams = by (d, "team");
  roles = by (d, "role");
  assert_value (metrics_find (teams, "foundation.trust", NULL), 200.0 / 3);
  assert_value (metrics_find (teams, "foundation.trust", "a"), 50);
  assert_value (metrics_find (teams, "foundation.trust", "b"), 100);
  CU_ASSERT_EQUAL (metrics_find (roles, "foundation.trust", "nurse").status, KENNIS_MEASURE_STATUS_NO_DATA);
}

/* One token without a team: everybody minus the teams would be its answer. */
static void
teams_that_would_tell_of_a_few_tokens_are_left_out (void)
{
  g_autoptr (KennisDataset) d = people (4);
  g_autoptr (KennisMeasureSet) teams = NULL;

  answer (d, "t1", "a", "w", "2024-04-02", 1);
  answer (d, "t2", NULL, "w", "2024-04-02", 5);
  teams = by (d, "team");
  assert_value (metrics_find (teams, "foundation.trust", NULL), 50);
  CU_ASSERT_EQUAL (metrics_find (teams, "foundation.trust", "a").status, KENNIS_MEASURE_STATUS_NO_DATA);
}

static KennisMeasureStatus
gated (guint n_people, guint n_answers, double score)
{
  g_autoptr (KennisDataset) d = people (n_people);
  g_autoptr (KennisQuery) query = kennis_query_new ();
  g_autoptr (KennisMeasureSet) set = NULL;

  for (guint i = 0; i < n_answers; i++)
    answer_of_person (d, i, "2024-04-02", score > 0 ? score : 2 + i % 3);
  kennis_query_add_metric (query, "foundation.trust");
  CU_ASSERT (kennis_query_set_window (query, "2024", "2024", NULL));
  set = metrics_run (d, query, 1);
  CU_ASSERT (kennis_gate_apply (set, NULL, NULL, NULL));
  return metrics_find (set, "foundation.trust", NULL).status;
}

static void
fewer_than_eight_answers_are_withheld (void)
{
  CU_ASSERT_EQUAL (gated (20, 8, 0), KENNIS_MEASURE_STATUS_OK);
  CU_ASSERT_EQUAL (gated (20, 7, 0), KENNIS_MEASURE_STATUS_WITHHELD);
}

/* What all say, at an end of the scale or between, is what each says. */
static void
all_alike_are_withheld (void)
{
  CU_ASSERT_EQUAL (gated (20, 12, 5), KENNIS_MEASURE_STATUS_WITHHELD);
  CU_ASSERT_EQUAL (gated (20, 12, 1), KENNIS_MEASURE_STATUS_WITHHELD);
  CU_ASSERT_EQUAL (gated (20, 12, 4), KENNIS_MEASURE_STATUS_WITHHELD);
}

static gboolean
has_metric (const KennisMeasureSet *set, const char *id)
{
  for (guint i = 0; i < set->raw->len; i++)
    if ((int) g_array_index (set->raw, KennisRawMeasurement, i).metric == kennis_catalogue_find (id))
      return TRUE;
  return FALSE;
}

static void
a_survey_that_nobody_held_is_measured_only_by_name (void)
{
  g_autoptr (KennisDataset) d = people (4);
  g_autoptr (KennisQuery) all = kennis_query_new (), named = kennis_query_new ();
  g_autoptr (KennisMeasureSet) set = NULL, of_name = NULL;

  answer_of_person (d, 0, "2024-04-02", 3);
  kennis_query_add_metric (named, "mindset.growth");
  CU_ASSERT (kennis_query_set_window (all, "2024", "2024", NULL));
  CU_ASSERT (kennis_query_set_window (named, "2024", "2024", NULL));
  set = metrics_run (d, all, 1);
  of_name = metrics_run (d, named, 1);
  CU_ASSERT (has_metric (set, "foundation.trust"));
  CU_ASSERT_FALSE (has_metric (set, "mindset.growth"));
  CU_ASSERT_EQUAL (metrics_find (of_name, "mindset.growth", NULL).status, KENNIS_MEASURE_STATUS_NO_DATA);
}

static void
invite (KennisDataset *d, const char *wave, const char *team, gint64 n, const char *from)
{
  metrics_add (d, KENNIS_TYPE_INVITATION, "instrument", "foundation", "wave", wave, "team", team, "people", n, "from",
               from != NULL ? at (from) : KENNIS_UNKNOWN, NULL);
}

static KennisMeasureSet *
response_by (KennisDataset *d, const char *attribute)
{
  g_autoptr (KennisQuery) query = kennis_query_new ();
  const char *names[] = { attribute, NULL };

  kennis_query_add_metric (query, "foundation.response-rate");
  kennis_query_add_metric (query, "foundation.trust");
  kennis_query_add_grouping (query, names);
  CU_ASSERT (kennis_query_set_window (query, "2024", "2024", NULL));
  return metrics_run (d, query, 1);
}

/* 10 and 20 were asked in a and b; 2 of a answered (0 and 100: mean 50, s² = 5000) and 1 of b.  By role nothing tells. */
static void
invitations_tell_the_response (void)
{
  g_autoptr (KennisDataset) d = people (6);
  g_autoptr (KennisMeasureSet) teams = NULL, roles = NULL;
  KennisRawMeasurement m;

  invite (d, "w", "a", 10, "2024-04-01");
  invite (d, "w", "b", 20, "2024-04-01");
  answer_of_person (d, 0, "2024-04-02", 1);
  answer_of_person (d, 1, "2024-04-02", 5);
  answer_of_person (d, 4, "2024-04-02", 5);
  teams = response_by (d, "team");
  roles = response_by (d, "role");
  m = metrics_find (teams, "foundation.response-rate", NULL);
  assert_value (m, 0.1);
  CU_ASSERT_EQUAL (m.n, 30);
  CU_ASSERT_EQUAL (m.n_part, 3);
  CU_ASSERT_PTR_NULL (m.note);
  assert_value (metrics_find (teams, "foundation.response-rate", "a"), 0.2);
  assert_value (metrics_find (teams, "foundation.response-rate", "b"), 0.05);
  CU_ASSERT_EQUAL (metrics_find (roles, "foundation.response-rate", "nurse").status, KENNIS_MEASURE_STATUS_NO_DATA);
  m = metrics_find (teams, "foundation.trust", "a");
  CU_ASSERT_DOUBLE_EQUAL (m.upper - m.lower, MIN (100, 2 * 12.7062047362 * sqrt (5000.0 / 2 * (1 - 2.0 / 10))), 1e-6);
}

/* Of six who are there two answer, one of the three nurses. */
static void
without_invitations_the_roster_tells (void)
{
  g_autoptr (KennisDataset) d = people (6);
  g_autoptr (KennisMeasureSet) roles = NULL;

  answer_of_person (d, 0, "2024-04-02", 1);
  answer_of_person (d, 1, "2024-04-02", 5);
  roles = response_by (d, "role");
  assert_value (metrics_find (roles, "foundation.response-rate", NULL), 2.0 / 6);
  assert_value (metrics_find (roles, "foundation.response-rate", "nurse"), 1.0 / 3);
  CU_ASSERT_PTR_NOT_NULL (metrics_find (roles, "foundation.response-rate", NULL).note);
}

/* Two waves in the year: (2 + 1) / (4 + 4).  The last of an autumn that began in October answers in November. */
static void
a_wave_is_of_the_period_in_which_it_began (void)
{
  g_autoptr (KennisDataset) d = people (4);

  invite (d, "spring", NULL, 4, "2024-03-01");
  invite (d, "autumn", NULL, 4, "2024-10-28");
  answer (d, "p0", NULL, "spring", "2024-03-02", 5);
  answer (d, "p1", NULL, "spring", "2024-03-03", 2);
  answer (d, "p0", NULL, "autumn", "2024-11-02", 1);
  assert_value (metrics_measure (d, "foundation.response-rate", "2024", "2024"), 3.0 / 8);
  assert_value (metrics_measure (d, "foundation.response-rate", "2024-10", "2024-10"), 1.0 / 4);
  CU_ASSERT_EQUAL (metrics_measure (d, "foundation.response-rate", "2024-11", "2024-11").status,
                   KENNIS_MEASURE_STATUS_NO_DATA);
  CU_ASSERT_EQUAL (metrics_measure (d, "foundation.response-rate", "2024", "2024").n_people, 4);
}

static void
say (KennisDataset *d, const char *questionnaire, const char *scale, const char *who, double score)
{
  g_autoptr (KennisInstrument) instrument = kennis_instrument_find (questionnaire, NULL);
  g_auto (GStrv) names = kennis_instrument_list_items (instrument, scale);

  for (guint i = 0; names[i] != NULL; i++)
    metrics_add (d, KENNIS_TYPE_RESPONSE, "instrument", questionnaire, "wave", "w", "respondent", who, "item", names[i],
                 "score", kennis_instrument_is_item_reversed (instrument, names[i]) ? 6 - score : score, "time",
                 at ("2024-04-02"), NULL);
}

/* Two were asked and say 25 and 75: 50 for sure.  A third, who has no score, shows that two is wrong: 50 ± 12.7062047362 × 25. */
static void
more_answers_than_invitations_are_no_rate (void)
{
  g_autoptr (KennisDataset) d = people (4);
  KennisRawMeasurement m;

  invite (d, "w", NULL, 2, "2024-03-01");
  answer_of_person (d, 0, "2024-03-02", 2);
  answer_of_person (d, 1, "2024-03-02", 4);
  assert_near (metrics_measure (d, "foundation.trust", "2024", "2024").lower, 50);
  say (d, "foundation", "autonomy", "p2", 3);
  CU_ASSERT_EQUAL (metrics_measure (d, "foundation.response-rate", "2024", "2024").status,
                   KENNIS_MEASURE_STATUS_NO_DATA);
  m = metrics_measure (d, "foundation.trust", "2024", "2024");
  assert_value (m, 50);
  CU_ASSERT_TRUE (m.lower <= 0 && m.upper >= 100 && m.note != NULL && strstr (m.note, "More people answered") != NULL);
}

/* Answers without a time are of the day on which people were asked. */
static void
invitations_date_answers (void)
{
  g_autoptr (KennisDataset) d = people (4);

  invite (d, "w", NULL, 4, "2024-03-01");
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    metrics_add (d, KENNIS_TYPE_RESPONSE, "instrument", "foundation", "wave", "w", "respondent", "p1", "item", items[i],
                 "score", 3.0, NULL);
  assert_value (metrics_measure (d, "foundation.trust", "2024-03", "2024-03"), 50);
  CU_ASSERT_EQUAL (metrics_measure (d, "foundation.trust", "2024-04", "2024-04").status, KENNIS_MEASURE_STATUS_NO_DATA);
}

static void
share (KennisDataset *d, const char *giver, const char *receiver, KennisSharingKind kind)
{
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", giver, "receiver", receiver, "kind", kind, "time", at ("2024-05-01"),
               NULL);
}

/* p0 asks and p1 gets feedback; p2 listens to a presentation and p3 answers: 2 of 4. */
static void
who_asks_shows_that_it_is_safe (void)
{
  g_autoptr (KennisDataset) d = people (4);

  share (d, "p3", "p0", KENNIS_SHARING_KIND_QUESTION);
  share (d, "p3", "p1", KENNIS_SHARING_KIND_FEEDBACK);
  share (d, "p3", "p2", KENNIS_SHARING_KIND_PRESENTATION);
  assert_value (metrics_measure (d, "carrier.2.behaviour", "2024", "2024"), 0.5);
}

/* Two talks of four people. */
static void
behaviour_is_that_of_its_metric (void)
{
  g_autoptr (KennisDataset) d = people (4);
  const char *const who[] = { "p0", "p1" };

  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    metrics_add (d, KENNIS_TYPE_TALK, "person", who[i], "leader", "p3", "kind", KENNIS_TALK_KIND_GROWTH, "held",
                 at ("2024-05-01"), NULL);
  assert_value (metrics_measure (d, "carrier.4.behaviour", "2024", "2024"), 0.5);
  for (guint i = 0; i < kennis_catalogue_size (); i++)
    {
      const KennisMetricRow *row = kennis_catalogue_row (i);
      int of = row->argument != NULL ? kennis_catalogue_find (row->argument) : -1;

      if (of >= 0)
        CU_ASSERT_STRING_EQUAL (row->inputs, kennis_catalogue_row (of)->inputs);
    }
}

/* ── What is made of scales ──────────────────────────────────────────────────────────────────────────────────────── */

/* People n … end − 1 say low and high in turn. */
static void
all_say (KennisDataset *d, const char *questionnaire, const char *scale, guint n, guint end, double low, double high)
{
  for (guint i = n; i < end; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);

      say (d, questionnaire, scale, id, i % 2 == 0 ? low : high);
    }
}

/* 20 of 20 answer: nothing is left to chance, and the limits are the means: 50, 37.5, 75, 62.5. */
static void
the_foundation_is_as_high_as_its_lowest (void)
{
  g_autoptr (KennisDataset) d = people (20);
  KennisRawMeasurement m;

  all_say (d, "foundation", "leadership", 0, 20, 2, 4);
  all_say (d, "foundation", "trust", 0, 20, 2, 3);
  all_say (d, "foundation", "autonomy", 0, 20, 4, 4);
  all_say (d, "foundation", "engagement", 0, 20, 3, 4);
  m = metrics_measure (d, "foundation.level", "2024", "2024");
  assert_value (m, 37.5);
  CU_ASSERT_EQUAL (m.n_people, 20);
  assert_near (m.lower, 37.5);
  assert_near (m.upper, 37.5);
  CU_ASSERT_PTR_NOT_NULL (strstr (m.note, "Trust is the lowest of the four, and too low"));
}

/* 20 of 40 say 25 and 62.5: mean 43.75, but the upper limit at 1 − .05/4 each, t(19, 1 − .05/8) = 2.75858590, is over 50:
 * 43.75 + 2.75858590 × sqrt (20 × 18.75² / 19 / 20 × (1 − 20/40)) = 52.14 (scipy: t.ppf (1 - .05/8, 19)) */
static void
too_low_is_said_by_the_limit_and_not_by_the_mean (void)
{
  g_autoptr (KennisDataset) d = people (40);
  KennisRawMeasurement m;

  all_say (d, "foundation", "leadership", 0, 20, 4, 5);
  all_say (d, "foundation", "trust", 0, 20, 2, 3.5);
  all_say (d, "foundation", "autonomy", 0, 20, 4, 5);
  all_say (d, "foundation", "engagement", 0, 20, 4, 5);
  m = metrics_measure (d, "foundation.level", "2024", "2024");
  assert_value (m, 43.75);
  CU_ASSERT_DOUBLE_EQUAL (m.upper, 43.75 + 2.75858590 * sqrt (18.75 * 18.75 / 19 / 2), 1e-7);
  CU_ASSERT_PTR_NOT_NULL (strstr (m.note, "Trust is the lowest of the four."));
}

static void
what_was_not_measured_of_the_foundation_is_said (void)
{
  g_autoptr (KennisDataset) d = people (20), low = people (20);
  KennisRawMeasurement m;

  all_say (d, "foundation", "leadership", 0, 20, 4, 5);
  m = metrics_measure (d, "foundation.level", "2024", "2024");
  CU_ASSERT_EQUAL (m.status, KENNIS_MEASURE_STATUS_UNDETERMINED);
  CU_ASSERT (isnan (m.value) && m.note != NULL);
  all_say (low, "foundation", "leadership", 0, 20, 1, 2);
  m = metrics_measure (low, "foundation.level", "2024", "2024");
  assert_value (m, 12.5);
  CU_ASSERT_PTR_NOT_NULL (strstr (m.note, "Too low already"));
}

/* Who of 30 are of which level: p0 … p9 senior, p10 … p19 junior, the others none. */
static KennisDataset *
levels (void)
{
  KennisDataset *d = metrics_dataset ();
  const char *const of[] = { "senior", "junior", NULL };

  metrics_cover (d, "2024-01-01", "2025-01-01");
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "a", NULL);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i), *attribute = g_strdup_printf ("level=%s", of[i / 10]);
      const char *attributes[] = { attribute, NULL };

      metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "team", "a", "attributes", attributes, NULL);
    }
  return d;
}

static void
commitment_is_that_of_the_lowest_level (void)
{
  g_autoptr (KennisDataset) d = levels ();
  KennisRawMeasurement m;

  all_say (d, "conditions", "commitment", 0, 10, 4, 5);
  all_say (d, "conditions", "commitment", 10, 18, 2, 3);
  m = metrics_measure (d, "condition.commitment", "2024", "2024");
  assert_value (m, 37.5);
  CU_ASSERT_EQUAL (m.n_people, 18);
  CU_ASSERT_EQUAL (m.n_part, 8);
}

static void
a_level_of_which_nobody_answers_leaves_commitment_open (void)
{
  g_autoptr (KennisDataset) d = levels ();

  all_say (d, "conditions", "commitment", 0, 10, 4, 5);
  CU_ASSERT_EQUAL (metrics_measure (d, "condition.commitment", "2024", "2024").status,
                   KENNIS_MEASURE_STATUS_UNDETERMINED);
}

static KennisMeasurements *
shown (KennisDataset *d, const char *const *metrics, const char *attribute)
{
  g_autoptr (KennisQuery) query = kennis_query_new ();
  g_autoptr (KennisSummary) summary = kennis_summary_make (d, NULL, 1, NULL, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  const char *names[] = { attribute, NULL };
  KennisMeasurements *measurements;

  for (guint i = 0; metrics[i] != NULL; i++)
    kennis_query_add_metric (query, metrics[i]);
  if (attribute != NULL)
    kennis_query_add_grouping (query, names);
  kennis_query_set_window (query, "2024", "2024", NULL);
  measurements = kennis_measurements_make (summary, &query, 1, 1, NULL, NULL, NULL, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL (measurements);
  return measurements;
}

static KennisMeasureStatus
status_of (KennisMeasurements *measurements, const char *metric, const char *group)
{
  const char *groups[] = { group, NULL };
  g_autoptr (KennisMeasurement) found = kennis_measurements_find (measurements, metric, groups, "all");

  CU_ASSERT_PTR_NOT_NULL_FATAL (found);
  return kennis_measurement_get_status (found);
}

/* One scale of team b was answered by six only: nothing of it is told, nor of the level that it may be. */
static void
where_a_scale_is_withheld_so_is_the_level (void)
{
  g_autoptr (KennisDataset) d = people (40);
  g_autoptr (KennisMeasurements) both = NULL, level = NULL;
  const char *const names[] = { "leadership", "autonomy", "engagement", NULL };
  const char *const ids[] = { "foundation.level", "foundation.trust", NULL }, *const id[] = { "foundation.level",
                                                                                              NULL };

  for (guint i = 0; names[i] != NULL; i++)
    all_say (d, "foundation", names[i], 0, 40, 3, 4);
  all_say (d, "foundation", "trust", 0, 26, 2, 5);
  both = shown (d, ids, "team");
  level = shown (d, id, "team");
  CU_ASSERT_EQUAL (status_of (both, "foundation.trust", "team=b"), KENNIS_MEASURE_STATUS_WITHHELD);
  CU_ASSERT_EQUAL (status_of (both, "foundation.level", "team=b"), KENNIS_MEASURE_STATUS_WITHHELD);
  CU_ASSERT_EQUAL (status_of (both, "foundation.level", NULL), status_of (both, "foundation.trust", NULL));
  CU_ASSERT_EQUAL (status_of (level, "foundation.level", "team=b"), KENNIS_MEASURE_STATUS_WITHHELD);
  CU_ASSERT_EQUAL (status_of (level, "foundation.level", "team=a"), status_of (both, "foundation.trust", "team=a"));
  CU_ASSERT_EQUAL (kennis_measurements_get_size (level), 3);
}

/* Ten seniors and seven juniors: the juniors' score is theirs, and nothing that could be it is told; with eight it is. */
static void
where_a_level_is_withheld_so_is_commitment (void)
{
  g_autoptr (KennisDataset) seven = levels (), eight = levels ();
  g_autoptr (KennisMeasurements) few = NULL, enough = NULL;
  const char *const id[] = { "condition.commitment", NULL };

  all_say (seven, "conditions", "commitment", 0, 10, 4, 5);
  all_say (seven, "conditions", "commitment", 10, 17, 2, 3);
  few = shown (seven, id, NULL);
  CU_ASSERT_EQUAL (status_of (few, "condition.commitment", NULL), KENNIS_MEASURE_STATUS_WITHHELD);
  all_say (eight, "conditions", "commitment", 0, 10, 4, 5);
  all_say (eight, "conditions", "commitment", 10, 18, 2, 3);
  enough = shown (eight, id, NULL);
  CU_ASSERT_EQUAL (status_of (enough, "condition.commitment", NULL), KENNIS_MEASURE_STATUS_OK);
  CU_ASSERT_EQUAL (kennis_measurements_get_size (enough), 1);
}

/* Every row names a scale that there is: else it would silently never have data. */
static void
every_row_names_a_scale (void)
{
  guint n = 0;

  for (guint i = 0; i < kennis_catalogue_size (); i++)
    if (kennis_catalogue_row (i)->argument != NULL && kennis_catalogue_find (kennis_catalogue_row (i)->argument) < 0)
      {
        g_auto (GStrv) words = g_strsplit (kennis_catalogue_row (i)->argument, " ", 2);
        g_autoptr (KennisInstrument) instrument = kennis_instrument_find (words[0], NULL);

        CU_ASSERT_PTR_NOT_NULL_FATAL (instrument);
        CU_ASSERT (words[1] == NULL || kennis_instrument_has_scale (instrument, words[1]));
        n++;
      }
  CU_ASSERT_EQUAL (n, 47);
}

int
main (void)
{
  return kennis_test_main ("survey-metrics", (CU_TestInfo[]) {
    { "a mean has Student's interval", a_mean_has_students_interval },
    { "a person counts once, and in the period of the answer", a_person_counts_once_and_in_the_period_of_the_answer },
    { "people are in their groups", people_are_in_their_groups },
    { "tokens are in everybody and in teams", tokens_are_in_everybody_and_in_teams },
    { "teams that would tell of a few tokens are left out", teams_that_would_tell_of_a_few_tokens_are_left_out },
    { "fewer than eight answers are withheld", fewer_than_eight_answers_are_withheld },
    { "all alike are withheld", all_alike_are_withheld },
    { "a survey that nobody held is measured only by name", a_survey_that_nobody_held_is_measured_only_by_name },
    { "invitations tell the response, by team", invitations_tell_the_response },
    { "without invitations the roster tells who was asked", without_invitations_the_roster_tells },
    { "a wave is of the period in which it began", a_wave_is_of_the_period_in_which_it_began },
    { "more answers than invitations are no rate", more_answers_than_invitations_are_no_rate },
    { "answers without a time are of the day of the invitation", invitations_date_answers },
    { "who asks shows that it is safe", who_asks_shows_that_it_is_safe },
    { "the behaviour of a carrier is that of its metric", behaviour_is_that_of_its_metric },
    { "the foundation is as high as its lowest", the_foundation_is_as_high_as_its_lowest },
    { "too low is said by the limit and not by the mean", too_low_is_said_by_the_limit_and_not_by_the_mean },
    { "what was not measured of the foundation is said", what_was_not_measured_of_the_foundation_is_said },
    { "commitment is that of the lowest level", commitment_is_that_of_the_lowest_level },
    { "a level of which nobody answers leaves commitment open", a_level_of_which_nobody_answers_leaves_commitment_open },
    { "where a scale is withheld so is the level of the foundation", where_a_scale_is_withheld_so_is_the_level },
    { "where a level is withheld so is commitment", where_a_level_is_withheld_so_is_commitment },
    { "every row names a scale", every_row_names_a_scale },
    CU_TEST_INFO_NULL,
  });
}
