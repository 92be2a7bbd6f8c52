#include "config.h"

#include <limits.h>
#include <string.h>

#include <kennis/kennis-enum-types.h>
#include <kennis/kennis-error.h>

#include "base/kennis-document-private.h"
#include "base/kennis-i18n-private.h"
#include "base/kennis-xml-private.h"
#include "base/kennis-texts-private.h"
#include "value/kennis-value-model-private.h"

#define NAMESPACE "urn:kennis:value:1"
#define MAX_BYTES (16 << 20)

typedef struct
{
  KennisDocument    document;
  KennisValueModel *model;
  const char       *programme;
  const char       *benefit;
  GHashTable       *taken;     /* paths of inputs */
} Reading;

/* Puts file and line before an error that came from the model. */
static gboolean
at_line (Reading  *self,
         xmlNode  *node,
         gboolean  fine)
{
  if (!fine)
    g_prefix_error (self->document.error, _("%s, line %ld: "), self->document.file, xmlGetLineNo (node));
  return fine;
}

static gboolean
take_input (Reading *self,
            xmlNode *node)
{
  static const char *const names[] = { "name", "value", "evidence", "source", NULL };
  g_autofree char *name = kennis_document_attribute (node, "name"), *value = kennis_document_attribute (node, "value"),
                  *source = kennis_document_attribute (node, "source");
  g_autofree char *path = NULL;
  int evidence = KENNIS_EVIDENCE_UNKNOWN;

  if (!kennis_document_only (&self->document, node, names)
      || !kennis_document_word (&self->document, node, "evidence", KENNIS_TYPE_EVIDENCE, &evidence))
    return FALSE;
  if (name == NULL || value == NULL || strchr (name, '/') != NULL)
    return kennis_document_wrong (&self->document, node,
                                  _("needs a name (participants, amount, …) and a value (1200, pert(1,2,4), …)"));
  path = self->benefit != NULL     ? g_strdup_printf ("%s/%s/%s", self->programme, self->benefit, name)
         : self->programme != NULL ? g_strdup_printf ("%s/%s", self->programme, name)
                                   : g_strdup (name);
  if (!g_hash_table_add (self->taken, g_strdup (path)))
    return kennis_document_wrong (&self->document, node, _("is the second of that name here; accepted is one"));
  return at_line (self, node,
                  kennis_value_model_set_input_text (self->model, path, value, evidence, source, self->document.error));
}

static gboolean
take_benefit (Reading *self,
              xmlNode *node)
{
  static const char *const names[] = { "id", "name", "kind", "method", NULL };
  g_autofree char *id = kennis_document_attribute (node, "id"), *name = kennis_document_attribute (node, "name");
  int kind = KENNIS_BENEFIT_KIND_OTHER, method = KENNIS_BENEFIT_METHOD_AMOUNT;
  gboolean fine = TRUE;

  if (!kennis_document_only (&self->document, node, names)
      || !kennis_document_word (&self->document, node, "kind", KENNIS_TYPE_BENEFIT_KIND, &kind)
      || !kennis_document_word (&self->document, node, "method", KENNIS_TYPE_BENEFIT_METHOD, &method))
    return FALSE;
  if (id == NULL)
    return kennis_document_wrong (&self->document, node, _("needs an id"));
  if (!at_line (
          self, node,
          kennis_value_model_add_benefit (self->model, self->programme, id, name, kind, method, self->document.error)))
    return FALSE;
  self->benefit = id;
  for (xmlNode *child = node->children; child != NULL && fine; child = child->next)
    if (child->type == XML_ELEMENT_NODE)
      fine = kennis_document_is (&self->document, child, "input")
                 ? take_input (self, child)
                 : kennis_document_wrong (&self->document, child, _("<benefit> takes <input> only"));
  self->benefit = NULL;
  return fine;
}

static gboolean
take_reason (Reading *self,
             xmlNode *node)
{
  xmlChar *text = xmlNodeGetContent (node);
  gboolean fine =
      kennis_value_model_add_reason (self->model, self->programme, (const char *) text, self->document.error);

  xmlFree (text);
  return at_line (self, node, fine);
}

