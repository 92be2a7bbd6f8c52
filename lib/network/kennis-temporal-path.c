#include "config.h"

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "network/kennis-temporal-private.h"

/* The best time-respecting path between two sets of people, in one pass over the events.
 *
 * Every event gets a label: of the best path that ends with it, when that began and how many steps it took.  At a given time the better of two
 * labels stays the better whatever follows, so that a person needs the best label of those that came in within the longest wait: the front of a queue
 * in which each stands before those that came later and are worse (a sliding-window minimum). */

#define NO_EVENT G_MAXUINT32

typedef struct
{
  gint64  begun;
  guint32 steps;           /* 0: no path ends with the event */
  guint32 before;          /* the event before it; NO_EVENT: it is the first */
} Label;

typedef struct
{
  const KennisEvents *events;
  KennisPathKind kind;
  guint64  max_wait;
  gboolean has_bound;
  guint8  *side;           /* by person: FROM, TO */
  Label   *labels;         /* by event */
  guint32 *first;          /* by person: of their places in queue */
  guint32 *head, *tail;    /* by person: their queue is queue[head] … queue[tail − 1] */
  guint32 *queue;          /* of events */
  guint32 *best_now;       /* by person: best event of those that came in at this time, or NO_EVENT */
  GArray  *heap;           /* of Turn: people who can pass something on at this time, best first */
  GArray  *touched;        /* of guint32: people with a best_now */
  guint32  found;          /* last event of the best path so far */
  KennisPace pace;
} Search;

enum { FROM = 1, TO = 2 };

static gboolean
is_better (const Search *self,
           const Label  *a,
           const Label  *b)
{
  if (a->steps == 0 || b->steps == 0)
    return b->steps == 0 && a->steps > 0;
  if (self->kind == KENNIS_PATH_KIND_FASTEST && a->begun != b->begun)
    return a->begun > b->begun;
  if (a->steps != b->steps)
    return a->steps < b->steps;
  return a->begun > b->begun;
}

/* The event with the best label that the person can still pass on; NO_EVENT. */
static guint32
front (Search  *self,
       guint32  person,
       gint64   now)
{
  while (self->head[person] < self->tail[person])
    {
      guint32 event = self->queue[self->head[person]];

      if (!self->has_bound || (guint64) now - (guint64) self->events->time[event] <= self->max_wait)
        return event;
      self->head[person]++;
    }
  return NO_EVENT;
}

static void
push (Search  *self,
      guint32  person,
      guint32  event)
{
  while (self->tail[person] > self->head[person]
         && !is_better (self, &self->labels[self->queue[self->tail[person] - 1]], &self->labels[event]))
    self->tail[person]--;
  /* What fell out before is not needed again; places are as many as events come in. */
  self->queue[self->tail[person]++] = event;
}

static Label
begin (gint64 now)
{
  return (Label) { .begun = now, .steps = 1, .before = NO_EVENT };
}

static Label
go_on (const Search *self,
       guint32       before)
{
  Label label = { .steps = 0 };

  if (before == NO_EVENT)
    return label;
  label = self->labels[before];
  label.steps++;
  label.before = before;
  return label;
}

static gboolean
ends_better (const Search *self,
             guint32       event)
{
  const Label *a = &self->labels[event], *b;
  gint64 now = self->events->time[event], then;
  guint64 took, takes;

  if (self->found == NO_EVENT)
    return TRUE;
  b = &self->labels[self->found];
  then = self->events->time[self->found];
  took = (guint64) then - (guint64) b->begun;
  takes = (guint64) now - (guint64) a->begun;
  switch (self->kind)
    {
    case KENNIS_PATH_KIND_EARLIEST:
      return now == then && (a->steps < b->steps || (a->steps == b->steps && takes < took));
    case KENNIS_PATH_KIND_SHORTEST:
      return a->steps < b->steps || (a->steps == b->steps && takes < took);
    case KENNIS_PATH_KIND_FASTEST:
    default:
      return takes < took || (takes == took && a->steps < b->steps);
    }
}

/* Notes that an event brings something to its receiver. */
static void
arrive (Search *self,
        guint32 event)
{
  guint32 person = self->events->to[event];

  if (self->side[person] & FROM)
    return;
  if (self->side[person] & TO && ends_better (self, event))
    self->found = event;
  if (self->best_now[person] == NO_EVENT)
    g_array_append_val (self->touched, person);
  if (self->best_now[person] == NO_EVENT
      || is_better (self, &self->labels[event], &self->labels[self->best_now[person]]))
    self->best_now[person] = event;
}

