#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <gio/gio.h>
#include <kennis/kennis-value-enums.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_QUANTITY (kennis_quantity_get_type ())
typedef struct _KennisQuantity KennisQuantity;

KENNIS_AVAILABLE_IN_1_0
GType              kennis_quantity_get_type         (void);
KENNIS_AVAILABLE_IN_1_0
KennisQuantity    *kennis_quantity_new              (double           number);
KENNIS_AVAILABLE_IN_1_0
KennisQuantity    *kennis_quantity_parse            (const char      *text,
                                                     GError         **error);
KENNIS_AVAILABLE_IN_1_0
KennisQuantity    *kennis_quantity_ref              (KennisQuantity  *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_quantity_unref            (KennisQuantity  *self);
KENNIS_AVAILABLE_IN_1_0
char              *kennis_quantity_to_text          (KennisQuantity  *self);
KENNIS_AVAILABLE_IN_1_0
KennisDistribution kennis_quantity_get_distribution (KennisQuantity  *self);
KENNIS_AVAILABLE_IN_1_0
double             kennis_quantity_get_mean         (KennisQuantity  *self);
KENNIS_AVAILABLE_IN_1_0
double             kennis_quantity_get_sd           (KennisQuantity  *self);
KENNIS_AVAILABLE_IN_1_0
double             kennis_quantity_get_least        (KennisQuantity  *self);
KENNIS_AVAILABLE_IN_1_0
double             kennis_quantity_get_most         (KennisQuantity  *self);
KENNIS_AVAILABLE_IN_1_0
double             kennis_quantity_quantile         (KennisQuantity  *self,
                                                     double           p);
KENNIS_AVAILABLE_IN_1_0
double             kennis_quantity_probability      (KennisQuantity  *self,
                                                     double           value);
KENNIS_AVAILABLE_IN_1_0
GBytes            *kennis_quantity_sample           (KennisQuantity  *self,
                                                     guint64          seed,
                                                     guint64          stream,
                                                     gsize            n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisQuantity, kennis_quantity_unref)

G_END_DECLS
