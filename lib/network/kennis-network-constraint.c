#include "config.h"

#include <math.h>

#include "network/kennis-network-private.h"

#define CHUNKS 256
/* Contacts in common that are looked at together. */
#define SOME   1024

typedef struct
{
  double  *through;   /* by person: what goes through a contact of the one looked at */
  guint8  *is_near;   /* by person: a contact of that one */
  guint32 *own;       /* which of its contacts that one works out */
  guint64 *common;    /* contacts of one of these and of that one: where it stands, and where they do */
} Memory;

/* Contacts stand where there is room for all of a person's ties. */
typedef struct
{
  const KennisNetwork *network;
  gboolean      has_rows;
  guint32      *degree;   /* contacts, by person */
  double       *part;     /* 1 / Σ weights, by person */
  guint32      *to;
  double       *weight;
  double       *both;     /* of those that the person works out, of both of them; 0 for the others, who do */
  Memory       *memory;   /* by thread */
  GCancellable *cancellable;
} Work;

static void
find_row (const Work *self, guint32 p)
{
  guint32 first = kennis_contacts_room (self->network, p);
  guint32 n = kennis_contacts_merge (self->network, p, FALSE, self->to + first, self->weight + first);
  double sum = 0;

  for (guint32 t = first; t < first + n; t++)
    sum += self->weight[t];
  self->degree[p] = n;
  self->part[p] = sum > 0 ? 1 / sum : 0;
}

/* Those of i that i works out itself: who have fewer contacts. */
static guint32
find_own (const Work *self, Memory *memory, guint32 i)
{
  guint32 first = kennis_contacts_room (self->network, i), end = first + self->degree[i], n = 0;
  guint64 rank = (guint64) self->degree[i] << 32 | i;

  for (guint32 t = first; t < end; t++)
    {
      guint32 j = self->to[t];

      memory->is_near[j] = 1;
      memory->through[j] = self->weight[t] * self->part[j];
      self->both[t] = 0;
      /* No branch, which would be guessed wrong as often as not. */
      memory->own[n] = t;
      n += ((guint64) self->degree[j] << 32 | j) < rank;
    }
  return n;
}

static void
add_common (const Work *self, const Memory *memory, guint32 n)
{
  for (guint32 k = 0; k < n; k++)
    {
      guint32 t = (guint32) memory->common[k];

      self->both[memory->common[k] >> 32] += memory->through[self->to[t]] * self->weight[t];
    }
}

/* The constraint of i is Σⱼ (pᵢⱼ + Σ_q pᵢ_q p_qⱼ)² over i's contacts j, where p is the share of someone's ties, both ways, that goes to
 * another.  With weights a and their sums A it is Σⱼ ((aᵢⱼ + Σ_q aᵢ_q a_qⱼ / A_q) / Aᵢ)², in which all but Aᵢ is the same for i and j: who has
 * more contacts works it out for both, by the contacts of the other.  Few of these are in common: they are put together first, without
 * a branch, and only their weights are looked up. */
static void
find_both (const Work *self, Memory *memory, guint32 i)
{
  guint32 n_own = find_own (self, memory, i), n = 0, first = kennis_contacts_room (self->network, i);
  const guint8 *is_near = memory->is_near;
  guint64 *common = memory->common;
  const guint32 *to = self->to;

  for (guint32 k = 0; k < n_own; k++)
    {
      guint32 own = memory->own[k], j = to[own], t = kennis_contacts_room (self->network, j);

      self->both[own] = self->weight[own];
      for (guint32 end = t + self->degree[j]; t < end; t++)
        {
          common[n] = (guint64) own << 32 | t;
          n += is_near[to[t]];
        }
      if (n < SOME)
        continue;
      add_common (self, memory, n);
      n = 0;
    }
  add_common (self, memory, n);
  for (guint32 t = first; t < first + self->degree[i]; t++)
    memory->is_near[to[t]] = 0;
}

static void
make_memory (Memory *memory, gsize n)
{
  memory->through = g_new (double, n + 1);
  memory->is_near = g_new0 (guint8, n + 1);
  memory->own = g_new (guint32, n + 1);
  memory->common = g_new (guint64, n + SOME);
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
  const double *part = self->part, *both = self->both;

  for (guint32 p = 0; p < self->network->n; p++)
    constraint[p] = self->degree[p] > 0 ? 0 : (double) NAN;
  for (guint32 p = 0; p < self->network->n; p++)
    {
      guint32 first = kennis_contacts_room (self->network, p), end = first + self->degree[p];
      double sum = 0;

      if (p % KENNIS_NETWORK_PACE == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      for (guint32 t = first; t < end; t++)
        {
          sum += square (part[p] * both[t]);
          constraint[self->to[t]] += square (part[self->to[t]] * both[t]);
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
 * Time: O(Σ over pairs of contacts of the fewer contacts of the two).  Memory: 40 bytes a tie, 20 a person, and 21 a person for each thread.
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
  room = kennis_contacts_room (self, self->n);
  constraint = g_new (double, n_people + 1);
  /* In one piece, which the C library keeps for the next time; else the system has to give it anew, page by page. */
  rows =
      g_malloc (room * (2 * sizeof (double) + sizeof (guint32)) + n_people * (sizeof (double) + sizeof (guint32)) + 1);
  work.weight = rows;
  work.both = work.weight + room;
  work.part = work.both + room;
  work.to = (guint32 *) (work.part + n_people);
  work.degree = work.to + room;
  fine = kennis_parallel_rounds (n, CHUNKS, do_chunk, go_on, &work, cancellable, error);
  for (guint t = 0; t < n; t++)
    {
      g_free (memory[t].through);
      g_free (memory[t].is_near);
      g_free (memory[t].own);
      g_free (memory[t].common);
    }
  return fine && sum_up (&work, constraint, error)
             ? g_bytes_new_take (g_steal_pointer (&constraint), n_people * sizeof (double))
             : NULL;
}
