#include "config.h"

#include "simulate/sim-emit.h"

gboolean
sim_emit_init (SimEmit  *self,
               GError  **error)
{
  *self = (SimEmit) { NULL };
  self->dataset = kennis_dataset_new ("Europe/Amsterdam", "EUR", error);

  return self->dataset != NULL;
}

static void
forget_fields (SimEmit *self)
{
  for (guint i = 0; i < self->n_fields; i++)
    g_value_unset (&self->values[i]);
  self->n_fields = 0;
}

void
sim_emit_clear (SimEmit *self)
{
  forget_fields (self);
  g_clear_object (&self->dataset);
  g_clear_error (&self->error);
}

void
sim_emit_begin (SimEmit          *self,
                KennisRecordType  type)
{
  forget_fields (self);
  self->type = type;
  if (self->types[type] != 0)
    return;

  g_autoptr (KennisRecord) sample = kennis_record_of_type (type);
  self->types[type] = G_OBJECT_TYPE (sample);
}

static GValue *
add_field (SimEmit    *self,
           const char *field,
           GType       type)
{
  guint at = self->n_fields++;

  g_assert (at < SIM_EMIT_FIELDS);
  self->names[at] = field;

  return g_value_init (&self->values[at], type);
}

void
sim_emit_text (SimEmit    *self,
               const char *field,
               const char *text)
{
  if (text != NULL)
    g_value_set_static_string (add_field (self, field, G_TYPE_STRING), text);
}

void
sim_emit_list (SimEmit           *self,
               const char        *field,
               const char *const *members)
{
  g_value_set_static_boxed (add_field (self, field, G_TYPE_STRV), members);
}

void
sim_emit_number (SimEmit    *self,
                 const char *field,
                 gint64      number)
{
  if (number != KENNIS_UNKNOWN)
    g_value_set_int64 (add_field (self, field, G_TYPE_INT64), number);
}

void
sim_emit_decimal (SimEmit    *self,
                  const char *field,
                  double      number)
{
  g_value_set_double (add_field (self, field, G_TYPE_DOUBLE), number);
}

void
sim_emit_enum (SimEmit    *self,
               const char *field,
               GType       type,
               int         value)
{
  if (value != 0)
    g_value_set_enum (add_field (self, field, type), value);
}

void
sim_emit_end (SimEmit *self)
{
  g_autoptr (GObject) record = NULL;

  if (self->error == NULL)
    {
      record = g_object_new_with_properties (self->types[self->type], self->n_fields, self->names, self->values);
      kennis_dataset_add (self->dataset, KENNIS_RECORD (record), NULL, &self->error);
    }
  forget_fields (self);
}

gboolean
sim_emit_save (SimEmit  *self,
               GFile    *file,
               gboolean  compress,
               GError  **error)
{
  g_autoptr (KennisWriter) writer = kennis_writer_new ();

  kennis_writer_set_compress (writer, compress);

  return kennis_writer_save (writer, self->dataset, file, NULL, NULL, NULL, error);
}
