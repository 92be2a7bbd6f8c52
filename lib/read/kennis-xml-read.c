#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-reader-private.h"
#include "read/kennis-xml-private.h"

#include <kennis/kennis-error.h>

#define AHEAD 4u   /* records */

/* The caller's side of reading XML: feeds the parser's thread with bytes and makes records of what it found. */
typedef struct
{
  KennisReadJob   *job;
  KennisXmlPipe    pipe;
  KennisXmlParser *parser;
} XmlRead;

gboolean
kennis_xml_sniff (const guint8 *head,
                  gsize         length)
{
  gsize i = 0;

  if (length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    i = 3;
  if (length >= 2 && (memcmp (head, "\xfe\xff", 2) == 0 || memcmp (head, "\xff\xfe", 2) == 0))
    return TRUE;
  while (i < length && (head[i] == 0 || g_ascii_isspace (head[i])))
    i++;

  return i < length && head[i] == '<';
}

/* Names the record in messages as the dataset does, before it has any codes. */
static char *
describe (const KennisRawItem *item)
{
  const KennisRawText *text = kennis_raw_first (item);
  const KennisSchema *schema;
  int best = -1;
  g_autofree char *id = NULL;

  if (item->type == KENNIS_RAW_NO_TYPE)
    return NULL;

  schema = kennis_schema_get (item->type);
  for (guint i = 0; i < item->n_texts; i++, text = kennis_raw_next (text))
    {
      gboolean is_id = text->field == schema->id_field;

      if (text->field >= schema->n_fields || schema->fields[text->field].kind != KENNIS_KIND_TEXT)
        continue;
      if (!is_id && ((schema->fields[text->field].flags & KENNIS_FIELD_REQUIRED) == 0 || best >= 0))
        continue;
      best = text->field;
      g_free (id);
      id = kennis_read_quote (text->text, text->length);
      if (is_id)
        break;
    }
  if (best < 0)
    return g_strdup (schema->name);
  if (best == schema->id_field)
    return g_strdup_printf ("%s %s", schema->name, id);

  return g_strdup_printf ("%s of %s %s", schema->name, schema->fields[best].name, id);
}

static char *
names_of_fields (const KennisSchema *schema)
{
  GString *names = g_string_new (NULL);

  for (guint f = 0; f < schema->n_fields; f++)
    {
      const KennisXmlList *list = kennis_xml_list_for (schema->type, f);

      g_string_append (names, f > 0 ? ", " : "");
      if (list != NULL)
        g_string_append_printf (names, "<%s %s=…>", list->element, list->attribute);
      else
        g_string_append (names, schema->fields[f].name);
    }

  return g_string_free (names, FALSE);
}

static char *
names_of_groups (void)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < KENNIS_N_RECORD_TYPES; i++)
    g_string_append_printf (names, "%s<%s>", i > 0 ? ", " : "", kennis_schema_get (i)->group);

  return g_string_free (names, FALSE);
}

/* What the parser itself found wrong. */
static void
explain (const KennisRawItem *item,
         const KennisRawText *text,
         KennisTextProblem   *problem)
{
  const KennisSchema *schema = item->type != KENNIS_RAW_NO_TYPE ? kennis_schema_get (item->type) : NULL;
  g_autofree char *shown = kennis_read_quote (text->text, text->length);

  problem->code = KENNIS_ERROR_INVALID;
  switch (text->field)
    {
    case KENNIS_RAW_UNKNOWN_ATTRIBUTE:
      problem->problem = g_strdup_printf (_("there is no attribute %s"), shown);
      problem->accepted_words = schema != NULL ? names_of_fields (schema) : NULL;
      break;
    case KENNIS_RAW_UNKNOWN_ELEMENT:
      problem->problem = g_strdup_printf (_("there is no element %s"), shown);
      problem->accepted_words = schema != NULL ? names_of_fields (schema) : names_of_groups ();
      break;
    case KENNIS_RAW_MISSING_ATTRIBUTE:
      problem->problem = g_strdup_printf (_("an element inside has no attribute %s"), shown);
      break;
    case KENNIS_RAW_WRONG_RECORD:
      schema = kennis_schema_get (text->part);
      problem->problem = g_strdup_printf (_("there is no element %s in <%s>"), shown, schema->group);
      problem->accepted_words = g_strdup_printf ("<%s>", schema->name);
      break;
    case KENNIS_RAW_MISPLACED:
      problem->problem = g_strdup_printf (_("<%s> stands behind <%s>, or is there twice"), schema->group,
                                          kennis_schema_get (text->part)->group);
      problem->accepted_words = names_of_groups ();
      break;
    case KENNIS_RAW_TEXT:
      problem->problem = g_strdup_printf (_("there is the text %s"), shown);
      problem->accepted = _("elements and attributes only");
      break;
    case KENNIS_RAW_FOREIGN:
      problem->problem = g_strdup_printf (_("the element %s is of another name space, and ignored"), shown);
      break;
    default:
      problem->code = KENNIS_ERROR_TOO_LARGE;
      problem->problem = g_strdup (_("the record is too large"));
      problem->accepted = _("2 MiB of text, in at most 65535 attributes");
      break;
    }
  if (problem->accepted_words != NULL)
    problem->accepted = problem->accepted_words;
}

