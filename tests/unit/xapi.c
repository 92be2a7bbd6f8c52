#include "config.h"

#include "read/kennis-xapi-private.h"
#include "reading.h"

#define ACTOR "\"actor\":{\"mbox\":\"mailto:ann@x.example\"}"
#define VERB(name) "\"verb\":{\"id\":\"http://adlnet.gov/expapi/verbs/" name "\"}"
#define OBJECT "\"object\":{\"id\":\"http://x.example/c1\"}"
#define TIME "\"timestamp\":\"2024-03-01T10:00:00Z\""
#define ID(n) "\"id\":\"00000000-0000-4000-8000-00000000000" #n "\""
#define UUID(n) "00000000-0000-4000-8000-00000000000" #n
#define LASTS(text) "\"result\":{\"duration\":\"" text "\"}"
#define REGISTRATION "\"context\":{\"registration\":\"10000000-0000-4000-8000-000000000000\"}"
#define DONE ACTOR "," VERB ("completed") "," OBJECT "," TIME
#define VOIDS(n) "{" ID (9) "," ACTOR "," VERB ("voided") ",\"object\":{\"objectType\":\"StatementRef\",\"id\":\"" UUID (n) "\"}," TIME "}"

static KennisDataset *
load (KennisReader *reader, const char *text, gssize length, GError **error)
{
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (text, length < 0 ? (gssize) strlen (text) : length, NULL);

  kennis_reader_set_accept_seen (reader, TRUE);
  return kennis_reader_load_stream (reader, stream, "t", NULL, NULL, NULL, error);
}

/* What the text becomes, and its rows: used, rejected, ignored. */
static void
check (const char *text, const char *records, guint used, guint rejected, guint ignored)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisDataset) dataset = load (reader, text, -1, &error);

  check_read (reader, dataset, error, records, used, rejected, ignored);
}

#define ANN "activity person=\"ann@x.example\" topic=\"http://x.example/c1\" ended=\"2024-03-01T10:00:00Z\" status=\"completed\"\n"

