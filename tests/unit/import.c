#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "kennis-test.h"

/* What the format of today is, tells the writer: the texts of a test must not grow old. */
static GBytes *
document (gboolean people, const char *first_event, const char *last_event)
{
  g_autoptr (KennisDataset) dataset = kennis_dataset_new ("Europe/Amsterdam", "EUR", NULL);
  g_autoptr (KennisWriter) writer = kennis_writer_new ();
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  const char *ids[] = { "anna", "bob" };
  const char *events[] = { first_event, last_event };

  kennis_dataset_set_accept_seen (dataset, TRUE);
  for (guint i = 0; people && i < 2; i++)
    {
      g_autoptr (KennisRecord) person = g_object_new (KENNIS_TYPE_PERSON, "id", ids[i], NULL);

      g_assert_true (kennis_dataset_add (dataset, person, NULL, NULL));
    }
  for (guint i = 0; i < 2 && events[i] != NULL; i++)
    {
      g_autoptr (KennisRecord) activity =
          g_object_new (KENNIS_TYPE_ACTIVITY, "id", events[i], "person", ids[i], "status", KENNIS_STATUS_COMPLETED,
                        "ended", (gint64) 1709290800000, "duration", (gint64) 7200000, NULL);

      g_assert_true (kennis_dataset_add (dataset, activity, NULL, NULL));
    }
  g_assert_true (kennis_writer_write (writer, dataset, stream, NULL, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static GFile *
file_with (const char *folder, const char *name, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL));

  return g_file_new_for_path (path);
}

typedef struct
{
  char *folder;
  GFile *people, *events, *both;
} Files;

static void
files_init (Files *files)
{
  g_autoptr (GBytes) people = document (TRUE, NULL, NULL), events = document (FALSE, "a1", "a2"),
                     both = document (TRUE, "b1", "b2");

  files->folder = g_dir_make_tmp ("kennis-import-XXXXXX", NULL);
  files->people = file_with (files->folder, "people.xml", people);
  files->events = file_with (files->folder, "events.xml", events);
  files->both = file_with (files->folder, "both.xml", both);
}

static void
files_clear (Files *files)
{
  g_file_delete (files->people, NULL, NULL);
  g_file_delete (files->events, NULL, NULL);
  g_file_delete (files->both, NULL, NULL);
  g_rmdir (files->folder);
  g_object_unref (files->people);
  g_object_unref (files->events);
  g_object_unref (files->both);
  g_free (files->folder);
}

static void
events_may_come_before_their_people (void)
{
  g_autoptr (KennisImport) import = kennis_import_new (NULL), turned = kennis_import_new (NULL);
  g_autoptr (GBytes) bytes = NULL, turned_bytes = NULL;
  Files files;

  files_init (&files);
  kennis_import_add_file (import, files.events, "events");
  kennis_import_add_file (import, files.people, "people");
  kennis_import_add_file (turned, files.people, "people");
  kennis_import_add_file (turned, files.events, "events");
  CU_ASSERT_TRUE_FATAL (kennis_import_run (import, 1, NULL, NULL, NULL, NULL));
  CU_ASSERT_TRUE_FATAL (kennis_import_run (turned, 1, NULL, NULL, NULL, NULL));
  CU_ASSERT_TRUE (kennis_import_is_complete (import));
  CU_ASSERT_EQUAL (kennis_summary_count (kennis_import_get_summary (import), KENNIS_RECORD_TYPE_ACTIVITY), 2);
  CU_ASSERT_EQUAL (kennis_import_get_n_added (import, 0), 2);
  CU_ASSERT_EQUAL (kennis_import_get_n_added (import, 1), 2);
  CU_ASSERT_EQUAL (kennis_import_get_n_merged (import, 1), 0);
  assert_text (kennis_import_get_name (import, 1), "people");
  CU_ASSERT_EQUAL (strlen (kennis_import_get_fingerprint (import, 0)), 32);
  bytes = kennis_summary_to_bytes (kennis_import_get_summary (import));
  turned_bytes = kennis_summary_to_bytes (kennis_import_get_summary (turned));
  CU_ASSERT_TRUE (g_bytes_equal (bytes, turned_bytes));
  files_clear (&files);
}

static void
an_import_is_the_summary_of_its_records (void)
{
  g_autoptr (KennisImport) import = kennis_import_new (NULL);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = NULL;
  g_autoptr (KennisSummary) summary = NULL;
  g_autoptr (GBytes) bytes = NULL, whole = NULL;
  const char *fingerprints[2] = { NULL };
  Files files;

  files_init (&files);
  kennis_import_add_file (import, files.both, NULL);
  CU_ASSERT_TRUE_FATAL (kennis_import_run (import, 1, NULL, NULL, NULL, NULL));
  dataset = kennis_reader_load (reader, files.both, NULL, NULL, NULL, NULL);
  fingerprints[0] = kennis_import_get_fingerprint (import, 0);
  summary = kennis_summary_make (dataset, fingerprints, 1, NULL, NULL, NULL, NULL);
  bytes = kennis_summary_to_bytes (kennis_import_get_summary (import));
  whole = kennis_summary_to_bytes (summary);
  CU_ASSERT_TRUE (g_bytes_equal (bytes, whole));
  files_clear (&files);
}

static void
a_stream_is_a_source_too (void)
{
  g_autoptr (KennisImport) import = kennis_import_new (NULL);
  g_autoptr (GBytes) bytes = document (FALSE, "s1", "s2");
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  Files files;

  files_init (&files);
  kennis_import_add_stream (import, stream, "standard input");
  kennis_import_add_file (import, files.people, NULL);
  CU_ASSERT_TRUE_FATAL (kennis_import_run (import, 1, NULL, NULL, NULL, NULL));
  CU_ASSERT_EQUAL (kennis_summary_count (kennis_import_get_summary (import), KENNIS_RECORD_TYPE_ACTIVITY), 2);
  files_clear (&files);
}

static void
the_same_source_twice_is_refused_by_place_and_by_content (void)
{
  g_autoptr (KennisImport) same = kennis_import_new (NULL), copy = kennis_import_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = document (TRUE, "b1", "b2");
  g_autoptr (GFile) file = NULL;
  Files files;

  files_init (&files);
  file = file_with (files.folder, "copy.xml", bytes);
  kennis_import_add_file (same, files.both, "x");
  kennis_import_add_file (same, files.both, "y");
  CU_ASSERT_FALSE (kennis_import_run (same, 1, NULL, NULL, NULL, &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_DUPLICATE_SOURCE));
  g_clear_error (&error);
  kennis_import_add_file (copy, files.both, "both");
  kennis_import_add_file (copy, file, "copy");
  CU_ASSERT_FALSE (kennis_import_run (copy, 1, NULL, NULL, NULL, &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_DUPLICATE_SOURCE));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "copy"));
  CU_ASSERT_PTR_NULL (kennis_import_get_summary (copy));
  g_file_delete (file, NULL, NULL);
  files_clear (&files);
}

