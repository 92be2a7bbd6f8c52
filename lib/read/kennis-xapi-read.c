#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-xapi-read-private.h"

#include <kennis/kennis-error.h>

/* What was found becomes records, in the order of the source, in the caller's thread. */

gboolean
kennis_xapi_sniff (const guint8 *head,
                   gsize         length)
{
  gsize i = length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  guint8 first;

  while (i < length && (g_ascii_isspace (head[i]) || head[i] == 0x1e))
    i++;
  if (i == length || (head[i] != '{' && head[i] != '['))
    return FALSE;
  first = head[i];
  for (i++; i < length && g_ascii_isspace (head[i]);)
    i++;

  return i == length || (first == '{' && (head[i] == '"' || head[i] == '}'))
         || (first == '[' && (head[i] == '{' || head[i] == ']'));
}

/* ── Rejected statements ──────────────────────────────────────────────────────────────────────────────────────────── */

static const char *
json_problem (KennisJsonProblem problem)
{
  switch (problem)
    {
    case KENNIS_JSON_NO_UTF_8:
      return _("the statement is not valid UTF-8");
    case KENNIS_JSON_TOO_DEEP:
      return _("the statement is nested too deeply");
    case KENNIS_JSON_BAD_TEXT:
      return _("the statement has a text that is not valid in JSON");
    case KENNIS_JSON_BAD_NUMBER:
      return _("the statement has a number that is not valid in JSON");
    case KENNIS_JSON_TOO_LARGE:
      return _("the statement has over 16 MiB");
    case KENNIS_JSON_SOUND:
    case KENNIS_JSON_BROKEN:
    default:
      return _("the statement is not valid JSON");
    }
}

static gboolean
reject (KennisXapiRead *self, const KennisXapiFound *found, GError **error)
{
  const char *path = (const char *) (found + 1);
  const char *shown = path + ((found->path_length + 7) & ~7u);
  KennisPlace place = { self->line + found->line, 1 };
  g_autofree char *where = NULL, *value = NULL, *text = NULL;
  const char *section;

  self->job->reader->n_rows_rejected++;
  if (found->rule >= 256)
    return kennis_read_job_reject (self->job, place, NULL, KENNIS_ERROR_INVALID, json_problem (found->rule - 256), NULL,
                                   error);
  where = found->path_length > 0 ? kennis_read_quote (path, found->path_length) : g_strdup (_("the statement"));
  value = found->shown_length > 0 ? kennis_read_quote (shown, found->shown_length) : NULL;
  text = g_strconcat (where, value != NULL ? " = " : "", value != NULL ? value : "", " ",
                      _ (kennis_xapi_rule_text ((KennisXapiRule) found->rule, &section)), NULL);
  g_autofree char *accepted = g_strdup_printf (_("a statement that holds to xAPI 1.0.3, part two, %s"), section);

  return kennis_read_job_reject (self->job, place, NULL, KENNIS_ERROR_INVALID, text, accepted, error);
}

