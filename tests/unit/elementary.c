#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-elementary-private.h"
#include "value-models.h"

/* Elementary functions of our own, and what comes of them: the same bits whatever the processor has. */

#define ULP 0x1p-52

/* By mpmath 1.2.1, mp.dps = 40, of the double that is nearest to what is written. */
static void
values_are_those_of_mathematics (void)
{
  static const struct { double (*of) (double); double x, value; } known[] = {
    { kennis_exp, -700.5, 5.9801961186397912064e-305 },
    { kennis_exp, -1.25, 0.28650479686019010032 },
    { kennis_exp, 0.3465, 1.4141094938303624151 },
    { kennis_exp, 1, 2.7182818284590452354 },
    { kennis_exp, 88.25, 2.1207429305352540792e+38 },
    { kennis_exp, 700.125, 1.1492754838737590775e+304 },
    { kennis_exp2, -1000.5, 6.5991703327832115731e-302 },
    { kennis_exp2, -0.5, 0.7071067811865475244 },
    { kennis_exp2, 0.0009765625, 1.0006771306930663567 },
    { kennis_exp2, 10.75, 1722.1558584396073841 },
    { kennis_expm1, -0.0625, -0.06058693718652421388 },
    { kennis_expm1, 1e-9, 1.0000000005000000624e-9 },
    { kennis_expm1, 0.5, 0.64872127070012814685 },
    { kennis_expm1, 3, 19.085536923187667741 },
    { kennis_log, 1e-300, -690.77552789821370518 },
    { kennis_log, 0.75, -0.28768207245178092744 },
    { kennis_log, 0.99951171875, -0.00048840049810887446498 },
    { kennis_log, 1.0078125, 0.0077821404420549489475 },
    { kennis_log, 1.5, 0.40546510810816438198 },
    { kennis_log, 10, 2.302585092994045684 },
    { kennis_log, 1e300, 690.77552789821370526 },
    { kennis_log1p, -0.5, -0.69314718055994530942 },
    { kennis_log1p, 1e-9, 9.9999999950000006261e-10 },
    { kennis_log1p, 0.25, 0.22314355131420975577 },
    { kennis_log1p, 7, 2.0794415416798359283 },
    { kennis_erfc, -2.5, 1.9995930479825550411 },
    { kennis_erfc, -0.25, 1.276326390168236933 },
    { kennis_erfc, 0.375, 0.59588309056517770168 },
    { kennis_erfc, 0.75, 0.2888443663464848684 },
    { kennis_erfc, 3.5, 7.4309837234141274552e-7 },
    { kennis_erfc, 8, 1.122429717298292708e-29 },
    { kennis_erfc, 26, 5.6631924088561428465e-296 },
    { kennis_gamma_log, 0.001953125, 6.2372003851753314192 },
    { kennis_gamma_log, 0.5, 0.57236494292470008707 },
    { kennis_gamma_log, 1.5, -0.12078223763524522235 },
    { kennis_gamma_log, 3.25, 0.93580193110872535826 },
    { kennis_gamma_log, 12.75, 19.35823122022435814 },
    { kennis_gamma_log, 13, 19.98721449566188615 },
    { kennis_gamma_log, 171.5, 709.14316303092824227 },
    { kennis_gamma_log, 1e10, 220258509288.81058147 },
    { kennis_sine, 0.001, 0.00099999983333334168748 },
    { kennis_sine, 0.25, 0.2474039592545229296 },
    { kennis_sine, 0.75, 0.68163876002333416673 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    assert_within (known[i].of (known[i].x), known[i].value, 6 * ULP * fabs (known[i].value));
  assert_within (kennis_pow (1.08, -5), 0.68058319703375293934, ULP);
  assert_within (kennis_pow (0.85, 2.5), 0.66611208703941106465, ULP);
  assert_within (kennis_pow (3, 400), 7.0550791086553325712e190, 2 * ULP * 7.06e190);
}

static void
what_is_no_number_stays_none (void)
{
  CU_ASSERT_TRUE (isnan (kennis_log (-1)) && isnan (kennis_exp (NAN)) && isnan (kennis_pow (-2, 0.5)));
  CU_ASSERT_TRUE (kennis_log (0) == -INFINITY && kennis_log (INFINITY) == INFINITY);
  CU_ASSERT_TRUE (kennis_exp (-800) == 0 && kennis_exp (800) == INFINITY && kennis_exp (-INFINITY) == 0);
  CU_ASSERT_TRUE (kennis_exp2 (2000) == INFINITY && kennis_exp2 (-2000) == 0 && kennis_expm1 (-INFINITY) == -1);
  CU_ASSERT_TRUE (kennis_pow (0, 0) == 1 && kennis_pow (0, 3) == 0 && kennis_pow (0, -1) == INFINITY);
  CU_ASSERT_TRUE (kennis_pow (-2, 3) == -8 && kennis_pow (1, NAN) == 1 && kennis_pow (0.5, INFINITY) == 0);
  CU_ASSERT_TRUE (kennis_erfc (INFINITY) == 0 && kennis_erfc (-INFINITY) == 2 && kennis_erfc (0) == 1);
  CU_ASSERT_TRUE (kennis_gamma_log (1) == 0 && kennis_gamma_log (2) == 0 && kennis_log1p (0) == 0);
  /* Under the least normal number too: 2^-1074 = e^-744.44… */
  assert_within (kennis_log (0x1p-1074), -744.4400719213812, 1e-12);
  CU_ASSERT_EQUAL (kennis_exp (-744.5), 0x1p-1074);
}

/* All distributions, and all that powers are taken of. */
static void
write_checksum (void)
{
  g_autoptr (KennisValueModel) model =
      VALUE_MODEL (36, MONTH_END, AMOUNT, "amount=pert(50,120,400)", "transfer=triangular(.2,.5,.9)",
                   "isolation=beta(4,6)", "p/fixed-cost=lognormal(40,20)", "p/running-cost=normal(30,5)[10,]",
                   "p/hazard=uniform(.05,.2)", "p/loss=lognormal(900,600)", "p/prevented=beta(0.7,3)",
                   "p/doubling=uniform(10,20)", "p/knowledge-age=uniform(1,9)", "p/half-life=uniform(9,30)",
                   "p/leaving-rate=beta(2,12)", "discount-rate=uniform(.02,.08)", "tax-rate=triangular(.1,.2,.3)");
  g_autoptr (KennisReturn) result = NULL;
  g_autoptr (GBytes) draws = NULL;
  g_autofree char *sum = NULL;

  kennis_value_model_set_correlation (model, "amount", "fixed-cost", 0.4, NULL);
  result = kennis_return_simulate (model, 4096, 3, KENNIS_SAMPLING_PLAIN, 0, 2, NULL, NULL, NULL, NULL);
  draws = kennis_return_get_draws (result);
  sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, draws);
  g_print ("%s\n", sum);
}

static char *
checksum_with (const char *tunables)
{
  const char *argv[] = { "/proc/self/exe", "checksum", NULL };
  g_auto (GStrv) environment = g_get_environ ();
  g_autoptr (GError) error = NULL;
  char *out = NULL;

  environment = g_environ_setenv (environment, "GLIBC_TUNABLES", tunables, TRUE);
  if (!g_spawn_sync (NULL, (char **) argv, environment, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, NULL, &error))
    assert_text (error->message, "");
  return out;
}

/* glibc's own functions come to other bits in nearly all of these draws when they may not use FMA. */
static void
draws_are_the_same_bits_without_what_some_processors_have (void)
{
  g_autofree char *as_it_is = checksum_with (""),
                  *without = checksum_with ("glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F");

  CU_ASSERT_PTR_NOT_NULL_FATAL (as_it_is);
  CU_ASSERT_EQUAL (strlen (as_it_is), 65);
  assert_text (without, as_it_is);
}

int
main (int argc, char **argv)
{
  static CU_TestInfo tests[] = {
    { "values are those of mathematics", values_are_those_of_mathematics },
    { "what is no number stays none", what_is_no_number_stays_none },
    { "draws are the same bits without what some processors have",
      draws_are_the_same_bits_without_what_some_processors_have },
    CU_TEST_INFO_NULL,
  };

  if (argc > 1)
    {
      write_checksum ();
      return 0;
    }
  return kennis_test_main ("elementary", tests);
}
