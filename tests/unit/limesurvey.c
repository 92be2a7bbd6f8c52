#include "config.h"

#include "kennis-test.h"

#include <string.h>

/* A survey with an array of coded answers, a list in an order, a choice of five points and a text. */
#define ROW(text) "<row>" text "</row>"
#define QUESTION(qid, parent, type, title, order)                                                                                \
  ROW ("<qid>" qid "</qid><parent_qid>" parent "</parent_qid><gid>4</gid><type>" type "</type><title>" title                     \
       "</title><question_order>" order "</question_order><scale_id>0</scale_id>")
#define ANSWER(aid, qid, code, order)                                                                                             \
  ROW ("<aid>" aid "</aid><qid>" qid "</qid><code>" code "</code><sortorder>" order "</sortorder><scale_id>0</scale_id>")
#define TEXT(table, key, id, text, language)                                                                                     \
  ROW ("<" key ">" id "</" key "><" table "><![CDATA[" text "]]></" table "><language>" language "</language>")

static const char survey[] =
    "<document><LimeSurveyDocType>Survey</LimeSurveyDocType><answers><rows>" ANSWER ("1", "10", "A3", "3")
    ANSWER ("2", "10", "A1", "1") ANSWER ("3", "10", "A2", "2") ANSWER ("4", "20", "often", "1") ANSWER ("5", "20", "never", "0")
    "</rows></answers><answer_l10ns><rows>" TEXT ("answer", "aid", "1", "Fully", "en") TEXT ("answer", "aid", "1", "Helemaal", "nl")
    TEXT ("answer", "aid", "2", "<b>Not&nbsp;at</b> all", "en") TEXT ("answer", "aid", "3", "Half", "en")
    "</rows></answer_l10ns><groups><rows><row><gid>4</gid><group_order>1</group_order></row></rows></groups><group_l10ns><rows>"
    TEXT ("group_name", "gid", "4", "Learning", "en") TEXT ("group_name", "gid", "4", "Leren", "nl")
    "</rows></group_l10ns><questions><rows>" QUESTION ("30", "0", "5", "Q3", "3") QUESTION ("10", "0", "F", "Q1", "1")
    QUESTION ("20", "0", "L", "Q2", "2") QUESTION ("40", "0", "T", "Q4", "4")
    "</rows></questions><subquestions><rows>" QUESTION ("12", "10", "T", "SQ2", "2") QUESTION ("11", "10", "T", "SQ1", "1")
    "</rows></subquestions><question_l10ns><rows>" TEXT ("question", "qid", "10", "Agree?", "en")
    TEXT ("question", "qid", "11", "I <em>learn</em>", "en") TEXT ("question", "qid", "11", "Ik leer", "nl")
    "</rows></question_l10ns><surveys><rows><row><sid>77</sid></row></rows></surveys></document>";

static const char responses[] =
    "<?xml version=\"1.0\"?><document><LimeSurveyDocType>Responses</LimeSurveyDocType><responses><fields><fieldname>id</fieldname><fieldname>token</fieldname>"
    "<fieldname>submitdate</fieldname><fieldname>startlanguage</fieldname><fieldname>77X4X10SQ1</fieldname>"
    "<fieldname>77X4X10SQ2</fieldname><fieldname>77X4X20</fieldname><fieldname>77X4X30</fieldname><fieldname>77X4X40</fieldname></fields><rows>"
    "<row><id>1</id><submitdate>2024-03-01 10:00:00</submitdate><startlanguage>nl</startlanguage><_77X4X10SQ1>A3</_77X4X10SQ1>"
    "<_77X4X10SQ2/><_77X4X20><![CDATA[often]]></_77X4X20><_77X4X30>4</_77X4X30><_77X4X40>I \"like\",\nit</_77X4X40></row>"
    "<row><id>2</id><startlanguage>en</startlanguage><_77X4X10SQ1>A1</_77X4X10SQ1></row>"
    "<row><id>3</id><submitdate>yesterday</submitdate><startlanguage>en</startlanguage><_77X4X30>2</_77X4X30></row>"
    "<row><id>4</id><submitdate>2024-03-02 10:00:00</submitdate><startlanguage>en</startlanguage><_77X4X20>never</_77X4X20></row>"
    "</rows></responses></document>";

