#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-macros.h>

G_BEGIN_DECLS

/**
 * KennisDistribution:
 * @KENNIS_DISTRIBUTION_NUMBER: a number that is certain
 * @KENNIS_DISTRIBUTION_UNIFORM: all values from least to most alike
 * @KENNIS_DISTRIBUTION_TRIANGULAR: least, likely and most, with straight sides
 * @KENNIS_DISTRIBUTION_PERT: least, likely and most, with round sides (beta with weight 4)
 * @KENNIS_DISTRIBUTION_NORMAL: mean and standard deviation
 * @KENNIS_DISTRIBUTION_LOGNORMAL: mean and standard deviation of the value itself
 * @KENNIS_DISTRIBUTION_BETA: a share, by its two shapes
 *
 * What is known of a [struct@Quantity].
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_DISTRIBUTION_NUMBER,
  KENNIS_DISTRIBUTION_UNIFORM,
  KENNIS_DISTRIBUTION_TRIANGULAR,
  KENNIS_DISTRIBUTION_PERT,
  KENNIS_DISTRIBUTION_NORMAL,
  KENNIS_DISTRIBUTION_LOGNORMAL,
  KENNIS_DISTRIBUTION_BETA
} KennisDistribution;

/**
 * KennisEvidence:
 * @KENNIS_EVIDENCE_UNKNOWN: nobody said
 * @KENNIS_EVIDENCE_MEASURED: counted or measured, in records or books
 * @KENNIS_EVIDENCE_ESTIMATED: estimated by people who know
 * @KENNIS_EVIDENCE_ASSUMED: assumed
 *
 * How good the ground under an input is, best first.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_EVIDENCE_UNKNOWN,
  KENNIS_EVIDENCE_MEASURED,
  KENNIS_EVIDENCE_ESTIMATED,
  KENNIS_EVIDENCE_ASSUMED
} KennisEvidence;

/**
 * KennisBenefitKind:
 * @KENNIS_BENEFIT_KIND_OTHER: another benefit
 * @KENNIS_BENEFIT_KIND_PRODUCTIVITY: more work done in the same time
 * @KENNIS_BENEFIT_KIND_QUALITY: fewer errors, better work
 * @KENNIS_BENEFIT_KIND_TEAM: value to the team
 * @KENNIS_BENEFIT_KIND_EMPLOYABILITY: people who can do other work too
 * @KENNIS_BENEFIT_KIND_RETENTION: people who stay
 *
 * What a benefit is of.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_BENEFIT_KIND_OTHER,
  KENNIS_BENEFIT_KIND_PRODUCTIVITY,
  KENNIS_BENEFIT_KIND_QUALITY,
  KENNIS_BENEFIT_KIND_TEAM,
  KENNIS_BENEFIT_KIND_EMPLOYABILITY,
  KENNIS_BENEFIT_KIND_RETENTION
} KennisBenefitKind;

/**
 * KennisBenefitMethod:
 * @KENNIS_BENEFIT_METHOD_AMOUNT: an amount per year × transfer × isolation × confidence (Phillips)
 * @KENNIS_BENEFIT_METHOD_UTILITY: people × d × SDy per year (Schmidt, Hunter & Pearlman 1982)
 *
 * How a benefit is worked out.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_BENEFIT_METHOD_AMOUNT,
  KENNIS_BENEFIT_METHOD_UTILITY
} KennisBenefitMethod;

/**
 * KennisCashTiming:
 * @KENNIS_CASH_TIMING_MONTH_END: what happens in a month is paid and discounted at its end
 * @KENNIS_CASH_TIMING_YEAR_END: at the end of its year; decay and leaving go by whole years, as in the literature
 *
 * When money of a month counts.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_CASH_TIMING_MONTH_END,
  KENNIS_CASH_TIMING_YEAR_END
} KennisCashTiming;

/**
 * KennisFigure:
 * @KENNIS_FIGURE_DIRECT_COST: what is paid: per head × heads, fixed, and running cost
 * @KENNIS_FIGURE_INDIRECT_COST: overheads: preparing, rooms, administration
 * @KENNIS_FIGURE_TIME_COST: hours of work that were not done
 * @KENNIS_FIGURE_PAY_RISE: rises in pay that follow from it
 * @KENNIS_FIGURE_SUBSIDY: subsidies received
 * @KENNIS_FIGURE_COST: direct and indirect cost + time + pay rises − subsidies
 * @KENNIS_FIGURE_BENEFIT: all benefits together, without loss avoided
 * @KENNIS_FIGURE_LOSS_AVOIDED: expected loss through knowledge grown old that it prevents
 * @KENNIS_FIGURE_NET: benefit + loss avoided − cost, undiscounted, before tax
 * @KENNIS_FIGURE_BCR: benefit and loss avoided, divided by cost; undiscounted, as Phillips
 * @KENNIS_FIGURE_ROI: 100 × net / cost, undiscounted, in %, as Phillips
 * @KENNIS_FIGURE_NET_AFTER_TAX: net × (1 − tax), undiscounted
 * @KENNIS_FIGURE_NPV: net present value, after tax
 * @KENNIS_FIGURE_DISCOUNTED_BCR: present value of benefit and loss avoided / present value of cost
 * @KENNIS_FIGURE_DISCOUNTED_ROI: 100 × (present value of benefit and loss avoided − of cost) / of cost
 * @KENNIS_FIGURE_PAYBACK: first month at whose end all that was paid is back (after tax, undiscounted)
 * @KENNIS_FIGURE_IRR: discount rate per year at which the net present value is 0
 * @KENNIS_FIGURE_EMPLOYEE_COST: worth of the participants' own hours
 * @KENNIS_FIGURE_EMPLOYEE_GAIN: their gains in pay and time saved
 * @KENNIS_FIGURE_EMPLOYEE_NET: the difference, for all participants together
 *
 * A result of a [class@Return].
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_FIGURE_DIRECT_COST,
  KENNIS_FIGURE_INDIRECT_COST,
  KENNIS_FIGURE_TIME_COST,
  KENNIS_FIGURE_PAY_RISE,
  KENNIS_FIGURE_SUBSIDY,
  KENNIS_FIGURE_COST,
  KENNIS_FIGURE_BENEFIT,
  KENNIS_FIGURE_LOSS_AVOIDED,
  KENNIS_FIGURE_NET,
  KENNIS_FIGURE_BCR,
  KENNIS_FIGURE_ROI,
  KENNIS_FIGURE_NET_AFTER_TAX,
  KENNIS_FIGURE_NPV,
  KENNIS_FIGURE_DISCOUNTED_BCR,
  KENNIS_FIGURE_DISCOUNTED_ROI,
  KENNIS_FIGURE_PAYBACK,
  KENNIS_FIGURE_IRR,
  KENNIS_FIGURE_EMPLOYEE_COST,
  KENNIS_FIGURE_EMPLOYEE_GAIN,
  KENNIS_FIGURE_EMPLOYEE_NET
} KennisFigure;

/**
 * KennisFigureStatus:
 * @KENNIS_FIGURE_STATUS_OK: the value stands
 * @KENNIS_FIGURE_STATUS_NO_DATA: an input that it needs was not given
 * @KENNIS_FIGURE_STATUS_NOT_REACHED: not within the horizon, or for no value that makes sense
 * @KENNIS_FIGURE_STATUS_NO_COST: cost is 0 or less, so nothing is divided by it
 * @KENNIS_FIGURE_STATUS_NO_ROOT: no rate makes the net present value 0
 * @KENNIS_FIGURE_STATUS_SEVERAL_ROOTS: several rates do
 * @KENNIS_FIGURE_STATUS_UNDETERMINED: not defined here
 * @KENNIS_FIGURE_STATUS_NO_EFFECT: the input changes nothing, so that no value of it is break-even
 *
 * Whether a figure has a value, and why not.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_FIGURE_STATUS_OK,
  KENNIS_FIGURE_STATUS_NO_DATA,
  KENNIS_FIGURE_STATUS_NOT_REACHED,
  KENNIS_FIGURE_STATUS_NO_COST,
  KENNIS_FIGURE_STATUS_NO_ROOT,
  KENNIS_FIGURE_STATUS_SEVERAL_ROOTS,
  KENNIS_FIGURE_STATUS_UNDETERMINED,
  KENNIS_FIGURE_STATUS_NO_EFFECT
} KennisFigureStatus;

/**
 * KennisSampling:
 * @KENNIS_SAMPLING_PLAIN: independent draws
 * @KENNIS_SAMPLING_LATIN_HYPERCUBE: each block of 1024 draws is a Latin hypercube (McKay, Beckman & Conover 1979)
 *
 * How draws are made.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_SAMPLING_PLAIN,
  KENNIS_SAMPLING_LATIN_HYPERCUBE
} KennisSampling;

G_END_DECLS
