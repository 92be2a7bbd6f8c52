#pragma once

#include "base/kennis-calendar-private.h"
#include "read/kennis-bytes-private.h"

/* Text of any encoding, cut into rows and cells, with a bounded memory; what a cell says, turned into a number or a time. */

#define KENNIS_CSV_CHUNK     65536u
#define KENNIS_CSV_MAX_ROW   (1024u * 1024)   /* bytes of UTF-8 in one row */
#define KENNIS_CSV_MAX_CELLS 16384u           /* in one row */

typedef enum
{
  KENNIS_ENCODING_UNKNOWN,        /* all was ASCII up to here */
  KENNIS_ENCODING_UTF_8,
  KENNIS_ENCODING_UTF_16LE,
  KENNIS_ENCODING_UTF_16BE,
  KENNIS_ENCODING_WINDOWS_1252
} KennisEncoding;

/* "UTF-8", …; "ASCII" where nothing decided. */
const char    *kennis_encoding_name  (KennisEncoding encoding);
/* Upper or lower case, with or without hyphens, as "latin1"; UNKNOWN: not one of them. */
KennisEncoding kennis_encoding_parse (const char *name);

typedef struct
{
  KennisBytes    *bytes;
  GCancellable   *cancellable;
  KennisEncoding  encoding;
  gboolean        has_bom, is_declared;
  guint8         *raw;            /* KENNIS_CSV_CHUNK: as read */
  gsize           n_raw;
  char           *text;           /* UTF-8; what was no character is the byte 0xff */
  gsize           at, end;        /* what of text was not taken */
  gboolean        at_end;
} KennisCsvText;

void     kennis_csv_text_init  (KennisCsvText *self, KennisBytes *bytes, KennisEncoding declared, GCancellable *cancellable);
void     kennis_csv_text_clear (KennisCsvText *self);
/* Takes in more once all text is taken: 1, 0 at the end, −1 with an error. */
int      kennis_csv_text_fill  (KennisCsvText *self, GError **error);
/* Takes what comes next, up to `room` bytes of at least KENNIS_CSV_CHUNK: 1, 0 at the end, −1 with an error.  Where text stands in the source
 * as it is wanted, which it mostly does, it is read to its place. */
int      kennis_csv_text_read  (KennisCsvText *self, char *out, gsize room, gsize *length, GError **error);

/* One row at a time, from text that comes in pieces.  A quote counts at the beginning of a cell; what follows the closing one
 * is taken as it stands.  CR, LF, CRLF and CR CR LF end a row; empty lines are none. */
typedef struct
{
  char     delimiter;
  guint8   state;
  gboolean is_long, is_wide;     /* over a limit: what is over is left out */
  gboolean in_quotes;            /* at the end: the last quote was never closed */
  char    *cells;
  guint32  n_bytes, room;
  guint32 *ends;                 /* of every cell, in cells */
  guint32  n_cells, n_room;
  guint64  line;                 /* where the next byte is */
  guint64  first_line;           /* of the row */
  guint    n_cr;                 /* CRs whose line is not counted yet */
  gboolean done;                 /* the row was handed out */
} KennisCsvRow;

void        kennis_csv_row_init   (KennisCsvRow *self, char delimiter);
void        kennis_csv_row_clear  (KennisCsvRow *self);
/* Takes in some text, up to the end of a row; true where the row is whole. */
gboolean    kennis_csv_row_feed   (KennisCsvRow *self, const char *text, gsize length, gsize *used);
/* At the end of the text: true where there is a last row, without an end of line. */
gboolean    kennis_csv_row_finish (KennisCsvRow *self);
/* Cell i without spaces around it; an empty text where there is none. */
const char *kennis_csv_row_cell   (const KennisCsvRow *self, guint i, gsize *length);
gboolean    kennis_csv_row_is_blank (const KennisCsvRow *self);
/* Does the next character begin a row, with all lines before it counted? */
gboolean    kennis_csv_row_is_between (const KennisCsvRow *self);

/* How to read what a cell says. */
typedef enum
{
  KENNIS_DATES_ISO,              /* year first, or refused */
  KENNIS_DATES_DMY,
  KENNIS_DATES_MDY,
  KENNIS_DATES_YMD
} KennisDates;

typedef enum
{
  KENNIS_CELL_NONE,
  KENNIS_CELL_HOURS,
  KENNIS_CELL_MINUTES,
  KENNIS_CELL_SECONDS,
  KENNIS_CELL_MILLISECONDS,
  KENNIS_CELL_PERCENT,
  KENNIS_CELL_LOWER,             /* in small letters, as names that differ in case only are one person's */
  KENNIS_CELL_SCORE              /* an answer of a survey: kennis-csv-scores.c */
} KennisCellUnit;

typedef struct
{
  char        decimal;           /* '.' or ',' */
  char        thousands[8];      /* a character in UTF-8, or "" */
  KennisDates dates;
} KennisCsvRules;

/* All of these: false, and a translatable static text of what would be accepted. */
gboolean kennis_csv_number   (const KennisCsvRules *rules, const char *text, gsize length, guint scale, gint64 *value,
                              const char **accepted);
gboolean kennis_csv_duration (const KennisCsvRules *rules, const char *text, gsize length, KennisCellUnit unit, double year_days,
                              gint64 *value, const char **accepted);
gboolean kennis_csv_time     (const KennisCsvRules *rules, const char *text, gsize length, KennisCellUnit unit,
                              const KennisCalendar *calendar, gint64 *value, const char **accepted);
/* The orders that a date with its year last may have: 1 day first, 2 month first, 3 both; 0: it is no such date. */
guint    kennis_csv_date_orders (const char *text, gsize length);
