#include "config.h"

#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "network/kennis-temporal-private.h"

/**
 * KennisTemporalNetwork:
 *
 * Who told whom, and when: events giver → receiver in the order of time.
 *
 * A network without times says that knowledge *can* go from a to b over p.  It can not where p told b before p heard from a.  A
 * temporal network only follows paths of which the times go forward (*time-respecting paths*).
 *
 * Events in which someone tells themselves are left out.  The same event twice is there twice, and changes no reach.  A person
 * without events is there and reaches nobody.
 *
 * Numbers about single people are for those who may see them: see docs/privacy.md.
 *
 * A temporal network never changes and may be used from any thread.
 *
 * Memory: 16 bytes an event.
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (KennisTemporalNetwork, kennis_temporal_network, G_TYPE_OBJECT)

#define MAX_PEOPLE (KENNIS_STEP_ROW / 2)
#define MAX_EVENTS (G_MAXUINT32 / 8)
/* Events between two looks at the cancellable. */
#define LOOK_EVERY 65536

static void
kennis_temporal_network_finalize (GObject *object)
{
  KennisTemporalNetwork *self = KENNIS_TEMPORAL_NETWORK (object);

  g_clear_pointer (&self->givers, g_bytes_unref);
  g_clear_pointer (&self->receivers, g_bytes_unref);
  g_clear_pointer (&self->times, g_bytes_unref);
  g_clear_pointer (&self->names, kennis_temporal_names_unref);

  G_OBJECT_CLASS (kennis_temporal_network_parent_class)->finalize (object);
}

static void
kennis_temporal_network_class_init (KennisTemporalNetworkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_temporal_network_finalize;
}

static void
kennis_temporal_network_init (KennisTemporalNetwork *self)
{
  self->givers = g_bytes_new (NULL, 0);
  self->receivers = g_bytes_new (NULL, 0);
  self->times = g_bytes_new (NULL, 0);
}

void
kennis_temporal_network_events (KennisTemporalNetwork *self,
                                KennisEvents          *events)
{
  gsize size;

  events->from = g_bytes_get_data (self->givers, NULL);
  events->to = g_bytes_get_data (self->receivers, NULL);
  events->time = g_bytes_get_data (self->times, &size);
  events->n = size / sizeof (gint64);
  events->n_people = self->n_people;
}

/* Takes the rows. */
static KennisTemporalNetwork *
make (guint32          n_people,
      KennisEventRow  *rows,
      gsize            n,
      gint64           least,
      GCancellable    *cancellable,
      GError         **error)
{
  g_autofree KennisEventRow *owned = rows;
  g_autofree guint32 *givers = NULL, *receivers = NULL;
  g_autofree gint64 *times = NULL;
  KennisTemporalNetwork *self;

  if (!kennis_event_rows_sort (rows, n, cancellable))
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }
  givers = g_new (guint32, n + 1);
  receivers = g_new (guint32, n + 1);
  times = g_new (gint64, n + 1);
  for (gsize i = 0; i < n; i++)
    {
      if (i % LOOK_EVERY == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      givers[i] = rows[i].giver;
      receivers[i] = rows[i].receiver;
      times[i] = (gint64) (rows[i].time + (guint64) least);
    }
  self = g_object_new (KENNIS_TYPE_TEMPORAL_NETWORK, NULL);
  self->n_people = n_people;
  g_bytes_unref (self->givers);
  g_bytes_unref (self->receivers);
  g_bytes_unref (self->times);
  self->givers = g_bytes_new_take (g_steal_pointer (&givers), n * sizeof (guint32));
  self->receivers = g_bytes_new_take (g_steal_pointer (&receivers), n * sizeof (guint32));
  self->times = g_bytes_new_take (g_steal_pointer (&times), n * sizeof (gint64));
  return self;
}

