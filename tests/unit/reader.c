#include "config.h"

#include "kennis-test.h"
#include "read/kennis-reader-private.h"

#include <glib/gstdio.h>

#define HEAD "<kennis xmlns='urn:kennis:records:1' version='1' time-zone='Europe/Amsterdam' currency='EUR'>\n"
#define TAIL "</kennis>\n"
#define PEOPLE "<people><person id='ann' team='t1'/><person id='bob' team='t1'/></people><teams><team id='t1'/></teams>\n"

/* Gives one byte at a time, as a pipe may. */
#define TEST_TYPE_DRIP (test_drip_get_type ())
G_DECLARE_FINAL_TYPE (TestDrip, test_drip, TEST, DRIP, GInputStream)

struct _TestDrip
{
  GInputStream parent_instance;
  const char *text;
  gsize length, at;
};

G_DEFINE_FINAL_TYPE (TestDrip, test_drip, G_TYPE_INPUT_STREAM)

static gssize
test_drip_read (GInputStream *stream, void *buffer, gsize room, GCancellable *cancellable, GError **error)
{
  TestDrip *self = TEST_DRIP (stream);

  if (self->at == self->length)
    return 0;
  *(char *) buffer = self->text[self->at++];
  return 1;
}

static void
test_drip_class_init (TestDripClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = test_drip_read;
}

static void
test_drip_init (TestDrip *self)
{
}

static GInputStream *
stream_of (const char *text)
{
  return g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
}

