#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-parallel-private.h"
#include "metric/kennis-made-of-private.h"
#include "metric/kennis-measuring-private.h"
#include "metric/kennis-slice-types-private.h"
#include "metric/kennis-survey-rows-private.h"

#include <math.h>

/* The engine: queries to populations, populations to raw measurements.  A chunk of the work is one population with all metrics of its
 * query; what it writes is its own part of the result, so that neither the number nor the order of threads shows. */

#define MINIMUM_COVERAGE 0.6
#define FULL_COVERAGE 0.995    /* less is said */

typedef struct
{
  const KennisGround *ground;
  GPtrArray  *plans;
  KennisMeasureSet *set;
  GArray     *group_of;          /* of guint32, by population */
  GArray     *first_raw;         /* of guint, by population */
  guint      *key_of;            /* by metric of the catalogue */
  const char **missing;          /* by metric: why there can be no data */
} Work;

/* The gate comes after. */
static void
tell_measured (double fraction, gpointer sink)
{
  kennis_progress_sink_report (sink, fraction < 0 ? fraction : 0.9 * fraction);
}

void
kennis_measure_set_clear_population (KennisMeasureSet *self, guint population)
{
  KennisPopulation *p = &g_array_index (self->populations, KennisPopulation, population);

  /* An unknown value is NULL, and so no end. */
  for (guint j = 0; j < g_strv_length (g_ptr_array_index (self->groupings, p->grouping)); j++)
    g_free (p->group[j]);
  g_free (p->group);
  g_free ((gpointer) p->people);
  g_free ((gpointer) p->spells);
}

void
kennis_measure_set_free (KennisMeasureSet *self)
{
  for (guint i = 0; i < self->populations->len; i++)
    kennis_measure_set_clear_population (self, i);
  g_clear_pointer (&self->cell_ties, g_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->spells, g_array_unref);
  g_clear_pointer (&self->ties, g_array_unref);
  g_clear_pointer (&self->unasked, g_hash_table_unref);
  g_array_unref (self->populations);
  g_array_unref (self->raw);
  g_ptr_array_unref (self->groupings);
  g_free (self);
}

void
kennis_measure_set_tie (KennisMeasureSet *self, const KennisMeasureTie *tie)
{
  if (self->ties == NULL)
    self->ties = g_array_new (FALSE, FALSE, sizeof (KennisMeasureTie));
  g_array_append_val (self->ties, *tie);
}

void
kennis_measure_set_add_unasked (KennisMeasureSet *self, guint query, const GArray *metrics)
{
  if (self->unasked == NULL)
    self->unasked = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < metrics->len; i++)
    {
      guint64 key = (guint64) query << 32 | g_array_index (metrics, guint, i);

      g_hash_table_add (self->unasked, g_memdup2 (&key, sizeof key));
    }
}

gboolean
kennis_measure_set_is_by_team (const KennisMeasureSet *self, const KennisPopulation *population)
{
  char **names = g_ptr_array_index (self->groupings, population->grouping);

  return names[0] != NULL && names[1] == NULL && g_str_equal (names[0], "team");
}

const KennisMetricRow *
kennis_measure_set_row (const KennisMeasureSet *self, guint metric)
{
  guint n = kennis_catalogue_size ();

  return metric < n ? kennis_catalogue_row (metric) : &((KennisSurveyRow *) self->rows->pdata[metric - n])->row;
}

KennisMeasureSet *
kennis_measure_set_new (void)
{
  KennisMeasureSet *self = g_new0 (KennisMeasureSet, 1);

  self->populations = g_array_new (FALSE, TRUE, sizeof (KennisPopulation));
  self->raw = g_array_new (FALSE, TRUE, sizeof (KennisRawMeasurement));
  self->groupings = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  return self;
}

static KennisRawMeasurement
raw_of (guint metric, guint population, const KennisEstimate *e, double coverage)
{
  KennisRawMeasurement raw = { metric, population, e->status, e->value, e->lower, e->upper, coverage, e->n, e->n_people,
                               e->n_part, e->n_positive, e->dominance, e->is_additive, e->numerator, e->denominator,
                               e->note };

  return raw;
}

