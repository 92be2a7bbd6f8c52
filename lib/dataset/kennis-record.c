#include "config.h"

#include "base/kennis-i18n-private.h"
#include "dataset/kennis-dataset-private.h"
#include "dataset/kennis-record-private.h"

#include <kennis/kennis-error.h>
#include <kennis/kennis-activity.h>
#include <kennis/kennis-coverage.h>
#include <kennis/kennis-goal.h>
#include <kennis/kennis-holding.h>
#include <kennis/kennis-invitation.h>
#include <kennis/kennis-moment.h>
#include <kennis/kennis-need.h>
#include <kennis/kennis-outcome.h>
#include <kennis/kennis-person.h>
#include <kennis/kennis-programme.h>
#include <kennis/kennis-response.h>
#include <kennis/kennis-sharing.h>
#include <kennis/kennis-talk.h>
#include <kennis/kennis-team.h>
#include <kennis/kennis-topic.h>
#include <math.h>

/**
 * KennisRecord:
 *
 * One record: a person, a learning activity, a moment of a team, …
 *
 * Every type of record is a class with one property for each field.  A field that nobody sets is unknown: %NULL for
 * texts and lists, [const@UNKNOWN] for times (Unix ms), durations (ms), amounts (1/10 000 of the currency unit) and whole
 * numbers, NaN for shares and decimals (kept to six decimals), and the word *unknown* of an enum.
 *
 * Records carry data into a [class@Dataset] and out of it; changing one changes no dataset.  Only the library derives
 * classes.
 *
 * Since: 1.0
 */
typedef struct
{
  gint64 codes[KENNIS_MAX_FIELDS];   /* of fields that are no texts */
  char *texts[KENNIS_MAX_FIELDS];    /* of texts; lists joined by KENNIS_LIST_SEPARATOR */
} KennisRecordPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KennisRecord, kennis_record, G_TYPE_OBJECT)

static KennisRecordPrivate *
private_of (KennisRecord *self)
{
  return kennis_record_get_instance_private (self);
}

static const KennisSchema *
schema_of (KennisRecord *self)
{
  return kennis_schema_get (KENNIS_RECORD_GET_CLASS (self)->record_type);
}

static gboolean
is_text (const KennisField *field)
{
  return field->kind <= KENNIS_KIND_PAIRS;
}

static void
kennis_record_finalize (GObject *object)
{
  KennisRecordPrivate *record = private_of (KENNIS_RECORD (object));

  for (guint f = 0; f < KENNIS_MAX_FIELDS; f++)
    g_clear_pointer (&record->texts[f], g_free);

  G_OBJECT_CLASS (kennis_record_parent_class)->finalize (object);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* A set: sorted, each member once, joined. */
static char *
join_set (const char *const *members)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GString *joined;

  if (members == NULL || members[0] == NULL)
    return NULL;

  for (guint i = 0; members[i] != NULL; i++)
    g_ptr_array_add (sorted, (gpointer) members[i]);
  g_ptr_array_sort (sorted, compare_texts);

  joined = g_string_new (NULL);
  for (guint i = 0; i < sorted->len; i++)
    if (i == 0 || !g_str_equal (sorted->pdata[i], sorted->pdata[i - 1]))
      g_string_append_printf (joined, "%s%s", i > 0 ? "\n" : "", (char *) sorted->pdata[i]);

  return g_string_free (joined, FALSE);
}