static gboolean
take_programme_part (Reading *self,
                     xmlNode *node)
{
  if (kennis_document_is (&self->document, node, "input"))
    return take_input (self, node);
  if (kennis_document_is (&self->document, node, "benefit"))
    return take_benefit (self, node);
  if (kennis_document_is (&self->document, node, "reason"))
    return take_reason (self, node);
  return kennis_document_wrong (&self->document, node, _("<programme> takes <input>, <reason> and <benefit> only"));
}

static gboolean
take_programme (Reading *self,
                xmlNode *node)
{
  static const char *const names[] = { "id", "name", NULL };
  g_autofree char *id = kennis_document_attribute (node, "id"), *name = kennis_document_attribute (node, "name");
  gboolean fine = TRUE;

  if (!kennis_document_only (&self->document, node, names))
    return FALSE;
  if (id == NULL)
    return kennis_document_wrong (&self->document, node, _("needs an id"));
  if (!at_line (self, node, kennis_value_model_add_programme (self->model, id, name, self->document.error)))
    return FALSE;
  self->programme = id;
  for (xmlNode *child = node->children; child != NULL && fine; child = child->next)
    if (child->type == XML_ELEMENT_NODE)
      fine = take_programme_part (self, child);
  self->programme = NULL;
  return fine;
}

static gboolean
take_correlation (Reading *self,
                  xmlNode *node)
{
  static const char *const names[] = { "a", "b", "value", NULL };
  g_autofree char *a = kennis_document_attribute (node, "a"), *b = kennis_document_attribute (node, "b"),
                  *value = kennis_document_attribute (node, "value");
  char *end = NULL;
  double number;

  if (!kennis_document_only (&self->document, node, names))
    return FALSE;
  number = value != NULL ? g_ascii_strtod (value, &end) : 0;
  if (a == NULL || b == NULL || value == NULL || end == value || *end != '\0')
    return kennis_document_wrong (&self->document, node,
                                  _("needs the paths a and b of two inputs and a value over -1 and under 1"));
  return at_line (self, node, kennis_value_model_set_correlation (self->model, a, b, number, self->document.error));
}

static gboolean
take_child (Reading *self,
            xmlNode *child)
{
  if (kennis_document_is (&self->document, child, "input"))
    return take_input (self, child);
  if (kennis_document_is (&self->document, child, "programme"))
    return take_programme (self, child);
  return kennis_document_wrong (&self->document, child,
                                _("<value-model> takes <input>, <programme> and <correlation> only"));
}

/* Correlations last, wherever they are: they are of inputs. */
static gboolean
take_children (Reading *self,
               xmlNode *root)
{
  for (int last = 0; last < 2; last++)
    for (xmlNode *child = root->children; child != NULL; child = child->next)
      {
        gboolean is_last =
            child->type == XML_ELEMENT_NODE && kennis_document_is (&self->document, child, "correlation");

        if (child->type != XML_ELEMENT_NODE || is_last != last)
          continue;
        if (is_last ? !take_correlation (self, child) : !take_child (self, child))
          return FALSE;
      }
  return TRUE;
}

