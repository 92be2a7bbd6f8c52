#pragma once

#include <glib.h>
#include <stdlib.h>

/* qsort() of what may be nothing at all: an empty GArray has no data. */
static inline void
kennis_sort_array (gpointer items, gsize n, gsize size, int (*compare) (const void *, const void *))
{
  if (n > 1)
    qsort (items, n, size, compare);
}
