#include "config.h"

#include "base/kennis-pages-private.h"
#include "summary/kennis-activities-private.h"
#include "summary/kennis-stripes-private.h"

#define CHUNK_ROWS  (16u * KENNIS_PAGE_ROWS)
#define BUFFER_ROOM 2048u

/* Rows of one stripe that are taken in at once.  The more there are, the more often a stripe's table is found in the cache; all threads'
 * together are at most a quarter of the rows of the batch. */
#define LEAST_ROOM 32u
#define PLAIN_ROOM 509u
#define MOST_ROOM  4099u                     /* odd, so that the stripes do not want the same lines of a cache */

typedef struct
{
  guint   n;
  guint8 *elements;
} Buffer;

/* Earliest and latest counting time. */
typedef struct
{
  gint64 first, last;
} Times;

/* What one thread has for itself. */
typedef struct
{
  KennisRowSink base;
  KennisActivities *owner;
  guint thread;
  KennisActivityBlock block;
  KennisPlainRow *rows;                        /* room for each stripe */
  struct { KennisPlainRow *next, *end; } places[KENNIS_N_STRIPES];   /* for the next row, and where there is no more room */
  guint room;
  Buffer buffers[KENNIS_N_SECTIONS];
  Times *times;                                /* by person */
  gsize n_people;
} Worker;

struct _KennisActivities
{
  KennisCalendar *calendar;
  guint n_threads;
  Worker **workers;
  KennisStripes stripes;
  KennisPlainSink sink;
  Worker **givers;                             /* of the sink's threads */

  /* Of the batch at hand. */
  const KennisDraft *draft;
  const KennisTable *table;
  guint room;
};

static void
flush (Worker        *worker,
       KennisSection  section)
{
  Buffer *buffer = &worker->buffers[section];

  if (buffer->n > 0)
    kennis_stripes_add (&worker->owner->stripes, section, buffer->elements, buffer->n, worker->thread);
  buffer->n = 0;
}

static void
emit (KennisRowSink *sink,
      KennisSection  section,
      gconstpointer  element)
{
  Worker *worker = (Worker *) sink;
  Buffer *buffer = &worker->buffers[section];
  guint size = kennis_shape_get (section)->size;

  if (buffer->n == BUFFER_ROOM)
    flush (worker, section);
  memcpy (buffer->elements + buffer->n++ * size, element, size);
}

static gsize
rows_size (guint room)
{
  return (gsize) room * KENNIS_N_STRIPES * sizeof (KennisPlainRow);
}

static Worker *
worker_new (KennisActivities *owner,
            guint             thread)
{
  Worker *self = g_new0 (Worker, 1);

  self->base.calendar = owner->calendar;
  self->base.emit = emit;
  self->owner = owner;
  self->thread = thread;
  for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
    self->buffers[i].elements = g_malloc_n (BUFFER_ROOM, kennis_shape_get (i)->size);

  return self;
}

static void
worker_free (Worker *self)
{
  for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
    g_free (self->buffers[i].elements);
  kennis_pages_free (self->rows, rows_size (self->room));
  g_free (self->times);
  g_free (self);
}

KennisActivities *
kennis_activities_new (KennisCalendar *calendar,
                       guint           n_threads)
{
  KennisActivities *self = g_new0 (KennisActivities, 1);

  self->calendar = kennis_calendar_ref (calendar);
  self->n_threads = kennis_parallel_n_threads (n_threads);
  self->workers = g_new0 (Worker *, self->n_threads);
  kennis_stripes_init (&self->stripes);

  return self;
}

void
kennis_activities_free (KennisActivities *self)
{
  for (guint t = 0; t < self->n_threads; t++)
    g_clear_pointer (&self->workers[t], worker_free);
  for (guint t = 0; t < self->sink.n_threads; t++)
    worker_free (self->givers[t]);
  kennis_stripes_clear (&self->stripes);
  kennis_calendar_unref (self->calendar);
  g_free (self->workers);
  g_free (self->givers);
  g_free (self);
}

static void
make_room_for_people (Worker *self,
                      gsize   n_people)
{
  if (n_people <= self->n_people)
    return;

  self->times = g_renew (Times, self->times, n_people);
  for (gsize i = self->n_people; i < n_people; i++)
    self->times[i] = (Times) { G_MAXINT64, G_MININT64 };
  self->n_people = n_people;
}

/* Between batches, when there are no rows in it. */
static void
make_room_for_rows (Worker *self,
                    guint   room)
{
  if (room <= self->room)
    return;

  kennis_pages_free (self->rows, rows_size (self->room));
  self->rows = kennis_pages_new (rows_size (room));
  self->room = room;
  for (guint s = 0; s < KENNIS_N_STRIPES; s++)
    {
      self->places[s].next = self->rows + (gsize) s * room;
      self->places[s].end = self->places[s].next + room;
    }
}

