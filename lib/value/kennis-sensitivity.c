#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-parallel-private.h"
#include "base/kennis-statistics-private.h"
#include "value/kennis-return-private.h"

/* First-order and total indices by Jansen's (1999) estimators on Saltelli's (2002) design, and the band of cash flows. */

#define N_BLOCKS (KENNIS_INDEX_DRAWS / KENNIS_DRAW_BLOCK)

typedef struct { double sum, squares; } Pair;

typedef struct
{
  KennisSimulation *to;
  KennisValuePlan *plan;
  KennisEvaluator evaluator;
  Pair mean[N_BLOCKS];                 /* of A and B together */
  Pair *first[N_BLOCKS], *whole[N_BLOCKS];
} Design;

typedef struct
{
  double *memory, **uniforms, **a, **b, **mixed;
  double *total[KENNIS_N_STREAMS], *present[KENNIS_N_STREAMS], *scratch, *at_a, *at_b, *at_mixed;
} Bench;

static gboolean
is_asked (const KennisValuePlan *plan,
          guint                  slot)
{
  return plan->drawn[slot];
}

static void
bench_init (Bench                 *self,
            const KennisValuePlan *plan)
{
  gsize n = KENNIS_DRAW_BLOCK, at = 0, k = plan->slots->len;

  self->memory = g_new0 (double, n *(3 * k + 2 * KENNIS_N_STREAMS + 4));
  self->uniforms = g_new0 (double *, k + 1);
  self->a = g_new0 (double *, k + 1);
  self->b = g_new0 (double *, k + 1);
  self->mixed = g_new0 (double *, k + 1);
  for (guint s = 0; s < k; s++)
    if (is_asked (plan, s))
      {
        self->uniforms[s] = self->memory + n * at++;
        self->a[s] = self->memory + n * at++;
        self->b[s] = self->memory + n * at++;
      }
  for (guint s = 0; s < KENNIS_N_STREAMS; s++)
    {
      self->total[s] = self->memory + n * at++;
      self->present[s] = self->memory + n * at++;
    }
  self->scratch = self->memory + n * at++;
  self->at_a = self->memory + n * at++;
  self->at_b = self->memory + n * at++;
  self->at_mixed = self->memory + n * at++;
}

static void
bench_clear (Bench *self)
{
  g_free (self->memory);
  g_free (self->uniforms);
  g_free (self->a);
  g_free (self->b);
  g_free (self->mixed);
}

static void
objective_of (const Design *design,
              Bench        *bench,
              double      **columns,
              double       *out)
{
  const KennisValuePlan *plan = design->plan;
  double **from = design->to->objective == KENNIS_FIGURE_NPV ? bench->present : bench->total;

  kennis_evaluator_run (&design->evaluator, columns, KENNIS_DRAW_BLOCK, bench->scratch, bench->total, bench->present);
  for (gsize k = 0; k < KENNIS_DRAW_BLOCK; k++)
    {
      double tax = plan->tax == KENNIS_NO_SLOT  ? 0
                   : columns[plan->tax] == NULL ? design->evaluator.means[plan->tax]
                                                : columns[plan->tax][k];

      out[k] = (from[KENNIS_STREAM_BENEFIT][k] + from[KENNIS_STREAM_AVOIDED][k] + from[KENNIS_STREAM_SUBSIDY][k]
                - from[KENNIS_STREAM_DIRECT][k] - from[KENNIS_STREAM_INDIRECT][k] - from[KENNIS_STREAM_TIME][k]
                - from[KENNIS_STREAM_PAY][k])
               * (1 - tax);
    }
}

static void
sample (const Design *design,
        Bench        *bench,
        guint64       base,
        guint64       block,
        double      **columns)
{
  kennis_block_uniforms (design->plan, design->to->seed, base, KENNIS_SAMPLING_PLAIN, block, KENNIS_DRAW_BLOCK,
                         bench->uniforms);
  for (guint s = 0; s < design->plan->slots->len; s++)
    if (columns[s] != NULL)
      kennis_sampler_draw (kennis_value_plan_slot (design->plan, s)->sampler, bench->uniforms[s], KENNIS_DRAW_BLOCK,
                           columns[s]);
}

static void
add_square (Pair   *pair,
            double  distance)
{
  double square = distance * distance / 2;

  pair->sum += square;
  pair->squares += square * square;
}

