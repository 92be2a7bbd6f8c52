#include "config.h"

#include <math.h>
#include <string.h>

#include "kennis-metrics.h"

/* Five people of two teams.
 *
 *   xml   anna, bram, dirk       rust  bram       ada   eva
 *   cleo learned go for 10 hours in June 2024 */
static KennisSummary *
make_summary (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  const struct
  {
    const char *id, *team, *role;
  } people[] = { { "anna", "A", "dev" },
                 { "bram", "A", "dev" },
                 { "cleo", "A", "ops" },
                 { "dirk", "B", "dev" },
                 { "eva", "B", "ops" } };
  const struct
  {
    const char *id, *topic;
  } knows[] = { { "anna", "xml" }, { "bram", "xml" }, { "dirk", "xml" }, { "bram", "rust" }, { "eva", "ada" } };
  const char *told[][2] = {
    { "anna", "bram" }, { "bram", "cleo" }, { "cleo", "dirk" }, { "bram", "anna" }, { "eva", "dirk" }
  };

  metrics_add (d, KENNIS_TYPE_TEAM, "id", "A", NULL);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "B", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    metrics_add (d, KENNIS_TYPE_PERSON, "id", people[i].id, "team", people[i].team, "role", people[i].role, "fte", 1.0,
                 NULL);
  for (guint i = 0; i < G_N_ELEMENTS (knows); i++)
    metrics_add (d, KENNIS_TYPE_HOLDING, "person", knows[i].id, "topic", knows[i].topic, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    metrics_add (d, KENNIS_TYPE_SHARING, "giver", told[i][0], "receiver", told[i][1], "time", at ("2024-10-01"), NULL);
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", "cleo", "topic", "go", "ended", at ("2024-06-10"), "duration",
               HOURS (10.0), "status", KENNIS_STATUS_COMPLETED, NULL);
  metrics_add (d, KENNIS_TYPE_NEED, "topic", "rust", "team", "A", "role", "ops", "people", (gint64) 1, NULL);
  return kennis_summary_make (d, NULL, 1, NULL, NULL, NULL, NULL);
}

static KennisRetention *
make (void)
{
  g_autoptr (KennisSummary) summary = make_summary ();

  return kennis_retention_make (summary, KENNIS_UNKNOWN, 730, 8, NULL, NULL);
}

static guint32
find (KennisRetention *self,
      const char      *id)
{
  return (guint32) kennis_retention_find_person (self, id);
}

static guint32
value (GBytes *bytes,
       guint   i)
{
  return ((const guint32 *) g_bytes_get_data (bytes, NULL))[i];
}

static void
it_tells_who_holds_what (void)
{
  g_autoptr (KennisRetention) self = make ();
  g_autoptr (GBytes) topics = NULL, people = kennis_retention_list_holders (self, &topics);
  guint least;

  CU_ASSERT_EQUAL (kennis_retention_get_n_people (self), 5);
  CU_ASSERT_EQUAL (kennis_retention_get_n_topics (self), 4);
  CU_ASSERT_EQUAL_FATAL (g_bytes_get_size (people), 6 * 4);
  /* ada, go, rust, xml */
  assert_text (kennis_retention_get_topic (self, value (topics, 0)), "ada");
  assert_text (kennis_retention_get_person (self, value (people, 0)), "eva");
  assert_text (kennis_retention_get_person (self, value (people, 1)), "cleo");
  assert_text (kennis_retention_get_person (self, value (people, 5)), "dirk");
  CU_ASSERT_EQUAL (kennis_retention_find_topic (self, "cobol"), -1);
  assert_near (kennis_retention_get_single_holder_share (self), 3.0 / 4);
  assert_near (kennis_retention_get_coverage (self), 6.0 / 4);
  /* Three of four: bram, cleo and eva. */
  CU_ASSERT_EQUAL (kennis_retention_get_bus_factor (self, &least, NULL, NULL), 3);
  CU_ASSERT_EQUAL (least, 3);
}

