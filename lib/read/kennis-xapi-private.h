#pragma once

#include "base/kennis-calendar-private.h"
#include "base/kennis-eight-private.h"
#include "base/kennis-hash-private.h"
#include "base/kennis-hashes-private.h"
#include "read/kennis-json-private.h"
#include "read/kennis-mapping-private.h"
#include "read/kennis-reader-private.h"

/* xAPI 1.0.3 and IEEE 9274.1.1.  The caller's thread cuts the source into blocks of statements; any thread parses a block, holds
 * every statement against the rules and turns it into *made* records by the mapping; the caller's thread takes these in order. */

/* ── kennis-xapi-text.c: what texts of a statement may be ─────────────────────────────────────────────────────────── */

gboolean kennis_xapi_is_iri      (const char *text, gsize length);
gboolean kennis_xapi_is_language (const char *text, gsize length);
/* kennis-xapi-values.c */
gboolean kennis_xapi_is_version  (const char *text, gsize length);
/* 36 characters to 16 bytes. */
gboolean kennis_xapi_uuid        (const char *text, gsize length, guint8 *uuid);

/* Of eight bytes (kennis_eight_from()) the highest bit of each that is no plain text of JSON: a quotation mark, an escape, a control
 * character.  The lowest bit that is set is always right. */
static inline guint64
kennis_xapi_text_stops (guint64 bytes)
{
#define EACH(byte)   (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))
#define ZEROS(bytes) (((bytes) - EACH (1)) & ~(bytes) & EACH (0x80))
  return ZEROS (bytes ^ EACH ('"')) | ZEROS (bytes ^ EACH ('\\')) | ((bytes - EACH (0x20)) & ~bytes & EACH (0x80));
#undef ZEROS
#undef EACH
}

typedef enum
{
  KENNIS_XAPI_DURATION_SOUND,
  KENNIS_XAPI_DURATION_LENIENT,     /* not as ISO 8601 writes it, but clear */
  KENNIS_XAPI_DURATION_UNKNOWN,     /* legal; but nobody knows how long: years or months */
  KENNIS_XAPI_DURATION_BAD
} KennisXapiDuration;

/* ISO 8601:2004, 4.4.3.2: "P16559.14S", "PT1H", "P3DT4H"; the last part may have a fraction. */
KennisXapiDuration kennis_xapi_duration (const char *text, gsize length, double year_days, gint64 *duration);
/* "2024-03-01T09:30:15.123Z" and "+01:00", which is what nearly all are; false: the slow way must tell. */
gboolean kennis_xapi_plain_time (const char *text, gsize length, gint64 *time);
/* False: no time, or with the offset -00:00.  Without an offset it is local. */
gboolean kennis_xapi_time (const char *text, gsize length, const KennisCalendar *calendar, gint64 *time);

/* ── kennis-xapi-check.c: is it a statement? ──────────────────────────────────────────────────────────────────────── */

