#pragma once

#include <gio/gio.h>
#include <libxml/tree.h>

/* Parses a small document whole: without network, without a document type, and without a word on standard error.  NULL with an
 * error that has the name and the line. */
xmlDoc *kennis_xml_parse (GBytes *bytes, const char *name, GError **error);