static void
lines_arrays_lists_and_objects_over_lines_read_alike (void)
{
  static const char *const forms[] = {
    "{" DONE "}\n{" DONE "}\n",
    "\357\273\277{" DONE "}\r\n\r\n  \n{" DONE "}",
    "[{" DONE "},{" DONE "}]",
    " [ {" DONE "} ,\n\n {" DONE "}\n]\n",
    "{\"statements\":[{" DONE "},{" DONE "}],\"more\":\"\"}",
    "{\n \"more\": \"\",\n \"statements\": [\n{" DONE "},\n{" DONE "}\n] }\n",
    "{\n" DONE "\n}\n{\n" DONE "}",
    "{\"statements\":[{" DONE "}]}\n{\"statements\":[{" DONE "}]}\n",
    "[{" DONE "}]\n[{" DONE "}]\n",
    "\036{" DONE "}\n\036{" DONE "}\n",
    "{\"_index\":\"x\",\"_source\":{" DONE "}}\n{\"@timestamp\":\"2020-01-01T00:00:00Z\",\"_id\":7," DONE "}\n",
    "{\"person\":{\"_id\":1},\"statement\":{" DONE "}}\n{" ACTOR "," VERB ("completed") "," OBJECT ",\"@timestamp\":\"2024-03-01T11:00:00+01:00\"}\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    check (forms[i], ANN, 2, 0, 0);
  check ("{" DONE "}\nnonsense\n{" DONE "}\n", ANN, 2, 1, 0);
  check ("[{" DONE "},nonsense,{" DONE "}, 7, {" DONE "} {" DONE "}]", ANN, 2, 3, 0);
}

static void
where_a_statement_stands_is_told (void)
{
  static const struct { const char *text, *told; } bad[] = {
    { "{" DONE "}\n\n{" DONE ",\"verbb\":1}\n", "t:3:1: “verbb” is a property that it cannot have" },
    { "[{" DONE "},\n\n{" DONE ",\n\"result\":{\"duration\":\"1h\"}}]", "t:3:1: “result.duration” = “1h” is no ISO 8601 duration" },
    { "{\"statements\":[\n{" DONE "},\n{" ACTOR "}]}", "t:3:1: “verb” is missing; accepted is a statement that holds to xAPI 1.0.3, part two, 2.4" },
    { "{" DONE "}\n{\"a\":\"\xff\"}\n", "t:2:1: the statement is not valid UTF-8" },
    { "{" DONE "}\n{" DONE ",\"extra\":01}\n", "t:2:1: the statement has a number that is not valid in JSON" },
    { "{" DONE "}\n[1]\n", "t:2:1: the statement is no object" },
    { "{\"statements\":[{" DONE "}, {x}]}\n", "t:1:1: the statement is not valid JSON" },
    { "{" DONE "}\n{" DONE ",\"context\":null}", "t:2:1: “context” is null" },
    { "{" DONE "}\n{" DONE "," OBJECT "}", "t:2:1: “object” stands there twice" },
    { "[{" DONE "},{" DONE "}", "t:1:1: it ends in the middle of a statement, or of a list of them" },
    { "[\n{" DONE "}]\nnonsense", "t:3:1: there is something that is no statement" },
    { "{\"statements\":[{" DONE "}],\"more\":\"/next\"}", "page of a longer list" },
    { "{" DONE "," LASTS ("pt1h") "}", "durations that are clear but not as ISO 8601 writes them: 1" },
    { "{" DONE "," LASTS ("P1Y") "}", "durations in years or months" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (KennisReader) reader = kennis_reader_new ();
      g_autoptr (KennisDataset) dataset = load (reader, bad[i].text, -1, NULL);
      g_autofree char *told = told_by (reader);

      CU_ASSERT_PTR_NOT_NULL (dataset);
      if (strstr (told, bad[i].told) == NULL)
        printf ("# %u: %s", i, told);
      CU_ASSERT_PTR_NOT_NULL (strstr (told, bad[i].told));
    }
}

static void
strict_reading_wants_durations_as_the_standard_writes_them (void)
{
  static const struct { const char *text; gboolean is_taken; } durations[] = {
    { "{" DONE "," LASTS ("PT1H30M") "}", TRUE }, { "{" DONE "," LASTS ("P16559.14S") "}", TRUE },
    { "{" DONE "," LASTS ("pt1h") "}", FALSE },   { "{" DONE "," LASTS ("PT1.5H30M") "}", FALSE },
    { "{" DONE "," LASTS ("P1W2D") "}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_autoptr (KennisReader) reader = g_object_new (KENNIS_TYPE_READER, "strict", TRUE, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (KennisDataset) dataset = load (reader, durations[i].text, -1, &error);

      CU_ASSERT_EQUAL (dataset != NULL, durations[i].is_taken);
      CU_ASSERT (durations[i].is_taken
                 || strstr (error->message, "t:1:1: “result.duration” is clear, but not as ISO 8601") != NULL);
    }
}

static void
a_source_without_one_whole_statement_is_an_error (void)
{
  static const char *const texts[] = { "{\"a\":1", "[", "{\"statements\":[{\"a\":1" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (KennisReader) reader = kennis_reader_new ();
      g_autoptr (GError) error = NULL;

      CU_ASSERT_PTR_NULL (load (reader, texts[i], -1, &error));
      CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_PARSE));
    }
}

static void
who_it_was_is_told_by_any_identifier (void)
{
#define BY(actor) "{\"actor\":{" actor "}," VERB ("completed") "," OBJECT "," TIME "}\n"
#define IS(person, session)                                                                                            \
  "activity " session "person=\"" person                                                                               \
  "\" topic=\"http://x.example/c1\" ended=\"2024-03-01T10:00:00Z\" status=\"completed\"\n"
  check (BY ("\"mbox\":\"mailto:ann@x.example\"") BY ("\"mbox_sha1sum\":\"CD9B00A5611F94EAA7B1661EDAB976068E364975\"")
             BY ("\"openid\":\"http://id.example/7\"")
                 BY ("\"account\":{\"homePage\":\"http://lms.example\",\"name\":\"7\"}"),
         IS ("ann@x.example", "") IS ("cd9b00a5611f94eaa7b1661edab976068e364975", "") IS ("http://id.example/7", "")
             IS ("http://lms.example 7", ""),
         4, 0, 0);
  /* A group's members did it together; a group of which nobody is known did nothing that can be counted. */
  check ("{" ID (1) ",\"actor\":{\"objectType\":\"Group\",\"member\":[{\"mbox\":\"mailto:a@x.example\"},{\"mbox\":"
                    "\"mailto:b@x.example\"}]}," VERB ("completed") "," OBJECT "," TIME "}\n" BY (
                        "\"objectType\":\"Group\",\"mbox\":\"mailto:team@x.example\""),
         IS ("a@x.example", "session=\"" UUID (1) "\" ") IS ("b@x.example", "session=\"" UUID (1) "\" "), 1, 0, 1);
}

static void
what_is_voided_or_comes_again_counts_once_or_not_at_all (void)
{
  check ("{" ID (1) "," DONE "}\n{" ID (1) "," DONE "}\n{" ID (2) "," DONE "}\n", ANN, 2, 0, 1);
  check ("{" ID (1) "," DONE "}\n{" ID (2) "," DONE "}\n" VOIDS (1) "\n", ANN, 1, 0, 2);
  check (VOIDS (1) "\n{" ID (1) "," DONE "}\n{" ID (2) "," DONE "}\n", ANN, 1, 0, 2);
  check ("[{" ID (2) "," DONE "},\n{" ID (1) "," DONE "},\n" VOIDS (1) "]", ANN, 1, 0, 2);
  /* A voiding statement must name a statement. */
  check ("{" DONE "}\n{" ACTOR "," VERB ("voided") "," OBJECT "," TIME "}\n", ANN, 1, 1, 0);
}

static void
what_voids_may_stand_in_another_file (void)
{
  static const char *const texts[] = { "{" ID (1) "," DONE "}\n{" ID (2) "," DONE "}\n", VOIDS (1) "\n" };
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisImport) import = NULL;
  g_autoptr (KennisSummary) summary = NULL;
  g_autoptr (GError) error = NULL;
  GFile *files[2];

  kennis_reader_set_accept_seen (reader, TRUE);
  import = kennis_import_new (reader);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GFileIOStream) stream = NULL;

      files[i] = g_file_new_tmp ("kennis-XXXXXX.json", &stream, NULL);
      CU_ASSERT_TRUE (
          g_file_replace_contents (files[i], texts[i], strlen (texts[i]), NULL, FALSE, 0, NULL, NULL, NULL));
      kennis_import_add_file (import, files[i], NULL);
    }
  CU_ASSERT_TRUE_FATAL (kennis_import_run (import, 2, NULL, NULL, NULL, &error));
  summary = g_object_ref (kennis_import_get_summary (import));
  CU_ASSERT_EQUAL (kennis_summary_count (summary, KENNIS_RECORD_TYPE_ACTIVITY), 1);
  for (guint i = 0; i < 2; i++)
    {
      g_file_delete (files[i], NULL, NULL);
      g_object_unref (files[i]);
    }
}

