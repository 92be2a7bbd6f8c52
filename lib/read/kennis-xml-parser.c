#include "config.h"

#include "read/kennis-xml-parser-private.h"

#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>

static void
stop (KennisXmlParser *self,
      KennisXmlEnd     end,
      const char      *detail,
      guint            line,
      guint            column)
{
  if (self->stopped)
    return;

  self->stopped = TRUE;
  self->end = end;
  self->detail = g_utf8_make_valid (detail != NULL ? detail : "", -1);
  g_strchomp (self->detail);
  self->end_line = line;
  self->end_column = column;
}

void
kennis_xml_parser_mark_place (KennisXmlParser *self)
{
  self->line = (guint) self->context->input->line;
  self->column = (guint) self->context->input->col;
  self->n_since_event = 0;
}

/* A text is cut behind what any field takes, so that it is refused for its length and costs no memory. */
static void
add_text (KennisXmlParser *self,
          guint8           field,
          guint8           part,
          const xmlChar   *text,
          gsize            length)
{
  if (!kennis_raw_add (self->block, field, part, (const char *) text, MIN (length, KENNIS_MAX_TEXT + 1)))
    self->too_large = TRUE;
}

void
kennis_xml_parser_end_item (KennisXmlParser *self)
{
  if (self->too_large)
    {
      /* What was found is forgotten but for its id, if that came first. */
      KennisRawItem *item = kennis_raw_item (self->block);
      const KennisRawText *first = kennis_raw_first (item);

      self->block->used = (gsize) ((const guint8 *) first - self->block->data);
      if (item->n_texts > 0)
        self->block->used += sizeof *first + kennis_raw_round (first->length);
      item->n_texts = MIN (item->n_texts, 1);
      kennis_raw_add (self->block, KENNIS_RAW_TOO_LARGE, 0, "", 0);
      self->too_large = FALSE;
    }
  kennis_raw_end (self->block);
  if (self->block->used >= KENNIS_RAW_BLOCK)
    self->block = kennis_xml_pipe_next_block (self->pipe, TRUE);
}

/* An item with nothing but a problem. */
static void
remark (KennisXmlParser *self,
        KennisRawWhat    what,
        guint8           problem,
        const xmlChar   *text,
        gsize            length)
{
  kennis_raw_begin (self->block, what, KENNIS_RAW_NO_TYPE, self->line, self->column, NULL, 0);
  add_text (self, problem, 0, text, MIN (length, 200));
  kennis_xml_parser_end_item (self);
}

static gsize
length_of (const xmlChar *text)
{
  return strlen ((const char *) text);
}

static void
start_root (KennisXmlParser *self,
            const xmlChar   *name,
            const xmlChar   *uri,
            int              n_attributes,
            const xmlChar  **attributes)
{
  static const char *const header[KENNIS_HEADER_N] = { "version", "time-zone", "currency" };

  if (uri != self->namespace || !xmlStrEqual (name, BAD_CAST "kennis"))
    {
      g_autofree char *found = uri != NULL ? g_strdup_printf ("{%s}%s", uri, name) : g_strdup ((const char *) name);

      stop (self, KENNIS_XML_NOT_KENNIS, found, self->line, self->column);
      xmlStopParser (self->context);
      return;
    }

  kennis_raw_begin (self->block, KENNIS_RAW_HEADER, KENNIS_RAW_NO_TYPE, self->line, self->column, NULL, 0);
  for (int i = 0; i < n_attributes; i++)
    {
      const xmlChar **attribute = attributes + 5 * i;
      guint8 field = KENNIS_RAW_UNKNOWN_ATTRIBUTE;

      if (attribute[2] != NULL)
        continue;
      for (guint f = 0; f < KENNIS_HEADER_N; f++)
        if (xmlStrEqual (attribute[0], BAD_CAST header[f]))
          field = (guint8) f;
      if (field == KENNIS_RAW_UNKNOWN_ATTRIBUTE)
        add_text (self, field, 0, attribute[0], MIN (length_of (attribute[0]), 200));
      else
        add_text (self, field, 0, attribute[3], (gsize) (attribute[4] - attribute[3]));
    }
  kennis_xml_parser_end_item (self);
  /* Whoever reads decides by the header whether to go on. */
  self->block = kennis_xml_pipe_next_block (self->pipe, TRUE);
  self->state = KENNIS_XML_IN_ROOT;
}

