#pragma once

#include "dataset/kennis-plain-private.h"
#include "read/kennis-csv-plan-private.h"

/* The straight way, from cells to the sums of a summary in the thread that splits: for rows of activities all of whose texts the caller's
 * thread has met before in a record that was taken.  It knows nothing that could be said of a row but that it is a good one; any other
 * row is left to the quick way (kennis-csv-fast.c), which leaves what it cannot take to the long one.
 *
 * Rows go in groups, column after column: what a cell says is a few bits of the packed row that it becomes (kennis-plain-private.h), found by
 * the cell's text in a table, or a number read eight bytes at once. */

/* What the cells of a column say. */
typedef enum
{
  KENNIS_CSV_STRAIGHT_PERSON,
  KENNIS_CSV_STRAIGHT_KIND,      /* a topic, a code: bits of the row's kind; or of a filter nothing */
  KENNIS_CSV_STRAIGHT_TIME,
  KENNIS_CSV_STRAIGHT_AMOUNT,    /* a number that the mapping has words for */
  KENNIS_CSV_STRAIGHT_HOURS,
  KENNIS_CSV_STRAIGHT_DURATION,  /* in other units */
  KENNIS_CSV_STRAIGHT_MONEY,
  KENNIS_CSV_STRAIGHT_NEVER      /* where it says something, the row is none of these */
} KennisCsvStraightKind;

typedef struct
{
  guint8  kind;
  guint8  field;
  guint8  is_last;               /* the last column, before the end of line */
  guint32 column;
  guint32 bit;                   /* of the row's kind: the field is known */
  guint32 if_empty;              /* likewise, where it says nothing; KENNIS_CSV_STRAIGHT_OTHER where it must say something */
} KennisCsvStraightStep;

struct _KennisCsvStraightPlan
{
  KennisCsvStraightStep *steps;  /* as many as the plan has, in its order */
  KennisOrdinary         ranges[KENNIS_ACTIVITY_EXTERNAL + 1];
  const KennisPlainSink *sink;
};

#define KENNIS_CSV_STRAIGHT_ROWS  KENNIS_PLAIN_ROWS
#define KENNIS_CSV_STRAIGHT_OTHER (1u << 31)   /* a bit that no kind has: the row goes another way */

KennisCsvStraight *kennis_csv_straight_new  (const KennisCsvPlan *plan, KennisCsvWords *words, guint thread);
void               kennis_csv_straight_free (KennisCsvStraight *self);
/* At most KENNIS_CSV_STRAIGHT_ROWS rows of as many cells as the header; rows[r][i] is where in the text cell i of row r ends (the last with
 * the return before its line feed), and rows[r][−1] + 1 where the row begins.  Behind all of them 16 bytes may be looked at.  With those of
 * which is_other becomes false all is done; gives the number of the others. */
guint              kennis_csv_straight_rows (KennisCsvStraight *self, const char *text, guint32 *const *rows, guint n, guint8 *is_other);
