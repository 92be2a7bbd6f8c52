#pragma once

#include "metric/kennis-ground-types-private.h"
#include "metric/kennis-measure-private.h"
#include "metric/kennis-plan-private.h"

/* Adds to the metrics (of guint) those that they are made of, and sorts them; what was not there goes to unasked as well. */
void        kennis_made_of_complete   (GArray *metrics, GArray *unasked);
/* Ties and what nobody asked for, into the set. */
void        kennis_made_of_tell       (const GArray *metrics, const GArray *unasked, guint query, KennisMeasureSet *set);
/* For metrics that are made of values of parts of a group: a plan that measures these, which nobody sees; NULL: there are none. */
KennisPlan *kennis_made_of_plan_parts (KennisGround *ground, const KennisPlan *plan, guint number);
/* When the populations of both are there. */
void        kennis_made_of_tie_parts  (KennisMeasureSet *set, const KennisPlan *parts);
