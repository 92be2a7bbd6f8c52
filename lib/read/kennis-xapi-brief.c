#include "config.h"

#include "read/kennis-xapi-read-private.h"

/* Most statements are of an attempt, say who, what and when, and all else follows from their verb and type: their records are handed over
 * as a few numbers, field by field in the struct, and not one value after another.  They become what they become the other way
 * (kennis-xapi-made.c, take_records()). */

/* ── Which records may be ─────────────────────────────────────────────────────────────────────────────────────────── */

/* Is it one thing of the statement as it stands? */
static gboolean
is_just (const KennisXapiField *field, KennisXapiSource source)
{
  return field->n_parts == 1 && field->unit != KENNIS_CELL_LOWER && field->parts[0].n_names == 1
         && field->parts[0].names[0].source == source && field->parts[0].regex == NULL && field->literals[0] == NULL
         && field->literals[1] == NULL;
}

static gboolean
is_text_of (const KennisXapiField *field, KennisXapiSource source, guint index)
{
  return field->index == index && field->field->kind == KENNIS_KIND_TEXT && field->words == NULL
         && is_just (field, source);
}

/* What the field is in a brief record; 0: it cannot be in one. */
static guint
bit_of (const KennisXapiField *field)
{
  if (is_text_of (field, KENNIS_XAPI_FROM_ACTOR, KENNIS_ACTIVITY_PERSON)
      || (is_text_of (field, KENNIS_XAPI_FROM_OBJECT, KENNIS_ACTIVITY_TOPIC) && !field->is_person)
      || ((field->index == KENNIS_ACTIVITY_START || field->index == KENNIS_ACTIVITY_ENDED)
          && is_just (field, KENNIS_XAPI_FROM_TIME))
      || (field->index == KENNIS_ACTIVITY_DURATION && is_just (field, KENNIS_XAPI_FROM_DURATION)))
    return 1u << field->index;
  /* The quick way knows no groups; and codes follow from verb and type. */
  if (field->by_name != NULL || is_just (field, KENNIS_XAPI_FROM_GROUP))
    return KENNIS_XAPI_BRIEF;

  return 0;
}

void
kennis_xapi_find_brief (KennisXapiMapRecord *record)
{
  const guint32 both = 1u << KENNIS_ACTIVITY_PERSON | 1u << KENNIS_ACTIVITY_TOPIC;
  const guint32 times = 1u << KENNIS_ACTIVITY_START | 1u << KENNIS_ACTIVITY_ENDED;
  const KennisXapiPart *merge = record->merge != NULL ? record->merge->parts : NULL;
  guint32 brief = KENNIS_XAPI_BRIEF;

  record->brief = 0;
  if (record->schema->type != KENNIS_RECORD_TYPE_ACTIVITY || merge == NULL || record->merge->n_parts != 1
      || record->merge->literals[0] != NULL || record->merge->literals[1] != NULL || merge->regex != NULL
      || merge->names[0].source != KENNIS_XAPI_FROM_REGISTRATION)
    return;
  for (guint f = 0; f < record->fields->len; f++)
    {
      guint32 bit = bit_of (&g_array_index (record->fields, KennisXapiField, f));

      /* Each once; and people are looked up before topics. */
      if (bit == 0 || (bit != KENNIS_XAPI_BRIEF && (brief & bit) != 0)
          || (bit == 1u << KENNIS_ACTIVITY_TOPIC && (brief & 1u << KENNIS_ACTIVITY_PERSON) == 0))
        return;
      brief |= bit;
    }
  if ((brief & both) == both && (brief & times) != 0 && (record->needs & ~(brief & (both | times))) == 0)
    record->brief = brief;
}

/* ── Made by any thread ───────────────────────────────────────────────────────────────────────────────────────────── */

