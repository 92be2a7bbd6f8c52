#include "config.h"

#include "report/kennis-chart-private.h"
#include "report/kennis-overview-private.h"

#include <string.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-terminal-private.h"
#include "report/kennis-words-private.h"

#define say(model, text) kennis_text ((model)->language, (text))

/* A longer table is folded up. */
#define LONG_TABLE 60

void
kennis_html_section_begin (KennisMarkup *out, const char *id, const char *heading)
{
  kennis_markup_open (out, "section");
  kennis_markup_attr (out, "id", id);
  kennis_markup_attr_f (out, "aria-labelledby", "%s-heading", id);
  kennis_markup_open (out, "h2");
  kennis_markup_attr_f (out, "id", "%s-heading", id);
  kennis_markup_text (out, heading);
  kennis_markup_close (out);
  kennis_markup_line (out);
}

void
kennis_html_section_end (KennisMarkup *out)
{
  kennis_markup_close (out);
  kennis_markup_line (out);
}

/* What is too wide is moved sideways, with the keyboard too. */
void
kennis_html_scroll_begin (KennisMarkup *out, const char *label)
{
  kennis_markup_open_class (out, "div", "scroll");
  kennis_markup_attr (out, "role", "region");
  kennis_markup_attr (out, "tabindex", "0");
  kennis_markup_attr (out, "aria-label", label);
}

void
kennis_html_scroll_end (KennisMarkup *out)
{
  kennis_markup_close (out);
}

void
kennis_html_name (KennisMarkup *out, const char *text)
{
  g_autofree char *safe = kennis_terminal_safe (text);

  kennis_markup_leaf (out, "bdi", NULL, safe);
}

static void
head_cell (KennisMarkup *out, const char *class_name, const char *text)
{
  kennis_markup_open_class (out, "th", class_name);
  kennis_markup_attr (out, "scope", "col");
  kennis_markup_text (out, text);
  kennis_markup_close (out);
}

static void
cell_or_dash (KennisMarkup *out, const char *class_name, const char *text, const char *nothing)
{
  if (text != NULL)
    {
      kennis_markup_leaf (out, "td", class_name, text);
      return;
    }

  /* A dash for the eye, words for the ear: no field is empty. */
  kennis_markup_open_class (out, "td", class_name);
  kennis_markup_open_class (out, "span", "dash");
  kennis_markup_attr (out, "aria-hidden", "true");
  kennis_markup_text (out, "–");
  kennis_markup_close (out);
  kennis_markup_leaf (out, "span", "ear", nothing);
  kennis_markup_close (out);
}

static void
table_row (KennisMarkup *out, const KennisReportModel *model, const KennisReportRow *row)
{
  g_autofree char *period = kennis_words_period (model, row), *result = kennis_words_result (model, row, FALSE);
  g_autofree char *interval = kennis_words_interval (model, row), *n = kennis_words_n (model, row);
  g_autofree char *coverage = kennis_words_coverage (model, row), *remark = kennis_words_remark (model, row);
  const char *none = say (model, N_("none"));

  kennis_markup_open (out, "tr");
  kennis_markup_open (out, "th");
  kennis_markup_attr (out, "scope", "row");
  kennis_html_name (out, kennis_words_group (model, row));
  kennis_markup_close (out);
  kennis_markup_leaf (out, "td", NULL, period);
  kennis_markup_leaf (out, "td", kennis_report_row_has_value (row) ? "number value" : "number status", result);
  cell_or_dash (out, "number", interval, none);
  cell_or_dash (out, "number", n, none);
  cell_or_dash (out, "number", coverage, none);
  cell_or_dash (out, NULL, remark, none);
  kennis_markup_close (out);
  kennis_markup_line (out);
}

/* "Participation rate by team and role". */
static char *
caption_of (const KennisReportModel *model, const KennisReportRow *row)
{
  g_autoptr (GString) by = g_string_new (NULL);
  const char *title = kennis_report_model_metric (model, row->metric)->title;

  for (guint i = 0; model->attributes[i] != NULL; i++)
    if (row->grouping >> i & 1)
      g_string_append_printf (by, "%s%s", by->len > 0 ? " × " : "",
                              kennis_words_attribute (model, model->attributes[i]));
  if (by->len == 0)
    g_string_append (by, say (model, N_("everybody")));

  return kennis_words_fill (say (model, N_("{name}: {value}")), "name", title, "value", by->str, NULL);
}

