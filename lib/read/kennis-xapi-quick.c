#include "config.h"

#include "read/kennis-xapi-quick-private.h"

/* Reads a statement from its tokens.  FALSE anywhere means no more than that the long way must tell. */

#define IS(name, word) ((name).length == sizeof (word) - 1 && memcmp ((name).text, word, sizeof (word) - 1) == 0)
#define BIT(key) (G_GUINT64_CONSTANT (1) << (key))

static inline char
char_of (const KennisXapiTokens *self)
{
  return self->text[self->at[self->k]];
}

/* A text without escapes: behind its quotation mark nothing but space may stand before the next token. */
static inline gboolean
take_text (KennisXapiTokens *self,
           KennisXapiText   *text)
{
  const char *from = self->text + self->at[self->k], *end;

  if (*from != '"')
    return FALSE;
  for (end = self->text + self->at[self->k + 1] - 1; end > from && g_ascii_isspace (*end);)
    end--;
  if (end == from || *end != '"')
    return FALSE;
  text->text = from + 1;
  text->length = (gsize) (end - from - 1);
  self->k++;

  return TRUE;
}

static inline gboolean
take_plain_text (KennisXapiTokens *self,
                 KennisXapiText   *text)
{
  return take_text (self, text) && memchr (text->text, '\\', text->length) == NULL;
}

static inline gboolean
take_char (KennisXapiTokens *self,
           char              c)
{
  if (char_of (self) != c)
    return FALSE;
  self->k++;

  return TRUE;
}

/* The name of the next property. */
static inline gboolean
take_name (KennisXapiTokens *self,
           KennisXapiText   *name)
{
  return take_text (self, name) && take_char (self, ':');
}

/* Behind a value: true where another property follows. */
static inline gboolean
goes_on (KennisXapiTokens *self,
         gboolean         *ok)
{
  char c = char_of (self);

  *ok = c == ',' || c == '}';
  if (*ok)
    self->k++;

  return c == ',';
}

/* Anything but a text, object or array, as it stands. */
static gboolean
take_word (KennisXapiTokens *self,
           KennisXapiText   *word)
{
  const char *from = self->text + self->at[self->k], *end;

  for (end = from; g_ascii_isalnum (*end) || *end == '.' || *end == '-' || *end == '+';)
    end++;
  if (end == from || end != self->text + self->at[self->k + 1])
    return FALSE;
  *word = (KennisXapiText) { from, (gsize) (end - from) };
  self->k++;

  return TRUE;
}

static gboolean
take_boolean (KennisXapiTokens *self,
              gboolean         *value)
{
  KennisXapiText word;

  if (!take_word (self, &word))
    return FALSE;
  *value = IS (word, "true");

  return *value || IS (word, "false");
}

/* "12" and "-0.125": short ones, that nobody reads in another way. */
static gboolean
is_plain_number (KennisXapiText word)
{
  gsize i = word.text[0] == '-', from = i;

  while (i < word.length && g_ascii_isdigit (word.text[i]))
    i++;
  if (i == from || i - from > 15 || (word.text[from] == '0' && i - from > 1))
    return FALSE;
  if (i == word.length)
    return TRUE;
  from = i + 1;

  return word.text[i] == '.' && from < word.length && word.length - from <= 15
         && strspn (word.text + from, "0123456789") == word.length - from;
}

/* Past an object or array, whatever it holds. */
static gboolean
take_value (KennisXapiTokens *self,
            KennisXapiText   *raw)
{
  static const gint8 steps[256] = { ['{'] = 1, ['['] = 1, ['}'] = -1, [']'] = -1 };
  const char *text = self->text;
  const guint32 *at = self->at;
  gsize k = self->k, n = self->n;
  int depth = steps[(guchar) text[at[k]]];

  if (depth != 1)
    return FALSE;
  for (k++; depth > 0 && k < n; k++)
    depth += steps[(guchar) text[at[k]]];
  if (depth > 0)
    return FALSE;
  *raw = (KennisXapiText) { text + at[self->k], at[k - 1] + 1 - at[self->k] };
  self->k = k;

  return TRUE;
}

