#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-statistics-private.h"
#include "network/kennis-network-people-private.h"
#include "network/kennis-network-private.h"
#include "network/kennis-network-sweeps-private.h"

/**
 * KennisNetwork:
 *
 * Who shares knowledge with whom: people, and directed ties from giver to receiver with a weight.
 *
 * A network is made from a summary ([func@Network.make]) or from columns ([ctor@Network.new_from_columns]).  People are numbers
 * from 0.  A tie stands once for each ordered pair: equal rows are one tie with the sum of their weights.  Nobody has a tie
 * to oneself: such rows are counted ([method@Network.get_n_loops]) and left out.
 *
 * A network never changes and may be used from any thread.  It holds data about persons: the privacy gate stands in
 * [class@Measurements] and not here, so give a network, and what is said of single persons, only to those who may see the records.
 * There is no call that sorts or ranks persons.
 *
 * Columns are #GBytes in the machine's byte order, one item a person or a tie, as each call says; they go as they are into
 * numpy.frombuffer() or a sparse matrix.  What is not defined is NaN, never 0.
 *
 * Memory: 8 bytes a person and 8 a tie, and where not all weights are 1, 16 a tie more.  One of under 300 000 people and ties keeps some more
 * for [method@Network.pagerank].
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (KennisNetwork, kennis_network, G_TYPE_OBJECT)

static void
kennis_network_finalize (GObject *object)
{
  KennisNetwork *self = KENNIS_NETWORK (object);

  g_free (self->offset);
  g_free (self->to);
  g_free (self->weight);
  if (!self->is_undirected)
    {
      g_free (self->in_offset);
      g_free (self->from);
      g_free (self->in_weight);
    }
  g_free (self->labels);
  g_clear_pointer (&self->texts, g_string_chunk_free);
  g_clear_pointer (&self->people, kennis_network_people_free);
  g_clear_pointer (&self->sweeps, kennis_sweeps_free);

  G_OBJECT_CLASS (kennis_network_parent_class)->finalize (object);
}

static void
kennis_network_class_init (KennisNetworkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_network_finalize;
}

/* Nobody: what bindings get that make one without anything. */
static void
kennis_network_init (KennisNetwork *self)
{
  self->offset = g_new0 (guint32, 2);
  self->in_offset = g_new0 (guint32, 2);
}

static void
take_labels (KennisNetwork       *self,
             const char * const  *labels)
{
  self->texts = g_string_chunk_new (4096);
  self->labels = g_new (const char *, (gsize) self->n + 1);
  for (guint32 p = 0; p < self->n; p++)
    self->labels[p] = g_string_chunk_insert (self->texts, labels[p]);
}

static gboolean
check_columns (guint                n_people,
               GBytes              *givers,
               GBytes              *receivers,
               GBytes              *weights,
               const char * const  *labels,
               GError             **error)
{
  gsize n = g_bytes_get_size (givers);

  if (n % sizeof (guint32) != 0 || g_bytes_get_size (receivers) != n)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("Givers of %zu bytes and receivers of %zu; accepted are as many of each, of 4 bytes"), n,
                   g_bytes_get_size (receivers));
      return FALSE;
    }
  if (weights != NULL && g_bytes_get_size (weights) / sizeof (double) != n / sizeof (guint32))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("Weights of %zu bytes for %zu rows; accepted is one of 8 bytes a row"),
                   g_bytes_get_size (weights), n / sizeof (guint32));
      return FALSE;
    }
  for (guint i = 0; labels != NULL && i < n_people; i++)
    if (labels[i] == NULL || !g_utf8_validate (labels[i], -1, NULL))
      {
        g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                     _("Person %u of %u has no label in UTF-8; accepted is one a person"), i, n_people);
        return FALSE;
      }
  return TRUE;
}

