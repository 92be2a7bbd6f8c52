#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-xapi-private.h"

#include <kennis/kennis-error.h>

/* A mapping of statements made ready for use: names are numbers, words are codes. */

static const struct
{
  const char *name;
  KennisXapiSource source;
} sources[] = {
  { "actor", KENNIS_XAPI_FROM_ACTOR },       { "object", KENNIS_XAPI_FROM_OBJECT },
  { "verb", KENNIS_XAPI_FROM_VERB },         { "type", KENNIS_XAPI_FROM_TYPE },
  { "time", KENNIS_XAPI_FROM_TIME },         { "duration", KENNIS_XAPI_FROM_DURATION },
  { "registration", KENNIS_XAPI_FROM_REGISTRATION }, { "parent", KENNIS_XAPI_FROM_PARENT },
  { "grouping", KENNIS_XAPI_FROM_GROUPING }, { "instructor", KENNIS_XAPI_FROM_INSTRUCTOR },
  { "id", KENNIS_XAPI_FROM_ID },             { "name", KENNIS_XAPI_FROM_NAME },
  { "platform", KENNIS_XAPI_FROM_PLATFORM }, { "group", KENNIS_XAPI_FROM_GROUP },
  { "success", KENNIS_XAPI_FROM_SUCCESS },   { "completion", KENNIS_XAPI_FROM_COMPLETION },
};

static void
clear_field (gpointer data)
{
  KennisXapiField *field = data;

  for (guint p = 0; p < field->n_parts; p++)
    {
      for (guint i = 0; i < field->parts[p].n_names; i++)
        g_free (field->parts[p].names[i].name);
      g_free (field->parts[p].names);
    }
  g_free (field->parts);
  g_free (field->literals);
  g_free (field->by_name);
}

static void
free_field (KennisXapiField *field)
{
  clear_field (field);
  g_free (field);
}

static void
record_free (gpointer data)
{
  KennisXapiMapRecord *record = data;

  g_clear_pointer (&record->fields, g_array_unref);
  g_clear_pointer (&record->merge, free_field);
  g_clear_pointer (&record->when, free_field);
  g_clear_pointer (&record->unless, free_field);
  g_free (record);
}

void
kennis_xapi_map_free (KennisXapiMap *self)
{
  g_free (self->verbs.slots);
  g_free (self->types.slots);
  g_free (self->profiles.slots);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_object (&self->mapping);
  g_free (self);
}

static gboolean
find_source (const char     *text,
             KennisXapiName *name,
             GError        **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (g_str_equal (sources[i].name, text))
      {
        name->source = sources[i].source;
        return TRUE;
      }
  if (g_str_has_prefix (text, "result:") || g_str_has_prefix (text, "context:"))
    {
      name->name = g_strdup (strchr (text, ':') + 1);
      name->source = text[0] == 'r' ? KENNIS_XAPI_FROM_RESULT_EXTENSION : KENNIS_XAPI_FROM_CONTEXT_EXTENSION;
      return TRUE;
    }

  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
               _("{%s} is nothing of a statement; accepted are actor, object, verb, type, time, duration, "
                 "registration, parent, grouping, instructor, id, name, platform, group, success, completion, "
                 "result:IRI and context:IRI"),
               text);
  return FALSE;
}

static gboolean
make_part (const KennisPart *from,
           KennisXapiPart   *to,
           GError          **error)
{
  g_auto (GStrv) names = g_strsplit (from->text, "|", -1);

  to->regex = from->regex;
  to->names = g_new0 (KennisXapiName, g_strv_length (names) + 1);
  for (guint i = 0; names[i] != NULL; i++)
    if (!find_source (g_strstrip (names[i]), &to->names[to->n_names++], error))
      return FALSE;

  return TRUE;
}

static gboolean
make_template (const KennisTemplate *template,
               KennisXapiField      *to,
               GError              **error)
{
  to->parts = g_new0 (KennisXapiPart, template->n_parts + 1);
  to->literals = g_new0 (const char *, template->n_parts + 2);
  to->unit = template->unit;
  for (guint p = 0; p < template->n_parts; p++)
    {
      const KennisPart *part = &template->parts[p];

      if (part->kind == KENNIS_PART_LITERAL)
        {
          to->literals[to->n_parts] = part->text;
          continue;
        }
      if (part->kind != KENNIS_PART_COLUMN)
        {
          g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("{%s} is of tables only"), part->text);
          return FALSE;
        }
      if (!make_part (part, &to->parts[to->n_parts++], error))
        return FALSE;
    }

  return TRUE;
}

