#include "config.h"

#include "base/kennis-hash-private.h"
#include "base/kennis-i18n-private.h"
#include "dataset/kennis-dataset-private.h"

#include <kennis/kennis-error.h>

static gboolean
is_plain (const char *text, gsize length, gboolean is_list)
{
  gboolean ascii = TRUE;

  for (gsize i = 0; i < length; i++)
    {
      guchar c = text[i];

      if ((c < 0x20 && !(is_list && c == KENNIS_LIST_SEPARATOR)) || c == 0x7f)
        return FALSE;
      ascii = ascii && c < 0x80;
    }

  return ascii || g_utf8_validate (text, length, NULL);
}

guint32
kennis_dataset_intern (KennisDataset *self, KennisSpace space, const char *text, gsize length, GError **error)
{
  guint32 index;

  if (length == 0 || !is_plain (text, length, space == KENNIS_SPACE_WORD))
    {
      g_set_error_literal (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                           length == 0 ? _("a text is empty; accepted is one character or more")
                                       : _("a text is not valid; accepted is UTF-8 without control characters"));
      return KENNIS_INTERN_NONE;
    }
  if (length > KENNIS_MAX_TEXT)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE, _("a text has %zu bytes; accepted are %d at most"),
                   length, KENNIS_MAX_TEXT);
      return KENNIS_INTERN_NONE;
    }

  index = kennis_intern_add (self->spaces[space], text, length);
  if (index == KENNIS_INTERN_NONE)
    g_set_error_literal (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE,
                         _("there is no room for more texts; accepted are 4 GiB of ids and words"));

  return index;
}

static void
mark (KennisDataset *self, KennisSpace space, gint64 code, guint8 flag)
{
  GByteArray *declared = self->declared[space];
  guint old = declared->len;

  if (G_UNLIKELY (code >= declared->len))
    {
      g_byte_array_set_size (declared, code + 1);
      memset (declared->data + old, 0, declared->len - old);
    }
  declared->data[code] |= flag;
}

/* Events may call a person by any name that the person is declared to have. */
static void
mark_aliases (KennisDataset *self, gint64 list)
{
  g_auto (GStrv) members = NULL;

  if (list == KENNIS_UNKNOWN)
    return;

  members = g_strsplit (kennis_dataset_text (self, KENNIS_SPACE_WORD, list), "\n", -1);
  for (guint i = 0; members[i] != NULL; i++)
    {
      guint32 alias = kennis_intern_add (self->spaces[KENNIS_SPACE_PERSON], members[i], strlen (members[i]));

      if (alias != KENNIS_INTERN_NONE)
        mark (self, KENNIS_SPACE_PERSON, alias, KENNIS_MARK_ALIAS);
    }
}

/* Notes what the new row declares and whom it names. */
static void
mark_row (KennisDataset *self, KennisRecordType type, const gint64 *codes)
{
  const KennisSchema *schema = kennis_schema_get (type);

  for (guint32 left = self->tables[type].marks; left != 0; left &= left - 1)
    {
      int f = __builtin_ctz (left);

      if (codes[f] != KENNIS_UNKNOWN)
        mark (self, (KennisSpace) schema->fields[f].space, codes[f],
              f == schema->id_field ? KENNIS_MARK_DECLARED : KENNIS_MARK_NAMED);
    }
  if (type == KENNIS_RECORD_TYPE_PERSON)
    mark_aliases (self, codes[KENNIS_PERSON_ALIASES]);
}

static gboolean
refuse_reference (KennisDataset *self, KennisRecordType type, const gint64 *codes, guint f, GError **error)
{
  const KennisSchema *schema = kennis_schema_get (type);
  const KennisField *field = &schema->fields[f];
  g_autofree char *record = kennis_dataset_describe_row (self, type, codes);

  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE,
               schema->is_event
                   ? _("%s: nobody declared the %s “%s”; accepted is one that was added before, or any with "
                       "accept-seen")
                   : _("%s: nobody declared the %s “%s”; accepted is one that was added before"),
               record, field->name, kennis_dataset_text (self, field->space, codes[f]));

  return FALSE;
}

