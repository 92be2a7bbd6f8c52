#include "config.h"

#include <math.h>

#include <kennis/kennis-error.h>
#include <kennis/kennis-scores.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-statistics-private.h"
#include "survey/kennis-group-rows-private.h"

#define N_FIGURES (KENNIS_SCORE_UPPER + 1)

/**
 * KennisScores:
 *
 * Mean scores of groups of people on a scale, with their intervals.
 *
 * Scores never change and may be used from any thread.  They are not gated: code that holds them holds the data
 * (docs/privacy.md).
 *
 * Since: 1.0
 */
struct _KennisScores
{
  GObject parent_instance;

  char  **labels;
  GHashTable *places;  /* of labels */
  guint   n_groups;
  double *figures;     /* n_groups × N_FIGURES */
};

G_DEFINE_FINAL_TYPE (KennisScores, kennis_scores, G_TYPE_OBJECT)

static void
kennis_scores_finalize (GObject *object)
{
  KennisScores *self = KENNIS_SCORES (object);

  g_clear_pointer (&self->places, g_hash_table_unref);
  g_strfreev (self->labels);
  g_free (self->figures);

  G_OBJECT_CLASS (kennis_scores_parent_class)->finalize (object);
}

static void
kennis_scores_class_init (KennisScoresClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_scores_finalize;
}

static void
kennis_scores_init (KennisScores *self)
{
}

/* mean ± t × s/√n × √(1 − n/N): where everybody who was asked answered, nothing is left to chance.  Where more answered than were asked, the number
 * asked is wrong, and nothing is made of it. */
static void
fill_group (double *figure, const double *scores, const guint32 *rows, guint32 n_rows, double invited, double level)
{
  KennisSum sum = { 0 }, squares = { 0 };
  gboolean is_known = invited > 0 && n_rows <= invited;
  double n = 0, mean, variance, half;

  for (guint32 i = 0; i < n_rows; i++)
    if (!isnan (scores[rows[i]]))
      {
        kennis_sum_add (&sum, scores[rows[i]]);
        n++;
      }
  mean = n > 0 ? kennis_sum_get (&sum) / n : NAN;
  for (guint32 i = 0; i < n_rows; i++)
    if (!isnan (scores[rows[i]]))
      kennis_sum_add (&squares, (scores[rows[i]] - mean) * (scores[rows[i]] - mean));
  variance = n > 1 ? kennis_sum_get (&squares) / (n - 1) : NAN;
  half = n > 1 ? kennis_t_quantile (n - 1, (1 + level) / 2) * sqrt (variance / n) : NAN;
  if (is_known)
    half *= sqrt (1 - n / invited);
  figure[KENNIS_SCORE_N] = n;
  figure[KENNIS_SCORE_RESPONDENTS] = n_rows;
  figure[KENNIS_SCORE_INVITED] = invited;
  figure[KENNIS_SCORE_RESPONSE_RATE] = is_known ? n_rows / invited : NAN;
  figure[KENNIS_SCORE_MEAN] = mean;
  figure[KENNIS_SCORE_SD] = sqrt (variance);
  figure[KENNIS_SCORE_LOWER] = MAX (mean - half, 0);
  figure[KENNIS_SCORE_UPPER] = MIN (mean + half, 100);
  if (isnan (half))
    figure[KENNIS_SCORE_LOWER] = figure[KENNIS_SCORE_UPPER] = NAN;
}

/**
 * kennis_scores_new:
 * @scores: one double for each person, 0 to 100; NaN: no score
 * @groups: (nullable): one guint32 for each person: the index of a label, %G_MAXUINT32 for none; %NULL: all in one
 * @labels: (nullable) (array zero-terminated=1): a label for each group; %NULL with @groups of %NULL
 * @invited: (nullable): one double for each group: how many people were asked, NaN where that is not known
 * @level: level of confidence, as 0.95
 * @error: return location for an error
 *
 * Works out the mean of each group.
 *
 * Interval: mean ± t(n − 1) · s/√n · √(1 − n/N), with N the people asked (finite population: Cochran 1977); without N the last factor is 1.
 * Where more people answered than were asked (respondents over invited: a token used twice, an invitation that was not recorded), N is wrong: the response
 * rate is NaN then and the last factor is 1, see [method@Scores.is_over_asked].  The interval tells what the mean of all who were asked could be when those
 * who did not answer are like those who did.  It is cut at 0 and 100, and NaN under two scores.  A group that nobody is in has n 0 and no mean.
 *
 * Errors: %KENNIS_ERROR_INVALID.  Time: linear.
 *
 * Returns: (transfer full): new scores
 *
 * Since: 1.0
 */
