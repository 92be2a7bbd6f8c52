/* Calendars of any bytes: no crash, every event in one class, every record counted, and what was taken in is written and read back. */
#include "config.h"

#include <kennis/kennis.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static KennisDataset *
read_bytes (KennisReader *reader,
            GBytes       *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  KennisDataset *dataset = kennis_reader_load_stream (reader, stream, "fuzz", NULL, NULL, NULL, &error);

  g_assert ((dataset == NULL) == (error != NULL));
  g_assert_cmpuint (kennis_reader_get_n_read (reader), ==,
                    kennis_reader_get_n_added (reader) + kennis_reader_get_n_merged (reader)
                        + kennis_reader_get_n_rejected (reader) + kennis_reader_get_n_ignored (reader));
  g_assert_cmpuint (kennis_reader_get_n_rows (reader), ==,
                    kennis_reader_get_n_rows_used (reader) + kennis_reader_get_n_rows_rejected (reader)
                        + kennis_reader_get_n_rows_ignored (reader));

  return dataset;
}

/* A mapping that asks for all that there is, or NULL: the library's. */
static KennisMapping *
mapping_for (gsize size)
{
  static const char text[] =
      "[mapping]\nid=f\nformat=ics\npresent=accepted;tentative;needs-action;none;organizer\noccurrences=40\n[types]"
      "\nall=.\n"
      "[record "
      "moment]\nteam={categories|summary|uid|calendar}\nkind=meeting\ntime={start}\nattendees={attendees}\nsession={"
      "session}\n"
      "[record activity]\nperson={attendee}\nstart={start}\nended={ended}\nduration={duration}\ntopic={summary ~ "
      "(\\w+)}\n"
      "[record sharing]\ngiver={organizer}\nreceiver={attendee}\ntime={start}\n"
      "[record talk]\nperson={attendee}\nleader={organizer}\nheld={start}\n";

  return size % 3 == 0 ? NULL : kennis_mapping_new (text, "f", NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size), written = NULL;
  g_autoptr (KennisReader) reader = kennis_reader_new (), second = kennis_reader_new ();
  g_autoptr (KennisMapping) mapping = mapping_for (size);
  g_autoptr (KennisDataset) dataset = NULL, back = NULL;
  g_autoptr (KennisWriter) writer = kennis_writer_new ();
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  guint64 n = 0;

  kennis_reader_set_mapping (reader, mapping);
  kennis_reader_set_accept_seen (reader, size % 2 == 0);
  kennis_reader_set_accept_seen (second, TRUE);
  kennis_reader_set_coarse_times (reader, size % 5 == 0);
  kennis_reader_set_events_until (reader, G_GINT64_CONSTANT (1767225600000));
  dataset = read_bytes (reader, bytes);
  if (dataset == NULL)
    return 0;

  for (guint i = KENNIS_RECORD_TYPE_COVERAGE; i <= KENNIS_RECORD_TYPE_OUTCOME; i++)
    n += kennis_dataset_count (dataset, i);
  g_assert_cmpuint (n, ==, kennis_reader_get_n_added (reader));
  g_assert (kennis_writer_write (writer, dataset, stream, NULL, NULL, NULL, &error));
  g_assert (g_output_stream_close (stream, NULL, NULL));
  written = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  back = read_bytes (second, written);
  g_assert (n == 0 || back != NULL);
  g_assert_cmpuint (kennis_reader_get_n_added (second), ==, n);
  g_assert_cmpuint (kennis_reader_get_n_rejected (second), ==, 0);

  return 0;
}
