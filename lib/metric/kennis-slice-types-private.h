#pragma once

#include "metric/kennis-ground-types-private.h"
#include "metric/kennis-holds-private.h"
#include "metric/kennis-slice-private.h"

/* The lazily made parts of a slice.  A NULL pointer: not made yet. */
typedef struct
{
  gpointer items;
  gsize    n;
} KennisPart;

struct _KennisCache
{
  KennisPart cells, spells[2], requests, sharings, teams, moments, talks, goals, ties, sessions;
  KennisSliceHolds *holds[2];
  KennisHolders    *holders[2];
  KennisSliceNeeds *needs;
  guint16   *present;         /* of teams, days */
  KennisSlice *year;
  GPtrArray *scratch;
  double    *totals;          /* by replicate, for estimates */
  const char *argument;       /* of the metric that is being measured */
  double    *draws;           /* where its value in each replicate goes, for an index; NULL: nowhere */
};

/* kennis-slice.c */
const KennisGrouping *kennis_slice_grouping (const KennisSlice *self);
gboolean kennis_slice_has_segment (const KennisSlice *self, const KennisSegment *segment);
gboolean kennis_slice_is_covered  (const KennisSlice *self, const KennisSegment *segment, gint32 day);
void     kennis_slice_clear_scratch (const KennisSlice *self);
