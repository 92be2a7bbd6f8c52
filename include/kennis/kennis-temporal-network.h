#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <gio/gio.h>
#include <kennis/kennis-enums.h>
#include <kennis/kennis-network-options.h>
#include <kennis/kennis-temporal-enums.h>
#include <kennis/kennis-summary.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_TEMPORAL_NETWORK (kennis_temporal_network_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisTemporalNetwork, kennis_temporal_network, KENNIS, TEMPORAL_NETWORK, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisTemporalNetwork *kennis_temporal_network_new_from_columns (guint32                 n_people,
                                                                 GBytes                 *givers,
                                                                 GBytes                 *receivers,
                                                                 GBytes                 *times,
                                                                 GCancellable           *cancellable,
                                                                 GError                **error);
KENNIS_AVAILABLE_IN_1_0
KennisTemporalNetwork *kennis_temporal_network_make             (KennisSummary          *summary,
                                                                 KennisNetworkOptions   *options,
                                                                 GCancellable           *cancellable,
                                                                 GError                **error);
KENNIS_AVAILABLE_IN_1_0
const char            *kennis_temporal_network_get_label        (KennisTemporalNetwork  *self,
                                                                 guint32                 person);
KENNIS_AVAILABLE_IN_1_0
gint64                 kennis_temporal_network_find_person      (KennisTemporalNetwork  *self,
                                                                 const char             *label);
KENNIS_AVAILABLE_IN_1_0
GBytes                *kennis_temporal_network_list_team        (KennisTemporalNetwork  *self,
                                                                 const char             *team,
                                                                 GError                **error);
KENNIS_AVAILABLE_IN_1_0
KennisTemporalNetwork *kennis_temporal_network_cut              (KennisTemporalNetwork  *self,
                                                                 gint64                  from,
                                                                 gint64                  until);
KENNIS_AVAILABLE_IN_1_0
guint32                kennis_temporal_network_get_n_people     (KennisTemporalNetwork  *self);
KENNIS_AVAILABLE_IN_1_0
guint64                kennis_temporal_network_get_n_events     (KennisTemporalNetwork  *self);
KENNIS_AVAILABLE_IN_1_0
GBytes                *kennis_temporal_network_get_givers       (KennisTemporalNetwork  *self);
KENNIS_AVAILABLE_IN_1_0
GBytes                *kennis_temporal_network_get_receivers    (KennisTemporalNetwork  *self);
KENNIS_AVAILABLE_IN_1_0
GBytes                *kennis_temporal_network_get_times        (KennisTemporalNetwork  *self);
KENNIS_AVAILABLE_IN_1_0
GBytes                *kennis_temporal_network_reach            (KennisTemporalNetwork  *self,
                                                                 KennisTimeDirection     direction,
                                                                 KennisTimeOrder         order,
                                                                 gint64                  max_wait,
                                                                 guint                   n_threads,
                                                                 GCancellable           *cancellable,
                                                                 GError                **error);
KENNIS_AVAILABLE_IN_1_0
double                 kennis_temporal_network_mean_reach       (KennisTemporalNetwork  *self,
                                                                 KennisTimeDirection     direction,
                                                                 KennisTimeOrder         order,
                                                                 gint64                  max_wait,
                                                                 guint32                 n_sources,
                                                                 guint64                 seed,
                                                                 guint                   n_threads,
                                                                 double                 *standard_error,
                                                                 GCancellable           *cancellable,
                                                                 GError                **error);
KENNIS_AVAILABLE_IN_1_0
GBytes                *kennis_temporal_network_arrivals         (KennisTemporalNetwork  *self,
                                                                 guint32                 person,
                                                                 KennisTimeDirection     direction,
                                                                 KennisTimeOrder         order,
                                                                 gint64                  max_wait,
                                                                 GCancellable           *cancellable,
                                                                 GError                **error);
KENNIS_AVAILABLE_IN_1_0
GBytes                *kennis_temporal_network_find_path        (KennisTemporalNetwork  *self,
                                                                 const guint32          *from,
                                                                 gsize                   n_from,
                                                                 const guint32          *to,
                                                                 gsize                   n_to,
                                                                 KennisPathKind          kind,
                                                                 KennisTimeOrder         order,
                                                                 gint64                  max_wait,
                                                                 GCancellable           *cancellable,
                                                                 GError                **error);
KENNIS_AVAILABLE_IN_1_0
GBytes                *kennis_temporal_network_diffuse          (KennisTemporalNetwork  *self,
                                                                 const guint32          *sources,
                                                                 gsize                   n_sources,
                                                                 gint64                  start,
                                                                 gint64                  step,
                                                                 guint                   n_steps,
                                                                 double                  probability,
                                                                 guint                   n_draws,
                                                                 guint64                 seed,
                                                                 guint                   n_threads,
                                                                 GCancellable           *cancellable,
                                                                 GError                **error);

G_END_DECLS