/* What the words of a field say for a text; the text itself where they say nothing of it. */
static const char *
word_for (GHashTable *words,
          const char *text)
{
  g_autofree char *plain = kennis_plain_name (text, -1);
  const char *word = words != NULL ? g_hash_table_lookup (words, plain) : NULL;

  if (word == NULL && words != NULL)
    word = g_hash_table_lookup (words, "*");

  return word != NULL ? word : text;
}

/* {verb} and {type} in a field of words: the codes of all names. */
static gboolean
make_codes (const KennisMapping *mapping,
            KennisXapiField     *field,
            GError             **error)
{
  const GArray *list =
      mapping->lists[field->parts[0].names[0].source == KENNIS_XAPI_FROM_VERB ? KENNIS_MAP_VERBS : KENNIS_MAP_TYPES];

  field->by_name = g_new0 (gint64, KENNIS_XAPI_UNLISTED + 1);
  for (guint i = 0; i <= list->len; i++)
    {
      /* No name is empty: the last one is that of an IRI that no list has. */
      const char *name = i < list->len ? g_array_index (list, KennisMapIris, i).name : "";
      const char *word = word_for (field->words, name);
      int value = *word != '\0' ? kennis_field_parse_enum (field->field, word, strlen (word)) : 0;

      if (value < 0 && i < list->len)
        {
          g_autofree char *words = kennis_field_enum_words (field->field);

          g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("[words %s] %s: accepted are %s, or nothing"),
                       field->field->name, name, words);
          return FALSE;
        }
      field->by_name[i < list->len ? i : KENNIS_XAPI_UNLISTED] = MAX (value, 0);
    }

  return TRUE;
}

static gboolean
is_word (const KennisField *field)
{
  return field->kind == KENNIS_KIND_ENUM || field->kind == KENNIS_KIND_ANSWER;
}

static gboolean
make_field (const KennisMapping  *mapping,
            const KennisMapField *from,
            KennisXapiMapRecord  *record,
            GError              **error)
{
  const KennisField *field = &record->schema->fields[from->field];
  KennisXapiField to = { .field = field, .index = (guint8) from->field };
  gboolean ok = make_template (&from->template, &to, error);
  int value;

  to.is_person = field->kind == KENNIS_KIND_TEXT && field->space == KENNIS_SPACE_PERSON;
  to.words = g_hash_table_lookup (mapping->words, field->name);
  to.is_constant = to.n_parts == 0;
  to.text = to.is_constant && to.literals[0] != NULL ? to.literals[0] : "";
  if (ok && to.is_constant && is_word (field))
    {
      value = kennis_field_parse_enum (field, to.text, strlen (to.text));
      if (value < 0)
        {
          g_autofree char *words = kennis_field_enum_words (field);

          g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("%s: accepted are %s"), field->name, words);
          ok = FALSE;
        }
      record->base[from->field] = value;
    }
  else if (ok && to.n_parts == 1 && to.parts[0].n_names == 1 && to.parts[0].regex == NULL && is_word (field)
           && to.literals[0] == NULL && to.literals[1] == NULL
           && (to.parts[0].names[0].source == KENNIS_XAPI_FROM_VERB
               || to.parts[0].names[0].source == KENNIS_XAPI_FROM_TYPE))
    ok = make_codes (mapping, &to, error);
  if (!ok || (to.is_constant && is_word (field)))
    clear_field (&to);
  else
    g_array_append_val (record->fields, to);
  if (!ok)
    g_prefix_error (error, "[record %s] %s: ", record->schema->name, field->name);

  return ok;
}

guint
kennis_xapi_number (const KennisXapiNumbers *numbers,
                    KennisXapiText           text)
{
  guint64 hash;
  guint slot;

  if (text.text == NULL)
    return KENNIS_XAPI_UNLISTED;
  hash = kennis_hash_of_name (text.text, text.length);
  for (slot = (guint) (hash >> 8) & numbers->mask; numbers->slots[slot].iri != NULL; slot = (slot + 1) & numbers->mask)
    if (numbers->slots[slot].hash == hash && numbers->slots[slot].length == text.length
        && memcmp (numbers->slots[slot].iri, text.text, text.length) == 0)
      return numbers->slots[slot].number;

  return KENNIS_XAPI_UNLISTED;
}

static void
make_numbers (const GArray      *list,
              KennisXapiNumbers *numbers)
{
  guint n = 0, n_slots = 16;

  for (guint i = 0; i < list->len; i++)
    n += g_strv_length (g_array_index (list, KennisMapIris, i).iris);
  while (n_slots < 3 * n)
    n_slots *= 2;
  numbers->slots = g_new0 (KennisXapiNumber, n_slots);
  numbers->mask = n_slots - 1;
  for (guint i = 0; i < list->len; i++)
    for (char **iri = g_array_index (list, KennisMapIris, i).iris; *iri != NULL; iri++)
      {
        KennisXapiNumber number = { .iri = *iri, .length = (guint32) strlen (*iri), .number = i };
        guint slot;

        number.hash = kennis_hash_of_name (number.iri, number.length);
        slot = (guint) (number.hash >> 8) & numbers->mask;
        while (numbers->slots[slot].iri != NULL)
          slot = (slot + 1) & numbers->mask;
        if (kennis_xapi_number (numbers, (KennisXapiText) { number.iri, number.length }) == KENNIS_XAPI_UNLISTED)
          numbers->slots[slot] = number;
      }
}

