#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-calendar-private.h"
#include "kennis-test.h"
#include "report/kennis-chart-private.h"
#include "report/kennis-markup-private.h"
#include "report/kennis-render-private.h"
#include "report/kennis-terminal-private.h"
#include "report/kennis-words-private.h"
#include "unit/report-models.h"

static char *
text_of (GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  char *text = g_strndup (data, size);

  g_bytes_unref (bytes);

  return text;
}

static void
rows_stand_by_name_with_numbers_in_their_order (void)
{
  g_autoptr (KennisReportModel) model = models_hostile ("en");
  guint first, n = kennis_report_model_n_rows (model, 0, &first), nine = 0, ten = 0;

  CU_ASSERT_EQUAL (n, 14);
  CU_ASSERT_EQUAL (kennis_report_model_row (model, first)->grouping, 0);
  for (guint i = first; i < first + n; i++)
    {
      const char *label = kennis_report_model_row (model, i)->label;

      nine = g_strcmp0 (label, "Team 9") == 0 ? i : nine;
      ten = g_strcmp0 (label, "Team 10") == 0 ? i : ten;
    }
  CU_ASSERT_TRUE (nine > 0 && ten == nine + 1);
}

static void
what_two_queries_ask_is_shown_once (void)
{
  g_autoptr (KennisReportModel) model = models_hostile ("en");
  guint n = model->rows->len;

  models_add_row (model, 0, "Team 9", 0, 0.5, 48);
  models_add_row (model, 0, NULL, 0, 0.634, 700);
  kennis_report_model_sort (model);
  CU_ASSERT_EQUAL (model->rows->len, n);
  CU_ASSERT_EQUAL (model->first_day, kennis_day_from_date (2024, 1, 1));
  CU_ASSERT_EQUAL (model->end_day, kennis_day_from_date (2025, 1, 1));
}

static void
the_key_row_is_the_last_finished_one_of_the_longest_periods (void)
{
  g_autoptr (KennisReportModel) model = kennis_report_model_new ("en");
  guint metric = models_add_metric (model, "uptake.gini", KENNIS_UNIT_NUMBER);

  models_add_row (model, metric, NULL, 1, 0.1, 9);
  models_add_row (model, metric, NULL, 2, 0.2, 9);
  models_add_row (model, metric, NULL, 3, 0.3, 9)->status = KENNIS_MEASURE_STATUS_PARTIAL;
  kennis_report_model_sort (model);
  assert_near (kennis_report_model_key_row (model, metric)->value, 0.2);
  models_add_row (model, metric, NULL, 0, 0.4, 9);
  kennis_report_model_sort (model);
  assert_near (kennis_report_model_key_row (model, metric)->value, 0.4);
}

static void
patterns_are_filled_in_any_order_and_unknown_names_stay (void)
{
  g_autofree char *text = kennis_words_fill ("{b} {a} {c} {a", "a", "1", "b", "{a}", NULL);

  assert_text (text, "{a} 1 {c} {a");
}

static void
values_are_told_with_their_unit (void)
{
  g_autoptr (KennisReportModel) model = models_hostile ("en");
  const KennisReportRow *row = kennis_report_model_key_row (model, 0);
  g_autofree char *share = kennis_words_result (model, row, FALSE), *interval = kennis_words_interval (model, row);
  g_autofree char *hours = kennis_words_result (model, kennis_report_model_key_row (model, 1), FALSE);
  g_autofree char *period = kennis_words_period (model, row), *coverage = kennis_words_coverage (model, row);
  KennisReportMetric money = { .unit = KENNIS_UNIT_MONEY };
  g_autofree char *euros = kennis_words_value (model, &money, 1234.4, FALSE);

  assert_text (share, "63.4%");
  assert_text (interval, "60.0% to 67.0%");
  assert_text (hours, "21.4 hours");
  assert_text (period, "2024");
  assert_text (coverage, "95%");
  assert_text (euros, "EUR 1,234");
}

