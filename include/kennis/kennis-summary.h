#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-dataset.h>
#include <kennis/kennis-progress.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_SUMMARY (kennis_summary_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisSummary, kennis_summary, KENNIS, SUMMARY, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisSummary *kennis_summary_make            (KennisDataset        *dataset,
                                              const char * const   *fingerprints,
                                              guint                 n_threads,
                                              KennisProgress        progress,
                                              gpointer              progress_data,
                                              GCancellable         *cancellable,
                                              GError              **error);
KENNIS_AVAILABLE_IN_1_0
void           kennis_summary_make_async      (KennisDataset        *dataset,
                                              const char * const   *fingerprints,
                                              guint                 n_threads,
                                              KennisProgress        progress,
                                              gpointer              progress_data,
                                              GDestroyNotify        progress_destroy,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
KENNIS_AVAILABLE_IN_1_0
KennisSummary *kennis_summary_make_finish     (GAsyncResult         *result,
                                              GError              **error);
KENNIS_AVAILABLE_IN_1_0
KennisSummary *kennis_summary_merge           (KennisSummary        *self,
                                              KennisSummary        *other,
                                              KennisProgress        progress,
                                              gpointer              progress_data,
                                              GCancellable         *cancellable,
                                              GError              **error);
KENNIS_AVAILABLE_IN_1_0
void           kennis_summary_merge_async     (KennisSummary        *self,
                                              KennisSummary        *other,
                                              KennisProgress        progress,
                                              gpointer              progress_data,
                                              GDestroyNotify        progress_destroy,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
KENNIS_AVAILABLE_IN_1_0
KennisSummary *kennis_summary_merge_finish    (KennisSummary        *self,
                                              GAsyncResult         *result,
                                              GError              **error);
KENNIS_AVAILABLE_IN_1_0
GBytes        *kennis_summary_to_bytes       (KennisSummary        *self);
KENNIS_AVAILABLE_IN_1_0
KennisSummary *kennis_summary_new_from_bytes (GBytes               *bytes,
                                              GError              **error);
KENNIS_AVAILABLE_IN_1_0
KennisSummary *kennis_summary_forget_person  (KennisSummary        *self,
                                              const char           *person,
                                              GError              **error);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_summary_get_time_zone  (KennisSummary        *self);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_summary_get_currency   (KennisSummary        *self);
KENNIS_AVAILABLE_IN_1_0
char         **kennis_summary_get_sources    (KennisSummary        *self);
KENNIS_AVAILABLE_IN_1_0
guint64        kennis_summary_count          (KennisSummary        *self,
                                              KennisRecordType      type);
KENNIS_AVAILABLE_IN_1_0
guint64        kennis_summary_get_n_cells    (KennisSummary        *self);

G_END_DECLS