/* ── Records ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

gboolean
kennis_xapi_coded_code (KennisXapiRead *self, const KennisField *field, KennisXapiCoded *coded, gint64 *code, KennisTextProblem *problem)
{
  if (coded->field != field)
    {
      if (!kennis_convert_text (self->job, field, coded->text.text, coded->text.length, code, problem))
        return FALSE;
      coded->field = field;
      coded->code = *code;
    }
  *code = coded->code;

  return TRUE;
}

static gboolean
value_code (KennisXapiRead *self, const KennisField *field, const KennisXapiMadeValue *value, gint64 *code,
            KennisTextProblem *problem)
{
  const char *text = (const char *) (value + 1);

  if (value->is_text == KENNIS_XAPI_IS_CODE)
    return *code = value->code, TRUE;
  if (value->is_text == KENNIS_XAPI_IS_CODED)
    return kennis_xapi_coded_code (self, field, value->coded, code, problem);
  if (field->kind != KENNIS_KIND_LIST && field->kind != KENNIS_KIND_PAIRS)
    return kennis_convert_text (self->job, field, text, value->length, code, problem);
  g_ptr_array_set_size (self->members, 0);
  g_ptr_array_add (self->members, g_strndup (text, value->length));

  return kennis_convert_list (self->job, field, self->members, code, problem);
}

/* The codes of a record; *made goes on to the next one. */
static gboolean
take_codes (KennisXapiRead *self, const KennisXapiMapRecord *record, const KennisXapiMade **made, gint64 *codes,
            KennisTextProblem *problem)
{
  const guint8 *at = (const guint8 *) (*made + 1);
  gboolean ok = TRUE;

  memcpy (codes, record->base, sizeof record->base);
  for (guint v = 0; v < (*made)->n_values; v++)
    {
      const KennisXapiMadeValue *value = (const KennisXapiMadeValue *) (const void *) at;
      const KennisField *field = &record->schema->fields[value->field];

      /* A second key for one field ("topic.2=") is looked at where the first one says nothing. */
      if (ok && codes[value->field] == kennis_field_unknown (field))
        ok = value_code (self, field, value, &codes[value->field], problem);
      at += sizeof *value + (value->is_text == KENNIS_XAPI_IS_TEXT ? (value->length + 7) & ~7u : 0);
    }
  *made = (const KennisXapiMade *) (const void *) at;

  return ok;
}

static gboolean
has_needs (const KennisXapiMapRecord *record, const gint64 *codes)
{
  for (guint32 left = record->needs; left != 0; left &= left - 1)
    {
      guint f = (guint) __builtin_ctz (left);

      if (codes[f] == kennis_field_unknown (&record->schema->fields[f]))
        return FALSE;
    }

  return TRUE;
}

static void
join (KennisXapiRead *self, const KennisXapiMapRecord *record, guint64 key, gint64 *codes, guint64 line)
{
  const KennisXapiTold told = { codes[KENNIS_ACTIVITY_PERSON], codes[KENNIS_ACTIVITY_TOPIC],
                                codes[KENNIS_ACTIVITY_START], codes[KENNIS_ACTIVITY_ENDED],
                                codes[KENNIS_ACTIVITY_DURATION], codes[KENNIS_ACTIVITY_STATUS] };
  gboolean is_new;
  KennisXapiAttempt *attempt = kennis_xapi_join (self, record, key, &told, line, &is_new);

  if (is_new)
    attempt->rest = kennis_xapi_rest_of (self, codes);
}

static gboolean
take_records (KennisXapiRead *self, const KennisXapiFound *found, GError **error)
{
  KennisReader *reader = self->job->reader;
  const KennisXapiMade *made = (const KennisXapiMade *) (found + 1);
  KennisPlace place = { self->line + found->line, 1 };
  guint64 n_rejected = reader->n_rejected, n_ignored = reader->n_ignored, n_made = 0;

  for (guint r = 0; r < found->n_records; r++)
    {
      const KennisXapiMapRecord *record = self->map->records->pdata[made->record];
      guint64 attempt = made->attempt;
      gint64 codes[KENNIS_MAX_FIELDS];
      g_auto (KennisTextProblem) problem = { 0 };

      if (!take_codes (self, record, &made, codes, &problem))
        {
          reader->n_rows_rejected++;
          return kennis_read_job_reject (self->job, place, NULL, problem.code, problem.problem, problem.accepted,
                                         error);
        }
      if (!has_needs (record, codes))
        continue;
      n_made++;
      self->turns_back = self->is_bold && !kennis_xapi_is_joined (attempt, codes);
      if (self->turns_back)
        return FALSE;
      if (kennis_xapi_is_joined (attempt, codes))
        join (self, record, attempt, codes, place.line);
      else if (!kennis_read_job_append (self->job, record->schema->type, codes, place, error))
        {
          reader->n_rows_rejected++;
          return FALSE;
        }
    }

  return kennis_read_job_end_row (self->job, n_rejected, n_ignored, n_made);
}

static void
note (guint64 *n, guint64 *first, guint64 line)
{
  if ((*n)++ == 0)
    *first = line;
}

