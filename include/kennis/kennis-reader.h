#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-progress.h>
#include <kennis/kennis-summary.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_READER (kennis_reader_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisReader, kennis_reader, KENNIS, READER, GObject)

G_END_DECLS
