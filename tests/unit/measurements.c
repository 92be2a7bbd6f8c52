#include "config.h"

#include "kennis-metrics.h"

/* Two teams, of 12 and of 3 people, who all learned 3 hours in January and February 2024. */
static KennisSummary *
summary (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  g_autoptr (GError) error = NULL;
  KennisSummary *made;

  metrics_add (d, KENNIS_TYPE_TEAM, "id", "big", NULL);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "other", NULL);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "small", NULL);
  metrics_cover (d, "2024-01-01", "2024-03-01");
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%02u", i);

      metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "team",
                   i < 3    ? "small"
                   : i < 18 ? "big"
                            : "other",
                   "fte", 1.0, NULL);
      for (guint m = 1; m <= 2; m++)
        {
          g_autofree char *day = g_strdup_printf ("2024-%02u-10", m);
          g_autofree char *key = g_strdup_printf ("%s-%u", id, m);

          metrics_add (d, KENNIS_TYPE_ACTIVITY, "id", key, "person", id, "ended", at (day), "duration", HOURS (1.5),
                       "status", KENNIS_STATUS_COMPLETED, NULL);
        }
    }
  made = kennis_summary_make (d, NULL, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return made;
}

static KennisQuery *
query (void)
{
  KennisQuery *q = kennis_query_new ();
  const char *const team[] = { "team", NULL };

  kennis_query_add_metric (q, "uptake.*");
  kennis_query_add_grouping (q, team);
  g_assert_true (kennis_query_set_window (q, "2024-01", "2024-02", NULL));
  g_object_set (q, "period", KENNIS_PERIOD_MONTH, NULL);
  return q;
}

static KennisMeasurements *
measured (void)
{
  g_autoptr (KennisSummary) s = summary ();
  g_autoptr (KennisQuery) q = query ();
  g_autoptr (GError) error = NULL;
  KennisMeasurements *m = kennis_measurements_make (s, &q, 1, 1, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return m;
}

static void
a_value_is_found_by_metric_group_and_period (void)
{
  g_autoptr (KennisMeasurements) all = measured ();
  const char *const group[] = { "team=big", NULL };
  g_autoptr (KennisMeasurement) m = kennis_measurements_find (all, "uptake.hours-per-head", NULL, "2024-02");
  g_autoptr (KennisMeasurement) none = kennis_measurements_find (all, "uptake.hours-per-head", group, "2024-05");
  g_autoptr (KennisMetric) metric = NULL;

  CU_ASSERT_PTR_NULL (none);
  CU_ASSERT_PTR_NOT_NULL_FATAL (m);
  metric = kennis_measurement_get_metric (m);
  assert_text (kennis_metric_get_id (metric), "uptake.hours-per-head");
  assert_near (kennis_measurement_get_value (m), 1.5);
  CU_ASSERT_EQUAL (kennis_measurement_get_n (m), 30);
  assert_text (kennis_measurement_get_period (m), "2024-02");
  CU_ASSERT_EQUAL (kennis_measurement_get_from (m), at ("2024-02-01"));
  CU_ASSERT_EQUAL (kennis_measurement_get_to (m), at ("2024-03-01"));
}

static void
a_small_team_is_withheld_and_takes_another_with_it (void)
{
  g_autoptr (KennisMeasurements) all = measured ();
  const char *const small[] = { "team=small", NULL }, *const other[] = { "team=other", NULL };
  g_autoptr (KennisMeasurement) m = kennis_measurements_find (all, "uptake.hours-per-head", small, "2024-01");
  g_autoptr (KennisMeasurement) o = kennis_measurements_find (all, "uptake.hours-per-head", other, "2024-01");

  CU_ASSERT_FATAL (m != NULL && o != NULL);
  CU_ASSERT_EQUAL (kennis_measurement_get_status (m), KENNIS_MEASURE_STATUS_WITHHELD);
  CU_ASSERT_EQUAL (kennis_measurement_get_status (o), KENNIS_MEASURE_STATUS_WITHHELD);
  CU_ASSERT (isnan (kennis_measurement_get_value (m)) && isnan (kennis_measurement_get_coverage (m)));
  CU_ASSERT_EQUAL (kennis_measurement_get_n (m), -1);
  CU_ASSERT_PTR_NOT_NULL (kennis_measurement_get_note (m, "nl"));
  assert_text (kennis_measurement_get_attribute (m, "team"), "small");
  CU_ASSERT_PTR_NULL (kennis_measurement_get_attribute (m, "role"));
}

static void
columns_say_what_the_objects_say (void)
{
  g_autoptr (KennisMeasurements) all = measured ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) values = kennis_measurements_get_column (all, "value", NULL),
                     ns = kennis_measurements_get_column (all, "n", NULL);
  g_autoptr (GBytes) teams = kennis_measurements_get_column (all, "team", NULL);
  g_autoptr (GBytes) statuses = kennis_measurements_get_column (all, "status", NULL);
  g_auto (GStrv) texts = kennis_measurements_get_texts (all, "team", NULL),
                 words = kennis_measurements_get_texts (all, "status", NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (all));

  CU_ASSERT_EQUAL (n, kennis_measurements_get_size (all));
  CU_ASSERT_FATAL (n > 0 && g_bytes_get_size (values) == n * sizeof (double)
                   && g_bytes_get_size (ns) == n * sizeof (gint64) && g_bytes_get_size (teams) == n * sizeof (guint32)
                   && g_bytes_get_size (statuses) == n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KennisMeasurement) m = g_list_model_get_item (G_LIST_MODEL (all), i);
      double value = ((const double *) g_bytes_get_data (values, NULL))[i], own = kennis_measurement_get_value (m);
      guint32 team = ((const guint32 *) g_bytes_get_data (teams, NULL))[i];

      CU_ASSERT (value == own || (isnan (value) && isnan (own)));
      CU_ASSERT_EQUAL (((const gint64 *) g_bytes_get_data (ns, NULL))[i], kennis_measurement_get_n (m));
      assert_text (team == G_MAXUINT32 ? NULL : texts[team], kennis_measurement_get_attribute (m, "team"));
      CU_ASSERT_EQUAL (((const guint8 *) g_bytes_get_data (statuses, NULL))[i], kennis_measurement_get_status (m));
    }
  assert_text (words[KENNIS_MEASURE_STATUS_WITHHELD], "withheld");
  /* Nobody asked for departments, which a metric compares. */
  g_auto (GStrv) names = kennis_measurements_get_columns (all);
  CU_ASSERT (g_strv_contains ((const char *const *) names, "team"));
  CU_ASSERT_FALSE (g_strv_contains ((const char *const *) names, "department"));
  CU_ASSERT_PTR_NULL (kennis_measurements_get_column (all, "colour", &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID)
             && strstr (error->message, "coverage") != NULL);
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
told (double fraction, gpointer data)
{
  *(double *) data = fraction;
}

