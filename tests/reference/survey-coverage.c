#include "config.h"

#include <math.h>

#include "base/kennis-random-private.h"
#include "kennis-test.h"

/* Of samples from known populations, seeded, 95% intervals hold the true value in 93 to 97%. */
#define SAMPLES 3000

/* An answer on 1 to 5 that follows a trait: skewed and bounded as answers are. */
static double
answer_of (double trait)
{
  return trait < -1.5 ? 1 : trait < -0.5 ? 2 : trait < 0.3 ? 3 : trait < 1.2 ? 4 : 5;
}

static void
assert_covers (guint held, const char *what)
{
  g_autofree char *claim = g_strdup_printf ("%s: %.1f%%", what, 100.0 * held / SAMPLES);

  kennis_test_near (held / (double) SAMPLES, 0.95, 0.02, claim, __FILE__, __LINE__);
}

/* People of 10 items of 0 to 100, dealt out: the first `wanted` of a shuffled population. */
static double
draw_people (KennisRandom *random, double *people, guint n, guint wanted, double *mean)
{
  double sum = 0;

  for (guint i = 0; i < wanted; i++)
    {
      guint j = i + kennis_random_below (random, n - i);
      double person = people[j];

      people[j] = people[i];
      people[i] = person;
    }
  for (guint i = 0; i < n; i++)
    sum += people[i];
  return *mean = sum / n;
}

static void
intervals_of_means_of_finite_populations_cover (void)
{
  static const struct
  {
    guint n, asked;
  } sizes[] = { { 12, 20 }, { 30, 60 }, { 60, 80 }, { 20, 2000 } };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autofree double *people = g_new (double, sizes[s].asked);
      const double asked[] = { sizes[s].asked };
      g_autoptr (GBytes) invited = g_bytes_new (asked, sizeof asked);
      KennisRandom random;
      guint held = 0;

      kennis_random_init (&random, 11, s);
      for (guint i = 0; i < sizes[s].asked; i++)
        {
          double trait = kennis_random_normal (&random);

          people[i] = 0;
          for (guint j = 0; j < 4; j++)
            people[i] += 25 * (answer_of (0.7 * trait + 0.7 * kennis_random_normal (&random)) - 1) / 4;
        }
      for (guint i = 0; i < SAMPLES; i++)
        {
          double truth;
          g_autoptr (GBytes) scores = NULL;
          g_autoptr (KennisScores) self = NULL;

          draw_people (&random, people, sizes[s].asked, sizes[s].n, &truth);
          scores = g_bytes_new (people, sizes[s].n * sizeof *people);
          self = kennis_scores_new (scores, NULL, NULL, invited, 0.95, NULL);
          held += kennis_scores_get (self, 0, KENNIS_SCORE_LOWER) <= truth
                  && truth <= kennis_scores_get (self, 0, KENNIS_SCORE_UPPER);
        }
      assert_covers (held, "mean");
    }
}

/* Five items, each the trait and noise of the same size and so with r = ½: alpha = 5 · ½ / (1 + 4 · ½) = 5/6. */
static void
feldt_s_intervals_of_alpha_cover (void)
{
  static const guint sizes[] = { 20, 100, 400 };
  static const char *const items[] = { "1", "2", "3", "4", "5", NULL };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autofree double *x = g_new (double, sizes[s] * 5);
      KennisRandom random;
      guint held = 0;

      kennis_random_init (&random, 12, s);
      for (guint i = 0; i < SAMPLES; i++)
        {
          g_autoptr (GBytes) values = NULL;
          g_autoptr (KennisReliability) self = NULL;

          for (guint p = 0; p < sizes[s]; p++)
            {
              double trait = kennis_random_normal (&random);

              for (guint j = 0; j < 5; j++)
                x[p * 5 + j] = trait + kennis_random_normal (&random);
            }
          values = g_bytes_new (x, sizes[s] * 5 * sizeof *x);
          self = kennis_reliability_new (values, items, KENNIS_MISSING_LISTWISE, 0.95, 1, NULL);
          held += kennis_reliability_get (self, KENNIS_RELIABILITY_ALPHA_LOWER) <= 5 / 6.0
                  && 5 / 6.0 <= kennis_reliability_get (self, KENNIS_RELIABILITY_ALPHA_UPPER);
        }
      assert_covers (held, "alpha");
    }
}

/* Two waves with means 60 and 65, sds 15 (independent: 10 and 20 too), correlation 0.6 for the same people. */
static void
intervals_of_changes_cover (void)
{
  static const struct { KennisPairing pairing; guint n_before, n_after; double first, second; } designs[] = {
    { KENNIS_PAIRING_INDEPENDENT, 25, 40, 15, 15 },
    { KENNIS_PAIRING_INDEPENDENT, 12, 50, 20, 10 },
    { KENNIS_PAIRING_MATCHED, 30, 30, 15, 15 },
  };
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 30; i++)
    g_ptr_array_add (ids, g_strdup_printf ("%u", i));
  g_ptr_array_add (ids, NULL);
  for (guint s = 0; s < G_N_ELEMENTS (designs); s++)
    {
      guint held = 0, held_g = 0;
      double spread = (designs[s].first + designs[s].second) / 2, truth = 5;
      gboolean matched = designs[s].pairing == KENNIS_PAIRING_MATCHED;
      const char *const *names = matched ? (const char *const *) ids->pdata : NULL;
      KennisRandom random;

      kennis_random_init (&random, 13, s);
      for (guint i = 0; i < SAMPLES; i++)
        {
          double x[50], y[50];
          g_autoptr (GBytes) before = NULL, after = NULL;
          g_autoptr (KennisChange) self = NULL;

          for (guint p = 0; p < designs[s].n_before; p++)
            x[p] = kennis_random_normal (&random);
          for (guint p = 0; p < designs[s].n_after; p++)
            {
              double noise = kennis_random_normal (&random);

              y[p] = 65 + designs[s].second * (matched ? 0.6 * x[p] + 0.8 * noise : noise);
            }
          for (guint p = 0; p < designs[s].n_before; p++)
            x[p] = 60 + designs[s].first * x[p];
          before = g_bytes_new (x, designs[s].n_before * sizeof *x);
          after = g_bytes_new (y, designs[s].n_after * sizeof *y);
          self = kennis_change_new (before, names, after, names, designs[s].pairing, 0.95, NULL);
          held += kennis_change_get (self, KENNIS_CHANGE_LOWER) <= truth
                  && truth <= kennis_change_get (self, KENNIS_CHANGE_UPPER);
          held_g += kennis_change_get (self, KENNIS_CHANGE_G_LOWER) <= truth / spread
                    && truth / spread <= kennis_change_get (self, KENNIS_CHANGE_G_UPPER);
        }
      assert_covers (held, "difference");
      /* g has one spread for both waves, so its interval is for waves that have. */
      if (designs[s].first == designs[s].second)
        assert_covers (held_g, "g");
    }
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "intervals of means of finite populations cover", intervals_of_means_of_finite_populations_cover },
    { "Feldt's intervals of alpha cover", feldt_s_intervals_of_alpha_cover },
    { "intervals of changes cover", intervals_of_changes_cover },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("survey coverage", tests);
}
