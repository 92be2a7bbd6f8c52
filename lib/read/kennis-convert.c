#include "config.h"

#include "base/kennis-hash-private.h"
#include "base/kennis-i18n-private.h"
#include "read/kennis-reader-private.h"

#include <kennis/kennis-error.h>

#define WORDS_AT_A_PLACE 4
#define SHOWN 60   /* bytes of a text that a message repeats */

char *
kennis_read_quote (const char *text,
                   gsize       length)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) MIN (length, SHOWN));
  GString *quoted = g_string_new ("“");

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar u = g_utf8_get_char (c);

      /* What quotes would end the quotation for kennis_without_values(). */
      if (u == 0x201c || u == 0x201d || u == 0x201e || u == 0xab || u == 0xbb)
        g_string_append_c (quoted, '"');
      else if (g_unichar_isprint (u))
        g_string_append_unichar (quoted, u);
      else
        g_string_append (quoted, "�");
    }
  g_string_append (quoted, length > SHOWN ? "…”" : "”");

  return g_string_free (quoted, FALSE);
}

void
kennis_text_problem_clear (KennisTextProblem *self)
{
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->accepted_words, g_free);
  self->accepted = NULL;
}

static gboolean
refuse (KennisTextProblem *problem,
        const KennisField *field,
        const char        *text,
        gsize              length,
        const char        *accepted)
{
  g_autofree char *shown = kennis_read_quote (text, length);

  problem->code = KENNIS_ERROR_INVALID;
  problem->problem = g_strdup_printf (_("“%s” is %s"), field->name, shown);
  problem->accepted = accepted;

  return FALSE;
}

static gboolean
intern (KennisReadJob     *job,
        const KennisField *field,
        const char        *text,
        gsize              length,
        gint64            *code,
        KennisTextProblem *problem)
{
  g_autoptr (GError) error = NULL;
  gboolean is_someone = field->space == KENNIS_SPACE_PERSON || field->space == KENNIS_SPACE_RESPONDENT;
  g_autofree char *pseudonym =
      is_someone && length > 0 ? kennis_reader_pseudonym (job->reader, job->dataset, text, length) : NULL;
  guint32 index = kennis_dataset_intern (job->dataset, field->space, pseudonym != NULL ? pseudonym : text,
                                         pseudonym != NULL ? strlen (pseudonym) : length, &error);

  if (index == KENNIS_INTERN_NONE)
    {
      problem->code = (KennisError) error->code;
      problem->problem = g_strdup_printf ("“%s”: %s", field->name, error->message);
      return FALSE;
    }
  *code = index;

  return TRUE;
}

static inline gboolean
is_known (const KennisKnownWord *known,
          const KennisField     *field,
          const guint64          packed[2],
          gsize                  length)
{
  return known->field == field && known->length == length && known->text[0] == packed[0] && known->text[1] == packed[1];
}

/* The value of a word, or −1. */
static int
find_word (KennisWords       *words,
           const KennisField *field,
           const char        *text,
           gsize              length)
{
  guint64 packed[2] = { 0, 0 };
  KennisKnownWord *known;
  guint64 place;
  int value;

  if (length > sizeof packed)
    return kennis_field_parse_enum (field, text, length);
  if (length >= 8)
    memcpy (&packed[1], text + length - 8, 8);
  if (length >= 8)
    memcpy (&packed[0], text, 8);
  else
    packed[0] = kennis_hash_rest ((const guint8 *) text, length);
  place = (packed[0] ^ packed[1] ^ (guint64) ((guintptr) field / sizeof *field) << 32)
          * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  for (guint i = 0; i < WORDS_AT_A_PLACE; i++)
    {
      known = &words->known[((place >> 32) ^ i) % KENNIS_WORDS];
      if (is_known (known, field, packed, length))
        return known->value;
      if (known->field == NULL)
        break;
    }

  value = kennis_field_parse_enum (field, text, length);
  if (value >= 0)
    *known = (KennisKnownWord) { field, { packed[0], packed[1] }, (guint8) length, (guint8) value };

  return value;
}

static gboolean
convert_word (KennisReadJob     *job,
              const KennisField *field,
              const char        *text,
              gsize              length,
              gint64            *code,
              KennisTextProblem *problem)
{
  int value = find_word (&job->words, field, text, length);

  if (value < 0)
    {
      problem->accepted_words = kennis_field_enum_words (field);
      return refuse (problem, field, text, length, problem->accepted_words);
    }
  *code = value;

  return TRUE;
}