/* What the slice itself rules out, or the metric.  draws: for its value in each replicate, or NULL. */
static void
measure_one (const Work *work, const KennisSlice *slice, guint metric, double *draws, KennisEstimate *out)
{
  kennis_estimate_init (out);
  if (work->missing[metric] != NULL)
    kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA, work->missing[metric]);
  else if (!isnan (slice->coverage) && !(slice->coverage > 0))
    kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA, N_("Nothing of this group and period was observed."));
  else if (slice->coverage < MINIMUM_COVERAGE)
    kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_LOW_COVERAGE,
                          N_("Less than 60% of the people were observed in this period."));
  else
    {
      const KennisMetricRow *row = kennis_measure_set_row (work->set, metric);

      slice->cache->argument = row->argument;
      slice->cache->draws = draws;
      if (row->is_derived)
        return;
      row->measure (slice, out);
      if (!isnan (out->lower)) /* a share over 1 would say nothing more than 1 */
        {
          out->lower = fmax (out->lower, row->minimum);
          out->upper = fmin (out->upper, row->maximum);
        }
    }
  kennis_slice_clear_scratch (slice);
  if (out->note == NULL && out->status == KENNIS_MEASURE_STATUS_OK && slice->coverage < FULL_COVERAGE)
    out->note = N_("Part of this period was not observed: figures per head take that part to be like the rest.");
  if (out->note == NULL && work->ground->has_alias_conflict && kennis_slice_is_everybody (slice))
    out->note =
        N_("Two people are said to have the same other name: what stands under it was counted for the first of them.");
}

/* Room for the draws of all that indices are made of; NULL: no index, or none with an interval. */
static double *
draws_new (const KennisPlan *plan, const KennisPopulation *population, gsize stride)
{
  gsize n = plan->culture != NULL ? plan->culture->n_indicators * stride : 0;
  double *draws;

  if (n == 0 || plan->replicates == 0 || population->n_people < KENNIS_CULTURE_MINIMUM_PEOPLE)
    return NULL;
  draws = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    draws[i] = NAN;
  return draws;
}

static void
derive (const KennisMeasureSet *set, const KennisPlan *plan, const KennisPopulation *population, double *draws,
        gsize stride, KennisRawMeasurement *raw)
{
  KennisCultureWork work = { .plan = plan->culture,
                             .population = population,
                             .metrics = plan->metrics,
                             .replicates = plan->replicates,
                             .stride = stride,
                             .draws = draws,
                             .level = plan->level,
                             .seed = plan->seed,
                             .minimum_group = set->minimum_group,
                             .minimum_survey_group = set->minimum_survey_group };

  if (plan->culture != NULL)
    kennis_culture_derive (&work, raw);
}

/* Metrics of one set of inputs share a slice. */
static void
measure_population (gsize chunk, guint thread, gpointer data)
{
  const Work *work = data;
  const KennisPopulation *population = &g_array_index (work->set->populations, KennisPopulation, chunk);
  const KennisPlan *plan = g_ptr_array_index (work->plans, population->query);
  guint first = g_array_index (work->first_raw, guint, chunk);
  gsize stride = ((const KennisWeights *) plan->weights)->stride;
  g_autofree double *draws = draws_new (plan, population, stride);

  for (guint key = 0; key < work->ground->keys->len; key++)
    {
      g_autoptr (KennisSlice) slice = NULL;

      for (guint i = 0; i < plan->metrics->len + plan->own->len; i++)
        {
          guint metric = kennis_plan_metric (plan, i);
          int part = draws != NULL ? kennis_culture_plan_part (plan->culture, metric) : -1;
          KennisEstimate estimate;

          if (work->key_of[metric] != key)
            continue;
          if (slice == NULL)
            slice = kennis_slice_new (work->ground, plan, population->grouping,
                                      g_array_index (work->group_of, guint32, chunk), population->first_month,
                                      population->end_month, key);
          measure_one (work, slice, metric, part >= 0 ? draws + part * stride : NULL, &estimate);
          if (estimate.status == KENNIS_MEASURE_STATUS_OK && population->is_partial)
            estimate.status = KENNIS_MEASURE_STATUS_PARTIAL;
          g_array_index (work->set->raw, KennisRawMeasurement, first + i) =
              raw_of (metric, chunk, &estimate, slice->coverage);
        }
    }
  derive (work->set, plan, population, draws, stride, &g_array_index (work->set->raw, KennisRawMeasurement, first));
}

static char **
group_texts (const KennisGrouping *grouping, guint32 group)
{
  guint n = g_strv_length (grouping->names);
  char **texts = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    texts[i] = g_strdup (grouping->values[(gsize) group * n + i]);
  return texts;
}

/* Who has always been there, or never left, has a day that no calendar has. */
static gint32
month_of (gint32 day)
{
  return kennis_month_of_day (CLAMP (day, kennis_day_from_date (1, 1, 1), kennis_day_from_date (9999, 12, 31)));
}

