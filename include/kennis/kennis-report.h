#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-import.h>
#include <kennis/kennis-measurements.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_REPORT (kennis_report_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisReport, kennis_report, KENNIS, REPORT, GObject)

KENNIS_AVAILABLE_IN_1_0
GPtrArray          *kennis_report_plan             (KennisQuery         *query);
KENNIS_AVAILABLE_IN_1_0
KennisReport       *kennis_report_new              (KennisMeasurements  *measurements);
KENNIS_AVAILABLE_IN_1_0
KennisMeasurements *kennis_report_get_measurements (KennisReport        *self);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_report_get_language     (KennisReport        *self);
KENNIS_AVAILABLE_IN_1_0
void                kennis_report_set_language     (KennisReport        *self,
                                                    const char          *language);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_report_get_title        (KennisReport        *self);
KENNIS_AVAILABLE_IN_1_0
void                kennis_report_set_title        (KennisReport        *self,
                                                    const char          *title);
KENNIS_AVAILABLE_IN_1_0
void                kennis_report_set_query        (KennisReport        *self,
                                                    KennisQuery         *query);
KENNIS_AVAILABLE_IN_1_0
void                kennis_report_set_import       (KennisReport        *self,
                                                    KennisImport        *import);
KENNIS_AVAILABLE_IN_1_0
void                kennis_report_set_summary      (KennisReport        *self,
                                                    KennisSummary       *summary);
KENNIS_AVAILABLE_IN_1_0
void                kennis_report_set_terminal     (KennisReport        *self,
                                                    gboolean             colour,
                                                    guint                width);
KENNIS_AVAILABLE_IN_1_0
GBytes             *kennis_report_render           (KennisReport        *self,
                                                    KennisReportFormat   format);
KENNIS_AVAILABLE_IN_1_0
gboolean            kennis_report_write            (KennisReport        *self,
                                                    KennisReportFormat   format,
                                                    GOutputStream       *stream,
                                                    GCancellable        *cancellable,
                                                    GError             **error);
KENNIS_AVAILABLE_IN_1_0
gboolean            kennis_report_save             (KennisReport        *self,
                                                    KennisReportFormat   format,
                                                    GFile               *file,
                                                    GCancellable        *cancellable,
                                                    GError             **error);

G_END_DECLS
