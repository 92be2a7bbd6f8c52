#include "config.h"

#include <stdlib.h>

#include "base/kennis-hash-private.h"
#include "metric/kennis-gate-private.h"

/* All groups of one grouping in one period of one query. */
typedef struct
{
  guint query, grouping;
  gint32 first, end;
} Frame;

typedef struct
{
  guint64 hash;
  guint n;
  const guint *cells;
  guint atom;
} Signature;

typedef struct
{
  const KennisMeasureSet *set;
  GArray *frames;          /* of Frame */
  guint *frame_of;         /* by population */
  GHashTable *signatures;  /* Signature → itself */
  GPtrArray *by_atom;      /* of Signature */
  GArray *members;         /* of guint64: atom << 32 | person */
} Builder;

static const KennisPopulation *
population (const KennisMeasureSet *set, guint index)
{
  return &g_array_index (set->populations, KennisPopulation, index);
}

static guint
signature_hash (gconstpointer p)
{
  return (guint) ((const Signature *) p)->hash;
}

static gboolean
signature_equal (gconstpointer a, gconstpointer b)
{
  const Signature *s = a, *t = b;

  return s->hash == t->hash && s->n == t->n && memcmp (s->cells, t->cells, s->n * sizeof *s->cells) == 0;
}

static int
compare_uint (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return (x > y) - (x < y);
}

int
kennis_gate_compare_uint64 (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

static void
signature_free (gpointer p)
{
  Signature *self = p;

  g_free ((gpointer) self->cells);
  g_free (self);
}

static void
builder_init (Builder *self, const KennisMeasureSet *set)
{
  *self = (Builder) { .set = set };
  self->signatures = g_hash_table_new (signature_hash, signature_equal);
  self->by_atom = g_ptr_array_new_with_free_func (signature_free);
  self->members = g_array_new (FALSE, FALSE, sizeof (guint64));
}

static void
builder_clear (Builder *self)
{
  g_clear_pointer (&self->frames, g_array_unref);
  g_free (self->frame_of);
  g_hash_table_unref (self->signatures);
  g_ptr_array_unref (self->by_atom);
  g_array_unref (self->members);
}

/* Something of the person is in exactly these populations (sorted). */
static void
emit (Builder *self, guint32 person, const GArray *cells)
{
  Signature key = { .n = cells->len, .cells = (const guint *) cells->data }, *found;
  guint64 member;

  key.hash = kennis_hash_bytes (key.cells, key.n * sizeof *key.cells);
  found = g_hash_table_lookup (self->signatures, &key);
  if (found == NULL)
    {
      found = g_memdup2 (&key, sizeof key);
      found->cells = g_memdup2 (key.cells, key.n * sizeof *key.cells);
      found->atom = self->by_atom->len;
      g_ptr_array_add (self->by_atom, found);
      g_hash_table_add (self->signatures, found);
    }

  member = (guint64) found->atom << 32 | person;
  g_array_append_val (self->members, member);
}

/* Emits each owner of pairs (owner << 32 | population), which become sorted.  spells: NULL: owners are people. */
static void
emit_pairs (Builder *self, GArray *pairs, const GArray *spells)
{
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_sort (pairs, kennis_gate_compare_uint64);
  for (guint i = 0, j; i < pairs->len; i = j)
    {
      guint32 owner = (guint32) (g_array_index (pairs, guint64, i) >> 32);

      g_array_set_size (cells, 0);
      for (j = i; j < pairs->len && g_array_index (pairs, guint64, j) >> 32 == owner; j++)
        {
          guint cell = (guint) g_array_index (pairs, guint64, j);

          if (j == i || g_array_index (pairs, guint64, j) != g_array_index (pairs, guint64, j - 1))
            g_array_append_val (cells, cell);
        }
      emit (self, spells != NULL ? g_array_index (spells, KennisGateSpell, owner).person : owner, cells);
    }
}

/* Months that no population tells apart. */
static void
take_stretch (Builder *self, gint32 first, gint32 end)
{
  const GArray *spells = self->set->spells;
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint c = 0; c < self->set->populations->len; c++)
    {
      const KennisPopulation *p = population (self->set, c);
      guint n = spells != NULL ? p->n_spells : p->n_people;

      if (p->first_month > first || p->end_month < end)
        continue;
      for (guint i = 0; i < n; i++)
        {
          guint32 owner = spells != NULL ? p->spells[i] : p->people[i];
          const KennisGateSpell *spell = spells != NULL ? &g_array_index (spells, KennisGateSpell, owner) : NULL;
          guint64 pair = (guint64) owner << 32 | c;

          if (spell == NULL || (spell->first_month < end && spell->end_month > first))
            g_array_append_val (pairs, pair);
        }
    }
  emit_pairs (self, pairs, spells);
}

