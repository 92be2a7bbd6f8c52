#include "config.h"

#include <math.h>
#include <string.h>

#include <libxml/relaxng.h>

#include "value-models.h"

#define ROOT "<value-model xmlns=\"urn:kennis:value:1\" version=\"1\" currency=\"EUR\" horizon=\"12\">"

static KennisValueModel *
read_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return kennis_value_model_new_from_bytes (bytes, "model.xml", error);
}

static KennisValueModel *
small_model (void)
{
  KennisValueModel *model = VALUE_MODEL (24, YEAR_END, AMOUNT, "amount=pert(1,2,4)", "isolation=0.5", "p/transfer=0.4",
                                         "fixed-cost=10", "discount-rate=normal(0.05,0.01)[0,0.2]");

  kennis_value_model_add_reason (model, "p", "meer <plezier> & rust", NULL);
  kennis_value_model_set_correlation (model, "amount", "discount-rate", -0.25, NULL);
  kennis_value_model_set_input_text (model, "fixed-cost", "12", KENNIS_EVIDENCE_MEASURED, "books of 2023", NULL);
  return model;
}

static void
what_is_written_is_read_back (void)
{
  g_autoptr (KennisValueModel) model = small_model ();
  g_autoptr (GBytes) first = kennis_value_model_to_bytes (model);
  g_autoptr (KennisValueModel) again = kennis_value_model_new_from_bytes (first, NULL, NULL);
  g_autoptr (GBytes) second = NULL;
  KennisEvidence evidence;
  const char *source;

  CU_ASSERT_PTR_NOT_NULL_FATAL (again);
  second = kennis_value_model_to_bytes (again);
  CU_ASSERT_TRUE (g_bytes_equal (first, second));
  CU_ASSERT_PTR_NOT_NULL (kennis_value_model_get_input (again, "fixed-cost", &evidence, &source, NULL));
  CU_ASSERT_EQUAL (evidence, KENNIS_EVIDENCE_MEASURED);
  assert_text (source, "books of 2023");
  CU_ASSERT_EQUAL (kennis_value_model_get_timing (again), KENNIS_CASH_TIMING_YEAR_END);
}

static void
what_is_written_fits_the_schema (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("KENNIS_SRCDIR"), "data/schema/kennis-value-1.rng", NULL);
  xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt (path);
  xmlRelaxNG *schema = xmlRelaxNGParse (parser);
  xmlRelaxNGValidCtxt *valid;
  g_autoptr (KennisValueModel) model = small_model ();
  g_autoptr (GBytes) bytes = kennis_value_model_to_bytes (model);
  xmlDoc *document = xmlReadMemory (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, NULL, 0);

  CU_ASSERT_PTR_NOT_NULL_FATAL (schema);
  valid = xmlRelaxNGNewValidCtxt (schema);
  CU_ASSERT_EQUAL (xmlRelaxNGValidateDoc (valid, document), 0);
  xmlNewProp (xmlDocGetRootElement (document), (const xmlChar *) "horison", (const xmlChar *) "1");
  CU_ASSERT_NOT_EQUAL (xmlRelaxNGValidateDoc (valid, document), 0);
  xmlFreeDoc (document);
  xmlRelaxNGFreeValidCtxt (valid);
  xmlRelaxNGFree (schema);
  xmlRelaxNGFreeParserCtxt (parser);
}

static void
a_wrong_document_is_told_where_and_what (void)
{
  static const char * const wrong[][2] = {
    { "", "not well-formed" },
    { "<value-model>", "model.xml, line 1" },
    { "<value-model/>", "urn:kennis:value:1" },
    { "<!DOCTYPE x [<!ENTITY a \"b\">]>" ROOT "</value-model>", "DOCTYPE" },
    { ROOT "\n<input name=\"discount-rate\" value=\"much\"/></value-model>", "line 2: discount-rate: “much” is no quantity" },
    { ROOT "<input name=\"participants\" value=\"1\"/></value-model>", "names no input" },
    { ROOT "<input name=\"tax-rate\" value=\"0.2\"/>\n<input name=\"tax-rate\" value=\"0.3\"/></value-model>", "line 2: <input>: is the second" },
    { ROOT "<programme id=\"a/b\"/></value-model>", "no id" },
    { ROOT "<programme id=\"a\"/><programme id=\"a\"/></value-model>", "already" },
    { ROOT "<programme id=\"a\"><benefit id=\"b\" kind=\"joy\"/></programme></value-model>", "productivity" },
    { ROOT "<programme id=\"a\"><input name=\"leaving-rate\" value=\"normal(.1,.1)\"/></programme></value-model>", "normal(0.5,0.1)[0,1]" },
    { ROOT "<programme id=\"a\" colour=\"red\"/></value-model>", "“colour” is not one of id, name" },
    { ROOT "<correlation a=\"x\" b=\"y\" value=\"2\"/></value-model>", "names no input" },
    { ROOT "<bonus/></value-model>", "<input>, <programme> and <correlation>" },
    { "<value-model xmlns=\"urn:kennis:value:1\" version=\"1\" currency=\"euro\" horizon=\"12\"/>", "ISO 4217" },
    { "<value-model xmlns=\"urn:kennis:value:1\" version=\"1\" currency=\"EUR\" horizon=\"1e9\"/>", "1 to 1200" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KennisValueModel) model = read_text (wrong[i][0], &error);

      CU_ASSERT_PTR_NULL (model);
      CU_ASSERT_PTR_NOT_NULL_FATAL (error);
      if (strstr (error->message, wrong[i][1]) == NULL)
        assert_text (error->message, wrong[i][1]);
    }
}

