#include "config.h"

#include <math.h>

#include "base/kennis-wide-private.h"
#include "network/kennis-network-sweeps-private.h"

/* PageRank by sweeps forward and back (symmetric Gauss–Seidel; Benzi & Szyld 1997 for two splittings in turn).
 *
 * Forward, everyone gets what comes early anew, and what came late as it was; back, what comes late anew, and what came early as it was
 * a moment ago.  So a round of both goes over each tie once (Niethammer 1964; Conrad & Wallach 1979), those inside a block twice.  What a
 * round does to ranks is a positive matrix, as everyone may begin anew with anyone, and leaves those sought as they are: 1 is its largest
 * eigenvalue (Perron), and rounds end there.  Of the others, among people who form teams, few are far below 0 or far from the real
 * numbers: a polynomial of Chebyshev's is small there, and what two rounds say together takes a quarter fewer (Manteuffel 1977). */

#define LANES KENNIS_SWEEPS_LANES
/* What may be left, Σ|G·x − x|, of the sum: little enough for nine figures of the smallest rank. */
#define ENOUGH 1e-12

/* What most processors do in one step. */
typedef double Two __attribute__ ((vector_size (2 * sizeof (double))));
typedef gint64 TwoBits __attribute__ ((vector_size (2 * sizeof (gint64))));

typedef struct
{
  const KennisSweeps *sweeps;
  guint32 n;
  double  damping;
  double *rank, *begun;    /* a place; begun: without what comes late */
  double *late, *before;   /* what comes late, that is to go on with; the same a round before */
} Work;

/* What is new, what was and what had been before become what is gone on with, in these parts. */
typedef struct
{
  double now, was, before;
} Mix;

/* The eigenvalues are taken to lie about the centre, in an ellipse with its foci at the root of `spread` from there. */
typedef struct
{
  double   centre, spread, weight;
  guint    round;
  gboolean is_plain;
} Chebyshev;

typedef struct
{
  double change, sum, silent;
} Found;

/* Measured on networks with teams; nearer to 0 where the damping leaves little room below 1. */
static Chebyshev
chebyshev_of (double damping)
{
  double d2 = damping * damping, room = (1 - damping) / (1 - damping + d2);

  return (Chebyshev) { MIN (0.13 * d2, 0.55 * room), MIN (0.09 * d2 * d2, 0.28 * room), 1, 0, FALSE };
}

static Mix
next_mix (Chebyshev *self)
{
  double along = 1 / (1 - self->centre), spread = self->spread * along * along;

  if (self->is_plain)
    return (Mix) { 1, 0, 0 };
  if (self->round++ == 0)
    return (Mix) { along, 1 - along, 0 };
  self->weight = 1 / (1 - spread * self->weight / (self->round == 2 ? 2 : 4));
  return (Mix) { self->weight * along, self->weight * (1 - along), 1 - self->weight };
}

/* What four people get, in two halves: `sum` and more. */
static inline __attribute__ ((always_inline)) void
pull (Two sum[2], guint32 length, const guint16 *from, const double *weight, const double *rank)
{
  Two a = sum[0], b = sum[1];

  for (; length > 0; length--, from += LANES, weight += LANES)
    {
      a += (Two) { weight[0], weight[1] } * (Two) { rank[from[0]], rank[from[1]] };
      b += (Two) { weight[2], weight[3] } * (Two) { rank[from[2]], rank[from[3]] };
    }
  sum[0] = a;
  sum[1] = b;
}

/* Adds what comes from inside the block. */
static inline __attribute__ ((always_inline)) void
add_inside (const Work *self, guint32 block, double part, double *to)
{
  const KennisSweeps *sweeps = self->sweeps;

  for (guint32 i = sweeps->inside[block]; i < sweeps->inside[block + 1]; i++)
    to[sweeps->inside_to[i]] += part * sweeps->inside_weight[i] * self->rank[sweeps->inside_from[i]];
}

static inline __attribute__ ((always_inline)) void
begin_person (Work *self, guint32 place, double begun)
{
  self->begun[place] = begun;
  self->rank[place] = begun + self->late[place];
}

/* base: what everyone gets, whoever they know. */
static KENNIS_WIDE void
sweep_forward (Work *self, double base)
{
  const KennisSweeps *sweeps = self->sweeps;
  const guint16 *from = sweeps->early.from, *length = sweeps->early.length, *order = sweeps->order;
  const double *weight = sweeps->early.weight;

  for (guint32 b = 0; b < sweeps->n_blocks; b++)
    {
      for (guint32 g = 0; g < sweeps->n_groups; g++, length++, order += LANES)
        {
          Two sum[2] = { { 0, 0 }, { 0, 0 } };

          pull (sum, *length, from, weight, self->rank);
          from += (gsize) *length * LANES;
          weight += (gsize) *length * LANES;
          sum[0] = base + self->damping * sum[0];
          sum[1] = base + self->damping * sum[1];
          begin_person (self, order[0], sum[0][0]);
          begin_person (self, order[1], sum[0][1]);
          begin_person (self, order[2], sum[1][0]);
          begin_person (self, order[3], sum[1][1]);
        }
      add_inside (self, b, self->damping, self->begun);
    }
}

