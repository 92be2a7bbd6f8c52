#include "config.h"

#include "base/kennis-hash-private.h"
#include "dataset/kennis-dataset-private.h"

#define FIRST_SLOTS 16u

/* Is the id the whole natural key?  Then rows are found through it, without a table of hashes. */
static gboolean
key_is_id (const KennisSchema *schema)
{
  if (schema->id_field < 0)
    return FALSE;

  for (guint f = 0; f < schema->n_fields; f++)
    if ((int) f != schema->id_field && (schema->fields[f].flags & KENNIS_FIELD_KEY) != 0)
      return FALSE;

  return TRUE;
}

void
kennis_table_init (KennisTable        *self,
                   const KennisSchema *schema)
{
  memset (self, 0, sizeof *self);
  kennis_dataset_ordinary_codes (schema, self->ordinary);
  for (guint f = 0; f < schema->n_fields; f++)
    {
      const KennisField *field = &schema->fields[f];

      kennis_column_init (&self->columns[f], kennis_field_unknown (field));
      if ((field->flags & KENNIS_FIELD_REFERS) != 0)
        self->refers |= 1u << f;
      if (field->kind == KENNIS_KIND_TEXT && field->space <= KENNIS_SPACE_TOPIC)
        self->marks |= 1u << f;
    }
  if (key_is_id (schema))
    self->rows_of_id = g_array_new (FALSE, TRUE, sizeof (guint32));
}

void
kennis_table_clear (KennisTable        *self,
                    const KennisSchema *schema)
{
  for (guint f = 0; f < schema->n_fields; f++)
    kennis_column_clear (&self->columns[f]);
  g_clear_pointer (&self->rows_of_id, g_array_unref);
  g_clear_pointer (&self->slots, g_free);
  self->n_rows = self->n_slots = 0;
}

void
kennis_table_snapshot (const KennisTable  *self,
                       const KennisSchema *schema,
                       KennisTable        *copy)
{
  memset (copy, 0, sizeof *copy);
  for (guint f = 0; f < schema->n_fields; f++)
    kennis_column_snapshot (&self->columns[f], &copy->columns[f]);
  copy->n_rows = self->n_rows;
  memcpy (copy->ordinary, self->ordinary, sizeof copy->ordinary);
  copy->refers = self->refers;
  copy->marks = self->marks;
}

static guint64
hash_key (const KennisSchema *schema,
          const gint64       *codes)
{
  gint64 key[KENNIS_MAX_FIELDS];
  guint n = 0;

  for (guint f = 0; f < schema->n_fields; f++)
    if ((schema->fields[f].flags & KENNIS_FIELD_KEY) != 0)
      key[n++] = codes[f];

  return kennis_hash_bytes (key, n * sizeof *key);
}

static gboolean
row_has_key (const KennisTable  *self,
             const KennisSchema *schema,
             gsize               row,
             const gint64       *codes)
{
  for (guint f = 0; f < schema->n_fields; f++)
    if ((schema->fields[f].flags & KENNIS_FIELD_KEY) != 0 && kennis_column_get (&self->columns[f], row) != codes[f])
      return FALSE;

  return TRUE;
}

static gint64
find_by_id (const KennisTable  *self,
            const KennisSchema *schema,
            const gint64       *codes)
{
  gint64 id = codes[schema->id_field];

  if (id < 0 || id >= self->rows_of_id->len)
    return -1;

  return (gint64) g_array_index (self->rows_of_id, guint32, id) - 1;
}

gint64
kennis_table_find (const KennisTable  *self,
                   const KennisSchema *schema,
                   const gint64       *codes)
{
  if (self->rows_of_id != NULL)
    return find_by_id (self, schema, codes);
  if (self->n_slots == 0)
    return -1;

  guint32 mask = self->n_slots - 1;
  for (guint32 slot = hash_key (schema, codes) & mask; self->slots[slot] != 0; slot = (slot + 1) & mask)
    if (row_has_key (self, schema, self->slots[slot] - 1, codes))
      return self->slots[slot] - 1;

  return -1;
}

static void
insert_slot (KennisTable *self,
             guint64      hash,
             guint32      row)
{
  guint32 mask = self->n_slots - 1, slot = hash & mask;

  while (self->slots[slot] != 0)
    slot = (slot + 1) & mask;
  self->slots[slot] = row + 1;
}

static void
grow_slots (KennisTable        *self,
            const KennisSchema *schema)
{
  self->n_slots = MAX (FIRST_SLOTS, self->n_slots * 2);
  g_free (self->slots);
  self->slots = g_new0 (guint32, self->n_slots);

  for (guint32 row = 0; row < self->n_rows; row++)
    {
      gint64 codes[KENNIS_MAX_FIELDS];

      kennis_table_get_row (self, schema, row, codes);
      insert_slot (self, hash_key (schema, codes), row);
    }
}

static void
index_row (KennisTable        *self,
           const KennisSchema *schema,
           const gint64       *codes)
{
  if (self->rows_of_id != NULL)
    {
      gint64 id = codes[schema->id_field];

      if (id < 0)
        return;
      if (G_UNLIKELY (id >= self->rows_of_id->len))
        g_array_set_size (self->rows_of_id, id + 1);
      g_array_index (self->rows_of_id, guint32, id) = self->n_rows + 1;
      return;
    }

  if ((guint64) (self->n_rows + 1) * 5 > (guint64) self->n_slots * 4)
    grow_slots (self, schema);
  insert_slot (self, hash_key (schema, codes), self->n_rows);
}

void
kennis_table_append (KennisTable        *self,
                     const KennisSchema *schema,
                     const gint64       *codes)
{
  index_row (self, schema, codes);
  for (guint f = 0; f < schema->n_fields; f++)
    kennis_column_append (&self->columns[f], codes[f]);
  self->n_rows++;
}

void
kennis_table_get_row (const KennisTable  *self,
                      const KennisSchema *schema,
                      gsize               row,
                      gint64             *codes)
{
  for (guint f = 0; f < schema->n_fields; f++)
    codes[f] = kennis_column_get (&self->columns[f], row);
}

void
kennis_table_forget_rows (KennisTable        *self,
                          const KennisSchema *schema)
{
  g_autoptr (GArray) ids = g_steal_pointer (&self->rows_of_id);

  for (guint32 row = 0; ids != NULL && row < self->n_rows; row++)
    {
      gint64 id = kennis_column_get (&self->columns[schema->id_field], row);

      if (id >= 0)
        g_array_index (ids, guint32, id) = KENNIS_ROW_GONE + 1;
    }

  kennis_table_clear (self, schema);
  kennis_table_init (self, schema);
  if (ids != NULL)
    {
      g_array_unref (self->rows_of_id);
      self->rows_of_id = g_steal_pointer (&ids);
    }
}
