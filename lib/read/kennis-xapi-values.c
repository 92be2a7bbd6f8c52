#include "config.h"

#include "read/kennis-xapi-private.h"
#include "read/kennis-xapi-rules-private.h"

/* Values of statements, kind by kind. */

static gboolean
fail_with (KennisXapiStatement *self,
           KennisXapiRule       rule,
           const char          *text,
           gsize                length)
{
  self->shown = text;
  self->shown_length = length;

  return kennis_xapi_check_fail (self, rule);
}

static gboolean
fail_at (KennisXapiStatement *self,
         KennisXapiRule       rule,
         const char          *name)
{
  self->path[self->n_path++] = name;

  return kennis_xapi_check_fail (self, rule);
}

static gboolean
is_hexadecimal (const char *text,
                gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;

  return TRUE;
}

static gboolean
is_mail (const char *text,
         gsize       length)
{
  const char *at = length > 7 ? memchr (text + 7, '@', length - 7) : NULL;

  return at != NULL && memcmp (text, "mailto:", 7) == 0 && at > text + 7 && at + 1 < text + length
         && memchr (at + 1, '@', (gsize) (text + length - at - 1)) == NULL && memchr (text, ' ', length) == NULL;
}

/* 1.0, 1.0.x, 2.0, 2.0.x */
gboolean
kennis_xapi_is_version (const char *text,
                        gsize       length)
{
  if (length < 3 || (text[0] != '1' && text[0] != '2') || text[1] != '.' || text[2] != '0')
    return FALSE;

  return length == 3 || (length > 4 && text[3] == '.' && g_ascii_isdigit (text[4]));
}

static gboolean
is_interaction (const char *text)
{
  static const char *const types[] = { "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance",
                                       "sequencing", "likert", "numeric", "other", NULL };

  return g_strv_contains (types, text);
}

static gboolean
check_duration (KennisXapiStatement *self,
                const char          *text,
                gsize                length)
{
  gint64 duration;
  KennisXapiDuration state = kennis_xapi_duration (text, length, self->year_days, &duration);

  if (state == KENNIS_XAPI_DURATION_BAD)
    return fail_with (self, XAPI_RULE_DURATION, text, length);
  /* Not that of a statement within this one. */
  if (self->n_path == 2)
    {
      self->duration = duration;
      self->duration_state = state;
    }

  return TRUE;
}

static gboolean
check_text (KennisXapiStatement *self,
            guint8               kind,
            guint                at)
{
  gsize length;
  const char *text;
  guint8 uuid[16];
  gint64 time;

  if (kennis_json_type (&self->tape, at) != KENNIS_JSON_TEXT)
    return kennis_xapi_check_fail (self, XAPI_RULE_STRING);
  text = kennis_json_text (&self->tape, at, &length);
  switch (kind)
    {
    case XAPI_UUID:
      /* The one that is a property of the statement itself is its id. */
      return kennis_xapi_uuid (text, length, self->n_path == 1 ? self->id : uuid)
             || fail_with (self, XAPI_RULE_UUID, text, length);
    case XAPI_IRI:
      return kennis_xapi_is_iri (text, length) || fail_with (self, XAPI_RULE_IRI, text, length);
    case XAPI_MAILTO:
      return is_mail (text, length) || fail_with (self, XAPI_RULE_MAILTO, text, length);
    case XAPI_SHA1:
      return (length == 40 && is_hexadecimal (text, length)) || fail_with (self, XAPI_RULE_SHA1, text, length);
    case XAPI_TIME:
      return kennis_xapi_time (text, length, self->calendar, &time) || fail_with (self, XAPI_RULE_TIME, text, length);
    case XAPI_DURATION:
      return check_duration (self, text, length);
    case XAPI_LANGUAGE:
      return kennis_xapi_is_language (text, length) || fail_with (self, XAPI_RULE_LANGUAGE, text, length);
    case XAPI_VERSION:
      return kennis_xapi_is_version (text, length) || fail_with (self, XAPI_RULE_VERSION, text, length);
    case XAPI_INTERACTION:
      return is_interaction (text) || fail_with (self, XAPI_RULE_INTERACTION, text, length);
    default:
      return TRUE;
    }
}

