#include "config.h"

#include <math.h>
#include <string.h>

#include "kennis-test.h"

/* Two scales of two items under one, 1 to 5; the second item of each is reversed. */
#define TEXT "<text xml:lang=\"en\">?</text>"
#define TITLE "<title xml:lang=\"en\">?</title>"
#define INSTRUMENT                                                                                                    \
  "<instrument xmlns=\"urn:kennis:instrument:1\" version=\"1\" id=\"x\">" TITLE "<scale id=\"all\">" TITLE            \
  "<scale id=\"a\" minimum-answered=\"1\">" TITLE "<item id=\"a1\" low=\"1\" high=\"5\">" TEXT "</item>"               \
  "<item id=\"a2\" low=\"1\" high=\"5\" reversed=\"true\">" TEXT "</item></scale><scale id=\"b\">" TITLE               \
  "<item id=\"b1\" low=\"1\" high=\"5\">" TEXT "</item><item id=\"b2\" low=\"0\" high=\"10\" reversed=\"true\">" TEXT  \
  "</item></scale></scale></instrument>"

static KennisInstrument *
instrument (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (INSTRUMENT, strlen (INSTRUMENT));

  return kennis_instrument_new_from_bytes (bytes, NULL, NULL);
}

static KennisAnswers *
of_matrix (const double *values, gsize n_rows, const char *const *teams)
{
  g_autoptr (KennisInstrument) self = instrument ();
  g_autoptr (GBytes) bytes = g_bytes_new (values, n_rows * 4 * sizeof *values);
  g_autoptr (GError) error = NULL;
  KennisAnswers *answers = kennis_answers_new (self, bytes, NULL, teams, NULL, &error);

  CU_ASSERT_PTR_NOT_NULL_FATAL (answers);
  return answers;
}

static double
number (GBytes *bytes, gsize i)
{
  return ((const double *) g_bytes_get_data (bytes, NULL))[i];
}

static void
scores_turn_reversed_items_and_mean_0_to_100 (void)
{
  const double values[] = { 5, 1, 3, 0, 4, NAN, NAN, 5, NAN, NAN, 9, NAN };
  g_autoptr (KennisAnswers) answers = of_matrix (values, 3, NULL);
  g_autoptr (GBytes) a = kennis_answers_score (answers, "a", NULL), b = kennis_answers_score (answers, "b", NULL),
                     all = kennis_answers_score (answers, "all", NULL);

  assert_near (number (a, 0), 100);
  assert_near (number (b, 0), 75); /* 50 and 100 */
  assert_near (number (all, 0), 87.5);
  CU_ASSERT_TRUE (isnan (number (a, 1))); /* both must be answered */
  assert_near (number (b, 1), 50);        /* half is enough */
  assert_near (number (all, 1), 62.5);    /* 75 and 50 */
  CU_ASSERT_TRUE (isnan (number (b, 2))); /* 9 is out of range: no answer */
  CU_ASSERT_EQUAL (kennis_answers_get_n_rejected (answers), 1);
}

static void
values_are_in_the_direction_of_the_scale (void)
{
  const double values[] = { 5, 1, 3, 0 };
  g_autoptr (KennisAnswers) answers = of_matrix (values, 1, NULL);
  g_autoptr (GBytes) a = kennis_answers_get_values (answers, "a", NULL),
                     b = kennis_answers_get_values (answers, "b", NULL);
  g_autoptr (GError) error = NULL;

  assert_near (number (a, 0), 5);
  assert_near (number (a, 1), 5);
  assert_near (number (b, 0), 50); /* ranges differ: 0 to 100 */
  assert_near (number (b, 1), 100);
  CU_ASSERT_PTR_NULL (kennis_answers_get_values (answers, "nothing", &error));
  assert_text (error->message, "there is no scale “nothing”; accepted are all, a, b");
}

static void
labels_stay_with_their_values_whatever_the_order (void)
{
  const double one[] = { 5, 1, 5, 0, 1, 5, 1, 10, 5, 1, 5, 0 }, other[] = { 1, 5, 1, 10, 5, 1, 5, 0, 5, 1, 5, 0 };
  static const char *const teams[] = { "z", "m", "z", NULL }, *const swapped[] = { "m", "z", "z", NULL };
  g_autoptr (KennisAnswers) first = of_matrix (one, 3, teams), second = of_matrix (other, 3, swapped);
  g_autoptr (KennisScores) a = kennis_answers_make_scores (first, "all", KENNIS_GROUP_BY_TEAM, 0.95, NULL);
  g_autoptr (KennisScores) b = kennis_answers_make_scores (second, "all", KENNIS_GROUP_BY_TEAM, 0.95, NULL);

  CU_ASSERT_EQUAL (kennis_scores_get_n_groups (a), 2);
  assert_text (kennis_scores_get_label (a, 0), "m");
  for (guint g = 0; g < 2; g++)
    {
      assert_text (kennis_scores_get_label (a, g), kennis_scores_get_label (b, g));
      assert_near (kennis_scores_get (a, g, KENNIS_SCORE_MEAN), kennis_scores_get (b, g, KENNIS_SCORE_MEAN));
    }
  assert_near (kennis_scores_get (a, 0, KENNIS_SCORE_MEAN), 0);
  assert_near (kennis_scores_get (a, kennis_scores_find (a, "z"), KENNIS_SCORE_MEAN), 100);
  CU_ASSERT_EQUAL (kennis_scores_find (a, "q"), -1);
}

