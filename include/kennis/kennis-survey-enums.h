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
 * KennisFactorStatus:
 * @KENNIS_FACTOR_STATUS_FOUND: one factor was found, and omega is what it says
 * @KENNIS_FACTOR_STATUS_TOO_FEW_ITEMS: one factor takes three items or more; omega is NaN
 * @KENNIS_FACTOR_STATUS_NO_VARIANCE: an item does not vary, or there are no two rows; omega is NaN
 * @KENNIS_FACTOR_STATUS_NOT_IDENTIFIED: fewer than three items load on the factor, so that many solutions fit alike; omega is NaN
 * @KENNIS_FACTOR_STATUS_HEYWOOD: the best fit would explain more of an item than there is (Heywood 1931): its uniqueness was held at 0.5%, and omega is
 *   rather too high
 * @KENNIS_FACTOR_STATUS_NOT_CONVERGED: the fit was still moving after 10 000 steps; omega is near to what it would be
 *
 * What became of the one factor that omega is made of.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_FACTOR_STATUS_FOUND,
  KENNIS_FACTOR_STATUS_TOO_FEW_ITEMS,
  KENNIS_FACTOR_STATUS_NO_VARIANCE,
  KENNIS_FACTOR_STATUS_NOT_IDENTIFIED,
  KENNIS_FACTOR_STATUS_HEYWOOD,
  KENNIS_FACTOR_STATUS_NOT_CONVERGED
} KennisFactorStatus;

