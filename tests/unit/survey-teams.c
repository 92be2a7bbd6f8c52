#include "config.h"

#include "kennis-metrics.h"
#include "metric/kennis-surveys-private.h"

/* Which teams may be in a figure about teams; and who answered. */

#define NONE KENNIS_INTERN_NONE
#define MOST 100

/* People of teams of these sizes (0 ends them); those of team `alike` all say the same, those of team `none` are in none (−1: no such). */
typedef struct
{
  guint32 team[MOST], group[MOST];
  double  score[MOST];
  guint   n, n_teams, n_people;
  gboolean is_any_hidden;
} Case;

static Case
number (const guint *sizes, int alike, int none)
{
  Case c = { .n = 0 };
  g_autoptr (GHashTable) numbers = NULL;

  for (guint t = 0; sizes[t] > 0; t++)
    for (guint i = 0; i < sizes[t]; i++, c.n++)
      {
        c.team[c.n] = (int) t == none ? NONE : t;
        c.score[c.n] = (int) t == alike ? 3 : 1 + i % 5;
      }
  numbers = kennis_surveys_number_teams (c.team, c.score, c.n, 8, &c.is_any_hidden);
  c.n_teams = g_hash_table_size (numbers);
  for (guint i = 0; i < c.n; i++)
    {
      c.group[i] = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, GUINT_TO_POINTER (c.team[i] + 1))) - 1;
      c.n_people += c.group[i] != G_MAXUINT32;
    }
  return c;
}

static void
teams_that_are_large_enough_are_all_in_it (void)
{
  Case c = number ((const guint[]) { 9, 8, 20, 0 }, -1, -1);

  CU_ASSERT_EQUAL (c.n_teams, 3);
  CU_ASSERT_EQUAL (c.n_people, 37);
  CU_ASSERT_FALSE (c.is_any_hidden);
  CU_ASSERT (c.group[0] == 0 && c.group[9] == 1 && c.group[36] == 2);
}

static void
a_small_team_is_left_out_with_the_smallest_other (void)
{
  Case c = number ((const guint[]) { 20, 7, 12, 9, 15, 0 }, -1, -1);

  CU_ASSERT_EQUAL (c.n_teams, 3);
  CU_ASSERT_EQUAL (c.n_people, 47);
  CU_ASSERT_TRUE (c.is_any_hidden);
  CU_ASSERT (c.group[0] == 0 && c.group[20] == G_MAXUINT32 && c.group[39] == G_MAXUINT32 && c.group[48] == 2);
}

static void
small_teams_hide_one_another (void)
{
  Case c = number ((const guint[]) { 20, 5, 12, 4, 15, 0 }, -1, -1);
  Case few = number ((const guint[]) { 20, 3, 12, 4, 15, 0 }, -1, -1);

  CU_ASSERT_EQUAL (c.n_teams, 3);
  CU_ASSERT_EQUAL (c.n_people, 47);
  CU_ASSERT_EQUAL (few.n_teams, 2);
  CU_ASSERT_EQUAL (few.n_people, 35);
}

static void
a_team_of_which_all_say_the_same_is_left_out (void)
{
  Case c = number ((const guint[]) { 20, 10, 12, 9, 15, 0 }, 1, -1);

  CU_ASSERT_EQUAL (c.n_teams, 3);
  CU_ASSERT_EQUAL (c.n_people, 47);
}

static void
people_without_a_team_are_in_none_and_hide_others (void)
{
  Case alone = number ((const guint[]) { 20, 9, 12, 0 }, -1, 1),
       c = number ((const guint[]) { 20, 9, 12, 6, 15, 0 }, -1, 1),
       few = number ((const guint[]) { 20, 3, 12, 9, 15, 0 }, -1, 1);

  CU_ASSERT_EQUAL (alone.n_teams, 2);
  CU_ASSERT_FALSE (alone.is_any_hidden);
  CU_ASSERT_EQUAL (c.n_teams, 3);
  CU_ASSERT_EQUAL (c.n_people, 47);
  CU_ASSERT_EQUAL (few.n_teams, 3); /* the three of none are the smaller for it */
  CU_ASSERT_EQUAL (few.n_people, 47);
}

/* Ten of each team are asked; of the first all answer, of the second nine, of the others few. */
static KennisMeasurements *
measure (void)
{
  static const guint answers[] = { 10, 9, 4, 5 };
  g_autoptr (KennisDataset) d = metrics_dataset ();
  g_autoptr (KennisSummary) summary = NULL;
  g_autoptr (KennisQuery) query = kennis_query_new ();
  const char *by_team[] = { "team", NULL };

  metrics_cover (d, "2024-01-01", "2025-01-01");
  for (guint t = 0; t < G_N_ELEMENTS (answers); t++)
    {
      g_autofree char *team = g_strdup_printf ("t%u", t);

      metrics_add (d, KENNIS_TYPE_TEAM, "id", team, NULL);
      metrics_add (d, KENNIS_TYPE_INVITATION, "instrument", "mindset", "wave", "w", "team", team, "people", (gint64) 10,
                   "from", at ("2024-04-01"), NULL);
      for (guint i = 0; i < 10; i++)
        {
          g_autofree char *id = g_strdup_printf ("p%u-%u", t, i);

          metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "team", team, NULL);
          if (i < answers[t])
            metrics_add (d, KENNIS_TYPE_RESPONSE, "instrument", "mindset", "wave", "w", "respondent", id, "item",
                         "growth-1", "score", 1.0 + i % 5, "time", at ("2024-04-02"), NULL);
        }
    }
  summary = kennis_summary_make (d, NULL, 1, NULL, NULL, NULL, NULL);
  kennis_query_add_metric (query, "mindset.response-rate");
  kennis_query_add_grouping (query, by_team);
  g_assert_true (kennis_query_set_window (query, "2024", "2024", NULL));
  return kennis_measurements_make (summary, &query, 1, 1, NULL, NULL, NULL, NULL);
}

/* How many answered stands beside each score: that all did is no secret. */
static void
that_all_answered_is_shown_and_that_few_did_is_not (void)
{
  g_autoptr (KennisMeasurements) made = measure ();
  const char *first[] = { "team=t0", NULL }, *third[] = { "team=t2", NULL };
  g_autoptr (KennisMeasurement) all = kennis_measurements_find (made, "mindset.response-rate", first, "all"),
                                few = kennis_measurements_find (made, "mindset.response-rate", third, "all");

  CU_ASSERT_PTR_NOT_NULL_FATAL (all);
  CU_ASSERT_PTR_NOT_NULL_FATAL (few);
  CU_ASSERT_EQUAL (kennis_measurement_get_status (all), KENNIS_MEASURE_STATUS_OK);
  CU_ASSERT (kennis_measurement_get_value (all) == 1);
  CU_ASSERT_EQUAL (kennis_measurement_get_status (few), KENNIS_MEASURE_STATUS_WITHHELD);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "teams that are large enough are all in it", teams_that_are_large_enough_are_all_in_it },
    { "a small team is left out with the smallest other", a_small_team_is_left_out_with_the_smallest_other },
    { "small teams hide one another", small_teams_hide_one_another },
    { "a team of which all say the same is left out", a_team_of_which_all_say_the_same_is_left_out },
    { "people without a team are in none and hide others", people_without_a_team_are_in_none_and_hide_others },
    { "that all answered is shown and that few did is not", that_all_answered_is_shown_and_that_few_did_is_not },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("survey-teams", tests);
}
