#include "config.h"

#include "base/kennis-parallel-private.h"
#include "dataset/kennis-dataset-private.h"
#include "read/kennis-xapi-read-private.h"

/* Attempts: what statements of one registration, or of one hour, tell together. */

/* Durations of one attempt, ms: out of range, and with one more no overflow. */
#define MOST_SUM (G_MAXINT64 / 2)

static gint64
least (gint64 a, gint64 b)
{
  return a == KENNIS_UNKNOWN || (b != KENNIS_UNKNOWN && b < a) ? b : a;
}

static gint64
greatest (gint64 a, gint64 b)
{
  return a == KENNIS_UNKNOWN || (b != KENNIS_UNKNOWN && b > a) ? b : a;
}

/* What an attempt came to, the more final first: completed, abandoned, enrolled, anything else. */
static guint
finality (gint64 status)
{
  return status == KENNIS_STATUS_COMPLETED   ? 4
         : status == KENNIS_STATUS_ABANDONED ? 3
         : status == KENNIS_STATUS_ENROLLED  ? 2
         : status != 0                       ? 1
                                             : 0;
}

static gint64
time_of (const gint64 *codes)
{
  return codes[KENNIS_ACTIVITY_START] != KENNIS_UNKNOWN ? codes[KENNIS_ACTIVITY_START] : codes[KENNIS_ACTIVITY_ENDED];
}

/* Is it of an attempt that is known by more than one statement? */
gboolean
kennis_xapi_is_joined (guint64       attempt,
                       const gint64 *codes)
{
  return attempt == KENNIS_XAPI_NEAR
             ? codes[KENNIS_ACTIVITY_TOPIC] != KENNIS_UNKNOWN && time_of (codes) != KENNIS_UNKNOWN
             : attempt != 0;
}

/* Statements of one attempt: the first start, the last end, the most final status; of durations the longest, for passed and
 * completed tell the same time twice, but those of sessions add up. */
KennisXapiAttempt *
kennis_xapi_join (KennisXapiRead            *self,
                  const KennisXapiMapRecord *record,
                  guint64                    key,
                  const KennisXapiTold      *told,
                  guint64                    line,
                  gboolean                  *is_new)
{
  KennisReader *reader = self->job->reader;
  gint64 duration = told->duration, time = told->start != KENNIS_UNKNOWN ? told->start : told->ended;
  KennisXapiAttempt *attempt =
      key == KENNIS_XAPI_NEAR
          ? kennis_xapi_memory_near (self->memory, told->person, told->topic, time, record->within, is_new)
          : kennis_xapi_memory_attempt (self->memory, key, told->person, told->topic, is_new);
  guint index = (guint) (attempt - (KennisXapiAttempt *) (void *) self->memory->attempts->data);

  if (!*is_new)
    {
      self->job->n_read++;
      reader->n_read++;
      reader->n_merged++;
    }
  attempt->start = least (attempt->start, told->start);
  attempt->ended = greatest (attempt->ended, told->ended);
  if (record->sums && duration != KENNIS_UNKNOWN)
    attempt->sum = attempt->sum == KENNIS_UNKNOWN ? duration : MIN (attempt->sum + duration, MOST_SUM);
  else
    attempt->most = greatest (attempt->most, duration);
  if (finality (told->status) > finality (attempt->status))
    attempt->status = (guint8) told->status;
  attempt->n_statements++;
  if (attempt->line == 0)
    attempt->line = line;
  if (attempt->is_given)
    {
      attempt->is_given = FALSE;
      g_array_append_val (self->memory->changed, index);
    }

  return attempt;
}

guint32
kennis_xapi_rest_of (KennisXapiRead *self,
                     gint64         *codes)
{
  codes[KENNIS_ACTIVITY_START] = codes[KENNIS_ACTIVITY_ENDED] = codes[KENNIS_ACTIVITY_DURATION] = KENNIS_UNKNOWN;
  codes[KENNIS_ACTIVITY_STATUS] = 0;
  codes[KENNIS_ACTIVITY_PERSON] = codes[KENNIS_ACTIVITY_TOPIC] = KENNIS_UNKNOWN;
  for (guint f = KENNIS_ACTIVITY_EXTERNAL + 1; f < KENNIS_MAX_FIELDS; f++)
    codes[f] = 0;

  return kennis_xapi_memory_rest (self->memory, codes);
}

/* ── Their records ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Where they go, from one thread: plain ones around the dataset. */
typedef struct
{
  KennisXapiRead        *read;
  const KennisPlainSink *sink;   /* NULL: all to the dataset */
  guint                  thread;
  guint64                n;      /* that several threads gave */
  guint8                *persons, *topics;   /* that they named: 1 */
  KennisPlainRows        rows;
} Giving;

