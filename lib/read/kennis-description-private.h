#pragma once

#include <glib.h>

/* kennis-description-draft.c: the text of a mapping for a table with these columns, of each of which there is an example. */
char *kennis_description_write_draft (GPtrArray *columns, GPtrArray *examples, char delimiter);
