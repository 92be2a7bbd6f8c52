#include "config.h"

#include <math.h>
#include <string.h>

#include <libxml/relaxng.h>

#include "kennis-test.h"

#define ROOT "<instrument xmlns=\"urn:kennis:instrument:1\" version=\"1\" id=\"x\">"
#define TITLE "<title xml:lang=\"en\">T</title>"
#define ITEM "<item id=\"i\" low=\"1\" high=\"5\"><text xml:lang=\"en\">I</text></item>"
#define SCALE "<scale id=\"s\">" TITLE ITEM "</scale>"

static KennisInstrument *
read_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return kennis_instrument_new_from_bytes (bytes, "x.xml", error);
}

static gboolean
fits_schema (const char *path)
{
  g_autofree char *rng = g_build_filename (g_getenv ("KENNIS_SRCDIR"), "data/schema/kennis-instrument-1.rng", NULL);
  xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt (rng);
  xmlRelaxNG *schema = xmlRelaxNGParse (parser);
  xmlRelaxNGValidCtxt *valid = xmlRelaxNGNewValidCtxt (schema);
  xmlDoc *document = xmlReadFile (path, NULL, 0);
  gboolean fits = document != NULL && xmlRelaxNGValidateDoc (valid, document) == 0;

  xmlFreeDoc (document);
  xmlRelaxNGFreeValidCtxt (valid);
  xmlRelaxNGFree (schema);
  xmlRelaxNGFreeParserCtxt (parser);
  return fits;
}

static guint
length (char **names)
{
  guint n = g_strv_length (names);

  g_strfreev (names);
  return n;
}

/* Every scale without scales below it has three to five items, of which one or more are reversed. */
static void
check_leaves (KennisInstrument *self)
{
  g_auto (GStrv) scales = kennis_instrument_list_scales (self);

  for (guint s = 0; scales[s] != NULL; s++)
    {
      g_auto (GStrv) items = kennis_instrument_list_items (self, scales[s]);
      guint reversed = 0, n = g_strv_length (items);

      if (length (kennis_instrument_list_children (self, scales[s])) > 0)
        continue;
      for (guint i = 0; i < n; i++)
        reversed += kennis_instrument_is_item_reversed (self, items[i]) ? 1 : 0;
      if (n < 3 || n > 5 || reversed == 0 || reversed == n)
        assert_text (scales[s], "three to five items, some reversed");
    }
}

static void
what_comes_with_the_library_is_whole (void)
{
  static const struct { const char *id; guint top, scales, items; } expected[] = {
    { "carriers", 6, 26, 60 },  { "conditions", 4, 7, 18 }, { "features", 7, 7, 21 }, { "foundation", 4, 4, 16 },
    { "mindset", 1, 1, 5 },     { "motivation", 2, 8, 18 }, { "outcomes", 3, 3, 11 },
  };
  g_autoptr (GListModel) list = kennis_instrument_list ();

  CU_ASSERT_EQUAL (g_list_model_get_n_items (list), G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (KennisInstrument) self = kennis_instrument_find (expected[i].id, NULL);
      g_autofree char *path =
          g_strdup_printf ("%s/data/instruments/%s.xml", g_getenv ("KENNIS_SRCDIR"), expected[i].id);
      g_auto (GStrv) languages = NULL;
      g_autofree char *all = NULL;

      CU_ASSERT_PTR_NOT_NULL_FATAL (self);
      languages = kennis_instrument_list_languages (self);
      all = g_strjoinv (" ", languages);
      assert_text (all, "nl en fr");
      CU_ASSERT_TRUE (fits_schema (path));
      CU_ASSERT_EQUAL (kennis_instrument_get_validation (self), KENNIS_VALIDATION_UNVALIDATED);
      CU_ASSERT_PTR_NOT_NULL (strstr (kennis_instrument_get_note (self, "nl"), "niet gevalideerd"));
      CU_ASSERT_PTR_NOT_NULL (strstr (kennis_instrument_get_note (self, "fr"), "non validés"));
      CU_ASSERT_EQUAL (length (kennis_instrument_list_children (self, NULL)), expected[i].top);
      CU_ASSERT_EQUAL (length (kennis_instrument_list_scales (self)), expected[i].scales);
      CU_ASSERT_EQUAL (length (kennis_instrument_list_items (self, NULL)), expected[i].items);
      check_leaves (self);
    }
}