static void
statements_of_one_registration_make_one_activity (void)
{
#define STEP(n, verb, time, rest)                                                                                      \
  "{" ID (n) "," ACTOR "," VERB (verb) "," OBJECT ",\"timestamp\":\"2024-03-01T" time "Z\"," REGISTRATION rest "}\n"
#define TOOK(text) "," LASTS (text)
  static const char *const passed =
      STEP (1, "initialized", "09:00:00", "") STEP (2, "passed", "09:50:00", TOOK ("PT50M"))
          STEP (3, "completed", "09:50:01", TOOK ("PT50M1S")) STEP (4, "terminated", "09:55:00", TOOK ("PT55M"));
  static const char *const sessions =
      STEP (4, "terminated", "09:55:00", TOOK ("PT20M")) STEP (1, "initialized", "09:00:00", "")
          STEP (5, "terminated", "19:55:00", TOOK ("PT40M")) STEP (3, "completed", "19:50:01", TOOK ("PT30M"));

  check (passed,
         "activity person=\"ann@x.example\" topic=\"http://x.example/c1\" start=\"2024-03-01T09:00:00Z\" "
         "ended=\"2024-03-01T09:55:00Z\" duration=\"PT55M\" status=\"completed\"\n",
         4, 0, 0);
  check (sessions,
         "activity person=\"ann@x.example\" topic=\"http://x.example/c1\" start=\"2024-03-01T09:00:00Z\" "
         "ended=\"2024-03-01T19:55:00Z\" duration=\"PT1H\" status=\"completed\"\n",
         4, 0, 0);
  check (STEP (1, "initialized", "09:00:00", "") STEP (2, "failed", "09:50:00", TOOK ("PT50M")),
         "activity person=\"ann@x.example\" topic=\"http://x.example/c1\" start=\"2024-03-01T09:00:00Z\" "
         "ended=\"2024-03-01T09:50:00Z\" duration=\"PT50M\" status=\"enrolled\"\n",
         2, 0, 0);
}