/* Two places; nobody's stay 0. */
static inline __attribute__ ((always_inline)) void
end_two (Work *self, guint32 place, Two comes, Mix mix, Two *change, Two *total)
{
  Two *rank = (Two *) (gpointer) (self->rank + place), *begun = (Two *) (gpointer) (self->begun + place);
  Two *late = (Two *) (gpointer) (self->late + place), *before = (Two *) (gpointer) (self->before + place);
  Two now = *begun + comes, was = *late;

  *change += (Two) ((TwoBits) (now - *rank) & G_MAXINT64);
  *total += now;
  *rank = now;
  *late = mix.now * comes + mix.was * was + mix.before * *before;
  *before = was;
}

static KENNIS_WIDE Found
sweep_back (Work *self, Mix mix)
{
  const KennisSweeps *sweeps = self->sweeps;
  const guint16 *from = sweeps->late.from + sweeps->late.n;
  const guint16 *length = sweeps->late.length + sweeps->n_blocks * sweeps->n_groups;
  const double *weight = sweeps->late.weight + sweeps->late.n;
  guint32 place = sweeps->n_places;
  Two change[2] = { { 0, 0 }, { 0, 0 } }, total[2] = { { 0, 0 }, { 0, 0 } };
  double silent = 0;

  for (guint32 b = sweeps->n_blocks; b-- > 0;)
    {
      for (guint32 g = 0; g < sweeps->n_groups; g++)
        {
          Two sum[2] = { { 0, 0 }, { 0, 0 } };

          length--;
          place -= LANES;
          from -= (gsize) *length * LANES;
          weight -= (gsize) *length * LANES;
          pull (sum, *length, from, weight, self->rank);
          end_two (self, place, self->damping * sum[0], mix, &change[0], &total[0]);
          end_two (self, place + 2, self->damping * sum[1], mix, &change[1], &total[1]);
        }
      add_inside (self, b, mix.now * self->damping, self->late);
    }
  change[0] += change[1];
  total[0] += total[1];
  for (guint32 i = 0; i < sweeps->n_silent; i++)
    silent += self->rank[sweeps->silent[i]];
  return (Found) { change[0][0] + change[0][1], total[0][0] + total[0][1], silent };
}

static double
mixed (Mix mix, double now, double was, double before)
{
  return mix.now * now + mix.was * was + mix.before * before;
}

/* What everyone gets, of ranks of this sum, of which so much is theirs who give to nobody. */
static double
base_of (const Work *self, double sum, double silent)
{
  return ((1 - self->damping) * sum + self->damping * silent) / self->n;
}

/* A round leaves G·x − x = what early and inside ties bring of what changed on the way back, and what everyone gets more or less.  Where
 * it takes off no more than rounds by themselves may, the eigenvalues lie elsewhere than was thought, and these go on by themselves. */
static gboolean
do_rounds (Work *self, GCancellable *cancellable)
{
  Chebyshev chebyshev = chebyshev_of (self->damping);
  Found was = { 0, 1, (double) self->sweeps->n_silent / self->n }, before = { 0, 0, 0 };
  double d = self->damping, least = d * d / (1 - d + d * d), left = INFINITY;

  while (left > ENOUGH)
    {
      Mix mix = next_mix (&chebyshev);
      double base = base_of (self, was.sum, was.silent), left_before = left;
      Found found, next;

      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      sweep_forward (self, base);
      found = sweep_back (self, mix);
      left = (d * found.change + fabs (base_of (self, found.sum, found.silent) - base) * self->n) / found.sum;
      chebyshev.is_plain = chebyshev.is_plain || left > least * left_before;
      next.sum = mixed (mix, found.sum, was.sum, before.sum);
      next.silent = mixed (mix, found.silent, was.silent, before.silent);
      before = was;
      was = next;
    }
  return TRUE;
}

gboolean
kennis_network_rank_by_sweeps (KennisNetwork  *network,
                               double          damping,
                               double         *rank,
                               GCancellable   *cancellable,
                               GError        **error)
{
  KennisSweeps *sweeps;
  Work work = { .n = network->n, .damping = damping };
  double *all;
  gboolean fine;
  gsize n;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  work.sweeps = sweeps = kennis_network_get_sweeps (network);
  n = (gsize) sweeps->n_places + LANES;
  all = g_atomic_pointer_exchange (&sweeps->spare, NULL);
  if (all == NULL)
    all = g_new (double, kennis_sweeps_room (sweeps));
  memset (all, 0, kennis_sweeps_room (sweeps) * sizeof *all);
  work.rank = all;
  work.begun = all + n;
  work.late = all + 2 * n;
  work.before = all + 3 * n;
  /* As if all ranks were the same. */
  for (guint32 place = 0; place < sweeps->n_places; place++)
    work.late[place] = damping * sweeps->comes_late[place] / network->n;
  fine = do_rounds (&work, cancellable);
  for (guint32 p = 0; fine && p < network->n; p++)
    rank[p] = work.rank[sweeps->place[p]];
  /* Who ranks at the same time made room too. */
  g_free (g_atomic_pointer_exchange (&sweeps->spare, all));
  return fine || !g_cancellable_set_error_if_cancelled (cancellable, error);
}
