#pragma once

#include <glib-object.h>
#include <kennis/kennis-enums.h>

/* The one description of every record type: the store, the record objects, the XML reader and writer, the
 * summary's facts and the columns for bindings are all driven by it. */

/* Every value of a record is one gint64 code.  Unknown is KENNIS_UNKNOWN, except in enums and answers (0). */
typedef enum
{
  KENNIS_KIND_TEXT,       /* index into the field's space of texts */
  KENNIS_KIND_LIST,       /* the same; the text is a sorted set of members joined by KENNIS_LIST_SEPARATOR */
  KENNIS_KIND_PAIRS,      /* the same; every member is "name=value" */
  KENNIS_KIND_TIME,       /* Unix ms */
  KENNIS_KIND_DURATION,   /* ms, ≥ 0 */
  KENNIS_KIND_MONEY,      /* 1/10 000 of the currency unit */
  KENNIS_KIND_SHARE,      /* 1/1 000 000 of 1, from 0 to 1 */
  KENNIS_KIND_DECIMAL,    /* 1/1 000 000 of 1, any sign */
  KENNIS_KIND_INTEGER,    /* ≥ 0 */
  KENNIS_KIND_ANSWER,     /* KennisAnswer */
  KENNIS_KIND_ENUM        /* a vocabulary's enum */
} KennisKind;

#define KENNIS_LIST_SEPARATOR '\n'
#define KENNIS_MONEY_SCALE 4      /* decimals */
#define KENNIS_DECIMAL_SCALE 6

/* Where texts are interned: equal texts of one space have one index. */
typedef enum
{
  KENNIS_SPACE_PERSON,
  KENNIS_SPACE_TEAM,
  KENNIS_SPACE_TOPIC,
  KENNIS_SPACE_SESSION,
  KENNIS_SPACE_WORD,           /* roles, disciplines, names, lists … */
  KENNIS_SPACE_ACTIVITY,       /* ids of activities, and so on */
  KENNIS_SPACE_SHARING,
  KENNIS_SPACE_PROGRAMME,
  KENNIS_SPACE_RESPONDENT,
  KENNIS_N_SPACES
} KennisSpace;

typedef enum
{
  KENNIS_FIELD_REQUIRED = 1 << 0,
  KENNIS_FIELD_KEY      = 1 << 1,   /* part of the natural key */
  KENNIS_FIELD_ID       = 1 << 2,   /* the record's own id: declares it */
  KENNIS_FIELD_REFERS   = 1 << 3    /* names a person, team or topic that must be known */
} KennisFieldFlags;

typedef struct
{
  const char *name;            /* of the property and of the XML attribute */
  guint8      kind;            /* KennisKind */
  guint8      space;           /* KennisSpace, of texts */
  guint16     flags;           /* KennisFieldFlags */
  GType     (*enum_type) (void);
} KennisField;

typedef struct
{
  KennisRecordType   type;
  const char        *name;     /* element name: "activity" */
  const char        *group;    /* element around them: "activities" */
  const KennisField *fields;
  guint              n_fields;
  int                id_field; /* the field with KENNIS_FIELD_ID, or −1 */
  gboolean           is_event; /* happened; the others are reference records */
} KennisSchema;

#define KENNIS_N_RECORD_TYPES (KENNIS_RECORD_TYPE_OUTCOME + 1)
#define KENNIS_MAX_FIELDS 24
#define KENNIS_MAX_TEXT 65535     /* bytes in one text */

const KennisSchema *kennis_schema_get         (KennisRecordType type);
int                 kennis_schema_find_field  (const KennisSchema *schema, const char *name, gssize length);
/* The schema with this element name, or NULL. */
const KennisSchema *kennis_schema_find        (const char *name, gssize length);
/* The enum's value for its nick, case-insensitively, '_' as '-'; −1: no such word. */
int                 kennis_field_parse_enum   (const KennisField *field, const char *text, gsize length);
const char         *kennis_field_enum_nick    (const KennisField *field, int value);
/* "form, workplace, …": what would be accepted, for messages.  Free with g_free(). */
char               *kennis_field_enum_words   (const KennisField *field);
/* A known value that is no text, list or pairs, as it stands in a file: a static word, or what is written into the buffer
 * (KENNIS_FIELD_BUFFER bytes or more). */
#define KENNIS_FIELD_BUFFER 40
const char         *kennis_field_format       (const KennisField *field, gint64 code, char *buffer);
/* The value that stands for unknown in this field. */
static inline gint64
kennis_field_unknown (const KennisField *field)
{
  return field->kind >= KENNIS_KIND_ANSWER ? 0 : KENNIS_UNKNOWN;
}

