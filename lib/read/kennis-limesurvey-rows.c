#include "config.h"

#include "read/kennis-limesurvey-private.h"

#include <glib/gi18n-lib.h>
#include <libxml/xmlreader.h>
#include <string.h>

#define MAX_FIELDS 16384u
#define MAX_NAME   200u
#define MAX_ROW    (2u * KENNIS_CSV_MAX_ROW)   /* what is more is left out: the row is too long already */

typedef struct
{
  GInputStream          parent_instance;
  xmlTextReader        *xml;
  KennisBytes          *bytes;       /* of the document */
  const KennisLimesurvey *design;
  const char          **problem;
  GError               *error;       /* of the bytes */
  GCancellable         *cancellable;
  GPtrArray            *fields;      /* char *: names of elements */
  GPtrArray            *items;       /* KennisLimesurveyItem * beside them, NULL: none */
  GPtrArray            *cells;       /* GString * beside them */
  GHashTable           *index;       /* name → place + 1 */
  gsize                 n_row;       /* bytes in cells */
  GString              *out;
  gsize                 at;          /* what of out was taken */
  gboolean              is_malformed;
  gboolean              is_done;
} KennisLimesurveyRows;

typedef struct
{
  GInputStreamClass parent_class;
} KennisLimesurveyRowsClass;

static GType kennis_limesurvey_rows_get_type (void);
G_DEFINE_TYPE (KennisLimesurveyRows, kennis_limesurvey_rows, G_TYPE_INPUT_STREAM)

/* The reader closes what breaks off as if it had ended well; only the error tells.  Nothing goes to standard error. */
static void
on_error (void *data, xmlErrorPtr error)
{
  KennisLimesurveyRows *self = data;

  self->is_malformed = self->is_malformed || error->level == XML_ERR_FATAL;
}

static int
read_document (void *data, char *buffer, int room)
{
  KennisLimesurveyRows *self = data;

  g_autoptr (GError) error = NULL;
  gssize n = kennis_bytes_read (self->bytes, (guint8 *) buffer, (gsize) room, self->cancellable, &error);

  if (n >= 0)
    return (int) n;
  if (self->error == NULL)
    self->error = g_steal_pointer (&error);

  return -1;
}

/* To the next node; false at the end, with a problem where it comes too early. */
static gboolean
step (KennisLimesurveyRows *self)
{
  int got = xmlTextReaderRead (self->xml);

  if (got == 1 && xmlTextReaderNodeType (self->xml) == XML_READER_TYPE_DOCUMENT_TYPE)
    *self->problem = N_("a document type declaration is not accepted");
  else if (got < 0 || self->is_malformed)
    *self->problem =
        self->bytes->problem != NULL ? self->bytes->problem : N_("from here on this is no well-formed XML");

  return got == 1 && *self->problem == NULL;
}

static gboolean
is_at (KennisLimesurveyRows *self, int type, const char *name)
{
  return xmlTextReaderNodeType (self->xml) == type
         && (name == NULL || strcmp ((const char *) xmlTextReaderConstLocalName (self->xml), name) == 0);
}

/* The text of the element here, which is then read; free with g_string_free(). */
static GString *
take_text (KennisLimesurveyRows *self, gsize most)
{
  GString *text = g_string_new (NULL);
  int depth = xmlTextReaderDepth (self->xml);

  if (xmlTextReaderIsEmptyElement (self->xml) == 1)
    return text;
  while (step (self) && xmlTextReaderDepth (self->xml) > depth)
    {
      const xmlChar *value = is_at (self, XML_READER_TYPE_TEXT, NULL) || is_at (self, XML_READER_TYPE_CDATA, NULL)
                                     || is_at (self, XML_READER_TYPE_SIGNIFICANT_WHITESPACE, NULL)
                                 ? xmlTextReaderConstValue (self->xml)
                                 : NULL;

      if (value != NULL && text->len < most)
        g_string_append_len (text, (const char *) value,
                             (gssize) MIN (strlen ((const char *) value), most - text->len));
    }

  return text;
}

/* A cell on one line: what would end the row is a space. */
static void
append_cell (GString *out, const char *text, gsize length)
{
  if (length == 0)
    return;
  g_string_append_c (out, '"');
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, (guchar) text[i] < 0x20 ? ' ' : text[i]);
    }
  g_string_append_c (out, '"');
}

/* A name that begins with a digit has a "_" before it where it is an element. */
static void
add_field (KennisLimesurveyRows *self, const char *name)
{
  const KennisLimesurveyItem *item = self->design != NULL ? g_hash_table_lookup (self->design->by_field, name) : NULL;
  const char *head = item != NULL ? item->id : name;
  char *element = g_ascii_isdigit (*name) ? g_strconcat ("_", name, NULL) : g_strdup (name);

  if (self->fields->len > 0)
    g_string_append_c (self->out, ',');
  append_cell (self->out, head, strlen (head));
  g_ptr_array_add (self->fields, element);
  g_ptr_array_add (self->items, (gpointer) item);
  g_ptr_array_add (self->cells, g_string_new (NULL));
  if (!g_hash_table_contains (self->index, element))
    g_hash_table_insert (self->index, element, GUINT_TO_POINTER (self->fields->len));
}

