#include "config.h"

#include <math.h>
#include <string.h>

#include "value-models.h"

/* Break-even: every value of an input at which nothing is left. */

/* `cost` now, `amount` after a year, `last` to pay after two. */
static KennisReturn *
three_payments (const char *cost, const char *amount, const char *last, const char *rate)
{
  g_autoptr (KennisValueModel) model =
      VALUE_MODEL (24, YEAR_END, AMOUNT, "transfer=1", "isolation=1", "confidence=1", "p/end=12");

  value_set (model, "amount", amount);
  value_set (model, "fixed-cost", cost);
  value_set (model, "discount-rate", rate);
  kennis_value_model_add_programme (model, "q", NULL, NULL);
  value_set (model, "q/fixed-cost", last);
  value_set (model, "q/start", "24");
  value_set (model, "q/hazard", "0");
  return worked_out (model);
}

/* −1600, 10 000, −10 000: nothing is left at 25% and at 400%. */
static void
all_the_rates_that_leave_nothing_are_told (void)
{
  g_autoptr (KennisReturn) result = three_payments ("1600", "10000", "10000", "1");
  gsize n;
  g_autofree double *values = kennis_return_list_break_evens (result, "discount-rate", &n);
  double nearest;

  CU_ASSERT_EQUAL_FATAL (n, 2);
  assert_within (values[0], 0.25, 1e-9);
  assert_within (values[1], 4, 1e-9);
  CU_ASSERT_EQUAL (kennis_return_get_break_even (result, "discount-rate", &nearest), KENNIS_FIGURE_STATUS_OK);
  assert_within (nearest, 0.25, 1e-9);
}

/* −1000 (1 − 1.2 v)(1 − 1.201 v) passes 0 twice within a step of the search. */
static void
two_that_are_near_one_another_are_found (void)
{
  g_autoptr (KennisReturn) result = three_payments ("1000", "2401", "1441.2", "0.05");
  gsize n;
  g_autofree double *values = kennis_return_list_break_evens (result, "discount-rate", &n);

  CU_ASSERT_EQUAL_FATAL (n, 2);
  assert_within (values[0], 0.2, 1e-6);
  assert_within (values[1], 0.201, 1e-6);
}

/* 100 a year that wears off, for 97: Σ 2^(−(m + ½)/L) / 12 = .97 over the year, at L = 136.4…, by bisection of that sum. */
static void
a_skill_may_have_to_last_longer_than_the_horizon (void)
{
  g_autoptr (KennisValueModel) model = VALUE_MODEL (12, MONTH_END, AMOUNT, "amount=100", "transfer=1", "isolation=1",
                                                    "confidence=1", "fixed-cost=97", "half-life=6");
  g_autoptr (KennisReturn) result = worked_out (model);
  double value, sum = 0;

  CU_ASSERT_EQUAL (kennis_return_get_break_even (result, "half-life", &value), KENNIS_FIGURE_STATUS_OK);
  for (int m = 0; m < 12; m++)
    sum += exp2 (-(m + 0.5) / value) / 12;
  assert_within (sum, 0.97, 1e-9);
  CU_ASSERT_TRUE (value > 12);
}

/* The same of a hazard that doubles, and of the age of knowledge: both longer than the year that is looked at. */
static void
risks_may_have_to_grow_for_longer_than_the_horizon (void)
{
  g_autoptr (KennisValueModel) model = VALUE_MODEL (12, MONTH_END, NONE, "fixed-cost=400", "hazard=0.1", "doubling=6",
                                                    "knowledge-age=48", "loss=1000", "prevented=1");
  g_autoptr (KennisReturn) result = worked_out (model);
  double doubling, age, risk[2] = { 0 };

  CU_ASSERT_EQUAL (kennis_return_get_break_even (result, "doubling", &doubling), KENNIS_FIGURE_STATUS_OK);
  CU_ASSERT_EQUAL (kennis_return_get_break_even (result, "knowledge-age", &age), KENNIS_FIGURE_STATUS_OK);
  for (int m = 0; m < 12; m++)
    {
      risk[0] += 1000 * -expm1 (-0.1 * exp2 ((48 + m + 0.5) / doubling) / 12);
      risk[1] += 1000 * -expm1 (-0.1 * exp2 ((age + m + 0.5) / 6) / 12);
    }
  assert_within (risk[0], 400, 1e-6);
  assert_within (risk[1], 400, 1e-6);
  CU_ASSERT_TRUE (doubling > 12);
}

