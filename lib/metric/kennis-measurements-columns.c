#include "config.h"

#include <string.h>

#include "base/kennis-i18n-private.h"
#include "metric/kennis-measurements-private.h"

#include <kennis/kennis-enum-types.h>
#include <kennis/kennis-error.h>

/* The columns of a table of measurements.  The groups' attributes stand between metric and period. */
typedef enum
{
  COLUMN_METRIC,
  COLUMN_PERIOD,
  COLUMN_FROM,
  COLUMN_TO,
  COLUMN_VALUE,
  COLUMN_LOWER,
  COLUMN_UPPER,
  COLUMN_N,
  COLUMN_COVERAGE,
  COLUMN_UNIT,
  COLUMN_STATUS,
  COLUMN_NOTE,
  N_COLUMNS,
  COLUMN_ATTRIBUTE
} Column;

static const char *const column_names[N_COLUMNS] = { "metric", "period", "from", "to", "value", "lower",
                                                     "upper", "n", "coverage", "unit", "status", "note" };

static gboolean
is_taken (const char *name)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    if (g_str_equal (column_names[i], name))
      return TRUE;
  return FALSE;
}

static char *
attribute_column (const char *attribute)
{
  return is_taken (attribute) ? g_strconcat ("by-", attribute, NULL) : g_strdup (attribute);
}

/**
 * kennis_measurements_get_columns:
 * @self: measurements
 *
 * Names the columns: `metric`, one for each attribute of the groupings, `period`, `from`, `to`, `value`, `lower`, `upper`, `n`,
 * `coverage`, `unit`, `status` and `note`.
 *
 * An attribute with the name of another column has `by-` before it.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names
 *
 * Since: 1.0
 */
char **
kennis_measurements_get_columns (KennisMeasurements *self)
{
  guint n = 0;
  char **names;

  g_return_val_if_fail (kennis_measurements_is_made (self), NULL);

  names = g_new0 (char *, N_COLUMNS + g_strv_length (self->attributes) + 1);
  names[n++] = g_strdup (column_names[COLUMN_METRIC]);
  for (char **attribute = self->attributes; *attribute != NULL; attribute++)
    names[n++] = attribute_column (*attribute);
  for (guint i = COLUMN_PERIOD; i < N_COLUMNS; i++)
    names[n++] = g_strdup (column_names[i]);
  return names;
}

/* Which column it is; *attribute where it is one of those. */
static gboolean
find_column (KennisMeasurements *self, const char *name, Column *column, const char **attribute, GError **error)
{
  g_auto (GStrv) names = NULL;
  g_autofree char *accepted = NULL;

  for (guint i = 0; i < N_COLUMNS; i++)
    if (g_str_equal (column_names[i], name))
      {
        *column = (Column) i;
        return TRUE;
      }
  for (char **a = self->attributes; *a != NULL; a++)
    {
      g_autofree char *text = attribute_column (*a);

      if (!g_str_equal (text, name))
        continue;
      *column = COLUMN_ATTRIBUTE;
      *attribute = *a;
      return TRUE;
    }
  names = kennis_measurements_get_columns (self);
  accepted = g_strjoinv (", ", names);
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("Measurements have no column “%s”; accepted is %s"), name,
               accepted);
  return FALSE;
}

static const char *
text_of (KennisMeasurements *self, guint row, Column column, const char *attribute)
{
  const KennisRawMeasurement *raw = kennis_measurements_raw (self, row);

  switch ((int) column)
    {
    case COLUMN_METRIC:
      return kennis_measure_set_row (self->set, raw->metric)->id;
    case COLUMN_PERIOD:
      return self->labels[raw->population];
    case COLUMN_NOTE:
      return raw->note;
    case COLUMN_ATTRIBUTE:
      return kennis_measurements_attribute (self, row, attribute);
    default:
      return NULL;
    }
}

static gboolean
is_text (Column column)
{
  return column == COLUMN_METRIC || column == COLUMN_PERIOD || column == COLUMN_NOTE || column == COLUMN_ATTRIBUTE;
}

/* Texts by first use; *cells (if wanted) gets the index of each row's. */
static char **
collect_texts (KennisMeasurements *self, Column column, const char *attribute, guint32 *cells)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *texts = g_ptr_array_new ();

  for (guint row = 0; row < self->rows->len; row++)
    {
      const char *text = text_of (self, row, column, attribute);
      guint index = text == NULL ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (seen, text));

      if (text != NULL && index == 0)
        {
          g_ptr_array_add (texts, g_strdup (text));
          index = texts->len;
          g_hash_table_insert (seen, (gpointer) text, GUINT_TO_POINTER (index));
        }
      if (cells != NULL)
        cells[row] = index == 0 ? G_MAXUINT32 : index - 1;
    }
  g_ptr_array_add (texts, NULL);
  return (char **) g_ptr_array_free (texts, FALSE);
}

static double
number_of (const KennisRawMeasurement *raw, Column column)
{
  switch ((int) column)
    {
    case COLUMN_VALUE:
      return raw->value;
    case COLUMN_LOWER:
      return raw->lower;
    case COLUMN_UPPER:
      return raw->upper;
    default:
      return raw->coverage;
    }
}

static gint64
integer_of (KennisMeasurements *self, guint row, Column column)
{
  const KennisRawMeasurement *raw = kennis_measurements_raw (self, row);

  switch ((int) column)
    {
    case COLUMN_FROM:
      return kennis_measurements_date (kennis_measurements_population (self, row)->first_month);
    case COLUMN_TO:
      return kennis_measurements_date (kennis_measurements_population (self, row)->end_month);
    default:
      return raw->status == KENNIS_MEASURE_STATUS_WITHHELD ? -1 : (gint64) raw->n;
    }
}

