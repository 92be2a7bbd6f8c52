#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-made-of-private.h"
#include "metric/kennis-sort-private.h"

/* Metrics that tell of others' values (made_of): the others are measured along, asked for or not, and where the gate withholds one of them it
 * withholds what tells of it. */

static gboolean
has (const GArray *metrics, guint metric)
{
  for (guint i = 0; i < metrics->len; i++)
    if (g_array_index (metrics, guint, i) == metric)
      return TRUE;
  return FALSE;
}

static int
compare_guints (const void *a, const void *b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return (x > y) - (x < y);
}

/* Of the same group and period, not of parts of it. */
static char **
parts_of (guint metric)
{
  const KennisMetricRow *row = kennis_catalogue_row (metric);

  return g_strsplit (row->made_of != NULL && row->by == NULL ? row->made_of : "", " ", -1);
}

void
kennis_made_of_complete (GArray *metrics, GArray *unasked)
{
  guint n = metrics->len;

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) parts = parts_of (g_array_index (metrics, guint, i));

      for (guint p = 0; parts[p] != NULL; p++)
        {
          guint part = (guint) kennis_catalogue_find (parts[p]);

          if (has (metrics, part))
            continue;
          g_array_append_val (metrics, part);
          g_array_append_val (unasked, part);
        }
    }
  kennis_sort_array (metrics->data, metrics->len, sizeof (guint), compare_guints);
}

void
kennis_made_of_tell (const GArray *metrics, const GArray *unasked, guint query, KennisMeasureSet *set)
{
  for (guint i = 0; i < metrics->len; i++)
    {
      guint metric = g_array_index (metrics, guint, i);
      g_auto (GStrv) parts = parts_of (metric);

      for (guint p = 0; parts[p] != NULL; p++)
        {
          KennisMeasureTie tie = { query, metric, (guint) kennis_catalogue_find (parts[p]) };

          kennis_measure_set_tie (set, &tie);
        }
    }
  kennis_measure_set_add_unasked (set, query, unasked);
}

/* ── Made of parts of the group ──────────────────────────────────────────────────────────────────────────────────── */

/* The parts of each grouping: with the attribute, unless it has it. */
static GArray *
groupings_by (KennisGround *ground, const KennisPlan *plan, const char *attribute)
{
  GArray *groupings = g_array_copy (plan->groupings);

  for (guint i = 0; i < plan->groupings->len; i++)
    {
      const KennisGrouping *whole = g_ptr_array_index (ground->groupings, g_array_index (plan->groupings, guint, i));
      g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
      g_auto (GStrv) all = NULL;
      int found;

      g_strv_builder_addv (names, (const char **) whole->names);
      if (!g_strv_contains ((const char *const *) whole->names, attribute))
        g_strv_builder_add (names, attribute);
      all = g_strv_builder_end (names);
      found = kennis_ground_grouping (ground, (const char *const *) all, NULL);
      if (found >= 0 && !has (groupings, (guint) found))
        g_array_append_val (groupings, found);
    }
  return groupings;
}

KennisPlan *
kennis_made_of_plan_parts (KennisGround *ground, const KennisPlan *plan, guint number)
{
  for (guint i = 0; i < plan->metrics->len; i++)
    {
      const KennisMetricRow *row = kennis_catalogue_row (g_array_index (plan->metrics, guint, i));
      KennisPlan *parts;
      guint metric;

      if (row->made_of == NULL || row->by == NULL || plan->level_grouping < 0)
        continue;
      metric = (guint) kennis_catalogue_find (row->made_of);
      parts = g_memdup2 (plan, sizeof *plan);
      parts->query = number;
      parts->metrics = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (parts->metrics, metric);
      parts->unasked = g_array_new (FALSE, FALSE, sizeof (guint));
      parts->own = g_array_new (FALSE, FALSE, sizeof (guint));
      parts->slots = g_array_ref (plan->slots);
      parts->groupings = groupings_by (ground, plan, row->by);
      parts->culture = NULL;
      parts->whole = plan;
      return parts;
    }
  return NULL;
}

static const char *
value_of (const KennisMeasureSet *set, const KennisPopulation *population, const char *name)
{
  char **names = set->groupings->pdata[population->grouping];

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return population->group[i];
  return NULL;
}

/* Is it the group in that period as far as a value of the attribute is known? */
static gboolean
is_part (const KennisMeasureSet *set, const KennisPopulation *whole, const KennisPopulation *part, const char *attribute)
{
  char **names = set->groupings->pdata[whole->grouping], **others = set->groupings->pdata[part->grouping];
  guint n = g_strv_length (names) + !g_strv_contains ((const char *const *) names, attribute);

  if (part->first_month != whole->first_month || part->end_month != whole->end_month || g_strv_length (others) != n
      || value_of (set, part, attribute) == NULL)
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) others, names[i])
        || g_strcmp0 (whole->group[i], value_of (set, part, names[i])) != 0)
      return FALSE;
  return TRUE;
}

static void
tie_to_parts (KennisMeasureSet *set, const KennisPlan *parts, guint metric)
{
  const KennisMetricRow *row = kennis_catalogue_row (metric);
  guint on = (guint) kennis_catalogue_find (row->made_of);

  for (guint c = 0; c < set->n_shown; c++)
    for (guint d = set->n_shown; d < set->populations->len; d++)
      {
        const KennisPopulation *whole = &g_array_index (set->populations, KennisPopulation, c);
        const KennisPopulation *part = &g_array_index (set->populations, KennisPopulation, d);
        KennisMeasureCellTie tie = { c, metric, d, on };

        if (whole->query == parts->whole->query && part->query == parts->query && is_part (set, whole, part, row->by))
          g_array_append_val (set->cell_ties, tie);
      }
}

void
kennis_made_of_tie_parts (KennisMeasureSet *set, const KennisPlan *parts)
{
  if (set->cell_ties == NULL)
    set->cell_ties = g_array_new (FALSE, FALSE, sizeof (KennisMeasureCellTie));
  for (guint i = 0; i < parts->whole->metrics->len; i++)
    {
      guint metric = g_array_index (parts->whole->metrics, guint, i);

      if (kennis_catalogue_row (metric)->made_of != NULL && kennis_catalogue_row (metric)->by != NULL)
        tie_to_parts (set, parts, metric);
    }
}