static KennisDataset *
load_text (KennisReader *reader, const char *text)
{
  g_autoptr (GInputStream) stream = stream_of (text);
  g_autoptr (GError) error = NULL;
  KennisDataset *dataset = kennis_reader_load_stream (reader, stream, "text", NULL, NULL, NULL, &error);

  if (error != NULL)
    printf ("# %s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  return dataset;
}

static char *
record_text (KennisDataset *dataset, KennisRecordType type, guint64 position)
{
  g_autoptr (KennisRecord) record = kennis_dataset_get_record (dataset, type, position);

  return record != NULL ? kennis_record_to_string (record) : g_strdup ("none");
}

static void
assert_record (KennisDataset *dataset, KennisRecordType type, guint64 position, const char *expected)
{
  g_autofree char *text = record_text (dataset, type, position);

  if (!g_str_equal (text, expected))
    printf ("# is  %s\n# not %s\n", text, expected);
  CU_ASSERT_STRING_EQUAL (text, expected);
}

static char *
diagnostic_text (KennisReader *reader, guint i)
{
  g_autoptr (KennisDiagnostic) diagnostic = g_list_model_get_item (kennis_reader_get_diagnostics (reader), i);

  return diagnostic != NULL ? kennis_diagnostic_to_string (diagnostic) : g_strdup ("none");
}

static void
assert_diagnostic (KennisReader *reader, guint i, const char *expected)
{
  g_autofree char *text = diagnostic_text (reader, i);

  if (!g_str_has_prefix (text, expected))
    printf ("# is  %s\n# not %s\n", text, expected);
  CU_ASSERT (g_str_has_prefix (text, expected));
}

static void
assert_sum (KennisReader *reader)
{
  CU_ASSERT_EQUAL (kennis_reader_get_n_read (reader),
                   kennis_reader_get_n_added (reader) + kennis_reader_get_n_merged (reader)
                       + kennis_reader_get_n_rejected (reader) + kennis_reader_get_n_ignored (reader));
}

static const char everything[] = HEAD
  "<coverages><coverage record='activity' field='duration' group='t1' from='2024-01-01' until='2025-01-01'/></coverages>"
  "<people><person id='ann' effective='2024-02-01' team='t1' role='engineer' discipline='steel' leader='bob' fte='0.8'"
  " present='0.95' hourly-cost='62.5' hired='2020-01-01' left='2030-01-01' included='yes'><alias name='b'/><attribute"
  " name='gender' value='f'/><alias name='a@example.org'/><attribute name='category' value='a = b'/></person>"
  "<person id='bob'/></people>"
  "<teams><team id='t1' parent='t0' name='One &amp; only'/><team id='t0'/></teams>"
  "<topics><topic id='x' parent='y' name='Welding' discipline='steel'/><topic id='y'/></topics>"
  "<needs><need topic='x' team='t1' role='engineer' people='3'/></needs>"
  "<holdings><holding person='bob' topic='x' level='2.5' source='diploma' time='2019-05-01'/></holdings>"
  "<programmes><programme id='p' name='P'><about topic='y'/><about topic='x'/><input name='cost' value='pert(1,2,3)'/>"
  "</programme></programmes>"
  "<activities><activity id='a1' session='s' person='ann' form='formal' topic='x' start='2024-03-01T09:30:00+01:00'"
  " ended='2024-03-01T11:00:00Z' duration='PT1H30M' cost='99.95' setting='detached' approach='classroom' initiative='self'"
  " status='completed' requested='2024-01-01' decided='2024-01-02' applied='2024-03-05' evaluated='2024-03-06'"
  " external='no'/></activities>"
  "<sharings><sharing id='s1' session='s' giver='bob' receiver='ann' kind='mentoring' topic='x' time='2024-03-02'"
  " hours='0.25' knowledge='implicit' initiative='manager' outside='no'/></sharings>"
  "<moments><moment session='s' team='t1' kind='check-out' time='2024-03-08T15:00:00Z'><attendee person='bob'/><attendee"
  " person='ann'/><attendee person='bob'/></moment></moments>"
  "<talks><talk person='ann' leader='bob' kind='growth' planned='2024-04-01' held='2024-04-02'/></talks>"
  "<goals><goal person='ann' own='yes' set='2024-01-01' due='2024-12-31' reached='2024-06-01'/></goals>"
  "<invitations><invitation instrument='i' wave='w' team='t1' people='9' from='2024-01-01' until='2024-02-01'/></invitations>"
  "<responses><response instrument='i' wave='w' respondent='r1' team='t1' item='q1' score='4' language='nl'"
  " time='2024-01-05'/></responses>"
  "<outcomes><outcome team='t1' measure='errors' period='2024-01-01' value='-1.25'/></outcomes>" TAIL;

static void
every_type_of_record_is_read (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = load_text (reader, everything);

  for (guint i = 0; i < KENNIS_N_RECORD_TYPES; i++)
    CU_ASSERT (kennis_dataset_count (dataset, i) >= 1);
  CU_ASSERT_EQUAL (kennis_reader_get_n_read (reader), 18);
  CU_ASSERT_EQUAL (kennis_reader_get_n_added (reader), 18);
  CU_ASSERT_EQUAL (g_list_model_get_n_items (kennis_reader_get_diagnostics (reader)), 0);
  CU_ASSERT_STRING_EQUAL (kennis_dataset_get_time_zone (dataset), "Europe/Amsterdam");

  assert_record (
      dataset, KENNIS_RECORD_TYPE_PERSON, 0,
      "person id=\"ann\" effective=\"2024-01-31T23:00:00Z\" team=\"t1\" role=\"engineer\" discipline=\"steel\" "
      "leader=\"bob\" fte=\"0.8\" present=\"0.95\" hourly-cost=\"62.5\" hired=\"2019-12-31T23:00:00Z\" "
      "left=\"2029-12-31T23:00:00Z\" included=\"yes\" aliases=\"a@example.org b\" "
      "attributes=\"category=a = b gender=f\"");
  assert_record (dataset, KENNIS_RECORD_TYPE_TEAM, 0, "team id=\"t1\" parent=\"t0\" name=\"One & only\"");
  assert_record (
      dataset, KENNIS_RECORD_TYPE_ACTIVITY, 0,
      "activity id=\"a1\" session=\"s\" person=\"ann\" form=\"formal\" topic=\"x\" start=\"2024-03-01T08:30:00Z\" "
      "ended=\"2024-03-01T11:00:00Z\" duration=\"PT1H30M\" cost=\"99.95\" setting=\"detached\" "
      "approach=\"classroom\" initiative=\"self\" status=\"completed\" requested=\"2023-12-31T23:00:00Z\" "
      "decided=\"2024-01-01T23:00:00Z\" applied=\"2024-03-04T23:00:00Z\" evaluated=\"2024-03-05T23:00:00Z\" "
      "external=\"no\"");
  assert_record (
      dataset, KENNIS_RECORD_TYPE_SHARING, 0,
      "sharing id=\"s1\" session=\"s\" giver=\"bob\" receiver=\"ann\" kind=\"mentoring\" topic=\"x\" "
      "time=\"2024-03-01T23:00:00Z\" duration=\"PT15M\" knowledge=\"implicit\" initiative=\"manager\" outside=\"no\"");
  assert_record (
      dataset, KENNIS_RECORD_TYPE_MOMENT, 0,
      "moment session=\"s\" team=\"t1\" kind=\"check-out\" time=\"2024-03-08T15:00:00Z\" attendees=\"ann bob\"");
  assert_record (dataset, KENNIS_RECORD_TYPE_PROGRAMME, 0,
                 "programme id=\"p\" name=\"P\" topics=\"x y\" inputs=\"cost=pert(1,2,3)\"");
  assert_record (dataset, KENNIS_RECORD_TYPE_OUTCOME, 0,
                 "outcome team=\"t1\" measure=\"errors\" period=\"2023-12-31T23:00:00Z\" value=\"-1.25\"");
}

static void
a_rejected_record_is_told_with_its_place_and_what_is_accepted (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset =
      load_text (reader, HEAD PEOPLE "<activities>\n"
                                     "  <activity id='a1' person='ann' form='course' start='2024-01-01'/>\n"
                                     "  <activity id='a2' person='eve' start='2024-01-01'/>\n"
                                     "  <activity id='a3' person='bob' start='2024-01-01'/>\n"
                                     "  <activity person='bob' strat='2024-01-01'/>\n"
                                     "</activities>\n" TAIL);

  CU_ASSERT_EQUAL (kennis_reader_get_n_rejected (reader), 3);
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_ACTIVITY), 1);
  CU_ASSERT_EQUAL (kennis_reader_get_n_diagnostics (reader, KENNIS_SEVERITY_ERROR), 3);
  assert_diagnostic (reader, 0,
                     "text:4:3: activity “a1”: “form” is “course”; accepted is unknown, formal, workplace, ");
  assert_diagnostic (reader, 1, "text:5:3: activity “a2”: nobody declared the person “eve”; accepted is one that was ");
  assert_diagnostic (reader, 2,
                     "text:7:3: activity of person “bob”: there is no attribute “strat”; accepted is id, session, ");
  assert_sum (reader);
}

