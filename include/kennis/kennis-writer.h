#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-dataset.h>
#include <kennis/kennis-progress.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_WRITER (kennis_writer_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisWriter, kennis_writer, KENNIS, WRITER, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisWriter *kennis_writer_new          (void);
KENNIS_AVAILABLE_IN_1_0
gboolean      kennis_writer_get_compress (KennisWriter        *self);
KENNIS_AVAILABLE_IN_1_0
void          kennis_writer_set_compress (KennisWriter        *self,
                                          gboolean             compress);

KENNIS_AVAILABLE_IN_1_0
gboolean      kennis_writer_save         (KennisWriter        *self,
                                          KennisDataset       *dataset,
                                          GFile               *file,
                                          KennisProgress       progress,
                                          gpointer             progress_data,
                                          GCancellable        *cancellable,
                                          GError             **error);
KENNIS_AVAILABLE_IN_1_0
void          kennis_writer_save_async   (KennisWriter        *self,
                                          KennisDataset       *dataset,
                                          GFile               *file,
                                          KennisProgress       progress,
                                          gpointer             progress_data,
                                          GDestroyNotify       progress_destroy,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
KENNIS_AVAILABLE_IN_1_0
gboolean      kennis_writer_save_finish  (KennisWriter        *self,
                                          GAsyncResult        *result,
                                          GError             **error);
KENNIS_AVAILABLE_IN_1_0
gboolean      kennis_writer_write        (KennisWriter        *self,
                                          KennisDataset       *dataset,
                                          GOutputStream       *stream,
                                          KennisProgress       progress,
                                          gpointer             progress_data,
                                          GCancellable        *cancellable,
                                          GError             **error);

G_END_DECLS