static void
what_one_did_within_an_hour_is_one_attempt_without_a_registration (void)
{
#define AT(n, who, verb, course, time, rest)                                                                           \
  "{" ID (n) ",\"actor\":{\"mbox\":\"mailto:" who                                                                      \
             "@x.example\"}," VERB (verb) ",\"object\":{\"id\":\"http://x.example/" course                             \
                                          "\"},\"timestamp\":\"2024-03-01T" time "Z\"" rest "}\n"
#define HOURS(who, course, start, ended, duration)                                                                     \
  "activity person=\"" who "@x.example\" topic=\"http://x.example/" course "\" " start "ended=\"2024-03-01T" ended     \
  "Z\" "                                                                                                               \
  "duration=\"" duration "\" status=\"completed\"\n"
  check (AT (1, "ann", "initialized", "c1", "09:30:00", "") AT (2, "ann", "passed", "c1", "10:20:00", TOOK ("PT50M"))
             AT (3, "ann", "completed", "c1", "10:20:01", TOOK ("PT51M")),
         HOURS ("ann", "c1", "start=\"2024-03-01T09:30:00Z\" ", "10:20:01", "PT51M"), 3, 0, 0);
  /* Somebody else, something else, and another time are others; the order does not matter. */
  check (AT (1, "ann", "completed", "c1", "12:00:00", TOOK ("PT1M"))
             AT (2, "ann", "passed", "c2", "12:00:00", TOOK ("PT2M"))
                 AT (3, "bob", "passed", "c1", "12:00:00", TOOK ("PT3M"))
                     AT (4, "ann", "passed", "c1", "11:00:00", TOOK ("PT4M"))
                         AT (5, "ann", "passed", "c1", "09:59:59", TOOK ("PT5M")),
         HOURS ("ann", "c1", "", "12:00:00", "PT4M") HOURS ("ann", "c2", "", "12:00:00", "PT2M")
             HOURS ("bob", "c1", "", "12:00:00", "PT3M") HOURS ("ann", "c1", "", "09:59:59", "PT5M"),
         5, 0, 0);
}

static void
near_statements_of_another_source_are_another_attempt (void)
{
  static const char *const text = AT (1, "ann", "completed", "c1", "12:00:00", TOOK ("PT1M"));
  static const char *const more = AT (2, "ann", "passed", "c1", "12:00:30", TOOK ("PT2M"));
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (more, (gssize) strlen (more), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisDataset) dataset = load (reader, text, -1, &error);
  g_autofree char *got = NULL;

  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  CU_ASSERT_TRUE (kennis_reader_read_stream (reader, stream, "t", dataset, NULL, NULL, NULL, &error));
  got = records_of (dataset);
  assert_text (got, HOURS ("ann", "c1", "", "12:00:00", "PT1M") HOURS ("ann", "c1", "", "12:00:30", "PT2M"));
}

