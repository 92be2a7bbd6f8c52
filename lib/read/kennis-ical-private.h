#pragma once

#include "base/kennis-calendar-private.h"
#include "read/kennis-mapping-private.h"
#include "read/kennis-reader-private.h"

/* iCalendar (RFC 5545).  A source is cut into components here, so that one event at a time is in memory; libical reads what a
 * line says; occurrences are counted here, because libical's own cannot be cancelled (docs/decisions.md).  A source is looked
 * through twice: which occurrences of a series are told elsewhere is known only at the end. */

#define KENNIS_ICAL_MAX_LINE       65536u        /* bytes, unfolded */
#define KENNIS_ICAL_MAX_COMPONENT  (8u * 1024 * 1024)
#define KENNIS_ICAL_MAX_STREAM     (256u * 1024 * 1024)  /* of what cannot be read twice */
#define KENNIS_ICAL_MAX_SERIES     10000u        /* occurrences of one series in the window, if the mapping does not say */
#define KENNIS_ICAL_MAX_STEPS      2000000u      /* of counting them */
#define KENNIS_ICAL_MAX_RANGES     (32u * 1024 * 1024)  /* bytes of a source's changes of this and all future occurrences */

/* ── kennis-ical-split.c: bytes to lines, lines to components ─────────────────────────────────────────────────────── */

typedef struct
{
  KennisBytes  *bytes;
  GCancellable *cancellable;
  char         *chunk;
  gsize         at, end;
  gboolean      at_end;
  GString      *text;             /* the line at hand, unfolded */
  gboolean      is_long;          /* more than KENNIS_ICAL_MAX_LINE; the rest is left out */
  guint64       line, next_line;  /* of its beginning; of what comes next */
} KennisIcalLines;

void kennis_ical_lines_init  (KennisIcalLines *self, KennisBytes *bytes, GCancellable *cancellable);
void kennis_ical_lines_clear (KennisIcalLines *self);
/* 1: there is one, 0: the end, −1: an error. */
int  kennis_ical_lines_next  (KennisIcalLines *self, GError **error);
/* Does the line have this name (in capitals)? */
gboolean kennis_ical_is_line (const char *text, const char *name);
/* Behind the first colon that is in no quotes; NULL: there is none. */
const char *kennis_ical_line_value (const char *text);

typedef struct
{
  gsize   at;                     /* in text */
  guint64 line;
} KennisIcalLine;

/* The lines of an event or of a time zone that matter. */
typedef struct
{
  GString *text;                  /* NUL behind every line */
  GArray  *lines;                 /* KennisIcalLine */
  guint64  line;                  /* of BEGIN */
  gboolean is_large;              /* a line, or all of it, is */
} KennisIcalComponent;

typedef struct
{
  KennisIcalLines     lines;
  KennisIcalComponent event, zone;
  char *const        *extra;      /* names of further properties of events that are kept; NULL: none */
  GString            *calendar_name, *method;   /* of the calendar at hand */
  guint               depth, event_depth, zone_depth;   /* 0: in none */
  guint64             n_not_utf_8, first_not_utf_8;
  gboolean            has_calendar;
  gboolean            is_unended;   /* at the end: something was not closed */
} KennisIcalSplit;

typedef enum
{
  KENNIS_ICAL_ERROR = -1,
  KENNIS_ICAL_END,
  KENNIS_ICAL_CALENDAR,           /* another one begins */
  KENNIS_ICAL_EVENT,
  KENNIS_ICAL_ZONE
} KennisIcalPart;

void           kennis_ical_split_init  (KennisIcalSplit *self, KennisBytes *bytes, char *const *extra, GCancellable *cancellable);
void           kennis_ical_split_clear (KennisIcalSplit *self);
KennisIcalPart kennis_ical_split_next  (KennisIcalSplit *self, GError **error);

/* ── kennis-ical-zone.c: local times to instants ──────────────────────────────────────────────────────────────────── */

/* A time as clocks show it is a number of seconds since 1970-01-01T00:00 on the same clock. */
typedef struct _KennisIcalZone KennisIcalZone;

