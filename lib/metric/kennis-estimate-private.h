#pragma once

#include "metric/kennis-measure-private.h"

/* What a metric function fills in, and helpers that fill it.  Each helper sets value, interval, n, n_people, dominance, numerator and
 * denominator; it leaves NO_DATA where the denominator is 0.  Intervals are left out under 20 people (units).
 *
 * Resampling: every person (team) has `replicates` weights, drawn from the Poisson distribution with mean 1 by a stream that hangs on the
 * query's seed and the person's id only (Poisson bootstrap: Hanley & MacGibbon 2006; Chamandy et al. 2012).  So one person weighs the same in
 * all metrics, groups and periods: comparisons are paired, and neither threads nor the order of people can change a bit.  Intervals are percentiles
 * (type 7) of the replicates in which the value is defined; none where fewer than half are. */

struct _KennisEstimate
{
  KennisMeasureStatus status;      /* NO_DATA until filled */
  double      value, lower, upper;
  guint32     n, n_people, n_part, n_positive;
  double      dominance;
  gboolean    is_additive;
  double      numerator, denominator;
  const char *note;                /* N_() */
};

void kennis_estimate_init (KennisEstimate *self);
/* No value, and why (N_() text; NULL: none). */
void kennis_estimate_fail (KennisEstimate *self, KennisMeasureStatus status, const char *note);

/* Σ num / Σ den over the members; arrays of n_members.  A member with den 0 counts in n only if num is not 0. */
void kennis_estimate_ratio (const KennisSlice *slice, const double *num, const double *den, KennisEstimate *out);

/* A share of people, one yes or no each: answer[member] is 0 no, 1 yes, anything else not counted.  Wilson's interval. */
void kennis_estimate_share_of_people (const KennisSlice *slice, const guint8 *answer, KennisEstimate *out);

/* A function of k sums over the members: x[j][member].  counts[member] ≠ 0: the member is in the denominator (n, n_people).
 * Dominance is over x[0].  NaN from the function: not defined (there: NO_DATA). */
typedef double (*KennisOfSums) (const double *sums, gpointer data);
#define KENNIS_MAX_SUMS 16
void kennis_estimate_of_sums (const KennisSlice *slice, const double * const *x, guint k, const guint8 *counts,
                              KennisOfSums func, gpointer data, KennisEstimate *out);

/* Any function of weighted members (Gini, median …): weight[member] (NULL: all 1).  O(replicates × cost of func). */
typedef double (*KennisOfWeights) (const guint32 *weight, gpointer data);
void kennis_estimate_of_weights (const KennisSlice *slice, const guint8 *counts, KennisOfWeights func, gpointer data,
                                 KennisEstimate *out);

/* The Gini (× n/(n − 1)) of people's values, and the share of the sum that the highest `share` of people have; fast.  Values ascend;
 * they are all ≥ 0.  n = n_people = n ranked. */
typedef struct
{
  double  value;
  guint32 member;
} KennisRanked;
void kennis_estimate_gini      (const KennisSlice *slice, const KennisRanked *ranked, guint n, KennisEstimate *out);
void kennis_estimate_top_share (const KennisSlice *slice, const KennisRanked *ranked, guint n, double share,
                                KennisEstimate *out);

/* The first and the third with the slice's teams as units; n = teams counted, n_people = distinct people in them. */
void kennis_estimate_ratio_of_teams (const KennisSlice *slice, const double *num, const double *den, KennisEstimate *out);
void kennis_estimate_of_team_weights (const KennisSlice *slice, const guint8 *counts, KennisOfWeights func, gpointer data,
                                      KennisEstimate *out);

/* A structural value (network): no interval. n is the number of units shown (ties, people). */
void kennis_estimate_structural (KennisEstimate *out, double value, guint32 n, guint32 n_people);

/* Follow-up: row i is of a member, ended on day[i] by cause 0 censored, 1 the event, 2 a competing event; n rows alike. */
typedef struct
{
  guint32 member;
  gint32  day;
  guint8  cause;
  guint32 n;
} KennisFollowUp;
typedef enum
{
  KENNIS_FOLLOW_UP_INCIDENCE,      /* cumulative incidence at the horizon */
  KENNIS_FOLLOW_UP_COMPLEMENT,     /* 1 − that */
  KENNIS_FOLLOW_UP_MEDIAN          /* first day at which it is ½ (horizon: not used); NOT_REACHED */
} KennisFollowUpValue;
/* Aalen–Johansen; complementary log-log interval, with the variance clustered by person where someone has more than
 * one row (infinitesimal jackknife).  TOO_FEW where nobody was followed to the horizon.  n = rows. */
void kennis_estimate_incidence (const KennisSlice *slice, const KennisFollowUp *rows, gsize n_rows, gint32 horizon,
                                KennisFollowUpValue what, KennisEstimate *out);

/* Σ-dominance of an array by member: largest / sum; NaN where the sum is not positive. */
double kennis_estimate_dominance (const double *x, gsize n);
/* A temporary array of n_members zeros, freed with the slice's scratch when the metric ends. */
double *kennis_slice_doubles (const KennisSlice *slice);
guint8 *kennis_slice_bytes   (const KennisSlice *slice);
/* The same of any size. */
gpointer kennis_slice_scratch (const KennisSlice *slice, gsize n_bytes);
