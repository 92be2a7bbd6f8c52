#include "config.h"

#include <float.h>
#include <math.h>

#include "base/kennis-elementary-private.h"
#include "base/kennis-statistics-private.h"

/* Beta, F, t and chi-squared.  The densities are computed as Loader (2000, "Fast and accurate computation of binomial
 * probabilities") does, which loses no digits for large parameters; the tails by series and continued fractions
 * (modified Lentz); the quantiles by Newton's method on the logarithm of the smaller tail, within a bracket. */

double
kennis_normal_cdf (double x)
{
  return 0.5 * kennis_erfc (-x * M_SQRT1_2);
}

static double
polynomial (const double *c, double x)
{
  double sum = c[7];

  for (int i = 6; i >= 0; i--)
    sum = sum * x + c[i];
  return sum;
}

double
kennis_normal_quantile (double p)
{
  static const double a[] = { 3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
                              45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727 };
  static const double b[] = { 1.0, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
                              21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610 };
  static const double c[] = { 1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
                              1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4 };
  static const double d[] = { 1.0, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
                              0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4, 1.05075007164441684324e-9 };
  static const double e[] = { 6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230,
                              0.0265321895265761230930, 0.00124266094738807843860, 2.71155556874348757815e-5, 2.01033439929228813265e-7 };
  static const double f[] = { 1.0, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525,
                              7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15 };
  double q = p - 0.5, r, x;

  if (!(p >= 0 && p <= 1))
    return NAN;
  if (p == 0 || p == 1)
    return p == 0 ? -INFINITY : INFINITY;
  if (fabs (q) <= 0.425)
    {
      r = 0.180625 - q * q;
      return q * polynomial (a, r) / polynomial (b, r);
    }
  r = sqrt (-kennis_log (q < 0 ? p : 1 - p));
  x = r <= 5 ? polynomial (c, r - 1.6) / polynomial (d, r - 1.6) : polynomial (e, r - 5) / polynomial (f, r - 5);
  return q < 0 ? -x : x;
}

double
kennis_log_gamma (double x)
{
  int sign;

  return x > 0 ? kennis_gamma_log (x) : lgamma_r (x, &sign);
}

/* log (n!) − Stirling's approximation of it. */
static double
stirling_error (double n)
{
  double nn = n * n;

  if (n <= 15)
    return kennis_log_gamma (n + 1) - (n + 0.5) * kennis_log (n) + n - 0.5 * kennis_log (2 * M_PI);
  return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - (1.0 / 1188 - 691.0 / 360360 / nn) / nn) / nn) / nn) / nn)
         / n;
}

/* x·log (x/m) + m − x, without loss where x is near m. */
static double
deviance (double x, double m)
{
  double v = (x - m) / (x + m);

  if (fabs (x - m) >= 0.1 * (x + m))
    return x * kennis_log (x / m) + m - x;

  double sum = (x - m) * v, term = 2 * x * v;
  for (int j = 1; j < 1000; j++)
    {
      double before = sum;

      term *= v * v;
      sum += term / (2 * j + 1);
      if (sum == before)
        break;
    }
  return sum;
}

/* What the density of a distribution has at all points: worked out once. */
typedef struct { double a, b, constant, root; } Shape;

/* b > 0: beta (a, b); b = 0: gamma (a). */
static Shape
shape_of (double a, double b)
{
  double n = a + b;

  if (b > 0)
    return (Shape) { a, b, stirling_error (n) - stirling_error (a) - stirling_error (b),
                     sqrt (a * (b / n) / (2 * M_PI)) };
  return (Shape) { a, b, -stirling_error (a), sqrt (a / (2 * M_PI)) };
}

/* x^a·y^b / B(a, b), where y = 1 − x: the density of beta on the scale of log (x/y). */
static double
beta_front (const Shape *shape, double x, double y)
{
  double n = shape->a + shape->b;

  if (x <= 0 || y <= 0)
    return 0;
  return kennis_exp (shape->constant - deviance (shape->a, n * x) - deviance (shape->b, n * y)) * shape->root;
}

/* x^a·e^−x / Γ(a): the density of gamma on the scale of log x. */
static double
gamma_front (const Shape *shape, double x)
{
  if (x <= 0 || isinf (x))
    return 0;
  return kennis_exp (shape->constant - deviance (shape->a, x)) * shape->root;
}

static double
not_zero (double x)
{
  return fabs (x) < 1e-300 ? 1e-300 : x;
}

static double
beta_fraction (double a, double b, double x)
{
  double c = 1, d = 1 / not_zero (1 - (a + b) * x / (a + 1)), h = d;

  for (int m = 1; m < 1000000; m++)
    {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));

      d = 1 / not_zero (1 + even * d);
      c = not_zero (1 + even / c);
      h *= d * c;
      d = 1 / not_zero (1 + odd * d);
      c = not_zero (1 + odd / c);
      h *= d * c;
      if (fabs (d * c - 1) <= DBL_EPSILON)
        break;
    }
  return h;
}

/* Both tails of a distribution at a point, and its density there on the scale that is solved on. */
typedef struct
{
  double lower, upper, density;
} Tails;

