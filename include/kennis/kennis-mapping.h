#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <gio/gio.h>
#include <kennis/kennis-macros.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_MAPPING (kennis_mapping_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisMapping, kennis_mapping, KENNIS, MAPPING, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisMapping *kennis_mapping_new             (const char     *text,
                                               const char     *name,
                                               GError        **error);
KENNIS_AVAILABLE_IN_1_0
KennisMapping *kennis_mapping_load            (GFile          *file,
                                               GCancellable   *cancellable,
                                               GError        **error);
KENNIS_AVAILABLE_IN_1_0
GListModel    *kennis_mapping_list            (void);
KENNIS_AVAILABLE_IN_1_0
KennisMapping *kennis_mapping_find            (const char     *id,
                                               GError        **error);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_mapping_get_id          (KennisMapping  *self);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_mapping_get_title       (KennisMapping  *self);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_mapping_get_description (KennisMapping  *self);

G_END_DECLS
