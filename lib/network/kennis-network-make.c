#include "config.h"

#include <string.h>

#include "base/kennis-calendar-private.h"
#include "base/kennis-work-private.h"
#include "network/kennis-network-people-private.h"
#include "network/kennis-network-private.h"
#include "network/kennis-network-sweeps-private.h"

static double
weigh (const KennisNetworkSharing *s, KennisTieWeight weight)
{
  switch (weight)
    {
    case KENNIS_TIE_WEIGHT_EVENTS:
      return 1;
    case KENNIS_TIE_WEIGHT_HOURS:
      return s->duration == KENNIS_UNKNOWN ? 0 : (double) s->duration / KENNIS_MS_PER_HOUR;
    case KENNIS_TIE_WEIGHT_SESSIONS:
    default:
      return 1.0 / s->audience;
    }
}

/* Places of people in the network: those with a sharing, and those on the roster who were there in the window; where isolates are not wanted, those
 * with a tie; in the order of their ids' bytes. */
static guint32
place_people (KennisNetworkPeople *people, KennisNetworkOptions *options, const GArray *sharings, guint32 *place)
{
  gboolean with_isolates = kennis_network_options_get_with_isolates (options);
  guint32 n = 0;

  memset (place, 0, (gsize) people->n * sizeof *place);
  for (guint i = 0; i < sharings->len; i++)
    {
      const KennisNetworkSharing *s = &g_array_index (sharings, KennisNetworkSharing, i);

      if (with_isolates || weigh (s, kennis_network_options_get_weight (options)) > 0)
        place[s->giver] = place[s->receiver] = 1;
    }
  for (guint32 p = 0; with_isolates && p < people->n; p++)
    if (people->on_roster[p] && people->canonical[p] == p
        && kennis_network_people_on_roster (people, p, people->first_day, people->end_day))
      place[p] = 1;
  people->person = g_new (guint32, (gsize) people->n + 1);
  for (guint32 p = 0; p < people->n; p++)
    {
      if (place[p] != 0)
        people->person[n] = p;
      place[p] = place[p] != 0 ? n++ : KENNIS_NETWORK_NOBODY;
    }
  return n;
}

static KennisNetwork *
build (KennisNetworkPeople *people, KennisNetworkOptions *options, const GArray *sharings, GCancellable *cancellable,
       GError **error)
{
  g_autofree guint32 *place = g_new (guint32, (gsize) people->n + 1);
  guint32 n = place_people (people, options, sharings, place);
  g_autofree guint32 *giver = g_new (guint32, (gsize) sharings->len + 1),
                     *receiver = g_new (guint32, (gsize) sharings->len + 1);
  g_autofree double *weight = g_new (double, (gsize) sharings->len + 1);
  gsize n_rows = 0;
  KennisNetwork *self;

  for (guint i = 0; i < sharings->len; i++)
    {
      const KennisNetworkSharing *s = &g_array_index (sharings, KennisNetworkSharing, i);

      weight[n_rows] = weigh (s, kennis_network_options_get_weight (options));
      if (!(weight[n_rows] > 0))
        continue;
      giver[n_rows] = place[s->giver];
      receiver[n_rows++] = place[s->receiver];
    }
  self = kennis_network_build (n, giver, receiver, weight, n_rows, cancellable, error);
  if (self == NULL)
    return NULL;
  self->n_left_out = sharings->len - n_rows;
  self->labels = g_new (const char *, (gsize) n + 1);
  for (guint32 i = 0; i < n; i++)
    self->labels[i] = kennis_intern_get (people->facts->spaces[KENNIS_SPACE_PERSON], people->person[i], NULL);
  return self;
}

static KennisNetwork *
make (KennisSummary *summary, KennisNetworkOptions *options, KennisProgressSink *sink, GCancellable *cancellable,
      GError **error)
{
  g_autoptr (KennisNetworkPeople) people = kennis_network_people_new (summary);
  g_autoptr (GArray) sharings = NULL;
  KennisNetwork *self;

  kennis_progress_sink_report (sink, 0.2);
  kennis_network_people_days (people, options, &people->first_day, &people->end_day);
  sharings = kennis_network_people_sharings (people, options, cancellable, error);
  if (sharings == NULL)
    return NULL;
  kennis_progress_sink_report (sink, 0.6);
  self = build (people, options, sharings, cancellable, error);
  if (self == NULL)
    return NULL;
  /* The labels are the summary's, which the people keep alive. */
  self->people = g_steal_pointer (&people);
  if (kennis_network_is_small (self))
    kennis_network_get_sweeps (self);
  kennis_progress_sink_report (sink, 1);
  return self;
}

