#include "config.h"

#include "kennis-metrics.h"
#include "metric/kennis-culture-private.h"

#include <string.h>

#define TYPE "culture.type"
#define CERTAINTY "culture.certainty"
/* Uptake: hours of 40 and the share of people who took part; exchange: the shares of givers and receivers. */
#define PROFILE                                                                        \
  "[profile]\nid=own\ntitle=Own\nuptake=40\nexchange=50\n"                             \
  "[uptake uptake.hours-per-head]\nlow=0\nhigh=40\nper=year\n"                         \
  "[uptake uptake.participation-rate]\nlow=0\nhigh=1\n"                                \
  "[exchange exchange.giving-rate]\nlow=0\nhigh=1\n"                                   \
  "[exchange exchange.receiving-rate]\nlow=0\nhigh=1\n"

static KennisQuery *
query_new (guint64 seed)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (PROFILE, strlen (PROFILE));
  g_autoptr (KennisProfile) profile = kennis_profile_new_from_bytes (bytes, NULL, NULL);
  KennisQuery *query =
      g_object_new (KENNIS_TYPE_QUERY, "profile", profile, "seed", seed, "period", KENNIS_PERIOD_YEAR, NULL);

  kennis_query_add_metric (query, TYPE);
  kennis_query_add_metric (query, CERTAINTY);
  g_assert_true (kennis_query_set_window (query, "2024", "2024", NULL));
  return query;
}

/* Of n people, learners take 30 hours each, and sharers give to and get from the next of them. */
static KennisDataset *
organisation (guint n, guint learners, guint sharers)
{
  KennisDataset *d = metrics_dataset ();

  metrics_cover (d, "2024-01-01", "2025-01-01");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%02u", i);

      metrics_add (d, KENNIS_TYPE_PERSON, "id", id, NULL);
    }
  for (guint i = 0; i < learners; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%02u", i);

      metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", id, "ended", at ("2024-03-05"), "duration", HOURS (30), "status",
                   KENNIS_STATUS_COMPLETED, NULL);
    }
  for (guint i = 0; i < sharers; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%02u", i), *other = g_strdup_printf ("p%02u", (i + 1) % sharers);

      metrics_add (d, KENNIS_TYPE_SHARING, "giver", id, "receiver", other, "time", at ("2024-05-05"), "kind",
                   KENNIS_SHARING_KIND_DISCUSSION, NULL);
    }
  if (sharers == 0) /* outside of the window: sharing is recorded, and there was none */
    metrics_add (d, KENNIS_TYPE_SHARING, "giver", "p00", "receiver", "p01", "time", at ("2023-05-05"), "kind",
                 KENNIS_SHARING_KIND_DISCUSSION, NULL);
  return d;
}

/* Answers of 1 to 5 about the foundation; `low` is the scale that is answered with `answer`, the others with `other` (0: not at all). */
static void
answer_foundation (KennisDataset *d, guint n, const char *low, guint answer, guint other)
{
  g_autoptr (KennisInstrument) foundation = kennis_instrument_find ("foundation", NULL);
  g_auto (GStrv) items = kennis_instrument_list_items (foundation, NULL);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; items[j] != NULL; j++)
      {
        g_autofree char *id = g_strdup_printf ("p%02u", i);
        gboolean is_low = g_str_equal (kennis_instrument_get_item_scale (foundation, items[j]), low);
        double score = (is_low ? answer : other) + (i % 3 == 0) - (i % 3 == 1);

        if (!is_low && other == 0)
          continue;
        if (kennis_instrument_is_item_reversed (foundation, items[j]))
          score = 6 - score;
        metrics_add (d, KENNIS_TYPE_RESPONSE, "instrument", "foundation", "wave", "2024", "respondent", id, "item",
                     items[j], "score", CLAMP (score, 1, 5), "time", at ("2024-06-05"), NULL);
      }
}

static void
ask (KennisDataset *d, guint n, const char *low, guint answer)
{
  answer_foundation (d, n, low, answer, 4);
}

static void
ask_only (KennisDataset *d, guint n, const char *scale, guint answer)
{
  answer_foundation (d, n, scale, answer, 0);
}

static KennisRawMeasurement
measure (KennisDataset *d, const char *metric)
{
  g_autoptr (KennisQuery) query = query_new (1);
  g_autoptr (KennisMeasureSet) set = metrics_run (d, query, 1);

  return metrics_find (set, metric, NULL);
}

static void
the_two_indices_tell_the_type_where_it_is_clear (void)
{
  static const struct { guint learners, sharers, type; } cases[] = {
    { 5, 0, KENNIS_TYPE_DORMANT }, { 40, 0, KENNIS_TYPE_CULTURE_OF_LEARNING }, { 40, 36, KENNIS_TYPE_LEARNING_CULTURE },
    { 3, 36, KENNIS_TYPE_LEARNING_CULTURE }
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KennisDataset) d = organisation (40, cases[i].learners, cases[i].sharers);
      KennisRawMeasurement m;

      ask (d, 30, "trust", 4);
      m = measure (d, TYPE);
      CU_ASSERT_EQUAL (m.status, KENNIS_MEASURE_STATUS_OK);
      CU_ASSERT (m.value == cases[i].type);
      CU_ASSERT_PTR_NULL (m.note); /* the foundation was measured, and is high */
      CU_ASSERT (measure (d, CERTAINTY).value >= 0.8 && measure (d, CERTAINTY).value <= 1);
    }
}

