#include "config.h"

#include <stdlib.h>

#include "metric/kennis-gate-private.h"

/* What the shown sums give away exactly.
 *
 * The vectors of shown populations are brought into echelon form over the field of 2³¹ − 1 elements: what is in their span over the rationals is in it
 * there too, so that nothing is missed, and coefficients stay exact.  Columns of atoms that are not withheld go first; the
 * rows that are left speak of withheld atoms only, and are all that a reader learns about them.  Each row carries the combination of shown
 * populations that makes it (columns from n_atoms on), which tells what to withhold to break it. */
#define PRIME KENNIS_GATE_PRIME

typedef struct
{
  guint n;
  guint *columns;
  guint32 *values;
  guint pivot;             /* column with value 1 */
} Row;

typedef struct
{
  GPtrArray *rows;         /* of Row; none has a pivot of an earlier one */
  gint *row_of;            /* by column: the row whose pivot it is, or −1 */
} Basis;

typedef struct
{
  const KennisGateAtoms *atoms;
  const guint8 *states;
  guint8 *is_hidden;       /* by atom: in a withheld cell */
  guint *n_shown;          /* by atom: shown populations with it */
  GArray *shown;           /* populations that matter, small ones first */
  guint n_columns;
  guint32 *values;         /* the row at hand, dense */
  guint8 *is_touched;
  GArray *touched;
  GArray *pending;         /* bits of guint64 by row of the basis */
} Work;

static guint32
times (guint32 a, guint32 b)
{
  return (guint32) ((guint64) a * b % PRIME);
}

static guint32
inverse (guint32 a)
{
  guint32 result = 1;

  for (guint32 e = PRIME - 2; e > 0; e >>= 1, a = times (a, a))
    if (e & 1)
      result = times (result, a);
  return result;
}

static void
row_free (gpointer p)
{
  Row *self = p;

  g_free (self->columns);
  g_free (self->values);
  g_free (self);
}

void
kennis_gate_leak_free (KennisGateLeak *self)
{
  g_free (self->atoms);
  g_free (self->rows);
  g_free (self);
}

static inline void
add_to (Work *self, guint column, guint32 value)
{
  guint64 sum = (guint64) self->values[column] + value;

  if (!self->is_touched[column])
    {
      self->is_touched[column] = 1;
      g_array_append_val (self->touched, column);
    }
  self->values[column] = (guint32) (sum >= PRIME ? sum - PRIME : sum);
}

static void
forget (Work *self)
{
  for (guint i = 0; i < self->touched->len; i++)
    {
      guint column = g_array_index (self->touched, guint, i);

      self->values[column] = 0;
      self->is_touched[column] = 0;
    }
  g_array_set_size (self->touched, 0);
}

static inline void
await (Work *self, guint row)
{
  g_array_index (self->pending, guint64, row / 64) |= G_GUINT64_CONSTANT (1) << row % 64;
}

/* Takes the basis's pivots out of the row at hand. */
static void
reduce (Work *self, const Basis *basis)
{
  guint n_words = basis->rows->len / 64 + 1;

  g_array_set_size (self->pending, 0);
  g_array_set_size (self->pending, n_words);
  memset (self->pending->data, 0, n_words * sizeof (guint64));
  for (guint i = 0; i < self->touched->len; i++)
    if (basis->row_of[g_array_index (self->touched, guint, i)] >= 0)
      await (self, (guint) basis->row_of[g_array_index (self->touched, guint, i)]);

  for (guint w = 0; w < n_words; w++)
    while (g_array_index (self->pending, guint64, w) != 0)
      {
        guint64 bits = g_array_index (self->pending, guint64, w);
        guint r = w * 64 + (guint) __builtin_ctzll (bits);
        const Row *row = basis->rows->pdata[r];
        guint32 factor = self->values[row->pivot];

        g_array_index (self->pending, guint64, w) = bits & (bits - 1);
        if (factor == 0)
          continue;
        factor = PRIME - factor;
        for (guint i = 0; i < row->n; i++)
          {
            gint later = basis->row_of[row->columns[i]];

            add_to (self, row->columns[i], times (factor, row->values[i]));
            if (later > (gint) r)
              await (self, (guint) later);
          }
      }
}

