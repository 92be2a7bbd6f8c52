#include "config.h"

#include "base/kennis-random-private.h"
#include "kennis-test.h"

/* Records without anything odd are read straight from libxml2's buffer (lib/read/kennis-xml-plain.c), those with a
 * prefix never: the same document in both spellings must come to the same.  A marker before a name stands for the prefix,
 * and one behind it for as many blanks as the prefix has characters, so that every column is the same too. */
#define BEFORE "\1"
#define BEHIND "\2"

static const char *const attributes[][12] = {
  { "id", "a1", "a2", "a3", "a4", "", "x&amp;y", "caf\xc3\xa9", "it's", NULL },
  { "person", "ann", "bob", "ann", "bob", "nobody", NULL },
  { "form", "formal", "Self_Study", "self-study", "event", "dancing", "", NULL },
  { "topic", "one topic", "a > b", "&#x41;", "\xe2\x82\xac", "say 'so'", NULL },
  { "start", "2024-03-01T09:30:15Z", "2024-03-01T09:30:15+01:00", "2024-03-01", "2024-02-30T00:00:00Z",
    "2024-06-01T10:00:00.5Z", "9999-01-01T00:00:00Z", "soon", NULL },
  { "ended", "2024-07-01T09:30:15Z", "2023-07-01T09:30:15Z", NULL },
  { "duration", "PT90M", "PT1H30M", "P1D", "P1Y", "-PT1M", "PT99999999M", "90", NULL },
  { "hours", "1.5", "2", "-1", "", NULL },
  { "cost", "12.5", ".5", "5.", "12.34567", "1e3", "-1", "99999999999999999999", NULL },
  { "setting", "team", "daily-work", "moon", NULL },
  { "external", "yes", "no", "maybe", NULL },
  { "colour", "red", "blue", NULL },
};

static const char *
any_of (KennisRandom      *random,
        const char *const *texts)
{
  guint n = 0;

  while (texts[n] != NULL)
    n++;

  return texts[kennis_random_below (random, n)];
}

/* Mostly the first. */
static const char *
mostly (KennisRandom      *random,
        const char *const *texts)
{
  return kennis_random_below (random, 40) > 0 ? texts[0] : any_of (random, texts);
}

static void
add_attribute (GString      *text,
               KennisRandom *random,
               guint         which)
{
  static const char *const gaps[] = { " ", "  ", "\n", "\r\n", "\t", "\r", " \n ", NULL };
  static const char *const equals[] = { "=", " =", "= ", NULL };
  /* Most values are good ones, so that most records are. */
  const char *value = kennis_random_below (random, 12) > 0 ? attributes[which][1 + kennis_random_below (random, 2)]
                                                           : any_of (random, attributes[which] + 1);
  const char *quote = strchr (value, '\'') != NULL || kennis_random_below (random, 2) == 0 ? "\"" : "'";

  g_string_append_printf (text, "%s%s%s%s%s%s", mostly (random, gaps), attributes[which][0], mostly (random, equals),
                          quote, value, quote);
}

static void
add_record (GString      *text,
            KennisRandom *random)
{
  static const char *const names[] = { "activity", "sharing", "activityx", "activit", NULL };
  static const char *const betweens[] = { "\n    ", "", " ", "\r\n\t", "\n\n", "\r", "<!-- <activity/> -->", "<?a b?>", "&#32;",
                                          "text", "<![CDATA[ ]]>", "<o:x xmlns:o='urn:o'/>", NULL };
  static const char *const ends[] = { "/>", " />", "\n/>", "></" BEFORE "activity" BEHIND ">", ">text</" BEFORE "activity" BEHIND ">",
                                      "><" BEFORE "x" BEHIND "/></" BEFORE "activity" BEHIND ">", NULL };
  const char *name = mostly (random, names);

  g_string_append_printf (text, "%s<" BEFORE "%s" BEHIND, mostly (random, betweens), name);
  for (guint i = 0; i + 1 < G_N_ELEMENTS (attributes); i++)
    if (i == 1 || i == 4 || kennis_random_below (random, 3) > 0)
      if (i != 7 || kennis_random_below (random, 20) == 0)
        add_attribute (text, random, i);
  /* In another place, one that nobody knows, or one that is there already (which ends the document). */
  if (kennis_random_below (random, 30) == 0)
    add_attribute (text, random, kennis_random_below (random, 300) > 0 ? 11 : 4);
  if (kennis_random_below (random, 100) == 0)
    g_string_append (text, " xmlns:p='urn:p' p:id='a9'");
  g_string_append (text, strcmp (name, "activity") == 0 ? mostly (random, ends) : "/>");
}

static char *
make_document (KennisRandom *random)
{
  GString *text = g_string_new ("<kennis xmlns='urn:kennis:records:1' xmlns:k='urn:kennis:records:1' version='1' "
                                "time-zone='Europe/Amsterdam' currency='EUR'>\n");
  guint n = kennis_random_below (random, 400);

  g_string_append (text, "<" BEFORE "people" BEHIND "><" BEFORE "person" BEHIND " id='ann'/><" BEFORE "person" BEHIND
                         " id='bob'/></" BEFORE "people" BEHIND "><" BEFORE "activities" BEHIND ">");
  for (guint i = 0; i < n; i++)
    add_record (text, random);
  g_string_append (text, "</" BEFORE "activities" BEHIND "></kennis>\n");
  g_string_prepend (text, "\xef\xbb\xbf");

  return g_string_free (text, FALSE);
}