/* The names of all properties; in the order of kennis-xapi-check.c's table. */
typedef enum
{
  KENNIS_XAPI_ID, KENNIS_XAPI_ACTOR, KENNIS_XAPI_VERB, KENNIS_XAPI_OBJECT, KENNIS_XAPI_RESULT, KENNIS_XAPI_CONTEXT,
  KENNIS_XAPI_TIMESTAMP, KENNIS_XAPI_STORED, KENNIS_XAPI_AUTHORITY, KENNIS_XAPI_VERSION, KENNIS_XAPI_ATTACHMENTS,
  KENNIS_XAPI_OBJECT_TYPE, KENNIS_XAPI_NAME, KENNIS_XAPI_MBOX, KENNIS_XAPI_MBOX_SHA1SUM, KENNIS_XAPI_OPENID,
  KENNIS_XAPI_ACCOUNT, KENNIS_XAPI_MEMBER, KENNIS_XAPI_HOME_PAGE, KENNIS_XAPI_DISPLAY, KENNIS_XAPI_DEFINITION,
  KENNIS_XAPI_DESCRIPTION, KENNIS_XAPI_TYPE, KENNIS_XAPI_MORE_INFO, KENNIS_XAPI_EXTENSIONS,
  KENNIS_XAPI_INTERACTION_TYPE, KENNIS_XAPI_CORRECT, KENNIS_XAPI_CHOICES, KENNIS_XAPI_SCALE, KENNIS_XAPI_SOURCE,
  KENNIS_XAPI_TARGET, KENNIS_XAPI_STEPS, KENNIS_XAPI_SCORE, KENNIS_XAPI_SUCCESS, KENNIS_XAPI_COMPLETION,
  KENNIS_XAPI_RESPONSE, KENNIS_XAPI_DURATION, KENNIS_XAPI_SCALED, KENNIS_XAPI_RAW, KENNIS_XAPI_MIN, KENNIS_XAPI_MAX,
  KENNIS_XAPI_REGISTRATION, KENNIS_XAPI_INSTRUCTOR, KENNIS_XAPI_TEAM, KENNIS_XAPI_CONTEXT_ACTIVITIES,
  KENNIS_XAPI_REVISION, KENNIS_XAPI_PLATFORM, KENNIS_XAPI_LANGUAGE, KENNIS_XAPI_STATEMENT, KENNIS_XAPI_CONTEXT_AGENTS,
  KENNIS_XAPI_CONTEXT_GROUPS, KENNIS_XAPI_PARENT, KENNIS_XAPI_GROUPING, KENNIS_XAPI_CATEGORY, KENNIS_XAPI_OTHER,
  KENNIS_XAPI_USAGE_TYPE, KENNIS_XAPI_CONTENT_TYPE, KENNIS_XAPI_LENGTH, KENNIS_XAPI_SHA2, KENNIS_XAPI_FILE_URL,
  KENNIS_XAPI_AGENT, KENNIS_XAPI_RELEVANT_TYPES, KENNIS_XAPI_GROUP,
  KENNIS_XAPI_N_KEYS
} KennisXapiKey;

/* Looks names up, and what they may be in objects of a shape: made once, used by all threads. */
#define KENNIS_XAPI_MAX_NAME 24u
#define KENNIS_XAPI_N_SHAPES 17u

typedef struct
{
  guint8  slots[256];                                        /* key + 1 */
  guint64 names[KENNIS_XAPI_N_KEYS][KENNIS_XAPI_MAX_NAME / 8];   /* filled up with zeros */
  guint8  kinds[KENNIS_XAPI_N_SHAPES][KENNIS_XAPI_N_KEYS];
} KennisXapiKeys;

void kennis_xapi_keys_init (KennisXapiKeys *self);

/* Where the properties of an object are on the tape: at[key] where seen has the key's bit. */
typedef struct
{
  guint64 seen;
  guint32 at[KENNIS_XAPI_N_KEYS];
} KennisXapiPlaces;

#define KENNIS_XAPI_HAS(places, key) (((places)->seen >> (key)) & 1)

typedef enum
{
  KENNIS_XAPI_AGENT_KIND, KENNIS_XAPI_GROUP_KIND, KENNIS_XAPI_ACTIVITY_KIND, KENNIS_XAPI_REF_KIND, KENNIS_XAPI_SUB_KIND
} KennisXapiObjectKind;

/* A rule that a statement breaks: an index into kennis-xapi-check.c's table of texts. */
typedef guint8 KennisXapiRule;

#define KENNIS_XAPI_MAX_PATH 12

/* One thread's look at one statement after another. */
typedef struct
{
  const KennisXapiKeys *keys;
  const KennisCalendar *calendar;
  double               year_days;
  KennisJsonTape       tape;

  KennisXapiPlaces     statement, context, result, activity, definition, actor;   /* no bit where it is not there */
  KennisXapiObjectKind actor_kind, object_kind;
  const char          *verb;
  gsize                verb_length;
  gboolean             is_voiding;
  guint8               id[16];                    /* where it has one */
  gint64               time, duration;            /* KENNIS_UNKNOWN */
  KennisXapiDuration   duration_state;

  KennisXapiRule       broken;                    /* 0: none */
  const char          *path[KENNIS_XAPI_MAX_PATH];
  guint                n_path, n_broken_path;
  const char          *shown;                     /* a name or value that says more */
  gsize                shown_length;
} KennisXapiStatement;

