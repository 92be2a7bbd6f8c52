#include "config.h"

#include "value/kennis-columns-private.h"

#include <math.h>
#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-parallel-private.h"
#include "value/kennis-return-private.h"

/* A chunk is what one thread draws in a row; a wave is what is reduced at once, so memory does not grow with the draws. */
#define CHUNK_BLOCKS 16
#define CHUNK_DRAWS  ((guint64) CHUNK_BLOCKS * KENNIS_DRAW_BLOCK)
#define WAVE_CHUNKS  64

/* Waves end where the draws end that EVPPI is from. */
G_STATIC_ASSERT (KENNIS_GLANCE_DRAWS % (WAVE_CHUNKS * CHUNK_DRAWS) == 0);

static const KennisFigure tracked[KENNIS_N_TRACKED] = {
  [KENNIS_TRACKED_COST] = KENNIS_FIGURE_COST,
  [KENNIS_TRACKED_BENEFIT] = KENNIS_FIGURE_BENEFIT,
  [KENNIS_TRACKED_LOSS_AVOIDED] = KENNIS_FIGURE_LOSS_AVOIDED,
  [KENNIS_TRACKED_NET] = KENNIS_FIGURE_NET,
  [KENNIS_TRACKED_NET_AFTER_TAX] = KENNIS_FIGURE_NET_AFTER_TAX,
  [KENNIS_TRACKED_NPV] = KENNIS_FIGURE_NPV,
  [KENNIS_TRACKED_BCR] = KENNIS_FIGURE_BCR,
  [KENNIS_TRACKED_EMPLOYEE_NET] = KENNIS_FIGURE_EMPLOYEE_NET,
};

int
kennis_simulation_find (KennisFigure figure)
{
  for (int i = 0; i < KENNIS_N_TRACKED; i++)
    if (tracked[i] == figure)
      return i;
  return -1;
}

void
kennis_simulation_free (KennisSimulation *self)
{
  for (guint i = 0; self->sketches != NULL && i < KENNIS_N_TRACKED; i++)
    kennis_sketch_clear (&self->sketches[i]);
  g_free (self->sketches);
  for (guint i = 0; i < KENNIS_N_TRACKED; i++)
    g_clear_pointer (&self->kept[i], kennis_drawn_unref);
  g_free (self->bins);
  g_free (self->evppi_error);
  g_free (self->band);
  g_free (self->band_drawn);
  g_free (self->first);
  g_free (self->first_error);
  g_free (self->whole);
  g_free (self->whole_error);
  g_clear_pointer (&self->plan, kennis_value_plan_unref);
  g_clear_pointer (&self->store, kennis_drawn_store_unref);
  g_free (self);
}

typedef struct
{
  KennisMoments block[CHUNK_BLOCKS][KENNIS_N_TRACKED];
  guint n_blocks;
  KennisJudgement judgement;
  KennisBin *bins;
} ChunkResult;

typedef struct
{
  KennisSimulation *to;
  KennisDrawer drawer;
  guint64 n, begun;                          /* wanted in all; draws before this wave */
  guint64 most;                              /* of a wave */
  KennisDesk *desks;
  KennisSketch *sketches;                    /* KENNIS_N_TRACKED of each desk; NULL: none needed */
  double *draws[KENNIS_N_TRACKED];           /* NULL: too many to keep */
  guint n_desks;
  ChunkResult *results;
  guint objective;
} Run;

static void
fill_bins (const Run         *run,
           const KennisDesk  *desk,
           gsize              n,
           ChunkResult       *result)
{
  const double *x = desk->figure[run->objective];

  for (guint s = 0; s < run->drawer.plan->slots->len; s++)
    {
      KennisBin *bins = result->bins + s * KENNIS_EVPPI_BINS;
      const double *u = desk->uniforms[s];

      for (gsize k = 0; u != NULL && k < n; k++)
        {
          KennisBin *bin = &bins[(guint) (u[k] * KENNIS_EVPPI_BINS)];

          bin->count++;
          bin->sum += x[k];
          bin->squares += x[k] * x[k];
        }
    }
}

