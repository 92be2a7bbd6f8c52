/* Statements are read in a quick way where they are made of parts that came before, and in a long one: both must find the same. */
#include "config.h"

#include "read/kennis-reader-private.h"
#include "read/kennis-xapi-private.h"
#include "reading.h"

#include <glib/gstdio.h>

#define N_STATEMENTS 6000

/* Any statements; those of attempts alone, which are read once, without one that voids another and with some; those that are all of a
 * few shapes, and many of them damaged; such ones in lists, whose brackets match. */
typedef enum { ANY_KIND, ATTEMPTS, VOIDED_ATTEMPTS, ALIKE, LISTED } Kind;

/* ── Statements of any kind, some of them damaged ─────────────────────────────────────────────────────────────────── */

static guint
any (GRand *rand, guint n)
{
  return (guint) g_rand_int_range (rand, 0, (gint32) n);
}

#define ONE_OF(rand, list) (list)[any (rand, G_N_ELEMENTS (list))]

static void
add_actor (GRand *rand, GString *text)
{
  static const char *const kinds[] = {
    "{\"mbox\":\"mailto:p%u@x.example\"}",
    "{\"objectType\":\"Agent\",\"name\":\"P %u\",\"mbox\":\"mailto:p%1$u@x.example\"}",
    "{ \"account\" : {\"homePage\":\"http://lms.example\", \"name\":\"%u\"} }",
    "{\"openid\":\"http://id.example/%u\",\"name\":\"Zo\\u00eb \xc3\xab\"}",
    "{\"objectType\":\"Group\",\"member\":[{\"mbox\":\"mailto:p%u@x.example\"},{\"mbox\":\"mailto:q@x.example\"}]}",
    "{\"name\":\"nobody %u\"}",
    "{\"objectType\":\"Group\",\"member\":[{\"mbox\":\"mailto:p%u@x.example\"}]}",
    /* That is two lines, or one statement of a list. */
    "{\"mbox\":\n\"mailto:p%u@x.example\"}",
  };

  g_string_append_printf (text, "\"actor\":");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_string_append_printf (text, any (rand, 8) < 7 ? kinds[any (rand, 4)] : ONE_OF (rand, kinds), any (rand, 30));
#pragma GCC diagnostic pop
}

static void
add_verb (GRand *rand, GString *text, Kind kind)
{
  static const char *const verbs[] = { "adlnet.gov/expapi/verbs/completed", "adlnet.gov/expapi/verbs/initialized",
                                       "adlnet.gov/expapi/verbs/terminated", "adlnet.gov/expapi/verbs/passed",
                                       "activitystrea.ms/schema/1.0/watch", "adlnet.gov/expapi/verbs/experienced",
                                       "v.example/unheard-of", "adlnet.gov/expapi/verbs/failed" };

  g_string_append_printf (text, "\"verb\":{\"id\":\"http://%s\"%s}",
                          verbs[any (rand, kind == ANY_KIND ? G_N_ELEMENTS (verbs) : 4)],
                          any (rand, 2) ? ",\"display\":{\"en-US\":\"did\"}" : "");
}

static void
add_object (GRand *rand, GString *text, Kind kind)
{
  static const char *const types[] = { "adlnet.gov/expapi/activities/course", "t.example/other",
                                       "adlnet.gov/expapi/activities/question" };
  guint kind_of_type = any (rand, 25);

  switch (kind == ANY_KIND ? any (rand, 20) : 9)
    {
    case 0:
      g_string_append (text, "\"object\":{\"objectType\":\"Agent\",\"mbox\":\"mailto:bob@x.example\"}");
      break;
    case 1:
      g_string_append (text, "\"object\":{\"objectType\":\"SubStatement\",\"actor\":{\"mbox\":\"mailto:a@x.example\"},"
                             "\"verb\":{\"id\":\"http://v.example/x\"},\"object\":{\"id\":\"http://x.example/1\"}}");
      break;
    case 2:
      g_string_append (text, "\"object\":{\"id\":\"no iri\"}");
      break;
    default:
      g_string_append_printf (
          text,
          "\"object\":{\"id\":\"http://x.example/c%u\",\"definition\":{\"name\":{\"nl\":\"Cursus\"},"
          "\"type\":\"http://%s\"}}",
          any (rand, 12), types[kind_of_type % 5 % G_N_ELEMENTS (types)]);
    }
}