/* The row at hand as a row of its own, with 1 at the pivot. */
static Row *
gather (Work *self, guint pivot)
{
  Row *row = g_new0 (Row, 1);
  guint32 scale = inverse (self->values[pivot]);

  row->columns = g_new (guint, self->touched->len);
  row->values = g_new (guint32, self->touched->len);
  row->pivot = pivot;
  for (guint i = 0; i < self->touched->len; i++)
    {
      guint column = g_array_index (self->touched, guint, i);

      if (self->values[column] == 0)
        continue;
      row->columns[row->n] = column;
      row->values[row->n++] = times (self->values[column], scale);
    }
  return row;
}

static void
scatter (Work *self, const Row *row)
{
  for (guint i = 0; i < row->n; i++)
    add_to (self, row->columns[i], row->values[i]);
}

/* The atom in the row at hand, hidden or not, that the fewest populations have; −1: none. */
static gint
choose_pivot (const Work *self, guint8 hidden)
{
  gint best = -1;

  for (guint i = 0; i < self->touched->len; i++)
    {
      guint column = g_array_index (self->touched, guint, i);

      if (column >= self->atoms->n_atoms || self->values[column] == 0 || self->is_hidden[column] != hidden)
        continue;
      if (best < 0 || self->n_shown[column] < self->n_shown[best]
          || (self->n_shown[column] == self->n_shown[best] && (gint) column < best))
        best = (gint) column;
    }
  return best;
}

static void
basis_init (Basis *self, guint n_columns)
{
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->row_of = g_new (gint, n_columns);
  memset (self->row_of, -1, n_columns * sizeof *self->row_of);
}

static void
basis_clear (Basis *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self->row_of);
}

static void
basis_add (Basis *self, Work *work, guint pivot)
{
  self->row_of[pivot] = (gint) self->rows->len;
  g_ptr_array_add (self->rows, gather (work, pivot));
}

/* What is known of hidden atoms, each row without the others' pivots. */
static void
make_known (Work *self, Basis *known)
{
  Basis basis;

  basis_init (&basis, self->n_columns);
  for (guint r = 0; r < self->shown->len; r++)
    {
      guint cell = g_array_index (self->shown, guint, r);
      gint pivot;

      for (guint i = self->atoms->atoms_begin[cell]; i < self->atoms->atoms_begin[cell + 1]; i++)
        add_to (self, self->atoms->atoms[i], 1);
      add_to (self, self->atoms->n_atoms + r, 1);
      reduce (self, &basis);
      pivot = choose_pivot (self, 0);
      if (pivot >= 0)
        basis_add (&basis, self, (guint) pivot);
      else
        {
          reduce (self, known);
          pivot = choose_pivot (self, 1);
          if (pivot >= 0)
            basis_add (known, self, (guint) pivot);
        }
      forget (self);
    }
  basis_clear (&basis);

  for (guint r = known->rows->len; r-- > 0;)
    {
      guint pivot = ((Row *) known->rows->pdata[r])->pivot;

      scatter (self, known->rows->pdata[r]);
      known->row_of[pivot] = -1;
      reduce (self, known);
      known->row_of[pivot] = (gint) r;
      row_free (known->rows->pdata[r]);
      known->rows->pdata[r] = gather (self, pivot);
      forget (self);
    }
}

static int
compare_uint (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return (x > y) - (x < y);
}