/* What does not vary needs no sketch, and what is the same as another figure none of its own. */
static void
take_figure (const Run     *run,
             const double  *x,
             KennisSketch  *sketch,
             guint          f,
             guint64        from,
             gsize          n,
             KennisMoments *out)
{
  if (run->drawer.same[f] != f)
    return;
  if (run->drawer.is_void[f])
    {
      *out = (KennisMoments) { .n = n };
      if (sketch != NULL)
        kennis_sketch_add_zeros (sketch, n);
      return;
    }
  kennis_block_measure (x, n, f == KENNIS_TRACKED_BCR ? 1 : 0, out);
  if (run->draws[f] != NULL)
    memcpy (run->draws[f] + from, x, n * sizeof *x);
  if (sketch != NULL)
    kennis_sketch_add (sketch, x, n);
}

static void
draw_chunk (gsize    chunk,
            guint    thread,
            gpointer data)
{
  Run *run = data;
  KennisDesk *desk = &run->desks[thread];
  KennisSketch *sketches = run->sketches != NULL ? run->sketches + thread * KENNIS_N_TRACKED : NULL;
  ChunkResult *result = &run->results[chunk];
  guint64 from = run->begun + chunk * CHUNK_DRAWS;

  for (guint b = 0; b < CHUNK_BLOCKS && from < run->n; b++, from += KENNIS_DRAW_BLOCK)
    {
      gsize n = MIN (KENNIS_DRAW_BLOCK, run->n - from);
      KennisJudgement judgement;

      kennis_drawer_block (&run->drawer, desk, from / KENNIS_DRAW_BLOCK, n);
      for (guint f = 0; f < KENNIS_N_TRACKED; f++)
        take_figure (run, desk->figure[f], sketches != NULL ? &sketches[f] : NULL, f, from, n, &result->block[b][f]);
      kennis_block_judge (desk->figure[run->objective], n, &judgement);
      kennis_judgement_merge (&result->judgement, &judgement);
      if (result->bins != NULL)
        fill_bins (run, desk, n, result);
      result->n_blocks = b + 1;
    }
}

/* Chan, Golub & LeVeque (1979). */
static void
merge_moments (KennisMoments       *self,
               const KennisMoments *block,
               gboolean             is_whole)
{
  double n = self->n + block->n, distance = block->mean - self->mean, weight = (double) block->n * block->n, sd, step;

  kennis_shares_add (&self->shares, block->n, block->above);
  if (block->n == 0)
    return;
  self->above += block->above;
  self->least = MIN (self->least, block->least);
  self->most = MAX (self->most, block->most);
  self->squares += block->squares + distance * distance * self->n * block->n / n;
  self->mean += distance * block->n / n;
  self->n += block->n;
  step = block->mean - self->block_mean;
  self->block_mean += step * (weight / self->shares.n_squares);
  self->block_mean_squares += weight * step * (block->mean - self->block_mean);
  if (!is_whole || block->n < 2)
    return;
  sd = sqrt (block->squares / (block->n - 1));
  self->n_blocks++;
  step = sd - self->block_sd;
  self->block_sd += step / self->n_blocks;
  self->block_sd_squares += step * (sd - self->block_sd);
}

static void
reduce_chunk (Run         *run,
              gsize        chunk,
              ChunkResult *result)
{
  KennisSimulation *to = run->to;
  guint64 from = run->begun + chunk * CHUNK_DRAWS;

  for (guint b = 0; b < result->n_blocks; b++, from += KENNIS_DRAW_BLOCK)
    for (guint f = 0; f < KENNIS_N_TRACKED; f++)
      merge_moments (&to->moments[f], &result->block[b][run->drawer.same[f]], from + KENNIS_DRAW_BLOCK <= run->n);
  kennis_judgement_merge (&to->judgement, &result->judgement);
  for (guint i = 0; result->bins != NULL && i < run->drawer.plan->slots->len * KENNIS_EVPPI_BINS; i++)
    {
      to->bins[i].count += result->bins[i].count;
      to->bins[i].sum += result->bins[i].sum;
      to->bins[i].squares += result->bins[i].squares;
    }
}