/* Also where the voided one was taken in before: then it is too late, and said so. */
static gboolean
take_voiding (KennisXapiRead *self, const KennisXapiFound *found)
{
  self->turns_back = self->is_bold && (found->flags & KENNIS_XAPI_HAS_ID) != 0
                     && kennis_hashes_has (self->memory->ids, found->id_hash);
  if (self->turns_back)
    return FALSE;
  if ((found->flags & KENNIS_XAPI_HAS_ID) != 0 && !kennis_xapi_voided_has (self->voided, found->id_hash))
    {
      if (kennis_hashes_has (self->memory->ids, found->id_hash))
        note (&self->n_too_late, &self->first_too_late, self->line + found->line);
      kennis_xapi_voided_add (self->voided, found->id_hash);
    }

  return kennis_read_job_ignore_row (self->job);
}

static gboolean
refuse_duration (KennisXapiRead *self, guint64 line, GError **error)
{
  self->job->reader->n_rows_rejected++;

  return kennis_read_job_reject (self->job, (KennisPlace) { line, 1 }, NULL, KENNIS_ERROR_INVALID,
                                 _("“result.duration” is clear, but not as ISO 8601 writes it"),
                                 _("a duration as PT1H30M, or a reader that is not strict"), error);
}

static gboolean
take_found (KennisXapiRead *self, const KennisXapiFound *found, GError **error)
{
  guint64 line = self->line + found->line;

  if ((found->flags & KENNIS_XAPI_PAGE) != 0)
    return self->has_more = TRUE;
  self->job->reader->n_rows++;
  if ((found->flags & KENNIS_XAPI_REJECTED) != 0)
    return reject (self, found, error);
  if ((found->flags & KENNIS_XAPI_VOIDING) != 0)
    return take_voiding (self, found);
  if ((found->flags & KENNIS_XAPI_LENIENT) != 0 && self->job->reader->strict)
    return refuse_duration (self, line, error);
  if ((found->flags & KENNIS_XAPI_LENIENT) != 0)
    note (&self->n_lenient, &self->first_lenient, line);
  if ((found->flags & KENNIS_XAPI_NO_LENGTH) != 0)
    note (&self->n_no_length, &self->first_no_length, line);
  if ((found->flags & KENNIS_XAPI_USED) == 0)
    note (&self->n_unread, &self->first_unread, line);
  if ((found->flags & KENNIS_XAPI_USED) == 0
      || ((found->flags & KENNIS_XAPI_HAS_ID) != 0
          && (kennis_xapi_voided_has (self->voided, found->id_hash)
              || !kennis_hashes_add (self->memory->ids, found->id_hash))))
    return kennis_read_job_ignore_row (self->job);
  if (((const KennisXapiMade *) (found + 1))->is_brief)
    return kennis_xapi_take_brief (self, (const KennisXapiBrief *) (found + 1), (KennisPlace) { line, 1 }, error);

  return take_records (self, found, error);
}

#define AHEAD 8

/* What the next statements will look at is far away in memory: it is asked for in time, and what that will lead to a bit later. */
static gsize
look_ahead (KennisXapiRead *self, const KennisXapiBuffer *bytes, gsize at, gboolean is_near)
{
  const KennisXapiFound *found = (const KennisXapiFound *) (const void *) (bytes->data + at);
  const KennisXapiMade *made = (const KennisXapiMade *) (found + 1);

  if (at >= bytes->len)
    return at;
  if ((found->flags & KENNIS_XAPI_USED) != 0 && is_near)
    kennis_xapi_memory_prefetch_attempt (self->memory, made->attempt);
  else if ((found->flags & KENNIS_XAPI_USED) != 0)
    {
      kennis_hashes_prefetch (self->memory->ids, found->id_hash);
      kennis_xapi_memory_prefetch (self->memory, made->attempt);
    }

  return at + found->size;
}