static void
a_registration_over_two_sources_has_its_hours_once (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisDataset) dataset = load (reader, STEP (1, "initialized", "09:00:00", ""), -1, &error);
  static const char *const more[] = { STEP (3, "completed", "09:50:01", TOOK ("PT50M")),
                                      STEP (4, "terminated", "09:55:00", TOOK ("PT55M")) };
  g_autofree char *got = NULL;

  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (more[i], (gssize) strlen (more[i]), NULL);

      CU_ASSERT_TRUE (kennis_reader_read_stream (reader, stream, "t", dataset, NULL, NULL, NULL, &error));
    }
  got = records_of (dataset);
  assert_text (got, "activity person=\"ann@x.example\" topic=\"http://x.example/c1\" start=\"2024-03-01T09:00:00Z\" "
                    "status=\"enrolled\"\n"
                    "activity person=\"ann@x.example\" topic=\"http://x.example/c1\" start=\"2024-03-01T09:00:00Z\" "
                    "ended=\"2024-03-01T09:50:01Z\" duration=\"PT50M\" status=\"completed\"\n");
  CU_ASSERT_EQUAL (kennis_reader_get_n_read (reader),
                   kennis_reader_get_n_added (reader) + kennis_reader_get_n_merged (reader));
}

/* And not where one of a source before it stands that changed nothing. */
static void
a_registration_over_sources_is_told_where_it_stands_in_the_last_one (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisDataset) dataset = load (reader, STEP (1, "initialized", "09:00:00", ""), -1, &error);
  static const char *const more[] = { "\n\n\n\n" STEP (3, "initialized", "09:50:01", ""),
                                      "\n" STEP (4, "completed", "09:55:00", TOOK ("PT9999H")) };

  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (more[i], (gssize) strlen (more[i]), NULL);

      CU_ASSERT_TRUE (kennis_reader_read_stream (reader, stream, "t", dataset, NULL, NULL, NULL, &error));
    }
  CU_ASSERT_TRUE (is_told (reader, "t:2:1: activity of person “ann@x.example”: “duration” is out of range"));
}

static void
a_person_as_object_makes_a_sharing (void)
{
  check ("{" ACTOR ",\"verb\":{\"id\":\"http://id.tincanapi.com/verb/mentored\"},\"object\":{\"objectType\":\"Agent\","
         "\"mbox\":\"mailto:bob@x.example\"}," TIME
         "," LASTS ("PT30M") "}\n"
                             "{" ACTOR ",\"verb\":{\"id\":\"http://activitystrea.ms/share\"}," OBJECT "," TIME "}\n",
         "sharing giver=\"ann@x.example\" receiver=\"bob@x.example\" kind=\"mentoring\" time=\"2024-03-01T10:00:00Z\" "
         "duration=\"PT30M\"\n",
         1, 0, 1);
}

