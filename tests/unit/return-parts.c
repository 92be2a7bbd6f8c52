#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-statistics-private.h"
#include "value-models.h"

/* Figures that are divided by cost, and programmes by themselves: what their draws tell. */

static KennisReturn *
run (KennisValueModel *model, guint64 n, guint n_threads)
{
  g_autoptr (GError) error = NULL;
  KennisReturn *result =
      kennis_return_simulate (model, n, 42, KENNIS_SAMPLING_PLAIN, 0, n_threads, NULL, NULL, NULL, &error);

  if (result == NULL)
    assert_text (error->message, "");
  CU_ASSERT_PTR_NOT_NULL_FATAL (result);
  return result;
}

/* N(80, 30²) for 70 that are certain: BCR is N(80/70, (30/70)²), ROI is 100 (BCR − 1). */
static void
bcr_and_roi_are_drawn (void)
{
  g_autoptr (KennisValueModel) model =
      VALUE_MODEL (12, MONTH_END, AMOUNT, "amount=normal(80,30)", "transfer=1", "isolation=1", "fixed-cost=70");
  g_autoptr (KennisReturn) result = run (model, 500000, 0);
  g_autoptr (KennisReturn) expected = kennis_return_new (model, NULL);
  double error, roi_error, value = kennis_return_get_mean (result, KENNIS_FIGURE_BCR, &error);

  assert_within (value, 80.0 / 70, 4 * error);
  assert_within (error, 30.0 / 70 / sqrt (500000), 1e-5);
  assert_within (kennis_return_get_mean (result, KENNIS_FIGURE_ROI, &roi_error), 100 * (value - 1), 1e-9);
  assert_within (roi_error, 100 * error, 1e-12);
  value = kennis_return_get_sd (result, KENNIS_FIGURE_ROI, &error);
  assert_within (value, 100 * 30.0 / 70, 5 * error);
  for (double p = 0.05; p < 1; p += 0.15)
    {
      double known = (80 + 30 * kennis_normal_quantile (p)) / 70;

      value = kennis_return_get_percentile (result, KENNIS_FIGURE_BCR, p, &error);
      assert_within (value, known, 5 * error);
      value = kennis_return_get_percentile (result, KENNIS_FIGURE_ROI, p, &error);
      assert_within (value, 100 * (known - 1), 5 * error);
    }
  CU_ASSERT_TRUE (kennis_return_is_exact (result, KENNIS_FIGURE_BCR));
  CU_ASSERT_TRUE (isnan (kennis_return_get_mean (expected, KENNIS_FIGURE_BCR, &error)) && isnan (error));
  CU_ASSERT_EQUAL (kennis_return_get_n_valued (expected, KENNIS_FIGURE_BCR), 0);
}

static void
a_chance_is_the_share_of_draws_over_a_value (void)
{
  g_autoptr (KennisValueModel) model =
      VALUE_MODEL (12, MONTH_END, AMOUNT, "amount=normal(80,30)", "transfer=1", "isolation=1", "fixed-cost=70");
  g_autoptr (KennisReturn) result = run (model, 500000, 0);
  double error, over = kennis_return_get_probability (result, &error);

  assert_within (over, kennis_normal_cdf (10.0 / 30), 4 * error);
  /* The same event, counted draw by draw. */
  CU_ASSERT_EQUAL (kennis_return_get_probability_over (result, KENNIS_FIGURE_BCR, 1, NULL), over);
  CU_ASSERT_EQUAL (kennis_return_get_probability_over (result, KENNIS_FIGURE_ROI, 0, NULL), over);
  CU_ASSERT_EQUAL (kennis_return_get_probability_over (result, KENNIS_FIGURE_NET, 0, NULL), over);
  over = kennis_return_get_probability_over (result, KENNIS_FIGURE_NET_AFTER_TAX, 25, &error);
  assert_within (over, kennis_normal_cdf (-15.0 / 30), 4 * error);
  over = kennis_return_get_probability_over (result, KENNIS_FIGURE_ROI, 50, &error);
  assert_within (over, kennis_normal_cdf (-25.0 / 30), 4 * error);
  over = kennis_return_get_probability_over (result, KENNIS_FIGURE_BENEFIT, 60, &error);
  assert_within (over, kennis_normal_cdf (20.0 / 30), 4 * error);
  CU_ASSERT_EQUAL (kennis_return_get_probability_over (result, KENNIS_FIGURE_COST, 71, &error), 0);
  CU_ASSERT_TRUE (isnan (kennis_return_get_probability_over (result, KENNIS_FIGURE_IRR, 0, &error)));
  CU_ASSERT_TRUE (isnan (kennis_return_get_probability_over (result, KENNIS_FIGURE_NPV, 0, &error)));
}

