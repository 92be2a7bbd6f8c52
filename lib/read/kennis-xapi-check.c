#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-xapi-private.h"
#include "read/kennis-xapi-rules-private.h"

/* Statements against the rules of "Experience API, part two: data" (ADL, version 1.0.3, 2016), and what IEEE 9274.1.1 (2023)
 * adds.  docs/xapi.md lists what is not looked at. */

/* In the order of KennisXapiKey. */
static const char *const names[KENNIS_XAPI_N_KEYS] = {
  "id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority", "version", "attachments",
  "objectType", "name", "mbox", "mbox_sha1sum", "openid", "account", "member", "homePage", "display", "definition",
  "description", "type", "moreInfo", "extensions", "interactionType", "correctResponsesPattern", "choices", "scale",
  "source", "target", "steps", "score", "success", "completion", "response", "duration", "scaled", "raw", "min", "max",
  "registration", "instructor", "team", "contextActivities", "revision", "platform", "language", "statement",
  "contextAgents", "contextGroups", "parent", "grouping", "category", "other", "usageType", "contentType", "length",
  "sha2", "fileUrl", "agent", "relevantTypes", "group",
};

typedef struct
{
  guint8 key, kind;
} Property;

#define IS(KEY, KIND) { KENNIS_XAPI_##KEY, XAPI_##KIND }
#define COMMON IS (ACTOR, ACTOR), IS (VERB, VERB), IS (OBJECT, OBJECT), IS (RESULT, RESULT), IS (CONTEXT, CONTEXT), \
               IS (TIMESTAMP, TIME), IS (ATTACHMENTS, ATTACHMENTS)
#define AGENT_LIKE IS (OBJECT_TYPE, STRING), IS (NAME, STRING), IS (MBOX, MAILTO), IS (MBOX_SHA1SUM, SHA1), \
                   IS (OPENID, IRI), IS (ACCOUNT, ACCOUNT)
#define END { KENNIS_XAPI_N_KEYS, 0 }

static const Property shapes[XAPI_N_SHAPES][18] = {
  [XAPI_SHAPE_STATEMENT] = { COMMON, IS (ID, UUID), IS (STORED, TIME), IS (AUTHORITY, AUTHORITY), IS (VERSION, VERSION), END },
  [XAPI_SHAPE_SUB] = { COMMON, IS (OBJECT_TYPE, STRING), END },
  [XAPI_SHAPE_AGENT] = { AGENT_LIKE, END },
  [XAPI_SHAPE_GROUP] = { AGENT_LIKE, IS (MEMBER, MEMBERS), END },
  [XAPI_SHAPE_ACCOUNT] = { IS (HOME_PAGE, IRI), IS (NAME, STRING), END },
  [XAPI_SHAPE_VERB] = { IS (ID, IRI), IS (DISPLAY, MAP), END },
  [XAPI_SHAPE_ACTIVITY] = { IS (OBJECT_TYPE, STRING), IS (ID, IRI), IS (DEFINITION, DEFINITION), END },
  [XAPI_SHAPE_DEFINITION] = { IS (NAME, MAP), IS (DESCRIPTION, MAP), IS (TYPE, IRI), IS (MORE_INFO, IRI),
                              IS (EXTENSIONS, EXTENSIONS), IS (INTERACTION_TYPE, INTERACTION), IS (CORRECT, STRINGS),
                              IS (CHOICES, COMPONENTS), IS (SCALE, COMPONENTS), IS (SOURCE, COMPONENTS),
                              IS (TARGET, COMPONENTS), IS (STEPS, COMPONENTS), END },
  [XAPI_SHAPE_COMPONENT] = { IS (ID, STRING), IS (DESCRIPTION, MAP), END },
  [XAPI_SHAPE_REF] = { IS (OBJECT_TYPE, STRING), IS (ID, UUID), END },
  [XAPI_SHAPE_RESULT] = { IS (SCORE, SCORE), IS (SUCCESS, BOOLEAN), IS (COMPLETION, BOOLEAN), IS (RESPONSE, STRING),
                          IS (DURATION, DURATION), IS (EXTENSIONS, EXTENSIONS), END },
  [XAPI_SHAPE_SCORE] = { IS (SCALED, SCALED), IS (RAW, NUMBER), IS (MIN, NUMBER), IS (MAX, NUMBER), END },
  [XAPI_SHAPE_CONTEXT] = { IS (REGISTRATION, UUID), IS (INSTRUCTOR, ACTOR), IS (TEAM, GROUP),
                           IS (CONTEXT_ACTIVITIES, ACTIVITIES), IS (REVISION, STRING), IS (PLATFORM, STRING),
                           IS (LANGUAGE, LANGUAGE), IS (STATEMENT, REF), IS (EXTENSIONS, EXTENSIONS),
                           IS (CONTEXT_AGENTS, CONTEXT_AGENTS), IS (CONTEXT_GROUPS, CONTEXT_GROUPS), END },
  [XAPI_SHAPE_ACTIVITIES] = { IS (PARENT, ACTIVITY_LIST), IS (GROUPING, ACTIVITY_LIST), IS (CATEGORY, ACTIVITY_LIST),
                              IS (OTHER, ACTIVITY_LIST), END },
  [XAPI_SHAPE_ATTACHMENT] = { IS (USAGE_TYPE, IRI), IS (DISPLAY, MAP), IS (DESCRIPTION, MAP), IS (CONTENT_TYPE, STRING),
                              IS (LENGTH, COUNT), IS (SHA2, STRING), IS (FILE_URL, IRI), END },
  [XAPI_SHAPE_CONTEXT_AGENT] = { IS (OBJECT_TYPE, STRING), IS (AGENT, AGENT), IS (RELEVANT_TYPES, IRIS), END },
  [XAPI_SHAPE_CONTEXT_GROUP] = { IS (OBJECT_TYPE, STRING), IS (GROUP, GROUP), IS (RELEVANT_TYPES, IRIS), END },
};