static void
nearly_all_is_not_told_as_all (void)
{
  g_autoptr (KennisReportModel) model = models_hostile ("en");
  KennisReportRow *row = kennis_report_model_row (model, 0);
  g_autofree char *nearly = NULL, *all = NULL;

  row->coverage = 0.9999;
  nearly = kennis_words_coverage (model, row);
  row->coverage = 1;
  all = kennis_words_coverage (model, row);
  assert_text (nearly, "99%");
  assert_text (all, "100%");
}

static void
periods_have_names (void)
{
  g_autoptr (KennisReportModel) model = models_hostile ("en");
  KennisReportRow row = { .first_day = kennis_day_from_date (2024, 4, 1),
                          .end_day = kennis_day_from_date (2024, 7, 1) };
  g_autofree char *quarter = kennis_words_period (model, &row), *month = NULL, *span = NULL, *days = NULL;

  row.end_day = kennis_day_from_date (2024, 5, 1);
  month = kennis_words_period (model, &row);
  row.end_day = kennis_day_from_date (2024, 6, 1);
  span = kennis_words_period (model, &row);
  row.end_day = kennis_day_from_date (2024, 5, 11);
  days = kennis_words_period (model, &row);
  assert_text (quarter, "quarter 2 of 2024");
  assert_text (month, "April 2024");
  assert_text (span, "April 2024 to May 2024");
  CU_ASSERT_PTR_NOT_NULL (strstr (days, "10 May 2024"));
}

static void
withheld_says_fewer_than_k_and_gives_no_number_away (void)
{
  g_autoptr (KennisReportModel) model = models_hostile ("en");
  KennisReportRow *row = models_add_row (model, 0, "X", 0, 0.77, 3);
  g_autofree char *result = NULL, *n = NULL, *interval = NULL, *coverage = NULL;
  g_autoptr (GArray) cells = NULL;

  row->status = KENNIS_MEASURE_STATUS_WITHHELD;
  row->lower = 0.5;
  row->upper = 0.9;
  result = kennis_words_result (model, row, FALSE);
  n = kennis_words_n (model, row);
  interval = kennis_words_interval (model, row);
  coverage = kennis_words_coverage (model, row);
  CU_ASSERT_TRUE (g_str_has_prefix (result, "withheld: fewer than 5"));
  CU_ASSERT_PTR_NULL (n);
  CU_ASSERT_PTR_NULL (interval);
  CU_ASSERT_PTR_NULL (coverage);
  cells = kennis_render_cells (model, row);
  for (guint i = 0; i < cells->len; i++)
    if (g_array_index (cells, KennisReportCell, i).kind == KENNIS_CELL_NUMBER)
      CU_ASSERT_PTR_NULL (g_array_index (cells, KennisReportCell, i).text);
}

static void
what_is_undetermined_waits_for_what_was_not_measured (void)
{
  g_autoptr (KennisReportModel) model = models_hostile ("en");
  KennisReportRow *row = models_add_row (model, 0, "X", 0, NAN, 30);
  g_autofree char *undetermined = NULL, *too_few = NULL;

  row->status = KENNIS_MEASURE_STATUS_UNDETERMINED;
  undetermined = kennis_words_aid (model, row);
  row->status = KENNIS_MEASURE_STATUS_TOO_FEW;
  too_few = kennis_words_aid (model, row);
  CU_ASSERT_PTR_NOT_NULL (strstr (undetermined, "once all that it is made of was measured"));
  CU_ASSERT_PTR_NOT_NULL (strstr (too_few, "A longer period or more people would help."));
}

static void
markup_escapes_whatever_comes (void)
{
  KennisMarkup *out = kennis_markup_new (FALSE, FALSE);
  g_autofree char *xml = NULL;

  kennis_markup_open (out, "a");
  kennis_markup_attr (out, "b", "\"'<>&\n\001\xff");
  kennis_markup_text (out, "]]>\033\xed\xa0\x80 é\xc2\x85");
  kennis_markup_open (out, "c");
  kennis_markup_close (out);
  kennis_markup_close (out);
  xml = text_of (kennis_markup_finish (out));
  assert_text (xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&quot;&#39;&lt;&gt;&amp;\n\ufffd\ufffd\">"
                    "]]&gt;\ufffd\ufffd\ufffd\ufffd é\ufffd<c/></a>\n");
}