static int
compare_frames (gconstpointer a, gconstpointer b)
{
  const Frame *f = a, *g = b;

  if (f->query != g->query)
    return f->query < g->query ? -1 : 1;
  if (f->first != g->first)
    return f->first < g->first ? -1 : 1;
  if (f->end != g->end)
    return f->end < g->end ? -1 : 1;
  return (f->grouping > g->grouping) - (f->grouping < g->grouping);
}

static Frame
frame_of (const KennisPopulation *p)
{
  return (Frame) { p->query, p->grouping, p->first_month, p->end_month };
}

static void
find_frames (Builder *self)
{
  guint n = self->set->populations->len, m = 0;

  self->frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  self->frame_of = g_new (guint, n);
  for (guint c = 0; c < n; c++)
    {
      Frame frame = frame_of (population (self->set, c));

      g_array_append_val (self->frames, frame);
    }
  g_array_sort (self->frames, compare_frames);
  for (guint f = 0; f < self->frames->len; f++)
    if (m == 0
        || compare_frames (&g_array_index (self->frames, Frame, f), &g_array_index (self->frames, Frame, m - 1)) != 0)
      g_array_index (self->frames, Frame, m++) = g_array_index (self->frames, Frame, f);
  g_array_set_size (self->frames, m);
  for (guint c = 0; c < n; c++)
    {
      Frame frame = frame_of (population (self->set, c));
      guint found = 0;

      g_array_binary_search (self->frames, &frame, compare_frames, &found);
      self->frame_of[c] = found;
    }
}

static void
take_all (Builder *self)
{
  g_autoptr (GArray) bounds = g_array_new (FALSE, FALSE, sizeof (guint));
  guint last = 0;

  for (guint c = 0; c < self->set->populations->len; c++)
    {
      const KennisPopulation *p = population (self->set, c);
      /* Unsigned with the order kept, so that one comparison serves. */
      guint first = (guint) p->first_month ^ 0x80000000u, end = (guint) p->end_month ^ 0x80000000u;

      g_array_append_val (bounds, first);
      g_array_append_val (bounds, end);
    }
  g_array_sort (bounds, compare_uint);
  for (guint i = 0; i < bounds->len; i++)
    {
      guint bound = g_array_index (bounds, guint, i);

      if (i > 0 && bound != last)
        take_stretch (self, (gint32) (last ^ 0x80000000u), (gint32) (bound ^ 0x80000000u));
      last = bound;
    }
}

/* ── All together ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
index_cells (KennisGateAtoms *self, const Builder *builder)
{
  guint n = 0, *next;

  self->cells_begin = g_new0 (guint, self->n_atoms + 1);
  self->atoms_begin = g_new0 (guint, self->n_populations + 1);
  for (guint a = 0; a < self->n_atoms; a++)
    {
      const Signature *signature = builder->by_atom->pdata[a];

      n += signature->n;
      self->cells_begin[a + 1] = n;
      for (guint i = 0; i < signature->n; i++)
        self->atoms_begin[signature->cells[i] + 1]++;
    }
  for (guint c = 0; c < self->n_populations; c++)
    self->atoms_begin[c + 1] += self->atoms_begin[c];

  self->cells = g_new (guint, n + 1);
  self->atoms = g_new (guint, n + 1);
  next = g_memdup2 (self->atoms_begin, (self->n_populations + 1) * sizeof *next);
  for (guint a = 0; a < self->n_atoms; a++)
    {
      const Signature *signature = builder->by_atom->pdata[a];

      memcpy (self->cells + self->cells_begin[a], signature->cells, signature->n * sizeof *self->cells);
      for (guint i = 0; i < signature->n; i++)
        self->atoms[next[signature->cells[i]]++] = a;
    }
  g_free (next);
}

static void
index_people (KennisGateAtoms *self, Builder *builder)
{
  guint m = 0;

  g_array_sort (builder->members, kennis_gate_compare_uint64);
  self->people_begin = g_new0 (guint, self->n_atoms + 1);
  self->people = g_new (guint32, builder->members->len + 1);
  for (guint i = 0; i < builder->members->len; i++)
    {
      guint64 member = g_array_index (builder->members, guint64, i);

      if (i > 0 && member == g_array_index (builder->members, guint64, i - 1))
        continue;
      self->people[m++] = (guint32) member;
      self->people_begin[(member >> 32) + 1] = m;
      self->n_persons = MAX (self->n_persons, (guint) (guint32) member + 1);
    }
  self->n_people = g_new (guint, self->n_populations + 1);
  for (guint c = 0; c < self->n_populations; c++)
    self->n_people[c] = population (builder->set, c)->n_people;
}

/* By frame: the population of everybody in its query and period; G_MAXUINT of everybody's own frame, and where nobody asked for it. */
static guint *
find_everybody (const Builder *builder, guint n_populations)
{
  guint *everybody = g_new (guint, builder->frames->len + 1);
  g_autofree guint *first = g_new (guint, builder->frames->len + 1);

  for (guint c = n_populations; c-- > 0;)
    first[builder->frame_of[c]] = c;
  for (guint f = 0; f < builder->frames->len; f++)
    {
      Frame whole = g_array_index (builder->frames, Frame, f);
      guint found;

      everybody[f] = G_MAXUINT;
      if (whole.grouping == 0)
        continue;
      whole.grouping = 0;
      if (g_array_binary_search (builder->frames, &whole, compare_frames, &found))
        everybody[f] = first[found];
    }
  return everybody;
}

