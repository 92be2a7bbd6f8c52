#include "config.h"

#include <math.h>

#include "base/kennis-i18n-private.h"
#include "network/kennis-network-partition-private.h"

/* People between two looks at the cancellable. */
#define PACE 4096

const guint32 *
kennis_network_check_groups (KennisNetwork *self, GBytes *groups, GError **error)
{
  if (g_bytes_get_size (groups) == (gsize) self->n * sizeof (guint32))
    return self->n > 0 ? g_bytes_get_data (groups, NULL) : (const guint32 *) self->offset;
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
               _("Groups of %zu bytes for %u people; accepted is one of 4 bytes a person"), g_bytes_get_size (groups),
               self->n);
  return NULL;
}

guint32 *
kennis_network_number_groups (KennisNetwork *self, const guint32 *groups, guint32 *n)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);
  guint32 *number = g_new (guint32, (gsize) self->n + 1);

  *n = 0;
  for (guint32 p = 0; p < self->n; p++)
    {
      guint32 found = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, GUINT_TO_POINTER (groups[p])));

      number[p] = KENNIS_NETWORK_NOBODY;
      if (groups[p] == KENNIS_NETWORK_NOBODY)
        continue;
      if (found == 0)
        {
          found = ++*n;
          g_hash_table_insert (numbers, GUINT_TO_POINTER (groups[p]), GUINT_TO_POINTER (found));
        }
      number[p] = found - 1;
    }
  return number;
}

/**
 * kennis_network_external_internal:
 * @self: a network
 * @groups: guint32 a person: the group, or 4294967295 where it is not known
 * @group: a group, or −1 for all
 * @external: (out) (optional): ties between groups that touch @group
 * @internal: (out) (optional): ties inside of @group
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Compares ties between groups with ties inside: (external − internal) / (external + internal).
 *
 * Ties are distinct ordered pairs; a pair of which a group is not known does not count.  −1: all inside; 1: all between.  Read it beside
 * [method@Network.expected_external_internal].
 *
 * Errors: %KENNIS_ERROR_INVALID where @groups is not one a person; %G_IO_ERROR_CANCELLED.
 *
 * Time: O(people + ties).  Source: Krackhardt & Stern 1988; the directed form is ours.
 *
 * Returns: −1 … 1; NaN where no tie counts, or with an error
 *
 * Since: 1.0
 */
double
kennis_network_external_internal (KennisNetwork  *self,
                                  GBytes         *groups,
                                  gint64          group,
                                  guint64        *external,
                                  guint64        *internal,
                                  GCancellable   *cancellable,
                                  GError        **error)
{
  const guint32 *of;
  guint64 between = 0, inside = 0;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self) && groups != NULL, NAN);
  g_return_val_if_fail (error == NULL || *error == NULL, NAN);

  of = kennis_network_check_groups (self, groups, error);
  if (of == NULL)
    return NAN;
  for (guint32 p = 0; p < self->n; p++)
    {
      if (p % PACE == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NAN;
      for (guint32 i = self->offset[p]; of[p] != KENNIS_NETWORK_NOBODY && i < self->offset[p + 1]; i++)
        {
          guint32 other = of[self->to[i]];

          if (other == KENNIS_NETWORK_NOBODY || (group >= 0 && of[p] != group && other != group))
            continue;
          if (of[p] == other)
            inside++;
          else
            between++;
        }
    }
  if (external != NULL)
    *external = between;
  if (internal != NULL)
    *internal = inside;
  return between + inside > 0 ? ((double) between - (double) inside) / (double) (between + inside) : NAN;
}

/* Whatever number a group has: how many there are, and the sum of n(n − 1) over groups; of one group too where it is asked. */
typedef struct
{
  double n, inside;
  double of_group;
} Sizes;

static gboolean
count_sizes (KennisNetwork *self, GBytes *groups, gint64 group, Sizes *sizes, GError **error)
{
  const guint32 *of = kennis_network_check_groups (self, groups, error);
  g_autofree guint32 *number = NULL, *size = NULL;
  guint32 n_groups;

  if (of == NULL)
    return FALSE;
  number = kennis_network_number_groups (self, of, &n_groups);
  size = g_new0 (guint32, (gsize) n_groups + 1);
  for (guint32 p = 0; p < self->n; p++)
    {
      if (number[p] == KENNIS_NETWORK_NOBODY)
        continue;
      sizes->n++;
      sizes->inside += 2.0 * size[number[p]]++;
      sizes->of_group += of[p] == group;
    }
  return TRUE;
}

