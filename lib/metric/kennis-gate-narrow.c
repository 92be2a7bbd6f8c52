#include "config.h"

#include <math.h>

#include "base/kennis-hash-private.h"
#include "metric/kennis-gate-private.h"

/* How narrowly a withheld sum can be known.
 *
 * Two atoms in exactly the same shown populations are twins: any part of the sum of one may as well be the other's.  Where every atom of a
 * withheld cell has a twin outside of it, the cell's sum may be 0 for all that a reader knows, and nothing more needs to be shown.
 * For the others we look for a witness: sums of all atoms, none negative, that agree with everything shown, and give the cell a sum
 * further off than the protection.  It is sought by iterative proportional fitting (Deming & Stephan 1940), which finds one where there is one.  Where
 * it is not found in time, the cell counts as too narrowly known; so errors are on the safe side.  Of answers, where a sum is a number of people,
 * the witness differs by one person, and no atom has more yeses than people: the noes are fitted beside them. */
#define MAX_SWEEPS 400

typedef struct
{
  const KennisGateAtoms *atoms;
  const guint8 *states;
  const double *x;
  gboolean are_answers;
  guint64 *signature;      /* by atom, of its shown populations; 0: none */
  double *sum;             /* by atom: sums that agree with all, shown and withheld */
  guint8 *is_reached;      /* by atom, scratch */
} Narrow;

static gboolean
is_shown (const Narrow *self, guint cell)
{
  return self->states[cell] == KENNIS_CELL_SHOWN && !isnan (self->x[cell]);
}

static gboolean
is_known (const Narrow *self, guint cell)
{
  return self->states[cell] != KENNIS_CELL_ABSENT && !isnan (self->x[cell]);
}

static void
sign_atoms (Narrow *self)
{
  const KennisGateAtoms *atoms = self->atoms;

  for (guint a = 0; a < atoms->n_atoms; a++)
    {
      guint64 hash = 0;

      for (guint i = atoms->cells_begin[a]; i < atoms->cells_begin[a + 1]; i++)
        if (is_shown (self, atoms->cells[i]))
          hash = kennis_hash_mix (hash + atoms->cells[i] + 1);
      self->signature[a] = hash;
    }
}

static void
count (GHashTable *table, guint64 *key)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (table, key));

  g_hash_table_insert (table, key, GUINT_TO_POINTER (n + 1));
}

/* Have all atoms of the cell twins elsewhere, or is one of them in nothing that is shown? */
static gboolean
has_twins (Narrow *self, GHashTable *totals, guint cell)
{
  const KennisGateAtoms *atoms = self->atoms;
  g_autoptr (GHashTable) own = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = atoms->atoms_begin[cell]; i < atoms->atoms_begin[cell + 1]; i++)
    {
      if (self->signature[atoms->atoms[i]] == 0)
        return TRUE;
      count (own, &self->signature[atoms->atoms[i]]);
    }
  for (guint i = atoms->atoms_begin[cell]; i < atoms->atoms_begin[cell + 1]; i++)
    {
      gpointer key = &self->signature[atoms->atoms[i]];

      if (g_hash_table_lookup (own, key) == g_hash_table_lookup (totals, key))
        return FALSE;
    }
  return TRUE;
}

/* Atoms that hang together with those of some cells, through cells for which `joins` is true, among `within` (NULL: all). */
static GArray *
reach (Narrow *self, const guint *from, guint n_from, gboolean (*joins) (const Narrow *, guint), const guint8 *within,
       GArray *cells)
{
  const KennisGateAtoms *atoms = self->atoms;
  GArray *queue = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint8 *seen = g_new0 (guint8, atoms->n_cells + 1);

  for (guint f = 0; f < n_from; f++)
    for (guint i = atoms->atoms_begin[from[f]]; i < atoms->atoms_begin[from[f] + 1]; i++)
      if (!self->is_reached[atoms->atoms[i]])
        {
          self->is_reached[atoms->atoms[i]] = 1;
          g_array_append_val (queue, atoms->atoms[i]);
        }
  for (guint q = 0; q < queue->len; q++)
    {
      guint atom = g_array_index (queue, guint, q);

      for (guint i = atoms->cells_begin[atom]; i < atoms->cells_begin[atom + 1]; i++)
        {
          guint cell = atoms->cells[i];

          if (seen[cell] || !joins (self, cell))
            continue;
          seen[cell] = 1;
          g_array_append_val (cells, cell);
          for (guint j = atoms->atoms_begin[cell]; j < atoms->atoms_begin[cell + 1]; j++)
            {
              guint other = atoms->atoms[j];

              if (self->is_reached[other] || (within != NULL && !within[other]))
                continue;
              self->is_reached[other] = 1;
              g_array_append_val (queue, other);
            }
        }
    }
  for (guint q = 0; q < queue->len; q++)
    self->is_reached[g_array_index (queue, guint, q)] = 0;
  return queue;
}

