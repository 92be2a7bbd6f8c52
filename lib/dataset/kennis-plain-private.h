#pragma once

#include "base/kennis-calendar-private.h"
#include "dataset/kennis-schema-private.h"

/* Plain activities take a short way from a source into a summary, around the dataset's columns.  A reader makes them in any of its
 * threads; who takes them adds them up (lib/summary/kennis-activities-plain.c).  They count as if they had been appended to the
 * dataset and summarised with a batch, so the reader answers for what kennis_dataset_append() would have found out: every text is
 * one that a record appended before had in the same field, the numbers are in their ranges, and no other record has the same id. */
typedef struct
{
  guint32 person, topic;           /* indices in the dataset's spaces; topic may be KENNIS_INTERN_NONE */
  guint32 known;                   /* bit f: field f is known */
  guint32 codes;                   /* of the coded fields, each at its shift */
  guint32 duration, cost;          /* 0 where not known */
  gint64  counted;                 /* ended, else start */
  gint32  start_day, day, applied_day;   /* local; day is that of `counted`; anything where not known */
} KennisPlainActivity;

/* Where the coded fields stand in `codes`. */
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

#define KENNIS_PLAIN_BIT(field) (1u << (field))

static inline gboolean
kennis_plain_has (const KennisPlainActivity *self, guint field)
{
  return (self->known >> field & 1) != 0;
}

/* One that was enrolled in on another day, or lasted from one month into the next, is more than one element of a summary. */
static inline gboolean
kennis_plain_lasts (const KennisPlainActivity *self)
{
  return kennis_plain_has (self, KENNIS_ACTIVITY_START) && kennis_plain_has (self, KENNIS_ACTIVITY_ENDED)
         && self->start_day != self->day
         && (KENNIS_PLAIN_STATUS (self->codes) == KENNIS_STATUS_ENROLLED
             || kennis_month_of_day (self->start_day) != kennis_month_of_day (self->day));
}

/* May it go the short way?  It then is one cell and at most one spell: without session or request, and of one month. */
static inline gboolean
kennis_plain_fits (const KennisPlainActivity *self)
{
  const guint32 never = KENNIS_PLAIN_BIT (KENNIS_ACTIVITY_SESSION) | KENNIS_PLAIN_BIT (KENNIS_ACTIVITY_REQUESTED);
  const guint32 times = KENNIS_PLAIN_BIT (KENNIS_ACTIVITY_START) | KENNIS_PLAIN_BIT (KENNIS_ACTIVITY_ENDED);
  const guint32 status = KENNIS_PLAIN_STATUS (self->codes);

  if ((self->known & never) != 0 || (self->known & times) == 0 || status == KENNIS_STATUS_NOT_YET
      || status == KENNIS_STATUS_DECLINED
      || ((guint32) self->day - (guint32) KENNIS_PLAIN_FIRST_DAY) >> KENNIS_PLAIN_DAY_BITS != 0)
    return FALSE;
  if (kennis_plain_has (self, KENNIS_ACTIVITY_APPLIED)
      && (gint64) self->applied_day - self->day >= (1 << KENNIS_PLAIN_UNTIL_BITS) - 2)
    return FALSE;

  return !kennis_plain_lasts (self);
}

/* Takes them from `n_threads` threads of the reader at most, each of which has a number of its own, 0 and up. */
typedef struct
{
  guint n_threads;
  gpointer data;
  void (*add) (gpointer data, guint thread, const KennisPlainActivity *rows, gsize n);
} KennisPlainSink;

static inline void
kennis_plain_sink_add (const KennisPlainSink *self, guint thread, const KennisPlainActivity *rows, gsize n)
{
  self->add (self->data, thread, rows, n);
}
