#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-network.h>
#include <kennis/kennis-retention-enums.h>
#include <kennis/kennis-summary.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_RETENTION (kennis_retention_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisRetention, kennis_retention, KENNIS, RETENTION, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisRetention *kennis_retention_make                    (KennisSummary        *summary,
                                                           gint64                time,
                                                           double                half_life,
                                                           double                threshold,
                                                           GCancellable         *cancellable,
                                                           GError              **error);
KENNIS_AVAILABLE_IN_1_0
guint            kennis_retention_get_n_people            (KennisRetention      *self);
KENNIS_AVAILABLE_IN_1_0
guint            kennis_retention_get_n_topics            (KennisRetention      *self);
KENNIS_AVAILABLE_IN_1_0
const char      *kennis_retention_get_person              (KennisRetention      *self,
                                                           guint                 person);
KENNIS_AVAILABLE_IN_1_0
const char      *kennis_retention_get_topic               (KennisRetention      *self,
                                                           guint                 topic);
KENNIS_AVAILABLE_IN_1_0
gint64           kennis_retention_find_person             (KennisRetention      *self,
                                                           const char           *id);
KENNIS_AVAILABLE_IN_1_0
gint64           kennis_retention_find_topic              (KennisRetention      *self,
                                                           const char           *id);
KENNIS_AVAILABLE_IN_1_0
GBytes          *kennis_retention_list_team               (KennisRetention      *self,
                                                           const char           *team,
                                                           GError              **error);
KENNIS_AVAILABLE_IN_1_0
GBytes          *kennis_retention_list_holders            (KennisRetention      *self,
                                                           GBytes              **topics);
KENNIS_AVAILABLE_IN_1_0
double           kennis_retention_get_single_holder_share (KennisRetention      *self);
KENNIS_AVAILABLE_IN_1_0
double           kennis_retention_get_coverage            (KennisRetention      *self);
KENNIS_AVAILABLE_IN_1_0
guint            kennis_retention_get_bus_factor          (KennisRetention      *self,
                                                           guint                *least,
                                                           GCancellable         *cancellable,
                                                           GError              **error);
KENNIS_AVAILABLE_IN_1_0
GBytes          *kennis_retention_sensitivity             (KennisRetention      *self,
                                                           const double         *half_lives,
                                                           gsize                 n_half_lives,
                                                           const double         *thresholds,
                                                           gsize                 n_thresholds,
                                                           GCancellable         *cancellable,
                                                           GError              **error);
KENNIS_AVAILABLE_IN_1_0
GBytes          *kennis_retention_lost_without            (KennisRetention      *self,
                                                           const guint32        *people,
                                                           gsize                 n_people);
KENNIS_AVAILABLE_IN_1_0
double           kennis_retention_expected_loss           (KennisRetention      *self,
                                                           const char           *attribute,
                                                           const char * const   *groups,
                                                           const double         *probabilities,
                                                           gsize                 n_probabilities,
                                                           double                others,
                                                           GError              **error);
KENNIS_AVAILABLE_IN_1_0
GBytes          *kennis_retention_lessons                 (KennisRetention      *self,
                                                           const char           *attribute,
                                                           const char * const   *groups,
                                                           const double         *probabilities,
                                                           gsize                 n_probabilities,
                                                           double                others,
                                                           guint                 n_lessons,
                                                           GBytes              **topics,
                                                           GBytes              **teachers,
                                                           GBytes              **learners,
                                                           GCancellable         *cancellable,
                                                           GError              **error);
KENNIS_AVAILABLE_IN_1_0
GBytes          *kennis_retention_robustness              (KennisRetention      *self,
                                                           KennisNetwork        *network,
                                                           KennisRemoval         removal,
                                                           guint                 n_steps,
                                                           guint                 n_draws,
                                                           guint64               seed,
                                                           guint                 n_threads,
                                                           GCancellable         *cancellable,
                                                           GError              **error);

G_END_DECLS
