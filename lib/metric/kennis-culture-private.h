#pragma once

#include "metric/kennis-measure-private.h"
#include "metric/kennis-profile-private.h"

/* Metrics that are made of others' values in the same group and period: the indices and what hangs on them.
 *
 * The others are measured along, asked for or not; where the gate withholds one of them, what is made of it is withheld too
 * (KennisMeasureTie), so that what is shown is never more than a function of what may be shown. */

#define KENNIS_CULTURE_MINIMUM_WEIGHT 0.7
/* Under so many people there is no interval. */
#define KENNIS_CULTURE_MINIMUM_PEOPLE 20

typedef struct
{
  KennisProfile *profile;
  guint  n;                                        /* parts: the profile's indicators, in its order */
  guint  metric[KENNIS_PROFILE_MAX_INDICATORS];    /* of each part, in the catalogue */
  guint  place[KENNIS_PROFILE_MAX_INDICATORS];     /* among the metrics of the plan */
  GArray *unasked;                                 /* of guint: metrics that nobody asked for, sorted */
} KennisCulturePlan;

/* NULL: the metrics (of guint, sorted) have nothing that is made of others.  Else adds to the metrics what it needs. */
KennisCulturePlan *kennis_culture_plan_new  (GArray *metrics, KennisProfile *profile);
void               kennis_culture_plan_free (KennisCulturePlan *self);
/* Finds the parts among the metrics again. */
void               kennis_culture_plan_place (KennisCulturePlan *self, const GArray *metrics);
/* Ties and what nobody asked for, into the set. */
void               kennis_culture_plan_tell (const KennisCulturePlan *self, const GArray *metrics, guint query, KennisMeasureSet *set);
/* Which part the metric is; −1: none. */
int                kennis_culture_plan_part (const KennisCulturePlan *self, guint metric);

typedef struct
{
  const KennisCulturePlan *plan;
  const KennisPopulation  *population;
  const GArray *metrics;         /* of the plan */
  guint    replicates;
  gsize    stride;
  double  *draws;                /* parts × stride: the value in each replicate, NaN: none; NULL: too few people for an interval */
  double   level;
  guint64  seed;
} KennisCultureWork;
/* Fills in what is made of others; raw: one for each metric of the plan. */
void kennis_culture_derive (const KennisCultureWork *work, KennisRawMeasurement *raw);
