#include "config.h"

#include "kennis-metrics.h"

#include <string.h>

#define GAP "gap.say-do.2"
#define SAY "carrier.2.survey"
#define DONE "carrier.2.behaviour"
#define SIZE 10

/* Teams of ten; in team t some ask for feedback, and all answer what they think of their room and safety. */
static KennisDataset *
organisation (guint n_teams)
{
  KennisDataset *d = metrics_dataset ();
  g_autoptr (KennisInstrument) carriers = kennis_instrument_find ("carriers", NULL);
  g_auto (GStrv) items = kennis_instrument_list_items (carriers, "safety");

  metrics_cover (d, "2024-01-01", "2025-01-01");
  for (guint t = 0; t < n_teams; t++)
    {
      g_autofree char *team = g_strdup_printf ("t%02u", t);

      metrics_add (d, KENNIS_TYPE_TEAM, "id", team, NULL);
      for (guint i = 0; i < SIZE; i++)
        {
          g_autofree char *id = g_strdup_printf ("p%02u-%u", t, i),
                          *other = g_strdup_printf ("p%02u-%u", t, (i + 1) % SIZE);
          guint answer = 2 + (i % 3 == 0) + (i < t % 6);

          metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "team", team, NULL);
          if (i == SIZE - 1)
            metrics_add (d, KENNIS_TYPE_PERSON, "id", other, "team", team, NULL);
          for (guint j = 0; items[j] != NULL; j++)
            metrics_add (d, KENNIS_TYPE_RESPONSE, "instrument", "carriers", "wave", "2024", "respondent", id, "item",
                         items[j], "score",
                         (double) (kennis_instrument_is_item_reversed (carriers, items[j]) ? 6 - answer : answer),
                         "time", at ("2024-06-05"), NULL);
        }
      for (guint i = 0; i < 2 + t * 3 % 7; i++)
        {
          g_autofree char *giver = g_strdup_printf ("p%02u-%u", t, (i + 1) % SIZE),
                          *receiver = g_strdup_printf ("p%02u-%u", t, i);

          metrics_add (d, KENNIS_TYPE_SHARING, "giver", giver, "receiver", receiver, "time", at ("2024-05-05"), "kind",
                       KENNIS_SHARING_KIND_FEEDBACK, NULL);
        }
    }
  return d;
}

static KennisMeasurements *
make (KennisDataset *d, const char *attribute, gboolean with_parts)
{
  g_autoptr (KennisSummary) summary = kennis_summary_make (d, NULL, 1, NULL, NULL, NULL, NULL);
  g_autoptr (KennisQuery) query = g_object_new (KENNIS_TYPE_QUERY, "period", KENNIS_PERIOD_YEAR, NULL);
  const char *attributes[] = { attribute, NULL };
  g_autoptr (GError) error = NULL;
  KennisMeasurements *made;

  kennis_query_add_metric (query, GAP);
  if (with_parts)
    kennis_query_add_metric (query, "carrier.2.*");
  kennis_query_add_grouping (query, attributes);
  g_assert_true (kennis_query_set_window (query, "2024", "2024", NULL));
  made = kennis_measurements_make (summary, &query, 1, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return made;
}

static KennisMeasurement *
of_team (KennisMeasurements *made, const char *metric, guint team)
{
  g_autofree char *text = g_strdup_printf ("team=t%02u", team);
  const char *group[] = { text, NULL };
  KennisMeasurement *found = kennis_measurements_find (made, metric, group, "2024");

  g_assert_nonnull (found);
  return found;
}

/* Room and safety was asked, the content of the work was not. */
static void
a_survey_that_nobody_was_asked_has_no_data (void)
{
  g_autoptr (KennisDataset) d = organisation (12);
  g_autoptr (KennisSummary) summary = NULL;
  g_autoptr (KennisQuery) query = g_object_new (KENNIS_TYPE_QUERY, "period", KENNIS_PERIOD_YEAR, NULL);
  const char *attributes[] = { "team", NULL };
  g_autoptr (KennisMeasurements) made = NULL;

  metrics_add (d, KENNIS_TYPE_TEAM, "id", "t99", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "alone", "team", "t99", NULL);
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", "alone", "form", KENNIS_FORM_FORMAL, "status", KENNIS_STATUS_COMPLETED, "setting",
               KENNIS_SETTING_DAILY_WORK, "start", at ("2024-03-01"), "ended", at ("2024-03-02"), "duration", HOURS (2), NULL);
  summary = kennis_summary_make (d, NULL, 1, NULL, NULL, NULL, NULL);
  kennis_query_add_metric (query, "gap.say-do.1");
  kennis_query_add_metric (query, "carrier.1.behaviour");
  kennis_query_add_grouping (query, attributes);
  g_assert_true (kennis_query_set_window (query, "2024", "2024", NULL));
  made = kennis_measurements_make (summary, &query, 1, 1, NULL, NULL, NULL, NULL);
  {
    g_autoptr (KennisMeasurement) gap = of_team (made, "gap.say-do.1", 99), done = of_team (made, "carrier.1.behaviour", 99);

    CU_ASSERT_EQUAL (kennis_measurement_get_status (done), KENNIS_MEASURE_STATUS_WITHHELD);
    CU_ASSERT_EQUAL (kennis_measurement_get_status (gap), KENNIS_MEASURE_STATUS_NO_DATA);
  }
}