/* R: x <- c(50, 60, 80, 70); n <- 4; N <- 8; mean(x) + c(-1, 1) * qt(.975, 3) * sd(x) / 2 * sqrt(1 - n / N)
 * 50.4741864212 79.5258135788; without N 44.4573974324 85.5426025676 */
static void
intervals_correct_for_a_finite_population (void)
{
  const double x[] = { 50, 60, NAN, 80, 70 }, invited[] = { 8 };
  g_autoptr (GBytes) scores = g_bytes_new (x, sizeof x), asked = g_bytes_new (invited, sizeof invited);
  g_autoptr (KennisScores) finite = kennis_scores_new (scores, NULL, NULL, asked, 0.95, NULL);
  g_autoptr (KennisScores) open = kennis_scores_new (scores, NULL, NULL, NULL, 0.95, NULL);

  assert_near (kennis_scores_get (finite, 0, KENNIS_SCORE_N), 4);
  assert_near (kennis_scores_get (finite, 0, KENNIS_SCORE_RESPONSE_RATE), 5 / 8.0);
  assert_near (kennis_scores_get (finite, 0, KENNIS_SCORE_MEAN), 65);
  assert_within (kennis_scores_get (finite, 0, KENNIS_SCORE_LOWER), 50.4741864212, 1e-9);
  assert_within (kennis_scores_get (finite, 0, KENNIS_SCORE_UPPER), 79.5258135788, 1e-9);
  assert_within (kennis_scores_get (open, 0, KENNIS_SCORE_LOWER), 44.4573974324, 1e-9);
  CU_ASSERT_TRUE (isnan (kennis_scores_get (open, 0, KENNIS_SCORE_INVITED)));
  CU_ASSERT_TRUE (isnan (kennis_scores_get (open, 0, KENNIS_SCORE_RESPONSE_RATE)));
}

/* Five answered of whom two are said to have been asked: the two are wrong, and the interval is that without them. */
static void
more_answers_than_invitations_are_no_rate_and_no_certainty (void)
{
  const double x[] = { 50, 60, NAN, 80, 70 }, invited[] = { 2 }, exact[] = { 5 }, one_less[] = { 4 };
  g_autoptr (GBytes) scores = g_bytes_new (x, sizeof x), few = g_bytes_new (invited, sizeof invited),
                     all = g_bytes_new (exact, sizeof exact), less = g_bytes_new (one_less, sizeof one_less);
  g_autoptr (KennisScores) over = kennis_scores_new (scores, NULL, NULL, few, 0.95, NULL);
  g_autoptr (KennisScores) open = kennis_scores_new (scores, NULL, NULL, NULL, 0.95, NULL);
  g_autoptr (KennisScores) full = kennis_scores_new (scores, NULL, NULL, all, 0.95, NULL);
  g_autoptr (KennisScores) just = kennis_scores_new (scores, NULL, NULL, less, 0.95, NULL);

  CU_ASSERT_TRUE (kennis_scores_is_over_asked (over, 0));
  CU_ASSERT_TRUE (isnan (kennis_scores_get (over, 0, KENNIS_SCORE_RESPONSE_RATE)));
  assert_near (kennis_scores_get (over, 0, KENNIS_SCORE_INVITED), 2);
  assert_near (kennis_scores_get (over, 0, KENNIS_SCORE_LOWER), kennis_scores_get (open, 0, KENNIS_SCORE_LOWER));
  assert_near (kennis_scores_get (over, 0, KENNIS_SCORE_UPPER), kennis_scores_get (open, 0, KENNIS_SCORE_UPPER));
  CU_ASSERT_FALSE (kennis_scores_is_over_asked (open, 0));
  CU_ASSERT_FALSE (kennis_scores_is_over_asked (open, 1));
  CU_ASSERT_FALSE (kennis_scores_is_over_asked (full, 0));
  assert_near (kennis_scores_get (full, 0, KENNIS_SCORE_RESPONSE_RATE), 1);
  /* Four have a score, and five answered. */
  CU_ASSERT_TRUE (kennis_scores_is_over_asked (just, 0));
  assert_near (kennis_scores_get (just, 0, KENNIS_SCORE_LOWER), kennis_scores_get (open, 0, KENNIS_SCORE_LOWER));
}