/* Go: 10 · 2^(−138/h); the end of October is 138 days after the middle of June.  h = 100: 3.84; h = 730: 8.77; never: 10. */
static void
it_tells_what_hangs_on_the_choices (void)
{
  g_autoptr (KennisRetention) self = make ();
  const double half_lives[] = { 100, 730, 0 }, thresholds[] = { 3, 8, 9 };
  g_autoptr (GBytes) bytes = kennis_retention_sensitivity (self, half_lives, 3, thresholds, 3, NULL, NULL);
  const double *rows = g_bytes_get_data (bytes, NULL);
  const double held[] = { 4, 3, 3, 4, 4, 3, 4, 4, 4 };

  for (guint i = 0; i < 9; i++)
    {
      assert_near (rows[3 * i], held[i]);
      assert_near (rows[3 * i + 1], (held[i] - 1) / held[i]);
      assert_near (rows[3 * i + 2], (held[i] + 2) / held[i]);
    }
}

static void
it_tells_what_would_be_lost_without_a_person_or_team (void)
{
  g_autoptr (KennisRetention) self = make ();
  g_autoptr (GBytes) team = kennis_retention_list_team (self, "A", NULL), one = NULL, all = NULL;
  guint32 bram = find (self, "bram");
  g_autoptr (GError) error = NULL;

  one = kennis_retention_lost_without (self, &bram, 1);
  CU_ASSERT_EQUAL_FATAL (g_bytes_get_size (one), 4);
  assert_text (kennis_retention_get_topic (self, value (one, 0)), "rust");
  CU_ASSERT_EQUAL_FATAL (g_bytes_get_size (team), 12);
  all = kennis_retention_lost_without (self, g_bytes_get_data (team, NULL), 3);
  CU_ASSERT_EQUAL_FATAL (g_bytes_get_size (all), 8);
  assert_text (kennis_retention_get_topic (self, value (all, 0)), "go");
  CU_ASSERT_PTR_NULL (kennis_retention_list_team (self, "Z", &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE));
}

/* ops 0.5, others 0.1: xml 0.1³, rust 0.1, go 0.5, ada 0.5. */
static void
loss_goes_by_the_groups_probability (void)
{
  g_autoptr (KennisRetention) self = make ();
  const char *groups[] = { "ops", NULL };
  const double half = 0.5, wrong = 2;
  g_autoptr (GError) error = NULL;

  assert_near (kennis_retention_expected_loss (self, "role", groups, &half, 1, 0.1, NULL), 1.101);
  assert_near (kennis_retention_expected_loss (self, NULL, NULL, NULL, 0, 1, NULL), 4);
  CU_ASSERT_TRUE (isnan (kennis_retention_expected_loss (self, "role", groups, &wrong, 1, 0.1, &error)));
  assert_text (error->message, "The probability is 2; it must be from 0 to 1");
  g_clear_error (&error);
  CU_ASSERT_TRUE (isnan (kennis_retention_expected_loss (self, "role", groups, NULL, 0, 0.1, &error)));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
}

/* All alike (0.2): ada, go and rust lose most with 0.2; each learner lowers that by 0.16.  Rust is needed of ops in A: cleo learns it, from bram. */
static void
lessons_say_who_should_learn_what_from_whom (void)
{
  g_autoptr (KennisRetention) self = make ();
  g_autoptr (GBytes) topics = NULL, teachers = NULL, learners = NULL, gains = NULL;
  guint found = 0;

  gains = kennis_retention_lessons (self, NULL, NULL, NULL, 0, 0.2, 3, &topics, &teachers, &learners, NULL, NULL);
  CU_ASSERT_EQUAL_FATAL (g_bytes_get_size (gains), 24);
  for (guint i = 0; i < 3; i++)
    {
      assert_near (((const double *) g_bytes_get_data (gains, NULL))[i], 0.16);
      if (strcmp (kennis_retention_get_topic (self, value (topics, i)), "rust") != 0)
        continue;
      found++;
      assert_text (kennis_retention_get_person (self, value (teachers, i)), "bram");
      assert_text (kennis_retention_get_person (self, value (learners, i)), "cleo");
    }
  CU_ASSERT_EQUAL (found, 1);
}

