#include "config.h"

#include <kennis/kennis-error.h>
#include <math.h>
#include <string.h>

#include "base/kennis-i18n-private.h"
#include "metric/kennis-retention-private.h"

/**
 * kennis_retention_sensitivity:
 * @self: a retention
 * @half_lives: (array length=n_half_lives): half-lives in days, to be tried
 * @n_half_lives: how many
 * @thresholds: (array length=n_thresholds): thresholds in hours, to be tried
 * @n_thresholds: how many
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Tells how much hangs on the choice of half-life and threshold.
 *
 * Time: O(half-lives · thresholds · records).
 *
 * Returns: (transfer full): for each half-life, for each threshold, a row of three doubles in native byte order: topics held, the share of them
 *   with a single holder, mean holders (NaN where no topic is held); %NULL when cancelled
 *
 * Since: 1.0
 */
GBytes *
kennis_retention_sensitivity (KennisRetention  *self,
                              const double     *half_lives,
                              gsize             n_half_lives,
                              const double     *thresholds,
                              gsize             n_thresholds,
                              GCancellable     *cancellable,
                              GError          **error)
{
  g_autofree double *rows = NULL;

  g_return_val_if_fail (KENNIS_IS_RETENTION (self), NULL);
  g_return_val_if_fail (half_lives != NULL || n_half_lives == 0, NULL);
  g_return_val_if_fail (thresholds != NULL || n_thresholds == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  rows = g_new (double, n_half_lives *n_thresholds * 3 + 1);
  for (gsize i = 0; i < n_half_lives * n_thresholds; i++)
    {
      g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_autoptr (GArray) topics = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_autoptr (KennisHolders) holders = NULL;
      double held;

      kennis_retention_collect (self, half_lives[i / n_thresholds], thresholds[i % n_thresholds], people, topics,
                                cancellable);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      holders =
          kennis_holders_new (self->n_people, self->ground->n_topics, (const guint32 *) (gconstpointer) people->data,
                              (const guint32 *) (gconstpointer) topics->data, people->len);
      held = kennis_holders_n_held (holders);
      rows[3 * i] = held;
      rows[3 * i + 1] = held > 0 ? kennis_holders_n_single (holders) / held : NAN;
      rows[3 * i + 2] = held > 0 ? holders->first[holders->n_topics] / held : NAN;
    }
  return g_bytes_new_take (g_steal_pointer (&rows), n_half_lives * n_thresholds * 3 * sizeof *rows);
}

/**
 * kennis_retention_lost_without:
 * @self: a retention
 * @people: (array length=n_people): numbers of people: one, or a team ([method@Retention.list_team])
 * @n_people: how many
 *
 * Tells which topics nobody would hold if these people left.
 *
 * It is there so that they are asked to teach in time.
 *
 * Returns: (transfer full): one guint32 a topic in native byte order, ascending
 *
 * Since: 1.0
 */
GBytes *
kennis_retention_lost_without (KennisRetention *self,
                               const guint32   *people,
                               gsize            n_people)
{
  g_autofree guint8 *gone = NULL;
  GArray *orphans;
  gsize n;

  g_return_val_if_fail (KENNIS_IS_RETENTION (self), NULL);
  g_return_val_if_fail (people != NULL || n_people == 0, NULL);

  gone = g_new0 (guint8, (gsize) self->n_people + 1);
  for (gsize i = 0; i < n_people; i++)
    {
      g_return_val_if_fail (people[i] < self->n_people, NULL);
      gone[people[i]] = 1;
    }
  orphans = kennis_holders_orphans (self->holders, gone);
  n = orphans->len;
  return g_bytes_new_take (g_array_free (orphans, FALSE), n * sizeof (guint32));
}

/* What is recorded of a person of an attribute; *length its bytes.  NULL: not known. */
static const char *
value_of (const KennisGround *ground, const KennisSegment *segment, const char *attribute, gsize *length)
{
  KennisSpace space =
      strcmp (attribute, "team") == 0 || strcmp (attribute, "department") == 0 ? KENNIS_SPACE_TEAM : KENNIS_SPACE_WORD;
  guint32 index = KENNIS_INTERN_NONE;
  const char *text;

  if (strcmp (attribute, "team") == 0)
    index = segment->team;
  else if (strcmp (attribute, "department") == 0)
    index = segment->team != KENNIS_INTERN_NONE ? ground->team_department[segment->team] : KENNIS_INTERN_NONE;
  else if (strcmp (attribute, "role") == 0)
    index = segment->role;
  else if (strcmp (attribute, "discipline") == 0)
    index = segment->discipline;
  else
    return segment->attributes == KENNIS_INTERN_NONE
               ? NULL
               : kennis_attribute_find (kennis_dataset_text (ground->facts, KENNIS_SPACE_WORD, segment->attributes),
                                        attribute, length);
  if (index == KENNIS_INTERN_NONE)
    return NULL;
  text = kennis_dataset_text (ground->facts, space, index);
  *length = strlen (text);
  return text;
}

static gboolean
check_probability (double probability, GError **error)
{
  if (probability >= 0 && probability <= 1)
    return TRUE;
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("The probability is %g; it must be from 0 to 1"),
               probability);
  return FALSE;
}