/* Languages, or IRIs, as names. */
static gboolean
check_names (KennisXapiStatement *self,
             guint8               kind,
             guint                at)
{
  const KennisJsonTape *tape = &self->tape;

  if (kennis_json_type (tape, at) != KENNIS_JSON_OBJECT)
    return kennis_xapi_check_fail (self, XAPI_RULE_OBJECT);
  for (guint i = at + 1, end = kennis_json_end (tape, at); i < end; i = kennis_json_next (tape, i + 1))
    {
      gsize length;
      const char *name = kennis_json_text (tape, i, &length);

      if (kind == XAPI_EXTENSIONS)
        {
          if (!kennis_xapi_is_iri (name, length))
            return fail_with (self, XAPI_RULE_IRI, name, length);
          continue;
        }
      if (!kennis_xapi_is_language (name, length))
        return fail_with (self, XAPI_RULE_LANGUAGE, name, length);
      if (kennis_json_type (tape, i + 1) != KENNIS_JSON_TEXT)
        return fail_with (self, XAPI_RULE_STRING, name, length);
    }

  return TRUE;
}

/* One way to tell who it is; groups may have none, but then they have members. */
static gboolean
check_identity (KennisXapiStatement    *self,
                const KennisXapiPlaces *places,
                gboolean                is_group)
{
  const guint64 mask = G_GUINT64_CONSTANT (1) << KENNIS_XAPI_MBOX | G_GUINT64_CONSTANT (1) << KENNIS_XAPI_MBOX_SHA1SUM
                       | G_GUINT64_CONSTANT (1) << KENNIS_XAPI_OPENID | G_GUINT64_CONSTANT (1) << KENNIS_XAPI_ACCOUNT;
  guint64 found = places->seen & mask;

  if ((found & (found - 1)) != 0)
    return kennis_xapi_check_fail (self, XAPI_RULE_TWO_IDENTIFIERS);
  if (found != 0)
    return TRUE;
  if (!is_group)
    return kennis_xapi_check_fail (self, XAPI_RULE_NO_IDENTIFIER);

  return KENNIS_XAPI_HAS (places, KENNIS_XAPI_MEMBER) || kennis_xapi_check_fail (self, XAPI_RULE_NO_MEMBER);
}

/* The word of objectType; NULL: there is none.  False: it is no text. */
static gboolean
find_type (KennisXapiStatement *self,
           guint                at,
           const char         **type)
{
  guint place = kennis_xapi_find (self, at, "objectType");
  gsize length;

  *type = NULL;
  if (place == 0)
    return TRUE;
  if (kennis_json_type (&self->tape, place) != KENNIS_JSON_TEXT)
    return fail_at (self, XAPI_RULE_STRING, "objectType");
  *type = kennis_json_text (&self->tape, place, &length);

  return TRUE;
}

static gboolean
check_actor (KennisXapiStatement *self,
             guint8               kind,
             guint                at)
{
  KennisXapiPlaces own, *places = self->n_path == 1 && kind == XAPI_ACTOR ? &self->actor : &own;
  const char *type;
  gboolean is_group;

  if (!find_type (self, at, &type))
    return FALSE;
  is_group = g_strcmp0 (type, "Group") == 0;
  if ((type != NULL && !is_group && !g_str_equal (type, "Agent")) || (is_group && kind == XAPI_AGENT)
      || (!is_group && kind == XAPI_GROUP))
    return fail_at (self, XAPI_RULE_OBJECT_TYPE, "objectType");
  if (places == &self->actor)
    self->actor_kind = is_group ? KENNIS_XAPI_GROUP_KIND : KENNIS_XAPI_AGENT_KIND;

  return kennis_xapi_check_object (self, is_group ? XAPI_SHAPE_GROUP : XAPI_SHAPE_AGENT, at, places)
         && check_identity (self, places, is_group);
}

static gboolean
check_needs (KennisXapiStatement    *self,
             const KennisXapiPlaces *places,
             KennisXapiKey           key,
             const char             *name)
{
  return KENNIS_XAPI_HAS (places, key) || fail_at (self, XAPI_RULE_MISSING, name);
}