/* Ties: anna ⇄ bram, bram → cleo → dirk ← eva: a chain.  By degree bram (3) goes first: 4 of 5 are left with rust lost, cleo–dirk–eva hold together; then dirk
 * (2): anna, cleo, eva alone, xml has anna.  Cleo lies on most paths (anna and bram to dirk: 2; bram: anna to cleo and dirk: 2): bram, as the first, leaves first. */
static void
the_curve_of_robustness_is_that_by_hand (void)
{
  g_autoptr (KennisSummary) summary = make_summary ();
  g_autoptr (KennisRetention) self = kennis_retention_make (summary, KENNIS_UNKNOWN, 730, 8, NULL, NULL);
  g_autoptr (KennisNetwork) network = kennis_network_make (summary, NULL, NULL, NULL, NULL, NULL);
  g_autoptr (GBytes) by_degree = NULL, by_betweenness = NULL, random = NULL, again = NULL;
  const double *rows;

  by_degree = kennis_retention_robustness (self, network, KENNIS_REMOVAL_DEGREE, 5, 1, 1, 1, NULL, NULL);
  rows = g_bytes_get_data (by_degree, NULL);
  assert_near (rows[0], 0);
  assert_near (rows[1], 1);
  assert_near (rows[2], 1);
  assert_near (rows[3], 0.2);
  assert_near (rows[4], 3.0 / 4);
  assert_near (rows[5], 3.0 / 5);
  assert_near (rows[6], 0.4);
  assert_near (rows[7], 3.0 / 4);
  assert_near (rows[8], 1.0 / 5);
  assert_near (rows[15], 1);
  assert_near (rows[16], 0);
  assert_near (rows[17], 0);
  by_betweenness = kennis_retention_robustness (self, network, KENNIS_REMOVAL_BETWEENNESS, 5, 1, 1, 1, NULL, NULL);
  rows = g_bytes_get_data (by_betweenness, NULL);
  assert_near (rows[4], 3.0 / 4);
  assert_near (rows[5], 3.0 / 5);
  random = kennis_retention_robustness (self, network, KENNIS_REMOVAL_RANDOM, 5, 2000, 1, 1, NULL, NULL);
  again = kennis_retention_robustness (self, network, KENNIS_REMOVAL_RANDOM, 5, 2000, 1, 2, NULL, NULL);
  CU_ASSERT_TRUE (g_bytes_equal (random, again));
  rows = g_bytes_get_data (random, NULL);
  /* One of five leaves: 3/5 of the time a topic of four is lost; the chain of five breaks to 4, 3, 2, 3, 4. */
  assert_within (rows[4], 1 - 3.0 / 5 / 4, 0.02);
  assert_within (rows[5], (4 + 3 + 2 + 3 + 4) / 25.0, 0.02);
}