/**
 * kennis_network_new_from_columns:
 * @n_people: the number of people
 * @givers: guint32 a row: who gives, 0 … @n_people − 1
 * @receivers: guint32 a row: who receives
 * @weights: (nullable): double a row, 1e−100 to 1e100; %NULL: 1 a row
 * @labels: (nullable) (array zero-terminated=1): one text a person, in UTF-8; %NULL for none
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Makes a network from columns.
 *
 * Weights of equal rows are added in the order of the rows.  Columns are copied.
 *
 * Errors: %KENNIS_ERROR_INVALID names the row that is not accepted; %KENNIS_ERROR_TOO_LARGE over 2 147 483 646 people or
 * rows; %G_IO_ERROR_CANCELLED.
 *
 * Time: O(people + rows), by counting sort.  Memory: beside the columns at most 32 bytes a row (16 without weights) and 16 a person.
 *
 * Returns: (transfer full): a new network
 *
 * Since: 1.0
 */
KennisNetwork *
kennis_network_new_from_columns (guint                n_people,
                                 GBytes              *givers,
                                 GBytes              *receivers,
                                 GBytes              *weights,
                                 const char * const  *labels,
                                 GCancellable        *cancellable,
                                 GError             **error)
{
  KennisNetwork *self;

  g_return_val_if_fail (givers != NULL && receivers != NULL, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_columns (n_people, givers, receivers, weights, labels, error))
    return NULL;
  self = kennis_network_build (n_people, g_bytes_get_data (givers, NULL), g_bytes_get_data (receivers, NULL),
                               weights != NULL ? g_bytes_get_data (weights, NULL) : NULL,
                               g_bytes_get_size (givers) / sizeof (guint32), cancellable, error);
  if (self == NULL)
    return NULL;
  if (labels != NULL)
    take_labels (self, labels);
  if (kennis_network_is_small (self))
    kennis_network_get_sweeps (self);
  return self;
}

/**
 * kennis_network_to_undirected:
 * @self: a network
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Makes the network without directions: a tie both ways between all who have one in any way, with the sum of the weights.
 *
 * What is said of directed ties is then said of contacts: degrees, cores, paths, closeness, betweenness and modularity
 * have the values of the undirected network.  [method@Network.get_n_ties] counts each contact twice.
 *
 * Errors: %KENNIS_ERROR_TOO_LARGE over 2 147 483 646 ties; %G_IO_ERROR_CANCELLED.
 *
 * Time: O(people + ties).  Memory: of a network.
 *
 * Returns: (transfer full): a new network
 *
 * Since: 1.0
 */
KennisNetwork *
kennis_network_to_undirected (KennisNetwork  *self,
                              GCancellable   *cancellable,
                              GError        **error)
{
  g_autoptr (KennisNetwork) other = NULL;
  g_auto (KennisContacts) contacts = { 0 };

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (self->is_undirected)
    return g_object_ref (self);
  if (!kennis_contacts_make (&contacts, self, KENNIS_CONTACTS_WEIGHTS, 1, cancellable, error))
    return NULL;
  if (contacts.offset[self->n] > KENNIS_NETWORK_MAX)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE, _("A network of %u ties; accepted are at most %u"),
                   contacts.offset[self->n], KENNIS_NETWORK_MAX);
      return NULL;
    }
  other = g_object_new (KENNIS_TYPE_NETWORK, NULL);
  other->n = self->n;
  other->m = contacts.offset[self->n];
  other->n_rows = self->n_rows;
  other->n_loops = self->n_loops;
  other->n_left_out = self->n_left_out;
  g_free (other->offset);
  g_free (other->in_offset);
  other->offset = other->in_offset = g_steal_pointer (&contacts.offset);
  other->to = other->from = g_steal_pointer (&contacts.to);
  other->weight = other->in_weight = g_steal_pointer (&contacts.weight);
  other->is_undirected = TRUE;
  if (self->labels != NULL)
    take_labels (other, self->labels);
  if (self->people != NULL)
    other->people = kennis_network_people_copy (self->people, self->n);
  return g_steal_pointer (&other);
}

/**
 * kennis_network_get_n_people:
 * @self: a network
 *
 * Gets the number of people, with and without ties.
 *
 * Returns: the number of people
 *
 * Since: 1.0
 */
