#pragma once

#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-slice-private.h"

/* What several metrics of learning ask.  Arrays of n_members. */

/* Adds the completed hours of each member. */
void kennis_uptake_hours         (const KennisSlice *slice, double *hours);
/* 1: completed an activity; 0: none; 2: not resident, not counted. */
void kennis_uptake_participation (const KennisSlice *slice, guint8 *answer);