gboolean    kennis_xapi_check       (KennisXapiStatement *self, guint at);
gboolean    kennis_xapi_check_fail  (KennisXapiStatement *self, KennisXapiRule rule);
/* A property by its name; 0: the object has none. */
guint       kennis_xapi_find        (const KennisXapiStatement *self, guint object, const char *name);
/* "actor.mbox".  Free with g_free(). */
char       *kennis_xapi_broken_path (const KennisXapiStatement *self);
const char *kennis_xapi_rule_text   (KennisXapiRule rule, const char **section);
/* kennis-xapi-values.c: a value of one kind. */
gboolean    kennis_xapi_check_value (KennisXapiStatement *self, guint8 kind, guint at);
gboolean    kennis_xapi_check_object (KennisXapiStatement *self, guint8 shape, guint at, KennisXapiPlaces *places);
/* Goes on with all members of an array. */
gboolean    kennis_xapi_check_members (KennisXapiStatement *self, guint8 kind, guint at);

typedef struct
{
  const char *text;           /* NULL: nothing is known */
  gsize       length;
} KennisXapiText;

/* ── kennis-xapi-mapping.c: what becomes of it ────────────────────────────────────────────────────────────────────── */

typedef enum
{
  KENNIS_XAPI_FROM_NOTHING,
  KENNIS_XAPI_FROM_ACTOR, KENNIS_XAPI_FROM_OBJECT, KENNIS_XAPI_FROM_VERB, KENNIS_XAPI_FROM_TYPE, KENNIS_XAPI_FROM_TIME,
  KENNIS_XAPI_FROM_DURATION, KENNIS_XAPI_FROM_REGISTRATION, KENNIS_XAPI_FROM_PARENT, KENNIS_XAPI_FROM_GROUPING,
  KENNIS_XAPI_FROM_INSTRUCTOR, KENNIS_XAPI_FROM_ID, KENNIS_XAPI_FROM_NAME, KENNIS_XAPI_FROM_PLATFORM,
  KENNIS_XAPI_FROM_GROUP, KENNIS_XAPI_FROM_SUCCESS, KENNIS_XAPI_FROM_COMPLETION,
  KENNIS_XAPI_FROM_RESULT_EXTENSION, KENNIS_XAPI_FROM_CONTEXT_EXTENSION
} KennisXapiSource;

typedef struct
{
  KennisXapiSource source;
  char *name;                  /* of an extension */
} KennisXapiName;

typedef struct
{
  KennisXapiName *names;       /* the first that says something */
  guint           n_names;
  GRegex         *regex;       /* borrowed; NULL: as it stands */
} KennisXapiPart;

typedef struct
{
  const KennisField *field;    /* NULL: what attempts are told apart by */
  guint8          index;
  gboolean        is_constant, is_person;
  gint64          code;        /* of a constant that is no text */
  const char     *text;        /* of a constant that is */
  KennisXapiPart *parts;       /* with literals between them */
  const char    **literals;    /* n_parts + 1 */
  guint           n_parts;
  KennisCellUnit  unit;
  GHashTable     *words;       /* borrowed; NULL: none */
  gint64         *by_name;     /* of {verb} and {type}: what the words say, by number; NULL: not one of these */
} KennisXapiField;

typedef struct
{
  const KennisSchema *schema;
  guint64          verbs, types, unless_types, profiles;   /* sets of numbers; 0: any */
  GArray          *fields;      /* KennisXapiField */
  KennisXapiField *merge;       /* NULL: every statement makes its own record */
  KennisXapiField *when, *unless;
  gboolean         sums;        /* durations of one attempt are added up, not compared */
  gint64           within;      /* ms: those without anything to tell attempts apart by; 0: each is its own record */
  guint32          needs;
  guint32          brief;       /* which fields may be handed over in a KennisXapiBrief; 0: none of it */
  gint64           base[KENNIS_MAX_FIELDS];
} KennisXapiMapRecord;

