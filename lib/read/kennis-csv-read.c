#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-csv-read-private.h"

#include <kennis/kennis-error.h>
#include <string.h>

/* A row's records wait here until all of them are known to be good. */
typedef struct
{
  KennisRecordType type;
  gint64 codes[KENNIS_MAX_FIELDS];
} Waiting;

typedef struct
{
  KennisReadJob   *job;
  KennisCsvText    text;
  KennisCsvRow     row;
  KennisCsvBinding binding;
  KennisCsvChoice  choice;
  GArray          *waiting;
  GPtrArray       *members;     /* of a list that is being made */
  guint64          header_line;
  guint64          first_short;
  gboolean         is_ended;    /* the mapping's "end" was seen */
} CsvRead;

gboolean
kennis_csv_sniff (const guint8 *head,
                  gsize         length)
{
  gboolean utf_16 = length >= 2 && (memcmp (head, "\xff\xfe", 2) == 0 || memcmp (head, "\xfe\xff", 2) == 0), delimited = FALSE;
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

  return delimited && first != '<' && first != '{' && first != '[' && first != 0;
}

static KennisPlace
place_of (const CsvRead *self, int column)
{
  return (KennisPlace) { self->row.first_line, column >= 0 ? (guint64) column + 1 : 1 };
}

/* 1: a row; 0: the end; −1: an error. */
static int
next_row (CsvRead *self, GError **error)
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
        return kennis_csv_row_finish (&self->row) ? 1 : 0;
      kennis_progress_sink_report (self->job->sink, kennis_bytes_fraction (self->job->bytes));
      if (g_cancellable_set_error_if_cancelled (self->job->cancellable, error))
        return -1;
    }
}

static gboolean
reject (CsvRead *self, int column, KennisError code, const char *problem, const char *accepted, GError **error)
{
  g_autofree char *text = NULL;

  self->job->reader->n_rows_rejected++;
  if (column >= 0 && (guint) column < self->binding.n_header)
    {
      g_autofree char *name = kennis_read_quote (self->binding.header[column], strlen (self->binding.header[column]));

      text = g_strdup_printf (_("column %s: %s"), name, problem);
    }

  return kennis_read_job_reject (self->job, place_of (self, column), NULL, code, text != NULL ? text : problem, accepted, error);
}

static gboolean
ignore (CsvRead *self)
{
  self->job->n_read++;
  self->job->reader->n_read++;
  self->job->reader->n_ignored++;
  self->job->reader->n_rows_ignored++;

  return TRUE;
}

static gboolean
is_header_again (const CsvRead *self)
{
  const KennisCsvRow *row = &self->row;

  if (row->n_cells != self->binding.n_header)
    return FALSE;
  for (guint i = 0; i < row->n_cells; i++)
    {
      gsize length;
      const char *cell = kennis_csv_row_cell (row, i, &length);

      if (strlen (self->binding.header[i]) != length || memcmp (self->binding.header[i], cell, length) != 0)
        return FALSE;
    }

  return TRUE;
}

/* The mapping's [rows], and what ends a section. */
static gboolean
is_left_out (CsvRead *self)
{
  KennisMapping *mapping = self->binding.mapping;

  if (mapping->end != NULL && !self->is_ended)
    {
      gsize length;
      const char *cell = kennis_csv_row_cell (&self->row, 0, &length);

      self->is_ended = g_utf8_validate_len (cell, length, NULL)
                       && g_regex_match_full (mapping->end, cell, (gssize) length, 0, 0, NULL, NULL);
    }
  if (self->is_ended || kennis_csv_row_is_blank (&self->row) || is_header_again (self))
    return TRUE;
  for (guint i = 0; i < mapping->ignores->len; i++)
    if (kennis_csv_value (&self->binding, &g_array_index (mapping->ignores, KennisTemplate, i), -1).text != NULL)
      return TRUE;
  for (guint i = 0; i < mapping->keeps->len; i++)
    if (kennis_csv_value (&self->binding, &g_array_index (mapping->keeps, KennisTemplate, i), -1).text == NULL)
      return TRUE;

  return FALSE;
}

/* Members of a list come from several keys of the mapping, one after the other. */
static gboolean
make_list (CsvRead *self, const KennisMapRecord *record, guint *f, int each, gint64 *code, KennisTextProblem *problem)
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
make_record (CsvRead *self, const KennisMapRecord *record, int each, Waiting *made, int *column, KennisTextProblem *problem)
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
          && !kennis_csv_convert (&self->binding, self->job, field, &map->template, value, &made->codes[map->field], problem))
        return FALSE;
    }
  /* A place that is empty and must not be is where the reader should look. */
  *column = -1;

  return TRUE;
}

