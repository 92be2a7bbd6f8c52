#include "config.h"

#include <math.h>

#include "network/kennis-network-private.h"

/* How many people ahead. */
#define AHEAD 8

/* Who has k ties or fewer among those that are left is taken out, and who comes down to k by that; then the same with k + 1.  Everybody is
 * looked at once for every k up to the coreness, which is at most the degree: all in all as often as there are ties. */
typedef struct
{
  guint32 *degree;     /* among those that are left; in the end: coreness */
  guint32 *left;       /* people not taken out when this k began */
  guint32  n_left;
  guint32 *out;        /* taken out at this k; whom they are tied to is done in this order */
  guint32  n_out;
  guint32  k;
} Cores;

static void
cores_clear (Cores *self)
{
  g_free (self->left);
  g_free (self->out);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cores, cores_clear)

static void
begin (Cores *self, const KennisNetwork *network, KennisSide side)
{
  gsize n = (gsize) network->n + 1;

  self->degree = g_new (guint32, n);
  self->left = g_new (guint32, n);
  self->out = g_new (guint32, n);
  self->n_left = network->n;
  for (guint32 p = 0; p < network->n; p++)
    {
      self->left[p] = p;
      self->degree[p] = (side != KENNIS_SIDE_RECEIVING ? kennis_network_out_degree (network, p) : 0)
                        + (side != KENNIS_SIDE_GIVING ? kennis_network_in_degree (network, p) : 0);
    }
}

/* No branch, as it would be guessed wrong. */
static void
sift (Cores *self)
{
  guint32 *left = self->left, *out = self->out, n_left = 0, n_out = 0, k = self->k;

  for (guint32 i = 0; i < self->n_left; i++)
    {
      guint32 p = left[i], degree = self->degree[p];

      /* Under k: taken out before. */
      out[n_out] = p;
      n_out += degree == k;
      left[n_left] = p;
      n_left += degree > k;
    }
  self->n_left = n_left;
  self->n_out = n_out;
}

/* One tie less for who has more than k. */
static void
lower (Cores *self, const guint32 *to, guint32 n)
{
  guint32 *degrees = self->degree, *out = self->out, n_out = self->n_out, k = self->k;

  for (guint32 i = 0; i < n; i++)
    {
      guint32 p = to[i], degree = degrees[p];

      degrees[p] = degree - (degree > k);
      out[n_out] = p;
      n_out += degree == k + 1;
    }
  self->n_out = n_out;
}

/* Rows lie anywhere, and are short: they are asked for before they are needed. */
static void
ask_for (const guint32 *offset, const guint32 *to, guint32 p, guint32 later)
{
  __builtin_prefetch (to + offset[p]);
  __builtin_prefetch (to + offset[p + 1]);
  __builtin_prefetch (offset + later);
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
 * Time: O(people + ties).  Memory: 12 bytes a person.  Source: Seidman 1983.
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

  begin (&cores, self, side);
  degree = cores.degree;
  for (; cores.n_left > 0; cores.k++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      sift (&cores);
      for (guint32 i = 0; i < cores.n_out; i++)
        {
          guint32 p = cores.out[i];

          if (i % 4096 == 4095 && g_cancellable_set_error_if_cancelled (cancellable, error))
            return NULL;
          if (i + 2 * AHEAD < cores.n_out)
            {
              ask_for (self->offset, self->to, cores.out[i + AHEAD], cores.out[i + 2 * AHEAD]);
              ask_for (self->in_offset, self->from, cores.out[i + AHEAD], cores.out[i + 2 * AHEAD]);
            }
          /* Who is taken out counts no more for those whose ties they are. */
          if (side != KENNIS_SIDE_GIVING)
            lower (&cores, self->to + self->offset[p], kennis_network_out_degree (self, p));
          if (side != KENNIS_SIDE_RECEIVING)
            lower (&cores, self->from + self->in_offset[p], kennis_network_in_degree (self, p));
        }
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
 * Returns: a share, 0 … 1; NaN for nobody, for the innermost core where there are no ties, or when cancelled
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
  return self->n > 0 && (k > 0 || most > 0) ? (double) n / self->n : NAN;
}