static void
kennis_record_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  KennisRecordPrivate *record = private_of (KENNIS_RECORD (object));
  const KennisField *field = &schema_of (KENNIS_RECORD (object))->fields[id - 1];
  gint64 code = record->codes[id - 1];

  switch ((KennisKind) field->kind)
    {
    case KENNIS_KIND_TEXT:
      g_value_set_string (value, record->texts[id - 1]);
      break;
    case KENNIS_KIND_LIST:
    case KENNIS_KIND_PAIRS:
      if (record->texts[id - 1] != NULL)
        g_value_take_boxed (value, g_strsplit (record->texts[id - 1], "\n", -1));
      break;
    case KENNIS_KIND_TIME:
    case KENNIS_KIND_DURATION:
    case KENNIS_KIND_MONEY:
    case KENNIS_KIND_INTEGER:
      g_value_set_int64 (value, code);
      break;
    case KENNIS_KIND_SHARE:
    case KENNIS_KIND_DECIMAL:
      g_value_set_double (value, code == KENNIS_UNKNOWN ? (double) NAN : (double) code / 1e6);
      break;
    case KENNIS_KIND_ANSWER:
    case KENNIS_KIND_ENUM:
      g_value_set_enum (value, (int) code);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kennis_record_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  KennisRecordPrivate *record = private_of (KENNIS_RECORD (object));
  const KennisField *field = &schema_of (KENNIS_RECORD (object))->fields[id - 1];
  char **text = &record->texts[id - 1];
  gint64 *code = &record->codes[id - 1];

  switch ((KennisKind) field->kind)
    {
    case KENNIS_KIND_TEXT:
      g_free (*text);
      *text = g_value_dup_string (value);
      break;
    case KENNIS_KIND_LIST:
    case KENNIS_KIND_PAIRS:
      g_free (*text);
      *text = join_set (g_value_get_boxed (value));
      break;
    case KENNIS_KIND_TIME:
    case KENNIS_KIND_DURATION:
    case KENNIS_KIND_MONEY:
    case KENNIS_KIND_INTEGER:
      *code = g_value_get_int64 (value);
      break;
    case KENNIS_KIND_SHARE:
    case KENNIS_KIND_DECIMAL:
      *code = isnan (g_value_get_double (value)) ? KENNIS_UNKNOWN : llround (g_value_get_double (value) * 1e6);
      break;
    case KENNIS_KIND_ANSWER:
    case KENNIS_KIND_ENUM:
      *code = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kennis_record_class_init (KennisRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_record_finalize;
}

static void
kennis_record_init (KennisRecord *self)
{
}

static GParamSpec *
pspec_for (const KennisField *field)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  switch ((KennisKind) field->kind)
    {
    case KENNIS_KIND_TEXT:
      return g_param_spec_string (field->name, NULL, NULL, NULL, flags);
    case KENNIS_KIND_LIST:
    case KENNIS_KIND_PAIRS:
      return g_param_spec_boxed (field->name, NULL, NULL, G_TYPE_STRV, flags);
    case KENNIS_KIND_SHARE:
    case KENNIS_KIND_DECIMAL:
      return g_param_spec_double (field->name, NULL, NULL, -1e12, 1e12, 0, flags);
    case KENNIS_KIND_ANSWER:
    case KENNIS_KIND_ENUM:
      return g_param_spec_enum (field->name, NULL, NULL, field->enum_type (), 0, flags);
    case KENNIS_KIND_TIME:
    case KENNIS_KIND_DURATION:
    case KENNIS_KIND_MONEY:
    case KENNIS_KIND_INTEGER:
      return g_param_spec_int64 (field->name, NULL, NULL, G_MININT64, G_MAXINT64, KENNIS_UNKNOWN, flags);
    }

  g_return_val_if_reached (NULL);
}

void
kennis_record_class_install (KennisRecordClass *klass,
                             KennisRecordType   type)
{
  const KennisSchema *schema = kennis_schema_get (type);

  klass->record_type = type;
  /* GObject takes these from no parent. */
  G_OBJECT_CLASS (klass)->get_property = kennis_record_get_property;
  G_OBJECT_CLASS (klass)->set_property = kennis_record_set_property;
  for (guint f = 0; f < schema->n_fields; f++)
    g_object_class_install_property (G_OBJECT_CLASS (klass), f + 1, pspec_for (&schema->fields[f]));
}

void
kennis_record_clear (KennisRecord *self)
{
  const KennisSchema *schema = schema_of (self);

  for (guint f = 0; f < schema->n_fields; f++)
    private_of (self)->codes[f] = kennis_field_unknown (&schema->fields[f]);
}

static GType
type_of (KennisRecordType type)
{
  switch (type)
    {
    case KENNIS_RECORD_TYPE_COVERAGE:
      return KENNIS_TYPE_COVERAGE;
    case KENNIS_RECORD_TYPE_PERSON:
      return KENNIS_TYPE_PERSON;
    case KENNIS_RECORD_TYPE_TEAM:
      return KENNIS_TYPE_TEAM;
    case KENNIS_RECORD_TYPE_TOPIC:
      return KENNIS_TYPE_TOPIC;
    case KENNIS_RECORD_TYPE_NEED:
      return KENNIS_TYPE_NEED;
    case KENNIS_RECORD_TYPE_HOLDING:
      return KENNIS_TYPE_HOLDING;
    case KENNIS_RECORD_TYPE_PROGRAMME:
      return KENNIS_TYPE_PROGRAMME;
    case KENNIS_RECORD_TYPE_ACTIVITY:
      return KENNIS_TYPE_ACTIVITY;
    case KENNIS_RECORD_TYPE_SHARING:
      return KENNIS_TYPE_SHARING;
    case KENNIS_RECORD_TYPE_MOMENT:
      return KENNIS_TYPE_MOMENT;
    case KENNIS_RECORD_TYPE_TALK:
      return KENNIS_TYPE_TALK;
    case KENNIS_RECORD_TYPE_GOAL:
      return KENNIS_TYPE_GOAL;
    case KENNIS_RECORD_TYPE_INVITATION:
      return KENNIS_TYPE_INVITATION;
    case KENNIS_RECORD_TYPE_RESPONSE:
      return KENNIS_TYPE_RESPONSE;
    case KENNIS_RECORD_TYPE_OUTCOME:
      return KENNIS_TYPE_OUTCOME;
    }

  g_return_val_if_reached (G_TYPE_INVALID);
}

/**
 * kennis_record_of_type:
 * @type: a type of record
 *
 * Makes a record of a type that is known only when the program runs, with every field unknown.
 *
 * Returns: (transfer full): a new record
 *
 * Since: 1.0
 */
KennisRecord *
kennis_record_of_type (KennisRecordType type)
{
  g_return_val_if_fail ((guint) type < KENNIS_N_RECORD_TYPES, NULL);

  return g_object_new (type_of (type), NULL);
}

/**
 * kennis_record_get_record_type:
 * @self: a record
 *
 * Gets its type.
 *
 * Returns: its type
 *
 * Since: 1.0
 */
KennisRecordType
kennis_record_get_record_type (KennisRecord *self)
{
  g_return_val_if_fail (KENNIS_IS_RECORD (self), KENNIS_RECORD_TYPE_PERSON);

  return KENNIS_RECORD_GET_CLASS (self)->record_type;
}

/**
 * kennis_record_equal:
 * @self: a record
 * @other: another
 *
 * Tells whether two records have the same type and the same value in every field.
 *
 * Returns: whether they are equal
 *
 * Since: 1.0
 */
gboolean
kennis_record_equal (KennisRecord *self,
                     KennisRecord *other)
{
  g_return_val_if_fail (KENNIS_IS_RECORD (self) && KENNIS_IS_RECORD (other), FALSE);

  if (schema_of (self) != schema_of (other))
    return FALSE;

  for (guint f = 0; f < schema_of (self)->n_fields; f++)
    if (private_of (self)->codes[f] != private_of (other)->codes[f]
        || g_strcmp0 (private_of (self)->texts[f], private_of (other)->texts[f]) != 0)
      return FALSE;

  return TRUE;
}

/* As it stands in a file, for people who look at records. */
static char *
field_to_text (const KennisField *field,
               gint64             code,
               const char        *text)
{
  char buffer[KENNIS_FIELD_BUFFER];

  if (is_text (field))
    return g_strdelimit (g_strdup (text), "\n", ' ');

  return g_strdup (kennis_field_format (field, code, buffer));
}

/**
 * kennis_record_to_string:
 * @self: a record
 *
 * Writes a record on one line, for people who look for a fault: its type and the fields that are known.
 *
 * Returns: (transfer full): the text
 *
 * Since: 1.0
 */
char *
kennis_record_to_string (KennisRecord *self)
{
  const KennisSchema *schema;
  GString *text;

  g_return_val_if_fail (KENNIS_IS_RECORD (self), NULL);

  schema = schema_of (self);
  text = g_string_new (schema->name);
  for (guint f = 0; f < schema->n_fields; f++)
    {
      const KennisField *field = &schema->fields[f];
      gint64 code = private_of (self)->codes[f];
      const char *value = private_of (self)->texts[f];
      g_autofree char *written = NULL;

      if (is_text (field) ? value == NULL : code == kennis_field_unknown (field))
        continue;
      written = field_to_text (field, code, value);
      g_string_append_printf (text, " %s=\"%s\"", field->name, written);
    }

  return g_string_free (text, FALSE);
}

static gboolean
intern_field (KennisDataset      *dataset,
              const KennisSchema *schema,
              guint               f,
              const char         *text,
              gint64             *code,
              GError            **error)
{
  const KennisField *field = &schema->fields[f];
  guint32 index;

  *code = KENNIS_UNKNOWN;
  if (text == NULL)
    return TRUE;

  index = kennis_dataset_intern (dataset, field->space, text, strlen (text), error);
  if (index == KENNIS_INTERN_NONE)
    {
      g_prefix_error (error, "%s: “%s”: ", schema->name, field->name);
      return FALSE;
    }
  *code = index;

  return TRUE;
}

gboolean
kennis_record_to_codes (KennisRecord   *record,
                        KennisDataset  *dataset,
                        gint64         *codes,
                        GError        **error)
{
  const KennisSchema *schema = schema_of (record);
  KennisRecordPrivate *values = private_of (record);

  for (guint f = 0; f < schema->n_fields; f++)
    {
      codes[f] = values->codes[f];
      if (is_text (&schema->fields[f]) && !intern_field (dataset, schema, f, values->texts[f], &codes[f], error))
        return FALSE;
    }

  return TRUE;
}

KennisRecord *
kennis_record_from_codes (KennisDataset    *dataset,
                          KennisRecordType  type,
                          const gint64     *codes)
{
  KennisRecord *record = kennis_record_of_type (type);
  const KennisSchema *schema = schema_of (record);

  for (guint f = 0; f < schema->n_fields; f++)
    if (is_text (&schema->fields[f]))
      private_of (record)->texts[f] = g_strdup (kennis_dataset_text (dataset, schema->fields[f].space, codes[f]));
    else
      private_of (record)->codes[f] = codes[f];

  return record;
}
