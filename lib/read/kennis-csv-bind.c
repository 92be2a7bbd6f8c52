#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-csv-read-private.h"

#include <kennis/kennis-error.h>
#include <string.h>

static void
bind_template (KennisCsvBinding *self, const KennisTemplate *template)
{
  for (guint p = 0; p < template->n_parts; p++)
    {
      const KennisPart *part = &template->parts[p];

      /* The first name that the header has, in the mapping's order. */
      for (char **name = part->names; part->kind == KENNIS_PART_COLUMN && *name != NULL; name++)
        {
          char *one[] = { *name, NULL };

          for (guint i = 0; i < self->n_header && self->columns[part->index] < 0; i++)
            if (kennis_plain_name_fits (self->plain[i], one))
              self->columns[part->index] = (int) i;
        }
    }
}

static GArray *
bind_each (KennisCsvBinding *self, const KennisMapRecord *record)
{
  GArray *columns;

  if (record->each == NULL)
    return NULL;
  columns = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->n_header; i++)
    if (self->plain[i][0] != '\0' && kennis_plain_name_fits (self->plain[i], record->each)
        && (record->except == NULL || !kennis_plain_name_fits (self->plain[i], record->except)))
      g_array_append_val (columns, i);

  return columns;
}

static void
bind_templates (KennisCsvBinding *self)
{
  KennisMapping *mapping = self->mapping;

  for (guint i = 0; i < mapping->keeps->len; i++)
    bind_template (self, &g_array_index (mapping->keeps, KennisTemplate, i));
  for (guint i = 0; i < mapping->ignores->len; i++)
    bind_template (self, &g_array_index (mapping->ignores, KennisTemplate, i));
  for (guint r = 0; r < mapping->records->len; r++)
    {
      KennisMapRecord *record = mapping->records->pdata[r];

      for (guint f = 0; f < record->fields->len; f++)
        bind_template (self, &g_array_index (record->fields, KennisMapField, f).template);
      bind_template (self, &record->when);
      bind_template (self, &record->unless);
      self->each[r] = bind_each (self, record);
    }
}

void
kennis_csv_bind (KennisCsvBinding   *self,
                 KennisMapping      *mapping,
                 const KennisCsvRow *row)
{
  self->mapping = g_object_ref (mapping);
  self->rules = mapping->rules;
  self->row = row;
  self->n_header = row->n_cells;
  self->header = g_new0 (char *, row->n_cells + 1);
  self->plain = g_new0 (char *, row->n_cells + 1);
  for (guint i = 0; i < row->n_cells; i++)
    {
      gsize length;
      const char *cell = kennis_csv_row_cell (row, i, &length);

      self->header[i] = g_utf8_make_valid (cell, (gssize) length);
      self->plain[i] = kennis_plain_name (cell, (gssize) length);
    }
  self->columns = g_new (int, mapping->n_columns + 1);
  for (guint i = 0; i < mapping->n_columns; i++)
    self->columns[i] = -1;
  self->each = g_new0 (GArray *, mapping->records->len + 1);
  if (self->preamble == NULL)
    self->preamble = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->joined = g_string_new (NULL);
  self->cleaned = g_string_new (NULL);
  self->bad_column = -1;
  bind_templates (self);
}

void
kennis_csv_unbind (KennisCsvBinding *self)
{
  for (guint r = 0; self->each != NULL && r < self->mapping->records->len; r++)
    g_clear_pointer (&self->each[r], g_array_unref);
  g_free (self->each);
  g_clear_object (&self->mapping);
  g_clear_pointer (&self->calendar, kennis_calendar_unref);
  g_strfreev (self->header);
  g_strfreev (self->plain);
  g_free (self->columns);
  g_clear_pointer (&self->preamble, g_hash_table_unref);
  g_clear_pointer (&self->scores, kennis_csv_scores_free);
  g_free (self->lowered);
  if (self->joined != NULL)
    g_string_free (self->joined, TRUE);
  if (self->cleaned != NULL)
    g_string_free (self->cleaned, TRUE);
}

static gboolean
says_nothing (KennisCsvBinding *self, const char *text, gsize length)
{
  if (length == 0)
    return TRUE;
  if (length > 32 || g_hash_table_size (self->mapping->empties) == 0)
    return FALSE;

  g_autofree char *plain = kennis_plain_name (text, (gssize) length);
  return g_hash_table_contains (self->mapping->empties, plain);
}

static KennisCsvValue
match (KennisCsvBinding *self, GRegex *regex, KennisCsvValue value)
{
  g_autoptr (GMatchInfo) info = NULL;
  int from = 0, to = 0;

  if (!g_utf8_validate_len (value.text, value.length, NULL))
    {
      self->bad_column = value.column;
      return (KennisCsvValue) { NULL, 0, value.column };
    }
  if (!g_regex_match_full (regex, value.text, (gssize) value.length, 0, 0, &info, NULL)
      || !g_match_info_fetch_pos (info, g_regex_get_capture_count (regex) > 0 ? 1 : 0, &from, &to) || from < 0)
    return (KennisCsvValue) { NULL, 0, value.column };
  value.text += from;
  value.length = (gsize) (to - from);

  return value;
}

