#include "config.h"

#include <stdlib.h>

#include "base/kennis-hash-private.h"
#include "metric/kennis-gate-private.h"

#define MAX_FRAMES 256
#define MAX_SPLITS 64

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
  GHashTable *words;       /* attribute names and values → number from 1 */
  guint n_attributes;
  guint **attributes;      /* by grouping: numbers of its attributes, as in `values` */
  guint **values;          /* by population */
  GHashTable *signatures;  /* Signature → itself */
  GPtrArray *by_atom;      /* of Signature */
  GArray *members;         /* of guint64: atom << 32 | person */
  /* The person at hand */
  guint n_own;
  const guint64 *own;      /* person << 32 | population */
  guint depth, n_splits;
  guint frame_begin[MAX_FRAMES + 1];
  guint chosen[MAX_FRAMES];
  guint *assigned;         /* by attribute: value, 0: none yet */
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

/* The person's part that is in these populations. */
static void
emit (Builder *self, guint32 person)
{
  guint cells[MAX_FRAMES];
  Signature key = { .n = self->depth, .cells = cells }, *found;
  guint64 member;

  memcpy (cells, self->chosen, self->depth * sizeof *cells);
  qsort (cells, key.n, sizeof *cells, compare_uint);
  key.hash = kennis_hash_bytes (cells, key.n * sizeof *cells);
  found = g_hash_table_lookup (self->signatures, &key);
  if (found == NULL)
    {
      found = g_memdup2 (&key, sizeof key);
      found->cells = g_memdup2 (cells, key.n * sizeof *cells);
      found->atom = self->by_atom->len;
      g_ptr_array_add (self->by_atom, found);
      g_hash_table_add (self->signatures, found);
    }

  member = (guint64) found->atom << 32 | person;
  g_array_append_val (self->members, member);
  self->n_splits++;
}

/* Does this group agree with what is already said of its attributes? */
static gboolean
agrees (Builder *self, guint cell)
{
  guint grouping = population (self->set, cell)->grouping;
  const guint *attributes = self->attributes[grouping];

  for (guint i = 0; attributes[i] != 0; i++)
    if (self->assigned[attributes[i]] != 0 && self->assigned[attributes[i]] != self->values[cell][i])
      return FALSE;
  return TRUE;
}

/* One group of each frame, in all ways in which attributes do not contradict each other. */
static void
split (Builder *self, guint frame, guint n_frames, guint32 person)
{
  if (self->n_splits >= MAX_SPLITS)
    return;
  if (frame == n_frames)
    {
      emit (self, person);
      return;
    }

  for (guint i = self->frame_begin[frame]; i < self->frame_begin[frame + 1]; i++)
    {
      guint cell = (guint) self->own[i];
      const guint *attributes = self->attributes[population (self->set, cell)->grouping];
      guint before[MAX_FRAMES];

      if (!agrees (self, cell))
        continue;
      for (guint j = 0; attributes[j] != 0; j++)
        {
          before[j] = self->assigned[attributes[j]];
          self->assigned[attributes[j]] = self->values[cell][j];
        }
      self->chosen[frame] = cell;
      split (self, frame + 1, n_frames, person);
      for (guint j = 0; attributes[j] != 0; j++)
        self->assigned[attributes[j]] = before[j];
    }
}

/* The frames of one person in one stretch of months; populations are numbered frame by frame (see order), so that own is. */
static void
take_person (Builder *self, guint n_periods)
{
  guint n_frames = 0, n_seen = 0, last = G_MAXUINT;
  const Frame *previous = NULL;

  for (guint i = 0; i < self->n_own; i++)
    {
      guint f = self->frame_of[(guint) self->own[i]];
      const Frame *frame = &g_array_index (self->frames, Frame, f);

      if (f == last)
        continue;
      if (previous == NULL || previous->query != frame->query || previous->first != frame->first || previous->end != frame->end)
        n_seen++;
      previous = frame;
      last = f;
      if (n_frames == MAX_FRAMES)
        {
          self->n_own = i;
          break;
        }
      self->frame_begin[n_frames++] = i;
    }
  /* Not there in one of the periods that cover these months: nothing of the person can be in the others' sums. */
  if (n_seen < n_periods)
    return;

  self->frame_begin[n_frames] = self->n_own;
  self->depth = n_frames;
  self->n_splits = 0;
  split (self, 0, n_frames, (guint32) (self->own[0] >> 32));
  if (self->n_splits > 0)
    return;
  for (guint f = 0; f < n_frames; f++)
    self->chosen[f] = (guint) self->own[self->frame_begin[f]];
  emit (self, (guint32) (self->own[0] >> 32));
}

static int
compare_own (gconstpointer a, gconstpointer b, gpointer data)
{
  const Builder *self = data;
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;
  guint f, g;

  if (x >> 32 != y >> 32)
    return x >> 32 < y >> 32 ? -1 : 1;
  f = self->frame_of[(guint) x];
  g = self->frame_of[(guint) y];
  if (f != g)
    return f < g ? -1 : 1;
  return (x > y) - (x < y);
}

