#include "config.h"

#include "network/kennis-network-sweeps-private.h"

#define LANES       KENNIS_SWEEPS_LANES
/* People and ties; from so many on, threads rank them in blocks. */
#define SMALL       300000
#define MOST_BLOCKS 128
/* People in a block, at least, where there are not too few. */
#define BLOCK       8
/* Who receive so many or more are sorted no further. */
#define BINS        256

typedef struct
{
  const KennisNetwork *network;
  KennisSweeps *sweeps;
  guint32 mask;                   /* n_blocks − 1 */
  double  *share;                 /* 1 / weight given; 0: gives to nobody */
  guint16 *n_early, *n_late;      /* ties received */
  guint32 *early_at, *late_at;    /* where they begin */
} Making;

void
kennis_sweeps_free (KennisSweeps *self)
{
  g_free (self->place);
  g_free (self->order);
  g_free (self->silent);
  g_free (self->early.length);
  g_free (self->early.from);
  g_free (self->early.weight);
  g_free (self->late.length);
  g_free (self->comes_late);
  g_free (self->inside);
  g_free (self->inside_from);
  g_free (self->inside_to);
  g_free (self->inside_weight);
  g_free (self->spare);
  g_free (self);
}

/* What each gives in all, and how many ties each receives early and late. */
static void
count_ties (Making *self)
{
  const KennisNetwork *network = self->network;
  guint32 *inside = self->sweeps->inside;
  double *given = self->share;

  for (guint32 p = 0; p < network->n; p++)
    {
      guint32 block = p & self->mask, begin = network->in_offset[p], end = network->in_offset[p + 1];
      guint32 early = 0, late = 0;

      for (guint32 i = begin; i < end; i++)
        {
          guint32 giver = network->from[i], other = giver & self->mask;

          early += other < block;
          late += other > block;
          given[giver] += network->in_weight != NULL ? network->in_weight[i] : 1;
        }
      self->n_early[p] = (guint16) early;
      self->n_late[p] = (guint16) late;
      inside[block + 1] += end - begin - early - late;
    }
  for (guint32 p = 0; p < network->n; p++)
    self->share[p] = given[p] > 0 ? 1 / given[p] : 0;
  for (guint32 b = 0; b < self->sweeps->n_blocks; b++)
    inside[b + 1] += inside[b];
}

/* The people of a block by how many ties they receive, few first. */
static guint32
sort_block (const Making *self, guint32 block, const guint16 *n_ties, guint32 *people)
{
  guint32 begin[BINS + 1] = { 0 }, n = 0;

  for (guint32 p = block; p < self->network->n; p += self->mask + 1, n++)
    begin[MIN (n_ties[p], BINS - 1) + 1]++;
  for (guint i = 1; i < BINS; i++)
    begin[i] += begin[i - 1];
  for (guint32 p = block; p < self->network->n; p += self->mask + 1)
    people[begin[MIN (n_ties[p], BINS - 1)]++] = p;
  return n;
}

/* Where the ties of a block's people begin, four side by side.  The first of the places are nobody's where there are too many. */
static void
lay_out (const guint32 *people, guint32 n_people, guint32 n_groups, const guint16 *n_ties, guint16 *length, KennisSweepTies *ties,
         guint32 *at)
{
  guint32 nobody = n_groups * LANES - n_people;

  for (guint32 g = 0; g < n_groups; g++)
    {
      guint16 most = 0;

      for (guint32 i = MAX (g * LANES, nobody); i < (g + 1) * LANES; i++)
        {
          guint32 p = people[i - nobody];

          at[p] = ties->n + i % LANES;
          most = MAX (most, n_ties[p]);
        }
      length[g] = most;
      ties->n += (guint32) most * LANES;
    }
}

static void
place_people (Making *self)
{
  KennisSweeps *sweeps = self->sweeps;
  guint32 size = sweeps->n_groups * LANES;
  g_autofree guint32 *people = g_new (guint32, size);

  for (guint32 b = 0; b < sweeps->n_blocks; b++)
    {
      guint32 n = sort_block (self, b, self->n_late, people), nobody = size - n;
      guint16 *order = sweeps->order + b * size;

      for (guint32 i = 0; i < n; i++)
        sweeps->place[people[i]] = (guint16) (b * size + nobody + i);
      lay_out (people, n, sweeps->n_groups, self->n_late, sweeps->late.length + b * sweeps->n_groups, &sweeps->late,
               self->late_at);
      sort_block (self, b, self->n_early, people);
      for (guint32 i = 0; i < size; i++)
        order[i] = i < nobody ? (guint16) sweeps->n_places : sweeps->place[people[i - nobody]];
      lay_out (people, n, sweeps->n_groups, self->n_early, sweeps->early.length + b * sweeps->n_groups, &sweeps->early,
               self->early_at);
    }
}

static void
add_inside (KennisSweeps *sweeps, guint32 *next, guint16 to, guint16 from, double weight)
{
  guint32 i = (*next)++;

  sweeps->inside_to[i] = to;
  sweeps->inside_from[i] = from;
  sweeps->inside_weight[i] = weight;
}

