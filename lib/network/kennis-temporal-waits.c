#include "config.h"

#include <kennis/kennis-error.h>
#include <string.h>

#include "base/kennis-i18n-private.h"
#include "network/kennis-temporal-private.h"

/* The steps of a search where what one heard must be passed on within max_wait.
 *
 * What person p can pass on at time t is p's own, and the union of what came in at times s with t − s ≤ max_wait: a union over a
 * window that slides along p's arrivals.  A union cannot be undone, so each person has a queue of two stacks: of the older part
 * ("front") the unions from each arrival to the last of that part are kept, of the newer part ("back") the union of all.  When the
 * front is empty, the back becomes the front.  Each arrival is joined twice at most, so the steps stay linear in the events.
 *
 * What came in is a scratch row that may stand in several queues (one who tells five people tells them the same), so rows are
 * counted and used again. */

#define NO_ROW G_MAXUINT32

typedef struct
{
  guint64 time;
  guint32 row;             /* what came in; in the front: with all that came in after it, up to the end of the front */
} Arrival;

/* Room for arrivals, by sizes that double.  All of it goes in some pieces at the end: a million queues that are freed one by one would make who
 * cancels wait. */
#define PIECE   65536      /* arrivals */
#define SMALLEST 4
typedef struct
{
  GPtrArray *pieces;
  guint32    n_left;       /* arrivals behind `next` in the last piece */
  Arrival   *next;
  Arrival   *given_back[32];   /* by log₂ of size; the first 8 bytes of each point to the next */
} Room;

typedef struct
{
  Arrival *arrivals;       /* room for n_max of them */
  guint32  first, middle, n, n_max;    /* first … middle: the front; middle … n: the back */
  guint32  back;           /* union of the back, or NO_ROW */
  guint32  ready;          /* what the person can pass on now, or NO_ROW: not worked out */
  guint32  arriving;       /* what comes in at this time, or NO_ROW */
  gsize    to_give;        /* events in which the person will still give */
} Queue;

typedef struct
{
  KennisSteps *steps;
  Queue       *queues;
  GArray      *counts;     /* of guint32, of scratch rows */
  GArray      *free_rows;  /* of guint32 */
  GArray      *arrived;    /* of guint32: people to whom something comes at this time */
  guint64      max_wait;
  Room         room;
  KennisPace   pace;
} Waits;

static Arrival *
room_take (Room   *self,
           guint32 n)
{
  guint size = g_bit_storage (n) - 1;
  Arrival *room = self->given_back[size];

  if (room != NULL)
    {
      memcpy (&self->given_back[size], room, sizeof room);
      return room;
    }
  if (n > self->n_left)
    {
      self->n_left = MAX (n, PIECE);
      self->next = g_new (Arrival, self->n_left);
      g_ptr_array_add (self->pieces, self->next);
    }
  room = self->next;
  self->next += n;
  self->n_left -= n;
  return room;
}

static void
room_give_back (Room    *self,
                Arrival *room,
                guint32  n)
{
  guint size = g_bit_storage (n) - 1;

  if (n == 0)
    return;
  memcpy (room, &self->given_back[size], sizeof room);
  self->given_back[size] = room;
}

static void
queue_grow (Waits *self,
            Queue *queue)
{
  guint32 n_max = MAX (SMALLEST, queue->n_max * 2);
  Arrival *arrivals = room_take (&self->room, n_max);

  if (queue->n > 0)
    memcpy (arrivals, queue->arrivals, queue->n * sizeof (Arrival));
  room_give_back (&self->room, queue->arrivals, queue->n_max);
  queue->arrivals = arrivals;
  queue->n_max = n_max;
}

static guint32
take_row (Waits *self)
{
  guint32 row, one = 1;

  if (self->free_rows->len > 0)
    {
      row = g_array_index (self->free_rows, guint32, self->free_rows->len - 1);
      g_array_set_size (self->free_rows, self->free_rows->len - 1);
      g_array_index (self->counts, guint32, row - self->steps->n_people) = 1;
      return row;
    }
  row = self->steps->n_rows++;
  g_array_append_val (self->counts, one);
  return row;
}

static guint32
share_row (Waits   *self,
           guint32  row)
{
  g_array_index (self->counts, guint32, row - self->steps->n_people)++;
  return row;
}

static void
drop_row (Waits   *self,
          guint32  row)
{
  if (row != NO_ROW && --g_array_index (self->counts, guint32, row - self->steps->n_people) == 0)
    g_array_append_val (self->free_rows, row);
}

/* The row *into becomes itself and `row` too; a row that others hold is left as it is. */
static void
join_row (Waits   *self,
          guint32 *into,
          guint32  row)
{
  guint32 fresh;

  if (*into == NO_ROW)
    {
      *into = share_row (self, row);
      return;
    }
  if (g_array_index (self->counts, guint32, *into - self->steps->n_people) > 1)
    {
      fresh = take_row (self);
      kennis_steps_add (self->steps, *into | KENNIS_STEP_COPY, fresh);
      drop_row (self, *into);
      *into = fresh;
    }
  kennis_steps_add (self->steps, row, *into);
}