static gboolean
check_verb (KennisXapiStatement *self,
            guint                at)
{
  KennisXapiPlaces places;

  if (!kennis_xapi_check_object (self, XAPI_SHAPE_VERB, at, &places)
      || !check_needs (self, &places, KENNIS_XAPI_ID, "id"))
    return FALSE;
  if (self->n_path == 1)
    self->verb = kennis_json_text (&self->tape, places.at[KENNIS_XAPI_ID], &self->verb_length);

  return TRUE;
}

/* Choices and the like belong to an interaction that has them. */
static gboolean
check_definition (KennisXapiStatement *self,
                  guint                at)
{
  KennisXapiPlaces own, *places = self->n_path == 2 ? &self->definition : &own;
  const guint64 parts =
      G_GUINT64_CONSTANT (0x1f) << KENNIS_XAPI_CHOICES | G_GUINT64_CONSTANT (1) << KENNIS_XAPI_CORRECT;

  if (!kennis_xapi_check_object (self, XAPI_SHAPE_DEFINITION, at, places))
    return FALSE;

  return (places->seen & parts) == 0 || KENNIS_XAPI_HAS (places, KENNIS_XAPI_INTERACTION_TYPE)
         || kennis_xapi_check_fail (self, XAPI_RULE_COMPONENTS);
}

static gboolean
check_activity (KennisXapiStatement *self,
                guint                at,
                KennisXapiPlaces    *places)
{
  const char *type;

  if (!find_type (self, at, &type))
    return FALSE;
  if (type != NULL && !g_str_equal (type, "Activity"))
    return fail_at (self, XAPI_RULE_OBJECT_TYPE, "objectType");

  return kennis_xapi_check_object (self, XAPI_SHAPE_ACTIVITY, at, places)
         && check_needs (self, places, KENNIS_XAPI_ID, "id");
}

static gboolean
check_reference (KennisXapiStatement *self,
                 guint                at)
{
  KennisXapiPlaces places;
  const char *type;

  if (!find_type (self, at, &type))
    return FALSE;
  if (g_strcmp0 (type, "StatementRef") != 0)
    return fail_at (self, XAPI_RULE_OBJECT_TYPE, "objectType");

  return kennis_xapi_check_object (self, XAPI_SHAPE_REF, at, &places)
         && check_needs (self, &places, KENNIS_XAPI_ID, "id");
}

/* A statement that is the object of this one: its parts are of the same kinds, and nothing of it is remembered. */
static gboolean
check_sub_statement (KennisXapiStatement *self,
                     guint                at)
{
  KennisXapiPlaces places;

  if (self->n_path > 1)
    return kennis_xapi_check_fail (self, XAPI_RULE_NESTED_SUB);

  return kennis_xapi_check_object (self, XAPI_SHAPE_SUB, at, &places)
         && check_needs (self, &places, KENNIS_XAPI_ACTOR, "actor")
         && check_needs (self, &places, KENNIS_XAPI_VERB, "verb")
         && check_needs (self, &places, KENNIS_XAPI_OBJECT, "object");
}

static gboolean
check_object_of (KennisXapiStatement *self,
                 guint                at)
{
  KennisXapiPlaces own, *places = self->n_path == 1 ? &self->activity : &own;
  KennisXapiObjectKind kind = KENNIS_XAPI_ACTIVITY_KIND;
  const char *type;
  gboolean ok;

  if (kennis_json_type (&self->tape, at) != KENNIS_JSON_OBJECT)
    return kennis_xapi_check_fail (self, XAPI_RULE_OBJECT);
  if (!find_type (self, at, &type))
    return FALSE;
  if (type != NULL)
    kind = g_str_equal (type, "Activity")       ? KENNIS_XAPI_ACTIVITY_KIND
           : g_str_equal (type, "Agent")        ? KENNIS_XAPI_AGENT_KIND
           : g_str_equal (type, "Group")        ? KENNIS_XAPI_GROUP_KIND
           : g_str_equal (type, "StatementRef") ? KENNIS_XAPI_REF_KIND
                                                : KENNIS_XAPI_SUB_KIND;
  if (kind == KENNIS_XAPI_SUB_KIND && !g_str_equal (type, "SubStatement"))
    return fail_at (self, XAPI_RULE_OBJECT_TYPE, "objectType");
  ok = kind == KENNIS_XAPI_ACTIVITY_KIND ? check_activity (self, at, places)
       : kind == KENNIS_XAPI_REF_KIND    ? check_reference (self, at)
       : kind == KENNIS_XAPI_SUB_KIND    ? check_sub_statement (self, at)
                                         : check_actor (self, XAPI_ANY, at);
  if (self->n_path == 1)
    self->object_kind = kind;

  return ok;
}

