#pragma once

#include "dataset/kennis-intern-private.h"
#include "summary/kennis-summary-private.h"

/* The ground: what all queries over one summary share, made once per measuring and then only read.
 *
 * - People: aliases resolved, so that every index in the space PERSON has a canonical person.  An id of a person on the roster is
 *   that person, whatever others claim; an alias that two people claim is the one's whose id comes first in byte order (has_alias_conflict).
 * - Segments: for each person, the stretches of days in which nothing recorded about the person changes.  A record is in force from the local
 *   day of its `effective` until the next one's (unknown: always).  Before the first record in force a person is taken as present if that record
 *   says that they were hired earlier, with attributes unknown.  Present: from hired until the day left (unknown: all along).
 *   Days with included = no are in no segment.  People seen only in events have one segment, all unknown, without exposure.
 * - Facts with local days. */

typedef struct
{
  guint32 person;
  gint32  first_day, end_day;
  guint32 team;                /* space TEAM; KENNIS_INTERN_NONE: unknown, as below */
  guint32 role, discipline;    /* space WORD */
  guint32 leader;              /* space PERSON, canonical */
  guint32 attributes;          /* space WORD: list of name=value */
  double  fte;                 /* NaN: unknown */
  double  present;             /* 0 … 1; unknown counts as 1 */
  double  hourly_cost;         /* units of the currency; NaN: unknown */
  guint8  is_leader;           /* someone on the roster names the person as leader in these days */
  guint8  on_roster;
} KennisSegment;

typedef struct
{
  guint32 giver, receiver;     /* canonical; KENNIS_INTERN_NONE: unknown */
  guint32 topic, session;
  gint32  day;
  guint8  kind, knowledge, initiative, outside;
  guint32 audience;            /* sharings by this giver in this session; 1 without a session */
  gint64  time;                /* Unix ms */
  gint64  duration;            /* ms, or KENNIS_UNKNOWN */
} KennisSharingFact;

typedef struct
{
  guint32 team, session;
  gint32  day;
  gint64  time;
  guint8  kind;
  guint32 attendees;           /* WORD list, or none */
} KennisMomentFact;

typedef struct
{
  guint32 person, leader;
  gint32  planned, held;       /* days; KENNIS_NO_DAY */
  guint8  kind;
} KennisTalkFact;

typedef struct
{
  guint32 person;
  gint32  set, due, reached;   /* days; KENNIS_NO_DAY */
  guint8  own;                 /* KennisAnswer */
} KennisGoalFact;

/* What a person knows without a training record; sorted by person, topic, source, day. */
typedef struct
{
  guint32 person, topic;
  guint32 source;              /* WORD, or none */
  gint32  day;                 /* KENNIS_NO_DAY: always */
  double  level;               /* NaN: unknown */
} KennisHoldingFact;

/* What a team or role should know, one for each row, canonical order. */
typedef struct
{
  guint32 topic, team, role;   /* KENNIS_INTERN_NONE: any */
  gint64  people;              /* at least 1 */
} KennisNeedFact;

#define KENNIS_NO_DAY G_MININT32

typedef struct _KennisGround KennisGround;
typedef struct _KennisPlan KennisPlan;        /* kennis-plan-private.h */

KennisDataset       *kennis_ground_facts    (const KennisGround *self);
guint32              kennis_ground_person   (const KennisGround *self, guint32 person);   /* canonical */
gboolean             kennis_ground_on_roster (const KennisGround *self, guint32 person);
/* Who the person was that day: NULL where not present, not included or (roster) not employed. */
const KennisSegment *kennis_ground_segment  (const KennisGround *self, guint32 person, gint32 day);
/* All segments of a person, by time. */
const KennisSegment *kennis_ground_segments (const KennisGround *self, guint32 person, guint *n);

/* Teams and topics. */
gboolean kennis_ground_team_is_within   (const KennisGround *self, guint32 team, guint32 ancestor);   /* or the same */
gboolean kennis_ground_team_is_leaf     (const KennisGround *self, guint32 team);
/* The topic's discipline or that of the nearest ancestor with one (WORD); KENNIS_INTERN_NONE. */
guint32  kennis_ground_topic_discipline (const KennisGround *self, guint32 topic);
gboolean kennis_ground_topic_is_within  (const KennisGround *self, guint32 topic, guint32 ancestor);  /* or the same */
/* Does a Need name the topic or an ancestor of it, for the role, or the team or an ancestor of it? */
gboolean kennis_ground_is_needed        (const KennisGround *self, guint32 topic, guint32 team, guint32 role);
/* Did the person take part in an activity of that session (so that its hours are counted there)? */
gboolean kennis_ground_attended         (const KennisGround *self, guint32 session, guint32 person);

/* Of one person, by time. */
const KennisTalkFact    *kennis_ground_talks    (const KennisGround *self, guint32 person, gsize *n);
const KennisHoldingFact *kennis_ground_holdings (const KennisGround *self, guint32 person, gsize *n);
/* All facts. */
const KennisNeedFact    *kennis_ground_needs    (const KennisGround *self, gsize *n);
/* The day that the person came, as their first record that knows it says; KENNIS_NO_DAY. */
gint32   kennis_ground_hired_day        (const KennisGround *self, guint32 person);
