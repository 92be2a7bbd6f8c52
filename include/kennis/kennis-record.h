#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <gio/gio.h>
#include <kennis/kennis-enums.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_RECORD (kennis_record_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_DERIVABLE_TYPE (KennisRecord, kennis_record, KENNIS, RECORD, GObject)

/**
 * KennisRecordClass:
 *
 * The class of records; only the library derives from it.
 *
 * Since: 1.0
 */
struct _KennisRecordClass
{
  /*< private >*/
  GObjectClass parent_class;
  KennisRecordType record_type;
};

KENNIS_AVAILABLE_IN_1_0
KennisRecordType kennis_record_get_record_type (KennisRecord *self);
KENNIS_AVAILABLE_IN_1_0
KennisRecord    *kennis_record_of_type         (KennisRecordType type);
KENNIS_AVAILABLE_IN_1_0
gboolean         kennis_record_equal           (KennisRecord *self,
                                                KennisRecord *other);
KENNIS_AVAILABLE_IN_1_0
char            *kennis_record_to_string       (KennisRecord *self);

G_END_DECLS
