#include "config.h"

#include <math.h>

#include "metric/kennis-gate-private.h"

/* What is made of withheld values is withheld.  What is left shown is a function of shown values, and tells nothing more. */

static guint64
key_of (guint high, guint low)
{
  return (guint64) high << 32 | low;
}

/* Population and metric → raw value. */
static GHashTable *
index_raw (const KennisMeasureSet *set)
{
  GHashTable *index = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < set->raw->len; i++)
    {
      const KennisRawMeasurement *raw = &g_array_index (set->raw, KennisRawMeasurement, i);
      guint64 key = key_of (raw->population, raw->metric);

      g_hash_table_insert (index, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (i + 1));
    }
  return index;
}

static KennisRawMeasurement *
find (KennisMeasureSet *set, GHashTable *index, guint population, guint metric)
{
  guint64 key = key_of (population, metric);
  guint i = GPOINTER_TO_UINT (g_hash_table_lookup (index, &key));

  return i > 0 ? &g_array_index (set->raw, KennisRawMeasurement, i - 1) : NULL;
}

static void
apply (const KennisRawMeasurement *on, guint minimum, KennisRawMeasurement *raw)
{
  if (on->status == KENNIS_MEASURE_STATUS_WITHHELD)
    kennis_gate_overwrite (raw);
  else if (!isnan (on->value) && on->n_people < 2 * minimum)
    raw->lower = raw->upper = NAN;
}

/* Before the others: what is made of those. */
static void
apply_cell_ties (KennisMeasureSet *set, GHashTable *index, const KennisGateTraits *traits)
{
  for (guint t = 0; set->cell_ties != NULL && t < set->cell_ties->len; t++)
    {
      const KennisMeasureCellTie *tie = &g_array_index (set->cell_ties, KennisMeasureCellTie, t);
      KennisRawMeasurement *raw = find (set, index, tie->population, tie->metric);
      const KennisRawMeasurement *on = find (set, index, tie->on_population, tie->on);

      if (raw != NULL && on != NULL && raw->status != KENNIS_MEASURE_STATUS_WITHHELD)
        apply (on, traits[tie->on].minimum, raw);
    }
}

void
kennis_gate_apply_ties (KennisMeasureSet *set, const KennisGateTraits *traits)
{
  g_autoptr (GHashTable) index = NULL;

  if ((set->ties == NULL || set->ties->len == 0) && set->cell_ties == NULL)
    return;
  index = index_raw (set);
  apply_cell_ties (set, index, traits);
  for (guint t = 0; set->ties != NULL && t < set->ties->len; t++)
    {
      const KennisMeasureTie *tie = &g_array_index (set->ties, KennisMeasureTie, t);

      for (guint c = 0; c < set->populations->len; c++)
        {
          KennisRawMeasurement *raw, *on;

          if (g_array_index (set->populations, KennisPopulation, c).query != tie->query)
            continue;
          raw = find (set, index, c, tie->metric);
          on = find (set, index, c, tie->on);
          if (raw != NULL && on != NULL && raw->status != KENNIS_MEASURE_STATUS_WITHHELD)
            apply (on, traits[tie->on].minimum, raw);
        }
    }
}
