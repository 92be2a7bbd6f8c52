#include "config.h"

#include "simulate/sim-json.h"
#include "surveying/sur-table.h"

#include <math.h>
#include <string.h>

static void
cell_clear (gpointer data)
{
  g_free (((SurCell *) data)->text);
}

SurTable *
sur_table_new (const char *id, const char *title, const char *note, const SurColumn *columns, guint n_columns)
{
  SurTable *self = g_new0 (SurTable, 1);

  *self = (SurTable) { id, title, g_strdup (note), columns, n_columns, g_array_new (FALSE, FALSE, sizeof (SurCell)) };
  g_array_set_clear_func (self->cells, cell_clear);

  return self;
}

void
sur_table_free (SurTable *self)
{
  g_array_unref (self->cells);
  g_free (self->note);
  g_free (self);
}

void
sur_table_note (SurTable *self, const char *more)
{
  g_autofree char *note = self->note;

  self->note = g_strjoin (" ", note, more, NULL);
}

void
sur_table_text (SurTable *self, const char *text)
{
  SurCell cell = { g_strdup (text != NULL ? text : ""), NAN };

  g_array_append_val (self->cells, cell);
}

void
sur_table_number (SurTable *self, double value)
{
  SurCell cell = { NULL, value };

  g_array_append_val (self->cells, cell);
}

guint
sur_table_rows (const SurTable *self)
{
  return self->cells->len / self->n_columns;
}

static const SurCell *
cell_at (const SurTable *self, guint row, guint column)
{
  return &g_array_index (self->cells, SurCell, row * self->n_columns + column);
}

/* For people: numbers as their language writes them. */
static char *
words_of (const SurTable *self, guint row, guint column, const char *language)
{
  const SurCell *cell = cell_at (self, row, column);

  return cell->text != NULL
             ? g_strdup (cell->text)
             : kennis_translate_number (language, cell->value, (guint) MAX (self->columns[column].digits, 0));
}

static void
heading (GString *out, const char *title)
{
  g_string_append_printf (out, "%s%s\n", out->len > 0 ? "\n" : "", title);
  for (glong i = g_utf8_strlen (title, -1); i > 0; i--)
    g_string_append (out, "─");
  g_string_append_c (out, '\n');
}

static void
padded (GString *out, const char *word, glong width, gboolean left)
{
  int room = (int) MAX (width - g_utf8_strlen (word, -1), 0);

  if (left)
    g_string_append_printf (out, "  %s%*s", word, room, "");
  else
    g_string_append_printf (out, "  %*s%s", room, "", word);
}

static void
write_table (GString *out, const SurTable *table, const char *language)
{
  g_autofree glong *width = g_new0 (glong, table->n_columns);

  heading (out, table->title);
  for (guint c = 0; c < table->n_columns; c++)
    {
      width[c] = g_utf8_strlen (kennis_translate (language, table->columns[c].title), -1);
      for (guint r = 0; r < sur_table_rows (table); r++)
        {
          g_autofree char *word = words_of (table, r, c, language);

          width[c] = MAX (width[c], g_utf8_strlen (word, -1));
        }
    }
  for (guint c = 0; c < table->n_columns; c++)
    padded (out, kennis_translate (language, table->columns[c].title), width[c], table->columns[c].digits < 0);
  g_string_append_c (out, '\n');
  for (guint r = 0; r < sur_table_rows (table); r++)
    {
      for (guint c = 0; c < table->n_columns; c++)
        {
          g_autofree char *word = words_of (table, r, c, language);

          padded (out, word, width[c], table->columns[c].digits < 0);
        }
      while (out->len > 0 && out->str[out->len - 1] == ' ')
        g_string_truncate (out, out->len - 1);
      g_string_append_c (out, '\n');
    }
  g_string_append_printf (out, "  %s\n", table->note);
}

char *
sur_write_text (GPtrArray *tables, const char *title, const char *note, const char *language)
{
  GString *out = g_string_new (NULL);

  heading (out, title);
  if (note != NULL)
    g_string_append_printf (out, "  %s\n", note);
  for (guint i = 0; i < tables->len; i++)
    write_table (out, tables->pdata[i], language);

  return g_string_free (out, FALSE);
}

char *
sur_escape (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (char *c = valid; *c != '\0'; c++)
    if ((guchar) *c < ' ' && *c != '\n')
      *c = '?';

  return g_markup_escape_text (valid, -1);
}