static void
wrong_questions_are_refused (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  g_autoptr (KennisSummary) empty = kennis_summary_make (d, NULL, 1, NULL, NULL, NULL, NULL);
  g_autoptr (KennisRetention) nobody = NULL;
  g_autoptr (GError) error = NULL;

  CU_ASSERT_PTR_NULL (kennis_retention_make (empty, KENNIS_UNKNOWN, 730, 8, NULL, &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA));
  g_clear_error (&error);
  CU_ASSERT_PTR_NULL (kennis_retention_make (empty, 0, -1, 8, NULL, &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
  nobody = kennis_retention_make (empty, 0, 730, 8, NULL, NULL);
  CU_ASSERT_EQUAL (kennis_retention_get_bus_factor (nobody, NULL, NULL, NULL), 0);
  CU_ASSERT_TRUE (isnan (kennis_retention_get_single_holder_share (nobody)));
}

/* 4 000 stars of ten people: a tenth of them, those in the middle, hold all together, and leave first. */
static void
of_many_people_the_right_ones_leave_first (void)
{
  guint n = 40000, k = 0;
  g_autoptr (KennisRetention) self = make ();
  g_autofree guint32 *giver = g_new (guint32, n), *receiver = g_new (guint32, n);
  g_auto (GStrv) labels = g_new0 (char *, n + 1);
  g_autoptr (GBytes) givers = NULL, receivers = NULL, rows = NULL;
  g_autoptr (KennisNetwork) network = NULL;
  const double *row;

  for (guint p = 0; p < n; p++)
    {
      labels[p] = g_strdup_printf ("x%u", p);
      if (p % 10 == 7)
        continue;
      giver[k] = p / 10 * 10 + 7;
      receiver[k++] = p;
    }
  givers = g_bytes_new (giver, k * sizeof *giver);
  receivers = g_bytes_new (receiver, k * sizeof *receiver);
  network = kennis_network_new_from_columns (n, givers, receivers, NULL, (const char *const *) labels, NULL, NULL);
  rows = kennis_retention_robustness (self, network, KENNIS_REMOVAL_DEGREE, 20, 1, 1, 1, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (rows);
  row = g_bytes_get_data (rows, NULL);
  assert_near (row[2], 10.0 / n);
  assert_near (row[3], 0.05);
  assert_near (row[5], 10.0 / n);
  assert_near (row[6], 0.1);
  assert_near (row[8], 1.0 / n);
}

static void
what_is_cancelled_gives_nothing (void)
{
  g_autoptr (KennisSummary) summary = make_summary ();
  g_autoptr (KennisRetention) self = kennis_retention_make (summary, KENNIS_UNKNOWN, 730, 8, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) topics = NULL, teachers = NULL, learners = NULL;
  double choice = 1;
  guint least = 7;
#define IS_CANCELLED(call)                                                                                             \
  {                                                                                                                    \
    g_autoptr (GError) error = NULL;                                                                                   \
    CU_ASSERT_TRUE (!(call));                                                                                          \
    CU_ASSERT_TRUE (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));                                        \
  }

  g_cancellable_cancel (cancellable);
  IS_CANCELLED (kennis_retention_make (summary, KENNIS_UNKNOWN, 730, 8, cancellable, &error));
  IS_CANCELLED (kennis_retention_get_bus_factor (self, &least, cancellable, &error));
  CU_ASSERT_EQUAL (least, 0);
  IS_CANCELLED (kennis_retention_sensitivity (self, &choice, 1, &choice, 1, cancellable, &error));
  IS_CANCELLED (
      kennis_retention_lessons (self, NULL, NULL, NULL, 0, 0.5, 3, &topics, &teachers, &learners, cancellable, &error));
  CU_ASSERT_PTR_NULL (topics);
#undef IS_CANCELLED
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "it tells who holds what", it_tells_who_holds_what },
    { "it tells what hangs on the choices", it_tells_what_hangs_on_the_choices },
    { "it tells what would be lost without a person or team", it_tells_what_would_be_lost_without_a_person_or_team },
    { "loss goes by the group's probability", loss_goes_by_the_groups_probability },
    { "lessons say who should learn what from whom", lessons_say_who_should_learn_what_from_whom },
    { "the curve of robustness is that by hand", the_curve_of_robustness_is_that_by_hand },
    { "wrong questions are refused", wrong_questions_are_refused },
    { "of many people the right ones leave first", of_many_people_the_right_ones_leave_first },
    { "what is cancelled gives nothing", what_is_cancelled_gives_nothing },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("retention", tests);
}
