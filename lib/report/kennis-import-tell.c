#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-import-private.h"
#include "report/kennis-render-private.h"
#include "report/kennis-terminal-private.h"
#include "report/kennis-words-private.h"

#include <string.h>

/* What an import tells of its sources: for a person, and for programs. */

static const KennisImportSource *
source_at (KennisImport *self, guint source)
{
  return g_ptr_array_index (self->sources, source);
}

KennisReportSource
kennis_import_report_source (KennisImport *self, guint source)
{
  const KennisImportSource *from = source_at (self, source);

  return (KennisReportSource) { .name = g_strdup (from->name),
                                .fingerprint = g_strdup (from->fingerprint),
                                .problem = g_strdup (from->problem),
                                .n_read = from->n_read,
                                .n_added = from->n_added,
                                .n_merged = from->n_merged,
                                .n_rejected = from->n_rejected,
                                .n_ignored = from->n_ignored,
                                .n_seen = from->n_seen,
                                .n_rows = from->n_rows,
                                .n_rows_used = from->n_rows_used,
                                .n_rows_rejected = from->n_rows_rejected,
                                .n_rows_ignored = from->n_rows_ignored,
                                .story = from->story };
}

/* Is it the end of a path: all of it, or behind a separator? */
static gboolean
ends_with (const char *path, const char *end)
{
  gsize n = strlen (path), length = strlen (end);

  return n >= length && strcmp (path + n - length, end) == 0
         && (n == length || G_IS_DIR_SEPARATOR (path[n - length - 1]));
}

static gboolean
is_of_another (KennisImport *self, guint source, const char *end)
{
  for (guint i = 0; i < self->sources->len; i++)
    if (i != source && ends_with (source_at (self, i)->name, end))
      return TRUE;

  return FALSE;
}

void
kennis_import_shorten_name (KennisImport *self, guint source, KennisReportSource *shown)
{
  const KennisImportSource *from = source_at (self, source);
  g_autofree char *own = from->file != NULL ? g_file_get_basename (from->file) : NULL;
  g_autofree char *base = own != NULL ? g_filename_display_name (own) : NULL;
  g_autoptr (GString) problem = g_string_new (from->problem);
  const char *name;

  /* A name that somebody chose is not a path. */
  if (base == NULL || !ends_with (from->name, base))
    return;
  name = from->name + strlen (from->name) - strlen (base);
  while (name > from->name && is_of_another (self, source, name))
    for (name--; name > from->name && !G_IS_DIR_SEPARATOR (name[-1]);)
      name--;
  g_free (shown->name);
  shown->name = g_strdup (name);
  if (from->problem == NULL)
    return;
  g_string_replace (problem, from->name, name, 0);
  g_free (shown->problem);
  shown->problem = g_strdup (problem->str);
}

/**
 * kennis_import_get_n_seen:
 * @self: an import
 * @source: number of a source
 *
 * Gets how many people a source names that nobody declared, and that no source before it named.
 *
 * Returns: how many
 *
 * Since: 1.0
 */
guint64
kennis_import_get_n_seen (KennisImport *self, guint source)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && source < self->sources->len, 0);

  return source_at (self, source)->n_seen;
}

/**
 * kennis_import_get_n_rows:
 * @self: an import
 * @source: number of a source
 *
 * Gets how many rows a table has below its header.
 *
 * Returns: how many
 *
 * Since: 1.0
 */
guint64
kennis_import_get_n_rows (KennisImport *self, guint source)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && source < self->sources->len, 0);

  return source_at (self, source)->n_rows;
}

/**
 * kennis_import_get_n_rows_used:
 * @self: an import
 * @source: number of a source
 *
 * Gets of how many rows of a table records were made.
 *
 * Returns: how many
 *
 * Since: 1.0
 */
guint64
kennis_import_get_n_rows_used (KennisImport *self, guint source)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && source < self->sources->len, 0);

  return source_at (self, source)->n_rows_used;
}

/**
 * kennis_import_get_n_rows_rejected:
 * @self: an import
 * @source: number of a source
 *
 * Gets how many rows of a table could not be taken.
 *
 * Returns: how many
 *
 * Since: 1.0
 */
guint64
kennis_import_get_n_rows_rejected (KennisImport *self, guint source)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && source < self->sources->len, 0);

  return source_at (self, source)->n_rows_rejected;
}

/**
 * kennis_import_get_n_rows_ignored:
 * @self: an import
 * @source: number of a source
 *
 * Gets how many rows of a table are left out: empty ones, those that the mapping leaves out, those without consent.
 *
 * Returns: how many
 *
 * Since: 1.0
 */
guint64
kennis_import_get_n_rows_ignored (KennisImport *self, guint source)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && source < self->sources->len, 0);

  return source_at (self, source)->n_rows_ignored;
}

/**
 * kennis_import_get_format:
 * @self: an import
 * @source: number of a source
 *
 * Gets what kind of source it was taken for, as “CSV”.
 *
 * Returns: (nullable): the format; %NULL: none that is known
 *
 * Since: 1.0
 */
