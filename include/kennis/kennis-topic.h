#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-record.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_TOPIC (kennis_topic_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisTopic, kennis_topic, KENNIS, TOPIC, KennisRecord)

KENNIS_AVAILABLE_IN_1_0
KennisTopic *kennis_topic_new (void);

G_END_DECLS