guint
kennis_network_get_n_people (KennisNetwork *self)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK (self), 0);

  return self->n;
}

/**
 * kennis_network_get_n_ties:
 * @self: a network
 *
 * Gets the number of ties: distinct ordered pairs of two people.
 *
 * Returns: the number of ties
 *
 * Since: 1.0
 */
guint
kennis_network_get_n_ties (KennisNetwork *self)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK (self), 0);

  return self->m;
}

/**
 * kennis_network_get_n_rows:
 * @self: a network
 *
 * Gets the number of rows, or of sharings, that it was made of, with loops.
 *
 * Returns: the number of rows
 *
 * Since: 1.0
 */
guint64
kennis_network_get_n_rows (KennisNetwork *self)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK (self), 0);

  return self->n_rows;
}

/**
 * kennis_network_get_n_loops:
 * @self: a network
 *
 * Gets the number of rows from a person to the same, which are no ties.
 *
 * Returns: the number of loops
 *
 * Since: 1.0
 */
guint64
kennis_network_get_n_loops (KennisNetwork *self)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK (self), 0);

  return self->n_loops;
}

/**
 * kennis_network_get_n_left_out:
 * @self: a network
 *
 * Gets the number of sharings without a known duration, or of none, which make no tie where weights are hours.
 *
 * Returns: the number of sharings
 *
 * Since: 1.0
 */
guint64
kennis_network_get_n_left_out (KennisNetwork *self)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK (self), 0);

  return self->n_left_out;
}

/**
 * kennis_network_get_is_undirected:
 * @self: a network
 *
 * Tells whether it was made by [method@Network.to_undirected].
 *
 * Returns: whether it is undirected
 *
 * Since: 1.0
 */
gboolean
kennis_network_get_is_undirected (KennisNetwork *self)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK (self), FALSE);

  return self->is_undirected;
}

/**
 * kennis_network_get_is_weighted:
 * @self: a network
 *
 * Tells whether any weight is other than 1.
 *
 * Returns: whether any weight is other than 1
 *
 * Since: 1.0
 */
gboolean
kennis_network_get_is_weighted (KennisNetwork *self)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK (self), FALSE);

  return self->weight != NULL;
}

/**
 * kennis_network_get_total_weight:
 * @self: a network
 *
 * Gets the sum of all weights.
 *
 * Time: O(ties).
 *
 * Returns: the sum of all weights
 *
 * Since: 1.0
 */
double
kennis_network_get_total_weight (KennisNetwork *self)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NAN);

  return self->weight != NULL ? kennis_sum_of (self->weight, self->m) : self->m;
}

/**
 * kennis_network_has_labels:
 * @self: a network
 *
 * Tells whether people have labels.
 *
 * Returns: whether people have labels
 *
 * Since: 1.0
 */
gboolean
kennis_network_has_labels (KennisNetwork *self)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK (self), FALSE);

  return self->labels != NULL;
}

/**
 * kennis_network_get_label:
 * @self: a network
 * @person: a person
 *
 * Gets a person's label; of a network that was made from a summary the id.
 *
 * Returns: (nullable): the label; %NULL where there are none
 *
 * Since: 1.0
 */
const char *
kennis_network_get_label (KennisNetwork *self,
                          guint          person)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (person < self->n, NULL);

  return self->labels != NULL ? self->labels[person] : NULL;
}

/**
 * kennis_network_find_person:
 * @self: a network
 * @label: a label
 *
 * Finds the first person with a label.
 *
 * Time: O(people).
 *
 * Returns: the person; −1: none
 *
 * Since: 1.0
 */
gint64
kennis_network_find_person (KennisNetwork *self,
                            const char    *label)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK (self), -1);
  g_return_val_if_fail (label != NULL, -1);

  for (guint32 p = 0; self->labels != NULL && p < self->n; p++)
    if (strcmp (self->labels[p], label) == 0)
      return p;
  return -1;
}
