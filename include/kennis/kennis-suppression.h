#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <gio/gio.h>
#include <kennis/kennis-macros.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_SUPPRESSION (kennis_suppression_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisSuppression, kennis_suppression, KENNIS, SUPPRESSION, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisSuppression *kennis_suppression_new      (GBytes            *key);
KENNIS_AVAILABLE_IN_1_0
KennisSuppression *kennis_suppression_load     (GFile             *file,
                                                GBytes            *key,
                                                GCancellable      *cancellable,
                                                GError           **error);
KENNIS_AVAILABLE_IN_1_0
gboolean           kennis_suppression_save     (KennisSuppression *self,
                                                GFile             *file,
                                                GCancellable      *cancellable,
                                                GError           **error);
KENNIS_AVAILABLE_IN_1_0
void               kennis_suppression_add      (KennisSuppression *self,
                                                const char        *person);
KENNIS_AVAILABLE_IN_1_0
gboolean           kennis_suppression_contains (KennisSuppression *self,
                                                const char        *person);
KENNIS_AVAILABLE_IN_1_0
guint              kennis_suppression_get_size (KennisSuppression *self);

G_END_DECLS
