#include "config.h"

#include "report/kennis-render-private.h"

#include <string.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-overview-private.h"
#include "report/kennis-terminal-private.h"
#include "report/kennis-words-private.h"

#define say(model, text) kennis_text ((model)->language, (text))

typedef struct
{
  const KennisReportModel *model;
  GString *text;
  gboolean colour;
  guint    width;
} Page;

static void
heading (Page *page, const char *text, const char *under)
{
  kennis_terminal_styled (page->text, page->colour ? KENNIS_STYLE_BOLD : KENNIS_STYLE_NONE, text);
  g_string_append_c (page->text, '\n');
  for (guint i = kennis_terminal_width (text); under != NULL && i > 0; i--)
    g_string_append (page->text, under);
  if (under != NULL)
    g_string_append_c (page->text, '\n');
}

static void
paragraph (Page *page, guint indent, KennisTerminalStyle style, const char *text)
{
  if (text != NULL && *text != '\0')
    kennis_terminal_wrap (page->text, text, indent, page->width, page->colour ? style : KENNIS_STYLE_NONE);
}

static void
top (Page *page)
{
  const KennisReportModel *model = page->model;
  KennisFact *facts = kennis_overview_facts (model);

  heading (page, model->title, "═");
  for (const KennisFact *fact = facts; fact->name != NULL; fact++)
    {
      g_autofree char *line =
          kennis_words_fill (say (model, N_("{name}: {value}")), "name", fact->name, "value", fact->value, NULL);

      paragraph (page, 0, KENNIS_STYLE_NONE, line);
    }
  kennis_facts_free (facts);
  g_string_append_c (page->text, '\n');
}

/* Group, period, result, interval, n, covered, remark: the result may be words, which then reach over what follows. */
enum { GROUP, PERIOD, RESULT, INTERVAL, N, COVERED, REMARK, N_COLUMNS };

static void
row_cells (const KennisReportModel *model, const KennisReportRow *row, char *cells[N_COLUMNS])
{
  g_autofree char *n = kennis_words_n (model, row), *coverage = kennis_words_coverage (model, row);
  gboolean has_value = kennis_report_row_has_value (row);

  memset (cells, 0, N_COLUMNS * sizeof *cells);
  cells[GROUP] = kennis_terminal_safe (kennis_words_group (model, row));
  cells[PERIOD] = kennis_words_period (model, row);
  cells[RESULT] = kennis_words_result (model, row, FALSE);
  cells[INTERVAL] = kennis_words_interval (model, row);
  cells[N] = has_value && n != NULL ? kennis_words_fill (say (model, N_("n {n}")), "n", n, NULL) : NULL;
  if (has_value && coverage != NULL)
    cells[COVERED] = kennis_words_fill (say (model, N_("{coverage} covered")), "coverage", coverage, NULL);
  cells[REMARK] = kennis_words_remark (model, row);
}

static void
measure_widths (Page *page, guint first, guint n, guint widths[N_COLUMNS])
{
  memset (widths, 0, N_COLUMNS * sizeof *widths);
  for (guint i = first; i < first + n; i++)
    {
      const KennisReportRow *row = kennis_report_model_row (page->model, i);
      char *cells[N_COLUMNS];

      row_cells (page->model, row, cells);
      for (guint k = 0; k < N_COLUMNS; k++)
        {
          if (cells[k] != NULL && (k != RESULT || kennis_report_row_has_value (row)))
            widths[k] = MAX (widths[k], kennis_terminal_width (cells[k]));
          g_free (cells[k]);
        }
    }
  widths[GROUP] = MIN (widths[GROUP], 32);
}

static void
write_row (Page *page, const KennisReportRow *row, const guint widths[N_COLUMNS])
{
  gboolean has_value = kennis_report_row_has_value (row);
  gsize start = page->text->len;
  char *cells[N_COLUMNS];

  row_cells (page->model, row, cells);
  g_string_append (page->text, "    ");
  for (guint k = 0; k < N_COLUMNS; k++)
    {
      g_autofree char *cell = cells[k];
      gboolean is_number = k == RESULT || k == N || k == COVERED;

      if (widths[k] == 0 && k != RESULT && k != REMARK)
        continue;
      if (k == RESULT && !has_value)
        {
          kennis_terminal_styled (page->text, page->colour ? KENNIS_STYLE_WARN : KENNIS_STYLE_NONE, cell);
          g_string_append (page->text, "  ");
          continue;
        }
      if (!has_value && k > RESULT && cell == NULL)
        continue;
      kennis_terminal_pad (page->text, cell != NULL ? cell : "", k == REMARK ? 0 : widths[k], is_number,
                           page->colour && k == RESULT ? KENNIS_STYLE_BOLD : KENNIS_STYLE_NONE);
      g_string_append (page->text, "  ");
    }
  while (page->text->len > start && page->text->str[page->text->len - 1] == ' ')
    g_string_truncate (page->text, page->text->len - 1);
  g_string_append_c (page->text, '\n');
}

static void
metric_block (Page *page, guint metric_index)
{
  const KennisReportModel *model = page->model;
  const KennisReportMetric *metric = kennis_report_model_metric (model, metric_index);
  const KennisReportRow *key = kennis_report_model_key_row (model, metric_index);
  guint first, n = kennis_report_model_n_rows (model, metric_index, &first), widths[N_COLUMNS];
  g_autofree char *aid = NULL;

  g_string_append (page->text, "  ");
  kennis_terminal_styled (page->text, page->colour ? KENNIS_STYLE_BOLD : KENNIS_STYLE_NONE, metric->title);
  g_string_append (page->text, "  ");
  kennis_terminal_styled (page->text, page->colour ? KENNIS_STYLE_DIM : KENNIS_STYLE_NONE, metric->id);
  g_string_append_c (page->text, '\n');
  paragraph (page, 4, KENNIS_STYLE_NONE, metric->description);

  measure_widths (page, first, n, widths);
  for (guint i = first; i < first + n; i++)
    write_row (page, kennis_report_model_row (model, i), widths);

  paragraph (page, 4, KENNIS_STYLE_DIM, metric->reading_aid);
  aid = kennis_words_aid (model, key != NULL ? key : kennis_report_model_row (model, first));
  paragraph (page, 4, KENNIS_STYLE_DIM, aid);
  g_string_append_c (page->text, '\n');
}

