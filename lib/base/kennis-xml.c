#include "config.h"

#include <libxml/parser.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-xml-private.h"

#include <kennis/kennis-error.h>

/* Errors of encodings come without a context, and libxml2 would print them. */
static void
be_silent (void *data, xmlErrorPtr error)
{
}

static xmlDoc *
parse (xmlParserCtxt *context, GBytes *bytes)
{
  xmlStructuredErrorFunc func = xmlStructuredError; /* of this thread */
  void *func_context = xmlStructuredErrorContext;
  xmlDoc *document;

  xmlSetStructuredErrorFunc (NULL, (xmlStructuredErrorFunc) be_silent);
  document = xmlCtxtReadMemory (context, g_bytes_get_data (bytes, NULL), (int) g_bytes_get_size (bytes), NULL, NULL,
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  xmlSetStructuredErrorFunc (func_context, func);
  return document;
}

xmlDoc *
kennis_xml_parse (GBytes *bytes, const char *name, GError **error)
{
  xmlParserCtxt *context = xmlNewParserCtxt ();
  xmlDoc *document = parse (context, bytes);
  const xmlError *problem = xmlCtxtGetLastError (context);
  g_autofree char *why = g_utf8_make_valid (problem != NULL && problem->message != NULL ? problem->message : "", -1);

  if (document == NULL)
    g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_PARSE, _("%s, line %d: not well-formed XML: %s"), name,
                 problem != NULL ? problem->line : 0, g_strchomp (why));
  else if (document->intSubset != NULL || xmlDocGetRootElement (document) == NULL)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_UNSUPPORTED,
                   _("%s: a document type declaration is not accepted; leave <!DOCTYPE out"), name);
      g_clear_pointer (&document, xmlFreeDoc);
    }
  xmlFreeParserCtxt (context);
  return document;
}
