#include "config.h"

#include <math.h>

#include "kennis-test.h"

/* What reliability says where there is little to say.  R 4.2: psych 2.2.9. */

#define K 4
#define ROWS 40

static const char *const names[] = { "a", "b", "c", "d", NULL };

static KennisReliability *
of_values (const double *values, gsize n_rows, guint k)
{
  g_autoptr (GBytes) bytes = g_bytes_new (values, n_rows * k * sizeof *values);
  g_auto (GStrv) items = g_new0 (char *, k + 1);
  KennisReliability *self;

  for (guint i = 0; i < k; i++)
    items[i] = g_strdup (names[i]);
  self = kennis_reliability_new (bytes, (const char *const *) items, KENNIS_MISSING_LISTWISE, 0.95, 1, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (self);
  return self;
}

/* All say 5, but the first n say 4 of one item: the first of the first, the second of the second. */
static KennisReliability *
all_but (guint n)
{
  double values[ROWS * K];

  for (guint i = 0; i < ROWS * K; i++)
    values[i] = i / K == i % K && i / K < n ? 4 : 5;
  return of_values (values, ROWS, K);
}

#define figure(name) kennis_reliability_get (self, KENNIS_RELIABILITY_##name)

static void
all_who_answer_alike_are_no_scale (void)
{
  g_autoptr (KennisReliability) self = all_but (0);

  CU_ASSERT_EQUAL (kennis_reliability_judge (self, 0.7), KENNIS_SUPPORT_NO_VARIANCE);
  CU_ASSERT_EQUAL (kennis_reliability_get_factor_status (self), KENNIS_FACTOR_STATUS_NO_VARIANCE);
  CU_ASSERT (isnan (figure (ALPHA)) && isnan (figure (STANDARDISED)) && isnan (figure (OMEGA)));
  CU_ASSERT (isnan (figure (LAMBDA_2)) && isnan (figure (LAMBDA_6)) && isnan (figure (SPLIT_MEAN)));
  CU_ASSERT_EQUAL (kennis_reliability_count_factors (self, 10, 0.95, 1, NULL), -1);
  assert_near (figure (MEAN), 5);
  assert_near (figure (SD), 0);
}

/* psych::alpha stops: one item is left. */
static void
one_item_that_varies_goes_with_nothing (void)
{
  g_autoptr (KennisReliability) self = all_but (1);

  CU_ASSERT_EQUAL (kennis_reliability_judge (self, 0.7), KENNIS_SUPPORT_NO_VARIANCE);
  CU_ASSERT_EQUAL (kennis_reliability_get_factor_status (self), KENNIS_FACTOR_STATUS_NO_VARIANCE);
  CU_ASSERT_TRUE (isnan (figure (OMEGA)));
}

/* psych::alpha (x)$total: raw -0.111111111111, G6 -0.0810810810811; psych::fa (x, 1) ends in another corner of this flat fit, with V4's loading .9975. */
static void
few_other_answers_give_the_alpha_of_psych (void)
{
  g_autoptr (KennisReliability) self = all_but (4);

  assert_within (figure (ALPHA), -0.111111111111, 1e-11);
  assert_within (figure (LAMBDA_6_STANDARDISED), -0.0810810810811, 1e-11);
  CU_ASSERT_NOT_EQUAL (kennis_reliability_judge (self, 0.7), KENNIS_SUPPORT_NO_VARIANCE);
  CU_ASSERT_NOT_EQUAL (kennis_reliability_get_factor_status (self), KENNIS_FACTOR_STATUS_FOUND);
}

/* x and 6 − x: their sum is 6 for all, alpha is not defined, and the second is said to be reversed. */
static void
a_sum_that_does_not_vary_comes_of_a_reversed_item (void)
{
  double values[2 * ROWS];
  g_autoptr (KennisReliability) self = NULL;

  for (guint i = 0; i < ROWS; i++)
    {
      values[2 * i] = 1 + i % 5;
      values[2 * i + 1] = 5 - i % 5;
    }
  self = of_values (values, ROWS, 2);
  CU_ASSERT_TRUE (isnan (figure (ALPHA)));
  CU_ASSERT_EQUAL (kennis_reliability_judge (self, 0.7), KENNIS_SUPPORT_REVERSED);
  CU_ASSERT_EQUAL (kennis_reliability_get_factor_status (self), KENNIS_FACTOR_STATUS_TOO_FEW_ITEMS);
}

/* The first two have a correlation of .8, and neither any with the third (R: cov): any two loadings with a product of .8 fit. */
static void
two_items_that_load_are_not_one_factor (void)
{
  static const double one[20] = { 1, 2, 3, 4, 5, 5, 4, 3, 2, 1, 1, 2, 3, 4, 5, 5, 4, 3, 2, 1 },
                      two[20] = { 1, 3, 2, 5, 4, 4, 5, 2, 3, 1, 1, 3, 2, 5, 4, 4, 5, 2, 3, 1 };
  double values[60];
  g_autoptr (KennisReliability) self = NULL;

  for (guint i = 0; i < 20; i++)
    {
      values[3 * i] = one[i];
      values[3 * i + 1] = two[i];
      values[3 * i + 2] = i / 5 == 1 || i / 5 == 2 ? 4 : 2;
    }
  self = of_values (values, 20, 3);
  CU_ASSERT_EQUAL (kennis_reliability_get_factor_status (self), KENNIS_FACTOR_STATUS_NOT_IDENTIFIED);
  CU_ASSERT (isnan (figure (OMEGA)) && isnan (figure (OMEGA_STANDARDISED)) && !isnan (figure (ALPHA)));
  CU_ASSERT_TRUE (isnan (kennis_reliability_get_item (self, 0, KENNIS_ITEM_LOADING)));
}

/* R: cor is .6772854614786, the same and .08256880733945: the square of the first loading would be .677² / .083 = 5.6.  psych::fa says 1.0547 and warns of an
 * ultra-Heywood case. */
static void
an_item_that_would_be_explained_by_more_than_all_is_told (void)
{
  double values[3 * 400];
  g_autoptr (KennisReliability) self = NULL;

  /* Four independent parts of ±1. */
  for (guint i = 0; i < 400; i++)
    {
      double p = i & 1 ? 1 : -1, q = i & 2 ? 1 : -1, r = i & 4 ? 1 : -1;

      values[3 * i] = p + q;
      values[3 * i + 1] = p + 0.3 * r;
      values[3 * i + 2] = q + 0.3 * r;
    }
  self = of_values (values, 400, 3);
  CU_ASSERT_EQUAL (kennis_reliability_get_factor_status (self), KENNIS_FACTOR_STATUS_HEYWOOD);
  assert_within (fabs (kennis_reliability_get_item (self, 0, KENNIS_ITEM_LOADING)), sqrt (0.995), 1e-9);
  CU_ASSERT (figure (OMEGA) > 0 && figure (OMEGA) <= 1);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "all who answer alike are no scale", all_who_answer_alike_are_no_scale },
    { "one item that varies goes with nothing", one_item_that_varies_goes_with_nothing },
    { "few other answers give the alpha of psych", few_other_answers_give_the_alpha_of_psych },
    { "a sum that does not vary comes of a reversed item", a_sum_that_does_not_vary_comes_of_a_reversed_item },
    { "two items that load are not one factor", two_items_that_load_are_not_one_factor },
    { "an item that would be explained by more than all is told", an_item_that_would_be_explained_by_more_than_all_is_told },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("reliability", tests);
}