static gboolean
take_part (KennisXapiWorker    *self,
           KennisXapiQuick     *quick,
           KennisXapiKnownKind  kind)
{
  KennisXapiKnown *before;
  KennisXapiText raw;
  guint64 hash;

  if (!take_value (&quick->tokens, &raw))
    return FALSE;
  /* Statements of one person, or about one activity, often come together. */
  before = quick->before[kind];
  if (before != NULL && before->length == raw.length && memcmp (before + 1, raw.text, raw.length) == 0)
    {
      quick->known[kind] = before;
      return TRUE;
    }
  quick->known[kind] = kennis_xapi_knowns_find (self->knowns, kind, raw.text, raw.length, &hash);
  if (quick->known[kind] != NULL)
    {
      quick->before[kind] = quick->known[kind];
      return TRUE;
    }
  if (quick->n_unknown == KENNIS_XAPI_MAX_UNKNOWN)
    return FALSE;
  quick->unknown[quick->n_unknown].kind = (guint8) kind;
  quick->unknown[quick->n_unknown].raw = raw.text;
  quick->unknown[quick->n_unknown].length = raw.length;
  quick->unknown[quick->n_unknown++].hash = hash;

  return TRUE;
}

static gboolean
take_time (KennisXapiWorker *self,
           KennisXapiTokens *tokens,
           gint64           *time)
{
  KennisXapiText text;

  return take_plain_text (tokens, &text) && kennis_xapi_time (text.text, text.length, self->calendar, time);
}

static gboolean
take_duration (KennisXapiWorker *self,
               KennisXapiTokens *tokens)
{
  KennisXapiStatement *statement = &self->statement;
  KennisXapiText text;

  if (!take_plain_text (tokens, &text))
    return FALSE;
  statement->duration_state = kennis_xapi_duration (text.text, text.length, statement->year_days, &statement->duration);

  return statement->duration_state != KENNIS_XAPI_DURATION_BAD;
}

/* Extensions that are texts, numbers, true, false and null. */
static gboolean
take_extensions (KennisXapiQuick *quick,
                 guint            which)
{
  KennisXapiTokens *tokens = &quick->tokens;
  gboolean ok = take_char (tokens, '{');

  if (ok && char_of (tokens) == '}')
    return take_char (tokens, '}');
  while (ok)
    {
      KennisXapiExtension *extension = &quick->extensions[which][quick->n_extensions[which]];

      if (quick->n_extensions[which] == KENNIS_XAPI_MAX_EXTENSIONS || !take_name (tokens, &extension->iri)
          || !kennis_xapi_is_iri (extension->iri.text, extension->iri.length))
        return FALSE;
      extension->is_number = FALSE;
      if (char_of (tokens) == '"')
        ok = take_plain_text (tokens, &extension->value);
      else if (take_word (tokens, &extension->value))
        {
          extension->is_number = is_plain_number (extension->value);
          ok = extension->is_number || IS (extension->value, "true") || IS (extension->value, "false")
               || IS (extension->value, "null");
          extension->value = (KennisXapiText) { NULL, 0 };
        }
      else
        ok = FALSE;
      quick->n_extensions[which]++;
      if (!ok || !goes_on (tokens, &ok))
        break;
    }

  return ok;
}

/* False where the property stands there twice. */
static gboolean
note (guint64       *seen,
      KennisXapiKey  key)
{
  gboolean is_new = (*seen & BIT (key)) == 0;

  *seen |= BIT (key);

  return is_new;
}

static gboolean
take_result_property (KennisXapiWorker *self,
                      KennisXapiQuick  *quick,
                      KennisXapiText    name)
{
  KennisXapiTokens *tokens = &quick->tokens;
  guint64 *seen = &quick->seen_in_result;
  KennisXapiText text;

  if (IS (name, "duration"))
    return note (seen, KENNIS_XAPI_DURATION) && take_duration (self, tokens);
  if (IS (name, "completion"))
    return note (seen, KENNIS_XAPI_COMPLETION) && take_boolean (tokens, &quick->completion);
  if (IS (name, "success"))
    return note (seen, KENNIS_XAPI_SUCCESS) && take_boolean (tokens, &quick->success);
  if (IS (name, "score"))
    return note (seen, KENNIS_XAPI_SCORE) && take_part (self, quick, KENNIS_XAPI_KNOWN_SCORE);
  if (IS (name, "extensions"))
    return note (seen, KENNIS_XAPI_EXTENSIONS) && take_extensions (quick, 0);
  if (IS (name, "response"))
    return note (seen, KENNIS_XAPI_RESPONSE) && take_plain_text (tokens, &text);

  return FALSE;
}

