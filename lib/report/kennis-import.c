#include "config.h"

#include "base/kennis-i18n-private.h"
#include "report/kennis-import-private.h"

#include <kennis/kennis-error.h>
#include <kennis/kennis-import.h>

/**
 * KennisImport:
 *
 * Reads several sources into one summary or one dataset, and remembers how that went.
 *
 * It is the short way from files to measurements, in memory that does not grow with the number of activities: what is read
 * is summarised batch by batch.  Sources may come in any order: the people, teams and topics that any file declares are known
 * before the first event is read, and a stream comes after the files that declare some.  A person may be called by any alias
 * that the person is declared to have.  Sources that do not say their time zone and currency are of those of the first one that
 * does, else of the reader's.
 *
 * A source that cannot be read is remembered with its problem, and the others are read; where the reader is strict, it
 * ends the import.  The same source twice is an error.
 *
 * An import is for one thread at a time.
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (KennisImport, kennis_import, G_TYPE_OBJECT)

static void
source_free (gpointer data)
{
  KennisImportSource *source = data;

  g_clear_object (&source->file);
  g_clear_object (&source->stream);
  g_free (source->name);
  g_free (source->fingerprint);
  g_free (source->problem);
  g_clear_object (&source->mapping);
  g_clear_object (&source->found);
  g_clear_pointer (&source->story, kennis_source_story_free);
  kennis_copies_clear (&source->copies);
  g_free (source);
}

static KennisImportSource *
source_new (KennisImport *self)
{
  KennisImportSource *source = g_new0 (KennisImportSource, 1);

  kennis_copies_init (&source->copies);
  g_ptr_array_add (self->sources, source);

  return source;
}

static void
kennis_import_finalize (GObject *object)
{
  KennisImport *self = KENNIS_IMPORT (object);

  g_clear_object (&self->reader);
  g_clear_object (&self->summary);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->coverages, g_array_unref);
  g_clear_pointer (&self->story, kennis_source_story_free);

  G_OBJECT_CLASS (kennis_import_parent_class)->finalize (object);
}

static void
kennis_import_class_init (KennisImportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_import_finalize;
}

static void
kennis_import_init (KennisImport *self)
{
  self->sources = g_ptr_array_new_with_free_func (source_free);
  self->coverages = g_array_new (FALSE, FALSE, sizeof (KennisMapCoverage));
  self->reader = kennis_reader_new ();
}

/**
 * kennis_import_new:
 * @reader: (nullable): how to read: strict or not, whom to leave out, …; its counts and diagnostics become those of the
 *   import.  %NULL: a new one
 *
 * Makes an import without sources.
 *
 * Returns: (transfer full): a new import
 *
 * Since: 1.0
 */
KennisImport *
kennis_import_new (KennisReader *reader)
{
  KennisImport *self;

  g_return_val_if_fail (reader == NULL || KENNIS_IS_READER (reader), NULL);

  self = g_object_new (KENNIS_TYPE_IMPORT, NULL);
  if (reader != NULL)
    g_set_object (&self->reader, reader);

  return self;
}

/**
 * kennis_import_add_file:
 * @self: an import that did not run
 * @file: a file
 * @name: (nullable): what to call it in messages and reports; %NULL: its own name
 *
 * Adds a source.
 *
 * Since: 1.0
 */
void
kennis_import_add_file (KennisImport *self, GFile *file, const char *name)
{
  KennisImportSource *source;

  g_return_if_fail (KENNIS_IS_IMPORT (self) && !g_atomic_int_get (&self->running) && !self->is_done);
  g_return_if_fail (G_IS_FILE (file));

  source = source_new (self);
  source->file = g_object_ref (file);
  source->name = name != NULL ? g_utf8_make_valid (name, -1) : g_file_get_parse_name (file);
}

/**
 * kennis_import_add_stream:
 * @self: an import that did not run
 * @stream: a stream of bytes, as standard input; it is not closed
 * @name: what to call it in messages and reports
 *
 * Adds a source that can be read once.
 *
 * Since: 1.0
 */
void
kennis_import_add_stream (KennisImport *self, GInputStream *stream, const char *name)
{
  KennisImportSource *source;

  g_return_if_fail (KENNIS_IS_IMPORT (self) && !g_atomic_int_get (&self->running) && !self->is_done);
  g_return_if_fail (G_IS_INPUT_STREAM (stream));
  g_return_if_fail (name != NULL);

  source = source_new (self);
  source->stream = g_object_ref (stream);
  source->name = g_utf8_make_valid (name, -1);
}

/**
 * kennis_import_set_mapping:
 * @self: an import that did not run
 * @source: number of a source
 * @mapping: (nullable): how the rows of its table become records; %NULL: as the reader says
 *
 * Sets the mapping of one source, which goes before [property@Reader:mapping].
 *
 * Since: 1.0
 */
void
kennis_import_set_mapping (KennisImport *self, guint source, KennisMapping *mapping)
{
  g_return_if_fail (KENNIS_IS_IMPORT (self) && !g_atomic_int_get (&self->running) && !self->is_done);
  g_return_if_fail (source < self->sources->len);
  g_return_if_fail (mapping == NULL || KENNIS_IS_MAPPING (mapping));

  g_set_object (&((KennisImportSource *) g_ptr_array_index (self->sources, source))->mapping, mapping);
}

static gboolean
refuse_coverage (GError **error, const char *word, const char *accepted)
{
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("coverage: “%s” is not accepted; %s"), word, accepted);

  return FALSE;
}

/**
 * kennis_import_add_coverage:
 * @self: an import that did not run
 * @record: a type of record, as "activity"
 * @field: (nullable): one of its fields, as "duration"; %NULL: the records as such
 * @from: (nullable): the first day that is covered, as "2024-01-01"; %NULL: from the first record on
 * @until: (nullable): the first day that is not covered any more; %NULL: until the last record
 * @error: return location for an error
 *
 * Says what the sources together observe, and from when until when, where they do not say it themselves.
 *
 * A month without records is then a month in which nothing happened, and not one of which nothing is known.  Calendars are read for these
 * days, where neither the reader ([property@Reader:events-from], [property@Reader:events-until]) nor the mapping says another window.
 *
 * Returns: false where a word is wrong
 *
 * Since: 1.0
 */
gboolean
kennis_import_add_coverage (KennisImport *self, const char *record, const char *field, const char *from, const char *until,
                            GError **error)
{
  const KennisSchema *schema;
  KennisMapCoverage coverage = { .field = -1, .from = KENNIS_UNKNOWN, .until = KENNIS_UNKNOWN };
  const char *accepted;

  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && !g_atomic_int_get (&self->running) && !self->is_done, FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  schema = kennis_schema_find (record, -1);
  if (schema == NULL || schema->type == KENNIS_RECORD_TYPE_COVERAGE)
    return refuse_coverage (error, record, _("accepted is a type of record, as “activity”"));
  coverage.type = schema->type;
  if (field != NULL && (coverage.field = kennis_schema_find_field (schema, field, -1)) < 0)
    return refuse_coverage (error, field, _("accepted is a field of this record, as docs/file-format.md lists them"));
  if (from != NULL && !kennis_map_coverage_day (from, &coverage.from, &accepted))
    return refuse_coverage (error, from, accepted);
  if (until != NULL && !kennis_map_coverage_day (until, &coverage.until, &accepted))
    return refuse_coverage (error, until, accepted);
  if (from != NULL && until != NULL && coverage.until <= coverage.from)
    return refuse_coverage (error, until, _("accepted is a day after the first one"));
  g_array_append_val (self->coverages, coverage);

  return TRUE;
}
