#include "config.h"

#include <math.h>

#include "network/kennis-network-private.h"

/* People in the order of their degree, which falls as others are taken out (Batagelj & Zaveršnik 2003). */
typedef struct
{
  const KennisNetwork *network;
  KennisSide side;
  guint32 *degree;     /* in the end: coreness */
  guint32 *order;      /* people by degree */
  guint32 *place;      /* of a person in order */
  guint32 *first;      /* of a degree in order */
} Cores;

static void
cores_clear (Cores *self)
{
  g_free (self->order);
  g_free (self->place);
  g_free (self->first);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cores, cores_clear)

static void
sort_by_degree (Cores *self)
{
  const KennisNetwork *network = self->network;
  guint32 n = network->n, most = 0, at = 0;

  for (guint32 p = 0; p < n; p++)
    {
      self->degree[p] = (self->side != KENNIS_SIDE_RECEIVING ? kennis_network_out_degree (network, p) : 0)
                        + (self->side != KENNIS_SIDE_GIVING ? kennis_network_in_degree (network, p) : 0);
      most = MAX (most, self->degree[p]);
    }
  self->first = g_new0 (guint32, (gsize) most + 2);
  for (guint32 p = 0; p < n; p++)
    self->first[self->degree[p]]++;
  for (guint32 d = 0; d <= most; d++)
    {
      guint32 count = self->first[d];

      self->first[d] = at;
      at += count;
    }
  for (guint32 p = 0; p < n; p++)
    {
      self->place[p] = self->first[self->degree[p]]++;
      self->order[self->place[p]] = p;
    }
  for (guint32 d = most + 1; d > 0; d--)
    self->first[d] = self->first[d - 1];
  self->first[0] = 0;
}

/* One less for who has more than the one that was taken out. */
static void
lower (Cores *self, guint32 least, const guint32 *to, guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    {
      guint32 p = to[i], degree = self->degree[p], place, other;

      if (degree <= least)
        continue;
      place = self->first[degree]++;
      other = self->order[place];
      self->order[self->place[p]] = other;
      self->place[other] = self->place[p];
      self->order[place] = p;
      self->place[p] = place;
      self->degree[p] = degree - 1;
    }
}

/**
 * kennis_network_coreness:
 * @self: a network
 * @side: which ties to count: %KENNIS_SIDE_GIVING, those that a person gives
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Gives each person's coreness: the largest k so that the person is in a group of which each member has k ties or more inside.
 *
 * Element type: guint32, one a person.  With %KENNIS_SIDE_BOTH a pair that is tied both ways counts twice; for
 * k-cores of contacts take [method@Network.to_undirected] and %KENNIS_SIDE_GIVING.
 *
 * Time: O(people + ties).  Memory: 12 bytes a person.  Source: Seidman 1983; Batagelj & Zaveršnik 2003.
 *
 * Returns: (transfer full): a column; %NULL when cancelled
 *
 * Since: 1.0
 */
GBytes *
kennis_network_coreness (KennisNetwork  *self,
                         KennisSide      side,
                         GCancellable   *cancellable,
                         GError        **error)
{
  g_auto (Cores) cores = { 0 };
  g_autofree guint32 *degree = NULL;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  degree = g_new (guint32, (gsize) self->n + 1);
  cores = (Cores) { .network = self, .side = side, .degree = degree };
  cores.order = g_new (guint32, (gsize) self->n + 1);
  cores.place = g_new (guint32, (gsize) self->n + 1);
  sort_by_degree (&cores);
  for (guint32 i = 0; i < self->n; i++)
    {
      guint32 p = cores.order[i];

      if (i % 4096 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      /* Who is taken out counts no more for those whose ties they are. */
      if (side != KENNIS_SIDE_GIVING)
        lower (&cores, degree[p], self->to + self->offset[p], kennis_network_out_degree (self, p));
      if (side != KENNIS_SIDE_RECEIVING)
        lower (&cores, degree[p], self->from + self->in_offset[p], kennis_network_in_degree (self, p));
    }
  return g_bytes_new_take (g_steal_pointer (&degree), (gsize) self->n * sizeof (guint32));
}

/**
 * kennis_network_get_core_share:
 * @self: a network
 * @side: which ties to count
 * @k: the least coreness; 0 for the innermost core
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Gets the share of people in the k-core: who have coreness @k or more ([method@Network.coreness]).
 *
 * Time: O(people + ties).
 *
 * Returns: a share, 0 … 1; NaN for nobody, or when cancelled
 *
 * Since: 1.0
 */
double
kennis_network_get_core_share (KennisNetwork  *self,
                               KennisSide      side,
                               guint           k,
                               GCancellable   *cancellable,
                               GError        **error)
{
  g_autoptr (GBytes) bytes = NULL;
  const guint32 *coreness;
  guint32 most = 0, n = 0;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NAN);

  bytes = kennis_network_coreness (self, side, cancellable, error);
  if (bytes == NULL)
    return NAN;
  coreness = g_bytes_get_data (bytes, NULL);
  for (guint32 p = 0; p < self->n; p++)
    most = MAX (most, coreness[p]);
  for (guint32 p = 0; p < self->n; p++)
    n += coreness[p] >= (k > 0 ? k : most);
  return self->n > 0 ? (double) n / self->n : NAN;
}