/* z over the teams that have a value. */
static double
z_of (KennisMeasurements *made, const char *metric, guint n, guint team)
{
  double sum = 0, squares = 0, own = NAN;

  for (guint t = 0; t < n; t++)
    {
      g_autoptr (KennisMeasurement) m = of_team (made, metric, t);
      double x = kennis_measurement_get_value (m);

      sum += x;
      squares += x * x;
      own = t == team ? x : own;
    }
  return (own - sum / n) / sqrt ((squares - sum * sum / n) / (n - 1));
}

static void
a_gap_is_the_difference_of_two_z_scores_over_teams (void)
{
  g_autoptr (KennisDataset) d = organisation (12);
  g_autoptr (KennisMeasurements) made = make (d, "team", TRUE), alone = make (d, "team", FALSE);
  g_autoptr (KennisMeasurement) all = kennis_measurements_find (made, GAP, NULL, "2024");
  double sum = 0;

  for (guint t = 0; t < 12; t++)
    {
      g_autoptr (KennisMeasurement) gap = of_team (made, GAP, t), same = of_team (alone, GAP, t);
      double value = kennis_measurement_get_value (gap);

      CU_ASSERT_EQUAL (kennis_measurement_get_status (gap), KENNIS_MEASURE_STATUS_OK);
      assert_within (value, z_of (made, SAY, 12, t) - z_of (made, DONE, 12, t), 1e-9);
      CU_ASSERT (kennis_measurement_get_lower (gap) < value && value < kennis_measurement_get_upper (gap));
      CU_ASSERT_EQUAL (kennis_measurement_get_n (gap), 12);
      CU_ASSERT (value == kennis_measurement_get_value (same));
      sum += value;
    }
  assert_within (sum, 0, 1e-9);
  CU_ASSERT_EQUAL (kennis_measurement_get_status (all), KENNIS_MEASURE_STATUS_NO_DATA);
  CU_ASSERT_EQUAL (kennis_measurements_get_size (alone), 13);
}

static void
under_ten_teams_or_in_other_groups_there_is_none (void)
{
  g_autoptr (KennisDataset) few = organisation (9), many = organisation (12);
  g_autoptr (KennisMeasurements) nine = make (few, "team", FALSE), leaders = make (many, "leader", FALSE);
  g_autoptr (KennisMeasurement) team = of_team (nine, GAP, 3);

  CU_ASSERT_EQUAL (kennis_measurement_get_status (team), KENNIS_MEASURE_STATUS_NO_DATA);
  CU_ASSERT_PTR_NOT_NULL (strstr (kennis_measurement_get_note (team, NULL), "ten teams"));
  for (guint i = 0; i < kennis_measurements_get_size (leaders); i++)
    {
      g_autoptr (KennisMeasurement) m = g_list_model_get_item (G_LIST_MODEL (leaders), i);

      CU_ASSERT (isnan (kennis_measurement_get_value (m)));
    }
}

/* A thirteenth team of three: too few to be told of, and so is its gap; the others' are told. */
static void
a_gap_is_withheld_with_either_side (void)
{
  g_autoptr (KennisDataset) d = organisation (13);
  g_autoptr (KennisMeasurements) made = NULL;
  guint n_shown = 0;

  metrics_add (d, KENNIS_TYPE_TEAM, "id", "small", NULL);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);

      metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "team", "small", NULL);
    }
  made = make (d, "team", TRUE);
  for (guint t = 0; t < 13; t++)
    {
      g_autoptr (KennisMeasurement) gap = of_team (made, GAP, t), say = of_team (made, SAY, t),
                                    done = of_team (made, DONE, t);
      gboolean is_withheld = kennis_measurement_get_status (say) == KENNIS_MEASURE_STATUS_WITHHELD
                             || kennis_measurement_get_status (done) == KENNIS_MEASURE_STATUS_WITHHELD;

      CU_ASSERT_EQUAL (kennis_measurement_get_status (gap),
                       is_withheld ? KENNIS_MEASURE_STATUS_WITHHELD : KENNIS_MEASURE_STATUS_OK);
      CU_ASSERT (is_withheld == isnan (kennis_measurement_get_value (gap)));
      n_shown += !is_withheld;
    }
  CU_ASSERT (n_shown >= 10 && n_shown < 13);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "a gap is the difference of two z-scores over teams", a_gap_is_the_difference_of_two_z_scores_over_teams },
    { "under ten teams or in other groups there is none", under_ten_teams_or_in_other_groups_there_is_none },
    { "a gap is withheld with either side", a_gap_is_withheld_with_either_side },
  { "a survey that nobody was asked has no data", a_survey_that_nobody_was_asked_has_no_data },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("gap", tests);
}
