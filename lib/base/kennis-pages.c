#include "config.h"

#include "base/kennis-pages-private.h"

#include <sys/mman.h>

#define LARGE ((gsize) 2 << 20)       /* of most processors */

gpointer
kennis_pages_new (gsize size)
{
  gpointer data = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (data == MAP_FAILED)
    g_error ("no memory for %zu bytes", size);
  kennis_pages_prefer_large (data, size);

  return data;
}

void
kennis_pages_free (gpointer data, gsize size)
{
  if (data != NULL)
    munmap (data, size);
}

void
kennis_pages_prefer_large (gpointer data, gsize size)
{
#ifdef MADV_HUGEPAGE
  const guintptr page = 4096, from = ((guintptr) data + page - 1) & ~(page - 1),
                 to = ((guintptr) data + size) & ~(page - 1);

  /* Where the system cannot, nothing is lost. */
  if (to > from && to - from >= LARGE)
    madvise ((gpointer) from, to - from, MADV_HUGEPAGE);
#endif
}
