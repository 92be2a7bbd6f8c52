#include "config.h"

#include "base/kennis-hash-private.h"
#include "metric/kennis-gate-private.h"

/* Sums of a few withheld cells together.
 *
 * A cell may be well hidden, and another too, while the sum of both is given away; it is a secret as well where both have fewer people than the
 * minimum.  What is left of a cell after elimination is its *residue*: sums over the columns that nothing is known of.  A union of disjoint cells is
 * given away where their residues add up to nothing.  We look for such unions of fewer people than the minimum: begin with a cell (a
 * union that is given away has a cell with a pivot), take a column that is not 0 yet, and try each cell that can take something off there.
 * Cells are withheld ones and single hidden atoms.  Differences of cells are no sums of people, and are left to the check of intervals.
 *
 * A residue's hash is a sum over its columns with random factors, so that hashes add up as residues do: the last cell of a union is
 * looked up by what it must be.  Where a cell's search takes too many steps it counts as found, so that more is withheld, and never less. */
#define MAX_STEPS   1000000
/* As many one-person cells are fewer than the usual minimum of 5. */
#define MAX_UNITS   4
/* Of one cell's columns so many are looked at for the one that the fewest cells have. */
#define MAX_COLUMNS 64
/* Coefficients under this, or this far below the prime, are whole numbers, positive or negative. */
#define MAX_WHOLE   (1u << 20)

typedef struct
{
  guint unit;
  guint32 value;
} Entry;

typedef struct
{
  const KennisGateResidues *residues;
  guint   *begin;          /* by column: entries[begin[column]] … */
  guint64 *hashes;         /* by unit */
  GHashTable *by_hash;     /* → GArray of units */
  guint64  hash;           /* of the cells at hand */
  guint    limit;          /* most cells */
  Entry   *entries;
  guint32 *values;         /* by column: what is left of the cells at hand */
  guint    n_left;         /* how many of those are not 0 */
  guint8  *is_taken;       /* by atom */
  guint   *n_taken;        /* by person */
  guint    n_people;       /* distinct ones of the cells at hand */
  guint    n_counted;      /* the same as the metric counts */
  guint    start;
  guint    steps;          /* left */
  GArray  *units;          /* the cells at hand */
} Search;

static const KennisGateUnit *
unit_at (const Search *self, guint index)
{
  return &g_array_index (self->residues->units, KennisGateUnit, index);
}

static void
index_columns (Search *self)
{
  const KennisGateResidues *residues = self->residues;
  guint n = residues->atoms->n_atoms, *next;

  self->begin = g_new0 (guint, n + 2);
  self->entries = g_new (Entry, residues->columns->len + 1);
  for (guint i = 0; i < residues->columns->len; i++)
    self->begin[g_array_index (residues->columns, guint, i) + 1]++;
  for (guint c = 0; c < n; c++)
    self->begin[c + 1] += self->begin[c];
  next = g_memdup2 (self->begin, (n + 1) * sizeof *next);
  for (guint u = 0; u < residues->units->len; u++)
    for (guint i = unit_at (self, u)->begin; i < unit_at (self, u)->end; i++)
      {
        Entry entry = { u, g_array_index (residues->values, guint32, i) };

        self->entries[next[g_array_index (residues->columns, guint, i)]++] = entry;
      }
  g_free (next);
}

/* Two sums modulo the prime in one number. */
static guint64
add_hashes (guint64 a, guint64 b)
{
  guint64 high = ((a >> 32) + (b >> 32)) % KENNIS_GATE_PRIME;

  return high << 32 | ((a & 0xffffffffu) + (b & 0xffffffffu)) % KENNIS_GATE_PRIME;
}

static guint64
minus_hash (guint64 a)
{
  guint64 high = (KENNIS_GATE_PRIME - (a >> 32)) % KENNIS_GATE_PRIME;

  return high << 32 | (KENNIS_GATE_PRIME - (a & 0xffffffffu)) % KENNIS_GATE_PRIME;
}

