#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-report.h>
#include <kennis/kennis-return.h>

G_BEGIN_DECLS

KENNIS_AVAILABLE_IN_1_0
GBytes *kennis_value_report_render (KennisReturn        *result,
                                    KennisReportFormat   format,
                                    const char          *language,
                                    double               budget,
                                    GError             **error);

G_END_DECLS