/* One row of a fitting: its atoms should sum to `target`. */
typedef struct
{
  guint begin, end;
  double target;
} Margin;

/* Scales y until all margins are met to within the tolerance. */
static gboolean
fit (double *y, const GArray *margins, const GArray *members, double tolerance)
{
  for (guint sweep = 0; sweep < MAX_SWEEPS; sweep++)
    {
      double worst = 0;

      for (guint m = 0; m < margins->len; m++)
        {
          const Margin *margin = &g_array_index (margins, Margin, m);
          double sum = 0, scale;

          for (guint i = margin->begin; i < margin->end; i++)
            sum += y[g_array_index (members, guint, i)];
          worst = MAX (worst, fabs (sum - margin->target));
          if (sum <= 0)
            continue;
          scale = margin->target / sum;
          for (guint i = margin->begin; i < margin->end; i++)
            y[g_array_index (members, guint, i)] *= scale;
        }
      if (worst <= tolerance)
        return TRUE;
    }
  return FALSE;
}

/* As many yeses and noes (at n_atoms + atom) as people. */
static void
add_capacities (const Narrow *self, const GArray *atoms, GArray *margins, GArray *members)
{
  for (guint i = 0; i < atoms->len && self->are_answers; i++)
    {
      guint a = g_array_index (atoms, guint, i), no = self->atoms->n_atoms + a;
      Margin margin = { members->len, members->len + 2, self->atoms->people_begin[a + 1] - self->atoms->people_begin[a] };

      g_array_append_val (members, a);
      g_array_append_val (members, no);
      g_array_append_val (margins, margin);
    }
}

/* Sums of atoms that agree with every known sum, as near as fitting comes. */
static void
fit_all (Narrow *self, const GArray *narrow)
{
  const KennisGateAtoms *atoms = self->atoms;
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) margins = g_array_new (FALSE, FALSE, sizeof (Margin));
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) reached = reach (self, (guint *) narrow->data, narrow->len, is_known, NULL, cells);
  double smallest = 1e6;

  for (guint i = 0; i < reached->len; i++)
    {
      guint a = g_array_index (reached, guint, i);

      self->sum[a] = self->sum[atoms->n_atoms + a] = atoms->people_begin[a + 1] - atoms->people_begin[a];
    }
  add_capacities (self, reached, margins, members);
  for (guint i = 0; i < cells->len; i++)
    {
      guint cell = g_array_index (cells, guint, i);
      Margin margin = { members->len, 0, self->x[cell] };

      g_array_append_vals (members, atoms->atoms + atoms->atoms_begin[cell], atoms->atoms_begin[cell + 1] - atoms->atoms_begin[cell]);
      margin.end = members->len;
      g_array_append_val (margins, margin);
      if (self->x[cell] > 0)
        smallest = MIN (smallest, self->x[cell]);
    }
  fit (self->sum, margins, members, 1e-6 * smallest);
}

