#include "config.h"

#include "report/kennis-render-private.h"

#include <math.h>
#include <string.h>

#include "base/kennis-calendar-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-words-private.h"

char *
kennis_render_date (gint32 day)
{
  char buffer[40];

  kennis_format_date (day, buffer);

  return g_strdup (buffer);
}

static void
cell_clear (gpointer data)
{
  g_free (((KennisReportCell *) data)->text);
}

static void
add (GArray *cells, const char *name, KennisReportCellKind kind, char *text)
{
  KennisReportCell cell = { name, kind, text };

  g_array_append_val (cells, cell);
}

static char *
number (double value)
{
  return isfinite (value) ? kennis_number_to_text (value) : NULL;
}

/* "team,role": what tells a group without a known team from everybody. */
static char *
grouping_text (const KennisReportModel *model, const KennisReportRow *row)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; model->attributes[i] != NULL; i++)
    if (row->grouping >> i & 1)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", model->attributes[i]);

  return g_string_free (text, FALSE);
}

/* An attribute may be called like a column that is there anyway. */
static const char *
attribute_column (const char *attribute)
{
  static const char *const taken[] = { "metric", "grouping", "period", "from", "to", "value", "lower", "upper", "n",
                                       "coverage", "unit", "status", "note", "value-name", NULL };
  static const char *const instead[] = { "by-metric", "by-grouping", "by-period", "by-from", "by-to", "by-value", "by-lower",
                                         "by-upper", "by-n", "by-coverage", "by-unit", "by-status", "by-note", "by-value-name" };

  for (guint i = 0; taken[i] != NULL; i++)
    if (strcmp (taken[i], attribute) == 0)
      return instead[i];

  return attribute;
}

GArray *
kennis_render_cells (const KennisReportModel *model, const KennisReportRow *row)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (KennisReportCell));
  const KennisReportMetric *metric = row != NULL ? kennis_report_model_metric (model, row->metric) : NULL;
  gboolean withheld = row != NULL && row->status == KENNIS_MEASURE_STATUS_WITHHELD;
#define FILL(expression) (row != NULL ? (expression) : NULL)

  g_array_set_clear_func (cells, cell_clear);
  add (cells, "metric", KENNIS_CELL_TEXT, FILL (g_strdup (metric->id)));
  add (cells, "grouping", KENNIS_CELL_TEXT, FILL (grouping_text (model, row)));
  for (guint i = 0; model->attributes[i] != NULL; i++)
    add (cells, attribute_column (model->attributes[i]), KENNIS_CELL_TEXT,
         FILL (row->grouping >> i & 1 ? g_strdup (row->group[i]) : NULL));
  add (cells, "period", KENNIS_CELL_TEXT, FILL (g_strdup (row->period)));
  add (cells, "from", KENNIS_CELL_TEXT, FILL (kennis_render_date (row->first_day)));
  add (cells, "to", KENNIS_CELL_TEXT, FILL (kennis_render_date (row->end_day - 1)));
  add (cells, "value", KENNIS_CELL_NUMBER, FILL (withheld ? NULL : number (row->value)));
  add (cells, "lower", KENNIS_CELL_NUMBER, FILL (withheld ? NULL : number (row->lower)));
  add (cells, "upper", KENNIS_CELL_NUMBER, FILL (withheld ? NULL : number (row->upper)));
  add (cells, "n", KENNIS_CELL_NUMBER,
       FILL (withheld || row->n < 0 ? NULL : g_strdup_printf ("%" G_GINT64_FORMAT, row->n)));
  add (cells, "coverage", KENNIS_CELL_NUMBER, FILL (withheld ? NULL : number (row->coverage)));
  add (cells, "unit", KENNIS_CELL_TEXT, FILL (g_strdup (kennis_words_unit_code (metric->unit))));
  add (cells, "status", KENNIS_CELL_TEXT, FILL (g_strdup (kennis_words_status_code (row->status))));
  add (cells, "note", KENNIS_CELL_TEXT, FILL (g_strdup (row->note)));
  add (cells, "value-name", KENNIS_CELL_TEXT, FILL (withheld ? NULL : g_strdup (row->category)));
#undef FILL

  return cells;
}

/* Would a spreadsheet take the text (UTF-8) for a formula, or for one that was made harmless?  One that begins like this, also after
 * blanks, is run.  An apostrophe before it makes it text; a text that begins with an apostrophe gets one as well, so that taking one away
 * gives back what was meant. */
static gboolean
is_formula (const char *text)
{
  static const gunichar beginnings[] = { '=', '+', '-', '@', 0xff1d, 0xff0b, 0xff0d, 0xff20 };   /* ＝ ＋ － ＠ */
  const char *p = text;

  if (*text == '\'' || *text == '\t' || *text == '\r' || *text == '\n')
    return TRUE;
  while (*p != '\0' && (g_unichar_isspace (g_utf8_get_char (p)) || g_unichar_iszerowidth (g_utf8_get_char (p))))
    p = g_utf8_next_char (p);
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_utf8_get_char (p) == beginnings[i])
      return TRUE;

  return FALSE;
}

void
kennis_render_csv_text (GString *csv, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  gboolean formula = is_formula (valid);

  if (!formula && strpbrk (valid, ",;\"\r\n\t ") == NULL)
    {
      g_string_append (csv, valid);
      return;
    }

  g_string_append_c (csv, '"');
  if (formula)
    g_string_append_c (csv, '\'');
  for (const char *p = valid; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *p);
    }
  g_string_append_c (csv, '"');
}

GBytes *
kennis_render_csv (const KennisReportModel *model)
{
  GString *csv = g_string_new (NULL);
  g_autoptr (GArray) names = kennis_render_cells (model, NULL);

  for (guint i = 0; i < names->len; i++)
    {
      if (i > 0)
        g_string_append_c (csv, ',');
      kennis_render_csv_text (csv, g_array_index (names, KennisReportCell, i).name);
    }
  g_string_append (csv, "\r\n");

  for (guint r = 0; r < model->rows->len; r++)
    {
      g_autoptr (GArray) cells = kennis_render_cells (model, kennis_report_model_row (model, r));

      for (guint i = 0; i < cells->len; i++)
        {
          const KennisReportCell *cell = &g_array_index (cells, KennisReportCell, i);

          if (i > 0)
            g_string_append_c (csv, ',');
          if (cell->text != NULL && cell->kind == KENNIS_CELL_NUMBER)
            g_string_append (csv, cell->text);
          else if (cell->text != NULL)
            kennis_render_csv_text (csv, cell->text);
        }
      g_string_append (csv, "\r\n");
    }

  return g_string_free_to_bytes (csv);
}