static gboolean
has_needs (const KennisMapRecord *record, const Waiting *made)
{
  for (guint f = 0; f < record->schema->n_fields; f++)
    if ((record->needs & 1u << f) != 0 && made->codes[f] == kennis_field_unknown (&record->schema->fields[f]))
      return FALSE;

  return TRUE;
}

/* All records of a row, or the first problem. */
static gboolean
make_records (CsvRead *self, int *column, KennisTextProblem *problem)
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
          Waiting made;

          if (!make_record (self, record, each, &made, column, problem))
            return FALSE;
          if (has_needs (record, &made))
            g_array_append_val (self->waiting, made);
        }
    }

  return TRUE;
}

static gboolean
append_records (CsvRead *self, GError **error)
{
  KennisReader *reader = self->job->reader;
  guint64 n_rejected = reader->n_rejected, n_ignored = reader->n_ignored;

  if (self->waiting->len == 0)
    return ignore (self);
  for (guint i = 0; i < self->waiting->len; i++)
    {
      const Waiting *made = &g_array_index (self->waiting, Waiting, i);

      if (!kennis_read_job_append (self->job, made->type, made->codes, place_of (self, -1), error))
        {
          reader->n_rows_rejected++;
          return FALSE;
        }
    }
  if (reader->n_rejected > n_rejected)
    reader->n_rows_rejected++;
  else if (reader->n_ignored - n_ignored == self->waiting->len)
    reader->n_rows_ignored++;
  else
    reader->n_rows_used++;

  return TRUE;
}

/* What is wrong with a row as a whole; NULL: nothing. */
static const char *
row_problem (CsvRead *self, const char **accepted)
{
  const KennisCsvRow *row = &self->row;
  gboolean is_last = self->text.at_end && self->text.at == self->text.end && row->state == 0 && row->n_cr == 0;

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
  if (row->n_cells < self->binding.n_header && !self->is_ended)
    {
      if (is_last && self->text.end > 0 && strchr ("\n\r", self->text.text[self->text.end - 1]) == NULL)
        return *accepted = _("a row with all cells; the source seems to be cut off"),
               _("the last row has fewer cells than the header, and no end of line");
      if (self->first_short == 0)
        self->first_short = row->first_line;
    }

  return NULL;
}

static gboolean
take_row (CsvRead *self, GError **error)
{
  g_auto (KennisTextProblem) problem = { 0 };
  const char *accepted = NULL, *wrong;
  int column = -1;

  self->job->reader->n_rows++;
  wrong = row_problem (self, &accepted);
  if (wrong != NULL)
    return reject (self, -1, KENNIS_ERROR_INVALID, wrong, accepted, error);
  if (is_left_out (self))
    return ignore (self);
  if (!make_records (self, &column, &problem))
    return reject (self, column, problem.code, problem.problem, problem.accepted, error);
  if (self->binding.bad_column >= 0)
    {
      column = self->binding.bad_column;
      self->binding.bad_column = -1;
      return reject (self, column, KENNIS_ERROR_INVALID, _("the text is not valid"), _("the encoding of the source"), error);
    }

  return append_records (self, error);
}

static void
note (CsvRead *self, KennisSeverity severity, guint64 line, const char *text)
{
  kennis_read_job_tell (self->job, severity, (KennisPlace) { line, 1 }, NULL, text, NULL);
}

/* Never guessed silently: says how the source was read. */
static void
tell_how (CsvRead *self)
{
  const char *separator = self->choice.delimiter == '\t' ? _("tabs") : self->choice.delimiter == ';' ? _("semicolons")
                        : self->choice.delimiter == '|' ? _("bars")                                  : _("commas");
  const char *why = self->text.has_bom       ? _("its first bytes say so")
                    : self->text.is_declared ? _("declared")
                                             : _("found out from its bytes");
  g_autofree char *text = NULL;

  text = g_strdup_printf (_("read with the mapping “%s”: text in %s (%s), cells between %s, header in line %" G_GUINT64_FORMAT),
                          kennis_mapping_get_id (self->binding.mapping), kennis_encoding_name (self->text.encoding), why, separator,
                          self->header_line);
  note (self, KENNIS_SEVERITY_NOTE, self->header_line, text);
}

static void
tell_doubles (CsvRead *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  KennisCsvBinding *binding = &self->binding;

  for (guint i = 0; i < binding->n_header; i++)
    if (binding->plain[i][0] != '\0' && !g_hash_table_add (seen, binding->plain[i]))
      {
        g_autofree char *name = kennis_read_quote (binding->header[i], strlen (binding->header[i]));
        g_autofree char *text = g_strdup_printf (_("there are two columns %s; the first one is read"), name);

        kennis_read_job_tell (self->job, KENNIS_SEVERITY_WARNING, (KennisPlace) { self->header_line, i + 1 }, NULL, text, NULL);
      }
}

