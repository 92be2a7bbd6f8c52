#include "config.h"

#include "kennis-metrics.h"

/* Every metric of the family on a dataset small enough to be worked out by hand. */

static KennisDataset *
people (guint n)
{
  KennisDataset *d = metrics_dataset ();

  metrics_cover (d, "2024-01-01", "2025-01-01");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);

      metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "role", i % 2 == 0 ? "nurse" : "cook", NULL);
    }

  return d;
}

/* `applied` in days after the completion; −1: never. */
static void
completed (KennisDataset    *d,
           guint             who,
           const char       *day,
           int               applied,
           KennisInitiative  initiative)
{
  g_autofree char *id = g_strdup_printf ("p%u", who);

  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", id, "ended", at (day), "status", KENNIS_STATUS_COMPLETED,
               "initiative", initiative, "applied",
               applied >= 0 ? at (day) + applied * KENNIS_MS_PER_DAY : KENNIS_UNKNOWN, NULL);
}

/* Completed on 1 February 2024, covered until 2025: all followed for 90 days; applied on days 0, 40, 90, 91 and never: 3 of 5.
 * Completed on 22 December with ten days of follow-up and no use: censored on day 10, after the use on day 0.
 *   day 0: 6 at risk, 1 use: F = 1/6, S = 5/6.   day 10: 1 censored, 4 at risk.
 *   day 40: F = 1/6 + 5/6·1/4 = 3/8, S = 5/8.    day 90: F = 3/8 + 5/8·1/3 = 7/12.
 * R: survfit (Surv (c (0, 40, 90, 91, 300, 10), c (1, 1, 1, 1, 0, 0)) ~ 1) gives the same: 1 − 0.41667. */
static void
application_is_followed_for_90_days (void)
{
  g_autoptr (KennisDataset) d = people (6);
  const int applied[] = { 0, 40, 90, 91, -1 };

  for (guint i = 0; i < 5; i++)
    completed (d, i, "2024-02-01", applied[i], KENNIS_INITIATIVE_SELF);
  completed (d, 5, "2024-12-22", -1, KENNIS_INITIATIVE_SELF);
  assert_value (metrics_measure (d, "transfer.application-rate", "2024", "2024"), 7.0 / 12);
}

/* Uses on days 0, 40, 90 of four: ½ is reached on day 40. */
static void
the_median_is_a_day (void)
{
  g_autoptr (KennisDataset) d = people (4);
  const int applied[] = { 0, 40, 90, -1 };

  for (guint i = 0; i < 4; i++)
    completed (d, i, "2024-02-01", applied[i], KENNIS_INITIATIVE_SELF);
  assert_value (metrics_measure (d, "transfer.time-to-application", "2024", "2024"), 40);
}

static void
a_median_that_is_not_reached_is_a_status (void)
{
  g_autoptr (KennisDataset) d = people (4);

  for (guint i = 0; i < 4; i++)
    completed (d, i, "2024-02-01", i == 0 ? 3 : -1, KENNIS_INITIATIVE_SELF);
  CU_ASSERT_EQUAL (metrics_measure (d, "transfer.time-to-application", "2024", "2024").status,
                   KENNIS_MEASURE_STATUS_NOT_REACHED);
}

/* Self-chosen: 3 of 4 within 90 days; required: 1 of 4 (one of them on day 91).  Gap: 1/2.  Managers' choices are on neither side. */
static void
the_gap_is_self_chosen_minus_required (void)
{
  g_autoptr (KennisDataset) d = people (9);
  const int applied[] = { 1, 2, 90, -1, 5, 91, -1, -1, 1 };
  KennisRawMeasurement m;

  for (guint i = 0; i < 9; i++)
    completed (d, i, "2024-02-01", applied[i],
               i < 4   ? KENNIS_INITIATIVE_SELF
               : i < 8 ? KENNIS_INITIATIVE_REQUIRED
                       : KENNIS_INITIATIVE_MANAGER);
  m = metrics_measure (d, "transfer.application-gap", "2024", "2024");
  assert_value (m, 0.5);
  CU_ASSERT_EQUAL (m.n_part, 4);
}

static void
a_gap_needs_both_sides (void)
{
  g_autoptr (KennisDataset) d = people (2);

  completed (d, 0, "2024-02-01", 1, KENNIS_INITIATIVE_SELF);
  CU_ASSERT_EQUAL (metrics_measure (d, "transfer.application-gap", "2024", "2024").status,
                   KENNIS_MEASURE_STATUS_TOO_FEW);
}

/* Nurses need "hygiene" and what lies within it: 2 h on "hands" (a part of it) by a nurse count, 1 h of "cooking" by a nurse and 3 h of
 * "hygiene" by a cook do not; 5 h without a topic are on neither side.  2 of 6. */
static void
relevance_is_what_the_role_needs (void)
{
  g_autoptr (KennisDataset) d = people (2);
  const struct { const char *who, *topic; double hours; } rows[] = {
    { "p0", "hands", 2 }, { "p0", "cooking", 1 }, { "p1", "hygiene", 3 }, { "p1", NULL, 5 },
  };

  metrics_add (d, KENNIS_TYPE_TOPIC, "id", "hygiene", NULL);
  metrics_add (d, KENNIS_TYPE_TOPIC, "id", "hands", "parent", "hygiene", NULL);
  metrics_add (d, KENNIS_TYPE_NEED, "topic", "hygiene", "role", "nurse", "people", (gint64) 4, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", rows[i].who, "topic", rows[i].topic, "duration",
                 HOURS (rows[i].hours), "ended", at ("2024-03-01"), "status", KENNIS_STATUS_COMPLETED, NULL);
  assert_value (metrics_measure (d, "transfer.relevance-share", "2024", "2024"), 2.0 / 6);
}

/* One of three completed activities has an evaluation; one that was given up does not count. */
static void
evaluations_are_of_completed_activities (void)
{
  g_autoptr (KennisDataset) d = people (2);
  const KennisStatus status[] = { KENNIS_STATUS_COMPLETED, KENNIS_STATUS_COMPLETED, KENNIS_STATUS_COMPLETED,
                                  KENNIS_STATUS_ABANDONED };

  for (guint i = 0; i < 4; i++)
    metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", "p0", "ended", at ("2024-03-01"), "status", status[i], "evaluated",
                 i == 0 || i == 3 ? at ("2024-03-02") : KENNIS_UNKNOWN, NULL);
  assert_value (metrics_measure (d, "transfer.evaluation-share", "2024", "2024"), 1.0 / 3);
}

int
main (void)
{
  return kennis_test_main ("transfer", (CU_TestInfo[]) {
    { "application is followed for 90 days", application_is_followed_for_90_days },
    { "the median is a day", the_median_is_a_day },
    { "a median that is not reached is a status", a_median_that_is_not_reached_is_a_status },
    { "the gap is self-chosen minus required", the_gap_is_self_chosen_minus_required },
    { "a gap needs both sides", a_gap_needs_both_sides },
    { "relevance is what the role needs", relevance_is_what_the_role_needs },
    { "evaluations are of completed activities", evaluations_are_of_completed_activities },
    CU_TEST_INFO_NULL,
  });
}
