#include "config.h"

#include <glib/gstdio.h>
#include <kennis/kennis-description.h>

#include "reading.h"
#include "read/kennis-reader-private.h"

/* What kennis-report --describe tells of statements. */

#define STATEMENT(verb, type, more)                                                                                    \
  "{\"actor\":{\"mbox\":\"mailto:ann@x.example\"},\"verb\":{\"id\":\"" verb "\"},\"object\":{\"id\":\"http://x.example/c\"," \
  "\"definition\":{\"type\":\"" type "\"}},\"timestamp\":\"2024-03-01T10:00:00Z\"" more "}\n"
#define ADL(name) "http://adlnet.gov/expapi/" name
#define COMPLETED STATEMENT (ADL ("verbs/completed"), ADL ("activities/course"), "")

static KennisDescription *
describe (const char *text, const char *keys)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisMapping) mapping = keys != NULL ? kennis_mapping_new (keys, "mine", NULL) : NULL;
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kennis-describe-XXXXXX", NULL);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  KennisDescription *description;
  int descriptor = g_mkstemp (path);

  CU_ASSERT_FATAL (descriptor >= 0);
  g_close (descriptor, NULL);
  CU_ASSERT_FATAL (g_file_set_contents (path, text, -1, NULL));
  kennis_reader_set_mapping (reader, mapping);
  file = g_file_new_for_path (path);
  description = kennis_description_new (reader, file, NULL, &error);
  g_remove (path);
  if (description == NULL)
    printf ("# %s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL (description);

  return description;
}

static void
assert_tells (KennisDescription *description, const char *wanted)
{
  g_autofree char *told = kennis_description_to_string (description);

  if (strstr (told, wanted) == NULL)
    printf ("# %s", told);
  CU_ASSERT_PTR_NOT_NULL (strstr (told, wanted));
}

static void
assert_list (char **list, const char *wanted)
{
  g_autofree char *joined = g_strjoinv (" ", list);

  assert_text (joined, wanted);
  g_strfreev (list);
}

/* Asked makes no record where its object is no person; two lines are no statements. */
static void
verbs_and_types_that_a_mapping_does_not_know_are_counted (void)
{
  g_autoptr (KennisDescription) description =
      describe (COMPLETED COMPLETED STATEMENT ("http://x.example/pondered", "http://x.example/thing", "")
                    STATEMENT ("http://x.example/pondered", ADL ("activities/course"), "")
                        STATEMENT ("http://x.example/hummed", "http://x.example/thing", "")
                            STATEMENT (ADL ("verbs/asked"), "http://x.example/other", "") "nonsense\n" STATEMENT (
                                ADL ("verbs/passed"), ADL ("activities/course"), ",\"extra\":1"),
                NULL);

  assert_tells (description, "Statements that were looked at: 8; invalid ones: 2.\n");
  assert_tells (description, "how many of them make records:\n  " ADL ("verbs/completed") " (completed): 2, 2\n  " ADL (
                                 "verbs/asked") " (asked): 1, 0\nVerbs that it does not know");
  assert_tells (
      description,
      "with the statements of each:\n  http://x.example/pondered: 2\n  http://x.example/hummed: 1\nAccepted is");
  assert_tells (description, "in [verbs], behind the name of what it means");
  assert_tells (description, "\n  completed, passed, mastered, ");
  assert_tells (description,
                "with the statements of each:\n  http://x.example/thing: 2\n  http://x.example/other: 1\nAccepted is");
  assert_tells (description, "\n  course, block, module, ");
  assert_list (kennis_description_get_columns (description),
               ADL ("verbs/completed") " http://x.example/pondered " ADL ("verbs/asked") " http://x.example/hummed");
  assert_list (kennis_description_get_examples (description), "completed  asked ");
  assert_list (kennis_description_get_unused (description),
               "http://x.example/pondered http://x.example/hummed http://x.example/thing http://x.example/other");
  CU_ASSERT_PTR_NOT_NULL (strstr (kennis_description_get_draft (description), "\n#   http://x.example/pondered: 2\n"));
}

static void
a_draft_with_its_verbs_knows_them (void)
{
  const char *text = STATEMENT ("http://x.example/pondered", "http://x.example/thing", "");
  g_autoptr (KennisDescription) first = describe (text, NULL), second = NULL;
  g_auto (GStrv) parts = g_strsplit (kennis_description_get_draft (first), "\ncompleted=", 2);
  g_autofree char *keys = g_strjoin ("\ncompleted=http://x.example/pondered;", parts[0], parts[1], NULL), *told = NULL;

  second = describe (text, keys);
  assert_tells (second, "The mapping “my-xapi” fits");
  assert_tells (second, "  http://x.example/pondered (completed): 1, 1\n");
  told = kennis_description_to_string (second);
  CU_ASSERT_PTR_NULL (strstr (told, "Verbs that it does not know"));
}