KennisIcalZone *kennis_ical_zone_new_of_calendar (KennisCalendar *calendar);
/* Of a VTIMEZONE; NULL: it is none.  *id is its TZID; free with g_free(). */
KennisIcalZone *kennis_ical_zone_new  (const KennisIcalComponent *component, char **id, GCancellable *cancellable);
KennisIcalZone *kennis_ical_zone_ref  (KennisIcalZone *self);
void            kennis_ical_zone_unref (KennisIcalZone *self);
/* Unix ms.  What clocks skip is counted on from before the gap; of what they show twice it is the first. */
gint64          kennis_ical_zone_instant (const KennisIcalZone *self, gint64 local);
/* What its clocks show at an instant. */
gint64          kennis_ical_zone_local   (const KennisIcalZone *self, gint64 instant);

/* The zones of a source. */
typedef struct
{
  GHashTable     *own;        /* TZID → zone, of the calendar at hand */
  GHashTable     *all;        /* TZID → the first one of this name in the source, or one of the system's */
  GHashTable     *texts;      /* text of a VTIMEZONE → zone: the same comes again and again */
  KennisIcalZone *floating;   /* of times that name none */
} KennisIcalZones;

void kennis_ical_zones_init  (KennisIcalZones *self, KennisCalendar *floating);
void kennis_ical_zones_clear (KennisIcalZones *self);
void kennis_ical_zones_begin (KennisIcalZones *self);   /* another calendar begins */
void kennis_ical_zones_add   (KennisIcalZones *self, const KennisIcalComponent *component, GCancellable *cancellable);
/* NULL: nobody knows it. */
const KennisIcalZone *kennis_ical_zones_find (KennisIcalZones *self, const char *id);
/* kennis-ical-windows.c: "W. Europe Standard Time" is "Europe/Berlin"; NULL: no such name. */
const char *kennis_ical_windows_zone (const char *name);

/* ── kennis-ical-rule.c: when a rule says that something is ───────────────────────────────────────────────────────── */

struct icalrecurrencetype;

/* Goes from one occurrence to the next; of its own, because libical's searches for hours where a rule allows none. */
typedef struct
{
  const struct icalrecurrencetype *rule;
  gint64        start;          /* as clocks show it */
  gint64        until;          /* the last one that may be; G_MAXINT64: no end */
  gint32        period;         /* which one is next */
  GArray       *found;          /* gint64: of the period at hand, in order */
  guint         at;
  guint64       n_given, n_steps;
  GArray       *times;          /* gint32: seconds of the day, in order; empty: by the day */
  GCancellable *cancellable;
  gboolean      is_exhausted;   /* it took KENNIS_ICAL_MAX_STEPS */
} KennisIcalRule;

/* `until`: as clocks show it; the rule's own one is looked at by who calls where it is in UTC. */
void     kennis_ical_rule_init  (KennisIcalRule *self, const struct icalrecurrencetype *rule, gint64 start, gint64 until,
                                 GCancellable *cancellable);
void     kennis_ical_rule_clear (KennisIcalRule *self);
gboolean kennis_ical_rule_next  (KennisIcalRule *self, gint64 *local);
/* kennis-ical-days.c: all that a period has, sorted, into found; false: it is beyond all time. */
gboolean kennis_ical_rule_fill  (KennisIcalRule *self, gint32 period, gint32 *first_day);

/* ── kennis-ical-event.c: what an event says ──────────────────────────────────────────────────────────────────────── */

typedef struct
{
  gint64   local;             /* seconds; of a date its midnight */
  gboolean is_known, is_date, is_utc;
  const KennisIcalZone *zone;
} KennisIcalTime;

typedef struct
{
  char    *id;                /* without mailto:; as it stands */
  gboolean is_organizer;
  const char *partstat;       /* in small letters; "none": the invitation tells nothing */
  const char *role;
} KennisIcalPerson;

typedef struct
{
  guint64          line;
  char            *uid, *summary, *location, *status, *klass, *transparency;
  GPtrArray       *categories;
  GHashTable      *extra;     /* name in small letters → text */
  KennisIcalTime   start, end, instance;   /* instance: RECURRENCE-ID */
  gboolean         is_range;  /* RANGE=THISANDFUTURE */
  gint64           days, seconds;   /* DURATION; days KENNIS_UNKNOWN: none is given */
  gint64           sequence, stamp;       /* stamp: DTSTAMP, in seconds since 1970; 0: none */
  gboolean         has_answers;  /* it knows what several others said: the organiser's copy */
  GArray          *people;    /* KennisIcalPerson: the organiser first, if there is one; rooms are none */
  GArray          *rules, *exrules;      /* struct icalrecurrencetype */
  GArray          *dates;     /* KennisIcalDate */
  GArray          *exdates;   /* KennisIcalTime */
  guint64          bad_person_line;       /* an invitation that cannot be read; 0: none */
  guint            n_bad_people;
  /* What is wrong with it; then nothing else counts. */
  guint64          problem_line;
  char            *problem;
  const char      *accepted;
} KennisIcalEvent;

