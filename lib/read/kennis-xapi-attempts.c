#include "config.h"

#include "read/kennis-xapi-read-private.h"

/* Attempts: what statements of one registration, or of one hour, tell together. */

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
void
kennis_xapi_join (KennisXapiRead            *self,
                  const KennisXapiMapRecord *record,
                  guint64                    key,
                  gint64                    *codes,
                  guint64                    line)
{
  KennisReader *reader = self->job->reader;
  gint64 duration = codes[KENNIS_ACTIVITY_DURATION];
  gint64 person = codes[KENNIS_ACTIVITY_PERSON], topic = codes[KENNIS_ACTIVITY_TOPIC];
  gboolean is_new;
  KennisXapiAttempt *attempt =
      key == KENNIS_XAPI_NEAR
          ? kennis_xapi_memory_near (self->memory, person, topic, time_of (codes), record->within, &is_new)
          : kennis_xapi_memory_attempt (self->memory, key, person, topic, &is_new);
  guint index = (guint) (attempt - (KennisXapiAttempt *) (void *) self->memory->attempts->data);

  if (!is_new)
    {
      self->job->n_read++;
      reader->n_read++;
      reader->n_merged++;
    }
  attempt->start = least (attempt->start, codes[KENNIS_ACTIVITY_START]);
  attempt->ended = greatest (attempt->ended, codes[KENNIS_ACTIVITY_ENDED]);
  if (record->sums && duration != KENNIS_UNKNOWN)
    attempt->sum = attempt->sum == KENNIS_UNKNOWN ? duration : attempt->sum + duration;
  else
    attempt->most = greatest (attempt->most, duration);
  if (finality (codes[KENNIS_ACTIVITY_STATUS]) > finality (attempt->status))
    attempt->status = (guint8) codes[KENNIS_ACTIVITY_STATUS];
  attempt->n_statements++;
  if (attempt->line == 0)
    attempt->line = line;
  if (attempt->is_given)
    {
      attempt->is_given = FALSE;
      g_array_append_val (self->memory->changed, index);
    }

  if (!is_new)
    return;
  codes[KENNIS_ACTIVITY_START] = codes[KENNIS_ACTIVITY_ENDED] = codes[KENNIS_ACTIVITY_DURATION] = KENNIS_UNKNOWN;
  codes[KENNIS_ACTIVITY_STATUS] = 0;
  codes[KENNIS_ACTIVITY_PERSON] = codes[KENNIS_ACTIVITY_TOPIC] = KENNIS_UNKNOWN;
  for (guint f = KENNIS_ACTIVITY_EXTERNAL + 1; f < KENNIS_MAX_FIELDS; f++)
    codes[f] = 0;
  attempt->rest = kennis_xapi_memory_rest (self->memory, codes);
}

static gboolean
give_attempt (KennisXapiRead *self, KennisXapiAttempt *attempt, GError **error)
{
  KennisReader *reader = self->job->reader;
  gint64 codes[KENNIS_MAX_FIELDS];
  guint64 n_rejected = reader->n_rejected;
  gboolean ok;

  memcpy (codes, self->memory->rests->data + (gsize) attempt->rest * sizeof codes, sizeof codes);
  codes[KENNIS_ACTIVITY_PERSON] = attempt->person;
  codes[KENNIS_ACTIVITY_TOPIC] = attempt->topic;
  codes[KENNIS_ACTIVITY_START] = attempt->start;
  codes[KENNIS_ACTIVITY_ENDED] = attempt->ended;
  codes[KENNIS_ACTIVITY_DURATION] = greatest (attempt->most, attempt->sum);
  codes[KENNIS_ACTIVITY_STATUS] = attempt->status;
  /* Clocks differ: what ends before it begins has no known beginning. */
  if (attempt->ended != KENNIS_UNKNOWN && attempt->start != KENNIS_UNKNOWN && attempt->ended < attempt->start)
    codes[KENNIS_ACTIVITY_START] = KENNIS_UNKNOWN;
  attempt->is_given = TRUE;
  attempt->was_completed = attempt->status == KENNIS_STATUS_COMPLETED;
  ok =
      kennis_read_job_append (self->job, KENNIS_RECORD_TYPE_ACTIVITY, codes, (KennisPlace) { attempt->line, 1 }, error);
  if (reader->n_rejected > n_rejected)
    {
      reader->n_rows_used -= attempt->n_statements;
      reader->n_rows_rejected += attempt->n_statements;
    }
  attempt->n_statements = 0;
  attempt->line = 0;

  return ok;
}

/* At the end of the source.  Of an attempt that a source before told of, more is said only where it was not completed then:
 * only what is completed has hours, so that none count twice. */
gboolean
kennis_xapi_give_attempts (KennisXapiRead  *self,
                           GError         **error)
{
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
          if (!give_attempt (self, attempt, error))
            return FALSE;
        }
      attempt->is_given = TRUE;
      attempt->n_statements = 0;
    }
  g_array_set_size (memory->changed, 0);
  for (; memory->first_open < memory->attempts->len; memory->first_open++)
    if (!give_attempt (self, &g_array_index (memory->attempts, KennisXapiAttempt, memory->first_open), error))
      return FALSE;

  return TRUE;
}
