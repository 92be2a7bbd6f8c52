#pragma once

#include <glib.h>

/* A counter-based random stream: Philox 4x32-10 (Salmon, Moraes, Dror & Shaw 2011).
 * A stream is (seed, stream number); streams do not depend on one another, so
 * that draw k is the same whoever makes it. */
typedef struct
{
  guint32 key[2];
  guint32 counter[4];
  guint32 block[4];
  guint   used;         /* words of block given out; 4: none left */
} KennisRandom;

void    kennis_random_init    (KennisRandom *self, guint64 seed, guint64 stream);
guint32 kennis_random_u32     (KennisRandom *self);
guint64 kennis_random_u64     (KennisRandom *self);
double  kennis_random_uniform (KennisRandom *self);                  /* (0, 1), 53 bits, never 0 or 1 */
guint32 kennis_random_below   (KennisRandom *self, guint32 bound);   /* 0 … bound − 1 without bias (Lemire 2019); bound ≥ 1 */
double  kennis_random_normal  (KennisRandom *self);                  /* standard normal, by inversion */
double  kennis_random_gamma   (KennisRandom *self, double shape);    /* scale 1; Marsaglia & Tsang 2000 */
/* The k-th independent seed that follows from a seed and a text (a metric's id, a group's label …). */
guint64 kennis_random_seed_for (guint64 seed, const char *text, guint64 k);
