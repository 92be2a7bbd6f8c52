#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-csv-read-private.h"

#include <kennis/kennis-error.h>
#include <string.h>

/* All that is found out before the first row: the mapping, the header, the zone, the order of dates. */

void
kennis_csv_note (KennisCsvRead  *self,
                 KennisSeverity  severity,
                 guint64         line,
                 const char     *text)
{
  kennis_read_job_tell (self->job, severity, (KennisPlace) { line, 1 }, NULL, text, NULL);
}

void
kennis_csv_finding (KennisCsvRead *self,
                    guint64        line,
                    const char    *text)
{
  kennis_csv_note (self, KENNIS_SEVERITY_NOTE, line, text);
  kennis_source_story_find (self->job->reader->story, text);
}

/* Never guessed silently: says how the source was read. */
static void
tell_how (KennisCsvRead *self)
{
  const char *separator = self->choice.delimiter == '\t'  ? _("tabs")
                          : self->choice.delimiter == ';' ? _("semicolons")
                          : self->choice.delimiter == '|' ? _("bars")
                                                          : _("commas");
  const char *why = self->text.has_bom       ? _("its first bytes say so")
                    : self->text.is_declared ? _("declared")
                                             : _("found out from its bytes");
  g_autofree char *text = NULL;

  text = g_strdup_printf (_("read with the mapping “%s”: text in %s (%s), cells between %s, header in line %llu"),
                          kennis_mapping_get_id (self->binding.mapping), kennis_encoding_name (self->text.encoding),
                          why, separator, (unsigned long long) self->header_line);
  kennis_csv_note (self, KENNIS_SEVERITY_NOTE, self->header_line, text);
}

static void
tell_doubles (KennisCsvRead *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  KennisCsvBinding *binding = &self->binding;

  for (guint i = 0; i < binding->n_header; i++)
    if (binding->plain[i][0] != '\0' && !g_hash_table_add (seen, binding->plain[i]))
      {
        g_autofree char *name = kennis_read_quote (binding->header[i], strlen (binding->header[i]));
        g_autofree char *text = g_strdup_printf (_("there are two columns %s; the first one is read"), name);

        kennis_read_job_tell (self->job, KENNIS_SEVERITY_WARNING, (KennisPlace) { self->header_line, i + 1 }, NULL,
                              text, NULL);
      }
}

/* The header, with what stands above it; the rows below it that belong to it are passed over. */
static gboolean
take_header (KennisCsvRead *self, GError **error)
{
  GHashTable *preamble = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  self->binding.preamble = preamble;
  self->text.at += self->choice.n_skipped;
  self->row.line += self->choice.n_skipped > 0 ? 1 : 0;
  for (guint n = 0;; n++)
    {
      int got = kennis_csv_next_row (self, error);
      gsize length, name_length;
      const char *name, *text;

      if (got <= 0)
        return got == 0
               && kennis_read_job_break (self->job, (KennisPlace) { self->row.first_line, 1 }, _("there is no header"),
                                         NULL, error);
      if (n == self->choice.row)
        break;
      name = kennis_csv_row_cell (&self->row, 0, &name_length);
      text = kennis_csv_row_cell (&self->row, 1, &length);
      if (length > 0)
        g_hash_table_replace (preamble, kennis_plain_name (name, (gssize) name_length), g_strndup (text, length));
    }
  if (self->row.is_wide || self->row.is_long)
    return kennis_read_job_break (self->job, (KennisPlace) { self->row.first_line, 1 }, _("the header is too long"),
                                  _("at most 16384 columns and 1 MiB"), error)
           && FALSE;
  self->header_line = self->row.first_line;
  kennis_csv_bind (&self->binding, self->choice.mapping, &self->row);

  return TRUE;
}

static gboolean
find_zone (KennisCsvRead *self, GError **error)
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
find_dates (KennisCsvRead *self, GError **error)
{
  KennisReader *reader = self->job->reader;
  g_autofree char *example = NULL, *text = NULL;
  gboolean was_found;
  guint column = 0;

  if (reader->dates != KENNIS_DATES_ISO)
    self->binding.rules.dates = reader->dates;
  if (!kennis_csv_find_order (&self->binding, self->text.text + self->text.at, self->text.end - self->text.at,
                              self->text.at_end, self->choice.delimiter, self->binding.mapping->extra_rows, &example,
                              &column, &was_found))
    {
      text = g_strdup_printf (_("column “%s”: is %s a day and a month, or a month and a day?"),
                              self->binding.header[column], example);
      return kennis_read_job_break (
                 self->job, (KennisPlace) { self->header_line, column + 1 }, text,
                 _("a declared order: “dates=dmy” or “dates=mdy” in the mapping, or the reader's date-order"), error)
             && FALSE;
    }
  if (was_found)
    {
      text = g_strdup_printf (self->binding.rules.dates == KENNIS_DATES_DMY
                                  ? _("dates are read with the day first, as %s proves")
                                  : _("dates are read with the month first, as %s proves"),
                              example);
      kennis_csv_finding (self, self->header_line, text);
    }

  return TRUE;
}

