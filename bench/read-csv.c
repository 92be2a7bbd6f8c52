/* Reading a table of activities, batch by batch, beside the least that can be done with it: splitting its bytes into cells.
 * One million rows, one thread; the rest of the time is in words, times, checks and columns. */
#include "config.h"

#include "read/kennis-csv-private.h"
#include "read/kennis-reader-private.h"

#include <stdio.h>
#include <sys/resource.h>

#define ROWS 1000000u
#define RUNS 3

static GBytes *
make_table (void)
{
  static const char *const forms[] = { "formal", "workplace", "together", "self-study" };
  GString *text = g_string_sized_new (ROWS * 72);

  g_string_append (text, "id,person,form,topic,start,hours,cost,status\n");
  for (guint i = 0; i < ROWS; i++)
    g_string_append_printf (text, "a%u,p%u,%s,topic %u,2024-%02u-%02uT09:30:00Z,%u.%u,%u.50,completed\n", i,
                            i * 7919u % 2000u, forms[i % 4], i % 97u, 1 + i % 12u, 1 + i % 28u, i % 8u, i % 10u,
                            i % 900u);

  return g_string_free_to_bytes (text);
}

static gboolean
drop (KennisDataset *batch, gpointer user_data, GError **error)
{
  *(guint64 *) user_data += kennis_dataset_count (batch, KENNIS_RECORD_TYPE_ACTIVITY);

  return TRUE;
}

static double
read_once (GBytes *table)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (table);
  g_autoptr (GError) error = NULL;
  KennisDataset *dataset = NULL;
  guint64 n = 0;
  gint64 begin = g_get_monotonic_time ();
  double seconds;

  kennis_reader_set_accept_seen (reader, TRUE);
  if (!kennis_reader_read_batches (reader, NULL, stream, "table", &dataset, drop, &n, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
  seconds = (g_get_monotonic_time () - begin) / 1e6;
  g_assert_cmpuint (n, ==, ROWS);
  g_object_unref (dataset);

  return seconds;
}

static double
split_once (GBytes *table)
{
  gsize length, at = 0, used;
  const char *text = g_bytes_get_data (table, &length);
  gint64 begin = g_get_monotonic_time ();
  guint64 n = 0;
  KennisCsvRow row;

  kennis_csv_row_init (&row, ',');
  for (; kennis_csv_row_feed (&row, text + at, length - at, &used); at += used)
    n += row.n_cells;
  kennis_csv_row_clear (&row);
  g_assert_cmpuint (n, ==, (guint64) (ROWS + 1) * 8);

  return (g_get_monotonic_time () - begin) / 1e6;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

int
main (void)
{
  g_autoptr (GBytes) table = make_table ();
  double reads[RUNS], splits[RUNS];
  struct rusage usage;

  for (guint i = 0; i < RUNS; i++)
    {
      splits[i] = split_once (table);
      reads[i] = read_once (table);
    }
  qsort (reads, RUNS, sizeof *reads, compare);
  qsort (splits, RUNS, sizeof *splits, compare);
  getrusage (RUSAGE_SELF, &usage);
  printf ("csv: 1 million activities, batch by batch\t%.3f\ts\n", reads[RUNS / 2]);
  printf ("csv: the same, cells only\t%.3f\ts\n", splits[RUNS / 2]);
  printf ("csv: bytes per second\t%.0f\tMB/s\n", g_bytes_get_size (table) / reads[RUNS / 2] / 1e6);
  printf ("csv: peak memory beside the table\t%.0f\tMiB\n",
          usage.ru_maxrss / 1024.0 - g_bytes_get_size (table) / 1048576.0);

  return 0;
}
