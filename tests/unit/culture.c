#include "config.h"

#include "kennis-metrics.h"

#include <string.h>

#define UPTAKE "culture.uptake-index"
#define EXCHANGE "culture.exchange-index"
#define PROFILE                                                                                   \
  "[profile]\nid=own\ntitle=Own\n"                                                                \
  "[uptake uptake.hours-per-head]\nweight=3\nlow=0\nhigh=40\nper=year\n"                          \
  "[uptake uptake.participation-rate]\nweight=1\nlow=0\nhigh=1\n"                                 \
  "[exchange exchange.sessions-per-head]\nweight=1\nlow=10\nhigh=0\n"                             \
  "[exchange exchange.giving-rate]\nweight=1\nlow=0\nhigh=1\n"

static KennisProfile *
profile_of (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  KennisProfile *profile = kennis_profile_new_from_bytes (bytes, NULL, &error);

  g_assert_no_error (error);
  return profile;
}

static KennisQuery *
query_of (const char *profile, const char *from, const char *to)
{
  KennisQuery *query = kennis_query_new ();
  g_autoptr (KennisProfile) own = profile_of (profile);

  kennis_query_add_metric (query, "culture.*-index");
  kennis_query_set_profile (query, own);
  g_assert_true (kennis_query_set_window (query, from, to, NULL));
  return query;
}

static void
add_people (KennisDataset *d, guint n)
{
  metrics_cover (d, "2024-01-01", "2025-01-01");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%02u", i);

      metrics_add (d, KENNIS_TYPE_PERSON, "id", id, NULL);
    }
}

static void
learn (KennisDataset *d, guint who, const char *day, double hours)
{
  g_autofree char *id = g_strdup_printf ("p%02u", who);

  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", id, "ended", at (day), "duration", HOURS (hours), "status",
               KENNIS_STATUS_COMPLETED, NULL);
}

static void
share (KennisDataset *d, guint giver, guint receiver, const char *day)
{
  g_autofree char *from = g_strdup_printf ("p%02u", giver), *to = g_strdup_printf ("p%02u", receiver);

  metrics_add (d, KENNIS_TYPE_SHARING, "giver", from, "receiver", to, "time", at (day), "kind",
               KENNIS_SHARING_KIND_DISCUSSION, NULL);
}

/* Ten people; five learn 16 hours each in the year: 8 hours per head, 20 points of 40 hours; half takes part, 50 points.
 * exp((3 ln 20 + ln 50)/4).  One session of two people: 0.2 per head, 98 points where 10 is 0 points; one of ten gives: 10 points. */
static void
an_index_is_the_weighted_geometric_mean_of_points (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  g_autoptr (KennisQuery) query = query_of (PROFILE, "2024", "2024");
  g_autoptr (KennisMeasureSet) set = NULL;

  add_people (d, 10);
  for (guint i = 0; i < 5; i++)
    learn (d, i, "2024-03-05", 16);
  share (d, 0, 1, "2024-04-05");
  set = metrics_run (d, query, 1);
  assert_value (metrics_find (set, UPTAKE, NULL), exp ((3 * log (20) + log (50)) / 4));
  assert_value (metrics_find (set, EXCHANGE, NULL),
                sqrt (100 * (10 - metrics_find (set, "exchange.sessions-per-head", NULL).value) / 10 * 10));
  CU_ASSERT_EQUAL (metrics_find (set, UPTAKE, NULL).n, 10);
  CU_ASSERT (isnan (metrics_find (set, UPTAKE, NULL).lower)); /* ten people */
}

/* In half a year 8 hours are 16 a year: 40 points.  Nobody shares: 1 point of giving, not 0; no sessions are 100 points. */
static void
what_grows_with_time_is_taken_to_a_year_and_nothing_is_one_point (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  g_autoptr (KennisQuery) query = query_of (PROFILE, "2024-01", "2024-06");
  g_autoptr (KennisMeasureSet) set = NULL;

  add_people (d, 10);
  for (guint i = 0; i < 10; i++)
    learn (d, i, "2024-03-05", 8);
  share (d, 0, 1, "2024-09-05");
  set = metrics_run (d, query, 1);
  assert_value (metrics_find (set, UPTAKE, NULL), exp ((3 * log (40) + log (100)) / 4));
  assert_value (metrics_find (set, EXCHANGE, NULL), sqrt (1.0 * 100));
}

/* Durations are not recorded: a quarter of the weight is left.  With the weights turned round three quarters are. */
static void
under_seventy_per_cent_of_weight_there_is_none (void)
{
  static const char *const weights[] = { "weight=3", "weight=0.333333333333" };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KennisDataset) d = metrics_dataset ();
      g_auto (GStrv) parts = g_strsplit (PROFILE, "weight=3", 2);
      g_autofree char *profile = g_strconcat (parts[0], weights[i], parts[1], NULL);
      g_autoptr (KennisQuery) query = query_of (profile, "2024", "2024");
      g_autoptr (KennisMeasureSet) set = NULL;
      KennisRawMeasurement m;

      add_people (d, 10);
      metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", "p00", "ended", at ("2024-03-05"), "status",
                   KENNIS_STATUS_COMPLETED, NULL);
      set = metrics_run (d, query, 1);
      m = metrics_find (set, UPTAKE, NULL);
      CU_ASSERT_EQUAL (m.status, i == 0 ? KENNIS_MEASURE_STATUS_NO_DATA : KENNIS_MEASURE_STATUS_OK);
      CU_ASSERT_PTR_NOT_NULL (m.note);
      CU_ASSERT (i == 0 ? isnan (m.value) && strstr (m.note, "70%") != NULL : fabs (m.value - 10) < 1e-9);
    }
}