static void
flush_rows (Worker *self,
            guint   stripe)
{
  KennisPlainRow *rows = self->rows + (gsize) stripe * self->room;

  kennis_stripes_add_rows (&self->owner->stripes, stripe, rows, (guint) (self->places[stripe].next - rows));
  self->places[stripe].next = rows;
}

static inline void
note_time (Worker  *self,
           guint32  person,
           gint64   counted)
{
  Times *times = &self->times[person];

  /* Seldom either, after a while. */
  if (G_UNLIKELY (counted < times->first))
    times->first = counted;
  if (G_UNLIKELY (counted > times->last))
    times->last = counted;
}

/* The next row of a stripe is written. */
static inline void
keep_row (Worker         *self,
          guint           stripe,
          KennisPlainRow *row)
{
  /* The rows together are larger than a cache: the next ones' place is fetched while there is time. */
  __builtin_prefetch (row + 3, 1);
  self->places[stripe].next = row + 1;
  if (G_UNLIKELY (row + 1 == self->places[stripe].end))
    flush_rows (self, stripe);
}

/* Any row, by the long way. */
static void
add_row (Worker *self,
         guint   i)
{
  gint64 codes[KENNIS_N_ACTIVITY_FIELDS];
  guint32 person = self->block.person[i];

  kennis_activity_block_get_row (&self->block, self->owner->table, self->owner->draft, i, codes);
  note_time (self, person, kennis_activities_row (&self->base, codes));
  kennis_stripes_add_known (&self->owner->stripes, person, self->block.known[i] & ~(1u << KENNIS_BLOCK_LARGE));
}

static void
add_request (Worker *self,
             guint   i)
{
  const KennisColumn *columns = self->owner->table->columns;
  gsize row = self->block.first + i;

  kennis_activities_request (&self->base, self->block.person[i], KENNIS_CODES_STATUS (self->block.codes[i]),
                             kennis_column_get (&columns[KENNIS_ACTIVITY_REQUESTED], row),
                             kennis_column_get (&columns[KENNIS_ACTIVITY_DECIDED], row), self->block.counted_day[i]);
}

static inline void
add_plain_row (Worker *self,
               guint   i)
{
  const KennisActivityBlock *block = &self->block;
  const guint32 person = block->person[i], stripe = kennis_stripe_of (person);
  KennisPlainRow *row = self->places[stripe].next;

  row->kind = (guint64) block->topic[i] << KENNIS_PLAIN_TOPIC | block->kind[i];
  /* What the day has beyond 32 bits follows from it. */
  row->when = (guint64) (person >> KENNIS_STRIPE_BITS) << KENNIS_PLAIN_PERSON
              | (guint64) (guint32) (block->counted_day[i] - KENNIS_PLAIN_FIRST_DAY) << KENNIS_PLAIN_DAY
              | block->when[i];
  row->duration = block->duration[i];
  row->cost = block->cost[i];
  keep_row (self, stripe, row);
  note_time (self, person, block->counted[i]);
}

/* One that is not plain, or has something beside cell and spell. */
static void
add_odd_row (Worker *self,
             guint   i)
{
  const KennisActivityBlock *block = &self->block;

  if (!kennis_activity_block_is_plain (block, i))
    {
      add_row (self, i);
      return;
    }

  add_plain_row (self, i);
  if ((block->known[i] >> KENNIS_ACTIVITY_SESSION & 1) != 0)
    kennis_activities_attended (&self->base, block->session[i], block->person[i]);
  add_request (self, i);
}

static void
add_chunk (gsize    chunk,
           guint    thread,
           gpointer data)
{
  KennisActivities *self = data;
  gsize first = chunk * CHUNK_ROWS, end = MIN (first + CHUNK_ROWS, self->table->n_rows);
  Worker *worker;

  if (self->workers[thread] == NULL)
    self->workers[thread] = worker_new (self, thread);
  worker = self->workers[thread];
  make_room_for_people (worker, kennis_intern_size (self->draft->spaces[KENNIS_SPACE_PERSON]));
  make_room_for_rows (worker, self->room);

  for (; first < end; first += KENNIS_BLOCK_ROWS)
    {
      guint n = MIN (KENNIS_BLOCK_ROWS, end - first);

      kennis_activity_block_read (&worker->block, self->table, self->draft, self->calendar, first, n);
      for (guint i = 0; i < n; i++)
        if (G_LIKELY (worker->block.odd[i] == 0))
          add_plain_row (worker, i);
        else
          add_odd_row (worker, i);
    }
}

static void
flush_all (Worker *worker)
{
  if (worker == NULL)
    return;
  for (guint s = 0; s < KENNIS_N_STRIPES; s++)
    flush_rows (worker, kennis_stripe_of (s + worker->thread * 37));
  for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
    flush (worker, i);
}

