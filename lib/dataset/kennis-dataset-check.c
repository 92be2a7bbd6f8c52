#include "config.h"

#include "base/kennis-i18n-private.h"
#include "dataset/kennis-dataset-private.h"

#include <kennis/kennis-error.h>

/* An event is from 1900 to 2199; only an open end may be as far away as 9999. */
#define EVENT_TIME_MIN G_GINT64_CONSTANT (-2208988800000)
#define EVENT_TIME_MAX G_GINT64_CONSTANT (7258118399999)
#define MAX_DURATION   (G_GINT64_CONSTANT (366) * KENNIS_MS_PER_DAY)
#define ONE            G_GINT64_CONSTANT (1000000)   /* as a share */
#define MAX_FTE        G_GINT64_CONSTANT (2000000)

char *
kennis_dataset_describe_row (KennisDataset    *self,
                             KennisRecordType  type,
                             const gint64     *codes)
{
  const KennisSchema *schema = kennis_schema_get (type);
  GString *text = g_string_new (schema->name);

  for (guint f = 0; f < schema->n_fields; f++)
    {
      const KennisField *field = &schema->fields[f];

      if (field->kind == KENNIS_KIND_TEXT && codes[f] != KENNIS_UNKNOWN
          && (f == (guint) schema->id_field || (field->flags & KENNIS_FIELD_REQUIRED) != 0))
        {
          if (f != (guint) schema->id_field)
            g_string_append_printf (text, " of %s", field->name);
          g_string_append_printf (text, " “%s”", kennis_dataset_text (self, field->space, codes[f]));
          break;
        }
    }

  return g_string_free (text, FALSE);
}

G_GNUC_PRINTF (5, 6)
static gboolean
refuse (GError          **error,
        KennisDataset    *self,
        KennisRecordType  type,
        const gint64     *codes,
        const char       *format,
        ...)
{
  g_autofree char *record = kennis_dataset_describe_row (self, type, codes), *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, "%s: %s", record, what);

  return FALSE;
}

static gboolean
is_open_end (const char *name)
{
  return g_str_equal (name, "left") || g_str_equal (name, "until") || g_str_equal (name, "due");
}

/* Members of a list have a character or more, pairs a name before the '='. */
static gboolean
members_are_sound (const char *list,
                   gboolean    pairs)
{
  for (const char *member = list;; member++)
    {
      gsize length = strcspn (member, "\n");

      if (length == 0 || (pairs && (*member == '=' || memchr (member, '=', length) == NULL)))
        return FALSE;
      member += length;
      if (*member == '\0')
        return TRUE;
    }
}

/* NULL, or what would be accepted. */
static const char *
range_problem (const KennisField *field,
               gint64             code)
{
  switch ((KennisKind) field->kind)
    {
    case KENNIS_KIND_TIME:
      if (code < EVENT_TIME_MIN || code > (is_open_end (field->name) ? KENNIS_TIME_MAX : EVENT_TIME_MAX))
        return is_open_end (field->name) ? _("a time from 1900 to 9999") : _("a time from 1900 to 2199");
      break;
    case KENNIS_KIND_DURATION:
      if (code < 0 || code > MAX_DURATION)
        return _("a duration from 0 to 366 days");
      break;
    case KENNIS_KIND_SHARE:
      if (code < 0 || code > ONE)
        return _("a number from 0 to 1");
      break;
    case KENNIS_KIND_INTEGER:
      if (code < 0 || code > G_MAXINT32)
        return _("a whole number from 0 to 2147483647");
      break;
    case KENNIS_KIND_DECIMAL:
      if (g_str_equal (field->name, "fte") && (code < 0 || code > MAX_FTE))
        return _("a number from 0 to 2");
      break;
    case KENNIS_KIND_MONEY:
      if (code < 0)
        return _("an amount of 0 or more");
      break;
    case KENNIS_KIND_TEXT:
    case KENNIS_KIND_LIST:
    case KENNIS_KIND_PAIRS:
    case KENNIS_KIND_ANSWER:
    case KENNIS_KIND_ENUM:
      break;
    }

  return NULL;
}