static void
start_group (KennisXmlParser *self,
             const xmlChar   *name,
             int              n_attributes,
             const xmlChar  **attributes)
{
  int type = 0;

  while (type < (int) KENNIS_N_RECORD_TYPES && self->groups[type] != name)
    type++;
  if (type == (int) KENNIS_N_RECORD_TYPES)
    {
      /* Told when it ends: the name of one that does not may be cut off. */
      self->unknown_group = TRUE;
      self->group_line = self->line;
      self->group_column = self->column;
      self->skipping = 1;
      return;
    }

  for (int i = 0; i < n_attributes; i++)
    if (attributes[5 * i + 2] == NULL)
      remark (self, KENNIS_RAW_REMARK, KENNIS_RAW_UNKNOWN_ATTRIBUTE, attributes[5 * i], length_of (attributes[5 * i]));
  self->type = (guint8) type;
  self->fields = kennis_schema_get (self->type)->fields;
  self->misplaced = type <= self->last_group;
  self->last_group = MAX (type, self->last_group);
  self->state = KENNIS_XML_IN_GROUP;
}

/* The field of an attribute; most files name them in the order of the schema. */
static inline guint8
field_named (const KennisXmlParser *self,
             const xmlChar         *name,
             guint                 *next)
{
  const xmlChar *const *names = self->names[self->type];
  guint n = kennis_schema_get (self->type)->n_fields;

  for (guint f = *next; f < n; f++)
    if (names[f] == name)
      {
        *next = f + 1;
        return (guint8) f;
      }
  for (guint f = 0; f < *next; f++)
    if (names[f] == name)
      return (guint8) f;
  if (name == self->hours)
    for (guint f = 0; f < n; f++)
      if (names[f] == self->duration)
        return KENNIS_RAW_HOURS;

  return KENNIS_RAW_UNKNOWN_ATTRIBUTE;
}

static void
start_record (KennisXmlParser *self,
              const xmlChar   *name,
              int              n_attributes,
              const xmlChar  **attributes)
{
  guint next = 0;

  self->state = KENNIS_XML_IN_RECORD;
  if (name != self->records[self->type])
    {
      kennis_raw_begin (self->block, KENNIS_RAW_RECORD, KENNIS_RAW_NO_TYPE, self->line, self->column, NULL, 0);
      add_text (self, KENNIS_RAW_WRONG_RECORD, self->type, name, length_of (name));
      return;
    }

  kennis_raw_begin (self->block, KENNIS_RAW_RECORD, self->type, self->line, self->column,
                    self->types[self->type].unknown, kennis_schema_get (self->type)->n_fields);
  self->timed = FALSE;
  for (int i = 0; i < n_attributes; i++)
    {
      const xmlChar **attribute = attributes + 5 * i;
      guint8 field;

      if (attribute[2] != NULL)
        continue;
      field = field_named (self, attribute[0], &next);
      if (G_UNLIKELY (field == KENNIS_RAW_UNKNOWN_ATTRIBUTE))
        add_text (self, field, 0, attribute[0], MIN (length_of (attribute[0]), 200));
      else if (!kennis_xml_plain_add_value (self, field, (const char *) attribute[3],
                                            (gsize) MIN (attribute[4] - attribute[3], KENNIS_MAX_TEXT + 1)))
        self->too_large = TRUE;
    }
  if (self->misplaced)
    add_text (self, KENNIS_RAW_MISPLACED, (guint8) self->last_group, BAD_CAST "", 0);
}

