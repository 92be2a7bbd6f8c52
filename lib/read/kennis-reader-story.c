#include "config.h"

#include "base/kennis-i18n-private.h"
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

static void
clear_cover (gpointer data)
{
  KennisCover *cover = data;

  g_free (cover->field);
  g_free (cover->from);
  g_free (cover->until);
  g_clear_pointer (&cover->groups, g_hash_table_unref);
}

KennisSourceStory *
kennis_source_story_new (void)
{
  KennisSourceStory *self = g_new0 (KennisSourceStory, 1);

  self->reasons = g_array_new (FALSE, FALSE, sizeof (KennisReason));
  self->warnings = g_array_new (FALSE, FALSE, sizeof (KennisReason));
  self->covers = g_array_new (FALSE, FALSE, sizeof (KennisCover));
  self->findings = g_ptr_array_new_with_free_func (g_free);
  g_array_set_clear_func (self->reasons, clear_reason);
  g_array_set_clear_func (self->warnings, clear_reason);
  g_array_set_clear_func (self->covers, clear_cover);

  return self;
}

void
kennis_source_story_free (KennisSourceStory *self)
{
  g_free (self->mapping);
  g_array_unref (self->reasons);
  g_array_unref (self->warnings);
  g_array_unref (self->covers);
  g_ptr_array_unref (self->findings);
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

/* The names of fields and of what a statement holds say nothing of anybody. */
static gboolean
is_field (const char *text, gsize length)
{
  g_autofree char *name = g_strndup (text, length);

  /* French has spaces between quotation marks and what they quote. */
  for (char *c = name; *c != '\0'; c++)
    if ((guchar) *c >= 0x80)
      *c = ' ';
  g_strstrip (name);
  for (guint i = 0; i < KENNIS_N_RECORD_TYPES; i++)
    if (kennis_schema_find_field (kennis_schema_get (i), name, -1) >= 0)
      return TRUE;

  return FALSE;
}

/* How long what precedes the name of a column is, where the problem is one of a column; else 0. */
static gsize
column_prefix (const char *problem)
{
  const char *pattern = _("column %s: %s");
  const char *name = strstr (pattern, "%s");
  gsize n = name != NULL ? (gsize) (name - pattern) : 0;

  return n > 0 && strncmp (problem, pattern, n) == 0 ? n : 0;
}

char *
kennis_without_values (const char *problem)
{
  GString *kind = g_string_new (NULL);
  gsize column = column_prefix (problem);

  for (const char *c = problem; *c != '\0';)
    {
      const char *end = quotation_end (c), *open = g_utf8_next_char (c);

      if (end == NULL)
        {
          g_string_append_len (kind, c, open - c);
          c = open;
          continue;
        }
      if ((column > 0 && c == problem + column) || is_field (open, (gsize) (end - open))
          || (c == problem && g_str_has_prefix (g_utf8_next_char (end), " = ")))
        g_string_append_len (kind, c, g_utf8_next_char (end) - c);
      else if (!g_str_has_suffix (kind->str, "…, "))
        g_string_append (kind, "…");
      else
        g_string_truncate (kind, kind->len - strlen (", "));
      c = g_utf8_next_char (end);
    }

  return g_string_free (kind, FALSE);
}

static void
add_reason (GArray *reasons, guint64 *n_other, const char *problem, KennisDiagnostic *example)
{
  g_autofree char *kind = kennis_without_values (problem);
  KennisReason made = { .n = 1, .line = kennis_diagnostic_get_line (example) };

  for (guint i = 0; i < reasons->len; i++)
    {
      KennisReason *reason = &g_array_index (reasons, KennisReason, i);

      if (g_str_equal (reason->problem, kind))
        {
          reason->n++;
          return;
        }
    }
  if (reasons->len == KENNIS_MAX_REASONS)
    {
      (*n_other)++;
      return;
    }
  made.problem = g_steal_pointer (&kind);
  made.example = kennis_diagnostic_to_string (example);
  g_array_append_val (reasons, made);
}

void
kennis_source_story_add (KennisSourceStory *self,
                         const char        *problem,
                         KennisDiagnostic  *example)
{
  if (kennis_diagnostic_get_severity (example) == KENNIS_SEVERITY_ERROR)
    add_reason (self->reasons, &self->n_other, problem, example);
  else if (kennis_diagnostic_get_severity (example) == KENNIS_SEVERITY_WARNING)
    add_reason (self->warnings, &self->n_other_warnings, problem, example);
}

void
kennis_source_story_find (KennisSourceStory *self,
                          const char        *finding)
{
  if (self->findings->len < KENNIS_MAX_REASONS)
    g_ptr_array_add (self->findings, kennis_without_values (finding));
}

static char *
day_of (KennisDataset *dataset, gint64 time)
{
  char buffer[40];

  if (time == KENNIS_UNKNOWN)
    return NULL;
  kennis_format_date (kennis_calendar_day (kennis_dataset_get_calendar (dataset), time), buffer);

  return g_strdup (buffer);
}

static gboolean
is_same_cover (const KennisCover *a, const KennisCover *b)
{
  return a->record == b->record && (a->groups != NULL) == (b->groups != NULL) && g_strcmp0 (a->field, b->field) == 0
         && g_strcmp0 (a->from, b->from) == 0 && g_strcmp0 (a->until, b->until) == 0;
}

/* Groups of which the source tells the same stand together in one. */
void
kennis_source_story_cover (KennisSourceStory *self,
                           KennisDataset     *dataset,
                           const gint64      *codes)
{
  const gint64 group = codes[KENNIS_COVERAGE_GROUP];
  KennisCover made = { .record = kennis_schema_get ((KennisRecordType) codes[KENNIS_COVERAGE_RECORD])->name };

  made.field = g_strdup (kennis_dataset_text (dataset, KENNIS_SPACE_WORD, codes[KENNIS_COVERAGE_FIELD]));
  made.from = day_of (dataset, codes[KENNIS_COVERAGE_FROM]);
  made.until = day_of (dataset, codes[KENNIS_COVERAGE_UNTIL]);
  made.groups = group != KENNIS_UNKNOWN ? g_hash_table_new (NULL, NULL) : NULL;
  if (made.groups != NULL)
    g_hash_table_add (made.groups, GSIZE_TO_POINTER (group));
  for (guint i = 0; i < self->covers->len; i++)
    {
      const KennisCover *cover = &g_array_index (self->covers, KennisCover, i);

      if (is_same_cover (cover, &made))
        {
          if (cover->groups != NULL)
            g_hash_table_add (cover->groups, GSIZE_TO_POINTER (group));
          clear_cover (&made);
          return;
        }
    }
  if (self->covers->len == KENNIS_MAX_COVERS)
    clear_cover (&made);
  else
    g_array_append_val (self->covers, made);
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
