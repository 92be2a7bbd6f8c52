#pragma once

#include "summary/kennis-draft-private.h"

/* What the activities of batch after batch add up to.  Sums are exact integers, so neither the order of the rows nor
 * the number of threads can change them. */
typedef struct _KennisActivities KennisActivities;

KennisActivities *kennis_activities_new    (KennisCalendar *calendar, guint n_threads);
void              kennis_activities_free   (KennisActivities *self);
/* Takes in the dataset's activities; the draft maps its texts.  After an error no more can be added. */
gboolean          kennis_activities_add    (KennisActivities *self, const KennisDraft *draft, KennisDataset *dataset,
                                            KennisProgressSink *sink, GCancellable *cancellable, GError **error);
/* Moves all into the draft; false where a sum overflows. */
gboolean          kennis_activities_finish (KennisActivities *self, KennisDraft *draft, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisActivities, kennis_activities_free)

/* kennis-activities-rows.c: one row as elements of the sections. */
typedef struct _KennisRowSink KennisRowSink;
struct _KennisRowSink
{
  const KennisCalendar *calendar;
  /* Takes an element of the section over. */
  void (*emit) (KennisRowSink *self, KennisSection section, gconstpointer element);
};

/* codes: of the activity, with the draft's indices.  Gives the counting time. */
gint64 kennis_activities_row (KennisRowSink *sink, const gint64 *codes);