/* Splits the columns of atoms from those that tell the combination. */
static KennisGateLeak *
leak_new (const Work *self, gint cell, const guint *columns, guint n)
{
  KennisGateLeak *leak = g_new0 (KennisGateLeak, 1);

  leak->cell = cell;
  leak->atoms = g_new (guint, n + 1);
  leak->rows = g_new (guint, n + 1);
  for (guint i = 0; i < n; i++)
    if (columns[i] < self->atoms->n_atoms)
      leak->atoms[leak->n_atoms++] = columns[i];
    else
      leak->rows[leak->n_rows++] = g_array_index (self->shown, guint, columns[i] - self->atoms->n_atoms);
  qsort (leak->atoms, leak->n_atoms, sizeof *leak->atoms, compare_uint);
  qsort (leak->rows, leak->n_rows, sizeof *leak->rows, compare_uint);
  return leak;
}

/* A row whose atoms all have the same coefficient is the sum of a set of atoms. */
static void
find_sets (const Work *self, const Basis *known, GPtrArray *leaks)
{
  for (guint r = 0; r < known->rows->len; r++)
    {
      const Row *row = known->rows->pdata[r];
      gboolean is_set = TRUE;

      for (guint i = 0; i < row->n && is_set; i++)
        is_set = row->columns[i] >= self->atoms->n_atoms || row->values[i] == 1;
      if (is_set)
        g_ptr_array_add (leaks, leak_new (self, -1, row->columns, row->n));
    }
}

static void
find_cells (Work *self, const Basis *known, GPtrArray *leaks)
{
  for (guint u = 0; u < self->atoms->n_used; u++)
    {
      g_autoptr (GArray) columns = NULL;
      guint c = self->atoms->used[u], begin = self->atoms->atoms_begin[c], end = self->atoms->atoms_begin[c + 1];
      gboolean is_known = TRUE;

      if (!kennis_cell_is_withheld (self->states[c]) || begin == end)
        continue;
      for (guint i = begin; i < end; i++)
        add_to (self, self->atoms->atoms[i], 1);
      reduce (self, known);
      columns = g_array_new (FALSE, FALSE, sizeof (guint));
      for (guint i = 0; i < self->touched->len && is_known; i++)
        {
          guint column = g_array_index (self->touched, guint, i);

          if (self->values[column] == 0)
            continue;
          is_known = column >= self->atoms->n_atoms;
          g_array_append_val (columns, column);
        }
      if (is_known)
        g_ptr_array_add (leaks, leak_new (self, (gint) c, (guint *) columns->data, columns->len));
      forget (self);
    }
}

static int
compare_size (gconstpointer a, gconstpointer b, gpointer data)
{
  const KennisGateAtoms *atoms = data;
  guint x = *(const guint *) a, y = *(const guint *) b;
  guint n = atoms->atoms_begin[x + 1] - atoms->atoms_begin[x], m = atoms->atoms_begin[y + 1] - atoms->atoms_begin[y];

  return n != m ? (n > m) - (n < m) : (x > y) - (x < y);
}

/* Shown populations that hang together with hidden atoms; no others can say anything about these. */
static void
find_shown (Work *self)
{
  const KennisGateAtoms *atoms = self->atoms;
  g_autofree guint8 *seen_atom = g_memdup2 (self->is_hidden, atoms->n_atoms + 1);
  g_autofree guint8 *seen_cell = g_new0 (guint8, atoms->n_cells + 1);
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint a = 0; a < atoms->n_atoms; a++)
    if (self->is_hidden[a])
      g_array_append_val (queue, a);
  for (guint q = 0; q < queue->len; q++)
    {
      guint atom = g_array_index (queue, guint, q);

      for (guint i = atoms->cells_begin[atom]; i < atoms->cells_begin[atom + 1]; i++)
        {
          guint cell = atoms->cells[i];

          if (self->states[cell] != KENNIS_CELL_SHOWN || seen_cell[cell])
            continue;
          seen_cell[cell] = 1;
          g_array_append_val (self->shown, cell);
          for (guint j = atoms->atoms_begin[cell]; j < atoms->atoms_begin[cell + 1]; j++)
            if (!seen_atom[atoms->atoms[j]])
              {
                seen_atom[atoms->atoms[j]] = 1;
                g_array_append_val (queue, atoms->atoms[j]);
              }
        }
    }
  g_array_sort_with_data (self->shown, compare_size, (gpointer) atoms);
}

