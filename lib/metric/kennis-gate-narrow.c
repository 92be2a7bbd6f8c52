#include "config.h"

#include <math.h>

#include "base/kennis-hash-private.h"
#include "metric/kennis-gate-narrow-private.h"

/* How narrowly a withheld sum can be known.
 *
 * Two atoms in exactly the same shown populations are twins: any part of the sum of one may as well be the other's.  Where every atom of a
 * withheld cell has a twin outside of it, the cell's sum may be 0 for all that a reader knows, and nothing more needs to be shown.
 * Next come four atoms a, b, c, d of withheld cells where a and d are together in the same shown populations as b and c: what a and d lose, b and c
 * may gain, and the other way round, as far as sums stay above 0.
 * For the others we look for a witness: sums of all atoms, none negative, that agree with everything shown, and give the cell a sum
 * further off than the protection.  It is sought by iterative proportional fitting (Deming & Stephan 1940), which finds one where there is one.  Where
 * it is not found in time, the cell counts as too narrowly known; so errors are on the safe side.  Of answers, where a sum is a number of people,
 * the witness differs by one person, and no atom has more yeses than people: the noes are fitted beside them. */
#define MAX_SWEEPS 400
/* People that a fit may be off. */
#define MAX_OFF    0.05
/* A witness is looked for among this many atoms around the cell. */
#define MAX_FREE   300
/* Where more cells than this are in question, none is looked for: they are withheld round by round until fewer are. */
#define MAX_SOUGHT 64

static gboolean
is_known (const KennisGateNarrow *self, guint cell)
{
  return self->states[cell] != KENNIS_CELL_ABSENT && !isnan (self->x[cell]);
}

