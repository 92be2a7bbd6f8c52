#pragma once

#include "dataset/kennis-schema-private.h"
#include "read/kennis-xml-pipe-private.h"

/* The XML of Kennis: docs/file-format.md and data/schema/kennis-1.rng. */
#define KENNIS_XML_NAMESPACE "urn:kennis:records:1"
#define KENNIS_XML_VERSION   "1"
#define KENNIS_XML_MAX_TAG   (512u * 1024)   /* bytes of one tag */
#define KENNIS_XML_MAX_ATTRIBUTES 64         /* of one element */

/* How the members of a list stand in a record: one empty element each. */
typedef struct
{
  guint8      type;        /* KennisRecordType */
  guint8      field;
  const char *element;
  const char *attribute;
  const char *value;       /* the second attribute, of pairs; NULL for plain lists */
} KennisXmlList;

#define KENNIS_XML_N_LISTS 5

/* Number i of KENNIS_XML_N_LISTS, in schema order. */
const KennisXmlList *kennis_xml_list     (guint i);
const KennisXmlList *kennis_xml_list_for (KennisRecordType type, guint field);

typedef enum
{
  KENNIS_XML_GOOD,
  KENNIS_XML_NOT_KENNIS,     /* the root is another element; detail: which one */
  KENNIS_XML_MALFORMED,      /* detail: what libxml2 says */
  KENNIS_XML_DOCTYPE,
  KENNIS_XML_TAG_TOO_LONG,
  KENNIS_XML_TOO_MANY_ATTRIBUTES
} KennisXmlEnd;

/* Parses what comes through the pipe, on its own thread.  How it ended may be looked at when that thread has. */
typedef struct _KennisXmlParser KennisXmlParser;

KennisXmlParser *kennis_xml_parser_new  (KennisXmlPipe *pipe);
void             kennis_xml_parser_free (KennisXmlParser *self);
gpointer         kennis_xml_parser_run  (gpointer self);        /* the thread's body */
KennisXmlEnd     kennis_xml_parser_end  (const KennisXmlParser *self, const char **detail, guint *line, guint *column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisXmlParser, kennis_xml_parser_free)
