#pragma once

#include <pthread.h>

#include "summary/kennis-draft-private.h"

/* What activities add up to lies in stripes by person, so that several threads seldom want the same one, and so that
 * the tables of one stripe fit into a processor's own cache while many rows of its people are taken in at once. */
#define KENNIS_N_STRIPES 256u     /* power of two */

/* An activity that counts in one day and no more, of which no number is large: what most are.  Half a line of the cache. */
typedef struct
{
  guint32     person, topic;
  gint32      day;                /* of its counting time */
  KennisCodes codes;
  guint32     known;              /* bit f: field f is known */
  gint16      since_start, until_applied;
  guint32     duration, cost;     /* 0 where not known */
} KennisPlainRow;

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
  KennisTally days;              /* of plain rows, until they settle */
  KennisTally known_counts;
} KennisStripe;

typedef struct
{
  KennisStripe stripes[KENNIS_N_STRIPES];
  gint16 *months;                /* by day */
  pthread_mutex_t lock;          /* of the rest */
  gboolean overflow;
  KennisCell overflowed;         /* of several always the same one: the first by person's index, then month */
} KennisStripes;

void kennis_stripes_init     (KennisStripes *self);
void kennis_stripes_clear    (KennisStripes *self);
/* Takes rows in, all of one stripe. */
void kennis_stripes_add_rows (KennisStripes *self, const KennisPlainRow *rows, guint n);
/* Takes in elements of a section, of any stripes.  `thread`: so that each begins elsewhere. */
void kennis_stripes_add      (KennisStripes *self, KennisSection section, gconstpointer elements, guint n, guint thread);
void kennis_stripes_add_known (KennisStripes *self, guint32 person, guint32 known);
/* Makes cells and spells of one stripe's plain rows.  Different stripes may settle in different threads; adding may go on after it. */
void kennis_stripes_settle   (KennisStripes *self, guint stripe);
/* Moves the sections of settled stripes into the draft, and gives the counts (of KennisKnownCount). */
void kennis_stripes_finish   (KennisStripes *self, KennisDraft *draft, KennisVector *known_counts);

static inline guint
kennis_stripe_of (guint32 key)
{
  return key & (KENNIS_N_STRIPES - 1);
}
