#pragma once

#include <gio/gio.h>
#include <libxml/tree.h>

/* Small XML documents that people write (value models, instruments), as the tree that kennis_xml_parse() gives: what is not
 * known is an error with file and line. */
typedef struct
{
  const char *file;        /* what errors call it */
  const char *namespace;
  GError    **error;
} KennisDocument;

/* Sets the error to "FILE, line N: <NAME>: PROBLEM"; always false. */
gboolean kennis_document_wrong     (const KennisDocument *self, xmlNode *node, const char *problem);
gboolean kennis_document_is        (const KennisDocument *self, xmlNode *node, const char *name);
/* The attribute's value or NULL; free with g_free(). */
char    *kennis_document_attribute (xmlNode *node, const char *name);
/* Unknown attributes are mistakes, not news. */
gboolean kennis_document_only      (const KennisDocument *self, xmlNode *node, const char *const *names);
/* The attribute as a nick of the enum; *value stays where it is absent. */
gboolean kennis_document_word      (const KennisDocument *self, xmlNode *node, const char *name, GType type, int *value);
