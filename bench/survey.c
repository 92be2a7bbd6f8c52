/* 100 000 people × 40 items in 8 scales, 10 000 teams of 10: alphas with item statistics against R's psych, rwg(j) against R's
 * multilevel, alpha against numpy's covariance, all in the same run; and ICC at twice the rows. */
#include "config.h"

#include "bench.h"

#include <math.h>
#include <stdlib.h>

#include <glib/gstdio.h>
#include <kennis/kennis.h>

#define PEOPLE  100000
#define SCALES  8
#define ITEMS   5
#define TEAMS   (PEOPLE / 10)
#define REPEATS 5

/* xorshift64*: the bench uses the installed library only. */
static double
uniform (guint64 *state)
{
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return (double) ((*state * G_GUINT64_CONSTANT (2685821657736338717)) >> 11) / 9007199254740992.0;
}

typedef struct
{
  GBytes *scales[SCALES];     /* people × ITEMS */
  GBytes *groups;
  char  **labels;
  char   *folder;
} Survey;

static void
write_file (Survey *self, const char *name, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  if (!g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL))
    g_error ("%s", path);
}

/* Teams differ, people differ within them, and rows are in no order of teams. */
static void
make_survey (Survey *self, guint people)
{
  guint64 state = 42;
  guint teams = people / 10;
  guint32 *groups = g_new (guint32, people);
  g_autofree double *of_team = g_new (double, teams);

  for (guint t = 0; t < teams; t++)
    of_team[t] = uniform (&state) + uniform (&state) - 1;
  for (guint i = 0; i < people; i++)
    groups[i] = (guint32) (((guint64) i * 7919) % people / 10);
  for (guint s = 0; s < SCALES; s++)
    {
      double *x = g_new (double, (gsize) people *ITEMS);

      for (guint i = 0; i < people; i++)
        {
          double trait = of_team[groups[i]] + 1.5 * (uniform (&state) + uniform (&state) - 1);

          for (guint j = 0; j < ITEMS; j++)
            {
              double answer = round (3 + trait + 2 * (uniform (&state) + uniform (&state) - 1));

              x[(gsize) i * ITEMS + j] = CLAMP (answer, 1, 5);
            }
        }
      self->scales[s] = g_bytes_new_take (x, (gsize) people * ITEMS * sizeof *x);
    }
  self->groups = g_bytes_new_take (groups, people * sizeof *groups);
  self->labels = g_new0 (char *, teams + 1);
  for (guint t = 0; t < teams; t++)
    self->labels[t] = g_strdup_printf ("%u", t);
}

static void
clear_survey (Survey *self)
{
  for (guint s = 0; s < SCALES; s++)
    g_bytes_unref (self->scales[s]);
  g_bytes_unref (self->groups);
  g_strfreev (self->labels);
}

static double
alphas (const Survey *self, double *sum)
{
  static const char *const items[] = { "1", "2", "3", "4", "5", NULL };
  gint64 begun = g_get_monotonic_time ();

  *sum = 0;
  for (guint s = 0; s < SCALES; s++)
    {
      g_autoptr (KennisReliability) one =
          kennis_reliability_new (self->scales[s], items, KENNIS_MISSING_LISTWISE, 0.95, 1, NULL);

      *sum += kennis_reliability_get (one, KENNIS_RELIABILITY_ALPHA);
    }
  return seconds_since (begun);
}

static double
agreements (const Survey *self, double *sum)
{
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (KennisAgreement) all = kennis_agreement_new (
      self->scales[0], ITEMS, self->groups, (const char *const *) self->labels, 1, 5, KENNIS_NULL_UNIFORM, 0, 1, NULL);

  *sum = 0;
  for (guint g = 0; g < kennis_agreement_get_n_groups (all); g++)
    *sum += kennis_agreement_get (all, g, KENNIS_AGREEMENT_RWG);
  return seconds_since (begun);
}

/* The median of some runs. */
static double
median_of (double (*run) (const Survey *, double *), const Survey *survey, double *sum)
{
  double each[REPEATS];

  for (guint i = 0; i < REPEATS; i++)
    each[i] = run (survey, sum);

  return median (each, REPEATS);
}