static void
put (GByteArray *to, guint64 value, guint n)
{
  for (guint i = 0; i < n; i++)
    g_byte_array_append (to, (guint8[1]){ (guint8) (i < 8 ? value >> 8 * i : 0) }, 1);
}

static GBytes *
deflate (const char *text)
{
  g_autoptr (GZlibCompressor) deflater = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, -1);
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (plain, G_CONVERTER (deflater));

  return g_input_stream_read_bytes (packed, 1 << 20, NULL, NULL);
}

/* CRC-32 bit by bit, as ISO 3309 defines it. */
static guint32
checksum (const char *text)
{
  guint32 sum = G_MAXUINT32;

  for (; *text != '\0'; text++)
    {
      sum ^= (guint8) *text;
      for (guint bit = 0; bit < 8; bit++)
        sum = (sum & 1) != 0 ? sum >> 1 ^ 0xedb88320u : sum >> 1;
    }

  return ~sum;
}

/* One entry's part of the archive and of its directory. */
static void
add_file (GByteArray *archive, GByteArray *directory, const char *name, const char *text, gboolean packed)
{
  g_autoptr (GBytes) data = packed ? deflate (text) : g_bytes_new (text, strlen (text));
  guint at = archive->len;

  put (archive, 0x04034b50, 4), put (archive, 20, 2), put (archive, 0, 2), put (archive, packed ? 8 : 0, 2);
  put (archive, 0, 4), put (archive, checksum (text), 4), put (archive, g_bytes_get_size (data), 4);
  put (archive, strlen (text), 4);
  put (archive, strlen (name), 2), put (archive, 0, 2);
  g_byte_array_append (archive, (const guint8 *) name, (guint) strlen (name));
  g_byte_array_append (archive, g_bytes_get_data (data, NULL), (guint) g_bytes_get_size (data));
  put (directory, 0x02014b50, 4), put (directory, 20, 2), put (directory, 20, 2), put (directory, 0, 2);
  put (directory, packed ? 8 : 0, 2), put (directory, 0, 4), put (directory, checksum (text), 4);
  put (directory, g_bytes_get_size (data), 4);
  put (directory, strlen (text), 4), put (directory, strlen (name), 2), put (directory, 0, 12), put (directory, at, 4);
  g_byte_array_append (directory, (const guint8 *) name, (guint) strlen (name));
}

static GByteArray *
archive_of (const char *lss, const char *lsr, gboolean packed)
{
  GByteArray *archive = g_byte_array_new ();
  g_autoptr (GByteArray) directory = g_byte_array_new ();
  guint at;

  add_file (archive, directory, "survey_77.lss", lss, packed);
  add_file (archive, directory, "survey_77_responses.lsr", lsr, packed);
  at = archive->len;
  g_byte_array_append (archive, directory->data, directory->len);
  put (archive, 0x06054b50, 4), put (archive, 0, 4), put (archive, 2, 2), put (archive, 2, 2);
  put (archive, directory->len, 4), put (archive, at, 4), put (archive, 0, 2);

  return archive;
}

static KennisDataset *
read_with (KennisReader *reader, const void *data, gsize size, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  KennisDataset *dataset;

  kennis_reader_set_accept_seen (reader, TRUE);
  dataset = kennis_reader_load_stream (reader, stream, "x", NULL, NULL, NULL, error);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows (reader), kennis_reader_get_n_rows_used (reader)
                                                          + kennis_reader_get_n_rows_rejected (reader)
                                                          + kennis_reader_get_n_rows_ignored (reader));
  return dataset;
}

/* "77|Q1[SQ1]=3": of each response who, what, and how much. */
static char *
list (KennisDataset *dataset)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_RESPONSE); i++)
    {
      g_autoptr (KennisRecord) record = kennis_dataset_get_record (dataset, KENNIS_RECORD_TYPE_RESPONSE, i);
      g_autofree char *respondent = NULL, *item = NULL;
      double score;

      g_object_get (record, "respondent", &respondent, "item", &item, "score", &score, NULL);
      g_string_append_printf (all, "%s%s|%s=%g", i > 0 ? " " : "", respondent, item, score);
    }
  return g_string_free (all, FALSE);
}