static void
forget_ready (Waits *self,
              Queue *queue)
{
  drop_row (self, queue->ready);
  queue->ready = NO_ROW;
}

/* The back becomes the front: from the last to the first, each is joined with those after it. */
static void
turn (Waits *self,
      Queue *queue)
{
  for (guint32 i = queue->n; i > queue->first + 1 && !kennis_pace_is_over (&self->pace); i--)
    join_row (self, &queue->arrivals[i - 2].row, queue->arrivals[i - 1].row);
  drop_row (self, queue->back);
  queue->back = NO_ROW;
  queue->middle = queue->n;
}

static void
expire (Waits   *self,
        Queue   *queue,
        guint64  now)
{
  gboolean is_changed = FALSE;

  while (queue->first < queue->n && now - queue->arrivals[queue->first].time > self->max_wait
         && !kennis_pace_is_over (&self->pace))
    {
      /* In the back, each row is of one arrival alone, and the union of the back is too much from here on. */
      drop_row (self, queue->arrivals[queue->first++].row);
      is_changed = TRUE;
    }
  if (!is_changed)
    return;
  forget_ready (self, queue);
  if (queue->first > queue->middle || (queue->first == queue->middle && queue->n > queue->first))
    turn (self, queue);
}

/* What the person can pass on now; lives until the queue changes. */
static guint32
ready_row (Waits   *self,
           guint32  person,
           guint64  now)
{
  Queue *queue = &self->queues[person];

  expire (self, queue, now);
  if (queue->ready != NO_ROW)
    return queue->ready;
  queue->ready = take_row (self);
  kennis_steps_add (self->steps, person | KENNIS_STEP_COPY | KENNIS_STEP_OWN, queue->ready);
  if (queue->first < queue->middle)
    kennis_steps_add (self->steps, queue->arrivals[queue->first].row, queue->ready);
  if (queue->back != NO_ROW)
    kennis_steps_add (self->steps, queue->back, queue->ready);
  return queue->ready;
}

static void
arrive (Waits   *self,
        guint32  person,
        guint32  row)
{
  Queue *queue = &self->queues[person];

  if (queue->arriving == NO_ROW)
    g_array_append_val (self->arrived, person);
  join_row (self, &queue->arriving, row);
}

static void
push (Waits   *self,
      Queue   *queue,
      guint64  now)
{
  expire (self, queue, now);
  if (queue->n == queue->n_max && queue->first > queue->n / 2)
    {
      memmove (queue->arrivals, queue->arrivals + queue->first, (queue->n - queue->first) * sizeof (Arrival));
      queue->middle -= MIN (queue->first, queue->middle);
      queue->n -= queue->first;
      queue->first = 0;
    }
  if (queue->n == queue->n_max)
    queue_grow (self, queue);
  join_row (self, &queue->back, queue->arriving);
  queue->arrivals[queue->n++] = (Arrival) { now, queue->arriving };
  queue->arriving = NO_ROW;
  forget_ready (self, queue);
}

static void
clear_queue (Waits *self,
             Queue *queue)
{
  while (queue->first < queue->n && !kennis_pace_is_over (&self->pace))
    drop_row (self, queue->arrivals[queue->first++].row);
  room_give_back (&self->room, queue->arrivals, queue->n_max);
  queue->arrivals = NULL;
  queue->first = queue->middle = queue->n = queue->n_max = 0;
  drop_row (self, queue->back);
  queue->back = NO_ROW;
  forget_ready (self, queue);
}

/* All that happens at this time has been said: who heard has heard, and can pass it on from now on. */
static void
end_instant (Waits              *self,
             const KennisEvents *events,
             gsize               first,
             gsize               end)
{
  guint64 now = (guint64) events->time[first];

  for (gsize i = first; i < end && !kennis_pace_is_over (&self->pace); i++)
    self->queues[events->from[i]].to_give--;
  for (guint i = 0; i < self->arrived->len && !kennis_pace_is_over (&self->pace); i++)
    {
      guint32 person = g_array_index (self->arrived, guint32, i);
      Queue *queue = &self->queues[person];

      kennis_steps_add (self->steps, queue->arriving, person);
      if (queue->to_give > 0)
        push (self, queue, now);
      else
        drop_row (self, queue->arriving);
      queue->arriving = NO_ROW;
    }
  g_array_set_size (self->arrived, 0);
  for (gsize i = first; i < end && !kennis_pace_is_over (&self->pace); i++)
    if (self->queues[events->from[i]].to_give == 0)
      clear_queue (self, &self->queues[events->from[i]]);
}

