#include "config.h"

#include <math.h>
#include <string.h>

#include "value-models.h"

/* What nobody gave is not known, and not 0: figures, cash, choices and draws. */

static KennisReturn *
drawn (KennisValueModel *model)
{
  g_autoptr (GError) error = NULL;
  KennisReturn *result =
      kennis_return_simulate (model, 20000, 3, KENNIS_SAMPLING_PLAIN, 0, 2, NULL, NULL, NULL, &error);

  if (result == NULL)
    assert_text (error->message, "");
  CU_ASSERT_PTR_NOT_NULL_FATAL (result);
  return result;
}

/* The paths that a figure lacks, in one text. */
static char *
missing (KennisReturn *result, const char *programme, KennisFigure figure)
{
  g_auto (GStrv) paths = kennis_return_list_missing (result, programme, figure);

  return g_strjoinv (" ", paths);
}

static const KennisFigure comparisons[] = { KENNIS_FIGURE_NET, KENNIS_FIGURE_BCR,     KENNIS_FIGURE_ROI, KENNIS_FIGURE_NET_AFTER_TAX,
                                            KENNIS_FIGURE_NPV, KENNIS_FIGURE_PAYBACK, KENNIS_FIGURE_IRR, KENNIS_FIGURE_DISCOUNTED_BCR };

static void
without_cost_nothing_is_compared (void)
{
  g_autoptr (KennisValueModel) model = VALUE_MODEL (12, MONTH_END, AMOUNT, "amount=100", "transfer=1", "isolation=1",
                                                    "confidence=1", "subsidy=30", "discount-rate=0.1");
  g_autoptr (KennisReturn) result = worked_out (model);
  g_autofree char *of_cost = missing (result, NULL, KENNIS_FIGURE_COST),
                  *of_net = missing (result, "p", KENNIS_FIGURE_NET);
  double cost, benefit, avoided, value;

  CU_ASSERT_TRUE (isnan (value_figure (result, KENNIS_FIGURE_COST, KENNIS_FIGURE_STATUS_NO_DATA)));
  assert_near (value_figure (result, KENNIS_FIGURE_BENEFIT, KENNIS_FIGURE_STATUS_OK), 100);
  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    CU_ASSERT_TRUE (isnan (value_figure (result, comparisons[i], KENNIS_FIGURE_STATUS_NO_DATA)));
  assert_text (of_cost, "p/cost-per-head p/fixed-cost p/running-cost p/indirect-cost p/hours-per-head p/pay-rise");
  assert_text (of_net, of_cost);
  CU_ASSERT_TRUE (isnan (kennis_return_get_cash (result, 1, &cost, &benefit, &avoided)));
  CU_ASSERT_TRUE (isnan (cost) && isnan (avoided));
  assert_within (benefit, 100 / 12.0, 1e-9);
  CU_ASSERT_PTR_NULL (kennis_return_get_present_cents (result));
  CU_ASSERT_EQUAL (kennis_return_get_break_even (result, "amount", &value), KENNIS_FIGURE_STATUS_NO_DATA);
}

static void
without_benefit_there_is_no_ratio (void)
{
  g_autoptr (KennisValueModel) model = VALUE_MODEL (12, MONTH_END, NONE, "fixed-cost=uniform(50,150)");
  g_autoptr (KennisReturn) result = drawn (model);
  g_autofree char *of_bcr = missing (result, NULL, KENNIS_FIGURE_BCR),
                  *of_npv = missing (result, NULL, KENNIS_FIGURE_NPV);
  double low, high, error;

  assert_near (value_figure (result, KENNIS_FIGURE_COST, KENNIS_FIGURE_STATUS_OK), 100);
  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    CU_ASSERT_TRUE (isnan (value_figure (result, comparisons[i], KENNIS_FIGURE_STATUS_NO_DATA)));
  assert_text (of_bcr, "p/BENEFIT/amount p/hazard");
  assert_text (of_npv, "discount-rate p/BENEFIT/amount p/hazard");
  /* The cost varies all the same. */
  assert_within (kennis_return_get_mean (result, KENNIS_FIGURE_COST, &error), 100, 5);
  CU_ASSERT_EQUAL (kennis_return_get_n_valued (result, KENNIS_FIGURE_NET), 0);
  CU_ASSERT_TRUE (isnan (kennis_return_get_probability (result, NULL))
                  && isnan (kennis_return_get_evpi (result, &error)));
  CU_ASSERT_TRUE (isnan (kennis_return_get_evppi (result, "fixed-cost", &error)) && isnan (error));
  CU_ASSERT_TRUE (isnan (kennis_return_get_first_order (result, "fixed-cost", &error)));
  CU_ASSERT_TRUE (isnan (kennis_return_get_band (result, 3, 0.5, &error)));
  CU_ASSERT_FALSE (kennis_return_get_swing (result, "fixed-cost", &low, &high));
  CU_ASSERT_PTR_NULL (kennis_return_get_draws (result));
}