static void
grouping_table (KennisMarkup *out, const KennisReportModel *model, guint first, guint n)
{
  const KennisReportRow *row = kennis_report_model_row (model, first);
  g_autofree char *caption = caption_of (model, row), *count = kennis_text_integer (model->language, n);
  g_autofree char *summary =
      kennis_words_fill (say (model, N_("{caption}: show {count} rows")), "caption", caption, "count", count, NULL);

  if (n > LONG_TABLE)
    {
      kennis_markup_open (out, "details");
      kennis_markup_leaf (out, "summary", NULL, summary);
    }
  kennis_html_scroll_begin (out, caption);
  kennis_markup_open (out, "table");
  kennis_markup_leaf (out, "caption", NULL, caption);
  kennis_markup_open (out, "thead");
  kennis_markup_open (out, "tr");
  head_cell (out, NULL, say (model, N_("Group")));
  head_cell (out, NULL, say (model, N_("Period")));
  head_cell (out, "number", say (model, N_("Value")));
  head_cell (out, "number", say (model, N_("Interval")));
  head_cell (out, "number", say (model, N_("n")));
  head_cell (out, "number", say (model, N_("Covered")));
  head_cell (out, NULL, say (model, N_("Remark")));
  kennis_markup_close (out);
  kennis_markup_close (out);
  kennis_markup_open (out, "tbody");
  for (guint i = first; i < first + n; i++)
    table_row (out, model, kennis_report_model_row (model, i));
  kennis_markup_close (out);
  kennis_markup_close (out);
  kennis_html_scroll_end (out);
  if (n > LONG_TABLE)
    kennis_markup_close (out);
}

static void
metric_article (KennisMarkup *out, const KennisReportModel *model, guint index)
{
  const KennisReportMetric *metric = kennis_report_model_metric (model, index);
  const KennisReportRow *key = kennis_report_model_key_row (model, index);
  guint first, n = kennis_report_model_n_rows (model, index, &first);
  g_autofree char *aid = NULL;

  if (n == 0)
    return;

  kennis_markup_open (out, "article");
  kennis_markup_attr (out, "id", metric->id);
  kennis_markup_open (out, "h3");
  kennis_markup_text (out, metric->title);
  kennis_markup_text (out, " ");
  kennis_markup_leaf (out, "code", NULL, metric->id);
  kennis_markup_close (out);
  kennis_markup_leaf (out, "p", NULL, metric->description);
  for (guint i = first; i < first + n;)
    {
      guint same = 1;

      while (i + same < first + n
             && kennis_report_model_row (model, i + same)->grouping == kennis_report_model_row (model, i)->grouping)
        same++;
      grouping_table (out, model, i, same);
      i += same;
    }
  aid = kennis_words_aid (model, key != NULL ? key : kennis_report_model_row (model, first));
  kennis_markup_open_class (out, "p", "aid");
  kennis_markup_text (out, metric->reading_aid);
  kennis_markup_text (out, " ");
  kennis_markup_text (out, kennis_words_direction (model, metric->direction));
  kennis_markup_text (out, " ");
  kennis_markup_text (out, aid);
  kennis_markup_close (out);
  kennis_markup_open_class (out, "p", "small");
  kennis_markup_text (out, metric->formula);
  if (metric->formula != NULL && metric->source != NULL && *metric->formula != '\0' && *metric->source != '\0')
    kennis_markup_text (out, " · ");
  kennis_markup_text (out, metric->source);
  kennis_markup_close (out);
  kennis_markup_close (out);
  kennis_markup_line (out);
}

void
kennis_html_families (KennisMarkup *out, const KennisReportModel *model)
{
  const char *family = NULL;

  for (guint i = 0; i < model->metrics->len; i++)
    {
      const KennisReportMetric *metric = kennis_report_model_metric (model, i);

      if (kennis_report_model_is_missing (model, i))
        continue;
      if (g_strcmp0 (family, metric->family) != 0)
        {
          g_autofree char *id = g_strconcat ("family-", metric->family, NULL);

          if (family != NULL)
            kennis_html_section_end (out);
          kennis_html_section_begin (out, id, kennis_words_family (model, metric->family));
        }
      family = metric->family;
      metric_article (out, model, i);
    }
  if (family != NULL)
    kennis_html_section_end (out);
}

void
kennis_html_missing (KennisMarkup *out, const KennisReportModel *model)
{
  g_autoptr (GPtrArray) all = kennis_overview_missing (model);

  if (all->len == 0)
    return;

  kennis_html_section_begin (out, "missing", say (model, N_("What could not be measured")));
  for (guint i = 0; i < all->len; i++)
    {
      const KennisMissing *why = all->pdata[i];

      kennis_markup_leaf (out, "p", NULL, why->reason);
      kennis_markup_open (out, "ul");
      for (guint k = 0; k < why->metrics->len; k++)
        {
          const KennisReportMetric *metric = kennis_report_model_metric (model, g_array_index (why->metrics, guint, k));
          g_autofree char *line = kennis_overview_needs (model, metric);

          kennis_markup_open (out, "li");
          kennis_markup_attr (out, "id", metric->id);
          kennis_markup_text (out, line);
          kennis_markup_close (out);
        }
      kennis_markup_close (out);
    }
  kennis_html_section_end (out);
}

