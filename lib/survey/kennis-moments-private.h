#pragma once

#include <gio/gio.h>
#include <kennis/kennis-survey-enums.h>

/* Means and covariances of answers, and small algebra on them.  Matrices are n × n, row by row. */
typedef struct
{
  guint   k;              /* items */
  double  n;              /* rows used: listwise complete ones, pairwise those with any answer */
  double  n_least;        /* rows of the pair that has the fewest */
  double *covariance;     /* k × k, over n − 1 (pairwise: of the pair's own rows) */
  double *correlation;    /* NaN where an item does not vary */
  double *mean, *sd, *skewness_of, *kurtosis_of;    /* over the rows used */
  double *n_of, *mean_of, *sd_of;                   /* over all answers of an item */
} KennisMoments;

/* One pass; sums are exact where answers are whole numbers.  O(rows × k²). */
void kennis_moments_init  (KennisMoments *self, const double *values, gsize n_rows, guint k, KennisMissing missing);
void kennis_moments_clear (KennisMoments *self);

/* Numbers less the shift, as whole numbers; false where one is none, is NaN, or is not from −32 to 31. */
gboolean kennis_small_whole_numbers (const double *x, gsize n, double shift, gint64 *out);

/* Eigenvalues, largest first, and their vectors in the columns of `vectors` (or NULL), of a symmetric matrix: cyclic Jacobi
 * (Golub & Van Loan 2013, 8.5).  False where an element is no number. */
gboolean kennis_matrix_eigen         (const double *matrix, guint n, double *values, double *vectors);
/* Diagonal of the inverse of a positive definite matrix (Cholesky); false where it is none. */
gboolean kennis_matrix_inverse_diagonal (const double *matrix, guint n, double *diagonal);
double   kennis_matrix_sum           (const double *matrix, guint n);

/* Loadings of one factor: least squares of what is off the diagonal (minres; Harman & Jones 1966), with uniquenesses of at
 * least 0.5% of the variance.  The sum of loadings is not negative.  Written where it is found, at a bound (Heywood) or still moving. */
KennisFactorStatus kennis_factor_loadings (const double *matrix, guint n, double *loadings);

/* Guttman's λ4 over splits into halves: all up to KENNIS_ALL_SPLITS items, else KENNIS_SOME_SPLITS drawn with the seed. */
#define KENNIS_ALL_SPLITS  16
#define KENNIS_SOME_SPLITS 10000
typedef struct { double lowest, mean, highest; } KennisSplits;
void kennis_splits_of (const double *matrix, guint n, guint64 seed, KennisSplits *out);