static void
sums_are_of_what_is_known_and_say_what_they_leave_out (void)
{
  g_autoptr (KennisValueModel) model = VALUE_MODEL (12, MONTH_END, AMOUNT, "amount=100", "transfer=1", "isolation=1",
                                                    "confidence=1", "fixed-cost=40", "indirect-cost=10");
  g_autoptr (KennisReturn) result = worked_out (model);
  g_autofree char *of_cost = missing (result, "p", KENNIS_FIGURE_COST),
                  *of_net = missing (result, "p", KENNIS_FIGURE_NET);
  g_autofree char *of_nobody = missing (result, "zoe", KENNIS_FIGURE_NET), *without = NULL;
  g_auto (GStrv) defaults = kennis_return_list_defaults (result, "p"),
                 none = kennis_return_list_defaults (result, "zoe");

  assert_near (value_figure (result, KENNIS_FIGURE_COST, KENNIS_FIGURE_STATUS_OK), 50);
  assert_near (value_figure (result, KENNIS_FIGURE_NET, KENNIS_FIGURE_STATUS_OK), 50);
  assert_text (of_cost, "p/cost-per-head p/running-cost p/hours-per-head p/pay-rise p/subsidy");
  assert_text (of_net, "p/cost-per-head p/running-cost p/hours-per-head p/pay-rise p/subsidy p/hazard");
  assert_text (of_nobody, "");
  without = g_strjoinv (" ", defaults);
  assert_text (without, "p/leaving-rate p/delay p/ramp-up p/half-life tax-rate");
  CU_ASSERT_PTR_NULL (none[0]);
  assert_near (kennis_return_get_benefit (result, NULL, KENNIS_BENEFIT_KIND_PRODUCTIVITY), 100);
  CU_ASSERT_TRUE (isnan (kennis_return_get_benefit (result, NULL, KENNIS_BENEFIT_KIND_QUALITY)));
  CU_ASSERT_TRUE (isnan (kennis_return_get_benefit (result, "zoe", KENNIS_BENEFIT_KIND_PRODUCTIVITY)));
}

static void
assert_defaults (const char *of_time, const char *of_pay, const char *expected)
{
  g_autoptr (KennisValueModel) model =
      VALUE_MODEL (12, MONTH_END, NONE, "participants=10", "own-hours=1", "own-hour-worth=1", of_time, of_pay);
  g_autoptr (KennisReturn) result = worked_out (model);
  g_auto (GStrv) defaults = kennis_return_list_defaults (result, "p");
  g_autofree char *without = g_strjoinv (" ", defaults);

  assert_text (without, expected);
}

/* Time is saved by a skill, whose use begins and wears off; pay is not. */
static void
what_was_not_given_of_time_saved_is_told_without_a_benefit_too (void)
{
  assert_defaults ("time-saved=5", "pay-rise=0", "p/leaving-rate p/delay p/ramp-up p/half-life");
  assert_defaults ("time-saved=5", "delay=2", "p/leaving-rate p/ramp-up p/half-life");
  assert_defaults ("own-hours=2", "pay-rise=100", "p/leaving-rate");
  assert_defaults ("own-hours=2", "own-hours=2", "");
}

/* Nothing else is needed to know that nothing comes of it; with all that goes with it, it is an input as any other. */
static void
what_was_given_as_0_is_known (void)
{
  static const char *const zeros[] = { "hours-per-head=0", "hazard=0",   "own-hours=0",
                                       "time-saved=0",     "pay-rise=0", "cost-per-head=0" };
  g_autoptr (KennisValueModel) worthless = VALUE_MODEL (12, MONTH_END, AMOUNT, "amount=0", "fixed-cost=10");
  g_autoptr (KennisReturn) result = worked_out (worthless), of_whole = NULL;
  g_autoptr (KennisValueModel) whole =
      VALUE_MODEL (12, MONTH_END, AMOUNT, "amount=0", "transfer=0.5", "isolation=1", "confidence=1", "fixed-cost=10");
  double value;

  assert_near (value_figure (result, KENNIS_FIGURE_BCR, KENNIS_FIGURE_STATUS_OK), 0);
  assert_near (kennis_return_get_benefit (result, "p", KENNIS_BENEFIT_KIND_PRODUCTIVITY), 0);
  CU_ASSERT_EQUAL (kennis_return_get_break_even (result, "amount", &value), KENNIS_FIGURE_STATUS_NO_EFFECT);
  of_whole = worked_out (whole);
  CU_ASSERT_EQUAL (kennis_return_get_break_even (of_whole, "amount", &value), KENNIS_FIGURE_STATUS_OK);
  assert_within (value, 20, 1e-9);
  for (guint i = 0; i < G_N_ELEMENTS (zeros); i++)
    {
      g_autoptr (KennisValueModel) model = VALUE_MODEL (12, MONTH_END, NONE, zeros[i], "fixed-cost=10");
      g_autoptr (KennisReturn) of_zero = worked_out (model);

      assert_near (value_figure (of_zero, KENNIS_FIGURE_COST, KENNIS_FIGURE_STATUS_OK), 10);
    }
}

