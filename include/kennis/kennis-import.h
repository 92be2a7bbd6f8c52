#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-progress.h>
#include <kennis/kennis-reader.h>
#include <kennis/kennis-summary.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_IMPORT (kennis_import_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisImport, kennis_import, KENNIS, IMPORT, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisImport  *kennis_import_new               (KennisReader         *reader);
KENNIS_AVAILABLE_IN_1_0
void           kennis_import_add_file          (KennisImport         *self,
                                                GFile                *file,
                                                const char           *name);
KENNIS_AVAILABLE_IN_1_0
void           kennis_import_add_stream        (KennisImport         *self,
                                                GInputStream         *stream,
                                                const char           *name);
KENNIS_AVAILABLE_IN_1_0
void           kennis_import_set_mapping       (KennisImport         *self,
                                                guint                 source,
                                                KennisMapping        *mapping);
KENNIS_AVAILABLE_IN_1_0
gboolean       kennis_import_add_coverage      (KennisImport         *self,
                                                const char           *record,
                                                const char           *field,
                                                const char           *from,
                                                const char           *until,
                                                GError              **error);
KENNIS_AVAILABLE_IN_1_0
KennisDataset *kennis_import_load              (KennisImport         *self,
                                                KennisProgress        progress,
                                                gpointer              progress_data,
                                                GCancellable         *cancellable,
                                                GError              **error);
KENNIS_AVAILABLE_IN_1_0
void           kennis_import_load_async        (KennisImport         *self,
                                                KennisProgress        progress,
                                                gpointer              progress_data,
                                                GDestroyNotify        progress_destroy,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
KENNIS_AVAILABLE_IN_1_0
KennisDataset *kennis_import_load_finish       (KennisImport         *self,
                                                GAsyncResult         *result,
                                                GError              **error);
KENNIS_AVAILABLE_IN_1_0
gboolean       kennis_import_run               (KennisImport         *self,
                                                guint                 n_threads,
                                                KennisProgress        progress,
                                                gpointer              progress_data,
                                                GCancellable         *cancellable,
                                                GError              **error);
KENNIS_AVAILABLE_IN_1_0
void           kennis_import_run_async         (KennisImport         *self,
                                                guint                 n_threads,
                                                KennisProgress        progress,
                                                gpointer              progress_data,
                                                GDestroyNotify        progress_destroy,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
KENNIS_AVAILABLE_IN_1_0
gboolean       kennis_import_run_finish        (KennisImport         *self,
                                                GAsyncResult         *result,
                                                GError              **error);
KENNIS_AVAILABLE_IN_1_0
KennisSummary *kennis_import_get_summary       (KennisImport         *self);
KENNIS_AVAILABLE_IN_1_0
KennisReader  *kennis_import_get_reader        (KennisImport         *self);
KENNIS_AVAILABLE_IN_1_0
gboolean       kennis_import_is_complete       (KennisImport         *self);
KENNIS_AVAILABLE_IN_1_0
guint          kennis_import_get_n_sources     (KennisImport         *self);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_import_get_name          (KennisImport         *self,
                                                guint                 source);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_import_get_fingerprint   (KennisImport         *self,
                                                guint                 source);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_import_get_problem       (KennisImport         *self,
                                                guint                 source);
KENNIS_AVAILABLE_IN_1_0
guint64        kennis_import_get_n_read        (KennisImport         *self,
                                                guint                 source);
KENNIS_AVAILABLE_IN_1_0
guint64        kennis_import_get_n_added       (KennisImport         *self,
                                                guint                 source);
KENNIS_AVAILABLE_IN_1_0
guint64        kennis_import_get_n_merged      (KennisImport         *self,
                                                guint                 source);
KENNIS_AVAILABLE_IN_1_0
guint64        kennis_import_get_n_rejected    (KennisImport         *self,
                                                guint                 source);
KENNIS_AVAILABLE_IN_1_0
guint64        kennis_import_get_n_ignored     (KennisImport         *self,
                                                guint                 source);
KENNIS_AVAILABLE_IN_1_0
guint64        kennis_import_get_n_seen        (KennisImport         *self,
                                                guint                 source);
KENNIS_AVAILABLE_IN_1_0
guint64        kennis_import_get_n_rows        (KennisImport         *self,
                                                guint                 source);
KENNIS_AVAILABLE_IN_1_0
guint64        kennis_import_get_n_rows_used   (KennisImport         *self,
                                                guint                 source);
KENNIS_AVAILABLE_IN_1_0
guint64        kennis_import_get_n_rows_rejected (KennisImport       *self,
                                                guint                 source);
KENNIS_AVAILABLE_IN_1_0
guint64        kennis_import_get_n_rows_ignored (KennisImport        *self,
                                                guint                 source);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_import_get_format        (KennisImport         *self,
                                                guint                 source);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_import_get_mapping       (KennisImport         *self,
                                                guint                 source);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_import_get_encoding      (KennisImport         *self,
                                                guint                 source);
KENNIS_AVAILABLE_IN_1_0
char         **kennis_import_get_reasons       (KennisImport         *self,
                                                guint                 source);
KENNIS_AVAILABLE_IN_1_0
char          *kennis_import_to_string         (KennisImport         *self,
                                                const char           *language);
KENNIS_AVAILABLE_IN_1_0
char          *kennis_import_to_json           (KennisImport         *self);

G_END_DECLS
