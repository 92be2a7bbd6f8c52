#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <gio/gio.h>
#include <kennis/kennis-enums.h>
#include <kennis/kennis-network-enums.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_NETWORK_OPTIONS (kennis_network_options_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisNetworkOptions, kennis_network_options, KENNIS, NETWORK_OPTIONS, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisNetworkOptions *kennis_network_options_new               (void);
KENNIS_AVAILABLE_IN_1_0
void                  kennis_network_options_set_window        (KennisNetworkOptions *self,
                                                                gint64                from,
                                                                gint64                to);
KENNIS_AVAILABLE_IN_1_0
void                  kennis_network_options_get_window        (KennisNetworkOptions *self,
                                                                gint64               *from,
                                                                gint64               *to);
KENNIS_AVAILABLE_IN_1_0
void                  kennis_network_options_set_topic         (KennisNetworkOptions *self,
                                                                const char           *topic);
KENNIS_AVAILABLE_IN_1_0
const char           *kennis_network_options_get_topic         (KennisNetworkOptions *self);
KENNIS_AVAILABLE_IN_1_0
void                  kennis_network_options_add_kind          (KennisNetworkOptions *self,
                                                                KennisSharingKind     kind);
KENNIS_AVAILABLE_IN_1_0
gboolean              kennis_network_options_has_kind          (KennisNetworkOptions *self,
                                                                KennisSharingKind     kind);
KENNIS_AVAILABLE_IN_1_0
void                  kennis_network_options_set_weight        (KennisNetworkOptions *self,
                                                                KennisTieWeight       weight);
KENNIS_AVAILABLE_IN_1_0
KennisTieWeight       kennis_network_options_get_weight        (KennisNetworkOptions *self);
KENNIS_AVAILABLE_IN_1_0
void                  kennis_network_options_set_admit_contact (KennisNetworkOptions *self,
                                                                gboolean              admit_contact);
KENNIS_AVAILABLE_IN_1_0
gboolean              kennis_network_options_get_admit_contact (KennisNetworkOptions *self);
KENNIS_AVAILABLE_IN_1_0
void                  kennis_network_options_set_with_isolates (KennisNetworkOptions *self,
                                                                gboolean              with_isolates);
KENNIS_AVAILABLE_IN_1_0
gboolean              kennis_network_options_get_with_isolates (KennisNetworkOptions *self);

G_END_DECLS