/* "a" is known; of "b" nobody gave the cost, of "c" what it brings. */
static KennisValueModel *
three_programmes (void)
{
  KennisValueModel *model =
      VALUE_MODEL (12, MONTH_END, NONE, "fixed-cost=40", "hazard=0.5", "loss=uniform(200,600)", "prevented=0.5");

  kennis_value_model_add_programme (model, "b", "Second", NULL);
  value_set (model, "b/hazard", "0.9");
  value_set (model, "b/loss", "uniform(800,1000)");
  value_set (model, "b/prevented", "0.9");
  kennis_value_model_add_programme (model, "c", "Third", NULL);
  value_set (model, "c/fixed-cost", "5");
  return model;
}

static void
a_programme_that_is_not_known_is_not_chosen (void)
{
  g_autoptr (KennisValueModel) model = three_programmes ();
  g_autoptr (KennisReturn) result = drawn (model), again = NULL, subsidised = NULL;
  g_auto (GStrv) chosen = kennis_return_choose (result, 1000);
  g_autofree char *of_net = missing (result, NULL, KENNIS_FIGURE_NET);
  double value, error;

  CU_ASSERT_EQUAL (g_strv_length (chosen), 1);
  assert_text (chosen[0], "p");
  CU_ASSERT_EQUAL (kennis_return_get_figure (result, "p", KENNIS_FIGURE_NET, &value), KENNIS_FIGURE_STATUS_OK);
  CU_ASSERT_EQUAL (kennis_return_get_figure (result, "b", KENNIS_FIGURE_NET, &value), KENNIS_FIGURE_STATUS_NO_DATA);
  CU_ASSERT_EQUAL (kennis_return_get_figure (result, "c", KENNIS_FIGURE_ROI, &value), KENNIS_FIGURE_STATUS_NO_DATA);
  /* All together: a comparison would set the loss avoided by "b" against no cost. */
  CU_ASSERT_TRUE (isnan (value_figure (result, KENNIS_FIGURE_NET, KENNIS_FIGURE_STATUS_NO_DATA)));
  assert_near (value_figure (result, KENNIS_FIGURE_COST, KENNIS_FIGURE_STATUS_OK), 45);
  assert_text (of_net, "b/cost-per-head b/fixed-cost b/running-cost b/indirect-cost b/hours-per-head b/pay-rise "
                       "c/BENEFIT/amount c/hazard");
  CU_ASSERT_TRUE (isnan (kennis_return_get_probability_best (result, "p", &error)));

  /* A subsidy of what nobody knows the cost of is not set against the cost of the others. */
  value_set (model, "b/subsidy", "10");
  subsidised = drawn (model);
  CU_ASSERT_TRUE (isnan (value_figure (subsidised, KENNIS_FIGURE_COST, KENNIS_FIGURE_STATUS_NO_DATA)));
  CU_ASSERT_EQUAL (kennis_return_get_n_valued (subsidised, KENNIS_FIGURE_COST), 0);

  /* Those that are known are compared; "c" is certain, so that it has no draws of its own. */
  value_set (model, "c/hazard", "0.1");
  value_set (model, "c/loss", "500");
  value_set (model, "c/prevented", "1");
  again = drawn (model);
  CU_ASSERT_TRUE (isnan (kennis_return_get_probability_best (again, "b", &error)));
  CU_ASSERT_EQUAL (kennis_return_get_n_draws (kennis_return_get_programme (again, "c")), 0);
  value = kennis_return_get_probability_best (again, "p", &error);
  CU_ASSERT_TRUE (value > 0.5 && value < 1);
  assert_within (value + kennis_return_get_probability_best (again, "c", NULL), 1, 1e-12);
}

