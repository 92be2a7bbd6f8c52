#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-reader.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_DESCRIPTION (kennis_description_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisDescription, kennis_description, KENNIS, DESCRIPTION, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisDescription *kennis_description_new         (KennisReader      *reader,
                                                   GFile             *file,
                                                   GCancellable      *cancellable,
                                                   GError           **error);
KENNIS_AVAILABLE_IN_1_0
const char        *kennis_description_get_encoding (KennisDescription *self);
KENNIS_AVAILABLE_IN_1_0
KennisMapping     *kennis_description_get_mapping  (KennisDescription *self);
KENNIS_AVAILABLE_IN_1_0
char             **kennis_description_get_columns  (KennisDescription *self);
KENNIS_AVAILABLE_IN_1_0
char             **kennis_description_get_examples (KennisDescription *self);
KENNIS_AVAILABLE_IN_1_0
char             **kennis_description_get_unused   (KennisDescription *self);
KENNIS_AVAILABLE_IN_1_0
const char        *kennis_description_get_draft    (KennisDescription *self);
KENNIS_AVAILABLE_IN_1_0
char              *kennis_description_to_string    (KennisDescription *self);

G_END_DECLS