void
kennis_dataset_ordinary_codes (const KennisSchema *schema,
                               KennisOrdinary     *out)
{
  for (guint f = 0; f < schema->n_fields; f++)
    {
      const KennisField *field = &schema->fields[f];

      /* The record types of coverage begin at 0, and so do texts. */
      out[f].low = field->kind >= KENNIS_KIND_ANSWER && schema->type != KENNIS_RECORD_TYPE_COVERAGE ? 1 : 0;
      out[f].high = G_MAXINT64;
      if (field->kind == KENNIS_KIND_TIME)
        {
          out[f].low = EVENT_TIME_MIN;
          out[f].high = EVENT_TIME_MAX;
        }
      else if (field->kind == KENNIS_KIND_DURATION)
        out[f].high = MAX_DURATION;
      else if (field->kind == KENNIS_KIND_SHARE || field->kind == KENNIS_KIND_DECIMAL
               || field->kind == KENNIS_KIND_INTEGER)
        out[f].high = ONE;
      else if (field->kind == KENNIS_KIND_LIST || field->kind == KENNIS_KIND_PAIRS)
        out[f].high = -1;
      out[f].unknown = (field->flags & KENNIS_FIELD_REQUIRED) != 0 ? out[f].high : kennis_field_unknown (field);
    }
}

static inline gboolean
all_ordinary (const KennisOrdinary *ordinary,
              const gint64         *codes,
              guint                 n)
{
  gboolean all = TRUE;

  for (guint f = 0; f < n; f++)
    all &= ((codes[f] >= ordinary[f].low) & (codes[f] <= ordinary[f].high)) | (codes[f] == ordinary[f].unknown);

  return all;
}

static gboolean
check_fields (KennisDataset    *self,
              KennisRecordType  type,
              const gint64     *codes,
              GError          **error)
{
  const KennisSchema *schema = kennis_schema_get (type);

  if (G_LIKELY (all_ordinary (self->tables[type].ordinary, codes, schema->n_fields)))
    return TRUE;

  for (guint f = 0; f < schema->n_fields; f++)
    {
      const KennisField *field = &schema->fields[f];
      /* The record types of coverage begin at 0: there 0 is a word as any other. */
      gboolean is_unknown = codes[f] == kennis_field_unknown (field) && type != KENNIS_RECORD_TYPE_COVERAGE;
      const char *accepted;

      if (codes[f] == KENNIS_UNKNOWN || is_unknown)
        {
          if ((field->flags & KENNIS_FIELD_REQUIRED) != 0)
            return refuse (error, self, type, codes, _("“%s” is missing, and every %s needs it"), field->name,
                           schema->name);
          continue;
        }
      if ((field->kind == KENNIS_KIND_LIST || field->kind == KENNIS_KIND_PAIRS)
          && !members_are_sound (kennis_dataset_text (self, field->space, codes[f]), field->kind == KENNIS_KIND_PAIRS))
        return refuse (error, self, type, codes, _("“%s” has a member that is not one; accepted is %s"), field->name,
                       field->kind == KENNIS_KIND_PAIRS ? "name=value" : _("one character or more"));
      accepted = range_problem (field, codes[f]);
      if (accepted != NULL)
        return refuse (error, self, type, codes, _("“%s” is out of range; accepted is %s"), field->name, accepted);
    }

  return TRUE;
}

static gboolean
is_before (gint64 later,
           gint64 earlier)
{
  return later != KENNIS_UNKNOWN && earlier != KENNIS_UNKNOWN && later < earlier;
}

static gboolean
check_order (KennisDataset    *self,
             KennisRecordType  type,
             const gint64     *codes,
             guint             earlier,
             guint             later,
             GError          **error)
{
  const KennisSchema *schema = kennis_schema_get (type);

  if (is_before (codes[later], codes[earlier]))
    return refuse (error, self, type, codes, _("“%s” is before “%s”; accepted is the same time or a later one"),
                   schema->fields[later].name, schema->fields[earlier].name);

  return TRUE;
}

static gboolean
check_activity (KennisDataset  *self,
                const gint64   *codes,
                GError        **error)
{
  KennisRecordType type = KENNIS_RECORD_TYPE_ACTIVITY;

  if (codes[KENNIS_ACTIVITY_START] == KENNIS_UNKNOWN && codes[KENNIS_ACTIVITY_ENDED] == KENNIS_UNKNOWN
      && codes[KENNIS_ACTIVITY_REQUESTED] == KENNIS_UNKNOWN)
    return refuse (error, self, type, codes, _("there is no time; accepted is “start”, “ended” or “requested”"));

  return check_order (self, type, codes, KENNIS_ACTIVITY_START, KENNIS_ACTIVITY_ENDED, error)
         && check_order (self, type, codes, KENNIS_ACTIVITY_REQUESTED, KENNIS_ACTIVITY_DECIDED, error)
         && check_order (self, type, codes, KENNIS_ACTIVITY_START, KENNIS_ACTIVITY_APPLIED, error)
         && check_order (self, type, codes, KENNIS_ACTIVITY_START, KENNIS_ACTIVITY_EVALUATED, error);
}

