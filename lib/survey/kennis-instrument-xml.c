#include "config.h"

#include <string.h>

#include <kennis/kennis-enum-types.h>
#include <kennis/kennis-error.h>

#include "base/kennis-document-private.h"
#include "base/kennis-i18n-private.h"
#include "base/kennis-xml-private.h"
#include "survey/kennis-instrument-private.h"

#define NAMESPACE "urn:kennis:instrument:1"
#define MAX_BYTES (16 << 20)
#define MAX_DEPTH 8
#define MAX_ITEMS 10000
#define ID_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."

typedef struct
{
  KennisDocument    document;
  KennisInstrument *instrument;
} Reading;

static gboolean
wrong (Reading *self, xmlNode *node, const char *problem)
{
  return kennis_document_wrong (&self->document, node, problem);
}

static gboolean
is (Reading *self, xmlNode *node, const char *name)
{
  return kennis_document_is (&self->document, node, name);
}

/* A name that no language changes. */
static gboolean
take_id (Reading *self, xmlNode *node, char **id)
{
  g_autofree char *text = kennis_document_attribute (node, "id");

  if (text == NULL || *text == '\0' || strlen (text) > 100 || strspn (text, ID_LETTERS) != strlen (text))
    return wrong (self, node, _("needs an id of 1 to 100 letters a to z, digits, “-”, “_” and “.”"));
  *id = g_steal_pointer (&text);
  return TRUE;
}

/* <title xml:lang="nl">…</title>, one for each language. */
static gboolean
take_wording (Reading *self, xmlNode *node, KennisWording *wording)
{
  xmlChar *language = xmlGetNsProp (node, (const xmlChar *) "lang", XML_XML_NAMESPACE);
  xmlChar *text = xmlNodeGetContent (node);
  g_autofree char *tag = g_strdup ((const char *) language), *words = g_strdup ((const char *) text);

  xmlFree (language);
  xmlFree (text);
  if (tag == NULL || *tag == '\0' || strspn (tag, ID_LETTERS) != strlen (tag))
    return wrong (self, node, _("needs a language: xml:lang=\"nl\""));
  for (guint i = 0; i < wording->len; i += 2)
    if (strcmp (wording->pdata[i], tag) == 0)
      return wrong (self, node, _("is there already in this language"));
  if (words == NULL || *g_strstrip (words) == '\0')
    return wrong (self, node, _("needs a text"));
  g_ptr_array_add (wording, g_steal_pointer (&tag));
  g_ptr_array_add (wording, g_steal_pointer (&words));
  return TRUE;
}

static gboolean
take_range (Reading *self, xmlNode *node, int *low, int *high)
{
  g_autofree char *from = kennis_document_attribute (node, "low"), *to = kennis_document_attribute (node, "high");
  gint64 a = 0, b = 0;

  if (from == NULL || to == NULL || !g_ascii_string_to_signed (from, 10, -1000000, 1000000, &a, NULL)
      || !g_ascii_string_to_signed (to, 10, -1000000, 1000000, &b, NULL) || a >= b)
    return wrong (self, node, _("needs whole numbers low and high, low under high: low=\"1\" high=\"5\""));
  *low = (int) a;
  *high = (int) b;
  return TRUE;
}

static gboolean
take_label (Reading *self, xmlNode *node, KennisAnswerSet *set)
{
  static const char *const names[] = { "value", NULL };
  g_autofree char *value = kennis_document_attribute (node, "value");
  KennisWording *wording = kennis_wording_new ();
  gint64 number = 0, expected = set->low + (int) set->labels->len;

  g_ptr_array_add (set->labels, wording);
  if (!kennis_document_only (&self->document, node, names))
    return FALSE;
  if (value == NULL || !g_ascii_string_to_signed (value, 10, -1000000, 1000000, &number, NULL)
      || (set->labels->len > 1 && number != expected))
    return wrong (self, node, _("needs a value; values go up by one: value=\"1\", value=\"2\" …"));
  if (set->labels->len == 1)
    set->low = (int) number;
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE
        && !(is (self, child, "text") ? take_wording (self, child, wording)
                                      : wrong (self, child, _("<answer> takes <text> only"))))
      return FALSE;
  return TRUE;
}

