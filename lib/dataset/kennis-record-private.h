#pragma once

#include <kennis/kennis-record.h>

/* Gives a class of records its type and the properties that the type's schema lists. */
void kennis_record_class_install (KennisRecordClass *klass, KennisRecordType type);

/* Makes every field unknown. */
void kennis_record_clear         (KennisRecord *self);

/* One line for each type of record. */
#define KENNIS_DEFINE_RECORD(Name, name, TYPE)                                             \
  struct _Kennis##Name                                                                     \
  {                                                                                        \
    KennisRecord parent_instance;                                                          \
  };                                                                                       \
  G_DEFINE_FINAL_TYPE (Kennis##Name, kennis_##name, KENNIS_TYPE_RECORD)                    \
  static void kennis_##name##_init (Kennis##Name *self)                                    \
  {                                                                                        \
    kennis_record_clear (KENNIS_RECORD (self));                                            \
  }                                                                                        \
  static void kennis_##name##_class_init (Kennis##Name##Class *klass)                      \
  {                                                                                        \
    kennis_record_class_install (KENNIS_RECORD_CLASS (klass), KENNIS_RECORD_TYPE_##TYPE);  \
  }