/* What a part takes of a text. */
static KennisCsvValue
said (KennisCsvBinding *self, const KennisPart *part, KennisCsvValue value)
{
  if (value.text == NULL || says_nothing (self, value.text, value.length))
    return (KennisCsvValue) { NULL, 0, value.column };

  value = part->regex != NULL ? match (self, part->regex, value) : value;
  if (value.length == 0)
    value.text = NULL;

  return value;
}

static KennisCsvValue
part_value (KennisCsvBinding *self, const KennisPart *part, int each)
{
  KennisCsvValue value = { NULL, 0, -1 };

  switch (part->kind)
    {
    case KENNIS_PART_LITERAL:
      return (KennisCsvValue) { part->text, strlen (part->text), -1 };
    case KENNIS_PART_COLUMN:
      value.column = self->columns[part->index];
      if (value.column >= 0)
        value.text = kennis_csv_row_cell (self->row, (guint) value.column, &value.length);
      break;
    case KENNIS_PART_PREAMBLE:
      for (char **name = part->names; *name != NULL && value.text == NULL; name++)
        value.text = g_hash_table_lookup (self->preamble, *name);
      value.length = value.text != NULL ? strlen (value.text) : 0;
      break;
    case KENNIS_PART_HEADER:
      g_return_val_if_fail (each >= 0, value);
      value = (KennisCsvValue) { self->header[each], strlen (self->header[each]), each };
      break;
    case KENNIS_PART_ROW:
      g_snprintf (self->number, sizeof self->number, "%" G_GUINT64_FORMAT, self->n_row);
      return (KennisCsvValue) { self->number, strlen (self->number), -1 };
    case KENNIS_PART_VALUE:
    default:
      g_return_val_if_fail (each >= 0, value);
      value.column = each;
      value.text = kennis_csv_row_cell (self->row, (guint) each, &value.length);
      break;
    }

  return said (self, part, value);
}

static KennisCsvValue
in_small_letters (KennisCsvBinding *self, KennisCsvValue value)
{
  if (value.text == NULL)
    return value;
  if (!g_utf8_validate_len (value.text, value.length, NULL))
    {
      self->bad_column = value.column;
      return (KennisCsvValue) { NULL, 0, value.column };
    }
  g_free (self->lowered);
  self->lowered = g_utf8_strdown (value.text, (gssize) value.length);

  return (KennisCsvValue) { self->lowered, strlen (self->lowered), value.column };
}

KennisCsvValue
kennis_csv_cell_value (KennisCsvBinding     *self,
                       const KennisTemplate *template,
                       const char           *text,
                       gsize                 length,
                       int                   column)
{
  KennisCsvValue value = said (self, template->parts, (KennisCsvValue) { text, length, column });

  return template->unit == KENNIS_CELL_LOWER ? in_small_letters (self, value) : value;
}

static KennisCsvValue
template_value (KennisCsvBinding *self, const KennisTemplate *template, int each)
{
  KennisCsvValue value = { NULL, 0, -1 };

  if (template->n_parts == 1)
    return part_value (self, template->parts, each);

  /* A text made of several parts needs all of them. */
  g_string_truncate (self->joined, 0);
  for (guint p = 0; p < template->n_parts; p++)
    {
      KennisCsvValue part = part_value (self, &template->parts[p], each);

      if (part.text == NULL)
        return part;
      g_string_append_len (self->joined, part.text, (gssize) part.length);
      value.column = value.column < 0 ? part.column : value.column;
    }
  value.text = template->n_parts > 0 ? self->joined->str : NULL;
  value.length = self->joined->len;

  return value;
}

KennisCsvValue
kennis_csv_value (KennisCsvBinding     *self,
                  const KennisTemplate *template,
                  int                   each)
{
  KennisCsvValue value = template_value (self, template, each);

  return template->unit == KENNIS_CELL_SCORE   ? kennis_csv_score (self, value)
         : template->unit == KENNIS_CELL_LOWER ? in_small_letters (self, value)
                                               : value;
}

gboolean
kennis_csv_is_ignored (KennisCsvBinding *self)
{
  const KennisMapping *mapping = self->mapping;

  for (guint i = 0; i < mapping->ignores->len; i++)
    if (kennis_csv_value (self, &g_array_index (mapping->ignores, KennisTemplate, i), -1).text != NULL)
      return TRUE;
  for (guint i = 0; i < mapping->keeps->len; i++)
    if (kennis_csv_value (self, &g_array_index (mapping->keeps, KennisTemplate, i), -1).text == NULL)
      return TRUE;

  return FALSE;
}

