/* Ten million draws of a model of seven inputs, against numpy (Debian's) in the same run, both with their percentiles; and how much
 * memory they and ten times as many take at most, with percentiles of what is not kept as well. */
#include "config.h"

#include "bench.h"

#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <kennis/kennis.h>

#define DRAWS   10000000
#define REPEATS 3

static void
set (KennisValueModel *model,
     const char       *path,
     const char       *text)
{
  if (!kennis_value_model_set_input_text (model, path, text, KENNIS_EVIDENCE_ASSUMED, NULL, NULL))
    g_error ("%s", path);
}

/* PERT × (1 + lognormal) × triangular × beta − normal, a five-year annuity at 8%, − normal.  In a model only V, which enters
 * as 1 + V, is a factor without limits beside an amount; numpy's side has the same. */
static KennisValueModel *
make_model (void)
{
  KennisValueModel *model = kennis_value_model_new ("EUR", 60);

  kennis_value_model_set_timing (model, KENNIS_CASH_TIMING_YEAR_END);
  kennis_value_model_add_programme (model, "p", NULL, NULL);
  kennis_value_model_add_benefit (model, "p", "b", NULL, KENNIS_BENEFIT_KIND_PRODUCTIVITY, KENNIS_BENEFIT_METHOD_AMOUNT,
                                  NULL);
  set (model, "amount", "pert(50000,120000,400000)");
  set (model, "variable-cost", "lognormal(1,0.3)");
  set (model, "transfer", "triangular(.2,.5,.9)");
  set (model, "isolation", "beta(4,6)");
  set (model, "running-cost", "normal(30000,5000)");
  set (model, "fixed-cost", "normal(80000,10000)");
  set (model, "discount-rate", "0.08");
  return model;
}

static double
seconds (KennisValueModel *model)
{
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (KennisReturn) result =
      kennis_return_simulate (model, DRAWS, 1, KENNIS_SAMPLING_PLAIN, 0, 2, NULL, NULL, NULL, NULL);
  double sum = kennis_return_get_mean (result, KENNIS_FIGURE_NPV, NULL);

  for (guint i = 0; i < 3; i++)
    sum += kennis_return_get_percentile (result, KENNIS_FIGURE_NPV, (const double[]) { 0.05, 0.5, 0.95 }[i], NULL);
  if (!isfinite (sum))
    g_error ("the result is no number");
  return seconds_since (begun);
}

static double
numpy_seconds (void)
{
  g_autofree char *script = g_build_filename (g_getenv ("KENNIS_SRCDIR"), "bench/value-numpy.py", NULL), *out = NULL;
  const char *argv[] = { "/usr/bin/python3", script, NULL };

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, NULL, NULL) || out == NULL)
    return NAN;
  return *out != '\0' ? g_ascii_strtod (out, NULL) : NAN;
}

/* By itself in a process: what it takes at most, in MB. */
static int
tell_memory (KennisValueModel *model,
             guint64           n)
{
  static const KennisFigure figures[] = { KENNIS_FIGURE_NPV, KENNIS_FIGURE_NET, KENNIS_FIGURE_BCR, KENNIS_FIGURE_ROI };
  g_autoptr (KennisReturn) result =
      kennis_return_simulate (model, n, 1, KENNIS_SAMPLING_PLAIN, 0, 2, NULL, NULL, NULL, NULL);
  struct rusage usage;

  for (guint f = 0; f < G_N_ELEMENTS (figures); f++)
    for (double p = 0.05; p < 1; p += 0.45)
      {
        double error, value = kennis_return_get_percentile (result, figures[f], p, &error);

        if (!isfinite (value) || !(error > 0))
          g_error ("the result is no number");
      }
  getrusage (RUSAGE_SELF, &usage);
  g_print ("%g\n", usage.ru_maxrss / 1024.0);
  return EXIT_SUCCESS;
}

static gboolean
memory_is_bounded (void)
{
  static const struct
  {
    const char *n, *name;
    double most;
  } known[] = { { "10000000", "10 million", 250 }, { "100000000", "100 million", 60 } };
  gboolean fine = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      const char *argv[] = { "/proc/self/exe", known[i].n, NULL };
      g_autofree char *out = NULL;
      double peak = NAN;

      if (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, NULL, NULL) && out != NULL)
        peak = g_ascii_strtod (out, NULL);
      g_print ("value, %s draws, memory at most (%g)\t%.0f\tMB\n", known[i].name, known[i].most, peak);
      fine = fine && peak > 0 && peak <= known[i].most;
    }
  return fine;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (KennisValueModel) model = make_model ();
  double own[REPEATS], peer[REPEATS], mine, theirs;
  gboolean is_bounded;

  if (argc > 1)
    return tell_memory (model, g_ascii_strtoull (argv[1], NULL, 10));

  /* In turns, so that what else the machine does hits both. */
  for (guint i = 0; i < REPEATS; i++)
    {
      own[i] = seconds (model);
      peer[i] = numpy_seconds ();
    }
  mine = median (own, REPEATS);
  theirs = median (peer, REPEATS);
  is_bounded = memory_is_bounded ();
  g_print ("value, 10 million draws, 2 threads\t%.3f\ts\n", mine);
  if (isnan (theirs))
    {
      g_print ("value, numpy\tnot installed (python3-numpy)\t\n");
      return is_bounded ? EXIT_SUCCESS : EXIT_FAILURE;
    }
  g_print ("value, numpy\t%.3f\ts\n", theirs);
  g_print ("value, times faster than numpy (at least 3)\t%.2f\tx\n", theirs / mine);
  return theirs / mine >= 3 && is_bounded ? EXIT_SUCCESS : EXIT_FAILURE;
}
