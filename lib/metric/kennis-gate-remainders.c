#include "config.h"

#include "metric/kennis-gate-private.h"

/* What is left of one population without others. */

static const KennisPopulation *
population (const KennisMeasureSet *set, guint index)
{
  return &g_array_index (set->populations, KennisPopulation, index);
}

static gboolean
is_within (const KennisPopulation *small, const KennisPopulation *large)
{
  guint j = 0;

  for (guint i = 0; i < small->n_people; i++, j++)
    {
      while (j < large->n_people && large->people[j] < small->people[i])
        j++;
      if (j == large->n_people || large->people[j] != small->people[i])
        return FALSE;
    }
  return TRUE;
}

/* Adds the cell of atoms of `whole` that `mark` does not have (it has 1 there), if it has people, and fewer than limit. */
static void
add_remainder (KennisGateAtoms *self, GArray *begins, GArray *atoms, GArray *counts, guint whole, const guint8 *mark, guint limit)
{
  guint from = atoms->len, n;

  for (guint i = self->atoms_begin[whole]; i < self->atoms_begin[whole + 1]; i++)
    if (!mark[self->atoms[i]])
      g_array_append_val (atoms, self->atoms[i]);
  n = kennis_gate_atoms_count (self, &g_array_index (atoms, guint, from), atoms->len - from);
  if (n == 0 || n >= limit)
    {
      g_array_set_size (atoms, from);
      return;
    }
  g_array_append_val (begins, atoms->len);
  g_array_append_val (counts, n);
}

static void
mark_cell (const KennisGateAtoms *self, guint cell, guint8 *mark, guint8 value)
{
  for (guint i = self->atoms_begin[cell]; i < self->atoms_begin[cell + 1]; i++)
    mark[self->atoms[i]] = value;
}

/* Populations by period, then size. */
static int
compare_by_period (gconstpointer a, gconstpointer b, gpointer data)
{
  const KennisPopulation *p = population (data, *(const guint *) a), *q = population (data, *(const guint *) b);

  if (p->first_month != q->first_month)
    return p->first_month < q->first_month ? -1 : 1;
  if (p->end_month != q->end_month)
    return p->end_month < q->end_month ? -1 : 1;
  if (p->n_people != q->n_people)
    return p->n_people < q->n_people ? -1 : 1;
  return *(const guint *) a < *(const guint *) b ? -1 : *(const guint *) a > *(const guint *) b;
}

/* One population within another that is larger by a few people. */
static void
find_differences (KennisGateAtoms *self, const KennisMeasureSet *set, guint8 *mark, GArray *begins, GArray *atoms, GArray *counts)
{
  guint limit = MAX (set->minimum_group, set->minimum_survey_group), n = self->n_populations;
  g_autofree guint *order = g_new (guint, n);

  for (guint c = 0; c < n; c++)
    order[c] = c;
  g_qsort_with_data (order, (int) n, sizeof *order, compare_by_period, (gpointer) set);
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      {
        const KennisPopulation *small = population (set, order[i]), *large = population (set, order[j]);

        if (small->first_month != large->first_month || small->end_month != large->end_month
            || large->n_people - small->n_people >= limit)
          break;
        if (small->n_people == 0 || large->n_people == small->n_people || !is_within (small, large))
          continue;
        mark_cell (self, order[i], mark, 1);
        add_remainder (self, begins, atoms, counts, order[j], mark, limit);
        mark_cell (self, order[i], mark, 0);
      }
}

/* Those of everybody who are in no group of a grouping. */
static void
find_ungrouped (KennisGateAtoms *self, const KennisGateFrames *frames, guint limit, guint8 *mark, GArray *begins, GArray *atoms,
                GArray *counts)
{
  guint n = self->n_populations;
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint c = 0; c < n; c++)
    {
      guint64 pair = (guint64) frames->of[c] << 32 | c;

      g_array_append_val (order, pair);
    }
  g_array_sort (order, kennis_gate_compare_uint64);
  for (guint i = 0, j; i < n; i = j)
    {
      guint frame = (guint) (g_array_index (order, guint64, i) >> 32), whole = frames->everybody[frame];

      for (j = i; j < n && g_array_index (order, guint64, j) >> 32 == frame; j++)
        if (whole != G_MAXUINT)
          mark_cell (self, (guint) g_array_index (order, guint64, j), mark, 1);
      if (whole == G_MAXUINT)
        continue;
      add_remainder (self, begins, atoms, counts, whole, mark, limit);
      for (guint k = i; k < j; k++)
        mark_cell (self, (guint) g_array_index (order, guint64, k), mark, 0);
    }
}

void
kennis_gate_atoms_find_remainders (KennisGateAtoms *self, const KennisMeasureSet *set, const KennisGateFrames *frames)
{
  guint limit = MAX (set->minimum_group, set->minimum_survey_group);
  g_autofree guint8 *mark = g_new0 (guint8, self->n_atoms + 1);
  GArray *begins = g_array_new (FALSE, FALSE, sizeof (guint)), *atoms = g_array_new (FALSE, FALSE, sizeof (guint));
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_vals (begins, self->atoms_begin, self->n_populations + 1);
  g_array_append_vals (atoms, self->atoms, self->atoms_begin[self->n_populations]);
  g_array_append_vals (counts, self->n_people, self->n_populations);
  find_differences (self, set, mark, begins, atoms, counts);
  find_ungrouped (self, frames, limit, mark, begins, atoms, counts);

  g_free (self->atoms_begin);
  g_free (self->atoms);
  g_free (self->n_people);
  self->n_cells = counts->len;
  self->atoms_begin = (guint *) g_array_free (begins, FALSE);
  self->atoms = (guint *) g_array_free (atoms, FALSE);
  self->n_people = (guint *) g_array_free (counts, FALSE);
}