/* By person, the probability of their group. */
static double *
read_leaving (KennisRetention *self, const char *attribute, const char * const *groups, const double *probabilities,
              gsize n_probabilities, double others, GError **error)
{
  gsize n_groups = groups != NULL ? g_strv_length ((char **) groups) : 0;
  g_autofree double *leaving = g_new (double, (gsize) self->n_people + 1);

  if (n_groups != n_probabilities || (n_groups > 0 && attribute == NULL))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("%zu groups and %zu probabilities; each group of an attribute needs one"), n_groups,
                   n_probabilities);
      return NULL;
    }
  if (!check_probability (others, error))
    return NULL;
  for (gsize g = 0; g < n_groups; g++)
    if (!check_probability (probabilities[g], error))
      return NULL;
  for (guint32 p = 0; p < self->n_people; p++)
    {
      const KennisSegment *segment = kennis_ground_segment (self->ground, self->person[p], self->day - 1);
      gsize length = 0;
      const char *value = attribute != NULL ? value_of (self->ground, segment, attribute, &length) : NULL;

      leaving[p] = others;
      for (gsize g = 0; g < n_groups && value != NULL; g++)
        if (strlen (groups[g]) == length && strncmp (groups[g], value, length) == 0)
          leaving[p] = probabilities[g];
    }
  return g_steal_pointer (&leaving);
}

/**
 * kennis_retention_expected_loss:
 * @self: a retention
 * @attribute: (nullable): team, department, role, discipline or a named attribute of people
 * @groups: (nullable) (array zero-terminated=1): values of it
 * @probabilities: (nullable) (array length=n_probabilities): the probability of leaving in each group, 0 to 1
 * @n_probabilities: how many
 * @others: the probability for all others
 * @error: return location for an error
 *
 * Works out how many topics can be expected to lose all of their holders, if people leave independently of one another.
 *
 * Σ over topics of Π over holders of the probability of their group.  A group smaller than the minimum of a report is not a group to have
 * an own probability for.
 *
 * Errors: %KENNIS_ERROR_INVALID.
 *
 * Returns: topics, 0 to [method@Retention.get_n_topics]; NaN with an error
 *
 * Since: 1.0
 */
double
kennis_retention_expected_loss (KennisRetention     *self,
                                const char          *attribute,
                                const char * const  *groups,
                                const double        *probabilities,
                                gsize                n_probabilities,
                                double               others,
                                GError             **error)
{
  g_autofree double *leaving = NULL;

  g_return_val_if_fail (KENNIS_IS_RETENTION (self), NAN);
  g_return_val_if_fail (error == NULL || *error == NULL, NAN);

  leaving = read_leaving (self, attribute, groups, probabilities, n_probabilities, others, error);
  return leaving != NULL ? kennis_holders_expected_loss (self->holders, leaving, NULL) : NAN;
}

