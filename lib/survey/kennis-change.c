#include "config.h"

#include <math.h>
#include <string.h>

#include <kennis/kennis-change.h>
#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-statistics-private.h"
#include "survey/kennis-answers-private.h"
#include "survey/kennis-change-private.h"
#include "survey/kennis-group-rows-private.h"

#define N_FIGURES (KENNIS_CHANGE_G_UPPER + 1)

/**
 * KennisChange:
 *
 * How much scores differ between two waves, or between two groups of one wave.
 *
 * It never changes and may be used from any thread.
 *
 * Since: 1.0
 */
struct _KennisChange
{
  GObject parent_instance;

  KennisPairing pairing;
  double        figures[N_FIGURES];
  gboolean      is_any_alike;      /* all who are compared have one score in a wave */
};

G_DEFINE_FINAL_TYPE (KennisChange, kennis_change, G_TYPE_OBJECT)

static void
kennis_change_class_init (KennisChangeClass *klass)
{
}

static void
kennis_change_init (KennisChange *self)
{
  for (guint i = 0; i < N_FIGURES; i++)
    self->figures[i] = NAN;
}

typedef struct
{
  double n, mean, variance;
  gboolean is_alike;           /* by the scores: a variance may be a rounding of 0 */
} Sample;

static Sample
sample_of (const double *x, gsize n)
{
  Sample self = { .n = (double) n, .mean = NAN, .variance = NAN, .is_alike = TRUE };
  KennisSum squares = { 0 };

  if (n > 0)
    self.mean = kennis_sum_of (x, n) / self.n;
  for (gsize i = 0; i < n; i++)
    {
      kennis_sum_add (&squares, (x[i] - self.mean) * (x[i] - self.mean));
      self.is_alike &= x[i] == x[0];
    }
  if (n > 1)
    self.variance = kennis_sum_get (&squares) / (self.n - 1);
  return self;
}

/* Those with a score in both waves, and the scores of each wave. */
typedef struct
{
  double *before, *after, *difference;
  gsize   n_before, n_after, n_both;
  double *first, *second;      /* of those in both */
} Pairs;

static void
pairs_clear (Pairs *self)
{
  g_free (self->before);
  g_free (self->after);
  g_free (self->difference);
  g_free (self->first);
  g_free (self->second);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pairs, pairs_clear)

static void
pair_up (Pairs *self, const double *before, gsize n_before, const char *const *before_ids, const double *after,
         gsize n_after, const char *const *after_ids)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  gsize most = MIN (n_before, n_after) + 1;

  *self = (Pairs) { .before = g_new (double, n_before + 1),
                    .after = g_new (double, n_after + 1),
                    .difference = g_new (double, most),
                    .first = g_new (double, most),
                    .second = g_new (double, most) };
  for (gsize i = 0; i < n_before; i++)
    if (!isnan (before[i]))
      {
        self->before[self->n_before++] = before[i];
        if (before_ids != NULL)
          g_hash_table_insert (places, (gpointer) before_ids[i], (gpointer) &before[i]);
      }
  for (gsize i = 0; i < n_after; i++)
    if (!isnan (after[i]))
      {
        const double *earlier = after_ids != NULL ? g_hash_table_lookup (places, after_ids[i]) : NULL;

        self->after[self->n_after++] = after[i];
        if (earlier == NULL)
          continue;
        self->first[self->n_both] = *earlier;
        self->second[self->n_both] = after[i];
        self->difference[self->n_both++] = after[i] - *earlier;
      }
}

/* What an effect size is made of: its spread and degrees of freedom, and its variance (base + d²/(2 size)) × factor. */
typedef struct
{
  double spread, df, base, size, factor;
} Effect;

/* d × J, with J = 1 − 3/(4 df − 1), and ± z × √variance × J (Hedges 1981; Borenstein et al. 2009, 4.2 and 4.3). */
static void
fill_g (double *f, const Effect *effect, double level)
{
  double d, correction, half;

  if (!(effect->spread > 0) || !(effect->df >= 1))
    return;
  d = f[KENNIS_CHANGE_DIFFERENCE] / effect->spread;
  correction = 1 - 3 / (4 * effect->df - 1);
  half = kennis_normal_quantile ((1 + level) / 2) * correction
         * sqrt ((effect->base + d * d / (2 * effect->size)) * effect->factor);
  f[KENNIS_CHANGE_G] = correction * d;
  f[KENNIS_CHANGE_G_LOWER] = correction * d - half;
  f[KENNIS_CHANGE_G_UPPER] = correction * d + half;
}

