#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-writer-private.h"
#include "read/kennis-xml-private.h"

#include <kennis/kennis-error.h>

#define BUFFER (64u * 1024)

/* Where the document goes; whatever fails first stays, and nothing more is written. */
typedef struct
{
  KennisDataset *dataset;
  GOutputStream *stream;
  GCancellable  *cancellable;
  GError       **error;
  gboolean       failed;
  gsize          n_in_tag;
  gsize          used;
  char           buffer[BUFFER];
} Document;

static void
flush (Document *self)
{
  if (!self->failed)
    self->failed =
        !g_output_stream_write_all (self->stream, self->buffer, self->used, NULL, self->cancellable, self->error);
  self->used = 0;
}

static void
put_bytes (Document   *self,
           const char *bytes,
           gsize       length)
{
  self->n_in_tag += length;
  while (length > 0)
    {
      gsize n = MIN (length, BUFFER - self->used);

      memcpy (self->buffer + self->used, bytes, n);
      self->used += n;
      bytes += n;
      length -= n;
      if (self->used == BUFFER)
        flush (self);
    }
}

static void
put (Document   *self,
     const char *text)
{
  put_bytes (self, text, strlen (text));
}

/* The one way in which anything that is not ours gets into a document. */
static void
put_escaped (Document   *self,
             const char *text,
             gsize       length)
{
  const char *end = text + length, *plain = text;

  for (; text < end; text++)
    {
      const char *instead;

      switch (*text)
        {
        case '&':
          instead = "&amp;";
          break;
        case '<':
          instead = "&lt;";
          break;
        case '>':
          instead = "&gt;";
          break;
        case '"':
          instead = "&quot;";
          break;
        case '\t':
          instead = "&#9;";
          break;
        case '\n':
          instead = "&#10;";
          break;
        case '\r':
          instead = "&#13;";
          break;
        default:
          continue;
        }
      put_bytes (self, plain, (gsize) (text - plain));
      put (self, instead);
      plain = text + 1;
    }
  put_bytes (self, plain, (gsize) (end - plain));
}

static void
put_attribute (Document   *self,
               const char *name,
               const char *value,
               gsize       length)
{
  put (self, " ");
  put (self, name);
  put (self, "=\"");
  put_escaped (self, value, length);
  put (self, "\"");
}

static void
refuse (Document   *self,
        const char *record,
        KennisError code,
        const char *problem)
{
  if (!self->failed)
    g_set_error (self->error, KENNIS_ERROR, (int) code, "%s: %s", record, problem);
  self->failed = TRUE;
}

static void
put_field (Document          *self,
           const KennisField *field,
           gint64             code)
{
  char buffer[KENNIS_FIELD_BUFFER];
  const char *text = field->kind == KENNIS_KIND_TEXT ? kennis_dataset_text (self->dataset, field->space, code)
                                                     : kennis_field_format (field, code, buffer);

  g_return_if_fail (text != NULL);
  put_attribute (self, field->name, text, strlen (text));
}

static gboolean
is_unknown (const KennisSchema *schema,
            guint               f,
            gint64              code)
{
  /* The words of this one field begin at 0. */
  if (schema->type == KENNIS_RECORD_TYPE_COVERAGE && f == KENNIS_COVERAGE_RECORD)
    return code == KENNIS_UNKNOWN;

  return code == kennis_field_unknown (&schema->fields[f]);
}

static void
end_tag (Document   *self,
         const char *record,
         const char *end)
{
  put (self, end);
  /* What the reader would refuse is not written. */
  if (self->n_in_tag > KENNIS_XML_MAX_TAG)
    refuse (self, record, KENNIS_ERROR_TOO_LARGE,
            _("is longer than a file may have it; accepted is 512 KiB in a tag"));
}

