#include "config.h"

#include <math.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "survey/kennis-group-rows-private.h"

static gboolean
all_in_one (KennisGroupRows *self)
{
  self->first[1] = (guint32) self->n_rows;
  for (guint32 row = 0; row < self->n_rows; row++)
    self->rows[row] = row;
  return TRUE;
}

gboolean
kennis_group_rows_init (KennisGroupRows *self, GBytes *groups, guint n_labels, gsize n_rows, GError **error)
{
  const guint32 *group = groups != NULL ? g_bytes_get_data (groups, NULL) : NULL;
  g_autofree guint32 *next = NULL;

  *self = (KennisGroupRows) { .n_groups = groups != NULL ? n_labels : 1, .n_rows = n_rows };
  if (n_rows >= G_MAXUINT32 || (groups != NULL && g_bytes_get_size (groups) != n_rows * sizeof *group))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("groups need one 32-bit number for each of the %zu rows; there are %zu bytes"), n_rows,
                   groups != NULL ? g_bytes_get_size (groups) : 0);
      return FALSE;
    }
  self->first = g_new0 (guint32, self->n_groups + 2);
  self->rows = g_new (guint32, n_rows + 1);
  if (groups == NULL)
    return all_in_one (self);
  for (gsize row = 0; row < n_rows; row++)
    {
      if (group[row] == KENNIS_NO_GROUP)
        continue;
      if (group[row] >= n_labels)
        {
          g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("row %zu is in group %u; there are %u labels"),
                       row, group[row], n_labels);
          return FALSE;
        }
      self->first[group[row] + 1]++;
    }
  for (guint g = 0; g < self->n_groups; g++)
    self->first[g + 1] += self->first[g];
  next = g_memdup2 (self->first, (self->n_groups + 1) * sizeof *next);
  for (gsize row = 0; row < n_rows; row++)
    if (group[row] != KENNIS_NO_GROUP)
      self->rows[next[group[row]]++] = (guint32) row;
  return TRUE;
}

void
kennis_group_rows_clear (KennisGroupRows *self)
{
  g_clear_pointer (&self->first, g_free);
  g_clear_pointer (&self->rows, g_free);
}

GHashTable *
kennis_group_places (char **labels)
{
  GHashTable *places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; labels[i] != NULL; i++)
    if (!g_hash_table_contains (places, labels[i]))
      g_hash_table_insert (places, labels[i], GUINT_TO_POINTER (i + 1));
  return places;
}

int
kennis_group_find (GHashTable *places, const char *label)
{
  return places != NULL ? GPOINTER_TO_INT (g_hash_table_lookup (places, label)) - 1 : -1;
}

gboolean
kennis_survey_matrix (GBytes *bytes, guint n_columns, const double **values, gsize *n_rows, GError **error)
{
  gsize size = g_bytes_get_size (bytes), row = (gsize) n_columns * sizeof (double);

  if (n_columns == 0 || size % row != 0 || size / row >= G_MAXUINT32)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("%zu bytes are no whole number of rows of %u doubles"),
                   size, n_columns);
      return FALSE;
    }
  *values = g_bytes_get_data (bytes, NULL);
  *n_rows = size / row;
  return TRUE;
}

gboolean
kennis_survey_is_complete (const double *row, guint n)
{
  for (guint i = 0; i < n; i++)
    if (isnan (row[i]))
      return FALSE;
  return TRUE;
}

gboolean
kennis_survey_level (double level, GError **error)
{
  if (level > 0 && level < 1)
    return TRUE;
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("a level of confidence is over 0 and under 1: 0.95"));
  return FALSE;
}