static gboolean
take_model (Reading *self,
            xmlNode *root)
{
  static const char *const names[] = { "version", "currency", "horizon", "timing", NULL };
  g_autofree char *currency = kennis_document_attribute (root, "currency"),
                  *horizon = kennis_document_attribute (root, "horizon");
  g_autofree char *version = kennis_document_attribute (root, "version");
  guint64 months = 0;
  int timing = KENNIS_CASH_TIMING_MONTH_END;

  if (!kennis_document_is (&self->document, root, "value-model"))
    return kennis_document_wrong (&self->document, root,
                                  _("the document element should be <value-model xmlns=\"urn:kennis:value:1\">"));
  if (!kennis_document_only (&self->document, root, names)
      || !kennis_document_word (&self->document, root, "timing", KENNIS_TYPE_CASH_TIMING, &timing))
    return FALSE;
  if (g_strcmp0 (version, "1") != 0)
    return kennis_document_wrong (&self->document, root, _("needs version=\"1\""));
  if (currency == NULL || strspn (currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3 || currency[3] != '\0')
    return kennis_document_wrong (&self->document, root, _("needs a currency of three capitals (ISO 4217): EUR"));
  if (horizon == NULL || !g_ascii_string_to_unsigned (horizon, 10, 1, KENNIS_MAX_HORIZON, &months, NULL))
    return kennis_document_wrong (&self->document, root, _("needs a horizon in whole months from 1 to 1200"));
  self->model =
      g_object_new (KENNIS_TYPE_VALUE_MODEL, "currency", currency, "horizon", (guint) months, "timing", timing, NULL);
  return take_children (self, root);
}

/**
 * kennis_value_model_new_from_bytes:
 * @bytes: an XML document of at most 16 MiB
 * @name: (nullable): what to call it in errors
 * @error: return location for an error
 *
 * Reads a model (data/schema/kennis-value-1.rng).
 *
 * Errors tell name and line, and what would be accepted.  No network, no document type, no entities.
 *
 * Returns: (transfer full): a new model
 *
 * Since: 1.0
 */
KennisValueModel *
kennis_value_model_new_from_bytes (GBytes      *bytes,
                                   const char  *name,
                                   GError     **error)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading = { .document = { name != NULL ? name : _("value model"), NAMESPACE, error }, .taken = taken };
  xmlDoc *document;
  gboolean fine;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (g_bytes_get_size (bytes) > MAX_BYTES)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE, _("%s: a value model has at most 16 MiB"),
                   reading.document.file);
      return NULL;
    }
  document = kennis_xml_parse (bytes, reading.document.file, error);
  if (document == NULL)
    return NULL;
  fine = take_model (&reading, xmlDocGetRootElement (document));
  xmlFreeDoc (document);
  if (!fine)
    g_clear_object (&reading.model);
  return reading.model;
}

/**
 * kennis_value_model_new_from_file:
 * @file: a file
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Reads a model from a file, see [ctor@ValueModel.new_from_bytes].
 *
 * Returns: (transfer full): a new model
 *
 * Since: 1.0
 */
KennisValueModel *
kennis_value_model_new_from_file (GFile         *file,
                                  GCancellable  *cancellable,
                                  GError       **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  bytes = g_file_load_bytes (file, cancellable, NULL, error);
  if (bytes == NULL)
    return NULL;
  name = g_file_get_parse_name (file);
  return kennis_value_model_new_from_bytes (bytes, name, error);
}

static void
set (xmlNode    *node,
     const char *name,
     const char *value)
{
  if (value != NULL)
    xmlNewProp (node, (const xmlChar *) name, (const xmlChar *) value);
}

static void
set_word (xmlNode    *node,
          const char *name,
          GType       type,
          int         value)
{
  g_autoptr (GEnumClass) words = g_type_class_ref (type);

  set (node, name, g_enum_get_value (words, value)->value_nick);
}

static void
write_inputs (xmlNode     *parent,
              KennisInput *inputs)
{
  for (guint i = 0; i < KENNIS_N_INPUTS; i++)
    if (inputs[i].quantity != NULL)
      {
        xmlNode *node = xmlNewChild (parent, NULL, (const xmlChar *) "input", NULL);
        g_autofree char *value = kennis_quantity_to_text (inputs[i].quantity);

        set (node, "name", kennis_input_info (i)->name);
        set (node, "value", value);
        if (inputs[i].evidence != KENNIS_EVIDENCE_UNKNOWN)
          set_word (node, "evidence", KENNIS_TYPE_EVIDENCE, inputs[i].evidence);
        set (node, "source", inputs[i].source);
      }
}