/* Welch's interval: the waves may differ in how far people are apart. */
static void
compare_independent (KennisChange *self, const Pairs *pairs, double level)
{
  Sample a = sample_of (pairs->before, pairs->n_before), b = sample_of (pairs->after, pairs->n_after);
  double va = a.variance / a.n, vb = b.variance / b.n, df, half, *f = self->figures;
  Effect effect;

  self->is_any_alike = a.is_alike || b.is_alike;
  f[KENNIS_CHANGE_BEFORE] = a.mean;
  f[KENNIS_CHANGE_AFTER] = b.mean;
  f[KENNIS_CHANGE_DIFFERENCE] = b.mean - a.mean;
  if (!(a.n > 1 && b.n > 1))
    return;
  df = (va + vb) * (va + vb) / (va * va / (a.n - 1) + vb * vb / (b.n - 1));
  half = va + vb > 0 ? kennis_t_quantile (df, (1 + level) / 2) * sqrt (va + vb) : 0;
  f[KENNIS_CHANGE_LOWER] = f[KENNIS_CHANGE_DIFFERENCE] - half;
  f[KENNIS_CHANGE_UPPER] = f[KENNIS_CHANGE_DIFFERENCE] + half;
  effect = (Effect) { .spread = sqrt (((a.n - 1) * a.variance + (b.n - 1) * b.variance) / (a.n + b.n - 2)),
                      .df = a.n + b.n - 2,
                      .base = (a.n + b.n) / (a.n * b.n),
                      .size = a.n + b.n,
                      .factor = 1 };
  fill_g (f, &effect, level);
}

/* Only those who answered both; the spread of g is that of people, not of differences. */
static void
compare_matched (KennisChange *self, const Pairs *pairs, double level)
{
  Sample a = sample_of (pairs->first, pairs->n_both), b = sample_of (pairs->second, pairs->n_both),
         d = sample_of (pairs->difference, pairs->n_both);
  double half, r, *f = self->figures;
  Effect effect;

  self->is_any_alike = a.is_alike || b.is_alike;
  f[KENNIS_CHANGE_BEFORE] = a.mean;
  f[KENNIS_CHANGE_AFTER] = b.mean;
  f[KENNIS_CHANGE_DIFFERENCE] = d.mean;
  if (!(d.n > 1))
    return;
  half = kennis_t_quantile (d.n - 1, (1 + level) / 2) * sqrt (d.variance / d.n);
  f[KENNIS_CHANGE_LOWER] = d.mean - half;
  f[KENNIS_CHANGE_UPPER] = d.mean + half;
  r = (a.variance + b.variance - d.variance) / (2 * sqrt (a.variance * b.variance));
  effect = (Effect) { .spread = isnan (r) ? NAN : sqrt ((a.variance + b.variance) / 2),
                      .df = d.n - 1,
                      .base = 1 / d.n,
                      .size = d.n,
                      .factor = 2 * (1 - r) };
  fill_g (f, &effect, level);
}

static gboolean
check_ids (const char *const *ids, gsize n, KennisPairing pairing, GError **error)
{
  if (ids == NULL && pairing == KENNIS_PAIRING_INDEPENDENT)
    return TRUE;
  if (ids != NULL && g_strv_length ((char **) ids) == n)
    return TRUE;
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
               _("matched waves need an id for each of the %zu scores; there are %u"), n,
               ids != NULL ? g_strv_length ((char **) ids) : 0);
  return FALSE;
}

/**
 * kennis_change_new:
 * @before: one double for each person of the first wave; NaN: no score
 * @before_ids: (nullable) (array zero-terminated=1): a person or token for each
 * @after: one double for each person of the second wave; NaN: no score
 * @after_ids: (nullable) (array zero-terminated=1): a person or token for each
 * @pairing: whether people are matched; then both need ids
 * @level: level of confidence, as 0.95
 * @error: return location for an error
 *
 * Works out the difference between two waves: the second minus the first, so that a rise is above 0.
 *
 * Independent: mean of all in the second minus mean of all in the first, interval by Welch (1947); people who answered both are
 * then counted as if they were others, which makes the interval too wide.  Matched: over those who answered both, interval by the paired t.  Hedges' g is
 * the difference over the spread of people (independent: pooled; matched: root of the mean variance) times 1 − 3/(4 df − 1), with
 * its interval after Borenstein et al. (2009).  Without ids nobody is known to have answered both.
 *
 * Errors: %KENNIS_ERROR_INVALID.
 *
 * Returns: (transfer full): a new change
 *
 * Since: 1.0
 */
