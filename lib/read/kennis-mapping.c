#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-resources-private.h"
#include "read/kennis-mapping-private.h"

#include <kennis/kennis-error.h>
#include <string.h>

#define FOLDER "/kennis/mappings/"
#define MAX_BYTES (1024 * 1024)

/**
 * KennisMapping:
 *
 * Says how the rows of a table become records.
 *
 * A mapping is a small key file: by which columns of the header it is recognised, what records one row makes and from which columns,
 * how dates and numbers are written, which rows do not count, and what the source covers.  With `format=xapi` it says the same of
 * statements instead of rows (docs/xapi.md), or events of a calendar (docs/calendar.md).  docs/mappings.md describes it, and those that come with the library: [func@Mapping.list].  A mapping never changes; it may be used from any thread.
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (KennisMapping, kennis_mapping, G_TYPE_OBJECT)

void
kennis_map_record_free (gpointer data)
{
  KennisMapRecord *record = data;

  for (guint i = 0; i < record->fields->len; i++)
    {
      KennisMapField *field = &g_array_index (record->fields, KennisMapField, i);

      g_free (field->member);
      kennis_template_clear (&field->template);
    }
  g_array_unref (record->fields);
  kennis_template_clear (&record->when);
  kennis_template_clear (&record->unless);
  kennis_map_statements_clear_record (&record->statements);
  g_strfreev (record->each);
  g_strfreev (record->except);
  g_free (record);
}

static void
clear_template (gpointer template)
{
  kennis_template_clear (template);
}

static void
kennis_mapping_init (KennisMapping *self)
{
  self->records = g_ptr_array_new_with_free_func (kennis_map_record_free);
  self->coverages = g_array_new (FALSE, TRUE, sizeof (KennisMapCoverage));
  self->keeps = g_array_new (FALSE, TRUE, sizeof (KennisTemplate));
  self->ignores = g_array_new (FALSE, TRUE, sizeof (KennisTemplate));
  g_array_set_clear_func (self->keeps, clear_template);
  g_array_set_clear_func (self->ignores, clear_template);
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  self->empties = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rules.decimal = '.';
  kennis_map_statements_init (self);
  self->from = self->until = self->day_length = KENNIS_UNKNOWN;
}

static void
kennis_mapping_finalize (GObject *object)
{
  KennisMapping *self = KENNIS_MAPPING (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->description);
  g_free (self->text);
  g_free (self->zone);
  g_strfreev (self->match);
  g_strfreev (self->absent);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->coverages, g_array_unref);
  g_clear_pointer (&self->keeps, g_array_unref);
  g_clear_pointer (&self->ignores, g_array_unref);
  g_clear_pointer (&self->words, g_hash_table_unref);
  g_clear_pointer (&self->empties, g_hash_table_unref);
  g_clear_pointer (&self->zone_regex, g_regex_unref);
  g_clear_pointer (&self->end, g_regex_unref);
  kennis_map_statements_clear (self);
  kennis_map_calendar_clear (self);

  G_OBJECT_CLASS (kennis_mapping_parent_class)->finalize (object);
}

static void
kennis_mapping_class_init (KennisMappingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_mapping_finalize;
}

static KennisMapping *
new_from_data (const char *data, gsize length, const char *name, GError **error)
{
  g_autoptr (KennisMapping) self = g_object_new (KENNIS_TYPE_MAPPING, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) cause = NULL;

  if (length > 0 && g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, &cause)
      && kennis_mapping_parse (self, file, &cause))
    {
      self->text = g_strndup (data, length);
      return g_steal_pointer (&self);
    }

  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("the mapping “%s”: %s"), name,
               cause != NULL ? cause->message
                             : _("is empty; accepted is a key file, as docs/mappings.md describes it"));
  return NULL;
}

/**
 * kennis_mapping_new:
 * @text: a key file
 * @name: what to call it in messages
 * @error: return location for an error
 *
 * Makes a mapping of its text.
 *
 * %KENNIS_ERROR_INVALID names the group and the key that are wrong, and what would be accepted.
 *
 * Returns: (transfer full): a new mapping; %NULL with an error
 *
 * Since: 1.0
 */
KennisMapping *
kennis_mapping_new (const char  *text,
                    const char  *name,
                    GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return new_from_data (text, strlen (text), name, error);
}

/**
 * kennis_mapping_load:
 * @file: a key file of at most 1 MiB
 * @cancellable: (nullable): to end it early
 * @error: return location for an error
 *
 * Makes a mapping of a file.
 *
 * Returns: (transfer full): a new mapping; %NULL with an error
 *
 * Since: 1.0
 */
KennisMapping *
kennis_mapping_load (GFile         *file,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char *name = NULL, *data = NULL;
  gsize length;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  name = g_file_get_parse_name (file);
  stream = G_INPUT_STREAM (g_file_read (file, cancellable, error));
  if (stream == NULL)
    return NULL;
  data = g_malloc (MAX_BYTES);
  if (!g_input_stream_read_all (stream, data, MAX_BYTES, &length, cancellable, error))
    return NULL;
  if (length == MAX_BYTES)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE, _("the mapping “%s”: accepted is less than 1 MiB"),
                   name);
      return NULL;
    }

  return new_from_data (data, length, name, error);
}