static gboolean
check_score (KennisXapiStatement *self,
             guint                at)
{
  KennisXapiPlaces places;
  double low = -G_MAXDOUBLE, high = G_MAXDOUBLE, raw;

  if (!kennis_xapi_check_object (self, XAPI_SHAPE_SCORE, at, &places))
    return FALSE;
  if (KENNIS_XAPI_HAS (&places, KENNIS_XAPI_MIN))
    low = kennis_json_number (&self->tape, places.at[KENNIS_XAPI_MIN]);
  if (KENNIS_XAPI_HAS (&places, KENNIS_XAPI_MAX))
    high = kennis_json_number (&self->tape, places.at[KENNIS_XAPI_MAX]);
  raw = KENNIS_XAPI_HAS (&places, KENNIS_XAPI_RAW) ? kennis_json_number (&self->tape, places.at[KENNIS_XAPI_RAW]) : low;

  return (low < high && raw >= low && raw <= high) || kennis_xapi_check_fail (self, XAPI_RULE_SCORE);
}

static gboolean
check_number (KennisXapiStatement *self,
              guint8               kind,
              guint                at)
{
  double value;

  if (!kennis_json_is_number (&self->tape, at))
    return kennis_xapi_check_fail (self, XAPI_RULE_NUMBER);
  value = kennis_json_number (&self->tape, at);
  if (kind == XAPI_SCALED && !(value >= -1 && value <= 1))
    return kennis_xapi_check_fail (self, XAPI_RULE_SCALED);
  if (kind == XAPI_COUNT && (kennis_json_type (&self->tape, at) == KENNIS_JSON_DOUBLE || value < 0))
    return kennis_xapi_check_fail (self, XAPI_RULE_COUNT);

  return TRUE;
}

/* The LRS itself, or an application and a user of it. */
static gboolean
check_authority (KennisXapiStatement *self,
                 guint                at)
{
  guint members = kennis_xapi_find (self, at, "member"), n = 0;

  if (!check_actor (self, XAPI_ANY, at))
    return FALSE;
  if (members == 0 || kennis_json_type (&self->tape, members) != KENNIS_JSON_ARRAY)
    {
      const char *type;

      return find_type (self, at, &type)
             && (g_strcmp0 (type, "Group") != 0 || kennis_xapi_check_fail (self, XAPI_RULE_AUTHORITY));
    }
  for (guint i = members + 1; i < kennis_json_end (&self->tape, members); i = kennis_json_next (&self->tape, i))
    n++;

  return n == 2 || kennis_xapi_check_fail (self, XAPI_RULE_AUTHORITY);
}

static gboolean
check_attachment (KennisXapiStatement *self,
                  guint                at)
{
  KennisXapiPlaces places;

  return kennis_xapi_check_object (self, XAPI_SHAPE_ATTACHMENT, at, &places)
         && check_needs (self, &places, KENNIS_XAPI_USAGE_TYPE, "usageType")
         && check_needs (self, &places, KENNIS_XAPI_DISPLAY, "display")
         && check_needs (self, &places, KENNIS_XAPI_CONTENT_TYPE, "contentType")
         && check_needs (self, &places, KENNIS_XAPI_LENGTH, "length")
         && check_needs (self, &places, KENNIS_XAPI_SHA2, "sha2");
}

