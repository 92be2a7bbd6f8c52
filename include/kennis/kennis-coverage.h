#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-record.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_COVERAGE (kennis_coverage_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisCoverage, kennis_coverage, KENNIS, COVERAGE, KennisRecord)

KENNIS_AVAILABLE_IN_1_0
KennisCoverage *kennis_coverage_new (void);

G_END_DECLS
