#include "config.h"

#include <pthread.h>

#include "summary/kennis-activities-private.h"

#define BLOCK_ROWS  1024u
#define CHUNK_ROWS  (16u * KENNIS_PAGE_ROWS)
#define BUFFER_ROOM 2048u
#define N_STRIPES   32u     /* elements belong to one by their first key: power of two */
#define AHEAD       12u     /* elements whose slots are fetched before they are needed */

typedef struct
{
  pthread_mutex_t lock;
  KennisTally tallies[KENNIS_N_SECTIONS];
} Stripe;

typedef struct
{
  guint   n;
  guint8 *elements;
} Buffer;

/* (person, which fields are known) → activities */
typedef struct
{
  guint32 person, known;
  gint64  n;
} KnownCount;

static const KennisShape known_shape = { "known", sizeof (KnownCount), 2, 1, { KENNIS_KEY_PERSON, KENNIS_KEY_UNSIGNED } };

/* What one thread has for itself. */
typedef struct
{
  KennisRowSink base;
  KennisActivities *owner;
  guint thread;
  gint64 *columns[KENNIS_N_ACTIVITY_FIELDS];   /* BLOCK_ROWS each */
  guint32 known[BLOCK_ROWS];
  Buffer buffers[KENNIS_N_SECTIONS];
  guint64 hashes[BUFFER_ROOM];
  guint16 order[BUFFER_ROOM];
  KennisTally known_counts;
  gint64 *first, *last;                        /* counting times by person */
  gsize n_people;
} Worker;

struct _KennisActivities
{
  KennisCalendar *calendar;
  guint n_threads;
  Worker **workers;
  Stripe stripes[N_STRIPES];
  pthread_mutex_t lock;          /* of overflow */
  gboolean overflow;
  KennisCell overflowed;

  /* Of the batch at hand. */
  const KennisDraft *draft;
  const KennisTable *table;
};

/* The cell where a sum does not fit; of several, always the same one: the first by person's index, then month. */
static void
note_overflow (KennisActivities *self,
               const KennisCell *cell)
{
  pthread_mutex_lock (&self->lock);
  if (!self->overflow || cell->person < self->overflowed.person ||
      (cell->person == self->overflowed.person && cell->month < self->overflowed.month))
    self->overflowed = *cell;
  self->overflow = TRUE;
  pthread_mutex_unlock (&self->lock);
}

/* Puts the buffer's elements in the order of their stripes. */
static void
order_by_stripe (Worker       *worker,
                 const Buffer *buffer,
                 guint         size,
                 guint        *start)
{
  guint next[N_STRIPES];

  memset (start, 0, (N_STRIPES + 1) * sizeof *start);
  for (guint i = 0; i < buffer->n; i++)
    start[(*(const guint32 *) (buffer->elements + i * size) & (N_STRIPES - 1)) + 1]++;
  for (guint s = 0; s < N_STRIPES; s++)
    start[s + 1] += start[s];
  memcpy (next, start, sizeof next);
  for (guint i = 0; i < buffer->n; i++)
    worker->order[next[*(const guint32 *) (buffer->elements + i * size) & (N_STRIPES - 1)]++] = i;
}