static void
source_row (KennisMarkup *out, const KennisReportModel *model, const KennisReportSource *source)
{
  const guint64 counts[] = { source->n_read, source->n_added, source->n_merged, source->n_rejected, source->n_ignored };
  g_autofree char *problem = kennis_words_problem (source);

  kennis_markup_open (out, "tr");
  kennis_markup_open (out, "th");
  kennis_markup_attr (out, "scope", "row");
  kennis_html_name (out, source->name);
  kennis_markup_close (out);
  for (guint k = 0; k < G_N_ELEMENTS (counts); k++)
    {
      g_autofree char *count = kennis_text_integer (model->language, counts[k]);

      kennis_markup_leaf (out, "td", "number", count);
    }
  cell_or_dash (out, NULL, problem, say (model, N_("none")));
  kennis_markup_open (out, "td");
  kennis_markup_leaf (out, "code", "print", source->fingerprint != NULL ? source->fingerprint : "–");
  kennis_markup_close (out);
  kennis_markup_close (out);
}

static void
source_table (KennisMarkup *out, const KennisReportModel *model)
{
  const char *caption = say (model, N_("What was read from each source"));

  kennis_html_scroll_begin (out, caption);
  kennis_markup_open (out, "table");
  kennis_markup_leaf (out, "caption", NULL, caption);
  kennis_markup_open (out, "thead");
  kennis_markup_open (out, "tr");
  head_cell (out, NULL, say (model, N_("Source")));
  head_cell (out, "number", say (model, N_("Read")));
  head_cell (out, "number", say (model, N_("Added")));
  head_cell (out, "number", say (model, N_("There already")));
  head_cell (out, "number", say (model, N_("Rejected")));
  head_cell (out, "number", say (model, N_("Ignored")));
  head_cell (out, NULL, say (model, N_("Problem")));
  head_cell (out, NULL, say (model, N_("Fingerprint")));
  kennis_markup_close (out);
  kennis_markup_close (out);
  kennis_markup_open (out, "tbody");
  for (guint i = 0; i < model->sources->len; i++)
    source_row (out, model, &g_array_index (model->sources, KennisReportSource, i));
  kennis_markup_close (out);
  kennis_markup_close (out);
  kennis_html_scroll_end (out);
}

static void
source_account (KennisMarkup *out, const char *name, const GPtrArray *lines)
{
  kennis_markup_open (out, "h3");
  kennis_html_name (out, name);
  kennis_markup_close (out);
  kennis_markup_open_class (out, "ul", "account");
  for (guint i = 0; i < lines->len; i++)
    {
      kennis_markup_open (out, "li");
      kennis_html_name (out, g_ptr_array_index (lines, i));
      kennis_markup_close (out);
    }
  kennis_markup_close (out);
  kennis_markup_line (out);
}

/* Of sources that were read here: how, and what was wrong with them, without the values themselves. */
static void
accounts (KennisMarkup *out, const KennisReportModel *model)
{
  g_autoptr (GPtrArray) together = kennis_words_sources (model->language, model->story, FALSE);
  guint n_wrong = model->story != NULL ? model->story->reasons->len + model->story->warnings->len : 0;

  for (guint i = 0; i < model->sources->len; i++)
    {
      const KennisReportSource *source = &g_array_index (model->sources, KennisReportSource, i);
      g_autoptr (GPtrArray) lines = kennis_words_source (model->language, source, FALSE);

      n_wrong += source->problem != NULL || source->n_rejected > 0;
      if (source->story == NULL)
        continue;
      n_wrong += source->story->reasons->len + source->story->warnings->len;
      source_account (out, source->name, lines);
    }
  if (together->len > 0)
    source_account (out, say (model, N_("All sources together")), together);
  if (n_wrong == 0)
    kennis_markup_leaf (out, "p", NULL, say (model, N_("Nothing was wrong with the records.")));
}

void
kennis_html_sources (KennisMarkup *out, const KennisReportModel *model)
{
  if (model->sources->len == 0)
    return;

  kennis_html_section_begin (out, "sources", say (model, N_("What was read")));
  source_table (out, model);
  accounts (out, model);
  kennis_html_section_end (out);
}