static void
design_block (gsize    block,
              guint    thread,
              gpointer data)
{
  Design *design = data;
  Bench bench;

  bench_init (&bench, design->plan);
  /* Streams far from those of the draws themselves. */
  sample (design, &bench, G_GUINT64_CONSTANT (1) << 32, block, bench.a);
  sample (design, &bench, G_GUINT64_CONSTANT (1) << 33, block, bench.b);
  objective_of (design, &bench, bench.a, bench.at_a);
  objective_of (design, &bench, bench.b, bench.at_b);
  for (gsize k = 0; k < KENNIS_DRAW_BLOCK; k++)
    {
      design->mean[block].sum += bench.at_a[k] + bench.at_b[k];
      design->mean[block].squares += bench.at_a[k] * bench.at_a[k] + bench.at_b[k] * bench.at_b[k];
    }
  for (guint s = 0; s < design->plan->slots->len; s++)
    {
      if (!is_asked (design->plan, s))
        continue;
      memcpy (bench.mixed, bench.a, design->plan->slots->len * sizeof (double *));
      bench.mixed[s] = bench.b[s];
      objective_of (design, &bench, bench.mixed, bench.at_mixed);
      for (gsize k = 0; k < KENNIS_DRAW_BLOCK; k++)
        {
          add_square (&design->first[block][s], bench.at_b[k] - bench.at_mixed[k]);
          add_square (&design->whole[block][s], bench.at_a[k] - bench.at_mixed[k]);
        }
    }
  bench_clear (&bench);
}

static void
conclude (Pair   *blocks[N_BLOCKS],
          guint   slot,
          double  variance,
          double *mean,
          double *standard_error)
{
  double sum = 0, squares = 0, n = KENNIS_INDEX_DRAWS;

  for (guint b = 0; b < N_BLOCKS; b++)
    {
      sum += blocks[b][slot].sum;
      squares += blocks[b][slot].squares;
    }
  *mean = sum / n / variance;
  *standard_error = sqrt (MAX (squares / n - sum / n * (sum / n), 0) / n) / variance;
}

static void
conclude_all (Design *design)
{
  KennisSimulation *to = design->to;
  double sum = 0, squares = 0, n = 2 * KENNIS_INDEX_DRAWS, variance;

  for (guint b = 0; b < N_BLOCKS; b++)
    {
      sum += design->mean[b].sum;
      squares += design->mean[b].squares;
    }
  variance = squares / n - sum / n * (sum / n);
  for (guint s = 0; s < design->plan->slots->len; s++)
    {
      gboolean known = is_asked (design->plan, s) && variance > 0 && design->plan->n_correlated == 0;

      to->first[s] = to->first_error[s] = to->whole[s] = to->whole_error[s] = NAN;
      if (!known)
        continue;
      conclude (design->first, s, variance, &to->first[s], &to->first_error[s]);
      to->first[s] = 1 - to->first[s];
      conclude (design->whole, s, variance, &to->whole[s], &to->whole_error[s]);
    }
}

gboolean
kennis_simulation_indices (KennisSimulation  *self,
                           KennisValuePlan   *plan,
                           guint              n_threads,
                           GCancellable      *cancellable,
                           GError           **error)
{
  Design design = { .to = self, .plan = plan };
  gsize k = plan->slots->len + 1;
  gboolean done;

  self->first = g_new (double, k);
  self->first_error = g_new (double, k);
  self->whole = g_new (double, k);
  self->whole_error = g_new (double, k);
  kennis_evaluator_init (&design.evaluator, plan);
  for (guint b = 0; b < N_BLOCKS; b++)
    {
      design.first[b] = g_new0 (Pair, k);
      design.whole[b] = g_new0 (Pair, k);
    }
  done = kennis_parallel_for (n_threads, N_BLOCKS, design_block, &design, NULL, cancellable, error);
  if (done)
    conclude_all (&design);
  for (guint b = 0; b < N_BLOCKS; b++)
    {
      g_free (design.first[b]);
      g_free (design.whole[b]);
    }
  kennis_evaluator_clear (&design.evaluator);
  return done;
}

typedef struct
{
  KennisSimulation *to;
  KennisValuePlan *plan;
  KennisEvaluator evaluator;
  double **columns;
  double *weights;              /* of terms with a certain shape */
  guint8 *certain;
} Band;

