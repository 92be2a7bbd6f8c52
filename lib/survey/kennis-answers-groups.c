#include "config.h"

#include <math.h>
#include <string.h>

#include "survey/kennis-answers-private.h"
#include "survey/kennis-group-rows-private.h"

static char **
texts_of (KennisAnswers *self, KennisGroupBy by)
{
  return by == KENNIS_GROUP_BY_TEAM ? self->teams : by == KENNIS_GROUP_BY_LANGUAGE ? self->languages : NULL;
}

static int
by_bytes (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * kennis_answers_list_groups:
 * @self: answers
 * @by: how to group
 *
 * Gets the labels of the groups that there are, sorted by bytes.
 *
 * A team that was invited and did not answer is one too.  Everybody together has an empty label.
 *
 * Returns: (transfer full) (array zero-terminated=1): the labels
 *
 * Since: 1.0
 */
char **
kennis_answers_list_groups (KennisAnswers *self, KennisGroupBy by)
{
  g_autoptr (GHashTable) seen = NULL;
  GPtrArray *labels;
  GHashTableIter iter;
  gpointer label;

  g_return_val_if_fail (KENNIS_IS_ANSWERS (self), NULL);

  labels = g_ptr_array_new ();
  if (by == KENNIS_GROUP_BY_ALL)
    g_ptr_array_add (labels, g_strdup (""));
  seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint row = 0; row < self->n_rows && by != KENNIS_GROUP_BY_ALL; row++)
    g_hash_table_add (seen, texts_of (self, by)[row]);
  g_hash_table_iter_init (&iter, self->invited);
  while (by == KENNIS_GROUP_BY_TEAM && g_hash_table_iter_next (&iter, &label, NULL))
    g_hash_table_add (seen, label);
  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, &label, NULL))
    if (*(const char *) label != '\0')
      g_ptr_array_add (labels, g_strdup (label));
  g_ptr_array_sort (labels, by_bytes);
  g_ptr_array_add (labels, NULL);
  return (char **) g_ptr_array_free (labels, FALSE);
}

/* Who answered nothing that counts did not respond. */
static gboolean
answered (KennisAnswers *self, guint row)
{
  for (guint i = 0; i < self->n_items; i++)
    if (!isnan (self->values[(gsize) row * self->n_items + i]))
      return TRUE;
  return FALSE;
}

/**
 * kennis_answers_get_groups:
 * @self: answers
 * @by: how to group
 *
 * Gets the group of each row: an index of [method@Answers.list_groups].
 *
 * Returns: (transfer full): one guint32 for each row; %G_MAXUINT32 where the group is not known, or the row has no answer at all
 *
 * Since: 1.0
 */
GBytes *
kennis_answers_get_groups (KennisAnswers *self, KennisGroupBy by)
{
  g_auto (GStrv) labels = NULL;
  guint32 *groups;
  gsize n;

  g_return_val_if_fail (KENNIS_IS_ANSWERS (self), NULL);

  labels = kennis_answers_list_groups (self, by);
  n = g_strv_length (labels);
  groups = g_new (guint32, self->n_rows + 1);
  for (guint row = 0; row < self->n_rows; row++)
    {
      const char *text = by == KENNIS_GROUP_BY_ALL ? "" : texts_of (self, by)[row];
      char **found = n > 0 ? bsearch (&text, labels, n, sizeof *labels, by_bytes) : NULL;

      groups[row] = found != NULL && answered (self, row) ? (guint32) (found - labels) : KENNIS_NO_GROUP;
    }
  return g_bytes_new_take (groups, self->n_rows * sizeof *groups);
}

/* What was said of the organisation; else the sum of its teams. */
static double
invited_in_all (KennisAnswers *self)
{
  const double *all = g_hash_table_lookup (self->invited, "");
  GHashTableIter iter;
  gpointer people;
  double sum = 0;

  if (all != NULL || g_hash_table_size (self->invited) == 0)
    return all != NULL ? *all : NAN;
  g_hash_table_iter_init (&iter, self->invited);
  while (g_hash_table_iter_next (&iter, NULL, &people))
    sum += *(double *) people;
  return sum;
}

/**
 * kennis_answers_get_invited:
 * @self: answers
 * @by: how to group
 *
 * Gets how many people of each group were asked.
 *
 * Of everybody: what the invitation without a team says, else the sum of those of teams.
 *
 * Returns: (transfer full): one double for each group of [method@Answers.list_groups]; NaN where it is not known
 *
 * Since: 1.0
 */
GBytes *
kennis_answers_get_invited (KennisAnswers *self, KennisGroupBy by)
{
  g_auto (GStrv) labels = NULL;
  double *invited;
  gsize n;

  g_return_val_if_fail (KENNIS_IS_ANSWERS (self), NULL);

  labels = kennis_answers_list_groups (self, by);
  n = g_strv_length (labels);
  invited = g_new (double, n + 1);
  for (gsize g = 0; g < n; g++)
    {
      const double *people = by == KENNIS_GROUP_BY_TEAM ? g_hash_table_lookup (self->invited, labels[g]) : NULL;

      invited[g] = by == KENNIS_GROUP_BY_ALL ? invited_in_all (self) : people != NULL ? *people : NAN;
    }
  return g_bytes_new_take (invited, n * sizeof *invited);
}

/**
 * kennis_answers_make_scores:
 * @self: answers
 * @scale: (nullable): the id of a scale; %NULL: the instrument
 * @by: how to group
 * @level: level of confidence, as 0.95
 * @error: return location for an error
 *
 * Works out the mean score of each group, see [ctor@Scores.new].
 *
 * Errors: %KENNIS_ERROR_INVALID names the scales that there are.
 *
 * Returns: (transfer full): new scores
 *
 * Since: 1.0
 */
KennisScores *
kennis_answers_make_scores (KennisAnswers *self, const char *scale, KennisGroupBy by, double level, GError **error)
{
  g_autoptr (GBytes) scores = NULL, groups = NULL, invited = NULL;
  g_auto (GStrv) labels = NULL;

  g_return_val_if_fail (KENNIS_IS_ANSWERS (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  scores = kennis_answers_score (self, scale, error);
  if (scores == NULL)
    return NULL;
  groups = kennis_answers_get_groups (self, by);
  invited = kennis_answers_get_invited (self, by);
  labels = kennis_answers_list_groups (self, by);
  return kennis_scores_new (scores, groups, (const char *const *) labels, invited, level, error);
}
