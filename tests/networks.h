#pragma once

#include "kennis-test.h"

#include "base/kennis-random-private.h"

#include <math.h>
#include <string.h>

/* For tests of networks: small ones from lists, random ones with all their ties in a matrix for slow, obvious algorithms. */


/* Rows of giver, receiver; weight NULL: none. */
static inline KennisNetwork *
network_of (guint n, const guint32 (*pairs)[2], const double *weight, gsize n_rows)
{
  g_autofree guint32 *giver = g_new (guint32, n_rows + 1), *receiver = g_new (guint32, n_rows + 1);
  g_autoptr (GBytes) givers = NULL, receivers = NULL, weights = NULL;
  g_autoptr (GError) error = NULL;
  KennisNetwork *network;

  for (gsize i = 0; i < n_rows; i++)
    {
      giver[i] = pairs[i][0];
      receiver[i] = pairs[i][1];
    }
  givers = g_bytes_new (giver, n_rows * sizeof *giver);
  receivers = g_bytes_new (receiver, n_rows * sizeof *receiver);
  weights = weight != NULL ? g_bytes_new (weight, n_rows * sizeof *weight) : NULL;
  network = kennis_network_new_from_columns (n, givers, receivers, weights, NULL, NULL, &error);
  if (network == NULL)
    g_error ("%s", error->message);
  return network;
}

#define NETWORK(n, ...)                                                                        \
  network_of ((n), (const guint32[][2]) { __VA_ARGS__ }, NULL, G_N_ELEMENTS (((const guint32[][2]) { __VA_ARGS__ })))

/* A random network with doubles and loops; w[i * n + j] is the sum of the weights of i → j, 0 where there is no tie.  Weights are
 * quarters, so that sums and equal lengths are exact. */
typedef struct
{
  guint          n;
  double        *w;
  KennisNetwork *network;
} RandomNetwork;

static inline RandomNetwork
network_random (guint64 seed, guint n, guint n_rows, gboolean weighted)
{
  KennisRandom random;
  g_autofree guint32 (*pairs)[2] = (guint32 (*)[2]) g_new (guint32, 2 * n_rows + 2);
  g_autofree double *weight = g_new (double, n_rows + 1);
  RandomNetwork self = { .n = n, .w = g_new0 (double, (gsize) n * n + 1) };

  kennis_random_init (&random, seed, n);
  for (guint i = 0; i < n_rows; i++)
    {
      pairs[i][0] = kennis_random_below (&random, n);
      pairs[i][1] = kennis_random_below (&random, 1 + kennis_random_below (&random, n));
      weight[i] = weighted ? 0.25 * (1 + kennis_random_below (&random, 8)) : 1;
      if (pairs[i][0] != pairs[i][1])
        self.w[pairs[i][0] * n + pairs[i][1]] += weight[i];
    }
  self.network = network_of (n, (const guint32 (*)[2]) pairs, weighted ? weight : NULL, n_rows);
  return self;
}

static inline void
network_random_clear (RandomNetwork *self)
{
  g_free (self->w);
  g_object_unref (self->network);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RandomNetwork, network_random_clear)

#define FOR_RANDOM_NETWORKS(r, weighted)                                                          \
  for (guint round_ = 0; round_ < 12; round_++)                                                   \
    for (g_auto (RandomNetwork) r =                                                               \
             network_random (round_, 2 + round_ * 5, round_ * round_ * 3 + (round_ % 3), (weighted)); \
         r.n > 0; r.n = 0)

static inline const guint32 *
network_indices (GBytes *column, gsize n)
{
  CU_ASSERT_EQUAL (g_bytes_get_size (column), n * sizeof (guint32));
  return g_bytes_get_data (column, NULL);
}

static inline const double *
network_doubles (GBytes *column, gsize n)
{
  CU_ASSERT_EQUAL (g_bytes_get_size (column), n * sizeof (double));
  return g_bytes_get_data (column, NULL);
}
