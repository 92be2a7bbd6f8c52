#include "config.h"

#include <gio/gio.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/xpath.h>
#include <string.h>

#include "kennis-test.h"
#include "report/kennis-render-private.h"
#include "unit/report-models.h"

static guint complaints;

static void
complain (void *context, const xmlError *error)
{
  /* libxml2's parser is of HTML 4: it knows no main, svg or details. */
  if (error->code == XML_HTML_UNKNOWN_TAG)
    return;
  printf ("# line %d: %s", error->line, error->message);
  complaints++;
}

static xmlDoc *
parse_html (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  complaints = 0;
  xmlSetStructuredErrorFunc (NULL, (xmlStructuredErrorFunc) complain);

  return htmlReadMemory (data, size, NULL, "UTF-8", HTML_PARSE_NONET);
}

static double
count (xmlDoc *doc, const char *expression)
{
  xmlXPathContext *context = xmlXPathNewContext (doc);
  xmlXPathObject *object = xmlXPathEvalExpression (BAD_CAST expression, context);
  double n = -1;

  if (object != NULL)
    n = object->type != XPATH_NODESET ? object->floatval : object->nodesetval != NULL ? object->nodesetval->nodeNr : 0;
  xmlXPathFreeObject (object);
  xmlXPathFreeContext (context);

  return n;
}

static void
html_is_well_formed_and_runs_nothing_from_outside (void)
{
  g_autoptr (KennisReportModel) model = models_hostile ("en");
  g_autoptr (GBytes) bytes = kennis_render_html (model);
  xmlDoc *doc = parse_html (bytes);

  CU_ASSERT_EQUAL (complaints, 0);
  CU_ASSERT_EQUAL (count (doc, "//script | //iframe | //object | //embed | //img | //base | //form"), 0);
  CU_ASSERT_EQUAL (count (doc, "//@*[starts-with(name(), 'on')]"), 0);
  CU_ASSERT_EQUAL (count (doc, "//@href[not(starts-with(., '#')) and . != 'data:,'] | //@src | //@srcset | //@action"),
                   0);
  CU_ASSERT_EQUAL (count (doc, "//b"), 0);
  CU_ASSERT_TRUE (count (doc, "//bdi[. = '<script>alert(1)</script>']") >= 3);
  xmlFreeDoc (doc);
}

static void
html_names_no_address_elsewhere (void)
{
  g_autoptr (KennisReportModel) model = models_hostile ("en");
  g_autoptr (GBytes) bytes = kennis_render_html (model);
  g_autofree char *html = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) parts = g_strsplit (html, "xmlns=\"http://www.w3.org/2000/svg\"", -1);
  g_autofree char *rest = g_strjoinv ("", parts);

  CU_ASSERT_PTR_NULL (strstr (rest, "http:"));
  CU_ASSERT_PTR_NULL (strstr (rest, "https:"));
  CU_ASSERT_PTR_NULL (strstr (rest, "url("));
  CU_ASSERT_PTR_NULL (strstr (rest, "@import"));
  CU_ASSERT_PTR_NULL (strstr (rest, "\u202e"));
}

static void
html_has_what_a_screen_reader_needs (void)
{
  g_autoptr (KennisReportModel) model = models_hostile ("nl_BE.UTF-8");
  g_autoptr (GBytes) bytes = NULL;
  xmlDoc *doc;

  g_free (model->language);
  model->language = g_strdup ("nl");
  bytes = kennis_render_html (model);
  doc = parse_html (bytes);
  CU_ASSERT_EQUAL (count (doc, "/html[@lang = 'nl']"), 1);
  CU_ASSERT_EQUAL (count (doc, "//h1"), 1);
  CU_ASSERT_EQUAL (count (doc, "//main | //nav | //header | //footer"), 4);
  CU_ASSERT_EQUAL (count (doc, "//table[not(caption)]"), 0);
  CU_ASSERT_EQUAL (count (doc, "//th[not(@scope)]"), 0);
  CU_ASSERT_EQUAL (count (doc, "//td[normalize-space(.) = '']"), 0);
  CU_ASSERT_EQUAL (
      count (doc, "//svg[not(@aria-hidden = 'true') and not(@role = 'img' and title and desc and @aria-labelledby)]"),
      0);
  CU_ASSERT_EQUAL (count (doc, "//svg[@role = 'img']"), 3);
  CU_ASSERT_EQUAL (count (doc, "//figure[svg and not(details/div/table)]"), 0);
  CU_ASSERT_EQUAL (count (doc, "//section[not(@aria-labelledby = h2/@id)]"), 0);
  CU_ASSERT_EQUAL (count (doc, "//@id[. = preceding::*/@id]"), 0);
  CU_ASSERT_EQUAL (count (doc, "//a[not(substring(@href, 2) = //@id)]"), 0);
  xmlFreeDoc (doc);
}

