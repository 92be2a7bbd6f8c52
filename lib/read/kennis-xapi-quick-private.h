#pragma once

#include "read/kennis-xapi-private.h"

/* The quick way: most statements are made of parts that came before, byte for byte, and nearly all have the shape of one that came
 * before.
 *
 *   - A line is held against the *shapes* of lines (kennis-xapi-shapes.c): all of it that never changes is compared, and its *cells*
 *     are read where they stand: ids, times, durations, free texts, and known parts.
 *     An actor that is not known is held against the rules where it stands, for many people come but a few times.
 *   - Where no shape fits, it is read token after token (kennis-xapi-quick.c); a sound line becomes a shape.
 *   - Where a part is not known, or anything is not plainly sound, it goes the long way (kennis-xapi-statement.c), which alone
 *     rejects; parts that are held against the rules there become *known* (kennis-xapi-known.c).
 *
 * All three find the same. */

/* A text of a part, and what it became as a value of a field: that is set by who takes the records, in one thread. */
struct _KennisXapiCoded
{
  KennisXapiText     text;
  const KennisField *field;     /* NULL: not known yet */
  gint64             code;
};

typedef enum
{
  KENNIS_XAPI_KNOWN_ACTOR, KENNIS_XAPI_KNOWN_VERB, KENNIS_XAPI_KNOWN_OBJECT, KENNIS_XAPI_KNOWN_SCORE,
  KENNIS_XAPI_KNOWN_AUTHORITY, KENNIS_XAPI_KNOWN_ACTIVITIES,
  KENNIS_XAPI_N_KNOWN
} KennisXapiKnownKind;

/* A sound part, by its bytes. */
typedef struct _KennisXapiKnown KennisXapiKnown;
struct _KennisXapiKnown
{
  guint8          kind;
  guint8          number;       /* of the verb, or of the activity's type */
  guint32         length;       /* of its bytes, which stand behind */
  KennisXapiCoded coded[2];     /* who; the activity; parent and grouping */
  KennisXapiText  text;         /* the verb, or the activity's type */
  KennisXapiText  name;         /* of the activity */
  guint64         profiles;     /* of activities of the context */
  KennisXapiKnown *next;        /* that came behind it the last time */
};

/* ── kennis-xapi-known.c: those of one thread ─────────────────────────────────────────────────────────────────────── */

KennisXapiKnowns *kennis_xapi_knowns_new  (void);
void              kennis_xapi_knowns_free (KennisXapiKnowns *self);
/* NULL: not known.  *hash is for adding it. */
KennisXapiKnown  *kennis_xapi_knowns_find (const KennisXapiKnowns *self, KennisXapiKnownKind kind, const char *raw, gsize length,
                                           guint64 *hash);
/* Makes one, without texts; NULL where there is no room.  Blocks before `n_taken` are done with; `n_block` is at hand. */
KennisXapiKnown  *kennis_xapi_knowns_add  (KennisXapiKnowns *self, KennisXapiKnownKind kind, const char *raw, gsize length,
                                           guint64 hash, guint64 n_block, guint64 n_taken);
/* A copy that lives as long as what is known. */
KennisXapiText    kennis_xapi_knowns_keep (KennisXapiKnowns *self, KennisXapiText text);

/* ── A statement as the quick way sees it ─────────────────────────────────────────────────────────────────────────── */

/* What varies in statements of one shape. */
typedef enum
{
  KENNIS_XAPI_CELL_END,                        /* nothing: the line ends here */
  KENNIS_XAPI_CELL_ID, KENNIS_XAPI_CELL_REGISTRATION,
  KENNIS_XAPI_CELL_TIMESTAMP, KENNIS_XAPI_CELL_STORED, KENNIS_XAPI_CELL_DATABASE_TIME, KENNIS_XAPI_CELL_DURATION,
  KENNIS_XAPI_CELL_PLATFORM, KENNIS_XAPI_CELL_TEXT,
  KENNIS_XAPI_CELL_VALUE,                      /* a text in its quotation marks, a number, true, false, null */
  KENNIS_XAPI_CELL_EXTENSION,                  /* such a value */
  KENNIS_XAPI_CELL_PART
} KennisXapiCellKind;

typedef struct
{
  guint8         kind;
  guint8         which;         /* extension: 0 of the result, 1 of the context; part: its kind */
  KennisXapiText iri;           /* of an extension; else NULL */
} KennisXapiCell;

/* Properties that are there are bits of KennisXapiKey. */
typedef struct
{
  guint64  own, in_result, in_context;
  gboolean success, completion;
} KennisXapiSeen;

#define KENNIS_XAPI_HAS_BIT(set, key) (((set) >> (key)) & 1)