static void
counts_tell_what_became_of_every_record (void)
{
  g_autoptr (GBytes) key = g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32);
  g_autoptr (KennisSuppression) suppression = kennis_suppression_new (key);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = NULL;

  kennis_suppression_add (suppression, "eve");
  kennis_reader_set_suppression (reader, suppression);
  kennis_reader_set_accept_seen (reader, TRUE);
  dataset = load_text (reader, HEAD PEOPLE "<activities>"
                                           "<activity id='1' person='ann' start='2024-01-01'/>"
                                           "<activity id='1' person='ann' start='2024-01-01'/>"
                                           "<activity id='1' person='bob' start='2024-01-01'/>"
                                           "<activity id='2' person='eve' start='2024-01-01'/>"
                                           "<activity id='3' person='zoe' start='2024-01-01'/></activities>" TAIL);
  CU_ASSERT_EQUAL (kennis_reader_get_n_read (reader), 8);
  CU_ASSERT_EQUAL (kennis_reader_get_n_added (reader), 5);
  CU_ASSERT_EQUAL (kennis_reader_get_n_merged (reader), 1);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rejected (reader), 1);
  CU_ASSERT_EQUAL (kennis_reader_get_n_ignored (reader), 1);
  CU_ASSERT_EQUAL (kennis_reader_get_n_seen (reader), 1);
  assert_diagnostic (reader, 0, "text:3:");
  assert_sum (reader);

  kennis_reader_reset (reader);
  CU_ASSERT_EQUAL (kennis_reader_get_n_read (reader), 0);
  CU_ASSERT_EQUAL (g_list_model_get_n_items (kennis_reader_get_diagnostics (reader)), 0);
}

