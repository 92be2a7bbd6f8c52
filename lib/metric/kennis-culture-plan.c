#include "config.h"

#include "metric/kennis-culture-private.h"

void
kennis_culture_plan_free (KennisCulturePlan *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->profile);
  g_array_unref (self->unasked);
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

KennisCulturePlan *
kennis_culture_plan_new (GArray *metrics, KennisProfile *profile)
{
  KennisCulturePlan *self;

  if (!has_derived (metrics))
    return NULL;
  self = g_new0 (KennisCulturePlan, 1);
  self->profile = profile != NULL ? g_object_ref (profile) : kennis_profile_find ("default", NULL);
  self->unasked = g_array_new (FALSE, FALSE, sizeof (guint));
  self->n = self->profile->indicators->len;
  for (guint i = 0; i < self->n; i++)
    {
      guint metric = g_array_index (self->profile->indicators, KennisIndicator, i).metric, place;

      self->metric[i] = metric;
      if (find_place (metrics, metric, &place))
        continue;
      g_array_append_val (metrics, metric);
      g_array_append_val (self->unasked, metric);
    }
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
  for (guint i = 0; self != NULL && i < self->n; i++)
    if (self->metric[i] == metric)
      return (int) i;
  return -1;
}

/* Is the part one of what the metric is made of? */
static gboolean
is_made_of (const KennisCulturePlan *self, guint metric, guint part)
{
  int index = kennis_profile_index_of (kennis_catalogue_row (metric)->id);

  return index < 0 || (int) g_array_index (self->profile->indicators, KennisIndicator, part).index == index;
}

void
kennis_culture_plan_tell (const KennisCulturePlan *self, const GArray *metrics, guint query, KennisMeasureSet *set)
{
  if (set->ties == NULL)
    set->ties = g_array_new (FALSE, FALSE, sizeof (KennisMeasureTie));
  if (set->unasked == NULL)
    set->unasked = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < metrics->len; i++)
    {
      guint metric = g_array_index (metrics, guint, i);

      for (guint part = 0; part < self->n && kennis_catalogue_row (metric)->is_derived; part++)
        {
          KennisMeasureTie tie = { query, metric, self->metric[part] };

          if (is_made_of (self, metric, part))
            g_array_append_val (set->ties, tie);
        }
    }
  for (guint i = 0; i < self->unasked->len; i++)
    {
      guint64 key = (guint64) query << 32 | g_array_index (self->unasked, guint, i);

      g_hash_table_add (set->unasked, g_memdup2 (&key, sizeof key));
    }
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
