#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "kennis-test.h"

/* Tables of several systems, joined by an import. */

#define HR "employee id,team,email,fte\ne1,a,ann@x.example,1\ne2,a,bob@x.example,0.8\n"
#define LMS "person,topic,ended,hours\nann@x.example,python,2024-03-01,2\ne2,excel,2024-04-02,3\n"
#define XML \
  "<kennis xmlns=\"urn:kennis:records:1\" version=\"1\" time-zone=\"Europe/Amsterdam\" currency=\"EUR\">" \
  "<activities><activity id=\"x1\" person=\"e1\" ended=\"2024-05-01T10:00:00Z\"/></activities></kennis>"

typedef struct
{
  KennisReader *reader;
  KennisImport *import;
  GPtrArray *files;
} Sources;

static void
sources_init (Sources *self)
{
  self->reader = kennis_reader_new ();
  self->import = kennis_import_new (self->reader);
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
sources_add (Sources *self, const char *name, const char *text)
{
  g_autoptr (GFileIOStream) stream = NULL;
  GFile *file = g_file_new_tmp ("kennis-XXXXXX.csv", &stream, NULL);

  g_assert_true (g_file_replace_contents (file, text, strlen (text), NULL, FALSE, 0, NULL, NULL, NULL));
  kennis_import_add_file (self->import, file, name);
  g_ptr_array_add (self->files, file);
}

static void
sources_clear (Sources *self)
{
  for (guint i = 0; i < self->files->len; i++)
    g_file_delete (self->files->pdata[i], NULL, NULL);
  g_ptr_array_unref (self->files);
  g_object_unref (self->import);
  g_object_unref (self->reader);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sources, sources_clear)

static guint64
warnings (const Sources *self)
{
  return kennis_reader_get_n_diagnostics (self->reader, KENNIS_SEVERITY_WARNING);
}

static void
an_alias_joins_an_event_to_its_person_in_any_order_of_sources (void)
{
  GBytes *bytes[2] = { NULL };

  for (guint turned = 0; turned < 2; turned++)
    {
      g_auto (Sources) sources;

      sources_init (&sources);
      sources_add (&sources, turned ? "lms" : "hr", turned ? LMS : HR);
      sources_add (&sources, turned ? "hr" : "lms", turned ? HR : LMS);
      CU_ASSERT_TRUE_FATAL (kennis_import_run (sources.import, 1, NULL, NULL, NULL, NULL));
      CU_ASSERT_TRUE (kennis_import_is_complete (sources.import));
      CU_ASSERT_EQUAL (kennis_summary_count (kennis_import_get_summary (sources.import), KENNIS_RECORD_TYPE_ACTIVITY),
                       2);
      CU_ASSERT_EQUAL (kennis_import_get_n_seen (sources.import, turned ? 0 : 1), 0);
      CU_ASSERT_EQUAL (kennis_import_get_n_rows_used (sources.import, 0), 2);
      bytes[turned] = kennis_summary_to_bytes (kennis_import_get_summary (sources.import));
    }
  CU_ASSERT_TRUE (g_bytes_equal (bytes[0], bytes[1]));
  g_bytes_unref (bytes[0]);
  g_bytes_unref (bytes[1]);
}

static void
one_source_has_a_mapping_of_its_own (void)
{
  g_auto (Sources) sources;
  g_autoptr (KennisMapping) mapping = NULL;
  g_autoptr (KennisDataset) dataset = NULL;

  sources_init (&sources);
  sources_add (&sources, "hr", HR);
  sources_add (&sources, "ours", "wie;wat;klaar\ne1;koken;31/12/2023\n");
  mapping = kennis_mapping_new ("[mapping]\nid=ours\ndates=dmy\n[match]\ncolumns=wie;wat\n"
                                "[record activity]\nperson={wie}\ntopic={wat}\nended={klaar}\n"
                                "[coverage activity]\nfrom=2023-01-01\nuntil=2024-01-01\n",
                                "ours", NULL);
  kennis_import_set_mapping (sources.import, 1, mapping);
  dataset = kennis_import_load (sources.import, NULL, NULL, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  assert_text (kennis_import_get_mapping (sources.import, 0), "people");
  assert_text (kennis_import_get_mapping (sources.import, 1), "ours");
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_ACTIVITY), 1);
  CU_ASSERT_PTR_NULL (kennis_reader_get_mapping (sources.reader));
}

