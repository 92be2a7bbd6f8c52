#include "config.h"

#include "kennis-metrics.h"

/* Every metric of the family on a dataset small enough to be worked out by hand. */

#define COVERED "2024-01-01", "2025-01-01"

static KennisDataset *
team_of (guint n_people)
{
  KennisDataset *d = metrics_dataset ();

  metrics_cover (d, COVERED);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "t1", NULL);
  for (guint i = 0; i < n_people; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);

      metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "team", "t1", "fte", 1.0, NULL);
    }

  return d;
}

static void
learned (KennisDataset *d,
         const char    *who,
         const char    *day,
         double         hours,
         KennisSetting  setting,
         const char    *applied)
{
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", who, "ended", at (day), "duration", HOURS (hours), "status",
               KENNIS_STATUS_COMPLETED, "setting", setting, "topic", "xml", "applied",
               applied != NULL ? at (applied) : KENNIS_UNKNOWN, NULL);
}

static void
moment (KennisDataset    *d,
        KennisMomentKind  kind,
        const char       *day,
        guint             after)
{
  metrics_add (d, KENNIS_TYPE_MOMENT, "team", "t1", "kind", kind, "time", at (day) + after * KENNIS_MS_PER_DAY, NULL);
}

/* 3 h detached, 2 h in daily work, 1 h in a team's moment, 4 h of an unknown setting: 3 of 6 known hours. */
static void
embedded_hours_are_of_known_settings (void)
{
  g_autoptr (KennisDataset) d = team_of (2);

  learned (d, "p0", "2024-02-01", 3, KENNIS_SETTING_DETACHED, NULL);
  learned (d, "p0", "2024-03-01", 2, KENNIS_SETTING_DAILY_WORK, NULL);
  learned (d, "p1", "2024-04-01", 1, KENNIS_SETTING_TEAM, NULL);
  learned (d, "p1", "2024-05-01", 4, KENNIS_SETTING_UNKNOWN, NULL);
  assert_value (metrics_measure (d, "embedding.embedded-share", "2024", "2024"), 3.0 / 6);
}

/* Four detached completions, all followed for 90 days: one applied on day 10, one passed on by its learner on day 30, one passed on
 * only on day 91, one neither; and one in daily work, which is not asked.  2 of 4 were used: 1 − 1/2. */
static void
fragmentation_asks_for_use_or_passing_on_within_90_days (void)
{
  g_autoptr (KennisDataset) d = team_of (5);

  learned (d, "p0", "2024-02-01", 1, KENNIS_SETTING_DETACHED, "2024-02-11");
  for (guint i = 1; i < 4; i++)
    learned (d, (const char *[]) { "p0", "p1", "p2", "p3" }[i], "2024-02-01", 1, KENNIS_SETTING_DETACHED, NULL);
  learned (d, "p4", "2024-02-01", 1, KENNIS_SETTING_DAILY_WORK, NULL);
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", "p1", "receiver", "p4", "topic", "xml", "kind",
               KENNIS_SHARING_KIND_PRESENTATION, "time", at ("2024-02-01") + 30 * KENNIS_MS_PER_DAY, NULL);
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", "p2", "receiver", "p4", "topic", "xml", "kind",
               KENNIS_SHARING_KIND_PRESENTATION, "time", at ("2024-02-01") + 91 * KENNIS_MS_PER_DAY, NULL);
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", "p3", "receiver", "p4", "topic", "xml", "kind",
               KENNIS_SHARING_KIND_CONTACT, "time", at ("2024-02-02"), NULL);
  assert_value (metrics_measure (d, "embedding.fragmentation", "2024", "2024"), 0.5);
}

/* Three meetings: one with a check-out that day, one with a retrospective in its session a day later, one without. */
static void
meetings_reflect_by_day_or_session (void)
{
  g_autoptr (KennisDataset) d = team_of (2);

  moment (d, KENNIS_MOMENT_KIND_MEETING, "2024-02-05", 0);
  moment (d, KENNIS_MOMENT_KIND_CHECK_OUT, "2024-02-05", 0);
  metrics_add (d, KENNIS_TYPE_MOMENT, "team", "t1", "kind", KENNIS_MOMENT_KIND_MEETING, "session", "s", "time",
               at ("2024-02-12"), NULL);
  metrics_add (d, KENNIS_TYPE_MOMENT, "team", "t1", "kind", KENNIS_MOMENT_KIND_RETROSPECTIVE, "session", "s", "time",
               at ("2024-02-13"), NULL);
  moment (d, KENNIS_MOMENT_KIND_MEETING, "2024-02-19", 0);
  moment (d, KENNIS_MOMENT_KIND_RECOGNITION, "2024-02-19", 0);
  assert_value (metrics_measure (d, "embedding.reflection-in-meetings", "2024", "2024"), 2.0 / 3);
}

/* January 2024 begins on a Monday: four full weeks (1–28 January; the fifth ends in February).  Check-outs on 3 and 4 January
 * (one week) and on 21 January (Sunday of the third): 2 of 4.  The one on 29 January lies in no full week of the month. */
