/* Before all else: nothing is fused. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("fp-contract=off")
#endif

#include "config.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/kennis-elementary-private.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

/* ln 2: the first part has 32 bits, so that its multiples up to 2^20 are exact. */
#define LN2_HIGH 0x1.62e42feep-1
#define LN2_LOW  0x1.a39ef35793c76p-33

/* A value as the sum of a double and what it lacks. */
typedef struct { double high, low; } Twofold;

/* Dekker (1971): the product of two doubles, and what is lost by rounding it. */
static Twofold
multiply (double a,
          double b)
{
  double p = a * b, t = 0x8000001p0 * a, a1, a2, b1, b2;

  a1 = t - (t - a);
  a2 = a - a1;
  t = 0x8000001p0 * b;
  b1 = t - (t - b);
  b2 = b - b1;
  return (Twofold) { p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2 };
}

/* Of the larger first. */
static Twofold
add (double a,
     double b)
{
  double sum = a + b;

  return (Twofold) { sum, b - (sum - a) };
}

/* e^r − 1 − r for |r| ≤ ln 2 / 2 and a bit, by its series. */
static double
exp_rest (double r)
{
  double z = r * r, w = z * z, q = w * w;
  /* Pairs, and pairs of them: fewer steps that wait for one another. */
  double low = (1 / 2.0 + r * (1 / 6.0)) + z * (1 / 24.0 + r * (1 / 120.0)),
         middle = (1 / 720.0 + r * (1 / 5040.0)) + z * (1 / 40320.0 + r * (1 / 362880.0)),
         high = (1 / 3628800.0 + r * (1 / 39916800.0)) + z * (1 / 479001600.0 + r * (1 / 6227020800.0));

  return z * (low + w * middle + q * (high + w * (1 / 87178291200.0)));
}

static double
scale (double x,
       int    power)
{
  uint64_t bits = (uint64_t) (1023 + power) << 52;
  double factor;

  if (power < -1021)
    return scale (x, power + 900 < -1021 ? -1021 : power + 900) * 0x1p-900;
  if (power > 1023)
    return scale (x, power - 900 > 1023 ? 1023 : power - 900) * 0x1p900;
  memcpy (&factor, &bits, sizeof factor);
  return x * factor;
}

/* e^(x + low), low being small against x. */
static double
exp_of (double x,
        double low)
{
  double k, r, rest;

  if (isnan (x) || x > 709.8)
    return isnan (x) ? x : INFINITY;
  if (x < -746)
    return 0;
  k = floor (x * 0x1.71547652b82fep0 + 0.5);
  r = x - k * LN2_HIGH;
  rest = low - k * LN2_LOW;
  {
    Twofold sum = fabs (r) > fabs (rest) ? add (r, rest) : add (rest, r);
    Twofold whole = add (1, sum.high);

    return scale (whole.high + (whole.low + (sum.low + exp_rest (sum.high) + sum.low * sum.high)), (int) k);
  }
}

double
kennis_exp (double x)
{
  return exp_of (x, 0);
}

double
kennis_expm1 (double x)
{
  return fabs (x) < 0.34 ? x + exp_rest (x) : kennis_exp (x) - 1;
}

double
kennis_exp2 (double x)
{
  Twofold y;

  if (isnan (x) || fabs (x) > 1100)
    return isnan (x) ? x : x > 0 ? INFINITY : 0;
  y = multiply (x, 0x1.62e42fefa39efp-1);
  return exp_of (y.high, y.low + x * 0x1.abc9e3b39803fp-56);
}

/* 2 atanh (s) with s = (m − 1)/(m + 1) and x = m·2^k, √½ ≤ m < √2. */
static Twofold
log_of (double x)
{
  uint64_t bits;
  int k = 0;
  double m, f, bottom, s, low, z, w, q, sum;
  Twofold back, high;

  if (x < DBL_MIN)
    {
      x *= 0x1p54;
      k = -54;
    }
  memcpy (&bits, &x, sizeof bits);
  k += (int) (bits >> 52) - 1023;
  bits = (bits & 0xfffffffffffffULL) | 0x3ff0000000000000ULL;
  memcpy (&m, &bits, sizeof m);
  if (m > M_SQRT2)
    {
      m /= 2;
      k++;
    }
  f = m - 1;
  bottom = m + 1;
  s = f / bottom;
  /* What the division lost, and what m + 1 did. */
  back = multiply (s, bottom);
  low = ((f - back.high) - back.low - s * (m - (bottom - 1))) / bottom;
  z = s * s;
  w = z * z;
  q = w * w;
  sum = (2 / 3.0 + z * (2 / 5.0)) + w * (2 / 7.0 + z * (2 / 9.0))
        + q
              * ((2 / 11.0 + z * (2 / 13.0)) + w * (2 / 15.0 + z * (2 / 17.0))
                 + q * ((2 / 19.0 + z * (2 / 21.0)) + w * (2 / 23.0)));
  high = add (k * LN2_HIGH, 2 * s);
  if (k == 0)
    high = (Twofold) { 2 * s, 0 };
  high.low += 2 * low + s * z * sum + k * LN2_LOW;
  return add (high.high, high.low);
}

double
kennis_log (double x)
{
  if (isnan (x) || x < 0)
    return NAN;
  if (x == 0 || isinf (x))
    return x == 0 ? -INFINITY : INFINITY;
  return log_of (x).high;
}

