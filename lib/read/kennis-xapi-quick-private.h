#pragma once

#include "read/kennis-xapi-private.h"

/* The quick way: most statements are made of parts that came before, byte for byte.  Such a part was held against the rules once
 * and is not parsed again; what is new in a statement (ids, times, durations) is read where it stands.  Whatever is not plainly
 * sound goes the long way (kennis-xapi-statement.c), so that both ways find the same. */

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
typedef struct
{
  guint8          kind;
  guint8          number;       /* of the verb, or of the activity's type */
  guint32         length;       /* of its bytes, which stand behind */
  KennisXapiCoded coded[2];     /* who; the activity; parent and grouping */
  KennisXapiText  text;         /* the verb, or the activity's type */
  KennisXapiText  name;         /* of the activity */
  guint64         profiles;     /* of activities of the context */
} KennisXapiKnown;

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

/* ── kennis-xapi-quick.c: statements of such parts ────────────────────────────────────────────────────────────────── */

/* The tokens of a block, as kennis_json_tokens() tells them. */
typedef struct
{
  const char    *text;
  const guint32 *at;
  gsize          n, k;          /* k: the one at hand */
} KennisXapiTokens;

#define KENNIS_XAPI_MAX_EXTENSIONS 16u
#define KENNIS_XAPI_MAX_UNKNOWN    8u

typedef struct
{
  KennisXapiText iri, value;    /* value: NULL where it is no text and no number */
  gboolean       is_number;
} KennisXapiExtension;

/* A statement as the quick way sees it.  Properties that are there are bits of KennisXapiKey. */
struct _KennisXapiQuick
{
  KennisXapiTokens tokens;
  gsize            end;         /* behind the statement */
  guint64          seen, seen_in_result, seen_in_context;
  KennisXapiKnown *known[KENNIS_XAPI_N_KNOWN], *before[KENNIS_XAPI_N_KNOWN];   /* before: of the block's statements before */
  KennisXapiText   id, registration, platform, database_time;
  gboolean         success, completion;
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
};

typedef enum
{
  KENNIS_XAPI_QUICK_SOUND,      /* all of it is known, or plain */
  KENNIS_XAPI_QUICK_UNKNOWN,    /* but for some parts */
  KENNIS_XAPI_QUICK_LONG        /* the long way must tell */
} KennisXapiQuickState;

/* Reads the statement that begins at the token at hand; worker->statement gets what it says. */
KennisXapiQuickState kennis_xapi_quick_read  (KennisXapiWorker *self, KennisXapiQuick *quick);
/* The long way found it sound: its parts become known. */
void                 kennis_xapi_quick_learn (KennisXapiWorker *self, KennisXapiQuick *quick);
/* kennis_xapi_value() for what is not of the tape. */
KennisXapiText       kennis_xapi_quick_value (KennisXapiWorker *self, const KennisXapiName *name, gboolean is_person);
/* The same as a text that is known; NULL: it is none. */
KennisXapiCoded     *kennis_xapi_quick_coded (const KennisXapiWorker *self, KennisXapiSource source, gboolean is_person);
