#include "config.h"

#include "summary/kennis-activities-private.h"
#include "summary/kennis-stripes-private.h"

#define CHUNK_ROWS  (16u * KENNIS_PAGE_ROWS)
#define BUFFER_ROOM 2048u

/* Rows of one stripe that are taken in at once.  The more there are, the more often a stripe's table is found in the cache; all threads'
 * together are at most a quarter of the rows of the batch. */
#define LEAST_ROOM 32u
#define MOST_ROOM  2048u

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
  guint n_rows[KENNIS_N_STRIPES];
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
  g_free (self->rows);
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
  kennis_stripes_clear (&self->stripes);
  kennis_calendar_unref (self->calendar);
  g_free (self->workers);
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

  g_free (self->rows);
  self->rows = g_new (KennisPlainRow, (gsize) room * KENNIS_N_STRIPES);
  self->room = room;
}

static void
flush_rows (Worker *self,
            guint   stripe)
{
  kennis_stripes_add_rows (&self->owner->stripes, stripe, self->rows + (gsize) stripe * self->room,
                           self->n_rows[stripe]);
  self->n_rows[stripe] = 0;
}

static inline KennisPlainRow *
next_row (Worker  *self,
          guint32  person)
{
  guint stripe = kennis_stripe_of (person);

  if (G_UNLIKELY (self->n_rows[stripe] == self->room))
    flush_rows (self, stripe);

  KennisPlainRow *row = self->rows + (gsize) stripe * self->room + self->n_rows[stripe]++;
  /* The rows together are larger than a cache: the next one's place is fetched while there is time. */
  __builtin_prefetch (row + 3, 1);
  return row;
}

static inline void
note_time (Worker  *self,
           guint32  person,
           gint64   counted)
{
  Times *times = &self->times[person];

  times->first = MIN (times->first, counted);
  times->last = MAX (times->last, counted);
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

/* The little there is beside cell and spell. */
static void
add_request (Worker *self,
             guint   i,
             gint32  counted_day)
{
  const KennisColumn *columns = self->owner->table->columns;
  gsize row = self->block.first + i;

  kennis_activities_request (&self->base, self->block.person[i], KENNIS_CODES_STATUS (self->block.codes[i]),
                             kennis_column_get (&columns[KENNIS_ACTIVITY_REQUESTED], row),
                             kennis_column_get (&columns[KENNIS_ACTIVITY_DECIDED], row), counted_day);
}

#define IS_KNOWN(known, field) (((known) >> KENNIS_ACTIVITY_##field & 1) != 0)

/* 1 + days from the activity's start to its end, 0 where one of them is not known; −1 where the row is not plain: it counts in one
 * month and was enrolled in, or lasted, in another. */
static inline gint32
days_since_start (const KennisActivityBlock *block,
                  guint                      i)
{
  gint32 days = block->ended_day[i] - block->start_day[i];

  if (!IS_KNOWN (block->known[i], START) || !IS_KNOWN (block->known[i], ENDED))
    return 0;
  if (days != 0
      && (KENNIS_CODES_STATUS (block->codes[i]) == KENNIS_STATUS_ENROLLED
          || kennis_month_of_day (block->start_day[i]) != kennis_month_of_day (block->ended_day[i])))
    return -1;

  return MAX (0, days) + 1;
}

/* A row that counts in one day, with small numbers: false where it is none such. */
static inline gboolean
add_plain_row (Worker *self,
               guint   i)
{
  const KennisActivityBlock *block = &self->block;
  const guint32 asks = 1u << KENNIS_STATUS_NOT_YET | 1u << KENNIS_STATUS_DECLINED;
  const guint32 known = block->known[i], person = block->person[i];
  const KennisCodes codes = block->codes[i];
  const gboolean ended = IS_KNOWN (known, ENDED);
  const gint32 day = ended ? block->ended_day[i] : block->start_day[i];
  const gint32 since = days_since_start (block, i);
  const gint32 until = ended && IS_KNOWN (known, APPLIED) ? MAX (0, block->applied_day[i] - day) + 1 : 0;

  if ((!ended && !IS_KNOWN (known, START)) || (known >> KENNIS_BLOCK_LARGE) != 0
      || (guint32) since >= KENNIS_PLAIN_N_SINCE || (guint32) until >= KENNIS_PLAIN_N_UNTIL
      || (guint32) (day - KENNIS_PLAIN_FIRST_DAY) >= KENNIS_PLAIN_N_DAYS)
    return FALSE;

  *next_row (self, person) = (KennisPlainRow) { kennis_plain_kind (block->topic[i], codes, known),
                                                kennis_plain_when (person, day, (guint32) since, (guint32) until),
                                                block->duration[i], block->cost[i] };
  note_time (self, person, ended ? block->ended[i] : block->start[i]);
  if (G_UNLIKELY (IS_KNOWN (known, SESSION)))
    kennis_activities_attended (&self->base, block->session[i], person);
  if (G_UNLIKELY (IS_KNOWN (known, REQUESTED) || (asks >> KENNIS_CODES_STATUS (codes) & 1) != 0))
    add_request (self, i, day);

  return TRUE;
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
        if (!add_plain_row (worker, i))
          add_row (worker, i);
    }
}

/* What the threads still hold, with as many threads. */
static void
flush_worker (gsize    number,
              guint    thread,
              gpointer data)
{
  KennisActivities *self = data;
  Worker *worker = self->workers[number];

  if (worker == NULL)
    return;
  for (guint s = 0; s < KENNIS_N_STRIPES; s++)
    flush_rows (worker, kennis_stripe_of (s + (guint) number * 37));
  for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
    flush (worker, i);
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

  if (self->stripes.overflow)
    return kennis_draft_refuse_overflow (KENNIS_SECTION_CELLS, &self->stripes.overflowed,
                                         draft->spaces[KENNIS_SPACE_PERSON], error);

  return TRUE;
}

/* The earliest and latest counting time of each person, over all threads. */
static void
set_times (KennisActivities *self,
           KennisTotal      *total)
{
  total->first = G_MAXINT64;
  total->last = G_MININT64;
  for (guint t = 0; t < self->n_threads; t++)
    {
      const Worker *worker = self->workers[t];

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
  if (!kennis_parallel_for (self->n_threads, KENNIS_N_STRIPES, settle, self, NULL, NULL, error))
    return FALSE;
  if (self->stripes.overflow)
    return kennis_draft_refuse_overflow (KENNIS_SECTION_CELLS, &self->stripes.overflowed,
                                         draft->spaces[KENNIS_SPACE_PERSON], error);

  gsize n_before = draft->totals.n;
  kennis_stripes_finish (&self->stripes, draft);
  for (gsize i = n_before; i < draft->totals.n; i++)
    set_times (self, (KennisTotal *) draft->totals.data + i);

  return TRUE;
}