static void
csv_has_one_row_a_measurement_and_no_formula (void)
{
  g_autoptr (KennisReportModel) model = models_hostile ("en");
  g_autofree char *csv = text_of (kennis_render_csv (model));
  g_auto (GStrv) lines = g_strsplit (csv, "\r\n", -1);

  CU_ASSERT_EQUAL (g_strv_length (lines), model->rows->len + 2);
  assert_text (lines[0],
               "metric,grouping,team,period,from,to,value,lower,upper,n,coverage,unit,status,note,value-name");
  assert_text (lines[1], "uptake.participation-rate,,,2024,2024-01-01,2024-12-31,0.634,0.6,0.67,700,0.95,share,ok,,");
  CU_ASSERT_PTR_NOT_NULL (strstr (csv, ",team,\"'=cmd|' /C calc'!A0\",2024"));
  CU_ASSERT_PTR_NOT_NULL (strstr (csv, ",team,\"'+31 20\",2024"));
  CU_ASSERT_PTR_NOT_NULL (strstr (csv, ",team,\"'  -minus\",2024"));
  CU_ASSERT_PTR_NOT_NULL (strstr (csv, ",team,\"'\u00a0@home\",2024"));
  CU_ASSERT_PTR_NOT_NULL (strstr (csv, ",team,\"\"\"quoted\"\" & 'single'\",2024"));
  CU_ASSERT_PTR_NULL (strstr (csv, ",=cmd"));
}

static void
an_attribute_called_like_a_column_gets_a_column_of_its_own (void)
{
  g_autoptr (KennisReportModel) model = kennis_report_model_new ("en");
  g_autofree char *csv = NULL;

  g_strfreev (model->attributes);
  model->attributes = g_strsplit ("value,n", ",", -1);
  csv = text_of (kennis_render_csv (model));
  assert_text (
      csv, "metric,grouping,by-value,by-n,period,from,to,value,lower,upper,n,coverage,unit,status,note,value-name\r\n");
}

static void
text_tells_every_metric_and_steers_no_terminal (void)
{
  g_autoptr (KennisReportModel) model = models_hostile ("en");
  g_autofree char *plain = text_of (kennis_render_text (model, FALSE, 80));
  g_autofree char *coloured = text_of (kennis_render_text (model, TRUE, 80));

  CU_ASSERT_PTR_NULL (strchr (plain, '\033'));
  CU_ASSERT_PTR_NOT_NULL (strstr (coloured, "\033[1m"));
  CU_ASSERT_PTR_NULL (strstr (coloured, "\033[31m"));
  CU_ASSERT_PTR_NULL (strstr (plain, "\u202e"));
  CU_ASSERT_PTR_NOT_NULL (strstr (plain, "withheld: fewer than 5"));
  CU_ASSERT_PTR_NOT_NULL (strstr (plain, "How to read uptake.gini."));
  for (guint i = 0; i < model->metrics->len; i++)
    CU_ASSERT_PTR_NOT_NULL (strstr (plain, kennis_report_model_metric (model, i)->title));
}

static void
columns_of_text_stand_under_each_other_with_wide_characters (void)
{
  GString *line = g_string_new (NULL);

  kennis_terminal_pad (line, "日本", 6, FALSE, KENNIS_STYLE_NONE);
  g_string_append_c (line, '|');
  kennis_terminal_pad (line, "e\u0301", 3, TRUE, KENNIS_STYLE_NONE);
  g_string_append_c (line, '|');
  kennis_terminal_pad (line, "日本日本", 5, FALSE, KENNIS_STYLE_NONE);
  assert_text (line->str, "日本  |  e\u0301|日本…");
  g_string_free (line, TRUE);
}

/* Spiegelhalter (2005): with r the first count at which P(R ≤ r) reaches p, the limit lies (P(R ≤ r) − p) / P(R = r) before it.
 * For 40 people and a rate of 0.3, P(R ≤ 6) and P(R ≤ 7) are summed here term by term from factorials. */