static void
respond (KennisDataset *dataset, const char *who, const char *team, const char *item, const char *score, const char *language)
{
  g_autoptr (KennisResponse) response = g_object_new (KENNIS_TYPE_RESPONSE, "instrument", "x", "wave", "2024",
                                                      "respondent", who, "item", item, "language", language, NULL);

  g_object_set (response, "team", team, "score", g_ascii_strtod (score, NULL), NULL);
  CU_ASSERT_TRUE (kennis_dataset_add (dataset, KENNIS_RECORD (response), NULL, NULL));
}

static void
invite (KennisDataset *dataset, const char *team, guint people, const char *wave)
{
  g_autoptr (KennisInvitation) invitation = g_object_new (KENNIS_TYPE_INVITATION, "instrument", "x", "wave", wave,
                                                          "team", team, "people", (gint64) people, NULL);

  CU_ASSERT_TRUE (kennis_dataset_add (dataset, KENNIS_RECORD (invitation), NULL, NULL));
}

static KennisSummary *
surveyed (void)
{
  g_autoptr (KennisDataset) dataset = kennis_dataset_new ("Europe/Brussels", "EUR", NULL);
  KennisSummary *summary;

  kennis_dataset_set_accept_seen (dataset, TRUE);
  respond (dataset, "token-2", "t1", "a1", "4", "fr");
  respond (dataset, "token-2", "t1", "a2", "2", "fr");
  respond (dataset, "token-1", "t1", "a1", "2", "nl");
  respond (dataset, "token-1", "t1", "a2", "2", "nl");
  respond (dataset, "token-3", "t2", "a1", "5", "nl");
  respond (dataset, "token-3", "t2", "a2", "1", "nl");
  respond (dataset, "token-4", "t2", "other", "1", "nl");
  invite (dataset, "t1", 4, "2024");
  invite (dataset, "t2", 3, "2024");
  invite (dataset, "t3", 5, "2024");
  invite (dataset, "t1", 4, "2023");
  summary = kennis_summary_make (dataset, NULL, 1, NULL, NULL, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (summary);
  return summary;
}

static void
tokens_teams_languages_and_invitations_come_from_a_summary (void)
{
  g_autoptr (KennisSummary) summary = surveyed ();
  g_autoptr (KennisInstrument) self = instrument ();
  g_autoptr (KennisAnswers) answers = kennis_answers_new_from_summary (self, summary, "2024", NULL);
  g_auto (GStrv) waves = kennis_answers_list_waves (self, summary), who = NULL;
  g_autoptr (KennisScores) teams = NULL, languages = NULL, all = NULL;
  g_autoptr (GError) error = NULL;

  CU_ASSERT_PTR_NOT_NULL_FATAL (answers);
  CU_ASSERT_EQUAL (g_strv_length (waves), 2);
  who = kennis_answers_list_respondents (answers);
  assert_text (who[0], "token-1");
  CU_ASSERT_EQUAL (kennis_answers_get_n_rows (answers), 4);
  CU_ASSERT_EQUAL (kennis_answers_get_n_rejected (answers), 1);
  teams = kennis_answers_make_scores (answers, "a", KENNIS_GROUP_BY_TEAM, 0.95, NULL);
  assert_near (kennis_scores_get (teams, 0, KENNIS_SCORE_MEAN), 62.5); /* 75 and 50 */
  assert_near (kennis_scores_get (teams, 0, KENNIS_SCORE_RESPONSE_RATE), 0.5);
  assert_near (kennis_scores_get (teams, 1, KENNIS_SCORE_RESPONDENTS), 1); /* token-4 said nothing that counts */
  assert_near (kennis_scores_get (teams, 2, KENNIS_SCORE_RESPONSE_RATE), 0);
  CU_ASSERT_TRUE (isnan (kennis_scores_get (teams, 2, KENNIS_SCORE_MEAN)));
  languages = kennis_answers_make_scores (answers, "a", KENNIS_GROUP_BY_LANGUAGE, 0.95, NULL);
  assert_text (kennis_scores_get_label (languages, 0), "fr");
  assert_near (kennis_scores_get (languages, 1, KENNIS_SCORE_MEAN), 75);
  all = kennis_answers_make_scores (answers, "a", KENNIS_GROUP_BY_ALL, 0.95, NULL);
  assert_near (kennis_scores_get (all, 0, KENNIS_SCORE_INVITED), 12);
  CU_ASSERT_PTR_NULL (kennis_answers_new_from_summary (self, summary, "1999", &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "2023, 2024"));
}

/* Teams that all answer alike: whatever is drawn, alpha is that of one of them. */
static void
alike_teams_leave_alpha_as_it_is (void)
{
  static const double one[5][4] = { { 1, 5, 2, 1 }, { 2, 3, 1, 2 }, { 3, 4, 4, 8 }, { 4, 1, 5, 3 }, { 5, 2, 3, 9 } };
  double values[60][4], lower, upper;
  const char *teams[61] = { NULL };
  g_autoptr (KennisAnswers) answers = NULL, few = NULL;
  g_autoptr (KennisReliability) reliability = NULL;
  g_auto (GStrv) names = g_new0 (char *, 13);

  for (guint i = 0; i < 60; i++)
    {
      memcpy (values[i], one[i % 5], sizeof one[0]);
      if (i % 5 == 0)
        names[i / 5] = g_strdup_printf ("team-%02u", i / 5);
      teams[i] = names[i / 5];
    }
  answers = of_matrix (values[0], 60, teams);
  reliability = kennis_reliability_new_for_scale (answers, "all", KENNIS_MISSING_LISTWISE, 0.95, 1, NULL);
  CU_ASSERT_TRUE (
      kennis_answers_bootstrap_alpha (answers, "all", KENNIS_GROUP_BY_TEAM, 200, 0.95, 1, &lower, &upper, NULL));
  assert_near (lower, kennis_reliability_get (reliability, KENNIS_RELIABILITY_ALPHA));
  assert_near (upper, lower);
  CU_ASSERT_TRUE (
      kennis_answers_bootstrap_alpha (answers, "all", KENNIS_GROUP_BY_ALL, 200, 0.95, 1, &lower, &upper, NULL));
  CU_ASSERT_TRUE (lower < kennis_reliability_get (reliability, KENNIS_RELIABILITY_ALPHA) && lower < upper);
  teams[45] = NULL;
  few = of_matrix (values[0], 45, teams); /* nine teams */
  CU_ASSERT_TRUE (
      kennis_answers_bootstrap_alpha (few, "all", KENNIS_GROUP_BY_TEAM, 200, 0.95, 1, &lower, &upper, NULL));
  CU_ASSERT_TRUE (isnan (lower) && isnan (upper));
}

/* Where whole teams answer alike, and otherwise than other teams, there are only as many answers as teams. */
static void
resampling_teams_is_wider_where_teams_are_alike (void)
{
  double values[200][4], by_team[2], by_person[2], again[2];
  const char *teams[201] = { NULL };
  g_auto (GStrv) names = g_new0 (char *, 21);
  g_autoptr (KennisAnswers) answers = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 200; i++)
    {
      guint t = i / 10;

      if (i % 10 == 0)
        names[t] = g_strdup_printf ("team-%02u", t);
      teams[i] = names[t];
      values[i][0] = 1 + t % 5;
      values[i][1] = 1 + (t * 7 / 3) % 5;
      values[i][2] = 1 + (t * 3 / 2) % 5;
      values[i][3] = (t * 5 / 4) % 11;
    }
  answers = of_matrix (values[0], 200, teams);
  CU_ASSERT_TRUE (kennis_answers_bootstrap_alpha (answers, "all", KENNIS_GROUP_BY_TEAM, 999, 0.95, 7, &by_team[0],
                                                  &by_team[1], NULL));
  CU_ASSERT_TRUE (kennis_answers_bootstrap_alpha (answers, "all", KENNIS_GROUP_BY_ALL, 999, 0.95, 7, &by_person[0],
                                                  &by_person[1], NULL));
  CU_ASSERT_TRUE (
      kennis_answers_bootstrap_alpha (answers, "all", KENNIS_GROUP_BY_TEAM, 999, 0.95, 7, &again[0], &again[1], NULL));
  CU_ASSERT_TRUE (by_team[1] - by_team[0] > 2 * (by_person[1] - by_person[0]));
  CU_ASSERT_EQUAL (memcmp (by_team, again, sizeof again), 0);
  CU_ASSERT_FALSE (
      kennis_answers_bootstrap_alpha (answers, "all", KENNIS_GROUP_BY_TEAM, 0, 0.95, 7, &again[0], &again[1], &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "scores turn reversed items and mean 0 to 100", scores_turn_reversed_items_and_mean_0_to_100 },
    { "values are in the direction of the scale", values_are_in_the_direction_of_the_scale },
    { "labels stay with their values whatever the order", labels_stay_with_their_values_whatever_the_order },
    { "intervals correct for a finite population", intervals_correct_for_a_finite_population },
    { "more answers than invitations are no rate and no certainty",
      more_answers_than_invitations_are_no_rate_and_no_certainty },
    { "tokens, teams, languages and invitations come from a summary",
      tokens_teams_languages_and_invitations_come_from_a_summary },
    { "alike teams leave alpha as it is", alike_teams_leave_alpha_as_it_is },
    { "resampling teams is wider where teams are alike", resampling_teams_is_wider_where_teams_are_alike },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("answers", tests);
}