typedef struct
{
  KennisIcalTime start, end;  /* of a period */
  gint64         days, seconds;
} KennisIcalDate;

void   kennis_ical_event_init  (KennisIcalEvent *self);
void   kennis_ical_event_clear (KennisIcalEvent *self);
/* All of it, or what tells it from others (UID, RECURRENCE-ID, SEQUENCE, DTSTAMP, STATUS, who answered). */
void   kennis_ical_event_parse (KennisIcalEvent *self, const KennisIcalComponent *component, KennisIcalZones *zones,
                                gboolean only_identity);
gint64 kennis_ical_instant     (const KennisIcalTime *time);
/* kennis-ical-people.c */
struct icalproperty_impl;
void   kennis_ical_event_add_person (KennisIcalEvent *self, struct icalproperty_impl *property, gboolean is_organizer);
/* Does it tell what two or more said of those whom the organiser invited?  Lines are looked at without libical: it is asked in every pass. */
gboolean kennis_ical_has_answers (const KennisIcalComponent *component);

/* ── kennis-ical-known.c: what must be known of all events of a source, and of sources before it ──────────────────── */

typedef struct
{
  guint64 key;                /* of UID and RECURRENCE-ID */
  guint64 rank;               /* the version that counts has the highest: by SEQUENCE, has_answers, DTSTAMP, and the last bit where it is cancelled */
  guint32 number;             /* of the event in the source */
} KennisIcalEntry;

typedef struct
{
  guint64 uid;
  gint64  instant;            /* of a date: its day */
  guint64 is_date;
} KennisIcalInstance;

/* An event that tells of one occurrence and all future ones (RANGE=THISANDFUTURE). */
typedef struct
{
  KennisIcalEvent event;
  char    *calendar;          /* its name */
  guint64  uid;
  gint64   from;              /* the instant of the first one, by the series */
  guint32  number;
  gboolean is_cancelled;
} KennisIcalRange;

/* Of several sources: what they tell of the same events. */
typedef struct _KennisIcalVersions KennisIcalVersions;

typedef struct
{
  KennisIcalVersions *versions;   /* of all sources together; NULL: not known */
  GArray    *entries;         /* KennisIcalEntry, 24 bytes for each event */
  GArray    *instances;       /* KennisIcalInstance: told by events of their own */
  GPtrArray *ranges;          /* KennisIcalRange */
  gsize      n_range_bytes;
} KennisIcalKnown;

void     kennis_ical_known_init  (KennisIcalKnown *self, KennisIcalVersions *versions);
void     kennis_ical_known_clear (KennisIcalKnown *self);
void     kennis_ical_known_add   (KennisIcalKnown *self, const KennisIcalEvent *event, guint32 number, gboolean is_cancelled);
void     kennis_ical_known_sort  (KennisIcalKnown *self);
/* Is this event, number `number`, the one that counts among those of its name? */
gboolean kennis_ical_known_counts (const KennisIcalKnown *self, const KennisIcalEvent *event, guint32 number);
gboolean kennis_ical_known_series_is_cancelled (const KennisIcalKnown *self, const KennisIcalEvent *event);
/* The ranges of a series, by time; NULL: there are none. */
KennisIcalRange *const *kennis_ical_known_ranges (const KennisIcalKnown *self, guint64 uid, guint *n);
/* Does the event, number `number`, change occurrences of a series that is in the source? */
gboolean kennis_ical_known_reaches (const KennisIcalKnown *self, const KennisIcalEvent *event, guint32 number);
/* Is an occurrence of this series told by an event of its own? */
gboolean kennis_ical_known_has   (const KennisIcalKnown *self, guint64 uid, gint64 instant, gint64 day);
guint64  kennis_ical_uid_hash    (const KennisIcalEvent *event);
/* False where this occurrence was taken in before, from any source of the dataset. */
gboolean kennis_ical_is_new      (KennisDataset *dataset, const guint8 *id);

