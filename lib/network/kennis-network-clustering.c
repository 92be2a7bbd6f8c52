#include "config.h"

#include <math.h>
#include <string.h>

#include "network/kennis-network-private.h"

/* Triangles among contacts.  People are renumbered by the number of their ties, and a tie goes up: then even the best connected
 * have few ties upwards, and every triangle is found once, from its lowest corner. */

#define CHUNKS 256

typedef struct
{
  guint32  n;
  guint32 *person;     /* by rank */
  guint32 *degree;     /* number of contacts, by person */
  guint32 *offset;     /* of ties upwards, by rank */
  guint32 *up;
} Upwards;

static void
upwards_clear (Upwards *self)
{
  g_free (self->person);
  g_free (self->degree);
  g_free (self->offset);
  g_free (self->up);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Upwards, upwards_clear)

static guint32
count_ties (const KennisNetwork *network, guint32 p)
{
  return kennis_network_out_degree (network, p) + kennis_network_in_degree (network, p);
}

static guint32 *
rank_by_ties (Upwards *self, const KennisNetwork *network)
{
  guint32 n = self->n, most = 0;
  guint32 *rank = g_new (guint32, (gsize) n + 1);
  g_autofree guint32 *first = NULL;

  for (guint32 p = 0; p < n; p++)
    most = MAX (most, count_ties (network, p));
  first = g_new0 (guint32, (gsize) most + 2);
  for (guint32 p = 0; p < n; p++)
    first[count_ties (network, p) + 1]++;
  for (guint32 d = 0; d <= most; d++)
    first[d + 1] += first[d];
  self->person = g_new (guint32, (gsize) n + 1);
  for (guint32 p = 0; p < n; p++)
    {
      rank[p] = first[count_ties (network, p)]++;
      self->person[rank[p]] = p;
    }
  return rank;
}

/* The contacts of p with a higher rank, from both sorted rows; returns how many contacts there are. */
static guint32
add_upwards (const KennisNetwork *network, const guint32 *rank, guint32 p, guint32 *up, guint32 *n_up)
{
  const guint32 *i = network->to + network->offset[p], *i_end = network->to + network->offset[p + 1];
  const guint32 *j = network->from + network->in_offset[p], *j_end = network->from + network->in_offset[p + 1];
  guint32 degree = 0, at = *n_up;

  while (i < i_end || j < j_end)
    {
      guint32 a = i < i_end ? *i : KENNIS_NETWORK_NOBODY, b = j < j_end ? *j : KENNIS_NETWORK_NOBODY;
      guint32 other = MIN (a, b);

      i += a <= b;
      j += b <= a;
      degree++;
      up[at] = rank[other];
      at += rank[other] > rank[p];
    }
  *n_up = at;
  return degree;
}

