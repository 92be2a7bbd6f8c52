#pragma once

#include "dataset/kennis-plain-private.h"
#include "read/kennis-csv-plan-private.h"

/* The straight way, from cells to the sums of a summary in the thread that splits: for rows of activities all of whose texts the caller's
 * thread has met before in a record that was taken.  It knows nothing that could be said of a row but that it is a good one; any other
 * row is left to the quick way (kennis-csv-fast.c), which leaves what it cannot take to the long one. */

/* A cell's part in it. */
typedef enum
{
  KENNIS_CSV_STRAIGHT_TEXT,      /* a person, a topic; or a number or time that the mapping has words for */
  KENNIS_CSV_STRAIGHT_CODE,
  KENNIS_CSV_STRAIGHT_TIME,
  KENNIS_CSV_STRAIGHT_HOURS,
  KENNIS_CSV_STRAIGHT_DURATION,  /* in other units */
  KENNIS_CSV_STRAIGHT_MONEY,
  KENNIS_CSV_STRAIGHT_FILTER,
  KENNIS_CSV_STRAIGHT_NEVER      /* where it says something, the row is none of these */
} KennisCsvStraightKind;

typedef struct
{
  guint8  kind;
  guint8  field;
  guint8  shift;                 /* of codes */
  guint8  keeps;                 /* of a filter: without a word the row is left out */
  guint32 column;
  guint32 mask;                  /* of codes all, else 0 */
} KennisCsvStraightStep;

struct _KennisCsvStraightPlan
{
  KennisCsvStraightStep *steps;  /* as many as the plan has, in its order */
  guint32                needs;  /* fields without which there is no record */
  KennisOrdinary         ranges[KENNIS_ACTIVITY_EXTERNAL + 1];
  const KennisPlainSink *sink;
};

KennisCsvStraight *kennis_csv_straight_new  (const KennisCsvPlan *plan, KennisCsvWords *words, guint thread);
/* Hands out what it still holds. */
void               kennis_csv_straight_free (KennisCsvStraight *self);
/* A row of as many cells as the header; ends[i] is where in the text cell i ends, and ends[−1] + 1 where the row begins.  Behind all of them 16 bytes may be looked at.  False: nothing was done. */
gboolean           kennis_csv_straight_row  (KennisCsvStraight *self, const char *text, const guint32 *ends);