/* The tokens of a line, as kennis_json_tokens() tells them. */
typedef struct
{
  const char    *text;
  const guint32 *at;
  gsize          n, k;          /* k: the one at hand */
} KennisXapiTokens;

#define KENNIS_XAPI_MAX_EXTENSIONS 16u
#define KENNIS_XAPI_MAX_UNKNOWN    8u
#define KENNIS_XAPI_MAX_CELLS      64u

typedef struct
{
  KennisXapiText iri, value;    /* value: NULL where it is no text and no number */
  gboolean       is_number;
} KennisXapiExtension;

struct _KennisXapiQuick
{
  KennisXapiTokens tokens;
  gsize            end;         /* behind the statement */
  KennisXapiSeen   seen;
  KennisXapiKnown *known[KENNIS_XAPI_N_KNOWN], *before[KENNIS_XAPI_N_KNOWN];   /* before: of the block's statements before */
  KennisXapiText   id, registration, platform, database_time;
  gint64           timestamp, stored;
  KennisXapiExtension extensions[2][KENNIS_XAPI_MAX_EXTENSIONS];   /* of the result, of the context */
  guint            n_extensions[2];
  gboolean         refused;     /* something was asked for that the long way must tell */

  /* Parts that are not known: they are once the long way found the statement sound. */
  struct
  {
    guint8      kind;
    const char *raw;
    gsize       length;
    guint64     hash;
  } unknown[KENNIS_XAPI_MAX_UNKNOWN];
  guint n_unknown;

  /* By tokens alone: in the order of the line.  n_cells may be more than there is room for; then there is no shape. */
  struct
  {
    KennisXapiCell cell;
    KennisXapiText text;
  } cells[KENNIS_XAPI_MAX_CELLS];
  guint n_cells;
};

/* ── kennis-xapi-cells.c ──────────────────────────────────────────────────────────────────────────────────────────── */

void     kennis_xapi_quick_begin  (KennisXapiWorker *self, KennisXapiQuick *quick);
/* Any cell but a part; what it says goes into `quick` and worker->statement. */
gboolean kennis_xapi_cell_read    (KennisXapiWorker *self, KennisXapiQuick *quick, const KennisXapiCell *cell, KennisXapiText text);
/* With all that is in it read. */
gboolean kennis_xapi_quick_finish (KennisXapiWorker *self, const KennisXapiQuick *quick);

/* ── kennis-xapi-shapes.c: those of one thread ────────────────────────────────────────────────────────────────────── */

KennisXapiShapes *kennis_xapi_shapes_new   (void);
void              kennis_xapi_shapes_free  (KennisXapiShapes *self);
/* Reads the line that begins here, as kennis_xapi_quick_read() does.  Bytes of it without its end; 0: none of the shapes fits.
 * Somewhere behind the text stands a 0. */
gsize             kennis_xapi_shapes_read  (KennisXapiWorker *self, KennisXapiQuick *quick, const char *text, gsize length);
/* A line that was read by its tokens, and is sound. */
void              kennis_xapi_shapes_learn (KennisXapiShapes *self, const KennisXapiQuick *quick, const char *text, gsize length);

/* ── kennis-xapi-quick.c: tokens ──────────────────────────────────────────────────────────────────────────────────── */

typedef enum
{
  KENNIS_XAPI_QUICK_SOUND,      /* all of it is known, or plain */
  KENNIS_XAPI_QUICK_UNKNOWN,    /* but for some parts */
  KENNIS_XAPI_QUICK_LONG        /* the long way must tell */
} KennisXapiQuickState;

/* Reads the statement that begins at the token at hand; worker->statement gets what it says. */
KennisXapiQuickState kennis_xapi_quick_read  (KennisXapiWorker *self, KennisXapiQuick *quick);
/* ── kennis-xapi-quick-value.c ────────────────────────────────────────────────────────────────────────────────────── */

/* The long way found it sound: its parts become known. */
void                 kennis_xapi_quick_learn (KennisXapiWorker *self, KennisXapiQuick *quick);
/* The actor of a line that is sound so far: it is parsed and held against the rules alone.  NULL: the long way must tell. */
KennisXapiKnown     *kennis_xapi_quick_learn_actor (KennisXapiWorker *self, const char *raw, gsize length, guint64 hash);
/* kennis_xapi_value() for what is not of the tape. */
KennisXapiText       kennis_xapi_quick_value (KennisXapiWorker *self, const KennisXapiName *name, gboolean is_person);
/* The same as a text that is known; NULL: it is none. */
KennisXapiCoded     *kennis_xapi_quick_coded (const KennisXapiWorker *self, KennisXapiSource source, gboolean is_person);