/* A segment of the roster is a spell for the gate. */
static void
add_spells (Work *work)
{
  const KennisGround *ground = work->ground;

  work->set->spells = g_array_sized_new (FALSE, FALSE, sizeof (KennisGateSpell), ground->n_segments);
  for (guint32 i = 0; i < ground->n_segments; i++)
    {
      const KennisSegment *s = &ground->segments[i];
      KennisGateSpell spell = { s->person, month_of (s->first_day),
                            s->end_day > s->first_day ? month_of (s->end_day - 1) + 1 : G_MININT32 };

      g_array_append_val (work->set->spells, spell);
    }
}

/* Those of kennis_grouping_people() that are in the population. */
static void
find_spells (const KennisGround *ground, const KennisGrouping *grouping, guint32 group, KennisPopulation *population)
{
  const KennisOrder *order = &grouping->segments;
  gint32 first_day = kennis_month_first_day (population->first_month);
  gint32 end_day = kennis_month_first_day (population->end_month);
  guint32 *spells = g_new (guint32, order->first[group + 1] - order->first[group] + 1);

  for (guint32 i = order->first[group]; i < order->first[group + 1]; i++)
    {
      const KennisSegment *s = &ground->segments[order->items[i]];

      if (s->end_day > first_day && s->first_day < end_day && s->on_roster && s->present > 0)
        spells[population->n_spells++] = order->items[i];
    }
  population->spells = spells;
}

static void
add_population (Work *work, const KennisPlan *plan, guint grouping, guint32 group, const KennisSlot *slot)
{
  const KennisGrouping *g = g_ptr_array_index (work->ground->groupings, grouping);
  guint raw = work->set->raw->len;
  gboolean has_anyone;
  KennisPopulation p = { .query = plan->query, .grouping = grouping, .first_month = slot->first_month,
                         .end_month = slot->end_month, .is_partial = slot->is_partial };

  p.people = kennis_grouping_people (work->ground, g, group, kennis_month_first_day (slot->first_month),
                                     kennis_month_first_day (slot->end_month), &p.n_people, &has_anyone);
  if (!has_anyone && grouping != 0)
    {
      g_free ((gpointer) p.people);
      return;
    }
  p.group = group_texts (g, group);
  find_spells (work->ground, g, group, &p);
  g_array_append_val (work->set->populations, p);
  g_array_append_val (work->group_of, group);
  g_array_append_val (work->first_raw, raw);
  g_array_set_size (work->set->raw, raw + plan->metrics->len + plan->own->len);
}

/* Everybody first, period by period: the largest pieces of work. */
static void
add_populations (Work *work, const KennisPlan *plan)
{
  for (guint i = 0; i < plan->groupings->len; i++)
    {
      guint grouping = g_array_index (plan->groupings, guint, i);
      const KennisGrouping *g = g_ptr_array_index (work->ground->groupings, grouping);

      for (guint s = 0; s < plan->slots->len; s++)
        for (guint32 group = 0; group < g->n_groups; group++)
          add_population (work, plan, grouping, group, &g_array_index (plan->slots, KennisSlot, s));
    }
}

/* Several queries may give one instrument. */
static GPtrArray *
list_instruments (KennisQuery **queries, gsize n_queries, gboolean *with_shipped)
{
  GPtrArray *all = g_ptr_array_new ();

  *with_shipped = FALSE;
  for (gsize q = 0; q < n_queries; q++)
    {
      const KennisQueryData *data = kennis_query_data (queries[q]);

      for (guint i = 0; i < data->patterns->len; i++)
        *with_shipped |= g_str_has_prefix (data->patterns->pdata[i], "survey.");
      for (guint i = 0; i < data->instruments->len; i++)
        if (!g_ptr_array_find (all, data->instruments->pdata[i], NULL))
          g_ptr_array_add (all, data->instruments->pdata[i]);
    }
  return all;
}

/* Metrics that are not in the catalogue, and the answers that they need. */
static gboolean
add_instruments (Work *work, KennisGround *ground, KennisQuery **queries, gsize n_queries, GError **error)
{
  gboolean with_shipped;
  g_autoptr (GPtrArray) instruments = list_instruments (queries, n_queries, &with_shipped);
  KennisInstrument *last = NULL;

  work->set->rows = kennis_survey_rows_new (instruments, with_shipped, error);
  if (work->set->rows == NULL)
    return FALSE;
  ground->survey_rows = work->set->rows;
  for (guint i = 0; i < work->set->rows->len; i++)
    {
      KennisInstrument *instrument = ((KennisSurveyRow *) work->set->rows->pdata[i])->instrument;

      if (instrument != last)
        kennis_ground_add_survey (ground, instrument);
      last = instrument;
    }
  return TRUE;
}

