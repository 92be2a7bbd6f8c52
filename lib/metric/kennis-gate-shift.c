#include "config.h"

#include "metric/kennis-gate-narrow-private.h"

/* Exchanges between a few atoms that nothing shown would tell. */

/* Exchanges are looked for among this many. */
#define MAX_NEAR   48

static int
compare_sizes (gconstpointer a, gconstpointer b, gpointer data)
{
  const KennisGateAtoms *atoms = data;
  guint x = *(const guint *) a, y = *(const guint *) b;
  guint n = atoms->atoms_begin[x + 1] - atoms->atoms_begin[x], m = atoms->atoms_begin[y + 1] - atoms->atoms_begin[y];

  return n != m ? (n > m) - (n < m) : (x > y) - (x < y);
}

/* Hidden atoms that share something shown with this one, through small cells first. */
static GArray *
companions (KennisGateNarrow *self, guint atom)
{
  const KennisGateAtoms *atoms = self->atoms;
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = atoms->cells_begin[atom]; i < atoms->cells_begin[atom + 1]; i++)
    if (kennis_gate_narrow_is_shown (self, atoms->cells[i]))
      g_array_append_val (cells, atoms->cells[i]);
  g_array_sort_with_data (cells, compare_sizes, (gpointer) atoms);
  for (guint i = 0; i < cells->len; i++)
    {
      guint cell = g_array_index (cells, guint, i);

      for (guint j = atoms->atoms_begin[cell]; j < atoms->atoms_begin[cell + 1]; j++)
        {
          guint other = atoms->atoms[j];

          if (other == atom || !self->is_hidden[other] || self->is_reached[other] || self->is_free[other]
              || found->len >= MAX_NEAR)
            continue;
          self->is_free[other] = 1;
          g_array_append_val (found, other);
        }
    }
  for (guint i = 0; i < found->len; i++)
    self->is_free[g_array_index (found, guint, i)] = 0;
  return found;
}

/* How far the atom's sum can go down (a, d lose) or up, four atoms at a time, until `wanted`. */
static double
shift (KennisGateNarrow *self, guint atom, gboolean up, double wanted)
{
  g_autoptr (GArray) around = companions (self, atom);
  double done = 0;

  for (guint i = 0; i < around->len && done < wanted; i++)
    for (guint j = i + 1; j < around->len && done < wanted; j++)
      {
        guint b = g_array_index (around, guint, i), c = g_array_index (around, guint, j);
        guint64 key = self->signature[b] + self->signature[c] - self->signature[atom];
        const GArray *ends = g_hash_table_lookup (self->hidden, &key);
        double amount;

        for (guint k = 0; ends != NULL && k < ends->len && done < wanted; k++)
          {
            guint d = g_array_index (ends, guint, k), from[3], n = 0;

            if (d == b || d == c || self->is_reached[d])
              continue;
            if (up)
              from[n++] = b, from[n++] = c;
            else
              from[n++] = atom, from[n++] = d;
            amount = wanted - done;
            for (guint f = 0; f < n; f++)
              amount = MIN (amount, self->y[from[f]]);
            for (guint f = 0; f < n; f++)
              self->y[from[f]] -= amount;
            done += amount;
          }
      }
  return done;
}

/* A hidden atom outside of the cell (whose atoms are in is_reached) in the same shown cells. */
static gint
twin_of (const KennisGateNarrow *self, guint atom)
{
  const GArray *ends = g_hash_table_lookup (self->hidden, &self->signature[atom]);

  for (guint i = 0; ends != NULL && i < ends->len; i++)
    if (!self->is_reached[g_array_index (ends, guint, i)])
      return (gint) g_array_index (ends, guint, i);
  return -1;
}

static double
shift_cell (KennisGateNarrow *self, guint cell, gboolean up, double wanted)
{
  const KennisGateAtoms *atoms = self->atoms;
  double done = 0;

  memcpy (self->y, self->sum, atoms->n_atoms * sizeof *self->y);
  for (guint i = atoms->atoms_begin[cell]; i < atoms->atoms_begin[cell + 1] && done < wanted; i++)
    {
      guint atom = atoms->atoms[i];
      gint twin = twin_of (self, atom);

      if (twin < 0)
        done += shift (self, atom, up, wanted - done);
      else if (!up)
        done += self->y[atom];
      else
        {
          done += self->y[twin];
          self->y[twin] = 0;
        }
    }
  return done;
}

gboolean
kennis_gate_narrow_has_cycles (KennisGateNarrow *self, guint cell)
{
  const KennisGateAtoms *atoms = self->atoms;
  double wanted = 2 * KENNIS_GATE_PROTECTION * self->x[cell], done;

  if (!(self->x[cell] > 0))
    return FALSE;
  for (guint i = atoms->atoms_begin[cell]; i < atoms->atoms_begin[cell + 1]; i++)
    self->is_reached[atoms->atoms[i]] = 1;
  done = shift_cell (self, cell, FALSE, wanted);
  if (done < wanted)
    done += shift_cell (self, cell, TRUE, wanted - done);
  for (guint i = atoms->atoms_begin[cell]; i < atoms->atoms_begin[cell + 1]; i++)
    self->is_reached[atoms->atoms[i]] = 0;
  return done >= wanted;
}

gboolean
kennis_gate_narrow_has_swap (KennisGateNarrow *self, guint cell)
{
  const KennisGateAtoms *atoms = self->atoms;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  double up = 0, down = 0;

  for (guint i = atoms->atoms_begin[cell]; i < atoms->atoms_begin[cell + 1]; i++)
    self->is_reached[atoms->atoms[i]] = 1;
  for (guint i = atoms->atoms_begin[cell]; i < atoms->atoms_begin[cell + 1]; i++)
    {
      guint64 *key = &self->signature[atoms->atoms[i]];
      const GArray *ends = g_hash_table_lookup (self->hidden, key);
      double yes[2] = { 0 }, no[2] = { 0 };      /* outside, inside */

      if (ends == NULL || !g_hash_table_add (seen, key))
        continue;
      for (guint j = 0; j < ends->len; j++)
        {
          guint a = g_array_index (ends, guint, j), inside = self->is_reached[a] != 0;

          yes[inside] += self->sum[a];
          no[inside] += self->sum[atoms->n_atoms + a];
        }
      down += MIN (yes[1], no[0]);
      up += MIN (no[1], yes[0]);
    }
  for (guint i = atoms->atoms_begin[cell]; i < atoms->atoms_begin[cell + 1]; i++)
    self->is_reached[atoms->atoms[i]] = 0;
  /* Numbers of people are whole: what a fit finds of 1 is 1. */
  return MAX (up, down) > 0.99;
}
