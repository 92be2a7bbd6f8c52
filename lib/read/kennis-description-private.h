#pragma once

#include <kennis/kennis-mapping.h>
#include <kennis/kennis-reader.h>

#include "read/kennis-bytes-private.h"

/* kennis-description-draft.c: the text of a mapping for a table with these columns, of each of which there is an example. */
char *kennis_description_write_draft (GPtrArray *columns, GPtrArray *examples, char delimiter);
/* That of a mapping that fits, under a name of its own, with the columns that it does not read. */
char *kennis_description_copy_mapping (const KennisMapping *mapping, GPtrArray *unused);

/* kennis-xapi-describe.c: verbs of statements with the names that the mapping has for them, verbs and types that it does not know, what to tell
 * of them, and the text of a mapping. */
gboolean kennis_xapi_describe (KennisBytes *bytes, KennisReader *reader, KennisMapping *mapping, GPtrArray *columns, GPtrArray *examples,
                               GPtrArray *unused, char **told, char **draft, GCancellable *cancellable, GError **error);

/* kennis-ical-describe.c: the properties of a calendar's events with an example of each, those that the mapping does not read, its
 * titles and categories that have no type there, a line each, and the text of a mapping. */
gboolean kennis_ical_describe (KennisBytes *bytes, KennisMapping *mapping, GPtrArray *columns, GPtrArray *examples, GPtrArray *unused,
                               char **titles, char **draft, GCancellable *cancellable, GError **error);
