#pragma once

#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-slice-private.h"

/* What several metrics of learning ask.  Arrays of n_members. */

/* Adds the completed hours of each member. */
void kennis_uptake_hours         (const KennisSlice *slice, double *hours);
/* 1: completed an activity; 0: none; 2: not resident, not counted. */
void kennis_uptake_participation (const KennisSlice *slice, guint8 *answer);
/* Are durations known of at least 60% of the completed activities?  Fills in why not, or a note where some are not known. */
gboolean kennis_uptake_has_hours (const KennisSlice *slice, KennisEstimate *out);

/* Is the cell's time of a kind: KENNIS_ANSWER_YES, NO, or not known. */
typedef KennisAnswer (*KennisCellQuestion) (const KennisSlice *slice, const KennisSliceCell *cell);
/* Completed hours that answer yes / completed hours whose answer is known. */
void kennis_uptake_share_of_hours (const KennisSlice *slice, KennisCellQuestion question, KennisEstimate *out);
