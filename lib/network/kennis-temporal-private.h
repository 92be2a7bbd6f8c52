#pragma once

#include <kennis/kennis-temporal-network.h>

/* Events in canonical order: by time, giver, receiver.  No loops. */
typedef struct
{
  const guint32 *from, *to;
  const gint64  *time;
  gsize          n;
  guint32        n_people;
} KennisEvents;

/* Who is who, of a network from a summary; shared by its windows. */
typedef struct _KennisTemporalNames KennisTemporalNames;
KennisTemporalNames *kennis_temporal_names_ref   (KennisTemporalNames *self);
void                 kennis_temporal_names_unref (KennisTemporalNames *self);

struct _KennisTemporalNetwork
{
  GObject parent_instance;

  guint32  n_people;
  GBytes  *givers, *receivers, *times;   /* of the window */
  KennisTemporalNames *names;            /* NULL: from columns */
};

/* Counts what is done and looks at the cancellable now and then, whether the events come at a million times or all at one.  What has seen that it is
 * over returns as soon as it can, with whatever it has; who began it throws that away. */
#define KENNIS_PACE 8192
typedef struct
{
  GCancellable *cancellable;
  guint         left;        /* until the next look */
  gboolean      is_over;
} KennisPace;

static inline gboolean
kennis_pace_is_over (KennisPace *self)
{
  if (self->left > 0)
    {
      self->left--;
      return FALSE;
    }
  self->is_over = self->is_over || g_cancellable_is_cancelled (self->cancellable);
  self->left = self->is_over ? 0 : KENNIS_PACE;
  return self->is_over;
}

/* True where it came to its end; else there is an error. */
static inline gboolean
kennis_pace_finish (const KennisPace *self, GError **error)
{
  if (self->is_over)
    g_cancellable_set_error_if_cancelled (self->cancellable, error);
  return !self->is_over;
}

/* The window's events; borrowed. */
void kennis_temporal_network_events (KennisTemporalNetwork *self, KennisEvents *events);

/* Looking backward is looking forward in a world where time runs back and who received gives.  Its times are −1 − time (so that every
 * time has one).  In canonical order; free with kennis_events_clear_reversed().  False: cancelled, and nothing was made. */
gboolean kennis_events_reverse        (const KennisEvents *events, KennisEvents *reversed, GCancellable *cancellable);
void     kennis_events_clear_reversed (KennisEvents *reversed);
static inline gint64
kennis_reversed_time (gint64 time)
{
  return -1 - time;
}

/* Sorts rows into canonical order, in place; 16 bytes a row more while it lasts.  False: cancelled. */
typedef struct
{
  guint64 time;            /* − least time */
  guint32 giver, receiver;
} KennisEventRow;
gboolean kennis_event_rows_sort (KennisEventRow *rows, gsize n, GCancellable *cancellable);

/* What happens to sets of sources, one row of bits a person, as events go by: a straight line of steps that is the same for
 * every batch of sources.  Made once, run for each batch.
 *
 * Rows 0 … n_people − 1 are who has heard from which source; at first each holds its own bit.  The other rows are scratch. */
#define KENNIS_STEP_COPY (1u << 31)      /* to = from; else to |= from */
#define KENNIS_STEP_OWN  (1u << 30)      /* from is a person, and is read as that person's own bit alone */
#define KENNIS_STEP_ROW  (KENNIS_STEP_OWN - 1)
typedef struct
{
  guint32 from, to;
} KennisStep;

typedef struct
{
  GArray  *steps;          /* of KennisStep */
  guint32  n_people;
  guint32  n_rows;
} KennisSteps;

/* max_wait < 0: any wait.  NULL and an error: cancelled, or more rows than 2^30. */
KennisSteps *kennis_steps_new   (const KennisEvents *events, KennisTimeOrder order, gint64 max_wait, GCancellable *cancellable,
                                 GError **error);
void         kennis_steps_free  (KennisSteps *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisSteps, kennis_steps_free)
/* kennis-temporal-waits.c: the same with a bound on the wait. */
gboolean     kennis_steps_wait  (KennisSteps *self, const KennisEvents *events, KennisTimeOrder order, gint64 max_wait,
                                 GCancellable *cancellable, GError **error);

static inline void
kennis_steps_add (KennisSteps *self, guint32 from, guint32 to)
{
  KennisStep step = { from, to };

  g_array_append_val (self->steps, step);
}

/* The people who take part in the events [first, end) of one time, numbered in order of first appearance, and how they hang together. */
typedef struct
{
  guint32 person;
  guint32 first, past;      /* the events that they give in, counted from the first of this time; in order of receiver */
  guint32 component;        /* number of the set of people who can all reach one another */
  guint32 index, low, next; /* Tarjan's */
  guint32 row;              /* of the steps */
  guint8  gives, takes, is_on_stack;
} KennisLocal;

typedef struct
{
  guint32 *local;           /* person → local + 1; 0: not there */
  GArray  *people;          /* of KennisLocal */
  GArray  *order;           /* of guint32: locals by component; who flows to whom comes before */
  GArray  *stack, *calls;
  KennisPace *pace;
} KennisInstant;

void     kennis_instant_init  (KennisInstant *self, guint32 n_people, KennisPace *pace);
void     kennis_instant_clear (KennisInstant *self);
/* True where someone both gives and receives.  Where the pace is over, what is made here is not whole. */
gboolean kennis_instant_begin (KennisInstant *self, const KennisEvents *events, gsize first, gsize end);
/* Then, to fill order and component. */
void     kennis_instant_sort  (KennisInstant *self, const KennisEvents *events, gsize first);
static inline KennisLocal *
kennis_instant_of (const KennisInstant *self, guint32 person)
{
  return &g_array_index (self->people, KennisLocal, self->local[person] - 1);
}

/* The first event after those at the time of event i. */
static inline gsize
kennis_events_end (const KennisEvents *events, gsize i)
{
  gint64 time = events->time[i];

  for (i++; i < events->n && events->time[i] == time; i++)
    ;
  return i;
}

/* Is event i the same as the one before it (at the same time)? */
static inline gboolean
kennis_events_again (const KennisEvents *events, gsize i, gsize first)
{
  return i > first && events->from[i] == events->from[i - 1] && events->to[i] == events->to[i - 1];
}