static void
a_strict_reader_stops_at_the_first_reject (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = kennis_dataset_new ("Europe/Amsterdam", "EUR", NULL);
  g_autoptr (GInputStream) stream =
      stream_of (HEAD PEOPLE "<activities><activity person='ann' start='2024-01-01'/>"
                             "<activity person='ann' start='soon'/>"
                             "<activity person='ann' start='2024-01-02'/></activities>" TAIL);
  g_autoptr (GError) error = NULL;

  kennis_reader_set_strict (reader, TRUE);
  CU_ASSERT_FALSE (kennis_reader_read_stream (reader, stream, "text", dataset, NULL, NULL, NULL, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
  CU_ASSERT (g_str_has_prefix (error->message, "text:3:56: activity of person “ann”: “start” is “soon”; accepted is "));
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_ACTIVITY), 1);
}

static void
diagnostics_are_kept_up_to_a_number_and_counted_all (void)
{
  g_autoptr (GString) text = g_string_new (HEAD "<teams>");
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = NULL;

  for (guint i = 0; i < 50; i++)
    g_string_append (text, "<team/>");
  g_string_append (text, "</teams>" TAIL);
  kennis_reader_set_max_diagnostics (reader, 7);
  dataset = load_text (reader, text->str);
  CU_ASSERT_EQUAL (g_list_model_get_n_items (kennis_reader_get_diagnostics (reader)), 7);
  CU_ASSERT_EQUAL (kennis_reader_get_n_diagnostics (reader, KENNIS_SEVERITY_ERROR), 50);
  assert_diagnostic (reader, 0, "text:2:8: team: “id” is missing");
}

static void
another_time_zone_or_currency_is_refused_by_name (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = kennis_dataset_new ("UTC", "EUR", NULL);
  g_autoptr (GInputStream) stream = stream_of (HEAD PEOPLE TAIL);
  g_autoptr (GError) error = NULL;

  CU_ASSERT_FALSE (kennis_reader_read_stream (reader, stream, "text", dataset, NULL, NULL, NULL, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INCOMPATIBLE));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "Europe/Amsterdam"));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "UTC"));
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_PERSON), 0);
}

static void
years_and_months_are_read_only_with_a_length (void)
{
  static const char text[] =
      HEAD PEOPLE "<activities><activity person='ann' start='2024-01-01' duration='P1M'/></activities>" TAIL;
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) without = load_text (reader, text), with = NULL;

  CU_ASSERT_EQUAL (kennis_reader_get_n_rejected (reader), 1);
  kennis_reader_set_year_days (reader, 360);
  with = load_text (reader, text);
  assert_record (with, KENNIS_RECORD_TYPE_ACTIVITY, 0,
                 "activity person=\"ann\" start=\"2023-12-31T23:00:00Z\" duration=\"PT720H\"");
}

static void
groups_stand_in_one_order (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = load_text (
      reader, HEAD "<teams><team id='t1'/></teams><people><person id='ann'/></people><teams><team id='t2'/></teams>"
                   "<surprises><surprise/></surprises><topics><team id='t3'/><topic id='x'/></topics>" TAIL);

  CU_ASSERT_EQUAL (kennis_reader_get_n_rejected (reader), 4);
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_TEAM), 1);
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_TOPIC), 1);
  assert_diagnostic (reader, 0, "text:2:39: person “ann”: <people> stands behind <teams>");
  assert_diagnostic (reader, 1, "text:2:73: team “t2”: <teams> stands behind <teams>");
  assert_diagnostic (reader, 2, "text:2:96: there is no element “surprises”; accepted is <coverages>");
  assert_diagnostic (reader, 3, "text:2:138: there is no element “team” in <topics>; accepted is <topic>");
  assert_sum (reader);
}

