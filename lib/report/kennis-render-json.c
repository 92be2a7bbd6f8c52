#include "config.h"

#include "report/kennis-render-private.h"
#include "report/kennis-words-private.h"

#include <math.h>

#include "base/kennis-texts-private.h"

void
kennis_render_json_text (GString *json, const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    {
      g_string_append (json, "null");
      return;
    }

  valid = g_utf8_make_valid (text, -1);
  g_string_append_c (json, '"');
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '"' || c == '\\')
        g_string_append_printf (json, "\\%c", (char) c);
      else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == '<')
        g_string_append_printf (json, "\\u%04x", c);
      else
        g_string_append_unichar (json, c);
    }
  g_string_append_c (json, '"');
}

static void
append_member (GString *json, const char *before, const char *name, const char *value)
{
  g_string_append (json, before);
  kennis_render_json_text (json, name);
  g_string_append (json, ": ");
  kennis_render_json_text (json, value);
}

static void
append_count (GString *json, const char *before, const char *name, guint64 value)
{
  g_string_append_printf (json, "%s\"%s\": %" G_GUINT64_FORMAT, before, name, value);
}

static void
append_reasons (GString *json, const char *name, const GArray *reasons, gboolean with_examples)
{
  g_string_append_printf (json, ",\n        \"%s\": [", name);
  for (guint i = 0; i < reasons->len; i++)
    {
      const KennisReason *reason = &g_array_index (reasons, KennisReason, i);

      append_count (json, i > 0 ? ",\n          { " : "\n          { ", "count", reason->n);
      append_member (json, ", ", "problem", reason->problem);
      if (reason->line > 0)
        append_count (json, ", ", "line", reason->line);
      if (with_examples)
        append_member (json, ", ", "example", reason->example);
      g_string_append (json, " }");
    }
  g_string_append (json, "]");
}

static void
append_covers (GString *json, const GArray *covers)
{
  g_string_append (json, ",\n        \"covers\": [");
  for (guint i = 0; i < covers->len; i++)
    {
      const KennisCover *cover = &g_array_index (covers, KennisCover, i);

      append_member (json, i > 0 ? ",\n          { " : "\n          { ", "record", cover->record);
      append_member (json, ", ", "field", cover->field);
      append_member (json, ", ", "from", cover->from);
      append_member (json, ", ", "until", cover->until);
      if (cover->groups != NULL)
        g_string_append_printf (json, ", \"groups\": %u", g_hash_table_size (cover->groups));
      g_string_append (json, " }");
    }
  g_string_append (json, "]");
}

static void
append_story (GString *json, const KennisSourceStory *story, gboolean with_examples)
{
  char separator[] = { story->delimiter, '\0' };

  append_member (json, ",\n        ", "format", story->format);
  append_member (json, ", ", "mapping", story->mapping);
  append_member (json, ", ", "encoding", story->encoding);
  append_member (json, ", ", "separator", story->delimiter != '\0' ? separator : NULL);
  g_string_append (json, ",\n        \"findings\": [");
  for (guint i = 0; i < story->findings->len; i++)
    {
      g_string_append (json, i > 0 ? ", " : "");
      kennis_render_json_text (json, g_ptr_array_index (story->findings, i));
    }
  g_string_append (json, "]");
  append_reasons (json, "reasons", story->reasons, with_examples);
  append_count (json, ", ", "otherReasons", story->n_other);
  append_reasons (json, "warnings", story->warnings, with_examples);
  append_count (json, ", ", "otherWarnings", story->n_other_warnings);
  append_covers (json, story->covers);
}