/* IRIs to the numbers of their names. */
typedef struct
{
  guint64     hash;
  const char *iri;             /* of the mapping; NULL: free */
  guint32     length, number;
} KennisXapiNumber;

typedef struct
{
  KennisXapiNumber *slots;
  guint             mask;      /* one less than there are */
} KennisXapiNumbers;

/* A mapping made ready; never changes, used by all threads. */
typedef struct
{
  KennisMapping *mapping;
  KennisXapiNumbers verbs, types, profiles;
  GPtrArray     *records;                     /* KennisXapiMapRecord */
  char         **accounts;                    /* home pages whose account names are people's own ids */
  gboolean       all_accounts;
} KennisXapiMap;

/* An IRI that no list has. */
#define KENNIS_XAPI_UNLISTED 63u

KennisXapiMap *kennis_xapi_map_new  (KennisMapping *mapping, GError **error);
void           kennis_xapi_map_free (KennisXapiMap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisXapiMap, kennis_xapi_map_free)

/* kennis-xapi-brief.c: a record of which all fields were made. */
#define KENNIS_XAPI_BRIEF (1u << 31)
void kennis_xapi_find_brief (KennisXapiMapRecord *record);

/* ── kennis-xapi-statement.c: statements to made records ──────────────────────────────────────────────────────────── */

enum
{
  KENNIS_XAPI_USED        = 1 << 0,   /* has records */
  KENNIS_XAPI_REJECTED    = 1 << 1,   /* one text: the message */
  KENNIS_XAPI_VOIDING     = 1 << 2,   /* id is that of the voided one */
  KENNIS_XAPI_HAS_ID      = 1 << 3,
  KENNIS_XAPI_LENIENT     = 1 << 4,   /* its duration is not written as it should be */
  KENNIS_XAPI_NO_LENGTH   = 1 << 5,   /* its duration has years or months */
  KENNIS_XAPI_PAGE        = 1 << 6    /* no statement: a list of them that names a next one */
};

/* What a statement became, in a block's bytes: this, then its records. */
typedef struct
{
  guint32 size;               /* with all that belongs to it; a multiple of 8 */
  guint32 flags;
  guint64 line;               /* in its block, from 0 */
  guint64 id_hash;            /* where it has an id, or voids one */
  guint32 n_records, rule, path_length, shown_length;   /* of a rejected one: path and shown follow */
} KennisXapiFound;

typedef struct
{
  guint16 record;             /* of the map */
  guint16 n_values;
  guint8  verb, type;         /* numbers: of a KennisXapiBrief, whose first part this is */
  guint8  is_brief, padding;
  guint64 attempt;            /* 0: a record of its own; KENNIS_XAPI_NEAR; else odd */
} KennisXapiMade;

/* Nothing tells its attempt but who, what and when. */
#define KENNIS_XAPI_NEAR 2u

/* What kind of value: a text stands behind it; a text that is known is a pointer to it. */
enum { KENNIS_XAPI_IS_CODE, KENNIS_XAPI_IS_TEXT, KENNIS_XAPI_IS_CODED };

/* kennis-xapi-quick-private.h */
typedef struct _KennisXapiCoded KennisXapiCoded;
typedef struct _KennisXapiKnowns KennisXapiKnowns;
typedef struct _KennisXapiShapes KennisXapiShapes;
typedef struct _KennisXapiQuick KennisXapiQuick;
/* kennis-xapi-describe.c: which verbs and types were seen. */
typedef struct _KennisXapiTally KennisXapiTally;

/* All that varies in most records: 56 bytes. */
typedef struct
{
  KennisXapiMade   made;
  KennisXapiCoded *person, *topic;
  gint64           start, ended, duration;
} KennisXapiBrief;

typedef struct
{
  guint32 length;             /* of the text behind, filled up to 8 */
  guint8  field, is_text;
  guint16 padding;
  union
  {
    gint64           code;
    KennisXapiCoded *coded;
  };
} KennisXapiMadeValue;

