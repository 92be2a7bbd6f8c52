#pragma once

#include <gio/gio.h>
#include <stdatomic.h>

/* For tests of cancelling without a clock: the program's own g_cancellable_is_cancelled() stands before GIO's, counts the looks, and says
 * yes from one of them on. */

static atomic_int n_looks;
static int        yes_from;

gboolean
g_cancellable_is_cancelled (GCancellable *cancellable)
{
  return cancellable != NULL && atomic_fetch_add (&n_looks, 1) + 1 >= yes_from;
}

gboolean
g_cancellable_set_error_if_cancelled (GCancellable *cancellable, GError **error)
{
  if (!g_cancellable_is_cancelled (cancellable))
    return FALSE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  return TRUE;
}