/* One array has both, early ones first, so that no branch is needed, which would be guessed wrong. */
static void
place_ties (Making *self)
{
  const KennisNetwork *network = self->network;
  KennisSweeps *sweeps = self->sweeps;
  const guint16 *place = sweeps->place;
  const double *share = self->share;
  guint16 *from = sweeps->early.from;
  double *weights = sweeps->early.weight;
  g_autofree guint32 *next = g_memdup2 (sweeps->inside, sweeps->n_blocks * sizeof (guint32));

  for (guint32 p = 0; p < network->n; p++)
    {
      guint32 block = p & self->mask, early = self->early_at[p], late = self->late_at[p] + sweeps->early.n;
      guint32 end = network->in_offset[p + 1];

      for (guint32 i = network->in_offset[p]; i < end; i++)
        {
          guint32 giver = network->from[i], other = giver & self->mask;
          guint32 is_late = -(guint32) (other > block), at = early ^ ((early ^ late) & is_late);
          double weight = (network->in_weight != NULL ? network->in_weight[i] : 1) * share[giver];

          if (G_UNLIKELY (other == block))
            {
              add_inside (sweeps, &next[block], place[p], place[giver], weight);
              continue;
            }
          from[at] = place[giver];
          weights[at] = weight;
          early += LANES & ~is_late;
          late += LANES & is_late;
        }
    }
}

static void
add_late (KennisSweeps *sweeps)
{
  const double *weight = sweeps->late.weight;

  sweeps->comes_late = g_new0 (double, (gsize) sweeps->n_places + 1);
  for (guint32 g = 0; g < sweeps->n_blocks * sweeps->n_groups; g++)
    {
      double sum[LANES] = { 0 };

      for (guint32 n = sweeps->late.length[g]; n > 0; n--, weight += LANES)
        for (guint i = 0; i < LANES; i++)
          sum[i] += weight[i];
      memcpy (sweeps->comes_late + g * LANES, sum, sizeof sum);
    }
  for (guint32 i = 0; i < sweeps->inside[sweeps->n_blocks]; i++)
    sweeps->comes_late[sweeps->inside_to[i]] += sweeps->inside_weight[i];
}

static void
make_ties (Making *self)
{
  KennisSweeps *sweeps = self->sweeps;
  guint32 n = sweeps->early.n + sweeps->late.n, n_inside = sweeps->inside[sweeps->n_blocks];

  sweeps->early.from = g_new0 (guint16, (gsize) n + 1);
  sweeps->early.weight = g_new0 (double, (gsize) n + 1);
  sweeps->late.from = sweeps->early.from + sweeps->early.n;
  sweeps->late.weight = sweeps->early.weight + sweeps->early.n;
  sweeps->inside_from = g_new (guint16, (gsize) n_inside + 1);
  sweeps->inside_to = g_new (guint16, (gsize) n_inside + 1);
  sweeps->inside_weight = g_new (double, (gsize) n_inside + 1);
  place_ties (self);
  add_late (sweeps);
  sweeps->silent = g_new (guint16, (gsize) self->network->n + 1);
  for (guint32 p = 0; p < self->network->n; p++)
    if (!(self->share[p] > 0))
      sweeps->silent[sweeps->n_silent++] = sweeps->place[p];
}

static KennisSweeps *
sweeps_new (const KennisNetwork *network)
{
  KennisSweeps *self = g_new0 (KennisSweeps, 1);
  gsize n = (gsize) network->n + 1;
  g_autofree double *share = g_new0 (double, n);
  g_autofree guint16 *n_early = g_new (guint16, n), *n_late = g_new (guint16, n);
  g_autofree guint32 *early_at = g_new (guint32, n), *late_at = g_new (guint32, n);
  Making making = { network, self, 0, share, n_early, n_late, early_at, late_at };
  guint32 size;

  self->n_blocks = 1;
  while (self->n_blocks < MOST_BLOCKS && self->n_blocks * 2 * BLOCK <= network->n)
    self->n_blocks *= 2;
  making.mask = self->n_blocks - 1;
  size = (network->n + self->n_blocks - 1) / self->n_blocks;
  self->n_groups = (size + LANES - 1) / LANES;
  self->n_places = self->n_blocks * self->n_groups * LANES;
  self->place = g_new (guint16, n);
  self->order = g_new (guint16, self->n_places + 1);
  self->early.length = g_new (guint16, self->n_blocks * self->n_groups + 1);
  self->late.length = g_new (guint16, self->n_blocks * self->n_groups + 1);
  self->inside = g_new0 (guint32, self->n_blocks + 1);
  count_ties (&making);
  place_people (&making);
  make_ties (&making);
  self->spare = g_new (double, kennis_sweeps_room (self));
  memset (self->spare, 0, kennis_sweeps_room (self) * sizeof *self->spare);
  return self;
}

gboolean
kennis_network_is_small (const KennisNetwork *network)
{
  return network->n <= KENNIS_SWEEPS_MOST_PEOPLE && (guint64) network->n + network->m < SMALL;
}

/* Whoever comes second, of two threads that make them at one time, throws away what it made, which is the same. */
KennisSweeps *
kennis_network_get_sweeps (KennisNetwork *network)
{
  KennisSweeps *sweeps = g_atomic_pointer_get (&network->sweeps);

  if (sweeps != NULL)
    return sweeps;
  sweeps = sweeps_new (network);
  if (g_atomic_pointer_compare_and_exchange (&network->sweeps, NULL, sweeps))
    return sweeps;
  kennis_sweeps_free (sweeps);
  return g_atomic_pointer_get (&network->sweeps);
}
