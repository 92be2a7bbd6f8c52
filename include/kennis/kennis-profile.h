#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <gio/gio.h>
#include <kennis/kennis-enums.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_PROFILE (kennis_profile_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisProfile, kennis_profile, KENNIS, PROFILE, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisProfile *kennis_profile_new_from_bytes  (GBytes         *bytes,
                                               const char     *name,
                                               GError        **error);
KENNIS_AVAILABLE_IN_1_0
KennisProfile *kennis_profile_new_from_file   (GFile          *file,
                                               GCancellable   *cancellable,
                                               GError        **error);
KENNIS_AVAILABLE_IN_1_0
GListModel    *kennis_profile_list            (void);
KENNIS_AVAILABLE_IN_1_0
KennisProfile *kennis_profile_find            (const char     *id,
                                               GError        **error);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_profile_get_id          (KennisProfile  *self);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_profile_get_title       (KennisProfile  *self,
                                               const char     *language);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_profile_get_description (KennisProfile  *self,
                                               const char     *language);
KENNIS_AVAILABLE_IN_1_0
char         **kennis_profile_list_indicators (KennisProfile  *self,
                                               const char     *index);
KENNIS_AVAILABLE_IN_1_0
double         kennis_profile_get_weight      (KennisProfile  *self,
                                               const char     *index,
                                               const char     *indicator);
KENNIS_AVAILABLE_IN_1_0
double         kennis_profile_get_low         (KennisProfile  *self,
                                               const char     *index,
                                               const char     *indicator);
KENNIS_AVAILABLE_IN_1_0
double         kennis_profile_get_high        (KennisProfile  *self,
                                               const char     *index,
                                               const char     *indicator);
KENNIS_AVAILABLE_IN_1_0
gboolean       kennis_profile_is_per_year     (KennisProfile  *self,
                                               const char     *index,
                                               const char     *indicator);
KENNIS_AVAILABLE_IN_1_0
double         kennis_profile_get_threshold   (KennisProfile  *self,
                                               const char     *metric);

G_END_DECLS