static void
take_stretch (Builder *self, gint32 first, gint32 end)
{
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (guint64));
  const Frame *previous = NULL;
  guint n_periods = 0;

  for (guint f = 0; f < self->frames->len; f++)
    {
      const Frame *frame = &g_array_index (self->frames, Frame, f);

      if (frame->first > first || frame->end < end)
        continue;
      if (previous == NULL || previous->query != frame->query || previous->first != frame->first || previous->end != frame->end)
        n_periods++;
      previous = frame;
    }
  for (guint c = 0; c < self->set->populations->len; c++)
    {
      const KennisPopulation *p = population (self->set, c);

      if (p->first_month > first || p->end_month < end)
        continue;
      for (guint i = 0; i < p->n_people; i++)
        {
          guint64 pair = (guint64) p->people[i] << 32 | c;

          g_array_append_val (own, pair);
        }
    }
  g_array_sort_with_data (own, compare_own, self);

  for (guint i = 0, j; i < own->len; i = j)
    {
      const guint64 *pairs = &g_array_index (own, guint64, i);

      for (j = i + 1; j < own->len && g_array_index (own, guint64, j) >> 32 == pairs[0] >> 32; j++)
        ;
      self->own = pairs;
      self->n_own = j - i;
      take_person (self, n_periods);
    }
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
    if (m == 0 || compare_frames (&g_array_index (self->frames, Frame, f), &g_array_index (self->frames, Frame, m - 1)) != 0)
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

static guint
number_of (GHashTable *words, const char *word)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (words, word));

  if (number > 0)
    return number;
  number = g_hash_table_size (words) + 1;
  g_hash_table_insert (words, (gpointer) word, GUINT_TO_POINTER (number));
  return number;
}

static void
number_attributes (Builder *self)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_groupings = self->set->groupings->len;

  self->attributes = g_new (guint *, n_groupings);
  for (guint g = 0; g < n_groupings; g++)
    {
      char **texts = self->set->groupings->pdata[g];
      guint n = texts == NULL ? 0 : MIN (g_strv_length (texts), MAX_FRAMES);

      self->attributes[g] = g_new0 (guint, n + 1);
      for (guint i = 0; i < n; i++)
        self->attributes[g][i] = number_of (names, texts[i]);
    }
  self->n_attributes = g_hash_table_size (names);
  self->assigned = g_new0 (guint, self->n_attributes + 1);
  self->values = g_new (guint *, self->set->populations->len);
  for (guint c = 0; c < self->set->populations->len; c++)
    {
      const KennisPopulation *p = population (self->set, c);
      guint n = 0;

      while (self->attributes[p->grouping][n] != 0)
        n++;
      self->values[c] = g_new0 (guint, n + 1);
      for (guint i = 0; i < n && p->group[i] != NULL; i++)
        self->values[c][i] = number_of (values, p->group[i]);
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

static void
builder_clear (Builder *self)
{
  for (guint g = 0; g < self->set->groupings->len; g++)
    g_free (self->attributes[g]);
  for (guint c = 0; c < self->set->populations->len; c++)
    g_free (self->values[c]);
  g_free (self->attributes);
  g_free (self->values);
  g_free (self->assigned);
  g_free (self->frame_of);
  g_array_unref (self->frames);
  g_hash_table_unref (self->signatures);
  g_ptr_array_unref (self->by_atom);
  g_array_unref (self->members);
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
  Builder builder = { .set = set };
  g_autofree guint *everybody = NULL;

  builder.signatures = g_hash_table_new (signature_hash, signature_equal);
  builder.by_atom = g_ptr_array_new_with_free_func (signature_free);
  builder.members = g_array_new (FALSE, FALSE, sizeof (guint64));
  find_frames (&builder);
  number_attributes (&builder);
  take_all (&builder);

  self->n_populations = set->populations->len;
  self->n_atoms = builder.by_atom->len;
  index_cells (self, &builder);
  index_people (self, &builder);
  everybody = find_everybody (&builder, self->n_populations);
  kennis_gate_atoms_find_remainders (self, set, &(KennisGateFrames) { builder.frame_of, everybody });
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

/* The populations of this period that contain the atom; how many. */
static guint
cells_in_period (const KennisGateAtoms *self, const guint8 *is_inside, guint atom, guint *cells)
{
  guint n = 0;

  for (guint i = self->cells_begin[atom]; i < self->cells_begin[atom + 1] && n < MAX_FRAMES; i++)
    if (is_inside[self->cells[i]])
      cells[n++] = self->cells[i];
  return n;
}

KennisGateAtoms *
kennis_gate_atoms_of_period (const KennisGateAtoms *self, const KennisMeasureSet *set, gint32 first_month, gint32 end_month)
{
  g_autofree guint8 *is_inside = g_new0 (guint8, self->n_cells + 1);
  KennisGateAtoms *part = g_new0 (KennisGateAtoms, 1);
  Builder builder = { .set = set };

  for (guint c = 0; c < self->n_populations; c++)
    is_inside[c] = population (set, c)->first_month == first_month && population (set, c)->end_month == end_month;
  builder.signatures = g_hash_table_new (signature_hash, signature_equal);
  builder.by_atom = g_ptr_array_new_with_free_func (signature_free);
  builder.members = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (guint a = 0; a < self->n_atoms; a++)
    {
      builder.depth = cells_in_period (self, is_inside, a, builder.chosen);
      for (guint i = self->people_begin[a]; i < self->people_begin[a + 1] && builder.depth > 0; i++)
        emit (&builder, self->people[i]);
    }

  part->n_populations = self->n_populations;
  part->n_atoms = builder.by_atom->len;
  index_cells (part, &builder);
  index_people (part, &builder);
  /* Cells beyond the populations are there, and empty. */
  part->n_cells = self->n_cells;
  part->atoms_begin = g_renew (guint, part->atoms_begin, self->n_cells + 1);
  for (guint c = self->n_populations; c < self->n_cells; c++)
    part->atoms_begin[c + 1] = part->atoms_begin[c];
  g_hash_table_unref (builder.signatures);
  g_ptr_array_unref (builder.by_atom);
  g_array_unref (builder.members);
  return part;
}