/* Which record a verb and a type make, where nothing else matters: its number and one. */
#define KENNIS_XAPI_CHOICE_NEW  0u
#define KENNIS_XAPI_CHOICE_ASK  0xffu
#define KENNIS_XAPI_CHOICE_NONE 0xfeu

/* Bytes that grow. */
typedef struct
{
  guint8 *data;
  gsize   len, room;
} KennisXapiBuffer;

/* Room for more, with `length` bytes of data at its beginning; where it is. */
static inline gsize
kennis_xapi_buffer_append (KennisXapiBuffer *self,
                           const void       *data,
                           gsize             length,
                           gsize             room)
{
  gsize at = self->len;

  if (at + room > self->room)
    {
      self->room = MAX (at + room, MAX (64 * 1024, self->room * 2));
      self->data = (guint8 *) g_realloc (self->data, self->room);
    }
  self->len += room;
  if (length > 0)
    memcpy (self->data + at, data, length);

  return at;
}

/* Texts are filled up so that what follows stands at a multiple of 8. */
static inline gsize
kennis_xapi_rounded (gsize length)
{
  return (length + 7) & ~(gsize) 7;
}

typedef struct
{
  KennisXapiStatement  statement;
  const KennisXapiMap *map;
  const KennisReader  *reader;
  KennisCalendar      *calendar;
  KennisJson          *json;
  gboolean             only_voiding;
  KennisXapiBuffer    *found;         /* of the block at hand */
  GString             *person, *joined;
  guint                members, member, member_at;   /* the group looked at last, and where in it */
  guint8               choices[KENNIS_XAPI_UNLISTED + 1][KENNIS_XAPI_UNLISTED + 1];   /* by verb and type */
  /* The quick way */
  KennisXapiKnowns    *knowns;                       /* NULL: never */
  KennisXapiShapes    *shapes;
  KennisXapiQuick     *quick;                        /* of the statement at hand; NULL: it goes the long way */
  KennisXapiTally     *tally;                        /* NULL: nobody asks */
  guint64              n_block, n_taken;             /* blocks of the source: the one at hand; those that are done with */
} KennisXapiWorker;

/* Of the long way. */
void           kennis_xapi_tally_add (KennisXapiTally *self, KennisXapiText verb, guint verb_number, KennisXapiText type,
                                      guint type_number, gboolean is_used);

/* kennis-xapi-sources.c: what {name} stands for; `member` is the number of a person of a group.  Holds until the next call. */
KennisXapiText kennis_xapi_value     (KennisXapiWorker *self, const KennisXapiName *name, guint member, gboolean is_person,
                                      char *buffer);
KennisXapiText kennis_xapi_type      (const KennisXapiStatement *statement);
/* The name of a verb or type (`which`: KENNIS_MAP_VERBS, …) by its number; the IRI where no list has it. */
KennisXapiText kennis_xapi_name      (const KennisXapiWorker *self, guint which, guint number, KennisXapiText iri);
/* The profiles whose IRIs are among the categories. */
guint64        kennis_xapi_profiles  (const KennisXapiWorker *self);
guint          kennis_xapi_n_persons (const KennisXapiWorker *self, guint place, KennisXapiObjectKind kind);
/* KENNIS_XAPI_UNLISTED: no list has it. */
guint          kennis_xapi_number    (const KennisXapiNumbers *numbers, KennisXapiText text);

/* kennis-xapi-made.c: adds the records that a sound statement makes to worker->found; how many. */
guint          kennis_xapi_make      (KennisXapiWorker *self, guint verb, guint type);
/* kennis-xapi-brief.c: false: it must be made value by value. */
gboolean       kennis_xapi_make_brief (KennisXapiWorker *self, const KennisXapiMapRecord *record, guint index, guint verb,
                                       guint type);

void kennis_xapi_worker_init  (KennisXapiWorker *self, const KennisXapiMap *map, const KennisXapiKeys *keys,
                               const KennisReader *reader, KennisCalendar *calendar, gboolean only_voiding);