void
kennis_render_json_sources (GString *json, const GArray *sources, gboolean with_examples)
{
  g_string_append (json, "\"sources\": [");
  for (guint i = 0; i < sources->len; i++)
    {
      const KennisReportSource *source = &g_array_index (sources, KennisReportSource, i);
      g_autofree char *problem = kennis_words_problem (source);

      append_member (json, i > 0 ? ",\n      { " : "\n      { ", "name", source->name);
      append_member (json, ", ", "fingerprint", source->fingerprint);
      append_count (json, ", ", "read", source->n_read);
      append_count (json, ", ", "added", source->n_added);
      append_count (json, ", ", "merged", source->n_merged);
      append_count (json, ", ", "rejected", source->n_rejected);
      append_count (json, ", ", "ignored", source->n_ignored);
      append_count (json, ", ", "notOnRoster", source->n_seen);
      if (source->n_rows > 0)
        {
          append_count (json, ",\n        \"rows\": { ", "read", source->n_rows);
          append_count (json, ", ", "used", source->n_rows_used);
          append_count (json, ", ", "rejected", source->n_rows_rejected);
          append_count (json, ", ", "ignored", source->n_rows_ignored);
          g_string_append (json, " }");
        }
      append_member (json, ", ", "problem", with_examples ? source->problem : problem);
      if (source->story != NULL)
        append_story (json, source->story, with_examples);
      g_string_append (json, " }");
    }
  g_string_append (json, sources->len > 0 ? "\n    ]" : "]");
}

static void
append_header (GString *json, const KennisReportModel *model)
{
  g_autofree char *from = model->rows->len > 0 ? kennis_render_date (model->first_day) : NULL;
  g_autofree char *to = model->rows->len > 0 ? kennis_render_date (model->end_day - 1) : NULL;

  g_string_append (json, "{\n  \"report\": {\n    \"format\": 1");
  append_member (json, ",\n    ", "generator", "kennis " PACKAGE_VERSION);
  append_member (json, ",\n    ", "title", model->title);
  append_member (json, ",\n    ", "language", model->language);
  append_member (json, ",\n    ", "timeZone", model->time_zone);
  append_member (json, ",\n    ", "currency", model->currency);
  append_member (json, ",\n    ", "profile", model->profile);
  append_member (json, ",\n    ", "from", from);
  append_member (json, ",\n    ", "to", to);
  if (model->minimum_group > 0)
    append_count (json, ",\n    ", "minimumGroup", model->minimum_group);
  else
    g_string_append (json, ",\n    \"minimumGroup\": null");
  if (model->minimum_survey_group > 0)
    append_count (json, ",\n    ", "minimumSurveyGroup", model->minimum_survey_group);
  if (isfinite (model->level))
    {
      g_autofree char *level = kennis_number_to_text (model->level);

      g_string_append_printf (json, ",\n    \"level\": %s", level);
    }
  else
    g_string_append (json, ",\n    \"level\": null");
  if (model->seed >= 0)
    append_count (json, ",\n    ", "seed", model->seed);
  else
    g_string_append (json, ",\n    \"seed\": null");
  g_string_append (json, ",\n    ");
  kennis_render_json_sources (json, model->sources, FALSE);
  g_string_append (json, "\n  },\n");
}

static void
append_row (GString *json, const KennisReportModel *model, const KennisReportRow *row)
{
  g_autoptr (GArray) cells = kennis_render_cells (model, row);

  for (guint i = 0; i < cells->len; i++)
    {
      const KennisReportCell *cell = &g_array_index (cells, KennisReportCell, i);

      g_string_append (json, i > 0 ? ", " : "{ ");
      kennis_render_json_text (json, cell->name);
      g_string_append (json, ": ");
      if (cell->kind == KENNIS_CELL_NUMBER)
        g_string_append (json, cell->text != NULL ? cell->text : "null");
      else
        kennis_render_json_text (json, cell->text);
    }
  g_string_append (json, " }");
}

GBytes *
kennis_render_json (const KennisReportModel *model)
{
  GString *json = g_string_new (NULL);

  append_header (json, model);
  g_string_append (json, "  \"measurements\": [");
  for (guint i = 0; i < model->rows->len; i++)
    {
      g_string_append (json, i > 0 ? ",\n    " : "\n    ");
      append_row (json, model, kennis_report_model_row (model, i));
    }
  g_string_append (json, model->rows->len > 0 ? "\n  ]\n}\n" : "]\n}\n");

  return g_string_free_to_bytes (json);
}
