#include "config.h"

#include "report/kennis-import-private.h"

/**
 * kennis_import_get_summary:
 * @self: an import
 *
 * Gets what the sources hold, once the import ran.
 *
 * Returns: (transfer none) (nullable): the summary; %NULL before
 *
 * Since: 1.0
 */
KennisSummary *
kennis_import_get_summary (KennisImport *self)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self), NULL);

  return self->summary;
}

/**
 * kennis_import_get_reader:
 * @self: an import
 *
 * Gets the reader, which has the counts and diagnostics of all sources together.
 *
 * Returns: (transfer none): the reader
 *
 * Since: 1.0
 */
KennisReader *
kennis_import_get_reader (KennisImport *self)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self), NULL);

  return self->reader;
}

/**
 * kennis_import_is_complete:
 * @self: an import that ran
 *
 * Says whether every source was read to its end and no record was rejected.
 *
 * Returns: whether nothing was lost
 *
 * Since: 1.0
 */
gboolean
kennis_import_is_complete (KennisImport *self)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self), FALSE);

  for (guint i = 0; i < self->sources->len; i++)
    if (((KennisImportSource *) g_ptr_array_index (self->sources, i))->problem != NULL)
      return FALSE;

  return self->is_done && kennis_reader_get_n_diagnostics (self->reader, KENNIS_SEVERITY_ERROR) == 0;
}

/**
 * kennis_import_get_n_sources:
 * @self: an import
 *
 * Gets how many sources there are; they are numbered from 0 as they were added.
 *
 * Returns: how many
 *
 * Since: 1.0
 */
guint
kennis_import_get_n_sources (KennisImport *self)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self), 0);

  return self->sources->len;
}

/**
 * kennis_import_get_name:
 * @self: an import
 * @source: number of a source
 *
 * Gets what a source is called.
 *
 * Returns: the name
 *
 * Since: 1.0
 */
const char *
kennis_import_get_name (KennisImport *self, guint source)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && source < self->sources->len, NULL);

  return ((KennisImportSource *) g_ptr_array_index (self->sources, source))->name;
}

/**
 * kennis_import_get_fingerprint:
 * @self: an import
 * @source: number of a source
 *
 * Gets the fingerprint of a source's bytes: XXH3 of 128 bits in hexadecimal digits, as `xxhsum -H2` writes it.
 *
 * Returns: (nullable): the fingerprint; %NULL where it was not read to its end
 *
 * Since: 1.0
 */
const char *
kennis_import_get_fingerprint (KennisImport *self, guint source)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && source < self->sources->len, NULL);

  return ((KennisImportSource *) g_ptr_array_index (self->sources, source))->fingerprint;
}

/**
 * kennis_import_get_problem:
 * @self: an import
 * @source: number of a source
 *
 * Gets what kept a source from being read.
 *
 * Returns: (nullable): the problem; %NULL where there was none
 *
 * Since: 1.0
 */
const char *
kennis_import_get_problem (KennisImport *self, guint source)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && source < self->sources->len, NULL);

  return ((KennisImportSource *) g_ptr_array_index (self->sources, source))->problem;
}

/**
 * kennis_import_get_n_read:
 * @self: an import
 * @source: number of a source
 *
 * Gets how many records a source has.
 *
 * Returns: how many
 *
 * Since: 1.0
 */
guint64
kennis_import_get_n_read (KennisImport *self, guint source)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && source < self->sources->len, 0);

  return ((KennisImportSource *) g_ptr_array_index (self->sources, source))->n_read;
}

/**
 * kennis_import_get_n_added:
 * @self: an import
 * @source: number of a source
 *
 * Gets how many records of a source are new.
 *
 * Returns: how many
 *
 * Since: 1.0
 */
guint64
kennis_import_get_n_added (KennisImport *self, guint source)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && source < self->sources->len, 0);

  return ((KennisImportSource *) g_ptr_array_index (self->sources, source))->n_added;
}

/**
 * kennis_import_get_n_merged:
 * @self: an import
 * @source: number of a source
 *
 * Gets how many records of a source were there already.
 *
 * Returns: how many
 *
 * Since: 1.0
 */
guint64
kennis_import_get_n_merged (KennisImport *self, guint source)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && source < self->sources->len, 0);

  return ((KennisImportSource *) g_ptr_array_index (self->sources, source))->n_merged;
}

/**
 * kennis_import_get_n_rejected:
 * @self: an import
 * @source: number of a source
 *
 * Gets how many records of a source could not be taken.
 *
 * Returns: how many
 *
 * Since: 1.0
 */
guint64
kennis_import_get_n_rejected (KennisImport *self, guint source)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && source < self->sources->len, 0);

  return ((KennisImportSource *) g_ptr_array_index (self->sources, source))->n_rejected;
}

/**
 * kennis_import_get_n_ignored:
 * @self: an import
 * @source: number of a source
 *
 * Gets how many records of a source are of people on the suppression list.
 *
 * Returns: how many
 *
 * Since: 1.0
 */
guint64
kennis_import_get_n_ignored (KennisImport *self, guint source)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && source < self->sources->len, 0);

  return ((KennisImportSource *) g_ptr_array_index (self->sources, source))->n_ignored;
}