static void
what_changes_nothing_has_no_effect (void)
{
  g_autoptr (KennisValueModel) model = VALUE_MODEL (
      12, MONTH_END, AMOUNT, "amount=100", "p/transfer=0.7", "p/b/transfer=1", "isolation=1", "confidence=1",
      "fixed-cost=97", "meaning=7", "participants=3", "own-hours=2", "own-hour-worth=20", "tax-rate=0.2");
  static const char *const idle[] = { "p/transfer", "meaning", "participants", "own-hours", "own-hour-worth" };
  g_autoptr (KennisReturn) result = worked_out (model);
  double value;
  gsize n;

  for (guint i = 0; i < G_N_ELEMENTS (idle); i++)
    {
      CU_ASSERT_EQUAL (kennis_return_get_break_even (result, idle[i], &value), KENNIS_FIGURE_STATUS_NO_EFFECT);
      CU_ASSERT_TRUE (isnan (value));
      CU_ASSERT_PTR_NULL (kennis_return_list_break_evens (result, idle[i], &n));
      CU_ASSERT_EQUAL (n, 0);
    }
  CU_ASSERT_EQUAL (kennis_return_get_break_even (result, "tax-rate", &value), KENNIS_FIGURE_STATUS_NOT_REACHED);
  CU_ASSERT_EQUAL (kennis_return_get_break_even (result, "wage", &value), KENNIS_FIGURE_STATUS_NO_DATA);
}

/* With nobody there neither cost nor benefit is left, which says nothing. */
static void
nobody_at_all_is_no_break_even (void)
{
  g_autoptr (KennisValueModel) model =
      VALUE_MODEL (12, MONTH_END, UTILITY, "participants=10", "p/b/d=0.2", "sdy=1000", "cost-per-head=500");
  g_autoptr (KennisReturn) result = worked_out (model);
  double value;

  CU_ASSERT_EQUAL (kennis_return_get_break_even (result, "participants", &value), KENNIS_FIGURE_STATUS_NOT_REACHED);
  CU_ASSERT_EQUAL (kennis_return_get_break_even (result, "p/b/d", &value), KENNIS_FIGURE_STATUS_OK);
  assert_within (value, 0.5, 1e-9);
}

/* A cost that was given as 0 may be as high as what it brings. */
static void
a_cost_of_0_has_a_break_even (void)
{
  g_autoptr (KennisValueModel) model = VALUE_MODEL (12, MONTH_END, AMOUNT, "amount=7000000", "transfer=1",
                                                    "isolation=1", "confidence=1", "fixed-cost=0");
  g_autoptr (KennisReturn) result = worked_out (model);
  double value;

  CU_ASSERT_EQUAL (kennis_return_get_break_even (result, "fixed-cost", &value), KENNIS_FIGURE_STATUS_OK);
  assert_within (value, 7000000, 1e-3);
}

int
main (void)
{
  static CU_TestInfo tests[] = {
    { "all the rates that leave nothing are told", all_the_rates_that_leave_nothing_are_told },
    { "two that are near one another are found", two_that_are_near_one_another_are_found },
    { "a skill may have to last longer than the horizon", a_skill_may_have_to_last_longer_than_the_horizon },
    { "risks may have to grow for longer than the horizon", risks_may_have_to_grow_for_longer_than_the_horizon },
    { "what changes nothing has no effect", what_changes_nothing_has_no_effect },
    { "nobody at all is no break-even", nobody_at_all_is_no_break_even },
    { "a cost of 0 has a break-even", a_cost_of_0_has_a_break_even },
    CU_TEST_INFO_NULL,
  };
  return kennis_test_main ("return break-even", tests);
}