static void
the_six_carriers_have_their_sub_factors (void)
{
  g_autoptr (KennisInstrument) self = kennis_instrument_find ("carriers", NULL);
  static const struct { const char *scale, *children; } expected[] = {
    { "work", "autonomy complexity challenge" },
    { "safety", "trust erring experimenting" },
    { "collaboration", "relations sharing mentor workplace diversity" },
    { "leadership", "vision example ownership" },
    { "organisation", "systems reward evaluation budget" },
    { "outside", "developments co-creation" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_auto (GStrv) children = kennis_instrument_list_children (self, expected[i].scale);
      g_autofree char *all = g_strjoinv (" ", children);

      assert_text (all, expected[i].children);
      assert_text (kennis_instrument_get_scale_parent (self, children[0]), expected[i].scale);
    }
  CU_ASSERT_EQUAL (length (kennis_instrument_list_items (self, "collaboration")), 15);
  assert_text (kennis_instrument_get_item_scale (self, "mentor-1"), "mentor");
  assert_text (kennis_instrument_get_scale_title (self, "outside", "nl_BE.UTF-8"), "Verbinding met buiten");
  assert_text (kennis_instrument_get_scale_title (self, "outside", "de"), "Connection with the outside");
}

static void
answers_have_words_ranges_and_directions (void)
{
  g_autoptr (KennisInstrument) self = kennis_instrument_find ("foundation", NULL);
  g_auto (GStrv) words = kennis_instrument_list_answers (self, "trust-1", "fr");

  CU_ASSERT_EQUAL (g_strv_length (words), 5);
  assert_text (words[4], "Tout à fait d’accord");
  assert_near (kennis_instrument_get_item_low (self, "trust-1"), 1);
  assert_near (kennis_instrument_get_item_high (self, "trust-1"), 5);
  assert_near (kennis_instrument_score_answer (self, "trust-1", 4), 75);
  assert_near (kennis_instrument_score_answer (self, "trust-4", 4), 25);
  CU_ASSERT_TRUE (isnan (kennis_instrument_score_answer (self, "trust-1", 6)));
  CU_ASSERT_TRUE (isnan (kennis_instrument_score_answer (self, "nothing", 1)));
  CU_ASSERT_TRUE (isnan (kennis_instrument_get_minimum_answered (self, "nothing")));
  CU_ASSERT_PTR_NULL (kennis_instrument_get_item_text (self, "nothing", "nl"));
  CU_ASSERT_EQUAL (length (kennis_instrument_list_items (self, "nothing")), 0);
}

static void
users_describe_their_own (void)
{
  static const struct { const char *name; guint items; } expected[] = {
    { "seven-items", 7 }, { "twenty-one-items", 21 }, { "mixed-ranges", 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("%s/examples/instruments/%s.xml", g_getenv ("KENNIS_SRCDIR"), expected[i].name);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;
      g_autoptr (KennisInstrument) self = kennis_instrument_new_from_file (file, NULL, &error);

      if (self == NULL)
        assert_text (error->message, "");
      CU_ASSERT_PTR_NOT_NULL_FATAL (self);
      CU_ASSERT_EQUAL (length (kennis_instrument_list_items (self, NULL)), expected[i].items);
      CU_ASSERT_TRUE (fits_schema (path));
    }
}

static void
mistakes_are_told_with_their_place (void)
{
  static const struct { const char *text, *message; } wrong[] = {
    { "<instrument", "x.xml, line 1: not well-formed XML" },
    { "<!DOCTYPE a [<!ENTITY b \"c\">]>" ROOT TITLE SCALE "</instrument>", "document type" },
    { "<instrument/>", "urn:kennis:instrument:1" },
    { "<instrument xmlns=\"urn:kennis:instrument:1\" version=\"2\" id=\"x\"/>", "version=\"1\"" },
    { ROOT "</instrument>", "needs a <title>" },
    { ROOT TITLE "</instrument>", "needs a <scale>" },
    { ROOT TITLE TITLE SCALE "</instrument>", "already in this language" },
    { ROOT "<title>T</title></instrument>", "xml:lang" },
    { ROOT TITLE "\n<scale id=\"a b\"/></instrument>", "line 2: <scale>: needs an id" },
    { ROOT TITLE SCALE SCALE "</instrument>", "this id is there already" },
    { ROOT TITLE "<scale id=\"s\">" TITLE "</scale></instrument>", "needs an <item>" },
    { ROOT TITLE "<scale id=\"s\">" TITLE ITEM ITEM "</scale></instrument>", "this id is there already" },
    { ROOT TITLE "<scale id=\"s\">" TITLE "<item id=\"i\" low=\"5\" high=\"1\"/></scale></instrument>", "low under high" },
    { ROOT TITLE "<scale id=\"s\">" TITLE "<item id=\"i\" answers=\"z\"/></scale></instrument>", "name no <answers>" },
    { ROOT TITLE "<scale id=\"s\">" TITLE "<item id=\"i\" low=\"1\" high=\"5\"/></scale></instrument>", "needs a <text>" },
    { ROOT TITLE "<scale id=\"s\" minimum-answered=\"2\"/></instrument>", "minimum-answered is a share" },
    { ROOT TITLE "<scale id=\"s\" colour=\"red\"/></instrument>", "“colour” is not one of id, minimum-answered" },
    { ROOT TITLE "<answers id=\"a\"><answer value=\"1\"/><answer value=\"3\"/></answers></instrument>", "go up by one" },
    { ROOT TITLE "<answers id=\"a\"><answer value=\"1\"/></answers></instrument>", "two <answer> or more" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KennisInstrument) self = read_text (wrong[i].text, &error);

      CU_ASSERT_PTR_NULL (self);
      CU_ASSERT_PTR_NOT_NULL_FATAL (error);
      if (strstr (error->message, wrong[i].message) == NULL)
        assert_text (error->message, wrong[i].message);
    }
}

static void
an_unknown_instrument_is_told_which_there_are (void)
{
  g_autoptr (GError) error = NULL;

  CU_ASSERT_PTR_NULL (kennis_instrument_find ("nothing", &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "foundation"));
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "what comes with the library is whole", what_comes_with_the_library_is_whole },
    { "the six carriers have their sub-factors", the_six_carriers_have_their_sub_factors },
    { "answers have words, ranges and directions", answers_have_words_ranges_and_directions },
    { "users describe their own", users_describe_their_own },
    { "mistakes are told with their place", mistakes_are_told_with_their_place },
    { "an unknown instrument is told which there are", an_unknown_instrument_is_told_which_there_are },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("instrument", tests);
}
