#pragma once

#include <pthread.h>

#include "dataset/kennis-plain-private.h"
#include "summary/kennis-draft-private.h"

/* What activities add up to lies in stripes by person, so that several threads seldom want the same one, and so that
 * the tables of one stripe fit into a processor's own cache while many rows of its people are taken in at once. */
#define KENNIS_STRIPE_BITS 8
#define KENNIS_N_STRIPES   (1u << KENNIS_STRIPE_BITS)

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

#define KENNIS_PLAIN_FLAGS     G_GUINT64_CONSTANT (7)
#define KENNIS_PLAIN_RECORDS   3               /* shifts */
#define KENNIS_PLAIN_CODES     10
#define KENNIS_PLAIN_TOPIC     32
#define KENNIS_PLAIN_SINCE     12
#define KENNIS_PLAIN_DAY       23
#define KENNIS_PLAIN_PERSON    40

/* 1 + days, of which those before the first count as none. */
static inline guint32
kennis_plain_days (gint32 day,
            gint32 first)
{
  gint32 days = day - first;

  return (guint32) (days > 0 ? days : 0) + 1;
}

static inline guint32
kennis_plain_kind (guint32     known,
         KennisCodes codes)
{
  /* Which are known and cannot be told from the rest of the key, and the flags, from the bits of the fields. */
  guint32 records = (known >> KENNIS_ACTIVITY_ID & 3) | (known >> KENNIS_ACTIVITY_START & 3) << 2
                    | (known >> KENNIS_ACTIVITY_REQUESTED & 7) << 4;
  guint32 flags = (known >> KENNIS_ACTIVITY_DURATION & 3) | (known >> KENNIS_ACTIVITY_EVALUATED & 1) << 2;

  return codes << KENNIS_PLAIN_CODES | records << KENNIS_PLAIN_RECORDS | flags;
}

/* As the row that it is: kennis_plain_fits(). */
static inline KennisPlainRow
kennis_plain_row (const KennisPlainActivity *self)
{
  const guint32 known = self->known, ended = known >> KENNIS_ACTIVITY_ENDED & 1;
  const guint32 since = (known >> KENNIS_ACTIVITY_START & ended) != 0 ? kennis_plain_days (self->day, self->start_day) : 0;
  const guint32 until =
      (known >> KENNIS_ACTIVITY_APPLIED & ended) != 0 ? kennis_plain_days (self->applied_day, self->day) : 0;

  return (KennisPlainRow){
    .kind = (guint64) self->topic << KENNIS_PLAIN_TOPIC | kennis_plain_kind (known, self->codes),
    .when = (guint64) (self->person >> KENNIS_STRIPE_BITS) << KENNIS_PLAIN_PERSON
            | (guint64) (guint32) (self->day - KENNIS_PLAIN_FIRST_DAY) << KENNIS_PLAIN_DAY
            | since << KENNIS_PLAIN_SINCE | until,
    .duration = self->duration,
    .cost = self->cost,
  };
}

/* Plain rows of one key.  Cells and spells are made of these at the end: so a row costs one place in memory. */
typedef struct
{
  guint64 kind, when;
  guint64 amounts[2];            /* duration, cost */
  guint64 counts[2];             /* each two of 32 bits: n and n_timed, n_costed and n_evaluated */
} KennisDaySum;

/* (person, which fields are known) → activities */
typedef struct
{
  guint32 person, known;
  gint64  n;
} KennisKnownCount;

typedef struct
{
  pthread_mutex_t lock;
  KennisTally tallies[KENNIS_N_SECTIONS];
  KennisTally known_counts;      /* of rows that are not plain */
  KennisDaySum *days;            /* of plain rows, until they settle */
  guint32  n_days, days_room;
  guint32 *slots;                /* 1 + place among the days by hash, or 0: small beside the days, so that they are found fast */
  guint    slot_bits;            /* 2^slot_bits of them */
  guint64  n_rows;               /* that the days hold */
  KennisTotal *totals;           /* of settled rows, by person without its stripe */
  gsize    n_totals;
  KennisVector blocks[KENNIS_N_SECTIONS];   /* what has settled */
} KennisStripe;

typedef struct
{
  KennisStripe stripes[KENNIS_N_STRIPES];
  pthread_mutex_t lock;          /* of the rest */
  gboolean overflow;
  KennisCell overflowed;         /* of several always the same one: the first by person's index, then month */
} KennisStripes;

void kennis_stripes_init     (KennisStripes *self);
/* Did a sum not fit?  While others add, too. */
gboolean kennis_stripes_overflow (KennisStripes *self);
void kennis_stripes_clear    (KennisStripes *self);
/* Takes plain rows of one stripe in. */
void kennis_stripes_add_rows (KennisStripes *self, guint stripe, const KennisPlainRow *rows, guint n);
/* Takes in elements of a section, of any stripes.  `thread`: so that each begins elsewhere. */
void kennis_stripes_add      (KennisStripes *self, KennisSection section, gconstpointer elements, guint n, guint thread);
void kennis_stripes_add_known (KennisStripes *self, guint32 person, guint32 known);
/* Brings what one stripe holds into the form of the sections.  Different stripes may settle in different threads. */
void kennis_stripes_settle   (KennisStripes *self, guint stripe);
/* Moves the sections and totals (without times) of settled stripes into the draft. */
void kennis_stripes_finish   (KennisStripes *self, KennisDraft *draft);

static inline guint
kennis_stripe_of (guint32 key)
{
  return key & (KENNIS_N_STRIPES - 1);
}
