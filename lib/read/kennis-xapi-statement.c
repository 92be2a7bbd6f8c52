#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-xapi-private.h"

/* A statement that holds to the rules becomes what the mapping says, in any thread: texts are interned later, in order. */

void
kennis_xapi_worker_init (KennisXapiWorker     *self,
                         const KennisXapiMap  *map,
                         const KennisXapiKeys *keys,
                         const KennisReader   *reader,
                         KennisCalendar       *calendar,
                         gboolean              only_voiding)
{
  *self = (KennisXapiWorker) { .map = map, .reader = reader, .calendar = calendar, .only_voiding = only_voiding };
  self->statement.keys = keys;
  self->statement.calendar = calendar;
  self->statement.year_days = reader->year_days;
  self->json = kennis_json_new ();
  self->person = g_string_new (NULL);
  self->joined = g_string_new (NULL);
}

void
kennis_xapi_worker_clear (KennisXapiWorker *self)
{
  kennis_json_free (self->json);
  g_string_free (self->person, TRUE);
  g_string_free (self->joined, TRUE);
}

/* ── What is found goes into bytes ────────────────────────────────────────────────────────────────────────────────── */

static gsize
append (GByteArray *found, const void *data, gsize length, gsize room)
{
  gsize at = found->len;

  g_byte_array_set_size (found, (guint) (at + room));
  if (length > 0)
    memcpy (found->data + at, data, length);

  return at;
}

static gsize
rounded (gsize length)
{
  return (length + 7) & ~(gsize) 7;
}

static void
add_text (KennisXapiWorker *self, guint8 field, KennisXapiText text)
{
  KennisXapiMadeValue value = { .length = (guint32) text.length, .field = field, .is_text = TRUE };

  append (self->found, &value, sizeof value, sizeof value);
  append (self->found, text.text, text.length, rounded (text.length));
}

static void
add_code (KennisXapiWorker *self, guint8 field, gint64 code)
{
  KennisXapiMadeValue value = { .field = field, .code = code };

  append (self->found, &value, sizeof value, sizeof value);
}

static gsize
begin_found (KennisXapiWorker *self, guint64 line, guint32 flags)
{
  KennisXapiFound found = { .line = line, .flags = flags };

  return append (self->found, &found, sizeof found, sizeof found);
}

static KennisXapiFound *
end_found (KennisXapiWorker *self, gsize at)
{
  KennisXapiFound *found = (KennisXapiFound *) (void *) (self->found->data + at);

  found->size = (guint32) (self->found->len - at);

  return found;
}

/* Where it breaks a rule: which one, where in it, and what stands there. */
static void
reject (KennisXapiWorker *self, guint64 line)
{
  const KennisXapiStatement *statement = &self->statement;
  g_autofree char *path = kennis_xapi_broken_path (statement);
  gsize at = begin_found (self, line, KENNIS_XAPI_REJECTED), path_length = strlen (path);
  gsize shown_length = statement->shown != NULL ? MIN (statement->shown_length, 200) : 0;
  KennisXapiFound *found;

  append (self->found, path, path_length, rounded (path_length));
  append (self->found, statement->shown, shown_length, rounded (shown_length));
  found = end_found (self, at);
  found->rule = statement->broken;
  found->path_length = (guint32) path_length;
  found->shown_length = (guint32) shown_length;
}

/* No JSON, or too long: `rule` counts on behind the rules of statements. */
static void
reject_text (KennisXapiWorker *self, guint64 line, KennisJsonProblem problem)
{
  gsize at = begin_found (self, line, KENNIS_XAPI_REJECTED);

  end_found (self, at)->rule = 256 + problem;
}

/* ── Which records it makes ───────────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  KennisXapiWorker *worker;
  guint   member;              /* of a group */
  guint   verb, type;
  guint64 profiles;
  gboolean has_profiles;
} Making;

/* The profiles whose IRIs are among the categories: looked for where a rule asks. */
static guint64
profiles_of (KennisXapiWorker *self)
{
  const KennisXapiStatement *statement = &self->statement;
  const KennisJsonTape *tape = &statement->tape;
  guint all = KENNIS_XAPI_HAS (&statement->context, KENNIS_XAPI_CONTEXT_ACTIVITIES)
                  ? statement->context.at[KENNIS_XAPI_CONTEXT_ACTIVITIES]
                  : 0;
  guint list = kennis_xapi_find (statement, all, "category");
  guint at = list, end = list + 1;
  guint64 set = 0;

  if (list == 0)
    return 0;
  if (kennis_json_type (tape, list) == KENNIS_JSON_ARRAY)
    {
      at = list + 1;
      end = kennis_json_end (tape, list);
    }
  for (; at < end; at = kennis_json_next (tape, at))
    {
      guint id = kennis_xapi_find (statement, at, "id");
      KennisXapiText iri = { NULL, 0 };

      if (id != 0)
        iri.text = kennis_json_text (tape, id, &iri.length);
      set |= G_GUINT64_CONSTANT (1) << kennis_xapi_number (&self->map->profiles, iri);
    }

  return set;
}

