#include "config.h"

#include "kennis-metrics.h"
#include "metric/kennis-ground-types-private.h"

static void
every_row_is_complete (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < kennis_catalogue_size (); i++)
    {
      const KennisMetricRow *row = kennis_catalogue_row (i);

      CU_ASSERT (g_hash_table_add (ids, (gpointer) row->id));
      CU_ASSERT (strchr (row->id, '.') != NULL);
      CU_ASSERT (row->title != NULL && row->description != NULL && row->reading_aid != NULL);
      CU_ASSERT (row->formula != NULL && row->source != NULL && row->inputs != NULL
                 && (row->measure == NULL) == row->is_derived);
      CU_ASSERT (row->minimum < row->maximum);
      CU_ASSERT_EQUAL (kennis_catalogue_find (row->id), (int) i);
    }
  CU_ASSERT_PTR_NULL (kennis_catalogue_row (kennis_catalogue_size ()));
}

/* Inputs name record types and fields that there are: else a metric would silently never be NO_DATA. */
static void
inputs_are_fields (void)
{
  for (guint i = 0; i < kennis_catalogue_size (); i++)
    {
      g_autoptr (KennisMetric) metric = kennis_metric_lookup (kennis_catalogue_row (i)->id);
      g_auto (GStrv) inputs = kennis_metric_get_inputs (metric);

      for (guint j = 0; inputs[j] != NULL; j++)
        {
          const char *dot = strchr (inputs[j], '.');
          const KennisSchema *schema = kennis_schema_find (inputs[j], dot != NULL ? dot - inputs[j] : -1);

          CU_ASSERT_PTR_NOT_NULL (schema);
          if (schema != NULL && dot != NULL && kennis_schema_find_field (schema, dot + 1, -1) < 0)
            {
              CU_FAIL ("no such field");
              printf ("# %s: %s\n", kennis_metric_get_id (metric), inputs[j]);
            }
        }
    }
}

static void
the_list_follows_a_pattern (void)
{
  g_autoptr (GListModel) all = kennis_metric_list (NULL), uptake = kennis_metric_list ("uptake.*"),
                         none = kennis_metric_list ("nothing");
  g_autoptr (KennisMetric) first = g_list_model_get_item (uptake, 0);

  CU_ASSERT_EQUAL (g_list_model_get_n_items (all), kennis_catalogue_size ());
  CU_ASSERT (g_list_model_get_n_items (uptake) >= 22);
  for (guint i = 0; i < g_list_model_get_n_items (uptake); i++)
    {
      g_autoptr (KennisMetric) metric = g_list_model_get_item (uptake, i);

      assert_text (kennis_metric_get_family (metric), "uptake");
    }
  CU_ASSERT_EQUAL (g_list_model_get_n_items (none), 0);
  assert_text (kennis_metric_get_id (first), "uptake.participation-rate");
  assert_text (kennis_metric_get_family (first), "uptake");
  CU_ASSERT_EQUAL (kennis_metric_get_unit (first), KENNIS_UNIT_SHARE);
  assert_near (kennis_metric_get_minimum (first), 0);
  assert_near (kennis_metric_get_maximum (first), 1);
  CU_ASSERT_EQUAL (kennis_metric_get_direction (first), KENNIS_DIRECTION_HIGHER);
  CU_ASSERT_EQUAL (kennis_metric_get_cost (first), KENNIS_COST_LIGHT);
  assert_text (kennis_metric_get_title (first, NULL), "People who learned");
  assert_text (kennis_metric_get_title (first, "xx"), "People who learned");
  CU_ASSERT_PTR_NOT_NULL (kennis_metric_get_description (first, "en"));
  CU_ASSERT_PTR_NOT_NULL (kennis_metric_get_reading_aid (first, "en"));
  CU_ASSERT_PTR_NOT_NULL (kennis_metric_get_formula (first));
  CU_ASSERT_PTR_NOT_NULL (kennis_metric_get_source (first));
}

static void
what_is_not_there_is_not_found (void)
{
  CU_ASSERT_PTR_NULL (kennis_metric_lookup ("uptake.nothing"));
  CU_ASSERT_EQUAL (kennis_catalogue_find (""), -1);
}

/* Four scales with six figures each, and the response. */
static void
an_instrument_has_metrics_of_its_own (void)
{
  g_autoptr (KennisInstrument) instrument = kennis_instrument_find ("foundation", NULL);
  g_autoptr (GListModel) list = kennis_metric_list_for_instrument (instrument);
  g_autoptr (KennisMetric) first = g_list_model_get_item (list, 0), alpha = g_list_model_get_item (list, 2),
                           last = g_list_model_get_item (list, 24);

  CU_ASSERT_EQUAL_FATAL (g_list_model_get_n_items (list), 4 * 6 + 1);
  g_clear_object (&list);
  g_clear_object (&instrument);
  assert_text (kennis_metric_get_id (first), "survey.foundation.leadership");
  assert_text (kennis_metric_get_family (first), "survey");
  assert_text (kennis_metric_get_id (alpha), "survey.foundation.leadership.alpha");
  assert_text (kennis_metric_get_title (alpha, "nl"), "Cronbachs alfa: Leiderschap");
  assert_text (kennis_metric_get_id (last), "survey.foundation.response-rate");
  CU_ASSERT_PTR_NOT_NULL (kennis_metric_get_formula (last));
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "every row is complete", every_row_is_complete },
    { "inputs are fields", inputs_are_fields },
    { "the list follows a pattern", the_list_follows_a_pattern },
    { "an instrument has metrics of its own", an_instrument_has_metrics_of_its_own },
    { "what is not there is not found", what_is_not_there_is_not_found },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("metric", tests);
}