static void
where_nothing_is_uncertain_nothing_is_drawn (void)
{
  g_autoptr (KennisValueModel) model = VALUE_MODEL (12, MONTH_END, AMOUNT, "amount=100", "transfer=1", "isolation=1",
                                                    "confidence=1", "fixed-cost=40", "meaning=uniform(5,9)");
  g_autoptr (KennisReturn) result = drawn (model);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  CU_ASSERT_EQUAL (kennis_return_get_n_draws (result), 0);
  CU_ASSERT_TRUE (isnan (kennis_return_get_probability (result, NULL))
                  && isnan (kennis_return_get_evpi (result, NULL)));
  assert_near (value_figure (result, KENNIS_FIGURE_NET, KENNIS_FIGURE_STATUS_OK), 60);
  g_cancellable_cancel (cancellable);
  CU_ASSERT_PTR_NULL (
      kennis_return_simulate (model, 10, 1, KENNIS_SAMPLING_PLAIN, 0, 1, NULL, NULL, cancellable, &error));
  CU_ASSERT_TRUE (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

static void
a_precision_that_makes_no_sense_is_refused (void)
{
  static const double wrong[] = { -3, NAN, INFINITY };
  g_autoptr (KennisValueModel) model =
      VALUE_MODEL (12, MONTH_END, AMOUNT, "amount=normal(80,30)", "transfer=1", "isolation=1", "fixed-cost=70");
  g_autoptr (KennisReturn) result = NULL, plain = drawn (model);
  double error;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) refused = NULL;

      CU_ASSERT_PTR_NULL (
          kennis_return_simulate (model, 100, 1, KENNIS_SAMPLING_PLAIN, wrong[i], 1, NULL, NULL, NULL, &refused));
      CU_ASSERT_TRUE (g_error_matches (refused, KENNIS_ERROR, KENNIS_ERROR_INVALID));
    }
  result = kennis_return_simulate (model, 1000, 1, KENNIS_SAMPLING_PLAIN, 0.001, 1, NULL, NULL, NULL, NULL);
  CU_ASSERT_EQUAL (kennis_return_get_wanted_error (result), 0.001);
  kennis_return_get_mean (result, KENNIS_FIGURE_NET_AFTER_TAX, &error);
  CU_ASSERT_TRUE (error > 0.001);
  CU_ASSERT_EQUAL (kennis_return_get_wanted_error (plain), 0);
}

static void
without_cost_nothing_is_paid_back (void)
{
  g_autoptr (KennisValueModel) paid = VALUE_MODEL (12, MONTH_END, AMOUNT, "amount=100", "transfer=1", "isolation=1",
                                                   "confidence=1", "fixed-cost=10", "subsidy=20");
  g_autoptr (KennisValueModel) later = VALUE_MODEL (24, MONTH_END, AMOUNT, "amount=120", "transfer=1", "isolation=1",
                                                    "confidence=1", "fixed-cost=25", "start=6");
  g_autoptr (KennisReturn) of_paid = worked_out (paid), of_later = worked_out (later);

  CU_ASSERT_TRUE (isnan (value_figure (of_paid, KENNIS_FIGURE_PAYBACK, KENNIS_FIGURE_STATUS_NO_COST)));
  /* 25 in month 6, and 10 a month after it. */
  assert_near (value_figure (of_later, KENNIS_FIGURE_PAYBACK, KENNIS_FIGURE_STATUS_OK), 9);
}

static void
a_start_after_the_last_month_is_refused (void)
{
  static const char *const starts[] = { "start=13", "start=normal(6,1)[0,]" };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autoptr (KennisValueModel) model = VALUE_MODEL (12, MONTH_END, NONE, "fixed-cost=10", starts[i]);
      g_autoptr (GError) error = NULL;

      CU_ASSERT_PTR_NULL (kennis_return_new (model, &error));
      CU_ASSERT_TRUE_FATAL (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
      CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "p/start"));
      CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "[0,12]"));
    }
}

