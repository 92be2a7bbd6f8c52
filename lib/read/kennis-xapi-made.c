#include "config.h"

#include "read/kennis-xapi-quick-private.h"

/* Which records a statement makes, and what stands in them, whichever way it was read. */

static void
add_text (KennisXapiWorker *self, guint8 field, KennisXapiText text)
{
  KennisXapiMadeValue value = { .length = (guint32) text.length, .field = field, .is_text = KENNIS_XAPI_IS_TEXT };

  kennis_xapi_buffer_append (self->found, &value, sizeof value, sizeof value);
  kennis_xapi_buffer_append (self->found, text.text, text.length, kennis_xapi_rounded (text.length));
}

static void
add_code (KennisXapiWorker *self, guint8 field, gint64 code)
{
  KennisXapiMadeValue value = { .field = field, .code = code };

  kennis_xapi_buffer_append (self->found, &value, sizeof value, sizeof value);
}

static void
add_coded (KennisXapiWorker *self, guint8 field, KennisXapiCoded *coded)
{
  KennisXapiMadeValue value = { .field = field, .is_text = KENNIS_XAPI_IS_CODED, .coded = coded };

  kennis_xapi_buffer_append (self->found, &value, sizeof value, sizeof value);
}

typedef struct
{
  KennisXapiWorker *worker;
  guint   member;              /* of a group */
  guint   verb, type;
  guint64 profiles;
  gboolean has_profiles;
} Making;

guint64
kennis_xapi_profiles (const KennisXapiWorker *self)
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

/* Looked for where a rule asks. */
static guint64
profiles_of (const KennisXapiWorker *self)
{
  const KennisXapiKnown *known = self->quick != NULL ? self->quick->known[KENNIS_XAPI_KNOWN_ACTIVITIES] : NULL;

  if (self->quick == NULL)
    return kennis_xapi_profiles (self);

  return known != NULL ? known->profiles : 0;
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
is_of (const KennisXapiMapRecord *record, guint verb, guint type)
{
  return (record->verbs == 0 || ((record->verbs >> verb) & 1)) && (record->types == 0 || ((record->types >> type) & 1))
         && !((record->unless_types >> type) & 1);
}

static gboolean
applies (Making *making, const KennisXapiMapRecord *record)
{
  if (!is_of (record, making->verb, making->type))
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
      gint64 code = field->by_name[source == KENNIS_XAPI_FROM_VERB ? making->verb : making->type];

      /* 0 is what it is without. */
      if (code != 0)
        add_code (making->worker, field->index, code);
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

  if (field->field->kind != KENNIS_KIND_DURATION || field->unit == KENNIS_CELL_NONE || field->unit == KENNIS_CELL_LOWER)
    return FALSE;
  if (kennis_csv_duration (&rules, text.text, text.length, field->unit, making->worker->reader->year_days, &duration,
                           &accepted))
    add_code (making->worker, field->index, duration);

  return TRUE;
}

/* A text that is known as it stands. */
static gboolean
add_known (Making *making, const KennisXapiField *field)
{
  KennisXapiCoded *coded = NULL;

  if (making->worker->quick == NULL || field->unit == KENNIS_CELL_LOWER || field->words != NULL || field->n_parts != 1
      || field->parts[0].regex != NULL || field->literals[0] != NULL || field->literals[1] != NULL
      || field->field->kind != KENNIS_KIND_TEXT || field->parts[0].n_names == 0)
    return FALSE;
  coded = kennis_xapi_quick_coded (making->worker, field->parts[0].names[0].source, field->is_person);
  if (coded != NULL)
    add_coded (making->worker, field->index, coded);

  return coded != NULL;
}

/* Statements are valid UTF-8. */
static KennisXapiText
in_small_letters (Making *making, KennisXapiText text)
{
  g_autofree char *lowered = g_utf8_strdown (text.text, (gssize) text.length);

  g_string_assign (making->worker->joined, lowered);

  return (KennisXapiText) { making->worker->joined->str, making->worker->joined->len };
}

static void
add_field (Making *making, const KennisXapiField *field)
{
  char buffer[VALUE_BUFFER];
  KennisXapiText text;

  if (add_number (making, field) || add_known (making, field))
    return;
  text = field_value (making, field, buffer);
  if (text.text == NULL || text.length == 0)
    return;
  if (field->unit == KENNIS_CELL_LOWER)
    text = in_small_letters (making, text);
  text = word_of (field, text);
  if (text.length > 0 && !add_duration (making, field, text))
    add_text (making->worker, field->index, text);
}

static void
add_record (Making *making, const KennisXapiMapRecord *record, guint index)
{
  KennisXapiWorker *self = making->worker;
  KennisXapiMade made = { .record = (guint16) index };
  gsize at = kennis_xapi_buffer_append (self->found, &made, sizeof made, sizeof made);
  gsize before = self->found->len;
  guint n = 0;
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

      made.attempt = text.length > 0      ? kennis_hash_of_name (text.text, text.length)
                     : record->within > 0 ? KENNIS_XAPI_NEAR
                                          : 0;
    }
  there = (KennisXapiMade *) (void *) (self->found->data + at);
  there->n_values = (guint16) n;
  there->attempt = made.attempt;
}

/* By verb and type alone, where neither a profile nor a condition matters. */
static guint8
choose (const KennisXapiMap *map, guint verb, guint type)
{
  for (guint i = 0; i < map->records->len; i++)
    {
      const KennisXapiMapRecord *record = map->records->pdata[i];

      if (!is_of (record, verb, type))
        continue;
      if (record->profiles != 0 || record->when != NULL || record->unless != NULL || i + 1 >= KENNIS_XAPI_CHOICE_NONE)
        return KENNIS_XAPI_CHOICE_ASK;
      return (guint8) (i + 1);
    }

  return KENNIS_XAPI_CHOICE_NONE;
}

/* The number of the first record that fits; that of all: none does. */
static guint
find_record (Making *making)
{
  KennisXapiWorker *self = making->worker;
  guint8 *choice = &self->choices[making->verb][making->type];
  guint n = self->map->records->len;

  if (*choice == KENNIS_XAPI_CHOICE_NEW)
    *choice = choose (self->map, making->verb, making->type);
  if (*choice != KENNIS_XAPI_CHOICE_ASK)
    return *choice == KENNIS_XAPI_CHOICE_NONE ? n : *choice - 1u;
  for (guint i = 0; i < n; i++)
    if (applies (making, self->map->records->pdata[i]))
      return i;

  return n;
}

/* For every person of a group. */
guint
kennis_xapi_make (KennisXapiWorker *self,
                  guint             verb,
                  guint             type)
{
  const KennisXapiStatement *statement = &self->statement;
  Making making = { .worker = self, .verb = verb, .type = type };
  guint index = find_record (&making), n;

  if (index == self->map->records->len)
    return 0;
  if (kennis_xapi_make_brief (self, self->map->records->pdata[index], index, verb, type))
    return 1;
  n = statement->actor_kind == KENNIS_XAPI_GROUP_KIND
          ? kennis_xapi_n_persons (self, statement->statement.at[KENNIS_XAPI_ACTOR], statement->actor_kind)
          : kennis_xapi_n_persons (self, statement->statement.at[KENNIS_XAPI_OBJECT], statement->object_kind);
  for (making.member = 0; making.member < n; making.member++)
    add_record (&making, self->map->records->pdata[index], index);

  return n;
}