static void
html_table (GString *out, const SurTable *table, const char *language)
{
  g_autofree char *title = sur_escape (table->title), *note = sur_escape (table->note);

  g_string_append_printf (
      out, "<h2>%s</h2>\n<div class=\"scroll\" tabindex=\"0\"><table><caption>%s</caption><thead><tr>", title, note);
  for (guint c = 0; c < table->n_columns; c++)
    {
      g_autofree char *name = sur_escape (kennis_translate (language, table->columns[c].title));

      g_string_append_printf (out, "<th scope=\"col\"%s>%s</th>", table->columns[c].digits < 0 ? "" : " class=\"n\"",
                              name);
    }
  g_string_append (out, "</tr></thead>\n<tbody>\n");
  for (guint r = 0; r < sur_table_rows (table); r++)
    {
      g_string_append (out, "<tr>");
      for (guint c = 0; c < table->n_columns; c++)
        {
          g_autofree char *word = words_of (table, r, c, language), *safe = sur_escape (word);

          g_string_append_printf (out, c == 0 ? "<th scope=\"row\"%s>%s</th>" : "<td%s>%s</td>",
                                  table->columns[c].digits < 0 ? "" : " class=\"n\"", safe);
        }
      g_string_append (out, "</tr>\n");
    }
  g_string_append (out, "</tbody></table></div>\n");
}

char *
sur_write_html (GPtrArray *tables, const char *title, const char *note, const char *language)
{
  g_autofree char *safe = sur_escape (title), *say = sur_escape (note != NULL ? note : "");
  GString *out = g_string_new ("<!DOCTYPE html>\n");

  g_string_append_printf (out,
                          "<html lang=\"%s\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                          "content=\"width=device-width\"><title>%s</title>\n",
                          language, safe);
  g_string_append (
      out, "<style>:root{color-scheme:light dark}body{margin:0 "
           "auto;max-width:72rem;padding:1rem;font-family:system-ui,'Noto Sans',sans-serif}"
           "table{border-collapse:collapse;font-size:.9rem}caption{text-align:left;padding:.3rem 0;max-width:46rem}"
           "th,td{padding:.2rem .6rem;border-bottom:1px solid #8888;text-align:left;vertical-align:top}"
           ".n{text-align:right;font-variant-numeric:tabular-nums}tbody th{font-weight:500}.scroll{overflow-x:auto}"
           "@media "
           "print{.scroll{overflow:visible}table{font-size:7pt}tr{break-inside:avoid}h2{break-after:avoid}}</style></"
           "head><body>\n");
  g_string_append_printf (out, "<h1>%s</h1>\n<p>%s</p>\n", safe, say);
  for (guint i = 0; i < tables->len; i++)
    html_table (out, tables->pdata[i], language);
  g_string_append (out, "</body></html>\n");

  return g_string_free (out, FALSE);
}

char *
sur_write_json (GPtrArray *tables, const char *title, const char *note)
{
  SimJson json;

  sim_json_init (&json);
  sim_json_open (&json, NULL, '{');
  sim_json_text (&json, "title", title);
  sim_json_text (&json, "note", note);
  for (guint i = 0; i < tables->len; i++)
    {
      const SurTable *table = tables->pdata[i];

      sim_json_open (&json, table->id, '[');
      for (guint r = 0; r < sur_table_rows (table); r++)
        {
          sim_json_open (&json, NULL, '{');
          for (guint c = 0; c < table->n_columns; c++)
            if (cell_at (table, r, c)->text != NULL)
              sim_json_text (&json, table->columns[c].id, cell_at (table, r, c)->text);
            else
              sim_json_number (&json, table->columns[c].id, cell_at (table, r, c)->value);
          sim_json_close (&json, '}');
        }
      sim_json_close (&json, ']');
    }
  sim_json_close (&json, '}');

  return sim_json_finish (&json);
}

/* RFC 4180; what a spreadsheet would take for a formula gets an apostrophe. */
static void
csv_text (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  if (*text != '\0' && strchr ("=+-@\t\r\n' ", *text) != NULL)
    g_string_append_c (out, '\'');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *c);
    }
  g_string_append_c (out, '"');
}

char *
sur_write_csv (const SurTable *table)
{
  GString *out = g_string_new (NULL);
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint c = 0; c < table->n_columns; c++)
    g_string_append_printf (out, "%s%s", c > 0 ? "," : "", table->columns[c].id);
  g_string_append (out, "\r\n");
  for (guint r = 0; r < sur_table_rows (table); r++)
    {
      for (guint c = 0; c < table->n_columns; c++)
        {
          const SurCell *cell = cell_at (table, r, c);

          g_string_append (out, c > 0 ? "," : "");
          if (cell->text != NULL)
            csv_text (out, cell->text);
          else if (!isnan (cell->value))
            g_string_append (out, g_ascii_dtostr (buffer, sizeof buffer, cell->value));
        }
      g_string_append (out, "\r\n");
    }

  return g_string_free (out, FALSE);
}