static void
hand_out (Giving *self)
{
  if (self->rows.n > 0)
    kennis_plain_sink_add (self->sink, self->thread, &self->rows);
  self->rows.n = 0;
}

static gboolean
knows (guint32 known, guint field)
{
  return (known >> field & 1) != 0;
}

/* When it was, as a row has it; false: that is more than one day of one month. */
static gboolean
find_when (const Giving *self, const gint64 *codes, guint32 known, guint64 *when)
{
  const KennisCalendar *calendar = self->read->calendar;
  const gboolean ended = knows (known, KENNIS_ACTIVITY_ENDED), started = knows (known, KENNIS_ACTIVITY_START);
  const gint32 start = started ? kennis_calendar_day (calendar, codes[KENNIS_ACTIVITY_START]) : 0;
  const gint32 day = ended ? kennis_calendar_day (calendar, codes[KENNIS_ACTIVITY_ENDED]) : start;
  guint32 until = 0;

  if ((!ended && !started) || !kennis_plain_has_day (day))
    return FALSE;
  if (ended && started && start != day
      && (codes[KENNIS_ACTIVITY_STATUS] == KENNIS_STATUS_ENROLLED
          || kennis_month_of_day (start) != kennis_month_of_day (day)))
    return FALSE;
  if (ended && knows (known, KENNIS_ACTIVITY_APPLIED))
    until = kennis_plain_days (kennis_calendar_day (calendar, codes[KENNIS_ACTIVITY_APPLIED]), day);
  *when = (guint64) (guint32) (day - KENNIS_PLAIN_FIRST_DAY) << KENNIS_PLAIN_DAY
          | (ended && started ? kennis_plain_days (day, start) << KENNIS_PLAIN_SINCE : 0) | until;

  return until >> KENNIS_PLAIN_UNTIL_BITS == 0;
}

static gboolean
is_amount (gint64 code)
{
  return code == KENNIS_UNKNOWN || (guint64) code <= G_MAXUINT32;
}

/* False: it is none that may go around the dataset. */
static gboolean
make_plain (Giving *self, const gint64 *codes)
{
  const KennisSchema *schema = kennis_schema_get (KENNIS_RECORD_TYPE_ACTIVITY);
  const gint64 status = codes[KENNIS_ACTIVITY_STATUS], topic = codes[KENNIS_ACTIVITY_TOPIC];
  const gint64 duration = codes[KENNIS_ACTIVITY_DURATION], cost = codes[KENNIS_ACTIVITY_COST];
  const guint32 never = 1u << KENNIS_ACTIVITY_ID | 1u << KENNIS_ACTIVITY_SESSION | 1u << KENNIS_ACTIVITY_REQUESTED;
  guint32 known = 0, coded = 0;
  guint64 when;

  for (guint f = 0; f < schema->n_fields; f++)
    if (codes[f] != kennis_field_unknown (&schema->fields[f]))
      {
        int shift = kennis_plain_shift (f);

        known |= 1u << f;
        coded |= shift >= 0 ? (guint32) codes[f] << shift : 0;
      }
  if ((known & never) != 0 || !knows (known, KENNIS_ACTIVITY_PERSON) || status == KENNIS_STATUS_NOT_YET
      || status == KENNIS_STATUS_DECLINED || !is_amount (duration) || !is_amount (cost)
      || !find_when (self, codes, known, &when))
    return FALSE;
  self->rows.rows[self->rows.n] = (KennisPlainRow) {
    .kind = (guint64) (topic != KENNIS_UNKNOWN ? (guint32) topic : KENNIS_INTERN_NONE) << KENNIS_PLAIN_TOPIC
            | kennis_plain_kind (known, coded),
    .when = when,
    .duration = duration != KENNIS_UNKNOWN ? (guint32) duration : 0,
    .cost = cost != KENNIS_UNKNOWN ? (guint32) cost : 0,
  };
  self->rows.persons[self->rows.n] = (guint32) codes[KENNIS_ACTIVITY_PERSON];
  self->rows.counted[self->rows.n] =
      codes[knows (known, KENNIS_ACTIVITY_ENDED) ? KENNIS_ACTIVITY_ENDED : KENNIS_ACTIVITY_START];

  return TRUE;
}