static void
overview (Page *page)
{
  const KennisReportModel *model = page->model;
  g_autoptr (GArray) metrics = kennis_overview_metrics (model);
  guint titles = 0, results = 0;

  if (metrics->len == 0)
    return;

  heading (page, say (model, N_("At a glance")), "─");
  for (guint i = 0; i < metrics->len; i++)
    {
      guint metric = g_array_index (metrics, guint, i);
      const KennisReportRow *row = kennis_report_model_key_row (model, metric);
      g_autofree char *result = kennis_words_result (model, row, FALSE);

      titles = MAX (titles, kennis_terminal_width (kennis_report_model_metric (model, metric)->title));
      if (kennis_report_row_has_value (row))
        results = MAX (results, kennis_terminal_width (result));
    }
  titles = MIN (titles, 44);
  for (guint i = 0; i < metrics->len; i++)
    {
      guint metric = g_array_index (metrics, guint, i);
      const KennisReportRow *row = kennis_report_model_key_row (model, metric);
      g_autofree char *result = kennis_words_result (model, row, FALSE);
      g_autofree char *interval = kennis_words_interval (model, row);
      gboolean has_value = kennis_report_row_has_value (row);

      g_string_append (page->text, "  ");
      kennis_terminal_pad (page->text, kennis_report_model_metric (model, metric)->title, titles, FALSE,
                           KENNIS_STYLE_NONE);
      g_string_append (page->text, "  ");
      kennis_terminal_pad (page->text, result, has_value ? results : 0, TRUE,
                           !page->colour ? KENNIS_STYLE_NONE
                           : has_value   ? KENNIS_STYLE_BOLD
                                         : KENNIS_STYLE_WARN);
      if (interval != NULL)
        g_string_append_printf (page->text, "  (%s)", interval);
      g_string_append_c (page->text, '\n');
    }
  g_string_append_c (page->text, '\n');
}

static void
missing (Page *page)
{
  const KennisReportModel *model = page->model;
  g_autoptr (GPtrArray) all = kennis_overview_missing (model);

  if (all->len == 0)
    return;

  heading (page, say (model, N_("What could not be measured")), "─");
  for (guint i = 0; i < all->len; i++)
    {
      const KennisMissing *why = all->pdata[i];

      paragraph (page, 2, KENNIS_STYLE_BOLD, why->reason);
      for (guint k = 0; k < why->metrics->len; k++)
        {
          const KennisReportMetric *metric = kennis_report_model_metric (model, g_array_index (why->metrics, guint, k));

          g_autofree char *line = kennis_overview_needs (model, metric);

          paragraph (page, 4, KENNIS_STYLE_NONE, line);
        }
    }
  g_string_append_c (page->text, '\n');
}

static void
sources (Page *page)
{
  const KennisReportModel *model = page->model;
  g_autoptr (GPtrArray) together = kennis_words_sources (model->language, model->story, FALSE);

  if (model->sources->len == 0 || g_array_index (model->sources, KennisReportSource, 0).story == NULL)
    return;

  heading (page, say (model, N_("What was read")), "─");
  for (guint i = 0; i < model->sources->len; i++)
    {
      const KennisReportSource *source = &g_array_index (model->sources, KennisReportSource, i);
      g_autoptr (GPtrArray) lines = kennis_words_source (model->language, source, FALSE);

      paragraph (page, 2, KENNIS_STYLE_BOLD, source->name);
      for (guint k = 0; k < lines->len; k++)
        paragraph (page, 4, KENNIS_STYLE_NONE, g_ptr_array_index (lines, k));
    }
  if (together->len > 0)
    paragraph (page, 2, KENNIS_STYLE_BOLD, say (model, N_("All sources together")));
  for (guint k = 0; k < together->len; k++)
    paragraph (page, 4, KENNIS_STYLE_NONE, g_ptr_array_index (together, k));
  g_string_append_c (page->text, '\n');
}

GBytes *
kennis_render_text (const KennisReportModel *model, gboolean colour, guint width)
{
  Page page = { model, g_string_new (NULL), colour, MAX (width, 40) };
  g_auto (GStrv) aids = kennis_words_how_to_read (model);
  const char *family = NULL;

  top (&page);
  overview (&page);
  for (guint i = 0; i < model->metrics->len; i++)
    {
      const KennisReportMetric *metric = kennis_report_model_metric (model, i);
      guint first;

      /* Some are for a chart or the overview only. */
      if (kennis_report_model_n_rows (model, i, &first) == 0 || kennis_report_model_is_missing (model, i))
        continue;
      if (g_strcmp0 (family, metric->family) != 0)
        heading (&page, kennis_words_family (model, metric->family), "─");
      family = metric->family;
      metric_block (&page, i);
    }
  missing (&page);
  sources (&page);
  heading (&page, say (model, N_("How to read this")), "─");
  for (guint i = 0; aids[i] != NULL; i++)
    paragraph (&page, 2, KENNIS_STYLE_NONE, aids[i]);

  return g_string_free_to_bytes (page.text);
}
