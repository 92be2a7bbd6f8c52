#include "config.h"

#include "report/kennis-render-private.h"

#include <math.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-chart-private.h"
#include "report/kennis-overview-private.h"
#include "report/kennis-words-private.h"

#define say(model, text) kennis_text ((model)->language, (text))

/* The page holds all it needs: the policy forbids it to load anything or to run a script. */
static void
head (KennisMarkup *out, const KennisReportModel *model)
{
  static const char *const metas[][2] = {
    { "viewport", "width=device-width, initial-scale=1" },
    { "color-scheme", "light dark" },
    { "referrer", "no-referrer" },
    { "robots", "noindex" },
    { "generator", "kennis " PACKAGE_VERSION }
  };

  kennis_markup_open (out, "head");
  kennis_markup_open (out, "meta");
  kennis_markup_attr (out, "charset", "utf-8");
  kennis_markup_close (out);
  kennis_markup_open (out, "meta");
  kennis_markup_attr (out, "http-equiv", "Content-Security-Policy");
  kennis_markup_attr (
      out, "content",
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'");
  kennis_markup_close (out);
  for (guint i = 0; i < G_N_ELEMENTS (metas); i++)
    {
      kennis_markup_open (out, "meta");
      kennis_markup_attr (out, "name", metas[i][0]);
      kennis_markup_attr (out, "content", metas[i][1]);
      kennis_markup_close (out);
    }
  /* Without an icon of its own a page asks its server for one. */
  kennis_markup_open (out, "link");
  kennis_markup_attr (out, "rel", "icon");
  kennis_markup_attr (out, "href", "data:,");
  kennis_markup_close (out);
  kennis_markup_leaf (out, "title", NULL, model->title);
  kennis_markup_open (out, "style");
  kennis_markup_style (out, kennis_html_style ());
  kennis_markup_close (out);
  kennis_markup_close (out);
  kennis_markup_line (out);
}

static void
page_header (KennisMarkup *out, const KennisReportModel *model)
{
  KennisFact *facts = kennis_overview_facts (model);

  kennis_markup_open (out, "header");
  kennis_markup_leaf (out, "h1", NULL, model->title);
  kennis_markup_open_class (out, "dl", "facts");
  for (const KennisFact *fact = facts; fact->name != NULL; fact++)
    {
      kennis_markup_open (out, "div");
      kennis_markup_leaf (out, "dt", NULL, fact->name);
      kennis_markup_leaf (out, "dd", NULL, fact->value);
      kennis_markup_close (out);
    }
  kennis_markup_close (out);
  kennis_markup_close (out);
  kennis_markup_line (out);
  kennis_facts_free (facts);
}

static void
link_to (KennisMarkup *out, const char *id, const char *text)
{
  kennis_markup_open (out, "li");
  kennis_markup_open (out, "a");
  kennis_markup_attr_f (out, "href", "#%s", id);
  kennis_markup_text (out, text);
  kennis_markup_close (out);
  kennis_markup_close (out);
}

static void
contents (KennisMarkup *out, const KennisReportModel *model)
{
  g_autoptr (GPtrArray) missing = kennis_overview_missing (model);
  const char *family = NULL;

  kennis_markup_open (out, "nav");
  kennis_markup_attr (out, "aria-label", say (model, N_("Contents")));
  kennis_markup_open (out, "ul");
  link_to (out, "overview", say (model, N_("At a glance")));
  link_to (out, "uptake-exchange", say (model, N_("Uptake against exchange")));
  link_to (out, "funnel", say (model, N_("Which groups differ by more than chance")));
  link_to (out, "lorenz", say (model, N_("How evenly learning is spread")));
  link_to (out, "rhythm", say (model, N_("The rhythm of learning in the work")));
  for (guint i = 0; i < model->metrics->len; i++)
    {
      const KennisReportMetric *metric = kennis_report_model_metric (model, i);
      g_autofree char *id = g_strconcat ("family-", metric->family, NULL);

      if (kennis_report_model_is_missing (model, i))
        continue;
      if (g_strcmp0 (family, metric->family) != 0)
        link_to (out, id, kennis_words_family (model, metric->family));
      family = metric->family;
    }
  if (missing->len > 0)
    link_to (out, "missing", say (model, N_("What could not be measured")));
  if (model->sources->len > 0)
    link_to (out, "sources", say (model, N_("What was read")));
  link_to (out, "how-to-read", say (model, N_("How to read this")));
  kennis_markup_close (out);
  kennis_markup_close (out);
  kennis_markup_line (out);
}

/* The interval as a bar on 0 to 100%: a picture of what the words beside it say, so not for the ear. */
static void
interval_bar (KennisMarkup *out, const KennisReportModel *model, const KennisReportRow *row)
{
  double lower, upper;

  if (kennis_report_model_metric (model, row->metric)->unit != KENNIS_UNIT_SHARE || !kennis_report_row_has_value (row)
      || row->value < 0 || row->value > 1)
    return;

  lower = isfinite (row->lower) ? CLAMP (row->lower, 0, 1) : row->value;
  upper = isfinite (row->upper) ? CLAMP (row->upper, 0, 1) : row->value;
  kennis_markup_open_class (out, "svg", "bar");
  kennis_markup_attr (out, "xmlns", "http://www.w3.org/2000/svg");
  kennis_markup_attr (out, "viewBox", "0 0 200 16");
  kennis_markup_attr (out, "preserveAspectRatio", "none");
  kennis_markup_attr (out, "aria-hidden", "true");
  kennis_markup_open_class (out, "rect", "bar-all");
  kennis_markup_attr (out, "width", "200");
  kennis_markup_attr (out, "height", "6");
  kennis_markup_attr (out, "y", "5");
  kennis_markup_close (out);
  kennis_markup_open_class (out, "rect", "bar-interval");
  kennis_markup_attr_number (out, "x", 200 * lower);
  kennis_markup_attr_number (out, "width", MAX (200 * (upper - lower), 1));
  kennis_markup_attr (out, "y", "5");
  kennis_markup_attr (out, "height", "6");
  kennis_markup_close (out);
  kennis_markup_open_class (out, "rect", "bar-value");
  kennis_markup_attr_number (out, "x", CLAMP (200 * row->value - 1.5, 0, 197));
  kennis_markup_attr (out, "width", "3");
  kennis_markup_attr (out, "height", "16");
  kennis_markup_close (out);
  kennis_markup_close (out);
}

static void
card (KennisMarkup *out, const KennisReportModel *model, guint index)
{
  const KennisReportMetric *metric = kennis_report_model_metric (model, index);
  const KennisReportRow *row = kennis_report_model_key_row (model, index);
  g_autofree char *result = kennis_words_result (model, row, FALSE), *interval = kennis_words_interval (model, row);
  g_autofree char *period = kennis_words_period (model, row), *aid = kennis_words_aid (model, row);

  kennis_markup_open (out, "li");
  kennis_markup_open (out, "h3");
  kennis_markup_open (out, "a");
  kennis_markup_attr_f (out, "href", "#%s", metric->id);
  kennis_markup_text (out, metric->title);
  kennis_markup_close (out);
  kennis_markup_close (out);
  kennis_markup_leaf (out, "p", kennis_report_row_has_value (row) ? "big" : "big status", result);
  if (interval != NULL)
    kennis_markup_leaf (out, "p", "interval", interval);
  interval_bar (out, model, row);
  kennis_markup_leaf (out, "p", NULL, metric->description);
  kennis_markup_open_class (out, "p", "small");
  kennis_markup_text (out, period);
  kennis_markup_text (out, ". ");
  kennis_markup_text (out, aid);
  kennis_markup_close (out);
  kennis_markup_close (out);
  kennis_markup_line (out);
}

static void
overview (KennisMarkup *out, const KennisReportModel *model)
{
  g_autoptr (GArray) metrics = kennis_overview_metrics (model);

  kennis_html_section_begin (out, "overview", say (model, N_("At a glance")));
  kennis_markup_leaf (
      out, "p", NULL,
      say (
          model,
          N_("In a culture of learning people take up much learning, and what they know stays with each of them. In a "
             "learning culture people learn from each other, in the work, in a steady rhythm, and use what they "
             "learned. These numbers show how much of either the records tell of.")));
  if (metrics->len == 0)
    kennis_markup_leaf (out, "p", "nothing", say (model, N_("None of the key numbers was asked for.")));
  else
    {
      kennis_markup_open_class (out, "ul", "cards");
      for (guint i = 0; i < metrics->len; i++)
        card (out, model, g_array_index (metrics, guint, i));
      kennis_markup_close (out);
    }
  kennis_html_section_end (out);
}

static void
how_to_read (KennisMarkup *out, const KennisReportModel *model)
{
  g_auto (GStrv) aids = kennis_words_how_to_read (model);

  kennis_html_section_begin (out, "how-to-read", say (model, N_("How to read this")));
  kennis_markup_open (out, "ul");
  for (guint i = 0; aids[i] != NULL; i++)
    kennis_markup_leaf (out, "li", NULL, aids[i]);
  kennis_markup_close (out);
  kennis_html_section_end (out);
}

GBytes *
kennis_render_html (const KennisReportModel *model)
{
  KennisMarkup *out = kennis_markup_new (TRUE, FALSE);

  kennis_markup_open (out, "html");
  kennis_markup_attr (out, "lang", model->language);
  kennis_markup_line (out);
  head (out, model);
  kennis_markup_open (out, "body");
  kennis_markup_open_class (out, "a", "skip");
  kennis_markup_attr (out, "href", "#main");
  kennis_markup_text (out, say (model, N_("To the numbers")));
  kennis_markup_close (out);
  kennis_markup_line (out);
  page_header (out, model);
  contents (out, model);
  kennis_markup_open (out, "main");
  kennis_markup_attr (out, "id", "main");
  kennis_markup_line (out);
  overview (out, model);
  kennis_chart_uptake_exchange (out, model);
  kennis_chart_funnel (out, model);
  kennis_chart_lorenz (out, model);
  kennis_chart_rhythm (out, model);
  kennis_html_families (out, model);
  kennis_html_missing (out, model);
  kennis_html_sources (out, model);
  how_to_read (out, model);
  kennis_markup_close (out);
  kennis_markup_line (out);
  kennis_markup_leaf (out, "footer", NULL, "Kennis " PACKAGE_VERSION);
  kennis_markup_close (out);
  kennis_markup_close (out);

  return kennis_markup_finish (out);
}
