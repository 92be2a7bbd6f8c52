#include "config.h"

#include <math.h>

#include "base/kennis-elementary-private.h"
#include "base/kennis-statistics-private.h"
#include "value/kennis-quantity-private.h"

/* Distribution functions on the standard scale; limits and moments. */

static double
standard_cdf (const KennisQuantity *self,
              double                z)
{
  double mode = self->shape[0];

  switch (self->distribution)
    {
    case KENNIS_DISTRIBUTION_NORMAL:
      return kennis_normal_cdf (z);
    case KENNIS_DISTRIBUTION_LOGNORMAL:
      return z <= 0 ? 0 : kennis_normal_cdf ((kennis_log (z) - self->shape[0]) / self->shape[1]);
    case KENNIS_DISTRIBUTION_NUMBER:
      return z >= 0;
    default:
      break;
    }
  if (z <= 0 || z >= 1)
    return z >= 1;
  if (self->distribution == KENNIS_DISTRIBUTION_UNIFORM)
    return z;
  if (self->distribution != KENNIS_DISTRIBUTION_TRIANGULAR)
    return kennis_incomplete_beta (self->shape[0], self->shape[1], z);
  return z < mode ? z * z / mode : 1 - (1 - z) * (1 - z) / (1 - mode);
}

double
kennis_quantity_cdf (const KennisQuantity *self,
                     double                value)
{
  if (isinf (value))
    return value > 0;
  return standard_cdf (self, self->span == 0 ? value - self->from : (value - self->from) / self->span);
}

double
kennis_quantity_inverse (const KennisQuantity *self,
                         double                p)
{
  double mode = self->shape[0], z = 0;

  switch (self->distribution)
    {
    case KENNIS_DISTRIBUTION_NUMBER:
      break;
    case KENNIS_DISTRIBUTION_NORMAL:
      z = kennis_normal_quantile (p);
      break;
    case KENNIS_DISTRIBUTION_LOGNORMAL:
      z = kennis_exp (self->shape[0] + self->shape[1] * kennis_normal_quantile (p));
      break;
    case KENNIS_DISTRIBUTION_UNIFORM:
      z = p;
      break;
    case KENNIS_DISTRIBUTION_TRIANGULAR:
      z = p < mode ? sqrt (p * mode) : 1 - sqrt ((1 - p) * (1 - mode));
      break;
    default:
      z = p <= 0 ? 0 : p >= 1 ? 1 : kennis_beta_quantile (self->shape[0], self->shape[1], p);
    }
  return self->from + self->span * z;
}

static double
beta_density (double a,
              double b,
              double z)
{
  return kennis_exp ((a - 1) * kennis_log (z) + (b - 1) * kennis_log1p (-z) + kennis_log_gamma (a + b)
                     - kennis_log_gamma (a) - kennis_log_gamma (b));
}

double
kennis_quantity_density (const KennisQuantity *self,
                         double                value)
{
  double z = (value - self->from) / self->span, mode = self->shape[0], t;

  switch (self->distribution)
    {
    case KENNIS_DISTRIBUTION_NORMAL:
      return kennis_exp (-z * z / 2) / sqrt (2 * G_PI) / self->span;
    case KENNIS_DISTRIBUTION_LOGNORMAL:
      t = (kennis_log (z) - self->shape[0]) / self->shape[1];
      return kennis_exp (-t * t / 2) / sqrt (2 * G_PI) / self->shape[1] / z / self->span;
    case KENNIS_DISTRIBUTION_UNIFORM:
      return 1 / self->span;
    case KENNIS_DISTRIBUTION_TRIANGULAR:
      return 2 * (z < mode ? z / mode : (1 - z) / (1 - mode)) / self->span;
    case KENNIS_DISTRIBUTION_PERT:
    case KENNIS_DISTRIBUTION_BETA:
      return beta_density (self->shape[0], self->shape[1], z) / self->span;
    case KENNIS_DISTRIBUTION_NUMBER:
    default:
      return NAN;
    }
}

/* E[Z^k; Z < z] of the triangular distribution on [0, 1]. */
static double
triangular_part (double mode,
                 double z,
                 int    k)
{
  double left = MIN (z, mode), part = mode > 0 ? 2 * kennis_pow (left, k + 2) / ((k + 2) * mode) : 0;

  if (z <= mode)
    return part;
  return part
         + 2 / (1 - mode)
               * ((kennis_pow (z, k + 1) - kennis_pow (mode, k + 1)) / (k + 1)
                  - (kennis_pow (z, k + 2) - kennis_pow (mode, k + 2)) / (k + 2));
}

static double
beta_part (double a,
           double b,
           double z,
           int    k)
{
  double factor = k == 1 ? a / (a + b) : a * (a + 1) / ((a + b) * (a + b + 1));

  return factor * kennis_incomplete_beta (a + k, b, z);
}

/* E[Z^k; Z < z] on the standard scale, k 1 or 2. */
static double
part (const KennisQuantity *self,
      double                z,
      int                   k)
{
  double a = self->shape[0], b = self->shape[1];

  if (self->distribution == KENNIS_DISTRIBUTION_LOGNORMAL)
    return z <= 0 ? 0 : kennis_exp (k * a + k * k * b * b / 2) * kennis_normal_cdf ((kennis_log (z) - a) / b - k * b);
  z = CLAMP (z, 0, 1);
  if (self->distribution == KENNIS_DISTRIBUTION_UNIFORM)
    return kennis_pow (z, k + 1) / (k + 1);
  if (self->distribution == KENNIS_DISTRIBUTION_TRIANGULAR)
    return triangular_part (a, z, k);
  return beta_part (a, b, z, k);
}

static double
normal_density (double z)
{
  return isinf (z) ? 0 : kennis_exp (-z * z / 2) / sqrt (2 * G_PI);
}

static void
normal_moments (double  lower,
                double  upper,
                double  mass,
                double *mean,
                double *variance)
{
  double at_lower = normal_density (lower), at_upper = normal_density (upper);
  double weighted = (isinf (lower) ? 0 : lower * at_lower) - (isinf (upper) ? 0 : upper * at_upper);

  *mean = (at_lower - at_upper) / mass;
  *variance = 1 + weighted / mass - *mean * *mean;
}

void
kennis_quantity_moments (const KennisQuantity *self,
                         double               *mean,
                         double               *variance)
{
  double lower, upper, m, v;

  if (self->distribution == KENNIS_DISTRIBUTION_NUMBER)
    {
      *mean = self->from;
      *variance = 0;
      return;
    }
  lower = (self->lower - self->from) / self->span;
  upper = (self->upper - self->from) / self->span;
  if (self->distribution == KENNIS_DISTRIBUTION_NORMAL)
    normal_moments (lower, upper, self->mass, &m, &v);
  else
    {
      m = (part (self, upper, 1) - part (self, lower, 1)) / self->mass;
      v = (part (self, upper, 2) - part (self, lower, 2)) / self->mass - m * m;
    }
  *mean = self->from + self->span * m;
  *variance = self->span * self->span * MAX (v, 0);
}
