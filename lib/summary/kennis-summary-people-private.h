#pragma once

#include "base/kennis-calendar-private.h"
#include "summary/kennis-summary-private.h"

/* Days before and after all that can be recorded. */
#define KENNIS_EVER_BEFORE (G_MININT32 / 2)
#define KENNIS_EVER_AFTER  (G_MAXINT32 / 2)

/* Who is who among the facts of a summary, by index in the space PERSON. */
typedef struct
{
  guint32 *canonical;            /* whom an id is of, aliases resolved */
  guint8  *on_roster;            /* declared, and not only seen */
  guint32 *before;               /* by row of a person: the row of the same person in force before it; KENNIS_INTERN_NONE: there is none */
  gboolean has_alias_conflict;   /* an alias is claimed twice, or is another one's id */
} KennisSummaryPeople;

/* The arrays are the caller's to free, with g_free(). */
void   kennis_summary_people_find  (KennisSummaryPeople *self, KennisDataset *facts);
/* What a row says; what it leaves open, as a list of leavers does nearly all, is as the rows before it say.  KENNIS_UNKNOWN: none does. */
gint64 kennis_summary_people_value (const KennisDataset *facts, const guint32 *before, guint field, guint32 row);

/* A person's record, from the local day on which it is in force. */
typedef struct
{
  gint32  from;                  /* KENNIS_EVER_BEFORE: always */
  guint32 row;
} KennisPersonVersion;

KennisPersonVersion kennis_person_version_at (KennisDataset *facts, guint32 row);
int      kennis_person_version_compare (const void *a, const void *b);
/* The days of [first, end) on which the person is employed, as the record tells it; false: there are none. */
gboolean kennis_person_version_clip    (KennisDataset *facts, const guint32 *before, guint32 row, gint32 *first, gint32 *end);
