#pragma once

#include <glib.h>

/* The inner loops of resampling: one unit at a time, all replicates at once.  Every operation is on one replicate, in the order of
 * the units, so that the width of the processor's vectors changes no bit.
 *
 * A row of weights and an array of replicates have KENNIS_REPLICATES_PADDED (n) places; what is in the last ones means nothing. */
#define KENNIS_REPLICATE_BLOCK 16
#define KENNIS_REPLICATES_PADDED(n) (((gsize) (n) + KENNIS_REPLICATE_BLOCK - 1) / KENNIS_REPLICATE_BLOCK * KENNIS_REPLICATE_BLOCK)

/* totals += x · weights */
void kennis_replicates_add  (double *totals, const guint8 *weights, double x, gsize n_padded);
/* The sums behind a Gini of values in ascending order: before += w, product += w (2 · before + w) x, sum += w x. */
void kennis_replicates_rank (double *before, double *product, double *sum, const guint8 *weights, double x, gsize n_padded);
/* Takes from the top of values in descending order: take = min (w, wanted), wanted −= take, top += take · x. */
void kennis_replicates_take (double *wanted, double *top, const guint8 *weights, double x, gsize n_padded);

/* Quantiles p and 1 − p (type 7, p ≤ ½) of the numbers among n draws; as after sorting all, in O(n) where p is small.
 * The number of draws that are numbers. */
guint kennis_replicates_limits (const double *draws, guint n, double p, double *lower, double *upper);
