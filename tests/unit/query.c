#include "config.h"

#include "kennis-metrics.h"

static void
a_new_query_has_the_agreed_defaults (void)
{
  g_autoptr (KennisQuery) query = kennis_query_new ();
  guint minimum, surveys, replicates;
  double level;
  guint64 seed;
  KennisPeriod period;
  gboolean contact;

  g_object_get (query, "minimum-group", &minimum, "minimum-survey-group", &surveys, "replicates", &replicates,
                "confidence-level", &level, "seed", &seed, "period", &period, "admit-contact", &contact, NULL);
  CU_ASSERT_EQUAL (minimum, 5);
  CU_ASSERT_EQUAL (surveys, 8);
  CU_ASSERT_EQUAL (replicates, 999);
  assert_near (level, 0.95);
  CU_ASSERT_EQUAL (seed, 1);
  CU_ASSERT_EQUAL (period, KENNIS_PERIOD_ALL);
  CU_ASSERT_FALSE (contact);
}

static void
properties_come_back_as_set (void)
{
  g_autoptr (KennisQuery) query =
      g_object_new (KENNIS_TYPE_QUERY, "period", KENNIS_PERIOD_QUARTER, "seed", (guint64) 7, "confidence-level", 0.9,
                    "replicates", 99, "admit-contact", TRUE, "access-attribute", "gender", NULL);
  g_auto (GStrv) metrics = NULL;
  g_autofree char *access = NULL;
  KennisPeriod period;
  double level;

  kennis_query_add_metric (query, "uptake.*");
  g_object_get (query, "period", &period, "confidence-level", &level, "access-attribute", &access, "metrics", &metrics,
                NULL);
  CU_ASSERT_EQUAL (period, KENNIS_PERIOD_QUARTER);
  assert_near (level, 0.9);
  assert_text (access, "gender");
  assert_text (metrics[0], "uptake.*");
  CU_ASSERT_PTR_NULL (metrics[1]);
}

static void
a_bad_date_says_what_is_accepted (void)
{
  g_autoptr (KennisQuery) query = kennis_query_new ();
  const char *bad[] = {
    "", "2024-13", "2024-02-30", "24-01-01", "2024/01/01", "yesterday", "1800", "2024-1", "\xff\xfe"
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      CU_ASSERT_FALSE (kennis_query_set_window (query, bad[i], NULL, &error));
      CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
      CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "accepted is 2024"));
      CU_ASSERT (g_utf8_validate (error->message, -1, NULL));
    }
}

static void
an_empty_window_is_refused (void)
{
  g_autoptr (KennisQuery) query = kennis_query_new ();
  g_autoptr (GError) error = NULL;

  CU_ASSERT_FALSE (kennis_query_set_window (query, "2024-03", "2024-02", &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
  CU_ASSERT (kennis_query_set_window (query, "2024-02-29", "2024-02-01", NULL));
  CU_ASSERT (kennis_query_set_window (query, NULL, NULL, NULL));
}

static void
a_minimum_under_three_must_be_meant (void)
{
  g_autoptr (KennisQuery) query = kennis_query_new ();
  g_autoptr (GError) error = NULL;
  guint minimum;

  CU_ASSERT_FALSE (kennis_query_set_minimum_group (query, 2, FALSE, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
  CU_ASSERT_FALSE (kennis_query_set_minimum_group (query, 0, TRUE, NULL));
  CU_ASSERT (kennis_query_set_minimum_group (query, 1, TRUE, NULL));
  CU_ASSERT (kennis_query_set_minimum_group (query, 3, FALSE, NULL));
  g_object_get (query, "minimum-group", &minimum, NULL);
  CU_ASSERT_EQUAL (minimum, 3);
}

static void
values_are_read_and_set_from_c_too (void)
{
  g_autoptr (KennisQuery) query = kennis_query_new ();

  kennis_query_set_period (query, KENNIS_PERIOD_QUARTER);
  kennis_query_set_minimum_survey_group (query, 12);
  kennis_query_set_confidence_level (query, 0.9);
  kennis_query_set_seed (query, G_MAXUINT64);
  kennis_query_set_replicates (query, 99);
  kennis_query_set_admit_contact (query, TRUE);
  kennis_query_set_access_attribute (query, "level");
  CU_ASSERT_EQUAL (kennis_query_get_period (query), KENNIS_PERIOD_QUARTER);
  CU_ASSERT_EQUAL (kennis_query_get_minimum_group (query), 5);
  CU_ASSERT_EQUAL (kennis_query_get_minimum_survey_group (query), 12);
  CU_ASSERT_EQUAL (kennis_query_get_confidence_level (query), 0.9);
  CU_ASSERT_EQUAL (kennis_query_get_seed (query), G_MAXUINT64);
  CU_ASSERT_EQUAL (kennis_query_get_replicates (query), 99);
  CU_ASSERT (kennis_query_get_admit_contact (query));
  CU_ASSERT_STRING_EQUAL (kennis_query_get_access_attribute (query), "level");
  kennis_query_set_access_attribute (query, NULL);
  CU_ASSERT_PTR_NULL (kennis_query_get_access_attribute (query));
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "a new query has the agreed defaults", a_new_query_has_the_agreed_defaults },
    { "properties come back as set", properties_come_back_as_set },
    { "a bad date says what is accepted", a_bad_date_says_what_is_accepted },
    { "an empty window is refused", an_empty_window_is_refused },
    { "a minimum under three must be meant", a_minimum_under_three_must_be_meant },
    { "values are read and set from C too", values_are_read_and_set_from_c_too },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("query", tests);
}
