#include "config.h"

#include "networking/net-study.h"

#include <glib/gi18n.h>
#include <libxml/xmlwriter.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* GraphML 1.0 (graphml.graphdrawing.org) and GEXF 1.2 (gexf.net; later ones are not read everywhere). */

typedef struct
{
  const NetStudy *study;
  xmlBuffer *buffer;
  xmlTextWriter *out;
  guint32 *order;
  char **names;
} Graph;

/* libxml2 escapes; what XML cannot hold at all becomes "?". */
static void
attribute (Graph *self, const char *name, const char *value)
{
  g_autofree char *text = g_utf8_make_valid (value, -1);

  for (char *c = text; *c != '\0'; c++)
    if ((guchar) *c < ' ')
      *c = '?';
  xmlTextWriterWriteAttribute (self->out, (const xmlChar *) name, (const xmlChar *) text);
}

static void
begin (Graph *self, const char *name)
{
  xmlTextWriterStartElement (self->out, (const xmlChar *) name);
}

static void
end (Graph *self)
{
  xmlTextWriterEndElement (self->out);
}

static void
number (Graph *self, const char *name, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  attribute (self, name, g_ascii_dtostr (buffer, sizeof buffer, value));
}

static void
graph_init (Graph *self, const NetStudy *study)
{
  *self = (Graph) { .study = study, .buffer = xmlBufferCreate () };
  self->out = xmlNewTextWriterMemory (self->buffer, 0);
  self->names = net_study_names (study, &self->order);
  xmlTextWriterSetIndent (self->out, 1);
  xmlTextWriterStartDocument (self->out, NULL, "UTF-8", NULL);
}

static char *
graph_finish (Graph *self)
{
  char *text;

  xmlTextWriterEndDocument (self->out);
  xmlFreeTextWriter (self->out);
  text = g_strndup ((const char *) xmlBufferContent (self->buffer), xmlBufferLength (self->buffer));
  xmlBufferFree (self->buffer);
  g_strfreev (self->names);
  g_free (self->order);

  return text;
}

/* Values of persons, which are for those to whom persons are disclosed. */
static guint
n_vectors (const NetStudy *study)
{
  return study->options->purpose != NULL ? study->vectors->len : 0;
}

static const NetVector *
vector_at (const NetStudy *study, guint v)
{
  return &g_array_index (study->vectors, NetVector, v);
}

typedef void (*TieFunc) (Graph *self, guint number, const char *from, const char *to, double weight);

typedef struct { guint32 place, tie; } PlacedTie;

static int
compare_places (const void *a, const void *b)
{
  guint32 x = ((const PlacedTie *) a)->place, y = ((const PlacedTie *) b)->place;

  return (x > y) - (x < y);
}

/* Receivers come in the order of their names too: in that of the records, all givers together would tell who is who. */
static void
each_tie (Graph *self, TieFunc func)
{
  KennisNetwork *network = self->study->network;
  g_autoptr (GBytes) offsets = kennis_network_get_offsets (network, KENNIS_SIDE_GIVING);
  g_autoptr (GBytes) others = kennis_network_get_others (network, KENNIS_SIDE_GIVING);
  g_autoptr (GBytes) weights = kennis_network_get_weights (network, KENNIS_SIDE_GIVING);
  const guint32 *offset = g_bytes_get_data (offsets, NULL), *other = g_bytes_get_data (others, NULL);
  const double *weight = g_bytes_get_data (weights, NULL);
  g_autofree guint32 *place = g_new (guint32, self->study->n + 1);
  g_autofree PlacedTie *ties = g_new (PlacedTie, self->study->n + 1);
  guint n = 0;

  for (guint i = 0; i < self->study->n; i++)
    place[self->order[i]] = i;
  for (guint i = 0; i < self->study->n; i++)
    {
      guint32 p = self->order[i], first = offset[p], n_ties = offset[p + 1] - first;

      for (guint32 t = 0; t < n_ties; t++)
        ties[t] = (PlacedTie) { place[other[first + t]], first + t };
      qsort (ties, n_ties, sizeof *ties, compare_places);
      for (guint32 t = 0; t < n_ties; t++)
        func (self, n++, self->names[p], self->names[other[ties[t].tie]], weight[ties[t].tie]);
    }
}

static void
key (Graph *self, const char *id, const char *of, const char *type)
{
  begin (self, "key");
  attribute (self, "id", id);
  attribute (self, "for", of);
  attribute (self, "attr.name", id);
  attribute (self, "attr.type", type);
  end (self);
}