static void
add_result (GRand *rand, GString *text)
{
  static const char *const parts[] = {
    "\"success\":true", "\"completion\":false", "\"score\":{\"scaled\":0.5,\"raw\":50}", "\"score\":{\"scaled\":5}",
    "\"response\":\"a, \xe2\x82\xac\"", "\"response\":\"\\\"a\\\"\"", "\"response\":\"\\x\"", "\"duration\":\"pt1h\"",
    "\"duration\":\"P1Y\"", "\"duration\":\"an hour\"", "\"extensions\":{\"http://e.example/n\":1.25,\"http://e.example/t\":\"x\"}",
    "\"extensions\":{\"http://e.example/n\":01}", "\"extensions\":{\"http://e.example/l\":[1,{\"a\":null}]}",
    "\"extensions\":{}", "\"extensions\":{\"http://e.example/n\":1e400}", "\"success\":tru", "\"completion\":null", "\"other\":1",
    "\"extensions\":{\"http://e.example/minutes\":30,\"http://e.example/minutes\":31}", "\"success\":true ",
  };

  g_string_append (text, ",\"result\":{");
  if (any (rand, 4) > 0)
    g_string_append_printf (text, "\"duration\":\"PT%uM%u.5S\"", any (rand, 90), any (rand, 60));
  if (any (rand, 6) == 0)
    g_string_append_printf (text, "%s%s", text->str[text->len - 1] == '{' ? "" : ",", ONE_OF (rand, parts));
  g_string_append_c (text, '}');
}

static void
add_context (GRand *rand, GString *text)
{
  static const char *const parts[] = {
    ",\"platform\":\"LMS\"", ",\"language\":\"nl-BE\"", ",\"language\":\"?\"", ",\"revision\":\"1\\t\"",
    ",\"contextActivities\":{\"parent\":[{\"id\":\"http://x.example/p\"}],\"category\":[{\"id\":\"https://w3id.org/xapi/video\"}]}",
    ",\"contextActivities\":{\"grouping\":{\"id\":\"http://x.example/g\"}}", ",\"contextActivities\":{\"parent\":[{}]}",
    ",\"extensions\":{\"https://w3id.org/xapi/video/extensions/session-id\":\"s1\"}", ",\"instructor\":{\"mbox\":\"mailto:i@x.example\"}",
    ",\"extensions\":{\"https://w3id.org/xapi/video/extensions/session-id\":7}", ",\"extensions\":{\"no iri\":7}", ",",
  };

  g_string_append (text, ",\"context\":{");
  if (any (rand, 5) > 0)
    g_string_append_printf (text, "\"registration\":\"%08x-1b2c-4d00-9000-0123456789ab\"", any (rand, 9));
  else
    g_string_append (text, "\"platform\":\"x\"");
  if (any (rand, 3) == 0)
    g_string_append (text, ONE_OF (rand, parts));
  g_string_append_c (text, '}');
}

static void
add_rest (GRand *rand, GString *text, Kind kind)
{
  static const char *const parts[] = {
    ",\"version\":\"1.0.3\"", ",\"version\":\"1.0.3\\q\"", ",\"stored\":\"2024-03-01T10:00:00Z\"", ",\"stored\":\"soon\"",
    ",\"authority\":{\"mbox\":\"mailto:lrs@x.example\"}", ",\"authority\":{\"mbox\":\"lrs\"}", ",\"@timestamp\":\"2024-03-01T10:00:00Z\"",
    ",\"@timestamp\":7", ",\"_id\":\"x\",\"_n\":7", ",\"_id\":{\"a\":[1]}", ",\"\\u0069d\":\"x\"", ",\"extra\":1", " , \"version\" : \"1.0.0\" ",
    ",\"timestamp\":\"2024-03-01T10:00:00-00:00\"", ",\"attachments\":[]", ",\"id\":\"x\"", ",\"_source\":{\"actor\":1}",
  };

  if (kind != ANY_KIND || any (rand, 8) > 0)
    /* Nobody learned anything in 1850 or 2230: what only the end of an attempt shows. */
    g_string_append_printf (text, ",\"timestamp\":\"%u-%02u-%02uT%02u:30:00%s\"",
                            any (rand, 200) > 0 ? 2024 : 1850 + 380 * any (rand, 2), 1 + any (rand, 12),
                            1 + any (rand, 28), any (rand, 24),
                            any (rand, 3) > 0 ? "Z"
                            : any (rand, 2)   ? "+01:00"
                                              : ".123");
  if (any (rand, 4) == 0)
    g_string_append (text, ONE_OF (rand, parts));
}

