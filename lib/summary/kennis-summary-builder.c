#include "config.h"

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "summary/kennis-activities-private.h"

struct _KennisSummaryBuilder
{
  KennisDraft draft;
  KennisActivities *activities;
  gboolean failed;      /* half a batch is in it */
};

static KennisSummaryBuilder *
new_with_calendar (KennisCalendar *calendar,
                   const char     *currency,
                   guint           n_threads)
{
  KennisSummaryBuilder *self = g_new0 (KennisSummaryBuilder, 1);

  kennis_draft_init (&self->draft, calendar, currency, n_threads);
  self->activities = kennis_activities_new (calendar, n_threads);

  return self;
}

KennisSummaryBuilder *
kennis_summary_builder_new (const char  *time_zone,
                            const char  *currency,
                            guint        n_threads,
                            GError     **error)
{
  g_autoptr (KennisCalendar) calendar = kennis_calendar_new (time_zone, error);

  return calendar != NULL ? new_with_calendar (calendar, currency, n_threads) : NULL;
}

KennisSummaryBuilder *
kennis_summary_builder_new_for (KennisDataset *dataset,
                                guint          n_threads)
{
  return new_with_calendar (dataset->calendar, dataset->currency, n_threads);
}

void
kennis_summary_builder_free (KennisSummaryBuilder *self)
{
  kennis_draft_clear (&self->draft);
  kennis_activities_free (self->activities);
  g_free (self);
}

static gboolean
check_fit (KennisSummaryBuilder  *self,
           KennisDataset         *dataset,
           GError               **error)
{
  const char *zone = kennis_calendar_get_id (self->draft.calendar);

  if (self->failed)
    {
      g_set_error_literal (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                           _("The summary's making failed before; accepted is a new beginning"));
      return FALSE;
    }
  if (!g_str_equal (zone, kennis_dataset_get_time_zone (dataset))
      || !g_str_equal (self->draft.currency, dataset->currency))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INCOMPATIBLE,
                   _("A dataset of %s and %s does not fit a summary of %s and %s; accepted are equal ones"),
                   kennis_dataset_get_time_zone (dataset), dataset->currency, zone, self->draft.currency);
      return FALSE;
    }

  return TRUE;
}

static gboolean
add_rows (KennisSummaryBuilder  *self,
          KennisDataset         *dataset,
          gboolean               events,
          GError               **error)
{
  for (guint type = 0; type < KENNIS_N_RECORD_TYPES; type++)
    if (type != KENNIS_RECORD_TYPE_ACTIVITY && kennis_schema_get (type)->is_event == events
        && !kennis_draft_add_rows (&self->draft, dataset, type, error))
      return FALSE;

  return TRUE;
}

gboolean
kennis_summary_builder_add (KennisSummaryBuilder  *self,
                            KennisDataset         *batch,
                            KennisProgressSink    *sink,
                            GCancellable          *cancellable,
                            GError               **error)
{
  if (!check_fit (self, batch, error))
    return FALSE;

  self->failed = TRUE;
  if (!kennis_draft_map (&self->draft, batch, error) || !add_rows (self, batch, TRUE, error)
      || !kennis_activities_add (self->activities, &self->draft, batch, sink, cancellable, error))
    return FALSE;
  self->failed = FALSE;

  return TRUE;
}

const KennisPlainSink *
kennis_summary_builder_plain_sink (KennisSummaryBuilder  *self,
                                   KennisDataset         *dataset,
                                   guint                  n_threads,
                                   GError               **error)
{
  if (!check_fit (self, dataset, error) || !kennis_draft_follow (&self->draft, dataset))
    return NULL;

  return kennis_activities_plain_sink (self->activities, n_threads);
}

KennisSummary *
kennis_summary_builder_finish (KennisSummaryBuilder  *self,
                               KennisDataset         *reference,
                               const char * const    *fingerprints,
                               GError               **error)
{
  if (!check_fit (self, reference, error))
    return NULL;

  self->failed = TRUE; /* what it held is in the summary now */
  if (!kennis_draft_map (&self->draft, reference, error) || !add_rows (self, reference, FALSE, error))
    return NULL;
  for (guint i = 0; fingerprints != NULL && fingerprints[i] != NULL; i++)
    if (!kennis_draft_add_source (&self->draft, fingerprints[i], error))
      return NULL;
  if (!kennis_activities_finish (self->activities, &self->draft, error))
    return NULL;

  return kennis_draft_finish (&self->draft, NULL, error);
}