/* Half of the draws get more subsidy than they cost: those have no ratio, and do not spoil the others'. */
static void
a_draw_without_cost_has_no_ratio (void)
{
  g_autoptr (KennisValueModel) model = VALUE_MODEL (12, MONTH_END, AMOUNT, "amount=uniform(10,20)", "transfer=1",
                                                    "isolation=1", "fixed-cost=uniform(0,200)", "subsidy=100");
  g_autoptr (KennisReturn) result = run (model, 200000, 0);
  guint64 n = kennis_return_get_n_valued (result, KENNIS_FIGURE_BCR);
  double error, over = kennis_return_get_probability_over (result, KENNIS_FIGURE_BCR, 1, &error);

  CU_ASSERT_EQUAL (kennis_return_get_n_valued (result, KENNIS_FIGURE_COST), 200000);
  assert_within (n / 200000.0, 0.5, 0.005);
  CU_ASSERT_EQUAL (kennis_return_get_n_valued (result, KENNIS_FIGURE_ROI), n);
  /* Of those with cost U(0, 100), P(B/C > 1) = E[B]/100 = .15. */
  assert_within (over, 0.15, 4 * error);
  CU_ASSERT_TRUE (error > 0 && error < 0.002);
  CU_ASSERT_TRUE (kennis_return_get_percentile (result, KENNIS_FIGURE_BCR, 0, NULL) > 0.09);
}

static void
set_for (KennisValueModel *model, const char *programme, const char *input, const char *text)
{
  g_autofree char *path = g_strdup_printf ("%s/%s", programme, input);

  value_set (model, path, text);
}

static KennisValueModel *
three_programmes (void)
{
  static const char *const ids[] = { "a", "b", "c" };
  static const char *const amounts[] = { "normal(100,30)", "normal(80,40)", "10" };
  KennisValueModel *model = kennis_value_model_new ("EUR", 12);

  for (guint i = 0; i < 3; i++)
    {
      kennis_value_model_add_programme (model, ids[i], NULL, NULL);
      kennis_value_model_add_benefit (model, ids[i], "x", NULL, KENNIS_BENEFIT_KIND_TEAM, KENNIS_BENEFIT_METHOD_AMOUNT,
                                      NULL);
      set_for (model, ids[i], "x/amount", amounts[i]);
      set_for (model, ids[i], "x/transfer", "1");
      set_for (model, ids[i], "x/isolation", "1");
      set_for (model, ids[i], "x/confidence", "1");
    }
  set_for (model, "a", "fixed-cost", "50");
  set_for (model, "b", "fixed-cost", "uniform(0,60)");
  set_for (model, "c", "fixed-cost", "0");
  value_set (model, "tax-rate", "uniform(0.1,0.3)");
  return model;
}

static const double *
draws_of (KennisReturn *result, GBytes **bytes)
{
  *bytes = kennis_return_get_draws (result);
  CU_ASSERT_PTR_NOT_NULL_FATAL (*bytes);
  return g_bytes_get_data (*bytes, NULL);
}

static void
draws_of_programmes_add_up_to_the_whole (void)
{
  enum
  {
    N = 70000
  };
  g_autoptr (KennisValueModel) model = three_programmes ();
  g_autoptr (KennisReturn) all = run (model, N, 2);
  g_autoptr (KennisReturn) again = run (model, N, 7);
  g_autoptr (GBytes) whole_bytes = NULL;
  const double *whole = draws_of (all, &whole_bytes), *part[3], *same;
  GBytes *bytes[4];
  double mean = 0, worst = 0;

  for (guint i = 0; i < 3; i++)
    {
      KennisReturn *own = kennis_return_get_programme (all, (const char *[]) { "a", "b", "c" }[i]);

      CU_ASSERT_EQUAL (kennis_return_get_n_draws (own), N);
      part[i] = draws_of (own, &bytes[i]);
      mean += kennis_return_get_mean (own, KENNIS_FIGURE_NET, NULL);
    }
  for (guint k = 0; k < N; k++)
    worst = MAX (worst, fabs (part[0][k] + part[1][k] + part[2][k] - whole[k]));
  CU_ASSERT_TRUE (worst < 1e-9);
  assert_within (mean, kennis_return_get_mean (all, KENNIS_FIGURE_NET, NULL), 1e-9);
  same = draws_of (kennis_return_get_programme (again, "b"), &bytes[3]);
  CU_ASSERT_EQUAL (memcmp (same, part[1], N * sizeof *same), 0);
  for (guint i = 0; i < 4; i++)
    g_bytes_unref (bytes[i]);
}