/* What may stand in a text; few of them are as they should be. */
static void
add_text_cell (GRand *rand, GString *text, const char *usual, Kind kind)
{
  /* The first two would end a list. */
  static const char *const odd[] = {
    "\\", "\"", "", "x", "\\\"", "\\\\", "\\u0041", "\",\"a\":\"", "\t", "\x7f", "\xc3\xab", "\xc3", "\xed\xa0\x80", "\xe2\x82\xac and more",
    "{", "}", "}}", ",", "'", "a longer text than there is room for in one or two words, with }, ] and : in it",
  };

  guint first = kind == LISTED ? 2 : 0;

  g_string_append (text, any (rand, 12) > 0 ? usual : odd[first + any (rand, G_N_ELEMENTS (odd) - first)]);
}

static void
add_value_cell (GRand *rand, GString *text)
{
  static const char *const values[] = { "1", "-0.5", "12.25", "true", "false", "null", "\"a\"", "\"\"", "\"a\\n\"", "01", "1e3", "nul",
                                        "[1]", "{\"a\":\"}\"}", "", "-", "1 ", " 2", "tru\xc3", "123456789012345678", "\"\xc3\xab\"" };

  g_string_append (text, values[any (rand, 3) > 0 ? any (rand, 8) : any (rand, G_N_ELEMENTS (values))]);
}

/* One of three shapes; parts come again, with more braces than others of their kind, and with braces in texts. */
static void
add_alike (GRand *rand, GString *text, guint n, Kind kind)
{
  static const char *const ids[] = { "7A3C-4f00-8000-0123456789ab", "7a3c-4f00-8000-0123456789a", "7a3c-4f00-8000-0123456789abc",
                                     "7a3c+4f00-8000-0123456789ab", "7a3c-4f00-8000-01234567\xc3\xab" };
  static const char *const objects[] = {
    "{\"id\":\"http://x.example/a\"}", "{\"id\":\"http://x.example/b\",\"definition\":{\"name\":{\"nl\":\"}\"}}}",
    "{\"id\":\"http://x.example/c\",\"definition\":{\"type\":\"http://adlnet.gov/expapi/activities/course\"}}",
    "{\"id\":\"http://x.example/a\" }", "{\"id\":\"http://x.example/a\",\"id\":\"http://x.example/a\"}",
  };
  guint shape = any (rand, 3), near = any (rand, 40) > 0;

  g_string_append_printf (text, "{\"id\":\"%08x-%s\",", n, near ? "7a3c-4f00-8000-0123456789ab" : ONE_OF (rand, ids));
  add_actor (rand, text);
  g_string_append (text, ",");
  add_verb (rand, text, ALIKE);
  g_string_append_printf (text, ",\"object\":%s", objects[any (rand, any (rand, 20) > 0 ? 3 : G_N_ELEMENTS (objects))]);
  g_string_append (text, ",\"result\":{\"duration\":\"");
  add_text_cell (rand, text, shape == 1 ? "PT1M" : "PT1H0.5S", kind);
  g_string_append (text, "\",\"response\":\"");
  add_text_cell (rand, text, "yes", kind);
  if (shape == 0)
    {
      g_string_append (text, "\",\"extensions\":{\"http://e.example/n\":");
      add_value_cell (rand, text);
      g_string_append (text, ",\"http://e.example/minutes\":");
      add_value_cell (rand, text);
      g_string_append (text, "}},\"_n\":");
      add_value_cell (rand, text);
    }
  else
    g_string_append (text, shape == 1 ? "\"}, \"@timestamp\":\"2024-05-01T10:00:00Z\"" : "\",\"success\":true}");
  g_string_append_printf (text, ",\"context\":{\"registration\":\"%08x-1b2c-4d00-9000-0123456789ab\",\"platform\":\"",
                          any (rand, 9));
  add_text_cell (rand, text, "LMS", kind);
  g_string_append_printf (text, "\"},\"timestamp\":\"2024-%02u-%02uT10:", 1 + any (rand, 12), 1 + any (rand, 30));
  add_text_cell (rand, text, "30:00Z", kind);
  g_string_append (text, any (rand, 20) > 0 ? "\"}"
                         : any (rand, 2)    ? "\"} "
                                            : "\",\"timestamp\":\"2024-05-01T10:00:00Z\"}");
}

