#include "config.h"

#include "kennis-metrics.h"

/* What teams write down themselves is not known of a team that writes nothing down. */

#define SIZE 10

static const char * const months[] = { "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12" };

/* In the first month and in the last: talks were written down all year. */
static void
add_talks (KennisDataset *d, const char *person, KennisTalkKind kind)
{
  metrics_add (d, KENNIS_TYPE_TALK, "person", person, "leader", "able0", "kind", kind, "held", at ("2024-01-20"), NULL);
  metrics_add (d, KENNIS_TYPE_TALK, "person", person, "leader", "able0", "kind", kind, "held", at ("2024-12-20"), NULL);
}

static void
add_sharing (KennisDataset *d, const char *giver, const char *receiver, const char *day)
{
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", giver, "receiver", receiver, "time", at (day), "kind",
               KENNIS_SHARING_KIND_FEEDBACK, "outside", KENNIS_ANSWER_NO, "duration", HOURS (1), NULL);
}

/* The first team writes everything down, the second that it meets and whom it helps, and the third nothing; it receives of the first.  All learn. */
static KennisDataset *
organisation (void)
{
  static const char *const teams[] = { "able", "idle", "mute" };
  KennisDataset *d = metrics_dataset ();

  for (guint t = 0; t < G_N_ELEMENTS (teams); t++)
    {
      metrics_add (d, KENNIS_TYPE_TEAM, "id", teams[t], NULL);
      for (guint i = 0; i < SIZE; i++)
        {
          g_autofree char *id = g_strdup_printf ("%s%u", teams[t], i);

          metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "team", teams[t], NULL);
          metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", id, "form", KENNIS_FORM_FORMAL, "status",
                       KENNIS_STATUS_COMPLETED, "setting", KENNIS_SETTING_DETACHED, "start", at ("2024-01-02"), "ended",
                       at ("2024-12-30"), "duration", HOURS (2), NULL);
        }
    }
  for (guint m = 0; m < G_N_ELEMENTS (months); m++)
    {
      g_autofree char *day = g_strdup_printf ("2024-%s-15", months[m]);

      metrics_add (d, KENNIS_TYPE_MOMENT, "team", "able", "kind", KENNIS_MOMENT_KIND_EVALUATION, "time", at (day),
                   NULL);
      metrics_add (d, KENNIS_TYPE_MOMENT, "team", "idle", "kind", KENNIS_MOMENT_KIND_MEETING, "time", at (day), NULL);
      add_sharing (d, "able1", "able2", day);
      add_sharing (d, "able1", "mute2", day);
      add_sharing (d, "idle1", "able2", day);
    }
  add_talks (d, "able1", KENNIS_TALK_KIND_GROWTH);
  add_talks (d, "idle1", KENNIS_TALK_KIND_EXIT);
  metrics_add (d, KENNIS_TYPE_COVERAGE, "record", KENNIS_RECORD_TYPE_ACTIVITY, "from", at ("2024-01-01"), "until",
               at ("2025-01-01"), NULL);
  return d;
}

static KennisMeasureSet *
measure (KennisDataset *d)
{
  g_autoptr (KennisQuery) query = kennis_query_new ();
  const char *by_team[] = { "team", NULL };

  kennis_query_add_metric (query, "carrier.*.behaviour");
  kennis_query_add_metric (query, "exchange.receiving-rate");
  kennis_query_add_metric (query, "exchange.isolates-share");
  kennis_query_add_metric (query, "exchange.ei-team");
  kennis_query_add_metric (query, "exchange.ei-team-expected");
  kennis_query_add_metric (query, "exchange.mixing-team");
  kennis_query_add_metric (query, "embedding.moments-per-team-month");
  kennis_query_add_metric (query, "uptake.participation-rate");
  kennis_query_add_grouping (query, by_team);
  g_assert_true (kennis_query_set_window (query, "2024-01", "2024-12", NULL));
  return metrics_run (d, query, 1);
}

static const char * const written[] = { "carrier.2.behaviour",     "carrier.3.behaviour",     "carrier.4.behaviour",
                                        "carrier.5.behaviour",     "carrier.6.behaviour",     "exchange.receiving-rate",
                                        "exchange.isolates-share", "embedding.moments-per-team-month" };

static void
a_team_of_which_nothing_was_written_down_is_unknown (void)
{
  g_autoptr (KennisDataset) d = organisation ();
  g_autoptr (KennisMeasureSet) set = measure (d);

  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      KennisRawMeasurement mute = metrics_find (set, written[i], "mute"), able = metrics_find (set, written[i], "able");

      CU_ASSERT_EQUAL (mute.status, KENNIS_MEASURE_STATUS_NO_DATA);
      CU_ASSERT_EQUAL (able.status, KENNIS_MEASURE_STATUS_OK);
    }
  assert_value (metrics_find (set, "uptake.participation-rate", "mute"), 1);
  assert_value (metrics_find (set, "carrier.1.behaviour", "mute"), 0);
}