/* Lists are fields without an attribute: names[] has NULL for them. */
static void
start_child (KennisXmlParser *self,
             const xmlChar   *name,
             int              n_attributes,
             const xmlChar  **attributes)
{
  const KennisXmlList *list = NULL;
  const xmlChar **first = NULL, **second = NULL;

  self->state = KENNIS_XML_IN_CHILD;
  for (guint i = 0; i < KENNIS_XML_N_LISTS && list == NULL; i++)
    if (kennis_xml_list (i)->type == self->type && xmlStrEqual (name, BAD_CAST kennis_xml_list (i)->element))
      list = kennis_xml_list (i);
  if (list == NULL)
    {
      add_text (self, KENNIS_RAW_UNKNOWN_ELEMENT, 0, name, MIN (length_of (name), 200));
      return;
    }

  for (int i = 0; i < n_attributes; i++)
    {
      const xmlChar **attribute = attributes + 5 * i;

      if (attribute[2] != NULL)
        continue;
      if (xmlStrEqual (attribute[0], BAD_CAST list->attribute))
        first = attribute;
      else if (list->value != NULL && xmlStrEqual (attribute[0], BAD_CAST list->value))
        second = attribute;
      else
        add_text (self, KENNIS_RAW_UNKNOWN_ATTRIBUTE, 0, attribute[0], MIN (length_of (attribute[0]), 200));
    }
  if (first == NULL || (list->value != NULL && second == NULL))
    {
      add_text (self, KENNIS_RAW_MISSING_ATTRIBUTE, 0, BAD_CAST (first == NULL ? list->attribute : list->value),
                strlen (first == NULL ? list->attribute : list->value));
      return;
    }
  add_text (self, list->field, list->value != NULL ? KENNIS_RAW_PAIR_NAME : KENNIS_RAW_MEMBER, first[3],
            (gsize) (first[4] - first[3]));
  if (second != NULL)
    add_text (self, list->field, KENNIS_RAW_PAIR_VALUE, second[3], (gsize) (second[4] - second[3]));
}

static void
start_foreign (KennisXmlParser *self,
               const xmlChar   *name,
               const xmlChar   *prefix)
{
  g_autofree char *full = prefix != NULL ? g_strdup_printf ("%s:%s", prefix, name) : g_strdup ((const char *) name);

  self->skipping = 1;
  if (self->state == KENNIS_XML_IN_RECORD || self->state == KENNIS_XML_IN_CHILD)
    add_text (self, KENNIS_RAW_FOREIGN, 0, BAD_CAST full, MIN (strlen (full), 200));
  else
    remark (self, KENNIS_RAW_REMARK, KENNIS_RAW_FOREIGN, BAD_CAST full, strlen (full));
}

static void
on_start (void           *data,
          const xmlChar  *name,
          const xmlChar  *prefix,
          const xmlChar  *uri,
          int             n_namespaces,
          const xmlChar **namespaces,
          int             n_attributes,
          int             n_defaulted,
          const xmlChar **attributes)
{
  KennisXmlParser *self = data;

  if (self->stopped)
    return;
  if (n_attributes + n_namespaces > KENNIS_XML_MAX_ATTRIBUTES)
    {
      stop (self, KENNIS_XML_TOO_MANY_ATTRIBUTES, NULL, self->line, self->column);
      xmlStopParser (self->context);
      return;
    }

  if (self->skipping > 0)
    self->skipping++;
  else if (self->state != KENNIS_XML_IN_NOTHING && uri != self->namespace)
    start_foreign (self, name, prefix);
  else if (self->state == KENNIS_XML_IN_GROUP)
    {
      start_record (self, name, n_attributes, attributes);
      self->is_plain = prefix == NULL && n_namespaces == 0 && name == self->records[self->type] && !self->misplaced;
    }
  else if (self->state == KENNIS_XML_IN_RECORD)
    start_child (self, name, n_attributes, attributes);
  else if (self->state == KENNIS_XML_IN_NOTHING)
    start_root (self, name, uri, n_attributes, attributes);
  else if (self->state == KENNIS_XML_IN_ROOT)
    start_group (self, name, n_attributes, attributes);
  else
    {
      add_text (self, KENNIS_RAW_UNKNOWN_ELEMENT, 0, name, MIN (length_of (name), 200));
      self->skipping = 1;
    }
  if (self->stopped)
    return;
  kennis_xml_parser_mark_place (self);
  self->column++; /* the ">" is not behind us yet */
}

