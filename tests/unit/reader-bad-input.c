#include "config.h"

#include "kennis-test.h"
#include "read/kennis-reader-private.h"

#include <glib/gstdio.h>
#include <sys/resource.h>

#define HEAD "<kennis xmlns='urn:kennis:records:1' version='1' time-zone='UTC' currency='EUR'>"
#define PEOPLE "<people><person id='ann'/><person id='bob'/></people>"
#define TAIL "</kennis>"

/* What came of reading some bytes: a dataset or an error, and the first diagnostic. */
typedef struct
{
  KennisReader  *reader;
  KennisDataset *dataset;
  GError        *error;
} Outcome;

static Outcome
read_stream (GInputStream *stream)
{
  Outcome outcome = { .reader = kennis_reader_new () };

  outcome.dataset = kennis_reader_load_stream (outcome.reader, stream, "bad", NULL, NULL, NULL, &outcome.error);
  CU_ASSERT_EQUAL (outcome.dataset == NULL, outcome.error != NULL);
  CU_ASSERT_EQUAL (kennis_reader_get_n_read (outcome.reader),
                   kennis_reader_get_n_added (outcome.reader) + kennis_reader_get_n_merged (outcome.reader)
                       + kennis_reader_get_n_rejected (outcome.reader) + kennis_reader_get_n_ignored (outcome.reader));
  return outcome;
}

static Outcome
read_data (gconstpointer data, gsize length)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) length, NULL);

  return read_stream (stream);
}

static Outcome
read_text (const char *text)
{
  return read_data (text, strlen (text));
}