static void
charts_show_measured_groups_and_no_withheld_one (void)
{
  g_autoptr (KennisReportModel) model = models_hostile ("en");
  g_autoptr (GBytes) bytes = kennis_render_html (model);
  xmlDoc *doc = parse_html (bytes);

  /* Thirteen teams, one of them withheld. */
  CU_ASSERT_EQUAL (count (doc, "//section[@id = 'uptake-exchange']//g"), 12);
  /* Half of the groups lie above the dashed line and half to the right of the other, whatever everybody's value is. */
  CU_ASSERT_EQUAL (count (doc, "//section[@id = 'uptake-exchange']//circle[@cy < //section[@id = 'uptake-exchange']"
                               "//line[@class = 'middle' and @y1 = @y2]/@y1]"),
                   6);
  CU_ASSERT_EQUAL (count (doc, "//section[@id = 'uptake-exchange']//circle[@cx > //section[@id = 'uptake-exchange']"
                               "//line[@class = 'middle' and @x1 = @x2]/@x1]"),
                   6);
  CU_ASSERT_EQUAL (count (doc, "//section[@id = 'funnel']//g"), 12);
  CU_ASSERT_EQUAL (count (doc, "//section[@id = 'lorenz']//circle"), 9);
  CU_ASSERT_EQUAL (count (doc, "//section[@id = 'rhythm']//tbody/tr"), 13);
  CU_ASSERT_EQUAL (count (doc, "//section[@id = 'rhythm']//tbody//td"), 13 * 12);
  CU_ASSERT_EQUAL (count (doc, "//section[@id = 'rhythm']//td[@class = 'withheld']"), 12);
  xmlFreeDoc (doc);
}

/* Moments of two groups at no time, told of one of them twice, and of one group from the start. */
static void
cover_groups (KennisSourceStory *story)
{
  static const gint64 groups[] = { 7, 8, 7, 9 }, untils[] = { 0, 0, 0, KENNIS_UNKNOWN };
  g_autoptr (KennisDataset) dataset = kennis_dataset_new ("UTC", "EUR", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      const gint64 codes[] = { [KENNIS_COVERAGE_RECORD] = KENNIS_RECORD_TYPE_MOMENT,
                               [KENNIS_COVERAGE_FIELD] = KENNIS_UNKNOWN,
                               [KENNIS_COVERAGE_GROUP] = groups[i],
                               [KENNIS_COVERAGE_FROM] = 0,
                               [KENNIS_COVERAGE_UNTIL] = untils[i] };

      kennis_source_story_cover (story, dataset, codes);
    }
}

/* A table of which a row was rejected and another one warned of, with values that nobody else may see. */
static KennisSourceStory *
story_of_secrets (void)
{
  KennisSourceStory *story = kennis_source_story_new ();
  KennisCover cover = { "activity", g_strdup ("duration"), g_strdup ("2024-01-01"), NULL, NULL };
  static const char problem[] = "column “Ho</li>urs”: “duration” is “</li><script>secret”";
  g_autoptr (KennisDiagnostic) bad =
      kennis_diagnostic_new (KENNIS_SEVERITY_ERROR, "a.csv", (KennisPlace) { 1234, 2 }, NULL, problem, NULL);
  g_autoptr (KennisDiagnostic) odd = kennis_diagnostic_new (KENNIS_SEVERITY_WARNING, "a.csv", (KennisPlace) { 0, 0 },
                                                            NULL, "person “secret” is odd", NULL);

  story->format = "CSV";
  story->mapping = g_strdup ("ours");
  story->encoding = "UTF-8";
  story->delimiter = '\t';
  story->n_other = 4;
  g_array_append_val (story->covers, cover);
  cover_groups (story);
  kennis_source_story_find (story, "dates are read with the day first, as “31/12/secret” proves");
  kennis_source_story_add (story, problem, bad);
  kennis_source_story_add (story, problem, bad);
  kennis_source_story_add (story, "person “secret” is odd", odd);

  return story;
}

/* With that story as the first source's and as all sources'. */
static KennisReportModel *
model_of_secrets (const char *language, const KennisSourceStory *story)
{
  KennisReportModel *model = models_hostile (language);
  KennisReportSource *source = &g_array_index (model->sources, KennisReportSource, 0);

  model->story = source->story = story;
  source->n_rows = 5;
  source->n_rows_used = 3;
  source->n_rows_rejected = 2;
  source->problem = g_strdup ("a.csv:1:1: no mapping fits the columns “secret”, “</li><script>secret”, …");

  return model;
}

static void
no_report_holds_values_of_what_was_rejected (void)
{
  static const char *const languages[] = { "en", "nl", "fr" };
  g_autoptr (KennisSourceStory) story = story_of_secrets ();

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (KennisReportModel) model = model_of_secrets (languages[i], story);
      GBytes *pages[] = { kennis_render_html (model), kennis_render_xml (model), kennis_render_json (model),
                          kennis_render_text (model, FALSE, 1000), kennis_render_csv (model) };

      for (guint k = 0; k < G_N_ELEMENTS (pages); k++)
        {
          gsize size;
          const char *page = g_bytes_get_data (pages[k], &size);

          CU_ASSERT_PTR_NULL (g_strstr_len (page, (gssize) size, "secret"));
          /* But what it was, and how often, in all formats that tell of sources. */
          CU_ASSERT ((g_strstr_len (page, (gssize) size, "“duration” is …") != NULL) == (k < 4));
          CU_ASSERT ((g_strstr_len (page, (gssize) size, "person … is odd") != NULL) == (k < 4));
          CU_ASSERT ((g_strstr_len (page, (gssize) size, "no mapping fits the columns …") != NULL) == (k < 4));
          g_bytes_unref (pages[k]);
        }
    }
}

