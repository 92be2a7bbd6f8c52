#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-network-options.h>
#include <kennis/kennis-summary.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_NETWORK (kennis_network_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisNetwork, kennis_network, KENNIS, NETWORK, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisNetwork *kennis_network_make                (KennisSummary         *summary,
                                                   KennisNetworkOptions  *options,
                                                   KennisProgress         progress,
                                                   gpointer               progress_data,
                                                   GCancellable          *cancellable,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
void           kennis_network_make_async          (KennisSummary         *summary,
                                                   KennisNetworkOptions  *options,
                                                   KennisProgress         progress,
                                                   gpointer               progress_data,
                                                   GDestroyNotify         progress_destroy,
                                                   GCancellable          *cancellable,
                                                   GAsyncReadyCallback    callback,
                                                   gpointer               user_data);
KENNIS_AVAILABLE_IN_1_0
KennisNetwork *kennis_network_make_finish         (GAsyncResult          *result,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
KennisNetwork *kennis_network_new_from_columns    (guint                  n_people,
                                                   GBytes                *givers,
                                                   GBytes                *receivers,
                                                   GBytes                *weights,
                                                   const char * const    *labels,
                                                   GCancellable          *cancellable,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
KennisNetwork *kennis_network_to_undirected       (KennisNetwork         *self,
                                                   GCancellable          *cancellable,
                                                   GError               **error);

/* What it holds */
KENNIS_AVAILABLE_IN_1_0
guint          kennis_network_get_n_people        (KennisNetwork         *self);
KENNIS_AVAILABLE_IN_1_0
guint          kennis_network_get_n_ties          (KennisNetwork         *self);
KENNIS_AVAILABLE_IN_1_0
guint64        kennis_network_get_n_rows          (KennisNetwork         *self);
KENNIS_AVAILABLE_IN_1_0
guint64        kennis_network_get_n_loops         (KennisNetwork         *self);
KENNIS_AVAILABLE_IN_1_0
guint64        kennis_network_get_n_left_out      (KennisNetwork         *self);
KENNIS_AVAILABLE_IN_1_0
gboolean       kennis_network_get_is_undirected   (KennisNetwork         *self);
KENNIS_AVAILABLE_IN_1_0
gboolean       kennis_network_get_is_weighted     (KennisNetwork         *self);
KENNIS_AVAILABLE_IN_1_0
double         kennis_network_get_total_weight    (KennisNetwork         *self);
KENNIS_AVAILABLE_IN_1_0
gboolean       kennis_network_has_labels          (KennisNetwork         *self);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_network_get_label           (KennisNetwork         *self,
                                                   guint                  person);
KENNIS_AVAILABLE_IN_1_0
gint64         kennis_network_find_person         (KennisNetwork         *self,
                                                   const char            *label);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_get_offsets         (KennisNetwork         *self,
                                                   KennisSide             side);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_get_others          (KennisNetwork         *self,
                                                   KennisSide             side);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_get_weights         (KennisNetwork         *self,
                                                   KennisSide             side);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_get_givers          (KennisNetwork         *self);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_group_by            (KennisNetwork         *self,
                                                   const char            *attribute,
                                                   char                ***names,
                                                   GError               **error);

/* Structure */
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_degrees             (KennisNetwork         *self,
                                                   KennisSide             side);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_strengths           (KennisNetwork         *self,
                                                   KennisSide             side);
KENNIS_AVAILABLE_IN_1_0
double         kennis_network_get_density         (KennisNetwork         *self);
KENNIS_AVAILABLE_IN_1_0
void           kennis_network_count_dyads         (KennisNetwork         *self,
                                                   guint64               *mutual,
                                                   guint64               *asymmetric,
                                                   guint64               *null);
KENNIS_AVAILABLE_IN_1_0
double         kennis_network_get_reciprocity     (KennisNetwork         *self);
KENNIS_AVAILABLE_IN_1_0
double         kennis_network_get_dyad_reciprocity (KennisNetwork        *self);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_mutual_ties         (KennisNetwork         *self);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_components          (KennisNetwork         *self,
                                                   gboolean               strong,
                                                   guint                 *n_components,
                                                   guint                 *largest,
                                                   GCancellable          *cancellable,
                                                   GError               **error);

KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_coreness            (KennisNetwork         *self,
                                                   KennisSide             side,
                                                   GCancellable          *cancellable,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
double         kennis_network_get_core_share      (KennisNetwork         *self,
                                                   KennisSide             side,
                                                   guint                  k,
                                                   GCancellable          *cancellable,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_triangles           (KennisNetwork         *self,
                                                   guint                  n_threads,
                                                   GCancellable          *cancellable,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_clustering          (KennisNetwork         *self,
                                                   guint                  n_threads,
                                                   GCancellable          *cancellable,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
double         kennis_network_transitivity        (KennisNetwork         *self,
                                                   guint                  n_threads,
                                                   GCancellable          *cancellable,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_directed_clustering (KennisNetwork         *self,
                                                   guint                  n_threads,
                                                   GCancellable          *cancellable,
                                                   GError               **error);

/* By groups: teams, communities … */
KENNIS_AVAILABLE_IN_1_0
double         kennis_network_external_internal   (KennisNetwork         *self,
                                                   GBytes                *groups,
                                                   gint64                 group,
                                                   guint64               *external,
                                                   guint64               *internal,
                                                   GCancellable          *cancellable,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
double         kennis_network_expected_external_internal
                                                  (KennisNetwork         *self,
                                                   GBytes                *groups,
                                                   gint64                 group,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
double         kennis_network_modularity          (KennisNetwork         *self,
                                                   GBytes                *groups,
                                                   double                 resolution,
                                                   gboolean               weighted,
                                                   GCancellable          *cancellable,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
double         kennis_network_assortativity       (KennisNetwork         *self,
                                                   GBytes                *groups,
                                                   GCancellable          *cancellable,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
double         kennis_network_get_degree_assortativity (KennisNetwork    *self);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_communities         (KennisNetwork         *self,
                                                   double                 resolution,
                                                   gboolean               weighted,
                                                   guint64                seed,
                                                   guint                 *n_communities,
                                                   GCancellable          *cancellable,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_brokerage           (KennisNetwork         *self,
                                                   GBytes                *groups,
                                                   guint                  n_threads,
                                                   GCancellable          *cancellable,
                                                   GError               **error);

/* Positions of persons */
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_betweenness         (KennisNetwork         *self,
                                                   gboolean               weighted,
                                                   guint                  n_threads,
                                                   GCancellable          *cancellable,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_estimate_betweenness (KennisNetwork        *self,
                                                   gboolean               weighted,
                                                   guint                  n_sources,
                                                   guint64                seed,
                                                   double                *error_bound,
                                                   guint                  n_threads,
                                                   GCancellable          *cancellable,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_harmonic_closeness  (KennisNetwork         *self,
                                                   KennisSide             side,
                                                   guint                  n_threads,
                                                   GCancellable          *cancellable,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_pagerank            (KennisNetwork         *self,
                                                   double                 damping,
                                                   guint                  n_threads,
                                                   GCancellable          *cancellable,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_constraint          (KennisNetwork         *self,
                                                   guint                  n_threads,
                                                   GCancellable          *cancellable,
                                                   GError               **error);

/* Reach and distances */
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_reach               (KennisNetwork         *self,
                                                   KennisSide             side,
                                                   guint                  steps,
                                                   guint                  n_threads,
                                                   GCancellable          *cancellable,
                                                   GError               **error);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_network_estimate_reach      (KennisNetwork         *self,
                                                   KennisSide             side,
                                                   guint                  steps,
                                                   guint                  precision,
                                                   guint64                seed,
                                                   double                *standard_error,
                                                   guint                  n_threads,
                                                   GCancellable          *cancellable,
                                                   GError               **error);

typedef struct _KennisNetworkPaths KennisNetworkPaths;
#define KENNIS_TYPE_NETWORK_PATHS (kennis_network_paths_get_type ())
KENNIS_AVAILABLE_IN_1_0
GType               kennis_network_paths_get_type        (void);
KENNIS_AVAILABLE_IN_1_0
KennisNetworkPaths *kennis_network_find_paths            (KennisNetwork       *self,
                                                          guint                n_threads,
                                                          GCancellable        *cancellable,
                                                          GError             **error);
KENNIS_AVAILABLE_IN_1_0
KennisNetworkPaths *kennis_network_paths_ref             (KennisNetworkPaths  *self);
KENNIS_AVAILABLE_IN_1_0
void                kennis_network_paths_unref           (KennisNetworkPaths  *self);
KENNIS_AVAILABLE_IN_1_0
guint64             kennis_network_paths_get_n_pairs     (KennisNetworkPaths  *self);
KENNIS_AVAILABLE_IN_1_0
double              kennis_network_paths_get_mean_length (KennisNetworkPaths  *self);
KENNIS_AVAILABLE_IN_1_0
guint               kennis_network_paths_get_diameter    (KennisNetworkPaths  *self);
KENNIS_AVAILABLE_IN_1_0
double              kennis_network_paths_get_efficiency  (KennisNetworkPaths  *self);
KENNIS_AVAILABLE_IN_1_0
GBytes             *kennis_network_paths_get_pairs       (KennisNetworkPaths  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisNetworkPaths, kennis_network_paths_unref)

G_END_DECLS
