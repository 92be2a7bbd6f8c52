#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-random-private.h"
#include "base/kennis-statistics-private.h"
#include "kennis-test.h"
#include "value/kennis-quantity-private.h"

static const char * const all[] = { "1200", "uniform(-2,7)", "triangular(0.2,0.5,0.9)", "pert(50000,120000,400000)", "normal(80000,10000)",
                                    "lognormal(1.1,0.3)", "beta(4,6)", "normal(30,20)[0,100]", "lognormal(10,4)[5,]", "beta(2,3)[,0.9]",
                                    "beta(0.3,0.4)", "triangular(0,0,1)", "triangular(0,1,1)[0.1,0.9]", "pert(0,0,10)" };

static void
what_is_written_is_read_back (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KennisQuantity) quantity = kennis_quantity_parse (all[i], &error);
      g_autofree char *text = NULL;

      CU_ASSERT_PTR_NOT_NULL_FATAL (quantity);
      text = kennis_quantity_to_text (quantity);
      assert_text (text, all[i]);
    }
}

static void
spaces_do_not_matter (void)
{
  g_autoptr (KennisQuantity) quantity = kennis_quantity_parse ("  pert ( 1 , 2.50 ,4e0 ) [ 1.5 , ] ", NULL);
  g_autofree char *text = NULL;

  CU_ASSERT_PTR_NOT_NULL_FATAL (quantity);
  text = kennis_quantity_to_text (quantity);
  assert_text (text, "pert(1,2.5,4)[1.5,]");
}

static void
a_wrong_quantity_is_told_the_right_form (void)
{
  static const char * const wrong[][2] = {
    { "", "write a number as 1200" }, { "12x", "write a number" }, { "nan", "write a number" }, { "0x10", "write a number" },
    { "1e999", "write a number" }, { "gauss(1,2)", "normal(mean,sd)" }, { "normal(1)", "normal(mean,sd) with sd > 0" },
    { "normal(1,0)", "normal(mean,sd) with sd > 0" }, { "normal(1,2", "normal(mean,sd)" }, { "normal(1,2)x", "normal(mean,sd)" },
    { "uniform(2,1)", "least < most" }, { "triangular(1,5,4)", "least ≤ likely ≤ most" }, { "pert(1,2)", "pert(least,likely,most)" },
    { "lognormal(-1,2)", "both > 0" }, { "beta(0,1)", "beta(a,b)" }, { "normal(0,1)[40,]", "limits" }, { "normal(0,1)[2,1]", "limits" },
    { "uniform(0,1)[2,3]", "limits" }, { "uniform(-1e308,1e308)", "uniform(" }, { "lognormal(1,1e-300)", "lognormal" },
    { "normal(0,1)[0", "normal(" }, { "\xff\xfe", "write a number" } };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KennisQuantity) quantity = kennis_quantity_parse (wrong[i][0], &error);

      CU_ASSERT_PTR_NULL (quantity);
      CU_ASSERT_PTR_NOT_NULL_FATAL (error);
      CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
      if (strstr (error->message, wrong[i][1]) == NULL)
        assert_text (error->message, wrong[i][1]);
    }
}

static void
probability_is_the_inverse_of_quantile (void)
{
  for (gsize i = 1; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (KennisQuantity) quantity = kennis_quantity_parse (all[i], NULL);

      for (double p = 0.001; p < 1; p += 0.0277)
        assert_within (kennis_quantity_probability (quantity, kennis_quantity_quantile (quantity, p)), p, 1e-11);
    }
}

static void
draws_are_the_quantile_of_the_stream_s_uniforms (void)
{
  enum
  {
    N = 3001
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (KennisQuantity) quantity = kennis_quantity_parse (all[i], NULL);
      g_autoptr (GBytes) bytes = kennis_quantity_sample (quantity, 5, 9, N);
      const double *draw = g_bytes_get_data (bytes, NULL);
      double spread = kennis_quantity_get_sd (quantity);
      KennisRandom random;

      kennis_random_init (&random, 5, 9);
      for (gsize k = 0; k < N; k++)
        assert_within (draw[k], kennis_quantity_quantile (quantity, kennis_random_uniform (&random)),
                       1e-7 * spread + 1e-12);
    }
}

static void
draws_have_the_mean_and_sd_that_are_stated (void)
{
  enum
  {
    N = 200000
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (KennisQuantity) quantity = kennis_quantity_parse (all[i], NULL);
      g_autoptr (GBytes) bytes = kennis_quantity_sample (quantity, 1, i, N);
      const double *draw = g_bytes_get_data (bytes, NULL);
      double mean = kennis_quantity_get_mean (quantity), sd = kennis_quantity_get_sd (quantity), sum = 0, square = 0;

      for (gsize k = 0; k < N; k++)
        {
          sum += draw[k] - mean;
          square += (draw[k] - mean) * (draw[k] - mean);
        }
      CU_ASSERT_TRUE (fabs (sum / N) <= 5 * sd / sqrt (N));
      CU_ASSERT_TRUE (fabs (sqrt (square / N) - sd) <= 0.02 * sd);
    }
}

