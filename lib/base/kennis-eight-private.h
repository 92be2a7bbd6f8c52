#pragma once

#include <glib.h>
#include <string.h>

/* Eight bytes of a text at once, from any address. */

/* As they stand in memory. */
static inline guint64
kennis_eight_at (const void *text)
{
  guint64 bytes;

  memcpy (&bytes, text, sizeof bytes);

  return bytes;
}

/* The first of them the lowest, on any processor. */
static inline guint64
kennis_eight_from (const void *text)
{
  return GUINT64_FROM_LE (kennis_eight_at (text));
}