gboolean
kennis_dataset_check_references (KennisDataset *self, KennisRecordType type, const gint64 *codes, GError **error)
{
  const KennisSchema *schema = kennis_schema_get (type);

  for (guint32 left = self->tables[type].refers; left != 0; left &= left - 1)
    {
      guint f = (guint) __builtin_ctz (left);

      if (codes[f] != KENNIS_UNKNOWN && !kennis_dataset_is_declared (self, schema->fields[f].space, codes[f]))
        return refuse_reference (self, type, codes, f, error);
    }

  return TRUE;
}

static gboolean
list_names_suppressed (KennisDataset *self, gint64 list)
{
  g_auto (GStrv) members = g_strsplit (kennis_dataset_text (self, KENNIS_SPACE_WORD, list), "\n", -1);

  for (guint i = 0; members[i] != NULL; i++)
    if (kennis_suppression_contains (self->suppression, members[i]))
      return TRUE;

  return FALSE;
}

static gboolean
check_suppression (KennisDataset *self, KennisRecordType type, const gint64 *codes, GError **error)
{
  const KennisSchema *schema = kennis_schema_get (type);
  gboolean found = FALSE;

  if (self->suppression == NULL)
    return TRUE;

  for (guint f = 0; f < schema->n_fields && !found; f++)
    {
      const KennisField *field = &schema->fields[f];

      if (codes[f] == KENNIS_UNKNOWN)
        continue;
      if (field->kind == KENNIS_KIND_TEXT
          && (field->space == KENNIS_SPACE_PERSON || field->space == KENNIS_SPACE_RESPONDENT))
        found = kennis_suppression_contains (self->suppression, kennis_dataset_text (self, field->space, codes[f]));
      else if (field->kind == KENNIS_KIND_LIST
               && (type == KENNIS_RECORD_TYPE_MOMENT || type == KENNIS_RECORD_TYPE_PERSON))
        found = list_names_suppressed (self, codes[f]);
    }
  if (found)
    g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_SUPPRESSED,
                 _("%s: names a person who was forgotten; accepted is any record of other people"), schema->name);

  return !found;
}

static gboolean
same_as_row (KennisDataset *self, KennisRecordType type, gsize row, const gint64 *codes, const char **differs)
{
  const KennisSchema *schema = kennis_schema_get (type);

  for (guint f = 0; f < schema->n_fields; f++)
    if (kennis_column_get (&self->tables[type].columns[f], row) != codes[f])
      {
        *differs = schema->fields[f].name;
        return FALSE;
      }

  return TRUE;
}

static gboolean
may_point_anywhere (KennisDataset *self, const KennisSchema *schema)
{
  return schema->is_event ? self->accept_seen : self->deferred;
}

void
kennis_dataset_append_checked (KennisDataset *self, KennisRecordType type, const gint64 *codes)
{
  kennis_table_append (&self->tables[type], kennis_schema_get (type), codes);
  mark_row (self, type, codes);
}

/* Is it an activity of which nothing is left but the id? */
static gboolean
is_gone (KennisDataset *self, KennisRecordType type, const gint64 *codes)
{
  const char *id;
  gsize length;

  if (self->gone == NULL || type != KENNIS_RECORD_TYPE_ACTIVITY || codes[KENNIS_ACTIVITY_ID] == KENNIS_UNKNOWN)
    return FALSE;
  id = kennis_intern_get (self->spaces[KENNIS_SPACE_ACTIVITY], (guint32) codes[KENNIS_ACTIVITY_ID], &length);

  return kennis_hashes_has (self->gone, kennis_hash_bytes (id, length));
}

static gboolean
check_all (KennisDataset *self, KennisRecordType type, const gint64 *codes, GError **error)
{
  return kennis_dataset_check_row (self, type, codes, error)
         && (may_point_anywhere (self, kennis_schema_get (type))
             || kennis_dataset_check_references (self, type, codes, error))
         && check_suppression (self, type, codes, error);
}

gboolean
kennis_dataset_pass (KennisDataset *self, KennisRecordType type, const gint64 *codes, GError **error)
{
  if (!check_all (self, type, codes, error))
    return FALSE;
  mark_row (self, type, codes);

  return TRUE;
}

gboolean
kennis_dataset_passes_apart (KennisDataset *self)
{
  return self->accept_seen && self->suppression == NULL;
}

void
kennis_dataset_name (KennisDataset *self, KennisSpace space, guint32 index)
{
  mark (self, space, index, KENNIS_MARK_NAMED);
}