static void
a_team_that_writes_other_things_down_did_none (void)
{
  g_autoptr (KennisDataset) d = organisation ();
  g_autoptr (KennisMeasureSet) set = measure (d);

  assert_value (metrics_find (set, "carrier.2.behaviour", "idle"), 0);
  assert_value (metrics_find (set, "carrier.4.behaviour", "idle"), 0);
  assert_value (metrics_find (set, "carrier.5.behaviour", "idle"), 0);
  assert_value (metrics_find (set, "carrier.6.behaviour", "idle"), 0);
}

/* Months of two teams, of three: that is enough to tell of the organisation. */
static void
everybody_is_the_teams_that_write (void)
{
  g_autoptr (KennisDataset) d = organisation ();
  g_autoptr (KennisMeasureSet) set = measure (d);
  KennisRawMeasurement all = metrics_find (set, "carrier.5.behaviour", NULL);

  assert_value (all, 0.5);
  assert_near (all.coverage, 2.0 / 3);
  CU_ASSERT_PTR_NOT_NULL (all.note);
  assert_value (metrics_find (set, "uptake.participation-rate", NULL), 1);
}

/* One tie within the first team, one of the second to it, and one to the third, of which nobody knows what it gives: twenty people, 180 pairs within
 * and 200 between. */
static void
ties_with_who_is_not_observed_are_in_no_mixing (void)
{
  g_autoptr (KennisDataset) d = organisation ();
  g_autoptr (KennisMeasureSet) set = measure (d);

  assert_value (metrics_find (set, "exchange.ei-team", NULL), 0);
  assert_value (metrics_find (set, "exchange.ei-team-expected", NULL), 20.0 / 380);
  assert_value (metrics_find (set, "exchange.mixing-team", NULL), (1 / 200.0) / (1 / 180.0));
  assert_value (metrics_find (set, "exchange.mixing-team", "able"), (1 / 200.0) / (1 / 90.0));
}

static void
where_a_source_says_that_it_covers_a_team_nothing_is_nothing (void)
{
  g_autoptr (KennisDataset) all = organisation (), named = organisation ();
  g_autoptr (KennisMeasureSet) set = NULL, by_name = NULL;

  metrics_cover (all, "2024-01-01", "2025-01-01");
  set = measure (all);
  metrics_add (named, KENNIS_TYPE_COVERAGE, "record", KENNIS_RECORD_TYPE_MOMENT, "group", "mute", "from",
               at ("2024-01-01"), "until", at ("2025-01-01"), NULL);
  by_name = measure (named);
  assert_value (metrics_find (set, "carrier.5.behaviour", "mute"), 0);
  assert_value (metrics_find (set, "carrier.4.behaviour", "mute"), 0);
  assert_value (metrics_find (set, "carrier.2.behaviour", "mute"), 0.1);
  assert_value (metrics_find (set, "carrier.5.behaviour", NULL), 1.0 / 3);
  assert_value (metrics_find (by_name, "carrier.5.behaviour", "mute"), 0);
}

/* What was given by the outside nobody's team has written down but the receiver's. */
static void
what_is_received_of_the_outside_is_the_receivers_record (void)
{
  g_autoptr (KennisDataset) d = organisation ();
  g_autoptr (KennisMeasureSet) set = NULL;

  metrics_add (d, KENNIS_TYPE_SHARING, "receiver", "mute3", "time", at ("2024-05-05"), "kind",
               KENNIS_SHARING_KIND_PRESENTATION, "outside", KENNIS_ANSWER_YES, "duration", HOURS (1), NULL);
  set = measure (d);
  CU_ASSERT_EQUAL (metrics_find (set, "carrier.6.behaviour", "mute").status, KENNIS_MEASURE_STATUS_OK);
  CU_ASSERT_EQUAL (metrics_find (set, "carrier.5.behaviour", "mute").status, KENNIS_MEASURE_STATUS_NO_DATA);
}

/* Of two people nobody can say that they have a habit of writing nothing down. */
static void
what_the_few_of_a_small_team_did_not_do_is_none (void)
{
  g_autoptr (KennisDataset) d = organisation ();
  g_autoptr (KennisMeasureSet) set = NULL;

  metrics_add (d, KENNIS_TYPE_TEAM, "id", "tiny", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "tiny0", "team", "tiny", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "tiny1", "team", "tiny", NULL);
  set = measure (d);
  /* The ten of the third team are left out, the two are not. */
  assert_near (metrics_find (set, "exchange.isolates-share", NULL).coverage, 22.0 / 32);
  assert_near (metrics_find (set, "carrier.5.behaviour", NULL).value, 1.0 / 3);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "a team of which nothing was written down is unknown", a_team_of_which_nothing_was_written_down_is_unknown },
    { "a team that writes other things down did none", a_team_that_writes_other_things_down_did_none },
    { "everybody is the teams that write", everybody_is_the_teams_that_write },
    { "ties with who is not observed are in no mixing", ties_with_who_is_not_observed_are_in_no_mixing },
    { "where a source says that it covers a team nothing is nothing",
      where_a_source_says_that_it_covers_a_team_nothing_is_nothing },
    { "what is received of the outside is the receiver's record",
      what_is_received_of_the_outside_is_the_receivers_record },
    { "what the few of a small team did not do is none", what_the_few_of_a_small_team_did_not_do_is_none },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("silent-teams", tests);
}
