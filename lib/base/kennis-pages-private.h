#pragma once

#include <glib.h>

/* Much memory that is touched all over: in large pages, where the system has them, so that it comes in few steps and is found at once. */

/* Zeros. */
gpointer kennis_pages_new          (gsize size);
void     kennis_pages_free         (gpointer data, gsize size);
/* For memory from anywhere, before it is touched. */
void     kennis_pages_prefer_large (gpointer data, gsize size);
