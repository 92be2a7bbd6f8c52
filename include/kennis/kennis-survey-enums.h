#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-macros.h>

G_BEGIN_DECLS

/**
 * KennisValidation:
 * @KENNIS_VALIDATION_UNVALIDATED: nobody yet showed that the items measure what they are meant to measure
 * @KENNIS_VALIDATION_VALIDATED: somebody did; the instrument's note says who and where
 *
 * What is known of the items of a [class@Instrument].
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_VALIDATION_UNVALIDATED,
  KENNIS_VALIDATION_VALIDATED
} KennisValidation;

/**
 * KennisMissing:
 * @KENNIS_MISSING_LISTWISE: only rows with an answer to every item
 * @KENNIS_MISSING_PAIRWISE: for each pair of items, the rows with an answer to both
 *
 * What is done with answers that are not there.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_MISSING_LISTWISE,
  KENNIS_MISSING_PAIRWISE
} KennisMissing;

/**
 * KennisReliabilityFigure:
 * @KENNIS_RELIABILITY_N: rows used (pairwise: rows with any answer)
 * @KENNIS_RELIABILITY_ALPHA: Cronbach's alpha from covariances
 * @KENNIS_RELIABILITY_ALPHA_LOWER: lower limit of alpha (Feldt)
 * @KENNIS_RELIABILITY_ALPHA_UPPER: upper limit of alpha (Feldt)
 * @KENNIS_RELIABILITY_STANDARDISED: alpha from correlations
 * @KENNIS_RELIABILITY_MEAN_CORRELATION: mean of the correlations between items
 * @KENNIS_RELIABILITY_LAMBDA_2: Guttman's λ2 from covariances
 * @KENNIS_RELIABILITY_LAMBDA_6: Guttman's λ6 from covariances
 * @KENNIS_RELIABILITY_LAMBDA_6_STANDARDISED: λ6 from correlations, as psych's G6(smc)
 * @KENNIS_RELIABILITY_OMEGA: McDonald's omega total, one factor, minres on covariances
 * @KENNIS_RELIABILITY_OMEGA_STANDARDISED: the same on correlations
 * @KENNIS_RELIABILITY_OMEGA_RESIDUAL: 1 − Σ uniquenesses / Σ correlations, as psych's omega
 * @KENNIS_RELIABILITY_SPLIT_MEAN: mean of Guttman's λ4 over the splits in halves, from covariances
 * @KENNIS_RELIABILITY_SPLIT_LOWEST: lowest of them
 * @KENNIS_RELIABILITY_SPLIT_HIGHEST: highest of them
 * @KENNIS_RELIABILITY_SPLIT_MEAN_STANDARDISED: the mean from correlations
 * @KENNIS_RELIABILITY_SPLIT_LOWEST_STANDARDISED: the lowest from correlations
 * @KENNIS_RELIABILITY_SPLIT_HIGHEST_STANDARDISED: the highest from correlations
 * @KENNIS_RELIABILITY_ODD_EVEN: correlation of the sum of odd items with that of even ones
 * @KENNIS_RELIABILITY_ODD_EVEN_SPEARMAN_BROWN: that, stepped up to the whole length (Spearman-Brown)
 * @KENNIS_RELIABILITY_ODD_EVEN_GUTTMAN: Guttman's λ4 of odd against even items
 * @KENNIS_RELIABILITY_FIRST_LAST: correlation of the first half (rounded up) with the rest
 * @KENNIS_RELIABILITY_FIRST_LAST_SPEARMAN_BROWN: that, stepped up to the whole length
 * @KENNIS_RELIABILITY_MEAN: mean of the means of the items
 * @KENNIS_RELIABILITY_SD: standard deviation of the rows' means over items
 * @KENNIS_RELIABILITY_STANDARD_ERROR: standard error of measurement of the sum: sd × √(1 − alpha)
 *
 * A number of a [class@Reliability].
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_RELIABILITY_N,
  KENNIS_RELIABILITY_ALPHA,
  KENNIS_RELIABILITY_ALPHA_LOWER,
  KENNIS_RELIABILITY_ALPHA_UPPER,
  KENNIS_RELIABILITY_STANDARDISED,
  KENNIS_RELIABILITY_MEAN_CORRELATION,
  KENNIS_RELIABILITY_LAMBDA_2,
  KENNIS_RELIABILITY_LAMBDA_6,
  KENNIS_RELIABILITY_LAMBDA_6_STANDARDISED,
  KENNIS_RELIABILITY_OMEGA,
  KENNIS_RELIABILITY_OMEGA_STANDARDISED,
  KENNIS_RELIABILITY_OMEGA_RESIDUAL,
  KENNIS_RELIABILITY_SPLIT_MEAN,
  KENNIS_RELIABILITY_SPLIT_LOWEST,
  KENNIS_RELIABILITY_SPLIT_HIGHEST,
  KENNIS_RELIABILITY_SPLIT_MEAN_STANDARDISED,
  KENNIS_RELIABILITY_SPLIT_LOWEST_STANDARDISED,
  KENNIS_RELIABILITY_SPLIT_HIGHEST_STANDARDISED,
  KENNIS_RELIABILITY_ODD_EVEN,
  KENNIS_RELIABILITY_ODD_EVEN_SPEARMAN_BROWN,
  KENNIS_RELIABILITY_ODD_EVEN_GUTTMAN,
  KENNIS_RELIABILITY_FIRST_LAST,
  KENNIS_RELIABILITY_FIRST_LAST_SPEARMAN_BROWN,
  KENNIS_RELIABILITY_MEAN,
  KENNIS_RELIABILITY_SD,
  KENNIS_RELIABILITY_STANDARD_ERROR
} KennisReliabilityFigure;

/**
 * KennisItemFigure:
 * @KENNIS_ITEM_N: answers
 * @KENNIS_ITEM_MEAN: mean of all answers
 * @KENNIS_ITEM_SD: standard deviation of all answers
 * @KENNIS_ITEM_SKEWNESS: skewness g1 over the rows used
 * @KENNIS_ITEM_KURTOSIS: excess kurtosis g2 over the rows used
 * @KENNIS_ITEM_MEAN_USED: mean over the rows used (listwise: complete ones)
 * @KENNIS_ITEM_SD_USED: standard deviation over the rows used
 * @KENNIS_ITEM_ITEM_REST: corrected item-total correlation: with the sum of the other items
 * @KENNIS_ITEM_ITEM_TOTAL: correlation with the sum of all items
 * @KENNIS_ITEM_ITEM_CORRECTED: correlation with the whole, corrected for overlap and reliability, as psych's r.cor
 * @KENNIS_ITEM_ALPHA_IF_DROPPED: alpha of the other items
 * @KENNIS_ITEM_SQUARED_MULTIPLE: share of its variance that the other items explain
 * @KENNIS_ITEM_LOADING: loading on the one factor (minres on correlations)
 *
 * A number of one item of a [class@Reliability].
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_ITEM_N,
  KENNIS_ITEM_MEAN,
  KENNIS_ITEM_SD,
  KENNIS_ITEM_SKEWNESS,
  KENNIS_ITEM_KURTOSIS,
  KENNIS_ITEM_MEAN_USED,
  KENNIS_ITEM_SD_USED,
  KENNIS_ITEM_ITEM_REST,
  KENNIS_ITEM_ITEM_TOTAL,
  KENNIS_ITEM_ITEM_CORRECTED,
  KENNIS_ITEM_ALPHA_IF_DROPPED,
  KENNIS_ITEM_SQUARED_MULTIPLE,
  KENNIS_ITEM_LOADING
} KennisItemFigure;

/**
 * KennisSupport:
 * @KENNIS_SUPPORT_TOO_FEW: too few answers to tell (under 20), or no two items that vary
 * @KENNIS_SUPPORT_REVERSED: some items look reversed: see [method@Reliability.list_reversed]
 * @KENNIS_SUPPORT_LOW: alpha is under the threshold, and its whole interval too
 * @KENNIS_SUPPORT_UNSURE: the interval of alpha holds the threshold
 * @KENNIS_SUPPORT_GOOD: alpha's whole interval is at the threshold or over it
 *
 * Whether the data at hand support that the items of a scale measure one thing together.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_SUPPORT_TOO_FEW,
  KENNIS_SUPPORT_REVERSED,
  KENNIS_SUPPORT_LOW,
  KENNIS_SUPPORT_UNSURE,
  KENNIS_SUPPORT_GOOD
} KennisSupport;

/**
 * KennisScoreFigure:
 * @KENNIS_SCORE_N: people with a score on the scale
 * @KENNIS_SCORE_RESPONDENTS: people who answered anything
 * @KENNIS_SCORE_INVITED: people who were asked; NaN: not known
 * @KENNIS_SCORE_RESPONSE_RATE: respondents / invited
 * @KENNIS_SCORE_MEAN: mean of the scores, 0 to 100
 * @KENNIS_SCORE_SD: standard deviation of the scores
 * @KENNIS_SCORE_LOWER: lower limit of the mean
 * @KENNIS_SCORE_UPPER: upper limit of the mean
 *
 * A number of one group of a [class@Scores].
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_SCORE_N,
  KENNIS_SCORE_RESPONDENTS,
  KENNIS_SCORE_INVITED,
  KENNIS_SCORE_RESPONSE_RATE,
  KENNIS_SCORE_MEAN,
  KENNIS_SCORE_SD,
  KENNIS_SCORE_LOWER,
  KENNIS_SCORE_UPPER
} KennisScoreFigure;

/**
 * KennisGroupBy:
 * @KENNIS_GROUP_BY_ALL: everybody together
 * @KENNIS_GROUP_BY_TEAM: by the respondent's team
 * @KENNIS_GROUP_BY_LANGUAGE: by the language in which they answered
 *
 * How the rows of [class@Answers] are grouped.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_GROUP_BY_ALL,
  KENNIS_GROUP_BY_TEAM,
  KENNIS_GROUP_BY_LANGUAGE
} KennisGroupBy;

G_END_DECLS