static gboolean
take_answers (Reading *self, xmlNode *node)
{
  static const char *const names[] = { "id", NULL };
  KennisAnswerSet *set = g_new0 (KennisAnswerSet, 1);

  set->labels = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_ptr_array_add (self->instrument->answer_sets, set);
  if (!kennis_document_only (&self->document, node, names) || !take_id (self, node, &set->id))
    return FALSE;
  for (guint i = 0; i + 1 < self->instrument->answer_sets->len; i++)
    if (strcmp (((KennisAnswerSet *) self->instrument->answer_sets->pdata[i])->id, set->id) == 0)
      return wrong (self, node, _("this id is there already"));
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE
        && !(is (self, child, "answer") ? take_label (self, child, set)
                                        : wrong (self, child, _("<answers> takes <answer> only"))))
      return FALSE;
  return set->labels->len >= 2 || wrong (self, node, _("needs two <answer> or more"));
}

/* The range of an item: its own, or that of the answers it names. */
static gboolean
take_item_range (Reading *self, xmlNode *node, KennisItem *item)
{
  g_autofree char *answers = kennis_document_attribute (node, "answers");

  if (answers == NULL)
    return take_range (self, node, &item->low, &item->high);
  if (xmlHasProp (node, (const xmlChar *) "low") != NULL || xmlHasProp (node, (const xmlChar *) "high") != NULL)
    return wrong (self, node, _("has answers, or low and high, but not both"));
  for (guint i = 0; i < self->instrument->answer_sets->len; i++)
    {
      KennisAnswerSet *set = self->instrument->answer_sets->pdata[i];

      if (strcmp (set->id, answers) != 0)
        continue;
      item->answers = (int) i;
      item->low = set->low;
      item->high = set->low + (int) set->labels->len - 1;
      return TRUE;
    }
  return wrong (self, node, _("its answers name no <answers> that stand before it"));
}

static gboolean
take_item (Reading *self, xmlNode *node, guint scale)
{
  static const char *const names[] = { "id", "answers", "low", "high", "reversed", NULL };
  g_autofree char *reversed = kennis_document_attribute (node, "reversed"), *id = NULL;
  KennisItem *item;

  if (!kennis_document_only (&self->document, node, names) || !take_id (self, node, &id))
    return FALSE;
  if (kennis_instrument_item (self->instrument, id) != NULL)
    return wrong (self, node, _("this id is there already"));
  if (self->instrument->items->len >= MAX_ITEMS)
    return wrong (self, node, _("an instrument has at most 10 000 items"));
  item = g_new0 (KennisItem, 1);
  g_ptr_array_add (self->instrument->items, item);
  item->id = g_steal_pointer (&id);
  item->scale = scale;
  item->answers = -1;
  item->text = kennis_wording_new ();
  if (reversed != NULL && strcmp (reversed, "true") != 0 && strcmp (reversed, "false") != 0)
    return wrong (self, node, _("reversed is “true” or “false”"));
  item->reversed = g_strcmp0 (reversed, "true") == 0;
  if (!take_item_range (self, node, item))
    return FALSE;
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE
        && !(is (self, child, "text") ? take_wording (self, child, item->text)
                                      : wrong (self, child, _("<item> takes <text> only"))))
      return FALSE;
  return item->text->len > 0 || wrong (self, node, _("needs a <text>"));
}

static gboolean take_scale (Reading *self, xmlNode *node, int parent, guint depth);

static gboolean
take_scale_part (Reading *self, xmlNode *node, guint index, guint depth)
{
  KennisScale *scale = self->instrument->scales->pdata[index];

  if (is (self, node, "title"))
    return take_wording (self, node, scale->title);
  if (is (self, node, "description"))
    return take_wording (self, node, scale->description);
  if (is (self, node, "scale"))
    return take_scale (self, node, (int) index, depth + 1);
  if (is (self, node, "item"))
    return take_item (self, node, index);
  return wrong (self, node, _("<scale> takes <title>, <description>, <scale> and <item> only"));
}

static gboolean
take_minimum (Reading *self, xmlNode *node, double *minimum)
{
  g_autofree char *text = kennis_document_attribute (node, "minimum-answered");
  char *end = NULL;

  if (text == NULL)
    return TRUE;
  *minimum = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !(*minimum > 0 && *minimum <= 1))
    return wrong (self, node, _("minimum-answered is a share over 0 and at most 1: 0.5"));
  return TRUE;
}