static char *
spell (const char *document,
       gboolean    prefixed)
{
  GString *text = g_string_new (document);

  g_string_replace (text, BEFORE, prefixed ? "k:" : "", 0);
  g_string_replace (text, BEHIND, prefixed ? "" : "  ", 0);

  return g_string_free (text, FALSE);
}

/* All that comes of a document, as one text. */
static char *
outcome_of (const char *document,
            gsize       document_length,
            guint64     seed,
            guint64    *n_added)
{
  static const char *const encodings[] = { "UTF-8", "UTF-16LE", "UTF-16BE" };
  const char *encoding = encodings[seed % 4 == 3 || seed % 7 > 2 ? 0 : seed % 7];
  gsize length;
  g_autofree char *text = g_strcmp0 (encoding, "UTF-8") == 0
                              ? g_memdup2 (document, length = document_length)
                              : g_convert (document, (gssize) document_length, encoding, "UTF-8", NULL, &length, NULL);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisWriter) writer = kennis_writer_new ();
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) length, NULL);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisDataset) dataset = NULL;
  GString *outcome = g_string_new (NULL);
  GListModel *diagnostics = kennis_reader_get_diagnostics (reader);

  kennis_reader_set_strict (reader, seed % 8 == 7);
  kennis_reader_set_accept_seen (reader, seed % 2 == 0);
  if (seed % 3 == 0)
    kennis_reader_set_year_days (reader, 365.25);
  if (seed % 5 == 0)
    kennis_reader_set_coarse_times (reader, TRUE);
  dataset = kennis_reader_load_stream (reader, stream, "plain", NULL, NULL, NULL, &error);
  g_string_append_printf (outcome, "%" G_GUINT64_FORMAT " added, %" G_GUINT64_FORMAT " merged, %s\n",
                          kennis_reader_get_n_added (reader), kennis_reader_get_n_merged (reader),
                          error != NULL ? error->message : "no error");
  for (guint i = 0; i < g_list_model_get_n_items (diagnostics); i++)
    {
      g_autoptr (KennisDiagnostic) diagnostic = g_list_model_get_item (diagnostics, i);
      g_autofree char *said = kennis_diagnostic_to_string (diagnostic);

      g_string_append_printf (outcome, "%s\n", said);
    }
  g_string_replace (outcome, "k:", "", 0);
  if (dataset != NULL && kennis_writer_write (writer, dataset, out, NULL, NULL, NULL, NULL))
    g_string_append_len (outcome, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)),
                         (gssize) g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)));
  *n_added += kennis_reader_get_n_added (reader);

  return g_string_free (outcome, FALSE);
}

/* A change of one byte somewhere in an attribute, where both spellings are the same. */
static void
damage (KennisRandom *random,
        char         *a,
        char         *b,
        gsize         length)
{
  static const char bytes[] = "<>\"'&/= \n\0\r\xc3xA9";
  gsize at = 200 + kennis_random_below (random, (guint32) length);

  if (at + 4 < length && memcmp (a + at - 4, b + at - 4, 8) == 0)
    a[at] = b[at] = bytes[kennis_random_below (random, sizeof bytes)];
}

static void
plain_records_are_read_as_any_other (void)
{
  guint64 n_plain = 0, n_prefixed = 0;

  for (guint64 seed = 0; seed < 300; seed++)
    {
      KennisRandom random;

      kennis_random_init (&random, seed, 7);
      g_autofree char *document = make_document (&random), *plain = spell (document, FALSE),
                      *prefixed = spell (document, TRUE);
      gsize length = strlen (plain);

      CU_ASSERT_EQUAL_FATAL (strlen (prefixed), length);
      if (seed % 4 == 3)
        damage (&random, plain, prefixed, length);
      g_autofree char *one = outcome_of (plain, length, seed, &n_plain);
      g_autofree char *other = outcome_of (prefixed, length, seed, &n_prefixed);

      if (strcmp (one, other) != 0)
        printf ("# seed %u\n", (guint) seed);
      assert_text (one, other);
    }
  CU_ASSERT_EQUAL (n_plain, n_prefixed);
  CU_ASSERT (n_plain > 10000);
}

static void
what_stands_behind_a_group_of_another_name_space_is_not_plain (void)
{
  static const char text[] = "<k:kennis xmlns:k='urn:kennis:records:1' version='1' time-zone='UTC' currency='EUR'>"
                             "<k:people><k:person id='ann'/><person id='bob'/>"
                             "<person xmlns='urn:kennis:records:1' id='cas'/><person id='dirk'/></k:people></k:kennis>";
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (KennisDataset) dataset = kennis_reader_load_stream (reader, stream, NULL, NULL, NULL, NULL, NULL);

  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_PERSON), 2);
  CU_ASSERT_EQUAL (kennis_reader_get_n_diagnostics (reader, KENNIS_SEVERITY_NOTE), 2);
}

int
main (void)
{
  return kennis_test_main ("reader-plain", (CU_TestInfo[]) {
    { "plain records are read as any other", plain_records_are_read_as_any_other },
    { "what stands behind a group of another name space is not plain",
      what_stands_behind_a_group_of_another_name_space_is_not_plain },
    CU_TEST_INFO_NULL,
  });
}