static gboolean
give_record (Giving *self, const gint64 *codes, KennisPlace place, GError **error)
{
  KennisReadJob *job = self->read->job;
  gboolean passed;

  if (self->sink == NULL || !make_plain (self, codes))
    return kennis_read_job_append (job, KENNIS_RECORD_TYPE_ACTIVITY, codes, place, error);
  if (!kennis_read_job_pass (job, codes, place, &passed, error))
    return FALSE;
  self->rows.n += passed;
  if (self->rows.n == KENNIS_PLAIN_ROWS)
    hand_out (self);

  return TRUE;
}

static void
find_codes (const KennisXapiRead *self, const KennisXapiAttempt *attempt, gint64 *codes)
{
  const gsize size = KENNIS_MAX_FIELDS * sizeof *codes;

  memcpy (codes, self->memory->rests->data + attempt->rest * size, size);
  codes[KENNIS_ACTIVITY_PERSON] = attempt->person;
  codes[KENNIS_ACTIVITY_TOPIC] = attempt->topic;
  codes[KENNIS_ACTIVITY_START] = attempt->start;
  codes[KENNIS_ACTIVITY_ENDED] = attempt->ended;
  codes[KENNIS_ACTIVITY_DURATION] = greatest (attempt->most, attempt->sum);
  codes[KENNIS_ACTIVITY_STATUS] = attempt->status;
  /* Clocks differ: what ends before it begins has no known beginning. */
  if (attempt->ended != KENNIS_UNKNOWN && attempt->start != KENNIS_UNKNOWN && attempt->ended < attempt->start)
    codes[KENNIS_ACTIVITY_START] = KENNIS_UNKNOWN;
}

static void
close_attempt (KennisXapiAttempt *attempt)
{
  attempt->is_given = TRUE;
  attempt->was_completed = attempt->status == KENNIS_STATUS_COMPLETED;
  attempt->n_statements = 0;
  attempt->line = 0;
}

static gboolean
give_attempt (Giving *giving, KennisXapiAttempt *attempt, GError **error)
{
  KennisXapiRead *self = giving->read;
  KennisReader *reader = self->job->reader;
  gint64 codes[KENNIS_MAX_FIELDS];
  guint64 n_rejected = reader->n_rejected;
  gboolean ok;

  find_codes (self, attempt, codes);
  ok = give_record (giving, codes, (KennisPlace) { attempt->line, 1 }, error);
  if (reader->n_rejected > n_rejected)
    {
      reader->n_rows_used -= attempt->n_statements;
      reader->n_rows_rejected += attempt->n_statements;
    }
  close_attempt (attempt);

  return ok;
}

/* Of an attempt that a source before told of, more is said only where it was not completed then:
 * only what is completed has hours, so that none count twice. */
static gboolean
give_changed (Giving *giving, GError **error)
{
  KennisXapiRead *self = giving->read;
  KennisXapiMemory *memory = self->memory;

  for (guint i = 0; i < memory->changed->len; i++)
    {
      KennisXapiAttempt *attempt =
          &g_array_index (memory->attempts, KennisXapiAttempt, g_array_index (memory->changed, guint, i));

      if (!attempt->was_completed && attempt->status == KENNIS_STATUS_COMPLETED)
        {
          self->job->reader->n_merged--;
          self->job->reader->n_read--;
          self->job->n_read--;
          if (!give_attempt (giving, attempt, error))
            return FALSE;
        }
      close_attempt (attempt);
    }
  g_array_set_size (memory->changed, 0);

  return TRUE;
}

/* ── By several threads ───────────────────────────────────────────────────────────────────────────────────────────── */

#define CHUNK 512u

typedef struct
{
  Giving  *givings;             /* of each thread */
  guint    from, until;         /* attempts */
  GArray **left;                /* of each chunk: guint: attempts that are not plain, or not sound; NULL: none */
} Sharing;

static void
give_chunk (gsize chunk, guint thread, gpointer data)
{
  Sharing *sharing = data;
  Giving *giving = &sharing->givings[thread];
  KennisXapiRead *self = giving->read;
  guint from = sharing->from + (guint) chunk * CHUNK, until = MIN (from + CHUNK, sharing->until);

  for (guint i = from; i < until; i++)
    {
      KennisXapiAttempt *attempt = &g_array_index (self->memory->attempts, KennisXapiAttempt, i);
      gint64 codes[KENNIS_MAX_FIELDS];

      find_codes (self, attempt, codes);
      if (!make_plain (giving, codes)
          || !kennis_dataset_check_row (self->job->dataset, KENNIS_RECORD_TYPE_ACTIVITY, codes, NULL))
        {
          if (sharing->left[chunk] == NULL)
            sharing->left[chunk] = g_array_new (FALSE, FALSE, sizeof i);
          g_array_append_val (sharing->left[chunk], i);
          continue;
        }
      close_attempt (attempt);
      giving->persons[attempt->person] = 1;
      if (attempt->topic != KENNIS_UNKNOWN)
        giving->topics[attempt->topic] = 1;
      giving->n++;
      if (++giving->rows.n == KENNIS_PLAIN_ROWS)
        hand_out (giving);
    }
}

