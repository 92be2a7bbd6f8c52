#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <gio/gio.h>
#include <kennis/kennis-enums.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_QUERY (kennis_query_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisQuery, kennis_query, KENNIS, QUERY, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisQuery *kennis_query_new               (void);
KENNIS_AVAILABLE_IN_1_0
void         kennis_query_add_metric        (KennisQuery        *self,
                                             const char         *pattern);
KENNIS_AVAILABLE_IN_1_0
void         kennis_query_add_grouping      (KennisQuery        *self,
                                             const char * const *attributes);
KENNIS_AVAILABLE_IN_1_0
gboolean     kennis_query_set_window        (KennisQuery        *self,
                                             const char         *from,
                                             const char         *to,
                                             GError            **error);
KENNIS_AVAILABLE_IN_1_0
gboolean     kennis_query_set_minimum_group (KennisQuery        *self,
                                             guint               minimum,
                                             gboolean            below_three,
                                             GError            **error);

G_END_DECLS
