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
#define BINNED_DRAWS (WAVE_CHUNKS * CHUNK_DRAWS)

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
  for (guint i = 0; i < KENNIS_N_TRACKED; i++)
    kennis_sketch_clear (&self->sketches[i]);
  kennis_selection_clear (&self->selection);
  g_free (self->draws);
  g_free (self->bins);
  g_free (self->band);
  g_free (self->first);
  g_free (self->first_error);
  g_free (self->whole);
  g_free (self->whole_error);
  g_free (self);
}

void
kennis_block_uniforms (const KennisValuePlan *plan,
                       guint64                seed,
                       guint64                base,
                       KennisSampling         sampling,
                       guint64                block,
                       gsize                  n,
                       double               **uniforms)
{
  g_autofree double **columns = g_new (double *, plan->n_correlated + 1);
  guint64 from = block * KENNIS_DRAW_BLOCK;

  for (guint s = 0; s < plan->slots->len; s++)
    if (uniforms[s] == NULL)
      continue;
    else if (sampling == KENNIS_SAMPLING_LATIN_HYPERCUBE)
      kennis_draw_stratified (seed, base + s, from, n, uniforms[s]);
    else
      kennis_draw_uniforms (seed, base + s, from, n, uniforms[s]);
  for (guint i = 0; i < plan->n_correlated; i++)
    columns[i] = uniforms[plan->correlated[i]];
  if (plan->n_correlated > 0)
    kennis_correlate (columns, plan->n_correlated, n, plan->lower, seed, block);
}

/* ── What a thread works with ─────────────────────────────────────────────────────────────────────────────────────── */
typedef struct
{
  double *memory;
  double **uniforms, **columns;              /* of each slot, NULL where it is certain */
  double *total[KENNIS_N_STREAMS], *present[KENNIS_N_STREAMS];
  double *scratch, *figure[KENNIS_N_TRACKED];
  KennisSketch sketches[KENNIS_N_TRACKED];
} Desk;

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
  KennisValuePlan *plan;
  KennisEvaluator evaluator;
  guint64 n, begun;                          /* wanted in all; draws before this wave */
  Desk *desks;
  guint n_desks;
  ChunkResult *results;
  int objective;
  guint same[KENNIS_N_TRACKED];              /* itself, or the figure that is the same in every draw */
  gboolean fed[KENNIS_N_STREAMS];
  gboolean is_void[KENNIS_N_TRACKED];        /* no term feeds it: 0 in every draw */
} Run;

static void
desk_init (Desk                  *self,
           const KennisValuePlan *plan)
{
  gsize n = KENNIS_DRAW_BLOCK, uncertain = 0, at = 0;

  for (guint s = 0; s < plan->slots->len; s++)
    uncertain += !kennis_value_plan_slot (plan, s)->certain;
  self->memory = g_new0 (double, n *(2 * uncertain + 2 * KENNIS_N_STREAMS + 1 + KENNIS_N_TRACKED));
  self->uniforms = g_new0 (double *, plan->slots->len + 1);
  self->columns = g_new0 (double *, plan->slots->len + 1);
  for (guint s = 0; s < plan->slots->len; s++)
    if (!kennis_value_plan_slot (plan, s)->certain)
      {
        self->uniforms[s] = self->memory + n * at++;
        self->columns[s] = self->memory + n * at++;
      }
  for (guint s = 0; s < KENNIS_N_STREAMS; s++)
    {
      self->total[s] = self->memory + n * at++;
      self->present[s] = self->memory + n * at++;
    }
  self->scratch = self->memory + n * at++;
  for (guint f = 0; f < KENNIS_N_TRACKED; f++)
    {
      self->figure[f] = self->memory + n * at++;
      kennis_sketch_init (&self->sketches[f]);
    }
}

static void
desk_clear (Desk *self)
{
  for (guint f = 0; f < KENNIS_N_TRACKED; f++)
    kennis_sketch_clear (&self->sketches[f]);
  g_free (self->uniforms);
  g_free (self->columns);
  g_free (self->memory);
}

static void
fill_bins (const Run    *run,
           const Desk   *desk,
           gsize         n,
           ChunkResult  *result)
{
  const double *x = desk->figure[run->objective];

  for (guint s = 0; s < run->plan->slots->len; s++)
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
             Desk          *desk,
             guint          f,
             gsize          n,
             KennisMoments *out)
{
  const double *x = desk->figure[f];

  if (run->same[f] != f)
    return;
  if (run->is_void[f])
    {
      *out = (KennisMoments) { .n = n };
      kennis_sketch_add_zeros (&desk->sketches[f], n);
      return;
    }
  kennis_block_measure (x, n, f == KENNIS_TRACKED_BCR ? 1 : 0, out);
  if ((int) f != run->objective || run->to->draws == NULL)
    kennis_sketch_add (&desk->sketches[f], x, n);
}