/* The header, with what stands above it; the rows below it that belong to it are passed over. */
static gboolean
take_header (CsvRead *self, GError **error)
{
  GHashTable *preamble = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  self->binding.preamble = preamble;
  self->text.at += self->choice.n_skipped;
  self->row.line += self->choice.n_skipped > 0 ? 1 : 0;
  for (guint n = 0;; n++)
    {
      int got = next_row (self, error);
      gsize length, name_length;
      const char *name, *text;

      if (got <= 0)
        return got == 0 && kennis_read_job_break (self->job, place_of (self, -1), _("there is no header"), NULL, error);
      if (n == self->choice.row)
        break;
      name = kennis_csv_row_cell (&self->row, 0, &name_length);
      text = kennis_csv_row_cell (&self->row, 1, &length);
      if (length > 0)
        g_hash_table_replace (preamble, kennis_plain_name (name, (gssize) name_length), g_strndup (text, length));
    }
  self->header_line = self->row.first_line;
  kennis_csv_bind (&self->binding, self->choice.mapping, &self->row);

  return TRUE;
}

static gboolean
find_zone (CsvRead *self, GError **error)
{
  KennisMapping *mapping = self->binding.mapping;
  g_autofree char *zone = g_strdup (mapping->zone);

  for (guint i = 0; mapping->zone_regex != NULL && i < self->binding.n_header; i++)
    {
      g_autoptr (GMatchInfo) info = NULL;

      if (g_regex_match (mapping->zone_regex, self->binding.header[i], 0, &info))
        {
          g_free (zone);
          zone = g_match_info_fetch (info, g_regex_get_capture_count (mapping->zone_regex) > 0 ? 1 : 0);
          break;
        }
    }
  if (zone == NULL)
    {
      self->binding.calendar = kennis_calendar_ref (kennis_dataset_get_calendar (self->job->dataset));
      return TRUE;
    }
  self->binding.calendar = kennis_calendar_new (zone, error);
  if (self->binding.calendar == NULL)
    g_prefix_error (error, "%s:%" G_GUINT64_FORMAT ": ", self->job->name, self->header_line);

  return self->binding.calendar != NULL;
}

static gboolean
find_dates (CsvRead *self, GError **error)
{
  KennisReader *reader = self->job->reader;
  g_autofree char *example = NULL, *text = NULL;
  gboolean was_found;
  guint column = 0;

  if (reader->dates != KENNIS_DATES_ISO)
    self->binding.rules.dates = reader->dates;
  if (!kennis_csv_find_order (&self->binding, self->text.text + self->text.at, self->text.end - self->text.at,
                              self->choice.delimiter, self->binding.mapping->extra_rows, &example, &column, &was_found))
    {
      text = g_strdup_printf (_("column “%s”: is %s a day and a month, or a month and a day?"), self->binding.header[column], example);
      return kennis_read_job_break (self->job, (KennisPlace) { self->header_line, column + 1 }, text,
                                    _("a declared order: “dates=dmy” or “dates=mdy” in the mapping, or the reader's date-order"), error)
             && FALSE;
    }
  if (was_found)
    {
      text = g_strdup_printf (self->binding.rules.dates == KENNIS_DATES_DMY ? _("dates are read with the day first, as %s proves")
                                                                          : _("dates are read with the month first, as %s proves"),
                              example);
      note (self, KENNIS_SEVERITY_NOTE, self->header_line, text);
    }

  return TRUE;
}

static gboolean
append_coverage (CsvRead *self, GError **error)
{
  KennisMapping *mapping = self->binding.mapping;
  KennisReadJob *job = self->job;

  for (guint i = 0; i < mapping->coverages->len; i++)
    {
      const KennisMapCoverage *coverage = &g_array_index (mapping->coverages, KennisMapCoverage, i);
      const KennisSchema *schema = kennis_schema_get (KENNIS_RECORD_TYPE_COVERAGE);
      KennisCalendar *calendar = kennis_dataset_get_calendar (job->dataset);
      gint64 codes[KENNIS_MAX_FIELDS];
      g_autoptr (GError) cause = NULL;

      for (guint f = 0; f < schema->n_fields; f++)
        codes[f] = kennis_field_unknown (&schema->fields[f]);
      codes[KENNIS_COVERAGE_RECORD] = coverage->type;
      if (coverage->field >= 0)
        codes[KENNIS_COVERAGE_FIELD] = kennis_dataset_intern (job->dataset, KENNIS_SPACE_WORD,
                                                              kennis_schema_get (coverage->type)->fields[coverage->field].name,
                                                              strlen (kennis_schema_get (coverage->type)->fields[coverage->field].name),
                                                              NULL);
      if (coverage->from != KENNIS_UNKNOWN)
        codes[KENNIS_COVERAGE_FROM] = kennis_calendar_day_start (calendar, (gint32) coverage->from);
      if (coverage->until != KENNIS_UNKNOWN)
        codes[KENNIS_COVERAGE_UNTIL] = kennis_calendar_day_start (calendar, (gint32) coverage->until);
      if (!kennis_read_job_append (job, KENNIS_RECORD_TYPE_COVERAGE, codes, (KennisPlace) { self->header_line, 1 }, error))
        return FALSE;
    }

  return TRUE;
}