static gboolean
check_columns (guint32   n_people,
               GBytes   *givers,
               GBytes   *receivers,
               GBytes   *times,
               GError  **error)
{
  gsize n = g_bytes_get_size (times) / sizeof (gint64);

  if (g_bytes_get_size (times) % sizeof (gint64) != 0 || g_bytes_get_size (givers) != n * sizeof (guint32)
      || g_bytes_get_size (receivers) != n * sizeof (guint32))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("The columns differ in length: %zu bytes of givers and %zu of receivers (4 an event), %zu of "
                     "times (8 an event)"),
                   g_bytes_get_size (givers), g_bytes_get_size (receivers), g_bytes_get_size (times));
      return FALSE;
    }
  if (n_people > MAX_PEOPLE || n > MAX_EVENTS)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE,
                   _("%u people and %zu events; a temporal network takes at most %u people and %u events"), n_people,
                   n, MAX_PEOPLE, MAX_EVENTS);
      return FALSE;
    }
  return TRUE;
}

/* Rows without loops; NULL and an error where a row is not right. */
static KennisEventRow *
make_rows (guint32   n_people,
           GBytes   *givers,
           GBytes   *receivers,
           GBytes   *times,
           gint64   *least,
           gsize    *n_rows,
           GCancellable *cancellable,
           GError  **error)
{
  gsize n, k = 0;
  const gint64 *time = g_bytes_get_data (times, &n);
  const guint32 *giver = g_bytes_get_data (givers, NULL), *receiver = g_bytes_get_data (receivers, NULL);
  g_autofree KennisEventRow *rows = g_new (KennisEventRow, n / sizeof (gint64) + 1);

  n /= sizeof (gint64);
  *least = G_MAXINT64;
  for (gsize i = 0; i < n; i++)
    {
      if (i % LOOK_EVERY == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (giver[i] >= n_people || receiver[i] >= n_people)
        {
          g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("Row %zu: person %u; there are people 0 to %lld"),
                       i, giver[i] >= n_people ? giver[i] : receiver[i], (long long) n_people - 1);
          return NULL;
        }
      if (time[i] == KENNIS_UNKNOWN)
        {
          g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                       _("Row %zu: the time is unknown; every event needs one"), i);
          return NULL;
        }
      *least = MIN (*least, time[i]);
    }
  for (gsize i = 0; i < n; i++)
    {
      if (i % LOOK_EVERY == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (giver[i] != receiver[i])
        rows[k++] = (KennisEventRow) { (guint64) time[i] - (guint64) *least, giver[i], receiver[i] };
    }
  *n_rows = k;
  return g_steal_pointer (&rows);
}

/**
 * kennis_temporal_network_new_from_columns:
 * @n_people: number of people
 * @givers: who gave, one guint32 below @n_people an event, in native byte order
 * @receivers: who received, alike
 * @times: when, one gint64 an event: Unix ms, or any other unit that only you know
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Makes a temporal network from columns, in any order.
 *
 * Errors: %KENNIS_ERROR_INVALID names the row that has no such person or no time, or columns of different length;
 * %KENNIS_ERROR_TOO_LARGE, over 2²⁹ people or events; %G_IO_ERROR_CANCELLED.
 *
 * Time: O(events).  Memory: 16 bytes an event, three times that while it works.
 *
 * Returns: (transfer full): a new temporal network
 *
 * Since: 1.0
 */
KennisTemporalNetwork *
kennis_temporal_network_new_from_columns (guint32        n_people,
                                          GBytes        *givers,
                                          GBytes        *receivers,
                                          GBytes        *times,
                                          GCancellable  *cancellable,
                                          GError       **error)
{
  KennisEventRow *rows;
  gint64 least;
  gsize n;

  g_return_val_if_fail (givers != NULL && receivers != NULL && times != NULL, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_columns (n_people, givers, receivers, times, error))
    return NULL;
  rows = make_rows (n_people, givers, receivers, times, &least, &n, cancellable, error);
  return rows != NULL ? make (n_people, rows, n, least, cancellable, error) : NULL;
}

