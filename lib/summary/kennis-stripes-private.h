#pragma once

#include <pthread.h>

#include "dataset/kennis-plain-private.h"
#include "summary/kennis-draft-private.h"

/* What activities add up to lies in stripes by person, so that several threads seldom want the same one, and so that
 * the tables of one stripe fit into a processor's own cache while many rows of its people are taken in at once. */
#define KENNIS_STRIPE_BITS 8
#define KENNIS_N_STRIPES   (1u << KENNIS_STRIPE_BITS)

/* Plain rows of one key, flags and all.  Cells and spells are made of these at the end: so a row costs one place in memory, half a line of
 * a cache.  The sums are one number of 128 bits, the low half first: how many (32 bits), their cost (48), and their duration (48).  It is
 * free where its kind is 0, which no row's is, as all have a time that counts. */
typedef struct
{
  guint64 kind, when;
  guint64 sums[2];
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
  KennisDaySum *days;            /* of plain rows, until they settle: by hash, 2^day_bits of them, at most half of which are in use */
  guint32  n_days;
  guint    day_bits;             /* 0: there are none yet */
  guint64  n_rows, duration, cost;   /* that the days hold, all together */
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