static KennisXapiText
part_value (Making *making, const KennisXapiPart *part, gboolean is_person, char *buffer, GMatchInfo **info)
{
  KennisXapiText text = { NULL, 0 };

  for (guint i = 0; i < part->n_names && text.text == NULL; i++)
    text = kennis_xapi_value (making->worker, &part->names[i], making->member, is_person, buffer);
  if (text.text == NULL || part->regex == NULL)
    return text;
  if (!g_regex_match_full (part->regex, text.text, (gssize) text.length, 0, 0, info, NULL))
    return (KennisXapiText) { NULL, 0 };

  int from, to;
  int group = g_regex_get_capture_count (part->regex) > 0 ? 1 : 0;

  if (!g_match_info_fetch_pos (*info, group, &from, &to) || from < 0)
    return (KennisXapiText) { NULL, 0 };

  return (KennisXapiText) { text.text + from, (gsize) (to - from) };
}

#define VALUE_BUFFER 48

/* Unknown where one of its parts is. */
static KennisXapiText
field_value (Making *making, const KennisXapiField *field, char *buffer)
{
  GString *joined = making->worker->joined;
  KennisXapiText text = { NULL, 0 };

  if (field->n_parts == 0)
    return (KennisXapiText) { field->literals[0], field->literals[0] != NULL ? strlen (field->literals[0]) : 0 };
  if (field->n_parts > 1 || field->literals[0] != NULL || field->literals[1] != NULL || field->parts[0].regex != NULL)
    {
      g_string_truncate (joined, 0);
      for (guint p = 0; p <= field->n_parts; p++)
        {
          GMatchInfo *info = NULL;

          g_string_append (joined, field->literals[p] != NULL ? field->literals[p] : "");
          if (p == field->n_parts)
            break;
          text = part_value (making, &field->parts[p], field->is_person, buffer, &info);
          if (text.text != NULL)
            g_string_append_len (joined, text.text, (gssize) text.length);
          g_clear_pointer (&info, g_match_info_free);
          if (text.text == NULL)
            return text;
        }
      return (KennisXapiText) { joined->str, joined->len };
    }

  return part_value (making, &field->parts[0], field->is_person, buffer, NULL);
}

static gboolean
says_something (Making *making, const KennisXapiField *field)
{
  char buffer[VALUE_BUFFER];

  return field_value (making, field, buffer).length > 0;
}

static gboolean
applies (Making *making, const KennisXapiMapRecord *record)
{
  if ((record->verbs != 0 && !((record->verbs >> making->verb) & 1))
      || (record->types != 0 && !((record->types >> making->type) & 1)) || ((record->unless_types >> making->type) & 1))
    return FALSE;
  if (record->profiles != 0 && !making->has_profiles)
    {
      making->profiles = profiles_of (making->worker);
      making->has_profiles = TRUE;
    }
  if (record->profiles != 0 && (record->profiles & making->profiles) == 0)
    return FALSE;

  return (record->when == NULL || says_something (making, record->when))
         && (record->unless == NULL || !says_something (making, record->unless));
}

/* Words that a mapping has for texts: {success}, an extension. */
static KennisXapiText
word_of (const KennisXapiField *field, KennisXapiText text)
{
  g_autofree char *plain = NULL;
  const char *word;

  if (field->words == NULL || field->is_constant)
    return text;
  plain = kennis_plain_name (text.text, (gssize) text.length);
  word = g_hash_table_lookup (field->words, plain);
  if (word == NULL)
    word = g_hash_table_lookup (field->words, "*");

  return word != NULL ? (KennisXapiText) { word, strlen (word) } : text;
}