double
kennis_log1p (double x)
{
  double u = 1 + x;

  if (!(u > 0) || isinf (u))
    return kennis_log (u);
  return u == 1 ? x : kennis_log (u) - ((u - 1) - x) / u;
}

double
kennis_pow (double x,
            double y)
{
  Twofold power, product;
  double sign = 1;

  if (y == 0 || x == 1)
    return 1;
  if (isnan (x) || isnan (y))
    return NAN;
  if (x < 0)
    {
      if (y != floor (y))
        return NAN;
      sign = fabs (y) < 0x1p53 && fmod (y, 2) != 0 ? -1 : 1;
      x = -x;
    }
  if (x == 0 || isinf (x) || isinf (y))
    {
      if (x == 1)
        return 1;
      return sign * ((x > 1) == (y > 0) ? INFINITY : 0);
    }
  if (x == 1)
    return sign;
  power = log_of (x);
  if (fabs (power.high * y) > 1e4)
    return sign * (power.high * y > 0 ? INFINITY : 0);
  product = multiply (power.high, y);
  return sign * exp_of (product.high, product.low + power.low * y);
}

static double
polynomial (const double *c,
            int           n,
            double        x)
{
  double sum = c[0];

  for (int i = 1; i < n; i++)
    sum = sum * x + c[i];
  return sum;
}

/* e^(−x²) without loss for large x: x² in two parts (Cody 1969). */
static double
gauss (double x)
{
  Twofold square = multiply (x, x);

  return exp_of (-square.high, -square.low);
}

/* Cody (1969), "Rational Chebyshev approximations for the error function", Mathematics of Computation 23. */
double
kennis_erfc (double x)
{
  static const double a[] = { 1.85777706184603153e-1, 3.16112374387056560e0, 1.13864154151050156e2, 3.77485237685302021e2,
                              3.20937758913846947e3 },
                      b[] = { 1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3 };
  static const double c[] = { 2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e0, 6.61191906371416295e1,
                              2.98635138197400131e2, 8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3,
                              1.23033935479799725e3 },
                      d[] = { 1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
                              3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3 };
  static const double p[] = { 1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
                              1.60837851487422766e-2, 6.58749161529837803e-4 },
                      q[] = { 1, 2.56852019228982242e0, 1.87295284992346725e0, 5.27905102951428412e-1, 6.05183413124413191e-2,
                              2.33520497626869185e-3 };
  double size = fabs (x), z, tail;

  if (isnan (x))
    return x;
  if (size <= 0.46875)
    return 1 - x * polynomial (a, 5, x * x) / polynomial (b, 5, x * x);
  if (size <= 4)
    tail = gauss (size) * polynomial (c, 9, size) / polynomial (d, 9, size);
  else if (size > 27.3)
    tail = 0;
  else
    {
      z = 1 / (size * size);
      tail = z * polynomial (p, 6, z) / polynomial (q, 6, z);
      tail = gauss (size) * ((0.56418958354775628695 - tail) / size);
    }
  return x < 0 ? 2 - tail : tail;
}

double
kennis_sine (double x)
{
  double z = x * x, sum = -1 / 1307674368000.0; /* 1/15! */
  static const double factor[] = { 1 / 6227020800.0, -1 / 39916800.0, 1 / 362880.0, -1 / 5040.0, 1 / 120.0, -1 / 6.0 };

  for (int i = 0; i < 6; i++)
    sum = sum * z + factor[i];
  return x + x * z * sum;
}

/* Any two, the sum and what rounding lost of it (Knuth 1969). */
static Twofold
add_any (double a,
         double b)
{
  double sum = a + b, part = sum - a;

  return (Twofold) { sum, (a - (sum - part)) + (b - part) };
}

/* Stirling's series where it is good enough at once, and by x Γ(x) = Γ(x + 1) from there. */
double
kennis_gamma_log (double x)
{
  static const double factor[] = { 1 / 156.0,  -691 / 360360.0, 1 / 1188.0, -1 / 1680.0,
                                   1 / 1260.0, -1 / 360.0,      1 / 12.0 };
  Twofold product = { 1, 0 }, up = { x, 0 }, part, main, sum;
  double z, low;

  if (x == 1 || x == 2)
    return 0;
  if (!(x > 0) || isinf (x))
    return isnan (x) || isinf (x) ? x : x == 0 ? INFINITY : NAN;
  for (int i = 1; up.high < 13; i++)
    {
      Twofold next = multiply (product.high, up.high);

      product = add (next.high, next.low + product.low * up.high + product.high * up.low);
      up = add_any (x, i);
    }
  z = 1 / up.high;
  part = log_of (up.high);
  main = multiply (up.high - 0.5, part.high);
  low = main.low + (up.high - 0.5) * part.low + up.low * part.high + z * polynomial (factor, 7, z * z);
  /* ½ log (2π) */
  sum = add_any (main.high, -up.high);
  low += sum.low;
  sum = add_any (sum.high, 0x1.d67f1c864beb5p-1);
  low += sum.low;
  if (product.high != 1)
    {
      part = log_of (product.high);
      sum = add_any (sum.high, -part.high);
      low += sum.low - part.low - product.low / product.high;
    }
  return sum.high + low;
}