void kennis_xapi_worker_clear (KennisXapiWorker *self);

/* ── kennis-xapi-split.c: bytes to statements ─────────────────────────────────────────────────────────────────────── */

/* Small enough that a block is still in the cache of the processor that filled it when it is parsed. */
#define KENNIS_XAPI_BLOCK         (128u * 1024)
#define KENNIS_XAPI_MAX_STATEMENT (16u * 1024 * 1024)

typedef struct
{
  gsize   at, length;
  guint64 line;              /* in the block, from 0 */
} KennisXapiItem;

/* Whole lines; gives their number.  text[length] is written to, and KENNIS_JSON_PADDING bytes must be readable. */
guint64 kennis_xapi_worker_take_lines (KennisXapiWorker *self, char *text, gsize length);
/* The same where it is known where the statements, or lists of them, are. */
void    kennis_xapi_worker_take_items (KennisXapiWorker *self, const char *text, gsize length, const KennisXapiItem *items,
                                       guint n_items);

/* Some text; where it is not lines, with the places of the statements in it. */
typedef struct
{
  char       *text;
  gsize       length, room;
  GArray     *items;         /* KennisXapiItem */
  gboolean    is_lines;
  guint64     n_lines;       /* that end in it: set by who parses it */
  gsize       hash_from, hash_to;   /* what the source's fingerprint still lacks */
  KennisXapiBuffer found;
  int         state;
} KennisXapiBlock;

typedef struct
{
  KennisBytes  *bytes;
  GCancellable *cancellable;
  char         *rest;        /* of the block before */
  gsize         n_rest, rest_room;
  gboolean      at_end, is_known, is_lines, is_skipping;
  gboolean      apart;       /* somebody else fingerprints the blocks, in order */
  gsize         n_hashed;    /* of the rest: in the fingerprint already */
  /* of what is not lines */
  guint8        place;
  guint         depth;
  gboolean      in_text, escaped, wants_key, in_wrapper;
  guint8        key;         /* the last one of depth 1: 1 "statements", 2 "more" */
  gsize         item;        /* where the statement at hand begins */
  gsize         text_from;
  gboolean      has_more;    /* a page that names a next one */
  const char   *problem;     /* not translated */
} KennisXapiSplit;

void kennis_xapi_split_init  (KennisXapiSplit *self, KennisBytes *bytes, GCancellable *cancellable);
void kennis_xapi_split_clear (KennisXapiSplit *self);
/* 1: the block holds something, 0: the end, −1: an error. */
int  kennis_xapi_split_fill  (KennisXapiSplit *self, KennisXapiBlock *block, GError **error);
void kennis_xapi_block_init  (KennisXapiBlock *self);
void kennis_xapi_block_clear (KennisXapiBlock *self);
/* For both ways to fill one: more room for the text, what is behind the last whole statement, and more of the source. */
void kennis_xapi_block_make_room (KennisXapiBlock *self, gsize room);
void kennis_xapi_split_keep_rest (KennisXapiSplit *self, KennisXapiBlock *block, gsize from);
gboolean kennis_xapi_split_read_more (KennisXapiSplit *self, KennisXapiBlock *block, GError **error);
/* kennis-xapi-lists.c: the same as kennis_xapi_split_fill() for what is not lines. */
int  kennis_xapi_split_fill_values (KennisXapiSplit *self, KennisXapiBlock *block, GError **error);
/* Gives every statement of the block to the worker. */
void kennis_xapi_block_parse (KennisXapiBlock *self, KennisXapiWorker *worker);

/* ── kennis-xapi-pipe.c: threads ──────────────────────────────────────────────────────────────────────────────────── */

typedef gboolean (*KennisXapiTake) (KennisXapiBlock *block, gpointer data, GError **error);

/* Cuts, parses, and gives the blocks to `take` in order, in this thread. */
gboolean kennis_xapi_pipe_run (KennisReadJob *job, KennisXapiSplit *split, const KennisXapiMap *map, const KennisXapiKeys *keys,
                               KennisCalendar *calendar, gboolean only_voiding, KennisXapiTake take, gpointer data, GError **error);