static void
damaged_bytes_are_survived (void)
{
  g_autoptr (KennisValueModel) model = small_model ();
  g_autoptr (GBytes) bytes = kennis_value_model_to_bytes (model);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  guint read = 0;

  for (gsize i = 0; i < size; i++)
    {
      g_autofree char *damaged = g_memdup2 (data, size);
      g_autoptr (GBytes) other = NULL;
      g_autoptr (KennisValueModel) result = NULL;
      g_autoptr (GError) error = NULL;

      damaged[i] ^= 1 + (int) (i % 127);
      other = g_bytes_new (damaged, size);
      result = kennis_value_model_new_from_bytes (other, "x", &error);
      CU_ASSERT_TRUE ((result == NULL) == (error != NULL));
      read += result != NULL;
    }
  CU_ASSERT_TRUE (read < size);
}

static void
a_short_path_means_the_only_one (void)
{
  g_autoptr (KennisValueModel) model = small_model ();
  g_autoptr (GError) error = NULL;

  CU_ASSERT_PTR_EQUAL (kennis_value_model_get_input (model, "amount", NULL, NULL, NULL),
                       kennis_value_model_get_input (model, "p/b/amount", NULL, NULL, NULL));
  kennis_value_model_add_programme (model, "q", NULL, NULL);
  CU_ASSERT_PTR_NULL (kennis_value_model_get_input (model, "fixed-cost", NULL, NULL, &error));
  CU_ASSERT_PTR_NOT_NULL_FATAL (error);
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "any of 2"));
}

static void
what_is_missing_is_named (void)
{
  static const char *const wanted[][3] = { { "cost-per-head=5", "fixed-cost=1", "participants" },
                                           { "participants=5", "hours-per-head=1", "wage" },
                                           { "hazard=.1", "fixed-cost=1", "loss" } };

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autoptr (KennisValueModel) model = VALUE_MODEL (12, MONTH_END, NONE, wanted[i][0], wanted[i][1]);
      g_autoptr (GError) error = NULL;

      CU_ASSERT_PTR_NULL (kennis_return_new (model, &error));
      CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA));
      CU_ASSERT_PTR_NOT_NULL (strstr (error->message, wanted[i][2]));
    }
}

static void
a_utility_takes_no_transfer_again (void)
{
  g_autoptr (KennisValueModel) model =
      VALUE_MODEL (12, MONTH_END, UTILITY, "participants=1", "p/b/d=1", "sdy=100", "p/b/transfer=0.5");
  g_autoptr (GError) error = NULL;

  CU_ASSERT_PTR_NULL (kennis_return_new (model, &error));
  CU_ASSERT_PTR_NOT_NULL_FATAL (error);
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "already"));
  g_clear_error (&error);
  /* Nor from its programme, which would be of no effect without a word. */
  kennis_value_model_set_input (model, "p/b/transfer", NULL, KENNIS_EVIDENCE_UNKNOWN, NULL, NULL);
  value_set (model, "p/transfer", "0.5");
  CU_ASSERT_PTR_NULL (kennis_return_new (model, &error));
  CU_ASSERT_TRUE_FATAL (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "p/transfer"));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "p/BENEFIT/transfer"));
}

