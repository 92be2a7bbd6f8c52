#include "config.h"

#include <math.h>

#include "base/kennis-random-private.h"
#include "base/kennis-statistics-private.h"

#define ROUNDS 10

static void
philox (const guint32 key[2], const guint32 counter[4], guint32 out[4])
{
  guint32 k0 = key[0], k1 = key[1];
  guint32 c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];

  for (int i = 0; i < ROUNDS; i++)
    {
      guint64 a = (guint64) 0xd2511f53u * c0, b = (guint64) 0xcd9e8d57u * c2;

      c0 = (guint32) (b >> 32) ^ c1 ^ k0;
      c1 = (guint32) b;
      c2 = (guint32) (a >> 32) ^ c3 ^ k1;
      c3 = (guint32) a;
      k0 += 0x9e3779b9u;
      k1 += 0xbb67ae85u;
    }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/* The upper half of the counter is the stream, the lower half counts its blocks. */
void
kennis_random_init (KennisRandom *self, guint64 seed, guint64 stream)
{
  *self = (KennisRandom) {
    .key = { (guint32) seed, (guint32) (seed >> 32) },
    .counter = { 0, 0, (guint32) stream, (guint32) (stream >> 32) },
    .used = 4,
  };
}

guint32
kennis_random_u32 (KennisRandom *self)
{
  if (self->used == 4)
    {
      philox (self->key, self->counter, self->block);
      if (++self->counter[0] == 0)
        self->counter[1]++;
      self->used = 0;
    }
  return self->block[self->used++];
}

guint64
kennis_random_u64 (KennisRandom *self)
{
  guint64 low = kennis_random_u32 (self);

  return (guint64) kennis_random_u32 (self) << 32 | low;
}

double
kennis_random_uniform (KennisRandom *self)
{
  guint64 bits;

  do
    bits = kennis_random_u64 (self) >> 11;
  while (bits == 0);
  return (double) bits * 0x1p-53;
}

guint32
kennis_random_below (KennisRandom *self, guint32 bound)
{
  guint64 product = (guint64) kennis_random_u32 (self) * bound;

  if ((guint32) product < bound)
    {
      guint32 threshold = -bound % bound;

      while ((guint32) product < threshold)
        product = (guint64) kennis_random_u32 (self) * bound;
    }
  return (guint32) (product >> 32);
}

double
kennis_random_normal (KennisRandom *self)
{
  return kennis_normal_quantile (kennis_random_uniform (self));
}

/* Of shape ≥ 1. */
static double
large_gamma (KennisRandom *self, double shape)
{
  double d = shape - 1.0 / 3, c = 1 / sqrt (9 * d);

  for (;;)
    {
      double x = kennis_random_normal (self), v = 1 + c * x;

      if (v <= 0)
        continue;
      v = v * v * v;
      if (log (kennis_random_uniform (self)) < 0.5 * x * x + d * (1 - v + log (v)))
        return d * v;
    }
}

double
kennis_random_gamma (KennisRandom *self, double shape)
{
  g_return_val_if_fail (shape > 0, NAN);

  if (shape >= 1)
    return large_gamma (self, shape);
  /* By logarithms, as small shapes give values under what a double can hold. */
  double large = log (large_gamma (self, shape + 1));
  return exp (large + log (kennis_random_uniform (self)) / shape);
}

guint64
kennis_random_seed_for (guint64 seed, const char *text, guint64 k)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325); /* FNV-1a: the same on every machine */
  guint32 out[4];

  for (const char *p = text; p != NULL && *p != '\0'; p++)
    hash = (hash ^ (guint8) *p) * G_GUINT64_CONSTANT (0x100000001b3);

  /* Another key than the streams of the same seed have. */
  seed ^= G_GUINT64_CONSTANT (0x6b656e6e69733130);
  philox ((guint32[]) { (guint32) seed, (guint32) (seed >> 32) },
          (guint32[]) { (guint32) hash, (guint32) (hash >> 32), (guint32) k, (guint32) (k >> 32) }, out);
  return (guint64) out[1] << 32 | out[0];
}