/* Lines and tabs in a cell become spaces: no text of a record has any. */
static void
clean (KennisCsvBinding *self, KennisCsvValue *value)
{
  gboolean had_space = FALSE;

  if (memchr (value->text, '\n', value->length) == NULL && memchr (value->text, '\r', value->length) == NULL
      && memchr (value->text, '\t', value->length) == NULL)
    return;
  g_string_truncate (self->cleaned, 0);
  for (gsize i = 0; i < value->length; i++)
    {
      gboolean is_space = value->text[i] == '\n' || value->text[i] == '\r' || value->text[i] == '\t';

      if (!is_space || !had_space)
        g_string_append_c (self->cleaned, is_space ? ' ' : value->text[i]);
      had_space = is_space;
    }
  value->text = self->cleaned->str;
  value->length = self->cleaned->len;
}

static const char *
yes_or_no (const char *text, gsize length)
{
  static const char *const yes[] = { "1", "true", "yes", "y", "ja", "oui", "waar", "vrai", "x" };
  static const char *const no[] = { "0", "false", "no", "n", "nee", "non", "onwaar", "faux" };

  for (guint i = 0; i < G_N_ELEMENTS (yes); i++)
    if (strlen (yes[i]) == length && g_ascii_strncasecmp (yes[i], text, length) == 0)
      return "yes";
  for (guint i = 0; i < G_N_ELEMENTS (no); i++)
    if (strlen (no[i]) == length && g_ascii_strncasecmp (no[i], text, length) == 0)
      return "no";

  return NULL;
}

static gboolean
convert_number (KennisCsvBinding *self, const KennisField *field, KennisCellUnit unit, KennisCsvValue value, gint64 *code,
                const char **accepted)
{
  guint scale = field->kind == KENNIS_KIND_MONEY     ? KENNIS_MONEY_SCALE
                : field->kind == KENNIS_KIND_INTEGER ? 0
                                                     : KENNIS_DECIMAL_SCALE;
  gboolean percent = unit == KENNIS_CELL_PERCENT || value.text[value.length - 1] == '%';

  if (value.text[value.length - 1] == '%')
    value.length--;
  while (value.length > 0 && value.text[value.length - 1] == ' ')
    value.length--;
  if (!kennis_csv_number (&self->rules, value.text, value.length, scale, code, accepted))
    return FALSE;
  if (percent)
    *code = *code / 100;

  return TRUE;
}

/* A word of the mapping's [words FIELD], or "*" for all others; NULL: the cell's own. */
static const char *
word_for (KennisCsvBinding *self, const KennisField *field, KennisCsvValue value)
{
  GHashTable *words = g_hash_table_lookup (self->mapping->words, field->name);
  g_autofree char *plain = NULL;
  const char *word;

  if (words == NULL)
    return NULL;
  plain = kennis_plain_name (value.text, (gssize) value.length);
  word = g_hash_table_lookup (words, plain);

  return word != NULL ? word : g_hash_table_lookup (words, "*");
}

gboolean
kennis_csv_convert (KennisCsvBinding     *self,
                    KennisReadJob        *job,
                    const KennisField    *field,
                    const KennisTemplate *template,
                    KennisCsvValue        value,
                    gint64               *code,
                    KennisTextProblem    *problem)
{
  const char *accepted = NULL,
             *word = g_hash_table_size (self->mapping->words) > 0 ? word_for (self, field, value) : NULL;
  gboolean ok;

  if (word != NULL)
    value = (KennisCsvValue) { word, strlen (word), value.column };
  if (value.length == 0)
    return TRUE;

  switch ((KennisKind) field->kind)
    {
    case KENNIS_KIND_TIME:
      ok = kennis_csv_time (&self->rules, value.text, value.length, template->unit, self->calendar, code, &accepted);
      if (ok)
        *code = kennis_reader_coarsen (job->reader, kennis_dataset_get_calendar (job->dataset), *code);
      break;
    case KENNIS_KIND_DURATION:
      ok = kennis_csv_duration (&self->rules, value.text, value.length, template->unit, job->reader->year_days, code,
                                &accepted);
      break;
    case KENNIS_KIND_MONEY:
    case KENNIS_KIND_SHARE:
    case KENNIS_KIND_DECIMAL:
    case KENNIS_KIND_INTEGER:
      ok = convert_number (self, field, template->unit, value, code, &accepted);
      break;
    case KENNIS_KIND_ANSWER:
      word = yes_or_no (value.text, value.length);
      return kennis_convert_text (job, field, word != NULL ? word : value.text,
                                  word != NULL ? strlen (word) : value.length, code, problem);
    case KENNIS_KIND_TEXT:
    case KENNIS_KIND_LIST:
    case KENNIS_KIND_PAIRS:
    case KENNIS_KIND_ENUM:
    default:
      clean (self, &value);
      return kennis_convert_text (job, field, value.text, value.length, code, problem);
    }
  if (ok)
    return TRUE;

  g_autofree char *shown = kennis_read_quote (value.text, value.length);
  problem->code = KENNIS_ERROR_INVALID;
  problem->problem = g_strdup_printf (_("“%s” is %s"), field->name, shown);
  problem->accepted = accepted != NULL ? _ (accepted) : NULL;

  return FALSE;
}