static void
draw_chunk (gsize    chunk,
            guint    thread,
            gpointer data)
{
  Run *run = data;
  Desk *desk = &run->desks[thread];
  guint tax = run->plan->tax;
  ChunkResult *result = &run->results[chunk];
  guint64 from = run->begun + chunk * CHUNK_DRAWS;

  for (guint b = 0; b < CHUNK_BLOCKS && from < run->n; b++, from += KENNIS_DRAW_BLOCK)
    {
      gsize n = MIN (KENNIS_DRAW_BLOCK, run->n - from);

      kennis_block_uniforms (run->plan, run->to->seed, 0, run->to->sampling, from / KENNIS_DRAW_BLOCK, n,
                             desk->uniforms);
      for (guint s = 0; s < run->plan->slots->len; s++)
        if (desk->columns[s] != NULL)
          kennis_sampler_draw (kennis_value_plan_slot (run->plan, s)->sampler, desk->uniforms[s], n, desk->columns[s]);
      kennis_evaluator_run (&run->evaluator, desk->columns, n, desk->scratch, desk->total, desk->present);
      kennis_block_figures (desk->total, desk->present, run->fed, tax != KENNIS_NO_SLOT ? run->evaluator.means[tax] : 0,
                            tax != KENNIS_NO_SLOT ? desk->columns[tax] : NULL, n, desk->figure);
      for (guint f = 0; f < KENNIS_N_TRACKED; f++)
        take_figure (run, desk, f, n, &result->block[b][f]);
      kennis_block_judge (desk->figure[run->objective], n, &result->judgement);
      if (result->bins != NULL)
        fill_bins (run, desk, n, result);
      if (run->to->draws != NULL)
        memcpy (run->to->draws + from, desk->figure[run->objective], n * sizeof (double));
      result->n_blocks = b + 1;
    }
}

/* Chan, Golub & LeVeque (1979). */
static void
merge_moments (KennisMoments       *self,
               const KennisMoments *block,
               gboolean             is_whole)
{
  double n = self->n + block->n, distance = block->mean - self->mean, sd, step;

  if (block->n == 0)
    return;
  self->above += block->above;
  self->squares += block->squares + distance * distance * self->n * block->n / n;
  self->mean += distance * block->n / n;
  self->n += block->n;
  if (!is_whole || block->n < 2)
    return;
  sd = sqrt (block->squares / (block->n - 1));
  self->n_blocks++;
  step = block->mean - self->block_mean;
  self->block_mean += step / self->n_blocks;
  self->block_mean_squares += step * (block->mean - self->block_mean);
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
      merge_moments (&to->moments[f], &result->block[b][run->same[f]], from + KENNIS_DRAW_BLOCK <= run->n);
  to->judgement.gain += result->judgement.gain;
  to->judgement.gain_squares += result->judgement.gain_squares;
  to->judgement.loss += result->judgement.loss;
  to->judgement.loss_squares += result->judgement.loss_squares;
  for (guint i = 0; result->bins != NULL && i < run->plan->slots->len * KENNIS_EVPPI_BINS; i++)
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
  guint64 left = run->n - run->begun;
  guint n_chunks = (guint) MIN (WAVE_CHUNKS, (left + CHUNK_DRAWS - 1) / CHUNK_DRAWS);
  gboolean done;

  run->results = g_new0 (ChunkResult, n_chunks);
  for (guint c = 0; run->begun < BINNED_DRAWS && c < n_chunks; c++)
    run->results[c].bins = g_new0 (KennisBin, run->plan->slots->len * KENNIS_EVPPI_BINS + 1);
  done = kennis_parallel_for (n_threads, n_chunks, draw_chunk, run, NULL, cancellable, error);
  for (guint c = 0; c < n_chunks; c++)
    {
      if (done)
        reduce_chunk (run, c, &run->results[c]);
      g_free (run->results[c].bins);
    }
  g_clear_pointer (&run->results, g_free);
  run->begun += MIN (left, n_chunks * CHUNK_DRAWS);
  run->to->n = run->begun;
  return done;
}

static double
error_of_mean (const KennisSimulation *self,
               int                     f)
{
  const KennisMoments *m = &self->moments[f];

  if (self->sampling == KENNIS_SAMPLING_PLAIN)
    return m->n > 1 ? sqrt (m->squares / (m->n - 1) / m->n) : NAN;
  return m->n_blocks > 1 ? sqrt (m->block_mean_squares / (m->n_blocks - 1) / m->n_blocks) : NAN;
}