static void
a_dataset_of_several_sources_gives_the_summary_of_their_import (void)
{
  g_auto (Sources) whole, parts;
  g_autoptr (KennisDataset) dataset = NULL;
  g_autoptr (KennisSummary) summary = NULL;
  g_autoptr (GBytes) bytes = NULL, wanted = NULL;
  const char *fingerprints[3] = { NULL };

  sources_init (&whole);
  sources_init (&parts);
  sources_add (&whole, "lms", LMS);
  sources_add (&whole, "hr", HR);
  sources_add (&parts, "lms", LMS);
  sources_add (&parts, "hr", HR);
  CU_ASSERT_TRUE_FATAL (kennis_import_run (parts.import, 1, NULL, NULL, NULL, NULL));
  dataset = kennis_import_load (whole.import, NULL, NULL, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  CU_ASSERT_PTR_NULL (kennis_import_get_summary (whole.import));
  fingerprints[0] = kennis_import_get_fingerprint (whole.import, 0);
  fingerprints[1] = kennis_import_get_fingerprint (whole.import, 1);
  summary = kennis_summary_make (dataset, fingerprints, 1, NULL, NULL, NULL, NULL);
  bytes = kennis_summary_to_bytes (summary);
  wanted = kennis_summary_to_bytes (kennis_import_get_summary (parts.import));
  CU_ASSERT_TRUE (g_bytes_equal (bytes, wanted));
}

/* `n` activities of one person on as many days. */
static char *
many (guint n, gboolean has_ids, const char *end)
{
  GString *text = g_string_new (has_ids ? "id,person,topic,ended\n" : "person,topic,ended\n");

  for (guint i = 0; i < n; i++)
    {
      if (has_ids)
        g_string_append_printf (text, "a%u,", i);
      g_string_append_printf (text, "e%u,topic %u,2024-%02u-%02u%s\n", i % 7, i / 300, 1 + i % 12, 1 + i / 12 % 28,
                              end);
    }

  return g_string_free (text, FALSE);
}

static void
a_copy_with_one_space_more_is_warned_of_unless_records_have_ids (void)
{
  for (guint has_ids = 0; has_ids < 2; has_ids++)
    for (guint n = 20; n <= 20000; n *= 1000)
      {
        g_auto (Sources) sources;
        g_autofree char *text = many (n, has_ids, ""), *copy = many (n, has_ids, " ");

        sources_init (&sources);
        kennis_reader_set_accept_seen (sources.reader, TRUE);
        sources_add (&sources, "file", text);
        sources_add (&sources, "copy", copy);
        sources_add (&sources, "other", LMS);
        CU_ASSERT_TRUE_FATAL (kennis_import_run (sources.import, 1, NULL, NULL, NULL, NULL));
        CU_ASSERT_EQUAL (warnings (&sources), has_ids ? 0 : 1);
        CU_ASSERT_EQUAL (kennis_import_get_n_merged (sources.import, 1), has_ids ? n : 0);
      }
}

static void
sources_that_overlap_by_less_than_half_are_not_warned_of (void)
{
  g_auto (Sources) sources;
  g_autofree char *text = many (100, FALSE, ""), *more = many (4000, FALSE, ""), *rest = NULL;
  const char *at = more;

  sources_init (&sources);
  kennis_reader_set_accept_seen (sources.reader, TRUE);
  sources_add (&sources, "first", text);
  /* All but the first 60 rows: 40 of the first source's 100. */
  for (guint i = 0; i < 61; i++)
    at = strchr (at, '\n') + 1;
  rest = g_strconcat ("person,topic,ended\n", at, NULL);
  sources_add (&sources, "second", rest);
  CU_ASSERT_TRUE_FATAL (kennis_import_run (sources.import, 1, NULL, NULL, NULL, NULL));
  CU_ASSERT_EQUAL (warnings (&sources), 0);
}

static void
tables_are_of_the_time_zone_of_the_source_that_says_one (void)
{
  g_auto (Sources) sources;
  g_autoptr (KennisDataset) dataset = NULL;

  sources_init (&sources);
  sources_add (&sources, "hr", "employee id,team,effective\ne1,a,2024-01-01\n");
  sources_add (&sources, "xml", XML);
  dataset = kennis_import_load (sources.import, NULL, NULL, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  CU_ASSERT_TRUE (kennis_import_is_complete (sources.import));
  assert_text (kennis_dataset_get_time_zone (dataset), "Europe/Amsterdam");
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_PERSON), 1);
  assert_text (kennis_import_get_format (sources.import, 1), "Kennis XML");
}

