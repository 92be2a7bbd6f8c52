#include "config.h"

#include "value/kennis-columns-private.h"

#include "value/kennis-return-private.h"

/* Draws of a model, block after block. */

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

void
kennis_drawer_init (KennisDrawer          *self,
                    const KennisValuePlan *plan,
                    guint64                seed,
                    KennisSampling         sampling)
{
  const gboolean *fed = self->fed;

  *self = (KennisDrawer) { .plan = plan, .seed = seed, .sampling = sampling };
  kennis_evaluator_init (&self->evaluator, plan);
  for (guint i = 0; i < plan->terms->len; i++)
    self->fed[g_array_index (plan->terms, KennisTerm, i).stream] = TRUE;
  for (guint f = 0; f < KENNIS_N_TRACKED; f++)
    self->same[f] = f;
  /* Where there is no rate the net value after tax is what decides, and is kept as such. */
  if (plan->tax == KENNIS_NO_SLOT && plan->discount != KENNIS_NO_SLOT)
    self->same[KENNIS_TRACKED_NET_AFTER_TAX] = KENNIS_TRACKED_NET;
  self->is_void[KENNIS_TRACKED_BENEFIT] = !fed[KENNIS_STREAM_BENEFIT];
  self->is_void[KENNIS_TRACKED_LOSS_AVOIDED] = !fed[KENNIS_STREAM_AVOIDED];
  self->is_void[KENNIS_TRACKED_EMPLOYEE_NET] = !fed[KENNIS_STREAM_OWN_COST] && !fed[KENNIS_STREAM_OWN_GAIN];
}

void
kennis_drawer_clear (KennisDrawer *self)
{
  kennis_evaluator_clear (&self->evaluator);
}

void
kennis_desk_init (KennisDesk            *self,
                  const KennisValuePlan *plan)
{
  gsize n = KENNIS_DRAW_BLOCK, uncertain = 0, at = 0;

  for (guint s = 0; s < plan->slots->len; s++)
    uncertain += plan->drawn[s];
  self->memory = g_new0 (double, n *(2 * uncertain + 2 * KENNIS_N_STREAMS + 1 + KENNIS_N_TRACKED));
  self->uniforms = g_new0 (double *, plan->slots->len + 1);
  self->columns = g_new0 (double *, plan->slots->len + 1);
  for (guint s = 0; s < plan->slots->len; s++)
    if (plan->drawn[s])
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
    self->figure[f] = self->memory + n * at++;
}

void
kennis_desk_clear (KennisDesk *self)
{
  g_free (self->uniforms);
  g_free (self->columns);
  g_free (self->memory);
}

void
kennis_drawer_block (const KennisDrawer *self,
                     KennisDesk         *desk,
                     guint64             block,
                     gsize               n)
{
  const KennisValuePlan *plan = self->plan;
  guint tax = plan->tax;

  kennis_block_uniforms (plan, self->seed, 0, self->sampling, block, n, desk->uniforms);
  for (guint s = 0; s < plan->slots->len; s++)
    if (desk->columns[s] != NULL)
      kennis_sampler_draw (kennis_value_plan_slot (plan, s)->sampler, desk->uniforms[s], n, desk->columns[s]);
  kennis_evaluator_run (&self->evaluator, desk->columns, n, desk->scratch, desk->total, desk->present);
  kennis_block_figures (desk->total, desk->present, self->fed, tax != KENNIS_NO_SLOT ? self->evaluator.means[tax] : 0,
                        tax != KENNIS_NO_SLOT ? desk->columns[tax] : NULL, n, desk->figure);
}
