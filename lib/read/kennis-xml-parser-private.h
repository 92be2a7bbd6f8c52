#pragma once

#include "read/kennis-reader-private.h"
#include "read/kennis-xml-private.h"

#include <libxml/parser.h>

/* Where in the document the parser is. */
enum { KENNIS_XML_IN_NOTHING, KENNIS_XML_IN_ROOT, KENNIS_XML_IN_GROUP, KENNIS_XML_IN_RECORD, KENNIS_XML_IN_CHILD };

/* A name and the "=" behind it, as the first of sixteen bytes. */
typedef struct
{
  guint64            bytes[2], mask[2];
  const KennisField *field;
  guint8             number;       /* of the field, or KENNIS_RAW_HOURS */
  guint8             length;
} KennisXmlName;

/* One type of record, as kennis-xml-plain.c knows it. */
typedef struct
{
  char          tag[32];                        /* "<activity" */
  guint         length;
  KennisXmlName names[KENNIS_MAX_FIELDS + 1];
  guint         n_names, n_fields;
  KennisXmlName *hours;                          /* NULL: there are none in such a record */
  guint8        order[KENNIS_MAX_FIELDS + 1];   /* which name came at which place the last time */
  gint64        unknown[KENNIS_MAX_FIELDS];     /* the codes of a record without fields */
} KennisXmlType;

/* Names are those of libxml2's dictionary, so that they are compared as pointers. */
struct _KennisXmlParser
{
  KennisXmlPipe         *pipe;
  xmlParserCtxt         *context;
  const KennisPipeChunk *chunk;
  gsize                  at;              /* in the chunk */
  gsize                  n_since_event;   /* bytes given to libxml2 since it last told of something */
  KennisRawBlock        *block;

  const xmlChar *namespace;
  const xmlChar *names[KENNIS_N_RECORD_TYPES][KENNIS_MAX_FIELDS];
  const xmlChar *records[KENNIS_N_RECORD_TYPES], *groups[KENNIS_N_RECORD_TYPES];
  const xmlChar *hours, *duration;
  KennisXmlType  types[KENNIS_N_RECORD_TYPES];
  KennisWords    words;

  guint8  state;
  guint8  type;           /* of the group we are in */
  const KennisField *fields;   /* of it */
  int     last_group;
  guint   skipping;       /* depth inside an element that is not looked at */
  guint   line, column;   /* where the last event ended: there the next element begins */
  guint   group_line, group_column;
  gboolean misplaced, too_large, unknown_group;
  gboolean timed;         /* the record has a duration or hours */
  gboolean is_plain;      /* the record has its name from the default name space, and its siblings would as well */

  gboolean     stopped;
  KennisXmlEnd end;
  char        *detail;
  guint        end_line, end_column;
};

/* kennis-xml-parser.c */
void     kennis_xml_parser_end_item   (KennisXmlParser *self);
void     kennis_xml_parser_mark_place (KennisXmlParser *self);

/* kennis-xml-plain.c */
void     kennis_xml_plain_init       (KennisXmlParser *self);
/* A field's value: its code into the item, where it can be known here, else its text. */
gboolean kennis_xml_plain_add_value  (KennisXmlParser *self, guint8 field, const char *text, gsize length);
/* Takes the records that follow in libxml2's buffer, as far as they are plain. */
void     kennis_xml_plain_run        (KennisXmlParser *self);