static void
add_statement (GRand *rand, GString *text, guint n, Kind kind)
{
  if (kind == ALIKE || kind == LISTED)
    {
      add_alike (rand, text, n, kind);
      return;
    }
  g_string_append_c (text, '{');
  if (any (rand, 6) > 0)
    g_string_append_printf (text, "\"id\":\"%08x-7a3c-4f00-8000-0123456789%s\",", any (rand, 20) > 0 ? n : n / 2,
                            any (rand, 90) > 0 ? "ab" : "zz");
  if (kind != ATTEMPTS && any (rand, kind == ANY_KIND ? 60 : 2000) == 0)
    {
      g_string_append_printf (
          text,
          "\"actor\":{\"mbox\":\"mailto:a@x.example\"},\"verb\":{\"id\":\"http://adlnet.gov/expapi/"
          "verbs/%s\"},\"object\":{\"objectType\":\"StatementRef\",\"id\":\"%08x-7a3c-4f00-8000-0123456789ab\"}}",
          any (rand, 2) ? "voided" : "v\\u006fided", any (rand, N_STATEMENTS));
      return;
    }
  add_actor (rand, text);
  g_string_append_c (text, ',');
  add_verb (rand, text, kind);
  g_string_append_c (text, ',');
  add_object (rand, text, kind);
  if (any (rand, 3) > 0)
    add_result (rand, text);
  if (any (rand, 3) > 0)
    add_context (rand, text);
  add_rest (rand, text, kind);
  g_string_append_c (text, '}');
}

/* One byte in some lines is another one, is gone, or there twice. */
static void
damage (GRand *rand, GString *text, gsize from)
{
  static const char bytes[] = "{}[]:,\"\\ \t\n\v\x1e\xff\xc3"
                              "e0-x";
  gsize at = from + any (rand, (guint) (text->len - from));

  switch (any (rand, 3))
    {
    case 0:
      text->str[at] = bytes[any (rand, sizeof bytes)];
      break;
    case 1:
      g_string_erase (text, (gssize) at, 1);
      break;
    default:
      g_string_insert_c (text, (gssize) at, text->str[at]);
    }
}

static GString *
make_text (GRand *rand, Kind kind)
{
  static const char *const ends[] = { "\n", "\n", "\n", "\r\n", "\n\n", " \n", "\n\036" };
  static const char *const commas[] = { ",", ",", ",", " , \n\n", "\n,", "\n1," };
  GString *text = g_string_new (NULL);
  guint damaged = kind == ALIKE ? 12 : any (rand, 2) ? 3000 : 40;

  if (kind == LISTED)
    g_string_append (text, any (rand, 2) ? "[" : "{\"more\":\"\",\"statements\": [\n");
  for (guint i = 0; i < N_STATEMENTS; i++)
    {
      gsize from = text->len;

      add_statement (rand, text, i, kind);
      if (kind == LISTED)
        {
          g_string_append (text, i + 1 < N_STATEMENTS ? ONE_OF (rand, commas) : text->str[0] == '[' ? "]" : "]}");
          continue;
        }
      if (i > 1 && any (rand, damaged) == 0)
        damage (rand, text, from);
      g_string_append (text, any (rand, 10) ? "\n" : ONE_OF (rand, ends));
    }

  return text;
}

/* ── What becomes of them ─────────────────────────────────────────────────────────────────────────────────────────── */

static void
append_told (GString *all, KennisReader *reader)
{
  g_autofree char *told = told_by (reader);

  g_string_append (all, told);
  g_string_append_printf (
      all,
      "rows %lu used %lu rejected %lu ignored %lu; read %lu added %lu merged %lu rejected %lu ignored "
      "%lu seen %lu\n",
      (gulong) reader->n_rows, (gulong) reader->n_rows_used, (gulong) reader->n_rows_rejected,
      (gulong) reader->n_rows_ignored, (gulong) reader->n_read, (gulong) reader->n_added, (gulong) reader->n_merged,
      (gulong) reader->n_rejected, (gulong) reader->n_ignored, (gulong) reader->n_seen);
}