/* The caller may change theirs meanwhile. */
static KennisNetworkOptions *
copy_options (KennisNetworkOptions *options)
{
  KennisNetworkOptions *copy = kennis_network_options_new ();
  gint64 from, to;

  if (options == NULL)
    return copy;
  kennis_network_options_get_window (options, &from, &to);
  kennis_network_options_set_window (copy, from, to);
  kennis_network_options_set_topic (copy, kennis_network_options_get_topic (options));
  kennis_network_options_set_weight (copy, kennis_network_options_get_weight (options));
  kennis_network_options_set_with_isolates (copy, kennis_network_options_get_with_isolates (options));
  for (guint kind = 0; kind <= KENNIS_SHARING_KIND_CONTACT; kind++)
    if (kennis_network_options_has_kind (options, kind))
      kennis_network_options_add_kind (copy, kind);
  return copy;
}

/**
 * kennis_network_make:
 * @summary: a summary
 * @options: (nullable): which sharings, and what they weigh; %NULL for new options
 * @progress: (nullable) (scope call) (closure progress_data): told how far the work is
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Makes the network of a summary's sharings.
 *
 * A sharing makes a tie where both sides are known, are two people, and were there on that day: on the roster, employed and
 * included, or seen in events only.  REQUIRED sharings never count.  Aliases are resolved.  People stand in the order of
 * their ids' bytes, with their ids as labels.
 *
 * Where weights are hours, sharings without a known duration are left out and counted ([method@Network.get_n_left_out]); the
 * people are there all the same, unless people without a tie are left out.
 *
 * Errors: %KENNIS_ERROR_UNKNOWN_REFERENCE for a topic that the summary does not know; %G_IO_ERROR_CANCELLED.
 *
 * Time: O(sharings · log sharings + people).  Memory: 64 bytes a sharing while it is made.
 *
 * Returns: (transfer full): a new network
 *
 * Since: 1.0
 */
KennisNetwork *
kennis_network_make (KennisSummary         *summary,
                     KennisNetworkOptions  *options,
                     KennisProgress         progress,
                     gpointer               progress_data,
                     GCancellable          *cancellable,
                     GError               **error)
{
  g_autoptr (KennisNetworkOptions) copy = NULL;
  KennisProgressSink sink;
  KennisNetwork *self;

  g_return_val_if_fail (kennis_summary_is_made (summary), NULL);
  g_return_val_if_fail (options == NULL || KENNIS_IS_NETWORK_OPTIONS (options), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  copy = copy_options (options);
  kennis_progress_sink_init (&sink, progress, progress_data);
  self = make (summary, copy, &sink, cancellable, error);
  kennis_progress_sink_clear (&sink);

  return self;
}

typedef struct
{
  KennisSummary *summary;
  KennisNetworkOptions *options;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_object_unref (order->summary);
  g_object_unref (order->options);
  g_free (order);
}

static gpointer
run_order (gpointer source, gpointer data, KennisProgressSink *sink, GCancellable *cancellable, GError **error)
{
  Order *order = data;

  return make (order->summary, order->options, sink, cancellable, error);
}

/**
 * kennis_network_make_async:
 * @summary: a summary
 * @options: (nullable): which sharings, and what they weigh; %NULL for new options
 * @progress: (nullable) (scope notified) (closure progress_data) (destroy progress_destroy): told how far the work is,
 *   in the thread-default main context of the caller
 * @progress_data: for @progress
 * @progress_destroy: frees @progress_data
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when it is done
 * @user_data: for @callback
 *
 * Makes the network of a summary's sharings, in another thread.
 *
 * Since: 1.0
 */
void
kennis_network_make_async (KennisSummary         *summary,
                           KennisNetworkOptions  *options,
                           KennisProgress         progress,
                           gpointer               progress_data,
                           GDestroyNotify         progress_destroy,
                           GCancellable          *cancellable,
                           GAsyncReadyCallback    callback,
                           gpointer               user_data)
{
  KennisWork work = { kennis_network_make_async, run_order, g_object_unref, NULL, order_free };
  Order *order;

  g_return_if_fail (kennis_summary_is_made (summary));
  g_return_if_fail (options == NULL || KENNIS_IS_NETWORK_OPTIONS (options));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  order = g_new0 (Order, 1);
  order->summary = g_object_ref (summary);
  order->options = copy_options (options);
  work.data = order;
  kennis_work_start (&work, NULL, progress, progress_data, progress_destroy, cancellable, callback, user_data);
}

/**
 * kennis_network_make_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends [func@Network.make_async].
 *
 * Returns: (transfer full): a new network
 *
 * Since: 1.0
 */
KennisNetwork *
kennis_network_make_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (kennis_work_is (result, NULL, kennis_network_make_async), NULL);

  return kennis_work_finish (result, error);
}