/* Does the field need no text, but a number that is there already? */
static gboolean
add_number (Making *making, const KennisXapiField *field)
{
  const KennisXapiStatement *statement = &making->worker->statement;
  KennisXapiSource source = field->n_parts > 0 ? field->parts[0].names[0].source : KENNIS_XAPI_FROM_NOTHING;
  gboolean plain =
      field->n_parts == 1 && field->parts[0].regex == NULL && field->literals[0] == NULL && field->literals[1] == NULL;

  if (field->by_name != NULL)
    {
      add_code (making->worker, field->index,
                field->by_name[source == KENNIS_XAPI_FROM_VERB ? making->verb : making->type]);
      return TRUE;
    }
  if (!plain || field->field == NULL)
    return FALSE;
  if (field->field->kind == KENNIS_KIND_TIME && source == KENNIS_XAPI_FROM_TIME && statement->time != KENNIS_UNKNOWN)
    {
      add_code (making->worker, field->index,
                kennis_reader_coarsen (making->worker->reader, making->worker->calendar, statement->time));
      return TRUE;
    }
  if (field->field->kind == KENNIS_KIND_DURATION && source == KENNIS_XAPI_FROM_DURATION
      && statement->duration != KENNIS_UNKNOWN)
    {
      add_code (making->worker, field->index, statement->duration);
      return TRUE;
    }

  return FALSE;
}

/* Numbers of seconds and the like; false: it says nothing that can be a duration. */
static gboolean
add_duration (Making *making, const KennisXapiField *field, KennisXapiText text)
{
  const KennisCsvRules rules = { .decimal = '.' };
  const char *accepted = NULL;
  gint64 duration;

  if (field->field->kind != KENNIS_KIND_DURATION || field->unit == KENNIS_CELL_NONE)
    return FALSE;
  if (kennis_csv_duration (&rules, text.text, text.length, field->unit, making->worker->reader->year_days, &duration,
                           &accepted))
    add_code (making->worker, field->index, duration);

  return TRUE;
}

static void
add_field (Making *making, const KennisXapiField *field)
{
  char buffer[VALUE_BUFFER];
  KennisXapiText text;

  if (add_number (making, field))
    return;
  text = field_value (making, field, buffer);
  if (text.text == NULL || text.length == 0)
    return;
  text = word_of (field, text);
  if (text.length > 0 && !add_duration (making, field, text))
    add_text (making->worker, field->index, text);
}

static void
add_record (Making *making, const KennisXapiMapRecord *record, guint index)
{
  KennisXapiWorker *self = making->worker;
  KennisXapiMade made = { .record = (guint16) index };
  gsize at = append (self->found, &made, sizeof made, sizeof made);
  guint before = self->found->len, n = 0;
  KennisXapiMade *there;

  for (guint f = 0; f < record->fields->len; f++)
    {
      add_field (making, &g_array_index (record->fields, KennisXapiField, f));
      n += self->found->len > before;
      before = self->found->len;
    }
  if (record->merge != NULL)
    {
      char buffer[VALUE_BUFFER];
      KennisXapiText text = field_value (making, record->merge, buffer);

      made.attempt = text.length > 0 ? kennis_xapi_hash (text.text, text.length) : 0;
    }
  there = (KennisXapiMade *) (void *) (self->found->data + at);
  there->n_values = (guint16) n;
  there->attempt = made.attempt;
}

/* The id of what is spoken of: the statement's own, or that of the one it voids. */
static gboolean
find_id (const KennisXapiStatement *statement, guint8 *id)
{
  guint at = KENNIS_XAPI_HAS (&statement->statement, KENNIS_XAPI_ID) ? statement->statement.at[KENNIS_XAPI_ID] : 0;
  gsize length;
  const char *text;

  if (at != 0 && !statement->is_voiding)
    return memcpy (id, statement->id, sizeof statement->id) != NULL;
  if (statement->is_voiding)
    at = kennis_xapi_find (statement, statement->statement.at[KENNIS_XAPI_OBJECT], "id");
  if (at == 0)
    return FALSE;
  text = kennis_json_text (&statement->tape, at, &length);

  return kennis_xapi_uuid (text, length, id);
}

/* The first record that fits, for every person of a group. */
static guint
add_records (KennisXapiWorker *self)
{
  const KennisXapiStatement *statement = &self->statement;
  Making making = { .worker = self };
  const KennisXapiMapRecord *record = NULL;
  guint index, n;

  making.verb = kennis_xapi_number (&self->map->verbs, (KennisXapiText) { statement->verb, statement->verb_length });
  making.type = kennis_xapi_number (&self->map->types, kennis_xapi_type (statement));
  for (index = 0; index < self->map->records->len && record == NULL; index++)
    if (applies (&making, self->map->records->pdata[index]))
      record = self->map->records->pdata[index];
  if (record == NULL)
    return 0;
  n = statement->actor_kind == KENNIS_XAPI_GROUP_KIND
          ? kennis_xapi_n_persons (self, statement->statement.at[KENNIS_XAPI_ACTOR], statement->actor_kind)
          : kennis_xapi_n_persons (self, statement->statement.at[KENNIS_XAPI_OBJECT], statement->object_kind);
  for (making.member = 0; making.member < n; making.member++)
    add_record (&making, record, index - 1);

  return n;
}