/**
 * kennis_network_expected_external_internal:
 * @self: a network
 * @groups: guint32 a person: the group, or 4294967295 where it is not known
 * @group: a group, or −1 for all
 * @error: return location for an error
 *
 * Gets what [method@Network.external_internal] would be if groups did not matter: if each possible tie were as likely.
 *
 * (E* − I*) / (E* + I*) over ordered pairs of people with a known group.  Of a group of g among N people E* = 2g(N − g) and I* = g(g − 1); of all
 * I* = Σg(g − 1) and E* = N(N − 1) − I*.  There are far more pairs between groups than inside, so that it is near 1 where groups are small: a
 * figure above 0 but below this one is of closed groups.
 *
 * Errors: %KENNIS_ERROR_INVALID where @groups is not one a person.
 *
 * Time: O(people).  Source: Krackhardt & Stern 1988; the directed form is ours.
 *
 * Returns: −1 … 1; NaN where there is no pair, or with an error
 *
 * Since: 1.0
 */
double
kennis_network_expected_external_internal (KennisNetwork  *self,
                                           GBytes         *groups,
                                           gint64          group,
                                           GError        **error)
{
  Sizes sizes = { 0 };
  double between, inside;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self) && groups != NULL, NAN);
  g_return_val_if_fail (error == NULL || *error == NULL, NAN);

  if (!count_sizes (self, groups, group, &sizes, error))
    return NAN;
  if (group >= 0)
    {
      between = 2 * sizes.of_group * (sizes.n - sizes.of_group);
      inside = sizes.of_group * (sizes.of_group - 1);
    }
  else
    {
      inside = sizes.inside;
      between = sizes.n * (sizes.n - 1) - inside;
    }
  return between + inside > 0 ? (between - inside) / (between + inside) : NAN;
}

/* Of the ties between people whose groups are known: weight in all, inside of groups, and given and received by each group. */
typedef struct
{
  guint32 n;
  double  all, inside;
  double *given, *received;
} Mixing;

static void
mixing_clear (Mixing *self)
{
  g_free (self->given);
  g_free (self->received);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mixing, mixing_clear)