KennisChange *
kennis_change_new (GBytes *before, const char *const *before_ids, GBytes *after, const char *const *after_ids,
                   KennisPairing pairing, double level, GError **error)
{
  KennisChange *self;
  g_auto (Pairs) pairs = { 0 };
  const double *a, *b;
  gsize n_a, n_b;
  double *f;

  g_return_val_if_fail (before != NULL, NULL);
  g_return_val_if_fail (after != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!kennis_survey_level (level, error) || !kennis_survey_matrix (before, 1, &a, &n_a, error)
      || !kennis_survey_matrix (after, 1, &b, &n_b, error) || !check_ids (before_ids, n_a, pairing, error)
      || !check_ids (after_ids, n_b, pairing, error))
    return NULL;
  pair_up (&pairs, a, n_a, before_ids, b, n_b, after_ids);
  self = g_object_new (KENNIS_TYPE_CHANGE, NULL);
  self->pairing = pairing;
  f = self->figures;
  f[KENNIS_CHANGE_N_BEFORE] = (double) pairs.n_before;
  f[KENNIS_CHANGE_N_AFTER] = (double) pairs.n_after;
  if (before_ids != NULL && after_ids != NULL)
    {
      double either = (double) (pairs.n_before + pairs.n_after - pairs.n_both);

      f[KENNIS_CHANGE_N_BOTH] = (double) pairs.n_both;
      f[KENNIS_CHANGE_SHARE_BOTH] = either > 0 ? (double) pairs.n_both / either : NAN;
    }
  if (pairing == KENNIS_PAIRING_MATCHED)
    compare_matched (self, &pairs, level);
  else
    compare_independent (self, &pairs, level);
  return self;
}

/* Is the name a number or a date, as “2024” or “2024-02”? */
static gboolean
is_number (const char *name)
{
  return *name != '\0' && strspn (name, "0123456789-./") == strlen (name);
}

/* By when they began; where nothing tells that, by names that are numbers or dates written alike. */
static gboolean
is_later (const KennisAnswers *self, const KennisAnswers *other)
{
  if (self->begins != KENNIS_UNKNOWN && other->begins != KENNIS_UNKNOWN)
    return self->begins > other->begins;
  return is_number (self->wave) && is_number (other->wave) && strlen (self->wave) == strlen (other->wave)
         && strcmp (self->wave, other->wave) > 0;
}

/* A difference with the wrong sign looks like any other. */
static gboolean
check_waves (KennisAnswers *before, KennisAnswers *after, GError **error)
{
  if (before->wave == NULL || after->wave == NULL)
    return TRUE;
  if (before->begins == after->begins && strcmp (before->wave, after->wave) == 0)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("the wave “%s” cannot be compared with itself; compare it with an earlier one"), after->wave);
      return FALSE;
    }
  if (!is_later (before, after))
    return TRUE;
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
               _("the wave “%s” is later than “%s”; a change is told since an earlier wave"), before->wave,
               after->wave);
  return FALSE;
}

/* Scores of a wave; of others than the team's: none. */
static GBytes *
scores_of (KennisAnswers *answers, const char *scale, const char *team, GError **error)
{
  g_autoptr (GBytes) all = kennis_answers_score (answers, scale, error);
  double *scores;
  gsize size;

  if (all == NULL || team == NULL)
    return g_steal_pointer (&all);
  scores = g_bytes_unref_to_data (g_steal_pointer (&all), &size);
  for (guint row = 0; row < answers->n_rows; row++)
    if (strcmp (answers->teams[row], team) != 0)
      scores[row] = NAN;
  return g_bytes_new_take (scores, size);
}

/**
 * kennis_change_new_for_scale:
 * @before: answers of the earlier wave
 * @after: answers of the later wave
 * @scale: (nullable): the id of a scale; %NULL: the instrument
 * @team: (nullable): the id of a team; %NULL: everybody
 * @pairing: whether people are matched, by the names of respondents
 * @level: level of confidence, as 0.95
 * @error: return location for an error
 *
 * Works out the difference between two waves on a scale, see [ctor@Change.new]: the later one minus the earlier one.
 *
 * Tokens that are made anew for each wave match nobody: the share that answered both is then 0.
 *
 * Errors: %KENNIS_ERROR_INVALID names the scales that there are, or tells that @before is the same wave as @after, or later than it: by when they began, or where
 * nothing tells that, by names that are numbers or dates written alike (“2023”, “2024”).  Others, and answers that are not from a summary, are taken as given.
 *
 * Returns: (transfer full): a new change
 *
 * Since: 1.0
 */