static GBytes *
fill_column (KennisMeasurements *self, Column column, const char *attribute)
{
  guint n = self->rows->len;

  if (is_text (column))
    {
      guint32 *cells = g_new (guint32, n + 1);

      g_strfreev (collect_texts (self, column, attribute, cells));
      return g_bytes_new_take (cells, n * sizeof *cells);
    }
  if (column == COLUMN_FROM || column == COLUMN_TO || column == COLUMN_N)
    {
      gint64 *cells = g_new (gint64, n + 1);

      for (guint row = 0; row < n; row++)
        cells[row] = integer_of (self, row, column);
      return g_bytes_new_take (cells, n * sizeof *cells);
    }
  if (column == COLUMN_UNIT || column == COLUMN_STATUS)
    {
      guint8 *cells = g_new (guint8, n + 1);

      for (guint row = 0; row < n; row++)
        {
          const KennisRawMeasurement *raw = kennis_measurements_raw (self, row);

          cells[row] = column == COLUMN_STATUS ? raw->status : kennis_measure_set_row (self->set, raw->metric)->unit;
        }
      return g_bytes_new_take (cells, n);
    }

  double *cells = g_new (double, n + 1);

  for (guint row = 0; row < n; row++)
    cells[row] = number_of (kennis_measurements_raw (self, row), column);
  return g_bytes_new_take (cells, n * sizeof *cells);
}

/**
 * kennis_measurements_get_column_type:
 * @self: measurements
 * @name: a column, as [method@Measurements.get_columns] names it
 * @error: return location for an error
 *
 * Tells the type of the cells that [method@Measurements.get_column] gives.
 *
 * Returns: %G_TYPE_UINT (`guint32`), %G_TYPE_INT64, %G_TYPE_DOUBLE or %G_TYPE_UCHAR (`guint8`); %G_TYPE_INVALID and
 *   %KENNIS_ERROR_INVALID where there is no such column
 *
 * Since: 1.0
 */
GType
kennis_measurements_get_column_type (KennisMeasurements *self, const char *name, GError **error)
{
  const char *attribute = NULL;
  Column column;

  g_return_val_if_fail (kennis_measurements_is_made (self) && name != NULL, G_TYPE_INVALID);
  g_return_val_if_fail (error == NULL || *error == NULL, G_TYPE_INVALID);

  if (!find_column (self, name, &column, &attribute, error))
    return G_TYPE_INVALID;
  if (is_text (column))
    return G_TYPE_UINT;
  if (column == COLUMN_FROM || column == COLUMN_TO || column == COLUMN_N)
    return G_TYPE_INT64;
  return column == COLUMN_UNIT || column == COLUMN_STATUS ? G_TYPE_UCHAR : G_TYPE_DOUBLE;
}

/**
 * kennis_measurements_get_column:
 * @self: measurements
 * @name: a column, as [method@Measurements.get_columns] names it
 * @error: return location for an error
 *
 * Gets one column of all rows.
 *
 * Cells are in native byte order: `guint32` for `metric`, attributes, `period` and `note`, an index into
 * [method@Measurements.get_texts] (%G_MAXUINT32: nothing); `gint64` for `from` and `to` (days as [method@Measurement.get_from] tells
 * them) and `n` (−1: withheld); `gdouble` for `value`, `lower`, `upper` and `coverage` (NaN: none); `guint8` for `unit`
 * ([enum@Unit]) and `status` ([enum@MeasureStatus]), which are indices into [method@Measurements.get_texts] as well.
 *
 * Time: O(rows).  Memory: the cells.
 *
 * Returns: (transfer full): the cells; %NULL and %KENNIS_ERROR_INVALID where there is no such column
 *
 * Since: 1.0
 */
GBytes *
kennis_measurements_get_column (KennisMeasurements *self, const char *name, GError **error)
{
  const char *attribute = NULL;
  Column column;

  g_return_val_if_fail (kennis_measurements_is_made (self) && name != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return find_column (self, name, &column, &attribute, error) ? fill_column (self, column, attribute) : NULL;
}

static char **
enum_texts (GType type)
{
  GEnumClass *klass = g_type_class_ref (type);
  char **texts = g_new0 (char *, klass->n_values + 1);

  for (guint i = 0; i < klass->n_values; i++)
    texts[i] = g_strdup (klass->values[i].value_nick);
  g_type_class_unref (klass);
  return texts;
}

/**
 * kennis_measurements_get_texts:
 * @self: measurements
 * @name: a column
 * @error: return location for an error
 *
 * Gets the texts that the cells of a column are indices into; notes in English.
 *
 * Returns: (transfer full) (array zero-terminated=1): the texts; %NULL and %KENNIS_ERROR_INVALID where there is no such column or its
 *   cells are numbers
 *
 * Since: 1.0
 */
char **
kennis_measurements_get_texts (KennisMeasurements *self, const char *name, GError **error)
{
  const char *attribute = NULL;
  Column column;

  g_return_val_if_fail (kennis_measurements_is_made (self) && name != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!find_column (self, name, &column, &attribute, error))
    return NULL;
  if (column == COLUMN_UNIT || column == COLUMN_STATUS)
    return enum_texts (column == COLUMN_UNIT ? KENNIS_TYPE_UNIT : KENNIS_TYPE_MEASURE_STATUS);
  if (is_text (column))
    return collect_texts (self, column, attribute, NULL);
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
               _("Column “%s” holds numbers; texts are in metric, attributes, period, unit, status and note"), name);
  return NULL;
}