/* "name seconds sum" lines of a peer; none where it is not installed. */
static void
ask_peer (const Survey *self, const char *program, const char *script, const char *name, double *seconds, double *sum)
{
  g_autofree char *path = g_build_filename (g_getenv ("KENNIS_SRCDIR"), "bench", script, NULL), *out = NULL;
  const char *argv[] = { program, path, self->folder, NULL };
  g_auto (GStrv) lines = NULL;

  *seconds = *sum = NAN;
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out,
                     NULL, NULL, NULL)
      || out == NULL)
    return;
  lines = g_strsplit (out, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 3);

      if (g_strv_length (words) == 3 && g_str_equal (words[0], name))
        {
          *seconds = g_ascii_strtod (words[1], NULL);
          *sum = g_ascii_strtod (words[2], NULL);
        }
    }
}

/* Tells the ratio; false where it is under the bound, or the peer got another result. */
static gboolean
compare (const char *what, const char *peer, double own, double own_sum, double theirs, double their_sum, double bound)
{
  if (isnan (theirs))
    {
      g_print ("survey, %s\tnot installed\t\n", peer);
      return TRUE;
    }
  g_print ("survey, %s\t%.4f\ts\n", peer, theirs);
  g_print ("survey, %s, times faster than %s (at least %g)\t%.1f\tx\n", what, peer, bound, theirs / own);
  if (!isnan (own_sum) && fabs (own_sum - their_sum) > 1e-6 * fabs (their_sum))
    {
      g_print ("survey, %s: %s got %.12g, Kennis %.12g\n", what, peer, their_sum, own_sum);
      return FALSE;
    }
  return theirs / own >= bound;
}

/* ICC at twice the rows and groups takes about twice as long. */
static gboolean
is_linear (double once)
{
  Survey large = { 0 };
  double sum, twice;

  make_survey (&large, 2 * PEOPLE);
  twice = median_of (agreements, &large, &sum);
  clear_survey (&large);
  g_print ("survey, agreement and ICC, twice the rows take (at most 3)\t%.2f\tx\n", twice / once);
  return twice / once <= 3;
}

int
main (void)
{
  Survey survey = { 0 };
  double alpha, agreement, alpha_sum, agreement_sum, seconds, sum;
  gboolean fine = TRUE;

  survey.folder = g_dir_make_tmp ("kennis-survey-XXXXXX", NULL);
  make_survey (&survey, PEOPLE);
  for (guint s = 0; s < SCALES; s++)
    {
      g_autofree char *name = g_strdup_printf ("scale-%u", s);

      write_file (&survey, name, survey.scales[s]);
    }
  write_file (&survey, "groups", survey.groups);
  alpha = median_of (alphas, &survey, &alpha_sum);
  agreement = median_of (agreements, &survey, &agreement_sum);
  g_print ("survey, eight alphas with item statistics, 100 000 people\t%.4f\ts\n", alpha);
  g_print ("survey, agreement and ICC, 10 000 teams of 10\t%.4f\ts\n", agreement);
  ask_peer (&survey, "Rscript", "survey-peers.R", "alpha", &seconds, &sum);
  fine = compare ("alphas", "psych::alpha", alpha, alpha_sum, seconds, sum, 150) && fine;
  ask_peer (&survey, "Rscript", "survey-peers.R", "rwg.j", &seconds, &sum);
  fine = compare ("rwg(j)", "multilevel::rwg.j", agreement, agreement_sum, seconds, sum, 300) && fine;
  ask_peer (&survey, "/usr/bin/python3", "survey-numpy.py", "cov", &seconds, &sum);
  fine = compare ("alphas", "numpy.cov", alpha, NAN, seconds, sum, 1) && fine;
  fine = is_linear (agreement) && fine;
  for (guint s = 0; s <= SCALES; s++)
    {
      g_autofree char *name = s < SCALES ? g_strdup_printf ("scale-%u", s) : g_strdup ("groups");
      g_autofree char *path = g_build_filename (survey.folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (survey.folder);
  clear_survey (&survey);
  g_free (survey.folder);
  return fine ? EXIT_SUCCESS : EXIT_FAILURE;
}