static gboolean
reject (XmlRead             *self,
        const KennisRawItem *item,
        KennisTextProblem   *problem,
        GError             **error)
{
  KennisPlace place = { item->line, item->column };
  g_autofree char *record = describe (item);
  gboolean ok =
      kennis_read_job_reject (self->job, place, record, problem->code, problem->problem, problem->accepted, error);

  kennis_text_problem_clear (problem);
  return ok;
}

/* The members of the list whose first part is `text`, of the n_texts that are left. */
static gboolean
convert_list (XmlRead             *self,
              const KennisField   *field,
              const KennisRawText *text,
              guint                n_texts,
              gint64              *code,
              KennisTextProblem   *problem)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_free);
  guint8 which = text->field;
  g_autofree char *name = NULL;

  for (guint i = 0; i < n_texts; i++, text = kennis_raw_next (text))
    {
      if (text->field != which)
        continue;
      if (text->part == KENNIS_RAW_MEMBER)
        g_ptr_array_add (members, g_strndup (text->text, text->length));
      else if (text->part == KENNIS_RAW_PAIR_NAME)
        {
          g_free (name);
          name = g_strndup (text->text, text->length);
        }
      else
        g_ptr_array_add (members, g_strdup_printf ("%s=%.*s", name, (int) text->length, text->text));
      if (text->part == KENNIS_RAW_PAIR_NAME && (strchr (name, '=') != NULL || *name == '\0'))
        {
          problem->code = KENNIS_ERROR_INVALID;
          problem->problem = g_strdup_printf (_("“%s” has the name “%s”"), field->name, name);
          problem->accepted = _("a name without “=”");
          return FALSE;
        }
    }

  return kennis_convert_list (self->job, field, members, code, problem);
}

static gboolean
convert_one (XmlRead             *self,
             const KennisRawItem *item,
             const KennisSchema  *schema,
             const KennisRawText *text,
             guint                n_left,
             gint64              *codes,
             KennisTextProblem   *problem)
{
  guint f = text->field;

  if (G_UNLIKELY (f >= KENNIS_RAW_FIRST_PROBLEM))
    {
      KennisPlace place = { item->line, item->column };
      g_autofree char *record = f == KENNIS_RAW_FOREIGN ? describe (item) : NULL;

      explain (item, text, problem);
      if (f != KENNIS_RAW_FOREIGN)
        return FALSE;
      kennis_read_job_tell (self->job, KENNIS_SEVERITY_NOTE, place, record, problem->problem, NULL);
      kennis_text_problem_clear (problem);
      return TRUE;
    }
  if (f == KENNIS_RAW_HOURS)
    {
      f = (guint) kennis_schema_find_field (schema, "duration", -1);
      if (codes[f] == KENNIS_UNKNOWN)
        return kennis_convert_hours (&schema->fields[f], text->text, text->length, &codes[f], problem);
    }
  else if (text->part != KENNIS_RAW_VALUE)
    return codes[f] != KENNIS_UNKNOWN || convert_list (self, &schema->fields[f], text, n_left, &codes[f], problem);
  else if (schema->fields[f].kind != KENNIS_KIND_DURATION || codes[f] == KENNIS_UNKNOWN)
    return kennis_convert_text (self->job, &schema->fields[f], text->text, text->length, &codes[f], problem);

  problem->code = KENNIS_ERROR_INVALID;
  problem->problem = g_strdup (_("both “duration” and “hours” are given"));
  problem->accepted = _("one of them");
  return FALSE;
}

/* What the parser could not know of a time: the reader's settings. */
static void
coarsen (XmlRead            *self,
         const KennisSchema *schema,
         gint64             *codes)
{
  for (guint f = 0; f < schema->n_fields; f++)
    if (schema->fields[f].kind == KENNIS_KIND_TIME)
      codes[f] = kennis_reader_coarsen (self->job->reader, kennis_dataset_get_calendar (self->job->dataset), codes[f]);
}

