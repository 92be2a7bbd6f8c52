#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <gio/gio.h>
#include <kennis/kennis-enums.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_DIAGNOSTIC (kennis_diagnostic_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisDiagnostic, kennis_diagnostic, KENNIS, DIAGNOSTIC, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisSeverity kennis_diagnostic_get_severity (KennisDiagnostic *self);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_diagnostic_get_file     (KennisDiagnostic *self);
KENNIS_AVAILABLE_IN_1_0
guint64        kennis_diagnostic_get_line     (KennisDiagnostic *self);
KENNIS_AVAILABLE_IN_1_0
guint64        kennis_diagnostic_get_column   (KennisDiagnostic *self);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_diagnostic_get_record   (KennisDiagnostic *self);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_diagnostic_get_problem  (KennisDiagnostic *self);
KENNIS_AVAILABLE_IN_1_0
const char    *kennis_diagnostic_get_accepted (KennisDiagnostic *self);
KENNIS_AVAILABLE_IN_1_0
char          *kennis_diagnostic_to_string    (KennisDiagnostic *self);

G_END_DECLS
