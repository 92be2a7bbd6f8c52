/* From a table of ten million activities to a summary, by the way that kennis-report goes, on two threads.  Beside it reading alone, and
 * DuckDB doing `count, sum(hours), sum(cost) group by person` on the same file.
 *   read-csv [--rows=N] [--ids]      --ids: every row has an id, so that doubles are found
 * 2 000 people, 24 months, cells saturated; the file is made in the folder for temporary files. */
#include "config.h"

#include "processor.h"
#include "read/kennis-reader-private.h"

#include <glib/gstdio.h>
#include <kennis/kennis-import.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RUNS 5

static guint64
next (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static char *
make_file (guint rows, gboolean ids, guint64 *size)
{
  static const char *const forms[] = { "formal", "workplace", "together",     "self-study",
                                       "event",  "mentoring", "volunteering", "reflection" };
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("kennis-bench-XXXXXX.csv", &path, &error);
  FILE *file = fd >= 0 ? fdopen (fd, "w") : NULL;
  guint64 state = 1;

  if (file == NULL)
    g_error ("%s", error != NULL ? error->message : "no file");
  fprintf (file, "%sperson,form,topic,ended,hours,cost,status\n", ids ? "id," : "");
  for (guint i = 0; i < rows; i++)
    {
      guint64 random = next (&state);
      guint person = random % 2000, month = (random >> 16) % 24, form = (random >> 24) % 8;
      guint64 fixed = person * 8191 + month * 131 + form, kind = person * 31 + form;

      if (ids)
        fprintf (file, "a%u,", i);
      fprintf (file, "p%05u,%s,topic%u,%u-%02u-%02u,%u.%02u,%u.50,completed\n", person, forms[form],
               (guint) ((next (&kind) >> 40) % 200), 2023 + month / 12, 1 + month % 12,
               1 + (guint) ((next (&fixed) >> 40) % 27), (guint) (random >> 32) % 8, (guint) (random >> 36) % 4 * 25,
               (guint) (random >> 40) % 900);
    }
  *size = (guint64) ftell (file);
  if (fclose (file) != 0)
    g_error ("%s: cannot be written", path);

  return path;
}

static gboolean
drop (KennisDataset *batch, gpointer user_data, GError **error)
{
  *(guint64 *) user_data += kennis_dataset_count (batch, KENNIS_RECORD_TYPE_ACTIVITY);

  return TRUE;
}

static void
read_once (GFile *file, guint rows)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) error = NULL;
  KennisDataset *dataset = NULL;
  guint64 n = 0;

  kennis_reader_set_accept_seen (reader, TRUE);
  if (!kennis_reader_read_batches (reader, file, NULL, NULL, &dataset, drop, &n, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
  g_assert_cmpuint (n, ==, rows);
  g_object_unref (dataset);
}

static void
import_once (GFile *file, guint rows)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisImport) import = NULL;
  g_autoptr (GError) error = NULL;

  kennis_reader_set_accept_seen (reader, TRUE);
  import = kennis_import_new (reader);
  kennis_import_add_file (import, file, NULL);
  if (!kennis_import_run (import, 2, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
  g_assert_cmpuint (kennis_summary_count (kennis_import_get_summary (import), KENNIS_RECORD_TYPE_ACTIVITY), ==, rows);
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* The median; what other programs on the machine do to it, the processors' seconds do not tell. */
static double
measure (void (*run) (GFile *, guint), GFile *file, guint rows, double *processors)
{
  double seconds[RUNS], used[RUNS];

  for (guint i = 0; i < RUNS; i++)
    {
      gint64 begun = g_get_monotonic_time ();
      double before = processor_seconds ();

      run (file, rows);
      seconds[i] = (double) (g_get_monotonic_time () - begun) / 1e6;
      used[i] = processor_seconds () - before;
    }
  qsort (seconds, RUNS, sizeof *seconds, compare);
  qsort (used, RUNS, sizeof *used, compare);
  *processors = used[RUNS / 2];

  return seconds[RUNS / 2];
}

/* 0 where it cannot run here. */
static double
run_peer (const char *path, double *processors)
{
  const char *source = g_getenv ("KENNIS_SRCDIR");
  g_autofree char *script = g_build_filename (source != NULL ? source : ".", "bench", "read-csv-duckdb.sh", NULL);
  const char *argv[] = { "sh", script, path, NULL };
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;
  double seconds = 0;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, &error)
      || !g_spawn_check_wait_status (status, &error) || sscanf (out, "%lf %lf", &seconds, processors) != 2)
    fprintf (stderr, "!! SKIPPED: DuckDB does not run here (%s), nothing is compared: %s\n",
             error != NULL ? error->message : "no figures", "npm install @duckdb/node-api, KENNIS_DUCKDB=that folder");

  return seconds;
}

int
main (int argc, char **argv)
{
  guint rows = 10000000;
  gboolean ids = FALSE;
  guint64 size = 0;
  double read, import, peer, read_used, import_used, peer_used = 0;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  struct rusage usage;

  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], "--rows="))
      rows = (guint) atoi (argv[i] + strlen ("--rows="));
    else
      ids = g_str_equal (argv[i], "--ids");
  path = make_file (rows, ids, &size);
  file = g_file_new_for_path (path);
  read = measure (read_once, file, rows, &read_used);
  import = measure (import_once, file, rows, &import_used);
  getrusage (RUSAGE_SELF, &usage);
  peer = run_peer (path, &peer_used);
  g_unlink (path);

  printf ("csv: %u activities%s, to batches of records\t%.3f\ts\n", rows, ids ? " with ids" : "", read);
  printf ("csv: the same\t%.3f\ts of processors\n", read_used);
  printf ("csv: %u activities%s, to a summary\t%.3f\ts\n", rows, ids ? " with ids" : "", import);
  printf ("csv: the same\t%.3f\ts of processors\n", import_used);
  printf ("csv: bytes per second, to a summary\t%.0f\tMB/s\n", (double) size / import / 1e6);
  printf ("csv: peak memory\t%.0f\tMiB\n", (double) usage.ru_maxrss / 1024.0);
  if (peer <= 0)
    return 0;
  printf ("csv: DuckDB, 2 threads\t%.3f\ts\n", peer);
  printf ("csv: DuckDB, 2 threads\t%.3f\ts of processors\n", peer_used);
  printf ("csv: summary / DuckDB, processors\t%.2f\t\n", import_used / peer_used);
  printf ("csv: summary / DuckDB\t%.2f\t(bound 0.5)\n", import / peer);

  return import <= 0.5 * peer ? 0 : 1;
}
