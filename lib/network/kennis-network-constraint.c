#include "config.h"

#include <math.h>

#include "network/kennis-network-private.h"

#define CHUNKS 256
/* Rows are filled up to so many with nobody, whose weight is 0: fewer lengths, and so fewer loops whose end is guessed wrong. */
#define LANES  4

typedef double Two __attribute__ ((vector_size (2 * sizeof (double))));

/* A contact that someone works out: where it stands, and where its own contacts do. */
typedef struct
{
  gsize   at, first;
  guint32 n;
} Own;

typedef struct
{
  double *through;         /* by person: 0 where not a contact of the one looked at */
  Own    *own;
} Memory;

/* Of a person; together, as they are looked at together. */
typedef struct
{
  double  part;            /* 1 / Σ weights */
  gsize   first;           /* contact */
  guint32 degree;
} Person;

typedef struct
{
  const KennisNetwork *network;
  gboolean      has_rows;
  Person       *person;
  guint32      *to;
  double       *weight;
  double       *both;     /* of those that the person works out, of both of them; 0 for the others, who do */
  Memory       *memory;   /* by thread */
  GCancellable *cancellable;
} Work;

/* There is room for all of a person's ties. */
static inline gsize
room_before (const KennisNetwork *network, guint32 p)
{
  return ((gsize) network->offset[p] + network->in_offset[p]) / LANES * LANES + (gsize) p * LANES;
}

static void
find_row (const Work *self, guint32 p)
{
  gsize first = room_before (self->network, p);
  guint32 *to = self->to + first;
  double *weight = self->weight + first, sum = 0;
  guint32 n = kennis_contacts_merge (self->network, p, FALSE, to, weight);

  for (guint32 i = 0; i < n; i++)
    sum += weight[i];
  self->person[p] = (Person) { sum > 0 ? 1 / sum : 0, first, n };
  for (; n % LANES != 0; n++)
    {
      to[n] = self->network->n;
      weight[n] = 0;
    }
}

/* Those of i that i works out itself: who have fewer contacts. */
static guint32
find_own (const Work *self, Memory *memory, guint32 i)
{
  Person of_i = self->person[i];
  guint64 rank = (guint64) of_i.degree << 32 | i;
  double *through = memory->through;
  Own *own = memory->own;

  for (gsize t = of_i.first; t < of_i.first + of_i.degree; t++)
    {
      guint32 j = self->to[t];
      Person of_j = self->person[j];

      through[j] = self->weight[t] * of_j.part;
      self->both[t] = 0;
      /* No branch, which would be guessed wrong as often as not. */
      *own = (Own) { t, of_j.first, of_j.degree };
      own += ((guint64) of_j.degree << 32 | j) < rank;
    }
  return (guint32) (own - memory->own);
}

static inline double
sum_through (const guint32 *to, const double *weight, guint32 n, const double *through)
{
  const guint32 *end = to + n;
  Two a = { 0, 0 }, b = { 0, 0 };

  for (; to < end; to += LANES, weight += LANES)
    {
      a += (Two) { weight[0], weight[1] } * (Two) { through[to[0]], through[to[1]] };
      b += (Two) { weight[2], weight[3] } * (Two) { through[to[2]], through[to[3]] };
    }
  a += b;
  return a[0] + a[1];
}

/* The constraint of i is Σⱼ (pᵢⱼ + Σ_q pᵢ_q p_qⱼ)² over i's contacts j, where p is the share of someone's ties, both ways, that goes to
 * another.  With weights a and their sums A it is Σⱼ ((aᵢⱼ + Σ_q aᵢ_q a_qⱼ / A_q) / Aᵢ)², in which all but Aᵢ is the same for i and j: who has
 * more contacts works it out for both, by the contacts of the other. */
static void
find_both (const Work *self, Memory *memory, guint32 i)
{
  guint32 n_own = find_own (self, memory, i);
  Person of_i = self->person[i];

  for (guint32 k = 0; k < n_own; k++)
    {
      Own own = memory->own[k];

      self->both[own.at] =
          self->weight[own.at] + sum_through (self->to + own.first, self->weight + own.first, own.n, memory->through);
    }
  for (gsize t = of_i.first; t < of_i.first + of_i.degree; t++)
    memory->through[self->to[t]] = 0;
}