static void
write_programme (xmlNode          *root,
                 KennisInvestment *programme)
{
  xmlNode *node = xmlNewChild (root, NULL, (const xmlChar *) "programme", NULL);

  set (node, "id", programme->id);
  set (node, "name", programme->name);
  write_inputs (node, programme->inputs);
  for (guint i = 0; i < programme->reasons->len; i++)
    xmlNewTextChild (node, NULL, (const xmlChar *) "reason", programme->reasons->pdata[i]);
  for (guint i = 0; i < programme->benefits->len; i++)
    {
      KennisBenefit *benefit = programme->benefits->pdata[i];
      xmlNode *child = xmlNewChild (node, NULL, (const xmlChar *) "benefit", NULL);

      set (child, "id", benefit->id);
      set (child, "name", benefit->name);
      set_word (child, "kind", KENNIS_TYPE_BENEFIT_KIND, benefit->kind);
      set_word (child, "method", KENNIS_TYPE_BENEFIT_METHOD, benefit->method);
      write_inputs (child, benefit->inputs);
    }
}

/* Those that do something: one of a number would not be taken again. */
static void
write_correlations (xmlNode          *root,
                    KennisValueModel *self)
{
  for (guint i = 0; i < self->correlations->len; i++)
    {
      KennisCorrelation *correlation = &g_array_index (self->correlations, KennisCorrelation, i);
      g_autofree char *value = kennis_number_to_text (correlation->value);
      xmlNode *node;

      if (!kennis_value_model_is_uncertain (self, correlation->a)
          || !kennis_value_model_is_uncertain (self, correlation->b))
        continue;
      node = xmlNewChild (root, NULL, (const xmlChar *) "correlation", NULL);
      set (node, "a", correlation->a);
      set (node, "b", correlation->b);
      set (node, "value", value);
    }
}

/**
 * kennis_value_model_to_bytes:
 * @self: a model
 *
 * Writes a model as [ctor@ValueModel.new_from_bytes] reads it.
 *
 * Returns: (transfer full): an XML document
 *
 * Since: 1.0
 */
GBytes *
kennis_value_model_to_bytes (KennisValueModel *self)
{
  xmlDoc *document;
  xmlNode *root;
  xmlChar *text;
  GBytes *bytes;
  int size;
  char months[16];

  g_return_val_if_fail (KENNIS_IS_VALUE_MODEL (self), NULL);

  document = xmlNewDoc ((const xmlChar *) "1.0");
  root = xmlNewNode (NULL, (const xmlChar *) "value-model");
  xmlDocSetRootElement (document, root);
  xmlSetNs (root, xmlNewNs (root, (const xmlChar *) NAMESPACE, NULL));
  g_snprintf (months, sizeof months, "%u", self->horizon);
  set (root, "version", "1");
  set (root, "currency", self->currency);
  set (root, "horizon", months);
  set_word (root, "timing", KENNIS_TYPE_CASH_TIMING, self->timing);
  write_inputs (root, self->inputs);
  for (guint i = 0; i < self->programmes->len; i++)
    write_programme (root, self->programmes->pdata[i]);
  write_correlations (root, self);
  xmlDocDumpFormatMemoryEnc (document, &text, &size, "UTF-8", 1);
  bytes = g_bytes_new (text, size);
  xmlFree (text);
  xmlFreeDoc (document);
  return bytes;
}

/**
 * kennis_value_model_copy:
 * @self: a model
 *
 * Makes a model that is the same and can be changed by itself.
 *
 * Returns: (transfer full): a new model
 *
 * Since: 1.0
 */
KennisValueModel *
kennis_value_model_copy (KennisValueModel *self)
{
  g_autoptr (GBytes) bytes = kennis_value_model_to_bytes (self);
  KennisValueModel *copy = kennis_value_model_new_from_bytes (bytes, NULL, NULL);

  /* Also those that wait for a distribution. */
  g_array_set_size (copy->correlations, 0);
  for (guint i = 0; i < self->correlations->len; i++)
    {
      KennisCorrelation correlation = g_array_index (self->correlations, KennisCorrelation, i);

      correlation.a = g_strdup (correlation.a);
      correlation.b = g_strdup (correlation.b);
      g_array_append_val (copy->correlations, correlation);
    }
  return copy;
}
