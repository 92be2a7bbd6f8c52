#include "config.h"

#include "read/kennis-csv-straight-private.h"

/* Which of a plan's cells may go straight into a summary, and how. */

static KennisCsvStraightKind
kind_of_word (guint field)
{
  switch (field)
    {
    case KENNIS_ACTIVITY_PERSON:
      return KENNIS_CSV_STRAIGHT_PERSON;
    case KENNIS_ACTIVITY_DURATION:
    case KENNIS_ACTIVITY_COST:
      return KENNIS_CSV_STRAIGHT_AMOUNT;
    case KENNIS_ACTIVITY_START:
    case KENNIS_ACTIVITY_ENDED:
    case KENNIS_ACTIVITY_DECIDED:
    case KENNIS_ACTIVITY_APPLIED:
    case KENNIS_ACTIVITY_EVALUATED:
      return KENNIS_CSV_STRAIGHT_TIME;
    default:
      return field == KENNIS_ACTIVITY_TOPIC || kennis_plain_shift (field) >= 0 ? KENNIS_CSV_STRAIGHT_KIND
                                                                               : KENNIS_CSV_STRAIGHT_NEVER;
    }
}

/* Marks between thousands, and units of amounts: by the general rules. */
static KennisCsvStraightKind
kind_of (const KennisCsvPlan *plan, const KennisCsvStep *step)
{
  gboolean has_marks = plan->rules.thousands[0] != '\0';

  if (step->field == KENNIS_ACTIVITY_ID || step->field == KENNIS_ACTIVITY_SESSION
      || step->field == KENNIS_ACTIVITY_REQUESTED)
    return KENNIS_CSV_STRAIGHT_NEVER;
  switch (step->kind)
    {
    case KENNIS_CSV_STEP_TIME:
      return KENNIS_CSV_STRAIGHT_TIME;
    case KENNIS_CSV_STEP_DURATION:
      return step->template->unit == KENNIS_CELL_HOURS && !has_marks ? KENNIS_CSV_STRAIGHT_HOURS
                                                                     : KENNIS_CSV_STRAIGHT_DURATION;
    case KENNIS_CSV_STEP_NUMBER:
      return step->template->unit == KENNIS_CELL_NONE && !has_marks ? KENNIS_CSV_STRAIGHT_MONEY
                                                                    : KENNIS_CSV_STRAIGHT_NEVER;
    case KENNIS_CSV_STEP_WORD:
      return kind_of_word (step->field);
    case KENNIS_CSV_STEP_TEXT:
    case KENNIS_CSV_STEP_FILTER:
    default:
      return KENNIS_CSV_STRAIGHT_NEVER;
    }
}

static void
straighten (const KennisCsvPlan *plan, const KennisCsvStep *step, guint32 needs, KennisCsvStraightStep *out)
{
  gboolean is_filter = step->kind == KENNIS_CSV_STEP_FILTER,
           is_needed = is_filter ? step->keeps : (needs >> step->field & 1) != 0;

  *out = (KennisCsvStraightStep) { .field = (guint8) step->field,
                                   .is_last = step->column == plan->n_cells - 1,
                                   .column = step->column,
                                   .if_empty = is_needed ? KENNIS_CSV_STRAIGHT_OTHER : 0 };
  /* A filter says nothing of any field. */
  out->kind = is_filter ? KENNIS_CSV_STRAIGHT_KIND : (guint8) kind_of (plan, step);
  out->bit = is_filter ? 0 : kennis_plain_kind (1u << step->field, 0);
}

/* Then a header that comes again is seen by its first cell, which is no word that was in a record. */
static gboolean
begins_with_word (const KennisCsvPlan *self)
{
  const KennisCsvStep *step = &g_array_index (self->steps, KennisCsvStep, 0);

  return step->kind == KENNIS_CSV_STEP_WORD || step->kind == KENNIS_CSV_STEP_TEXT;
}

/* Is there a column for each of the fields? */
static gboolean
has_columns (const KennisCsvPlan *self, guint32 fields)
{
  for (guint s = 0; s < self->steps->len; s++)
    {
      const KennisCsvStep *step = &g_array_index (self->steps, KennisCsvStep, s);

      if (step->kind != KENNIS_CSV_STEP_FILTER)
        fields &= ~(1u << step->field);
    }

  return fields == 0;
}

gboolean
kennis_csv_plan_straighten (KennisCsvPlan *self, KennisCsvRead *read, GError **error)
{
  KennisReadJob *job = read->job;
  const KennisMapRecord *record = g_array_index (self->shapes, KennisCsvShape, 0).record;
  g_autoptr (GError) cause = NULL;
  const guint32 needs = record->needs | 1u << KENNIS_ACTIVITY_PERSON;
  const KennisPlainSink *sink;

  if (job->plain == NULL || job->reader->no_straight_way || self->shapes->len != 1
      || record->schema->type != KENNIS_RECORD_TYPE_ACTIVITY || !begins_with_word (self) || !has_columns (self, needs))
    return TRUE;
  sink = job->plain (job->dataset, job->batch_data, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (sink == NULL)
    return TRUE;

  self->straight = g_new0 (KennisCsvStraightPlan, 1);
  self->straight->sink = sink;
  self->straight->steps = g_new0 (KennisCsvStraightStep, self->steps->len);
  memcpy (self->straight->ranges, job->dataset->tables[KENNIS_RECORD_TYPE_ACTIVITY].ordinary,
          sizeof self->straight->ranges);
  for (guint s = 0; s < self->steps->len; s++)
    straighten (self, &g_array_index (self->steps, KennisCsvStep, s), needs, &self->straight->steps[s]);

  return TRUE;
}

void
kennis_csv_straight_plan_free (KennisCsvStraightPlan *self)
{
  g_free (self->steps);
  g_free (self);
}