static void
data (Graph *self, const char *name, const char *text)
{
  begin (self, "data");
  attribute (self, "key", name);
  xmlTextWriterWriteString (self->out, (const xmlChar *) text);
  end (self);
}

static void
graphml_tie (Graph *self, guint n, const char *from, const char *to, double weight)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  begin (self, "edge");
  attribute (self, "source", from);
  attribute (self, "target", to);
  data (self, "weight", g_ascii_dtostr (buffer, sizeof buffer, weight));
  end (self);
}

static void
graphml_person (Graph *self, guint32 person)
{
  const char *group = net_study_group_of (self->study, person);

  begin (self, "node");
  attribute (self, "id", self->names[person]);
  if (group != NULL)
    {
      g_autofree char *text = g_utf8_make_valid (group, -1);

      data (self, "group", text);
    }
  for (guint v = 0; v < n_vectors (self->study); v++)
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];
      double value = vector_at (self->study, v)->values[person];

      if (!isnan (value))
        data (self, vector_at (self->study, v)->id, g_ascii_dtostr (buffer, sizeof buffer, value));
    }
  end (self);
}

char *
net_graphml (const NetStudy *study)
{
  Graph self;

  graph_init (&self, study);
  begin (&self, "graphml");
  attribute (&self, "xmlns", "http://graphml.graphdrawing.org/xmlns");
  key (&self, "group", "node", "string");
  key (&self, "weight", "edge", "double");
  if (study->options->purpose != NULL)
    key (&self, "purpose", "graph", "string");
  for (guint v = 0; v < n_vectors (study); v++)
    key (&self, vector_at (study, v)->id, "node", "double");
  begin (&self, "graph");
  attribute (&self, "edgedefault", "directed");
  if (study->options->purpose != NULL)
    data (&self, "purpose", study->options->purpose);
  for (guint i = 0; i < study->n; i++)
    graphml_person (&self, self.order[i]);
  each_tie (&self, graphml_tie);

  return graph_finish (&self);
}

static void
gexf_attribute (Graph *self, const char *id, const char *type)
{
  begin (self, "attribute");
  attribute (self, "id", id);
  attribute (self, "title", id);
  attribute (self, "type", type);
  end (self);
}

static void
gexf_tie (Graph *self, guint n, const char *from, const char *to, double weight)
{
  g_autofree char *id = g_strdup_printf ("%u", n);

  begin (self, "edge");
  attribute (self, "id", id);
  attribute (self, "source", from);
  attribute (self, "target", to);
  number (self, "weight", weight);
  end (self);
}

static void
gexf_person (Graph *self, guint32 person)
{
  const char *group = net_study_group_of (self->study, person);

  begin (self, "node");
  attribute (self, "id", self->names[person]);
  attribute (self, "label", self->names[person]);
  begin (self, "attvalues");
  if (group != NULL)
    {
      begin (self, "attvalue");
      attribute (self, "for", "group");
      attribute (self, "value", group);
      end (self);
    }
  for (guint v = 0; v < n_vectors (self->study); v++)
    if (!isnan (vector_at (self->study, v)->values[person]))
      {
        begin (self, "attvalue");
        attribute (self, "for", vector_at (self->study, v)->id);
        number (self, "value", vector_at (self->study, v)->values[person]);
        end (self);
      }
  end (self);
  end (self);
}

char *
net_gexf (const NetStudy *study)
{
  Graph self;

  graph_init (&self, study);
  begin (&self, "gexf");
  attribute (&self, "xmlns", "http://www.gexf.net/1.2draft");
  attribute (&self, "version", "1.2");
  begin (&self, "meta");
  xmlTextWriterWriteElement (self.out, (const xmlChar *) "creator", (const xmlChar *) "kennis-network");
  if (study->options->purpose != NULL)
    xmlTextWriterWriteElement (self.out, (const xmlChar *) "description", (const xmlChar *) study->options->purpose);
  end (&self);
  begin (&self, "graph");
  attribute (&self, "defaultedgetype", "directed");
  begin (&self, "attributes");
  attribute (&self, "class", "node");
  gexf_attribute (&self, "group", "string");
  for (guint v = 0; v < n_vectors (study); v++)
    gexf_attribute (&self, vector_at (study, v)->id, "double");
  end (&self);
  begin (&self, "nodes");
  for (guint i = 0; i < study->n; i++)
    gexf_person (&self, self.order[i]);
  end (&self);
  begin (&self, "edges");
  each_tie (&self, gexf_tie);

  return graph_finish (&self);
}
