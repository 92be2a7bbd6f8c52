#include "config.h"

#include "read/kennis-csv-plan-private.h"

static gboolean
is_one_column (const KennisTemplate *template)
{
  return template->n_parts == 1 && template->parts[0].kind == KENNIS_PART_COLUMN;
}

static int
column_of (const KennisCsvBinding *binding, const KennisTemplate *template)
{
  return binding->columns[template->parts[0].index];
}

static gboolean
add_filters (KennisCsvPlan *self, const KennisCsvBinding *binding, const GArray *templates, gboolean keeps)
{
  for (guint i = 0; i < templates->len; i++)
    {
      const KennisTemplate *template = &g_array_index (templates, KennisTemplate, i);
      KennisCsvStep step = { .kind = KENNIS_CSV_STEP_FILTER, .template = template, .keeps = keeps };

      if (!is_one_column (template))
        return FALSE;
      if (column_of (binding, template) < 0)
        {
          if (keeps)
            return FALSE;
          continue;
        }
      step.column = (guint) column_of (binding, template);
      g_array_append_val (self->steps, step);
    }

  return TRUE;
}

/* Words of a mapping and cells that say nothing are looked up by text, so every field that has some is one of words. */
static KennisCsvStepKind
kind_of (const KennisMapping *mapping, const KennisField *field, const KennisTemplate *template)
{
  gboolean is_direct = g_hash_table_size (mapping->empties) == 0 && template->parts[0].regex == NULL
                       && !g_hash_table_contains (mapping->words, field->name);

  switch ((KennisKind) field->kind)
    {
    case KENNIS_KIND_TIME:
      return is_direct ? KENNIS_CSV_STEP_TIME : KENNIS_CSV_STEP_WORD;
    case KENNIS_KIND_DURATION:
      return is_direct ? KENNIS_CSV_STEP_DURATION : KENNIS_CSV_STEP_WORD;
    case KENNIS_KIND_MONEY:
    case KENNIS_KIND_SHARE:
    case KENNIS_KIND_DECIMAL:
    case KENNIS_KIND_INTEGER:
      return is_direct ? KENNIS_CSV_STEP_NUMBER : KENNIS_CSV_STEP_WORD;
    case KENNIS_KIND_TEXT:
      return (field->flags & KENNIS_FIELD_ID) != 0 || field->space == KENNIS_SPACE_SESSION ? KENNIS_CSV_STEP_TEXT
                                                                                           : KENNIS_CSV_STEP_WORD;
    case KENNIS_KIND_ANSWER:
    case KENNIS_KIND_ENUM:
    case KENNIS_KIND_LIST:
    case KENNIS_KIND_PAIRS:
    default:
      return KENNIS_CSV_STEP_WORD;
    }
}

/* One field from one column, or from none. */
static gboolean
add_field (KennisCsvPlan *self, KennisCsvRead *read, const KennisMapRecord *record, const KennisMapField *map, guint32 *seen)
{
  const KennisField *field = &record->schema->fields[map->field];
  KennisCsvStep step = { .record = self->shapes->len - 1,
                         .field = map->field,
                         .schema_field = field,
                         .template = &map->template };

  /* Answers that are no scores are counted row by row. */
  if (!is_one_column (&map->template) || map->template.unit == KENNIS_CELL_SCORE)
    return FALSE;
  if (column_of (&read->binding, &map->template) < 0)
    return TRUE;
  if (field->kind == KENNIS_KIND_LIST || field->kind == KENNIS_KIND_PAIRS || (*seen & 1u << map->field) != 0)
    return FALSE;
  *seen |= 1u << map->field;
  step.column = (guint) column_of (&read->binding, &map->template);
  step.kind = kind_of (read->binding.mapping, field, &map->template);
  step.scale = field->kind == KENNIS_KIND_MONEY     ? KENNIS_MONEY_SCALE
               : field->kind == KENNIS_KIND_INTEGER ? 0
                                                    : KENNIS_DECIMAL_SCALE;
  g_array_append_val (self->steps, step);

  return TRUE;
}

static gboolean
add_record (KennisCsvPlan *self, KennisCsvRead *read, const KennisMapRecord *record)
{
  KennisCsvShape shape = { .record = record };
  guint32 seen = 0;

  if (record->each != NULL || record->when.n_parts > 0 || record->unless.n_parts > 0)
    return FALSE;
  for (guint f = 0; f < record->schema->n_fields; f++)
    shape.codes[f] = kennis_field_unknown (&record->schema->fields[f]);
  g_array_append_val (self->shapes, shape);
  for (guint f = 0; f < record->fields->len; f++)
    if (!add_field (self, read, record, &g_array_index (record->fields, KennisMapField, f), &seen))
      return FALSE;

  return TRUE;
}

gboolean
kennis_csv_plan_init (KennisCsvPlan *self, KennisCsvRead *read)
{
  KennisMapping *mapping = read->binding.mapping;
  gboolean ok = mapping->end == NULL && !read->job->reader->only_reference;

  *self = (KennisCsvPlan) { .n_cells = read->binding.n_header,
                            .delimiter = read->choice.delimiter,
                            .rules = read->binding.rules,
                            .calendar = read->binding.calendar,
                            .days = kennis_dataset_get_calendar (read->job->dataset),
                            .reader = read->job->reader };
  self->steps = g_array_new (FALSE, FALSE, sizeof (KennisCsvStep));
  self->shapes = g_array_new (FALSE, FALSE, sizeof (KennisCsvShape));
  for (guint r = 0; ok && r < mapping->records->len; r++)
    ok = add_record (self, read, mapping->records->pdata[r]);
  ok = ok && self->steps->len > 0 && add_filters (self, &read->binding, mapping->ignores, FALSE)
       && add_filters (self, &read->binding, mapping->keeps, TRUE);
  if (ok)
    {
      self->first_name = read->binding.header[g_array_index (self->steps, KennisCsvStep, 0).column];
      self->first_length = strlen (self->first_name);
    }

  return ok;
}

void
kennis_csv_plan_clear (KennisCsvPlan *self)
{
  g_clear_pointer (&self->straight, kennis_csv_straight_plan_free);
  g_array_unref (self->steps);
  g_array_unref (self->shapes);
}