/* What is wrong, and the section of "part two: data" that says so; in the order of XAPI_RULE_…. */
static const struct
{
  const char *text, *section;
} rules[] = {
  { "", "" },
  { N_("is no object"), "2.2" },
  { N_("is no array"), "2.2" },
  { N_("is no text"), "2.2" },
  { N_("is neither true nor false"), "2.2" },
  { N_("is no number"), "2.2" },
  { N_("is null, which stands in extensions only"), "2.2" },
  { N_("is a property that it cannot have"), "2.2" },
  { N_("stands there twice"), "2.2" },
  { N_("is missing"), "2.4" },
  { N_("is no UUID"), "2.4.1" },
  { N_("is no IRI with a scheme"), "4.3" },
  { N_("is no mail address with “mailto:” before it"), "2.4.2.3" },
  { N_("is no SHA-1 sum of 40 hexadecimal digits"), "2.4.2.3" },
  { N_("is no ISO 8601 time"), "4.5" },
  { N_("is no ISO 8601 duration"), "4.6" },
  { N_("is no language tag of RFC 5646"), "4.2" },
  { N_("is no version 1.0 or 2.0"), "2.4.10" },
  { N_("is not from −1 to 1"), "2.4.5.1" },
  { N_("is not between the lowest and the highest score"), "2.4.5.1" },
  { N_("is no whole number of 0 or more"), "2.4.11" },
  { N_("is no type of interaction"), "2.4.4.1" },
  { N_("is of another type of interaction, or of none"), "2.4.4.1" },
  { N_("is not identified: it has none of mbox, mbox_sha1sum, openid and account"), "2.4.2.3" },
  { N_("is identified twice"), "2.4.2.3" },
  { N_("is a group without an identifier and without members"), "2.4.2.2" },
  { N_("is no type of object for this place"), "2.4.4" },
  { N_("is a statement within one within a statement"), "2.4.4.3" },
  { N_("does not refer to a statement, which a voiding one must"), "2.3.2" },
  { N_("goes with activities only"), "2.4.6" },
  { N_("is a group of other than two members"), "2.4.9" },
  { N_("is nested too deeply"), "2.2" },
};

const char *
kennis_xapi_rule_text (KennisXapiRule rule,
                       const char   **section)
{
  *section = rules[rule].section;

  return rules[rule].text;
}

static inline guint
slot_of (const char *name,
         gsize       length)
{
  guint first = (guchar) name[0], last = (guchar) name[length - 1], middle = (guchar) name[length / 2];

  return ((guint) length * 37u + first * 5u + last * 11u + middle * 3u) & 255u;
}

void
kennis_xapi_keys_init (KennisXapiKeys *self)
{
  G_STATIC_ASSERT (XAPI_N_SHAPES == KENNIS_XAPI_N_SHAPES);

  memset (self, 0, sizeof *self);
  for (guint key = 0; key < KENNIS_XAPI_N_KEYS; key++)
    {
      gsize length = strlen (names[key]);
      guint slot = slot_of (names[key], length);

      while (self->slots[slot] != 0)
        slot = (slot + 1) & 255u;
      self->slots[slot] = (guint8) (key + 1);
      memcpy (self->names[key], names[key], length);
    }
  for (guint shape = 0; shape < XAPI_N_SHAPES; shape++)
    for (const Property *property = shapes[shape]; property->key != KENNIS_XAPI_N_KEYS; property++)
      self->kinds[shape][property->key] = property->kind;
}

