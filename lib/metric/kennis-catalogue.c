#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-sort-private.h"

#include <kennis/kennis-error.h>
#include <string.h>

typedef struct
{
  const KennisMetricRow *rows;
  const guint           *n;
} Table;

#define TABLE(name) { kennis_metrics_##name, &kennis_n_metrics_##name },
static const Table tables[] = { KENNIS_CATALOGUE_TABLES (TABLE) };

guint
kennis_catalogue_size (void)
{
  guint n = 0;

  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    n += *tables[t].n;
  return n;
}

const KennisMetricRow *
kennis_catalogue_row (guint index)
{
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    {
      if (index < *tables[t].n)
        return &tables[t].rows[index];
      index -= *tables[t].n;
    }
  return NULL;
}

int
kennis_catalogue_find (const char *id)
{
  guint n = kennis_catalogue_size ();

  for (guint i = 0; i < n; i++)
    if (g_str_equal (kennis_catalogue_row (i)->id, id))
      return (int) i;
  return -1;
}

/* Levenshtein's distance, of texts that are cut at 60 bytes. */
static guint
distance (const char *a, const char *b)
{
  gsize n = MIN (strlen (a), 60), m = MIN (strlen (b), 60);
  guint row[64];

  for (gsize j = 0; j <= m; j++)
    row[j] = j;
  for (gsize i = 1; i <= n; i++)
    {
      guint diagonal = row[0];

      row[0] = i;
      for (gsize j = 1; j <= m; j++)
        {
          guint above = row[j];

          row[j] = MIN (MIN (row[j - 1], above) + 1, diagonal + (a[i - 1] != b[j - 1]));
          diagonal = above;
        }
    }
  return row[m];
}

typedef struct
{
  guint far;
  guint index;
} Near;

static int
compare_near (const void *a, const void *b)
{
  const Near *x = a, *y = b;

  return x->far != y->far ? (x->far > y->far) - (x->far < y->far) : (x->index > y->index) - (x->index < y->index);
}

/* How far a wrong pattern is from an id, or from the id without its family. */
static guint
how_far (const char *pattern, const char *id)
{
  const char *dot = strchr (id, '.');

  return MIN (distance (pattern, id), dot != NULL ? distance (pattern, dot + 1) + 1 : G_MAXUINT);
}

static void
set_unknown (const char *pattern, GError **error)
{
  guint n = kennis_catalogue_size ();
  g_autofree Near *near = g_new (Near, n + 1);
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    near[i] = (Near) { how_far (pattern, kennis_catalogue_row (i)->id), i };
  kennis_sort_array (near, n, sizeof *near, compare_near);
  for (guint i = 0; i < MIN (n, 3); i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "", kennis_catalogue_row (near[i].index)->id);
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
               _("No metric fits “%s”; accepted is an id or a pattern such as uptake.*; nearest are %s"), pattern,
               ids->str);
}

GArray *
kennis_catalogue_match (const char *pattern, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = kennis_catalogue_size ();
  g_autoptr (GPatternSpec) spec = g_pattern_spec_new (pattern);

  for (guint i = 0; i < n; i++)
    {
      const KennisMetricRow *row = kennis_catalogue_row (i);

      if (g_str_equal (row->id, pattern)
          || (row->cost == KENNIS_COST_LIGHT && g_pattern_spec_match_string (spec, row->id)))
        g_array_append_val (found, i);
    }
  if (found->len > 0)
    return g_steal_pointer (&found);
  set_unknown (pattern, error);
  return NULL;
}
