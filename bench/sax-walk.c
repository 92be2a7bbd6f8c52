/* The peer of bench/read-xml: libxml2's own SAX2 parser walks a file, on one thread, and looks at every attribute
 * (every byte of every value, as anybody must who wants to know it).
 *
 *   sax-walk FILE         prints the seconds and what it saw */
#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

typedef struct
{
  unsigned long elements, attributes, sum;
} Walk;

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
  Walk *walk = data;

  walk->elements++;
  walk->attributes += (unsigned long) n_attributes;
  for (int i = 0; i < n_attributes; i++)
    for (const xmlChar *c = attributes[5 * i + 3]; c < attributes[5 * i + 4]; c++)
      walk->sum += *c;
}

static double
now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_MONOTONIC, &t);
  return (double) t.tv_sec + 1e-9 * (double) t.tv_nsec;
}

int
main (int    argc,
      char **argv)
{
  xmlSAXHandler handler;
  Walk walk = { 0 };

  if (argc != 2)
    {
      fprintf (stderr, "usage: sax-walk FILE\n");
      return 1;
    }
  double begin = now ();
  memset (&handler, 0, sizeof handler);
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = on_start;
  if (xmlSAXUserParseFile (&handler, &walk, argv[1]) != 0)
    return 2;
  printf ("%.6f %lu elements, %lu attributes, sum %lu\n", now () - begin, walk.elements, walk.attributes, walk.sum);
  return 0;
}
