#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-macros.h>

G_BEGIN_DECLS

/**
 * KennisProgress:
 * @fraction: how much is done, from 0 to 1; below 0 where the end is not known
 * @user_data: the data given with the function
 *
 * Tells how far long work is: in the caller's thread for a synchronous call,
 * in its thread-default main context for an asynchronous one; at most some
 * hundred times.
 *
 * Since: 1.0
 */
typedef void (*KennisProgress) (double fraction, gpointer user_data);

G_END_DECLS