static gboolean
check_sharing (KennisDataset  *self,
               const gint64   *codes,
               GError        **error)
{
  KennisRecordType type = KENNIS_RECORD_TYPE_SHARING;
  gint64 giver = codes[KENNIS_SHARING_GIVER], receiver = codes[KENNIS_SHARING_RECEIVER];
  gboolean outside = codes[KENNIS_SHARING_OUTSIDE] == KENNIS_ANSWER_YES;

  if (giver == receiver && giver != KENNIS_UNKNOWN)
    return refuse (error, self, type, codes,
                   _("giver and receiver are one person; accepted are two different people"));
  if (giver == KENNIS_UNKNOWN && receiver == KENNIS_UNKNOWN)
    return refuse (error, self, type, codes, _("neither “giver” nor “receiver” is given; accepted is one or both"));
  if ((giver == KENNIS_UNKNOWN || receiver == KENNIS_UNKNOWN) && !outside
      && codes[KENNIS_SHARING_KIND] != KENNIS_SHARING_KIND_DOCUMENT)
    return refuse (error, self, type, codes,
                   _("one side is missing; accepted is that only with outside=\"yes\" or for a document"));

  return TRUE;
}

static gboolean
check_person (KennisDataset  *self,
              const gint64   *codes,
              GError        **error)
{
  if (codes[KENNIS_PERSON_LEADER] == codes[KENNIS_PERSON_ID])
    return refuse (error, self, KENNIS_RECORD_TYPE_PERSON, codes,
                   _("“leader” is the person; accepted is another person, or nothing"));

  return check_order (self, KENNIS_RECORD_TYPE_PERSON, codes, KENNIS_PERSON_HIRED, KENNIS_PERSON_LEFT, error);
}

static gboolean
check_parent (KennisDataset    *self,
              KennisRecordType  type,
              const gint64     *codes,
              GError          **error)
{
  if (codes[KENNIS_TEAM_PARENT] != KENNIS_UNKNOWN && codes[KENNIS_TEAM_PARENT] == codes[KENNIS_TEAM_ID])
    {
      g_autofree char *record = kennis_dataset_describe_row (self, type, codes);

      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_CYCLE,
                   _("%s: is its own parent; accepted is another one, or nothing"), record);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_talk (KennisDataset  *self,
            const gint64   *codes,
            GError        **error)
{
  if (codes[KENNIS_TALK_PLANNED] == KENNIS_UNKNOWN && codes[KENNIS_TALK_HELD] == KENNIS_UNKNOWN)
    return refuse (error, self, KENNIS_RECORD_TYPE_TALK, codes,
                   _("there is no time; accepted is “planned” or “held”"));
  if (codes[KENNIS_TALK_LEADER] == codes[KENNIS_TALK_PERSON])
    return refuse (error, self, KENNIS_RECORD_TYPE_TALK, codes,
                   _("“leader” is the person; accepted is another person, or nothing"));

  return TRUE;
}

gboolean
kennis_dataset_check_row (KennisDataset    *self,
                          KennisRecordType  type,
                          const gint64     *codes,
                          GError          **error)
{
  if (!check_fields (self, type, codes, error))
    return FALSE;

  switch (type)
    {
    case KENNIS_RECORD_TYPE_ACTIVITY:
      return check_activity (self, codes, error);
    case KENNIS_RECORD_TYPE_SHARING:
      return check_sharing (self, codes, error);
    case KENNIS_RECORD_TYPE_PERSON:
      return check_person (self, codes, error);
    case KENNIS_RECORD_TYPE_TEAM:
    case KENNIS_RECORD_TYPE_TOPIC:
      return check_parent (self, type, codes, error);
    case KENNIS_RECORD_TYPE_TALK:
      return check_talk (self, codes, error);
    case KENNIS_RECORD_TYPE_COVERAGE:
      return check_order (self, type, codes, KENNIS_COVERAGE_FROM, KENNIS_COVERAGE_UNTIL, error);
    case KENNIS_RECORD_TYPE_INVITATION:
      return check_order (self, type, codes, KENNIS_INVITATION_FROM, KENNIS_INVITATION_UNTIL, error);
    case KENNIS_RECORD_TYPE_GOAL:
      return check_order (self, type, codes, KENNIS_GOAL_SET, KENNIS_GOAL_REACHED, error);
    case KENNIS_RECORD_TYPE_NEED:
    case KENNIS_RECORD_TYPE_HOLDING:
    case KENNIS_RECORD_TYPE_PROGRAMME:
    case KENNIS_RECORD_TYPE_MOMENT:
    case KENNIS_RECORD_TYPE_RESPONSE:
    case KENNIS_RECORD_TYPE_OUTCOME:
      return TRUE;
    }

  return TRUE;
}
