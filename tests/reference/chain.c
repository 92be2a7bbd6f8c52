#include "config.h"

#include "kennis-metrics.h"

/* Every link of the knowledge value chain on a dataset small enough to be worked out by hand. */

static void
person (KennisDataset *d, const char *id, const char *team, const char *role)
{
  metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "team", team, "role", role, "fte", 1.0, "hired", at ("2020-01-01"),
               NULL);
}

static void
knows (KennisDataset *d, const char *id, const char *topic)
{
  metrics_add (d, KENNIS_TYPE_HOLDING, "person", id, "topic", topic, NULL);
}

static void
needs (KennisDataset *d, const char *topic, const char *team, const char *role, gint64 people)
{
  metrics_add (d, KENNIS_TYPE_NEED, "topic", topic, "team", team, "role", role, "people", people, NULL);
}

static void
learned (KennisDataset *d, const char *id, const char *topic, const char *day, const char *applied, const char *evaluated)
{
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", id, "topic", topic, "ended", at (day), "duration", HOURS (2),
               "status", KENNIS_STATUS_COMPLETED, "applied", applied != NULL ? at (applied) : KENNIS_UNKNOWN,
               "evaluated", evaluated != NULL ? at (evaluated) : KENNIS_UNKNOWN, NULL);
}

static void
gave (KennisDataset *d, const char *giver, const char *receiver, const char *topic, KennisInitiative initiative)
{
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", giver, "receiver", receiver, "topic", topic, "kind",
               KENNIS_SHARING_KIND_FEEDBACK, "initiative", initiative, "time", at ("2024-05-05"), NULL);
}

static KennisRawMeasurement
measure (KennisDataset *d, const char *metric, const char *attribute, const char *value)
{
  const char *by[] = { attribute, NULL };
  g_autoptr (KennisQuery) query = kennis_query_new ();
  g_autoptr (KennisMeasureSet) set = NULL;
  g_autoptr (GError) error = NULL;

  kennis_query_add_metric (query, metric);
  if (attribute != NULL)
    kennis_query_add_grouping (query, by);
  if (!kennis_query_set_window (query, "2024", "2024", &error))
    g_error ("%s", error->message);
  set = metrics_run (d, query, 1);
  return metrics_find (set, metric, value);
}

/* Team A: anna and bram (nurse), cleo (cook).  Team B: dirk (nurse), eva (cook).
 *
 *   need                    people  whom it is about     holders
 *   iv (team A)                2    anna bram cleo       anna, and bram by "iv-line", which is within iv: 2
 *   hygiene (nurse)            3    anna bram dirk       anna: 1
 *   allergens (cook in B)      1    eva                  none
 *   fire (anyone)              4    all                  eva, dirk: 2 */
static KennisDataset *
two_teams (void)
{
  KennisDataset *d = metrics_dataset ();

  metrics_cover (d, "2020-01-01", "2025-07-01");
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "A", NULL);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "B", NULL);
  metrics_add (d, KENNIS_TYPE_TOPIC, "id", "iv", NULL);
  metrics_add (d, KENNIS_TYPE_TOPIC, "id", "iv-line", "parent", "iv", NULL);
  person (d, "anna", "A", "nurse");
  person (d, "bram", "A", "nurse");
  person (d, "cleo", "A", "cook");
  person (d, "dirk", "B", "nurse");
  person (d, "eva", "B", "cook");
  needs (d, "iv", "A", NULL, 2);
  needs (d, "hygiene", NULL, "nurse", 3);
  needs (d, "allergens", "B", "cook", 1);
  needs (d, "fire", NULL, NULL, 4);
  knows (d, "anna", "iv");
  knows (d, "bram", "iv-line");
  knows (d, "anna", "hygiene");
  knows (d, "eva", "fire");
  knows (d, "dirk", "fire");
  /* Hygiene is worked on; fire is not, by those concerned; nobody needs dance; 2023 is too long ago for allergens. */
  learned (d, "dirk", "hygiene", "2024-02-01", "2024-03-01", "2024-02-02");
  learned (d, "bram", "iv-line", "2024-03-01", "2024-09-01", NULL);
  learned (d, "eva", "dance", "2024-03-01", "2024-03-02", "2024-03-03");
  learned (d, "eva", "allergens", "2023-12-01", NULL, NULL);
  gave (d, "anna", "cleo", "iv-line", KENNIS_INITIATIVE_SELF);
  gave (d, "cleo", "dirk", "hygiene", KENNIS_INITIATIVE_UNKNOWN);
  gave (d, "cleo", "dirk", "fire", KENNIS_INITIATIVE_REQUIRED);
  return d;
}

