#include "config.h"

#include <math.h>

#include "metric/kennis-gate-private.h"

/* Numbers of people that add up to nothing a reader could subtract.
 *
 * A *relation* is a population and the groups of one grouping that it consists of, in one period.  Numbers of people need not
 * add up in it: who moved is in the middle of no group for half of the period, or did something in one of two groups only.  Where they fall short of the
 * population by the minimum or more, those people hide a withheld group as another group of that size would, and no reader knows more of it.
 * So it must be with each relation that a cell is in, and with the difference of any two groupings of one population, which may fall short alike. */
typedef struct
{
  guint whole;
  guint begin, end;        /* its groups in cells */
} Relation;

struct _KennisGateRelations
{
  GArray *relations;       /* of Relation, by whole */
  GArray *cells;           /* of guint */
};

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  return kennis_gate_compare_uint64 (a, b);
}

/* Do the cells, which are disjoint, make up the whole?  Then they are a relation. */
static void
add_relation (KennisGateRelations *self, const KennisGateAtoms *atoms, guint whole, const guint64 *pairs, guint n)
{
  Relation relation = { whole, self->cells->len, 0 };
  guint n_atoms = 0;

  for (guint i = 0; i < n; i++)
    {
      guint cell = (guint) pairs[i];

      n_atoms += atoms->atoms_begin[cell + 1] - atoms->atoms_begin[cell];
      g_array_append_val (self->cells, cell);
    }
  relation.end = self->cells->len;
  if (n_atoms == atoms->atoms_begin[whole + 1] - atoms->atoms_begin[whole])
    g_array_append_val (self->relations, relation);
  else
    g_array_set_size (self->cells, relation.begin);
}

/* The cells of the whole's period with atoms in it, by frame; counts: by cell, 0, as scratch. */
static void
find_within (KennisGateRelations *self, const KennisMeasureSet *set, const KennisGateAtoms *atoms, const guint *frame_of,
             guint whole, guint *counts)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (guint64));
  const KennisPopulation *p = &g_array_index (set->populations, KennisPopulation, whole);

  for (guint i = atoms->atoms_begin[whole]; i < atoms->atoms_begin[whole + 1]; i++)
    for (guint j = atoms->cells_begin[atoms->atoms[i]]; j < atoms->cells_begin[atoms->atoms[i] + 1]; j++)
      {
        guint cell = atoms->cells[j];
        const KennisPopulation *q = &g_array_index (set->populations, KennisPopulation, cell);
        guint64 pair = (guint64) frame_of[cell] << 32 | cell;

        if (p->first_month == q->first_month && p->end_month == q->end_month && frame_of[cell] != frame_of[whole]
            && counts[cell]++ == 0)
          g_array_append_val (pairs, pair);
      }
  g_array_sort (pairs, compare_pairs);
  for (guint i = 0, j; i < pairs->len; i = j)
    {
      guint64 frame = g_array_index (pairs, guint64, i) >> 32;
      gboolean are_within = TRUE;

      for (j = i; j < pairs->len && g_array_index (pairs, guint64, j) >> 32 == frame; j++)
        {
          guint cell = (guint) g_array_index (pairs, guint64, j);

          are_within = are_within && counts[cell] == atoms->atoms_begin[cell + 1] - atoms->atoms_begin[cell];
        }
      if (are_within)
        add_relation (self, atoms, whole, &g_array_index (pairs, guint64, i), j - i);
    }
  for (guint i = 0; i < pairs->len; i++)
    counts[(guint) g_array_index (pairs, guint64, i)] = 0;
}

/* Time: O(atoms × populations of each, squared). */
KennisGateRelations *
kennis_gate_relations_new (const KennisMeasureSet *set, const KennisGateAtoms *atoms, const guint *frame_of)
{
  KennisGateRelations *self = g_new0 (KennisGateRelations, 1);
  g_autofree guint *counts = g_new0 (guint, atoms->n_cells + 1);

  self->relations = g_array_new (FALSE, FALSE, sizeof (Relation));
  self->cells = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint c = 0; c < atoms->n_populations; c++)
    if (atoms->atoms_begin[c] < atoms->atoms_begin[c + 1])
      find_within (self, set, atoms, frame_of, c, counts);
  return self;
}

void
kennis_gate_relations_free (KennisGateRelations *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->relations);
  g_array_unref (self->cells);
  g_free (self);
}

/* How far the groups fall short of the whole; NaN: something is not known, to no reader either. */
static double
shortfall (const KennisGateRelations *self, const Relation *relation, const double *x)
{
  double rest = x[relation->whole];

  for (guint i = relation->begin; i < relation->end; i++)
    rest -= x[g_array_index (self->cells, guint, i)];
  return rest;
}

guint8 *
kennis_gate_relations_find_loose (const KennisGateRelations *self, const KennisGateAtoms *atoms, const double *x, guint minimum)
{
  guint8 *is_loose = g_new0 (guint8, atoms->n_cells + 1);
  g_autofree guint8 *is_tight = g_new0 (guint8, atoms->n_cells + 1);
  g_autofree double *rests = g_new (double, self->relations->len + 1);
  const Relation *relations = (const Relation *) self->relations->data;
  guint n = self->relations->len;

  for (guint r = 0; r < n; r++)
    rests[r] = shortfall (self, &relations[r], x);
  for (guint i = 0, j; i < n; i = j)
    for (j = i; j < n && relations[j].whole == relations[i].whole; j++)
      {
        gboolean tight = !(fabs (rests[j]) >= minimum);

        for (guint k = i; k < n && relations[k].whole == relations[i].whole && !tight; k++)
          tight = k != j && !(fabs (rests[j] - rests[k]) >= minimum);
        (tight ? is_tight : is_loose)[relations[j].whole] = 1;
        for (guint k = relations[j].begin; k < relations[j].end; k++)
          (tight ? is_tight : is_loose)[g_array_index (self->cells, guint, k)] = 1;
      }
  for (guint c = 0; c < atoms->n_cells; c++)
    is_loose[c] = is_loose[c] && !is_tight[c];
  return is_loose;
}