static void
contradicting_correlations_are_refused (void)
{
  g_autoptr (KennisValueModel) model =
      VALUE_MODEL (12, MONTH_END, NONE, "fixed-cost=normal(1,1)", "subsidy=normal(1,1)", "indirect-cost=normal(1,1)");
  g_autoptr (GError) error = NULL;

  kennis_value_model_set_correlation (model, "fixed-cost", "subsidy", 0.9, NULL);
  kennis_value_model_set_correlation (model, "fixed-cost", "indirect-cost", 0.9, NULL);
  kennis_value_model_set_correlation (model, "subsidy", "indirect-cost", -0.9, NULL);
  CU_ASSERT_PTR_NULL (kennis_return_new (model, &error));
  CU_ASSERT_PTR_NOT_NULL_FATAL (error);
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "p/fixed-cost – p/subsidy 0.9"));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "p/subsidy – p/indirect-cost -0.9"));
  /* 1 − 3 r² − 2 r³ > 0 for r < ½, where r = 2 sin (.9 π t / 6). */
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "multiplied with 0.53 or less"));
}

static void
only_what_contradicts_itself_is_named (void)
{
  g_autoptr (KennisValueModel) model =
      VALUE_MODEL (12, MONTH_END, NONE, "fixed-cost=normal(1,1)", "subsidy=normal(1,1)", "indirect-cost=normal(1,1)",
                   "running-cost=normal(1,1)", "cost-per-head=normal(1,1)", "participants=10");
  g_autoptr (GError) error = NULL;

  kennis_value_model_set_correlation (model, "running-cost", "cost-per-head", 0.4, NULL);
  kennis_value_model_set_correlation (model, "fixed-cost", "running-cost", 0.3, NULL);
  kennis_value_model_set_correlation (model, "fixed-cost", "subsidy", 0.8, NULL);
  kennis_value_model_set_correlation (model, "fixed-cost", "indirect-cost", 0.8, NULL);
  CU_ASSERT_PTR_NULL (kennis_return_new (model, &error));
  CU_ASSERT_PTR_NOT_NULL_FATAL (error);
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "p/subsidy – p/indirect-cost 0;"));
  CU_ASSERT_PTR_NULL (strstr (error->message, "running-cost"));
  /* As one more says, they can. */
  CU_ASSERT_TRUE (kennis_value_model_set_correlation (model, "subsidy", "indirect-cost", 0.8, NULL));
  g_clear_error (&error);
  {
    g_autoptr (KennisReturn) result = kennis_return_new (model, &error);

    CU_ASSERT_PTR_NOT_NULL (result);
  }
}

static void
only_what_varies_goes_together (void)
{
  g_autoptr (KennisValueModel) model =
      VALUE_MODEL (12, MONTH_END, AMOUNT, "amount=10", "transfer=1", "isolation=1", "confidence=1",
                   "fixed-cost=normal(1,1)", "subsidy=12", "indirect-cost=normal(1,1)");
  g_autoptr (KennisValueModel) copy = NULL;
  g_autoptr (KennisReturn) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  CU_ASSERT_FALSE (kennis_value_model_set_correlation (model, "fixed-cost", "subsidy", 0.5, &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "p/subsidy” is the number 12 "));
  g_clear_error (&error);
  CU_ASSERT_FALSE (kennis_value_model_set_correlation (model, "wage", "fixed-cost", 0.5, &error));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "p/wage” is not given yet"));
  CU_ASSERT_TRUE (kennis_value_model_set_correlation (model, "fixed-cost", "subsidy", 0, NULL));
  CU_ASSERT_TRUE (kennis_value_model_set_correlation (model, "fixed-cost", "indirect-cost", 0.5, NULL));
  /* What becomes a number waits. */
  value_set (model, "indirect-cost", "3");
  result = kennis_return_simulate (model, 2000, 1, KENNIS_SAMPLING_PLAIN, 0, 1, NULL, NULL, NULL, NULL);
  CU_ASSERT_TRUE (kennis_return_get_first_order (result, "fixed-cost", NULL) > 0.99);
  bytes = kennis_value_model_to_bytes (model);
  CU_ASSERT_PTR_NULL (g_strstr_len (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "correlation"));
  copy = kennis_value_model_copy (model);
  value_set (copy, "indirect-cost", "normal(3,1)");
  g_object_unref (result);
  result = kennis_return_simulate (copy, 2000, 1, KENNIS_SAMPLING_PLAIN, 0, 1, NULL, NULL, NULL, NULL);
  CU_ASSERT_TRUE (isnan (kennis_return_get_first_order (result, "fixed-cost", NULL)));
}

