#include "config.h"

#include "read/kennis-xapi-quick-private.h"

/* What stands in a statement that holds to the rules. */

static KennisXapiText
text_at (const KennisXapiStatement *statement, guint at)
{
  KennisXapiText text = { NULL, 0 };

  if (at != 0 && kennis_json_type (&statement->tape, at) == KENNIS_JSON_TEXT)
    text.text = kennis_json_text (&statement->tape, at, &text.length);

  return text;
}

static guint
place_of (const KennisXapiPlaces *places, KennisXapiKey key)
{
  return KENNIS_XAPI_HAS (places, key) ? places->at[key] : 0;
}

static gboolean
is_own_account (const KennisXapiMap *map, const char *home_page)
{
  return map->all_accounts
         || (map->accounts != NULL && g_strv_contains ((const char *const *) map->accounts, home_page));
}

static KennisXapiText
account_of (KennisXapiWorker *self, guint account)
{
  const KennisXapiStatement *statement = &self->statement;
  KennisXapiText home = text_at (statement, kennis_xapi_find (statement, account, "homePage"));
  KennisXapiText name = text_at (statement, kennis_xapi_find (statement, account, "name"));

  if (name.text == NULL || home.text == NULL || is_own_account (self->map, home.text))
    return name;
  g_string_truncate (self->person, 0);
  g_string_append_len (self->person, home.text, (gssize) home.length);
  g_string_append_c (self->person, ' ');
  g_string_append_len (self->person, name.text, (gssize) name.length);

  return (KennisXapiText) { self->person->str, self->person->len };
}

/* The id of an agent: a mail address, a SHA-1 sum in small letters, an OpenID, or "home-page account". */
static KennisXapiText
person_of (KennisXapiWorker *self, guint agent)
{
  const KennisXapiStatement *statement = &self->statement;
  const KennisJsonTape *tape = &statement->tape;

  if (agent == 0 || kennis_json_type (tape, agent) != KENNIS_JSON_OBJECT)
    return (KennisXapiText) { NULL, 0 };
  for (guint i = agent + 1, end = kennis_json_end (tape, agent); i < end; i = kennis_json_next (tape, i + 1))
    {
      gsize length;
      const char *name = kennis_json_text (tape, i, &length);

      if (length == 4 && memcmp (name, "mbox", 4) == 0)
        {
          KennisXapiText mail = text_at (statement, i + 1);

          return (KennisXapiText) { mail.text + strlen ("mailto:"), mail.length - strlen ("mailto:") };
        }
      if (length == 6 && memcmp (name, "openid", 6) == 0)
        return text_at (statement, i + 1);
      if (length == 7 && memcmp (name, "account", 7) == 0)
        return account_of (self, i + 1);
      if (length == 12 && memcmp (name, "mbox_sha1sum", 12) == 0)
        {
          g_string_assign (self->person, text_at (statement, i + 1).text);
          g_string_ascii_down (self->person);
          return (KennisXapiText) { self->person->str, self->person->len };
        }
    }

  return (KennisXapiText) { NULL, 0 };
}

/* Person number `i` of an agent (there is one) or a group (its members, which are asked for one after the other). */
static KennisXapiText
person_at (KennisXapiWorker *self, guint place, KennisXapiObjectKind kind, guint i)
{
  const KennisJsonTape *tape = &self->statement.tape;
  guint members;

  if (kind == KENNIS_XAPI_AGENT_KIND)
    return person_of (self, place);
  members = kind == KENNIS_XAPI_GROUP_KIND ? kennis_xapi_find (&self->statement, place, "member") : 0;
  if (members == 0)
    return (KennisXapiText) { NULL, 0 };
  if (i == 0 || self->members != members || self->member > i)
    {
      self->members = members;
      self->member = 0;
      self->member_at = members + 1;
    }
  for (; self->member < i && self->member_at < kennis_json_end (tape, members); self->member++)
    self->member_at = kennis_json_next (tape, self->member_at);

  return self->member_at < kennis_json_end (tape, members) ? person_of (self, self->member_at)
                                                           : (KennisXapiText) { NULL, 0 };
}