static void
coverage_can_be_told_beside_the_sources (void)
{
  g_auto (Sources) sources;
  g_autoptr (KennisDataset) dataset = NULL;
  g_autoptr (KennisRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  gint64 from, until;
  guint64 n;

  sources_init (&sources);
  sources_add (&sources, "hr", HR);
  CU_ASSERT_FALSE (kennis_import_add_coverage (sources.import, "lesson", NULL, NULL, NULL, &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
  g_clear_error (&error);
  CU_ASSERT_FALSE (kennis_import_add_coverage (sources.import, "activity", "shoe", NULL, NULL, NULL));
  CU_ASSERT_FALSE (kennis_import_add_coverage (sources.import, "activity", NULL, "yesterday", NULL, NULL));
  CU_ASSERT_FALSE (kennis_import_add_coverage (sources.import, "activity", NULL, "2024-01-01", "2023-01-01", NULL));
  CU_ASSERT_TRUE (
      kennis_import_add_coverage (sources.import, "activity", "duration", "2023-01-01", "2024-01-01", NULL));
  dataset = kennis_import_load (sources.import, NULL, NULL, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  n = kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_COVERAGE);
  CU_ASSERT_TRUE_FATAL (n > 0);
  record = kennis_dataset_get_record (dataset, KENNIS_RECORD_TYPE_COVERAGE, n - 1);
  g_object_get (record, "from", &from, "until", &until, NULL);
  CU_ASSERT_EQUAL (from, G_GINT64_CONSTANT (1672531200000));
  CU_ASSERT_EQUAL (until, G_GINT64_CONSTANT (1704067200000));
}

static void
reasons_are_told_once_with_their_number_and_the_first_example (void)
{
  g_auto (Sources) sources;
  g_auto (GStrv) reasons = NULL;
  g_autofree char *text = NULL, *json = NULL;

  sources_init (&sources);
  kennis_reader_set_accept_seen (sources.reader, TRUE);
  sources_add (&sources, "lms",
               "person,topic,ended,hours,cost\ne1,a,2024-01-01,lots,1\ne2,b,2024-01-02,many,1\n"
               "e3,b,2024-01-02,1,dear\ne4,c,2024-01-03,2,3\n");
  CU_ASSERT_TRUE_FATAL (kennis_import_run (sources.import, 1, NULL, NULL, NULL, NULL));
  reasons = kennis_import_get_reasons (sources.import, 0);
  CU_ASSERT_EQUAL_FATAL (g_strv_length (reasons), 2);
  CU_ASSERT_TRUE (g_str_has_prefix (reasons[0], "2 lms:2:4: column “hours”: “duration” is “lots”"));
  CU_ASSERT_TRUE (g_str_has_prefix (reasons[1], "1 lms:4:5: column “cost”: “cost” is “dear”"));
  text = kennis_import_to_string (sources.import, "en");
  CU_ASSERT_PTR_NOT_NULL (strstr (text, "Rows: 4 read, 1 used, 3 rejected, 0 ignored"));
  CU_ASSERT_PTR_NOT_NULL (strstr (text, "People who are not on the roster: 1"));
  json = kennis_import_to_json (sources.import);
  CU_ASSERT_PTR_NOT_NULL (strstr (json, "\"rows\": { \"read\": 4, \"used\": 1, \"rejected\": 3, \"ignored\": 0 }"));
}

static void
who_did_not_consent_is_left_out (void)
{
  static const char *const tables[] = {
    "person,topic,ended,consent\ne1,a,2024-01-01,no\ne2,a,2024-01-02,yes\ne3,a,2024-01-03,\ne4,a,2024-01-04,Nee\n",
    "employee id,team,Toestemming\ne1,a,nee\ne2,a,ja\ne3,a,\ne4,a,FALSE\n",
    "giver,receiver,time,consent\ne1,e2,2024-01-01,0\ne2,e3,2024-01-02,1\ne2,e4,2024-01-02,\ne3,e1,2024-01-04,non\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_auto (Sources) sources;

      sources_init (&sources);
      kennis_reader_set_accept_seen (sources.reader, TRUE);
      sources_add (&sources, "table", tables[i]);
      CU_ASSERT_TRUE_FATAL (kennis_import_run (sources.import, 1, NULL, NULL, NULL, NULL));
      CU_ASSERT_EQUAL (kennis_import_get_n_rows_ignored (sources.import, 0), 2);
      CU_ASSERT_EQUAL (kennis_import_get_n_rows_used (sources.import, 0), 2);
    }
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
a_dataset_may_be_loaded_in_another_thread (void)
{
  g_auto (Sources) sources;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KennisDataset) dataset = NULL;

  sources_init (&sources);
  sources_add (&sources, "hr", HR);
  sources_add (&sources, "lms", LMS);
  kennis_import_load_async (sources.import, NULL, NULL, NULL, NULL, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  dataset = kennis_import_load_finish (sources.import, result, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_ACTIVITY), 2);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "an alias joins an event to its person, in any order of sources", an_alias_joins_an_event_to_its_person_in_any_order_of_sources },
    { "one source has a mapping of its own", one_source_has_a_mapping_of_its_own },
    { "a dataset of several sources gives the summary of their import", a_dataset_of_several_sources_gives_the_summary_of_their_import },
    { "a copy with one space more is warned of, unless records have ids", a_copy_with_one_space_more_is_warned_of_unless_records_have_ids },
    { "sources that overlap by less than half are not warned of", sources_that_overlap_by_less_than_half_are_not_warned_of },
    { "tables are of the time zone of the source that says one", tables_are_of_the_time_zone_of_the_source_that_says_one },
    { "coverage can be told beside the sources", coverage_can_be_told_beside_the_sources },
    { "reasons are told once, with their number and the first example", reasons_are_told_once_with_their_number_and_the_first_example },
    { "who did not consent is left out", who_did_not_consent_is_left_out },
    { "a dataset may be loaded in another thread", a_dataset_may_be_loaded_in_another_thread },
    CU_TEST_INFO_NULL
  };

  return kennis_test_main ("import of tables", tests);
}