/* What each thread gave, and whom it named. */
static void
add_up (Giving *giving, guint32 n_persons, guint32 n_topics)
{
  KennisReadJob *job = giving->read->job;

  hand_out (giving);
  job->n_read += giving->n;
  job->reader->n_read += giving->n;
  job->reader->n_added += giving->n;
  for (guint32 p = 0; p < n_persons; p++)
    if (giving->persons[p] != 0)
      kennis_dataset_name (job->dataset, KENNIS_SPACE_PERSON, p);
  for (guint32 t = 0; t < n_topics; t++)
    if (giving->topics[t] != 0)
      kennis_dataset_name (job->dataset, KENNIS_SPACE_TOPIC, t);
}

/* In order, in this thread, where all is well so far. */
static gboolean
give_left (Giving *giving, Sharing *sharing, gsize n_chunks, gboolean ok, GError **error)
{
  GArray *attempts = giving->read->memory->attempts;

  for (gsize c = 0; c < n_chunks; c++)
    {
      for (guint i = 0; ok && sharing->left[c] != NULL && i < sharing->left[c]->len; i++)
        ok = give_attempt (
            giving, &g_array_index (attempts, KennisXapiAttempt, g_array_index (sharing->left[c], guint, i)), error);
      g_clear_pointer (&sharing->left[c], g_array_unref);
    }

  return ok;
}

/* Those from first_open on: plain ones in any thread and order, for sums do not depend on it, then the others. */
static gboolean
share_out (Giving *giving, GError **error)
{
  KennisXapiRead *self = giving->read;
  KennisXapiMemory *memory = self->memory;
  KennisIntern *const *spaces = self->job->dataset->spaces;
  const guint32 n_persons = kennis_intern_size (spaces[KENNIS_SPACE_PERSON]);
  const guint32 n_topics = kennis_intern_size (spaces[KENNIS_SPACE_TOPIC]);
  const guint n_threads = giving->sink->n_threads;
  gsize n_chunks = (memory->attempts->len - memory->first_open + CHUNK - 1) / CHUNK;
  g_autofree GArray **left = g_new0 (GArray *, n_chunks + 1);
  g_autofree Giving *givings = g_new0 (Giving, n_threads);
  Sharing sharing = { givings, memory->first_open, memory->attempts->len, left };
  gboolean ok;

  for (guint t = 0; t < n_threads; t++)
    {
      givings[t].read = self;
      givings[t].sink = giving->sink;
      givings[t].thread = t;
      givings[t].persons = g_malloc0 (n_persons + 1);
      givings[t].topics = g_malloc0 (n_topics + 1);
    }
  ok = kennis_parallel_for (n_threads, n_chunks, give_chunk, &sharing, NULL, self->job->cancellable, error);
  for (guint t = 0; t < n_threads; t++)
    {
      if (ok)
        add_up (&givings[t], n_persons, n_topics);
      g_free (givings[t].persons);
      g_free (givings[t].topics);
    }
  memory->first_open = memory->attempts->len;

  return give_left (giving, &sharing, n_chunks, ok, error);
}

/* At the end of the source. */
gboolean
kennis_xapi_give_attempts (KennisXapiRead  *self,
                           GError         **error)
{
  KennisXapiMemory *memory = self->memory;
  KennisReadJob *job = self->job;
  g_autofree Giving *giving = g_new (Giving, 1);
  g_autoptr (GError) cause = NULL;

  giving->read = self;
  giving->thread = 0;
  giving->rows.n = 0;
  giving->sink =
      job->plain != NULL && !job->reader->no_straight_way ? job->plain (job->dataset, job->batch_data, &cause) : NULL;
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (!give_changed (giving, error))
    return FALSE;
  if (giving->sink != NULL && !job->reader->strict && kennis_dataset_passes_apart (job->dataset)
      && !share_out (giving, error))
    return FALSE;
  for (; memory->first_open < memory->attempts->len; memory->first_open++)
    if (!give_attempt (giving, &g_array_index (memory->attempts, KennisXapiAttempt, memory->first_open), error))
      return FALSE;
  if (giving->sink != NULL)
    hand_out (giving);

  return TRUE;
}