guint
kennis_xapi_n_persons (const KennisXapiWorker *self,
                       guint                   place,
                       KennisXapiObjectKind    kind)
{
  const KennisJsonTape *tape = &self->statement.tape;
  guint members, n = 0;

  if (kind != KENNIS_XAPI_GROUP_KIND)
    return 1;
  members = kennis_xapi_find (&self->statement, place, "member");
  for (guint at = members + 1; members != 0 && at < kennis_json_end (tape, members); at = kennis_json_next (tape, at))
    n++;

  return n;
}

/* The id of the first activity of a kind of context. */
static KennisXapiText
context_activity (KennisXapiWorker *self, const char *kind)
{
  const KennisXapiStatement *statement = &self->statement;
  guint all = place_of (&statement->context, KENNIS_XAPI_CONTEXT_ACTIVITIES);
  guint list = kennis_xapi_find (statement, all, kind);

  if (list != 0 && kennis_json_type (&statement->tape, list) == KENNIS_JSON_ARRAY)
    list = list + 1 < kennis_json_end (&statement->tape, list) ? list + 1 : 0;

  return text_at (statement, kennis_xapi_find (statement, list, "id"));
}

KennisXapiText
kennis_xapi_name (const KennisXapiWorker *self,
                  guint                   which,
                  guint                   number,
                  KennisXapiText          iri)
{
  const char *name;

  if (number == KENNIS_XAPI_UNLISTED)
    return iri;
  name = g_array_index (self->map->mapping->lists[which], KennisMapIris, number).name;

  return (KennisXapiText) { name, strlen (name) };
}

static KennisXapiText
name_of (const KennisXapiWorker *self, guint which, const KennisXapiNumbers *numbers, KennisXapiText iri)
{
  return kennis_xapi_name (self, which, kennis_xapi_number (numbers, iri), iri);
}

static KennisXapiText
extension (KennisXapiWorker *self, const KennisXapiPlaces *places, const char *iri, char *buffer)
{
  const KennisXapiStatement *statement = &self->statement;
  guint at = kennis_xapi_find (statement, place_of (places, KENNIS_XAPI_EXTENSIONS), iri);

  if (at == 0 || !kennis_json_is_number (&statement->tape, at))
    return text_at (statement, at);
  if (kennis_json_type (&statement->tape, at) == KENNIS_JSON_INTEGER)
    g_snprintf (buffer, G_ASCII_DTOSTR_BUF_SIZE, "%" G_GINT64_FORMAT, (gint64) statement->tape.words[at + 1]);
  else
    g_ascii_formatd (buffer, G_ASCII_DTOSTR_BUF_SIZE, "%.9f", kennis_json_number (&statement->tape, at));

  return (KennisXapiText) { buffer, strlen (buffer) };
}

static KennisXapiText
truth (const KennisXapiStatement *statement, guint at)
{
  if (at == 0)
    return (KennisXapiText) { NULL, 0 };

  return kennis_json_type (&statement->tape, at) == KENNIS_JSON_TRUE ? (KennisXapiText) { "true", 4 }
                                                                     : (KennisXapiText) { "false", 5 };
}

KennisXapiText
kennis_xapi_type (const KennisXapiStatement *statement)
{
  return text_at (statement, place_of (&statement->definition, KENNIS_XAPI_TYPE));
}

static KennisXapiText
object_of (KennisXapiWorker *self, guint member, gboolean is_person)
{
  const KennisXapiStatement *statement = &self->statement;
  guint object = statement->statement.at[KENNIS_XAPI_OBJECT];

  if (is_person)
    return person_at (self, object, statement->object_kind, member);

  return statement->object_kind == KENNIS_XAPI_ACTIVITY_KIND
             ? text_at (statement, place_of (&statement->activity, KENNIS_XAPI_ID))
             : (KennisXapiText) { NULL, 0 };
}

/* The name of the activity in the first language that it has. */
static KennisXapiText
first_name (const KennisXapiStatement *statement)
{
  guint map = place_of (&statement->definition, KENNIS_XAPI_NAME);

  return map != 0 && map + 2 < kennis_json_end (&statement->tape, map) + 1 ? text_at (statement, map + 2)
                                                                           : (KennisXapiText) { NULL, 0 };
}