static gboolean
draw_wave (Run           *run,
           guint          n_threads,
           GCancellable  *cancellable,
           GError       **error)
{
  guint64 left = MIN (run->n - run->begun, run->most);
  guint n_chunks = (guint) MIN (WAVE_CHUNKS, (left + CHUNK_DRAWS - 1) / CHUNK_DRAWS);
  gboolean done;

  run->results = g_new0 (ChunkResult, n_chunks);
  for (guint c = 0; run->begun < KENNIS_GLANCE_DRAWS && c < n_chunks; c++)
    run->results[c].bins = g_new0 (KennisBin, run->drawer.plan->slots->len * KENNIS_EVPPI_BINS + 1);
  done = kennis_parallel_for (n_threads, n_chunks, draw_chunk, run, NULL, cancellable, error);
  for (guint c = 0; c < n_chunks; c++)
    {
      if (done)
        reduce_chunk (run, c, &run->results[c]);
      g_free (run->results[c].bins);
    }
  g_clear_pointer (&run->results, g_free);
  run->begun += MIN (left, n_chunks * CHUNK_DRAWS);
  run->most = MAX (run->most, run->begun);
  run->to->n = run->begun;
  return done;
}

gboolean
kennis_simulation_by_blocks (const KennisSimulation *self)
{
  return self->in_blocks
         && (self->sampling != KENNIS_SAMPLING_PLAIN || self->moments[KENNIS_TRACKED_NET].n_blocks >= 16);
}

double
kennis_simulation_mean_error (const KennisSimulation *self,
                              guint                   f)
{
  const KennisMoments *m = &self->moments[f];
  double blocks = m->shares.n_blocks, off = m->block_mean - m->mean;

  if (m->n < KENNIS_ERROR_DRAWS)
    return NAN;
  if (m->least == m->most)
    return 0;
  if (!kennis_simulation_by_blocks (self))
    return sqrt (m->squares / (m->n - 1) / m->n);
  return blocks > 1 ? sqrt ((m->block_mean_squares + off * off * m->shares.n_squares) * blocks / (blocks - 1)) / m->n
                    : NAN;
}

double
kennis_simulation_share_error (const KennisSimulation *self,
                               const KennisShares     *shares)
{
  return shares->n < KENNIS_ERROR_DRAWS ? NAN : kennis_shares_error (shares, kennis_simulation_by_blocks (self));
}

static KennisSketch *
new_sketches (gsize n)
{
  KennisSketch *sketches = g_new (KennisSketch, n);

  for (gsize i = 0; i < n; i++)
    kennis_sketch_init (&sketches[i]);
  return sketches;
}

static KennisSimulation *
new_simulation (KennisValuePlan     *plan,
                guint64              n,
                const KennisDrawing *order)
{
  KennisSimulation *self = g_new0 (KennisSimulation, 1);

  self->seed = order->seed;
  self->sampling = order->sampling;
  self->in_blocks = order->sampling != KENNIS_SAMPLING_PLAIN || plan->n_correlated > 0;
  self->objective = plan->discount != KENNIS_NO_SLOT ? KENNIS_FIGURE_NPV : KENNIS_FIGURE_NET_AFTER_TAX;
  self->plan = kennis_value_plan_ref (plan);
  self->store = kennis_drawn_store_ref (order->store);
  self->number = order->number;
  self->bins = g_new0 (KennisBin, plan->slots->len * KENNIS_EVPPI_BINS + 1);
  if (n > KENNIS_MAX_EXACT)
    self->sketches = new_sketches (KENNIS_N_TRACKED);
  for (guint f = 0; f < KENNIS_N_TRACKED; f++)
    {
      self->moments[f].least = INFINITY;
      self->moments[f].most = -INFINITY;
    }
  return self;
}