gboolean
kennis_dataset_append (KennisDataset *self, KennisRecordType type, const gint64 *codes, gboolean *added, GError **error)
{
  const KennisSchema *schema = kennis_schema_get (type);
  KennisTable *table = &self->tables[type];
  const char *differs = NULL;
  gint64 row;

  *added = FALSE;
  if (!check_all (self, type, codes, error))
    return FALSE;
  if (table->n_rows == G_MAXUINT32 - 1)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE, _("%s: there are 4294967294 already"), schema->name);
      return FALSE;
    }

  row = kennis_table_find (table, schema, codes);
  if (row == KENNIS_ROW_GONE || (row >= 0 && same_as_row (self, type, row, codes, &differs)))
    return TRUE;
  if (row < 0 && is_gone (self, type, codes))
    return TRUE;
  if (row >= 0)
    {
      g_autofree char *record = kennis_dataset_describe_row (self, type, codes);

      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_CONFLICT,
                   _("%s: is there already with another “%s”; accepted is the same record, or another key"), record,
                   differs);
      return FALSE;
    }

  kennis_dataset_append_checked (self, type, codes);
  *added = TRUE;

  return TRUE;
}

/**
 * kennis_dataset_add:
 * @self: a dataset that is no snapshot
 * @record: a record
 * @added: (out) (optional): whether it is new; false where the same record was there already
 * @error: return location for an error
 *
 * Adds one record, after all checks.
 *
 * What a record names must be there: %KENNIS_ERROR_UNKNOWN_REFERENCE says which person or team is not (for events,
 * [property@Dataset:accept-seen] allows it).  %KENNIS_ERROR_INVALID says which field is wrong and what would be accepted;
 * %KENNIS_ERROR_CONFLICT, that another record has the same key; %KENNIS_ERROR_SUPPRESSED, that it names a forgotten
 * person; %KENNIS_ERROR_READ_ONLY, that @self is a snapshot.  Nothing is changed by a record that is refused.
 *
 * Time: O(1) on average, with its fields.
 *
 * Returns: true if the record is in the dataset now
 *
 * Since: 1.0
 */
gboolean
kennis_dataset_add (KennisDataset *self, KennisRecord *record, gboolean *added, GError **error)
{
  gint64 codes[KENNIS_MAX_FIELDS];
  gboolean is_new = FALSE, ok;

  g_return_val_if_fail (KENNIS_IS_DATASET (self), FALSE);
  g_return_val_if_fail (KENNIS_IS_RECORD (record), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (self->read_only)
    {
      g_set_error_literal (error, KENNIS_ERROR, KENNIS_ERROR_READ_ONLY,
                           _("The dataset is a snapshot; accepted is a dataset made with kennis_dataset_new()"));
      return FALSE;
    }

  ok = kennis_record_to_codes (record, self, codes, error)
       && kennis_dataset_append (self, kennis_record_get_record_type (record), codes, &is_new, error);
  if (added != NULL)
    *added = is_new;

  return ok;
}

void
kennis_dataset_clear_events (KennisDataset *self)
{
  for (guint i = 0; i < KENNIS_N_RECORD_TYPES; i++)
    if (kennis_schema_get (i)->is_event)
      kennis_table_forget_rows (&self->tables[i], kennis_schema_get (i));
}

void
kennis_dataset_forget_ids (KennisDataset *self)
{
  KennisIntern *ids = self->spaces[KENNIS_SPACE_ACTIVITY];
  GArray *rows = self->tables[KENNIS_RECORD_TYPE_ACTIVITY].rows_of_id;
  guint32 n = kennis_intern_size (ids);

  g_return_if_fail (self->tables[KENNIS_RECORD_TYPE_ACTIVITY].n_rows == 0);

  if (n == 0)
    return;
  if (self->gone == NULL)
    self->gone = kennis_hashes_new ();
  /* What is interned and has no row was refused. */
  for (guint32 i = 0; i < MIN (n, rows->len); i++)
    if (g_array_index (rows, guint32, i) != 0)
      {
        gsize length;
        const char *id = kennis_intern_get (ids, i, &length);

        kennis_hashes_add (self->gone, kennis_hash_bytes (id, length));
      }
  g_array_set_size (rows, 0);
  kennis_intern_free (ids);
  self->spaces[KENNIS_SPACE_ACTIVITY] = kennis_intern_new ();
}