/* What the threads still hold, with as many threads. */
static void
flush_worker (gsize    number,
              guint    thread,
              gpointer data)
{
  flush_all (((KennisActivities *) data)->workers[number]);
}

static void
flush_giver (gsize    number,
             guint    thread,
             gpointer data)
{
  flush_all (((KennisActivities *) data)->givers[number]);
}

gboolean
kennis_activities_add (KennisActivities    *self,
                       const KennisDraft   *draft,
                       KennisDataset       *dataset,
                       KennisProgressSink  *sink,
                       GCancellable        *cancellable,
                       GError             **error)
{
  self->draft = draft;
  self->table = &dataset->tables[KENNIS_RECORD_TYPE_ACTIVITY];
  self->room = CLAMP (self->table->n_rows / (4 * KENNIS_N_STRIPES * self->n_threads), LEAST_ROOM, MOST_ROOM);
  if (!kennis_parallel_for (self->n_threads, ((gsize) self->table->n_rows + CHUNK_ROWS - 1) / CHUNK_ROWS, add_chunk,
                            self, sink, cancellable, error)
      || !kennis_parallel_for (self->n_threads, self->n_threads, flush_worker, self, NULL, cancellable, error))
    return FALSE;

  if (kennis_stripes_overflow (&self->stripes))
    return kennis_draft_refuse_overflow (KENNIS_SECTION_CELLS, &self->stripes.overflowed,
                                         draft->spaces[KENNIS_SPACE_PERSON], error);

  return TRUE;
}

static inline void
add_given_row (Worker               *self,
               const KennisPlainRow *given,
               guint32               person,
               gint64                counted)
{
  const guint32 stripe = kennis_stripe_of (person);
  KennisPlainRow *row = self->places[stripe].next;

  *row = *given;
  row->when |= (guint64) (person >> KENNIS_STRIPE_BITS) << KENNIS_PLAIN_PERSON;
  keep_row (self, stripe, row);
  note_time (self, person, counted);
}

static void
take_given (gpointer               data,
            guint                  thread,
            const KennisPlainRows *given)
{
  Worker *worker = ((KennisActivities *) data)->givers[thread];

  guint32 last = 0;

  for (guint i = 0; i < given->n; i++)
    last = MAX (last, given->persons[i]);
  if (last >= worker->n_people)
    make_room_for_people (worker, MAX (256, (gsize) last * 3 / 2 + 1));
  for (guint i = 0; i < given->n; i++)
    add_given_row (worker, &given->rows[i], given->persons[i], given->counted[i]);
}

const KennisPlainSink *
kennis_activities_plain_sink (KennisActivities *self,
                              guint             n_threads)
{
  self->givers = g_renew (Worker *, self->givers, MAX (n_threads, self->sink.n_threads));
  for (guint t = self->sink.n_threads; t < n_threads; t++)
    {
      self->givers[t] = worker_new (self, t);
      make_room_for_rows (self->givers[t], PLAIN_ROOM);
    }
  self->sink = (KennisPlainSink) { MAX (n_threads, self->sink.n_threads), self, take_given };

  return &self->sink;
}

/* The earliest and latest counting time of each person, over all threads. */
static void
set_times (KennisActivities *self,
           KennisTotal      *total)
{
  total->first = G_MAXINT64;
  total->last = G_MININT64;
  for (guint t = 0; t < self->n_threads + self->sink.n_threads; t++)
    {
      const Worker *worker = t < self->n_threads ? self->workers[t] : self->givers[t - self->n_threads];

      if (worker == NULL || total->person >= worker->n_people)
        continue;
      total->first = MIN (total->first, worker->times[total->person].first);
      total->last = MAX (total->last, worker->times[total->person].last);
    }
}

static void
settle (gsize    stripe,
        guint    thread,
        gpointer data)
{
  kennis_stripes_settle (&((KennisActivities *) data)->stripes, (guint) stripe);
}

gboolean
kennis_activities_finish (KennisActivities  *self,
                          KennisDraft       *draft,
                          GError           **error)
{
  if (!kennis_parallel_for (self->n_threads, self->sink.n_threads, flush_giver, self, NULL, NULL, error)
      || !kennis_parallel_for (self->n_threads, KENNIS_N_STRIPES, settle, self, NULL, NULL, error))
    return FALSE;
  if (kennis_stripes_overflow (&self->stripes))
    return kennis_draft_refuse_overflow (KENNIS_SECTION_CELLS, &self->stripes.overflowed,
                                         draft->spaces[KENNIS_SPACE_PERSON], error);

  gsize n_before = draft->totals.n;
  kennis_stripes_finish (&self->stripes, draft);
  for (gsize i = n_before; i < draft->totals.n; i++)
    set_times (self, (KennisTotal *) draft->totals.data + i);

  return TRUE;
}