static void
run_init (Run                 *run,
          KennisValuePlan     *plan,
          const KennisDrawing *order)
{
  *run = (Run) { .n = order->n, .n_desks = kennis_parallel_n_threads (order->n_threads) };
  if (order->sampling == KENNIS_SAMPLING_LATIN_HYPERCUBE)
    run->n = MAX (16, (run->n + KENNIS_DRAW_BLOCK - 1) / KENNIS_DRAW_BLOCK) * KENNIS_DRAW_BLOCK;
  run->to = new_simulation (plan, run->n, order);
  run->objective = kennis_simulation_find (run->to->objective);
  /* To be sure enough may take few: waves begin small, and grow as they do in all. */
  run->most = order->until > 0 ? CHUNK_DRAWS : run->n;
  kennis_drawer_init (&run->drawer, plan, order->seed, order->sampling);
  run->desks = g_new0 (KennisDesk, run->n_desks);
  for (guint i = 0; i < run->n_desks; i++)
    kennis_desk_init (&run->desks[i], plan);
  if (run->to->sketches != NULL)
    run->sketches = new_sketches (run->n_desks * KENNIS_N_TRACKED);
  for (guint f = 0; f < KENNIS_N_TRACKED; f++)
    if (run->n <= (f == run->objective ? order->most_kept : order->most_each) && run->drawer.same[f] == f
        && !run->drawer.is_void[f])
      run->draws[f] = g_new (double, run->n);
}

/* All but the simulation itself and the drawer. */
static void
run_end (Run *run)
{
  KennisSimulation *to = run->to;

  for (guint i = 0; i < run->n_desks; i++)
    kennis_desk_clear (&run->desks[i]);
  g_free (run->desks);
  for (guint i = 0; run->sketches != NULL && i < run->n_desks; i++)
    for (guint f = 0; f < KENNIS_N_TRACKED; f++)
      kennis_sketch_merge (&to->sketches[f], &run->sketches[i * KENNIS_N_TRACKED + run->drawer.same[f]]);
  for (guint i = 0; run->sketches != NULL && i < run->n_desks * KENNIS_N_TRACKED; i++)
    kennis_sketch_clear (&run->sketches[i]);
  g_free (run->sketches);
  for (guint f = 0; f < KENNIS_N_TRACKED; f++)
    if (run->draws[f] != NULL)
      to->kept[f] = kennis_drawn_new (to->number, f, run->draws[f], to->n);
}

static void
report (const KennisDrawing *order,
        double               done)
{
  kennis_progress_sink_report (order->sink, order->begun + order->share * done);
}

KennisSimulation *
kennis_simulation_run (KennisValuePlan      *plan,
                       const KennisDrawing  *order,
                       GCancellable         *cancellable,
                       GError              **error)
{
  guint n_threads = order->n_threads;
  gboolean fine = TRUE;
  Run run;

  run_init (&run, plan, order);
  while (fine && run.begun < run.n)
    {
      fine = draw_wave (&run, run.n_desks, cancellable, error);
      report (order, 0.9 * run.begun / run.n);
      if (fine && order->until > 0 && kennis_simulation_mean_error (run.to, run.objective) <= order->until)
        break;
    }
  run_end (&run);
  fine = fine && kennis_simulation_indices (run.to, plan, n_threads, cancellable, error)
         && kennis_simulation_band (run.to, plan, n_threads, cancellable, error)
         && (!kennis_simulation_by_blocks (run.to)
             || kennis_simulation_evppi (run.to, &run.drawer, n_threads, cancellable, error));
  kennis_drawer_clear (&run.drawer);
  if (!fine)
    {
      kennis_simulation_free (run.to);
      return NULL;
    }
  report (order, 1);
  return run.to;
}
