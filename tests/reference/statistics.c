#include "config.h"

#include <math.h>

#include "kennis-test.h"
#include "base/kennis-statistics-private.h"

/* The values are of R 4.2.2 (Debian 12) by the call in each test's comment; those with 18 digits are of mpmath 1.2.1
 * with 60 digits, which agree: its sum of x^a (1−x)^b / (a B(a, b)) · ₂F₁(a + b, 1; a + 1; x), inverted with findroot. */

typedef struct { double a, b, p, value; } Known;

static gboolean
agrees (double value, double known, double tolerance)
{
  return fabs (value - known) <= tolerance * fabs (known);
}

#define assert_agrees(value, known, tolerance) CU_ASSERT_TRUE (agrees (value, known, tolerance))

/* scipy 1.10.1: scipy.special.ndtri (p), scipy.special.ndtr (x) */
static void
the_normal_distribution_is_scipy_s (void)
{
  static const double quantile[][2] = {
    { 1e-300, -37.0470962993612 }, { 1e-20, -9.262340089798409 }, { 1e-5, -4.264890793922825 }, { 0.02, -2.053748910631823 },
    { 0.025, -1.9599639845400545 }, { 0.3, -0.5244005127080409 }, { 0.77, 0.7388468491852137 }, { 0.975, 1.959963984540054 },
    { 0.999999, 4.753424308817087 } };
  static const double cdf[][2] = { { -30, 4.906713927147908e-198 }, { -8, 6.22096057427174e-16 },
                                   { -1.96, 0.024997895148220435 }, { 0, 0.5 },
                                   { 0.5, 0.6914624612740131 },     { 3, 0.9986501019683699 } };

  for (gsize i = 0; i < G_N_ELEMENTS (quantile); i++)
    assert_agrees (kennis_normal_quantile (quantile[i][0]), quantile[i][1], 2e-15);
  for (gsize i = 0; i < G_N_ELEMENTS (cdf); i++)
    assert_agrees (kennis_normal_cdf (cdf[i][0]), cdf[i][1], 1e-13);
  CU_ASSERT_EQUAL (kennis_normal_quantile (0.5), 0);
}

/* pbeta (p, a, b) */
static void
the_incomplete_beta_function_is_r_s (void)
{
  static const Known known[] = {
    { 0.5, 0.5, 0.3, 0.369010119565545375 }, { 2, 3, 0.4, 0.524800000000000038 }, { 10, 1, 0.99, 0.904382075008804409 },
    { 1e-3, 2, 1e-10, 0.978214458176668769 }, { 200, 300, 0.45, 0.988146345620262881 }, { 1e5, 2e5, 0.334, 0.780761813832133037 },
    { 30, 0.1, 0.2, 6.40615205594531037e-24 }, { 1e6, 1e6, 0.4995, 0.0786495775809016315 } };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    assert_agrees (kennis_incomplete_beta (known[i].a, known[i].b, known[i].p), known[i].value, 1e-12);
}

/* qbeta (p, a, b) */
static void
quantiles_of_beta_are_r_s (void)
{
  static const Known known[] = {
    { 0.5, 0.5, 0.3, 0.206107373853763421 }, { 2, 3, 0.025, 0.0675859864885429571 }, { 2, 3, 0.975, 0.805879550316756578 },
    { 0.1, 0.2, 1e-5, 4.39887475419434319e-49 }, { 10, 1, 0.99, 0.99899547129175005 }, { 200, 300, 0.01, 0.349733011245541519 },
    { 1e5, 2e5, 0.9, 0.33443655435815101 }, { 0.05, 5, 0.5, 1.22931921679998458e-7 }, { 3.5, 120, 1e-12, 6.19871469709906411e-6 } };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    assert_agrees (kennis_beta_quantile (known[i].a, known[i].b, known[i].p), known[i].value, 1e-12);
}

/* qf (p, a, b); but of mpmath where R goes over to chi-squared (b > 4e5) or keeps only ten digits (p = 1e-8) */
static void
quantiles_of_f_are_r_s (void)
{
  static const Known known[] = {
    { 1, 1, 0.95, 161.447638797588208 }, { 5, 10, 0.025, 0.151076701029982032 }, { 5, 10, 0.975, 4.23608566818863281 },
    { 99, 891, 0.025, 0.731540904543744737 }, { 99, 891, 0.975, 1.31975770469633179 }, { 2, 1e6, 0.5, 0.693147661013181244 },
    { 0.5, 3, 0.1, 0.000350163274761855787 }, { 1000, 2000, 0.999, 1.18231295584470761 }, { 19, 190, 1e-8, 0.0672212720730205405 },
    { 4, INFINITY, 0.975, 2.7858216954694495 }, { INFINITY, 4, 0.975, 8.257321982142674 } };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    assert_agrees (kennis_f_quantile (known[i].a, known[i].b, known[i].p), known[i].value, 1e-12);
}