static void
sign_atoms (KennisGateNarrow *self)
{
  const KennisGateAtoms *atoms = self->atoms;

  for (guint a = 0; a < atoms->n_atoms; a++)
    {
      guint64 hash = 0;

      for (guint i = atoms->cells_begin[a]; i < atoms->cells_begin[a + 1]; i++)
        if (kennis_gate_narrow_is_shown (self, atoms->cells[i]))
          hash += kennis_hash_mix (atoms->cells[i] + 1);
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
has_twins (KennisGateNarrow *self, GHashTable *totals, guint cell)
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
reach (KennisGateNarrow *self, const guint *from, guint n_from, gboolean (*joins) (const KennisGateNarrow *, guint), const guint8 *within,
       guint limit, GArray *cells)
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

              if (self->is_reached[other] || (within != NULL && !within[other]) || queue->len >= limit)
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
fit (double *y, const GArray *margins, const GArray *members, double tolerance, guint sweeps)
{
  double before = INFINITY;

  for (guint sweep = 0; sweep < sweeps; sweep++)
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
      /* Where margins contradict each other it goes round in circles. */
      if (sweep % 50 == 49 && worst > 0.99 * before)
        return FALSE;
      if (sweep % 50 == 49)
        before = worst;
    }
  return FALSE;
}

/* As many yeses and noes (at n_atoms + atom) as people. */
static void
add_capacities (const KennisGateNarrow *self, const GArray *atoms, GArray *margins, GArray *members)
{
  for (guint i = 0; i < atoms->len && self->are_answers; i++)
    {
      guint a = g_array_index (atoms, guint, i), no = self->atoms->n_atoms + a;
      Margin margin = { members->len, members->len + 2,
                        self->atoms->people_begin[a + 1] - self->atoms->people_begin[a] };

      if (self->is_mover != NULL && self->is_mover[a])
        continue;
      g_array_append_val (members, a);
      g_array_append_val (members, no);
      g_array_append_val (margins, margin);
    }
}

/* The atoms since `begin` sum to the target, with the cell's slack if there are movers; of answers their noes are the rest.  (That follows from the
 * yeses, but without saying so it takes thousands of sweeps where everyone says yes.) */
static void
add_margin (const KennisGateNarrow *self, guint begin, double target, double n_movers, GArray *margins, GArray *members, guint cell)
{
  guint end = members->len, yes = 2 * self->atoms->n_atoms + cell, no = yes + self->atoms->n_cells;
  Margin margin = { begin, end, target };
  double n = n_movers;

  if (n_movers > 0)
    {
      g_array_append_val (members, yes);
      margin.end = members->len;
    }
  g_array_append_val (margins, margin);
  if (!self->are_answers)
    return;
  for (guint i = begin; i < end; i++)
    {
      guint a = g_array_index (members, guint, i), other = self->atoms->n_atoms + a;

      n += self->atoms->people_begin[a + 1] - self->atoms->people_begin[a];
      g_array_append_val (members, other);
    }
  if (n_movers > 0)
    g_array_append_val (members, no);
  margin = (Margin) { margin.end, members->len, MAX (n - target, 0) };
  g_array_append_val (margins, margin);
}

static double
people_of (const KennisGateAtoms *atoms, guint atom)
{
  return atoms->people_begin[atom + 1] - atoms->people_begin[atom];
}

/* What movers have of the cell is an unknown of its own (at 2 × n_atoms + cell, the noes n_cells further on): they may answer otherwise in another
 * group, so that it adds up with nothing. */
static void
add_slack (KennisGateNarrow *self, guint cell, double n_movers, GArray *margins, GArray *members)
{
  guint yes = 2 * self->atoms->n_atoms + cell, no = yes + self->atoms->n_cells;
  Margin margin = { members->len, members->len + 2, n_movers };

  self->sum[yes] = self->sum[no] = n_movers / 2;
  g_array_append_val (members, yes);
  g_array_append_val (members, no);
  g_array_append_val (margins, margin);
}

static void
add_known (KennisGateNarrow *self, guint cell, GArray *margins, GArray *members)
{
  const KennisGateAtoms *atoms = self->atoms;
  double n_movers = 0;
  guint begin;

  for (guint i = atoms->atoms_begin[cell]; self->is_mover != NULL && i < atoms->atoms_begin[cell + 1]; i++)
    n_movers += self->is_mover[atoms->atoms[i]] ? people_of (atoms, atoms->atoms[i]) : 0;
  if (n_movers > 0)
    add_slack (self, cell, n_movers, margins, members);
  begin = members->len;
  for (guint i = atoms->atoms_begin[cell]; i < atoms->atoms_begin[cell + 1]; i++)
    if (self->is_mover == NULL || !self->is_mover[atoms->atoms[i]])
      g_array_append_val (members, atoms->atoms[i]);
  add_margin (self, begin, self->x[cell], n_movers, margins, members, cell);
}

/* Sums of atoms that agree with every known sum; false where none are found, as then nothing can be said from them. */
static gboolean
fit_all (KennisGateNarrow *self, const GArray *narrow)
{
  const KennisGateAtoms *atoms = self->atoms;
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) margins = g_array_new (FALSE, FALSE, sizeof (Margin));
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) reached = reach (self, (guint *) narrow->data, narrow->len, is_known, NULL, G_MAXUINT, cells);
  double smallest = 1;

  for (guint i = 0; i < reached->len; i++)
    {
      guint a = g_array_index (reached, guint, i);
      double n = self->is_mover == NULL || !self->is_mover[a] ? people_of (atoms, a) : 0;

      self->sum[a] = self->sum[atoms->n_atoms + a] = n;
    }
  add_capacities (self, reached, margins, members);
  for (guint i = 0; i < cells->len; i++)
    {
      guint cell = g_array_index (cells, guint, i);

      add_known (self, cell, margins, members);
      if (self->x[cell] > 0 && self->states[cell] == KENNIS_CELL_PRIMARY)
        smallest = MIN (smallest, self->x[cell]);
    }
  /* Where movers are set apart there is often but one solution, at an edge, and that is slow to get at; numbers of people are whole. */
  return fit (self->sum, margins, members, self->is_mover != NULL ? MAX_OFF : 1e-3 * smallest, 5 * MAX_SWEEPS);
}

/* By the shown cells that they are in. */
static void
list_hidden (KennisGateNarrow *self)
{
  const KennisGateAtoms *atoms = self->atoms;

  for (guint a = 0; a < atoms->n_atoms; a++)
    {
      GArray *ends;

      if (!self->is_hidden[a])
        continue;
      ends = g_hash_table_lookup (self->hidden, &self->signature[a]);
      if (ends == NULL)
        {
          ends = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (self->hidden, &self->signature[a], ends);
        }
      g_array_append_val (ends, a);
    }
}

