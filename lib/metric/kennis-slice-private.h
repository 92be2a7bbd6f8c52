#pragma once

#include "metric/kennis-estimate-private.h"
#include "metric/kennis-ground-private.h"
#include "metric/kennis-measure-private.h"

/* A slice is what a metric function sees: one population (a group in a period) with its people and events, cut to what
 * was observed of the metric's inputs.
 *
 * To add a metric: write one KennisMetricFunc and one KennisMetricRow; if it starts a new file, add the file's table to the list in
 * kennis-catalogue-private.h.  The engine has done the rest before the function is called:
 *
 * - `inputs` of the row are words "type.field" or "type".  A type never recorded nor covered, or a field never known in any
 *   record, gives NO_DATA without a call.  "person" or "person.field" means that the metric needs the roster: without one, NO_DATA.
 *   A word with '~' before it is used where known and not needed ("~activity.topic").
 * - coverage of all event types (and fields) in `inputs` clips the exposure of members and the events.  Where under 60% of
 *   heads are covered the status is LOW_COVERAGE without a call.
 * - an estimate starts as NO_DATA; OK turns into PARTIAL where the period is not over.  A function only fills, with the helpers of
 *   kennis-estimate-private.h, what it knows.  It never sees thread, gate or seed.
 *
 * What a slice gives is computed when it is first asked for, and lives as long as the slice.  One thread uses a slice. */

/* A person of the group in the period, sorted by `person`.
 *
 * Exposure is in the group, in the part of the period that was observed, divided by the days of the *whole* period (extrapolating
 * over what was not observed): `heads` = Σ present share over those days / days; `fte` the same × FTE.
 * People who are not on the roster (on_roster false; only in "everybody" and in groups of unknown) have no exposure. */
typedef struct
{
  guint32  person;         /* space PERSON, canonical */
  guint8   on_roster;
  guint8   is_resident;    /* on the roster and present (in the group, observed) for at least half of the observed period */
  guint8   is_leader;      /* leads someone on the last of the days here */
  double   heads;
  double   fte;            /* NaN: the FTE of some of these days is not known */
} KennisMember;

typedef struct
{
  guint32           member;    /* index into the members */
  const KennisCell *cell;
  const KennisSegment *segment; /* who the person was at the start of the month (first day there, if later) */
} KennisSliceCell;

/* By what a spell is placed in the period: the end (COMPLETED, ABANDONED), or the enrolment (day − since_start;
 * ENROLLED: day; spells whose start is not known are left out). */
typedef enum { KENNIS_SPELL_BY_END, KENNIS_SPELL_BY_START } KennisSpellDay;

typedef struct
{
  guint32            member;
  const KennisSpell *spell;
  gint32             day;          /* day 0 of the follow-up */
  gint32             follow;       /* days after it that were observed: the earliest of the query's end, coverage end, leaving */
  guint8             left;         /* follow-up ends because the person left (a competing event, not a censoring) */
} KennisSliceSpell;

typedef struct
{
  guint32              member;
  const KennisRequest *request;    /* its day lies in the period */
  gint32               follow;
  guint8               left;
} KennisSliceRequest;

/* A sharing that counts (no REQUIRED, no CONTACT unless the query admits it; both known sides included, and present where they
 * are on the roster; not to oneself) with at least one side in the group. */
typedef struct
{
  const KennisSharingFact *fact;
  gint32 giver, receiver;          /* member, or −1: that side is outside of the group, or not known */
} KennisSliceSharing;

typedef struct
{
  guint32               team;      /* index into the slice's teams */
  const KennisMomentFact *fact;
} KennisSliceMoment;

typedef struct { guint32 member; const KennisTalkFact *fact; } KennisSliceTalk;
typedef struct { guint32 member; const KennisGoalFact *fact; } KennisSliceGoal;

/* A leaf team that had two or more present people (of the group) on at least one day of the period; sorted by `team`. */
typedef struct
{
  guint32        team;             /* space TEAM */
  const guint16 *present;          /* people of the group present in it, by day of the period; 0 where not covered */
  guint          n_people;         /* distinct people over the period */
} KennisSliceTeam;

typedef struct _KennisCache KennisCache;

struct _KennisSlice
{
  const KennisGround *ground;
  const KennisPlan   *plan;         /* the query, resolved */
  guint   grouping;                 /* index into ground's groupings; 0: everybody */
  guint32 group;                    /* index of the group in it */
  gint32  first_month, end_month;   /* the period … */
  gint32  first_day, end_day;       /* … in local days */
  guint   key;                      /* what must be observed: index of the set of inputs */
  const KennisMember *members;
  guint   n_members;
  double  heads;                    /* Σ heads of members, observed */
  double  coverage;                 /* observed heads / heads */
  KennisCache *cache;               /* lazily made parts */
};

/* Member index of a person, or −1. */
gint32 kennis_slice_member (const KennisSlice *self, guint32 person);
/* Is the person in the group on that day (present there, or seen and the group is of unknown)? */
gboolean kennis_slice_contains (const KennisSlice *self, guint32 person, gint32 day);

/* Arrays; *n their length.  Each in the order of members, then time (sharings: canonical order of the summary). */
const KennisSliceCell    *kennis_slice_cells    (const KennisSlice *self, gsize *n);   /* all statuses; months of the period */
const KennisSliceSpell   *kennis_slice_spells   (const KennisSlice *self, KennisSpellDay by, gsize *n);
const KennisSliceRequest *kennis_slice_requests (const KennisSlice *self, gsize *n);
const KennisSliceSharing *kennis_slice_sharings (const KennisSlice *self, gsize *n);
const KennisSliceTeam    *kennis_slice_teams    (const KennisSlice *self, gsize *n);
const KennisSliceMoment  *kennis_slice_moments  (const KennisSlice *self, gsize *n);   /* of the teams above; in order of team, time */
const KennisSliceTalk    *kennis_slice_talks    (const KennisSlice *self, gsize *n);   /* held, or else planned, in the period */
const KennisSliceGoal    *kennis_slice_goals    (const KennisSlice *self, gsize *n);   /* set in the period */
/* Was the team exposed all of these days: in the period, covered, ≥ 2 present on each? */
gboolean kennis_slice_team_is_exposed (const KennisSlice *self, const KennisSliceTeam *team, gint32 first_day, gint32 end_day);

/* The same group and inputs over the 12 months that end with the period (network metrics, talk-rate).  Never NULL; the slice
 * itself where its period is those 12 months.  Estimates made from it go by its members. */
const KennisSlice *kennis_slice_year (const KennisSlice *self);
/* The slice of everybody in the same period. */
gboolean kennis_slice_is_everybody (const KennisSlice *self);

/* Observed heads of a member while leading someone, and the rest of the heads. */
void kennis_slice_split_heads (const KennisSlice *self, guint member, double *leading, double *other);
/* Was the person in the group, present and observed, on all days of the month (of the period)? */
gboolean kennis_slice_is_full_month (const KennisSlice *self, guint member, gint32 month);
/* How long one can follow a person from a day on (see KennisSliceSpell); −1: not present that day. */
gint32 kennis_slice_follow (const KennisSlice *self, guint32 person, gint32 day, guint8 *left);

static inline double
kennis_hours (gint64 ms)
{
  return (double) ms / 3600000.0;
}

/* The engine's side. */
KennisSlice *kennis_slice_new  (const KennisGround *ground, const KennisPlan *plan, guint grouping, guint32 group,
                                gint32 first_month, gint32 end_month, guint key);
void         kennis_slice_free (KennisSlice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisSlice, kennis_slice_free)