/* Draws i·64 … of the band: the cumulative cash flow of each. */
static void
band_part (gsize    part,
           guint    thread,
           gpointer data)
{
  Band *band = data;
  const KennisValuePlan *plan = band->plan;
  gsize rows = plan->horizon + 1, n = band->to->n_band;
  g_autofree double *values = g_memdup2 (band->evaluator.means, (plan->slots->len + 1) * sizeof (double));
  g_autofree double *net = g_new (double, rows);
  g_autofree double *weight = g_new (double, rows);

  for (gsize k = part * 64; k < MIN (n, part * 64 + 64); k++)
    {
      double sum = 0, tax;

      for (guint s = 0; s < plan->slots->len; s++)
        if (band->columns[s] != NULL)
          values[s] = band->columns[s][k];
      memset (net, 0, rows * sizeof *net);
      for (guint i = 0; i < plan->terms->len; i++)
        {
          const KennisTerm *term = &g_array_index (plan->terms, KennisTerm, i);
          gboolean plus = term->stream == KENNIS_STREAM_BENEFIT || term->stream == KENNIS_STREAM_AVOIDED
                          || term->stream == KENNIS_STREAM_SUBSIDY;
          const double *w = band->certain[i] ? band->weights + i * rows : weight;
          double amount = plus ? 1 : -1;

          if (term->stream == KENNIS_STREAM_OWN_COST || term->stream == KENNIS_STREAM_OWN_GAIN)
            continue;
          for (guint o = 0; o < term->n; o++)
            {
              double x = values[term->operand[o].slot];

              amount *= term->operand[o].op == KENNIS_OP_X ? x : term->operand[o].op == KENNIS_OP_NOT_X ? 1 - x : 1 + x;
            }
          if (!band->certain[i])
            kennis_value_profile_weights (plan, &term->profile, values, weight);
          for (gsize m = 0; m < rows; m++)
            net[m] += amount * w[m];
        }
      tax = plan->tax == KENNIS_NO_SLOT ? 0 : values[plan->tax];
      for (gsize m = 0; m < rows; m++)
        {
          sum += net[m] * (1 - tax);
          band->to->band[m * n + k] = sum;
        }
    }
}

static void
sort_month (gsize    month,
            guint    thread,
            gpointer data)
{
  Band *band = data;

  double *sums = band->to->band + month * band->to->n_band;

  if (band->to->band_drawn != NULL)
    memcpy (band->to->band_drawn + month * band->to->n_band, sums, band->to->n_band * sizeof *sums);
  kennis_sort_doubles (sums, band->to->n_band);
}

gboolean
kennis_simulation_band (KennisSimulation  *self,
                        KennisValuePlan   *plan,
                        guint              n_threads,
                        GCancellable      *cancellable,
                        GError           **error)
{
  Band band = { .to = self, .plan = plan };
  gsize rows = plan->horizon + 1, n = MIN (KENNIS_BAND_DRAWS, self->n);
  g_autofree double *memory = g_new (double, n *(plan->slots->len + 1));
  g_autofree double **columns = g_new0 (double *, plan->slots->len + 1);
  g_autofree double *weights = g_new (double, rows * plan->terms->len);
  g_autofree guint8 *certain = g_new (guint8, plan->terms->len);
  gboolean done;

  self->n_band = n;
  self->band = g_new (double, rows *n);
  kennis_evaluator_init (&band.evaluator, plan);
  if (self->in_blocks)
    self->band_drawn = g_new (double, rows *n);
  band.columns = columns;
  band.weights = weights;
  band.certain = certain;
  for (guint i = 0; i < plan->terms->len; i++)
    {
      certain[i] = band.evaluator.shapes[i].certain;
      kennis_value_profile_weights (plan, &g_array_index (plan->terms, KennisTerm, i).profile, band.evaluator.means,
                                    weights + i * rows);
    }
  for (guint s = 0; s < plan->slots->len; s++)
    columns[s] = is_asked (plan, s) ? memory + n * s : NULL;
  for (gsize from = 0; from < n; from += KENNIS_DRAW_BLOCK)
    {
      g_autofree double **at = g_new0 (double *, plan->slots->len + 1);

      for (guint s = 0; s < plan->slots->len; s++)
        at[s] = columns[s] != NULL ? columns[s] + from : NULL;
      kennis_block_uniforms (plan, self->seed, 0, self->sampling, from / KENNIS_DRAW_BLOCK,
                             MIN (KENNIS_DRAW_BLOCK, n - from), at);
    }
  for (guint s = 0; s < plan->slots->len; s++)
    if (columns[s] != NULL)
      kennis_sampler_draw (kennis_value_plan_slot (plan, s)->sampler, columns[s], n, columns[s]);
  done = kennis_parallel_for (n_threads, (n + 63) / 64, band_part, &band, NULL, cancellable, error)
         && kennis_parallel_for (n_threads, rows, sort_month, &band, NULL, cancellable, error);
  kennis_evaluator_clear (&band.evaluator);
  return done;
}