/**
 * kennis_mapping_list:
 *
 * Gets the mappings that come with the library, by id.
 *
 * Returns: (transfer full): a list of [class@Mapping]
 *
 * Since: 1.0
 */
GListModel *
kennis_mapping_list (void)
{
  g_autoptr (GListStore) list = g_list_store_new (KENNIS_TYPE_MAPPING);
  g_auto (GStrv) names = g_resource_enumerate_children (kennis_get_resource (), FOLDER, 0, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, names[i], NULL);
      g_autoptr (GBytes) bytes = g_resource_lookup_data (kennis_get_resource (), path, 0, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (KennisMapping) mapping = NULL;

      mapping = new_from_data (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), names[i], &error);
      if (mapping == NULL)
        g_error ("%s", error->message); /* the tests read them all */
      g_list_store_append (list, mapping);
    }

  return G_LIST_MODEL (g_steal_pointer (&list));
}

/**
 * kennis_mapping_find:
 * @id: an id, as "moodle-log"
 * @error: return location for an error
 *
 * Gets a mapping that comes with the library.
 *
 * %KENNIS_ERROR_INVALID names those that there are.
 *
 * Returns: (transfer full): the mapping; %NULL with an error
 *
 * Since: 1.0
 */
KennisMapping *
kennis_mapping_find (const char  *id,
                     GError     **error)
{
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (id != NULL, NULL);

  /* Each stands in a file that is called by its id. */
  path = g_strconcat (FOLDER, id, ".keys", NULL);
  bytes = g_resource_lookup_data (kennis_get_resource (), path, 0, NULL);
  if (bytes != NULL)
    return new_from_data (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), id, error);
  list = kennis_mapping_list ();
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (KennisMapping) mapping = g_list_model_get_item (list, i);

      if (g_str_equal (mapping->id, id))
        return g_steal_pointer (&mapping);
      g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "", mapping->id);
    }
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("there is no mapping “%s”; accepted are %s"), id,
               ids->str);

  return NULL;
}

/**
 * kennis_mapping_get_id:
 * @self: a mapping
 *
 * Gets its id, as "moodle-log".
 *
 * Returns: its id, as "moodle-log"
 *
 * Since: 1.0
 */
const char *
kennis_mapping_get_id (KennisMapping *self)
{
  g_return_val_if_fail (KENNIS_IS_MAPPING (self), NULL);

  return self->id;
}

/**
 * kennis_mapping_get_title:
 * @self: a mapping
 *
 * Tells what it is for, in a few words.
 *
 * Returns: what it is for, in a few words; the id where it has no title
 *
 * Since: 1.0
 */
const char *
kennis_mapping_get_title (KennisMapping *self)
{
  g_return_val_if_fail (KENNIS_IS_MAPPING (self), NULL);

  return self->title != NULL ? self->title : self->id;
}

/**
 * kennis_mapping_get_description:
 * @self: a mapping
 *
 * Tells what becomes of a row, and what does not.
 *
 * Returns: (nullable): what becomes of a row, and what does not
 *
 * Since: 1.0
 */
const char *
kennis_mapping_get_description (KennisMapping *self)
{
  g_return_val_if_fail (KENNIS_IS_MAPPING (self), NULL);

  return self->description;
}

static gboolean
has_column (const char *names, char *const *header, guint n)
{
  g_auto (GStrv) list = g_strsplit (names, "|", -1);

  for (guint i = 0; i < n; i++)
    if (kennis_plain_name_fits (header[i], list))
      return TRUE;

  return FALSE;
}

guint
kennis_mapping_fits (KennisMapping *self,
                     char *const   *header,
                     guint          n)
{
  guint n_found = 0;

  if (self->is_of_statements || self->is_calendar)
    return 0;
  for (guint i = 0; self->match[i] != NULL; i++, n_found++)
    if (!has_column (self->match[i], header, n))
      return 0;
  for (guint i = 0; self->absent != NULL && self->absent[i] != NULL; i++)
    if (has_column (self->absent[i], header, n))
      return 0;

  return n_found;
}

void
kennis_map_coverage_codes (const KennisMapCoverage *coverage,
                           KennisDataset           *dataset,
                           gint64                  *codes)
{
  const KennisSchema *schema = kennis_schema_get (KENNIS_RECORD_TYPE_COVERAGE);
  KennisCalendar *calendar = kennis_dataset_get_calendar (dataset);

  for (guint f = 0; f < schema->n_fields; f++)
    codes[f] = kennis_field_unknown (&schema->fields[f]);
  codes[KENNIS_COVERAGE_RECORD] = coverage->type;
  if (coverage->field >= 0)
    {
      const char *name = kennis_schema_get (coverage->type)->fields[coverage->field].name;

      codes[KENNIS_COVERAGE_FIELD] = kennis_dataset_intern (dataset, KENNIS_SPACE_WORD, name, strlen (name), NULL);
    }
  if (coverage->from != KENNIS_UNKNOWN)
    codes[KENNIS_COVERAGE_FROM] = kennis_calendar_day_start (calendar, (gint32) coverage->from);
  if (coverage->until != KENNIS_UNKNOWN)
    codes[KENNIS_COVERAGE_UNTIL] = kennis_calendar_day_start (calendar, (gint32) coverage->until);
}