static KennisSimulation *
new_simulation (KennisValuePlan *plan,
                guint64          n,
                guint64          seed,
                KennisSampling   sampling)
{
  KennisSimulation *self = g_new0 (KennisSimulation, 1);

  self->seed = seed;
  self->sampling = sampling;
  self->objective = plan->discount != KENNIS_NO_SLOT ? KENNIS_FIGURE_NPV : KENNIS_FIGURE_NET_AFTER_TAX;
  self->bins = g_new0 (KennisBin, plan->slots->len * KENNIS_EVPPI_BINS + 1);
  if (n <= KENNIS_MAX_EXACT)
    self->draws = g_new (double, n);
  for (guint f = 0; f < KENNIS_N_TRACKED; f++)
    kennis_sketch_init (&self->sketches[f]);
  return self;
}

static void
find_idle_figures (Run *run)
{
  const gboolean *fed = run->fed;
  const int net = kennis_simulation_find (KENNIS_FIGURE_NET),
            after_tax = kennis_simulation_find (KENNIS_FIGURE_NET_AFTER_TAX);

  for (guint i = 0; i < run->plan->terms->len; i++)
    run->fed[g_array_index (run->plan->terms, KennisTerm, i).stream] = TRUE;
  for (guint f = 0; f < KENNIS_N_TRACKED; f++)
    run->same[f] = f;
  if (run->plan->tax == KENNIS_NO_SLOT && run->objective != after_tax)
    run->same[after_tax] = net;
  run->is_void[kennis_simulation_find (KENNIS_FIGURE_BENEFIT)] = !fed[KENNIS_STREAM_BENEFIT];
  run->is_void[kennis_simulation_find (KENNIS_FIGURE_LOSS_AVOIDED)] = !fed[KENNIS_STREAM_AVOIDED];
  run->is_void[kennis_simulation_find (KENNIS_FIGURE_EMPLOYEE_NET)] =
      !fed[KENNIS_STREAM_OWN_COST] && !fed[KENNIS_STREAM_OWN_GAIN];
}

static void
merge_sketches (Run *run)
{
  for (guint i = 0; i < run->n_desks; i++)
    {
      for (guint f = 0; f < KENNIS_N_TRACKED; f++)
        kennis_sketch_merge (&run->to->sketches[f], &run->desks[i].sketches[run->same[f]]);
      desk_clear (&run->desks[i]);
    }
  g_free (run->desks);
}

KennisSimulation *
kennis_simulation_run (KennisValuePlan     *plan,
                       guint64              n,
                       guint64              seed,
                       KennisSampling       sampling,
                       double               until,
                       guint                n_threads,
                       KennisProgressSink  *sink,
                       GCancellable        *cancellable,
                       GError             **error)
{
  Run run = { .plan = plan, .n = n, .n_desks = kennis_parallel_n_threads (n_threads) };
  gboolean fine = TRUE;

  if (sampling == KENNIS_SAMPLING_LATIN_HYPERCUBE)
    run.n = MAX (16, (n + KENNIS_DRAW_BLOCK - 1) / KENNIS_DRAW_BLOCK) * KENNIS_DRAW_BLOCK;
  run.to = new_simulation (plan, run.n, seed, sampling);
  run.objective = kennis_simulation_find (run.to->objective);
  find_idle_figures (&run);
  kennis_evaluator_init (&run.evaluator, plan);
  run.desks = g_new0 (Desk, run.n_desks);
  for (guint i = 0; i < run.n_desks; i++)
    desk_init (&run.desks[i], plan);
  while (fine && run.begun < run.n)
    {
      fine = draw_wave (&run, run.n_desks, cancellable, error);
      kennis_progress_sink_report (sink, 0.9 * run.begun / run.n);
      if (fine && until > 0 && error_of_mean (run.to, run.objective) <= until)
        break;
    }
  merge_sketches (&run);
  kennis_evaluator_clear (&run.evaluator);
  if (!fine || !kennis_simulation_indices (run.to, plan, n_threads, sink, cancellable, error)
      || !kennis_simulation_band (run.to, plan, n_threads, cancellable, error))
    g_clear_pointer (&run.to, kennis_simulation_free);
  else
    {
      if (run.to->draws != NULL)
        kennis_selection_init (&run.to->selection, run.to->draws, run.to->n, n_threads);
      kennis_progress_sink_report (sink, 1);
    }
  return run.to;
}