/* The first event at or after the time. */
static gsize
find_time (const KennisEvents *events,
           gint64              time)
{
  gsize low = 0, high = events->n;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (events->time[middle] < time)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * kennis_temporal_network_cut:
 * @self: a temporal network
 * @from: first time that is in the window; %KENNIS_UNKNOWN for no bound
 * @until: first time that is after the window; %KENNIS_UNKNOWN for no bound
 *
 * Gives the network of a window of time, with the same people.
 *
 * Nothing is copied.  A window that ends before it begins has no events.
 *
 * Time: O(log events).
 *
 * Returns: (transfer full): a new temporal network
 *
 * Since: 1.0
 */
KennisTemporalNetwork *
kennis_temporal_network_cut (KennisTemporalNetwork *self,
                             gint64                 from,
                             gint64                 until)
{
  KennisTemporalNetwork *part;
  KennisEvents events;
  gsize first, n;

  g_return_val_if_fail (KENNIS_IS_TEMPORAL_NETWORK (self), NULL);

  kennis_temporal_network_events (self, &events);
  first = from == KENNIS_UNKNOWN ? 0 : find_time (&events, from);
  n = until == KENNIS_UNKNOWN ? events.n : find_time (&events, until);
  n = n > first ? n - first : 0;
  part = g_object_new (KENNIS_TYPE_TEMPORAL_NETWORK, NULL);
  part->n_people = self->n_people;
  part->names = kennis_temporal_names_ref (self->names);
  g_bytes_unref (part->givers);
  g_bytes_unref (part->receivers);
  g_bytes_unref (part->times);
  part->givers = g_bytes_new_from_bytes (self->givers, first * sizeof (guint32), n * sizeof (guint32));
  part->receivers = g_bytes_new_from_bytes (self->receivers, first * sizeof (guint32), n * sizeof (guint32));
  part->times = g_bytes_new_from_bytes (self->times, first * sizeof (gint64), n * sizeof (gint64));
  return part;
}

/**
 * kennis_temporal_network_get_n_people:
 * @self: a temporal network
 *
 * Gets how many people are in it.
 *
 * Returns: the number of people
 *
 * Since: 1.0
 */
guint32
kennis_temporal_network_get_n_people (KennisTemporalNetwork *self)
{
  g_return_val_if_fail (KENNIS_IS_TEMPORAL_NETWORK (self), 0);

  return self->n_people;
}

/**
 * kennis_temporal_network_get_n_events:
 * @self: a temporal network
 *
 * Gets how many events are in it, loops left out.
 *
 * Returns: the number of events
 *
 * Since: 1.0
 */
guint64
kennis_temporal_network_get_n_events (KennisTemporalNetwork *self)
{
  g_return_val_if_fail (KENNIS_IS_TEMPORAL_NETWORK (self), 0);

  return g_bytes_get_size (self->times) / sizeof (gint64);
}

/**
 * kennis_temporal_network_get_givers:
 * @self: a temporal network
 *
 * Gets who gave, event by event, in order of time, giver and receiver.
 *
 * Returns: (transfer none): one guint32 an event, in native byte order
 *
 * Since: 1.0
 */
GBytes *
kennis_temporal_network_get_givers (KennisTemporalNetwork *self)
{
  g_return_val_if_fail (KENNIS_IS_TEMPORAL_NETWORK (self), NULL);

  return self->givers;
}

/**
 * kennis_temporal_network_get_receivers:
 * @self: a temporal network
 *
 * Gets who received, in the order of [method@TemporalNetwork.get_givers].
 *
 * Returns: (transfer none): one guint32 an event, in native byte order
 *
 * Since: 1.0
 */
GBytes *
kennis_temporal_network_get_receivers (KennisTemporalNetwork *self)
{
  g_return_val_if_fail (KENNIS_IS_TEMPORAL_NETWORK (self), NULL);

  return self->receivers;
}

/**
 * kennis_temporal_network_get_times:
 * @self: a temporal network
 *
 * Gets when, in the order of [method@TemporalNetwork.get_givers].
 *
 * Returns: (transfer none): one gint64 an event, in native byte order
 *
 * Since: 1.0
 */
GBytes *
kennis_temporal_network_get_times (KennisTemporalNetwork *self)
{
  g_return_val_if_fail (KENNIS_IS_TEMPORAL_NETWORK (self), NULL);

  return self->times;
}