gboolean
kennis_convert_early (KennisWords       *words,
                      const KennisField *field,
                      const char        *text,
                      gsize              length,
                      gint64            *code)
{
  gboolean ok = FALSE;

  switch ((KennisKind) field->kind)
    {
    case KENNIS_KIND_ANSWER:
    case KENNIS_KIND_ENUM:
      *code = find_word (words, field, text, length);
      return *code >= 0;
    case KENNIS_KIND_TIME:
      ok = kennis_parse_time (text, length, NULL, code, NULL);
      break;
    case KENNIS_KIND_DURATION:
      ok = kennis_parse_duration (text, length, 0, code, NULL);
      break;
    case KENNIS_KIND_MONEY:
      ok = kennis_parse_decimal (text, length, KENNIS_MONEY_SCALE, code, NULL);
      break;
    case KENNIS_KIND_SHARE:
    case KENNIS_KIND_DECIMAL:
      ok = kennis_parse_decimal (text, length, KENNIS_DECIMAL_SCALE, code, NULL);
      break;
    case KENNIS_KIND_INTEGER:
      ok = kennis_parse_decimal (text, length, 0, code, NULL);
      break;
    case KENNIS_KIND_TEXT:
    case KENNIS_KIND_LIST:
    case KENNIS_KIND_PAIRS:
      break;
    }

  return ok && *code != KENNIS_UNKNOWN;
}

gboolean
kennis_convert_text (KennisReadJob     *job,
                     const KennisField *field,
                     const char        *text,
                     gsize              length,
                     gint64            *code,
                     KennisTextProblem *problem)
{
  const char *accepted = NULL;
  gboolean ok = FALSE;

  switch ((KennisKind) field->kind)
    {
    case KENNIS_KIND_TEXT:
      return intern (job, field, text, length, code, problem);
    case KENNIS_KIND_ANSWER:
    case KENNIS_KIND_ENUM:
      return convert_word (job, field, text, length, code, problem);
    case KENNIS_KIND_TIME:
      ok = kennis_parse_time (text, length, kennis_dataset_get_calendar (job->dataset), code, &accepted);
      if (ok)
        *code = kennis_reader_coarsen (job->reader, kennis_dataset_get_calendar (job->dataset), *code);
      break;
    case KENNIS_KIND_DURATION:
      ok = kennis_parse_duration (text, length, job->reader->year_days, code, &accepted);
      break;
    case KENNIS_KIND_MONEY:
      ok = kennis_parse_decimal (text, length, KENNIS_MONEY_SCALE, code, &accepted);
      break;
    case KENNIS_KIND_SHARE:
    case KENNIS_KIND_DECIMAL:
      ok = kennis_parse_decimal (text, length, KENNIS_DECIMAL_SCALE, code, &accepted);
      break;
    case KENNIS_KIND_INTEGER:
      ok = kennis_parse_decimal (text, length, 0, code, &accepted);
      break;
    case KENNIS_KIND_LIST:
    case KENNIS_KIND_PAIRS:
      break;
    }
  if (!ok)
    return refuse (problem, field, text, length, accepted != NULL ? _ (accepted) : NULL);
  /* The least code of all stands for unknown: nobody can have meant it. */
  if (*code == KENNIS_UNKNOWN)
    return refuse (problem, field, text, length, NULL);

  return TRUE;
}

gboolean
kennis_convert_hours (const KennisField *field,
                      const char        *text,
                      gsize              length,
                      gint64            *code,
                      KennisTextProblem *problem)
{
  const char *accepted = NULL;

  if (kennis_parse_hours (text, length, code, &accepted))
    return TRUE;

  g_autofree char *shown = kennis_read_quote (text, length);
  problem->code = KENNIS_ERROR_INVALID;
  problem->problem = g_strdup_printf (_("“hours” is %s"), shown);
  problem->accepted = accepted != NULL ? _ (accepted) : NULL;

  return FALSE;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* What a list keeps apart must not stand in a member. */
static gboolean
check_member (const KennisField *field,
              const char        *member,
              KennisTextProblem *problem)
{
  const char *equals = strchr (member, '=');

  if (*member == '\0' || strchr (member, KENNIS_LIST_SEPARATOR) != NULL)
    return refuse (problem, field, member, strlen (member), _("a text of one line"));
  if (field->kind == KENNIS_KIND_PAIRS && (equals == NULL || equals == member))
    return refuse (problem, field, member, strlen (member), _("a name, and a value"));

  return TRUE;
}

static gboolean
names_people (const KennisField *field)
{
  return g_str_equal (field->name, "aliases") || g_str_equal (field->name, "attendees");
}

gboolean
kennis_convert_list (KennisReadJob     *job,
                     const KennisField *field,
                     GPtrArray         *members,
                     gint64            *code,
                     KennisTextProblem *problem)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  /* Members of lists of people are people. */
  for (guint i = 0; job->reader->pseudonym_key != NULL && i < members->len && names_people (field); i++)
    {
      char *pseudonym =
          kennis_reader_pseudonym (job->reader, job->dataset, members->pdata[i], strlen (members->pdata[i]));

      if (pseudonym != NULL)
        g_free (g_steal_pointer (&members->pdata[i]));
      members->pdata[i] = pseudonym != NULL ? pseudonym : members->pdata[i];
    }
  g_ptr_array_sort (members, compare_texts);
  for (guint i = 0; i < members->len; i++)
    {
      if (!check_member (field, members->pdata[i], problem))
        return FALSE;
      if (i > 0 && g_str_equal (members->pdata[i], members->pdata[i - 1]))
        continue;
      if (i > 0)
        g_string_append_c (joined, KENNIS_LIST_SEPARATOR);
      g_string_append (joined, members->pdata[i]);
    }

  return intern (job, field, joined->str, joined->len, code, problem);
}