const char *
kennis_import_get_format (KennisImport *self, guint source)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && source < self->sources->len, NULL);

  return source_at (self, source)->story != NULL ? source_at (self, source)->story->format : NULL;
}

/**
 * kennis_import_get_mapping:
 * @self: an import
 * @source: number of a source
 *
 * Gets by which mapping a table was read.
 *
 * Returns: (nullable): the id of the mapping; %NULL: none, or it was not read
 *
 * Since: 1.0
 */
const char *
kennis_import_get_mapping (KennisImport *self, guint source)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && source < self->sources->len, NULL);

  return source_at (self, source)->story != NULL ? source_at (self, source)->story->mapping : NULL;
}

/**
 * kennis_import_get_encoding:
 * @self: an import
 * @source: number of a source
 *
 * Gets how the text of a table was read.
 *
 * Returns: (nullable): as “UTF-8”; “ASCII” where nothing told; %NULL: it is no table, or was not read
 *
 * Since: 1.0
 */
const char *
kennis_import_get_encoding (KennisImport *self, guint source)
{
  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && source < self->sources->len, NULL);

  return source_at (self, source)->story != NULL ? source_at (self, source)->story->encoding : NULL;
}

/**
 * kennis_import_get_reasons:
 * @self: an import
 * @source: number of a source
 *
 * Tells why records of a source were rejected: problems of one kind once, in the order in which they came up.
 *
 * Returns: (transfer full) (array zero-terminated=1): of each kind how many there are, a space, and the first one whole; at most
 *   20 kinds
 *
 * Since: 1.0
 */
char **
kennis_import_get_reasons (KennisImport *self, guint source)
{
  const KennisSourceStory *story;
  char **reasons;

  g_return_val_if_fail (KENNIS_IS_IMPORT (self) && source < self->sources->len, NULL);

  story = source_at (self, source)->story;
  reasons = g_new0 (char *, (story != NULL ? story->reasons->len : 0) + 1);
  for (guint i = 0; story != NULL && i < story->reasons->len; i++)
    {
      const KennisReason *reason = &g_array_index (story->reasons, KennisReason, i);

      reasons[i] = g_strdup_printf ("%" G_GUINT64_FORMAT " %s", reason->n, reason->example);
    }

  return reasons;
}

static void
append_together (GString *text, const char *language, const KennisSourceStory *story)
{
  g_autoptr (GPtrArray) lines = kennis_words_sources (language, story, TRUE);

  if (lines->len > 0)
    g_string_append_printf (text, "%s\n", kennis_text (language, N_("All sources together")));
  for (guint k = 0; k < lines->len; k++)
    {
      g_autofree char *line = kennis_terminal_safe (g_ptr_array_index (lines, k));

      g_string_append_printf (text, "  %s\n", line);
    }
}

/**
 * kennis_import_to_string:
 * @self: an import that ran
 * @language: (nullable): "nl", "en" or "fr"; %NULL: English
 *
 * Tells a person at a terminal how each source was read, what was made of it and why what was rejected.
 *
 * Returns: (transfer full): several lines of text
 *
 * Since: 1.0
 */
char *
kennis_import_to_string (KennisImport *self, const char *language)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (KENNIS_IS_IMPORT (self), NULL);

  for (guint i = 0; i < self->sources->len; i++)
    {
      KennisReportSource source = kennis_import_report_source (self, i);
      g_autoptr (GPtrArray) lines = kennis_words_source (kennis_text_language (language), &source, TRUE);
      g_autofree char *name = kennis_terminal_safe (source.name);

      g_string_append_printf (text, "%s\n", name);
      for (guint k = 0; k < lines->len; k++)
        {
          g_autofree char *line = kennis_terminal_safe (g_ptr_array_index (lines, k));

          g_string_append_printf (text, "  %s\n", line);
        }
      kennis_report_source_clear (&source);
    }
  append_together (text, kennis_text_language (language), self->story);

  return g_string_free (text, FALSE);
}

/**
 * kennis_import_to_json:
 * @self: an import that ran
 *
 * Tells a program how each source was read, what was made of it and why what was rejected.
 *
 * Returns: (transfer full): a JSON object with one member “sources”, as reports in JSON have it
 *
 * Since: 1.0
 */
char *
kennis_import_to_json (KennisImport *self)
{
  g_autoptr (GArray) sources = g_array_new (FALSE, FALSE, sizeof (KennisReportSource));
  GString *json = g_string_new ("{\n    ");

  g_return_val_if_fail (KENNIS_IS_IMPORT (self), NULL);

  g_array_set_clear_func (sources, kennis_report_source_clear);
  for (guint i = 0; i < self->sources->len; i++)
    {
      KennisReportSource source = kennis_import_report_source (self, i);

      g_array_append_val (sources, source);
    }
  kennis_render_json_sources (json, sources, TRUE);
  g_string_append (json, "\n}\n");

  return g_string_free (json, FALSE);
}