static void
employees_are_told_of_what_was_given_as_0 (void)
{
  g_autoptr (KennisValueModel) model =
      VALUE_MODEL (12, MONTH_END, NONE, "participants=10", "hours-per-head=1", "wage=40", "own-hours=1",
                   "own-hour-worth=20", "time-saved=0", "pay-rise=0");
  g_autoptr (KennisReturn) result = worked_out (model), half = NULL;
  g_autofree char *en = kennis_return_explain_employee (result, "p", "en"),
                  *nl = kennis_return_explain_employee (result, "p", "nl"),
                  *fr = kennis_return_explain_employee (result, "p", "fr"), *of_half = NULL;

  CU_ASSERT_PTR_NOT_NULL (strstr (en, "1 hour at work and 1 hour of your own time."));
  CU_ASSERT_PTR_NOT_NULL (strstr (en, "Your pay does not change. It saves you no time."));
  CU_ASSERT_PTR_NOT_NULL (
      strstr (en, "costs you about EUR\u00a020 in 12 months. That is the average of all who take part (10)."));
  CU_ASSERT_PTR_NOT_NULL (strstr (nl, "EUR\u00a020"));
  CU_ASSERT_PTR_NULL (strstr (fr, "1 heures"));
  CU_ASSERT_PTR_NOT_NULL (strstr (fr, "1 heure "));
  CU_ASSERT_PTR_NOT_NULL (strstr (fr, "20\u00a0EUR"));

  /* Own time alone is no balance: what they gain nobody recorded. */
  kennis_value_model_set_input (model, "time-saved", NULL, KENNIS_EVIDENCE_UNKNOWN, NULL, NULL);
  kennis_value_model_set_input (model, "pay-rise", NULL, KENNIS_EVIDENCE_UNKNOWN, NULL, NULL);
  half = worked_out (model);
  of_half = kennis_return_explain_employee (half, "p", "en");
  CU_ASSERT_TRUE (isnan (value_figure (half, KENNIS_FIGURE_EMPLOYEE_NET, KENNIS_FIGURE_STATUS_NO_DATA)));
  CU_ASSERT_PTR_NOT_NULL (strstr (of_half, "A gain in pay or time was not recorded."));
  CU_ASSERT_PTR_NULL (strstr (of_half, "All together"));
}

/* 24 hours a year over two years from month 6 on, in full from month 10: what the sum is less by is said, and nothing that is not. */
static void
employees_are_told_what_shapes_the_time_they_save (void)
{
  g_autoptr (KennisValueModel) model =
      VALUE_MODEL (24, MONTH_END, NONE, "participants=10", "own-hours=0", "own-hour-worth=1", "time-saved=24",
                   "delay=6", "half-life=1", "ramp-up=4");
  g_autoptr (KennisReturn) result = worked_out (model), plain = NULL, idle = NULL;
  g_autofree char *text = kennis_return_explain_employee (result, "p", "en"), *of_plain = NULL, *of_idle = NULL;

  CU_ASSERT_PTR_NOT_NULL (strstr (text,
                                  "The time saved counts from about 6 months after the start, when what was learned "
                                  "is used. The time saved grows to the whole in about 4 months. The time saved "
                                  "halves about every 1 month, since skills wear off."));
  value_set (model, "half-life", "uniform(2,4)");
  kennis_value_model_set_input (model, "delay", NULL, KENNIS_EVIDENCE_UNKNOWN, NULL, NULL);
  value_set (model, "ramp-up", "0");
  plain = worked_out (model);
  of_plain = kennis_return_explain_employee (plain, "p", "en");
  CU_ASSERT_PTR_NOT_NULL (strstr (of_plain, "in it. The time saved halves about every 3 months"));
  CU_ASSERT_PTR_NULL (strstr (of_plain, "after the start"));
  value_set (model, "time-saved", "0");
  idle = worked_out (model);
  of_idle = kennis_return_explain_employee (idle, "p", "en");
  CU_ASSERT_PTR_NULL (strstr (of_idle, "The time saved"));
}

int
main (void)
{
  static CU_TestInfo tests[] = {
    { "without cost nothing is compared", without_cost_nothing_is_compared },
    { "without benefit there is no ratio", without_benefit_there_is_no_ratio },
    { "sums are of what is known and say what they leave out", sums_are_of_what_is_known_and_say_what_they_leave_out },
    { "what was not given of time saved is told without a benefit too",
      what_was_not_given_of_time_saved_is_told_without_a_benefit_too },
    { "what was given as 0 is known", what_was_given_as_0_is_known },
    { "a programme that is not known is not chosen", a_programme_that_is_not_known_is_not_chosen },
    { "where nothing is uncertain nothing is drawn", where_nothing_is_uncertain_nothing_is_drawn },
    { "a precision that makes no sense is refused", a_precision_that_makes_no_sense_is_refused },
    { "without cost nothing is paid back", without_cost_nothing_is_paid_back },
    { "a start after the last month is refused", a_start_after_the_last_month_is_refused },
    { "employees are told of what was given as 0", employees_are_told_of_what_was_given_as_0 },
    { "employees are told what shapes the time they save", employees_are_told_what_shapes_the_time_they_save },
    CU_TEST_INFO_NULL,
  };
  return kennis_test_main ("return known", tests);
}
