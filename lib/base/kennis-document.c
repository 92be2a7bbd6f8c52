#include "config.h"

#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-document-private.h"
#include "base/kennis-i18n-private.h"

gboolean
kennis_document_wrong (const KennisDocument *self, xmlNode *node, const char *problem)
{
  g_set_error (self->error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("%s, line %ld: <%s>: %s"), self->file,
               xmlGetLineNo (node), (const char *) node->name, problem);
  return FALSE;
}

gboolean
kennis_document_is (const KennisDocument *self, xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && node->ns != NULL
         && strcmp ((const char *) node->ns->href, self->namespace) == 0
         && strcmp ((const char *) node->name, name) == 0;
}

char *
kennis_document_attribute (xmlNode *node, const char *name)
{
  xmlChar *value = xmlGetNoNsProp (node, (const xmlChar *) name);
  char *copy = g_strdup ((const char *) value);

  xmlFree (value);
  return copy;
}

gboolean
kennis_document_only (const KennisDocument *self, xmlNode *node, const char *const *names)
{
  for (xmlAttr *a = node->properties; a != NULL; a = a->next)
    if (a->ns != NULL || !g_strv_contains (names, (const char *) a->name))
      {
        g_autofree char *accepted = g_strjoinv (", ", (char **) names);
        g_autofree char *problem =
            g_strdup_printf (_("attribute “%s” is not one of %s"), (const char *) a->name, accepted);

        return kennis_document_wrong (self, node, problem);
      }
  return TRUE;
}

gboolean
kennis_document_word (const KennisDocument *self, xmlNode *node, const char *name, GType type, int *value)
{
  g_autofree char *text = kennis_document_attribute (node, name);
  g_autoptr (GEnumClass) words = g_type_class_ref (type);
  g_autoptr (GString) accepted = g_string_new (NULL);
  g_autofree char *problem = NULL;

  if (text == NULL)
    return TRUE;
  for (guint i = 0; i < words->n_values; i++)
    {
      if (strcmp (words->values[i].value_nick, text) == 0)
        {
          *value = words->values[i].value;
          return TRUE;
        }
      g_string_append_printf (accepted, i > 0 ? ", %s" : "%s", words->values[i].value_nick);
    }
  problem = g_strdup_printf (_("%s “%s” is not one of %s"), name, text, accepted->str);
  return kennis_document_wrong (self, node, problem);
}
