#pragma once

#include "metric/kennis-slice-private.h"
#include "network/kennis-holders-private.h"

/* Who knows what, as far as records tell.
 *
 * A person holds a topic on a day where the newest Holding of some source before it says so (a level above 0, or none told), or where
 * the hours in which they learned or shared it before that day, decayed with a half-life, come to a threshold:
 *
 * - completed activities on the topic, by month, as old as the middle of the month;
 * - sharings on the topic that they gave (all receivers of one session are one time) or received (not where the same session counts as an
 *   activity of theirs).  Mere contact is no sharing; that of unknown duration has no hours. */
#define KENNIS_HALF_LIFE_DAYS  730.0
#define KENNIS_THRESHOLD_HOURS 8.0

typedef struct
{
  guint32 topic;
  guint8  has_holding;
  double  hours;           /* decayed */
} KennisHold;

static inline gboolean
kennis_hold_is_held (const KennisHold *hold, double threshold)
{
  /* One who comes to the threshold but for rounding has come to it. */
  return hold->has_holding || (hold->hours > 0 && hold->hours >= threshold * (1 - 1e-9));
}

/* What is recorded of a person before `day`, one a topic, in order of topic; appended to holds (of KennisHold).  half_life is in days;
 * 0 or less: nothing fades. */
void kennis_holds_of (const KennisGround *ground, guint32 person, gint32 day, double half_life, GArray *holds);
/* Is anything on the topic, or one within it, held? */
gboolean kennis_holds_within (const KennisGround *ground, const KennisHold *holds, guint n, guint32 topic, double threshold);

/* The people of a slice (people are members, topics those of the summary) at the start or the end of its period: on the roster, and in the
 * group that day.  Lives as long as the slice. */
typedef enum { KENNIS_HOLDS_AT_START, KENNIS_HOLDS_AT_END } KennisHoldsAt;
typedef struct
{
  const KennisHold *holds;
  const guint32    *first;     /* by member, n_members + 1 */
} KennisSliceHolds;
const KennisSliceHolds *kennis_slice_holds      (const KennisSlice *slice, KennisHoldsAt at);
void                    kennis_slice_holds_free (KennisSliceHolds *self);
const KennisHolders    *kennis_slice_holders    (const KennisSlice *slice, KennisHoldsAt at);
gboolean                kennis_slice_is_there   (const KennisSlice *slice, guint32 person, KennisHoldsAt at);

/* A need is one record: so many people of a team, of a role, or of anyone should know a topic.  It belongs to a group if all those whom it is
 * about are in it on the last day of the period; to everybody in any case. */
typedef struct
{
  const KennisNeedFact *fact;
  const guint32 *members;  /* whom it is about, on the last day */
  guint   n_members;
} KennisSliceNeed;

typedef struct
{
  const KennisSliceNeed *needs;
  guint   n_needs;
  guint32 n_people;        /* whom any of them is about */
} KennisSliceNeeds;
const KennisSliceNeeds *kennis_slice_needs      (const KennisSlice *slice);
void                    kennis_slice_needs_free (KennisSliceNeeds *self);
/* How many of those whom it is about hold the topic, or one within it. */
guint64                 kennis_slice_need_holders (const KennisSlice *slice, const KennisSliceNeed *need);