static void
take_statement (KennisXapiWorker *self, guint root, guint64 line)
{
  KennisXapiStatement *statement = &self->statement;
  KennisXapiFound *found;
  guint8 id[16];
  guint32 flags = 0;
  gboolean has_id;
  gsize at;
  guint n;

  if (!kennis_xapi_check (statement, root))
    {
      reject (self, line);
      return;
    }
  has_id = find_id (statement, id);
  flags |= statement->is_voiding ? KENNIS_XAPI_VOIDING : 0;
  flags |= has_id ? KENNIS_XAPI_HAS_ID : 0;
  flags |= statement->duration_state == KENNIS_XAPI_DURATION_LENIENT ? KENNIS_XAPI_LENIENT : 0;
  flags |= statement->duration_state == KENNIS_XAPI_DURATION_UNKNOWN ? KENNIS_XAPI_NO_LENGTH : 0;
  at = begin_found (self, line, flags);
  n = statement->is_voiding || self->only_voiding ? 0 : add_records (self);
  found = end_found (self, at);
  found->n_records = n;
  found->flags |= n > 0 ? KENNIS_XAPI_USED : 0;
  if (has_id)
    memcpy (found->id, id, sizeof id);
}

/* What databases put around a statement: Elasticsearch's hits, Learning Locker's documents. */
static guint
unwrap (const KennisXapiStatement *statement, guint root)
{
  guint inside = 0;

  if (kennis_xapi_find (statement, root, "actor") != 0)
    return root;
  inside = kennis_xapi_find (statement, root, "_source");
  if (inside == 0)
    inside = kennis_xapi_find (statement, root, "statement");

  return inside != 0 && kennis_json_type (&statement->tape, inside) == KENNIS_JSON_OBJECT ? inside : root;
}

static void
take_root (KennisXapiWorker *self, guint root, guint64 line)
{
  const KennisJsonTape *tape = &self->statement.tape;
  guint list = root;

  /* Nearly all have an actor near their beginning, and are no lists. */
  if (kennis_json_type (tape, root) == KENNIS_JSON_OBJECT)
    list = kennis_xapi_find (&self->statement, root, "actor") != 0
               ? 0
               : kennis_xapi_find (&self->statement, root, "statements");
  if (list == 0 || kennis_json_type (tape, list) != KENNIS_JSON_ARRAY)
    {
      take_statement (self, unwrap (&self->statement, root), line);
      return;
    }
  if (list != root)
    {
      guint more = kennis_xapi_find (&self->statement, root, "more");
      gsize length = 0;

      if (more != 0 && kennis_json_type (tape, more) == KENNIS_JSON_TEXT)
        kennis_json_text (tape, more, &length);
      if (length > 0)
        end_found (self, begin_found (self, line, KENNIS_XAPI_PAGE));
    }
  for (guint at = list + 1; at < kennis_json_end (tape, list); at = kennis_json_next (tape, at))
    take_statement (self, unwrap (&self->statement, at), line);
}

static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]) && text[i] != 0x1e)
      return FALSE;

  return TRUE;
}

void
kennis_xapi_worker_take (KennisXapiWorker *self,
                         const char       *text,
                         gsize             length,
                         guint64           line)
{
  KennisJsonProblem problem;

  if (length > KENNIS_XAPI_MAX_STATEMENT)
    {
      reject_text (self, line, KENNIS_JSON_TOO_LARGE);
      return;
    }
  if (self->only_voiding && memmem (text, length, "voided", strlen ("voided")) == NULL)
    return;
  /* Records of a sequence (RFC 7464) begin with this. */
  for (; length > 0 && *text == 0x1e; length--)
    text++;
  if (length == 0 || (length < 64 && is_blank (text, length)))
    return;
  problem = kennis_json_parse (self->json, text, length, &self->statement.tape);
  if (problem != KENNIS_JSON_SOUND)
    reject_text (self, line, problem);
  else
    take_root (self, KENNIS_JSON_ROOT, line);
}