static void
a_programme_knows_its_own_inputs_only (void)
{
  g_autoptr (KennisValueModel) model = three_programmes ();
  g_autoptr (KennisReturn) all = kennis_return_new (model, NULL);
  KennisReturn *b = kennis_return_get_programme (all, "b");
  g_auto (GStrv) inputs = kennis_return_list_inputs (b), ids = kennis_return_list_programmes (b);
  double low, high, own, of_all;

  CU_ASSERT_EQUAL (g_strv_length (inputs), 6);
  assert_text (inputs[0], "tax-rate");
  CU_ASSERT_EQUAL (g_strv_length (ids), 1);
  assert_text (ids[0], "b");
  CU_ASSERT_PTR_NULL (kennis_return_get_input (b, "a/fixed-cost", NULL, NULL));
  /* Which "amount" is clear here. */
  CU_ASSERT_TRUE (kennis_return_get_swing (b, "amount", &low, &high));
  CU_ASSERT_FALSE (kennis_return_get_swing (all, "amount", &low, &high));
  CU_ASSERT_EQUAL (kennis_return_get_figure (b, NULL, KENNIS_FIGURE_NET, &own), KENNIS_FIGURE_STATUS_OK);
  CU_ASSERT_EQUAL (kennis_return_get_figure (all, "b", KENNIS_FIGURE_NET, &of_all), KENNIS_FIGURE_STATUS_OK);
  assert_within (own, of_all, 1e-12);
  CU_ASSERT_PTR_EQUAL (kennis_return_get_programme (b, "b"), b);
  CU_ASSERT_PTR_NULL (kennis_return_get_programme (b, "a"));
  CU_ASSERT_PTR_NULL (kennis_return_get_programme (all, "zoe"));
}

/* N(50, 30²) against N(80, 40²) − U(0, 60), a mean of 50: even odds by symmetry; the third is the best where both are under 10. */
static void
the_best_programme_has_a_chance (void)
{
  g_autoptr (KennisValueModel) model = three_programmes ();
  g_autoptr (KennisReturn) result = run (model, 400000, 0);
  double error[3], chance[3], both;

  for (guint i = 0; i < 3; i++)
    chance[i] = kennis_return_get_probability_best (result, (const char *[]) { "a", "b", "c" }[i], &error[i]);
  assert_within (chance[0] + chance[1] + chance[2], 1, 1e-12);
  both =
      (1 - kennis_return_get_probability_over (kennis_return_get_programme (result, "a"), KENNIS_FIGURE_NET, 10, NULL))
      * (1
         - kennis_return_get_probability_over (kennis_return_get_programme (result, "b"), KENNIS_FIGURE_NET, 10, NULL));
  assert_within (chance[2], both, 4 * error[2] + 0.001);
  /* The second is spread more widely: more often above the third. */
  CU_ASSERT_TRUE (chance[0] > 0.4 && chance[1] > 0.4);
  CU_ASSERT_TRUE (isnan (kennis_return_get_probability_best (result, "zoe", &error[0])) && isnan (error[0]));
  CU_ASSERT_TRUE (isnan (kennis_return_get_probability_best (kennis_return_get_programme (result, "a"), "a", NULL)));
}

int
main (void)
{
  static CU_TestInfo tests[] = {
    { "BCR and ROI are drawn", bcr_and_roi_are_drawn },
    { "a chance is the share of draws over a value", a_chance_is_the_share_of_draws_over_a_value },
    { "a draw without cost has no ratio", a_draw_without_cost_has_no_ratio },
    { "draws of programmes add up to the whole", draws_of_programmes_add_up_to_the_whole },
    { "a programme knows its own inputs only", a_programme_knows_its_own_inputs_only },
    { "the best programme has a chance", the_best_programme_has_a_chance },
    CU_TEST_INFO_NULL,
  };
  return kennis_test_main ("return parts", tests);
}