/* Plans for parts of groups come after those of queries. */
static void
plan_parts (Work *work, KennisGround *ground)
{
  guint n = work->plans->len;

  for (guint q = 0; q < n; q++)
    {
      KennisPlan *parts = kennis_made_of_plan_parts (ground, g_ptr_array_index (work->plans, q), work->plans->len);

      if (parts != NULL)
        g_ptr_array_add (work->plans, parts);
    }
}

static gboolean
prepare (Work *work, KennisGround *ground, KennisQuery **queries, gsize n_queries, guint n_threads, GError **error)
{
  guint n_metrics;

  if (!add_instruments (work, ground, queries, n_queries, error))
    return FALSE;
  n_metrics = kennis_catalogue_size () + work->set->rows->len;
  for (gsize q = 0; q < n_queries; q++)
    {
      KennisPlan *plan = kennis_plan_new (ground, queries[q], q, n_threads, error);

      if (plan == NULL)
        return FALSE;
      g_ptr_array_add (work->plans, plan);
      kennis_made_of_tell (plan->metrics, plan->unasked, q, work->set);
      if (plan->culture != NULL)
        kennis_culture_plan_tell (plan->culture, plan->metrics, q, work->set);
      work->set->minimum_group = q == 0 ? plan->minimum_group : MAX (work->set->minimum_group, plan->minimum_group);
      work->set->minimum_survey_group = MAX (work->set->minimum_survey_group, plan->minimum_survey_group);
    }
  plan_parts (work, ground);
  work->key_of = g_new (guint, n_metrics + 1);
  work->missing = g_new (const char *, n_metrics + 1);
  for (guint m = 0; m < n_metrics; m++)
    {
      work->key_of[m] = kennis_ground_key (ground, kennis_measure_set_row (work->set, m));
      work->missing[m] = kennis_ground_missing (ground, kennis_measure_set_row (work->set, m));
    }
  for (guint g = 0; g < ground->groupings->len; g++)
    {
      const KennisGrouping *grouping = g_ptr_array_index (ground->groupings, g);

      g_ptr_array_add (work->set->groupings, g_strdupv (grouping->names));
    }
  add_spells (work);
  for (guint q = 0; q < work->plans->len; q++)
    {
      if (q == n_queries)
        work->set->n_shown = work->set->populations->len;
      add_populations (work, g_ptr_array_index (work->plans, q));
    }
  for (guint q = n_queries; q < work->plans->len; q++)
    kennis_made_of_tie_parts (work->set, g_ptr_array_index (work->plans, q));
  return TRUE;
}

static gboolean
any_admits_contact (KennisQuery **queries, gsize n_queries)
{
  for (gsize q = 0; q < n_queries; q++)
    if (kennis_query_data (queries[q])->admit_contact)
      return TRUE;
  return FALSE;
}

KennisMeasureSet *
kennis_measure_run (KennisSummary *summary, KennisQuery **queries, gsize n_queries, guint n_threads,
                    KennisProgressSink *sink, GCancellable *cancellable, GError **error)
{
  g_autoptr (KennisGround) ground = kennis_ground_new (summary, any_admits_contact (queries, n_queries), cancellable);
  g_autoptr (KennisMeasureSet) set = kennis_measure_set_new ();
  g_autoptr (GPtrArray) plans = g_ptr_array_new_with_free_func ((GDestroyNotify) kennis_plan_free);
  g_autoptr (GArray) group_of = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) first_raw = g_array_new (FALSE, FALSE, sizeof (guint));
  Work work = { ground, plans, set, group_of, first_raw, NULL, NULL };
  KennisProgressSink part;
  gboolean done;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || ground == NULL)
    return NULL;
  ground->cancellable = cancellable;
  done = prepare (&work, ground, queries, n_queries, n_threads, error);
  kennis_progress_sink_init (&part, tell_measured, sink);
  done =
      done
      && kennis_parallel_for (n_threads, set->populations->len, measure_population, &work, &part, cancellable, error);
  kennis_progress_sink_clear (&part);
  g_free (work.key_of);
  g_free (work.missing);
  return done ? g_steal_pointer (&set) : NULL;
}