gboolean
kennis_xapi_make_brief (KennisXapiWorker *self, const KennisXapiMapRecord *record, guint index, guint verb, guint type)
{
  const KennisXapiStatement *statement = &self->statement;
  const KennisXapiQuick *quick = self->quick;
  KennisXapiBrief *brief;
  gint64 time;

  if (record->brief == 0 || quick == NULL || quick->registration.text == NULL || statement->time == KENNIS_UNKNOWN
      || quick->known[KENNIS_XAPI_KNOWN_ACTOR]->coded[0].text.length == 0
      || quick->known[KENNIS_XAPI_KNOWN_OBJECT]->coded[0].text.length == 0)
    return FALSE;
  time = kennis_reader_coarsen (self->reader, self->calendar, statement->time);
  brief = (KennisXapiBrief *) (void *) (self->found->data
                                        + kennis_xapi_buffer_append (self->found, NULL, 0, sizeof *brief));
  *brief = (KennisXapiBrief) {
    .made = { .record = (guint16) index,
              .verb = (guint8) verb,
              .type = (guint8) type,
              .is_brief = TRUE,
              .attempt = kennis_hash_of_name (quick->registration.text, quick->registration.length) },
    .person = &quick->known[KENNIS_XAPI_KNOWN_ACTOR]->coded[0],
    .topic = &quick->known[KENNIS_XAPI_KNOWN_OBJECT]->coded[0],
    .start = (record->brief & 1u << KENNIS_ACTIVITY_START) != 0 ? time : KENNIS_UNKNOWN,
    .ended = (record->brief & 1u << KENNIS_ACTIVITY_ENDED) != 0 ? time : KENNIS_UNKNOWN,
    .duration = (record->brief & 1u << KENNIS_ACTIVITY_DURATION) != 0 ? statement->duration : KENNIS_UNKNOWN,
  };

  return TRUE;
}

/* ── Taken in order ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* What follows from verb and type. */
static const KennisXapiFollows *
follows_from (KennisXapiRead *self, const KennisXapiMapRecord *record, const KennisXapiMade *made)
{
  guint32 key = (guint32) made->record << 16 | (guint32) made->verb << 8 | made->type;
  KennisXapiFollows *follows = &self->follows[(made->record * 5u + made->verb + made->type * 3u) % KENNIS_XAPI_FOLLOWS];
  gint64 codes[KENNIS_MAX_FIELDS];

  if (follows->is_known && follows->key == key)
    return follows;
  memcpy (codes, record->base, sizeof codes);
  for (guint f = 0; f < record->fields->len; f++)
    {
      const KennisXapiField *field = &g_array_index (record->fields, KennisXapiField, f);

      if (field->by_name != NULL && codes[field->index] == kennis_field_unknown (field->field))
        codes[field->index] =
            field->by_name[field->parts[0].names[0].source == KENNIS_XAPI_FROM_VERB ? made->verb : made->type];
    }
  *follows = (KennisXapiFollows) { .key = key, .is_known = TRUE, .status = codes[KENNIS_ACTIVITY_STATUS] };
  follows->rest = kennis_xapi_rest_of (self, codes);

  return follows;
}

gboolean
kennis_xapi_take_brief (KennisXapiRead *self, const KennisXapiBrief *brief, KennisPlace place, GError **error)
{
  const KennisXapiMapRecord *record = self->map->records->pdata[brief->made.record];
  const KennisField *fields = record->schema->fields;
  const KennisXapiFollows *follows = follows_from (self, record, &brief->made);
  KennisXapiTold told = { .start = brief->start, .ended = brief->ended, .duration = brief->duration,
                          .status = follows->status };
  g_auto (KennisTextProblem) problem = { 0 };
  KennisXapiAttempt *attempt;
  gboolean is_new;

  if (!kennis_xapi_coded_code (self, &fields[KENNIS_ACTIVITY_PERSON], brief->person, &told.person, &problem)
      || !kennis_xapi_coded_code (self, &fields[KENNIS_ACTIVITY_TOPIC], brief->topic, &told.topic, &problem))
    {
      self->job->reader->n_rows_rejected++;
      return kennis_read_job_reject (self->job, place, NULL, problem.code, problem.problem, problem.accepted, error);
    }
  attempt = kennis_xapi_join (self, record, brief->made.attempt, &told, place.line, &is_new);
  if (is_new)
    attempt->rest = follows->rest;
  self->job->reader->n_rows_used++;

  return TRUE;
}
