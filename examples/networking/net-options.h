#pragma once

#include <kennis/kennis.h>

#include "reporting/report-reading.h"

typedef enum { NET_TEXT, NET_JSON, NET_GRAPHML, NET_GEXF, NET_SVG } NetFormat;

/* What the command line asks for. */
typedef struct
{
  char    **sources;
  char     *by, *topic, *from, *to, *output;
  char     *purpose;              /* of disclosing persons; NULL: they are not */
  NetFormat format;
  KennisNetworkOptions *network;  /* all but the window, for which one must know the time zone */
  guint     minimum_group;
  guint64   seed;
  guint     threads;
  gboolean  by_default, version;  /* by_default: nobody said by what to group */
  ReportReading reading;
} NetOptions;

gboolean net_options_parse (NetOptions *self, int *argc, char ***argv, GError **error);
void     net_options_clear (NetOptions *self);
/* Sets the window, in the time zone of the records. */
gboolean net_options_set_window (NetOptions *self, const char *zone, GError **error);
