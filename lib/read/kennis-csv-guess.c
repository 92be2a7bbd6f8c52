#include "config.h"

#include "read/kennis-csv-read-private.h"

/* What the first rows of a table show of how it writes dates and numbers. */

typedef struct _Look Look;

struct _Look
{
  KennisCsvBinding *binding;
  gboolean        (*is_asked) (const KennisField *field, const KennisTemplate *template);
  /* A cell; true: it is the example. */
  gboolean        (*take)     (Look *self, const char *text, gsize length);
  guint             found;
  char            **example;
  guint            *column;
};

static void
look_at_value (Look *self, const KennisTemplate *template, int each)
{
  KennisCsvValue value = kennis_csv_value (self->binding, template, each);

  if (value.text == NULL || !self->take (self, value.text, value.length))
    return;
  g_free (*self->example);
  *self->example = kennis_read_quote (value.text, value.length);
  *self->column = value.column >= 0 ? (guint) value.column : 0;
}

/* Of what stands in each of many columns, only scores are sure to be of the kind that the field says. */
static void
look_at_row (Look *self, guint r)
{
  const KennisMapRecord *record = self->binding->mapping->records->pdata[r];
  const GArray *each = self->binding->each[r];

  for (guint f = 0; f < record->fields->len; f++)
    {
      const KennisMapField *field = &g_array_index (record->fields, KennisMapField, f);

      if (!self->is_asked (&record->schema->fields[field->field], &field->template))
        continue;
      if (!kennis_template_uses_each (&field->template))
        look_at_value (self, &field->template, -1);
      for (guint i = 0; field->template.unit == KENNIS_CELL_SCORE && each != NULL && i < each->len; i++)
        look_at_value (self, &field->template, (int) g_array_index (each, guint, i));
    }
}

static guint
look (Look *self, const char *text, gsize length, gboolean is_all, char delimiter, guint skip_rows)
{
  KennisCsvBinding *binding = self->binding;
  const KennisCsvRow *own = binding->row;
  KennisCsvRow row;
  gsize at = 0, used;

  kennis_csv_row_init (&row, delimiter);
  binding->row = &row;
  for (guint n = 0;
       kennis_csv_row_feed (&row, text + at, length - at, &used) || (is_all && kennis_csv_row_finish (&row));
       n++, at += used)
    for (guint r = 0; n >= skip_rows && r < binding->mapping->records->len; r++)
      look_at_row (self, r);
  binding->row = own;
  kennis_csv_row_clear (&row);

  return self->found;
}

/* ── Numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

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

static gboolean
take_marks (Look *self, const char *text, gsize length)
{
  guint shown = kennis_csv_number_marks (text, length), before = self->found;

  self->found |= shown;

  return shown != 0
         && (*self->example == NULL || (before <= KENNIS_CSV_MARK_ALL_DECIMAL && shown > KENNIS_CSV_MARK_ALL_DECIMAL));
}

guint
kennis_csv_find_marks (KennisCsvBinding *self,
                       const char       *text,
                       gsize             length,
                       gboolean          is_all,
                       char              delimiter,
                       guint             skip_rows,
                       char            **example,
                       guint            *column)
{
  Look marks = { self, is_of_number, take_marks, 0, example, column };

  *example = NULL;

  return look (&marks, text, length, is_all, delimiter, skip_rows);
}

/* ── Dates ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static gboolean
is_of_time (const KennisField *field, const KennisTemplate *template)
{
  return field->kind == KENNIS_KIND_TIME && template->unit == KENNIS_CELL_NONE;
}

/* The orders that all dates may have. */
static gboolean
take_orders (Look *self, const char *text, gsize length)
{
  guint possible = kennis_csv_date_orders (text, length);

  if (possible == 0)
    return FALSE;
  self->found &= possible;

  return *self->example == NULL || possible != 3;
}

gboolean
kennis_csv_find_order (KennisCsvBinding *self,
                       const char       *text,
                       gsize             length,
                       gboolean          is_all,
                       char              delimiter,
                       guint             skip_rows,
                       char            **example,
                       guint            *column,
                       gboolean         *was_found)
{
  Look orders = { self, is_of_time, take_orders, 3, example, column };
  guint found;

  *example = NULL;
  *was_found = FALSE;
  if (self->rules.dates != KENNIS_DATES_ISO)
    return TRUE;
  found = look (&orders, text, length, is_all, delimiter, skip_rows);
  if (*example == NULL)
    return TRUE;
  if (found != 1 && found != 2)
    return FALSE;
  self->rules.dates = found == 1 ? KENNIS_DATES_DMY : KENNIS_DATES_MDY;
  *was_found = TRUE;

  return TRUE;
}
