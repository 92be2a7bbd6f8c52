#pragma once

#include <glib.h>

/* Random numbers of the simulator: xoshiro256** (Blackman & Vigna 2018), started by splitmix64, so that a seed gives the
 * same organisation with every version of GLib.  One stream per purpose: turning one knob leaves the others' draws alone. */
typedef struct
{
  guint64 state[4];
} SimRandom;

void    sim_random_init (SimRandom *self, guint64 seed, guint64 stream);
double  sim_uniform     (SimRandom *self);                       /* [0, 1) */
guint   sim_below       (SimRandom *self, guint n);              /* 0 … n − 1; n > 0 */
int     sim_between     (SimRandom *self, int low, int high);    /* both included */
gboolean sim_chance     (SimRandom *self, double probability);
double  sim_normal      (SimRandom *self);
double  sim_gamma       (SimRandom *self, double shape);         /* mean = shape */
guint   sim_poisson     (SimRandom *self, double mean);
guint   sim_pick        (SimRandom *self, const double *weights, guint n);
