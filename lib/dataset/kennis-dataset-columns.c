#include "config.h"

#include "base/kennis-i18n-private.h"
#include "dataset/kennis-dataset-private.h"

#include <math.h>

#include <kennis/kennis-error.h>
#include <math.h>

static const KennisField *
find_field (KennisRecordType   type,
            const char        *name,
            guint             *index,
            GError           **error)
{
  const KennisSchema *schema = kennis_schema_get (type);
  int found = kennis_schema_find_field (schema, name, -1);
  g_auto (GStrv) names = NULL;
  g_autofree char *accepted = NULL;

  if (found >= 0)
    {
      *index = found;
      return &schema->fields[found];
    }

  names = kennis_dataset_get_fields (type);
  accepted = g_strjoinv (", ", names);
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("%s has no field “%s”; accepted is %s"), schema->name,
               name, accepted);
  return NULL;
}

/**
 * kennis_dataset_get_fields:
 * @type: a type of record
 *
 * Names the fields of a type of record, which are its columns and the properties of its objects.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names
 *
 * Since: 1.0
 */
char **
kennis_dataset_get_fields (KennisRecordType type)
{
  const KennisSchema *schema;
  char **names;

  g_return_val_if_fail ((guint) type < KENNIS_N_RECORD_TYPES, NULL);

  schema = kennis_schema_get (type);
  names = g_new0 (char *, schema->n_fields + 1);
  for (guint f = 0; f < schema->n_fields; f++)
    names[f] = g_strdup (schema->fields[f].name);

  return names;
}

static GType
cell_type (const KennisField *field)
{
  switch ((KennisKind) field->kind)
    {
    case KENNIS_KIND_TEXT:
    case KENNIS_KIND_LIST:
    case KENNIS_KIND_PAIRS:
      return G_TYPE_UINT;
    case KENNIS_KIND_ANSWER:
    case KENNIS_KIND_ENUM:
      return G_TYPE_UCHAR;
    case KENNIS_KIND_SHARE:
    case KENNIS_KIND_DECIMAL:
      return G_TYPE_DOUBLE;
    case KENNIS_KIND_TIME:
    case KENNIS_KIND_DURATION:
    case KENNIS_KIND_MONEY:
    case KENNIS_KIND_INTEGER:
      return G_TYPE_INT64;
    }

  g_return_val_if_reached (G_TYPE_INVALID);
}

static gsize
cell_size (const KennisField *field)
{
  GType type = cell_type (field);

  return type == G_TYPE_UINT ? sizeof (guint32) : type == G_TYPE_UCHAR ? sizeof (guint8) : sizeof (gint64);
}

/**
 * kennis_dataset_get_column_type:
 * @type: a type of record
 * @field: the name of a field, as [func@Dataset.get_fields] gives it
 * @error: return location for an error
 *
 * Tells the type of the cells that [method@Dataset.get_column] gives.
 *
 * Returns: %G_TYPE_UINT (`guint32`), %G_TYPE_UCHAR (`guint8`), %G_TYPE_DOUBLE or %G_TYPE_INT64; %G_TYPE_INVALID and
 *   %KENNIS_ERROR_INVALID where there is no such field
 *
 * Since: 1.0
 */
GType
kennis_dataset_get_column_type (KennisRecordType   type,
                                const char        *field,
                                GError           **error)
{
  const KennisField *found;
  guint index = 0;

  g_return_val_if_fail ((guint) type < KENNIS_N_RECORD_TYPES && field != NULL, G_TYPE_INVALID);
  g_return_val_if_fail (error == NULL || *error == NULL, G_TYPE_INVALID);

  found = find_field (type, field, &index, error);
  return found != NULL ? cell_type (found) : G_TYPE_INVALID;
}

static void
fill_cells (const KennisField *field,
            const gint64      *codes,
            gsize              n,
            gpointer           out)
{
  switch (cell_size (field))
    {
    case sizeof (guint32):
      for (gsize i = 0; i < n; i++)
        ((guint32 *) out)[i] = codes[i] == KENNIS_UNKNOWN ? G_MAXUINT32 : (guint32) codes[i];
      break;
    case sizeof (guint8):
      for (gsize i = 0; i < n; i++)
        ((guint8 *) out)[i] = (guint8) codes[i];
      break;
    default:
      if (field->kind == KENNIS_KIND_SHARE || field->kind == KENNIS_KIND_DECIMAL)
        for (gsize i = 0; i < n; i++)
          ((double *) out)[i] = codes[i] == KENNIS_UNKNOWN ? (double) NAN : (double) codes[i] / 1e6;
      else
        memcpy (out, codes, n * sizeof *codes);
    }
}