/* Inlined with constants, so that hashing and comparing a key are a few instructions. */
static inline __attribute__ ((always_inline)) void
flush_as (Worker        *worker,
          KennisSection  section,
          const guint    n_keys,
          const guint    n_sums)
{
  const guint size = n_keys * sizeof (guint32) + n_sums * sizeof (gint64);
  Buffer *buffer = &worker->buffers[section];
  guint start[N_STRIPES + 1];

  for (guint i = 0; i < buffer->n; i++)
    worker->hashes[i] = kennis_tally_hash ((const guint32 *) (buffer->elements + i * size), n_keys);
  order_by_stripe (worker, buffer, size, start);

  /* Every thread begins elsewhere, so that they seldom wait for one another. */
  for (guint k = 0; k < N_STRIPES; k++)
    {
      guint s = (k + worker->thread * 13) & (N_STRIPES - 1);
      Stripe *stripe = &worker->owner->stripes[s];
      KennisTally *tally = &stripe->tallies[section];

      if (start[s] == start[s + 1])
        continue;
      pthread_mutex_lock (&stripe->lock);
      kennis_tally_reserve (tally, kennis_shape_get (section), start[s + 1] - start[s]);
      for (guint i = start[s]; i < MIN (start[s] + AHEAD, start[s + 1]); i++)
        __builtin_prefetch (tally->slots + kennis_tally_slot (tally, worker->hashes[worker->order[i]]) * size, 1);
      for (guint i = start[s]; i < start[s + 1]; i++)
        {
          guint at = worker->order[i];
          const guint32 *element = (const guint32 *) (buffer->elements + at * size);

          if (i + AHEAD < start[s + 1])
            __builtin_prefetch (tally->slots + kennis_tally_slot (tally, worker->hashes[worker->order[i + AHEAD]]) * size,
                                1);
          if (!kennis_tally_add (tally, worker->hashes[at], element, n_keys, n_sums))
            note_overflow (worker->owner, (const KennisCell *) element);
        }
      pthread_mutex_unlock (&stripe->lock);
    }
  buffer->n = 0;
}

static void
flush (Worker        *worker,
       KennisSection  section)
{
  switch (section)
    {
    case KENNIS_SECTION_CELLS:
      flush_as (worker, KENNIS_SECTION_CELLS, 4, 6);
      break;
    case KENNIS_SECTION_COMPLETIONS:
      flush_as (worker, KENNIS_SECTION_COMPLETIONS, 6, 1);
      break;
    case KENNIS_SECTION_REQUESTS:
      flush_as (worker, KENNIS_SECTION_REQUESTS, 4, 1);
      break;
    case KENNIS_SECTION_ATTENDED:
      flush_as (worker, KENNIS_SECTION_ATTENDED, 2, 0);
      break;
    case KENNIS_N_SECTIONS:
      break;
    }
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
  for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
    self->columns[f] = g_new (gint64, BLOCK_ROWS);
  for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
    self->buffers[i].elements = g_malloc_n (BUFFER_ROOM, kennis_shape_get (i)->size);

  return self;
}

static void
worker_free (Worker *self)
{
  for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
    g_free (self->columns[f]);
  for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
    g_free (self->buffers[i].elements);
  kennis_tally_clear (&self->known_counts);
  g_free (self->first);
  g_free (self->last);
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
  pthread_mutex_init (&self->lock, NULL);
  for (guint s = 0; s < N_STRIPES; s++)
    pthread_mutex_init (&self->stripes[s].lock, NULL);

  return self;
}

void
kennis_activities_free (KennisActivities *self)
{
  for (guint t = 0; t < self->n_threads; t++)
    g_clear_pointer (&self->workers[t], worker_free);
  for (guint s = 0; s < N_STRIPES; s++)
    {
      for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
        kennis_tally_clear (&self->stripes[s].tallies[i]);
      pthread_mutex_destroy (&self->stripes[s].lock);
    }
  pthread_mutex_destroy (&self->lock);
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

  self->first = g_renew (gint64, self->first, n_people);
  self->last = g_renew (gint64, self->last, n_people);
  for (gsize i = self->n_people; i < n_people; i++)
    {
      self->first[i] = G_MAXINT64;
      self->last[i] = G_MININT64;
    }
  self->n_people = n_people;
}