static void
what_is_not_ours_is_left_alone_and_what_could_be_a_slip_is_not (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset =
      load_text (reader, HEAD
                 "<x:note xmlns:x='urn:x'><x:team id='t0'/></x:note><!-- no --><?no thing?>"
                 "\n<people><person id='p'><alias/></person><person id='q'><attribute name='a'/></person>"
                 "<person id='r'><alias name='n' value='v'/></person></people>"
                 "\n<teams x:y='1' xmlns:x='urn:x'><team id='t1' x:id='t2'><x:z/></team>stray<team id='t3'>text</team>"
                 "<team id='t4'><alias name='q'/></team></teams>" TAIL);

  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_TEAM), 1);
  CU_ASSERT_EQUAL (kennis_reader_get_n_diagnostics (reader, KENNIS_SEVERITY_NOTE), 2);
  CU_ASSERT_EQUAL (kennis_reader_get_n_diagnostics (reader, KENNIS_SEVERITY_WARNING), 1);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rejected (reader), 5);
  assert_diagnostic (reader, 0, "text:2:1: the element “x:note” is of another name space, and ignored");
  assert_diagnostic (reader, 1, "text:3:9: person “p”: an element inside has no attribute “name”");
  assert_diagnostic (reader, 2, "text:3:41: person “q”: an element inside has no attribute “value”");
  assert_diagnostic (reader, 3, "text:3:86: person “r”: there is no attribute “value”");
  assert_diagnostic (reader, 4, "text:4:32: team “t1”: the element “x:z” is of another name space, and ignored");
  assert_diagnostic (reader, 5, "text:4:69: there is the text “stray”; accepted is elements");
  assert_diagnostic (reader, 6, "text:4:74: team “t3”: there is the text “text”");
  assert_diagnostic (reader, 7, "text:4:99: team “t4”: there is no element “alias”; accepted is id, parent, name");
  assert_sum (reader);
}

static void
text_comes_in_any_encoding_and_in_any_pieces (void)
{
  static const char *const encodings[] = { "UTF-8", "UTF-16", "UTF-16LE", "ISO-8859-1", "WINDOWS-1252" };

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autofree char *text = g_strdup_printf ("<?xml version='1.0' encoding='%s'?>" HEAD
                                               "<teams><team id='caf\303\251' name='a&#x20AC;&quot;'/></teams>" TAIL,
                                               encodings[i]);
      gsize length;
      g_autofree char *coded = g_convert (text, -1, encodings[i], "UTF-8", NULL, &length, NULL);
      g_autoptr (TestDrip) drip = g_object_new (TEST_TYPE_DRIP, NULL);
      g_autoptr (KennisReader) reader = kennis_reader_new ();
      g_autoptr (KennisDataset) dataset = NULL;
      g_autoptr (GError) error = NULL;

      drip->text = coded;
      drip->length = length;
      dataset = kennis_reader_load_stream (reader, G_INPUT_STREAM (drip), "drip", NULL, NULL, NULL, &error);
      if (dataset == NULL)
        printf ("# %s: %s\n", encodings[i], error->message);
      CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
      assert_record (dataset, KENNIS_RECORD_TYPE_TEAM, 0, "team id=\"caf\303\251\" name=\"a\342\202\254\"\"");
    }
}

static GByteArray *
gzip (const char *text, gsize length, GByteArray *to)
{
  g_autoptr (GConverter) packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  g_autofree guint8 *room = g_malloc (length + 1000);
  gsize n_in, n_out;

  CU_ASSERT_EQUAL (
      g_converter_convert (packer, text, length, room, length + 1000, G_CONVERTER_INPUT_AT_END, &n_in, &n_out, NULL),
      G_CONVERTER_FINISHED);
  return g_byte_array_append (to, room, (guint) n_out);
}