static void
durations_are_those_of_iso_8601 (void)
{
  static const struct { const char *text; KennisXapiDuration state; gint64 ms; } durations[] = {
    { "P16559.14S", KENNIS_XAPI_DURATION_SOUND, 16559140 }, { "PT4H35M59.14S", KENNIS_XAPI_DURATION_SOUND, 16559140 },
    { "PT0S", KENNIS_XAPI_DURATION_SOUND, 0 }, { "P1D", KENNIS_XAPI_DURATION_SOUND, 86400000 },
    { "P2W", KENNIS_XAPI_DURATION_SOUND, 1209600000 }, { "PT1,5H", KENNIS_XAPI_DURATION_SOUND, 5400000 },
    { "P0Y0M0DT1H", KENNIS_XAPI_DURATION_SOUND, 3600000 }, { "PT0.0005S", KENNIS_XAPI_DURATION_SOUND, 1 },
    { "pt1h", KENNIS_XAPI_DURATION_LENIENT, 3600000 }, { "PT1.5H30M", KENNIS_XAPI_DURATION_LENIENT, 7200000 },
    { "P1W1D", KENNIS_XAPI_DURATION_LENIENT, 691200000 }, { "P1Y", KENNIS_XAPI_DURATION_UNKNOWN, KENNIS_UNKNOWN },
    { "P1M", KENNIS_XAPI_DURATION_UNKNOWN, KENNIS_UNKNOWN }, { "P", KENNIS_XAPI_DURATION_BAD, KENNIS_UNKNOWN },
    { "PT", KENNIS_XAPI_DURATION_BAD, KENNIS_UNKNOWN }, { "P1DT", KENNIS_XAPI_DURATION_BAD, KENNIS_UNKNOWN },
    { "1:30", KENNIS_XAPI_DURATION_BAD, KENNIS_UNKNOWN }, { "-PT1H", KENNIS_XAPI_DURATION_BAD, KENNIS_UNKNOWN },
    { "PT1S1H", KENNIS_XAPI_DURATION_BAD, KENNIS_UNKNOWN }, { "PT1D", KENNIS_XAPI_DURATION_BAD, KENNIS_UNKNOWN },
    { "PT1H1H", KENNIS_XAPI_DURATION_BAD, KENNIS_UNKNOWN }, { "PT.5H", KENNIS_XAPI_DURATION_BAD, KENNIS_UNKNOWN },
    /* So long that a row with it is rejected; no number of 64 bits holds it. */
    { "P9999999999999D", KENNIS_XAPI_DURATION_SOUND, 1000000000000000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      gint64 ms;
      KennisXapiDuration state = kennis_xapi_duration (durations[i].text, strlen (durations[i].text), 0, &ms);

      if (state != durations[i].state || ms != durations[i].ms)
        printf ("# %s: %d, %" G_GINT64_FORMAT "\n", durations[i].text, state, ms);
      CU_ASSERT (state == durations[i].state && ms == durations[i].ms);
    }
}

static void
times_without_an_offset_are_local_and_minus_zero_is_none (void)
{
  g_autoptr (KennisCalendar) calendar = kennis_calendar_new ("Europe/Amsterdam", NULL);
  static const struct { const char *text; gint64 time; } times[] = {
    { "2024-03-01T10:00:00Z", 1709287200000 }, { "2024-03-01T10:00:00.1234567+00:00", 1709287200123 },
    { "2024-03-01T11:00:00+01:00", 1709287200000 }, { "2024-03-01T11:00:00", 1709287200000 },
    { "20240301T110000+0100", 1709287200000 }, { "2024-03-01T10:00Z", 1709287200000 },
    { "2024-03-01T10:00:00-00:00", KENNIS_UNKNOWN }, { "2024-03-01T10:00:00-0000", KENNIS_UNKNOWN },
    { "2024-02-30T10:00:00Z", KENNIS_UNKNOWN }, { "2024-03-01", KENNIS_UNKNOWN }, { "2024-03-01T10:00:00.Z", KENNIS_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      gint64 time = KENNIS_UNKNOWN;
      gboolean ok = kennis_xapi_time (times[i].text, strlen (times[i].text), calendar, &time);

      if (ok != (times[i].time != KENNIS_UNKNOWN) || (ok && time != times[i].time))
        printf ("# %s: %d, %" G_GINT64_FORMAT "\n", times[i].text, ok, time);
      CU_ASSERT (ok == (times[i].time != KENNIS_UNKNOWN) && (!ok || time == times[i].time));
    }
}

#define MAPPING "[mapping]\nid=mine\nformat=xapi\n[verbs]\nlearned=http://v.example/learned\n[types]\ncourse=http://t.example/course\n"

static void
a_mapping_of_statements_of_ones_own_says_it_all (void)
{
  const char *text = MAPPING "[words form]\ncourse=formal\n*=\n[words status]\ntrue=completed\n*=abandoned\n"
                             "[record activity]\nverb=learned\ntype=course\nunless={result:http://e.example/test}\n"
                             "person={actor ~ ^([^@]+)}\ntopic=lms-{object ~ c(\\d)$}\nended={time}\n"
                             "duration={result:http://e.example/minutes @minutes}\nstatus={success}\nform={type}\n"
                             "[coverage activity]\nfields=duration\n";
#define LEARNED(rest) "{" ACTOR ",\"verb\":{\"id\":\"http://v.example/learned\"},\"object\":{\"id\":\"http://x.example/c1\"," \
                      "\"definition\":{\"type\":\"http://t.example/course\"}}," TIME rest "}\n"
  const char *statements = LEARNED (",\"result\":{\"success\":true,\"extensions\":{\"http://e.example/minutes\":1.5}}")
      LEARNED (",\"result\":{\"success\":false,\"extensions\":{\"http://e.example/minutes\":\"2\"}}")
      LEARNED (",\"result\":{\"extensions\":{\"http://e.example/test\":\"yes\"}}") "{" DONE "}\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisMapping) mapping = kennis_mapping_new (text, "mine", &error);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = NULL;
  g_autofree char *records = NULL;

  CU_ASSERT_PTR_NOT_NULL_FATAL (mapping);
  kennis_reader_set_mapping (reader, mapping);
  dataset = load (reader, statements, -1, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  records = records_of (dataset);
  assert_text (records, "activity person=\"ann\" form=\"formal\" topic=\"lms-1\" ended=\"2024-03-01T10:00:00Z\" "
                        "duration=\"PT1M30S\" status=\"completed\"\n"
                        "activity person=\"ann\" form=\"formal\" topic=\"lms-1\" ended=\"2024-03-01T10:00:00Z\" "
                        "duration=\"PT2M\" status=\"abandoned\"\n");
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_ignored (reader), 2);
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_COVERAGE), 2);
}