static void
funnel_limits_are_those_of_the_binomial_distribution (void)
{
  double below = 0, at;

  for (int r = 0; r <= 6; r++)
    below += exp (lgamma (41) - lgamma (r + 1) - lgamma (41 - r) + r * log (0.3) + (40 - r) * log (0.7));
  at = below + exp (lgamma (41) - lgamma (8) - lgamma (34) + 7 * log (0.3) + 33 * log (0.7));
  CU_ASSERT_TRUE (below < 0.025 && at >= 0.025);
  assert_within (kennis_binomial_limit (40, 0.3, 0.025), (7 - (at - 0.025) / (at - below)) / 40, 1e-12);
  CU_ASSERT_TRUE (kennis_binomial_limit (10, 0.3, 0.001) == 0);
  CU_ASSERT_TRUE (kennis_binomial_limit (10, 0.3, 0.999) > kennis_binomial_limit (1000, 0.3, 0.999));
  CU_ASSERT_TRUE (isnan (kennis_binomial_limit (0, 0.3, 0.5)));
  /* All of nine where 97.4% is usual: 0.974⁹ of such groups have it. */
  assert_near (kennis_binomial_tail (9, 0.974, 1), pow (0.974, 9));
  assert_within (kennis_binomial_tail (40, 0.3, 7 / 40.0), at, 1e-12);
  assert_within (kennis_binomial_tail (40, 0.7, 33 / 40.0), at, 1e-12);
  assert_near (kennis_binomial_limit (10, 1, 0.025), 1);
}

static void
an_empty_report_is_still_one_in_every_format (void)
{
  g_autoptr (KennisReportModel) model = kennis_report_model_new ("en");
  g_autofree char *text = NULL, *csv = NULL, *json = NULL, *xml = NULL, *html = NULL;

  model->title = g_strdup ("Empty");
  kennis_report_model_sort (model);
  text = text_of (kennis_render_text (model, FALSE, 80));
  csv = text_of (kennis_render_csv (model));
  json = text_of (kennis_render_json (model));
  xml = text_of (kennis_render_xml (model));
  html = text_of (kennis_render_html (model));
  CU_ASSERT_TRUE (g_str_has_prefix (text, "Empty\n"));
  CU_ASSERT_TRUE (g_str_has_prefix (csv, "metric,grouping,period"));
  CU_ASSERT_PTR_NOT_NULL (strstr (json, "\"measurements\": []"));
  CU_ASSERT_PTR_NOT_NULL (strstr (xml, "<report xmlns=\"urn:kennis:report:1\""));
  CU_ASSERT_PTR_NOT_NULL (strstr (html, "There is nothing to draw"));
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "rows stand by name, with numbers in their order", rows_stand_by_name_with_numbers_in_their_order },
    { "what two queries ask is shown once", what_two_queries_ask_is_shown_once },
    { "the key row is the last finished one of the longest periods", the_key_row_is_the_last_finished_one_of_the_longest_periods },
    { "patterns are filled in any order and unknown names stay", patterns_are_filled_in_any_order_and_unknown_names_stay },
    { "values are told with their unit", values_are_told_with_their_unit },
    { "nearly all is not told as all", nearly_all_is_not_told_as_all },
    { "periods have names", periods_have_names },
    { "withheld says fewer than k and gives no number away", withheld_says_fewer_than_k_and_gives_no_number_away },
    { "what is undetermined waits for what was not measured", what_is_undetermined_waits_for_what_was_not_measured },
    { "markup escapes whatever comes", markup_escapes_whatever_comes },
    { "CSV has one row a measurement and no formula", csv_has_one_row_a_measurement_and_no_formula },
    { "an attribute called like a column gets a column of its own", an_attribute_called_like_a_column_gets_a_column_of_its_own },
    { "text tells every metric and steers no terminal", text_tells_every_metric_and_steers_no_terminal },
    { "columns of text stand under each other with wide characters", columns_of_text_stand_under_each_other_with_wide_characters },
    { "funnel limits are those of the binomial distribution", funnel_limits_are_those_of_the_binomial_distribution },
    { "an empty report is still one in every format", an_empty_report_is_still_one_in_every_format },
    CU_TEST_INFO_NULL
  };

  return kennis_test_main ("report", tests);
}