static void
an_archive_becomes_responses_with_the_codes_of_questions (void)
{
  for (guint packed = 0; packed < 2; packed++)
    {
      g_autoptr (GByteArray) archive = archive_of (survey, responses, packed == 1);
      g_autoptr (KennisReader) reader = kennis_reader_new ();
      g_autoptr (KennisDataset) dataset = read_with (reader, archive->data, archive->len, NULL);
      g_autofree char *all = NULL;

      CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
      all = list (dataset);
      assert_text (all, "1|Q1[SQ1]=3 1|Q2=2 1|Q3=4 4|Q2=1");
      CU_ASSERT_EQUAL (kennis_reader_get_n_rows (reader), 4);
      CU_ASSERT_EQUAL (kennis_reader_get_n_rows_used (reader), 2);
      CU_ASSERT_EQUAL (kennis_reader_get_n_rows_ignored (reader), 1);
      CU_ASSERT_EQUAL (kennis_reader_get_n_rows_rejected (reader), 1);
    }
}

static void
responses_alone_keep_the_names_of_fields (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = read_with (reader, responses, strlen (responses), NULL);
  g_autofree char *all = NULL;

  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  all = list (dataset);
  assert_text (all, "1|77X4X10SQ1=3 1|77X4X30=4");
}

static void
a_survey_becomes_an_instrument_whose_items_the_responses_name (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (survey, strlen (survey));
  g_autoptr (KennisInstrument) self = kennis_instrument_new_from_limesurvey (bytes, "x.lss", NULL, NULL);
  g_auto (GStrv) items = NULL, words = NULL;
  g_autofree char *all = NULL, *said = NULL;

  CU_ASSERT_PTR_NOT_NULL_FATAL (self);
  assert_text (kennis_instrument_get_id (self), "limesurvey");
  items = kennis_instrument_list_items (self, NULL);
  all = g_strjoinv (" ", items);
  assert_text (all, "Q1[SQ1] Q1[SQ2] Q2 Q3");
  assert_text (kennis_instrument_get_item_scale (self, "Q1[SQ2]"), "Q1");
  assert_text (kennis_instrument_get_item_scale (self, "Q3"), "group-4");
  assert_text (kennis_instrument_get_scale_parent (self, "Q1"), "group-4");
  assert_text (kennis_instrument_get_scale_title (self, "group-4", "nl"), "Leren");
  assert_text (kennis_instrument_get_item_text (self, "Q1[SQ1]", "en"), "I learn");
  assert_text (kennis_instrument_get_item_text (self, "Q1[SQ1]", "nl"), "Ik leer");
  words = kennis_instrument_list_answers (self, "Q1[SQ1]", "en");
  said = g_strjoinv ("|", words);
  assert_text (said, "Not at all|Half|Fully");
  assert_near (kennis_instrument_get_item_high (self, "Q1[SQ1]"), 3);
  assert_near (kennis_instrument_get_item_high (self, "Q2"), 2);
  assert_near (kennis_instrument_get_item_high (self, "Q3"), 5);
  assert_near (kennis_instrument_score_answer (self, "Q1[SQ1]", 2), 50);
}

static void
damaged_archives_are_errors_and_never_crashes (void)
{
  g_autoptr (GByteArray) archive = archive_of (survey, responses, TRUE);

  for (guint cut = 0; cut < archive->len; cut++)
    {
      g_autoptr (KennisReader) reader = kennis_reader_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (KennisDataset) dataset = read_with (reader, archive->data, cut, &error);

      CU_ASSERT_PTR_NULL (dataset);
      CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_PARSE));
    }
  for (guint at = 0; at < archive->len; at++)
    {
      g_autoptr (KennisReader) reader = kennis_reader_new ();
      g_autoptr (KennisDataset) dataset = NULL;
      g_autoptr (GError) error = NULL;

      archive->data[at] ^= 0xff;
      dataset = read_with (reader, archive->data, archive->len, &error);
      CU_ASSERT_EQUAL (dataset == NULL, error != NULL);
      archive->data[at] ^= 0xff;
    }
}

