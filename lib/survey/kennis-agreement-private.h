#pragma once

#include <kennis/kennis-agreement.h>

#include "survey/kennis-group-rows-private.h"

#define KENNIS_N_AGREEMENT_FIGURES (KENNIS_AGREEMENT_RELIABILITY + 1)
#define KENNIS_N_AGGREGATION_FIGURES (KENNIS_AGGREGATION_ICC_2_TRUNCATED + 1)
#define KENNIS_MAX_OPTIONS 1000

struct _KennisAgreement
{
  GObject parent_instance;

  char  **labels;
  GHashTable *places;   /* of labels */
  guint   n_groups;
  double *figures;      /* n_groups × KENNIS_N_AGREEMENT_FIGURES */
  double *critical;     /* of a group: the mean item variance that 5% of random groups of its size stay under */
  double  aggregation[KENNIS_N_AGGREGATION_FIGURES];
  KennisAggregationStatus status;
};

/* What the groups are judged by. */
typedef struct
{
  const double *values;       /* n_rows × n_items */
  guint         n_items;
  double        low, high;
  double        variance;     /* of the null distribution */
} KennisAgreementInput;

/* rwg(j) of a mean item variance (James, Demaree & Wolf 1984). */
double kennis_agreement_rwg   (double item_variance, double null_variance, double n_items);

/* kennis-agreement-figures.c */
void   kennis_agreement_fill  (KennisAgreement *self, const KennisAgreementInput *input, const KennisGroupRows *groups);

/* kennis-agreement-null.c: the critical variance of each group, from its KENNIS_AGREEMENT_N; and rwg(j) of it. */
void   kennis_agreement_simulate (KennisAgreement *self, const KennisAgreementInput *input, KennisNull null,
                                  guint n_draws, guint64 seed);
