#include "config.h"

#include "network/kennis-temporal-private.h"

/* When each person first heard from one source. */

typedef struct
{
  const KennisEvents *events;
  guint32  source;
  guint64  max_wait;
  gboolean has_bound;
  gint64  *first;          /* KENNIS_UNKNOWN: not yet */
  gint64  *last;           /* heard last, from any who could then tell */
  KennisPace pace;
} Search;

static gboolean
can_tell (const Search *self,
          guint32       person,
          gint64        now)
{
  if (person == self->source)
    return TRUE;
  if (self->last[person] == KENNIS_UNKNOWN)
    return FALSE;
  return !self->has_bound || (guint64) now - (guint64) self->last[person] <= self->max_wait;
}

/* Strict: all who can tell are known before anyone hears. */
static void
tell_strict (Search *self,
             gsize   first,
             gsize   end,
             GArray *told)
{
  gint64 now = self->events->time[first];

  g_array_set_size (told, 0);
  for (gsize i = first; i < end && !kennis_pace_is_over (&self->pace); i++)
    if (can_tell (self, self->events->from[i], now))
      g_array_append_val (told, self->events->to[i]);
  for (guint i = 0; i < told->len && !kennis_pace_is_over (&self->pace); i++)
    {
      guint32 person = g_array_index (told, guint32, i);

      self->last[person] = now;
      if (self->first[person] == KENNIS_UNKNOWN)
        self->first[person] = now;
    }
}

/* The first event of this time in which the person gives; events of one time are in the order of givers. */
static gsize
find_giver (const KennisEvents *events,
            gsize               first,
            gsize               end,
            guint32             person)
{
  while (first < end)
    {
      gsize middle = first + (end - first) / 2;

      if (events->from[middle] < person)
        first = middle + 1;
      else
        end = middle;
    }
  return first;
}

/* Who hears tells at once: from one to the next until nobody new hears. */
static void
tell_chains (Search *self,
             gsize   first,
             gsize   end,
             GArray *told)
{
  const KennisEvents *events = self->events;
  gint64 now = events->time[first];

  g_array_set_size (told, 0);
  for (gsize i = first; i < end && !kennis_pace_is_over (&self->pace); i++)
    if ((i == first || events->from[i] != events->from[i - 1]) && can_tell (self, events->from[i], now))
      g_array_append_val (told, events->from[i]);
  for (guint k = 0; k < told->len && !kennis_pace_is_over (&self->pace); k++)
    {
      guint32 person = g_array_index (told, guint32, k);

      for (gsize i = find_giver (events, first, end, person); i < end && events->from[i] == person; i++)
        {
          guint32 other = events->to[i];
          gboolean could = can_tell (self, other, now);

          if (kennis_pace_is_over (&self->pace))
            return;
          self->last[other] = now;
          if (self->first[other] == KENNIS_UNKNOWN)
            self->first[other] = now;
          if (!could)
            g_array_append_val (told, other);
        }
    }
}

/**
 * kennis_temporal_network_arrivals:
 * @self: a temporal network
 * @person: a person
 * @direction: which way to look
 * @order: how times follow one another
 * @max_wait: longest time in ms between hearing something and passing it on; negative for any
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Finds when a person's knowledge could first have reached each other person; or backward, until when each other person could have told
 * something that still reached this one.
 *
 * Paths are those of [method@TemporalNetwork.reach], which counts who has a time here.
 *
 * Errors: %G_IO_ERROR_CANCELLED.
 *
 * Time: O(events).  Memory: 16 bytes a person; backward also 32 an event.
 *
 * Returns: (transfer full): one gint64 a person, in native byte order: a time, or %KENNIS_UNKNOWN for who is not reached and for
 *   @person
 *
 * Since: 1.0
 */
GBytes *
kennis_temporal_network_arrivals (KennisTemporalNetwork *self,
                                  guint32                person,
                                  KennisTimeDirection    direction,
                                  KennisTimeOrder        order,
                                  gint64                 max_wait,
                                  GCancellable          *cancellable,
                                  GError               **error)
{
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (guint32));
  KennisEvents events, reversed = { 0 };
  Search search = { .source = person, .has_bound = max_wait >= 0, .max_wait = (guint64) max_wait,
                    .pace.cancellable = cancellable };
  gsize end;

  g_return_val_if_fail (KENNIS_IS_TEMPORAL_NETWORK (self), NULL);
  g_return_val_if_fail (person < self->n_people, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  kennis_temporal_network_events (self, &events);
  if (direction == KENNIS_TIME_DIRECTION_BACKWARD)
    {
      if (!kennis_events_reverse (&events, &reversed, cancellable))
        {
          g_cancellable_set_error_if_cancelled (cancellable, error);
          return NULL;
        }
      events = reversed;
    }
  search.events = &events;
  search.first = g_new (gint64, self->n_people);
  search.last = g_new (gint64, self->n_people);
  for (guint32 p = 0; p < self->n_people; p++)
    search.first[p] = search.last[p] = KENNIS_UNKNOWN;
  for (gsize i = 0; i < events.n && !search.pace.is_over; i = end)
    {
      end = kennis_events_end (&events, i);
      if (order == KENNIS_TIME_ORDER_STRICT || end - i == 1)
        tell_strict (&search, i, end, told);
      else
        tell_chains (&search, i, end, told);
    }
  search.first[person] = KENNIS_UNKNOWN;
  if (direction == KENNIS_TIME_DIRECTION_BACKWARD)
    for (guint32 p = 0; p < self->n_people; p++)
      if (search.first[p] != KENNIS_UNKNOWN)
        search.first[p] = kennis_reversed_time (search.first[p]);
  kennis_events_clear_reversed (&reversed);
  g_free (search.last);
  if (kennis_pace_finish (&search.pace, error))
    return g_bytes_new_take (search.first, self->n_people * sizeof (gint64));
  g_free (search.first);
  return NULL;
}