/* Of a whole series. */
guint64  kennis_ical_series_key  (guint64 uid);
/* The highest rank of a key in the source; false: it has none. */
gboolean kennis_ical_known_rank  (const KennisIcalKnown *self, guint64 key, guint64 *rank);
int      kennis_ical_instance_compare (gconstpointer a, gconstpointer b);

/* ── kennis-ical-versions.c: what must be known of all sources before one is read ─────────────────────────────────── */

KennisIcalVersions *kennis_ical_versions_new   (void);
KennisIcalVersions *kennis_ical_versions_ref   (KennisIcalVersions *self);
void                kennis_ical_versions_unref (KennisIcalVersions *self);
/* All events of a source. */
void                kennis_ical_versions_add   (KennisIcalVersions *self, const KennisIcalKnown *known);
/* The highest rank of a key; 0: none is known. */
guint64             kennis_ical_versions_newest (KennisIcalVersions *self, guint64 key);
/* Is an occurrence told by an event of its own, in a source that has the newest version of the series, or none? */
gboolean            kennis_ical_versions_tell  (KennisIcalVersions *self, const KennisIcalInstance *instance);

/* ── kennis-ical-ranges.c: changes of this and all future occurrences ─────────────────────────────────────────────── */

void     kennis_ical_range_free (gpointer data);
/* Keeps an event for the time when its series is read; not where there are too many. */
void     kennis_ical_known_add_range (KennisIcalKnown *self, const KennisIcalComponent *component, KennisIcalZones *zones,
                                      const char *calendar, guint32 number, gboolean is_cancelled);
/* The last one of the n that an occurrence of the series, at this time by it, is in; NULL: none. */
const KennisIcalRange *kennis_ical_range_of (KennisIcalRange *const *ranges, guint n, const KennisIcalTime *time);
/* Where the range moves the occurrence: as far as it moved the first one, by the clock. */
KennisIcalTime         kennis_ical_range_move (const KennisIcalRange *self, const KennisIcalEvent *series,
                                               const KennisIcalTime *time);

/* ── kennis-ical-occurrences.c ────────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  gint64   start, ended;      /* Unix ms; ended KENNIS_UNKNOWN: nothing tells it */
  gint64   duration;          /* KENNIS_UNKNOWN */
  gint64   name;              /* the instant by which the series knows it */
  const KennisIcalRange *range;   /* that tells of it; NULL: the event itself */
} KennisIcalOccurrence;

typedef struct
{
  gint64   from, until;       /* KENNIS_UNKNOWN: no bound; until is not in it */
  guint    most;              /* of one series */
  gint64   day_length;        /* ms that a whole day counts for; KENNIS_UNKNOWN */
} KennisIcalWindow;

/* Those that are in the window, in order; *is_cut: there were more.  False where it was cancelled. */
gboolean kennis_ical_occurrences (const KennisIcalEvent *event, const KennisIcalKnown *known, const KennisIcalWindow *window,
                                  GCancellable *cancellable, GArray *occurrences, gboolean *is_cut);

/* ── kennis-ical-mapping.c: what the names in braces stand for ────────────────────────────────────────────────────── */

typedef enum
{
  KENNIS_ICAL_FROM_UID, KENNIS_ICAL_FROM_SESSION, KENNIS_ICAL_FROM_SUMMARY, KENNIS_ICAL_FROM_CATEGORIES,
  KENNIS_ICAL_FROM_LOCATION, KENNIS_ICAL_FROM_ORGANIZER, KENNIS_ICAL_FROM_ORGANIZER_TEAM, KENNIS_ICAL_FROM_ATTENDEE,
  KENNIS_ICAL_FROM_ATTENDEE_TEAM, KENNIS_ICAL_FROM_ATTENDEES, KENNIS_ICAL_FROM_ATTENDEES_TEAM, KENNIS_ICAL_FROM_ROLE,
  KENNIS_ICAL_FROM_PARTSTAT, KENNIS_ICAL_FROM_START, KENNIS_ICAL_FROM_ENDED, KENNIS_ICAL_FROM_DURATION,
  KENNIS_ICAL_FROM_CALENDAR, KENNIS_ICAL_FROM_CLASS, KENNIS_ICAL_FROM_STATUS, KENNIS_ICAL_FROM_TRANSPARENCY,
  KENNIS_ICAL_FROM_TYPE, KENNIS_ICAL_FROM_SERIES, KENNIS_ICAL_FROM_PRESENT, KENNIS_ICAL_FROM_PROPERTY
} KennisIcalSource;