/* Up to <rows>: which fields there are. */
static gboolean
take_fields (KennisLimesurveyRows *self)
{
  gboolean is_responses = FALSE;

  while (step (self))
    {
      if (is_at (self, XML_READER_TYPE_ELEMENT, "LimeSurveyDocType"))
        {
          GString *type = take_text (self, MAX_NAME);

          is_responses = strcmp (g_strstrip (type->str), "Responses") == 0;
          g_string_free (type, TRUE);
        }
      else if (is_at (self, XML_READER_TYPE_ELEMENT, "fieldname"))
        {
          GString *name = take_text (self, MAX_NAME);

          if (self->fields->len < MAX_FIELDS)
            add_field (self, g_strstrip (name->str));
          g_string_free (name, TRUE);
        }
      else if (is_at (self, XML_READER_TYPE_ELEMENT, "rows"))
        break;
      if (*self->problem != NULL)
        return FALSE;
    }
  if (*self->problem == NULL && (!is_responses || self->fields->len == 0))
    *self->problem = N_("the document holds no responses of LimeSurvey");
  self->is_done = *self->problem != NULL || xmlTextReaderIsEmptyElement (self->xml) == 1;
  g_string_append_c (self->out, '\n');

  return *self->problem == NULL;
}

static void
take_cell (KennisLimesurveyRows *self)
{
  gsize place = GPOINTER_TO_SIZE (g_hash_table_lookup (self->index, xmlTextReaderConstLocalName (self->xml)));
  GString *text = take_text (self, MAX_ROW - MIN (self->n_row, MAX_ROW)), *to;
  const KennisLimesurveyItem *item;
  char *meant;

  if (place > 0)
    {
      to = self->cells->pdata[place - 1];
      item = self->items->pdata[place - 1];
      meant = item != NULL ? kennis_limesurvey_translate (item, text->str) : NULL;
      self->n_row += text->len;
      g_string_assign (to, meant != NULL ? meant : text->str);
      g_free (meant);
    }
  g_string_free (text, TRUE);
}

static void
write_row (KennisLimesurveyRows *self)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      GString *text = self->cells->pdata[i];

      if (i > 0)
        g_string_append_c (self->out, ',');
      append_cell (self->out, text->str, text->len);
      g_string_truncate (text, 0);
    }
  g_string_append_c (self->out, '\n');
}

/* One row that is whole, or to the end of the document. */
static void
take_row (KennisLimesurveyRows *self)
{
  int depth;

  while (step (self) && !is_at (self, XML_READER_TYPE_END_ELEMENT, "rows"))
    if (is_at (self, XML_READER_TYPE_ELEMENT, "row"))
      {
        depth = xmlTextReaderDepth (self->xml);
        self->n_row = 0;
        if (xmlTextReaderIsEmptyElement (self->xml) != 1)
          while (step (self) && xmlTextReaderDepth (self->xml) > depth)
            if (is_at (self, XML_READER_TYPE_ELEMENT, NULL))
              take_cell (self);
        if (*self->problem == NULL)
          write_row (self);
        return;
      }
  while (*self->problem == NULL && step (self))
    continue;
  self->is_done = TRUE;
}

static gssize
kennis_limesurvey_rows_read (GInputStream *stream, void *buffer, gsize room, GCancellable *cancellable, GError **error)
{
  KennisLimesurveyRows *self = (KennisLimesurveyRows *) stream;
  xmlStructuredErrorFunc func = xmlStructuredError; /* of this thread */
  void *func_context = xmlStructuredErrorContext;
  gsize n;

  if (self->at == self->out->len)
    {
      g_string_truncate (self->out, 0);
      self->at = 0;
    }
  xmlSetStructuredErrorFunc (self, (xmlStructuredErrorFunc) on_error);
  self->cancellable = cancellable;
  while (self->out->len < room && !self->is_done && *self->problem == NULL)
    take_row (self);
  xmlSetStructuredErrorFunc (func_context, func);
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return -1;
    }
  n = MIN (room, self->out->len - self->at);
  memcpy (buffer, self->out->str + self->at, n);
  self->at += n;

  return (gssize) n;
}

static void
free_text (gpointer text)
{
  g_string_free (text, TRUE);
}

static void
kennis_limesurvey_rows_finalize (GObject *object)
{
  KennisLimesurveyRows *self = (KennisLimesurveyRows *) object;

  g_clear_pointer (&self->xml, xmlFreeTextReader);
  g_clear_error (&self->error);
  g_hash_table_unref (self->index);
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->cells);
  g_string_free (self->out, TRUE);
  G_OBJECT_CLASS (kennis_limesurvey_rows_parent_class)->finalize (object);
}

static void
kennis_limesurvey_rows_class_init (KennisLimesurveyRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_limesurvey_rows_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = kennis_limesurvey_rows_read;
}

static void
kennis_limesurvey_rows_init (KennisLimesurveyRows *self)
{
  self->fields = g_ptr_array_new_with_free_func (g_free);
  self->items = g_ptr_array_new ();
  self->cells = g_ptr_array_new_with_free_func (free_text);
  self->index = g_hash_table_new (g_str_hash, g_str_equal);
  self->out = g_string_new (NULL);
}

GInputStream *
kennis_limesurvey_rows_new (KennisBytes *bytes, const KennisLimesurvey *design, const char **problem, GError **error)
{
  KennisLimesurveyRows *self = g_object_new (kennis_limesurvey_rows_get_type (), NULL);
  xmlStructuredErrorFunc func = xmlStructuredError;
  void *func_context = xmlStructuredErrorContext;

  self->bytes = bytes;
  self->design = design;
  self->problem = problem;
  *problem = NULL;
  xmlSetStructuredErrorFunc (self, (xmlStructuredErrorFunc) on_error);
  self->xml =
      xmlReaderForIO (read_document, NULL, self, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (self->xml == NULL || !take_fields (self))
    {
      if (self->error != NULL)
        g_propagate_error (error, g_steal_pointer (&self->error)), *problem = NULL;
      g_clear_object (&self);
    }
  xmlSetStructuredErrorFunc (func_context, func);

  return self != NULL ? G_INPUT_STREAM (self) : NULL;
}