static void
a_digit_that_changed_in_an_archive_is_found (void)
{
  g_autoptr (GByteArray) archive = archive_of (survey, responses, FALSE);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) error = NULL;
  char *digit = memmem (archive->data, archive->len, "<_77X4X30>4", strlen ("<_77X4X30>4"));

  CU_ASSERT_PTR_NOT_NULL_FATAL (digit);
  digit[strlen ("<_77X4X30>")] = '5';
  g_autoptr (KennisDataset) dataset = read_with (reader, archive->data, archive->len, &error);
  CU_ASSERT_PTR_NULL (dataset);
  CU_ASSERT (error != NULL && strstr (error->message, "the zip archive is damaged") != NULL);
}

static void
answers_without_a_code_or_a_day_are_of_the_response_and_of_no_day (void)
{
  static const char table[] = "\xef\xbb\xbf\"id\",\"submitdate\",\"startlanguage\",\"token\",\"Q1\"\n"
                              "\"7\",\"1980-01-01 00:00:00\",\"en\",\"\",\"A4\"\n"
                              "\"8\",\"1980-01-01 00:00:00\",\"en\",\"k3y\",\"A3\"\n"
                              "\"9\",\"2024-03-01 10:00:00\",\"en\",\"\",\"A2\"\n\"10\",\"\",\"en\",\"\",\"A1\"\n";
  static const gint64 days[] = { G_MININT64, G_MININT64, G_GINT64_CONSTANT (1709287200000) };
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = read_with (reader, table, strlen (table), NULL);
  g_autofree char *all = NULL;

  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  all = list (dataset);
  assert_text (all, "7|Q1=4 k3y|Q1=3 9|Q1=2");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (KennisRecord) record = kennis_dataset_get_record (dataset, KENNIS_RECORD_TYPE_RESPONSE, i);
      gint64 time;

      g_object_get (record, "time", &time, NULL);
      CU_ASSERT_EQUAL (time, days[i]);
    }
}

static void
a_document_that_breaks_off_keeps_what_precedes (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = read_with (reader, responses, strlen (responses) - 60, NULL);
  g_autofree char *all = NULL, *text = NULL;
  g_autoptr (KennisDiagnostic) diagnostic = NULL;
  GListModel *list_model = kennis_reader_get_diagnostics (reader);

  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  all = list (dataset);
  assert_text (all, "1|77X4X10SQ1=3 1|77X4X30=4");
  diagnostic = g_list_model_get_item (list_model, g_list_model_get_n_items (list_model) - 1);
  text = kennis_diagnostic_to_string (diagnostic);
  CU_ASSERT_PTR_NOT_NULL (strstr (text, "well-formed"));
}

static void
what_is_no_survey_is_refused_with_a_reason (void)
{
  static const char *const wrong[] = { "", "<a/>", "PK\3\4", "<document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>",
                                       "<!DOCTYPE a []><a/>", responses };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (wrong[i], strlen (wrong[i]));
      g_autoptr (GError) error = NULL;

      CU_ASSERT_PTR_NULL (kennis_instrument_new_from_limesurvey (bytes, "x", "y", &error));
      CU_ASSERT (error != NULL && error->domain == KENNIS_ERROR && strstr (error->message, "x") != NULL);
    }
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "an archive becomes responses with the codes of questions", an_archive_becomes_responses_with_the_codes_of_questions },
    { "responses alone keep the names of fields", responses_alone_keep_the_names_of_fields },
    { "a survey becomes an instrument whose items the responses name",
      a_survey_becomes_an_instrument_whose_items_the_responses_name },
    { "damaged archives are errors and never crashes", damaged_archives_are_errors_and_never_crashes },
    { "a digit that changed in an archive is found", a_digit_that_changed_in_an_archive_is_found },
    { "answers without a code or a day are of the response and of no day",
      answers_without_a_code_or_a_day_are_of_the_response_and_of_no_day },
    { "a document that breaks off keeps what precedes", a_document_that_breaks_off_keeps_what_precedes },
    { "what is no survey is refused with a reason", what_is_no_survey_is_refused_with_a_reason },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("limesurvey", tests);
}