static gboolean
is_in_two (const KennisGateNarrow *self, guint atom)
{
  const KennisGateAtoms *atoms = self->atoms;

  for (guint i = atoms->cells_begin[atom]; i < atoms->cells_begin[atom + 1]; i++)
    for (guint j = i + 1; j < atoms->cells_begin[atom + 1]; j++)
      if (self->frame_of[atoms->cells[i]] == self->frame_of[atoms->cells[j]])
        return TRUE;
  return FALSE;
}

/* A person who moved is counted in two groups, and may have answered in one of them only, so that groups do not add up to everybody.  Then movers are
 * set apart, and nothing is hidden behind them. */
static gboolean
fit_without_movers (KennisGateNarrow *self, const GArray *narrow)
{
  guint n = self->atoms->n_atoms;
  gboolean any = FALSE;

  if (self->frame_of == NULL)
    return FALSE;
  self->is_mover = g_new0 (guint8, n + 1);
  for (guint a = 0; a < n; a++)
    any |= self->is_mover[a] = is_in_two (self, a);
  for (guint a = 0; a < n; a++)
    if (self->is_mover[a])
      self->is_hidden[a] = 0;
  g_hash_table_remove_all (self->hidden);
  list_hidden (self);
  return any && fit_all (self, narrow);
}

/* Does anything that agrees with what is shown give the cell this sum?  Only hidden atoms may move from self->sum. */
static gboolean
has_witness (KennisGateNarrow *self, guint cell, const GArray *free_atoms, const GArray *shown, double target)
{
  const KennisGateAtoms *atoms = self->atoms;
  double *y = self->y;
  g_autoptr (GArray) margins = g_array_new (FALSE, FALSE, sizeof (Margin));
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (guint));
  guint begin;
  double unit = self->are_answers || self->x[cell] <= 0 ? 1 : self->x[cell];

  for (guint i = 0; i < free_atoms->len; i++)
    self->is_free[g_array_index (free_atoms, guint, i)] = 1;
  for (guint i = 0; i < shown->len; i++)
    {
      guint c = g_array_index (shown, guint, i);
      double sum = 0;

      begin = members->len;
      for (guint j = atoms->atoms_begin[c]; j < atoms->atoms_begin[c + 1]; j++)
        if (self->is_free[atoms->atoms[j]])
          {
            g_array_append_val (members, atoms->atoms[j]);
            sum += self->sum[atoms->atoms[j]];
          }
      add_margin (self, begin, sum, 0, margins, members, c);
    }
  begin = members->len;
  for (guint i = atoms->atoms_begin[cell]; i < atoms->atoms_begin[cell + 1]; i++)
    if (self->is_mover == NULL || !self->is_mover[atoms->atoms[i]])
      g_array_append_val (members, atoms->atoms[i]);
  add_margin (self, begin, MAX (target - self->sum[2 * atoms->n_atoms + cell], 0), 0, margins, members, cell);
  add_capacities (self, free_atoms, margins, members);
  /* A little everywhere: a reader does not know which withheld sums are 0. */
  for (guint i = 0; i < free_atoms->len; i++)
    {
      guint a = g_array_index (free_atoms, guint, i);

      self->is_free[a] = 0;
      y[a] = self->sum[a] + 0.05 * unit;
      y[atoms->n_atoms + a] = self->sum[atoms->n_atoms + a] + 0.05 * unit;
    }
  return fit (y, margins, members, 1e-3 * unit, MAX_SWEEPS);
}

static gboolean
is_narrow (KennisGateNarrow *self, guint cell)
{
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) free_atoms = reach (self, &cell, 1, kennis_gate_narrow_is_shown, self->is_hidden, MAX_FREE, shown);
  double x = self->x[cell], d = KENNIS_GATE_PROTECTION * x;

  if (self->are_answers)
    return !(x >= 1 && has_witness (self, cell, free_atoms, shown, x - 1))
           && !has_witness (self, cell, free_atoms, shown, x + 1);
  if (x <= 0)
    return !has_witness (self, cell, free_atoms, shown, 1);
  return !has_witness (self, cell, free_atoms, shown, x - 2 * d)
         && !has_witness (self, cell, free_atoms, shown, x + 2 * d)
         && !(has_witness (self, cell, free_atoms, shown, x - d) && has_witness (self, cell, free_atoms, shown, x + d));
}