static void
weeks_are_full_and_run_from_monday (void)
{
  g_autoptr (KennisDataset) d = team_of (2);

  moment (d, KENNIS_MOMENT_KIND_CHECK_OUT, "2024-01-03", 0);
  moment (d, KENNIS_MOMENT_KIND_CHECK_OUT, "2024-01-04", 0);
  moment (d, KENNIS_MOMENT_KIND_CHECK_OUT, "2024-01-21", 0);
  moment (d, KENNIS_MOMENT_KIND_CHECK_OUT, "2024-01-29", 0);
  moment (d, KENNIS_MOMENT_KIND_MEETING, "2024-01-10", 0);
  assert_value (metrics_measure (d, "embedding.weekly-reflection", "2024-01", "2024-01"), 2.0 / 4);
  CU_ASSERT_EQUAL (metrics_measure (d, "embedding.weekly-reflection", "2024-01", "2024-01").n, 4);
}

/* Evaluations in January and March of twelve months; a check-out in May is none. */
static void
months_with_an_evaluation (void)
{
  g_autoptr (KennisDataset) d = team_of (2);

  moment (d, KENNIS_MOMENT_KIND_EVALUATION, "2024-01-31", 0);
  moment (d, KENNIS_MOMENT_KIND_RETROSPECTIVE, "2024-03-01", 0);
  moment (d, KENNIS_MOMENT_KIND_CHECK_OUT, "2024-05-01", 0);
  assert_value (metrics_measure (d, "embedding.monthly-evaluation", "2024", "2024"), 2.0 / 12);
  CU_ASSERT_EQUAL (metrics_measure (d, "embedding.monthly-evaluation", "2024", "2024").n, 12);
  CU_ASSERT_EQUAL (metrics_measure (d, "carrier.5.behaviour", "2024", "2024").n, 12);
}

/* Three moments beside two meetings in three months of one team. */
static void
moments_are_counted_without_meetings (void)
{
  g_autoptr (KennisDataset) d = team_of (2);

  moment (d, KENNIS_MOMENT_KIND_CHECK_OUT, "2024-01-03", 0);
  moment (d, KENNIS_MOMENT_KIND_EXPERIMENT, "2024-02-03", 0);
  moment (d, KENNIS_MOMENT_KIND_RECOGNITION, "2024-02-04", 0);
  moment (d, KENNIS_MOMENT_KIND_MEETING, "2024-03-03", 0);
  moment (d, KENNIS_MOMENT_KIND_MEETING, "2024-03-04", 0);
  assert_value (metrics_measure (d, "embedding.moments-per-team-month", "2024-01", "2024-03"), 1);
}

/* A clock: twelve check-outs a week apart, r = 0, A = −√(n−1)/√(n−1) = −1. */
static void
a_clock_has_rhythm_minus_one (void)
{
  g_autoptr (KennisDataset) d = team_of (2);

  for (guint week = 0; week < 12; week++)
    {
      moment (d, KENNIS_MOMENT_KIND_CHECK_OUT, "2024-01-03", 7 * week);
      moment (d, KENNIS_MOMENT_KIND_EXPERIMENT, "2024-01-03", 7 * week); /* the same day: one moment */
      moment (d, KENNIS_MOMENT_KIND_MEETING, "2024-01-04", 7 * week);
    }
  assert_value (metrics_measure (d, "embedding.rhythm", "2024", "2024"), -1);
}

/* Ten gaps, of 1 and 3 days in turn: mean 2, SD 1, r = 1/2, n = 10:
 * A = (√11/2 − 3) / ((√11 − 2)/2 + 3). */
static void
rhythm_is_kim_and_jos_for_few_gaps (void)
{
  g_autoptr (KennisDataset) d = team_of (2);
  guint day = 0;

  for (guint i = 0; i <= 10; i++)
    {
      moment (d, KENNIS_MOMENT_KIND_CHECK_OUT, "2024-01-03", day);
      day += i % 2 == 0 ? 1 : 3;
    }
  assert_value (metrics_measure (d, "embedding.rhythm", "2024", "2024"),
                (sqrt (11) / 2 - 3) / ((sqrt (11) - 2) / 2 + 3));
}

static void
ten_moments_are_too_few_for_a_rhythm (void)
{
  g_autoptr (KennisDataset) d = team_of (2);

  for (guint i = 0; i < 10; i++)
    moment (d, KENNIS_MOMENT_KIND_CHECK_OUT, "2024-01-03", 7 * i);
  CU_ASSERT_EQUAL (metrics_measure (d, "embedding.rhythm", "2024", "2024").status, KENNIS_MEASURE_STATUS_TOO_FEW);
}

/* Weekly until 31 January: on 21 February the silence is 21 days, three gaps, and on 22 February more than that.  Coverage says where
 * the observation ends. */