static gboolean
take_block (KennisXapiBlock *block, gpointer data, GError **error)
{
  KennisXapiRead *self = data;
  gsize ahead = 0, near = 0;

  for (guint i = 0; i < AHEAD; i++)
    ahead = look_ahead (self, &block->found, ahead, FALSE);
  for (guint i = 0; i < AHEAD / 2; i++)
    near = look_ahead (self, &block->found, near, TRUE);
  for (gsize at = 0; at < block->found.len;)
    {
      const KennisXapiFound *found = (const KennisXapiFound *) (const void *) (block->found.data + at);

      ahead = look_ahead (self, &block->found, ahead, FALSE);
      near = look_ahead (self, &block->found, near, TRUE);
      if (!take_found (self, found, error))
        return FALSE;
      at += found->size;
    }
  self->line += block->n_lines;

  return TRUE;
}

/* ── A source ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
tell (KennisXapiRead *self, KennisSeverity severity, guint64 line, char *text)
{
  kennis_read_job_tell (self->job, severity, (KennisPlace) { line, 1 }, NULL, text, NULL);
  g_free (text);
}

static void
tell_all (KennisXapiRead *self, const KennisXapiSplit *split)
{
  if (self->n_lenient > 0)
    tell (self, KENNIS_SEVERITY_WARNING, self->first_lenient,
          g_strdup_printf (_("durations that are clear but not as ISO 8601 writes them: %llu; this is the first one"),
                           (unsigned long long) self->n_lenient));
  if (self->n_no_length > 0)
    tell (self, KENNIS_SEVERITY_WARNING, self->first_no_length,
          g_strdup_printf (_("durations in years or months, which are unknown without the reader's year-days: %llu; "
                             "this is the first one"),
                           (unsigned long long) self->n_no_length));
  if (self->n_too_late > 0)
    tell (self, KENNIS_SEVERITY_WARNING, self->first_too_late,
          g_strdup_printf (_("statements that were taken in before they were voided: %llu; this is the first voiding "
                             "one; read files together, and not from a stream"),
                           (unsigned long long) self->n_too_late));
  if (split->has_more || self->has_more)
    tell (self, KENNIS_SEVERITY_WARNING, 1,
          g_strdup (_("this is a page of a longer list (“more”); the statements of the next ones are not in it")));
  if (self->n_unread > 0)
    {
      g_autofree char *text =
          g_strdup_printf (_("statements of which the mapping makes no record: %llu (kennis-report --describe "
                             "tells their verbs)"),
                           (unsigned long long) self->n_unread);

      kennis_source_story_find (self->job->reader->story, text);
      tell (self, KENNIS_SEVERITY_NOTE, self->first_unread, g_steal_pointer (&text));
    }
  tell (self, KENNIS_SEVERITY_NOTE, 1,
        g_strdup_printf (_("read with the mapping “%s”"), kennis_mapping_get_id (self->map->mapping)));
  g_free (self->job->reader->story->mapping);
  self->job->reader->story->mapping = g_strdup (kennis_mapping_get_id (self->map->mapping));
}

static gboolean
read_statements (KennisXapiRead *self, GError **error)
{
  KennisReadJob *job = self->job;
  KennisXapiSplit split;
  guint64 n_before = job->reader->n_rows;
  gboolean ok;

  kennis_xapi_split_init (&split, job->bytes, job->cancellable);
  self->line = 1;
  ok = kennis_xapi_pipe_run (job, &split, self->map, &self->keys, self->calendar, FALSE, take_block, self, error)
       && kennis_xapi_give_attempts (self, error) && kennis_read_job_flush (job, error);
  if (ok)
    tell_all (self, &split);
  /* What the mapping says of its coverage is nothing that was read. */
  if (job->reader->n_rows == n_before)
    job->n_read = 0;
  if (ok && (split.problem != NULL || job->bytes->problem != NULL))
    ok = kennis_read_job_break (job, (KennisPlace) { self->line, 1 },
                                _ (job->bytes->problem != NULL ? job->bytes->problem : split.problem),
                                _("statements one a line, in an array, or in {\"statements\": […]}"), error);
  kennis_xapi_split_clear (&split);

  return ok;
}