/* KENNIS_XAPI_N_KEYS: no property of anything has this name.  Names are compared in whole words: behind every text of the tape
 * there is room enough. */
static inline guint
key_of (const KennisXapiKeys *keys,
        const char           *name,
        gsize                 length)
{
  guint64 words[KENNIS_XAPI_MAX_NAME / 8] = { 0 };

  if (length == 0 || length >= KENNIS_XAPI_MAX_NAME)
    return KENNIS_XAPI_N_KEYS;
  memcpy (words, name, sizeof words);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    words[i] &= length >= 8 * (i + 1) ? G_MAXUINT64 : length > 8 * i ? G_MAXUINT64 >> (64 - 8 * (length - 8 * i)) : 0;
  for (guint slot = slot_of (name, length); keys->slots[slot] != 0; slot = (slot + 1) & 255u)
    {
      const guint64 *other = keys->names[keys->slots[slot] - 1];

      if (other[0] == words[0] && other[1] == words[1] && other[2] == words[2])
        return keys->slots[slot] - 1u;
    }

  return KENNIS_XAPI_N_KEYS;
}

gboolean
kennis_xapi_check_fail (KennisXapiStatement *self,
                        KennisXapiRule       rule)
{
  if (self->broken == 0)
    {
      self->broken = rule;
      self->n_broken_path = self->n_path;
    }

  return FALSE;
}

/* What databases add to a statement. */
static gboolean
is_of_database (guint8      shape,
                const char *name)
{
  return shape == XAPI_SHAPE_STATEMENT && (name[0] == '@' || name[0] == '_');
}

gboolean
kennis_xapi_check_object (KennisXapiStatement *self,
                          guint8               shape,
                          guint                at,
                          KennisXapiPlaces    *places)
{
  const KennisJsonTape *tape = &self->tape;
  guint end;

  places->seen = 0;
  if (kennis_json_type (tape, at) != KENNIS_JSON_OBJECT)
    return kennis_xapi_check_fail (self,
                                   kennis_json_type (tape, at) == KENNIS_JSON_NULL ? XAPI_RULE_NULL : XAPI_RULE_OBJECT);
  if (self->n_path + 2 >= KENNIS_XAPI_MAX_PATH)
    return kennis_xapi_check_fail (self, XAPI_RULE_DEPTH);
  end = kennis_json_end (tape, at);
  for (guint i = at + 1; i < end; i = kennis_json_next (tape, i + 1))
    {
      gsize length;
      const char *name = kennis_json_text (tape, i, &length);
      guint key = key_of (self->keys, name, length);
      guint kind = key < KENNIS_XAPI_N_KEYS ? self->keys->kinds[shape][key] : XAPI_NOT_ALLOWED;

      if (kind == XAPI_NOT_ALLOWED && is_of_database (shape, name))
        continue;
      self->path[self->n_path++] = name;
      if (kind == XAPI_NOT_ALLOWED)
        return kennis_xapi_check_fail (self, XAPI_RULE_PROPERTY);
      if (KENNIS_XAPI_HAS (places, key))
        return kennis_xapi_check_fail (self, XAPI_RULE_TWICE);
      places->seen |= G_GUINT64_CONSTANT (1) << key;
      places->at[key] = i + 1;
      if (!kennis_xapi_check_value (self, (guint8) kind, i + 1))
        return FALSE;
      self->n_path--;
    }

  return TRUE;
}

gboolean
kennis_xapi_check_members (KennisXapiStatement *self,
                           guint8               kind,
                           guint                at)
{
  guint end;

  if (kennis_json_type (&self->tape, at) != KENNIS_JSON_ARRAY)
    return kennis_xapi_check_fail (self, XAPI_RULE_ARRAY);
  end = kennis_json_end (&self->tape, at);
  for (guint i = at + 1; i < end; i = kennis_json_next (&self->tape, i))
    if (!kennis_xapi_check_value (self, kind, i))
      return FALSE;

  return TRUE;
}