static gboolean
mix (Mixing *self, KennisNetwork *network, GBytes *groups, gboolean weighted, GCancellable *cancellable, GError **error)
{
  const guint32 *given_groups = kennis_network_check_groups (network, groups, error);
  g_autofree guint32 *of = NULL;

  if (given_groups == NULL)
    return FALSE;
  of = kennis_network_number_groups (network, given_groups, &self->n);
  self->given = g_new0 (double, (gsize) self->n + 1);
  self->received = g_new0 (double, (gsize) self->n + 1);
  for (guint32 p = 0; p < network->n; p++)
    {
      if (p % PACE == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (guint32 i = network->offset[p]; of[p] != KENNIS_NETWORK_NOBODY && i < network->offset[p + 1]; i++)
        {
          guint32 other = of[network->to[i]];
          double weight = weighted && network->weight != NULL ? network->weight[i] : 1;

          if (other == KENNIS_NETWORK_NOBODY)
            continue;
          self->all += weight;
          self->inside += of[p] == other ? weight : 0;
          self->given[of[p]] += weight;
          self->received[other] += weight;
        }
    }
  return TRUE;
}

/* Σ of given × received, as a share of all². */
static double
by_chance (const Mixing *self)
{
  double sum = 0;

  for (guint32 g = 0; g < self->n; g++)
    sum += self->given[g] / self->all * (self->received[g] / self->all);
  return sum;
}

/**
 * kennis_network_modularity:
 * @self: a network
 * @groups: guint32 a person: the group, or 4294967295 where it is not known
 * @resolution: how much is taken off for chance; 1 is usual
 * @weighted: whether ties count by their weight
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Gets the modularity of a partition: the share of ties inside of groups less @resolution times what chance would give.
 *
 * Q = Σ_g [inside_g / all − resolution · (given_g / all) · (received_g / all)].  Ties with someone of no known group do not count.
 *
 * Errors: %KENNIS_ERROR_INVALID where @groups is not one a person; %G_IO_ERROR_CANCELLED.
 *
 * Time: O(people + ties).  Source: Newman & Girvan 2004; directed: Leicht & Newman 2008.
 *
 * Returns: at most 1; NaN without ties, or with an error
 *
 * Since: 1.0
 */
double
kennis_network_modularity (KennisNetwork  *self,
                           GBytes         *groups,
                           double          resolution,
                           gboolean        weighted,
                           GCancellable   *cancellable,
                           GError        **error)
{
  g_auto (Mixing) mixing = { 0 };

  g_return_val_if_fail (KENNIS_IS_NETWORK (self) && groups != NULL, NAN);
  g_return_val_if_fail (error == NULL || *error == NULL, NAN);

  if (!mix (&mixing, self, groups, weighted, cancellable, error) || mixing.all == 0)
    return NAN;
  return mixing.inside / mixing.all - resolution * by_chance (&mixing);
}

/**
 * kennis_network_assortativity:
 * @self: a network
 * @groups: guint32 a person: the group, or 4294967295 where it is not known
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Gets the assortativity by group: the share of ties inside of groups beyond chance, as a part of what it could be beyond chance.
 *
 * (Σ e_gg − Σ a_g b_g) / (1 − Σ a_g b_g), with e the shares of ties between groups, a of those given, b of those received.
 * Weights do not count, nor ties with someone of no known group.
 *
 * Errors: %KENNIS_ERROR_INVALID where @groups is not one a person; %G_IO_ERROR_CANCELLED.
 *
 * Time: O(people + ties).  Source: Newman 2003.
 *
 * Returns: at most 1; NaN without ties, where all are of one group, or with an error
 *
 * Since: 1.0
 */
double
kennis_network_assortativity (KennisNetwork  *self,
                              GBytes         *groups,
                              GCancellable   *cancellable,
                              GError        **error)
{
  g_auto (Mixing) mixing = { 0 };
  double chance;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self) && groups != NULL, NAN);
  g_return_val_if_fail (error == NULL || *error == NULL, NAN);

  if (!mix (&mixing, self, groups, FALSE, cancellable, error) || mixing.all == 0)
    return NAN;
  chance = by_chance (&mixing);
  return chance < 1 ? (mixing.inside / mixing.all - chance) / (1 - chance) : NAN;
}

/**
 * kennis_network_get_degree_assortativity:
 * @self: a network
 *
 * Gets the correlation, over ties, of to how many the giver gives with from how many the receiver receives.
 *
 * Time: O(people + ties).  Source: Newman 2003; Foster et al. 2010.
 *
 * Returns: −1 … 1; NaN where either is the same for all ties
 *
 * Since: 1.0
 */
double
kennis_network_get_degree_assortativity (KennisNetwork *self)
{
  double x = 0, y = 0, xx = 0, yy = 0, xy = 0, m;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NAN);

  m = self->m;
  for (guint32 p = 0; p < self->n; p++)
    {
      x += (double) kennis_network_out_degree (self, p) * kennis_network_out_degree (self, p);
      y += (double) kennis_network_in_degree (self, p) * kennis_network_in_degree (self, p);
    }
  /* Divided once: of whole numbers, so that where all are alike the mean is that number and they differ by nothing. */
  x /= m;
  y /= m;
  for (guint32 p = 0; p < self->n; p++)
    {
      double a = kennis_network_out_degree (self, p) - x, b = kennis_network_in_degree (self, p) - y;

      xx += a * a * kennis_network_out_degree (self, p);
      yy += b * b * kennis_network_in_degree (self, p);
      for (guint32 i = self->offset[p]; i < self->offset[p + 1]; i++)
        xy += a * (kennis_network_in_degree (self, self->to[i]) - y);
    }
  return xx > 0 && yy > 0 ? xy / sqrt (xx * yy) : NAN;
}
