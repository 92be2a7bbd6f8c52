#pragma once

#include <glib.h>

/* Writes to a file, all or nothing; NULL and "-" are standard output.  What is no regular file (/dev/null, a pipe) is written where it is, as replacing
 * it by a file would do away with it. */
gboolean report_output_write (const char *output, const char *data, gsize size, GError **error);
