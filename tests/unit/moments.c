#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-random-private.h"
#include "kennis-test.h"
#include "survey/kennis-moments-private.h"

#define ROWS  1001
#define ITEMS 4

/* Answers 1 to 5 that hang together; now and then none. */
static void
make_answers (double *values, double missing)
{
  KennisRandom random;

  kennis_random_init (&random, 9, 0);
  for (guint i = 0; i < ROWS; i++)
    {
      double trait = kennis_random_normal (&random);

      for (guint j = 0; j < ITEMS; j++)
        {
          double answer = round (3 + trait + kennis_random_normal (&random));

          values[i * ITEMS + j] = kennis_random_uniform (&random) < missing ? NAN : CLAMP (answer, 1, 5);
        }
    }
}

static void
the_order_of_rows_does_not_matter (void)
{
  double values[ROWS * ITEMS], turned[ROWS * ITEMS];

  make_answers (values, 0.05);
  for (guint i = 0; i < ROWS; i++)
    memcpy (turned + i * ITEMS, values + (ROWS - 1 - i) * ITEMS, ITEMS * sizeof *values);
  for (guint missing = 0; missing <= KENNIS_MISSING_PAIRWISE; missing++)
    {
      KennisMoments a, b;

      kennis_moments_init (&a, values, ROWS, ITEMS, missing);
      kennis_moments_init (&b, turned, ROWS, ITEMS, missing);
      for (guint i = 0; i < ITEMS * ITEMS; i++)
        assert_within (a.covariance[i], b.covariance[i], 1e-14);
      assert_near (a.n, b.n);
      assert_near (a.n_least, b.n_least);
      kennis_moments_clear (&a);
      kennis_moments_clear (&b);
    }
}

/* Blocks of small whole numbers go through integers; moved by a third, or far away, through doubles. */
static void
whole_numbers_and_others_give_the_same (void)
{
  static const double moves[] = { 1 / 3.0, 1e5, -0.5 };
  double values[ROWS * ITEMS], moved[ROWS * ITEMS];
  KennisMoments a;

  make_answers (values, 0);
  kennis_moments_init (&a, values, ROWS, ITEMS, KENNIS_MISSING_LISTWISE);
  for (guint t = 0; t < G_N_ELEMENTS (moves); t++)
    {
      KennisMoments b;

      for (guint i = 0; i < ROWS * ITEMS; i++)
        moved[i] = (t == 2 ? 100 : 1) * values[i] + moves[t];
      kennis_moments_init (&b, moved, ROWS, ITEMS, KENNIS_MISSING_LISTWISE);
      for (guint i = 0; i < ITEMS * ITEMS; i++)
        assert_within (b.covariance[i], (t == 2 ? 1e4 : 1) * a.covariance[i], t == 2 ? 1e-8 : 1e-10);
      for (guint j = 0; j < ITEMS; j++)
        assert_within (b.kurtosis_of[j], a.kurtosis_of[j], 1e-9);
      kennis_moments_clear (&b);
    }
  kennis_moments_clear (&a);
}

static void
what_is_no_small_whole_number_is_found (void)
{
  static const double wrong[] = { 2.5, 40, -33, 1e300, -1e300, INFINITY, NAN, 65536, 4294967296.0, 9007199254740993.0 };
  gint64 out[8];

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    for (guint n = 1; n <= 4; n++)
      {
        double x[4] = { 1, 1, 1, 1 };

        x[n - 1] = wrong[i];
        CU_ASSERT_FALSE (kennis_small_whole_numbers (x, n, 0, out));
      }
  CU_ASSERT_TRUE (kennis_small_whole_numbers ((const double[]) { -31, 32, 0.0, -0.0, 3 }, 5, 1, out));
  CU_ASSERT_EQUAL (out[0], -32);
  CU_ASSERT_EQUAL (out[1], 31);
  CU_ASSERT_EQUAL (out[4], 2);
}

/* R: eigen (matrix (c(4, 1, 2, 1, 3, 0, 2, 0, 5), 3)), diag (solve (…)): by hand 1/43 of 15, 16 and 11. */
static void
eigenvalues_and_inverses_come_out (void)
{
  static const double matrix[] = { 4, 1, 2, 1, 3, 0, 2, 0, 5 }, singular[] = { 1, 1, 1, 1 };
  double values[3], vectors[9], diagonal[3];

  CU_ASSERT_TRUE (kennis_matrix_eigen (matrix, 3, values, vectors));
  assert_near (values[0] + values[1] + values[2], 12);
  assert_within (values[0] * values[1] * values[2], 43, 1e-11);
  for (guint v = 0; v < 3; v++)
    for (guint i = 0; i < 3; i++)
      {
        double product = 0;

        for (guint j = 0; j < 3; j++)
          product += matrix[i * 3 + j] * vectors[j * 3 + v];
        assert_near (product, values[v] * vectors[i * 3 + v]);
      }
  CU_ASSERT_TRUE (kennis_matrix_inverse_diagonal (matrix, 3, diagonal));
  assert_near (diagonal[0], 15 / 43.0);
  assert_near (diagonal[1], 16 / 43.0);
  assert_near (diagonal[2], 11 / 43.0);
  CU_ASSERT_FALSE (kennis_matrix_inverse_diagonal (singular, 2, diagonal));
}

/* Items that all have covariance ½ with one another: every split in halves gives 4 · 10 · 10 · ½ / (20 + 20 · 19 / 2) = 20/21. */
static void
many_items_are_split_by_a_seeded_sample (void)
{
  enum
  {
    K = 20
  };
  double matrix[K * K];
  KennisSplits one, two;

  for (guint i = 0; i < K * K; i++)
    matrix[i] = i % (K + 1) == 0 ? 1 : 0.5;
  kennis_splits_of (matrix, K, 1, &one);
  assert_near (one.lowest, 20 / 21.0);
  assert_near (one.highest, 20 / 21.0);
  matrix[1] = matrix[K] = 0.9;
  kennis_splits_of (matrix, K, 1, &one);
  kennis_splits_of (matrix, K, 1, &two);
  CU_ASSERT_TRUE (one.lowest < one.mean && one.mean < one.highest);
  CU_ASSERT_EQUAL (memcmp (&one, &two, sizeof one), 0);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "the order of rows does not matter", the_order_of_rows_does_not_matter },
    { "whole numbers and others give the same", whole_numbers_and_others_give_the_same },
    { "what is no small whole number is found", what_is_no_small_whole_number_is_found },
    { "eigenvalues and inverses come out", eigenvalues_and_inverses_come_out },
    { "many items are split by a seeded sample", many_items_are_split_by_a_seeded_sample },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("moments", tests);
}
