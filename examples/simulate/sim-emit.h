#pragma once

#include <kennis/kennis.h>

/* Turns what the model says into records of a KennisDataset, through the library's public API only.
 *
 *   sim_emit_begin (emit, KENNIS_RECORD_TYPE_GOAL);
 *   sim_emit_text (emit, "person", "p00012");
 *   sim_emit_time (emit, "set", time);
 *   sim_emit_end (emit);
 *
 * The first failure stays in error; what comes after it is ignored. */
#define SIM_EMIT_FIELDS 24

typedef struct
{
  KennisDataset   *dataset;
  GError          *error;
  KennisRecordType type;
  guint            n_fields;
  const char      *names[SIM_EMIT_FIELDS];
  GValue           values[SIM_EMIT_FIELDS];
  GType            types[KENNIS_RECORD_TYPE_OUTCOME + 1];
} SimEmit;

gboolean sim_emit_init    (SimEmit *self, GError **error);
void     sim_emit_clear   (SimEmit *self);
void     sim_emit_begin   (SimEmit *self, KennisRecordType type);
/* The text is not copied: it must live until sim_emit_end().  NULL: unknown. */
void     sim_emit_text    (SimEmit *self, const char *field, const char *text);
void     sim_emit_list    (SimEmit *self, const char *field, const char *const *members);
/* Times and durations in ms, money in 1/10 000, whole numbers. */
void     sim_emit_number  (SimEmit *self, const char *field, gint64 number);
void     sim_emit_decimal (SimEmit *self, const char *field, double number);
void     sim_emit_enum    (SimEmit *self, const char *field, GType type, int value);
void     sim_emit_end     (SimEmit *self);
gboolean sim_emit_save    (SimEmit *self, GFile *file, gboolean compress, GError **error);