static void
read_block (Worker *self,
            gsize   first,
            guint   n)
{
  const KennisSchema *schema = kennis_schema_get (KENNIS_RECORD_TYPE_ACTIVITY);
  const KennisActivities *owner = self->owner;

  memset (self->known, 0, n * sizeof *self->known);
  for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
    {
      const KennisField *field = &schema->fields[f];
      const guint32 *map = field->kind <= KENNIS_KIND_PAIRS ? owner->draft->maps[field->space] : NULL;
      gint64 *codes = self->columns[f], unknown = kennis_field_unknown (field);

      kennis_column_read (&owner->table->columns[f], first, n, codes);
      for (guint i = 0; i < n; i++)
        self->known[i] |= (guint32) (codes[i] != unknown) << f;
      for (guint i = 0; map != NULL && i < n; i++)
        if (codes[i] != unknown)
          codes[i] = map[codes[i]];
    }
}

static void
add_block (Worker *self,
           gsize   first,
           guint   n)
{
  read_block (self, first, n);
  for (guint i = 0; i < n; i++)
    {
      gint64 codes[KENNIS_N_ACTIVITY_FIELDS];

      for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
        codes[f] = self->columns[f][i];

      guint32 person = codes[KENNIS_ACTIVITY_PERSON];
      gint64 counted = kennis_activities_row (&self->base, codes);
      KnownCount count = { person, self->known[i], 1 };

      self->first[person] = MIN (self->first[person], counted);
      self->last[person] = MAX (self->last[person], counted);
      kennis_tally_reserve (&self->known_counts, &known_shape, 1);
      kennis_tally_add (&self->known_counts, kennis_tally_hash (&count.person, 2), &count.person, 2, 1);
    }
}

static void
add_chunk (gsize    chunk,
           guint    thread,
           gpointer data)
{
  KennisActivities *self = data;
  gsize first = chunk * CHUNK_ROWS, end = MIN (first + CHUNK_ROWS, self->table->n_rows);

  if (self->workers[thread] == NULL)
    self->workers[thread] = worker_new (self, thread);
  make_room_for_people (self->workers[thread], kennis_intern_size (self->draft->spaces[KENNIS_SPACE_PERSON]));
  for (; first < end; first += BLOCK_ROWS)
    add_block (self->workers[thread], first, MIN (BLOCK_ROWS, end - first));
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
  if (!kennis_parallel_for (self->n_threads, ((gsize) self->table->n_rows + CHUNK_ROWS - 1) / CHUNK_ROWS, add_chunk, self,
                            sink, cancellable, error))
    return FALSE;
  for (guint t = 0; t < self->n_threads; t++)
    for (guint i = 0; self->workers[t] != NULL && i < KENNIS_N_SECTIONS; i++)
      flush (self->workers[t], i);

  if (self->overflow)
    return kennis_draft_refuse_overflow (KENNIS_SECTION_CELLS, &self->overflowed, draft->spaces[KENNIS_SPACE_PERSON], error);

  return TRUE;
}

static void
add_totals (Worker      *self,
            KennisDraft *draft)
{
  KennisVector counts = { 0 };

  kennis_tally_dump (&self->known_counts, &known_shape, &counts);
  for (gsize i = 0; i < counts.n; i++)
    {
      const KnownCount *count = (const KnownCount *) counts.data + i;
      KennisTotal *total = kennis_vector_add (&draft->totals, sizeof *total, 1);

      *total = (KennisTotal) { .person = count->person, .n = count->n };
      total->first = self->first[count->person];
      total->last = self->last[count->person];
      for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
        total->n_known[f] = (count->known >> f & 1) != 0 ? count->n : 0;
    }
  kennis_vector_clear (&counts);
}

void
kennis_activities_finish (KennisActivities *self,
                          KennisDraft      *draft)
{
  for (guint s = 0; s < N_STRIPES; s++)
    for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
      {
        kennis_tally_dump (&self->stripes[s].tallies[i], kennis_shape_get (i), &draft->sections[i]);
        kennis_tally_clear (&self->stripes[s].tallies[i]);
      }
  for (guint t = 0; t < self->n_threads; t++)
    if (self->workers[t] != NULL)
      add_totals (self->workers[t], draft);
}
