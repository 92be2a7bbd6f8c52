#include "config.h"

#include "metric/kennis-gate-private.h"

/* What hangs together by populations that share someone.  Of a query by month nothing does across months, so that what is withheld in one
 * changes nothing in another, and need not be looked at again. */
#define MAX_PARTS 256
/* Each part has numbers for all cells. */
#define MAX_CELLS 16000000

static guint
root_of (guint *parent, guint atom)
{
  while (parent[atom] != atom)
    atom = parent[atom] = parent[parent[atom]];
  return atom;
}

/* By atom: its part; returns how many parts there are. */
static guint
find_parts (const KennisGateAtoms *self, guint *part_of)
{
  g_autofree guint *parent = g_new (guint, self->n_atoms + 1), *number = g_new0 (guint, self->n_atoms + 1);
  guint n = 0, limit = CLAMP (MAX_CELLS / (self->n_cells + 1), 1, MAX_PARTS), most;

  for (guint a = 0; a < self->n_atoms; a++)
    parent[a] = a;
  for (guint c = 0; c < self->n_cells; c++)
    for (guint i = self->atoms_begin[c]; i + 1 < self->atoms_begin[c + 1]; i++)
      {
        guint a = root_of (parent, self->atoms[i]), b = root_of (parent, self->atoms[i + 1]);

        parent[MAX (a, b)] = MIN (a, b);
      }
  for (guint a = 0; a < self->n_atoms; a++)
    number[a] = root_of (parent, a) == a ? n++ : number[root_of (parent, a)];
  /* Many small ones are taken together. */
  most = MAX ((n + limit - 1) / limit, 1);
  for (guint a = 0; a < self->n_atoms; a++)
    part_of[a] = number[a] / most;
  return (n + most - 1) / most;
}

/* The atoms from the first of `order` on. */
static KennisGateAtoms *
part_new (const KennisGateAtoms *self, const guint *order, guint n, guint *new_number)
{
  KennisGateAtoms *part = g_new0 (KennisGateAtoms, 1);
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (guint32));

  part->n_populations = self->n_populations;
  part->n_cells = self->n_cells;
  part->n_atoms = n;
  part->n_persons = self->n_persons;
  part->n_people = g_memdup2 (self->n_people, self->n_cells * sizeof *part->n_people);
  part->cells_begin = g_new0 (guint, n + 1);
  part->people_begin = g_new0 (guint, n + 1);
  for (guint i = 0; i < n; i++)
    {
      guint a = order[i];

      new_number[a] = i;
      g_array_append_vals (cells, self->cells + self->cells_begin[a], self->cells_begin[a + 1] - self->cells_begin[a]);
      g_array_append_vals (people, self->people + self->people_begin[a],
                           self->people_begin[a + 1] - self->people_begin[a]);
      part->cells_begin[i + 1] = cells->len;
      part->people_begin[i + 1] = people->len;
    }
  part->cells = (guint *) g_array_free (g_steal_pointer (&cells), FALSE);
  part->people = (guint32 *) g_array_free (g_steal_pointer (&people), FALSE);
  return part;
}

/* A cell is whole in one part. */
static void
add_cells (const KennisGateAtoms *self, GPtrArray *parts, const guint *part_of, const guint *new_number)
{
  for (guint p = 0; p < parts->len; p++)
    {
      KennisGateAtoms *part = parts->pdata[p];
      guint n = 0;

      part->atoms_begin = g_new0 (guint, self->n_cells + 1);
      for (guint c = 0; c < self->n_cells; c++)
        {
          guint begin = self->atoms_begin[c], end = self->atoms_begin[c + 1];

          if (begin < end && part_of[self->atoms[begin]] == p)
            n += end - begin;
          part->atoms_begin[c + 1] = n;
        }
      part->atoms = g_new (guint, n + 1);
    }
  for (guint c = 0; c < self->n_cells; c++)
    for (guint i = self->atoms_begin[c]; i < self->atoms_begin[c + 1]; i++)
      {
        KennisGateAtoms *part = parts->pdata[part_of[self->atoms[i]]];

        part->atoms[part->atoms_begin[c] + i - self->atoms_begin[c]] = new_number[self->atoms[i]];
      }
}

GPtrArray *
kennis_gate_atoms_split (const KennisGateAtoms *self)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) kennis_gate_atoms_free);
  g_autofree guint *part_of = g_new (guint, self->n_atoms + 1), *new_number = g_new (guint, self->n_atoms + 1);
  g_autofree guint *order = g_new (guint, self->n_atoms + 1), *next = NULL;
  guint n = find_parts (self, part_of);
  g_autofree guint *begin = g_new0 (guint, n + 2);

  for (guint a = 0; a < self->n_atoms; a++)
    begin[part_of[a] + 1]++;
  for (guint p = 0; p < n; p++)
    begin[p + 1] += begin[p];
  next = g_memdup2 (begin, (n + 1) * sizeof *next);
  for (guint a = 0; a < self->n_atoms; a++)
    order[next[part_of[a]]++] = a;
  for (guint p = 0; p < n; p++)
    g_ptr_array_add (parts, part_new (self, order + begin[p], begin[p + 1] - begin[p], new_number));
  add_cells (self, parts, part_of, new_number);
  for (guint p = 0; p < n; p++)
    kennis_gate_atoms_list_cells (parts->pdata[p]);
  return parts;
}

void
kennis_gate_atoms_list_cells (KennisGateAtoms *self)
{
  self->used = g_new (guint, self->n_cells + 1);
  for (guint c = 0; c < self->n_cells; c++)
    if (self->atoms_begin[c] < self->atoms_begin[c + 1])
      self->used[self->n_used++] = c;
  self->used = g_renew (guint, self->used, self->n_used + 1);
}