/* Not asked about, asked of too few to tell an interval, or asked in part: it may be too low. */
static void
without_a_foundation_it_is_undetermined_and_says_what_it_would_be (void)
{
  static const struct { guint learners, sharers; const char *would_be; } cases[] = {
    { 5, 0, "“Dormant”, unless" }, { 40, 0, "“Culture of learning”, unless" }, { 40, 36, "“Learning culture”, unless" }
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint people = 0; people <= 10; people += 10)
      {
        g_autoptr (KennisDataset) d = organisation (40, cases[i].learners, cases[i].sharers);
        KennisRawMeasurement m;

        ask (d, people, "trust", 2);
        m = measure (d, TYPE);
        CU_ASSERT_EQUAL (m.status, KENNIS_MEASURE_STATUS_UNDETERMINED);
        CU_ASSERT (isnan (m.value));
        CU_ASSERT (m.note != NULL && g_str_has_prefix (m.note, cases[i].would_be));
        CU_ASSERT (measure (d, CERTAINTY).value >= 0.8);
      }
}

static void
one_scale_that_is_too_low_is_enough_and_three_that_are_not_are_not (void)
{
  g_autoptr (KennisDataset) low = organisation (40, 40, 36), part = organisation (40, 40, 36);
  KennisRawMeasurement m;

  ask_only (low, 30, "trust", 1);
  m = measure (low, TYPE);
  CU_ASSERT_EQUAL (m.status, KENNIS_MEASURE_STATUS_OK);
  CU_ASSERT (m.value == KENNIS_TYPE_FOUNDATION_TOO_LOW);
  ask_only (part, 30, "trust", 4);
  ask_only (part, 30, "leadership", 4);
  ask_only (part, 30, "autonomy", 4);
  m = measure (part, TYPE);
  CU_ASSERT_EQUAL (m.status, KENNIS_MEASURE_STATUS_UNDETERMINED);
  CU_ASSERT (m.note != NULL && g_str_has_prefix (m.note, "“Learning culture”, unless"));
}

/* Half of the people share: both indicators of exchange have 50 points, and the threshold is 50. */
static void
near_a_border_it_is_undetermined_and_says_between_what (void)
{
  g_autoptr (KennisDataset) d = organisation (40, 40, 20);
  KennisRawMeasurement m = measure (d, TYPE), certainty = measure (d, CERTAINTY);

  CU_ASSERT_EQUAL (m.status, KENNIS_MEASURE_STATUS_UNDETERMINED);
  CU_ASSERT (isnan (m.value));
  CU_ASSERT_PTR_NOT_NULL (strstr (m.note, "“culture of learning” and “learning culture”"));
  CU_ASSERT (certainty.value >= 0.5 && certainty.value < 0.8);
}

static void
a_foundation_that_is_too_low_goes_before_the_rest (void)
{
  g_autoptr (KennisDataset) low = organisation (40, 40, 36);
  KennisRawMeasurement m;

  ask (low, 30, "trust", 2);
  m = measure (low, TYPE);
  CU_ASSERT_EQUAL (m.status, KENNIS_MEASURE_STATUS_OK);
  CU_ASSERT (m.value == KENNIS_TYPE_FOUNDATION_TOO_LOW);
  CU_ASSERT (measure (low, CERTAINTY).value > 0.95);
}

static void
under_twenty_people_or_without_an_index_there_is_none (void)
{
  g_autoptr (KennisDataset) few = organisation (19, 19, 18), no_exchange = organisation (40, 40, 0);
  g_autoptr (KennisDataset) silent = metrics_dataset ();

  CU_ASSERT_EQUAL (measure (few, TYPE).status, KENNIS_MEASURE_STATUS_TOO_FEW);
  CU_ASSERT_EQUAL (measure (few, CERTAINTY).status, KENNIS_MEASURE_STATUS_TOO_FEW);
  ask (no_exchange, 30, "trust", 4);
  CU_ASSERT_EQUAL (measure (no_exchange, TYPE).status, KENNIS_MEASURE_STATUS_OK);
  metrics_cover (silent, "2024-01-01", "2025-01-01");
  metrics_add (silent, KENNIS_TYPE_PERSON, "id", "anna", NULL);
  CU_ASSERT_EQUAL (measure (silent, TYPE).status, KENNIS_MEASURE_STATUS_NO_DATA);
}