static void
gzip_is_unpacked_member_after_member (void)
{
  gsize half = strlen (everything) / 2;
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  g_autoptr (GInputStream) stream = NULL, unpacked = NULL;
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = NULL;
  g_auto (GStrv) fingerprints = NULL;

  gzip (everything, half, packed);
  gzip (everything + half, strlen (everything) - half, packed);
  g_byte_array_append (packed, (const guint8[3]) { 0 }, 3);
  stream = g_memory_input_stream_new_from_data (packed->data, packed->len, NULL);
  dataset = kennis_reader_load_stream (reader, stream, "packed", NULL, NULL, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  CU_ASSERT_EQUAL (kennis_reader_get_n_added (reader), 18);
  unpacked = g_memory_input_stream_new_from_data (everything, strlen (everything), NULL);
  g_object_unref (dataset);
  dataset = kennis_reader_load_stream (reader, unpacked, "packed", NULL, NULL, NULL, NULL);
  fingerprints = kennis_reader_get_fingerprints (reader);
  CU_ASSERT_STRING_EQUAL (fingerprints[0], fingerprints[1]);
}

typedef struct
{
  guint   n_batches;
  guint64 n_events;
} Batches;

static gboolean
take_batch (KennisDataset *batch, gpointer data, GError **error)
{
  Batches *seen = data;

  seen->n_batches++;
  seen->n_events +=
      kennis_dataset_count (batch, KENNIS_RECORD_TYPE_ACTIVITY) + kennis_dataset_count (batch, KENNIS_RECORD_TYPE_GOAL);
  CU_ASSERT (kennis_dataset_count (batch, KENNIS_RECORD_TYPE_ACTIVITY) <= KENNIS_BATCH_EVENTS);
  return TRUE;
}

static char *
many_activities (guint n)
{
  GString *text = g_string_new (HEAD PEOPLE "<activities>\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "<activity id='%u' person='%s' start='2024-01-%02uT10:00Z' hours='%u.5'/>\n", i,
                            i % 2 ? "ann" : "bob", 1 + i % 31, i % 9);
  g_string_append (text, "</activities><goals><goal person='ann' set='2024-01-01'/></goals>" TAIL);
  return g_string_free (text, FALSE);
}

static void
events_come_in_batches_and_leave_the_dataset (void)
{
  g_autofree char *text = many_activities (2 * KENNIS_BATCH_EVENTS + 10);
  g_autoptr (GInputStream) stream = stream_of (text);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = NULL;
  Batches seen = { 0 };

  CU_ASSERT (
      kennis_reader_read_batches (reader, NULL, stream, "text", &dataset, take_batch, &seen, NULL, NULL, NULL, NULL));
  CU_ASSERT_EQUAL (seen.n_batches, 3);
  CU_ASSERT_EQUAL (seen.n_events, 2 * KENNIS_BATCH_EVENTS + 11);
  CU_ASSERT_EQUAL (kennis_reader_get_n_added (reader), 2 * KENNIS_BATCH_EVENTS + 14);
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_ACTIVITY), 0);
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_PERSON), 2);
}

static gboolean
refuse_batch (KennisDataset *batch, gpointer data, GError **error)
{
  g_set_error_literal (error, KENNIS_ERROR, KENNIS_ERROR_OVERFLOW, "enough");
  return FALSE;
}

static void
an_error_of_the_batch_ends_the_reading (void)
{
  g_autofree char *text = many_activities (3 * KENNIS_BATCH_EVENTS);
  g_autoptr (GInputStream) stream = stream_of (text);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  CU_ASSERT_FALSE (kennis_reader_read_batches (reader, NULL, stream, "text", &dataset, refuse_batch, NULL, NULL, NULL,
                                               NULL, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_OVERFLOW));
}

typedef struct
{
  GMainLoop     *loop;
  KennisDataset *dataset;
  GThread       *thread;
  guint          n_reports, n_elsewhere, n_freed;
} Async;

static void
on_progress (double fraction, gpointer data)
{
  Async *async = data;

  async->n_reports++;
  async->n_elsewhere += g_thread_self () != async->thread;
  CU_ASSERT (fraction >= 0 && fraction <= 1);
}

static void
on_progress_freed (gpointer data)
{
  ((Async *) data)->n_freed += g_thread_self () == ((Async *) data)->thread;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Async *async = data;

  async->dataset = kennis_reader_load_finish (KENNIS_READER (source), result, NULL);
  CU_ASSERT_EQUAL (async->n_freed, 1);
  g_main_loop_quit (async->loop);
}

