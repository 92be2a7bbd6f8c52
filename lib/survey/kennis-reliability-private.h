#pragma once

#include <kennis/kennis-reliability.h>

#include "survey/kennis-moments-private.h"

#define KENNIS_N_RELIABILITY_FIGURES (KENNIS_RELIABILITY_STANDARD_ERROR + 1)
#define KENNIS_N_ITEM_FIGURES (KENNIS_ITEM_LOADING + 1)

struct _KennisReliability
{
  GObject parent_instance;

  char   **names;
  guint    k;
  double   n;            /* of the draws of random data */
  double   figures[KENNIS_N_RELIABILITY_FIGURES];
  double  *items;        /* k × KENNIS_N_ITEM_FIGURES */
  double  *eigenvalues;  /* of the correlations */
  guint8  *reversed;     /* of an item: looks so */
  guint    n_varying;    /* items that vary */
  KennisFactorStatus factor;   /* the worse of covariances and correlations */
};

/* kennis-reliability-figures.c: all figures from the moments. */
void kennis_reliability_fill (KennisReliability *self, const KennisMoments *moments, double level, guint64 seed);
