#include "config.h"

#include "read/kennis-csv-straight-private.h"

/* Which of a plan's cells may go straight into a summary, and how. */

static KennisCsvStraightKind
kind_of (const KennisCsvStep *step)
{
  switch (step->field)
    {
    case KENNIS_ACTIVITY_ID:
    case KENNIS_ACTIVITY_SESSION:
    case KENNIS_ACTIVITY_REQUESTED:
      return KENNIS_CSV_STRAIGHT_NEVER;
    default:
      break;
    }
  switch (step->kind)
    {
    case KENNIS_CSV_STEP_TIME:
      return KENNIS_CSV_STRAIGHT_TIME;
    case KENNIS_CSV_STEP_DURATION:
      return step->template->unit == KENNIS_CELL_HOURS ? KENNIS_CSV_STRAIGHT_HOURS : KENNIS_CSV_STRAIGHT_DURATION;
    case KENNIS_CSV_STEP_NUMBER:
      return KENNIS_CSV_STRAIGHT_MONEY;
    case KENNIS_CSV_STEP_WORD:
      return kennis_plain_shift (step->field) >= 0 ? KENNIS_CSV_STRAIGHT_CODE : KENNIS_CSV_STRAIGHT_TEXT;
    case KENNIS_CSV_STEP_TEXT:
    case KENNIS_CSV_STEP_FILTER:
    default:
      return KENNIS_CSV_STRAIGHT_NEVER;
    }
}

static void
straighten (const KennisCsvPlan *plan, const KennisCsvStep *step, KennisCsvStraightStep *out)
{
  *out = (KennisCsvStraightStep) { .field = (guint8) step->field, .column = step->column };
  if (step->kind == KENNIS_CSV_STEP_FILTER)
    {
      /* It says nothing of any field. */
      out->kind = KENNIS_CSV_STRAIGHT_FILTER;
      out->field = KENNIS_ACTIVITY_ID;
      out->keeps = (guint8) step->keeps;
      return;
    }
  out->kind = (guint8) kind_of (step);
  /* Marks between thousands, and units of amounts: by the general rules. */
  if (out->kind == KENNIS_CSV_STRAIGHT_MONEY
      && (plan->rules.thousands[0] != '\0' || step->template->unit != KENNIS_CELL_NONE))
    out->kind = KENNIS_CSV_STRAIGHT_NEVER;
  if (out->kind == KENNIS_CSV_STRAIGHT_HOURS && plan->rules.thousands[0] != '\0')
    out->kind = KENNIS_CSV_STRAIGHT_DURATION;
  if (out->kind == KENNIS_CSV_STRAIGHT_CODE)
    {
      out->shift = (guint8) kennis_plain_shift (step->field);
      out->mask = G_MAXUINT32;
    }
}

/* Then a header that comes again is seen by its first cell, which is no word that was in a record. */
static gboolean
begins_with_word (const KennisCsvPlan *self)
{
  const KennisCsvStep *step = &g_array_index (self->steps, KennisCsvStep, 0);

  return step->kind == KENNIS_CSV_STEP_WORD || step->kind == KENNIS_CSV_STEP_TEXT;
}

gboolean
kennis_csv_plan_straighten (KennisCsvPlan *self, KennisCsvRead *read, GError **error)
{
  KennisReadJob *job = read->job;
  const KennisMapRecord *record = g_array_index (self->shapes, KennisCsvShape, 0).record;
  g_autoptr (GError) cause = NULL;
  const KennisPlainSink *sink;

  if (job->plain == NULL || job->reader->no_straight_way || self->shapes->len != 1
      || record->schema->type != KENNIS_RECORD_TYPE_ACTIVITY || !begins_with_word (self))
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
  self->straight->needs = record->needs | KENNIS_PLAIN_BIT (KENNIS_ACTIVITY_PERSON);
  self->straight->steps = g_new0 (KennisCsvStraightStep, self->steps->len);
  memcpy (self->straight->ranges, job->dataset->tables[KENNIS_RECORD_TYPE_ACTIVITY].ordinary,
          sizeof self->straight->ranges);
  for (guint s = 0; s < self->steps->len; s++)
    straighten (self, &g_array_index (self->steps, KennisCsvStep, s), &self->straight->steps[s]);

  return TRUE;
}

void
kennis_csv_straight_plan_free (KennisCsvStraightPlan *self)
{
  g_free (self->steps);
  g_free (self);
}