/* Indices of fields, in schema order. */
enum { KENNIS_COVERAGE_RECORD, KENNIS_COVERAGE_FIELD, KENNIS_COVERAGE_GROUP, KENNIS_COVERAGE_FROM, KENNIS_COVERAGE_UNTIL };
enum { KENNIS_PERSON_ID, KENNIS_PERSON_EFFECTIVE, KENNIS_PERSON_TEAM, KENNIS_PERSON_ROLE, KENNIS_PERSON_DISCIPLINE,
       KENNIS_PERSON_LEADER, KENNIS_PERSON_FTE, KENNIS_PERSON_PRESENT, KENNIS_PERSON_HOURLY_COST, KENNIS_PERSON_HIRED,
       KENNIS_PERSON_LEFT, KENNIS_PERSON_INCLUDED, KENNIS_PERSON_ALIASES, KENNIS_PERSON_ATTRIBUTES };
enum { KENNIS_TEAM_ID, KENNIS_TEAM_PARENT, KENNIS_TEAM_NAME };
enum { KENNIS_TOPIC_ID, KENNIS_TOPIC_PARENT, KENNIS_TOPIC_NAME, KENNIS_TOPIC_DISCIPLINE };
enum { KENNIS_NEED_TOPIC, KENNIS_NEED_TEAM, KENNIS_NEED_ROLE, KENNIS_NEED_PEOPLE };
enum { KENNIS_HOLDING_PERSON, KENNIS_HOLDING_TOPIC, KENNIS_HOLDING_LEVEL, KENNIS_HOLDING_SOURCE, KENNIS_HOLDING_TIME };
enum { KENNIS_PROGRAMME_ID, KENNIS_PROGRAMME_NAME, KENNIS_PROGRAMME_TOPICS, KENNIS_PROGRAMME_INPUTS };
enum { KENNIS_ACTIVITY_ID, KENNIS_ACTIVITY_SESSION, KENNIS_ACTIVITY_PERSON, KENNIS_ACTIVITY_FORM, KENNIS_ACTIVITY_TOPIC,
       KENNIS_ACTIVITY_START, KENNIS_ACTIVITY_ENDED, KENNIS_ACTIVITY_DURATION, KENNIS_ACTIVITY_COST, KENNIS_ACTIVITY_SETTING,
       KENNIS_ACTIVITY_APPROACH, KENNIS_ACTIVITY_INITIATIVE, KENNIS_ACTIVITY_STATUS, KENNIS_ACTIVITY_REQUESTED,
       KENNIS_ACTIVITY_DECIDED, KENNIS_ACTIVITY_APPLIED, KENNIS_ACTIVITY_EVALUATED, KENNIS_ACTIVITY_EXTERNAL };
enum { KENNIS_SHARING_ID, KENNIS_SHARING_SESSION, KENNIS_SHARING_GIVER, KENNIS_SHARING_RECEIVER, KENNIS_SHARING_KIND,
       KENNIS_SHARING_TOPIC, KENNIS_SHARING_TIME, KENNIS_SHARING_DURATION, KENNIS_SHARING_KNOWLEDGE,
       KENNIS_SHARING_INITIATIVE, KENNIS_SHARING_OUTSIDE };
enum { KENNIS_MOMENT_SESSION, KENNIS_MOMENT_TEAM, KENNIS_MOMENT_KIND, KENNIS_MOMENT_TIME, KENNIS_MOMENT_ATTENDEES };
enum { KENNIS_TALK_PERSON, KENNIS_TALK_LEADER, KENNIS_TALK_KIND, KENNIS_TALK_PLANNED, KENNIS_TALK_HELD };
enum { KENNIS_GOAL_PERSON, KENNIS_GOAL_OWN, KENNIS_GOAL_SET, KENNIS_GOAL_DUE, KENNIS_GOAL_REACHED };
enum { KENNIS_INVITATION_INSTRUMENT, KENNIS_INVITATION_WAVE, KENNIS_INVITATION_TEAM, KENNIS_INVITATION_PEOPLE,
       KENNIS_INVITATION_FROM, KENNIS_INVITATION_UNTIL };
enum { KENNIS_RESPONSE_INSTRUMENT, KENNIS_RESPONSE_WAVE, KENNIS_RESPONSE_RESPONDENT, KENNIS_RESPONSE_TEAM,
       KENNIS_RESPONSE_ITEM, KENNIS_RESPONSE_SCORE, KENNIS_RESPONSE_LANGUAGE, KENNIS_RESPONSE_TIME };
enum { KENNIS_OUTCOME_TEAM, KENNIS_OUTCOME_MEASURE, KENNIS_OUTCOME_PERIOD, KENNIS_OUTCOME_VALUE };