static void
loading_goes_on_in_another_thread_and_reports_in_this_one (void)
{
#ifdef __SANITIZE_THREAD__
  kennis_test_skip ("ThreadSanitizer does not see how GTask hands over from one thread to the other");
  return;
#endif
  g_autofree char *text = many_activities (100000);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kennis-reader-XXXXXX", NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GFile) file = NULL;
  Async async = { .loop = loop, .thread = g_thread_self () };
  int fd = g_mkstemp (path);

  CU_ASSERT_FATAL (fd >= 0 && g_close (fd, NULL));
  CU_ASSERT (g_file_set_contents (path, text, -1, NULL));
  file = g_file_new_for_path (path);
  kennis_reader_load_async (reader, file, on_progress, &async, on_progress_freed, NULL, on_loaded, &async);
  g_main_loop_run (loop);
  g_unlink (path);
  CU_ASSERT_FATAL (async.dataset != NULL && async.n_reports > 0 && async.n_elsewhere == 0);
  CU_ASSERT_EQUAL (kennis_dataset_count (async.dataset, KENNIS_RECORD_TYPE_ACTIVITY), 100000);
  g_object_unref (async.dataset);
}

static void
cancel_at_once (double fraction, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
cancelling_ends_the_reading_with_whole_records (void)
{
  g_autofree char *text = many_activities (50000);
  g_autoptr (GInputStream) stream = stream_of (text);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = kennis_dataset_new ("Europe/Amsterdam", "EUR", NULL);
  g_autoptr (GError) error = NULL;

  CU_ASSERT_FALSE (
      kennis_reader_read_stream (reader, stream, "text", dataset, cancel_at_once, cancellable, cancellable, &error));
  CU_ASSERT (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  CU_ASSERT (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_ACTIVITY) < 50000);
  assert_sum (reader);
}

static void
two_sources_may_complete_each_other (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = kennis_dataset_new ("Europe/Amsterdam", "EUR", NULL);
  g_autoptr (GInputStream) first = stream_of (HEAD "<people><person id='ann' team='t1'/></people>" TAIL);
  g_autoptr (GInputStream) second = stream_of (HEAD "<teams><team id='t1'/></teams>" TAIL);
  g_auto (GStrv) fingerprints = NULL;

  CU_ASSERT (kennis_reader_read_stream (reader, first, "1", dataset, NULL, NULL, NULL, NULL));
  CU_ASSERT_FALSE (kennis_dataset_check (dataset, NULL));
  CU_ASSERT (kennis_reader_read_stream (reader, second, "2", dataset, NULL, NULL, NULL, NULL));
  CU_ASSERT (kennis_dataset_check (dataset, NULL));
  fingerprints = kennis_reader_get_fingerprints (reader);
  CU_ASSERT (g_strv_length (fingerprints) == 2 && !g_str_equal (fingerprints[0], fingerprints[1]));
}

int
main (void)
{
  return kennis_test_main ("reader", (CU_TestInfo[]) {
    { "every type of record is read", every_type_of_record_is_read },
    { "a rejected record is told with its place and what is accepted",
      a_rejected_record_is_told_with_its_place_and_what_is_accepted },
    { "counts tell what became of every record", counts_tell_what_became_of_every_record },
    { "a strict reader stops at the first reject", a_strict_reader_stops_at_the_first_reject },
    { "diagnostics are kept up to a number and counted all", diagnostics_are_kept_up_to_a_number_and_counted_all },
    { "another time zone or currency is refused by name", another_time_zone_or_currency_is_refused_by_name },
    { "years and months are read only with a length", years_and_months_are_read_only_with_a_length },
    { "groups stand in one order", groups_stand_in_one_order },
    { "what is not ours is left alone, and what could be a slip is not",
      what_is_not_ours_is_left_alone_and_what_could_be_a_slip_is_not },
    { "text comes in any encoding and in any pieces", text_comes_in_any_encoding_and_in_any_pieces },
    { "gzip is unpacked, member after member", gzip_is_unpacked_member_after_member },
    { "events come in batches and leave the dataset", events_come_in_batches_and_leave_the_dataset },
    { "an error of the batch ends the reading", an_error_of_the_batch_ends_the_reading },
    { "loading goes on in another thread and reports in this one",
      loading_goes_on_in_another_thread_and_reports_in_this_one },
    { "cancelling ends the reading with whole records", cancelling_ends_the_reading_with_whole_records },
    { "two sources may complete each other", two_sources_may_complete_each_other },
    CU_TEST_INFO_NULL,
  });
}
