#include "config.h"

#include <math.h>

#include "kennis-test.h"
#include "base/kennis-random-private.h"
#include "base/kennis-statistics-private.h"

#define DRAWS 100000

/* Random123 1.14's tests/kat_vectors, "philox4x32 10". */
static void
blocks_are_the_known_answers (void)
{
  static const struct { guint32 counter[4], key[2], block[4]; } known[] = {
    { { 0 }, { 0 }, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
    { { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff }, { 0xffffffff, 0xffffffff }, { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
    { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 }, { 0xa4093822, 0x299f31d0 }, { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      KennisRandom random;

      kennis_random_init (&random, known[i].key[0] | (guint64) known[i].key[1] << 32,
                          known[i].counter[2] | (guint64) known[i].counter[3] << 32);
      random.counter[0] = known[i].counter[0];
      random.counter[1] = known[i].counter[1];
      for (int j = 0; j < 4; j++)
        CU_ASSERT_EQUAL (kennis_random_u32 (&random), known[i].block[j]);
    }
}

static void
the_counter_carries (void)
{
  KennisRandom a, b;

  kennis_random_init (&a, 5, 6);
  a.counter[0] = G_MAXUINT32;
  kennis_random_init (&b, 5, 6);
  b.counter[1] = 1;
  for (int i = 0; i < 4; i++)
    kennis_random_u32 (&a);
  for (int i = 0; i < 4; i++)
    CU_ASSERT_EQUAL (kennis_random_u32 (&a), kennis_random_u32 (&b));
}

static void
streams_and_seeds_differ (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint64 seed = 0; seed < 30; seed++)
    for (guint64 k = 0; k < 30; k++)
      {
        KennisRandom random;
        const char *const texts[] = { "", "a", "b", "uptake.gini" };

        kennis_random_init (&random, seed, k);
        guint64 first = kennis_random_u64 (&random);
        g_hash_table_add (seen, g_memdup2 (&first, sizeof first));
        for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
          {
            first = kennis_random_seed_for (seed, texts[i], k);
            g_hash_table_add (seen, g_memdup2 (&first, sizeof first));
          }
      }
  CU_ASSERT_EQUAL (g_hash_table_size (seen), 30 * 30 * 5);
  CU_ASSERT_EQUAL (kennis_random_seed_for (1, "x", 2), kennis_random_seed_for (1, "x", 2));
  CU_ASSERT_EQUAL (kennis_random_seed_for (1, NULL, 2), kennis_random_seed_for (1, "", 2));
}

typedef double (*Draw) (KennisRandom *random, double a, double b);

static double draw_uniform (KennisRandom *r, double a, double b) { return kennis_random_uniform (r); }
static double draw_normal (KennisRandom *r, double a, double b) { return kennis_random_normal (r); }
static double draw_gamma (KennisRandom *r, double a, double b) { return kennis_random_gamma (r, a); }
static double draw_below (KennisRandom *r, double a, double b) { return kennis_random_below (r, (guint32) a); }

static double cdf_uniform (double x, double a, double b) { return x; }
static double cdf_normal (double x, double a, double b) { return kennis_normal_cdf (x); }

/* Half of chi-squared with 2a degrees of freedom; found by halving, as only its quantile is at hand. */
static double
cdf_gamma (double x, double a, double b)
{
  double low = 0, high = 1;

  for (int i = 0; i < 30; i++)
    {
      double middle = (low + high) / 2;

      if (kennis_chisq_quantile (2 * a, middle) / 2 < x)
        low = middle;
      else
        high = middle;
    }
  return (low + high) / 2;
}

/* Mean and variance within five standard errors (of the variance: by the fourth moment of the draws). */
static gboolean
has_moments (Draw draw, double a, double b, double mean, double variance)
{
  KennisRandom random;
  double m = 0, m2 = 0, m4 = 0;
  g_autofree double *x = g_new (double, DRAWS);

  kennis_random_init (&random, 20240301, 7);
  for (int i = 0; i < DRAWS; i++)
    m += (x[i] = draw (&random, a, b)) / DRAWS;
  for (int i = 0; i < DRAWS; i++)
    {
      double d = (x[i] - mean) * (x[i] - mean);

      m2 += d / DRAWS;
      m4 += d * d / DRAWS;
    }
  return fabs (m - mean) <= 5 * sqrt (variance / DRAWS) && fabs (m2 - variance) <= 5 * sqrt ((m4 - m2 * m2) / DRAWS);
}

/* Kolmogorov's distance: over 1.95/√n in one of 1000 right samples. */
static gboolean
has_distribution (Draw draw, double (*cdf) (double, double, double), double a, double b, int n)
{
  KennisRandom random;
  double distance = 0;
  g_autofree double *x = g_new (double, (gsize) n);

  kennis_random_init (&random, 4711, 3);
  for (int i = 0; i < n; i++)
    x[i] = draw (&random, a, b);
  kennis_sort_doubles (x, (gsize) n);
  for (int i = 0; i < n; i++)
    {
      double f = cdf (x[i], a, b);

      distance = MAX (distance, MAX (fabs (f - (double) i / n), fabs (f - (i + 1.0) / n)));
    }
  return distance < 1.95 / sqrt (n);
}

static void
draws_have_their_moments (void)
{
  static const double shapes[] = { 0.02, 0.3, 1, 1.5, 40 };
  KennisRandom random;

  CU_ASSERT_TRUE (has_moments (draw_uniform, 0, 0, 0.5, 1.0 / 12));
  CU_ASSERT_TRUE (has_moments (draw_normal, 0, 0, 0, 1));
  CU_ASSERT_TRUE (has_moments (draw_below, 6, 0, 2.5, 35.0 / 12));
  CU_ASSERT_TRUE (has_moments (draw_below, 3000000000, 0, 1499999999.5, 9e18 / 12));
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    CU_ASSERT_TRUE (has_moments (draw_gamma, shapes[i], 0, shapes[i], shapes[i]));
  kennis_random_init (&random, 1, 1);
  CU_ASSERT_EQUAL (kennis_random_below (&random, 1), 0);
}

static void
draws_have_their_distribution (void)
{
  CU_ASSERT_TRUE (has_distribution (draw_uniform, cdf_uniform, 0, 0, DRAWS));
  CU_ASSERT_TRUE (has_distribution (draw_normal, cdf_normal, 0, 0, DRAWS));
  CU_ASSERT_TRUE (has_distribution (draw_gamma, cdf_gamma, 0.3, 0, 2000));
  CU_ASSERT_TRUE (has_distribution (draw_gamma, cdf_gamma, 6.5, 0, 2000));
}

static void
uniform_numbers_stay_inside (void)
{
  KennisRandom random = { .block = { 0, 0, 0xffffffff, 0xffffffff } };

  /* 0 is passed over; all ones is the largest under 1. */
  CU_ASSERT_EQUAL (kennis_random_uniform (&random), 1 - 0x1p-53);
}

int
main (void)
{
  return kennis_test_main ("random", (CU_TestInfo[]) {
    { "blocks are the known answers", blocks_are_the_known_answers },
    { "the counter carries", the_counter_carries },
    { "streams and seeds differ", streams_and_seeds_differ },
    { "draws have their moments", draws_have_their_moments },
    { "draws have their distribution", draws_have_their_distribution },
    { "uniform numbers stay inside", uniform_numbers_stay_inside },
    CU_TEST_INFO_NULL,
  });
}