static void
mark_hidden (KennisGateNarrow *self)
{
  const KennisGateAtoms *atoms = self->atoms;

  for (guint u = 0; u < atoms->n_used && atoms->used[u] < atoms->n_populations; u++)
    for (guint i = atoms->atoms_begin[atoms->used[u]];
         kennis_cell_is_withheld (self->states[atoms->used[u]]) && i < atoms->atoms_begin[atoms->used[u] + 1]; i++)
      self->is_hidden[atoms->atoms[i]] = 1;
  list_hidden (self);
}

static void
drop_wide (KennisGateNarrow *self, GArray *narrow)
{
  guint n = self->atoms->n_atoms, m = 0;

  self->is_hidden = g_new0 (guint8, n + 1);
  self->is_free = g_new0 (guint8, n + 1);
  self->sum = g_new0 (double, 2 * n + 2 * self->atoms->n_cells + 1);
  self->y = g_new0 (double, 2 * n + 1);
  self->hidden = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) g_array_unref);
  mark_hidden (self);
  if (fit_all (self, narrow) || fit_without_movers (self, narrow))
    {
      for (guint i = 0; i < narrow->len; i++)
        if (!(self->are_answers ? kennis_gate_narrow_has_swap
                                : kennis_gate_narrow_has_cycles) (self, g_array_index (narrow, guint, i)))
          g_array_index (narrow, guint, m++) = g_array_index (narrow, guint, i);
      g_array_set_size (narrow, m);
      for (guint i = m = 0; i < narrow->len && narrow->len <= MAX_SOUGHT; i++)
        if (is_narrow (self, g_array_index (narrow, guint, i)))
          g_array_index (narrow, guint, m++) = g_array_index (narrow, guint, i);
      if (narrow->len <= MAX_SOUGHT)
        g_array_set_size (narrow, m);
    }
  g_hash_table_unref (self->hidden);
  g_free (self->is_hidden);
  g_free (self->is_mover);
  g_free (self->is_free);
  g_free (self->sum);
  g_free (self->y);
}

/* Time: O(atoms × populations of each); for each cell without twins some hundred sweeps over what hangs together with it. */
GArray *
kennis_gate_narrow (const KennisGateAtoms *atoms, const guint8 *states, const double *x, gboolean are_answers,
                    gboolean is_zero_secret, const guint *frame_of, guint8 *is_wide)
{
  GArray *narrow = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) totals = g_hash_table_new (g_int64_hash, g_int64_equal);
  KennisGateNarrow self = {
    .atoms = atoms, .states = states, .x = x, .are_answers = are_answers, .frame_of = frame_of
  };

  self.signature = g_new0 (guint64, atoms->n_atoms + 1);
  self.is_reached = g_new0 (guint8, atoms->n_atoms + 1);
  sign_atoms (&self);
  for (guint a = 0; a < atoms->n_atoms; a++)
    count (totals, &self.signature[a]);
  /* A sum of 0 is no secret where a larger one of 0 is shown; where the answer is sensitive, that one is withheld itself. */
  for (guint u = 0; u < atoms->n_used && atoms->used[u] < atoms->n_populations; u++)
    {
      guint c = atoms->used[u];

      if (states[c] == KENNIS_CELL_PRIMARY && (is_wide == NULL || !is_wide[c])
          && (x[c] > 0 || (x[c] >= 0 && (are_answers || is_zero_secret)))
          && (are_answers || x[c] <= 0 || !has_twins (&self, totals, c)))
        g_array_append_val (narrow, c);
    }
  for (guint i = 0; is_wide != NULL && i < narrow->len; i++)
    is_wide[g_array_index (narrow, guint, i)] = 1;
  if (narrow->len > 0)
    drop_wide (&self, narrow);
  for (guint i = 0; is_wide != NULL && i < narrow->len; i++)
    is_wide[g_array_index (narrow, guint, i)] = 0;
  g_free (self.signature);
  g_free (self.is_reached);
  return narrow;
}