static void
hash_units (Search *self)
{
  const KennisGateResidues *residues = self->residues;

  self->hashes = g_new0 (guint64, residues->units->len + 1);
  self->by_hash = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) g_array_unref);
  for (guint u = 0; u < residues->units->len; u++)
    {
      const KennisGateUnit *unit = unit_at (self, u);
      GArray *same;

      for (guint i = unit->begin; i < unit->end; i++)
        {
          guint64 random = kennis_hash_mix (g_array_index (residues->columns, guint, i) + 1);
          guint64 value = g_array_index (residues->values, guint32, i);
          guint64 high = value * ((random >> 32) % KENNIS_GATE_PRIME) % KENNIS_GATE_PRIME;
          guint64 low = value * ((random & 0xffffffffu) % KENNIS_GATE_PRIME) % KENNIS_GATE_PRIME;

          self->hashes[u] = add_hashes (self->hashes[u], high << 32 | low);
        }
      same = g_hash_table_lookup (self->by_hash, &self->hashes[u]);
      if (same == NULL)
        {
          same = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (self->by_hash, &self->hashes[u], same);
        }
      g_array_append_val (same, u);
    }
}

static gint
sign_of (guint32 value)
{
  return value < MAX_WHOLE ? 1 : value > KENNIS_GATE_PRIME - MAX_WHOLE ? -1 : 0;
}

/* What is above 0 needs something below 0 to become 0. */
static gboolean
can_take_off (guint32 left, guint32 value)
{
  gint a = sign_of (left), b = sign_of (value);

  return a == 0 || b == 0 || a != b;
}

static void
count_people (Search *self, const KennisGateUnit *unit, gint by)
{
  const KennisGateAtoms *atoms = self->residues->atoms;

  for (guint i = 0; i < unit->n_atoms; i++)
    for (guint j = atoms->people_begin[unit->atoms[i]]; j < atoms->people_begin[unit->atoms[i] + 1]; j++)
      {
        guint *n = &self->n_taken[atoms->people[j]];

        self->n_people += by > 0 ? *n == 0 : 0u;
        *n += (guint) by;
        self->n_people -= by < 0 ? *n == 0 : 0u;
      }
}

static gboolean
is_small (const Search *self)
{
  return self->n_people < self->residues->minimum || self->n_counted < self->residues->minimum;
}

/* by: 1 or −1. */
static void
change (Search *self, guint index, gint by)
{
  const KennisGateUnit *unit = unit_at (self, index);

  self->steps -= MIN (self->steps, unit->end - unit->begin);
  for (guint i = unit->begin; i < unit->end; i++)
    {
      guint32 value = g_array_index (self->residues->values, guint32, i);
      guint32 *left = &self->values[g_array_index (self->residues->columns, guint, i)];
      guint64 sum = (guint64) *left + (by > 0 ? value : KENNIS_GATE_PRIME - value);

      self->n_left -= *left != 0;
      *left = (guint32) (sum % KENNIS_GATE_PRIME);
      self->n_left += *left != 0;
    }
  for (guint i = 0; i < unit->n_atoms; i++)
    self->is_taken[unit->atoms[i]] = by > 0;
  count_people (self, unit, by);
  self->n_counted += (guint) by * unit->n_people;
  self->hash = add_hashes (self->hash, by > 0 ? self->hashes[index] : minus_hash (self->hashes[index]));
  if (by > 0)
    g_array_append_val (self->units, index);
  else
    g_array_set_size (self->units, self->units->len - 1);
}

/* Adds the cell where it is disjoint from those at hand, and all are still few.  Those before the start have been starts themselves. */
static gboolean
add (Search *self, guint index)
{
  const KennisGateUnit *unit = unit_at (self, index);

  if (unit->has_pivot && index <= self->start)
    return FALSE;
  for (guint i = 0; i < unit->n_atoms; i++)
    if (self->is_taken[unit->atoms[i]])
      return FALSE;
  change (self, index, 1);
  if (is_small (self))
    return TRUE;
  change (self, index, -1);
  return FALSE;
}