static void
make_memory (Memory *memory, gsize n)
{
  memory->through = g_new0 (double, n + 1);
  memory->own = g_new (Own, n + 1);
}

static void
do_chunk (gsize chunk, guint thread, gpointer data)
{
  Work *self = data;
  Memory *memory = &self->memory[thread];
  guint32 n = self->network->n, end = (guint32) ((guint64) n * (chunk + 1) / CHUNKS);

  if (self->has_rows && memory->through == NULL)
    make_memory (memory, n);
  /* People side by side, as teams are, have contacts together, whose rows are near then. */
  for (guint32 p = (guint32) ((guint64) n * chunk / CHUNKS); p < end; p++)
    {
      if (g_cancellable_is_cancelled (self->cancellable))
        return;
      if (self->has_rows)
        find_both (self, memory, p);
      else
        find_row (self, p);
    }
}

/* First the rows, then what needs those of others. */
static gboolean
go_on (gpointer data)
{
  Work *self = data;
  gboolean had_rows = self->has_rows;

  self->has_rows = TRUE;
  return !had_rows;
}

static inline double
square (double x)
{
  return x * x;
}

static gboolean
sum_up (const Work *self, double *constraint, GError **error)
{
  const double *both = self->both;

  for (guint32 p = 0; p < self->network->n; p++)
    constraint[p] = self->person[p].degree > 0 ? 0 : (double) NAN;
  for (guint32 p = 0; p < self->network->n; p++)
    {
      Person person = self->person[p];
      double sum = 0;

      if (p % KENNIS_NETWORK_PACE == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      for (gsize t = person.first; t < person.first + person.degree; t++)
        {
          sum += square (person.part * both[t]);
          constraint[self->to[t]] += square (self->person[self->to[t]].part * both[t]);
        }
      constraint[p] += sum;
    }
  return TRUE;
}

/**
 * kennis_network_constraint:
 * @self: a network
 * @n_threads: threads to use; 0 for one per processor
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Gives each person's constraint: how far the person's contacts are each other's contacts, so that little new can come through them.
 *
 * With a the weights of both ways together and pᵢⱼ = aᵢⱼ / Σₖ aᵢₖ, the constraint of i is Σⱼ (pᵢⱼ + Σ_q pᵢ_q p_qⱼ)² over i's contacts j, q
 * neither i nor j.  Element type: double, one a person: above 0, about 1 or less, at most 9/8; NaN without contacts.
 *
 * Time: O(Σ over pairs of contacts of the fewer contacts of the two).  Memory: 40 bytes a tie, 112 a person, and 32 a person for each thread.
 * Source: Burt 1992; as igraph defines it (sum over direct contacts).
 *
 * Returns: (transfer full): a column; %NULL when cancelled
 *
 * Since: 1.0
 */
GBytes *
kennis_network_constraint (KennisNetwork  *self,
                           guint           n_threads,
                           GCancellable   *cancellable,
                           GError        **error)
{
  guint n = kennis_parallel_n_threads (n_threads);
  g_autofree Memory *memory = g_new0 (Memory, n);
  g_autofree double *constraint = NULL, *rows = NULL;
  Work work = { .network = self, .memory = memory, .cancellable = cancellable };
  gsize room, n_people;
  gboolean fine;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  n_people = self->n;
  room = room_before (self, self->n) + LANES;
  constraint = g_new (double, n_people + 1);
  /* In one piece, which the C library keeps for the next time; else the system has to give it anew, page by page. */
  rows = g_malloc (room * (2 * sizeof (double) + sizeof (guint32)) + n_people * sizeof (Person) + 1);
  work.weight = rows;
  work.both = work.weight + room;
  work.person = (Person *) (work.both + room);
  work.to = (guint32 *) (work.person + n_people);
  fine = kennis_parallel_rounds (n, CHUNKS, do_chunk, go_on, &work, cancellable, error);
  for (guint t = 0; t < n; t++)
    {
      g_free (memory[t].through);
      g_free (memory[t].own);
    }
  return fine && sum_up (&work, constraint, error)
             ? g_bytes_new_take (g_steal_pointer (&constraint), n_people * sizeof (double))
             : NULL;
}
