#include "config.h"

#include "report/kennis-render-private.h"

#include <math.h>

#include "base/kennis-texts-private.h"
#include "report/kennis-markup-private.h"
#include "report/kennis-words-private.h"

static void
attr_number (KennisMarkup *out, const char *name, double value)
{
  g_autofree char *text = isfinite (value) ? kennis_number_to_text (value) : NULL;

  kennis_markup_attr (out, name, text);
}

static void
attr_count (KennisMarkup *out, const char *name, guint64 count)
{
  kennis_markup_attr_f (out, name, "%" G_GUINT64_FORMAT, count);
}

static void
write_reasons (KennisMarkup *out, const char *name, const GArray *reasons)
{
  for (guint i = 0; i < reasons->len; i++)
    {
      const KennisReason *reason = &g_array_index (reasons, KennisReason, i);

      kennis_markup_open (out, name);
      attr_count (out, "count", reason->n);
      if (reason->line > 0)
        attr_count (out, "line", reason->line);
      kennis_markup_text (out, reason->problem);
      kennis_markup_close (out);
    }
}

/* Values are not for those to whom a report is passed on: reasons are told without them. */
static void
write_story (KennisMarkup *out, const KennisSourceStory *story)
{
  for (guint i = 0; i < story->covers->len; i++)
    {
      const KennisCover *cover = &g_array_index (story->covers, KennisCover, i);

      kennis_markup_open (out, "covers");
      kennis_markup_attr (out, "record", cover->record);
      kennis_markup_attr (out, "field", cover->field);
      kennis_markup_attr (out, "from", cover->from);
      kennis_markup_attr (out, "until", cover->until);
      if (cover->groups != NULL)
        kennis_markup_attr_f (out, "groups", "%u", g_hash_table_size (cover->groups));
      kennis_markup_close (out);
    }
  for (guint i = 0; i < story->findings->len; i++)
    kennis_markup_leaf (out, "finding", NULL, g_ptr_array_index (story->findings, i));
  write_reasons (out, "reason", story->reasons);
  write_reasons (out, "warning", story->warnings);
}

static void
write_how (KennisMarkup *out, const KennisSourceStory *story)
{
  char separator[] = { story->delimiter, '\0' };

  kennis_markup_attr (out, "format", story->format);
  kennis_markup_attr (out, "mapping", story->mapping);
  kennis_markup_attr (out, "encoding", story->encoding);
  kennis_markup_attr (out, "separator", story->delimiter == '\0' ? NULL : story->delimiter == '\t' ? "tab" : separator);
  if (story->n_other > 0)
    attr_count (out, "other-reasons", story->n_other);
  if (story->n_other_warnings > 0)
    attr_count (out, "other-warnings", story->n_other_warnings);
}

static void
write_source (KennisMarkup *out, const KennisReportSource *source)
{
  g_autofree char *problem = kennis_words_problem (source);

  kennis_markup_open (out, "source");
  kennis_markup_attr (out, "name", source->name);
  kennis_markup_attr (out, "fingerprint", source->fingerprint);
  attr_count (out, "read", source->n_read);
  attr_count (out, "added", source->n_added);
  attr_count (out, "merged", source->n_merged);
  attr_count (out, "rejected", source->n_rejected);
  attr_count (out, "ignored", source->n_ignored);
  attr_count (out, "not-on-roster", source->n_seen);
  if (source->n_rows > 0)
    {
      attr_count (out, "rows", source->n_rows);
      attr_count (out, "rows-used", source->n_rows_used);
      attr_count (out, "rows-rejected", source->n_rows_rejected);
      attr_count (out, "rows-ignored", source->n_rows_ignored);
    }
  kennis_markup_attr (out, "problem", problem);
  if (source->story != NULL)
    {
      write_how (out, source->story);
      write_story (out, source->story);
    }
  kennis_markup_close (out);
}

static void
write_sources (KennisMarkup *out, const KennisReportModel *model)
{
  const KennisSourceStory *story = model->story;

  for (guint i = 0; i < model->sources->len; i++)
    write_source (out, &g_array_index (model->sources, KennisReportSource, i));
  if (story == NULL || story->reasons->len + story->warnings->len + story->covers->len == 0)
    return;
  kennis_markup_open (out, "all-sources");
  write_story (out, story);
  kennis_markup_close (out);
}