/* Everything that can be told of reading a file: diagnostics, counts, and the summary's bytes as one sum. */
static char *
outcome (const char *path, const char *mapping, gboolean long_way, guint n_threads, gboolean is_strict)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisImport) import = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  GString *all = g_string_new (NULL);

  reader->long_way = reader->no_straight_way = long_way;
  reader->statement_threads = n_threads;
  kennis_reader_set_accept_seen (reader, TRUE);
  kennis_reader_set_max_diagnostics (reader, 1000000);
  kennis_reader_set_strict (reader, is_strict);
  if (mapping != NULL)
    {
      g_autoptr (KennisMapping) own = kennis_mapping_new (mapping, "mine", &error);

      CU_ASSERT_PTR_NOT_NULL_FATAL (own);
      kennis_reader_set_mapping (reader, own);
    }
  import = kennis_import_new (reader);
  kennis_import_add_file (import, file, NULL);
  if (kennis_import_run (import, n_threads, NULL, NULL, NULL, &error))
    {
      g_autoptr (GBytes) bytes = kennis_summary_to_bytes (kennis_import_get_summary (import));
      g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

      g_string_append_printf (all, "summary %s of %zu bytes\n", sum, g_bytes_get_size (bytes));
    }
  else
    g_string_append_printf (all, "error %s\n", error->message);
  append_told (all, reader);
  CU_ASSERT_EQUAL (reader->n_rows, reader->n_rows_used + reader->n_rows_rejected + reader->n_rows_ignored);
  CU_ASSERT_EQUAL (reader->n_read, reader->n_added + reader->n_merged + reader->n_rejected + reader->n_ignored);

  return g_string_free (all, FALSE);
}

static void
check_file (const char *path, const char *mapping)
{
  static const guint threads[] = { 1, 2, 7 };
  g_autofree char *expected = outcome (path, mapping, TRUE, 1, FALSE);

  CU_ASSERT_PTR_NOT_NULL (strstr (expected, "summary"));
  CU_ASSERT_PTR_NULL (strstr (expected, " used 0 "));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree char *got = outcome (path, mapping, FALSE, threads[i], FALSE);
      gboolean is_same = strcmp (got, expected) == 0;

      CU_ASSERT_TRUE (is_same);
      if (!is_same)
        {
          gsize at = 0;

          while (got[at] == expected[at])
            at++;
          printf ("# %u threads: “%.300s” and not “%.300s”\n", threads[i], got + at, expected + at);
        }
    }
}

static void
check_texts (guint32 seed, guint n, Kind kind, const char *mapping)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

#ifdef __SANITIZE_THREAD__
  n = MIN (n, 1); /* one of a kind shows what threads do, and is long there */
#endif
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GString) text = make_text (rand, kind);
      g_autofree char *path = NULL;
      int fd = g_file_open_tmp ("kennis-XXXXXX.jsonl", &path, NULL);

      CU_ASSERT_TRUE_FATAL (fd >= 0 && g_close (fd, NULL));
      CU_ASSERT_TRUE (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
      check_file (path, mapping);
      g_unlink (path);
    }
}

static void
the_quick_way_finds_what_the_long_way_finds (void)
{
  check_texts (20261122, 8, ANY_KIND, NULL);
}

/* All but cells is compared with a line that was sound, so whatever is wrong must be found there, or in a cell. */
static void
lines_of_one_shape_are_found_as_they_are_one_by_one (void)
{
  check_texts (20261126, 6, ALIKE, NULL);
  check_texts (20261128, 4, LISTED, NULL);
}

/* A file of attempts is not looked through for what voids before it is read, but read again where something was voided. */
static void
what_is_read_once_is_found_as_what_is_looked_through_before (void)
{
  check_texts (20261124, 3, ATTEMPTS, NULL);
  check_texts (20261125, 4, VOIDED_ATTEMPTS, NULL);
}

static void
so_it_does_with_a_mapping_that_asks_for_everything (void)
{
  static const char *const mapping =
      "[mapping]\nid=mine\nformat=xapi\naccounts=http://lms.example\n[verbs]\ndone=http://adlnet.gov/expapi/verbs/"
      "completed;"
      "http://adlnet.gov/expapi/verbs/passed\nseen=http://activitystrea.ms/schema/1.0/watch\n[types]\n"
      "course=http://adlnet.gov/expapi/activities/course\n[profiles]\nvideo=https://w3id.org/xapi/video\n"
      "[words form]\ncourse=formal\n*=\n[words status]\ntrue=completed\nfalse=abandoned\n*=enrolled\n"
      "[record activity "
      "a]\nverb=done\nprofile=video\nperson={actor}\ntopic={parent|grouping|object}\nended={time}\nform={type}\n"
      "status={success|completion}\n"
      "[record activity b]\nverb=done\ntype=course\nwhen={result:http://e.example/n}\nperson={actor ~ "
      "^([^@]+)}\ntopic={name}-{platform}\n"
      "ended={time}\nduration={result:http://e.example/n @minutes}\nform={type}\nstatus={success}\n"
      "[record activity "
      "c]\nverb=done;*\nperson={actor}\ntopic={object}\nended={time}\nduration={duration}\nstatus={success|completion}"
      "\n"
      "session={id}\nmerge={registration|context:https://w3id.org/xapi/video/extensions/session-id}\n"
      "[record activity "
      "d]\nverb=seen\nperson={actor}\ntopic={instructor|grouping|object}\nended={time}\nsession={group}\nstatus="
      "completed\n";

  check_texts (20261123, 6, ANY_KIND, mapping);
  check_texts (20261127, 4, ALIKE, mapping);
}