static void
tell_strict (Search *self,
             gsize   first,
             gsize   end)
{
  for (gsize i = first; i < end && !kennis_pace_is_over (&self->pace); i++)
    {
      guint32 giver = self->events->from[i];

      self->labels[i] = self->side[giver] & FROM ? begin (self->events->time[i])
                                                 : go_on (self, front (self, giver, self->events->time[i]));
    }
  for (gsize i = first; i < end && !kennis_pace_is_over (&self->pace); i++)
    if (self->labels[i].steps > 0)
      arrive (self, (guint32) i);
}

/* ── At one time, from one to the next: best first (Dijkstra 1959), as a step more never makes it better ──────────────────── */

typedef struct
{
  Label   label;           /* of what the person's events of this time get */
  guint32 person;
} Turn;

static gboolean
goes_first (const Search *self,
            const Turn   *a,
            const Turn   *b)
{
  if (is_better (self, &a->label, &b->label) || is_better (self, &b->label, &a->label))
    return is_better (self, &a->label, &b->label);
  return a->person < b->person;
}

static void
heap_push (Search *self,
           Turn    turn)
{
  guint i = self->heap->len;

  g_array_append_val (self->heap, turn);
  for (Turn *turns = (Turn *) (gpointer) self->heap->data; i > 0 && goes_first (self, &turn, &turns[(i - 1) / 2]);
       i = (i - 1) / 2)
    {
      turns[i] = turns[(i - 1) / 2];
      turns[(i - 1) / 2] = turn;
    }
}

static Turn
heap_pop (Search *self)
{
  Turn *turns = (Turn *) (gpointer) self->heap->data, top = turns[0], last = turns[self->heap->len - 1];
  guint n = self->heap->len - 1, i = 0;

  g_array_set_size (self->heap, n);
  while (2 * i + 1 < n)
    {
      guint child = 2 * i + 1;

      if (child + 1 < n && goes_first (self, &turns[child + 1], &turns[child]))
        child++;
      if (!goes_first (self, &turns[child], &last))
        break;
      turns[i] = turns[child];
      i = child;
    }
  if (n > 0)
    turns[i] = last;
  return top;
}

/* The first event of this time in which the person gives, or end; events of one time are in the order of givers. */
static gsize
find_giver (const KennisEvents *events,
            gsize               first,
            gsize               end,
            guint32             person)
{
  gsize low = first, high = end;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (events->from[middle] < person)
        low = middle + 1;
      else
        high = middle;
    }
  return low < end && events->from[low] == person ? low : end;
}

static void
take_turn (Search     *self,
           const Turn *turn,
           gsize       first,
           gsize       end)
{
  for (gsize i = find_giver (self->events, first, end, turn->person); i < end && self->events->from[i] == turn->person;
       i++)
    {
      guint32 other = self->events->to[i], before;

      if (self->labels[i].steps > 0 || kennis_pace_is_over (&self->pace))
        return; /* the person had a turn, with what is better */
      self->labels[i] = turn->label;
      before = self->best_now[other];
      arrive (self, (guint32) i);
      if (self->best_now[other] != before)
        heap_push (self, (Turn) { go_on (self, (guint32) i), other });
    }
}

static void
tell_chains (Search *self,
             gsize   first,
             gsize   end)
{
  gint64 now = self->events->time[first];

  g_array_set_size (self->heap, 0);
  for (gsize i = first; i < end && !kennis_pace_is_over (&self->pace); i++)
    {
      guint32 giver = self->events->from[i], event;

      self->labels[i] = (Label) { .steps = 0 };
      if (i > first && self->events->from[i - 1] == giver)
        continue;
      event = self->side[giver] & FROM ? NO_EVENT : front (self, giver, now);
      if (self->side[giver] & FROM)
        heap_push (self, (Turn) { begin (now), giver });
      else if (event != NO_EVENT)
        heap_push (self, (Turn) { go_on (self, event), giver });
    }
  while (self->heap->len > 0 && !kennis_pace_is_over (&self->pace))
    {
      Turn turn = heap_pop (self);

      take_turn (self, &turn, first, end);
    }
}

static void
end_instant (Search *self)
{
  for (guint i = 0; i < self->touched->len && !kennis_pace_is_over (&self->pace); i++)
    {
      guint32 person = g_array_index (self->touched, guint32, i);

      push (self, person, self->best_now[person]);
      self->best_now[person] = NO_EVENT;
    }
  g_array_set_size (self->touched, 0);
}

