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
    g_ptr_array_add (lines, kennis_words_fill (kennis_text (language, N_("{format} by the mapping “{mapping}”")),
                                               "format", story->format, "mapping", story->mapping, NULL));
  else if (story->mapping != NULL && story->delimiter == '\0')
    g_ptr_array_add (lines, kennis_words_fill (
                                kennis_text (language, N_("{format} by the mapping “{mapping}”, text in {encoding}")),
                                "format", story->format, "mapping", story->mapping, "encoding", story->encoding, NULL));
  else if (story->mapping != NULL)
    g_ptr_array_add (lines,
                     kennis_words_fill (kennis_text (language, N_("{format} by the mapping “{mapping}”, text in "
                                                                  "{encoding}, cells between {separator}")),
                                        "format", story->format, "mapping", story->mapping, "encoding", story->encoding,
                                        "separator", separator, NULL));
  else if (story->format != NULL)
    g_ptr_array_add (lines, g_strdup (story->format));
  for (guint i = 0; i < story->findings->len; i++)
    g_ptr_array_add (lines, g_strdup (g_ptr_array_index (story->findings, i)));
}

static void
add_reason (GPtrArray *lines, const char *language, const KennisReason *reason, const char *pattern)
{
  g_autofree char *n = kennis_text_integer (language, (gint64) reason->n),
                  *line = kennis_text_integer (language, (gint64) reason->line),
                  *at =
                      kennis_words_fill (kennis_text (language, N_("; the first in line {line}")), "line", line, NULL);

  g_ptr_array_add (lines, kennis_words_fill (kennis_text (language, pattern), "n", n, "example", reason->example,
                                             "problem", reason->problem, "at", reason->line > 0 ? at : "", NULL));
}

static void
add_reasons (GPtrArray *lines, const char *language, const KennisSourceStory *story, gboolean with_examples)
{
  g_autofree char *other = kennis_text_integer (language, (gint64) story->n_other),
                  *others = kennis_text_integer (language, (gint64) story->n_other_warnings);

  for (guint i = 0; i < story->reasons->len; i++)
    add_reason (lines, language, &g_array_index (story->reasons, KennisReason, i),
                with_examples ? N_("{n} × rejected, as {example}") : N_("{n} × rejected: {problem}{at}"));
  if (story->n_other > 0)
    g_ptr_array_add (
        lines, kennis_words_fill (kennis_text (language, N_("{n} × rejected for other reasons")), "n", other, NULL));
  for (guint i = 0; i < story->warnings->len; i++)
    add_reason (lines, language, &g_array_index (story->warnings, KennisReason, i),
                with_examples ? N_("{n} × warned, as {example}") : N_("{n} × warned: {problem}{at}"));
  if (story->n_other_warnings > 0)
    g_ptr_array_add (
        lines, kennis_words_fill (kennis_text (language, N_("{n} × warned of other things")), "n", others, NULL));
}

static gboolean
is_alike (const KennisCover *a, const KennisCover *b)
{
  return a->record == b->record && a->groups == b->groups && g_strcmp0 (a->from, b->from) == 0
         && g_strcmp0 (a->until, b->until) == 0;
}

/* What a kind of record is called to those who read the report. */
static const char *
record_word (const char *language, const char *record)
{
  static const char *const words[][2] = {
    { "person", N_("people") },
    { "team", N_("teams") },
    { "topic", N_("topics") },
    { "need", N_("needs") },
    { "holding", N_("holdings of knowledge") },
    { "programme", N_("programmes") },
    { "activity", N_("learning activities") },
    { "sharing", N_("sharing of knowledge") },
    { "moment", N_("moments of teams") },
    { "talk", N_("talks with leaders") },
    { "goal", N_("learning goals") },
    { "invitation", N_("invitations") },
    { "response", N_("answers to surveys") },
    { "outcome", N_("results of teams") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (record, words[i][0]) == 0)
      return kennis_text (language, words[i][1]);

  return record;
}

/* "moments of teams", "learning activities (hours, mode)", "talks with leaders, of 3 groups". */
static char *
what_is_covered (const char *language, const GArray *covers, guint first)
{
  const KennisCover *cover = &g_array_index (covers, KennisCover, first);
  GString *what = g_string_new (record_word (language, cover->record));
  guint n = 0;

  for (guint k = first; k < covers->len && is_alike (cover, &g_array_index (covers, KennisCover, k)); k++)
    if (g_array_index (covers, KennisCover, k).field != NULL)
      g_string_append_printf (what, "%s%s", n++ > 0 ? ", " : " (", g_array_index (covers, KennisCover, k).field);
  if (n > 0)
    g_string_append_c (what, ')');
  if (cover->groups != NULL)
    {
      const guint n_groups = g_hash_table_size (cover->groups);
      g_autofree char *number = kennis_text_integer (language, n_groups), *of = NULL;

      of = kennis_words_fill (kennis_text_plural (language, ", of {n} group", ", of {n} groups", n_groups), "n", number,
                              NULL);
      g_string_append (what, of);
    }

  return g_string_free (what, FALSE);
}

/* Fields of one record and time stand on one line. */
static void
add_covers (GPtrArray *lines, const char *language, const KennisSourceStory *story)
{
  for (guint i = 0; i < story->covers->len; i++)
    {
      const KennisCover *cover = &g_array_index (story->covers, KennisCover, i);
      const gboolean is_bounded = cover->from != NULL && cover->until != NULL;
      const char *pattern = is_bounded && strcmp (cover->from, cover->until) == 0 ? N_("At no time covers {what}")
                            : is_bounded           ? N_("Covers {what}, from {from} to before {until}")
                            : cover->from != NULL  ? N_("Covers {what}, from {from}")
                            : cover->until != NULL ? N_("Covers {what}, to before {until}")
                                                   : N_("Covers {what}");
      g_autofree char *what = NULL;

      if (i > 0 && is_alike (cover, cover - 1))
        continue;
      what = what_is_covered (language, story->covers, i);
      g_ptr_array_add (lines, kennis_words_fill (kennis_text (language, pattern), "what", what, "from", cover->from,
                                                 "until", cover->until, NULL));
    }
}

char *
kennis_words_problem (const KennisReportSource *source)
{
  return source->problem != NULL ? kennis_without_values (source->problem) : NULL;
}

GPtrArray *
kennis_words_sources (const char *language, const KennisSourceStory *story, gboolean with_examples)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  if (story == NULL)
    return lines;
  add_covers (lines, language, story);
  add_reasons (lines, language, story, with_examples);

  return lines;
}

GPtrArray *
kennis_words_source (const char *language, const KennisReportSource *source, gboolean with_examples)
{
  static const char *const rows[] = { "read", "used", "rejected", "ignored" };
  static const char *const records[] = { "read", "added", "merged", "rejected" };
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *seen = kennis_text_integer (language, (gint64) source->n_seen),
                  *ignored = kennis_text_integer (language, (gint64) source->n_ignored),
                  *problem = kennis_words_problem (source);

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
    {
      add_covers (lines, language, source->story);
      add_reasons (lines, language, source->story, with_examples);
    }
  if (source->problem != NULL)
    g_ptr_array_add (lines, kennis_words_fill (kennis_text (language, N_("It could not be read: {problem}")),
                                               "problem", with_examples ? source->problem : problem, NULL));

  return lines;
}