static void
a_wrong_mapping_of_statements_is_refused_with_its_place (void)
{
  static const struct { const char *text, *told; } wrong[] = {
    { MAPPING, "needs an id" },
    { MAPPING "[record activity]\nperson={who}\n", "{who} is nothing of a statement" },
    { MAPPING "[record activity]\nperson={actor}\nverb=eaten\n", "“eaten” stands in none of" },
    { MAPPING "[record activity]\nperson={actor}\nform=froml\n", "form" },
    { MAPPING "[record activity]\nperson={actor}\nform={type}\n[words form]\ncourse=froml\n", "[words form] course" },
    { MAPPING "[record activity]\nperson={actor}\nsum=cost\n", "accepted is duration" },
    { MAPPING "[record sharing]\ntime={time}\nmerge={registration}\n", "is of activities only" },
    { MAPPING "[record activity]\nperson={actor}\nwithin=an hour\n", "accepted is a duration" },
    { MAPPING "[record activity]\nperson={actor}\nwithin=P1M\n", "accepted is a duration" },
    { MAPPING "[record activity]\nperson={actor}\n[match]\ncolumns=a\n", "is of tables" },
    { "[mapping]\nid=x\nformat=json\n", "accepted are table, xapi and ics" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      CU_ASSERT_PTR_NULL (kennis_mapping_new (wrong[i].text, "mine", &error));
      CU_ASSERT_FATAL (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
      if (strstr (error->message, wrong[i].told) == NULL)
        printf ("# %s\n", error->message);
      CU_ASSERT_PTR_NOT_NULL (strstr (error->message, wrong[i].told));
    }
}

static void
ids_cost_at_most_16_bytes_and_are_found_again (void)
{
  KennisHashes *ids = kennis_hashes_new ();
  guint8 uuid[16] = { 0 };
  double most = 0;

  for (guint32 i = 0; i < 400000; i++)
    {
      memcpy (uuid + 5, &i, sizeof i);
      CU_ASSERT_TRUE (kennis_hashes_add (ids, kennis_xapi_id_hash (uuid)));
      if (i > 20000 && i % 1000 == 0)
        most = MAX (most, (double) kennis_hashes_bytes (ids) / (double) kennis_hashes_size (ids));
    }
  for (guint32 i = 0; i < 400000; i += 7)
    {
      memcpy (uuid + 5, &i, sizeof i);
      CU_ASSERT_TRUE (kennis_hashes_has (ids, kennis_xapi_id_hash (uuid)));
      CU_ASSERT_FALSE (kennis_hashes_add (ids, kennis_xapi_id_hash (uuid)));
    }
  printf ("# at most %.1f bytes an id\n", most);
  CU_ASSERT (most > 8 && most <= 16);
  kennis_hashes_free (ids);
}

static GString *
many (guint n, const char *before, const char *between, const char *behind)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"id\":\"%08x-0000-4000-8000-000000000000\"," DONE "}", i > 0 ? between : "",
                            i + 1);

  return g_string_append (text, behind);
}

