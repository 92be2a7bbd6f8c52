#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-dataset.h>
#include <kennis/kennis-diagnostic.h>
#include <kennis/kennis-mapping.h>
#include <kennis/kennis-progress.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_READER (kennis_reader_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisReader, kennis_reader, KENNIS, READER, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisReader      *kennis_reader_new                 (void);

KENNIS_AVAILABLE_IN_1_0
gboolean           kennis_reader_get_strict          (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_reader_set_strict          (KennisReader        *self,
                                                      gboolean             strict);
KENNIS_AVAILABLE_IN_1_0
guint              kennis_reader_get_max_diagnostics (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_reader_set_max_diagnostics (KennisReader        *self,
                                                      guint                max_diagnostics);
KENNIS_AVAILABLE_IN_1_0
double             kennis_reader_get_year_days       (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_reader_set_year_days       (KennisReader        *self,
                                                      double               year_days);
KENNIS_AVAILABLE_IN_1_0
gboolean           kennis_reader_get_accept_seen     (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_reader_set_accept_seen     (KennisReader        *self,
                                                      gboolean             accept_seen);
KENNIS_AVAILABLE_IN_1_0
KennisSuppression *kennis_reader_get_suppression     (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_reader_set_suppression     (KennisReader        *self,
                                                      KennisSuppression   *suppression);

KENNIS_AVAILABLE_IN_1_0
KennisMapping     *kennis_reader_get_mapping         (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_reader_set_mapping         (KennisReader        *self,
                                                      KennisMapping       *mapping);
KENNIS_AVAILABLE_IN_1_0
const char        *kennis_reader_get_time_zone       (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_reader_set_time_zone       (KennisReader        *self,
                                                      const char          *time_zone);
KENNIS_AVAILABLE_IN_1_0
const char        *kennis_reader_get_currency        (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_reader_set_currency        (KennisReader        *self,
                                                      const char          *currency);
KENNIS_AVAILABLE_IN_1_0
const char        *kennis_reader_get_encoding        (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_reader_set_encoding        (KennisReader        *self,
                                                      const char          *encoding);
KENNIS_AVAILABLE_IN_1_0
const char        *kennis_reader_get_date_order      (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_reader_set_date_order      (KennisReader        *self,
                                                      const char          *date_order);
KENNIS_AVAILABLE_IN_1_0
GBytes            *kennis_reader_get_pseudonym_key   (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_reader_set_pseudonym_key   (KennisReader        *self,
                                                      GBytes              *pseudonym_key);
KENNIS_AVAILABLE_IN_1_0
gboolean           kennis_reader_get_coarse_times    (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_reader_set_coarse_times    (KennisReader        *self,
                                                      gboolean             coarse_times);
KENNIS_AVAILABLE_IN_1_0
gint64             kennis_reader_get_events_from     (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_reader_set_events_from     (KennisReader        *self,
                                                      gint64               events_from);
KENNIS_AVAILABLE_IN_1_0
gint64             kennis_reader_get_events_until    (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_reader_set_events_until    (KennisReader        *self,
                                                      gint64               events_until);
KENNIS_AVAILABLE_IN_1_0
guint64            kennis_reader_get_n_rows          (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
guint64            kennis_reader_get_n_rows_used     (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
guint64            kennis_reader_get_n_rows_rejected (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
guint64            kennis_reader_get_n_rows_ignored  (KennisReader        *self);

KENNIS_AVAILABLE_IN_1_0
gboolean           kennis_reader_read                (KennisReader        *self,
                                                      GFile               *file,
                                                      KennisDataset       *dataset,
                                                      KennisProgress       progress,
                                                      gpointer             progress_data,
                                                      GCancellable        *cancellable,
                                                      GError             **error);
KENNIS_AVAILABLE_IN_1_0
void               kennis_reader_read_async          (KennisReader        *self,
                                                      GFile               *file,
                                                      KennisDataset       *dataset,
                                                      KennisProgress       progress,
                                                      gpointer             progress_data,
                                                      GDestroyNotify       progress_destroy,
                                                      GCancellable        *cancellable,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
KENNIS_AVAILABLE_IN_1_0
gboolean           kennis_reader_read_finish         (KennisReader        *self,
                                                      GAsyncResult        *result,
                                                      GError             **error);
KENNIS_AVAILABLE_IN_1_0
gboolean           kennis_reader_read_stream         (KennisReader        *self,
                                                      GInputStream        *stream,
                                                      const char          *name,
                                                      KennisDataset       *dataset,
                                                      KennisProgress       progress,
                                                      gpointer             progress_data,
                                                      GCancellable        *cancellable,
                                                      GError             **error);

KENNIS_AVAILABLE_IN_1_0
KennisDataset     *kennis_reader_load                (KennisReader        *self,
                                                      GFile               *file,
                                                      KennisProgress       progress,
                                                      gpointer             progress_data,
                                                      GCancellable        *cancellable,
                                                      GError             **error);
KENNIS_AVAILABLE_IN_1_0
void               kennis_reader_load_async          (KennisReader        *self,
                                                      GFile               *file,
                                                      KennisProgress       progress,
                                                      gpointer             progress_data,
                                                      GDestroyNotify       progress_destroy,
                                                      GCancellable        *cancellable,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
KENNIS_AVAILABLE_IN_1_0
KennisDataset     *kennis_reader_load_finish         (KennisReader        *self,
                                                      GAsyncResult        *result,
                                                      GError             **error);
KENNIS_AVAILABLE_IN_1_0
KennisDataset     *kennis_reader_load_stream         (KennisReader        *self,
                                                      GInputStream        *stream,
                                                      const char          *name,
                                                      KennisProgress       progress,
                                                      gpointer             progress_data,
                                                      GCancellable        *cancellable,
                                                      GError             **error);

KENNIS_AVAILABLE_IN_1_0
GListModel        *kennis_reader_get_diagnostics     (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
guint64            kennis_reader_get_n_diagnostics   (KennisReader        *self,
                                                      KennisSeverity       severity);
KENNIS_AVAILABLE_IN_1_0
guint64            kennis_reader_get_n_read          (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
guint64            kennis_reader_get_n_added         (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
guint64            kennis_reader_get_n_merged        (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
guint64            kennis_reader_get_n_rejected      (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
guint64            kennis_reader_get_n_ignored       (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
guint64            kennis_reader_get_n_seen          (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
char             **kennis_reader_get_fingerprints    (KennisReader        *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_reader_reset               (KennisReader        *self);

G_END_DECLS