/* qt (p, a) */
static void
quantiles_of_t_are_r_s (void)
{
  static const Known known[] = {
    { 1, 0, 0.975, 12.7062047361746933 }, { 2, 0, 0.001, -22.3271247701198752 }, { 10, 0, 0.975, 2.22813885198627422 },
    { 30, 0, 0.51, 0.0252787839717658144 }, { 5.5, 0, 1e-12, -256.180516926263581 }, { 1e5, 0, 0.975, 1.95998770753460926 },
    { 1e7, 0, 0.999, 3.0902331211809115 }, { 0.5, 0, 0.9, 10.270324410234281 }, { 19, 0, 0.995, 2.860934606464979 } };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    assert_agrees (kennis_t_quantile (known[i].a, known[i].p), known[i].value, 1e-12);
  CU_ASSERT_EQUAL (kennis_t_quantile (7, 0.5), 0);
}

/* qchisq (p, a); the last: scipy 1.10.1's scipy.stats.chi2.ppf (p, a) */
static void
quantiles_of_chi_squared_are_r_s (void)
{
  static const Known known[] = {
    { 1, 0, 0.95, 3.841458820694124 }, { 2, 0, 0.5, 1.3862943611198906 }, { 10, 0, 0.025, 3.2469727802368413 },
    { 0.1, 0, 0.3, 4.075794377465302e-11 }, { 100, 0, 0.999, 149.44925277903869 }, { 1e5, 0, 0.4, 99886.076291606805 },
    { 7, 0, 1e-12, 0.0015031450349627612 }, { 3.3, 0, 1 - 1e-9, 45.78216497490499 } };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    assert_agrees (kennis_chisq_quantile (known[i].a, known[i].p), known[i].value, 1e-12);
}

/* prop.test (k, n, conf.level = level, correct = FALSE)$conf.int */
static void
wilson_s_interval_is_that_of_prop_test (void)
{
  static const struct { double k, n, level, lower, upper; } known[] = {
    { 7, 20, 0.95, 0.18119182410108206, 0.56714572331476365 }, { 0, 30, 0.95, 0, 0.11351339317396873 },
    { 30, 30, 0.95, 0.88648660682603131, 1 }, { 123, 456, 0.90, 0.23698240335921636, 0.30520756361026813 },
    { 1, 5, 0.99, 0.023933662850888129, 0.71822132976531727 } };
  double lower, upper;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      kennis_wilson (known[i].k, known[i].n, known[i].level, &lower, &upper);
      CU_ASSERT_DOUBLE_EQUAL (lower, known[i].lower, 1e-14);
      CU_ASSERT_DOUBLE_EQUAL (upper, known[i].upper, 1e-14);
    }
}

/* quantile (c (1.5, 2, 2, 7.25, 9, 31), p, type = 7) */
static void
quantiles_of_data_are_r_s_type_7 (void)
{
  static const double x[] = { 1.5, 2, 2, 7.25, 9, 31 };
  static const double known[][2] = { { 0, 1.5 },     { 0.1, 1.75 }, { 0.25, 2 }, { 1.0 / 3, 2 },
                                     { 0.5, 4.625 }, { 0.9, 20 },   { 1, 31 } };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    CU_ASSERT_DOUBLE_EQUAL (kennis_quantile_sorted (x, 6, known[i][0]), known[i][1], 1e-13);
}

/* R 4.2.2 with survival 3.5.3:
 *   f <- survfit (Surv (day, factor (cause, 0:2)) ~ 1, conf.type = "log-log")
 *   s <- summary (f, times = horizon, extend = TRUE)
 *   s$pstate[, 2], s$std.err[, 2]^2, s$lower[, 2], s$upper[, 2], s$n.risk[, 1]
 * and, weighted, the same of rep (day, weight), rep (cause, weight): ties of all causes, day 0, competing events. */
typedef struct { gint32 horizon; double incidence, variance, lower, upper, at_risk; } Expected;

static const gint32 rows_day[] = { 0, 0, 3, 3, 3, 5, 8, 8, 10, 14, 14, 14, 20, 21, 30, 30, 41, 60, 60, 90 };
static const guint8 rows_cause[] = { 1, 0, 1, 2, 0, 2, 1, 0, 1, 1, 1, 0, 2, 0, 1, 1, 0, 1, 2, 0 };
static const guint32 rows_weight[] = { 2, 1, 1, 2, 1, 1, 3, 1, 1, 2, 1, 1, 1, 2, 1, 1, 1, 2, 1, 3 };

