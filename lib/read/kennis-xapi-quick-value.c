#include "config.h"

#include "read/kennis-xapi-quick-private.h"
#include "read/kennis-xapi-rules-private.h"

/* What stands in a statement that was read the quick way, and what a part says that becomes known. */

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

KennisXapiKnown *
kennis_xapi_quick_learn_actor (KennisXapiWorker *self,
                               const char       *raw,
                               gsize             length,
                               guint64           hash)
{
  KennisXapiStatement *statement = &self->statement;
  KennisXapiKnown *known;

  /* Lines end where they end. */
  if (memchr (raw, '\n', length) != NULL
      || kennis_json_parse (self->json, raw, length, &statement->tape) != KENNIS_JSON_SOUND)
    return NULL;
  statement->path[0] = "actor";
  statement->n_path = 1;
  statement->broken = 0;
  statement->statement.seen = G_GUINT64_CONSTANT (1) << KENNIS_XAPI_ACTOR;
  statement->statement.at[KENNIS_XAPI_ACTOR] = KENNIS_JSON_ROOT;
  if (!kennis_xapi_check_value (statement, XAPI_ACTOR, KENNIS_JSON_ROOT)
      || statement->actor_kind != KENNIS_XAPI_AGENT_KIND)
    return NULL;
  known =
      kennis_xapi_knowns_add (self->knowns, KENNIS_XAPI_KNOWN_ACTOR, raw, length, hash, self->n_block, self->n_taken);
  if (known != NULL)
    learn_part (self, known);

  return known;
}

static KennisXapiText
truth (guint64       seen,
       KennisXapiKey key,
       gboolean      value)
{
  if (!KENNIS_XAPI_HAS_BIT (seen, key))
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
      return truth (quick->seen.in_result, KENNIS_XAPI_SUCCESS, quick->seen.success);
    case KENNIS_XAPI_FROM_COMPLETION:
      return truth (quick->seen.in_result, KENNIS_XAPI_COMPLETION, quick->seen.completion);
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