static gboolean
take_context_property (KennisXapiWorker *self,
                       KennisXapiQuick  *quick,
                       KennisXapiText    name)
{
  KennisXapiTokens *tokens = &quick->tokens;
  guint64 *seen = &quick->seen_in_context;
  KennisXapiText text;
  guint8 uuid[16];

  if (IS (name, "registration"))
    return note (seen, KENNIS_XAPI_REGISTRATION) && take_text (tokens, &quick->registration)
           && kennis_xapi_uuid (quick->registration.text, quick->registration.length, uuid);
  if (IS (name, "contextActivities"))
    return note (seen, KENNIS_XAPI_CONTEXT_ACTIVITIES) && take_part (self, quick, KENNIS_XAPI_KNOWN_ACTIVITIES);
  if (IS (name, "extensions"))
    return note (seen, KENNIS_XAPI_EXTENSIONS) && take_extensions (quick, 1);
  if (IS (name, "platform"))
    return note (seen, KENNIS_XAPI_PLATFORM) && take_plain_text (tokens, &quick->platform);
  if (IS (name, "revision"))
    return note (seen, KENNIS_XAPI_REVISION) && take_plain_text (tokens, &text);
  if (IS (name, "language"))
    return note (seen, KENNIS_XAPI_LANGUAGE) && take_plain_text (tokens, &text)
           && kennis_xapi_is_language (text.text, text.length);

  return FALSE;
}

typedef gboolean (*TakeProperty) (KennisXapiWorker *self, KennisXapiQuick *quick, KennisXapiText name);

static inline gboolean
take_object (KennisXapiWorker *self,
             KennisXapiQuick  *quick,
             TakeProperty      take_property)
{
  KennisXapiTokens *tokens = &quick->tokens;
  gboolean ok = take_char (tokens, '{');
  KennisXapiText name;

  if (ok && char_of (tokens) == '}')
    return take_char (tokens, '}');
  while (ok)
    {
      if (!take_name (tokens, &name) || !take_property (self, quick, name))
        return FALSE;
      if (!goes_on (tokens, &ok))
        break;
    }

  return ok;
}

/* What databases add: texts and numbers. */
static gboolean
take_database_property (KennisXapiQuick *quick,
                        KennisXapiText   name)
{
  KennisXapiTokens *tokens = &quick->tokens;
  gboolean is_time = IS (name, "@timestamp");
  KennisXapiText value;

  if (name.length == 0 || (name.text[0] != '@' && name.text[0] != '_') || memchr (name.text, '\\', name.length) != NULL)
    return FALSE;
  if (char_of (tokens) != '"')
    return !is_time && take_word (tokens, &value) && is_plain_number (value);
  if (!take_plain_text (tokens, &value) || (is_time && quick->database_time.text != NULL))
    return FALSE;
  if (is_time)
    quick->database_time = value;

  return TRUE;
}

static gboolean
take_version (KennisXapiTokens *tokens)
{
  KennisXapiText text;

  return take_plain_text (tokens, &text) && kennis_xapi_is_version (text.text, text.length);
}

static gboolean
take_property (KennisXapiWorker *self,
               KennisXapiQuick  *quick,
               KennisXapiText    name)
{
  KennisXapiTokens *tokens = &quick->tokens;
  guint64 *seen = &quick->seen;

  if (IS (name, "id"))
    return note (seen, KENNIS_XAPI_ID) && take_text (tokens, &quick->id)
           && kennis_xapi_uuid (quick->id.text, quick->id.length, self->statement.id);
  if (IS (name, "actor"))
    return note (seen, KENNIS_XAPI_ACTOR) && take_part (self, quick, KENNIS_XAPI_KNOWN_ACTOR);
  if (IS (name, "verb"))
    return note (seen, KENNIS_XAPI_VERB) && take_part (self, quick, KENNIS_XAPI_KNOWN_VERB);
  if (IS (name, "object"))
    return note (seen, KENNIS_XAPI_OBJECT) && take_part (self, quick, KENNIS_XAPI_KNOWN_OBJECT);
  if (IS (name, "result"))
    return note (seen, KENNIS_XAPI_RESULT) && take_object (self, quick, take_result_property);
  if (IS (name, "context"))
    return note (seen, KENNIS_XAPI_CONTEXT) && take_object (self, quick, take_context_property);
  if (IS (name, "timestamp"))
    return note (seen, KENNIS_XAPI_TIMESTAMP) && take_time (self, tokens, &quick->timestamp);
  if (IS (name, "stored"))
    return note (seen, KENNIS_XAPI_STORED) && take_time (self, tokens, &quick->stored);
  if (IS (name, "version"))
    return note (seen, KENNIS_XAPI_VERSION) && take_version (tokens);
  if (IS (name, "authority"))
    return note (seen, KENNIS_XAPI_AUTHORITY) && take_part (self, quick, KENNIS_XAPI_KNOWN_AUTHORITY);

  return take_database_property (quick, name);
}

