#include "config.h"

#include "metric/kennis-culture-private.h"

void
kennis_culture_plan_free (KennisCulturePlan *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->profile);
  g_array_unref (self->unasked);
  g_free (self->drawn);
  g_free (self);
}

static gboolean
find_place (const GArray *metrics, guint metric, guint *place)
{
  for (*place = 0; *place < metrics->len; (*place)++)
    if (g_array_index (metrics, guint, *place) == metric)
      return TRUE;
  return FALSE;
}

static int
compare_metrics (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return (x > y) - (x < y);
}

static gboolean
has_derived (const GArray *metrics)
{
  for (guint i = 0; i < metrics->len; i++)
    if (kennis_catalogue_row (g_array_index (metrics, guint, i))->is_derived)
      return TRUE;
  return FALSE;
}

static gboolean
is_index (guint metric)
{
  return kennis_profile_index_of (kennis_catalogue_row (metric)->id) >= 0;
}

static gboolean
is_gap (guint metric)
{
  guint survey, behaviour;

  return kennis_gap_parts (metric, &survey, &behaviour);
}

/* What the metrics are made of; a gap brings no indices along, nor an index the foundation. */
static void
find_parts (KennisCulturePlan *self, const GArray *metrics)
{
  g_auto (GStrv) foundations = g_strsplit (KENNIS_FOUNDATION_SCALES, " ", -1);
  gboolean has_culture = FALSE, has_type = FALSE;
  guint survey, behaviour;

  for (guint i = 0; i < metrics->len; i++)
    {
      guint metric = g_array_index (metrics, guint, i);

      if (!kennis_catalogue_row (metric)->is_derived || is_gap (metric))
        continue;
      has_culture = TRUE;
      has_type |= !is_index (metric);
    }
  for (guint i = 0; has_culture && i < self->profile->indicators->len; i++)
    self->metric[self->n++] = g_array_index (self->profile->indicators, KennisIndicator, i).metric;
  self->n_indicators = self->n;
  for (guint i = 0; has_type && foundations[i] != NULL; i++)
    self->metric[self->n++] = (guint) kennis_catalogue_find (foundations[i]);
  self->n_foundations = self->n - self->n_indicators;
  for (guint i = 0; i < metrics->len; i++)
    if (kennis_gap_parts (g_array_index (metrics, guint, i), &survey, &behaviour))
      {
        self->metric[self->n++] = survey;
        self->metric[self->n++] = behaviour;
      }
}

static void
add_part (KennisCulturePlan *self, GArray *metrics, guint metric)
{
  guint place;

  if (find_place (metrics, metric, &place))
    return;
  g_array_append_val (metrics, metric);
  g_array_append_val (self->unasked, metric);
}

KennisCulturePlan *
kennis_culture_plan_new (GArray *metrics, KennisProfile *profile)
{
  KennisCulturePlan *self;

  if (!has_derived (metrics))
    return NULL;
  self = g_new0 (KennisCulturePlan, 1);
  self->profile = profile != NULL ? g_object_ref (profile) : kennis_profile_find ("default", NULL);
  self->unasked = g_array_new (FALSE, FALSE, sizeof (guint));
  find_parts (self, metrics);
  for (guint i = 0; i < self->n; i++)
    add_part (self, metrics, self->metric[i]);
  g_array_sort (metrics, compare_metrics);
  g_array_sort (self->unasked, compare_metrics);
  kennis_culture_plan_place (self, metrics);
  return self;
}

void
kennis_culture_plan_place (KennisCulturePlan *self, const GArray *metrics)
{
  for (guint i = 0; self != NULL && i < self->n; i++)
    find_place (metrics, self->metric[i], &self->place[i]);
}

int
kennis_culture_plan_part (const KennisCulturePlan *self, guint metric)
{
  for (guint i = 0; self != NULL && i < self->n_indicators; i++)
    if (self->metric[i] == metric)
      return (int) i;
  return -1;
}

/* Is the part one of what the metric is made of?  (Gaps are filled in after the gate.) */
static gboolean
is_made_of (const KennisCulturePlan *self, guint metric, guint part)
{
  int index = kennis_profile_index_of (kennis_catalogue_row (metric)->id);

  return index < 0 || (part < self->n_indicators && (int) kennis_culture_indicator (self, part)->index == index);
}

void
kennis_culture_plan_tell (const KennisCulturePlan *self, const GArray *metrics, guint query, KennisMeasureSet *set)
{
  for (guint i = 0; i < metrics->len; i++)
    {
      guint metric = g_array_index (metrics, guint, i);

      if (metric >= kennis_catalogue_size () || !kennis_catalogue_row (metric)->is_derived || is_gap (metric))
        continue;
      for (guint part = 0; part < self->n_indicators + self->n_foundations; part++)
        {
          KennisMeasureTie tie = { query, metric, self->metric[part] };

          if (is_made_of (self, metric, part))
            kennis_measure_set_tie (set, &tie);
        }
    }
  kennis_measure_set_add_unasked (set, query, self->unasked);
}

static void
drop_hidden (KennisMeasureSet *self)
{
  guint n = 0;

  for (guint i = 0; i < self->raw->len; i++)
    if (g_array_index (self->raw, KennisRawMeasurement, i).population < self->n_shown)
      g_array_index (self->raw, KennisRawMeasurement, n++) = g_array_index (self->raw, KennisRawMeasurement, i);
  g_array_set_size (self->raw, n);
  for (guint c = self->n_shown; c < self->populations->len; c++)
    kennis_measure_set_clear_population (self, c);
  g_array_set_size (self->populations, self->n_shown);
}

void
kennis_measure_set_drop_unasked (KennisMeasureSet *self)
{
  guint n = 0;

  if (self->n_shown > 0)
    drop_hidden (self);
  for (guint i = 0; self->unasked != NULL && i < self->raw->len; i++)
    {
      const KennisRawMeasurement *raw = &g_array_index (self->raw, KennisRawMeasurement, i);
      guint64 query = g_array_index (self->populations, KennisPopulation, raw->population).query;
      guint64 key = query << 32 | raw->metric;

      if (!g_hash_table_contains (self->unasked, &key))
        g_array_index (self->raw, KennisRawMeasurement, n++) = *raw;
    }
  if (self->unasked != NULL)
    g_array_set_size (self->raw, n);
}
