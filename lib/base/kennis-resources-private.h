#pragma once

#include <gio/gio.h>

/* The data files that the library carries (data/kennis.gresource.xml), under "/kennis/".  Made by
 * glib-compile-resources, which registers it when the library is loaded; owned by the library, from any thread. */
GResource *kennis_get_resource (void);
