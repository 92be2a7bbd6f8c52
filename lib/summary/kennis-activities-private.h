#pragma once

#include "dataset/kennis-plain-private.h"
#include "summary/kennis-draft-private.h"

/* What the activities of batch after batch add up to.  Sums are exact integers, so neither the order of the rows nor
 * the number of threads can change them. */
typedef struct _KennisActivities KennisActivities;

KennisActivities *kennis_activities_new    (KennisCalendar *calendar, guint n_threads);
void              kennis_activities_free   (KennisActivities *self);
/* Takes in the dataset's activities; the draft maps its texts.  After an error no more can be added. */
gboolean          kennis_activities_add    (KennisActivities *self, const KennisDraft *draft, KennisDataset *dataset,
                                            KennisProgressSink *sink, GCancellable *cancellable, GError **error);
/* Takes activities from threads of others, as many as it says, while no batch is at its end; it lives as long as self. */
const KennisPlainSink *kennis_activities_plain_sink (KennisActivities *self, guint n_threads);
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
/* Parts of it, for those who have done the rest: a request, where it is one, and taking part in a session. */
void   kennis_activities_request  (KennisRowSink *sink, guint32 person, KennisStatus status, gint64 requested, gint64 decided,
                                   gint32 counted_day);
void   kennis_activities_attended (KennisRowSink *sink, guint32 session, guint32 person);

/* kennis-activities-block.c: some rows, field after field, as long as they stay in a processor's cache. */
#define KENNIS_BLOCK_ROWS  512u              /* whole blocks make a page */
#define KENNIS_BLOCK_LARGE 31u

typedef struct
{
  guint   n;
  gsize   first;                             /* row of the table */
  guint32 known[KENNIS_BLOCK_ROWS];          /* bit f: field f is known; KENNIS_BLOCK_LARGE: duration or cost are no guint32 */
  guint32 person[KENNIS_BLOCK_ROWS], topic[KENNIS_BLOCK_ROWS], session[KENNIS_BLOCK_ROWS];   /* the draft's indices */
  KennisCodes codes[KENNIS_BLOCK_ROWS];
  gint64  start[KENNIS_BLOCK_ROWS], counted[KENNIS_BLOCK_ROWS], applied[KENNIS_BLOCK_ROWS];   /* anything where not known */
  gint32  start_day[KENNIS_BLOCK_ROWS], counted_day[KENNIS_BLOCK_ROWS], applied_day[KENNIS_BLOCK_ROWS];
  guint32 duration[KENNIS_BLOCK_ROWS], cost[KENNIS_BLOCK_ROWS];                               /* 0 where not known, or large */
  guint32 kind[KENNIS_BLOCK_ROWS], when[KENNIS_BLOCK_ROWS];  /* of a plain row: without topic, and without person */
  guint32 odd[KENNIS_BLOCK_ROWS];            /* 0: a plain row, and nothing beside; else have a closer look */
} KennisActivityBlock;

/* Reads n rows; other fields are read for the rows that need them, by kennis_activity_block_get_row(). */
void     kennis_activity_block_read     (KennisActivityBlock *self, const KennisTable *table, const KennisDraft *draft,
                                         const KennisCalendar *calendar, gsize first, guint n);
/* Is an odd row a plain one all the same? */
gboolean kennis_activity_block_is_plain (const KennisActivityBlock *self, guint i);
/* All fields of one row, with the draft's indices. */
void     kennis_activity_block_get_row  (const KennisActivityBlock *self, const KennisTable *table, const KennisDraft *draft,
                                         guint i, gint64 *codes);