static void
much_more_than_a_block_is_read_whole (void)
{
  static const struct { const char *before, *between, *behind; } forms[] = {
    { "", "\n", "\n" }, { "[", ",", "]" }, { "{\"statements\":[\n", ",\n", "]\n}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GString) text = many (20000, forms[i].before, forms[i].between, forms[i].behind);
      g_autoptr (KennisReader) reader = kennis_reader_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (KennisDataset) dataset = load (reader, text->str, (gssize) text->len, &error);

      CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
      CU_ASSERT_EQUAL (kennis_reader_get_n_rows_used (reader), 20000);
      /* All of one minute: one attempt. */
      CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_ACTIVITY), 1);
    }
}

static void
a_line_over_the_limit_is_rejected_and_the_next_ones_are_read (void)
{
  g_autoptr (GString) text = g_string_new ("{" DONE "}\n{\"a\":\"");
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = NULL;
  g_autofree char *told = NULL;
  gsize at = text->len;

  g_string_set_size (text, at + 40 * 1024 * 1024);
  memset (text->str + at, 'x', 40 * 1024 * 1024);
  g_string_append (text, "\"}\n{" DONE "}\nnonsense\n");
  dataset = load (reader, text->str, (gssize) text->len, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_used (reader), 2);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_rejected (reader), 2);
  told = told_by (reader);
  CU_ASSERT_PTR_NOT_NULL (strstr (told, "t:2:1: the statement has over 16 MiB"));
  CU_ASSERT_PTR_NOT_NULL (strstr (told, "t:4:1: the statement is not valid JSON"));
}

static void
a_persona_joins_the_names_of_a_person (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisDataset) dataset =
      load (reader,
            "id,mail,account home page,account,mbox_sha1sum\n"
            "7,mailto:ann@x.example,http://lms.example,anns,cd9b00a5611f94eaa7b1661edab976068e364975\n"
            "8,bob@x.example,,,\n",
            -1, &error);
  g_autofree char *got = NULL;

  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  got = records_of (dataset);
  assert_text (got, "person id=\"7\" effective=\"2199-12-31T00:00:00Z\" aliases=\"ann@x.example anns "
                    "cd9b00a5611f94eaa7b1661edab976068e364975 http://lms.example anns\"\n"
                    "person id=\"8\" effective=\"2199-12-31T00:00:00Z\" aliases=\"bob@x.example\"\n");
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "lines arrays lists and objects over lines read alike", lines_arrays_lists_and_objects_over_lines_read_alike },
    { "where a statement stands is told", where_a_statement_stands_is_told },
    { "a source without one whole statement is an error", a_source_without_one_whole_statement_is_an_error },
    { "strict reading wants durations as the standard writes them", strict_reading_wants_durations_as_the_standard_writes_them },
    { "who it was is told by any identifier", who_it_was_is_told_by_any_identifier },
    { "what is voided or comes again counts once or not at all", what_is_voided_or_comes_again_counts_once_or_not_at_all },
    { "what voids may stand in another file", what_voids_may_stand_in_another_file },
    { "statements of one registration make one activity", statements_of_one_registration_make_one_activity },
    { "what one did within an hour is one attempt without a registration", what_one_did_within_an_hour_is_one_attempt_without_a_registration },
    { "near statements of another source are another attempt", near_statements_of_another_source_are_another_attempt },
    { "a registration over two sources has its hours once", a_registration_over_two_sources_has_its_hours_once },
    { "a registration over sources is told where it stands in the last one",
      a_registration_over_sources_is_told_where_it_stands_in_the_last_one },
    { "a person as object makes a sharing", a_person_as_object_makes_a_sharing },
    { "durations are those of iso 8601", durations_are_those_of_iso_8601 },
    { "times without an offset are local and minus zero is none", times_without_an_offset_are_local_and_minus_zero_is_none },
    { "a mapping of statements of ones own says it all", a_mapping_of_statements_of_ones_own_says_it_all },
    { "a wrong mapping of statements is refused with its place", a_wrong_mapping_of_statements_is_refused_with_its_place },
    { "ids cost at most 16 bytes and are found again", ids_cost_at_most_16_bytes_and_are_found_again },
    { "much more than a block is read whole", much_more_than_a_block_is_read_whole },
    { "a line over the limit is rejected and the next ones are read", a_line_over_the_limit_is_rejected_and_the_next_ones_are_read },
    { "a persona joins the names of a person", a_persona_joins_the_names_of_a_person },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("xapi", tests);
}
