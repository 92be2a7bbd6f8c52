/* Calendars of any bytes: no crash, every event in one class, every record counted, and what was taken in is written and read back. */
#include "config.h"

#include "fuzz/round-trip.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

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
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisMapping) mapping = mapping_for (size);
  g_autoptr (KennisDataset) dataset = NULL;

  kennis_reader_set_mapping (reader, mapping);
  kennis_reader_set_accept_seen (reader, size % 2 == 0);
  kennis_reader_set_coarse_times (reader, size % 5 == 0);
  kennis_reader_set_events_until (reader, G_GINT64_CONSTANT (1767225600000));
  dataset = fuzz_read (reader, bytes);
  if (dataset == NULL)
    return 0;

  fuzz_assert_comes_back (reader, dataset);

  return 0;
}
