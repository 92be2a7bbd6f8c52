#include "config.h"

#include "base/kennis-calendar-private.h"
#include "dataset/kennis-schema-private.h"

#include <kennis/kennis-enum-types.h>
#include <string.h>

#define REQUIRED KENNIS_FIELD_REQUIRED
#define KEY      KENNIS_FIELD_KEY
#define REFERS   KENNIS_FIELD_REFERS
#define ID       (KENNIS_FIELD_ID | KENNIS_FIELD_KEY)

#define TEXT(name, space, flags) { name, KENNIS_KIND_TEXT, KENNIS_SPACE_##space, flags, NULL }
#define WORD(name, flags)        TEXT (name, WORD, flags)
#define TIME(name, flags)        { name, KENNIS_KIND_TIME, 0, flags, NULL }
#define PLAIN(name, kind, flags) { name, KENNIS_KIND_##kind, KENNIS_SPACE_WORD, flags, NULL }
#define ENUM(name, type, flags)  { name, KENNIS_KIND_ENUM, 0, flags, kennis_##type##_get_type }
#define ANSWER(name, flags)      { name, KENNIS_KIND_ANSWER, 0, flags, kennis_answer_get_type }

static const KennisField coverage[] = {
  ENUM ("record", record_type, REQUIRED | KEY),
  WORD ("field", KEY),
  TEXT ("group", TEAM, KEY | REFERS),
  TIME ("from", KEY),
  TIME ("until", KEY),
};

static const KennisField person[] = {
  TEXT ("id", PERSON, REQUIRED | ID),
  TIME ("effective", KEY),
  TEXT ("team", TEAM, REFERS),
  WORD ("role", 0),
  WORD ("discipline", 0),
  TEXT ("leader", PERSON, REFERS),
  PLAIN ("fte", DECIMAL, 0),
  PLAIN ("present", SHARE, 0),
  PLAIN ("hourly-cost", MONEY, 0),
  TIME ("hired", 0),
  TIME ("left", 0),
  ANSWER ("included", 0),
  PLAIN ("aliases", LIST, 0),
  PLAIN ("attributes", PAIRS, 0),
};

static const KennisField team[] = {
  TEXT ("id", TEAM, REQUIRED | ID),
  TEXT ("parent", TEAM, REFERS),
  WORD ("name", 0),
};

static const KennisField topic[] = {
  TEXT ("id", TOPIC, REQUIRED | ID),
  TEXT ("parent", TOPIC, REFERS),
  WORD ("name", 0),
  WORD ("discipline", 0),
};

static const KennisField need[] = {
  TEXT ("topic", TOPIC, REQUIRED | KEY),
  TEXT ("team", TEAM, KEY | REFERS),
  WORD ("role", KEY),
  PLAIN ("people", INTEGER, REQUIRED),
};

static const KennisField holding[] = {
  TEXT ("person", PERSON, REQUIRED | KEY | REFERS),
  TEXT ("topic", TOPIC, REQUIRED | KEY),
  PLAIN ("level", DECIMAL, 0),
  WORD ("source", KEY),
  TIME ("time", KEY),
};

static const KennisField programme[] = {
  TEXT ("id", PROGRAMME, REQUIRED | ID),
  WORD ("name", 0),
  PLAIN ("topics", LIST, 0),
  PLAIN ("inputs", PAIRS, 0),
};

static const KennisField activity[] = {
  TEXT ("id", ACTIVITY, ID),
  TEXT ("session", SESSION, 0),
  TEXT ("person", PERSON, REQUIRED | REFERS),
  ENUM ("form", form, 0),
  TEXT ("topic", TOPIC, 0),
  TIME ("start", 0),
  TIME ("ended", 0),
  PLAIN ("duration", DURATION, 0),
  PLAIN ("cost", MONEY, 0),
  ENUM ("setting", setting, 0),
  ENUM ("approach", approach, 0),
  ENUM ("initiative", initiative, 0),
  ENUM ("status", status, 0),
  TIME ("requested", 0),
  TIME ("decided", 0),
  TIME ("applied", 0),
  TIME ("evaluated", 0),
  ANSWER ("external", 0),
};

static const KennisField sharing[] = {
  TEXT ("id", SHARING, ID),
  TEXT ("session", SESSION, 0),
  TEXT ("giver", PERSON, REFERS),
  TEXT ("receiver", PERSON, REFERS),
  ENUM ("kind", sharing_kind, 0),
  TEXT ("topic", TOPIC, 0),
  TIME ("time", REQUIRED),
  PLAIN ("duration", DURATION, 0),
  ENUM ("knowledge", knowledge, 0),
  ENUM ("initiative", initiative, 0),
  ANSWER ("outside", 0),
};

static const KennisField moment[] = {
  TEXT ("session", SESSION, 0),
  TEXT ("team", TEAM, REQUIRED | KEY | REFERS),
  ENUM ("kind", moment_kind, REQUIRED | KEY),
  TIME ("time", REQUIRED | KEY),
  PLAIN ("attendees", LIST, 0),
};

static const KennisField talk[] = {
  TEXT ("person", PERSON, REQUIRED | KEY | REFERS),
  TEXT ("leader", PERSON, KEY | REFERS),
  ENUM ("kind", talk_kind, KEY),
  TIME ("planned", KEY),
  TIME ("held", KEY),
};

static const KennisField goal[] = {
  TEXT ("person", PERSON, REQUIRED | KEY | REFERS),
  ANSWER ("own", KEY),
  TIME ("set", REQUIRED | KEY),
  TIME ("due", KEY),
  TIME ("reached", 0),
};

static const KennisField invitation[] = {
  WORD ("instrument", REQUIRED | KEY),
  WORD ("wave", REQUIRED | KEY),
  TEXT ("team", TEAM, KEY | REFERS),
  PLAIN ("people", INTEGER, REQUIRED),
  TIME ("from", 0),
  TIME ("until", 0),
};