static void
outcome_clear (Outcome *outcome)
{
  g_clear_object (&outcome->reader);
  g_clear_object (&outcome->dataset);
  g_clear_error (&outcome->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static char *
diagnostic_text (KennisReader *reader, guint i)
{
  g_autoptr (KennisDiagnostic) diagnostic = g_list_model_get_item (kennis_reader_get_diagnostics (reader), i);

  return diagnostic != NULL ? kennis_diagnostic_to_string (diagnostic) : g_strdup ("none");
}

/* Nothing could be read: an error, which says so. */
static void
assert_nothing (const Outcome *outcome, const char *says)
{
  CU_ASSERT_PTR_NULL (outcome->dataset);
  CU_ASSERT (g_error_matches (outcome->error, KENNIS_ERROR, KENNIS_ERROR_PARSE));
  if (outcome->error != NULL && strstr (outcome->error->message, says) == NULL)
    printf ("# is %s\n", outcome->error->message);
  CU_ASSERT (outcome->error != NULL && strstr (outcome->error->message, says) != NULL);
}

/* People were kept, and the first diagnostic says what is wrong. */
static void
assert_kept (const Outcome *outcome, guint n_people, guint n_rejected, const char *says)
{
  g_autofree char *text = diagnostic_text (outcome->reader, 0);

  if (outcome->error != NULL)
    printf ("# %s\n", outcome->error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL (outcome->dataset);
  CU_ASSERT_EQUAL (kennis_dataset_count (outcome->dataset, KENNIS_RECORD_TYPE_PERSON), n_people);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rejected (outcome->reader), n_rejected);
  CU_ASSERT_EQUAL (g_list_model_get_n_items (kennis_reader_get_diagnostics (outcome->reader)), 1);
  if (strstr (text, says) == NULL)
    printf ("# is %s\n", text);
  CU_ASSERT_PTR_NOT_NULL (strstr (text, says));
}

/* One bad activity among good people: it alone is left out. */
static void
assert_rejected (const char *attributes, const char *says)
{
  g_autofree char *text = g_strdup_printf (HEAD PEOPLE "<activities><activity %s/></activities>" TAIL, attributes);
  g_auto (Outcome) outcome = read_text (text);

  assert_kept (&outcome, 2, 1, says);
}

static void
a_truncated_document_keeps_what_precedes (void)
{
  static const char text[] = HEAD PEOPLE "<activities><activity person='ann' start='2024-01-01'/></activities>" TAIL;

  for (gsize length = 0; length < strlen (text); length++)
    {
      g_auto (Outcome) outcome = read_data (text, length);
      g_autofree char *said = diagnostic_text (outcome.reader, 0);
      /* Where an element is closed it is whole. */
      gboolean one = length >= strlen (HEAD "<people><person id='ann'/>");
      CU_ASSERT_EQUAL (outcome.dataset != NULL, one);
      CU_ASSERT_EQUAL (kennis_reader_get_n_diagnostics (outcome.reader, KENNIS_SEVERITY_ERROR), 1);
      if (one)
        CU_ASSERT_EQUAL (kennis_dataset_count (outcome.dataset, KENNIS_RECORD_TYPE_PERSON),
                         length >= strlen (HEAD "<people><person id='ann'/><person id='bob'/>") ? 2 : 1);
      CU_ASSERT (length == 0 || strstr (said, "the document is malformed") != NULL
                 || strstr (said, "<kennis> needs") != NULL || strstr (said, "the document is of") != NULL);
    }
}

static void
a_strict_reader_refuses_a_truncated_document (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (HEAD PEOPLE, -1, NULL);
  g_autoptr (GError) error = NULL;

  kennis_reader_set_strict (reader, TRUE);
  CU_ASSERT_PTR_NULL (kennis_reader_load_stream (reader, stream, "bad", NULL, NULL, NULL, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_PARSE));
}

static void
elements_nested_without_end_end_the_source (void)
{
  g_autoptr (GString) text = g_string_new (HEAD PEOPLE "<teams><team id='t'>");

  for (guint i = 0; i < 200000; i++)
    g_string_append (text, "<a>");
  g_auto (Outcome) outcome = read_data (text->str, text->len);

  assert_kept (&outcome, 2, 0, "the document is malformed: Excessive depth");
}

static void
entities_and_document_types_are_refused (void)
{
  static const char *const documents[] = {
    "<!DOCTYPE kennis [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>"
    "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;'>]>" HEAD "<teams><team id='&e;'/></teams>" TAIL,
    "<!DOCTYPE kennis [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" HEAD "<teams><team id='&x;'/></teams>" TAIL,
    "<!DOCTYPE kennis SYSTEM 'http://127.0.0.1:9/kennis.dtd'>" HEAD PEOPLE TAIL,
    "<!DOCTYPE kennis PUBLIC '-//K//K' 'http://127.0.0.1:9/kennis.dtd' [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/'> %p;]>" HEAD TAIL,
  };

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_auto (Outcome) outcome = read_text (documents[i]);

      assert_nothing (&outcome, "bad:1:");
      assert_nothing (&outcome, "there is a document type (DOCTYPE); accepted is a document without it");
    }

  g_auto (Outcome) undeclared = read_text (HEAD PEOPLE "<teams><team id='&secret;'/></teams>" TAIL);
  assert_kept (&undeclared, 2, 0, "Entity 'secret' not defined");
  g_auto (Outcome) own =
      read_text (HEAD PEOPLE "<teams><team id='&lt;&#65;&#x42;&amp;&quot;&apos;&gt;'/></teams>" TAIL);
  g_autoptr (KennisRecord) team = kennis_dataset_lookup (own.dataset, KENNIS_RECORD_TYPE_TEAM, "<AB&\"'>");
  CU_ASSERT_PTR_NOT_NULL (team);
}

static void
another_name_space_or_document_is_not_ours (void)
{
  g_auto (Outcome) other = read_text ("<kennis xmlns='urn:kennis:records:2' version='1'/>");
  g_auto (Outcome) none = read_text ("<kennis version='1' time-zone='UTC' currency='EUR'>" PEOPLE TAIL);
  g_auto (Outcome) html = read_text ("<html><body/></html>");
  g_auto (Outcome) version =
      read_text ("<kennis xmlns='urn:kennis:records:1' version='2' time-zone='UTC' currency='EUR'/>");
  g_auto (Outcome) zone =
      read_text ("<kennis xmlns='urn:kennis:records:1' version='1' time-zone='Mars/Base' currency='EUR'/>");
  g_auto (Outcome) money =
      read_text ("<kennis xmlns='urn:kennis:records:1' version='1' time-zone='UTC' currency='euro'/>");
  g_auto (Outcome) missing = read_text ("<kennis xmlns='urn:kennis:records:1' version='1'/>");

  assert_nothing (
      &other, "the document is of <{urn:kennis:records:2}kennis>; accepted is <kennis xmlns=\"urn:kennis:records:1\">");
  assert_nothing (&none, "the document is of <kennis>");
  assert_nothing (&html, "the document is of <html>");
  CU_ASSERT (g_error_matches (version.error, KENNIS_ERROR, KENNIS_ERROR_INCOMPATIBLE));
  CU_ASSERT (g_error_matches (zone.error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
  CU_ASSERT (g_error_matches (money.error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
  CU_ASSERT (g_error_matches (missing.error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
}

static void
bytes_that_are_not_what_they_say_end_the_source (void)
{
  g_auto (Outcome) latin = read_text (HEAD PEOPLE "<teams><team id='caf\xe9'/></teams>" TAIL);
  g_auto (Outcome) unknown = read_text ("<?xml version='1.0' encoding='KLINGON'?>" HEAD PEOPLE TAIL);
  g_auto (Outcome) wide = read_text ("<?xml version='1.0' encoding='UTF-16'?>" HEAD PEOPLE TAIL);
  g_auto (Outcome) ascii =
      read_text ("<?xml version='1.0' encoding='US-ASCII'?>" HEAD PEOPLE "<teams><team id='\303\251'/></teams>" TAIL);
  g_auto (Outcome) overlong = read_text (HEAD PEOPLE "<teams><team id='\300\274'/></teams>" TAIL);
  g_auto (Outcome) control = read_text (HEAD PEOPLE "<teams><team id='&#1;'/></teams>" TAIL);
  g_auto (Outcome) escape = read_text (HEAD PEOPLE "<teams><team id='a&#9;b'/></teams>" TAIL);

  assert_kept (&latin, 2, 0, "malformed: ");
  assert_nothing (&unknown, "encoding");
  CU_ASSERT (wide.error == NULL || g_error_matches (wide.error, KENNIS_ERROR, KENNIS_ERROR_PARSE));
  CU_ASSERT_EQUAL (kennis_reader_get_n_diagnostics (ascii.reader, KENNIS_SEVERITY_ERROR), 1);
  assert_kept (&overlong, 2, 0, "malformed: ");
  assert_kept (&control, 2, 0, "malformed: ");
  assert_kept (&escape, 2, 1, "“id”: a text is not valid; accepted is UTF-8 without control characters");
}

static void
a_zero_byte_ends_the_source_wherever_it_stands (void)
{
  static const char text[] = HEAD PEOPLE "<teams><team id='t'/></teams>" TAIL;

  for (gsize at = 0; at <= strlen (text); at++)
    {
      g_autoptr (GString) bytes = g_string_new (text);

      g_string_insert_len (bytes, (gssize) at, "\0", 1);
      g_auto (Outcome) outcome = read_data (bytes->str, bytes->len);
      CU_ASSERT_EQUAL (kennis_reader_get_n_diagnostics (outcome.reader, KENNIS_SEVERITY_ERROR), 1);
    }
}

/* Makes a document with an attribute of a GiB out of nothing. */
#define TEST_TYPE_FLOOD (test_flood_get_type ())
G_DECLARE_FINAL_TYPE (TestFlood, test_flood, TEST, FLOOD, GInputStream)

struct _TestFlood
{
  GInputStream parent_instance;
  const char *head;
  gsize at;
  guint64 left;
};

G_DEFINE_FINAL_TYPE (TestFlood, test_flood, G_TYPE_INPUT_STREAM)

static gssize
test_flood_read (GInputStream *stream, void *buffer, gsize room, GCancellable *cancellable, GError **error)
{
  TestFlood *self = TEST_FLOOD (stream);
  gsize n = MIN (room, strlen (self->head) - self->at);

  memcpy (buffer, self->head + self->at, n);
  self->at += n;
  if (n > 0)
    return (gssize) n;
  n = MIN (room, self->left);
  memset (buffer, 'x', n);
  self->left -= n;
  return (gssize) n;
}

static void
test_flood_class_init (TestFloodClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = test_flood_read;
}

static void
test_flood_init (TestFlood *self)
{
}

static long
peak_kib (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static void
an_endless_attribute_is_not_held_in_memory (void)
{
  static const char *const heads[] = { HEAD PEOPLE "<teams><team id='", HEAD PEOPLE "<teams><team ", HEAD PEOPLE "<!--",
                                       HEAD PEOPLE "<teams><?x ", HEAD PEOPLE "<teams><![CDATA[", HEAD PEOPLE "<teams>&" };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (TestFlood) flood = g_object_new (TEST_TYPE_FLOOD, NULL);
      long before = peak_kib ();

      flood->head = heads[i];
      flood->left = G_GUINT64_CONSTANT (1) << 30;
      g_auto (Outcome) outcome = read_stream (G_INPUT_STREAM (flood));
      CU_ASSERT (peak_kib () - before < 16 * 1024);
      CU_ASSERT (flood->left > 1000000000);
      assert_kept (&outcome, 2, 0, i < 2 ? "a tag or a text is too long; accepted is 512 KiB" : "bad:1:");
    }
}

static void
a_flood_of_attributes_or_members_is_refused (void)
{
  g_autoptr (GString) text = g_string_new (HEAD PEOPLE "<teams><team"),
                      list = g_string_new (HEAD "<people><person id='ann'>");

  for (guint i = 0; i < 30000; i++)
    g_string_append_printf (text, " a%u=''", i);
  g_string_append (text, "/></teams>" TAIL);
  g_auto (Outcome) attributes = read_data (text->str, text->len);
  assert_kept (&attributes, 2, 0, "an element has too many attributes; accepted is 64 at most");

  for (guint i = 0; i < 300000; i++)
    g_string_append_printf (list, "<alias name='%u'/>", i);
  g_string_append (list, "</person><person id='bob'/></people>" TAIL);
  g_auto (Outcome) members = read_data (list->str, list->len);
  assert_kept (&members, 1, 1, "person “ann”: the record is too large; accepted is 2 MiB");
}

static void
values_out_of_their_range_are_rejected (void)
{
  assert_rejected ("person='ann' start='2024-01-01' duration='-PT1H'", "“duration” is “-PT1H”; accepted is ");
  assert_rejected ("person='ann' start='2024-01-01' duration='PT-1H'", "“duration” is “PT-1H”; accepted is ");
  assert_rejected ("person='ann' start='2024-01-01' hours='-1'", "“hours” is “-1”; accepted is ");
  assert_rejected ("person='ann' start='2024-01-01' duration='P1Y'", "“duration” is “P1Y”; accepted is ");
  assert_rejected ("person='ann' start='2024-01-01' duration='PT1.5H30M'", "“duration” is “PT1.5H30M”; accepted is ");
  assert_rejected ("person='ann' start='2024-01-01' duration='P1W2D'", "“duration” is “P1W2D”; accepted is ");
  assert_rejected ("person='ann' start='2024-01-01' duration='PT1H' hours='1'",
                   "both “duration” and “hours” are given");
  assert_rejected ("person='ann' start='2024-01-01' hours='0' duration='PT1H'",
                   "both “duration” and “hours” are given");
  assert_rejected ("person='ann' start='2024-01-02' ended='2024-01-01'", "“ended” is before “start”; accepted is ");
  assert_rejected ("person='ann' start='2024-02-30'", "“start” is “2024-02-30”; accepted is ");
  assert_rejected ("person='ann' start='9999-12-31'", "“start” is out of range; accepted is a time from 1900 to 2199");
  assert_rejected ("person='ann' start='99999-01-01'", "“start” is “99999-01-01”; accepted is ");
  assert_rejected ("person='ann' start='2024-01-01' cost='1e9'", "“cost” is “1e9”; accepted is ");
  assert_rejected ("person='ann' start='2024-01-01' cost='99999999999999999999'",
                   "“cost” is “99999999999999999999”; accepted is ");
  assert_rejected ("person='ann' start='2024-01-01' cost='-922337203685477.5808'", "“cost” is ");
  assert_rejected ("person='ann' start='2024-01-01' cost='NaN'", "“cost” is “NaN”; accepted is ");
  assert_rejected ("person='ann' start='2024-01-01' form='telepathy'",
                   "“form” is “telepathy”; accepted is unknown, formal, ");
  assert_rejected ("person='ann' start='2024-01-01' status=''", "“status” is “”; accepted is unknown, offered, ");
  assert_rejected ("person='ann' start='2024-01-01' external='maybe'",
                   "“external” is “maybe”; accepted is unknown, no, yes");
  assert_rejected ("person='' start='2024-01-01'", "“person”: a text is empty; accepted is one character or more");
  assert_rejected ("start='2024-01-01'", "“person” is missing");
  assert_rejected ("person='ann'", "there is no time; accepted is “start”, “ended” or “requested”");
  assert_rejected ("person='eve' start='2024-01-01'", "nobody declared the person “eve”");
}

static void
an_open_end_may_be_as_far_as_9999 (void)
{
  g_auto (Outcome) outcome = read_text (HEAD "<people><person id='ann' left='9999-12-31'/></people>" TAIL);

  CU_ASSERT_EQUAL (kennis_reader_get_n_added (outcome.reader), 1);
}

static void
a_text_that_is_too_long_is_rejected_alone (void)
{
  g_autofree char *word = g_strnfill (200000, 'w');
  g_autofree char *text = g_strdup_printf (HEAD PEOPLE "<teams><team id='%s'/></teams>" TAIL, word);
  g_auto (Outcome) outcome = read_text (text);

  assert_kept (&outcome, 2, 1, "accepted are 65535 at most");
}

static void
teams_in_a_circle_are_told (void)
{
  static const char text[] = HEAD PEOPLE "<teams><team id='a' parent='b'/><team id='b' parent='a'/></teams>" TAIL;
  g_auto (Outcome) circle = read_text (text);
  g_auto (Outcome) itself = read_text (HEAD PEOPLE "<teams><team id='a' parent='a'/></teams>" TAIL);
  g_auto (Outcome) missing = read_text (HEAD "<people><person id='ann' team='nowhere'/></people>" TAIL);
  g_autoptr (KennisReader) strict = kennis_reader_new ();
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GError) error = NULL;

  assert_kept (&circle, 2, 0, "bad: ");
  CU_ASSERT_FALSE (kennis_dataset_check (circle.dataset, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_CYCLE));
  g_clear_error (&error);
  assert_kept (&itself, 2, 1, "is its own parent");
  assert_kept (&missing, 1, 0, "nobody declared the team “nowhere”");

  kennis_reader_set_strict (strict, TRUE);
  CU_ASSERT_PTR_NULL (kennis_reader_load_stream (strict, stream, "bad", NULL, NULL, NULL, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_CYCLE));
}

static void
a_second_record_with_the_same_id_is_a_conflict_unless_it_is_equal (void)
{
  g_auto (Outcome) outcome =
      read_text (HEAD PEOPLE "<activities><activity id='1' person='ann' start='2024-01-01' hours='1'/>"
                             "<activity id='1' person='ann' start='2024-01-01' hours='2'/>"
                             "<activity id='1' person='ann' start='2024-01-01' duration='PT60M'/></activities>" TAIL);

  assert_kept (&outcome, 2, 1, "activity “1”: is there already with another “duration”");
  CU_ASSERT_EQUAL (kennis_reader_get_n_merged (outcome.reader), 1);
}

static void
what_is_no_document_is_an_error (void)
{
  static const guint8 zeros[4096] = { 0 };
  g_auto (Outcome) empty = read_text (""), blank = read_text (" \n\t"), csv = read_text ("id,person\n1,ann\n");
  g_auto (Outcome) nothing = read_data (zeros, sizeof zeros), angle = read_text ("<"),
                   tail = read_text (HEAD TAIL "<more/>");
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GFile) folder = g_file_new_for_path (g_get_tmp_dir ()), nowhere = g_file_new_for_path ("/nonexistent.xml");
  g_autoptr (GError) error = NULL;

  assert_nothing (&empty, "bad:1:1: the source is empty; accepted is CSV, LimeSurvey, Kennis XML, xAPI");
  assert_nothing (&blank, "bad:1:1: the source is of no known format");
  assert_nothing (&csv,
                  "bad:1:1: no mapping fits the columns “id”, “person”; accepted is a table that a mapping describes");
  assert_nothing (&nothing, "bad:1:1: the source is of no known format");
  assert_nothing (&angle, "the document is malformed");
  assert_nothing (&tail, "the document is malformed: Extra content");
  CU_ASSERT_PTR_NULL (kennis_reader_load (reader, folder, NULL, NULL, NULL, &error));
  CU_ASSERT (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY));
  g_clear_error (&error);
  CU_ASSERT_PTR_NULL (kennis_reader_load (reader, nowhere, NULL, NULL, NULL, &error));
  CU_ASSERT (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "/nonexistent.xml"));
}

static void
damaged_gzip_keeps_what_precedes (void)
{
  g_autoptr (GString) text = g_string_new (HEAD PEOPLE "<teams>");
  g_autoptr (GConverter) packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  g_autofree guint8 *packed = g_malloc (1 << 20);
  gsize n_in, n_out;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "<team id='%u'/>", i * 2654435761u);
  g_string_append (text, "</teams>" TAIL);
  g_converter_convert (packer, text->str, text->len, packed, 1 << 20, G_CONVERTER_INPUT_AT_END, &n_in, &n_out, NULL);

  g_auto (Outcome) cut = read_data (packed, n_out / 2);
  assert_kept (&cut, 2, 0, "the compressed data end too early");
  CU_ASSERT (kennis_dataset_count (cut.dataset, KENNIS_RECORD_TYPE_TEAM) > 1000);
  g_auto (Outcome) head = read_data (packed, 5);
  assert_nothing (&head, "the compressed data end too early");

  memcpy (packed + n_out, "more", 4);
  g_auto (Outcome) more = read_data (packed, n_out + 4);
  assert_kept (&more, 2, 0, "there is something else behind the compressed data");
  CU_ASSERT_EQUAL (kennis_dataset_count (more.dataset, KENNIS_RECORD_TYPE_TEAM), 20000);

  packed[n_out / 2] ^= 0x55;
  g_auto (Outcome) damaged = read_data (packed, n_out);
  CU_ASSERT (kennis_reader_get_n_diagnostics (damaged.reader, KENNIS_SEVERITY_ERROR) >= 1);
}

int
main (void)
{
  return kennis_test_main ("reader-bad-input", (CU_TestInfo[]) {
    { "a truncated document keeps what precedes", a_truncated_document_keeps_what_precedes },
    { "a strict reader refuses a truncated document", a_strict_reader_refuses_a_truncated_document },
    { "elements nested without end end the source", elements_nested_without_end_end_the_source },
    { "entities and document types are refused", entities_and_document_types_are_refused },
    { "another name space or document is not ours", another_name_space_or_document_is_not_ours },
    { "bytes that are not what they say end the source", bytes_that_are_not_what_they_say_end_the_source },
    { "a zero byte ends the source wherever it stands", a_zero_byte_ends_the_source_wherever_it_stands },
    { "an endless attribute is not held in memory", an_endless_attribute_is_not_held_in_memory },
    { "a flood of attributes or members is refused", a_flood_of_attributes_or_members_is_refused },
    { "values out of their range are rejected", values_out_of_their_range_are_rejected },
    { "an open end may be as far as 9999", an_open_end_may_be_as_far_as_9999 },
    { "a text that is too long is rejected alone", a_text_that_is_too_long_is_rejected_alone },
    { "teams in a circle are told", teams_in_a_circle_are_told },
    { "a second record with the same id is a conflict unless it is equal",
      a_second_record_with_the_same_id_is_a_conflict_unless_it_is_equal },
    { "what is no document is an error", what_is_no_document_is_an_error },
    { "damaged gzip keeps what precedes", damaged_gzip_keeps_what_precedes },
    CU_TEST_INFO_NULL,
  });
}
