#pragma once

#include "metric/kennis-ground-types-private.h"
#include "metric/kennis-slice-private.h"

/* Does a sharing count, as those of kennis_slice_sharings(), at whatever time and in whatever group? */
gboolean kennis_passing_counts (const KennisSlice *slice, const KennisSharingFact *sharing);

/* What people passed on from the slice's first day to KENNIS_PASSING_DAYS after its last, one person after another. */
#define KENNIS_PASSING_DAYS 90

typedef struct
{
  const KennisSlice *slice;
  gint64  person;              /* whose sharings `shared` holds; −1: nobody's */
  GArray *shared;
} KennisPassing;

void   kennis_passing_init  (KennisPassing *self, const KennisSlice *slice);
void   kennis_passing_clear (KennisPassing *self);
/* Days from a day of the slice to the first sharing in which the person gives the topic, or a part of it; that day counts as 0.
 * −1: none within `last` days, or within KENNIS_PASSING_DAYS.  O(sharings within these days) for one person after another. */
gint32 kennis_passing_after (KennisPassing *self, guint32 person, guint32 topic, gint32 day, gint32 last);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KennisPassing, kennis_passing_clear)