static const KennisField response[] = {
  WORD ("instrument", REQUIRED | KEY),
  WORD ("wave", REQUIRED | KEY),
  TEXT ("respondent", RESPONDENT, REQUIRED | KEY),
  TEXT ("team", TEAM, REFERS),
  WORD ("item", REQUIRED | KEY),
  PLAIN ("score", DECIMAL, 0),
  WORD ("language", 0),
  TIME ("time", 0),
};

static const KennisField outcome[] = {
  TEXT ("team", TEAM, REQUIRED | KEY | REFERS),
  WORD ("measure", REQUIRED | KEY),
  TIME ("period", REQUIRED | KEY),
  PLAIN ("value", DECIMAL, REQUIRED),
};

#define SCHEMA(TYPE, name, group, id_field, is_event) \
  { KENNIS_RECORD_TYPE_##TYPE, #name, group, name, G_N_ELEMENTS (name), id_field, is_event }

static const KennisSchema schemas[KENNIS_N_RECORD_TYPES] = {
  SCHEMA (COVERAGE, coverage, "coverages", -1, FALSE),
  SCHEMA (PERSON, person, "people", KENNIS_PERSON_ID, FALSE),
  SCHEMA (TEAM, team, "teams", KENNIS_TEAM_ID, FALSE),
  SCHEMA (TOPIC, topic, "topics", KENNIS_TOPIC_ID, FALSE),
  SCHEMA (NEED, need, "needs", -1, FALSE),
  SCHEMA (HOLDING, holding, "holdings", -1, FALSE),
  SCHEMA (PROGRAMME, programme, "programmes", KENNIS_PROGRAMME_ID, FALSE),
  SCHEMA (ACTIVITY, activity, "activities", KENNIS_ACTIVITY_ID, TRUE),
  SCHEMA (SHARING, sharing, "sharings", KENNIS_SHARING_ID, TRUE),
  SCHEMA (MOMENT, moment, "moments", -1, TRUE),
  SCHEMA (TALK, talk, "talks", -1, TRUE),
  SCHEMA (GOAL, goal, "goals", -1, TRUE),
  SCHEMA (INVITATION, invitation, "invitations", -1, TRUE),
  SCHEMA (RESPONSE, response, "responses", -1, TRUE),
  SCHEMA (OUTCOME, outcome, "outcomes", -1, TRUE),
};

const KennisSchema *
kennis_schema_get (KennisRecordType type)
{
  return &schemas[type];
}

static gboolean
text_is (const char *name,
         const char *text,
         gsize       length)
{
  return strncmp (name, text, length) == 0 && name[length] == '\0';
}

int
kennis_schema_find_field (const KennisSchema *schema,
                          const char         *name,
                          gssize              length)
{
  gsize n = length < 0 ? strlen (name) : (gsize) length;

  for (guint i = 0; i < schema->n_fields; i++)
    if (text_is (schema->fields[i].name, name, n))
      return (int) i;

  return -1;
}

const KennisSchema *
kennis_schema_find (const char *name,
                    gssize      length)
{
  gsize n = length < 0 ? strlen (name) : (gsize) length;

  for (guint i = 0; i < KENNIS_N_RECORD_TYPES; i++)
    if (text_is (schemas[i].name, name, n))
      return &schemas[i];

  return NULL;
}

static gboolean
same_word (const char *nick,
           const char *text,
           gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      char c = text[i] == '_' ? '-' : g_ascii_tolower (text[i]);

      if (nick[i] == '\0' || nick[i] != c)
        return FALSE;
    }

  return nick[length] == '\0';
}

int
kennis_field_parse_enum (const KennisField *field,
                         const char        *text,
                         gsize              length)
{
  GEnumClass *klass = g_type_class_peek (field->enum_type ());

  if (klass == NULL)
    klass = g_type_class_ref (field->enum_type ()); /* stays: enums are static types */

  for (guint i = 0; i < klass->n_values; i++)
    if (same_word (klass->values[i].value_nick, text, length))
      return klass->values[i].value;

  return -1;
}

const char *
kennis_field_enum_nick (const KennisField *field,
                        int                value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (field->enum_type ());
  GEnumValue *found = g_enum_get_value (klass, value);

  return found != NULL ? found->value_nick : NULL;
}

char *
kennis_field_enum_words (const KennisField *field)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (field->enum_type ());
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < klass->n_values; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", klass->values[i].value_nick);

  return g_string_free (words, FALSE);
}

const char *
kennis_field_format (const KennisField *field,
                     gint64             code,
                     char              *buffer)
{
  switch ((KennisKind) field->kind)
    {
    case KENNIS_KIND_TIME:
      kennis_format_time (code, buffer);
      return buffer;
    case KENNIS_KIND_DURATION:
      kennis_format_duration (code, buffer);
      return buffer;
    case KENNIS_KIND_MONEY:
      kennis_format_decimal (code, KENNIS_MONEY_SCALE, buffer);
      return buffer;
    case KENNIS_KIND_SHARE:
    case KENNIS_KIND_DECIMAL:
      kennis_format_decimal (code, KENNIS_DECIMAL_SCALE, buffer);
      return buffer;
    case KENNIS_KIND_INTEGER:
      kennis_format_decimal (code, 0, buffer);
      return buffer;
    case KENNIS_KIND_ANSWER:
    case KENNIS_KIND_ENUM:
      return kennis_field_enum_nick (field, (int) code);
    case KENNIS_KIND_TEXT:
    case KENNIS_KIND_LIST:
    case KENNIS_KIND_PAIRS:
      break;
    }

  g_return_val_if_reached (NULL);
}