/* Records of attempts are handed over as a few numbers; what their words say depends on verb and type. */
static void
so_it_does_with_words_that_follow_from_verb_and_type (void)
{
  static const char *const mapping =
      "[mapping]\nid=mine\nformat=xapi\naccounts=http://lms.example\n[verbs]\ndone=http://adlnet.gov/expapi/verbs/"
      "completed;http://adlnet.gov/expapi/verbs/passed\nbegun=http://adlnet.gov/expapi/verbs/initialized\n"
      "ended=http://adlnet.gov/expapi/verbs/terminated\nseen=http://activitystrea.ms/schema/1.0/watch\n[types]\n"
      "course=http://adlnet.gov/expapi/activities/course\nquestion=http://adlnet.gov/expapi/activities/question\n"
      "[words status]\ndone=completed\nbegun=enrolled\nended=abandoned\n*=\n"
      "[words form]\ncourse=formal\nquestion=self-study\n*=workplace\n[words approach]\ncourse=digital\n*=\n"
      "[record activity a]\nverb=done;begun;ended\nmerge={registration}\nwithin=PT2H\nperson={actor}\ntopic={object}\n"
      "ended={time}\nduration={duration}\nstatus={verb}\nform={type}\nsession={group}\napproach={type}\n"
      "[record activity "
      "b]\nverb=seen\nmerge={registration}\nsum=duration\ntopic={object}\nperson={actor}\nstart={time}\n"
      "duration={duration}\nduration.2={result:http://e.example/n @minutes}\nstatus=completed\n"
      "[record activity c]\nverb=*\nmerge={registration}\nperson={actor}\ntopic={object}\nstart={time}\nended={time}\n"
      "duration={duration}\nstatus=enrolled\nform={type}\nneeds=duration\n";

  check_texts (20261130, 5, ANY_KIND, mapping);
  check_texts (20261131, 3, ALIKE, mapping);
}

static void
real_statements_are_found_alike (void)
{
  g_autofree char *path = NULL;

  if (g_getenv ("KENNIS_SHARED") == NULL)
    {
      kennis_test_skip ("KENNIS_SHARED is not set");
      return;
    }
  path = g_build_filename (g_getenv ("KENNIS_SHARED"), "data", "xapi", "potsie-statements.json.gz", NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    kennis_test_skip ("the shared statements are not there");
  else
    check_file (path, NULL);
}

/* A look at 64 bytes together must see what stands anywhere among them. */
static void
what_voids_is_seen_wherever_it_stands (void)
{
  static const char *const words[] = { "voided", "\\u0076oided", "v\\u006Fided" };

  for (guint w = 0; w < G_N_ELEMENTS (words); w++)
    for (gsize length = 0; length < 300; length += 7)
      for (gsize at = 0; at <= length; at++)
        {
          g_autoptr (GString) text = g_string_new (NULL);

          g_string_set_size (text, length);
          memset (text->str, 'v', length);
          CU_ASSERT_FALSE_FATAL (kennis_xapi_may_void (text->str, text->len));
          g_string_insert (text, (gssize) at, words[w]);
          CU_ASSERT_TRUE_FATAL (kennis_xapi_may_void (text->str, text->len));
        }
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "the quick way finds what the long way finds", the_quick_way_finds_what_the_long_way_finds },
    { "lines of one shape are found as they are one by one", lines_of_one_shape_are_found_as_they_are_one_by_one },
    { "what is read once is found as what is looked through before", what_is_read_once_is_found_as_what_is_looked_through_before },
    { "so it does with a mapping that asks for everything", so_it_does_with_a_mapping_that_asks_for_everything },
    { "so it does with words that follow from verb and type", so_it_does_with_words_that_follow_from_verb_and_type },
    { "real statements are found alike", real_statements_are_found_alike },
    { "what voids is seen wherever it stands", what_voids_is_seen_wherever_it_stands },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("xapi-quick", tests);
}