/**
 * kennis_dataset_get_column:
 * @self: a dataset
 * @type: a type of record
 * @field: the name of a field, as [func@Dataset.get_fields] gives it
 * @error: return location for an error
 *
 * Gets one field of all records of a type, in the order in which they were added.
 *
 * Cells are in native byte order: `guint32` for texts and lists, an index into [method@Dataset.get_texts] (%G_MAXUINT32:
 * unknown); `guint8` for the words of an enum and for answers (0: unknown); `gdouble` for shares and decimals (NaN:
 * unknown); `gint64` for times (Unix ms), durations (ms), amounts (1/10 000) and whole numbers ([const@UNKNOWN]:
 * unknown).
 *
 * Time: O(records).  Memory: the cells.
 *
 * Returns: (transfer full): the cells; %NULL and %KENNIS_ERROR_INVALID where there is no such field
 *
 * Since: 1.0
 */
GBytes *
kennis_dataset_get_column (KennisDataset     *self,
                           KennisRecordType   type,
                           const char        *field,
                           GError           **error)
{
  gint64 codes[KENNIS_PAGE_ROWS];
  const KennisField *found;
  KennisTable *table;
  guint index = 0;
  gsize size;
  char *cells;

  g_return_val_if_fail (KENNIS_IS_DATASET (self), NULL);
  g_return_val_if_fail ((guint) type < KENNIS_N_RECORD_TYPES && field != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  found = find_field (type, field, &index, error);
  if (found == NULL)
    return NULL;

  table = &self->tables[type];
  size = cell_size (found);
  cells = g_malloc (size * MAX (1, table->n_rows));
  for (gsize row = 0; row < table->n_rows; row += KENNIS_PAGE_ROWS)
    {
      gsize n = MIN (KENNIS_PAGE_ROWS, table->n_rows - row);

      kennis_column_read (&table->columns[index], row, n, codes);
      fill_cells (found, codes, n, cells + row * size);
    }

  return g_bytes_new_take (cells, size * table->n_rows);
}

/**
 * kennis_dataset_get_texts:
 * @self: a dataset
 * @type: a type of record
 * @field: the name of a field of texts or of words
 * @error: return location for an error
 *
 * Gets what the indices in a column stand for.
 *
 * For a field of texts, these are all texts of its space (all people, for any field that names a person); members of
 * lists are separated by newlines.  For an enum, its words.
 *
 * Returns: (transfer full) (array zero-terminated=1): the texts by index; %NULL and %KENNIS_ERROR_INVALID where there is no
 *   such field, or it holds numbers
 *
 * Since: 1.0
 */
char **
kennis_dataset_get_texts (KennisDataset     *self,
                          KennisRecordType   type,
                          const char        *field,
                          GError           **error)
{
  const KennisField *found;
  guint index = 0;

  g_return_val_if_fail (KENNIS_IS_DATASET (self), NULL);
  g_return_val_if_fail ((guint) type < KENNIS_N_RECORD_TYPES && field != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  found = find_field (type, field, &index, error);
  if (found == NULL)
    return NULL;
  if (found->kind == KENNIS_KIND_ENUM || found->kind == KENNIS_KIND_ANSWER)
    {
      g_autofree char *words = kennis_field_enum_words (found);

      return g_strsplit (words, ", ", -1);
    }
  if (found->kind > KENNIS_KIND_PAIRS)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("“%s” of %s holds numbers; accepted is a field of texts or words"), field,
                   kennis_schema_get (type)->name);
      return NULL;
    }

  const KennisIntern *space = self->spaces[found->space];
  char **texts = g_new0 (char *, (gsize) kennis_intern_size (space) + 1);

  for (guint32 i = 0; i < kennis_intern_size (space); i++)
    texts[i] = g_strdup (kennis_intern_get (space, i, NULL));

  return texts;
}