static void
html_tells_how_each_source_was_read (void)
{
  g_autoptr (KennisSourceStory) story = story_of_secrets ();
  g_autoptr (KennisReportModel) model = model_of_secrets ("en", story);
  g_autoptr (GBytes) bytes = kennis_render_html (model);
  xmlDoc *doc = parse_html (bytes);

  CU_ASSERT_EQUAL (count (doc, "//section[@id = 'sources']/h3"), 2);
  CU_ASSERT_EQUAL (
      count (doc, "//section[@id = 'sources']//li[. = 'CSV by the mapping “ours”, text in UTF-8, cells between tabs']"),
      1);
  CU_ASSERT_EQUAL (count (doc, "//section[@id = 'sources']//li[. = 'Rows: 5 read, 3 used, 2 rejected, 0 ignored']"), 1);
  CU_ASSERT_EQUAL (
      count (doc, "//section[@id = 'sources']//li[. = 'Covers learning activities (duration), from 2024-01-01']"), 2);
  CU_ASSERT_EQUAL (count (doc, "//section[@id = 'sources']//li[. = 'At no time covers moments of teams, of 2 groups']"),
                   2);
  CU_ASSERT_EQUAL (
      count (doc, "//section[@id = 'sources']//li[. = 'Covers moments of teams, of 1 group, from 1970-01-01']"), 2);
  CU_ASSERT_EQUAL (count (doc, "//section[@id = 'sources']//li[. = '2 × rejected: column “Ho</li>urs”: “duration” is "
                               "…; the first in line 1,234']"),
                   2);
  CU_ASSERT_EQUAL (count (doc, "//section[@id = 'sources']//li[. = '4 × rejected for other reasons']"), 2);
  xmlFreeDoc (doc);
}

static void
xml_follows_its_schema (void)
{
  g_autoptr (KennisSourceStory) story = story_of_secrets ();
  g_autoptr (KennisReportModel) model = model_of_secrets ("en", story);
  g_autoptr (GBytes) bytes = kennis_render_xml (model);
  g_autofree char *schema = g_build_filename (g_getenv ("KENNIS_SRCDIR") != NULL ? g_getenv ("KENNIS_SRCDIR") : ".",
                                              "data", "schema", "kennis-report-1.rng", NULL);
  xmlDoc *doc = xmlReadMemory (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, NULL, XML_PARSE_NONET);
  xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt (schema);
  xmlRelaxNG *grammar = xmlRelaxNGParse (parser);
  xmlRelaxNGValidCtxt *valid = grammar != NULL ? xmlRelaxNGNewValidCtxt (grammar) : NULL;

  CU_ASSERT_PTR_NOT_NULL (doc);
  CU_ASSERT_PTR_NOT_NULL_FATAL (valid);
  CU_ASSERT_EQUAL (xmlRelaxNGValidateDoc (valid, doc), 0);
  xmlSetProp (xmlDocGetRootElement (doc)->children->next, BAD_CAST "surprise", BAD_CAST "1");
  CU_ASSERT_NOT_EQUAL (xmlRelaxNGValidateDoc (valid, doc), 0);
  xmlRelaxNGFreeValidCtxt (valid);
  xmlRelaxNGFree (grammar);
  xmlRelaxNGFreeParserCtxt (parser);
  xmlFreeDoc (doc);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "HTML is well formed and runs nothing from outside", html_is_well_formed_and_runs_nothing_from_outside },
    { "HTML names no address elsewhere", html_names_no_address_elsewhere },
    { "HTML has what a screen reader needs", html_has_what_a_screen_reader_needs },
    { "charts show measured groups and no withheld one", charts_show_measured_groups_and_no_withheld_one },
    { "no report holds values of what was rejected", no_report_holds_values_of_what_was_rejected },
    { "HTML tells how each source was read", html_tells_how_each_source_was_read },
    { "XML follows its schema", xml_follows_its_schema },
    CU_TEST_INFO_NULL
  };

  if (g_getenv ("KENNIS_WRITE_REPORT") != NULL)
    {
      g_autoptr (KennisReportModel) model = models_hostile ("en");
      g_autoptr (GBytes) html = kennis_render_html (model);

      return !g_file_set_contents (g_getenv ("KENNIS_WRITE_REPORT"), g_bytes_get_data (html, NULL),
                                   g_bytes_get_size (html), NULL);
    }

  return kennis_test_main ("report-html", tests);
}