static void
freed (gpointer data)
{
  *(double *) data += 10;
}

static void
measuring_in_other_threads_gives_the_same_or_is_cancelled (void)
{
  g_autoptr (KennisMeasurements) here = measured (), there = NULL;
  g_autoptr (KennisSummary) s = summary ();
  g_autoptr (KennisQuery) q = query ();
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  double fraction = -1;

  kennis_measurements_make_async (s, &q, 1, 2, told, &fraction, freed, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  there = kennis_measurements_make_finish (result, &error);
  g_assert_no_error (error);
  CU_ASSERT (fraction >= 9);
  g_autoptr (GBytes) a = kennis_measurements_get_column (here, "value", NULL),
                     b = kennis_measurements_get_column (there, "value", NULL);
  CU_ASSERT_EQUAL (g_bytes_get_size (a), g_bytes_get_size (b));
  CU_ASSERT (memcmp (g_bytes_get_data (a, NULL), g_bytes_get_data (b, NULL), g_bytes_get_size (a)) == 0);

  g_cancellable_cancel (cancelled);
  CU_ASSERT_PTR_NULL (kennis_measurements_make (s, &q, 1, 1, NULL, NULL, cancelled, &error));
  CU_ASSERT (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

static CU_TestInfo tests[] = {
  { "a value is found by metric, group and period", a_value_is_found_by_metric_group_and_period },
  { "a small team is withheld and takes another with it", a_small_team_is_withheld_and_takes_another_with_it },
  { "columns say what the objects say", columns_say_what_the_objects_say },
  { "measuring in other threads gives the same, or is cancelled", measuring_in_other_threads_gives_the_same_or_is_cancelled },
  CU_TEST_INFO_NULL,
};

int
main (void)
{
  return kennis_test_main ("measurements", tests);
}