static void
put_list (Document            *self,
          const KennisXmlList *list,
          const char          *record,
          const char          *joined)
{
  for (const char *member = joined, *next; member != NULL; member = next)
    {
      const char *end = strchr (member, KENNIS_LIST_SEPARATOR), *equals;
      gsize length = end != NULL ? (gsize) (end - member) : strlen (member);

      next = end != NULL ? end + 1 : NULL;
      self->n_in_tag = 0;
      equals = memchr (member, '=', length);
      if (length == 0 || (list->value != NULL && (equals == NULL || equals == member)))
        {
          refuse (self, record, KENNIS_ERROR_INVALID,
                  _("has a list with an empty member, or a pair that is not name=value; accepted are others"));
          return;
        }
      put (self, "      <");
      put (self, list->element);
      put_attribute (self, list->attribute, member, list->value != NULL ? (gsize) (equals - member) : length);
      if (list->value != NULL)
        put_attribute (self, list->value, equals + 1, length - (gsize) (equals + 1 - member));
      end_tag (self, record, "/>\n");
    }
}

static void
put_record (Document           *self,
            const KennisSchema *schema,
            const gint64       *codes)
{
  g_autofree char *described = NULL;
  const char *record = schema->name;
  gboolean has_children = FALSE;

  self->n_in_tag = 0;
  put (self, "    <");
  put (self, schema->name);
  for (guint f = 0; f < schema->n_fields; f++)
    {
      if (is_unknown (schema, f, codes[f]))
        continue;
      if (schema->fields[f].kind == KENNIS_KIND_LIST || schema->fields[f].kind == KENNIS_KIND_PAIRS)
        has_children = TRUE;
      else
        put_field (self, &schema->fields[f], codes[f]);
    }
  if (has_children || self->n_in_tag > KENNIS_XML_MAX_TAG)
    record = described = kennis_dataset_describe_row (self->dataset, schema->type, codes);
  end_tag (self, record, has_children ? ">\n" : "/>\n");
  if (!has_children)
    return;

  for (guint f = 0; f < schema->n_fields; f++)
    {
      const KennisXmlList *list = kennis_xml_list_for (schema->type, f);

      if (list != NULL && codes[f] != KENNIS_UNKNOWN)
        put_list (self, list, record, kennis_dataset_text (self->dataset, schema->fields[f].space, codes[f]));
    }
  put (self, "    </");
  put (self, schema->name);
  put (self, ">\n");
}

static void
put_header (Document *self)
{
  const char *zone = kennis_dataset_get_time_zone (self->dataset);
  const char *currency = kennis_dataset_get_currency (self->dataset);

  put (self, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<kennis xmlns=\"" KENNIS_XML_NAMESPACE "\" version=\"" KENNIS_XML_VERSION "\"");
  put_attribute (self, "time-zone", zone, strlen (zone));
  put_attribute (self, "currency", currency, strlen (currency));
  put (self, ">\n");
}

static guint64
count_all (KennisDataset *dataset)
{
  guint64 n = 0;

  for (guint i = 0; i < KENNIS_N_RECORD_TYPES; i++)
    n += kennis_dataset_count (dataset, i);

  return n;
}

gboolean
kennis_xml_write (KennisDataset       *dataset,
                  GOutputStream       *stream,
                  KennisProgressSink  *sink,
                  GCancellable        *cancellable,
                  GError             **error)
{
  g_autofree Document *self = g_new (Document, 1);
  guint64 all = count_all (dataset), done = 0;

  *self = (Document) { .dataset = dataset, .stream = stream, .cancellable = cancellable, .error = error };
  put_header (self);
  for (guint i = 0; i < KENNIS_N_RECORD_TYPES; i++)
    {
      const KennisSchema *schema = kennis_schema_get (i);
      guint64 n = kennis_dataset_count (dataset, i);

      if (n > 0)
        {
          put (self, "  <");
          put (self, schema->group);
          put (self, ">\n");
        }
      for (guint64 row = 0; row < n && !self->failed; row++)
        {
          gint64 codes[KENNIS_MAX_FIELDS];

          kennis_table_get_row (&dataset->tables[i], schema, row, codes);
          put_record (self, schema, codes);
          if (++done % 1024 == 0)
            kennis_progress_sink_report (sink, (double) done / (double) all);
        }
      if (n > 0)
        {
          put (self, "  </");
          put (self, schema->group);
          put (self, ">\n");
        }
    }
  put (self, "</kennis>\n");
  flush (self);

  return !self->failed;
}