static gboolean
take_scale (Reading *self, xmlNode *node, int parent, guint depth)
{
  static const char *const names[] = { "id", "minimum-answered", NULL };
  KennisInstrument *instrument = self->instrument;
  guint index = instrument->scales->len, first = instrument->items->len;
  g_autofree char *id = NULL;
  KennisScale *scale;

  if (!kennis_document_only (&self->document, node, names) || !take_id (self, node, &id))
    return FALSE;
  if (depth > MAX_DEPTH)
    return wrong (self, node, _("scales are at most 8 deep"));
  if (kennis_instrument_scale (instrument, id) != NULL)
    return wrong (self, node, _("this id is there already"));
  scale = g_new0 (KennisScale, 1);
  g_ptr_array_add (instrument->scales, scale);
  scale->id = g_steal_pointer (&id);
  scale->parent = parent;
  scale->title = kennis_wording_new ();
  scale->description = kennis_wording_new ();
  scale->minimum_answered = parent >= 0 ? ((KennisScale *) instrument->scales->pdata[parent])->minimum_answered : 0.5;
  if (!take_minimum (self, node, &scale->minimum_answered))
    return FALSE;
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE && !take_scale_part (self, child, index, depth))
      return FALSE;
  if (scale->title->len == 0)
    return wrong (self, node, _("needs a <title>"));
  return instrument->items->len > first || wrong (self, node, _("needs an <item>, itself or in a <scale> of it"));
}

static gboolean
take_part (Reading *self, xmlNode *node)
{
  if (is (self, node, "title"))
    return take_wording (self, node, self->instrument->title);
  if (is (self, node, "note"))
    return take_wording (self, node, self->instrument->note);
  if (is (self, node, "answers"))
    return take_answers (self, node);
  if (is (self, node, "scale"))
    return take_scale (self, node, -1, 1);
  return wrong (self, node, _("<instrument> takes <title>, <note>, <answers> and <scale> only"));
}

static gboolean
take_instrument (Reading *self, xmlNode *root)
{
  static const char *const names[] = { "version", "id", "status", NULL };
  g_autofree char *version = kennis_document_attribute (root, "version");
  int validation = KENNIS_VALIDATION_UNVALIDATED;

  if (!is (self, root, "instrument"))
    return wrong (self, root, _("the document element should be <instrument xmlns=\"urn:kennis:instrument:1\">"));
  if (!kennis_document_only (&self->document, root, names)
      || !kennis_document_word (&self->document, root, "status", KENNIS_TYPE_VALIDATION, &validation))
    return FALSE;
  if (g_strcmp0 (version, "1") != 0)
    return wrong (self, root, _("needs version=\"1\""));
  self->instrument = g_object_new (KENNIS_TYPE_INSTRUMENT, NULL);
  self->instrument->validation = validation;
  if (!take_id (self, root, &self->instrument->id))
    return FALSE;
  for (xmlNode *child = root->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE && !take_part (self, child))
      return FALSE;
  if (self->instrument->title->len == 0)
    return wrong (self, root, _("needs a <title>"));
  return self->instrument->scales->len > 0 || wrong (self, root, _("needs a <scale>"));
}

/**
 * kennis_instrument_new_from_bytes:
 * @bytes: an XML document of at most 16 MiB
 * @name: (nullable): what to call it in errors
 * @error: return location for an error
 *
 * Reads an instrument (data/schema/kennis-instrument-1.rng).
 *
 * Errors tell name and line, and what would be accepted.  No network, no document type, no entities.
 *
 * Returns: (transfer full): a new instrument
 *
 * Since: 1.0
 */
KennisInstrument *
kennis_instrument_new_from_bytes (GBytes *bytes, const char *name, GError **error)
{
  Reading reading = { .document = { name != NULL ? name : _("instrument"), NAMESPACE, error } };
  xmlDoc *document;
  gboolean fine;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (g_bytes_get_size (bytes) > MAX_BYTES)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE, _("%s: an instrument has at most 16 MiB"),
                   reading.document.file);
      return NULL;
    }
  document = kennis_xml_parse (bytes, reading.document.file, error);
  if (document == NULL)
    return NULL;
  fine = take_instrument (&reading, xmlDocGetRootElement (document));
  xmlFreeDoc (document);
  if (!fine)
    g_clear_object (&reading.instrument);
  return reading.instrument;
}

/**
 * kennis_instrument_new_from_file:
 * @file: a file
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Reads an instrument from a file, see [ctor@Instrument.new_from_bytes].
 *
 * Returns: (transfer full): a new instrument
 *
 * Since: 1.0
 */
KennisInstrument *
kennis_instrument_new_from_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  bytes = g_file_load_bytes (file, cancellable, NULL, error);
  if (bytes == NULL)
    return NULL;
  name = g_file_get_parse_name (file);
  return kennis_instrument_new_from_bytes (bytes, name, error);
}
