#include "config.h"

#include <math.h>

#include "kennis-test.h"

/* Values of R 4.2.2 (Debian 12) with p <- c(0.001, 0.05, 0.3, 0.5, 0.8, 0.975, 0.9999) and
 * tr <- function (q, F, lo, hi) q (F (lo) + p * (F (hi) - F (lo))). */
static const double p[] = { 0.001, 0.05, 0.3, 0.5, 0.8, 0.975, 0.9999 };

typedef struct { const char *text; double quantile[G_N_ELEMENTS (p)]; } Known;

static const Known known[] = {
  /* qunif (p, -2, 7) */
  { "uniform(-2,7)", { -1.9910000000000001, -1.55, 0.69999999999999973, 2.5, 5.2000000000000002, 6.7750000000000004, 6.9991000000000003 } },
  /* F <- (m - a) / (b - a); ifelse (p < F, a + sqrt (p * (b - a) * (m - a)), b - sqrt ((1 - p) * (b - a) * (b - m))) */
  { "triangular(.2,.5,.9)",
    { 0.21449137674618945, 0.30246950765959602, 0.45099800796022266, 0.52583426132260591, 0.66335680867601543, 0.8163339973465924,
      0.89470849737787117 } },
  /* 50000 + 350000 * qbeta (p, 1 + 4 * 70 / 350, 1 + 4 * 280 / 350) */
  { "pert(50000,120000,400000)",
    { 52209.890958746451, 70642.085664136044, 115070.68714098146, 146835.29078738164, 207590.51483551078, 289097.00846585806,
      371480.13736860454 } },
  /* qnorm (p, 80000, 10000) */
  { "normal(80000,10000)",
    { 49097.676938321863, 63551.463730485273, 74755.994872919589, 80000, 88416.212335729142, 99599.639845400539, 117190.16485455708 } },
  /* s <- sqrt (log (1 + (0.3 / 1.1)^2)); qlnorm (p, log (1.1) - s^2 / 2, s) */
  { "lognormal(1.1,0.3)",
    { 0.46380915064094447, 0.68308451680223137, 0.92217273357994545, 1.0612402033615054, 1.3295850730274681, 1.793942323937985,
      2.8736377998997682 } },
  /* qbeta (p, 4, 6) */
  { "beta(4,6)",
    { 0.056205889807768347, 0.168750495987324, 0.31274822313249484, 0.3930848328106295, 0.52913610655530019, 0.70070494379145964,
      0.89193637765093703 } },
  /* tr (function (x) qnorm (x, 30, 20), function (x) pnorm (x, 30, 20), 0, 100) */
  { "normal(30,20)[0,100]",
    { 0.14329539883589604, 5.8328832694383692, 22.114838265779923, 31.670718132141918, 47.793168435591774, 69.705611023080166,
      98.181377568282514 } },
  /* s <- sqrt (log (1 + (4 / 10)^2)); tr (function (x) qlnorm (x, log (10) - s^2 / 2, s), function (x) plnorm (…), 5, Inf) */
  { "lognormal(10,4)[5,]",
    { 5.0165146290496434, 5.6839511219563432, 7.9027515911239128, 9.5305689249259959, 13.036403751405379, 19.937006361746281,
      39.116298737581985 } },
  /* tr (function (x) qbeta (x, 2, 3), function (x) pbeta (x, 2, 3), .1, .9) */
  { "beta(2,3)[0.1,0.9]",
    { 0.10096755908641895, 0.14216140192475235, 0.29273021781533026, 0.39971068298009693, 0.58866783742114293, 0.79973987943099067,
      0.89913304141095385 } },
};

static void
quantiles_are_r_s (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (KennisQuantity) quantity = kennis_quantity_parse (known[i].text, NULL);

      for (gsize j = 0; j < G_N_ELEMENTS (p); j++)
        assert_within (kennis_quantity_quantile (quantity, p[j]) / known[i].quantile[j], 1, 1e-12);
    }
}

/* m0 <- integrate (d, lo, hi, rel.tol = 1e-12)$value; m1 <- integrate (function (x) x * d (x), …)$value / m0;
 * sqrt (integrate (function (x) (x - m1)^2 * d (x), …)$value / m0), d the density (R integrates the triangle in two parts) */
static void
moments_between_limits_are_r_s_integrals (void)
{
  static const struct { const char *text; double mean, sd; } between[] = {
    { "normal(30,20)[0,100]", 32.757779316963045, 17.543958829484215 },
    { "lognormal(10,4)[5,200]", 10.326441959343422, 3.8633904177665923 },
    { "beta(2,3)[0.1,0.9]", 0.41647457627118645, 0.1865106309445361 },
    { "pert(50000,120000,400000)[60000,300000]", 153640.99139441774, 56341.145372919244 },
    { "triangular(0.2,0.5,0.9)[0.3,0.8]", 0.53549783549783547, 0.12316036336232547 } };

  for (gsize i = 0; i < G_N_ELEMENTS (between); i++)
    {
      g_autoptr (KennisQuantity) quantity = kennis_quantity_parse (between[i].text, NULL);

      assert_within (kennis_quantity_get_mean (quantity) / between[i].mean, 1, 1e-9);
      assert_within (kennis_quantity_get_sd (quantity) / between[i].sd, 1, 1e-9);
    }
}

/* The mean of PERT is (a + 4 m + b) / 6, its variance (µ − a)(b − µ)/7, here 35 · 55 / 7 = 275; uniform (b − a) / √12; beta a / (a + b), √(ab / (a + b + 1)) / (a + b). */
static void
moments_are_those_of_the_closed_forms (void)
{
  static const struct { const char *text; double mean, sd; } closed[] = {
    { "pert(10,40,100)", 45, 16.583123951777001 },
    { "uniform(2,8)", 5, 1.7320508075688772 }, { "triangular(0,3,6)", 3, 1.2247448713915890 },
    { "lognormal(10,4)", 10, 4 }, { "normal(-3,2)", -3, 2 }, { "beta(4,6)", 0.4, 0.14770978917519928 }, { "17", 17, 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (closed); i++)
    {
      g_autoptr (KennisQuantity) quantity = kennis_quantity_parse (closed[i].text, NULL);

      assert_within (kennis_quantity_get_mean (quantity), closed[i].mean, 1e-10);
      assert_within (kennis_quantity_get_sd (quantity), closed[i].sd, 1e-10);
    }
}

int
main (void)
{
  static CU_TestInfo tests[] = {
    { "quantiles are R's", quantiles_are_r_s },
    { "moments between limits are R's integrals", moments_between_limits_are_r_s_integrals },
    { "moments are those of the closed forms", moments_are_those_of_the_closed_forms },
    CU_TEST_INFO_NULL,
  };
  return kennis_test_main ("reference: quantity", tests);
}