static double
stopped_when_covered_until (const char *until)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  KennisRawMeasurement m;

  metrics_cover (d, "2024-01-01", until);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "t1", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "p0", "team", "t1", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "p1", "team", "t1", NULL);
  for (guint week = 0; week < 5; week++)
    moment (d, KENNIS_MOMENT_KIND_CHECK_OUT, "2024-01-03", 7 * week);
  m = metrics_measure (d, "embedding.stopped-share", "2024-01", "2024-02");

  return m.value;
}

static void
a_team_stops_after_three_of_its_gaps (void)
{
  assert_near (stopped_when_covered_until ("2024-02-22"), 0);
  assert_near (stopped_when_covered_until ("2024-02-23"), 1);
}

/* Two recognitions, three people there for 366 days: 2 / (3 × 366 / 365.25). */
static void
recognition_is_per_person_and_year (void)
{
  g_autoptr (KennisDataset) d = team_of (3);

  moment (d, KENNIS_MOMENT_KIND_RECOGNITION, "2024-01-03", 0);
  moment (d, KENNIS_MOMENT_KIND_RECOGNITION, "2024-11-03", 0);
  moment (d, KENNIS_MOMENT_KIND_CHECK_OUT, "2024-11-04", 0);
  assert_value (metrics_measure (d, "embedding.recognition-rate", "2024", "2024"), 2 / (3 * 366 / 365.25));
}

/* Of four people one had a growth talk, one a review, one only a planned talk, one an exit talk. */
static void
talks_count_when_they_were_held (void)
{
  g_autoptr (KennisDataset) d = team_of (4);
  const gint64 day = at ("2024-05-01");

  metrics_add (d, KENNIS_TYPE_TALK, "person", "p0", "kind", KENNIS_TALK_KIND_GROWTH, "held", day, NULL);
  metrics_add (d, KENNIS_TYPE_TALK, "person", "p1", "kind", KENNIS_TALK_KIND_REVIEW, "held", day, NULL);
  metrics_add (d, KENNIS_TYPE_TALK, "person", "p2", "kind", KENNIS_TALK_KIND_GROWTH, "planned", day, NULL);
  metrics_add (d, KENNIS_TYPE_TALK, "person", "p3", "kind", KENNIS_TALK_KIND_EXIT, "held", day, NULL);
  assert_value (metrics_measure (d, "embedding.talk-rate", "2024", "2024"), 2.0 / 4);
}

/* Two own, one imposed, one not known; three due by the end of the year, of which two were reached by then. */
static KennisDataset *
four_goals (void)
{
  KennisDataset *d = team_of (2);
  const gint64 set = at ("2024-02-01"), june = at ("2024-06-01"), next = at ("2025-02-01");

  metrics_add (d, KENNIS_TYPE_GOAL, "person", "p0", "own", KENNIS_ANSWER_YES, "set", set, "due", june, "reached", june,
               NULL);
  metrics_add (d, KENNIS_TYPE_GOAL, "person", "p1", "own", KENNIS_ANSWER_YES, "set", set, "due", june, NULL);
  metrics_add (d, KENNIS_TYPE_GOAL, "person", "p0", "own", KENNIS_ANSWER_NO, "set", set + 1, "due", june, "reached",
               at ("2024-12-31"), NULL);
  metrics_add (d, KENNIS_TYPE_GOAL, "person", "p1", "set", set + 2, "due", next, NULL);

  return d;
}

static void
own_goals_are_of_those_known (void)
{
  g_autoptr (KennisDataset) d = four_goals ();

  assert_value (metrics_measure (d, "embedding.own-goal-share", "2024", "2024"), 2.0 / 3);
}

static void
goals_are_judged_when_due (void)
{
  g_autoptr (KennisDataset) d = four_goals ();

  assert_value (metrics_measure (d, "embedding.goals-reached", "2024", "2024"), 2.0 / 3);
}

int
main (void)
{
  return kennis_test_main ("embedding", (CU_TestInfo[]) {
    { "embedded hours are of known settings", embedded_hours_are_of_known_settings },
    { "fragmentation asks for use or passing on within 90 days", fragmentation_asks_for_use_or_passing_on_within_90_days },
    { "meetings reflect by day or session", meetings_reflect_by_day_or_session },
    { "weeks are full and run from Monday", weeks_are_full_and_run_from_monday },
    { "months with an evaluation", months_with_an_evaluation },
    { "moments are counted without meetings", moments_are_counted_without_meetings },
    { "a clock has rhythm minus one", a_clock_has_rhythm_minus_one },
    { "rhythm is Kim and Jo's for few gaps", rhythm_is_kim_and_jos_for_few_gaps },
    { "ten moments are too few for a rhythm", ten_moments_are_too_few_for_a_rhythm },
    { "a team stops after three of its gaps", a_team_stops_after_three_of_its_gaps },
    { "recognition is per person and year", recognition_is_per_person_and_year },
    { "talks count when they were held", talks_count_when_they_were_held },
    { "own goals are of those known", own_goals_are_of_those_known },
    { "goals are judged when due", goals_are_judged_when_due },
    CU_TEST_INFO_NULL,
  });
}