/* Names and IRIs to a set of numbers. */
static gboolean
make_set (const KennisMapping *mapping,
          guint                which,
          char *const         *words,
          const KennisXapiNumbers *numbers,
          guint64             *set,
          GError             **error)
{
  const GArray *list = mapping->lists[which];

  for (; words != NULL && *words != NULL; words++)
    {
      guint number = KENNIS_XAPI_UNLISTED;

      for (guint i = 0; i < list->len; i++)
        if (g_str_equal (g_array_index (list, KennisMapIris, i).name, *words))
          number = i;
      if (number == KENNIS_XAPI_UNLISTED)
        number = kennis_xapi_number (numbers, (KennisXapiText) { *words, strlen (*words) });
      if (number == KENNIS_XAPI_UNLISTED && !g_str_equal (*words, "*"))
        {
          g_set_error (
              error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
              _("“%s” stands in none of [verbs], [types] and [profiles]; accepted are names and IRIs of them, "
                "or * for all others"),
              *words);
          return FALSE;
        }
      *set |= G_GUINT64_CONSTANT (1) << number;
    }

  return TRUE;
}

static gboolean
make_condition (const KennisTemplate *template,
                KennisXapiField     **to,
                GError              **error)
{
  if (template->n_parts == 0)
    return TRUE;
  *to = g_new0 (KennisXapiField, 1);

  return make_template (template, *to, error);
}

static gboolean
make_record (KennisXapiMap         *self,
             const KennisMapRecord *from,
             GError               **error)
{
  KennisXapiMapRecord *to = g_new0 (KennisXapiMapRecord, 1);
  const KennisMapStatements *own = &from->statements;
  const KennisMapping *mapping = self->mapping;

  g_ptr_array_add (self->records, to);
  to->schema = from->schema;
  to->sums = own->sums;
  to->within = own->within;
  to->needs = from->needs;
  to->fields = g_array_new (FALSE, FALSE, sizeof (KennisXapiField));
  g_array_set_clear_func (to->fields, clear_field);
  for (guint f = 0; f < to->schema->n_fields; f++)
    {
      to->base[f] = kennis_field_unknown (&to->schema->fields[f]);
      if ((to->schema->fields[f].flags & KENNIS_FIELD_REQUIRED) != 0)
        to->needs |= 1u << f;
    }
  if (!make_set (mapping, KENNIS_MAP_VERBS, own->verbs, &self->verbs, &to->verbs, error)
      || !make_set (mapping, KENNIS_MAP_TYPES, own->types, &self->types, &to->types, error)
      || !make_set (mapping, KENNIS_MAP_TYPES, own->unless_types, &self->types, &to->unless_types, error)
      || !make_set (mapping, KENNIS_MAP_PROFILES, own->profiles, &self->profiles, &to->profiles, error))
    return FALSE;
  if (!make_condition (&own->merge, &to->merge, error) || !make_condition (&from->when, &to->when, error)
      || !make_condition (&from->unless, &to->unless, error))
    return FALSE;
  for (guint i = 0; i < from->fields->len; i++)
    if (!make_field (mapping, &g_array_index (from->fields, KennisMapField, i), to, error))
      return FALSE;
  kennis_xapi_find_brief (to);

  return TRUE;
}

KennisXapiMap *
kennis_xapi_map_new (KennisMapping *mapping,
                     GError       **error)
{
  g_autoptr (KennisXapiMap) self = g_new0 (KennisXapiMap, 1);

  self->mapping = g_object_ref (mapping);
  make_numbers (mapping->lists[KENNIS_MAP_VERBS], &self->verbs);
  make_numbers (mapping->lists[KENNIS_MAP_TYPES], &self->types);
  make_numbers (mapping->lists[KENNIS_MAP_PROFILES], &self->profiles);
  self->records = g_ptr_array_new_with_free_func (record_free);
  self->accounts = mapping->accounts;
  self->all_accounts = mapping->accounts != NULL && g_strv_contains ((const char *const *) mapping->accounts, "*");
  for (guint r = 0; r < mapping->records->len; r++)
    if (!make_record (self, mapping->records->pdata[r], error))
      return NULL;

  return g_steal_pointer (&self);
}
