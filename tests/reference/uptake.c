#include "config.h"

#include "kennis-metrics.h"

/* Every metric of the family on a dataset small enough to be worked out by hand. */

static void
person (KennisDataset *d, const char *id, const char *hired, const char *left)
{
  metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "fte", 1.0, "hired", hired ? at (hired) : KENNIS_UNKNOWN, "left",
               left ? at (left) : KENNIS_UNKNOWN, NULL);
}

static void
learned (KennisDataset *d, const char *who, const char *day, double hours)
{
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", who, "ended", at (day), "duration", HOURS (hours), "status",
               KENNIS_STATUS_COMPLETED, NULL);
}

/* anna 10 h, bram 2 h, cleo nothing, dirk there for the last 61 of 366 days: 4 h.
 * Residents are anna, bram and cleo: 2 of 3 learned.  Heads: 3 + 61/366; hours 16. */
static KennisDataset *
four_people (void)
{
  KennisDataset *d = metrics_dataset ();

  metrics_cover (d, "2024-01-01", "2025-01-01");
  person (d, "anna", NULL, NULL);
  person (d, "bram", NULL, NULL);
  person (d, "cleo", NULL, NULL);
  person (d, "dirk", "2024-11-01", NULL);
  learned (d, "anna", "2024-01-10", 10);
  learned (d, "bram", "2024-06-10", 2);
  learned (d, "dirk", "2024-12-10", 4);
  return d;
}

static void
participation_is_of_residents (void)
{
  g_autoptr (KennisDataset) d = four_people ();
  KennisRawMeasurement m = metrics_measure (d, "uptake.participation-rate", "2024", "2024");

  assert_value (m, 2.0 / 3);
  CU_ASSERT_EQUAL (m.n, 3);
  CU_ASSERT_EQUAL (m.n_positive, 2);
  CU_ASSERT (isnan (m.lower));
}

static void
hours_per_head_divide_by_presence (void)
{
  g_autoptr (KennisDataset) d = four_people ();
  KennisRawMeasurement m = metrics_measure (d, "uptake.hours-per-head", "2024", "2024");

  assert_value (m, 16 / (3 + 61.0 / 366));
  CU_ASSERT_EQUAL (m.n_people, 4);
  assert_near (m.dominance, 10.0 / 16);
  CU_ASSERT (m.is_additive);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "participation is of residents", participation_is_of_residents },
    { "hours per head divide by presence", hours_per_head_divide_by_presence },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("uptake", tests);
}
