#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-measurement.h>
#include <kennis/kennis-progress.h>
#include <kennis/kennis-query.h>
#include <kennis/kennis-summary.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_MEASUREMENTS (kennis_measurements_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisMeasurements, kennis_measurements, KENNIS, MEASUREMENTS, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisMeasurements *kennis_measurements_make        (KennisSummary       *summary,
                                                    KennisQuery        **queries,
                                                    gsize                n_queries,
                                                    guint                n_threads,
                                                    KennisProgress       progress,
                                                    gpointer             progress_data,
                                                    GCancellable        *cancellable,
                                                    GError             **error);
KENNIS_AVAILABLE_IN_1_0
void                kennis_measurements_make_async  (KennisSummary       *summary,
                                                    KennisQuery        **queries,
                                                    gsize                n_queries,
                                                    guint                n_threads,
                                                    KennisProgress       progress,
                                                    gpointer             progress_data,
                                                    GDestroyNotify       progress_destroy,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
KENNIS_AVAILABLE_IN_1_0
KennisMeasurements *kennis_measurements_make_finish (GAsyncResult        *result,
                                                    GError             **error);
KENNIS_AVAILABLE_IN_1_0
guint               kennis_measurements_get_size   (KennisMeasurements  *self);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_measurements_get_currency (KennisMeasurements *self);
KENNIS_AVAILABLE_IN_1_0
char              **kennis_measurements_get_columns (KennisMeasurements *self);
KENNIS_AVAILABLE_IN_1_0
GType               kennis_measurements_get_column_type (KennisMeasurements *self,
                                                    const char          *name,
                                                    GError             **error);
KENNIS_AVAILABLE_IN_1_0
GBytes             *kennis_measurements_get_column (KennisMeasurements  *self,
                                                    const char          *name,
                                                    GError             **error);
KENNIS_AVAILABLE_IN_1_0
char              **kennis_measurements_get_texts  (KennisMeasurements  *self,
                                                    const char          *name,
                                                    GError             **error);
KENNIS_AVAILABLE_IN_1_0
KennisMeasurement  *kennis_measurements_find       (KennisMeasurements  *self,
                                                    const char          *metric,
                                                    const char * const  *group,
                                                    const char          *period);

G_END_DECLS