static void
write_metrics (KennisMarkup *out, const KennisReportModel *model)
{
  for (guint i = 0; i < model->metrics->len; i++)
    {
      const KennisReportMetric *metric = kennis_report_model_metric (model, i);

      kennis_markup_open (out, "metric");
      kennis_markup_attr (out, "id", metric->id);
      kennis_markup_attr (out, "unit", kennis_words_unit_code (metric->unit));
      kennis_markup_attr (out, "title", metric->title);
      kennis_markup_leaf (out, "description", NULL, metric->description);
      kennis_markup_leaf (out, "reading", NULL, metric->reading_aid);
      kennis_markup_close (out);
    }
}

static void
write_row (KennisMarkup *out, const KennisReportModel *model, const KennisReportRow *row)
{
  g_autofree char *from = kennis_render_date (row->first_day), *to = kennis_render_date (row->end_day - 1);
  gboolean withheld = row->status == KENNIS_MEASURE_STATUS_WITHHELD;

  kennis_markup_open (out, "measurement");
  kennis_markup_attr (out, "metric", kennis_report_model_metric (model, row->metric)->id);
  kennis_markup_attr (out, "period", row->period);
  kennis_markup_attr (out, "from", from);
  kennis_markup_attr (out, "to", to);
  if (!withheld)
    {
      attr_number (out, "value", row->value);
      kennis_markup_attr (out, "value-name", row->category);
      attr_number (out, "lower", row->lower);
      attr_number (out, "upper", row->upper);
      if (row->n >= 0)
        kennis_markup_attr_f (out, "n", "%" G_GINT64_FORMAT, row->n);
      attr_number (out, "coverage", row->coverage);
    }
  kennis_markup_attr (out, "status", kennis_words_status_code (row->status));
  kennis_markup_attr (out, "note", row->note != NULL && *row->note != '\0' ? row->note : NULL);
  for (guint i = 0; model->attributes[i] != NULL; i++)
    if (row->grouping >> i & 1)
      {
        kennis_markup_open (out, "group");
        kennis_markup_attr (out, "attribute", model->attributes[i]);
        kennis_markup_attr (out, "value", row->group[i]);
        kennis_markup_close (out);
      }
  kennis_markup_close (out);
}

GBytes *
kennis_render_xml (const KennisReportModel *model)
{
  KennisMarkup *out = kennis_markup_new (FALSE, TRUE);
  g_autofree char *from = model->rows->len > 0 ? kennis_render_date (model->first_day) : NULL;
  g_autofree char *to = model->rows->len > 0 ? kennis_render_date (model->end_day - 1) : NULL;

  kennis_markup_open (out, "report");
  kennis_markup_attr (out, "xmlns", KENNIS_REPORT_NAMESPACE);
  kennis_markup_attr (out, "generator", "kennis " PACKAGE_VERSION);
  kennis_markup_attr (out, "title", model->title);
  kennis_markup_attr (out, "xml:lang", model->language);
  kennis_markup_attr (out, "time-zone", model->time_zone);
  kennis_markup_attr (out, "currency", model->currency);
  kennis_markup_attr (out, "from", from);
  kennis_markup_attr (out, "to", to);
  kennis_markup_attr (out, "profile", model->profile);
  if (model->minimum_group > 0)
    kennis_markup_attr_f (out, "minimum-group", "%u", model->minimum_group);
  if (model->minimum_survey_group > 0)
    kennis_markup_attr_f (out, "minimum-survey-group", "%u", model->minimum_survey_group);
  attr_number (out, "level", model->level);
  if (model->seed >= 0)
    kennis_markup_attr_f (out, "seed", "%" G_GINT64_FORMAT, model->seed);
  write_sources (out, model);
  write_metrics (out, model);
  for (guint i = 0; i < model->rows->len; i++)
    write_row (out, model, kennis_report_model_row (model, i));
  kennis_markup_close (out);

  return kennis_markup_finish (out);
}