/* Ten people complete an activity of 6 or 10 hours at 200; six of them use it after 30 days, the others not in the
 * 365 days that follow: a share of .6 (variance .6 × .4 / 10 = .024: beta(5.4, 3.6)), after 30 days = .98565 month. */
static void
records_fill_a_programme (void)
{
  g_autoptr (KennisDataset) dataset = kennis_dataset_new ("UTC", "EUR", NULL);
  g_autoptr (KennisSummary) summary = NULL;
  g_autoptr (KennisValueModel) model = VALUE_MODEL (12, MONTH_END, NONE, "fixed-cost=1");
  g_autoptr (GError) error = NULL;
  g_autofree char *transfer = NULL;
  const gint64 day = 86400000, end = G_GINT64_CONSTANT (1704096000000);

  g_object_set (dataset, "accept-seen", TRUE, NULL);
  for (int i = 0; i < 11; i++)
    {
      g_autofree char *person = g_strdup_printf ("p%d", i);
      g_autoptr (KennisRecord) record =
          g_object_new (KENNIS_TYPE_ACTIVITY, "person", person, "topic", i < 10 ? "care" : "other", "ended",
                        i < 10 ? end : end + 365 * day, "duration", (gint64) (i % 2 ? 6 : 10) * 3600000, "cost",
                        (gint64) 2000000, "status", KENNIS_STATUS_COMPLETED, NULL);

      if (i < 6)
        g_object_set (record, "applied", end + 30 * day, NULL);
      CU_ASSERT_TRUE (kennis_dataset_add (dataset, record, NULL, &error));
    }
  summary = kennis_summary_make (dataset, NULL, 1, NULL, NULL, NULL, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL (summary);
  CU_ASSERT_TRUE (kennis_value_model_fill (model, "p", summary, (const char * const[]) { "care", NULL }, KENNIS_UNKNOWN, KENNIS_UNKNOWN, &error));
  assert_near (kennis_quantity_get_mean (kennis_value_model_get_input (model, "participants", NULL, NULL, NULL)), 10);
  assert_near (kennis_quantity_get_mean (kennis_value_model_get_input (model, "cost-per-head", NULL, NULL, NULL)), 200);
  assert_within (kennis_quantity_get_mean (kennis_value_model_get_input (model, "hours-per-head", NULL, NULL, NULL)), 8, 1e-6);
  assert_within (kennis_quantity_get_mean (kennis_value_model_get_input (model, "p/transfer", NULL, NULL, NULL)), 0.6, 1e-12);
  assert_within (kennis_quantity_get_sd (kennis_value_model_get_input (model, "p/transfer", NULL, NULL, NULL)), sqrt (0.024), 1e-9);
  assert_within (kennis_quantity_get_mean (kennis_value_model_get_input (model, "p/delay", NULL, NULL, NULL)), 30 / 30.436875, 1e-9);
  CU_ASSERT_FALSE (kennis_value_model_fill (model, "p", summary, (const char * const[]) { "nope", NULL }, KENNIS_UNKNOWN, KENNIS_UNKNOWN, &error));

  /* Beside a utility, which has transfer in it, the others get it each. */
  g_autoptr (KennisValueModel) mixed = VALUE_MODEL (12, MONTH_END, UTILITY, "p/b/d=1", "sdy=100");
  kennis_value_model_add_benefit (mixed, "p", "c", NULL, KENNIS_BENEFIT_KIND_QUALITY, KENNIS_BENEFIT_METHOD_AMOUNT, NULL);
  value_set (mixed, "p/c/amount", "0");
  CU_ASSERT_TRUE (kennis_value_model_fill (mixed, "p", summary, (const char * const[]) { "care", NULL }, KENNIS_UNKNOWN, KENNIS_UNKNOWN, NULL));
  CU_ASSERT_PTR_NULL (kennis_value_model_get_input (mixed, "p/transfer", NULL, NULL, NULL));
  assert_within (kennis_quantity_get_mean (kennis_value_model_get_input (mixed, "p/c/transfer", NULL, NULL, NULL)), 0.6, 1e-12);
}

/* Three people complete an activity, one uses it the day after, and records end `days` later. */
static KennisQuantity *
transfer_after (gint64 days, gboolean used)
{
  g_autoptr (KennisDataset) dataset = kennis_dataset_new ("UTC", "EUR", NULL);
  g_autoptr (KennisSummary) summary = NULL;
  g_autoptr (KennisValueModel) model = VALUE_MODEL (12, MONTH_END, NONE, "fixed-cost=1");
  g_autoptr (GError) error = NULL;
  const gint64 day = 86400000, end = G_GINT64_CONSTANT (1704096000000);
  KennisQuantity *found;

  g_object_set (dataset, "accept-seen", TRUE, NULL);
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *person = g_strdup_printf ("p%d", i);
      g_autoptr (KennisRecord) record =
          g_object_new (KENNIS_TYPE_ACTIVITY, "person", person, "topic", i < 3 ? "care" : "other", "ended",
                        i < 3 ? end : end + days * day, "status", KENNIS_STATUS_COMPLETED, NULL);

      if (i == 3 || (used && i == 0))
        g_object_set (record, "applied", end + (i == 3 ? days : 1) * day, NULL);
      CU_ASSERT_TRUE (kennis_dataset_add (dataset, record, NULL, &error));
    }
  summary = kennis_summary_make (dataset, NULL, 1, NULL, NULL, NULL, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL (summary);
  CU_ASSERT_TRUE (kennis_value_model_fill (model, "p", summary, (const char *const[]) { "care", NULL }, KENNIS_UNKNOWN,
                                           KENNIS_UNKNOWN, &error));
  found = kennis_value_model_get_input (model, "p/transfer", NULL, NULL, NULL);

  return found != NULL ? kennis_quantity_ref (found) : NULL;
}

static void
use_is_not_known_before_it_was_followed (void)
{
  g_autoptr (KennisQuantity) late = transfer_after (120, TRUE), never = transfer_after (120, FALSE);

  CU_ASSERT_PTR_NULL (transfer_after (20, TRUE));
  CU_ASSERT_PTR_NULL (transfer_after (20, FALSE));
  CU_ASSERT_PTR_NOT_NULL_FATAL (late);
  assert_within (kennis_quantity_get_mean (late), 1.0 / 3, 1e-12);
  CU_ASSERT_PTR_NOT_NULL_FATAL (never);
  assert_near (kennis_quantity_get_mean (never), 0);
}

static void
add_outcomes (KennisDataset *dataset, const char *team, const double *values)
{
  const gint64 begins[] = { G_GINT64_CONSTANT (1672531200000), G_GINT64_CONSTANT (1688169600000),
                            G_GINT64_CONSTANT (1704067200000), G_GINT64_CONSTANT (1719792000000) };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (begins); i++)
    if (!isnan (values[i]))
      {
        g_autoptr (KennisRecord) outcome = g_object_new (KENNIS_TYPE_OUTCOME, "team", team, "measure", "errors",
                                                         "period", begins[i], "value", values[i], NULL);

        CU_ASSERT_TRUE (kennis_dataset_add (dataset, outcome, NULL, &error));
      }
}

