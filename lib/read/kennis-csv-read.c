#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-csv-plan-private.h"

#include <kennis/kennis-error.h>
#include <string.h>

gboolean
kennis_csv_sniff (const guint8 *head, gsize length)
{
  gboolean utf_16 = length >= 2 && (memcmp (head, "\xff\xfe", 2) == 0 || memcmp (head, "\xfe\xff", 2) == 0),
           delimited = FALSE;
  gsize i = utf_16 ? 2 : 0;
  guint8 first = 0;

  if (length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    i = 3;
  utf_16 = utf_16 || (length >= 8 && ((head[0] == 0) != (head[1] == 0)) && ((head[2] == 0) != (head[3] == 0)));
  for (; i < length; i++)
    {
      guint8 c = head[i];

      if (c == 0 && utf_16)
        continue;
      if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
        return utf_16 && first != 0;
      if (first == 0 && !g_ascii_isspace (c))
        first = c;
      delimited = delimited || c == ',' || c == ';' || c == '\t' || c == '|';
    }

  return delimited && first != '<' && first != '{' && first != '[' && first != 0 && !kennis_ical_sniff (head, length);
}

static KennisPlace
place_of (const KennisCsvRead *self, int column)
{
  return (KennisPlace) { self->row.first_line, column >= 0 ? (guint64) column + 1 : 1 };
}

/* 1: a row; 0: the end; −1: an error. */
int
kennis_csv_next_row (KennisCsvRead *self, GError **error)
{
  KennisCsvText *text = &self->text;

  for (;;)
    {
      gsize used;
      gboolean whole;
      int filled;

      if (text->at < text->end)
        {
          whole = kennis_csv_row_feed (&self->row, text->text + text->at, text->end - text->at, &used);
          text->at += used;
          if (whole)
            return 1;
        }
      filled = kennis_csv_text_fill (text, error);
      if (filled < 0)
        return -1;
      if (filled == 0)
        {
          self->is_unended = TRUE;
          return kennis_csv_row_finish (&self->row) ? 1 : 0;
        }
      kennis_progress_sink_report (self->job->sink, kennis_bytes_fraction (self->job->bytes));
      if (g_cancellable_set_error_if_cancelled (self->job->cancellable, error))
        return -1;
    }
}

static gboolean
reject (KennisCsvRead *self, int column, KennisError code, const char *problem, const char *accepted, GError **error)
{
  g_autofree char *text = NULL;

  self->job->reader->n_rows_rejected++;
  if (column >= 0 && (guint) column < self->binding.n_header)
    {
      g_autofree char *name = kennis_read_quote (self->binding.header[column], strlen (self->binding.header[column]));

      text = g_strdup_printf (_("column %s: %s"), name, problem);
    }

  return kennis_read_job_reject (self->job, place_of (self, column), NULL, code, text != NULL ? text : problem,
                                 accepted, error);
}

static gboolean
is_header_again (const KennisCsvRead *self)
{
  const KennisCsvRow *row = &self->row;

  if (row->n_cells != self->binding.n_header)
    return FALSE;
  for (guint i = 0; i < row->n_cells; i++)
    {
      gsize length;
      const char *cell = kennis_csv_row_cell (row, i, &length);

      if (strlen (self->binding.header[i]) != length
          || g_ascii_strncasecmp (self->binding.header[i], cell, length) != 0)
        return FALSE;
    }

  return TRUE;
}

/* The mapping's [rows], and what ends a section. */
static gboolean
is_left_out (KennisCsvRead *self)
{
  KennisMapping *mapping = self->binding.mapping;

  if (mapping->end != NULL && !self->is_ended)
    {
      gsize length;
      const char *cell = kennis_csv_row_cell (&self->row, 0, &length);

      self->is_ended = g_utf8_validate_len (cell, length, NULL)
                       && g_regex_match_full (mapping->end, cell, (gssize) length, 0, 0, NULL, NULL);
    }

  return self->is_ended || kennis_csv_row_is_blank (&self->row) || is_header_again (self)
         || kennis_csv_is_ignored (&self->binding);
}

/* Members of a list come from several keys of the mapping, one after the other. */
static gboolean
make_list (KennisCsvRead *self, const KennisMapRecord *record, guint *f, int each, gint64 *code,
           KennisTextProblem *problem)
{
  const KennisMapField *fields = (const KennisMapField *) (void *) record->fields->data;
  guint field = fields[*f].field;

  g_ptr_array_set_size (self->members, 0);
  for (; *f < record->fields->len && fields[*f].field == field; (*f)++)
    {
      KennisCsvValue value = kennis_csv_value (&self->binding, &fields[*f].template, each);
      GString *member;

      if (value.text == NULL)
        continue;
      member = g_string_new (NULL);
      if (fields[*f].member != NULL)
        g_string_append_printf (member, "%s=", fields[*f].member);
      for (gsize i = 0; i < value.length; i++)
        g_string_append_c (member, (guchar) value.text[i] < 0x20 ? ' ' : value.text[i]);
      g_ptr_array_add (self->members, g_string_free (member, FALSE));
    }
  (*f)--;
  if (self->members->len == 0)
    return TRUE;

  return kennis_convert_list (self->job, &record->schema->fields[field], self->members, code, problem);
}

/* False with a problem; *column is where. */
static gboolean
make_record (KennisCsvRead *self, const KennisMapRecord *record, int each, KennisCsvWaiting *made, int *column,
             KennisTextProblem *problem)
{
  for (guint f = 0; f < record->schema->n_fields; f++)
    made->codes[f] = kennis_field_unknown (&record->schema->fields[f]);
  made->type = record->schema->type;

  for (guint f = 0; f < record->fields->len; f++)
    {
      const KennisMapField *map = &g_array_index (record->fields, KennisMapField, f);
      const KennisField *field = &record->schema->fields[map->field];
      KennisCsvValue value;

      if (field->kind == KENNIS_KIND_LIST || field->kind == KENNIS_KIND_PAIRS)
        {
          *column = -1;
          if (!make_list (self, record, &f, each, &made->codes[map->field], problem))
            return FALSE;
          continue;
        }
      if (made->codes[map->field] != kennis_field_unknown (field))
        continue;
      value = kennis_csv_value (&self->binding, &map->template, each);
      *column = value.column;
      if (value.text != NULL
          && !kennis_csv_convert (&self->binding, self->job, field, &map->template, value, &made->codes[map->field],
                                  problem))
        return FALSE;
    }
  /* A place that is empty and must not be is where the reader should look. */
  *column = -1;

  return TRUE;
}

gboolean
kennis_csv_has_needs (const KennisMapRecord *record, const KennisCsvWaiting *made)
{
  for (guint f = 0; f < record->schema->n_fields; f++)
    if ((record->needs & 1u << f) != 0 && made->codes[f] == kennis_field_unknown (&record->schema->fields[f]))
      return FALSE;

  return TRUE;
}

/* All records of a row, or the first problem. */
static gboolean
make_records (KennisCsvRead *self, int *column, KennisTextProblem *problem)
{
  KennisCsvBinding *binding = &self->binding;

  g_array_set_size (self->waiting, 0);
  for (guint r = 0; r < binding->mapping->records->len; r++)
    {
      const KennisMapRecord *record = binding->mapping->records->pdata[r];
      guint n = record->each != NULL ? binding->each[r]->len : 1;

      if ((self->job->reader->only_reference && record->schema->is_event)
          || (record->when.n_parts > 0 && kennis_csv_value (binding, &record->when, -1).text == NULL)
          || (record->unless.n_parts > 0 && kennis_csv_value (binding, &record->unless, -1).text != NULL))
        continue;
      for (guint i = 0; i < n; i++)
        {
          int each = record->each != NULL ? (int) g_array_index (binding->each[r], guint, i) : -1;
          KennisCsvWaiting made;

          if (!make_record (self, record, each, &made, column, problem))
            return FALSE;
          if (kennis_csv_has_needs (record, &made))
            g_array_append_val (self->waiting, made);
        }
    }

  return TRUE;
}

gboolean
kennis_csv_append_records (KennisCsvRead *self, GError **error)
{
  KennisReader *reader = self->job->reader;
  guint64 n_rejected = reader->n_rejected, n_ignored = reader->n_ignored;

  for (guint i = 0; i < self->waiting->len; i++)
    {
      const KennisCsvWaiting *made = &g_array_index (self->waiting, KennisCsvWaiting, i);

      if (!kennis_read_job_append (self->job, made->type, made->codes, place_of (self, -1), error))
        {
          reader->n_rows_rejected++;
          return FALSE;
        }
    }
  /* A batch has just gone; so its ids, of which no record that waits names one, may go as well. */
  if (self->job->batch != NULL && self->job->n_in_batch == 0
      && self->job->dataset->tables[KENNIS_RECORD_TYPE_ACTIVITY].n_rows == 0)
    kennis_dataset_forget_ids (self->job->dataset);

  return kennis_read_job_end_row (self->job, n_rejected, n_ignored, self->waiting->len);
}

/* What is wrong with a row as a whole; NULL: nothing. */
static const char *
row_problem (KennisCsvRead *self, const char **accepted)
{
  const KennisCsvRow *row = &self->row;

  if (row->is_long)
    return *accepted = _("a row of at most 1 MiB"), _("the row is too long");
  if (row->is_wide)
    return *accepted = _("at most 16384 cells"), _("the row has too many cells");
  for (guint i = self->binding.n_header; i < row->n_cells; i++)
    {
      gsize length;

      kennis_csv_row_cell (row, i, &length);
      if (length > 0)
        return *accepted = _("as many as the header has, or quotes around a cell that has a separator in it"),
               _("the row has more cells than the header");
    }
  if (row->n_cells < self->binding.n_header && !self->is_ended && self->is_unended)
    return *accepted = _("a row with all cells; the source seems to be cut off"),
           _("the last row has fewer cells than the header, and no end of line");

  return NULL;
}

gboolean
kennis_csv_take_row (KennisCsvRead *self, GError **error)
{
  g_auto (KennisTextProblem) problem = { 0 };
  const char *accepted = NULL, *wrong;
  int column = -1;

  self->job->reader->n_rows++;
  self->binding.n_row++;
  /* That of a row that was rejected for something else is none of this one's. */
  self->binding.bad_column = -1;
  wrong = row_problem (self, &accepted);
  if (wrong != NULL)
    return reject (self, -1, KENNIS_ERROR_INVALID, wrong, accepted, error);
  if (is_left_out (self))
    return kennis_read_job_ignore_row (self->job);
  if (self->row.n_cells < self->binding.n_header && self->first_short == 0)
    self->first_short = self->row.first_line;
  if (!make_records (self, &column, &problem))
    return reject (self, column, problem.code, problem.problem, problem.accepted, error);
  if (self->binding.bad_column >= 0)
    {
      column = self->binding.bad_column;
      self->binding.bad_column = -1;
      return reject (self, column, KENNIS_ERROR_INVALID, _("the text is not valid"), _("the encoding of the source"),
                     error);
    }

  return kennis_csv_append_records (self, error);
}

/* What can go the quick way; the rest is left for the long one. */
static gboolean
read_quick_rows (KennisCsvRead *self, GError **error)
{
  KennisCsvPlan plan;
  gboolean ok;

  if (self->job->reader->long_way || !kennis_csv_row_is_between (&self->row))
    return TRUE;

  ok = !kennis_csv_plan_init (&plan, self)
       || (kennis_csv_plan_straighten (&plan, self, error) && kennis_csv_read_fast (self, &plan, error));
  kennis_csv_plan_clear (&plan);

  return ok;
}

int
kennis_csv_long_way (KennisCsvRead *self, GError **error)
{
  int got = kennis_csv_next_row (self, error);

  if (got > 0 && self->row.in_quotes)
    {
      self->job->reader->n_rows++;
      self->job->reader->n_rows_rejected++;
      return kennis_read_job_break (self->job, place_of (self, -1), _("a quote in this row is never closed"),
                                    _("a quote at its end"), error)
                 ? 0
                 : -1;
    }

  return got > 0 && !kennis_csv_take_row (self, error) ? -1 : got;
}

static gboolean
read_rows (KennisCsvRead *self, GError **error)
{
  int got;

  for (guint i = 0; i < self->binding.mapping->extra_rows; i++)
    if (kennis_csv_next_row (self, error) < 0)
      return FALSE;
  if (!read_quick_rows (self, error))
    return FALSE;
  do
    got = kennis_csv_long_way (self, error);
  while (got > 0);

  return got == 0;
}

/* Can rows of this mapping tell who and what there is? */
static gboolean
declares (const KennisMapping *mapping)
{
  for (guint r = 0; r < mapping->records->len; r++)
    if (!((const KennisMapRecord *) mapping->records->pdata[r])->schema->is_event)
      return TRUE;

  return FALSE;
}

/* Nobody asked for it in words; but what is not counted must be known. */
static void
tell_scores (KennisCsvRead *self)
{
  guint64 line;
  int column;
  g_autofree char *text = kennis_csv_tell_scores (&self->binding, &line, &column);

  if (text == NULL)
    return;
  kennis_read_job_tell (self->job, KENNIS_SEVERITY_NOTE, (KennisPlace) { line, (guint64) column + 1 }, NULL, text,
                        _("a number, or a number with the same label in the whole column, as “5 - Agree”"));
  kennis_source_story_find (self->job->reader->story, text);
}

static gboolean
read_all (KennisCsvRead *self, GError **error)
{
  KennisReadJob *job = self->job;
  KennisEncoding before;

  if (!kennis_csv_open (self, error))
    return FALSE;
  before = self->text.encoding;
  if (job->reader->only_reference && !declares (self->binding.mapping))
    return TRUE;
  if (!read_rows (self, error) || !kennis_read_job_flush (job, error))
    return FALSE;
  job->reader->story->encoding = kennis_encoding_name (self->text.encoding);
  tell_scores (self);

  if (self->text.encoding != before)
    {
      g_autofree char *text = g_strdup_printf (_("the first characters beyond ASCII are read as %s"),
                                               kennis_encoding_name (self->text.encoding));

      kennis_csv_finding (self, self->header_line, text);
    }
  if (self->first_short > 0)
    kennis_csv_note (
        self, KENNIS_SEVERITY_WARNING, self->first_short,
        _("this row, and maybe others, has fewer cells than the header; those that are not there are unknown"));
  if (job->bytes->problem != NULL)
    return kennis_read_job_break (job, place_of (self, -1), _ (job->bytes->problem), NULL, error);

  return TRUE;
}

gboolean
kennis_csv_read (KennisReadJob *job, GError **error)
{
  KennisCsvRead self = { .job = job };
  KennisEncoding declared = job->reader->encoding;
  gboolean ok;

  if (declared == KENNIS_ENCODING_UNKNOWN && job->reader->mapping != NULL)
    declared = job->reader->mapping->encoding;
  kennis_csv_text_init (&self.text, job->bytes, declared, job->cancellable);
  self.waiting = g_array_new (FALSE, FALSE, sizeof (KennisCsvWaiting));
  self.members = g_ptr_array_new_with_free_func (g_free);
  ok = read_all (&self, error);

  kennis_csv_unbind (&self.binding);
  g_clear_object (&self.choice.mapping);
  g_array_unref (self.waiting);
  g_ptr_array_unref (self.members);
  kennis_csv_row_clear (&self.row);
  kennis_csv_text_clear (&self.text);

  return ok;
}