/* Who needs it comes first. */
static guint
rank_learner (guint32 topic, guint32 learner, gpointer data)
{
  const KennisRetention *self = data;
  const KennisSegment *segment = kennis_ground_segment (self->ground, self->person[learner], self->day - 1);

  return 1 + kennis_ground_is_needed (self->ground, self->topic[topic], segment->team, segment->role);
}

/* Who gave to the learner in the last year comes first. */
static guint
rank_teacher (guint32 teacher, guint32 learner, gpointer data)
{
  const KennisRetention *self = data;
  const KennisOrder *given = &self->ground->given;
  guint32 person = self->person[teacher];

  for (guint32 i = given->first[person]; i < given->first[person + 1]; i++)
    {
      const KennisSharingFact *f = &self->ground->sharings[given->items[i]];

      if (f->receiver == self->person[learner] && f->day >= self->day - 365 && f->day < self->day
          && f->kind != KENNIS_SHARING_KIND_CONTACT)
        return 1;
    }
  return 0;
}

/**
 * kennis_retention_lessons:
 * @self: a retention
 * @attribute: (nullable): as for [method@Retention.expected_loss]
 * @groups: (nullable) (array zero-terminated=1): values of it
 * @probabilities: (nullable) (array length=n_probabilities): the probability of leaving in each group
 * @n_probabilities: how many
 * @others: the probability for all others
 * @n_lessons: how many lessons at most
 * @topics: (out) (transfer full): topic of each, one guint32 in native byte order
 * @teachers: (out) (transfer full): who teaches, alike
 * @learners: (out) (transfer full): who learns, alike
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Proposes who should learn what from whom: one after another the pair that lowers the expected loss most.
 *
 * Of equally good learners those come first whose team or role needs the topic, then those who are proposed least; of teachers, one from whom the
 * learner received something in the last year, then one of a group that leaves more often.  Each lesson counts those before it as done.  That people
 * can and want to is for them to say.
 *
 * Errors: %KENNIS_ERROR_INVALID.
 *
 * Time: O((topics + lessons) · people).
 *
 * Returns: (transfer full): by how much each lowers the expected number of lost topics, one double in native byte order; %NULL when
 *   cancelled
 *
 * Since: 1.0
 */
GBytes *
kennis_retention_lessons (KennisRetention     *self,
                          const char          *attribute,
                          const char * const  *groups,
                          const double        *probabilities,
                          gsize                n_probabilities,
                          double               others,
                          guint                n_lessons,
                          GBytes             **topics,
                          GBytes             **teachers,
                          GBytes             **learners,
                          GCancellable        *cancellable,
                          GError             **error)
{
  g_autofree double *leaving = NULL;
  g_autoptr (GArray) lessons = NULL;
  guint32 *columns[3];
  double *gains;
  gsize n;

  g_return_val_if_fail (KENNIS_IS_RETENTION (self), NULL);
  g_return_val_if_fail (topics != NULL && teachers != NULL && learners != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  leaving = read_leaving (self, attribute, groups, probabilities, n_probabilities, others, error);
  if (leaving == NULL)
    return NULL;
  lessons =
      kennis_holders_lessons (self->holders, leaving, NULL, n_lessons, rank_learner, rank_teacher, self, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  n = lessons->len;
  for (guint c = 0; c < 3; c++)
    columns[c] = g_new (guint32, n + 1);
  gains = g_new (double, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const KennisLesson *lesson = &g_array_index (lessons, KennisLesson, i);

      columns[0][i] = lesson->topic;
      columns[1][i] = lesson->teacher;
      columns[2][i] = lesson->learner;
      gains[i] = lesson->gain;
    }
  *topics = g_bytes_new_take (columns[0], n * sizeof (guint32));
  *teachers = g_bytes_new_take (columns[1], n * sizeof (guint32));
  *learners = g_bytes_new_take (columns[2], n * sizeof (guint32));
  return g_bytes_new_take (gains, n * sizeof *gains);
}
