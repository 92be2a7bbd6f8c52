#pragma once

#include "metric/kennis-foundation-private.h"
#include "metric/kennis-measure-private.h"
#include "metric/kennis-profile-private.h"

/* Metrics that are made of others' values in the same group and period: the indices and what hangs on them.
 *
 * The others are measured along, asked for or not; where the gate withholds one of them, what is made of it is withheld too
 * (KennisMeasureTie), so that what is shown is never more than a function of what may be shown. */

#define KENNIS_CULTURE_MINIMUM_WEIGHT 0.7
/* Under so many people there is no interval. */
#define KENNIS_CULTURE_MINIMUM_PEOPLE 20

#define KENNIS_N_CARRIERS 6
#define KENNIS_CULTURE_MAX_PARTS (KENNIS_PROFILE_MAX_INDICATORS + KENNIS_N_FOUNDATIONS + 2 * KENNIS_N_CARRIERS)

typedef struct
{
  KennisProfile *profile;
  guint  n_indicators;                        /* the first parts: the profile's indicators, in its order; */
  guint  n_foundations;                       /* then scales of the foundation, for a type; */
  guint  n;                                   /* the others: both sides of gaps */
  guint  metric[KENNIS_CULTURE_MAX_PARTS];    /* of each part, in the catalogue */
  guint  place[KENNIS_CULTURE_MAX_PARTS];     /* among the metrics of the plan */
  GArray *unasked;                            /* of guint: metrics that nobody asked for, sorted */
  guint   n_drawn;                            /* kennis_culture_plan_draw(): numbers of each replicate */
  double *drawn;
} KennisCulturePlan;

/* NULL: the metrics (of guint, sorted) have nothing that is made of others.  Else adds to the metrics what it needs. */
KennisCulturePlan *kennis_culture_plan_new  (GArray *metrics, KennisProfile *profile);
void               kennis_culture_plan_free (KennisCulturePlan *self);
/* Finds the parts among the metrics again. */
void               kennis_culture_plan_place (KennisCulturePlan *self, const GArray *metrics);
/* Ties and what nobody asked for, into the set. */
void               kennis_culture_plan_tell (const KennisCulturePlan *self, const GArray *metrics, guint query, KennisMeasureSet *set);
/* What types draw, but for people. */
void               kennis_culture_plan_draw (KennisCulturePlan *self, guint64 seed, guint replicates);
/* Which indicator the metric is; −1: none. */
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
  guint    minimum_group, minimum_survey_group;
} KennisCultureWork;
/* Fills in what is made of others; raw: one for each metric of the plan. */
void kennis_culture_derive (const KennisCultureWork *work, KennisRawMeasurement *raw);

/* kennis-gap.c: the two sides of a gap; false: the metric is none. */
gboolean kennis_gap_parts (guint metric, guint *survey, guint *behaviour);
/* After the gate; levels: of intervals, by query. */
void     kennis_gaps_fill (KennisMeasureSet *set, const double *levels);

/* ── Inside ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What is known of one index in one group and period. */
typedef struct
{
  guint  n;
  guint  part[KENNIS_PROFILE_MAX_INDICATORS];      /* observed ones */
  double weight[KENNIS_PROFILE_MAX_INDICATORS];    /* their sum is 1 */
  double points[KENNIS_PROFILE_MAX_INDICATORS];
  double observed;                                 /* part of all weight */
  double coverage;
} KennisCultureIndex;

typedef enum
{
  KENNIS_TYPE_FOUNDATION_TOO_LOW,
  KENNIS_TYPE_DORMANT,
  KENNIS_TYPE_CULTURE_OF_LEARNING,
  KENNIS_TYPE_LEARNING_CULTURE,
  KENNIS_N_TYPES
} KennisCultureType;

static inline const KennisIndicator *
kennis_culture_indicator (const KennisCulturePlan *plan, guint part)
{
  return &g_array_index (plan->profile->indicators, KennisIndicator, part);
}

gboolean kennis_culture_is_observed    (const KennisRawMeasurement *raw);
void     kennis_culture_collect        (const KennisCultureWork *work, const KennisRawMeasurement *raw, KennisCulture culture,
                                        KennisCultureIndex *index);
gboolean kennis_culture_index_is_known (const KennisCultureIndex *index);
double   kennis_culture_geometric_mean (const KennisCultureIndex *index, const double *points);
/* The points in a replicate; false: not all have a value in it. */
gboolean kennis_culture_points_in      (const KennisCultureWork *work, const KennisCultureIndex *index, guint replicate, double *points);
/* Either row may be NULL. */
void     kennis_culture_measure_type   (const KennisCultureWork *work, const KennisRawMeasurement *raw, KennisRawMeasurement *type,
                                        KennisRawMeasurement *certainty);
