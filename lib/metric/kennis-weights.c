#include "config.h"

#include "base/kennis-parallel-private.h"
#include "base/kennis-random-private.h"
#include "metric/kennis-ground-types-private.h"
#include "metric/kennis-replicates-private.h"

/* Draws of the Poisson distribution with mean 1, from one 32-bit word each. */

#define CHUNK 256

typedef struct
{
  const KennisGround *ground;
  KennisWeights *weights;
  guint32 thresholds[16];   /* ⌊2³² · P(X ≤ k)⌋ */
} Work;

static void
fill (const Work *work, KennisSpace space, const char *kind, guint32 index, guint8 *row)
{
  const char *id = kennis_intern_get (work->ground->facts->spaces[space], index, NULL);
  g_autofree char *text = g_strconcat (kind, id, NULL);
  KennisRandom random;

  kennis_random_init (&random, kennis_random_seed_for (work->weights->seed, text, 0), 0);
  for (guint r = 0; r < work->weights->replicates; r++)
    {
      guint32 u = kennis_random_u32 (&random);
      guint8 k = 0;

      while (k < 12 && u >= work->thresholds[k])
        k++;
      row[r] = k;
    }
}

static void
fill_chunk (gsize chunk, guint thread, gpointer data)
{
  const Work *work = data;
  const KennisGround *ground = work->ground;
  gsize n = (gsize) ground->n_persons + ground->n_teams;

  for (gsize i = chunk * CHUNK; i < MIN (n, (chunk + 1) * CHUNK); i++)
    if (i < ground->n_persons)
      fill (work, KENNIS_SPACE_PERSON, "person ", i, work->weights->people + i * work->weights->stride);
    else
      fill (work, KENNIS_SPACE_TEAM, "team ", i - ground->n_persons,
            work->weights->teams + (i - ground->n_persons) * work->weights->stride);
}

const KennisWeights *
kennis_ground_weights (KennisGround *self, guint64 seed, guint replicates, guint n_threads)
{
  gsize n = (gsize) self->n_persons + self->n_teams;
  KennisWeights *weights;
  Work work = { self, NULL, { 0 } };
  double p = 0.36787944117144233, sum = 0; /* 1/e */

  for (guint i = 0; i < self->weights->len; i++)
    {
      weights = g_ptr_array_index (self->weights, i);
      if (weights->seed == seed && weights->replicates == replicates)
        return weights;
    }
  for (guint k = 0; k < G_N_ELEMENTS (work.thresholds); k++)
    {
      sum += p;
      p /= k + 1;
      work.thresholds[k] = (guint32) MIN (sum * 4294967296.0, 4294967295.0);
    }
  weights = work.weights = g_new0 (KennisWeights, 1);
  weights->seed = seed;
  weights->replicates = replicates;
  weights->stride = KENNIS_REPLICATES_PADDED (replicates);
  weights->people = g_malloc0 ((gsize) self->n_persons * weights->stride + 1);
  weights->teams = g_malloc0 ((gsize) self->n_teams * weights->stride + 1);
  g_ptr_array_add (self->weights, weights);
  kennis_parallel_for (n_threads, (n + CHUNK - 1) / CHUNK, fill_chunk, &work, NULL, NULL, NULL);
  return weights;
}
