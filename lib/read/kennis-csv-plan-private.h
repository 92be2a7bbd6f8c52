#pragma once

#include "read/kennis-csv-read-private.h"

/* The quick way from text to records, for tables whose rows are plain: no quotes, as many cells as the header, a record made
 * of cells one by one.  Threads cut blocks of whole rows into values by a plan; the caller's thread turns these into
 * records, in order.  Any row that is not plain, and any cell that cannot be taken, goes the long way (kennis-csv-read.c), which
 * alone rejects, ignores and tells; so the result is the same as without all this, on any number of threads. */

typedef enum
{
  KENNIS_CSV_STEP_WORD,       /* few texts come again and again: each is looked at once */
  KENNIS_CSV_STEP_TEXT,       /* every row has another one, as ids */
  KENNIS_CSV_STEP_TIME,
  KENNIS_CSV_STEP_DURATION,
  KENNIS_CSV_STEP_NUMBER,
  KENNIS_CSV_STEP_FILTER      /* a word that says whether the row goes the long way, where it is left out */
} KennisCsvStepKind;

typedef struct
{
  KennisCsvStepKind     kind;
  guint                 column;
  guint                 record;       /* among those of a row */
  guint                 field;
  const KennisField    *schema_field;
  const KennisTemplate *template;
  guint                 scale;        /* of numbers */
  gboolean              keeps;        /* of a filter: the row stays where it says something */
} KennisCsvStep;

typedef struct
{
  const KennisMapRecord *record;
  gint64                 codes[KENNIS_MAX_FIELDS];   /* of what no column says */
} KennisCsvShape;

typedef struct _KennisCsvStraightPlan KennisCsvStraightPlan;

/* It does not change while threads use it. */
typedef struct
{
  GArray               *steps;        /* KennisCsvStep, in the mapping's order */
  GArray               *shapes;       /* KennisCsvShape */
  guint                 n_cells;
  char                  delimiter;
  KennisCsvRules        rules;
  const KennisCalendar *calendar, *days;   /* of times, and of coarse ones */
  const KennisReader   *reader;
  const char           *first_name;   /* what the header says in the first step's column */
  gsize                 first_length;
  KennisCsvStraightPlan *straight;    /* NULL: no row goes straight (kennis-csv-straight-private.h) */
} KennisCsvPlan;

/* False where rows of this table must all go the long way. */
gboolean kennis_csv_plan_init  (KennisCsvPlan *self, KennisCsvRead *read);
void     kennis_csv_plan_clear (KennisCsvPlan *self);
/* kennis-csv-straight-plan.c: may rows go straight into a summary?  Then it opens the job's sink.  False with an error. */
gboolean kennis_csv_plan_straighten     (KennisCsvPlan *self, KennisCsvRead *read, GError **error);
void     kennis_csv_straight_plan_free  (KennisCsvStraightPlan *self);

/* What a cell holds: nothing; or a number; or of a word its number in the thread's dictionary (or KENNIS_CSV_NO_WORD) and where it stands. */
#define KENNIS_CSV_NOTHING   G_MININT64
#define KENNIS_CSV_NO_WORD   0xfffffu
#define KENNIS_CSV_BLOCK     (256u * 1024)      /* a block is handed out once it holds this much */
#define KENNIS_CSV_BLOCK_MAX (1024u * 1024 - 1) /* 20 bits tell a place in it */

static inline gint64
kennis_csv_word (guint word, gsize at, gsize length)
{
  return (gint64) ((guint64) word << 40 | (guint64) at << 20 | length);
}

/* Lines between two items, or before the end: rows that went straight, and lines without anything. */
typedef struct
{
  guint32 n_straight, n_empty;
  guint32 last;               /* which of them was the last row, from 1; 0: none was */
} KennisCsvBetween;

typedef struct
{
  guint32 at, length;         /* in the block's text, with the end of line */
  KennisCsvBetween before;
  gboolean is_long_way;
} KennisCsvItem;

/* kennis-csv-marks.c: where a text, which ends with a line feed, is to be cut. */
typedef struct
{
  guint32 *cells;             /* of every delimiter and line feed; there is a place before the first */
  guint32 *rows;              /* of every line feed: which of cells it is */
  guint32 *odd;               /* of every quote, and return without a line feed behind it */
  gsize    n_rows, n_odd, room;
} KennisCsvMarks;

void     kennis_csv_marks_find  (KennisCsvMarks *self, const char *text, gsize length, char delimiter);
void     kennis_csv_marks_clear (KennisCsvMarks *self);

typedef struct
{
  char   *text;
  gsize   length, room;
  KennisCsvMarks marks;
  GArray *items;              /* KennisCsvItem */
  GArray *values;             /* gint64, one for each step of every item */
  KennisCsvBetween at_end;
  guint   thread;             /* whose dictionary */
  gint    state;
} KennisCsvBlock;

void     kennis_csv_block_init  (KennisCsvBlock *self);
void     kennis_csv_block_clear (KennisCsvBlock *self);

/* What one thread knows of words. */
typedef struct _KennisCsvWords KennisCsvWords;

KennisCsvWords *kennis_csv_words_new  (guint n_steps);
void            kennis_csv_words_free (KennisCsvWords *self);
/* KENNIS_CSV_NO_WORD: there are too many. */
guint           kennis_csv_words_find (KennisCsvWords *self, guint step, const char *text, gsize length);
/* The caller's thread took a record with the word, which meant this in it: its own thread may know. */
void            kennis_csv_words_teach   (KennisCsvWords *self, guint step, guint word, gint64 code);
gboolean        kennis_csv_words_learned (KennisCsvWords *self, guint step, guint word, gint64 *code);

typedef struct _KennisCsvStraight KennisCsvStraight;

/* kennis-csv-split.c: a block, which ends with the end of a row, into items and values.  `straight` may be NULL. */
void     kennis_csv_split (const KennisCsvPlan *plan, KennisCsvWords *words, KennisCsvStraight *straight, KennisCsvBlock *block);
/* What a step's cell says, where that is a number or a duration, or a time.  False: it may still be one. */
gboolean kennis_csv_plain_value (const KennisCsvPlan *plan, const KennisCsvStep *step, const char *text, gsize length, gint64 *value);
gboolean kennis_csv_plain_time  (const KennisCsvPlan *plan, const KennisCsvStep *step, const char *text, gsize length, gint64 *value);
/* How much of the text is whole rows; 0: none is known to be. */
gsize    kennis_csv_whole_rows (const char *text, gsize length, char delimiter);

/* kennis-csv-pool.c: threads that split blocks. */
typedef struct _KennisCsvPool KennisCsvPool;

/* words: of each thread, then of the caller's.  Where rows go straight the caller's thread splits as well, rather than to wait. */
KennisCsvPool  *kennis_csv_pool_new    (const KennisCsvPlan *plan, KennisCsvWords *const *words, guint n_threads);
void            kennis_csv_pool_free   (KennisCsvPool *self);
/* A block to be filled; NULL: all are in use. */
KennisCsvBlock *kennis_csv_pool_get    (KennisCsvPool *self);
void            kennis_csv_pool_submit (KennisCsvPool *self);
/* The oldest one that was submitted, when it is split; NULL: there is none. */
KennisCsvBlock *kennis_csv_pool_wait   (KennisCsvPool *self);
/* It was the oldest one, and is free again. */
void            kennis_csv_pool_done   (KennisCsvPool *self);

/* kennis-csv-fast.c: rows from here to the end of the text, or to where the long way must be gone on: then *rest is true. */
gboolean kennis_csv_read_fast (KennisCsvRead *self, const KennisCsvPlan *plan, GError **error);