static gboolean
look_and_read (KennisXapiRead *self, GError **error)
{
  return kennis_xapi_find_voided (self->job, self->voided, self->map, &self->keys, self->calendar, error)
         && read_statements (self, error);
}

/* A file of attempts alone, of which nothing is final before its end, need not be looked through before it is read. */
static gboolean
may_be_bold (const KennisXapiRead *self)
{
  const KennisReadJob *job = self->job;

  return kennis_bytes_can_rewind (job->bytes) && !job->reader->strict && !job->reader->long_way
         && self->memory->attempts->len == 0 && kennis_hashes_size (self->memory->ids) == 0
         && job->reader->story->reasons->len == 0 && !kennis_xapi_voided_knows (self->voided, job->name);
}

/* As if nothing had been read: but for the texts of the dataset, which nobody sees before a record has them. */
static gboolean
turn_back (KennisXapiRead *self, const KennisReaderCounts *counts, guint64 n_read, GError **error)
{
  KennisReadJob *job = self->job;

  kennis_reader_set_counts (job->reader, counts);
  kennis_xapi_memory_reset (self->memory);
  job->n_read = n_read;
  self->is_bold = self->turns_back = self->has_more = FALSE;
  self->n_lenient = self->n_no_length = self->n_too_late = self->n_unread = 0;
  memset (self->follows, 0, sizeof self->follows);

  return kennis_bytes_rewind (job->bytes, job->cancellable, error);
}

static gboolean
read_boldly (KennisXapiRead *self, GError **error)
{
  guint64 n_read = self->job->n_read;
  KennisReaderCounts counts;
  gboolean ok;

  kennis_reader_get_counts (self->job->reader, &counts);
  ok = read_statements (self, error);
  if (!self->turns_back)
    return ok;

  return turn_back (self, &counts, n_read, error) && look_and_read (self, error);
}

static gboolean
read_all (KennisXapiRead *self, GError **error)
{
  KennisReadJob *job = self->job;
  KennisDataset *dataset = job->dataset;
  g_autoptr (KennisMapping) mapping = NULL;

  if (job->reader->mapping != NULL && job->reader->mapping->is_of_statements)
    g_set_object (&mapping, job->reader->mapping);
  else
    mapping = kennis_mapping_find ("xapi", error);
  if (mapping == NULL)
    return FALSE;
  self->map = kennis_xapi_map_new (mapping, error);
  if (self->map == NULL)
    return FALSE;
  if (job->reader->only_reference)
    {
      self->calendar = kennis_calendar_new (job->reader->time_zone, error);
      return self->calendar != NULL
             && kennis_xapi_find_voided (self->job, self->voided, self->map, &self->keys, self->calendar, error);
    }
  if (!kennis_read_job_header (job, dataset != NULL ? kennis_dataset_get_time_zone (dataset) : job->reader->time_zone,
                               dataset != NULL ? kennis_dataset_get_currency (dataset) : job->reader->currency, error))
    return FALSE;
  self->calendar = kennis_calendar_ref (kennis_dataset_get_calendar (job->dataset));
  self->memory = kennis_xapi_memory_of (job->dataset);
  if (!kennis_read_job_coverage (job, mapping, (KennisPlace) { 1, 1 }, error))
    return FALSE;
  self->is_bold = may_be_bold (self);

  return self->is_bold ? read_boldly (self, error) : look_and_read (self, error);
}

gboolean
kennis_xapi_read (KennisReadJob *job,
                  GError       **error)
{
  KennisXapiRead self = { .job = job };
  gboolean ok;

  kennis_xapi_keys_init (&self.keys);
  if (job->reader->voided == NULL)
    job->reader->voided = kennis_xapi_voided_new ();
  self.voided = job->reader->voided;
  self.members = g_ptr_array_new_with_free_func (g_free);
  ok = read_all (&self, error);
  g_ptr_array_unref (self.members);
  g_clear_pointer (&self.map, kennis_xapi_map_free);
  g_clear_pointer (&self.calendar, kennis_calendar_unref);

  return ok;
}