/* ── kennis-xapi-state.c: what must be remembered ─────────────────────────────────────────────────────────────────── */

/* What is kept of an id that was seen. */
guint64        kennis_xapi_id_hash    (const guint8 *uuid);

/* Statements of one registration, person and topic: one record. */
typedef struct
{
  guint64 key;                  /* of the registration */
  gint64  person, topic;
  gint64  start, ended, most, sum;
  guint32 rest;                 /* what else it says: an index */
  guint32 n_statements;
  guint64 line;
  guint8  status;
  guint8  is_given;             /* a record was made of it, in this source or one before */
  guint8  was_completed;        /* and that was of a completed activity */
} KennisXapiAttempt;

/* Where an attempt is, and enough of its key that others need not be looked at. */
typedef struct
{
  guint32 attempt;              /* its index and one; 0: free */
  guint32 tag;
} KennisXapiAttemptSlot;

/* What one dataset knows of statements: it lives as long as the dataset. */
typedef struct
{
  KennisHashes *ids;
  GArray        *attempts;      /* KennisXapiAttempt, in order of appearance */
  KennisXapiAttemptSlot *slots;
  guint          n_slots;
  GArray        *rests;         /* gint64 × KENNIS_MAX_FIELDS */
  guint          first_open;    /* attempts from here on are of this source, or were changed by it */
  GArray        *changed;       /* guint: attempts of sources before that were */
} KennisXapiMemory;

KennisXapiMemory  *kennis_xapi_memory_of      (KennisDataset *dataset);
KennisXapiAttempt *kennis_xapi_memory_attempt (KennisXapiMemory *self, guint64 key, gint64 person, gint64 topic, gboolean *is_new);
/* The same for what only person, topic and time tell: the last one of this source, where it is at most `within` from end to end. */
KennisXapiAttempt *kennis_xapi_memory_near    (KennisXapiMemory *self, gint64 person, gint64 topic, gint64 time, gint64 within,
                                               gboolean *is_new);
/* Forgets all. */
void               kennis_xapi_memory_reset   (KennisXapiMemory *self);
/* Brings near what looking for an attempt will look at: first where it is, then itself. */
void               kennis_xapi_memory_prefetch (const KennisXapiMemory *self, guint64 key);
void               kennis_xapi_memory_prefetch_attempt (const KennisXapiMemory *self, guint64 key);
/* The number of a set of codes. */
guint32            kennis_xapi_memory_rest    (KennisXapiMemory *self, const gint64 *codes);

/* ── kennis-xapi-voided.c ─────────────────────────────────────────────────────────────────────────────────────────── */

/* Ids of voided statements: of all sources that a reader, and those like it, looked into. */
typedef struct _KennisXapiVoided KennisXapiVoided;

KennisXapiVoided *kennis_xapi_voided_ref      (KennisXapiVoided *self);
void              kennis_xapi_voided_unref    (KennisXapiVoided *self);
KennisXapiVoided *kennis_xapi_voided_new      (void);
void              kennis_xapi_voided_add      (KennisXapiVoided *self, guint64 hash);
gboolean          kennis_xapi_voided_has      (KennisXapiVoided *self, guint64 hash);
/* Was a source of this name looked into? */
gboolean          kennis_xapi_voided_knows    (KennisXapiVoided *self, const char *source);
/* It is going to be read: what is found under this name later is another one. */
void              kennis_xapi_voided_forget   (KennisXapiVoided *self, const char *source);
void              kennis_xapi_voided_know     (KennisXapiVoided *self, const char *source);
/* False: no statement among these bytes voids one. */
gboolean          kennis_xapi_may_void      (const char *text, gsize length);
/* Looks through a source that can be read again, and goes back to its beginning. */
gboolean          kennis_xapi_find_voided   (KennisReadJob *job, KennisXapiVoided *self, const KennisXapiMap *map,
                                             const KennisXapiKeys *keys, KennisCalendar *calendar, GError **error);