static gboolean
mark_hidden (Work *self)
{
  const KennisGateAtoms *atoms = self->atoms;
  gboolean any = FALSE;

  for (guint u = 0; u < atoms->n_used; u++)
    {
      guint c = atoms->used[u];

      for (guint i = atoms->atoms_begin[c]; i < atoms->atoms_begin[c + 1]; i++)
        if (kennis_cell_is_withheld (self->states[c]))
          self->is_hidden[atoms->atoms[i]] = any = TRUE;
        else if (c < atoms->n_populations && self->states[c] == KENNIS_CELL_SHOWN)
          self->n_shown[atoms->atoms[i]]++;
    }
  return any;
}

static void
work_init (Work *self, const KennisGateAtoms *atoms, const guint8 *states)
{
  *self = (Work) { .atoms = atoms, .states = states };
  self->is_hidden = g_new0 (guint8, atoms->n_atoms + 1);
  self->n_shown = g_new0 (guint, atoms->n_atoms + 1);
  self->shown = g_array_new (FALSE, FALSE, sizeof (guint));
}

static void
work_clear (Work *self)
{
  g_clear_pointer (&self->touched, g_array_unref);
  g_clear_pointer (&self->pending, g_array_unref);
  g_free (self->values);
  g_free (self->is_touched);
  g_free (self->is_hidden);
  g_free (self->n_shown);
  g_array_unref (self->shown);
}

/* False: nothing is hidden, and so nothing to know. */
static gboolean
eliminate (Work *self, Basis *known)
{
  if (!mark_hidden (self))
    return FALSE;
  find_shown (self);
  self->n_columns = self->atoms->n_atoms + self->shown->len;
  self->values = g_new0 (guint32, self->n_columns);
  self->is_touched = g_new0 (guint8, self->n_columns);
  self->touched = g_array_new (FALSE, FALSE, sizeof (guint));
  self->pending = g_array_new (FALSE, TRUE, sizeof (guint64));
  basis_init (known, self->n_columns);
  make_known (self, known);
  return TRUE;
}

/* Time: about the number of shown populations times the atoms of the larger ones, where groupings do not cross much; memory the same. */
GPtrArray *
kennis_gate_leaks (const KennisGateAtoms *atoms, const guint8 *states)
{
  GPtrArray *leaks = g_ptr_array_new_with_free_func ((GDestroyNotify) kennis_gate_leak_free);
  Work self;
  Basis known;

  work_init (&self, atoms, states);
  if (eliminate (&self, &known))
    {
      find_cells (&self, &known, leaks);
      find_sets (&self, &known, leaks);
      basis_clear (&known);
    }
  work_clear (&self);
  return leaks;
}

/* ── Several cells together ──────────────────────────────────────────────────────────────────────────────────────── */

/* Adds the atoms, and takes what is known off. */
static void
reduce_atoms (Work *self, const Basis *known, const guint *atoms, guint n)
{
  for (guint i = 0; i < n; i++)
    add_to (self, atoms[i], 1);
  reduce (self, known);
}

static void
add_unit (Work *self, const Basis *known, const guint *atoms, guint n, guint n_people, KennisGateResidues *residues)
{
  KennisGateUnit unit = {
    .n_atoms = n, .atoms = atoms, .n_people = MAX (n_people, 1), .begin = residues->columns->len
  };

  for (guint i = 0; i < n && !unit.has_pivot; i++)
    unit.has_pivot = known->row_of[atoms[i]] >= 0;
  reduce_atoms (self, known, atoms, n);
  for (guint i = 0; i < self->touched->len; i++)
    {
      guint column = g_array_index (self->touched, guint, i);

      if (column >= self->atoms->n_atoms || self->values[column] == 0)
        continue;
      g_array_append_val (residues->columns, column);
      g_array_append_val (residues->values, self->values[column]);
    }
  unit.end = residues->columns->len;
  forget (self);
  g_array_append_val (residues->units, unit);
}

