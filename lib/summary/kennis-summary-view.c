#include "config.h"

#include "summary/kennis-draft-private.h"

/* The times at which something happened.  What is planned or due may lie far ahead and does not count. */
static const struct
{
  KennisRecordType type;
  guint field;
} happened[] = {
  { KENNIS_RECORD_TYPE_SHARING, KENNIS_SHARING_TIME },   { KENNIS_RECORD_TYPE_MOMENT, KENNIS_MOMENT_TIME },
  { KENNIS_RECORD_TYPE_TALK, KENNIS_TALK_HELD },         { KENNIS_RECORD_TYPE_GOAL, KENNIS_GOAL_SET },
  { KENNIS_RECORD_TYPE_GOAL, KENNIS_GOAL_REACHED },      { KENNIS_RECORD_TYPE_RESPONSE, KENNIS_RESPONSE_TIME },
};

static void
widen (KennisSummaryView *view,
       gint64             time)
{
  if (time == KENNIS_UNKNOWN)
    return;
  if (view->first_time == KENNIS_UNKNOWN || time < view->first_time)
    view->first_time = time;
  if (view->last_time == KENNIS_UNKNOWN || time > view->last_time)
    view->last_time = time;
}

void
kennis_summary_make_view (KennisSummary *self)
{
  KennisSummaryView *view = &self->view;
  const KennisTotal *totals = self->totals.data;

  *view = (KennisSummaryView) {
    .facts = self->facts,
    .cells = self->sections[KENNIS_SECTION_CELLS].data,
    .n_cells = self->sections[KENNIS_SECTION_CELLS].n,
    .spells = self->sections[KENNIS_SECTION_COMPLETIONS].data,
    .n_spells = self->sections[KENNIS_SECTION_COMPLETIONS].n,
    .requests = self->sections[KENNIS_SECTION_REQUESTS].data,
    .n_requests = self->sections[KENNIS_SECTION_REQUESTS].n,
    .attended = self->sections[KENNIS_SECTION_ATTENDED].data,
    .n_attended = self->sections[KENNIS_SECTION_ATTENDED].n,
    .first_time = KENNIS_UNKNOWN,
    .last_time = KENNIS_UNKNOWN,
  };

  for (gsize i = 0; i < self->totals.n; i++)
    {
      view->n_activities += totals[i].n;
      widen (view, totals[i].first);
      widen (view, totals[i].last);
      for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
        view->n_known[f] += totals[i].n_known[f];
    }
  for (guint i = 0; i < G_N_ELEMENTS (happened); i++)
    {
      const KennisTable *table = &self->facts->tables[happened[i].type];

      for (guint32 row = 0; row < table->n_rows; row++)
        widen (view, kennis_column_get (&table->columns[happened[i].field], row));
    }
}

void
kennis_summary_view (KennisSummary     *self,
                     KennisSummaryView *view)
{
  *view = self->view;
}
