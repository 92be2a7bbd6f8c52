#pragma once

#include <gio/gio.h>

/* Rows in groups: of each row the group's index, KENNIS_NO_GROUP for none; and the label of each group.  Groups without
 * bytes: all rows are in one.  Rows of a group are found by counting, in one pass, whatever their order. */
#define KENNIS_NO_GROUP G_MAXUINT32

typedef struct
{
  guint    n_groups;
  gsize    n_rows;
  guint32 *first;     /* n_groups + 1 */
  guint32 *rows;      /* rows[first[g]] … rows[first[g + 1] − 1], in order of rows */
} KennisGroupRows;

/* False and an error where groups do not have n_rows, or name a group without a label. */
gboolean kennis_group_rows_init  (KennisGroupRows *self, GBytes *groups, guint n_labels, gsize n_rows, GError **error);
void     kennis_group_rows_clear (KennisGroupRows *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KennisGroupRows, kennis_group_rows_clear)

/* Labels and their places, from 1; keys are those of the labels. */
GHashTable *kennis_group_places (char **labels);
/* The place of a label from 0; −1: there is none. */
int         kennis_group_find   (GHashTable *places, const char *label);

/* Doubles of a GBytes; false and an error where there is no whole number of rows of n_columns. */
gboolean kennis_survey_matrix (GBytes *bytes, guint n_columns, const double **values, gsize *n_rows, GError **error);
gboolean kennis_survey_is_complete (const double *row, guint n);   /* no answer is NaN */
gboolean kennis_survey_level  (double level, GError **error);   /* over 0 and under 1 */