typedef struct
{
  KennisIcalSource source;
  char            *property;   /* in small letters; of FROM_PROPERTY */
} KennisIcalName;

typedef struct
{
  GRegex  *regex;
  gboolean in_summary, in_categories;
} KennisIcalPattern;

typedef struct
{
  const KennisMapRecord *record;
  gboolean each_person;        /* one for everybody who was there */
  guint64  types, unless_types;
} KennisIcalMapRecord;

/* A mapping made ready; never changes. */
typedef struct
{
  KennisMapping *mapping;
  GArray        *names;        /* GArray * of KennisIcalName, by the index of a part */
  GPtrArray     *types;        /* GArray * of KennisIcalPattern */
  GArray        *records;      /* KennisIcalMapRecord */
  char         **extra;        /* names of further properties, in capitals */
} KennisIcalMap;

KennisIcalMap *kennis_ical_map_new  (KennisMapping *mapping, GError **error);
void           kennis_ical_map_free (KennisIcalMap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisIcalMap, kennis_ical_map_free)

/* ── kennis-ical-teams.c: who is in which team ────────────────────────────────────────────────────────────────────── */

typedef struct _KennisIcalRoster KennisIcalRoster;

KennisIcalRoster *kennis_ical_roster_new  (KennisReader *reader, KennisDataset *dataset);
void              kennis_ical_roster_free (KennisIcalRoster *self);
/* How the sources call whom an invitation calls so, else what it says in small letters. */
const char       *kennis_ical_roster_id   (KennisIcalRoster *self, const char *mail);
/* NULL: unknown. */
const char       *kennis_ical_roster_team (KennisIcalRoster *self, const char *id, gint64 time);
/* Is it declared, so that an event may name it? */
gboolean          kennis_ical_roster_knows (KennisIcalRoster *self, const char *id);

/* ── kennis-ical-records.c: an occurrence to records ──────────────────────────────────────────────────────────────── */

typedef struct
{
  const char *id, *partstat, *role;
  gboolean    is_known;
} KennisIcalPresent;

typedef struct
{
  KennisReadJob    *job;
  KennisIcalMap    *map;
  KennisIcalRoster *roster;
  GArray           *present;      /* KennisIcalPresent, at the event at hand */
  const char       *organizer;    /* its id; NULL: none, or nobody */
  const KennisIcalEvent *event;
  const char       *calendar;     /* its name */
  const char       *type;         /* of the first pattern that fits; NULL */
  guint64           types;
  KennisIcalOccurrence occurrence;
  const KennisIcalPresent *person;
  GHashTable       *teams;        /* team → how many */
  GString          *joined;
  char              session[40], buffer[40];
  gboolean          is_again;     /* the event was begun before, and its people counted */
  guint64           n_unknown, first_unknown;
  char             *unknown;      /* the first one */
} KennisIcalTaker;

void     kennis_ical_taker_init  (KennisIcalTaker *self, KennisReadJob *job, KennisIcalMap *map);
void     kennis_ical_taker_clear (KennisIcalTaker *self);
/* Who was there, and of which types it is; false where the mapping leaves the event out. */
gboolean kennis_ical_taker_begin (KennisIcalTaker *self, const KennisIcalEvent *event, const char *calendar);
/* What {name} stands for: value number `i`; NULL: there is none.  Holds until the next call. */
const char *kennis_ical_taker_value (KennisIcalTaker *self, const KennisIcalName *name, guint i);
/* kennis-ical-text.c: what a template says; NULL: nothing. */
const char *kennis_ical_taker_text (KennisIcalTaker *self, const KennisTemplate *template);

typedef enum
{
  KENNIS_ICAL_TAKEN_NOTHING  = 0,
  KENNIS_ICAL_TAKEN_USED     = 1 << 0,
  KENNIS_ICAL_TAKEN_REJECTED = 1 << 1
} KennisIcalTaken;

/* False and an error where reading must end. */
gboolean kennis_ical_taker_take (KennisIcalTaker *self, const KennisIcalOccurrence *occurrence, KennisIcalTaken *taken,
                                 GError **error);