/* Kolmogorov (1933), Smirnov (1948): the largest distance to the distribution is under 1.95/√n in 999 of 1000 samples. */
static void
draws_follow_the_distribution (void)
{
  enum
  {
    N = 20000
  };
  g_autofree double *sorted = g_new (double, N);

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (KennisQuantity) quantity = kennis_quantity_parse (all[i], NULL);
      g_autoptr (GBytes) bytes = kennis_quantity_sample (quantity, 7, i, N);
      double distance = 0;

      if (quantity->distribution == KENNIS_DISTRIBUTION_NUMBER)
        continue;
      memcpy (sorted, g_bytes_get_data (bytes, NULL), N * sizeof *sorted);
      kennis_sort_doubles (sorted, N);
      for (gsize k = 0; k < N; k++)
        {
          double p = (kennis_quantity_cdf (quantity, sorted[k]) - quantity->below) / quantity->mass;

          distance = MAX (distance, MAX (fabs (p - (double) k / N), fabs ((k + 1.0) / N - p)));
        }
      CU_ASSERT_TRUE (distance < 1.95 / sqrt (N));
    }
}

static void
a_stratified_draw_has_one_in_each_part (void)
{
  enum
  {
    N = 1000
  };
  double u[N];
  guint8 seen[N] = { 0 };

  kennis_draw_stratified (3, 1, 4096, N, u);
  for (guint i = 0; i < N; i++)
    seen[(guint) (u[i] * N)]++;
  for (guint i = 0; i < N; i++)
    CU_ASSERT_EQUAL (seen[i], 1);
  CU_ASSERT_NOT_EQUAL ((guint) (u[0] * N), 0);
}

static double
rank_correlation (const double *x, const double *y, gsize n)
{
  double sum = 0, mean = (n - 1) / 2.0, variance = ((double) n * n - 1) / 12;

  for (gsize i = 0; i < n; i++)
    {
      gsize rx = 0, ry = 0;

      for (gsize j = 0; j < n; j++)
        {
          rx += x[j] < x[i];
          ry += y[j] < y[i];
        }
      sum += (rx - mean) * (ry - mean);
    }
  return sum / n / variance;
}

static void
iman_and_conover_give_the_rank_correlation_wanted (void)
{
  enum
  {
    N = 2000
  };
  double a[N], b[N], c[N], kept = 0, after = 0, *columns[] = { a, b, c };
  double wanted[9] = { 1, 0.7, -0.4, 0.7, 1, 0, -0.4, 0, 1 }, impossible[4] = { 1, 1.2, 1.2, 1 };

  for (guint i = 0; i < 3; i++)
    kennis_draw_uniforms (11, i, 0, N, columns[i]);
  for (guint i = 0; i < N; i++)
    kept += a[i];
  CU_ASSERT_TRUE (kennis_cholesky (wanted, 3));
  kennis_correlate (columns, 3, N, wanted, 11, 0);
  for (guint i = 0; i < N; i++)
    after += a[i];
  assert_within (kept, after, 1e-9);
  assert_within (rank_correlation (a, b, N), 0.7, 0.03);
  assert_within (rank_correlation (a, c, N), -0.4, 0.03);
  assert_within (rank_correlation (b, c, N), 0, 0.03);
  CU_ASSERT_FALSE (kennis_cholesky (impossible, 2));
}

int
main (void)
{
  static CU_TestInfo tests[] = {
    { "what is written is read back", what_is_written_is_read_back },
    { "spaces do not matter", spaces_do_not_matter },
    { "a wrong quantity is told the right form", a_wrong_quantity_is_told_the_right_form },
    { "probability is the inverse of quantile", probability_is_the_inverse_of_quantile },
    { "draws are the quantile of the stream's uniforms", draws_are_the_quantile_of_the_stream_s_uniforms },
    { "draws have the mean and sd that are stated", draws_have_the_mean_and_sd_that_are_stated },
    { "draws follow the distribution", draws_follow_the_distribution },
    { "a stratified draw has one in each part", a_stratified_draw_has_one_in_each_part },
    { "Iman and Conover give the rank correlation wanted", iman_and_conover_give_the_rank_correlation_wanted },
    CU_TEST_INFO_NULL,
  };
  return kennis_test_main ("quantity", tests);
}