/* Cells that can be of a union of fewer people than the minimum, and hidden atoms that are no cell by themselves. */
static void
add_units (Work *self, const Basis *known, const guint *n, const guint *single, KennisGateResidues *residues)
{
  const KennisGateAtoms *atoms = self->atoms;
  g_autofree guint8 *is_cell = g_new0 (guint8, atoms->n_atoms + 1);

  for (guint u = 0; u < atoms->n_used; u++)
    {
      guint c = atoms->used[u], n_atoms = atoms->atoms_begin[c + 1] - atoms->atoms_begin[c];
      guint n_people = n != NULL ? MIN (n[c], atoms->n_people[c]) : atoms->n_people[c];

      if (!kennis_cell_is_withheld (self->states[c]) || n_atoms == 0 || n_people >= residues->minimum)
        continue;
      add_unit (self, known, atoms->atoms + atoms->atoms_begin[c], n_atoms, n_people, residues);
      if (n_atoms == 1)
        is_cell[atoms->atoms[atoms->atoms_begin[c]]] = 1;
    }
  for (guint a = 0; a < atoms->n_atoms; a++)
    {
      guint n_people = atoms->people_begin[a + 1] - atoms->people_begin[a];

      if (self->is_hidden[a] && !is_cell[a] && n_people < residues->minimum)
        add_unit (self, known, &single[a], 1, n_people, residues);
    }
}

static KennisGateLeak *
union_leak (Work *self, const Basis *known, const GArray *atoms)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  KennisGateLeak *leak;

  reduce_atoms (self, known, (const guint *) atoms->data, atoms->len);
  for (guint i = 0; i < self->touched->len; i++)
    if (self->values[g_array_index (self->touched, guint, i)] != 0
        && g_array_index (self->touched, guint, i) >= self->atoms->n_atoms)
      g_array_append_val (columns, g_array_index (self->touched, guint, i));
  forget (self);
  leak = leak_new (self, -1, (const guint *) columns->data, columns->len);
  leak->is_small = TRUE;
  return leak;
}

GPtrArray *
kennis_gate_union_leaks (const KennisGateAtoms *atoms, const guint8 *states, const guint *n, guint minimum)
{
  GPtrArray *leaks = g_ptr_array_new_with_free_func ((GDestroyNotify) kennis_gate_leak_free);
  Work self;
  Basis known;

  work_init (&self, atoms, states);
  if (eliminate (&self, &known))
    {
      KennisGateResidues residues = { .atoms = atoms, .minimum = minimum };
      g_autofree guint *single = g_new (guint, atoms->n_atoms + 1);
      g_autoptr (GPtrArray) unions = NULL;

      residues.units = g_array_new (FALSE, FALSE, sizeof (KennisGateUnit));
      residues.columns = g_array_new (FALSE, FALSE, sizeof (guint));
      residues.values = g_array_new (FALSE, FALSE, sizeof (guint32));
      for (guint a = 0; a < atoms->n_atoms; a++)
        single[a] = a;
      add_units (&self, &known, n, single, &residues);
      unions = kennis_gate_unions_find (&residues);
      for (guint u = 0; u < unions->len; u++)
        g_ptr_array_add (leaks, union_leak (&self, &known, unions->pdata[u]));
      g_array_unref (residues.units);
      g_array_unref (residues.columns);
      g_array_unref (residues.values);
      basis_clear (&known);
    }
  work_clear (&self);
  return leaks;
}