static gboolean
take_record (XmlRead        *self,
             KennisRawItem  *item,
             GError        **error)
{
  const KennisRawText *text = kennis_raw_first (item);
  const KennisReader *reader = self->job->reader;
  KennisPlace place = { item->line, item->column };
  KennisTextProblem problem = { 0 };
  const KennisSchema *schema;

  if (item->type == KENNIS_RAW_NO_TYPE)
    {
      explain (item, text, &problem);
      return reject (self, item, &problem, error);
    }

  schema = kennis_schema_get (item->type);
  for (guint i = 0; i < item->n_texts; i++, text = kennis_raw_next (text))
    {
      if (G_LIKELY (text->is_plain && reader->pseudonym_key == NULL))
        {
          guint32 index = kennis_intern_add_hashed (self->job->dataset->spaces[schema->fields[text->field].space],
                                                    text->hash, text->text, text->length);

          if (G_LIKELY (index != KENNIS_INTERN_NONE))
            {
              item->codes[text->field] = index;
              continue;
            }
        }
      if (!convert_one (self, item, schema, text, item->n_texts - i, item->codes, &problem))
        return reject (self, item, &problem, error);
    }
  if (reader->coarse_times)
    coarsen (self, schema, item->codes);

  return kennis_read_job_append (self->job, schema->type, item->codes, place, error);
}

static gboolean
take_header (XmlRead             *self,
             const KennisRawItem *item,
             GError             **error)
{
  const KennisRawText *text = kennis_raw_first (item);
  KennisPlace place = { item->line, item->column };
  char *values[KENNIS_HEADER_N] = { NULL };
  GError *cause = NULL;
  gboolean ok;

  for (guint i = 0; i < item->n_texts; i++, text = kennis_raw_next (text))
    {
      KennisTextProblem problem = { 0 };

      if (text->field < KENNIS_HEADER_N)
        {
          values[text->field] = g_strndup (text->text, text->length);
          continue;
        }
      explain (item, text, &problem);
      kennis_read_job_tell (self->job, KENNIS_SEVERITY_WARNING, place, "kennis", problem.problem,
                            "version, time-zone, currency");
      kennis_text_problem_clear (&problem);
    }

  self->job->reader->story->tells_zone = TRUE;
  ok = g_strcmp0 (values[KENNIS_HEADER_VERSION], KENNIS_XML_VERSION) == 0;
  if (ok && values[KENNIS_HEADER_TIME_ZONE] != NULL && values[KENNIS_HEADER_CURRENCY] != NULL)
    ok = kennis_read_job_header (self->job, values[KENNIS_HEADER_TIME_ZONE], values[KENNIS_HEADER_CURRENCY], &cause);
  else
    {
      g_set_error (&cause, KENNIS_ERROR, ok ? KENNIS_ERROR_INVALID : KENNIS_ERROR_INCOMPATIBLE,
                   _("<kennis> needs version=\"%s\", a time-zone and a currency, as time-zone=\"Europe/Amsterdam\" "
                     "currency=\"EUR\""),
                   KENNIS_XML_VERSION);
      ok = FALSE;
    }
  for (guint i = 0; i < KENNIS_HEADER_N; i++)
    g_clear_pointer (&values[i], g_free);
  if (cause != NULL)
    {
      kennis_read_job_tell (self->job, KENNIS_SEVERITY_ERROR, place, NULL, cause->message, NULL);
      g_propagate_prefixed_error (error, cause, "%s:%u:%u: ", self->job->name, item->line, item->column);
    }

  return ok;
}

static gboolean
take_remark (XmlRead             *self,
             const KennisRawItem *item)
{
  KennisPlace place = { item->line, item->column };
  KennisTextProblem problem = { 0 };
  const KennisRawText *text = kennis_raw_first (item);

  explain (item, text, &problem);
  kennis_read_job_tell (self->job, text->field == KENNIS_RAW_FOREIGN ? KENNIS_SEVERITY_NOTE : KENNIS_SEVERITY_WARNING,
                        place, NULL, problem.problem, problem.accepted);
  kennis_text_problem_clear (&problem);

  return TRUE;
}

/* Ids come once each and lie anywhere in a large index: the next ones are looked for while this record is made. */
static void
look_ahead (XmlRead             *self,
            const KennisRawItem *item)
{
  const KennisRawText *text = kennis_raw_first (item);
  const KennisSchema *schema;

  if (self->job->dataset == NULL || item->type == KENNIS_RAW_NO_TYPE || item->n_texts == 0 || !text->is_plain)
    return;
  schema = kennis_schema_get (item->type);
  if (text->field == schema->id_field)
    kennis_intern_prefetch (self->job->dataset->spaces[schema->fields[text->field].space], text->hash);
}