static const Expected plain[] = {
  { 0, 0.05, 0.002375, 0.00345401608468275, 0.205299294570396, 20 },
  { 3, 0.102777777777778, 0.00474918552812072, 0.0173544523074847, 0.278897865973243, 18 },
  { 13, 0.220061728395062, 0.00958718066775051, 0.0676671346404793, 0.427010136389581, 11 },
  { 14, 0.342037037037037, 0.0130613018213687, 0.138715858660565, 0.558401621284044, 11 },
  { 30, 0.50212962962963, 0.0168385276039285, 0.237632657712384, 0.718743965219681, 6 },
  { 60, 0.608858024691358, 0.0183732789968395, 0.302546878023088, 0.813895766727038, 3 },
  { 90, 0.608858024691358, 0.0183732789968395, 0.302546878023088, 0.813895766727038, 1 } };

static void
assert_incidence (const gint32 *day, const guint32 *weight, const Expected *known, gsize n_known)
{
  for (gsize i = 0; i < n_known; i++)
    {
      KennisIncidence is;

      kennis_incidence (day, rows_cause, weight, G_N_ELEMENTS (rows_day), known[i].horizon, 0.95, &is);
      CU_ASSERT_DOUBLE_EQUAL (is.incidence, known[i].incidence, 1e-14);
      CU_ASSERT_DOUBLE_EQUAL (is.variance, known[i].variance, 1e-15);
      CU_ASSERT_DOUBLE_EQUAL (is.lower, known[i].lower, 1e-13);
      CU_ASSERT_DOUBLE_EQUAL (is.upper, known[i].upper, 1e-13);
      CU_ASSERT_EQUAL (is.at_risk, known[i].at_risk);
    }
}

static void
incidence_is_that_of_survfit (void)
{
  static const Expected weighted[] = {
    { 0, 0.0689655172413793, 0.00221411291975891, 0.012164510808025, 0.197534840490247, 29 },
    { 3, 0.104774535809019, 0.0032800389820336, 0.0265896540481416, 0.245839463585353, 26 },
    { 13, 0.256723499624108, 0.00706253026931553, 0.113083984216288, 0.428150021628082, 16 },
    { 14, 0.375640080001135, 0.00892305199453432, 0.197944904828942, 0.553294310185302, 16 },
    { 30, 0.480609654037646, 0.0106534540430517, 0.272143432247441, 0.661987672107255, 9 },
    { 60, 0.603074157080242, 0.0114990277328159, 0.365175716671035, 0.775788745546768, 6 },
    { 90, 0.603074157080242, 0.0114990277328159, 0.365175716671035, 0.775788745546768, 3 } };

  assert_incidence (rows_day, NULL, plain, G_N_ELEMENTS (plain));
  assert_incidence (rows_day, rows_weight, weighted, G_N_ELEMENTS (weighted));
}

/* The same in units of 100 000 days: days far apart are counted another way. */
static void
incidence_does_not_depend_on_the_size_of_the_days (void)
{
  Expected far[G_N_ELEMENTS (plain)];
  gint32 day[G_N_ELEMENTS (rows_day)];

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      far[i] = plain[i];
      far[i].horizon *= 100000;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (day); i++)
    day[i] = rows_day[i] * 100000;
  assert_incidence (day, NULL, far, G_N_ELEMENTS (far));
}

int
main (void)
{
  return kennis_test_main ("statistics reference", (CU_TestInfo[]) {
    { "the normal distribution is scipy's", the_normal_distribution_is_scipy_s },
    { "the incomplete beta function is R's", the_incomplete_beta_function_is_r_s },
    { "quantiles of beta are R's", quantiles_of_beta_are_r_s },
    { "quantiles of F are R's", quantiles_of_f_are_r_s },
    { "quantiles of t are R's", quantiles_of_t_are_r_s },
    { "quantiles of chi-squared are R's", quantiles_of_chi_squared_are_r_s },
    { "Wilson's interval is that of prop.test", wilson_s_interval_is_that_of_prop_test },
    { "quantiles of data are R's type 7", quantiles_of_data_are_r_s_type_7 },
    { "incidence is that of survfit", incidence_is_that_of_survfit },
    { "incidence does not depend on the size of the days", incidence_does_not_depend_on_the_size_of_the_days },
    CU_TEST_INFO_NULL,
  });
}
