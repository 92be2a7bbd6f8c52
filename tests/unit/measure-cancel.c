#include "config.h"

#include "base/kennis-random-private.h"
#include "kennis-metrics.h"
#include "looks.h"

/* What takes long within one metric looks at the cancellable too. */

#define PEOPLE 600

static KennisSummary *
make_summary (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  KennisSummary *summary;
  KennisRandom random;

  kennis_random_init (&random, 9, 9);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "A", NULL);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "B", NULL);
  for (guint p = 0; p < PEOPLE; p++)
    {
      g_autofree char *id = g_strdup_printf ("p%03u", p);

      metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "team", p % 2 ? "A" : "B", "fte", 1.0, NULL);
      for (guint i = 0; i < 4; i++)
        {
          g_autofree char *topic = g_strdup_printf ("t%u", kennis_random_below (&random, 200));

          metrics_add (d, KENNIS_TYPE_HOLDING, "person", id, "topic", topic, NULL);
        }
    }
  for (guint i = 0; i < 5 * PEOPLE; i++)
    {
      guint from = kennis_random_below (&random, PEOPLE), other = 1 + kennis_random_below (&random, PEOPLE - 1);
      g_autofree char *giver = g_strdup_printf ("p%03u", from);
      g_autofree char *receiver = g_strdup_printf ("p%03u", (from + other) % PEOPLE);

      metrics_add (d, KENNIS_TYPE_SHARING, "giver", giver, "receiver", receiver, "time",
                   at ("2024-01-01") + HOURS (24) * kennis_random_below (&random, 360), NULL);
    }
  metrics_cover (d, "2024-01-01", "2025-01-01");
  yes_from = G_MAXINT;
  summary = kennis_summary_make (d, NULL, 1, NULL, NULL, NULL, NULL);
  g_assert_nonnull (summary);
  return summary;
}

/* Returns the looks. */
static int
measure (KennisSummary *summary, const char *metric, int cancel_at, gboolean *is_cancelled)
{
  g_autoptr (KennisQuery) query = kennis_query_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  KennisMeasureSet *set;

  kennis_query_add_metric (query, metric);
  if (!kennis_query_set_window (query, "2024-01", "2024-12", &error))
    g_error ("%s", error->message);
  n_looks = 0;
  yes_from = cancel_at;
  set = kennis_measure_run (summary, &query, 1, 1, NULL, cancellable, &error);
  *is_cancelled = set == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  CU_ASSERT_TRUE (set != NULL || *is_cancelled);
  g_clear_pointer (&set, kennis_measure_set_free);
  return n_looks;
}

static void
what_takes_long_in_one_metric_can_be_cancelled (void)
{
  static const char *const metrics[] = { "exchange.largest-component-share", "exchange.reach", "exchange.global-efficiency",
                                         "exchange.brokerage-concentration", "exchange.temporal-reach",
                                         "retention.bus-factor" };
  g_autoptr (KennisSummary) summary = make_summary ();
  gboolean is_cancelled;
  int least = measure (summary, "exchange.density", G_MAXINT, &is_cancelled);

  CU_ASSERT_FALSE (is_cancelled);
  for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
    {
      int all = measure (summary, metrics[i], G_MAXINT, &is_cancelled);

      CU_ASSERT_FALSE (is_cancelled);
      if (all < least + 3)
        {
          g_print ("# %s looks %d times, and %d do not belong to it\n", metrics[i], all, least);
          CU_FAIL ("too few looks");
        }
      for (int look = 1; look <= all; look += MAX (1, all / 7))
        {
          measure (summary, metrics[i], look, &is_cancelled);
          CU_ASSERT_TRUE (is_cancelled);
        }
    }
}

#define MANY 50000

/* Nobody shares anything, so that what is left to do goes by people. */
static void
who_asks_how_robust_many_people_are_can_cancel_while_they_are_looked_up (void)
{
  g_autoptr (KennisSummary) summary = make_summary ();
  g_autoptr (KennisRetention) retention = kennis_retention_make (summary, KENNIS_UNKNOWN, 730, 8, NULL, NULL);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0), rows = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (GStrv) labels = g_new0 (char *, MANY + 1);
  g_autoptr (KennisNetwork) network = NULL;
  int all;

  for (guint p = 0; p < MANY; p++)
    labels[p] = g_strdup_printf ("p%03u", p);
  network = kennis_network_new_from_columns (MANY, nothing, nothing, NULL, (const char *const *) labels, NULL, NULL);
  n_looks = 0;
  rows = kennis_retention_robustness (retention, network, KENNIS_REMOVAL_RANDOM, 1, 1, 1, 1, cancellable, NULL);
  CU_ASSERT_PTR_NOT_NULL (rows);
  all = n_looks;
  /* 44 of the networks that are made, and of sorting people twice; the rest while people are looked up and drawn. */
  CU_ASSERT_TRUE (all >= 44 + MANY / 16384 + 2);
  for (int look = 1; look <= all; look++)
    {
      g_autoptr (GError) error = NULL;

      n_looks = 0;
      yes_from = look;
      CU_ASSERT_PTR_NULL (
          kennis_retention_robustness (retention, network, KENNIS_REMOVAL_RANDOM, 1, 1, 1, 1, cancellable, &error));
      CU_ASSERT_TRUE (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
    }
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "what takes long in one metric can be cancelled", what_takes_long_in_one_metric_can_be_cancelled },
    { "who asks how robust many people are can cancel while they are looked up",
      who_asks_how_robust_many_people_are_can_cancel_while_they_are_looked_up },
    CU_TEST_INFO_NULL
  };

  return kennis_test_main ("measure-cancel", tests);
}
