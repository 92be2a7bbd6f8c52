#include "config.h"

#include "read/kennis-reader-private.h"

#include <string.h>

/* How one source was read, for the summary of an import. */

static void
clear_reason (gpointer data)
{
  KennisReason *reason = data;

  g_free (reason->problem);
  g_free (reason->example);
}

KennisSourceStory *
kennis_source_story_new (void)
{
  KennisSourceStory *self = g_new0 (KennisSourceStory, 1);

  self->reasons = g_array_new (FALSE, FALSE, sizeof (KennisReason));
  g_array_set_clear_func (self->reasons, clear_reason);

  return self;
}

void
kennis_source_story_free (KennisSourceStory *self)
{
  g_free (self->mapping);
  g_array_unref (self->reasons);
  g_free (self);
}

/* What opens and closes a quotation, in the languages of the messages. */
static const char *
quotation_end (const char *text)
{
  static const char *const pairs[][2] = { { "“", "”" }, { "„", "”" }, { "«", "»" } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (g_str_has_prefix (text, pairs[i][0]))
      return strstr (text, pairs[i][1]);

  return NULL;
}

/* Problems of one kind differ in the values that they quote: of several quotations, the first names the column or the field. */
static char *
without_values (const char *problem)
{
  GString *kind = g_string_new (NULL);
  gboolean is_first = TRUE;
  const char *second;

  for (const char *c = problem; *c != '\0';)
    {
      const char *end = quotation_end (c);

      if (end == NULL)
        {
          const char *next = g_utf8_next_char (c);

          g_string_append_len (kind, c, next - c);
          c = next;
          continue;
        }
      for (second = end; *second != '\0' && quotation_end (second) == NULL;)
        second = g_utf8_next_char (second);
      if (is_first && *second != '\0')
        g_string_append_len (kind, c, g_utf8_next_char (end) - c);
      else
        g_string_append (kind, "…");
      is_first = FALSE;
      c = g_utf8_next_char (end);
    }

  return g_string_free (kind, FALSE);
}

void
kennis_source_story_add (KennisSourceStory *self,
                         const char        *problem,
                         KennisDiagnostic  *example)
{
  g_autofree char *kind = without_values (problem);
  KennisReason made = { .n = 1 };

  for (guint i = 0; i < self->reasons->len; i++)
    {
      KennisReason *reason = &g_array_index (self->reasons, KennisReason, i);

      if (g_str_equal (reason->problem, kind))
        {
          reason->n++;
          return;
        }
    }
  if (self->reasons->len == KENNIS_MAX_REASONS)
    {
      self->n_other++;
      return;
    }
  made.problem = g_steal_pointer (&kind);
  made.example = kennis_diagnostic_to_string (example);
  g_array_append_val (self->reasons, made);
}

KennisSourceStory *
kennis_reader_steal_story (KennisReader *self)
{
  return g_steal_pointer (&self->story);
}

void
kennis_reader_get_counts (KennisReader       *self,
                          KennisReaderCounts *counts)
{
  *counts = (KennisReaderCounts) {
    .records = { self->n_read, self->n_added, self->n_merged, self->n_rejected, self->n_ignored, self->n_seen },
    .rows = { self->n_rows, self->n_rows_used, self->n_rows_rejected, self->n_rows_ignored },
    .n_kept = g_list_model_get_n_items (G_LIST_MODEL (self->diagnostics)),
  };
  memcpy (counts->diagnostics, self->n_diagnostics, sizeof counts->diagnostics);
}

void
kennis_reader_set_counts (KennisReader             *self,
                          const KennisReaderCounts *counts)
{
  guint n_kept = g_list_model_get_n_items (G_LIST_MODEL (self->diagnostics));

  self->n_read = counts->records[0];
  self->n_added = counts->records[1];
  self->n_merged = counts->records[2];
  self->n_rejected = counts->records[3];
  self->n_ignored = counts->records[4];
  self->n_seen = counts->records[5];
  self->n_rows = counts->rows[0];
  self->n_rows_used = counts->rows[1];
  self->n_rows_rejected = counts->rows[2];
  self->n_rows_ignored = counts->rows[3];
  memcpy (self->n_diagnostics, counts->diagnostics, sizeof counts->diagnostics);
  if (n_kept > counts->n_kept)
    g_list_store_splice (self->diagnostics, counts->n_kept, n_kept - counts->n_kept, NULL, 0);
  if (self->story == NULL)
    return;
  g_array_set_size (self->story->reasons, 0);
  self->story->n_other = 0;
}