static void
on_end (void          *data,
        const xmlChar *name,
        const xmlChar *prefix,
        const xmlChar *uri)
{
  KennisXmlParser *self = data;

  if (self->stopped)
    return;
  if (self->skipping > 0)
    {
      self->skipping--;
      if (self->skipping == 0 && self->unknown_group)
        {
          self->line = self->group_line;
          self->column = self->group_column;
          remark (self, KENNIS_RAW_RECORD, KENNIS_RAW_UNKNOWN_ELEMENT, name, length_of (name));
          self->unknown_group = FALSE;
        }
    }
  else
    {
      if (self->state == KENNIS_XML_IN_RECORD)
        kennis_xml_parser_end_item (self);
      self->state--;
      if (self->is_plain && self->state == KENNIS_XML_IN_GROUP)
        kennis_xml_plain_run (self);
    }
  kennis_xml_parser_mark_place (self);
}

static void
on_text (void          *data,
         const xmlChar *text,
         int            length)
{
  KennisXmlParser *self = data;
  int i = 0;

  if (self->stopped)
    return;
  while (i < length && (text[i] == ' ' || text[i] == '\n' || text[i] == '\t' || text[i] == '\r'))
    i++;
  if (i < length && self->skipping == 0)
    {
      gsize cut = (gsize) MIN (length - i, 200);

      if (self->state == KENNIS_XML_IN_RECORD || self->state == KENNIS_XML_IN_CHILD)
        add_text (self, KENNIS_RAW_TEXT, 0, text + i, cut);
      else
        remark (self, KENNIS_RAW_REMARK, KENNIS_RAW_TEXT, text + i, cut);
    }
  kennis_xml_parser_mark_place (self);
}

static void
on_comment (void          *data,
            const xmlChar *text)
{
  KennisXmlParser *self = data;

  if (!self->stopped)
    kennis_xml_parser_mark_place (self);
}

static void
on_instruction (void          *data,
                const xmlChar *target,
                const xmlChar *text)
{
  on_comment (data, text);
}

/* A document type could declare entities, or name files and hosts: nothing of it is looked at. */
static void
on_doctype (void          *data,
            const xmlChar *name,
            const xmlChar *external_id,
            const xmlChar *system_id)
{
  KennisXmlParser *self = data;

  stop (self, KENNIS_XML_DOCTYPE, (const char *) name, (guint) self->context->input->line,
        (guint) self->context->input->col);
  xmlStopParser (self->context);
}

static void
on_error (void     *data,
          xmlError *error)
{
  KennisXmlParser *self = data;

  /* A name space of a prefix that nobody declared makes the element a foreign one; warnings are of no concern. */
  if (error->level == XML_ERR_FATAL || (error->level == XML_ERR_ERROR && error->domain != XML_FROM_NAMESPACE))
    stop (self, KENNIS_XML_MALFORMED, error->message, error->line > 0 ? (guint) error->line : self->line,
          error->line > 0 ? (guint) MAX (0, error->int2) : self->column);
}

static gboolean
next_bytes (KennisXmlParser *self)
{
  if (self->chunk != NULL && self->at == self->chunk->length)
    {
      kennis_xml_pipe_drained (self->pipe);
      self->chunk = NULL;
    }
  if (self->chunk == NULL)
    {
      self->chunk = kennis_xml_pipe_next_chunk (self->pipe);
      self->at = 0;
    }

  return self->chunk != NULL;
}

/* Fills the room as far as there are bytes: libxml2 takes a short reading for the end where it looks ahead. */
static int
on_read (void *data,
         char *buffer,
         int   room)
{
  KennisXmlParser *self = data;
  gsize given = 0;

  if (!self->stopped && self->n_since_event > KENNIS_XML_MAX_TAG)
    stop (self, KENNIS_XML_TAG_TOO_LONG, NULL, self->line, self->column);

  while (!self->stopped && given < (gsize) room && next_bytes (self))
    {
      gsize n = MIN ((gsize) room - given, self->chunk->length - self->at);

      memcpy (buffer + given, self->chunk->data + self->at, n);
      self->at += n;
      given += n;
    }
  self->n_since_event += given;

  return (int) given;
}