static gboolean
take_block (XmlRead              *self,
            const KennisRawBlock *block,
            GError              **error)
{
  gsize ahead = 0;
  guint n_ahead = 0;

  for (gsize at = 0; at < block->used; n_ahead--)
    {
      KennisRawItem *item = (KennisRawItem *) (block->data + at);
      gboolean ok;

      for (; n_ahead < AHEAD && ahead < block->used; n_ahead++)
        {
          look_ahead (self, (const KennisRawItem *) (block->data + ahead));
          ahead += ((const KennisRawItem *) (block->data + ahead))->size;
        }
      if (item->what == KENNIS_RAW_RECORD)
        ok = take_record (self, item, error);
      else if (item->what == KENNIS_RAW_HEADER)
        ok = take_header (self, item, error);
      else
        ok = take_remark (self, item);
      if (!ok)
        return FALSE;
      at += item->size;
    }

  return TRUE;
}

static gboolean
fill_chunk (XmlRead  *self,
            GError  **error)
{
  KennisReadJob *job = self->job;
  KennisPipeChunk *chunk = kennis_xml_pipe_free_chunk (&self->pipe);
  gboolean is_fresh = job->bytes->n_head == 0;
  gssize n = kennis_bytes_read (job->bytes, chunk->data, KENNIS_BYTES_CHUNK, job->cancellable, error);

  if (n < 0)
    return FALSE;

  chunk->length = (gsize) n;
  chunk->is_fresh = is_fresh;
  if (n == 0)
    kennis_xml_pipe_no_more (&self->pipe);
  else
    kennis_xml_pipe_filled (&self->pipe);
  kennis_progress_sink_report (job->sink, kennis_bytes_fraction (job->bytes));

  return TRUE;
}

static gboolean
run (XmlRead  *self,
     GError  **error)
{
  while (TRUE)
    {
      if (g_cancellable_set_error_if_cancelled (self->job->cancellable, error))
        return FALSE;
      switch (kennis_xml_pipe_wait (&self->pipe))
        {
        case KENNIS_PIPE_WANTS_CHUNK:
          if (!fill_chunk (self, error))
            return FALSE;
          break;
        case KENNIS_PIPE_HAS_BLOCK:
          if (!take_block (self, kennis_xml_pipe_block (&self->pipe), error))
            return FALSE;
          kennis_xml_pipe_used (&self->pipe);
          break;
        case KENNIS_PIPE_ENDED:
        default:
          return kennis_read_job_flush (self->job, error);
        }
    }
}

/* How the document ended, told once its thread has. */
static gboolean
conclude (XmlRead  *self,
          GError  **error)
{
  KennisReadJob *job = self->job;
  const char *detail, *accepted = NULL;
  g_autofree char *problem = NULL;
  guint line, column;
  KennisXmlEnd end = kennis_xml_parser_end (self->parser, &detail, &line, &column);

  if (job->bytes->problem != NULL)
    problem = g_strdup (_ (job->bytes->problem));
  else if (end == KENNIS_XML_GOOD)
    return TRUE;
  else if (end == KENNIS_XML_NOT_KENNIS)
    {
      problem = g_strdup_printf (_("the document is of <%s>"), detail);
      accepted = "<kennis xmlns=\"" KENNIS_XML_NAMESPACE "\">";
    }
  else if (end == KENNIS_XML_DOCTYPE)
    {
      problem = g_strdup (_("there is a document type (DOCTYPE)"));
      accepted = _("a document without it, and no entities but those of XML itself");
    }
  else if (end == KENNIS_XML_TAG_TOO_LONG)
    {
      problem = g_strdup (_("a tag or a text is too long"));
      accepted = _("512 KiB at most");
    }
  else if (end == KENNIS_XML_TOO_MANY_ATTRIBUTES)
    {
      problem = g_strdup (_("an element has too many attributes"));
      accepted = _("64 at most");
    }
  else
    problem = g_strdup_printf (_("the document is malformed: %s"), detail);

  return kennis_read_job_break (job, (KennisPlace) { line, column }, problem, accepted, error);
}

gboolean
kennis_xml_read (KennisReadJob  *job,
                 GError        **error)
{
  XmlRead self = { .job = job };
  pthread_t thread;
  gboolean ok;

  kennis_xml_pipe_init (&self.pipe, &job->bytes->fingerprint);
  job->bytes->apart = TRUE;
  self.parser = kennis_xml_parser_new (&self.pipe);
  if (pthread_create (&thread, NULL, kennis_xml_parser_run, self.parser) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("%s: no thread could be started"), job->name);
      ok = FALSE;
    }
  else
    {
      ok = run (&self, error);
      if (!ok)
        kennis_xml_pipe_stop (&self.pipe);
      pthread_join (thread, NULL);
      kennis_xml_pipe_digest_rest (&self.pipe);
      ok = ok && conclude (&self, error);
    }
  job->bytes->apart = FALSE;
  kennis_xml_parser_free (self.parser);
  kennis_xml_pipe_clear (&self.pipe);

  return ok;
}