KennisChange *
kennis_change_new_for_scale (KennisAnswers *before, KennisAnswers *after, const char *scale, const char *team,
                             KennisPairing pairing, double level, GError **error)
{
  g_autoptr (GBytes) a = NULL, b = NULL;
  g_auto (GStrv) before_ids = NULL, after_ids = NULL;

  g_return_val_if_fail (KENNIS_IS_ANSWERS (before), NULL);
  g_return_val_if_fail (KENNIS_IS_ANSWERS (after), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_waves (before, after, error))
    return NULL;
  a = scores_of (before, scale, team, error);
  b = a != NULL ? scores_of (after, scale, team, error) : NULL;
  if (b == NULL)
    return NULL;
  before_ids = kennis_answers_list_respondents (before);
  after_ids = kennis_answers_list_respondents (after);
  return kennis_change_new (a, (const char *const *) before_ids, b, (const char *const *) after_ids, pairing, level,
                            error);
}

/* Scores of the people of one group. */
static GBytes *
scores_of_group (const double *scores, const guint32 *groups, guint n_rows, guint32 group)
{
  double *own = g_new (double, n_rows + 1);
  gsize n = 0;

  for (guint row = 0; row < n_rows; row++)
    if (groups[row] == group)
      own[n++] = scores[row];
  return g_bytes_new_take (own, n * sizeof *own);
}

static gboolean
find_group (KennisAnswers *answers, KennisGroupBy by, const char *label, guint32 *group, GError **error)
{
  g_auto (GStrv) labels = kennis_answers_list_groups (answers, by);
  g_autofree char *accepted = NULL;

  for (*group = 0; labels[*group] != NULL; (*group)++)
    if (strcmp (labels[*group], label) == 0)
      return TRUE;
  accepted = g_strjoinv (", ", labels);
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
               _("nobody answered in the group “%s”; there are the groups: %s"), label, accepted);
  return FALSE;
}

/**
 * kennis_change_new_for_groups:
 * @answers: answers
 * @scale: (nullable): the id of a scale; %NULL: the instrument
 * @by: how people are grouped, as %KENNIS_GROUP_BY_LANGUAGE
 * @first: the label of a group, as “nl”
 * @second: the label of another, as “fr”
 * @level: level of confidence, as 0.95
 * @error: return location for an error
 *
 * Works out the difference between two groups of one wave: the second minus the first.
 *
 * It is meant for languages: where those who answered in one language score otherwise, it may be the people or the translation, and this cannot tell which.
 * The groups are independent, with the interval and Hedges' g of [ctor@Change.new]; nobody is in both.
 *
 * Errors: %KENNIS_ERROR_INVALID names the scales or the groups that there are.
 *
 * Returns: (transfer full): a new change
 *
 * Since: 1.0
 */
KennisChange *
kennis_change_new_for_groups (KennisAnswers *answers, const char *scale, KennisGroupBy by, const char *first,
                              const char *second, double level, GError **error)
{
  g_autoptr (GBytes) scores = NULL, groups = NULL, a = NULL, b = NULL;
  guint32 group_a, group_b;

  g_return_val_if_fail (KENNIS_IS_ANSWERS (answers), NULL);
  g_return_val_if_fail (first != NULL && second != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  scores = kennis_answers_score (answers, scale, error);
  if (scores == NULL || !find_group (answers, by, first, &group_a, error)
      || !find_group (answers, by, second, &group_b, error))
    return NULL;
  groups = kennis_answers_get_groups (answers, by);
  a = scores_of_group (g_bytes_get_data (scores, NULL), g_bytes_get_data (groups, NULL), answers->n_rows, group_a);
  b = scores_of_group (g_bytes_get_data (scores, NULL), g_bytes_get_data (groups, NULL), answers->n_rows, group_b);
  return kennis_change_new (a, NULL, b, NULL, KENNIS_PAIRING_INDEPENDENT, level, error);
}

gboolean
kennis_change_is_any_alike (KennisChange *self)
{
  return self->is_any_alike;
}

/**
 * kennis_change_get_pairing:
 * @self: a change
 *
 * Gets whether people are matched.
 *
 * Returns: whether people are matched
 *
 * Since: 1.0
 */
KennisPairing
kennis_change_get_pairing (KennisChange *self)
{
  g_return_val_if_fail (KENNIS_IS_CHANGE (self), KENNIS_PAIRING_INDEPENDENT);

  return self->pairing;
}

/**
 * kennis_change_get:
 * @self: a change
 * @figure: a figure
 *
 * Gets a number.
 *
 * Returns: the number; NaN where it is not defined
 *
 * Since: 1.0
 */
double
kennis_change_get (KennisChange *self, KennisChangeFigure figure)
{
  g_return_val_if_fail (KENNIS_IS_CHANGE (self), NAN);
  g_return_val_if_fail ((guint) figure < N_FIGURES, NAN);

  return self->figures[figure];
}