/**
 * KennisSupport:
 * @KENNIS_SUPPORT_TOO_FEW: too few answers to tell: under 20
 * @KENNIS_SUPPORT_REVERSED: some items look reversed: see [method@Reliability.list_reversed]
 * @KENNIS_SUPPORT_LOW: alpha is under the threshold, and its whole interval too
 * @KENNIS_SUPPORT_UNSURE: the interval of alpha holds the threshold
 * @KENNIS_SUPPORT_GOOD: alpha's whole interval is at the threshold or over it
 * @KENNIS_SUPPORT_NO_VARIANCE: fewer than two items vary, or their sum does not: nothing can go together
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
  KENNIS_SUPPORT_GOOD,
  KENNIS_SUPPORT_NO_VARIANCE
} KennisSupport;

/**
 * KennisScoreFigure:
 * @KENNIS_SCORE_N: people with a score on the scale
 * @KENNIS_SCORE_RESPONDENTS: people who answered anything
 * @KENNIS_SCORE_INVITED: people who were asked; NaN: not known
 * @KENNIS_SCORE_RESPONSE_RATE: respondents / invited; NaN where more answered than were asked
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

/**
 * KennisNull:
 * @KENNIS_NULL_UNIFORM: every answer alike
 * @KENNIS_NULL_SLIGHT_SKEW: somewhat to one end
 * @KENNIS_NULL_MODERATE_SKEW: clearly to one end
 * @KENNIS_NULL_HEAVY_SKEW: almost all near one end
 * @KENNIS_NULL_TRIANGULAR: most in the middle, falling evenly (people who avoid the ends)
 * @KENNIS_NULL_NORMAL: most in the middle, as a normal curve
 *
 * How answers are distributed when people answer at random, or with a bias that all share.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_NULL_UNIFORM,
  KENNIS_NULL_SLIGHT_SKEW,
  KENNIS_NULL_MODERATE_SKEW,
  KENNIS_NULL_HEAVY_SKEW,
  KENNIS_NULL_TRIANGULAR,
  KENNIS_NULL_NORMAL
} KennisNull;

/**
 * KennisAgreementFigure:
 * @KENNIS_AGREEMENT_N: people with an answer to every item
 * @KENNIS_AGREEMENT_ITEM_VARIANCE: mean over items of the answers' variance
 * @KENNIS_AGREEMENT_RWG: rwg, for more items rwg(j), 0 to 1
 * @KENNIS_AGREEMENT_RWG_RAW: the same without the cut at 0
 * @KENNIS_AGREEMENT_RWG_LINDELL: r*wg(j), which grows no more with the number of items
 * @KENNIS_AGREEMENT_AWG: a_wg, against the most variance that the mean allows
 * @KENNIS_AGREEMENT_AD_MEAN: mean distance of the answers from their mean
 * @KENNIS_AGREEMENT_AD_MEDIAN: mean distance of the answers from their median
 * @KENNIS_AGREEMENT_CRITICAL: rwg(j) that 95% of groups of this size do not pass when they answer at random
 * @KENNIS_AGREEMENT_RELIABILITY: reliability of the mean of a group of this size, from ICC(1)
 *
 * A number of one group of a [class@Agreement].
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_AGREEMENT_N,
  KENNIS_AGREEMENT_ITEM_VARIANCE,
  KENNIS_AGREEMENT_RWG,
  KENNIS_AGREEMENT_RWG_RAW,
  KENNIS_AGREEMENT_RWG_LINDELL,
  KENNIS_AGREEMENT_AWG,
  KENNIS_AGREEMENT_AD_MEAN,
  KENNIS_AGREEMENT_AD_MEDIAN,
  KENNIS_AGREEMENT_CRITICAL,
  KENNIS_AGREEMENT_RELIABILITY
} KennisAgreementFigure;

/**
 * KennisAgreementVerdict:
 * @KENNIS_AGREEMENT_VERDICT_UNKNOWN: under two people, or nothing was simulated
 * @KENNIS_AGREEMENT_VERDICT_CHANCE: people who answer at random agree as much
 * @KENNIS_AGREEMENT_VERDICT_WEAK: more than by chance, but less than was asked for
 * @KENNIS_AGREEMENT_VERDICT_SUPPORTED: the group's mean may stand for the group
 *
 * Whether a group agrees enough for its mean to say something of it.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_AGREEMENT_VERDICT_UNKNOWN,
  KENNIS_AGREEMENT_VERDICT_CHANCE,
  KENNIS_AGREEMENT_VERDICT_WEAK,
  KENNIS_AGREEMENT_VERDICT_SUPPORTED
} KennisAgreementVerdict;

/**
 * KennisAggregationFigure:
 * @KENNIS_AGGREGATION_N: people with an answer to every item
 * @KENNIS_AGGREGATION_GROUPS: groups with anybody
 * @KENNIS_AGGREGATION_SIZE_LEAST: size of the smallest group
 * @KENNIS_AGGREGATION_SIZE_MOST: size of the largest group
 * @KENNIS_AGGREGATION_SIZE_MEAN: mean size
 * @KENNIS_AGGREGATION_SIZE_N0: mean size, corrected for unequal sizes
 * @KENNIS_AGGREGATION_MSB: mean square between groups
 * @KENNIS_AGGREGATION_MSW: mean square within groups
 * @KENNIS_AGGREGATION_F: MSB / MSW
 * @KENNIS_AGGREGATION_P: probability of such an F, or a larger one, where groups do not differ
 * @KENNIS_AGGREGATION_ETA_SQUARED: share of the sum of squares between groups
 * @KENNIS_AGGREGATION_ICC_1: ICC(1) with the mean size
 * @KENNIS_AGGREGATION_ICC_1_N0: ICC(1) with the corrected mean size
 * @KENNIS_AGGREGATION_ICC_2: ICC(2), the reliability of group means; the same with either size; under 0 without bound, NaN where MSB is 0
 * @KENNIS_AGGREGATION_ICC_1_TRUNCATED: ICC(1) with the corrected mean size, at least 0
 * @KENNIS_AGGREGATION_ICC_2_TRUNCATED: ICC(2), at least 0
 *
 * A number of all groups of a [class@Agreement].
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_AGGREGATION_N,
  KENNIS_AGGREGATION_GROUPS,
  KENNIS_AGGREGATION_SIZE_LEAST,
  KENNIS_AGGREGATION_SIZE_MOST,
  KENNIS_AGGREGATION_SIZE_MEAN,
  KENNIS_AGGREGATION_SIZE_N0,
  KENNIS_AGGREGATION_MSB,
  KENNIS_AGGREGATION_MSW,
  KENNIS_AGGREGATION_F,
  KENNIS_AGGREGATION_P,
  KENNIS_AGGREGATION_ETA_SQUARED,
  KENNIS_AGGREGATION_ICC_1,
  KENNIS_AGGREGATION_ICC_1_N0,
  KENNIS_AGGREGATION_ICC_2,
  KENNIS_AGGREGATION_ICC_1_TRUNCATED,
  KENNIS_AGGREGATION_ICC_2_TRUNCATED
} KennisAggregationFigure;

/**
 * KennisAggregationStatus:
 * @KENNIS_AGGREGATION_STATUS_OK: groups differ more than people do by chance, and all figures are defined
 * @KENNIS_AGGREGATION_STATUS_LESS_THAN_CHANCE: MSB is under MSW: groups differ less than by chance.  The raw ICCs are negative, that of ICC(2) without bound;
 *   the cut ones are 0
 * @KENNIS_AGGREGATION_STATUS_TOO_FEW: under two groups, or no group of two people: nothing is defined
 * @KENNIS_AGGREGATION_STATUS_NO_VARIANCE: all people have the same mean: nothing but sizes, MSB and MSW is defined
 * @KENNIS_AGGREGATION_STATUS_NO_DIFFERENCE: all groups have the same mean, MSB is 0: ICC(2) is not defined (its limit is minus infinity), ICC(1) is as low as it can be
 * @KENNIS_AGGREGATION_STATUS_NO_SPREAD: people of a group have the same mean, MSW is 0: the ICCs are 1, and F is infinite
 *
 * What the figures of all groups of a [class@Agreement] are worth.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_AGGREGATION_STATUS_OK,
  KENNIS_AGGREGATION_STATUS_LESS_THAN_CHANCE,
  KENNIS_AGGREGATION_STATUS_TOO_FEW,
  KENNIS_AGGREGATION_STATUS_NO_VARIANCE,
  KENNIS_AGGREGATION_STATUS_NO_DIFFERENCE,
  KENNIS_AGGREGATION_STATUS_NO_SPREAD
} KennisAggregationStatus;

/**
 * KennisPairing:
 * @KENNIS_PAIRING_INDEPENDENT: everybody of either wave, as if they were others
 * @KENNIS_PAIRING_MATCHED: only those who answered both, by name or token
 *
 * How the people of two waves are compared.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_PAIRING_INDEPENDENT,
  KENNIS_PAIRING_MATCHED
} KennisPairing;

/**
 * KennisChangeFigure:
 * @KENNIS_CHANGE_N_BEFORE: people with a score in the first wave, or the first group
 * @KENNIS_CHANGE_N_AFTER: people with a score in the second wave, or the second group
 * @KENNIS_CHANGE_N_BOTH: people with a score in both
 * @KENNIS_CHANGE_SHARE_BOTH: those over the people with a score in either
 * @KENNIS_CHANGE_BEFORE: mean of the first wave (matched: of those in both)
 * @KENNIS_CHANGE_AFTER: mean of the second wave (matched: of those in both)
 * @KENNIS_CHANGE_DIFFERENCE: the second minus the first
 * @KENNIS_CHANGE_LOWER: lower limit of the difference
 * @KENNIS_CHANGE_UPPER: upper limit of the difference
 * @KENNIS_CHANGE_G: Hedges' g
 * @KENNIS_CHANGE_G_LOWER: lower limit of g
 * @KENNIS_CHANGE_G_UPPER: upper limit of g
 *
 * A number of a [class@Change].
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_CHANGE_N_BEFORE,
  KENNIS_CHANGE_N_AFTER,
  KENNIS_CHANGE_N_BOTH,
  KENNIS_CHANGE_SHARE_BOTH,
  KENNIS_CHANGE_BEFORE,
  KENNIS_CHANGE_AFTER,
  KENNIS_CHANGE_DIFFERENCE,
  KENNIS_CHANGE_LOWER,
  KENNIS_CHANGE_UPPER,
  KENNIS_CHANGE_G,
  KENNIS_CHANGE_G_LOWER,
  KENNIS_CHANGE_G_UPPER
} KennisChangeFigure;

G_END_DECLS