/* Of what stands on the tape. */
static KennisXapiText
long_value (KennisXapiWorker *self, const KennisXapiName *name, guint member, gboolean is_person, char *buffer)
{
  const KennisXapiStatement *statement = &self->statement;
  const KennisXapiPlaces *own = &statement->statement;

  switch (name->source)
    {
    case KENNIS_XAPI_FROM_ACTOR:
      return person_at (self, own->at[KENNIS_XAPI_ACTOR], statement->actor_kind, member);
    case KENNIS_XAPI_FROM_OBJECT:
      return object_of (self, statement->actor_kind == KENNIS_XAPI_GROUP_KIND ? 0 : member, is_person);
    case KENNIS_XAPI_FROM_VERB:
      return name_of (self, KENNIS_MAP_VERBS, &self->map->verbs,
                      (KennisXapiText) { statement->verb, statement->verb_length });
    case KENNIS_XAPI_FROM_TYPE:
      return name_of (self, KENNIS_MAP_TYPES, &self->map->types, kennis_xapi_type (statement));
    case KENNIS_XAPI_FROM_REGISTRATION:
      return text_at (statement, place_of (&statement->context, KENNIS_XAPI_REGISTRATION));
    case KENNIS_XAPI_FROM_PARENT:
      return context_activity (self, "parent");
    case KENNIS_XAPI_FROM_GROUPING:
      return context_activity (self, "grouping");
    case KENNIS_XAPI_FROM_INSTRUCTOR:
      return person_of (self, place_of (&statement->context, KENNIS_XAPI_INSTRUCTOR));
    case KENNIS_XAPI_FROM_GROUP:
      if (statement->actor_kind != KENNIS_XAPI_GROUP_KIND)
        break;
      return text_at (statement, place_of (own, KENNIS_XAPI_ID));
    case KENNIS_XAPI_FROM_ID:
      return text_at (statement, place_of (own, KENNIS_XAPI_ID));
    case KENNIS_XAPI_FROM_NAME:
      return first_name (statement);
    case KENNIS_XAPI_FROM_PLATFORM:
      return text_at (statement, place_of (&statement->context, KENNIS_XAPI_PLATFORM));
    case KENNIS_XAPI_FROM_SUCCESS:
      return truth (statement, place_of (&statement->result, KENNIS_XAPI_SUCCESS));
    case KENNIS_XAPI_FROM_COMPLETION:
      return truth (statement, place_of (&statement->result, KENNIS_XAPI_COMPLETION));
    case KENNIS_XAPI_FROM_RESULT_EXTENSION:
      return extension (self, &statement->result, name->name, buffer);
    case KENNIS_XAPI_FROM_CONTEXT_EXTENSION:
      return extension (self, &statement->context, name->name, buffer);
    case KENNIS_XAPI_FROM_NOTHING:
    case KENNIS_XAPI_FROM_TIME:
    case KENNIS_XAPI_FROM_DURATION:
    default:
      break;
    }

  return (KennisXapiText) { NULL, 0 };
}

KennisXapiText
kennis_xapi_value (KennisXapiWorker     *self,
                   const KennisXapiName *name,
                   guint                 member,
                   gboolean              is_person,
                   char                 *buffer)
{
  const KennisXapiStatement *statement = &self->statement;
  gsize length = 0;

  if (name->source == KENNIS_XAPI_FROM_TIME || name->source == KENNIS_XAPI_FROM_DURATION)
    {
      if (name->source == KENNIS_XAPI_FROM_TIME && statement->time != KENNIS_UNKNOWN)
        length = kennis_format_time (statement->time, buffer);
      else if (name->source == KENNIS_XAPI_FROM_DURATION && statement->duration != KENNIS_UNKNOWN)
        length = kennis_format_duration (statement->duration, buffer);
      return (KennisXapiText) { length > 0 ? buffer : NULL, length };
    }

  return self->quick != NULL ? kennis_xapi_quick_value (self, name, is_person)
                             : long_value (self, name, member, is_person, buffer);
}