static KennisSummary *
outcomes (void)
{
  static const char *const teams[] = { "a", "b", "c", "d", "e", "late" };
  static const double values[][4] = { { 9, 11, 5, 7 },   { 20, 20, 17, 15 }, { 8, 8, 8, 6 },
                                      { 10, 12, 12, 8 }, { 7, 9, 11, 9 },    { NAN, NAN, 1, 1 } };
  g_autoptr (KennisDataset) dataset = kennis_dataset_new ("UTC", "EUR", NULL);
  KennisSummary *summary;

  for (guint i = 0; i < G_N_ELEMENTS (teams); i++)
    {
      g_autoptr (KennisRecord) team = g_object_new (KENNIS_TYPE_TEAM, "id", teams[i], NULL);

      CU_ASSERT_TRUE (kennis_dataset_add (dataset, team, NULL, NULL));
      add_outcomes (dataset, teams[i], values[i]);
    }
  summary = kennis_summary_make (dataset, NULL, 1, NULL, NULL, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (summary);
  return summary;
}

/* a: 10 → 6, b: 20 → 16, c: 8 → 7, all of whom took part: changes −4, −4, −1, mean −3, variance 3.
 * d: 11 → 10, e: 8 → 10: −1 and 2, mean 0.5, variance 4.5; "late" has no before.
 * Effect −3.5, standard error √(3/3 + 4.5/2) = √3.25; at −1000 each error and three teams: 10 500 ± 5 408.33
 * (R: t.test (c (-4, -4, -1), c (-1, 2))$stderr is 1.802776). */
static void
a_comparison_group_fills_a_benefit (void)
{
  g_autoptr (KennisSummary) summary = outcomes ();
  g_autoptr (KennisValueModel) model = VALUE_MODEL (12, MONTH_END, AMOUNT, "fixed-cost=1");
  g_autoptr (GError) error = NULL;
  const char *const took_part[] = { "a", "b", "c", NULL };
  KennisEvidence evidence;
  KennisQuantity *amount;
  const char *source;

  CU_ASSERT_TRUE (kennis_value_model_fill_benefit (model, "p/b", summary, "errors", took_part,
                                                   G_GINT64_CONSTANT (1704067200000), -1000, &error));
  amount = kennis_value_model_get_input (model, "p/b/amount", &evidence, &source, NULL);
  assert_within (kennis_quantity_get_mean (amount), 10500, 1e-9);
  assert_within (kennis_quantity_get_sd (amount), 3000 * sqrt (3.25), 1e-9);
  CU_ASSERT_EQUAL (evidence, KENNIS_EVIDENCE_MEASURED);
  CU_ASSERT_PTR_NOT_NULL (strstr (source, "3 teams and 2 others"));
  assert_near (kennis_quantity_get_mean (kennis_value_model_get_input (model, "p/b/isolation", NULL, NULL, NULL)), 1);
  assert_near (kennis_quantity_get_mean (kennis_value_model_get_input (model, "p/b/transfer", NULL, NULL, NULL)), 1);
}

static void
a_comparison_that_cannot_be_made_says_why (void)
{
  g_autoptr (KennisSummary) summary = outcomes ();
  const gint64 begun = G_GINT64_CONSTANT (1704067200000);
  const struct { const char *benefit, *measure, *teams[5]; gint64 begun; double worth; int code; const char *says; } bad[] = {
    { "p/b", "errors", { "a", "nobody", NULL }, begun, 1, KENNIS_ERROR_UNKNOWN_REFERENCE, "nobody" },
    { "p/x", "errors", { "a", "b", NULL }, begun, 1, KENNIS_ERROR_UNKNOWN_REFERENCE, "p/x/amount" },
    { "p/b", "joy", { "a", "b", NULL }, begun, 1, KENNIS_ERROR_NO_DATA, "joy" },
    { "p/b", "errors", { "a", NULL }, begun, 1, KENNIS_ERROR_NO_DATA, "1 teams" },
    { "p/b", "errors", { "a", "b", NULL }, 0, 1, KENNIS_ERROR_NO_DATA, "0 teams" },
    { "p/b", "errors", { "a", "b", NULL }, begun, NAN, KENNIS_ERROR_INVALID, "worth" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (KennisValueModel) model = VALUE_MODEL (12, MONTH_END, AMOUNT, "fixed-cost=1");
      g_autoptr (GError) error = NULL;

      CU_ASSERT_FALSE (kennis_value_model_fill_benefit (model, bad[i].benefit, summary, bad[i].measure, bad[i].teams,
                                                        bad[i].begun, bad[i].worth, &error));
      CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, bad[i].code)
                      && strstr (error->message, bad[i].says) != NULL);
      CU_ASSERT_PTR_NULL (kennis_value_model_get_input (model, "p/b/amount", NULL, NULL, NULL));
    }
  g_autoptr (KennisValueModel) utility = VALUE_MODEL (12, MONTH_END, UTILITY, "participants=3");
  g_autoptr (GError) error = NULL;
  CU_ASSERT_FALSE (kennis_value_model_fill_benefit (utility, "p/b", summary, "errors", bad[1].teams, begun, 1, &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
}

int
main (void)
{
  static CU_TestInfo tests[] = {
    { "what is written is read back", what_is_written_is_read_back },
    { "what is written fits the schema", what_is_written_fits_the_schema },
    { "a wrong document is told where and what", a_wrong_document_is_told_where_and_what },
    { "damaged bytes are survived", damaged_bytes_are_survived },
    { "a short path means the only one", a_short_path_means_the_only_one },
    { "what is missing is named", what_is_missing_is_named },
    { "a utility takes no transfer again", a_utility_takes_no_transfer_again },
    { "contradicting correlations are refused", contradicting_correlations_are_refused },
    { "only what contradicts itself is named", only_what_contradicts_itself_is_named },
    { "only what varies goes together", only_what_varies_goes_together },
    { "records fill a programme", records_fill_a_programme },
    { "use is not known before it was followed", use_is_not_known_before_it_was_followed },
    { "a comparison group fills a benefit", a_comparison_group_fills_a_benefit },
    { "a comparison that cannot be made says why", a_comparison_that_cannot_be_made_says_why },
    CU_TEST_INFO_NULL,
  };
  return kennis_test_main ("value model", tests);
}
