#include "config.h"

#include "simulate/sim-random.h"

#include <math.h>

static guint64
splitmix (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return z ^ (z >> 31);
}

void
sim_random_init (SimRandom *self,
                 guint64    seed,
                 guint64    stream)
{
  guint64 state = seed;

  state = splitmix (&state) ^ (stream * G_GUINT64_CONSTANT (0xd1342543de82ef95));
  for (guint i = 0; i < 4; i++)
    self->state[i] = splitmix (&state);
}

static guint64
rotate (guint64 x,
        guint   by)
{
  return (x << by) | (x >> (64 - by));
}

static guint64
next (SimRandom *self)
{
  guint64 *s = self->state;
  guint64 result = rotate (s[1] * 5, 7) * 9;
  guint64 t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate (s[3], 45);

  return result;
}

double
sim_uniform (SimRandom *self)
{
  return (double) (next (self) >> 11) * 0x1.0p-53;
}

guint
sim_below (SimRandom *self,
           guint      n)
{
  return (guint) (((next (self) >> 32) * (guint64) n) >> 32); /* biased by less than 2⁻³² × n */
}

int
sim_between (SimRandom *self,
             int        low,
             int        high)
{
  return low + (int) sim_below (self, (guint) (high - low + 1));
}

gboolean
sim_chance (SimRandom *self,
            double     probability)
{
  return sim_uniform (self) < probability;
}

/* Box & Muller 1958; one of the pair is thrown away so that the state is all there is. */
double
sim_normal (SimRandom *self)
{
  double u = 1.0 - sim_uniform (self);

  return sqrt (-2.0 * log (u)) * cos (2.0 * G_PI * sim_uniform (self));
}

/* Marsaglia & Tsang 2000. */
double
sim_gamma (SimRandom *self,
           double     shape)
{
  double boost = 1.0;
  double d, c;

  if (shape < 1.0)
    {
      boost = pow (1.0 - sim_uniform (self), 1.0 / shape);
      shape += 1.0;
    }

  d = shape - 1.0 / 3.0;
  c = 1.0 / sqrt (9.0 * d);

  for (;;)
    {
      double x = sim_normal (self);
      double v = 1.0 + c * x;
      double u = 1.0 - sim_uniform (self);

      v = v * v * v;
      if (v > 0.0 && log (u) < 0.5 * x * x + d - d * v + d * log (v))
        return boost * d * v;
    }
}

/* Knuth's product in pieces of at most 16, so that the product stays a normal number. */
guint
sim_poisson (SimRandom *self,
             double     mean)
{
  guint count = 0;

  while (mean > 0.0)
    {
      double limit = exp (-MIN (mean, 16.0));
      double product = 1.0 - sim_uniform (self);

      while (product > limit)
        {
          product *= 1.0 - sim_uniform (self);
          count++;
        }
      mean -= 16.0;
    }

  return count;
}

guint
sim_pick (SimRandom    *self,
          const double *weights,
          guint         n)
{
  double sum = 0.0;
  double at;

  for (guint i = 0; i < n; i++)
    sum += weights[i];
  at = sim_uniform (self) * sum;

  for (guint i = 0; i + 1 < n; i++)
    {
      if (at < weights[i])
        return i;
      at -= weights[i];
    }

  return n - 1;
}