static void
look_up_names (KennisXmlParser *self)
{
  xmlDict *dict = self->context->dict;

  self->namespace = xmlDictLookup (dict, BAD_CAST KENNIS_XML_NAMESPACE, -1);
  self->hours = xmlDictLookup (dict, BAD_CAST "hours", -1);
  self->duration = xmlDictLookup (dict, BAD_CAST "duration", -1);
  for (guint i = 0; i < KENNIS_N_RECORD_TYPES; i++)
    {
      const KennisSchema *schema = kennis_schema_get (i);

      self->records[i] = xmlDictLookup (dict, BAD_CAST schema->name, -1);
      self->groups[i] = xmlDictLookup (dict, BAD_CAST schema->group, -1);
      for (guint f = 0; f < schema->n_fields; f++)
        if (schema->fields[f].kind != KENNIS_KIND_LIST && schema->fields[f].kind != KENNIS_KIND_PAIRS)
          self->names[i][f] = xmlDictLookup (dict, BAD_CAST schema->fields[f].name, -1);
    }
  kennis_xml_plain_init (self);
}

/* Without handlers for entities there are none but the five of XML, and nothing is ever fetched. */
KennisXmlParser *
kennis_xml_parser_new (KennisXmlPipe *pipe)
{
  KennisXmlParser *self = g_new0 (KennisXmlParser, 1);
  xmlSAXHandler handler = {
    .initialized = XML_SAX2_MAGIC,
    .internalSubset = on_doctype,
    .startElementNs = on_start,
    .endElementNs = on_end,
    .characters = on_text,
    .ignorableWhitespace = on_text,
    .cdataBlock = on_text,
    .comment = on_comment,
    .processingInstruction = on_instruction,
    .serror = (xmlStructuredErrorFunc) on_error,
  };

  xmlInitParser ();
  self->pipe = pipe;
  self->last_group = -1;
  self->line = self->column = 1;
  self->context = xmlCreateIOParserCtxt (&handler, self, on_read, NULL, self, XML_CHAR_ENCODING_NONE);
  g_assert (self->context != NULL); /* only out of memory, where GLib ends the process as well */
  /* Without NOENT, "&amp;" in an attribute comes as "&#38;"; entities to replace there are none. */
  xmlCtxtUseOptions (self->context, XML_PARSE_NONET | XML_PARSE_NOENT);
  look_up_names (self);

  return self;
}

void
kennis_xml_parser_free (KennisXmlParser *self)
{
  /* Behind a fault, where no handler is called any more, libxml2 makes one for itself to note entities in. */
  g_clear_pointer (&self->context->myDoc, xmlFreeDoc);
  xmlFreeParserCtxt (self->context);
  g_free (self->detail);
  g_free (self);
}

gpointer
kennis_xml_parser_run (gpointer data)
{
  KennisXmlParser *self = data;

  /* Errors of encodings come without a context; nothing may go to standard error. */
  xmlSetStructuredErrorFunc (self, (xmlStructuredErrorFunc) on_error);
  self->block = kennis_xml_pipe_next_block (self->pipe, FALSE);
  xmlParseDocument (self->context);

  /* A byte 0 behind the root ends the document for libxml2. */
  if (!self->stopped && (self->context->input->cur < self->context->input->end || on_read (self, (char[1]) { 0 }, 1) > 0))
    stop (self, KENNIS_XML_MALFORMED, "Extra content at the end of the document", self->line, self->column);
  /* What was not closed was not whole. */
  if (self->state >= KENNIS_XML_IN_RECORD)
    self->block->used = self->block->item;
  if (self->block->used > 0)
    kennis_xml_pipe_next_block (self->pipe, TRUE);
  kennis_xml_pipe_done (self->pipe);

  return NULL;
}

KennisXmlEnd
kennis_xml_parser_end (const KennisXmlParser *self,
                       const char           **detail,
                       guint                 *line,
                       guint                 *column)
{
  *detail = self->detail;
  *line = self->end_line;
  *column = self->end_column;

  return self->end;
}