/* The time of the event, as kennis-xapi-check.c finds it. */
static gboolean
find_time (KennisXapiWorker      *self,
           const KennisXapiQuick *quick)
{
  gint64 *time = &self->statement.time;

  *time = KENNIS_UNKNOWN;
  if ((quick->seen & BIT (KENNIS_XAPI_TIMESTAMP)) != 0)
    *time = quick->timestamp;
  else if (quick->database_time.text != NULL)
    return kennis_xapi_time (quick->database_time.text, quick->database_time.length, self->calendar, time);
  else if ((quick->seen & BIT (KENNIS_XAPI_STORED)) != 0)
    *time = quick->stored;

  return TRUE;
}

KennisXapiQuickState
kennis_xapi_quick_read (KennisXapiWorker *self,
                        KennisXapiQuick  *quick)
{
  const guint64 needed = BIT (KENNIS_XAPI_ACTOR) | BIT (KENNIS_XAPI_VERB) | BIT (KENNIS_XAPI_OBJECT);
  KennisXapiStatement *statement = &self->statement;

  quick->seen = quick->seen_in_result = quick->seen_in_context = 0;
  memset (quick->known, 0, sizeof quick->known);
  quick->database_time = quick->registration = quick->platform = quick->id = (KennisXapiText) { NULL, 0 };
  quick->n_extensions[0] = quick->n_extensions[1] = quick->n_unknown = 0;
  quick->refused = FALSE;
  statement->duration = KENNIS_UNKNOWN;
  statement->duration_state = KENNIS_XAPI_DURATION_SOUND;
  if (!take_object (self, quick, take_property) || (quick->seen & needed) != needed || !find_time (self, quick))
    return KENNIS_XAPI_QUICK_LONG;
  quick->end = quick->tokens.at[quick->tokens.k - 1] + 1;
  if (quick->n_unknown > 0)
    return KENNIS_XAPI_QUICK_UNKNOWN;
  statement->actor_kind = KENNIS_XAPI_AGENT_KIND;
  statement->object_kind = KENNIS_XAPI_ACTIVITY_KIND;
  statement->is_voiding = FALSE;
  statement->verb = quick->known[KENNIS_XAPI_KNOWN_VERB]->text.text;
  statement->verb_length = quick->known[KENNIS_XAPI_KNOWN_VERB]->text.length;

  return KENNIS_XAPI_QUICK_SOUND;
}

/* ── What a known part says ───────────────────────────────────────────────────────────────────────────────────────── */

/* From the tape, which the long way made of the same statement. */
static void
learn_part (KennisXapiWorker *self,
            KennisXapiKnown  *known)
{
  static const KennisXapiName who = { .source = KENNIS_XAPI_FROM_ACTOR }, what = { .source = KENNIS_XAPI_FROM_OBJECT },
                              called = { .source = KENNIS_XAPI_FROM_NAME },
                              parent = { .source = KENNIS_XAPI_FROM_PARENT },
                              grouping = { .source = KENNIS_XAPI_FROM_GROUPING };
  const KennisXapiStatement *statement = &self->statement;
  KennisXapiKnowns *knowns = self->knowns;
  char buffer[48];

#define KEEP(name) kennis_xapi_knowns_keep (knowns, kennis_xapi_value (self, &name, 0, FALSE, buffer))
  switch (known->kind)
    {
    case KENNIS_XAPI_KNOWN_ACTOR:
      known->coded[0].text = KEEP (who);
      break;
    case KENNIS_XAPI_KNOWN_VERB:
      known->text = kennis_xapi_knowns_keep (knowns, (KennisXapiText) { statement->verb, statement->verb_length });
      known->number = (guint8) kennis_xapi_number (&self->map->verbs, known->text);
      break;
    case KENNIS_XAPI_KNOWN_OBJECT:
      known->coded[0].text = KEEP (what);
      known->name = KEEP (called);
      known->text = kennis_xapi_knowns_keep (knowns, kennis_xapi_type (statement));
      known->number = (guint8) kennis_xapi_number (&self->map->types, known->text);
      break;
    case KENNIS_XAPI_KNOWN_ACTIVITIES:
      known->coded[0].text = KEEP (parent);
      known->coded[1].text = KEEP (grouping);
      known->profiles = kennis_xapi_profiles (self);
      break;
    default:
      break;
    }
#undef KEEP
}

