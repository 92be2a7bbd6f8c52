#pragma once

#include <glib.h>

/* Writes a character as UTF-8; what is none is the byte 0xff.  How many bytes, at most 4. */
gsize kennis_utf_8_put      (char *out, gunichar c);
/* What of the bytes is whole characters, as UTF-8, of which there are at most three bytes for two of them and one more; how many bytes
 * were taken.  At the end half a character is one that is none. */
gsize kennis_utf_16_decode  (const guint8 *raw, gsize n, gboolean is_big, gboolean at_end, char *out, gsize *length);
/* Is this the beginning of a text in UTF-16?  A mark says so; without one, every other byte of what is ASCII is 0. */
gboolean kennis_utf_16_sniff (const guint8 *head, gsize length, gboolean *is_big);
