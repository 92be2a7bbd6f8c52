#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-csv-read-private.h"

#include <string.h>

/* Answers of surveys, {#value @score}: a number; or a number with its label, as "5 - Strongly agree", in a column where all answers are so and
 * no number has two labels.  Any other text that begins with a number, as "3 times a week", is an answer in words: unknown. */

#define MAX_LABELS 101u   /* 0 to 100 */
#define MAX_LABEL  200u   /* bytes: what is longer is no label */

typedef struct
{
  gboolean    is_labelled;
  GHashTable *labels;        /* number → label; NULL: none was seen */
} Column;

struct _KennisCsvScores
{
  Column *columns;
  guint   n_columns;
  guint64 n_words;           /* answers that are none */
  guint64 first_line;
  int     first_column;
};

static gsize
number_length (const char *text, gsize length)
{
  gsize i = length > 0 && text[0] == '-' ? 1 : 0, first = i;

  while (i < length && g_ascii_isdigit (text[i]))
    i++;
  if (i == first)
    return 0;
  if (i + 1 < length && (text[i] == '.' || text[i] == ',') && g_ascii_isdigit (text[i + 1]))
    for (i += 2; i < length && g_ascii_isdigit (text[i]);)
      i++;

  return i;
}

static gsize
skip_spaces (const char *text, gsize i, gsize length)
{
  while (i < length && text[i] == ' ')
    i++;

  return i;
}

/* What stands behind " - ", ": " and the like, or in brackets, and begins with no digit; 0: the text has not this form. */
static gsize
label_at (const char *text, gsize number, gsize length)
{
  static const char *const separators[] = { "-", "\xe2\x80\x93", "\xe2\x80\x94", ":", "=" };
  gsize at = skip_spaces (text, number, length);

  if (length - number > MAX_LABEL)
    return 0;
  if (at < length && text[at] == '(' && text[length - 1] == ')' && at > number && at + 2 < length)
    return at;
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      gsize n = strlen (separators[i]), label;

      if (length - at <= n || memcmp (text + at, separators[i], n) != 0)
        continue;
      label = skip_spaces (text, at + n, length);
      return label > at + n && label < length && !g_ascii_isdigit (text[label]) ? label : 0;
    }

  return 0;
}

/* Is it the label that the number has in this column?  It is from now on, where it had none. */
static gboolean
is_its_label (Column *column, const char *text, gsize number, gsize label, gsize length)
{
  g_autofree char *key = g_strndup (text, number);
  const char *before;

  if (column->labels == NULL)
    column->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  before = g_hash_table_lookup (column->labels, key);
  if (before != NULL)
    return strlen (before) == length - label && memcmp (before, text + label, length - label) == 0;
  if (g_hash_table_size (column->labels) == MAX_LABELS)
    return FALSE;
  g_hash_table_insert (column->labels, g_steal_pointer (&key), g_strndup (text + label, length - label));

  return TRUE;
}

KennisCsvValue
kennis_csv_score (KennisCsvBinding *self, KennisCsvValue value)
{
  KennisCsvScores *scores = self->scores;
  gsize number = value.text != NULL ? number_length (value.text, value.length) : 0, label;
  Column *column;

  if (value.text == NULL || number == value.length || value.column < 0 || scores == NULL)
    return value;
  column = &scores->columns[value.column];
  label = number > 0 && column->is_labelled ? label_at (value.text, number, value.length) : 0;
  if (label > 0 && is_its_label (column, value.text, number, label, value.length))
    {
      value.length = number;
      return value;
    }
  if (scores->n_words++ == 0)
    {
      scores->first_line = self->row->first_line;
      scores->first_column = value.column;
    }

  return (KennisCsvValue) { NULL, 0, value.column };
}

/* ── Which columns have labels ────────────────────────────────────────────────────────────────────────────────────── */

static gboolean
has_score (const KennisMapping *mapping)
{
  for (guint r = 0; r < mapping->records->len; r++)
    {
      const KennisMapRecord *record = mapping->records->pdata[r];

      for (guint f = 0; f < record->fields->len; f++)
        if (g_array_index (record->fields, KennisMapField, f).template.unit == KENNIS_CELL_SCORE)
          return TRUE;
    }

  return FALSE;
}

static void
look_at_row (KennisCsvBinding *self, gboolean *is_other)
{
  for (guint i = 0; i < MIN (self->row->n_cells, self->n_header); i++)
    {
      Column *column = &self->scores->columns[i];
      gsize length, number, label;
      const char *cell = kennis_csv_row_cell (self->row, i, &length);

      if (length == 0 || is_other[i])
        continue;
      number = number_length (cell, length);
      label = number > 0 && number < length ? label_at (cell, number, length) : 0;
      is_other[i] = number < length && (label == 0 || !is_its_label (column, cell, number, label, length));
    }
}

void
kennis_csv_find_scores (KennisCsvBinding *self, const char *text, gsize length, gboolean is_all, char delimiter,
                        guint skip_rows)
{
  const KennisCsvRow *own = self->row;
  g_autofree gboolean *is_other = g_new0 (gboolean, self->n_header + 1);
  KennisCsvRow row;
  gsize at = 0, used;

  if (!has_score (self->mapping))
    return;
  self->scores = g_new0 (KennisCsvScores, 1);
  self->scores->n_columns = self->n_header;
  self->scores->columns = g_new0 (Column, self->n_header + 1);
  kennis_csv_row_init (&row, delimiter);
  self->row = &row;
  for (guint n = 0;
       kennis_csv_row_feed (&row, text + at, length - at, &used) || (is_all && kennis_csv_row_finish (&row));
       n++, at += used)
    if (n >= skip_rows && !kennis_csv_row_is_blank (&row) && !kennis_csv_is_ignored (self))
      look_at_row (self, is_other);
  for (guint i = 0; i < self->n_header; i++)
    self->scores->columns[i].is_labelled = !is_other[i] && self->scores->columns[i].labels != NULL;
  self->bad_column = -1;
  self->row = own;
  kennis_csv_row_clear (&row);
}

char *
kennis_csv_tell_scores (const KennisCsvBinding *self, guint64 *line, int *column)
{
  const KennisCsvScores *scores = self->scores;
  g_autofree char *name = NULL, *text = NULL;

  if (scores == NULL || scores->n_words == 0)
    return NULL;
  *line = scores->first_line;
  *column = scores->first_column;
  name = kennis_read_quote (self->header[*column], strlen (self->header[*column]));

  /* As with rows that are rejected, so that the column's name stays where values do not. */
  text = g_strdup_printf (_("answers in words are no scores: %llu; this is the first one"),
                          (unsigned long long) scores->n_words);

  return g_strdup_printf (_("column %s: %s"), name, text);
}

void
kennis_csv_scores_free (KennisCsvScores *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    g_clear_pointer (&self->columns[i].labels, g_hash_table_unref);
  g_free (self->columns);
  g_free (self);
}