static void
a_source_that_is_missing_leaves_the_others (void)
{
  g_autoptr (KennisImport) import = kennis_import_new (NULL), nothing = kennis_import_new (NULL);
  g_autoptr (GFile) missing = g_file_new_for_path ("/nonexistent/kennis.xml");
  g_autoptr (GError) error = NULL;
  Files files;

  files_init (&files);
  kennis_import_add_file (import, missing, NULL);
  kennis_import_add_file (import, files.both, NULL);
  CU_ASSERT_TRUE (kennis_import_run (import, 1, NULL, NULL, NULL, NULL));
  CU_ASSERT_FALSE (kennis_import_is_complete (import));
  CU_ASSERT_PTR_NOT_NULL (kennis_import_get_problem (import, 0));
  CU_ASSERT_PTR_NULL (kennis_import_get_problem (import, 1));
  kennis_import_add_file (nothing, missing, NULL);
  CU_ASSERT_FALSE (kennis_import_run (nothing, 1, NULL, NULL, NULL, &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA));
  files_clear (&files);
}

static void
rejected_records_are_counted_and_a_strict_reader_stops (void)
{
  g_autoptr (KennisReader) strict = kennis_reader_new ();
  g_autoptr (KennisImport) import = kennis_import_new (NULL), stopped = NULL;
  g_autoptr (GError) error = NULL;
  Files files;

  files_init (&files);
  kennis_import_add_file (import, files.events, NULL);
  CU_ASSERT_TRUE (kennis_import_run (import, 1, NULL, NULL, NULL, NULL));
  CU_ASSERT_EQUAL (kennis_import_get_n_rejected (import, 0), 2);
  CU_ASSERT_FALSE (kennis_import_is_complete (import));
  kennis_reader_set_strict (strict, TRUE);
  stopped = kennis_import_new (strict);
  kennis_import_add_file (stopped, files.events, NULL);
  CU_ASSERT_FALSE (kennis_import_run (stopped, 1, NULL, NULL, NULL, &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE));
  files_clear (&files);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
an_import_may_run_in_another_thread (void)
{
  g_autoptr (KennisImport) import = kennis_import_new (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Files files;

  files_init (&files);
  kennis_import_add_file (import, files.both, NULL);
  kennis_import_run_async (import, 1, NULL, NULL, NULL, NULL, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  CU_ASSERT_TRUE (kennis_import_run_finish (import, result, &error));
  CU_ASSERT_TRUE (kennis_import_is_complete (import));
  files_clear (&files);
}

static void
cancelling_leaves_nothing (void)
{
  g_autoptr (KennisImport) import = kennis_import_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Files files;

  files_init (&files);
  kennis_import_add_file (import, files.both, NULL);
  g_cancellable_cancel (cancellable);
  CU_ASSERT_FALSE (kennis_import_run (import, 1, NULL, NULL, cancellable, &error));
  CU_ASSERT_TRUE (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  CU_ASSERT_PTR_NULL (kennis_import_get_summary (import));
  files_clear (&files);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "events may come before their people", events_may_come_before_their_people },
    { "an import is the summary of its records", an_import_is_the_summary_of_its_records },
    { "a stream is a source too", a_stream_is_a_source_too },
    { "the same source twice is refused, by place and by content", the_same_source_twice_is_refused_by_place_and_by_content },
    { "a source that is missing leaves the others", a_source_that_is_missing_leaves_the_others },
    { "rejected records are counted, and a strict reader stops", rejected_records_are_counted_and_a_strict_reader_stops },
    { "an import may run in another thread", an_import_may_run_in_another_thread },
    { "cancelling leaves nothing", cancelling_leaves_nothing },
    CU_TEST_INFO_NULL
  };

  return kennis_test_main ("import", tests);
}