static void
tell_marks (KennisCsvRead *self, const char *example)
{
  const KennisCsvRules *rules = &self->binding.rules;
  g_autofree char *text = NULL;

  if (rules->thousands[0] == '.')
    text = g_strdup_printf (_("numbers are read with a decimal comma and points between thousands, as %s proves"),
                            example);
  else if (rules->thousands[0] == ',')
    text = g_strdup_printf (_("numbers are read with a decimal point and commas between thousands, as %s proves"),
                            example);
  else if (rules->thousands[0] != '\0')
    text = g_strdup_printf (rules->decimal == ','
                                ? _("numbers are read with a decimal comma and “%s” between thousands, as %s proves")
                                : _("numbers are read with a decimal point and “%s” between thousands, as %s proves"),
                            rules->thousands, example);
  else if (rules->decimal == ',')
    text = g_strdup_printf (_("numbers are read with a decimal comma, as %s proves"), example);
  if (text != NULL)
    kennis_csv_finding (self, self->header_line, text);
}

/* What the mapping says counts, then what was declared; else the numbers must prove a comma, and marks between thousands in any case. */
static void
find_decimal (KennisCsvRead *self)
{
  KennisCsvRules *rules = &self->binding.rules;
  char declared = self->job->reader->decimal;
  g_autofree char *example = NULL;
  guint column = 0, marks;

  if (self->binding.mapping->says_decimal)
    return;
  if (declared != '\0' && rules->thousands[0] == declared)
    rules->thousands[0] = '\0';
  if (rules->thousands[0] != '\0')
    {
      rules->decimal = declared != '\0' ? declared : rules->decimal;
      return;
    }
  marks = kennis_csv_find_marks (&self->binding, self->text.text + self->text.at, self->text.end - self->text.at,
                                 self->text.at_end, self->choice.delimiter, self->binding.mapping->extra_rows, &example,
                                 &column);
  rules->decimal = declared != '\0'                                                 ? declared
                   : (marks & KENNIS_CSV_MARK_ALL_DECIMAL) == KENNIS_CSV_MARK_COMMA ? ','
                                                                                    : '.';
  g_strlcpy (rules->thousands, kennis_csv_thousands (marks, rules->decimal), sizeof rules->thousands);
  if (declared == '\0' || rules->thousands[0] != '\0')
    tell_marks (self, example);
}

/* Nothing fits: names the columns, and what would. */
static gboolean
no_mapping (KennisCsvRead *self, GError **error)
{
  g_autoptr (GString) columns = g_string_new (NULL);
  g_autofree char *text = NULL;
  KennisCsvRow row;
  guint n;
  gsize used, at = self->choice.n_skipped;
  guint64 line;

  kennis_csv_row_init (&row, kennis_csv_find_header (self->text.text, self->text.end, &n));
  for (;; at += used)
    if (!kennis_csv_row_feed (&row, self->text.text + at, self->text.end - at, &used))
      {
        kennis_csv_row_finish (&row);
        break;
      }
    else if (n-- == 0)
      break;
  for (guint i = 0; i < MIN (row.n_cells, 8); i++)
    {
      gsize length;
      const char *cell = kennis_csv_row_cell (&row, i, &length);
      g_autofree char *quoted = kennis_read_quote (cell, length);

      g_string_append_printf (columns, "%s%s", i > 0 ? ", " : "", quoted);
    }
  line = row.first_line + (self->choice.n_skipped > 0 ? 1 : 0);
  if (row.n_cells > 8)
    g_string_append (columns, ", …");
  kennis_csv_row_clear (&row);
  text = self->job->reader->mapping != NULL
             ? g_strdup_printf (_("the mapping “%s” does not fit the columns %s"),
                                kennis_mapping_get_id (self->job->reader->mapping), columns->str)
             : g_strdup_printf (_("no mapping fits the columns %s"), columns->str);
  kennis_read_job_break (self->job, (KennisPlace) { line, 1 }, text,
                         _("a table that a mapping describes (docs/mappings.md); kennis-report --describe drafts one"),
                         error);

  return FALSE;
}

gboolean
kennis_csv_open (KennisCsvRead *self,
                 GError       **error)
{
  KennisReadJob *job = self->job;
  KennisReader *reader = job->reader;
  KennisDataset *dataset = job->dataset;

  if (kennis_csv_text_fill (&self->text, error) < 0)
    return FALSE;
  kennis_csv_choose (self->text.text, self->text.end, reader->mapping, &self->choice);
  if (self->choice.mapping == NULL)
    return no_mapping (self, error);
  kennis_csv_row_init (&self->row, self->choice.delimiter);
  if (!take_header (self, error)
      || !kennis_read_job_header (job, dataset != NULL ? kennis_dataset_get_time_zone (dataset) : reader->time_zone,
                                  dataset != NULL ? kennis_dataset_get_currency (dataset) : reader->currency, error)
      || !find_zone (self, error) || !find_dates (self, error))
    return FALSE;
  find_decimal (self);
  kennis_csv_find_scores (&self->binding, self->text.text + self->text.at, self->text.end - self->text.at,
                          self->text.at_end, self->choice.delimiter, self->binding.mapping->extra_rows);
  job->reader->story->mapping = g_strdup (kennis_mapping_get_id (self->binding.mapping));
  job->reader->story->delimiter = self->choice.delimiter;
  tell_how (self);
  tell_doubles (self);

  return kennis_read_job_coverage (self->job, self->binding.mapping, (KennisPlace) { self->header_line, 1 }, error);
}