static gboolean
point_upwards (Upwards *self, const KennisNetwork *network, GCancellable *cancellable, GError **error)
{
  g_autofree guint32 *rank = rank_by_ties (self, network);
  guint32 at = 0;

  self->offset = g_new (guint32, (gsize) self->n + 1);
  self->degree = g_new (guint32, (gsize) self->n + 1);
  self->up = g_new (guint32, (gsize) network->m + 2);
  for (guint32 r = 0; r < self->n; r++)
    {
      if (r % 4096 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      self->offset[r] = at;
      self->degree[self->person[r]] = add_upwards (network, rank, self->person[r], self->up, &at);
    }
  self->offset[self->n] = at;
  return TRUE;
}

typedef struct
{
  const Upwards *ties;
  GCancellable  *cancellable;
  guint32      **mark;     /* by thread: r + 1 of who is above r */
  guint64      **found;    /* by thread: triangles by rank */
} Counting;

static void
count_chunk (gsize chunk, guint thread, gpointer data)
{
  Counting *self = data;
  const Upwards *t = self->ties;
  guint32 *mark;
  guint64 *found;

  if (self->mark[thread] == NULL)
    {
      self->mark[thread] = g_new0 (guint32, (gsize) t->n + 1);
      self->found[thread] = g_new0 (guint64, (gsize) t->n + 1);
    }
  mark = self->mark[thread];
  found = self->found[thread];
  /* Every CHUNKS-th person, so that all chunks have some of the well connected, who stand last. */
  for (guint32 r = (guint32) chunk, n = 0; r < t->n; r += CHUNKS, n++)
    {
      guint64 of_r = 0;

      if (n % 64 == 0 && g_cancellable_is_cancelled (self->cancellable))
        return;
      for (guint32 i = t->offset[r]; i < t->offset[r + 1]; i++)
        mark[t->up[i]] = r + 1;
      for (guint32 i = t->offset[r]; i < t->offset[r + 1]; i++)
        {
          guint32 s = t->up[i];
          guint64 of_s = 0;

          for (guint32 j = t->offset[s]; j < t->offset[s + 1]; j++)
            if (mark[t->up[j]] == r + 1)
              {
                found[t->up[j]]++;
                of_s++;
              }
          found[s] += of_s;
          of_r += of_s;
        }
      found[r] += of_r;
    }
}

/* By person; NULL and an error when cancelled.  degree (out): of contacts. */
static guint64 *
count_triangles (KennisNetwork *self, guint n_threads, guint32 **degree, GCancellable *cancellable, GError **error)
{
  g_auto (Upwards) ties = { .n = self->n };
  guint n = kennis_parallel_n_threads (n_threads);
  g_autofree guint32 **mark = g_new0 (guint32 *, n);
  g_autofree guint64 **found = g_new0 (guint64 *, n);
  Counting counting = { &ties, cancellable, mark, found };
  guint64 *triangles;
  gboolean fine;

  if (!point_upwards (&ties, self, cancellable, error))
    return NULL;
  fine = kennis_parallel_for (n, CHUNKS, count_chunk, &counting, NULL, cancellable, error);
  triangles = g_new0 (guint64, (gsize) self->n + 1);
  for (guint t = 0; t < n; t++)
    {
      for (guint32 r = 0; found[t] != NULL && r < self->n; r++)
        triangles[ties.person[r]] += found[t][r];
      g_free (mark[t]);
      g_free (found[t]);
    }
  *degree = g_steal_pointer (&ties.degree);
  if (!fine)
    g_clear_pointer (&triangles, g_free);
  return triangles;
}

/**
 * kennis_network_triangles:
 * @self: a network
 * @n_threads: threads to use; 0 for one per processor
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Counts, for each person, the pairs of contacts who are each other's contacts.  Directions do not count.
 *
 * Element type: guint64, one a person.
 *
 * Time: O(people + ties^1.5).  Memory: 4 bytes a tie, 32 a person, and 12 a person for each thread.  Source: Latapy 2008.
 *
 * Returns: (transfer full): a column; %NULL when cancelled
 *
 * Since: 1.0
 */
GBytes *
kennis_network_triangles (KennisNetwork  *self,
                          guint           n_threads,
                          GCancellable   *cancellable,
                          GError        **error)
{
  g_autofree guint32 *degree = NULL;
  guint64 *triangles;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  triangles = count_triangles (self, n_threads, &degree, cancellable, error);
  return triangles != NULL ? g_bytes_new_take (triangles, (gsize) self->n * sizeof (guint64)) : NULL;
}

static double
pairs_of (guint32 degree)
{
  return degree * (degree - 1.0) / 2;
}

/**
 * kennis_network_clustering:
 * @self: a network
 * @n_threads: threads to use; 0 for one per processor
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Gives each person's clustering: the share of the pairs of contacts who are each other's contacts.
 *
 * Element type: double, one a person: 0 … 1; NaN under two contacts.  Directions do not count.
 *
 * Time and memory: as [method@Network.triangles].  Source: Watts & Strogatz 1998.
 *
 * Returns: (transfer full): a column; %NULL when cancelled
 *
 * Since: 1.0
 */
GBytes *
kennis_network_clustering (KennisNetwork  *self,
                           guint           n_threads,
                           GCancellable   *cancellable,
                           GError        **error)
{
  g_autofree guint32 *degree = NULL;
  g_autofree guint64 *triangles = NULL;
  double *share;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  triangles = count_triangles (self, n_threads, &degree, cancellable, error);
  if (triangles == NULL)
    return NULL;
  share = g_new (double, (gsize) self->n + 1);
  for (guint32 p = 0; p < self->n; p++)
    share[p] = degree[p] > 1 ? triangles[p] / pairs_of (degree[p]) : NAN;
  return g_bytes_new_take (share, (gsize) self->n * sizeof (double));
}

/**
 * kennis_network_transitivity:
 * @self: a network
 * @n_threads: threads to use; 0 for one per processor
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Gets the transitivity: 3 · triangles / pairs of contacts of one person.  Directions do not count.
 *
 * Time and memory: as [method@Network.triangles].  Source: Newman, Watts & Strogatz 2002.
 *
 * Returns: a share, 0 … 1; NaN where nobody has two contacts, or when cancelled
 *
 * Since: 1.0
 */
double
kennis_network_transitivity (KennisNetwork  *self,
                             guint           n_threads,
                             GCancellable   *cancellable,
                             GError        **error)
{
  g_autofree guint32 *degree = NULL;
  g_autofree guint64 *triangles = NULL;
  double closed = 0, pairs = 0;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NAN);
  g_return_val_if_fail (error == NULL || *error == NULL, NAN);

  triangles = count_triangles (self, n_threads, &degree, cancellable, error);
  if (triangles == NULL)
    return NAN;
  for (guint32 p = 0; p < self->n; p++)
    {
      closed += triangles[p];
      pairs += degree[p] > 1 ? pairs_of (degree[p]) : 0;
    }
  return pairs > 0 ? closed / pairs : NAN;
}
