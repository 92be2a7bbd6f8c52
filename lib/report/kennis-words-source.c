#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-words-private.h"

/* Four counts with their names, in a sentence of which {name}s are replaced. */
static char *
counts (const char *language, const char *pattern, const char *const names[4], const guint64 values[4])
{
  g_autofree char *a = kennis_text_integer (language, (gint64) values[0]),
                  *b = kennis_text_integer (language, (gint64) values[1]),
                  *c = kennis_text_integer (language, (gint64) values[2]),
                  *d = kennis_text_integer (language, (gint64) values[3]);

  return kennis_words_fill (kennis_text (language, pattern), names[0], a, names[1], b, names[2], c, names[3], d, NULL);
}

static char *
separator_of (const char *language, char delimiter)
{
  return g_strdup (kennis_text (language, delimiter == '\t'  ? N_("tabs")
                                          : delimiter == ';' ? N_("semicolons")
                                          : delimiter == '|' ? N_("bars")
                                                             : N_("commas")));
}

static void
add_story (GPtrArray *lines, const char *language, const KennisSourceStory *story)
{
  g_autofree char *separator = separator_of (language, story->delimiter);

  if (story->mapping != NULL && story->encoding == NULL)
    g_ptr_array_add (lines, kennis_words_fill (kennis_text (language, N_("{format} by the mapping “{mapping}”")), "format",
                                               story->format, "mapping", story->mapping, NULL));
  else if (story->mapping != NULL)
    g_ptr_array_add (lines,
                     kennis_words_fill (kennis_text (language, N_("{format} by the mapping “{mapping}”, text in "
                                                                  "{encoding}, cells between {separator}")),
                                        "format", story->format, "mapping", story->mapping, "encoding",
                                        story->encoding != NULL ? story->encoding : "?", "separator", separator, NULL));
  else if (story->format != NULL)
    g_ptr_array_add (lines, g_strdup (story->format));
}

static void
add_reasons (GPtrArray *lines, const char *language, const KennisSourceStory *story)
{
  g_autofree char *other = kennis_text_integer (language, (gint64) story->n_other);

  for (guint i = 0; i < story->reasons->len; i++)
    {
      const KennisReason *reason = &g_array_index (story->reasons, KennisReason, i);
      g_autofree char *n = kennis_text_integer (language, (gint64) reason->n);

      g_ptr_array_add (lines, kennis_words_fill (kennis_text (language, N_("{n} × rejected, as {example}")), "n", n,
                                                 "example", reason->example, NULL));
    }
  if (story->n_other > 0)
    g_ptr_array_add (
        lines, kennis_words_fill (kennis_text (language, N_("{n} × rejected for other reasons")), "n", other, NULL));
}

GPtrArray *
kennis_words_source (const char *language, const KennisReportSource *source)
{
  static const char *const rows[] = { "read", "used", "rejected", "ignored" };
  static const char *const records[] = { "read", "added", "merged", "rejected" };
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *seen = kennis_text_integer (language, (gint64) source->n_seen),
                  *ignored = kennis_text_integer (language, (gint64) source->n_ignored);

  if (source->story != NULL)
    add_story (lines, language, source->story);
  if (source->n_rows > 0)
    g_ptr_array_add (
        lines,
        counts (language, N_("Rows: {read} read, {used} used, {rejected} rejected, {ignored} ignored"), rows,
                (guint64[]) { source->n_rows, source->n_rows_used, source->n_rows_rejected, source->n_rows_ignored }));
  g_ptr_array_add (
      lines, counts (language, N_("Records: {read} read, {added} added, {merged} there already, {rejected} rejected"),
                     records, (guint64[]) { source->n_read, source->n_added, source->n_merged, source->n_rejected }));
  if (source->n_ignored > 0)
    g_ptr_array_add (lines, kennis_words_fill (kennis_text (language, N_("Left out: {n}")), "n", ignored, NULL));
  if (source->n_seen > 0)
    g_ptr_array_add (lines, kennis_words_fill (kennis_text (language, N_("People who are not on the roster: {n}")),
                                               "n", seen, NULL));
  if (source->story != NULL)
    add_reasons (lines, language, source->story);
  if (source->problem != NULL)
    g_ptr_array_add (lines, kennis_words_fill (kennis_text (language, N_("It could not be read: {problem}")),
                                               "problem", source->problem, NULL));

  return lines;
}