static void
of_very_many_statements_the_first_are_looked_at (void)
{
  GString *text = g_string_new (NULL);
  g_autoptr (KennisDescription) description = NULL;

  for (guint i = 0; i < 110000; i++)
    g_string_append (text, COMPLETED);
  description = describe (text->str, NULL);
  g_string_free (text, TRUE);
  assert_tells (description, "There are more, which were not looked at.\n");
  assert_tells (description, "(completed): 100");
}

static void
statements_that_are_known_say_so_and_no_more (void)
{
  g_autoptr (KennisDescription) description = describe ("{\"statements\":[" COMPLETED "],\"more\":\"/next\"}", NULL);
  g_autofree char *told = kennis_description_to_string (description);

  assert_text (told, "Statements (xAPI).\nThe mapping “xapi” fits: xAPI statements.\nStatements that were looked at: "
                     "1; invalid ones: 0.\n"
                     "Verbs that it knows, with the statements of each and how many of them make records:\n  " ADL (
                         "verbs/completed") " (completed): 1, 1\n");
}

static KennisDataset *
load (KennisReader *reader, const char *text)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);

  kennis_reader_set_accept_seen (reader, TRUE);

  return kennis_reader_load_stream (reader, stream, "t", NULL, NULL, NULL, NULL);
}

#define OF(who)                                                                                                        \
  "{\"actor\":{\"mbox\":\"mailto:" who "\"},\"verb\":{\"id\":\"" ADL ("verbs/completed") "\"},\"object\":{\"id\":"       \
  "\"http://x.example/c\"},\"timestamp\":\"2024-03-01T10:00:00Z\",\"context\":{\"registration\":"                        \
  "\"10000000-0000-4000-8000-000000000000\"}}\n"

/* In the quick way and in the long one; those that merge are one person's attempt. */
static void
a_mapping_may_take_actors_in_small_letters (void)
{
  static const char keys[] = "[mapping]\nid=m\nformat=xapi\n[verbs]\ncompleted=" ADL (
      "verbs/completed") "\n[record activity]\nverb=completed\n"
                         "merge={registration}\nperson={actor "
                         "@lower}\ntopic={object}\nended={time}\nstatus=completed\n";

  for (int way = 0; way < 2; way++)
    {
      g_autoptr (KennisMapping) mapping = kennis_mapping_new (keys, "m", NULL);
      g_autoptr (KennisReader) reader = kennis_reader_new ();
      g_autoptr (KennisDataset) dataset = NULL;

      CU_ASSERT_PTR_NOT_NULL_FATAL (mapping);
      kennis_reader_set_mapping (reader, mapping);
      reader->long_way = way == 1;
      dataset = load (reader, OF ("Ann@X.example") OF ("ann@x.example") OF ("ANN@x.example"));
      check_read (reader, dataset, NULL,
                  "activity person=\"ann@x.example\" topic=\"http://x.example/c\" ended=\"2024-03-01T10:00:00Z\" "
                  "status=\"completed\"\n",
                  3, 0, 0);
    }
}

static void
statements_that_say_nothing_to_the_mapping_are_counted (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset =
      load (reader, COMPLETED STATEMENT ("http://x.example/hummed", ADL ("activities/course"), "")
                        STATEMENT ("http://x.example/hummed", ADL ("activities/course"), ""));

  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_ignored (reader), 2);
  CU_ASSERT_TRUE (is_told (reader, "t:2:1: statements of which the mapping makes no record: 2 (kennis-report"));
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "verbs and types that a mapping does not know are counted", verbs_and_types_that_a_mapping_does_not_know_are_counted },
    { "a draft with its verbs knows them", a_draft_with_its_verbs_knows_them },
    { "of very many statements the first are looked at", of_very_many_statements_the_first_are_looked_at },
    { "statements that are known say so and no more", statements_that_are_known_say_so_and_no_more },
    { "a mapping may take actors in small letters", a_mapping_may_take_actors_in_small_letters },
    { "statements that say nothing to the mapping are counted", statements_that_say_nothing_to_the_mapping_are_counted },
    CU_TEST_INFO_NULL
  };

  return kennis_test_main ("describing statements", tests);
}
