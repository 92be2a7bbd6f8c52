#pragma once

#include <glib.h>

/* Small statistics that several metrics use.  NaN means "not defined". */

double kennis_normal_cdf        (double x);
double kennis_normal_quantile   (double p);                    /* Wichura 1988, AS 241, to 1e-15 */
double kennis_log_gamma         (double x);                    /* thread-safe */
double kennis_incomplete_beta   (double a, double b, double x);/* regularised I_x(a, b) */
double kennis_beta_quantile     (double a, double b, double p);
double kennis_f_quantile        (double df1, double df2, double p);
double kennis_t_quantile        (double df, double p);
double kennis_chisq_quantile    (double df, double p);

/* Wilson's score interval for k of n (Wilson 1927), without continuity correction; NaN where n is 0. */
void   kennis_wilson            (double k, double n, double level, double *lower, double *upper);

/* Neumaier's compensated sum (1974). */
typedef struct { double sum, compensation; } KennisSum;
void   kennis_sum_add           (KennisSum *self, double x);
double kennis_sum_get           (const KennisSum *self);
double kennis_sum_of            (const double *x, gsize n);

/* Quantile of sorted values, type 7 of Hyndman & Fan (1996), R's default. */
double kennis_quantile_sorted   (const double *sorted, gsize n, double p);
void   kennis_sort_doubles      (double *x, gsize n);          /* NaN last */

/* Gini of non-negative values (need not be sorted): mean difference / (2 mean); with
 * `unbiased` × n/(n−1).  NaN where n < 1 (unbiased: < 2), all are zero, or one is negative or NaN.  O(n log n). */
double kennis_gini              (const double *x, gsize n, gboolean unbiased);
/* Gini of values sorted ascending with integer weights (bootstrap multiplicities; NULL: 1), same correction with n = Σw. */
double kennis_gini_weighted     (const double *sorted, const guint32 *weight, gsize n, gboolean unbiased);
/* Share of the sum that the largest `share` of values holds (linear interpolation of the Lorenz curve). */
double kennis_lorenz_top_share  (const double *sorted, const guint32 *weight, gsize n, double share);
/* Shannon entropy of counts or amounts / ln(n_categories); 0 … 1; NaN under 2 categories or where all are 0. */
double kennis_evenness          (const double *amount, guint n_categories);

/* Burstiness of gaps: A_n(r) of Kim & Jo (2016), r = SD/mean with SD over n; NaN under 2 gaps or mean 0. */
double kennis_burstiness        (const double *gap, gsize n);

/* Follow-up on a day grid with one event of interest and competing ones (Aalen & Johansen 1978).
 * Row i: `day[i]` (≥ 0) and `cause[i]`: 0 censored, 1 the event, 2 a competing event, and
 * weight[i] how many such rows (NULL: 1).  At ties, events come before censorings; day 0 counts.
 *
 * With F the incidence, se its standard error and z the normal quantile of (1 + level)/2, the interval is that of
 * log(−log F), of which se/(F·|log F|) is the standard error:
 *   lower = F^exp(+z·se/(F·|log F|)),  upper = F^exp(−z·se/(F·|log F|))
 * as R's survfit (conf.type = "log-log"); NaN where F is 0 or 1.  Beyond the last follow-up the incidence stays as it
 * was last: see at_risk and last_day.  No rows: all NaN, at_risk 0. */
typedef struct
{
  double incidence;     /* cumulative incidence of cause 1 at `horizon` */
  double variance;      /* of it (delta method; Gaynor et al. 1993, as R's survival) */
  double lower, upper;  /* complementary log-log interval */
  double at_risk;       /* rows at risk at the horizon: that end on it or later */
  double median;        /* first day at which incidence ≥ ½, the horizon aside; NaN: not reached */
  double last_day;      /* last day that anyone was under observation */
} KennisIncidence;
void   kennis_incidence         (const gint32 *day, const guint8 *cause, const guint32 *weight, gsize n,
                                 gint32 horizon, double level, KennisIncidence *out);
