#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <glib.h>
#include <kennis/kennis-macros.h>

G_BEGIN_DECLS

KENNIS_AVAILABLE_IN_1_0
const char *kennis_translate        (const char *language,
                                     const char *text) G_GNUC_FORMAT (2);
KENNIS_AVAILABLE_IN_1_0
char       *kennis_translate_number (const char *language,
                                     double      value,
                                     guint       decimals);

G_END_DECLS
