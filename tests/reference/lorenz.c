#include "config.h"

#include "kennis-metrics.h"

/* A hundred people, the i-th (1 … 100) with i hours: L(p) = Σ_{i ≤ 100p} i / 5050, so L(0.5) = 1275 / 5050 and L(0.9) = 4095 / 5050. */
static KennisDataset *
hundred_people (guint n)
{
  KennisDataset *dataset = metrics_dataset ();

  metrics_cover (dataset, "2024-01-01", "2025-01-01");
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);

      metrics_add (dataset, KENNIS_TYPE_PERSON, "id", id, "fte", 1.0, NULL);
      metrics_add (dataset, KENNIS_TYPE_ACTIVITY, "person", id, "status", KENNIS_STATUS_COMPLETED, "start",
                   at ("2024-03-01T09:00:00Z"), "ended", at ("2024-03-01T17:00:00Z"), "duration", HOURS (i), NULL);
    }

  return dataset;
}

static void
points_of_the_lorenz_curve_are_those_worked_out_by_hand (void)
{
  static const struct { const char *id; double hours; } points[] = {
    { "uptake.lorenz-10", 55 }, { "uptake.lorenz-20", 210 }, { "uptake.lorenz-30", 465 }, { "uptake.lorenz-40", 820 },
    { "uptake.lorenz-50", 1275 }, { "uptake.lorenz-60", 1830 }, { "uptake.lorenz-70", 2485 }, { "uptake.lorenz-80", 3240 },
    { "uptake.lorenz-90", 4095 }
  };
  g_autoptr (KennisDataset) dataset = hundred_people (100);

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      KennisRawMeasurement raw = metrics_measure (dataset, points[i].id, "2024-01", "2024-12");

      CU_ASSERT_EQUAL (raw.status, KENNIS_MEASURE_STATUS_OK);
      assert_near (raw.value, points[i].hours / 5050);
      CU_ASSERT_EQUAL (raw.n_part, 10);
    }
}

static void
the_point_at_90_percent_is_the_rest_of_the_top_decile (void)
{
  g_autoptr (KennisDataset) dataset = hundred_people (77);
  double rest = metrics_measure (dataset, "uptake.lorenz-90", "2024-01", "2024-12").value;
  double top = metrics_measure (dataset, "uptake.top-decile-share", "2024-01", "2024-12").value;

  assert_near (rest + top, 1);
}

static void
there_is_no_point_with_fewer_people_behind_it_than_the_minimum_group (void)
{
  g_autoptr (KennisDataset) dataset = hundred_people (49);

  CU_ASSERT_EQUAL (metrics_measure (dataset, "uptake.lorenz-50", "2024-01", "2024-12").status,
                   KENNIS_MEASURE_STATUS_TOO_FEW);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "points of the Lorenz curve are those worked out by hand", points_of_the_lorenz_curve_are_those_worked_out_by_hand },
    { "the point at 90% is the rest of the top decile", the_point_at_90_percent_is_the_rest_of_the_top_decile },
    { "there is no point with fewer people behind it than the minimum group",
      there_is_no_point_with_fewer_people_behind_it_than_the_minimum_group },
    CU_TEST_INFO_NULL
  };

  return kennis_test_main ("lorenz", tests);
}