static void
search_init (Search             *self,
             const KennisEvents *events)
{
  gsize n = (gsize) events->n_people + 1;

  self->events = events;
  self->side = g_new0 (guint8, n);
  self->labels = g_new0 (Label, events->n + 1);
  self->first = g_new0 (guint32, n + 1);
  self->queue = g_new (guint32, events->n + 1);
  self->best_now = g_new (guint32, n);
  for (gsize i = 0; i < events->n && !kennis_pace_is_over (&self->pace); i++)
    self->first[events->to[i] + 1]++;
  for (guint32 p = 0; p < events->n_people; p++)
    {
      self->first[p + 1] += self->first[p];
      self->best_now[p] = NO_EVENT;
    }
  self->head = g_memdup2 (self->first, n * sizeof (guint32));
  self->tail = g_memdup2 (self->first, n * sizeof (guint32));
  self->heap = g_array_new (FALSE, FALSE, sizeof (Turn));
  self->touched = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->found = NO_EVENT;
}

static void
search_clear (Search *self)
{
  g_free (self->side);
  g_free (self->labels);
  g_free (self->first);
  g_free (self->head);
  g_free (self->tail);
  g_free (self->queue);
  g_free (self->best_now);
  g_array_unref (self->heap);
  g_array_unref (self->touched);
}

static void
run (Search          *self,
     KennisTimeOrder  order)
{
  gsize end;

  for (gsize i = 0; i < self->events->n && !self->pace.is_over; i = end)
    {
      end = kennis_events_end (self->events, i);
      if (order == KENNIS_TIME_ORDER_STRICT || end - i == 1)
        tell_strict (self, i, end);
      else
        tell_chains (self, i, end);
      end_instant (self);
      if (self->kind == KENNIS_PATH_KIND_EARLIEST && self->found != NO_EVENT)
        break;
    }
}

static GBytes *
trace (const Search *self)
{
  guint32 n = self->found != NO_EVENT ? self->labels[self->found].steps : 0;
  guint64 *path = g_new (guint64, (gsize) n + 1);

  for (guint32 event = self->found, i = n; i > 0; event = self->labels[event].before)
    path[--i] = event;
  return g_bytes_new_take (path, n * sizeof *path);
}

/**
 * kennis_temporal_network_find_path:
 * @self: a temporal network
 * @from: (array length=n_from): people from whom it may begin
 * @n_from: how many
 * @to: (array length=n_to): people with whom it may end
 * @n_to: how many
 * @kind: which path
 * @order: how times follow one another
 * @max_wait: longest time in ms between hearing something and passing it on; negative for any
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Finds the best way that knowledge could have taken from one person to another, or from one team to another.
 *
 * Paths are those of [method@TemporalNetwork.reach].  Who is in both @from and @to is in @from only.  Of equally good paths one is
 * given, always the same.
 *
 * Errors: %KENNIS_ERROR_INVALID, a person that is not there; %G_IO_ERROR_CANCELLED.
 *
 * Time: O(events); with %KENNIS_TIME_ORDER_NON_DECREASING O(events · log events of one time).  Memory: 20 bytes an event, 17 a person.
 *
 * Source: foremost, fastest and shortest journeys, Bui Xuan, Ferreira & Jarry (2003).
 *
 * Returns: (transfer full): the events of the path in order, one guint64 each in native byte order: their places in
 *   [method@TemporalNetwork.get_givers] and its like; empty where there is no path
 *
 * Since: 1.0
 */
GBytes *
kennis_temporal_network_find_path (KennisTemporalNetwork  *self,
                                   const guint32          *from,
                                   gsize                   n_from,
                                   const guint32          *to,
                                   gsize                   n_to,
                                   KennisPathKind          kind,
                                   KennisTimeOrder         order,
                                   gint64                  max_wait,
                                   GCancellable           *cancellable,
                                   GError                **error)
{
  Search search = { .kind = kind, .has_bound = max_wait >= 0, .max_wait = (guint64) max_wait,
                    .pace.cancellable = cancellable };
  KennisEvents events;
  GBytes *path = NULL;

  g_return_val_if_fail (KENNIS_IS_TEMPORAL_NETWORK (self), NULL);
  g_return_val_if_fail ((from != NULL || n_from == 0) && (to != NULL || n_to == 0), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  for (gsize i = 0; i < n_from + n_to; i++)
    {
      guint32 person = i < n_from ? from[i] : to[i - n_from];

      if (person < self->n_people)
        continue;
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("Person %u; there are people 0 to %lld"), person,
                   (long long) self->n_people - 1);
      return NULL;
    }
  kennis_temporal_network_events (self, &events);
  search_init (&search, &events);
  for (gsize i = 0; i < n_from; i++)
    search.side[from[i]] |= FROM;
  for (gsize i = 0; i < n_to; i++)
    search.side[to[i]] |= TO;
  run (&search, order);
  if (kennis_pace_finish (&search.pace, error))
    path = trace (&search);
  search_clear (&search);
  return path;
}