void
kennis_xapi_quick_learn (KennisXapiWorker *self,
                         KennisXapiQuick  *quick)
{
  const KennisXapiStatement *statement = &self->statement;

  if (statement->actor_kind != KENNIS_XAPI_AGENT_KIND || statement->object_kind != KENNIS_XAPI_ACTIVITY_KIND
      || statement->is_voiding)
    return;
  for (guint i = 0; i < quick->n_unknown; i++)
    {
      KennisXapiKnown *known =
          kennis_xapi_knowns_add (self->knowns, quick->unknown[i].kind, quick->unknown[i].raw, quick->unknown[i].length,
                                  quick->unknown[i].hash, self->n_block, self->n_taken);

      if (known != NULL)
        learn_part (self, known);
    }
}

static KennisXapiText
truth (guint64       seen,
       KennisXapiKey key,
       gboolean      value)
{
  if ((seen & BIT (key)) == 0)
    return (KennisXapiText) { NULL, 0 };

  return value ? (KennisXapiText) { "true", 4 } : (KennisXapiText) { "false", 5 };
}

/* How a number is written is for the long way to tell. */
static KennisXapiText
extension (KennisXapiQuick *quick,
           guint            which,
           const char      *iri)
{
  gsize length = strlen (iri);

  for (guint i = 0; i < quick->n_extensions[which]; i++)
    {
      const KennisXapiExtension *extension = &quick->extensions[which][i];

      if (extension->iri.length != length || memcmp (extension->iri.text, iri, length) != 0)
        continue;
      quick->refused = quick->refused || extension->is_number;
      return extension->value;
    }

  return (KennisXapiText) { NULL, 0 };
}

KennisXapiCoded *
kennis_xapi_quick_coded (const KennisXapiWorker *self,
                         KennisXapiSource        source,
                         gboolean                is_person)
{
  KennisXapiKnown *const *known = self->quick->known;
  KennisXapiCoded *coded = NULL;

  if (source == KENNIS_XAPI_FROM_ACTOR)
    coded = &known[KENNIS_XAPI_KNOWN_ACTOR]->coded[0];
  else if (source == KENNIS_XAPI_FROM_OBJECT && !is_person)
    coded = &known[KENNIS_XAPI_KNOWN_OBJECT]->coded[0];
  else if (known[KENNIS_XAPI_KNOWN_ACTIVITIES] != NULL
           && (source == KENNIS_XAPI_FROM_PARENT || source == KENNIS_XAPI_FROM_GROUPING))
    coded = &known[KENNIS_XAPI_KNOWN_ACTIVITIES]->coded[source == KENNIS_XAPI_FROM_GROUPING];

  return coded != NULL && coded->text.length > 0 ? coded : NULL;
}

KennisXapiText
kennis_xapi_quick_value (KennisXapiWorker     *self,
                         const KennisXapiName *name,
                         gboolean              is_person)
{
  KennisXapiQuick *quick = self->quick;
  const KennisXapiKnown *verb = quick->known[KENNIS_XAPI_KNOWN_VERB], *object = quick->known[KENNIS_XAPI_KNOWN_OBJECT];
  const KennisXapiCoded *coded;

  switch ((guint) name->source)
    {
    case KENNIS_XAPI_FROM_VERB:
      return kennis_xapi_name (self, KENNIS_MAP_VERBS, verb->number, verb->text);
    case KENNIS_XAPI_FROM_TYPE:
      return kennis_xapi_name (self, KENNIS_MAP_TYPES, object->number, object->text);
    case KENNIS_XAPI_FROM_REGISTRATION:
      return quick->registration;
    case KENNIS_XAPI_FROM_ID:
      return quick->id;
    case KENNIS_XAPI_FROM_NAME:
      return object->name;
    case KENNIS_XAPI_FROM_PLATFORM:
      return quick->platform;
    case KENNIS_XAPI_FROM_SUCCESS:
      return truth (quick->seen_in_result, KENNIS_XAPI_SUCCESS, quick->success);
    case KENNIS_XAPI_FROM_COMPLETION:
      return truth (quick->seen_in_result, KENNIS_XAPI_COMPLETION, quick->completion);
    case KENNIS_XAPI_FROM_RESULT_EXTENSION:
      return extension (quick, 0, name->name);
    case KENNIS_XAPI_FROM_CONTEXT_EXTENSION:
      return extension (quick, 1, name->name);
    default:
      /* {instructor} and {group} are of statements that go the long way. */
      coded = kennis_xapi_quick_coded (self, name->source, is_person);
      return coded != NULL ? coded->text : (KennisXapiText) { NULL, 0 };
    }
}