/* Does anything that agrees with what is shown give the cell this sum?  Only hidden atoms may move from self->sum. */
static gboolean
has_witness (Narrow *self, guint cell, const GArray *free_atoms, const GArray *shown, double target)
{
  const KennisGateAtoms *atoms = self->atoms;
  g_autofree guint8 *is_free = g_new0 (guint8, atoms->n_atoms + 1);
  g_autofree double *y = g_new0 (double, 2 * atoms->n_atoms + 1);
  g_autoptr (GArray) margins = g_array_new (FALSE, FALSE, sizeof (Margin));
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (guint));
  Margin own = { 0, 0, target };
  double unit = self->are_answers || self->x[cell] <= 0 ? 1 : self->x[cell];

  for (guint i = 0; i < free_atoms->len; i++)
    is_free[g_array_index (free_atoms, guint, i)] = 1;
  for (guint i = 0; i < shown->len; i++)
    {
      guint c = g_array_index (shown, guint, i);
      Margin margin = { members->len, 0, 0 };

      for (guint j = atoms->atoms_begin[c]; j < atoms->atoms_begin[c + 1]; j++)
        if (is_free[atoms->atoms[j]])
          {
            g_array_append_val (members, atoms->atoms[j]);
            margin.target += self->sum[atoms->atoms[j]];
          }
      margin.end = members->len;
      g_array_append_val (margins, margin);
    }
  own.begin = members->len;
  g_array_append_vals (members, atoms->atoms + atoms->atoms_begin[cell], atoms->atoms_begin[cell + 1] - atoms->atoms_begin[cell]);
  own.end = members->len;
  g_array_append_val (margins, own);
  add_capacities (self, free_atoms, margins, members);
  /* A little everywhere: a reader does not know which withheld sums are 0. */
  for (guint i = 0; i < free_atoms->len; i++)
    {
      guint a = g_array_index (free_atoms, guint, i);

      y[a] = self->sum[a] + 0.05 * unit;
      y[atoms->n_atoms + a] = self->sum[atoms->n_atoms + a] + 0.05 * unit;
    }
  return fit (y, margins, members, 1e-3 * unit);
}

static gboolean
is_narrow (Narrow *self, guint cell, const guint8 *is_hidden)
{
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) free_atoms = reach (self, &cell, 1, is_shown, is_hidden, shown);
  double x = self->x[cell], d = KENNIS_GATE_PROTECTION * x;

  if (self->are_answers)
    return !(x >= 1 && has_witness (self, cell, free_atoms, shown, x - 1)) && !has_witness (self, cell, free_atoms, shown, x + 1);
  if (x <= 0)
    return !has_witness (self, cell, free_atoms, shown, 1);
  return !has_witness (self, cell, free_atoms, shown, x - 2 * d) && !has_witness (self, cell, free_atoms, shown, x + 2 * d)
         && !(has_witness (self, cell, free_atoms, shown, x - d) && has_witness (self, cell, free_atoms, shown, x + d));
}

static void
drop_wide (Narrow *self, GArray *narrow)
{
  const KennisGateAtoms *atoms = self->atoms;
  g_autofree guint8 *is_hidden = g_new0 (guint8, atoms->n_atoms + 1);
  guint m = 0;

  for (guint c = 0; c < atoms->n_populations; c++)
    if (kennis_cell_is_withheld (self->states[c]))
      for (guint i = atoms->atoms_begin[c]; i < atoms->atoms_begin[c + 1]; i++)
        is_hidden[atoms->atoms[i]] = 1;
  self->sum = g_new0 (double, 2 * atoms->n_atoms + 1);
  fit_all (self, narrow);
  for (guint i = 0; i < narrow->len; i++)
    if (is_narrow (self, g_array_index (narrow, guint, i), is_hidden))
      g_array_index (narrow, guint, m++) = g_array_index (narrow, guint, i);
  g_array_set_size (narrow, m);
  g_free (self->sum);
}

/* Time: O(atoms × populations of each); for each cell without twins some hundred sweeps over what hangs together with it. */
GArray *
kennis_gate_narrow (const KennisGateAtoms *atoms, const guint8 *states, const double *x, gboolean are_answers,
                    gboolean is_zero_secret)
{
  GArray *narrow = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) totals = g_hash_table_new (g_int64_hash, g_int64_equal);
  Narrow self = { .atoms = atoms, .states = states, .x = x, .are_answers = are_answers };

  self.signature = g_new0 (guint64, atoms->n_atoms + 1);
  self.is_reached = g_new0 (guint8, atoms->n_atoms + 1);
  sign_atoms (&self);
  for (guint a = 0; a < atoms->n_atoms; a++)
    count (totals, &self.signature[a]);
  /* A sum of 0 is no secret where a larger one of 0 is shown; where the answer is sensitive, that one is withheld itself. */
  for (guint c = 0; c < atoms->n_populations; c++)
    if (states[c] == KENNIS_CELL_PRIMARY && (x[c] > 0 || (x[c] >= 0 && (are_answers || is_zero_secret)))
        && atoms->atoms_begin[c] < atoms->atoms_begin[c + 1] && (are_answers || x[c] <= 0 || !has_twins (&self, totals, c)))
      g_array_append_val (narrow, c);
  if (narrow->len > 0)
    drop_wide (&self, narrow);
  g_free (self.signature);
  g_free (self.is_reached);
  return narrow;
}