/* O(M log M) time and O(M) memory, M the populations' people times the stretches of months that they cover; and comparing
 * populations of about one size in one period. */
KennisGateAtoms *
kennis_gate_atoms_new (const KennisMeasureSet *set)
{
  KennisGateAtoms *self = g_new0 (KennisGateAtoms, 1);
  Builder builder;
  g_autofree guint *everybody = NULL;

  builder_init (&builder, set);
  find_frames (&builder);
  take_all (&builder);

  self->n_populations = set->populations->len;
  self->n_atoms = builder.by_atom->len;
  index_cells (self, &builder);
  index_people (self, &builder);
  everybody = find_everybody (&builder, self->n_populations);
  kennis_gate_atoms_find_remainders (self, set, &(KennisGateFrames) { builder.frame_of, everybody });
  kennis_gate_atoms_list_cells (self);
  builder_clear (&builder);
  return self;
}

void
kennis_gate_atoms_free (KennisGateAtoms *self)
{
  if (self == NULL)
    return;
  g_free (self->atoms_begin);
  g_free (self->atoms);
  g_free (self->cells_begin);
  g_free (self->cells);
  g_free (self->people_begin);
  g_free (self->people);
  g_free (self->n_people);
  g_free (self->used);
  g_free (self);
}

guint
kennis_gate_atoms_count (const KennisGateAtoms *self, const guint *atoms, guint n)
{
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint count = 0;

  for (guint i = 0; i < n; i++)
    g_array_append_vals (people, self->people + self->people_begin[atoms[i]],
                         self->people_begin[atoms[i] + 1] - self->people_begin[atoms[i]]);
  g_array_sort (people, compare_uint);
  for (guint i = 0; i < people->len; i++)
    count += i == 0 || g_array_index (people, guint32, i) != g_array_index (people, guint32, i - 1);
  return count;
}

KennisGateAtoms *
kennis_gate_atoms_of_period (const KennisGateAtoms *self, const KennisMeasureSet *set, gint32 first_month, gint32 end_month)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (guint64));
  KennisGateAtoms *part = g_new0 (KennisGateAtoms, 1);
  Builder builder;

  builder_init (&builder, set);
  for (guint c = 0; c < self->n_populations; c++)
    {
      const KennisPopulation *p = population (set, c);

      for (guint i = 0; i < p->n_people && p->first_month == first_month && p->end_month == end_month; i++)
        {
          guint64 pair = (guint64) p->people[i] << 32 | c;

          g_array_append_val (pairs, pair);
        }
    }
  emit_pairs (&builder, pairs, NULL);

  part->n_populations = self->n_populations;
  part->n_atoms = builder.by_atom->len;
  index_cells (part, &builder);
  index_people (part, &builder);
  /* Cells beyond the populations are there, and empty. */
  part->n_cells = self->n_cells;
  part->atoms_begin = g_renew (guint, part->atoms_begin, self->n_cells + 1);
  for (guint c = self->n_populations; c < self->n_cells; c++)
    part->atoms_begin[c + 1] = part->atoms_begin[c];
  kennis_gate_atoms_list_cells (part);
  builder_clear (&builder);
  return part;
}
