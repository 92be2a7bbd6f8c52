#pragma once

#include "base/kennis-calendar-private.h"
#include "dataset/kennis-schema-private.h"

/* Plain activities take a short way from a source into a summary, around the dataset's columns.  A reader makes them in any of its
 * threads; who takes them adds them up (lib/summary/kennis-activities.c).  They count as if they had been appended to the
 * dataset and summarised with a batch, so the reader answers for what kennis_dataset_append() would have found out: every text is
 * one that a record appended before had in the same field, the numbers are in their ranges, and no other record has the same id. */

/* An activity that counts in one day and no more, of which no number is large: what most are.  What it is, and when, are packed into two
 * words, so that thousands of rows fit into a cache and a key is compared at once:
 *   kind: topic (32 bits), codes (18), which of `id`, `session`, `start`, `ended`, `requested`, `decided` and `applied` are
 *         known (7), then whether its duration, its cost and its evaluation are (3: no part of the key)
 *   when: person without its stripe (24), day of the counting time (17), 1 + since_start (11), 1 + until_applied (12) */
typedef struct
{
  guint64 kind, when;
  guint32 duration, cost;        /* 0 where not known */
} KennisPlainRow;

#define KENNIS_PLAIN_RECORDS   3               /* shifts */
#define KENNIS_PLAIN_CODES     10
#define KENNIS_PLAIN_TOPIC     32
#define KENNIS_PLAIN_SINCE     12
#define KENNIS_PLAIN_DAY       23
#define KENNIS_PLAIN_PERSON    40

/* Where the coded fields stand in the codes. */
#define KENNIS_PLAIN_FORM_SHIFT       0
#define KENNIS_PLAIN_SETTING_SHIFT    4
#define KENNIS_PLAIN_APPROACH_SHIFT   7
#define KENNIS_PLAIN_INITIATIVE_SHIFT 10
#define KENNIS_PLAIN_STATUS_SHIFT     12
#define KENNIS_PLAIN_EXTERNAL_SHIFT   16
#define KENNIS_PLAIN_STATUS(codes)    ((codes) >> KENNIS_PLAIN_STATUS_SHIFT & 15)

/* What a day and the days between two may be at most in one packed row. */
#define KENNIS_PLAIN_FIRST_DAY  (-25600)        /* 1899 … 2258 */
#define KENNIS_PLAIN_DAY_BITS   17
#define KENNIS_PLAIN_SINCE_BITS 11
#define KENNIS_PLAIN_UNTIL_BITS 12

/* The shift of a field; −1: it is not coded. */
static inline int
kennis_plain_shift (guint field)
{
  switch (field)
    {
    case KENNIS_ACTIVITY_FORM:
      return KENNIS_PLAIN_FORM_SHIFT;
    case KENNIS_ACTIVITY_SETTING:
      return KENNIS_PLAIN_SETTING_SHIFT;
    case KENNIS_ACTIVITY_APPROACH:
      return KENNIS_PLAIN_APPROACH_SHIFT;
    case KENNIS_ACTIVITY_INITIATIVE:
      return KENNIS_PLAIN_INITIATIVE_SHIFT;
    case KENNIS_ACTIVITY_STATUS:
      return KENNIS_PLAIN_STATUS_SHIFT;
    case KENNIS_ACTIVITY_EXTERNAL:
      return KENNIS_PLAIN_EXTERNAL_SHIFT;
    default:
      return -1;
    }
}

/* 1 + days, of which those before the first count as none. */
static inline guint32
kennis_plain_days (gint32 day,
                   gint32 first)
{
  gint32 days = day - first;

  return (guint32) (days > 0 ? days : 0) + 1;
}

/* known: bit f says that field f is known. */
static inline guint32
kennis_plain_kind (guint32 known,
                   guint32 codes)
{
  /* Which are known and cannot be told from the rest of the key, and the flags, from the bits of the fields. */
  guint32 records = (known >> KENNIS_ACTIVITY_ID & 3) | (known >> KENNIS_ACTIVITY_START & 3) << 2
                    | (known >> KENNIS_ACTIVITY_REQUESTED & 7) << 4;
  guint32 flags = (known >> KENNIS_ACTIVITY_DURATION & 3) | (known >> KENNIS_ACTIVITY_EVALUATED & 1) << 2;

  return codes << KENNIS_PLAIN_CODES | records << KENNIS_PLAIN_RECORDS | flags;
}

/* Does a day fit? */
static inline gboolean
kennis_plain_has_day (gint32 day)
{
  return ((guint32) day - (guint32) KENNIS_PLAIN_FIRST_DAY) >> KENNIS_PLAIN_DAY_BITS == 0;
}

/* Some plain rows, without session and request, as one thread of a reader hands them over. */
#define KENNIS_PLAIN_ROWS 128u

typedef struct
{
  KennisPlainRow rows[KENNIS_PLAIN_ROWS];      /* `when` lacks the person */
  guint32 persons[KENNIS_PLAIN_ROWS];          /* indices in the dataset's space, as that of the topic */
  gint64  counted[KENNIS_PLAIN_ROWS];          /* `ended`, else `start` */
  guint   n;
} KennisPlainRows;

/* Takes them from `n_threads` threads of the reader at most, each of which has a number of its own, 0 and up. */
typedef struct
{
  guint n_threads;
  gpointer data;
  void (*add) (gpointer data, guint thread, const KennisPlainRows *rows);
} KennisPlainSink;

static inline void
kennis_plain_sink_add (const KennisPlainSink *self, guint thread, const KennisPlainRows *rows)
{
  self->add (self->data, thread, rows);
}
