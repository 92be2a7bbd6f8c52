#include "config.h"

#include "read/kennis-csv-read-private.h"

#include <string.h>

/* Is what begins here, up to where it ends, made of groups of three digits, with the mark between them? */
static gboolean
has_groups (const char *text, const char *end, char mark)
{
  gsize n = 0;

  while (text < end && g_ascii_isdigit (*text) && n < 4)
    text++, n++;
  if (n == 0 || n > 3)
    return FALSE;
  for (; text < end; text += 4)
    if (end - text < 4 || *text != mark || !g_ascii_isdigit (text[1]) || !g_ascii_isdigit (text[2])
        || !g_ascii_isdigit (text[3]))
      return FALSE;

  return TRUE;
}

static gboolean
is_digits (const char *text, const char *end)
{
  while (text < end && g_ascii_isdigit (*text))
    text++;

  return text == end;
}

/* One mark of this kind and none of the other one: "1,500" may be both, "1,5" and "0,500" may not. */
static guint
one_mark (const char *text, const char *mark, const char *end, guint proves)
{
  if (!is_digits (text, mark) || !is_digits (mark + 1, end) || end - mark < 2)
    return 0;

  return end - mark == 4 && mark > text && *text != '0' && mark - text <= 3 ? 0 : proves;
}

guint
kennis_csv_number_marks (const char *text,
                         gsize       length)
{
  const char *end = text + length, *comma, *point;

  if (text < end && end[-1] == '%')
    end--;
  while (text < end && end[-1] == ' ')
    end--;
  if (text < end && (*text == '-' || *text == '+'))
    text++;
  comma = memchr (text, ',', (gsize) (end - text));
  point = memchr (text, '.', (gsize) (end - text));
  if (comma != NULL && point == NULL)
    return memchr (comma + 1, ',', (gsize) (end - comma - 1)) == NULL
               ? one_mark (text, comma, end, KENNIS_CSV_MARK_COMMA)
           : has_groups (text, end, ',') ? KENNIS_CSV_MARK_POINT
                                         : 0;
  if (point != NULL && comma == NULL)
    return memchr (point + 1, '.', (gsize) (end - point - 1)) == NULL
               ? one_mark (text, point, end, KENNIS_CSV_MARK_POINT)
               : 0;
  if (comma == NULL)
    return 0;
  if (point < comma)
    return has_groups (text, comma, '.') && is_digits (comma + 1, end) && end - comma > 1
               ? KENNIS_CSV_MARK_COMMA | KENNIS_CSV_MARK_THOUSANDS
               : 0;

  return has_groups (text, point, ',') && is_digits (point + 1, end) ? KENNIS_CSV_MARK_POINT : 0;
}

static gboolean
is_of_number (const KennisField *field, const KennisTemplate *template)
{
  switch ((KennisKind) field->kind)
    {
    case KENNIS_KIND_DURATION:
      return template->unit != KENNIS_CELL_NONE;
    case KENNIS_KIND_MONEY:
    case KENNIS_KIND_SHARE:
    case KENNIS_KIND_DECIMAL:
      return TRUE;
    case KENNIS_KIND_TEXT:
    case KENNIS_KIND_TIME:
    case KENNIS_KIND_INTEGER:
    case KENNIS_KIND_ANSWER:
    case KENNIS_KIND_LIST:
    case KENNIS_KIND_PAIRS:
    case KENNIS_KIND_ENUM:
    default:
      return FALSE;
    }
}

static guint
marks_of_row (KennisCsvBinding *self, const KennisMapRecord *record, char **example, guint *column)
{
  guint marks = 0;

  for (guint f = 0; f < record->fields->len; f++)
    {
      const KennisMapField *field = &g_array_index (record->fields, KennisMapField, f);
      KennisCsvValue value;
      guint shown;

      if (!is_of_number (&record->schema->fields[field->field], &field->template)
          || kennis_template_uses_each (&field->template))
        continue;
      value = kennis_csv_value (self, &field->template, -1);
      shown = value.text != NULL ? kennis_csv_number_marks (value.text, value.length) : 0;
      if ((shown & KENNIS_CSV_MARK_COMMA) != 0 && (*example == NULL || shown > KENNIS_CSV_MARK_COMMA))
        {
          g_free (*example);
          *example = kennis_read_quote (value.text, value.length);
          *column = value.column >= 0 ? (guint) value.column : 0;
        }
      marks |= shown;
    }

  return marks;
}

guint
kennis_csv_find_marks (KennisCsvBinding *self,
                       const char       *text,
                       gsize             length,
                       char              delimiter,
                       guint             skip_rows,
                       char            **example,
                       guint            *column)
{
  const KennisCsvRow *own = self->row;
  guint marks = 0;
  KennisCsvRow row;
  gsize at = 0, used;

  *example = NULL;
  kennis_csv_row_init (&row, delimiter);
  self->row = &row;
  for (guint n = 0; kennis_csv_row_feed (&row, text + at, length - at, &used); n++, at += used)
    for (guint r = 0; n >= skip_rows && r < self->mapping->records->len; r++)
      marks |= marks_of_row (self, self->mapping->records->pdata[r], example, column);
  self->row = own;
  kennis_csv_row_clear (&row);

  return marks;
}
