#pragma once

#include <kennis/kennis-quantity.h>

/* A number or a distribution; never changes. */
struct _KennisQuantity
{
  gatomicrefcount    references;
  KennisDistribution distribution;
  double             parameter[3];    /* as written */
  double             lower, upper;    /* truncation; ±∞ where there is none */
  double             from, span;      /* value = from + span × standard variate */
  double             shape[2];        /* triangular: mode; beta, PERT: a, b; lognormal: µ, σ of the logarithm */
  double             below, mass;     /* probability under `lower`, and between the limits, before truncation */
};

/* The distribution before truncation. */
double kennis_quantity_cdf      (const KennisQuantity *self, double value);
double kennis_quantity_inverse  (const KennisQuantity *self, double p);
double kennis_quantity_density  (const KennisQuantity *self, double value);
/* Mean and variance between the limits. */
void   kennis_quantity_moments  (const KennisQuantity *self, double *mean, double *variance);

/* Turns uniforms into draws of one quantity by inversion: exactly, or by cubic pieces of the quantile function, 64 in each
 * halving of the distance to 0 and to 1, whose error (checked when they are made) is under 1e-8 of the distribution's spread. */
typedef struct _KennisSampler KennisSampler;
KennisSampler *kennis_sampler_new  (KennisQuantity *quantity);
void           kennis_sampler_free (KennisSampler *self);
void           kennis_sampler_draw (const KennisSampler *self, const double *uniform, gsize n, double *out);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisSampler, kennis_sampler_free)

/* Uniforms number from … from + n − 1 (from is even) of a stream: those of kennis_random_uniform(), whoever makes them. */
void kennis_draw_uniforms (guint64 seed, guint64 stream, guint64 from, gsize n, double *out);
/* As many, of which each n-th part of (0, 1) has one. */
void kennis_draw_stratified (guint64 seed, guint64 stream, guint64 from, gsize n, double *out);

/* Iman & Conover (1982): reorders the n uniforms of each of k columns so that their rank correlation comes near the
 * k × k matrix; `lower` is its Cholesky factor. */
void     kennis_correlate (double **columns, guint k, gsize n, const double *lower, guint64 seed, guint64 block);
/* Lower triangle L with L·Lᵀ = matrix, in place; false where it is not positive definite. */
gboolean kennis_cholesky  (double *matrix, guint k);