KennisScores *
kennis_scores_new (GBytes *scores, GBytes *groups, const char *const *labels, GBytes *invited, double level,
                   GError **error)
{
  static const char *const everybody[] = { "", NULL };
  g_autoptr (KennisScores) self = NULL;
  g_auto (KennisGroupRows) members = { 0 };
  const double *values, *asked = NULL;
  guint n_labels;
  gsize n;

  g_return_val_if_fail (scores != NULL, NULL);
  g_return_val_if_fail (groups == NULL || labels != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  labels = groups != NULL ? labels : everybody;
  n_labels = g_strv_length ((char **) labels);
  if (!kennis_survey_level (level, error) || !kennis_survey_matrix (scores, 1, &values, &n, error)
      || !kennis_group_rows_init (&members, groups, n_labels, n, error))
    return NULL;
  if (invited != NULL && g_bytes_get_size (invited) != n_labels * sizeof (double))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("invited needs one double for each of the %u groups"),
                   n_labels);
      return NULL;
    }
  asked = invited != NULL ? g_bytes_get_data (invited, NULL) : NULL;
  self = g_object_new (KENNIS_TYPE_SCORES, NULL);
  self->labels = g_strdupv ((char **) labels);
  self->places = kennis_group_places (self->labels);
  self->n_groups = n_labels;
  self->figures = g_new (double, n_labels *N_FIGURES + 1);
  for (guint g = 0; g < n_labels; g++)
    fill_group (self->figures + g * N_FIGURES, values, members.rows + members.first[g],
                members.first[g + 1] - members.first[g], asked != NULL ? asked[g] : NAN, level);
  return g_steal_pointer (&self);
}

/**
 * kennis_scores_get_n_groups:
 * @self: scores
 *
 * Gets how many groups there are.
 *
 * Returns: how many groups there are
 *
 * Since: 1.0
 */
guint
kennis_scores_get_n_groups (KennisScores *self)
{
  g_return_val_if_fail (KENNIS_IS_SCORES (self), 0);

  return self->n_groups;
}

/**
 * kennis_scores_get_label:
 * @self: scores
 * @group: a group
 *
 * Gets the label of a group; that of everybody is empty.
 *
 * Returns: (nullable): the label; %NULL: no such group
 *
 * Since: 1.0
 */
const char *
kennis_scores_get_label (KennisScores *self, guint group)
{
  g_return_val_if_fail (KENNIS_IS_SCORES (self), NULL);

  return group < self->n_groups ? self->labels[group] : NULL;
}

/**
 * kennis_scores_find:
 * @self: scores
 * @label: a label
 *
 * Finds a group by its label.
 *
 * Time: constant, whatever the number of groups.
 *
 * Returns: the group; −1: there is none
 *
 * Since: 1.0
 */
int
kennis_scores_find (KennisScores *self, const char *label)
{
  g_return_val_if_fail (KENNIS_IS_SCORES (self), -1);
  g_return_val_if_fail (label != NULL, -1);

  return kennis_group_find (self->places, label);
}

/**
 * kennis_scores_get:
 * @self: scores
 * @group: a group
 * @figure: a figure
 *
 * Gets a number of a group.
 *
 * Returns: the number; NaN where it is not defined, or there is no such group
 *
 * Since: 1.0
 */
double
kennis_scores_get (KennisScores *self, guint group, KennisScoreFigure figure)
{
  g_return_val_if_fail (KENNIS_IS_SCORES (self), NAN);
  g_return_val_if_fail ((guint) figure < N_FIGURES, NAN);

  return group < self->n_groups ? self->figures[group * N_FIGURES + figure] : NAN;
}

/**
 * kennis_scores_is_over_asked:
 * @self: scores
 * @group: a group
 *
 * Tells whether more people of a group answered than were asked.
 *
 * How many were asked is wrong then: the response rate is NaN, and the interval takes no account of it.
 *
 * Returns: whether more answered than were asked; %FALSE where it is not known how many were, or there is no such group
 *
 * Since: 1.0
 */
gboolean
kennis_scores_is_over_asked (KennisScores *self, guint group)
{
  const double *figure;

  g_return_val_if_fail (KENNIS_IS_SCORES (self), FALSE);

  if (group >= self->n_groups)
    return FALSE;
  figure = self->figures + group * N_FIGURES;
  return figure[KENNIS_SCORE_RESPONDENTS] > figure[KENNIS_SCORE_INVITED];
}