static void
draws_are_the_same_on_any_number_of_threads_and_differ_by_seed (void)
{
  g_autoptr (KennisDataset) d = organisation (40, 40, 20);
  g_autoptr (KennisQuery) query = query_new (1), again = query_new (1), other = query_new (2);
  g_autoptr (KennisMeasureSet) one = metrics_run (d, query, 1), four = metrics_run (d, again, 4),
                               seed = metrics_run (d, other, 1);

  CU_ASSERT (metrics_find (one, CERTAINTY, NULL).value == metrics_find (four, CERTAINTY, NULL).value);
  CU_ASSERT (metrics_find (one, CERTAINTY, NULL).value != metrics_find (seed, CERTAINTY, NULL).value);
}

static void
a_category_has_an_id_and_words (void)
{
  g_autoptr (KennisMetric) type = kennis_metric_lookup (TYPE), gini = kennis_metric_lookup ("uptake.gini");
  g_auto (GStrv) ids = kennis_metric_list_categories (type), none = kennis_metric_list_categories (gini);
  g_autoptr (KennisDataset) d = organisation (40, 40, 36);
  g_autoptr (KennisSummary) summary = NULL;
  g_autoptr (KennisQuery) query = query_new (1);
  g_autoptr (KennisMeasurements) made = NULL;
  g_autoptr (KennisMeasurement) m = NULL, c = NULL;
  g_auto (GStrv) texts = NULL;

  ask (d, 30, "trust", 4);
  summary = kennis_summary_make (d, NULL, 1, NULL, NULL, NULL, NULL);
  made = kennis_measurements_make (summary, &query, 1, 1, NULL, NULL, NULL, NULL);
  m = kennis_measurements_find (made, TYPE, NULL, "2024");
  c = kennis_measurements_find (made, CERTAINTY, NULL, "2024");
  texts = kennis_measurements_get_texts (made, "value-name", NULL);
  CU_ASSERT_EQUAL (kennis_metric_get_unit (type), KENNIS_UNIT_CATEGORY);
  CU_ASSERT_EQUAL (g_strv_length (ids), KENNIS_N_TYPES);
  CU_ASSERT_EQUAL (g_strv_length (none), 0);
  assert_text (ids[KENNIS_TYPE_LEARNING_CULTURE], "learning-culture");
  assert_text (kennis_metric_get_category_title (type, "learning-culture", NULL), "learning culture");
  CU_ASSERT_PTR_NULL (kennis_metric_get_category_title (type, "nothing", "nl"));
  assert_text (kennis_measurement_get_category (m), "learning-culture");
  CU_ASSERT_PTR_NULL (kennis_measurement_get_category (c));
  CU_ASSERT_EQUAL (g_strv_length (texts), 1);
  assert_text (texts[0], "learning-culture");
}

/* One of forty has nearly all hours: the type would tell of them. */
static void
a_type_is_withheld_with_any_of_what_it_is_made_of (void)
{
  g_autoptr (KennisDataset) d = organisation (40, 40, 36);
  g_autoptr (KennisSummary) summary = NULL;
  g_autoptr (KennisQuery) query = query_new (1);
  g_autoptr (KennisMeasurements) made = NULL;

  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", "p00", "ended", at ("2024-03-07"), "duration", HOURS (8000), "status",
               KENNIS_STATUS_COMPLETED, NULL);
  summary = kennis_summary_make (d, NULL, 1, NULL, NULL, NULL, NULL);
  made = kennis_measurements_make (summary, &query, 1, 1, NULL, NULL, NULL, NULL);
  CU_ASSERT_EQUAL (kennis_measurements_get_size (made), 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KennisMeasurement) m = g_list_model_get_item (G_LIST_MODEL (made), i);

      CU_ASSERT_EQUAL (kennis_measurement_get_status (m), KENNIS_MEASURE_STATUS_WITHHELD);
      CU_ASSERT (isnan (kennis_measurement_get_value (m)));
      CU_ASSERT_PTR_NULL (kennis_measurement_get_category (m));
    }
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "the two indices tell the type where it is clear", the_two_indices_tell_the_type_where_it_is_clear },
    { "near a border it is undetermined and says between what", near_a_border_it_is_undetermined_and_says_between_what },
    { "without a foundation it is undetermined and says what it would be",
      without_a_foundation_it_is_undetermined_and_says_what_it_would_be },
    { "one scale that is too low is enough and three that are not are not",
      one_scale_that_is_too_low_is_enough_and_three_that_are_not_are_not },
    { "a foundation that is too low goes before the rest", a_foundation_that_is_too_low_goes_before_the_rest },
    { "under twenty people or without an index there is none", under_twenty_people_or_without_an_index_there_is_none },
    { "draws are the same on any number of threads and differ by seed",
      draws_are_the_same_on_any_number_of_threads_and_differ_by_seed },
    { "a category has an id and words", a_category_has_an_id_and_words },
    { "a type is withheld with any of what it is made of", a_type_is_withheld_with_any_of_what_it_is_made_of },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("culture-type", tests);
}