guint
kennis_xapi_find (const KennisXapiStatement *self,
                  guint                      object,
                  const char                *name)
{
  gsize wanted = strlen (name), length;

  if (object == 0 || kennis_json_type (&self->tape, object) != KENNIS_JSON_OBJECT)
    return 0;
  for (guint i = object + 1, end = kennis_json_end (&self->tape, object); i < end;
       i = kennis_json_next (&self->tape, i + 1))
    {
      const char *key = kennis_json_text (&self->tape, i, &length);

      if (length == wanted && memcmp (key, name, length) == 0)
        return i + 1;
    }

  return 0;
}

/* The properties that must be there are told by their names. */
static gboolean
needs (KennisXapiStatement *self,
       KennisXapiPlaces    *places,
       KennisXapiKey        key)
{
  if (KENNIS_XAPI_HAS (places, key))
    return TRUE;
  self->path[self->n_path++] = names[key];

  return kennis_xapi_check_fail (self, XAPI_RULE_MISSING);
}

/* The time of an event: its own, or what the database that it comes from calls so, or when it was stored. */
static gboolean
find_time (KennisXapiStatement *self,
           guint                at)
{
  guint time = KENNIS_XAPI_HAS (&self->statement, KENNIS_XAPI_TIMESTAMP) ? self->statement.at[KENNIS_XAPI_TIMESTAMP]
                                                                         : kennis_xapi_find (self, at, "@timestamp");
  gsize length;
  const char *text;

  self->time = KENNIS_UNKNOWN;
  if (time == 0 && KENNIS_XAPI_HAS (&self->statement, KENNIS_XAPI_STORED))
    time = self->statement.at[KENNIS_XAPI_STORED];
  if (time == 0)
    return TRUE;
  self->path[self->n_path] = "@timestamp";
  if (kennis_json_type (&self->tape, time) == KENNIS_JSON_TEXT)
    {
      text = kennis_json_text (&self->tape, time, &length);
      if (kennis_xapi_time (text, length, self->calendar, &self->time))
        return TRUE;
      self->shown = text;
      self->shown_length = length;
    }
  self->n_path++;

  return kennis_xapi_check_fail (self, XAPI_RULE_TIME);
}

#define VOIDED "http://adlnet.gov/expapi/verbs/voided"

/* What only the whole can tell. */
static gboolean
check_whole (KennisXapiStatement *self,
             guint                at)
{
  gboolean about_activity = self->object_kind == KENNIS_XAPI_ACTIVITY_KIND;

  if (!needs (self, &self->statement, KENNIS_XAPI_ACTOR) || !needs (self, &self->statement, KENNIS_XAPI_VERB)
      || !needs (self, &self->statement, KENNIS_XAPI_OBJECT))
    return FALSE;
  self->is_voiding = self->verb_length == strlen (VOIDED) && memcmp (self->verb, VOIDED, self->verb_length) == 0;
  if (self->is_voiding && self->object_kind != KENNIS_XAPI_REF_KIND)
    {
      self->path[self->n_path++] = "object";
      return kennis_xapi_check_fail (self, XAPI_RULE_VOIDING);
    }
  for (guint i = 0; i < 2 && !about_activity; i++)
    {
      KennisXapiKey key = i == 0 ? KENNIS_XAPI_REVISION : KENNIS_XAPI_PLATFORM;

      if (KENNIS_XAPI_HAS (&self->context, key))
        {
          self->path[self->n_path++] = names[key];
          return kennis_xapi_check_fail (self, XAPI_RULE_PLATFORM);
        }
    }

  return find_time (self, at);
}

gboolean
kennis_xapi_check (KennisXapiStatement *self,
                   guint                at)
{
  self->statement.seen = self->context.seen = self->result.seen = self->activity.seen = 0;
  self->definition.seen = self->actor.seen = 0;
  self->actor_kind = KENNIS_XAPI_AGENT_KIND;
  self->object_kind = KENNIS_XAPI_ACTIVITY_KIND;
  self->verb = self->shown = NULL;
  self->is_voiding = FALSE;
  self->time = self->duration = KENNIS_UNKNOWN;
  self->duration_state = KENNIS_XAPI_DURATION_SOUND;
  self->broken = 0;
  self->n_path = 0;

  return kennis_xapi_check_object (self, XAPI_SHAPE_STATEMENT, at, &self->statement) && check_whole (self, at);
}

char *
kennis_xapi_broken_path (const KennisXapiStatement *self)
{
  GString *path = g_string_new (NULL);

  for (guint i = 0; i < self->n_broken_path; i++)
    {
      g_string_append (path, i > 0 ? "." : "");
      g_string_append (path, self->path[i]);
    }

  return g_string_free (path, FALSE);
}
