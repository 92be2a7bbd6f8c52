#pragma once

#include <kennis/kennis-summary.h>

#include "base/kennis-progress-private.h"
#include "dataset/kennis-dataset-private.h"
#include "dataset/kennis-plain-private.h"

/* What the coded fields of a cell's or spell's activities are, packed: form 4 bits, setting 3, approach 3,
 * initiative 2, status 4, external 2. */
typedef guint32 KennisCodes;

#define KENNIS_CODES_FORM(c)       ((KennisForm) ((c) & 15))
#define KENNIS_CODES_SETTING(c)    ((KennisSetting) (((c) >> 4) & 7))
#define KENNIS_CODES_APPROACH(c)   ((KennisApproach) (((c) >> 7) & 7))
#define KENNIS_CODES_INITIATIVE(c) ((KennisInitiative) (((c) >> 10) & 3))
#define KENNIS_CODES_STATUS(c)     ((KennisStatus) (((c) >> 12) & 15))
#define KENNIS_CODES_EXTERNAL(c)   ((KennisAnswer) (((c) >> 16) & 3))
#define KENNIS_CODES(form, setting, approach, initiative, status, external) \
  ((KennisCodes) ((form) | (setting) << 4 | (approach) << 7 | (initiative) << 10 | (status) << 12 | (external) << 16))

/* Section "cells".  An activity counts (n, n_timed, n_costed, n_evaluated, cost) in the local month of its counting time: ended, else
 * start, else requested.  Its duration is spread evenly over the time from start to ended, so that it may lie in several months: the part in
 * the months up to month m is floor (duration × elapsed_m / (ended − start)), exactly (128-bit); without both times it lies where it counts. */
typedef struct
{
  guint32     person;      /* index in the summary's space PERSON */
  gint32      month;
  guint32     topic;       /* index in the space TOPIC, or KENNIS_INTERN_NONE */
  KennisCodes codes;
  gint64      n;           /* activities */
  gint64      n_timed;     /* of them with a duration */
  gint64      n_costed;    /* with a cost */
  gint64      n_evaluated; /* with an evaluation time */
  gint64      duration;    /* ms */
  gint64      cost;        /* 1/10 000 */
} KennisCell;

/* Section "completions": follow-up of activities by day.  Statuses ENROLLED, COMPLETED and ABANDONED: day = local day of ended (ENROLLED: of
 * start), since_start = days from start to ended (−1: start not known, or not ended), until_applied = days from ended to applied, at
 * least 0 (−1: not applied).  Where neither ended nor start is known there is no spell.
 * Spells keep only status, initiative and detached of the codes (other bits 0; setting is DETACHED, UNKNOWN, or TEAM for any other). */
typedef struct
{
  guint32     person;
  guint32     topic;
  gint32      day;
  KennisCodes codes;
  gint32      since_start;
  gint32      until_applied;
  gint64      n;
} KennisSpell;

/* Section "requests": activities with a known `requested`: day of it, days until decided (−1: not decided), status.
 * Those with status NOT_YET or DECLINED and no `requested` are there by the day of their counting time. */
typedef struct
{
  guint32      person;
  gint32       day;
  gint32       until_decided;
  KennisStatus status;
  gint64       n;
} KennisRequest;

/* Section "attended": persons of activities with a session, so that a sharing of the same session counts no hour twice. */
typedef struct
{
  guint32 session;     /* index in the space SESSION */
  guint32 person;
} KennisAttended;

/* A summary is immutable.  `facts` is a read-only dataset of all records but activities, in canonical order; its spaces PERSON, TEAM, TOPIC
 * and SESSION hold every text that any section names, sorted by bytes, so that the order of indices is the canonical order.
 * All arrays are sorted by their key fields in the order in which these stand in the struct. */
typedef struct
{
  KennisDataset        *facts;
  const KennisCell     *cells;
  gsize                 n_cells;
  const KennisSpell    *spells;
  gsize                 n_spells;
  const KennisRequest  *requests;
  gsize                 n_requests;
  const KennisAttended *attended;
  gsize                 n_attended;
  guint64               n_activities;
  /* First and last counting time of any activity, times of any sharing, moment, talk … : KENNIS_UNKNOWN where there are none. */
  gint64                first_time, last_time;
  /* Whether any activity had a value in the field (index: KENNIS_ACTIVITY_…), and counts of known values. */
  guint64               n_known[KENNIS_MAX_FIELDS];
} KennisSummaryView;

/* g_object_new(), which bindings offer for every type, makes one without anything: it may do nothing. */
gboolean kennis_summary_is_made (KennisSummary *self);

/* Borrowed; lives as long as the summary. */
void kennis_summary_view (KennisSummary *self, KennisSummaryView *view);

/* Builds a summary from batches of one dataset (or several with equal time zone and currency); memory does not grow with the number of
 * activities once cells are saturated. */
typedef struct _KennisSummaryBuilder KennisSummaryBuilder;
KennisSummaryBuilder *kennis_summary_builder_new    (const char *time_zone, const char *currency, guint n_threads, GError **error);
void                  kennis_summary_builder_free   (KennisSummaryBuilder *self);
/* The same with the calendar of a dataset. */
KennisSummaryBuilder *kennis_summary_builder_new_for (KennisDataset *dataset, guint n_threads);
/* Takes in all events of the dataset now in it; the caller then calls kennis_dataset_clear_events(). */
gboolean              kennis_summary_builder_add    (KennisSummaryBuilder *self, KennisDataset *batch, KennisProgressSink *sink,
                                                     GCancellable *cancellable, GError **error);
/* Where threads of a reader put plain activities whose texts are the dataset's, between two batches of it or while one is added; until the
 * builder ends.  NULL where the builder cannot take them, or with an error. */
const KennisPlainSink *kennis_summary_builder_plain_sink (KennisSummaryBuilder *self, KennisDataset *dataset, guint n_threads,
                                                          GError **error);
/* Ends with the reference records of the dataset and the fingerprints of the sources (hash in hexadecimal digits, label). */
KennisSummary        *kennis_summary_builder_finish (KennisSummaryBuilder *self, KennisDataset *reference,
                                                     const char * const *fingerprints, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisSummaryBuilder, kennis_summary_builder_free)