/* Nothing fits: names the columns, and what would. */
static gboolean
no_mapping (CsvRead *self, GError **error)
{
  g_autoptr (GString) columns = g_string_new (NULL);
  g_autofree char *text = NULL;
  KennisCsvRow row;
  gsize used;

  kennis_csv_row_init (&row, kennis_csv_find_delimiter (self->text.text, self->text.end));
  if (kennis_csv_row_feed (&row, self->text.text, self->text.end, &used) || kennis_csv_row_finish (&row))
    for (guint i = 0; i < MIN (row.n_cells, 8); i++)
      {
        gsize length;
        const char *cell = kennis_csv_row_cell (&row, i, &length);
        g_autofree char *quoted = kennis_read_quote (cell, length);

        g_string_append_printf (columns, "%s%s", i > 0 ? ", " : "", quoted);
      }
  if (row.n_cells > 8)
    g_string_append (columns, ", …");
  kennis_csv_row_clear (&row);
  text = self->job->reader->mapping != NULL
             ? g_strdup_printf (_("the mapping “%s” does not fit the columns %s"),
                                kennis_mapping_get_id (self->job->reader->mapping), columns->str)
             : g_strdup_printf (_("no mapping fits the columns %s"), columns->str);
  kennis_read_job_break (self->job, (KennisPlace) { 1, 1 }, text,
                         _("a table that a mapping describes (docs/mappings.md); kennis-report --describe drafts one"), error);

  return FALSE;
}

static gboolean
read_rows (CsvRead *self, GError **error)
{
  int got;

  for (guint i = 0; i < self->binding.mapping->extra_rows; i++)
    if (next_row (self, error) < 0)
      return FALSE;
  while ((got = next_row (self, error)) > 0)
    {
      if (self->row.in_quotes)
        return kennis_read_job_break (self->job, place_of (self, -1), _("a quote in this row is never closed"), _("a quote at its end"),
                                      error);
      if (!take_row (self, error))
        return FALSE;
    }

  return got == 0;
}

static gboolean
read_all (CsvRead *self, GError **error)
{
  KennisReadJob *job = self->job;
  KennisReader *reader = job->reader;
  KennisEncoding before;

  if (kennis_csv_text_fill (&self->text, error) < 0)
    return FALSE;
  kennis_csv_choose (self->text.text, self->text.end, reader->mapping, &self->choice);
  if (self->choice.mapping == NULL)
    return no_mapping (self, error);
  kennis_csv_row_init (&self->row, self->choice.delimiter);
  if (!take_header (self, error)
      || !kennis_read_job_header (job, job->dataset != NULL ? kennis_dataset_get_time_zone (job->dataset) : reader->time_zone,
                                  job->dataset != NULL ? kennis_dataset_get_currency (job->dataset) : reader->currency, error)
      || !find_zone (self, error) || !find_dates (self, error))
    return FALSE;
  tell_how (self);
  tell_doubles (self);
  before = self->text.encoding;
  if (!append_coverage (self, error) || !read_rows (self, error) || !kennis_read_job_flush (job, error))
    return FALSE;

  if (self->text.encoding != before)
    {
      g_autofree char *text = g_strdup_printf (_("the first characters beyond ASCII are read as %s"),
                                               kennis_encoding_name (self->text.encoding));
      note (self, KENNIS_SEVERITY_NOTE, self->header_line, text);
    }
  if (self->first_short > 0)
    note (self, KENNIS_SEVERITY_WARNING, self->first_short,
          _("this row, and maybe others, has fewer cells than the header; those that are not there are unknown"));
  if (job->bytes->problem != NULL)
    return kennis_read_job_break (job, place_of (self, -1), _(job->bytes->problem), NULL, error);

  return TRUE;
}

gboolean
kennis_csv_read (KennisReadJob *job,
                 GError       **error)
{
  CsvRead self = { .job = job };
  gboolean ok;

  kennis_csv_text_init (&self.text, job->bytes, job->reader->encoding != KENNIS_ENCODING_UNKNOWN || job->reader->mapping == NULL ? job->reader->encoding : job->reader->mapping->encoding, job->cancellable);
  self.waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
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