/* Objects of which nothing is remembered but whether they are sound. */
static gboolean
check_plain_object (KennisXapiStatement *self,
                    guint8               kind,
                    guint                at)
{
  KennisXapiPlaces places;

  switch (kind)
    {
    case XAPI_ACCOUNT:
      return kennis_xapi_check_object (self, XAPI_SHAPE_ACCOUNT, at, &places)
             && check_needs (self, &places, KENNIS_XAPI_HOME_PAGE, "homePage")
             && check_needs (self, &places, KENNIS_XAPI_NAME, "name");
    case XAPI_COMPONENT:
      return kennis_xapi_check_object (self, XAPI_SHAPE_COMPONENT, at, &places)
             && check_needs (self, &places, KENNIS_XAPI_ID, "id");
    case XAPI_CONTEXT_AGENT:
      return kennis_xapi_check_object (self, XAPI_SHAPE_CONTEXT_AGENT, at, &places)
             && check_needs (self, &places, KENNIS_XAPI_AGENT, "agent");
    case XAPI_CONTEXT_GROUP:
      return kennis_xapi_check_object (self, XAPI_SHAPE_CONTEXT_GROUP, at, &places)
             && check_needs (self, &places, KENNIS_XAPI_GROUP, "group");
    case XAPI_RESULT:
      return kennis_xapi_check_object (self, XAPI_SHAPE_RESULT, at, self->n_path == 1 ? &self->result : &places);
    case XAPI_CONTEXT:
      return kennis_xapi_check_object (self, XAPI_SHAPE_CONTEXT, at, self->n_path == 1 ? &self->context : &places);
    default:
      return kennis_xapi_check_object (self, XAPI_SHAPE_ACTIVITIES, at, &places);
    }
}

static gboolean
check_list (KennisXapiStatement *self,
            guint8               kind,
            guint                at)
{
  switch (kind)
    {
    case XAPI_STRINGS:
      return kennis_xapi_check_members (self, XAPI_STRING, at);
    case XAPI_IRIS:
      return kennis_xapi_check_members (self, XAPI_IRI, at);
    case XAPI_COMPONENTS:
      return kennis_xapi_check_members (self, XAPI_COMPONENT, at);
    case XAPI_MEMBERS:
      return kennis_xapi_check_members (self, XAPI_AGENT, at);
    case XAPI_ATTACHMENTS:
      return kennis_xapi_check_members (self, XAPI_ATTACHMENT, at);
    case XAPI_CONTEXT_AGENTS:
      return kennis_xapi_check_members (self, XAPI_CONTEXT_AGENT, at);
    case XAPI_CONTEXT_GROUPS:
      return kennis_xapi_check_members (self, XAPI_CONTEXT_GROUP, at);
    default:
      /* One activity may stand for a list of one. */
      return kennis_json_type (&self->tape, at) == KENNIS_JSON_ARRAY
                 ? kennis_xapi_check_members (self, XAPI_ACTIVITY, at)
                 : kennis_xapi_check_value (self, XAPI_ACTIVITY, at);
    }
}

gboolean
kennis_xapi_check_value (KennisXapiStatement *self,
                         guint8               kind,
                         guint                at)
{
  KennisJsonType type = kennis_json_type (&self->tape, at);
  KennisXapiPlaces places;

  if (type == KENNIS_JSON_NULL && kind != XAPI_ANY)
    return kennis_xapi_check_fail (self, XAPI_RULE_NULL);
  switch (kind)
    {
    case XAPI_ANY:
      return TRUE;
    case XAPI_BOOLEAN:
      return type == KENNIS_JSON_TRUE || type == KENNIS_JSON_FALSE || kennis_xapi_check_fail (self, XAPI_RULE_BOOLEAN);
    case XAPI_NUMBER:
    case XAPI_SCALED:
    case XAPI_COUNT:
      return check_number (self, kind, at);
    case XAPI_MAP:
    case XAPI_EXTENSIONS:
      return check_names (self, kind, at);
    case XAPI_ACTOR:
    case XAPI_AGENT:
    case XAPI_GROUP:
      return check_actor (self, kind, at);
    case XAPI_VERB:
      return check_verb (self, at);
    case XAPI_OBJECT:
      return check_object_of (self, at);
    case XAPI_DEFINITION:
      return check_definition (self, at);
    case XAPI_ACTIVITY:
      return check_activity (self, at, &places);
    case XAPI_REF:
      return check_reference (self, at);
    case XAPI_SCORE:
      return check_score (self, at);
    case XAPI_AUTHORITY:
      return check_authority (self, at);
    case XAPI_ATTACHMENT:
      return check_attachment (self, at);
    default:
      return kind >= XAPI_STRINGS && kind <= XAPI_CONTEXT_GROUPS ? check_list (self, kind, at)
             : kind >= XAPI_ACCOUNT                              ? check_plain_object (self, kind, at)
                                                                 : check_text (self, kind, at);
    }
}
