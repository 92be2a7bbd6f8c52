#pragma once

#include <math.h>

#include "kennis-test.h"

/* Tables of ${KENNIS_SHARED}/data: comma- or tab-separated, without separators inside of fields. */
typedef struct
{
  GPtrArray *rows;      /* of char **; the first is the header */
  char      *path;
} SurveyTable;

static inline void
survey_table_free (SurveyTable *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self->path);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SurveyTable, survey_table_free)

/* NULL, and the test skipped, where the shared data are missing. */
static inline SurveyTable *
survey_table_read (const char *path, const char *separator)
{
  SurveyTable *self;
  g_autofree char *file = g_build_filename (g_getenv ("KENNIS_SHARED"), "data", path, NULL), *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (file, &text, NULL, NULL))
    {
      g_autofree char *reason = g_strconcat (file, " is missing (KENNIS_SHARED)", NULL);

      kennis_test_skip (reason);
      return NULL;
    }
  self = g_new0 (SurveyTable, 1);
  self->path = g_strdup (path);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      char **fields = g_strsplit (lines[i], separator, -1);

      for (guint j = 0; fields[j] != NULL; j++)
        if (*fields[j] == '"')
          {
            g_autofree char *old = fields[j];

            fields[j] = g_strndup (old + 1, strlen (old) - 2);
          }
      g_ptr_array_add (self->rows, fields);
    }
  return self;
}

static inline const char *
survey_table_text (SurveyTable *self, guint row, const char *column)
{
  char **header = self->rows->pdata[0];

  for (guint j = 0; header[j] != NULL; j++)
    if (g_str_equal (header[j], column))
      return ((char **) self->rows->pdata[row])[j];
  g_error ("%s has no column %s", self->path, column);
}

static inline double
survey_table_number (SurveyTable *self, guint row, const char *column)
{
  const char *text = survey_table_text (self, row, column);

  return *text == '\0' || g_str_equal (text, "NA") ? NAN : g_ascii_strtod (text, NULL);
}

/* Columns of a table as rows of doubles; `reversed` names those that are turned over as low_and_high − x. */
static inline GBytes *
survey_table_values (SurveyTable *self, const char *const *columns, const char *const *reversed, double low_and_high)
{
  guint k = g_strv_length ((char **) columns), n = self->rows->len - 1;
  double *values = g_new (double, (gsize) n * k);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < k; j++)
      {
        double x = survey_table_number (self, i + 1, columns[j]);

        values[i * k + j] = g_strv_contains (reversed, columns[j]) ? low_and_high - x : x;
      }
  return g_bytes_new_take (values, (gsize) n * k * sizeof *values);
}

/* The items of a scale of the reference tables: "A" A1 to A5, "LEAD" LEAD01 to LEAD11. */
static inline char **
survey_scale_items (const char *scale)
{
  gboolean wide = strlen (scale) > 1 && scale[1] != '_';
  guint k = g_str_equal (scale, "LEAD") ? 11 : g_str_equal (scale, "TSIG") ? 3 : 5;
  char **items = g_new0 (char *, k + 1);

  for (guint i = 0; i < k; i++)
    items[i] = wide ? g_strdup_printf ("%s%02u", scale, i + 1) : g_strdup_printf ("%c%u", *scale, i + 1);
  return items;
}

/* Two numbers agree to this share of themselves, or both are unknown. */
static inline void
survey_agree (double own, double other, double share, const char *what)
{
  g_autofree char *claim = g_strdup_printf ("%s: %.17g is %.17g", what, own, other);

  kennis_test_near (isnan (own) && isnan (other) ? 0 : own, isnan (own) && isnan (other) ? 0 : other,
                    share * fmax (1, fabs (other)), claim, __FILE__, __LINE__);
}