static Tails
beta_tails (const Shape *shape, double x, double y)
{
  double a = shape->a, b = shape->b;
  Tails tails = { .density = beta_front (shape, x, y) };

  if (x <= (a + 1) / (a + b + 2))
    {
      tails.lower = MIN (tails.density * beta_fraction (a, b, x) / a, 1);
      tails.upper = 1 - tails.lower;
    }
  else
    {
      tails.upper = MIN (tails.density * beta_fraction (b, a, y) / b, 1);
      tails.lower = 1 - tails.upper;
    }
  return tails;
}

static Tails
gamma_tails (const Shape *shape, double x)
{
  double a = shape->a;
  Tails tails = { .density = gamma_front (shape, x) };

  if (x < a + 1)
    {
      double term = 1 / a, sum = term;

      for (int i = 1; i < 1000000 && term > sum * DBL_EPSILON / 2; i++)
        sum += term *= x / (a + i);
      tails.lower = MIN (tails.density * sum, 1);
      tails.upper = 1 - tails.lower;
      return tails;
    }

  double b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
  for (int i = 1; i < 1000000 && isfinite (x); i++)
    {
      double n = -i * (i - a);

      b += 2;
      d = 1 / not_zero (n * d + b);
      c = not_zero (b + n / c);
      h *= d * c;
      if (fabs (d * c - 1) <= DBL_EPSILON)
        break;
    }
  tails.upper = MIN (tails.density * h, 1);
  tails.lower = 1 - tails.upper;
  return tails;
}

double
kennis_incomplete_beta (double a, double b, double x)
{
  Shape shape;

  if (!(a > 0 && b > 0 && x >= 0 && x <= 1) || isinf (a) || isinf (b))
    return NAN;
  if (x == 0 || x == 1)
    return x;
  shape = shape_of (a, b);
  return beta_tails (&shape, x, 1 - x).lower;
}

/* b > 0: beta (a, b) at u = log (x / (1 − x)); b = 0: gamma (a) at u = log x. */
static Tails
tails_at (const Shape *shape, double u)
{
  double odds;

  if (!(shape->b > 0))
    return gamma_tails (shape, kennis_exp (u));
  odds = kennis_exp (u);
  return beta_tails (shape, odds > 1 ? 1 / (1 + 1 / odds) : odds / (1 + odds), 1 / (1 + odds));
}

/* The u at which the lower tail is p: ±∞ beyond what a double can hold. */
static double
solve (double a, double b, double p)
{
  gboolean low = p <= 0.5;
  double target = low ? p : 1 - p;
  Shape shape = shape_of (a, b);
  double from = -745, to = 709, u = b > 0 ? kennis_log (a / b) : kennis_log (a);

  for (int i = 0; i < 500; i++)
    {
      u = CLAMP (u, from, to);
      Tails tails = tails_at (&shape, u);
      double tail = low ? tails.lower : tails.upper;
      double slope = low ? tails.density : -tails.density;
      double next;

      if (tail == target)
        return u;
      if ((tail < target) == low)
        from = u;
      else
        to = u;
      next = u - kennis_log (tail / target) * tail / slope;
      if (!(next > from && next < to))
        next = (from + to) / 2;
      if (fabs (next - u) <= 2 * DBL_EPSILON * MAX (1, fabs (u)) || next <= from || next >= to)
        {
          u = next;
          break;
        }
      u = next;
    }
  return u <= -744 ? -INFINITY : u >= 708 ? INFINITY : u;
}

double
kennis_beta_quantile (double a, double b, double p)
{
  if (!(a > 0 && b > 0 && p >= 0 && p <= 1) || isinf (a) || isinf (b))
    return NAN;
  if (p == 0 || p == 1)
    return p;
  return 1 / (1 + kennis_exp (-solve (a, b, p)));
}

double
kennis_chisq_quantile (double df, double p)
{
  if (!(df > 0 && p >= 0 && p <= 1) || isinf (df))
    return NAN;
  if (p == 0 || p == 1)
    return p == 0 ? 0 : INFINITY;
  return 2 * kennis_exp (solve (df / 2, 0, p));
}

double
kennis_f_quantile (double df1, double df2, double p)
{
  if (!(df1 > 0 && df2 > 0 && p >= 0 && p <= 1))
    return NAN;
  if (p == 0 || p == 1)
    return p == 0 ? 0 : INFINITY;
  if (isinf (df1) && isinf (df2))
    return 1;
  if (isinf (df2))
    return kennis_chisq_quantile (df1, p) / df1;
  if (isinf (df1))
    return df2 / kennis_chisq_quantile (df2, 1 - p);
  return df2 / df1 * kennis_exp (solve (df1 / 2, df2 / 2, p));
}

double
kennis_t_quantile (double df, double p)
{
  double tail = MIN (p, 1 - p), t;

  if (!(df > 0 && p >= 0 && p <= 1))
    return NAN;
  if (p == 0 || p == 1)
    return p == 0 ? -INFINITY : INFINITY;
  if (p == 0.5)
    return 0;
  if (df >= 1e6) /* Cornish & Fisher's expansion: what is left out is under 1e-15 */
    {
      double z = -kennis_normal_quantile (tail), z2 = z * z;

      t = z + z * (z2 + 1) / (4 * df) + z * ((5 * z2 + 16) * z2 + 3) / (96 * df * df);
    }
  else
    t = sqrt (df * kennis_exp (-solve (df / 2, 0.5, 2 * tail)));
  return p < 0.5 ? -t : t;
}