/* min: 2 + 1 + 0 + 2 of 2 + 3 + 1 + 4.  Team A: iv alone is about nobody else; team B: allergens.  Nurses: hygiene. */
static void
availability_is_of_what_is_needed (void)
{
  g_autoptr (KennisDataset) d = two_teams ();
  KennisRawMeasurement m = measure (d, "chain.availability", NULL, NULL);

  assert_value (m, 5.0 / 10);
  CU_ASSERT_EQUAL (m.n, 4);
  CU_ASSERT_EQUAL (m.n_people, 5);
  m = measure (d, "chain.availability", "team", "A");
  assert_value (m, 1);
  CU_ASSERT_EQUAL (m.n_people, 3);
  m = measure (d, "chain.availability", "team", "B");
  assert_value (m, 0);
  CU_ASSERT_EQUAL (m.n_people, 1);
  assert_value (measure (d, "chain.availability", "role", "nurse"), 1.0 / 3);
  CU_ASSERT_EQUAL (measure (d, "chain.availability", "role", "cook").n_people, 1);
}

/* Short: hygiene, allergens, fire.  Of these hygiene was learned on in 2024. */
static void
development_is_of_what_is_short (void)
{
  g_autoptr (KennisDataset) d = two_teams ();

  assert_value (measure (d, "chain.development", NULL, NULL), 1.0 / 3);
  assert_value (measure (d, "chain.development", "role", "nurse"), 1);
  CU_ASSERT_EQUAL (measure (d, "chain.development", "team", "A").status, KENNIS_MEASURE_STATUS_NO_DATA);
}

/* iv (anna gave on iv-line) and hygiene (dirk received); that on fire was required. */
static void
sharing_counts_topics (void)
{
  g_autoptr (KennisDataset) d = two_teams ();

  assert_value (measure (d, "chain.sharing", NULL, NULL), 2.0 / 4);
  assert_value (measure (d, "chain.sharing", "team", "A"), 1);
  assert_value (measure (d, "chain.sharing", "team", "B"), 0);
}

/* Nobody else is left who gave to dirk on hygiene while cleo is not included. */
static void
sharing_needs_both_sides_included (void)
{
  g_autoptr (KennisDataset) d = two_teams ();

  metrics_add (d, KENNIS_TYPE_PERSON, "id", "cleo", "team", "A", "role", "cook", "fte", 1.0, "effective",
               at ("2024-05-01"), "included", KENNIS_ANSWER_NO, NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "cleo", "team", "A", "role", "cook", "fte", 1.0, "effective",
               at ("2024-06-01"), "included", KENNIS_ANSWER_YES, NULL);
  assert_value (measure (d, "chain.sharing", NULL, NULL), 0);
}

/* Needed: dirk's hygiene (applied after 29 days) and bram's iv-line (after 184); dance is not.  Evaluated: the first. */
static void
application_and_evaluation_are_of_needed_topics (void)
{
  g_autoptr (KennisDataset) d = two_teams ();

  assert_value (measure (d, "chain.application", NULL, NULL), 1.0 / 2);
  assert_value (measure (d, "chain.evaluation", NULL, NULL), 1.0 / 2);
}

static void
the_weakest_link_is_named (void)
{
  g_autoptr (KennisDataset) d = two_teams ();
  KennisRawMeasurement m = measure (d, "chain.weakest-link", NULL, NULL);

  assert_value (m, 1.0 / 3);
  CU_ASSERT_EQUAL (m.n, 5);
  CU_ASSERT_EQUAL (m.n_people, 5);
  CU_ASSERT_EQUAL (m.n_part, 2);
  assert_text (m.note, "Weakest: development.");
}

static void
without_needs_there_is_no_chain (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();

  metrics_cover (d, "2020-01-01", "2025-01-01");
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "A", NULL);
  person (d, "anna", "A", "nurse");
  knows (d, "anna", "iv");
  CU_ASSERT_EQUAL (measure (d, "chain.availability", NULL, NULL).status, KENNIS_MEASURE_STATUS_NO_DATA);
  CU_ASSERT_EQUAL (measure (d, "chain.weakest-link", NULL, NULL).status, KENNIS_MEASURE_STATUS_NO_DATA);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "availability is of what is needed", availability_is_of_what_is_needed },
    { "development is of what is short", development_is_of_what_is_short },
    { "sharing counts topics", sharing_counts_topics },
    { "sharing needs both sides included", sharing_needs_both_sides_included },
    { "application and evaluation are of needed topics", application_and_evaluation_are_of_needed_topics },
    { "the weakest link is named", the_weakest_link_is_named },
    { "without needs there is no chain", without_needs_there_is_no_chain },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("chain reference", tests);
}
