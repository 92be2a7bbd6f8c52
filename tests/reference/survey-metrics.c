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

/* What all say at an end of the scale is what each says. */
static void
all_at_one_end_are_withheld (void)
{
  CU_ASSERT_EQUAL (gated (20, 12, 5), KENNIS_MEASURE_STATUS_WITHHELD);
  CU_ASSERT_EQUAL (gated (20, 12, 1), KENNIS_MEASURE_STATUS_WITHHELD);
  CU_ASSERT_EQUAL (gated (20, 12, 4), KENNIS_MEASURE_STATUS_OK);
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
more_answers_than_invitations_are_no_rate (void)
{
  g_autoptr (KennisDataset) d = people (4);

  invite (d, "w", NULL, 1, "2024-03-01");
  answer_of_person (d, 0, "2024-03-02", 1);
  answer_of_person (d, 1, "2024-03-02", 5);
  CU_ASSERT_EQUAL (metrics_measure (d, "foundation.response-rate", "2024", "2024").status,
                   KENNIS_MEASURE_STATUS_NO_DATA);
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
  CU_ASSERT_EQUAL (n, 38);
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
    { "all at one end are withheld", all_at_one_end_are_withheld },
    { "a survey that nobody held is measured only by name", a_survey_that_nobody_held_is_measured_only_by_name },
    { "invitations tell the response, by team", invitations_tell_the_response },
    { "without invitations the roster tells who was asked", without_invitations_the_roster_tells },
    { "a wave is of the period in which it began", a_wave_is_of_the_period_in_which_it_began },
    { "more answers than invitations are no rate", more_answers_than_invitations_are_no_rate },
    { "answers without a time are of the day of the invitation", invitations_date_answers },
    { "who asks shows that it is safe", who_asks_shows_that_it_is_safe },
    { "the behaviour of a carrier is that of its metric", behaviour_is_that_of_its_metric },
    { "every row names a scale", every_row_names_a_scale },
    CU_TEST_INFO_NULL,
  });
}
