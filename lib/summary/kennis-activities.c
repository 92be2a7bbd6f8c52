#include "config.h"

#include "summary/kennis-activities-private.h"
#include "summary/kennis-stripes-private.h"

#define BLOCK_ROWS  1024u                    /* whole blocks make a page */
#define CHUNK_ROWS  (16u * KENNIS_PAGE_ROWS)
#define BUFFER_ROOM 2048u
#define FIRST_ROOM  64u
#define LAST_ROOM   2048u                    /* rows of one stripe taken in at once */

typedef struct
{
  guint   n;
  guint8 *elements;
} Buffer;

typedef struct
{
  guint n, room;
  KennisPlainRow *rows;
} RowBuffer;

/* What one thread has for itself. */
typedef struct
{
  KennisRowSink base;
  KennisActivities *owner;
  guint thread;
  gint64 *columns[KENNIS_N_ACTIVITY_FIELDS];   /* BLOCK_ROWS each */
  guint32 known[BLOCK_ROWS];                   /* bit f: field f is known */
  RowBuffer rows[KENNIS_N_STRIPES];
  Buffer buffers[KENNIS_N_SECTIONS];
  gint64 *first, *last;                        /* counting times by person */
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
  for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
    self->columns[f] = g_new0 (gint64, BLOCK_ROWS);
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
  for (guint s = 0; s < KENNIS_N_STRIPES; s++)
    g_free (self->rows[s].rows);
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
note_known (Worker *self,
            guint   field,
            gint64  unknown,
            guint   n)
{
  const gint64 *codes = self->columns[field];

  for (guint i = 0; i < n; i++)
    self->known[i] |= (guint32) (codes[i] != unknown) << field;
}

/* Reads the columns of a block, and which fields are known: of most pages that is the same for all rows. */
static void
read_block (Worker *self,
            gsize   first,
            guint   n)
{
  const KennisSchema *schema = kennis_schema_get (KENNIS_RECORD_TYPE_ACTIVITY);
  const KennisActivities *owner = self->owner;
  KennisKnown states[KENNIS_N_ACTIVITY_FIELDS];
  guint32 all = 0;

  for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
    {
      states[f] = kennis_column_known (&owner->table->columns[f], first);
      all |= (guint32) (states[f] == KENNIS_KNOWN_ALL) << f;
    }
  for (guint i = 0; i < n; i++)
    self->known[i] = all;

  for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
    {
      const KennisField *field = &schema->fields[f];
      const guint32 *map = field->kind <= KENNIS_KIND_PAIRS ? owner->draft->maps[field->space] : NULL;
      gint64 *codes = self->columns[f], unknown = kennis_field_unknown (field);

      /* Of ids nothing is told but how many there are. */
      if (f == KENNIS_ACTIVITY_ID && states[f] != KENNIS_KNOWN_SOME)
        continue;
      kennis_column_read (&owner->table->columns[f], first, n, codes);
      if (states[f] == KENNIS_KNOWN_SOME)
        note_known (self, f, unknown, n);
      for (guint i = 0; map != NULL && i < n; i++)
        if (codes[i] != unknown)
          codes[i] = map[codes[i]];
    }
}

static void
flush_rows (Worker    *self,
            RowBuffer *buffer)
{
  kennis_stripes_add_rows (&self->owner->stripes, buffer->rows, buffer->n);
  buffer->n = 0;
}

static inline KennisPlainRow *
next_row (Worker  *self,
          guint32  person)
{
  RowBuffer *buffer = &self->rows[kennis_stripe_of (person)];

  if (G_UNLIKELY (buffer->n == buffer->room))
    {
      if (buffer->room == LAST_ROOM)
        flush_rows (self, buffer);
      else
        {
          buffer->room = MAX (FIRST_ROOM, buffer->room * 2);
          buffer->rows = g_renew (KennisPlainRow, buffer->rows, buffer->room);
        }
    }

  /* The buffers together are larger than a cache: the next row's place is fetched while there is time. */
  __builtin_prefetch (&buffer->rows[buffer->n + 2], 1);
  return &buffer->rows[buffer->n++];
}

#define FIELD(name) (self->columns[KENNIS_ACTIVITY_##name][i])

/* Any row, by the long way. */
static void
add_row (Worker *self,
         guint   i)
{
  gint64 codes[KENNIS_N_ACTIVITY_FIELDS];

  for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
    codes[f] = self->columns[f][i];

  guint32 person = codes[KENNIS_ACTIVITY_PERSON];
  gint64 counted = kennis_activities_row (&self->base, codes);

  self->first[person] = MIN (self->first[person], counted);
  self->last[person] = MAX (self->last[person], counted);
  kennis_stripes_add_known (&self->owner->stripes, person, self->known[i]);
}

/* A row without request and session, in one month, with small numbers: false where it is none such. */
static inline gboolean
add_plain_row (Worker *self,
               guint   i)
{
  const guint32 both = 1u << KENNIS_ACTIVITY_START | 1u << KENNIS_ACTIVITY_ENDED;
  guint32 known = self->known[i];
  gint64 ended = FIELD (ENDED), start = FIELD (START);
  KennisStatus status = FIELD (STATUS);
  gint32 day, since_start = -1, until_applied = -1;

  if ((known & (1u << KENNIS_ACTIVITY_REQUESTED | 1u << KENNIS_ACTIVITY_SESSION)) != 0 || (known & both) == 0
      || status == KENNIS_STATUS_NOT_YET || status == KENNIS_STATUS_DECLINED)
    return FALSE;

  gint64 counted = (known >> KENNIS_ACTIVITY_ENDED & 1) != 0 ? ended : start;
  day = kennis_calendar_day (self->base.calendar, counted);
  if ((known & both) == both)
    {
      gint32 start_day = kennis_calendar_day (self->base.calendar, start);

      if (start_day != day
          && (status == KENNIS_STATUS_ENROLLED || kennis_month_of_day (start_day) != kennis_month_of_day (day)))
        return FALSE;
      since_start = MAX (0, day - start_day);
    }
  if ((known >> KENNIS_ACTIVITY_ENDED & 1) != 0 && (known >> KENNIS_ACTIVITY_APPLIED & 1) != 0)
    until_applied = MAX (0, kennis_calendar_day (self->base.calendar, FIELD (APPLIED)) - day);

  gint64 duration = (known >> KENNIS_ACTIVITY_DURATION & 1) != 0 ? FIELD (DURATION) : 0;
  gint64 cost = (known >> KENNIS_ACTIVITY_COST & 1) != 0 ? FIELD (COST) : 0;

  if ((guint64) duration > G_MAXUINT32 || (guint64) cost > G_MAXUINT32 || since_start > G_MAXINT16
      || until_applied > G_MAXINT16)
    return FALSE;

  guint32 person = FIELD (PERSON);
  KennisPlainRow *row = next_row (self, person);

  row->person = person;
  row->topic = (known >> KENNIS_ACTIVITY_TOPIC & 1) != 0 ? (guint32) FIELD (TOPIC) : KENNIS_INTERN_NONE;
  row->codes =
      KENNIS_CODES (FIELD (FORM), FIELD (SETTING), FIELD (APPROACH), FIELD (INITIATIVE), status, FIELD (EXTERNAL));
  row->day = day;
  row->duration = (guint32) duration;
  row->cost = (guint32) cost;
  row->since_start = (gint16) since_start;
  row->until_applied = (gint16) until_applied;
  row->known = known;
  self->first[person] = MIN (self->first[person], counted);
  self->last[person] = MAX (self->last[person], counted);

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

  for (; first < end; first += BLOCK_ROWS)
    {
      guint n = MIN (BLOCK_ROWS, end - first);

      read_block (worker, first, n);
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
    flush_rows (worker, &worker->rows[kennis_stripe_of (s + (guint) number * 37)]);
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
      total->first = MIN (total->first, worker->first[total->person]);
      total->last = MAX (total->last, worker->last[total->person]);
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
  KennisVector counts = { 0 };

  if (!kennis_parallel_for (self->n_threads, KENNIS_N_STRIPES, settle, self, NULL, NULL, error))
    return FALSE;
  if (self->stripes.overflow)
    return kennis_draft_refuse_overflow (KENNIS_SECTION_CELLS, &self->stripes.overflowed,
                                         draft->spaces[KENNIS_SPACE_PERSON], error);

  kennis_stripes_finish (&self->stripes, draft, &counts);
  for (gsize i = 0; i < counts.n; i++)
    {
      const KennisKnownCount *count = (const KennisKnownCount *) counts.data + i;
      KennisTotal *total = kennis_vector_add (&draft->totals, sizeof *total, 1);

      *total = (KennisTotal) { .person = count->person, .n = count->n };
      set_times (self, total);
      for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
        total->n_known[f] = (count->known >> f & 1) != 0 ? count->n : 0;
    }
  kennis_vector_clear (&counts);

  return TRUE;
}