static void
tell_strict (Waits              *self,
             const KennisEvents *events,
             gsize               first,
             gsize               end)
{
  for (gsize i = first; i < end && !kennis_pace_is_over (&self->pace); i++)
    if (!kennis_events_again (events, i, first))
      arrive (self, events->to[i], ready_row (self, events->from[i], (guint64) events->time[i]));
}

/* What a component can pass on: what each of them could before, and what comes in from outside now.  NO_ROW: nobody gives. */
static guint32
component_row (Waits               *self,
               const KennisInstant *instant,
               guint                from,
               guint                until,
               guint64              now)
{
  guint32 row = NO_ROW;

  for (guint i = from; i < until && !kennis_pace_is_over (&self->pace); i++)
    {
      const KennisLocal *local =
          &g_array_index (instant->people, KennisLocal, g_array_index (instant->order, guint32, i));

      if (!local->gives)
        continue;
      join_row (self, &row, ready_row (self, local->person, now));
      if (self->queues[local->person].arriving != NO_ROW)
        join_row (self, &row, self->queues[local->person].arriving);
    }
  return row;
}

static void
tell_component (Waits               *self,
                const KennisEvents  *events,
                const KennisInstant *instant,
                gsize                first,
                guint                from,
                guint                until)
{
  guint32 row = component_row (self, instant, from, until, (guint64) events->time[first]);

  if (row == NO_ROW)
    return;
  for (guint i = from; i < until; i++)
    {
      const KennisLocal *local =
          &g_array_index (instant->people, KennisLocal, g_array_index (instant->order, guint32, i));

      if (until - from > 1)
        arrive (self, local->person, row);
      for (gsize e = first + local->first; e < first + local->past && !kennis_pace_is_over (&self->pace); e++)
        if (!kennis_events_again (events, e, first)
            && kennis_instant_of (instant, events->to[e])->component != local->component)
          arrive (self, events->to[e], row);
    }
  drop_row (self, row);
}

static void
tell_chains (Waits              *self,
             const KennisEvents *events,
             KennisInstant      *instant,
             gsize               first)
{
  guint until;

  kennis_instant_sort (instant, events, first);
  if (self->pace.is_over)
    return;
  for (guint from = 0; from < instant->order->len; from = until)
    {
      guint32 component =
          g_array_index (instant->people, KennisLocal, g_array_index (instant->order, guint32, from)).component;

      for (until = from + 1; until < instant->order->len; until++)
        if (g_array_index (instant->people, KennisLocal, g_array_index (instant->order, guint32, until)).component
            != component)
          break;
      tell_component (self, events, instant, first, from, until);
    }
}

static gboolean
tell_all (Waits              *self,
          const KennisEvents *events,
          KennisTimeOrder     order,
          KennisInstant      *instant,
          GError            **error)
{
  gsize end;

  for (gsize i = 0; i < events->n && !self->pace.is_over; i = end)
    {
      end = kennis_events_end (events, i);
      if (order != KENNIS_TIME_ORDER_STRICT && end - i > 1 && kennis_instant_begin (instant, events, i, end))
        tell_chains (self, events, instant, i);
      else
        tell_strict (self, events, i, end);
      end_instant (self, events, i, end);
      if (self->steps->n_rows > KENNIS_STEP_ROW - (end - i) || self->steps->steps->len > G_MAXUINT32 / 2)
        {
          g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE,
                       _("Too many events lie within the longest wait; make it shorter, or cut the window"));
          return FALSE;
        }
    }
  return kennis_pace_finish (&self->pace, error);
}

gboolean
kennis_steps_wait (KennisSteps        *steps,
                   const KennisEvents *events,
                   KennisTimeOrder     order,
                   gint64              max_wait,
                   GCancellable       *cancellable,
                   GError            **error)
{
  Waits self = { .steps = steps, .max_wait = (guint64) max_wait, .pace.cancellable = cancellable };
  KennisInstant instant;
  gboolean done;

  self.queues = g_new0 (Queue, (gsize) steps->n_people + 1);
  for (guint32 p = 0; p < steps->n_people; p++)
    self.queues[p].back = self.queues[p].ready = self.queues[p].arriving = NO_ROW;
  for (gsize i = 0; i < events->n && !kennis_pace_is_over (&self.pace); i++)
    self.queues[events->from[i]].to_give++;
  self.counts = g_array_new (FALSE, FALSE, sizeof (guint32));
  self.free_rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  self.arrived = g_array_new (FALSE, FALSE, sizeof (guint32));
  self.room.pieces = g_ptr_array_new_with_free_func (g_free);
  kennis_instant_init (&instant, steps->n_people, &self.pace);

  done = tell_all (&self, events, order, &instant, error);

  kennis_instant_clear (&instant);
  g_free (self.queues);
  g_ptr_array_unref (self.room.pieces);
  g_array_unref (self.counts);
  g_array_unref (self.free_rows);
  g_array_unref (self.arrived);
  return done;
}