static KennisDataset *
forty_people (void)
{
  KennisDataset *d = metrics_dataset ();

  add_people (d, 40);
  for (guint i = 0; i < 40; i++)
    {
      learn (d, i, "2024-03-05", 1 + i % 7);
      if (i % 3 != 0)
        share (d, i, (i + 1) % 40, "2024-05-05");
    }
  return d;
}

static void
the_interval_is_the_same_on_any_number_of_threads (void)
{
  g_autoptr (KennisDataset) d = forty_people ();
  g_autoptr (KennisQuery) query = query_of (PROFILE, "2024", "2024"), other = query_of (PROFILE, "2024", "2024");
  g_autoptr (KennisMeasureSet) one = metrics_run (d, query, 1), four = metrics_run (d, query, 4), seed = NULL;
  KennisRawMeasurement a = metrics_find (one, UPTAKE, NULL), b = metrics_find (four, UPTAKE, NULL);

  CU_ASSERT (a.lower < a.value && a.value < a.upper);
  CU_ASSERT (a.value == b.value && a.lower == b.lower && a.upper == b.upper);
  kennis_query_set_seed (other, 2);
  seed = metrics_run (d, other, 1);
  CU_ASSERT (metrics_find (seed, UPTAKE, NULL).lower != a.lower);
}

static KennisMeasurements *
make (KennisDataset *d, KennisQuery *query)
{
  g_autoptr (KennisSummary) summary = kennis_summary_make (d, NULL, 1, NULL, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  KennisMeasurements *made = kennis_measurements_make (summary, &query, 1, 1, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return made;
}

static void
what_nobody_asked_for_is_not_told (void)
{
  g_autoptr (KennisDataset) d = forty_people ();
  g_autoptr (KennisQuery) query = query_of (PROFILE, "2024", "2024");
  g_autoptr (KennisMeasurements) made = make (d, query);

  CU_ASSERT_EQUAL (kennis_measurements_get_size (made), 2);
  CU_ASSERT_PTR_NULL (kennis_measurements_find (made, "uptake.hours-per-head", NULL, "2024"));
  g_object_unref (g_steal_pointer (&made));
  kennis_query_add_metric (query, "uptake.hours-per-head");
  made = make (d, query);
  CU_ASSERT_EQUAL (kennis_measurements_get_size (made), 3);
}

/* One of forty has nearly all hours: these are withheld, and with them the index that is made of them, and not the other index. */
static void
an_index_is_withheld_with_any_of_its_indicators (void)
{
  g_autoptr (KennisDataset) d = forty_people ();
  g_autoptr (KennisQuery) query = query_of (PROFILE, "2024", "2024");
  g_autoptr (KennisMeasurements) made = NULL;
  g_autoptr (KennisMeasurement) hours = NULL, uptake = NULL, exchange = NULL;

  learn (d, 0, "2024-03-07", 5000);
  kennis_query_add_metric (query, "uptake.hours-per-head");
  kennis_query_set_period (query, KENNIS_PERIOD_YEAR);
  made = make (d, query);
  hours = kennis_measurements_find (made, "uptake.hours-per-head", NULL, "2024");
  uptake = kennis_measurements_find (made, UPTAKE, NULL, "2024");
  exchange = kennis_measurements_find (made, EXCHANGE, NULL, "2024");
  CU_ASSERT_EQUAL (kennis_measurement_get_status (hours), KENNIS_MEASURE_STATUS_WITHHELD);
  CU_ASSERT_EQUAL (kennis_measurement_get_status (uptake), KENNIS_MEASURE_STATUS_WITHHELD);
  CU_ASSERT (isnan (kennis_measurement_get_value (uptake)) && isnan (kennis_measurement_get_lower (uptake)));
  CU_ASSERT_EQUAL (kennis_measurement_get_status (exchange), KENNIS_MEASURE_STATUS_OK);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "an index is the weighted geometric mean of points", an_index_is_the_weighted_geometric_mean_of_points },
    { "what grows with time is taken to a year and nothing is one point",
      what_grows_with_time_is_taken_to_a_year_and_nothing_is_one_point },
    { "under seventy per cent of weight there is none", under_seventy_per_cent_of_weight_there_is_none },
    { "the interval is the same on any number of threads", the_interval_is_the_same_on_any_number_of_threads },
    { "what nobody asked for is not told", what_nobody_asked_for_is_not_told },
    { "an index is withheld with any of its indicators", an_index_is_withheld_with_any_of_its_indicators },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("culture", tests);
}