/* The column that is not 0 and that the fewest cells have, so that the fewest ways are to be tried. */
static guint
choose_column (const Search *self)
{
  guint best = G_MAXUINT, n_best = G_MAXUINT, n_seen = 0;

  for (guint u = self->units->len; u-- > 0;)
    {
      const KennisGateUnit *unit = unit_at (self, g_array_index (self->units, guint, u));

      for (guint i = unit->begin; i < unit->end && n_seen < MAX_COLUMNS; i++)
        {
          guint column = g_array_index (self->residues->columns, guint, i);
          guint n = self->begin[column + 1] - self->begin[column];

          if (self->values[column] == 0)
            continue;
          n_seen++;
          if (n < n_best)
            {
              n_best = n;
              best = column;
            }
        }
    }
  return best;
}

/* Leaves the one cell at hand that the others lack, and true, if there is one. */
static gboolean
look_up (Search *self)
{
  guint64 wanted = minus_hash (self->hash);
  const GArray *units = g_hash_table_lookup (self->by_hash, &wanted);

  for (guint i = 0; units != NULL && i < units->len; i++)
    {
      guint unit = g_array_index (units, guint, i);

      if (!add (self, unit))
        continue;
      if (self->n_left == 0)
        return TRUE;
      change (self, unit, -1);
    }
  return FALSE;
}

/* With this one more, are none or one wanting? */
static gboolean
may_complete (const Search *self, guint unit)
{
  guint64 hash = add_hashes (self->hash, self->hashes[unit]), wanted = minus_hash (hash);

  return hash == 0 || g_hash_table_contains (self->by_hash, &wanted);
}

/* Leaves the cells of a union at hand, and true, if there is one. */
static gboolean
search (Search *self)
{
  guint column, left = self->limit - self->units->len;

  if (self->n_left == 0)
    return TRUE;
  if (left <= 1)
    return left == 1 && look_up (self);
  column = choose_column (self);
  if (column == G_MAXUINT)
    return FALSE;
  for (guint i = self->begin[column]; i < self->begin[column + 1]; i++)
    {
      guint unit = self->entries[i].unit;

      if (self->steps == 0)
        return FALSE;
      self->steps--;
      if (!can_take_off (self->values[column], self->entries[i].value) || (left == 2 && !may_complete (self, unit))
          || !add (self, unit))
        continue;
      if (search (self))
        return TRUE;
      change (self, unit, -1);
    }
  return FALSE;
}

static GArray *
atoms_at_hand (const Search *self)
{
  GArray *atoms = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint u = 0; u < self->units->len; u++)
    {
      const KennisGateUnit *unit = unit_at (self, g_array_index (self->units, guint, u));

      g_array_append_vals (atoms, unit->atoms, unit->n_atoms);
    }
  return atoms;
}

/* Of GArray of guint: the atoms of each union.  Time: at most MAX_STEPS for each cell with a pivot. */
GPtrArray *
kennis_gate_unions_find (const KennisGateResidues *residues)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  Search self = { .residues = residues, .limit = MIN (residues->minimum, MAX_UNITS + 1) - 1 };

  if (residues->minimum < 3) /* one person alone is a cell */
    return found;
  index_columns (&self);
  hash_units (&self);
  self.values = g_new0 (guint32, residues->atoms->n_atoms + 1);
  self.is_taken = g_new0 (guint8, residues->atoms->n_atoms + 1);
  self.n_taken = g_new0 (guint, residues->atoms->n_persons + 1);
  self.units = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint u = 0; u < residues->units->len; u++)
    {
      if (!unit_at (&self, u)->has_pivot || unit_at (&self, u)->begin == unit_at (&self, u)->end)
        continue;
      self.start = u;
      change (&self, u, 1);
      self.steps = MAX_STEPS;
      if (search (&self) || self.steps == 0)
        g_ptr_array_add (found, atoms_at_hand (&self));
      while (self.units->len > 0)
        change (&self, g_array_index (self.units, guint, self.units->len - 1), -1);
    }
  g_free (self.begin);
  g_hash_table_unref (self.by_hash);
  g_free (self.hashes);
  g_free (self.entries);
  g_free (self.values);
  g_free (self.is_taken);
  g_free (self.n_taken);
  g_array_unref (self.units);
  return found;
}
