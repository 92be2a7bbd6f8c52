#pragma once

#include "read/kennis-mapping-private.h"
#include "read/kennis-reader-private.h"

/* Which mapping fits the first rows of a text, and how. */
typedef struct
{
  KennisMapping *mapping;     /* owned; NULL: none does */
  char           delimiter;
  guint          row;         /* of the header, from 0, empty lines not counted */
  guint          n_skipped;   /* bytes of a "sep=;" line */
} KennisCsvChoice;

#define KENNIS_CSV_HEAD_ROWS 40u

void     kennis_csv_choose       (const char *text, gsize length, KennisMapping *given, KennisCsvChoice *choice);
/* Where nothing fits: what is most likely between cells, and which row, from 0, the header. */
char     kennis_csv_find_header   (const char *text, gsize length, guint *row);

typedef struct
{
  const char *text;           /* NULL: unknown */
  gsize       length;
  int         column;         /* −1: none */
} KennisCsvValue;

typedef struct _KennisCsvScores KennisCsvScores;

/* A mapping bound to the header of one source. */
typedef struct
{
  KennisMapping    *mapping;
  KennisCsvRules    rules;
  KennisCalendar   *calendar;
  const KennisCsvRow *row;
  char            **header;      /* as it stands, n_header */
  char            **plain;
  guint             n_header;
  int              *columns;     /* by index of a mapping's column; −1: not there */
  GArray          **each;        /* guint columns, by record; NULL: one record of a row */
  GHashTable       *preamble;    /* plain name → text */
  GString          *joined, *cleaned;
  char             *lowered;     /* the last value in small letters */
  guint64           n_row;       /* of this source */
  char              number[24];
  int               bad_column;  /* whose text is not valid; −1 */
  KennisCsvScores  *scores;      /* NULL: the mapping asks for none */
} KennisCsvBinding;

/* Takes the header from the row. */
void           kennis_csv_bind       (KennisCsvBinding *self, KennisMapping *mapping, const KennisCsvRow *row);
void           kennis_csv_unbind     (KennisCsvBinding *self);
KennisCsvValue kennis_csv_value      (KennisCsvBinding *self, const KennisTemplate *template, int each);
/* That of a template of one column, for a cell with this text. */
KennisCsvValue kennis_csv_cell_value (KennisCsvBinding *self, const KennisTemplate *template, const char *text, gsize length, int column);
/* Do the mapping's [rows] leave the row at hand out? */
gboolean       kennis_csv_is_ignored (KennisCsvBinding *self);
/* kennis-csv-scores.c: which columns have labels beside their numbers, as the first rows of the text show. */
void           kennis_csv_find_scores (KennisCsvBinding *self, const char *text, gsize length, gboolean is_all, char delimiter,
                                       guint skip_rows);
/* The number of an answer; unknown where it is one in words, which is counted. */
KennisCsvValue kennis_csv_score       (KennisCsvBinding *self, KennisCsvValue value);
/* What to say of those that are in words, and where the first is; NULL: there was none.  Free with g_free(). */
char          *kennis_csv_tell_scores (const KennisCsvBinding *self, guint64 *line, int *column);
void           kennis_csv_scores_free (KennisCsvScores *self);
/* What the value means in a field: after [words], and by its kind.  *known is false where it says nothing. */
gboolean       kennis_csv_convert    (KennisCsvBinding *self, KennisReadJob *job, const KennisField *field,
                                      const KennisTemplate *template, KennisCsvValue value, gint64 *code,
                                      KennisTextProblem *problem);
/* kennis-csv-decimal.c: what a number shows of how numbers are written.  Marks between thousands are shown beside a decimal mark only, or
 * where there are several. */
typedef enum
{
  KENNIS_CSV_MARK_COMMA       = 1,   /* a number that can only have a decimal comma, or points between thousands */
  KENNIS_CSV_MARK_POINT       = 2,   /* likewise a point, or commas */
  KENNIS_CSV_MARK_ALL_DECIMAL = 3,
  KENNIS_CSV_MARK_THOUSANDS   = 4,   /* the other one of them between thousands */
  KENNIS_CSV_MARK_SPACES      = 8,   /* these between thousands: spaces */
  KENNIS_CSV_MARK_NBSP        = 16,  /* no-break spaces */
  KENNIS_CSV_MARK_NARROW      = 32,  /* narrow ones */
  KENNIS_CSV_MARK_APOSTROPHES = 64
} KennisCsvNumberMarks;

guint    kennis_csv_number_marks (const char *text, gsize length);
/* What stands between thousands where numbers show these marks and have this decimal mark; "": nothing, or nobody knows. */
const char *kennis_csv_thousands (guint marks, char decimal);

/* kennis-csv-guess.c: what the first rows of the text, or all of them, show of how it is written.
 * All marks of numbers; *example and *column: of the one that shows most.  Free the example with g_free(). */
guint    kennis_csv_find_marks   (KennisCsvBinding *self, const char *text, gsize length, gboolean is_all, char delimiter,
                                  guint skip_rows, char **example, guint *column);
/* The order of days and months: as declared, or as the rows prove.  False with the cell that does not say. */
gboolean kennis_csv_find_order   (KennisCsvBinding *self, const char *text, gsize length, gboolean is_all, char delimiter,
                                  guint skip_rows, char **example, guint *column, gboolean *was_found);

/* A row's records wait here until all of them are known to be good. */
typedef struct
{
  KennisRecordType type;
  gint64 codes[KENNIS_MAX_FIELDS];
} KennisCsvWaiting;

typedef struct
{
  KennisReadJob   *job;
  KennisCsvText    text;
  KennisCsvRow     row;
  KennisCsvBinding binding;
  KennisCsvChoice  choice;
  GArray          *waiting;
  GPtrArray       *members;     /* of a list that is being made */
  guint64          header_line;
  guint64          first_short;
  gboolean         is_unended;  /* the row is the last one, and no end of line follows it */
  gboolean         is_ended;    /* the mapping's "end" was seen */
} KennisCsvRead;

/* kennis-csv-read.c: the row at hand, the long way: into records, or rejected, or ignored. */
gboolean kennis_csv_take_row       (KennisCsvRead *self, GError **error);
/* Takes the next row of the text so: 1; 0 at the end, or where nothing more can be read; −1 with an error. */
int      kennis_csv_long_way       (KennisCsvRead *self, GError **error);
/* The records that wait are those of one row. */
gboolean kennis_csv_append_records (KennisCsvRead *self, GError **error);
gboolean kennis_csv_has_needs      (const KennisMapRecord *record, const KennisCsvWaiting *made);

/* kennis-csv-open.c: up to the first row, and past the header. */
gboolean kennis_csv_open     (KennisCsvRead *self, GError **error);
/* A note, and a part of the account of the source. */
void     kennis_csv_finding  (KennisCsvRead *self, guint64 line, const char *text);
void     kennis_csv_note     (KennisCsvRead *self, KennisSeverity severity, guint64 line, const char *text);
/* 1: a row; 0: the end; −1: an error. */
int      kennis_csv_next_row (KennisCsvRead *self, GError **error);
